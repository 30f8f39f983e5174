/* Demonyms ("Russian leader"), nominals ("senior administration officials", "thousands") and pronouns. */
#include "nlp/mentions.h"

/* ---- demonyms ---------------------------------------------------------------------------------------------------- */

/* The relation in which it stands, through coordination: "[French] and German leaders". */
static td_deprel relation_of(const td_doc *doc, uint32_t t)
{
	for (int steps = 0; steps < 8 && doc->toks.at[t].deprel == TD_CONJ && doc->toks.at[t].head != TD_NONE; steps++) t = doc->toks.at[t].head;
	return (td_deprel)doc->toks.at[t].deprel;
}

static bool modifies_noun(const td_doc *doc, uint32_t t)
{
	switch (relation_of(doc, t)) {
	case TD_AMOD: case TD_COMPOUND: case TD_NMOD: case TD_NMOD_POSS: case TD_NMOD_DESC: case TD_FLAT: case TD_NMOD_UNMARKED: return true;
	default: return false;
	}
}

static bool plural_word(const td_doc *doc, uint32_t t)
{
	uint8_t xpos = doc->toks.at[t].xpos;
	return xpos == TD_XP_NNS || xpos == TD_XP_NNPS || td_str_ends(doc->toks.at[t].form, TD_STR("men"));
}

static uint32_t determiner(const td_doc *doc, uint32_t t)
{
	uint32_t d = td_child(doc, t, TD_DETERM);
	return d != TD_NONE ? d : td_child(doc, t, TD_NMOD_POSS);
}

static bool is_definite(const td_doc *doc, uint32_t t)
{
	static const char *const words[] = { "the", "this", "that", "these", "those", "both", NULL };
	uint32_t d = determiner(doc, t);
	return d != TD_NONE && (doc->toks.at[d].deprel == TD_NMOD_POSS || td_tok_in(doc, d, words));
}

static td_range nominal_span(const td_doc *doc, uint32_t head);

static td_status demonym(td_finder *f, td_range s, td_class cls)
{
	const td_doc *doc = f->doc;
	uint32_t head = s.to - 1, det = determiner(doc, head);
	td_mention m = { .toks = s, .head = head, .kind = TD_NAMED, .cls = (uint8_t)cls, .gender = TD_NEUTER, .number = TD_SINGULAR, .demonym = 1, .definite = 1 };
	bool noun_above = modifies_noun(doc, head) && (!plural_word(doc, head) || doc->toks.at[head].deprel == TD_COMPOUND);
	if (!noun_above) {
		bool article = det != TD_NONE && td_tok_is(doc, det, "the");
		m.kind = TD_NOMINAL;
		m.demonym = 0;
		if (plural_word(doc, head) || (article && doc->toks.at[head].upos == TD_ADJ)) {
			m.cls = TD_GROUP;
			m.number = TD_PLURAL;
			m.definite = article;
		} else if (det != TD_NONE) {
			m.cls = TD_PERSON;
			m.definite = article;
		} else {
			return TD_OK; /* a language, or a predicate */
		}
		m.gender = TD_GENDER_UNKNOWN;
		m.toks.from = nominal_span(doc, head).from < s.from ? nominal_span(doc, head).from : s.from;
	}
	td_take(f, s, TD_IN_DEMONYM);
	return td_mention_add(f, m);
}

td_status td_find_demonyms(td_finder *f)
{
	const td_doc *doc = f->doc;
	uint32_t len;
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		uint8_t upos = doc->toks.at[t].upos;
		if (f->taken[t] != TD_FREE || (upos != TD_ADJ && upos != TD_PROPN && upos != TD_NOUN)) continue;
		uint32_t sense = td_demonym(doc, f->lexicon, t, td_sent_of(doc, t).to, false, &len);
		if (sense == TD_NONE) continue;
		if (t + len > doc->toks.n || f->taken[t + len - 1] != TD_FREE) continue;
		TRY(demonym(f, (td_range){ t, t + len }, td_demonym_class(f->lexicon, sense)));
		t += len - 1;
	}
	return TD_OK;
}

/* ---- nominals ---------------------------------------------------------------------------------------------------- */

