/* tidings kb build: compiles a knowledge base out of tables or of RDF. */
#include "cli/cli.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "kg/kb.h"
#include "lib/kb_import.h"

enum { MAX_REPORTED = 10 }; /* bad lines that are told one by one */

typedef struct {
	bool quiet, live;
	uint64_t bad;
	struct timespec shown;
} telling;

/* Some times a second, when somebody looks at it. */
static bool due(telling *t)
{
	struct timespec now;
	if (!t->live || clock_gettime(CLOCK_MONOTONIC, &now) != 0) return false;
	if ((now.tv_sec - t->shown.tv_sec) * 1000 + (now.tv_nsec - t->shown.tv_nsec) / 1000000 < 200) return false;
	t->shown = now;
	return true;
}

static void on_read(void *context, const char *path, uint64_t bytes, uint64_t total)
{
	telling *t = context;
	if (!due(t)) return;
	if (total) fprintf(stderr, "\r\033[K%s: %.0f of %.0f MB", path, (double)bytes / 1e6, (double)total / 1e6);
	else fprintf(stderr, "\r\033[K%s: %.0f MB", path, (double)bytes / 1e6);
}

static void on_phase(void *context, const char *phase, uint64_t done)
{
	if (due(context)) fprintf(stderr, "\r\033[K%s: %.1f million", phase, (double)done / 1e6);
}

static void clear(const telling *t)
{
	if (t->live) fputs("\r\033[K", stderr);
}

static void on_bad(void *context, const char *path, const td_error *why)
{
	telling *t = context;
	(void)path;
	if (++t->bad > MAX_REPORTED) return;
	clear(t);
	td_report(NULL, NULL, why);
}

static void tell_result(const telling *t, const td_kb_import_stats *stats)
{
	clear(t);
	if (stats->failed)
		fprintf(stderr, "tidings: %llu of %llu lines could not be read and were left out\n", (unsigned long long)stats->failed,
			(unsigned long long)stats->lines);
	if (t->quiet) return;
	fprintf(stderr, "tidings: %llu triples: %llu entries with %llu names (left out: %llu without a name, %llu by their class)\n",
		(unsigned long long)stats->dump.triples, (unsigned long long)stats->dump.entities, (unsigned long long)stats->dump.names,
		(unsigned long long)stats->dump.unnamed, (unsigned long long)stats->dump.dropped);
}

static td_status import(const td_args *args, const char *out, td_error *err)
{
	telling t = { .quiet = args->value[TD_OPT_QUIET] != NULL };
	td_kb_import_stats stats;
	t.live = !t.quiet && isatty(STDERR_FILENO);
	td_kb_import_options options = { .bad = on_bad, .step = on_read, .context = &t,
		.dump = { .languages = args->value[TD_OPT_LANGUAGE], .popularity = args->value[TD_OPT_POPULARITY],
			.memory = (size_t)td_args_number(args, TD_OPT_KB_MEMORY, TD_KB_DUMP_MEMORY >> 20) << 20, .step = on_phase, .context = &t } };
	td_status status = td_kb_import(args->rest + 1, args->n_rest - 1, out, &options, &stats, err);
	if (status == TD_OK) tell_result(&t, &stats);
	else clear(&t);
	return status;
}

static td_status kb_build(const td_args *args, td_error *err)
{
	const char *out = args->value[TD_OPT_OUTPUT];
	struct stat st;
	if (args->n_rest == 0 || strcmp(args->rest[0], "build") != 0)
		return td_fail(err, TD_ERR_USAGE, "kb can `build' only: tidings kb build -o FILE DIR|RDF...");
	if (args->n_rest < 2) return td_fail(err, TD_ERR_USAGE, "kb build takes a folder of tables, or files of RDF: tidings kb build -o FILE DIR|RDF...");
	if (!out || strcmp(out, "-") == 0) return td_fail(err, TD_ERR_USAGE, "kb build needs a file to write: -o FILE");
	if (args->n_rest == 2 && stat(args->rest[1], &st) == 0 && S_ISDIR(st.st_mode)) return td_kb_build(args->rest[1], out, err);
	return import(args, out, err);
}

int td_cmd_kb(const td_args *args)
{
	td_error err;
	return kb_build(args, &err) == TD_OK ? TD_EXIT_OK : td_cmd_failed(&err);
}
