#include "kg/triple.h"

#include <stdlib.h>

const td_prefix td_prefixes[] = {
	{ "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" },
	{ "rdfs", "http://www.w3.org/2000/01/rdf-schema#" },
	{ "owl", "http://www.w3.org/2002/07/owl#" },
	{ "xsd", "http://www.w3.org/2001/XMLSchema#" },
	{ "skos", "http://www.w3.org/2004/02/skos/core#" },
	{ "dcterms", "http://purl.org/dc/terms/" },
	{ "schema", "http://schema.org/" },
	{ "prov", "http://www.w3.org/ns/prov#" },
	{ "nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#" },
	{ "itsrdf", "http://www.w3.org/2005/11/its/rdf#" },
	{ "sem", "http://semanticweb.cs.vu.nl/2009/11/sem/" },
	{ "tid", "https://w3id.org/tidings/ns#" },
	{ "wd", "http://www.wikidata.org/entity/" },
	{ "dbr", "http://dbpedia.org/resource/" },
	{ NULL, NULL },
};

/* ---- the graph ----------------------------------------------------------------------------------------------- */

void td_graph_init(td_graph *graph)
{
	*graph = (td_graph){ 0 };
	td_arena_init(&graph->arena);
}

void td_graph_reset(td_graph *graph)
{
	td_arena_reset(&graph->arena);
	graph->name = (td_str){ 0 };
	memset(&graph->triples, 0, sizeof graph->triples);
}

void td_graph_free(td_graph *graph)
{
	td_arena_free(&graph->arena);
	graph->name = (td_str){ 0 };
	memset(&graph->triples, 0, sizeof graph->triples);
}

bool td_term_eq(const td_term *a, const td_term *b)
{
	return a->kind == b->kind && td_str_eq(a->value, b->value) && td_str_eq(a->lang, b->lang) &&
	       td_str_eq(a->datatype, b->datatype);
}

static bool copy_str(td_arena *arena, td_str *s)
{
	if (s->n == 0) {
		*s = (td_str){ 0 };
		return true;
	}
	*s = td_arena_str(arena, *s);
	return s->at != NULL;
}

static bool copy_term(td_arena *arena, td_term *term)
{
	return copy_str(arena, &term->value) && copy_str(arena, &term->lang) && copy_str(arena, &term->datatype);
}

td_status td_graph_add(td_graph *graph, const td_triple *triple, td_error *err)
{
	td_triple copy = *triple;
	if (td_str_eq(copy.o.datatype, TD_STR("http://www.w3.org/2001/XMLSchema#string"))) copy.o.datatype = (td_str){ 0 };
	/* most triples follow one of the same subject or predicate: those share their text */
	const td_triple *last = graph->triples.n ? &graph->triples.at[graph->triples.n - 1] : NULL;
	bool same_s = last && td_term_eq(&last->s, &copy.s), same_p = last && td_term_eq(&last->p, &copy.p);
	if (same_s) copy.s = last->s;
	if (same_p) copy.p = last->p;
	if ((!same_s && !copy_term(&graph->arena, &copy.s)) || (!same_p && !copy_term(&graph->arena, &copy.p)) ||
	    !copy_term(&graph->arena, &copy.o) || !TD_PUSH(&graph->arena, &graph->triples, copy))
		return td_no_memory(err);
	return TD_OK;
}

/* ---- tidying ------------------------------------------------------------------------------------------------- */

typedef struct {
	uint64_t subject; /* where its subject appeared first */
	uint64_t hash;    /* of predicate and object */
	uint32_t index;
} tidy_key;

static uint64_t hash_term(const td_term *term)
{
	uint64_t h = td_hash_mix(td_hash(term->value), term->kind);
	return td_hash_mix(td_hash_mix(h, td_hash(term->lang)), td_hash(term->datatype));
}

static int by_order(const void *a, const void *b)
{
	const tidy_key *x = a, *y = b;
	if (x->subject != y->subject) return x->subject < y->subject ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* Those of one group are doubles, or the hash is to blame. */
static int by_group(const tidy_key *x, const tidy_key *y)
{
	if (x->subject != y->subject) return x->subject < y->subject ? -1 : 1;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int by_hash(const void *a, const void *b)
{
	const tidy_key *x = a, *y = b;
	int c = by_group(x, y);
	return c ? c : x->index < y->index ? -1 : x->index > y->index;
}

static bool same_triple(const td_triple *a, const td_triple *b)
{
	return td_term_eq(&a->p, &b->p) && td_term_eq(&a->o, &b->o) && td_term_eq(&a->s, &b->s);
}

static bool fill_keys(const td_graph *graph, td_arena *scratch, tidy_key *keys)
{
	td_map subjects[2]; /* IRIs and blank nodes: the same text names different things */
	td_map_init(&subjects[0], scratch);
	td_map_init(&subjects[1], scratch);
	for (uint32_t i = 0; i < graph->triples.n; i++) {
		const td_triple *t = &graph->triples.at[i];
		td_map *map = &subjects[t->s.kind == TD_BLANK];
		uint32_t first = td_map_get(map, t->s.value);
		if (first == TD_NONE && !td_map_put(map, t->s.value, first = i)) return false;
		keys[i] = (tidy_key){ first, td_hash_mix(hash_term(&t->p), hash_term(&t->o)), i };
	}
	return true;
}

/* Puts the keys of triples that stand twice behind the others, whose number it returns. Doubles lie among those of equal hash: usually none or
 * one. */
static uint32_t part_doubles(const td_graph *graph, tidy_key *keys, uint32_t n)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < n; i++) {
		bool twice = false;
		for (uint32_t k = kept; k > 0 && !twice && by_group(&keys[k - 1], &keys[i]) == 0; k--)
			twice = same_triple(&graph->triples.at[keys[k - 1].index], &graph->triples.at[keys[i].index]);
		if (twice) continue;
		tidy_key swap = keys[kept];
		keys[kept++] = keys[i];
		keys[i] = swap;
	}
	return kept;
}

