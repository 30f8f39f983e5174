/* Between the files of the mention stage. */
#ifndef TD_MENTIONS_H
#define TD_MENTIONS_H

#include "nlp/names.h"
#include "nlp/nlp.h"

/* What a token already belongs to. */
enum { TD_FREE, TD_IN_NAME, TD_IN_TITLE, TD_IN_TIME, TD_IN_DEMONYM };

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	const td_gazetteer *known; /* NULL: none */
	td_error *err;
	uint8_t *taken; /* [n_tokens] */
	td_map words;   /* the words of all names found so far */
	td_map spelt;   /* surnames of those whose names' spelling tells that they are people's */
	td_map storms;  /* what storms are called in this document */
	td_map doubles; /* first halves of hyphenated surnames → a token where it stands */
} td_finder;

/* Appends to doc->mentions (not yet in order), or counts it in doc->dropped beyond the limit. */
td_status td_mention_add(td_finder *f, td_mention mention);
/* The token of the range whose head lies outside of it; the last one when the tree says nothing. */
uint32_t td_range_head(const td_doc *doc, td_range toks);
void td_take(td_finder *f, td_range toks, uint8_t as);
td_range td_sent_of(const td_doc *doc, uint32_t tok); /* tokens of its sentence */

/* The subject of a predicate: its own, that of the clause it is joined to, or what its relative clause describes. */
uint32_t td_predicate_subject(const td_doc *doc, uint32_t predicate);

/* A name on its way to a mention. */
typedef struct {
	td_range toks, title;
	uint8_t cls; /* td_class */
	td_gender gender;
} td_name_found;
void td_title_before(td_finder *f, td_name_found *n); /* takes the words of a title that ends where the name starts */
void td_title_inside(td_finder *f, td_name_found *n); /* parts the title from what the network takes for a name */

bool td_only_title(td_finder *f, td_range s); /* "Secretary of State": no name but a nominal */
bool td_proper(const td_finder *f, uint32_t tok); /* a free word that may be of a name */
bool td_joined(const td_doc *doc, uint32_t dep, td_range s); /* the tree makes it one name with `s` */
td_status td_find_double_surnames(td_finder *f);
bool td_double_surname(const td_finder *f, uint32_t tok); /* starts there */
bool td_two_sides(const td_finder *f, td_range s); /* "Biden-Putin" of "the Biden-Putin summit": two names */
td_range td_hyphenated_given(const td_finder *f, uint32_t tok); /* "Park Won-soon" that starts there; empty: none */
void td_over_double_surname(const td_finder *f, td_name *name); /* "Sam Bankman" to "Sam Bankman-Fried" */
td_range td_over_hyphens(td_finder *f, td_range s);
td_range td_over_adjective(const td_finder *f, td_range s);
td_range td_widen_name(td_finder *f, td_range s, td_class cls);
td_range td_over_of(td_finder *f, td_range s); /* widens "Union" over "of Harbour Workers" */
td_range td_over_form(td_finder *f, td_range s, bool *body); /* … over "plc"; *body: the name has a legal form */
bool td_called_company(const td_doc *doc, const td_lexicon *lexicon, td_range s); /* "X, the port's operator", "the company X", "shares in X" */
td_class td_called_thing(const td_doc *doc, const td_lexicon *lexicon, td_range s); /* "a yacht, the X" */
bool td_office_word(const td_doc *doc, uint32_t tok); /* "Department" of a body's name */
bool td_behind_place_noun(const td_doc *doc, td_range s); /* "the port of X" */
bool td_is_age(const td_doc *doc, uint32_t tok); /* "old" of "31-year-old" */
bool td_behind_age(const td_doc *doc, td_range s); /* "54-year-old X" */
bool td_inside_title(const td_finder *f, td_range s); /* a word of "Minister of Labour" */
td_range td_person_only(const td_finder *f, td_range s); /* without the noun before and the body behind */
td_status td_find_known(td_finder *f); /* names of several words that are known beforehand, before all others */
td_status td_add_known(td_finder *f, td_range s, td_class cls); /* a name as it stands, with that class */
td_status td_find_bodies(td_finder *f); /* bodies that the network missed, before all other names */

/* The passes, in this order. */
td_status td_find_names(td_finder *f);
td_status td_repair_names(td_finder *f); /* makes names the heads of their phrases */
td_status td_find_demonyms(td_finder *f);
td_status td_find_nominals(td_finder *f);
td_status td_find_pronouns(td_finder *f);
td_status td_find_nested(td_finder *f); /* places within names, behind all others */

#endif
