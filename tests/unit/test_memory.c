/* No memory at the n-th allocation, anywhere on the whole road: a clean error, nothing lost, and nothing else than what is asked for. */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "doc/source.h"
#include "lib/engine.h"
#include "rdf/rdf.h"

enum { EACH_UP_TO = 60, FEWER_UNDER_VALGRIND = 3 };

static char folder[] = "/tmp/tidings-memory-XXXXXX";

static const struct {
	const char *name, *text;
} files[] = {
	{ "a.txt", "MOSCOW (Reuters) - Barack Obama met Angela Merkel, the German chancellor, in Berlin on Wednesday.\n\n"
		   "\"We will sign the agreement next week,\" said Obama, who had denied that police arrested three men in Paris.\n" },
	{ "b.jsonl", "{\"id\": \"one\", \"date\": \"2019-03-14\", \"title\": \"Talks\", \"text\": \"Dockers may strike in Lisbon, the union said.\"}\n"
		     "{\"id\": \"two\", \"text\": \"It rained.\"}\n" },
	{ "c.html", "<html><head><title>Two leaders meet | The Paper</title><meta property=og:site_name content=Paper>"
		    "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"datePublished\": \"2019-03-14\"}</script></head><body><article>"
		    "<p>Vladimir Putin will travel to Paris in May, his spokesman said on Monday. He did not sign the treaty.</p></article></body></html>" },
	{ "d.warc", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/d\r\nWARC-Date: 2019-03-14T10:00:00Z\r\n"
		    "Content-Type: application/http\r\nContent-Length: 158\r\n\r\n"
		    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
		    "4b\r\n<html><p>Police arrested three men in Paris on Monday, a judge said.</html>\r\n0\r\n\r\n\r\n\r\n" },
};
enum { N_FILES = sizeof files / sizeof *files };

static char paths_room[N_FILES][64], *paths[N_FILES];

static int write_files(void **state)
{
	(void)state;
	if (!mkdtemp(folder)) return -1;
	for (size_t i = 0; i < N_FILES; i++) {
		(void)snprintf(paths_room[i], sizeof paths_room[i], "%s/%s", folder, files[i].name);
		paths[i] = paths_room[i];
		FILE *f = fopen(paths[i], "wb");
		if (!f || fputs(files[i].text, f) < 0 || fclose(f) != 0) return -1;
	}
	return 0;
}

static int remove_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_FILES; i++) (void)unlink(paths[i]);
	return rmdir(folder);
}

static bool put(void *to, const char *bytes, size_t n)
{
	td_buf *out = to;
	td_buf_add(out, bytes, n);
	return !out->failed;
}

static td_status walk_inputs(td_source *source, td_worker *worker, td_writer *writer, td_input *in, td_graph *graph, td_error *err)
{
	for (bool done = false;;) {
		TRY(td_source_next(source, in, &done, err));
		if (done) return TD_OK;
		TRY(td_worker_run(worker, in, TD_STAGE_FACTS, NULL, err));
		TRY(td_worker_graph(worker, graph, err));
		TRY(td_writer_graph(writer, graph, err));
	}
}

static td_status walk(td_worker *worker, td_format format, td_buf *out, td_error *err)
{
	td_source *source;
	td_writer *writer;
	td_input in;
	td_graph graph;
	TRY(td_source_open(paths, N_FILES, &source, err));
	td_status status = td_writer_open(format, put, out, &writer, err);
	if (status != TD_OK) {
		td_source_close(source);
		return status;
	}
	td_input_init(&in);
	td_graph_init(&graph);
	status = walk_inputs(source, worker, writer, &in, &graph, err);
	td_status closed = td_writer_close(writer, status == TD_OK ? err : NULL);
	td_graph_free(&graph);
	td_input_free(&in);
	td_source_close(source);
	if (out->failed) return td_no_memory(err); /* it was this test's own memory */
	return status == TD_OK ? closed : status;
}

static td_status open_and_walk(td_format format, td_buf *out, td_error *err)
{
	td_engine_options options;
	td_engine *engine;
	td_worker *worker;
	td_engine_options_init(&options);
	options.provenance = TD_PROV_FULL;
	TRY(td_engine_open(&options, &engine, err));
	td_status status = td_worker_open(engine, &worker, err);
	if (status == TD_OK) {
		status = walk(worker, format, out, err);
		td_worker_close(worker);
	}
	td_engine_close(engine);
	return status;
}

/* Each of the first ones, then fewer and fewer: 61, 62, 64, … */
static uint64_t behind(uint64_t n)
{
	unsigned step = getenv("TIDINGS_VALGRIND") ? FEWER_UNDER_VALGRIND : 1;
	return n < EACH_UP_TO ? n + step : n + n * step / 24;
}

static void fail_everywhere(td_status (*road)(td_format, td_buf *, td_error *), td_format format)
{
	td_buf want = { 0 };
	td_error err;
	unsigned errors = 0;
	if (road(format, &want, &err) != TD_OK) fail_msg("%s", err.text);
	assert_true(want.n > 1000);
	for (uint64_t nth = 1, left = 0; left == 0; nth = behind(nth)) {
		td_buf out = { 0 };
		memset(&err, 0, sizeof err);
		td_alloc_fail_at(nth);
		td_status status = road(format, &out, &err);
		left = td_alloc_fail_at(0);
		if (status == TD_OK && !td_str_eq(td_buf_view(&out), td_buf_view(&want)))
			fail_msg("without the allocation number %llu another result", (unsigned long long)nth);
		if (status != TD_OK && (status != TD_ERR_MEMORY || !err.text[0]))
			fail_msg("without the allocation number %llu: %s", (unsigned long long)nth, err.text);
		errors += status != TD_OK;
		td_buf_free(&out);
	}
	assert_true(errors > 10);
	td_buf_free(&want);
}

static void from_the_start(void **state)
{
	(void)state;
	fail_everywhere(open_and_walk, TD_NQUADS);
}

/* The same worker again and again: what one failure leaves behind is no harm to the next document. */
static td_worker *shared;

static td_status walk_shared(td_format format, td_buf *out, td_error *err)
{
	return walk(shared, format, out, err);
}

static void with_a_worker_that_lives_on(void **state)
{
	(void)state;
	td_engine_options options;
	td_engine *engine;
	td_error err;
	td_engine_options_init(&options);
	if (td_engine_open(&options, &engine, &err) != TD_OK || td_worker_open(engine, &shared, &err) != TD_OK) fail_msg("%s", err.text);
	fail_everywhere(walk_shared, TD_TRIG);
	td_worker_close(shared);
	td_engine_close(engine);
}

/* Arenas in which each object is an allocation of its own: thousands of places to fail. */
static void object_by_object(void **state)
{
	const char *was = getenv("TIDINGS_ARENA");
	if (was) return; /* all tests run like that then */
	setenv("TIDINGS_ARENA", "exact", 1);
	with_a_worker_that_lives_on(state);
	unsetenv("TIDINGS_ARENA");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_the_start),
		cmocka_unit_test(with_a_worker_that_lives_on),
		cmocka_unit_test(object_by_object),
	};
	int failed = cmocka_run_group_tests_name("memory", tests, write_files, remove_files);
	td_rdf_end();
	return failed;
}
