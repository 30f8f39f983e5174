/* Factuality: did it happen, as the document's own voice has it?
 *
 * From the trigger we climb the tree. Each word on the way may be under a cue that hangs on it (an auxiliary, a negation, "alleged"),
 * and may stand in the scope of the word above it ("plan to …", "denied that …"). Their effects are composed from the inside out.
 *
 *     they  did not  plan   to   meet          meet: Actual → (plan) Planned → (not) Negated
 *             └──────►└──xcomp───►┘
 *
 * Which words are cues, and over what, stands in ontology/cues.ttl. Here is only how effects compose, and which relations carry what
 * is said of a word on to the words below it. After Saurí and Pustejovsky, FactBank: a corpus annotated with event factuality (2009),
 * with its scale reduced to the five values of our ontology. */
#include "kg/attribution.h"
#include "kg/frame.h"
#include "kg/kg.h"

enum { MAX_DEPTH = 64 };

/* compose[what it was inside][cue outside] */
static const uint8_t compose[TD_FACTUALITY_COUNT][TD_FACTUALITY_COUNT] = {
	/*                    Actual        Reported      Planned       Possible      Negated */
	[TD_ACTUAL] = { TD_ACTUAL, TD_REPORTED, TD_PLANNED, TD_POSSIBLE, TD_NEGATED },
	[TD_REPORTED] = { TD_REPORTED, TD_REPORTED, TD_PLANNED, TD_POSSIBLE, TD_NEGATED },
	[TD_PLANNED] = { TD_PLANNED, TD_PLANNED, TD_PLANNED, TD_POSSIBLE, TD_NEGATED },
	[TD_POSSIBLE] = { TD_POSSIBLE, TD_POSSIBLE, TD_POSSIBLE, TD_POSSIBLE, TD_NEGATED },
	[TD_NEGATED] = { TD_NEGATED, TD_NEGATED, TD_NEGATED, TD_POSSIBLE, TD_ACTUAL },
};

typedef struct {
	const td_doc *doc;
	const td_lexicon *lexicon;
	uint8_t value; /* td_factuality so far */
	uint8_t seen;  /* bit k: a cue of factuality k has spoken */
	bool happened; /* it is told that it began, was held, …: a noun of which that is told is no longer taken for granted */
} judgement;

static void apply(judgement *j, uint8_t kind)
{
	j->value = compose[j->value][kind];
	j->seen = (uint8_t)(j->seen | 1u << kind);
}

/* ---- what a word says of one below it ----------------------------------------------------------------------------------- */

typedef struct {
	bool factuality, stance, through;
	bool told; /* as a clause: what is said of the telling is not said of what is told */
	bool granted;
	uint8_t effect;
} government;

static government governor(const judgement *j, uint32_t head, uint32_t below, bool trigger)
{
	const td_doc *doc = j->doc;
	government out = { 0 };
	td_cue cues[TD_MAX_CUES];
	uint32_t n = td_cues_at(doc, j->lexicon, head, cues);
	bool weak = false;
	for (uint32_t i = 0; i < n; i++) {
		bool only_below = td_cue_has(&cues[i], TD_STR("below"));
		if (!td_cue_governs(doc, &cues[i], below) || (only_below && trigger)) continue;
		out.through |= cues[i].kind == TD_CUE_THROUGH;
		out.granted |= td_cue_has(&cues[i], TD_STR("granted"));
		out.stance |= td_cue_is_stance(&cues[i]);
		out.told |= td_cue_is_stance(&cues[i]) && doc->toks.at[below].deprel == TD_CCOMP;
		if (!td_cue_is_factuality(&cues[i]) || (out.factuality && !weak)) continue;
		out.factuality = true;
		out.effect = cues[i].kind;
		weak = only_below;
	}
	if (weak && out.stance) out.factuality = false; /* "rejected claims that …" denies them, "rejected an offer to …" undoes it */
	if (out.stance && !out.factuality) out.effect = TD_REPORTED;
	return out;
}

/* ---- cues that hang on a word ---------------------------------------------------------------------------------------- */

