/* How likely it is that a source tells of an event: what is looked at, for src/model/claim.tdm to weigh. */
#ifndef TD_CLAIM_H
#define TD_CLAIM_H

#include "kg/attribution.h"

enum {
	TD_CLAIM_WEIGHTS = 1 << 14, /* a feature's weight stands at its hash: those that meet there share it */
	TD_CLAIM_FEATURES = 112,    /* upper bound of a claim's features */
};

/* What the features of all claims of a document share. Events are joined by now. */
typedef struct {
	const td_doc *doc;
	const td_lexicon *lexicon;
	uint16_t communication;           /* the class */
	uint32_t *first_arg, *next_arg;   /* [n_events], [n_args]: the arguments of an event as a chain */
	uint32_t *triggers, *first_sent;  /* [n_events]: how many words tell of it, the sentence of the first */
	uint32_t *sources;                /* [n_events]: how many claims of it there are */
	uint32_t *n_near;                 /* [n_events]: how many of these are not wide */
} td_claim_view;

td_status td_claim_view_make(td_doc *doc, const td_lexicon *lexicon, td_claim_view *out, td_error *err);
/* Places of the features of attribution `i` in the table of weights; returns how many. */
uint32_t td_claim_features(const td_claim_view *view, uint32_t i, uint32_t out[TD_CLAIM_FEATURES]);

#endif
