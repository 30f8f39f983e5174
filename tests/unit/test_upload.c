/* The uploader against a server that plays a script: what it is sent, and what it makes of the answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "upload.h"

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- tests: requests ----------------------------------------------------------------------------------------- */

static void put_sends_the_whole_graph(void **state)
{
	(void)state;
	td_error err;
	char length[64];
	SERVE(ANSWER("201 Created", "Content-Length: 0\r\n", ""));
	assert_int_equal(upload("/data", &plain, 3, &err), TD_OK);
	assert_int_equal(server.served, 1);
	assert_true(heard(0, "PUT /data?graph=http%3A%2F%2Fexample.org%2Fdoc%3Fa%3D1%26b%3D%C3%A9 HTTP/1.1\r\n"));
	assert_true(heard(0, "Content-Type: application/n-triples\r\n"));
	assert_false(heard(0, "Transfer-Encoding"));
	snprintf(length, sizeof length, "Content-Length: %zu\r\n", server.bodies[0].n);
	assert_true(heard(0, length));
	assert_string_equal(server.bodies[0].at, "<http://example.org/s> <http://example.org/p> \"value \\\"0\\\"\"@en .\n"
		"<http://example.org/s> <http://example.org/p> \"value \\\"1\\\"\"@en .\n"
		"<http://example.org/s> <http://example.org/p> \"value \\\"2\\\"\"@en .\n");
	server_stop();
}

static void put_keeps_the_query_of_the_url(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("204 No Content", "", ""));
	assert_int_equal(upload("/data?x=1", &plain, 0, &err), TD_OK);
	assert_true(heard(0, "PUT /data?x=1&graph=http%3A"));
	assert_true(heard(0, "Content-Length: 0\r\n"));
	server_stop();
}

static void update_goes_in_batches(void **state)
{
	(void)state;
	td_error err;
	SERVE(OK);
	assert_int_equal(upload("/ds/update", &(td_upload_options){ .batch = 1000 }, 2500, &err), TD_OK);
	assert_int_equal(server.served, 3);
	static const uint32_t sizes[] = { 1000, 1000, 500 };
	for (uint32_t i = 0; i < 3; i++) {
		assert_true(heard(i, "POST /ds/update HTTP/1.1\r\n"));
		assert_true(heard(i, "Content-Type: application/sparql-update"));
		assert_int_equal(count_of(server.bodies[i].at, "<http://example.org/p>"), sizes[i]);
		assert_int_equal(count_of(server.bodies[i].at, "INSERT DATA { GRAPH <http://example.org/doc?a=1&b=\xC3\xA9> {"), 1);
		assert_int_equal(count_of(server.bodies[i].at, "DROP SILENT GRAPH"), i == 0);
	}
	server_stop();
}

static void update_of_nothing_drops(void **state)
{
	(void)state;
	td_error err;
	SERVE(OK);
	assert_int_equal(upload("/update", &plain, 0, &err), TD_OK);
	assert_string_equal(server.bodies[0].at, "DROP SILENT GRAPH <http://example.org/doc?a=1&b=\xC3\xA9>");
	server_stop();
}

static void method_follows_the_url(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		td_upload_method asked;
		const char *method;
	} cases[] = { { "/", TD_UPLOAD_AUTO, "PUT" }, { "", TD_UPLOAD_AUTO, "PUT" }, { "/store", TD_UPLOAD_AUTO, "PUT" },
		{ "/update/", TD_UPLOAD_AUTO, "POST" }, { "/sparql-auth?x=/store", TD_UPLOAD_AUTO, "POST" },
		{ "/sparql-graph-crud-auth", TD_UPLOAD_AUTO, "PUT" }, { "/r/statements", TD_UPLOAD_AUTO, "POST" },
		{ "/updated", TD_UPLOAD_AUTO, "PUT" }, { "/update", TD_UPLOAD_GSP, "PUT" }, { "/store", TD_UPLOAD_UPDATE, "POST" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_error err;
		SERVE(OK);
		assert_int_equal(upload(cases[i].path, &(td_upload_options){ .method = cases[i].asked }, 1, &err), TD_OK);
		assert_memory_equal(server.heads[0].at, cases[i].method, strlen(cases[i].method));
		server_stop();
	}
}

/* ---- tests: answers ------------------------------------------------------------------------------------------ */

