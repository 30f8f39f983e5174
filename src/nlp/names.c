#include "nlp/names.h"

enum { WORD_BYTES = 96 };

td_str td_word_lower(td_str word, char *out, size_t cap)
{
	size_t n = 0;
	for (const char *at = word.at, *end = word.at + word.n; at < end && n + 4 < cap;) {
		uint32_t cp = td_utf8_next(&at, end);
		if (cp < 0x80) {
			out[n++] = (char)(cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp);
			continue;
		}
		/* Latin, Greek and Cyrillic capitals by their blocks' regular offsets; others are in no table of ours. */
		if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) cp += 0x20;
		else if (cp >= 0x100 && cp <= 0x137) cp |= 1;
		else if (cp >= 0x139 && cp <= 0x148) cp += cp & 1;
		else if (cp >= 0x14A && cp <= 0x177) cp |= 1;
		else if (cp >= 0x179 && cp <= 0x17E) cp += cp & 1;
		else if (cp == 0x218 || cp == 0x21A) cp |= 1;
		else if (cp == 0x2019) cp = '\'';
		n += td_utf8_put(cp, out + n);
	}
	return (td_str){ out, n };
}

bool td_word_eq(td_str a, td_str lower)
{
	char buf[WORD_BYTES];
	return td_str_eq(td_word_lower(a, buf, sizeof buf), lower);
}

/* ---- senses ------------------------------------------------------------------------------------------------------ */

static uint32_t single_sense(const td_lexicon *lexicon, td_str word, td_sense_kind kind)
{
	char buf[WORD_BYTES];
	td_upos upos = kind == TD_SENSE_ENTITY ? TD_NOUN : TD_POS_X; /* proper nouns are asked for by td_phrase_sense only */
	return word.n ? td_lexicon_sense(lexicon, td_word_lower(word, buf, sizeof buf), upos, kind) : TD_NONE;
}

/* "gunmen", "niqabs", "parties" where the lemma was not found: the regular singulars. */
static uint32_t singular_sense(const td_lexicon *lexicon, td_str form, td_sense_kind kind)
{
	static const struct {
		const char *plural, *singular;
	} endings[] = { { "men", "man" }, { "ies", "y" }, { "es", "" }, { "s", "" } };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t cut = strlen(endings[i].plural), add = strlen(endings[i].singular);
		char buf[WORD_BYTES];
		if (form.n <= cut + 2 || form.n + add >= sizeof buf || !td_str_ends(form, td_str_of(endings[i].plural))) continue;
		memcpy(buf, form.at, form.n - cut);
		memcpy(buf + form.n - cut, endings[i].singular, add);
		uint32_t s = single_sense(lexicon, (td_str){ buf, form.n - cut + add }, kind);
		if (s != TD_NONE) return s;
	}
	return TD_NONE;
}

uint32_t td_tok_sense(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, td_sense_kind kind)
{
	const td_token *t = &doc->toks.at[tok];
	uint32_t s = single_sense(lexicon, t->lemma, kind);
	if (s == TD_NONE) s = single_sense(lexicon, t->form, kind);
	if (s == TD_NONE && (t->xpos == TD_XP_NNS || t->xpos == TD_XP_NNPS)) s = singular_sense(lexicon, t->form, kind);
	return s;
}

/* "Ex-Prime Minister": the word behind "ex-". */
static td_str without_ex(td_str form)
{
	char buf[8];
	td_str head = td_word_lower((td_str){ form.at, form.n < 3 ? form.n : 3 }, buf, sizeof buf);
	return form.n > 4 && td_str_eq(head, TD_STR("ex-")) ? (td_str){ form.at + 3, form.n - 3 } : form;
}

/* Tokens of the phrase `lemma` that stand at tok…limit, 0 when they don't. "secretary-general" and "u.s." may be one token or several. */
static uint32_t phrase_at(const td_doc *doc, uint32_t tok, uint32_t limit, td_str lemma)
{
	uint32_t n = 0;
	while (lemma.n) {
		td_str word = td_str_cut(&lemma, ' ');
		if (n && tok + n + 1 < limit && td_str_eq(doc->toks.at[tok + n].form, TD_STR("-"))) n++; /* "prime-minister" */
		if (tok + n >= limit) return 0;
		const td_token *t = &doc->toks.at[tok + n];
		if (!td_word_eq(t->form, word) && !td_word_eq(t->lemma, word) && (n > 0 || !td_word_eq(without_ex(t->form), word))) return 0;
		n++;
	}
	return n;
}

