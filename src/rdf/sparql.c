/* What of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/) rasqal 0.9.33 cannot do, found by reading the query's tokens: rasqal
 * itself answers some of it with a syntax error that names nothing, and some of it wrongly. */
#include "rdf/room.h"

#include <strings.h>

typedef enum { T_END, T_WORD, T_NAME, T_IRI, T_VAR, T_STRING, T_NUMBER, T_SIGN } token_kind;

typedef struct {
	token_kind kind;
	td_str text;
} token;

/* ---- tokens -------------------------------------------------------------------------------------------------- */

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

static size_t skip_space(td_str s, size_t at)
{
	while (at < s.n) {
		if (s.at[at] == '#') {
			while (at < s.n && s.at[at] != '\n' && s.at[at] != '\r') at++;
		} else if (s.at[at] == ' ' || (s.at[at] >= '\t' && s.at[at] <= '\r')) {
			at++;
		} else {
			break;
		}
	}
	return at;
}

/* Behind the string that starts at `at`; the end of the text when it is never closed. */
static size_t string_end(td_str s, size_t at)
{
	char quote = s.at[at];
	bool longer = at + 2 < s.n && s.at[at + 1] == quote && s.at[at + 2] == quote;
	size_t marks = longer ? 3 : 1;
	for (at += marks; at < s.n; at++) {
		if (s.at[at] == '\\') at++;
		else if (s.at[at] == quote && (!longer || (at + 2 < s.n && s.at[at + 1] == quote && s.at[at + 2] == quote)))
			return at + marks;
	}
	return s.n;
}

/* Behind <…> when it is an IRI, else `at`: then "<" is less-than. */
static size_t iri_end(td_str s, size_t at)
{
	for (size_t i = at + 1; i < s.n; i++) {
		if (s.at[i] == '>') return i + 1;
		if ((unsigned char)s.at[i] <= ' ' || strchr("<\"{}|^`\\", s.at[i])) return at;
	}
	return at;
}

/* Behind the word or prefixed name at `at`: "." and "-" only inside of a local name. */
static size_t name_end(td_str s, size_t at, bool *prefixed)
{
	*prefixed = false;
	while (at < s.n) {
		char c = s.at[at];
		if (c == ':') *prefixed = true;
		else if (c == '\\' && *prefixed && at + 1 < s.n) at++;
		else if (c == '.' && at + 1 < s.n && (is_word_byte(s.at[at + 1]) || s.at[at + 1] == ':' || s.at[at + 1] == '.')) c = '.';
		else if (!is_word_byte(c) && c != '-' && !(c == '%' && *prefixed)) break;
		at++;
	}
	return at;
}

static size_t number_end(td_str s, size_t at)
{
	while (at < s.n && (is_word_byte(s.at[at]) || (s.at[at] == '.' && at + 1 < s.n && is_word_byte(s.at[at + 1])))) at++;
	return at;
}

static token next_token(td_str s, size_t *pos)
{
	size_t at = *pos = skip_space(s, *pos), end = at + 1;
	if (at >= s.n) return (token){ T_END, { 0 } };
	char c = s.at[at];
	token_kind kind = T_SIGN;
	bool prefixed;
	if (c == '"' || c == '\'') kind = T_STRING, end = string_end(s, at);
	else if (c == '<' && (end = iri_end(s, at)) > at) kind = T_IRI;
	else if ((c == '?' || c == '$') && at + 1 < s.n && is_word_byte(s.at[at + 1])) {
		kind = T_VAR;
		while (end < s.n && is_word_byte(s.at[end])) end++;
	} else if (c >= '0' && c <= '9') kind = T_NUMBER, end = number_end(s, at);
	else if (is_word_byte(c) || c == ':') end = name_end(s, at, &prefixed), kind = prefixed ? T_NAME : T_WORD;
	else if (c == '@') end = name_end(s, at + 1, &prefixed), kind = T_STRING; /* a language tag */
	else if (at + 1 < s.n && ((c == '^' || c == '|' || c == '&') && s.at[at + 1] == c)) end = at + 2;
	else end = at + 1;
	*pos = end;
	return (token){ kind, { s.at + at, end - at } };
}

static bool is_word(token t, const char *word)
{
	return t.kind == T_WORD && t.text.n == strlen(word) && !strncasecmp(t.text.at, word, t.text.n);
}

static bool is_sign(token t, const char *sign)
{
	return t.kind == T_SIGN && td_str_eq(t.text, td_str_of(sign));
}

