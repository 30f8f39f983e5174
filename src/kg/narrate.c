/* The day of the story: a news text gives a day once ("on Monday") and then tells on, in the simple past, without repeating it.
 * What has no time of its own and is told so happened on the day told of last (Partee 1984, "Nominal and temporal anaphora";
 * Allen's narrative reading). Only day-precise days around the document's date move the story. */
#include "kg/kg.h"

enum {
	STORY_DAYS = 7, /* a day further back than this is background, not the story */
	MAX_SILENCE = 12, /* sentences after which the day told of last no longer holds */
};

typedef struct {
	td_date day;
	td_str text;
	uint32_t sent; /* where it was given */
} story;

static bool is_story_day(const td_doc *doc, const td_event *e)
{
	if (!e->begin.day || e->span || !doc->date.day) return false;
	int32_t ago = td_date_days(doc->date) - td_date_days(e->begin);
	return ago >= 0 && ago <= STORY_DAYS;
}

/* Simple past: a VBD, or a past participle whose auxiliary is one; no "had". */
static bool simple_past(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	if (t->xpos == TD_XP_VBD) return true;
	if (t->upos != TD_VERB) return false;
	bool past = false;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		const td_token *c = &doc->toks.at[doc->child[i]];
		if (td_deprel_base((td_deprel)c->deprel) != TD_AUXIL) continue;
		if (td_str_eq(c->lemma, TD_STR("have")) || c->xpos == TD_XP_MD) return false;
		past = past || c->xpos == TD_XP_VBD;
	}
	return past;
}

/* Told by the text itself, not by somebody quoted, and in no clause about another time ("when he met her", "who led the party"). */
static bool told_in_story(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	if (t->quoted || !simple_past(doc, tok)) return false;
	return t->deprel != TD_ACL_RELCL && t->deprel != TD_ADVCL;
}

/* Does the clause have a time expression of its own ("in 1972")? Then that is its time, even where it was not understood. */
static bool timed_clause(const td_doc *doc, uint32_t tok)
{
	td_range r = td_subtree(doc, tok);
	for (uint32_t i = 0; i < doc->times.n; i++) {
		const td_time *time = &doc->times.at[i];
		if (time->toks.from >= r.from && time->toks.to <= r.to && time->kind != TD_TIME_DURATION) return true;
	}
	return false;
}

/* What people say about the story is often said on another day than it happened, unless it happened today. */
static bool is_speech(const td_lexicon *lexicon, uint16_t cls)
{
	return td_str_eq(lexicon->classes.at[lexicon->classes.at[cls].top].name, TD_STR("Communication"));
}

static void tell(td_doc *doc, const td_lexicon *lexicon, uint32_t tok, td_event *e, story *now)
{
	uint32_t sent = doc->toks.at[tok].sent;
	if (e->begin.year) {
		if (is_story_day(doc, e) && (e->factuality == TD_ACTUAL || e->factuality == TD_REPORTED))
			*now = (story){ e->begin, e->time_text, sent };
		return;
	}
	if (!now->day.year || sent - now->sent > MAX_SILENCE) return;
	bool today = td_date_cmp(now->day, doc->date) == 0;
	if (e->factuality != TD_ACTUAL || (is_speech(lexicon, e->cls) && !today) || !told_in_story(doc, tok) || timed_clause(doc, tok)) return;
	e->begin = e->end = now->day;
}

td_status td_narrate(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	/* Triggers in text order; event coreference has left them in whatever order it found them. */
	uint32_t *event_at = td_arena_alloc(&doc->arena, ((size_t)doc->toks.n + 1) * sizeof *event_at);
	if (!event_at) return td_no_memory(err);
	for (uint32_t t = 0; t < doc->toks.n; t++) event_at[t] = TD_NONE;
	for (uint32_t i = 0; i < doc->triggers.n; i++)
		if (doc->triggers.at[i].head < doc->toks.n && doc->triggers.at[i].event < doc->events.n)
			event_at[doc->triggers.at[i].head] = doc->triggers.at[i].event;
	story now = { 0 };
	for (uint32_t t = 0; t < doc->toks.n; t++)
		if (event_at[t] != TD_NONE) tell(doc, lexicon, t, &doc->events.at[event_at[t]], &now);
	return TD_OK;
}
