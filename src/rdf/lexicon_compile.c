#include "rdf/lexicon_compile.h"

#include <dirent.h>
#include <stdlib.h>

#include "doc/lexicon.h"
#include "rdf/rdf.h"

enum { MAX_FILES = 256, MAX_FACTS = 1 << 24, MAX_ROWS = 1 << 20, MAX_TREE = 16 };

#define TID "https://w3id.org/tidings/ns#"
#define ONTOLEX "http://www.w3.org/ns/lemon/ontolex#"
#define LEXINFO "http://www.lexinfo.net/ontology/3.0/lexinfo#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* The predicates that matter here; all other triples are left aside. */
#define PREDICATES(X) \
	X(P_TYPE, RDF "type") X(P_LABEL, RDFS "label") X(P_SUBCLASS, RDFS "subClassOf") X(P_POS, LEXINFO "partOfSpeech") \
	X(P_DENOTES, ONTOLEX "denotes") X(P_SENSE, ONTOLEX "sense") X(P_REFERENCE, ONTOLEX "reference") \
	X(P_FORM, ONTOLEX "canonicalForm") X(P_WRITTEN, ONTOLEX "writtenRep") X(P_FRAME, TID "frame") \
	X(P_FRAME_FOR, TID "frameFor") X(P_WHEN, TID "when") X(P_SCOPE, TID "scope") X(P_NOTE, TID "note") \
	X(P_DEMONYM, TID "demonymOf") X(P_GIVEN, TID "givenName") X(P_CUE, TID "cue") X(P_LIGHT, TID "light") X(P_TONE, TID "tone")

typedef enum {
#define PREDICATE_NAME(name, iri) name,
	PREDICATES(PREDICATE_NAME)
#undef PREDICATE_NAME
	P_COUNT
} predicate;

static const char *const predicate_iris[P_COUNT] = {
#define PREDICATE_IRI(name, iri) iri,
	PREDICATES(PREDICATE_IRI)
#undef PREDICATE_IRI
};

/* lexinfo's parts of speech and ours */
static const struct {
	const char *lexinfo, *upos;
} parts[] = {
	{ "verb", "VERB" }, { "noun", "NOUN" }, { "commonNoun", "NOUN" }, { "properNoun", "PROPN" }, { "adjective", "ADJ" },
	{ "adverb", "ADV" }, { "adposition", "ADP" }, { "preposition", "ADP" }, { "determiner", "DET" }, { "pronoun", "PRON" },
	{ "particle", "PART" }, { "numeral", "NUM" }, { "interjection", "INTJ" }, { "auxiliary", "AUX" }, { "conjunction", "SCONJ" },
	{ "subordinatingConjunction", "SCONJ" }, { "coordinatingConjunction", "CCONJ" },
};

typedef struct {
	uint8_t predicate;
	td_str value;
	uint32_t next; /* next fact of the same subject */
} fact;

typedef struct {
	td_str iri;
	uint32_t first, last; /* its facts, in the order of the file */
} node;

typedef struct {
	td_str lemma, upos, frame, when, note, reference;
	uint8_t kind;
	uint32_t seq;
} row;

typedef struct {
	td_arena arena;
	td_map by_iri, by_predicate, in_tree;
	TD_ARRAY(node) nodes;
	TD_ARRAY(fact) facts;
	TD_ARRAY(row) rows;
	TD_ARRAY(uint32_t) frames; /* nodes that are default frames */
	td_error *err;
} compiler;

/* ---- gathering --------------------------------------------------------------------------------------------------- */

static td_status node_of(compiler *c, td_str iri, uint32_t *out)
{
	if ((*out = td_map_get(&c->by_iri, iri)) != TD_NONE) return TD_OK;
	td_str copy = td_arena_str(&c->arena, iri);
	*out = c->nodes.n;
	if (!copy.at || !TD_PUSH(&c->arena, &c->nodes, (node){ copy, TD_NONE, TD_NONE }) || !td_map_put(&c->by_iri, copy, *out))
		return td_no_memory(c->err);
	return TD_OK;
}

