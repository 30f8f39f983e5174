/* The graphs that a run has made so far, by name: two documents of one name would be mixed up in a file, and the second would replace the
 * first in a store. */
#ifndef TD_SEEN_H
#define TD_SEEN_H

#include "kg/triple.h"

typedef enum { TD_SEEN_NEVER, TD_SEEN_SAME, TD_SEEN_OTHER } td_seen_answer;

typedef struct {
	struct td_seen_slot {
		uint64_t name, content; /* hashes; name 0: empty */
	} *slots;
	size_t n, cap; /* cap: a power of two */
} td_seen;

/* Remembers the graph. SAME: one of that name with the same triples was there before; OTHER: one with other triples.
 * Beyond some millions of names (or of memory) new ones are no longer remembered. */
td_seen_answer td_seen_add(td_seen *seen, const td_graph *graph);
void td_seen_free(td_seen *seen);

#endif
