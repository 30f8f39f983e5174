/* From facts to entries. */
#include "kg/kb_dump_pack.h"
#include "kg/kb_write.h"

#include <math.h>

/* ---- keys ---------------------------------------------------------------------------------------------------- */

/* The key of a thing whose first fact is at hand. */
static void choose_key(td_buf *chosen, td_str key, td_str fact)
{
	td_str name = { fact.at + 1, fact.n - 1 };
	bool better = !key_is_wikidata(key) && (fact.at[0] == FACT_WIKIDATA || (fact.at[0] == FACT_DBPEDIA && !key_is_dbpedia(key)));
	chosen->n = 0;
	if (better && fact.at[0] == FACT_DBPEDIA) td_buf_str(chosen, TD_STR("dbr:"));
	td_buf_str(chosen, better ? name : key);
}

/* The first fact of a thing that is called otherwise here: what it was called before is not lost. */
static td_status keep_old_name(td_sort *to, td_str key, td_str old, td_error *err)
{
	char value[1 + TD_KB_MAX_KEY];
	td_str name = key_is_dbpedia(old) ? (td_str){ old.at + 4, old.n - 4 } : old;
	value[0] = key_is_dbpedia(old) ? FACT_DBPEDIA : FACT_IRI;
	memcpy(value + 1, name.at, name.n);
	return td_sort_add(to, key, (td_str){ value, name.n + 1 }, err);
}

typedef struct {
	td_buf old, chosen;
	bool same;
} renaming;

static td_status rekey_one(renaming *r, td_sort *to, td_str key, td_str fact, bool first, td_error *err)
{
	if (first) {
		r->old.n = 0;
		td_buf_str(&r->old, key);
		choose_key(&r->chosen, key, fact);
		if (r->old.failed || r->chosen.failed) return td_no_memory(err);
		r->same = td_str_eq(td_buf_view(&r->chosen), key);
		if (!r->same) TRY(keep_old_name(to, td_buf_view(&r->chosen), key, err));
	}
	if (fact.at[0] == FACT_WIKIDATA) return TD_OK; /* it is the key now */
	return r->same ? td_sort_add_ordered(to, key, fact, err) : td_sort_add(to, td_buf_view(&r->chosen), fact, err);
}

static td_status rekey_all(kb_pack *p, renaming *r, td_sort *from, td_sort *to, td_error *err)
{
	td_str key, fact;
	bool done = false;
	TRY(td_sort_start(from, err));
	for (bool any = false;; any = true) {
		TRY(td_sort_next(from, &key, &fact, &done, err));
		if (done) return TD_OK;
		TRY(rekey_one(r, to, key, fact, !any || !td_str_eq(key, td_buf_view(&r->old)), err));
		td_kb_pack_step(p, "sorting");
	}
}

/* Facts under the names by which the rest of the world knows their things. */
static td_status rekey(kb_pack *p, td_sort **facts, td_error *err)
{
	renaming r = { .same = false };
	td_sort *to;
	TRY(td_sort_open(p->out, td_kb_temporary, p->memory / 2, &to, err));
	td_status status = rekey_all(p, &r, *facts, to, err);
	td_buf_free(&r.old);
	td_buf_free(&r.chosen);
	td_sort_close(*facts);
	*facts = to;
	return status;
}

/* ---- entries ------------------------------------------------------------------------------------------------- */

enum { MAX_ALIASES = 256 };

/* One thing, as far as its facts have come by. */
typedef struct {
	td_buf key, title, iri, label, aliases; /* aliases: behind one another, alias_end tells where each ends */
	uint32_t alias_end[MAX_ALIASES], n_aliases;
	fact_seen seen;
	uint64_t weight;
	bool weighed;
} thing;

static void thing_begin(thing *t, td_str key)
{
	t->key.n = t->title.n = t->iri.n = t->label.n = t->aliases.n = 0;
	t->n_aliases = 0;
	t->seen = (fact_seen){ 0, CLASS_UNKNOWN, CLASS_UNKNOWN, TD_GENDER_UNKNOWN };
	t->weight = 0;
	t->weighed = false;
	td_buf_str(&t->key, key);
	if (key_is_dbpedia(key)) td_buf_add(&t->title, key.at + 4, key.n - 4);
	else if (!key_is_wikidata(key)) td_buf_str(&t->iri, key);
}

