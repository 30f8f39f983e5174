/* Pronouns: agreement, binding and salience; "I" in a quotation is its speaker. */
#include "nlp/coref.h"

enum { MAX_SENTENCES_BACK = 3, MAX_CANDIDATES = 64, MAX_OTHER_TOKENS = 120, MIN_SCORE = -6 };

/* Below these scores (he or she; it) the subject behind the pronoun is the better guess. */
static const float SURE[2] = { 2.5F, 1.0F };
static const float OTHER_BONUS = 3.0F; /* tuned on the training articles */

/* Which kind of pronoun it is, by its form. */
typedef enum { FIRST_SINGULAR, FIRST_PLURAL, THIRD_PERSON, THIRD_THING, THIRD_PLURAL } person;

static person person_of(const td_doc *doc, const td_mention *m)
{
	static const char *const first[] = { "i", "me", "my", "mine", "myself", NULL };
	static const char *const plural[] = { "we", "us", "our", "ours", "ourselves", NULL };
	td_str form = doc->toks.at[m->head].form;
	if (td_in_list(form, first)) return FIRST_SINGULAR;
	if (td_in_list(form, plural)) return FIRST_PLURAL;
	if (m->cls == TD_PERSON) return THIRD_PERSON;
	return m->number == TD_PLURAL ? THIRD_PLURAL : THIRD_THING;
}

static bool reflexive(const td_doc *doc, uint32_t t)
{
	return td_str_ends(doc->toks.at[t].form, TD_STR("self")) || td_str_ends(doc->toks.at[t].form, TD_STR("selves"));
}

static bool core_argument(const td_doc *doc, uint32_t t)
{
	switch (td_deprel_base((td_deprel)doc->toks.at[t].deprel)) {
	case TD_NSUBJ: case TD_OBJ: case TD_IOBJ: case TD_OBL: return true;
	default: return false;
	}
}

/* The head of the coordination that a word is in. */
static uint32_t first_conjunct(const td_doc *doc, uint32_t t)
{
	for (int steps = 0; steps < 16 && doc->toks.at[t].deprel == TD_CONJ && doc->toks.at[t].head != TD_NONE; steps++) t = doc->toks.at[t].head;
	return t;
}

/* Two arguments of one verb are not the same (binding principle B), and nothing is its own possessor. */
static bool bound_apart(const td_doc *doc, uint32_t pronoun, uint32_t other)
{
	uint32_t p = first_conjunct(doc, pronoun), o = first_conjunct(doc, other);
	if (p == o && pronoun != other) return true;
	if (doc->toks.at[p].head == o || doc->toks.at[o].head == p) return doc->toks.at[o].deprel != TD_NSUBJ || doc->toks.at[p].deprel == TD_NMOD_POSS;
	if (doc->toks.at[p].head != doc->toks.at[o].head || doc->toks.at[p].head == TD_NONE) return false;
	return core_argument(doc, p) && core_argument(doc, o);
}

static bool dominated(const td_doc *doc, uint32_t pronoun, uint32_t other)
{
	/* "the man in his car": the pronoun stands inside the candidate's own phrase; a clause of its own frees it. */
	for (uint32_t t = pronoun, steps = 0; t != TD_NONE && steps < 12; t = doc->toks.at[t].head, steps++) {
		if (t == other) return true;
		uint8_t rel = doc->toks.at[t].deprel;
		if (rel == TD_ACL_RELCL || rel == TD_ACL || rel == TD_APPOS || rel == TD_ADVCL || rel == TD_CCOMP || rel == TD_PARATAXIS || rel == TD_NSUBJ || rel == TD_CONJ) return false;
	}
	return false;
}

static bool class_fits(person who, const td_cluster *c, const td_mention *m)
{
	switch (who) {
	case THIRD_PERSON: return c->cls == TD_PERSON || (c->cls == TD_CLASS_NONE && m->kind == TD_NAMED);
	case THIRD_THING: return c->cls != TD_PERSON && (c->number != TD_PLURAL || c->cls == TD_ORGANIZATION) && c->cls != TD_GROUP;
	case THIRD_PLURAL: return c->cls == TD_GROUP || c->cls == TD_ORGANIZATION || c->number == TD_PLURAL;
	default: return false;
	}
}

static float role_weight(const td_doc *doc, const td_mention *m)
{
	uint32_t t = first_conjunct(doc, m->head);
	switch (doc->toks.at[t].deprel) {
	case TD_NSUBJ: case TD_NSUBJ_PASS: return 4.0F;
	case TD_OBJ: case TD_IOBJ: return 2.0F;
	case TD_OBL: case TD_OBL_AGENT: return 1.0F;
	case TD_NMOD_POSS: return 1.2F;
	case TD_APPOS: return 1.5F;
	case TD_ROOT: return 2.0F;
	case TD_AMOD: case TD_COMPOUND: return -2.0F;
	default: return 0.0F;
	}
}

