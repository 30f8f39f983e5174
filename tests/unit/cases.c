/* Runs the case files (tests/cases/README.md tells the format) over the whole road; prints TAP, one point an expectation. */
#include "doc/source.h"
#include "lib/engine.h"
#include "cases.h"

#include <stdlib.h>

enum { MAX_FIELDS = 24 };

static struct {
	td_worker *worker;
	const char *file;
	unsigned line, points, failures;
	td_buf text;
	td_date date;
	const td_doc *doc; /* of the current case, NULL before it ran */
} run;

/* ---- fields of a line: words, "quoted spans", key=value ---- */

static td_str quoted(td_str *rest, td_arena *arena)
{
	td_buf out = { 0 };
	size_t i = 1;
	for (; i < rest->n && rest->at[i] != '"'; i++) {
		if (rest->at[i] == '\\' && i + 1 < rest->n) i++;
		td_buf_char(&out, rest->at[i]);
	}
	*rest = i < rest->n ? (td_str){ rest->at + i + 1, rest->n - i - 1 } : (td_str){ 0 };
	td_str s = td_arena_str(arena, td_buf_view(&out));
	td_buf_free(&out);
	return s;
}

static size_t split_fields(td_str line, case_field *out, td_arena *arena)
{
	size_t n = 0;
	for (line = td_str_trim(line); line.n && n < MAX_FIELDS; line = td_str_trim(line)) {
		case_field f = { 0 };
		size_t i = 0;
		while (i < line.n && line.at[i] != ' ' && line.at[i] != '=' && line.at[i] != '"') i++;
		if (i < line.n && line.at[i] == '=') {
			f.key = (td_str){ line.at, i };
			line = (td_str){ line.at + i + 1, line.n - i - 1 };
			i = 0;
			while (i < line.n && line.at[i] != ' ' && line.at[i] != '"') i++;
		}
		if (line.n && line.at[0] == '"') {
			f.value = quoted(&line, arena);
			f.span = true;
		} else {
			f.value = (td_str){ line.at, i };
			line = (td_str){ line.at + i, line.n - i };
		}
		out[n++] = f;
	}
	return n;
}

/* ---- running ---- */

static const td_doc *the_doc(void)
{
	if (run.doc) return run.doc;
	td_error err = { 0 };
	td_input in;
	td_input_init(&in);
	in.name = td_str_of(run.file);
	in.text = td_buf_view(&run.text);
	in.date = run.date.year ? run.date : (td_date){ 2017, 4, 12 };
	if (td_worker_run(run.worker, &in, TD_STAGE_FACTS, &run.doc, &err) != TD_OK) {
		printf("# %s:%u: %s\n", run.file, run.line, err.text);
		run.doc = NULL;
	}
	td_input_free(&in);
	return run.doc;
}

static void end_case(void)
{
	td_buf_free(&run.text);
	run.date = (td_date){ 0 };
	run.doc = NULL;
}

static void report(td_str key, td_str rest, bool holds, bool known_wrong)
{
	bool ok = holds != known_wrong;
	run.points++;
	run.failures += !ok;
	printf("%s %u - %s:%u %.*s: %.*s%s\n", ok ? "ok" : "not ok", run.points, run.file, run.line, TD_STR_ARG(key), TD_STR_ARG(rest),
		known_wrong ? (ok ? " (known to be wrong)" : " (right now: take the ! away)") : "");
	if (!ok && !known_wrong && run.doc) case_explain(run.doc, key);
}

static void expectation(td_str key, td_str rest)
{
	bool known_wrong = td_str_starts(key, TD_STR("!"));
	if (known_wrong) key = (td_str){ key.at + 1, key.n - 1 };
	td_arena arena;
	td_arena_init(&arena);
	case_field fields[MAX_FIELDS];
	size_t n = split_fields(rest, fields, &arena);
	const td_doc *doc = the_doc();
	bool known = true;
	bool holds = doc && case_holds(doc, key, rest, fields, n, &known);
	if (!known) printf("# %s:%u: unknown key\n", run.file, run.line);
	report(key, rest, holds && known, known_wrong && known);
	td_arena_free(&arena);
}

static void read_line(td_str line)
{
	run.line++;
	line = td_str_trim(line);
	if (line.n == 0) {
		end_case();
		return;
	}
	if (line.at[0] == '#') return;
	td_str rest = line;
	td_str key = td_str_trim(td_str_cut(&rest, ':'));
	rest = td_str_trim(rest);
	if (td_str_eq(key, TD_STR("date"))) {
		run.date = td_date_parse(rest);
	} else if (td_str_eq(key, TD_STR("text"))) {
		if (run.text.n) td_buf_str(&run.text, TD_STR("\n\n"));
		td_buf_str(&run.text, rest);
	} else {
		expectation(key, rest);
	}
}

static void read_file(const char *path)
{
	td_mapped file;
	td_error err = { 0 };
	run.file = path;
	run.line = 0;
	if (td_map_file(path, &file, &err) != TD_OK) {
		printf("not ok %u - %s\n", ++run.points, err.text);
		run.failures++;
		return;
	}
	for (td_str rest = file.bytes; rest.n;) read_line(td_str_cut(&rest, '\n'));
	end_case();
	td_unmap_file(&file);
}

int main(int argc, char **argv)
{
	td_engine_options options;
	td_engine *engine = NULL;
	td_error err = { 0 };
	td_engine_options_init(&options);
	char lexicon[4096];
	if (td_engine_open(&options, &engine, &err) != TD_OK || td_worker_open(engine, &run.worker, &err) != TD_OK ||
		td_data_path("lexicon.tsv", lexicon, sizeof lexicon, &err) != TD_OK || td_lexicon_open(lexicon, &case_lexicon, &err) != TD_OK) {
		printf("Bail out! %s\n", err.text);
		return 1;
	}
	for (int i = 1; i < argc; i++) read_file(argv[i]);
	printf("1..%u\n", run.points);
	td_worker_close(run.worker);
	td_engine_close(engine);
	td_lexicon_free(&case_lexicon);
	return run.failures != 0;
}
