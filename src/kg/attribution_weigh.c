/* Which attributions stay: a model weighs what speaks for each, once events are joined and their factuality is known. */
#include "kg/claim.h"
#include "kg/kg.h"

enum { MAX_LOOK = 64 }; /* claims of an event that are looked at */

td_status td_claim_model_open(const char *path, td_logistic **out, td_error *err)
{
	return td_logistic_open(path, "claim model", TD_CLAIM_WEIGHTS, out, err);
}

static bool is_around(const td_attribution *a)
{
	return a->signs & td_sign_if(true, TD_SIGN_AROUND);
}

/* Without a model what the tree speaks for stays. */
static bool holds(const td_claim_view *view, const td_logistic *model, uint32_t i, float *confidence)
{
	uint32_t feature[TD_CLAIM_FEATURES];
	*confidence = 0;
	if (!model) return !is_around(&view->doc->attributions.at[i]);
	*confidence = td_logistic_probability(model, feature, td_claim_features(view, i, feature));
	return *confidence >= td_logistic_least(model);
}

/* The claims that have been kept, those of each event as a chain. */
typedef struct {
	uint32_t *last, *next; /* [n_events], [n_attributions] */
	uint32_t n;
} kept;

/* Two words of one event may have been told by the same source: one node says so, the surer one. */
static bool is_told(td_doc *doc, const kept *k, const td_attribution *a)
{
	int looked = 0;
	for (uint32_t i = k->last[a->event]; i != TD_NONE; i = k->next[i]) {
		td_attribution *old = &doc->attributions.at[i];
		if (looked++ == MAX_LOOK) return true;
		if (old->source != a->source) continue;
		if (a->confidence > old->confidence) *old = *a;
		return true;
	}
	return false;
}

td_status td_weigh_attributions(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_error *err)
{
	td_claim_view view;
	TRY(td_claim_view_make(doc, lexicon, &view, err));
	uint8_t *stays = td_arena_zero(&doc->arena, (size_t)doc->attributions.n + 1, 1);
	kept k = { td_arena_nones(&doc->arena, doc->events.n), td_arena_nones(&doc->arena, doc->attributions.n), 0 };
	if (!stays || !k.last || !k.next) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->attributions.n; i++) stays[i] = holds(&view, model, i, &doc->attributions.at[i].confidence);
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		td_attribution a = doc->attributions.at[i];
		if (!stays[i] || is_told(doc, &k, &a)) continue;
		k.next[k.n] = k.last[a.event];
		k.last[a.event] = k.n;
		doc->attributions.at[k.n++] = a;
	}
	doc->attributions.n = k.n;
	return TD_OK;
}
