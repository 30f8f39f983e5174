#include "cli/ticket.h"

td_ticket *td_ticket_new(const char *name, td_str iri)
{
	size_t n = strlen(name) + 1;
	td_ticket *ticket = td_alloc(sizeof *ticket + n + iri.n + 1);
	if (!ticket) return NULL;
	memset(ticket, 0, sizeof *ticket);
	memcpy(ticket->name, name, n);
	if (iri.n) memcpy(ticket->name + n, iri.at, iri.n);
	ticket->iri = (td_str){ ticket->name + n, iri.n };
	return ticket;
}

td_status td_ticket_again(td_ticket *t, td_journal *journal, uint64_t held, td_error *err)
{
	if (t->kind == TD_TICKET_BEFORE) TRY(td_journal_drop(journal, t->iri, err));
	t->kind = TD_TICKET_NEW;
	t->again = true;
	t->held = held;
	return TD_OK;
}

void td_ticket_tell(const td_ticket *t, td_progress *progress)
{
	enum { SHOWN = 200 }; /* bytes of the graph's name */
	td_error note;
	if (!t->again || progress->quiet) return;
	td_fail(&note, TD_OK, "<%.*s>: the store held %llu triples of it instead of %u; it was sent again, and is right now",
		(int)(t->iri.n < SHOWN ? t->iri.n : SHOWN), t->iri.at, (unsigned long long)t->held, t->triples);
	td_report(progress, t->name, &note);
}
