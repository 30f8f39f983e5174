/* Property paths: https://www.w3.org/TR/sparql11-query/#propertypaths */
#include "rdf/sparql.h"

typedef TD_ARRAY(td_q_id) id_list;

typedef struct {
	td_q_engine *e;
	td_arena arena; /* lists and sets, until the path's end */
	td_q_id graph;     /* 0: all merged */
} walk;

/* ---- sets ------------------------------------------------------------------------------------------------------ */

typedef struct {
	td_q_id *slots;
	uint32_t n, cap;
} id_set;

static uint32_t place(const id_set *set, td_q_id id)
{
	uint32_t i = (uint32_t)td_hash_mix(id, 1) & (set->cap - 1);
	while (set->slots[i] && set->slots[i] != id) i = (i + 1) & (set->cap - 1);
	return i;
}

static td_status set_grow(walk *w, id_set *set)
{
	id_set larger = { .cap = set->cap ? set->cap * 2 : 16, .n = set->n };
	larger.slots = td_arena_zero(&w->arena, larger.cap, sizeof *larger.slots);
	if (!larger.slots) return td_no_memory(w->e->err);
	for (uint32_t i = 0; i < set->cap; i++)
		if (set->slots[i]) larger.slots[place(&larger, set->slots[i])] = set->slots[i];
	*set = larger;
	return TD_OK;
}

static td_status set_add(walk *w, id_set *set, td_q_id id, bool *fresh)
{
	if (set->n >= set->cap / 2) TRY(set_grow(w, set));
	uint32_t i = place(set, id);
	*fresh = set->slots[i] == 0;
	if (*fresh) set->slots[i] = id, set->n++;
	return TD_OK;
}

static td_status push(walk *w, id_list *list, td_q_id id)
{
	TRY(td_q_work(w->e, 1));
	return TD_PUSH(&w->arena, list, id) ? TD_OK : td_no_memory(w->e->err);
}

/* ---- steps ----------------------------------------------------------------------------------------------------- */

/* Where the path leads from `from`; against the arrow when `back`. */
static td_status step(walk *w, const td_q_path *path, td_q_id from, bool back, id_list *out);

static td_status step_link(walk *w, td_q_id link, td_q_id from, bool back, id_list *out)
{
	td_q_match match = td_q_match_start(w->e->data, back ? 0 : from, link, back ? from : 0, w->graph, false);
	for (const td_q_quad *q; (q = td_q_match_next(&match)) != NULL;) TRY(push(w, out, back ? q->s : q->o));
	return TD_OK;
}

static bool listed(const td_q_id *list, uint32_t n, td_q_id id)
{
	for (uint32_t i = 0; i < n; i++)
		if (list[i] == id) return true;
	return false;
}

static td_status step_not(walk *w, const td_q_id *links, uint32_t n, td_q_id from, bool back, id_list *out)
{
	td_q_match match = td_q_match_start(w->e->data, back ? 0 : from, 0, back ? from : 0, w->graph, false);
	for (const td_q_quad *q; (q = td_q_match_next(&match)) != NULL;)
		if (!listed(links, n, q->p)) TRY(push(w, out, back ? q->s : q->o));
	return TD_OK;
}

static td_status step_negated(walk *w, const td_q_path *path, td_q_id from, bool back, id_list *out)
{
	if (path->forward) TRY(step_not(w, path->links, path->n_links, from, back, out));
	return path->backward ? step_not(w, path->inverses, path->n_inverses, from, !back, out) : TD_OK;
}

static td_status step_sequence(walk *w, const td_q_path *path, td_q_id from, bool back, id_list *out)
{
	id_list middle = { .at = NULL };
	TRY(step(w, back ? path->b : path->a, from, back, &middle));
	for (uint32_t i = 0; i < middle.n; i++) TRY(step(w, back ? path->a : path->b, middle.at[i], back, out));
	return TD_OK;
}

/* Each node once: by breadth, from `from` on, itself included when `self`. */
static td_status step_closure(walk *w, const td_q_path *inner, td_q_id from, bool back, bool self, id_list *out)
{
	id_set seen = { .slots = NULL };
	id_list queue = { .at = NULL };
	bool fresh;
	if (self) {
		TRY(set_add(w, &seen, from, &fresh));
		TRY(push(w, out, from));
	}
	TRY(push(w, &queue, from));
	for (uint32_t i = 0; i < queue.n; i++) {
		id_list next = { .at = NULL };
		TRY(step(w, inner, queue.at[i], back, &next));
		for (uint32_t k = 0; k < next.n; k++) {
			TRY(set_add(w, &seen, next.at[k], &fresh));
			if (!fresh) continue;
			TRY(push(w, out, next.at[k]));
			TRY(push(w, &queue, next.at[k]));
		}
	}
	return TD_OK;
}

