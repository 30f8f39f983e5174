/* tidings upload: files of RDF, graph by graph, to a store. */
#include <stdlib.h>

#include "cli/cli.h"
#include "rdf/rdf.h"

enum {
	MAX_FILE_TRIPLES = 50000000, /* of one file: it is held in memory, as its graphs may be interleaved */
	MAX_GRAPHS = 1000000,        /* of one run: their names are kept, so that none is replaced by its own second half */
};

#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define NEWS_ARTICLE "http://schema.org/NewsArticle"

typedef struct {
	const td_args *args;
	td_progress progress;
	td_uploader *uploader;
	td_arena arena; /* of the run */
	td_map sent;    /* names of the graphs that went away, in earlier files */
	/* of one file */
	td_arena file_arena;
	td_map by_name;
	TD_ARRAY(td_graph *) graphs; /* at most one without a name */
	uint64_t triples;
	td_str article;   /* the schema:NewsArticle among the triples without a graph */
	uint32_t articles;
} upload;

/* ---- reading a file into graphs --------------------------------------------------------------------------------- */

static td_graph *new_graph(upload *u, td_str name)
{
	td_graph *graph = td_arena_zero(&u->file_arena, 1, sizeof *graph);
	td_str own = td_arena_str(&u->file_arena, name);
	if (!graph || !own.at) return NULL;
	td_graph_init(graph);
	graph->name = own;
	if (!td_map_put(&u->by_name, own, u->graphs.n) || !TD_PUSH(&u->file_arena, &u->graphs, graph)) {
		td_graph_free(graph);
		return NULL;
	}
	return graph;
}

static td_graph *graph_of(upload *u, td_str name)
{
	uint32_t found = td_map_get(&u->by_name, name);
	return found == TD_NONE ? new_graph(u, name) : u->graphs.at[found];
}

static bool copy_term(td_arena *arena, const td_term *from, td_term *to)
{
	to->kind = from->kind;
	to->value = td_arena_str(arena, from->value);
	to->lang = from->lang.n ? td_arena_str(arena, from->lang) : (td_str){ 0 };
	to->datatype = from->datatype.n ? td_arena_str(arena, from->datatype) : (td_str){ 0 };
	return to->value.at && (!from->lang.n || to->lang.at) && (!from->datatype.n || to->datatype.at);
}

/* Triples of one subject stand together nearly always: their subject is stored once. */
static bool add_triple(td_graph *graph, const td_triple *triple)
{
	td_triple own;
	const td_triple *last = graph->triples.n ? &graph->triples.at[graph->triples.n - 1] : NULL;
	if (last && td_str_eq(last->s.value, triple->s.value)) own.s = last->s;
	else if (!copy_term(&graph->arena, &triple->s, &own.s)) return false;
	if (!copy_term(&graph->arena, &triple->p, &own.p) || !copy_term(&graph->arena, &triple->o, &own.o)) return false;
	return TD_PUSH(&graph->arena, &graph->triples, own);
}

static bool says_article(const td_triple *t)
{
	return td_str_eq(t->p.value, TD_STR(RDF_TYPE)) && td_str_eq(t->o.value, TD_STR(NEWS_ARTICLE));
}

static td_status each(void *context, td_str name, const td_triple *triple, td_error *err)
{
	upload *u = context;
	if (++u->triples > MAX_FILE_TRIPLES) return td_fail(err, TD_ERR_LIMIT, "more than %d triples; split the file", MAX_FILE_TRIPLES);
	if (u->graphs.n > MAX_GRAPHS) return td_fail(err, TD_ERR_LIMIT, "more than %d graphs; split the file", MAX_GRAPHS);
	td_graph *graph = graph_of(u, name);
	if (!graph || !add_triple(graph, triple)) return td_no_memory(err);
	if (name.n == 0 && says_article(triple)) {
		u->articles++;
		u->article = graph->triples.at[graph->triples.n - 1].s.value;
	}
	return TD_OK;
}

static void begin_file(upload *u)
{
	for (uint32_t i = 0; i < u->graphs.n; i++) td_graph_free(u->graphs.at[i]);
	td_arena_reset(&u->file_arena);
	td_map_init(&u->by_name, &u->file_arena);
	memset(&u->graphs, 0, sizeof u->graphs);
	u->triples = u->articles = 0;
	u->article = (td_str){ 0 };
}

/* ---- sending ----------------------------------------------------------------------------------------------------- */