static bool is_one_of(token t, const char *const *words)
{
	for (; *words; words++)
		if (is_word(t, *words)) return true;
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
};

static td_status refuse(const char *what, const char *help, td_error *err)
{
	return td_fail(err, TD_ERR_UNSUPPORTED, "%s cannot be used in a local query: %s", what, help);
}

static td_status check_word(token t, td_error *err)
{
	for (size_t i = 0; i < sizeof refused_words / sizeof *refused_words; i++)
		if (is_word(t, refused_words[i].word)) return refuse(refused_words[i].word, refused_words[i].help, err);
	return TD_OK;
}

/* ---- the walk ------------------------------------------------------------------------------------------------ */

enum { MAX_DEPTH = 128 };

/* Whether the tokens at hand are a graph pattern, where "/" makes a path, or expressions, where it divides. */
typedef struct {
	bool pattern[MAX_DEPTH]; /* a level for each open bracket */
	uint32_t depth;
	token before, before2;
	bool values;      /* between VALUES and the end of its block */
	uint32_t rows;    /* of that block */
	uint32_t opened;  /* brackets open in it */
	bool many_vars;   /* VALUES ( … ): a row is a bracket */
} walk;

/* Words in front of a parenthesis that opens an expression rather than a list or a path. */
static const char *const before_pattern[] = { "a", "WHERE", "OPTIONAL", "UNION", NULL };
static const char *const before_expressions[] = { "SELECT", "BY", "HAVING", "LIMIT", "OFFSET", NULL };

static bool opens_pattern(const walk *w, token t)
{
	if (is_sign(t, "{")) return true;
	if (!w->pattern[w->depth]) return false;
	if (is_sign(t, "[")) return true;
	/* FILTER (…), BIND (…), regex(…), FILTER ex:f(…) */
	if (w->before.kind == T_WORD) return is_one_of(w->before, before_pattern);
	return !is_word(w->before2, "FILTER");
}

static bool is_opening(token t)
{
	return is_sign(t, "{") || is_sign(t, "(") || is_sign(t, "[");
}

static bool is_closing(token t)
{
	return is_sign(t, "}") || is_sign(t, ")") || is_sign(t, "]");
}

/* In a pattern these signs have no other meaning; "*" also follows SELECT, "+" also leads a number. */
static bool is_path(const walk *w, token t, td_str rest)
{
	if (!w->pattern[w->depth] || t.kind != T_SIGN) return false;
	if (is_sign(t, "/") || is_sign(t, "|") || is_sign(t, "^") || is_sign(t, "!") || is_sign(t, "*") || is_sign(t, "?")) return true;
	return is_sign(t, "+") && !(rest.n && ((rest.at[0] >= '0' && rest.at[0] <= '9') || rest.at[0] == '.'));
}

/* Counts the rows of a VALUES block. */
static td_status count_values(walk *w, token t, td_error *err)
{
	if (!w->values) {
		if (is_word(t, "VALUES")) w->values = true, w->rows = w->opened = 0, w->many_vars = false;
		return TD_OK;
	}
	if (is_sign(t, "(") && w->opened == 0) w->many_vars = true;
	if (is_sign(t, "{")) w->opened = 1;
	if (is_sign(t, "}")) w->values = false;
	if (w->opened == 0 || !w->values || is_sign(t, "{")) return TD_OK;
	bool datatype = is_sign(w->before, "^^") || is_sign(t, "^^") || (t.kind == T_STRING && t.text.at[0] == '@');
	bool sign = is_sign(t, "+") || is_sign(t, "-") || is_sign(t, ")");
	if (w->many_vars ? is_sign(t, "(") : !datatype && !sign) w->rows++;
	if (w->rows > 1) return refuse("VALUES of more than one row", "use FILTER(?x IN (...)) or UNION", err);
	return TD_OK;
}

static td_status step(walk *w, token t, td_str rest, td_error *err)
{
	TRY(count_values(w, t, err));
	if (t.kind == T_WORD) TRY(check_word(t, err));
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

td_status td_sparql_check(td_str sparql, td_error *err)
{
	if (td_utf8_check(sparql) != sparql.n) return td_fail(err, TD_ERR_UTF8, "the query is not valid UTF-8");
	walk w = { .depth = 0 };
	for (size_t at = 0;;) {
		token t = next_token(sparql, &at);
		if (t.kind == T_END) return TD_OK;
		TRY(step(&w, t, (td_str){ sparql.at + at, sparql.n - at }, err));
	}
}
