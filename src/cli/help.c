/* --help: the option table as text for a terminal. */
#include "cli/options.h"

enum { HELP_WIDTH = 80, HELP_COLUMN = 26 };

/* What each command does, for its own --help and for the manual page. */
const char *const td_command_about[TD_CMD_COUNT] = {
	[TD_CMD_BUILD] =
		"Reads news and writes what it says as RDF: one named graph a document. An INPUT is a text file, a .jsonl file (one document "
		"a line: id, url, date, title, text), an HTML page, a .warc archive of a crawl, one of these packed (.gz, .zst), a directory of "
		"these, or - for standard input. Documents leave in the order "
		"in which they came. A bad one is reported and left out; the others come out whole.",
	[TD_CMD_ANNOTATE] =
		"Prints the annotated document behind any stage: sentences, words, tags and trees, names, times, entities, events. What build writes "
		"is made of this.",
	[TD_CMD_QUERY] =
		"Answers a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT) over one or more files of RDF, all merged. What it cannot do (property paths, EXISTS, "
		"MINUS, GRAPH, subselects, updates), or would answer wrongly, it says.",
	[TD_CMD_UPLOAD] =
		"Sends files of RDF to a SPARQL 1.1 store and replaces there the graphs that they hold. Named graphs (N-Quads, TriG) keep their names. "
		"Only what the store has confirmed is counted as sent.",
	[TD_CMD_MERGE] =
		"Puts files of N-Quads or N-Triples, also packed ones, together: lines sorted by their bytes, each once, whatever the order of the files and "
		"of their lines. A bad line is reported and left out.",
	[TD_CMD_ONTOLOGY] =
		"Prints the ontology of the graphs as Turtle. With --compile, turns a folder with an ontology and a lexicon of your own into the table that "
		"`tidings build --lexicon' takes.",
	[TD_CMD_KB] =
		"Makes the file that `tidings build --kb' takes: out of the *.tsv tables in DIR, or out of RDF of any size, such as a dump of "
		"Wikidata or DBpedia, GeoNames, or a thesaurus in SKOS. N-Triples and N-Quads, plain or packed by gzip, are read line by line, also "
		"from standard input (-); a bad line is reported and left out. Other syntaxes are read up to 64 MB a file. What properties and "
		"classes mean stands in the table dump.tsv among the program's data.",
};

/* Appends words of `rest` wrapped at HELP_WIDTH, starting at column `at`, further lines indented to `indent`. */
static void wrap(td_buf *out, td_str rest, size_t at, size_t indent)
{
	while (rest.n) {
		td_str word = td_str_cut(&rest, ' ');
		if (at > indent && at + 1 + word.n > HELP_WIDTH) {
			td_buf_printf(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (at > indent) {
			td_buf_char(out, ' ');
			at++;
		}
		td_buf_str(out, word);
		at += word.n;
	}
	td_buf_char(out, '\n');
}

static void help_option(td_buf *out, const td_option *o)
{
	size_t start = out->n;
	td_str words = td_str_of(o->spec);
	if (o->letter) td_buf_printf(out, "  -%c, --%s", o->letter, o->name);
	else td_buf_printf(out, "      --%s", o->name);
	if (o->arg) td_buf_printf(out, " %s", o->arg);
	size_t used = out->n - start;
	if (used + 2 > HELP_COLUMN) td_buf_char(out, '\n'), used = 0;
	td_buf_printf(out, "%*s", (int)(HELP_COLUMN - used), "");
	wrap(out, td_str_of(o->help), HELP_COLUMN, HELP_COLUMN);
	if (o->kind == TD_ARG_WORD) {
		td_str shown = td_str_cut(&words, ';');
		td_buf_printf(out, "%*sone of:", (int)HELP_COLUMN, "");
		wrap(out, shown, HELP_COLUMN + strlen("one of:"), HELP_COLUMN);
	}
}

static void help_commands(td_buf *out)
{
	td_buf_printf(out, "usage: tidings [OPTIONS] INPUT...\n       tidings COMMAND [OPTIONS] ...\n\n"
		"Turns news text into a knowledge graph: who did what to whom, where, when,\nwhether it happened, and who says so.\n\ncommands:\n");
	for (unsigned i = 0; i < TD_CMD_COUNT; i++)
		td_buf_printf(out, "  %-10s %s\n", td_commands[i].name, td_commands[i].line);
	td_buf_printf(out, "\n`tidings COMMAND --help' lists a command's options, `man tidings' says all.\n"
		"Options of build, which is meant when no command is named:\n\n");
}

void td_help_print(const td_args *args, td_buf *out)
{
	if (args->named) {
		const td_command_row *c = &td_commands[args->command];
		td_buf_printf(out, "usage: tidings %s [OPTIONS]%s%s\n\n", c->name, *c->operands ? " " : "", c->operands);
		wrap(out, td_str_of(td_command_about[args->command]), 0, 0);
		td_buf_printf(out, "\noptions:\n");
	} else {
		help_commands(out);
	}
	for (unsigned i = 0; i < TD_OPT_COUNT; i++)
		if (td_options[i].help[0] && td_options[i].commands & 1u << args->command) help_option(out, &td_options[i]);
	td_buf_printf(out, "\nExit status: 0 all went well, 1 something failed, 2 the command line is wrong%s.\n",
		args->command != TD_CMD_UPLOAD ? "" : ";\n3 no file was fit to send, 4 the network failed, 5 the store does not let us in,\n6 the store refused all");
}
