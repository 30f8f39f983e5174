/* What rasqal 0.9.33 answers wrongly as it is written, written so that it answers rightly. Its joins other than those within one block of
 * triples do not compare two or more variables that both sides have: rows come out that are not in the data. So in every group
 *   - triples are moved together, in front of OPTIONAL and BIND, and FILTERs behind all (which means the same where it is allowed here),
 *   - a variable that an OPTIONAL shares with what stands before it gets a name of its own there, and is compared:
 *         ?a :p ?b OPTIONAL { ?a :q ?c }   →   ?a :p ?b OPTIONAL { ?tidings_1_a :q ?c FILTER(sameTerm(?tidings_1_a, ?a)) }
 *   - SELECT DISTINCT with ORDER BY, which sorts numbers as text, is asked without DISTINCT,
 *   - where nothing of this helps, the query is refused with a way around. */
#include "rdf/sparql.h"

#define RESERVED "tidings_"

typedef struct {
	uint16_t number[TD_SPARQL_VARS]; /* of each variable's name in this group; 0: its own */
} naming;

typedef struct {
	const td_sparql_tree *tree;
	td_buf *out;
	td_error *err;
	uint16_t named;
} writer;

/* ---- sets ---------------------------------------------------------------------------------------------------- */

static td_sparql_vars both(td_sparql_vars a, td_sparql_vars b)
{
	for (size_t i = 0; i < TD_SPARQL_VARS / 64; i++) a.bits[i] &= b.bits[i];
	return a;
}

static td_sparql_vars either(td_sparql_vars a, td_sparql_vars b)
{
	for (size_t i = 0; i < TD_SPARQL_VARS / 64; i++) a.bits[i] |= b.bits[i];
	return a;
}

static td_sparql_vars without(td_sparql_vars a, td_sparql_vars b)
{
	for (size_t i = 0; i < TD_SPARQL_VARS / 64; i++) a.bits[i] &= ~b.bits[i];
	return a;
}

static bool has(const td_sparql_vars *set, uint32_t v)
{
	return set->bits[v / 64] >> (v % 64) & 1;
}

/* The first variable of the set, or TD_NONE. */
static uint32_t first_of(const td_sparql_vars *set)
{
	for (uint32_t v = 0; v < TD_SPARQL_VARS; v++)
		if (has(set, v)) return v;
	return TD_NONE;
}

/* ---- what must hold ------------------------------------------------------------------------------------------ */

/* Refuses if there is anything in the set; the text has one %.*s for the variable. */
static td_status no_vars(const writer *w, td_sparql_vars set, const char *before, const char *behind)
{
	uint32_t v = first_of(&set);
	if (v == TD_NONE) return TD_OK;
	td_str name = w->tree->names.at[v];
	return td_fail(w->err, TD_ERR_UNSUPPORTED, "%s ?%.*s cannot be answered here: %s", before, (int)(name.n < 64 ? name.n : 64), name.at, behind);
}

static td_status check_optional(const writer *w, const td_sparql_part *part, td_sparql_vars all, td_sparql_vars sure)
{
	td_sparql_vars shared = both(part->all, all);
	TRY(no_vars(w, without(shared, sure), "an OPTIONAL over", "it may have no value there; put both patterns into one OPTIONAL"));
	return no_vars(w, without(shared, part->group->sure), "an OPTIONAL over", "it may have no value in there; put it into the OPTIONAL's own triples");
}

static td_status check_bind(const writer *w, const td_sparql_part *part, td_sparql_vars all, td_sparql_vars sure)
{
	TRY(no_vars(w, without(part->uses, sure), "a BIND that uses", "it may have no value there; put BIND behind its triples, or into the OPTIONAL"));
	return no_vars(w, both(part->all, all), "a BIND to", "it has a value there already");
}

/* What the parts before it give decides how a part may be joined to them. */
typedef struct {
	td_sparql_vars all, sure;
	td_sparql_vars loose; /* may not come in triples any more */
	bool joined, branches; /* is anything there, a group in braces among it */
} before;

