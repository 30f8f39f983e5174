/* Where a name begins and ends: what tree, hyphens, numbers and particles join to it. */
#include "nlp/mentions.h"

/* "Theresa May": a month behind a given name is a surname. */
static bool month_surname(const td_finder *f, uint32_t t, td_range s)
{
	bool given = false;
	if (f->taken[t] != TD_IN_TIME || s.to != t || !td_tok_upper(f->doc, t) || f->doc->toks.at[t].upos != TD_PROPN) return false;
	(void)td_given_gender(f->doc, f->lexicon, s.from, &given);
	return given;
}

/* "Youssef Chahed" where the tagger takes the surname for a verb: a capital in the middle of a sentence, behind a lone given name. */
static bool odd_surname(const td_finder *f, td_range s)
{
	bool given = false;
	uint32_t len;
	if (s.to - s.from != 1 || f->taken[s.to] != TD_FREE || !td_tok_upper(f->doc, s.to) || f->doc->toks.at[s.to].upos == TD_PROPN) return false;
	(void)td_given_gender(f->doc, f->lexicon, s.from, &given);
	return given && td_phrase_sense(f->doc, f->lexicon, s.to, s.to + 1, TD_SENSE_TITLE, &len) == TD_NONE;
}

/* "WHO" among ordinary words is a name whatever its tag; in a line of capitals it is not. */
static bool lone_capitals(const td_doc *doc, uint32_t t)
{
	td_range sent = td_sent_of(doc, t);
	if (!td_tok_all_caps(doc, t)) return false;
	uint32_t shouted = 0;
	for (uint32_t k = t > sent.from + 2 ? t - 3 : sent.from; k < sent.to && k < t + 4; k++)
		if (k != t && td_tok_all_caps(doc, k) && doc->toks.at[k].form.n > 3) shouted++;
	return shouted < 2;
}

bool td_proper(const td_finder *f, uint32_t t)
{
	const td_token *tok = &f->doc->toks.at[t];
	if (f->taken[t] != TD_FREE || !td_tok_upper(f->doc, t)) return false;
	if (tok->upos == TD_PROPN || (tok->upos != TD_NUM && tok->form.n >= 3 && lone_capitals(f->doc, t))) return true;
	/* "Yoyotech founder Ann Bell": a proper noun whose part of speech has slipped, and no word of the language */
	char low[96];
	if (tok->upos == TD_NOUN && tok->xpos == TD_XP_NNP && tok->form.n >= 4 && td_lexicon_find(f->lexicon, td_word_lower(tok->form, low, sizeof low)) == TD_NONE) return true;
	/* "Exxon shares fell" behind "Exxon Mobil": no word of the language, but of a name before it. */
	char buf[96];
	return tok->form.n >= 4 && td_map_get(&f->words, tok->form) != TD_NONE &&
	       td_lexicon_find(f->lexicon, td_word_lower(tok->form, buf, sizeof buf)) == TD_NONE;
}

bool td_joined(const td_doc *doc, uint32_t dep, td_range s)
{
	uint8_t rel = doc->toks.at[dep].deprel;
	uint32_t head = doc->toks.at[dep].head;
	return (rel == TD_FLAT || rel == TD_COMPOUND || rel == TD_GOESWITH) && head >= s.from && head < s.to;
}

/* "Bashar al-Assad" where the network begins the name at "al" or "Assad": particles, then a given name. */
static td_range over_given(td_finder *f, td_range s, uint32_t from)
{
	static const char *const particles[] = { "al", "el", "bin", "ben", "ibn", "van", "von", "der", "den", "de", "da", "di", "la", "le", "abu", NULL };
	const td_doc *doc = f->doc;
	uint32_t t = s.from;
	while (t > from && f->taken[t - 1] == TD_FREE && (td_tok_in(doc, t - 1, particles) || td_str_eq(doc->toks.at[t - 1].form, TD_STR("-")))) t--;
	bool given = false;
	if (t > from && f->taken[t - 1] == TD_FREE && td_tok_upper(doc, t - 1) && doc->toks.at[t - 1].name == TD_NAME_NONE)
		(void)td_given_gender(doc, f->lexicon, t - 1, &given);
	uint32_t len;
	bool other = given && (td_phrase_before(doc, f->lexicon, from, t, TD_SENSE_TITLE, &len) != TD_NONE ||
		td_demonym(doc, f->lexicon, t - 1, t, true, &len) != TD_NONE);
	if (given && !other && (t < s.from || s.to - s.from == 1 || doc->toks.at[t - 1].deprel != TD_NSUBJ)) t--;
	if (t < s.from && td_str_eq(doc->toks.at[t].form, TD_STR("-"))) return s;
	s.from = t;
	return s;
}

