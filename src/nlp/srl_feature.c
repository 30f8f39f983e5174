/* What the semantic roles look at: predicate, candidate and the path between them in the tree. */
#include "nlp/srl_impl.h"

uint32_t srl_word(td_str s)
{
	uint32_t h = 2166136261u; /* FNV-1a */
	for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.at[i]) * 16777619u;
	return s.n ? h | 1 : 0;
}

bool srl_has(const srl_set *set, uint32_t key)
{
	for (uint32_t i = key, probes = 0; probes < SRL_PROBES; i++, probes++) {
		uint32_t at = set->slot[i & (set->size - 1)];
		if (at == key) return true;
		if (at == 0) return false;
	}
	return false;
}

uint32_t srl_known_as(const td_token *tok)
{
	return srl_mix(srl_word(tok->lemma), tok->upos) | 1;
}

/* ---- predicate ---- */

typedef struct {
	const uint32_t *at, *end;
} children;

static children children_of(const td_doc *doc, uint32_t tok)
{
	return (children){ doc->child + doc->first_child[tok], doc->child + doc->first_child[tok + 1] };
}

static uint32_t lemma_of(const td_doc *doc, uint32_t tok)
{
	return tok < doc->toks.n ? srl_word(doc->toks.at[tok].lemma) : 0;
}

static bool wh_word(const td_token *t)
{
	return t->xpos == TD_XP_WDT || t->xpos == TD_XP_WP || t->xpos == TD_XP_WPS || t->xpos == TD_XP_WRB;
}

/* Copulas and auxiliaries hang below their clause, so paths from them are others than from verbs. */
static uint32_t kind_of(const td_token *t)
{
	if (t->deprel == TD_COP || t->deprel == TD_AUXIL || t->deprel == TD_AUX_PASS) return 100u + t->deprel;
	return t->upos == TD_AUX ? (uint32_t)TD_VERB : t->upos;
}

static uint32_t frame_bit(td_deprel deprel)
{
	static const uint8_t bits[TD_DEPREL_COUNT] = { [TD_NSUBJ] = 1, [TD_NSUBJ_PASS] = 2, [TD_OBJ] = 3, [TD_IOBJ] = 4, [TD_CCOMP] = 5,
		[TD_XCOMP] = 6, [TD_CSUBJ] = 7, [TD_EXPL] = 8, [TD_OBL_AGENT] = 9, [TD_COP] = 10, [TD_NMOD_POSS] = 11, [TD_ACL_RELCL] = 12 };
	return deprel < TD_DEPREL_COUNT && bits[deprel] ? 1u << bits[deprel] : 0;
}

void srl_see_predicate(const td_doc *doc, uint32_t tok, srl_predicate *out)
{
	const td_token *t = &doc->toks.at[tok];
	*out = (srl_predicate){ .tok = tok, .kind = kind_of(t), .lemma = srl_word(t->lemma), .xpos = t->xpos, .relation = t->deprel };
	out->governor = lemma_of(doc, t->head);
	bool helped = false;
	for (children c = children_of(doc, tok); c.at < c.end; c.at++) {
		const td_token *child = &doc->toks.at[*c.at];
		out->frame |= frame_bit((td_deprel)child->deprel);
		if (child->deprel == TD_AUX_PASS || child->deprel == TD_NSUBJ_PASS || child->deprel == TD_OBL_AGENT) out->passive = 1;
		if (child->deprel == TD_AUXIL) helped = true;
		if (child->deprel == TD_COMPOUND_PRT) out->particle = srl_word(child->lemma);
		if (wh_word(child)) out->frame |= (uint32_t)child->deprel << 16;
		if (td_deprel_base((td_deprel)child->deprel) == TD_OBL) out->others ^= srl_mix(srl_word(td_case_of(doc, *c.at)), 1);
	}
	/* "a man killed yesterday": a participle without auxiliary beside its noun. */
	if (t->xpos == TD_XP_VBN && !helped && (t->deprel == TD_ACL || t->deprel == TD_AMOD || t->deprel == TD_ADVCL)) out->passive = 1;
}

/* ---- candidates ---- */

typedef struct {
	const srl_set *paths;
	srl_candidate *out;
	uint32_t n;
} gathering;

enum { UP = 200 }; /* added to a relation that is gone up */

static void add(gathering *g, uint32_t tok, uint32_t path, uint32_t arcs)
{
	path |= 1;
	if (g->n == SRL_CANDIDATES || (g->paths && !srl_has(g->paths, path))) return;
	uint32_t order = 0;
	for (uint32_t i = 0; i < g->n; i++) order += g->out[i].path == path;
	g->out[g->n++] = (srl_candidate){ tok, path, arcs, order };
}

