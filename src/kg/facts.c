#include "kg/facts_make.h"

enum { MAX_ALT_LABELS = 16 }; /* other names written for one entity */

TD_LABEL_CODE(td_provenance, TD_PROVENANCE, TD_PROVENANCE_MAP)

/* ---- terms ---- */

static td_term typed(td_str value, td_str datatype)
{
	return (td_term){ .kind = TD_LITERAL, .value = value, .datatype = datatype };
}

td_str td_keep(td_maker *m, td_str s)
{
	td_str copy = td_arena_str(&m->g->arena, s);
	if (!copy.at) m->failed = true;
	return copy;
}

td_term td_term_integer(td_maker *m, int64_t v)
{
	td_str s = td_arena_printf(&m->g->arena, "%lld", (long long)v);
	if (!s.at) m->failed = true;
	return typed(s, TD_STR(XSD "integer"));
}

td_term td_term_offset(td_maker *m, uint32_t v)
{
	td_str s = td_arena_printf(&m->g->arena, "%u", v);
	if (!s.at) m->failed = true;
	return typed(s, TD_STR(XSD "nonNegativeInteger")); /* NIF 2.0 core */
}

/* Never quite 1, and without the final zero that stores drop. Digits by hand: a host's locale may print a comma. */
td_term td_term_score(td_maker *m, float v)
{
	unsigned percent = v >= 0.99f ? 99 : v <= 0.01f ? 1 : (unsigned)(v * 100 + 0.5f);
	td_str s = percent % 10 ? td_arena_printf(&m->g->arena, "0.%02u", percent) : td_arena_printf(&m->g->arena, "0.%u", percent / 10);
	if (!s.at) m->failed = true;
	return typed(s, TD_STR(XSD "decimal"));
}

/* The value's precision gives the type: xsd:date, xsd:gYearMonth, xsd:gYear. */
td_term td_term_date(td_maker *m, td_date d)
{
	char out[16];
	td_str s = td_keep(m, (td_str){ out, td_date_print(d, out) });
	return typed(s, d.day ? TD_STR(XSD "date") : d.month ? TD_STR(XSD "gYearMonth") : TD_STR(XSD "gYear"));
}

td_term td_term_local(td_maker *m, td_str name)
{
	td_str s = td_arena_printf(&m->g->arena, TID TD_STR_FMT, TD_STR_ARG(name));
	if (!s.at) m->failed = true;
	return td_term_iri(s);
}

/* ---- triples ---- */

void td_begin_subject(td_maker *m)
{
	m->subject_from = m->g->triples.n;
}

/* Appends unless the subject has that triple already. */
void td_put_triple(td_maker *m, td_str s, td_term p, td_term o)
{
	for (uint32_t i = m->subject_from; i < m->g->triples.n; i++) {
		const td_triple *t = &m->g->triples.at[i];
		if (td_term_eq(&t->p, &p) && td_term_eq(&t->o, &o) && td_str_eq(t->s.value, s)) return;
	}
	if (!TD_PUSH(&m->g->arena, &m->g->triples, (td_triple){ td_term_iri(s), p, o })) m->failed = true;
}

/* ---- document ---- */

td_str td_char_iri(td_maker *m, uint32_t begin, uint32_t end)
{
	td_str s = td_arena_printf(&m->g->arena, TD_STR_FMT "#char=%u,%u", TD_STR_ARG(m->g->name), begin, end);
	if (!s.at) m->failed = true;
	return s;
}

/* Code points of the whole text. */
static uint32_t text_chars(const td_doc *doc)
{
	return td_doc_char(doc, (uint32_t)doc->text.n);
}

td_str td_context_iri(td_maker *m)
{
	return td_char_iri(m, 0, text_chars(m->doc));
}

static int64_t word_count(const td_doc *doc)
{
	int64_t n = 0;
	for (uint32_t t = 0; t < doc->toks.n; t++) n += doc->toks.at[t].upos != TD_PUNCT;
	return n;
}

static void put_document(td_maker *m)
{
	const td_doc *doc = m->doc;
	td_str d = m->g->name;
	td_begin_subject(m);
	td_put_triple(m, d, A, IRI(SCHEMA "NewsArticle"));
	if (doc->title.n) td_put_triple(m, d, IRI(DCTERMS "title"), td_term_english(td_keep(m, doc->title)));
	if (doc->date.year) td_put_triple(m, d, IRI(DCTERMS "issued"), td_term_date(m, doc->date));
	td_str source = doc->source.n ? doc->source : doc->url;
	if (source.n) td_put_triple(m, d, IRI(DCTERMS "source"), td_iri_ok(source) ? td_term_iri(td_keep(m, source)) : td_term_text(td_keep(m, source)));
	td_put_triple(m, d, IRI(DCTERMS "language"), td_term_text(doc->language.n ? td_keep(m, doc->language) : TD_STR("en")));
	td_put_triple(m, d, IRI(SCHEMA "wordCount"), td_term_integer(m, word_count(doc)));
	td_put_triple(m, d, IRI(TID "contentHash"), td_term_text(td_keep(m, td_str_of(doc->hash))));
}