static bool is_core(uint8_t deprel)
{
	td_deprel base = td_deprel_base(deprel);
	return base == TD_NSUBJ || base == TD_OBJ || base == TD_IOBJ || base == TD_OBL;
}

/* A stance says that only a source says so. */
static uint8_t effect_of(const td_cue *cue)
{
	return td_cue_is_stance(cue) ? (uint8_t)TD_REPORTED : cue->kind;
}

/* `trigger`: `over` is the event's own word, of which some cues do not speak. */
static void from_cue_word(judgement *j, uint32_t tok, uint32_t over, bool governed, bool trigger)
{
	td_cue cues[TD_MAX_CUES];
	uint32_t n = td_cues_at(j->doc, j->lexicon, tok, cues);
	for (uint32_t i = 0; i < n; i++) {
		if (!td_cue_is_factuality(&cues[i]) && !td_cue_is_stance(&cues[i])) continue;
		if ((governed && td_cue_has(&cues[i], TD_STR("weak"))) || (trigger && td_cue_has(&cues[i], TD_STR("below")))) continue;
		bool hangs = j->doc->toks.at[tok].head == over && td_cue_modifies(j->doc, &cues[i]);
		if (!hangs && !td_cue_governs(j->doc, &cues[i], over)) continue;
		apply(j, effect_of(&cues[i]));
		return;
	}
}

/* "nobody", "no troops", "according to X": cues in an argument of a verb that speak of its clause. */
static void from_clause_word(judgement *j, uint32_t tok)
{
	td_cue cues[TD_MAX_CUES];
	uint32_t n = td_cues_at(j->doc, j->lexicon, tok, cues);
	for (uint32_t i = 0; i < n; i++)
		if (td_cue_has(&cues[i], TD_STR("clause"))) {
			apply(j, effect_of(&cues[i]));
			return;
		}
}

/* "The prisoners, according to the ministry, were released": set off behind an argument, it tells of the clause. */
static void from_set_off(judgement *j, uint32_t argument)
{
	const td_doc *doc = j->doc;
	for (uint32_t i = doc->first_child[argument]; i < doc->first_child[argument + 1]; i++) {
		uint32_t child = doc->child[i], first = td_first_word(doc, child);
		bool set_off = child > argument && first > 0 && doc->toks.at[first - 1].upos == TD_PUNCT;
		if (set_off && doc->toks.at[child].deprel == TD_NMOD) from_clause_word(j, first);
	}
}

/* `from` is the child by which we came; what it said has been heard. */
static void from_arguments(judgement *j, uint32_t tok, uint32_t from)
{
	const td_doc *doc = j->doc;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		uint32_t child = doc->child[i];
		/* "report no casualties": they do report. */
		if (child == from || !is_core(doc->toks.at[child].deprel) || governor(j, tok, child, false).stance) continue;
		from_clause_word(j, child);
		from_set_off(j, child);
		uint32_t first = td_first_word(doc, child), det = td_child(doc, child, TD_DETERM);
		if (first != child) from_clause_word(j, first);
		if (det > tok && td_child(doc, child, TD_CASE) != TD_NONE) continue; /* "left with no answer": they did leave */
		if (det != TD_NONE && det != first) from_clause_word(j, det);
	}
}

/* What is said of all joined clauses stands in the first of them or in the last: "Reportedly, two died and eight were hurt." */
static void from_joint_words(judgement *j, uint32_t tok)
{
	const td_doc *doc = j->doc;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		uint32_t child = doc->child[i];
		td_deprel base = td_deprel_base(doc->toks.at[child].deprel);
		if (base == TD_ADVMOD || base == TD_OBL) from_clause_word(j, td_first_word(doc, child));
	}
}

static void from_later_clauses(judgement *j, uint32_t tok, uint32_t from)
{
	const td_doc *doc = j->doc;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (doc->child[i] != from && doc->toks.at[doc->child[i]].deprel == TD_CONJ) from_joint_words(j, doc->child[i]);
}

