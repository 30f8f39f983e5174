/* External merge sort.
 *
 * A record is two lengths, the key, the value. While records are added they lie behind one another in one block of memory, from the front;
 * from its end grow the items that are sorted, one a record. When the two meet, they are written as a run. */
#include "base/sort.h"

#include <errno.h>
#include <stdlib.h>

enum {
	MAX_RUNS = 128,        /* that are merged at once: more are first merged into one */
	HEAD = 8,              /* bytes of the two lengths */
	MIN_READ = 1 << 12,
};

/* `front`: eight bytes of the key behind what all keys have in common, as a number. */
typedef struct {
	uint64_t front;
	const char *record;
} item;

typedef struct {
	FILE *file; /* of the sorter */
	uint64_t from, to;
} run;

typedef struct {
	run left;
	char *buf;
	size_t cap, n, at; /* buf[at, n) is read, but not used; the record at hand begins at `at` */
	bool over;
} reader;

struct td_sort {
	const char *beside;
	td_temporary *temporary;
	char *block;
	size_t cap, used;
	size_t n_items;
	size_t longest;     /* record so far, in bytes */
	size_t common;      /* bytes that all keys in the block begin with */
	FILE *file, *ordered;
	uint64_t end, ordered_end;
	run runs[MAX_RUNS];
	size_t n_runs;
	reader *readers;    /* [n_readers] */
	reader **heap;      /* the first record is that of heap[0] */
	size_t n_readers, n_heap;
	size_t next_item;   /* without runs: records are read out of the block */
	bool moving;        /* the record of heap[0] was given out */
};

/* ---- records ------------------------------------------------------------------------------------------------- */

static uint32_t number(const char *at)
{
	uint32_t n;
	memcpy(&n, at, sizeof n);
	return n;
}
static td_str key_of(const char *record)
{
	return (td_str){ record + HEAD, number(record) };
}
static td_str value_of(const char *record)
{
	return (td_str){ record + HEAD + number(record), number(record + 4) };
}
static size_t size_of(const char *record)
{
	return (size_t)HEAD + number(record) + number(record + 4);
}

static int record_cmp(const char *a, const char *b)
{
	int cmp = td_str_cmp(key_of(a), key_of(b));
	return cmp ? cmp : td_str_cmp(value_of(a), value_of(b));
}

static int item_cmp(const void *pa, const void *pb)
{
	const item *a = pa, *b = pb;
	if (a->front != b->front) return a->front < b->front ? -1 : 1;
	return record_cmp(a->record, b->record);
}

static void put_record(char *to, td_str key, td_str value)
{
	uint32_t sizes[2] = { (uint32_t)key.n, (uint32_t)value.n };
	memcpy(to, sizes, HEAD);
	if (key.n) memcpy(to + HEAD, key.at, key.n);
	if (value.n) memcpy(to + HEAD + key.n, value.at, value.n);
}

/* ---- the block ----------------------------------------------------------------------------------------------- */

static item *items(const td_sort *s)
{
	return (item *)(void *)(s->block + s->cap) - s->n_items;
}

td_status td_sort_open(const char *beside, td_temporary *temporary, size_t budget, td_sort **out, td_error *err)
{
	td_sort *s = *out = td_alloc(sizeof *s);
	if (!s) return td_no_memory(err);
	*s = (td_sort){ .beside = beside, .temporary = temporary, .cap = (budget < TD_SORT_MIN ? TD_SORT_MIN : budget) & ~(size_t)15 };
	s->block = td_alloc(s->cap);
	if (s->block) return TD_OK;
	td_sort_close(s);
	*out = NULL;
	return td_no_memory(err);
}

void td_sort_close(td_sort *s)
{
	if (!s) return;
	if (s->file) (void)fclose(s->file);
	if (s->ordered) (void)fclose(s->ordered);
	for (size_t i = 0; i < s->n_readers; i++) td_free(s->readers[i].buf);
	td_free(s->readers);
	td_free(s->heap);
	td_free(s->block);
	td_free(s);
}

static uint64_t front(td_str key, size_t common)
{
	uint64_t n = 0;
	for (size_t i = 0; i < 8; i++) n = n << 8 | (common + i < key.n ? (unsigned char)key.at[common + i] : 0);
	return n;
}

static void sort_block(td_sort *s)
{
	item *all = items(s);
	for (size_t i = 0; i < s->n_items; i++) all[i].front = front(key_of(all[i].record), s->common);
	if (s->n_items) qsort(all, s->n_items, sizeof *all, item_cmp);
}

