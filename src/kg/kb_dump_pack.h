/* The sections of the file while they are made, each in a temporary file of its own. Private to src/kg/kb_dump*.c. */
#ifndef TD_KB_DUMP_PACK_H
#define TD_KB_DUMP_PACK_H

#include "kg/kb_dump_impl.h"

#include <stdio.h>

typedef struct {
	const td_kb_dump_options *options;
	const char *out;
	size_t memory;
	td_kb_dump_stats *stats;
	FILE *entries, *names, *cands, *titles, *pool;
	uint32_t n_entries, n_names, n_cands, n_titles;
	uint64_t n_pool, done;
	td_sort *by_name, *by_title;
	td_arena arena; /* of the entry at hand */
} kb_pack;

td_status td_kb_pack_put(const kb_pack *p, FILE *to, const void *bytes, size_t n, td_error *err);
td_status td_kb_pack_text(kb_pack *p, td_str s, kb_slice *out, td_error *err); /* into the pool */
void td_kb_pack_step(kb_pack *p, const char *phase);

/* A name of the entry that comes next, as it is written there; `weight` tells how often it is meant. */
td_status td_kb_pack_name(kb_pack *p, td_str name, uint8_t cls, uint32_t flags, float weight, td_error *err);
/* The names of all entries, gathered, into their sections; then titles. */
td_status td_kb_pack_names(kb_pack *p, td_error *err);
td_status td_kb_pack_titles(kb_pack *p, td_error *err);
td_status td_kb_pack_write(kb_pack *p, td_error *err); /* the file out of its sections */

#endif
