#include "kg/facts_make.h"

#include <stdlib.h>

static void put_event_ref(td_maker *m, td_str s, td_term p, uint32_t v)
{
	if (v < m->doc->events.n) td_put_triple(m, s, p, td_term_iri(td_keep(m, m->doc->events.at[v].iri)));
}

/* ---- events ---- */

static void put_when(td_maker *m, td_str s, const td_event *v)
{
	if (v->time_text.n) td_put_triple(m, s, IRI(TID "timeText"), td_term_text(td_keep(m, v->time_text)));
	if (!v->begin.year) return;
	if (!v->span) {
		td_put_triple(m, s, IRI(SEM "hasTimeStamp"), td_term_date(m, v->begin));
		return;
	}
	td_put_triple(m, s, IRI(SEM "hasBeginTimeStamp"), td_term_date(m, v->begin));
	if (v->end.year) td_put_triple(m, s, IRI(SEM "hasEndTimeStamp"), td_term_date(m, v->end));
}

static td_term arg_target(td_maker *m, const td_arg *a)
{
	return td_term_iri(td_keep(m, a->is_event ? m->doc->events.at[a->target].iri : m->doc->entities.at[a->target].iri));
}

static bool arg_ok(const td_doc *doc, const td_arg *a)
{
	return a->target < (a->is_event ? doc->events.n : doc->entities.n) && !(a->is_event && a->target == a->event);
}

/* The class and what it is a kind of, so that a query for attacks finds airstrikes without a reasoner. tid:Event itself is left out. */
static void put_classes(td_maker *m, td_str s, uint16_t cls)
{
	const td_event_class *classes = m->lexicon->classes.at;
	for (; cls != 0 && cls < m->lexicon->classes.n; cls = classes[cls].parent) {
		td_put_triple(m, s, A, td_term_local(m, classes[cls].name));
		if (classes[cls].parent == cls) break;
	}
}

/* What belongs to each event. */
typedef struct {
	td_lists args, attributions, doubts, amounts, identities;
} by_event;

static void put_event(td_maker *m, uint32_t i, const by_event *of)
{
	const td_event *v = &m->doc->events.at[i];
	td_str s = td_keep(m, v->iri);
	td_begin_subject(m);
	put_classes(m, s, v->cls);
	if (v->label.n) td_put_triple(m, s, IRI(RDFS "label"), td_term_english(td_keep(m, v->label)));
	for (uint32_t a = of->args.first[i]; a != TD_NONE; a = of->args.next[a]) {
		const td_arg *arg = &m->doc->args.at[a];
		if (arg_ok(m->doc, arg)) td_put_triple(m, s, td_term_local(m, td_str_of(td_role_text(arg->role))), arg_target(m, arg));
	}
	td_put_quantity(m, s, i, of->amounts);
	put_when(m, s, v);
	td_put_triple(m, s, IRI(TID "factuality"), td_term_local(m, td_str_of(td_factuality_text(v->factuality))));
	if (m->options.provenance >= TD_PROV_MENTION && v->confidence > 0 && v->confidence < 1)
		td_put_triple(m, s, IRI(TID "confidence"), td_term_score(m, v->confidence));
	for (uint32_t k = of->identities.first[i]; k != TD_NONE; k = of->identities.next[k])
		td_put_triple(m, s, IRI(TID "identifiedBy"), td_term_iri(td_keep(m, m->doc->identities.at[k].iri)));
	for (uint32_t d = of->doubts.first[i]; d != TD_NONE; d = of->doubts.next[d]) put_event_ref(m, s, IRI(TID "possiblySame"), m->doc->doubts.at[d].b);
	td_put_derived(m, s);
}

static void put_identity(td_maker *m, const td_identity *id)
{
	td_str s = td_keep(m, id->iri);
	td_begin_subject(m);
	td_put_triple(m, s, A, IRI(TID "IdentityKey"));
	td_put_triple(m, s, IRI(RDFS "label"), td_term_english(td_keep(m, id->label)));
	td_put_triple(m, s, IRI(TID "confidence"), td_term_score(m, id->confidence));
}

