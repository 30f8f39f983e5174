#include "rdf/ntriples.h"

#include "doc/source_impl.h"

typedef struct {
	const char *start, *at, *end;
	td_buf *scratch;
	td_error *err;
} cursor;

static td_status bad(const cursor *c, const char *what)
{
	return td_fail_at(c->err, TD_ERR_SYNTAX, (uint64_t)(c->at - c->start), TD_NOWHERE, "%s", what);
}

static void skip_space(cursor *c)
{
	while (c->at < c->end && (*c->at == ' ' || *c->at == '\t')) c->at++;
}

/* ---- escapes ------------------------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

/* The code point of \uXXXX or \UXXXXXXXX behind the backslash at c->at; moves behind it. */
static bool read_code(cursor *c, uint32_t *cp)
{
	size_t n = c->at[1] == 'u' ? 4 : 8;
	*cp = 0;
	if ((size_t)(c->end - c->at) < 2 + n) return false;
	for (size_t i = 0; i < n; i++) {
		int d = hex_digit(c->at[2 + i]);
		if (d < 0 || *cp > 0x10FFFF) return false;
		*cp = *cp << 4 | (uint32_t)d;
	}
	c->at += 2 + n;
	return *cp > 0 && *cp <= 0x10FFFF && (*cp < 0xD800 || *cp > 0xDFFF);
}

/* One escape of a term into the scratch buffer. */
static td_status unescape(cursor *c, bool literal)
{
	static const char from[] = "tbnrf\"'\\", to[] = "\t\b\n\r\f\"'\\";
	char out[4];
	uint32_t cp;

	if (c->end - c->at < 2) return bad(c, "a backslash at the end of the line");
	if (c->at[1] == 'u' || c->at[1] == 'U') {
		if (!read_code(c, &cp)) return bad(c, "an escape that is no character");
		td_buf_add(c->scratch, out, td_utf8_put(cp, out));
		return TD_OK;
	}
	const char *known = literal && c->at[1] ? strchr(from, c->at[1]) : NULL;
	if (!known) return bad(c, "an unknown escape");
	td_buf_char(c->scratch, to[known - from]);
	c->at += 2;
	return TD_OK;
}

/* Where a term lies: in the line, or, as the buffer may move, at an offset of the scratch buffer. */
typedef struct {
	td_str in_line;
	size_t from, n;
	bool unescaped;
} place;

/* The rest of a term up to `close`, which is skipped. */
static td_status read_until(cursor *c, char close, bool literal, place *out)
{
	const char *from = c->at;
	size_t start = c->scratch->n;
	out->unescaped = false;
	for (;;) {
		const char *plain = c->at;
		while (c->at < c->end && *c->at != close && *c->at != '\\') c->at++;
		if (c->at == c->end) return bad(c, literal ? "a literal without its end" : "an IRI without its end");
		if (*c->at == '\\' || out->unescaped) td_buf_add(c->scratch, plain, (size_t)(c->at - plain));
		if (*c->at == close) break;
		out->unescaped = true;
		TRY(unescape(c, literal));
	}
	out->in_line = (td_str){ from, (size_t)(c->at - from) };
	out->from = start;
	out->n = c->scratch->n - start;
	c->at++;
	return TD_OK;
}

static td_str text_at(const cursor *c, const place *p)
{
	return p->unescaped ? (td_str){ c->scratch->at + p->from, p->n } : p->in_line;
}

/* ---- terms --------------------------------------------------------------------------------------------------- */

typedef struct {
	uint8_t kind;
	place value, datatype;
	td_str lang;
	bool typed;
} raw_term;

/* What no IRI may hold (RFC 3987), and that it is absolute. */
static bool iri_plain(td_str s)
{
	size_t colon = 0;
	while (colon < s.n && s.at[colon] != ':' && s.at[colon] != '/') colon++;
	if (colon == 0 || colon >= s.n || s.at[colon] != ':') return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char b = (unsigned char)s.at[i];
		if (b <= ' ' || b == '<' || b == '>' || b == '"' || b == '{' || b == '}' || b == '|' || b == '^' || b == '`' || b == '\\') return false;
	}
	return true;
}

