/* The functions of https://www.w3.org/TR/sparql11-query/#SparqlOps, by name in one table. */
#include "rdf/sparql.h"

#include <math.h>
#include <regex.h>
#include <stdlib.h>
#include <strings.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

static bool is_text(const td_q_value *v)
{
	return v->term.kind == TD_LITERAL && v->term.datatype.n == 0;
}

/* `text` in the language of `like` */
static td_q_value text_like(td_str text, const td_q_value *like)
{
	td_q_value v = td_q_string(text);
	v.term.lang = like->term.lang;
	return v;
}

static td_str arena_copy(td_q_engine *e, td_str s)
{
	return s.n ? td_arena_str(&e->scratch, s) : TD_STR("");
}

/* ---- of terms -------------------------------------------------------------------------------------------------- */

static td_q_value f_str(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return a->term.kind == TD_BLANK ? td_q_no_value() : td_q_string(a->term.value);
}

static td_q_value f_lang(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return a->term.kind == TD_LITERAL ? td_q_string(a->term.lang.n ? a->term.lang : TD_STR("")) : td_q_no_value();
}

static td_q_value f_langmatches(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	td_str tag = a[0].term.value, range = a[1].term.value;
	(void)e, (void)n;
	if (td_str_eq(range, TD_STR("*"))) return td_q_boolean(tag.n > 0);
	bool same = range.n && tag.n >= range.n && !strncasecmp(tag.at, range.at, range.n);
	return td_q_boolean(same && (tag.n == range.n || tag.at[range.n] == '-'));
}

static td_q_value iri_value(td_str iri)
{
	return (td_q_value){ .ok = td_iri_ok(iri), .term = { .kind = TD_IRI, .value = iri } };
}

static td_q_value f_datatype(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	if (a->term.kind != TD_LITERAL) return td_q_no_value();
	if (a->term.lang.n) return iri_value(TD_STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"));
	return iri_value(a->term.datatype.n ? a->term.datatype : TD_STR(XSD "string"));
}

static td_q_value f_iri(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return a->term.kind == TD_IRI || is_text(a) ? iri_value(a->term.value) : td_q_no_value();
}

static td_q_value f_isiri(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return td_q_boolean(a->term.kind == TD_IRI);
}

static td_q_value f_isblank(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return td_q_boolean(a->term.kind == TD_BLANK);
}

static td_q_value f_isliteral(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return td_q_boolean(a->term.kind == TD_LITERAL);
}

static td_q_value f_isnumeric(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return td_q_boolean(a->kind != TD_Q_NO_NUMBER);
}

static td_q_value f_sameterm(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return td_q_boolean(td_term_eq(&a[0].term, &a[1].term));
}

static td_q_value f_strdt(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	if (!is_text(&a[0]) || a[0].term.lang.n || a[1].term.kind != TD_IRI) return td_q_no_value();
	td_term term = { .kind = TD_LITERAL, .value = a[0].term.value, .datatype = a[1].term.value };
	if (td_str_eq(term.datatype, TD_STR(XSD "string"))) term.datatype = (td_str){ 0 };
	return td_q_value_of(&term);
}

static td_q_value f_strlang(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	if (!is_text(&a[0]) || a[0].term.lang.n || !td_lang_ok(a[1].term.value)) return td_q_no_value();
	td_term term = { .kind = TD_LITERAL, .value = a[0].term.value, .lang = a[1].term.value };
	return td_q_value_of(&term);
}

/* ---- of strings ------------------------------------------------------------------------------------------------ */

static td_q_value f_strlen(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)n;
	return is_text(a) ? td_q_integer(e, (int64_t)td_utf8_count(a->term.value)) : td_q_no_value();
}

static td_q_value f_lcase(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)n;
	return is_text(a) ? text_like(td_lower(&e->scratch, a->term.value), a) : td_q_no_value();
}

static td_q_value f_ucase(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)n;
	return is_text(a) ? text_like(td_upper(&e->scratch, a->term.value), a) : td_q_no_value();
}

