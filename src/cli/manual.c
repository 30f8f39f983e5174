/* The option table as a manual page (man 7 man) and as a script for bash's completion. */
#include "cli/options.h"

/* Text for roff: no line of it may be taken for a request, and hyphens in options must stay hyphens. */
static void roff(td_buf *out, const char *text)
{
	for (const char *c = text; *c; c++) {
		if (*c == '\\') td_buf_printf(out, "\\e");
		else if (*c == '-') td_buf_printf(out, "\\-");
		else if ((*c == '.' || *c == '\'') && (c == text || c[-1] == '\n')) td_buf_printf(out, "\\&%c", *c);
		else td_buf_char(out, *c);
	}
}

static void man_option(td_buf *out, const td_option *o)
{
	td_str words = td_str_of(o->spec);
	td_buf_printf(out, ".TP\n");
	if (o->letter) td_buf_printf(out, "\\fB\\-%c\\fR, ", o->letter);
	td_buf_printf(out, "\\fB\\-\\-");
	roff(out, o->name);
	td_buf_printf(out, "\\fR");
	if (o->arg) {
		td_buf_printf(out, " \\fI");
		roff(out, o->arg);
		td_buf_printf(out, "\\fR");
	}
	td_buf_char(out, '\n');
	roff(out, o->help);
	if (o->kind == TD_ARG_WORD) {
		td_str shown = td_str_cut(&words, ';');
		td_buf_printf(out, " (" TD_STR_FMT ")", TD_STR_ARG(shown));
	}
	td_buf_printf(out, ".\n");
}

static void man_command(td_buf *out, unsigned command)
{
	const td_command_row *c = &td_commands[command];
	td_buf_printf(out, ".SS tidings %s [OPTIONS] %s\n", c->name, c->operands);
	roff(out, td_command_about[command]);
	td_buf_char(out, '\n');
	for (unsigned i = 0; i < TD_OPT_COUNT; i++)
		if (td_options[i].help[0] && td_options[i].commands & 1u << command) man_option(out, &td_options[i]);
}

static const char man_head[] =
	".TH TIDINGS 1 \"\" \"tidings " TD_VERSION "\" \"User Commands\"\n"
	".SH NAME\ntidings \\- turn news text into a knowledge graph\n"
	".SH SYNOPSIS\n.B tidings\n[\\fIOPTIONS\\fR] \\fIINPUT\\fR...\n.br\n.B tidings\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR] ...\n"
	".SH DESCRIPTION\n"
	"Tidings reads English news and writes an RDF graph of the entities and events in it: who did what to whom, where, when,\n"
	"whether it really happened, and who says so. Every statement can be traced to characters of the text.\n"
	".PP\nWithout a command, \\fBbuild\\fR is meant. A file that is called like a command is given as \\fI./build\\fR.\n"
	".SH COMMANDS\n";

static const char man_tail[] =
	".SH EXIT STATUS\n"
	".TP\n0\nAll documents went through, and all output was written.\n"
	".TP\n1\nA document, the output, or the store failed; messages on standard error say which. Documents that did not fail are in the output.\n"
	".TP\n2\nThe command line is wrong; nothing was done.\n"
	".TP\n3, 4, 5, 6\nOf \\fBupload\\fR only: 3 no file was fit to send; 4 the network failed, or the store is not there; 5 the store does not let us "
	"in; both end the run, and what the store had confirmed is there; 6 the store refused all. 1 says that a part is there, and a part failed. "
	"After 4 it is worth while to try again later.\n"
	".SH ENVIRONMENT\n"
	".TP\n.B TIDINGS_DATA\nFolder of the data files (english.tdm, lexicon.tsv, world.tdk, tidings.ttl), instead of the installed one.\n"
	".TP\n.BR TIDINGS_USER \", \" TIDINGS_PASSWORD \", \" TIDINGS_TOKEN\nWho uploads, when there is no \\fB\\-\\-auth\\-file\\fR.\n"
	".SH FILES\n.TP\n.I " TD_DATADIR "\nInstalled data files.\n"
	".SH EXAMPLES\n"
	".nf\n"
	"tidings story.txt\n"
	"tidings \\-\\-date 2017\\-04\\-12 \\-f trig \\-o story.trig story.txt\n"
	"tidings \\-f nquads feed.jsonl | gzip > feed.nq.gz\n"
	"tidings query \\-\\-file who\\-met.rq story.trig\n"
	"tidings \\-\\-upload http://localhost:7878/store news/\n"
	".fi\n"
	".SH SEE ALSO\n.BR rapper (1),\n.BR roqet (1)\n";

