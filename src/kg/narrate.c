/* The day of the story: a news text gives a day once ("on Monday") and then tells on, in the simple past, without repeating it.
 * What has no time of its own and is told so happened on the day told of last (Partee 1984, "Nominal and temporal anaphora";
 * Allen's narrative reading). Only day-precise days around the document's date move the story. */
#include "kg/events.h"
#include "kg/kg.h"

enum {
	STORY_DAYS = 14, /* a day further back than this is background, not the story */
	LEAD = 4, /* sentences that the headline, a line with the date and the lead are */
	MAX_SILENCE = 12, /* sentences after which the day told of last no longer holds */
};

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint32_t *event_at;  /* [n_tokens] by trigger */
	uint32_t *first_arg, *next_arg; /* the arguments of an event */
	td_date day;         /* told of last */
	uint32_t sent;       /* where it was given */
	uint32_t away;       /* sentence that tells of another time, long before; TD_NONE */
	td_date lead;        /* the first day told, if it stands near the beginning */
	bool *dead;          /* [n_entities] died in the story: what they did they did before */
	td_date *acted;      /* [n_entities] the day on which somebody last took part in the story */
	uint32_t *n_tellings; /* [n_events] in other sentences than that of its first trigger */
} story;

static bool is_story_day(const td_doc *doc, td_date day)
{
	if (!day.day || !doc->date.day) return false;
	int32_t ago = td_date_days(doc->date) - td_date_days(day);
	return ago >= 0 && ago <= STORY_DAYS;
}

/* What the auxiliaries of a verb tell of its time. */
typedef enum { AUX_NONE, AUX_PAST, AUX_OTHER } aux_time;

static aux_time aux_of(const td_doc *doc, uint32_t verb)
{
	aux_time out = AUX_NONE;
	for (uint32_t i = doc->first_child[verb]; i < doc->first_child[verb + 1]; i++) {
		const td_token *c = &doc->toks.at[doc->child[i]];
		if (td_deprel_base((td_deprel)c->deprel) != TD_AUXIL && c->deprel != TD_COP) continue;
		if (td_str_eq(c->lemma, TD_STR("have")) || c->xpos == TD_XP_MD) return AUX_OTHER;
		if (c->xpos == TD_XP_VBD) out = AUX_PAST;
	}
	return out;
}

/* Simple past: a VBD, or what has one as its auxiliary or copula; no "had", nor one that is joined to a perfect ("has divorced and
 * returned"). */
static bool simple_past(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	aux_time aux = aux_of(doc, tok);
	if (aux == AUX_NONE && t->deprel == TD_CONJ && t->head < doc->toks.n) aux = aux_of(doc, t->head);
	return aux != AUX_OTHER && (t->xpos == TD_XP_VBD || aux == AUX_PAST);
}

/* "recently", "previously", "often": another day than that of the story. */
static bool told_apart(const td_doc *doc, uint32_t tok)
{
	static const char *const words[] = { "recently", "previously", "earlier", "formerly", "once", "originally", "before",
		"since", "already", "soon", "eventually", "ultimately", "historically", "traditionally", "initially", "rarely", "often", "usually", "always", "sometimes" };
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		const td_token *c = &doc->toks.at[doc->child[i]];
		for (size_t k = 0; c->deprel == TD_ADVMOD && k < sizeof words / sizeof *words; k++)
			if (td_str_eq(c->lemma, td_str_of(words[k]))) return true;
	}
	return false;
}

/* Told by the text itself, not by somebody quoted, and in no clause about another time ("when he met her", "who led the party"). */
static bool told_in_story(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	if (t->xpos == TD_XP_VBG && aux_of(doc, tok) == AUX_PAST) return !t->quoted; /* "who was visiting the town" */
	if (t->quoted || !simple_past(doc, tok) || told_apart(doc, tok)) return false;
	uint8_t rel = t->deprel == TD_CONJ && t->head < doc->toks.n ? doc->toks.at[t->head].deprel : t->deprel;
	return rel != TD_ACL_RELCL && rel != TD_ADVCL;
}

