/* Which triggers tell of one happening. Greedy, in text order: each event joins the best earlier group, or starts one. */
#include "kg/event_pair.h"
#include "kg/kg.h"

enum {
	MAX_LOOK = 400,   /* how many earlier events are looked at */
	MAX_AMOUNTS = 100, /* of one event: more are dropped */
	MAX_MEMBERS = 8,  /* with how many of a group, the latest, an event is compared */
	DOUBT = 4,        /* so few points below those that join a pair is possibly the same: measured, two in five are */
};

typedef struct {
	td_pairing pair;
	uint32_t *joined;   /* [n_events] the event it is one with: itself or an earlier one */
	uint32_t *last;     /* [n_events] of a group's first event: the member joined last */
	uint32_t *previous; /* [n_events] the member joined before; TD_NONE for the first */
} coref;

static td_status start(coref *c, td_error *err)
{
	td_doc *doc = c->pair.doc;
	uint32_t n = doc->events.n;
	c->joined = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *c->joined);
	c->last = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *c->last);
	c->previous = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *c->previous);
	if (!c->joined || !c->last || !c->previous) return td_no_memory(err);
	for (uint32_t e = 0; e < n; e++) {
		c->joined[e] = c->last[e] = e;
		c->previous[e] = TD_NONE;
	}
	return TD_OK;
}

/* Mean points of `b` with the latest members of the group of `a`; INT32_MIN when it may not join one of them. */
static int32_t group_points(const coref *c, uint32_t a, uint32_t b)
{
	int32_t sum = 0, n = 0;
	for (uint32_t member = c->last[a]; member != TD_NONE && n < MAX_MEMBERS; member = c->previous[member], n++) {
		if (!td_pair_possible(&c->pair, member, b)) return INT32_MIN;
		sum += td_pair_points(&c->pair, member, b);
	}
	return n ? sum / n : INT32_MIN;
}

/* The best earlier group for event `b`, and by how many points; TD_NONE when there is none even to doubt. */
static uint32_t best_partner(const coref *c, uint32_t b, int32_t *points)
{
	uint32_t best = TD_NONE;
	int32_t most = td_pair_least(&c->pair) - DOUBT;
	for (uint32_t a = b; a-- > 0 && b - a <= MAX_LOOK;) {
		int32_t sum = c->joined[a] == a ? group_points(c, a, b) : INT32_MIN;
		if (sum > most) most = sum, best = a;
	}
	*points = most;
	return best;
}

/* ---- joining -------------------------------------------------------------------------------------------------------- */

/* "Dozens died": "37 died" says more, and does not contradict. */
static bool is_exacter(const td_event *y, const td_event *x)
{
	if (y->quantity < 0 || y->bound != TD_EXACTLY) return false;
	bool more = x->bound == TD_AT_LEAST || x->bound == TD_MORE_THAN, less = x->bound == TD_AT_MOST || x->bound == TD_LESS_THAN;
	return (more && y->quantity >= x->quantity) || (less && y->quantity <= x->quantity);
}

/* "discussed trade in a phone call": of two classes that are not of one line the noun's is the exacter, else the surer one. */
static bool names_it_better(const coref *c, uint32_t b, uint32_t a)
{
	const td_event *x = &c->pair.doc->events.at[a], *y = &c->pair.doc->events.at[b];
	if (td_lexicon_is_a(c->pair.lexicon, x->cls, y->cls)) return false;
	if (td_lexicon_is_a(c->pair.lexicon, y->cls, x->cls)) return true;
	/* "attacked the press in a speech": of a statement and some other kind of saying the other kind says more */
	uint16_t saying = td_lexicon_class(c->pair.lexicon, TD_STR("Communication")), plain = td_lexicon_class(c->pair.lexicon, TD_STR("Statement"));
	bool x_plain = td_lexicon_is_a(c->pair.lexicon, x->cls, plain), y_plain = td_lexicon_is_a(c->pair.lexicon, y->cls, plain);
	bool both = td_lexicon_is_a(c->pair.lexicon, x->cls, saying) && td_lexicon_is_a(c->pair.lexicon, y->cls, saying);
	if (both && x_plain != y_plain) return x_plain;
	bool noun = td_pair_is_noun(&c->pair, b);
	return noun != td_pair_is_noun(&c->pair, a) ? noun : y->confidence > x->confidence;
}

