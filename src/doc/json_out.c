/* The annotated document as one JSON object. Written as a stream: a document may be larger than a tree of it would allow.
 * Offsets are code points of the text, tokens and everything else count from 0. */
#include "doc/conllu.h"

typedef struct {
	const td_doc *doc;
	td_buf *out;
	bool comma; /* the next member or element needs one before it */
} json;

/* ---- syntax ------------------------------------------------------------------------------------------------------------ */

static void sep(json *j)
{
	if (j->comma) td_buf_char(j->out, ',');
	j->comma = true;
}

static void escaped(td_buf *out, unsigned char c)
{
	static const char short_for[] = "btn\0fr";
	if (c == '"' || c == '\\') td_buf_printf(out, "\\%c", c);
	else if (c >= '\b' && c <= '\r' && c != '\v') td_buf_printf(out, "\\%c", short_for[c - '\b']);
	else td_buf_printf(out, "\\u%04x", c);
}

/* File names need not be UTF-8: what is not comes out as U+FFFD. */
static void text(json *j, td_str s)
{
	td_buf_char(j->out, '"');
	while (s.n) {
		size_t ok = td_utf8_check(s);
		for (size_t i = 0, from = 0; i <= ok; i++) {
			unsigned char c = i < ok ? (unsigned char)s.at[i] : 0;
			if (i < ok && c >= 0x20 && c != '"' && c != '\\') continue;
			td_buf_add(j->out, s.at + from, i - from);
			if (i < ok) escaped(j->out, c);
			from = i + 1;
		}
		if (ok < s.n) td_buf_str(j->out, TD_STR("\xEF\xBF\xBD"));
		size_t done = ok < s.n ? ok + 1 : ok;
		s = (td_str){ s.at + done, s.n - done };
	}
	td_buf_char(j->out, '"');
}

static void key(json *j, const char *name)
{
	sep(j);
	td_buf_printf(j->out, "\"%s\":", name);
}

static void put_str(json *j, const char *name, td_str value)
{
	if (value.n == 0) return;
	key(j, name);
	text(j, value);
}

static void put_word(json *j, const char *name, const char *value)
{
	put_str(j, name, td_str_of(value));
}

static void put_index(json *j, const char *name, uint32_t value)
{
	if (value == TD_NONE) return;
	key(j, name);
	td_buf_printf(j->out, "%u", value);
}

static void put_score(json *j, const char *name, float value)
{
	int thousandths = value >= 1 ? 1000 : value > 0 ? (int)(value * 1000 + 0.5f) : 0;
	key(j, name); /* no %f: the decimal point of the locale may be a comma */
	td_buf_printf(j->out, "%d.%03d", thousandths / 1000, thousandths % 1000);
}

static void put_flag(json *j, const char *name, bool value)
{
	if (!value) return;
	key(j, name);
	td_buf_printf(j->out, "true");
}

static void put_date(json *j, const char *name, td_date date)
{
	char iso[16];
	if (!date.year) return;
	td_date_print(date, iso);
	put_word(j, name, iso);
}

static void put_toks(json *j, td_range toks)
{
	key(j, "tokens");
	td_buf_printf(j->out, "[%u,%u]", toks.from, toks.to);
}

static void put_chars(json *j, td_range bytes)
{
	key(j, "chars");
	td_buf_printf(j->out, "[%u,%u]", td_doc_char(j->doc, bytes.from), td_doc_char(j->doc, bytes.to));
}

/* Tokens, characters and the words of a span. */
static void put_span(json *j, td_range toks)
{
	if (toks.from >= toks.to) return;
	td_range bytes = td_doc_bytes(j->doc, toks);
	put_toks(j, toks);
	put_chars(j, bytes);
	put_str(j, "text", td_doc_slice(j->doc, bytes));
}

/* ---- one element of each layer ------------------------------------------------------------------------------------------- */

static void skip_at(json *j, uint32_t i)
{
	const td_skip *s = &j->doc->skips.at[i];
	put_word(j, "why", td_skip_why_text(s->why));
	put_chars(j, s->bytes);
}

