/* Base: status and error, arena, slices, growable arrays and buffers, UTF-8, hashing, read-only mapped files.
 *
 * Everything above stands on this header. Nothing here prints, exits or keeps global state (but for the allocation
 * hook that the tests use). */
#ifndef TD_BASE_H
#define TD_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- status and error ---------------------------------------------------------------------------------------- */

#define TD_STATUS_MAP(X) \
	X(TD_OK, "success") \
	X(TD_ERR_USAGE, "usage error") \
	X(TD_ERR_IO, "input/output error") \
	X(TD_ERR_MEMORY, "out of memory") \
	X(TD_ERR_UTF8, "invalid UTF-8") \
	X(TD_ERR_SYNTAX, "syntax error") \
	X(TD_ERR_EMPTY, "no text") \
	X(TD_ERR_LIMIT, "limit exceeded") \
	X(TD_ERR_DATA, "damaged or unfit data file") \
	X(TD_ERR_NETWORK, "network error") \
	X(TD_ERR_AUTH, "not authorized") \
	X(TD_ERR_STORE, "refused by the store") \
	X(TD_ERR_UNSUPPORTED, "not supported") \
	X(TD_ERR_INTERNAL, "internal error")

typedef enum {
#define TD_STATUS_ENUM(name, text) name,
	TD_STATUS_MAP(TD_STATUS_ENUM)
#undef TD_STATUS_ENUM
	TD_STATUS_COUNT
} td_status;

const char *td_status_text(td_status status); /* static English text, never NULL */

/* Where and why something failed. `line` counts from 1, `byte` from 0; either is TD_NOWHERE when it has no meaning. */
#define TD_NOWHERE UINT64_MAX
typedef struct {
	td_status status;
	uint64_t byte, line;
	char text[512]; /* what went wrong and what to do about it, without a final newline */
} td_error;

/* Fills *err (NULL is allowed) and returns `status`, so that `return td_fail(…)` is all a caller writes. */
td_status td_fail(td_error *err, td_status status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
td_status td_fail_at(td_error *err, td_status status, uint64_t byte, uint64_t line, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
td_status td_no_memory(td_error *err);

/* The only control-flow macro: propagates a failure. */
#define TRY(expr) \
	do { \
		td_status try_status_ = (expr); \
		if (try_status_ != TD_OK) return try_status_; \
	} while (0)

/* ---- slices -------------------------------------------------------------------------------------------------- */

/* A slice of bytes that somebody else owns; not NUL-terminated. An empty slice may have at == NULL. */
typedef struct {
	const char *at;
	size_t n;
} td_str;

#define TD_STR(literal) ((td_str){ "" literal, sizeof(literal) - 1 })
#define TD_STR_FMT "%.*s"
#define TD_STR_ARG(s) (int)(s).n, (s).at

static inline td_str td_str_of(const char *z)
{
	return (td_str){ z, z ? strlen(z) : 0 };
}
static inline bool td_str_eq(td_str a, td_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n) == 0);
}
int td_str_cmp(td_str a, td_str b); /* byte order, as memcmp, shorter first */
bool td_str_starts(td_str s, td_str prefix);
bool td_str_ends(td_str s, td_str suffix);
td_str td_str_trim(td_str s); /* ASCII white space off both ends */
/* Cuts the part before `sep` off *rest and returns it; the whole rest when there is none. */
td_str td_str_cut(td_str *rest, char sep);

/* ---- memory -------------------------------------------------------------------------------------------------- */

/* All memory of the library comes from here. The hook makes the n-th allocation from now fail (0: off), and returns how many there
 * would still have been before that of the last call: 0 when it has failed. Tests only. */
void *td_alloc(size_t n);
void *td_realloc(void *old, size_t n);
void td_free(void *p);
uint64_t td_alloc_fail_at(uint64_t nth);

/* An arena: allocations are freed together. td_arena_reset keeps the largest chunk for the next document.
 * With the environment variable TIDINGS_ARENA=exact each object gets a chunk of its own, so that sanitizers see overflows. */
typedef struct td_chunk td_chunk;
typedef struct {
	td_chunk *chunks; /* newest first */
	td_chunk *arrays; /* large arrays, each in a chunk of its own */
	char *at, *end;
	size_t total; /* bytes handed out since the last reset */
	bool exact;
} td_arena;