/* Left modifiers that belong to the span; articles and possessors do not. */
static bool left_modifier(const td_doc *doc, uint32_t t)
{
	switch (doc->toks.at[t].deprel) {
	case TD_AMOD: case TD_COMPOUND: case TD_NUMMOD: case TD_ADVMOD: case TD_NMOD_DESC: case TD_FLAT: return true;
	case TD_PUNCTUATION: return doc->toks.at[t].xpos == TD_XP_HYPH;
	default: return false;
	}
}

/* "a bus [carrying children]", "which sustained cracks, treated 25 people": the tree makes a modifier of what is a verb. */
static bool clause_after_all(const td_doc *doc, uint32_t modifier, td_range sub)
{
	if (doc->toks.at[modifier].deprel == TD_NUMMOD) return false;
	for (uint32_t t = sub.from; t < sub.to && sub.to - sub.from > 1; t++) {
		uint8_t upos = doc->toks.at[t].upos;
		if (upos == TD_PRON || upos == TD_SCONJ || upos == TD_AUX) return true;
	}
	if (doc->toks.at[sub.from].upos == TD_ADP && doc->toks.at[modifier].deprel == TD_ADVMOD && sub.to - sub.from == 1) return true; /* "beneath blocks" */
	if (doc->toks.at[modifier].upos != TD_VERB || doc->toks.at[modifier].xpos != TD_XP_VBG || sub.from <= td_sent_of(doc, modifier).from) return false;
	uint8_t before = doc->toks.at[sub.from - 1].upos;
	return before == TD_ADP || before == TD_SCONJ || before == TD_CCONJ || before == TD_NOUN || before == TD_PROPN || before == TD_VERB;
}

static td_range nominal_span(const td_doc *doc, uint32_t head)
{
	td_range s = { head, head + 1 };
	uint32_t from = td_sent_of(doc, head).from;
	for (uint32_t i = doc->first_child[head + 1]; i-- > doc->first_child[head];) {
		uint32_t c = doc->child[i];
		if (c >= head) continue;
		td_range sub = td_subtree(doc, c);
		if (!left_modifier(doc, c) || sub.to != s.from || sub.from < from || clause_after_all(doc, c, sub)) break;
		s.from = sub.from;
	}
	while (s.from < head && (doc->toks.at[s.from].upos == TD_DET || doc->toks.at[s.from].upos == TD_PUNCT || doc->toks.at[s.from].upos == TD_CCONJ)) s.from++;
	return s;
}

/* "New Zealand mosque murder suspect Brenton Tarrant", "the capital Tunis": a common noun right before a name of its class. */
static bool introduces_name(const td_finder *f, uint32_t t)
{
	const td_doc *doc = f->doc;
	uint32_t end = td_sent_of(doc, t).to;
	if (t + 1 >= end || f->taken[t + 1] != TD_IN_NAME || doc->toks.at[t].xpos == TD_XP_NNS) return false;
	if (td_tok_upper(doc, t) && t != td_sent_of(doc, t).from) return false;
	uint32_t head = doc->toks.at[t].head;
	return head != TD_NONE && head > t && head < end && f->taken[head] == TD_IN_NAME && head - t <= 6;
}

/* "missile strike", "journalists Adamowicz remained" (read as one phrase): a part of an event, or people who only stand beside a name. */
static bool takes_part(const td_finder *f, uint32_t t)
{
	const td_doc *doc = f->doc;
	uint32_t up = doc->toks.at[t].head;
	if (up == TD_NONE) return false;
	if (doc->toks.at[t].xpos == TD_XP_NNS && f->taken[up] == TD_IN_NAME) return true;
	uint32_t s = doc->toks.at[up].upos == TD_NOUN ? td_tok_sense(doc, f->lexicon, up, TD_SENSE_EVENT) : TD_NONE;
	if (s == TD_NONE || f->lexicon->senses.at[s].upos != TD_NOUN || td_noun_class(doc, f->lexicon, up, NULL) != TD_CLASS_NONE) return false;
	td_class cls = td_noun_class(doc, f->lexicon, t, NULL);
	return cls == TD_PRODUCT || cls == TD_FACILITY || cls == TD_GROUP || cls == TD_PERSON || cls == TD_ORGANIZATION;
}

