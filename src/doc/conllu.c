/* Reading CoNLL-U. The format: https://universaldependencies.org/format.html */
#include "doc/conllu.h"

enum { COLUMNS = 10, MAX_ID_DIGITS = 6 };
enum { COL_ID, COL_FORM, COL_LEMMA, COL_UPOS, COL_XPOS, COL_FEATS, COL_HEAD, COL_DEPREL, COL_DEPS, COL_MISC };

/* A surface token: one word, or the words of a multi-word token. */
typedef struct {
	td_str form;
	uint32_t first, words;
	bool glued; /* SpaceAfter=No */
} surface;

typedef struct {
	td_doc *doc;
	td_error *err;
	td_buf text;
	uint64_t line, byte; /* of the line being read */
	bool keep;
	uint32_t first;      /* first token of the sentence */
	uint32_t mwt_end;    /* id of the last word of the multi-word token being read, 0: none */
	td_str comments, sent_text;
	bool new_para, last_glued;
	TD_ARRAY(surface) surfaces;
	TD_ARRAY(uint32_t) ids; /* head ids as in the file, by token of the document */
} reader;

static td_status bad(reader *r, const char *what)
{
	return td_fail_at(r->err, TD_ERR_SYNTAX, r->byte, r->line, "CoNLL-U: %s", what);
}

static bool read_id(td_str s, uint32_t *out)
{
	if (s.n == 0 || s.n > MAX_ID_DIGITS) return false;
	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] < '0' || s.at[i] > '9') return false;
		*out = *out * 10 + (uint32_t)(s.at[i] - '0');
	}
	return true;
}

/* ---- comments -------------------------------------------------------------------------------------------------------- */

/* "# key = value": the value when `line` has that key. */
static bool comment_value(td_str line, const char *key, td_str *value)
{
	td_str rest = { line.at + 1, line.n - 1 };
	td_str name = td_str_trim(td_str_cut(&rest, '='));
	if (!td_str_eq(name, td_str_of(key))) return false;
	*value = td_str_trim(rest);
	return true;
}

static td_status keep_copy(reader *r, td_str *to, td_str value)
{
	if (to->n || value.n == 0) return TD_OK;
	*to = td_arena_str(&r->doc->arena, value);
	return to->at ? TD_OK : td_no_memory(r->err);
}

static td_status read_comment(reader *r, td_str line)
{
	td_str value;
	if (comment_value(line, "text", &value)) r->sent_text = value;
	if (td_str_starts(line, TD_STR("# newpar"))) r->new_para = true;
	if (td_str_starts(line, TD_STR("# newdoc"))) {
		r->new_para = true;
		if (comment_value(line, "newdoc id", &value)) TRY(keep_copy(r, &r->doc->id, value));
	}
	if (comment_value(line, "meta::title", &value)) TRY(keep_copy(r, &r->doc->title, value));
	if (comment_value(line, "meta::sourceURL", &value)) TRY(keep_copy(r, &r->doc->url, value));
	if (comment_value(line, "meta::dateCreated", &value) && !r->doc->date.year) r->doc->date = td_date_parse(value);
	/* The comment lines stand behind one another in the input: one slice holds them. */
	if (r->comments.n == 0) r->comments.at = line.at;
	r->comments.n = (size_t)(line.at + line.n - r->comments.at);
	return TD_OK;
}

/* ---- words ------------------------------------------------------------------------------------------------------------ */

static bool misc_has(td_str misc, td_str item)
{
	while (misc.n)
		if (td_str_eq(td_str_cut(&misc, '|'), item)) return true;
	return false;
}

static td_deprel deprel_of(td_str text)
{
	unsigned rel = td_deprel_parse(text, TD_DEPREL_COUNT);
	if (rel == TD_DEPREL_COUNT) rel = td_deprel_parse(td_str_cut(&text, ':'), TD_DEP);
	return (td_deprel)rel;
}

static td_status read_surface(reader *r, const td_str col[COLUMNS])
{
	td_str rest = col[COL_ID];
	uint32_t from, to, words = r->doc->toks.n - r->first;
	if (!read_id(td_str_cut(&rest, '-'), &from) || !read_id(rest, &to) || from != words + 1 || to < from || to - from > 64)
		return bad(r, "a multi-word token must have an id such as 3-4 that continues the sentence");
	if (r->mwt_end > words) return bad(r, "one multi-word token within another");
	surface s = { col[COL_FORM], r->doc->toks.n, to - from + 1, misc_has(col[COL_MISC], TD_STR("SpaceAfter=No")) };
	r->mwt_end = to;
	return TD_PUSH(&r->doc->arena, &r->surfaces, s) ? TD_OK : td_no_memory(r->err);
}

