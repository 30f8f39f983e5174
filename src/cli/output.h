/* Where data goes: standard output, or a file that is never left half written. */
#ifndef TD_OUTPUT_H
#define TD_OUTPUT_H

#include "base/base.h"

/* Bytes may be held back until the first document has gone well, so that a run that fails at once leaves nothing behind. */
typedef struct {
	FILE *file;
	char *target, *temporary; /* NULL when the bytes go straight to standard output, a device or a pipe */
	td_buf held;
	bool holding;
	int error;                /* errno of the first failed write; stays behind td_output_close */
} td_output;

/* `path` NULL or "-" is standard output. A regular file is written beside its place and renamed at td_output_close; a signal
 * that ends the program removes it. One at a time. */
td_status td_output_open(const char *path, bool hold, td_output *out, td_error *err);
bool td_output_put(void *out, const char *bytes, size_t n); /* a td_put */
/* Lets go what was held and flushes; false when it could not be written. */
bool td_output_flush(td_output *out);
td_status td_output_close(td_output *out, td_error *err);   /* proves that all was written; discards on failure */
void td_output_discard(td_output *out);
/* The error of the first failed write. Its text is empty when the reader of a pipe has gone: that is no news to anybody. */
td_status td_output_failed(const td_output *out, td_error *err);

/* All of a buffer to `path`, in one go. */
td_status td_output_write(const char *path, const td_buf *bytes, td_error *err);

#endif