static td_status check_part(const writer *w, const td_sparql_part *part, const before *b)
{
	switch (part->what) {
	case TD_SPARQL_OPTIONAL: return check_optional(w, part, b->all, b->sure);
	case TD_SPARQL_BIND: return check_bind(w, part, b->all, b->sure);
	case TD_SPARQL_BRANCHES:
		if (!b->joined) return TD_OK;
		break;
	case TD_SPARQL_TRIPLES: TRY(no_vars(w, both(part->all, b->loose), "triples over", "write them before the OPTIONAL or BIND that uses it")); /* fall through */
	case TD_SPARQL_VALUES:
		if (!b->branches) return TD_OK;
		break;
	default: return TD_OK;
	}
	return td_fail(w->err, TD_ERR_UNSUPPORTED, "UNION or a group in braces beside other triples cannot be answered here: write the triples into each branch");
}

/* A variable of a condition that its group does not have has no value there, and rasqal may take one from elsewhere. */
static td_status check_group(const writer *w, const td_sparql_group *group, td_sparql_vars outside)
{
	before b = { .joined = false };
	for (const td_sparql_part *p = group->parts; p; p = p->next) {
		if (p->what == TD_SPARQL_FILTER) {
			TRY(no_vars(w, without(p->uses, either(group->all, outside)), "a FILTER over", "its group has no triples with it"));
			continue;
		}
		TRY(check_part(w, p, &b));
		if (p->what == TD_SPARQL_OPTIONAL || p->what == TD_SPARQL_BIND) b.loose = either(b.loose, without(either(p->all, p->uses), b.sure));
		b.branches |= p->what == TD_SPARQL_BRANCHES;
		b.joined = true;
		b.all = either(b.all, p->all);
		b.sure = either(b.sure, p->sure);
	}
	return TD_OK;
}

/* ---- writing ------------------------------------------------------------------------------------------------- */

static void write_var(const writer *w, const naming *names, uint32_t v)
{
	td_buf_char(w->out, '?');
	if (names->number[v]) td_buf_printf(w->out, RESERVED "%u_", names->number[v]);
	td_buf_str(w->out, w->tree->names.at[v]);
}

/* As they stand in the query, with what lies between them. */
static void write_tokens(const writer *w, const naming *names, td_range toks)
{
	for (uint32_t i = toks.from; i < toks.to; i++) {
		td_str text = w->tree->toks.at[i].text;
		if (w->tree->var.at[i] < TD_SPARQL_VARS) write_var(w, names, w->tree->var.at[i]);
		else td_buf_str(w->out, text);
		const char *end = text.at + text.n;
		if (i + 1 < toks.to) td_buf_add(w->out, end, (size_t)(w->tree->toks.at[i + 1].text.at - end));
	}
	td_buf_char(w->out, ' ');
}

static td_status write_group(writer *w, const td_sparql_group *group, const naming *names, const naming *outer, td_sparql_vars outside);

static td_status write_optional(writer *w, const td_sparql_part *part, const naming *names, td_sparql_vars all)
{
	naming inside = *names;
	for (uint32_t v = 0; v < TD_SPARQL_VARS; v++) {
		if (!has(&all, v) || !has(&part->all, v)) continue;
		if (++w->named == UINT16_MAX) return td_fail(w->err, TD_ERR_LIMIT, "too many variables in OPTIONAL");
		inside.number[v] = w->named;
	}
	td_buf_str(w->out, TD_STR("OPTIONAL "));
	return write_group(w, part->group, &inside, names, all);
}

static td_status write_branches(writer *w, const td_sparql_part *part, const naming *names)
{
	for (const td_sparql_group *g = part->group; g; g = g->next) {
		if (g != part->group) td_buf_str(w->out, TD_STR("UNION "));
		TRY(write_group(w, g, names, NULL, (td_sparql_vars){ { 0 } }));
	}
	return TD_OK;
}

static void write_all(const writer *w, const td_sparql_group *group, const naming *names, td_sparql_what what)
{
	for (const td_sparql_part *p = group->parts; p; p = p->next) {
		if (p->what != what) continue;
		write_tokens(w, names, p->toks);
		if (what == TD_SPARQL_TRIPLES && !td_sparql_is_sign(w->tree->toks.at[p->toks.to - 1], ".")) td_buf_str(w->out, TD_STR(". "));
	}
}

static void write_comparison(const writer *w, const naming *names, const naming *outer)
{
	const char *sign = "FILTER(";
	for (uint32_t v = 0; v < w->tree->names.n; v++) {
		if (names->number[v] == outer->number[v]) continue;
		td_buf_printf(w->out, "%ssameTerm(", sign);
		write_var(w, names, v);
		td_buf_str(w->out, TD_STR(", "));
		write_var(w, outer, v);
		td_buf_char(w->out, ')');
		sign = " && ";
	}
	if (*sign == ' ') td_buf_str(w->out, TD_STR(") "));
}

