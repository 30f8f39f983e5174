/* The readable tables of the knowledge base in memory, on their way into the file. Private to src/kg/kb*.c. */
#ifndef TD_KB_TABLE_H
#define TD_KB_TABLE_H

#include "doc/doc.h"
#include "kg/kb_format.h"

enum {
	KB_MAX_ENTRIES = 8 << 20,
	KB_MAX_ALIASES = 256, /* of one entry */
	KB_MAX_FILES = 1024,
};

typedef struct {
	td_str key, dbpedia, label, country, aliases;
	uint8_t cls, gender;
	float prior;
	const char *file;
	uint64_t line;
} kb_row;

typedef struct {
	td_str person, place, title;
	uint32_t from, to;
	const char *file;
	uint64_t line;
} kb_term_row;

typedef struct {
	td_arena arena; /* all slices live here */
	TD_ARRAY(kb_row) rows; /* sorted by key when td_kb_tables_read is through */
	TD_ARRAY(kb_term_row) terms;
	td_map by_ref; /* key, wikidata or dbpedia title → row */
} kb_tables;

/* Reads *.tsv of a folder; terms.tsv holds offices, all others entries. Errors name file and line. */
td_status td_kb_tables_read(const char *dir, kb_tables *out, td_error *err);
void td_kb_tables_free(kb_tables *tables);

#endif
