/* Terms, triples, and the graph of one document: RDF 1.1 without blank nodes. */
#ifndef TD_TRIPLE_H
#define TD_TRIPLE_H

#include "base/base.h"

typedef enum { TD_IRI, TD_LITERAL } td_term_kind;

/* value: the IRI (absolute, valid: see td_iri_ok) or the literal's lexical form (valid UTF-8). datatype: IRI, empty for
 * xsd:string and for language-tagged ones. */
typedef struct {
	uint8_t kind;
	td_str value, lang, datatype;
} td_term;

typedef struct {
	td_term s, p, o;
} td_triple;

/* One named graph. Triples of one subject stand behind one another; no triple stands twice. Slices live in `arena`. */
typedef struct {
	td_arena arena;
	td_str name; /* IRI of the graph: the document's */
	TD_ARRAY(td_triple) triples;
} td_graph;

void td_graph_init(td_graph *graph);
void td_graph_reset(td_graph *graph);
void td_graph_free(td_graph *graph);
/* Checks every term (absolute IRI without the characters that RFC 3987 forbids, UTF-8, BCP 47 shape of the tag); the error names the term. */
td_status td_graph_check(const td_graph *graph, td_error *err);
bool td_iri_ok(td_str iri);

typedef struct {
	const char *prefix, *iri;
} td_prefix;
/* The prefixes of everything that we write; ends with {NULL, NULL}. */
extern const td_prefix td_prefixes[];

#endif
