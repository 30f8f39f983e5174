/* tidings upload: files of RDF, graph by graph, to a store. */
#include <nettle/sha2.h>

#include "cli/cli.h"
#include "cli/graphs.h"
#include "cli/journal.h"
#include "cli/ticket.h"
#include "rdf/rdf.h"

enum {
	MAX_GRAPHS = 1000000,        /* of one run: their names are kept, so that none is replaced by its own second half */
	MAX_REFUSED = 20,            /* graphs behind one another, then the store is taken to refuse all */
};

typedef struct {
	const td_args *args;
	td_progress progress;
	td_uploader *uploader;
	td_journal *journal; /* NULL: none */
	td_status worst;     /* of all that failed */
	uint32_t refused;    /* graphs behind one another */
	bool over;           /* nothing more is sent, or said */
	td_arena arena; /* of the run */
	td_map sent;    /* names of the graphs that went away, in earlier files */
	td_graphs graphs; /* of the file at hand */
	const char *path;
} upload;

/* ---- sending ----------------------------------------------------------------------------------------------------- */

/* The graph that triples without a graph name belong to. */
static td_status name_graph(upload *u, td_graph *graph, td_error *err)
{
	if (graph->name.n) return TD_OK;
	if (u->args->value[TD_OPT_GRAPH]) graph->name = td_str_of(u->args->value[TD_OPT_GRAPH]);
	else if (u->graphs.articles == 1) graph->name = u->graphs.article;
	else
		return td_fail(err, TD_ERR_USAGE, "%u documents are described by triples without a graph name; name a graph with --graph, "
			"or build N-Quads or TriG, where each has its own", u->graphs.articles);
	return TD_OK;
}

/* A graph is replaced as a whole: its second half, out of another file, would wipe out the first. */
static td_status remember(upload *u, const td_graph *graph, td_error *err)
{
	if (td_map_get(&u->sent, graph->name) != TD_NONE)
		return td_fail(err, TD_ERR_USAGE, "graph <" TD_STR_FMT "> was in an earlier file already; put both into one file", TD_STR_ARG(graph->name));
	if (u->sent.n >= MAX_GRAPHS) return td_fail(err, TD_ERR_LIMIT, "more than %d graphs in one run; send the others by another", MAX_GRAPHS);
	td_str name = td_arena_str(&u->arena, graph->name);
	return name.at && td_map_put(&u->sent, name, 1) ? TD_OK : td_no_memory(err);
}

/* What the journal knows a graph's content by. */
static td_status content_of(const td_graph *graph, char out[TD_CONTENT_CAP], td_error *err)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx sha;
	td_buf text = { 0 };
	td_status status = td_rdf_serialize(graph, TD_NTRIPLES, &text, err);
	sha256_init(&sha);
	if (status == TD_OK) sha256_update(&sha, text.n, (const uint8_t *)text.at);
	sha256_digest(&sha, sizeof digest, digest);
	for (size_t i = 0; i < sizeof digest; i++) (void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
	td_buf_free(&text);
	return status;
}

static td_status prepare(upload *u, td_graph *graph, td_ticket *ticket, td_error *err)
{
	TRY(remember(u, graph, err));
	TRY(td_graph_tidy(graph, err)); /* a statement may stand twice in a file, but is counted once in a store */
	ticket->triples = graph->triples.n;
	if (!u->journal) return TD_OK;
	TRY(content_of(graph, ticket->content, err));
	if (td_journal_has(u->journal, graph->name, ticket->content)) ticket->kind = TD_TICKET_BEFORE;
	return TD_OK;
}

static td_status send_graph(void *context, td_graph *graph, td_error *err)
{
	upload *u = context;
	td_error own = { .text = "" };
	if (u->over) return TD_OK;
	u->progress.tally.documents++;
	TRY(name_graph(u, graph, err));
	td_ticket *ticket = td_ticket_new(u->path, graph->name);
	if (!ticket) return td_no_memory(err);
	td_status status = prepare(u, graph, ticket, &own);
	if (status != TD_OK) td_upload_pass(u->uploader, ticket, status, &own);
	else (ticket->kind == TD_TICKET_NEW ? td_upload_add : td_upload_check)(u->uploader, graph, ticket);
	return TD_OK;
}

/* ---- what became of it ------------------------------------------------------------------------------------------- */

static void tell_done(upload *u, const td_ticket *t)
{
	bool before = t->kind == TD_TICKET_BEFORE;
	td_ticket_tell(t, &u->progress);
	++*(before ? &u->progress.tally.resumed : &u->progress.tally.sent);
	if (!before) u->progress.tally.triples += t->triples;
	u->refused = 0;
	td_tell(&u->progress, "%s: %u triples, <" TD_STR_FMT ">, %s", t->name, t->triples, TD_STR_ARG(t->iri),
		before ? "done before" : "confirmed by the store");
}

