/* Rows of solutions: keeping, joining, subtracting them. https://www.w3.org/TR/sparql11-query/#sparqlAlgebra */
#include "rdf/sparql.h"

td_status td_q_work(td_q_engine *e, uint64_t n)
{
	e->work += n;
	return e->work <= TD_Q_MAX_WORK ? TD_OK : td_fail(e->err, TD_ERR_LIMIT, "the query looks at too much: name more of what you seek");
}

static td_status grow(td_q_engine *e, td_q_rows *rows)
{
	size_t cap = rows->cap ? rows->cap * 2 : 16, bytes;
	if (cap > TD_Q_MAX_CELLS / e->width) return td_fail(e->err, TD_ERR_LIMIT, "the query finds too much: name more of what you seek");
	td_q_id *at = td_mul_size(cap, e->width * sizeof *at, &bytes) ? td_realloc(rows->at, bytes) : NULL;
	if (!at) return td_no_memory(e->err);
	rows->at = at;
	rows->cap = cap;
	return TD_OK;
}

td_q_id *td_q_rows_add(td_q_engine *e, td_q_rows *rows, const td_q_id *copy, td_status *status)
{
	*status = td_q_work(e, 1);
	if (*status == TD_OK && rows->n == rows->cap) *status = grow(e, rows);
	if (*status != TD_OK) return NULL;
	td_q_id *row = td_q_row(e, rows, rows->n++);
	if (copy) memcpy(row, copy, e->width * sizeof *row);
	else memset(row, 0, e->width * sizeof *row);
	return row;
}

void td_q_rows_free(td_q_rows *rows)
{
	td_free(rows->at);
	*rows = (td_q_rows){ .at = NULL };
}

/* ---- an index over the right side ------------------------------------------------------------------------------ */

/* Rows of the right side by their value of a variable that both sides always bind; without one, all in one list. */
typedef struct {
	const td_q_rows *rows;
	uint32_t key; /* TD_Q_MAX_VARS: none */
	uint32_t *heads, *next, n_heads;
} row_index;

static bool always_bound(const td_q_engine *e, const td_q_rows *rows, uint32_t var)
{
	for (size_t i = 0; i < rows->n; i++)
		if (!td_q_row(e, rows, i)[var]) return false;
	return true;
}

static uint32_t choose_key(const td_q_engine *e, const td_q_rows *left, const td_q_rows *right)
{
	for (uint32_t var = 0; var < e->width; var++)
		if (always_bound(e, right, var) && always_bound(e, left, var)) return var;
	return TD_Q_MAX_VARS;
}

static uint32_t head_of(const row_index *index, td_q_id id)
{
	return index->key == TD_Q_MAX_VARS ? 0 : (uint32_t)td_hash_mix(id, 0) & (index->n_heads - 1);
}

static td_status index_rows(td_q_engine *e, const td_q_rows *left, const td_q_rows *right, row_index *index)
{
	*index = (row_index){ .rows = right, .key = choose_key(e, left, right), .n_heads = 1 };
	while (index->key != TD_Q_MAX_VARS && index->n_heads < right->n && index->n_heads < 1u << 28) index->n_heads *= 2;
	index->heads = td_alloc(index->n_heads * sizeof *index->heads);
	index->next = td_alloc((right->n + 1) * sizeof *index->next);
	if (!index->heads || !index->next) {
		td_free(index->heads);
		td_free(index->next);
		return td_no_memory(e->err);
	}
	for (uint32_t i = 0; i < index->n_heads; i++) index->heads[i] = UINT32_MAX;
	for (size_t i = right->n; i > 0; i--) { /* backwards: lists are in the rows' order */
		uint32_t head = head_of(index, index->key == TD_Q_MAX_VARS ? 0 : td_q_row(e, right, i - 1)[index->key]);
		index->next[i - 1] = index->heads[head];
		index->heads[head] = (uint32_t)(i - 1);
	}
	return td_q_work(e, right->n);
}

static void index_free(row_index *index)
{
	td_free(index->heads);
	td_free(index->next);
}

static uint32_t first_row(const row_index *index, const td_q_id *left)
{
	return index->heads[head_of(index, index->key == TD_Q_MAX_VARS ? 0 : left[index->key])];
}