static void longest_in_chain(const td_doc *doc, const td_lexicon *lexicon, td_str word, uint32_t tok, uint32_t limit, td_sense_kind kind,
	uint32_t *best, uint32_t *len)
{
	char buf[WORD_BYTES];
	if (!word.n) return;
	bool upper = td_tok_upper(doc, tok);
	for (uint32_t s = td_lexicon_find(lexicon, td_word_lower(word, buf, sizeof buf)); s != TD_NONE; s = lexicon->senses.at[s].next) {
		if (lexicon->senses.at[s].kind != kind || (lexicon->senses.at[s].upos == TD_PROPN && !upper)) continue;
		uint32_t n = phrase_at(doc, tok, limit, lexicon->senses.at[s].lemma);
		if (n > *len) {
			*best = s;
			*len = n;
		}
	}
}

uint32_t td_phrase_sense(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, uint32_t limit, td_sense_kind kind, uint32_t *len)
{
	uint32_t best = TD_NONE;
	*len = 0;
	longest_in_chain(doc, lexicon, doc->toks.at[tok].form, tok, limit, kind, &best, len);
	longest_in_chain(doc, lexicon, doc->toks.at[tok].lemma, tok, limit, kind, &best, len);
	td_str bare = without_ex(doc->toks.at[tok].form);
	if (bare.n < doc->toks.at[tok].form.n) longest_in_chain(doc, lexicon, bare, tok, limit, kind, &best, len);
	return best;
}

uint32_t td_phrase_before(const td_doc *doc, const td_lexicon *lexicon, uint32_t from, uint32_t end, td_sense_kind kind, uint32_t *len)
{
	for (uint32_t n = TD_MAX_PHRASE; n > 0; n--) {
		if (end < from + n) continue;
		uint32_t got, s = td_phrase_sense(doc, lexicon, end - n, end, kind, &got);
		if (s != TD_NONE && got == n) {
			*len = n;
			return s;
		}
	}
	*len = 0;
	return TD_NONE;
}

/* ---- what words are ---------------------------------------------------------------------------------------------- */

td_class td_noun_class(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, td_str *note)
{
	uint32_t len, s = TD_NONE, from = doc->sents.n ? doc->sents.at[doc->toks.at[tok].sent].toks.from : 0;
	if (tok > from) {
		s = td_phrase_sense(doc, lexicon, tok - 1, tok + 1, TD_SENSE_ENTITY, &len);
		if (s != TD_NONE && len < 2) s = TD_NONE;
	}
	if (s == TD_NONE) s = td_tok_sense(doc, lexicon, tok, TD_SENSE_ENTITY);
	if (note) *note = s == TD_NONE ? (td_str){ "", 0 } : lexicon->senses.at[s].note;
	return s == TD_NONE ? TD_CLASS_NONE : (td_class)lexicon->senses.at[s].cls;
}

bool td_note_has(td_str note, const char *word)
{
	while (note.n) {
		td_str w = td_str_cut(&note, ' ');
		if (td_str_eq(w, td_str_of(word))) return true;
	}
	return false;
}

td_gender td_note_gender(td_str note)
{
	if (td_note_has(note, "male")) return TD_MALE;
	return td_note_has(note, "female") ? TD_FEMALE : TD_GENDER_UNKNOWN;
}

td_gender td_given_gender(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, bool *known)
{
	char buf[WORD_BYTES];
	td_str word = td_word_lower(doc->toks.at[tok].form, buf, sizeof buf);
	bool male = false, female = false;
	for (uint32_t s = td_lexicon_find(lexicon, word); s != TD_NONE; s = lexicon->senses.at[s].next) {
		const td_sense *sense = &lexicon->senses.at[s];
		if (sense->kind != TD_SENSE_GIVEN || !td_str_eq(sense->lemma, word)) continue;
		if (td_str_eq(sense->reference, TD_STR("female"))) female = true;
		else male = true;
	}
	if (known) *known = male || female;
	if (male == female) return TD_GENDER_UNKNOWN;
	return male ? TD_MALE : TD_FEMALE;
}

