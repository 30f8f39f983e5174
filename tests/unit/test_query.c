/* SPARQL over files: what is asked of a small graph, and the answer as CSV; what rasqal cannot do is refused by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <unistd.h>

#include "rdf/rdf.h"
#include "rdf/sparql.h"

static const char data[] = "@prefix : <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
	":g { :a a :P ; :name \"Ann\"@en ; :age 30 ; :knows :b, :c . :b a :P ; :name \"Bob\" ; :age 25 ; :knows :c . }\n"
	":h { :c a :Q ; :name \"Cyd, \\\"C\\\"\" ; :date \"2017-04-12\"^^xsd:date . :a :age 30 . }\n"
	"{ :d :date \"2018-01-01\"^^xsd:date ; :name \"Dän\" .\n"
	"  :c :count 3 . :b :count 11, 87 . :s1 :p2 :s1, :s3 . :s2 :p0 :s1 ; :p1 :s1 . :s3 :p1 :s1 . }\n";

static char path[64];

static bool put(void *to, const char *bytes, size_t n)
{
	td_buf_add(to, bytes, n);
	return true;
}

static td_status ask(const char *query, const char *format, td_buf *out, td_error *err)
{
	char text[2048];
	char *files[] = { path };
	snprintf(text, sizeof text, "PREFIX : <http://e/> %s", query);
	td_status status = td_rdf_query(text, files, 1, format, put, out, err);
	td_buf_char(out, 0);
	return status;
}

/* Rows are separated by a blank, a row's end is left out. */
static void answers(const char *query, const char *expected)
{
	td_buf out = { 0 };
	td_error err = { .text = "" };
	if (ask(query, "csv", &out, &err) != TD_OK) fail_msg("%s: %s", query, err.text);
	size_t n = 0;
	for (size_t i = 0; i + 1 < out.n; i++)
		if (out.at[i] != '\r') out.at[n++] = out.at[i] == '\n' ? ' ' : out.at[i];
	if (n && out.at[n - 1] == ' ') n--;
	out.at[n] = 0;
	if (strcmp(out.at, expected)) fail_msg("%s\n  gives   %s\n  instead %s", query, out.at, expected);
	td_buf_free(&out);
}

static void patterns(void **state)
{
	(void)state;
	answers("SELECT ?s { ?s a :P } ORDER BY ?s", "s http://e/a http://e/b");
	answers("SELECT ?s ?n { ?s :name ?n ; :age 25 }", "s,n http://e/b,Bob");
	answers("SELECT ?s { { ?s :age 30 } UNION { ?s a :Q } } ORDER BY ?s", "s http://e/a http://e/c");
	answers("SELECT ?x { :c :name ?n BIND(STRLEN(?n) AS ?x) }", "x 8");
	answers("SELECT ?x { ?x :knows [ :age 25 ] }", "x http://e/a");
	answers("SELECT * { ?s :age ?a FILTER(?a < 30) }", "s,a http://e/b,25");
	answers("SELECT * { $s :age $a FILTER($a < 30) ?s a :P }", "s,a http://e/b,25");
	answers("SELECT ?s { ?s ?p ?s }", "s http://e/s1");
	answers("# EXISTS\nSELECT ?exists { ?exists :name \"Cyd, \\\"C\\\"\" . # }\n }", "exists http://e/c");
	answers("SELECT ?s { ?s :age ?a . VALUES ?s { :b } }", "s http://e/b");
	answers("SELECT ?s { ?s a :P ; :knows ?k . FILTER regex(STR(?s), \"b$\") . FILTER(?k = :c) }", "s http://e/b");
	answers("ASK { :a :age 30 }", "true");
	answers("ASK { :a :age 31 }", "false");
}

