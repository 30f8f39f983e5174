/* Redland: librdf, raptor, rasqal. The only file that includes their headers.
 *
 * One world for the life of the process: making and freeing worlds is costly, and in several threads at once it crashes
 * (libxml2's global state). Redland prints to stderr unless somebody logs; the first error of a call is kept here. */
#include <librdf.h>

#include "rdf/room.h"
#include "rdf/sparql.h"

static struct {
	librdf_world *world;
	raptor_world *raptor;
	uint64_t line; /* of the first error, TD_NOWHERE */
	bool complained;
	char text[256];
} red;

static int on_log(void *context, librdf_log_message *message)
{
	(void)context;
	if (librdf_log_message_level(message) < LIBRDF_LOG_ERROR || red.complained) return 1;
	const char *text = librdf_log_message_message(message);
	raptor_locator *where = librdf_log_message_locator(message);
	int line = where ? raptor_locator_line(where) : -1;
	red.complained = true;
	red.line = line > 0 ? (uint64_t)line : TD_NOWHERE;
	snprintf(red.text, sizeof red.text, "%s", text ? text : "unknown error");
	return 1;
}

static td_status world_open(td_error *err)
{
	red.complained = false;
	red.line = TD_NOWHERE;
	red.text[0] = 0;
	if (red.world) return TD_OK;
	red.world = librdf_new_world();
	if (!red.world) return td_no_memory(err);
	librdf_world_set_logger(red.world, NULL, on_log);
	librdf_world_open(red.world);
	red.raptor = librdf_world_get_raptor(red.world);
	return TD_OK;
}

void td_rdf_end(void)
{
	if (red.world) librdf_free_world(red.world);
	red.world = NULL;
}

/* The first complaint of Redland as our error. */
static td_status complaint(td_status status, const char *what, td_error *err)
{
	return td_fail_at(err, status, TD_NOWHERE, red.line, "%s: %s", what, red.complained ? red.text : "failed without a word");
}

/* ---- terms --------------------------------------------------------------------------------------------------- */

static const unsigned char *bytes_of(td_str s)
{
	return (const unsigned char *)(s.n ? s.at : "");
}

static raptor_term *literal_term(const td_term *term)
{
	raptor_uri *datatype = NULL;
	if (term->datatype.n && !td_str_eq(term->datatype, TD_STR("http://www.w3.org/2001/XMLSchema#string"))) {
		datatype = raptor_new_uri_from_counted_string(red.raptor, bytes_of(term->datatype), term->datatype.n);
		if (!datatype) return NULL;
	}
	raptor_term *made = raptor_new_term_from_counted_literal(red.raptor, bytes_of(term->value), term->value.n, datatype,
		term->lang.n ? bytes_of(term->lang) : NULL, (unsigned char)term->lang.n);
	if (datatype) raptor_free_uri(datatype);
	return made;
}

static raptor_term *new_term(const td_term *term)
{
	if (term->kind == TD_LITERAL) return literal_term(term);
	if (term->kind == TD_BLANK) return raptor_new_term_from_counted_blank(red.raptor, bytes_of(term->value), term->value.n);
	return raptor_new_term_from_counted_uri_string(red.raptor, bytes_of(term->value), term->value.n);
}

static td_str uri_str(raptor_uri *uri)
{
	size_t n;
	const char *at = uri ? (const char *)raptor_uri_as_counted_string(uri, &n) : NULL;
	return at ? (td_str){ at, n } : (td_str){ 0 };
}

/* A term of ours that looks into one of Redland's. */
static td_term view_term(const raptor_term *from)
{
	if (!from) return (td_term){ .kind = TD_UNBOUND };
	if (from->type == RAPTOR_TERM_TYPE_URI) return (td_term){ .kind = TD_IRI, .value = uri_str(from->value.uri) };
	if (from->type == RAPTOR_TERM_TYPE_BLANK)
		return (td_term){ .kind = TD_BLANK, .value = { (const char *)from->value.blank.string, from->value.blank.string_len } };
	const raptor_term_literal_value *l = &from->value.literal;
	return (td_term){ .kind = TD_LITERAL, .value = { (const char *)l->string, l->string_len },
		.lang = { (const char *)l->language, l->language ? l->language_len : 0 },
		.datatype = l->language ? (td_str){ 0 } : uri_str(l->datatype) };
}

