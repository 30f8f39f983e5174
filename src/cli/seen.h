/* The documents that a run has met so far, by name: two documents of one name would be mixed up in a file, and the second would replace the
 * first in a store. */
#ifndef TD_SEEN_H
#define TD_SEEN_H

#include "base/base.h"

typedef enum { TD_SEEN_NEVER, TD_SEEN_SAME, TD_SEEN_OTHER } td_seen_answer;

typedef struct {
	struct td_seen_slot {
		uint64_t name, content; /* hashes; name 0: empty */
	} *slots;
	size_t n, cap; /* cap: a power of two */
} td_seen;

/* Remembers the document. SAME: one of that name with the same content was there before; OTHER: one with another.
 * Beyond some millions of names (or of memory) new ones are no longer remembered. */
td_seen_answer td_seen_add(td_seen *seen, td_str iri, td_str what);
void td_seen_free(td_seen *seen);

#endif
