/* Trains the semantic roles; srl.py compiles, feeds and calls it. Features come from src/nlp/srl_feature.c, trees and names from the
 * network itself, so that training sees what the program will see. One thread, seeded. */
#include "doc/conllu.h"
#include "nlp/net.h"
#include "nlp/srl_impl.h"

#include <math.h>
#include <stdlib.h>

enum { ROLES = TD_SRL_COUNT, H = SRL_HIDDEN };

typedef struct {
	uint32_t first, n; /* in `feature` */
	uint8_t role;
} example;

typedef struct {
	td_arena arena;
	TD_ARRAY(example) examples;
	TD_ARRAY(uint32_t) feature; /* hashes, later rows */
	TD_ARRAY(uint32_t) paths;   /* one a candidate with an argument's path, with repetitions */
	TD_ARRAY(uint32_t) others;  /* … without */
	uint64_t lost, found;       /* arguments that are no candidates */
} srl_data;

/* ---- reading ---- */

typedef struct {
	uint32_t pred, tok, role;
} srl_gold;

srl_data *srl_new(void)
{
	srl_data *d = calloc(1, sizeof *d);
	if (d) td_arena_init(&d->arena);
	return d;
}

/* CoNLL-U → document, its trees from the file or the network; names always from the network. 0 when all is well. */
static int read_doc(const td_net *net, const char *text, size_t n, int keep, td_doc *doc)
{
	td_error err;
	td_net_work *work = NULL;
	td_doc named;
	td_doc_init(doc);
	td_doc_init(&named);
	int bad = td_net_work_new(net, &work, &err) || td_conllu_read(doc, (td_str){ text, n }, keep, &err) ||
		td_conllu_read(&named, (td_str){ text, n }, false, &err) || td_net_run(net, work, &named, &err);
	for (uint32_t i = 0; !bad && i < doc->toks.n; i++) {
		if (keep) doc->toks.at[i].name = named.toks.at[i].name;
		else doc->toks.at[i] = named.toks.at[i];
	}
	bad = bad || td_doc_index_tree(doc, &err);
	if (bad) fprintf(stderr, "%s\n", err.text);
	/* `named` owns the lemmas that doc refers to: both live as long as the process. */
	td_net_work_free(work);
	return bad;
}

static uint32_t role_at(const srl_gold *gold, uint32_t n, uint32_t pred, uint32_t tok)
{
	for (uint32_t i = 0; i < n; i++)
		if (gold[i].pred == pred && gold[i].tok == tok) return gold[i].role;
	return TD_SRL_NONE;
}

/* gold [n], by predicate; a predicate without arguments has one row with role 0. Adds an example a candidate. */
int srl_read(srl_data *d, const char *model, const char *text, size_t bytes, int keep, const srl_gold *gold, uint32_t n, const srl_set *paths)
{
	static td_doc doc;
	td_net *net;
	td_error err;
	if (td_net_open(model, &net, &err) || read_doc(net, text, bytes, keep, &doc)) return 1;
	for (uint32_t i = 0, to; i < n; i = to) {
		srl_predicate pred;
		srl_candidate cand[SRL_CANDIDATES];
		uint32_t feature[SRL_FEATURES], arguments = 0, seen = 0;
		for (to = i; to < n && gold[to].pred == gold[i].pred; to++) arguments += gold[to].role != TD_SRL_NONE;
		srl_see_predicate(&doc, gold[i].pred, &pred);
		uint32_t m = srl_candidates(&doc, &pred, paths, cand);
		for (uint32_t k = 0; k < m; k++) {
			example e = { .first = d->feature.n, .role = (uint8_t)role_at(gold + i, to - i, pred.tok, cand[k].tok) };
			e.n = srl_features(&doc, &pred, &cand[k], feature);
			for (uint32_t f = 0; f < e.n; f++) TD_PUSH(&d->arena, &d->feature, feature[f]);
			TD_PUSH(&d->arena, &d->examples, e);
			if (e.role) TD_PUSH(&d->arena, &d->paths, cand[k].path);
			else TD_PUSH(&d->arena, &d->others, cand[k].path);
			seen += e.role != TD_SRL_NONE;
		}
		d->found += seen;
		d->lost += arguments - seen;
	}
	td_net_close(net);
	return 0;
}

/* ---- training ---- */

static uint64_t state;

static uint32_t below(uint32_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % n);
}

typedef struct {
	float *row, *row_sum;   /* [rows][H]: weights, squares of gradients */
	float *bias, *bias_sum; /* [H] */
	float *out, *out_sum;   /* [ROLES][H] */
	float *last, *last_sum; /* [ROLES] */
} srl_net;

