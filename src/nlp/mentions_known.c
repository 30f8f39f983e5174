/* Names of several words that somebody knows beforehand. The network sees a name once and in one sentence: it cuts "Port Authority of New York and
 * New Jersey" behind "York" and takes "National Hurricane Center" for the weather. */
#include "nlp/mentions.h"

enum { LONGEST_KNOWN = 9, LONGEST_KNOWN_BYTES = 120 }; /* words, bytes */

static bool small_word(const td_doc *doc, uint32_t t)
{
	static const char *const words[] = { "of", "the", "and", "for", "in", "on", "de", "del", "la", "du", "des", "&", "v.", "v", "'s", "-", "to", "with", "without", "a", NULL };
	return td_tok_in(doc, t, words) || doc->toks.at[t].xpos == TD_XP_POS;
}

static bool name_word(const td_doc *doc, uint32_t t)
{
	const td_token *tok = &doc->toks.at[t];
	return td_tok_upper(doc, t) || (tok->form.n && td_is_digit((uint32_t)(unsigned char)tok->form.at[0]));
}

/* What those words are known to be together. */
static td_class known_class(const td_finder *f, td_range s)
{
	char buf[LONGEST_KNOWN_BYTES + 8];
	td_str text = td_doc_toks_text(f->doc, s);
	if (text.n > LONGEST_KNOWN_BYTES || memchr(text.at, '\n', text.n)) return TD_CLASS_NONE;
	return (td_class)f->known->class_of(f->known->of, td_word_lower(text, buf, sizeof buf));
}

/* "Amnesty International [Ann Bell]": a body, and one of its people */
static bool person_behind(const td_finder *f, uint32_t from, uint32_t to)
{
	bool given = false;
	if (from + 2 != to) return false;
	(void)td_given_gender(f->doc, f->lexicon, from, &given);
	return given && f->doc->toks.at[from + 1].upos == TD_PROPN;
}

/* The network reads the same words otherwise: as a longer name, as one that crosses them, or as a person. */
static bool network_differs(const td_finder *f, td_range s, td_class cls)
{
	const td_doc *doc = f->doc;
	uint32_t lo = 0, hi = doc->names.n;
	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;
		if (doc->names.at[mid].toks.to <= s.from) lo = mid + 1;
		else hi = mid;
	}
	for (; lo < doc->names.n && doc->names.at[lo].toks.from < s.to; lo++) {
		const td_name *n = &doc->names.at[lo];
		bool inside = n->toks.from >= s.from && n->toks.to <= s.to;
		if (!inside && n->toks.from == s.from && cls == TD_ORGANIZATION && (n->cls == TD_NAME_PER || person_behind(f, s.to, n->toks.to))) continue;
		if (!inside) return true;
		if (n->cls == TD_NAME_PER && cls == TD_PLACE) return true;
	}
	return false;
}

/* "US Supreme Court", "Russian Air Force": a place, and something of it that has a name of its own. */
static bool begins_with_place(const td_finder *f, td_range s)
{
	uint32_t len, sense = td_demonym(f->doc, f->lexicon, s.from, s.to, true, &len);
	return sense != TD_NONE && len < s.to - s.from && f->doc->toks.at[s.from].name == TD_NAME_NONE;
}

/* "United States Senator": what somebody is. */
static bool ends_as_title(const td_finder *f, td_range s)
{
	uint32_t len;
	return td_phrase_before(f->doc, f->lexicon, s.from, s.to, TD_SENSE_TITLE, &len) != TD_NONE;
}

/* A day or month within a known name is none: "USA Today", "Sunday Times". */
static bool all_free(const td_finder *f, td_range s)
{
	for (uint32_t t = s.from; t < s.to; t++)
		if (f->taken[t] != TD_FREE && f->taken[t] != TD_IN_TIME) return false;
	bool before = s.from > 0 && f->taken[s.from] == TD_IN_TIME && f->taken[s.from - 1] == TD_IN_TIME;
	bool behind = s.to < f->doc->toks.n && f->taken[s.to - 1] == TD_IN_TIME && f->taken[s.to] == TD_IN_TIME;
	return !before && !behind;
}

/* The longest known name that starts at `t`; an empty range when there is none. */
static td_range known_at(const td_finder *f, uint32_t t, td_class *cls)
{
	const td_doc *doc = f->doc;
	td_range s = { t, t + 1 }, best = { t, t };
	uint32_t end = td_sent_of(doc, t).to;
	for (; s.to < end && s.to - t < LONGEST_KNOWN; s.to++) {
		if (small_word(doc, s.to)) continue;
		if (!name_word(doc, s.to)) break;
		td_range whole = { t, s.to + 1 };
		td_class is = known_class(f, whole);
		if (is == TD_CLASS_NONE || is == TD_PERSON || is == TD_GROUP || is == TD_ROLE || ends_as_title(f, whole)) continue;
		best = whole;
		*cls = is;
	}
	return best;
}

