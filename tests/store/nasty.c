/* Writes graphs whose terms are as awkward as RDF allows, for independent readers to read back.
 *
 *     nasty FORMAT          the graphs in that format
 *     nasty meant           what was meant: a line a triple, tab-separated fields in hex: graph s p kind value lang datatype
 */
#include <stdlib.h>

#include "rdf/rdf.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define TID "https://w3id.org/tidings/ns#"

typedef struct {
	const char *value, *lang, *datatype;
} literal;

static const literal literals[] = {
	{ "", NULL, NULL }, { " ", NULL, NULL }, { "plain", NULL, NULL }, { "plain", "en", NULL }, { "plain", "en-GB", NULL },
	{ "plain", "zh-Hant-TW", NULL }, { "plain", NULL, XSD "string" }, { "\"", NULL, NULL }, { "\"\"\"", NULL, NULL },
	{ "\\", NULL, NULL }, { "\\n", NULL, NULL }, { "a\\", NULL, NULL }, { "'quoted' \"twice\"", NULL, NULL },
	{ "line\nline", NULL, NULL }, { "cr\rcr", NULL, NULL }, { "crlf\r\n", NULL, NULL }, { "tab\tbed", NULL, NULL },
	{ "bell\a back\b feed\f \x01\x1f\x7f", NULL, NULL }, { "\xC2\x80\xC2\x85\xC2\x9F", NULL, NULL },
	{ "caf\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x9A\x80", NULL, NULL }, { "\xE2\x80\xA8\xE2\x80\xA9\xEF\xBB\xBF", NULL, NULL },
	{ "\xEF\xBF\xBD \xEE\x80\x80 \xF4\x8F\xBF\xBD", NULL, NULL }, { "\xE2\x80\x9Cso\xE2\x80\x9D \xE2\x80\x94 he", NULL, NULL },
	{ "A long text over several lines, with \"quotes\" in it,\nand a second line \\ that goes on for quite a while\n\nend\"", NULL, NULL },
	{ "A long text over several lines that ends in two quotes, and has three: \"\"\" in the middle\nthe end\"\"", NULL, NULL },
	{ "A long text over several lines with a carriage return\r\n and one more line after it, so that it is long\r\n", "en", NULL },
	{ "#no comment", NULL, NULL }, { "<http://x/>", NULL, NULL }, { "{ } . ; ,", NULL, NULL }, { "@prefix x: <y> .", NULL, NULL },
	{ "1", NULL, XSD "integer" }, { "-1", NULL, XSD "integer" }, { "+1", NULL, XSD "integer" }, { "007", NULL, XSD "integer" },
	{ "-0", NULL, XSD "integer" }, { "0", NULL, XSD "integer" }, { "123456789012345678901234567890", NULL, XSD "integer" },
	{ "1.0", NULL, XSD "integer" }, { "", NULL, XSD "integer" }, { "abc", NULL, XSD "integer" }, { "1 ", NULL, XSD "integer" },
	{ "1", NULL, XSD "decimal" }, { "1.0", NULL, XSD "decimal" }, { "1.50", NULL, XSD "decimal" }, { "-0.5", NULL, XSD "decimal" },
	{ ".5", NULL, XSD "decimal" }, { "5.", NULL, XSD "decimal" }, { "+1.5", NULL, XSD "decimal" }, { "1.5e3", NULL, XSD "decimal" },
	{ "1", NULL, XSD "double" }, { "1.0", NULL, XSD "double" }, { "1.5e3", NULL, XSD "double" }, { "1.5E-3", NULL, XSD "double" },
	{ "1e3", NULL, XSD "double" }, { ".5e3", NULL, XSD "double" }, { "1.e3", NULL, XSD "double" }, { "INF", NULL, XSD "double" },
	{ "NaN", NULL, XSD "double" }, { "1.5e+3", NULL, XSD "double" }, { "1.5", NULL, XSD "float" }, { "true", NULL, XSD "boolean" },
	{ "false", NULL, XSD "boolean" }, { "1", NULL, XSD "boolean" }, { "True", NULL, XSD "boolean" }, { "true", NULL, NULL },
	{ "2017-04-12", NULL, XSD "date" }, { "2017-04", NULL, XSD "gYearMonth" }, { "2017", NULL, XSD "gYear" },
	{ "12", NULL, XSD "nonNegativeInteger" }, { "<b>x</b> & y", NULL, "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral" },
	{ "x", NULL, "http://example.org/type.v1." }, { "x", NULL, "http://example.org/t(1)" }, { "x", NULL, "urn:x-type:a" },
};

