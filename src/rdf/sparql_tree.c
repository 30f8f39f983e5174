/* The groups of a query's pattern (https://www.w3.org/TR/sparql11-query/#rGroupGraphPattern) and which variables they bind. Triples stay
 * tokens; what rasqal will refuse anyway is not looked for. */
#include "rdf/sparql.h"

enum { MAX_GROUPS_DEEP = 128 };

typedef struct {
	td_sparql_tree *tree;
	uint32_t at, depth;
	td_error *err;
} reader;

/* ---- sets ---------------------------------------------------------------------------------------------------- */

static void add_set(td_sparql_vars *to, const td_sparql_vars *from)
{
	for (size_t i = 0; i < TD_SPARQL_VARS / 64; i++) to->bits[i] |= from->bits[i];
}

static void keep_set(td_sparql_vars *of, const td_sparql_vars *in)
{
	for (size_t i = 0; i < TD_SPARQL_VARS / 64; i++) of->bits[i] &= in->bits[i];
}

static td_sparql_vars vars_of(const td_sparql_tree *tree, td_range toks)
{
	td_sparql_vars set = { { 0 } };
	for (uint32_t i = toks.from; i < toks.to; i++) {
		uint32_t v = tree->var.at[i];
		if (v < TD_SPARQL_VARS) set.bits[v / 64] |= (uint64_t)1 << (v % 64);
	}
	return set;
}

/* ---- tokens -------------------------------------------------------------------------------------------------- */

static td_status add_var(td_sparql_tree *tree, td_sparql_token t, uint16_t *index, td_error *err)
{
	*index = TD_SPARQL_VARS;
	if (t.kind != TD_SPARQL_VAR) return TD_OK;
	td_str name = { t.text.at + 1, t.text.n - 1 };
	for (*index = 0; *index < tree->names.n; ++*index)
		if (td_str_eq(tree->names.at[*index], name)) return TD_OK;
	if (tree->names.n == TD_SPARQL_VARS) return td_fail(err, TD_ERR_LIMIT, "a query of more than %d variables", TD_SPARQL_VARS);
	return TD_PUSH(tree->arena, &tree->names, name) ? TD_OK : td_no_memory(err);
}

static td_status read_tokens(td_sparql_tree *tree, td_str sparql, td_error *err)
{
	for (size_t at = 0;;) {
		td_sparql_token t = td_sparql_next(sparql, &at);
		uint16_t var;
		TRY(add_var(tree, t, &var, err));
		if (!TD_PUSH(tree->arena, &tree->toks, t) || !TD_PUSH(tree->arena, &tree->var, var)) return td_no_memory(err);
		if (t.kind == TD_SPARQL_END) return TD_OK;
	}
}

static td_sparql_token here(const reader *r)
{
	return r->tree->toks.at[r->at];
}

static bool at_sign(const reader *r, const char *sign)
{
	return td_sparql_is_sign(here(r), sign);
}

static bool at_word(const reader *r, const char *word)
{
	return td_sparql_is_word(here(r), word);
}

static td_status unended(const reader *r)
{
	return td_fail(r->err, TD_ERR_SYNTAX, "the query: a bracket is not closed, or a word has nothing behind it");
}

/* Behind the bracket that closes the one at hand. */
static td_status skip_brackets(reader *r)
{
	uint32_t open = 0;
	do {
		if (here(r).kind == TD_SPARQL_END) return unended(r);
		if (at_sign(r, "(") || at_sign(r, "{") || at_sign(r, "[")) open++;
		if (at_sign(r, ")") || at_sign(r, "}") || at_sign(r, "]")) open--;
		r->at++;
	} while (open > 0);
	return TD_OK;
}

/* Behind the first bracketed part from here on: FILTER regex(…), VALUES ?x { … }. */
static td_status skip_to_brackets(reader *r, const char *bracket)
{
	while (!at_sign(r, bracket)) {
		if (here(r).kind == TD_SPARQL_END || at_sign(r, "}")) return unended(r);
		r->at++;
	}
	return skip_brackets(r);
}

/* ---- parts ---------------------------------------------------------------------------------------------------- */

static td_status read_group(reader *r, td_sparql_group **made);

static td_status read_values(reader *r, td_sparql_part *part)
{
	uint32_t from = r->at++;
	if (at_sign(r, "(")) TRY(skip_brackets(r));
	uint32_t names_end = at_sign(r, "{") ? r->at : r->at + 1;
	TRY(skip_to_brackets(r, "{"));
	part->toks = (td_range){ from, r->at };
	part->all = part->sure = vars_of(r->tree, (td_range){ from, names_end });
	for (uint32_t i = from; i < r->at; i++)
		if (td_sparql_is_word(r->tree->toks.at[i], "UNDEF")) part->sure = (td_sparql_vars){ { 0 } };
	return TD_OK;
}

