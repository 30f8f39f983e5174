/* One subject, one object, one clause that is said: Universal Dependencies gives a word no two of them (UD v2, "core arguments"), but a
 * tree of single arcs may. Where it does, the one that gives up least takes another head or relation. */
#include "nlp/net_impl.h"

#include <math.h>

enum { GROUPS = 4, NONE = GROUPS, MAX_MOVES = 64 };

static uint8_t group_of(uint8_t deprel)
{
	static const uint8_t groups[TD_DEPREL_COUNT] = {
		[TD_NSUBJ] = 1, [TD_NSUBJ_PASS] = 1, [TD_CSUBJ] = 1, [TD_CSUBJ_PASS] = 1, [TD_OBJ] = 2, [TD_CCOMP] = 3, [TD_NMOD_POSS] = 4,
	};
	return deprel < TD_DEPREL_COUNT && groups[deprel] ? (uint8_t)(groups[deprel] - 1) : (uint8_t)NONE;
}

typedef struct {
	const td_net *net;
	td_net_work *w;
	uint32_t piece, n;
	uint8_t group[TD_MAX_SENT_TOKENS];                 /* of each token's relation */
	uint8_t held[TD_MAX_SENT_TOKENS + 1][GROUPS];      /* by head as in td_net_work: how many of a group hang there */
} unique;

static uint32_t row_of(const unique *u, uint32_t i)
{
	return u->w->base[i] + u->piece;
}

static uint32_t best_label(const unique *u, const float *rel, const uint8_t held[GROUPS])
{
	uint32_t best = TD_NONE;
	for (uint32_t l = 0; l < u->net->n_deprel; l++) {
		uint8_t g = group_of(u->net->deprel[l]);
		if (l == u->net->root_label_id || (g != NONE && held && held[g])) continue;
		if (best == TD_NONE || rel[l] > rel[best]) best = l;
	}
	return best;
}

static void read(unique *u)
{
	memset(u->held, 0, sizeof u->held);
	for (uint32_t i = 0; i < u->n; i++) {
		uint32_t row = row_of(u, i), head = u->w->head[row];
		uint32_t label = head ? best_label(u, u->w->rel + (size_t)row * u->net->n_deprel, NULL) : TD_NONE;
		u->group[i] = label == TD_NONE ? (uint8_t)NONE : group_of(u->net->deprel[label]);
		if (u->group[i] != NONE && u->held[head][u->group[i]] < UINT8_MAX) u->held[head][u->group[i]]++;
	}
}

/* Is the token at position `at` - 1 below the one at position i? */
static bool is_below(const unique *u, uint32_t at, uint32_t i)
{
	for (uint32_t steps = 0; at && steps <= u->n; steps++, at = u->w->head[row_of(u, at - 1)])
		if (at == i + 1) return true;
	return false;
}

static float log_share(const float *rel, uint32_t n, uint32_t label)
{
	float sum = 0;
	for (uint32_t i = 0; i < n; i++) sum += expf(rel[i] - rel[label]);
	return -logf(sum);
}

typedef struct {
	uint32_t dep, head, label;
	float loss; /* in log odds, against what it is now */
} move;

static void look_at(const unique *u, uint32_t i, uint32_t head, float arc, const float *rel, const uint8_t held[GROUPS], float now, move *best)
{
	uint32_t label = best_label(u, rel, held);
	if (label == TD_NONE) return;
	float loss = now - arc - log_share(rel, u->net->n_deprel, label);
	if (best->dep == TD_NONE || loss < best->loss) *best = (move){ i, head, label, loss };
}

/* What the token at position i would rather be if it must not be of its group below its head. */
static void look_for(unique *u, uint32_t i, float *rel, move *best)
{
	uint32_t row = row_of(u, i), head = u->w->head[row];
	const float *own = u->w->rel + (size_t)row * u->net->n_deprel;
	const net_rival *rival = u->w->rival + (size_t)row * NET_RIVALS;
	float now = u->w->arc_score[row] + log_share(own, u->net->n_deprel, best_label(u, own, NULL));
	look_at(u, i, head, u->w->arc_score[row], own, u->held[head], now, best);
	for (uint32_t k = 0; k < NET_RIVALS; k++) {
		if (!rival[k].head || rival[k].head == head || is_below(u, rival[k].head, i)) continue;
		net_label_scores(u->net, u->w, u->piece, i, rival[k].head, rel);
		look_at(u, i, rival[k].head, rival[k].score, rel, u->held[rival[k].head], now, best);
	}
}

/* The relation that was chosen scores more than the others from now on. */
static void take(unique *u, const move *m, float *rel)
{
	uint32_t row = row_of(u, m->dep), n = u->net->n_deprel;
	float *own = u->w->rel + (size_t)row * n;
	if (m->head != u->w->head[row]) {
		net_label_scores(u->net, u->w, u->piece, m->dep, m->head, rel);
		memcpy(own, rel, n * sizeof *own);
		u->w->head[row] = (uint16_t)m->head;
	}
	own[m->label] = own[best_label(u, own, NULL)] + 1;
}

/* The first head that holds two of a group, and the cheapest way out; false when there is none. */
static bool resolve(unique *u, float *rel)
{
	move best = { .dep = TD_NONE };
	uint32_t head = 0, group = NONE;
	for (uint32_t i = 0; i < u->n; i++) {
		uint32_t h = u->w->head[row_of(u, i)];
		if (u->group[i] == NONE || u->held[h][u->group[i]] < 2 || (group != NONE && (h != head || u->group[i] != group))) continue;
		head = h;
		group = u->group[i];
		look_for(u, i, rel, &best);
	}
	if (best.dep == TD_NONE) return false;
	take(u, &best, rel);
	return true;
}

void net_make_unique(const td_net *net, td_net_work *w, uint32_t piece)
{
	unique u = { .net = net, .w = w, .piece = piece, .n = w->pieces[piece].n };
	float rel[NET_MAX_LABELS];
	read(&u);
	for (int moves = 0; moves < MAX_MOVES && resolve(&u, rel); moves++) read(&u);
}
