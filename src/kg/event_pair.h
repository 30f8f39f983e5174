/* Two mentions of events: may they be one happening, and what speaks for it? */
#ifndef TD_EVENT_PAIR_H
#define TD_EVENT_PAIR_H

#include "kg/events.h"

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint32_t *first_arg; /* [n_events + 1] args by event: arg[first_arg[e] … first_arg[e + 1]) */
	uint32_t *arg;
	uint32_t *first_amount, *amount; /* the same of amounts */
} td_pairing;

bool td_pair_possible(const td_pairing *pairing, uint32_t a, uint32_t b); /* a stands before b */
int td_pair_points(const td_pairing *pairing, uint32_t a, uint32_t b);    /* the more, the surer */

#endif
