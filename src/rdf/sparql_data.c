/* The data of a query: terms by number, quads in three orders. */
#include "rdf/sparql.h"

#include <stdlib.h>

void td_q_data_init(td_q_data *data)
{
	*data = (td_q_data){ .slots = NULL };
	td_arena_init(&data->arena);
}

void td_q_data_free(td_q_data *data)
{
	td_arena_free(&data->arena);
	td_free(data->slots);
	for (int i = 0; i < 3; i++) td_free(data->orders[i]);
	*data = (td_q_data){ .slots = NULL };
}

/* ---- terms --------------------------------------------------------------------------------------------------- */

static uint32_t hash_of(const td_term *term)
{
	uint64_t h = td_hash_mix(td_hash(term->value), term->kind);
	if (term->lang.n) h = td_hash_mix(h, td_hash(term->lang));
	if (term->datatype.n) h = td_hash_mix(h, td_hash(term->datatype));
	return (uint32_t)h;
}

/* The slot that has the term, or the free one for it. There is always a free one. */
static uint32_t slot_of(const td_q_data *data, const td_term *term)
{
	uint32_t i = hash_of(term) & (data->n_slots - 1);
	while (data->slots[i] && !td_term_eq(&data->terms.at[data->slots[i]], term)) i = (i + 1) & (data->n_slots - 1);
	return i;
}

static bool grow_slots(td_q_data *data)
{
	uint32_t n = data->n_slots ? data->n_slots * 2 : 1024;
	if (n > 1u << 30) return false;
	uint32_t *slots = td_alloc(n * sizeof *slots);
	if (!slots) return false;
	memset(slots, 0, n * sizeof *slots);
	td_free(data->slots);
	data->slots = slots;
	data->n_slots = n;
	for (uint32_t id = 1; id < data->terms.n; id++) slots[slot_of(data, &data->terms.at[id])] = id;
	return true;
}

static bool copy_str(td_arena *arena, td_str *s)
{
	*s = s->n ? td_arena_str(arena, *s) : (td_str){ "", 0 };
	return s->at != NULL;
}

/* Datatypes and languages are few: one copy of each, that of the term before when it is the same. */
static bool copy_term(td_q_data *data, td_term *term)
{
	const td_term *last = &data->terms.at[data->terms.n - 1];
	bool same = td_str_eq(last->datatype, term->datatype) && td_str_eq(last->lang, term->lang);
	if (same) term->datatype = last->datatype, term->lang = last->lang;
	return copy_str(&data->arena, &term->value) && (same || (copy_str(&data->arena, &term->lang) && copy_str(&data->arena, &term->datatype)));
}

td_q_id td_q_intern(td_q_data *data, const td_term *term)
{
	td_term copy = *term;
	if (data->terms.n == 0 && !TD_PUSH(&data->arena, &data->terms, (td_term){ .value = { "", 0 } })) return 0;
	if (data->terms.n >= data->n_slots / 2 && !grow_slots(data)) return 0;
	uint32_t slot = slot_of(data, term);
	if (data->slots[slot]) return data->slots[slot];
	if (data->terms.n >= (uint32_t)INT32_MAX || !copy_term(data, &copy) || !TD_PUSH(&data->arena, &data->terms, copy)) return 0;
	data->slots[slot] = data->terms.n - 1;
	return data->terms.n - 1;
}

td_q_id td_q_find(const td_q_data *data, const td_term *term)
{
	return data->n_slots ? data->slots[slot_of(data, term)] : 0;
}

/* ---- quads --------------------------------------------------------------------------------------------------- */

td_status td_q_data_add(td_q_data *data, td_str graph, const td_triple *triple, td_error *err)
{
	td_term name = { .kind = TD_IRI, .value = graph };
	td_q_quad quad = { td_q_intern(data, &triple->s), td_q_intern(data, &triple->p), td_q_intern(data, &triple->o), 0 };
	if (graph.n) quad.g = td_q_intern(data, &name);
	if (data->quads.n >= TD_Q_MAX_TRIPLES) return td_fail(err, TD_ERR_LIMIT, "more than %d triples; ask fewer files", TD_Q_MAX_TRIPLES);
	if (!quad.s || !quad.p || !quad.o || (graph.n && !quad.g) || !TD_PUSH(&data->arena, &data->quads, quad)) return td_no_memory(err);
	return TD_OK;
}

