/* Text to paragraphs: where lines wrap, where they end, what is skipped. */
#include "nlp/nlp.h"
#include "nlp/split.h"

enum {
	MAX_CHUNK = 1024,   /* bytes of a run without white space that are looked at at once */
	WRAP_MIN = 40,      /* a text wrapped narrower than this is a list */
	WRAP_MAX = 160,     /* in a text with longer lines each line is a paragraph */
};

typedef struct {
	td_doc *doc;
	const char *s;
	uint32_t n;
	uint32_t skip;      /* first of doc->skips that ends behind the position */
	uint32_t hard;      /* first one at or behind it that ends sentences */
	uint32_t block_end; /* end of the run of lines without a blank one that was measured last */
	uint32_t width;     /* its longest line */
} walker;

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static bool is_newline(char c)
{
	return c == '\n' || c == '\r';
}

static uint32_t line_end(const walker *w, uint32_t at)
{
	while (at < w->n && !is_newline(w->s[at])) at++;
	return at;
}

static uint32_t behind_newline(const walker *w, uint32_t at)
{
	if (at < w->n && w->s[at] == '\r') at++;
	else if (at < w->n) return at + 1;
	return at < w->n && w->s[at] == '\n' ? at + 1 : at;
}

/* First byte at or behind `at` that is no white space within its line; the line's end for a blank one. */
static uint32_t line_start(const walker *w, uint32_t at)
{
	while (at < w->n && !is_newline(w->s[at])) {
		const char *p = w->s + at;
		if (!td_is_space(td_utf8_next(&p, w->s + w->n))) break;
		at = (uint32_t)(p - w->s);
	}
	return at;
}

static bool is_blank(const walker *w, uint32_t at)
{
	uint32_t start = line_start(w, at);
	return start >= w->n || is_newline(w->s[start]);
}

static void measure_block(walker *w, uint32_t at)
{
	w->width = 0;
	while (at < w->n && !is_blank(w, at)) {
		uint32_t end = line_end(w, at);
		if (end - at > w->width) w->width = end - at;
		at = behind_newline(w, end);
	}
	w->block_end = at;
}

static uint32_t first_word_length(const walker *w, uint32_t at)
{
	uint32_t to = at;
	while (to < w->n && to - at < WRAP_MAX && !strchr(" \t\n\r", w->s[to])) to++;
	return to - at;
}

static bool is_bullet(const walker *w, uint32_t at)
{
	static const char *const bullets[] = { "- ", "* ", "• ", "– ", "— ", "· ", "> " };
	td_str rest = { w->s + at, w->n - at };
	for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
		if (td_str_starts(rest, td_str_of(bullets[i]))) return true;
	return false;
}

/* Does the line [from, end) go on in the next one? It does when that begins in lower case, or when the next line's first
 * word would not have fitted into this one. */
static bool is_wrapped(const walker *w, uint32_t from, uint32_t end)
{
	uint32_t next = line_start(w, behind_newline(w, end)), last = end;
	while (last > from && strchr(" \t", w->s[last - 1])) last--;
	if (last == from || is_bullet(w, next)) return false;
	const char *p = w->s + next;
	uint32_t cp = td_utf8_next(&p, w->s + w->n);
	bool stopped = strchr(".!?:\"", w->s[last - 1]) != NULL;
	if (!stopped && ((td_is_letter(cp) && !td_is_upper(cp)) || w->s[last - 1] == ',')) return true;
	if (w->width < WRAP_MIN || w->width > WRAP_MAX) return false;
	return last - from + 1 + first_word_length(w, next) > w->width;
}

/* ---- skips --------------------------------------------------------------------------------------------------------- */

/* Headings, legends and date lines end a sentence; an advertisement in its middle does not. */
static bool is_hard(const td_skip *skip)
{
	return skip->why != TD_SKIP_AD && skip->why != TD_SKIP_MARKUP;
}

static const td_skip *skip_at(walker *w, uint32_t at)
{
	while (w->skip < w->doc->skips.n && w->doc->skips.at[w->skip].bytes.to <= at) w->skip++;
	return w->skip < w->doc->skips.n ? &w->doc->skips.at[w->skip] : NULL;
}

static uint32_t next_hard_skip(walker *w, uint32_t at)
{
	const td_skip *skips = w->doc->skips.at;
	while (w->hard < w->doc->skips.n && (skips[w->hard].bytes.from < at || !is_hard(&skips[w->hard]))) w->hard++;
	return w->hard < w->doc->skips.n ? skips[w->hard].bytes.from : w->n;
}

/* ---- paragraphs ----------------------------------------------------------------------------------------------------- */

/* End of the paragraph that begins at `from` (no white space, not skipped). */
static uint32_t para_end(walker *w, uint32_t from)
{
	uint32_t limit = next_hard_skip(w, from);
	for (uint32_t line = from;;) {
		uint32_t end = line_end(w, line), next = behind_newline(w, end);
		if (end >= limit) return limit;
		if (next >= w->n || is_blank(w, next)) return end;
		if (line >= w->block_end) measure_block(w, line);
		if (!is_wrapped(w, line, end)) return end;
		line = next;
	}
}

/* End of the chunk at `at`: before white space, a skip, or what would be too long. */
static uint32_t chunk_end(const walker *w, uint32_t at, uint32_t limit)
{
	uint32_t from = at;
	while (at < limit) {
		const char *p = w->s + at;
		if (td_is_space(td_utf8_next(&p, w->s + w->n))) break;
		uint32_t next = (uint32_t)(p - w->s);
		if (next - from > MAX_CHUNK) break;
		at = next;
	}
	return at;
}

static td_status split_para(walker *w, uint32_t from, uint32_t to, td_error *err)
{
	td_chunk_view view = { .doc = w->doc, .s = w->s };
	uint32_t first = w->doc->toks.n;
	for (uint32_t at = from; at < to;) {
		const td_skip *skip = skip_at(w, at);
		const char *p = w->s + at;
		if (skip && skip->bytes.from <= at) {
			at = skip->bytes.to;
		} else if (td_is_space(td_utf8_next(&p, w->s + w->n))) {
			at = (uint32_t)(p - w->s);
		} else {
			view.limit = skip && skip->bytes.from < to ? skip->bytes.from : to;
			view.from = at;
			at = view.end = chunk_end(w, at, view.limit);
			if (!td_split_chunk(&view)) return td_no_memory(err);
		}
	}
	return w->doc->toks.n > first ? td_split_sents(w->doc, first, err) : TD_OK;
}

td_status td_split(td_doc *doc, td_error *err)
{
	walker w = { .doc = doc, .s = doc->text.at, .n = (uint32_t)doc->text.n };
	doc->sents.n = doc->toks.n = 0;
	for (uint32_t at = 0; at < w.n;) {
		const td_skip *skip = skip_at(&w, at);
		const char *p = w.s + at;
		if (skip && skip->bytes.from <= at) {
			at = skip->bytes.to;
		} else if (td_is_space(td_utf8_next(&p, w.s + w.n))) {
			at = (uint32_t)(p - w.s);
		} else {
			uint32_t to = para_end(&w, at);
			TRY(split_para(&w, at, to, err));
			at = to;
		}
	}
	if (doc->toks.n == 0) return td_fail(err, TD_ERR_EMPTY, "no text: all of it is advertisement or headings");
	doc->stage = TD_STAGE_SPLIT;
	return TD_OK;
}
