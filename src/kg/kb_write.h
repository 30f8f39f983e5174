/* Writing the knowledge base's file, section by section, in little memory. Private to src/kg/kb*.c. */
#ifndef TD_KB_WRITE_H
#define TD_KB_WRITE_H

#include "kg/kb_format.h"

typedef struct {
	const char *path; /* where it will stand */
	char *temp;       /* its name until then; only now and then used: see `nameless` */
	bool nameless;    /* it has no name yet, so that it vanishes with the process */
	FILE *file;
	td_buf sums;      /* of the blocks so far */
	uint64_t n;       /* bytes behind the header */
	uint32_t crc, block; /* of all bytes behind the header; of the block at hand */
} kb_writer;

/* Whether a file could be made there, before hours of work for it. */
td_status td_kb_writer_check(const char *path, td_error *err);
/* A writer that was opened is closed or dropped. The file takes its place, complete and on the disk, in td_kb_writer_close: before that
 * the old one stands there, or none. */
td_status td_kb_writer_open(const char *path, kb_writer *w, td_error *err);
td_status td_kb_writer_put(kb_writer *w, const void *bytes, size_t n, td_error *err);
/* `header` tells the counts of the sections; the rest of it is filled in. The pool was put last. */
td_status td_kb_writer_close(kb_writer *w, kb_header *header, uint64_t n_pool, td_error *err);
void td_kb_writer_drop(kb_writer *w);

/* A file without a name in the folder of `beside`: gone when it is closed, or when the process ends in any way. */
td_status td_kb_temporary(const char *beside, FILE **out, td_error *err);

#endif