void td_put_reference(td_maker *m, td_str s, const td_span *span)
{
	td_put_triple(m, s, IRI(ITSRDF "taIdentRef"), td_term_iri(td_keep(m, span->target)));
	if (span->confidence > 0) td_put_triple(m, s, IRI(ITSRDF "taConfidence"), td_term_score(m, span->confidence));
}

static void put_context(td_maker *m)
{
	if (m->options.provenance < TD_PROV_MENTION && !m->options.with_text) return;
	td_str c = td_context_iri(m);
	td_begin_subject(m);
	td_put_triple(m, c, A, IRI(NIF "Context"));
	td_put_triple(m, c, A, IRI(NIF "RFC5147String"));
	td_put_triple(m, c, IRI(NIF "beginIndex"), td_term_offset(m, 0));
	td_put_triple(m, c, IRI(NIF "endIndex"), td_term_offset(m, text_chars(m->doc)));
	td_put_triple(m, c, IRI(NIF "sourceUrl"), td_term_iri(m->g->name));
	if (m->options.with_text) td_put_triple(m, c, IRI(NIF "isString"), td_term_text(td_keep(m, m->doc->text)));
	if (m->options.provenance < TD_PROV_MENTION) return;
	/* A mention that is the whole text ("Strike!" without the mark) has the context's own IRI. */
	for (uint32_t i = 0; i < m->spans.n && m->spans.at[i].chars.from == 0; i++)
		if (m->spans.at[i].chars.to == text_chars(m->doc)) {
			td_put_triple(m, c, IRI(NIF "anchorOf"), td_term_text(td_keep(m, m->doc->text)));
			td_put_reference(m, c, &m->spans.at[i]);
		}
}

void td_put_derived(td_maker *m, td_str s)
{
	if (m->options.provenance >= TD_PROV_DOCUMENT) td_put_triple(m, s, IRI(PROV "wasDerivedFrom"), td_term_iri(m->g->name));
}

void td_put_derived_span(td_maker *m, td_str s, td_range toks)
{
	if (m->options.provenance < TD_PROV_FULL || toks.from >= toks.to) return;
	td_range b = td_doc_bytes(m->doc, toks);
	td_put_triple(m, s, IRI(PROV "wasDerivedFrom"), td_term_iri(td_char_iri(m, td_doc_char(m->doc, b.from), td_doc_char(m->doc, b.to))));
}

/* ---- entities ---- */

static void need(td_maker *m, uint32_t e)
{
	if (e < m->doc->entities.n) m->needed[e] = 1;
}

/* A name that is met once, that nothing is known of and that takes part in nothing ("Fursuiter", "Act Two") tells nobody anything. */
static bool speaks_for_itself(const td_entity *e)
{
	if (!e->named) return e->kb != TD_NONE && e->n_mentions > 0;
	return e->n_mentions && (e->cls != TD_CLASS_NONE || e->kb != TD_NONE || e->n_mentions > 1);
}

static void choose_entities(td_maker *m)
{
	const td_doc *doc = m->doc;
	for (uint32_t e = 0; e < doc->entities.n; e++)
		if (speaks_for_itself(&doc->entities.at[e])) need(m, e);
	for (uint32_t i = 0; i < doc->args.n; i++)
		if (!doc->args.at[i].is_event) need(m, doc->args.at[i].target);
	for (uint32_t i = 0; i < doc->attributions.n; i++) need(m, doc->attributions.at[i].source);
	for (uint32_t i = 0; i < doc->quotes.n; i++) need(m, doc->quotes.at[i].speaker);
	for (uint32_t i = 0; i < doc->positions.n; i++) {
		need(m, doc->positions.at[i].holder);
		need(m, doc->positions.at[i].organization);
	}
	for (uint32_t i = 0; i < doc->relations.n; i++) {
		need(m, doc->relations.at[i].subject);
		need(m, doc->relations.at[i].object);
	}
}

