/* Nominals: "the mayor", "the Russian leader", "the company", "the suspect". */
#include "nlp/coref.h"

enum { MAX_OFFICE_TOKENS = 6 };

/* ---- modifiers --------------------------------------------------------------------------------------------------- */

/* Words that do not tell one holder of a role from another. */
static const char *const idle_words[] = { "current", "new", "longtime", "outgoing", "incoming", "then", "late", "sitting", "first", "own", "same", "said",
	"recent", "alleged", "main", "prime", NULL };

/* Does `span` hold a word (not its head, not a place's name) that the other span lacks? "health minister" is no "interior minister". */
bool td_adds_word(td_coref_run *run, td_range span, td_range other)
{
	const td_doc *doc = run->doc;
	for (uint32_t t = span.from; t < span.to; t++) {
		uint32_t len;
		uint8_t upos = doc->toks.at[t].upos;
		if ((upos != TD_NOUN && upos != TD_ADJ && upos != TD_PROPN) || td_tok_in(doc, t, idle_words)) continue;
		if (td_demonym(doc, run->lexicon, t, span.to, true, &len) != TD_NONE) continue;
		bool there = false;
		for (uint32_t k = other.from; k < other.to && !there; k++) {
			char buf[96];
			there = td_word_eq(doc->toks.at[k].lemma, td_word_lower(doc->toks.at[t].lemma, buf, sizeof buf));
		}
		if (!there) return true;
	}
	return false;
}

uint32_t td_place_of(td_coref_run *run, uint32_t mention)
{
	const td_doc *doc = run->doc;
	uint32_t head = td_men(run, mention)->head;
	for (uint32_t i = doc->first_child[head]; i < doc->first_child[head + 1]; i++) {
		uint32_t c = doc->child[i], m = run->headed[c];
		uint8_t rel = doc->toks.at[c].deprel;
		if (m == TD_NONE || m == mention || td_men(run, m)->kind != TD_NAMED || td_men(run, m)->cls == TD_PERSON) continue;
		if (rel == TD_AMOD || rel == TD_COMPOUND || rel == TD_NMOD || rel == TD_NMOD_POSS) return m;
	}
	return TD_NONE;
}

bool td_places_fit(td_coref_run *run, uint32_t a, uint32_t b)
{
	return a == TD_NONE || b == TD_NONE || td_root(run, a) == td_root(run, b);
}

/* ---- persons by role --------------------------------------------------------------------------------------------- */

/* Words for whoever stands at the top: they need the place to tell whom ("Russian leader"). */
static const char *const leader_words[] = { "leader", "head", "ruler", "premier", "strongman", "chief", NULL };
static const char *const ruler_titles[] = { "president", "minister", "premier", "chancellor", "king", "queen", "leader", "sultan", "emir", "chief", "head",
	"governor", "chairman", "ruler", NULL };

/* "Secretary of State": the mention is the noun, the office all of it. What it is "of" is no place or body ("mayor of Paris"). */
td_range td_office(td_coref_run *run, td_range span)
{
	const td_doc *doc = run->doc;
	uint32_t of = span.to, end = span.to < doc->toks.n ? td_sent_of(doc, span.to).to : span.to;
	if (of == span.from || of + 1 >= end || !td_tok_is(doc, of, "of")) return span;
	if (!td_tok_upper(doc, of + 1) || run->headed[of + 1] != TD_NONE) return span;
	while (span.to + 1 < end && span.to < of + MAX_OFFICE_TOKENS && run->headed[span.to + 1] == TD_NONE && td_tok_upper(doc, span.to + 1)) span.to++;
	span.to++;
	return span;
}