static td_status gather(void *context, td_str graph, const td_triple *triple, td_error *err)
{
	compiler *c = context;
	(void)graph;
	(void)err;
	uint32_t p = td_map_get(&c->by_predicate, triple->p.value), at;
	if (p == TD_NONE) return TD_OK;
	if (p == P_LABEL && triple->o.lang.n && !td_str_starts(triple->o.lang, TD_STR("en"))) return TD_OK;
	if (c->facts.n >= MAX_FACTS) return td_fail(c->err, TD_ERR_LIMIT, "lexicon: more than %d facts", MAX_FACTS);
	TRY(node_of(c, triple->s.value, &at));
	fact f = { (uint8_t)p, td_arena_str(&c->arena, triple->o.value), TD_NONE };
	if (!f.value.at || !TD_PUSH(&c->arena, &c->facts, f)) return td_no_memory(c->err);
	node *n = &c->nodes.at[at];
	uint32_t index = c->facts.n - 1;
	if (n->last == TD_NONE)
		n->first = index;
	else
		c->facts.at[n->last].next = index;
	n->last = index;
	return TD_OK;
}

/* The first fact of that predicate at or after `from`; TD_NONE. */
static uint32_t seek(const compiler *c, uint32_t from, predicate p)
{
	while (from != TD_NONE && c->facts.at[from].predicate != p) from = c->facts.at[from].next;
	return from;
}

static td_str get(const compiler *c, uint32_t at, predicate p)
{
	uint32_t f = seek(c, c->nodes.at[at].first, p);
	return f == TD_NONE ? (td_str){ 0 } : c->facts.at[f].value;
}

static bool has(const compiler *c, uint32_t at, predicate p, const char *iri)
{
	for (uint32_t f = seek(c, c->nodes.at[at].first, p); f != TD_NONE; f = seek(c, c->facts.at[f].next, p))
		if (td_str_eq(c->facts.at[f].value, td_str_of(iri))) return true;
	return false;
}

static td_str local(td_str iri, const char *space)
{
	td_str s = td_str_of(space);
	if (!td_str_starts(iri, s)) return (td_str){ 0 };
	return (td_str){ iri.at + s.n, iri.n - s.n };
}

/* ---- classes ------------------------------------------------------------------------------------------------------ */

static void field(td_buf *out, td_str s, char end)
{
	for (size_t i = 0; i < s.n; i++) td_buf_char(out, strchr("\t\n\r", s.at[i]) ? ' ' : s.at[i]);
	td_buf_char(out, end);
}

/* The tree below `at`, parents first; a class with two parents stands below the one met first. */
static td_status classes_below(compiler *c, uint32_t at, td_str parent, unsigned depth, td_buf *out)
{
	td_str iri = c->nodes.at[at].iri, name = local(iri, TID), label = get(c, at, P_LABEL);
	if (!name.n || td_map_get(&c->in_tree, name) != TD_NONE) return TD_OK;
	if (depth > MAX_TREE) return td_fail(c->err, TD_ERR_LIMIT, "ontology: classes are nested deeper than %d at " TD_STR_FMT, MAX_TREE, TD_STR_ARG(iri));
	if (!td_map_put(&c->in_tree, name, at)) return td_no_memory(c->err);
	td_buf_str(out, TD_STR("class\t"));
	field(out, name, '\t');
	field(out, parent, '\t');
	field(out, label.n ? label : name, '\n');
	char whole[256];
	snprintf(whole, sizeof whole, TD_STR_FMT, TD_STR_ARG(iri));
	for (uint32_t i = 0; i < c->nodes.n; i++)
		if (has(c, i, P_SUBCLASS, whole)) TRY(classes_below(c, i, name, depth + 1, out));
	return TD_OK;
}

static td_status classes(compiler *c, td_buf *out)
{
	uint32_t root = td_map_get(&c->by_iri, TD_STR(TID "Event"));
	if (root == TD_NONE) return td_fail(c->err, TD_ERR_DATA, "ontology: no class below " TID "Event in its .ttl files");
	return classes_below(c, root, TD_STR("Event"), 0, out);
}

/* ---- frames -------------------------------------------------------------------------------------------------------- */

/* The class above in the tree of events; TD_NONE. */
static uint32_t event_parent(const compiler *c, uint32_t at)
{
	uint32_t f = seek(c, c->nodes.at[at].first, P_SUBCLASS), up = TD_NONE;
	for (; f != TD_NONE && up == TD_NONE; f = seek(c, c->facts.at[f].next, P_SUBCLASS))
		up = td_map_get(&c->in_tree, local(c->facts.at[f].value, TID));
	return up;
}

