/* The uploader against a server that plays a script: what it is sent, and what it makes of the answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rdf/upload.h"
#include "server.h"

/* ---- what is sent -------------------------------------------------------------------------------------------- */

static td_graph make_graph(uint32_t n)
{
	td_graph graph;
	char text[32];
	td_graph_init(&graph);
	graph.name = TD_STR("http://example.org/doc?a=1&b=\xC3\xA9");
	for (uint32_t i = 0; i < n; i++) {
		snprintf(text, sizeof text, "value \"%u\"", i);
		td_triple t = { .s = { .kind = TD_IRI, .value = TD_STR("http://example.org/s") },
			.p = { .kind = TD_IRI, .value = TD_STR("http://example.org/p") },
			.o = { .kind = TD_LITERAL, .value = td_str_of(text), .lang = TD_STR("en") } };
		assert_int_equal(td_graph_add(&graph, &t, NULL), TD_OK);
	}
	return graph;
}

static char auth_path[64];

static const char *auth_file(const char *line)
{
	snprintf(auth_path, sizeof auth_path, "/tmp/tidings-auth-%ld", (long)getpid());
	FILE *file = fopen(auth_path, "w");
	assert_non_null(file);
	fputs(line, file);
	fclose(file);
	return auth_path;
}

/* Uploads n triples to PATH of the server. */
static td_status upload(const char *path, const td_upload_options *given, uint32_t n, td_error *err)
{
	char url[256];
	td_uploader *uploader = NULL;
	td_upload_options options = *given;
	snprintf(url, sizeof url, "http://127.0.0.1:%u%s", server.port, path);
	options.endpoint = url;
	if (!options.timeout_s) options.timeout_s = 5;
	td_graph graph = make_graph(n);
	*err = (td_error){ .text = "" };
	td_status status = td_upload_open(&options, &uploader, err);
	if (status == TD_OK) status = td_upload_graph(uploader, &graph, err);
	td_upload_close(uploader);
	td_graph_free(&graph);
	return status;
}
static const td_upload_options plain = { 0 };

static uint32_t count_of(const char *text, const char *part)
{
	uint32_t n = 0;
	for (; (text = strstr(text, part)) != NULL; text++) n++;
	return n;
}

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

/* ---- tests: who asks ----------------------------------------------------------------------------------------- */

static void basic_password_from_a_file(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n", ""), OK);
	assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("user:pass:word\n") }, 1, &err), TD_OK);
	assert_int_equal(server.served, 2);
	assert_true(heard(1, "Authorization: Basic dXNlcjpwYXNzOndvcmQ=\r\n"));
	assert_true(strstr(server.bodies[1].at, "value") != NULL);
	server_stop();
}

static void digest_sends_the_body_again(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("401 Unauthorized", "WWW-Authenticate: Digest realm=\"SPARQL\", nonce=\"abc\", qop=\"auth\", algorithm=MD5\r\nContent-Length: 0\r\n", ""), OK);
	assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("dba:dba") }, 100, &err), TD_OK);
	assert_true(heard(1, "Authorization: Digest username=\"dba\""));
	assert_int_equal(count_of(server.bodies[1].at, "value"), 100);
	server_stop();
}

static void bearer_token_from_a_file(void **state)
{
	(void)state;
	td_error err;
	SERVE(OK);
	assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("Bearer s3cr3t\r\n") }, 1, &err), TD_OK);
	assert_true(heard(0, "Authorization: Bearer s3cr3t\r\n"));
	server_stop();
}

static void token_from_the_environment(void **state)
{
	(void)state;
	td_error err;
	SERVE(OK);
	setenv("TIDINGS_TOKEN", "envtoken", 1);
	assert_int_equal(upload("/data", &plain, 1, &err), TD_OK);
	unsetenv("TIDINGS_TOKEN");
	assert_true(heard(0, "Authorization: Bearer envtoken\r\n"));
	server_stop();
}

static void wrong_password_is_told_without_it(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 4\r\n", "nope"));
	assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("user:hunter2") }, 1, &err), TD_ERR_AUTH);
	assert_non_null(strstr(err.text, "401"));
	assert_null(strstr(err.text, "hunter2"));
	server_stop();
}

static void bad_auth_file_is_not_quoted(void **state)
{
	(void)state;
	static const char *const lines[] = { "hunter2", "", ":hunter2", "Bearer  ", "\nuser:hunter2" };
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		td_error err = { .text = "" };
		td_uploader *uploader;
		td_upload_options options = { .endpoint = "http://127.0.0.1:1/", .auth_file = auth_file(lines[i]) };
		assert_int_equal(td_upload_open(&options, &uploader, &err), TD_ERR_USAGE);
		assert_null(uploader);
		assert_null(strstr(err.text, "hunter2"));
	}
}

