/* WARC files: pages out of the archive of a crawl. https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
 * A record is a version line, headers, a blank line, Content-Length bytes, two line ends; that of a page holds the whole HTTP
 * response (RFC 9112). */
#include <strings.h>

#include "doc/source_impl.h"

enum {
	MAX_HEADER = 1 << 16,  /* bytes of a header line */
	MAX_HEADERS = 1000,    /* of one record, or of one response */
	MAX_LENGTH_DIGITS = 18,
};

typedef struct {
	td_str type, uri, date, media; /* in the input's arena */
	uint64_t length, byte;         /* byte: where the record begins */
	bool has_length;
} record;

typedef struct {
	td_str media, transfer, coding, body;
	unsigned status;
} response;

static bool same_word(td_str s, const char *word)
{
	return s.n == strlen(word) && strncasecmp(s.at, word, s.n) == 0;
}

static bool begins(td_str s, const char *with)
{
	return s.n >= strlen(with) && strncasecmp(s.at, with, strlen(with)) == 0;
}

/* ---- the record's head ---------------------------------------------------------------------------------------- */

static bool read_length(td_str value, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < value.n; i++) {
		if (value.at[i] < '0' || value.at[i] > '9') return false;
		*out = *out * 10 + (uint64_t)(value.at[i] - '0');
	}
	return value.n > 0 && value.n <= MAX_LENGTH_DIGITS;
}

static td_status take_header(td_str line, td_input *in, record *r, td_error *err)
{
	td_str name = td_str_trim(td_str_cut(&line, ':')), value = td_str_trim(line);
	if (same_word(name, "Content-Length")) r->has_length = read_length(value, &r->length);
	if (same_word(name, "WARC-Target-URI") && value.n > 2 && value.at[0] == '<') value.at++, value.n -= 2; /* WARC 1.0 wrote <…> */
	if (same_word(name, "WARC-Type")) return td_input_set(in, &r->type, value, err);
	if (same_word(name, "WARC-Target-URI")) return td_input_set(in, &r->uri, value, err);
	if (same_word(name, "WARC-Date")) return td_input_set(in, &r->date, value, err);
	if (same_word(name, "Content-Type")) return td_input_set(in, &r->media, value, err);
	return TD_OK;
}

static td_status read_head(td_warc *w, td_input *in, record *r, td_error *err)
{
	bool more;
	for (unsigned n = 0; n < MAX_HEADERS; n++) {
		TRY(td_lines_next(w->lines, MAX_HEADER, w->bytes, &more, err));
		if (!more) return td_fail_at(err, TD_ERR_DATA, r->byte, TD_NOWHERE, "the file ends within the head of a record");
		if (w->bytes->n == 0) return TD_OK;
		TRY(take_header(td_buf_view(w->bytes), in, r, err));
	}
	return td_fail_at(err, TD_ERR_LIMIT, r->byte, TD_NOWHERE, "a record with more than %d headers", MAX_HEADERS);
}

/* Goes to the next line that may begin a record, and keeps it. */
static void find_record(td_warc *w)
{
	bool more = true;
	while (more && !w->lines->failed && !w->held) {
		td_status status = td_lines_next(w->lines, MAX_HEADER, w->bytes, &more, NULL);
		w->held = status == TD_OK && more && td_str_starts(td_buf_view(w->bytes), TD_STR("WARC/"));
	}
}

/* Past the blank lines behind the last record to the version line; *more false at the end of the file. */
static td_status read_version(td_warc *w, bool *more, td_error *err)
{
	*more = true;
	while (!w->held) {
		TRY(td_lines_next(w->lines, MAX_HEADER, w->bytes, more, err));
		if (!*more) return TD_OK;
		w->held = w->bytes->n > 0;
	}
	w->held = false;
	if (td_str_starts(td_buf_view(w->bytes), TD_STR("WARC/"))) return TD_OK;
	return td_fail_at(err, TD_ERR_SYNTAX, w->lines->byte, TD_NOWHERE, "a WARC record must begin here, with WARC/1.0 or WARC/1.1");
}

/* ---- the response ---------------------------------------------------------------------------------------------- */

static bool read_response(td_str rest, response *r)
{
	memset(r, 0, sizeof *r);
	td_str line = td_str_cut(&rest, '\n');
	if (!td_str_starts(line, TD_STR("HTTP/"))) return false;
	(void)td_str_cut(&line, ' ');
	for (unsigned i = 0; i < 3 && i < line.n; i++) r->status = r->status * 10 + (unsigned)(line.at[i] - '0');
	for (unsigned n = 0; n < MAX_HEADERS && rest.n; n++) {
		td_str value = td_str_trim(td_str_cut(&rest, '\n'));
		if (value.n == 0) break;
		td_str name = td_str_trim(td_str_cut(&value, ':'));
		value = td_str_trim(value);
		if (same_word(name, "Content-Type")) r->media = value;
		if (same_word(name, "Transfer-Encoding")) r->transfer = value;
		if (same_word(name, "Content-Encoding")) r->coding = value;
	}
	r->body = rest;
	return true;
}

static bool is_page(const response *r)
{
	return r->status >= 200 && r->status < 300 && (begins(r->media, "text/html") || begins(r->media, "application/xhtml+xml"));
}