/* The default frame of a class and part of speech, or of the nearest class above that has one. */
static td_str default_frame(const compiler *c, td_str cls, td_str pos)
{
	uint32_t at = td_map_get(&c->in_tree, cls);
	for (unsigned depth = 0; at != TD_NONE && depth <= MAX_TREE; depth++) {
		for (uint32_t i = 0; i < c->frames.n; i++) {
			uint32_t f = seek(c, c->nodes.at[c->frames.at[i]].first, P_FRAME_FOR);
			for (; f != TD_NONE; f = seek(c, c->facts.at[f].next, P_FRAME_FOR))
				if (td_str_eq(c->facts.at[f].value, c->nodes.at[at].iri) && td_str_eq(get(c, c->frames.at[i], P_POS), pos))
					return get(c, c->frames.at[i], P_FRAME);
		}
		at = event_parent(c, at);
	}
	return (td_str){ 0 };
}

/* A sense's own frame, the default of its class (left out where the own one does not start with "+"), and that of Event, which says where
 * place and time of anything stand. Of two entries for a slot the reader takes the first. */
static td_status whole_frame(compiler *c, row *r, td_str pos)
{
	if (r->kind != TD_SENSE_EVENT) return TD_OK;
	td_str own = r->frame, of_class = { 0 }, any = default_frame(c, TD_STR("Event"), pos);
	if (!own.n || td_str_starts(own, TD_STR("+"))) of_class = default_frame(c, r->reference, pos);
	if (own.n && own.at[0] == '+') own = td_str_trim((td_str){ own.at + 1, own.n - 1 });
	if (of_class.at == any.at) of_class.n = 0;
	const char *gap = own.n && of_class.n ? " " : "", *tail = (own.n || of_class.n) && any.n ? " " : "";
	r->frame = td_arena_printf(&c->arena, TD_STR_FMT "%s" TD_STR_FMT "%s" TD_STR_FMT, TD_STR_ARG(own), gap, TD_STR_ARG(of_class), tail, TD_STR_ARG(any));
	return r->frame.at ? TD_OK : td_no_memory(c->err);
}

/* ---- entries ------------------------------------------------------------------------------------------------------- */

static td_status upos_of(compiler *c, uint32_t entry, td_str *out)
{
	td_str pos = get(c, entry, P_POS), name = local(pos, LEXINFO);
	*out = TD_STR("X");
	if (!pos.n) return TD_OK;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (td_str_eq(name, td_str_of(parts[i].lexinfo))) {
			*out = td_str_of(parts[i].upos);
			return TD_OK;
		}
	return td_fail(c->err, TD_ERR_DATA, "lexicon: <" TD_STR_FMT "> has an unknown part of speech <" TD_STR_FMT ">",
		TD_STR_ARG(c->nodes.at[entry].iri), TD_STR_ARG(pos));
}

/* A property's value says the kind by itself. */
static const struct {
	predicate predicate;
	td_sense_kind kind;
} plain_kinds[] = { { P_DEMONYM, TD_SENSE_DEMONYM }, { P_GIVEN, TD_SENSE_GIVEN }, { P_CUE, TD_SENSE_CUE }, { P_LIGHT, TD_SENSE_LIGHT },
	{ P_TONE, TD_SENSE_TONE } };

static td_status kind_of(compiler *c, uint32_t sense, td_str denoted, row *r)
{
	for (size_t i = 0; i < sizeof plain_kinds / sizeof *plain_kinds; i++) {
		td_str value = get(c, sense, plain_kinds[i].predicate), name = local(value, TID);
		if (!value.n) continue;
		r->kind = (uint8_t)plain_kinds[i].kind;
		r->reference = name.n ? name : value;
		return TD_OK;
	}
	r->reference = local(denoted, TID);
	/* tid:Award is a prize and the giving of one: a noun or a name without a frame is the prize. */
	bool event = td_map_get(&c->in_tree, r->reference) != TD_NONE, entity = td_class_parse(r->reference, TD_CLASS_COUNT) != TD_CLASS_COUNT;
	if (event && entity) event = !(td_str_eq(r->upos, TD_STR("NOUN")) || td_str_eq(r->upos, TD_STR("PROPN"))) || r->frame.n;
	if (td_str_eq(r->reference, TD_STR("Position")))
		r->kind = TD_SENSE_TITLE;
	else if (event)
		r->kind = TD_SENSE_EVENT;
	else if (entity)
		r->kind = TD_SENSE_ENTITY;
	else
		return td_fail(c->err, TD_ERR_DATA, "lexicon: <" TD_STR_FMT "> denotes nothing known: <" TD_STR_FMT ">",
			TD_STR_ARG(c->nodes.at[sense].iri), TD_STR_ARG(denoted));
	return TD_OK;
}