static void bad_urls_are_refused(void **state)
{
	(void)state;
	static const char *const urls[] = { "", "ftp://h/", "file:///etc/passwd", "nonsense", "http://", "http://u:hunter2@h/", "http://u@h/",
		"http://h/#f", "http://h:99999999/" };
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		td_error err = { .text = "" };
		td_uploader *uploader;
		assert_int_equal(td_upload_open(&(td_upload_options){ .endpoint = urls[i] }, &uploader, &err), TD_ERR_USAGE);
		assert_null(strstr(err.text, "hunter2"));
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
	assert_int_equal(server.served, 2);
	assert_non_null(strstr(err.text, "incomplete"));
	assert_non_null(strstr(err.text, "10 of 25"));
	assert_non_null(strstr(err.text, "HTTP 500"));
	server_stop();
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
	assert_true(seconds() - before < 1.0);
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
	assert_true(seconds() - before < 5.0);
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

static void redirect_on_the_same_host_is_followed(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("307 Temporary Redirect", "Location: /other?graph=x\r\nContent-Length: 0\r\n", ""), OK);
	assert_int_equal(upload("/data", &plain, 2, &err), TD_OK);
	assert_true(heard(1, "PUT /other?graph=x HTTP/1.1\r\n"));
	assert_int_equal(count_of(server.bodies[1].at, "value"), 2);
	server_stop();
}

static void redirect_elsewhere_is_not(void **state)
{
	(void)state;
	static const char *const answers[] = {
		ANSWER("307 Temporary Redirect", "Location: http://other.invalid/x?token=abc\r\nContent-Length: 0\r\n", ""),
		ANSWER("308 Permanent Redirect", "Location: https://127.0.0.1/x\r\nContent-Length: 0\r\n", ""),
		ANSWER("302 Found", "Location: /login\r\nContent-Length: 0\r\n", ""),
		ANSWER("301 Moved", "Content-Length: 0\r\n", ""),
	};
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		td_error err;
		SERVE(answers[i], OK);
		assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("Bearer s3cr3t") }, 1, &err), TD_ERR_STORE);
		assert_int_equal(server.served, 1);
		assert_null(strstr(err.text, "token"));
		server_stop();
	}
}

static void circles_end(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("307 Temporary Redirect", "Location: /again\r\nContent-Length: 0\r\n", ""));
	assert_int_equal(upload("/data", &plain, 1, &err), TD_ERR_STORE);
	assert_int_equal(server.served, 6);
	server_stop();
}

static void bad_graph_is_never_sent(void **state)
{
	(void)state;
	td_error err;
	char url[64];
	td_uploader *uploader;
	SERVE(OK);
	snprintf(url, sizeof url, "http://127.0.0.1:%u/data", server.port);
	assert_int_equal(td_upload_open(&(td_upload_options){ .endpoint = url }, &uploader, &err), TD_OK);
	td_graph graph = make_graph(2);
	graph.triples.at[1].o.value = TD_STR("bad \xFF");
	assert_int_equal(td_upload_graph(uploader, &graph, &err), TD_ERR_DATA);
	graph.triples.n = 1;
	graph.name = TD_STR("no iri");
	assert_int_equal(td_upload_graph(uploader, &graph, &err), TD_ERR_DATA);
	graph.name = TD_STR("");
	assert_int_equal(td_upload_graph(uploader, &graph, &err), TD_ERR_USAGE);
	assert_int_equal(server.served, 0);
	td_graph_free(&graph);
	td_upload_close(uploader);
	server_stop();
}

static int without_environment(void **state)
{
	(void)state;
	static const char *const names[] = { "TIDINGS_USER", "TIDINGS_PASSWORD", "TIDINGS_TOKEN", "http_proxy", "all_proxy", "ALL_PROXY" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) unsetenv(names[i]);
	return setenv("HOME", "/nonexistent", 1);
}

static int remove_auth(void **state)
{
	(void)state;
	if (auth_path[0]) unlink(auth_path);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(put_sends_the_whole_graph),
		cmocka_unit_test(put_keeps_the_query_of_the_url),
		cmocka_unit_test(update_goes_in_batches),
		cmocka_unit_test(update_of_nothing_drops),
		cmocka_unit_test(method_follows_the_url),
		cmocka_unit_test(basic_password_from_a_file),
		cmocka_unit_test(digest_sends_the_body_again),
		cmocka_unit_test(bearer_token_from_a_file),
		cmocka_unit_test(token_from_the_environment),
		cmocka_unit_test(wrong_password_is_told_without_it),
		cmocka_unit_test(bad_auth_file_is_not_quoted),
		cmocka_unit_test(bad_urls_are_refused),
		cmocka_unit_test(answers_and_what_they_mean),
		cmocka_unit_test(broken_update_says_incomplete),
		cmocka_unit_test(busy_store_is_asked_again),
		cmocka_unit_test(patience_ends),
		cmocka_unit_test(retry_after_is_heeded),
		cmocka_unit_test(silence_ends_in_time),
		cmocka_unit_test(dead_port_is_a_network_error),
		cmocka_unit_test(redirect_on_the_same_host_is_followed),
		cmocka_unit_test(redirect_elsewhere_is_not),
		cmocka_unit_test(circles_end),
		cmocka_unit_test(bad_graph_is_never_sent),
	};
	return cmocka_run_group_tests(tests, without_environment, remove_auth);
}
