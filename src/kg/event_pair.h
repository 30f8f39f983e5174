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

/* What speaks against the two being one, a bit each. */
uint32_t td_pair_clashes(const td_pairing *pairing, uint32_t a, uint32_t b);

/* What the points count of the two, a bit each; and what a model looks at, as places in the table of weights. */
uint64_t td_pair_held(const td_pairing *pairing, uint32_t a, uint32_t b);
uint32_t td_pair_features(const td_pairing *pairing, uint32_t a, uint32_t b, uint32_t out[TD_PAIR_FEATURES]);
bool td_pair_is_speech(const td_pairing *pairing, uint32_t event);
/* How the fillers of a role compare: +1 one in common, -1 both have some and none in common, 0 nothing to compare. */
int td_pair_role(const td_pairing *pairing, uint32_t a, uint32_t b, td_role role);

const td_trigger *td_pair_trigger(const td_pairing *pairing, uint32_t event);
const td_token *td_pair_token(const td_pairing *pairing, uint32_t event);
bool td_pair_is_noun(const td_pairing *pairing, uint32_t event);
bool td_pair_is_a(const td_pairing *pairing, uint32_t event, td_str cls);
bool td_pair_has_det(const td_pairing *pairing, uint32_t event, const char *const *words, size_t n);
/* Does a word on the noun tell it from others: surely ("another"), or maybe ("recent")? */
bool td_pair_set_apart(const td_pairing *pairing, uint32_t event, bool surely);
bool td_pair_amounts_clash(const td_pairing *pairing, uint32_t a, uint32_t b, td_amount_kind kind);
bool td_pair_numbers_clash(const td_event *x, const td_event *y);
bool td_pair_numbers_of_one(const td_event *x, const td_event *y); /* "at least 12 people", later "20 people" */

/* What the pairs of a document share. */
td_status td_pairing_make(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_pairing *out, td_error *err);

#endif
