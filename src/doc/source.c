/* What the user named, as a stream of inputs: files, lines of files, directories, standard input. */
#include "doc/source_impl.h"

#include <dirent.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum {
	MAX_DEPTH = 64,        /* of directories within directories */
	MAX_ENTRIES = 1000000, /* of one directory */
	MAX_PATH = 1 << 16,    /* bytes of a listed one */
};

/* A path that waits for its turn. */
typedef struct pending {
	struct pending *next;
	unsigned depth; /* 0: named by the user */
	uint64_t size;  /* of a file */
	char path[];
} pending;

struct td_source {
	pending *stack; /* what comes first lies on top */
	td_arena arena; /* of `seen` */
	td_map seen;    /* directories by device and inode, so that links do not lead round in circles */
	size_t limit;   /* bytes of one document */
	td_lines lines; /* the JSONL or WARC file being read */
	char *line_path;
	bool is_warc;
	td_warc warc;
	td_buf line;
	td_lines list; /* of --files-from */
	char *list_path;
	bool first_read; /* the first line was read to find out what it is */
	uint64_t size;   /* of the file being read */
	/* For td_source_progress: bytes of files that are done, of the one at hand so far, of all that are not done. */
	_Atomic uint64_t done, at, waiting;
	_Atomic bool endless;
};

/* ---- inputs ------------------------------------------------------------------------------------------------------------ */

void td_input_init(td_input *in)
{
	memset(in, 0, sizeof *in);
	td_arena_init(&in->arena);
}

void td_input_free(td_input *in)
{
	td_arena_free(&in->arena);
	memset(in, 0, sizeof *in);
}

static void input_reset(td_input *in)
{
	td_arena arena = in->arena;
	td_arena_reset(&arena);
	memset(in, 0, sizeof *in);
	in->arena = arena;
}

td_status td_input_set(td_input *in, td_str *field, td_str value, td_error *err)
{
	if (field->n || value.n == 0) return TD_OK;
	td_buf fixed = { 0 };
	for (size_t ok; value.n && (ok = td_utf8_check(value)) < value.n;) {
		td_buf_add(&fixed, value.at, ok);
		td_buf_str(&fixed, TD_STR("\xEF\xBF\xBD"));
		value = (td_str){ value.at + ok + 1, value.n - ok - 1 };
	}
	td_buf_str(&fixed, value);
	*field = fixed.failed ? (td_str){ 0 } : td_arena_str(&in->arena, td_buf_view(&fixed));
	td_buf_free(&fixed);
	return field->at ? TD_OK : td_no_memory(err);
}

static td_str base_name(td_str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.at[i] == '/') return (td_str){ path.at + i + 1, path.n - i - 1 };
	return path;
}

static td_str ending(td_str name)
{
	for (size_t i = name.n; i-- > 1;)
		if (name.at[i] == '.') return (td_str){ name.at + i + 1, name.n - i - 1 };
	return (td_str){ 0 };
}

static bool has_ending(td_str name, const char *const *list)
{
	td_str end = ending(name);
	for (; *list; list++)
		if (end.n == strlen(*list) && strncasecmp(end.at, *list, end.n) == 0) return true;
	return false;
}

static const char *const jsonl_endings[] = { "jsonl", "ndjson", NULL };
static const char *const json_endings[] = { "json", NULL };
static const char *const html_endings[] = { "html", "htm", "xhtml", NULL };
static const char *const text_endings[] = { "txt", "text", NULL };
static const char *const warc_endings[] = { "warc", NULL };
static const char *const packed_endings[] = { "gz", "zst", NULL };

/* The name that tells what is in a file: "feed.jsonl" of "feed.jsonl.gz". */
static td_str unpacked_name(td_str path)
{
	td_str name = base_name(path);
	if (has_ending(name, packed_endings)) name.n -= ending(name).n + 1;
	return name;
}

/* ---- opening --------------------------------------------------------------------------------------------------------------- */

static void measure(td_source *s, pending *p)
{
	struct stat st;
	p->size = 0;
	if (stat(p->path, &st) == 0 && S_ISREG(st.st_mode)) p->size = (uint64_t)st.st_size;
	s->waiting += p->size;
	if (strcmp(p->path, "-") == 0 && p->depth == 0) s->endless = true;
}