static int hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The size line of a chunk; false when it is none. */
static bool chunk_size(td_str *rest, size_t *size)
{
	td_str line = td_str_trim(td_str_cut(rest, '\n'));
	size_t n = 0;
	*size = 0;
	while (n < line.n && n < 8 && hex_value(line.at[n]) >= 0) *size = *size * 16 + (size_t)hex_value(line.at[n++]);
	return n > 0 && (n == line.n || line.at[n] == ';' || line.at[n] == ' ');
}

/* Some crawlers take the chunks apart and leave the header as it was: a body that does not begin with a size stays as it is. What
 * comes without its last chunks is as much of the page as there is. */
static void join_chunks(td_str body, td_buf *out)
{
	size_t size;
	td_str rest = body;
	bool first = true;
	while (rest.n && chunk_size(&rest, &size)) {
		first = false;
		if (size == 0) return;
		td_str chunk = { rest.at, size < rest.n ? size : rest.n };
		td_buf_str(out, chunk);
		rest = (td_str){ rest.at + chunk.n, rest.n - chunk.n };
		(void)td_str_cut(&rest, '\n');
	}
	if (first) td_buf_str(out, body);
}

static td_status unpack(const response *r, size_t limit, td_str body, td_buf *out, td_error *err)
{
	if (same_word(r->coding, "gzip") || same_word(r->coding, "x-gzip") || same_word(r->coding, "deflate")) {
		td_str packed = body;
		/* The same with packing: it may have been undone, and the header left. */
		if (!same_word(r->coding, "deflate") && !td_str_starts(packed, TD_STR("\x1f\x8b"))) return td_buf_str(out, body), TD_OK;
		return td_inflate(packed, limit, out, err);
	}
	if (r->coding.n && !same_word(r->coding, "identity"))
		return td_fail(err, TD_ERR_UNSUPPORTED, "its content is encoded as \"" TD_STR_FMT "\"; gzip and deflate can be read",
			(int)(r->coding.n < 20 ? r->coding.n : 20), r->coding.at);
	td_buf_str(out, body);
	return TD_OK;
}

static td_status read_page(const response *r, size_t limit, td_input *in, td_error *err)
{
	td_buf joined = { 0 }, page = { 0 };
	td_str body = r->body;
	if (begins(r->transfer, "chunked")) {
		join_chunks(body, &joined);
		body = td_buf_view(&joined);
	}
	td_status status = unpack(r, limit, body, &page, err);
	if (joined.failed || page.failed) status = td_no_memory(err);
	if (status == TD_OK) status = td_html_read(td_buf_view(&page), in, err);
	td_buf_free(&joined);
	td_buf_free(&page);
	return status;
}

/* ---- the stream ------------------------------------------------------------------------------------------------ */

/* What is known of the page without looking at it wins over what the page says of its address, not of its date. */
static td_status take_page(const record *r, const response *page, size_t limit, td_input *in, td_error *err)
{
	TRY(td_input_set(in, &in->url, r->uri, err));
	TRY(read_page(page, limit, in, err));
	if (!in->date.year) in->date = td_date_parse(r->date);
	return TD_OK;
}

static td_status read_record(td_warc *w, size_t limit, const record *r, td_input *in, bool *done, td_error *err)
{
	response page;
	bool wanted = same_word(r->type, "response") && begins(r->media, "application/http") && begins(r->uri, "http");
	if (wanted && r->length > limit) {
		TRY(td_lines_bytes(w->lines, r->length, NULL, err));
		return td_fail(err, TD_ERR_LIMIT, "a page of more than %zu bytes; --max-bytes says how many may be", limit);
	}
	w->bytes->n = 0;
	TRY(td_lines_bytes(w->lines, r->length, wanted ? w->bytes : NULL, err));
	if (!wanted || !read_response(td_buf_view(w->bytes), &page) || !is_page(&page)) {
		w->skipped++;
		return TD_OK;
	}
	*done = false;
	return take_page(r, &page, limit, in, err);
}

static td_status next_record(td_warc *w, const char *path, size_t limit, td_input *in, bool *done, bool *more, td_error *err)
{
	record r = { 0 };
	td_status status = read_version(w, more, err);
	if (status != TD_OK) find_record(w);
	if (status != TD_OK || !*more) return status;
	w->records++;
	r.byte = w->lines->byte;
	td_str name = td_arena_printf(&in->arena, "%s:%llu", path, (unsigned long long)w->records);
	if (!name.at) return td_no_memory(err);
	in->name = (td_str){ 0 };
	TRY(td_input_set(in, &in->name, name, err));
	status = read_head(w, in, &r, err);
	if (status == TD_OK && !r.has_length)
		status = td_fail_at(err, TD_ERR_SYNTAX, r.byte, TD_NOWHERE, "a record without a Content-Length");
	if (status != TD_OK) {
		find_record(w);
		return status;
	}
	status = read_record(w, limit, &r, in, done, err);
	if (status != TD_OK && err && err->byte == TD_NOWHERE) err->byte = r.byte;
	return status;
}

td_status td_warc_next(td_warc *w, const char *path, size_t limit, td_input *in, bool *done, td_error *err)
{
	bool more = true;
	while (more && *done) {
		td_status status = next_record(w, path, limit, in, done, &more, err);
		if (status == TD_OK) {
			if (*done) td_arena_reset(&in->arena);
			continue;
		}
		*done = false;
		if (in->name.n == 0) (void)td_input_set(in, &in->name, td_str_of(path), NULL);
		return status;
	}
	return TD_OK;
}
