/* The time of one event, given to others by the tree of their sentence: what is told together happened together. */
#include "kg/events.h"

void td_copy_time(td_event *to, const td_event *from)
{
	if (to->begin.year || !from->begin.year) return;
	to->begin = from->begin;
	to->end = from->end;
	to->span = from->span;
	to->time_text = from->time_text;
}

uint32_t td_times_from(const td_doc *doc, uint32_t tok)
{
	uint32_t lo = 0, hi = doc->times.n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (doc->times.at[mid].toks.from < tok) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

/* "at the request of": what is known from elsewhere happened before. */
static bool is_known(const td_doc *doc, uint32_t noun)
{
	uint32_t det = td_child(doc, noun, TD_DETERM);
	if (td_child(doc, noun, TD_NMOD_POSS) != TD_NONE) return true;
	return det != TD_NONE && !td_str_eq(doc->toks.at[det].lemma, TD_STR("a")) && !td_str_eq(doc->toks.at[det].lemma, TD_STR("no"));
}

/* "won the primary on Tuesday": whoever wins or holds it does so when it takes place. */
static bool is_held_then(const td_doc *doc, uint32_t noun)
{
	static const char *const verbs[] = { "win", "lose", "hold", "host", "stage", "play", "sweep", "top", "run", "finish", "attend", "conduct", "carry", "open", "kick" };
	uint32_t verb = doc->toks.at[noun].head;
	if (doc->toks.at[noun].deprel != TD_OBJ && doc->toks.at[noun].deprel != TD_NSUBJ_PASS) return false;
	return TD_LEMMA_AMONG(doc, verb, verbs);
}

/* Is `noun` an event that came about with what its verb tells? "The coup removed …", "issued a statement". */
static bool is_told_new(const td_doc *doc, uint32_t noun)
{
	const td_token *t = &doc->toks.at[noun];
	if (t->upos != TD_NOUN) return false;
	td_str prep = td_case_of(doc, noun);
	bool setting = t->deprel == TD_OBL && (td_str_eq(prep, TD_STR("in")) || td_str_eq(prep, TD_STR("during")));
	bool along = t->deprel == TD_OBL && (td_str_eq(prep, TD_STR("with")) || td_str_eq(prep, TD_STR("by"))); /* not "over", "despite", "on charges" */
	return t->deprel == TD_NSUBJ || setting || is_held_then(doc, noun) || ((t->deprel == TD_OBJ || t->deprel == TD_NSUBJ_PASS || along) && !is_known(doc, noun));
}

/* Participles ("left the hall, shouting") and events told one behind the other. */
static bool is_told_along(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	bool participle = t->xpos == TD_XP_VBG || t->xpos == TD_XP_VBN;
	return t->deprel == TD_CONJ || (t->deprel == TD_ADVCL && participle && td_child(doc, tok, TD_MARK) == TD_NONE);
}

static bool is_setting(const td_doc *doc, uint32_t tok)
{
	static const char *const during[] = { "in", "at", "during" };
	if (doc->toks.at[tok].deprel != TD_OBL && doc->toks.at[tok].deprel != TD_NMOD) return false; /* "victories in the election" */
	td_str prep = td_case_of(doc, tok);
	for (size_t k = 0; k < sizeof during / sizeof *during; k++)
		if (td_str_eq(prep, td_str_of(during[k]))) return true;
	return false;
}

/* The event of a verb; of one that is none, that of its object or its subject ("suffered wounds"), or of the noun that it describes
 * ("a tweet sent during the debate"). */
static uint32_t event_of_clause(const td_doc *doc, const uint32_t *event_at, uint32_t verb)
{
	if (event_at[verb] != TD_NONE) return event_at[verb];
	uint32_t obj = td_child(doc, verb, TD_OBJ), subj = td_child(doc, verb, TD_NSUBJ);
	if (doc->toks.at[verb].deprel == TD_ACL && doc->toks.at[verb].head < doc->toks.n) return event_at[doc->toks.at[verb].head];
	if (obj != TD_NONE && event_at[obj] != TD_NONE) return event_at[obj];
	return subj != TD_NONE ? event_at[subj] : TD_NONE;
}

void td_setting_times(td_doc *doc, const uint32_t *event_at)
{
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		uint32_t head = doc->toks.at[t].head;
		if (event_at[t] == TD_NONE || head >= doc->toks.n || !is_setting(doc, t)) continue;
		uint32_t done = event_of_clause(doc, event_at, head);
		if (done != TD_NONE) td_copy_time(&doc->events.at[done], &doc->events.at[event_at[t]]);
		/* "two were killed and eight injured in a bombing" */
		uint32_t first = doc->toks.at[head].deprel == TD_CONJ ? doc->toks.at[head].head : TD_NONE;
		if (first < doc->toks.n && event_at[first] != TD_NONE) td_copy_time(&doc->events.at[event_at[first]], &doc->events.at[event_at[t]]);
	}
}

/* "When she resigned in 1995, he joined the race": told with what a clause dates. */
static bool dates_its_clause(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	if (t->deprel != TD_ADVCL || t->quoted != doc->toks.at[t->head].quoted || t->xpos != doc->toks.at[t->head].xpos) return false;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (td_lemma_is(doc, doc->child[i], "when")) return true;
	return false;
}

void td_spread_times(td_doc *doc, const uint32_t *event_at)
{
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		uint32_t head = doc->toks.at[t].head;
		if (event_at[t] == TD_NONE || head >= doc->toks.n || event_at[head] == TD_NONE) continue;
		if (dates_its_clause(doc, t)) td_copy_time(&doc->events.at[event_at[head]], &doc->events.at[event_at[t]]);
		if (is_told_along(doc, t) || is_told_new(doc, t)) td_copy_time(&doc->events.at[event_at[t]], &doc->events.at[event_at[head]]);
	}
}
