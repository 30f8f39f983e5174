/* Parsing of expressions: [110]-[128]. */
#include "rdf/sparql.h"

#include <strings.h>

static const td_q_expr *parse_or(td_q_parser *p);

static td_q_expr *new_expr(td_q_parser *p, td_q_op op)
{
	td_q_expr *expr = td_q_new(p, sizeof *expr);
	if (expr) expr->op = op;
	return expr;
}

static void add_arg(td_q_parser *p, td_q_expr *expr, const td_q_expr *arg)
{
	if (p->status == TD_OK && !TD_PUSH(p->arena, &expr->args, arg)) td_q_fail(p, TD_ERR_MEMORY, "");
}

static const td_q_expr *new_pair(td_q_parser *p, td_q_op op, const td_q_expr *a, const td_q_expr *b)
{
	if (++p->operators > TD_Q_MAX_OPERATORS) td_q_fail(p, TD_ERR_LIMIT, "its expressions are too long");
	td_q_expr *expr = new_expr(p, op);
	if (!expr) return NULL;
	add_arg(p, expr, a);
	if (b) add_arg(p, expr, b);
	return p->status == TD_OK ? expr : NULL;
}

static const td_q_expr *new_const(td_q_parser *p, td_q_id id)
{
	td_q_expr *expr = new_expr(p, TD_Q_CONST);
	if (expr) expr->id = id;
	return expr;
}

/* ( a, b, … ), from its bracket on */
static void parse_args(td_q_parser *p, td_q_expr *expr)
{
	td_q_expect(p, "(");
	if (td_q_accept(p, ")")) return;
	do add_arg(p, expr, td_q_parse_expr(p));
	while (p->status == TD_OK && td_q_accept(p, ","));
	td_q_expect(p, ")");
}

/* ---- calls --------------------------------------------------------------------------------------------------- */

static const char *const aggregate_names[TD_Q_AGGREGATES] = { "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT" };

static void parse_separator(td_q_parser *p, td_q_expr *expr)
{
	expr->separator = TD_STR(" ");
	if (!td_q_accept(p, ";")) return;
	td_q_expect(p, "SEPARATOR");
	td_q_expect(p, "=");
	if (p->now.kind != TD_T_STRING) td_q_fail(p, TD_ERR_SYNTAX, "a string should stand there");
	else expr->separator = td_q_unquote(p->arena, p->now.text);
	if (!expr->separator.at) td_q_fail(p, TD_ERR_SYNTAX, "the string has a bad escape");
	td_q_take(p);
}

static const td_q_expr *parse_aggregate(td_q_parser *p, td_q_aggregate which)
{
	td_q_expr *expr = new_expr(p, TD_Q_AGGREGATE);
	if (!expr) return NULL;
	if (p->in_aggregate) td_q_fail(p, TD_ERR_SYNTAX, "an aggregate cannot stand in another");
	p->in_aggregate = true;
	td_q_take(p);
	td_q_expect(p, "(");
	expr->aggregate = which;
	expr->distinct = td_q_accept(p, "DISTINCT");
	if (which != TD_Q_COUNT || !td_q_accept(p, "*")) add_arg(p, expr, td_q_parse_expr(p));
	parse_separator(p, expr);
	td_q_expect(p, ")");
	p->in_aggregate = false;
	expr->var = p->query->aggregates.n;
	if (p->status == TD_OK && !TD_PUSH(p->arena, &p->query->aggregates, expr)) td_q_fail(p, TD_ERR_MEMORY, "");
	return p->status == TD_OK ? expr : NULL;
}

static const td_q_expr *parse_exists(td_q_parser *p, td_q_op op)
{
	td_q_expr *expr = new_expr(p, op);
	if (expr) expr->group = td_q_parse_group(p);
	return p->status == TD_OK ? expr : NULL;
}

static const td_q_expr *parse_bound(td_q_parser *p)
{
	td_q_expr *expr = new_expr(p, TD_Q_BOUND);
	td_q_expect(p, "(");
	if (p->now.kind != TD_T_VAR) td_q_fail(p, TD_ERR_SYNTAX, "a variable should stand there");
	td_q_node var = p->status == TD_OK ? td_q_parse_term(p) : 0;
	if (expr) expr->var = td_q_index(var);
	td_q_expect(p, ")");
	return expr;
}

static const td_q_expr *parse_special(td_q_parser *p, td_q_op op, uint32_t least, uint32_t most)
{
	td_q_expr *expr = new_expr(p, op);
	if (!expr) return NULL;
	parse_args(p, expr);
	if (expr->args.n < least || expr->args.n > most) td_q_fail(p, TD_ERR_SYNTAX, "the function before takes another number of arguments");
	return expr;
}

static const td_q_expr *parse_function(td_q_parser *p)
{
	const td_q_function *function = td_q_function_named(p->now.text);
	if (!function) {
		td_q_fail(p, TD_ERR_UNSUPPORTED, "no such function here");
		return NULL;
	}
	td_q_take(p);
	td_q_expr *expr = (td_q_expr *)parse_special(p, TD_Q_CALL, function->least, function->most);
	if (expr) expr->function = function;
	return expr;
}

static const td_q_expr *parse_word(td_q_parser *p)
{
	for (int i = 0; i < TD_Q_AGGREGATES; i++)
		if (td_q_is(p, aggregate_names[i])) return parse_aggregate(p, (td_q_aggregate)i);
	if (td_q_is(p, "true") || td_q_is(p, "false")) return new_const(p, td_q_parse_literal(p));
	if (td_q_accept(p, "EXISTS")) return parse_exists(p, TD_Q_EXISTS);
	if (td_q_accept(p, "NOT")) return td_q_expect(p, "EXISTS") ? parse_exists(p, TD_Q_NOT_EXISTS) : NULL;
	if (td_q_accept(p, "BOUND")) return parse_bound(p);
	if (td_q_accept(p, "IF")) return parse_special(p, TD_Q_IF, 3, 3);
	if (td_q_accept(p, "COALESCE")) return parse_special(p, TD_Q_COALESCE, 1, UINT32_MAX);
	return parse_function(p);
}

