#include "kg/event_key.h"

#include <stdlib.h>

enum { MAX_PARTIES = 16 };

/* Person: to whom it is done, if a person; thing: if none; one: the victim, else who acts; place: a site, or a country that stands alone; land: the country of any
 * place; goal: who goes, and where to. */
typedef enum { BY_PERSON, BY_THING, BY_VICTIM, BY_ONE, BY_PAIR, BY_SITE, BY_PLACE, BY_LAND, BY_GOAL } by;
typedef enum { AT_DAY, AT_MONTH, AT_YEAR, EVER } precision;

/* Of the first row for a way and a time that holds for the class; the sure ones first. The percentages were read off pairs of articles. */
static const struct {
	const char *cls;
	uint8_t who, when, percent;
	bool names;
} rules[] = {
	{ "Death", BY_PERSON, EVER, 95, true }, { "Birth", BY_PERSON, EVER, 95, true }, { "Marriage", BY_PAIR, EVER, 90, true },
	{ "Death", BY_PERSON, AT_DAY, 95, true }, { "Injury", BY_PERSON, AT_DAY, 90, true }, { "Abduction", BY_PERSON, AT_DAY, 90, true },
	{ "Justice", BY_PERSON, AT_DAY, 90, true }, { "Justice", BY_VICTIM, AT_DAY, 90, true }, { "Justice", BY_PERSON, AT_MONTH, 60, false },
	{ "Appointment", BY_VICTIM, AT_DAY, 90, true }, { "Appointment", BY_VICTIM, AT_MONTH, 60, false },
	{ "Departure", BY_ONE, AT_DAY, 90, true }, { "Departure", BY_ONE, AT_MONTH, 60, false },
	{ "Visit", BY_GOAL, AT_DAY, 90, true }, { "Movement", BY_GOAL, AT_DAY, 70, false },
	{ "Meeting", BY_PAIR, AT_DAY, 95, true }, { "Call", BY_PAIR, AT_DAY, 95, true }, { "Negotiation", BY_PAIR, AT_DAY, 90, true },
	{ "Agreement", BY_PAIR, AT_DAY, 90, true }, { "Communication", BY_PAIR, AT_DAY, 60, false },
	{ "Attack", BY_SITE, AT_DAY, 90, true }, { "Attack", BY_LAND, AT_DAY, 50, false },
	{ "Protest", BY_SITE, AT_DAY, 90, true }, { "Protest", BY_LAND, AT_DAY, 50, false }, { "Coup", BY_LAND, AT_MONTH, 90, true },
	{ "Disaster", BY_SITE, AT_DAY, 90, true }, { "Disaster", BY_LAND, AT_DAY, 60, false },
	{ "Death", BY_SITE, AT_DAY, 80, true }, { "Injury", BY_SITE, AT_DAY, 80, true }, { "Life", BY_LAND, AT_DAY, 50, false },
	{ "Election", BY_PLACE, AT_DAY, 90, true }, { "Election", BY_LAND, AT_DAY, 50, false },
	{ "Launch", BY_THING, AT_DAY, 80, true }, { "Closure", BY_THING, AT_DAY, 80, true }, { "Founding", BY_THING, AT_YEAR, 70, false },
	{ "Award", BY_ONE, AT_MONTH, 60, false }, { "Business", BY_PAIR, AT_MONTH, 60, false }, { "Event", BY_PAIR, AT_DAY, 90, true },
};

typedef struct {
	uint64_t id;     /* the same in all documents */
	td_str label;
	float prior;
	uint8_t role, cls;
	bool linked, person, land;
	uint32_t country; /* entry, of linked places */
} party;

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	const td_kb *kb;
	const td_event *event;
	party parties[MAX_PARTIES];
	uint32_t n;
} finder;

/* What is linked has one name everywhere; of others a name of two words does for a day's events, of a place one word. */
static bool identify(finder *f, uint32_t entity, party *out)
{
	const td_entity *e = &f->doc->entities.at[entity];
	*out = (party){ .label = e->label, .cls = e->cls, .person = e->cls == TD_PERSON, .linked = e->kb != TD_NONE };
	if (out->linked) {
		td_kb_entry entry = td_kb_get(f->kb, e->kb);
		out->id = td_hash(entry.key);
		out->label = entry.label;
		out->country = entry.country == TD_NONE ? e->kb : entry.country;
		out->prior = entry.prior;
		out->land = e->cls == TD_PLACE && entry.country == TD_NONE;
		return true;
	}
	bool words = e->label.n && memchr(e->label.at, ' ', e->label.n);
	if (!e->named || (!words && e->cls != TD_PLACE)) return false;
	td_str folded = td_fold(&f->doc->arena, e->label);
	out->id = td_hash_mix(td_hash(folded), e->cls);
	return folded.at != NULL;
}

