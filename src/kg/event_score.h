/* How likely it is that a trigger tells of an event of its class.
 *
 * The lexicon proposes; whether "strike", "offers" or "death" speaks of a particular happening, of a habit or of something else shows in the
 * words around it. A logistic regression (weights: src/model/event.tdm) adds up what it has learned of them and gives a probability. */
#ifndef TD_EVENT_SCORE_H
#define TD_EVENT_SCORE_H

#include "kg/events.h"
#include "kg/kg.h"

enum {
	TD_EVENT_WEIGHTS = 1 << 16, /* a feature's weight stands at its hash: those that meet there share it */
	TD_EVENT_FEATURES = 96,     /* upper bound of a trigger's features */
};

/* What the features of all triggers of a document share. */
typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	const td_finds *finds;
	uint32_t *told;      /* [n_found] triggers before it with the same word and class */
	uint32_t *same;      /* [n_found] … with the same class */
	uint32_t *first_srl; /* [n_found] its first semantic role in doc->srl */
} td_event_view;

td_status td_event_view_make(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_event_view *out, td_error *err);
/* Places of the features of trigger `i` in the table of weights; returns how many. */
uint32_t td_event_features(const td_event_view *view, uint32_t i, uint32_t out[TD_EVENT_FEATURES]);

/* Gives every trigger its probability, and drops those that are more likely none. */
td_status td_event_score(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_finds *finds, td_error *err);

#endif
