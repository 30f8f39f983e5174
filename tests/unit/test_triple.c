#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <time.h>

#include "kg/triple.h"

static void iris_that_are_fine(void **state)
{
	(void)state;
	static const char *const fine[] = { "http://example.org/", "http://example.org", "urn:isbn:0451450523", "a:", "mailto:a@b.org",
		"http://u:p@example.org:8080/p;x=1/~y?q=1&r=/?#f/?", "http://[2001:db8::1]:80/x", "http://example.org:/", "x+y-z.1:abc",
		"http://example.org/caf\xC3\xA9", "http://example.org/\xF0\x9F\x9A\x80", "http://example.org/a%20b", "file:///tmp/x",
		"http://example.org/?\xEE\x80\x80", "http://example.org/(a)'b'*c!$", "http://example.org/a:b@c", "http:",
		"https://w3id.org/tidings/id/doc/1#char=0,5" };
	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
		if (!td_iri_ok(td_str_of(fine[i]))) fail_msg("refused: %s", fine[i]);
}

static void iris_that_are_none(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "x", "/path", "#f", "//host/", "?q", "1a:b", ":b", "-a:b", "a b:c", "http://example.org/a b",
		"http://example.org/<", "http://example.org/>", "http://example.org/\"", "http://example.org/{a}", "http://example.org/a|b",
		"http://example.org/a\\b", "http://example.org/a^b", "http://example.org/a`b", "http://example.org/\n", "http://example.org/\x7F",
		"http://example.org/%", "http://example.org/%4", "http://example.org/%4g", "http://example.org/%zz", "http://example.org/#a#b",
		"http://example.org:8a/", "http://[::1/", "http://[::g]/", "http://[]/", "http://a@b@c/", "http://example.org/[a]",
		"http://example.org/\xC2\x80", "http://example.org/\xEF\xBF\xBE", "http://example.org/\xEE\x80\x80", "http://example.org/\xFF",
		"http://example.org/\xC3", "http://example.org/\xED\xA0\x80", "http://example.org/\xEF\xB7\x90", "h\xC3\xA9:x" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (td_iri_ok(td_str_of(bad[i]))) fail_msg("taken: %s", bad[i]);
	assert_false(td_iri_ok((td_str){ "http://a/\0b", 11 }));
	assert_false(td_iri_ok((td_str){ "http://[::\0]/", 13 }));
}