/* What a role was read from: a reified triple that points to the mention. */
static void put_role_evidence(td_maker *m, uint32_t i, td_lists args)
{
	for (uint32_t a = args.first[i]; a != TD_NONE && !m->failed; a = args.next[a]) {
		const td_arg *arg = &m->doc->args.at[a];
		if (!arg_ok(m->doc, arg) || arg->mention >= m->doc->mentions.n) continue;
		uint64_t h = td_hash_mix(td_hash(m->doc->events.at[i].iri), arg->role);
		h = td_hash_mix(td_hash_mix(h, td_hash(m->doc->iri)), arg->mention);
		td_str s = td_arena_printf(&m->g->arena, TD_STR_FMT "-%08x", TD_STR_ARG(m->doc->events.at[i].iri), (unsigned)(h >> 32));
		if (!s.at) m->failed = true;
		td_begin_subject(m);
		td_put_triple(m, s, A, IRI(RDF "Statement"));
		td_put_triple(m, s, IRI(RDF "subject"), td_term_iri(td_keep(m, m->doc->events.at[i].iri)));
		td_put_triple(m, s, IRI(RDF "predicate"), td_term_local(m, td_str_of(td_role_text(arg->role))));
		td_put_triple(m, s, IRI(RDF "object"), arg_target(m, arg));
		td_put_derived_span(m, s, m->doc->mentions.at[arg->mention].toks);
	}
}

static void put_attribution(td_maker *m, const td_attribution *a, td_map *seen)
{
	if (a->source >= m->doc->entities.n || td_map_get(seen, a->iri) != TD_NONE) return;
	td_str s = td_keep(m, a->iri);
	if (!td_map_put(seen, s, 1)) m->failed = true;
	td_begin_subject(m);
	td_put_triple(m, s, A, IRI(TID "Attribution"));
	put_event_ref(m, s, IRI(TID "event"), a->event);
	td_put_entity(m, s, IRI(PROV "wasAttributedTo"), a->source);
	td_put_triple(m, s, IRI(TID "stance"), td_term_local(m, td_str_of(td_stance_text(a->stance))));
	put_event_ref(m, s, IRI(TID "statement"), a->statement);
	if (m->options.provenance >= TD_PROV_MENTION && a->confidence > 0 && a->confidence < 1)
		td_put_triple(m, s, IRI(TID "confidence"), td_term_score(m, a->confidence));
	td_put_derived_span(m, s, a->toks);
}

static void put_each(td_maker *m, const by_event *of)
{
	td_map seen;
	td_map_init(&seen, &m->g->arena);
	for (uint32_t v = 0; v < m->doc->events.n && !m->failed; v++) {
		put_event(m, v, of);
		if (m->options.provenance >= TD_PROV_FULL) put_role_evidence(m, v, of->args);
		for (uint32_t a = of->attributions.first[v]; a != TD_NONE; a = of->attributions.next[a])
			put_attribution(m, &m->doc->attributions.at[a], &seen);
	}
	for (uint32_t k = 0; k < m->doc->identities.n && !m->failed; k++) put_identity(m, &m->doc->identities.at[k]);
}

void td_put_events(td_maker *m)
{
	const td_doc *doc = m->doc;
	uint32_t n = doc->events.n;
	by_event of = { td_lists_new(m, n, doc->args.n), td_lists_new(m, n, doc->attributions.n), td_lists_new(m, n, doc->doubts.n),
		td_lists_new(m, n, doc->amounts.n), td_lists_new(m, n, doc->identities.n) };
	if (!of.args.first || !of.attributions.first || !of.doubts.first || !of.amounts.first || !of.identities.first) {
		m->failed = true;
		return;
	}
	for (uint32_t i = doc->args.n; i-- > 0;) td_lists_add(of.args, n, doc->args.at[i].event, i);
	for (uint32_t i = doc->attributions.n; i-- > 0;) td_lists_add(of.attributions, n, doc->attributions.at[i].event, i);
	for (uint32_t i = doc->doubts.n; i-- > 0;) td_lists_add(of.doubts, n, doc->doubts.at[i].a, i);
	for (uint32_t i = doc->amounts.n; i-- > 0;) td_lists_add(of.amounts, n, doc->amounts.at[i].event, i);
	for (uint32_t i = doc->identities.n; i-- > 0;) td_lists_add(of.identities, n, doc->identities.at[i].event, i);
	put_each(m, &of);
}

/* ---- quotations ---- */