/* outer, outside: of an OPTIONAL's group, the names and the variables before it. */
static td_status write_group(writer *w, const td_sparql_group *group, const naming *names, const naming *outer, td_sparql_vars outside)
{
	TRY(check_group(w, group, outside));
	td_buf_str(w->out, TD_STR("{ "));
	write_all(w, group, names, TD_SPARQL_VALUES);
	write_all(w, group, names, TD_SPARQL_TRIPLES);
	td_sparql_vars all = { { 0 } };
	for (const td_sparql_part *p = group->parts; p; p = p->next) {
		if (p->what == TD_SPARQL_OPTIONAL) TRY(write_optional(w, p, names, all));
		if (p->what == TD_SPARQL_BRANCHES) TRY(write_branches(w, p, names));
		if (p->what == TD_SPARQL_BIND) write_tokens(w, names, p->toks);
		all = either(all, p->all);
	}
	write_all(w, group, names, TD_SPARQL_FILTER);
	if (outer) write_comparison(w, names, outer);
	td_buf_str(w->out, TD_STR("} "));
	return w->out->failed ? td_no_memory(w->err) : TD_OK;
}

/* ---- the whole query ------------------------------------------------------------------------------------------ */

static bool tail_has(const td_sparql_tree *t, const char *word)
{
	for (uint32_t i = t->pattern.to; i < t->toks.n; i++)
		if (td_sparql_is_word(t->toks.at[i], word)) return true;
	return false;
}

static td_status check_distinct(const writer *w, bool *drop)
{
	const td_sparql_tree *t = w->tree;
	*drop = t->distinct != TD_NONE && tail_has(t, "ORDER");
	if (!*drop || !(tail_has(t, "LIMIT") || tail_has(t, "OFFSET"))) return TD_OK;
	return td_fail(w->err, TD_ERR_UNSUPPORTED, "DISTINCT with ORDER BY and LIMIT cannot be answered here: leave one of them out");
}

/* * would show the new names too. */
static void write_head(const writer *w, const naming *names, bool drop_distinct)
{
	const td_sparql_tree *t = w->tree;
	uint32_t from = 0;
	if (drop_distinct) {
		write_tokens(w, names, (td_range){ 0, t->distinct });
		from = t->distinct + 1;
	}
	if (t->star == TD_NONE || first_of(&t->whole->all) == TD_NONE) {
		write_tokens(w, names, (td_range){ from, t->pattern.from });
		return;
	}
	write_tokens(w, names, (td_range){ from, t->star });
	for (uint32_t v = 0; v < t->names.n; v++) {
		if (!has(&t->whole->all, v)) continue;
		write_var(w, names, v);
		td_buf_char(w->out, ' ');
	}
	write_tokens(w, names, (td_range){ t->star + 1, t->pattern.from });
}

static td_status write_query(writer *w, bool *distinct)
{
	static const naming own;
	const td_sparql_tree *t = w->tree;
	for (uint32_t v = 0; v < t->names.n; v++)
		if (td_str_starts(t->names.at[v], TD_STR(RESERVED)))
			return td_fail(w->err, TD_ERR_UNSUPPORTED, "variables that begin with ?" RESERVED " are kept for the program's own use");
	if (!t->whole) {
		write_tokens(w, &own, (td_range){ 0, t->toks.n - 1 });
	} else {
		TRY(check_distinct(w, distinct));
		write_head(w, &own, *distinct);
		TRY(write_group(w, t->whole, &own, NULL, (td_sparql_vars){ { 0 } }));
		write_tokens(w, &own, (td_range){ t->pattern.to, t->toks.n - 1 });
	}
	return w->out->failed ? td_no_memory(w->err) : TD_OK;
}

td_status td_sparql_repair(td_str sparql, td_buf *out, bool *distinct, td_error *err)
{
	*distinct = false;
	td_arena arena;
	td_sparql_tree tree;
	td_arena_init(&arena);
	writer w = { .tree = &tree, .out = out, .err = err };
	td_status status = td_sparql_parse(sparql, &arena, &tree, err);
	if (status == TD_OK) status = write_query(&w, distinct);
	td_arena_free(&arena);
	return status;
}
