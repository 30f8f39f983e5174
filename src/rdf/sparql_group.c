/* Aggregates: https://www.w3.org/TR/sparql11-query/#aggregates */
#include "rdf/sparql_group.h"

#include <stdlib.h>

/* ---- one aggregate over one group ------------------------------------------------------------------------------ */

typedef struct {
	td_q_engine *e;
	td_arena arena;
	const td_q_expr *expr;
	TD_ARRAY(td_q_id) values; /* without errors; COUNT(*): 1 for each row */
	bool failed;           /* a value was an error */
} aggregation;

static int by_id(const void *a, const void *b)
{
	td_q_id x = *(const td_q_id *)a, y = *(const td_q_id *)b;
	return x < y ? -1 : x > y;
}

static void make_distinct(aggregation *a)
{
	uint32_t n = 0;
	if (a->values.n) qsort(a->values.at, a->values.n, sizeof *a->values.at, by_id);
	for (uint32_t i = 0; i < a->values.n; i++)
		if (i == 0 || a->values.at[i] != a->values.at[n - 1]) a->values.at[n++] = a->values.at[i];
	a->values.n = n;
}

static td_status gather_values(aggregation *a, const td_q_rows *rows, const size_t *members, size_t n)
{
	td_q_engine *e = a->e;
	for (size_t i = 0; i < n; i++) {
		td_q_id id = 1;
		if (a->expr->args.n) {
			td_arena_reset(&e->scratch);
			td_q_value v = td_q_eval(e, a->expr->args.at[0], td_q_row(e, rows, members[i]));
			id = td_q_keep(e, &v);
		}
		if (e->status != TD_OK) return e->status;
		a->failed |= id == 0;
		if (id && !TD_PUSH(&a->arena, &a->values, id)) return td_no_memory(e->err);
	}
	return td_q_work(e, n);
}

/* COUNT(DISTINCT *): the rows that differ. Each is compared with those before it that hash the same. */
static td_status count_distinct_rows(aggregation *a, const td_q_rows *rows, const size_t *members, size_t n, td_q_id *out)
{
	td_q_engine *e = a->e;
	td_map seen;
	td_map_init(&seen, &a->arena);
	for (size_t i = 0; i < n; i++)
		if (!td_map_put(&seen, (td_str){ (const char *)td_q_row(e, rows, members[i]), e->width * sizeof(td_q_id) }, 1)) return td_no_memory(e->err);
	td_q_value v = td_q_integer(e, (int64_t)seen.n);
	*out = td_q_keep(e, &v);
	return e->status;
}

static td_q_value sum_of(aggregation *a)
{
	td_q_value sum = td_q_integer(a->e, 0);
	for (uint32_t i = 0; i < a->values.n && sum.ok; i++) {
		td_q_value v = td_q_value_of(td_q_term(a->e->data, a->values.at[i]));
		sum = td_q_arithmetic(a->e, TD_Q_ADD, &sum, &v);
	}
	return sum;
}

static td_q_value average_of(aggregation *a)
{
	td_q_value sum = sum_of(a), n = td_q_integer(a->e, (int64_t)a->values.n);
	return a->values.n ? td_q_arithmetic(a->e, TD_Q_DIV, &sum, &n) : n;
}

static td_q_value extreme_of(aggregation *a, int sign)
{
	const td_term *best = NULL;
	for (uint32_t i = 0; i < a->values.n; i++) {
		const td_term *term = td_q_term(a->e->data, a->values.at[i]);
		if (!best || td_q_order(term, best) * sign > 0) best = term;
	}
	return best ? td_q_value_of(best) : td_q_no_value();
}

static td_q_value concatenation_of(aggregation *a)
{
	td_buf buf = { 0 };
	for (uint32_t i = 0; i < a->values.n; i++) {
		if (i) td_buf_str(&buf, a->expr->separator);
		td_buf_str(&buf, td_q_term(a->e->data, a->values.at[i])->value);
	}
	td_q_value v = buf.failed ? td_q_no_value() : td_q_string(buf.n ? td_arena_str(&a->e->scratch, td_buf_view(&buf)) : TD_STR(""));
	td_buf_free(&buf);
	return v;
}

static td_q_value result_of(aggregation *a)
{
	switch (a->expr->aggregate) {
	case TD_Q_COUNT: return td_q_integer(a->e, (int64_t)a->values.n);
	case TD_Q_SUM: return sum_of(a);
	case TD_Q_AVG: return average_of(a);
	case TD_Q_MIN: return extreme_of(a, -1);
	case TD_Q_MAX: return extreme_of(a, 1);
	case TD_Q_SAMPLE: return a->values.n ? td_q_value_of(td_q_term(a->e->data, a->values.at[0])) : td_q_no_value();
	default: return concatenation_of(a);
	}
}

