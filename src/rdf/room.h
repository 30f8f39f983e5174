/* What the files of this room share: buffered output, terms as text, the Turtle layout, and the door to Redland. */
#ifndef TD_RDF_ROOM_H
#define TD_RDF_ROOM_H

#include "rdf/rdf.h"

/* ---- output -------------------------------------------------------------------------------------------------- */

enum { TD_OUT_CHUNK = 1 << 16 }; /* bytes gathered before they are put */

typedef struct {
	td_put *put;
	void *to;
	td_buf buf;
	bool failed; /* a put failed: all that follows goes nowhere */
} td_out;

void td_out_write(td_out *out, const void *bytes, size_t n);
void td_out_str(td_out *out, const char *z);
void td_out_relax(td_out *out);                     /* puts what is there once it is a chunk */
td_status td_out_flush(td_out *out, td_error *err); /* puts all; TD_ERR_IO or TD_ERR_MEMORY when anything failed so far */

/* ---- terms --------------------------------------------------------------------------------------------------- */

typedef struct {
	td_arena arena;
	TD_ARRAY(td_prefix) all;
	td_str base; /* the graph's name, where it is the base IRI now; else empty */
} td_prefixes_in_use;

/* With prefixes: as Turtle, as short as may be. Without (NULL): full IRIs, no shorthand, one line; also valid SPARQL. */
void td_term_write(const td_prefixes_in_use *prefixes, const td_term *term, td_buf *out);

/* ---- Turtle and TriG ------------------------------------------------------------------------------------------- */

typedef struct {
	td_prefixes_in_use prefixes;
	td_arena scratch; /* of the subject at hand */
	td_buf piece;     /* what is about to be written */
	bool trig, started;
} td_turtle;

td_status td_turtle_init(td_turtle *turtle, bool trig, td_error *err);
void td_turtle_free(td_turtle *turtle);
td_status td_turtle_prefix(td_turtle *turtle, const char *prefix, const char *iri, td_error *err);
void td_turtle_header(td_turtle *turtle, td_out *out); /* the prefixes, once */
td_status td_turtle_graph(td_turtle *turtle, const td_graph *graph, td_out *out, td_error *err);

/* ---- redland.c ------------------------------------------------------------------------------------------------- */

typedef struct td_raptor td_raptor;
td_status td_raptor_open(td_format format, td_out *out, td_raptor **made, td_error *err);
td_status td_raptor_graph(td_raptor *raptor, const td_graph *graph, td_error *err);
td_status td_raptor_close(td_raptor *raptor, td_error *err); /* writes the end; frees in any case */

/* ---- query results --------------------------------------------------------------------------------------------- */

enum { TD_UNBOUND = 255 }; /* kind of a cell without a value */

typedef struct td_result td_result;
td_status td_result_open(const char *format, td_put *put, void *to, td_result **made, td_error *err);
void td_result_distinct(td_result *result); /* from now on rows that were there before are left out */
td_status td_result_head(td_result *result, const td_str *names, size_t n, td_error *err);
td_status td_result_row(td_result *result, const td_term *cells, td_error *err); /* as many as there are names */
td_status td_result_answer(td_result *result, bool yes, td_error *err);          /* of ASK, instead of head and rows */
td_status td_result_close(td_result *result, td_error *err);                     /* writes the end; frees in any case */
void td_result_drop(td_result *result);                                          /* frees, writes nothing more */

enum { TD_SPARQL_COLUMNS = 256 };

/* What a SELECT looks like, as byte offsets into it: [0, prologue) SELECT … [from, to) …; to is 0 when it has no pattern. */
typedef struct {
	size_t prologue, from, to;
	bool aggregates, groups;
	uint32_t columns;               /* ?v and (… AS ?v) in SELECT */
	td_str name[TD_SPARQL_COLUMNS]; /* of each, the v */
	bool zero[TD_SPARQL_COLUMNS];   /* is it 0 over nothing: COUNT, SUM, AVG alone */
} td_sparql_shape;

/* TD_ERR_UNSUPPORTED with the construct's name for what rasqal cannot do, or does wrong without a word. */
td_status td_sparql_check(td_str sparql, td_sparql_shape *shape, td_error *err);

#endif
