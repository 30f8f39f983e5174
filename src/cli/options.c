/* The option table's first two readers: getopt_long and the checks of the arguments. */
#include <getopt.h>
#include <stdlib.h>

#include "cli/options.h"
#include "doc/doc.h"
#include "kg/triple.h"

enum {
	OPTION_BASE = 256, /* getopt_long's value of the first row: above all letters */
	MAX_HINT = 64,     /* longer words are not compared */
};

const td_option td_options[TD_OPT_COUNT] = {
#define TD_OPTION_ROW(id, name, letter, arg, kind, spec, commands, help) [id] = { name, arg, spec, help, letter, kind, commands },
	TD_OPTION_MAP(TD_OPTION_ROW)
};

const td_command_row td_commands[TD_CMD_COUNT] = {
#define TD_COMMAND_ROW(id, name, operands, line) [id] = { name, operands, line },
	TD_COMMAND_MAP(TD_COMMAND_ROW)
};

/* ---- the nearest hint ---------------------------------------------------------------------------------------- */

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	unsigned ab = a < b ? a : b;
	return ab < c ? ab : c;
}

/* Levenshtein distance, row by row. */
static unsigned distance(td_str a, td_str b)
{
	unsigned row[MAX_HINT + 1];
	if (a.n > MAX_HINT || b.n > MAX_HINT) return MAX_HINT;
	for (unsigned j = 0; j <= b.n; j++) row[j] = j;
	for (unsigned i = 1; i <= a.n; i++) {
		unsigned diagonal = row[0];
		row[0] = i;
		for (unsigned j = 1; j <= b.n; j++) {
			unsigned above = row[j];
			row[j] = min3(above + 1, row[j - 1] + 1, diagonal + (a.at[i - 1] != b.at[j - 1]));
			diagonal = above;
		}
	}
	return row[b.n];
}

/* Near enough to be a slip of the finger, or a beginning of the name. */
static bool near(td_str word, td_str name, unsigned *best)
{
	unsigned d = word.n >= 3 && td_str_starts(name, word) ? 0 : distance(word, name);
	if (d >= *best || d > 1 + name.n / 4) return false;
	*best = d;
	return true;
}

static const char *nearest_option(td_command command, td_str word)
{
	const char *found = NULL;
	unsigned best = UINT32_MAX;
	for (unsigned i = 0; i < TD_OPT_COUNT; i++) {
		const td_option *o = &td_options[i];
		if (o->help[0] && o->commands & 1u << command && near(word, td_str_of(o->name), &best)) found = o->name;
	}
	return found;
}

static const char *nearest_command(td_str word)
{
	const char *found = NULL;
	unsigned best = UINT32_MAX;
	for (unsigned i = 0; i < TD_CMD_COUNT; i++)
		if (near(word, td_str_of(td_commands[i].name), &best)) found = td_commands[i].name;
	return found;
}

/* ---- checks of arguments ------------------------------------------------------------------------------------- */

static bool word_listed(td_str list, td_str word)
{
	while (list.n) {
		td_str part = td_str_cut(&list, ' ');
		if (td_str_eq(part, word)) return true;
	}
	return false;
}

static td_status check_word(const td_option *o, const char *value, td_error *err)
{
	td_str hidden = td_str_of(o->spec), shown = td_str_cut(&hidden, ';');
	if (word_listed(shown, td_str_of(value)) || word_listed(hidden, td_str_of(value))) return TD_OK;
	return td_fail(err, TD_ERR_USAGE, "--%s: '%s' is not one of: " TD_STR_FMT, o->name, value, TD_STR_ARG(shown));
}

static td_status check_number(const td_option *o, const char *value, td_error *err)
{
	char *end = NULL;
	unsigned long low = strtoul(o->spec, &end, 10), high = strtoul(end + 2, NULL, 10), n;
	n = strtoul(value, &end, 10);
	if (value[0] >= '0' && value[0] <= '9' && *end == '\0' && n >= low && n <= high) return TD_OK;
	return td_fail(err, TD_ERR_USAGE, "--%s: '%s' is not a number from %lu to %lu", o->name, value, low, high);
}

static td_status check_date(const td_option *o, const char *value, td_error *err)
{
	char printed[16];
	td_date date = td_date_parse(td_str_of(value));
	if (date.year != 0 && date.day != 0) {
		td_date_print(date, printed);
		if (strcmp(printed, value) == 0) return TD_OK;
	}
	return td_fail(err, TD_ERR_USAGE, "--%s: '%s' is not a day; write it as YYYY-MM-DD", o->name, value);
}

static td_status check_iri(const td_option *o, const char *value, td_error *err)
{
	if (td_iri_ok(td_str_of(value))) return TD_OK;
	return td_fail(err, TD_ERR_USAGE, "--%s: '%s' is not an absolute IRI; write it like https://example.org/news/", o->name, value);
}

static td_status check_url(const td_option *o, const char *value, td_error *err)
{
	td_str url = td_str_of(value);
	if (td_iri_ok(url) && (td_str_starts(url, TD_STR("http://")) || td_str_starts(url, TD_STR("https://")))) return TD_OK;
	return td_fail(err, TD_ERR_USAGE, "--%s: '%s' is not an http:// or https:// address", o->name, value);
}

static td_status check_text(const td_option *o, const char *value, td_error *err)
{
	td_str text = td_str_of(value);
	if (text.n == 0) return td_fail(err, TD_ERR_USAGE, "--%s: the argument is empty", o->name);
	size_t bad = td_utf8_check(text);
	return bad == text.n ? TD_OK : td_fail(err, TD_ERR_USAGE, "--%s: byte %zu of the argument is not UTF-8", o->name, bad);
}

