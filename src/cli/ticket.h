/* A graph on its way to a store, as the program sees it: what will be said, noted and counted when it is known what became of it. */
#ifndef TD_CLI_TICKET_H
#define TD_CLI_TICKET_H

#include "cli/tally.h"
#include "rdf/upload.h"

typedef enum {
	TD_TICKET_NEW,
	TD_TICKET_TWICE,  /* the same document as an earlier one of this run */
	TD_TICKET_BEFORE, /* done by an earlier run */
} td_ticket_kind;

typedef struct {
	td_ticket_kind kind;
	uint32_t triples;
	td_counts counts;
	char content[TD_CONTENT_CAP]; /* for the journal */
	td_str iri;                   /* of the graph */
	char name[];                  /* of the document or file, for messages */
} td_ticket;

/* Copies both names; NULL when out of memory. To be freed by td_free. */
td_ticket *td_ticket_new(const char *name, td_str iri);

#endif
