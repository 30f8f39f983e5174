/* Which triggers tell of one happening. Greedy, in text order: each event joins the best earlier one, or stays by itself. What speaks for
 * and against a pair is counted in points (the tables below); a pair below the threshold stays apart. */
#include "kg/events.h"
#include "kg/kg.h"

enum { MAX_LOOK = 400 }; /* how many earlier events are compared */

typedef enum { KIN_SAME, KIN_NARROWER, KIN_NONE } kinship;

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint32_t *first_arg;  /* [n_events + 1] args by event: arg[first_arg[e] … first_arg[e + 1]) */
	uint32_t *arg;
	uint32_t *joined;     /* [n_events] the event it is one with: itself or an earlier one */
	uint32_t *last;       /* [n_events] of a group's first event: the member joined last */
} coref;

/* ---- args by event -------------------------------------------------------------------------------------------------- */

static td_status index_args(coref *c, td_error *err)
{
	td_doc *doc = c->doc;
	uint32_t n = doc->events.n;
	c->first_arg = td_arena_zero(&doc->arena, (size_t)n + 2, sizeof *c->first_arg);
	c->arg = td_arena_zero(&doc->arena, (size_t)doc->args.n + 1, sizeof *c->arg);
	c->joined = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *c->joined);
	c->last = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *c->last);
	if (!c->first_arg || !c->arg || !c->joined || !c->last) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->args.n; i++) c->first_arg[doc->args.at[i].event + 2]++;
	for (uint32_t e = 2; e <= n + 1; e++) c->first_arg[e] += c->first_arg[e - 1];
	for (uint32_t i = 0; i < doc->args.n; i++) c->arg[c->first_arg[doc->args.at[i].event + 1]++] = i;
	for (uint32_t e = 0; e < n; e++) c->joined[e] = c->last[e] = e;
	return TD_OK;
}

/* How the fillers of a role compare: +1 one in common, -1 both have some and none in common, 0 nothing to compare. */
static int compare_role(const coref *c, uint32_t a, uint32_t b, td_role role)
{
	bool in_a = false, in_b = false;
	for (uint32_t i = c->first_arg[a]; i < c->first_arg[a + 1]; i++) {
		const td_arg *x = &c->doc->args.at[c->arg[i]];
		if (x->role != role) continue;
		in_a = true;
		for (uint32_t k = c->first_arg[b]; k < c->first_arg[b + 1]; k++) {
			const td_arg *y = &c->doc->args.at[c->arg[k]];
			if (y->role != role) continue;
			in_b = true;
			if (x->target == y->target && x->is_event == y->is_event) return 1;
		}
	}
	return in_a && in_b ? -1 : 0;
}

/* A country and its governor may be told as one agent: who acts in one is where it happens in the other. */
static bool acts_where(const coref *c, uint32_t a, uint32_t b)
{
	for (uint32_t i = c->first_arg[a]; i < c->first_arg[a + 1]; i++)
		for (uint32_t k = c->first_arg[b]; k < c->first_arg[b + 1]; k++) {
			const td_arg *x = &c->doc->args.at[c->arg[i]], *y = &c->doc->args.at[c->arg[k]];
			bool crossed = (x->role == TD_AGENT && y->role == TD_AT) || (x->role == TD_AT && y->role == TD_AGENT);
			if (crossed && x->target == y->target && !x->is_event && !y->is_event) return true;
		}
	return false;
}

/* ---- one pair ------------------------------------------------------------------------------------------------------- */

static const td_trigger *trigger_of(const coref *c, uint32_t event)
{
	return &c->doc->triggers.at[c->doc->events.at[event].trigger];
}

static bool is_noun(const coref *c, uint32_t event)
{
	uint8_t pos = c->doc->toks.at[trigger_of(c, event)->head].upos;
	return pos == TD_NOUN || pos == TD_PROPN;
}