static td_status read_iri(cursor *c, place *out)
{
	c->at++;
	TRY(read_until(c, '>', false, out));
	return iri_plain(text_at(c, out)) ? TD_OK : bad(c, "an IRI that is relative, or holds what it must not");
}

static bool label_char(char ch)
{
	unsigned char b = (unsigned char)ch;
	return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '_' || b == '-' || b == '.' || b == ':' || b >= 0x80;
}

static td_status read_blank(cursor *c, place *out)
{
	c->at += 2;
	const char *from = c->at;
	while (c->at < c->end && label_char(*c->at)) c->at++;
	while (c->at > from && c->at[-1] == '.') c->at--;
	*out = (place){ .in_line = { from, (size_t)(c->at - from) } };
	return c->at > from ? TD_OK : bad(c, "a blank node without a label");
}

static td_status read_literal(cursor *c, raw_term *out)
{
	c->at++;
	TRY(read_until(c, '"', true, &out->value));
	if (c->at < c->end && *c->at == '@') {
		const char *from = ++c->at;
		while (c->at < c->end && (label_char(*c->at) && *c->at != '.' && *c->at != '_')) c->at++;
		out->lang = (td_str){ from, (size_t)(c->at - from) };
		return td_lang_ok(out->lang) ? TD_OK : bad(c, "a tag that is of no language");
	}
	if (c->end - c->at >= 3 && memcmp(c->at, "^^<", 3) == 0) {
		c->at += 2;
		out->typed = true;
		return read_iri(c, &out->datatype);
	}
	return TD_OK;
}

enum { SUBJECT = 1, PREDICATE = 2, OBJECT = 4 };

static td_status read_term(cursor *c, unsigned where, raw_term *out)
{
	*out = (raw_term){ .kind = TD_IRI };
	skip_space(c);
	if (c->at < c->end && *c->at == '<') return read_iri(c, &out->value);
	if (where != PREDICATE && c->end - c->at > 2 && c->at[0] == '_' && c->at[1] == ':') {
		out->kind = TD_BLANK;
		return read_blank(c, &out->value);
	}
	if (where == OBJECT && c->at < c->end && *c->at == '"') {
		out->kind = TD_LITERAL;
		return read_literal(c, out);
	}
	return bad(c, where == SUBJECT ? "no subject" : where == PREDICATE ? "no predicate" : "no object");
}

static td_term finish(const cursor *c, const raw_term *raw)
{
	return (td_term){ .kind = raw->kind, .value = text_at(c, &raw->value), .lang = raw->lang,
		.datatype = raw->typed ? text_at(c, &raw->datatype) : (td_str){ 0 } };
}

/* A point, perhaps behind the name of a graph, and perhaps a comment. */
static td_status read_end(cursor *c, raw_term *graph)
{
	*graph = (raw_term){ .kind = TD_IRI };
	skip_space(c);
	if (c->at < c->end && *c->at != '.') TRY(read_term(c, SUBJECT, graph));
	skip_space(c);
	if (c->at == c->end || *c->at != '.') return bad(c, "no full stop behind the object");
	c->at++;
	skip_space(c);
	return c->at == c->end || *c->at == '#' ? TD_OK : bad(c, "something behind the full stop");
}

td_status td_ntriples_line(td_str line, td_buf *scratch, td_triple *out, bool *none, td_error *err)
{
	td_str graph;
	return td_nquads_line(line, scratch, out, &graph, none, err);
}

td_status td_nquads_line(td_str line, td_buf *scratch, td_triple *out, td_str *graph, bool *none, td_error *err)
{
	cursor c = { line.at, line.at, line.at + line.n, scratch, err };
	raw_term s, p, o, g;

	scratch->n = 0;
	*none = true;
	if (c.end > c.at && c.end[-1] == '\r') c.end--;
	skip_space(&c);
	if (c.at == c.end || *c.at == '#') return TD_OK;
	*none = false;
	size_t wrong = td_utf8_check(line);
	if (wrong != line.n) return td_fail_at(err, TD_ERR_UTF8, wrong, TD_NOWHERE, "invalid UTF-8");
	TRY(read_term(&c, SUBJECT, &s));
	TRY(read_term(&c, PREDICATE, &p));
	TRY(read_term(&c, OBJECT, &o));
	TRY(read_end(&c, &g));
	if (scratch->failed) return td_no_memory(err);
	*out = (td_triple){ finish(&c, &s), finish(&c, &p), finish(&c, &o) };
	*graph = finish(&c, &g).value;
	return TD_OK;
}

