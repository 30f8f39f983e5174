#include "cli/graphs.h"

#include "cli/cli.h"
#include "rdf/ntriples.h"
#include "rdf/rdf.h"

enum {
	MAX_FILE_TRIPLES = 50000000, /* held in memory at once */
	MAX_GRAPHS = 1000000,
};

#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define NEWS_ARTICLE "http://schema.org/NewsArticle"

void td_graphs_init(td_graphs *g)
{
	*g = (td_graphs){ 0 };
	td_arena_init(&g->arena);
	td_map_init(&g->by_name, &g->arena);
}

static td_graph *new_graph(td_graphs *g, td_str name)
{
	td_graph *graph = td_arena_zero(&g->arena, 1, sizeof *graph);
	td_str own = td_arena_str(&g->arena, name);
	if (!graph || !own.at) return NULL;
	td_graph_init(graph);
	graph->name = own;
	if (!td_map_put(&g->by_name, own, g->all.n) || !TD_PUSH(&g->arena, &g->all, graph)) {
		td_graph_free(graph);
		return NULL;
	}
	return graph;
}

static td_graph *graph_of(td_graphs *g, td_str name)
{
	uint32_t found = td_map_get(&g->by_name, name);
	return found == TD_NONE ? new_graph(g, name) : g->all.at[found];
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
	td_graphs *g = context;
	if (++g->triples > MAX_FILE_TRIPLES) return td_fail(err, TD_ERR_LIMIT, "more than %d triples; split the file", MAX_FILE_TRIPLES);
	if (g->all.n > MAX_GRAPHS) return td_fail(err, TD_ERR_LIMIT, "more than %d graphs; split the file", MAX_GRAPHS);
	td_graph *graph = graph_of(g, name);
	if (!graph || !add_triple(graph, triple)) return td_no_memory(err);
	if (name.n == 0 && says_article(triple)) {
		g->articles++;
		g->article = graph->triples.at[graph->triples.n - 1].s.value;
	}
	return TD_OK;
}

static void forget(td_graphs *g)
{
	for (uint32_t i = 0; i < g->all.n; i++) td_graph_free(g->all.at[i]);
	td_arena_reset(&g->arena);
	td_map_init(&g->by_name, &g->arena);
	memset(&g->all, 0, sizeof g->all);
	g->triples = g->articles = 0;
	g->article = (td_str){ 0 };
}

void td_graphs_free(td_graphs *g)
{
	forget(g);
	td_arena_free(&g->arena);
}

static td_status give_out(td_graphs *g, td_take_graph *take, void *context, td_error *err)
{
	for (uint32_t i = 0; i < g->all.n; i++) TRY(take(context, g->all.at[i], err));
	return TD_OK;
}

/* ---- N-Quads, a graph at a time ---------------------------------------------------------------------------------- */

/* The lines in turn; those that hold a statement. */
typedef struct {
	td_str rest;
	uint64_t line;
	td_buf scratch;
	td_triple triple;
	td_str graph;
} quads;

static td_status next_quad(quads *q, bool *done, td_error *err)
{
	bool none = true;
	while (none && q->rest.n) {
		q->line++;
		if (td_nquads_line(td_str_cut(&q->rest, '\n'), &q->scratch, &q->triple, &q->graph, &none, err) == TD_OK) continue;
		err->line = q->line;
		return err->status;
	}
	*done = none;
	return TD_OK;
}

/* Does each graph stand in one piece? Read to the end in any case, so that a bad line is found before anything is sent. */
static td_status look_through(td_str text, bool *whole, td_error *err)
{
	quads q = { .rest = text };
	td_arena arena;
	td_map met;
	td_str last = { NULL, 0 };
	td_status status = TD_OK;
	*whole = true;
	td_arena_init(&arena);
	td_map_init(&met, &arena);
	for (bool done = false; status == TD_OK && (status = next_quad(&q, &done, err)) == TD_OK && !done;) {
		if (!*whole || (last.n && td_str_eq(last, q.graph))) continue;
		*whole = q.graph.n > 0 && td_map_get(&met, q.graph) == TD_NONE && met.n < MAX_GRAPHS;
		last = td_arena_str(&arena, q.graph);
		if (!last.at || !td_map_put(&met, last, 1)) status = td_no_memory(err);
	}
	td_buf_free(&q.scratch);
	td_arena_free(&arena);
	return status;
}

static td_status read_quads(td_graphs *g, quads *q, td_take_graph *take, void *context, td_error *err)
{
	for (bool done = false;;) {
		TRY(next_quad(q, &done, err));
		bool another = g->all.n && (done || !td_str_eq(g->all.at[0]->name, q->graph));
		if (another) TRY(give_out(g, take, context, err));
		if (done) return TD_OK;
		if (another) forget(g);
		TRY(each(g, q->graph, &q->triple, err));
	}
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

/* Standard input has no name that tells its syntax. Blank nodes and graph names apart, N-Quads are what we write. */
static const char *name_for_input(td_str text)
{
	static const struct {
		const char *start, *name;
	} syntaxes[] = { { "<?xml", "standard-input.rdf" }, { "<rdf:", "standard-input.rdf" }, { "@prefix", "standard-input.trig" },
		{ "@base", "standard-input.trig" }, { "PREFIX", "standard-input.trig" }, { "BASE", "standard-input.trig" } };
	text = td_str_trim(text);
	for (size_t i = 0; i < sizeof syntaxes / sizeof *syntaxes; i++)
		if (td_str_starts(text, td_str_of(syntaxes[i].start))) return syntaxes[i].name;
	return "standard-input.nq";
}

static td_status read_text(td_graphs *g, const char *name, td_str text, td_take_graph *take, void *context, td_error *err)
{
	bool whole = false;
	if (td_str_ends(td_str_of(name), TD_STR(".nq"))) TRY(look_through(text, &whole, err));
	if (whole && text.n) {
		quads q = { .rest = text };
		td_status status = read_quads(g, &q, take, context, err);
		td_buf_free(&q.scratch);
		return status;
	}
	TRY(td_rdf_parse_text(name, text, each, g, err));
	return give_out(g, take, context, err);
}

static td_status read_input(td_graphs *g, td_take_graph *take, void *context, td_error *err)
{
	td_arena arena;
	td_str text;
	td_arena_init(&arena);
	td_status status = td_read_all("-", &arena, &text, err);
	if (status == TD_OK) status = read_text(g, name_for_input(text), text, take, context, err);
	td_arena_free(&arena);
	return status;
}

static td_status read_file(td_graphs *g, const char *path, td_take_graph *take, void *context, td_error *err)
{
	td_mapped file;
	TRY(td_map_file(path, &file, err));
	td_status status = read_text(g, path, file.bytes, take, context, err);
	td_unmap_file(&file);
	return status;
}

td_status td_graphs_read(td_graphs *g, const char *path, td_take_graph *take, void *context, td_error *err)
{
	forget(g);
	TRY(strcmp(path, "-") == 0 ? read_input(g, take, context, err) : read_file(g, path, take, context, err));
	return g->triples ? TD_OK : td_fail(err, TD_ERR_EMPTY, "no triples");
}
