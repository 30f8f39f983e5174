/* What of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/) rasqal 0.9.33 cannot do, found by reading the query's tokens: rasqal
 * itself answers some of it with a syntax error that names nothing, and some of it wrongly without a word (each such case below was
 * found by comparing its answers with those of another engine). A refusal is better than a wrong number. */
#include "rdf/room.h"
#include "rdf/sparql.h"

static bool is_one_of(td_sparql_token t, const char *const *words)
{
	for (; *words; words++)
		if (td_sparql_is_word(t, *words)) return true;
	return false;
}

/* ---- words --------------------------------------------------------------------------------------------------- */

static const struct {
	const char *word, *help;
} refused_words[] = {
	{ "EXISTS", "OPTIONAL with FILTER(!BOUND(...)) often does the same" },
	{ "MINUS", "OPTIONAL with FILTER(!BOUND(...)) often does the same" },
	{ "DESCRIBE", "use CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . FILTER(?s = <...>) }" },
	{ "SERVICE", "queries here run over local files only" },
	{ "FROM", "name the files on the command line" },
	{ "GRAPH", "the graphs of all files are merged here; a mention names its document by nif:referenceContext" },
	{ "INSERT", "files are not changed by queries" },
	{ "DELETE", "files are not changed by queries" },
	{ "LOAD", "name the files on the command line" },
	{ "CLEAR", "files are not changed by queries" },
	{ "DROP", "files are not changed by queries" },
	{ "SEPARATOR", "GROUP_CONCAT always joins by a space here" },
	/* read freed memory when an argument is a function's result */
	{ "CONCAT", "select the parts as columns of their own" },
	{ "STRBEFORE", "use REPLACE with a regular expression" },
	{ "STRAFTER", "use REPLACE with a regular expression" },
};

static td_status refuse(const char *what, const char *help, td_error *err)
{
	return td_fail(err, TD_ERR_UNSUPPORTED, "%s cannot be used in a local query: %s", what, help);
}

static td_status check_word(td_sparql_token t, td_error *err)
{
	for (size_t i = 0; i < sizeof refused_words / sizeof *refused_words; i++)
		if (td_sparql_is_word(t, refused_words[i].word)) return refuse(refused_words[i].word, refused_words[i].help, err);
	return TD_OK;
}

/* ---- the walk ------------------------------------------------------------------------------------------------ */

enum { MAX_DEPTH = 128 };

/* Whether the tokens at hand are a graph pattern, where "/" makes a path, or expressions, where it divides. */
typedef struct {
	bool pattern[MAX_DEPTH]; /* a level for each open bracket */
	uint32_t depth;
	td_sparql_token before, before2;
	bool values;      /* between VALUES and the end of its block */
	uint32_t rows;    /* of that block */
	uint32_t opened;  /* brackets open in it */
	bool many_vars;   /* VALUES ( … ): a row is a bracket */
	/* SELECT's own clause */
	bool selected, in_select;
	bool item_aggregates; /* the (… AS ?v) at hand has an aggregate */
	uint32_t item_tokens; /* of it, on its own level, before AS */
	bool item_counts;     /* it begins with COUNT, SUM or AVG */
	/* what the query has */
	bool plain_item, distinct, not_distinct, of_vars, maybe_unbound;
	td_sparql_shape *shape;
} walk;

/* Words in front of a parenthesis that opens an expression rather than a list or a path. */
static const char *const before_pattern[] = { "a", "WHERE", "OPTIONAL", "UNION", NULL };
static const char *const before_expressions[] = { "SELECT", "BY", "HAVING", "LIMIT", "OFFSET", NULL };

static bool opens_pattern(const walk *w, td_sparql_token t)
{
	if (td_sparql_is_sign(t, "{")) return true;
	if (!w->pattern[w->depth]) return false;
	if (td_sparql_is_sign(t, "[")) return true;
	/* FILTER (…), BIND (…), regex(…), FILTER ex:f(…) */
	if (w->before.kind == TD_SPARQL_WORD) return is_one_of(w->before, before_pattern);
	return !td_sparql_is_word(w->before2, "FILTER");
}

