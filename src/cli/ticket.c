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
