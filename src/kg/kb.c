/* The knowledge base: one file or several behind one another. Entries are counted through all files. */
#include "kg/kb_file.h"

enum { MAX_FILES = 64 };

struct td_kb {
	kb_file *files;  /* [n] */
	uint32_t *first; /* [n + 1]: the first entry of each */
	uint32_t n;
};

/* ---- open ---------------------------------------------------------------------------------------------------- */

static td_status open_files(td_kb *kb, const char *const *paths, size_t n, td_error *err)
{
	if (n == 0 || n > MAX_FILES) return td_fail(err, TD_ERR_LIMIT, "%zu knowledge bases; up to %d can be used at once", n, MAX_FILES);
	kb->files = td_alloc(n * sizeof *kb->files);
	kb->first = td_alloc((n + 1) * sizeof *kb->first);
	if (!kb->files || !kb->first) return td_no_memory(err);
	kb->first[0] = 0;
	for (size_t i = 0; i < n; i++) {
		TRY(td_kb_file_open(paths[i], &kb->files[i], err));
		kb->n++;
		if (kb->files[i].header->n_entries >= TD_NONE - kb->first[i]) return td_fail(err, TD_ERR_LIMIT, "%s: too many entries in all", paths[i]);
		kb->first[i + 1] = kb->first[i] + kb->files[i].header->n_entries;
	}
	return TD_OK;
}

td_status td_kb_open_all(const char *const *paths, size_t n, td_kb **out, td_error *err)
{
	td_kb *kb = td_alloc(sizeof *kb);

	*out = NULL;
	if (!kb) return td_no_memory(err);
	*kb = (td_kb){ .n = 0 };
	td_status status = open_files(kb, paths, n, err);
	if (status != TD_OK) {
		td_kb_close(kb);
		return status;
	}
	*out = kb;
	return TD_OK;
}

td_status td_kb_open(const char *path, td_kb **out, td_error *err)
{
	return td_kb_open_all(&path, 1, out, err);
}

void td_kb_close(td_kb *kb)
{
	if (!kb) return;
	for (uint32_t i = 0; i < kb->n; i++) td_kb_file_close(&kb->files[i]);
	td_free(kb->files);
	td_free(kb->first);
	td_free(kb);
}

bool td_kb_damaged(const td_kb *kb)
{
	for (uint32_t i = 0; kb && i < kb->n; i++)
		if (td_kb_file_damaged(&kb->files[i])) return true;
	return false;
}

/* ---- entries ------------------------------------------------------------------------------------------------- */

uint32_t td_kb_count(const td_kb *kb)
{
	return kb ? kb->first[kb->n] : 0;
}

/* The file in which the entry is; entry < td_kb_count. */
static uint32_t file_of(const td_kb *kb, uint32_t entry)
{
	uint32_t f = 0;
	while (entry >= kb->first[f + 1]) f++;
	return f;
}

/* The same thing in file f; TD_NONE. */
static uint32_t same_in(const td_kb *kb, uint32_t f, const td_kb_entry *e)
{
	uint32_t found = e->key.n ? td_kb_file_by_key(&kb->files[f], e->key) : TD_NONE;
	if (found == TD_NONE && e->dbpedia.n) found = td_kb_file_by_title(&kb->files[f], e->dbpedia);
	return found == TD_NONE ? TD_NONE : kb->first[f] + found;
}

/* The one entry that stands for all that mean the same: that of the earliest file. */
static uint32_t canonical(const td_kb *kb, uint32_t entry)
{
	if (kb->n == 1 || entry < kb->first[1] || entry >= td_kb_count(kb)) return entry;
	uint32_t own = file_of(kb, entry), found = TD_NONE;
	td_kb_entry e = td_kb_file_get(&kb->files[own], entry - kb->first[own]);
	for (uint32_t f = 0; f < own && found == TD_NONE; f++) found = same_in(kb, f, &e);
	return found == TD_NONE ? entry : found;
}

td_kb_entry td_kb_get(const td_kb *kb, uint32_t entry)
{
	if (entry >= td_kb_count(kb))
		return (td_kb_entry){ .key = TD_STR(""), .label = TD_STR(""), .wikidata = TD_STR(""), .dbpedia = TD_STR(""), .iri = TD_STR(""),
			.country = TD_NONE };
	uint32_t f = file_of(kb, entry);
	td_kb_entry e = td_kb_file_get(&kb->files[f], entry - kb->first[f]);
	if (e.country != TD_NONE) e.country = canonical(kb, kb->first[f] + e.country);
	return e;
}

uint32_t td_kb_by_key(const td_kb *kb, td_str key)
{
	uint32_t found = TD_NONE, f = 0;
	for (; kb && f < kb->n && found == TD_NONE; f++) found = td_kb_file_by_key(&kb->files[f], key);
	return found == TD_NONE ? TD_NONE : canonical(kb, kb->first[f - 1] + found);
}

td_str td_kb_iri(const td_kb *kb, uint32_t entry)
{
	td_kb_entry e = td_kb_get(kb, entry);
	if (e.iri.n || !e.key.n) return e.iri;
	for (uint32_t f = file_of(kb, entry) + 1; f < kb->n; f++) {
		uint32_t same = same_in(kb, f, &e);
		if (same != TD_NONE) e.iri = td_kb_file_get(&kb->files[f], same - kb->first[f]).iri;
		if (e.iri.n) return e.iri;
	}
	return e.iri;
}