/* Compatible: no variable has two values. *shared: there is one that both bind. */
static bool compatible(const td_q_engine *e, const td_q_id *a, const td_q_id *b, bool *shared)
{
	*shared = false;
	for (uint32_t i = 0; i < e->width; i++) {
		if (!a[i] || !b[i]) continue;
		if (a[i] != b[i]) return false;
		*shared = true;
	}
	return true;
}

static td_q_id *add_merged(td_q_engine *e, td_q_rows *out, const td_q_id *a, const td_q_id *b, td_status *status)
{
	td_q_id *row = td_q_rows_add(e, out, a, status);
	for (uint32_t i = 0; row && i < e->width; i++)
		if (!row[i]) row[i] = b[i];
	return row;
}

/* ---- joins ----------------------------------------------------------------------------------------------------- */

static td_status join_row(td_q_engine *e, const td_q_id *left, const row_index *index, td_q_rows *out)
{
	bool shared;
	td_status status = TD_OK;
	for (uint32_t i = first_row(index, left); i != UINT32_MAX && status == TD_OK; i = index->next[i]) {
		const td_q_id *right = td_q_row(e, index->rows, i);
		status = td_q_work(e, 1);
		if (status == TD_OK && compatible(e, left, right, &shared)) add_merged(e, out, left, right, &status);
	}
	return status;
}

td_status td_q_join(td_q_engine *e, td_q_rows *left, const td_q_rows *right, td_q_rows *out)
{
	row_index index;
	TRY(index_rows(e, left, right, &index));
	td_status status = TD_OK;
	for (size_t i = 0; i < left->n && status == TD_OK; i++) status = join_row(e, td_q_row(e, left, i), &index, out);
	index_free(&index);
	return status;
}

static bool all_hold(td_q_engine *e, const td_q_group *filters, const td_q_id *row)
{
	for (const td_q_part *part = filters->first; part; part = part->next)
		if (part->kind == TD_Q_FILTER && !td_q_holds(e, part->expr, row)) return false;
	return true;
}

td_status td_q_left_join(td_q_engine *e, td_q_rows *left, const td_q_rows *right, const td_q_group *filters, td_q_rows *out)
{
	row_index index;
	TRY(index_rows(e, left, right, &index));
	td_status status = TD_OK;
	for (size_t i = 0; i < left->n && status == TD_OK; i++) {
		size_t before = out->n, kept = out->n;
		status = join_row(e, td_q_row(e, left, i), &index, out);
		for (size_t k = before; k < out->n && status == TD_OK; k++)
			if (all_hold(e, filters, td_q_row(e, out, k))) memmove(td_q_row(e, out, kept++), td_q_row(e, out, k), e->width * sizeof(td_q_id));
		out->n = kept;
		if (status == TD_OK && kept == before) td_q_rows_add(e, out, td_q_row(e, left, i), &status);
		if (status == TD_OK) status = e->status;
	}
	index_free(&index);
	return status;
}

static td_status is_excluded(td_q_engine *e, const td_q_id *left, const row_index *index, bool *excluded)
{
	*excluded = false;
	for (uint32_t i = first_row(index, left); i != UINT32_MAX && !*excluded; i = index->next[i]) {
		bool shared, fits = compatible(e, left, td_q_row(e, index->rows, i), &shared);
		TRY(td_q_work(e, 1));
		*excluded = fits && shared;
	}
	return TD_OK;
}

td_status td_q_subtract(td_q_engine *e, td_q_rows *left, const td_q_rows *right, td_q_rows *out)
{
	row_index index;
	TRY(index_rows(e, left, right, &index));
	td_status status = TD_OK;
	for (size_t i = 0; i < left->n && status == TD_OK; i++) {
		bool excluded;
		status = is_excluded(e, td_q_row(e, left, i), &index, &excluded);
		if (status == TD_OK && !excluded) td_q_rows_add(e, out, td_q_row(e, left, i), &status);
	}
	index_free(&index);
	return status;
}

td_status td_q_filter(td_q_engine *e, const td_q_expr *expr, td_q_rows *rows)
{
	size_t kept = 0;
	TRY(td_q_work(e, rows->n));
	for (size_t i = 0; i < rows->n; i++) {
		if (td_q_holds(e, expr, td_q_row(e, rows, i))) memmove(td_q_row(e, rows, kept++), td_q_row(e, rows, i), e->width * sizeof(td_q_id));
		if (e->status != TD_OK) return e->status;
	}
	rows->n = kept;
	return TD_OK;
}
