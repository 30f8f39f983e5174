/* Which entry a set of names means, or none. */
#include "kg/link.h"

/* How well the class that the reader saw (row) agrees with the entry's (column), in per cent. Names of organizations, places and
 * facilities are confused often, those of people seldom. */
static const uint8_t agreement[TD_CLASS_COUNT][TD_CLASS_COUNT] = {
	/*                    none per  org  plc  fac  grp  prod work awrd role */
	[TD_CLASS_NONE] =   { 90, 90, 90, 90, 90, 80, 90, 90, 90, 60 },
	[TD_PERSON] =       { 30, 100, 30, 25, 25, 25, 25, 30, 20, 20 },
	[TD_ORGANIZATION] = { 60, 25, 100, 60, 70, 60, 60, 60, 40, 20 },
	[TD_PLACE] =        { 60, 25, 60, 100, 80, 45, 30, 30, 20, 20 },
	[TD_FACILITY] =     { 60, 20, 70, 80, 100, 20, 40, 30, 20, 20 },
	[TD_GROUP] =        { 60, 20, 80, 40, 20, 100, 20, 20, 20, 20 },
	[TD_PRODUCT] =      { 60, 20, 70, 30, 40, 20, 100, 60, 20, 20 },
	[TD_WORK] =         { 60, 20, 60, 40, 40, 20, 70, 100, 60, 20 },
	[TD_AWARD] =        { 60, 10, 50, 20, 20, 20, 40, 70, 100, 20 },
	[TD_ROLE] =         { 60, 30, 40, 20, 20, 40, 20, 20, 20, 100 },
};

enum {
	ACCEPT = 40,        /* per cent of score from which a link is made */
	LEAD = 125,         /* per cent of the second best's weight that the best must have */
	LONG_NAME_BONUS = 25, /* per cent of what lacks to full agreement that each further word makes up for */
};

static float class_fit(uint8_t seen, uint8_t known, uint8_t words)
{
	if (seen >= TD_CLASS_COUNT || known >= TD_CLASS_COUNT) return 0.5f;
	float fit = (float)agreement[seen][known] / 100;
	uint8_t further = words > 1 ? (uint8_t)(words - 1) : 0;
	if (further > 3) further = 3;
	return fit + (1 - fit) * (float)(further * LONG_NAME_BONUS) / 100;
}

/* Whether a place speaks for the entry: it is the entry's country, lies in it, or lies in the same country. */
static bool vouches(const linker *l, uint32_t place, const td_kb_entry *e, uint32_t entry)
{
	uint32_t country = td_kb_get(l->kb, place).country;
	return place == entry || place == e->country || country == entry || (country != TD_NONE && country == e->country);
}

/* "Springfield,_Missouri" beside "Missouri". */
static bool names_region(const linker *l, uint32_t place, const td_kb_entry *e)
{
	const char *comma = memchr(e->dbpedia.at, ',', e->dbpedia.n);
	size_t behind = comma ? (size_t)(comma - e->dbpedia.at) + 2 : e->dbpedia.n;
	if (behind >= e->dbpedia.n) return false;
	td_str region = { e->dbpedia.at + behind, e->dbpedia.n - behind }, title = td_kb_get(l->kb, place).dbpedia;
	return td_str_eq(title, region) || (td_str_starts(title, region) && td_str_starts((td_str){ title.at + region.n, title.n - region.n }, TD_STR("_(")));
}

enum { REGION_VOUCHES = 4 }; /* as much as that many places of the same country */

static float coherence(const linker *l, const td_kb_entry *e, uint32_t entry)
{
	uint32_t hits = 0, region = 0;
	for (uint32_t i = 0; i < l->n_places; i++) {
		if (hits < 3) hits += vouches(l, l->places[i], e, entry);
		if (!region && names_region(l, l->places[i], e)) region = REGION_VOUCHES;
	}
	return 1.0f + (float)(hits + region);
}

static float timely(const linker *l, const td_kb_entry *e, uint32_t entry)
{
	td_date date = l->doc->date;
	bool may = e->cls == TD_PERSON && date.year > 0;
	return may && td_kb_in_office(l->kb, entry, date.year, date.month) ? 1.5f : 1.0f;
}

typedef struct {
	uint32_t entry;
	float weight, fit;
} scored;

static scored weigh(const linker *l, uint8_t cls, uint8_t words, const td_kb_candidate *c, uint32_t n)
{
	td_kb_entry e = td_kb_get(l->kb, c->entry);
	scored s = { c->entry, c->prior, class_fit(cls, e.cls, words) };

	if (c->variant) s.fit *= 0.9f;
	if (n > 1) s.weight *= s.fit * coherence(l, &e, c->entry) * timely(l, &e, c->entry);
	return s;
}

