/* N-Triples and N-Quads line by line; files of them, packed or not, whole or cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "rdf/ntriples.h"

static char path[64];

static void good_lines_are_read(void **state)
{
	static const struct {
		const char *line, *s, *p, *o, *lang, *datatype;
	} cases[] = {
		{ "<http://a/b> <http://p> <urn:x:y> .", "http://a/b", "http://p", "urn:x:y", "", "" },
		{ "\t<http://a>\t<http://p>\t\"text\".\r", "http://a", "http://p", "text", "", "" },
		{ "<http://a><http://p>\"caf\xc3\xa9\"@en-GB . # why not", "http://a", "http://p", "caf\xc3\xa9", "en-GB", "" },
		{ "<http://a> <http://p> \"1\"^^<http://t#int> .", "http://a", "http://p", "1", "", "http://t#int" },
		{ "<http://a/\\u00E9> <http://p> \"\\\"a\\\\b\\n\\U0001F600\\t\" .", "http://a/\xc3\xa9", "http://p", "\"a\\b\n\xf0\x9f\x98\x80\t", "", "" },
		{ "_:b1 <http://p> _:b.2 .", "b1", "http://p", "b.2", "", "" },
		{ "_:b1 <http://p> _:b2.", "b1", "http://p", "b2", "", "" },
		{ "<http://a> <http://p> \"\" <http://graph> .", "http://a", "http://p", "", "", "" },
		{ "<http://a> <http://p> \"x\"@en _:g .", "http://a", "http://p", "x", "en", "" },
	};
	td_buf scratch = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_triple t;
		td_error err = { 0 };
		bool none;
		if (td_ntriples_line(td_str_of(cases[i].line), &scratch, &t, &none, &err) != TD_OK || none) fail_msg("case %zu: %s", i, err.text);
		assert_true(td_str_eq(t.s.value, td_str_of(cases[i].s)));
		assert_true(td_str_eq(t.p.value, td_str_of(cases[i].p)));
		assert_true(td_str_eq(t.o.value, td_str_of(cases[i].o)));
		assert_true(td_str_eq(t.o.lang, td_str_of(cases[i].lang)));
		assert_true(td_str_eq(t.o.datatype, td_str_of(cases[i].datatype)));
	}
	td_buf_free(&scratch);
}

static void bad_lines_are_refused(void **state)
{
	static const char *const cases[] = {
		"text", "<http://a>", "<http://a> <http://p>", "<http://a> <http://p> \"x\"", "<http://a> <http://p> \"x\" . more",
		"<http://a> <http://p> \"x .", "<http://a> <http://p .", "<a> <http://p> \"x\" .", "<http://a b> <http://p> \"x\" .",
		"\"x\" <http://p> \"x\" .", "<http://a> _:p \"x\" .", "<http://a> \"p\" \"x\" .", "<http://a> <http://p> \"\\x\" .",
		"<http://a> <http://p> \"\\uD800\" .", "<http://a> <http://p> \"\\u12\" .", "<http://a> <http://p> \"\\U00110000\" .",
		"<http://a> <http://p> \"\\", "<http://a\\n> <http://p> \"x\" .", "<http://a\\u0020b> <http://p> \"x\" .", "<http://a> <http://p> \"x\"@ .",
		"<http://a> <http://p> \"x\"@-e .", "<http://a> <http://p> \"x\"^^int .", "<http://a> <http://p> \"\xff\" .", "_: <http://p> \"x\" .",
		"<> <http://p> \"x\" .", "<http://a> <http://p> \"x\" \"graph\" .", "<http://a> <http://p> \"\\u0000\" .", "@prefix a: <http://a/> .",
	};
	td_buf scratch = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_triple t;
		td_error err = { 0 };
		bool none;
		if (td_ntriples_line(td_str_of(cases[i]), &scratch, &t, &none, &err) == TD_OK) fail_msg("taken: %s", cases[i]);
		assert_true(err.text[0] != '\0');
	}
	td_buf_free(&scratch);
}

static void empty_lines_hold_nothing(void **state)
{
	static const char *const cases[] = { "", "  \t", "# comment", "\r", "  # more" };
	td_buf scratch = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_triple t;
		bool none = false;
		assert_int_equal(td_ntriples_line(td_str_of(cases[i]), &scratch, &t, &none, NULL), TD_OK);
		assert_true(none);
	}
	td_buf_free(&scratch);
}

/* ---- files ---- */

typedef struct {
	uint64_t triples, bad;
	char last[256];
	bool stop;
} seen;