static void answers_and_what_they_mean(void **state)
{
	(void)state;
	static const struct {
		const char *answer;
		td_status status;
		const char *text;
	} cases[] = {
		{ ANSWER("200 OK", "Content-Type: text/html\r\nContent-Length: 20\r\n", "<html><body>hi there"), TD_ERR_STORE, "web page" },
		{ ANSWER("200 OK", "Content-Length: 22\r\n", "\n <!DOCTYPE html><p>hi"), TD_ERR_STORE, "web page" },
		{ ANSWER("202 Accepted", "Content-Length: 0\r\n", ""), TD_ERR_STORE, "202" },
		{ ANSWER("304 Not Modified", "", ""), TD_ERR_STORE, "304" },
		{ ANSWER("400 Bad Request", "Content-Length: 19\r\n", "line 3: bad\x01thing\nx"), TD_ERR_STORE, "400: line 3: bad thing" },
		{ ANSWER("403 Forbidden", "Content-Length: 0\r\n", ""), TD_ERR_AUTH, "403" },
		{ ANSWER("404 Not Found", "Content-Length: 41\r\n", "<html><title>No such page</title></html>\n"), TD_ERR_STORE, "404: No such page" },
		{ ANSWER("500 Internal Server Error", "Content-Length: 0\r\n", ""), TD_ERR_STORE, "500" },
		{ ENDLESS, TD_ERR_STORE, "longer" },
		{ "SSH-2.0-OpenSSH_9.2\r\n", TD_ERR_NETWORK, "127.0.0.1" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_error err;
		SERVE(cases[i].answer);
		assert_int_equal(upload("/data", &plain, 1, &err), cases[i].status);
		if (!strstr(err.text, cases[i].text)) fail_msg("\"%s\" lacks \"%s\"", err.text, cases[i].text);
		assert_int_equal(server.served, 1);
		server_stop();
	}
}

static void broken_update_says_incomplete(void **state)
{
	(void)state;
	td_error err;
	SERVE(OK, ANSWER("500 Internal Server Error", "Content-Length: 0\r\n", ""));
	assert_int_equal(upload("/update", &(td_upload_options){ .batch = 10 }, 25, &err), TD_ERR_STORE);
	assert_int_equal(server.served, 5); /* 10 triples, then 10, 5, 2 and 1 are refused */
	assert_non_null(strstr(err.text, "incomplete"));
	assert_non_null(strstr(err.text, "10 of 25"));
	assert_non_null(strstr(err.text, "HTTP 500"));
	server_stop();
}

static void refused_batches_are_halved(void **state)
{
	(void)state;
	static const char *const refusals[] = { ANSWER("400 Bad Request", "Content-Length: 0\r\n", ""),
		ANSWER("413 Content Too Large", "Content-Length: 0\r\n", ""), ANSWER("500 Internal Server Error", "Content-Length: 0\r\n", "") };
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		td_error err;
		SERVE(refusals[i], refusals[i], OK);
		assert_int_equal(upload("/update", &(td_upload_options){ .batch = 100 }, 90, &err), TD_OK);
		assert_int_equal(server.served, 7);
		for (uint32_t k = 0; k < 7; k++) {
			assert_int_equal(count_of(server.bodies[k].at, "value"), k == 0 ? 90 : k == 1 ? 45 : k < 6 ? 22 : 2);
			assert_int_equal(count_of(server.bodies[k].at, "DROP SILENT GRAPH"), k < 3);
		}
		server_stop();
	}
}

static void busy_store_is_asked_again(void **state)
{
	(void)state;
	static const char *const passing[] = { ANSWER("503 Service Unavailable", "Content-Length: 0\r\n", ""),
		ANSWER("429 Too Many Requests", "Content-Length: 0\r\n", ""), ANSWER("502 Bad Gateway", "Content-Length: 0\r\n", ""),
		ANSWER("504 Gateway Timeout", "Content-Length: 0\r\n", ""), CUT, HALF };
	for (size_t i = 0; i < sizeof passing / sizeof *passing; i++) {
		td_error err;
		SERVE(passing[i], OK);
		assert_int_equal(upload("/data", &plain, 2, &err), TD_OK);
		assert_int_equal(server.served, 2);
		assert_int_equal(count_of(server.bodies[1].at, "value"), 2);
		server_stop();
	}
}

/* What the store gave up for another request is no matter of size: the same bytes again, and not fewer in the end. */
static void deadlocked_requests_go_again_as_they_were(void **state)
{
	(void)state;
	td_error err;
	static const char deadlock[] = ANSWER("500 SPARQL Request Failed", "Content-Length: 50\r\n", "Virtuoso 40001 Error SR172: Transaction deadlocked");
	SERVE(deadlock, deadlock, OK);
	assert_int_equal(upload("/update", &(td_upload_options){ .gzip = true }, 20, &err), TD_OK);
	assert_int_equal(server.served, 3);
	for (uint32_t k = 1; k < 3; k++) {
		assert_int_equal(server.bodies[k].n, server.bodies[0].n);
		assert_memory_equal(server.bodies[k].at, server.bodies[0].at, server.bodies[0].n);
	}
	server_stop();
	SERVE(deadlock);
	assert_int_equal(upload("/update", &(td_upload_options){ .retries = 1 }, 20, &err), TD_ERR_STORE);
	assert_int_equal(server.served, 2);
	assert_non_null(strstr(err.text, "deadlocked"));
	server_stop();
}

