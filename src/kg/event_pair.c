/* How far two mentions of events speak for one happening: points for and against, summed up.
 *
 * The points are ten times the weights of two logistic regressions, one for acts of speech and one for all else, fitted to documents in
 * which it is known what is one event. What is counted stands in the list below; `a` is the earlier of the two. */
#include "kg/event_pair.h"

#include <math.h>
#include <strings.h>

#include "kg/kg.h"

#define POINTS(X) /* name, for speech, for all else */ \
	X(ALWAYS, -7, -4) \
	X(NARROWER, 0, -19)      /* one class is below the other */ \
	X(SAME_AGENT, 13, 11) X(OTHER_AGENT, -21, -16) \
	X(SAME_AGENT_NEAR, 2, 4) /* in this sentence or the one before */ \
	X(SAME_PATIENT, -7, 12) X(OTHER_PATIENT, 0, -15) \
	X(SAME_RECIPIENT, 4, 0) X(OTHER_RECIPIENT, -10, -1) \
	X(SAME_DESTINATION, 0, 6) X(OTHER_PLACE, 0, -6) \
	X(SAME_TOPIC, 5, 0) X(OTHER_TOPIC, -4, -5) \
	X(SAME_INSTRUMENT, 0, 2) X(OTHER_INSTRUMENT, 0, -2) \
	X(SAME_LEMMA, 12, 9) X(FIRST_IS_NOUN, 11, 7) X(SECOND_IS_NOUN, 6, 1) \
	X(DEFINITE, 15, 9)       /* the second is a noun with "the", "this" or a possessor */ \
	X(INDEFINITE, -3, -8)    /* … with "a" or "another" */ \
	X(IN_HEADLINE, 16, 9)    /* the first stands in the first sentence */ \
	X(BOTH_DATED, 2, -1)     /* and the dates agree, else they are not compared at all */ \
	X(SAME_SENTENCE, 16, 9) X(NEXT_SENTENCE, 3, 1) X(SENTENCES_2_3, -3, -4) X(SENTENCES_4_8, -11, -5) X(FAR, -11, -4) \
	X(ONE_CLAUSE, 5, 1) X(ONE_IS_QUOTED, -5, 10) \
	X(SAME_NUMBER, 0, -2) X(OTHER_NUMBER, 0, -7) \
	X(OTHER_FACTUALITY, -8, -5) X(ONLY_SECOND_PLANNED, 11, -2) \
	X(NO_FILLERS, 3, 3)      /* nothing is said of the second */ \
	X(PLAIN_STATEMENT, -19, 0) X(ATTRIBUTE, 0, 6) \
	X(SAME_STEM, 3, -2)      /* "agree" and "agreement" */ \
	X(OTHER_VERB, -3, -3)    /* two verbs of different lemma */ \
	X(VERB_THEN_DEFINITE, 2, 2) X(BARE, -1, -1) /* a noun with nothing before it */ \
	X(OTHER_GRAMMATICAL_NUMBER, -4, -12) \
	X(ONE_DATED, -2, 0) X(OTHER_AMOUNT, -16, -16) \
	X(SET_APART, -3, -5)     /* the second is "another", "new", "previous" … */ \
	X(FIRST_SET_APART, -2, -7) X(ONE_IS_OLD, -5, -8) /* dated long before the document, the other not */

typedef enum {
#define POINT_NAME(name, speech, other) name,
	POINTS(POINT_NAME)
#undef POINT_NAME
	N_POINTS
} point;

static const int8_t points[N_POINTS][2] = {
#define POINT_ROW(name, speech, other) { speech, other },
	POINTS(POINT_ROW)
#undef POINT_ROW
};

/* ---- points ------------------------------------------------------------------------------------------------------------ */

_Static_assert(N_POINTS <= 64, "a bit for each");

typedef struct {
	uint64_t held; /* bit p: what is counted as p holds */
} tally;

static void count(tally *t, bool holds, point p)
{
	if (holds) t->held |= UINT64_C(1) << p;
}

/* A country and its governor may be told as one agent: who acts in one is where it happens in the other. */
static bool acts_where(const td_pairing *c, uint32_t a, uint32_t b)
{
	for (uint32_t i = c->first_arg[a]; i < c->first_arg[a + 1]; i++)
		for (uint32_t k = c->first_arg[b]; k < c->first_arg[b + 1]; k++) {
			const td_arg *x = &c->doc->args.at[c->arg[i]], *y = &c->doc->args.at[c->arg[k]];
			bool crossed = (x->role == TD_AGENT && y->role == TD_AT) || (x->role == TD_AT && y->role == TD_AGENT);
			if (crossed && x->target == y->target && !x->is_event && !y->is_event) return true;
		}
	return false;
}