/* ---- files --------------------------------------------------------------------------------------------------- */

enum { STEP = 1 << 13 };

typedef struct {
	const char *path;
	const td_ntriples_sink *sink;
	td_lines file;
	td_buf line, scratch;
	uint64_t lines, failed, good;
	td_error *err;
} input;

static void complain(input *in, td_error *why)
{
	char text[sizeof why->text], where[48] = "";
	memcpy(text, why->text, sizeof text);
	in->failed++;
	if (!in->sink->bad) return;
	if (why->byte != TD_NOWHERE) (void)snprintf(where, sizeof where, " (byte %llu of the line)", (unsigned long long)why->byte);
	(void)td_fail(why, why->status, "%.360s:%llu: %.60s%s", in->path, (unsigned long long)in->lines, text, where);
	in->sink->bad(in->sink->context, in->path, why);
}

static td_status take_line(input *in)
{
	td_triple triple;
	td_error why = { .byte = TD_NOWHERE };
	bool none;

	if (in->sink->step && in->lines % STEP == 0) in->sink->step(in->sink->context, td_stream_at(in->file.stream));
	td_status status = td_ntriples_line(td_buf_view(&in->line), &in->scratch, &triple, &none, &why);
	if (status == TD_ERR_MEMORY) return td_no_memory(in->err);
	if (status != TD_OK) complain(in, &why);
	if (status != TD_OK || none) return TD_OK;
	in->good++;
	return in->sink->each(in->sink->context, &triple, in->err);
}

static td_status take_next(input *in, bool *more)
{
	td_error why = { .byte = TD_NOWHERE };
	td_status status = td_lines_next(&in->file, TD_NTRIPLES_LINE, &in->line, more, &why);
	if (status == TD_ERR_MEMORY) return td_no_memory(in->err);
	if (in->file.failed)
		return td_fail(in->err, TD_ERR_IO, "%s: cannot read on behind line %llu: %.300s", in->path, (unsigned long long)in->lines, why.text);
	if (status == TD_OK && !*more) return TD_OK;
	in->lines++;
	*more = true;
	if (status == TD_OK) return take_line(in);
	(void)td_fail(&why, TD_ERR_LIMIT, "the line is longer than %d bytes", TD_NTRIPLES_LINE);
	complain(in, &why);
	return TD_OK;
}

static td_status read_all(input *in)
{
	td_error why;
	if (td_lines_open(&in->file, in->path, &why) != TD_OK) return td_fail(in->err, TD_ERR_IO, "%s: %.300s", in->path, why.text);
	td_status status = TD_OK;
	for (bool more = true; more && status == TD_OK;) status = take_next(in, &more);
	td_lines_close(&in->file);
	return status;
}

td_status td_ntriples_read(const char *path, const td_ntriples_sink *sink, uint64_t *lines, uint64_t *failed, td_error *err)
{
	input *in = td_alloc(sizeof *in); /* holds a chunk of the file */
	*lines = *failed = 0;
	if (!in) return td_no_memory(err);
	memset(in, 0, sizeof *in);
	in->path = path, in->sink = sink, in->err = err;
	td_status status = read_all(in);
	*lines = in->lines;
	*failed = in->failed;
	if (status == TD_OK && in->failed && !in->good)
		status = td_fail(err, TD_ERR_SYNTAX, "%s: none of its %llu lines is a statement in N-Triples", path, (unsigned long long)in->failed);
	td_buf_free(&in->line);
	td_buf_free(&in->scratch);
	td_free(in);
	return status;
}
