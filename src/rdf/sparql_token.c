/* SPARQL's tokens (https://www.w3.org/TR/sparql11-query/#rQueryUnit, terminals). */
#include "rdf/sparql.h"

#include <strings.h>

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

td_sparql_token td_sparql_next(td_str s, size_t *pos)
{
	size_t at = *pos = skip_space(s, *pos), end = at + 1;
	if (at >= s.n) return (td_sparql_token){ TD_SPARQL_END, { 0 } };
	char c = s.at[at];
	td_sparql_kind kind = TD_SPARQL_SIGN;
	bool prefixed;
	if (c == '"' || c == '\'') kind = TD_SPARQL_STRING, end = string_end(s, at);
	else if (c == '<' && (end = iri_end(s, at)) > at) kind = TD_SPARQL_IRI;
	else if ((c == '?' || c == '$') && at + 1 < s.n && is_word_byte(s.at[at + 1])) {
		kind = TD_SPARQL_VAR;
		while (end < s.n && is_word_byte(s.at[end])) end++;
	} else if (c >= '0' && c <= '9') kind = TD_SPARQL_NUMBER, end = number_end(s, at);
	else if (is_word_byte(c) || c == ':') end = name_end(s, at, &prefixed), kind = prefixed ? TD_SPARQL_NAME : TD_SPARQL_WORD;
	else if (c == '@') end = name_end(s, at + 1, &prefixed), kind = TD_SPARQL_STRING; /* a language tag */
	else if (at + 1 < s.n && ((c == '^' || c == '|' || c == '&') && s.at[at + 1] == c)) end = at + 2;
	else end = at + 1;
	*pos = end;
	return (td_sparql_token){ kind, { s.at + at, end - at } };
}

bool td_sparql_is_word(td_sparql_token t, const char *word)
{
	return t.kind == TD_SPARQL_WORD && t.text.n == strlen(word) && !strncasecmp(t.text.at, word, t.text.n);
}

bool td_sparql_is_sign(td_sparql_token t, const char *sign)
{
	return t.kind == TD_SPARQL_SIGN && td_str_eq(t.text, td_str_of(sign));
}
