/* N-Triples and N-Quads, line by line: https://www.w3.org/TR/n-triples/, https://www.w3.org/TR/n-quads/. For files of any size and any
 * origin; raptor is for the other syntaxes. */
#ifndef TD_NTRIPLES_H
#define TD_NTRIPLES_H

#include "kg/triple.h"

enum { TD_NTRIPLES_LINE = 1 << 20 }; /* bytes of a line at most */

/* Reads one line without its end. *none: it holds no statement (empty, or a comment). What the triple points to is in the line or in
 * *scratch (used up to the next call). A graph name is allowed and skipped. Errors tell the byte in the line. */
td_status td_ntriples_line(td_str line, td_buf *scratch, td_triple *out, bool *none, td_error *err);

/* The same, with the name of the graph: empty when there is none. */
td_status td_nquads_line(td_str line, td_buf *scratch, td_triple *out, td_str *graph, bool *none, td_error *err);

typedef struct {
	/* Each triple; TD_OK to go on. */
	td_status (*each)(void *context, const td_triple *triple, td_error *err);
	/* A line that could not be read, with its number; it is left out. May be NULL. */
	void (*bad)(void *context, const char *path, const td_error *why);
	/* From time to time: bytes of the file (packed, if it is) that were read. May be NULL. */
	void (*step)(void *context, uint64_t bytes);
	void *context;
} td_ntriples_sink;

/* A file, plain or packed by gzip or Zstandard, or standard input for "-". *lines, *failed: how many lines there were, and how many of them were bad.
 * Fails when the file cannot be read, or when it has bad lines only. */
td_status td_ntriples_read(const char *path, const td_ntriples_sink *sink, uint64_t *lines, uint64_t *failed, td_error *err);

#endif
