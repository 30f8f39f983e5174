/* Titles before names: "Russian President Vladimir Putin", "First Minister of Scotland Nicola Sturgeon". */
#include "nlp/mentions.h"

enum { MAX_TITLE_TOKENS = 8 };

static bool title_word(const td_doc *doc, uint32_t t)
{
	uint8_t upos = doc->toks.at[t].upos;
	return upos == TD_NOUN || upos == TD_PROPN || upos == TD_ADJ || doc->toks.at[t].xpos == TD_XP_HYPH ||
	       ((td_tok_is(doc, t, "and") || td_tok_is(doc, t, "&")) && td_tok_upper(doc, t + 1));
}

/* Words before a title that are no part of it: they tell its time, or stand for a place. */
static const char *const status_words[] = { "former", "ex", "ex-", "then", "then-", "late", "acting", "interim", "incoming", "outgoing", "new",
	"current", "current-", "old", "one-time", "onetime", "longtime", "veteran", "fellow", "disgraced", "ousted", "deposed", "embattled", "newly",
	"designate", "elect", "caretaker", "de", "facto", "first-term", "ailing", "present", "self-proclaimed", "long-time", "-", NULL };

/* Further words of a title: "[Road Transport and Bridges] Minister". They hang below the name or the title and stand side by side. */
static uint32_t widen_title(td_finder *f, uint32_t from, uint32_t first, uint32_t name_to)
{
	const td_doc *doc = f->doc;
	uint32_t t = first, len;
	while (t > from && first - (t - 1) <= MAX_TITLE_TOKENS) {
		uint32_t k = t - 1;
		if (f->taken[k] != TD_FREE || !title_word(doc, k) || td_tok_in(doc, k, status_words)) break;
		if (td_office_word(doc, k)) break; /* "[State Department] spokesman" */
		if (!td_tok_upper(doc, first) && td_tok_upper(doc, k) && k > from) break; /* "[Yoyotech] founder" */
		if (td_demonym(doc, f->lexicon, k, first, true, &len) != TD_NONE) break;
		uint32_t head = doc->toks.at[k].head;
		if (head == TD_NONE || head < k || head >= name_to) break;
		uint8_t rel = doc->toks.at[k].deprel;
		if (rel != TD_COMPOUND && rel != TD_AMOD && rel != TD_FLAT && rel != TD_CC && rel != TD_CONJ && rel != TD_PUNCTUATION &&
			rel != TD_NMOD && rel != TD_NMOD_DESC) break;
		if (doc->toks.at[k].upos == TD_NOUN && !td_tok_upper(doc, k) && td_noun_class(doc, f->lexicon, k, NULL) == TD_PERSON) break;
		t = k;
	}
	while (t < first && (!td_tok_upper(doc, t) && doc->toks.at[t].upos != TD_NOUN && doc->toks.at[t].upos != TD_ADJ)) t++;
	return t;
}

static td_gender title_gender(td_finder *f, uint32_t sense)
{
	return sense == TD_NONE ? TD_GENDER_UNKNOWN : td_note_gender(f->lexicon->senses.at[sense].note);
}

/* Where the words before the name stop being free. */
static uint32_t free_from(const td_finder *f, uint32_t from, uint32_t end)
{
	uint32_t t = end;
	while (t > from && f->taken[t - 1] == TD_FREE) t--;
	return t;
}

/* "First Minister of Scotland Nicola Sturgeon", "US Ambassador to Germany Richard Grenell": where the title ends, or `end`. */
static uint32_t before_body(const td_finder *f, uint32_t from, uint32_t end)
{
	static const char *const preps[] = { "of", "to", "for", "from", NULL };
	const td_doc *doc = f->doc;
	uint32_t t = end;
	/* "Member of Parliament (MP) Yvette Cooper" */
	if (end >= from + 4 && td_str_eq(doc->toks.at[end - 1].form, TD_STR(")")) && td_str_eq(doc->toks.at[end - 3].form, TD_STR("("))) return end - 3;
	bool name = false;
	while (t > from && (f->taken[t - 1] == TD_IN_NAME || td_tok_is(doc, t - 1, "the"))) {
		t--;
		if (f->taken[t] == TD_IN_NAME) name = true; /* "the director for the Trump campaign" has none */
	}
	return name && t < end && t > from && end - t <= 6 && td_tok_in(doc, t - 1, preps) && f->taken[t - 1] == TD_FREE ? t - 1 : end;
}

/* A title that ends where the name starts. */
void td_title_before(td_finder *f, td_name_found *n)
{
	const td_doc *doc = f->doc;
	uint32_t from = td_sent_of(doc, n->toks.from).from, end = before_body(f, from, n->toks.from), len;
	/* A long phrase may hold a name ("Member of Parliament"); else what belongs to a name is no title. */
	uint32_t sense = td_phrase_before(doc, f->lexicon, from, end, TD_SENSE_TITLE, &len);
	if (sense == TD_NONE || len < 3) {
		from = free_from(f, from, end);
		if (end <= from) return;
		sense = td_phrase_before(doc, f->lexicon, from, end, TD_SENSE_TITLE, &len);
	}
	if (sense == TD_NONE) {
		/* "suspect Stefan W" has no title, but the noun may tell the gender. */
		td_str note = { "", 0 };
		if (doc->toks.at[end - 1].upos == TD_NOUN && td_noun_class(doc, f->lexicon, end - 1, &note) == TD_PERSON) n->gender = td_note_gender(note);
		return;
	}
	n->gender = title_gender(f, sense);
	n->title = (td_range){ widen_title(f, from, end - len, n->toks.to), end };
	for (uint32_t t = n->title.from; t < end; t++)
		if (f->taken[t] == TD_FREE) f->taken[t] = TD_IN_TITLE;
}

/* Titles inside what the network takes for a name: "President Vladimir Putin", "US Secretary of State Rex Tillerson". */
void td_title_inside(td_finder *f, td_name_found *n)
{
	td_range s = n->toks;
	uint32_t title_from = s.to, len;
	for (uint32_t t = s.from; t + 1 < s.to;) {
		uint32_t sense = td_phrase_sense(f->doc, f->lexicon, t, s.to, TD_SENSE_TITLE, &len);
		bool given = false;
		if (sense != TD_NONE && t + len < s.to) {
			/* "Major", "Dean" and "Earl" are given names too, but hardly before another given name. */
			(void)td_given_gender(f->doc, f->lexicon, t, &given);
			if (given && t == s.from && len == 1 && s.to - s.from == 2) break;
			if (title_from == s.to) title_from = t;
			if (title_gender(f, sense) != TD_GENDER_UNKNOWN) n->gender = title_gender(f, sense);
			t += len;
			n->toks.from = t;
			continue;
		}
		uint32_t d = td_demonym(f->doc, f->lexicon, t, s.to, true, &len);
		uint32_t next;
		if (d == TD_NONE || t + len >= s.to || td_phrase_sense(f->doc, f->lexicon, t + len, s.to, TD_SENSE_TITLE, &next) == TD_NONE) break;
		t += len;
	}
	if (n->toks.from > s.from && title_from < n->toks.from) {
		n->title = (td_range){ title_from, n->toks.from };
		td_take(f, n->title, TD_IN_TITLE);
	}
}
