/* Tokens of SPARQL: https://www.w3.org/TR/sparql11-query/#sparqlGrammar (production numbers in brackets). */
#include "rdf/sparql.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

static char peek(td_str s, size_t at)
{
	return at < s.n ? s.at[at] : 0;
}

static size_t skip_space(td_str s, size_t at)
{
	while (at < s.n) {
		char c = s.at[at];
		if (c == '#') {
			while (at < s.n && s.at[at] != '\n' && s.at[at] != '\r') at++;
		} else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			at++;
		} else {
			break;
		}
	}
	return at;
}

/* Behind the string at `at`; 0 when it is never closed. */
static size_t string_end(td_str s, size_t at)
{
	char quote = s.at[at];
	bool longer = peek(s, at + 1) == quote && peek(s, at + 2) == quote;
	for (at += longer ? 3 : 1; at < s.n; at++) {
		if (s.at[at] == '\\') at++;
		else if (!longer && (s.at[at] == '\n' || s.at[at] == '\r')) return 0;
		else if (s.at[at] == quote && !longer) return at + 1;
		else if (s.at[at] == quote && peek(s, at + 1) == quote && peek(s, at + 2) == quote) return at + 3;
	}
	return 0;
}

/* Behind <…> when it is an IRI [139], else 0: "<" is less-than then. */
static size_t iri_end(td_str s, size_t at)
{
	for (at++; at < s.n; at++) {
		if (s.at[at] == '>') return at + 1;
		if ((unsigned char)s.at[at] <= ' ' || strchr("<\"{}|^`", s.at[at])) return 0;
	}
	return 0;
}

/* Behind a word, or a prefixed name [140]-[141]: points stand inside of names only, and only there are escapes. */
static size_t name_end(td_str s, size_t at, bool *prefixed)
{
	*prefixed = false;
	for (; at < s.n; at++) {
		char c = s.at[at];
		if (c == ':') *prefixed = true;
		else if (c == '\\' && *prefixed && at + 1 < s.n) at++;
		else if (c == '.') {
			size_t next = at;
			while (peek(s, next) == '.') next++;
			char then = peek(s, next);
			if (!(is_name_byte(then) || then == '-' || (*prefixed && (then == ':' || then == '%' || then == '\\')))) break;
		} else if (!is_name_byte(c) && c != '-' && !(c == '%' && *prefixed)) break;
	}
	return at;
}

/* [146]-[148], without sign */
static size_t number_end(td_str s, size_t at)
{
	while (is_digit(peek(s, at))) at++;
	if (peek(s, at) == '.' && is_digit(peek(s, at + 1)))
		for (at++; is_digit(peek(s, at)); at++) continue;
	if ((peek(s, at) | 32) != 'e') return at;
	size_t exponent = at + 1;
	if (peek(s, exponent) == '+' || peek(s, exponent) == '-') exponent++;
	if (!is_digit(peek(s, exponent))) return at;
	while (is_digit(peek(s, exponent))) exponent++;
	return exponent;
}

static size_t sign_end(td_str s, size_t at)
{
	static const char *const pairs[] = { "^^", "||", "&&", "!=", "<=", ">=" };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (s.at[at] == pairs[i][0] && peek(s, at + 1) == pairs[i][1]) return at + 2;
	return at + 1;
}

static size_t tag_end(td_str s, size_t at)
{
	while (is_name_byte(peek(s, at)) || peek(s, at) == '-') at++;
	return at;
}

/* The kind of the token at `at`, and where it ends. */
static td_q_token_kind token_kind(td_str s, size_t at, size_t *end)
{
	char c = s.at[at], next = peek(s, at + 1);
	bool prefixed;
	if (c == '"' || c == '\'') return (*end = string_end(s, at)) ? TD_T_STRING : (*end = s.n, TD_T_SIGN);
	if (c == '<' && (*end = iri_end(s, at)) != 0) return TD_T_IRI;
	if ((c == '?' || c == '$') && is_name_byte(next)) {
		for (*end = at + 1; is_name_byte(peek(s, *end)); ++*end) continue;
		return TD_T_VAR;
	}
	if (is_digit(c) || (c == '.' && is_digit(next))) return *end = number_end(s, at), TD_T_NUMBER;
	if (c == '_' && next == ':') return *end = name_end(s, at, &prefixed), TD_T_BLANK;
	if (c == '@' && is_name_byte(next)) return *end = tag_end(s, at + 1), TD_T_LANG;
	if (!is_name_byte(c) && c != ':') return *end = sign_end(s, at), TD_T_SIGN;
	*end = name_end(s, at, &prefixed);
	return prefixed ? TD_T_NAME : TD_T_WORD;
}

td_q_token td_q_token_at(td_str s, size_t *pos)
{
	size_t at = skip_space(s, *pos), end = at;
	td_q_token_kind kind = at < s.n ? token_kind(s, at, &end) : TD_T_END;
	*pos = end;
	return (td_q_token){ kind, { s.at + at, end - at } };
}

/* ---- strings ------------------------------------------------------------------------------------------------- */

static bool hex_value(td_str s, size_t at, size_t n, uint32_t *cp)
{
	*cp = 0;
	for (size_t i = 0; i < n; i++) {
		char c = peek(s, at + i);
		uint32_t digit = is_digit(c) ? (uint32_t)(c - '0') : (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10) : 16;
		if (digit == 16) return false;
		*cp = *cp << 4 | digit;
	}
	return *cp > 0 && *cp <= 0x10FFFF && !(*cp >= 0xD800 && *cp <= 0xDFFF);
}

td_str td_q_unquote(td_arena *arena, td_str string)
{
	static const char from[] = "tbnrf\"'\\", to[] = "\t\b\n\r\f\"'\\";
	size_t marks = string.n >= 6 && string.at[1] == string.at[0] && string.at[2] == string.at[0] ? 3 : 1;
	td_str s = { string.at + marks, string.n - 2 * marks };
	char *out = td_arena_alloc(arena, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; out && i < s.n; i++) {
		if (s.at[i] != '\\') {
			out[n++] = s.at[i];
			continue;
		}
		char c = peek(s, ++i);
		const char *found = c ? strchr(from, c) : NULL;
		uint32_t cp;
		if (found) out[n++] = to[found - from];
		else if ((c == 'u' || c == 'U') && hex_value(s, i + 1, c == 'u' ? 4 : 8, &cp)) {
			n += td_utf8_put(cp, out + n);
			i += c == 'u' ? 4 : 8;
		} else return (td_str){ 0 };
	}
	if (out) out[n] = 0;
	return (td_str){ out, n };
}
