/* Compiling the tables into the file that td_kb_open maps. Same tables, same bytes. */
#include "kg/kb_table.h"
#include "kg/kb_write.h"

#include <stdlib.h>

/* One name of one entry, before names are gathered. */
typedef struct {
	td_str text;
	uint32_t hash, entry, flags;
	float weight;
} named;

typedef struct {
	kb_tables *tables;
	td_arena arena;
	TD_ARRAY(named) named;
	TD_ARRAY(kb_entry) entries;
	TD_ARRAY(kb_name) names;
	TD_ARRAY(kb_cand) cands;
	TD_ARRAY(kb_term) terms;
	TD_ARRAY(uint32_t) titles;
	td_buf pool;
	td_map pooled; /* string → offset */
} builder;

/* ---- pool ---------------------------------------------------------------------------------------------------- */

static bool pool(builder *b, td_str s, kb_slice *out)
{
	uint32_t at = s.n ? td_map_get(&b->pooled, s) : 0;
	if (at == TD_NONE) {
		if (s.n > UINT16_MAX || b->pool.n + s.n >= TD_NONE) return false;
		at = (uint32_t)b->pool.n;
		td_buf_str(&b->pool, s);
		if (b->pool.failed || !td_map_put(&b->pooled, s, at)) return false;
	}
	*out = kb_slice_make(at, s.n);
	return true;
}

/* ---- entries ------------------------------------------------------------------------------------------------- */

static td_status resolve(const builder *b, td_str ref, const char *file, uint64_t line, uint32_t *out, td_error *err)
{
	*out = td_map_get(&b->tables->by_ref, ref);
	if (*out != TD_NONE) return TD_OK;
	return td_fail_at(err, TD_ERR_DATA, TD_NOWHERE, line, "%s:%llu: no entry \"" TD_STR_FMT "\"", file, (unsigned long long)line,
		TD_STR_ARG(ref));
}

static td_status add_entry(builder *b, const kb_row *row, td_error *err)
{
	kb_entry e = { .country = TD_NONE, .prior = row->prior, .cls = row->cls, .gender = row->gender };

	if (row->country.n) TRY(resolve(b, row->country, row->file, row->line, &e.country, err));
	if (!pool(b, row->key, &e.key) || !pool(b, row->label, &e.label) || !pool(b, row->dbpedia, &e.dbpedia)) return td_no_memory(err);
	return TD_PUSH(&b->arena, &b->entries, e) ? TD_OK : td_no_memory(err);
}

/* ---- names --------------------------------------------------------------------------------------------------- */

static bool push_named(builder *b, const char *text, size_t n, uint32_t entry, uint32_t flags)
{
	/* an alias says less than the name itself, an adjective less than either */
	float weight = b->tables->rows.at[entry].prior * (flags & KB_DEMONYM ? 0.5f : flags & KB_PRIMARY ? 1.0f : 0.8f);
	if (!n) return true;
	td_str copy = td_arena_str(&b->arena, (td_str){ text, n });
	return copy.at && TD_PUSH(&b->arena, &b->named, (named){ copy, kb_name_hash(copy), entry, flags, weight });
}

static td_status add_name(builder *b, uint32_t entry, td_str name, uint32_t flags, td_error *err)
{
	char normal[TD_KB_MAX_NAME], skeleton[TD_KB_MAX_NAME];
	td_str folded = td_fold(&b->arena, name);
	if (!folded.at) return td_no_memory(err);

	td_str text = { normal, td_kb_normal(folded, normal) };
	if (!push_named(b, text.at, text.n, entry, flags)) return td_no_memory(err);
	if (b->tables->rows.at[entry].cls != TD_PERSON || !text.n) return TD_OK;
	return push_named(b, skeleton, td_kb_skeleton(text, skeleton), entry, KB_VARIANT) ? TD_OK : td_no_memory(err);
}

