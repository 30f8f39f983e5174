/* "President Joe Biden" in a story about Israel: of which state an office is, the knowledge base knows better than the story. */
#include "kg/link.h"

#include <stdlib.h>

typedef struct {
	uint32_t entry, entity;
} linked;

static int by_entry(const void *a, const void *b)
{
	const linked *x = a, *y = b;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

/* Entities are one an entry by now. */
td_status td_link_offices(td_doc *doc, const td_kb *kb, td_error *err)
{
	uint32_t n = 0;
	linked *all = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, sizeof *all);
	if (!all) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->entities.n; i++)
		if (doc->entities.at[i].kb != TD_NONE) all[n++] = (linked){ doc->entities.at[i].kb, i };
	qsort(all, n, sizeof *all, by_entry);
	for (uint32_t i = 0; i < doc->positions.n; i++) {
		td_position *p = &doc->positions.at[i];
		uint32_t holder = doc->entities.at[p->holder].kb;
		linked key = { p->of_state && holder != TD_NONE ? td_kb_get(kb, holder).country : TD_NONE, 0 };
		if (key.entry == TD_NONE) continue;
		const linked *state = bsearch(&key, all, n, sizeof *all, by_entry);
		p->organization = state ? state->entity : TD_NONE;
	}
	return TD_OK;
}