/* Triple keys[i].index to place i, for all i, round by round of the permutation, as a second array would be the largest thing in memory. A
 * key whose place is right points to itself. */
static void permute(td_triple *at, tidy_key *keys, uint32_t n)
{
	for (uint32_t start = 0; start < n; start++) {
		uint32_t to = start, from;
		td_triple first = at[start];
		while ((from = keys[to].index) != start && from != to) {
			at[to] = at[from];
			keys[to].index = to;
			to = from;
		}
		at[to] = first;
		keys[to].index = to;
	}
}

td_status td_graph_tidy(td_graph *graph, td_error *err)
{
	uint32_t n = graph->triples.n, kept;
	if (n == 0) return TD_OK;
	td_arena scratch;
	td_arena_init(&scratch);
	tidy_key *keys = td_arena_zero(&scratch, n, sizeof *keys);
	bool ok = keys && fill_keys(graph, &scratch, keys);
	if (ok) {
		qsort(keys, n, sizeof *keys, by_hash);
		kept = part_doubles(graph, keys, n);
		qsort(keys, kept, sizeof *keys, by_order);
		permute(graph->triples.at, keys, n);
		graph->triples.n = kept;
	}
	td_arena_free(&scratch);
	return ok ? TD_OK : td_no_memory(err);
}