static td_status add_row(compiler *c, row r)
{
	r.seq = c->rows.n;
	if (!r.lemma.at || !TD_PUSH(&c->arena, &c->rows, r)) return td_no_memory(c->err);
	return c->rows.n > MAX_ROWS ? td_fail(c->err, TD_ERR_LIMIT, "lexicon: more than %d senses", MAX_ROWS) : TD_OK;
}

/* "cease-fire" is three words to the splitter, "re-elect" is one: the lexicon has both. Empty when nothing is to be taken apart. */
static td_str taken_apart(compiler *c, td_str lemma)
{
	char *at = td_arena_alloc(&c->arena, 3 * lemma.n + 1);
	size_t n = 0;
	bool cut = false;
	for (size_t i = 0; at && i < lemma.n; i++) {
		bool inside = lemma.at[i] == '-' && i > 0 && i + 1 < lemma.n && lemma.at[i - 1] != ' ' && lemma.at[i + 1] != ' ';
		if (inside) at[n++] = ' ';
		at[n++] = lemma.at[i];
		if (inside) at[n++] = ' ';
		cut |= inside;
	}
	return (td_str){ at, at && cut ? n : 0 };
}

/* One row for each spelling. `sense` may be the entry itself. */
static td_status add_rows(compiler *c, uint32_t entry, uint32_t sense, td_str denoted, uint32_t with_labels)
{
	row r = { .when = get(c, sense, P_WHEN), .note = get(c, sense, P_NOTE), .frame = get(c, sense, P_FRAME) };
	TRY(upos_of(c, entry, &r.upos));
	TRY(kind_of(c, sense, denoted, &r));
	if (r.kind == TD_SENSE_CUE) r.frame = get(c, sense, P_SCOPE);
	if (r.kind == TD_SENSE_LIGHT) r.frame = r.reference;
	TRY(whole_frame(c, &r, get(c, entry, P_POS)));
	predicate p = seek(c, c->nodes.at[with_labels].first, P_LABEL) != TD_NONE ? P_LABEL : P_WRITTEN;
	uint32_t f = seek(c, c->nodes.at[with_labels].first, p);
	for (; f != TD_NONE; f = seek(c, c->facts.at[f].next, p)) {
		r.lemma = td_lower(&c->arena, td_str_trim(c->facts.at[f].value));
		TRY(add_row(c, r));
		row apart = r;
		apart.lemma = taken_apart(c, r.lemma);
		if (!apart.lemma.at) return td_no_memory(c->err);
		if (apart.lemma.n) TRY(add_row(c, apart));
	}
	return TD_OK;
}

static td_status add_senses(compiler *c, uint32_t entry, uint32_t labels)
{
	uint32_t first = c->nodes.at[entry].first;
	for (size_t i = 0; i < sizeof plain_kinds / sizeof *plain_kinds; i++)
		if (get(c, entry, plain_kinds[i].predicate).n) return add_rows(c, entry, entry, (td_str){ 0 }, labels);
	for (uint32_t f = seek(c, first, P_SENSE); f != TD_NONE; f = seek(c, c->facts.at[f].next, P_SENSE)) {
		uint32_t sense = td_map_get(&c->by_iri, c->facts.at[f].value);
		if (sense == TD_NONE)
			return td_fail(c->err, TD_ERR_DATA, "lexicon: the sense <" TD_STR_FMT "> is not described", TD_STR_ARG(c->facts.at[f].value));
		TRY(add_rows(c, entry, sense, get(c, sense, P_REFERENCE), labels));
	}
	for (uint32_t f = seek(c, first, P_DENOTES); f != TD_NONE; f = seek(c, c->facts.at[f].next, P_DENOTES))
		TRY(add_rows(c, entry, entry, c->facts.at[f].value, labels));
	return TD_OK;
}

