/* Parsing of graph patterns: groups, triples, terms, paths. */
#include "rdf/sparql.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* ---- terms --------------------------------------------------------------------------------------------------- */

static td_q_id intern(td_q_parser *p, td_term term)
{
	td_q_id id = p->status == TD_OK ? td_q_intern(p->data, &term) : 0;
	if (!id) td_q_fail(p, TD_ERR_MEMORY, "");
	return id;
}

td_q_id td_q_iri_of(td_q_parser *p, const char *iri)
{
	return intern(p, (td_term){ .kind = TD_IRI, .value = td_str_of(iri) });
}

static td_str space_of(const td_q_parser *p, td_str prefix)
{
	for (uint32_t i = p->prefixes.n; i > 0; i--)
		if (td_str_eq(p->prefixes.at[i - 1].prefix, prefix)) return p->prefixes.at[i - 1].iri;
	for (const td_prefix *known = td_prefixes; known->prefix; known++)
		if (td_str_eq(td_str_of(known->prefix), prefix)) return td_str_of(known->iri);
	return (td_str){ 0 };
}

/* prefix:local, with the local part's escapes undone */
static td_str expand(td_q_parser *p, td_str name)
{
	td_str local = name, prefix = td_str_cut(&local, ':');
	td_str space = space_of(p, prefix);
	if (!space.at) {
		td_q_fail(p, TD_ERR_SYNTAX, "this prefix is not declared");
		return space;
	}
	char *out = td_arena_alloc(p->arena, space.n + local.n + 1);
	if (!out) return (td_str){ 0 };
	memcpy(out, space.at, space.n);
	size_t n = space.n;
	for (size_t i = 0; i < local.n; i++)
		if (local.at[i] != '\\') out[n++] = local.at[i];
	return (td_str){ out, n };
}

td_q_id td_q_parse_iri(td_q_parser *p)
{
	td_str iri = { p->now.text.at + 1, p->now.text.n > 2 ? p->now.text.n - 2 : 0 };
	if (p->now.kind == TD_T_NAME) iri = expand(p, p->now.text);
	else if (p->now.kind != TD_T_IRI) td_q_fail(p, TD_ERR_SYNTAX, "an IRI should stand there");
	else if (!td_iri_ok(iri) && p->base.n)
		iri = td_arena_printf(p->arena, TD_STR_FMT TD_STR_FMT, TD_STR_ARG(p->base), TD_STR_ARG(iri));
	if (p->status == TD_OK && !td_iri_ok(iri)) td_q_fail(p, TD_ERR_SYNTAX, "that is no valid absolute IRI");
	td_q_id id = intern(p, (td_term){ .kind = TD_IRI, .value = iri });
	td_q_take(p);
	return id;
}

static td_q_id parse_string(td_q_parser *p)
{
	td_term term = { .kind = TD_LITERAL, .value = td_q_unquote(p->arena, p->now.text) };
	if (!term.value.at) td_q_fail(p, TD_ERR_SYNTAX, "the string has a bad escape");
	td_q_take(p);
	if (p->now.kind == TD_T_LANG) {
		term.lang = (td_str){ p->now.text.at + 1, p->now.text.n - 1 };
		if (!td_lang_ok(term.lang)) td_q_fail(p, TD_ERR_SYNTAX, "that is no language tag");
		td_q_take(p);
	} else if (td_q_accept(p, "^^")) {
		td_q_id datatype = td_q_parse_iri(p);
		if (p->status == TD_OK) term.datatype = td_q_term(p->data, datatype)->value;
		if (td_str_eq(term.datatype, TD_STR(XSD "string"))) term.datatype = (td_str){ 0 };
	}
	return intern(p, term);
}

static td_q_id parse_number(td_q_parser *p, const char *sign)
{
	td_str text = p->now.text;
	const char *type = memchr(text.at, 'e', text.n) || memchr(text.at, 'E', text.n) ? XSD "double"
	                   : memchr(text.at, '.', text.n)                               ? XSD "decimal"
	                                                                                : XSD "integer";
	if (*sign == '-') text = td_arena_printf(p->arena, "-" TD_STR_FMT, TD_STR_ARG(text));
	td_q_take(p);
	return intern(p, (td_term){ .kind = TD_LITERAL, .value = text, .datatype = td_str_of(type) });
}

