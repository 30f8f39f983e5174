#include "kg/event_score.h"

td_status td_event_model_open(const char *path, td_logistic **out, td_error *err)
{
	return td_logistic_open(path, "event model", TD_EVENT_WEIGHTS, out, err);
}

/* Takes the triggers out that score less than `least`; the others keep their order. */
static void drop(td_finds *finds, float least)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < finds->found.n; i++) {
		td_found f = finds->found.at[i];
		uint32_t event = f.score < least ? TD_NONE : kept;
		if (f.light != TD_NONE && finds->event_at[f.light] == i) finds->event_at[f.light] = event;
		if (f.twin != TD_NONE && finds->event_at[f.twin] == i) finds->event_at[f.twin] = event;
		finds->event_at[f.trigger] = event;
		if (event != TD_NONE) finds->found.at[kept++] = f;
	}
	finds->found.n = kept;
}

td_status td_event_score(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_finds *finds, td_error *err)
{
	td_event_view view;
	uint32_t feature[TD_EVENT_FEATURES];
	TRY(td_event_view_make(doc, lexicon, finds, &view, err));
	for (uint32_t i = 0; i < finds->found.n; i++)
		finds->found.at[i].score = td_logistic_probability(model, feature, td_event_features(&view, i, feature));
	drop(finds, td_logistic_least(model));
	return TD_OK;
}
