/* What is said: the clause that a word of saying governs, and the quotation that it brings. */
#include "kg/frame_impl.h"
#include "kg/speech.h"

static const char *const act_names[] = {
#define ACT_NAME(name, text) text,
	TD_ACT_MAP(ACT_NAME)
#undef ACT_NAME
};

static void place_events(td_speech_view *v)
{
	const td_doc *doc = v->doc;
	for (uint32_t i = 0; i < doc->events.n; i++) {
		v->event_at[doc->triggers.at[doc->events.at[i].trigger].head] = i;
		v->deaths += doc->events.at[i].cls == v->death;
	}
}

static void mark_dead(td_speech_view *v)
{
	const td_doc *doc = v->doc;
	for (uint32_t i = 0; i < doc->args.n; i++) {
		const td_arg *a = &doc->args.at[i];
		bool dies = a->role == TD_PATIENT && !a->is_event && doc->events.at[a->event].cls == v->death;
		if (dies && a->target < doc->entities.n && doc->entities.at[a->target].cls == TD_PERSON) v->dead[a->target] = 1;
	}
}

td_status td_speech_view_make(td_doc *doc, const td_lexicon *lexicon, td_speech_view *out, td_error *err)
{
	*out = (td_speech_view){ .doc = doc, .lexicon = lexicon, .statement = td_lexicon_class(lexicon, TD_STR("Statement")),
		.death = td_lexicon_class(lexicon, TD_STR("Death")) };
	for (unsigned a = 0; a < TD_ACT_COUNT; a++) out->act[a] = td_lexicon_class(lexicon, td_str_of(act_names[a]));
	out->event_at = td_arena_nones(&doc->arena, doc->toks.n);
	out->dead = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, 1);
	if (!out->event_at || !out->dead) return td_no_memory(err);
	place_events(out);
	mark_dead(out);
	return TD_OK;
}

/* ---- the words ------------------------------------------------------------------------------------------------------- */

static void add(td_saying_content *c, uint32_t tok)
{
	if (c->n < TD_MAX_CONTENT) c->tok[c->n++] = tok;
}

/* Below `root`, but not below the word of saying where that stands inside ("…, he said on Monday"). */
static bool belongs(const td_doc *doc, uint32_t root, uint32_t trigger, uint32_t tok)
{
	if (!td_dominates(doc, root, tok)) return false;
	return !(td_dominates(doc, root, trigger) && td_dominates(doc, trigger, tok));
}

/* The words that `root` governs, and those between it and the word of saying, which a wrong tree may have hung elsewhere. */
static void add_said(const td_doc *doc, td_saying_content *c, td_range sent)
{
	uint32_t to = sent.from;
	for (uint32_t t = sent.from; t < sent.to; t++)
		if (belongs(doc, c->root, c->trigger, t)) to = t + 1;
	for (uint32_t t = sent.from; t < to; t++) {
		bool between = c->root > c->trigger && t > c->trigger && t < c->root && !(c->speaker != TD_NONE && td_dominates(doc, c->speaker, t));
		if (doc->toks.at[t].upos != TD_PUNCT && (between || belongs(doc, c->root, c->trigger, t))) add(c, t);
	}
}

/* Of a word that governs no clause all that hangs on it but the speaker. */
static void add_below(const td_doc *doc, td_saying_content *c, td_range sent)
{
	for (uint32_t t = sent.from; t < sent.to; t++) {
		bool below = t != c->trigger && td_dominates(doc, c->trigger, t) && !(c->speaker != TD_NONE && td_dominates(doc, c->speaker, t));
		if (below && doc->toks.at[t].upos != TD_PUNCT) add(c, t);
	}
}

static uint32_t first_quoted(const td_doc *doc, const td_saying_content *c)
{
	for (uint32_t i = 0; i < c->n && !doc->toks.at[c->trigger].quoted; i++)
		if (doc->toks.at[c->tok[i]].quoted) return c->tok[i];
	return TD_NONE;
}

static bool has(const td_saying_content *c, uint32_t n, uint32_t tok)
{
	for (uint32_t i = 0; i < n; i++)
		if (c->tok[i] == tok) return true;
	return false;
}

static void add_quote(const td_doc *doc, const td_quote *q, td_saying_content *c)
{
	uint32_t n = c->n;
	for (uint32_t t = q->toks.from; t < q->toks.to && c->n < TD_MAX_CONTENT; t++)
		if (doc->toks.at[t].upos != TD_PUNCT && !has(c, n, t)) add(c, t);
}

/* All of the quotation, however the tree takes it and in whatever sentence; and the one that goes on behind: "“…,” he said. “…”" */
static void add_quotes(const td_doc *doc, td_saying_content *c, td_range sent)
{
	uint32_t tok = first_quoted(doc, c), last = c->n ? c->tok[c->n - 1] : 0;
	const td_quote *q = tok == TD_NONE ? NULL : td_quote_at(doc, tok), *next = q && last < c->trigger ? td_quote_at(doc, sent.to + 1) : NULL;
	c->quoted = tok != TD_NONE;
	if (q) add_quote(doc, q, c);
	if (next && next != q) add_quote(doc, next, c);
}

bool td_speech_content(const td_speech_view *view, uint32_t event, td_saying_content *out)
{
	const td_doc *doc = view->doc;
	uint32_t head = doc->triggers.at[doc->events.at[event].trigger].head;
	td_fills fills;
	if (doc->events.at[event].cls != view->statement) return false;
	*out = (td_saying_content){ .event = event, .trigger = head, .speaker = TD_NONE, .root = TD_NONE };
	td_fills_read(doc, head, TD_NONE, &fills);
	for (uint32_t i = 0; i < fills.n; i++) {
		bool said = fills.at[i].slot == TD_SLOT_CCOMP || fills.at[i].slot == TD_SLOT_QUOTE;
		if (said && out->root == TD_NONE && fills.at[i].tok != head) out->root = fills.at[i].tok;
		if (fills.at[i].slot == TD_SLOT_NSUBJ && out->speaker == TD_NONE) out->speaker = fills.at[i].tok;
	}
	const td_range sent = doc->sents.at[doc->toks.at[head].sent].toks;
	if (out->root != TD_NONE) add_said(doc, out, sent);
	else add_below(doc, out, sent);
	add_quotes(doc, out, sent);
	return true;
}