/* Nouns that hang as parts in others, and titles that a name completes. */
static bool is_part(const td_finder *f, uint32_t t)
{
	const td_doc *doc = f->doc;
	if (introduces_name(f, t)) return false;
	/* "The president promised reforms", read as a compound: there must be a noun to be part of. */
	uint8_t next = t + 1 < doc->toks.n ? doc->toks.at[t + 1].upos : TD_PUNCT;
	if (next == TD_VERB || next == TD_AUX || next == TD_PRON || next == TD_ADP || next == TD_DET || next == TD_ADV) return false;
	if (doc->toks.at[t].deprel == TD_COMPOUND && takes_part(f, t)) return false;
	switch (doc->toks.at[t].deprel) {
	case TD_COMPOUND: case TD_FLAT: case TD_FIXED: case TD_AMOD: case TD_GOESWITH: case TD_NMOD_DESC: return true;
	default: return false;
	}
}

static bool generic_predicate(const td_finder *f, uint32_t t)
{
	const td_doc *doc = f->doc;
	if (td_child(doc, t, TD_COP) == TD_NONE) return false;
	uint32_t subject = td_predicate_subject(doc, t);
	if (subject == TD_NONE) return true;
	uint8_t upos = doc->toks.at[subject].upos;
	return upos != TD_PROPN && !(upos == TD_PRON && doc->toks.at[subject].xpos == TD_XP_PRP && !td_lemma_is(doc, subject, "it"));
}

static td_status add_nominal(td_finder *f, uint32_t head, td_class cls, td_gender gender)
{
	const td_doc *doc = f->doc;
	bool plural = plural_word(doc, head) || cls == TD_GROUP;
	td_mention m = { .toks = nominal_span(doc, head), .head = head, .kind = TD_NOMINAL, .gender = (uint8_t)gender };
	m.cls = (uint8_t)(cls == TD_PERSON && plural ? TD_GROUP : cls);
	m.number = plural ? TD_PLURAL : TD_SINGULAR;
	m.definite = is_definite(doc, head);
	if (cls != TD_PERSON && cls != TD_GROUP) m.gender = TD_NEUTER;
	return td_mention_add(f, m);
}

/* "President" with a capital is a nominal where no name follows it; the network tags it as a proper noun. */
static td_class nominal_class(td_finder *f, uint32_t t, td_str *note)
{
	const td_doc *doc = f->doc;
	uint8_t upos = doc->toks.at[t].upos;
	uint32_t len;
	*note = (td_str){ "", 0 };
	/* "chief executive", read as two adjectives */
	if (upos == TD_ADJ && td_phrase_before(doc, f->lexicon, td_sent_of(doc, t).from, t + 1, TD_SENSE_TITLE, &len) != TD_NONE && len > 1) return TD_PERSON;
	if (upos != TD_NOUN && upos != TD_PROPN) return TD_CLASS_NONE;
	td_class cls = td_noun_class(doc, f->lexicon, t, note);
	if (cls != TD_CLASS_NONE && (upos == TD_NOUN || cls == TD_PERSON || cls == TD_ORGANIZATION || cls == TD_GROUP)) return cls;
	uint32_t sense = td_phrase_before(doc, f->lexicon, td_sent_of(doc, t).from, t + 1, TD_SENSE_TITLE, &len);
	if (sense != TD_NONE) {
		*note = f->lexicon->senses.at[sense].note;
		if (!td_note_has(*note, "courtesy")) return TD_PERSON;
	}
	/* "secretary of state": the head is the first word. */
	sense = td_phrase_sense(doc, f->lexicon, t, td_sent_of(doc, t).to, TD_SENSE_TITLE, &len);
	return sense != TD_NONE && len > 1 ? TD_PERSON : TD_CLASS_NONE;
}

/* "of State" in "secretary of state": no mention of its own. */
static bool inside_title_phrase(td_finder *f, uint32_t t)
{
	const td_doc *doc = f->doc;
	uint32_t head = doc->toks.at[t].head, len;
	if (head == TD_NONE || head >= t || t - head > TD_MAX_PHRASE) return false;
	uint32_t sense = td_phrase_sense(doc, f->lexicon, head, td_sent_of(doc, t).to, TD_SENSE_TITLE, &len);
	return sense != TD_NONE && head + len > t;
}