static void language_tags(void **state)
{
	(void)state;
	static const char *const fine[] = { "en", "en-GB", "zh-Hant-TW", "de-1996", "x-klingon", "abcdefgh-12345678" };
	static const char *const bad[] = { "", "en-", "-en", "e n", "en_GB", "1a", "en--GB", "abcdefghi", "en-abcdefghi", "\xC3\xA9" };
	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) assert_true(td_lang_ok(td_str_of(fine[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (td_lang_ok(td_str_of(bad[i]))) fail_msg("taken: %s", bad[i]);
}

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

static td_status check(td_triple triple, td_error *err)
{
	td_graph graph;
	td_graph_init(&graph);
	assert_int_equal(td_graph_add(&graph, &triple, NULL), TD_OK);
	td_status status = td_graph_check(&graph, err);
	td_graph_free(&graph);
	return status;
}

static void check_names_the_term(void **state)
{
	(void)state;
	td_term a = iri("http://a/"), bad = iri("b c"), blank = { .kind = TD_BLANK, .value = TD_STR("x") }, text = literal("x", NULL, NULL);
	const struct {
		td_triple triple;
		const char *what;
	} cases[] = {
		{ { bad, a, a }, "subject \"b c\"" }, { { a, bad, a }, "predicate \"b c\"" }, { { a, a, bad }, "object \"b c\"" },
		{ { text, a, a }, "subject" }, { { a, text, a }, "predicate" }, { { blank, a, a }, "blank node" }, { { a, a, blank }, "blank node" },
		{ { a, a, literal("\xFF", NULL, NULL) }, "UTF-8" }, { { a, a, literal("x", "en_GB", NULL) }, "language tag" },
		{ { a, a, literal("x", NULL, "t") }, "datatype" }, { { a, a, literal("x", "en", "http://t/") }, "language and a datatype" },
		{ { a, a, literal("x", NULL, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString") }, "langString" },
		{ { a, a, { .kind = TD_LITERAL, .value = { "x\0y", 3 } } }, "U+0000" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_error err = { .text = "" };
		assert_int_equal(check(cases[i].triple, &err), TD_ERR_DATA);
		if (!strstr(err.text, cases[i].what)) fail_msg("\"%s\" lacks \"%s\"", err.text, cases[i].what);
	}
	assert_int_equal(check((td_triple){ a, a, literal("", NULL, NULL) }, NULL), TD_OK);
	assert_int_equal(check((td_triple){ a, a, literal("x", "en", NULL) }, NULL), TD_OK);
	assert_int_equal(check((td_triple){ a, a, literal("x", NULL, "http://t/") }, NULL), TD_OK);
}

static void check_looks_at_every_triple(void **state)
{
	(void)state;
	td_graph graph;
	td_graph_init(&graph);
	for (int i = 0; i < 3; i++) add(&graph, "http://s/", "http://p/", literal("fine", NULL, NULL));
	add(&graph, "http://s/", "http://p/", literal("bad \xC3", NULL, NULL));
	assert_int_equal(td_graph_check(&graph, NULL), TD_ERR_DATA);
	graph.triples.n = 3;
	assert_int_equal(td_graph_check(&graph, NULL), TD_OK);
	graph.name = TD_STR("relative");
	assert_int_equal(td_graph_check(&graph, NULL), TD_ERR_DATA);
	td_graph_free(&graph);
}

static void add_copies(void **state)
{
	(void)state;
	td_graph graph;
	char s[] = "http://s/", o[] = "text";
	td_graph_init(&graph);
	add(&graph, s, "http://p/", literal(o, NULL, "http://www.w3.org/2001/XMLSchema#string"));
	s[7] = 'X', o[0] = 'X';
	assert_true(td_str_eq(graph.triples.at[0].s.value, TD_STR("http://s/")));
	assert_true(td_str_eq(graph.triples.at[0].o.value, TD_STR("text")));
	assert_int_equal(graph.triples.at[0].o.datatype.n, 0);
	td_graph_free(&graph);
}

static void tidy_groups_and_drops_doubles(void **state)
{
	(void)state;
	td_graph graph;
	td_graph_init(&graph);
	add(&graph, "http://b/", "http://p/", literal("1", NULL, NULL));
	add(&graph, "http://a/", "http://p/", literal("1", NULL, NULL));
	add(&graph, "http://b/", "http://p/", literal("1", "en", NULL));
	add(&graph, "http://a/", "http://p/", literal("1", NULL, NULL));
	add(&graph, "http://b/", "http://q/", iri("http://x/"));
	add(&graph, "http://b/", "http://q/", literal("http://x/", NULL, NULL));
	add(&graph, "http://b/", "http://p/", literal("1", NULL, "http://t/"));
	assert_int_equal(td_graph_tidy(&graph, NULL), TD_OK);
	assert_int_equal(graph.triples.n, 6);
	for (uint32_t i = 0; i < 5; i++) assert_true(td_str_eq(graph.triples.at[i].s.value, TD_STR("http://b/")));
	assert_true(td_str_eq(graph.triples.at[5].s.value, TD_STR("http://a/")));
	assert_true(td_str_eq(graph.triples.at[1].o.lang, TD_STR("en")));
	add(&graph, "http://c/", "http://p/", literal("1", NULL, NULL));
	assert_int_equal(graph.triples.n, 7);
	td_graph_free(&graph);
}

/* Many subjects with the same predicate and object, and many doubles of one triple: both must stay linear. */
static void tidy_is_not_quadratic(void **state)
{
	(void)state;
	enum { N = 200000 };
	td_graph graph;
	char s[32];
	clock_t before = clock();
	td_graph_init(&graph);
	for (int i = 0; i < N; i++) {
		snprintf(s, sizeof s, "http://s/%d", i);
		add(&graph, s, "http://p/", iri("http://o/"));
	}
	for (int i = 0; i < N; i++) add(&graph, "http://same/", "http://p/", iri("http://o/"));
	assert_int_equal(td_graph_tidy(&graph, NULL), TD_OK);
	assert_int_equal(graph.triples.n, N + 1);
	assert_true((double)(clock() - before) / CLOCKS_PER_SEC < 20);
	td_graph_free(&graph);
}

static void tidy_survives_a_lack_of_memory(void **state)
{
	(void)state;
	for (uint64_t nth = 1; nth < 12; nth++) {
		td_graph graph;
		td_graph_init(&graph);
		for (int i = 0; i < 100; i++) add(&graph, i % 2 ? "http://a/" : "http://b/", "http://p/", literal(i % 3 ? "x" : "y", NULL, NULL));
		td_alloc_fail_at(nth);
		td_status status = td_graph_tidy(&graph, NULL);
		td_alloc_fail_at(0);
		assert_true(status == TD_OK || status == TD_ERR_MEMORY);
		assert_int_equal(graph.triples.n, status == TD_OK ? 4 : 100);
		td_graph_free(&graph);
	}
}

static void prefixes_are_well_formed(void **state)
{
	(void)state;
	for (const td_prefix *p = td_prefixes; p->prefix; p++) {
		assert_true(td_iri_ok(td_str_of(p->iri)));
		for (const td_prefix *q = p + 1; q->prefix; q++) {
			assert_string_not_equal(p->prefix, q->prefix);
			assert_string_not_equal(p->iri, q->iri);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iris_that_are_fine),
		cmocka_unit_test(iris_that_are_none),
		cmocka_unit_test(language_tags),
		cmocka_unit_test(check_names_the_term),
		cmocka_unit_test(check_looks_at_every_triple),
		cmocka_unit_test(add_copies),
		cmocka_unit_test(tidy_groups_and_drops_doubles),
		cmocka_unit_test(tidy_is_not_quadratic),
		cmocka_unit_test(tidy_survives_a_lack_of_memory),
		cmocka_unit_test(prefixes_are_well_formed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
