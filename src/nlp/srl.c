/* Semantic roles: features → sum of their rows → one hidden layer → a role for each candidate. */
#include "nlp/srl_impl.h"

#include <math.h>

enum { FEATURE_SLOTS = 1 << 16, NO_ROW = 0, ROLES_WIDE = 32 };
_Static_assert((int)TD_SRL_COUNT <= (int)ROLES_WIDE, "all roles fit");

struct td_srl_model {
	td_mapped map;
	srl_set paths, known;
	const uint32_t *slot; /* [FEATURE_SLOTS] upper half of a feature's hash, row + 1; 0: free */
	const int8_t *row;    /* [rows][SRL_HIDDEN] */
	const float *bias;    /* [SRL_HIDDEN] */
	float scale;          /* of the rows' whole numbers */
	uint32_t rows, roles;
	uint8_t label[TD_SRL_COUNT]; /* [roles] */
	float out_bias[ROLES_WIDE], out[SRL_HIDDEN][ROLES_WIDE]; /* the roles side by side, for the compiler's vectors */
};

/* ---- loading ---- */

static td_status unfit(const char *name, td_error *err)
{
	return td_fail(err, TD_ERR_DATA, "role model: section %s does not fit the others", name);
}

/* Some section with that many elements (0: any). */
static td_status part(const td_model_file *f, const char *name, td_section_type type, uint32_t rows, uint32_t cols, const void **out,
	uint32_t *n, td_error *err)
{
	const td_section *s;
	TRY(td_model_section(f, name, type, cols > 1 ? 2 : 1, &s, err));
	if (!s->shape[0] || (rows && s->shape[0] != rows) || (cols > 1 && s->shape[1] != cols)) return unfit(name, err);
	*out = td_section_data(f, s);
	if (n) *n = s->shape[0];
	return TD_OK;
}

static td_status hash_set(const td_model_file *f, const char *name, srl_set *out, td_error *err)
{
	const void *at = NULL;
	TRY(part(f, name, TD_U32, 0, 1, &at, &out->size, err));
	out->slot = at;
	return out->size & (out->size - 1) ? unfit(name, err) : TD_OK;
}

static td_status labels(const td_model_file *f, td_srl_model *m, td_error *err)
{
	const td_section *s;
	TRY(td_model_section(f, "role", TD_TEXT, 1, &s, err));
	td_str rest = { td_section_data(f, s), (size_t)s->size };
	for (; rest.n; m->roles++) {
		if (m->roles == TD_SRL_COUNT) return unfit("role", err);
		unsigned label = td_srl_role_parse(td_str_cut(&rest, '\n'), TD_SRL_COUNT);
		if (label == TD_SRL_COUNT || (label == TD_SRL_NONE) != (m->roles == 0)) return unfit("role", err);
		m->label[m->roles] = (uint8_t)label;
	}
	return m->roles > 1 ? TD_OK : unfit("role", err);
}

static td_status weights(const td_model_file *f, td_srl_model *m, td_error *err)
{
	const void *at;
	TRY(part(f, "row", TD_I8, 0, SRL_HIDDEN, &at, &m->rows, err));
	m->row = at;
	TRY(part(f, "feature", TD_U32, FEATURE_SLOTS, 1, &at, NULL, err));
	m->slot = at;
	for (uint32_t i = 0; i < FEATURE_SLOTS; i++)
		if ((m->slot[i] & 0xffff) > m->rows) return unfit("feature", err);
	TRY(part(f, "row.scale", TD_F32, 1, 1, &at, NULL, err));
	m->scale = *(const float *)at;
	TRY(part(f, "bias", TD_F32, SRL_HIDDEN, 1, &at, NULL, err));
	m->bias = at;
	TRY(part(f, "out", TD_F32, m->roles, SRL_HIDDEN, &at, NULL, err));
	for (uint32_t r = 0; r < m->roles; r++)
		for (uint32_t k = 0; k < SRL_HIDDEN; k++) m->out[k][r] = ((const float *)at)[r * SRL_HIDDEN + k];
	TRY(part(f, "out.bias", TD_F32, m->roles, 1, &at, NULL, err));
	memcpy(m->out_bias, at, m->roles * sizeof(float));
	return TD_OK;
}