/* ---- writing ------------------------------------------------------------------------------------------------- */

struct td_raptor {
	td_out *out;
	raptor_iostream *stream;
	raptor_serializer *serializer;
};

/* Raptor ignores what these return: the sink remembers failures itself. */
static int on_byte(void *context, const int byte)
{
	char c = (char)byte;
	td_out_write(context, &c, 1);
	return 0;
}

static int on_bytes(void *context, const void *bytes, size_t size, size_t n)
{
	td_out_write(context, bytes, size * n);
	return (int)n;
}

static const raptor_iostream_handler sink = { .version = 2, .write_byte = on_byte, .write_bytes = on_bytes };

static const char *const raptor_names[TD_FORMAT_COUNT] = { [TD_RDFXML] = "rdfxml", [TD_DOT] = "dot" };

static void raptor_drop(td_raptor *raptor)
{
	if (raptor->serializer) raptor_free_serializer(raptor->serializer);
	if (raptor->stream) raptor_free_iostream(raptor->stream);
	td_free(raptor);
}

static void declare_prefixes(raptor_serializer *serializer)
{
	for (const td_prefix *p = td_prefixes; p->prefix; p++) {
		raptor_uri *uri = raptor_new_uri(red.raptor, (const unsigned char *)p->iri);
		if (uri) raptor_serializer_set_namespace(serializer, uri, (const unsigned char *)p->prefix);
		if (uri) raptor_free_uri(uri);
	}
}

td_status td_raptor_open(td_format format, td_out *out, td_raptor **made, td_error *err)
{
	*made = NULL;
	TRY(world_open(err));
	td_raptor *raptor = td_alloc(sizeof *raptor);
	if (!raptor) return td_no_memory(err);
	*raptor = (td_raptor){ .out = out };
	raptor->stream = raptor_new_iostream_from_handler(red.raptor, out, &sink);
	raptor->serializer = raptor_new_serializer(red.raptor, raptor_names[format]);
	if (raptor->serializer && format == TD_RDFXML) declare_prefixes(raptor->serializer);
	if (!raptor->stream || !raptor->serializer ||
	    raptor_serializer_start_to_iostream(raptor->serializer, NULL, raptor->stream)) {
		raptor_drop(raptor);
		return complaint(TD_ERR_INTERNAL, "Redland's serializer did not start", err);
	}
	*made = raptor;
	return TD_OK;
}

static td_status write_triple(td_raptor *raptor, const td_triple *t, td_error *err)
{
	raptor_statement statement;
	raptor_statement_init(&statement, red.raptor);
	statement.subject = new_term(&t->s);
	statement.predicate = new_term(&t->p);
	statement.object = new_term(&t->o);
	bool made = statement.subject && statement.predicate && statement.object;
	int failed = made && raptor_serializer_serialize_statement(raptor->serializer, &statement);
	raptor_statement_clear(&statement);
	if (!made) return td_no_memory(err);
	return failed || red.complained ? complaint(TD_ERR_INTERNAL, "Redland's serializer", err) : TD_OK;
}

td_status td_raptor_graph(td_raptor *raptor, const td_graph *graph, td_error *err)
{
	red.complained = false;
	for (uint32_t i = 0; i < graph->triples.n; i++) {
		TRY(write_triple(raptor, &graph->triples.at[i], err));
		td_out_relax(raptor->out);
	}
	return TD_OK;
}

