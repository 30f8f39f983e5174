/* What is looked at to tell whether two mentions of events are one happening, beyond what counts for points. */
#include "kg/event_pair.h"

enum { MAX_BETWEEN = 12, MAX_WORDS = 6 };

typedef struct {
	const td_pairing *c;
	const td_doc *doc;
	uint32_t a, b;
	uint64_t cls, top;
	uint32_t *out, n;
} list;

/* `name` tells the template from others. */
static void put(list *l, uint64_t name, uint64_t x, uint64_t y)
{
	if (l->n < TD_PAIR_FEATURES)
		l->out[l->n++] = td_feature_place(0x70616972, name, x, y, TD_PAIR_WEIGHTS);
}

static uint32_t head_of(const list *l, uint32_t event)
{
	return l->doc->triggers.at[l->doc->events.at[event].trigger].head;
}

static uint32_t bucket(uint32_t n)
{
	return n < 4 ? n : n < 7 ? 4 : n < 12 ? 5 : n < 24 ? 6 : 7;
}

/* ---- the words on a noun: "the general election", "the New Hampshire primary" ---------------------------------------- */

typedef struct {
	uint64_t lemma[MAX_WORDS];
	uint32_t n, entity; /* entity: of a name among them, or in a phrase behind */
} modifiers;

static modifiers modifiers_of(const list *l, uint32_t event)
{
	modifiers m = { .entity = TD_NONE };
	uint32_t head = head_of(l, event);
	for (uint32_t i = l->doc->first_child[head]; i < l->doc->first_child[head + 1]; i++) {
		uint32_t child = l->doc->child[i], at = td_mention_headed(l->doc, child);
		uint8_t rel = l->doc->toks.at[child].deprel;
		bool on = rel == TD_AMOD || rel == TD_COMPOUND || rel == TD_NUMMOD;
		if (at != TD_NONE && (on || rel == TD_NMOD || rel == TD_NMOD_POSS) && l->doc->mentions.at[at].kind == TD_NAMED) m.entity = l->doc->mentions.at[at].entity;
		if (on && m.n < MAX_WORDS) m.lemma[m.n++] = td_feature_word(l->doc->toks.at[child].lemma);
	}
	return m;
}

static void put_modifiers(list *l)
{
	modifiers x = modifiers_of(l, l->a), y = modifiers_of(l, l->b);
	uint32_t common = 0;
	for (uint32_t i = 0; i < x.n; i++)
		for (uint32_t k = 0; k < y.n; k++) common += x.lemma[i] == y.lemma[k];
	uint64_t how = common ? 1 : x.n && y.n ? 2 : x.n ? 3 : y.n ? 4 : 5;
	uint64_t names = x.entity == TD_NONE || y.entity == TD_NONE ? 0 : x.entity == y.entity ? 1 : 2;
	put(l, 10, how, 0);
	put(l, 11, how, l->top);
	put(l, 12, names, 0);
	put(l, 13, names, l->top);
	for (uint32_t k = 0; k < y.n; k++) put(l, 14, y.lemma[k], common);
	for (uint32_t k = 0; k < x.n; k++) put(l, 15, x.lemma[k], common);
}

/* ---- the two words ----------------------------------------------------------------------------------------------------- */

static void put_words(list *l)
{
	const td_token *x = &l->doc->toks.at[head_of(l, l->a)], *y = &l->doc->toks.at[head_of(l, l->b)];
	uint64_t p = td_feature_word(x->lemma), q = td_feature_word(y->lemma), same = p == q;
	put(l, 20, p < q ? p : q, p < q ? q : p);
	put(l, 21, same, l->cls);
	put(l, 22, q, same);
	put(l, 23, x->xpos, y->xpos);
	put(l, 24, x->deprel, y->deprel);
	put(l, 25, y->xpos + 64u * (uint64_t)same, l->top);
	put(l, 26, x->quoted + 2u * y->quoted, l->top);
	put(l, 27, y->deprel, l->top);
	/* "an earthquake struck", "said in a statement" */
	uint64_t joined = y->head == head_of(l, l->a) ? 1u + y->deprel : x->head == head_of(l, l->b) ? 256u + x->deprel : 0;
	put(l, 28, joined, 0);
	put(l, 29, joined, l->top);
}

static void put_places(list *l)
{
	uint32_t s = l->doc->toks.at[head_of(l, l->a)].sent, t = l->doc->toks.at[head_of(l, l->b)].sent, between = 0;
	for (uint32_t e = l->a + 1; e < l->b && between < MAX_BETWEEN; e++) between += l->doc->events.at[e].cls == l->doc->events.at[l->b].cls;
	put(l, 30, bucket(t - s), l->top);
	put(l, 31, bucket(t - s), l->cls);
	put(l, 32, bucket(between), 0);
	put(l, 33, bucket(between), l->top);
	put(l, 34, s == 0, l->top);
	put(l, 35, l->doc->sents.at[t].starts_para, bucket(t - s));
}