td_q_id td_q_parse_literal(td_q_parser *p)
{
	if (p->now.kind == TD_T_STRING) return parse_string(p);
	if (p->now.kind == TD_T_NUMBER) return parse_number(p, "");
	bool negative = td_q_is(p, "-");
	if (td_q_accept(p, "-") || td_q_accept(p, "+")) {
		if (p->now.kind == TD_T_NUMBER) return parse_number(p, negative ? "-" : "");
	} else if (td_q_is(p, "true") || td_q_is(p, "false")) {
		td_str text = td_q_is(p, "true") ? TD_STR("true") : TD_STR("false");
		td_q_take(p);
		return intern(p, (td_term){ .kind = TD_LITERAL, .value = text, .datatype = TD_STR(XSD "boolean") });
	}
	td_q_fail(p, TD_ERR_SYNTAX, "a literal should stand there");
	return 0;
}

bool td_q_starts_term(const td_q_parser *p)
{
	switch (p->now.kind) {
	case TD_T_VAR: case TD_T_IRI: case TD_T_NAME: case TD_T_BLANK: case TD_T_STRING: case TD_T_NUMBER: return p->status == TD_OK;
	default: return td_q_is(p, "[") || td_q_is(p, "(") || td_q_is(p, "true") || td_q_is(p, "false") || td_q_is(p, "-") || td_q_is(p, "+");
	}
}

/* A blank node is a variable that nobody can name. */
static td_q_node parse_blank(td_q_parser *p)
{
	td_str name = p->now.text;
	if (p->in_template) name = td_arena_printf(p->arena, "_:t:" TD_STR_FMT, TD_STR_ARG(name));
	td_q_take(p);
	return td_q_var(td_q_variable(p, name));
}

static td_q_node made_up(td_q_parser *p)
{
	return td_q_var(td_q_variable(p, (td_str){ 0 }));
}

td_q_node td_q_parse_term(td_q_parser *p)
{
	if (p->now.kind == TD_T_VAR) {
		td_str name = { p->now.text.at + 1, p->now.text.n - 1 };
		td_q_take(p);
		return td_q_var(td_q_variable(p, name));
	}
	if (p->now.kind == TD_T_BLANK) return parse_blank(p);
	return p->now.kind == TD_T_IRI || p->now.kind == TD_T_NAME ? td_q_parse_iri(p) : td_q_parse_literal(p);
}

/* ---- paths: [88]-[96] ------------------------------------------------------------------------------------------ */

static const td_q_path *new_path(td_q_parser *p, td_q_path_kind kind, const td_q_path *a, const td_q_path *b)
{
	td_q_path *path = td_q_new(p, sizeof *path);
	if (path) *path = (td_q_path){ .kind = kind, .a = a, .b = b };
	return path;
}

static td_q_id parse_verb_iri(td_q_parser *p)
{
	return td_q_accept(p, "a") ? td_q_iri_of(p, RDF "type") : td_q_parse_iri(p);
}

static void parse_negated_one(td_q_parser *p, td_q_path *path, uint32_t most)
{
	bool inverse = td_q_accept(p, "^");
	td_q_id **list = inverse ? &path->inverses : &path->links;
	uint32_t *n = inverse ? &path->n_inverses : &path->n_links;
	if (!*list) *list = td_arena_zero(p->arena, most, sizeof **list);
	td_q_id id = parse_verb_iri(p);
	if (!*list) td_q_fail(p, TD_ERR_MEMORY, "");
	else if (*n == most) td_q_fail(p, TD_ERR_LIMIT, "!(...) has too many members");
	else (*list)[(*n)++] = id;
	if (inverse) path->backward = true;
	else path->forward = true;
}