/* "us" is a pronoun and "US" a country: a short alias must be written in capitals. */
static bool alias_fits(const td_doc *doc, uint32_t tok, const td_sense *sense, uint32_t len)
{
	if (!td_tok_upper(doc, tok)) return false;
	if (td_word_eq(sense->reference, sense->lemma)) return true; /* "Iran" itself */
	return len > 1 || sense->lemma.n > 4 || !td_note_has(sense->note, "name") || td_tok_all_caps(doc, tok);
}

static uint32_t plural_demonym(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok)
{
	td_str form = doc->toks.at[tok].form;
	if (form.n < 4 || form.at[form.n - 1] != 's') return TD_NONE;
	return single_sense(lexicon, (td_str){ form.at, form.n - 1 }, TD_SENSE_DEMONYM);
}

uint32_t td_demonym(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, uint32_t limit, bool names, uint32_t *len)
{
	*len = 1;
	if (!td_tok_upper(doc, tok)) return TD_NONE;
	uint32_t s = td_phrase_sense(doc, lexicon, tok, limit, TD_SENSE_DEMONYM, len);
	if (s == TD_NONE) {
		s = plural_demonym(doc, lexicon, tok);
		*len = 1;
	}
	if (s == TD_NONE) return s;
	const td_sense *sense = &lexicon->senses.at[s];
	if (!names && td_note_has(sense->note, "name")) return TD_NONE;
	return alias_fits(doc, tok, sense, *len) ? s : TD_NONE;
}

td_class td_demonym_class(const td_lexicon *lexicon, uint32_t sense)
{
	td_str note = lexicon->senses.at[sense].note;
	if (td_note_has(note, "people")) return TD_GROUP;
	return td_note_has(note, "organization") ? TD_ORGANIZATION : TD_PLACE;
}

bool td_tok_upper(const td_doc *doc, uint32_t tok)
{
	td_str form = doc->toks.at[tok].form;
	if (!form.n) return false;
	const char *at = form.at;
	return td_is_upper(td_utf8_next(&at, form.at + form.n));
}

bool td_tok_all_caps(const td_doc *doc, uint32_t tok)
{
	td_str form = doc->toks.at[tok].form;
	uint32_t letters = 0;
	for (const char *at = form.at, *end = form.at + form.n; at < end;) {
		uint32_t cp = td_utf8_next(&at, end);
		if (!td_is_letter(cp)) continue;
		if (!td_is_upper(cp)) return false;
		letters++;
	}
	return letters >= 2;
}

bool td_tok_is(const td_doc *doc, uint32_t tok, const char *lower)
{
	return tok < doc->toks.n && td_word_eq(doc->toks.at[tok].form, td_str_of(lower));
}

bool td_in_list(td_str word, const char *const *list)
{
	char buf[WORD_BYTES];
	td_str low = td_word_lower(word, buf, sizeof buf);
	for (; *list; list++)
		if (td_str_eq(low, td_str_of(*list))) return true;
	return false;
}

bool td_tok_in(const td_doc *doc, uint32_t tok, const char *const *list)
{
	return td_in_list(doc->toks.at[tok].lemma, list) || td_in_list(doc->toks.at[tok].form, list);
}

/* ---- names taken apart ------------------------------------------------------------------------------------------- */

/* Cuts the next word off *rest; any white space parts words. */
static td_str next_word(td_str *rest)
{
	td_str s = td_str_trim(*rest);
	size_t n = 0;
	while (n < s.n && s.at[n] != ' ' && s.at[n] != '\n' && s.at[n] != '\r' && s.at[n] != '\t') n++;
	*rest = td_str_trim((td_str){ s.at + n, s.n - n });
	return (td_str){ s.at, n };
}