/* ---- names --------------------------------------------------------------------------------------------------- */

enum { MAX_MERGED = 64 }; /* candidates of all files together */

typedef struct {
	td_kb_candidate at[MAX_MERGED];
	uint32_t file[MAX_MERGED]; /* the last that has it */
	uint32_t n;
} merged;

static void merge(merged *m, td_kb_candidate c, uint32_t file)
{
	for (uint32_t i = 0; i < m->n; i++) {
		if (m->at[i].entry != c.entry) continue;
		if (c.prior > m->at[i].prior) m->at[i].prior = c.prior;
		m->at[i].primary |= c.primary;
		m->at[i].demonym &= c.demonym;
		m->file[i] = file;
		return;
	}
	if (m->n == MAX_MERGED) return;
	m->file[m->n] = file;
	m->at[m->n++] = c;
}

/* By insertion: heavier ones first, of equals the one of the later file. The priors of all files come to one again. */
static uint32_t settle(merged *m, td_kb_candidate *out, uint32_t max)
{
	float total = 0;
	for (uint32_t i = 0; i < m->n; i++) {
		td_kb_candidate c = m->at[i];
		uint32_t file = m->file[i], k = i;
		total += c.prior;
		for (; k > 0 && (m->at[k - 1].prior < c.prior || (m->at[k - 1].prior <= c.prior && m->file[k - 1] < file)); k--) {
			m->at[k] = m->at[k - 1];
			m->file[k] = m->file[k - 1];
		}
		m->at[k] = c;
		m->file[k] = file;
	}
	uint32_t n = m->n < max ? m->n : max;
	for (uint32_t i = 0; i < n; i++) {
		out[i] = m->at[i];
		if (total > 1) out[i].prior /= total;
	}
	return n;
}

static uint32_t find_way(const td_kb *kb, td_str normal, uint32_t way, td_kb_candidate *out, uint32_t max)
{
	merged all = { .n = 0 };
	td_kb_candidate found[MAX_MERGED];
	if (kb->n == 1) return td_kb_file_find(&kb->files[0], normal, way, out, max);
	for (uint32_t f = 0; f < kb->n; f++) {
		uint32_t n = td_kb_file_find(&kb->files[f], normal, way, found, max < MAX_MERGED ? max : MAX_MERGED);
		for (uint32_t i = 0; i < n; i++) {
			found[i].entry = canonical(kb, kb->first[f] + found[i].entry);
			merge(&all, found[i], f);
		}
	}
	return settle(&all, out, max);
}

uint32_t td_kb_find(const td_kb *kb, td_str folded, td_kb_candidate *out, uint32_t max)
{
	char normal[TD_KB_MAX_NAME], skeleton[TD_KB_MAX_NAME];

	if (!kb) return 0;
	td_str name = { normal, td_kb_normal(folded, normal) };
	uint32_t n = find_way(kb, name, 0, out, max);
	if (n || !name.n) return n;
	return find_way(kb, (td_str){ skeleton, td_kb_skeleton(name, skeleton) }, KB_VARIANT, out, max);
}

uint32_t td_kb_institution(const td_kb *kb, td_str folded, uint32_t place)
{
	char normal[TD_KB_MAX_NAME];
	td_kb_candidate found[KB_MAX_CANDIDATES];

	if (!kb) return TD_NONE;
	td_str name = { normal, td_kb_normal(folded, normal) };
	for (uint32_t f = 0; f < kb->n; f++) {
		uint32_t n = td_kb_file_find(&kb->files[f], name, KB_GENERIC, found, KB_MAX_CANDIDATES);
		for (uint32_t i = 0; i < n; i++) {
			uint32_t entry = kb->first[f] + found[i].entry;
			if (place == TD_NONE || td_kb_get(kb, entry).country == place) return canonical(kb, entry);
		}
	}
	return TD_NONE;
}

/* ---- offices ------------------------------------------------------------------------------------------------- */

static uint32_t months(int16_t year, uint8_t month)
{
	if (year < 0) year = 0;
	return (uint32_t)year * 12 + (month ? month - 1u : 0u);
}

uint32_t td_kb_holder(const td_kb *kb, td_str title, uint32_t country, int16_t year, uint8_t month)
{
	if (country >= td_kb_count(kb)) return TD_NONE;
	uint32_t f = file_of(kb, country);
	uint32_t found = td_kb_file_holder(&kb->files[f], title, country - kb->first[f], months(year, month));
	return found == TD_NONE ? TD_NONE : canonical(kb, kb->first[f] + found);
}

bool td_kb_in_office(const td_kb *kb, uint32_t entry, int16_t year, uint8_t month)
{
	uint32_t from = months(year, month), to = month ? from : from + 11;
	if (entry >= td_kb_count(kb)) return false;
	uint32_t f = file_of(kb, entry);
	return td_kb_file_in_office(&kb->files[f], entry - kb->first[f], from, to);
}