static bool is_definite(const coref *c, uint32_t event)
{
	uint32_t head = trigger_of(c, event)->head, det = td_child(c->doc, head, TD_DETERM);
	static const char *const words[] = { "the", "this", "that", "these", "those" };
	for (size_t i = 0; det != TD_NONE && i < sizeof words / sizeof *words; i++)
		if (td_lemma_is(c->doc, det, words[i])) return true;
	return td_child(c->doc, head, TD_NMOD_POSS) != TD_NONE;
}

static kinship kin(const coref *c, uint32_t a, uint32_t b)
{
	uint16_t x = c->doc->events.at[a].cls, y = c->doc->events.at[b].cls;
	if (x == y) return KIN_SAME;
	/* A top class says too little: "Conflict" is not one with every attack. */
	if (c->lexicon->classes.at[x].top == x || c->lexicon->classes.at[y].top == y) return KIN_NONE;
	return td_lexicon_is_a(c->lexicon, x, y) || td_lexicon_is_a(c->lexicon, y, x) ? KIN_NARROWER : KIN_NONE;
}

static bool below(const coref *c, uint32_t event, td_str top)
{
	return td_lexicon_is_a(c->lexicon, c->doc->events.at[event].cls, td_lexicon_class(c->lexicon, top));
}

static bool times_clash(const td_event *a, const td_event *b)
{
	if (!a->begin.year || !b->begin.year) return false;
	if (a->begin.year != b->begin.year) return true;
	if (a->begin.month && b->begin.month && a->begin.month != b->begin.month) return true;
	return a->begin.day && b->begin.day && a->begin.day != b->begin.day && !a->span && !b->span;
}

static bool same_lemma(const coref *c, uint32_t a, uint32_t b)
{
	return td_str_eq(td_lower_lemma(c->doc, trigger_of(c, a)->head), td_lower_lemma(c->doc, trigger_of(c, b)->head));
}

/* The roles that tell happenings apart, and what a common filler and a difference weigh. */
static const struct {
	uint8_t role;
	int common, different;
} role_points[] = {
	{ TD_AGENT, 2, -3 }, { TD_PATIENT, 3, -6 }, { TD_RECIPIENT, 1, -2 }, { TD_DESTINATION, 2, -2 }, { TD_AT, 1, -1 }, { TD_TOPIC, 2, -1 },
	{ TD_INSTRUMENT, 1, -1 },
};

enum { NEEDED = 2, NARROWER = 1, SAME_WORD = 1, DEFINITE = 3, HEADLINE = 2, SAME_TIME = 1, CLAUSE = 4, ONE_A_STORY = 2 };

/* Classes of which a story mostly tells one: the election, the storm, the outbreak. */
static const char *const one_a_story[] = { "Election", "NaturalDisaster", "Outbreak", "Fire", "Trial", "Attack", "Accident", "Coup", "Protest",
	"Withdrawal", "Negotiation", "Investigation", "Conflict", "Sanction", "Match" };

static int story_points(const coref *c, uint32_t event)
{
	for (size_t i = 0; i < sizeof one_a_story / sizeof *one_a_story; i++)
		if (below(c, event, td_str_of(one_a_story[i]))) return ONE_A_STORY;
	return 0;
}

/* "said in a statement", "speaking to reporters, he said", "released a statement saying": one act, told by a word and what hangs on it. */
static bool one_clause(const coref *c, uint32_t a, uint32_t b)
{
	uint32_t x = trigger_of(c, a)->head, y = trigger_of(c, b)->head;
	const td_token *s = &c->doc->toks.at[x], *t = &c->doc->toks.at[y];
	const td_token *below = t->head == x ? t : s->head == y ? s : NULL;
	uint32_t tok = t->head == x ? y : x;
	if (!below || c->doc->events.at[a].cls != c->doc->events.at[b].cls) return false;
	if (below->deprel == TD_OBL || below->deprel == TD_OBJ) return below->upos == TD_NOUN;
	return (below->deprel == TD_ADVCL || below->deprel == TD_ACL) && below->xpos == TD_XP_VBG && td_child(c->doc, tok, TD_MARK) == TD_NONE;
}