static void put_event(list *l)
{
	const td_event *x = &l->doc->events.at[l->a], *y = &l->doc->events.at[l->b];
	bool dated = x->begin.year && y->begin.year;
	put(l, 40, x->factuality, y->factuality);
	put(l, 41, x->factuality * 8u + y->factuality, l->top);
	put(l, 42, (x->begin.year != 0) + 2u * (y->begin.year != 0), l->top);
	put(l, 43, dated && x->begin.year == y->begin.year && x->begin.month == y->begin.month && x->begin.day == y->begin.day, l->top);
	put(l, 44, l->cls, 0);
	put(l, 45, x->cls != y->cls, l->top);
	put(l, 46, (x->quantity >= 0) + 2u * (y->quantity >= 0) + 4u * (x->quantity == y->quantity), l->top);
}

static void put_roles(list *l)
{
	static const uint8_t roles[] = { TD_AGENT, TD_PATIENT, TD_RECIPIENT, TD_AT, TD_TOPIC, TD_DESTINATION, TD_ORIGIN };
	for (size_t i = 0; i < sizeof roles; i++) {
		int how = td_pair_role(l->c, l->a, l->b, (td_role)roles[i]);
		if (!how) continue;
		put(l, 50 + i, (uint64_t)(how + 1), l->top);
		put(l, 60 + i, (uint64_t)(how + 1), l->cls);
	}
}

static void put_clashes(list *l)
{
	uint32_t bits = td_pair_clashes(l->c, l->a, l->b);
	const td_event_class *classes = l->c->lexicon->classes.at;
	uint64_t x = td_feature_word(classes[l->doc->events.at[l->a].cls].name);
	for (unsigned i = 0; i < 32; i++) {
		if (!(bits >> i & 1)) continue;
		put(l, 70, i, 0);
		put(l, 71, i, l->top);
	}
	put(l, 72, bits, 0);
	if (x != l->cls) put(l, 73, x, l->cls);
}

uint32_t td_pair_features(const td_pairing *c, uint32_t a, uint32_t b, uint32_t out[TD_PAIR_FEATURES])
{
	const td_event_class *classes = c->lexicon->classes.at;
	list l = { .c = c, .doc = c->doc, .a = a, .b = b, .out = out };
	l.cls = td_feature_word(classes[c->doc->events.at[b].cls].name);
	l.top = td_feature_word(classes[classes[c->doc->events.at[b].cls].top].name);
	uint64_t held = td_pair_held(c, a, b), speech = td_pair_is_speech(c, b);
	for (unsigned p = 0; p < 64; p++) {
		if (!(held >> p & 1)) continue;
		put(&l, 1, p, speech);
		put(&l, 2, p, l.top);
	}
	put_clashes(&l);
	put_modifiers(&l);
	put_words(&l);
	put_places(&l);
	put_event(&l);
	put_roles(&l);
	return l.n;
}

/* ---- what all pairs share --------------------------------------------------------------------------------------------- */

/* [n + 1] where those of each event begin in what is sorted by event. `event_of` gives the event of the i-th of n_items. */
static uint32_t *by_event(td_doc *doc, uint32_t n_items, uint32_t (*event_of)(const td_doc *, uint32_t), uint32_t **item)
{
	uint32_t n = doc->events.n;
	uint32_t *first = td_arena_zero(&doc->arena, (size_t)n + 2, sizeof *first);
	*item = td_arena_zero(&doc->arena, (size_t)n_items + 1, sizeof **item);
	if (!first || !*item) return NULL;
	for (uint32_t i = 0; i < n_items; i++) first[event_of(doc, i) + 2]++;
	for (uint32_t e = 2; e <= n + 1; e++) first[e] += first[e - 1];
	for (uint32_t i = 0; i < n_items; i++) (*item)[first[event_of(doc, i) + 1]++] = i;
	return first;
}

static uint32_t event_of_arg(const td_doc *doc, uint32_t i)
{
	return doc->args.at[i].event;
}

static uint32_t event_of_amount(const td_doc *doc, uint32_t i)
{
	return doc->amounts.at[i].event;
}

td_status td_pairing_make(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_pairing *out, td_error *err)
{
	*out = (td_pairing){ .doc = doc, .lexicon = lexicon, .model = model };
	out->first_arg = by_event(doc, doc->args.n, event_of_arg, &out->arg);
	out->first_amount = by_event(doc, doc->amounts.n, event_of_amount, &out->amount);
	return out->first_arg && out->first_amount ? TD_OK : td_no_memory(err);
}
