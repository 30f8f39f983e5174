/* Reading one file of the knowledge base. */
#include "kg/kb_file.h"

/* ---- open ---------------------------------------------------------------------------------------------------- */

static td_status check_header(td_str bytes, const char *path, td_error *err)
{
	const kb_header *h = td_at(bytes, 0, 1, sizeof *h, sizeof(uint32_t));
	if (!h || memcmp(h->magic, TD_KB_MAGIC, sizeof h->magic))
		return td_fail(err, TD_ERR_DATA, "%s: not a knowledge base of Tidings", path);
	if (h->order != TD_KB_ORDER || h->version != TD_KB_VERSION)
		return td_fail(err, TD_ERR_DATA, "%s: built for another version or machine; build it again", path);
	return TD_OK;
}

static const void *section(td_str bytes, uint64_t *at, uint64_t count, size_t size)
{
	const void *found = td_at(bytes, *at, count, size, sizeof(uint32_t));
	*at += count * size;
	return found;
}

static td_status find_sections(kb_file *f, const char *path, td_error *err)
{
	td_str bytes = f->file.bytes;
	const kb_header *h = f->header;
	uint64_t at = sizeof *h, n_pool = (uint64_t)h->n_pool_high << 32 | h->n_pool;

	f->entries = section(bytes, &at, h->n_entries, sizeof *f->entries);
	f->names = section(bytes, &at, h->n_names, sizeof *f->names);
	f->cands = section(bytes, &at, h->n_cands, sizeof *f->cands);
	f->terms = section(bytes, &at, h->n_terms, sizeof *f->terms);
	f->titles = section(bytes, &at, h->n_titles, sizeof *f->titles);
	f->pool = (td_str){ n_pool < bytes.n ? section(bytes, &at, n_pool, 1) : NULL, (size_t)n_pool };
	uint64_t body = at - sizeof *h;
	f->sums = section(bytes, &at, h->n_sums, sizeof *f->sums);
	if (!f->entries || !f->names || !f->cands || !f->terms || !f->titles || !f->pool.at || !f->sums || at != bytes.n || h->n_entries >= TD_NONE ||
	    (h->n_sums && h->n_sums != (body + KB_BLOCK - 1) / KB_BLOCK))
		return td_fail(err, TD_ERR_DATA, "%s: sections do not fit the file", path);
	return TD_OK;
}

/* The checksum of the whole, or of what the checks of blocks rely on. */
static td_status check_sums(kb_file *f, const char *path, td_error *err)
{
	const kb_header *h = f->header;
	const char *from = f->file.bytes.at + KB_CRC_FROM;
	td_buf head = { 0 };
	uint32_t crc;

	if (h->n_sums) {
		td_buf_add(&head, from, sizeof *h - KB_CRC_FROM);
		td_buf_add(&head, f->sums, h->n_sums * sizeof *f->sums);
		crc = td_crc32(td_buf_view(&head));
		bool failed = head.failed;
		td_buf_free(&head);
		size_t words = h->n_sums / 32 + 2;
		f->checked = td_alloc(words * sizeof *f->checked);
		if (failed || !f->checked) return td_no_memory(err);
		for (size_t i = 0; i < words; i++) atomic_init(&f->checked[i], 0);
	} else {
		crc = td_crc32((td_str){ from, f->file.bytes.n - KB_CRC_FROM });
	}
	return crc == h->crc ? TD_OK : td_fail(err, TD_ERR_DATA, "%s: checksum does not match", path);
}

td_status td_kb_file_open(const char *path, kb_file *out, td_error *err)
{
	*out = (kb_file){ .header = NULL };
	TRY(td_map_file(path, &out->file, err));
	td_status status = check_header(out->file.bytes, path, err);
	if (status == TD_OK) {
		out->header = (const kb_header *)(const void *)out->file.bytes.at;
		status = find_sections(out, path, err);
	}
	if (status == TD_OK) status = check_sums(out, path, err);
	if (status != TD_OK) td_kb_file_close(out);
	return status;
}

void td_kb_file_close(kb_file *f)
{
	td_free((void *)f->checked);
	td_unmap_file(&f->file);
	*f = (kb_file){ .header = NULL };
}

/* ---- blocks -------------------------------------------------------------------------------------------------- */

static _Atomic uint32_t *damage(const kb_file *f)
{
	return &f->checked[f->header->n_sums / 32 + 1];
}