static td_status push(td_source *s, td_str dir, td_str name, unsigned depth, td_error *err)
{
	bool slash = dir.n && dir.at[dir.n - 1] != '/';
	pending *p = td_alloc(sizeof *p + dir.n + name.n + 2);
	if (!p) return td_no_memory(err);
	if (dir.n) memcpy(p->path, dir.at, dir.n);
	if (slash) p->path[dir.n] = '/';
	memcpy(p->path + dir.n + slash, name.at, name.n);
	p->path[dir.n + slash + name.n] = '\0';
	p->depth = depth;
	measure(s, p);
	p->next = s->stack;
	s->stack = p;
	return TD_OK;
}

td_status td_source_open(char *const *paths, size_t n, td_source **out, td_error *err)
{
	*out = NULL;
	td_source *s = td_alloc(sizeof *s);
	if (!s) return td_no_memory(err);
	memset(s, 0, sizeof *s);
	td_arena_init(&s->arena);
	td_map_init(&s->seen, &s->arena);
	s->limit = TD_MAX_TEXT;
	for (size_t i = n; i-- > 0;) {
		td_status status = push(s, (td_str){ 0 }, td_str_of(paths[i]), 0, err);
		if (status != TD_OK) {
			td_source_close(s);
			return status;
		}
	}
	*out = s;
	return TD_OK;
}

static void close_lines(td_source *s)
{
	td_lines_close(&s->lines);
	td_free(s->line_path);
	s->line_path = NULL;
	s->first_read = s->is_warc = false;
}

static void close_list(td_source *s)
{
	td_lines_close(&s->list);
	td_free(s->list_path);
	s->list_path = NULL;
}

void td_source_close(td_source *s)
{
	if (!s) return;
	close_lines(s);
	close_list(s);
	for (pending *p = s->stack, *next; p; p = next) {
		next = p->next;
		td_free(p);
	}
	td_buf_free(&s->line);
	td_arena_free(&s->arena);
	td_free(s);
}

/* ---- directories ------------------------------------------------------------------------------------------------------------ */

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *copy(const char *z)
{
	size_t n = strlen(z) + 1;
	char *out = td_alloc(n);
	if (out) memcpy(out, z, n);
	return out;
}

