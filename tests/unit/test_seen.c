/* Which graphs a run has made: told apart by name and content, also when there are many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* The program's own files are not in the library: this one is part of the test. */
#include "cli/seen.c"

static td_seen_answer add(td_seen *seen, const char *name, const char *content)
{
	return td_seen_add(seen, td_str_of(name), td_str_of(content));
}

static void same_and_other(void **state)
{
	td_seen seen = { 0 };
	(void)state;
	assert_int_equal(add(&seen, "http://x/a", "1"), TD_SEEN_NEVER);
	assert_int_equal(add(&seen, "http://x/b", "1"), TD_SEEN_NEVER);
	assert_int_equal(add(&seen, "http://x/a", "1"), TD_SEEN_SAME);
	assert_int_equal(add(&seen, "http://x/a", "2"), TD_SEEN_OTHER);
	assert_int_equal(add(&seen, "http://x/a", "1"), TD_SEEN_SAME);
	td_seen_free(&seen);
}

static void many(void **state)
{
	td_seen seen = { 0 };
	char name[32];
	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 100000; i++) {
			snprintf(name, sizeof name, "http://x/%d", i);
			assert_int_equal(add(&seen, name, "1"), round ? TD_SEEN_SAME : TD_SEEN_NEVER);
		}
	assert_int_equal(seen.n, 100000);
	td_seen_free(&seen);
}

static void without_memory_nothing_is_remembered(void **state)
{
	td_seen seen = { 0 };
	(void)state;
	td_alloc_fail_at(1);
	assert_int_equal(add(&seen, "http://x/a", "1"), TD_SEEN_NEVER);
	assert_int_equal(add(&seen, "http://x/a", "1"), TD_SEEN_NEVER);
	assert_int_equal(add(&seen, "http://x/a", "1"), TD_SEEN_SAME);
	td_seen_free(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_and_other),
		cmocka_unit_test(many),
		cmocka_unit_test(without_memory_nothing_is_remembered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
