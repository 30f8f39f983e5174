/* Names that the network cuts, misses or takes for something else, mended by the words around: what stands behind "of", a legal form, an office with
 * its holder's title, what the sentence calls the bearer. */
#include "nlp/mentions.h"

enum { MAX_BODY_WORDS = 8 };

/* Nouns whose names go on behind "of" or "for". */
static const char *const bodies[] = { "union", "house", "court", "journal", "office", "ministry", "department", "chamber", "council", "faculty", "association",
	"federation", "confederation", "committee", "school", "institute", "college", "board", "academy", "league", "society", "bureau", "commission",
	"chamber", "assembly", "centre", "center", "agency", "organisation", "organization", "foundation", "institution", "guild", "tribunal", NULL };

static bool capital_word(const td_finder *f, uint32_t t)
{
	const td_token *tok = &f->doc->toks.at[t];
	bool word = tok->upos == TD_PROPN || tok->upos == TD_NOUN || tok->upos == TD_ADJ;
	return word && f->taken[t] == TD_FREE && td_tok_upper(f->doc, t) && tok->name != TD_NAME_PER && tok->name != TD_NAME_LOC;
}

bool td_office_word(const td_doc *doc, uint32_t tok)
{
	static const char *const words[] = { "department", "ministry", "agency", "commission", "bureau", "foundation", "institute", "council", "committee",
		"federation", "association", "office", "administration", NULL };
	return td_tok_upper(doc, tok) && td_tok_in(doc, tok, words);
}

/* "of [the] Harbour Workers [and Pilots]" behind a name: where it ends, or `at` when there is none. */
static uint32_t of_phrase(const td_finder *f, uint32_t at, uint32_t end)
{
	const td_doc *doc = f->doc;
	uint32_t t = at, len;
	if (t + 1 >= end || (!td_tok_is(doc, t, "of") && !td_tok_is(doc, t, "for")) || f->taken[t] != TD_FREE) return at;
	t += td_tok_is(doc, t + 1, "the") ? 2 : 1;
	uint32_t from = t;
	while (t < end && t - from < MAX_BODY_WORDS && capital_word(f, t)) t++;
	if (t == from) return at;
	/* "the Supreme Court of India" is a court and a country. */
	if (td_demonym(doc, f->lexicon, from, end, true, &len) != TD_NONE && len >= t - from) return at;
	if (t + 1 < end && td_tok_is(doc, t, "and") && capital_word(f, t + 1) && td_child(doc, t + 1, TD_NSUBJ) == TD_NONE) {
		uint32_t k = t + 1;
		while (k < end && k - from < MAX_BODY_WORDS && capital_word(f, k)) k++;
		uint32_t head = td_range_head(doc, (td_range){ t + 1, k });
		if (doc->toks.at[head].deprel == TD_CONJ && doc->toks.at[head].head >= from && doc->toks.at[head].head < t) t = k;
	}
	return t;
}

td_range td_over_of(td_finder *f, td_range s)
{
	uint32_t end = td_sent_of(f->doc, s.from).to;
	bool of = false;
	for (uint32_t t = s.from; t < s.to; t++)
		if (td_tok_is(f->doc, t, "of")) of = true;
	/* "Union of Harbour", cut before "Workers" */
	while (of && s.to < end && capital_word(f, s.to) && f->doc->toks.at[s.to].name == TD_NAME_NONE && f->doc->toks.at[s.to].xpos != TD_XP_NNP &&
		f->doc->toks.at[s.to].upos != TD_ADJ && (f->doc->toks.at[s.to].xpos != TD_XP_NN || td_noun_class(f->doc, f->lexicon, s.to, NULL) != TD_PERSON)) s.to++;
	if (!td_tok_in(f->doc, s.to - 1, bodies)) return s;
	uint32_t to = of_phrase(f, s.to, end);
	uint32_t more = to > s.to ? of_phrase(f, to, end) : to;
	s.to = more;
	return s;
}

/* ---- legal forms ------------------------------------------------------------------------------------------------- */

td_range td_over_form(td_finder *f, td_range s, bool *body)
{
	static const char *const forms[] = { "plc", "PLC", "Plc", "Inc", "Inc.", "Ltd", "Ltd.", "Limited", "AG", "SA", "S.A.", "GmbH", "LLC", "Corp", "Corp.", "Co.", "NV", "N.V.", "BV",
		"SpA", "S.p.A.", "Oyj", "AB", "ASA", "KG", "SE", "A/S", NULL };
	const td_doc *doc = f->doc;
	uint32_t t = s.to, end = td_sent_of(doc, s.from).to;
	if (t + 1 < end && td_str_eq(doc->toks.at[t].form, TD_STR(","))) t++;
	bool there = false;
	for (const char *const *form = forms; t < end && f->taken[t] == TD_FREE && *form; form++)
		if (td_str_eq(doc->toks.at[t].form, td_str_of(*form))) there = true;
	if (there && s.to - s.from <= MAX_BODY_WORDS) s.to = t + 1;
	for (const char *const *form = forms; s.to - s.from > 1 && *form; form++)
		if (td_str_eq(doc->toks.at[s.to - 1].form, td_str_of(*form))) there = true;
	*body = there;
	return s;
}

/* ---- what stands beside a name ----------------------------------------------------------------------------------- */