static void join(coref *c, uint32_t a, uint32_t b)
{
	td_event *x = &c->pair.doc->events.at[a];
	const td_event *y = &c->pair.doc->events.at[b];
	c->joined[b] = a;
	c->previous[b] = c->last[a];
	c->last[a] = b;
	if (names_it_better(c, b, a)) x->cls = y->cls;
	td_join_factuality(x, y);
	if (x->quantity < 0 || is_exacter(y, x)) {
		x->quantity = y->quantity;
		x->bound = y->bound;
	}
	if (x->confidence < y->confidence) x->confidence = y->confidence;
	/* a year alone may be part of a name ("the 2019 election") */
	if (!x->begin.year || (!x->begin.month && y->begin.month && x->begin.year == y->begin.year)) {
		x->begin = y->begin;
		x->end = y->end;
		x->span = y->span;
		x->time_text = y->time_text;
	}
}

/* What was joined to both sides after all is no doubt any more. */
static void renumber_doubts(td_doc *doc, const uint32_t *to)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < doc->doubts.n; i++) {
		td_doubt d = { to[doc->doubts.at[i].a], to[doc->doubts.at[i].b] };
		if (d.a != d.b) doc->doubts.at[kept++] = d;
	}
	doc->doubts.n = kept;
}

/* Gives the groups their new numbers: events move down over those that were joined. */
static void renumber(coref *c)
{
	td_doc *doc = c->pair.doc;
	uint32_t kept = 0, *to = c->last;
	for (uint32_t e = 0; e < doc->events.n; e++) {
		if (c->joined[e] != e) {
			to[e] = to[c->joined[e]];
			continue;
		}
		doc->events.at[kept] = doc->events.at[e];
		to[e] = kept++;
	}
	for (uint32_t i = 0; i < doc->triggers.n; i++) doc->triggers.at[i].event = to[doc->triggers.at[i].event];
	for (uint32_t i = 0; i < doc->args.n; i++) {
		td_arg *a = &doc->args.at[i];
		a->event = to[a->event];
		if (a->is_event) a->target = to[a->target];
	}
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		td_attribution *a = &doc->attributions.at[i];
		a->event = to[a->event];
		if (a->statement != TD_NONE) a->statement = to[a->statement];
	}
	for (uint32_t i = 0; i < doc->quotes.n; i++)
		if (doc->quotes.at[i].statement != TD_NONE) doc->quotes.at[i].statement = to[doc->quotes.at[i].statement];
	for (uint32_t i = 0; i < doc->amounts.n; i++) doc->amounts.at[i].event = to[doc->amounts.at[i].event];
	doc->events.n = kept;
	renumber_doubts(doc, to);
}

/* The first ones of each event. The events have their new numbers. */
static void limit_amounts(coref *c)
{
	td_doc *doc = c->pair.doc;
	uint32_t kept = 0, *count = c->previous;
	for (uint32_t e = 0; e < doc->events.n; e++) count[e] = 0;
	for (uint32_t i = 0; i < doc->amounts.n; i++)
		if (count[doc->amounts.at[i].event]++ < MAX_AMOUNTS) doc->amounts.at[kept++] = doc->amounts.at[i];
	doc->amounts.n = kept;
}

/* Drops what the joining made double, and events that became their own topic. */
static td_status drop_doubles(td_doc *doc, td_error *err)
{
	td_map seen;
	td_map_init(&seen, &doc->arena);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < doc->args.n; i++) {
		td_arg a = doc->args.at[i];
		if (a.is_event && a.event == a.target) continue;
		td_str key = td_arena_printf(&doc->arena, "%u %u %u", a.event, a.target, (unsigned)a.is_event);
		if (!key.at) return td_no_memory(err);
		if (td_map_get(&seen, key) != TD_NONE) continue;
		if (!td_map_put(&seen, key, i)) return td_no_memory(err);
		doc->args.at[kept++] = a;
	}
	doc->args.n = kept;
	return TD_OK;
}

td_status td_event_coref(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_error *err)
{
	coref c;
	TRY(td_pairing_make(doc, lexicon, model, &c.pair, err));
	TRY(start(&c, err));
	for (uint32_t b = 1; b < doc->events.n; b++) {
		int32_t points;
		uint32_t a = best_partner(&c, b, &points);
		if (a == TD_NONE) continue;
		if (points > td_pair_least(&c.pair)) join(&c, a, b);
		else if (!TD_PUSH(&doc->arena, &doc->doubts, ((td_doubt){ a, b }))) return td_no_memory(err);
	}
	renumber(&c);
	limit_amounts(&c);
	TRY(drop_doubles(doc, err));
	TRY(td_roles_story(doc, lexicon, err));
	TRY(td_event_infer(doc, lexicon, err));
	return td_event_labels(doc, lexicon, err);
}
