/* tidings annotate: the annotated document behind any stage. */
#include "cli/cli.h"
#include "doc/conllu.h"

static bool is(const td_args *args, td_option_id option, const char *word)
{
	return args->value[option] && strcmp(args->value[option], word) == 0;
}

static td_status work(const void *context, td_worker *worker, td_item *item, td_error *err)
{
	const td_run *run = context;
	const td_args *args = run->args;
	const td_doc *doc;
	td_stage until = TD_STAGE_FACTS;
	if (args->value[TD_OPT_UNTIL]) until = (td_stage)td_stage_parse(td_str_of(args->value[TD_OPT_UNTIL]), TD_STAGE_FACTS);
	td_buf_free(&item->text);
	if (is(args, TD_OPT_FROM, "conllu"))
		TRY(td_worker_run_conllu(worker, item->in.text, args->value[TD_OPT_KEEP] != NULL, until, &doc, err));
	else
		TRY(td_worker_run(worker, &item->in, until, &doc, err));
	TRY(is(args, TD_OPT_LAYERS, "json") ? td_json_write(doc, &item->text, err) : td_conllu_write(doc, &item->text, err));
	return item->text.failed ? td_no_memory(err) : TD_OK;
}

static bool emit(void *context, td_item *item)
{
	td_run *run = context;
	char name[512];
	snprintf(name, sizeof name, TD_STR_FMT, TD_STR_ARG(item->in.name));
	run->progress.tally.documents++;
	if (item->status != TD_OK) return td_run_failed(run, name, &item->err);
	td_output_put(&run->output, item->text.at, item->text.n);
	if (run->output.error || (!run->single && !td_output_flush(&run->output))) {
		td_output_failed(&run->output, &item->err);
		return td_run_failed(run, name, &item->err);
	}
	run->written++;
	td_tell(&run->progress, "%s", name);
	td_progress_step(&run->progress);
	return true;
}

static td_status check(const td_args *args, td_error *err)
{
	static const td_option_id text_only[] = { TD_OPT_DATE, TD_OPT_URL, TD_OPT_TITLE, TD_OPT_FILES_FROM };
	if (!is(args, TD_OPT_FROM, "conllu"))
		return args->value[TD_OPT_KEEP] ? td_fail(err, TD_ERR_USAGE, "--keep is of use only with --from conllu") : TD_OK;
	for (size_t i = 0; i < sizeof text_only / sizeof *text_only; i++)
		if (args->value[text_only[i]])
			return td_fail(err, TD_ERR_USAGE, "--%s cannot be used with --from conllu", td_options[text_only[i]].name);
	return TD_OK;
}

int td_cmd_annotate(const td_args *args)
{
	td_error err;
	td_run run = { 0 };
	int code;
	if (check(args, &err) != TD_OK || td_run_open(args, &run, &err) != TD_OK) code = td_cmd_failed(&err);
	else code = td_run_batch(&run, &(td_batch){ .work = work, .emit = emit });
	td_run_close(&run);
	return code;
}