/* "told not to tell": the negation of an infinitive may hang on the verb above it. */
static bool negates_infinitive(const judgement *j, uint32_t tok)
{
	const td_doc *doc = j->doc;
	if (tok + 1 >= doc->toks.n || doc->toks.at[tok + 1].xpos != TD_XP_TO || doc->toks.at[tok + 1].sent != doc->toks.at[tok].sent) return false;
	td_cue cues[TD_MAX_CUES];
	return td_cues_at(doc, j->lexicon, tok, cues) && cues[0].kind == TD_CUE_NEGATED && td_cue_has(&cues[0], TD_STR("head"));
}

/* "If they agree, he would resign": the clause that a condition hangs on is as open as the condition, where its verb leaves it open. */
static void from_condition(judgement *j, uint32_t clause, uint32_t tok)
{
	const td_doc *doc = j->doc;
	td_cue cues[TD_MAX_CUES];
	uint32_t mark = td_deprel_base(doc->toks.at[clause].deprel) == TD_ADVCL ? td_child(doc, clause, TD_MARK) : TD_NONE;
	uint32_t modal = td_child(doc, tok, TD_AUXIL);
	uint32_t n = mark != TD_NONE && modal != TD_NONE && doc->toks.at[modal].xpos == TD_XP_MD ? td_cues_at(doc, j->lexicon, mark, cues) : 0;
	for (uint32_t i = 0; i < n; i++)
		if (td_cue_has(&cues[i], TD_STR("consequence"))) apply(j, cues[i].kind);
}

static void from_child(judgement *j, uint32_t child, uint32_t tok, bool governed, bool trigger)
{
	const td_doc *doc = j->doc;
	from_condition(j, child, tok);
	uint32_t verb = td_what_verb(doc, child);
	if (verb != TD_NONE) from_cue_word(j, verb, tok, governed, trigger);
	if (child > tok && negates_infinitive(j, child)) return;
	if (child > 0 && doc->toks.at[child - 1].head != tok && negates_infinitive(j, child - 1)) apply(j, TD_NEGATED);
	from_cue_word(j, child, tok, governed, trigger);
}

static void from_children(judgement *j, uint32_t tok, uint32_t from, bool governed)
{
	const td_doc *doc = j->doc;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (doc->child[i] != from) from_child(j, doc->child[i], tok, governed, from == TD_NONE);
	from_arguments(j, tok, from);
}

/* ---- the way up -------------------------------------------------------------------------------------------------------- */

/* "said the incidents injured six": without its "that" the clause may pass for an object and its participle. */
static bool is_lost_clause(const judgement *j, uint32_t below)
{
	uint32_t noun = j->doc->toks.at[below].head, verb = j->doc->toks.at[noun].head;
	return j->doc->toks.at[below].deprel == TD_ACL && verb < noun && governor(j, verb, noun, false).stance;
}

/* "investigate who leaked it", "asked why they had fled": that they did is taken for granted. */
static bool asks_for_part(const td_doc *doc, uint32_t clause)
{
	for (uint32_t i = doc->first_child[clause]; i < doc->first_child[clause + 1]; i++) {
		uint8_t xpos = doc->toks.at[doc->child[i]].xpos;
		if (xpos == TD_XP_WP || xpos == TD_XP_WRB) return true;
	}
	return false;
}

/* "stayed away because of a strike", "a recent attack may lead to": a preposition or an adjective that takes for granted what it brings. */
static bool is_grounded(const judgement *j, uint32_t tok)
{
	const td_doc *doc = j->doc;
	td_cue cues[TD_MAX_CUES];
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		uint8_t deprel = doc->toks.at[doc->child[i]].deprel;
		uint32_t n = deprel == TD_CASE || deprel == TD_AMOD ? td_cues_at(doc, j->lexicon, doc->child[i], cues) : 0;
		for (uint32_t k = 0; k < n; k++)
			if (td_cue_has(&cues[k], TD_STR("granted"))) return true;
	}
	return false;
}