/* ---- checks -------------------------------------------------------------------------------------------------- */

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_num(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_num(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* ucschar of RFC 3987, section 2.2: per plane all but the last two, no surrogates, private use or Arabic noncharacters. */
static bool is_ucschar(uint32_t cp)
{
	if (cp < 0xA0 || (cp & 0xFFFE) == 0xFFFE) return false;
	if (cp <= 0xFFFF) return cp <= 0xD7FF || (cp >= 0xF900 && cp <= 0xFDCF) || (cp >= 0xFDF0 && cp <= 0xFFEF);
	return cp <= 0xDFFFD || (cp >= 0xE1000 && cp <= 0xEFFFD);
}

static bool is_private(uint32_t cp)
{
	return (cp >= 0xE000 && cp <= 0xF8FF) || (cp >= 0xF0000 && (cp & 0xFFFE) != 0xFFFE);
}

/* Is all of `part` made of unreserved characters, sub-delims, escapes, those in `more`, and letters beyond ASCII? */
static bool part_ok(td_str part, const char *more, bool private_too)
{
	for (const char *at = part.at, *end = part.at + part.n; at < end;) {
		const char *from = at;
		uint32_t cp = td_utf8_next(&at, end);
		if (cp >= 0x80 ? is_ucschar(cp) || (private_too && is_private(cp))
		               : is_alpha((char)cp) || is_num((char)cp) || (cp && strchr("-._~!$&'()*+,;=", (int)cp)) ||
		                         (cp && strchr(more, (int)cp)))
			continue;
		if (cp != '%' || end - from < 3 || !is_hex(from[1]) || !is_hex(from[2])) return false;
		at = from + 3;
	}
	return true;
}

static bool port_ok(td_str port)
{
	for (size_t i = 0; i < port.n; i++)
		if (!is_num(port.at[i])) return false;
	return true;
}

/* [ userinfo "@" ] host [ ":" port ] */
static bool authority_ok(td_str authority)
{
	const char *sign = authority.n ? memchr(authority.at, '@', authority.n) : NULL;
	if (sign) {
		td_str user = td_str_cut(&authority, '@');
		if (!part_ok(user, ":", false)) return false;
	}
	if (authority.n && authority.at[0] == '[') {
		if (!memchr(authority.at, ']', authority.n)) return false;
		td_str address = td_str_cut(&authority, ']');
		address.at++, address.n--;
		for (size_t i = 0; i < address.n; i++)
			if (!is_hex(address.at[i]) && address.at[i] != ':' && address.at[i] != '.') return false;
		return address.n >= 2 && (authority.n == 0 || (authority.at[0] == ':' &&
		                                                      port_ok((td_str){ authority.at + 1, authority.n - 1 })));
	}
	td_str host = td_str_cut(&authority, ':');
	return part_ok(host, "", false) && port_ok(authority);
}

static size_t scheme_length(td_str iri)
{
	size_t n = 0;
	while (n < iri.n && (is_alpha(iri.at[n]) || (n > 0 && (is_num(iri.at[n]) || (iri.at[n] && strchr("+-.", iri.at[n])))))) n++;
	return n > 0 && n < iri.n && iri.at[n] == ':' ? n : 0;
}

bool td_iri_ok(td_str iri)
{
	size_t scheme = scheme_length(iri);
	if (scheme == 0 || td_utf8_check(iri) != iri.n) return false;
	td_str fragment = { iri.at + scheme + 1, iri.n - scheme - 1 };
	td_str query = td_str_cut(&fragment, '#');
	td_str path = td_str_cut(&query, '?');
	if (td_str_starts(path, TD_STR("//"))) {
		path.at += 2, path.n -= 2;
		td_str authority = path;
		const char *slash = path.n ? memchr(path.at, '/', path.n) : NULL;
		if (slash) authority.n = (size_t)(slash - path.at);
		path.at += authority.n, path.n -= authority.n;
		if (!authority_ok(authority)) return false;
	}
	return part_ok(path, ":@/", false) && part_ok(query, ":@/?", true) && part_ok(fragment, ":@/?", false);
}

bool td_lang_ok(td_str tag)
{
	if (tag.n == 0) return false;
	for (bool first = true; tag.at; first = false) {
		bool more = memchr(tag.at, '-', tag.n) != NULL;
		td_str sub = td_str_cut(&tag, '-');
		if (sub.n == 0 || sub.n > 8) return false;
		for (size_t i = 0; i < sub.n; i++)
			if (!is_alpha(sub.at[i]) && (first || !is_num(sub.at[i]))) return false;
		if (!more) return true;
		if (tag.n == 0) return false;
	}
	return false;
}

/* NULL when all is well, else what is wrong. */
static const char *literal_fault(const td_term *term)
{
	if (td_utf8_check(term->value) != term->value.n) return "is not valid UTF-8";
	if (term->value.n && memchr(term->value.at, 0, term->value.n)) return "holds U+0000";
	if (term->lang.n && term->datatype.n) return "has a language and a datatype";
	if (term->lang.n && !td_lang_ok(term->lang)) return "has a language tag that is none";
	if (term->datatype.n && !td_iri_ok(term->datatype)) return "has a datatype that is no absolute IRI";
	if (td_str_eq(term->datatype, TD_STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")))
		return "is a rdf:langString without a language";
	return NULL;
}

static const char *term_fault(const td_term *term, bool object)
{
	if (term->kind == TD_IRI) return td_iri_ok(term->value) ? NULL : "is not a valid absolute IRI";
	if (term->kind == TD_BLANK) return "is a blank node: give it an IRI";
	if (term->kind != TD_LITERAL || !object) return "is a literal where an IRI must stand";
	return literal_fault(term);
}

/* Text for a message: cut, and with what is not printable ASCII replaced, since it may be anything. */
static const char *shown(td_str s, char out[96])
{
	size_t n = s.n < 90 ? s.n : 90;
	for (size_t i = 0; i < n; i++)
		out[i] = s.at[i] >= ' ' && s.at[i] < 127 ? s.at[i] : '?';
	memcpy(out + n, s.n > n ? "..." : "", s.n > n ? 4 : 1);
	return out;
}

static td_status check_term(const td_term *term, bool object, const char *what, td_error *err)
{
	char text[96];
	const char *fault = term_fault(term, object);
	return fault ? td_fail(err, TD_ERR_DATA, "the %s \"%s\" %s", what, shown(term->value, text), fault) : TD_OK;
}

/* The text of a subject or predicate is mostly the very same as in the triple before, and then checked already. */
static bool same_slice(const td_term *a, const td_term *b)
{
	return a->kind == b->kind && a->value.at == b->value.at && a->value.n == b->value.n;
}

td_status td_graph_check(const td_graph *graph, td_error *err)
{
	char text[96];
	if (graph->name.n && !td_iri_ok(graph->name))
		return td_fail(err, TD_ERR_DATA, "the graph's name \"%s\" is not a valid absolute IRI", shown(graph->name, text));
	for (uint32_t i = 0; i < graph->triples.n; i++) {
		const td_triple *t = &graph->triples.at[i], *last = i ? t - 1 : NULL;
		if (!last || !same_slice(&last->s, &t->s)) TRY(check_term(&t->s, false, "subject", err));
		if (!last || !same_slice(&last->p, &t->p)) TRY(check_term(&t->p, false, "predicate", err));
		TRY(check_term(&t->o, true, "object", err));
	}
	return TD_OK;
}