static const td_q_path *parse_negated(td_q_parser *p)
{
	enum { MOST = 64 };
	td_q_path *path = td_q_new(p, sizeof *path);
	if (!path) return NULL;
	path->kind = TD_Q_NEGATED;
	if (!td_q_accept(p, "(")) {
		parse_negated_one(p, path, MOST);
		return path;
	}
	if (td_q_accept(p, ")")) {
		path->forward = true;
		return path;
	}
	do parse_negated_one(p, path, MOST);
	while (p->status == TD_OK && td_q_accept(p, "|"));
	td_q_expect(p, ")");
	return path;
}

static const td_q_path *parse_path_primary(td_q_parser *p)
{
	const td_q_path *path = NULL;
	if (!td_q_enter(p)) return NULL;
	if (td_q_accept(p, "(")) {
		path = td_q_parse_path(p);
		td_q_expect(p, ")");
	} else if (td_q_accept(p, "!")) {
		path = parse_negated(p);
	} else {
		td_q_path *link = td_q_new(p, sizeof *link);
		if (link) *link = (td_q_path){ .kind = TD_Q_LINK, .link = parse_verb_iri(p) };
		path = link;
	}
	td_q_leave(p);
	return path;
}

static const td_q_path *parse_path_element(td_q_parser *p)
{
	bool inverse = td_q_accept(p, "^");
	const td_q_path *path = parse_path_primary(p);
	/* a "?" or "+" here belongs to the path: an object cannot begin so, but for a number's sign */
	bool number = td_q_is(p, "+") && p->at < p->text.n && (p->text.at[p->at] >= '0' && p->text.at[p->at] <= '9');
	if (td_q_accept(p, "*")) path = new_path(p, TD_Q_STAR, path, NULL);
	else if (!number && td_q_accept(p, "+")) path = new_path(p, TD_Q_PLUS, path, NULL);
	else if (td_q_accept(p, "?")) path = new_path(p, TD_Q_MAYBE, path, NULL);
	return inverse ? new_path(p, TD_Q_INVERSE, path, NULL) : path;
}

static const td_q_path *parse_path_sequence(td_q_parser *p)
{
	const td_q_path *path = parse_path_element(p);
	while (p->status == TD_OK && td_q_accept(p, "/")) path = new_path(p, TD_Q_SEQUENCE, path, parse_path_element(p));
	return path;
}

const td_q_path *td_q_parse_path(td_q_parser *p)
{
	const td_q_path *path = parse_path_sequence(p);
	while (p->status == TD_OK && td_q_accept(p, "|")) path = new_path(p, TD_Q_ALTERNATIVE, path, parse_path_sequence(p));
	return p->status == TD_OK ? path : NULL;
}

/* ---- triples: [75]-[87] ---------------------------------------------------------------------------------------- */

static td_q_node parse_node(td_q_parser *p);

static void add_triple(td_q_parser *p, td_q_node s, td_q_node predicate, const td_q_path *path, td_q_node o)
{
	td_q_triple triple = { s, predicate, o, p->graph, path };
	if (p->status == TD_OK && !TD_PUSH(p->arena, p->triples, triple)) td_q_fail(p, TD_ERR_MEMORY, "");
}

static bool starts_verb(const td_q_parser *p)
{
	if (p->now.kind == TD_T_VAR || p->now.kind == TD_T_IRI || p->now.kind == TD_T_NAME) return p->status == TD_OK;
	return td_q_is(p, "a") || td_q_is(p, "(") || td_q_is(p, "!") || td_q_is(p, "^");
}

static void parse_properties(td_q_parser *p, td_q_node subject)
{
	do {
		if (!starts_verb(p)) break; /* "; ;" and "; ." are fine */
		td_q_node verb = 0;
		const td_q_path *path = NULL;
		if (p->now.kind == TD_T_VAR) verb = td_q_parse_term(p);
		else path = td_q_parse_path(p);
		if (path && path->kind == TD_Q_LINK) verb = path->link, path = NULL;
		do add_triple(p, subject, verb, path, parse_node(p));
		while (p->status == TD_OK && td_q_accept(p, ","));
	} while (p->status == TD_OK && td_q_accept(p, ";"));
}