static size_t common_with(td_str a, td_str b, size_t max)
{
	size_t n = 0;
	while (n < max && n < a.n && n < b.n && a.at[n] == b.at[n]) n++;
	return n;
}

static td_status write_failed(const td_sort *s, td_error *err)
{
	return td_fail(err, TD_ERR_IO, "%s: cannot write the temporary file beside it: %s", s->beside, strerror(errno));
}

static td_status end_run(td_sort *s, uint64_t from, td_error *err)
{
	if (fflush(s->file) != 0) return write_failed(s, err);
	s->runs[s->n_runs++] = (run){ s->file, from, s->end };
	return TD_OK;
}

static td_status merge_runs(td_sort *s, td_error *err);

/* Each run that is merged has a record in memory: of long ones there may be fewer. */
static size_t most_runs(const td_sort *s)
{
	size_t most = s->cap / 4 / (s->longest + 1);
	return most < 2 ? 2 : most < MAX_RUNS ? most : MAX_RUNS;
}

static td_status spill(td_sort *s, td_error *err)
{
	if (s->n_runs >= most_runs(s)) TRY(merge_runs(s, err));
	if (!s->file) TRY(s->temporary(s->beside, &s->file, err));
	uint64_t from = s->end;
	sort_block(s);
	const item *all = items(s);
	if (fseeko(s->file, (off_t)s->end, SEEK_SET) != 0) return write_failed(s, err);
	for (size_t i = 0; i < s->n_items; i++) {
		size_t n = size_of(all[i].record);
		if (fwrite(all[i].record, 1, n, s->file) != n) return write_failed(s, err);
		s->end += n;
	}
	s->used = s->n_items = 0;
	return end_run(s, from, err);
}

td_status td_sort_add(td_sort *s, td_str key, td_str value, td_error *err)
{
	size_t n = HEAD + key.n + value.n;
	if (n > TD_SORT_RECORD || n > s->cap / 4) return td_fail(err, TD_ERR_LIMIT, "a record of %zu bytes is too long to be sorted", n);
	/* an item more, and as much again for the room that qsort takes */
	if (s->used + n + 16 + (s->n_items + 1) * 2 * sizeof(item) > s->cap) TRY(spill(s, err));
	if (n > s->longest) s->longest = n;
	char *record = s->block + s->used;
	put_record(record, key, value);
	s->common = s->n_items ? common_with(key, key_of(s->block), s->common) : key.n;
	s->used += n;
	s->n_items++;
	items(s)->record = record;
	return TD_OK;
}

td_status td_sort_add_ordered(td_sort *s, td_str key, td_str value, td_error *err)
{
	uint32_t sizes[2] = { (uint32_t)key.n, (uint32_t)value.n };
	size_t n = HEAD + key.n + value.n;
	if (n > TD_SORT_RECORD) return td_fail(err, TD_ERR_LIMIT, "a record of %zu bytes is too long to be sorted", n);
	if (!s->ordered) TRY(s->temporary(s->beside, &s->ordered, err));
	bool ok = fwrite(sizes, HEAD, 1, s->ordered) == 1 && fwrite(key.at, 1, key.n, s->ordered) == key.n &&
	          fwrite(value.at, 1, value.n, s->ordered) == value.n;
	s->ordered_end += n;
	return ok ? TD_OK : write_failed(s, err);
}

/* ---- merging ------------------------------------------------------------------------------------------------- */

/* Reads on until `want` bytes of the run are there; false when they are not. */
static bool fill(reader *r, size_t want, td_status *status, td_error *err)
{
	if (r->n - r->at >= want) return true;
	memmove(r->buf, r->buf + r->at, r->n - r->at);
	r->n -= r->at;
	r->at = 0;
	if (want > r->cap) {
		char *larger = td_realloc(r->buf, want);
		if (!larger) *status = td_no_memory(err);
		if (!larger) return false;
		r->buf = larger;
		r->cap = want;
	}
	uint64_t left = r->left.to - r->left.from;
	size_t take = left < r->cap - r->n ? (size_t)left : r->cap - r->n;
	if (fseeko(r->left.file, (off_t)r->left.from, SEEK_SET) != 0 || fread(r->buf + r->n, 1, take, r->left.file) != take)
		*status = td_fail(err, TD_ERR_IO, "cannot read a temporary file: %s", strerror(errno));
	r->left.from += take;
	r->n += take;
	return *status == TD_OK && r->n >= want;
}

/* The record at r->at is whole, or the run is over. */
static td_status settle(reader *r, td_error *err)
{
	td_status status = TD_OK;
	if (!fill(r, HEAD, &status, err)) r->over = true;
	else if (!fill(r, size_of(r->buf + r->at), &status, err)) r->over = true;
	return status;
}