static td_status count(void *context, const td_triple *triple, td_error *err)
{
	seen *s = context;
	(void)triple;
	s->triples++;
	return s->stop ? td_fail(err, TD_ERR_STORE, "enough") : TD_OK;
}

static void note(void *context, const char *file, const td_error *why)
{
	seen *s = context;
	assert_string_equal(file, path);
	s->bad++;
	snprintf(s->last, sizeof s->last, "%.250s", why->text);
}

static void put(const char *bytes, size_t n, bool packed)
{
	gzFile file = gzopen(path, packed ? "wb" : "wbT");
	assert_non_null(file);
	assert_int_equal(gzwrite(file, bytes, (unsigned)n), (int)n);
	assert_int_equal(gzclose(file), Z_OK);
}

static td_status read_it(seen *s, uint64_t *lines, td_error *err)
{
	uint64_t failed;
	td_ntriples_sink sink = { count, note, NULL, s };
	td_status status = td_ntriples_read(path, &sink, lines, &failed, err);
	assert_int_equal(failed, s->bad);
	return status;
}

static const char story[] = "<http://a> <http://p> \"1\" .\n# two\nnonsense\n<http://a> <http://p> \"4\" .\n\n<http://a> <http://p> \"6\" .";

static void bad_lines_are_named_and_left_out(void **state)
{
	(void)state;
	for (int packed = 0; packed < 2; packed++) {
		seen s = { .triples = 0 };
		td_error err = { 0 };
		uint64_t lines;
		put(story, sizeof story - 1, packed);
		assert_int_equal(read_it(&s, &lines, &err), TD_OK);
		assert_int_equal(s.triples, 3);
		assert_int_equal(s.bad, 1);
		assert_int_equal(lines, 6);
		assert_non_null(strstr(s.last, ":3: no subject"));
	}
}

static void bad_lines_only_are_a_failure(void **state)
{
	seen s = { .triples = 0 };
	td_error err = { 0 };
	uint64_t lines;
	(void)state;
	put("a\nb\n", 4, false);
	assert_int_equal(read_it(&s, &lines, &err), TD_ERR_SYNTAX);
	assert_int_equal(s.bad, 2);
}

static void a_line_without_end_is_left_out(void **state)
{
	static const char good[] = "\n<http://a> <http://p> \"1\" .\n";
	size_t n = 3 * (size_t)TD_NTRIPLES_LINE;
	char *bytes = malloc(n + sizeof good);
	seen s = { .triples = 0 };
	td_error err = { 0 };
	uint64_t lines;
	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', n);
	memcpy(bytes + n, good, sizeof good);
	put(bytes, n + sizeof good - 1, true);
	free(bytes);
	assert_int_equal(read_it(&s, &lines, &err), TD_OK);
	assert_int_equal(s.triples, 1);
	assert_int_equal(s.bad, 1);
	assert_non_null(strstr(s.last, ":1: the line is longer"));
}

static void a_packed_file_that_is_cut_short_fails(void **state)
{
	seen s = { .triples = 0 };
	td_error err = { 0 };
	uint64_t lines;
	(void)state;
	put(story, sizeof story - 1, true);
	assert_int_equal(truncate(path, 40), 0);
	assert_int_equal(read_it(&s, &lines, &err), TD_ERR_IO);
	assert_non_null(strstr(err.text, path));
}

static void the_reader_can_be_stopped(void **state)
{
	seen s = { .stop = true };
	td_error err = { 0 };
	uint64_t lines;
	(void)state;
	put(story, sizeof story - 1, false);
	assert_int_equal(read_it(&s, &lines, &err), TD_ERR_STORE);
	assert_int_equal(s.triples, 1);
	assert_int_equal(remove(path), 0);
	assert_int_equal(read_it(&s, &lines, &err), TD_ERR_IO);
}

static int make_path(void **state)
{
	(void)state;
	strcpy(path, "/tmp/tidings-nt-XXXXXX");
	int fd = mkstemp(path);
	return fd < 0 ? -1 : close(fd);
}

static int remove_path(void **state)
{
	(void)state;
	(void)remove(path);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_lines_are_read),
		cmocka_unit_test(bad_lines_are_refused),
		cmocka_unit_test(empty_lines_hold_nothing),
		cmocka_unit_test(bad_lines_are_named_and_left_out),
		cmocka_unit_test(bad_lines_only_are_a_failure),
		cmocka_unit_test(a_line_without_end_is_left_out),
		cmocka_unit_test(a_packed_file_that_is_cut_short_fails),
		cmocka_unit_test(the_reader_can_be_stopped),
	};
	return cmocka_run_group_tests(tests, make_path, remove_path);
}