static void thing_free(thing *t)
{
	td_buf_free(&t->key);
	td_buf_free(&t->title);
	td_buf_free(&t->iri);
	td_buf_free(&t->label);
	td_buf_free(&t->aliases);
}

static void take_seen(thing *t, td_str fact)
{
	if (fact.n != FACT_SEEN_BYTES) return;
	uint8_t cls = (uint8_t)fact.at[8], hint = (uint8_t)fact.at[9], gender = (uint8_t)fact.at[10];
	t->seen.statements += get_be64(fact.at);
	if (cls < t->seen.cls) t->seen.cls = cls;
	if (hint < t->seen.hint) t->seen.hint = hint;
	if (gender != TD_GENDER_UNKNOWN) t->seen.gender = gender;
}

/* Facts come in the order of their bytes: equal names stand beside each other. */
static void take_alias(thing *t, td_str text)
{
	uint32_t last = t->n_aliases ? t->alias_end[t->n_aliases - 1] : 0, before = t->n_aliases > 1 ? t->alias_end[t->n_aliases - 2] : 0;
	if (t->n_aliases == MAX_ALIASES || t->aliases.failed || td_str_eq(text, td_buf_view(&t->label))) return;
	if (t->n_aliases && td_str_eq(text, (td_str){ t->aliases.at + before, last - before })) return;
	td_buf_str(&t->aliases, text);
	t->alias_end[t->n_aliases++] = (uint32_t)t->aliases.n;
}

static void thing_take(thing *t, td_str fact)
{
	td_str rest = { fact.at + 1, fact.n - 1 };
	switch (fact.at[0]) {
	case FACT_DBPEDIA:
		if (!t->title.n) td_buf_str(&t->title, rest);
		break;
	case FACT_IRI:
		if (!t->iri.n) td_buf_str(&t->iri, rest);
		break;
	case FACT_SEEN: take_seen(t, rest); break;
	case FACT_WEIGHT:
		t->weighed = true;
		if (rest.n == 8 && get_be64(rest.at) > t->weight) t->weight = get_be64(rest.at);
		break;
	case FACT_LABEL:
		if (!t->label.n) td_buf_add(&t->label, rest.at + 1, rest.n - 1); /* the best comes first */
		else take_alias(t, (td_str){ rest.at + 1, rest.n - 1 });
		break;
	case FACT_ALIAS: take_alias(t, rest); break;
	default: break;
	}
}

static uint8_t class_of(const thing *t)
{
	uint8_t cls = t->seen.cls < CLASS_PLAIN ? t->seen.cls : t->seen.hint;
	return cls < TD_CLASS_COUNT ? cls : TD_CLASS_NONE;
}

/* On a scale that every dump shares: 2^32 statements, or inhabitants, or links, would be 1. */
static float prior_of(double popularity)
{
	double prior = log2(1 + popularity) / 32;
	return prior < 1 ? (float)prior : 1;
}

static td_status put_names(kb_pack *p, const thing *t, uint8_t cls, double popularity, td_error *err)
{
	float weight = (float)(1 + popularity);
	uint32_t from = 0;
	TRY(td_kb_pack_name(p, td_buf_view(&t->label), cls, KB_PRIMARY, weight, err));
	for (uint32_t i = 0; i < t->n_aliases; from = t->alias_end[i++])
		TRY(td_kb_pack_name(p, (td_str){ t->aliases.at + from, t->alias_end[i] - from }, cls, 0, weight * 0.8f, err));
	return TD_OK;
}

static td_status put_texts(kb_pack *p, const thing *t, kb_entry *e, td_error *err)
{
	bool own = t->iri.n && td_str_eq(td_buf_view(&t->iri), td_buf_view(&t->key));
	TRY(td_kb_pack_text(p, td_buf_view(&t->key), &e->key, err));
	TRY(td_kb_pack_text(p, td_buf_view(&t->label), &e->label, err));
	TRY(td_kb_pack_text(p, td_buf_view(&t->title), &e->dbpedia, err));
	if (own) e->iri = e->key;
	else TRY(td_kb_pack_text(p, td_buf_view(&t->iri), &e->iri, err));
	return TD_OK;
}

