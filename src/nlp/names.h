/* What the lexicon says about tokens, and names taken apart: shared by mentions, coreference and positions. */
#ifndef TD_NAMES_H
#define TD_NAMES_H

#include "doc/doc.h"
#include "doc/lexicon.h"

enum { TD_MAX_PHRASE = 6, TD_MAX_NAME_PARTS = 12 };

/* Lower case of a short word into `out` (cap bytes); longer words are cut off: no lexicon entry is that long. */
td_str td_word_lower(td_str word, char *out, size_t cap);
bool td_word_eq(td_str a, td_str lower); /* a, lower-cased, is `lower` */

/* First sense of that kind of the single word at `tok`, by lemma, then by form; TD_NONE. */
uint32_t td_tok_sense(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, td_sense_kind kind);
/* The longest phrase of that kind that starts at `tok` and ends before `limit`; *len gets its tokens. */
uint32_t td_phrase_sense(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, uint32_t limit, td_sense_kind kind, uint32_t *len);
/* The longest phrase of that kind that ends with the token before `end` and starts at `from` or later. */
uint32_t td_phrase_before(const td_doc *doc, const td_lexicon *lexicon, uint32_t from, uint32_t end, td_sense_kind kind, uint32_t *len);

/* Entity class of a noun: the compound with the word before it ("task force") or the noun itself; TD_CLASS_NONE.
 * *note (NULL allowed) gets the sense's note. */
td_class td_noun_class(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, td_str *note);
/* Gender that a note tells: "male", "kin female", "courtesy male"…. */
td_gender td_note_gender(td_str note);
bool td_note_has(td_str note, const char *word);
/* Gender of a given name; *known (NULL allowed) tells whether it is in the lexicon at all. */
td_gender td_given_gender(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, bool *known);
/* The place that a capitalised demonym at `tok` stands for ("Russian", "South Korean": *len tokens); TD_NONE.
 * Aliases of places ("U.S.") only when `names`. */
uint32_t td_demonym(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, uint32_t limit, bool names, uint32_t *len);
/* What that sense is: a place, a body ("EU"), or a people ("African American"). */
td_class td_demonym_class(const td_lexicon *lexicon, uint32_t sense);

bool td_tok_upper(const td_doc *doc, uint32_t tok);    /* starts with a capital letter */
bool td_tok_all_caps(const td_doc *doc, uint32_t tok); /* two letters or more, none of them lower case */
bool td_tok_is(const td_doc *doc, uint32_t tok, const char *lower); /* form, ignoring case */
bool td_in_list(td_str word, const char *const *list);  /* NULL-terminated list of lower-case words */
bool td_tok_in(const td_doc *doc, uint32_t tok, const char *const *list); /* lemma or form in the list, ignoring case */

/* A name folded (td_fold) and cut into words; hyphens and dots join. */
typedef struct {
	td_str whole; /* folded, single spaces, without a leading "the" */
	td_str part[TD_MAX_NAME_PARTS];
	uint32_t n;
} td_name_parts;

td_status td_name_split(td_arena *arena, td_str name, td_name_parts *out, td_error *err);
/* "syrian democratic forces" and "SDF": the initials of the parts, small words left out or kept. */
bool td_is_acronym_of(td_str acronym, const td_name_parts *name);
/* Two persons' names that may be one person's: the last part and what precedes agree ("Donald J. Trump", "Donald Trump"). */
bool td_person_names_agree(const td_name_parts *a, const td_name_parts *b);

#endif
