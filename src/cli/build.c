#define _XOPEN_SOURCE 700 /* realpath */
/* tidings build: documents in, graphs out, to a file, to standard output, to a store. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/seen.h"
#include "cli/state.h"
#include "cli/ticket.h"
#include "lib/prefixes.h"

typedef struct {
	td_run run;           /* first: the batch's callbacks get a pointer to it */
	td_writer *writer;    /* NULL: only to a store or a folder */
	td_folder folder;     /* path NULL: none */
	td_uploader *uploader;
	td_journal *journal;
	bool keeps_state;     /* the journal is that of --state */
	td_seen seen;
	bool store_lost;      /* graphs still go to the file, if there is one */
	bool stopped;         /* no further document is wanted */
} build;

/* -f, else what the name of the output says, else Turtle. */
static td_format format_of(const td_args *args)
{
	const char *path = args->value[TD_OPT_OUTPUT], *given = args->value[TD_OPT_FORMAT];
	const char *dot = path ? strrchr(path, '.') : NULL;
	if (given) return (td_format)td_format_parse(td_str_of(given), TD_TURTLE);
	return dot ? (td_format)td_format_parse(td_str_of(dot + 1), TD_TURTLE) : TD_TURTLE;
}

/* Has an earlier run done it? The graph gets its name, whatever comes of it. A state also sees to it that the file is still there. */
static td_status look_up(const build *b, td_worker *worker, td_item *item, td_error *err)
{
	td_str iri;
	TRY(td_worker_name(worker, &item->in, &iri, item->content, err));
	td_graph_reset(&item->graph);
	item->graph.name = td_arena_str(&item->graph.arena, iri);
	if (!item->graph.name.at) return td_no_memory(err);
	item->done_before = td_journal_has(b->journal, iri, item->content);
	if (item->done_before && b->keeps_state && b->folder.path) item->done_before = td_folder_has(&b->folder, iri);
	return TD_OK;
}

static td_status work(const void *context, td_worker *worker, td_item *item, td_error *err)
{
	const build *b = context;
	const td_doc *doc;
	item->done_before = false;
	if (b->journal) TRY(look_up(b, worker, item, err));
	if (item->done_before) return TD_OK;
	TRY(td_worker_run(worker, &item->in, TD_STAGE_FACTS, &doc, err));
	td_doc_content(doc, item->content);
	td_count(doc, &item->counts);
	return td_worker_graph(worker, &item->graph, err);
}

/* ---- out ----------------------------------------------------------------------------------------------------- */

static td_status write_graph(build *b, const td_graph *graph, td_error *err)
{
	td_output *out = &b->run.output;
	if (!b->writer) return TD_OK;
	/* There is a good document: what it gives is not held back any longer, as it may be large. */
	if (!b->run.single && !td_output_flush(out)) return td_output_failed(out, err);
	td_status status = td_writer_graph(b->writer, graph, err);
	if (out->error || (status == TD_OK && !b->run.single && !td_output_flush(out)))
		return td_output_failed(out, err);
	if (status == TD_OK) b->run.written++;
	return status;
}

static td_status write_to(const build *b, const td_graph *graph, td_output *out, td_error *err)
{
	td_writer *writer;
	TRY(td_writer_open(b->folder.format, td_output_put, out, &writer, err));
	td_status status = td_writer_engine_prefixes(writer, b->run.engine, err);
	if (status == TD_OK) status = td_writer_graph(writer, graph, err);
	td_status closed = td_writer_close(writer, status == TD_OK ? err : NULL);
	if (out->error) return td_output_failed(out, err); /* the writer knows less about it */
	return status == TD_OK ? closed : status;
}

static td_status put_file(const build *b, const td_graph *graph, td_error *err)
{
	td_output out;
	TRY(td_folder_create(&b->folder, graph->name, &out, err));
	td_status status = write_to(b, graph, &out, err);
	if (status == TD_OK) return td_output_close(&out, err);
	td_output_discard(&out);
	return status;
}

/* A folder that takes no file will not take the next one either. */
static td_status file_graph(build *b, const td_graph *graph, td_error *err)
{
	td_status status = b->folder.path ? put_file(b, graph, err) : TD_OK;
	b->run.broken |= status == TD_ERR_IO;
	return status;
}

static td_status note(build *b, const td_ticket *t, td_error *err)
{
	if (!b->journal) return TD_OK;
	td_status status = td_journal_add(b->journal, t->iri, t->content, err);
	b->run.broken |= status == TD_ERR_IO;
	return status;
}