/* Does `tok` stand in the clause of `verb`, not in one below it? */
static bool in_clause_of(const td_doc *doc, uint32_t tok, uint32_t verb)
{
	for (int up = 0; up < TD_MAX_SENT_TOKENS && tok < doc->toks.n && tok != verb; up++) {
		td_deprel rel = td_deprel_base((td_deprel)doc->toks.at[tok].deprel);
		bool when = rel == TD_ADVCL && td_child(doc, tok, TD_MARK) == TD_NONE; /* "when" is no mark, and tells when */
		if (rel == TD_CCOMP || (rel == TD_ADVCL && !when) || rel == TD_ACL || rel == TD_PARATAXIS) return false;
		tok = doc->toks.at[tok].head;
	}
	return tok == verb;
}

/* Does the clause have a time expression of its own ("in 1972")? Then that is its time, even where it was not understood. */
static bool timed_clause(const td_doc *doc, uint32_t tok)
{
	td_range r = td_subtree(doc, tok);
	for (uint32_t k = td_times_from(doc, r.from); k < doc->times.n && doc->times.at[k].toks.to <= r.to; k++)
		if (doc->times.at[k].kind != TD_TIME_DURATION && in_clause_of(doc, doc->times.at[k].head, tok)) return true;
	return false;
}

static bool is_speech(const td_lexicon *lexicon, uint16_t cls)
{
	return td_str_eq(lexicon->classes.at[lexicon->classes.at[cls].top].name, TD_STR("Communication"));
}

/* People, and organizations that have a name: not "the police", who are many. */
static bool can_act(const td_entity *e)
{
	return e->cls == TD_PERSON || (e->cls == TD_ORGANIZATION && e->named);
}

/* Who takes part in what happens that day says and does the rest on that day, too; what others say of it they may say later. */
static void note_actors(story *s, uint32_t event)
{
	bool death = td_str_eq(s->lexicon->classes.at[s->doc->events.at[event].cls].name, TD_STR("Death"));
	for (uint32_t i = s->first_arg[event]; i != TD_NONE; i = s->next_arg[i]) {
		const td_arg *arg = &s->doc->args.at[i];
		if (death && !arg->is_event && arg->role == TD_PATIENT) s->dead[arg->target] = true;
		else if (!arg->is_event && arg->role <= TD_RECIPIENT && can_act(&s->doc->entities.at[arg->target])) s->acted[arg->target] = s->day;
	}
}

