/* Time expressions of a document: found sentence by sentence, resolved against the document's date and the story so far, and joined where
 * two of them make one span. */
#include "nlp/nlp.h"
#include "nlp/times.h"

enum {
	STORY_SENTENCES = 3, /* so long the time mentioned last is remembered */
	DAY_SENTENCES = 14,  /* … and the day, for what is said on it */
};

typedef struct {
	td_times_view view;
	td_tword *words;     /* [cap] of one sentence */
	uint32_t cap;
	uint32_t first_time; /* first of doc->times of this sentence */
	uint32_t story_sent; /* sentence of the time mentioned last */
	uint32_t day_sent;   /* … of the day */
	bool yearless;       /* of the time found last */
} timer;

/* The token of the span that hangs outside of it. */
static uint32_t head_of(const td_doc *doc, td_range toks)
{
	uint32_t best = TD_NONE;
	for (uint32_t i = toks.from; i < toks.to; i++) {
		const td_token *t = &doc->toks.at[i];
		bool outside = t->head == TD_NONE || t->head < toks.from || t->head >= toks.to;
		bool weak = t->upos == TD_PUNCT || t->upos == TD_ADP;
		if (outside && (best == TD_NONE || !weak)) {
			best = i;
			if (!weak) break;
		}
	}
	return best == TD_NONE ? toks.from : best;
}

/* ---- joining ------------------------------------------------------------------------------------------------------------------------ */

static bool is_any(const td_times_view *v, uint32_t tok, const char *const *list)
{
	for (; *list; list++)
		if (td_form_is(v, tok, *list)) return true;
	return false;
}

/* The word before the article before `tok`. */
static uint32_t before(const td_times_view *v, uint32_t tok)
{
	if (tok > v->first && (td_form_is(v, tok - 1, "the") || td_form_is(v, tok - 1, "at") || td_form_is(v, tok - 1, "least"))) tok--;
	return tok > v->first ? tok - 1 : v->end;
}

/* "from A to B", "between A and B", "A-B". `from` is where B begins. */
static bool makes_span(const timer *t, const td_time *a, uint32_t from)
{
	static const char *const links[] = { "to", "until", "till", "through", "thru", "-", "–", "and", NULL };
	const td_times_view *v = &t->view;
	uint32_t link = before(v, from);
	if (link != a->toks.to || !is_any(v, link, links) || a->kind == TD_TIME_SET || a->kind == TD_TIME_DURATION) return false;
	if (td_form_is(v, link, "and")) return td_form_is(v, before(v, a->toks.from), "between");
	bool until = td_form_is(v, link, "to") || td_form_is(v, link, "until") || td_form_is(v, link, "through");
	return !until || td_form_is(v, before(v, a->toks.from), "from") || td_form_is(v, link, "to");
}

static void join(timer *t, td_time *a, td_found_time b)
{
	const td_times_view *v = &t->view;
	if (a->begin.year && b.period.begin.year) {
		/* "from April 7 to May 3, 2018": the second one's year holds for both. "from Monday to Friday": Friday comes after it. */
		if (t->yearless && !b.yearless && a->begin.month) a->begin.year = b.period.begin.year;
		if (td_date_cmp(a->begin, b.period.end) > 0 && a->begin.day && b.period.end.day && !b.yearless)
			b.period.end = td_day_add(b.period.end, 7);
		else if (td_date_cmp(a->begin, b.period.end) > 0 && a->begin.month && t->yearless) a->begin.year--;
		a->end = b.period.end;
		if (td_date_cmp(a->begin, a->end) > 0) a->end = a->begin;
	}
	a->kind = TD_TIME_SPAN;
	a->toks.to = b.to;
	a->head = head_of(v->doc, a->toks);
}

/* "2010-12" and "2018/19" are years, too. */
static bool short_year(const timer *t, uint32_t tok, td_found_time *f)
{
	const td_times_view *v = &t->view;
	td_tword year = td_word_at(v, tok), tail = td_word_at(v, tok + 2);
	bool link = td_form_is(v, tok + 1, "-") || td_form_is(v, tok + 1, "–") || td_form_is(v, tok + 1, "/");
	bool two = tok + 2 < v->end && v->doc->toks.at[tok + 2].form.n == 2 && v->doc->toks.at[tok + 2].space_after;
	if (year.kind != TW_YEAR || !link || !two || tail.kind != TW_NUMBER || year.value % 100 >= tail.value || tail.value > 99) return false;
	f->to = tok + 3;
	f->kind = TD_TIME_SPAN;
	f->period.end = (td_date){ .year = (int16_t)(year.value / 100 * 100 + tail.value) };
	return true;
}

/* ---- sentences ---------------------------------------------------------------------------------------------------------------------- */

static bool since(const td_times_view *v, uint32_t tok)
{
	uint32_t at = before(v, tok);
	return at < v->end && (td_form_is(v, at, "since") || (td_kind_at(v, at) == TW_STAGE && at > v->first && td_form_is(v, at - 1, "since")));
}