static void count_roles(const td_pairing *c, uint32_t a, uint32_t b, tally *t)
{
	static const struct {
		uint8_t role, same, other;
	} compared[] = {
		{ TD_PATIENT, SAME_PATIENT, OTHER_PATIENT }, { TD_RECIPIENT, SAME_RECIPIENT, OTHER_RECIPIENT },
		{ TD_DESTINATION, SAME_DESTINATION, N_POINTS }, { TD_AT, N_POINTS, OTHER_PLACE }, { TD_TOPIC, SAME_TOPIC, OTHER_TOPIC },
		{ TD_INSTRUMENT, SAME_INSTRUMENT, OTHER_INSTRUMENT },
	};
	for (size_t i = 0; i < sizeof compared / sizeof *compared; i++) {
		int same = td_pair_role(c, a, b, (td_role)compared[i].role);
		if (same < 0 && compared[i].role == TD_PATIENT && td_pair_numbers_of_one(&c->doc->events.at[a], &c->doc->events.at[b])) same = 0;
		count(t, same > 0 && compared[i].same != N_POINTS, (point)compared[i].same);
		count(t, same < 0 && compared[i].other != N_POINTS, (point)compared[i].other);
	}
	int agent = td_pair_role(c, a, b, TD_AGENT);
	count(t, agent > 0, SAME_AGENT);
	count(t, agent > 0 && td_pair_token(c, b)->sent <= td_pair_token(c, a)->sent + 1, SAME_AGENT_NEAR);
	count(t, agent < 0 && !acts_where(c, a, b), OTHER_AGENT);
	count(t, c->first_arg[b] == c->first_arg[b + 1], NO_FILLERS);
}

/* "said in a statement", "speaking to reporters, he said", "released a statement saying": one act, told by a word and what hangs on it. */
static bool one_clause(const td_pairing *c, uint32_t a, uint32_t b)
{
	uint32_t x = td_pair_trigger(c, a)->head, y = td_pair_trigger(c, b)->head;
	uint32_t low = c->doc->toks.at[y].head == x ? y : c->doc->toks.at[x].head == y ? x : TD_NONE;
	if (low == TD_NONE || c->doc->events.at[a].cls != c->doc->events.at[b].cls) return false;
	const td_token *below = &c->doc->toks.at[low];
	if (below->deprel == TD_OBL || below->deprel == TD_OBJ) return below->upos == TD_NOUN;
	return (below->deprel == TD_ADVCL || below->deprel == TD_ACL) && below->xpos == TD_XP_VBG && td_child(c->doc, low, TD_MARK) == TD_NONE;
}

static bool same_word(td_str a, td_str b)
{
	return a.n == b.n && strncasecmp(a.at, b.at, a.n) == 0;
}

/* "agree" and "agreement", "elect" and "election": the first letters, but for an ending. */
static bool same_stem(td_str a, td_str b)
{
	enum { LEAST = 4, ENDING = 2 };
	size_t shorter = a.n < b.n ? a.n : b.n, n = shorter > LEAST + ENDING ? shorter - ENDING : LEAST;
	return shorter >= LEAST && strncasecmp(a.at, b.at, n) == 0;
}

static bool is_plural(const td_token *t)
{
	return t->xpos == TD_XP_NNS || t->xpos == TD_XP_NNPS;
}

static bool is_old(const td_pairing *c, uint32_t event)
{
	enum { DAYS = 45 };
	const td_event *e = &c->doc->events.at[event];
	return e->begin.year && c->doc->date.year && td_date_days(c->doc->date) - td_date_days(e->begin) > (e->begin.month ? DAYS : 365);
}

static void count_forms(const td_pairing *c, uint32_t a, uint32_t b, tally *t)
{
	const td_token *x = td_pair_token(c, a), *y = td_pair_token(c, b);
	bool nouns = td_pair_is_noun(c, a) && td_pair_is_noun(c, b), verbs = x->upos == TD_VERB && y->upos == TD_VERB, same = same_word(x->lemma, y->lemma);
	count(t, td_pair_is_noun(c, b) && td_pair_set_apart(c, b, false), SET_APART);
	count(t, td_pair_is_noun(c, a) && td_pair_set_apart(c, a, false), FIRST_SET_APART);
	count(t, is_old(c, a) != is_old(c, b), ONE_IS_OLD);
	count(t, !same && same_stem(x->lemma, y->lemma), SAME_STEM);
	count(t, verbs && !same, OTHER_VERB);
	count(t, nouns && is_plural(x) != is_plural(y), OTHER_GRAMMATICAL_NUMBER);
	count(t, td_pair_is_noun(c, b) && td_child(c->doc, td_pair_trigger(c, b)->head, TD_DETERM) == TD_NONE &&
		td_child(c->doc, td_pair_trigger(c, b)->head, TD_NMOD_POSS) == TD_NONE, BARE);
}