static td_q_node parse_collection(td_q_parser *p)
{
	td_q_node first = 0, last = 0, rest = td_q_iri_of(p, RDF "rest"), nil = td_q_iri_of(p, RDF "nil"), item = td_q_iri_of(p, RDF "first");
	while (p->status == TD_OK && !td_q_accept(p, ")")) {
		td_q_node cell = made_up(p);
		if (last) add_triple(p, last, rest, NULL, cell);
		else first = cell;
		add_triple(p, cell, item, NULL, parse_node(p));
		last = cell;
	}
	if (!last) return nil;
	add_triple(p, last, rest, NULL, nil);
	return first;
}

static td_q_node parse_node(td_q_parser *p)
{
	td_q_node node = 0;
	if (!td_q_enter(p)) return 0;
	if (td_q_accept(p, "[")) {
		node = made_up(p);
		parse_properties(p, node);
		td_q_expect(p, "]");
	} else if (td_q_accept(p, "(")) {
		node = parse_collection(p);
	} else {
		node = td_q_parse_term(p);
	}
	td_q_leave(p);
	return node;
}

void td_q_parse_triples(td_q_parser *p, td_q_part *part)
{
	p->triples = &part->triples;
	while (td_q_starts_term(p)) {
		bool described = td_q_is(p, "[") || td_q_is(p, "(");
		td_q_node subject = parse_node(p);
		if (!starts_verb(p) && !described) td_q_fail(p, TD_ERR_SYNTAX, "a property should stand there");
		parse_properties(p, subject);
		if (!td_q_accept(p, ".")) break;
	}
}

/* ---- groups: [53]-[65] ----------------------------------------------------------------------------------------- */

static td_q_part *add_part(td_q_parser *p, td_q_group *group, td_q_part_kind kind)
{
	td_q_part *part = td_q_new(p, sizeof *part);
	if (!part) return NULL;
	part->kind = kind;
	if (group->last) group->last->next = part;
	else group->first = part;
	group->last = part;
	return part;
}

static void add_group(td_q_parser *p, td_q_part *part, td_q_group *group)
{
	if (part && group && !TD_PUSH(p->arena, &part->groups, group)) td_q_fail(p, TD_ERR_MEMORY, "");
}

static td_q_id parse_cell(td_q_parser *p)
{
	if (td_q_accept(p, "UNDEF")) return 0;
	td_q_node node = td_q_parse_term(p);
	if (td_q_is_var(node)) td_q_fail(p, TD_ERR_SYNTAX, "VALUES takes no variable there");
	return node;
}

static void parse_row(td_q_parser *p, td_q_part *part, bool bracket)
{
	if (bracket) td_q_expect(p, "(");
	for (uint32_t i = 0; i < part->columns.n && p->status == TD_OK; i++)
		if (!TD_PUSH(p->arena, &part->cells, parse_cell(p))) td_q_fail(p, TD_ERR_MEMORY, "");
	if (bracket) td_q_expect(p, ")");
}

td_q_part *td_q_parse_values(td_q_parser *p)
{
	td_q_part *part = td_q_new(p, sizeof *part);
	if (!part || !td_q_expect(p, "VALUES")) return NULL;
	part->kind = TD_Q_VALUES;
	bool bracket = td_q_accept(p, "(");
	while (p->now.kind == TD_T_VAR && (bracket || part->columns.n == 0))
		if (!TD_PUSH(p->arena, &part->columns, td_q_index(td_q_parse_term(p)))) td_q_fail(p, TD_ERR_MEMORY, "");
	if (bracket) td_q_expect(p, ")");
	if (part->columns.n == 0) td_q_fail(p, TD_ERR_SYNTAX, "variables should stand there");
	td_q_expect(p, "{");
	while (p->status == TD_OK && !td_q_accept(p, "}")) parse_row(p, part, bracket);
	return part;
}

static void parse_bind(td_q_parser *p, td_q_group *group)
{
	td_q_part *part = add_part(p, group, TD_Q_BIND);
	td_q_expect(p, "(");
	const td_q_expr *expr = td_q_parse_expr(p);
	td_q_expect(p, "AS");
	if (p->now.kind != TD_T_VAR) td_q_fail(p, TD_ERR_SYNTAX, "a variable should stand there");
	td_q_node var = p->status == TD_OK ? td_q_parse_term(p) : 0;
	td_q_expect(p, ")");
	if (part) part->expr = expr, part->var = td_q_index(var);
}

