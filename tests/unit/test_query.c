/* SPARQL over files: what is asked of a small graph, and the answer as CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <unistd.h>

#include "rdf/rdf.h"

static const char data[] = "@prefix : <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
	":g { :a a :P ; :name \"Ann\"@en ; :age 30 ; :knows :b, :c . :b a :P ; :name \"Bob\" ; :age 25 ; :knows :c . }\n"
	":h { :c a :Q ; :name \"Cyd, \\\"C\\\"\" ; :date \"2017-04-12\"^^xsd:date . :a :age 30 . }\n"
	"{ :Q :sub :R . :R :sub :T . :P :sub :R . :d :date \"2018-01-01\"^^xsd:date ; :name \"Dän\" . }\n";

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
	answers("SELECT ?s ?a { ?s :name ?n OPTIONAL { ?s :age ?a } } ORDER BY ?s", "s,a http://e/a,30 http://e/b,25 http://e/c, http://e/d,");
	answers("SELECT ?s ?k { ?s a :P . ?s :age ?a OPTIONAL { ?s :knows ?k FILTER(?a > 27) } } ORDER BY ?s ?k", "s,k http://e/a,http://e/b http://e/a,http://e/c http://e/b,");
	answers("SELECT ?s { { ?s :age 30 } UNION { ?s a :Q } } ORDER BY ?s", "s http://e/a http://e/c");
	answers("SELECT ?s { ?s :name ?n MINUS { ?s a ?t } }", "s http://e/d");
	answers("SELECT ?s { ?s a :P FILTER NOT EXISTS { ?s :knows :b } }", "s http://e/b");
	answers("SELECT ?s { ?s a :P FILTER EXISTS { ?s :knows ?k . ?k :age ?a } }", "s http://e/a");
	answers("SELECT ?s ?x { VALUES (?s ?x) { (:a 1) (:b UNDEF) } ?s :age ?g } ORDER BY ?s", "s,x http://e/a,1 http://e/b,");
	answers("SELECT ?x { :c :name ?n BIND(STRLEN(?n) AS ?x) }", "x 8");
	answers("SELECT ?s ?n { ?s a :P { SELECT ?s (COUNT(?k) AS ?n) { ?s :knows ?k } GROUP BY ?s } } ORDER BY ?s", "s,n http://e/a,2 http://e/b,1");
	answers("SELECT ?x { ?x :knows [ :age 25 ] }", "x http://e/a");
	answers("SELECT * { ?s :age ?a FILTER(?a < 30) }", "s,a http://e/b,25");
	answers("SELECT ?s { ?s ?p ?s }", "s");
	answers("# EXISTS\nSELECT ?exists { ?exists :name \"Cyd, \\\"C\\\"\" . # }\n }", "exists http://e/c");
}

static void graphs(void **state)
{
	(void)state;
	answers("SELECT (COUNT(*) AS ?n) { :a :age ?a }", "n 1");
	answers("SELECT ?g { GRAPH ?g { :a :age 30 } } ORDER BY ?g", "g http://e/g http://e/h");
	answers("SELECT (COUNT(*) AS ?n) { GRAPH :g { ?s ?p ?o } }", "n 9");
	answers("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g", "g http://e/g http://e/h");
	answers("SELECT ?g ?o { GRAPH ?g { :a :knows/:name ?o } } ORDER BY ?o", "g,o http://e/g,Bob");
	answers("SELECT ?s { GRAPH :nowhere { ?s ?p ?o } }", "s");
}

static void paths(void **state)
{
	(void)state;
	answers("SELECT ?n { :a :knows/:name ?n } ORDER BY ?n", "n Bob \"Cyd, \"\"C\"\"\"");
	answers("SELECT ?t { :Q :sub+ ?t } ORDER BY ?t", "t http://e/R http://e/T");
	answers("SELECT ?t { :Q :sub* ?t } ORDER BY ?t", "t http://e/Q http://e/R http://e/T");
	answers("SELECT ?t { :Q :sub? ?t } ORDER BY ?t", "t http://e/Q http://e/R");
	answers("SELECT ?s { ?s a/:sub+ :T } ORDER BY ?s", "s http://e/a http://e/b http://e/c");
	answers("SELECT ?s { :c ^:knows ?s } ORDER BY ?s", "s http://e/a http://e/b");
	answers("SELECT ?s { :b (:knows|^:knows) ?s } ORDER BY ?s", "s http://e/a http://e/c");
	answers("SELECT ?o { :b !(:knows|a|:age) ?o }", "o Bob");
	answers("SELECT ?s { :b !^:sub ?s }", "s http://e/a");
	answers("SELECT ?a ?b { ?a :sub+ ?b } ORDER BY ?a ?b", "a,b http://e/P,http://e/R http://e/P,http://e/T http://e/Q,http://e/R http://e/Q,http://e/T http://e/R,http://e/T");
}

static void expressions(void **state)
{
	(void)state;
	static const struct {
		const char *expr, *value;
	} cases[] = {
		{ "1 + 2 * 3", "7" }, { "(1 + 2) * 3", "9" }, { "7 / 2", "3.5" }, { "1.5 + 1", "2.5" }, { "-(3)", "-3" }, { "1 - 1 - 1", "-1" }, { "1 / 0", "" },
		{ "1 < 2", "true" }, { "1 = 1.0", "true" }, { "\"a\" = \"a\"@en", "false" }, { "\"a\" < \"b\"", "true" }, { ":a = :a", "true" },
		{ "\"x\" + 1", "" }, { "!true", "false" }, { "true || (1/0 = 1)", "true" }, { "false && (1/0 = 1)", "false" }, { "true && (1/0 = 1)", "" },
		{ "2 IN (1, 2)", "true" }, { "3 NOT IN (1, 2)", "true" }, { "IF(1 < 2, \"y\", \"n\")", "y" }, { "COALESCE(?none, 5)", "5" }, { "BOUND(?none)", "false" },
		{ "STR(:a)", "http://e/a" }, { "LANG(\"a\"@en)", "en" }, { "LANGMATCHES(\"en-GB\", \"EN\")", "true" }, { "DATATYPE(1)", "http://www.w3.org/2001/XMLSchema#integer" },
		{ "IRI(\"http://x/\")", "http://x/" }, { "IRI(\"not one\")", "" }, { "ISIRI(:a)", "true" }, { "ISLITERAL(1)", "true" }, { "ISNUMERIC(\"1\")", "false" },
		{ "STRLEN(\"D\xC3\xA4n\")", "3" }, { "UCASE(\"d\xC3\xA4n\")", "D\xC3\x84N" }, { "LCASE(\"D\xC3\x84N\")", "d\xC3\xA4n" },
		{ "SUBSTR(\"d\xC3\xA4nn\", 2, 2)", "\xC3\xA4n" }, { "SUBSTR(\"abc\", 2)", "bc" }, { "CONTAINS(\"abc\", \"bc\")", "true" }, { "CONTAINS(\"\", \"\")", "true" },
		{ "STRSTARTS(\"abc\", \"ab\")", "true" }, { "STRENDS(\"abc\", \"ab\")", "false" }, { "STRBEFORE(\"abc\", \"b\")", "a" }, { "STRAFTER(\"abc\", \"b\")", "c" },
		{ "STRAFTER(\"abc\", \"x\")", "" }, { "CONCAT(\"a\", STR(1), \"c\")", "a1c" }, { "CONCAT()", "" }, { "ENCODE_FOR_URI(\"a b/\xC3\xA4\")", "a%20b%2F%C3%A4" },
		{ "REGEX(\"abc\", \"^A\", \"i\")", "true" }, { "REGEX(\"a1\", \"^.\\\\d$\")", "true" }, { "REGEX(\"a\", \"(\")", "" }, { "REPLACE(\"banana\", \"a(n)\", \"$1-\")", "bn-n-a" },
		{ "REPLACE(\"abc\", \"x*\", \"y\")", "" }, { "ABS(-2)", "2" }, { "CEIL(1.2)", "2.0" }, { "FLOOR(1.8)", "1.0" }, { "ROUND(2.5)", "3.0" },
		{ "YEAR(\"2017-04-12\"^^xsd:date)", "2017" }, { "MONTH(\"2017-04-12\"^^xsd:date)", "4" }, { "DAY(\"2017-04-12T10:11:12Z\"^^xsd:dateTime)", "12" },
		{ "MINUTES(\"2017-04-12T10:11:12Z\"^^xsd:dateTime)", "11" }, { "xsd:integer(\"12\")", "12" }, { "xsd:integer(\"x\")", "" }, { "xsd:decimal(3)", "3.0" },
		{ "xsd:boolean(\"1\")", "true" }, { "\"2017-04-12\"^^xsd:date < \"2017-05-01\"^^xsd:date", "true" },
		{ "\"2017-04-12T10:00:00+02:00\"^^xsd:dateTime = \"2017-04-12T08:00:00Z\"^^xsd:dateTime", "true" }, { "STRDT(\"1\", xsd:integer) + 1", "2" },
		{ "LANG(STRLANG(\"a\", \"de\"))", "de" }, { "SAMETERM(1, 1.0)", "false" }, { "9223372036854775807 + 1", "9223372036854775808.0" }, { "\"\\u00E4\\t\"", "\xC3\xA4\t" },
		{ "EXISTS { :a :age 30 }", "true" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char query[512], expected[256];
		snprintf(query, sizeof query, "SELECT (%s AS ?x) {}", cases[i].expr);
		snprintf(expected, sizeof expected, "x %s", cases[i].value);
		answers(query, expected);
	}
}

static void aggregates(void **state)
{
	(void)state;
	answers("SELECT ?t (COUNT(?s) AS ?n) { ?s a ?t } GROUP BY ?t ORDER BY DESC(?n) ?t", "t,n http://e/P,2 http://e/Q,1");
	answers("SELECT (COUNT(*) AS ?n) (SUM(?a) AS ?s) (AVG(?a) AS ?m) (MIN(?a) AS ?l) (MAX(?a) AS ?h) { ?x :age ?a }", "n,s,m,l,h 2,55,27.5,25,30");
	answers("SELECT (COUNT(*) AS ?n) (SUM(?a) AS ?s) (MAX(?a) AS ?h) { ?x :nothing ?a }", "n,s,h 0,0,");
	answers("SELECT ?x (COUNT(?a) AS ?n) { ?x :nothing ?a } GROUP BY ?x", "x,n");
	answers("SELECT ?x (COUNT(?k) AS ?n) { ?x :name ?l OPTIONAL { ?x :knows ?k } } GROUP BY ?x ORDER BY ?x", "x,n http://e/a,2 http://e/b,1 http://e/c,0 http://e/d,0");
	answers("SELECT (COUNT(DISTINCT ?k) AS ?n) (COUNT(?k) AS ?m) { ?x :knows ?k }", "n,m 2,3");
	answers("SELECT (COUNT(?k) + 1 AS ?n) { ?x :knows ?k }", "n 4");
	answers("SELECT (STR(?t) AS ?x) (COUNT(?s) AS ?n) { ?s a ?t } GROUP BY ?t ORDER BY ?x", "x,n http://e/P,2 http://e/Q,1");
	answers("SELECT ?t { ?s a ?t } GROUP BY ?t HAVING(COUNT(?s) > 1)", "t http://e/P");
	answers("SELECT (GROUP_CONCAT(DISTINCT ?n; SEPARATOR=\"|\") AS ?g) { :a :name ?n }", "g Ann");
	answers("SELECT ?y (COUNT(?s) AS ?n) { ?s :date ?d } GROUP BY (YEAR(?d) AS ?y) ORDER BY ?y", "y,n 2017,1 2018,1");
	answers("SELECT (COUNT(DISTINCT *) AS ?n) { ?a :knows ?b }", "n 3");
}

static void modifiers(void **state)
{
	(void)state;
	answers("SELECT ?a { ?s :age ?a } ORDER BY ?a LIMIT 1", "a 25");
	answers("SELECT ?a { ?s :age ?a } ORDER BY DESC(?a) OFFSET 1", "a 25");
	answers("SELECT DISTINCT ?t { ?s a ?t } ORDER BY ?t", "t http://e/P http://e/Q");
	answers("SELECT ?t { ?s a ?t } LIMIT 0", "t");
	answers("SELECT ?s { ?s :age ?a } VALUES ?s { :b :c }", "s http://e/b");
	answers("ASK { :a :age 30 }", "true");
	answers("ASK { :a :age 31 }", "false");
}

static void made_graphs(void **state)
{
	(void)state;
	static const struct {
		const char *query, *expected;
	} cases[] = {
		{ "CONSTRUCT { ?k :of ?s } { ?s :knows ?k . ?s :age 25 }", "\n<http://e/c> <http://e/of> <http://e/b> .\n" },
		{ "CONSTRUCT WHERE { ?s :age 25 }", "\n<http://e/b> <http://e/age> 25 .\n" },
		{ "CONSTRUCT { _:x :is ?a } { :b :age ?a }", "> 25 .\n" },
		{ "DESCRIBE :R", "\n<http://e/R> <http://e/sub> <http://e/T> .\n" },
		{ "DESCRIBE ?s { ?s :sub :T }", "\n<http://e/R> <http://e/sub> <http://e/T> .\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_buf out = { 0 };
		assert_int_equal(ask(cases[i].query, "table", &out, NULL), TD_OK);
		if (!td_str_ends(td_str_of(out.at), td_str_of(cases[i].expected))) fail_msg("%s gives %s", cases[i].query, out.at);
		td_buf_free(&out);
	}
}

static void mistakes_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *query;
		td_status status;
		const char *text;
	} cases[] = {
		{ "", TD_ERR_SYNTAX, "SELECT" }, { "SELEC * {}", TD_ERR_SYNTAX, "SELEC" }, { "SELECT ?s { ?s :p ?o", TD_ERR_SYNTAX, "}" }, { "SELECT ?s { ?s }", TD_ERR_SYNTAX, "property" },
		{ "SELECT { ?s :p ?o }", TD_ERR_SYNTAX, "variables" }, { "SELECT ?s { ?s no:p ?o }", TD_ERR_SYNTAX, "prefix" }, { "SELECT ?s { ?s <p> ?o }", TD_ERR_SYNTAX, "IRI" },
		{ "SELECT ?s { ?s :p \"x }", TD_ERR_SYNTAX, "" }, { "SELECT ?s { ?s :p \"\\q\" }", TD_ERR_SYNTAX, "escape" }, { "SELECT ?s { ?s :p ?o } nonsense", TD_ERR_SYNTAX, "ended" },
		{ "SELECT ?s (COUNT(?o) AS ?n) { ?s :p ?o }", TD_ERR_SYNTAX, "?s" }, { "SELECT ?s { ?s :p ?o FILTER(1 + ) }", TD_ERR_SYNTAX, "expression" },
		{ "SELECT ?s { ?s :p ?o FILTER(STRLEN(1, 2) = 1) }", TD_ERR_SYNTAX, "arguments" }, { "SELECT (NOW() AS ?x) {}", TD_ERR_UNSUPPORTED, "NOW" },
		{ "SELECT ?s { SERVICE <http://x/> { ?s ?p ?o } }", TD_ERR_UNSUPPORTED, "SERVICE" }, { "SELECT ?s FROM <http://x/> { ?s ?p ?o }", TD_ERR_UNSUPPORTED, "FROM" },
		{ "INSERT DATA { :a :b :c }", TD_ERR_UNSUPPORTED, "updates" }, { "CLEAR ALL", TD_ERR_UNSUPPORTED, "updates" }, { "SELECT ?s { \xFF }", TD_ERR_UTF8, "UTF-8" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_buf out = { 0 };
		td_error err = { .text = "" };
		td_status status = ask(cases[i].query, "table", &out, &err);
		if (status != cases[i].status || !strstr(err.text, cases[i].text)) fail_msg("%s: %s: %s", cases[i].query, td_status_text(status), err.text);
		assert_int_equal(out.n, 1); /* nothing was written */
		td_buf_free(&out);
	}
	td_buf out = { 0 };
	assert_int_equal(ask("ASK {}", "yaml", &out, NULL), TD_ERR_USAGE);
	td_buf_free(&out);
}