/* What speaks for and against a candidate, and how much: one row a feature, one column a kind of pronoun (he or she, it, they). The first column is
 * learnt (logistic ranking over the candidates) from the GAP corpus, GUM and the training articles; the others are set by hand. */
#define FEATURES(X) \
	X(SENT_1,      -1.23F, -3.0F, -3.0F) /* it stands one sentence back */ \
	X(SENT_2,      -2.48F, -6.0F, -6.0F) \
	X(SENT_3,      -2.33F, -9.0F, -9.0F) \
	X(TOKENS,      -0.020F, -0.01F, -0.01F) /* tokens between */ \
	X(BETWEEN,      -0.42F,  0.0F,  0.0F) /* clusters that would do as well between the two */ \
	X(SUBJECT,      1.72F,  4.0F,  4.0F) /* its relation */ \
	X(OBJECT,       1.21F,  2.0F,  2.0F) \
	X(OBLIQUE,      0.29F,  1.0F,  1.0F) \
	X(POSSESSOR,    1.19F,  1.2F,  1.2F) \
	X(APPOSED,      0.60F,  1.5F,  1.5F) \
	X(SENT_ROOT,    1.31F,  2.0F,  2.0F) \
	X(MODIFIER,    -0.52F, -2.0F, -2.0F) \
	X(LATER_CONJ,   -1.01F,  0.0F,  0.0F) /* a second or later member of a list */ \
	X(HAS_NAME,     1.85F,  1.5F,  1.5F) /* of its cluster */ \
	X(IS_NAME,      0.23F,  0.0F,  0.0F) \
	X(IS_PRONOUN,   -0.19F,  1.0F,  1.0F) \
	X(SAME_FORM,    0.73F,  0.0F,  0.0F) /* both are pronouns of one row: "he … his" */ \
	X(GENDER,       0.79F,  0.0F,  0.0F) /* known to agree */ \
	X(NO_CLASS,    -1.33F,  0.0F,  0.0F) \
	X(BODY,         0.00F,  1.0F,  0.0F) /* an organization */ \
	X(PLURAL,       0.00F,  0.0F,  2.0F) \
	X(DEMONYM,      0.00F, -3.0F,  0.0F) \
	X(SIZE,         0.10F,  0.25F, 0.25F) /* mentions of its cluster, up to 8 */ \
	X(TOPIC,        0.04F,  0.0F,  0.0F) /* its cluster is in the first sentence of the text */ \
	X(INTO_QUOTE,  -0.21F, -1.0F, -1.0F) /* the pronoun is quoted, the candidate is not */ \
	X(FROM_QUOTE,  -0.90F, -4.0F, -4.0F) \
	X(BOTH_SUBJECT, 1.13F,  1.0F,  1.0F) \
	X(OBJECT_BOTH,  0.16F,  0.0F,  0.0F) \
	X(SUBJECT_POSS, -0.29F,  0.0F,  0.0F) /* possessive pronoun, subject of its sentence */ \
	X(COMMANDS,     0.47F,  0.0F,  0.0F) /* what the candidate hangs on dominates the pronoun */ \
	X(AFTER_CLAUSE, 0.17F,  0.0F,  0.0F) /* the same sentence, another clause */

#define FEATURE_ENUM(name, person_, thing, plural) name,
enum { FEATURES(FEATURE_ENUM) N_FEATURES };
#define FEATURE_ROW(name, person_, thing, plural) { person_, thing, plural },
static const float weights[N_FEATURES][3] = { FEATURES(FEATURE_ROW) };

static void relation_features(const td_doc *doc, uint32_t t, float x[N_FEATURES])
{
	uint32_t first = first_conjunct(doc, t);
	x[LATER_CONJ] = first != t;
	switch (doc->toks.at[first].deprel) {
	case TD_NSUBJ: case TD_NSUBJ_PASS: x[SUBJECT] = 1; break;
	case TD_OBJ: case TD_IOBJ: x[OBJECT] = 1; break;
	case TD_OBL: case TD_OBL_AGENT: x[OBLIQUE] = 1; break;
	case TD_NMOD_POSS: x[POSSESSOR] = 1; break;
	case TD_APPOS: x[APPOSED] = 1; break;
	case TD_ROOT: x[SENT_ROOT] = 1; break;
	case TD_AMOD: case TD_COMPOUND: x[MODIFIER] = 1; break;
	default: break;
	}
}

