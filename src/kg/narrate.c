/* The day of the story: a news text gives a day once ("on Monday") and then tells on, in the simple past, without repeating it.
 * What has no time of its own and is told so happened on the day told of last (Partee 1984, "Nominal and temporal anaphora";
 * Allen's narrative reading). Only day-precise days around the document's date move the story. */
#include "kg/kg.h"

enum {
	STORY_DAYS = 7, /* a day further back than this is background, not the story */
	MAX_SILENCE = 12, /* sentences after which the day told of last no longer holds */
};

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint32_t *event_at;  /* [n_tokens] by trigger */
	uint32_t *first_arg, *next_arg; /* the arguments of an event */
	td_date day;         /* told of last */
	uint32_t sent;       /* where it was given */
	td_date *acted;      /* [n_entities] the day on which somebody last took part in the story */
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

/* Who takes part in what happens that day says what he says on that day. */
static void note_actors(story *s, uint32_t event)
{
	for (uint32_t i = s->first_arg[event]; i != TD_NONE; i = s->next_arg[i]) {
		const td_arg *arg = &s->doc->args.at[i];
		if (!arg->is_event && arg->role <= TD_RECIPIENT && s->doc->entities.at[arg->target].cls == TD_PERSON) s->acted[arg->target] = s->day;
	}
}

static bool by_actor(const story *s, uint32_t event)
{
	for (uint32_t i = s->first_arg[event]; i != TD_NONE; i = s->next_arg[i]) {
		const td_arg *arg = &s->doc->args.at[i];
		if (!arg->is_event && arg->role == TD_AGENT && td_date_cmp(s->acted[arg->target], s->day) == 0) return true;
	}
	return false;
}

static void tell(story *s, uint32_t tok, uint32_t event)
{
	const td_doc *doc = s->doc;
	td_event *e = &s->doc->events.at[event];
	uint32_t sent = doc->toks.at[tok].sent;
	if (e->begin.year) {
		if (!is_story_day(doc, e) || (e->factuality != TD_ACTUAL && e->factuality != TD_REPORTED)) return;
		s->day = e->begin;
		s->sent = sent;
		note_actors(s, event);
		return;
	}
	if (!s->day.year || sent - s->sent > MAX_SILENCE || e->factuality != TD_ACTUAL) return;
	bool said_elsewhen = is_speech(s->lexicon, e->cls) && td_date_cmp(s->day, doc->date) != 0 && !by_actor(s, event);
	if (said_elsewhen || !told_in_story(doc, tok) || timed_clause(doc, tok)) return;
	e->begin = e->end = s->day;
	note_actors(s, event);
}

/* The headline tells in the present tense what the lead tells with its day. */
static void tell_headline(const story *s)
{
	td_doc *doc = s->doc;
	const uint32_t *event_at = s->event_at;
	enum { LEAD = 3 }; /* sentences behind the headline: a date line and the lead's */
	const td_event *lead = NULL;
	if (doc->sents.n < 2) return;
	uint32_t t = doc->sents.at[0].toks.to, end = doc->sents.at[doc->sents.n > LEAD ? LEAD : doc->sents.n - 1].toks.to;
	for (; t < end && !lead; t++)
		if (event_at[t] != TD_NONE && is_story_day(doc, &doc->events.at[event_at[t]])) lead = &doc->events.at[event_at[t]];
	for (t = 0; lead && t < doc->sents.at[0].toks.to; t++) {
		td_event *e = event_at[t] != TD_NONE ? &doc->events.at[event_at[t]] : NULL;
		if (!e || e->begin.year || e->factuality != TD_ACTUAL) continue;
		e->begin = e->end = lead->begin;
	}
}

static td_status prepare(story *s, td_error *err)
{
	td_doc *doc = s->doc;
	s->event_at = td_arena_alloc(&doc->arena, ((size_t)doc->toks.n + 1) * sizeof *s->event_at);
	s->first_arg = td_arena_alloc(&doc->arena, ((size_t)doc->events.n + 1) * sizeof *s->first_arg);
	s->next_arg = td_arena_alloc(&doc->arena, ((size_t)doc->args.n + 1) * sizeof *s->next_arg);
	s->acted = td_arena_alloc(&doc->arena, ((size_t)doc->entities.n + 1) * sizeof *s->acted);
	if (!s->event_at || !s->first_arg || !s->next_arg || !s->acted) return td_no_memory(err);
	for (uint32_t t = 0; t < doc->toks.n; t++) s->event_at[t] = TD_NONE;
	for (uint32_t i = 0; i < doc->events.n; i++) s->first_arg[i] = TD_NONE;
	memset(s->acted, 0, ((size_t)doc->entities.n + 1) * sizeof *s->acted);
	for (uint32_t i = doc->args.n; i-- > 0;) {
		s->next_arg[i] = s->first_arg[doc->args.at[i].event];
		s->first_arg[doc->args.at[i].event] = i;
	}
	/* Triggers in text order; event coreference has left them in whatever order it found them. */
	for (uint32_t i = 0; i < doc->triggers.n; i++)
		if (doc->triggers.at[i].head < doc->toks.n && doc->triggers.at[i].event < doc->events.n)
			s->event_at[doc->triggers.at[i].head] = doc->triggers.at[i].event;
	return TD_OK;
}

td_status td_narrate(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	story s = { .doc = doc, .lexicon = lexicon };
	TRY(prepare(&s, err));
	tell_headline(&s);
	for (uint32_t t = 0; t < doc->toks.n; t++)
		if (s.event_at[t] != TD_NONE) tell(&s, t, s.event_at[t]);
	return TD_OK;
}
