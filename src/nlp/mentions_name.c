/* Names: the network's spans, repaired by tree and lexicon, and runs of proper nouns that the network missed. */
#include "nlp/mentions.h"

static bool is_possessive(const td_doc *doc, uint32_t t)
{
	return doc->toks.at[t].xpos == TD_XP_POS || td_str_eq(doc->toks.at[t].form, TD_STR("'s")) ||
	       td_str_eq(doc->toks.at[t].form, TD_STR("\u2019s"));
}

static bool edge_goes(const td_doc *doc, uint32_t t)
{
	uint8_t upos = doc->toks.at[t].upos;
	return upos == TD_PUNCT || upos == TD_ADP || upos == TD_CCONJ || upos == TD_SYM || is_possessive(doc, t);
}

/* Articles, possessive endings, punctuation and prepositions off both ends. "The" stays out too: a name is written without its article. */
static td_range trim(const td_doc *doc, td_range s)
{
	while (s.from < s.to && (edge_goes(doc, s.from) || td_tok_is(doc, s.from, "the") || td_tok_is(doc, s.from, "a") ||
		doc->toks.at[s.from].xpos == TD_XP_PRPS)) s.from++;
	while (s.from < s.to && edge_goes(doc, s.to - 1) && !td_str_eq(doc->toks.at[s.to - 1].form, TD_STR("!"))) s.to--;
	return s;
}

/* ---- class ------------------------------------------------------------------------------------------------------- */

/* What the network says, where the words themselves say nothing. */
static const uint8_t net_class[TD_NAME_COUNT] = {
	[TD_NAME_PER] = TD_PERSON, [TD_NAME_ORG] = TD_ORGANIZATION, [TD_NAME_LOC] = TD_PLACE, [TD_NAME_FAC] = TD_FACILITY,
	[TD_NAME_PRODUCT] = TD_PRODUCT, [TD_NAME_WORK] = TD_WORK,
};

/* Class that the words tell: the whole name ("White House"), else its last word before a preposition ("… Airport", "Treaty of …"). */
static td_class words_class(td_finder *f, td_range s)
{
	uint32_t len, sense = td_phrase_sense(f->doc, f->lexicon, s.from, s.to, TD_SENSE_ENTITY, &len);
	if (sense != TD_NONE && len == s.to - s.from) return (td_class)f->lexicon->senses.at[sense].cls;
	if (s.to - s.from < 2) return TD_CLASS_NONE;
	uint32_t last = s.from;
	while (last + 1 < s.to && f->doc->toks.at[last + 1].upos != TD_ADP && f->doc->toks.at[last + 1].upos != TD_PUNCT) last++;
	while (last > s.from && (td_tok_is(f->doc, last, "no.") || f->doc->toks.at[last].upos == TD_NUM)) last--;
	char buf[96];
	td_str word = td_word_lower(f->doc->toks.at[last].form, buf, sizeof buf);
	sense = td_lexicon_sense(f->lexicon, word, TD_PROPN, TD_SENSE_ENTITY);
	if (sense == TD_NONE) sense = td_lexicon_sense(f->lexicon, word, TD_NOUN, TD_SENSE_ENTITY);
	return sense == TD_NONE ? TD_CLASS_NONE : (td_class)f->lexicon->senses.at[sense].cls;
}

static bool words_win(td_class net, td_class words)
{
	if (words == TD_CLASS_NONE || words == TD_PERSON || words == TD_GROUP) return false;
	switch (net) {
	case TD_PERSON: return words == TD_ORGANIZATION || words == TD_AWARD;
	case TD_ORGANIZATION: return words == TD_WORK || words == TD_AWARD || words == TD_FACILITY;
	case TD_PLACE: return words == TD_FACILITY || words == TD_ORGANIZATION || words == TD_WORK || words == TD_AWARD;
	case TD_FACILITY: return words == TD_ORGANIZATION;
	default: return true;
	}
}