/* An IRI alone is itself; with arguments it is one of XML Schema's casts. */
static const td_q_expr *parse_iri_or_cast(td_q_parser *p)
{
	static const td_str xsd = { "http://www.w3.org/2001/XMLSchema#", 33 };
	td_q_id iri = td_q_parse_iri(p);
	if (!td_q_is(p, "(")) return new_const(p, iri);
	if (p->status == TD_OK && !td_str_starts(td_q_term(p->data, iri)->value, xsd)) {
		td_q_fail(p, TD_ERR_UNSUPPORTED, "no such function here");
		return NULL;
	}
	td_q_expr *expr = (td_q_expr *)parse_special(p, TD_Q_CAST, 1, 1);
	if (expr) expr->id = iri;
	return expr;
}

/* ---- operators ------------------------------------------------------------------------------------------------- */

static const td_q_expr *parse_primary(td_q_parser *p)
{
	if (td_q_accept(p, "(")) {
		const td_q_expr *expr = td_q_parse_expr(p);
		td_q_expect(p, ")");
		return expr;
	}
	switch (p->now.kind) {
	case TD_T_WORD: return parse_word(p);
	case TD_T_IRI: case TD_T_NAME: return parse_iri_or_cast(p);
	case TD_T_STRING: case TD_T_NUMBER: return new_const(p, td_q_parse_literal(p));
	case TD_T_VAR: {
		td_q_expr *expr = new_expr(p, TD_Q_VARIABLE);
		td_q_node var = td_q_parse_term(p);
		if (expr) expr->var = td_q_index(var);
		return expr;
	}
	default: td_q_fail(p, TD_ERR_SYNTAX, "an expression should stand there"); return NULL;
	}
}

static const td_q_expr *parse_unary(td_q_parser *p)
{
	const td_q_expr *expr = NULL;
	if (!td_q_enter(p)) return NULL;
	if (td_q_accept(p, "!")) expr = new_pair(p, TD_Q_NOT, parse_unary(p), NULL);
	else if (td_q_accept(p, "-")) expr = new_pair(p, TD_Q_MINUS_SIGN, parse_unary(p), NULL);
	else expr = (td_q_accept(p, "+"), parse_primary(p));
	td_q_leave(p);
	return expr;
}

static const td_q_expr *parse_product(td_q_parser *p)
{
	const td_q_expr *left = parse_unary(p);
	while (p->status == TD_OK) {
		if (td_q_accept(p, "*")) left = new_pair(p, TD_Q_MUL, left, parse_unary(p));
		else if (td_q_accept(p, "/")) left = new_pair(p, TD_Q_DIV, left, parse_unary(p));
		else break;
	}
	return left;
}

static const td_q_expr *parse_sum(td_q_parser *p)
{
	const td_q_expr *left = parse_product(p);
	while (p->status == TD_OK) {
		if (td_q_accept(p, "+")) left = new_pair(p, TD_Q_ADD, left, parse_product(p));
		else if (td_q_accept(p, "-")) left = new_pair(p, TD_Q_SUB, left, parse_product(p));
		else break;
	}
	return left;
}

static const td_q_expr *parse_in(td_q_parser *p, td_q_op op, const td_q_expr *left)
{
	td_q_expr *expr = new_expr(p, op);
	if (!expr) return NULL;
	add_arg(p, expr, left);
	parse_args(p, expr);
	return expr;
}

static const td_q_expr *parse_comparison(td_q_parser *p)
{
	static const struct {
		const char *sign;
		td_q_op op;
	} signs[] = { { "=", TD_Q_EQ }, { "!=", TD_Q_NE }, { "<=", TD_Q_LE }, { ">=", TD_Q_GE }, { "<", TD_Q_LT }, { ">", TD_Q_GT } };
	const td_q_expr *left = parse_sum(p);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (td_q_accept(p, signs[i].sign)) return new_pair(p, signs[i].op, left, parse_sum(p));
	if (td_q_accept(p, "IN")) return parse_in(p, TD_Q_IN, left);
	if (td_q_accept(p, "NOT")) return td_q_expect(p, "IN") ? parse_in(p, TD_Q_NOT_IN, left) : NULL;
	return left;
}

static const td_q_expr *parse_and(td_q_parser *p)
{
	const td_q_expr *left = parse_comparison(p);
	while (p->status == TD_OK && td_q_accept(p, "&&")) left = new_pair(p, TD_Q_AND, left, parse_comparison(p));
	return left;
}

static const td_q_expr *parse_or(td_q_parser *p)
{
	const td_q_expr *left = parse_and(p);
	while (p->status == TD_OK && td_q_accept(p, "||")) left = new_pair(p, TD_Q_OR, left, parse_and(p));
	return left;
}

const td_q_expr *td_q_parse_expr(td_q_parser *p)
{
	if (!td_q_enter(p)) return NULL;
	const td_q_expr *expr = parse_or(p);
	td_q_leave(p);
	return p->status == TD_OK ? expr : NULL;
}

const td_q_expr *td_q_parse_constraint(td_q_parser *p)
{
	if (td_q_is(p, "(") || p->now.kind == TD_T_VAR || p->now.kind == TD_T_IRI || p->now.kind == TD_T_NAME || p->now.kind == TD_T_WORD) return parse_primary(p);
	td_q_fail(p, TD_ERR_SYNTAX, "a condition in brackets, or a function, should stand there");
	return NULL;
}
