/* Who takes part in an event that is only named where the text has told of him before: "Mann was arrested. … He faces a long sentence."
 * Proceedings against somebody have the same person as their patient all along. */
#include "kg/events.h"

enum { MAX_STORY = 4000 }; /* events of a document that are looked at */

/* Classes of which one who suffers the one suffers the others. */
static const char *const proceedings[] = { "Arrest", "Charge", "Trial", "Conviction", "Sentence", "Release" };

typedef struct {
	td_doc *doc;
	uint8_t *bound;    /* [events] bit 0: of proceedings; bit 1: its patient is known */
	uint8_t *accused;  /* [entities] patient of some proceedings */
	uint32_t *first_mention; /* [sentences + 1] */
} story;

static bool is_proceedings(const td_lexicon *lexicon, uint16_t cls)
{
	return TD_IS_AMONG(lexicon, cls, proceedings);
}

static td_status see(story *s, td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	*s = (story){ .doc = doc };
	s->bound = td_arena_zero(&doc->arena, (size_t)doc->events.n + 1, 1);
	s->accused = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, 1);
	s->first_mention = td_arena_zero(&doc->arena, (size_t)doc->sents.n + 2, sizeof *s->first_mention);
	if (!s->bound || !s->accused || !s->first_mention) return td_no_memory(err);
	for (uint32_t e = 0; e < doc->events.n; e++) s->bound[e] = is_proceedings(lexicon, doc->events.at[e].cls);
	for (uint32_t i = 0; i < doc->args.n; i++) {
		const td_arg *a = &doc->args.at[i];
		if (a->is_event || a->role != TD_PATIENT || !s->bound[a->event]) continue;
		s->bound[a->event] |= 2;
		if (doc->entities.at[a->target].cls == TD_PERSON) s->accused[a->target] = 1;
	}
	uint32_t sent = 0;
	for (uint32_t m = 0; m < doc->mentions.n; m++)
		while (sent <= doc->toks.at[doc->mentions.at[m].toks.from].sent) s->first_mention[sent++] = m;
	while (sent <= doc->sents.n) s->first_mention[sent++] = doc->mentions.n;
	return TD_OK;
}

static bool takes_part(const td_doc *doc, uint32_t event, uint32_t entity)
{
	for (uint32_t i = 0; i < doc->args.n && i < TD_MAX_INFER; i++)
		if (doc->args.at[i].event == event && !doc->args.at[i].is_event && doc->args.at[i].target == entity) return true;
	return false;
}

/* The one accused of whom a sentence speaks; TD_NONE when none or several. */
static uint32_t accused_in(const story *s, uint32_t sent, uint32_t event)
{
	uint32_t found = TD_NONE;
	for (uint32_t m = s->first_mention[sent]; m < s->first_mention[sent + 1]; m++) {
		uint32_t entity = s->doc->mentions.at[m].entity;
		if (entity >= s->doc->entities.n || !s->accused[entity]) continue;
		if (found != TD_NONE && s->doc->mentions.at[found].entity != entity) return TD_NONE;
		if (found == TD_NONE) found = m;
	}
	return found != TD_NONE && !takes_part(s->doc, event, s->doc->mentions.at[found].entity) ? found : TD_NONE;
}

static td_status name_accused(story *s, td_error *err)
{
	td_doc *doc = s->doc;
	for (uint32_t i = 0; i < doc->triggers.n; i++) {
		uint32_t event = doc->triggers.at[i].event, head = doc->triggers.at[i].head;
		if (s->bound[event] != 1 || head >= doc->toks.n) continue;
		uint32_t m = accused_in(s, doc->toks.at[head].sent, event);
		if (m == TD_NONE) continue;
		td_arg arg = { event, doc->mentions.at[m].entity, TD_PATIENT, 0, m };
		if (!TD_PUSH(&doc->arena, &doc->args, arg)) return td_no_memory(err);
		s->bound[event] |= 2;
	}
	return TD_OK;
}

/* ---- what is said of a deed ------------------------------------------------------------------------------------------- */

/* Who is accused of a deed has done it, as far as the accusation goes; who threatens with one will do it. */
static const struct {
	const char *about;
	uint8_t role;
} doers[] = {
	{ "Accusation", TD_PATIENT }, { "Charge", TD_PATIENT }, { "Conviction", TD_PATIENT }, { "Arrest", TD_PATIENT }, { "Trial", TD_PATIENT },
	{ "Sentence", TD_PATIENT }, { "Criticism", TD_PATIENT }, { "Praise", TD_PATIENT }, { "Threat", TD_AGENT },
	{ "Apology", TD_AGENT }, { "Demand", TD_RECIPIENT },
};

/* The role in an event of that class that does what the event is about; TD_ROLES_COUNT when none does. */
static uint8_t doer_role(const td_lexicon *lexicon, uint16_t cls)
{
	for (size_t i = 0; i < sizeof doers / sizeof *doers; i++)
		if (td_lexicon_is_a(lexicon, cls, td_lexicon_class(lexicon, td_str_of(doers[i].about)))) return doers[i].role;
	return TD_ROLES_COUNT;
}

/* A deed that nobody is said to have done, told by a noun: a clause has its own subject. */
static bool wants_doer(const td_doc *doc, uint32_t n_args, uint32_t event)
{
	uint32_t head = doc->triggers.at[doc->events.at[event].trigger].head;
	for (uint32_t i = 0; i < n_args; i++)
		if (doc->args.at[i].event == event && doc->args.at[i].role == TD_AGENT) return false;
	if (head < doc->toks.n && doc->toks.at[head].upos == TD_NOUN) return true;
	for (uint32_t i = 0; i < doc->triggers.n && i < TD_MAX_INFER; i++) {
		uint32_t other = doc->triggers.at[i].head;
		if (doc->triggers.at[i].event == event && other < doc->toks.n && doc->toks.at[other].upos == TD_NOUN) return true;
	}
	return false;
}

static td_status give_doers(story *s, uint32_t n_args, uint32_t about, uint32_t deed, uint8_t role, td_error *err)
{
	td_doc *doc = s->doc;
	for (uint32_t i = 0; i < n_args; i++) {
		td_arg a = doc->args.at[i];
		if (a.event != about || a.role != role || a.is_event || takes_part(doc, deed, a.target)) continue;
		a.event = deed;
		a.role = TD_AGENT;
		a.mention = TD_NONE;
		if (!TD_PUSH(&doc->arena, &doc->args, a)) return td_no_memory(err);
	}
	return TD_OK;
}

static td_status spread_doers(story *s, const td_lexicon *lexicon, td_error *err)
{
	td_doc *doc = s->doc;
	uint32_t n = doc->args.n < TD_MAX_INFER ? doc->args.n : TD_MAX_INFER;
	for (uint32_t i = 0; i < n; i++) {
		td_arg a = doc->args.at[i];
		uint8_t role = a.is_event && a.role == TD_TOPIC ? doer_role(lexicon, doc->events.at[a.event].cls) : TD_ROLES_COUNT;
		if (role == TD_ROLES_COUNT || s->bound[a.target] || !wants_doer(doc, n, a.target)) continue;
		TRY(give_doers(s, n, a.event, a.target, role, err));
	}
	return TD_OK;
}

td_status td_roles_story(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	story s;
	if (doc->events.n > MAX_STORY) return TD_OK;
	TRY(see(&s, doc, lexicon, err));
	TRY(name_accused(&s, err));
	return spread_doers(&s, lexicon, err);
}
