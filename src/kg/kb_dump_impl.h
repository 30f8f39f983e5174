/* From triples to facts, from facts to entries: what the files of the dump share. Private to src/kg/kb_dump*.c.
 *
 *     triples → facts, sorted by subject → the same, sorted by key → entries in order of keys → names, sorted by hash
 *
 * A fact is a record of the sorter: its key is that of the thing, its value begins with the kind. Kinds are in the order in which
 * they are wanted when the facts of one thing come by: first what it is called elsewhere, which may change its key. */
#ifndef TD_KB_DUMP_IMPL_H
#define TD_KB_DUMP_IMPL_H

#include "doc/labels.h"
#include "kg/kb_dump.h"
#include "kg/kb_format.h"
#include "base/sort.h"

typedef enum {
	FACT_WIKIDATA = 1, /* "Q7747" */
	FACT_DBPEDIA,      /* "Vladimir_Putin" */
	FACT_IRI,          /* its own IRI, when that is not the key */
	FACT_SEEN,         /* fact_seen, as bytes */
	FACT_WEIGHT,       /* a number, eight bytes, high first */
	FACT_LABEL,        /* a byte of rank, 0 the best, and the text */
	FACT_ALIAS,        /* text */
} fact_kind;

/* Classes as bytes, the most telling is the least: td_class, or one of these. */
enum { CLASS_PLAIN = 0xfd, CLASS_DROP = 0xfe, CLASS_UNKNOWN = 0xff };

/* What a run of statements about one thing comes to. */
typedef struct {
	uint64_t statements;
	uint8_t cls, hint, gender; /* CLASS_…; td_gender */
} fact_seen;

enum { FACT_SEEN_BYTES = 11, MAX_TEXT = 1000 /* bytes of a label */ };

static inline void put_be64(unsigned char out[8], uint64_t n)
{
	for (int i = 7; i >= 0; i--, n >>= 8) out[i] = (unsigned char)n;
}
static inline uint64_t get_be64(const char *at)
{
	uint64_t n = 0;
	for (int i = 0; i < 8; i++) n = n << 8 | (unsigned char)at[i];
	return n;
}
static inline void put_be32(unsigned char out[4], uint32_t n)
{
	for (int i = 3; i >= 0; i--, n >>= 8) out[i] = (unsigned char)n;
}
static inline uint32_t get_be32(const char *at)
{
	return (uint32_t)(unsigned char)at[0] << 24 | (uint32_t)(unsigned char)at[1] << 16 | (uint32_t)(unsigned char)at[2] << 8 | (unsigned char)at[3];
}

static inline bool key_is_wikidata(td_str key)
{
	if (key.n < 2 || key.n > 16 || key.at[0] != 'Q') return false;
	for (size_t i = 1; i < key.n; i++)
		if (key.at[i] < '0' || key.at[i] > '9') return false;
	return true;
}
static inline bool key_is_dbpedia(td_str key)
{
	return td_str_starts(key, TD_STR("dbr:"));
}

/* ---- the table ------------------------------------------------------------------------------------------------- */

#define TD_RULE_MAP(X) \
	X(RULE_NONE, "-") X(RULE_LABEL, "label") X(RULE_ALIAS, "alias") X(RULE_TYPE, "type") X(RULE_SAME, "same") X(RULE_GENDER, "gender") \
	X(RULE_ABOUT, "about") X(RULE_IMPLIES, "implies") X(RULE_CLASS, "class") X(RULE_MALE, "male") X(RULE_FEMALE, "female") \
	X(RULE_WIKIDATA, "wikidata") X(RULE_DBPEDIA, "dbpedia") X(RULE_ARTICLE, "article") X(RULE_SKIP, "skip")
TD_LABEL_SET(td_rule, TD_RULE, TD_RULE_MAP)

typedef struct {
	uint8_t kind;  /* td_rule */
	uint8_t value; /* class of implies and class; rank of label */
	td_str iri;
} dump_rule;

typedef struct {
	td_arena arena;
	TD_ARRAY(dump_rule) rules;
	TD_ARRAY(uint32_t) prefixes; /* rules about beginnings of IRIs, in the order of the table */
	td_map by_iri;               /* all others */
} dump_rules;

td_status td_kb_rules_read(const char *path, dump_rules *out, td_error *err);
void td_kb_rules_free(dump_rules *rules);
const dump_rule *td_kb_rule(const dump_rules *rules, td_str iri); /* NULL when the table does not know it */
/* The first rule that tells what IRIs beginning so are; *rest is what follows. NULL. */
const dump_rule *td_kb_prefix_rule(const dump_rules *rules, td_str iri, td_str *rest);

/* ---- the way out ------------------------------------------------------------------------------------------------ */

/* All that facts (not yet started) hold, into the file `out`. `rekey`: some facts tell that a thing is called otherwise. Takes `facts`. */
td_status td_kb_pack(td_sort *facts, bool rekey, const td_kb_dump_options *options, size_t memory, const char *out, td_kb_dump_stats *stats,
	td_error *err);

#endif
