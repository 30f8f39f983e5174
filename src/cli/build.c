/* tidings build: documents in, graphs out, to a file, to standard output, to a store. */
#include "cli/cli.h"
#include "cli/seen.h"
#include "lib/prefixes.h"

typedef struct {
	td_run run;           /* first: the batch's callbacks get a pointer to it */
	td_writer *writer;    /* NULL: only to a store */
	td_uploader *uploader;
	td_seen seen;
	bool store_lost;      /* graphs still go to the file, if there is one */
} build;

/* -f, else what the name of the output says, else Turtle. */
static td_format format_of(const td_args *args)
{
	const char *path = args->value[TD_OPT_OUTPUT], *given = args->value[TD_OPT_FORMAT];
	const char *dot = path ? strrchr(path, '.') : NULL;
	if (given) return (td_format)td_format_parse(td_str_of(given), TD_TURTLE);
	return dot ? (td_format)td_format_parse(td_str_of(dot + 1), TD_TURTLE) : TD_TURTLE;
}

static td_status work(const void *context, td_worker *worker, td_item *item, td_error *err)
{
	const td_doc *doc;
	(void)context;
	TRY(td_worker_run(worker, &item->in, TD_STAGE_FACTS, &doc, err));
	return td_worker_graph(worker, &item->graph, err);
}

/* ---- out ----------------------------------------------------------------------------------------------------- */

static td_status write_graph(build *b, const td_graph *graph, td_error *err)
{
	td_output *out = &b->run.output;
	if (!b->writer) return TD_OK;
	td_status status = td_writer_graph(b->writer, graph, err);
	if (out->error || (status == TD_OK && !b->run.single && !td_output_flush(out)))
		return td_output_failed(out, err);
	if (status == TD_OK) b->run.written++;
	return status;
}

/* A store that cannot be reached, or does not let us in, will not take the next graph either. */
static td_status send_graph(build *b, const td_graph *graph, td_error *err)
{
	if (!b->uploader) return TD_OK;
	if (b->store_lost) return td_fail(err, TD_ERR_NETWORK, "written, but not sent");
	td_status status = td_upload_graph(b->uploader, graph, err);
	if (status == TD_OK) b->run.progress.sent++;
	b->store_lost = status == TD_ERR_NETWORK || status == TD_ERR_AUTH;
	b->run.broken = b->store_lost && !b->writer;
	return status;
}

/* A document that comes twice is passed over; two of one name would be mixed up. */
static td_status give_out(build *b, const char *name, const td_graph *graph, td_error *err)
{
	td_progress *progress = &b->run.progress;
	td_seen_answer seen = td_seen_add(&b->seen, graph);
	if (seen == TD_SEEN_OTHER)
		return td_fail(err, TD_ERR_DATA, "an earlier document has the same name <" TD_STR_FMT ">; give each an id or url of its own",
			TD_STR_ARG(graph->name));
	if (seen == TD_SEEN_SAME) {
		td_tell(progress, "%s: the same document as an earlier one", name);
		return TD_OK;
	}
	TRY(write_graph(b, graph, err));
	TRY(send_graph(b, graph, err));
	progress->triples += graph->triples.n;
	td_tell(progress, "%s: %u triples, <" TD_STR_FMT ">%s", name, graph->triples.n, TD_STR_ARG(graph->name),
		b->uploader ? ", confirmed by the store" : "");
	return TD_OK;
}

static bool emit(void *context, td_item *item)
{
	build *b = context;
	char name[512];
	snprintf(name, sizeof name, TD_STR_FMT, TD_STR_ARG(item->in.name));
	b->run.progress.documents++;
	if (item->status == TD_OK) item->status = give_out(b, name, &item->graph, &item->err);
	if (item->status != TD_OK) return td_run_failed(&b->run, name, &item->err);
	td_progress_step(&b->run.progress);
	return true;
}

/* ---- the command --------------------------------------------------------------------------------------------- */

static td_status check(const td_args *args, td_error *err)
{
	static const td_option_id needs_upload[] = { TD_OPT_METHOD, TD_OPT_AUTH_FILE, TD_OPT_CACERT, TD_OPT_BATCH, TD_OPT_TIMEOUT };
	for (size_t i = 0; i < sizeof needs_upload / sizeof *needs_upload && !args->value[TD_OPT_UPLOAD]; i++)
		if (args->value[needs_upload[i]])
			return td_fail(err, TD_ERR_USAGE, "--%s is of use only with --upload URL", td_options[needs_upload[i]].name);
	return TD_OK;
}

/* What the format puts behind the last graph. */
static td_status end(td_run *run, td_error *err)
{
	build *b = (build *)run;
	td_writer *writer = b->writer;
	b->writer = NULL;
	return writer ? td_writer_close(writer, err) : TD_OK;
}

static td_status build_open(const td_args *args, build *b, td_error *err)
{
	td_upload_options options;
	TRY(check(args, err));
	TRY(td_run_open(args, &b->run, err));
	b->run.end = end;
	if (!args->value[TD_OPT_UPLOAD] || args->value[TD_OPT_OUTPUT]) {
		TRY(td_writer_open(format_of(args), td_output_put, &b->run.output, &b->writer, err));
		TRY(td_writer_engine_prefixes(b->writer, b->run.engine, err));
	}
	td_upload_from_args(args, TD_OPT_UPLOAD, &options);
	b->run.progress.uploading = options.endpoint != NULL;
	return options.endpoint ? td_upload_open(&options, &b->uploader, err) : TD_OK;
}

static void build_close(build *b)
{
	td_error ignored;
	end(&b->run, &ignored); /* when the run ended before the output did */
	td_upload_close(b->uploader);
	td_seen_free(&b->seen);
	td_run_close(&b->run);
}

int td_cmd_build(const td_args *args)
{
	td_error err;
	build b = { 0 };
	int code;
	if (build_open(args, &b, &err) != TD_OK) code = td_cmd_failed(&err);
	else code = td_run_batch(&b.run, &(td_batch){ .work = work, .emit = emit });
	build_close(&b);
	return code;
}
