/* What is looked at to tell whether a source really tells of an event. */
#include "kg/claim.h"
#include "kg/kg.h"

enum { MAX_ARGS = 32, MAX_WAY = 5, MAX_SHOWN = 3 };

/* ---- what all claims share ------------------------------------------------------------------------------------------- */

static void count_triggers(td_claim_view *v)
{
	const td_doc *doc = v->doc;
	for (uint32_t i = doc->triggers.n; i-- > 0;) {
		const td_trigger *t = &doc->triggers.at[i];
		v->triggers[t->event]++;
		v->first_sent[t->event] = doc->toks.at[t->head].sent;
	}
}

static void chain_args(td_claim_view *v)
{
	const td_doc *doc = v->doc;
	for (uint32_t i = doc->args.n; i-- > 0;) {
		v->next_arg[i] = v->first_arg[doc->args.at[i].event];
		v->first_arg[doc->args.at[i].event] = i;
	}
}

static void count_claims(td_claim_view *v)
{
	const td_doc *doc = v->doc;
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		const td_attribution *a = &doc->attributions.at[i];
		v->sources[a->event]++;
		v->n_near[a->event] += !(a->signs & td_sign_if(true, TD_SIGN_AROUND));
	}
}

td_status td_claim_view_make(td_doc *doc, const td_lexicon *lexicon, td_claim_view *out, td_error *err)
{
	size_t n = (size_t)doc->events.n + 1;
	*out = (td_claim_view){ .doc = doc, .lexicon = lexicon, .communication = td_lexicon_class(lexicon, TD_STR("Communication")) };
	out->first_arg = td_arena_nones(&doc->arena, doc->events.n);
	out->next_arg = td_arena_nones(&doc->arena, doc->args.n);
	out->triggers = td_arena_zero(&doc->arena, n, sizeof *out->triggers);
	out->first_sent = td_arena_zero(&doc->arena, n, sizeof *out->first_sent);
	out->sources = td_arena_zero(&doc->arena, n, sizeof *out->sources);
	out->n_near = td_arena_zero(&doc->arena, n, sizeof *out->n_near);
	if (!out->first_arg || !out->next_arg || !out->triggers || !out->first_sent || !out->sources || !out->n_near) return td_no_memory(err);
	count_triggers(out);
	chain_args(out);
	count_claims(out);
	return TD_OK;
}

/* ---- the list of features -------------------------------------------------------------------------------------------- */

typedef struct {
	const td_claim_view *v;
	const td_doc *doc;
	const td_attribution *a;
	const td_event *event;
	uint32_t cue;  /* TD_NONE: none */
	uint64_t cls, top, wide;
	uint32_t *out, n;
} list;

/* `name` tells the template from others. */
static void put(list *l, uint64_t name, uint64_t a, uint64_t b)
{
	if (l->n < TD_CLAIM_FEATURES)
		l->out[l->n++] = td_feature_place(0x636c6169, name, a, b, TD_CLAIM_WEIGHTS);
}

/* A feature alone, and by whether the tree speaks for the claim. */
static void put_both(list *l, uint64_t name, uint64_t a)
{
	put(l, name, a, 0);
	put(l, name + 1000, a, 1 + l->wide);
}

static uint32_t bucket(uint32_t n)
{
	return n < 3 ? n : n < 5 ? 3 : n < 9 ? 4 : n < 17 ? 5 : n < 33 ? 6 : 7;
}

static void put_signs(list *l)
{
	for (unsigned i = 0; i < TD_SIGN_COUNT; i++) {
		if (!(l->a->signs & td_sign_if(true, (td_sign)i))) continue;
		put(l, 1, i, 0);
		put(l, 2, i, l->top);
		put(l, 3, i, l->event->factuality);
	}
	put_both(l, 4, l->a->stance);
	put(l, 5, l->a->stance, l->event->factuality);
}

static void put_event(list *l)
{
	const td_token *t = &l->doc->toks.at[l->a->told];
	put_both(l, 10, l->cls);
	put_both(l, 11, l->top);
	put_both(l, 12, l->event->factuality);
	put_both(l, 13, td_feature_word(t->lemma));
	put_both(l, 14, t->deprel);
	put_both(l, 15, t->xpos);
	put_both(l, 16, t->quoted);
	put(l, 17, t->quoted, l->top);
	put_both(l, 18, td_presupposed(l->doc, l->a->told));
	put_both(l, 19, bucket(l->v->triggers[l->a->event]));
	put_both(l, 20, (uint64_t)(l->event->confidence * 8));
	put_both(l, 21, l->event->begin.year != 0);
	put_both(l, 22, l->v->first_sent[l->a->event] < t->sent);
	put_both(l, 23, bucket(t->sent));
	put(l, 24, t->deprel, t->upos);
}

static uint32_t role_of(const list *l, uint32_t entity)
{
	uint32_t looked = 0;
	for (uint32_t i = l->v->first_arg[l->a->event]; i != TD_NONE && looked < MAX_ARGS; i = l->v->next_arg[i], looked++)
		if (l->doc->args.at[i].target == entity && !l->doc->args.at[i].is_event) return l->doc->args.at[i].role + 1u;
	return 0;
}

