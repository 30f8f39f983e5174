/* A query over files: the four forms, and their output. */
#include "rdf/sparql.h"

typedef struct {
	td_q_data data;
	td_arena arena; /* the tree */
	td_q_parser parser;
	td_q_query *query;
	td_q_engine engine;
	const char *format;
	td_put *put;
	void *to;
	td_error *err;
} run;

/* ---- SELECT and ASK ---------------------------------------------------------------------------------------------- */

static bool can_be_named(td_str name)
{
	return name.n > 0 && name.at[0] != '_' ? true : name.n > 1 && name.at[1] != ':';
}

/* The columns: what SELECT names, or for * whatever the pattern may bind. */
static td_status choose_columns(run *r, uint32_t *columns, uint32_t *n)
{
	td_q_vars vars = { .bits = { 0 } };
	*n = 0;
	if (r->query->star) {
		td_q_group_vars(r->query->where, &vars);
		for (uint32_t i = 0; r->query->values && i < r->query->values->columns.n; i++) td_q_vars_add(&vars, r->query->values->columns.at[i]);
		for (uint32_t i = 0; i < r->parser.vars.n; i++)
			if (td_q_vars_has(&vars, i) && can_be_named(r->parser.vars.at[i])) columns[(*n)++] = i;
		return TD_OK;
	}
	if (r->query->items.n > TD_Q_MAX_VARS) return td_fail(r->err, TD_ERR_LIMIT, "more than %d columns", TD_Q_MAX_VARS);
	for (uint32_t i = 0; i < r->query->items.n; i++) columns[(*n)++] = r->query->items.at[i].var;
	return TD_OK;
}

static td_status write_rows(run *r, const td_q_rows *rows, td_result *result)
{
	uint32_t columns[TD_Q_MAX_VARS], n;
	td_str names[TD_Q_MAX_VARS];
	td_term cells[TD_Q_MAX_VARS], unbound = { .kind = TD_UNBOUND };
	TRY(choose_columns(r, columns, &n));
	for (uint32_t i = 0; i < n; i++) names[i] = r->parser.vars.at[columns[i]];
	TRY(td_result_head(result, names, n, r->err));
	for (size_t i = 0; i < rows->n; i++) {
		const td_q_id *row = td_q_row(&r->engine, rows, i);
		for (uint32_t k = 0; k < n; k++) cells[k] = row[columns[k]] ? *td_q_term(&r->data, row[columns[k]]) : unbound;
		TRY(td_result_row(result, cells, r->err));
	}
	return TD_OK;
}

static td_status write_result(run *r, const td_q_rows *rows)
{
	td_result *result;
	TRY(td_result_open(r->format, r->put, r->to, &result, r->err));
	td_status status = r->query->form == TD_Q_ASK ? td_result_answer(result, rows->n > 0, r->err) : write_rows(r, rows, result);
	if (status == TD_OK) return td_result_close(result, r->err);
	td_result_drop(result);
	return status;
}

/* ---- CONSTRUCT and DESCRIBE -------------------------------------------------------------------------------------- */

/* The term of a template's place; a blank node of the template is a new one for every solution. */
static bool instance(run *r, td_q_node node, const td_q_id *row, size_t number, td_graph *graph, td_term *out)
{
	td_str name = td_q_is_var(node) ? r->parser.vars.at[td_q_index(node)] : (td_str){ 0 };
	td_q_id id = td_q_is_var(node) ? row[td_q_index(node)] : node;
	bool fresh = td_q_is_var(node) && !id && !can_be_named(name);
	if (fresh) *out = (td_term){ .kind = TD_BLANK, .value = td_arena_printf(&graph->arena, "b%zux%u", number, td_q_index(node)) };
	else if (id) *out = *td_q_term(&r->data, id);
	return fresh || id;
}

static td_status construct_row(run *r, const td_q_id *row, size_t number, td_graph *graph)
{
	for (uint32_t i = 0; i < r->query->construct.n; i++) {
		const td_q_triple *t = &r->query->construct.at[i];
		td_triple made;
		bool whole = instance(r, t->s, row, number, graph, &made.s) && instance(r, t->p, row, number, graph, &made.p) &&
		             instance(r, t->o, row, number, graph, &made.o);
		if (whole && made.s.kind != TD_LITERAL && made.p.kind == TD_IRI) TRY(td_graph_add(graph, &made, r->err));
	}
	return TD_OK;
}