static td_status add_names(builder *b, uint32_t entry, td_error *err)
{
	const kb_row *row = &b->tables->rows.at[entry];
	td_str rest = row->aliases;

	TRY(add_name(b, entry, row->label, KB_PRIMARY, err));
	while (rest.n) {
		td_str alias = td_str_trim(td_str_cut(&rest, '|'));
		uint32_t flags = td_str_starts(alias, TD_STR("adj:")) ? KB_DEMONYM : td_str_starts(alias, TD_STR("gen:")) ? KB_GENERIC : 0;
		if (flags) alias = (td_str){ alias.at + 4, alias.n - 4 };
		TRY(add_name(b, entry, alias, flags, err));
	}
	return TD_OK;
}

/* By hash and text; exact spellings first, then variants, then institutions; heavier ones first. */
static int named_cmp(const void *pa, const void *pb)
{
	const named *a = pa, *b = pb;
	if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
	int cmp = td_str_cmp(a->text, b->text);
	if (cmp) return cmp;
	if ((a->flags & KB_WAY) != (b->flags & KB_WAY)) return (a->flags & KB_WAY) < (b->flags & KB_WAY) ? -1 : 1;
	if (a->weight > b->weight || a->weight < b->weight) return a->weight > b->weight ? -1 : 1;
	if (a->entry != b->entry) return a->entry < b->entry ? -1 : 1;
	return a->flags < b->flags ? -1 : a->flags > b->flags;
}

static bool seen(const builder *b, const kb_name *name, const named *item)
{
	for (uint32_t i = 0; i < name->n; i++) {
		kb_cand c = b->cands.at[name->first + i];
		if (c.entry == item->entry && (c.flags & KB_WAY) == (item->flags & KB_WAY)) return true;
	}
	return false;
}

static td_status gather(builder *b, uint32_t from, uint32_t to, td_error *err)
{
	kb_name name = { .hash = b->named.at[from].hash, .first = b->cands.n };
	float total[KB_WAY + 1] = { 0 };

	if (!pool(b, b->named.at[from].text, &name.text)) return td_no_memory(err);
	for (uint32_t i = from; i < to && name.n < KB_MAX_CANDIDATES; i++) {
		const named *item = &b->named.at[i];
		if (seen(b, &name, item)) continue;
		total[item->flags & KB_WAY] += item->weight;
		if (!TD_PUSH(&b->arena, &b->cands, (kb_cand){ item->entry, item->weight, item->flags })) return td_no_memory(err);
		name.n++;
	}
	for (uint32_t i = name.first; i < b->cands.n; i++) {
		float sum = total[b->cands.at[i].flags & KB_WAY];
		b->cands.at[i].prior = sum > 0 ? b->cands.at[i].prior / sum : 0;
	}
	return TD_PUSH(&b->arena, &b->names, name) ? TD_OK : td_no_memory(err);
}

static td_status gather_all(builder *b, td_error *err)
{
	qsort(b->named.at, b->named.n, sizeof *b->named.at, named_cmp);
	for (uint32_t i = 0, next; i < b->named.n; i = next) {
		for (next = i + 1; next < b->named.n && td_str_eq(b->named.at[i].text, b->named.at[next].text);) next++;
		TRY(gather(b, i, next, err));
	}
	return TD_OK;
}

/* ---- offices ------------------------------------------------------------------------------------------------- */

static td_status add_term(builder *b, const kb_term_row *row, td_error *err)
{
	kb_term term = { .from = row->from, .to = row->to };

	TRY(resolve(b, row->person, row->file, row->line, &term.person, err));
	TRY(resolve(b, row->place, row->file, row->line, &term.place, err));
	if (!pool(b, row->title, &term.title)) return td_no_memory(err);
	return TD_PUSH(&b->arena, &b->terms, term) ? TD_OK : td_no_memory(err);
}

/* Sorts the rows, of which all slices are at hand, so that the terms come out sorted by place, title, from, person. */
typedef struct {
	kb_term_row row;
	uint32_t place, person;
} placed_term;

static int placed_cmp(const void *pa, const void *pb)
{
	const placed_term *a = pa, *b = pb;
	if (a->place != b->place) return a->place < b->place ? -1 : 1;
	int cmp = td_str_cmp(a->row.title, b->row.title);
	if (cmp) return cmp;
	if (a->row.from != b->row.from) return a->row.from < b->row.from ? -1 : 1;
	return a->person < b->person ? -1 : a->person > b->person;
}