void td_arena_init(td_arena *arena);
void td_arena_reset(td_arena *arena);
void td_arena_free(td_arena *arena);
void *td_arena_alloc(td_arena *arena, size_t n); /* 16-byte aligned, not cleared; NULL when out of memory */
void *td_arena_zero(td_arena *arena, size_t count, size_t size); /* cleared, overflow-checked */
uint32_t *td_arena_nones(td_arena *arena, uint32_t n); /* [n + 1] indices that point nowhere: TD_NONE each; NULL without memory */
/* Copies; .at is NUL-terminated beyond .n, and NULL only when out of memory. */
td_str td_arena_str(td_arena *arena, td_str s);
td_str td_arena_printf(td_arena *arena, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A flat array in an arena. Elements are referred to by index: growth moves them.
 *     TD_ARRAY(td_token) toks;   if (!TD_PUSH(&doc->arena, &doc->toks, tok)) return td_no_memory(err); */
#define TD_ARRAY(type) \
	struct { \
		type *at; \
		uint32_t n, cap; \
	}
#define TD_PUSH(arena, array, ...) \
	(td_grow((arena), (void **)&(array)->at, (array)->n, &(array)->cap, sizeof *(array)->at) \
			? ((array)->at[(array)->n++] = (__VA_ARGS__), true) \
			: false)
/* Makes room for one more element behind `n`; false when out of memory or beyond 2^31 elements. A large array grows where it is, or moves
 * and leaves nothing behind: its memory is what is in it. */
bool td_grow(td_arena *arena, void **at, uint32_t n, uint32_t *cap, size_t size);

/* A growable byte buffer on the heap. After a failed append `failed` stays set and further appends do nothing, so that
 * one check at the end is enough. */
typedef struct {
	char *at;
	size_t n, cap;
	bool failed;
} td_buf;

void td_buf_add(td_buf *buf, const void *bytes, size_t n);
void td_buf_str(td_buf *buf, td_str s);
void td_buf_char(td_buf *buf, char c);
void td_buf_printf(td_buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static inline td_str td_buf_view(const td_buf *buf)
{
	return (td_str){ buf->at, buf->n };
}
void td_buf_free(td_buf *buf); /* leaves an empty, usable buffer */

bool td_mul_size(size_t a, size_t b, size_t *out); /* false on overflow */

/* ---- hash and map -------------------------------------------------------------------------------------------- */

uint64_t td_hash(td_str s); /* FNV-1a 64 with a final mix: the same on every machine */
uint64_t td_hash_mix(uint64_t h, uint64_t v);

/* String to uint32_t, open addressing, in an arena. Keys are slices that must outlive the map. */
typedef struct {
	td_arena *arena;
	struct td_map_slot *slots;
	uint32_t n, cap;
} td_map;

void td_map_init(td_map *map, td_arena *arena);
bool td_map_put(td_map *map, td_str key, uint32_t value); /* replaces; false when out of memory */
uint32_t td_map_get(const td_map *map, td_str key);       /* TD_NONE when absent */

enum { TD_NONE = UINT32_MAX >> 1 }; /* "no index": also fits an int */

/* ---- UTF-8 and Unicode (utf8proc behind it) -------------------------------------------------------------------- */

/* Byte offset of the first invalid sequence (RFC 3629: no surrogates, nothing overlong), or s.n when all is valid. */
size_t td_utf8_check(td_str s);
/* Decodes one code point of valid UTF-8 at *at (< end) and moves on. */
uint32_t td_utf8_next(const char **at, const char *end);
size_t td_utf8_count(td_str s); /* code points in valid UTF-8 */
size_t td_utf8_put(uint32_t cp, char out[4]);
bool td_is_letter(uint32_t cp);
bool td_is_upper(uint32_t cp);
bool td_is_digit(uint32_t cp);
bool td_is_space(uint32_t cp); /* Unicode White_Space, also U+FEFF and U+200B */
td_str td_lower(td_arena *arena, td_str s); /* simple lower-casing; .at NULL when out of memory */
/* For comparing names: lower case, accents removed, ł→l, ß→ss, typographic quotes and dashes to ASCII. */
td_str td_fold(td_arena *arena, td_str s);

/* ---- files --------------------------------------------------------------------------------------------------- */

/* A file mapped read-only. bytes.at is NULL for an empty file. */
typedef struct {
	td_str bytes;
	void *map_;
} td_mapped;

td_status td_map_file(const char *path, td_mapped *out, td_error *err);
void td_unmap_file(td_mapped *mapped);
/* A checked look into a mapped file: NULL when [offset, offset + count*size) is not inside or not aligned to `align`. */
const void *td_at(td_str bytes, uint64_t offset, uint64_t count, size_t size, size_t align);
uint32_t td_crc32(td_str bytes); /* IEEE 802.3 (zlib) */
/* Mixes into *h what tells the file's content from others: size and bytes; of a large file only its beginning, which in the program's own
 * formats holds a checksum of the rest. */
td_status td_fingerprint_file(const char *path, uint64_t *h, td_error *err);
/* Where a data file of the program is: $TIDINGS_DATA, then share/ beside the program, then ../share/tidings, then the
 * directory compiled in. Writes the path into `out`; fails with the list of places tried. */
td_status td_data_path(const char *name, char *out, size_t cap, td_error *err);

#endif
