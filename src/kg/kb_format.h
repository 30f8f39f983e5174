/* The knowledge base's file, as td_kb_build and td_kb_dump_finish write it and td_kb_open maps it. Private to src/kg/kb*.c.
 *
 *     header | entries | names | candidates | terms | titles | string pool | checksums of blocks
 *
 * Numbers are in the machine's byte order; `order` tells a file from a machine of the other one. Entries are sorted by key. Names are
 * sorted by hash, then bytes, and found by interpolation: hashes lie evenly, so that a few steps do for millions. Each name has its
 * candidates behind one another, best first. Titles are entries by their DBpedia title, where that is not the key.
 *
 * A file of up to KB_WHOLE bytes is checked as a whole when it is opened. A larger one has a checksum for each block of
 * KB_BLOCK bytes, which is checked when the block is first looked into: opening gigabytes takes milliseconds, and nothing is
 * believed that was not checked. What lies in a damaged block is not found, and td_kb_damaged tells so.
 *
 * Nothing in here is trusted beyond that: every index is checked where it is followed. */
#ifndef TD_KB_FORMAT_H
#define TD_KB_FORMAT_H

#include "kg/kb.h"

#define TD_KB_MAGIC "TidingKB"
enum { TD_KB_ORDER = 0x01020304, TD_KB_VERSION = 3, KB_BLOCK = 1 << 14, KB_WHOLE = 8 << 20 };

typedef struct {
	char magic[8];
	uint32_t order, version;
	uint32_t crc;      /* of everything behind it or, when there are checksums of blocks, of the rest of the header and those */
	uint32_t n_entries, n_names, n_cands, n_terms, n_titles; /* sections follow in this order without gaps */
	uint32_t n_sums;   /* blocks behind the header, or 0 */
	uint32_t n_pool, n_pool_high; /* bytes, with padding: a multiple of 4 */
	uint32_t pad;
} kb_header;

enum { KB_CRC_FROM = 20 }; /* what the header's checksum covers begins here */

/* Up to 65535 bytes of the pool, which may have 2^48. */
typedef struct {
	uint32_t at;
	uint16_t high, n;
} kb_slice;

typedef struct {
	kb_slice key, label, dbpedia, iri;
	uint32_t country; /* entry or TD_NONE */
	float prior;
	uint8_t cls, gender;
	uint16_t pad;
} kb_entry;

typedef struct {
	uint32_t hash;     /* kb_name_hash */
	kb_slice text;     /* normalised by td_kb_normal */
	uint32_t first, n; /* candidates */
} kb_name;

static inline uint32_t kb_name_hash(td_str normal)
{
	return (uint32_t)(td_hash(normal) >> 32);
}
static inline kb_slice kb_slice_make(uint64_t at, size_t n)
{
	return (kb_slice){ (uint32_t)at, (uint16_t)(at >> 32), (uint16_t)n };
}
static inline uint64_t kb_slice_at(kb_slice s)
{
	return (uint64_t)s.high << 32 | s.at;
}

typedef struct {
	uint32_t entry;
	float prior;
	uint32_t flags; /* KB_PRIMARY… */
} kb_cand;

/* A candidate is found by an exact spelling, by the sound alone, or as the institution of a place ("parliament"). */
enum { KB_PRIMARY = 1, KB_DEMONYM = 2, KB_VARIANT = 4, KB_GENERIC = 8, KB_WAY = KB_VARIANT | KB_GENERIC };

/* Who held which office from when to when: months as year * 12 + month - 1, both ends included. Sorted by place, title, from. */
typedef struct {
	uint32_t place, person;
	kb_slice title;
	uint32_t from, to; /* to: KB_STILL while it lasts */
} kb_term;

enum { KB_STILL = INT32_MAX };

_Static_assert(sizeof(kb_header) == 56 && sizeof(kb_entry) == 44 && sizeof(kb_name) == 20 && sizeof(kb_cand) == 12 &&
		       sizeof(kb_term) == 24 && offsetof(kb_header, crc) + 4 == KB_CRC_FROM,
	"the layout is the file format");

enum { KB_MAX_CANDIDATES = 256 }; /* of one name in each way of finding; the lightest are left out */
enum { TD_KB_MAX_NAME = 160 }; /* bytes of a name that is looked up */
enum { TD_KB_MAX_KEY = 2048 };  /* bytes of a key or an IRI */

/* One form for all spellings of a name that has gone through td_fold: no dots of abbreviations, no apostrophes, hyphens as
 * spaces, no leading "the", no possessive. Returns the length written, 0 when nothing is left or it is too long. */
size_t td_kb_normal(td_str folded, char out[TD_KB_MAX_NAME]);
/* A coarser form for transliterated names ("Qassem", "Qasem" → "kasam"; "Sergey", "Sergei"): of a normal form with at
 * least two words; 0 for others. */
size_t td_kb_skeleton(td_str normal, char out[TD_KB_MAX_NAME]);

#endif