static uint32_t role_holder(td_coref_run *run, uint32_t i, td_str word, uint32_t place)
{
	uint32_t steps = 0;
	td_range office = td_office(run, td_men(run, i)->toks);
	for (uint32_t r = td_map_get(&run->role_of, word); r != TD_NONE && steps < TD_MAX_CHAIN; r = run->roles.at[r].prev, steps++) {
		const td_role_seen *role = &run->roles.at[r];
		if (!td_places_fit(run, role->place, place)) continue;
		if (td_adds_word(run, office, role->span)) continue;
		if (td_adds_word(run, role->span, office) && office.to - office.from > 1) continue;
		if (td_genders_fit((td_gender)td_info(run, role->mention)->gender, (td_gender)td_men(run, i)->gender)) return role->mention;
	}
	return TD_NONE;
}

static uint32_t leader_of(td_coref_run *run, uint32_t place)
{
	if (place == TD_NONE) return TD_NONE;
	for (uint32_t r = run->roles.n, steps = 0; r-- > 0 && steps < TD_MAX_LOOK_BACK; steps++) {
		const td_role_seen *role = &run->roles.at[r];
		if (role->place != TD_NONE && td_root(run, role->place) == td_root(run, place) && td_in_list(role->word, ruler_titles)) return role->mention;
	}
	return TD_NONE;
}

/* "The top American diplomat" holds the office of foreign affairs, though the words share nothing. */
static const struct {
	const char *noun, *modifier, *office;
} top_offices[] = {
	{ "diplomat", "top", "secretary of state" }, { "diplomat", "top", "foreign minister" }, { "diplomat", "top", "foreign secretary" },
	{ "diplomat", "chief", "secretary of state" }, { "diplomat", "chief", "foreign minister" },
	{ "diplomat", "chief", "foreign secretary" }, { "prosecutor", "top", "attorney general" },
};

static bool has_word(const td_doc *doc, td_range toks, const char *word)
{
	for (uint32_t t = toks.from; t < toks.to; t++)
		if (td_str_eq(doc->toks.at[t].form, td_str_of(word))) return true;
	return false;
}

static bool is_office(td_coref_run *run, td_range span, const char *office)
{
	char buf[96];
	td_str text = td_doc_toks_text(run->doc, span);
	return text.n < sizeof buf && td_str_ends(td_word_lower(text, buf, sizeof buf), td_str_of(office));
}

static uint32_t top_officer(td_coref_run *run, uint32_t i, td_str word, uint32_t place)
{
	for (size_t k = 0; k < sizeof top_offices / sizeof *top_offices; k++) {
		if (!td_str_eq(word, td_str_of(top_offices[k].noun)) || !has_word(run->doc, td_men(run, i)->toks, top_offices[k].modifier)) continue;
		for (uint32_t r = run->roles.n, steps = 0; r-- > 0 && steps < TD_MAX_LOOK_BACK; steps++) {
			const td_role_seen *role = &run->roles.at[r];
			if (is_office(run, role->span, top_offices[k].office) && td_places_fit(run, role->place, place)) return role->mention;
		}
	}
	return TD_NONE;
}

/* ---- by the same noun -------------------------------------------------------------------------------------------- */

/* "police" is tagged now as one, now as many: the same form is the same number. */
static bool same_number(td_coref_run *run, uint32_t a, uint32_t b)
{
	char buf[96];
	td_str low = td_word_lower(run->doc->toks.at[td_men(run, a)->head].form, buf, sizeof buf);
	return td_men(run, a)->number == td_men(run, b)->number || td_word_eq(run->doc->toks.at[td_men(run, b)->head].form, low);
}

static uint32_t same_noun(td_coref_run *run, uint32_t i, td_str word, uint32_t place)
{
	const td_mention *m = td_men(run, i);
	uint32_t steps = 0;
	for (uint32_t k = td_map_get(&run->noun_of, word); k != TD_NONE && steps < TD_MAX_CHAIN; k = run->noun_prev[k], steps++) {
		const td_mention *o = td_men(run, k);
		if (!m->definite && m->number == TD_PLURAL && o->toks.to - o->toks.from > 1) continue;
		if (!same_number(run, i, k) || !td_places_fit(run, td_place_of(run, k), place)) continue;
		if (td_adds_word(run, td_office(run, m->toks), td_office(run, o->toks))) continue;
		return k;
	}
	return TD_NONE;
}

