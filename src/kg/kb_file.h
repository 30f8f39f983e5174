/* One mapped file of the knowledge base, in which every step is checked. Entries count from 0 within the file. Private to src/kg/kb*.c. */
#ifndef TD_KB_FILE_H
#define TD_KB_FILE_H

#include "kg/kb_format.h"

#include <stdatomic.h>

typedef struct {
	td_mapped file;
	const kb_header *header;
	const kb_entry *entries; /* sorted by key */
	const kb_name *names;
	const kb_cand *cands;
	const kb_term *terms;
	const uint32_t *titles;
	td_str pool;
	const uint32_t *sums;     /* [n_sums] */
	_Atomic uint32_t *checked; /* a bit a block, and one word behind them that tells of damage; NULL: checked as a whole */
} kb_file;

td_status td_kb_file_open(const char *path, kb_file *out, td_error *err);
void td_kb_file_close(kb_file *f);
bool td_kb_file_damaged(const kb_file *f);
td_kb_entry td_kb_file_get(const kb_file *f, uint32_t entry);
uint32_t td_kb_file_by_key(const kb_file *f, td_str key);
uint32_t td_kb_file_by_title(const kb_file *f, td_str title); /* of DBpedia */
/* Candidates of a normal form in one way of finding (0, KB_VARIANT, KB_GENERIC). */
uint32_t td_kb_file_find(const kb_file *f, td_str normal, uint32_t way, td_kb_candidate *out, uint32_t max);
uint32_t td_kb_file_holder(const kb_file *f, td_str title, uint32_t country, uint32_t month);
bool td_kb_file_in_office(const kb_file *f, uint32_t entry, uint32_t from, uint32_t to);

#endif