/* People first, then what news speaks of most: documents differ in how many others they name. */
static int by_weight(const void *a, const void *b)
{
	const party *x = a, *y = b;
	if (x->person != y->person) return x->person ? -1 : 1;
	if (x->linked != y->linked) return x->linked ? -1 : 1;
	if (x->prior < y->prior || x->prior > y->prior) return x->prior > y->prior ? -1 : 1;
	if (x->id != y->id) return x->id < y->id ? -1 : 1;
	return x->role < y->role ? -1 : x->role > y->role;
}

static void gather(finder *f, td_range args)
{
	for (uint32_t a = args.from; a < args.to && f->n < MAX_PARTIES; a++) {
		const td_arg *arg = &f->doc->args.at[a];
		if (arg->is_event || arg->target >= f->doc->entities.n || !identify(f, arg->target, &f->parties[f->n])) continue;
		f->parties[f->n++].role = arg->role;
	}
	if (f->n) qsort(f->parties, f->n, sizeof *f->parties, by_weight);
}

/* ---- who, where ---------------------------------------------------------------------------------------------------------------- */

static const party *first_thing(const finder *f, uint32_t roles)
{
	for (uint32_t i = 0; i < f->n; i++)
		if ((roles >> f->parties[i].role & 1) && !f->parties[i].person) return &f->parties[i];
	return NULL;
}

static const party *first_in(const finder *f, uint32_t roles, const party *but)
{
	for (uint32_t i = 0; i < f->n; i++)
		if ((roles >> f->parties[i].role & 1) && (!but || f->parties[i].id != but->id)) return &f->parties[i];
	return NULL;
}

/* The smallest place that is no country, as the one that news speaks of least. */
static const party *site(const finder *f, uint32_t roles)
{
	const party *best = NULL;
	for (uint32_t i = 0; i < f->n; i++) {
		const party *p = &f->parties[i];
		if (!(roles >> p->role & 1) || p->land || p->cls != TD_PLACE) continue;
		if (!best || p->prior < best->prior) best = p;
	}
	return best;
}

enum { AGENT = 1 << TD_AGENT, SUFFERER = 1 << TD_PATIENT | 1 << TD_RECIPIENT, SITE = 1 << TD_AT, GOAL = 1 << TD_DESTINATION | 1 << TD_AT };

/* The country in which it happened: named, or that of a place named. */
static bool land(const finder *f, party *out)
{
	for (uint32_t i = 0; i < f->n; i++) {
		const party *p = &f->parties[i];
		if (!p->linked || p->cls != TD_PLACE || !(SITE >> p->role & 1)) continue;
		td_kb_entry country = td_kb_get(f->kb, p->country);
		*out = *p;
		out->id = td_hash(country.key);
		out->label = country.label;
		return true;
	}
	return false;
}

/* One of each side, or two of one: in no order, as a meeting has none. */
static const party *partner(const finder *f, const party *first)
{
	const party *other = first_in(f, first->role == TD_AGENT ? SUFFERER : AGENT, first);
	return other ? other : first_in(f, AGENT | SUFFERER, first);
}

/* A person to whom it is done; headlines leave out who did it and the auxiliary ("Smith arrested"), so that the tree has an agent. */
static const party *sufferer(const finder *f)
{
	const party *p = first_in(f, SUFFERER, NULL);
	if (!p) p = first_in(f, AGENT, NULL);
	return p && p->person ? p : NULL;
}

static bool is_a(const finder *f, const char *cls)
{
	return td_lexicon_is_a(f->lexicon, f->event->cls, td_lexicon_class(f->lexicon, td_str_of(cls)));
}

/* "Washington imposed sanctions": a city that acts is its country, but where cities compete. */
static void take_countries(const finder *f, party pair[2])
{
	party countries[2] = { pair[0], pair[1] };
	for (int i = 0; i < 2; i++) {
		if (pair[i].cls != TD_PLACE || !pair[i].linked || pair[i].role == TD_AT || pair[i].role == TD_DESTINATION) continue;
		td_kb_entry country = td_kb_get(f->kb, pair[i].country);
		countries[i].id = td_hash(country.key);
		countries[i].label = country.label;
	}
	if (countries[0].id == countries[1].id || is_a(f, "Contest") || is_a(f, "Attack")) return;
	pair[0] = countries[0];
	pair[1] = countries[1];
}