static td_status put_title(kb_pack *p, td_str title, td_error *err)
{
	unsigned char number[4];
	put_be32(number, p->n_entries);
	return td_sort_add(p->by_title, title, (td_str){ (const char *)number, sizeof number }, err);
}

static td_status thing_end(kb_pack *p, thing *t, td_error *err)
{
	if (t->key.failed || t->title.failed || t->iri.failed || t->label.failed || t->aliases.failed) return td_no_memory(err);
	bool bad = t->iri.n && !td_iri_ok(td_buf_view(&t->iri));
	p->stats->unnamed += !t->label.n;
	p->stats->dropped += t->label.n && (bad || t->seen.cls == CLASS_DROP);
	if (!t->label.n || bad || t->seen.cls == CLASS_DROP) return TD_OK;
	if (p->n_entries + 1 >= TD_NONE) return td_fail(err, TD_ERR_LIMIT, "%s: more than 2^31 entries", p->out);

	double popularity = p->options->popularity ? (double)t->weight : (double)t->seen.statements;
	kb_entry e = { .country = TD_NONE, .prior = prior_of(popularity), .cls = class_of(t), .gender = t->seen.gender };
	TRY(put_texts(p, t, &e, err));
	TRY(td_kb_pack_put(p, p->entries, &e, sizeof e, err));
	TRY(put_names(p, t, e.cls, popularity, err));
	if (t->title.n && key_is_wikidata(td_buf_view(&t->key))) TRY(put_title(p, td_buf_view(&t->title), err));
	p->n_entries++;
	td_arena_reset(&p->arena);
	return TD_OK;
}

static td_status all_entries(kb_pack *p, thing *t, td_sort *facts, td_error *err)
{
	td_str key, fact;
	bool done = false, open = false;
	TRY(td_sort_start(facts, err));
	for (;; open = true) {
		TRY(td_sort_next(facts, &key, &fact, &done, err));
		bool other = done || !open || !td_str_eq(key, td_buf_view(&t->key));
		if (open && other) TRY(thing_end(p, t, err));
		if (done) return TD_OK;
		if (other) thing_begin(t, key);
		thing_take(t, fact);
		td_kb_pack_step(p, "naming");
	}
}

/* ---- all of it ----------------------------------------------------------------------------------------------- */

static td_status pack_open(kb_pack *p, td_error *err)
{
	FILE **const files[] = { &p->entries, &p->names, &p->cands, &p->titles, &p->pool };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) TRY(td_kb_temporary(p->out, files[i], err));
	TRY(td_sort_open(p->out, td_kb_temporary, p->memory / 2, &p->by_name, err));
	return td_sort_open(p->out, td_kb_temporary, p->memory / 8, &p->by_title, err);
}

static void pack_close(kb_pack *p)
{
	FILE *const files[] = { p->entries, p->names, p->cands, p->titles, p->pool };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (files[i]) (void)fclose(files[i]);
	td_sort_close(p->by_name);
	td_sort_close(p->by_title);
	td_arena_free(&p->arena);
}

static td_status pack_all(kb_pack *p, td_sort **facts, bool renamed, td_error *err)
{
	thing t = { .n_aliases = 0 };
	if (renamed) TRY(rekey(p, facts, err));
	TRY(pack_open(p, err));
	td_status status = all_entries(p, &t, *facts, err);
	thing_free(&t);
	if (status != TD_OK) return status;
	td_sort_close(*facts);
	*facts = NULL;
	if (!p->n_entries) return td_fail(err, TD_ERR_EMPTY, "nothing in it has a name in these languages: no knowledge base was written");
	TRY(td_kb_pack_names(p, err));
	TRY(td_kb_pack_titles(p, err));
	return td_kb_pack_write(p, err);
}

td_status td_kb_pack(td_sort *facts, bool renamed, const td_kb_dump_options *options, size_t memory, const char *out, td_kb_dump_stats *stats,
	td_error *err)
{
	kb_pack p = { .options = options, .out = out, .memory = memory, .stats = stats };
	td_arena_init(&p.arena);
	td_status status = pack_all(&p, &facts, renamed, err);
	td_sort_close(facts);
	pack_close(&p);
	stats->entities = p.n_entries;
	stats->names = p.n_names;
	return status;
}
