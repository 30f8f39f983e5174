/* Evaluation of graph patterns. Groups are evaluated from the inside out, as the specification defines them; only where that makes no
 * difference (triples, and filters over what those triples bind) are the solutions so far put into the pattern first. */
#include "rdf/sparql.h"

/* ---- variables ------------------------------------------------------------------------------------------------- */

bool td_q_vars_within(const td_q_vars *part, const td_q_vars *whole)
{
	for (size_t i = 0; i < sizeof part->bits / sizeof *part->bits; i++)
		if (part->bits[i] & ~whole->bits[i]) return false;
	return true;
}

static void add_node(td_q_vars *vars, td_q_node node)
{
	if (td_q_is_var(node)) td_q_vars_add(vars, td_q_index(node));
}

void td_q_triple_vars(const td_q_triple *t, td_q_vars *vars)
{
	add_node(vars, t->s), add_node(vars, t->p), add_node(vars, t->o), add_node(vars, t->g);
}

static void part_vars(const td_q_part *part, td_q_vars *vars)
{
	if (part->kind == TD_Q_FILTER || part->kind == TD_Q_MINUS) return;
	for (uint32_t i = 0; i < part->triples.n; i++) td_q_triple_vars(&part->triples.at[i], vars);
	for (uint32_t i = 0; i < part->groups.n; i++) td_q_group_vars(part->groups.at[i], vars);
	for (uint32_t i = 0; i < part->columns.n; i++) td_q_vars_add(vars, part->columns.at[i]);
	if (part->kind == TD_Q_BIND) td_q_vars_add(vars, part->var);
	if (part->kind != TD_Q_SUBQUERY) return;
	if (part->query->star) td_q_group_vars(part->query->where, vars);
	for (uint32_t i = 0; i < part->query->items.n; i++) td_q_vars_add(vars, part->query->items.at[i].var);
}

void td_q_group_vars(const td_q_group *group, td_q_vars *vars)
{
	for (const td_q_part *part = group->first; part; part = part->next) part_vars(part, vars);
}

bool td_q_expr_vars(const td_q_expr *expr, td_q_vars *vars)
{
	if (expr->op == TD_Q_BOUND || expr->op == TD_Q_COALESCE || expr->op == TD_Q_IF || expr->op == TD_Q_EXISTS || expr->op == TD_Q_NOT_EXISTS ||
	    expr->op == TD_Q_OR || expr->op == TD_Q_AND || expr->op == TD_Q_NOT)
		return false;
	if (expr->op == TD_Q_VARIABLE) td_q_vars_add(vars, expr->var);
	for (uint32_t i = 0; i < expr->args.n; i++)
		if (!td_q_expr_vars(expr->args.at[i], vars)) return false;
	return true;
}

/* ---- triples --------------------------------------------------------------------------------------------------- */

static td_q_id value_at(td_q_node node, const td_q_id *row)
{
	return td_q_is_var(node) ? row[td_q_index(node)] : node;
}

static bool set_node(td_q_node node, td_q_id id, td_q_id *row)
{
	if (!td_q_is_var(node)) return true; /* a constant: matched already */
	td_q_id *place = &row[td_q_index(node)];
	if (*place && *place != id) return false; /* ?x ?p ?x */
	*place = id;
	return true;
}

static td_status extend(td_q_engine *e, const td_q_triple *t, const td_q_id *row, td_q_rows *out)
{
	if (t->path) return td_q_eval_path(e, t, row, out);
	td_status status = TD_OK;
	td_q_match match = td_q_match_start(e->data, value_at(t->s, row), value_at(t->p, row), value_at(t->o, row), value_at(t->g, row), t->g != 0);
	for (const td_q_quad *q; status == TD_OK && (q = td_q_match_next(&match)) != NULL;) {
		td_q_id *more = td_q_rows_add(e, out, row, &status);
		if (more && !(set_node(t->s, q->s, more) && set_node(t->p, q->p, more) && set_node(t->o, q->o, more) && (!t->g || set_node(t->g, q->g, more))))
			out->n--;
	}
	return status;
}

/* How many rows a triple may make: what its constants leave, less for each variable that has a value by then. */
static double cost_of(const td_q_engine *e, const td_q_triple *t, const td_q_vars *bound)
{
	td_q_id s = td_q_is_var(t->s) ? 0 : t->s, p = t->path || td_q_is_var(t->p) ? 0 : t->p, o = td_q_is_var(t->o) ? 0 : t->o;
	double cost = (double)td_q_match_estimate(e->data, s, p, o) + 1;
	bool ends[3] = { td_q_is_var(t->s) && td_q_vars_has(bound, td_q_index(t->s)), td_q_is_var(t->o) && td_q_vars_has(bound, td_q_index(t->o)),
		td_q_is_var(t->p) && td_q_vars_has(bound, td_q_index(t->p)) };
	if (ends[0]) cost /= 1000;
	if (ends[1]) cost /= 500;
	if (ends[2]) cost /= 10;
	if (t->path) cost *= ends[0] || ends[1] || s || o ? 10 : 1e6;
	else if (!ends[0] && !ends[1] && !ends[2] && !s && !o) cost *= 100;
	return cost;
}

