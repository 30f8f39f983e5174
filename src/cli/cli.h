/* What the commands share. */
#ifndef TD_CLI_H
#define TD_CLI_H

#include "cli/batch.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "rdf/upload.h"

/* The latter ones are of `tidings upload`, whose callers have to know what to do next. */
enum { TD_EXIT_OK = 0, TD_EXIT_FAILED = 1, TD_EXIT_USAGE = 2, TD_EXIT_NOTHING = 3, TD_EXIT_NETWORK = 4, TD_EXIT_AUTH = 5, TD_EXIT_STORE = 6 };

/* One file each; what they return is the program's exit code. */
int td_cmd_build(const td_args *args);
int td_cmd_annotate(const td_args *args);
int td_cmd_query(const td_args *args);
int td_cmd_upload(const td_args *args);
int td_cmd_merge(const td_args *args);
int td_cmd_ontology(const td_args *args);
int td_cmd_kb(const td_args *args);

/* Reports *err (an empty text is not reported: who reads our output has seen enough) and gives the exit code that belongs to its status. */
int td_cmd_failed(const td_error *err);

/* ---- a run over documents: what build and annotate have in common ------------------------------------------------ */

typedef struct td_run {
	const td_args *args;
	td_progress progress;
	td_output output;
	td_engine *engine;
	td_source *source;  /* NULL: `next_path` counts through args->rest (CoNLL-U) */
	size_t next_path;
	uint64_t read, written;
	td_status (*end)(struct td_run *run, td_error *err); /* writes what the format puts behind the last document; may be NULL */
	td_status (*settle)(struct td_run *run, td_error *err); /* when the input was read to its end; may be NULL */
	bool (*drain)(struct td_run *run); /* behind the last document: whether the run ends well; may be NULL */
	td_date date;       /* year 0: none given */
	td_str url, title;
	bool single;        /* --url or --title: a second document is a mistake of the command line */
	bool usage;         /* that mistake was made */
	bool broken;        /* the output, or the store, can take no more */
} td_run;

/* What the command line says of the engine; the slices point into `args`. */
void td_run_engine_options(const td_args *args, td_engine_options *options);
td_status td_run_open(const td_args *args, td_run *run, td_error *err);
void td_run_close(td_run *run);
/* A td_batch.next: the next input, with what the command line adds to it. */
td_status td_run_next(void *run, td_input *in, bool *done, td_error *err);
/* For emit: reports and counts what failed; whether the run goes on. */
bool td_run_failed(td_run *run, const char *name, const td_error *err);
/* Runs the batch and closes the output. Returns the exit code; does not come back when the run had to be stopped. */
int td_run_batch(td_run *run, td_batch *batch);

/* The uploader's options; endpoint is NULL when no store is named. Warns on standard error of ways that others can read. */
td_status td_upload_from_args(const td_args *args, td_upload_options *options, td_error *err);

/* The text of a file, or of standard input for "-", in `arena`. */
td_status td_read_all(const char *path, td_arena *arena, td_str *out, td_error *err);

#endif