/* To the file or the folder, unless there is no need. A document that comes twice is passed over; two of one name would be mixed up. */
static td_status give_out(build *b, const td_item *item, td_ticket *ticket, td_error *err)
{
	const td_graph *graph = &item->graph;
	td_seen_answer seen = td_seen_add(&b->seen, graph->name, td_str_of(item->content));
	if (seen == TD_SEEN_OTHER)
		return td_fail(err, TD_ERR_DATA, "an earlier document has the same name <" TD_STR_FMT ">; give each an id or url of its own",
			TD_STR_ARG(graph->name));
	ticket->kind = seen == TD_SEEN_SAME ? TD_TICKET_TWICE : item->done_before ? TD_TICKET_BEFORE : TD_TICKET_NEW;
	if (ticket->kind != TD_TICKET_NEW) return TD_OK;
	TRY(write_graph(b, graph, err));
	return file_graph(b, graph, err);
}

/* ---- what became of it --------------------------------------------------------------------------------------- */

static void tell_new(build *b, const td_ticket *t)
{
	td_progress *progress = &b->run.progress;
	const td_counts *c = &t->counts;
	td_ticket_tell(t, progress);
	progress->tally.sent += b->uploader != NULL;
	progress->tally.triples += t->triples;
	td_tally_add(&progress->tally, c);
	td_tell(progress, "%s: %u triples, <" TD_STR_FMT ">, %llu of %llu mentions without entity, %llu of %llu entities without link%s", t->name,
		t->triples, TD_STR_ARG(t->iri), (unsigned long long)c->loose_mentions, (unsigned long long)c->mentions,
		(unsigned long long)c->unlinked_entities, (unsigned long long)c->entities, b->uploader ? ", confirmed by the store" : "");
}

static void tell_old(build *b, const td_ticket *t)
{
	bool twice = t->kind == TD_TICKET_TWICE;
	++*(twice ? &b->run.progress.tally.twice : &b->run.progress.tally.resumed);
	td_tell(&b->run.progress, "%s: %s", t->name, twice ? "the same document as an earlier one" : "done before");
}

/* A store that is lost ends the run, unless there is a file to write on. */
static void tell_failed(build *b, const td_ticket *t, const td_error *err)
{
	b->store_lost |= err->status == TD_ERR_NETWORK || err->status == TD_ERR_AUTH;
	b->run.broken |= b->store_lost && !b->writer && !b->folder.path;
	b->stopped |= !td_run_failed(&b->run, t->name, err);
}

static td_status again(void *context, void *ticket, uint64_t held, td_error *err)
{
	const build *b = context;
	return td_ticket_again(ticket, b->journal, held, err);
}

/* In input order. */
static void settled(void *context, void *ticket, td_status status, const td_error *err)
{
	build *b = context;
	td_ticket *t = ticket;
	td_error own;
	if (status == TD_OK && t->kind == TD_TICKET_NEW && !b->stopped) {
		status = note(b, t, &own);
		err = &own;
	}
	if (!b->stopped) {
		if (status != TD_OK) tell_failed(b, t, err);
		else if (t->kind == TD_TICKET_NEW) tell_new(b, t);
		else tell_old(b, t);
		td_progress_step(&b->run.progress);
	}
	td_free(t);
}

/* Whether this document may be the last one: it is to be told of before another one leaves. */
static bool may_end(const build *b, const td_item *item)
{
	return item->status != TD_OK && (b->run.args->value[TD_OPT_STRICT] || b->run.broken || b->run.output.error || item->status == TD_ERR_USAGE);
}

static void send_on(build *b, td_item *item, td_ticket *ticket)
{
	if (!b->uploader) settled(b, ticket, item->status, &item->err);
	else if (item->status == TD_OK && ticket->kind == TD_TICKET_NEW) td_upload_add(b->uploader, &item->graph, ticket);
	else td_upload_pass(b->uploader, ticket, item->status, &item->err);
	if (b->uploader && may_end(b, item)) td_upload_flush(b->uploader);
}

