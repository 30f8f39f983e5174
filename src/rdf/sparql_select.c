/* What comes behind the pattern: expressions, HAVING, ORDER BY, projection, DISTINCT, LIMIT. */
#include "rdf/sparql_group.h"

#include <stdlib.h>

/* Rows with what belongs to each: the values of its group's aggregates, and of the ORDER BY keys. */
typedef struct {
	td_q_engine *e;
	const td_q_query *query;
	td_arena arena;
	td_q_rows rows;
	td_q_id *aggregates; /* [rows][query's aggregates], NULL */
	td_q_id *keys;       /* [rows][order_by] */
	size_t *order;
} selection;

static void use_aggregates(selection *s, size_t i)
{
	s->e->aggregated = s->aggregates ? s->aggregates + i * s->query->aggregates.n : NULL;
}

static td_status group_rows(selection *s)
{
	td_q_grouped grouped = { .rows = { .at = NULL } };
	td_status status = td_q_group_rows(s->e, s->query, &s->rows, &grouped);
	size_t n = (size_t)grouped.aggregates.n;
	td_q_rows_free(&s->rows);
	s->rows = grouped.rows;
	if (status == TD_OK && n) {
		s->aggregates = td_arena_alloc(&s->arena, n * sizeof *s->aggregates);
		if (s->aggregates) memcpy(s->aggregates, grouped.aggregates.at, n * sizeof *s->aggregates);
		else status = td_no_memory(s->e->err);
	}
	td_arena_free(&grouped.arena);
	return status;
}

static td_status compute_items(selection *s)
{
	td_q_engine *e = s->e;
	for (size_t i = 0; i < s->rows.n; i++) {
		use_aggregates(s, i);
		for (uint32_t k = 0; k < s->query->items.n; k++) {
			const td_q_item *item = &s->query->items.at[k];
			if (!item->expr) continue;
			td_arena_reset(&e->scratch);
			td_q_value v = td_q_eval(e, item->expr, td_q_row(e, &s->rows, i));
			td_q_id id = td_q_keep(e, &v);
			td_q_row(e, &s->rows, i)[item->var] = id;
			if (e->status != TD_OK) return e->status;
		}
	}
	return td_q_work(e, s->rows.n);
}

static bool has_all(selection *s, size_t i)
{
	use_aggregates(s, i);
	for (uint32_t k = 0; k < s->query->having.n; k++)
		if (!td_q_holds(s->e, s->query->having.at[k].expr, td_q_row(s->e, &s->rows, i))) return false;
	return true;
}

static td_status compute_keys(selection *s)
{
	td_q_engine *e = s->e;
	uint32_t n = s->query->order_by.n;
	s->keys = td_arena_alloc(&s->arena, (s->rows.n + 1) * (n + 1) * sizeof *s->keys);
	if (!s->keys) return td_no_memory(e->err);
	for (size_t i = 0; i < s->rows.n; i++) {
		use_aggregates(s, i);
		for (uint32_t k = 0; k < n; k++) {
			td_arena_reset(&e->scratch);
			td_q_value v = td_q_eval(e, s->query->order_by.at[k].expr, td_q_row(e, &s->rows, i));
			s->keys[i * n + k] = td_q_keep(e, &v);
			if (e->status != TD_OK) return e->status;
		}
	}
	return TD_OK;
}

static int compare(const selection *s, size_t a, size_t b)
{
	uint32_t n = s->query->order_by.n;
	for (uint32_t k = 0; k < n; k++) {
		td_q_id x = s->keys[a * n + k], y = s->keys[b * n + k];
		int order = x == y ? 0 : td_q_order(x ? td_q_term(s->e->data, x) : NULL, y ? td_q_term(s->e->data, y) : NULL);
		if (order) return s->query->order_by.at[k].descending ? -order : order;
	}
	return 0;
}

