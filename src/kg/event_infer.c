/* What follows from joined events: who dies in an attack is whom the attack hit, and dies where it took place. */
#include "kg/events.h"

enum { LEAD_SENTENCES = 5 };

/* When an event of class `effect` has a cause of class `cause`, fillers of a role go from one to the other where it has none. */
static const struct {
	const char *cause, *effect;
	uint8_t role, into;
	bool forward; /* from the cause to the effect */
} rules[] = {
	{ "Attack", "Death", TD_AT, TD_AT, true }, { "Attack", "Injury", TD_AT, TD_AT, true },
	{ "Attack", "Death", TD_AGENT, TD_AGENT, true }, { "Attack", "Injury", TD_AGENT, TD_AGENT, true },
	{ "Attack", "Death", TD_AT, TD_AT, false }, { "Attack", "Injury", TD_AT, TD_AT, false },
	{ "Attack", "Death", TD_AGENT, TD_AGENT, false }, { "Attack", "Injury", TD_AGENT, TD_AGENT, false },
	{ "Accident", "Death", TD_AT, TD_AT, false }, { "Accident", "Injury", TD_AT, TD_AT, false },
	{ "Attack", "Death", TD_PATIENT, TD_PATIENT, false }, { "Attack", "Injury", TD_PATIENT, TD_PATIENT, false },
	{ "Accident", "Death", TD_AT, TD_AT, true }, { "Accident", "Injury", TD_AT, TD_AT, true },
	{ "NaturalDisaster", "Death", TD_AT, TD_AT, true }, { "NaturalDisaster", "Injury", TD_AT, TD_AT, true },
	{ "Fire", "Death", TD_AT, TD_AT, true }, { "Fire", "Injury", TD_AT, TD_AT, true },
	{ "Attack", "Life", TD_AT, TD_AT, false }, { "Disaster", "Life", TD_AT, TD_AT, false },
};

static bool is_a(const td_lexicon *lexicon, uint16_t cls, const char *name)
{
	return td_lexicon_is_a(lexicon, cls, td_lexicon_class(lexicon, td_str_of(name)));
}

static bool has_role(const td_doc *doc, uint32_t n_args, uint32_t event, uint8_t role)
{
	for (uint32_t i = 0; i < n_args; i++)
		if (doc->args.at[i].event == event && doc->args.at[i].role == role) return true;
	return false;
}

static bool takes(const td_doc *doc, uint32_t n_args, uint32_t event, uint32_t entity)
{
	for (uint32_t i = 0; i < n_args; i++)
		if (doc->args.at[i].event == event && !doc->args.at[i].is_event && doc->args.at[i].target == entity) return true;
	return false;
}

static td_status hand_over(td_doc *doc, uint32_t n_args, uint32_t from, uint32_t to, uint8_t role, uint8_t into, td_error *err)
{
	if (has_role(doc, n_args, to, into)) return TD_OK;
	for (uint32_t i = 0; i < n_args; i++) {
		td_arg a = doc->args.at[i];
		if (a.event != from || a.role != role || a.is_event) continue;
		a.event = to;
		a.role = into;
		a.mention = TD_NONE;
		if (!TD_PUSH(&doc->arena, &doc->args, a)) return td_no_memory(err);
	}
	return TD_OK;
}

/* Classes whose events, in a report of one day, are of that day: what happened where the news is. */
static const char *const scenes[] = { "Attack", "Death", "Injury", "Protest", "Accident", "Fire", "Rescue", "NaturalDisaster", "Victory",
	"Abduction", "Coup", "Match" };

static bool is_scene(const td_lexicon *lexicon, uint16_t cls)
{
	return TD_IS_AMONG(lexicon, cls, scenes);
}

/* Told as over, in the simple past or its passive: "He shot", "was injured". */
static bool is_told_as_past(const td_doc *doc, const td_event *e)
{
	uint32_t head = doc->triggers.at[e->trigger].head;
	const td_token *t = &doc->toks.at[head];
	if (e->factuality != TD_ACTUAL && e->factuality != TD_REPORTED) return false;
	if (t->xpos == TD_XP_VBD) return true;
	uint32_t aux = td_child(doc, head, TD_AUXIL);
	return t->xpos == TD_XP_VBN && aux != TD_NONE && doc->toks.at[aux].xpos == TD_XP_VBD && !td_lemma_is(doc, aux, "have");
}

/* The day of the story: that of the first dated scene in its lead. */
static uint32_t story_day(const td_doc *doc, const td_lexicon *lexicon)
{
	for (uint32_t i = 0; i < doc->events.n; i++) {
		const td_event *e = &doc->events.at[i];
		uint32_t sent = doc->toks.at[doc->triggers.at[e->trigger].head].sent;
		if (sent >= LEAD_SENTENCES) break;
		if (e->begin.day && !e->span && e->factuality != TD_PLANNED && e->factuality != TD_POSSIBLE && is_scene(lexicon, e->cls)) return i;
	}
	return TD_NONE;
}

