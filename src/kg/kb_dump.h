/* A knowledge base out of any RDF: labels, other names, classes and a popularity, gathered from triples in any order and any number in
 * memory of a given size. What the properties and classes mean stands in a table, ontology/dump.tsv. */
#ifndef TD_KB_DUMP_H
#define TD_KB_DUMP_H

#include "kg/triple.h"

typedef struct {
	uint64_t triples;
	uint64_t entities, names; /* that were written */
	uint64_t unnamed;         /* subjects without a name in one of the languages */
	uint64_t dropped;         /* of a class that the table leaves out, or with an IRI that is none */
} td_kb_dump_stats;

typedef struct {
	const char *rules;      /* the table's file */
	const char *languages;  /* "en,de": best first; names without a language count behind them; "*": any. NULL: "en" */
	const char *popularity; /* IRI of a property whose number says how well known a thing is; NULL: its number of statements */
	size_t memory;          /* bytes for sorting; TD_KB_DUMP_MEMORY for 0 */
	/* Told from time to time at what td_kb_dump_finish is: "sorting", "naming", "writing". May be NULL. */
	void (*step)(void *context, const char *phase, uint64_t done);
	void *context;
} td_kb_dump_options;

enum { TD_KB_DUMP_MEMORY = 256 << 20, TD_KB_DUMP_MIN_MEMORY = 1 << 17 };

typedef struct td_kb_dump td_kb_dump;
/* Strings of `options`, and `out`, must outlive the dump. Temporary files, without names, lie in the folder of `out`. */
td_status td_kb_dump_open(const td_kb_dump_options *options, const char *out, td_kb_dump **dump, td_error *err);
td_status td_kb_dump_add(td_kb_dump *dump, const td_triple *triple, td_error *err);
/* Writes the file `out`: it appears complete, or not at all. The bytes do not depend on the memory given. */
td_status td_kb_dump_finish(td_kb_dump *dump, td_error *err);
const td_kb_dump_stats *td_kb_dump_statistics(const td_kb_dump *dump);
void td_kb_dump_close(td_kb_dump *dump); /* NULL is allowed */

#endif