static void step(float *w, float *sum, float gradient, float rate)
{
	*sum += gradient * gradient;
	*w -= rate * gradient / (sqrtf(*sum) + 1e-6f);
}

/* rows [n] from 1 (0: none) → hidden layer and scores; returns the best role. */
static uint32_t forward(const srl_net *net, const uint32_t *rows, uint32_t n, float scale, float h[H], float p[ROLES])
{
	uint32_t best = 0;
	memcpy(h, net->bias, H * sizeof *h);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; rows[i] && k < H; k++) h[k] += scale * net->row[(size_t)(rows[i] - 1) * H + k];
	for (uint32_t k = 0; k < H; k++) h[k] = h[k] > 0 ? h[k] : 0;
	for (uint32_t r = 0; r < ROLES; r++) {
		p[r] = net->last[r];
		for (uint32_t k = 0; k < H; k++) p[r] += h[k] * net->out[r * H + k];
		if (p[r] > p[best]) best = r;
	}
	return best;
}

/* Scores → gradient of the scores; returns the loss. */
static float softmax(float p[ROLES], float top, uint32_t role)
{
	float total = 0;
	for (uint32_t r = 0; r < ROLES; r++) total += p[r] = expf(p[r] - top);
	for (uint32_t r = 0; r < ROLES; r++) p[r] /= total;
	float loss = -logf(p[role] > 1e-9f ? p[role] : 1e-9f);
	p[role] -= 1;
	return loss;
}

static void learn_out(srl_net *net, const float h[H], const float p[ROLES], float g[H], float rate)
{
	for (uint32_t r = 0; r < ROLES; r++) {
		if (fabsf(p[r]) < 1e-5f) continue;
		float *out = net->out + r * H, *sum = net->out_sum + r * H;
		for (uint32_t k = 0; k < H; k++) {
			g[k] += p[r] * out[k];
			if (h[k] > 0) step(&out[k], &sum[k], p[r] * h[k], rate);
		}
		step(&net->last[r], &net->last_sum[r], p[r], rate);
	}
	for (uint32_t k = 0; k < H; k++) g[k] = h[k] > 0 ? g[k] : 0;
	for (uint32_t k = 0; k < H; k++) step(&net->bias[k], &net->bias_sum[k], g[k], rate);
}

/* Features are left out at random, so that no single one is trusted. Returns the loss. */
static float learn(srl_net *net, const uint32_t *rows, uint32_t n, uint32_t role, float rate, float drop)
{
	float h[H], p[ROLES], g[H] = { 0 }, scale = 1 / (1 - drop);
	uint32_t kept[SRL_FEATURES], m = 0;
	for (uint32_t i = 0; i < n; i++)
		if (rows[i] && below(1000) >= (uint32_t)(drop * 1000)) kept[m++] = rows[i];
	uint32_t best = forward(net, kept, m, scale, h, p);
	float loss = softmax(p, p[best], role);
	learn_out(net, h, p, g, rate * 0.3f);
	for (uint32_t i = 0; i < m; i++) {
		size_t at = (size_t)(kept[i] - 1) * H;
		for (uint32_t k = 0; k < H; k++) step(&net->row[at + k], &net->row_sum[at + k], scale * g[k], rate);
	}
	return loss;
}

/* One pass over all examples in random order. */
float srl_epoch(const srl_data *d, srl_net *net, uint32_t *order, uint64_t seed, float rate, float drop)
{
	double loss = 0;
	uint32_t n = d->examples.n;
	state = seed;
	for (uint32_t i = 0; i < n; i++) order[i] = i;
	for (uint32_t i = n; i > 1; i--) {
		uint32_t j = below(i), keep = order[i - 1];
		order[i - 1] = order[j], order[j] = keep;
	}
	for (uint32_t i = 0; i < n; i++) {
		const example *e = &d->examples.at[order[i]];
		loss += (double)learn(net, d->feature.at + e->first, e->n, e->role, rate, drop);
	}
	return (float)(loss / n);
}

/* Right, given and gold arguments, each candidate by itself. */
void srl_measure(const srl_data *d, const srl_net *net, uint64_t count[3])
{
	memset(count, 0, 3 * sizeof *count);
	for (uint32_t i = 0; i < d->examples.n; i++) {
		const example *e = &d->examples.at[i];
		float h[H], p[ROLES];
		uint32_t role = forward(net, d->feature.at + e->first, e->n, 1, h, p);
		count[0] += role && role == e->role;
		count[1] += role != 0;
		count[2] += e->role != 0;
	}
}

uint32_t srl_key(const char *lemma, size_t n, const char *upos)
{
	td_token tok = { .lemma = { lemma, n }, .upos = (uint8_t)td_upos_parse(td_str_of(upos), TD_POS_X) };
	return srl_known_as(&tok);
}
