/* Writing CoNLL-U: all layers that the document has, our own ones in MISC. */
#include "doc/conllu.h"
#include "doc/features.h"

/* What begins or ends at each token: item[first[t] … first[t + 1]), in layer order. */
typedef struct {
	uint32_t *first, *item;
} bucket;

typedef struct {
	const td_doc *doc;
	td_buf *out;
	uint32_t name; /* first name span that ends behind the token being written */
	uint32_t srl;  /* first argument whose predicate is not written yet */
	bucket open, close, time, trigger;
} conllu_writer;

/* ---- buckets ---------------------------------------------------------------------------------------------------------- */

typedef uint32_t token_of(const td_doc *doc, uint32_t i);

static uint32_t mention_open(const td_doc *doc, uint32_t i)
{
	return doc->mentions.at[i].toks.from;
}

static uint32_t mention_close(const td_doc *doc, uint32_t i)
{
	return doc->mentions.at[i].toks.to - 1;
}

static uint32_t time_open(const td_doc *doc, uint32_t i)
{
	return doc->times.at[i].toks.from;
}

static uint32_t trigger_open(const td_doc *doc, uint32_t i)
{
	return doc->triggers.at[i].toks.from;
}

/* Counting sort of `n` things by the token they stand at. */
static bool fill(bucket *b, const td_doc *doc, uint32_t n, token_of *at)
{
	size_t bytes = ((size_t)doc->toks.n + 2) * sizeof *b->first;
	b->first = td_alloc(bytes);
	b->item = td_alloc(((size_t)n + 1) * sizeof *b->item);
	if (!b->first || !b->item) return false;
	memset(b->first, 0, bytes);
	for (uint32_t i = 0; i < n; i++) b->first[at(doc, i) + 2]++;
	for (uint32_t t = 2; t < doc->toks.n + 2; t++) b->first[t] += b->first[t - 1];
	for (uint32_t i = 0; i < n; i++) b->item[b->first[at(doc, i) + 1]++] = i;
	return true;
}

static void release(bucket *b)
{
	td_free(b->first);
	td_free(b->item);
}

/* ---- MISC ------------------------------------------------------------------------------------------------------------- */

/* Begins the next item of a MISC column: a bar behind the first one, a comma within a list. */
static void begin(conllu_writer *w, bool *any, const char *key, uint32_t index)
{
	if (index) td_buf_char(w->out, ',');
	else td_buf_printf(w->out, "%s%s=", *any ? "|" : "", key);
	*any = true;
}

static void put_name(conllu_writer *w, uint32_t tok, bool *any)
{
	const td_doc *doc = w->doc;
	while (w->name < doc->names.n && doc->names.at[w->name].toks.to <= tok) w->name++;
	if (w->name == doc->names.n || doc->names.at[w->name].toks.from > tok) return;
	const td_name *name = &doc->names.at[w->name];
	begin(w, any, "Name", 0);
	td_buf_printf(w->out, "%c-%s", name->toks.from == tok ? 'B' : 'I', td_name_class_text(name->cls));
}

/* Entity=(e3-Person … e3), with brackets as in CorefUD; a mention of one token has both. */
static void put_mentions(conllu_writer *w, uint32_t tok, bool *any)
{
	const td_doc *doc = w->doc;
	uint32_t n = 0;
	for (uint32_t i = w->open.first[tok]; i < w->open.first[tok + 1]; i++) {
		const td_mention *m = &doc->mentions.at[w->open.item[i]];
		begin(w, any, "Entity", n++);
		td_buf_printf(w->out, m->entity == TD_NONE ? "(m%u-%s" : "(e%u-%s",
			m->entity == TD_NONE ? w->open.item[i] : m->entity, td_class_text(m->cls));
		if (m->toks.to == tok + 1) td_buf_char(w->out, ')');
	}
	for (uint32_t i = w->close.first[tok]; i < w->close.first[tok + 1]; i++) {
		const td_mention *m = &doc->mentions.at[w->close.item[i]];
		if (m->toks.from == tok) continue;
		begin(w, any, "Entity", n++);
		td_buf_printf(w->out, m->entity == TD_NONE ? "m%u)" : "e%u)", m->entity == TD_NONE ? w->close.item[i] : m->entity);
	}
}

