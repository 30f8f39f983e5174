/* Entities of one entry of the knowledge base, or of one article, become one. */
#include "kg/link.h"

static void absorb(td_entity *into, const td_entity *from)
{
	into->n_mentions += from->n_mentions;
	into->named |= from->named;
	if (from->confidence > into->confidence) into->confidence = from->confidence;
	if (into->gender == TD_GENDER_UNKNOWN) into->gender = from->gender;
	if (into->number == TD_NUMBER_UNKNOWN) into->number = from->number;
}

typedef struct {
	uint64_t *kb_at;   /* entry << 32 | new index: open addressing, all ones is empty */
	uint32_t cap;
	td_map articles;   /* title to new index, of those without an entry */
} entry_map;

static uint64_t *slot_of(const entry_map *map, uint32_t entry)
{
	uint64_t at = td_hash_mix(0, entry) & (map->cap - 1);
	while (map->kb_at[at] != UINT64_MAX && map->kb_at[at] >> 32 != entry) at = (at + 1) & (map->cap - 1);
	return &map->kb_at[at];
}

/* The entity met before that is the same thing; TD_NONE, and then `n` is its index from now on. */
static td_status same_thing(entry_map *map, const td_entity *e, uint32_t n, uint32_t *same, td_error *err)
{
	*same = TD_NONE;
	if (e->kb != TD_NONE) {
		uint64_t *slot = slot_of(map, e->kb);
		if (*slot != UINT64_MAX) *same = (uint32_t)*slot;
		else *slot = (uint64_t)e->kb << 32 | n;
	} else if (e->article.n) {
		*same = td_map_get(&map->articles, e->article);
		if (*same == TD_NONE && !td_map_put(&map->articles, e->article, n)) return td_no_memory(err);
	}
	return TD_OK;
}

/* Fills to[old] = new index and closes the gaps. */
static td_status compact(td_doc *doc, entry_map *map, uint32_t *to, td_error *err)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < doc->entities.n; i++) {
		td_entity *e = &doc->entities.at[i];
		TRY(same_thing(map, e, n, &to[i], err));
		if (to[i] != TD_NONE) {
			absorb(&doc->entities.at[to[i]], e);
			continue;
		}
		to[i] = n;
		doc->entities.at[n++] = *e;
	}
	doc->entities.n = n;
	return TD_OK;
}

static void follow(uint32_t *at, const uint32_t *to, uint32_t n)
{
	if (*at < n) *at = to[*at];
}

static void repoint(td_doc *doc, const uint32_t *to, uint32_t n)
{
	for (uint32_t i = 0; i < doc->mentions.n; i++) follow(&doc->mentions.at[i].entity, to, n);
	for (uint32_t i = 0; i < doc->positions.n; i++) {
		follow(&doc->positions.at[i].holder, to, n);
		follow(&doc->positions.at[i].organization, to, n);
	}
	for (uint32_t i = 0; i < doc->relations.n; i++) {
		follow(&doc->relations.at[i].subject, to, n);
		follow(&doc->relations.at[i].object, to, n);
	}
	for (uint32_t i = 0; i < doc->quotes.n; i++) follow(&doc->quotes.at[i].speaker, to, n);
	for (uint32_t i = 0; i < doc->attributions.n; i++) follow(&doc->attributions.at[i].source, to, n);
	for (uint32_t i = 0; i < doc->args.n; i++)
		if (!doc->args.at[i].is_event) follow(&doc->args.at[i].target, to, n);
}

/* A relation that has become one of an entity with itself says nothing. */
static void drop_loops(td_doc *doc)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < doc->relations.n; i++)
		if (doc->relations.at[i].subject != doc->relations.at[i].object) doc->relations.at[n++] = doc->relations.at[i];
	doc->relations.n = n;
}

td_status td_link_merge(td_doc *doc, td_error *err)
{
	entry_map map = { .cap = 16 };
	uint32_t n = doc->entities.n;

	while (map.cap < 2 * (uint64_t)n) map.cap *= 2;
	map.kb_at = td_arena_alloc(&doc->arena, map.cap * sizeof *map.kb_at);
	uint32_t *to = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *to);
	if (!map.kb_at || !to) return td_no_memory(err);
	memset(map.kb_at, 0xff, map.cap * sizeof *map.kb_at);
	td_map_init(&map.articles, &doc->arena);
	TRY(compact(doc, &map, to, err));
	repoint(doc, to, n);
	drop_loops(doc);
	return TD_OK;
}
