/* Terms, triples, and the graph of one document: RDF 1.1. Blank nodes come out of files that we read, but never into a graph
 * that we write. */
#ifndef TD_TRIPLE_H
#define TD_TRIPLE_H

#include "base/base.h"

typedef enum { TD_IRI, TD_LITERAL, TD_BLANK } td_term_kind;

/* value: the IRI (absolute, valid: see td_iri_ok), the literal's lexical form (valid UTF-8) or the blank node's label. datatype:
 * IRI, empty for xsd:string and for language-tagged ones. */
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
/* Checks every term (absolute IRI without the characters that RFC 3987 forbids, UTF-8 without U+0000, BCP 47 shape of the tag, no
 * blank node); the error names the term. */
td_status td_graph_check(const td_graph *graph, td_error *err);
bool td_iri_ok(td_str iri);  /* https://www.rfc-editor.org/rfc/rfc3987: an absolute IRI, perhaps with a fragment */
bool td_lang_ok(td_str tag); /* the shape of https://www.rfc-editor.org/rfc/rfc5646: "en", "zh-Hant-TW" */
bool td_term_eq(const td_term *a, const td_term *b);

/* Appends a copy of *triple, its slices copied into the graph's arena; xsd:string becomes the empty datatype. */
td_status td_graph_add(td_graph *graph, const td_triple *triple, td_error *err);
/* Makes the promise above true for triples that came in any order: subjects in order of first appearance, doubles dropped. */
td_status td_graph_tidy(td_graph *graph, td_error *err);

typedef struct {
	const char *prefix, *iri;
} td_prefix;
/* The prefixes of everything that we write; ends with {NULL, NULL}. */
extern const td_prefix td_prefixes[];

#endif