static bool emit(void *context, td_item *item)
{
	build *b = context;
	char name[512];
	(void)snprintf(name, sizeof name, TD_STR_FMT, TD_STR_ARG(item->in.name));
	b->run.progress.tally.documents++;
	if (b->journal && item->graph.name.n) td_journal_meet(b->journal, item->graph.name);
	b->run.progress.tally.nameless += item->graph.name.n == 0;
	td_ticket *ticket = td_ticket_new(name, item->status == TD_OK ? item->graph.name : (td_str){ 0 });
	if (!ticket) return td_no_memory(&item->err), td_run_failed(&b->run, name, &item->err);
	if (item->status == TD_OK) {
		ticket->triples = item->graph.triples.n;
		ticket->counts = item->counts;
		memcpy(ticket->content, item->content, sizeof ticket->content);
		item->status = give_out(b, item, ticket, &item->err);
	}
	send_on(b, item, ticket);
	return !b->stopped;
}

static bool idle(void *context)
{
	build *b = context;
	return b->uploader && td_upload_idle(b->uploader) && !b->stopped;
}

static void wake(void *context)
{
	build *b = context;
	if (b->uploader) td_upload_wake(b->uploader);
}

/* Behind the last document. */
static bool drain(td_run *run)
{
	build *b = (build *)run;
	if (b->uploader) td_upload_flush(b->uploader);
	return !b->stopped;
}

/* ---- the command --------------------------------------------------------------------------------------------- */

static td_status check(const td_args *args, const char *store, td_error *err)
{
	static const td_option_id needs_upload[] = { TD_OPT_METHOD, TD_OPT_AUTH_FILE, TD_OPT_CACERT, TD_OPT_BATCH, TD_OPT_TIMEOUT, TD_OPT_VERIFY,
		TD_OPT_QUERY_URL, TD_OPT_PARALLEL, TD_OPT_GZIP };
	for (size_t i = 0; i < sizeof needs_upload / sizeof *needs_upload && !store; i++)
		if (args->value[needs_upload[i]])
			return td_fail(err, TD_ERR_USAGE, "--%s is of use only with --upload URL", td_options[needs_upload[i]].name);
	if (args->value[TD_OPT_OUT_DIR] && args->value[TD_OPT_OUTPUT])
		return td_fail(err, TD_ERR_USAGE, "--out-dir and -o are two ways of writing; choose one");
	if (args->value[TD_OPT_RESUME] && args->value[TD_OPT_STATE])
		return td_fail(err, TD_ERR_USAGE, "--state does all that --resume does; choose one");
	if (args->value[TD_OPT_DROP_VANISHED] && !args->value[TD_OPT_STATE])
		return td_fail(err, TD_ERR_USAGE, "--drop-vanished is of use only with --state DIR");
	/* A stream holds nothing that a second run could go on behind. */
	for (unsigned i = 0; i < 2; i++) {
		static const td_option_id lasting[] = { TD_OPT_RESUME, TD_OPT_STATE };
		if (args->value[lasting[i]] && (args->value[TD_OPT_OUTPUT] || (!store && !args->value[TD_OPT_OUT_DIR])))
			return td_fail(err, TD_ERR_USAGE, "--%s is of use only with --out-dir or --upload, and not with -o", td_options[lasting[i]].name);
	}
	return TD_OK;
}

/* All that makes a graph what it is or says where it goes: of the command line, of the program and of the files that it reads. */
static td_status settings_of(const td_args *args, uint64_t *out, td_error *err)
{
	td_engine_options options;
	static const td_option_id which[] = { TD_OPT_FORMAT, TD_OPT_DATE, TD_OPT_URL, TD_OPT_TITLE, TD_OPT_BASE, TD_OPT_PROVENANCE, TD_OPT_IRI, TD_OPT_WITH_TEXT,
		TD_OPT_MODEL, TD_OPT_LEXICON, TD_OPT_NO_DEFAULT_KB, TD_OPT_OUT_DIR, TD_OPT_UPLOAD,
		TD_OPT_ENDPOINT, TD_OPT_GSP, TD_OPT_UPDATE };
	uint64_t h = 0;
	(void)td_fingerprint_file("/proc/self/exe", &h, NULL); /* where there is no such thing the version alone tells */
	for (size_t i = 0; i < sizeof which / sizeof *which; i++) {
		const char *value = args->value[which[i]];
		h = td_hash_mix(h, value ? td_hash(td_str_of(value)) : i);
	}
	td_run_engine_options(args, &options);
	TRY(td_engine_fingerprint(&options, &h, err));
	*out = h;
	return TD_OK;
}

/* Where the graphs go, in words: a folder's name as it is from everywhere. */
static td_status target_of(const build *b, const char *store, td_buf *out, td_error *err)
{
	char *folder = b->folder.path ? realpath(b->folder.path, NULL) : NULL;
	if (b->folder.path) td_buf_printf(out, "format %s\nout-dir %s\n", td_format_text(b->folder.format), folder ? folder : b->folder.path);
	if (store) td_buf_printf(out, "upload %s\n", store);
	free(folder);
	return out->failed ? td_no_memory(err) : TD_OK;
}

