/* Reading the knowledge base's tables:
 *     wikidata <TAB> dbpedia <TAB> label <TAB> class <TAB> country <TAB> gender <TAB> prior <TAB> alias|alias|…
 *     person <TAB> title <TAB> place <TAB> from <TAB> to                                             (terms.tsv)
 * "-" stands for nothing, "#" starts a comment line. An alias "adj:Russian" is an adjective or a people's name,
 * "gen:parliament" what it is called in its own country. */
#include "kg/kb_table.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

enum { COLUMNS = 8, TERM_COLUMNS = 5, MAX_LINE = 1 << 16 };

typedef struct {
	const char *file;
	uint64_t line;
	td_str cell[COLUMNS];
	size_t n;
} kb_line;

static td_status bad(const kb_line *line, td_error *err, const char *what)
{
	return td_fail_at(err, TD_ERR_DATA, TD_NOWHERE, line->line, "%s:%llu: %s", line->file, (unsigned long long)line->line, what);
}

static bool split_line(td_str text, kb_line *line)
{
	line->n = 0;
	for (;;) {
		if (line->n == COLUMNS) return false;
		bool last = !memchr(text.at, '\t', text.n);
		td_str cell = td_str_trim(td_str_cut(&text, '\t'));
		line->cell[line->n++] = td_str_eq(cell, TD_STR("-")) ? TD_STR("") : cell;
		if (last) return true;
	}
}

/* ---- entries ------------------------------------------------------------------------------------------------- */

static bool wikidata_ok(td_str id)
{
	if (id.n == 0) return true;
	if (id.n < 2 || id.n > 16 || id.at[0] != 'Q') return false;
	for (size_t i = 1; i < id.n; i++)
		if (id.at[i] < '0' || id.at[i] > '9') return false;
	return true;
}

/* What may stand in an IRI as it is (RFC 3987), less what has a meaning of its own there. */
static bool title_ok(td_str title)
{
	for (size_t i = 0; i < title.n; i++)
		if ((unsigned char)title.at[i] <= ' ' || strchr("<>\"{}|^`\\#?%", title.at[i])) return false;
	return true;
}

static bool parse_prior(td_str text, float *out)
{
	char digits[16], *end;
	if (text.n == 0 || text.n >= sizeof digits) return false;
	memcpy(digits, text.at, text.n);
	digits[text.n] = '\0';
	*out = strtof(digits, &end);
	return *end == '\0' && *out >= 0 && *out <= 1;
}

static size_t count_char(td_str s, char c)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) n += s.at[i] == c;
	return n;
}

static td_status parse_row(kb_tables *tables, const kb_line *line, td_error *err)
{
	kb_row row = { .file = line->file, .line = line->line };
	const td_str *cell = line->cell;

	if (line->n != COLUMNS) return bad(line, err, "wants 8 columns");
	if (!wikidata_ok(cell[0])) return bad(line, err, "the first column is no Wikidata id");
	if (!title_ok(cell[1])) return bad(line, err, "a DBpedia title holds a character that an IRI must not");
	if (!cell[0].n && !cell[1].n) return bad(line, err, "neither a Wikidata id nor a DBpedia title");
	if (!cell[2].n) return bad(line, err, "no label");
	if (count_char(cell[7], '|') >= KB_MAX_ALIASES) return bad(line, err, "too many aliases");
	row.cls = (uint8_t)td_class_parse(cell[3], TD_CLASS_COUNT);
	row.gender = (uint8_t)td_gender_parse(cell[5], cell[5].n ? TD_GENDER_COUNT : TD_GENDER_UNKNOWN);
	if (row.cls == TD_CLASS_COUNT) return bad(line, err, "unknown class");
	if (row.gender == TD_GENDER_COUNT) return bad(line, err, "unknown gender");
	if (!parse_prior(cell[6], &row.prior)) return bad(line, err, "the prior is no number from 0 to 1");
	if (tables->rows.n >= KB_MAX_ENTRIES) return bad(line, err, "too many entries");

	row.dbpedia = cell[1];
	row.key = cell[0].n ? cell[0] : td_arena_printf(&tables->arena, "dbr:" TD_STR_FMT, TD_STR_ARG(cell[1]));
	row.label = cell[2];
	row.country = cell[4];
	row.aliases = cell[7];
	if (!row.key.at || !TD_PUSH(&tables->arena, &tables->rows, row)) return td_no_memory(err);
	return TD_OK;
}

/* ---- offices ------------------------------------------------------------------------------------------------- */

static td_status parse_term(kb_tables *tables, const kb_line *line, td_error *err)
{
	const td_str *cell = line->cell;
	kb_term_row row = { cell[0], cell[2], cell[1], 0, KB_STILL, line->file, line->line };

	if (line->n != TERM_COLUMNS) return bad(line, err, "wants 5 columns");
	if (!row.person.n || !row.place.n || !row.title.n) return bad(line, err, "person, title and place must be there");
	td_date from = td_date_parse(cell[3]), to = td_date_parse(cell[4]);
	if (from.year <= 0 || (cell[4].n && to.year <= 0)) return bad(line, err, "no date");
	row.from = (uint32_t)from.year * 12 + (from.month ? from.month - 1u : 0u);
	if (cell[4].n) row.to = (uint32_t)to.year * 12 + (to.month ? to.month - 1u : 11u);
	if (row.to < row.from) return bad(line, err, "ends before it begins");
	if (!TD_PUSH(&tables->arena, &tables->terms, row)) return td_no_memory(err);
	return TD_OK;
}

