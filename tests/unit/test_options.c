/* The option table: what follows from it, and what must hold between its rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* The program's own files are not in the library: they are part of this one. */
#include "cli/help.c"
#include "cli/manual.c"
#include "cli/options.c"
#include "kg/facts.h"
#include "rdf/rdf.h"

static td_status parse(td_args *args, td_error *err, int argc, char **argv)
{
	return td_args_parse(argc, argv, args, err);
}
#define ARGV(...) (char *[]){ "tidings", __VA_ARGS__, NULL }
#define ARGC(...) (int)(sizeof(char *[]){ "tidings", __VA_ARGS__ } / sizeof(char *))
#define PARSE(...) parse(&args, &err, ARGC(__VA_ARGS__), ARGV(__VA_ARGS__))

static void rows_are_sound(void **state)
{
	(void)state;
	for (unsigned i = 0; i < TD_OPT_COUNT; i++) {
		const td_option *o = &td_options[i];
		assert_true(o->commands != 0);
		assert_int_equal(o->arg != NULL, o->kind != TD_ARG_NONE);
		if (o->kind == TD_ARG_WORD || o->kind == TD_ARG_NUMBER) assert_true(o->spec[0]);
		if (o->help[0]) assert_true(o->help[strlen(o->help) - 1] != '.'); /* the manual page puts it */
	}
}

static void no_name_is_given_twice(void **state)
{
	(void)state;
	for (unsigned i = 0; i < TD_OPT_COUNT; i++)
		for (unsigned j = i + 1; j < TD_OPT_COUNT; j++) {
			const td_option *a = &td_options[i], *b = &td_options[j];
			if (!(a->commands & b->commands)) continue;
			assert_string_not_equal(a->name, b->name);
			if (a->letter) assert_int_not_equal(a->letter, b->letter);
		}
}

/* The words of the table are the names of the label sets; the table only repeats them to show them. */
static void words_are_the_labels(void **state)
{
	(void)state;
	const struct {
		td_option_id option;
		const char *(*text)(unsigned);
		unsigned n;
	} sets[] = { { TD_OPT_UNTIL, td_stage_text, TD_STAGE_COUNT }, { TD_OPT_PROVENANCE, td_provenance_text, TD_PROVENANCE_COUNT },
		{ TD_OPT_FORMAT, td_format_text, TD_FORMAT_COUNT } };
	for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
		td_str shown = td_str_of(td_options[sets[s].option].spec), rest;
		shown = td_str_cut(&shown, ';');
		rest = shown;
		for (unsigned i = 0; i < sets[s].n; i++) {
			td_str word = td_str_cut(&rest, ' ');
			assert_true(td_str_eq(word, td_str_of(sets[s].text(i))));
		}
		assert_int_equal(rest.n, 0);
	}
}

static void commands_are_found(void **state)
{
	td_args args;
	td_error err;
	(void)state;
	assert_int_equal(PARSE("a.txt"), TD_OK);
	assert_int_equal(args.command, TD_CMD_BUILD);
	assert_false(args.named);
	assert_int_equal(args.n_rest, 1);
	for (unsigned i = 0; i < TD_CMD_COUNT; i++) {
		assert_int_equal(PARSE((char *)td_commands[i].name, "--help"), TD_OK);
		assert_int_equal(args.command, i);
		assert_true(args.named);
		assert_non_null(args.value[TD_OPT_HELP]);
	}
}

static void values_are_taken(void **state)
{
	td_args args;
	td_error err;
	(void)state;
	assert_int_equal(PARSE("-j2", "x", "-f", "nt", "--with-text", "--date=2017-04-12", "y"), TD_OK);
	assert_int_equal(td_args_number(&args, TD_OPT_JOBS, 9), 2);
	assert_int_equal(td_args_number(&args, TD_OPT_BATCH, 9), 9);
	assert_string_equal(args.value[TD_OPT_FORMAT], "nt");
	assert_string_equal(args.value[TD_OPT_DATE], "2017-04-12");
	assert_non_null(args.value[TD_OPT_WITH_TEXT]);
	assert_null(args.value[TD_OPT_QUIET]);
	assert_int_equal(args.n_rest, 2);
	assert_string_equal(args.rest[0], "x");
	assert_string_equal(args.rest[1], "y");
}

static void the_same_name_is_another_option_elsewhere(void **state)
{
	td_args args;
	td_error err;
	(void)state;
	assert_int_equal(PARSE("query", "-f", "csv", "q", "x"), TD_OK);
	assert_string_equal(args.value[TD_OPT_RESULT], "csv");
	assert_null(args.value[TD_OPT_FORMAT]);
	assert_int_equal(PARSE("query", "-f", "turtle", "q", "x"), TD_ERR_USAGE);
	assert_int_equal(PARSE("annotate", "-f", "json", "x"), TD_OK);
	assert_string_equal(args.value[TD_OPT_LAYERS], "json");
}

static void mistakes_are_told(void **state)
{
	td_args args;
	td_error err;
	(void)state;
	assert_int_equal(PARSE("--provenanc", "full", "--jbos", "3"), TD_ERR_USAGE); /* a beginning of a name is taken by getopt_long */
	assert_non_null(strstr(err.text, "did you mean --jobs?"));
	assert_int_equal(PARSE("--jobs", "99999999999999999999"), TD_ERR_USAGE);
	assert_int_equal(PARSE("--jobs", " 3"), TD_ERR_USAGE);
	assert_int_equal(PARSE("--jobs", "3x"), TD_ERR_USAGE);
	assert_int_equal(PARSE("--jobs", ""), TD_ERR_USAGE);
	assert_int_equal(PARSE("--date", "2017-02-29"), TD_ERR_USAGE);
	assert_int_equal(PARSE("--date", "2016-02-29", "x"), TD_OK);
	assert_int_equal(PARSE("--date", "2017-04-12T10:00"), TD_ERR_USAGE);
	assert_int_equal(PARSE("--title", "\xff"), TD_ERR_USAGE);
	assert_int_equal(PARSE("-o"), TD_ERR_USAGE);
	assert_int_equal(PARSE("anotate"), TD_ERR_USAGE);
	assert_non_null(strstr(err.text, "tidings annotate"));
	assert_int_equal(PARSE("./anotate"), TD_OK);
}

static void long_words_are_survived(void **state)
{
	td_args args;
	td_error err;
	char word[5000];
	(void)state;
	memset(word, 'x', sizeof word);
	memcpy(word, "--", 2);
	word[sizeof word - 1] = '\0';
	assert_int_equal(PARSE(word), TD_ERR_USAGE);
	assert_int_equal(PARSE(word + 2), TD_OK);
}

static void hidden_options_are_hidden(void **state)
{
	td_args args = { .command = TD_CMD_BUILD, .named = true };
	td_buf out = { 0 };
	(void)state;
	td_help_print(&args, &out);
	td_man_print(&out);
	td_completion_print(&out);
	td_buf_char(&out, '\0');
	assert_false(out.failed);
	assert_null(strstr(out.at, "--completion"));
	assert_null(strstr(out.at, "--man "));
	assert_non_null(strstr(out.at, "--provenance"));
	td_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_sound),
		cmocka_unit_test(no_name_is_given_twice),
		cmocka_unit_test(words_are_the_labels),
		cmocka_unit_test(commands_are_found),
		cmocka_unit_test(values_are_taken),
		cmocka_unit_test(the_same_name_is_another_option_elsewhere),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(long_words_are_survived),
		cmocka_unit_test(hidden_options_are_hidden),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