static td_status aggregate(td_q_engine *e, const td_q_expr *expr, const td_q_rows *rows, const size_t *members, size_t n, td_q_id *out)
{
	aggregation a = { .e = e, .expr = expr };
	td_arena_init(&a.arena);
	td_status status;
	if (expr->distinct && expr->args.n == 0) {
		status = count_distinct_rows(&a, rows, members, n, out);
	} else {
		status = gather_values(&a, rows, members, n);
		if (expr->distinct) make_distinct(&a);
		td_arena_reset(&e->scratch);
		td_q_value v = status == TD_OK ? result_of(&a) : td_q_no_value();
		*out = td_q_keep(e, &v);
		if (status == TD_OK) status = e->status;
	}
	td_arena_free(&a.arena);
	return status;
}

/* ---- groups ---------------------------------------------------------------------------------------------------- */

typedef struct {
	td_q_engine *e;
	const td_q_query *query;
	const td_q_rows *rows;
	uint32_t n_keys;
	td_q_id *keys;      /* [rows][n_keys] */
	size_t *members; /* rows, those of one group together, in their order */
} grouping;

static td_status fill_keys(grouping *g)
{
	td_q_engine *e = g->e;
	for (size_t i = 0; i < g->rows->n; i++) {
		g->members[i] = i;
		for (uint32_t k = 0; k < g->n_keys; k++) {
			const td_q_item *item = &g->query->group_by.at[k];
			td_arena_reset(&e->scratch);
			td_q_value v = td_q_eval(e, item->expr, td_q_row(e, g->rows, i));
			g->keys[i * g->n_keys + k] = td_q_keep(e, &v);
		}
		if (e->status != TD_OK) return e->status;
	}
	return TD_OK;
}

static int compare_keys(const grouping *g, size_t a, size_t b)
{
	for (uint32_t k = 0; k < g->n_keys; k++) {
		td_q_id x = g->keys[a * g->n_keys + k], y = g->keys[b * g->n_keys + k];
		if (x != y) return x < y ? -1 : 1;
	}
	return 0;
}

/* Merge sort, as qsort gives its comparison no context. */
static void sort_members(const grouping *g, size_t *at, size_t *spare, size_t n)
{
	if (n < 2) return;
	size_t half = n / 2, i = 0, k = half, out = 0;
	sort_members(g, at, spare, half);
	sort_members(g, at + half, spare, n - half);
	memcpy(spare, at, n * sizeof *at);
	while (i < half && k < n) at[out++] = compare_keys(g, spare[i], spare[k]) <= 0 ? spare[i++] : spare[k++];
	while (i < half) at[out++] = spare[i++];
	while (k < n) at[out++] = spare[k++];
}

/* One group's row: its keys, its SELECT expressions come later; its aggregates behind the others in `out`. */
static td_status add_group(grouping *g, const size_t *members, size_t n, td_q_grouped *out)
{
	td_q_engine *e = g->e;
	td_status status;
	td_q_id *row = td_q_rows_add(e, &out->rows, NULL, &status);
	if (!row) return status;
	for (uint32_t k = 0; k < g->n_keys; k++) row[g->query->group_by.at[k].var] = g->keys[members[0] * g->n_keys + k];
	for (uint32_t i = 0; i < g->query->aggregates.n; i++) {
		td_q_id id = 0;
		TRY(aggregate(e, g->query->aggregates.at[i], g->rows, members, n, &id));
		if (!TD_PUSH(&out->arena, &out->aggregates, id)) return td_no_memory(e->err);
	}
	return TD_OK;
}

static td_status add_groups(grouping *g, td_q_grouped *out)
{
	size_t n = g->rows->n;
	if (g->n_keys == 0) return add_group(g, g->members, n, out); /* all in one, even if there are none */
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && compare_keys(g, g->members[i], g->members[end]) == 0; end++) continue;
		TRY(add_group(g, g->members + i, end - i, out));
	}
	return TD_OK;
}

td_status td_q_group_rows(td_q_engine *e, const td_q_query *query, const td_q_rows *rows, td_q_grouped *out)
{
	grouping g = { .e = e, .query = query, .rows = rows, .n_keys = query->group_by.n };
	size_t n = rows->n + 1;
	td_arena_init(&out->arena);
	g.keys = td_alloc(n * (g.n_keys + 1) * sizeof *g.keys);
	g.members = td_alloc(n * sizeof *g.members);
	size_t *spare = td_alloc(n * sizeof *spare);
	td_status status = g.keys && g.members && spare ? fill_keys(&g) : td_no_memory(e->err);
	if (status == TD_OK) {
		sort_members(&g, g.members, spare, rows->n);
		status = add_groups(&g, out);
	}
	td_free(g.keys);
	td_free(g.members);
	td_free(spare);
	return status;
}
