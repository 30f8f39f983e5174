/* Direct quotations: what stands between quotation marks, and which of it somebody said.
 *
 * Marks are paired inside a paragraph. A paragraph that ends inside a quotation continues it when the next one opens again; else
 * the mark was a lone one and reaches to the end of its sentence at most. Titles, glosses and words that are only named
 * ("known as …") are no quotations. Short ones stay for the attribution stage, which drops those that nobody said. */
#include "kg/kg.h"

enum {
	MAX_QUOTE_TOKENS = 1000, /* a longer one is a lone mark */
	SHORT_WORDS = 2,         /* so many words without a verb are perhaps only set off */
};

typedef enum { SIDE_NONE, SIDE_OPEN, SIDE_CLOSE, SIDE_EITHER } side;

typedef struct {
	const char *form;
	side side;
	bool single;
} mark;

static const mark marks[] = {
	{ "\"", SIDE_EITHER, false }, { "“", SIDE_OPEN, false },  { "”", SIDE_CLOSE, false }, { "„", SIDE_OPEN, false },
	{ "«", SIDE_OPEN, false },    { "»", SIDE_CLOSE, false }, { "``", SIDE_OPEN, false }, { "''", SIDE_CLOSE, false },
	{ "＂", SIDE_EITHER, false }, { "'", SIDE_EITHER, true }, { "‘", SIDE_OPEN, true },   { "’", SIDE_CLOSE, true },
	{ "`", SIDE_OPEN, true },
};

/* What an apostrophe at the start of a word stands for more often than a quotation. */
static const char *const elisions[] = { "em", "til", "till", "cause", "n", "tis", "twas", "bout", "cos" };

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	TD_ARRAY(td_range) spans; /* tokens inside the marks, by position */
} finder;

static bool is_backtick(const td_doc *doc, uint32_t tok)
{
	return tok < doc->toks.n && td_str_eq(doc->toks.at[tok].form, TD_STR("`"));
}

/* The splitter makes two words of ``; the second one is the mark. */
static const mark *mark_of(const td_doc *doc, uint32_t tok, bool single)
{
	static const mark pair = { "``", SIDE_OPEN, false };
	if (is_backtick(doc, tok)) {
		bool second = tok && is_backtick(doc, tok - 1) && !doc->toks.at[tok - 1].space_after;
		bool first = is_backtick(doc, tok + 1) && !doc->toks.at[tok].space_after;
		if (second || first) return second && !single ? &pair : NULL;
	}
	td_str form = doc->toks.at[tok].form;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (marks[i].single == single && td_str_eq(form, td_str_of(marks[i].form))) return &marks[i];
	return NULL;
}

static uint32_t first_cp(td_str s)
{
	const char *at = s.at;
	return s.n ? td_utf8_next(&at, s.at + s.n) : 0;
}

static bool is_word(const td_doc *doc, uint32_t tok)
{
	td_str form = doc->toks.at[tok].form;
	for (const char *at = form.at, *end = at + form.n; at < end;) {
		uint32_t cp = td_utf8_next(&at, end);
		if (td_is_letter(cp) || td_is_digit(cp)) return true;
	}
	return false;
}

static bool one_of(uint32_t cp, const char *set)
{
	return cp > 0 && cp < 128 && strchr(set, (int)cp);
}

/* Does the mark touch the word before it? An opening bracket or a dash is no word. */
static bool touches_left(const td_doc *doc, uint32_t tok, td_range para)
{
	if (tok == para.from || doc->toks.at[tok - 1].space_after) return false;
	uint32_t cp = first_cp(doc->toks.at[tok - 1].form);
	return !one_of(cp, "([{-") && cp != 0x2013 && cp != 0x2014;
}

/* Likewise behind it; closing punctuation is no word. */
static bool touches_right(const td_doc *doc, uint32_t tok, td_range para)
{
	if (doc->toks.at[tok].space_after || tok + 1 >= para.to) return false;
	uint32_t cp = first_cp(doc->toks.at[tok + 1].form);
	return !one_of(cp, ")]},.;:!?-") && cp != 0x2013 && cp != 0x2014;
}

/* Which way a mark faces: by its form, by the words that it touches, and where both leave it open by what was opened before. */
static side facing(const td_doc *doc, uint32_t tok, td_range para, const mark *m, bool opened)
{
	bool left = touches_left(doc, tok, para), right = touches_right(doc, tok, para);
	if (m->side == SIDE_OPEN) return opened && left && !right ? SIDE_CLOSE : SIDE_OPEN;
	if (m->side == SIDE_CLOSE) return !opened && right && !left ? SIDE_OPEN : SIDE_CLOSE;
	if (right && !left) return SIDE_OPEN;
	if (left && !right) return SIDE_CLOSE;
	return opened ? SIDE_CLOSE : SIDE_OPEN;
}

static td_status add_span(finder *f, uint32_t from, uint32_t to, td_error *err)
{
	if (from >= to) return TD_OK;
	return TD_PUSH(&f->doc->arena, &f->spans, (td_range){ from, to }) ? TD_OK : td_no_memory(err);
}