static void count_words(const td_pairing *c, uint32_t a, uint32_t b, tally *t)
{
	static const char *const definite[] = { "the", "this", "that", "these", "those" }, *const indefinite[] = { "a", "another" };
	const td_token *y = td_pair_token(c, b);
	bool x_is_verb = td_pair_token(c, a)->upos == TD_VERB, noun = td_pair_is_noun(c, b), possessed = td_child(c->doc, td_pair_trigger(c, b)->head, TD_NMOD_POSS) != TD_NONE;
	count(t, same_word(td_pair_token(c, a)->lemma, y->lemma), SAME_LEMMA);
	count(t, td_pair_is_noun(c, a), FIRST_IS_NOUN);
	count(t, noun, SECOND_IS_NOUN);
	count(t, noun && (possessed || td_pair_has_det(c, b, definite, sizeof definite / sizeof *definite)), DEFINITE);
	count(t, noun && td_pair_has_det(c, b, indefinite, sizeof indefinite / sizeof *indefinite), INDEFINITE);
	count(t, y->deprel == TD_AMOD || y->deprel == TD_COMPOUND, ATTRIBUTE);
	count(t, x_is_verb && noun && (possessed || td_pair_has_det(c, b, definite, sizeof definite / sizeof *definite)), VERB_THEN_DEFINITE);
	count_forms(c, a, b, t);
	count(t, one_clause(c, a, b), ONE_CLAUSE);
	count(t, y->quoted != td_pair_token(c, a)->quoted, ONE_IS_QUOTED);
}

static point distance(uint32_t sentences)
{
	if (sentences <= 1) return sentences ? NEXT_SENTENCE : SAME_SENTENCE;
	return sentences <= 3 ? SENTENCES_2_3 : sentences <= 8 ? SENTENCES_4_8 : FAR;
}

static bool is_planned(const td_event *e)
{
	return e->factuality == TD_PLANNED || e->factuality == TD_POSSIBLE;
}

uint64_t td_pair_held(const td_pairing *c, uint32_t a, uint32_t b)
{
	const td_event *x = &c->doc->events.at[a], *y = &c->doc->events.at[b];
	tally t = { 0 };
	count(&t, true, ALWAYS);
	count(&t, x->cls != y->cls, NARROWER);
	count(&t, td_pair_is_a(c, b, TD_STR("Statement")), PLAIN_STATEMENT);
	count(&t, true, distance(td_pair_token(c, b)->sent - td_pair_token(c, a)->sent));
	count(&t, td_pair_token(c, a)->sent == 0, IN_HEADLINE);
	count(&t, x->begin.year && y->begin.year, BOTH_DATED);
	count(&t, (x->begin.year != 0) != (y->begin.year != 0), ONE_DATED);
	count(&t, x->quantity >= 0 && x->quantity == y->quantity, SAME_NUMBER);
	count(&t, td_pair_numbers_clash(x, y), OTHER_NUMBER);
	count(&t, x->factuality != y->factuality, OTHER_FACTUALITY);
	count(&t, is_planned(y) && !is_planned(x), ONLY_SECOND_PLANNED);
	count_roles(c, a, b, &t);
	count_words(c, a, b, &t);
	count(&t, td_pair_amounts_clash(c, a, b, TD_MONEY) || td_pair_amounts_clash(c, a, b, TD_PERCENT), OTHER_AMOUNT);
	return t.held;
}

td_status td_pair_model_open(const char *path, td_logistic **out, td_error *err)
{
	return td_logistic_open(path, "model of pairs", TD_PAIR_WEIGHTS, out, err);
}

/* "an earthquake struck", "the storm that hit Haiti": a disaster does nothing else than happen. */
static bool is_own_verb(const td_pairing *c, uint32_t a, uint32_t b)
{
	const td_token *x = td_pair_token(c, a), *y = td_pair_token(c, b);
	if (!td_pair_is_a(c, a, TD_STR("Disaster")) || y->upos != TD_VERB) return false;
	if (x->head == td_pair_trigger(c, b)->head) return td_deprel_base((td_deprel)x->deprel) == TD_NSUBJ;
	return y->head == td_pair_trigger(c, a)->head && (y->deprel == TD_ACL || y->deprel == TD_ACL_RELCL);
}

int td_pair_points(const td_pairing *c, uint32_t a, uint32_t b)
{
	enum { SURE = 50, NEVER = -1000 };
	if (is_own_verb(c, a, b) && !td_pair_clashes(c, a, b)) return SURE;
	if (c->model) {
		uint32_t feature[TD_PAIR_FEATURES];
		return (int)lroundf(10 * td_logistic_odds(c->model, feature, td_pair_features(c, a, b, feature)));
	}
	if (td_pair_clashes(c, a, b)) return NEVER;
	int sum = 0, column = td_pair_is_speech(c, b) ? 0 : 1;
	uint64_t bits = td_pair_held(c, a, b);
	for (unsigned p = 0; p < N_POINTS; p++)
		if (bits >> p & 1) sum += points[p][column];
	return sum;
}

int td_pair_least(const td_pairing *c)
{
	enum { FIXED = -8 }; /* measured; below zero, as a wrong join costs less than a missed one */
	float p = c->model ? td_logistic_least(c->model) : 0.5f;
	return c->model ? (int)lroundf(10 * logf(p / (1 - p))) : FIXED;
}