/* ---- by the kind of thing ---------------------------------------------------------------------------------------- */

/* What a name's own words say about which nouns may take it up. */
typedef enum { ANY_OF_CLASS, COUNTRY, CITY, IN_NAME } what;

static const struct {
	const char *noun;
	uint8_t cls, needs; /* td_class, what */
	const char *in_name; /* NULL: the noun itself */
} kinds[] = {
	{ "country", TD_PLACE, COUNTRY, NULL }, { "nation", TD_PLACE, COUNTRY, NULL }, { "republic", TD_PLACE, COUNTRY, NULL },
	{ "kingdom", TD_PLACE, COUNTRY, NULL }, { "city", TD_PLACE, CITY, NULL }, { "town", TD_PLACE, CITY, NULL },
	{ "village", TD_PLACE, CITY, NULL }, { "island", TD_PLACE, CITY, NULL }, { "province", TD_PLACE, CITY, NULL }, { "state", TD_PLACE, CITY, NULL },
	{ "territory", TD_PLACE, CITY, NULL }, { "region", TD_PLACE, CITY, NULL },
	{ "company", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "firm", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "fund", TD_ORGANIZATION, IN_NAME, NULL }, { "automaker", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "carmaker", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "retailer", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "insurer", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "manufacturer", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "lender", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "startup", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "corporation", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "watchdog", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "regulator", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "paper", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "airline", TD_ORGANIZATION, IN_NAME, "air" }, { "carrier", TD_ORGANIZATION, IN_NAME, "air" },
	{ "network", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "broadcaster", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "newspaper", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "organisation", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "organization", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "charity", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "agency", TD_ORGANIZATION, IN_NAME, NULL }, { "party", TD_ORGANIZATION, IN_NAME, NULL }, { "court", TD_ORGANIZATION, IN_NAME, NULL },
	{ "council", TD_ORGANIZATION, IN_NAME, NULL }, { "committee", TD_ORGANIZATION, IN_NAME, NULL }, { "commission", TD_ORGANIZATION, IN_NAME, NULL },
	{ "bank", TD_ORGANIZATION, IN_NAME, NULL }, { "university", TD_ORGANIZATION, IN_NAME, NULL }, { "club", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "ministry", TD_ORGANIZATION, IN_NAME, NULL }, { "department", TD_ORGANIZATION, IN_NAME, NULL }, { "senate", TD_ORGANIZATION, IN_NAME, NULL },
	{ "parliament", TD_ORGANIZATION, IN_NAME, NULL }, { "institute", TD_ORGANIZATION, IN_NAME, NULL }, { "union", TD_ORGANIZATION, IN_NAME, NULL },
	{ "association", TD_ORGANIZATION, IN_NAME, NULL }, { "bloc", TD_ORGANIZATION, IN_NAME, "union" }, { "alliance", TD_ORGANIZATION, IN_NAME, NULL },
	{ "church", TD_FACILITY, ANY_OF_CLASS, NULL }, { "cathedral", TD_FACILITY, ANY_OF_CLASS, NULL }, { "mosque", TD_FACILITY, IN_NAME, NULL },
	{ "building", TD_FACILITY, ANY_OF_CLASS, NULL }, { "airport", TD_FACILITY, IN_NAME, NULL }, { "hospital", TD_FACILITY, IN_NAME, NULL },
	{ "prison", TD_FACILITY, IN_NAME, NULL }, { "base", TD_FACILITY, IN_NAME, NULL }, { "monument", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "palace", TD_FACILITY, IN_NAME, NULL }, { "bridge", TD_FACILITY, IN_NAME, NULL }, { "stadium", TD_FACILITY, IN_NAME, NULL },
	{ "treaty", TD_WORK, ANY_OF_CLASS, NULL }, { "act", TD_WORK, IN_NAME, NULL }, { "bill", TD_WORK, IN_NAME, NULL }, { "law", TD_WORK, IN_NAME, "act" },
	{ "book", TD_WORK, ANY_OF_CLASS, NULL }, { "film", TD_WORK, ANY_OF_CLASS, NULL }, { "agreement", TD_WORK, IN_NAME, NULL },
	{ "ship", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "vessel", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "boat", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "yacht", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "ferry", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "tanker", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "freighter", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "trawler", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "frigate", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "submarine", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "aircraft", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "plane", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "jet", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "airliner", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "airplane", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "aeroplane", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "spacecraft", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "capsule", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "rocket", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "spaceship", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "shuttle", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "probe", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "satellite", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "rover", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "telescope", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "vaccine", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "drug", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "missile", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "app", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "software", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "game", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "console", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "helicopter", TD_PRODUCT, ANY_OF_CLASS, NULL },
	{ "drone", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "browser", TD_PRODUCT, ANY_OF_CLASS, NULL }, { "hotel", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "station", TD_FACILITY, ANY_OF_CLASS, NULL }, { "theatre", TD_FACILITY, ANY_OF_CLASS, NULL }, { "theater", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "museum", TD_FACILITY, ANY_OF_CLASS, NULL }, { "tower", TD_FACILITY, ANY_OF_CLASS, NULL }, { "mansion", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "venue", TD_FACILITY, ANY_OF_CLASS, NULL }, { "arena", TD_FACILITY, ANY_OF_CLASS, NULL }, { "plant", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "temple", TD_FACILITY, ANY_OF_CLASS, NULL }, { "shrine", TD_FACILITY, ANY_OF_CLASS, NULL }, { "castle", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "zoo", TD_FACILITY, ANY_OF_CLASS, NULL }, { "restaurant", TD_FACILITY, ANY_OF_CLASS, NULL }, { "factory", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "refinery", TD_FACILITY, ANY_OF_CLASS, NULL }, { "mine", TD_FACILITY, ANY_OF_CLASS, NULL }, { "dam", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "tunnel", TD_FACILITY, ANY_OF_CLASS, NULL }, { "market", TD_FACILITY, ANY_OF_CLASS, NULL }, { "hall", TD_FACILITY, ANY_OF_CLASS, NULL },
	{ "show", TD_WORK, ANY_OF_CLASS, NULL }, { "series", TD_WORK, ANY_OF_CLASS, NULL }, { "song", TD_WORK, ANY_OF_CLASS, NULL },
	{ "album", TD_WORK, ANY_OF_CLASS, NULL }, { "movie", TD_WORK, ANY_OF_CLASS, NULL }, { "novel", TD_WORK, ANY_OF_CLASS, NULL },
	{ "play", TD_WORK, ANY_OF_CLASS, NULL }, { "documentary", TD_WORK, ANY_OF_CLASS, NULL }, { "programme", TD_WORK, ANY_OF_CLASS, NULL },
	{ "program", TD_WORK, ANY_OF_CLASS, NULL }, { "sitcom", TD_WORK, ANY_OF_CLASS, NULL }, { "musical", TD_WORK, ANY_OF_CLASS, NULL },
	{ "opera", TD_WORK, ANY_OF_CLASS, NULL }, { "resolution", TD_WORK, IN_NAME, NULL }, { "constitution", TD_WORK, IN_NAME, NULL },
	{ "journal", TD_WORK, IN_NAME, NULL }, { "report", TD_WORK, IN_NAME, NULL }, { "deal", TD_WORK, IN_NAME, "agreement" },
	{ "accord", TD_WORK, IN_NAME, NULL }, { "pact", TD_WORK, IN_NAME, NULL }, { "convention", TD_WORK, IN_NAME, NULL },
	{ "amendment", TD_WORK, IN_NAME, NULL }, { "prize", TD_AWARD, IN_NAME, NULL }, { "award", TD_AWARD, IN_NAME, NULL },
	{ "medal", TD_AWARD, IN_NAME, NULL }, { "championship", TD_AWARD, IN_NAME, NULL }, { "trophy", TD_AWARD, IN_NAME, NULL },
	{ "team", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "band", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "studio", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "publisher", TD_ORGANIZATION, ANY_OF_CLASS, NULL }, { "chain", TD_ORGANIZATION, ANY_OF_CLASS, NULL },
	{ "college", TD_ORGANIZATION, IN_NAME, NULL }, { "academy", TD_ORGANIZATION, IN_NAME, NULL }, { "foundation", TD_ORGANIZATION, IN_NAME, NULL },
	{ "service", TD_ORGANIZATION, IN_NAME, NULL }, { "authority", TD_ORGANIZATION, IN_NAME, NULL }, { "board", TD_ORGANIZATION, IN_NAME, NULL },
	{ "movement", TD_ORGANIZATION, IN_NAME, NULL }, { "congress", TD_ORGANIZATION, IN_NAME, NULL }, { "league", TD_ORGANIZATION, IN_NAME, NULL },
	{ "federation", TD_ORGANIZATION, IN_NAME, NULL }, { "tribunal", TD_ORGANIZATION, IN_NAME, NULL }, { "assembly", TD_ORGANIZATION, IN_NAME, NULL },
	{ "institution", TD_ORGANIZATION, IN_NAME, NULL }, { "society", TD_ORGANIZATION, IN_NAME, NULL }, { "school", TD_ORGANIZATION, IN_NAME, NULL },
	{ "group", TD_ORGANIZATION, IN_NAME, NULL }, { "front", TD_ORGANIZATION, IN_NAME, NULL }, { "army", TD_ORGANIZATION, IN_NAME, NULL },
	{ "navy", TD_ORGANIZATION, IN_NAME, NULL }, { "trust", TD_ORGANIZATION, IN_NAME, NULL }, { "bureau", TD_ORGANIZATION, IN_NAME, NULL },
	{ "administration", TD_ORGANIZATION, IN_NAME, NULL }, { "office", TD_ORGANIZATION, IN_NAME, NULL }, { "county", TD_PLACE, IN_NAME, NULL },
	{ "district", TD_PLACE, IN_NAME, NULL }, { "river", TD_PLACE, IN_NAME, NULL }, { "lake", TD_PLACE, IN_NAME, NULL },
	{ "sea", TD_PLACE, IN_NAME, NULL }, { "park", TD_PLACE, IN_NAME, NULL }, { "valley", TD_PLACE, IN_NAME, NULL },
	{ "peninsula", TD_PLACE, IN_NAME, NULL }, { "volcano", TD_PLACE, IN_NAME, "mount" }, { "mountain", TD_PLACE, IN_NAME, "mount" },
	{ "archipelago", TD_PLACE, IN_NAME, "island" }, { "bay", TD_PLACE, IN_NAME, NULL }, { "street", TD_PLACE, IN_NAME, NULL },
	{ "square", TD_PLACE, IN_NAME, NULL },
};