/* "There were several speakers at the rally, among them …": so do those who were there. */
static void note_present(story *s, uint32_t tok)
{
	const td_doc *doc = s->doc;
	td_str prep = td_case_of(doc, tok);
	td_range r = doc->sents.at[doc->toks.at[tok].sent].toks;
	if (!td_str_eq(prep, TD_STR("at")) && !td_str_eq(prep, TD_STR("during"))) return;
	for (uint32_t t = r.from; t < r.to; t++) {
		uint32_t m = td_mention_headed(doc, t), entity = m != TD_NONE ? doc->mentions.at[m].entity : TD_NONE;
		if (entity < doc->entities.n && !doc->toks.at[t].quoted && doc->entities.at[entity].cls == TD_PERSON) s->acted[entity] = s->day;
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

static bool by_dead(const story *s, uint32_t event)
{
	for (uint32_t i = s->first_arg[event]; i != TD_NONE; i = s->next_arg[i]) {
		const td_arg *arg = &s->doc->args.at[i];
		if (!arg->is_event && arg->role <= TD_RECIPIENT && s->dead[arg->target]) return true;
	}
	return false;
}

static bool is_lasting(const story *s, uint16_t cls)
{
	return td_str_eq(s->lexicon->classes.at[cls].name, TD_STR("Outbreak"));
}

static bool is_under(const story *s, uint16_t cls, const char *const *tops)
{
	td_str top = s->lexicon->classes.at[s->lexicon->classes.at[cls].top].name;
	for (; *tops; tops++)
		if (td_str_eq(top, td_str_of(*tops))) return !is_lasting(s, cls);
	return false;
}

static bool is_violent(const story *s, uint16_t cls)
{
	static const char *const tops[] = { "Conflict", "Life", "Disaster", NULL };
	return is_under(s, cls, tops);
}

/* Violence, deaths, disasters, journeys and contests are told one by one: one that a source reports, or that did not happen, is of that day,
 * too. But an epidemic has no day. */
static bool is_scene(const story *s, uint16_t cls)
{
	static const char *const tops[] = { "Movement", "Contest", NULL };
	return is_violent(s, cls) || is_under(s, cls, tops);
}

/* A case goes its way from day to day: a charge or a study is seldom of the day told of last, and an arrest only right behind it; a ruling that
 * is told is the news. */
static bool has_own_day(const story *s, uint16_t cls, uint32_t sent)
{
	if (sent <= s->sent + 2 && td_str_eq(s->lexicon->classes.at[cls].name, TD_STR("Arrest"))) return false;
	td_str top = s->lexicon->classes.at[s->lexicon->classes.at[cls].top].name;
	return td_str_eq(top, TD_STR("Justice")) && !td_str_eq(s->lexicon->classes.at[cls].name, TD_STR("Ruling"));
}

static void set_day(story *s, td_date day, uint32_t sent)
{
	if (!s->lead.year && sent > 0 && sent < LEAD) s->lead = day;
	s->day = day;
	s->sent = sent;
}

/* "The video showed protesters throwing stones": a participle of what the text tells in the past. */
static bool is_seen(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	if ((t->xpos != TD_XP_VBG && t->xpos != TD_XP_VBN) || t->deprel != TD_ACL) return false;
	uint32_t noun = t->head;
	if (noun < doc->toks.n && doc->toks.at[noun].deprel == TD_NMOD) noun = doc->toks.at[noun].head; /* "a group of protesters" */
	uint32_t verb = noun < doc->toks.n ? doc->toks.at[noun].head : TD_NONE;
	return verb < doc->toks.n && doc->toks.at[noun].deprel == TD_OBJ && told_in_story(doc, verb);
}

/* "No injuries were recorded": by a verb that is no event. */
static bool is_noted(const story *s, uint32_t tok)
{
	const td_token *t = &s->doc->toks.at[tok];
	bool subject = td_deprel_base((td_deprel)t->deprel) == TD_NSUBJ && t->upos == TD_NOUN && t->head < s->doc->toks.n;
	return subject && s->event_at[t->head] == TD_NONE && told_in_story(s->doc, t->head) && !timed_clause(s->doc, t->head);
}

/* "before his resignation", "since the war began": another time than that of the story. */
static bool says_when(const td_doc *doc, uint32_t tok)
{
	static const char *const preps[] = { "before", "since", "prior", "until" };
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		uint32_t c = doc->child[i], mark = td_child(doc, c, TD_MARK);
		uint8_t rel = doc->toks.at[c].deprel;
		if (rel != TD_OBL && rel != TD_ADVCL) continue;
		td_str prep = mark != TD_NONE ? doc->toks.at[mark].lemma : td_case_of(doc, c);
		for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
			if (td_str_eq(prep, td_str_of(preps[k]))) return true;
	}
	return false;
}

/* Did it happen on the day told of last? What is told of in the past, and did happen or was violent; a violent event that the text comes
 * back to, however it tells of it; and what those said who took part in what happened that day. */
static bool is_of_story(const story *s, uint32_t tok, uint32_t event)
{
	const td_event *e = &s->doc->events.at[event];
	bool scene = is_scene(s, e->cls), real = e->factuality == TD_ACTUAL || e->factuality == TD_REPORTED || e->factuality == TD_NEGATED;
	if (scene && real && s->n_tellings[event] > 0 && aux_of(s->doc, tok) != AUX_OTHER) return true;
	if (!is_violent(s, e->cls) && by_dead(s, event)) return false;
	/* What people say about the story is often said on another day than it happened, unless it happened today. */
	bool at_once = !is_speech(s->lexicon, e->cls) || td_date_cmp(s->day, s->doc->date) == 0;
	if (!(scene ? real : e->factuality == TD_ACTUAL && (at_once || by_actor(s, event)))) return false;
	if (says_when(s->doc, tok)) return false;
	return (told_in_story(s->doc, tok) || (scene && is_noted(s, tok)) || (scene && is_seen(s->doc, tok))) && !timed_clause(s->doc, tok);
}

/* Does the text still tell of another time? Until the paragraph ends, or the story goes on with a day. */
static bool is_away(const story *s, uint32_t sent)
{
	enum { LONGEST = 10 };
	if (s->away == TD_NONE || s->away < s->sent || sent <= s->away || sent > s->away + LONGEST) return false;
	for (uint32_t i = s->away + 1; i <= sent; i++)
		if (s->doc->sents.at[i].starts_para) return false;
	return true;
}

/* The day that somebody calls "today" when he speaks is the day on which he does; .year 0: he calls none so. */
static td_date said_today(const td_doc *doc, uint32_t tok)
{
	static const char *const words[] = { "today", "tonight" };
	td_range r = doc->sents.at[doc->toks.at[tok].sent].toks;
	for (uint32_t k = td_times_from(doc, r.from); k < doc->times.n && doc->times.at[k].toks.from < r.to; k++)
		for (size_t w = 0; w < sizeof words / sizeof *words; w++)
			if (doc->toks.at[doc->times.at[k].toks.from].quoted && td_lemma_is(doc, doc->times.at[k].toks.from, words[w])) return doc->times.at[k].begin;
	return (td_date){ 0 };
}

static void tell(story *s, uint32_t tok, uint32_t event)
{
	const td_doc *doc = s->doc;
	td_event *e = &s->doc->events.at[event];
	uint32_t sent = doc->toks.at[tok].sent;
	if (e->begin.year) {
		if (e->span || !is_story_day(doc, e->begin) || (e->factuality != TD_ACTUAL && e->factuality != TD_REPORTED)) return;
		set_day(s, e->begin, sent);
		note_actors(s, event);
		note_present(s, tok);
		return;
	}
	if (is_speech(s->lexicon, e->cls) && told_in_story(doc, tok) && !timed_clause(doc, tok)) e->begin = e->end = said_today(doc, tok);
	if (e->begin.year || has_own_day(s, e->cls, sent)) return;
	if ((is_away(s, sent) && (sent > s->away + 1 || !by_actor(s, event))) || !s->day.year || sent - s->sent > MAX_SILENCE || !is_of_story(s, tok, event)) return;
	e->begin = e->end = s->day;
	note_actors(s, event);
}

/* "people killed on Friday": what is past, without a finite verb. */
static bool reduced(const td_doc *doc, uint32_t tok)
{
	return doc->toks.at[tok].deprel == TD_ACL && doc->toks.at[tok].xpos == TD_XP_VBN && !doc->toks.at[tok].quoted;
}

/* "On Friday the streets were full": the day moves on with what is no event, too. */
static void tell_day(story *s, const td_time *time)
{
	enum { MAX_UP = 4 };
	const td_doc *doc = s->doc;
	bool before = time->kind <= TD_TIME_SPAN && time->begin.year && time->end.year && s->day.year && td_date_cmp(time->begin, s->day) < 0;
	if (before && !is_story_day(doc, time->begin) && !doc->toks.at[time->toks.from].quoted) s->away = doc->toks.at[time->toks.from].sent;
	if (time->kind != TD_TIME_DATE || doc->toks.at[time->toks.from].quoted || !is_story_day(doc, time->begin) || time->head >= doc->toks.n) return;
	uint32_t tok = time->head;
	for (int up = 0; up < MAX_UP && tok < doc->toks.n && !simple_past(doc, tok) && !reduced(doc, tok); up++) tok = doc->toks.at[tok].head;
	if (tok >= doc->toks.n || (!told_in_story(doc, tok) && !reduced(doc, tok)) || doc->toks.at[tok].deprel == TD_CCOMP) return;
	set_day(s, time->begin, doc->toks.at[tok].sent);
}

/* "He left the hall, shouting", "when she arrived": an adverbial clause is of the day of the clause that it belongs to. */
static void spread(story *s, uint32_t tok)
{
	td_doc *doc = s->doc;
	const td_token *t = &doc->toks.at[tok];
	bool now = t->xpos == TD_XP_VBZ || t->xpos == TD_XP_VBP;
	if (now || t->deprel != TD_ADVCL || t->head >= doc->toks.n || s->event_at[t->head] == TD_NONE) return;
	td_event *e = &doc->events.at[s->event_at[tok]];
	if (e->factuality == TD_ACTUAL && t->quoted == doc->toks.at[t->head].quoted && !timed_clause(doc, tok))
		td_copy_time(e, &doc->events.at[s->event_at[t->head]]);
}

/* "Driver in crash pleads guilty", "brother of murdered star jailed": what only describes somebody is older news. */
static bool is_background(const story *s, uint32_t tok)
{
	const td_token *t = &s->doc->toks.at[tok];
	td_deprel rel = td_deprel_base((td_deprel)t->deprel);
	/* "overturns convictions", "agrees to suspend": what is done to something, or agreed to, is another day's */
	if (rel == TD_OBJ && t->upos != TD_VERB && t->head < s->doc->toks.n && s->event_at[t->head] != TD_NONE && s->event_at[t->head] != s->event_at[tok]) return true;
	if (rel == TD_XCOMP && t->xpos == TD_XP_VB) return true;
	return rel == TD_NMOD || rel == TD_AMOD || rel == TD_COMPOUND || rel == TD_ACL;
}

/* The headline tells in the present tense what the lead tells with its day. */
static void tell_headline(const story *s)
{
	td_doc *doc = s->doc;
	uint32_t end = doc->sents.n ? doc->sents.at[0].toks.to : 0;
	if (!s->lead.year || end == 0 || td_str_eq(doc->toks.at[end - 1].form, TD_STR("."))) return;
	for (uint32_t t = 0; t < end; t++) {
		td_event *e = s->event_at[t] != TD_NONE ? &doc->events.at[s->event_at[t]] : NULL;
		/* "the 2019 election": the year only tells which one */
		if (!e || e->begin.month || (e->begin.year && e->begin.year != s->lead.year) || e->factuality != TD_ACTUAL || is_background(s, t) || is_lasting(s, e->cls)) continue;
		e->begin = e->end = s->lead;
		e->span = false;
		e->time_text = (td_str){ 0 };
	}
}

static td_status prepare(story *s, td_error *err)
{
	td_doc *doc = s->doc;
	s->event_at = td_arena_alloc(&doc->arena, ((size_t)doc->toks.n + 1) * sizeof *s->event_at);
	s->first_arg = td_arena_alloc(&doc->arena, ((size_t)doc->events.n + 1) * sizeof *s->first_arg);
	s->next_arg = td_arena_alloc(&doc->arena, ((size_t)doc->args.n + 1) * sizeof *s->next_arg);
	s->n_tellings = td_arena_zero(&doc->arena, (size_t)doc->events.n + 1, sizeof *s->n_tellings);
	s->dead = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, sizeof *s->dead);
	s->acted = td_arena_alloc(&doc->arena, ((size_t)doc->entities.n + 1) * sizeof *s->acted);
	if (!s->event_at || !s->first_arg || !s->next_arg || !s->acted || !s->n_tellings || !s->dead) return td_no_memory(err);
	for (uint32_t t = 0; t < doc->toks.n; t++) s->event_at[t] = TD_NONE;
	for (uint32_t i = 0; i < doc->events.n; i++) s->first_arg[i] = TD_NONE;
	memset(s->acted, 0, ((size_t)doc->entities.n + 1) * sizeof *s->acted);
	for (uint32_t i = doc->args.n; i-- > 0;) {
		s->next_arg[i] = s->first_arg[doc->args.at[i].event];
		s->first_arg[doc->args.at[i].event] = i;
	}
	/* Triggers in text order; event coreference has left them in whatever order it found them. */
	for (uint32_t i = 0; i < doc->triggers.n; i++)
		if (doc->triggers.at[i].head < doc->toks.n && doc->triggers.at[i].event < doc->events.n) {
			s->event_at[doc->triggers.at[i].head] = doc->triggers.at[i].event;
			uint32_t first = doc->triggers.at[doc->events.at[doc->triggers.at[i].event].trigger].head;
			bool again = first < doc->toks.n && doc->toks.at[doc->triggers.at[i].head].sent != doc->toks.at[first].sent;
			s->n_tellings[doc->triggers.at[i].event] += again;
		}
	return TD_OK;
}

td_status td_narrate(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	story s = { .doc = doc, .lexicon = lexicon, .away = TD_NONE };
	TRY(prepare(&s, err));
	td_setting_times(doc, s.event_at);
	for (uint32_t t = 0, k = 0; t < doc->toks.n; t++) {
		for (; k < doc->times.n && doc->times.at[k].toks.from <= t; k++) tell_day(&s, &doc->times.at[k]);
		if (s.event_at[t] != TD_NONE) tell(&s, t, s.event_at[t]);
	}
	tell_headline(&s);
	for (uint32_t t = 0; t < doc->toks.n; t++)
		if (s.event_at[t] != TD_NONE) spread(&s, t);
	return TD_OK;
}