/* SRL=ARG0:3,ARGM-TMP:9: the arguments of this predicate, by their ids in the sentence. */
static void put_srl(conllu_writer *w, uint32_t tok, bool *any)
{
	const td_doc *doc = w->doc;
	uint32_t first = doc->sents.at[doc->toks.at[tok].sent].toks.from;
	for (uint32_t n = 0; w->srl < doc->srl.n && doc->srl.at[w->srl].pred <= tok; w->srl++) {
		const td_srl *a = &doc->srl.at[w->srl];
		begin(w, any, "SRL", n++);
		td_buf_printf(w->out, "%s:%u", td_srl_role_text(a->role), a->tok - first + 1);
	}
}

static void put_times(conllu_writer *w, uint32_t tok, bool *any)
{
	uint32_t n = 0;
	for (uint32_t i = w->time.first[tok]; i < w->time.first[tok + 1]; i++) {
		const td_time *time = &w->doc->times.at[w->time.item[i]];
		char from[16] = "", to[16] = "";
		if (time->begin.year) td_date_print(time->begin, from);
		if (time->end.year) td_date_print(time->end, to);
		begin(w, any, "Time", n++);
		if (!*from && !*to) td_buf_char(w->out, '?');
		else if (strcmp(from, to) == 0) td_buf_printf(w->out, "%s", from);
		else td_buf_printf(w->out, "%s/%s", *from ? from : "..", *to ? to : "..");
	}
}

static void put_triggers(conllu_writer *w, uint32_t tok, bool *any)
{
	uint32_t n = 0;
	for (uint32_t i = w->trigger.first[tok]; i < w->trigger.first[tok + 1]; i++) {
		begin(w, any, "Event", n++);
		td_buf_printf(w->out, "v%u", w->doc->triggers.at[w->trigger.item[i]].event);
	}
}

static void put_range(conllu_writer *w, td_range bytes, bool *any)
{
	begin(w, any, "Bytes", 0);
	td_buf_printf(w->out, "%u:%u", bytes.from, bytes.to);
	begin(w, any, "Chars", 0);
	td_buf_printf(w->out, "%u:%u", td_doc_char(w->doc, bytes.from), td_doc_char(w->doc, bytes.to));
}

static void put_misc(conllu_writer *w, uint32_t tok, bool in_mwt)
{
	const td_token *t = &w->doc->toks.at[tok];
	bool any = false;
	/* In a multi-word token the line of the whole has it. */
	if (!in_mwt && !t->space_after && tok + 1 < w->doc->toks.n) td_buf_printf(w->out, "SpaceAfter=No"), any = true;
	put_range(w, t->bytes, &any);
	put_name(w, tok, &any);
	put_srl(w, tok, &any);
	put_times(w, tok, &any);
	put_mentions(w, tok, &any);
	put_triggers(w, tok, &any);
	if (t->quoted) begin(w, &any, "Quoted", 0), td_buf_printf(w->out, "Yes");
	td_buf_char(w->out, '\n');
}

/* ---- words ------------------------------------------------------------------------------------------------------------ */

static void put_form(td_buf *out, td_str s)
{
	if (s.n == 0) td_buf_char(out, '_');
	/* A column has no tab or line break, whatever a form may be. */
	for (size_t i = 0; i < s.n; i++) td_buf_char(out, strchr("\t\n\r", s.at[i]) && s.at[i] ? ' ' : s.at[i]);
}

