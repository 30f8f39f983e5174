/* Evaluation of expressions over one solution. */
#include "rdf/sparql.h"

td_q_id td_q_keep(td_q_engine *e, const td_q_value *v)
{
	if (!v->ok) return 0;
	td_q_id id = td_q_intern(e->data, &v->term);
	if (!id) e->status = td_no_memory(e->err);
	return id;
}

/* Three-valued: an error beside what decides anyway does no harm. https://www.w3.org/TR/sparql11-query/#evaluation */
static td_q_value logic(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	bool decides = expr->op == TD_Q_OR, x = false, y = false;
	td_q_value a = td_q_eval(e, expr->args.at[0], row);
	bool a_ok = td_q_truth(&a, &x);
	if (a_ok && x == decides) return td_q_boolean(decides);
	td_q_value b = td_q_eval(e, expr->args.at[1], row);
	bool b_ok = td_q_truth(&b, &y);
	if (b_ok && y == decides) return td_q_boolean(decides);
	return a_ok && b_ok ? td_q_boolean(!decides) : td_q_no_value();
}

static td_q_value comparison(td_q_op op, const td_q_value *a, const td_q_value *b)
{
	bool equal;
	int order;
	if (op == TD_Q_EQ || op == TD_Q_NE) return td_q_equal(a, b, &equal) ? td_q_boolean(equal == (op == TD_Q_EQ)) : td_q_no_value();
	if (!td_q_less(a, b, &order)) return td_q_no_value();
	switch (op) {
	case TD_Q_LT: return td_q_boolean(order < 0);
	case TD_Q_GT: return td_q_boolean(order > 0);
	case TD_Q_LE: return td_q_boolean(order <= 0);
	default: return td_q_boolean(order >= 0);
	}
}

static td_q_value membership(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	bool equal, unclear = false;
	td_q_value a = td_q_eval(e, expr->args.at[0], row);
	for (uint32_t i = 1; i < expr->args.n; i++) {
		td_q_value b = td_q_eval(e, expr->args.at[i], row);
		if (!td_q_equal(&a, &b, &equal)) unclear = true;
		else if (equal) return td_q_boolean(expr->op == TD_Q_IN);
	}
	return unclear ? td_q_no_value() : td_q_boolean(expr->op == TD_Q_NOT_IN);
}

static td_q_value call(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	enum { FEW = 8 };
	td_q_value few[FEW], *args = few;
	if (expr->args.n > FEW) args = td_arena_zero(&e->scratch, expr->args.n, sizeof *args);
	if (!args) return td_q_no_value();
	for (uint32_t i = 0; i < expr->args.n; i++) {
		args[i] = td_q_eval(e, expr->args.at[i], row);
		if (!args[i].ok) return td_q_no_value();
	}
	return expr->function->call(e, args, expr->args.n);
}

static td_q_value choice(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	bool yes;
	if (expr->op == TD_Q_IF) {
		td_q_value condition = td_q_eval(e, expr->args.at[0], row);
		return td_q_truth(&condition, &yes) ? td_q_eval(e, expr->args.at[yes ? 1 : 2], row) : td_q_no_value();
	}
	for (uint32_t i = 0; i < expr->args.n; i++) {
		td_q_value v = td_q_eval(e, expr->args.at[i], row);
		if (v.ok) return v;
	}
	return td_q_no_value();
}

/* The group's evaluation uses the scratch arena for its own expressions: it gets another. */
static td_q_value existence(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	td_q_rows found = { .at = NULL };
	td_arena ours = e->scratch;
	td_arena_init(&e->scratch);
	td_status status = td_q_eval_group(e, expr->group, row, &found);
	td_arena_free(&e->scratch);
	e->scratch = ours;
	bool any = found.n > 0;
	td_q_rows_free(&found);
	if (status != TD_OK) e->status = status;
	return status == TD_OK ? td_q_boolean(any == (expr->op == TD_Q_EXISTS)) : td_q_no_value();
}

static td_q_value of_id(const td_q_engine *e, td_q_id id)
{
	return id ? td_q_value_of(td_q_term(e->data, id)) : td_q_no_value();
}

static td_q_value negation(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	bool yes;
	td_q_value v = td_q_eval(e, expr->args.at[0], row);
	return td_q_truth(&v, &yes) ? td_q_boolean(!yes) : td_q_no_value();
}

static td_q_value arithmetic(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	td_q_value a = td_q_eval(e, expr->args.at[0], row);
	if (expr->op == TD_Q_MINUS_SIGN) {
		td_q_value zero = td_q_integer(e, 0);
		return td_q_arithmetic(e, TD_Q_SUB, &zero, &a);
	}
	td_q_value b = td_q_eval(e, expr->args.at[1], row);
	return td_q_arithmetic(e, expr->op, &a, &b);
}

td_q_value td_q_eval(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	td_q_value a, b;
	switch (expr->op) {
	case TD_Q_CONST: return of_id(e, expr->id);
	case TD_Q_VARIABLE: return of_id(e, row[expr->var]);
	case TD_Q_AGGREGATE: return of_id(e, e->aggregated ? e->aggregated[expr->var] : 0);
	case TD_Q_BOUND: return td_q_boolean(row[expr->var] != 0);
	case TD_Q_OR: case TD_Q_AND: return logic(e, expr, row);
	case TD_Q_NOT: return negation(e, expr, row);
	case TD_Q_EQ: case TD_Q_NE: case TD_Q_LT: case TD_Q_GT: case TD_Q_LE: case TD_Q_GE:
		a = td_q_eval(e, expr->args.at[0], row);
		b = td_q_eval(e, expr->args.at[1], row);
		return comparison(expr->op, &a, &b);
	case TD_Q_IN: case TD_Q_NOT_IN: return membership(e, expr, row);
	case TD_Q_ADD: case TD_Q_SUB: case TD_Q_MUL: case TD_Q_DIV: case TD_Q_MINUS_SIGN: return arithmetic(e, expr, row);
	case TD_Q_CALL: return call(e, expr, row);
	case TD_Q_CAST:
		a = td_q_eval(e, expr->args.at[0], row);
		return td_q_cast(e, td_q_term(e->data, expr->id)->value, &a);
	case TD_Q_IF: case TD_Q_COALESCE: return choice(e, expr, row);
	case TD_Q_EXISTS: case TD_Q_NOT_EXISTS: return existence(e, expr, row);
	}
	return td_q_no_value();
}

bool td_q_holds(td_q_engine *e, const td_q_expr *expr, const td_q_id *row)
{
	bool yes;
	td_arena_reset(&e->scratch);
	td_q_value v = td_q_eval(e, expr, row);
	return td_q_truth(&v, &yes) && yes;
}
