/* tidings merge: N-Quads of several runs as one file, sorted, each line once. */
#include "cli/cli.h"
#include "cli/sorter.h"
#include "doc/source_impl.h"
#include "rdf/ntriples.h"

enum { DEFAULT_MEMORY_MB = 256, MEGABYTE = 1 << 20 };

typedef struct {
	const td_args *args;
	td_sorter *sorter;
	td_lines lines;
	td_buf line, scratch, plain;
	td_progress progress;
	uint64_t bad;     /* lines and files */
	uint64_t good;    /* lines read */
	uint64_t written;
	td_output output;
} merge;

/* ---- one line ---------------------------------------------------------------------------------------------------- */

/* Past the term that begins at `at`, in a line that is known to be right. */
static const char *skip_term(const char *at)
{
	if (*at == '"') {
		for (at++; *at != '"'; at++) at += *at == '\\';
		at++;
		if (*at == '@') return at + 1 + strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
		if (*at != '^') return at;
	}
	while (*at != '>') at++;
	return at + 1;
}

/* The statement with one space between its parts: two ways of spacing are one statement. `line` ends with a NUL. */
static td_status make_plain(const char *line, td_buf *out, td_error *err)
{
	out->n = 0;
	for (;;) {
		line += strspn(line, " \t");
		if (*line == '.') break;
		/* Its label means another node in another file. */
		if (*line == '_') return td_fail(err, TD_ERR_UNSUPPORTED, "a blank node: name it by an IRI, as its label is good for one file only");
		const char *end = skip_term(line);
		td_buf_add(out, line, (size_t)(end - line));
		td_buf_char(out, ' ');
		line = end;
	}
	td_buf_char(out, '.');
	return out->failed ? td_no_memory(err) : TD_OK;
}

static td_status take_line(merge *m, td_error *err)
{
	td_triple triple;
	bool none;
	TRY(td_ntriples_line(td_buf_view(&m->line), &m->scratch, &triple, &none, err));
	if (none) return TD_OK;
	td_buf_char(&m->line, '\0');
	if (m->line.failed) return td_no_memory(err);
	TRY(make_plain(m->line.at, &m->plain, err));
	m->good++;
	return td_sorter_add(m->sorter, td_buf_view(&m->plain), err);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static void complain(merge *m, const char *path, const td_error *err)
{
	char name[512];
	td_error shown = *err;
	m->bad++;
	shown.line = TD_NOWHERE;
	snprintf(name, sizeof name, "%s:%llu", path, (unsigned long long)m->lines.line);
	td_report(&m->progress, m->lines.failed || !m->lines.stream ? path : name, &shown);
}

/* A bad line is left out; only what ends the file, or the whole run, is returned. */
static td_status take_file(merge *m, const char *path, td_error *err)
{
	bool more = true;
	TRY(td_lines_open(&m->lines, path, err));
	while (more) {
		*err = (td_error){ .byte = TD_NOWHERE, .line = TD_NOWHERE };
		td_status status = td_lines_next(&m->lines, td_sorter_longest(m->sorter), &m->line, &more, err);
		if (status == TD_OK && !more) break;
		if (status == TD_OK) status = take_line(m, err);
		if (status == TD_OK) continue;
		if (m->lines.failed || status == TD_ERR_MEMORY || status == TD_ERR_IO) return status;
		complain(m, path, err);
	}
	return TD_OK;
}

/* False when the run cannot go on: no memory, or no room for the parts. */
static bool take_files(merge *m)
{
	td_error err;
	for (size_t i = 0; i < m->args->n_rest; i++) {
		td_status status = take_file(m, m->args->rest[i], &err);
		bool hopeless = status == TD_ERR_MEMORY || (status == TD_ERR_IO && m->lines.stream && !m->lines.failed);
		if (status != TD_OK) complain(m, m->args->rest[i], &err);
		td_lines_close(&m->lines);
		if (hopeless) return false;
	}
	return true;
}

/* ---- the command ------------------------------------------------------------------------------------------------- */

static bool write_line(void *context, td_str line)
{
	merge *m = context;
	m->written++;
	return td_output_put(&m->output, line.at, line.n);
}

static td_status write_all(merge *m, td_error *err)
{
	TRY(td_output_open(m->args->value[TD_OPT_OUTPUT], false, &m->output, err));
	td_status status = td_sorter_each(m->sorter, write_line, m, err);
	if (m->output.error) status = td_output_failed(&m->output, err);
	if (status == TD_OK) return td_output_close(&m->output, err);
	td_output_discard(&m->output);
	return status;
}

static td_status run(merge *m, td_error *err)
{
	if (m->args->n_rest == 0) return td_fail(err, TD_ERR_USAGE, "no FILE to merge");
	TRY(td_sorter_open(td_args_number(m->args, TD_OPT_MEMORY, DEFAULT_MEMORY_MB) * MEGABYTE, &m->sorter, err));
	td_progress_start(&m->progress, m->args->value[TD_OPT_QUIET] != NULL, false);
	if (!take_files(m)) return td_fail(err, TD_ERR_IO, "nothing was written");
	if (m->good == 0) return td_fail(err, TD_ERR_EMPTY, "no statement in the input");
	TRY(write_all(m, err));
	if (!m->progress.quiet)
		fprintf(stderr, "tidings: %llu statements, %llu of them different\n", (unsigned long long)m->good, (unsigned long long)m->written);
	return TD_OK;
}

int td_cmd_merge(const td_args *args)
{
	td_error err;
	merge m = { .args = args };
	int code = run(&m, &err) == TD_OK ? m.bad ? TD_EXIT_FAILED : TD_EXIT_OK : td_cmd_failed(&err);
	td_sorter_close(m.sorter);
	td_buf_free(&m.line);
	td_buf_free(&m.scratch);
	td_buf_free(&m.plain);
	return code;
}