/* "Nikki Haley": a given name and one or two more that are no words of the language. */
static bool looks_like_person(const td_finder *f, td_range s)
{
	bool given = false;
	if (s.to - s.from < 2 || s.to - s.from > 3) return false;
	if (td_given_gender(f->doc, f->lexicon, s.from, &given) == TD_GENDER_UNKNOWN) return false;
	for (uint32_t t = s.from + 1; t < s.to; t++) {
		char buf[96];
		td_str low = td_word_lower(f->doc->toks.at[t].form, buf, sizeof buf);
		uint32_t sense = td_lexicon_find(f->lexicon, low);
		if (f->doc->toks.at[t].upos != TD_PROPN || (sense != TD_NONE && f->lexicon->senses.at[sense].kind != TD_SENSE_GIVEN)) return false;
	}
	return true;
}

/* "Jo Brand", "Ann Bell": behind a given name only words that end names ("Group", "Foundation") tell of a body. */
static bool given_and_noun(const td_finder *f, td_range s)
{
	bool given = false;
	char buf[96];
	if (s.to - s.from != 2) return false;
	(void)td_given_gender(f->doc, f->lexicon, s.from, &given);
	return given && td_lexicon_sense(f->lexicon, td_word_lower(f->doc->toks.at[s.from + 1].form, buf, sizeof buf), TD_PROPN, TD_SENSE_ENTITY) == TD_NONE;
}

static td_class name_class(td_finder *f, td_range s, td_name_class net)
{
	if (net == TD_NAME_PER && given_and_noun(f, s)) return TD_PERSON;
	if (net != TD_NAME_PER && looks_like_person(f, s)) return TD_PERSON;

	uint32_t len, d = td_demonym(f->doc, f->lexicon, s.from, s.to, true, &len);
	bool given = false;
	if (net == TD_NAME_PER) (void)td_given_gender(f->doc, f->lexicon, s.from, &given); /* "Chad" and "Jordan" may be called so */
	if (d != TD_NONE && len == s.to - s.from && !given) return td_demonym_class(f->lexicon, d);
	td_class words = words_class(f, s), said = (td_class)net_class[net];
	return words_win(said, words) ? words : said;
}

/* "Secretary of State" alone is no name but a nominal. */
bool td_only_title(td_finder *f, td_range s)
{
	uint32_t len, sense = td_phrase_sense(f->doc, f->lexicon, s.from, s.to, TD_SENSE_TITLE, &len);
	return sense != TD_NONE && len == s.to - s.from;
}

static bool has_capital(const td_doc *doc, td_range s)
{
	for (uint32_t t = s.from; t < s.to; t++)
		if (td_tok_upper(doc, t) || td_is_digit((uint32_t)(unsigned char)doc->toks.at[t].form.at[0])) return true;
	return false;
}

/* "in Elmford, Ohio": what lies in a place is a place, if nothing tells what it is. */
static bool before_place(const td_finder *f, td_range s)
{
	static const char *const where[] = { "in", "at", "near", "from", "to", "of", NULL };
	const td_doc *doc = f->doc;
	uint32_t len, end = td_sent_of(doc, s.from).to;
	if (s.from == td_sent_of(doc, s.from).from || s.to + 1 >= end || !td_tok_in(doc, s.from - 1, where) || !td_str_eq(doc->toks.at[s.to].form, TD_STR(","))) return false;
	uint32_t sense = td_demonym(doc, f->lexicon, s.to + 1, end, true, &len);
	return sense != TD_NONE && td_demonym_class(f->lexicon, sense) == TD_PLACE && td_note_has(f->lexicon->senses.at[sense].note, "name");
}

