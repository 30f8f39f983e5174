/* Grouping, between sparql_group and sparql_select. */
#ifndef TD_RDF_SPARQL_GROUP_H
#define TD_RDF_SPARQL_GROUP_H

#include "rdf/sparql.h"

typedef struct {
	td_arena arena;
	td_q_rows rows; /* a group each: its keys */
	TD_ARRAY(td_q_id) aggregates; /* [groups][aggregates of the query] */
} td_q_grouped;

td_status td_q_group_rows(td_q_engine *e, const td_q_query *query, const td_q_rows *rows, td_q_grouped *out);

#endif