/* BIND may fail to bind: its variable is never sure. */
static td_status read_condition(reader *r, td_sparql_part *part)
{
	uint32_t from = r->at++;
	TRY(skip_to_brackets(r, "("));
	part->toks = (td_range){ from, r->at };
	part->uses = vars_of(r->tree, part->toks);
	if (part->what != TD_SPARQL_BIND || r->at < from + 4) return TD_OK;
	part->uses = vars_of(r->tree, (td_range){ from, r->at - 2 });
	part->all = vars_of(r->tree, (td_range){ r->at - 2, r->at });
	return TD_OK;
}

static td_status read_optional(reader *r, td_sparql_part *part)
{
	r->at++;
	TRY(read_group(r, &part->group));
	part->all = part->group->all;
	part->uses = part->group->uses;
	return TD_OK;
}

static td_status read_branches(reader *r, td_sparql_part *part)
{
	td_sparql_group **end = &part->group;
	for (;; end = &(*end)->next) {
		TRY(read_group(r, end));
		if (end == &part->group) part->sure = (*end)->sure;
		add_set(&part->all, &(*end)->all);
		add_set(&part->uses, &(*end)->uses);
		keep_set(&part->sure, &(*end)->sure);
		if (!at_word(r, "UNION")) return TD_OK;
		r->at++;
	}
}

static const struct {
	const char *word;
	td_sparql_what what;
	td_status (*read)(reader *r, td_sparql_part *part);
} parts[] = {
	{ "VALUES", TD_SPARQL_VALUES, read_values },
	{ "BIND", TD_SPARQL_BIND, read_condition },
	{ "FILTER", TD_SPARQL_FILTER, read_condition },
	{ "OPTIONAL", TD_SPARQL_OPTIONAL, read_optional },
};
enum { PARTS = sizeof parts / sizeof *parts };

static size_t part_here(const reader *r)
{
	size_t i = 0;
	while (i < PARTS && !at_word(r, parts[i].word)) i++;
	return i;
}

static td_status read_triples(reader *r, td_sparql_part *part)
{
	uint32_t from = r->at;
	while (!at_sign(r, "{") && !at_sign(r, "}") && part_here(r) == PARTS) {
		if (here(r).kind == TD_SPARQL_END) return unended(r);
		r->at++;
	}
	part->toks = (td_range){ from, r->at };
	part->all = part->sure = vars_of(r->tree, part->toks);
	return TD_OK;
}

static td_status read_part(reader *r, td_sparql_part *part)
{
	size_t i = part_here(r);
	if (i < PARTS) {
		part->what = parts[i].what;
		return parts[i].read(r, part);
	}
	part->what = at_sign(r, "{") ? TD_SPARQL_BRANCHES : TD_SPARQL_TRIPLES;
	return part->what == TD_SPARQL_BRANCHES ? read_branches(r, part) : read_triples(r, part);
}

static td_status read_group(reader *r, td_sparql_group **made)
{
	if (!at_sign(r, "{")) return unended(r);
	if (++r->depth > MAX_GROUPS_DEEP) return td_fail(r->err, TD_ERR_LIMIT, "the query nests deeper than %d", MAX_GROUPS_DEEP);
	td_sparql_group *group = *made = td_arena_zero(r->tree->arena, 1, sizeof *group);
	if (!group) return td_no_memory(r->err);
	td_sparql_part **end = &group->parts;
	for (r->at++; !at_sign(r, "}");) {
		if (at_sign(r, ".")) {
			r->at++;
			continue;
		}
		td_sparql_part *part = *end = td_arena_zero(r->tree->arena, 1, sizeof *part);
		if (!part) return td_no_memory(r->err);
		TRY(read_part(r, part));
		add_set(&group->all, &part->all);
		add_set(&group->sure, &part->sure);
		add_set(&group->uses, &part->uses);
		end = &part->next;
	}
	r->at++;
	r->depth--;
	return TD_OK;
}

/* SELECT's star, the template of CONSTRUCT, and then the pattern. */
td_status td_sparql_parse(td_str sparql, td_arena *arena, td_sparql_tree *tree, td_error *err)
{
	*tree = (td_sparql_tree){ .arena = arena, .star = TD_NONE, .distinct = TD_NONE };
	TRY(read_tokens(tree, sparql, err));
	reader r = { .tree = tree, .err = err };
	bool select = false;
	for (; here(&r).kind != TD_SPARQL_END; r.at++) {
		if (at_word(&r, "CONSTRUCT") && td_sparql_is_sign(tree->toks.at[r.at + 1], "{")) {
			r.at++;
			TRY(skip_brackets(&r));
		}
		if (at_sign(&r, "{")) {
			tree->pattern.from = r.at;
			TRY(read_group(&r, &tree->whole));
			tree->pattern.to = r.at;
			return TD_OK;
		}
		if (here(&r).kind == TD_SPARQL_END) break;
		if (select && at_sign(&r, "*")) tree->star = r.at;
		if (select && at_word(&r, "DISTINCT")) tree->distinct = r.at;
		select = at_word(&r, "SELECT") || (select && (at_word(&r, "DISTINCT") || at_word(&r, "REDUCED")));
	}
	return TD_OK;
}