static void put_surface(conllu_writer *w, uint32_t tok, uint32_t first)
{
	const td_doc *doc = w->doc;
	uint32_t last = tok + doc->toks.at[tok].mwt - 1;
	td_buf_printf(w->out, "%u-%u\t", tok - first + 1, last - first + 1);
	put_form(w->out, td_doc_toks_text(doc, (td_range){ tok, last + 1 }));
	bool glued = !doc->toks.at[last].space_after && last + 1 < doc->toks.n;
	td_buf_printf(w->out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", glued ? "SpaceAfter=No" : "_");
}

static void put_word(conllu_writer *w, uint32_t tok, uint32_t first, bool in_mwt)
{
	const td_token *t = &w->doc->toks.at[tok];
	td_buf_printf(w->out, "%u\t", tok - first + 1);
	put_form(w->out, t->form);
	if (w->doc->stage < TD_STAGE_TAG) {
		td_buf_printf(w->out, "\t_\t_\t_\t_\t_\t_\t_\t");
	} else {
		td_buf_char(w->out, '\t');
		put_form(w->out, t->lemma);
		td_buf_printf(w->out, "\t%s\t%s\t%s\t%u\t%s\t_\t", td_upos_text(t->upos), td_xpos_text(t->xpos), td_features(t),
			t->head == TD_NONE ? 0 : t->head - first + 1, td_deprel_text(t->deprel));
	}
	put_misc(w, tok, in_mwt);
}

/* ---- sentences ---------------------------------------------------------------------------------------------------------- */

/* One line, whatever white space the text has. */
static void put_line(td_buf *out, td_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool space = s.at[i] == ' ' || (s.at[i] >= '\t' && s.at[i] <= '\r');
		if (!space) td_buf_char(out, s.at[i]);
		else if (i && out->n && out->at[out->n - 1] != ' ') td_buf_char(out, ' ');
	}
}

static void put_text(conllu_writer *w, const td_sent *sent)
{
	const td_token *toks = w->doc->toks.at;
	td_buf_printf(w->out, "# text = ");
	for (uint32_t i = sent->toks.from; i < sent->toks.to; i++) {
		uint32_t last = toks[i].mwt && i + toks[i].mwt <= sent->toks.to ? i + toks[i].mwt - 1 : i;
		put_line(w->out, td_doc_toks_text(w->doc, (td_range){ i, last + 1 }));
		if (toks[last].space_after && last + 1 < sent->toks.to) td_buf_char(w->out, ' ');
		i = last;
	}
	td_buf_char(w->out, '\n');
}

static void put_comments(conllu_writer *w, uint32_t i)
{
	const td_doc *doc = w->doc;
	const td_sent *sent = &doc->sents.at[i];
	if (sent->comments.n) {
		td_buf_str(w->out, sent->comments);
		td_buf_char(w->out, '\n');
		return;
	}
	td_str id = doc->id.n ? doc->id : doc->name;
	if (i == 0) {
		td_buf_printf(w->out, "# newdoc id = ");
		put_line(w->out, id);
		td_buf_char(w->out, '\n');
	}
	if (sent->starts_para) td_buf_printf(w->out, "# newpar\n");
	td_buf_printf(w->out, "# sent_id = ");
	put_line(w->out, id);
	td_buf_printf(w->out, "-%u\n", i + 1);
	put_text(w, sent);
}

static void put_sentence(conllu_writer *w, uint32_t i)
{
	const td_sent *sent = &w->doc->sents.at[i];
	uint32_t mwt_end = 0;
	put_comments(w, i);
	for (uint32_t tok = sent->toks.from; tok < sent->toks.to; tok++) {
		uint16_t mwt = w->doc->toks.at[tok].mwt;
		if (mwt > 1 && tok + mwt <= sent->toks.to) {
			put_surface(w, tok, sent->toks.from);
			mwt_end = tok + mwt;
		}
		put_word(w, tok, sent->toks.from, tok < mwt_end);
	}
	td_buf_char(w->out, '\n');
}

td_status td_conllu_write(const td_doc *doc, td_buf *out, td_error *err)
{
	conllu_writer w = { .doc = doc, .out = out };
	bool ok = fill(&w.open, doc, doc->mentions.n, mention_open) && fill(&w.close, doc, doc->mentions.n, mention_close) &&
		fill(&w.time, doc, doc->times.n, time_open) && fill(&w.trigger, doc, doc->triggers.n, trigger_open);
	for (uint32_t i = 0; ok && i < doc->sents.n; i++) put_sentence(&w, i);
	release(&w.open);
	release(&w.close);
	release(&w.time);
	release(&w.trigger);
	return ok && !out->failed ? TD_OK : td_no_memory(err);
}