static bool is_opening(td_sparql_token t)
{
	return td_sparql_is_sign(t, "{") || td_sparql_is_sign(t, "(") || td_sparql_is_sign(t, "[");
}

static bool is_closing(td_sparql_token t)
{
	return td_sparql_is_sign(t, "}") || td_sparql_is_sign(t, ")") || td_sparql_is_sign(t, "]");
}

/* In a pattern these signs have no other meaning; "*" also follows SELECT, "+" also leads a number. */
static bool is_path(const walk *w, td_sparql_token t, td_str rest)
{
	if (!w->pattern[w->depth] || t.kind != TD_SPARQL_SIGN) return false;
	if (td_sparql_is_sign(t, "/") || td_sparql_is_sign(t, "|") || td_sparql_is_sign(t, "^") || td_sparql_is_sign(t, "!") || td_sparql_is_sign(t, "*") || td_sparql_is_sign(t, "?")) return true;
	return td_sparql_is_sign(t, "+") && !(rest.n && ((rest.at[0] >= '0' && rest.at[0] <= '9') || rest.at[0] == '.'));
}

/* Counts the rows of a VALUES block. */
static td_status count_values(walk *w, td_sparql_token t, td_error *err)
{
	if (!w->values) {
		if (td_sparql_is_word(t, "VALUES")) w->values = true, w->rows = w->opened = 0, w->many_vars = false;
		return TD_OK;
	}
	if (td_sparql_is_sign(t, "(") && w->opened == 0) w->many_vars = true;
	if (td_sparql_is_sign(t, "{")) w->opened = 1;
	if (td_sparql_is_sign(t, "}")) w->values = false;
	if (w->opened == 0 || !w->values || td_sparql_is_sign(t, "{")) return TD_OK;
	bool datatype = td_sparql_is_sign(w->before, "^^") || td_sparql_is_sign(t, "^^") || (t.kind == TD_SPARQL_STRING && t.text.at[0] == '@');
	bool sign = td_sparql_is_sign(t, "+") || td_sparql_is_sign(t, "-") || td_sparql_is_sign(t, ")");
	if (w->many_vars ? td_sparql_is_sign(t, "(") : !datatype && !sign) w->rows++;
	if (w->rows > 1) return refuse("VALUES of more than one row", "use FILTER(?x IN (...)) or UNION", err);
	return TD_OK;
}

/* ---- aggregates ---------------------------------------------------------------------------------------------- */

static const char *const aggregates[] = { "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", NULL };
static const char *const zero_aggregates[] = { "COUNT", "SUM", "AVG", NULL };

static void add_column(walk *w, td_str var, bool zero)
{
	td_sparql_shape *shape = w->shape;
	if (shape->columns == TD_SPARQL_COLUMNS) return;
	shape->name[shape->columns] = (td_str){ var.at + 1, var.n - 1 };
	shape->zero[shape->columns++] = zero;
}

/* One ?v or (… AS ?v) of the SELECT clause, token by td_sparql_token; what stands directly in it is on level 1. */
static void read_item(walk *w, td_sparql_token t)
{
	if (w->depth == 0 && t.kind == TD_SPARQL_VAR) add_column(w, t.text, false);
	if (w->depth == 0 && td_sparql_is_sign(t, "(")) w->item_aggregates = w->item_counts = false, w->item_tokens = 0;
	if (w->depth != 1) return;
	if (w->item_tokens == 0) w->item_counts = is_one_of(t, zero_aggregates);
	if (td_sparql_is_word(t, "AS")) w->item_counts &= w->item_tokens == 2; /* COUNT and its bracket */
	else w->item_tokens++;
	if (!td_sparql_is_sign(t, ")")) return;
	w->plain_item |= !w->item_aggregates;
	if (w->before.kind == TD_SPARQL_VAR) add_column(w, w->before.text, w->item_counts);
}