static void sift(td_sort *s, size_t at)
{
	for (;;) {
		size_t least = at;
		for (size_t k = 2 * at + 1; k <= 2 * at + 2 && k < s->n_heap; k++)
			if (record_cmp(s->heap[k]->buf + s->heap[k]->at, s->heap[least]->buf + s->heap[least]->at) < 0) least = k;
		if (least == at) return;
		reader *moved = s->heap[at];
		s->heap[at] = s->heap[least];
		s->heap[least] = moved;
		at = least;
	}
}

static td_status open_reader(td_sort *s, run from, size_t cap, td_error *err)
{
	reader *r = &s->readers[s->n_readers++];
	*r = (reader){ .left = from, .buf = td_alloc(cap), .cap = cap };
	if (!r->buf) return td_no_memory(err);
	TRY(settle(r, err));
	if (!r->over) s->heap[s->n_heap++] = r;
	return TD_OK;
}

/* A reader for each run, and the heap over them; all buffers together take a quarter of the budget. */
static td_status open_readers(td_sort *s, td_error *err)
{
	size_t n = s->n_runs + (s->ordered != NULL), cap = s->cap / 4 / n;
	cap = cap < MIN_READ ? MIN_READ : cap > 1 << 20 ? 1 << 20 : cap;
	s->readers = td_alloc(n * sizeof *s->readers);
	s->heap = td_alloc(n * sizeof(reader *));
	if (!s->readers || !s->heap) return td_no_memory(err);
	for (size_t i = 0; i < s->n_runs; i++) TRY(open_reader(s, s->runs[i], cap, err));
	if (s->ordered) TRY(open_reader(s, (run){ s->ordered, 0, s->ordered_end }, cap, err));
	for (size_t i = s->n_heap / 2; i-- > 0;) sift(s, i);
	return TD_OK;
}

static void close_readers(td_sort *s)
{
	for (size_t i = 0; i < s->n_readers; i++) td_free(s->readers[i].buf);
	td_free(s->readers);
	td_free(s->heap);
	s->readers = NULL;
	s->heap = NULL;
	s->n_readers = s->n_heap = 0;
	s->moving = false;
}

static td_status step(td_sort *s, td_error *err)
{
	reader *r = s->heap[0];
	if (s->moving) {
		r->at += size_of(r->buf + r->at);
		TRY(settle(r, err));
		if (r->over) s->heap[0] = s->heap[--s->n_heap];
		sift(s, 0);
	}
	s->moving = true;
	return TD_OK;
}

/* All runs into one, in a file of its own. */
static td_status merge_into(td_sort *s, FILE *to, uint64_t *n, td_error *err)
{
	TRY(open_readers(s, err));
	while (s->n_heap) {
		TRY(step(s, err));
		if (!s->n_heap) break;
		const char *record = s->heap[0]->buf + s->heap[0]->at;
		size_t size = size_of(record);
		if (fwrite(record, 1, size, to) != size) return write_failed(s, err);
		*n += size;
	}
	return fflush(to) == 0 ? TD_OK : write_failed(s, err);
}

static td_status merge_runs(td_sort *s, td_error *err)
{
	FILE *to, *ordered = s->ordered;
	uint64_t n = 0;
	TRY(s->temporary(s->beside, &to, err));
	s->ordered = NULL; /* has nothing to do with it */
	td_status status = merge_into(s, to, &n, err);
	s->ordered = ordered;
	close_readers(s);
	(void)fclose(s->file);
	s->file = to;
	s->end = n;
	s->runs[0] = (run){ to, 0, n };
	s->n_runs = 1;
	return status;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

td_status td_sort_start(td_sort *s, td_error *err)
{
	if (s->ordered && fflush(s->ordered) != 0) return write_failed(s, err);
	if (!s->n_runs && !s->ordered) {
		sort_block(s);
		return TD_OK;
	}
	if (s->n_items) TRY(spill(s, err));
	td_free(s->block);
	s->block = NULL;
	return open_readers(s, err);
}

td_status td_sort_next(td_sort *s, td_str *key, td_str *value, bool *done, td_error *err)
{
	const char *record = NULL;
	if (s->block) {
		if (s->next_item < s->n_items) record = items(s)[s->next_item++].record;
	} else if (s->n_heap) {
		TRY(step(s, err));
		if (s->n_heap) record = s->heap[0]->buf + s->heap[0]->at;
	}
	*done = record == NULL;
	*key = record ? key_of(record) : (td_str){ 0 };
	*value = record ? value_of(record) : (td_str){ 0 };
	return TD_OK;
}
