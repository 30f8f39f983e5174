/* What speaks against two mentions of events being one happening. A learned model weighs it with all else; without one each forbids. */
#include "kg/event_pair.h"
#include "kg/kg.h"

const td_trigger *td_pair_trigger(const td_pairing *c, uint32_t event)
{
	return &c->doc->triggers.at[c->doc->events.at[event].trigger];
}

const td_token *td_pair_token(const td_pairing *c, uint32_t event)
{
	return &c->doc->toks.at[td_pair_trigger(c, event)->head];
}

bool td_pair_is_noun(const td_pairing *c, uint32_t event)
{
	uint8_t pos = td_pair_token(c, event)->upos;
	return pos == TD_NOUN || pos == TD_PROPN;
}

bool td_pair_is_a(const td_pairing *c, uint32_t event, td_str cls)
{
	return td_lexicon_is_a(c->lexicon, c->doc->events.at[event].cls, td_lexicon_class(c->lexicon, cls));
}

bool td_pair_is_speech(const td_pairing *c, uint32_t event)
{
	return td_pair_is_a(c, event, TD_STR("Communication")) && !td_pair_is_a(c, event, TD_STR("Meeting")) && !td_pair_is_a(c, event, TD_STR("Negotiation"));
}

/* ---- what may be one at all ------------------------------------------------------------------------------------------ */

static bool related(const td_pairing *c, uint32_t a, uint32_t b)
{
	uint16_t x = c->doc->events.at[a].cls, y = c->doc->events.at[b].cls;
	if (x == y) return true;
	/* A top class says too little: "Conflict" is not one with every attack. */
	if (c->lexicon->classes.at[x].top == x || c->lexicon->classes.at[y].top == y) return false;
	return td_lexicon_is_a(c->lexicon, x, y) || td_lexicon_is_a(c->lexicon, y, x);
}

static bool times_clash(const td_pairing *c, uint32_t first, uint32_t second)
{
	const td_event *a = &c->doc->events.at[first], *b = &c->doc->events.at[second];
	if (!a->begin.year || !b->begin.year) return false;
	if (a->begin.year != b->begin.year) return true;
	if (a->begin.month && b->begin.month && a->begin.month != b->begin.month) return true;
	return a->begin.day && b->begin.day && a->begin.day != b->begin.day && !a->span && !b->span;
}

int td_pair_role(const td_pairing *c, uint32_t a, uint32_t b, td_role role)
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

static bool may_be(const td_event *x, int64_t number)
{
	bool more = x->bound == TD_AT_LEAST || x->bound == TD_MORE_THAN || x->bound == TD_BETWEEN, less = x->bound == TD_AT_MOST || x->bound == TD_LESS_THAN;
	return x->quantity == number || (more && number > x->quantity) || (less && number < x->quantity);
}

/* "At least 12" may be 20. */
bool td_pair_numbers_clash(const td_event *x, const td_event *y)
{
	return x->quantity >= 0 && y->quantity >= 0 && !may_be(x, y->quantity) && !may_be(y, x->quantity);
}

/* Words on a noun that set it apart, the sure ones first: "another attack", "the previous election". */
static const char *const apart[] = { "another", "other", "second", "third", "fourth", "next", "previous", "separate", "different", "similar", "additional",
	"new", "further", "more", "earlier", "early", "past", "prior", "future", "upcoming", "last", "subsequent", "late", "later", "recent" };
enum { SURELY_APART = 11, APART = sizeof apart / sizeof *apart };

bool td_pair_set_apart(const td_pairing *c, uint32_t event, bool surely)
{
	size_t n_words = surely ? SURELY_APART : APART;
	uint32_t head = td_pair_trigger(c, event)->head;
	for (uint32_t i = c->doc->first_child[head]; i < c->doc->first_child[head + 1]; i++) {
		uint32_t child = c->doc->child[i];
		if (c->doc->toks.at[child].deprel != TD_AMOD && c->doc->toks.at[child].deprel != TD_DETERM) continue;
		if (td_lemma_among(c->doc, child, apart, n_words)) return true;
	}
	return false;
}

bool td_pair_has_det(const td_pairing *c, uint32_t event, const char *const *words, size_t n)
{
	uint32_t det = td_child(c->doc, td_pair_trigger(c, event)->head, TD_DETERM);
	return td_lemma_among(c->doc, det, words, n);
}

/* Both have quantities of that kind, and none in common. */
bool td_pair_amounts_clash(const td_pairing *c, uint32_t a, uint32_t b, td_amount_kind kind)
{
	enum { LOOKED_AT = 8 };
	bool both = false;
	uint32_t from_a = c->first_amount[a], from_b = c->first_amount[b];
	for (uint32_t i = from_a; i < c->first_amount[a + 1] && i < from_a + LOOKED_AT; i++)
		for (uint32_t k = from_b; k < c->first_amount[b + 1] && k < from_b + LOOKED_AT; k++) {
			const td_amount *x = &c->doc->amounts.at[c->amount[i]], *y = &c->doc->amounts.at[c->amount[k]];
			if (x->kind != kind || y->kind != kind) continue;
			if (x->low == y->low && x->high == y->high) return false;
			both = true;
		}
	return both;
}