/* "ABS-CBN", "Chan-o-cha": hyphens without white space join, but "US-led" and "France-Germany" are two words. */
td_range td_over_hyphens(td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	uint32_t end = td_sent_of(doc, s.from).to, len;
	while (s.to + 1 < end && td_str_eq(doc->toks.at[s.to].form, TD_STR("-"))) {
		const td_token *before = &doc->toks.at[s.to - 1], *dash = before + 1, *after = before + 2;
		if (before->bytes.to != dash->bytes.from || dash->bytes.to != after->bytes.from) break;
		if (f->taken[s.to] != TD_FREE || f->taken[s.to + 1] != TD_FREE) break;
		if (after->upos != TD_PROPN && after->upos != TD_NUM && after->upos != TD_POS_X) break;
		if (td_demonym(doc, f->lexicon, s.from, s.to, true, &len) != TD_NONE || td_demonym(doc, f->lexicon, s.to + 1, end, true, &len) != TD_NONE) break;
		if (td_two_sides(f, (td_range){ s.from, s.to + 2 })) break;
		s.to += 2;
	}
	while (s.from >= td_sent_of(doc, s.from).from + 2 && td_str_eq(doc->toks.at[s.from - 1].form, TD_STR("-"))) {
		const td_token *after = &doc->toks.at[s.from], *dash = after - 1, *before = after - 2;
		if (before->bytes.to != dash->bytes.from || dash->bytes.to != after->bytes.from) break;
		if (f->taken[s.from - 1] != TD_FREE || !td_proper(f, s.from - 2) || td_two_sides(f, (td_range){ s.from - 2, s.to })) break;
		if (td_demonym(doc, f->lexicon, s.from - 2, s.from, true, &len) != TD_NONE) break;
		s.from -= 2;
	}
	return s;
}

/* "Republic Act No. 3846" */
static td_range over_number(td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	uint32_t end = td_sent_of(doc, s.from).to;
	bool number = s.to > s.from + 1 && td_tok_is(doc, s.to - 1, "no.");
	if (number && s.to < end && doc->toks.at[s.to].upos == TD_NUM && f->taken[s.to] == TD_FREE) s.to++;
	return s;
}

/* "Faculty of Arts and Education": what is joined to the part behind "of" belongs to the name. */
static td_range over_and(td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	uint32_t end = td_sent_of(doc, s.from).to, of = s.from;
	while (of < s.to && doc->toks.at[of].upos != TD_ADP) of++;
	if (of + 1 >= s.to || s.to + 1 >= end) return s;
	if ((!td_tok_is(doc, s.to, "and") && !td_tok_is(doc, s.to, "&")) || f->taken[s.to] != TD_FREE) return s;
	uint32_t to = s.to + 1;
	while (to < end && f->taken[to] == TD_FREE && td_tok_upper(doc, to) && doc->toks.at[to].name == TD_NAME_NONE && (doc->toks.at[to].upos == TD_PROPN || doc->toks.at[to].upos == TD_ADJ ||
		doc->toks.at[to].upos == TD_NOUN)) to++;
	td_range more = { s.to + 1, to };
	if (more.from >= more.to) return s;
	uint32_t head = td_range_head(doc, more);
	if (doc->toks.at[head].deprel != TD_CONJ || doc->toks.at[head].head <= of || doc->toks.at[head].head >= s.to) return s;
	s.to = to;
	return s;
}

