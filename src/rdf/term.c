/* Terms as Turtle 1.1, https://www.w3.org/TR/turtle/ (grammar production numbers in brackets). */
#include "rdf/room.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"

typedef struct {
	uint32_t from, to;
} cp_range;

/* PN_CHARS_BASE [163] beyond ASCII */
static const cp_range name_base[] = { { 0xC0, 0xD6 }, { 0xD8, 0xF6 }, { 0xF8, 0x2FF }, { 0x370, 0x37D }, { 0x37F, 0x1FFF },
	{ 0x200C, 0x200D }, { 0x2070, 0x218F }, { 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF }, { 0xF900, 0xFDCF }, { 0xFDF0, 0xFFFD },
	{ 0x10000, 0xEFFFF } };
/* what PN_CHARS [166] adds beyond ASCII */
static const cp_range name_more[] = { { 0xB7, 0xB7 }, { 0x300, 0x36F }, { 0x203F, 0x2040 } };

static bool in_ranges(uint32_t cp, const cp_range *ranges, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cp >= ranges[i].from && cp <= ranges[i].to) return true;
	return false;
}
#define IN_RANGES(cp, table) in_ranges((cp), (table), sizeof(table) / sizeof *(table))

static bool is_name_start(uint32_t cp)
{
	if (cp < 0x80) return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9') || cp == '_';
	return IN_RANGES(cp, name_base);
}

static bool is_name_part(uint32_t cp)
{
	return is_name_start(cp) || cp == '-' || cp == '.' || (cp >= 0x80 && IN_RANGES(cp, name_more));
}

/* PN_LOCAL [168]. false, with rubbish behind, when `local` is none or would be no pleasure to read. '/', '#' and '?' could be
 * escaped, and a final '.' too, but readers differ there. */
static bool write_local(td_str local, td_buf *out)
{
	const char *at = local.at, *end = local.at + local.n;
	if (local.n && end[-1] == '.') return false;
	while (at < end) {
		const char *from = at;
		uint32_t cp = td_utf8_next(&at, end);
		bool escape = cp < 0x80 && cp && strchr("~!$&'()*+,;=@", (int)cp);
		bool plain = cp == '%' || (from == local.at ? is_name_start(cp) : is_name_part(cp)); /* "%" has its two digits: td_iri_ok */
		if (!escape && !plain) return false;
		if (escape) td_buf_char(out, '\\');
		td_buf_add(out, from, (size_t)(at - from));
	}
	return true;
}

static bool write_short(const char *prefix, td_str local, td_buf *out)
{
	size_t start = out->n;
	td_buf_str(out, td_str_of(prefix));
	td_buf_char(out, ':');
	if (write_local(local, out)) return true;
	out->n = start;
	return false;
}

/* The prefix whose IRI is the longest that `iri` begins with. */
static bool write_prefixed(const td_prefixes_in_use *prefixes, td_str iri, td_buf *out)
{
	const char *best = NULL;
	size_t longest = 0;
	for (uint32_t i = 0; i < prefixes->all.n; i++) {
		td_str space = td_str_of(prefixes->all.at[i].iri);
		if (space.n > longest && td_str_starts(iri, space)) best = prefixes->all.at[i].prefix, longest = space.n;
	}
	return best && write_short(best, (td_str){ iri.at + longest, iri.n - longest }, out);
}

/* What stands behind the base in it and its fragments: "" and "#char=0,5" (https://www.rfc-editor.org/rfc/rfc3986#section-5.2). */
static bool below_base(const td_prefixes_in_use *prefixes, td_str iri, td_str *rest)
{
	if (!prefixes->base.n || !td_str_starts(iri, prefixes->base)) return false;
	*rest = (td_str){ iri.at + prefixes->base.n, iri.n - prefixes->base.n };
	return rest->n == 0 || rest->at[0] == '#';
}

static void write_iri(const td_prefixes_in_use *prefixes, td_str iri, td_buf *out)
{
	td_str rest;
	if (prefixes && below_base(prefixes, iri, &rest)) iri = rest;
	else if (prefixes && write_prefixed(prefixes, iri, out)) return;
	td_buf_char(out, '<');
	td_buf_str(out, iri);
	td_buf_char(out, '>');
}

/* ---- literals ------------------------------------------------------------------------------------------------ */

static size_t digits(td_str s, size_t at)
{
	size_t n = 0;
	while (at + n < s.n && s.at[at + n] >= '0' && s.at[at + n] <= '9') n++;
	return n;
}