/* All that has the node as its subject, and the same for blank nodes that this names. */
static td_status describe_node(run *r, td_q_id id, td_graph *graph, uint32_t depth)
{
	td_q_match match = td_q_match_start(&r->data, id, 0, 0, TD_Q_ALL_GRAPHS, false);
	for (const td_q_quad *q; (q = td_q_match_next(&match)) != NULL;) {
		td_triple t = { *td_q_term(&r->data, q->s), *td_q_term(&r->data, q->p), *td_q_term(&r->data, q->o) };
		TRY(td_graph_add(graph, &t, r->err));
		TRY(td_q_work(&r->engine, 1));
		if (t.o.kind == TD_BLANK && depth < TD_Q_MAX_DEPTH) TRY(describe_node(r, q->o, graph, depth + 1));
	}
	return TD_OK;
}

static td_status describe_row(run *r, const td_q_id *row, td_graph *graph)
{
	for (uint32_t i = 0; i < r->query->describe.n; i++) {
		td_q_node node = r->query->describe.at[i];
		td_q_id id = td_q_is_var(node) ? row[td_q_index(node)] : node;
		if (id) TRY(describe_node(r, id, graph, 0));
	}
	for (uint32_t i = 0; r->query->star && i < r->engine.width; i++)
		if (row[i]) TRY(describe_node(r, row[i], graph, 0));
	return TD_OK;
}

static td_status fill_graph(run *r, const td_q_rows *rows, td_graph *graph)
{
	for (size_t i = 0; i < rows->n; i++) {
		const td_q_id *row = td_q_row(&r->engine, rows, i);
		TRY(r->query->form == TD_Q_CONSTRUCT ? construct_row(r, row, i, graph) : describe_row(r, row, graph));
	}
	return td_graph_tidy(graph, r->err);
}

static td_status write_graph(run *r, const td_q_rows *rows)
{
	td_graph graph;
	td_turtle turtle;
	td_out out = { .put = r->put, .to = r->to };
	td_graph_init(&graph);
	td_status status = td_turtle_init(&turtle, false, r->err);
	if (status == TD_OK) status = fill_graph(r, rows, &graph);
	if (status == TD_OK) status = td_turtle_graph(&turtle, &graph, &out, r->err);
	if (status == TD_OK) status = td_out_flush(&out, r->err);
	td_buf_free(&out.buf);
	td_turtle_free(&turtle);
	td_graph_free(&graph);
	return status;
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static td_status add_quad(void *context, td_str graph, const td_triple *triple, td_error *err)
{
	return td_q_data_add(context, graph, triple, err);
}

static td_status parse(run *r, const char *sparql)
{
	td_str text = td_str_of(sparql);
	if (text.n > TD_Q_MAX_TEXT) return td_fail(r->err, TD_ERR_LIMIT, "the query is longer than %d bytes", TD_Q_MAX_TEXT);
	if (td_utf8_check(text) != text.n) return td_fail(r->err, TD_ERR_UTF8, "the query is not valid UTF-8");
	r->parser = (td_q_parser){ .data = &r->data, .arena = &r->arena, .text = text, .err = r->err };
	r->query = td_q_parse(&r->parser);
	return r->parser.status;
}

static td_status answer(run *r)
{
	td_q_rows rows = { .at = NULL };
	td_status status = td_q_eval_select(&r->engine, r->query, &rows);
	bool graph = r->query->form == TD_Q_CONSTRUCT || r->query->form == TD_Q_DESCRIBE;
	if (status == TD_OK) status = graph ? write_graph(r, &rows) : write_result(r, &rows);
	td_q_rows_free(&rows);
	return status;
}

static td_status ask_files(run *r, const char *sparql, char *const *files, size_t n)
{
	TRY(parse(r, sparql));
	for (size_t i = 0; i < n; i++) TRY(td_rdf_parse(files[i], add_quad, &r->data, r->err));
	TRY(td_q_data_index(&r->data, r->err));
	r->engine.width = r->parser.vars.n ? r->parser.vars.n : 1;
	return answer(r);
}

td_status td_rdf_query(const char *sparql, char *const *files, size_t n, const char *result, td_put *put, void *to, td_error *err)
{
	td_error own;
	run r = { .format = result, .put = put, .to = to, .err = err ? err : &own };
	td_q_data_init(&r.data);
	td_arena_init(&r.arena);
	r.engine = (td_q_engine){ .data = &r.data, .err = r.err };
	td_arena_init(&r.engine.scratch);
	td_status status = ask_files(&r, sparql, files, n);
	td_arena_free(&r.engine.scratch);
	td_arena_free(&r.arena);
	td_q_data_free(&r.data);
	return status;
}
