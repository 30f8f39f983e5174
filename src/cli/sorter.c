#define _XOPEN_SOURCE 700
#include "cli/sorter.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	MIN_MEMORY = 1 << 20,
	MAX_PARTS = 32,      /* merged at once; as many files are open at most */
	SHARE = 8,           /* a line may take this part of the memory */
	PATH_CAP = 4096,
};

typedef struct {
	uint64_t at; /* in the buffer, or in the file */
	size_t n;
} line_ref;

/* A sorted part in a file. */
typedef struct {
	FILE *file; /* NULL: the lines in memory */
	size_t next; /* of those */
	td_buf line; /* the one at hand, with its newline */
	bool ended;
} part;

struct td_sorter {
	size_t memory;
	td_buf text; /* the lines in memory, each with its newline */
	line_ref *lines;
	size_t n, cap;
	size_t longest; /* line so far */
	FILE *parts[MAX_PARTS];
	size_t n_parts;
	uint64_t doubles;
};

/* ---- in memory --------------------------------------------------------------------------------------------------- */

static td_str line_at(const td_sorter *s, size_t i)
{
	return (td_str){ s->text.at + s->lines[i].at, s->lines[i].n };
}

/* Merge sort, as qsort takes no context and promises no bound. */
static void merge_halves(const td_sorter *s, const line_ref *a, size_t n_a, const line_ref *b, size_t n_b, line_ref *out)
{
	while (n_a && n_b) {
		td_str x = { s->text.at + a->at, a->n }, y = { s->text.at + b->at, b->n };
		if (td_str_cmp(x, y) <= 0) *out++ = *a++, n_a--;
		else *out++ = *b++, n_b--;
	}
	while (n_a--) *out++ = *a++;
	while (n_b--) *out++ = *b++;
}

static td_status sort_lines(td_sorter *s, td_error *err)
{
	/* as large as the other, as they may change places */
	line_ref *from = s->lines, *to = td_alloc(s->cap * sizeof *to);
	if (!to) return td_no_memory(err);
	for (size_t width = 1; width < s->n; width *= 2) {
		for (size_t i = 0; i < s->n; i += 2 * width) {
			size_t a = s->n - i < width ? s->n - i : width, rest = s->n - i - a, b = rest < width ? rest : width;
			merge_halves(s, from + i, a, from + i + a, b, to + i);
		}
		line_ref *swap = from;
		from = to;
		to = swap;
	}
	td_free(to);
	s->lines = from;
	return TD_OK;
}

static td_status no_file(td_error *err)
{
	return td_fail(err, TD_ERR_IO, "temporary file: %s; $TMPDIR names the folder for them", strerror(errno));
}

/* A file without a name. */
static td_status open_nameless(FILE **out, td_error *err)
{
	const char *folder = getenv("TMPDIR");
	char path[PATH_CAP];
	int n = snprintf(path, sizeof path, "%s/tidings-merge-XXXXXX", folder && *folder ? folder : "/tmp");
	if (n < 0 || (size_t)n >= sizeof path) return td_fail(err, TD_ERR_LIMIT, "$TMPDIR is too long");
	int fd = mkstemp(path);
	if (fd < 0) return no_file(err);
	unlink(path);
	*out = fdopen(fd, "w+");
	if (*out) return TD_OK;
	close(fd);
	return no_file(err);
}

static td_status rewind_part(FILE *file, td_error *err)
{
	if (fflush(file) != 0 || ferror(file) || fseek(file, 0, SEEK_SET) != 0) return no_file(err);
	return TD_OK;
}

/* ---- merging ------------------------------------------------------------------------------------------------------ */

typedef struct {
	td_sorter *sorter;
	part parts[MAX_PARTS + 1];
	size_t n;
	part *heap[MAX_PARTS + 1]; /* the least line on top */
	size_t n_heap;
	td_buf last;               /* the line that left last */
	bool any;
} merge;

static td_status read_line(part *p, td_error *err)
{
	int c;
	p->line.n = 0;
	while ((c = getc_unlocked(p->file)) != EOF && c != '\n') td_buf_char(&p->line, (char)c);
	if (ferror(p->file)) return no_file(err);
	p->ended = c == EOF;
	return p->line.failed ? td_no_memory(err) : TD_OK;
}

static td_status advance(merge *m, part *p, td_error *err)
{
	if (p->file) return read_line(p, err);
	p->ended = p->next == m->sorter->n;
	p->line.n = 0;
	if (!p->ended) td_buf_str(&p->line, line_at(m->sorter, p->next++));
	return p->line.failed ? td_no_memory(err) : TD_OK;
}

static bool less(const part *a, const part *b)
{
	return td_str_cmp(td_buf_view(&a->line), td_buf_view(&b->line)) < 0;
}

static void sift_down(merge *m, size_t i)
{
	for (size_t child; (child = 2 * i + 1) < m->n_heap; i = child) {
		if (child + 1 < m->n_heap && less(m->heap[child + 1], m->heap[child])) child++;
		if (!less(m->heap[child], m->heap[i])) return;
		part *swap = m->heap[i];
		m->heap[i] = m->heap[child];
		m->heap[child] = swap;
	}
}