bool td_kb_file_damaged(const kb_file *f)
{
	return f->checked && atomic_load_explicit(damage(f), memory_order_relaxed);
}

static bool check_block(const kb_file *f, size_t block)
{
	uint32_t bit = 1u << block % 32;
	if (atomic_load_explicit(&f->checked[block / 32], memory_order_relaxed) & bit) return true;

	size_t from = sizeof *f->header + block * KB_BLOCK, end = (size_t)((const char *)f->sums - f->file.bytes.at);
	size_t n = end - from < KB_BLOCK ? end - from : KB_BLOCK;
	if (td_crc32((td_str){ f->file.bytes.at + from, n }) != f->sums[block]) {
		atomic_store_explicit(damage(f), 1, memory_order_relaxed);
		return false;
	}
	atomic_fetch_or_explicit(&f->checked[block / 32], bit, memory_order_relaxed);
	return true;
}

/* Whether these bytes of a section may be believed. */
static bool sound(const kb_file *f, const void *at, size_t n)
{
	if (!f->checked || n == 0) return true;
	size_t from = (size_t)((const char *)at - f->file.bytes.at) - sizeof *f->header;
	for (size_t block = from / KB_BLOCK; block <= (from + n - 1) / KB_BLOCK; block++)
		if (!check_block(f, block)) return false;
	return true;
}

static td_str slice(const kb_file *f, kb_slice s)
{
	uint64_t at = kb_slice_at(s);
	if (at > f->pool.n || s.n > f->pool.n - at || !sound(f, f->pool.at + at, s.n)) return (td_str){ "", 0 };
	return (td_str){ f->pool.at + at, s.n };
}

/* ---- entries ------------------------------------------------------------------------------------------------- */

static const kb_entry *entry_at(const kb_file *f, uint32_t i)
{
	return i < f->header->n_entries && sound(f, &f->entries[i], sizeof *f->entries) ? &f->entries[i] : NULL;
}

static bool is_wikidata(td_str key)
{
	if (key.n < 2 || key.at[0] != 'Q') return false;
	for (size_t i = 1; i < key.n; i++)
		if (key.at[i] < '0' || key.at[i] > '9') return false;
	return true;
}

td_kb_entry td_kb_file_get(const kb_file *f, uint32_t entry)
{
	td_kb_entry out = { .key = TD_STR(""), .label = TD_STR(""), .wikidata = TD_STR(""), .dbpedia = TD_STR(""), .iri = TD_STR(""),
		.country = TD_NONE };
	const kb_entry *e = entry_at(f, entry);
	if (!e) return out;

	out.key = slice(f, e->key);
	out.label = slice(f, e->label);
	out.dbpedia = slice(f, e->dbpedia);
	out.iri = slice(f, e->iri);
	if (is_wikidata(out.key)) out.wikidata = out.key;
	out.cls = e->cls < TD_CLASS_COUNT ? e->cls : TD_CLASS_NONE;
	out.gender = e->gender < TD_GENDER_COUNT ? e->gender : TD_GENDER_UNKNOWN;
	out.country = e->country < f->header->n_entries ? e->country : TD_NONE;
	out.prior = e->prior >= 0 && e->prior <= 1 ? e->prior : 0;
	return out;
}

uint32_t td_kb_file_by_key(const kb_file *f, td_str key)
{
	uint32_t lo = 0, hi = f->header->n_entries;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const kb_entry *e = entry_at(f, mid);
		int cmp = e ? td_str_cmp(slice(f, e->key), key) : 1;
		if (cmp == 0) return mid;
		if (cmp < 0) lo = mid + 1;
		else hi = mid;
	}
	return TD_NONE;
}

static uint32_t title_at(const kb_file *f, uint32_t i, td_str *title)
{
	const kb_entry *e = sound(f, &f->titles[i], sizeof *f->titles) ? entry_at(f, f->titles[i]) : NULL;
	*title = e ? slice(f, e->dbpedia) : TD_STR("");
	return e ? f->titles[i] : TD_NONE;
}

uint32_t td_kb_file_by_title(const kb_file *f, td_str title)
{
	char key[TD_KB_MAX_KEY];
	uint32_t lo = 0, hi = f->header->n_titles;
	while (lo < hi) {
		td_str found;
		uint32_t mid = lo + (hi - lo) / 2, entry = title_at(f, mid, &found);
		int cmp = td_str_cmp(found, title);
		if (cmp == 0 && entry != TD_NONE) return entry;
		if (cmp < 0) lo = mid + 1;
		else hi = mid;
	}
	int n = snprintf(key, sizeof key, "dbr:" TD_STR_FMT, TD_STR_ARG(title));
	return n > 0 && (size_t)n < sizeof key ? td_kb_file_by_key(f, (td_str){ key, (size_t)n }) : TD_NONE;
}