static bool eventive(td_finder *f, uint32_t t, td_class cls)
{
	if (cls == TD_PERSON || cls == TD_GROUP || cls == TD_PLACE) return false;
	uint32_t s = td_tok_sense(f->doc, f->lexicon, t, TD_SENSE_EVENT);
	return s != TD_NONE && f->lexicon->senses.at[s].upos == TD_NOUN && !f->lexicon->senses.at[s].when.n;
}

static bool participant_slot(const td_doc *doc, uint32_t t)
{
	switch (doc->toks.at[t].deprel) {
	case TD_NSUBJ: case TD_NSUBJ_PASS: case TD_OBJ: case TD_OBL_AGENT: case TD_CONJ: case TD_ROOT: return true;
	default: return false;
	}
}

/* "killed at least 800", where the tree sees an adjunct: nothing but words of measure between a verb and a number that counts no noun. */
static bool follows_verb(const td_doc *doc, uint32_t t)
{
	static const char *const measure[] = { "around", "about", "more", "than", "over", "nearly", "almost", "some", "many", "as", "only", "approximately", "another", NULL };
	static const char *const bound[] = { "least", "most", "to", NULL };
	uint32_t verb = doc->toks.at[t].head, k = t;
	td_deprel rel = td_deprel_base((td_deprel)doc->toks.at[t].deprel);
	if (verb == TD_NONE || verb >= t || doc->toks.at[verb].upos != TD_VERB || (rel != TD_OBL && rel != TD_ADVMOD && rel != TD_XCOMP)) return false;
	while (k > verb + 1 && td_tok_in(doc, k - 1, measure)) k--;
	if (k > verb + 2 && td_tok_in(doc, k - 1, bound) && td_tok_is(doc, k - 2, td_tok_is(doc, k - 1, "to") ? "up" : "at")) k -= 2;
	uint8_t next = t + 1 < doc->toks.n ? doc->toks.at[t + 1].upos : TD_PUNCT;
	return k == verb + 1 && (next == TD_PUNCT || next == TD_ADP || next == TD_CCONJ || next == TD_SCONJ) && doc->toks.at[t + 1 < doc->toks.n ? t + 1 : t].xpos != TD_XP_HYPH;
}

/* "two dead, three injured": a number right before a word for what has become of them, with no noun behind it. */
static bool before_state(const td_finder *f, uint32_t t)
{
	const td_doc *doc = f->doc;
	if (t + 1 >= td_sent_of(doc, t).to) return false;
	uint8_t xpos = doc->toks.at[t + 1].xpos, next = t + 2 < td_sent_of(doc, t).to ? doc->toks.at[t + 2].upos : TD_PUNCT;
	bool state = (xpos == TD_XP_JJ || xpos == TD_XP_VBN) && td_tok_sense(doc, f->lexicon, t + 1, TD_SENSE_EVENT) != TD_NONE;
	return state && next != TD_NOUN && next != TD_PROPN && next != TD_ADJ && next != TD_NUM;
}

/* A number that counts people: what is done to them is an event ("killed 18", "190 were hurt"), and it is no year. */
static bool counts_people(const td_finder *f, uint32_t t)
{
	const td_doc *doc = f->doc;
	const td_token *tok = &doc->toks.at[t];
	if (tok->upos != TD_NUM || tok->xpos != TD_XP_CD || (!participant_slot(doc, t) && !follows_verb(doc, t) && !before_state(f, t))) return false;
	if (!td_is_digit((uint32_t)(unsigned char)tok->form.at[0])) return true;
	bool year = tok->form.n == 4 && (td_str_starts(tok->form, TD_STR("19")) || td_str_starts(tok->form, TD_STR("20")));
	uint32_t up = tok->head;
	return !year && up != TD_NONE && td_tok_sense(doc, f->lexicon, up, TD_SENSE_EVENT) != TD_NONE;
}