static td_status add_name(td_finder *f, td_name_found n)
{
	if (n.cls == TD_CLASS_NONE && before_place(f, n.toks)) n.cls = TD_PLACE;
	if (n.toks.to - n.toks.from == 1 && td_map_get(&f->spelt, f->doc->toks.at[n.toks.from].form) != TD_NONE) n.cls = TD_PERSON;
	td_mention m = { .toks = n.toks, .head = td_range_head(f->doc, n.toks), .cls = n.cls, .kind = TD_NAMED, .title = n.title,
		.number = TD_SINGULAR, .definite = 1 };
	m.gender = n.cls == TD_PERSON ? (uint8_t)n.gender : TD_NEUTER;
	/* A surname alone has no gender of its own: "Judge Jackson". */
	bool surname = n.toks.to - n.toks.from == 1 && n.title.from < n.title.to;
	if (n.cls == TD_PERSON && m.gender == TD_GENDER_UNKNOWN && !surname)
		m.gender = (uint8_t)td_given_gender(f->doc, f->lexicon, n.toks.from, NULL);
	if (n.cls == TD_CLASS_NONE) m.gender = TD_GENDER_UNKNOWN;
	td_take(f, n.toks, TD_IN_NAME);
	for (uint32_t t = n.toks.from; t < n.toks.to; t++)
		if (td_tok_upper(f->doc, t) && !td_map_put(&f->words, f->doc->toks.at[t].form, t)) return td_no_memory(f->err);
	return td_mention_add(f, m);
}

static const char *const storm_words[] = { "storm", "hurricane", "typhoon", "cyclone", NULL };

/* "Storm Barry", "Tropical Storm Humberto", "El Niño": the weather is an event and no entity, also where it goes by its bare name. Not so
 * the "National Hurricane Center". */
static bool storm(const td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	uint32_t last = s.to - 1;
	if (s.to - s.from == 2 && td_tok_is(doc, s.from, "el") && td_tok_is(doc, last, "niño")) return true;
	if (s.to - s.from == 1) return td_map_get(&f->storms, doc->toks.at[last].form) != TD_NONE;
	return s.to - s.from <= 3 && td_tok_in(doc, last - 1, storm_words) && td_noun_class(doc, f->lexicon, last, NULL) == TD_CLASS_NONE;
}

static td_status find_storms(td_finder *f)
{
	const td_doc *doc = f->doc;
	td_map_init(&f->storms, &f->doc->arena);
	for (uint32_t t = 1; t < doc->toks.n; t++) {
		if (!td_tok_upper(doc, t) || !td_tok_upper(doc, t - 1) || doc->toks.at[t].upos != TD_PROPN || !td_tok_in(doc, t - 1, storm_words)) continue;
		if (td_tok_in(doc, t, storm_words)) continue;
		if (!td_map_put(&f->storms, doc->toks.at[t].form, t)) return td_no_memory(f->err);
	}
	return TD_OK;
}

/* ---- the network's names ----------------------------------------------------------------------------------------- */

/* "Russian", also where the network has cut "Puerto Rican" after its first word. */
static bool plain_demonym(td_finder *f, td_range s)
{
	uint32_t len;
	return td_demonym(f->doc, f->lexicon, s.from, td_sent_of(f->doc, s.from).to, false, &len) != TD_NONE && len >= s.to - s.from;
}

/* "Protesters threw stones": a common noun that has its capital from the sentence. */
static bool only_capitalised(const td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	if (s.to - s.from != 1 || s.from != td_sent_of(doc, s.from).from || td_tok_all_caps(doc, s.from)) return false;
	uint32_t sense = td_tok_sense(doc, f->lexicon, s.from, TD_SENSE_ENTITY);
	if (sense == TD_NONE) return false;
	uint16_t cls = f->lexicon->senses.at[sense].cls;
	return cls == TD_GROUP || cls == TD_PERSON || cls == TD_PRODUCT;
}