td_status td_raptor_close(td_raptor *raptor, td_error *err)
{
	if (!raptor) return TD_OK;
	red.complained = false;
	int failed = raptor_serializer_serialize_end(raptor->serializer);
	raptor_drop(raptor);
	return failed || red.complained ? complaint(TD_ERR_INTERNAL, "Redland's serializer did not end", err) : TD_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

typedef struct {
	td_each_triple *each;
	void *context;
	raptor_parser *parser;
	td_status status;
	td_error *err;
} reading;

static void on_statement(void *context, raptor_statement *s)
{
	reading *r = context;
	if (r->status != TD_OK) return;
	td_triple triple = { view_term(s->subject), view_term(s->predicate), view_term(s->object) };
	td_str graph = s->graph ? view_term(s->graph).value : (td_str){ 0 };
	r->status = r->each(r->context, graph, &triple, r->err);
	if (r->status != TD_OK) raptor_parser_parse_abort(r->parser);
}

/* No network, no files but the one that was named, and tags of languages as they are written. */
static raptor_parser *new_parser(const char *path, raptor_uri *base, td_str bytes)
{
	size_t head = bytes.n < 1024 ? bytes.n : 1024;
	const char *name = raptor_world_guess_parser_name(red.raptor, base, NULL, bytes_of(bytes), head, (const unsigned char *)path);
	raptor_parser *parser = name ? raptor_new_parser(red.raptor, name) : NULL;
	if (!parser) return NULL;
	raptor_parser_set_option(parser, RAPTOR_OPTION_NO_NET, NULL, 1);
	raptor_parser_set_option(parser, RAPTOR_OPTION_NO_FILE, NULL, 1);
	raptor_parser_set_option(parser, RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, NULL, 0);
	raptor_parser_set_option(parser, RAPTOR_OPTION_NORMALIZE_LANGUAGE, NULL, 0);
	return parser;
}

static td_status parse_bytes(const char *path, raptor_uri *base, td_str bytes, reading *r)
{
	r->parser = new_parser(path, base, bytes);
	if (!r->parser) return td_fail(r->err, TD_ERR_UNSUPPORTED, "%s: in no RDF syntax that is known here", path);
	raptor_parser_set_statement_handler(r->parser, r, on_statement);
	/* one chunk: the Turtle parser is not at its best where chunks meet */
	int failed = raptor_parser_parse_start(r->parser, base) ||
	             raptor_parser_parse_chunk(r->parser, bytes_of(bytes), bytes.n, 1);
	raptor_free_parser(r->parser);
	if (r->status != TD_OK) return r->status;
	return failed || red.complained ? complaint(TD_ERR_SYNTAX, path, r->err) : TD_OK;
}

td_status td_rdf_parse_text(const char *path, td_str text, td_each_triple *each, void *context, td_error *err)
{
	TRY(world_open(err));
	td_status status;
	size_t bad = td_utf8_check(text);
	unsigned char *url = raptor_uri_filename_to_uri_string(path);
	raptor_uri *base = url ? raptor_new_uri(red.raptor, url) : NULL;
	reading r = { .each = each, .context = context, .err = err };
	if (bad < text.n) status = td_fail_at(err, TD_ERR_UTF8, bad, TD_NOWHERE, "%s: invalid UTF-8", path);
	else if (!base) status = td_no_memory(err);
	else status = parse_bytes(path, base, text, &r);
	if (base) raptor_free_uri(base);
	if (url) raptor_free_memory(url);
	return status;
}

td_status td_rdf_parse(const char *path, td_each_triple *each, void *context, td_error *err)
{
	td_mapped file;
	TRY(td_map_file(path, &file, err));
	td_status status = td_rdf_parse_text(path, file.bytes, each, context, err);
	td_unmap_file(&file);
	return status;
}

/* ---- queries ------------------------------------------------------------------------------------------------- */

static td_status add_to_model(void *context, td_str graph, const td_triple *triple, td_error *err)
{
	(void)graph; /* merged: "trees" would drop every statement that has a context */
	librdf_statement *s = librdf_new_statement(red.world);
	if (!s) return td_no_memory(err);
	s->subject = new_term(&triple->s);
	s->predicate = new_term(&triple->p);
	s->object = new_term(&triple->o);
	int failed = !s->subject || !s->predicate || !s->object || librdf_model_add_statement(context, s);
	librdf_free_statement(s);
	return failed ? td_no_memory(err) : TD_OK;
}

static td_status write_bindings(librdf_query_results *results, td_result *result, td_error *err)
{
	td_str names[TD_SPARQL_COLUMNS];
	td_term cells[TD_SPARQL_COLUMNS];
	librdf_node *nodes[TD_SPARQL_COLUMNS];
	int n = librdf_query_results_get_bindings_count(results);
	if (n < 0 || n > TD_SPARQL_COLUMNS) return td_fail(err, TD_ERR_LIMIT, "a query of more than %d columns", TD_SPARQL_COLUMNS);
	for (int i = 0; i < n; i++) names[i] = td_str_of(librdf_query_results_get_binding_name(results, i));
	TRY(td_result_head(result, names, (size_t)n, err));
	for (td_status status; !librdf_query_results_finished(results); librdf_query_results_next(results)) {
		for (int i = 0; i < n; i++) {
			nodes[i] = librdf_query_results_get_binding_value(results, i);
			cells[i] = view_term(nodes[i]);
		}
		status = td_result_row(result, cells, err);
		for (int i = 0; i < n; i++)
			if (nodes[i]) librdf_free_node(nodes[i]);
		TRY(status);
	}
	return TD_OK;
}

static td_status gather(librdf_stream *stream, td_graph *graph, td_error *err)
{
	for (; !librdf_stream_end(stream); librdf_stream_next(stream)) {
		librdf_statement *s = librdf_stream_get_object(stream);
		td_triple triple = { view_term(s->subject), view_term(s->predicate), view_term(s->object) };
		TRY(td_graph_add(graph, &triple, err));
	}
	return td_graph_tidy(graph, err);
}

static td_status write_constructed(librdf_query_results *results, td_put *put, void *to, td_error *err)
{
	librdf_stream *stream = librdf_query_results_as_stream(results);
	if (!stream) return complaint(TD_ERR_INTERNAL, "Redland's results", err);
	td_graph graph;
	td_turtle turtle;
	td_out out = { .put = put, .to = to };
	td_graph_init(&graph);
	td_status status = td_turtle_init(&turtle, false, err);
	if (status == TD_OK) status = gather(stream, &graph, err);
	if (status == TD_OK) status = td_turtle_graph(&turtle, &graph, &out, err);
	if (status == TD_OK) status = td_out_flush(&out, err);
	td_buf_free(&out.buf);
	td_turtle_free(&turtle);
	td_graph_free(&graph);
	librdf_free_stream(stream);
	return status;
}

typedef struct {
	td_str sparql;
	bool distinct; /* rows that came before are left out */
	td_sparql_shape shape;
	librdf_model *model;
	const char *format;
	td_put *put;
	void *to;
} asking;

static td_status write_results(const asking *q, librdf_query_results *results, td_error *err)
{
	if (librdf_query_results_is_graph(results)) return write_constructed(results, q->put, q->to, err);
	td_result *result;
	TRY(td_result_open(q->format, q->put, q->to, &result, err));
	if (q->distinct) td_result_distinct(result);
	td_status status = librdf_query_results_is_boolean(results)
	                           ? td_result_answer(result, librdf_query_results_get_boolean(results) > 0, err)
	                           : write_bindings(results, result, err);
	if (status == TD_OK && red.complained) status = complaint(TD_ERR_SYNTAX, "the query", err);
	if (status == TD_OK) return td_result_close(result, err);
	td_result_drop(result);
	return status;
}

static td_status execute(const asking *q, td_error *err)
{
	librdf_query *query = librdf_new_query(red.world, "sparql", NULL, (const unsigned char *)q->sparql.at, NULL);
	librdf_query_results *results = query ? librdf_query_execute(query, q->model) : NULL;
	td_status status = results && !red.complained ? write_results(q, results, err)
	                                              : complaint(TD_ERR_SYNTAX, "the query", err);
	if (results) librdf_free_query_results(results);
	if (query) librdf_free_query(query);
	return status;
}

/* Does the pattern match anything at all? */
static td_status ask(const asking *q, bool *matches, td_error *err)
{
	td_str s = q->sparql, pattern = { s.at + q->shape.from, q->shape.to - q->shape.from };
	td_buf text = { 0 };
	td_buf_add(&text, s.at, q->shape.prologue);
	td_buf_str(&text, TD_STR("ASK "));
	td_buf_str(&text, pattern);
	td_buf_char(&text, 0);
	librdf_query *query = text.failed ? NULL : librdf_new_query(red.world, "sparql", NULL, (unsigned char *)text.at, NULL);
	librdf_query_results *results = query ? librdf_query_execute(query, q->model) : NULL;
	td_status status = results && !red.complained ? TD_OK : complaint(TD_ERR_SYNTAX, "the query", err);
	*matches = status == TD_OK && librdf_query_results_get_boolean(results) > 0;
	if (results) librdf_free_query_results(results);
	if (query) librdf_free_query(query);
	td_buf_free(&text);
	return status;
}

/* Over nothing rasqal makes no row where there is one (COUNT is 0), and under GROUP BY one of nonsense where there is none. */
static td_status answer_nothing(const asking *q, td_error *err)
{
	td_term cells[TD_SPARQL_COLUMNS], zero = { .kind = TD_LITERAL, .value = TD_STR("0"),
		.datatype = TD_STR("http://www.w3.org/2001/XMLSchema#integer") };
	td_result *result;
	for (uint32_t i = 0; i < q->shape.columns; i++)
		cells[i] = q->shape.zero[i] ? zero : (td_term){ .kind = TD_UNBOUND };
	TRY(td_result_open(q->format, q->put, q->to, &result, err));
	td_status status = td_result_head(result, q->shape.name, q->shape.columns, err);
	if (status == TD_OK && !q->shape.groups) status = td_result_row(result, cells, err);
	if (status == TD_OK) return td_result_close(result, err);
	td_result_drop(result);
	return status;
}

static td_status load_and_execute(const asking *q, char *const *files, size_t n, td_error *err)
{
	bool matches = true;
	for (size_t i = 0; i < n; i++) TRY(td_rdf_parse(files[i], add_to_model, q->model, err));
	if ((q->shape.aggregates || q->shape.groups) && q->shape.to > 0) TRY(ask(q, &matches, err));
	return matches ? execute(q, err) : answer_nothing(q, err);
}

static td_status ask_files(asking *q, char *const *files, size_t n, td_error *err)
{
	librdf_storage *storage = librdf_new_storage(red.world, "trees", NULL, NULL);
	q->model = storage ? librdf_new_model(red.world, storage, NULL) : NULL;
	td_status status = q->model ? load_and_execute(q, files, n, err) : td_no_memory(err);
	if (q->model) librdf_free_model(q->model);
	if (storage) librdf_free_storage(storage);
	return status;
}

td_status td_rdf_query(const char *sparql, char *const *files, size_t n, const char *result, td_put *put, void *to, td_error *err)
{
	asking q = { .format = result, .put = put, .to = to };
	td_buf repaired = { 0 };
	td_status status = td_sparql_check(td_str_of(sparql), &q.shape, err);
	if (status == TD_OK) status = td_sparql_repair(td_str_of(sparql), &repaired, &q.distinct, err);
	td_buf_char(&repaired, 0);
	if (status == TD_OK && repaired.failed) status = td_no_memory(err);
	if (status == TD_OK) {
		q.sparql = td_str_of(repaired.at);
		status = td_sparql_check(q.sparql, &q.shape, err); /* again: where its parts are now */
	}
	if (status == TD_OK) status = world_open(err);
	if (status == TD_OK) status = ask_files(&q, files, n, err);
	td_buf_free(&repaired);
	return status;
}