static td_status state_open(build *b, const td_args *args, const char *store, td_error *err)
{
	td_buf target = { 0 };
	uint64_t settings;
	TRY(settings_of(args, &settings, err));
	b->keeps_state = true;
	td_status status = target_of(b, store, &target, err);
	if (status == TD_OK) status = td_state_open(args->value[TD_OPT_STATE], td_buf_view(&target), settings, &b->journal, err);
	td_buf_free(&target);
	return status;
}

static td_status resume_open(build *b, const td_args *args, td_error *err)
{
	uint64_t settings;
	TRY(settings_of(args, &settings, err));
	return td_journal_open(args->value[TD_OPT_RESUME], settings, &b->journal, err);
}

/* ---- documents that are no more ------------------------------------------------------------------------------ */

static uint64_t count_unmet(const td_journal *journal)
{
	uint64_t n = 0;
	td_str iri;
	for (uint32_t at = 0; td_journal_unmet(journal, &at, &iri);) n++;
	return n;
}

static td_status drop_vanished(build *b, td_error *err)
{
	const td_vanish vanish = { b->journal, b->folder.path ? &b->folder : NULL, b->uploader };
	bool done = false;
	td_str iri;
	for (uint32_t at = 0; !done;) {
		TRY(td_vanish_next(&vanish, &at, &iri, &done, err));
		if (done) break;
		b->run.progress.tally.dropped++;
		td_tell(&b->run.progress, "<" TD_STR_FMT ">: in the input no more, dropped", TD_STR_ARG(iri));
	}
	return TD_OK;
}

/* A document that could not be read may be any of those that seem to be missing. */
static td_status settle(td_run *run, td_error *err)
{
	build *b = (build *)run;
	td_tally *tally = &run->progress.tally;
	if (!b->keeps_state) return TD_OK;
	tally->vanished = count_unmet(b->journal);
	if (!tally->vanished || !run->args->value[TD_OPT_DROP_VANISHED]) return TD_OK;
	if (tally->nameless)
		return td_fail(err, TD_ERR_DATA, "%llu documents seem to have vanished, but %llu could not be read and may be among them: nothing is dropped",
			(unsigned long long)tally->vanished, (unsigned long long)tally->nameless);
	return b->store_lost ? TD_OK : drop_vanished(b, err);
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
	TRY(td_upload_from_args(args, &options, err));
	TRY(check(args, options.endpoint, err));
	if (args->value[TD_OPT_RESUME]) TRY(resume_open(b, args, err));
	TRY(td_run_open(args, &b->run, err));
	b->run.end = end;
	b->run.drain = drain;
	b->run.settle = settle;
	b->run.progress.summary = true;
	if (args->value[TD_OPT_OUT_DIR]) {
		TRY(td_folder_open(args->value[TD_OPT_OUT_DIR], format_of(args), &b->folder, err));
	} else if (!options.endpoint || args->value[TD_OPT_OUTPUT]) {
		TRY(td_writer_open(format_of(args), td_output_put, &b->run.output, &b->writer, err));
		TRY(td_writer_engine_prefixes(b->writer, b->run.engine, err));
	}
	if (args->value[TD_OPT_STATE]) TRY(state_open(b, args, options.endpoint, err));
	if (b->journal && b->folder.path) td_folder_sweep(&b->folder); /* it is ours alone: the journal is locked */
	b->run.progress.uploading = options.endpoint != NULL;
	options.done = settled;
	if (b->journal) options.again = again;
	options.context = b;
	return options.endpoint ? td_upload_open(&options, &b->uploader, err) : TD_OK;
}

static void build_close(build *b)
{
	td_error ignored;
	end(&b->run, &ignored); /* when the run ended before the output did */
	td_upload_close(b->uploader);
	td_seen_free(&b->seen);
	td_journal_close(b->journal);
	td_run_close(&b->run);
}

int td_cmd_build(const td_args *args)
{
	td_error err;
	build b = { 0 };
	int code;
	if (build_open(args, &b, &err) != TD_OK) code = td_cmd_failed(&err);
	else code = td_run_batch(&b.run, &(td_batch){ .work = work, .emit = emit, .idle = b.uploader ? idle : NULL, .wake = wake });
	build_close(&b);
	return code;
}
