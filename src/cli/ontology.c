/* tidings ontology: prints the ontology, or compiles a folder of it into the lexicon's table. */
#include <errno.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "rdf/lexicon_compile.h"

enum { MAX_DATA_PATH = 4096 };

static td_status print_ontology(td_buf *out, td_error *err)
{
	char path[MAX_DATA_PATH];
	td_mapped file;
	TRY(td_data_path("tidings.ttl", path, sizeof path, err));
	TRY(td_map_file(path, &file, err));
	td_buf_str(out, file.bytes);
	td_unmap_file(&file);
	return TD_OK;
}

int td_cmd_ontology(const td_args *args)
{
	td_error err;
	td_buf bytes = { 0 };
	td_status status;
	const char *folder = args->value[TD_OPT_COMPILE];
	if (args->n_rest) status = td_fail(&err, TD_ERR_USAGE, "ontology takes no operand; `%s' is one too many", args->rest[0]);
	else status = folder ? td_lexicon_compile(folder, &bytes, &err) : print_ontology(&bytes, &err);
	if (status == TD_OK) status = td_output_write(args->value[TD_OPT_OUTPUT], &bytes, &err);
	td_buf_free(&bytes);
	return status == TD_OK ? TD_EXIT_OK : td_cmd_failed(&err);
}