static bool name_holds(td_coref_run *run, uint32_t mention, const char *word)
{
	const td_mention *m = td_men(run, mention);
	size_t n = strlen(word);
	for (uint32_t t = m->toks.from; t < m->toks.to; t++) {
		char buf[96];
		td_str low = td_word_lower(run->doc->toks.at[t].form, buf, sizeof buf);
		if (low.n >= n && memcmp(low.at, word, n) == 0) return true;
	}
	return false;
}

static bool is_country(td_coref_run *run, uint32_t mention)
{
	uint32_t s = run->sense[mention];
	return s != TD_NONE && td_note_has(run->lexicon->senses.at[s].note, "country");
}

static bool kind_fits(td_coref_run *run, uint32_t mention, size_t k)
{
	switch (kinds[k].needs) {
	case COUNTRY: return is_country(run, mention);
	case CITY: return !is_country(run, mention) && !td_men(run, mention)->demonym;
	case IN_NAME: return name_holds(run, mention, kinds[k].in_name ? kinds[k].in_name : kinds[k].noun);
	default: return true;
	}
}

/* Names in whose words another kind of body stands are no "company". */
static bool other_kind(td_coref_run *run, uint32_t mention)
{
	static const char *const words[] = { "ministry", "party", "government", "court", "senate", "parliament", "council", "house", "department", "police",
		"union", "committee", "commission", "university", "nations", "army", NULL };
	uint32_t first = td_root(run, mention);
	for (size_t i = 0; words[i]; i++)
		if (name_holds(run, mention, words[i]) || (td_men(run, first)->kind == TD_NAMED && name_holds(run, first, words[i]))) return true;
	return false;
}

