/* The parser's tools, and a query as a whole. */
#include "rdf/sparql.h"

#include <strings.h>

/* ---- tools --------------------------------------------------------------------------------------------------- */

static uint64_t line_of(const td_q_parser *p, size_t at)
{
	uint64_t line = 1;
	for (size_t i = 0; i < at && i < p->text.n; i++) line += p->text.at[i] == '\n';
	return line;
}

bool td_q_fail(td_q_parser *p, td_status status, const char *what)
{
	if (p->status != TD_OK) return false;
	size_t at = p->now.text.n ? (size_t)(p->now.text.at - p->text.at) : p->text.n;
	int shown = p->now.text.n < 40 ? (int)p->now.text.n : 40;
	if (status == TD_ERR_MEMORY) p->status = td_no_memory(p->err);
	else if (p->now.kind == TD_T_END) p->status = td_fail_at(p->err, status, at, line_of(p, at), "the query ends, but %s", what);
	else p->status = td_fail_at(p->err, status, at, line_of(p, at), "query, before \"%.*s\": %s", shown, p->now.text.at, what);
	p->now = (td_q_token){ TD_T_END, { 0 } };
	p->at = p->text.n;
	return false;
}

void td_q_take(td_q_parser *p)
{
	p->now = td_q_token_at(p->text, &p->at);
}

bool td_q_is(const td_q_parser *p, const char *text)
{
	size_t n = strlen(text);
	if (p->now.text.n != n || p->status != TD_OK) return false;
	if (p->now.kind == TD_T_WORD) return !strncasecmp(p->now.text.at, text, n);
	return p->now.kind == TD_T_SIGN && !memcmp(p->now.text.at, text, n);
}

bool td_q_accept(td_q_parser *p, const char *text)
{
	bool is = td_q_is(p, text);
	if (is) td_q_take(p);
	return is;
}

bool td_q_expect(td_q_parser *p, const char *text)
{
	char what[64];
	if (td_q_accept(p, text)) return true;
	snprintf(what, sizeof what, "%s should stand there", text);
	return td_q_fail(p, TD_ERR_SYNTAX, what);
}

bool td_q_enter(td_q_parser *p)
{
	if (p->depth == TD_Q_MAX_DEPTH) return td_q_fail(p, TD_ERR_LIMIT, "it nests too deeply");
	p->depth++;
	return p->status == TD_OK;
}

void td_q_leave(td_q_parser *p)
{
	p->depth--;
}

void *td_q_new(td_q_parser *p, size_t size)
{
	void *made = p->status == TD_OK ? td_arena_zero(p->arena, 1, size) : NULL;
	if (!made) td_q_fail(p, TD_ERR_MEMORY, "");
	return made;
}

uint32_t td_q_variable(td_q_parser *p, td_str name)
{
	for (uint32_t i = 0; name.n && i < p->vars.n; i++)
		if (td_str_eq(p->vars.at[i], name)) return i;
	if (p->vars.n == TD_Q_MAX_VARS) td_q_fail(p, TD_ERR_LIMIT, "it has too many variables");
	else if (!TD_PUSH(p->arena, &p->vars, name)) td_q_fail(p, TD_ERR_MEMORY, "");
	return p->status == TD_OK ? p->vars.n - 1 : 0;
}

/* ---- prologue ------------------------------------------------------------------------------------------------ */

static void parse_prefix(td_q_parser *p)
{
	td_str name = p->now.text;
	if (p->now.kind != TD_T_NAME || name.at[name.n - 1] != ':') {
		td_q_fail(p, TD_ERR_SYNTAX, "a prefix, like tid:, should stand there");
		return;
	}
	td_q_take(p);
	if (p->now.kind != TD_T_IRI) {
		td_q_fail(p, TD_ERR_SYNTAX, "an IRI in <...> should stand there");
		return;
	}
	td_q_prefix prefix = { { name.at, name.n - 1 }, { p->now.text.at + 1, p->now.text.n - 2 } };
	if (!TD_PUSH(p->arena, &p->prefixes, prefix)) td_q_fail(p, TD_ERR_MEMORY, "");
	td_q_take(p);
}

static void parse_prologue(td_q_parser *p)
{
	for (;;) {
		if (td_q_accept(p, "PREFIX")) {
			parse_prefix(p);
		} else if (td_q_accept(p, "BASE")) {
			if (p->now.kind != TD_T_IRI) td_q_fail(p, TD_ERR_SYNTAX, "an IRI in <...> should stand there");
			else p->base = (td_str){ p->now.text.at + 1, p->now.text.n - 2 };
			td_q_take(p);
		} else {
			return;
		}
	}
}

/* ---- SELECT -------------------------------------------------------------------------------------------------- */

/* "(expression AS ?v)", behind its bracket. */
static td_q_item parse_as(td_q_parser *p)
{
	td_q_item item = { .expr = td_q_parse_expr(p) };
	td_q_expect(p, "AS");
	if (p->now.kind != TD_T_VAR) td_q_fail(p, TD_ERR_SYNTAX, "a variable should stand there");
	else item.var = td_q_variable(p, (td_str){ p->now.text.at + 1, p->now.text.n - 1 });
	td_q_take(p);
	td_q_expect(p, ")");
	return item;
}