static uint32_t cheapest(const td_q_engine *e, const td_q_triples *triples, const bool *done, const td_q_vars *bound)
{
	uint32_t best = 0;
	double least = -1;
	for (uint32_t i = 0; i < triples->n; i++) {
		double cost = done[i] ? -1 : cost_of(e, &triples->at[i], bound);
		if (!done[i] && (least < 0 || cost < least)) best = i, least = cost;
	}
	return best;
}

static td_status extend_all(td_q_engine *e, const td_q_triple *t, td_q_rows *rows)
{
	td_q_rows more = { .at = NULL };
	td_status status = TD_OK;
	for (size_t i = 0; i < rows->n && status == TD_OK; i++) status = extend(e, t, td_q_row(e, rows, i), &more);
	td_q_rows_free(rows);
	*rows = more;
	return status;
}

td_status td_q_eval_triples(td_q_engine *e, const td_q_triples *triples, td_q_rows *rows)
{
	td_q_vars bound = { .bits = { 0 } };
	for (uint32_t var = 0; rows->n > 0 && var < e->width; var++)
		if (rows->at[var]) td_q_vars_add(&bound, var);
	bool *done = td_alloc(triples->n + 1);
	if (!done) return td_no_memory(e->err);
	memset(done, 0, triples->n + 1);
	td_status status = TD_OK;
	for (uint32_t k = 0; k < triples->n && rows->n > 0 && status == TD_OK; k++) {
		uint32_t next = cheapest(e, triples, done, &bound);
		done[next] = true;
		td_q_triple_vars(&triples->at[next], &bound);
		status = extend_all(e, &triples->at[next], rows);
	}
	td_free(done);
	return status;
}

/* ---- parts of a group ------------------------------------------------------------------------------------------ */

/* Only triples and filters? *own gets the triples' variables. */
static bool is_simple(const td_q_group *group, td_q_vars *own)
{
	for (const td_q_part *part = group->first; part; part = part->next) {
		if (part->kind == TD_Q_TRIPLES) part_vars(part, own);
		else if (part->kind != TD_Q_FILTER) return false;
	}
	return true;
}

/* May values from outside be put into it before its evaluation, and nothing changes? */
static bool is_open(const td_q_group *group)
{
	td_q_vars own = { .bits = { 0 } };
	if (!is_simple(group, &own)) return false;
	for (const td_q_part *part = group->first; part; part = part->next) {
		td_q_vars of_filter = { .bits = { 0 } };
		if (part->kind == TD_Q_FILTER && (!td_q_expr_vars(part->expr, &of_filter) || !td_q_vars_within(&of_filter, &own))) return false;
	}
	return true;
}

static td_status eval_parts(td_q_engine *e, const td_q_group *group, const td_q_id *seed, td_q_rows *out, bool filters);

static td_status optional_row(td_q_engine *e, const td_q_group *group, const td_q_id *row, td_q_rows *out)
{
	size_t before = out->n;
	td_status status = td_q_eval_group(e, group, row, out);
	if (status == TD_OK && out->n == before) td_q_rows_add(e, out, row, &status);
	return status;
}

static td_status eval_optional(td_q_engine *e, const td_q_group *group, td_q_rows *rows, td_q_rows *out)
{
	td_q_vars own = { .bits = { 0 } };
	if (is_simple(group, &own)) { /* a filter in it sees the outside: so LeftJoin is defined */
		for (size_t i = 0; i < rows->n; i++) TRY(optional_row(e, group, td_q_row(e, rows, i), out));
		return TD_OK;
	}
	td_q_rows right = { .at = NULL };
	td_status status = eval_parts(e, group, NULL, &right, false);
	if (status == TD_OK) status = td_q_left_join(e, rows, &right, group, out);
	td_q_rows_free(&right);
	return status;
}

static td_status eval_branch(td_q_engine *e, const td_q_group *group, td_q_rows *rows, td_q_rows *out)
{
	if (is_open(group)) {
		for (size_t i = 0; i < rows->n; i++) TRY(td_q_eval_group(e, group, td_q_row(e, rows, i), out));
		return TD_OK;
	}
	td_q_rows right = { .at = NULL };
	td_status status = td_q_eval_group(e, group, NULL, &right);
	if (status == TD_OK) status = td_q_join(e, rows, &right, out);
	td_q_rows_free(&right);
	return status;
}

static td_status eval_minus(td_q_engine *e, const td_q_group *group, td_q_rows *rows, td_q_rows *out)
{
	td_q_rows right = { .at = NULL };
	td_status status = td_q_eval_group(e, group, NULL, &right);
	if (status == TD_OK) status = td_q_subtract(e, rows, &right, out);
	td_q_rows_free(&right);
	return status;
}

