/* Shared by the readers of sources: text files and streams (source*.c), WARC (source_warc.c), JSON (json_in.c), HTML (html*.c). */
#ifndef TD_SOURCE_IMPL_H
#define TD_SOURCE_IMPL_H

#include "doc/source.h"
#include "doc/stream.h"

/* Copies `value` into the input's arena unless *field is set already or the value is empty. Bytes that are not UTF-8 become U+FFFD. */
td_status td_input_set(td_input *in, td_str *field, td_str value, td_error *err);

/* "2017-04-12T10:00:00Z", "April 12, 2017", "Wed, 12 Apr 2017 10:00:00 GMT", "Friday, January 4, 2019": a whole day's date and nothing
 * else in it; .year 0 when it is none. */
td_date td_date_line(td_str line);

/* schema.org data of a page (JSON-LD): title, date, url, publisher, language of the first article in it. Broken JSON is passed over. */
td_status td_json_ld_read(td_str json, td_input *in, td_error *err);

bool td_looks_like_html(td_str text);

/* A file read line by line. */
typedef struct {
	td_stream *stream; /* NULL: none is open */
	bool failed;       /* nothing more can be read of it */
	uint64_t line; /* of the line read last, from 1 */
	uint64_t byte; /* where it starts */
	uint64_t read; /* bytes read so far */
	size_t at, n;
	char chunk[1 << 16];
} td_lines;

td_status td_lines_open(td_lines *lines, const char *path, td_error *err);
void td_lines_close(td_lines *lines);
/* The next line without its end into *line (cleared first); *more false at the end of the file. One that is longer than `limit` is an
 * error, and the next call goes on behind it. */
td_status td_lines_next(td_lines *lines, size_t limit, td_buf *line, bool *more, td_error *err);
/* All that is left, behind what *text holds already. */
td_status td_lines_rest(td_lines *lines, size_t limit, td_buf *text, td_error *err);
/* Exactly `n` bytes behind what *out holds, or past them when `out` is NULL. */
td_status td_lines_bytes(td_lines *lines, uint64_t n, td_buf *out, td_error *err);

/* A WARC file read record by record. */
typedef struct {
	td_lines *lines;
	td_buf *bytes; /* room for a record */
	bool held;     /* `bytes` has the next record's first line already */
	uint64_t records;
	uint64_t skipped; /* those that hold no page */
} td_warc;

/* The next page of a WARC file into *in; *done stays true at its end. On failure the next call goes on at the next record. */
td_status td_warc_next(td_warc *warc, const char *path, size_t limit, td_input *in, bool *done, td_error *err);

#endif
