/* What the tests of the uploader share: a graph to send, and what was told of it. Include it behind cmocka.h, in one file of a program. */
#ifndef TD_TEST_UPLOAD_H
#define TD_TEST_UPLOAD_H

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

/* What became of the graphs, in the order in which it was told. */
static struct {
	uint32_t n;
	td_status status[4096];
	uintptr_t ticket[4096];
	td_error err;
} told;

static void on_told(void *context, void *ticket, td_status status, const td_error *err)
{
	(void)context;
	assert_true(told.n < 4096);
	told.status[told.n] = status;
	told.ticket[told.n++] = (uintptr_t)ticket;
	if (status != TD_OK) told.err = *err;
}

/* Uploads n triples to PATH of the server. */
static td_status upload(const char *path, const td_upload_options *given, uint32_t n, td_error *err)
{
	char url[256];
	td_uploader *uploader = NULL;
	td_upload_options options = *given;
	snprintf(url, sizeof url, "http://127.0.0.1:%u%s", server.port, path);
	options.endpoint = url;
	options.done = on_told;
	told.n = 0;
	if (!options.timeout_s) options.timeout_s = 5;
	td_graph graph = make_graph(n);
	*err = (td_error){ .text = "" };
	td_status status = td_upload_open(&options, &uploader, err);
	if (status == TD_OK) {
		td_upload_add(uploader, &graph, NULL);
		td_upload_flush(uploader);
		assert_int_equal(told.n, 1);
		status = told.status[0];
		*err = told.err;
	}
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

static int without_environment(void **state)
{
	(void)state;
	static const char *const names[] = { "TIDINGS_USER", "TIDINGS_PASSWORD", "TIDINGS_TOKEN", "http_proxy", "all_proxy", "ALL_PROXY" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) unsetenv(names[i]);
	return setenv("HOME", "/nonexistent", 1);
}

#endif
