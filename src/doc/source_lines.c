#include "doc/source_impl.h"

static td_status refill(td_lines *l, td_error *err)
{
	l->at = l->n = 0;
	td_status status = td_stream_read(l->stream, l->chunk, sizeof l->chunk, &l->n, err);
	l->failed = status != TD_OK;
	return status;
}

td_status td_lines_open(td_lines *l, const char *path, td_error *err)
{
	l->line = l->byte = l->read = l->at = l->n = 0;
	l->failed = false;
	return td_stream_open(path, &l->stream, err);
}

void td_lines_close(td_lines *l)
{
	td_stream_close(l->stream);
	l->stream = NULL;
}

/* Moves bytes up to and with the next newline into *line, as far as `limit` allows; *ended tells that it was there. */
static void take_line(td_lines *l, size_t limit, td_buf *line, bool *ended)
{
	const char *from = l->chunk + l->at, *newline = memchr(from, '\n', l->n - l->at);
	size_t n = newline ? (size_t)(newline - from) : l->n - l->at;
	size_t room = limit + 1 > line->n ? limit + 1 - line->n : 0;
	td_buf_add(line, from, n < room ? n : room);
	l->at += n + (newline != NULL);
	l->read += n + (newline != NULL);
	*ended = newline != NULL;
}

td_status td_lines_next(td_lines *l, size_t limit, td_buf *line, bool *more, td_error *err)
{
	bool ended = false, any = false;
	line->n = 0;
	l->byte = l->read;
	while (!ended) {
		if (l->at == l->n) TRY(refill(l, err));
		if (l->n == 0) break;
		any = true;
		take_line(l, limit, line, &ended);
	}
	*more = any;
	if (any) l->line++;
	if (line->failed) return td_no_memory(err);
	if (line->n > limit)
		return td_fail_at(err, TD_ERR_LIMIT, l->byte, l->line, "a line of more than %zu bytes; cut the document into parts, or raise --max-bytes", limit);
	if (ended && line->n && line->at[line->n - 1] == '\r') line->n--;
	return TD_OK;
}

td_status td_lines_rest(td_lines *l, size_t limit, td_buf *text, td_error *err)
{
	for (;;) {
		if (l->at == l->n) TRY(refill(l, err));
		if (l->n == 0) return TD_OK;
		td_buf_add(text, l->chunk + l->at, l->n - l->at);
		l->read += l->n - l->at;
		l->at = l->n;
		if (text->failed) return td_no_memory(err);
		if (text->n > limit)
			return td_fail_at(err, TD_ERR_LIMIT, limit, TD_NOWHERE, "more than %zu bytes; cut the document into parts, or raise --max-bytes", limit);
	}
}

td_status td_lines_bytes(td_lines *l, uint64_t n, td_buf *out, td_error *err)
{
	while (n > 0) {
		if (l->at == l->n) TRY(refill(l, err));
		l->failed = l->n == 0;
		if (l->failed) return td_fail_at(err, TD_ERR_DATA, l->read, TD_NOWHERE, "the file ends too early: %llu bytes are missing", (unsigned long long)n);
		size_t now = l->n - l->at < n ? l->n - l->at : (size_t)n;
		if (out) td_buf_add(out, l->chunk + l->at, now);
		l->at += now;
		l->read += now;
		n -= now;
		if (out && out->failed) return td_no_memory(err);
	}
	return TD_OK;
}