/* INTEGER [19], without a plus or leading zeros: some readers normalise them away */
static bool is_integer(td_str s)
{
	size_t sign = s.n && s.at[0] == '-', n = digits(s, sign);
	return n > 0 && sign + n == s.n && (n == 1 || s.at[sign] != '0') && !(sign && s.at[1] == '0');
}

/* DECIMAL [20], with a digit before the point and no zero behind that could be taken away */
static bool is_decimal(td_str s)
{
	size_t sign = s.n && s.at[0] == '-', whole = digits(s, sign), point = sign + whole;
	if (whole == 0 || (whole > 1 && s.at[sign] == '0') || point >= s.n || s.at[point] != '.') return false;
	size_t part = digits(s, point + 1);
	return part > 0 && point + 1 + part == s.n && (part == 1 || s.at[s.n - 1] != '0');
}

static bool is_boolean(td_str s)
{
	return td_str_eq(s, TD_STR("true")) || td_str_eq(s, TD_STR("false"));
}

static const struct {
	const char *datatype;
	bool (*fits)(td_str);
} shorthands[] = { { XSD "integer", is_integer }, { XSD "decimal", is_decimal },
	{ XSD "boolean", is_boolean } }; /* no double: readers turn 1.5e3 into 1500.0 */

static bool has_shorthand(const td_term *term)
{
	for (size_t i = 0; i < sizeof shorthands / sizeof *shorthands; i++)
		if (td_str_eq(term->datatype, td_str_of(shorthands[i].datatype))) return shorthands[i].fits(term->value);
	return false;
}

/* What a reader could lose, change or be fooled by: controls, line separators, bidirectional marks, BOM, noncharacters. */
static bool is_unseen(uint32_t cp)
{
	static const cp_range unseen[] = { { 0, 0x1F }, { 0x7F, 0x9F }, { 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2066, 0x2069 },
		{ 0xFDD0, 0xFDEF }, { 0xFEFF, 0xFEFF } };
	return IN_RANGES(cp, unseen) || (cp & 0xFFFE) == 0xFFFE;
}

static const char *named_escape(uint32_t cp)
{
	switch (cp) {
	case '\n': return "\\n";
	case '\r': return "\\r";
	case '\t': return "\\t";
	case '\\': return "\\\\";
	case '"': return "\\\"";
	default: return NULL;
	}
}

static void write_escaped(uint32_t cp, td_buf *out)
{
	const char *named = named_escape(cp);
	if (named) td_buf_str(out, td_str_of(named));
	else td_buf_printf(out, cp > 0xFFFF ? "\\U%08X" : "\\u%04X", (unsigned)cp);
}

/* In """…""" line feeds stand as they are, and so do quotes unless another one or the end follows. */
static void write_string(td_str s, bool multiline, td_buf *out)
{
	td_str quote = multiline ? TD_STR("\"\"\"") : TD_STR("\"");
	td_buf_str(out, quote);
	for (const char *at = s.at, *end = s.at + s.n; at < end;) {
		const char *from = at;
		uint32_t cp = td_utf8_next(&at, end);
		bool as_is = multiline && (cp == '\n' || (cp == '"' && at < end && *at != '"'));
		if (as_is || (cp != '"' && cp != '\\' && !is_unseen(cp))) td_buf_add(out, from, (size_t)(at - from));
		else write_escaped(cp, out);
	}
	td_buf_str(out, quote);
}

static void write_literal(const td_prefixes_in_use *prefixes, const td_term *term, td_buf *out)
{
	enum { LONG_FROM = 80 }; /* bytes; shorter ones are easier to read with \n in one line */
	if (prefixes && has_shorthand(term)) {
		td_buf_str(out, term->value);
		return;
	}
	bool multiline = prefixes && term->value.n >= LONG_FROM && memchr(term->value.at, '\n', term->value.n);
	write_string(term->value, multiline, out);
	if (term->lang.n) {
		td_buf_char(out, '@');
		td_buf_str(out, term->lang);
	} else if (term->datatype.n && !td_str_eq(term->datatype, TD_STR(XSD "string"))) {
		td_buf_add(out, "^^", 2);
		write_iri(prefixes, term->datatype, out);
	}
}

void td_term_write(const td_prefixes_in_use *prefixes, const td_term *term, td_buf *out)
{
	if (term->kind == TD_IRI) write_iri(prefixes, term->value, out);
	else if (term->kind == TD_LITERAL) write_literal(prefixes, term, out);
	else {
		td_buf_add(out, "_:", 2);
		td_buf_str(out, term->value);
	}
}