/* "the Civic Bloc", where the network has but the noun. */
td_range td_over_adjective(const td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	uint32_t len, t = s.from - 1;
	if (s.to - s.from != 1 || s.from < td_sent_of(doc, s.from).from + 2 || f->taken[t] != TD_FREE || !td_tok_upper(doc, t)) return s;
	const td_token *before = &doc->toks.at[t];
	if (before->upos == TD_ADJ && before->name == TD_NAME_NONE && before->head == s.from && td_demonym(doc, f->lexicon, t, s.to, true, &len) == TD_NONE) s.from--;
	return s;
}

/* Proper nouns that the tree joins to the name and the network left out. */
td_range td_widen_name(td_finder *f, td_range s, td_class cls)
{
	const td_doc *doc = f->doc;
	td_range sent = td_sent_of(doc, s.from);
	uint32_t len;
	if (cls == TD_PERSON && s.to < sent.to && (month_surname(f, s.to, s) || odd_surname(f, s))) s.to++;
	while (s.to < sent.to && td_proper(f, s.to) && doc->toks.at[s.to].name == TD_NAME_NONE) {
		td_range one = { s.to, s.to + 1 };
		if (!td_joined(doc, s.to, s) && !td_joined(doc, td_range_head(doc, s), one)) break;
		if (td_only_title(f, one)) break;
		/* "U.S. [District Judge]" */
		if (td_phrase_sense(doc, f->lexicon, s.to, sent.to, TD_SENSE_TITLE, &len) != TD_NONE && len > 1) break;
		s.to++;
	}
	if (cls == TD_ORGANIZATION) s = td_over_adjective(f, s);
	s = over_number(f, td_over_hyphens(f, s));
	if (cls != TD_PERSON) s = td_over_of(f, s);
	if (cls == TD_ORGANIZATION) s = over_and(f, s);
	if (cls == TD_PERSON) s = over_given(f, s, sent.from);
	while (s.from > sent.from && td_proper(f, s.from - 1) && doc->toks.at[s.from - 1].name == TD_NAME_NONE) {
		td_range one = { s.from - 1, s.from };
		if (!td_joined(doc, s.from - 1, s) && !td_joined(doc, td_range_head(doc, s), one)) break;
		if (td_phrase_before(doc, f->lexicon, sent.from, s.from, TD_SENSE_TITLE, &len) != TD_NONE) break;
		if (cls == TD_PERSON && td_demonym(doc, f->lexicon, s.from - 1, s.from, true, &len) != TD_NONE) break;
		s.from--;
	}
	return s;
}

/* ---- double surnames --------------------------------------------------------------------------------------------- */

/* "X-Y" with capitals and without white space, X being the token `t`. */
static bool hyphenated(const td_doc *doc, uint32_t t)
{
	if (t + 2 >= td_sent_of(doc, t).to || !td_str_eq(doc->toks.at[t + 1].form, TD_STR("-"))) return false;
	const td_token *x = &doc->toks.at[t];
	return td_tok_upper(doc, t) && td_tok_upper(doc, t + 2) && x[0].bytes.to == x[1].bytes.from && x[1].bytes.to == x[2].bytes.from;
}

/* A given name before it tells: "Sam Bankman-Fried", but "the Biden-Putin summit" and "Hong Kong-China". */
td_status td_find_double_surnames(td_finder *f)
{
	const td_doc *doc = f->doc;
	td_map_init(&f->doubles, &f->doc->arena);
	for (uint32_t t = 1; t + 2 < doc->toks.n; t++) {
		bool given = false;
		uint32_t len, end = td_sent_of(doc, t).to;
		if (!hyphenated(doc, t) || doc->toks.at[t - 1].sent != doc->toks.at[t].sent) continue;
		(void)td_given_gender(doc, f->lexicon, t - 1, &given);
		if (!given || td_demonym(doc, f->lexicon, t, end, true, &len) != TD_NONE || td_demonym(doc, f->lexicon, t + 2, end, true, &len) != TD_NONE) continue;
		if (!td_map_put(&f->doubles, doc->toks.at[t].form, t)) return td_no_memory(f->err);
	}
	return TD_OK;
}