static void parse_items(td_q_parser *p, td_q_query *query)
{
	if (td_q_accept(p, "DISTINCT") || td_q_accept(p, "REDUCED")) query->distinct = true;
	query->star = td_q_accept(p, "*");
	while (!query->star && p->status == TD_OK) {
		td_q_item item = { .var = 0 };
		if (p->now.kind == TD_T_VAR) {
			item.var = td_q_variable(p, (td_str){ p->now.text.at + 1, p->now.text.n - 1 });
			td_q_take(p);
		} else if (td_q_accept(p, "(")) {
			item = parse_as(p);
		} else {
			break;
		}
		if (!TD_PUSH(p->arena, &query->items, item)) td_q_fail(p, TD_ERR_MEMORY, "");
	}
	if (!query->star && query->items.n == 0) td_q_fail(p, TD_ERR_SYNTAX, "* or variables should stand there");
}

static bool starts_condition(const td_q_parser *p)
{
	if (p->now.kind == TD_T_VAR || p->now.kind == TD_T_IRI || p->now.kind == TD_T_NAME || td_q_is(p, "(")) return true;
	return p->now.kind == TD_T_WORD && !td_q_is(p, "HAVING") && !td_q_is(p, "ORDER") && !td_q_is(p, "LIMIT") && !td_q_is(p, "OFFSET") && !td_q_is(p, "VALUES");
}

static void parse_group_by(td_q_parser *p, td_q_query *query)
{
	td_q_expect(p, "BY");
	do {
		td_q_item item;
		if (td_q_accept(p, "(")) {
			item = (td_q_item){ .expr = td_q_parse_expr(p) };
			if (td_q_accept(p, "AS")) {
				item.var = td_q_variable(p, (td_str){ p->now.text.at + 1, p->now.text.n ? p->now.text.n - 1 : 0 });
				if (p->now.kind != TD_T_VAR) td_q_fail(p, TD_ERR_SYNTAX, "a variable should stand there");
				td_q_take(p);
			} else {
				item.var = td_q_variable(p, (td_str){ 0 });
			}
			td_q_expect(p, ")");
		} else {
			item = (td_q_item){ .expr = td_q_parse_constraint(p) };
			item.var = item.expr && item.expr->op == TD_Q_VARIABLE ? item.expr->var : td_q_variable(p, (td_str){ 0 });
		}
		if (!TD_PUSH(p->arena, &query->group_by, item)) td_q_fail(p, TD_ERR_MEMORY, "");
	} while (p->status == TD_OK && starts_condition(p));
}

static void parse_order_by(td_q_parser *p, td_q_query *query)
{
	td_q_expect(p, "BY");
	do {
		td_q_item item = { .descending = td_q_is(p, "DESC") };
		if (td_q_accept(p, "ASC") || td_q_accept(p, "DESC")) {
			if (!td_q_is(p, "(")) td_q_fail(p, TD_ERR_SYNTAX, "( should stand there");
		}
		item.expr = td_q_parse_constraint(p);
		if (!TD_PUSH(p->arena, &query->order_by, item)) td_q_fail(p, TD_ERR_MEMORY, "");
	} while (p->status == TD_OK && starts_condition(p));
}

static uint64_t parse_count(td_q_parser *p)
{
	uint64_t n = 0;
	for (size_t i = 0; i < p->now.text.n; i++) {
		char c = p->now.text.at[i];
		if (p->now.kind != TD_T_NUMBER || c < '0' || c > '9' || n > UINT64_MAX / 100) {
			td_q_fail(p, TD_ERR_SYNTAX, "a whole number should stand there");
			return 0;
		}
		n = n * 10 + (uint64_t)(c - '0');
	}
	td_q_take(p);
	return n;
}

static void parse_modifiers(td_q_parser *p, td_q_query *query)
{
	if (td_q_accept(p, "GROUP")) parse_group_by(p, query);
	if (td_q_accept(p, "HAVING"))
		do {
			td_q_item item = { .expr = td_q_parse_constraint(p) };
			if (!TD_PUSH(p->arena, &query->having, item)) td_q_fail(p, TD_ERR_MEMORY, "");
		} while (p->status == TD_OK && td_q_is(p, "("));
	if (td_q_accept(p, "ORDER")) parse_order_by(p, query);
	for (;;) {
		if (td_q_accept(p, "LIMIT")) query->limit = parse_count(p), query->limited = true;
		else if (td_q_accept(p, "OFFSET")) query->offset = parse_count(p);
		else break;
	}
	if (td_q_is(p, "VALUES")) query->values = td_q_parse_values(p);
	query->aggregated = query->aggregates.n > 0 || query->group_by.n > 0;
}

/* Beside GROUP BY, SELECT names keys and aggregates only: https://www.w3.org/TR/sparql11-query/#aggregateRestrictions */
static bool is_key(const td_q_query *query, uint32_t var)
{
	for (uint32_t i = 0; i < query->group_by.n; i++)
		if (query->group_by.at[i].var == var) return true;
	return false;
}

