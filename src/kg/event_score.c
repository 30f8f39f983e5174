#include "kg/event_score.h"

#include <math.h>

#include "nlp/net_file.h"

struct td_event_model {
	td_mapped map;
	const int8_t *weight; /* [TD_EVENT_WEIGHTS] */
	float scale;          /* of the weights' whole numbers */
	float bias, least;    /* least: the probability below which a trigger is none */
};

/* ---- loading ---------------------------------------------------------------------------------------------------------- */

static td_status number(const td_model_file *file, const char *name, float *out, td_error *err)
{
	const td_section *s;
	TRY(td_model_section(file, name, TD_F32, 1, &s, err));
	*out = *(const float *)td_section_data(file, s);
	return isfinite(*out) ? TD_OK : td_fail(err, TD_ERR_DATA, "event model: section %s is no number", name);
}

static td_status load(const char *path, td_event_model *m, td_error *err)
{
	td_model_file file;
	const td_section *s;
	TRY(td_map_file(path, &m->map, err));
	TRY(td_model_check(m->map.bytes, &file, err));
	TRY(td_model_section(&file, "weight", TD_I8, 1, &s, err));
	if (s->shape[0] != TD_EVENT_WEIGHTS) return td_fail(err, TD_ERR_DATA, "event model: %u weights, not %d", s->shape[0], TD_EVENT_WEIGHTS);
	m->weight = td_section_data(&file, s);
	TRY(number(&file, "scale", &m->scale, err));
	TRY(number(&file, "bias", &m->bias, err));
	return number(&file, "least", &m->least, err);
}

td_status td_event_model_open(const char *path, td_event_model **out, td_error *err)
{
	td_event_model *m = td_alloc(sizeof *m);
	*out = NULL;
	if (!m) return td_no_memory(err);
	memset(m, 0, sizeof *m);
	td_status status = load(path, m, err);
	if (status == TD_OK) *out = m;
	else td_event_model_close(m);
	return status;
}

void td_event_model_close(td_event_model *model)
{
	if (!model) return;
	td_unmap_file(&model->map);
	td_free(model);
}

/* ---- scores ----------------------------------------------------------------------------------------------------------- */

/* Whole numbers are summed first, so that the order of the features does not matter. */
static float probability(const td_event_model *m, const uint32_t *feature, uint32_t n)
{
	int32_t sum = 0;
	for (uint32_t i = 0; i < n; i++) sum += m->weight[feature[i]];
	return 1 / (1 + expf(-(m->bias + m->scale * (float)sum)));
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

td_status td_event_score(td_doc *doc, const td_lexicon *lexicon, const td_event_model *model, td_finds *finds, td_error *err)
{
	td_event_view view;
	uint32_t feature[TD_EVENT_FEATURES];
	TRY(td_event_view_make(doc, lexicon, finds, &view, err));
	for (uint32_t i = 0; i < finds->found.n; i++)
		finds->found.at[i].score = probability(model, feature, td_event_features(&view, i, feature));
	drop(finds, model->least);
	return TD_OK;
}
