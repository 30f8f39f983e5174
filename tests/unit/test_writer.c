#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <unistd.h>

#include "rdf/rdf.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define TID "https://w3id.org/tidings/ns#"

static td_term iri(const char *z)
{
	return (td_term){ .kind = TD_IRI, .value = td_str_of(z) };
}

static td_term literal(const char *value, const char *lang, const char *datatype)
{
	return (td_term){ TD_LITERAL, td_str_of(value), td_str_of(lang), td_str_of(datatype) };
}

static void add(td_graph *graph, const char *s, const char *p, td_term o)
{
	assert_int_equal(td_graph_add(graph, &(td_triple){ iri(s), iri(p), o }, NULL), TD_OK);
}

/* A small document, like those that the program writes. */
static void make_document(td_graph *graph, const char *name)
{
	static char context[128], mention[128];
	snprintf(context, sizeof context, "%s#char=0,90", name);
	snprintf(mention, sizeof mention, "%s#char=0,14", name);
	td_graph_init(graph);
	graph->name = td_str_of(name);
	add(graph, name, "http://purl.org/dc/terms/title", literal("A \"title\"", NULL, NULL));
	add(graph, name, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", iri("http://schema.org/NewsArticle"));
	add(graph, mention, "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext", iri(context));
	add(graph, mention, "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#endIndex", literal("14", NULL, XSD "nonNegativeInteger"));
	add(graph, "http://base/entity/Vladimir_Putin", "http://www.w3.org/2002/07/owl#sameAs", iri("http://www.wikidata.org/entity/Q7747"));
	add(graph, "http://base/entity/Vladimir_Putin", "http://www.w3.org/2000/01/rdf-schema#label", literal("Vladimir Putin", "en", NULL));
	add(graph, "http://base/entity/Vladimir_Putin", "http://www.w3.org/2002/07/owl#sameAs", iri("http://dbpedia.org/resource/Vladimir_Putin"));
	add(graph, "http://base/entity/Vladimir_Putin", TID "quantity", literal("87", NULL, XSD "integer"));
}

static bool put_buf(void *to, const char *bytes, size_t n)
{
	td_buf_add(to, bytes, n);
	return true;
}

/* What stands behind the prefixes that are always there. */
static const char *body_of(td_buf *out)
{
	td_buf_char(out, 0);
	const char *last = strstr(out->at, "@prefix dbr: <http://dbpedia.org/resource/> .\n");
	assert_non_null(last);
	return strchr(last, '\n') + 1;
}

static void turtle_is_short_and_readable(void **state)
{
	(void)state;
	td_graph graph;
	td_buf out = { 0 };
	td_writer *writer;
	make_document(&graph, "http://base/doc/1");
	assert_int_equal(td_writer_open(TD_TURTLE, put_buf, &out, &writer, NULL), TD_OK);
	assert_int_equal(td_writer_prefix(writer, "ent", "http://base/entity/", NULL), TD_OK);
	assert_int_equal(td_writer_graph(writer, &graph, NULL), TD_OK);
	assert_int_equal(td_writer_close(writer, NULL), TD_OK);
	td_buf_char(&out, 0);
	const char *body = strstr(out.at, "@prefix ent:");
	assert_non_null(body);
	assert_string_equal(body, "@prefix ent: <http://base/entity/> .\n"
		"\n@base <http://base/doc/1> .\n"
		"\n<> a schema:NewsArticle ;\n    dcterms:title \"A \\\"title\\\"\" .\n"
		"\n<#char=0,14> nif:referenceContext <#char=0,90> ;\n    nif:endIndex \"14\"^^xsd:nonNegativeInteger .\n"
		"\nent:Vladimir_Putin owl:sameAs wd:Q7747, dbr:Vladimir_Putin ;\n"
		"    rdfs:label \"Vladimir Putin\"@en ;\n    tid:quantity 87 .\n");
	td_buf_free(&out);
	td_graph_free(&graph);
}

static void trig_has_a_block_a_document(void **state)
{
	(void)state;
	td_graph one, two;
	td_buf out = { 0 };
	td_writer *writer;
	td_graph_init(&one);
	one.name = TD_STR("http://base/doc/1");
	add(&one, "http://base/doc/1", TID "x", iri("http://base/doc/1#a"));
	td_graph_init(&two);
	add(&two, "http://base/doc/1", TID "x", iri("http://base/doc/1#a"));
	add(&two, "http://base/doc/1", TID "y", iri("http://base/doc/2#a"));
	assert_int_equal(td_writer_open(TD_TRIG, put_buf, &out, &writer, NULL), TD_OK);
	assert_int_equal(td_writer_graph(writer, &one, NULL), TD_OK);
	assert_int_equal(td_writer_graph(writer, &two, NULL), TD_OK);
	assert_int_equal(td_writer_close(writer, NULL), TD_OK);
	assert_string_equal(body_of(&out), "\n@base <http://base/doc/1> .\n"
		"\n<http://base/doc/1> {\n    <> tid:x <#a> .\n}\n"
		"\n{\n    <http://base/doc/1> tid:x <http://base/doc/1#a> ;\n        tid:y <http://base/doc/2#a> .\n}\n");
	td_buf_free(&out);
	td_graph_free(&one);
	td_graph_free(&two);
}

/* One object, as Turtle writes it. */
static void turtle_object(td_term object, const char *expected)
{
	td_graph graph;
	td_buf out = { 0 };
	char line[512];
	td_graph_init(&graph);
	add(&graph, "http://s/", "http://p/", object);
	assert_int_equal(td_rdf_serialize(&graph, TD_TURTLE, &out, NULL), TD_OK);
	snprintf(line, sizeof line, "\n<http://s/> <http://p/> %s .\n", expected);
	assert_string_equal(body_of(&out), line);
	td_buf_free(&out);
	td_graph_free(&graph);
}

static void shorthand_only_where_it_means_the_same(void **state)
{
	(void)state;
	static const struct {
		const char *value, *datatype, *written;
	} cases[] = {
		{ "1", "integer", "1" }, { "-15", "integer", "-15" }, { "0", "integer", "0" }, { "+1", "integer", "\"+1\"^^xsd:integer" },
		{ "01", "integer", "\"01\"^^xsd:integer" }, { "-0", "integer", "\"-0\"^^xsd:integer" }, { "1.0", "integer", "\"1.0\"^^xsd:integer" },
		{ "", "integer", "\"\"^^xsd:integer" }, { "-", "integer", "\"-\"^^xsd:integer" }, { "1", "decimal", "\"1\"^^xsd:decimal" },
		{ "1.0", "decimal", "1.0" }, { "-0.5", "decimal", "-0.5" }, { "1.", "decimal", "\"1.\"^^xsd:decimal" },
		{ ".5", "decimal", "\".5\"^^xsd:decimal" }, { "1.50", "decimal", "\"1.50\"^^xsd:decimal" }, { "01.5", "decimal", "\"01.5\"^^xsd:decimal" },
		{ "1e5", "decimal", "\"1e5\"^^xsd:decimal" }, { "1.0", "double", "\"1.0\"^^xsd:double" }, { "1.0e5", "double", "\"1.0e5\"^^xsd:double" },
		{ "true", "boolean", "true" }, { "false", "boolean", "false" }, { "1", "boolean", "\"1\"^^xsd:boolean" },
		{ "TRUE", "boolean", "\"TRUE\"^^xsd:boolean" }, { "1", "int", "\"1\"^^xsd:int" }, { "1", "string", "\"1\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char datatype[64];
		snprintf(datatype, sizeof datatype, XSD "%s", cases[i].datatype);
		turtle_object(literal(cases[i].value, NULL, datatype), cases[i].written);
	}
}

static void strings_are_escaped(void **state)
{
	(void)state;
	turtle_object(literal("", NULL, NULL), "\"\"");
	turtle_object(literal("a\"b\\c\nd\re\tf", NULL, NULL), "\"a\\\"b\\\\c\\nd\\re\\tf\"");
	turtle_object(literal("\x01\x7F\xC2\x85\xE2\x80\xA8\xEF\xBB\xBF", NULL, NULL), "\"\\u0001\\u007F\\u0085\\u2028\\uFEFF\"");
	turtle_object(literal("\xF0\x9F\xBF\xBF\xC3\xA9", NULL, NULL), "\"\\U0001FFFF\xC3\xA9\"");
	turtle_object(literal("x", "zh-Hant-TW", NULL), "\"x\"@zh-Hant-TW");
	turtle_object(literal("A text of several lines that is long enough for \"long\" quotes\nand ends\r\nin a quote, not a backslash \\\"", NULL, NULL),
		"\"\"\"A text of several lines that is long enough for \"long\" quotes\nand ends\\r\nin a quote, not a backslash \\\\\\\"\"\"\"");
	turtle_object(literal("A text of several lines that is long enough for long quotes\nwith three of them \"\"\" inside and more", NULL, NULL),
		"\"\"\"A text of several lines that is long enough for long quotes\nwith three of them \\\"\\\"\" inside and more\"\"\"");
}

static void names_are_short_only_when_valid(void **state)
{
	(void)state;
	static const struct {
		const char *local, *written;
	} cases[] = {
		{ "", "tid:" }, { "a", "tid:a" }, { "a.b", "tid:a.b" }, { "1a", "tid:1a" }, { "_", "tid:_" }, { "a-b", "tid:a-b" }, { "a%20b", "tid:a%20b" },
		{ "a,b", "tid:a\\,b" }, { "it's", "tid:it\\'s" }, { "caf\xC3\xA9", "tid:caf\xC3\xA9" }, { "a.", "<" TID "a.>" }, { "a..", "<" TID "a..>" },
		{ ".a", "<" TID ".a>" }, { "-a", "<" TID "-a>" }, { "a/b", "<" TID "a/b>" }, { "a?b", "<" TID "a?b>" },
		{ "a\xE2\x80\x93", "<" TID "a\xE2\x80\x93>" }, { "\xCC\x81", "<" TID "\xCC\x81>" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char whole[128];
		snprintf(whole, sizeof whole, TID "%s", cases[i].local);
		turtle_object(iri(whole), cases[i].written);
	}
	turtle_object(iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), "rdf:type"); /* "a" is for predicates */
	turtle_object(literal("x", NULL, "http://t/."), "\"x\"^^<http://t/.>");
}

static void long_lists_wrap(void **state)
{
	(void)state;
	td_graph graph;
	td_buf out = { 0 };
	td_graph_init(&graph);
	for (int i = 0; i < 100; i++) {
		char text[32];
		snprintf(text, sizeof text, "value %d", i);
		add(&graph, "http://s/", "http://p/", literal(text, NULL, NULL));
	}
	assert_int_equal(td_rdf_serialize(&graph, TD_TURTLE, &out, NULL), TD_OK);
	size_t line = 0, longest = 0;
	for (size_t i = 0; i < out.n; i++) {
		line = out.at[i] == '\n' ? 0 : line + 1;
		if (line > longest) longest = line;
	}
	assert_in_range(longest, 80, 112);
	td_buf_free(&out);
	td_graph_free(&graph);
}

/* ---- all formats --------------------------------------------------------------------------------------------- */

static void formats_by_name(void **state)
{
	(void)state;
	for (unsigned f = 0; f < TD_FORMAT_COUNT; f++) assert_int_equal(td_format_parse(td_str_of(td_format_text(f)), 99), f);
	assert_int_equal(td_format_parse(TD_STR("TTL"), 99), TD_TURTLE);
	assert_int_equal(td_format_parse(TD_STR("nq"), 99), TD_NQUADS);
	assert_int_equal(td_format_parse(TD_STR("rdf"), 99), TD_RDFXML);
	assert_int_equal(td_format_parse(TD_STR("jsonld"), 99), 99);
	assert_int_equal(td_format_parse(TD_STR(""), 99), 99);
}

static void lines_of_triples_and_quads(void **state)
{
	(void)state;
	td_graph graph;
	td_buf nt = { 0 }, nq = { 0 };
	td_graph_init(&graph);
	graph.name = TD_STR("http://g/");
	add(&graph, "http://s/\xC3\xA9", "http://p/", literal("caf\xC3\xA9 \"\\\n", "en-GB", NULL));
	assert_int_equal(td_rdf_serialize(&graph, TD_NTRIPLES, &nt, NULL), TD_OK);
	assert_int_equal(td_rdf_serialize(&graph, TD_NQUADS, &nq, NULL), TD_OK);
	td_buf_char(&nt, 0), td_buf_char(&nq, 0);
	assert_string_equal(nt.at, "<http://s/é> <http://p/> \"café \\\"\\\\\\n\"@en-GB .\n");
	assert_string_equal(nq.at, "<http://s/é> <http://p/> \"café \\\"\\\\\\n\"@en-GB <http://g/> .\n");
	td_buf_free(&nt), td_buf_free(&nq);
	td_graph_free(&graph);
}

static void nothing_of_a_bad_graph_is_written(void **state)
{
	(void)state;
	for (unsigned f = 0; f < TD_FORMAT_COUNT; f++) {
		td_graph graph;
		td_buf out = { 0 };
		td_writer *writer;
		td_graph_init(&graph);
		add(&graph, "http://s/", "http://p/", literal("findme", NULL, NULL));
		add(&graph, "http://s/", "http://p/", literal("\xC3(", NULL, NULL));
		assert_int_equal(td_writer_open((td_format)f, put_buf, &out, &writer, NULL), TD_OK);
		assert_int_equal(td_writer_graph(writer, &graph, NULL), TD_ERR_DATA);
		assert_int_equal(td_writer_close(writer, NULL), TD_OK);
		td_buf_char(&out, 0);
		assert_null(strstr(out.at, "findme"));
		td_buf_free(&out);
		td_graph_free(&graph);
	}
}

static void xml_refuses_what_it_cannot_hold(void **state)
{
	(void)state;
	static const struct {
		const char *p, *value, *datatype;
	} cases[] = { { "http://p/1", "x", NULL }, { "http://p/", "x", NULL }, { "http://p/a", "\x01", NULL }, { "http://p/a", "\xEF\xBF\xBE", NULL },
		{ "http://p/a", "<b>", "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_graph graph;
		td_buf out = { 0 };
		td_graph_init(&graph);
		add(&graph, "http://s/", cases[i].p, literal(cases[i].value, NULL, cases[i].datatype));
		assert_int_not_equal(td_rdf_serialize(&graph, TD_RDFXML, &out, NULL), TD_OK);
		td_buf_free(&out);
		td_graph_free(&graph);
	}
}

static bool put_nothing(void *to, const char *bytes, size_t n)
{
	(void)to, (void)bytes, (void)n;
	return false;
}

static void failing_output_is_an_error(void **state)
{
	(void)state;
	for (unsigned f = 0; f < TD_FORMAT_COUNT; f++) {
		td_graph graph;
		td_writer *writer;
		make_document(&graph, "http://base/doc/1");
		assert_int_equal(td_writer_open((td_format)f, put_nothing, NULL, &writer, NULL), TD_OK);
		td_status one = td_writer_graph(writer, &graph, NULL), two = td_writer_close(writer, NULL);
		assert_int_equal(two, TD_ERR_IO); /* dot keeps everything for the end */
		if (f != TD_DOT) assert_int_equal(one, TD_ERR_IO);
		td_graph_free(&graph);
	}
}

static void lack_of_memory_is_an_error(void **state)
{
	(void)state;
	for (uint64_t nth = 1; nth < 30; nth++) {
		td_graph graph;
		td_buf out = { 0 };
		make_document(&graph, "http://base/doc/1");
		td_alloc_fail_at(nth);
		td_status status = td_rdf_serialize(&graph, TD_TRIG, &out, NULL);
		td_alloc_fail_at(0);
		if (status == TD_OK) assert_int_equal(out.at[out.n - 2], '}');
		else assert_int_equal(status, TD_ERR_MEMORY);
		td_buf_free(&out);
		td_graph_free(&graph);
	}
}

static bool put_count(void *to, const char *bytes, size_t n)
{
	size_t *most = to;
	(void)bytes;
	if (n > *most) *most = n;
	return true;
}

/* A large graph goes out in pieces: memory does not grow with it. */
static void output_streams(void **state)
{
	(void)state;
	static const td_format formats[] = { TD_TURTLE, TD_TRIG, TD_NTRIPLES, TD_NQUADS };
	td_graph graph;
	td_graph_init(&graph);
	for (int i = 0; i < 20000; i++) {
		char text[64];
		snprintf(text, sizeof text, "http://example.org/subject/%d", i / 10);
		add(&graph, text, "http://example.org/predicate", literal(text, NULL, NULL));
	}
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		size_t most = 0;
		td_writer *writer;
		assert_int_equal(td_writer_open(formats[i], put_count, &most, &writer, NULL), TD_OK);
		assert_int_equal(td_writer_graph(writer, &graph, NULL), TD_OK);
		assert_int_equal(td_writer_close(writer, NULL), TD_OK);
		assert_in_range(most, 1, 1 << 17);
	}
	td_graph_free(&graph);
}

static void prefixes_are_checked(void **state)
{
	(void)state;
	static const char *const bad[][2] = { { "tid", "http://a/" }, { "", "http://a/" }, { "a b", "http://a/" },
		{ "1a", "http://a/" }, { "x", "relative" }, { "x", "http://a/>" } };
	td_buf out = { 0 };
	td_writer *writer;
	assert_int_equal(td_writer_open(TD_TRIG, put_buf, &out, &writer, NULL), TD_OK);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(td_writer_prefix(writer, bad[i][0], bad[i][1], NULL), TD_ERR_USAGE);
	assert_int_equal(td_writer_prefix(writer, "ent", "http://a/", NULL), TD_OK);
	assert_int_equal(td_writer_prefix(writer, "ent", "http://b/", NULL), TD_ERR_USAGE);
	assert_int_equal(td_writer_close(writer, NULL), TD_OK);
	td_buf_char(&out, 0);
	assert_non_null(strstr(out.at, "@prefix ent: <http://a/> .\n"));
	td_buf_free(&out);
}

/* ---- reading back -------------------------------------------------------------------------------------------- */

static td_status collect(void *context, td_str graph, const td_triple *triple, td_error *err)
{
	td_graph *to = context;
	if (graph.n && to->name.n == 0) to->name = td_arena_str(&to->arena, graph);
	return td_graph_add(to, triple, err);
}

static void what_was_written_is_read(void **state)
{
	(void)state;
	static const char *const ends[TD_FORMAT_COUNT] = { "ttl", "trig", "nt", "nq", "rdf", NULL };
	for (unsigned f = 0; f < TD_FORMAT_COUNT; f++) {
		if (!ends[f]) continue;
		char path[64];
		td_graph graph, back;
		td_buf out = { 0 };
		make_document(&graph, "http://base/doc/1");
		td_graph_init(&back);
		assert_int_equal(td_rdf_serialize(&graph, (td_format)f, &out, NULL), TD_OK);
		snprintf(path, sizeof path, "/tmp/tidings-writer-%ld.%s", (long)getpid(), ends[f]);
		FILE *file = fopen(path, "w");
		assert_non_null(file);
		assert_int_equal(fwrite(out.at, 1, out.n, file), out.n);
		fclose(file);
		assert_int_equal(td_rdf_parse(path, collect, &back, NULL), TD_OK);
		unlink(path);
		assert_int_equal(back.triples.n, graph.triples.n);
		if (f == TD_TRIG || f == TD_NQUADS) assert_true(td_str_eq(back.name, graph.name));
		for (uint32_t i = 0; i < graph.triples.n; i++) {
			bool found = false;
			for (uint32_t k = 0; k < back.triples.n && !found; k++)
				found = td_term_eq(&graph.triples.at[i].s, &back.triples.at[k].s) && td_term_eq(&graph.triples.at[i].p, &back.triples.at[k].p) &&
				        td_term_eq(&graph.triples.at[i].o, &back.triples.at[k].o);
			assert_true(found);
		}
		td_buf_free(&out);
		td_graph_free(&graph);
		td_graph_free(&back);
	}
}

static td_status parse_text(const char *text, const char *end, td_graph *graph, td_error *err)
{
	char path[64];
	snprintf(path, sizeof path, "/tmp/tidings-parse-%ld.%s", (long)getpid(), end);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	td_status status = td_rdf_parse(path, collect, graph, err);
	unlink(path);
	return status;
}

static void parse_errors_have_a_line(void **state)
{
	(void)state;
	td_graph graph;
	td_error err;
	td_graph_init(&graph);
	assert_int_equal(parse_text("<http://a/> <http://b/> 1 .\n<http://a/> nonsense .\n", "ttl", &graph, &err), TD_ERR_SYNTAX);
	assert_int_equal(err.line, 2);
	assert_int_equal(parse_text("<http://a/> <http://b/> \"\xFF\" .\n", "ttl", &graph, &err), TD_ERR_UTF8);
	assert_int_equal(err.byte, 25);
	assert_int_equal(td_rdf_parse("/nonexistent/x.ttl", collect, &graph, &err), TD_ERR_IO);
	td_graph_reset(&graph);
	assert_int_equal(parse_text("_:a <http://b/> [] .\n", "ttl", &graph, &err), TD_OK);
	assert_int_equal(graph.triples.at[0].s.kind, TD_BLANK);
	assert_int_equal(td_graph_check(&graph, NULL), TD_ERR_DATA);
	td_graph_free(&graph);
}

static td_status refuse_second(void *context, td_str graph, const td_triple *triple, td_error *err)
{
	int *n = context;
	(void)graph, (void)triple;
	return ++*n == 2 ? td_fail(err, TD_ERR_LIMIT, "enough") : TD_OK;
}

static void reader_may_stop(void **state)
{
	(void)state;
	char path[64];
	int n = 0;
	snprintf(path, sizeof path, "/tmp/tidings-stop-%ld.nt", (long)getpid());
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	for (int i = 0; i < 10; i++) fprintf(file, "<http://a/> <http://b/> \"%d\" .\n", i);
	fclose(file);
	assert_int_equal(td_rdf_parse(path, refuse_second, &n, NULL), TD_ERR_LIMIT);
	assert_int_equal(n, 2);
	unlink(path);
}

/* Raptor's dot serializer never frees these, whatever its user does; they also hold two of the world's IRIs. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:raptor_new_sequence\nleak:raptor_namespaces_init\nleak:raptor_new_namespace\nleak:raptor_new_uri_from_counted_string\n";
}

static int end_of_all(void **state)
{
	(void)state;
	td_rdf_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(turtle_is_short_and_readable),
		cmocka_unit_test(trig_has_a_block_a_document),
		cmocka_unit_test(shorthand_only_where_it_means_the_same),
		cmocka_unit_test(strings_are_escaped),
		cmocka_unit_test(names_are_short_only_when_valid),
		cmocka_unit_test(long_lists_wrap),
		cmocka_unit_test(formats_by_name),
		cmocka_unit_test(lines_of_triples_and_quads),
		cmocka_unit_test(nothing_of_a_bad_graph_is_written),
		cmocka_unit_test(xml_refuses_what_it_cannot_hold),
		cmocka_unit_test(failing_output_is_an_error),
		cmocka_unit_test(lack_of_memory_is_an_error),
		cmocka_unit_test(output_streams),
		cmocka_unit_test(prefixes_are_checked),
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(parse_errors_have_a_line),
		cmocka_unit_test(reader_may_stop),
	};
	return cmocka_run_group_tests(tests, NULL, end_of_all);
}