static void check_keys(td_q_parser *p, const td_q_query *query)
{
	if (!query->aggregated) return;
	if (query->star) td_q_fail(p, TD_ERR_SYNTAX, "SELECT * cannot stand beside GROUP BY or aggregates");
	for (uint32_t i = 0; i < query->items.n; i++)
		if (!query->items.at[i].expr && !is_key(query, query->items.at[i].var)) {
			char what[128];
			td_str name = p->vars.at[query->items.at[i].var];
			snprintf(what, sizeof what, "?%.*s is in SELECT, but not in GROUP BY", (int)(name.n < 60 ? name.n : 60), name.at);
			td_q_fail(p, TD_ERR_SYNTAX, what);
		}
}

bool td_q_parse_select(td_q_parser *p, td_q_query *query, bool sub)
{
	td_q_query *outer = p->query;
	p->query = query;
	query->form = TD_Q_SELECT;
	parse_items(p, query);
	if (!sub && td_q_is(p, "FROM")) td_q_fail(p, TD_ERR_UNSUPPORTED, "FROM is not supported: name the files on the command line");
	td_q_accept(p, "WHERE");
	query->where = td_q_parse_group(p);
	parse_modifiers(p, query);
	check_keys(p, query);
	p->query = outer;
	return p->status == TD_OK;
}

/* ---- the other forms ----------------------------------------------------------------------------------------- */

static void parse_construct(td_q_parser *p, td_q_query *query)
{
	td_q_part pattern = { .kind = TD_Q_TRIPLES };
	query->form = TD_Q_CONSTRUCT;
	bool templated = td_q_accept(p, "{");
	if (templated) {
		p->in_template = true;
		td_q_parse_triples(p, &pattern);
		p->in_template = false;
		td_q_expect(p, "}");
	}
	if (td_q_is(p, "FROM")) td_q_fail(p, TD_ERR_UNSUPPORTED, "FROM is not supported: name the files on the command line");
	td_q_accept(p, "WHERE");
	query->where = td_q_parse_group(p);
	if (!templated && query->where) { /* the pattern is the template */
		const td_q_part *first = query->where->first;
		if (!first || first->next || first->kind != TD_Q_TRIPLES) td_q_fail(p, TD_ERR_SYNTAX, "CONSTRUCT WHERE takes triples only");
		else pattern.triples = first->triples;
	}
	query->construct = pattern.triples;
	for (uint32_t i = 0; i < query->construct.n; i++)
		if (query->construct.at[i].path) td_q_fail(p, TD_ERR_SYNTAX, "a path cannot be constructed");
}

static void parse_describe(td_q_parser *p, td_q_query *query)
{
	query->form = TD_Q_DESCRIBE;
	query->star = td_q_accept(p, "*");
	while (!query->star && (p->now.kind == TD_T_VAR || p->now.kind == TD_T_IRI || p->now.kind == TD_T_NAME))
		if (!TD_PUSH(p->arena, &query->describe, td_q_parse_term(p))) td_q_fail(p, TD_ERR_MEMORY, "");
	if (!query->star && query->describe.n == 0) td_q_fail(p, TD_ERR_SYNTAX, "* or what to describe should stand there");
	if (td_q_is(p, "FROM")) td_q_fail(p, TD_ERR_UNSUPPORTED, "FROM is not supported: name the files on the command line");
	if (td_q_accept(p, "WHERE") || td_q_is(p, "{")) query->where = td_q_parse_group(p);
}

static void refuse_update(td_q_parser *p)
{
	static const char *const updates[] = { "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH" };
	for (size_t i = 0; i < sizeof updates / sizeof *updates; i++)
		if (td_q_is(p, updates[i])) td_q_fail(p, TD_ERR_UNSUPPORTED, "updates are not supported: a query does not change files");
}

td_q_query *td_q_parse(td_q_parser *p)
{
	td_q_take(p);
	parse_prologue(p);
	refuse_update(p);
	td_q_query *query = td_q_new(p, sizeof *query);
	if (!query) return NULL;
	p->query = query;
	if (td_q_accept(p, "SELECT")) td_q_parse_select(p, query, false);
	else if (td_q_accept(p, "CONSTRUCT")) parse_construct(p, query);
	else if (td_q_accept(p, "DESCRIBE")) parse_describe(p, query);
	else if (td_q_accept(p, "ASK")) {
		query->form = TD_Q_ASK;
		td_q_accept(p, "WHERE");
		query->where = td_q_parse_group(p);
	} else td_q_fail(p, TD_ERR_SYNTAX, "SELECT, ASK, CONSTRUCT or DESCRIBE should stand there");
	if (query->form != TD_Q_SELECT) parse_modifiers(p, query);
	if (p->status == TD_OK && p->now.kind != TD_T_END) td_q_fail(p, TD_ERR_SYNTAX, "the query should have ended");
	return p->status == TD_OK ? query : NULL;
}