/* "the 31-year-old", as one word or as five */
bool td_is_age(const td_doc *doc, uint32_t t)
{
	td_str form = doc->toks.at[t].form;
	if (td_str_ends(form, TD_STR("-year-old"))) return true;
	return t >= 4 && td_str_eq(form, TD_STR("old")) && td_tok_is(doc, t - 2, "year") && td_str_eq(doc->toks.at[t - 1].form, TD_STR("-"));
}

/* "two were injured", "the dead", "others", "someone": words other than nouns that stand for people. */
static td_class stand_in(const td_finder *f, uint32_t t)
{
	static const char *const groups[] = { "dead", "injured", "wounded", "others", "those", "many", "missing", "detained", "affected",
		"some", "several", "most", NULL };
	static const char *const persons[] = { "someone", "somebody", "anyone", "everyone", "accused", "deceased", NULL };
	const td_doc *doc = f->doc;
	const td_token *tok = &doc->toks.at[t];
	uint32_t det = td_child(doc, t, TD_DETERM);
	bool the = det != TD_NONE && td_tok_is(doc, det, "the");
	if (tok->form.n && counts_people(f, t)) return TD_GROUP;
	if (!tok->form.n || (!the && (!participant_slot(doc, t) || tok->upos == TD_VERB))) return TD_CLASS_NONE;
	if (td_tok_in(doc, t, persons) || (the && td_is_age(doc, t))) return TD_PERSON;
	if (tok->upos != TD_NOUN && td_child(doc, t, TD_NMOD) != TD_NONE) return TD_CLASS_NONE; /* "many of the strikers" */
	return td_tok_in(doc, t, groups) && !is_part(f, t) ? TD_GROUP : TD_CLASS_NONE;
}

/* "in office", "by law": a bare noun that speaks of no particular thing. In headlines articles are left out. */
static bool bare(const td_doc *doc, uint32_t t, td_class cls)
{
	if (cls != TD_WORK && cls != TD_PLACE && !td_lemma_is(doc, t, "office")) return false;
	if (doc->toks.at[t].sent == 0 || doc->toks.at[t].xpos != TD_XP_NN || td_tok_upper(doc, t)) return false;
	for (uint32_t i = doc->first_child[t]; i < doc->first_child[t + 1] && doc->child[i] < t; i++)
		if (doc->toks.at[doc->child[i]].deprel != TD_CASE && doc->toks.at[doc->child[i]].upos != TD_PUNCT &&
			(doc->toks.at[doc->child[i]].deprel != TD_AMOD || cls != TD_ORGANIZATION)) return false;
	return true;
}

/* "state of emergency": a condition, no place. */
static bool condition(const td_doc *doc, uint32_t t)
{
	uint32_t of = td_child(doc, t, TD_NMOD);
	return td_lemma_is(doc, t, "state") && of != TD_NONE && doc->toks.at[of].upos == TD_NOUN && td_str_eq(td_case_of(doc, of), TD_STR("of"));
}

static td_status nominal(td_finder *f, uint32_t t)
{
	td_str note;
	uint8_t upos = f->doc->toks.at[t].upos;
	td_class cls = nominal_class(f, t, &note);
	if (cls == TD_CLASS_NONE && (upos == TD_NUM || upos == TD_ADJ || upos == TD_PRON || upos == TD_VERB || upos == TD_NOUN || upos == TD_DET)) {
		cls = stand_in(f, t);
		return cls == TD_CLASS_NONE ? TD_OK : add_nominal(f, t, cls, TD_GENDER_UNKNOWN);
	}
	if (cls == TD_CLASS_NONE || is_part(f, t) || inside_title_phrase(f, t)) return TD_OK;
	if (generic_predicate(f, t) || eventive(f, t, cls) || bare(f->doc, t, cls) || condition(f->doc, t)) return TD_OK;
	return add_nominal(f, t, cls, td_note_gender(note));
}

td_status td_find_nominals(td_finder *f)
{
	for (uint32_t t = 0; t < f->doc->toks.n; t++)
		if (f->taken[t] == TD_FREE) TRY(nominal(f, t));
	return TD_OK;
}

/* ---- pronouns ---------------------------------------------------------------------------------------------------- */

