/* The knowledge base's file, as td_kb_build writes it and td_kb_open maps it. Private to src/kg/kb*.c.
 *
 *     header | entries | names | candidates | terms | string pool
 *
 * Numbers are in the machine's byte order; `order` tells a file from a machine of the other one. Names are sorted by their bytes and
 * found by bisection; each has its candidates behind one another, best first. Nothing in here is trusted: every index is
 * checked where it is followed. */
#ifndef TD_KB_FORMAT_H
#define TD_KB_FORMAT_H

#include "kg/kb.h"

#define TD_KB_MAGIC "TidingKB"
enum { TD_KB_ORDER = 0x01020304, TD_KB_VERSION = 2 };

typedef struct {
	char magic[8];
	uint32_t order, version;
	uint32_t crc;      /* of everything behind the header */
	uint32_t n_entries, n_names, n_cands, n_terms, n_pool; /* sections follow in this order without gaps */
} kb_header;

typedef struct {
	uint32_t at; /* offset in the pool */
	uint32_t n;
} kb_slice;

typedef struct {
	kb_slice key, label, dbpedia;
	uint32_t country; /* entry or TD_NONE */
	float prior;
	uint8_t cls, gender;
	uint16_t pad;
} kb_entry;

typedef struct {
	kb_slice text; /* normalised by td_kb_normal */
	uint32_t first, n; /* candidates */
} kb_name;

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

_Static_assert(sizeof(kb_header) == 40 && sizeof(kb_entry) == 36 && sizeof(kb_name) == 16 && sizeof(kb_cand) == 12 &&
		       sizeof(kb_term) == 24,
	"the layout is the file format");

enum { KB_MAX_CANDIDATES = 256 }; /* of one name in each way of finding; the lightest are left out */
enum { TD_KB_MAX_NAME = 160 }; /* bytes of a name that is looked up */

/* One form for all spellings of a name that has gone through td_fold: no dots of abbreviations, no apostrophes, hyphens as
 * spaces, no leading "the", no possessive. Returns the length written, 0 when nothing is left or it is too long. */
size_t td_kb_normal(td_str folded, char out[TD_KB_MAX_NAME]);
/* A coarser form for transliterated names ("Qassem", "Qasem" → "kasam"; "Sergey", "Sergei"): of a normal form with at
 * least two words; 0 for others. */
size_t td_kb_skeleton(td_str normal, char out[TD_KB_MAX_NAME]);

#endif