/* Chains the needed entities of one IRI, so that their triples stand together. */
static void chain_entities(td_maker *m)
{
	td_map last;
	td_map_init(&last, &m->g->arena);
	for (uint32_t e = 0; e < m->doc->entities.n; e++) {
		m->same_iri[e] = TD_NONE;
		if (!m->needed[e]) continue;
		uint32_t before = td_map_get(&last, m->doc->entities.at[e].iri);
		if (before != TD_NONE) {
			m->same_iri[before] = e;
			m->follows[e] = 1;
		}
		if (!td_map_put(&last, m->doc->entities.at[e].iri, e)) m->failed = true;
	}
}

/* With --iri the subject may be one of these itself. */
static void put_same(td_maker *m, td_str s, td_str other)
{
	if (!td_str_eq(s, other)) td_put_triple(m, s, IRI(OWL "sameAs"), td_term_iri(other));
}

static void put_article(td_maker *m, td_str s, td_str title)
{
	td_str dbr = td_arena_printf(&m->g->arena, DBR TD_STR_FMT, TD_STR_ARG(title));
	if (!dbr.at) m->failed = true;
	else if (td_iri_ok(dbr)) put_same(m, s, dbr);
}

static void put_links(td_maker *m, td_str s, uint32_t kb)
{
	td_kb_entry entry = td_kb_get(m->kb, kb);
	td_arena *arena = &m->g->arena;
	if (entry.wikidata.n) {
		td_str wd = td_arena_printf(arena, WD TD_STR_FMT, TD_STR_ARG(entry.wikidata));
		if (!wd.at) m->failed = true;
		put_same(m, s, wd);
	}
	if (entry.dbpedia.n) put_article(m, s, entry.dbpedia);
	td_str own = td_kb_iri(m->kb, kb); /* in a knowledge base of the user */
	if (own.n && td_iri_ok(own)) put_same(m, s, td_keep(m, own));
}

static void put_one_entity(td_maker *m, uint32_t e)
{
	const td_entity *entity = &m->doc->entities.at[e];
	td_str s = td_keep(m, entity->iri);
	td_put_triple(m, s, A, td_term_local(m, td_str_of(td_class_text(entity->cls))));
	if (entity->label.n) td_put_triple(m, s, IRI(RDFS "label"), td_term_english(td_keep(m, entity->label)));
	if (entity->kb != TD_NONE) put_links(m, s, entity->kb);
	else if (entity->article.n) put_article(m, s, entity->article);
}

/* Names by which the text calls an entity, as skos:altLabel; by entity, so that one pass over the mentions is enough. */
static void put_alt_labels(td_maker *m, td_str s, uint32_t e, const uint32_t *first, const uint32_t *next)
{
	uint32_t n = 0;
	for (uint32_t i = first[e]; i != TD_NONE && n < MAX_ALT_LABELS; i = next[i]) {
		const td_mention *mention = &m->doc->mentions.at[i];
		td_str name = td_doc_toks_text(m->doc, mention->toks);
		if (mention->kind != TD_NAMED || td_str_eq(name, m->doc->entities.at[e].label)) continue;
		uint32_t before = m->g->triples.n;
		td_put_triple(m, s, IRI(SKOS "altLabel"), td_term_english(td_keep(m, name)));
		n += m->g->triples.n > before;
	}
}

static void put_relations_of(td_maker *m, td_str s, uint32_t e, const uint32_t *first, const uint32_t *next)
{
	for (uint32_t i = first[e]; i != TD_NONE; i = next[i]) {
		const td_relation *r = &m->doc->relations.at[i];
		if (r->object >= m->doc->entities.n) continue;
		td_put_triple(m, s, td_term_local(m, td_str_of(td_relation_kind_text(r->kind))), td_term_iri(td_keep(m, m->doc->entities.at[r->object].iri)));
	}
}

/* What a relation was read from, as for roles: a reified triple that points to the text. */
static void put_relation_evidence(td_maker *m)
{
	const td_doc *doc = m->doc;
	for (uint32_t i = 0; i < doc->relations.n && !m->failed; i++) {
		const td_relation *r = &doc->relations.at[i];
		if (r->subject >= doc->entities.n || r->object >= doc->entities.n) continue;
		td_str s = td_keep(m, r->iri);
		td_begin_subject(m);
		td_put_triple(m, s, A, IRI(RDF "Statement"));
		td_put_entity(m, s, IRI(RDF "subject"), r->subject);
		td_put_triple(m, s, IRI(RDF "predicate"), td_term_local(m, td_str_of(td_relation_kind_text(r->kind))));
		td_put_entity(m, s, IRI(RDF "object"), r->object);
		td_put_derived_span(m, s, r->toks);
	}
}