static const struct {
	const char *form;
	uint8_t cls, gender, number;
} pronouns[] = {
	{ "he", TD_PERSON, TD_MALE, TD_SINGULAR }, { "him", TD_PERSON, TD_MALE, TD_SINGULAR }, { "his", TD_PERSON, TD_MALE, TD_SINGULAR },
	{ "himself", TD_PERSON, TD_MALE, TD_SINGULAR }, { "she", TD_PERSON, TD_FEMALE, TD_SINGULAR },
	{ "her", TD_PERSON, TD_FEMALE, TD_SINGULAR }, { "hers", TD_PERSON, TD_FEMALE, TD_SINGULAR },
	{ "herself", TD_PERSON, TD_FEMALE, TD_SINGULAR }, { "i", TD_PERSON, TD_GENDER_UNKNOWN, TD_SINGULAR },
	{ "me", TD_PERSON, TD_GENDER_UNKNOWN, TD_SINGULAR }, { "my", TD_PERSON, TD_GENDER_UNKNOWN, TD_SINGULAR },
	{ "mine", TD_PERSON, TD_GENDER_UNKNOWN, TD_SINGULAR }, { "myself", TD_PERSON, TD_GENDER_UNKNOWN, TD_SINGULAR },
	{ "it", TD_CLASS_NONE, TD_NEUTER, TD_SINGULAR }, { "its", TD_CLASS_NONE, TD_NEUTER, TD_SINGULAR },
	{ "itself", TD_CLASS_NONE, TD_NEUTER, TD_SINGULAR }, { "they", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL },
	{ "them", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL }, { "their", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL },
	{ "theirs", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL }, { "themselves", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL },
	{ "we", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL }, { "us", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL },
	{ "our", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL }, { "ours", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL },
	{ "ourselves", TD_CLASS_NONE, TD_GENDER_UNKNOWN, TD_PLURAL },
};

/* "It is clear that…", "it's time to go", "it seems", "considered it wise to": nothing is meant by it. */
static bool expletive(const td_doc *doc, uint32_t t)
{
	static const char *const weather[] = { "seem", "appear", "happen", "rain", "snow", "matter", NULL };
	static const char *const deem[] = { "consider", "find", "make", "think", "deem", "believe", NULL };
	if (doc->toks.at[t].deprel == TD_EXPL) return true;
	uint32_t up = doc->toks.at[t].head;
	if (!td_tok_is(doc, t, "it") || up == TD_NONE) return false;
	td_deprel rel = td_deprel_base((td_deprel)doc->toks.at[t].deprel);
	if (rel == TD_OBJ && td_tok_in(doc, up, deem) && td_child(doc, up, TD_XCOMP) != TD_NONE) return true;
	if (rel != TD_NSUBJ) return false;
	if (td_tok_in(doc, up, weather) || td_child(doc, up, TD_CSUBJ) != TD_NONE) return true;
	bool clause = td_child(doc, up, TD_CCOMP) != TD_NONE;
	if (doc->toks.at[up].upos == TD_VERB) return clause && td_child(doc, up, TD_AUX_PASS) != TD_NONE;
	/* with a copula: "it is time to…", "it was an outrage that…" */
	return clause || td_child(doc, up, TD_ADVCL) != TD_NONE || td_child(doc, up, TD_XCOMP) != TD_NONE ||
	       (td_child(doc, up, TD_ACL) != TD_NONE && doc->toks.at[td_child(doc, up, TD_ACL)].deprel == TD_ACL);
}

td_status td_find_pronouns(td_finder *f)
{
	const td_doc *doc = f->doc;
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		const td_token *tok = &doc->toks.at[t];
		if (f->taken[t] != TD_FREE || (tok->upos != TD_PRON && tok->xpos != TD_XP_PRP && tok->xpos != TD_XP_PRPS)) continue;
		for (size_t k = 0; k < sizeof pronouns / sizeof *pronouns; k++) {
			if (!td_word_eq(tok->form, td_str_of(pronouns[k].form))) continue;
			if (expletive(doc, t)) break;
			td_mention m = { .toks = { t, t + 1 }, .head = t, .kind = TD_PRONOUN, .cls = pronouns[k].cls, .gender = pronouns[k].gender,
				.number = pronouns[k].number, .definite = 1 };
			TRY(td_mention_add(f, m));
			break;
		}
	}
	return TD_OK;
}