static void patience_ends(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("503 Service Unavailable", "Content-Length: 0\r\n", ""));
	assert_int_equal(upload("/data", &(td_upload_options){ .retries = 2 }, 1, &err), TD_ERR_STORE);
	assert_int_equal(server.served, 3);
	server_stop();
	SERVE(CUT);
	assert_int_equal(upload("/data", &(td_upload_options){ .retries = 1 }, 1, &err), TD_ERR_NETWORK);
	assert_int_equal(server.served, 2);
	server_stop();
}

static void retry_after_is_heeded(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("503 Service Unavailable", "Retry-After: 1\r\nContent-Length: 0\r\n", ""), OK);
	double before = seconds();
	assert_int_equal(upload("/data", &plain, 1, &err), TD_OK);
	assert_true(seconds() - before >= 1.0);
	server_stop();
	SERVE(ANSWER("503 Service Unavailable", "Retry-After: 3600\r\nContent-Length: 0\r\n", ""), OK);
	before = seconds();
	assert_int_equal(upload("/data", &plain, 1, &err), TD_ERR_STORE);
	assert_true(seconds() - before < 30.0);
	assert_int_equal(server.served, 1);
	server_stop();
}

static void silence_ends_in_time(void **state)
{
	(void)state;
	td_error err;
	SERVE(SILENT);
	double before = seconds();
	assert_int_equal(upload("/data", &(td_upload_options){ .timeout_s = 1 }, 1, &err), TD_ERR_NETWORK);
	assert_true(seconds() - before < 30.0);
	server_stop();
}

static void dead_port_is_a_network_error(void **state)
{
	(void)state;
	td_error err;
	SERVE(OK);
	uint16_t port = server.port;
	server_stop();
	server.port = port;
	assert_int_equal(upload("/data", &(td_upload_options){ .retries = 1 }, 1, &err), TD_ERR_NETWORK);
	assert_non_null(strstr(err.text, "running"));
}

static void bad_graph_is_never_sent(void **state)
{
	(void)state;
	td_error err;
	char url[64];
	td_uploader *uploader;
	SERVE(OK);
	snprintf(url, sizeof url, "http://127.0.0.1:%u/data", server.port);
	told.n = 0;
	assert_int_equal(td_upload_open(&(td_upload_options){ .endpoint = url, .done = on_told }, &uploader, &err), TD_OK);
	td_graph graph = make_graph(2);
	graph.triples.at[1].o.value = TD_STR("bad \xFF");
	td_upload_add(uploader, &graph, NULL);
	graph.triples.n = 1;
	graph.name = TD_STR("no iri");
	td_upload_add(uploader, &graph, NULL);
	graph.name = TD_STR("");
	td_upload_add(uploader, &graph, NULL);
	td_upload_flush(uploader);
	assert_int_equal(told.n, 3);
	assert_int_equal(told.status[0], TD_ERR_DATA);
	assert_int_equal(told.status[1], TD_ERR_DATA);
	assert_int_equal(told.status[2], TD_ERR_USAGE);
	assert_int_equal(server.served, 0);
	td_graph_free(&graph);
	td_upload_close(uploader);
	server_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(put_sends_the_whole_graph),
		cmocka_unit_test(put_keeps_the_query_of_the_url),
		cmocka_unit_test(update_goes_in_batches),
		cmocka_unit_test(update_of_nothing_drops),
		cmocka_unit_test(method_follows_the_url),
		cmocka_unit_test(answers_and_what_they_mean),
		cmocka_unit_test(broken_update_says_incomplete),
		cmocka_unit_test(refused_batches_are_halved),
		cmocka_unit_test(busy_store_is_asked_again),
		cmocka_unit_test(deadlocked_requests_go_again_as_they_were),
		cmocka_unit_test(patience_ends),
		cmocka_unit_test(retry_after_is_heeded),
		cmocka_unit_test(silence_ends_in_time),
		cmocka_unit_test(dead_port_is_a_network_error),
		cmocka_unit_test(bad_graph_is_never_sent),
	};
	return cmocka_run_group_tests(tests, without_environment, NULL);
}