/* Two texts fit when the second has no language, or that of the first. */
static bool fit(const td_q_value *a)
{
	return is_text(&a[0]) && is_text(&a[1]) && (a[1].term.lang.n == 0 || td_str_eq(a[0].term.lang, a[1].term.lang));
}

static const char *find(td_str s, td_str part)
{
	if (part.n == 0) return s.n ? s.at : "";
	for (size_t i = 0; i + part.n <= s.n; i++) {
		const char *first = memchr(s.at + i, part.at[0], s.n - part.n + 1 - i);
		if (!first) return NULL;
		if (!memcmp(first, part.at, part.n)) return first;
		i = (size_t)(first - s.at);
	}
	return NULL;
}

static td_q_value f_contains(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return fit(a) ? td_q_boolean(find(a[0].term.value, a[1].term.value) != NULL) : td_q_no_value();
}

static td_q_value f_strstarts(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return fit(a) ? td_q_boolean(td_str_starts(a[0].term.value, a[1].term.value)) : td_q_no_value();
}

static td_q_value f_strends(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	return fit(a) ? td_q_boolean(td_str_ends(a[0].term.value, a[1].term.value)) : td_q_no_value();
}

static td_q_value f_strbefore(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	if (!fit(a)) return td_q_no_value();
	const char *at = find(a[0].term.value, a[1].term.value);
	if (!at) return td_q_string(TD_STR(""));
	size_t before = a[0].term.value.n ? (size_t)(at - a[0].term.value.at) : 0;
	return text_like(before ? (td_str){ a[0].term.value.at, before } : TD_STR(""), a);
}

static td_q_value f_strafter(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e, (void)n;
	if (!fit(a)) return td_q_no_value();
	td_str s = a[0].term.value, part = a[1].term.value;
	const char *at = find(s, part);
	if (!at) return td_q_string(TD_STR(""));
	size_t before = s.n ? (size_t)(at - s.at) + part.n : 0;
	return text_like(before < s.n ? (td_str){ s.at + before, s.n - before } : TD_STR(""), a);
}

/* Code points from 1 on: those p with round(start) <= p < round(start) + round(length). */
static td_q_value f_substr(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)e;
	if (!is_text(a) || a[1].kind == TD_Q_NO_NUMBER || (n > 2 && a[2].kind == TD_Q_NO_NUMBER)) return td_q_no_value();
	double from = floor(a[1].number + 0.5), to = n > 2 ? from + floor(a[2].number + 0.5) : INFINITY, point = 1;
	td_str s = a->term.value;
	const char *at = s.at, *end = s.at + s.n;
	for (; at < end && point < from; point++) td_utf8_next(&at, end);
	const char *start = at;
	for (; at < end && point < to; point++) td_utf8_next(&at, end);
	return text_like(at > start ? (td_str){ start, (size_t)(at - start) } : TD_STR(""), a);
}

static td_q_value f_concat(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	td_buf buf = { 0 };
	bool texts = true, same = n > 0;
	for (uint32_t i = 0; i < n; i++) {
		texts &= is_text(&a[i]);
		same &= td_str_eq(a[i].term.lang, a[0].term.lang);
		td_buf_str(&buf, a[i].term.value);
	}
	td_q_value v = texts && !buf.failed ? td_q_string(arena_copy(e, td_buf_view(&buf))) : td_q_no_value();
	if (same) v.term.lang = a[0].term.lang;
	td_buf_free(&buf);
	return v;
}

