#include "rdf/room.h"

#include <strings.h>

struct td_writer {
	td_format format;
	td_out out;
	td_turtle turtle;  /* Turtle, TriG */
	td_raptor *raptor; /* the others */
};

static const struct {
	const char *name;
	unsigned format;
} format_names[] = {
	{ "turtle", TD_TURTLE }, { "trig", TD_TRIG }, { "ntriples", TD_NTRIPLES }, { "nquads", TD_NQUADS }, { "rdfxml", TD_RDFXML },
	{ "dot", TD_DOT }, { "ttl", TD_TURTLE }, { "n-triples", TD_NTRIPLES }, { "nt", TD_NTRIPLES }, { "n-quads", TD_NQUADS },
	{ "nq", TD_NQUADS }, { "rdf", TD_RDFXML }, { "xml", TD_RDFXML }, { "rdf/xml", TD_RDFXML },
};

const char *td_format_text(unsigned format)
{
	return format < TD_FORMAT_COUNT ? format_names[format].name : "?";
}

unsigned td_format_parse(td_str name, unsigned otherwise)
{
	for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++)
		if (strlen(format_names[i].name) == name.n && !strncasecmp(format_names[i].name, name.at, name.n))
			return format_names[i].format;
	return otherwise;
}

/* ---- output -------------------------------------------------------------------------------------------------- */

void td_out_write(td_out *out, const void *bytes, size_t n)
{
	if (!out->failed) td_buf_add(&out->buf, bytes, n);
}

void td_out_str(td_out *out, const char *z)
{
	td_out_write(out, z, strlen(z));
}

static void put_all(td_out *out)
{
	if (out->buf.n && !out->failed && !out->buf.failed) out->failed = !out->put(out->to, out->buf.at, out->buf.n);
	out->buf.n = 0;
}

void td_out_relax(td_out *out)
{
	if (out->buf.n >= TD_OUT_CHUNK) put_all(out);
}

td_status td_out_flush(td_out *out, td_error *err)
{
	put_all(out);
	if (out->buf.failed) return td_no_memory(err);
	return out->failed ? td_fail(err, TD_ERR_IO, "the output could not be written: disk full, or its reader has gone") : TD_OK;
}

/* ---- what XML cannot say ------------------------------------------------------------------------------------- */

