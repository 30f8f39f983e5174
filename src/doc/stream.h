/* Bytes of a file or of standard input, unpacked on the way: gzip (also of several members) and Zstandard (several frames) are
 * known by their first bytes, which no UTF-8 text begins with. */
#ifndef TD_STREAM_H
#define TD_STREAM_H

#include "base/base.h"

typedef struct td_stream td_stream;

/* "-" is standard input, which stays open at td_stream_close. */
td_status td_stream_open(const char *path, td_stream **out, td_error *err);
/* What is there, up to `cap` bytes, without waiting for more; *n 0 at the end. Damaged data are an error with the byte of the
 * packed file near which they lie. */
td_status td_stream_read(td_stream *stream, char *to, size_t cap, size_t *n, td_error *err);
uint64_t td_stream_at(const td_stream *stream); /* bytes of the file, as they lie there, that were used so far */
bool td_stream_packed(const td_stream *stream); /* known behind the first td_stream_read */
void td_stream_close(td_stream *stream); /* NULL is allowed */

/* Unpacks gzip, zlib or bare deflate data (HTTP says "deflate" to both) behind what *out holds; at most `limit` bytes in it. */
td_status td_inflate(td_str packed, size_t limit, td_buf *out, td_error *err);

#endif
