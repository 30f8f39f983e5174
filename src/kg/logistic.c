#include "kg/logistic.h"

#include <math.h>

#include "nlp/net_file.h"

struct td_logistic {
	td_mapped map;
	const int8_t *weight; /* [as many as were asked for] */
	float scale, bias, least;
};

static td_status number(const td_model_file *file, const char *what, const char *name, float *out, td_error *err)
{
	const td_section *s;
	TRY(td_model_section(file, name, TD_F32, 1, &s, err));
	*out = *(const float *)td_section_data(file, s);
	return isfinite(*out) ? TD_OK : td_fail(err, TD_ERR_DATA, "%s: section %s is no number", what, name);
}

static td_status load(const char *path, const char *what, uint32_t n, td_logistic *m, td_error *err)
{
	td_model_file file;
	const td_section *s;
	TRY(td_map_file(path, &m->map, err));
	TRY(td_model_check(m->map.bytes, &file, err));
	TRY(td_model_section(&file, "weight", TD_I8, 1, &s, err));
	if (s->shape[0] != n) return td_fail(err, TD_ERR_DATA, "%s: %u weights, not %u", what, s->shape[0], n);
	m->weight = td_section_data(&file, s);
	TRY(number(&file, what, "scale", &m->scale, err));
	TRY(number(&file, what, "bias", &m->bias, err));
	return number(&file, what, "least", &m->least, err);
}

td_status td_logistic_open(const char *path, const char *what, uint32_t n, td_logistic **out, td_error *err)
{
	td_logistic *m = td_alloc(sizeof *m);
	*out = NULL;
	if (!m) return td_no_memory(err);
	memset(m, 0, sizeof *m);
	td_status status = load(path, what, n, m, err);
	if (status == TD_OK) *out = m;
	else td_logistic_close(m);
	return status;
}

void td_logistic_close(td_logistic *model)
{
	if (!model) return;
	td_unmap_file(&model->map);
	td_free(model);
}

/* Whole numbers are summed first, so that the order of the features does not matter. */
float td_logistic_odds(const td_logistic *model, const uint32_t *feature, uint32_t n)
{
	int32_t sum = 0;
	for (uint32_t i = 0; i < n; i++) sum += model->weight[feature[i]];
	return model->bias + model->scale * (float)sum;
}

float td_logistic_probability(const td_logistic *model, const uint32_t *feature, uint32_t n)
{
	return 1 / (1 + expf(-td_logistic_odds(model, feature, n)));
}

float td_logistic_least(const td_logistic *model)
{
	return model->least;
}