void td_man_print(td_buf *out)
{
	td_buf_str(out, td_str_of(man_head));
	for (unsigned i = 0; i < TD_CMD_COUNT; i++) man_command(out, i);
	td_buf_str(out, td_str_of(man_tail));
}

/* ---- bash ---------------------------------------------------------------------------------------------------- */

static void complete_names(td_buf *out, unsigned command)
{
	for (unsigned i = 0; i < TD_OPT_COUNT; i++)
		if (td_options[i].help[0] && td_options[i].commands & 1u << command) td_buf_printf(out, " --%s", td_options[i].name);
}

/* One branch of `case "$command:$previous"`. */
static void complete_argument(td_buf *out, unsigned command, const td_option *o)
{
	td_str words = td_str_of(o->spec);
	td_buf_printf(out, "\t%s:--%s", td_commands[command].name, o->name);
	if (o->letter) td_buf_printf(out, "|%s:-%c", td_commands[command].name, o->letter);
	td_buf_printf(out, ") ");
	if (o->kind == TD_ARG_WORD) {
		td_str shown = td_str_cut(&words, ';');
		td_buf_printf(out, "COMPREPLY=($(compgen -W '" TD_STR_FMT "' -- \"$word\"));", TD_STR_ARG(shown));
	} else if (o->kind == TD_ARG_FILE) {
		td_buf_printf(out, "COMPREPLY=($(compgen -f -- \"$word\"));");
	} else if (o->kind == TD_ARG_DIR) {
		td_buf_printf(out, "COMPREPLY=($(compgen -d -- \"$word\"));");
	}
	td_buf_printf(out, " return ;;\n");
}

static void complete_commands(td_buf *out)
{
	for (unsigned i = 0; i < TD_CMD_COUNT; i++) td_buf_printf(out, "%s%s", i ? " " : "", td_commands[i].name);
}

static const char completion_head[] =
	"# bash completion for tidings\n"
	"_tidings()\n{\n"
	"\tlocal word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=build options\n"
	"\tCOMPREPLY=()\n";

static const char completion_tail[] =
	"\tif [[ $word == -* ]]; then\n"
	"\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
	"\telif ((COMP_CWORD == 1)); then\n"
	"\t\tCOMPREPLY=($(compgen -W \"$commands\" -- \"$word\") $(compgen -f -- \"$word\"))\n"
	"\telse\n"
	"\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n"
	"\tfi\n"
	"}\n"
	"complete -o filenames -F _tidings tidings\n";

void td_completion_print(td_buf *out)
{
	td_buf_str(out, td_str_of(completion_head));
	td_buf_printf(out, "\tlocal commands='");
	complete_commands(out);
	td_buf_printf(out, "'\n\t[[ \" $commands \" == *\" ${COMP_WORDS[1]} \"* ]] && ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]}\n");
	td_buf_printf(out, "\tcase $command:$previous in\n");
	for (unsigned c = 0; c < TD_CMD_COUNT; c++)
		for (unsigned i = 0; i < TD_OPT_COUNT; i++)
			if (td_options[i].arg && td_options[i].commands & 1u << c) complete_argument(out, c, &td_options[i]);
	td_buf_printf(out, "\tesac\n\tcase $command in\n");
	for (unsigned c = 0; c < TD_CMD_COUNT; c++) {
		td_buf_printf(out, "\t%s) options='", td_commands[c].name);
		complete_names(out, c);
		td_buf_printf(out, "' ;;\n");
	}
	td_buf_printf(out, "\tesac\n");
	td_buf_str(out, td_str_of(completion_tail));
}