/* "GBP738": a code of a currency (ISO 4217) and a number, written as one word */
static bool currency_amount(td_str form)
{
	static const char *const codes[] = { "usd", "gbp", "eur", "aud", "cad", "jpy", "cny", "inr", "sek", "nok", "dkk", "chf", "nzd", "hkd", "brl", "zar", "mxn", "rub",
		"try", "krw", "sgd", "php", "thb", "pkr", "ngn", "kes", "ars", "clp", "cop", "aed", "sar", "ils", "pln", "czk", "huf", NULL };
	if (form.n < 4 || !td_in_list((td_str){ form.at, 3 }, codes)) return false;
	for (size_t i = 3; i < form.n; i++)
		if (!td_is_digit((uint32_t)(unsigned char)form.at[i]) && form.at[i] != '.' && form.at[i] != ',') return false;
	return true;
}

static bool in_skip_list(const td_doc *doc, td_range s)
{
	static const char *const never[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
		"march", "april", "june", "july", "august", "september", "october", "november", "december", "i", "god", "mr", "mrs", "ms",
		"oct.", "nov.", "dec.", "jan.", "feb.", "aug.", "sept.", "sep.", "utc", "gmt", "bst", "cest", "cet", "est", "edt", "pst", "pdt", "covid", "covid-19",
		"coronavirus", "sars", "mers", "ebola", "sars-cov-2", "us$", "a$", "c$", "nz$", "hk$", "ph.d.", "phd", "bc", "ad", "brexit", "ww2", "wwii", "ww1", "internet", "covid19", "lgbt", "lgbtq", "tv", "dna", "hiv", "aids", "gps", "ist", "am", "pm", "christmas", "easter", "ramadan",
		"dvd", "dvds", "vip", "vips", "cd", "cds", "pc", "pcs", "suv", "suvs", "ufo", "ufos", "atm", "atms", "pdf", "url", "gdp", "gnp", "vat", "cctv", "ppe", "icu", "cpr", "mri", "pcr",
		"faq", "iq", "mph", "kph", "usd", "gbp", "eur", "aud", "cad", "jpy", "cny", "inr", "sek", "nok", "dkk", "chf", "nzd", "hkd", "ai", "vr", "hd", "led", "sos", "wifi", "wi-fi",
		"bluetooth", "rna", "mrna", "hpv", "hiv/aids", "lgbtq+", "lgbt+", "lgbti", "lgbtqia", "aest", "acst", "awst", "aedt", "jst", "hkt", "cst", "cdt", "mst", "mdt", "ii", "iii",
		"iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xx", "xxi", "xmas", "diwali", "halloween", "thanksgiving", "passover", "hanukkah", NULL };
	static const char *const viruses[] = { "SARS", "MERS", "COVID", "Covid", NULL };
	if (s.to - s.from == 1 && currency_amount(doc->toks.at[s.from].form)) return true;
	for (const char *const *v = viruses; *v; v++)
		if (td_str_starts(doc->toks.at[s.from].form, td_str_of(*v))) return true;
	return s.to - s.from == 1 && td_in_list(doc->toks.at[s.from].form, never);
}

/* "the Islamic Republic of Iran" is one name of one country. */
static td_range whole_alias(td_finder *f, td_range s)
{
	uint32_t len, end = td_sent_of(f->doc, s.from).to;
	if (td_demonym(f->doc, f->lexicon, s.from, end, true, &len) != TD_NONE && s.from + len > s.to) s.to = s.from + len;
	return s;
}

/* "US Ambassador", "Senate President": the network takes place and title for one body. */
static td_range without_title(td_finder *f, td_range s)
{
	uint32_t len, sense = td_phrase_before(f->doc, f->lexicon, s.from, s.to, TD_SENSE_TITLE, &len);
	/* "House of Representatives": behind a preposition nobody holds an office. */
	if (len < s.to - s.from && f->doc->toks.at[s.to - len - 1].upos == TD_ADP) return s;
	if (sense != TD_NONE && len < s.to - s.from && !td_note_has(f->lexicon->senses.at[sense].note, "occupation") &&
		!td_tok_all_caps(f->doc, s.to - 1)) s.to -= len;
	return s;
}