/* The graph that triples without a graph name belong to. */
static td_status name_graph(upload *u, td_graph *graph, td_error *err)
{
	if (graph->name.n) return TD_OK;
	if (u->args->value[TD_OPT_GRAPH]) graph->name = td_str_of(u->args->value[TD_OPT_GRAPH]);
	else if (u->articles == 1) graph->name = u->article;
	else
		return td_fail(err, TD_ERR_USAGE, "%u documents are described by triples without a graph name; name a graph with --graph, "
			"or build N-Quads or TriG, where each has its own", u->articles);
	return TD_OK;
}

/* A graph is replaced as a whole: its second half, out of another file, would wipe out the first. */
static td_status remember(upload *u, const td_graph *graph, td_error *err)
{
	if (td_map_get(&u->sent, graph->name) != TD_NONE)
		return td_fail(err, TD_ERR_USAGE, "graph <" TD_STR_FMT "> was in an earlier file already; put both into one file", TD_STR_ARG(graph->name));
	td_str name = td_arena_str(&u->arena, graph->name);
	return name.at && td_map_put(&u->sent, name, 1) ? TD_OK : td_no_memory(err);
}

static td_status send_graph(upload *u, const char *path, td_graph *graph, td_error *err)
{
	TRY(name_graph(u, graph, err));
	TRY(remember(u, graph, err));
	TRY(td_upload_graph(u->uploader, graph, err));
	u->progress.tally.sent++;
	u->progress.tally.triples += graph->triples.n;
	td_tell(&u->progress, "%s: %u triples, <" TD_STR_FMT ">, confirmed by the store", path, graph->triples.n, TD_STR_ARG(graph->name));
	td_progress_step(&u->progress);
	return TD_OK;
}

static td_status send_file(upload *u, const char *path, td_error *err)
{
	begin_file(u);
	TRY(td_rdf_parse(path, each, u, err));
	if (u->triples == 0) return td_fail(err, TD_ERR_EMPTY, "no triples");
	for (uint32_t i = 0; i < u->graphs.n; i++) {
		u->progress.tally.documents++;
		TRY(send_graph(u, path, u->graphs.at[i], err));
	}
	return TD_OK;
}

/* ---- the command ------------------------------------------------------------------------------------------------- */

static td_status upload_open(upload *u, td_error *err)
{
	td_upload_options options;
	td_upload_from_args(u->args, TD_OPT_ENDPOINT, &options);
	if (!options.endpoint) return td_fail(err, TD_ERR_USAGE, "no store; name it with --endpoint URL");
	if (u->args->n_rest == 0) return td_fail(err, TD_ERR_USAGE, "no FILE to send");
	if (u->args->value[TD_OPT_QUERY_URL] && !u->args->value[TD_OPT_VERIFY]) return td_fail(err, TD_ERR_USAGE, "--query is of use only with --verify");
	if (u->args->value[TD_OPT_GRAPH] && u->args->n_rest > 1)
		return td_fail(err, TD_ERR_USAGE, "--graph takes one FILE: each further one would replace what the one before it has sent");
	td_progress_start(&u->progress, u->args->value[TD_OPT_QUIET] != NULL, u->args->value[TD_OPT_VERBOSE] != NULL);
	u->progress.uploading = true;
	return td_upload_open(&options, &u->uploader, err);
}

/* Network and rights first, as they end the run; what else failed is told by what went well besides. */
static int exit_code(const upload *u, td_status status)
{
	switch (status) {
	case TD_OK: return TD_EXIT_OK;
	case TD_ERR_NETWORK: return TD_EXIT_NETWORK;
	case TD_ERR_AUTH: return TD_EXIT_AUTH;
	default: break;
	}
	if (u->progress.tally.sent) return TD_EXIT_FAILED;
	return status == TD_ERR_STORE ? TD_EXIT_STORE : TD_EXIT_NOTHING;
}

static int send_files(upload *u)
{
	td_error err;
	td_status worst = TD_OK;
	for (size_t i = 0; i < u->args->n_rest; i++) {
		td_status status = send_file(u, u->args->rest[i], &err);
		if (status == TD_OK) continue;
		td_report(&u->progress, u->args->rest[i], &err);
		if (worst != TD_ERR_STORE) worst = status;
		if (status == TD_ERR_NETWORK || status == TD_ERR_AUTH) { /* the next file would fare no better */
			worst = status;
			break;
		}
	}
	td_progress_end(&u->progress);
	return exit_code(u, worst);
}

int td_cmd_upload(const td_args *args)
{
	td_error err;
	upload u = { .args = args };
	td_arena_init(&u.arena);
	td_arena_init(&u.file_arena);
	td_map_init(&u.sent, &u.arena);
	int code = upload_open(&u, &err) == TD_OK ? send_files(&u) : td_cmd_failed(&err);
	td_upload_close(u.uploader);
	begin_file(&u);
	td_arena_free(&u.file_arena);
	td_arena_free(&u.arena);
	return code;
}