static void sent_at(json *j, uint32_t i)
{
	const td_sent *s = &j->doc->sents.at[i];
	put_toks(j, s->toks);
	put_chars(j, td_doc_bytes(j->doc, s->toks));
	put_index(j, "root", s->root);
	put_flag(j, "paragraph", s->starts_para);
}

static void tok_at(json *j, uint32_t i)
{
	const td_token *t = &j->doc->toks.at[i];
	put_str(j, "form", t->form);
	put_chars(j, t->bytes);
	put_index(j, "sentence", t->sent);
	if (t->mwt) put_index(j, "words", t->mwt);
	if (j->doc->stage < TD_STAGE_TAG) return;
	put_str(j, "lemma", t->lemma);
	put_word(j, "upos", td_upos_text(t->upos));
	put_word(j, "xpos", td_xpos_text(t->xpos));
	put_index(j, "head", t->head);
	put_word(j, "deprel", td_deprel_text(t->deprel));
	put_flag(j, "quoted", t->quoted != 0);
}

static void name_at(json *j, uint32_t i)
{
	const td_name *n = &j->doc->names.at[i];
	put_word(j, "class", td_name_class_text(n->cls));
	put_score(j, "score", n->score);
	put_span(j, n->toks);
}

static void srl_at(json *j, uint32_t i)
{
	const td_srl *a = &j->doc->srl.at[i];
	put_index(j, "predicate", a->pred);
	put_index(j, "token", a->tok);
	put_word(j, "role", td_srl_role_text(a->role));
	put_score(j, "score", a->score);
}

static void time_at(json *j, uint32_t i)
{
	static const char *const kinds[] = { "date", "span", "duration", "set" };
	const td_time *t = &j->doc->times.at[i];
	put_word(j, "kind", t->kind < sizeof kinds / sizeof kinds[0] ? kinds[t->kind] : "date");
	put_date(j, "begin", t->begin);
	put_date(j, "end", t->end);
	put_index(j, "head", t->head);
	put_span(j, t->toks);
}

static void mention_at(json *j, uint32_t i)
{
	const td_mention *m = &j->doc->mentions.at[i];
	put_word(j, "class", td_class_text(m->cls));
	put_word(j, "kind", td_mention_kind_text(m->kind));
	put_index(j, "entity", m->entity);
	put_index(j, "head", m->head);
	put_word(j, "gender", td_gender_text(m->gender));
	put_word(j, "number", td_number_text(m->number));
	if (m->title.from < m->title.to) put_str(j, "title", td_doc_toks_text(j->doc, m->title));
	put_span(j, m->toks);
}

static void entity_at(json *j, uint32_t i)
{
	const td_entity *e = &j->doc->entities.at[i];
	put_word(j, "class", td_class_text(e->cls));
	put_str(j, "label", e->label);
	put_str(j, "iri", e->iri);
	put_index(j, "kb", e->kb);
	if (e->kb != TD_NONE) put_score(j, "confidence", e->confidence);
	put_word(j, "gender", td_gender_text(e->gender));
	put_word(j, "number", td_number_text(e->number));
	put_index(j, "mentions", e->n_mentions);
	put_flag(j, "named", e->named != 0);
}

static void position_at(json *j, uint32_t i)
{
	const td_position *p = &j->doc->positions.at[i];
	put_index(j, "holder", p->holder);
	put_str(j, "title", p->title);
	put_index(j, "organization", p->organization);
	put_word(j, "status", td_position_status_text(p->status));
	put_span(j, p->toks);
}

static void relation_at(json *j, uint32_t i)
{
	const td_relation *r = &j->doc->relations.at[i];
	put_word(j, "kind", td_relation_kind_text(r->kind));
	put_index(j, "subject", r->subject);
	put_index(j, "object", r->object);
	put_span(j, r->toks);
}

