/* tidings kb build: compiles the tables of a knowledge base. */
#include "cli/cli.h"
#include "kg/kb.h"

static td_status kb_build(const td_args *args, td_error *err)
{
	const char *out = args->value[TD_OPT_OUTPUT];
	if (args->n_rest == 0 || strcmp(args->rest[0], "build") != 0)
		return td_fail(err, TD_ERR_USAGE, "kb can `build' only: tidings kb build -o FILE DIR");
	if (args->n_rest != 2) return td_fail(err, TD_ERR_USAGE, "kb build takes one folder: tidings kb build -o FILE DIR");
	if (!out || strcmp(out, "-") == 0) return td_fail(err, TD_ERR_USAGE, "kb build needs a file to write: -o FILE");
	return td_kb_build(args->rest[1], out, err);
}

int td_cmd_kb(const td_args *args)
{
	td_error err;
	return kb_build(args, &err) == TD_OK ? TD_EXIT_OK : td_cmd_failed(&err);
}