static td_status add_terms(builder *b, td_error *err)
{
	uint32_t n = b->tables->terms.n;
	placed_term *placed = td_arena_zero(&b->arena, (size_t)n + 1, sizeof *placed);

	if (!placed) return td_no_memory(err);
	for (uint32_t i = 0; i < n; i++) {
		const kb_term_row *row = &b->tables->terms.at[i];
		placed[i].row = *row;
		TRY(resolve(b, row->place, row->file, row->line, &placed[i].place, err));
		TRY(resolve(b, row->person, row->file, row->line, &placed[i].person, err));
	}
	qsort(placed, n, sizeof *placed, placed_cmp);
	for (uint32_t i = 0; i < n; i++) TRY(add_term(b, &placed[i].row, err));
	return TD_OK;
}

/* ---- writing ------------------------------------------------------------------------------------------------- */

static int title_cmp(const void *pa, const void *pb)
{
	const kb_row *a = *(const kb_row *const *)pa, *b = *(const kb_row *const *)pb;
	return td_str_cmp(a->dbpedia, b->dbpedia);
}

/* Entries by their title, but for those whose key it is. */
static td_status add_titles(builder *b, td_error *err)
{
	const kb_tables *t = b->tables;
	uint32_t n = 0;
	const kb_row **rows = td_arena_zero(&b->arena, (size_t)t->rows.n + 1, sizeof *rows);

	if (!rows) return td_no_memory(err);
	for (uint32_t i = 0; i < t->rows.n; i++)
		if (t->rows.at[i].dbpedia.n && t->rows.at[i].key.at[0] == 'Q') rows[n++] = &t->rows.at[i];
	qsort(rows, n, sizeof *rows, title_cmp);
	for (uint32_t i = 0; i < n; i++)
		if (!TD_PUSH(&b->arena, &b->titles, (uint32_t)(rows[i] - t->rows.at))) return td_no_memory(err);
	return TD_OK;
}

static td_status put_sections(const builder *b, kb_writer *w, td_error *err)
{
	TRY(td_kb_writer_put(w, b->entries.at, b->entries.n * sizeof *b->entries.at, err));
	TRY(td_kb_writer_put(w, b->names.at, b->names.n * sizeof *b->names.at, err));
	TRY(td_kb_writer_put(w, b->cands.at, b->cands.n * sizeof *b->cands.at, err));
	TRY(td_kb_writer_put(w, b->terms.at, b->terms.n * sizeof *b->terms.at, err));
	TRY(td_kb_writer_put(w, b->titles.at, b->titles.n * sizeof *b->titles.at, err));
	return td_kb_writer_put(w, b->pool.at, b->pool.n, err);
}

static td_status write_sections(builder *b, const char *path, td_error *err)
{
	kb_header header = { .n_entries = b->entries.n, .n_names = b->names.n, .n_cands = b->cands.n, .n_terms = b->terms.n,
		.n_titles = b->titles.n };
	kb_writer w;

	TRY(td_kb_writer_open(path, &w, err));
	td_status status = put_sections(b, &w, err);
	if (status == TD_OK) return td_kb_writer_close(&w, &header, b->pool.n, err);
	td_kb_writer_drop(&w);
	return status;
}

static td_status compile(builder *b, const char *path, td_error *err)
{
	const kb_tables *t = b->tables;

	td_map_init(&b->pooled, &b->arena);
	for (uint32_t i = 0; i < t->rows.n; i++) TRY(add_entry(b, &t->rows.at[i], err));
	for (uint32_t i = 0; i < t->rows.n; i++) TRY(add_names(b, i, err));
	TRY(gather_all(b, err));
	TRY(add_terms(b, err));
	TRY(add_titles(b, err));
	return write_sections(b, path, err);
}

td_status td_kb_build(const char *dir, const char *out, td_error *err)
{
	kb_tables tables;
	td_status status = td_kb_tables_read(dir, &tables, err);

	if (status == TD_OK) {
		builder b = { .tables = &tables };
		td_arena_init(&b.arena);
		status = compile(&b, out, err);
		td_buf_free(&b.pool);
		td_arena_free(&b.arena);
	}
	td_kb_tables_free(&tables);
	return status;
}