/* "U.S. Secretary of [State Rex Tillerson]": the network begins the name inside the title. */
static bool begins_in_title(td_finder *f, td_range *s)
{
	uint32_t from = td_sent_of(f->doc, s->from).from, len;
	for (uint32_t t = s->from, n = 0; t-- > from && n < 4; n++) {
		if (f->taken[t] != TD_FREE) return false;
		uint32_t sense = td_phrase_sense(f->doc, f->lexicon, t, s->to, TD_SENSE_TITLE, &len);
		if (sense == TD_NONE || t + len <= s->from || t + len >= s->to) continue;
		bool given = false;
		(void)td_given_gender(f->doc, f->lexicon, t + len, &given);
		if (!given) continue;
		s->from = t + len;
		return true;
	}
	return false;
}

/* "Alaska Sarah Palin" in "the governor of Alaska Sarah Palin": two names. Leaves the person in *s. */
static td_status split_place(td_finder *f, td_range *s)
{
	bool given = false, also = false;
	uint32_t len, d = td_demonym(f->doc, f->lexicon, s->from, s->to, true, &len);
	if (d == TD_NONE || s->from + len + 1 >= s->to) return TD_OK;
	(void)td_given_gender(f->doc, f->lexicon, s->from, &also);
	(void)td_given_gender(f->doc, f->lexicon, s->from + len, &given);
	if (!given || also) return TD_OK;
	td_name_found place = { .toks = { s->from, s->from + len }, .cls = (uint8_t)td_demonym_class(f->lexicon, d) };
	s->from += len;
	return plain_demonym(f, place.toks) ? TD_OK : add_name(f, place);
}

/* "United States public utility [Pacific Gas and Electric Company]", "the supreme court on matters of [European Union]": common nouns in
 * the middle part two names; the last one is meant. Short ones may be a foreign name's own ("Corriere della Sera"). */
static td_status behind_common_noun(td_finder *f, td_range *s)
{
	const td_doc *doc = f->doc;
	uint32_t from = s->from, last = s->to, len;
	while (last > s->from && !td_tok_upper(doc, last - 1)) last--;
	for (uint32_t t = s->from; t + 1 < last; t++) {
		const td_token *tok = &doc->toks.at[t];
		bool common = tok->upos == TD_NOUN || (tok->upos == TD_ADJ && t > s->from) || (tok->upos == TD_PROPN && tok->form.n > 5);
		if (common && !td_tok_upper(doc, t) && td_is_letter((unsigned char)tok->form.at[0])) from = t + 1;
	}
	if (from == s->from) return TD_OK;
	uint32_t place = td_demonym(doc, f->lexicon, s->from, from, true, &len);
	td_name_found before = { .toks = { s->from, s->from + (place == TD_NONE ? 0 : len) } };
	*s = trim(doc, (td_range){ from, s->to });
	if (place == TD_NONE || plain_demonym(f, before.toks)) return TD_OK;
	before.cls = (uint8_t)td_demonym_class(f->lexicon, place);
	return add_name(f, before);
}

/* "[Montana Secretary] of State Corey Hill", "[U.S. District] Judge": the network's name ends within a title; it is the body before it. `least`:
 * words of such a title. */
static bool cut_in_title(td_finder *f, td_range *s, uint32_t least)
{
	uint32_t len, last = s->to - 1;
	if (s->to >= f->doc->toks.n) return false;
	uint32_t sense = td_phrase_sense(f->doc, f->lexicon, last, td_sent_of(f->doc, last).to, TD_SENSE_TITLE, &len);
	if (sense == TD_NONE || len < least) return false;
	s->to--;
	return true;
}