void td_put_quotes(td_maker *m)
{
	for (uint32_t i = 0; i < m->doc->quotes.n && !m->failed; i++) {
		const td_quote *q = &m->doc->quotes.at[i];
		if (q->speaker >= m->doc->entities.n) continue; /* nobody known to have said it: no claim */
		td_str s = td_keep(m, q->iri);
		td_begin_subject(m);
		td_put_triple(m, s, A, IRI(SCHEMA "Quotation"));
		td_put_triple(m, s, IRI(SCHEMA "text"), td_term_text(td_keep(m, td_doc_slice(m->doc, q->bytes))));
		td_put_entity(m, s, IRI(SCHEMA "spokenByCharacter"), q->speaker);
		put_event_ref(m, s, IRI(TID "statement"), q->statement);
		td_put_derived(m, s);
	}
}

/* ---- mentions ---- */

static void add_span(td_maker *m, td_range bytes, td_str target, float confidence)
{
	if (bytes.from >= bytes.to) return;
	td_span s = { { td_doc_char(m->doc, bytes.from), td_doc_char(m->doc, bytes.to) }, bytes, target, confidence, m->spans.n };
	if (!TD_PUSH(&m->g->arena, &m->spans, s)) m->failed = true;
}

static int by_place(const void *a, const void *b)
{
	const td_span *x = a, *y = b;
	if (x->chars.from != y->chars.from) return x->chars.from < y->chars.from ? -1 : 1;
	if (x->chars.to != y->chars.to) return x->chars.to < y->chars.to ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static bool same_place(const td_span *a, const td_span *b)
{
	return a->chars.from == b->chars.from && a->chars.to == b->chars.to;
}

/* Two names of one place in the text: the first one's confidence stands, as a place has one. */
static void one_confidence(td_maker *m)
{
	bool had = false;
	for (uint32_t i = 0; i < m->spans.n; i++) {
		if (i == 0 || !same_place(&m->spans.at[i - 1], &m->spans.at[i])) had = false;
		if (had) m->spans.at[i].confidence = 0;
		had = had || m->spans.at[i].confidence > 0;
	}
}

void td_collect_spans(td_maker *m)
{
	const td_doc *doc = m->doc;
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		uint32_t e = doc->mentions.at[i].entity;
		if (e >= doc->entities.n || !m->needed[e]) continue;
		bool linked = doc->mentions.at[i].kind == TD_NAMED && doc->entities.at[e].kb != TD_NONE;
		add_span(m, td_doc_bytes(doc, doc->mentions.at[i].toks), doc->entities.at[e].iri, linked ? doc->entities.at[e].confidence : 0);
	}
	for (uint32_t i = 0; i < doc->triggers.n; i++) {
		uint32_t v = doc->triggers.at[i].event;
		if (v < doc->events.n) add_span(m, td_doc_bytes(doc, doc->triggers.at[i].toks), doc->events.at[v].iri, 0);
	}
	for (uint32_t i = 0; i < doc->quotes.n; i++)
		if (doc->quotes.at[i].speaker < doc->entities.n) add_span(m, doc->quotes.at[i].bytes, doc->quotes.at[i].iri, 0);
	for (uint32_t i = 0; i < doc->amounts.n; i++) add_span(m, td_doc_bytes(doc, doc->amounts.at[i].toks), doc->amounts.at[i].iri, 0);
	if (m->spans.n) qsort(m->spans.at, m->spans.n, sizeof *m->spans.at, by_place);
	one_confidence(m);
}

void td_put_mentions(td_maker *m)
{
	if (m->options.provenance < TD_PROV_MENTION) return;
	td_str context = td_context_iri(m), s = { 0 };
	for (uint32_t i = 0; i < m->spans.n && !m->failed; i++) {
		const td_span *x = &m->spans.at[i];
		if (x->bytes.from == 0 && x->bytes.to == m->doc->text.n) continue; /* the context's own: put_context */
		bool again = i > 0 && same_place(&m->spans.at[i - 1], x);
		if (!again) {
			s = td_char_iri(m, x->chars.from, x->chars.to);
			td_begin_subject(m);
			td_put_triple(m, s, A, IRI(NIF "RFC5147String"));
			td_put_triple(m, s, IRI(NIF "referenceContext"), td_term_iri(context));
			td_put_triple(m, s, IRI(NIF "beginIndex"), td_term_offset(m, x->chars.from));
			td_put_triple(m, s, IRI(NIF "endIndex"), td_term_offset(m, x->chars.to));
			td_put_triple(m, s, IRI(NIF "anchorOf"), td_term_text(td_keep(m, td_doc_slice(m->doc, x->bytes))));
		}
		td_put_reference(m, s, x);
	}
}

