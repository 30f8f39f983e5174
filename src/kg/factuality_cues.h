/* Cues: words that say of an event whether it happened, or who says so. They stand in ontology/cues.ttl; this reads their scope.
 *
 * A scope is a list of places in the tree, seen from the cue:
 *
 *     ccomp  xcomp  obj  acl  nmod.of  obl.with/to   what hangs on the cue by that relation (and preposition); obj is also the subject
 *                                                    of its passive and the noun that its participle modifies
 *     what                                           what is called so: "what he called an invasion"
 *     head   head(advcl|acl)                         the word that the cue hangs on (if that word hangs by one of these)
 *     parataxis                                      likewise, but only behind the cue, and where it has no ccomp
 *     told                                           its object, if a clause tells what that says ("rejected claims that …")
 *     aside                                          the clause into which the cue's own is put ("…, he said")
 *     clause                                         the predicate of the clause that the cue stands in, and of those joined to it
 *     content(include|be)                            what the cue is told to consist of: the word whose subject it is, if that is one of
 *                                                    these verbs, or a noun with one ("their demands include …")
 *     consequence                                    no place: it speaks also of the clause that the condition hangs on, if that has a modal
 *     weak                                           no place: the cue speaks only where no other cue governs the word
 *     present                                        no place: it speaks only of a verb in the present ("until he resigns")
 *     past                                           no place: it speaks only where it is told of in the past itself ("attended the meeting")
 *     granted                                        no place: what is said of the word is not said of what it governs ("because of a strike")
 *     joins                                          no place: what it brings says so, too ("the ministry, along with the police, said")
 *     cites                                          no place: the word brings in who has told it ("citing officials")
 *     @nsubj  @obl.by  @nmod:poss  @head             where the source of a statement stands; without any the subject */
#ifndef TD_FACTUALITY_CUES_H
#define TD_FACTUALITY_CUES_H

#include "doc/doc.h"
#include "doc/lexicon.h"

/* The first five are td_factuality and the next three td_stance, in their order. */
#define TD_CUE_MAP(X) \
	X(TD_CUE_ACTUAL, "Actual") X(TD_CUE_REPORTED, "Reported") X(TD_CUE_PLANNED, "Planned") X(TD_CUE_POSSIBLE, "Possible") \
	X(TD_CUE_NEGATED, "Negated") X(TD_CUE_ASSERTS, "Asserts") X(TD_CUE_DENIES, "Denies") X(TD_CUE_DOUBTS, "Doubts") \
	X(TD_CUE_THROUGH, "Through") X(TD_CUE_NAMING, "Naming")

TD_LABEL_SET(td_cue_kind, TD_CUE, TD_CUE_MAP)

enum { TD_MAX_CUES = 8 }; /* senses of one word that are looked at */

typedef struct {
	uint8_t kind; /* td_cue_kind */
	uint32_t tok; /* the (first) word */
	td_str scope;
} td_cue;

/* The cues at `tok`, in table order, into out[TD_MAX_CUES]; returns how many. */
uint32_t td_cues_at(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, td_cue *out);

/* Does the scope reach the word `below`, which hangs on the cue (or, for a participle, carries it)? */
bool td_cue_governs(const td_doc *doc, const td_cue *cue, uint32_t below);
/* Does the scope reach the word that the cue hangs on? */
bool td_cue_modifies(const td_doc *doc, const td_cue *cue);
/* "what he called …": the verb below the word "what"; TD_NONE. */
uint32_t td_what_verb(const td_doc *doc, uint32_t tok);
/* "told leaders that …", "denied reports that …": the verb of whose object a clause tells; TD_NONE. */
uint32_t td_verb_around(const td_doc *doc, uint32_t clause);
bool td_cue_has(const td_cue *cue, td_str place); /* "clause", "weak" */
/* The token at the scope's n-th "@" place, TD_NONE when nothing stands there; *more: is there an n-th place at all. */
uint32_t td_cue_source(const td_doc *doc, const td_cue *cue, uint32_t n, bool *more);

/* The first word, but for punctuation, of what hangs on `tok` and of itself. */
uint32_t td_first_word(const td_doc *doc, uint32_t tok);
/* Is the word a noun that is taken for granted ("the attack", "his resignation"), whatever is told or planned of it? */
bool td_presupposed(const td_doc *doc, uint32_t tok);

static inline bool td_cue_is_stance(const td_cue *cue)
{
	return cue->kind >= TD_CUE_ASSERTS && cue->kind <= TD_CUE_DOUBTS;
}
static inline bool td_cue_is_factuality(const td_cue *cue)
{
	return cue->kind <= TD_CUE_NEGATED;
}

#endif