/* Another count of votes is another vote, and "a $70 million deal" is not the one of $5 million. */
static bool sums_clash(const td_pairing *c, uint32_t a, uint32_t b)
{
	static const char *const indefinite[] = { "a", "another" };
	if (td_pair_amounts_clash(c, a, b, TD_VOTES) || td_pair_amounts_clash(c, a, b, TD_POINTS) || td_pair_amounts_clash(c, a, b, TD_MAGNITUDE)) return true;
	return td_pair_is_noun(c, b) && td_pair_has_det(c, b, indefinite, sizeof indefinite / sizeof *indefinite) && td_pair_amounts_clash(c, a, b, TD_MONEY);
}

/* "At least 12 people", later "20 people": two ways to speak of the same ones. */
bool td_pair_numbers_of_one(const td_event *x, const td_event *y)
{
	return x->quantity >= 0 && y->quantity >= 0 && (x->bound != TD_EXACTLY || y->bound != TD_EXACTLY || x->quantity == y->quantity) && !td_pair_numbers_clash(x, y);
}

/* Named, or told of for the first time: "the man" may be somebody who was named before. */
static bool is_introduced(const td_pairing *c, uint32_t event)
{
	bool any = false;
	for (uint32_t i = c->first_arg[event]; i < c->first_arg[event + 1]; i++) {
		const td_arg *x = &c->doc->args.at[c->arg[i]];
		if (x->role != TD_PATIENT || x->is_event || x->mention >= c->doc->mentions.n) continue;
		const td_mention *m = &c->doc->mentions.at[x->mention];
		if (c->doc->entities.at[x->target].cls != TD_PERSON || m->kind == TD_PRONOUN || (m->kind == TD_NOMINAL && m->definite)) return false;
		any = true;
	}
	return any;
}

/* Of two people each has a death, an arrest, an appointment of their own; nor is one person 29 people. */
static bool people_clash(const td_pairing *c, uint32_t a, uint32_t b)
{
	if (td_pair_role(c, a, b, TD_PATIENT) >= 0) return false;
	bool one = is_introduced(c, a), other = is_introduced(c, b);
	return (one && other) || (one && c->doc->events.at[b].quantity > 1) || (other && c->doc->events.at[a].quantity > 1);
}

/* "At least 56 deaths" and "he was killed": a number of people on one side, single persons and no number on the other. */
static bool is_of_few(const td_pairing *c, uint32_t event, int64_t number)
{
	int64_t persons = 0;
	for (uint32_t i = c->first_arg[event]; i < c->first_arg[event + 1]; i++) {
		const td_arg *a = &c->doc->args.at[c->arg[i]];
		if (a->role != TD_PATIENT || a->is_event) continue;
		if (c->doc->entities.at[a->target].cls != TD_PERSON || c->doc->entities.at[a->target].number == TD_PLURAL) return false;
		persons++;
	}
	return persons > 0 && persons < number && c->doc->events.at[event].quantity < 0;
}

static bool many_and_few(const td_pairing *c, uint32_t a, uint32_t b)
{
	const td_event *x = &c->doc->events.at[a], *y = &c->doc->events.at[b];
	if (td_pair_role(c, a, b, TD_PATIENT) > 0) return false;
	return (x->quantity > 1 && is_of_few(c, b, x->quantity)) || (y->quantity > 1 && is_of_few(c, a, y->quantity));
}

/* The place by which a noun is told from others of its kind: "the Iowa caucuses"; TD_NONE. */
static uint32_t place_in_name(const td_pairing *c, uint32_t event)
{
	uint32_t head = td_pair_trigger(c, event)->head;
	for (uint32_t i = c->first_arg[event]; i < c->first_arg[event + 1]; i++) {
		const td_arg *x = &c->doc->args.at[c->arg[i]];
		if (x->role != TD_AT || x->is_event || x->mention >= c->doc->mentions.n) continue;
		const td_token *t = &c->doc->toks.at[c->doc->mentions.at[x->mention].head];
		if (t->head == head && (t->deprel == TD_COMPOUND || t->deprel == TD_NMOD_POSS || t->deprel == TD_AMOD)) return x->target;
	}
	return TD_NONE;
}