/* Who or where, into two parties of which the second may be none; false when the event does not say. */
static bool who(const finder *f, by way, party out[2])
{
	const party *a = NULL, *b = NULL;
	if (way == BY_LAND) return land(f, &out[0]);
	if (way == BY_THING) a = first_thing(f, SUFFERER);
	if (way == BY_VICTIM || way == BY_ONE) a = first_in(f, SUFFERER, NULL);
	if (way == BY_ONE && !a) a = first_in(f, AGENT, NULL);
	if (way == BY_PERSON) a = sufferer(f);
	if (way == BY_SITE || way == BY_PLACE) a = site(f, SITE | (is_a(f, "Attack") ? 1 << TD_PATIENT : 0)); /* "strikes on Damascus" */
	if (way == BY_PLACE && !a) return land(f, &out[0]);
	if (way == BY_PAIR) {
		a = first_in(f, AGENT | SUFFERER, NULL);
		b = a ? partner(f, a) : NULL;
	}
	if (way == BY_GOAL) {
		a = first_in(f, AGENT | SUFFERER, NULL);
		b = site(f, GOAL);
	}
	if (!a || ((way == BY_PAIR || way == BY_GOAL) && !b)) return false;
	out[0] = *a;
	if (b) out[1] = *b;
	if (way == BY_PAIR) take_countries(f, out);
	return true;
}

/* ---- when ----------------------------------------------------------------------------------------------------------------------- */

/* An event without a time that is told as a fact happened in these days: its month is that of the document. */
static bool when(const finder *f, precision how, td_date *out)
{
	const td_event *e = f->event;
	*out = (td_date){ 0 };
	if (how == EVER) return true;
	if (how == AT_MONTH && !e->begin.year && (e->factuality == TD_ACTUAL || e->factuality == TD_REPORTED) && f->doc->date.month) {
		*out = (td_date){ f->doc->date.year, f->doc->date.month, 0 };
		return true;
	}
	if (!e->begin.year || (e->span && how == AT_DAY) || (how == AT_DAY && !e->begin.day) || (how == AT_MONTH && !e->begin.month)) return false;
	*out = e->begin;
	if (how != AT_DAY) out->day = 0;
	if (how == AT_YEAR) out->month = 0;
	return true;
}

/* ---- all ------------------------------------------------------------------------------------------------------------------------ */

/* Kinds that two papers take for one another: a meeting for talks. */
static const struct {
	const char *kind, *as;
} alike[] = { { "Negotiation", "Meeting" }, { "Transaction", "Acquisition" } };

static uint16_t known(const td_lexicon *lexicon, const char *name, uint16_t otherwise)
{
	uint16_t cls = td_lexicon_class(lexicon, td_str_of(name));
	return cls < lexicon->classes.n ? cls : otherwise;
}

static uint16_t kind_of(const td_lexicon *lexicon, uint16_t cls)
{
	const td_event_class *classes = lexicon->classes.at;
	while (classes[cls].top != cls && classes[cls].parent != classes[cls].top && classes[cls].parent != cls) cls = classes[cls].parent;
	for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
		if (td_str_eq(classes[cls].name, td_str_of(alike[i].kind))) return known(lexicon, alike[i].as, cls);
	return cls;
}

static bool make(const finder *f, size_t rule, td_key *out)
{
	party parties[2] = { { 0 }, { 0 } };
	precision how = (precision)rules[rule].when;
	*out = (td_key){ .kind = kind_of(f->lexicon, f->event->cls), .percent = rules[rule].percent, .who = rules[rule].who, .how = rules[rule].when };
	if (!when(f, how, &out->when) || !who(f, (by)rules[rule].who, parties)) return false;
	/* A name without an entry may be somebody else's another year. */
	if ((how == EVER || how == AT_YEAR) && (!parties[0].linked || (parties[1].label.n && !parties[1].linked))) return false;
	uint64_t low = parties[0].id < parties[1].id ? parties[0].id : parties[1].id, high = parties[0].id < parties[1].id ? parties[1].id : parties[0].id;
	char date[16];
	out->hash = td_hash_mix(td_hash(f->lexicon->classes.at[out->kind].name), td_hash((td_str){ date, td_date_print(out->when, date) }));
	out->hash = td_hash_mix(td_hash_mix(td_hash_mix(out->hash, rules[rule].who), low), high);
	out->names = rules[rule].names && f->event->factuality != TD_NEGATED;
	bool turned = rules[rule].who == BY_PAIR && td_str_cmp(parties[1].label, parties[0].label) < 0; /* in no order of their own */
	for (int i = 0; i < 2; i++) out->parties[i] = parties[turned ? 1 - i : i].label;
	return true;
}

uint32_t td_event_keys(td_doc *doc, const td_lexicon *lexicon, const td_kb *kb, uint32_t event, td_range args, td_key out[TD_MAX_KEYS])
{
	finder f = { .doc = doc, .lexicon = lexicon, .kb = kb, .event = &doc->events.at[event] };
	uint32_t n = 0;
	gather(&f, args);
	for (size_t r = 0; f.n && r < sizeof rules / sizeof *rules && n < TD_MAX_KEYS; r++) {
		bool again = !td_lexicon_is_a(lexicon, f.event->cls, td_lexicon_class(lexicon, td_str_of(rules[r].cls)));
		for (uint32_t k = 0; k < n && !again; k++) again = out[k].who == rules[r].who && out[k].how == rules[r].when;
		if (!again && make(&f, r, &out[n])) n++;
	}
	return n;
}