static void put_source(list *l)
{
	const td_entity *e = &l->doc->entities.at[l->a->source];
	bool speech = td_lexicon_is_a(l->v->lexicon, l->event->cls, l->v->communication);
	put_both(l, 30, e->cls);
	put_both(l, 31, e->named);
	put_both(l, 32, role_of(l, l->a->source));
	put(l, 33, role_of(l, l->a->source), l->top);
	put(l, 34, role_of(l, l->a->source), speech);
	put_both(l, 35, bucket(e->n_mentions));
	put_both(l, 36, bucket(l->v->sources[l->a->event]));
	put_both(l, 37, bucket(l->v->n_near[l->a->event]));
	if (!e->named) put(l, 38, td_feature_word(e->label), 0);
	put(l, 39, speech, l->a->statement != TD_NONE);
}

/* What kind of act the saying is: who condemns an attack takes it for granted, who promises one tells of it. */
static void put_act(list *l)
{
	const td_token *t = &l->doc->toks.at[l->a->told];
	uint64_t act = l->a->statement == TD_NONE ? 0 : td_feature_word(l->v->lexicon->classes.at[l->doc->events.at[l->a->statement].cls].name);
	uint32_t det = td_child(l->doc, l->a->told, TD_DETERM);
	put_both(l, 80, act);
	put(l, 81, act, t->deprel);
	put(l, 82, act, l->top);
	put(l, 83, act, td_presupposed(l->doc, l->a->told) + 2u * (t->upos == TD_NOUN));
	put(l, 84, act, l->event->factuality);
	put(l, 85, det == TD_NONE ? 0 : td_feature_word(l->doc->toks.at[det].lemma), t->upos + 64u * l->wide);
	put(l, 86, act, t->head == l->cue ? t->deprel + 1u : 0);
}

/* The relations on the way from the word up to the one of saying, or as far as it goes. */
static void put_way(list *l)
{
	uint64_t way = 0;
	uint32_t at = l->a->told, steps = 0;
	for (; at < l->doc->toks.n && at != l->cue && steps < MAX_WAY; at = l->doc->toks.at[at].head, steps++)
		if (steps < MAX_SHOWN) way = td_hash_mix(way, l->doc->toks.at[at].deprel);
	bool above = at == l->cue;
	put(l, 40, above, steps);
	put(l, 41, above, way);
	if (above) put(l, 42, td_feature_word(l->doc->toks.at[l->cue].lemma), way);
	put(l, 43, above, l->top);
}

static void put_cue(list *l)
{
	if (l->cue == TD_NONE) {
		put(l, 50, 0, l->top);
		return;
	}
	const td_token *c = &l->doc->toks.at[l->cue], *t = &l->doc->toks.at[l->a->told];
	uint32_t far = l->cue > l->a->told ? l->cue - l->a->told : l->a->told - l->cue;
	uint64_t side = (uint64_t)(l->cue > l->a->told) + 2 * (uint64_t)(c->sent != t->sent);
	uint32_t object = td_child(l->doc, l->cue, TD_OBJ);
	put_both(l, 51, td_feature_word(c->lemma));
	put(l, 52, td_feature_word(c->lemma), side);
	put(l, 53, td_feature_word(c->lemma), l->top);
	put_both(l, 54, side);
	put(l, 55, side, bucket(far));
	put_both(l, 56, c->upos);
	put(l, 57, c->deprel, side);
	put_both(l, 58, c->deprel);
	put(l, 59, c->head == TD_NONE || c->deprel == TD_ROOT, side);
	put(l, 60, td_child(l->doc, l->cue, TD_CCOMP) != TD_NONE, side);
	put(l, 61, c->quoted, t->quoted);
	put_both(l, 62, t->sent == c->sent && l->doc->sents.at[t->sent].starts_para);
	put(l, 63, td_child(l->doc, l->cue, TD_CCOMP) != TD_NONE, t->quoted);
	/* "rejected that", "dismissed the accusation" */
	if (l->a->stance == TD_ASSERTS) return;
	put(l, 64, object == TD_NONE ? 0 : td_feature_word(l->doc->toks.at[object].lemma), side);
	put(l, 65, object == TD_NONE ? 0 : l->doc->toks.at[object].upos + 1u, side);
	put(l, 66, td_child(l->doc, l->cue, TD_CCOMP) != TD_NONE, side);
}

uint32_t td_claim_features(const td_claim_view *view, uint32_t i, uint32_t out[TD_CLAIM_FEATURES])
{
	const td_attribution *a = &view->doc->attributions.at[i];
	const td_event_class *classes = view->lexicon->classes.at;
	list l = { .v = view, .doc = view->doc, .a = a, .event = &view->doc->events.at[a->event], .out = out };
	l.cue = a->toks.to > a->toks.from ? a->toks.from : TD_NONE;
	l.cls = td_feature_word(classes[l.event->cls].name);
	l.top = td_feature_word(classes[classes[l.event->cls].top].name);
	l.wide = (a->signs & td_sign_if(true, TD_SIGN_AROUND)) != 0;
	put_signs(&l);
	put_event(&l);
	put_source(&l);
	put_act(&l);
	put_way(&l);
	put_cue(&l);
	return l.n;
}