/* Stable, and with a context for the comparison. */
static void merge_sort(const selection *s, size_t *at, size_t *spare, size_t n)
{
	if (n < 2) return;
	size_t half = n / 2, i = 0, k = half, out = 0;
	merge_sort(s, at, spare, half);
	merge_sort(s, at + half, spare, n - half);
	memcpy(spare, at, n * sizeof *at);
	while (i < half && k < n) at[out++] = compare(s, spare[i], spare[k]) <= 0 ? spare[i++] : spare[k++];
	while (i < half) at[out++] = spare[i++];
	while (k < n) at[out++] = spare[k++];
}

static td_status sort_rows(selection *s)
{
	size_t n = s->rows.n, kept = 0;
	s->order = td_arena_alloc(&s->arena, (n + 1) * sizeof *s->order);
	size_t *spare = td_arena_alloc(&s->arena, (n + 1) * sizeof *spare);
	if (!s->order || !spare) return td_no_memory(s->e->err);
	for (size_t i = 0; i < n; i++)
		if (has_all(s, i)) s->order[kept++] = i;
	if (s->query->order_by.n) {
		TRY(compute_keys(s));
		merge_sort(s, s->order, spare, kept);
	}
	s->e->aggregated = NULL;
	s->order[kept] = SIZE_MAX;
	return s->e->status;
}

static void project(const selection *s, const td_q_id *from, td_q_id *to)
{
	if (s->query->star || s->query->form != TD_Q_SELECT) {
		memcpy(to, from, s->e->width * sizeof *to);
		return;
	}
	for (uint32_t k = 0; k < s->query->items.n; k++) to[s->query->items.at[k].var] = from[s->query->items.at[k].var];
}

/* Projects, drops doubles, cuts. */
static td_status put_rows(selection *s, td_q_rows *out)
{
	td_status status = TD_OK;
	td_map seen;
	td_map_init(&seen, &s->arena);
	uint64_t passed = 0, taken = 0;
	size_t bytes = s->e->width * sizeof(td_q_id);
	for (size_t i = 0; s->order[i] != SIZE_MAX && status == TD_OK; i++) {
		if (s->query->limited && taken == s->query->limit) break;
		td_q_id *row = td_q_rows_add(s->e, out, NULL, &status);
		if (!row) break;
		project(s, td_q_row(s->e, &s->rows, s->order[i]), row);
		if (s->query->distinct) {
			if (td_map_get(&seen, (td_str){ (char *)row, bytes }) != TD_NONE) {
				out->n--;
				continue;
			}
			td_str key = td_arena_str(&s->arena, (td_str){ (char *)row, bytes });
			if (!key.at || !td_map_put(&seen, key, 1)) return td_no_memory(s->e->err);
		}
		if (passed++ < s->query->offset) out->n--;
		else taken++;
	}
	return status;
}

static td_status join_values(selection *s)
{
	td_q_group group = { s->query->values, s->query->values };
	td_q_rows table = { .at = NULL }, joined = { .at = NULL };
	td_status status = td_q_eval_group(s->e, &group, NULL, &table);
	if (status == TD_OK) status = td_q_join(s->e, &s->rows, &table, &joined);
	td_q_rows_free(&table);
	td_q_rows_free(&s->rows);
	s->rows = joined;
	return status;
}

td_status td_q_eval_select(td_q_engine *e, const td_q_query *query, td_q_rows *out)
{
	selection s = { .e = e, .query = query };
	td_arena_init(&s.arena);
	td_status status = TD_OK;
	if (query->where) status = td_q_eval_group(e, query->where, NULL, &s.rows);
	else td_q_rows_add(e, &s.rows, NULL, &status);
	if (status == TD_OK && query->values) status = join_values(&s);
	if (status == TD_OK && query->aggregated) status = group_rows(&s);
	if (status == TD_OK) status = compute_items(&s);
	if (status == TD_OK) status = sort_rows(&s);
	if (status == TD_OK) status = put_rows(&s, out);
	e->aggregated = NULL;
	td_q_rows_free(&s.rows);
	td_arena_free(&s.arena);
	return status;
}