static uint32_t by_kind(td_coref_run *run, uint32_t i, size_t k)
{
	const td_mention *m = td_men(run, i);
	uint32_t steps = 0, sent = run->doc->toks.at[m->head].sent;
	for (uint32_t j = i; j-- > 0 && steps < TD_MAX_LOOK_BACK; steps++) {
		const td_mention *o = td_men(run, j);
		uint32_t far = sent - run->doc->toks.at[o->head].sent;
		if (o->kind != TD_NAMED || td_info(run, j)->cls != kinds[k].cls || !kind_fits(run, j, k)) continue;
		if (kinds[k].needs == ANY_OF_CLASS && (far > 4 || other_kind(run, j))) continue;
		if (o->toks.from <= m->head && m->head < o->toks.to) continue;
		/* "the country's president visited Iran": what is possessed or stands in the same noun phrase is not meant. */
		if (far == 0 && (run->doc->toks.at[o->head].head == m->head || run->doc->toks.at[m->head].head == o->head)) continue;
		return j;
	}
	return TD_NONE;
}

static uint32_t thing_named(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	if (!m->definite || m->number == TD_PLURAL || m->toks.to - m->toks.from > 1) return TD_NONE;
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		if (td_lemma_is(run->doc, m->head, kinds[k].noun)) return by_kind(run, i, k);
	return TD_NONE;
}

