#include "kg/event_key.h"
#include "kg/facts.h"

enum { SLUG_MAX = 60 };

static bool slug_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* ASCII letters of a name with case kept: folding lowers, so fold code point by code point and restore the case. */
static void slug_add(td_arena *arena, td_buf *out, const char *from, const char *to, bool upper)
{
	td_str folded = td_fold(arena, (td_str){ from, (size_t)(to - from) });
	if (!folded.at) out->failed = true;
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.at[i];
		if (slug_char(c)) td_buf_char(out, (char)(upper && i == 0 && c >= 'a' ? c - 'a' + 'A' : c));
		else if (out->n && out->at[out->n - 1] != '_' && c != '\'') td_buf_char(out, '_');
	}
}

td_str td_slug(td_arena *arena, td_str name)
{
	td_buf buf = { 0 };
	for (const char *at = name.at, *end = name.at + name.n; at < end && buf.n <= SLUG_MAX;) {
		const char *from = at;
		bool upper = td_is_upper(td_utf8_next(&at, end));
		slug_add(arena, &buf, from, at, upper);
	}
	size_t n = buf.n;
	if (n > SLUG_MAX) {
		n = SLUG_MAX;
		while (n > 0 && buf.at[n] != '_') n--;
		if (n == 0) n = SLUG_MAX;
	}
	while (n > 0 && buf.at[n - 1] == '_') n--;
	td_str slug = buf.failed ? (td_str){ 0 } : td_arena_str(arena, (td_str){ buf.at, n });
	td_buf_free(&buf);
	return slug;
}

/* ---- documents ---- */

/* Percent-encodes all but RFC 3987's unreserved characters: beyond ASCII, letters stay as they are. */
static td_str encode(td_arena *arena, td_str s)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t cap;
	char *out = td_mul_size(s.n, 3, &cap) ? td_arena_alloc(arena, cap + 1) : NULL;
	if (!out) return (td_str){ 0 };
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (slug_char((char)c) || c == '-' || c == '.' || c == '_' || c == '~' || c >= 0x80) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[c >> 4];
		out[n++] = hex[c & 15];
	}
	return (td_str){ out, n };
}

td_str td_document_iri(td_doc *doc, td_str base)
{
	td_str url = doc->url;
	td_str bare = td_str_cut(&url, '#');
	if (bare.n && td_iri_ok(bare)) return td_arena_str(&doc->arena, bare);
	if (doc->id.n) {
		td_str id = encode(&doc->arena, doc->id);
		if (!id.at) return id;
		return td_arena_printf(&doc->arena, TD_STR_FMT "doc/" TD_STR_FMT, TD_STR_ARG(base), TD_STR_ARG(id));
	}
	return td_arena_printf(&doc->arena, TD_STR_FMT "doc/%.16s", TD_STR_ARG(base), doc->hash);
}

/* ---- entities ---- */

static bool across_documents(const td_entity *e)
{
	if (e->kb != TD_NONE) return true;
	return e->named && e->cls != TD_PERSON && e->label.n && memchr(e->label.at, ' ', e->label.n);
}

/* By entity: where its first mention starts. One pass, as documents may have very many. */
static uint32_t *first_mentions(td_doc *doc)
{
	uint32_t *first = td_arena_alloc(&doc->arena, ((size_t)doc->entities.n + 1) * sizeof *first);
	if (!first) return NULL;
	for (uint32_t e = 0; e <= doc->entities.n; e++) first[e] = UINT32_MAX;
	for (uint32_t m = doc->mentions.n; m-- > 0;)
		if (doc->mentions.at[m].entity < doc->entities.n)
			first[doc->mentions.at[m].entity] = td_doc_bytes(doc, doc->mentions.at[m].toks).from;
	return first;
}

/* An entry that only the user's own knowledge base has: its label, and of its IRI what tells it from namesakes. */
static td_str own_iri(td_doc *doc, td_str base, const td_kb_entry *entry)
{
	td_str slug = td_slug(&doc->arena, entry->label);
	if (!slug.at) return slug;
	return td_arena_printf(&doc->arena, TD_STR_FMT "entity/" TD_STR_FMT "%s%08x", TD_STR_ARG(base), TD_STR_ARG(slug), slug.n ? "-" : "",
		(unsigned)(td_hash(entry->key) >> 32));
}