static const char *const iris[] = {
	"http://example.org/", "http://example.org", "urn:isbn:0451450523", "mailto:a@b.org", "tag:a.org,2005:x", "a:",
	"http://user@example.org:8080/p?q=1&r=2#frag", "http://[2001:db8::1]/x", "http://example.org/caf\xC3\xA9",
	"http://example.org/a%20b", "http://example.org/?q='x'", "file:///tmp/x", "http://example.org/\xF0\x9F\x9A\x80",
	TID, TID "Person", TID "a.b", TID "ends.", TID "ends..", TID ".starts", TID "-starts", TID "1starts", TID "_x", TID "a-b", TID "a:b",
	TID ":", TID "a/b", TID "a?b", TID "a%20b", TID "%41", TID "a(b)", TID "a,b", TID "a;b", TID "a=b", TID "it's", TID "a!b", TID "a$b&c",
	TID "a*b+c", TID "a@b", TID "~a", TID "caf\xC3\xA9", TID "\xC3\xA9t\xC3\xA9", TID "a\xC2\xB7" "b", TID "\xC2\xB7" "b", TID "a\xCC\x81",
	TID "\xE2\x80\x93", TID "a\xE2\x80\x93" "b", TID "\xE4\xB8\xAD\xE6\x96\x87", TID "\xF0\x90\x80\x80", TID "true", TID "a", TID "_", TID "-", TID ".",
	"http://dbpedia.org/resource/Apple_Inc.", "http://dbpedia.org/resource/St._Petersburg,_Florida", "http://dbpedia.org/resource/AC/DC",
	"http://dbpedia.org/resource/O'Hare_(Chicago)", "http://dbpedia.org/resource/S%C3%A3o_Paulo", "http://www.wikidata.org/entity/Q22686",
	"https://w3id.org/tidings/id/entity/Vladimir_Putin", "https://w3id.org/tidings/id/doc/1", "https://w3id.org/tidings/id/doc/1#char=0,5",
	"https://w3id.org/tidings/id/doc/1#", "https://w3id.org/tidings/id/doc/1#a/b", "https://w3id.org/tidings/id/doc/10#char=0,5",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil",
};
#define COUNT(a) (sizeof(a) / sizeof *(a))

static td_term iri(const char *z)
{
	return (td_term){ .kind = TD_IRI, .value = td_str_of(z) };
}

static void must(td_status status, const td_error *err)
{
	if (status == TD_OK) return;
	fprintf(stderr, "nasty: %s\n", err->text);
	exit(1);
}

static void add(td_graph *graph, td_term s, td_term p, td_term o)
{
	td_error err;
	td_triple t = { s, p, o };
	must(td_graph_add(graph, &t, &err), &err);
}

/* xml: without what RDF/XML cannot hold */
static bool fits_xml(const char *z)
{
	for (; *z; z++)
		if ((unsigned char)*z < 0x20 && *z != '\t' && *z != '\n' && *z != '\r') return false;
	return true;
}

static void add_literals(td_graph *graph, bool xml)
{
	for (size_t i = 0; i < COUNT(literals); i++) {
		td_term o = { TD_LITERAL, td_str_of(literals[i].value), td_str_of(literals[i].lang), td_str_of(literals[i].datatype) };
		if (xml && (!fits_xml(literals[i].value) || td_str_ends(o.datatype, TD_STR("#XMLLiteral")))) continue;
		add(graph, iri("http://example.org/literals"), iri(TID "value"), o);
		add(graph, iri("http://example.org/more"), iri(i % 3 ? TID "one" : TID "two"), o);
	}
}

static void add_iris(td_graph *graph, bool xml)
{
	for (size_t i = 0; i < COUNT(iris); i++) {
		add(graph, iri(iris[i]), iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), iri(TID "Thing"));
		add(graph, iri("http://example.org/iris"), iri(TID "is"), iri(iris[i]));
		if (!xml) add(graph, iri("http://example.org/iris"), iri(iris[i]), iri(TID "x"));
	}
	add(graph, iri("http://example.org/cycle"), iri(TID "next"), iri("http://example.org/cycle"));
}

static void make(td_graph *graph, const char *name, unsigned part, bool xml)
{
	td_error err;
	td_graph_init(graph);
	must(TD_OK, &err);
	graph->name = td_str_of(name);
	if (part & 1) add_literals(graph, xml);
	if (part & 2) add_iris(graph, xml);
	must(td_graph_tidy(graph, &err), &err);
}

static bool put(void *to, const char *bytes, size_t n)
{
	return fwrite(bytes, 1, n, to) == n;
}

static void hex(td_str s, char end)
{
	for (size_t i = 0; i < s.n; i++) printf("%02x", (unsigned char)s.at[i]);
	putchar(end);
}

static void print_meant(const td_graph *graph)
{
	for (uint32_t i = 0; i < graph->triples.n; i++) {
		const td_triple *t = &graph->triples.at[i];
		hex(graph->name, '\t'), hex(t->s.value, '\t'), hex(t->p.value, '\t');
		printf("%s\t", t->o.kind == TD_IRI ? "iri" : "literal");
		hex(t->o.value, '\t'), hex(t->o.lang, '\t'), hex(t->o.datatype, '\n');
	}
}

int main(int argc, char **argv)
{
	td_error err;
	td_graph graphs[3];
	bool xml = argc > 2 && !strcmp(argv[2], "xml");
	unsigned format = argc > 1 ? td_format_parse(td_str_of(argv[1]), TD_FORMAT_COUNT) : TD_FORMAT_COUNT;
	make(&graphs[0], "https://w3id.org/tidings/id/doc/1", 3, xml);
	make(&graphs[1], "http://example.org/g?x=1&y='2'", 1, xml);
	make(&graphs[2], "", 2, xml);
	if (format == TD_FORMAT_COUNT) {
		for (size_t i = 0; i < COUNT(graphs); i++) print_meant(&graphs[i]);
	} else {
		td_writer *writer;
		must(td_writer_open(format, put, stdout, &writer, &err), &err);
		must(td_writer_prefix(writer, "ent", "https://w3id.org/tidings/id/entity/", &err), &err);
		for (size_t i = 0; i < COUNT(graphs); i++) must(td_writer_graph(writer, &graphs[i], &err), &err);
		must(td_writer_close(writer, &err), &err);
	}
	for (size_t i = 0; i < COUNT(graphs); i++) td_graph_free(&graphs[i]);
	td_rdf_end();
	return fflush(stdout) || ferror(stdout);
}