static void add_children(gathering *g, const td_doc *doc, uint32_t tok, uint32_t except, uint32_t path, uint32_t arcs, uint32_t depth)
{
	for (children c = children_of(doc, tok); c.at < c.end; c.at++) {
		const td_token *t = &doc->toks.at[*c.at];
		if (*c.at == except || t->deprel == TD_PUNCTUATION) continue;
		uint32_t down = srl_mix(path, t->deprel);
		add(g, *c.at, down, arcs + 1);
		if (depth > 1 && t->deprel != TD_CONJ) add_children(g, doc, *c.at, TD_NONE, down, arcs + 1, depth - 1);
	}
}

uint32_t srl_candidates(const td_doc *doc, const srl_predicate *pred, const srl_set *paths, srl_candidate out[SRL_CANDIDATES])
{
	gathering g = { paths, out, 0 };
	uint32_t path = srl_mix(1, pred->kind), below = TD_NONE;
	uint32_t at = pred->tok;
	for (uint32_t up = 0; up <= SRL_CLIMB && at < doc->toks.n; up++) {
		if (up) add(&g, at, path, up);
		add_children(&g, doc, at, below, path, up, up ? 1 : 2);
		path = srl_mix(path, UP + doc->toks.at[at].deprel);
		below = at;
		at = doc->toks.at[at].head;
	}
	return g.n;
}

/* ---- features ---- */

/* What a candidate's own words tell. */
typedef struct {
	uint32_t lemma, suffix, gloss; /* gloss: part of speech and name class */
	uint32_t preposition, second;  /* second: of two, "out of" */
	uint32_t marker, determiner, child_wh;
} look;

static bool determines(td_deprel deprel)
{
	return deprel == TD_DETERM || deprel == TD_NMOD_POSS || deprel == TD_NUMMOD || deprel == TD_AMOD;
}

static look look_at(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	look l = { .lemma = srl_word(t->lemma) };
	for (children c = children_of(doc, tok); c.at < c.end; c.at++) {
		const td_token *child = &doc->toks.at[*c.at];
		uint32_t word = srl_word(child->lemma);
		if (child->deprel == TD_CASE) {
			if (l.preposition) l.second = word;
			else l.preposition = word;
		}
		if (child->deprel == TD_MARK && !l.marker) l.marker = word;
		if (determines((td_deprel)child->deprel) && !l.determiner) l.determiner = word;
		if (wh_word(child)) l.child_wh = word;
	}
	td_str lemma = t->lemma;
	if (lemma.n > 3) l.suffix = srl_word((td_str){ lemma.at + lemma.n - 3, 3 });
	l.gloss = (uint32_t)t->upos << 8 | t->name;
	return l;
}

static uint32_t bucket(uint32_t distance)
{
	return distance < 5 ? distance : distance < 9 ? 5 : distance < 17 ? 6 : 7;
}

uint32_t srl_features(const td_doc *doc, const srl_predicate *p, const srl_candidate *c, uint32_t out[SRL_FEATURES])
{
	const td_token *t = &doc->toks.at[c->tok];
	look l = look_at(doc, c->tok);
	bool before = c->tok < p->tok;
	uint32_t far = (before ? 8 : 0) + bucket(before ? p->tok - c->tok : c->tok - p->tok);
	uint32_t voice = p->passive + 1, path = c->path, link = l.preposition ? l.preposition : l.marker;
	uint32_t verb = p->particle ? srl_mix(p->lemma, p->particle) : p->lemma;
	uint32_t above = lemma_of(doc, t->head), n = 0;
	/* One line is one template; its place in the list tells it from the others. */
	const uint32_t pair[][3] = {
		{ path, 0, 0 }, { path, voice, 0 }, { path, verb, 0 }, { path, verb, voice }, { path, link, 0 }, { path, link, verb },
		{ path, l.lemma, 0 }, { path, l.gloss, link }, { path, p->frame, voice }, { path, p->frame, verb }, { l.lemma, link, 0 },
		{ l.lemma, 0, 0 }, { l.lemma, t->deprel, 0 }, { link, t->deprel, l.gloss }, { verb, l.lemma, 0 }, { verb, link, 0 },
		{ verb, 0, 0 }, { verb, l.gloss, t->deprel }, { path, far, 0 }, { far, t->deprel, 0 }, { path, p->xpos, 0 },
		{ path, p->relation, voice }, { path, p->governor, 0 }, { path, t->xpos, 0 }, { l.suffix, t->deprel, 0 },
		{ l.lemma, l.determiner, 0 }, { path, l.marker, t->xpos }, { path, l.child_wh, 0 }, { path, c->order, link },
		{ path, p->others, 0 }, { verb, p->others, link }, { above, l.lemma, c->arcs }, { l.second, link, t->deprel },
		{ link, l.suffix, 0 }, { p->governor, verb, path }, { path, before, p->frame & 0xffff },
	};
	_Static_assert(sizeof pair / sizeof pair[0] <= SRL_FEATURES, "room for all templates");
	for (uint32_t i = 0; i < sizeof pair / sizeof pair[0]; i++)
		out[n++] = srl_mix(srl_mix(srl_mix(srl_mix(7, i), pair[i][0]), pair[i][1]), pair[i][2]) | 1;
	return n;
}