static td_status read_layers(reader *r, const td_str col[COLUMNS], td_token *tok)
{
	td_arena *arena = &r->doc->arena;
	uint32_t head;
	if (!read_id(col[COL_HEAD], &head)) return bad(r, "the head (column 7) is no number");
	tok->upos = (uint8_t)td_upos_parse(col[COL_UPOS], TD_POS_X);
	tok->xpos = (uint8_t)td_xpos_parse(col[COL_XPOS], TD_XP_NONE);
	tok->deprel = (uint8_t)deprel_of(col[COL_DEPREL]);
	tok->lemma = td_arena_str(arena, col[COL_LEMMA]);
	return tok->lemma.at && TD_PUSH(arena, &r->ids, head) ? TD_OK : td_no_memory(r->err);
}

static td_status read_word(reader *r, const td_str col[COLUMNS])
{
	td_doc *doc = r->doc;
	uint32_t id, words = doc->toks.n - r->first;
	if (!read_id(col[COL_ID], &id) || id != words + 1) return bad(r, "the ids of a sentence must count 1, 2, 3…");
	if (words == TD_MAX_SENT_TOKENS)
		return td_fail_at(r->err, TD_ERR_LIMIT, r->byte, r->line, "CoNLL-U: a sentence of more than %d words; cut it",
			TD_MAX_SENT_TOKENS);
	td_token tok = { .head = TD_NONE, .sent = doc->sents.n };
	tok.form = td_arena_str(&doc->arena, col[COL_FORM]);
	if (!tok.form.at) return td_no_memory(r->err);
	if (r->keep) TRY(read_layers(r, col, &tok));
	if (misc_has(col[COL_MISC], TD_STR("Pred=Yes")) && !TD_PUSH(&doc->arena, &doc->preds, doc->toks.n)) return td_no_memory(r->err);
	if (id > r->mwt_end) {
		surface s = { col[COL_FORM], doc->toks.n, 1, misc_has(col[COL_MISC], TD_STR("SpaceAfter=No")) };
		if (!TD_PUSH(&doc->arena, &r->surfaces, s)) return td_no_memory(r->err);
	}
	return TD_PUSH(&doc->arena, &doc->toks, tok) ? TD_OK : td_no_memory(r->err);
}

static td_status read_row(reader *r, td_str line)
{
	td_str col[COLUMNS], rest = line;
	for (int i = 0; i < COLUMNS; i++) {
		if (rest.n == 0) return bad(r, "a line needs ten columns parted by tabs");
		col[i] = td_str_cut(&rest, '\t');
	}
	if (col[COL_FORM].n == 0) return bad(r, "an empty form");
	if (memchr(col[COL_ID].at, '.', col[COL_ID].n)) return TD_OK; /* empty nodes of the enhanced graph */
	return memchr(col[COL_ID].at, '-', col[COL_ID].n) ? read_surface(r, col) : read_word(r, col);
}

/* ---- the text of a sentence --------------------------------------------------------------------------------------------- */

static size_t skip_spaces(td_str s, size_t at)
{
	while (at < s.n) {
		const char *p = s.at + at;
		if (!td_is_space(td_utf8_next(&p, s.at + s.n))) break;
		at = (size_t)(p - s.at);
	}
	return at;
}

/* Do the surface tokens stand in the "# text" comment, one behind the other? */
static bool text_fits(const reader *r)
{
	size_t at = 0;
	for (uint32_t i = 0; i < r->surfaces.n; i++) {
		td_str form = r->surfaces.at[i].form;
		at = skip_spaces(r->sent_text, at);
		if (!td_str_starts((td_str){ r->sent_text.at + at, r->sent_text.n - at }, form)) return false;
		at += form.n;
	}
	return skip_spaces(r->sent_text, at) == r->sent_text.n;
}

/* The words of a multi-word token split its range when they are written like that, else they share it. */
static void place_words(reader *r, const surface *s, uint32_t from)
{
	td_token *tok = &r->doc->toks.at[s->first];
	size_t sum = 0;
	bool split = true;
	for (uint32_t i = 0; i < s->words; i++) {
		td_str rest = { s->form.at + sum, s->form.n - sum };
		split = split && td_str_starts(rest, tok[i].form);
		if (split) sum += tok[i].form.n;
	}
	split = split && sum == s->form.n;
	uint32_t at = from, to = from + (uint32_t)s->form.n;
	for (uint32_t i = 0; i < s->words; i++) {
		tok[i].bytes = split ? (td_range){ at, at + (uint32_t)tok[i].form.n } : (td_range){ from, to };
		at = tok[i].bytes.to;
	}
	tok[0].mwt = s->words > 1 ? (uint16_t)s->words : 0;
	tok[s->words - 1].space_after = !s->glued;
}

