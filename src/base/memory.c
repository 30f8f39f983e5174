#include "base/base.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
	CHUNK_MIN = 64 << 10,  /* bytes of the first chunk of an arena */
	CHUNK_MAX = 8 << 20,   /* chunks double up to this */
	KEEP_MAX = 64 << 20,   /* a chunk larger than this is not kept over a reset */
	ARRAY_MIN = 256 << 10, /* an array of so many bytes gets a chunk of its own, that can be made longer */
	ALIGN = 16,
};

/* ---- allocation with a hook for tests ---- */

static _Atomic uint64_t fail_at; /* 0: off; 1: the next one fails */

uint64_t td_alloc_fail_at(uint64_t nth)
{
	return atomic_exchange(&fail_at, nth);
}

static bool must_fail(void)
{
	if (atomic_load_explicit(&fail_at, memory_order_relaxed) == 0) return false;
	return atomic_fetch_sub(&fail_at, 1) == 1;
}

void *td_alloc(size_t n)
{
	return must_fail() ? NULL : malloc(n ? n : 1);
}

void *td_realloc(void *old, size_t n)
{
	return must_fail() ? NULL : realloc(old, n ? n : 1);
}

void td_free(void *p)
{
	free(p);
}

bool td_mul_size(size_t a, size_t b, size_t *out)
{
	return !__builtin_mul_overflow(a, b, out);
}

/* ---- arena ---- */

struct td_chunk {
	td_chunk *next;
	size_t size; /* of the data behind the header */
	_Alignas(ALIGN) char data[];
};

void td_arena_init(td_arena *arena)
{
	const char *mode = getenv("TIDINGS_ARENA");
	*arena = (td_arena){ .exact = mode && strcmp(mode, "exact") == 0 };
}

static void use_chunk(td_arena *arena, td_chunk *chunk)
{
	arena->at = chunk->data;
	arena->end = chunk->data + chunk->size;
}