/* "Maria struck in 2017. It claimed thousands of lives": told behind another time, in one paragraph. */
static bool is_of_another_day(const td_doc *doc, uint32_t sent, td_date day)
{
	enum { BACK = 3 };
	td_range r = doc->sents.at[sent].toks;
	for (int back = 0; back < BACK && sent > 0 && !doc->sents.at[sent].starts_para; back++) r.from = doc->sents.at[--sent].toks.from;
	for (uint32_t k = td_times_from(doc, r.from); k < doc->times.n && doc->times.at[k].toks.from < r.to; k++) {
		const td_time *time = &doc->times.at[k];
		if (time->kind <= TD_TIME_SPAN && time->begin.year && td_date_cmp(time->begin, day) < 0 && (time->end.year == 0 || td_date_cmp(time->end, day) < 0)) return true;
	}
	return false;
}

static void spread_story_day(td_doc *doc, const td_lexicon *lexicon)
{
	uint32_t day = story_day(doc, lexicon);
	for (uint32_t i = 0; day != TD_NONE && i < doc->events.n; i++) {
		td_event *e = &doc->events.at[i];
		uint32_t sent = doc->toks.at[doc->triggers.at[e->trigger].head].sent;
		if (is_scene(lexicon, e->cls) && is_told_as_past(doc, e) && !is_of_another_day(doc, sent, doc->events.at[day].begin)) td_copy_time(e, &doc->events.at[day]);
	}
}

/* The place of the story: that of the first scene of its lead that has one. */
static uint32_t story_place(const td_doc *doc, const td_lexicon *lexicon, uint32_t n_args)
{
	for (uint32_t i = 0; i < doc->events.n; i++) {
		const td_event *e = &doc->events.at[i];
		if (doc->toks.at[doc->triggers.at[e->trigger].head].sent >= LEAD_SENTENCES) break;
		if (e->factuality != TD_PLANNED && e->factuality != TD_POSSIBLE && is_scene(lexicon, e->cls) && has_role(doc, n_args, i, TD_AT)) return i;
	}
	return TD_NONE;
}

/* Its first place that has a name; TD_NONE. */
static uint32_t first_place(const td_doc *doc, uint32_t n_args, uint32_t event)
{
	for (uint32_t k = 0; k < n_args; k++) {
		const td_arg *a = &doc->args.at[k];
		if (a->event == event && a->role == TD_AT && !a->is_event && doc->entities.at[a->target].named) return k;
	}
	return TD_NONE;
}

/* Who died or was hurt that day, or on no other day, was so where the story is. */
static td_status spread_story_place(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	uint32_t n = doc->args.n < TD_MAX_INFER ? doc->args.n : TD_MAX_INFER, story = story_place(doc, lexicon, n);
	uint32_t place = story != TD_NONE ? first_place(doc, n, story) : TD_NONE;
	for (uint32_t i = 0; place != TD_NONE && i < doc->events.n && i < TD_MAX_INFER; i++) {
		const td_event *e = &doc->events.at[i];
		bool then = e->begin.year && td_date_cmp(e->begin, doc->events.at[story].begin) == 0;
		if (i == story || !then || !is_a(lexicon, e->cls, "Life") || has_role(doc, n, i, TD_AT)) continue;
		td_arg a = doc->args.at[place];
		a.event = i;
		a.mention = TD_NONE;
		if (!TD_PUSH(&doc->arena, &doc->args, a)) return td_no_memory(err);
	}
	return TD_OK;
}

/* "won the Nevada caucuses": what somebody wins, loses or stands in takes place where that does. */
static td_status place_of_contest(td_doc *doc, const td_lexicon *lexicon, uint32_t n_args, const td_arg *link, td_error *err)
{
	static const char *const contests[] = { "Election", "Match", "Vote" };
	uint16_t cls = doc->events.at[link->target].cls;
	bool contest = false;
	for (size_t i = 0; i < sizeof contests / sizeof *contests; i++) contest |= is_a(lexicon, cls, contests[i]);
	if (link->role != TD_TOPIC || !contest || !is_a(lexicon, doc->events.at[link->event].cls, "Victory")) return TD_OK;
	TRY(hand_over(doc, n_args, link->target, link->event, TD_AT, TD_AT, err));
	return hand_over(doc, n_args, link->event, link->target, TD_AT, TD_AT, err);
}