/* ---- names --------------------------------------------------------------------------------------------------- */

enum { GUESSES = 8 }; /* steps by interpolation; behind them by bisection, so that a forged file costs no more than log n */

static uint32_t guess(const kb_file *f, uint32_t lo, uint32_t hi, uint32_t hash)
{
	uint32_t low = f->names[lo].hash, high = f->names[hi - 1].hash;
	if (hash <= low || high <= low) return lo;
	if (hash >= high) return hi - 1;
	return lo + (uint32_t)((uint64_t)(hash - low) * (hi - 1 - lo) / (high - low));
}

static const kb_name *name_at(const kb_file *f, uint32_t i)
{
	return sound(f, &f->names[i], sizeof *f->names) ? &f->names[i] : NULL;
}

static const kb_name *find_name(const kb_file *f, td_str normal)
{
	uint32_t lo = 0, hi = f->header->n_names, hash = kb_name_hash(normal);
	for (unsigned step = 0; lo < hi; step++) {
		bool both = step < GUESSES && name_at(f, lo) && name_at(f, hi - 1);
		uint32_t mid = both ? guess(f, lo, hi, hash) : lo + (hi - lo) / 2;
		const kb_name *name = name_at(f, mid);
		if (!name) return NULL;
		int cmp = name->hash != hash ? name->hash < hash ? -1 : 1 : td_str_cmp(slice(f, name->text), normal);
		if (cmp == 0) return name;
		if (cmp < 0) lo = mid + 1;
		else hi = mid;
	}
	return NULL;
}

uint32_t td_kb_file_find(const kb_file *f, td_str normal, uint32_t way, td_kb_candidate *out, uint32_t max)
{
	const kb_name *name = normal.n ? find_name(f, normal) : NULL;
	uint32_t n = 0;

	if (!name || name->first > f->header->n_cands || name->n > f->header->n_cands - name->first) return 0;
	if (!sound(f, &f->cands[name->first], name->n * sizeof *f->cands)) return 0;
	for (uint32_t i = 0; i < name->n && n < max; i++) {
		kb_cand c = f->cands[name->first + i];
		if (c.entry >= f->header->n_entries || (c.flags & KB_WAY) != way) continue;
		if (!(c.prior >= 0 && c.prior <= 1)) c.prior = 0;
		out[n++] = (td_kb_candidate){ c.entry, c.prior, c.flags & KB_PRIMARY, c.flags & KB_DEMONYM, c.flags & KB_VARIANT };
	}
	return n;
}

/* ---- offices ------------------------------------------------------------------------------------------------- */

static const kb_term *term_at(const kb_file *f, uint32_t i)
{
	return i < f->header->n_terms && sound(f, &f->terms[i], sizeof *f->terms) ? &f->terms[i] : NULL;
}

static int term_cmp(const kb_file *f, const kb_term *term, uint32_t place, td_str title)
{
	if (!term) return 1;
	if (term->place != place) return term->place < place ? -1 : 1;
	return td_str_cmp(slice(f, term->title), title);
}

static uint32_t first_term(const kb_file *f, uint32_t place, td_str title)
{
	uint32_t lo = 0, hi = f->header->n_terms;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (term_cmp(f, term_at(f, mid), place, title) < 0) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

/* Of two terms that touch the month the later one wins: news of that month mostly has the newcomer. */
uint32_t td_kb_file_holder(const kb_file *f, td_str title, uint32_t country, uint32_t month)
{
	uint32_t found = TD_NONE;
	for (uint32_t i = first_term(f, country, title); i < f->header->n_terms; i++) {
		const kb_term *term = term_at(f, i);
		if (term_cmp(f, term, country, title) || term->from > month) break;
		if (term->to >= month && term->person < f->header->n_entries) found = term->person;
	}
	return found;
}

bool td_kb_file_in_office(const kb_file *f, uint32_t entry, uint32_t from, uint32_t to)
{
	for (uint32_t i = 0; i < f->header->n_terms; i++) {
		const kb_term *term = term_at(f, i);
		if (term && term->person == entry && term->from <= to && term->to >= from) return true;
	}
	return false;
}
