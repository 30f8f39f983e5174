/* Shared by the files of the frame room; not for others. */
#ifndef TD_FRAME_IMPL_H
#define TD_FRAME_IMPL_H

#include "kg/frame.h"

#define HAS(s, literal) td_str_eq(s, TD_STR(literal))

static inline td_deprel td_rel(const td_doc *doc, uint32_t tok)
{
	return (td_deprel)doc->toks.at[tok].deprel;
}

/* The first child with exactly that relation; TD_NONE. */
static inline uint32_t td_exact_child(const td_doc *doc, uint32_t tok, td_deprel rel)
{
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (td_rel(doc, doc->child[i]) == rel) return doc->child[i];
	return TD_NONE;
}

/* People, organizations, groups and places act; things do not. */
static inline bool td_acts(td_class cls)
{
	return cls == TD_PERSON || cls == TD_ORGANIZATION || cls == TD_GROUP || cls == TD_PLACE;
}

/* What a relative pronoun stands for; any other token for itself. */
uint32_t td_antecedent(const td_doc *doc, uint32_t tok);
/* "told reporters the army attacked": of two subjects that the tree gives the clause said, the first is who was told; TD_NONE. */
uint32_t td_extra_subject(const td_doc *doc, uint32_t verb);
/* Verbs that have whom they are said to as their object: "told him that", not "said him that". */
bool td_has_listener(const td_doc *doc, uint32_t verb);
/* The first sentence, when no full stop ends it: headlines tell in the present, so that a past form in them is a passive ("Mayor stabbed"). */
bool td_in_headline(const td_doc *doc, uint32_t tok);
/* A finite verb whose subject the tree has lost: the nearest actor before it that no preposition governs, in the same clause. */
uint32_t td_nearby_subject(const td_doc *doc, uint32_t verb);
/* Puts a filler, with those beside it, into a slot that the tree does not give it. */
void td_fills_add(const td_doc *doc, td_fills *fills, td_slot slot, uint32_t tok);
/* Puts just that filler there. */
void td_fills_put(td_fills *fills, td_slot slot, td_str prep, uint32_t tok);
/* Moves fillers that the tree has hung on the wrong word. */
void td_fills_mend(const td_doc *doc, td_fills *fills);

#endif