/* "did not resign, saying that …": a participle behind a comma stands outside of what is negated. */
static bool is_set_off(const judgement *j, uint32_t tok)
{
	const td_doc *doc = j->doc;
	uint32_t from = td_subtree(doc, tok).from, head = doc->toks.at[tok].head;
	bool comma = doc->toks.at[from].upos == TD_PUNCT || (from > 0 && doc->toks.at[from - 1].upos == TD_PUNCT);
	if (!comma || tok < head) return false;
	td_cue cues[TD_MAX_CUES];
	for (uint32_t i = doc->first_child[head]; i < doc->first_child[head + 1]; i++) {
		uint32_t n = td_cues_at(doc, j->lexicon, doc->child[i], cues);
		for (uint32_t k = 0; k < n; k++)
			if (cues[k].kind == TD_CUE_NEGATED && td_cue_modifies(doc, &cues[k])) return true;
	}
	return false;
}

/* "In an attack on Sunday nobody was hurt": what the clause sets out from is not part of what it denies or plans. */
static bool is_fronted(const td_doc *doc, uint32_t tok)
{
	uint32_t verb = doc->toks.at[tok].head, subject = td_child(doc, verb, TD_NSUBJ);
	return tok < verb && subject != TD_NONE && tok < subject && td_child(doc, tok, TD_CASE) != TD_NONE;
}

/* Does what is said of the word above hold for the one below, too, where no cue links them? "He will meet X to sign Y" says nothing
 * of a definite thing ("discuss the attack"), which is taken for granted. */
static bool carries_down(const judgement *j, uint32_t below)
{
	const td_doc *doc = j->doc;
	switch (td_deprel_base(doc->toks.at[below].deprel)) {
	case TD_CCOMP:
		return !asks_for_part(doc, below);
	case TD_XCOMP:
		return true;
	case TD_ADVCL:
		return doc->toks.at[below].xpos == TD_XP_VBG && td_child(doc, below, TD_MARK) == TD_NONE && !is_set_off(j, below);
	case TD_COMPOUND:
		return true;
	case TD_OBL:
		return !td_presupposed(doc, below) && !is_grounded(j, below) && !is_fronted(doc, below);
	case TD_OBJ:
	case TD_NSUBJ:
		return !td_presupposed(doc, below) && !is_grounded(j, below);
	default:
		return false;
	}
}

/* The second of two verbs shares the auxiliaries of the first, unless it has its own or a subject or another form, or stands against it. */
static bool shares(const td_doc *doc, uint32_t conjunct, uint32_t first)
{
	const td_token *a = &doc->toks.at[conjunct], *b = &doc->toks.at[first];
	if (a->upos != TD_VERB) return true;
	if (b->upos != TD_VERB) return td_child(doc, conjunct, TD_NSUBJ) == TD_NONE;
	if (td_lemma_is(doc, td_child(doc, conjunct, TD_CC), "but")) return false;
	return a->xpos == b->xpos && td_child(doc, conjunct, TD_AUXIL) == TD_NONE && td_child(doc, conjunct, TD_NSUBJ) == TD_NONE;
}

/* "Did he resign?" leaves it open; "When did he resign?" does not. */
static bool is_question(const td_doc *doc, uint32_t root)
{
	td_range sent = doc->sents.at[doc->toks.at[root].sent].toks;
	uint32_t first = sent.from, last = sent.to;
	while (last > first && doc->toks.at[last - 1].upos == TD_PUNCT && !td_str_eq(doc->toks.at[last - 1].form, TD_STR("?"))) last--;
	while (first < last && doc->toks.at[first].upos == TD_PUNCT) first++;
	return first < last && td_str_eq(doc->toks.at[last - 1].form, TD_STR("?")) && doc->toks.at[first].upos == TD_AUX && doc->toks.at[first].head == root;
}

/* A clause that tells of it in the past. */
static bool is_past(const td_doc *doc, uint32_t tok)
{
	return doc->toks.at[tok].xpos == TD_XP_VBD || doc->toks.at[tok].xpos == TD_XP_VBN;
}

