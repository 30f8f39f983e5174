#include "base/base.h"

int td_str_cmp(td_str a, td_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.at, b.at, n) : 0;
	if (c) return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool td_str_starts(td_str s, td_str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.at, prefix.at, prefix.n) == 0);
}

bool td_str_ends(td_str s, td_str suffix)
{
	return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.at + s.n - suffix.n, suffix.at, suffix.n) == 0);
}

static bool ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

td_str td_str_trim(td_str s)
{
	while (s.n && ascii_space(s.at[0])) s.at++, s.n--;
	while (s.n && ascii_space(s.at[s.n - 1])) s.n--;
	return s;
}

td_str td_str_cut(td_str *rest, char sep)
{
	const char *at = rest->n ? memchr(rest->at, sep, rest->n) : NULL;
	td_str head = *rest;
	if (!at) {
		*rest = (td_str){ rest->n ? rest->at + rest->n : rest->at, 0 };
		return head;
	}
	head.n = (size_t)(at - rest->at);
	*rest = (td_str){ at + 1, rest->n - head.n - 1 };
	return head;
}

/* ---- hash: FNV-1a 64 (http://www.isthe.com/chongo/tech/comp/fnv/), then the finalizer of splitmix64, as the low bits
 * of FNV alone are weak. ---- */

uint64_t td_hash_mix(uint64_t h, uint64_t v)
{
	h += v + 0x9e3779b97f4a7c15u;
	h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
	h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
	return h ^ (h >> 31);
}

uint64_t td_hash(td_str s)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.at[i]) * 0x100000001b3u;
	return td_hash_mix(h, 0);
}

/* ---- map ---- */

struct td_map_slot {
	td_str key; /* .at NULL: free */
	uint32_t hash, value;
};

void td_map_init(td_map *map, td_arena *arena)
{
	*map = (td_map){ .arena = arena };
}

/* The slot of `key`, or the free one where it belongs. The table is never full. */
static struct td_map_slot *find(struct td_map_slot *slots, uint32_t cap, td_str key, uint32_t hash)
{
	for (uint32_t i = hash & (cap - 1);; i = (i + 1) & (cap - 1)) {
		struct td_map_slot *slot = &slots[i];
		if (!slot->key.at || (slot->hash == hash && td_str_eq(slot->key, key))) return slot;
	}
}

static bool map_grow(td_map *map)
{
	uint32_t cap = map->cap ? map->cap * 2 : 64;
	if (cap > 1u << 30) return false;
	struct td_map_slot *slots = td_arena_zero(map->arena, cap, sizeof *slots);
	if (!slots) return false;
	for (uint32_t i = 0; i < map->cap; i++)
		if (map->slots[i].key.at) *find(slots, cap, map->slots[i].key, map->slots[i].hash) = map->slots[i];
	map->slots = slots;
	map->cap = cap;
	return true;
}

bool td_map_put(td_map *map, td_str key, uint32_t value)
{
	if (map->n >= map->cap / 2 && !map_grow(map)) return false;
	if (!key.at) key.at = "";
	uint32_t hash = (uint32_t)td_hash(key);
	struct td_map_slot *slot = find(map->slots, map->cap, key, hash);
	if (!slot->key.at) map->n++;
	*slot = (struct td_map_slot){ key, hash, value };
	return true;
}

uint32_t td_map_get(const td_map *map, td_str key)
{
	if (map->n == 0) return TD_NONE;
	const struct td_map_slot *slot = find(map->slots, map->cap, key, (uint32_t)td_hash(key));
	return slot->key.at ? slot->value : TD_NONE;
}