static td_status load(const char *path, td_srl_model *m, td_error *err)
{
	td_model_file file;
	TRY(td_map_file(path, &m->map, err));
	TRY(td_model_check(m->map.bytes, &file, err));
	TRY(labels(&file, m, err));
	TRY(hash_set(&file, "path", &m->paths, err));
	TRY(hash_set(&file, "known", &m->known, err));
	return weights(&file, m, err);
}

td_status td_srl_open(const char *path, td_srl_model **out, td_error *err)
{
	td_srl_model *m = td_alloc(sizeof *m);
	*out = NULL;
	if (!m) return td_no_memory(err);
	memset(m, 0, sizeof *m);
	td_status status = load(path, m, err);
	if (status == TD_OK) *out = m;
	else td_srl_close(m);
	return status;
}

void td_srl_close(td_srl_model *model)
{
	if (!model) return;
	td_unmap_file(&model->map);
	td_free(model);
}

/* ---- scores ---- */

static uint32_t row_of(const td_srl_model *m, uint32_t feature)
{
	for (uint32_t i = feature, probes = 0; probes < SRL_PROBES; i++, probes++) {
		uint32_t slot = m->slot[i & (FEATURE_SLOTS - 1)];
		if (slot == 0) return NO_ROW;
		if (slot >> 16 == feature >> 16) return slot & 0xffff;
	}
	return NO_ROW;
}

/* The features' rows [n], those that have one. The tables are larger than the nearest caches, so what is needed is asked for ahead. */
static uint32_t rows_of(const td_srl_model *m, const uint32_t *feature, uint32_t n, const int8_t **out)
{
	uint32_t found = 0;
	for (uint32_t i = 0; i < n; i++) __builtin_prefetch(&m->slot[feature[i] & (FEATURE_SLOTS - 1)]);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t row = row_of(m, feature[i]);
		if (row == NO_ROW) continue;
		out[found] = m->row + (size_t)(row - 1) * SRL_HIDDEN;
		__builtin_prefetch(out[found++]);
	}
	return found;
}

/* Whole numbers are summed first, so that the order of the features does not matter. */
static void hidden_layer(const td_srl_model *m, const uint32_t *feature, uint32_t n, float *out)
{
	int16_t sum[SRL_HIDDEN] = { 0 };
	_Static_assert(SRL_FEATURES * 128 < INT16_MAX, "no overflow");
	const int8_t *row[SRL_FEATURES];
	uint32_t rows = rows_of(m, feature, n, row);
	for (uint32_t i = 0; i < rows; i++)
		for (uint32_t k = 0; k < SRL_HIDDEN; k++) sum[k] = (int16_t)(sum[k] + row[i][k]);
	for (uint32_t k = 0; k < SRL_HIDDEN; k++) {
		float x = m->bias[k] + m->scale * (float)sum[k];
		out[k] = x > 0 ? x : 0;
	}
}

/* Probabilities, [roles]. */
static void score_candidate(const td_srl_model *m, const uint32_t *feature, uint32_t n, float *out)
{
	float hidden[SRL_HIDDEN], x[ROLES_WIDE], top = -1e30f, sum = 0;
	hidden_layer(m, feature, n, hidden);
	memcpy(x, m->out_bias, sizeof x);
	for (uint32_t k = 0; k < SRL_HIDDEN; k++)
		for (uint32_t r = 0; r < ROLES_WIDE; r++) x[r] += hidden[k] * m->out[k][r];
	for (uint32_t r = 0; r < m->roles; r++) top = x[r] > top ? x[r] : top;
	for (uint32_t r = 0; r < m->roles; r++) sum += out[r] = expf(x[r] - top);
	for (uint32_t r = 0; r < m->roles; r++) out[r] /= sum;
}