uint32_t td_link_best(const linker *l, uint8_t cls, uint8_t words, const td_kb_candidate *c, uint32_t n, float *confidence)
{
	scored best = { TD_NONE, 0, 0 };
	float total = 0, second = 0;

	for (uint32_t i = 0; i < n; i++) {
		scored s = weigh(l, cls, words, &c[i], n);
		total += s.weight;
		if (s.weight > best.weight) {
			second = best.weight;
			best = s;
		} else if (s.weight > second) {
			second = s.weight;
		}
	}
	if (best.entry == TD_NONE || total <= 0 || best.weight * 100 < second * LEAD) return TD_NONE;
	*confidence = best.weight / total * best.fit;
	return *confidence * 100 >= ACCEPT ? best.entry : TD_NONE;
}

uint32_t td_link_lookup(const linker *l, td_str form, bool demonym, td_kb_candidate *out)
{
	uint32_t n = td_kb_find(l->kb, form, out, LINK_MAX_CANDIDATES), kept = 0;
	for (uint32_t i = 0; i < n; i++)
		if (out[i].demonym == demonym) out[kept++] = out[i];
	return kept;
}

/* "donald j. trump" → "donald trump", "joseph biden jr." → "joseph biden": empty when nothing can be left out. */
static td_str plain_name(td_arena *arena, td_str form)
{
	char *out = td_arena_alloc(arena, form.n + 1);
	size_t n = 0;
	bool dropped = false;

	for (td_str rest = form; out && rest.n;) {
		td_str word = td_str_cut(&rest, ' ');
		bool initial = n && rest.n && word.n <= 2 && td_str_ends(word, TD_STR("."));
		bool suffix = n && !rest.n && (td_str_starts(word, TD_STR("jr")) || td_str_starts(word, TD_STR("sr"))) && word.n <= 3;
		if (initial || suffix) {
			dropped = true;
			continue;
		}
		if (n) out[n++] = ' ';
		memcpy(out + n, word.at, word.n);
		n += word.n;
	}
	while (n && out[n - 1] == ',') n--;
	return dropped ? (td_str){ out, n } : (td_str){ "", 0 };
}

/* Words that may stand behind a name without being part of it, and what the named thing must be then. */
static const struct {
	const char *word;
	uint8_t cls;
} tails[] = {
	{ " group", TD_ORGANIZATION }, { " militant group", TD_ORGANIZATION }, { " movement", TD_ORGANIZATION }, { " party", TD_ORGANIZATION },
	{ " news agency", TD_ORGANIZATION }, { " newspaper", TD_ORGANIZATION }, { " corporation", TD_ORGANIZATION },
	{ " inc", TD_ORGANIZATION }, { " inc.", TD_ORGANIZATION }, { " corp", TD_ORGANIZATION }, { " corp.", TD_ORGANIZATION },
	{ " ltd", TD_ORGANIZATION }, { " ltd.", TD_ORGANIZATION }, { " plc", TD_ORGANIZATION }, { " co.", TD_ORGANIZATION },
	{ " university", TD_ORGANIZATION }, { " company", TD_ORGANIZATION }, { " airline", TD_ORGANIZATION }, { " airlines", TD_ORGANIZATION }, { " news", TD_ORGANIZATION },
	{ " magazine", TD_ORGANIZATION }, { " television", TD_ORGANIZATION }, { " tv", TD_ORGANIZATION }, { " club", TD_ORGANIZATION }, { " team", TD_ORGANIZATION },
	{ " campaign", TD_ORGANIZATION }, { " foundation", TD_ORGANIZATION }, { " coalition", TD_ORGANIZATION }, { " alliance", TD_ORGANIZATION }, { " band", TD_ORGANIZATION },
	{ " province", TD_PLACE }, { " region", TD_PLACE }, { " peninsula", TD_PLACE }, { " city", TD_PLACE }, { " state", TD_PLACE },
	{ " island", TD_PLACE }, { " islands", TD_PLACE }, { " town", TD_PLACE }, { " prefecture", TD_PLACE }, { " governorate", TD_PLACE },
	{ " oblast", TD_PLACE }, { " territory", TD_PLACE }, { " national park", TD_PLACE }, { " river", TD_PLACE },
	{ " airport", TD_FACILITY }, { " stadium", TD_FACILITY }, { " prison", TD_FACILITY }, { " hotel", TD_FACILITY }, { " palace", TD_FACILITY },
	{ " rocket", TD_PRODUCT }, { " rockets", TD_PRODUCT }, { " spacecraft", TD_PRODUCT }, { " capsule", TD_PRODUCT }, { " aircraft", TD_PRODUCT }, { " airliner", TD_PRODUCT },
	{ " jet", TD_PRODUCT }, { " jets", TD_PRODUCT }, { " plane", TD_PRODUCT }, { " missile", TD_PRODUCT }, { " missiles", TD_PRODUCT }, { " rifle", TD_PRODUCT }, { " vaccine", TD_PRODUCT },
	{ " app", TD_PRODUCT }, { " website", TD_PRODUCT }, { " telescope", TD_PRODUCT }, { " probe", TD_PRODUCT }, { " rover", TD_PRODUCT }, { " satellite", TD_PRODUCT },
	{ " film", TD_WORK }, { " movie", TD_WORK }, { " series", TD_WORK }, { " show", TD_WORK }, { " novel", TD_WORK }, { " book", TD_WORK }, { " album", TD_WORK }, { " song", TD_WORK },
	{ " case", TD_WORK }, { " treaty", TD_WORK }, { " agreement", TD_WORK }, { " accord", TD_WORK }, { " act", TD_WORK }, { " bill", TD_WORK },
};

