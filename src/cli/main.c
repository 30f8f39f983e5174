/* tidings: dispatches to the commands, and proves that what they printed was written. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "rdf/rdf.h"

typedef int command(const td_args *args);
static command *const commands[TD_CMD_COUNT] = {
	[TD_CMD_BUILD] = td_cmd_build,
	[TD_CMD_ANNOTATE] = td_cmd_annotate,
	[TD_CMD_QUERY] = td_cmd_query,
	[TD_CMD_UPLOAD] = td_cmd_upload,
	[TD_CMD_MERGE] = td_cmd_merge,
	[TD_CMD_ONTOLOGY] = td_cmd_ontology,
	[TD_CMD_KB] = td_cmd_kb,
};

/* A file that we open must not become standard output because the caller had closed that. */
static void hold_standard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) _exit(TD_EXIT_FAILED);
}

/* --help and its like: text about the program itself, instead of any work. */
static bool print_about(const td_args *args, td_buf *out)
{
	if (args->value[TD_OPT_HELP]) td_help_print(args, out);
	else if (args->value[TD_OPT_VERSION]) td_buf_printf(out, "tidings %s\n", TD_VERSION);
	else if (args->value[TD_OPT_MAN]) td_man_print(out);
	else if (args->value[TD_OPT_COMPLETION]) td_completion_print(out);
	else return false;
	return true;
}

static int dispatch(const td_args *args)
{
	td_error err;
	td_buf about = { 0 };
	if (!print_about(args, &about)) return commands[args->command](args);
	td_status status = td_output_write(NULL, &about, &err);
	td_buf_free(&about);
	return status == TD_OK ? TD_EXIT_OK : td_cmd_failed(&err);
}

int main(int argc, char **argv)
{
	td_args args;
	td_error err;
	hold_standard_streams();
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of the write, and a closed connection one of the store */
	if (argc < 2) {
		fputs("usage: tidings [OPTIONS] INPUT...\n`tidings --help' says more.\n", stderr);
		return TD_EXIT_USAGE;
	}
	if (td_args_parse(argc, argv, &args, &err) != TD_OK) return td_cmd_failed(&err);
	int code = dispatch(&args);
	td_rdf_end();
	return code;
}