static uint32_t sentence_end(const td_doc *doc, uint32_t tok)
{
	return doc->sents.at[doc->toks.at[tok].sent].toks.to;
}

static bool opens_at(const td_doc *doc, uint32_t tok)
{
	if (tok >= doc->toks.n) return false;
	const mark *m = mark_of(doc, tok, false);
	return m && m->side != SIDE_CLOSE;
}

/* A quotation that its paragraph does not close: all of the rest when the next paragraph opens it again, else its sentence. A neutral
 * mark is too weak a sign for that (it may be inches, or the closing one of a pair that was damaged). */
static td_status add_unclosed(finder *f, uint32_t open, uint32_t end, bool at_end, td_error *err)
{
	const td_doc *doc = f->doc;
	if (at_end && opens_at(doc, end)) return add_span(f, open + 1, end, err);
	if (mark_of(doc, open, false)->side != SIDE_OPEN) return TD_OK;
	uint32_t to = sentence_end(doc, open);
	return add_span(f, open + 1, to < end ? to : end, err);
}

static td_status scan_double(finder *f, td_range para, td_error *err)
{
	const td_doc *doc = f->doc;
	uint32_t open = TD_NONE;
	for (uint32_t i = para.from; i < para.to; i++) {
		bool opened = open != TD_NONE;
		const mark *m = mark_of(doc, i, false);
		bool too_long = opened && i - open > MAX_QUOTE_TOKENS;
		if (!m && !too_long) continue;
		side face = m ? facing(doc, i, para, m, opened) : SIDE_NONE;
		if (opened && !too_long && face == SIDE_CLOSE)
			TRY(add_span(f, open + 1, i, err));
		else if (opened)
			TRY(add_unclosed(f, open, i, false, err));
		open = face == SIDE_OPEN ? i : TD_NONE;
	}
	return open == TD_NONE ? TD_OK : add_unclosed(f, open, para.to, true, err);
}

static bool is_elision(const td_doc *doc, uint32_t tok)
{
	td_str form = doc->toks.at[tok].form;
	if (td_is_digit(first_cp(form))) return true; /* '90s */
	for (size_t i = 0; i < sizeof elisions / sizeof *elisions; i++)
		if (td_str_eq(form, td_str_of(elisions[i]))) return true;
	return false;
}

static bool opens_single(const td_doc *doc, uint32_t tok, td_range para)
{
	const mark *m = mark_of(doc, tok, true);
	return m && m->side != SIDE_CLOSE && !touches_left(doc, tok, para) && tok + 1 < para.to && !doc->toks.at[tok].space_after &&
	       !is_elision(doc, tok + 1);
}

/* A closing ’ looks like the genitive of a plural: "the workers’ rights" goes on with a noun. */
static bool closes_single(const td_doc *doc, uint32_t tok, td_range para)
{
	const mark *m = mark_of(doc, tok, true);
	if (!m || m->side == SIDE_OPEN || !touches_left(doc, tok, para) || touches_right(doc, tok, para)) return false;
	if (!td_str_ends(doc->toks.at[tok - 1].form, TD_STR("s")) || tok + 1 >= para.to) return true;
	uint8_t next = doc->toks.at[tok + 1].upos;
	return next != TD_NOUN && next != TD_ADJ && next != TD_PROPN;
}

static td_status scan_single(finder *f, td_range para, td_error *err)
{
	uint32_t open = TD_NONE;
	for (uint32_t i = para.from; i < para.to; i++) {
		if (open != TD_NONE && i - open > MAX_QUOTE_TOKENS) open = TD_NONE;
		if (open == TD_NONE && opens_single(f->doc, i, para)) {
			open = i;
		} else if (open != TD_NONE && closes_single(f->doc, i, para)) {
			TRY(add_span(f, open + 1, i, err));
			open = TD_NONE;
		}
	}
	return TD_OK;
}

static uint32_t paragraph_end(const td_doc *doc, uint32_t sent)
{
	uint32_t end = sent + 1;
	while (end < doc->sents.n && !doc->sents.at[end].starts_para) end++;
	return end;
}

static td_status scan(finder *f, td_status (*one)(finder *, td_range, td_error *), td_error *err)
{
	const td_doc *doc = f->doc;
	for (uint32_t s = 0; s < doc->sents.n;) {
		uint32_t end = paragraph_end(doc, s);
		TRY(one(f, (td_range){ doc->sents.at[s].toks.from, doc->sents.at[end - 1].toks.to }, err));
		s = end;
	}
	return TD_OK;
}

/* Both lists are by position and each is disjoint: one merge drops every span that another one holds. The double marks of British
 * style stand inside single ones, the single marks of American style inside double ones. */
