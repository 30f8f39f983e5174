/* Two mentions of events: may they be one happening, and what speaks for it? */
#ifndef TD_EVENT_PAIR_H
#define TD_EVENT_PAIR_H

#include "kg/events.h"
#include "kg/logistic.h"

enum {
	TD_PAIR_WEIGHTS = 1 << 15, /* a feature's weight stands at its hash: those that meet there share it */
	TD_PAIR_FEATURES = 160,    /* upper bound of a pair's features */
};

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint32_t *first_arg; /* [n_events + 1] args by event: arg[first_arg[e] … first_arg[e + 1]) */
	uint32_t *arg;
	uint32_t *first_amount, *amount; /* the same of amounts */
	const td_logistic *model;        /* NULL: points alone count */
} td_pairing;

bool td_pair_possible(const td_pairing *pairing, uint32_t a, uint32_t b); /* a stands before b */
int td_pair_points(const td_pairing *pairing, uint32_t a, uint32_t b);    /* the more, the surer */
int td_pair_least(const td_pairing *pairing); /* more than these join */

/* What the points count of the two, a bit each; and what a model looks at, as places in the table of weights. */
uint64_t td_pair_held(const td_pairing *pairing, uint32_t a, uint32_t b);
uint32_t td_pair_features(const td_pairing *pairing, uint32_t a, uint32_t b, uint32_t out[TD_PAIR_FEATURES]);
bool td_pair_is_speech(const td_pairing *pairing, uint32_t event);
/* How the fillers of a role compare: +1 one in common, -1 both have some and none in common, 0 nothing to compare. */
int td_pair_role(const td_pairing *pairing, uint32_t a, uint32_t b, td_role role);

/* What the pairs of a document share. */
td_status td_pairing_make(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_pairing *out, td_error *err);

#endif