static void event_at(json *j, uint32_t i)
{
	const td_event *e = &j->doc->events.at[i];
	put_index(j, "class", e->cls);
	put_str(j, "label", e->label);
	put_str(j, "iri", e->iri);
	put_word(j, "factuality", td_factuality_text(e->factuality));
	put_date(j, "begin", e->begin);
	put_date(j, "end", e->end);
	put_str(j, "time", e->time_text);
	put_index(j, "trigger", e->trigger);
	if (e->quantity >= 0) {
		key(j, "quantity");
		td_buf_printf(j->out, "%lld", (long long)e->quantity);
		if (e->bound != TD_EXACTLY) put_word(j, "bound", td_bound_text(e->bound));
	}
	put_score(j, "confidence", e->confidence);
}

static void trigger_at(json *j, uint32_t i)
{
	const td_trigger *t = &j->doc->triggers.at[i];
	put_index(j, "event", t->event);
	put_index(j, "head", t->head);
	put_span(j, t->toks);
}

static void arg_at(json *j, uint32_t i)
{
	const td_arg *a = &j->doc->args.at[i];
	put_index(j, "event", a->event);
	put_word(j, "role", td_role_text(a->role));
	put_index(j, a->is_event ? "target_event" : "entity", a->target);
	put_index(j, "mention", a->mention);
}

static void attribution_at(json *j, uint32_t i)
{
	const td_attribution *a = &j->doc->attributions.at[i];
	put_index(j, "event", a->event);
	put_index(j, "source", a->source);
	put_index(j, "statement", a->statement);
	put_word(j, "stance", td_stance_text(a->stance));
	put_span(j, a->toks);
}

static void quote_at(json *j, uint32_t i)
{
	const td_quote *q = &j->doc->quotes.at[i];
	put_index(j, "speaker", q->speaker);
	put_index(j, "statement", q->statement);
	put_index(j, "cue", q->cue);
	put_toks(j, q->toks);
	put_chars(j, q->bytes);
	put_str(j, "text", td_doc_slice(j->doc, q->bytes));
}

/* ---- the document ---------------------------------------------------------------------------------------------------------- */

static void layer(json *j, const char *name, uint32_t n, void (*element)(json *, uint32_t))
{
	key(j, name);
	td_buf_char(j->out, '[');
	for (uint32_t i = 0; i < n; i++) {
		td_buf_printf(j->out, "%s\n{", i ? "," : "");
		j->comma = false;
		element(j, i);
		td_buf_char(j->out, '}');
	}
	td_buf_char(j->out, ']');
	j->comma = true;
}

static void put_meta(json *j)
{
	const td_doc *doc = j->doc;
	put_str(j, "id", doc->id);
	put_str(j, "name", doc->name);
	put_str(j, "iri", doc->iri);
	put_str(j, "url", doc->url);
	put_str(j, "title", doc->title);
	put_str(j, "source", doc->source);
	put_str(j, "language", doc->language);
	put_date(j, "date", doc->date);
	put_word(j, "sha256", doc->hash);
	put_str(j, "text", doc->text);
}

td_status td_json_write(const td_doc *doc, td_buf *out, td_error *err)
{
	json j = { .doc = doc, .out = out };
	td_buf_char(out, '{');
	put_meta(&j);
	layer(&j, "skips", doc->skips.n, skip_at);
	layer(&j, "sentences", doc->sents.n, sent_at);
	layer(&j, "tokens", doc->toks.n, tok_at);
	layer(&j, "names", doc->names.n, name_at);
	layer(&j, "semantic_roles", doc->srl.n, srl_at);
	layer(&j, "times", doc->times.n, time_at);
	layer(&j, "mentions", doc->mentions.n, mention_at);
	layer(&j, "entities", doc->entities.n, entity_at);
	layer(&j, "positions", doc->positions.n, position_at);
	layer(&j, "relations", doc->relations.n, relation_at);
	layer(&j, "events", doc->events.n, event_at);
	layer(&j, "triggers", doc->triggers.n, trigger_at);
	layer(&j, "arguments", doc->args.n, arg_at);
	layer(&j, "attributions", doc->attributions.n, attribution_at);
	layer(&j, "quotes", doc->quotes.n, quote_at);
	td_buf_printf(out, "}\n");
	return out->failed ? td_no_memory(err) : TD_OK;
}