static td_status step_maybe(walk *w, const td_q_path *inner, td_q_id from, bool back, id_list *out)
{
	id_set seen = { .slots = NULL };
	id_list next = { .at = NULL };
	bool fresh;
	TRY(set_add(w, &seen, from, &fresh));
	TRY(push(w, out, from));
	TRY(step(w, inner, from, back, &next));
	for (uint32_t i = 0; i < next.n; i++) {
		TRY(set_add(w, &seen, next.at[i], &fresh));
		if (fresh) TRY(push(w, out, next.at[i]));
	}
	return TD_OK;
}

static td_status step(walk *w, const td_q_path *path, td_q_id from, bool back, id_list *out)
{
	switch (path->kind) {
	case TD_Q_LINK: return step_link(w, path->link, from, back, out);
	case TD_Q_INVERSE: return step(w, path->a, from, !back, out);
	case TD_Q_SEQUENCE: return step_sequence(w, path, from, back, out);
	case TD_Q_ALTERNATIVE: TRY(step(w, path->a, from, back, out)); return step(w, path->b, from, back, out);
	case TD_Q_STAR: return step_closure(w, path->a, from, back, true, out);
	case TD_Q_PLUS: return step_closure(w, path->a, from, back, false, out);
	case TD_Q_MAYBE: return step_maybe(w, path->a, from, back, out);
	case TD_Q_NEGATED: return step_negated(w, path, from, back, out);
	}
	return TD_OK;
}

/* ---- from s to o ----------------------------------------------------------------------------------------------- */

/* All nodes of the graph: with neither end known, a path may begin at any. */
static td_status all_nodes(walk *w, id_list *out)
{
	id_set seen = { .slots = NULL };
	bool fresh;
	td_q_match match = td_q_match_start(w->e->data, 0, 0, 0, w->graph, false);
	for (const td_q_quad *q; (q = td_q_match_next(&match)) != NULL;) {
		TRY(set_add(w, &seen, q->s, &fresh));
		if (fresh) TRY(push(w, out, q->s));
		TRY(set_add(w, &seen, q->o, &fresh));
		if (fresh) TRY(push(w, out, q->o));
	}
	return TD_OK;
}

static td_status add_ends(td_q_engine *e, const td_q_triple *t, const td_q_id *row, td_q_id s, td_q_id o, td_q_id g, td_q_rows *out)
{
	td_status status;
	td_q_id *more = td_q_rows_add(e, out, row, &status);
	if (!more) return status;
	if (td_q_is_var(t->s)) more[td_q_index(t->s)] = s;
	if (td_q_is_var(t->o) && t->o == t->s && s != o) {
		out->n--;
		return TD_OK;
	}
	if (td_q_is_var(t->o)) more[td_q_index(t->o)] = o;
	if (td_q_is_var(t->g)) more[td_q_index(t->g)] = g;
	return TD_OK;
}

static td_q_id value_at(td_q_node node, const td_q_id *row)
{
	return td_q_is_var(node) ? row[td_q_index(node)] : node;
}

/* From one known end: those that are reached, of which only `to` counts when it is known. */
static td_status follow(walk *w, const td_q_triple *t, const td_q_id *row, td_q_id from, td_q_id to, bool back, td_q_rows *out)
{
	id_list reached = { .at = NULL };
	TRY(step(w, t->path, from, back, &reached));
	for (uint32_t i = 0; i < reached.n; i++)
		if (!to || reached.at[i] == to)
			TRY(add_ends(w->e, t, row, back ? reached.at[i] : from, back ? from : reached.at[i], w->graph, out));
	return TD_OK;
}

static td_status walk_path(walk *w, const td_q_triple *t, const td_q_id *row, td_q_rows *out)
{
	td_q_id s = value_at(t->s, row), o = value_at(t->o, row);
	id_list starts = { .at = NULL };
	if (s) return follow(w, t, row, s, o, false, out);
	if (o) return follow(w, t, row, o, 0, true, out);
	TRY(all_nodes(w, &starts));
	for (uint32_t i = 0; i < starts.n; i++) TRY(follow(w, t, row, starts.at[i], 0, false, out));
	return TD_OK;
}

/* GRAPH ?g { a path }: in each graph by itself. */
static td_status walk_each_graph(walk *w, const td_q_triple *t, const td_q_id *row, td_q_rows *out)
{
	id_set graphs = { .slots = NULL };
	bool fresh;
	for (uint32_t i = 0; i < w->e->data->quads.n; i++) {
		w->graph = w->e->data->quads.at[i].g;
		if (!w->graph) continue;
		TRY(set_add(w, &graphs, w->graph, &fresh));
		if (fresh) TRY(walk_path(w, t, row, out));
	}
	return TD_OK;
}

td_status td_q_eval_path(td_q_engine *e, const td_q_triple *t, const td_q_id *row, td_q_rows *out)
{
	walk w = { .e = e, .graph = value_at(t->g, row) };
	td_arena_init(&w.arena);
	td_status status = t->g && !w.graph ? walk_each_graph(&w, t, row, out) : walk_path(&w, t, row, out);
	td_arena_free(&w.arena);
	return status;
}