/* Depth and length are bounded: such a query is an error, not a crash. */
static void monsters_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *head, *part, *tail;
	} cases[] = { { "SELECT * ", "{", "" }, { "SELECT (", "(", "" }, { "SELECT (1", " + 1", " AS ?x) {}" }, { "ASK { ?s (", "(", "" }, { "ASK { ?s :p ", "[ :p ", "" },
		{ "ASK { ?s :p ", "(", "" }, { "SELECT (", "!", "" }, { "SELECT (", "-", "" }, { "ASK { ?s ?p", "?a", "" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_buf text = { 0 }, out = { 0 };
		td_buf_printf(&text, "PREFIX : <http://e/> %s", cases[i].head);
		for (int k = 0; k < 200000; k++) td_buf_str(&text, td_str_of(cases[i].part));
		td_buf_str(&text, td_str_of(cases[i].tail));
		td_buf_char(&text, 0);
		assert_int_not_equal(td_rdf_query(text.at, NULL, 0, "csv", put, &out, NULL), TD_OK);
		td_buf_free(&text);
		td_buf_free(&out);
	}
}

static void formats(void **state)
{
	(void)state;
	static const struct {
		const char *format, *expected;
	} cases[] = {
		{ "csv", "n,a\r\nAnn,30\r\n\"Cyd, \"\"C\"\"\",\r\n" },
		{ "table", "n                 a\n----------------  --\nAnn               30\n\"Cyd, \\\"C\\\"\"  \n" },
		{ "json", "{\"head\": {\"vars\": [\"n\", \"a\"]},\n \"results\": {\"bindings\": [\n  {\"n\": {\"type\": \"literal\", \"value\": \"Ann\", \"xml:lang\": \"en\"}, "
			"\"a\": {\"type\": \"literal\", \"value\": \"30\", \"datatype\": \"http://www.w3.org/2001/XMLSchema#integer\"}},\n"
			"  {\"n\": {\"type\": \"literal\", \"value\": \"Cyd, \\\"C\\\"\"}}\n ]}}\n" },
		{ "xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n  <head>\n    <variable name=\"n\"/>\n"
			"    <variable name=\"a\"/>\n  </head>\n  <results>\n    <result>\n      <binding name=\"n\"><literal xml:lang=\"en\">Ann</literal></binding>\n"
			"      <binding name=\"a\"><literal datatype=\"http://www.w3.org/2001/XMLSchema#integer\">30</literal></binding>\n    </result>\n    <result>\n"
			"      <binding name=\"n\"><literal>Cyd, &quot;C&quot;</literal></binding>\n    </result>\n  </results>\n</sparql>\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_buf out = { 0 };
		assert_int_equal(ask("SELECT ?n ?a { VALUES ?s { :a :c } ?s :name ?n OPTIONAL { ?s :age ?a } } ORDER BY ?s", cases[i].format, &out, NULL), TD_OK);
		if (strcmp(cases[i].format, "table")) assert_string_equal(out.at, cases[i].expected);
		else assert_non_null(strstr(out.at, "Ann           30\n"));
		td_buf_free(&out);
	}
}

static void lack_of_memory_is_an_error(void **state)
{
	(void)state;
	static const char query[] = "SELECT ?t (COUNT(?s) AS ?n) { ?s a ?t OPTIONAL { ?s :knows+ ?k } { ?t :sub ?u } UNION { ?t a ?v MINUS { ?v ?w ?x } } } GROUP BY ?t ORDER BY ?n";
	uint64_t nth = 1;
	for (td_status status = TD_ERR_MEMORY; status != TD_OK && nth < 2000; nth++) {
		td_buf out = { 0 };
		char text[512];
		char *files[] = { path };
		snprintf(text, sizeof text, "PREFIX : <http://e/> %s", query);
		td_alloc_fail_at(nth);
		status = td_rdf_query(text, files, 1, "csv", put, &out, NULL);
		td_alloc_fail_at(0);
		assert_true(status == TD_OK || status == TD_ERR_MEMORY);
		td_buf_free(&out);
	}
	assert_in_range(nth, 10, 1999);
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
		cmocka_unit_test(graphs),
		cmocka_unit_test(paths),
		cmocka_unit_test(expressions),
		cmocka_unit_test(aggregates),
		cmocka_unit_test(modifiers),
		cmocka_unit_test(made_graphs),
		cmocka_unit_test(mistakes_are_named),
		cmocka_unit_test(monsters_are_refused),
		cmocka_unit_test(formats),
		cmocka_unit_test(lack_of_memory_is_an_error),
	};
	return cmocka_run_group_tests(tests, write_data, remove_data);
}
