/* What the fuzzing targets share: engine and worker opened once; a file that holds the input. */
#ifndef FUZZ_H
#define FUZZ_H

#include "lib/engine.h"

#include <stdlib.h>
#include <unistd.h>

static inline td_worker *fuzz_worker(void)
{
	static td_worker *worker;
	if (worker) return worker;
	td_engine_options options;
	td_engine *engine = NULL;
	td_error err = { 0 };
	td_engine_options_init(&options);
	options.provenance = TD_PROV_FULL;
	if (td_engine_open(&options, &engine, &err) != TD_OK || td_worker_open(engine, &worker, &err) != TD_OK) {
		fprintf(stderr, "fuzz: %s\n", err.text);
		abort();
	}
	return worker;
}

/* Path of a file with these bytes; the same file each time. */
static inline const char *fuzz_file(const uint8_t *data, size_t n)
{
	static char path[64];
	if (!path[0]) (void)snprintf(path, sizeof path, "/tmp/tidings-fuzz-%ld", (long)getpid());
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(data, 1, n, f) != n || fclose(f) != 0) abort();
	return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
