/* The graphs of a file of RDF, one after the other. N-Quads whose graphs each stand together are read twice, first to see that all is well,
 * then a graph at a time; of anything else the whole file is held, as its graphs may be interleaved. Either way, nothing is given out of
 * a file that cannot be read to its end. */
#ifndef TD_GRAPHS_H
#define TD_GRAPHS_H

#include "kg/triple.h"

typedef struct {
	td_arena arena; /* of the graph or graphs at hand */
	td_map by_name;
	TD_ARRAY(td_graph *) all; /* at most one without a name */
	uint64_t triples;
	td_str article; /* the schema:NewsArticle that triples without a graph describe */
	uint32_t articles;
} td_graphs;

void td_graphs_init(td_graphs *graphs);
void td_graphs_free(td_graphs *graphs);
/* Calls `take` for each graph; it may change the graph, which goes away afterwards. TD_OK to go on. "-": standard input, where N-Quads,
 * N-Triples, Turtle, TriG and RDF/XML are told apart. TD_ERR_EMPTY: no triples. */
typedef td_status td_take_graph(void *context, td_graph *graph, td_error *err);
td_status td_graphs_read(td_graphs *graphs, const char *path, td_take_graph *take, void *context, td_error *err);

#endif