/* ---- all together ------------------------------------------------------------------------------------------------ */

static bool possessed(const td_doc *doc, uint32_t head)
{
	return td_child(doc, head, TD_NMOD_POSS) != TD_NONE;
}

bool td_indefinite(const td_doc *doc, uint32_t head)
{
	static const char *const words[] = { "a", "an", "another", "some", "any", "no", "each", "every", "several", NULL };
	uint32_t d = td_child(doc, head, TD_DETERM);
	return d != TD_NONE && td_tok_in(doc, d, words);
}

/* "The 20-year-old Spaniard": whom the story is about, that is the subject of the sentence before, or the last named person in it. */
static uint32_t of_that_age(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i);
	uint32_t sent = doc->toks.at[m->head].sent, det = td_child(doc, m->head, TD_DETERM), person = TD_NONE;
	bool age = false;
	for (uint32_t t = m->toks.from; t < m->toks.to; t++) age |= td_is_age(doc, t);
	if (!age || det == TD_NONE || !td_tok_is(doc, det, "the")) return TD_NONE;
	for (uint32_t j = i, steps = 0; j-- > 0 && steps < TD_MAX_LOOK_BACK; steps++) {
		const td_mention *o = td_men(run, j);
		uint32_t far = sent - doc->toks.at[o->head].sent;
		const td_cluster *c = td_info(run, j);
		if (far > 2 || (far == 2 && person != TD_NONE)) break;
		if (far == 0 || c->cls != TD_PERSON || !c->named || !td_genders_fit((td_gender)c->gender, (td_gender)m->gender)) continue;
		uint8_t rel = doc->toks.at[o->head].deprel;
		if (rel == TD_NSUBJ || rel == TD_NSUBJ_PASS) return j;
		if (person == TD_NONE) person = j;
	}
	return person;
}

