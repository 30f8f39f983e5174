/* A run over documents: engine, sources, output, and the end of it all. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"

int td_cmd_failed(const td_error *err)
{
	if (err->text[0]) td_report(NULL, NULL, err);
	return err->status == TD_ERR_USAGE ? TD_EXIT_USAGE : TD_EXIT_FAILED;
}

/* Which option names the store; NULL: none does. */
static td_status find_store(const td_args *args, td_upload_options *options, td_error *err)
{
	static const struct {
		td_option_id id;
		td_upload_method method;
	} ways[] = { { TD_OPT_UPLOAD, TD_UPLOAD_AUTO }, { TD_OPT_ENDPOINT, TD_UPLOAD_AUTO }, { TD_OPT_GSP, TD_UPLOAD_GSP }, { TD_OPT_UPDATE, TD_UPLOAD_UPDATE } };
	const char *first = NULL;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		const char *url = args->value[ways[i].id], *name = td_options[ways[i].id].name;
		if (url && first) return td_fail(err, TD_ERR_USAGE, "--%s and --%s both name a store; choose one", first, name);
		if (!url) continue;
		first = name;
		options->endpoint = url;
		options->method = ways[i].method;
	}
	if (options->method != TD_UPLOAD_AUTO && args->value[TD_OPT_METHOD])
		return td_fail(err, TD_ERR_USAGE, "--%s says the method already; leave --method out", first);
	return TD_OK;
}

/* It is the user's network; but it may be that they did not think of it. */
static void warn_of_open(const td_args *args, const char *endpoint)
{
	if (endpoint && !args->value[TD_OPT_QUIET] && td_upload_is_open(endpoint))
		fputs("tidings: the store is reached without TLS: on the way, others can read and change what is sent, passwords too; use https:// if it can\n",
			stderr);
}

td_status td_upload_from_args(const td_args *args, td_upload_options *options, td_error *err)
{
	const char *method = args->value[TD_OPT_METHOD];
	*options = (td_upload_options){
		.auth_file = args->value[TD_OPT_AUTH_FILE],
		.cacert = args->value[TD_OPT_CACERT],
		.batch = (uint32_t)td_args_number(args, TD_OPT_BATCH, 0),
		.timeout_s = (uint32_t)td_args_number(args, TD_OPT_TIMEOUT, 0),
		.parallel = (uint32_t)td_args_number(args, TD_OPT_PARALLEL, 1),
		.gzip = args->value[TD_OPT_GZIP] != NULL,
		.verify = args->value[TD_OPT_VERIFY] != NULL,
		.query = args->value[TD_OPT_QUERY_URL],
	};
	TRY(find_store(args, options, err));
	if (method && strcmp(method, "gsp") == 0) options->method = TD_UPLOAD_GSP;
	if (method && strcmp(method, "update") == 0) options->method = TD_UPLOAD_UPDATE;
	if (options->query && !options->verify) return td_fail(err, TD_ERR_USAGE, "--query is of use only with --verify");
	warn_of_open(args, options->endpoint);
	return TD_OK;
}

/* ---- opening ------------------------------------------------------------------------------------------------- */

void td_run_engine_options(const td_args *args, td_engine_options *options)
{
	const char *provenance = args->value[TD_OPT_PROVENANCE];
	td_engine_options_init(options);
	if (provenance) options->provenance = (td_provenance)td_provenance_parse(td_str_of(provenance), options->provenance);
	if (args->value[TD_OPT_IRI]) options->subjects = (td_subjects)td_subjects_parse(td_str_of(args->value[TD_OPT_IRI]), options->subjects);
	options->base = args->value[TD_OPT_BASE];
	options->model = args->value[TD_OPT_MODEL];
	options->lexicon = args->value[TD_OPT_LEXICON];
	options->kbs = args->kbs;
	options->n_kbs = args->n_kbs;
	options->no_default_kb = args->value[TD_OPT_NO_DEFAULT_KB] != NULL;
	options->max_seconds = (uint32_t)td_args_number(args, TD_OPT_MAX_SECONDS, options->max_seconds);
	options->with_text = args->value[TD_OPT_WITH_TEXT] != NULL;
}

static td_status engine_open(const td_args *args, td_engine **out, td_error *err)
{
	td_engine_options options;
	td_run_engine_options(args, &options);
	return td_engine_open(&options, out, err);
}

