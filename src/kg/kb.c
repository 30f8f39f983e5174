/* Reading the knowledge base: a mapped file in which every step is checked. */
#include "kg/kb_format.h"

struct td_kb {
	td_mapped file;
	const kb_header *header;
	const kb_entry *entries; /* sorted by key */
	const kb_name *names;
	const kb_cand *cands;
	const kb_term *terms;
	td_str pool;
};

/* ---- open ---------------------------------------------------------------------------------------------------- */

static td_status check_header(td_str bytes, const char *path, td_error *err)
{
	const kb_header *h = td_at(bytes, 0, 1, sizeof *h, sizeof(uint32_t));
	if (!h || memcmp(h->magic, TD_KB_MAGIC, sizeof h->magic))
		return td_fail(err, TD_ERR_DATA, "%s: not a knowledge base of Tidings", path);
	if (h->order != TD_KB_ORDER || h->version != TD_KB_VERSION)
		return td_fail(err, TD_ERR_DATA, "%s: built for another version or machine; build it again", path);
	td_str rest = { bytes.at + sizeof *h, bytes.n - sizeof *h };
	if (td_crc32(rest) != h->crc) return td_fail(err, TD_ERR_DATA, "%s: checksum does not match", path);
	return TD_OK;
}

static const void *section(td_str bytes, uint64_t *at, uint64_t count, size_t size)
{
	const void *found = td_at(bytes, *at, count, size, size > 1 ? sizeof(uint32_t) : 1);
	*at += count * size;
	return found;
}

static td_status find_sections(td_kb *kb, const char *path, td_error *err)
{
	td_str bytes = kb->file.bytes;
	const kb_header *h = kb->header;
	uint64_t at = sizeof *h;

	kb->entries = section(bytes, &at, h->n_entries, sizeof *kb->entries);
	kb->names = section(bytes, &at, h->n_names, sizeof *kb->names);
	kb->cands = section(bytes, &at, h->n_cands, sizeof *kb->cands);
	kb->terms = section(bytes, &at, h->n_terms, sizeof *kb->terms);
	kb->pool = (td_str){ section(bytes, &at, h->n_pool, 1), h->n_pool };
	if (!kb->entries || !kb->names || !kb->cands || !kb->terms || !kb->pool.at || at != bytes.n || h->n_entries >= TD_NONE)
		return td_fail(err, TD_ERR_DATA, "%s: sections do not fit the file", path);
	return TD_OK;
}

static td_status open_checked(const char *path, td_kb *kb, td_error *err)
{
	TRY(td_map_file(path, &kb->file, err));
	TRY(check_header(kb->file.bytes, path, err));
	kb->header = (const kb_header *)(const void *)kb->file.bytes.at;
	return find_sections(kb, path, err);
}

td_status td_kb_open(const char *path, td_kb **out, td_error *err)
{
	td_kb *kb = td_alloc(sizeof *kb);

	*out = NULL;
	if (!kb) return td_no_memory(err);
	memset(kb, 0, sizeof *kb);
	td_status status = open_checked(path, kb, err);
	if (status != TD_OK) {
		td_kb_close(kb);
		return status;
	}
	*out = kb;
	return TD_OK;
}

void td_kb_close(td_kb *kb)
{
	if (!kb) return;
	td_unmap_file(&kb->file);
	td_free(kb);
}

/* ---- entries ------------------------------------------------------------------------------------------------- */

static td_str slice(const td_kb *kb, kb_slice s)
{
	if (s.at > kb->pool.n || s.n > kb->pool.n - s.at) return (td_str){ "", 0 };
	return (td_str){ kb->pool.at + s.at, s.n };
}

uint32_t td_kb_count(const td_kb *kb)
{
	return kb ? kb->header->n_entries : 0;
}

td_kb_entry td_kb_get(const td_kb *kb, uint32_t entry)
{
	td_kb_entry out = { .key = TD_STR(""), .label = TD_STR(""), .wikidata = TD_STR(""), .dbpedia = TD_STR(""), .country = TD_NONE };
	if (entry >= td_kb_count(kb)) return out;

	const kb_entry *e = &kb->entries[entry];
	out.key = slice(kb, e->key);
	out.label = slice(kb, e->label);
	out.dbpedia = slice(kb, e->dbpedia);
	if (!td_str_starts(out.key, TD_STR("dbr:"))) out.wikidata = out.key;
	out.cls = e->cls < TD_CLASS_COUNT ? e->cls : TD_CLASS_NONE;
	out.gender = e->gender < TD_GENDER_COUNT ? e->gender : TD_GENDER_UNKNOWN;
	out.country = e->country < td_kb_count(kb) ? e->country : TD_NONE;
	out.prior = e->prior >= 0 && e->prior <= 1 ? e->prior : 0;
	return out;
}