/* "Minister of [Labour] Ana Sousa": a word of the title, not the party. */
bool td_inside_title(const td_finder *f, td_range s)
{
	static const char *const offices[] = { "minister", "secretary", NULL };
	const td_doc *doc = f->doc;
	uint32_t from = td_sent_of(doc, s.from).from, len;
	if (s.to < td_sent_of(doc, s.from).to && td_tok_in(doc, s.to, offices) && td_phrase_sense(doc, f->lexicon, s.from, s.to + 1, TD_SENSE_TITLE, &len) != TD_NONE)
		return len > s.to - s.from; /* "Labour Minister Ana Sousa" */
	for (uint32_t t = s.from, n = 0; t-- > from && n < 4; n++) {
		if (!td_tok_in(doc, t, offices)) continue;
		return td_phrase_sense(doc, f->lexicon, t, s.to, TD_SENSE_TITLE, &len) != TD_NONE && t + len == s.to;
	}
	return false;
}

/* "54-year-old Jorge Antão" */
bool td_behind_age(const td_doc *doc, td_range s)
{
	if (s.to - s.from < 2 || s.from == td_sent_of(doc, s.from).from) return false;
	td_str word = doc->toks.at[s.from - 1].form;
	return td_str_ends(word, TD_STR("-year-old")) || (td_str_eq(word, TD_STR("old")) && s.from >= 2 && td_str_eq(doc->toks.at[s.from - 2].form, TD_STR("-")));
}

/* "the port of Koper" where the network sees a person. */
bool td_behind_place_noun(const td_doc *doc, td_range s)
{
	static const char *const kinds[] = { "city", "town", "village", "port", "province", "region", "island", "district", "municipality", "suburb", "county", NULL };
	return s.from >= td_sent_of(doc, s.from).from + 2 && td_tok_is(doc, s.from - 1, "of") && td_tok_in(doc, s.from - 2, kinds) &&
	       doc->toks.at[s.from - 2].upos == TD_NOUN;
}

/* "Bill Gersten of NASA" is a person and a body, "philanthropist Don Imus" a noun and a person. */
td_range td_person_only(const td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	bool given = false, next = false;
	uint32_t len;
	(void)td_given_gender(doc, f->lexicon, s.from, &given);
	if (!given && s.to - s.from > 2 && td_noun_class(doc, f->lexicon, s.from, NULL) == TD_PERSON) {
		(void)td_given_gender(doc, f->lexicon, s.from + 1, &next);
		if (next && td_phrase_sense(doc, f->lexicon, s.from, s.to, TD_SENSE_TITLE, &len) == TD_NONE) s.from++;
	}
	for (uint32_t t = s.from + 2; (given || next) && t + 1 < s.to; t++)
		if (td_tok_is(doc, t, "of") && td_tok_upper(doc, t + 1) && td_phrase_before(doc, f->lexicon, s.from, t, TD_SENSE_TITLE, &len) == TD_NONE) s.to = t;
	return s;
}

/* ---- bodies that the network missed ------------------------------------------------------------------------------ */

td_status td_add_known(td_finder *f, td_range s, td_class cls)
{
	td_mention m = { .toks = s, .head = td_range_head(f->doc, s), .cls = (uint8_t)cls, .kind = TD_NAMED, .gender = TD_NEUTER, .number = TD_SINGULAR, .definite = 1 };
	td_take(f, s, TD_IN_NAME);
	for (uint32_t t = s.from; t < s.to; t++)
		if (td_tok_upper(f->doc, t) && !td_map_put(&f->words, f->doc->toks.at[t].form, t)) return td_no_memory(f->err);
	return td_mention_add(f, m);
}

/* "the [Alachua] Sheriff's Office" */
static td_range office_of(const td_finder *f, uint32_t t, uint32_t from)
{
	static const char *const holders[] = { "sheriff", "attorney", "prosecutor", "mayor", "governor", "coroner", "marshal", "general", NULL };
	static const char *const offices[] = { "office", "department", "service", NULL };
	const td_doc *doc = f->doc;
	td_range none = { t, t };
	if (t < from + 2 || !td_tok_in(doc, t, offices) || doc->toks.at[t - 1].xpos != TD_XP_POS || !td_tok_in(doc, t - 2, holders) || !td_tok_upper(doc, t - 2)) return none;
	uint32_t first = t - 2;
	while (first > from && t - first < MAX_BODY_WORDS && f->taken[first - 1] == TD_FREE && td_tok_upper(doc, first - 1) && doc->toks.at[first - 1].upos == TD_PROPN) first--;
	return (td_range){ first, t + 1 };
}

td_status td_find_bodies(td_finder *f)
{
	const td_doc *doc = f->doc;
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		if (f->taken[t] != TD_FREE || !td_tok_upper(doc, t) || doc->toks.at[t].name != TD_NAME_NONE) continue;
		td_range sent = td_sent_of(doc, t), s = office_of(f, t, sent.from);
		if (s.from == s.to && t > sent.from && td_tok_in(doc, t, bodies)) {
			s = td_over_of(f, (td_range){ t, t + 1 });
			if (s.to == t + 1) continue;
			while (s.from > sent.from + 1 && capital_word(f, s.from - 1) && doc->toks.at[s.from - 1].head >= s.from - 1 && doc->toks.at[s.from - 1].head <= t) s.from--;
		}
		if (s.from < s.to) TRY(td_add_known(f, s, TD_ORGANIZATION));
	}
	return TD_OK;
}