static td_str entity_iri(td_doc *doc, const td_kb *kb, td_str base, uint32_t i, uint32_t first)
{
	const td_entity *e = &doc->entities.at[i];
	if (e->kb != TD_NONE) {
		td_kb_entry entry = td_kb_get(kb, e->kb);
		if (entry.iri.n && !entry.wikidata.n && !entry.dbpedia.n) return own_iri(doc, base, &entry);
		td_str key = encode(&doc->arena, entry.wikidata.n ? entry.wikidata : entry.dbpedia.n ? entry.dbpedia : entry.key);
		if (!key.at) return key;
		return td_arena_printf(&doc->arena, TD_STR_FMT "entity/" TD_STR_FMT, TD_STR_ARG(base), TD_STR_ARG(key));
	}
	if (e->article.n) {
		td_str key = encode(&doc->arena, e->article);
		return key.at ? td_arena_printf(&doc->arena, TD_STR_FMT "entity/" TD_STR_FMT, TD_STR_ARG(base), TD_STR_ARG(key)) : key;
	}
	td_str folded = td_fold(&doc->arena, e->label);
	if (!folded.at) return folded;
	uint64_t h = td_hash_mix(td_hash(folded), e->cls);
	if (!across_documents(e)) h = td_hash_mix(h, td_hash(doc->iri));
	/* Without a name two "officials" are two, told apart by where they first stand. */
	if (!e->named) h = td_hash_mix(h, first);
	td_str slug = td_slug(&doc->arena, e->label);
	if (!slug.at) return slug;
	return td_arena_printf(&doc->arena, TD_STR_FMT "entity/" TD_STR_FMT "%s%08x", TD_STR_ARG(base), TD_STR_ARG(slug),
		slug.n ? "-" : "", (unsigned)(h >> 32));
}

static td_status name_entities(td_doc *doc, const td_kb *kb, td_str base, td_error *err)
{
	const uint32_t *first = first_mentions(doc);
	if (!first) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->entities.n; i++) {
		doc->entities.at[i].iri = entity_iri(doc, kb, base, i, first[i]);
		if (!doc->entities.at[i].iri.at) return td_no_memory(err);
	}
	return TD_OK;
}

/* ---- what consists of other things ---- */

static td_str part_iri(td_doc *doc, td_str base, const char *kind, uint64_t h)
{
	return td_arena_printf(&doc->arena, TD_STR_FMT "%s/%08x%08x", TD_STR_ARG(base), kind, (unsigned)(h >> 32), (unsigned)h);
}

static uint64_t entity_hash(const td_doc *doc, uint32_t e)
{
	return e < doc->entities.n ? td_hash(doc->entities.at[e].iri) : 0;
}

static uint64_t event_hash(const td_doc *doc, uint32_t v)
{
	return v < doc->events.n ? td_hash(doc->events.at[v].iri) : 0;
}

/* Told twice in a document, of one event, it is one quantity; two documents have one each. */
static bool name_amount(td_doc *doc, td_str base, td_amount *a)
{
	uint64_t h = td_hash_mix(td_hash(doc->iri), event_hash(doc, a->event));
	h = td_hash_mix(td_hash_mix(h, (uint64_t)a->low), (uint64_t)a->high);
	h = td_hash_mix(td_hash_mix(h, (uint64_t)(a->kind << 8 | a->bound)), td_hash(a->currency));
	a->iri = part_iri(doc, base, "quantity", h);
	return a->iri.at != NULL;
}

static td_status name_parts(td_doc *doc, td_str base, td_error *err)
{
	bool ok = true;
	for (uint32_t i = 0; i < doc->positions.n; i++) {
		td_position *p = &doc->positions.at[i];
		td_str folded = td_fold(&doc->arena, p->title);
		ok &= folded.at != NULL;
		uint64_t h = td_hash_mix(entity_hash(doc, p->holder), td_hash(folded));
		h = td_hash_mix(td_hash_mix(h, entity_hash(doc, p->organization)), p->status);
		ok &= (p->iri = part_iri(doc, base, "position", h)).at != NULL;
	}
	for (uint32_t i = 0; i < doc->relations.n; i++) {
		td_relation *r = &doc->relations.at[i];
		uint64_t h = td_hash_mix(entity_hash(doc, r->subject), entity_hash(doc, r->object));
		h = td_hash_mix(td_hash_mix(td_hash_mix(h, r->kind), td_hash(doc->iri)), r->toks.from);
		ok &= (r->iri = part_iri(doc, base, "relation", h)).at != NULL;
	}
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		td_attribution *a = &doc->attributions.at[i];
		uint64_t h = td_hash_mix(event_hash(doc, a->event), entity_hash(doc, a->source));
		h = td_hash_mix(td_hash_mix(h, event_hash(doc, a->statement)), a->stance);
		ok &= (a->iri = part_iri(doc, base, "attribution", td_hash_mix(h, td_hash(doc->iri)))).at != NULL;
	}
	for (uint32_t i = 0; i < doc->quotes.n; i++) {
		td_quote *q = &doc->quotes.at[i];
		uint64_t h = td_hash_mix(td_hash(doc->iri), td_doc_char(doc, q->bytes.from));
		ok &= (q->iri = part_iri(doc, base, "quotation", h)).at != NULL;
	}
	for (uint32_t i = 0; i < doc->amounts.n; i++) ok &= name_amount(doc, base, &doc->amounts.at[i]);
	return ok ? TD_OK : td_no_memory(err);
}

td_status td_iris(td_doc *doc, const td_lexicon *lexicon, const td_kb *kb, td_str base, td_error *err)
{
	doc->iri = td_document_iri(doc, base);
	if (!doc->iri.at) return td_no_memory(err);
	TRY(name_entities(doc, kb, base, err));
	TRY(td_iris_events(doc, lexicon, kb, base, err));
	return name_parts(doc, base, err);
}