/* The first is what rasqal answers with a row for :s3 that is not in the data. */
static void optional(void **state)
{
	(void)state;
	answers("SELECT * { ?a :p0 ?d . ?d :p2 ?b OPTIONAL { ?a :p1 ?c } } ORDER BY ?b",
		"a,d,b,c http://e/s2,http://e/s1,http://e/s1,http://e/s1 http://e/s2,http://e/s1,http://e/s3,http://e/s1");
	answers("SELECT ?s ?a { ?s :name ?n OPTIONAL { ?s :age ?a } } ORDER BY ?s", "s,a http://e/a,30 http://e/b,25 http://e/c, http://e/d,");
	answers("SELECT ?s ?k { ?s a :P . ?s :age ?a OPTIONAL { ?s :knows ?k FILTER(?a > 27) } } ORDER BY ?s ?k",
		"s,k http://e/a,http://e/b http://e/a,http://e/c http://e/b,");
	answers("SELECT ?s { ?s :name ?n OPTIONAL { ?s a ?t } FILTER(!BOUND(?t)) }", "s http://e/d");
	answers("SELECT ?s ?a ?d { ?s :name ?n OPTIONAL { ?s :age ?a } OPTIONAL { ?s :date ?d } } ORDER BY ?s",
		"s,a,d http://e/a,30, http://e/b,25, http://e/c,,2017-04-12 http://e/d,,2018-01-01");
	answers("SELECT ?s ?k ?d { ?s a :P OPTIONAL { ?s :knows ?k OPTIONAL { ?k :date ?d } } } ORDER BY ?s ?k",
		"s,k,d http://e/a,http://e/b, http://e/a,http://e/c,2017-04-12 http://e/b,http://e/c,2017-04-12");
	answers("SELECT * { ?s a :P OPTIONAL { ?s :date ?d } ?s :age 25 }", "s,d http://e/b,");
	answers("SELECT DISTINCT * { ?s a :Q OPTIONAL { ?s :knows ?k } }", "s,k http://e/c,");
	answers("ASK { ?s a :Q OPTIONAL { ?s :knows ?k } FILTER(BOUND(?k)) }", "false");
}

/* rasqal sorts numbers as text where it is asked for DISTINCT too. */
static void distinct(void **state)
{
	(void)state;
	answers("SELECT DISTINCT ?n { ?s :count ?n } ORDER BY DESC(?n)", "n 87 11 3");
	answers("SELECT DISTINCT * { ?s :count ?n OPTIONAL { ?s :age ?a } } ORDER BY ?n", "s,n,a http://e/c,3, http://e/b,11,25 http://e/b,87,25");
	answers("SELECT DISTINCT ?n { ?s :knows ?k . ?s a :P BIND(:x AS ?n) } ORDER BY ?n", "n http://e/x");
	answers("SELECT DISTINCT ?t { ?s a ?t } ORDER BY ?t", "t http://e/P http://e/Q");
}

static void aggregates(void **state)
{
	(void)state;
	answers("SELECT ?t (COUNT(?s) AS ?n) { ?s a ?t } GROUP BY ?t ORDER BY DESC(?n) ?t", "t,n http://e/P,2 http://e/Q,1");
	answers("SELECT (COUNT(*) AS ?n) (SUM(?a) AS ?s) (MIN(?a) AS ?l) (MAX(?a) AS ?h) { ?x :age ?a }", "n,s,l,h 2,55,25,30");
	answers("SELECT (COUNT(*) AS ?n) (SUM(?a) AS ?s) (MAX(?a) AS ?h) { ?x :nothing ?a }", "n,s,h 0,0,");
	answers("SELECT ?x (COUNT(?a) AS ?n) { ?x :nothing ?a } GROUP BY ?x", "x,n");
	answers("SELECT (COUNT(*) AS ?n) { ?a :p0 ?d . ?d :p2 ?b OPTIONAL { ?a :p1 ?c } }", "n 2");
	answers("SELECT (COUNT(*) AS ?n) { ?s a :P OPTIONAL { ?s :date ?d } FILTER(BOUND(?d)) }", "n 0");
	answers("SELECT (COUNT(*) AS ?n) { :a :age ?a }", "n 1");
}

static void made_graphs(void **state)
{
	(void)state;
	td_buf out = { 0 };
	assert_int_equal(ask("CONSTRUCT { ?k :of ?s } WHERE { ?s :knows ?k . ?s :age 25 OPTIONAL { ?s :date ?d } }", "table", &out, NULL), TD_OK);
	assert_true(td_str_ends(td_str_of(out.at), TD_STR("\n<http://e/c> <http://e/of> <http://e/b> .\n")));
	td_buf_free(&out);
}

static void refused(const char *query, td_status expected, const char *word)
{
	td_buf out = { 0 };
	td_error err = { .text = "" };
	td_status status = ask(query, "table", &out, &err);
	if (status != expected || !strstr(err.text, word)) fail_msg("%s: %s: %s", query, td_status_text(status), err.text);
	assert_int_equal(out.n, 1); /* nothing was written */
	td_buf_free(&out);
}

