#include "cli/seen.h"

enum { FIRST_CAP = 1024, MAX_SEEN = 4 << 20 /* 128 MB */ };

/* The slot that holds the name, or the empty one where it would go. */
static struct td_seen_slot *find(const td_seen *seen, uint64_t name)
{
	size_t i = name & (seen->cap - 1);
	while (seen->slots[i].name && seen->slots[i].name != name) i = (i + 1) & (seen->cap - 1);
	return &seen->slots[i];
}

/* At most half full, so that `find` always meets an empty slot. */
static bool make_room(td_seen *seen)
{
	if (seen->n * 2 < seen->cap) return true;
	if (seen->n >= MAX_SEEN) return false;
	td_seen bigger = { .n = seen->n, .cap = seen->cap ? seen->cap * 2 : FIRST_CAP };
	bigger.slots = td_alloc(bigger.cap * sizeof *bigger.slots);
	if (!bigger.slots) return false;
	memset(bigger.slots, 0, bigger.cap * sizeof *bigger.slots);
	for (size_t i = 0; i < seen->cap; i++)
		if (seen->slots[i].name) *find(&bigger, seen->slots[i].name) = seen->slots[i];
	td_free(seen->slots);
	*seen = bigger;
	return true;
}

td_seen_answer td_seen_add(td_seen *seen, td_str iri, td_str what)
{
	uint64_t name = td_hash(iri) | 1; /* 0 marks an empty slot */
	bool room = make_room(seen);
	if (!seen->cap) return TD_SEEN_NEVER;
	struct td_seen_slot *slot = find(seen, name);
	uint64_t content = td_hash(what);
	if (slot->name) return slot->content == content ? TD_SEEN_SAME : TD_SEEN_OTHER;
	if (!room) return TD_SEEN_NEVER;
	*slot = (struct td_seen_slot){ name, content };
	seen->n++;
	return TD_SEEN_NEVER;
}

void td_seen_free(td_seen *seen)
{
	td_free(seen->slots);
	*seen = (td_seen){ 0 };
}
