/* Compiling the tables into the file that td_kb_open maps. Same tables, same bytes. */
#include "kg/kb_table.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* One name of one entry, before names are gathered. */
typedef struct {
	td_str text;
	uint32_t entry, flags;
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
	td_buf pool;
	td_map pooled; /* string → offset */
} builder;

/* ---- pool ---------------------------------------------------------------------------------------------------- */

static bool pool(builder *b, td_str s, kb_slice *out)
{
	uint32_t at = s.n ? td_map_get(&b->pooled, s) : 0;
	if (at == TD_NONE) {
		if (b->pool.n + s.n >= TD_NONE) return false;
		at = (uint32_t)b->pool.n;
		td_buf_str(&b->pool, s);
		if (b->pool.failed || !td_map_put(&b->pooled, s, at)) return false;
	}
	*out = (kb_slice){ at, (uint32_t)s.n };
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
	return copy.at && TD_PUSH(&b->arena, &b->named, (named){ copy, entry, flags, weight });
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

/* By text; exact spellings first, then variants, then institutions; heavier ones first. */
static int named_cmp(const void *pa, const void *pb)
{
	const named *a = pa, *b = pb;
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
	kb_name name = { .first = b->cands.n };
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

static td_status write_all(FILE *file, const kb_header *header, td_str body, const char *path, td_error *err)
{
	bool ok = fwrite(header, sizeof *header, 1, file) == 1 && fwrite(body.at, 1, body.n, file) == body.n;
	if (fflush(file) != 0 || !ok || fsync(fileno(file)) != 0)
		return td_fail(err, TD_ERR_IO, "%s: cannot write: %s", path, strerror(errno));
	return TD_OK;
}

/* Beside the target under a name of this process, then renamed: a reader sees the old file or the new one. */
static td_status write_file(const char *path, const kb_header *header, td_str body, td_arena *arena, td_error *err)
{
	td_str temp = td_arena_printf(arena, "%s.%ld.tmp", path, (long)getpid());
	if (!temp.at) return td_no_memory(err);
	FILE *file = fopen(temp.at, "wb");
	if (!file) return td_fail(err, TD_ERR_IO, "%s: cannot create: %s", temp.at, strerror(errno));

	td_status status = write_all(file, header, body, temp.at, err);
	if (fclose(file) != 0 && status == TD_OK) status = td_fail(err, TD_ERR_IO, "%s: cannot close: %s", temp.at, strerror(errno));
	if (status == TD_OK && rename(temp.at, path) != 0)
		status = td_fail(err, TD_ERR_IO, "%s: cannot put in place: %s", path, strerror(errno));
	if (status != TD_OK) (void)remove(temp.at);
	return status;
}

static td_status write_sections(builder *b, const char *path, td_error *err)
{
	kb_header header = { .order = TD_KB_ORDER, .version = TD_KB_VERSION, .n_entries = b->entries.n, .n_names = b->names.n,
		.n_cands = b->cands.n, .n_terms = b->terms.n, .n_pool = (uint32_t)b->pool.n };
	td_buf body = { 0 };

	memcpy(header.magic, TD_KB_MAGIC, sizeof header.magic);
	td_buf_add(&body, b->entries.at, b->entries.n * sizeof *b->entries.at);
	td_buf_add(&body, b->names.at, b->names.n * sizeof *b->names.at);
	td_buf_add(&body, b->cands.at, b->cands.n * sizeof *b->cands.at);
	if (b->terms.n) td_buf_add(&body, b->terms.at, b->terms.n * sizeof *b->terms.at);
	td_buf_str(&body, td_buf_view(&b->pool));
	header.crc = body.failed ? 0 : td_crc32(td_buf_view(&body));
	td_status status = body.failed ? td_no_memory(err) : write_file(path, &header, td_buf_view(&body), &b->arena, err);
	td_buf_free(&body);
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