static bool is_entry(const compiler *c, uint32_t at)
{
	return has(c, at, P_TYPE, ONTOLEX "Word") || has(c, at, P_TYPE, ONTOLEX "MultiwordExpression") || has(c, at, P_TYPE, ONTOLEX "LexicalEntry") ||
		has(c, at, P_TYPE, ONTOLEX "Affix");
}

static td_status entries(compiler *c)
{
	for (uint32_t i = 0; i < c->nodes.n; i++)
		if (get(c, i, P_FRAME_FOR).n && !TD_PUSH(&c->arena, &c->frames, i)) return td_no_memory(c->err);
	for (uint32_t i = 0; i < c->nodes.n; i++) {
		if (!is_entry(c, i)) continue;
		uint32_t labels = i, before = c->rows.n;
		if (!get(c, i, P_LABEL).n) labels = td_map_get(&c->by_iri, get(c, i, P_FORM));
		if (labels != TD_NONE) TRY(add_senses(c, i, labels));
		if (c->rows.n == before)
			return td_fail(c->err, TD_ERR_DATA, "lexicon: <" TD_STR_FMT "> has no label or no sense", TD_STR_ARG(c->nodes.at[i].iri));
	}
	return TD_OK;
}

/* ---- the table ----------------------------------------------------------------------------------------------------- */

static int by_lemma(const void *a, const void *b)
{
	const row *x = a, *y = b;
	int order = td_str_cmp(x->lemma, y->lemma);
	return order ? order : (x->seq > y->seq) - (x->seq < y->seq);
}

static void write_rows(compiler *c, td_buf *out)
{
	if (c->rows.n) qsort(c->rows.at, c->rows.n, sizeof *c->rows.at, by_lemma);
	for (uint32_t i = 0; i < c->rows.n; i++) {
		const row *r = &c->rows.at[i];
		td_buf_str(out, TD_STR("sense\t"));
		field(out, r->lemma, '\t');
		field(out, r->upos, '\t');
		field(out, td_str_of(td_sense_kind_text(r->kind)), '\t');
		field(out, r->reference, '\t');
		field(out, r->frame, '\t');
		field(out, r->when, '\t');
		field(out, r->note, '\n');
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The paths of the folder's .ttl files, sorted. */
static td_status list_files(compiler *c, const char *dir, char **paths, uint32_t *n)
{
	DIR *d = opendir(dir);
	if (!d) return td_fail(c->err, TD_ERR_IO, "cannot open the ontology's folder %s", dir);
	td_status status = TD_OK;
	for (struct dirent *entry; status == TD_OK && (entry = readdir(d));) {
		if (entry->d_name[0] == '.' || !td_str_ends(td_str_of(entry->d_name), TD_STR(".ttl"))) continue;
		td_str path = td_arena_printf(&c->arena, "%s/%s", dir, entry->d_name);
		if (!path.at)
			status = td_no_memory(c->err);
		else if (*n == MAX_FILES)
			status = td_fail(c->err, TD_ERR_LIMIT, "%s: more than %d .ttl files", dir, MAX_FILES);
		else
			paths[(*n)++] = (char *)(uintptr_t)path.at;
	}
	closedir(d);
	qsort(paths, *n, sizeof *paths, by_name);
	return status;
}

static td_status compile(compiler *c, const char *dir, td_buf *out)
{
	char *paths[MAX_FILES];
	uint32_t n = 0;
	for (uint32_t p = 0; p < P_COUNT; p++)
		if (!td_map_put(&c->by_predicate, td_str_of(predicate_iris[p]), p)) return td_no_memory(c->err);
	TRY(list_files(c, dir, paths, &n));
	for (uint32_t i = 0; i < n; i++) TRY(td_rdf_parse(paths[i], gather, c, c->err));
	TRY(classes(c, out));
	TRY(entries(c));
	write_rows(c, out);
	return out->failed ? td_no_memory(c->err) : TD_OK;
}

td_status td_lexicon_compile(const char *dir, td_buf *out, td_error *err)
{
	compiler c = { .err = err };
	td_arena_init(&c.arena);
	td_map_init(&c.by_iri, &c.arena);
	td_map_init(&c.by_predicate, &c.arena);
	td_map_init(&c.in_tree, &c.arena);
	td_status status = compile(&c, dir, out);
	td_arena_free(&c.arena);
	return status;
}
