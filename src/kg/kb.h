/* The knowledge base: entities of the world with their names, read-only, memory-mapped, shared by all threads.
 * Compiled from the readable tables in ontology/ by `tidings kb build`. */
#ifndef TD_KB_H
#define TD_KB_H

#include "base/base.h"
#include "doc/labels.h"

typedef struct td_kb td_kb;

typedef struct {
	td_str key;     /* stable name of the entry: "Q7747", "dbr:Title" where no Wikidata id is known, else its own IRI */
	td_str label;   /* "Vladimir Putin" */
	td_str wikidata; /* "Q7747" or empty */
	td_str dbpedia; /* "Vladimir_Putin" (English Wikipedia title with underscores) or empty */
	td_str iri;     /* its own IRI in a knowledge base of the user, or empty */
	uint8_t cls;    /* td_class */
	uint8_t gender; /* td_gender */
	uint32_t country; /* entry or TD_NONE */
	float prior;    /* 0…1, how often news means it */
} td_kb_entry;

typedef struct {
	uint32_t entry;
	float prior;    /* of this entry given the name, 0…1 */
	bool primary;   /* the name is its label, not an alias */
	bool demonym;   /* the name is an adjective or people's name of it: "Russian" of Russia */
	bool variant;   /* only the sound of the name agrees: "Qassem" for "Qasem" */
} td_kb_candidate;

td_status td_kb_open(const char *path, td_kb **out, td_error *err);
/* Several files as one, n of them at least 1: candidates of all are weighed together, and later files win ties. What has one Wikidata id or
 * one DBpedia title in two files is one entry, that of the earlier file. */
td_status td_kb_open_all(const char *const *paths, size_t n, td_kb **out, td_error *err);
void td_kb_close(td_kb *kb);
/* True once something was not found because its part of the file is damaged: large files are checked where they are looked into. */
bool td_kb_damaged(const td_kb *kb);
/* What users call it in their own knowledge bases, if any does: an absolute IRI, or empty. */
td_str td_kb_iri(const td_kb *kb, uint32_t entry);
uint32_t td_kb_count(const td_kb *kb);
td_kb_entry td_kb_get(const td_kb *kb, uint32_t entry);
/* Candidates of a name (folded by td_fold; acronyms with and without dots), best first; returns how many were written. */
uint32_t td_kb_find(const td_kb *kb, td_str folded, td_kb_candidate *out, uint32_t max);
/* The institution of a place that is called so there: "parliament", "supreme court"; TD_NONE. With TD_NONE as place any one, which
 * tells whether the name is such a common one. */
uint32_t td_kb_institution(const td_kb *kb, td_str folded, uint32_t place);
/* The entry of that key ("Q7747", "dbr:Title"); TD_NONE. */
uint32_t td_kb_by_key(const td_kb *kb, td_str key);
/* True when the entry held some office in that month (month 0: in that year). */
bool td_kb_in_office(const td_kb *kb, uint32_t entry, int16_t year, uint8_t month);
/* Who held the office `title` ("president", lower case) of the country entry at `date`; TD_NONE. */
uint32_t td_kb_holder(const td_kb *kb, td_str title, uint32_t country, int16_t year, uint8_t month);
/* Compiles the tables *.tsv of a folder into a file (temporary file and rename). */
td_status td_kb_build(const char *dir, const char *out, td_error *err);

#endif