static td_status check_inputs(const td_run *run, td_error *err)
{
	const char *list = run->args->value[TD_OPT_FILES_FROM];
	if (run->args->n_rest == 0 && !list) return td_fail(err, TD_ERR_USAGE, "no INPUT; name a file or a folder, or - for standard input");
	for (size_t i = 0; list && strcmp(list, "-") == 0 && i < run->args->n_rest; i++)
		if (strcmp(run->args->rest[i], "-") == 0) return td_fail(err, TD_ERR_USAGE, "standard input cannot be both an INPUT and the list of --files-from");
	if (run->single && run->args->n_rest > 1)
		return td_fail(err, TD_ERR_USAGE, "--url and --title are for one document; several INPUTs are given");
	return TD_OK;
}

enum { DEFAULT_MAX_BYTES = 16 << 20 }; /* no news is longer, and more would take gigabytes of memory */

static td_status source_open(td_run *run, td_error *err)
{
	const td_args *args = run->args;
	TRY(td_source_open(args->rest, args->n_rest, &run->source, err));
	td_source_limit(run->source, td_args_number(args, TD_OPT_MAX_BYTES, DEFAULT_MAX_BYTES));
	return args->value[TD_OPT_FILES_FROM] ? td_source_files_from(run->source, args->value[TD_OPT_FILES_FROM], err) : TD_OK;
}

td_status td_run_open(const td_args *args, td_run *run, td_error *err)
{
	bool conllu = args->value[TD_OPT_FROM] && strcmp(args->value[TD_OPT_FROM], "conllu") == 0;
	memset(run, 0, sizeof *run);
	run->args = args;
	run->url = td_str_of(args->value[TD_OPT_URL]);
	run->title = td_str_of(args->value[TD_OPT_TITLE]);
	run->single = run->url.n || run->title.n;
	if (args->value[TD_OPT_DATE]) run->date = td_date_parse(td_str_of(args->value[TD_OPT_DATE]));
	TRY(check_inputs(run, err));
	TRY(engine_open(args, &run->engine, err));
	if (!conllu) TRY(source_open(run, err));
	/* One document only: nothing may leave before it is known that there is no second. */
	TRY(td_output_open(args->value[TD_OPT_OUTPUT], true, &run->output, err));
	td_progress_start(&run->progress, args->value[TD_OPT_QUIET] != NULL, args->value[TD_OPT_VERBOSE] != NULL);
	run->progress.source = run->source;
	return TD_OK;
}