/* ---- files --------------------------------------------------------------------------------------------------- */

static td_status parse_table(kb_tables *tables, const char *file, td_str text, bool terms, td_error *err)
{
	kb_line line = { .file = file };

	if (td_utf8_check(text) != text.n) return td_fail(err, TD_ERR_UTF8, "%s: not UTF-8", file);
	while (text.n) {
		td_str row = td_str_cut(&text, '\n');
		line.line++;
		if (row.n > MAX_LINE) return bad(&line, err, "line too long");
		if (td_str_trim(row).n == 0 || row.at[0] == '#') continue;
		if (!split_line(row, &line)) return bad(&line, err, "too many columns");
		TRY(terms ? parse_term(tables, &line, err) : parse_row(tables, &line, err));
	}
	return TD_OK;
}

static td_status read_table(kb_tables *tables, const char *dir, td_str name, td_error *err)
{
	td_str path = td_arena_printf(&tables->arena, "%s/" TD_STR_FMT, dir, TD_STR_ARG(name));
	td_mapped file;

	if (!path.at) return td_no_memory(err);
	TRY(td_map_file(path.at, &file, err));
	td_str text = td_arena_str(&tables->arena, file.bytes);
	td_unmap_file(&file);
	if (!text.at) return td_no_memory(err);
	return parse_table(tables, path.at, text, td_str_eq(name, TD_STR("terms.tsv")), err);
}

typedef struct {
	td_str at[KB_MAX_FILES];
	size_t n;
} name_list;

static int name_cmp(const void *a, const void *b)
{
	return td_str_cmp(*(const td_str *)a, *(const td_str *)b);
}

static td_status list_tables(td_arena *arena, const char *dir, name_list *list, td_error *err)
{
	DIR *folder = opendir(dir);
	if (!folder) return td_fail(err, TD_ERR_IO, "%s: cannot read the folder: %s", dir, strerror(errno));

	td_status status = TD_OK;
	for (struct dirent *entry; status == TD_OK && (entry = readdir(folder)) != NULL;) {
		td_str name = td_str_of(entry->d_name);
		if (name.at[0] == '.' || !td_str_ends(name, TD_STR(".tsv"))) continue;
		name = td_arena_str(arena, name);
		if (!name.at) status = td_no_memory(err);
		else if (list->n == KB_MAX_FILES) status = td_fail(err, TD_ERR_LIMIT, "%s: more than %d tables", dir, KB_MAX_FILES);
		else list->at[list->n++] = name;
	}
	(void)closedir(folder);
	qsort(list->at, list->n, sizeof *list->at, name_cmp);
	return status;
}

/* ---- index --------------------------------------------------------------------------------------------------- */

static int row_cmp(const void *a, const void *b)
{
	return td_str_cmp(((const kb_row *)a)->key, ((const kb_row *)b)->key);
}

static td_status put_ref(kb_tables *tables, td_str ref, uint32_t row, td_error *err)
{
	const kb_row *r = &tables->rows.at[row];
	if (td_map_get(&tables->by_ref, ref) != TD_NONE)
		return td_fail_at(err, TD_ERR_DATA, TD_NOWHERE, r->line, "%s:%llu: " TD_STR_FMT " stands twice", r->file,
			(unsigned long long)r->line, TD_STR_ARG(ref));
	return td_map_put(&tables->by_ref, ref, row) ? TD_OK : td_no_memory(err);
}

static td_status index_rows(kb_tables *tables, td_error *err)
{
	if (tables->rows.n) qsort(tables->rows.at, tables->rows.n, sizeof *tables->rows.at, row_cmp);
	td_map_init(&tables->by_ref, &tables->arena);
	for (uint32_t i = 0; i < tables->rows.n; i++) {
		TRY(put_ref(tables, tables->rows.at[i].key, i, err));
		if (tables->rows.at[i].dbpedia.n) TRY(put_ref(tables, tables->rows.at[i].dbpedia, i, err));
	}
	return TD_OK;
}

td_status td_kb_tables_read(const char *dir, kb_tables *out, td_error *err)
{
	name_list list = { .n = 0 };

	memset(out, 0, sizeof *out);
	td_arena_init(&out->arena);
	TRY(list_tables(&out->arena, dir, &list, err));
	for (size_t i = 0; i < list.n; i++) TRY(read_table(out, dir, list.at[i], err));
	if (!out->rows.n) return td_fail(err, TD_ERR_EMPTY, "%s: no entries in its *.tsv", dir);
	return index_rows(out, err);
}

void td_kb_tables_free(kb_tables *tables)
{
	td_arena_free(&tables->arena);
	memset(tables, 0, sizeof *tables);
}