static td_status fill_heap(merge *m, td_error *err)
{
	for (size_t i = 0; i < m->n; i++) {
		TRY(advance(m, &m->parts[i], err));
		if (!m->parts[i].ended) m->heap[m->n_heap++] = &m->parts[i];
	}
	for (size_t i = m->n_heap / 2; i-- > 0;) sift_down(m, i);
	return TD_OK;
}

/* One line of the least out, unless it was there already; *more false when `each` wants no more. */
static td_status step(merge *m, td_each_line *each, void *context, bool *more, td_error *err)
{
	part *top = m->heap[0];
	if (m->any && td_str_eq(td_buf_view(&m->last), td_buf_view(&top->line))) {
		m->sorter->doubles++;
	} else {
		m->last.n = 0;
		td_buf_str(&m->last, td_buf_view(&top->line));
		td_buf_char(&m->last, '\n');
		if (m->last.failed) return td_no_memory(err);
		*more = each(context, td_buf_view(&m->last));
		m->last.n--;
		m->any = true;
	}
	TRY(advance(m, top, err));
	if (top->ended) m->heap[0] = m->heap[--m->n_heap];
	sift_down(m, 0);
	return TD_OK;
}

static td_status run_merge(merge *m, td_each_line *each, void *context, td_error *err)
{
	bool more = true;
	td_status status = fill_heap(m, err);
	while (status == TD_OK && more && m->n_heap) status = step(m, each, context, &more, err);
	for (size_t i = 0; i < m->n; i++) td_buf_free(&m->parts[i].line);
	td_buf_free(&m->last);
	return status;
}

/* All parts, and the lines in memory. */
static td_status merge_all(td_sorter *s, td_each_line *each, void *context, td_error *err)
{
	merge m = { .sorter = s, .n = s->n_parts + 1 };
	for (size_t i = 0; i < s->n_parts; i++) {
		TRY(rewind_part(s->parts[i], err));
		m.parts[i].file = s->parts[i];
	}
	return run_merge(&m, each, context, err);
}

static bool to_file(void *context, td_str line)
{
	return fwrite(line.at, 1, line.n, context) == line.n;
}

static void drop_parts(td_sorter *s)
{
	while (s->n_parts) fclose(s->parts[--s->n_parts]);
}

/* Everything so far into one part; with room for more parts only the lines in memory. */
static td_status spill(td_sorter *s, td_error *err)
{
	FILE *file;
	TRY(sort_lines(s, err));
	TRY(open_nameless(&file, err));
	/* Longer lines take more room while they are merged: fewer parts then. */
	size_t most = s->memory / 4 / (s->longest + 1);
	bool all = s->n_parts >= (most < 2 ? 2 : most < MAX_PARTS ? most : MAX_PARTS);
	merge memory_only = { .sorter = s, .n = 1 };
	td_status status = all ? merge_all(s, to_file, file, err) : run_merge(&memory_only, to_file, file, err);
	if (status == TD_OK && (fflush(file) != 0 || ferror(file))) status = no_file(err);
	if (status != TD_OK) {
		fclose(file);
		return status;
	}
	if (all) drop_parts(s);
	s->parts[s->n_parts++] = file;
	s->n = s->text.n = 0;
	return TD_OK;
}

/* ---- the sorter --------------------------------------------------------------------------------------------------- */

td_status td_sorter_open(size_t memory, td_sorter **out, td_error *err)
{
	*out = NULL;
	td_sorter *s = td_alloc(sizeof *s);
	if (!s) return td_no_memory(err);
	memset(s, 0, sizeof *s);
	s->memory = memory < MIN_MEMORY ? MIN_MEMORY : memory;
	/* Half for the text, which is never moved then; the other half for the lines' places (twice, while they are sorted). */
	s->text.cap = s->memory / 2;
	s->text.at = td_alloc(s->text.cap);
	s->cap = s->memory / 2 / (2 * sizeof *s->lines);
	s->lines = td_alloc(s->cap * sizeof *s->lines);
	if (!s->text.at || !s->lines) {
		td_sorter_close(s);
		return td_no_memory(err);
	}
	*out = s;
	return TD_OK;
}

void td_sorter_close(td_sorter *s)
{
	if (!s) return;
	drop_parts(s);
	td_buf_free(&s->text);
	td_free(s->lines);
	td_free(s);
}

size_t td_sorter_longest(const td_sorter *s)
{
	return s->memory / SHARE;
}

uint64_t td_sorter_doubles(const td_sorter *s)
{
	return s->doubles;
}

td_status td_sorter_add(td_sorter *s, td_str line, td_error *err)
{
	if (line.n > td_sorter_longest(s)) return td_fail(err, TD_ERR_LIMIT, "a line of more than %zu bytes; --memory gives more room", td_sorter_longest(s));
	if (s->n == s->cap || s->text.cap - s->text.n < line.n) TRY(spill(s, err));
	if (line.n > s->longest) s->longest = line.n;
	s->lines[s->n++] = (line_ref){ s->text.n, line.n };
	td_buf_str(&s->text, line);
	return s->text.failed ? td_no_memory(err) : TD_OK;
}

td_status td_sorter_each(td_sorter *s, td_each_line *each, void *context, td_error *err)
{
	TRY(sort_lines(s, err));
	return merge_all(s, each, context, err);
}