/* Which of s, p, o, g counts first, second … in each order. */
static const uint8_t ranks[3][4] = { { 0, 1, 2, 3 }, { 1, 2, 0, 3 }, { 2, 0, 1, 3 } };

static td_q_id member(const td_q_quad *q, uint8_t which)
{
	const td_q_id all[4] = { q->s, q->p, q->o, q->g };
	return all[which];
}

static int compare(const td_q_quad *a, const td_q_quad *b, const uint8_t *rank, uint32_t depth)
{
	for (uint32_t i = 0; i < depth; i++) {
		td_q_id x = member(a, rank[i]), y = member(b, rank[i]);
		if (x != y) return x < y ? -1 : 1;
	}
	return 0;
}

static int by_s(const void *a, const void *b)
{
	return compare(a, b, ranks[0], 4);
}

static int by_p(const void *a, const void *b)
{
	return compare(a, b, ranks[1], 4);
}

static int by_o(const void *a, const void *b)
{
	return compare(a, b, ranks[2], 4);
}

td_status td_q_data_index(td_q_data *data, td_error *err)
{
	static int (*const by[3])(const void *, const void *) = { by_s, by_p, by_o };
	size_t bytes = (size_t)data->quads.n * sizeof(td_q_quad);
	for (int i = 0; i < 3; i++) {
		data->orders[i] = td_alloc(bytes ? bytes : 1);
		if (!data->orders[i]) return td_no_memory(err);
		if (bytes) memcpy(data->orders[i], data->quads.at, bytes);
		if (bytes) qsort(data->orders[i], data->quads.n, sizeof(td_q_quad), by[i]);
	}
	return TD_OK;
}

/* First quad of an order that is not before `want` in its first `depth` members; `after`: that is behind it. */
static const td_q_quad *bound(const td_q_quad *at, size_t n, const td_q_quad *want, const uint8_t *rank, uint32_t depth, bool after)
{
	while (n > 0) {
		size_t half = n / 2;
		int c = compare(&at[half], want, rank, depth);
		if (c < 0 || (after && c == 0)) at += half + 1, n -= half + 1;
		else n = half;
	}
	return at;
}

static td_q_match range(const td_q_data *data, td_q_quad want, bool each_graph)
{
	int order = want.s ? (want.o && !want.p ? 2 : 0) : want.p ? 1 : want.o ? 2 : 0;
	const uint8_t *rank = ranks[order];
	uint32_t depth = 0;
	while (depth < 3 && member(&want, rank[depth])) depth++;
	const td_q_quad *from = bound(data->orders[order], data->quads.n, &want, rank, depth, false);
	size_t left = data->quads.n - (size_t)(from - data->orders[order]);
	return (td_q_match){ from, bound(from, left, &want, rank, depth, true), want, each_graph };
}

td_q_match td_q_match_start(const td_q_data *data, td_q_id s, td_q_id p, td_q_id o, td_q_id g, bool each_graph)
{
	return range(data, (td_q_quad){ s, p, o, g }, each_graph);
}

size_t td_q_match_estimate(const td_q_data *data, td_q_id s, td_q_id p, td_q_id o)
{
	td_q_match m = range(data, (td_q_quad){ s, p, o, 0 }, true);
	return (size_t)(m.end - m.at);
}

static bool fits(const td_q_match *m, const td_q_quad *q)
{
	return (!m->want.s || q->s == m->want.s) && (!m->want.p || q->p == m->want.p) && (!m->want.o || q->o == m->want.o) &&
	       (!m->want.g || q->g == m->want.g);
}

const td_q_quad *td_q_match_next(td_q_match *m)
{
	while (m->at < m->end) {
		const td_q_quad *q = m->at++;
		if (!fits(m, q)) continue;
		if (!m->each_graph && !m->want.g) /* equal triples are neighbours in every order */
			while (m->at < m->end && m->at->s == q->s && m->at->p == q->p && m->at->o == q->o) m->at++;
		if (m->each_graph && !m->want.g && q->g == 0) continue; /* GRAPH ?g: named graphs only */
		if (m->each_graph || m->want.g) /* a triple said twice in one graph counts once */
			while (m->at < m->end && !memcmp(m->at, q, sizeof *q)) m->at++;
		return q;
	}
	return NULL;
}