static void refusals_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *query, *word;
	} cases[] = {
		{ "SELECT ?t { :Q :sub+ ?t }", "property path" },
		{ "SELECT ?t { :Q :sub/:sub ?t }", "property path" },
		{ "SELECT ?s { ?s a :P FILTER EXISTS { ?s :knows ?k } }", "EXISTS" },
		{ "SELECT ?s { ?s a :P MINUS { ?s :age 30 } }", "MINUS" },
		{ "SELECT ?s { ?s a :P { SELECT ?s { ?s :age 30 } } }", "subselect" },
		{ "SELECT ?g { GRAPH ?g { ?s a :P } }", "GRAPH" },
		{ "DESCRIBE :a", "DESCRIBE" },
		{ "SELECT ?s FROM <http://x/> { ?s a :P }", "FROM" },
		{ "SELECT ?s { SERVICE <http://x/> { ?s a :P } }", "SERVICE" },
		{ "SELECT ?s { VALUES ?s { :a :b } ?s a :P }", "VALUES" },
		{ "INSERT DATA { :a :b :c }", "INSERT" },
		{ "SELECT (COUNT(?k) AS ?n) { ?s a :P OPTIONAL { ?s :knows ?k } }", "OPTIONAL" },
		{ "SELECT ?s { ?s a :P { ?s :age 30 } UNION { ?s :age 25 } }", "each branch" },
		{ "SELECT ?s { ?s a :P OPTIONAL { ?s :knows ?k } OPTIONAL { ?k :age ?b } }", "into one OPTIONAL" },
		{ "SELECT ?s { ?s a :P OPTIONAL { ?s :knows ?k } ?k :age ?b }", "before the OPTIONAL" },
		{ "SELECT ?s { OPTIONAL { ?s :knows ?k } ?s a :P }", "before the OPTIONAL" },
		{ "SELECT ?s { ?s a :P OPTIONAL { ?k a :Q OPTIONAL { ?k :age ?b . ?s :age ?b } } }", "own triples" },
		{ "SELECT ?s { ?s a :P OPTIONAL { ?s :date ?d } BIND(STR(?d) AS ?x) }", "BIND" },
		{ "SELECT DISTINCT ?t { ?s a ?t } ORDER BY ?t LIMIT 1", "DISTINCT" },
		{ "SELECT ?t { ?s a ?t } GROUP BY ?t", "GROUP BY" },
		{ "SELECT ?s { ?s a :P FILTER(?nowhere = 1) }", "?nowhere" },
		{ "SELECT ?tidings_1_a { ?tidings_1_a a :P }", "?tidings_" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) refused(cases[i].query, TD_ERR_UNSUPPORTED, cases[i].word);
}

static void mistakes_are_errors(void **state)
{
	(void)state;
	static const char *const cases[] = { "SELEC * {}", "SELECT ?s { ?s :p ?o", "SELECT ?s { ?s }", "SELECT ?s { ?s no:p ?o }", "SELECT ?s { ?s :p \"x }",
		"SELECT ?s { ?s :p ?o FILTER }", "SELECT ?s { ?s :p ?o OPTIONAL }", "SELECT ?s { ?s :p ?o OPTIONAL { ?s :q", "SELECT ?s { ?s :p ?o VALUES ?s }", "CONSTRUCT { ?s" };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) refused(cases[i], TD_ERR_SYNTAX, "");
	refused("SELECT ?s { \xFF }", TD_ERR_UTF8, "UTF-8");
	td_buf out = { 0 };
	assert_int_equal(ask("ASK {}", "yaml", &out, NULL), TD_ERR_USAGE);
	td_buf_free(&out);
}

static void repeat(td_buf *text, const char *head, const char *part, int times, const char *tail)
{
	td_buf_printf(text, "PREFIX : <http://e/> %s", head);
	for (int i = 0; i < times; i++) td_buf_printf(text, part, i);
	td_buf_printf(text, "%s%c", tail, 0);
}

