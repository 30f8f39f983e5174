/* What a store's answer means, what is shown of it, and what its counts say. */
#include "check.h"

#include "rdf/answer.h"
#include "rdf/upload_impl.h"

static td_answer make(long status, const char *type, const char *body)
{
	return (td_answer){ .status = status, .type = type, .body = td_str_of(body) };
}

static void only_some_answers_are_success(void **state)
{
	(void)state;
	static const struct {
		long status;
		const char *type, *body;
		bool stored, passes;
	} cases[] = { { 200, "", "", true, false }, { 201, "text/plain", "made", true, false }, { 204, "", "", true, false },
		{ 200, "application/sparql-results+json", "{}", true, false }, { 200, "text/html", "", true, false }, { 200, "text/html", "stored", false, false },
		{ 201, "Text/HTML; charset=utf-8", "x", false, false }, { 200, "", " \n<!DOCTYPE html>", false, false }, { 200, "text/plain", "<HTML>", false, false },
		{ 200, "application/xhtml+xml", "x", false, false }, { 200, "application/xml", "<sparql/>", true, false }, { 202, "", "", false, false },
		{ 206, "", "", false, false }, { 100, "", "", false, false }, { 0, "", "", false, false }, { -1, "", "", false, false },
		{ 301, "", "", false, false }, { 404, "", "", false, false }, { 429, "", "", false, true }, { 500, "", "", false, false },
		{ 502, "", "", false, true }, { 503, "", "", false, true }, { 504, "", "", false, true }, { 1200, "", "", false, false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_answer a = make(cases[i].status, cases[i].type, cases[i].body);
		if (td_answer_stored(&a) != cases[i].stored || td_answer_passes(&a) != cases[i].passes)
			fail_msg("case %zu: %ld %s", i, cases[i].status, cases[i].body);
	}
}

static void what_got_into_its_way_passes(void **state)
{
	(void)state;
	static const struct {
		long status;
		const char *type, *body;
		bool passes;
	} cases[] = { { 500, "text/plain", "Virtuoso 40001 Error SR172: Transaction deadlocked\n\nSPARQL query:\n", true },
		{ 500, "text/html", "<!DOCTYPE HTML>\n<html><h1>HTTP/1.1 500 Request Failed</h1>\n<pre>Error 40001\nSR172: </pre>", true },
		{ 500, "", "ERROR: Deadlock detected", true }, { 500, "", "Observed State has Changed", true },
		{ 599, "", "ERROR: could not serialize access due to concurrent update", true }, { 400, "", "Error 40001", false }, { 200, "", "Error 40001", false },
		{ 600, "", "Error 40001", false }, { 500, "", "error at line 40001", false }, { 500, "", "Virtuoso 37000 Error SP031: 40001", false },
		/* what is quoted behind the first line may be anybody's words */
		{ 500, "text/plain", "too large\n\"Error 40001: deadlock detected\"", false }, { 500, "", "", false }, { 500, "", "\xFF" "Error 40001", false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_answer a = make(cases[i].status, cases[i].type, cases[i].body);
		if (td_answer_passes(&a) != cases[i].passes) fail_msg("case %zu: %ld %s", i, cases[i].status, cases[i].body);
	}
}

static void only_the_head_of_an_excuse_is_read(void **state)
{
	(void)state;
	static const char mark[] = "Error 40001";
	char *page = td_alloc(1 << 20);
	assert_non_null(page);
	memset(page, 'x', 1 << 20);
	memcpy(page + 500, mark, sizeof mark - 1);
	td_answer a = { .status = 500, .type = "", .body = { page, 1 << 20 } };
	assert_false(td_answer_passes(&a));
	memcpy(page + 100, mark, sizeof mark - 1);
	assert_true(td_answer_passes(&a));
	a.body.n = 105; /* nothing is read behind its end */
	assert_false(td_answer_passes(&a));
	memset(page, '<', 1 << 20);
	a.body.n = 1 << 20;
	assert_false(td_answer_passes(&a));
	td_free(page);
}

static void the_stores_words(void **state)
{
	(void)state;
	static const struct {
		const char *body, *shown;
	} cases[] = { { "", "" }, { " \n\t", "" }, { "no room", ": no room" }, { "first\r\nsecond", ": first" }, { "a\x1b[31m\x7f", ": a [31m " },
		{ "<html>\n <title>Error</title>\n<p>The  disk\n is full</p>", ": Error The disk is full" }, { "<", "" }, { "<a", "" }, { "<>>x", ": x" },
		{ "half \xC3", ": half " }, { "\xFF", "" } };
	char shown[TD_ANSWER_SAID];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_answer_said(td_str_of(cases[i].body), shown);
		if (td_str_trim(td_str_of(shown)).n != td_str_trim(td_str_of(cases[i].shown)).n || strncmp(shown, cases[i].shown, strlen(shown)) != 0)
			fail_msg("case %zu: '%s'", i, shown);
	}
}

static void long_words_are_cut(void **state)
{
	(void)state;
	char shown[TD_ANSWER_SAID], *page = td_alloc(1 << 20);
	assert_non_null(page);
	memset(page, 'x', 1 << 20);
	td_answer_said((td_str){ page, 1 << 20 }, shown);
	assert_true(strlen(shown) < TD_ANSWER_SAID);
	memset(page, '<', 1 << 20);
	td_answer_said((td_str){ page, 1 << 20 }, shown);
	assert_string_equal(shown, "");
	for (size_t i = 0; i + 1 < 1 << 20; i += 2) memcpy(page + i, "\xC3\xA9", 2);
	td_answer_said((td_str){ page, 1 << 20 }, shown);
	assert_int_equal(td_utf8_check(td_str_of(shown)), strlen(shown));
	td_free(page);
}

static void a_store_that_asks_for_patience(void **state)
{
	(void)state;
	td_error err;
	td_answer a = make(503, "", "back soon");
	a.retry_after = 3600;
	assert_int_equal(td_answer_failed(&a, "http://x/", &err), TD_ERR_STORE);
	assert_string_equal(err.text, "http://x/: HTTP 503: back soon (the store asks for 3600 seconds of patience)");
	a = make(401, "", "");
	assert_int_equal(td_answer_failed(&a, "http://x/", &err), TD_ERR_AUTH);
}

/* ---- counts -------------------------------------------------------------------------------------------------- */

static struct {
	uint32_t n;
	uint64_t sum;
	char last[32];
} rows;

static void count(void *context, td_str graph, uint64_t n)
{
	(void)context;
	rows.n++;
	rows.sum += n;
	(void)snprintf(rows.last, sizeof rows.last, TD_STR_FMT, TD_STR_ARG(graph));
}

static bool read_counts(const char *answer)
{
	memset(&rows, 0, sizeof rows);
	return td_counts_read(td_str_of(answer), count, NULL);
}

#define ROWS(rows) "{\"head\": {}, \"results\": {\"bindings\": [" rows "]}}"
#define ROW(g, n) "{\"g\": {\"type\": \"uri\", \"value\": \"" g "\"}, \"n\": {\"type\": \"literal\", \"value\": \"" n "\"}}"

static void counts_of_many_graphs(void **state)
{
	(void)state;
	assert_true(read_counts(ROWS(ROW("a:1", "10") ", " ROW("a:\\u00e9", "32"))));
	assert_int_equal(rows.n, 2);
	assert_int_equal(rows.sum, 42);
	assert_string_equal(rows.last, "a:\xC3\xA9");
	assert_true(read_counts(ROWS("")));
	assert_int_equal(rows.n, 0);
	assert_true(read_counts(ROWS("{\"n\": {\"value\": \"7\"}}")));
	assert_int_equal(rows.sum, 7);
	assert_string_equal(rows.last, "");
}

static void what_is_no_count(void **state)
{
	(void)state;
	static const char *const answers[] = { "", "7", "[]", "{}", "null", "<sparql/>", "{\"results\": {\"bindings\": {}}}", ROWS("7"), ROWS("{}"),
		ROWS(ROW("a:1", "")), ROWS(ROW("a:1", "-1")), ROWS(ROW("a:1", "1.0")), ROWS(ROW("a:1", " 1")), ROWS(ROW("a:1", "99999999999999999999")),
		ROWS("{\"n\": {\"value\": 7}}"), ROWS("{\"n\": 7}"), "{\"results\": {\"bindings\": [" ROW("a:1", "1"), ROWS(ROW("a:1", "0x1f")) };
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (read_counts(answers[i])) fail_msg("%s", answers[i]);
}

static void depth_ends(void **state)
{
	(void)state;
	char *deep = td_alloc(1 << 20);
	assert_non_null(deep);
	memset(deep, '[', (1 << 20) - 1);
	deep[(1 << 20) - 1] = 0;
	assert_false(read_counts(deep));
	td_free(deep);
}

static void where_queries_go(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to;
	} cases[] = { { "http://h:1/store", "http://h:1/query" }, { "http://h/ds/data", "http://h/ds/query" }, { "http://h/ds/update/", "http://h/ds/query" },
		{ "http://h/sparql-graph-crud-auth", "http://h/sparql-auth" }, { "http://h/repositories/r/statements", "http://h/repositories/r" },
		{ "http://h/sparql?x=1", "http://h/sparql" } };
	td_error err;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_buf url = { 0 };
		assert_int_equal(td_query_url(cases[i].from, NULL, &url, &err), TD_OK);
		assert_string_equal(url.at, cases[i].to);
		td_buf_free(&url);
	}
	td_buf none = { 0 };
	assert_int_equal(td_query_url("http://h/elsewhere", NULL, &none, &err), TD_ERR_USAGE);
	assert_int_equal(td_query_url("http://h/store", "http://u:p@h/q", &none, &err), TD_ERR_USAGE);
	td_buf_free(&none);
}

static void ways_that_others_can_read(void **state)
{
	(void)state;
	assert_false(td_upload_is_open("http://127.0.0.1:80/"));
	assert_false(td_upload_is_open("http://127.1.2.3/"));
	assert_false(td_upload_is_open("http://LOCALHOST:7878/store"));
	assert_false(td_upload_is_open("http://[::1]:7878/store"));
	assert_false(td_upload_is_open("https://example.org/"));
	assert_true(td_upload_is_open("http://example.org/"));
	assert_true(td_upload_is_open("http://localhost.example.org/"));
	assert_true(td_upload_is_open("http://10.0.0.1/"));
	assert_true(td_upload_is_open("http://127.example.org/"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_some_answers_are_success),
		cmocka_unit_test(what_got_into_its_way_passes),
		cmocka_unit_test(only_the_head_of_an_excuse_is_read),
		cmocka_unit_test(the_stores_words),
		cmocka_unit_test(long_words_are_cut),
		cmocka_unit_test(a_store_that_asks_for_patience),
		cmocka_unit_test(counts_of_many_graphs),
		cmocka_unit_test(what_is_no_count),
		cmocka_unit_test(depth_ends),
		cmocka_unit_test(where_queries_go),
		cmocka_unit_test(ways_that_others_can_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
