/* What is looked at to tell whether a trigger speaks of a particular event. */
#include "kg/event_score.h"

enum { FAR = 6, MAX_UP = 4 };

/* ---- what all triggers share ----------------------------------------------------------------------------------------- */

static const td_sense *sense_of(const td_event_view *v, uint32_t i)
{
	return &v->lexicon->senses.at[v->finds->found.at[i].sense];
}

static td_status count_told(td_event_view *v, td_error *err)
{
	td_map seen;
	td_map_init(&seen, &v->doc->arena);
	for (uint32_t i = 0; i < v->finds->found.n; i++) {
		const td_sense *s = sense_of(v, i);
		td_str word = td_arena_printf(&v->doc->arena, "%u " TD_STR_FMT, (unsigned)s->cls, TD_STR_ARG(s->lemma));
		td_str cls = td_arena_printf(&v->doc->arena, "%u", (unsigned)s->cls);
		if (!word.at || !cls.at) return td_no_memory(err);
		uint32_t told = td_map_get(&seen, word), same = td_map_get(&seen, cls);
		v->told[i] = told == TD_NONE ? 0 : told;
		v->same[i] = same == TD_NONE ? 0 : same;
		if (!td_map_put(&seen, word, v->told[i] + 1) || !td_map_put(&seen, cls, v->same[i] + 1)) return td_no_memory(err);
	}
	return TD_OK;
}

/* Triggers and predicates both stand in text order. */
static void find_srl(td_event_view *v)
{
	for (uint32_t i = 0, at = 0; i < v->finds->found.n; i++) {
		while (at < v->doc->srl.n && v->doc->srl.at[at].pred < v->finds->found.at[i].trigger) at++;
		v->first_srl[i] = at;
	}
}

td_status td_event_view_make(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_event_view *out, td_error *err)
{
	uint32_t n = finds->found.n;
	*out = (td_event_view){ .doc = doc, .lexicon = lexicon, .finds = finds };
	out->told = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *out->told);
	out->same = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *out->same);
	out->first_srl = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *out->first_srl);
	if (!out->told || !out->same || !out->first_srl) return td_no_memory(err);
	find_srl(out);
	return count_told(out, err);
}

/* ---- the list of features -------------------------------------------------------------------------------------------- */

typedef struct {
	const td_event_view *v;
	const td_doc *doc;
	uint32_t i, tok; /* the trigger: its number and its head */
	uint64_t lemma, cls, top;
	uint32_t *out, n;
} list;

static uint64_t lemma_at(const td_doc *doc, uint32_t tok)
{
	return tok < doc->toks.n ? td_feature_word(doc->toks.at[tok].lemma) : 1;
}

/* `name` tells the template from others. */
static void put(list *l, uint64_t name, uint64_t a, uint64_t b)
{
	if (l->n < TD_EVENT_FEATURES)
		l->out[l->n++] = td_feature_place(0x65766e74, name, a, b, TD_EVENT_WEIGHTS);
}

/* A feature alone, and with the class that is proposed. */
static void put_both(list *l, uint64_t name, uint64_t a)
{
	put(l, name, a, 0);
	put(l, name + 1000, a, l->cls);
}

static uint32_t bucket(uint32_t n)
{
	return n < 3 ? n : n < 6 ? 3 : n < 12 ? 4 : n < 24 ? 5 : 6;
}

static void put_word(list *l)
{
	const td_token *t = &l->doc->toks.at[l->tok];
	const td_sense *s = sense_of(l->v, l->i);
	td_range span = l->v->finds->found.at[l->i].toks;
	td_str lemma = t->lemma;
	put_both(l, 1, l->lemma);
	put_both(l, 2, td_feature_word(s->lemma));
	put(l, 3, l->cls, 0);
	put(l, 4, l->top, t->upos);
	put_both(l, 5, t->deprel);
	put(l, 6, t->deprel, t->upos + 64 * l->top);
	put_both(l, 7, t->xpos);
	put(l, 8, l->lemma, t->xpos);
	put(l, 9, l->lemma, t->deprel);
	if (lemma.n > 3) put(l, 10, td_feature_word((td_str){ lemma.at + lemma.n - 3, 3 }), t->upos);
	put(l, 11, span.to - span.from > 1, t->upos);
	put(l, 12, s->when.n > 0, t->upos);
	put(l, 13, t->quoted, l->top);
}