td_status td_name_split(td_arena *arena, td_str name, td_name_parts *out, td_error *err)
{
	td_str folded = td_fold(arena, name);
	if (!folded.at) return td_no_memory(err);
	char *at = td_arena_alloc(arena, folded.n + 1);
	if (!at) return td_no_memory(err);
	*out = (td_name_parts){ .whole = { at, 0 } };
	size_t n = 0;
	while (folded.n) {
		td_str word = next_word(&folded);
		while (word.n && (word.at[word.n - 1] == ',' || word.at[word.n - 1] == '\'' || word.at[word.n - 1] == '"')) word.n--;
		if (!word.n || (n == 0 && folded.n && td_str_eq(word, TD_STR("the")))) continue;
		if (n) at[n++] = ' ';
		memcpy(at + n, word.at, word.n);
		if (out->n < TD_MAX_NAME_PARTS) out->part[out->n++] = (td_str){ at + n, word.n };
		n += word.n;
	}
	out->whole.n = n;
	return TD_OK;
}

static const char *const small_words[] = { "of", "the", "for", "and", "&", "in", "on", "to", "de", "la", "del", "des", "du", "et", NULL };

/* Walks the acronym along the initials; small words may count or not ("DoD", "FBI"), hyphenated parts give one or more. */
static bool initials_match(td_str letters, const td_name_parts *name, uint32_t i)
{
	for (; i < name->n; i++) {
		if (letters.n && name->part[i].at[0] == letters.at[0] && name->part[i].n) {
			letters.at++;
			letters.n--;
		} else if (!td_in_list(name->part[i], small_words)) {
			return false;
		}
	}
	return letters.n == 0;
}

bool td_is_acronym_of(td_str acronym, const td_name_parts *name)
{
	char buf[16];
	size_t n = 0;
	if (name->n < 2) return false;
	for (size_t i = 0; i < acronym.n; i++) {
		char c = acronym.at[i];
		if (c == '.' || c == '-') continue;
		if (n + 1 >= sizeof buf || ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9'))) return false;
		buf[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	return n >= 2 && initials_match((td_str){ buf, n }, name, 0);
}

static bool initial_of(td_str a, td_str b)
{
	return a.n && b.n && a.at[0] == b.at[0] && (a.n == 1 || (a.n == 2 && a.at[1] == '.'));
}

static bool part_agrees(td_str a, td_str b)
{
	return td_str_eq(a, b) || initial_of(a, b) || initial_of(b, a) ||
	       (a.n >= 3 && b.n >= 3 && (td_str_starts(a, b) || td_str_starts(b, a))); /* "Joe", "Joseph" do not: "Rob", "Robert" do */
}

static bool is_junior(td_str part)
{
	static const char *const list[] = { "jr.", "jr", "sr.", "sr", "ii", "iii", "iv", "v", NULL };
	return td_in_list(part, list);
}

bool td_person_names_agree(const td_name_parts *a, const td_name_parts *b)
{
	const td_name_parts *shorter = a->n <= b->n ? a : b, *longer = a->n <= b->n ? b : a;
	uint32_t ns = shorter->n, nl = longer->n;
	if (ns && is_junior(shorter->part[ns - 1])) ns--;
	if (nl && is_junior(longer->part[nl - 1])) nl--;
	if (ns < 2 || nl < 2 || !td_str_eq(shorter->part[ns - 1], longer->part[nl - 1])) {
		/* "Ricardo Rosselló", "Ricardo Rosselló Nevares": the shorter one is where the longer one begins. */
		if (ns < 2 || nl <= ns) return false;
		for (uint32_t i = 0; i < ns; i++)
			if (!td_str_eq(shorter->part[i], longer->part[i])) return false;
		return true;
	}
	/* The other parts of the shorter one stand in the longer one in the same order; "van", "al-" may be missing on either side. */
	uint32_t j = 0;
	for (uint32_t i = 0; i + 1 < ns; i++) {
		while (j + 1 < nl && !part_agrees(shorter->part[i], longer->part[j])) j++;
		if (j + 1 >= nl) return false;
		j++;
	}
	return true;
}