uint32_t td_kb_by_key(const td_kb *kb, td_str key)
{
	uint32_t lo = 0, hi = td_kb_count(kb);
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int cmp = td_str_cmp(slice(kb, kb->entries[mid].key), key);
		if (cmp == 0) return mid;
		if (cmp < 0) lo = mid + 1;
		else hi = mid;
	}
	return TD_NONE;
}

/* ---- names --------------------------------------------------------------------------------------------------- */

static const kb_name *find_name(const td_kb *kb, td_str normal)
{
	uint32_t lo = 0, hi = kb->header->n_names;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int cmp = td_str_cmp(slice(kb, kb->names[mid].text), normal);
		if (cmp == 0) return &kb->names[mid];
		if (cmp < 0) lo = mid + 1;
		else hi = mid;
	}
	return NULL;
}

static uint32_t candidates(const td_kb *kb, td_str normal, uint32_t wanted, td_kb_candidate *out, uint32_t max)
{
	const kb_name *name = normal.n ? find_name(kb, normal) : NULL;
	uint32_t n = 0;

	if (!name || name->first > kb->header->n_cands || name->n > kb->header->n_cands - name->first) return 0;
	for (uint32_t i = 0; i < name->n && n < max; i++) {
		kb_cand c = kb->cands[name->first + i];
		if (c.entry >= kb->header->n_entries || (c.flags & KB_WAY) != wanted) continue;
		if (!(c.prior >= 0 && c.prior <= 1)) c.prior = 0;
		out[n++] = (td_kb_candidate){ c.entry, c.prior, c.flags & KB_PRIMARY, c.flags & KB_DEMONYM, c.flags & KB_VARIANT };
	}
	return n;
}

uint32_t td_kb_find(const td_kb *kb, td_str folded, td_kb_candidate *out, uint32_t max)
{
	char normal[TD_KB_MAX_NAME], skeleton[TD_KB_MAX_NAME];

	if (!kb) return 0;
	td_str name = { normal, td_kb_normal(folded, normal) };
	uint32_t n = candidates(kb, name, 0, out, max);
	if (n || !name.n) return n;
	return candidates(kb, (td_str){ skeleton, td_kb_skeleton(name, skeleton) }, KB_VARIANT, out, max);
}

uint32_t td_kb_institution(const td_kb *kb, td_str folded, uint32_t place)
{
	char normal[TD_KB_MAX_NAME];
	td_kb_candidate found[KB_MAX_CANDIDATES];

	if (!kb) return TD_NONE;
	td_str name = { normal, td_kb_normal(folded, normal) };
	uint32_t n = candidates(kb, name, KB_GENERIC, found, KB_MAX_CANDIDATES);
	for (uint32_t i = 0; i < n; i++)
		if (place == TD_NONE || kb->entries[found[i].entry].country == place) return found[i].entry;
	return TD_NONE;
}

/* ---- offices ------------------------------------------------------------------------------------------------- */

static int term_cmp(const td_kb *kb, const kb_term *term, uint32_t place, td_str title)
{
	if (term->place != place) return term->place < place ? -1 : 1;
	return td_str_cmp(slice(kb, term->title), title);
}

static uint32_t first_term(const td_kb *kb, uint32_t place, td_str title)
{
	uint32_t lo = 0, hi = kb->header->n_terms;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (term_cmp(kb, &kb->terms[mid], place, title) < 0) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

static uint32_t months(int16_t year, uint8_t month)
{
	if (year < 0) year = 0;
	return (uint32_t)year * 12 + (month ? month - 1u : 0u);
}

/* Of two terms that touch the month the later one wins: news of that month mostly has the newcomer. */
uint32_t td_kb_holder(const td_kb *kb, td_str title, uint32_t country, int16_t year, uint8_t month)
{
	uint32_t found = TD_NONE, when = months(year, month), count = td_kb_count(kb);

	if (!kb || country >= count) return TD_NONE;
	for (uint32_t i = first_term(kb, country, title); i < kb->header->n_terms; i++) {
		const kb_term *term = &kb->terms[i];
		if (term_cmp(kb, term, country, title) || term->from > when) break;
		if (term->to >= when && term->person < count) found = term->person;
	}
	return found;
}

bool td_kb_in_office(const td_kb *kb, uint32_t entry, int16_t year, uint8_t month)
{
	uint32_t from = months(year, month), to = month ? from : from + 11;

	for (uint32_t i = 0; kb && i < kb->header->n_terms; i++) {
		const kb_term *term = &kb->terms[i];
		if (term->person == entry && term->from <= to && term->to >= from) return true;
	}
	return false;
}