static void put_position(list *l)
{
	const td_token *t = &l->doc->toks.at[l->tok];
	const td_sent *sent = &l->doc->sents.at[t->sent];
	uint32_t last = sent->toks.to > sent->toks.from ? sent->toks.to - 1 : sent->toks.from;
	put_both(l, 20, bucket(t->sent));
	put(l, 21, bucket(l->v->told[l->i]), t->upos);
	put(l, 22, bucket(l->v->told[l->i]), l->cls);
	put(l, 23, bucket(l->v->same[l->i]), l->cls);
	put(l, 24, l->doc->toks.at[last].form.n ? (uint64_t)l->doc->toks.at[last].form.at[0] : 0, 0);
	put(l, 25, bucket((sent->toks.to - sent->toks.from) / 4), 0);
	put(l, 26, l->tok > sent->toks.from ? lemma_at(l->doc, l->tok - 1) : 0, 0);
	put(l, 27, l->tok + 1 < sent->toks.to ? lemma_at(l->doc, l->tok + 1) : 0, 0);
	put(l, 28, sent->root < l->doc->toks.n ? l->doc->toks.at[sent->root].xpos : 0, t->upos);
}

/* What it hangs on, and whether that is an event itself. */
static void put_above(list *l)
{
	const td_token *t = &l->doc->toks.at[l->tok];
	uint32_t up = t->head;
	put(l, 30, lemma_at(l->doc, up), t->deprel);
	put(l, 31, lemma_at(l->doc, up), l->cls);
	if (up >= l->doc->toks.n) return;
	uint32_t event = l->v->finds->event_at[up];
	put(l, 32, l->doc->toks.at[up].upos, t->deprel);
	put(l, 33, l->doc->toks.at[up].xpos, t->deprel);
	put(l, 34, event == TD_NONE ? 0 : (uint64_t)sense_of(l->v, event)->cls + 1, t->deprel);
	for (uint32_t at = up, steps = 0; at < l->doc->toks.n && steps < MAX_UP; at = l->doc->toks.at[at].head, steps++)
		if (l->doc->toks.at[at].deprel == TD_ACL_RELCL || l->doc->toks.at[at].deprel == TD_ADVCL) put(l, 35, l->doc->toks.at[at].deprel, 0);
}

static void put_child(list *l, uint32_t c)
{
	const td_token *t = &l->doc->toks.at[c];
	uint64_t lemma = lemma_at(l->doc, c);
	switch ((int)t->deprel) {
	case TD_DETERM: put_both(l, 40, lemma); put(l, 41, lemma, l->doc->toks.at[l->tok].xpos); break;
	case TD_NMOD_POSS: put_both(l, 42, t->upos); break;
	case TD_CASE: put_both(l, 43, lemma); break;
	case TD_MARK: put_both(l, 44, lemma); break;
	case TD_AUXIL: case TD_AUX_PASS: put_both(l, 45, td_feature_word(t->form)); break;
	case TD_AMOD: case TD_COMPOUND: put_both(l, 46, lemma); put(l, 47, lemma, l->lemma); break;
	case TD_ADVMOD: put(l, 48, lemma, 0); break;
	case TD_NUMMOD: put_both(l, 49, 1); break;
	case TD_NMOD: case TD_OBL: put_both(l, 50, td_feature_word(td_case_of(l->doc, c))); break;
	case TD_COP: put(l, 51, 1, l->doc->toks.at[l->tok].upos); break;
	default: put(l, 52, t->deprel, l->doc->toks.at[l->tok].upos);
	}
}

static void put_children(list *l)
{
	bool determined = false;
	for (uint32_t k = l->doc->first_child[l->tok]; k < l->doc->first_child[l->tok + 1]; k++) {
		uint8_t rel = l->doc->toks.at[l->doc->child[k]].deprel;
		determined = determined || rel == TD_DETERM || rel == TD_NMOD_POSS || rel == TD_NUMMOD;
		put_child(l, l->doc->child[k]);
	}
	if (!determined) put_both(l, 53, l->doc->toks.at[l->tok].xpos);
}

