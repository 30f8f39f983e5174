/* The stages of the language room, in the order in which they run. Each fills its layer of the document and
 * knows only the layers before it. (The network has its own header, net.h.) */
#ifndef TD_NLP_H
#define TD_NLP_H

#include "doc/doc.h"
#include "doc/lexicon.h"

td_status td_split(td_doc *doc, td_error *err);                            /* sents, toks */
td_status td_times(td_doc *doc, td_error *err);                            /* times */
/* "schedule", "predict": what it speaks of is yet to come, whatever its own tense. */
bool td_points_ahead(td_str lemma);
/* "said on Monday the law would change": without "that" before it, a time before the clause of what is said belongs to the saying. */
bool td_before_content(const td_doc *doc, uint32_t time, uint32_t verb);
/* Names known beforehand: `class_of` tells what a lower-case name of several words is (td_class), TD_CLASS_NONE when nobody knows it or it may be
 * many things. Shared by all threads. */
typedef struct {
	const void *of;
	uint8_t (*class_of)(const void *of, td_str name);
} td_gazetteer;
td_status td_mentions(td_doc *doc, const td_lexicon *lexicon, const td_gazetteer *known, td_error *err); /* mentions; `known` may be NULL */
td_status td_coref(td_doc *doc, const td_lexicon *lexicon, td_error *err);    /* entities, mention.entity */
td_status td_positions(td_doc *doc, const td_lexicon *lexicon, td_error *err); /* positions, relations */

#endif