static uint32_t best(const float *score, uint32_t roles)
{
	uint32_t at = 0;
	for (uint32_t r = 1; r < roles; r++)
		if (score[r] > score[at]) at = r;
	return at;
}

/* Takes a core role away from the less sure one of two that have it; false when no two have. */
static bool part_two(float *score, uint32_t n, uint32_t roles, const uint8_t *label, uint8_t *role)
{
	uint32_t holder[TD_SRL_COUNT];
	for (uint32_t r = 0; r < roles; r++) holder[r] = TD_NONE;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t r = role[i], other = holder[r];
		if (label[r] < TD_SRL_ARG0 || label[r] > TD_SRL_ARG5) continue;
		holder[r] = i;
		if (other == TD_NONE) continue;
		uint32_t loser = score[other * roles + r] >= score[i * roles + r] ? i : other;
		score[loser * roles + r] = -1;
		role[loser] = (uint8_t)best(score + loser * roles, roles);
		return true;
	}
	return false;
}

void srl_assign(float *score, uint32_t n, uint32_t roles, const uint8_t *label, uint8_t *role)
{
	for (uint32_t i = 0; i < n; i++) role[i] = (uint8_t)best(score + i * roles, roles);
	/* Every round takes one role from one candidate for good, so it ends; the first role, none, is never taken. */
	while (part_two(score, n, roles, label, role)) continue;
}

/* ---- the document ---- */

/* Puts the last argument in its place among those from `first` on, by position. */
static void settle(td_doc *doc, uint32_t first)
{
	td_srl *a = doc->srl.at, arg = a[doc->srl.n - 1];
	uint32_t i = doc->srl.n - 1;
	for (; i > first && a[i - 1].tok > arg.tok; i--) a[i] = a[i - 1];
	a[i] = arg;
}

static td_status run_predicate(const td_srl_model *m, td_doc *doc, uint32_t tok, td_error *err)
{
	srl_predicate pred;
	srl_candidate cand[SRL_CANDIDATES];
	uint32_t feature[SRL_FEATURES];
	float score[SRL_CANDIDATES * TD_SRL_COUNT];
	uint8_t role[SRL_CANDIDATES];
	srl_see_predicate(doc, tok, &pred);
	uint32_t n = srl_candidates(doc, &pred, &m->paths, cand), first = doc->srl.n;
	for (uint32_t i = 0; i < n; i++)
		score_candidate(m, feature, srl_features(doc, &pred, &cand[i], feature), score + i * m->roles);
	srl_assign(score, n, m->roles, m->label, role);
	for (uint32_t i = 0; i < n; i++) {
		td_srl arg = { tok, cand[i].tok, m->label[role[i]], score[i * m->roles + role[i]] };
		if (arg.role == TD_SRL_NONE) continue;
		if (!TD_PUSH(&doc->arena, &doc->srl, arg)) return td_no_memory(err);
		settle(doc, first);
	}
	return TD_OK;
}

static bool is_predicate(const td_srl_model *m, const td_token *t)
{
	if (t->upos == TD_VERB) return true;
	if (t->upos == TD_AUX) return t->deprel != TD_AUXIL && t->deprel != TD_AUX_PASS;
	return (t->upos == TD_NOUN || t->upos == TD_ADJ) && srl_has(&m->known, srl_known_as(t));
}

td_status td_srl_run(const td_srl_model *model, td_doc *doc, td_error *err)
{
	doc->srl.n = 0;
	for (uint32_t i = 0; i < doc->preds.n; i++) TRY(run_predicate(model, doc, doc->preds.at[i], err));
	for (uint32_t i = 0; i < doc->toks.n && doc->preds.n == 0; i++)
		if (is_predicate(model, &doc->toks.at[i])) TRY(run_predicate(model, doc, i, err));
	return TD_OK;
}