/* "Harbour Patrol [officers]": people of a body, written small, are no part of its name. */
static td_range without_people(const td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	while (s.to > s.from + 1 && !td_tok_upper(doc, s.to - 1) && doc->toks.at[s.to - 1].xpos == TD_XP_NNS) {
		td_class cls = td_noun_class(doc, f->lexicon, s.to - 1, NULL);
		if (cls != TD_PERSON && cls != TD_GROUP) break;
		s.to--;
	}
	return s;
}

/* "Speaker of the [House Nancy] [Pelosi]": a given name left alone belongs to the person named right behind it. */
static td_range over_surname(const td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	bool given = false;
	uint32_t end = td_sent_of(doc, s.from).to;
	if (s.to - s.from != 1 || s.to >= end || doc->toks.at[s.to].name != TD_NAME_PER) return s;
	(void)td_given_gender(doc, f->lexicon, s.from, &given);
	while (given && s.to < end && doc->toks.at[s.to].name == TD_NAME_PER && f->taken[s.to] == TD_FREE && td_tok_upper(doc, s.to)) s.to++;
	return s;
}

static td_status net_name(td_finder *f, const td_name *net)
{
	td_doc *doc = f->doc;
	td_range s = trim(doc, net->toks);
	if (net->cls == TD_NAME_ORG) s = without_people(f, s);
	if (s.from + 1 < s.to && s.to <= doc->toks.n && cut_in_title(f, &s, net->cls == TD_NAME_PER ? 3 : 2)) {
		td_name place = { .toks = s, .cls = TD_NAME_LOC };
		return net_name(f, &place);
	}
	if (s.from < s.to && s.to <= doc->toks.n && net->cls != TD_NAME_PER) s = without_title(f, trim(doc, whole_alias(f, s)));
	if (s.from >= s.to || s.to > doc->toks.n || net->cls >= TD_NAME_COUNT || net->cls == TD_NAME_NONE) return TD_OK;
	if (f->taken[s.from] != TD_FREE || f->taken[s.to - 1] != TD_FREE || !has_capital(doc, s) || in_skip_list(doc, s) || only_capitalised(f, s)) return TD_OK;
	if (net->cls != TD_NAME_PER && plain_demonym(f, s)) return TD_OK; /* the pass for demonyms looks at it */
	if (net->cls == TD_NAME_EVENT || storm(f, s) || td_inside_title(f, s)) return TD_OK;
	if (net->cls == TD_NAME_ORG || net->cls == TD_NAME_LOC) TRY(behind_common_noun(f, &s));
	if (net->cls == TD_NAME_PER) TRY(split_place(f, &s));
	uint32_t noun = s.from;
	if (net->cls == TD_NAME_PER) s = td_person_only(f, s);
	td_name_found n = { .toks = s };
	if (noun < s.from) n.title = (td_range){ noun, s.from };
	n.cls = begins_in_title(f, &n.toks) ? TD_PERSON : (uint8_t)name_class(f, s, net->cls);
	if (n.cls == TD_PERSON) n.toks = over_surname(f, n.toks);
	s = n.toks;
	bool body = false;
	if (n.cls != TD_ORGANIZATION && td_called_company(f->doc, f->lexicon, s)) n.cls = TD_ORGANIZATION;
	if (n.cls == TD_PERSON && td_behind_place_noun(doc, s)) n.cls = TD_PLACE;
	td_class thing = n.cls == TD_PLACE || n.cls == TD_CLASS_NONE ? td_called_thing(doc, f->lexicon, s) : TD_CLASS_NONE;
	if (thing != TD_CLASS_NONE) n.cls = (uint8_t)thing;
	n.toks = td_over_form(f, td_widen_name(f, s, n.cls), &body);
	if (body) n.cls = TD_ORGANIZATION;
	if (!body && n.toks.to > s.to && n.cls != TD_PERSON && words_win((td_class)n.cls, words_class(f, n.toks))) n.cls = (uint8_t)words_class(f, n.toks);
	if (n.cls == TD_PLACE && (td_behind_age(doc, n.toks) || (n.toks.from < s.from && looks_like_person(f, n.toks)))) n.cls = TD_PERSON;
	if (td_only_title(f, n.toks) && n.cls != TD_WORK) return TD_OK;
	if (n.cls == TD_CLASS_NONE && n.toks.to - n.toks.from == 1 && doc->toks.at[n.toks.from].upos == TD_ADJ) return TD_OK; /* "Catholic" */
	td_take(f, n.title, TD_IN_TITLE);
	if (n.cls == TD_PERSON || n.cls == TD_CLASS_NONE) td_title_inside(f, &n);
	if (n.cls == TD_PERSON && n.title.from == n.title.to) td_title_before(f, &n);
	return add_name(f, n);
}