/* Network and rights end the run, as do a journal that takes no more, and a store that takes nothing. */
static void tell_failed(upload *u, const td_ticket *t, const td_error *err)
{
	enum { SHOWN = 200 }; /* bytes of the graph's name */
	td_error named = *err;
	if (t->iri.n) td_fail(&named, err->status, "<%.*s>: %s", (int)(t->iri.n < SHOWN ? t->iri.n : SHOWN), t->iri.at, err->text);
	td_report(&u->progress, t->name, &named);
	u->progress.tally.failed++;
	if (u->worst != TD_ERR_STORE) u->worst = err->status;
	if (err->status == TD_ERR_NETWORK || err->status == TD_ERR_AUTH) u->over = true, u->worst = err->status;
	if (err->status == TD_ERR_IO && t->iri.n) u->over = true;
	if (err->status != TD_ERR_STORE || ++u->refused < MAX_REFUSED) return;
	u->over = true;
	td_fail(&named, TD_ERR_STORE, "the store refused the last %d graphs; given up", MAX_REFUSED);
	td_report(&u->progress, NULL, &named);
}

static td_status again(void *context, void *ticket, uint64_t held, td_error *err)
{
	const upload *u = context;
	return td_ticket_again(ticket, u->journal, held, err);
}

/* In the order of the files and of the graphs in them. */
static void settled(void *context, void *ticket, td_status status, const td_error *err)
{
	upload *u = context;
	td_ticket *t = ticket;
	td_error own;
	if (status == TD_OK && t->kind == TD_TICKET_NEW && u->journal) {
		/* also behind the end: what the store has confirmed is so */
		status = td_journal_add(u->journal, t->iri, t->content, &own);
		err = &own;
	}
	if (!u->over) {
		if (status == TD_OK) tell_done(u, t);
		else tell_failed(u, t, err);
		td_progress_step(&u->progress);
	}
	td_free(t);
}

/* ---- the command ------------------------------------------------------------------------------------------------- */

/* Lines of another store's journal do not count. */
static uint64_t settings_of(const td_upload_options *options)
{
	return td_hash_mix(td_hash(TD_STR("upload")), td_hash(td_str_of(options->endpoint)));
}

static td_status upload_open(upload *u, td_error *err)
{
	td_upload_options options;
	const td_args *args = u->args;
	TRY(td_upload_from_args(args, &options, err));
	if (!options.endpoint) return td_fail(err, TD_ERR_USAGE, "no store; name it with --endpoint URL");
	if (args->n_rest == 0) return td_fail(err, TD_ERR_USAGE, "no FILE to send");
	if (args->value[TD_OPT_GRAPH] && args->n_rest > 1)
		return td_fail(err, TD_ERR_USAGE, "--graph takes one FILE: each further one would replace what the one before it has sent");
	options.done = settled;
	if (args->value[TD_OPT_RESUME]) options.again = again;
	options.context = u;
	td_progress_start(&u->progress, args->value[TD_OPT_QUIET] != NULL, args->value[TD_OPT_VERBOSE] != NULL);
	u->progress.uploading = true;
	TRY(td_upload_open(&options, &u->uploader, err));
	return args->value[TD_OPT_RESUME] ? td_journal_open(args->value[TD_OPT_RESUME], settings_of(&options), &u->journal, err) : TD_OK;
}

/* Network and rights first, as they end the run; what else failed is told by what went well besides. */
static int exit_code(const upload *u)
{
	switch (u->worst) {
	case TD_OK: return TD_EXIT_OK;
	case TD_ERR_NETWORK: return TD_EXIT_NETWORK;
	case TD_ERR_AUTH: return TD_EXIT_AUTH;
	default: break;
	}
	if (u->progress.tally.sent || u->progress.tally.resumed) return TD_EXIT_FAILED;
	return u->worst == TD_ERR_STORE ? TD_EXIT_STORE : TD_EXIT_NOTHING;
}

static int send_files(upload *u)
{
	td_error err;
	for (size_t i = 0; i < u->args->n_rest && !u->over; i++) {
		const char *path = u->args->rest[i];
		u->path = path;
		td_status status = td_graphs_read(&u->graphs, path, send_graph, u, &err);
		td_ticket *ticket = status == TD_OK ? NULL : td_ticket_new(path, (td_str){ 0 });
		if (ticket) td_upload_pass(u->uploader, ticket, status, &err);
		else if (status != TD_OK) u->worst = status;
	}
	td_upload_flush(u->uploader);
	if (td_upload_gzip_refused(u->uploader) && !u->progress.quiet) fputs("tidings: the store takes no gzip; the graphs went there plain\n", stderr);
	td_progress_end(&u->progress);
	return exit_code(u);
}

int td_cmd_upload(const td_args *args)
{
	td_error err;
	upload u = { .args = args };
	td_arena_init(&u.arena);
	td_graphs_init(&u.graphs);
	td_map_init(&u.sent, &u.arena);
	int code = upload_open(&u, &err) == TD_OK ? send_files(&u) : td_cmd_failed(&err);
	td_upload_close(u.uploader);
	td_journal_close(u.journal);
	td_graphs_free(&u.graphs);
	td_arena_free(&u.arena);
	return code;
}