static td_status check_path(const td_option *o, const char *value, td_error *err)
{
	return value[0] ? TD_OK : td_fail(err, TD_ERR_USAGE, "--%s: the argument is empty", o->name);
}

typedef td_status check(const td_option *o, const char *value, td_error *err);
static check *const checks[] = {
	[TD_ARG_NONE] = NULL,
	[TD_ARG_TEXT] = check_text,
	[TD_ARG_FILE] = check_path,
	[TD_ARG_DIR] = check_path,
	[TD_ARG_WORD] = check_word,
	[TD_ARG_NUMBER] = check_number,
	[TD_ARG_DATE] = check_date,
	[TD_ARG_IRI] = check_iri,
	[TD_ARG_URL] = check_url,
};

/* ---- getopt_long --------------------------------------------------------------------------------------------- */

typedef struct {
	struct option longs[TD_OPT_COUNT + 1];
	char shorts[3 * TD_OPT_COUNT + 2];
} getopt_tables;

static void make_tables(td_command command, getopt_tables *t)
{
	size_t n = 0, s = 0;
	memset(t, 0, sizeof *t);
	t->shorts[s++] = ':'; /* a missing argument is told from an unknown option */
	for (int i = 0; i < TD_OPT_COUNT; i++) {
		const td_option *o = &td_options[i];
		if (!(o->commands & 1u << command)) continue;
		t->longs[n++] = (struct option){ o->name, o->arg ? required_argument : no_argument, NULL, OPTION_BASE + i };
		if (!o->letter) continue;
		t->shorts[s++] = o->letter;
		if (o->arg) t->shorts[s++] = ':';
	}
}

/* Row of what getopt_long returned for this command; TD_OPT_COUNT for what is none. */
static unsigned row_of(td_command command, int got)
{
	if (got >= OPTION_BASE) return (unsigned)(got - OPTION_BASE);
	for (unsigned i = 0; i < TD_OPT_COUNT; i++)
		if (td_options[i].commands & 1u << command && td_options[i].letter == got && got != '?') return i;
	return TD_OPT_COUNT;
}

static td_status unknown_option(const td_args *args, const char *word, td_error *err)
{
	const char *see = args->named ? td_commands[args->command].name : "";
	const char *gap = args->named ? " " : "";
	if (optopt > 0 && optopt < OPTION_BASE)
		return td_fail(err, TD_ERR_USAGE, "unknown option -%c; see `tidings %s%s--help'", optopt, see, gap);
	td_str name = td_str_of(word);
	while (name.n && *name.at == '-') name.at++, name.n--;
	name = td_str_cut(&name, '=');
	if (optopt >= OPTION_BASE) return td_fail(err, TD_ERR_USAGE, "--%s takes no argument", td_options[optopt - OPTION_BASE].name);
	const char *hint = nearest_option(args->command, name);
	if (hint) return td_fail(err, TD_ERR_USAGE, "unknown option --" TD_STR_FMT "; did you mean --%s?", TD_STR_ARG(name), hint);
	return td_fail(err, TD_ERR_USAGE, "unknown option --" TD_STR_FMT "; see `tidings %s%s--help'", TD_STR_ARG(name), see, gap);
}

static td_status take_option(td_args *args, int got, const char *word, td_error *err)
{
	if (got == '?') return unknown_option(args, word, err);
	if (got == ':') return td_fail(err, TD_ERR_USAGE, "option %s needs an argument", word);
	unsigned row = row_of(args->command, got);
	if (row == TD_OPT_COUNT) return td_fail(err, TD_ERR_INTERNAL, "option %d is not in the table", got);
	args->value[row] = optarg ? optarg : "";
	if (row == TD_OPT_KB) {
		if (args->n_kbs == TD_MAX_KBS) return td_fail(err, TD_ERR_USAGE, "--kb more than %d times", TD_MAX_KBS);
		args->kbs[args->n_kbs++] = optarg;
	}
	check *checker = checks[td_options[row].kind];
	return checker ? checker(&td_options[row], args->value[row], err) : TD_OK;
}

static void find_command(int argc, char **argv, td_args *out)
{
	for (unsigned i = 0; i < TD_CMD_COUNT && argc > 1; i++)
		if (strcmp(argv[1], td_commands[i].name) == 0) {
			out->command = (td_command)i;
			out->named = true;
			return;
		}
}

/* `tidings anotate a.txt`: a first word that is no file but nearly a command. */
static td_status check_first_word(const td_args *args, td_error *err)
{
	FILE *file;
	if (args->named || args->n_rest == 0 || strpbrk(args->rest[0], "./") || strcmp(args->rest[0], "-") == 0) return TD_OK;
	const char *hint = nearest_command(td_str_of(args->rest[0]));
	if (!hint) return TD_OK;
	if ((file = fopen(args->rest[0], "r")) != NULL) {
		fclose(file);
		return TD_OK;
	}
	return td_fail(err, TD_ERR_USAGE, "unknown command '%s'; did you mean `tidings %s'?", args->rest[0], hint);
}

td_status td_args_parse(int argc, char **argv, td_args *out, td_error *err)
{
	getopt_tables tables;
	int got;
	memset(out, 0, sizeof *out);
	find_command(argc, argv, out);
	if (out->named) argc--, argv++;
	make_tables(out->command, &tables);
	opterr = 0;
	optind = 0; /* glibc: start anew */
	while ((got = getopt_long(argc, argv, tables.shorts, tables.longs, NULL)) != -1)
		TRY(take_option(out, got, optind > 0 ? argv[optind - 1] : "", err));
	out->rest = argv + optind;
	out->n_rest = (size_t)(argc - optind);
	return check_first_word(out, err);
}

unsigned long td_args_number(const td_args *args, td_option_id option, unsigned long otherwise)
{
	return args->value[option] ? strtoul(args->value[option], NULL, 10) : otherwise;
}
