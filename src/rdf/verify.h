/* Whether a store holds what it has confirmed. */
#ifndef TD_VERIFY_H
#define TD_VERIFY_H

#include "kg/triple.h"
#include "rdf/http.h"

/* The address of the store's query service, NUL-terminated: `given`, else what belongs to the other address. */
td_status td_query_url(const char *endpoint, const char *given, td_buf *out, td_error *err);
/* Lets the store count the graph's triples; TD_ERR_STORE when there are fewer or more than were sent. */
td_status td_verify_graph(td_http *http, const char *query_url, const td_graph *graph, td_error *err);

#endif
