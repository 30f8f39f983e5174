/* usage: bench [--repeat N] INPUT…    Times the whole road and each stage on one core, and the writers. */
#include "doc/source.h"
#include "lib/engine.h"
#include "rdf/rdf.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { MAX_GRAPHS = 1024 };

static double seconds(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool count_bytes(void *to, const char *bytes, size_t n)
{
	(void)bytes;
	*(size_t *)to += n;
	return true;
}

static struct {
	td_worker *worker;
	td_graph graphs[MAX_GRAPHS];
	size_t n_graphs, triples, skipped;
} bench;

static void read_all(char **paths, size_t n, bool keep)
{
	td_error err = { 0 };
	td_source *source = NULL;
	td_input in;
	td_input_init(&in);
	if (td_source_open(paths, n, &source, &err) != TD_OK) exit(1);
	for (bool done = false; !done;) {
		td_status status = td_source_next(source, &in, &done, &err);
		if (done) break;
		if (status == TD_OK) status = td_worker_run(bench.worker, &in, TD_STAGE_FACTS, NULL, &err);
		if (status != TD_OK) {
			bench.skipped++;
			continue;
		}
		if (!keep || bench.n_graphs >= MAX_GRAPHS) continue;
		td_graph *g = &bench.graphs[bench.n_graphs];
		td_graph_init(g);
		if (td_worker_graph(bench.worker, g, &err) != TD_OK) exit(1);
		bench.triples += g->triples.n;
		bench.n_graphs++;
	}
	td_source_close(source);
	td_input_free(&in);
}

static void time_stages(double wall)
{
	const td_worker_stats *s = td_worker_statistics(bench.worker);
	double words = (double)s->words;
	printf("documents %llu, words %.0f, skipped %zu\n", (unsigned long long)s->documents, words, bench.skipped);
	printf("%-14s %12s %10s\n", "stage", "words/s", "share %");
	double all = (double)s->graph_ns;
	for (unsigned i = 0; i < TD_STAGE_COUNT; i++) all += (double)s->ns[i];
	for (unsigned i = 0; i < TD_STAGE_COUNT; i++)
		printf("%-14s %12.0f %10.1f\n", td_stage_text(i), words / ((double)s->ns[i] * 1e-9 + 1e-9), 100 * (double)s->ns[i] / all);
	printf("%-14s %12.0f %10.1f\n", "triples", words / ((double)s->graph_ns * 1e-9 + 1e-9), 100 * (double)s->graph_ns / all);
	printf("%-14s %12.0f (CPU time; wall %.2f s)\n", "whole road", words / (all * 1e-9), wall);
}

static void time_writer(td_format format)
{
	td_error err = { 0 };
	size_t bytes = 0, triples = 0;
	double from = seconds(CLOCK_PROCESS_CPUTIME_ID), took = 0;
	while (took < 0.5) {
		td_writer *writer = NULL;
		if (td_writer_open(format, count_bytes, &bytes, &writer, &err) != TD_OK) exit(1);
		for (size_t i = 0; i < bench.n_graphs; i++)
			if (td_writer_graph(writer, &bench.graphs[i], &err) != TD_OK) exit(1);
		if (td_writer_close(writer, &err) != TD_OK) exit(1);
		triples += bench.triples;
		took = seconds(CLOCK_PROCESS_CPUTIME_ID) - from;
	}
	printf("write %-9s %12.0f triples/s %8.1f MB/s\n", td_format_text(format), (double)triples / took, (double)bytes / took / 1e6);
}

int main(int argc, char **argv)
{
	long repeat = 1;
	if (argc > 2 && strcmp(argv[1], "--repeat") == 0) {
		repeat = strtol(argv[2], NULL, 10);
		argc -= 2;
		argv += 2;
	}
	td_error err = { 0 };
	td_engine_options options;
	td_engine *engine = NULL;
	td_engine_options_init(&options);
	double from = seconds(CLOCK_MONOTONIC);
	if (td_engine_open(&options, &engine, &err) != TD_OK || td_worker_open(engine, &bench.worker, &err) != TD_OK) {
		fprintf(stderr, "bench: %s\n", err.text);
		return 1;
	}
	printf("start-up (tables and model) %.1f ms\n", (seconds(CLOCK_MONOTONIC) - from) * 1e3);
	read_all(argv + 1, (size_t)argc - 1, true); /* also warms up */
	from = seconds(CLOCK_MONOTONIC);
	for (long i = 1; i < repeat; i++) read_all(argv + 1, (size_t)argc - 1, false);
	time_stages(seconds(CLOCK_MONOTONIC) - from);
	for (unsigned f = TD_TURTLE; f <= TD_RDFXML; f++) time_writer((td_format)f);
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	printf("peak memory of this program %.1f MB (it keeps %zu graphs)\n", (double)usage.ru_maxrss / 1024, bench.n_graphs);
	for (size_t i = 0; i < bench.n_graphs; i++) td_graph_free(&bench.graphs[i]);
	td_worker_close(bench.worker);
	td_engine_close(engine);
	td_rdf_end();
	return 0;
}