/* Char of https://www.w3.org/TR/xml/ */
static bool xml_text_ok(td_str s)
{
	for (const char *at = s.at, *end = s.at + s.n; at < end;) {
		uint32_t cp = td_utf8_next(&at, end);
		if ((cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || cp == 0xFFFE || cp == 0xFFFF) return false;
	}
	return true;
}

/* A property is an element's name in RDF/XML, so its IRI must end in one: a letter or _, then letters, digits, - . _ */
static bool xml_name_ok(td_str iri)
{
	for (size_t i = iri.n; i > 0; i--) {
		char c = iri.at[i - 1];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return true;
		if (!(c >= '0' && c <= '9') && c != '-' && c != '.') return false;
	}
	return false;
}

static td_status check_xml(const td_graph *graph, td_error *err)
{
	for (uint32_t i = 0; i < graph->triples.n; i++) {
		const td_triple *t = &graph->triples.at[i];
		if (!xml_name_ok(t->p.value))
			return td_fail(err, TD_ERR_DATA, "RDF/XML cannot hold the property " TD_STR_FMT ": its IRI ends in no name; choose another format",
				TD_STR_ARG(t->p.value));
		if (!xml_text_ok(t->o.value))
			return td_fail(err, TD_ERR_DATA, "RDF/XML cannot hold a control character of a literal of " TD_STR_FMT "; choose another format",
				TD_STR_ARG(t->s.value));
		/* raptor would copy it into the document as it stands, well-formed or not */
		if (td_str_eq(t->o.datatype, TD_STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral")))
			return td_fail(err, TD_ERR_UNSUPPORTED, "RDF/XML with literals of XML is not written here; choose another format");
	}
	return TD_OK;
}

/* ---- the writer ---------------------------------------------------------------------------------------------- */

static bool is_turtle(td_format format)
{
	return format == TD_TURTLE || format == TD_TRIG;
}

static bool is_lines(td_format format)
{
	return format == TD_NTRIPLES || format == TD_NQUADS;
}

/* N-Triples and N-Quads (https://www.w3.org/TR/n-quads/) in UTF-8. Raptor's are the ASCII of 2004: it escapes IRIs too, and takes
 * three times as long. */
static void write_lines(const td_graph *graph, bool quads, td_out *out)
{
	td_term name = { .kind = TD_IRI, .value = graph->name };
	for (uint32_t i = 0; i < graph->triples.n; i++) {
		const td_triple *t = &graph->triples.at[i];
		td_term_write(NULL, &t->s, &out->buf);
		td_out_str(out, " ");
		td_term_write(NULL, &t->p, &out->buf);
		td_out_str(out, " ");
		td_term_write(NULL, &t->o, &out->buf);
		td_out_str(out, " ");
		if (quads && name.value.n) {
			td_term_write(NULL, &name, &out->buf);
			td_out_str(out, " ");
		}
		td_out_str(out, ".\n");
		td_out_relax(out);
	}
}

static td_status start(td_writer *writer, td_error *err)
{
	if (is_lines(writer->format)) return TD_OK;
	if (is_turtle(writer->format)) return td_turtle_init(&writer->turtle, writer->format == TD_TRIG, err);
	return td_raptor_open(writer->format, &writer->out, &writer->raptor, err);
}

static void writer_free(td_writer *writer)
{
	if (is_turtle(writer->format)) td_turtle_free(&writer->turtle);
	td_buf_free(&writer->out.buf);
	td_free(writer);
}

td_status td_writer_open(td_format format, td_put *put, void *to, td_writer **out, td_error *err)
{
	*out = NULL;
	if (format >= TD_FORMAT_COUNT) return td_fail(err, TD_ERR_USAGE, "no such format");
	td_writer *writer = td_alloc(sizeof *writer);
	if (!writer) return td_no_memory(err);
	*writer = (td_writer){ .format = format, .out = { .put = put, .to = to } };
	td_status status = start(writer, err);
	if (status == TD_OK) *out = writer;
	else writer_free(writer);
	return status;
}

td_status td_writer_prefix(td_writer *writer, const char *prefix, const char *iri, td_error *err)
{
	return is_turtle(writer->format) ? td_turtle_prefix(&writer->turtle, prefix, iri, err) : TD_OK;
}

td_status td_writer_graph(td_writer *writer, const td_graph *graph, td_error *err)
{
	TRY(td_graph_check(graph, err));
	if (writer->format == TD_RDFXML) TRY(check_xml(graph, err));
	if (is_lines(writer->format)) write_lines(graph, writer->format == TD_NQUADS, &writer->out);
	else if (is_turtle(writer->format)) TRY(td_turtle_graph(&writer->turtle, graph, &writer->out, err));
	else TRY(td_raptor_graph(writer->raptor, graph, err));
	return td_out_flush(&writer->out, err);
}

td_status td_writer_close(td_writer *writer, td_error *err)
{
	if (!writer) return TD_OK;
	td_status status = TD_OK, flushed;
	if (is_turtle(writer->format)) td_turtle_header(&writer->turtle, &writer->out);
	else if (!is_lines(writer->format)) status = td_raptor_close(writer->raptor, err);
	flushed = td_out_flush(&writer->out, status == TD_OK ? err : NULL);
	writer_free(writer);
	return status == TD_OK ? flushed : status;
}

static bool put_buf(void *to, const char *bytes, size_t n)
{
	td_buf *buf = to;
	td_buf_add(buf, bytes, n);
	return !buf->failed;
}

td_status td_rdf_serialize(const td_graph *graph, td_format format, td_buf *out, td_error *err)
{
	td_writer *writer;
	TRY(td_writer_open(format, put_buf, out, &writer, err));
	td_status status = td_writer_graph(writer, graph, err);
	td_status closed = td_writer_close(writer, status == TD_OK ? err : NULL);
	if (out->failed) return td_no_memory(err);
	return status == TD_OK ? closed : status;
}
