/* Files of RDF into a knowledge base of the user: each file by the reader that fits it, all into one dump. */
#ifndef TD_KB_IMPORT_H
#define TD_KB_IMPORT_H

#include "kg/kb_dump.h"

typedef struct {
	td_kb_dump_options dump; /* rules NULL: the installed table */
	/* A line that could not be read; it is left out. May be NULL. */
	void (*bad)(void *context, const char *path, const td_error *why);
	/* From time to time: how far it has come in the files; total 0: not known. May be NULL. */
	void (*step)(void *context, const char *path, uint64_t bytes, uint64_t total);
	void *context;
} td_kb_import_options;

typedef struct {
	td_kb_dump_stats dump;
	uint64_t lines, failed; /* of N-Triples */
} td_kb_import_stats;

/* Files in N-Triples and N-Quads (.nt, .nq, .nt.gz, .nq.gz, "-" for standard input) are read line by line, whatever their size; all
 * others by Redland, up to TD_KB_IMPORT_PARSED bytes and not packed, unless their beginning shows that they are N-Triples all the same. */
enum { TD_KB_IMPORT_PARSED = 64 << 20 };
td_status td_kb_import(char *const *files, size_t n, const char *out, const td_kb_import_options *options, td_kb_import_stats *stats, td_error *err);

#endif
