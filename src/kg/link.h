/* What the parts of the linking stage share. Private to src/kg/link*.c. */
#ifndef TD_LINK_H
#define TD_LINK_H

#include "kg/kg.h"

enum { LINK_MAX_FORMS = 8, LINK_MAX_CANDIDATES = 16 };

/* The names by which the document calls an entity, fullest first. */
typedef struct {
	td_str at[LINK_MAX_FORMS];
	uint8_t words[LINK_MAX_FORMS];
	uint8_t n;
	td_str demonym; /* of an entity that is only met as an adjective */
} link_forms;

typedef struct {
	td_doc *doc;
	const td_kb *kb;
	link_forms *forms;  /* [n_entities] */
	uint32_t *places;   /* entries of the places linked so far */
	uint32_t n_places;
} linker;

/* The entry that the forms mean, TD_NONE when none fits; *confidence and *cls tell how sure. */
uint32_t td_link_choose(const linker *l, uint32_t entity, float *confidence);
/* Links descriptions without a name by office and date: "the Russian president". */
td_status td_link_titles(linker *l, td_error *err);
/* Entities of one entry become one; the array is compacted and everything that points into it follows. */
td_status td_link_merge(td_doc *doc, td_error *err);

#endif
