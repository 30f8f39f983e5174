/* What the parts of the linking stage share. Private to src/kg/link*.c. */
#ifndef TD_LINK_H
#define TD_LINK_H

#include "kg/kg.h"

enum { LINK_MAX_FORMS = 8, LINK_MAX_CANDIDATES = 16, LINK_MAX_COUNTRIES = 32, LINK_MAX_PLACES = 64 };

/* The names by which the document calls an entity, fullest first. */
typedef struct {
	td_str at[LINK_MAX_FORMS];
	uint8_t words[LINK_MAX_FORMS];
	uint8_t n;
	td_str demonym; /* of an entity that is only met as an adjective */
} link_forms;

typedef struct {
	uint32_t country, votes;
} link_country;

typedef struct {
	td_doc *doc;
	const td_kb *kb;
	link_forms *forms;  /* [n_entities] */
	uint32_t places[LINK_MAX_PLACES]; /* entries of the places linked so far, each once: what tells namesakes apart */
	uint32_t n_places;
	link_country countries[LINK_MAX_COUNTRIES]; /* of which the document speaks, most often first */
	uint32_t n_countries, votes; /* votes: of all of them */
	uint8_t *behind_place; /* [n_entities] 1: named only as what another place lies in ("Queens, New York") */
	uint8_t *of_part;      /* [n_entities] 1: said to be of a part of a country: "the Senate of the state" */
	uint32_t home;      /* the country that the document is about, TD_NONE when there is no such one */
} linker;

/* What the candidates of a name come to: td_link_best picks one of them, or TD_NONE when none is good enough. */
uint32_t td_link_best(const linker *l, uint8_t cls, uint8_t words, const td_kb_candidate *c, uint32_t n, float *confidence);
/* Candidates of a name, demonyms or all others. */
uint32_t td_link_lookup(const linker *l, td_str form, bool demonym, td_kb_candidate *out);
/* … of a name with a noun behind it that is none of it ("mahan air group", "falcon heavy rocket"), of what that noun says. */
uint32_t td_link_without_tail(const linker *l, td_str form, td_kb_candidate *out);
/* The entry that the entity's names mean, TD_NONE when none fits; *confidence tells how sure. */
uint32_t td_link_choose(const linker *l, uint32_t entity, float *confidence);

/* The place that the first words of the text name, as a noun or an adjective ("iraqi military"); *rest is what follows it. */
uint32_t td_link_leading_place(const linker *l, td_str text, td_str *rest);
/* An institution by its common name and its country: the one named with it ("iraqi parliament", "parliament of iraq"), the document's
 * own, or for names of several words ("communist party") that of another country of which it speaks. */
uint32_t td_link_institution(const linker *l, td_str form);
/* Counts the countries of what has been linked so far. */
void td_link_count_countries(linker *l);

/* Places by the state that they are named with. td_link_mark_states: before all links; td_link_places: behind those of names. */
td_status td_link_part_states(td_doc *doc, td_error *err); /* before all else */
td_status td_link_mark_states(linker *l, td_error *err);
td_status td_link_places(linker *l, td_error *err);
uint32_t td_link_state(const linker *l, const td_kb_candidate *c, uint32_t n); /* the candidate that is a state; TD_NONE */

void td_link_apply(linker *l, uint32_t entity, uint32_t entry, float confidence);
/* Links descriptions without a name: by office and date ("the Russian president"), as institutions ("the government"), or as things
 * whose name is a common noun ("tear gas"). */
td_status td_link_descriptions(linker *l, td_error *err);
/* Offices of states go to the states of their holders. After td_link_merge. */
td_status td_link_offices(td_doc *doc, const td_kb *kb, td_error *err);
/* The articles of those that the knowledge base lacks, where the name tells the title ("Elmford University"). Behind all other links. */
td_status td_link_articles(linker *l, td_error *err);
/* Entities of one entry or article become one; the array is compacted and everything that points into it follows. */
td_status td_link_merge(td_doc *doc, td_error *err);

#endif
