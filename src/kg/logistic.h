/* A logistic regression over hashed features: the probability of something, from what speaks for and against it.
 *
 * Its file is in the format of nlp/net_file.h: section "weight" holds a whole number for each place of the table, "scale" what one of them is
 * worth, "bias" what is added, "least" the probability below which the answer is no. Const after opening, shared by threads. */
#ifndef TD_LOGISTIC_H
#define TD_LOGISTIC_H

#include "base/base.h"

typedef struct td_logistic td_logistic;

/* `n` is how many weights there must be; `what` names the model in messages ("event model"). */
td_status td_logistic_open(const char *path, const char *what, uint32_t n, td_logistic **out, td_error *err);
void td_logistic_close(td_logistic *model); /* NULL is allowed */

/* The probability, by the places of what is there: [n], each below the number of weights. */
float td_logistic_probability(const td_logistic *model, const uint32_t *feature, uint32_t n);
/* … and its logarithmic odds. */
float td_logistic_odds(const td_logistic *model, const uint32_t *feature, uint32_t n);
float td_logistic_least(const td_logistic *model);

/* Where the weight of a feature stands in a table of `weights` (a power of two): `model` and `name` tell its template from all others. */
static inline uint32_t td_feature_place(uint64_t model, uint64_t name, uint64_t a, uint64_t b, uint32_t weights)
{
	return (uint32_t)(td_hash_mix(td_hash_mix(td_hash_mix(model, name), a), b) >> 40) & (weights - 1);
}
/* A word as part of a feature; 0 for none. */
static inline uint64_t td_feature_word(td_str s)
{
	return s.n ? td_hash(s) : 0;
}

#endif