static td_q_value f_encode(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	static const char hex[] = "0123456789ABCDEF";
	(void)n;
	char *out = is_text(a) ? td_arena_alloc(&e->scratch, a->term.value.n * 3 + 1) : NULL;
	size_t length = 0;
	for (size_t i = 0; out && i < a->term.value.n; i++) {
		unsigned char c = (unsigned char)a->term.value.at[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
		if (plain) out[length++] = (char)c;
		else out[length++] = '%', out[length++] = hex[c >> 4], out[length++] = hex[c & 15];
	}
	return td_q_string((td_str){ out, length });
}

/* ---- regular expressions --------------------------------------------------------------------------------------- */

/* POSIX extended ones; \d, \D and \. mean what they do in XPath. */
static bool compile(regex_t *regex, td_str pattern, td_str flags)
{
	td_buf buf = { 0 };
	int options = REG_EXTENDED;
	for (size_t i = 0; i < flags.n; i++) {
		if (flags.at[i] == 'i') options |= REG_ICASE;
		else if (flags.at[i] == 'm') options |= REG_NEWLINE;
		else if (flags.at[i] != 's') return false;
	}
	for (size_t i = 0; i < pattern.n; i++) {
		char next = i + 1 < pattern.n ? pattern.at[i + 1] : 0;
		if (pattern.at[i] == '\\' && (next == 'd' || next == 'D')) {
			td_buf_str(&buf, next == 'd' ? TD_STR("[0-9]") : TD_STR("[^0-9]"));
			i++;
		} else if (pattern.at[i] == '\\' && next) {
			td_buf_add(&buf, &pattern.at[i++], 2);
		} else {
			td_buf_char(&buf, pattern.at[i]);
		}
	}
	td_buf_char(&buf, 0);
	bool ok = !buf.failed && regcomp(regex, buf.at, options) == 0;
	td_buf_free(&buf);
	return ok;
}

static td_str flags_of(const td_q_value *a, uint32_t n, uint32_t at)
{
	return n > at ? a[at].term.value : (td_str){ 0 };
}

static const char *terminated(td_q_engine *e, td_str s)
{
	return arena_copy(e, s).at;
}

static td_q_value f_regex(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	regex_t regex;
	const char *text = is_text(&a[0]) && is_text(&a[1]) ? terminated(e, a[0].term.value) : NULL;
	if (!text || !compile(&regex, a[1].term.value, flags_of(a, n, 2))) return td_q_no_value();
	bool found = regexec(&regex, text, 0, NULL, 0) == 0;
	regfree(&regex);
	return td_q_boolean(found);
}

/* $1 … $9 in the replacement are what stood in the brackets. */
static void add_replacement(td_buf *out, td_str with, const char *text, const regmatch_t *groups)
{
	for (size_t i = 0; i < with.n; i++) {
		char next = i + 1 < with.n ? with.at[i + 1] : 0;
		if (with.at[i] == '$' && next >= '0' && next <= '9') {
			const regmatch_t *g = &groups[next - '0'];
			if (g->rm_so >= 0) td_buf_add(out, text + g->rm_so, (size_t)(g->rm_eo - g->rm_so));
			i++;
		} else {
			if (with.at[i] == '\\' && next) i++;
			td_buf_char(out, with.at[i]);
		}
	}
}

static td_q_value f_replace(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	regex_t regex;
	regmatch_t groups[10];
	td_buf out = { 0 };
	const char *text = is_text(&a[0]) && is_text(&a[1]) && is_text(&a[2]) ? terminated(e, a[0].term.value) : NULL;
	if (!text || !compile(&regex, a[1].term.value, flags_of(a, n, 3))) return td_q_no_value();
	bool empty = false;
	for (int flags = 0; regexec(&regex, text, 10, groups, flags) == 0; flags = REG_NOTBOL) {
		if (groups[0].rm_eo == groups[0].rm_so) {
			empty = true; /* an expression that fits nothing is an error in XPath too */
			break;
		}
		td_buf_add(&out, text, (size_t)groups[0].rm_so);
		add_replacement(&out, a[2].term.value, text, groups);
		text += groups[0].rm_eo;
	}
	td_buf_str(&out, td_str_of(text));
	td_q_value v = empty || out.failed ? td_q_no_value() : text_like(arena_copy(e, td_buf_view(&out)), a);
	td_buf_free(&out);
	regfree(&regex);
	return v;
}

/* ---- of numbers and dates -------------------------------------------------------------------------------------- */

static td_q_value rounded(td_q_engine *e, const td_q_value *a, double (*round_)(double))
{
	if (a->kind == TD_Q_NO_NUMBER) return td_q_no_value();
	return a->kind == TD_Q_INTEGER ? *a : td_q_number(e, a->kind, round_(a->number));
}

static double half_up(double x)
{
	return floor(x + 0.5);
}

static td_q_value f_ceil(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)n;
	return rounded(e, a, ceil);
}