/* Two acts of speaking are two, unless the later is a noun that takes the first up again ("the statement"). */
static bool may_join(const coref *c, uint32_t a, uint32_t b)
{
	const td_event *x = &c->doc->events.at[a], *y = &c->doc->events.at[b];
	if (kin(c, a, b) == KIN_NONE || times_clash(x, y)) return false;
	if ((x->factuality == TD_NEGATED) != (y->factuality == TD_NEGATED)) return false;
	if (trigger_of(c, a)->head == trigger_of(c, b)->head) return false;
	bool speech = below(c, b, TD_STR("Communication")) && !below(c, b, TD_STR("Meeting")) && !below(c, b, TD_STR("Negotiation"));
	bool headline = c->doc->toks.at[trigger_of(c, a)->head].sent == 0;
	return !speech || is_noun(c, b) || headline || one_clause(c, a, b);
}

static int points(const coref *c, uint32_t a, uint32_t b)
{
	const td_event *x = &c->doc->events.at[a], *y = &c->doc->events.at[b];
	int sum = kin(c, a, b) == KIN_NARROWER ? -NARROWER : 0;
	if (one_clause(c, a, b)) sum += CLAUSE;
	for (size_t i = 0; i < sizeof role_points / sizeof *role_points; i++) {
		int compared = compare_role(c, a, b, (td_role)role_points[i].role);
		if (compared < 0 && role_points[i].role == TD_AGENT && acts_where(c, a, b)) compared = 0;
		sum += compared > 0 ? role_points[i].common : compared < 0 ? role_points[i].different : 0;
	}
	if (same_lemma(c, a, b)) sum += SAME_WORD;
	if (is_noun(c, b) && is_definite(c, b)) sum += DEFINITE;
	if (c->doc->toks.at[trigger_of(c, a)->head].sent == 0) sum += HEADLINE;
	if (x->begin.year && y->begin.year) sum += SAME_TIME;
	if (x->quantity >= 0 && y->quantity >= 0) sum += x->quantity == y->quantity ? 1 : -2;
	return sum + story_points(c, b);
}

/* The best earlier group for event `b`: its first and its latest member are asked. */
static uint32_t best_partner(const coref *c, uint32_t b)
{
	uint32_t best = TD_NONE;
	int most = NEEDED - 1;
	for (uint32_t a = b; a-- > 0 && b - a <= MAX_LOOK;) {
		if (c->joined[a] != a || !may_join(c, a, b) || !may_join(c, c->last[a], b)) continue;
		int p = points(c, a, b), q = points(c, c->last[a], b);
		int sum = p > q ? p : q;
		if (sum > most) most = sum, best = a;
	}
	return best;
}

/* ---- joining -------------------------------------------------------------------------------------------------------- */

static void join(coref *c, uint32_t a, uint32_t b)
{
	td_event *x = &c->doc->events.at[a];
	const td_event *y = &c->doc->events.at[b];
	c->joined[b] = a;
	c->last[a] = b;
	if (td_lexicon_is_a(c->lexicon, y->cls, x->cls)) x->cls = y->cls;
	td_join_factuality(x, y);
	if (x->quantity < 0) x->quantity = y->quantity;
	if (!x->begin.year) {
		x->begin = y->begin;
		x->end = y->end;
		x->span = y->span;
		x->time_text = y->time_text;
	}
}

/* Gives the groups their new numbers: events move down over those that were joined. */
static void renumber(coref *c)
{
	td_doc *doc = c->doc;
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
	doc->events.n = kept;
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

td_status td_event_coref(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	coref c = { .doc = doc, .lexicon = lexicon };
	TRY(index_args(&c, err));
	for (uint32_t b = 1; b < doc->events.n; b++) {
		uint32_t a = best_partner(&c, b);
		if (a != TD_NONE) join(&c, a, b);
	}
	renumber(&c);
	TRY(drop_doubles(doc, err));
	TRY(td_event_infer(doc, lexicon, err));
	return td_event_labels(doc, lexicon, err);
}