/* Each place has an election of its own. */
static bool places_clash(const td_pairing *c, uint32_t a, uint32_t b)
{
	if (!td_pair_is_a(c, a, TD_STR("Election")) || !td_pair_is_noun(c, a) || !td_pair_is_noun(c, b)) return false;
	uint32_t x = place_in_name(c, a), y = place_in_name(c, b);
	return x != TD_NONE && y != TD_NONE && x != y && td_pair_role(c, a, b, TD_AT) < 0;
}

/* "At least 12" of one attack are not the "more than 5,000" of a war. */
static bool numbers_far_apart(const td_pairing *c, uint32_t a, uint32_t b)
{
	enum { TIMES = 20 };
	int64_t x = c->doc->events.at[a].quantity, y = c->doc->events.at[b].quantity;
	int64_t less = x < y ? x : y, more = x < y ? y : x;
	return less > 0 && more / TIMES > less;
}

static bool one_is_negated(const td_pairing *c, uint32_t a, uint32_t b)
{
	return (c->doc->events.at[a].factuality == TD_NEGATED) != (c->doc->events.at[b].factuality == TD_NEGATED);
}

static bool is_another(const td_pairing *c, uint32_t a, uint32_t b)
{
	(void)a;
	return td_pair_is_noun(c, b) && td_pair_set_apart(c, b, true);
}

/* Two clauses with different victims tell of two deeds. */
static bool clauses_clash(const td_pairing *c, uint32_t a, uint32_t b)
{
	return !td_pair_is_noun(c, a) && !td_pair_is_noun(c, b) && td_pair_role(c, a, b, TD_PATIENT) < 0;
}

static bool has_named_patient(const td_pairing *c, uint32_t event)
{
	for (uint32_t i = c->first_arg[event]; i < c->first_arg[event + 1]; i++) {
		const td_arg *x = &c->doc->args.at[c->arg[i]];
		if (x->role == TD_PATIENT && !x->is_event && c->doc->entities.at[x->target].named) return true;
	}
	return false;
}

/* "bombed Kabul", "bombed Herat"; but "an adviser" may be one who is named later. */
static bool named_clauses_clash(const td_pairing *c, uint32_t a, uint32_t b)
{
	return clauses_clash(c, a, b) && has_named_patient(c, a) && has_named_patient(c, b);
}

static bool are_sayings(const td_pairing *c, uint32_t a, uint32_t b)
{
	return td_pair_is_speech(c, a) && td_pair_is_speech(c, b);
}

/* Of a saying one may tell as a statement and as what it does ("criticised the plan in a speech"). */
static bool other_sayings(const td_pairing *c, uint32_t a, uint32_t b)
{
	return are_sayings(c, a, b) && !related(c, a, b);
}

static bool other_deeds(const td_pairing *c, uint32_t a, uint32_t b)
{
	return !are_sayings(c, a, b) && !related(c, a, b);
}

static const struct {
	bool (*holds)(const td_pairing *c, uint32_t a, uint32_t b);
	bool forbids;         /* a learned model may not overrule it */
	bool of_speech;       /* also between acts of speech */
	bool despite_numbers; /* also where the numbers of both may be of the same ones */
} clashes[] = {
	{ other_sayings, false, true, true }, { other_deeds, true, true, true },
	{ one_is_negated, false, true, true }, { clauses_clash, false, false, false }, { named_clauses_clash, true, false, false },
	{ times_clash, true, true, true },   { is_another, true, true, true },      { sums_clash, true, true, true },
	{ places_clash, true, true, true },  { numbers_far_apart, true, true, true }, { people_clash, true, false, true },   { many_and_few, true, false, true },
};

enum { N_CLASHES = sizeof clashes / sizeof *clashes };

/* Those that hold, a bit each. `forbidding`: only of those that forbid, and no further than the first. */
static uint32_t held(const td_pairing *c, uint32_t a, uint32_t b, bool forbidding)
{
	bool speech = td_pair_is_speech(c, b), of_one = td_pair_numbers_of_one(&c->doc->events.at[a], &c->doc->events.at[b]);
	uint32_t bits = 0;
	for (unsigned i = 0; i < N_CLASHES && !(forbidding && bits); i++) {
		if (forbidding && !clashes[i].forbids) continue;
		if ((clashes[i].of_speech || !speech) && (clashes[i].despite_numbers || !of_one) && clashes[i].holds(c, a, b)) bits |= UINT32_C(1) << i;
	}
	return bits;
}

uint32_t td_pair_clashes(const td_pairing *c, uint32_t a, uint32_t b)
{
	return held(c, a, b, false);
}

bool td_pair_possible(const td_pairing *c, uint32_t a, uint32_t b)
{
	const td_event_class *classes = c->lexicon->classes.at;
	const td_event *x = &c->doc->events.at[a], *y = &c->doc->events.at[b];
	if (classes[x->cls].top != classes[y->cls].top || td_pair_trigger(c, a)->head == td_pair_trigger(c, b)->head) return false;
	return !held(c, a, b, true);
}