/* ---- who takes part --------------------------------------------------------------------------------------------------- */

/* How much of a particular thing a filler is: a name, "the man", "men", "he", or nothing that we know. */
static uint32_t particular(const td_doc *doc, uint32_t tok)
{
	uint32_t m = td_filler_mention(doc, tok);
	if (m == TD_NONE) return doc->toks.at[tok].upos == TD_PRON ? 5 : 6;
	const td_mention *x = &doc->mentions.at[m];
	bool named = x->entity < doc->entities.n && doc->entities.at[x->entity].named;
	if (x->kind == TD_PRONOUN) return named ? 4 : 5;
	if (x->kind == TD_NAMED) return 1;
	return named ? 2 : x->definite ? 3 : 7;
}

static void put_fillers(list *l)
{
	td_fills fills;
	uint32_t named = 0, seen = 0;
	td_sense_fills(l->doc, sense_of(l->v, l->i), l->tok, l->v->finds->found.at[l->i].light, &fills);
	for (uint32_t k = 0; k < fills.n; k++) {
		uint8_t slot = fills.at[k].slot;
		uint32_t how = particular(l->doc, fills.at[k].tok);
		named += how == 1 || how == 2 || how == 4;
		if (slot != TD_SLOT_NSUBJ && slot != TD_SLOT_OBJ && slot != TD_SLOT_POSS && slot != TD_SLOT_NMOD && slot != TD_SLOT_OBL) continue;
		if (seen++ > FAR) break;
		put_both(l, 60 + slot, how);
		put(l, 100 + slot, td_class_at(l->doc, fills.at[k].tok), l->cls);
		if (slot == TD_SLOT_NSUBJ || slot == TD_SLOT_OBJ) put(l, 140 + slot, lemma_at(l->doc, fills.at[k].tok), l->lemma);
	}
	put_both(l, 180, named < 3 ? named : 3);
	put(l, 181, fills.passive, l->doc->toks.at[l->tok].xpos);
	uint32_t light = l->v->finds->found.at[l->i].light;
	put(l, 182, light == TD_NONE ? 0 : lemma_at(l->doc, light), 0);
}

static void put_roles(list *l)
{
	uint64_t core = 0;
	for (uint32_t k = l->v->first_srl[l->i]; k < l->doc->srl.n && l->doc->srl.at[k].pred == l->tok; k++) {
		uint8_t role = l->doc->srl.at[k].role;
		if (role <= TD_SRL_ARG5) core |= 1u << role;
		else put(l, 191, role, l->doc->toks.at[l->tok].upos);
	}
	put_both(l, 190, core);
}

static bool is_timed(const list *l)
{
	uint32_t lo = 0, hi = l->doc->times.n, sent = l->doc->toks.at[l->tok].sent;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (l->doc->times.at[mid].toks.from < l->doc->sents.at[sent].toks.from) lo = mid + 1;
		else hi = mid;
	}
	for (; lo < l->doc->times.n && l->doc->times.at[lo].toks.from < l->doc->sents.at[sent].toks.to; lo++)
		if (l->doc->times.at[lo].head < l->doc->toks.n && l->doc->toks.at[l->doc->times.at[lo].head].head == l->tok) return true;
	return false;
}

uint32_t td_event_features(const td_event_view *view, uint32_t i, uint32_t out[TD_EVENT_FEATURES])
{
	const td_sense *s = sense_of(view, i);
	const td_event_class *classes = view->lexicon->classes.at;
	list l = { .v = view, .doc = view->doc, .i = i, .tok = view->finds->found.at[i].trigger, .out = out };
	l.lemma = lemma_at(l.doc, l.tok);
	l.cls = td_feature_word(classes[s->cls].name);
	l.top = td_feature_word(classes[classes[s->cls].top].name);
	put_word(&l);
	put_position(&l);
	put_above(&l);
	put_both(&l, 200, is_timed(&l));
	put_roles(&l);
	put_fillers(&l);
	put_children(&l);
	return l.n;
}