enum { LONGEST_SHIP = 4 }; /* words of a ship's name, the letters before it among them */

/* "MV Grey Heron": the letters that ships carry before their names. */
static td_range ship_at(const td_finder *f, uint32_t t)
{
	static const char *const letters[] = { "MV", "MS", "SS", "MT", "RV", "FV", "SV", "RMS", "RRS", "HMS", "HMAS", "HMCS", "HMNZS", "USS", "USNS", "USCGC", "INS", "BRP", "KRI",
		"ROKS", "TCG", "ORP", "HNLMS", "HDMS", "HNoMS", "RFA", "M/V", "M/S", NULL };
	const td_doc *doc = f->doc;
	td_range s = { t, t + 1 };
	bool ship = false;
	uint32_t end = td_sent_of(doc, t).to;
	for (const char *const *l = letters; *l && !ship; l++) ship = td_str_eq(doc->toks.at[t].form, td_str_of(*l));
	while (ship && s.to < end && s.to - t < LONGEST_SHIP && name_word(doc, s.to) && doc->toks.at[s.to].upos != TD_VERB && !td_tok_all_caps(doc, s.to)) s.to++;
	return s.to > t + 1 ? s : (td_range){ t, t };
}

td_status td_find_known(td_finder *f)
{
	const td_doc *doc = f->doc;
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		td_class cls = TD_PRODUCT;
		if ((f->taken[t] != TD_FREE && f->taken[t] != TD_IN_TIME) || !td_tok_upper(doc, t) || td_tok_is(doc, t, "the")) continue;
		td_range s = ship_at(f, t);
		bool ship = s.to > s.from;
		if (!ship && f->known) s = known_at(f, t, &cls);
		if (s.from == s.to || !all_free(f, s) || (!ship && (network_differs(f, s, cls) || begins_with_place(f, s)))) continue;
		TRY(td_add_known(f, s, cls));
		td_range person = { s.to, s.to + 2 };
		bool named = cls == TD_ORGANIZATION && person.to <= td_sent_of(doc, t).to && person_behind(f, person.from, person.to) && all_free(f, person);
		if (named) TRY(td_add_known(f, person, TD_PERSON));
		t = (named ? person.to : s.to) - 1;
	}
	return TD_OK;
}

/* ---- places within names ------------------------------------------------------------------------------------------ */

/* What a place has of its own: "[Florida] Highway Patrol" and "[US] Supreme Court" speak of Florida and of the US; "Houston Chronicle" and "Iran Air"
 * are but called so. */
static bool of_a_place(const td_doc *doc, td_range s)
{
	static const char *const words[] = { "police", "court", "department", "patrol", "council", "government", "office", "board", "commission", "parliament", "senate",
		"legislature", "assembly", "congress", "house", "army", "navy", "force", "forces", "guard", "ministry", "authority", "agency", "administration", "cabinet",
		"attorney", "college", "constitution", "embassy", "military", "treasury", "marines", "committee", "survey", "service", NULL };
	for (uint32_t t = s.from; t < s.to; t++)
		if (td_tok_in(doc, t, words)) return true;
	return false;
}

td_status td_find_nested(td_finder *f)
{
	const td_doc *doc = f->doc;
	for (uint32_t i = 0, n = doc->mentions.n; i < n; i++) {
		td_mention m = doc->mentions.at[i];
		uint32_t len;
		if (m.kind != TD_NAMED || m.demonym || m.toks.to - m.toks.from < 2 || (m.cls != TD_ORGANIZATION && m.cls != TD_FACILITY && m.cls != TD_WORK)) continue;
		uint32_t sense = td_demonym(doc, f->lexicon, m.toks.from, m.toks.to, true, &len);
		if (sense == TD_NONE || len >= m.toks.to - m.toks.from || td_demonym_class(f->lexicon, sense) != TD_PLACE) continue;
		if (!td_note_has(f->lexicon->senses.at[sense].note, "name") || !of_a_place(doc, (td_range){ m.toks.from + len, m.toks.to })) continue;
		td_mention place = { .toks = { m.toks.from, m.toks.from + len }, .head = m.toks.from + len - 1, .kind = TD_NAMED, .cls = TD_PLACE, .gender = TD_NEUTER,
			.number = TD_SINGULAR, .demonym = 1, .definite = 1 };
		TRY(td_mention_add(f, place));
	}
	return TD_OK;
}
