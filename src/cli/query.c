/* tidings query: SPARQL over local files. */
#include "cli/cli.h"
#include "rdf/rdf.h"

/* The query is the first operand, or in the file that --file names; the other operands are the data. */
static td_status query_text(const td_args *args, td_arena *arena, td_str *sparql, size_t *first, td_error *err)
{
	const char *file = args->value[TD_OPT_QUERY_FILE];
	*first = file ? 0 : 1;
	if (!file && args->n_rest == 0) return td_fail(err, TD_ERR_USAGE, "no query; write it as the first word, or name its file with --file");
	if (args->n_rest <= *first) return td_fail(err, TD_ERR_USAGE, "no FILE to ask; name the graphs' files behind the query");
	if (file) return td_read_all(file, arena, sparql, err);
	*sparql = td_str_of(args->rest[0]);
	return TD_OK;
}

static td_status check_text(td_str sparql, td_error *err)
{
	size_t bad = td_utf8_check(sparql);
	if (bad < sparql.n) return td_fail_at(err, TD_ERR_UTF8, bad, TD_NOWHERE, "the query is not valid UTF-8");
	if (sparql.n && memchr(sparql.at, '\0', sparql.n)) return td_fail(err, TD_ERR_SYNTAX, "the query holds a NUL byte");
	if (td_str_trim(sparql).n == 0) return td_fail(err, TD_ERR_USAGE, "the query is empty");
	return TD_OK;
}

static td_status run(const td_args *args, td_arena *arena, td_output *out, td_error *err)
{
	td_str sparql;
	size_t first;
	const char *result = args->value[TD_OPT_RESULT] ? args->value[TD_OPT_RESULT] : "table";
	TRY(query_text(args, arena, &sparql, &first, err));
	TRY(check_text(sparql, err));
	TRY(td_output_open(args->value[TD_OPT_OUTPUT], true, out, err));
	TRY(td_rdf_query(sparql.at, args->rest + first, args->n_rest - first, result, td_output_put, out, err));
	return td_output_close(out, err);
}

int td_cmd_query(const td_args *args)
{
	td_error err;
	td_arena arena;
	td_output out = { 0 };
	td_arena_init(&arena);
	td_status status = run(args, &arena, &out, &err);
	if (out.error) td_output_failed(&out, &err);
	td_output_discard(&out);
	td_arena_free(&arena);
	if (status == TD_OK) return TD_EXIT_OK;
	return td_cmd_failed(&err);
}