static void free_chunks(td_chunk **list)
{
	for (td_chunk *c = *list, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	*list = NULL;
}

void td_arena_reset(td_arena *arena)
{
	td_chunk *keep = NULL;
	free_chunks(&arena->arrays);
	for (td_chunk *c = arena->chunks, *next; c; c = next) {
		next = c->next;
		bool better = !arena->exact && c->size <= KEEP_MAX && (!keep || c->size > keep->size);
		td_chunk *drop = better ? keep : c;
		if (better) keep = c;
		free(drop);
	}
	arena->chunks = keep;
	arena->at = arena->end = NULL;
	arena->total = 0;
	if (!keep) return;
	keep->next = NULL;
	use_chunk(arena, keep);
}

void td_arena_free(td_arena *arena)
{
	free_chunks(&arena->chunks);
	free_chunks(&arena->arrays);
	*arena = (td_arena){ .exact = arena->exact };
}

static bool add_chunk(td_arena *arena, size_t n)
{
	size_t size = n;
	if (!arena->exact) {
		size = arena->chunks ? arena->chunks->size * 2 : CHUNK_MIN;
		if (size > CHUNK_MAX) size = CHUNK_MAX;
		if (size < n) size = n;
	}
	if (size > SIZE_MAX - sizeof(td_chunk)) return false;
	td_chunk *chunk = td_alloc(sizeof *chunk + size);
	if (!chunk) return false;
	chunk->size = size;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	use_chunk(arena, chunk);
	return true;
}

void *td_arena_alloc(td_arena *arena, size_t n)
{
	if (n > SIZE_MAX - ALIGN) return NULL;
	/* In exact mode the size is not rounded: the byte behind the object is the sanitizer's. */
	size_t need = arena->exact ? n : (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if ((arena->exact || need > (size_t)(arena->end - arena->at)) && !add_chunk(arena, need)) return NULL;
	void *p = arena->at;
	arena->at += need;
	arena->total += need;
	return p;
}

void *td_arena_zero(td_arena *arena, size_t count, size_t size)
{
	size_t n;
	if (!td_mul_size(count, size, &n)) return NULL;
	void *p = td_arena_alloc(arena, n);
	return p ? memset(p, 0, n) : NULL;
}

uint32_t *td_arena_nones(td_arena *arena, uint32_t n)
{
	uint32_t *at = td_arena_zero(arena, (size_t)n + 1, sizeof *at);
	for (uint32_t i = 0; at && i <= n; i++) at[i] = TD_NONE;
	return at;
}

td_str td_arena_str(td_arena *arena, td_str s)
{
	if (s.n == SIZE_MAX) return (td_str){ 0 };
	char *copy = td_arena_alloc(arena, s.n + 1);
	if (!copy) return (td_str){ 0 };
	if (s.n) memcpy(copy, s.at, s.n);
	copy[s.n] = '\0';
	return (td_str){ copy, s.n };
}

td_str td_arena_printf(td_arena *arena, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	char *out = n < 0 ? NULL : td_arena_alloc(arena, (size_t)n + 1);
	if (out) (void)vsnprintf(out, (size_t)n + 1, fmt, again);
	va_end(again);
	return (td_str){ out, out ? (size_t)n : 0 };
}

/* A chunk for the array alone, in place of the one that it has or of none; its first `used` bytes are kept. */
static void *grow_large(td_arena *arena, const void *at, size_t used, size_t bytes)
{
	td_chunk **link = &arena->arrays;
	while (*link && (*link)->data != at) link = &(*link)->next;
	td_chunk *old = *link;
	if (bytes > SIZE_MAX - sizeof(td_chunk)) return NULL;
	td_chunk *chunk = td_realloc(old, sizeof *chunk + bytes);
	if (!chunk) return NULL;
	arena->total += bytes - (old ? chunk->size : 0);
	if (!old) {
		chunk->next = NULL;
		if (used) memcpy(chunk->data, at, used);
	}
	chunk->size = bytes;
	*link = chunk;
	return chunk->data;
}

bool td_grow(td_arena *arena, void **at, uint32_t n, uint32_t *cap, size_t size)
{
	size_t bytes;
	if (n < *cap) return true;
	if (*cap >= TD_NONE / 2) return false;
	uint32_t more = *cap ? *cap * 2 : 16;
	if (!td_mul_size(more, size, &bytes)) return false;
	bool large = !arena->exact && bytes >= ARRAY_MIN;
	void *grown = large ? grow_large(arena, *at, (size_t)n * size, bytes) : td_arena_alloc(arena, bytes);
	if (!grown) return false;
	if (n && !large) memcpy(grown, *at, (size_t)n * size);
	*at = grown;
	*cap = more;
	return true;
}

/* ---- buffer ---- */

static bool buf_room(td_buf *buf, size_t n)
{
	if (buf->failed) return false;
	if (n <= buf->cap - buf->n) return true;
	size_t cap = buf->cap ? buf->cap : 256;
	while (cap - buf->n < n) {
		if (cap > SIZE_MAX / 2) return !(buf->failed = true);
		cap *= 2;
	}
	char *grown = td_realloc(buf->at, cap);
	if (!grown) return !(buf->failed = true);
	buf->at = grown;
	buf->cap = cap;
	return true;
}

void td_buf_add(td_buf *buf, const void *bytes, size_t n)
{
	if (n == 0 || !buf_room(buf, n)) return;
	memcpy(buf->at + buf->n, bytes, n);
	buf->n += n;
}

void td_buf_str(td_buf *buf, td_str s)
{
	td_buf_add(buf, s.at, s.n);
}

void td_buf_char(td_buf *buf, char c)
{
	td_buf_add(buf, &c, 1);
}

void td_buf_printf(td_buf *buf, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n >= 0 && buf_room(buf, (size_t)n + 1)) {
		(void)vsnprintf(buf->at + buf->n, (size_t)n + 1, fmt, again);
		buf->n += (size_t)n;
	}
	va_end(again);
}

void td_buf_free(td_buf *buf)
{
	td_free(buf->at);
	*buf = (td_buf){ 0 };
}