static td_status eval_values(td_q_engine *e, const td_q_part *part, td_q_rows *rows, td_q_rows *out)
{
	td_q_rows table = { .at = NULL };
	td_status status = TD_OK;
	for (uint32_t i = 0; i < part->cells.n && status == TD_OK; i += part->columns.n) {
		td_q_id *row = td_q_rows_add(e, &table, NULL, &status);
		for (uint32_t k = 0; row && k < part->columns.n; k++) row[part->columns.at[k]] = part->cells.at[i + k];
	}
	if (status == TD_OK) status = td_q_join(e, rows, &table, out);
	td_q_rows_free(&table);
	return status;
}

static td_status eval_subquery(td_q_engine *e, const td_q_query *query, td_q_rows *rows, td_q_rows *out)
{
	td_q_rows right = { .at = NULL };
	td_status status = td_q_eval_select(e, query, &right);
	if (status == TD_OK) status = td_q_join(e, rows, &right, out);
	td_q_rows_free(&right);
	return status;
}

static td_status eval_bind(td_q_engine *e, const td_q_part *part, td_q_rows *rows, td_q_rows *out)
{
	td_status status = TD_OK;
	for (size_t i = 0; i < rows->n && status == TD_OK; i++) {
		td_q_id *row = td_q_rows_add(e, out, td_q_row(e, rows, i), &status);
		if (!row) break;
		td_arena_reset(&e->scratch);
		td_q_value value = td_q_eval(e, part->expr, row);
		row[part->var] = td_q_keep(e, &value);
		status = e->status;
	}
	return status;
}

static td_status eval_union(td_q_engine *e, const td_q_part *part, td_q_rows *rows, td_q_rows *out)
{
	for (uint32_t i = 0; i < part->groups.n; i++) TRY(eval_branch(e, part->groups.at[i], rows, out));
	return TD_OK;
}

static td_status eval_part(td_q_engine *e, const td_q_part *part, td_q_rows *rows)
{
	td_q_rows out = { .at = NULL };
	td_status status = TD_OK;
	switch (part->kind) {
	case TD_Q_TRIPLES: return td_q_eval_triples(e, &part->triples, rows);
	case TD_Q_FILTER: return TD_OK; /* at the end of its group */
	case TD_Q_OPTIONAL: status = eval_optional(e, part->groups.at[0], rows, &out); break;
	case TD_Q_UNION: case TD_Q_SUBGROUP: status = eval_union(e, part, rows, &out); break;
	case TD_Q_MINUS: status = eval_minus(e, part->groups.at[0], rows, &out); break;
	case TD_Q_BIND: status = eval_bind(e, part, rows, &out); break;
	case TD_Q_VALUES: status = eval_values(e, part, rows, &out); break;
	case TD_Q_SUBQUERY: status = eval_subquery(e, part->query, rows, &out); break;
	}
	td_q_rows_free(rows);
	*rows = out;
	return status;
}

/* Filters hold for the whole group; those over variables that triples have bound for good by now can be tried at once. */
static td_status apply_filters(td_q_engine *e, const td_q_group *group, const td_q_vars *before, const td_q_vars *now, td_q_rows *rows)
{
	for (const td_q_part *part = group->first; part; part = part->next) {
		td_q_vars of_filter = { .bits = { 0 } };
		if (part->kind != TD_Q_FILTER) continue;
		bool early = td_q_expr_vars(part->expr, &of_filter);
		bool ready = now == NULL || (early && td_q_vars_within(&of_filter, now)), tried = before && early && td_q_vars_within(&of_filter, before);
		if (ready && !tried) TRY(td_q_filter(e, part->expr, rows));
	}
	return TD_OK;
}

static td_status eval_parts(td_q_engine *e, const td_q_group *group, const td_q_id *seed, td_q_rows *out, bool filters)
{
	td_q_rows rows = { .at = NULL };
	td_q_vars bound = { .bits = { 0 } };
	td_status status;
	td_q_rows_add(e, &rows, seed, &status);
	for (const td_q_part *part = group->first; part && status == TD_OK; part = part->next) {
		td_q_vars before = bound;
		status = eval_part(e, part, &rows);
		if (part->kind != TD_Q_TRIPLES || !filters || status != TD_OK) continue;
		part_vars(part, &bound);
		status = apply_filters(e, group, &before, &bound, &rows);
	}
	if (filters && status == TD_OK) status = apply_filters(e, group, &bound, NULL, &rows);
	for (size_t i = 0; i < rows.n && status == TD_OK; i++) td_q_rows_add(e, out, td_q_row(e, &rows, i), &status);
	td_q_rows_free(&rows);
	return status;
}

td_status td_q_eval_group(td_q_engine *e, const td_q_group *group, const td_q_id *seed, td_q_rows *out)
{
	return eval_parts(e, group, seed, out, true);
}