/* ---- proper nouns that the network missed ------------------------------------------------------------------------ */

/* Class of a name nobody has classified: by words, by given name, by a title before it, by its preposition. */
static td_class guess_class(td_finder *f, td_range s)
{
	bool given = false;
	uint32_t len;
	const td_doc *doc = f->doc;
	td_class words = words_class(f, s);
	if (words != TD_CLASS_NONE && words != TD_PERSON && words != TD_GROUP) return words;
	uint32_t place = td_demonym(doc, f->lexicon, s.from, s.to, true, &len);
	if (place != TD_NONE && len == s.to - s.from) return td_demonym_class(f->lexicon, place);
	(void)td_given_gender(doc, f->lexicon, s.from, &given);
	if (given && s.to - s.from >= 2) return TD_PERSON;
	uint32_t from = td_sent_of(doc, s.from).from;
	if (s.from > from && td_phrase_before(doc, f->lexicon, from, s.from, TD_SENSE_TITLE, &len) != TD_NONE) return TD_PERSON;
	td_str prep = td_case_of(doc, td_range_head(doc, s));
	if (td_str_eq(prep, TD_STR("in")) || td_str_eq(prep, TD_STR("at")) || td_str_eq(prep, TD_STR("near"))) return TD_PLACE;
	return td_tok_all_caps(doc, s.from) ? TD_ORGANIZATION : TD_CLASS_NONE;
}

/* "Watergate scandal", "Lenten season": no thing of its own. "Houthi movement" and "Chakri dynasty" are. */
static bool mere_modifier(td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	uint32_t head = td_range_head(doc, s), up = doc->toks.at[head].head;
	uint8_t rel = doc->toks.at[head].deprel;
	if ((rel != TD_COMPOUND && rel != TD_AMOD && rel != TD_NMOD_DESC) || up == TD_NONE) return false;
	if (td_map_get(&f->words, doc->toks.at[s.from].form) != TD_NONE) return false; /* "Exxon shares" beside "Exxon Mobil" */
	return doc->toks.at[up].upos == TD_NOUN && td_noun_class(doc, f->lexicon, up, NULL) == TD_CLASS_NONE;
}

static td_status missed_name(td_finder *f, td_range run)
{
	td_range s = trim(f->doc, run);
	if (s.from < s.to) (void)cut_in_title(f, &s, 2);
	if (s.from >= s.to || in_skip_list(f->doc, s) || only_capitalised(f, s) || storm(f, s) || td_only_title(f, s) || plain_demonym(f, s) || td_inside_title(f, s))
		return TD_OK;
	td_name_found n = { .toks = td_over_adjective(f, td_over_hyphens(f, s)) };
	uint32_t len;
	if (in_skip_list(f->doc, n.toks)) return TD_OK;
	bool event = s.to - s.from == 1 && td_tok_sense(f->doc, f->lexicon, s.from, TD_SENSE_EVENT) != TD_NONE && !td_tok_all_caps(f->doc, s.from);
	if (event && words_class(f, s) == TD_CLASS_NONE) return TD_OK;
	/* A title, then nothing: "President" before a name that was found. */
	if (td_phrase_before(f->doc, f->lexicon, s.from, s.to, TD_SENSE_TITLE, &len) != TD_NONE && !td_tok_all_caps(f->doc, s.to - 1)) return TD_OK;
	bool body = false;
	n.toks = td_over_form(f, n.toks, &body);
	n.cls = body || td_called_company(f->doc, f->lexicon, s) ? TD_ORGANIZATION : (uint8_t)guess_class(f, s);
	if (n.cls == TD_CLASS_NONE && mere_modifier(f, s)) return TD_OK;
	td_title_inside(f, &n);
	if (n.title.from < n.title.to) n.cls = TD_PERSON;
	if (n.cls == TD_PERSON && n.title.from == n.title.to) td_title_before(f, &n);
	return add_name(f, n);
}