static void climb(judgement *j, uint32_t tok)
{
	const td_doc *doc = j->doc;
	uint32_t from = TD_NONE;
	bool modified = true;
	for (int depth = 0; depth < MAX_DEPTH; depth++) {
		uint32_t head = doc->toks.at[tok].head;
		bool conjunct = doc->toks.at[tok].deprel == TD_CONJ && head < doc->toks.n;
		government g = { 0 };
		if (head < doc->toks.n && !conjunct) g = governor(j, head, tok, from == TD_NONE);
		uint32_t around = td_verb_around(doc, tok);
		if (around != TD_NONE && !g.factuality && !g.stance) g = governor(j, around, tok, from == TD_NONE);
		if (modified)
			from_children(j, tok, from, g.factuality);
		else
			from_joint_words(j, tok);
		from_later_clauses(j, tok, from);
		if (head >= doc->toks.n) {
			if (is_question(doc, tok)) apply(j, TD_POSSIBLE);
			return;
		}
		j->happened |= from == TD_NONE && is_past(doc, head) && (g.through || carries_down(j, tok));
		if (g.factuality || g.stance) apply(j, g.effect);
		/* A noun that takes it for granted ("responsibility for the attack") keeps it so. */
		if (g.factuality && g.effect == TD_ACTUAL && td_deprel_base(doc->toks.at[tok].deprel) == TD_NMOD) return;
		if (g.granted || (g.told && (!g.factuality || g.effect == TD_ACTUAL))) return;
		if (!conjunct && !g.factuality && !g.stance && !g.through && !carries_down(j, tok) && !is_lost_clause(j, tok)) return;
		modified = !conjunct || shares(doc, tok, head);
		from = tok;
		tok = head;
	}
}

/* ---- events ------------------------------------------------------------------------------------------------------------ */

static bool is_speech(const td_lexicon *lexicon, const td_event *event)
{
	return td_lexicon_is_a(lexicon, event->cls, td_lexicon_class(lexicon, TD_STR("Communication")));
}

/* Later than the document, as precisely as both are known. A verb in the past has its own tense, and so has one of saying ("says the
 * talks begin on Monday"): the time is more likely that of what it governs. */
static bool is_future(const td_doc *doc, const td_lexicon *lexicon, const td_event *event)
{
	td_date a = event->begin, b = doc->date;
	uint8_t xpos = doc->toks.at[doc->triggers.at[event->trigger].head].xpos;
	bool present = xpos == TD_XP_VBP || xpos == TD_XP_VBZ;
	if (!a.year || !b.year || xpos == TD_XP_VBD || (present && is_speech(lexicon, event))) return false;
	if (a.year != b.year) return a.year > b.year;
	if (!a.month || !b.month || a.month != b.month) return a.month && b.month && a.month > b.month;
	return a.day && b.day && a.day > b.day;
}

/* "the candidate in the 2016 election": what bears the year of a time that is over was planned once. */
static bool is_over(const td_doc *doc, const td_event *event)
{
	uint32_t head = doc->triggers.at[event->trigger].head;
	if (!event->begin.year || event->begin.year >= doc->date.year) return false;
	for (uint32_t i = doc->first_child[head]; i < doc->first_child[head + 1]; i++)
		if (td_date_parse(doc->toks.at[doc->child[i]].form).year == event->begin.year) return true;
	return false;
}

/* "the presidential election campaign": a word that only says which one is meant tells of nothing. */
static bool is_attribute(const td_doc *doc, uint32_t tok)
{
	return doc->toks.at[tok].deprel == TD_COMPOUND || doc->toks.at[tok].deprel == TD_AMOD;
}

/* "We condemn", "I promise": who says so does it by saying it (Austin, How to do things with words, 1962). */
static bool is_performative(const td_doc *doc, const td_lexicon *lexicon, const td_event *event, uint32_t head)
{
	uint32_t subject = td_subject_of(doc, head), aux = td_child(doc, head, TD_AUX_PASS);
	uint8_t xpos = doc->toks.at[aux != TD_NONE ? aux : head].xpos;
	if (xpos != TD_XP_VBP || subject == TD_NONE || !td_is_first_person(doc->toks.at[subject].lemma)) return false;
	return is_speech(lexicon, event);
}