static td_q_value f_floor(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)n;
	return rounded(e, a, floor);
}

static td_q_value f_round(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)n;
	return rounded(e, a, half_up);
}

static td_q_value f_abs(td_q_engine *e, const td_q_value *a, uint32_t n)
{
	(void)n;
	if (a->kind == TD_Q_INTEGER && a->integer != INT64_MIN) return td_q_integer(e, llabs(a->integer));
	return rounded(e, a, fabs);
}

/* The digits of part `which` (year, month, day, hours, minutes) of a date or dateTime; dates have the first three. */
static td_q_value date_part(td_q_engine *e, const td_q_value *a, unsigned which)
{
	static const size_t from[] = { 0, 5, 8, 11, 14 }, length[] = { 4, 2, 2, 2, 2 };
	td_str s = a->term.value, type = a->term.datatype;
	unsigned known = td_str_eq(type, TD_STR(XSD "dateTime")) ? 5 : td_str_eq(type, TD_STR(XSD "date")) ? 3
	                 : td_str_eq(type, TD_STR(XSD "gYearMonth")) ? 2 : td_str_eq(type, TD_STR(XSD "gYear")) ? 1 : 0;
	int64_t n = 0;
	if (a->term.kind != TD_LITERAL || which >= known || s.n < from[which] + length[which]) return td_q_no_value();
	for (size_t i = from[which]; i < from[which] + length[which]; i++) {
		if (s.at[i] < '0' || s.at[i] > '9') return td_q_no_value();
		n = n * 10 + (s.at[i] - '0');
	}
	return td_q_integer(e, n);
}

#define DATE_PART(name, which) \
	static td_q_value name(td_q_engine *e, const td_q_value *a, uint32_t n) \
	{ \
		(void)n; \
		return date_part(e, a, which); \
	}
DATE_PART(f_year, 0)
DATE_PART(f_month, 1)
DATE_PART(f_day, 2)
DATE_PART(f_hours, 3)
DATE_PART(f_minutes, 4)

static const td_q_function functions[] = {
	{ "STR", 1, 1, f_str }, { "LANG", 1, 1, f_lang }, { "LANGMATCHES", 2, 2, f_langmatches }, { "DATATYPE", 1, 1, f_datatype },
	{ "IRI", 1, 1, f_iri }, { "URI", 1, 1, f_iri }, { "ISIRI", 1, 1, f_isiri }, { "ISURI", 1, 1, f_isiri }, { "ISBLANK", 1, 1, f_isblank },
	{ "ISLITERAL", 1, 1, f_isliteral }, { "ISNUMERIC", 1, 1, f_isnumeric }, { "SAMETERM", 2, 2, f_sameterm }, { "STRDT", 2, 2, f_strdt },
	{ "STRLANG", 2, 2, f_strlang }, { "STRLEN", 1, 1, f_strlen }, { "LCASE", 1, 1, f_lcase }, { "UCASE", 1, 1, f_ucase },
	{ "CONTAINS", 2, 2, f_contains }, { "STRSTARTS", 2, 2, f_strstarts }, { "STRENDS", 2, 2, f_strends }, { "STRBEFORE", 2, 2, f_strbefore },
	{ "STRAFTER", 2, 2, f_strafter }, { "SUBSTR", 2, 3, f_substr }, { "CONCAT", 0, UINT32_MAX, f_concat }, { "ENCODE_FOR_URI", 1, 1, f_encode },
	{ "REGEX", 2, 3, f_regex }, { "REPLACE", 3, 4, f_replace }, { "ABS", 1, 1, f_abs }, { "CEIL", 1, 1, f_ceil }, { "FLOOR", 1, 1, f_floor },
	{ "ROUND", 1, 1, f_round }, { "YEAR", 1, 1, f_year }, { "MONTH", 1, 1, f_month }, { "DAY", 1, 1, f_day }, { "HOURS", 1, 1, f_hours },
	{ "MINUTES", 1, 1, f_minutes },
};

const td_q_function *td_q_function_named(td_str name)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (strlen(functions[i].name) == name.n && !strncasecmp(functions[i].name, name.at, name.n)) return &functions[i];
	return NULL;
}