td_lists td_lists_new(td_maker *m, uint32_t groups, uint32_t items)
{
	td_lists l = { td_arena_alloc(&m->g->arena, ((size_t)groups + 1) * sizeof *l.first),
		td_arena_alloc(&m->g->arena, ((size_t)items + 1) * sizeof *l.next) };
	if (!l.first || !l.next) return (td_lists){ 0 };
	for (uint32_t i = 0; i <= groups; i++) l.first[i] = TD_NONE;
	return l;
}

void td_lists_add(td_lists l, uint32_t groups, uint32_t group, uint32_t item)
{
	if (group >= groups) return;
	l.next[item] = l.first[group];
	l.first[group] = item;
}

static void put_entities(td_maker *m)
{
	const td_doc *doc = m->doc;
	td_lists mentions = td_lists_new(m, doc->entities.n, doc->mentions.n);
	td_lists relations = td_lists_new(m, doc->entities.n, doc->relations.n);
	if (!mentions.first || !relations.first) {
		m->failed = true;
		return;
	}
	for (uint32_t i = doc->mentions.n; i-- > 0;) td_lists_add(mentions, doc->entities.n, doc->mentions.at[i].entity, i);
	for (uint32_t i = doc->relations.n; i-- > 0;) td_lists_add(relations, doc->entities.n, doc->relations.at[i].subject, i);
	for (uint32_t e = 0; e < doc->entities.n && !m->failed; e++) {
		if (!m->needed[e] || m->follows[e]) continue;
		td_str s = td_keep(m, doc->entities.at[e].iri);
		td_begin_subject(m);
		for (uint32_t k = e; k != TD_NONE; k = m->same_iri[k]) {
			put_one_entity(m, k);
			put_alt_labels(m, s, k, mentions.first, mentions.next);
			put_relations_of(m, s, k, relations.first, relations.next);
		}
	}
}

/* ---- positions ---- */

void td_put_entity(td_maker *m, td_str s, td_term p, uint32_t e)
{
	if (e < m->doc->entities.n) td_put_triple(m, s, p, td_term_iri(td_keep(m, m->doc->entities.at[e].iri)));
}

static void put_position(td_maker *m, const td_position *p)
{
	td_str s = td_keep(m, p->iri);
	td_begin_subject(m);
	td_put_triple(m, s, A, IRI(TID "Position"));
	td_put_entity(m, s, IRI(TID "holder"), p->holder);
	td_put_triple(m, s, IRI(TID "title"), td_term_english(td_keep(m, p->title)));
	td_put_entity(m, s, IRI(TID "organization"), p->organization);
	td_put_triple(m, s, IRI(TID "status"), td_term_local(m, td_str_of(td_position_status_text(p->status))));
	td_put_derived(m, s);
	td_put_derived_span(m, s, p->toks);
}

/* The same position is often read twice; it is written once. */
static void put_positions(td_maker *m)
{
	td_map seen;
	td_map_init(&seen, &m->g->arena);
	for (uint32_t i = 0; i < m->doc->positions.n && !m->failed; i++) {
		const td_position *p = &m->doc->positions.at[i];
		if (p->holder >= m->doc->entities.n || td_map_get(&seen, p->iri) != TD_NONE) continue;
		if (!td_map_put(&seen, td_keep(m, p->iri), i)) m->failed = true;
		put_position(m, p);
	}
}

/* ---- all ---- */

td_status td_facts(const td_doc *doc, const td_lexicon *lexicon, const td_kb *kb, const td_facts_options *options,
	td_graph *graph, td_error *err)
{
	td_graph_reset(graph);
	td_maker m = { .doc = doc, .lexicon = lexicon, .kb = kb, .options = *options, .g = graph };
	graph->name = td_arena_str(&graph->arena, doc->iri);
	m.needed = td_arena_zero(&graph->arena, (size_t)doc->entities.n + 1, sizeof *m.needed);
	m.follows = td_arena_zero(&graph->arena, (size_t)doc->entities.n + 1, sizeof *m.follows);
	m.same_iri = td_arena_zero(&graph->arena, (size_t)doc->entities.n + 1, sizeof *m.same_iri);
	if (!graph->name.at || !m.needed || !m.follows || !m.same_iri) return td_no_memory(err);
	choose_entities(&m);
	chain_entities(&m);
	td_collect_spans(&m);
	put_document(&m);
	put_context(&m);
	put_entities(&m);
	if (options->provenance >= TD_PROV_FULL) put_relation_evidence(&m);
	put_positions(&m);
	td_put_events(&m);
	td_put_amounts(&m);
	td_put_quotes(&m);
	td_put_mentions(&m);
	return m.failed ? td_no_memory(err) : TD_OK;
}