static td_status find_missed(td_finder *f)
{
	const td_doc *doc = f->doc;
	for (uint32_t t = 0; t < doc->toks.n;) {
		if (td_double_surname(f, t) && f->taken[t] == TD_FREE && f->taken[t + 2] == TD_FREE) {
			td_name_found person = { .toks = { t, t + 3 }, .cls = TD_PERSON };
			td_title_before(f, &person);
			TRY(add_name(f, person));
			t += 3;
			continue;
		}
		if (!td_proper(f, t)) {
			t++;
			continue;
		}
		td_range run = { t, t + 1 };
		uint32_t end = td_sent_of(doc, t).to;
		while (run.to < end && td_proper(f, run.to) && (td_joined(doc, run.to, run) || td_joined(doc, td_range_head(doc, run), (td_range){ run.to, run.to + 1 })))
			run.to++;
		t = run.to;
		TRY(missed_name(f, run));
	}
	return TD_OK;
}

/* "Baylor Scott & White Medical Center" */
static bool and_company(const td_doc *doc, const td_name *a, const td_name *b)
{
	return a->toks.to + 1 == b->toks.from && td_str_eq(doc->toks.at[a->toks.to].form, TD_STR("&")) && (a->cls == TD_NAME_ORG || b->cls == TD_NAME_ORG) &&
	       (a->cls == TD_NAME_ORG || a->cls == TD_NAME_PER) && (b->cls == TD_NAME_ORG || b->cls == TD_NAME_PER);
}

/* Names whose spelling tells that they are a person's; and what such a person is called from then on. */
static td_status find_spelt_persons(td_finder *f)
{
	for (uint32_t t = 0; t < f->doc->toks.n; t++) {
		td_name_found person = { .toks = td_hyphenated_given(f, t), .cls = TD_PERSON };
		if (person.toks.from == person.toks.to || f->taken[t] != TD_FREE) continue;
		td_title_before(f, &person);
		if (!td_map_put(&f->spelt, f->doc->toks.at[t].form, t)) return td_no_memory(f->err);
		TRY(add_name(f, person));
		t = person.toks.to - 1;
	}
	return TD_OK;
}

td_status td_find_names(td_finder *f)
{
	TRY(find_storms(f));
	TRY(td_find_double_surnames(f));
	TRY(find_spelt_persons(f));
	TRY(td_find_known(f));
	TRY(td_find_bodies(f));
	for (uint32_t i = 0; i < f->doc->names.n; i++) {
		td_name name = f->doc->names.at[i];
		td_over_double_surname(f, &name);
		if (i + 1 < f->doc->names.n && and_company(f->doc, &name, &f->doc->names.at[i + 1])) {
			name = (td_name){ { name.toks.from, f->doc->names.at[i + 1].toks.to }, TD_NAME_ORG, name.score };
			i++;
		}
		if (td_two_sides(f, name.toks)) {
			td_name first = { { name.toks.from, name.toks.from + 1 }, name.cls, name.score };
			TRY(net_name(f, &first));
			name.toks.from += 2;
		}
		TRY(net_name(f, &name));
	}
	return find_missed(f);
}