/* Names of the entries but for hidden ones; the caller frees each and the list. */
static td_status read_names(DIR *dir, char ***names, size_t *n, td_error *err)
{
	size_t cap = 0;
	struct dirent *entry;
	while ((errno = 0, entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.') continue;
		if (*n == MAX_ENTRIES) return td_fail(err, TD_ERR_LIMIT, "more than %d entries; spread them over folders", MAX_ENTRIES);
		if (*n == cap) {
			cap = cap ? cap * 2 : 64;
			char **more = td_realloc(*names, cap * sizeof **names);
			if (!more) return td_no_memory(err);
			*names = more;
		}
		if (((*names)[*n] = copy(entry->d_name)) == NULL) return td_no_memory(err);
		++*n;
	}
	return errno ? td_fail(err, TD_ERR_IO, "cannot read the directory: %s", strerror(errno)) : TD_OK;
}

static td_status push_entries(td_source *s, const pending *p, td_error *err)
{
	DIR *dir = opendir(p->path);
	if (!dir) return td_fail(err, TD_ERR_IO, "cannot open the directory: %s", strerror(errno));
	char **names = NULL;
	size_t n = 0;
	td_status status = read_names(dir, &names, &n, err);
	closedir(dir);
	if (n) qsort(names, n, sizeof *names, by_bytes);
	while (n-- > 0) { /* the first one ends on top */
		if (status == TD_OK) status = push(s, td_str_of(p->path), td_str_of(names[n]), p->depth + 1, err);
		td_free(names[n]);
	}
	td_free(names);
	return status;
}

static td_status enter(td_source *s, const pending *p, const struct stat *st, td_error *err)
{
	td_str id = td_arena_printf(&s->arena, "%llu:%llu", (unsigned long long)st->st_dev, (unsigned long long)st->st_ino);
	if (!id.at) return td_no_memory(err);
	if (td_map_get(&s->seen, id) != TD_NONE) return TD_OK;
	if (!td_map_put(&s->seen, id, 1)) return td_no_memory(err);
	if (p->depth >= MAX_DEPTH) return td_fail(err, TD_ERR_LIMIT, "directories nested deeper than %d", MAX_DEPTH);
	return push_entries(s, p, err);
}

/* Of what lies in a directory only news is taken: texts, pages, feeds, and files without an ending. */
static bool wanted(const pending *p, const struct stat *st)
{
	td_str name = unpacked_name(td_str_of(p->path));
	if (p->depth == 0) return true;
	return S_ISREG(st->st_mode) && (ending(name).n == 0 || has_ending(name, text_endings) || has_ending(name, html_endings) ||
		has_ending(name, jsonl_endings) || has_ending(name, warc_endings));
}

/* ---- files ------------------------------------------------------------------------------------------------------------------ */

static td_status take_text(td_input *in, td_str bytes, bool html, td_error *err)
{
	if (html || td_looks_like_html(bytes)) return td_html_read(bytes, in, err);
	in->text = td_arena_str(&in->arena, bytes);
	return in->text.at ? TD_OK : td_no_memory(err);
}

static td_status take_whole(td_source *s, td_input *in, td_str path, td_error *err)
{
	td_str name = unpacked_name(path);
	TRY(td_lines_rest(&s->lines, s->limit, &s->line, err));
	td_str bytes = td_buf_view(&s->line);
	if (has_ending(name, json_endings)) return td_json_read(bytes, in, err);
	return take_text(in, bytes, has_ending(name, html_endings), err);
}

/* A blank line is passed over; *done stays true then. */
static td_status take_line(td_source *s, td_input *in, bool *done, td_error *err)
{
	td_str line = td_str_trim(td_buf_view(&s->line));
	if (s->lines.line == 1 && td_str_starts(line, TD_STR("\xEF\xBB\xBF"))) line = (td_str){ line.at + 3, line.n - 3 };
	if (line.n == 0) return TD_OK;
	*done = false;
	td_str name = td_arena_printf(&in->arena, "%s:%llu", s->line_path, (unsigned long long)s->lines.line);
	if (!name.at) return td_no_memory(err);
	TRY(td_input_set(in, &in->name, name, err));
	td_status status = td_json_read(line, in, err);
	if (status != TD_OK) {
		if (err) err->line = s->lines.line;
		return status;
	}
	return TD_OK;
}

static td_status next_line(td_source *s, td_input *in, bool *done, td_error *err)
{
	bool more = true;
	while (more && *done) {
		if (s->first_read) {
			s->first_read = false;
		} else {
			td_status status = td_lines_next(&s->lines, s->limit, &s->line, &more, err);
			if (status != TD_OK) {
				*done = false;
				td_str name = td_arena_printf(&in->arena, "%s:%llu", s->line_path, (unsigned long long)s->lines.line);
				if (name.at) in->name = name;
				if (s->lines.failed || status == TD_ERR_MEMORY) close_lines(s);
				return status;
			}
		}
		if (more) TRY(take_line(s, in, done, err));
	}
	if (*done) close_lines(s);
	return TD_OK;
}

/* Standard input: WARC or JSONL when its first line is theirs, else one text. */
static td_status open_stdin(td_source *s, td_input *in, bool *is_lines, td_error *err)
{
	bool more;
	TRY(td_lines_next(&s->lines, s->limit, &s->line, &more, err));
	td_str line = td_str_trim(td_buf_view(&s->line));
	if (td_str_starts(line, TD_STR("WARC/"))) {
		*is_lines = s->is_warc = s->warc.held = true;
		return TD_OK;
	}
	if (line.n && line.at[0] == '{' && td_json_read(line, in, NULL) == TD_OK) {
		input_reset(in);
		*is_lines = s->first_read = true;
		return TD_OK;
	}
	input_reset(in);
	TRY(td_input_set(in, &in->name, TD_STR("-"), err));
	/* The line was cut at its end: put back what was cut, for offsets count it. */
	if (s->lines.read > s->lines.byte + s->line.n) td_buf_str(&s->line, s->lines.read - s->line.n == 2 ? TD_STR("\r\n") : TD_STR("\n"));
	TRY(td_lines_rest(&s->lines, s->limit, &s->line, err));
	return take_text(in, td_buf_view(&s->line), false, err);
}

/* Opens a file; *done stays true when it is read piece by piece from here on. */
static td_status open_file(td_source *s, const char *path, td_input *in, bool *done, td_error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	td_str name = unpacked_name(td_str_of(path));
	s->is_warc = has_ending(name, warc_endings);
	bool is_lines = s->is_warc || has_ending(name, jsonl_endings);
	TRY(td_lines_open(&s->lines, path, err));
	s->line.n = 0;
	s->warc = (td_warc){ .lines = &s->lines, .bytes = &s->line, .skipped = s->warc.skipped };
	td_status status = TD_OK;
	if (is_stdin) status = open_stdin(s, in, &is_lines, err);
	else if (!is_lines) status = take_whole(s, in, td_str_of(path), err);
	if (status != TD_OK || !is_lines) {
		close_lines(s);
		*done = false;
		return status;
	}
	s->line_path = copy(path);
	return s->line_path ? TD_OK : td_no_memory(err);
}

static td_status next_page(td_source *s, td_input *in, bool *done, td_error *err)
{
	td_status status = td_warc_next(&s->warc, s->line_path, s->limit, in, done, err);
	if (*done || s->lines.failed) close_lines(s);
	return status;
}

/* ---- the stream ---------------------------------------------------------------------------------------------------------------- */

/* Takes one path off the stack: a file gives an input (*done false), a directory or a feed only more to read. */
static td_status next_path(td_source *s, td_input *in, bool *done, td_error *err)
{
	pending *p = s->stack;
	struct stat st;
	td_status status = TD_OK;
	s->stack = p->next;
	s->size = p->size;
	if (strcmp(p->path, "-") == 0 && p->depth == 0) {
		status = open_file(s, p->path, in, done, err);
	} else if (stat(p->path, &st) != 0) {
		status = td_fail(err, TD_ERR_IO, "%s", strerror(errno));
	} else if (S_ISDIR(st.st_mode)) {
		status = enter(s, p, &st, err);
	} else if (wanted(p, &st)) {
		status = td_input_set(in, &in->name, td_str_of(p->path), err);
		if (status == TD_OK) status = open_file(s, p->path, in, done, err);
	}
	if (status != TD_OK) {
		*done = false;
		if (in->name.n == 0) (void)td_input_set(in, &in->name, td_str_of(p->path), NULL);
	}
	td_free(p);
	return status;
}

/* The next line of the list becomes the next path. */
static td_status next_listed(td_source *s, td_input *in, bool *done, td_error *err)
{
	td_buf line = { 0 };
	bool more = false;
	td_status status = td_lines_next(&s->list, MAX_PATH, &line, &more, err);
	td_str path = td_buf_view(&line);
	if (status == TD_OK && path.n && memchr(path.at, 0, path.n)) status = td_fail_at(err, TD_ERR_SYNTAX, TD_NOWHERE, s->list.line, "a NUL byte");
	if (status == TD_OK && path.n) status = push(s, (td_str){ 0 }, path, 0, err);
	td_buf_free(&line);
	if (status != TD_OK) {
		*done = false;
		(void)td_input_set(in, &in->name, td_str_of(s->list_path), NULL);
	}
	bool over = status == TD_OK ? !more : s->list.failed || status == TD_ERR_MEMORY;
	if (over) close_list(s);
	return status;
}

td_status td_source_files_from(td_source *s, const char *list, td_error *err)
{
	td_status status = td_lines_open(&s->list, list, err);
	s->endless = true;
	if (status == TD_OK && !(s->list_path = copy(list))) status = td_no_memory(err);
	if (status == TD_ERR_IO) return td_fail(err, TD_ERR_IO, "%s: %s", list, strerror(errno));
	return status;
}

void td_source_limit(td_source *s, size_t bytes)
{
	s->limit = bytes < TD_MAX_TEXT ? bytes : TD_MAX_TEXT;
}

uint64_t td_source_skipped(const td_source *s)
{
	return s->warc.skipped;
}

void td_source_progress(const td_source *s, uint64_t *read, uint64_t *all)
{
	*read = s->done + s->at;
	*all = s->endless ? 0 : s->done + s->waiting;
}

/* A file is at hand as long as it is open, and done when the next thing begins. */
static void note_progress(td_source *s)
{
	if (s->lines.stream) {
		uint64_t at = td_stream_at(s->lines.stream);
		s->at = at < s->size ? at : s->size;
		return;
	}
	s->done += s->size;
	s->waiting -= s->size;
	s->size = 0;
	s->at = 0;
}

td_status td_source_next(td_source *s, td_input *in, bool *done, td_error *err)
{
	td_status status = TD_OK;
	*done = true;
	while (status == TD_OK && *done && (s->lines.stream || s->stack || s->list.stream)) {
		input_reset(in);
		if (s->lines.stream) status = s->is_warc ? next_page(s, in, done, err) : next_line(s, in, done, err);
		else if (s->stack) status = next_path(s, in, done, err);
		else status = next_listed(s, in, done, err);
		note_progress(s);
	}
	return status;
}