uint32_t td_link_without_tail(const linker *l, td_str form, td_kb_candidate *out)
{
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
		td_str tail = td_str_of(tails[i].word);
		if (!td_str_ends(form, tail) || form.n == tail.n) continue;
		uint32_t n = td_link_lookup(l, (td_str){ form.at, form.n - tail.n }, false, out), kept = 0;
		for (uint32_t k = 0; k < n; k++)
			if (td_kb_get(l->kb, out[k].entry).cls == tails[i].cls) out[kept++] = out[k];
		if (kept) return kept;
	}
	return 0;
}

/* "indian national congress (inc) party" without what stands in brackets; empty when there is nothing. */
static td_str without_brackets(td_arena *arena, td_str form)
{
	const char *open = memchr(form.at, '(', form.n);
	const char *close = open ? memchr(open, ')', (size_t)(form.at + form.n - open)) : NULL;
	if (!close || open == form.at) return (td_str){ "", 0 };
	td_str before = td_str_trim((td_str){ form.at, (size_t)(open - form.at) }), after = td_str_trim((td_str){ close + 1, (size_t)(form.at + form.n - close - 1) });
	td_str whole = td_arena_printf(arena, TD_STR_FMT " " TD_STR_FMT, TD_STR_ARG(before), TD_STR_ARG(after));
	return whole.at ? td_str_trim(whole) : (td_str){ "", 0 };
}

/* "elijah eugene cummings" goes by "elijah cummings" elsewhere in the story. */
static uint32_t find_shorter(const linker *l, const link_forms *forms, td_kb_candidate *out)
{
	uint32_t n = 0;
	for (uint8_t i = 1; i < forms->n && !n; i++)
		if (forms->words[i] > 1) n = td_link_lookup(l, forms->at[i], false, out);
	return n;
}

/* The fullest name decides: when it is not known, a shorter one (a surname, an acronym) would only find a namesake. */
static uint32_t find_name(const linker *l, const link_forms *forms, uint8_t cls, td_kb_candidate *out)
{
	td_str full = forms->at[0];
	uint32_t n = td_link_lookup(l, full, false, out);
	if (n) return n;
	if (cls != TD_PERSON) {
		td_str bare = without_brackets(&l->doc->arena, full);
		n = bare.n ? td_link_lookup(l, bare, false, out) : 0;
		return n ? n : td_link_without_tail(l, bare.n ? bare : full, out);
	}
	td_str plain = plain_name(&l->doc->arena, full);
	n = plain.n ? td_link_lookup(l, plain, false, out) : 0;
	return n ? n : find_shorter(l, forms, out);
}

/* "Russian" is an adjective of the country, "Republican" another name of the party. */
static uint32_t find_adjective(const linker *l, td_str form, td_kb_candidate *out)
{
	if (!form.n) return 0;
	uint32_t n = td_link_lookup(l, form, true, out);
	return n ? n : td_link_lookup(l, form, false, out);
}

enum { STATE_SURE = 90 };       /* per cent of confidence in what stands behind a place and a comma */
enum { INSTITUTION_SURE = 85 }; /* per cent of confidence in what a common name and a country come to */

uint32_t td_link_choose(const linker *l, uint32_t entity, float *confidence)
{
	const link_forms *forms = &l->forms[entity];
	td_kb_candidate found[LINK_MAX_CANDIDATES];
	uint8_t cls = l->doc->entities.at[entity].cls, words = forms->n ? forms->words[0] : 1;

	if (!forms->n) {
		uint32_t n = find_adjective(l, forms->demonym, found);
		return n ? td_link_best(l, cls, words, found, n, confidence) : TD_NONE;
	}
	bool common = cls != TD_PERSON && td_kb_institution(l->kb, forms->at[0], TD_NONE) != TD_NONE;
	if (common && l->of_part[entity]) return TD_NONE;
	uint32_t entry = common && l->home != TD_NONE ? td_kb_institution(l->kb, forms->at[0], l->home) : TD_NONE;
	uint32_t n = entry == TD_NONE ? find_name(l, forms, cls, found) : 0;
	uint32_t state = n > 1 && l->behind_place[entity] ? td_link_state(l, found, n) : TD_NONE;
	if (state != TD_NONE) {
		*confidence = (float)STATE_SURE / 100;
		return state;
	}
	if (n) {
		entry = td_link_best(l, cls, words, found, n, confidence);
		/* "Senate" may be anybody's until it is known where we are */
		if (common && l->home == TD_NONE) *confidence *= 0.7f;
		return entry;
	}
	if (entry == TD_NONE && cls != TD_PERSON) entry = td_link_institution(l, forms->at[0]);
	*confidence = (float)INSTITUTION_SURE / 100;
	return entry;
}