static void parse_graph(td_q_parser *p, td_q_group *group)
{
	td_q_node outer = p->graph;
	p->graph = td_q_parse_term(p);
	td_q_part *part = add_part(p, group, TD_Q_SUBGROUP);
	add_group(p, part, td_q_parse_group(p));
	p->graph = outer;
}

static void parse_union(td_q_parser *p, td_q_group *group)
{
	td_q_part *part = add_part(p, group, TD_Q_SUBGROUP);
	do {
		add_group(p, part, td_q_parse_group(p));
		if (part && part->groups.n > 1) part->kind = TD_Q_UNION;
	} while (p->status == TD_OK && td_q_accept(p, "UNION"));
}

static bool parse_part(td_q_parser *p, td_q_group *group)
{
	if (td_q_accept(p, "OPTIONAL")) add_group(p, add_part(p, group, TD_Q_OPTIONAL), td_q_parse_group(p));
	else if (td_q_accept(p, "MINUS")) add_group(p, add_part(p, group, TD_Q_MINUS), td_q_parse_group(p));
	else if (td_q_accept(p, "GRAPH")) parse_graph(p, group);
	else if (td_q_accept(p, "BIND")) parse_bind(p, group);
	else if (td_q_is(p, "SERVICE")) return td_q_fail(p, TD_ERR_UNSUPPORTED, "SERVICE is not supported: a query here runs over local files only");
	else if (td_q_is(p, "{")) parse_union(p, group);
	else if (td_q_accept(p, "FILTER")) {
		const td_q_expr *expr = td_q_parse_constraint(p);
		td_q_part *part = add_part(p, group, TD_Q_FILTER);
		if (part) part->expr = expr;
	} else if (td_q_is(p, "VALUES")) {
		td_q_part *values = td_q_parse_values(p), *part = add_part(p, group, TD_Q_VALUES);
		if (part && values) part->columns = values->columns, part->cells = values->cells;
	} else if (td_q_starts_term(p)) {
		td_q_part *part = add_part(p, group, TD_Q_TRIPLES);
		if (part) td_q_parse_triples(p, part);
	} else {
		return false;
	}
	td_q_accept(p, ".");
	return p->status == TD_OK;
}

/* Triples apart by a FILTER belong to one pattern: filters hold for the whole group. Joined, they are matched in the best order. */
static void merge_triples(td_q_parser *p, td_q_group *group)
{
	for (td_q_part *part = group->first; part; part = part->next) {
		if (part->kind != TD_Q_TRIPLES) continue;
		td_q_part *filters = part;
		while (filters->next && filters->next->kind == TD_Q_FILTER) filters = filters->next;
		td_q_part *more = filters->next;
		if (filters == part || !more || more->kind != TD_Q_TRIPLES) continue;
		for (uint32_t i = 0; i < more->triples.n; i++)
			if (!TD_PUSH(p->arena, &part->triples, more->triples.at[i])) td_q_fail(p, TD_ERR_MEMORY, "");
		filters->next = more->next;
		if (group->last == more) group->last = filters;
	}
}

td_q_group *td_q_parse_group(td_q_parser *p)
{
	td_q_group *group = td_q_new(p, sizeof *group);
	if (!group || !td_q_enter(p) || !td_q_expect(p, "{")) return NULL;
	td_q_triples *outer = p->triples;
	if (td_q_accept(p, "SELECT")) {
		td_q_part *part = add_part(p, group, TD_Q_SUBQUERY);
		td_q_query *query = td_q_new(p, sizeof *query);
		if (part && query) part->query = query, td_q_parse_select(p, query, true);
	} else {
		while (p->status == TD_OK && parse_part(p, group)) continue;
		merge_triples(p, group);
	}
	p->triples = outer;
	td_q_expect(p, "}");
	td_q_leave(p);
	return p->status == TD_OK ? group : NULL;
}