static void place_sentence(reader *r)
{
	bool by_text = r->sent_text.n && text_fits(r);
	size_t base = r->text.n, at = 0;
	if (by_text) td_buf_str(&r->text, r->sent_text);
	for (uint32_t i = 0; i < r->surfaces.n; i++) {
		const surface *s = &r->surfaces.at[i];
		if (by_text) at = skip_spaces(r->sent_text, at);
		else at = r->text.n - base;
		if (!by_text) td_buf_str(&r->text, s->form);
		place_words(r, s, (uint32_t)(base + at));
		at += s->form.n;
		if (!by_text && !s->glued && i + 1 < r->surfaces.n) td_buf_char(&r->text, ' ');
	}
	r->last_glued = r->surfaces.at[r->surfaces.n - 1].glued;
}

/* ---- the end of a sentence ------------------------------------------------------------------------------------------------ */

static td_status set_heads(reader *r, td_sent *sent)
{
	td_token *toks = r->doc->toks.at;
	uint32_t n = sent->toks.to - r->first;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t head = r->ids.at[r->first + i];
		if (head > n) return bad(r, "the sentence above has a head beyond its last word");
		toks[r->first + i].head = head ? r->first + head - 1 : TD_NONE;
		if (!head && sent->root == TD_NONE) sent->root = r->first + i;
	}
	for (uint32_t i = r->first; i < sent->toks.to; i++) {
		uint32_t at = i, steps = 0;
		while (at != TD_NONE && steps++ <= n) at = toks[at].head;
		if (at != TD_NONE) return bad(r, "the heads of the sentence above go in a circle");
	}
	return TD_OK;
}

static td_status end_sentence(reader *r)
{
	td_doc *doc = r->doc;
	td_sent sent = { .toks = { r->first, doc->toks.n }, .root = TD_NONE };
	if (r->first == doc->toks.n) return TD_OK;
	if (r->mwt_end > doc->toks.n - r->first) return bad(r, "a multi-word token goes beyond its sentence");
	if (r->text.n) td_buf_str(&r->text, r->new_para ? TD_STR("\n\n") : r->last_glued ? TD_STR("") : TD_STR(" "));
	place_sentence(r);
	if (r->text.failed) return td_no_memory(r->err);
	if (r->text.n > TD_MAX_TEXT) return td_fail(r->err, TD_ERR_LIMIT, "CoNLL-U: more text than %d bytes", TD_MAX_TEXT);
	if (r->keep) TRY(set_heads(r, &sent));
	sent.starts_para = r->new_para || doc->sents.n == 0;
	sent.comments = td_arena_str(&doc->arena, r->comments);
	if (!sent.comments.at || !TD_PUSH(&doc->arena, &doc->sents, sent)) return td_no_memory(r->err);
	r->first = doc->toks.n;
	r->mwt_end = r->surfaces.n = 0;
	r->new_para = false;
	r->comments = r->sent_text = (td_str){ 0 };
	return TD_OK;
}

static td_status read_line(reader *r, td_str line)
{
	if (line.n && line.at[line.n - 1] == '\r') line.n--;
	if (line.n == 0) return end_sentence(r);
	return line.at[0] == '#' && r->first == r->doc->toks.n ? read_comment(r, line) : read_row(r, line);
}

static td_status read_lines(reader *r, td_str conllu)
{
	td_str rest = conllu;
	while (rest.n) {
		r->line++;
		r->byte = (uint64_t)(rest.at - conllu.at);
		TRY(read_line(r, td_str_cut(&rest, '\n')));
	}
	return end_sentence(r);
}

td_status td_conllu_read(td_doc *doc, td_str conllu, bool keep, td_error *err)
{
	reader r = { .doc = doc, .err = err, .keep = keep };
	size_t ok = td_utf8_check(conllu);
	if (ok < conllu.n) return td_fail_at(err, TD_ERR_UTF8, ok, TD_NOWHERE, "CoNLL-U: invalid UTF-8");
	td_status status = read_lines(&r, conllu);
	if (status == TD_OK) status = td_doc_set_text(doc, td_buf_view(&r.text), err);
	td_buf_free(&r.text);
	if (status != TD_OK) return status;
	doc->stage = keep ? TD_STAGE_TAG : TD_STAGE_SPLIT;
	return keep ? td_doc_index_tree(doc, err) : TD_OK;
}