/* "elections which were held in June": whatever the sentence says of them, they were. */
static bool is_told_to_have_been(const td_doc *doc, const td_lexicon *lexicon, uint32_t noun)
{
	uint32_t clause = td_child(doc, noun, TD_ACL_RELCL);
	if (clause == TD_NONE || !is_past(doc, clause)) return false;
	td_cue cues[TD_MAX_CUES];
	bool through = false;
	for (uint32_t i = 0, n = td_cues_at(doc, lexicon, clause, cues); i < n; i++) through |= cues[i].kind == TD_CUE_THROUGH;
	judgement j = { doc, lexicon, TD_ACTUAL, 0, false };
	if (through) from_children(&j, clause, TD_NONE, false);
	return through && !j.seen;
}

/* `edge`: a source at the edge of the sentence tells of it, out of its reach in the tree. */
static void judge_event(td_doc *doc, const td_lexicon *lexicon, td_event *event, bool edge)
{
	judgement j = { doc, lexicon, TD_ACTUAL, 0, false };
	uint32_t head = doc->triggers.at[event->trigger].head;
	j.happened = is_told_to_have_been(doc, lexicon, head);
	if (!j.happened) climb(&j, head);
	if ((edge || doc->toks.at[head].quoted) && j.value == TD_ACTUAL) apply(&j, TD_REPORTED);
	if (j.value == TD_REPORTED && j.seen == 1u << TD_REPORTED && is_performative(doc, lexicon, event, head)) j.value = TD_ACTUAL;
	if (is_future(doc, lexicon, event) && (j.value == TD_ACTUAL || j.value == TD_REPORTED)) apply(&j, TD_PLANNED);
	if (j.value == TD_PLANNED && is_over(doc, event)) j.value = TD_ACTUAL;
	event->factuality = j.value;
	event->negated = j.seen;
	if (!j.seen && !j.happened && (doc->toks.at[head].upos == TD_NOUN || td_presupposed(doc, head) || is_attribute(doc, head))) event->negated = TD_GRANTED;
}

/* Told as a fact once it is a fact; else a doubt or a plan weighs more than a noun of which nothing is said, and that more than what only
 * sources tell. Weighed on annotated articles. */
static unsigned weight(const td_event *event)
{
	static const uint8_t weights[TD_FACTUALITY_COUNT] = {
		[TD_ACTUAL] = 5, [TD_POSSIBLE] = 4, [TD_PLANNED] = 3, [TD_NEGATED] = 2, [TD_REPORTED] = 0
	};
	return event->negated == TD_GRANTED ? 1 : weights[event->factuality];
}

void td_join_factuality(td_event *into, const td_event *other)
{
	if (weight(other) <= weight(into)) return;
	into->factuality = other->factuality;
	into->negated = other->negated;
}

/* Who says that something did not happen denies it; who says that it shall not asserts a plan. */
static bool is_denial(const td_event *event)
{
	return event->factuality == TD_NEGATED && !(event->negated & (1u << TD_PLANNED | 1u << TD_POSSIBLE));
}

static void judge_attributions(td_doc *doc)
{
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		td_attribution *at = &doc->attributions.at[i];
		const td_event *event = &doc->events.at[at->event];
		at->signs |= td_sign_if(event->factuality == TD_POSSIBLE, TD_SIGN_OPEN);
		if (at->stance == TD_ASSERTS && is_denial(event)) at->stance = TD_DENIES;
	}
}

td_status td_judge(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	uint8_t *edge = td_arena_zero(&doc->arena, (size_t)doc->events.n + 1, 1);
	if (!edge) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->attributions.n; i++)
		if (doc->attributions.at[i].signs & td_sign_if(true, TD_SIGN_EDGE)) edge[doc->attributions.at[i].event] = 1;
	for (uint32_t i = 0; i < doc->events.n; i++)
		if (doc->events.at[i].trigger < doc->triggers.n) judge_event(doc, lexicon, &doc->events.at[i], edge[i]);
	judge_attributions(doc);
	return TD_OK;
}
