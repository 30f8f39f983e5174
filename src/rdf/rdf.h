/* The writer: graphs to bytes. Turtle, TriG, N-Triples and N-Quads by our own writer, RDF/XML and dot by raptor.
 * Not for several threads at once: Redland's world is one, owned here. */
#ifndef TD_RDF_H
#define TD_RDF_H

#include "kg/triple.h"

typedef enum {
	TD_TURTLE, TD_TRIG, TD_NTRIPLES, TD_NQUADS, TD_RDFXML, TD_DOT, TD_FORMAT_COUNT
} td_format;
const char *td_format_text(unsigned format);
unsigned td_format_parse(td_str name, unsigned otherwise); /* also ttl, nt, nq, rdf, xml */

typedef struct td_writer td_writer;
/* Where bytes go; returns false when they could not be written (the writer fails with TD_ERR_IO then). */
typedef bool td_put(void *to, const char *bytes, size_t n);

td_status td_writer_open(td_format format, td_put *put, void *to, td_writer **out, td_error *err);
/* Another prefix for Turtle and TriG (no effect elsewhere), before the first graph: ("ent", "https://…/entity/"). The name
 * of the graph at hand is the base IRI, so that the document is <> and its mentions are <#char=0,5>. */
td_status td_writer_prefix(td_writer *writer, const char *prefix, const char *iri, td_error *err);
td_status td_writer_graph(td_writer *writer, const td_graph *graph, td_error *err); /* checks the graph first; nothing of a bad one is written */
td_status td_writer_close(td_writer *writer, td_error *err); /* ends the output; frees the writer in any case */

/* Serializes one graph into a buffer (N-Triples for the uploader). */
td_status td_rdf_serialize(const td_graph *graph, td_format format, td_buf *out, td_error *err);

/* Parses a file of our own or of the user (any syntax raptor knows, by name or content) into graphs; the triples of the default graph go
 * into a graph with an empty name. `each` is called for every triple; `graph` is empty for the default graph. */
typedef td_status td_each_triple(void *context, td_str graph, const td_triple *triple, td_error *err);
td_status td_rdf_parse(const char *path, td_each_triple *each, void *context, td_error *err);
/* The same for bytes in memory; what `path` ends in tells the syntax. */
td_status td_rdf_parse_text(const char *path, td_str text, td_each_triple *each, void *context, td_error *err);

/* Frees Redland's world, for the end of a program; all writers are closed before. */
void td_rdf_end(void);

/* SPARQL over local files (rasqal, storage "trees"). result: "table", "csv", "json", "xml"; what CONSTRUCT
 * makes comes out as Turtle. The graphs of TriG and N-Quads files are merged. What rasqal cannot do (property
 * paths, EXISTS, MINUS, DESCRIBE, several rows of VALUES), or answers wrongly and cannot be helped (sparql.h), is TD_ERR_UNSUPPORTED with a
 * clear text. */
td_status td_rdf_query(const char *sparql, char *const *files, size_t n, const char *result, td_put *put, void *to, td_error *err);

#endif