static void read_aggregate(walk *w, td_sparql_token t)
{
	if (td_sparql_is_sign(w->before, "(") && is_one_of(w->before2, aggregates)) {
		if (td_sparql_is_word(t, "DISTINCT")) w->distinct = true;
		else w->not_distinct = true;
		w->of_vars |= !td_sparql_is_sign(t, "*");
	}
	if (is_one_of(t, aggregates)) w->shape->aggregates = w->item_aggregates = true;
	if (td_sparql_is_word(t, "GROUP")) w->shape->groups = true;
	if (td_sparql_is_word(t, "OPTIONAL") || td_sparql_is_word(t, "UNION")) w->maybe_unbound = true;
}

/* The clause between SELECT and the first {, and where the pattern stands. */
static td_status read_select(walk *w, td_sparql_token t, td_str sparql, td_error *err)
{
	size_t from = (size_t)(t.text.at - sparql.at);
	if (td_sparql_is_word(t, "SELECT")) {
		if (w->selected) return refuse("a subselect", "ask twice", err);
		w->selected = w->in_select = true;
		w->shape->prologue = from;
	}
	if (td_sparql_is_sign(t, "{") && w->depth == 0) {
		w->in_select = false;
		w->shape->from = from;
	}
	if (td_sparql_is_sign(t, "}") && w->depth == 1 && w->shape->to == 0) w->shape->to = from + 1;
	if (w->in_select) read_item(w, t);
	read_aggregate(w, t);
	return TD_OK;
}

/* What only shows when the whole query is known. */
static td_status check_whole(const walk *w, td_error *err)
{
	bool grouped = w->shape->aggregates || w->shape->groups;
	if (grouped && w->plain_item)
		return refuse("an expression in SELECT beside aggregates", "name it in the pattern: BIND(... AS ?x), then GROUP BY ?x", err);
	if (w->shape->groups && !w->shape->aggregates) return refuse("GROUP BY without an aggregate", "SELECT DISTINCT does it", err);
	if (w->distinct && w->not_distinct)
		return refuse("an aggregate with DISTINCT beside one without", "ask twice", err);
	if (w->shape->aggregates && w->of_vars && w->maybe_unbound)
		return refuse("an aggregate over OPTIONAL or UNION", "COUNT(*) can; or ask without them", err);
	return TD_OK;
}

static td_status step(walk *w, td_sparql_token t, td_str sparql, size_t behind, td_error *err)
{
	td_str rest = { sparql.at + behind, sparql.n - behind };
	TRY(count_values(w, t, err));
	TRY(read_select(w, t, sparql, err));
	if (t.kind == TD_SPARQL_WORD) TRY(check_word(t, err));
	if (!w->values && is_path(w, t, rest))
		return refuse("a property path", "name each step: ?a ex:p ?b . ?b ex:q ?c", err);
	if (is_one_of(t, before_expressions)) w->pattern[w->depth] = false;
	if (is_opening(t)) {
		if (w->depth + 1 == MAX_DEPTH) return td_fail(err, TD_ERR_LIMIT, "the query nests deeper than %d", MAX_DEPTH);
		bool pattern = opens_pattern(w, t);
		w->pattern[++w->depth] = pattern;
	} else if (is_closing(t) && w->depth > 0) {
		w->depth--;
	}
	w->before2 = w->before;
	w->before = t;
	return TD_OK;
}

td_status td_sparql_check(td_str sparql, td_sparql_shape *shape, td_error *err)
{
	*shape = (td_sparql_shape){ 0 };
	if (td_utf8_check(sparql) != sparql.n) return td_fail(err, TD_ERR_UTF8, "the query is not valid UTF-8");
	walk w = { .shape = shape };
	for (size_t at = 0;;) {
		td_sparql_token t = td_sparql_next(sparql, &at);
		if (t.kind == TD_SPARQL_END) return check_whole(&w, err);
		TRY(step(&w, t, sparql, at, err));
	}
}