static uint32_t antecedent(td_coref_run *run, uint32_t i, td_str word)
{
	const td_mention *m = td_men(run, i);
	uint32_t place = td_place_of(run, i), found = TD_NONE;
	if (td_indefinite(run->doc, m->head)) return TD_NONE;
	bool person = m->cls == TD_PERSON && m->number == TD_SINGULAR;
	if (person && !possessed(run->doc, m->head)) {
		found = role_holder(run, i, word, place);
		if (found == TD_NONE && td_in_list(word, leader_words)) found = leader_of(run, place);
		if (found == TD_NONE) found = top_officer(run, i, word, place);
		if (found == TD_NONE) found = of_that_age(run, i);
	}
	if (found == TD_NONE && person && td_is_perpetrator(run, i)) found = td_other_perpetrator(run, i);
	/* "the network" goes on meaning the one that it meant before. */
	uint32_t again_noun = m->definite && !possessed(run->doc, m->head) ? same_noun(run, i, word, place) : TD_NONE;
	if (found == TD_NONE && again_noun != TD_NONE && td_info(run, again_noun)->named) found = again_noun;
	if (found == TD_NONE) found = thing_named(run, i);
	/* Police are spoken of without an article; so are the same people again ("protesters"), when nothing is said of them but the noun. */
	bool named_noun = again_noun == TD_NONE && !m->definite && !possessed(run->doc, m->head);
	if (named_noun && found == TD_NONE) {
		uint32_t name = same_noun(run, i, word, place);
		if (name != TD_NONE && td_men(run, name)->kind == TD_NAMED) found = name;
	}
	bool again = m->definite || td_str_eq(word, TD_STR("police")) || (m->number == TD_PLURAL && m->toks.to - m->toks.from == 1);
	if (found == TD_NONE && again && !possessed(run->doc, m->head)) found = same_noun(run, i, word, place);
	return found;
}

td_status td_coref_noun_name(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	if (m->toks.to - m->toks.from != 1 || m->demonym || m->cls == TD_PERSON || m->cls == TD_PLACE) return TD_OK;
	char buf[96];
	td_str low = td_word_lower(run->doc->toks.at[m->head].form, buf, sizeof buf);
	if (td_lexicon_sense(run->lexicon, low, TD_NOUN, TD_SENSE_ENTITY) == TD_NONE) return TD_OK;
	td_str word = td_arena_str(&run->doc->arena, low);
	if (!word.at) return td_no_memory(run->err);
	uint32_t k = td_map_get(&run->noun_of, word);
	if (k != TD_NONE && same_number(run, i, k) && td_men(run, k)->toks.to - td_men(run, k)->toks.from == 1) (void)td_join(run, i, k);
	run->noun_prev[i] = k;
	return td_map_put(&run->noun_of, word, i) ? TD_OK : td_no_memory(run->err);
}

td_status td_coref_nominal(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	td_str lemma = run->doc->toks.at[m->head].lemma;
	td_str word = td_lower(&run->doc->arena, lemma.n ? lemma : run->doc->toks.at[m->head].form);
	if (!word.at) return td_no_memory(run->err);
	/* An apposition or a predicate has joined it already. */
	if (td_info(run, i)->n == 1) {
		uint32_t to = antecedent(run, i, word);
		if (to != TD_NONE) (void)td_join(run, i, to);
	}
	run->noun_prev[i] = td_map_get(&run->noun_of, word);
	return td_map_put(&run->noun_of, word, i) ? TD_OK : td_no_memory(run->err);
}