/* Depth, length and variables are bounded: such a query is an error, not a crash. */
static void monsters_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *head, *part, *tail;
	} cases[] = { { "SELECT * ", "{", "" }, { "SELECT (", "(", "" }, { "ASK { ?s (", "(", "" }, { "ASK { ?s :p ", "[ :p ", "" }, { "ASK { ?s ?p ", "?a%d ", "}" },
		{ "ASK { ?s ?p ?o ", "OPTIONAL { ?s ?p ?o ", "}" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_buf text = { 0 }, out = { 0 };
		repeat(&text, cases[i].head, cases[i].part, 20000, cases[i].tail);
		assert_int_not_equal(td_rdf_query(text.at, NULL, 0, "csv", put, &out, NULL), TD_OK);
		td_buf_free(&text);
		td_buf_free(&out);
	}
}

static void lack_of_memory_is_an_error(void **state)
{
	(void)state;
	td_str query = TD_STR("SELECT * { ?s a ?t OPTIONAL { ?s :knows ?k . OPTIONAL { ?k :age ?a } } FILTER(?s != :b) }");
	uint64_t nth = 1;
	for (td_status status = TD_ERR_MEMORY; status != TD_OK && nth < 200; nth++) {
		td_buf out = { 0 };
		bool distinct;
		td_alloc_fail_at(nth);
		status = td_sparql_repair(query, &out, &distinct, NULL);
		td_alloc_fail_at(0);
		assert_true(status == TD_OK || status == TD_ERR_MEMORY);
		td_buf_free(&out);
	}
	assert_in_range(nth, 2, 199);
	td_buf out = { 0 };
	bool distinct;
	assert_int_equal(td_sparql_repair(query, &out, &distinct, NULL), TD_OK);
	assert_false(distinct);
	td_buf_free(&out);
}

static void formats(void **state)
{
	(void)state;
	static const struct {
		const char *format, *expected;
	} cases[] = {
		{ "csv", "n,a\r\nAnn,30\r\nBob,25\r\n" },
		{ "table", "n    a\n---  --\nAnn  30\nBob  25\n" },
		{ "json", "{\"head\": {\"vars\": [\"n\", \"a\"]},\n \"results\": {\"bindings\": [\n  {\"n\": {\"type\": \"literal\", \"value\": \"Ann\", \"xml:lang\": \"en\"}, "
			"\"a\": {\"type\": \"literal\", \"value\": \"30\", \"datatype\": \"http://www.w3.org/2001/XMLSchema#integer\"}},\n"
			"  {\"n\": {\"type\": \"literal\", \"value\": \"Bob\"}, \"a\": {\"type\": \"literal\", \"value\": \"25\", "
			"\"datatype\": \"http://www.w3.org/2001/XMLSchema#integer\"}}\n ]}}\n" },
		{ "xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n  <head>\n    <variable name=\"n\"/>\n"
			"    <variable name=\"a\"/>\n  </head>\n  <results>\n    <result>\n      <binding name=\"n\"><literal xml:lang=\"en\">Ann</literal></binding>\n"
			"      <binding name=\"a\"><literal datatype=\"http://www.w3.org/2001/XMLSchema#integer\">30</literal></binding>\n    </result>\n    <result>\n"
			"      <binding name=\"n\"><literal>Bob</literal></binding>\n"
			"      <binding name=\"a\"><literal datatype=\"http://www.w3.org/2001/XMLSchema#integer\">25</literal></binding>\n    </result>\n  </results>\n</sparql>\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_buf out = { 0 };
		assert_int_equal(ask("SELECT ?n ?a { ?s :name ?n ; :age ?a } ORDER BY ?s", cases[i].format, &out, NULL), TD_OK);
		assert_string_equal(out.at, cases[i].expected);
		td_buf_free(&out);
	}
}

static int write_data(void **state)
{
	(void)state;
	snprintf(path, sizeof path, "/tmp/tidings-query-%ld.trig", (long)getpid());
	FILE *file = fopen(path, "w");
	if (!file) return -1;
	bool failed = fputs(data, file) < 0;
	return fclose(file) || failed;
}

static int remove_data(void **state)
{
	(void)state;
	td_rdf_end();
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns),
		cmocka_unit_test(optional),
		cmocka_unit_test(distinct),
		cmocka_unit_test(aggregates),
		cmocka_unit_test(made_graphs),
		cmocka_unit_test(refusals_are_named),
		cmocka_unit_test(mistakes_are_errors),
		cmocka_unit_test(monsters_are_refused),
		cmocka_unit_test(lack_of_memory_is_an_error),
		cmocka_unit_test(formats),
	};
	return cmocka_run_group_tests(tests, write_data, remove_data);
}