static void pair_features(td_coref_run *run, uint32_t i, uint32_t j, float x[N_FEATURES])
{
	const td_doc *doc = run->doc;
	uint32_t p = td_men(run, i)->head, o = td_men(run, j)->head;
	uint32_t far = doc->toks.at[p].sent - doc->toks.at[o].sent;
	td_deprel rel = td_deprel_base((td_deprel)doc->toks.at[first_conjunct(doc, p)].deprel);
	bool possessive = doc->toks.at[p].deprel == TD_NMOD_POSS;
	uint32_t above = doc->toks.at[first_conjunct(doc, o)].head;
	bool commands = far == 0 && above != TD_NONE && td_dominates(doc, above, p);
	x[SENT_1] = far == 1;
	x[SENT_2] = far == 2;
	x[SENT_3] = far >= 3;
	x[TOKENS] = (float)(p - o);
	x[BOTH_SUBJECT] = rel == TD_NSUBJ && x[SUBJECT] > 0;
	x[OBJECT_BOTH] = rel == TD_OBJ && x[OBJECT] > 0;
	x[SUBJECT_POSS] = possessive && x[SUBJECT] > 0 && far == 0;
	x[COMMANDS] = commands;
	x[AFTER_CLAUSE] = far == 0 && !commands;
	bool quoted = run->quote[p] != TD_NONE, other = run->quote[o] != TD_NONE;
	x[INTO_QUOTE] = quoted && !other;
	x[FROM_QUOTE] = other && !quoted;
}

/* `between`: how many other clusters that would do stand between the two. */
static void all_features(td_coref_run *run, uint32_t i, uint32_t j, uint32_t between, float x[N_FEATURES])
{
	const td_mention *m = td_men(run, i), *o = td_men(run, j);
	const td_cluster *c = td_info(run, j);
	memset(x, 0, N_FEATURES * sizeof *x);
	relation_features(run->doc, o->head, x);
	pair_features(run, i, j, x);
	x[BETWEEN] = (float)(between < 4 ? between : 4);
	x[HAS_NAME] = c->named != 0;
	x[IS_NAME] = o->kind == TD_NAMED;
	x[IS_PRONOUN] = o->kind == TD_PRONOUN;
	x[SAME_FORM] = o->kind == TD_PRONOUN && o->gender == m->gender && o->number == m->number && o->cls == m->cls;
	x[GENDER] = c->gender == m->gender && m->cls == TD_PERSON;
	x[NO_CLASS] = c->cls == TD_CLASS_NONE;
	x[BODY] = c->cls == TD_ORGANIZATION;
	x[PLURAL] = c->number == TD_PLURAL;
	x[DEMONYM] = o->demonym != 0;
	x[SIZE] = (float)(c->n < 8 ? c->n : 8);
	x[TOPIC] = run->doc->toks.at[td_men(run, td_root(run, j))->head].sent == 0;
}

static float score(td_coref_run *run, uint32_t i, uint32_t j, uint32_t between, person who)
{
	float x[N_FEATURES], s = 0;
	uint32_t column = who == THIRD_PERSON ? 0 : who == THIRD_THING ? 1 : 2;
	all_features(run, i, j, between, x);
	for (uint32_t k = 0; k < N_FEATURES; k++) s += x[k] * weights[k][column];
	return s;
}

static bool possible(td_coref_run *run, uint32_t i, uint32_t j, person who)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i), *o = td_men(run, j);
	const td_cluster *c = td_info(run, j);
	if (!class_fits(who, c, o) || td_root(run, i) == td_root(run, j)) return false;
	/* "I" is whoever speaks; as long as nobody knows who that is, it tells nothing about "he". */
	if (o->kind == TD_PRONOUN && !c->named && person_of(doc, o) <= FIRST_PLURAL) return false;
	if (who == THIRD_PERSON && (!td_genders_fit((td_gender)c->gender, (td_gender)m->gender) || c->number == TD_PLURAL)) return false;
	if (doc->toks.at[m->head].sent == doc->toks.at[o->head].sent) {
		if (reflexive(doc, m->head)) return core_argument(doc, o->head) || doc->toks.at[o->head].deprel == TD_NSUBJ_PASS;
		if (bound_apart(doc, m->head, o->head) || dominated(doc, m->head, o->head)) return false;
	} else if (reflexive(doc, m->head)) {
		return false;
	}
	/* A speaker does not call himself "he". */
	uint32_t q = run->quote[m->head];
	return q == TD_NONE || run->said.at[q].speaker == TD_NONE || td_root(run, run->said.at[q].speaker) != td_root(run, j);
}

/* "In his speech, Putin said": the main clause's subject behind the pronoun, when nothing before it fits. */
static uint32_t behind(td_coref_run *run, uint32_t i, person who)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i);
	uint32_t sent = doc->toks.at[m->head].sent, root = doc->sents.at[sent].root;
	if (root == TD_NONE) return TD_NONE;
	uint32_t subject = td_child(doc, root, TD_NSUBJ), j = subject == TD_NONE ? TD_NONE : run->headed[subject];
	if (j == TD_NONE || j <= i || td_men(run, j)->kind == TD_PRONOUN || doc->toks.at[m->head].head == root) return TD_NONE;
	const td_cluster *c = td_info(run, j);
	if (!class_fits(who, c, td_men(run, j)) || (who == THIRD_PERSON && !td_genders_fit((td_gender)c->gender, (td_gender)m->gender))) return TD_NONE;
	return j;
}

