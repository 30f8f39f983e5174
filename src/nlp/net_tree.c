/* Maximum spanning tree with one root: Chu and Liu 1965, Edmonds 1967, kept dense, O(n²) over all contractions.
 *
 * Nodes 0 (root) … n are the tokens; every contraction of a cycle makes a node n + 1, n + 2, …. A node lives in a row and
 * column ("place") of the score matrix; a contracted cycle takes over the place of its first member. */
#include "nlp/net_impl.h"

enum { PLACES = TD_MAX_SENT_TOKENS + 1, NODES = 2 * PLACES };

typedef struct {
	uint16_t head, dep; /* tokens */
} arc;

struct net_tree {
	float score[PLACES][PLACES]; /* [head][dependent] */
	arc real[PLACES][PLACES];    /* the arc between tokens that a cell stands for */
	bool alive[PLACES];
	uint16_t node[PLACES];       /* in this place */
	uint16_t best[PLACES];       /* place of the best head */
	uint16_t mark[PLACES];
	uint16_t cycle[PLACES];
	arc in[NODES];               /* arc that enters a node */
	uint16_t parent[NODES];      /* contraction a node went into */
	uint16_t places, nodes;
};

td_status net_tree_new(net_tree **out, td_error *err)
{
	*out = td_alloc(sizeof **out);
	return *out ? TD_OK : td_no_memory(err);
}

void net_tree_free(net_tree *tree)
{
	td_free(tree);
}

static uint16_t row_best(const float *row, uint32_t n, uint32_t self)
{
	uint32_t best = self == 0 ? 1 : 0;
	for (uint32_t j = best + 1; j <= n; j++)
		if (j != self && row[j] > row[best]) best = j;
	return (uint16_t)best;
}

/* True when the best head of every token makes a tree with one root already. */
static bool greedy(const float *score, size_t stride, uint32_t n, uint16_t *head)
{
	uint16_t mark[PLACES] = { 0 };
	uint32_t roots = 0;
	for (uint32_t i = 0; i < n; i++) {
		head[i] = row_best(score + i * stride, n, i + 1);
		roots += head[i] == 0;
	}
	if (roots != 1) return false;
	for (uint16_t i = 1; i <= n; i++) {
		uint16_t v = i;
		while (v && !mark[v]) {
			mark[v] = i;
			v = head[v - 1];
		}
		if (v && mark[v] == i) return false;
	}
	return true;
}

static void find_best(net_tree *t, uint16_t v)
{
	uint16_t best = v == 0 ? 1 : 0;
	for (uint16_t u = 0; u < t->places; u++)
		if (t->alive[u] && u != v && (best == v || !t->alive[best] || t->score[u][v] > t->score[best][v])) best = u;
	t->best[v] = best;
	t->in[t->node[v]] = t->real[best][v];
}

/* A forged model's scores may be anything; here they are numbers within bounds. */
static float bounded(float s)
{
	const float most = 1e4f;
	return s > -most ? (s < most ? s : most) : -most;
}

static void fill(net_tree *t, const float *score, size_t stride, uint32_t n)
{
	float lo = bounded(score[0]), hi = lo;
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j <= n; j++) {
			float s = bounded(score[i * stride + j]);
			lo = s < lo ? s : lo;
			hi = s > hi ? s : hi;
		}
	float penalty = (hi - lo) * (float)n + 1; /* dearer than anything a second root could win */
	t->places = (uint16_t)(n + 1);
	t->nodes = t->places;
	for (uint16_t u = 0; u < t->places; u++) {
		t->alive[u] = true;
		t->node[u] = u;
		for (uint16_t v = 1; v < t->places; v++) {
			t->score[u][v] = bounded(score[(size_t)(v - 1) * stride + u]) - (u == 0 ? penalty : 0);
			t->real[u][v] = (arc){ u, v };
		}
	}
	memset(t->parent, 0, sizeof t->parent);
	for (uint16_t v = 1; v < t->places; v++) find_best(t, v);
}

/* Length of a cycle among the best heads, its places in t->cycle; 0 when there is none. */
static uint32_t find_cycle(net_tree *t)
{
	memset(t->mark, 0, sizeof t->mark);
	for (uint16_t i = 1; i < t->places; i++) {
		uint16_t v = i;
		while (v && t->alive[v] && !t->mark[v]) {
			t->mark[v] = i;
			v = t->best[v];
		}
		if (!v || !t->alive[v] || t->mark[v] != i) continue;
		uint32_t n = 0;
		uint16_t start = v;
		do {
			t->cycle[n++] = v;
			v = t->best[v];
		} while (v != start);
		return n;
	}
	return 0;
}

/* Folds member m into place c: the better arc each way; arcs that enter lose what the member's own arc was worth. */
static void fold_member(net_tree *t, uint16_t c, uint16_t m, float own, bool first)
{
	for (uint16_t u = 0; u < t->places; u++) {
		if (!t->alive[u] || t->mark[u] == UINT16_MAX) continue; /* inside the cycle */
		float enter = t->score[u][m] - own;
		if (first || enter > t->score[u][c]) {
			t->score[u][c] = enter;
			t->real[u][c] = t->real[u][m];
		}
		if (u && (first || t->score[m][u] > t->score[c][u])) {
			t->score[c][u] = t->score[m][u];
			t->real[c][u] = t->real[m][u];
		}
	}
}

static void contract(net_tree *t, uint32_t n)
{
	uint16_t c = t->cycle[0], made = t->nodes++;
	float own[PLACES];
	for (uint32_t i = 0; i < n; i++) {
		uint16_t m = t->cycle[i];
		own[i] = t->score[t->best[m]][m];
		t->mark[m] = UINT16_MAX;
		t->parent[t->node[m]] = made;
	}
	for (uint32_t i = 0; i < n; i++) {
		fold_member(t, c, t->cycle[i], own[i], i == 0);
		if (i) t->alive[t->cycle[i]] = false;
	}
	for (uint16_t v = 1; v < t->places; v++)
		if (t->alive[v] && t->mark[v] != UINT16_MAX && t->mark[t->best[v]] == UINT16_MAX) t->best[v] = c;
	t->node[c] = made;
	find_best(t, c);
}

/* Undoes the contractions, newest first: the arc into a contraction replaces the one into the member that holds its token. */
static void expand(net_tree *t)
{
	for (uint16_t made = (uint16_t)(t->nodes - 1); made >= t->places; made--) {
		uint16_t m = t->in[made].dep;
		while (t->parent[m] != made) m = t->parent[m];
		t->in[m] = t->in[made];
	}
}

void net_tree_best(net_tree *t, const float *score, size_t stride, uint32_t n, uint16_t *head)
{
	uint32_t length;
	if (greedy(score, stride, n, head)) return;
	fill(t, score, stride, n);
	while ((length = find_cycle(t)) != 0) contract(t, length);
	expand(t);
	for (uint32_t i = 0; i < n; i++) head[i] = t->in[i + 1].head;
}