/* A law, and an election, of a land is made in that land. */
static td_status lands_of_laws(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	uint32_t n = doc->args.n < TD_MAX_INFER ? doc->args.n : TD_MAX_INFER;
	for (uint32_t i = 0; i < n; i++) {
		td_arg a = doc->args.at[i];
		uint16_t cls = doc->events.at[a.event].cls;
		if (a.role != TD_AGENT || a.is_event || doc->entities.at[a.target].cls != TD_PLACE || has_role(doc, n, a.event, TD_AT)) continue;
		if (!is_a(lexicon, cls, "Legislation") && !is_a(lexicon, cls, "Election")) continue;
		a.role = TD_AT;
		if (!TD_PUSH(&doc->arena, &doc->args, a)) return td_no_memory(err);
	}
	return TD_OK;
}

/* Where one is for the other: who visits a place goes there, and a house on fire burns where it stands. */
static const struct {
	const char *cls;
	uint8_t role, into;
} twofold[] = { { "Visit", TD_AT, TD_DESTINATION }, { "Fire", TD_PATIENT, TD_AT } };

static td_status fill_twofold(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	uint32_t n = doc->args.n < TD_MAX_INFER ? doc->args.n : TD_MAX_INFER;
	for (uint32_t i = 0; i < n; i++) {
		td_arg a = doc->args.at[i];
		uint8_t cls = a.is_event ? TD_CLASS_NONE : doc->entities.at[a.target].cls;
		for (size_t k = 0; (cls == TD_PLACE || cls == TD_FACILITY) && k < sizeof twofold / sizeof *twofold; k++) {
			if (a.role != twofold[k].role || !is_a(lexicon, doc->events.at[a.event].cls, twofold[k].cls) || has_role(doc, n, a.event, twofold[k].into)) continue;
			td_arg other = a;
			other.role = twofold[k].into;
			if (!TD_PUSH(&doc->arena, &doc->args, other)) return td_no_memory(err);
		}
	}
	return TD_OK;
}

/* The place that a text names first is what it is about; TD_NONE. */
static uint32_t place_of_story(const td_doc *doc)
{
	for (uint32_t m = 0; m < doc->mentions.n; m++) {
		uint32_t e = doc->mentions.at[m].entity;
		if (e < doc->entities.n && doc->entities.at[e].cls == TD_PLACE && doc->entities.at[e].named)
			return doc->toks.at[doc->mentions.at[m].head].sent < LEAD_SENTENCES ? e : TD_NONE;
	}
	return TD_NONE;
}

/* Elections, protests and coups are those of the land of which the text tells, where nothing says of which. */
static td_status place_national(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	static const char *const national[] = { "Election", "Protest", "Coup" };
	uint32_t n = doc->args.n < TD_MAX_INFER ? doc->args.n : TD_MAX_INFER, land = place_of_story(doc);
	for (uint32_t i = 0; land != TD_NONE && i < doc->events.n && i < TD_MAX_INFER; i++) {
		bool fits = TD_IS_AMONG(lexicon, doc->events.at[i].cls, national);
		if (!fits || has_role(doc, n, i, TD_AT) || takes(doc, n, i, land)) continue;
		td_arg a = { i, land, TD_AT, 0, TD_NONE };
		if (!TD_PUSH(&doc->arena, &doc->args, a)) return td_no_memory(err);
	}
	return TD_OK;
}

static bool same_moment(const td_lexicon *lexicon, uint16_t cause, uint16_t effect)
{
	return is_a(lexicon, effect, "Life") && (is_a(lexicon, cause, "Attack") || is_a(lexicon, cause, "Disaster"));
}

td_status td_event_infer(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	uint32_t n = doc->args.n < TD_MAX_INFER ? doc->args.n : TD_MAX_INFER;
	for (uint32_t i = 0; i < n; i++) {
		td_arg link = doc->args.at[i];
		if (link.is_event) TRY(place_of_contest(doc, lexicon, n, &link, err));
		if (link.role != TD_CAUSE || !link.is_event) continue;
		uint16_t effect = doc->events.at[link.event].cls, cause = doc->events.at[link.target].cls;
		if (same_moment(lexicon, cause, effect)) {
			td_copy_time(&doc->events.at[link.event], &doc->events.at[link.target]);
			td_copy_time(&doc->events.at[link.target], &doc->events.at[link.event]);
		}
		for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
			if (!is_a(lexicon, cause, rules[k].cause) || !is_a(lexicon, effect, rules[k].effect)) continue;
			uint32_t from = rules[k].forward ? link.target : link.event, to = rules[k].forward ? link.event : link.target;
			TRY(hand_over(doc, n, from, to, rules[k].role, rules[k].into, err));
		}
	}
	spread_story_day(doc, lexicon);
	TRY(spread_story_place(doc, lexicon, err));
	TRY(lands_of_laws(doc, lexicon, err));
	TRY(place_national(doc, lexicon, err));
	return fill_twofold(doc, lexicon, err);
}