static td_status merge(finder *f, uint32_t n_double, td_error *err)
{
	TD_ARRAY(td_range) all = { 0 };
	uint32_t a = 0, b = n_double;
	while (a < n_double || b < f->spans.n) {
		const td_range *d = a < n_double ? &f->spans.at[a] : NULL, *s = b < f->spans.n ? &f->spans.at[b] : NULL;
		td_range next = !s || (d && d->from < s->from) ? f->spans.at[a++] : f->spans.at[b++];
		if (all.n && next.from < all.at[all.n - 1].to) continue;
		if (!TD_PUSH(&f->doc->arena, &all, next)) return td_no_memory(err);
	}
	f->spans.at = all.at;
	f->spans.n = all.n;
	f->spans.cap = all.cap;
	return TD_OK;
}

/* ---- what is no quotation ------------------------------------------------------------------------------------------ */

typedef struct {
	uint32_t words, verbs, capitals, longer; /* longer: words of four letters and more */
} shape;

static shape shape_of(const td_doc *doc, td_range toks)
{
	shape out = { 0 };
	for (uint32_t i = toks.from; i < toks.to; i++) {
		const td_token *tok = &doc->toks.at[i];
		if (!is_word(doc, i)) continue;
		out.words++;
		out.verbs += tok->upos == TD_VERB || tok->upos == TD_AUX;
		bool is_long = td_utf8_count(tok->form) > 3;
		out.longer += is_long;
		out.capitals += is_long && td_is_upper(first_cp(tok->form));
	}
	return out;
}

/* "known as", "dubbed", "entitled" right before the mark: cues with the reference Naming. */
static bool is_named(const finder *f, uint32_t from)
{
	const td_doc *doc = f->doc;
	for (uint32_t back = 2, article = 0; back <= 3 + article && from >= back; back++) {
		const td_token *tok = &doc->toks.at[from - back];
		uint32_t i = td_lexicon_sense(f->lexicon, tok->lemma, tok->upos, TD_SENSE_CUE);
		for (; i != TD_NONE; i = f->lexicon->senses.at[i].next) {
			const td_sense *sense = &f->lexicon->senses.at[i];
			if (td_str_eq(sense->lemma, tok->lemma) && td_str_eq(sense->reference, TD_STR("Naming"))) return true;
		}
		article = tok->upos == TD_DETERM ? 1 : article;
		if (tok->upos != TD_DETERM && tok->upos != TD_ADP && tok->upos != TD_SCONJ) return false;
	}
	return false;
}

static bool in_brackets(const td_doc *doc, td_range toks)
{
	if (toks.from < 2 || toks.to + 1 >= doc->toks.n) return false;
	return td_str_eq(doc->toks.at[toks.from - 2].form, TD_STR("(")) && td_str_eq(doc->toks.at[toks.to + 1].form, TD_STR(")"));
}

static bool is_title(const td_doc *doc, td_range toks, shape s)
{
	if (doc->toks.at[toks.from].name == TD_NAME_WORK && doc->toks.at[toks.to - 1].name == TD_NAME_WORK) return true;
	if (!s.longer || s.capitals < s.longer) return false;
	return s.words <= SHORT_WORDS || (s.longer > 1 && !s.verbs);
}

static bool is_quotation(const finder *f, td_range toks)
{
	const td_doc *doc = f->doc;
	shape s = shape_of(doc, toks);
	if (!s.words) return false;
	if (mark_of(doc, toks.from - 1, true) && s.words <= SHORT_WORDS) return false;
	if (s.words <= 4 && (is_named(f, toks.from) || in_brackets(doc, toks))) return false;
	return !is_title(doc, toks, s);
}

static td_status keep(finder *f, td_range toks, td_error *err)
{
	td_doc *doc = f->doc;
	td_quote quote = { td_doc_bytes(doc, toks), toks, TD_NONE, TD_NONE, TD_NONE, { 0 } };
	if (!TD_PUSH(&doc->arena, &doc->quotes, quote)) return td_no_memory(err);
	shape s = shape_of(doc, toks);
	if (s.words <= SHORT_WORDS && !s.verbs) return TD_OK;
	for (uint32_t i = toks.from; i < toks.to; i++) doc->toks.at[i].quoted = 1;
	return TD_OK;
}

td_status td_quotes(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	finder f = { doc, lexicon, { 0 } };
	for (uint32_t i = 0; i < doc->toks.n; i++) doc->toks.at[i].quoted = 0;
	doc->quotes.n = 0;
	TRY(scan(&f, scan_double, err));
	uint32_t n_double = f.spans.n;
	TRY(scan(&f, scan_single, err));
	TRY(merge(&f, n_double, err));
	for (uint32_t i = 0; i < f.spans.n; i++)
		if (is_quotation(&f, f.spans.at[i])) TRY(keep(&f, f.spans.at[i], err));
	return TD_OK;
}

/* Quotations are by position: the last one that begins at or before the token is the only one that can hold it. */
const td_quote *td_quote_at(const td_doc *doc, uint32_t tok)
{
	uint32_t lo = 0, hi = doc->quotes.n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (doc->quotes.at[mid].toks.from <= tok) lo = mid + 1;
		else hi = mid;
	}
	return lo && tok < doc->quotes.at[lo - 1].toks.to ? &doc->quotes.at[lo - 1] : NULL;
}