/* "It is an international crisis": the predicate says what kind of thing is meant. */
static bool predicate_fits(td_coref_run *run, uint32_t i, uint32_t j)
{
	const td_doc *doc = run->doc;
	uint32_t t = td_men(run, i)->head, up = doc->toks.at[t].head;
	if (up == TD_NONE || doc->toks.at[up].upos != TD_NOUN || doc->toks.at[t].deprel != TD_NSUBJ || td_child(doc, up, TD_COP) == TD_NONE) return true;
	td_class cls = td_noun_class(doc, run->lexicon, up, NULL);
	return cls != TD_CLASS_NONE && td_classes_fit(cls, td_info(run, j)->cls);
}

/* The best of the nouns that are no mentions ("the referendum", "the deal"): "it" may well be one of them. */
static float best_other(td_coref_run *run, uint32_t i)
{
	static const char *const idle[] = { "year", "month", "week", "day", "time", "today", "yesterday", "part", "way", "case", "support", "moment", "number", NULL };
	const td_doc *doc = run->doc;
	uint32_t t = td_men(run, i)->head, sent = doc->toks.at[t].sent;
	float best = MIN_SCORE;
	for (uint32_t k = t, steps = 0; k-- > 0 && steps < MAX_OTHER_TOKENS; steps++) {
		const td_token *tok = &doc->toks.at[k];
		if (tok->sent + 1 < sent) break;
		if (tok->upos != TD_NOUN || tok->xpos == TD_XP_NNS || run->headed[k] != TD_NONE || td_tok_in(doc, k, idle)) continue;
		if (tok->deprel == TD_COMPOUND || tok->head == t || bound_apart(doc, t, k)) continue;
		td_mention as = { .toks = { k, k + 1 }, .head = k };
		float s = role_weight(doc, &as) - 3.0F * (float)(sent - tok->sent) - 0.01F * (float)(t - k) + OTHER_BONUS;
		if (s > best) best = s;
	}
	return best;
}

static uint32_t third(td_coref_run *run, uint32_t i, person who)
{
	const td_doc *doc = run->doc;
	uint32_t best = TD_NONE, sent = doc->toks.at[td_men(run, i)->head].sent, steps = 0;
	float best_score = MIN_SCORE;
	uint32_t between = 0, last = TD_NONE;
	for (uint32_t j = i; j-- > 0 && steps < MAX_CANDIDATES; steps++) {
		if (doc->toks.at[td_men(run, j)->head].sent + MAX_SENTENCES_BACK < sent) break;
		if (!possible(run, i, j, who) || (who == THIRD_THING && !predicate_fits(run, i, j))) continue;
		if (last != TD_NONE && last != td_root(run, j)) between++;
		last = td_root(run, j);
		float s = score(run, i, j, between, who);
		if (s > best_score) {
			best_score = s;
			best = j;
		}
	}
	uint32_t j = who == THIRD_PLURAL ? TD_NONE : behind(run, i, who);
	if (j != TD_NONE && (best == TD_NONE || best_score < SURE[who == THIRD_PERSON ? 0 : 1])) return j;
	if (who == THIRD_THING && best != TD_NONE && best_other(run, i) > best_score) return TD_NONE;
	return best;
}

void td_coref_pronoun(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	person who = person_of(run->doc, m);
	uint32_t q = run->quote[m->head], to = TD_NONE, speaker = q == TD_NONE ? TD_NONE : run->said.at[q].speaker;
	if (who == FIRST_SINGULAR || who == FIRST_PLURAL) {
		if (speaker == TD_NONE) return;
		const td_cluster *c = td_info(run, speaker);
		bool one = c->cls == TD_PERSON || c->cls == TD_CLASS_NONE;
		if (who == FIRST_SINGULAR ? one || c->cls == TD_GROUP : c->cls == TD_ORGANIZATION || c->cls == TD_GROUP || c->cls == TD_PLACE) to = speaker;
		if (to != TD_NONE && !one && who == FIRST_SINGULAR) to = TD_NONE;
	} else {
		to = third(run, i, who);
	}
	if (to == TD_NONE) return;
	/* A thing's pronoun takes the class of what it stands for. */
	td_cluster *own = td_info(run, i);
	if (who == THIRD_THING || who == THIRD_PLURAL || who == FIRST_PLURAL) own->cls = TD_CLASS_NONE;
	if (own->number != td_info(run, to)->number) own->number = TD_NUMBER_UNKNOWN;
	(void)td_join(run, i, to);
}