bool td_double_surname(const td_finder *f, uint32_t t)
{
	uint32_t k = hyphenated(f->doc, t) ? td_map_get(&f->doubles, f->doc->toks.at[t].form) : TD_NONE;
	return k != TD_NONE && td_str_eq(f->doc->toks.at[k + 2].form, f->doc->toks.at[t + 2].form);
}

bool td_two_sides(const td_finder *f, td_range s)
{
	const td_doc *doc = f->doc;
	if (s.to - s.from != 3 || s.to >= td_sent_of(doc, s.from).to || !hyphenated(doc, s.from) || td_double_surname(f, s.from)) return false;
	uint8_t upos = doc->toks.at[s.to].upos;
	return (upos == TD_NOUN || upos == TD_PROPN) && !td_tok_upper(doc, s.to) && td_tok_sense(doc, f->lexicon, s.to, TD_SENSE_EVENT) != TD_NONE;
}

/* "Park Won-soon", "Tsai Ing-wen": one of the few surnames of Korea, or of Taiwan and Hong Kong, and a given name of two syllables, the second small. */
td_range td_hyphenated_given(const td_finder *f, uint32_t t)
{
	static const char *const surnames[] = { "kim", "lee", "park", "choi", "choe", "jung", "jeong", "chung", "kang", "cho", "jo", "yoon", "yun", "jang", "chang", "lim", "im", "han",
		"oh", "seo", "shin", "kwon", "hwang", "ahn", "an", "song", "ryu", "yoo", "hong", "moon", "yang", "son", "bae", "paek", "baek", "heo", "huh", "nam", "sim", "shim", "noh", "roh", "ha",
		"kwak", "sung", "cha", "joo", "woo", "koo", "min", "jin", "ji", "eom", "chae", "won", "cheon", "bang", "kong", "hyun", "ham", "byun", "yeom", "yeo", "choo", "do", "so", "seok", "ma", "ban", "pyo",
		"tsai", "chen", "lin", "huang", "wu", "liu", "hsu", "hsieh", "kuo", "chiang", "lai", "chou", "yeh", "su", "chiu", "cheng", "tseng", "liao", "hung", "soong", "lu", "ko", "wang", "hau", NULL };
	const td_doc *doc = f->doc;
	td_range none = { t, t }, sent = td_sent_of(doc, t);
	if (t + 3 >= sent.to || !td_tok_upper(doc, t) || !td_tok_in(doc, t, surnames) || !td_tok_upper(doc, t + 1) || !td_str_eq(doc->toks.at[t + 2].form, TD_STR("-"))) return none;
	const td_token *x = &doc->toks.at[t + 1];
	char low[96];
	bool joined = x[0].bytes.to == x[1].bytes.from && x[1].bytes.to == x[2].bytes.from && x[0].form.n <= 6 && x[2].form.n <= 6;
	static const char *const syllables[] = { "in", "on", "so", "won", "sun", "young", "sung", "hung", "min", "ho", "wing", "lung", "man", "king", "sing", NULL };
	uint8_t xpos = x[2].xpos;
	uint32_t len;
	if (!joined || td_tok_upper(doc, t + 3) || (td_demonym(doc, f->lexicon, t, sent.to, true, &len) != TD_NONE && len > 1)) return none;
	if (td_tok_in(doc, t + 3, syllables)) return (td_range){ t, t + 4 };
	bool word = xpos == TD_XP_VBN || xpos == TD_XP_VBD || xpos == TD_XP_VBG || xpos == TD_XP_JJ || xpos == TD_XP_NNS ||
		td_lexicon_find(f->lexicon, td_word_lower(x[2].form, low, sizeof low)) != TD_NONE;
	return word ? none : (td_range){ t, t + 4 };
}

void td_over_double_surname(const td_finder *f, td_name *name)
{
	uint32_t first = td_sent_of(f->doc, name->toks.from).from;
	if (name->toks.from >= name->toks.to) return;
	if (td_double_surname(f, name->toks.to - 1)) name->toks.to += 2;
	else if (name->toks.from >= first + 2 && td_double_surname(f, name->toks.from - 2)) name->toks.from -= 2;
	else return;
	name->cls = TD_NAME_PER;
}