void td_run_close(td_run *run)
{
	td_output_discard(&run->output);
	td_source_close(run->source);
	td_engine_close(run->engine);
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

enum { READ_STEP = 1 << 16 };

static td_status read_stream(FILE *file, const char *path, td_buf *bytes, td_error *err)
{
	char step[READ_STEP];
	size_t n;
	while ((n = fread(step, 1, sizeof step, file)) > 0 && bytes->n <= TD_MAX_TEXT) td_buf_add(bytes, step, n);
	if (bytes->failed) return td_no_memory(err);
	if (ferror(file)) return td_fail(err, TD_ERR_IO, "%s: cannot be read: %s", path, strerror(errno));
	if (bytes->n > TD_MAX_TEXT) return td_fail(err, TD_ERR_LIMIT, "%s: more than %d bytes; split it", path, TD_MAX_TEXT);
	return TD_OK;
}

td_status td_read_all(const char *path, td_arena *arena, td_str *out, td_error *err)
{
	td_buf bytes = { 0 };
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (!file) return td_fail(err, TD_ERR_IO, "%s: %s", path, strerror(errno));
	td_status status = read_stream(file, path, &bytes, err);
	if (file != stdin) fclose(file);
	if (status == TD_OK) {
		*out = td_arena_str(arena, td_buf_view(&bytes));
		if (!out->at) status = td_no_memory(err);
	}
	td_buf_free(&bytes);
	return status;
}

/* CoNLL-U files stand for themselves: each is one document. */
static td_status next_file(td_run *run, td_input *in, bool *done, td_error *err)
{
	td_arena_reset(&in->arena);
	in->name = in->text = (td_str){ 0 };
	*done = run->next_path == run->args->n_rest;
	if (*done) return TD_OK;
	const char *path = run->args->rest[run->next_path++];
	in->name = td_str_of(path);
	return td_read_all(path, &in->arena, &in->text, err);
}

td_status td_run_next(void *context, td_input *in, bool *done, td_error *err)
{
	td_run *run = context;
	td_status status = run->source ? td_source_next(run->source, in, done, err) : next_file(run, in, done, err);
	if (*done) return status;
	if (++run->read > 1 && run->single)
		return td_fail(err, TD_ERR_USAGE, "--url and --title are for one document; there are several");
	if (status != TD_OK) return status;
	if (in->date.year == 0) in->date = run->date;
	if (in->url.n == 0) in->url = run->url;
	if (in->title.n == 0) in->title = run->title;
	return TD_OK;
}

/* ---- running ------------------------------------------------------------------------------------------------- */

bool td_run_failed(td_run *run, const char *name, const td_error *err)
{
	run->progress.tally.failed++;
	run->progress.tally.failed_by[err->status < TD_STATUS_COUNT ? err->status : TD_ERR_INTERNAL]++;
	run->usage = err->status == TD_ERR_USAGE;
	if (run->output.error) run->broken = true;
	if (err->text[0]) td_report(&run->progress, run->usage || run->output.error ? NULL : name, err);
	return !run->usage && !run->broken && !run->args->value[TD_OPT_STRICT];
}

static void print_timing(const td_worker_stats *stats)
{
	for (unsigned i = 0; i < TD_STAGE_COUNT; i++)
		if (stats->ns[i]) fprintf(stderr, "%-12s %10.3f ms\n", td_stage_text(i), (double)stats->ns[i] / 1e6);
	fprintf(stderr, "%-12s %10.3f ms\n%llu words in %llu documents\n", "graph", (double)stats->graph_ns / 1e6,
		(unsigned long long)stats->words, (unsigned long long)stats->documents);
}

/* To the file that --report names; false when it could not be written. */
static bool write_report(td_run *run)
{
	const char *path = run->args->value[TD_OPT_REPORT];
	td_buf text = { 0 };
	td_error err;
	if (!path) return true;
	td_tally_print(&run->progress.tally, td_progress_seconds(&run->progress), &text);
	bool good = td_output_write(path, &text, &err) == TD_OK;
	td_buf_free(&text);
	if (!good) td_cmd_failed(&err);
	return good;
}

/* Threads may still wait for input that never comes, so there is no orderly way out. */
static void stop(td_run *run)
{
	int code = run->usage ? TD_EXIT_USAGE : TD_EXIT_FAILED;
	if (!run->usage && run->output.error != EPIPE) td_progress_end(&run->progress);
	td_output_discard(&run->output);
	(void)write_report(run);
	fflush(stderr);
	_exit(code);
}

static int finish(td_run *run)
{
	td_error err;
	td_tally *tally = &run->progress.tally;
	if (run->source) tally->no_page = td_source_skipped(run->source);
	bool settled = !run->settle || tally->documents == 0 || run->settle(run, &err) == TD_OK;
	td_progress_end(&run->progress);
	if (!settled) return td_cmd_failed(&err);
	if (tally->documents == 0) {
		td_fail(&err, TD_ERR_EMPTY, "no document in the input");
		return td_cmd_failed(&err);
	}
	if (run->written == 0) return tally->failed ? TD_EXIT_FAILED : TD_EXIT_OK;
	td_status status = run->end ? run->end(run, &err) : TD_OK;
	if (status == TD_OK) status = td_output_close(&run->output, &err);
	if (run->output.error) status = td_output_failed(&run->output, &err); /* the writer knows less about it */
	if (status != TD_OK) return td_cmd_failed(&err);
	return tally->failed ? TD_EXIT_FAILED : TD_EXIT_OK;
}

static unsigned default_threads(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

int td_run_batch(td_run *run, td_batch *batch)
{
	td_worker_stats stats = { 0 };
	td_error err;
	bool stopped;
	batch->next = td_run_next;
	batch->context = run;
	batch->engine = run->engine;
	batch->threads = (unsigned)td_args_number(run->args, TD_OPT_JOBS, default_threads());
	batch->stats = &stats;
	if (td_batch_run(batch, &stopped, &err) != TD_OK) return td_cmd_failed(&err);
	if (!stopped && run->drain) stopped = !run->drain(run);
	if (stopped) stop(run);
	int code = finish(run);
	if (!write_report(run) && code == TD_EXIT_OK) code = TD_EXIT_FAILED;
	if (run->args->value[TD_OPT_TIMING]) print_timing(&stats);
	return code;
}
