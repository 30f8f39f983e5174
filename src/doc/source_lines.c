#include "doc/source_impl.h"

#include <errno.h>
#include <unistd.h>

/* Not fread: it would wait until a whole chunk is there, and a feed is to be answered document by document. */
static td_status refill(td_lines *l, td_error *err)
{
	ssize_t n;
	l->at = l->n = 0;
	do n = read(fileno(l->file), l->chunk, sizeof l->chunk);
	while (n < 0 && errno == EINTR);
	if (n < 0) return td_fail(err, TD_ERR_IO, "cannot read it: %s", strerror(errno));
	l->n = (size_t)n;
	return TD_OK;
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
		return td_fail_at(err, TD_ERR_LIMIT, l->byte, l->line, "a line of more than %zu bytes; cut the document into parts", limit);
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
			return td_fail_at(err, TD_ERR_LIMIT, limit, TD_NOWHERE, "more than %zu bytes; cut the document into parts", limit);
	}
}