static td_status keep(timer *t, uint32_t tok, const td_found_time *f, td_error *err)
{
	td_doc *doc = t->view.doc;
	td_time time = { .toks = { tok, f->to }, .begin = f->period.begin, .end = f->period.end, .kind = f->kind };
	time.head = f->anchor != TD_NONE ? f->anchor : head_of(doc, time.toks);
	if (f->kind == TD_TIME_DATE && time.begin.year && td_date_cmp(time.begin, time.end) != 0) time.kind = TD_TIME_SPAN;
	if (time.begin.year && f->kind <= TD_TIME_SPAN && since(&t->view, tok)) {
		time.kind = TD_TIME_SPAN;
		time.end = (td_date){ 0 };
	}
	return TD_PUSH(&doc->arena, &doc->times, time) ? TD_OK : td_no_memory(err);
}

/* The story goes on from here; a year that was written out holds for the rest of its sentence. */
static void remember(timer *t, uint32_t sent, const td_found_time *f, uint32_t tok)
{
	if (!f->period.begin.year || f->anchor != TD_NONE) return;
	t->view.story = f->period.begin;
	t->view.told = true;
	if (td_date_cmp(f->period.begin, t->view.now) <= 0) t->view.past = f->period.begin;
	if (f->period.begin.day && td_date_cmp(f->period.begin, t->view.now) <= 0) {
		t->view.day = f->period.begin;
		t->day_sent = sent;
	}
	t->story_sent = sent;
	t->yearless = f->yearless;
	td_tword_kind kind = td_kind_at(&t->view, tok);
	bool written = !f->yearless && (kind == TW_MONTH || kind == TW_NUMBER || (kind == TW_YEAR && f->kind == TD_TIME_DATE));
	if (written && f->period.begin.year < t->view.now.year) t->view.year = f->period.begin.year;
}

static td_status take(timer *t, uint32_t sent, uint32_t tok, td_found_time *f, td_error *err)
{
	td_doc *doc = t->view.doc;
	short_year(t, tok, f);
	td_time *last = doc->times.n > t->first_time ? &doc->times.at[doc->times.n - 1] : NULL;
	if (last && f->kind <= TD_TIME_SPAN && f->anchor == TD_NONE && makes_span(t, last, tok)) join(t, last, *f);
	else TRY(keep(t, tok, f, err));
	remember(t, sent, f, tok);
	return TD_OK;
}

/* Straight marks open and close in turn, typographic ones say which; a paragraph begins outside. */
static void see_quote(td_times_view *v, uint32_t tok)
{
	td_str s = v->doc->toks.at[tok].form;
	if (td_str_eq(s, TD_STR("\""))) v->quoted = !v->quoted;
	else if (td_str_eq(s, TD_STR("“")) || td_str_eq(s, TD_STR("``"))) v->quoted = true;
	else if (td_str_eq(s, TD_STR("”")) || td_str_eq(s, TD_STR("''"))) v->quoted = false;
}

static td_status read_sentence(timer *t, uint32_t sent, td_error *err)
{
	td_doc *doc = t->view.doc;
	td_range toks = doc->sents.at[sent].toks;
	bool any = false;
	t->view.first = toks.from;
	t->view.end = toks.to;
	t->view.year = 0;
	if (doc->sents.at[sent].starts_para) t->view.quoted = false;
	t->first_time = doc->times.n;
	if (sent > t->story_sent + STORY_SENTENCES) {
		t->view.story = t->view.now;
		t->view.told = false;
	}
	if (sent > t->day_sent + DAY_SENTENCES) t->view.day = (td_date){ 0 };
	if (toks.to - toks.from > t->cap) {
		t->cap = (toks.to - toks.from) * 2;
		t->view.words = t->words = td_arena_zero(&doc->arena, t->cap, sizeof *t->words);
		if (!t->words) return td_no_memory(err);
	}
	for (uint32_t i = toks.from; i < toks.to; i++) any |= (t->words[i - toks.from] = td_tword_of(doc, i)).kind != TW_NONE;
	for (uint32_t i = toks.from; any && i < toks.to;) {
		bool article = td_form_is(&t->view, i, "a") || td_form_is(&t->view, i, "an");
		td_found_time f = td_time_at(&t->view, i);
		if (!f.to && article) f = td_time_article(&t->view, i);
		if (f.to > i) TRY(take(t, sent, i, &f, err));
		for (uint32_t end = f.to > i ? f.to : i + 1; i < end; i++) see_quote(&t->view, i);
	}
	for (uint32_t i = toks.from; !any && i < toks.to; i++) see_quote(&t->view, i);
	return TD_OK;
}

td_status td_times(td_doc *doc, td_error *err)
{
	timer t = { .view = { .doc = doc, .now = doc->date, .story = doc->date, .past = doc->date } };
	doc->times.n = 0;
	for (uint32_t i = 0; i < doc->sents.n; i++) TRY(read_sentence(&t, i, err));
	return TD_OK;
}
