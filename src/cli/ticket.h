/* A graph on its way to a store, as the program sees it: what will be said, noted and counted when it is known what became of it. */
#ifndef TD_CLI_TICKET_H
#define TD_CLI_TICKET_H

#include "cli/journal.h"
#include "cli/progress.h"
#include "rdf/upload.h"

typedef enum {
	TD_TICKET_NEW,
	TD_TICKET_TWICE,  /* the same document as an earlier one of this run */
	TD_TICKET_BEFORE, /* done by an earlier run */
} td_ticket_kind;

typedef struct {
	td_ticket_kind kind;
	uint32_t triples;
	bool again;                   /* it was sent once more, as the store held another number of them, */
	uint64_t held;                /* this one */
	td_counts counts;
	char content[TD_CONTENT_CAP]; /* for the journal */
	td_str iri;                   /* of the graph */
	char name[];                  /* of the document or file, for messages */
} td_ticket;

/* Copies both names; NULL when out of memory. To be freed by td_free. */
td_ticket *td_ticket_new(const char *name, td_str iri);
/* For td_upload_options.again: the graph is new now, whoever sent it before, which the journal is told. */
td_status td_ticket_again(td_ticket *ticket, td_journal *journal, uint64_t held, td_error *err);
/* Of a ticket whose graph is in its place: whether it had to be sent once more is for all to know. */
void td_ticket_tell(const td_ticket *ticket, td_progress *progress);

#endif
