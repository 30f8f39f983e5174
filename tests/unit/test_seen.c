/* Which graphs a run has made: told apart by name and content, also when there are many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* The program's own files are not in the library: this one is part of the test. */
#include "cli/seen.c"

static td_triple triple(const char *o)
{
	return (td_triple){ { .kind = TD_IRI, .value = TD_STR("http://x/s") }, { .kind = TD_IRI, .value = TD_STR("http://x/p") },
		{ .kind = TD_LITERAL, .value = td_str_of(o) } };
}

static td_graph graph(const char *name, td_triple *t)
{
	td_graph g = { .name = td_str_of(name) };
	g.triples.at = t;
	g.triples.n = 1;
	return g;
}

static void same_and_other(void **state)
{
	td_seen seen = { 0 };
	td_triple one = triple("1"), two = triple("2");
	td_graph a = graph("http://x/a", &one), changed = graph("http://x/a", &two), b = graph("http://x/b", &one);
	(void)state;
	assert_int_equal(td_seen_add(&seen, &a), TD_SEEN_NEVER);
	assert_int_equal(td_seen_add(&seen, &b), TD_SEEN_NEVER);
	assert_int_equal(td_seen_add(&seen, &a), TD_SEEN_SAME);
	assert_int_equal(td_seen_add(&seen, &changed), TD_SEEN_OTHER);
	assert_int_equal(td_seen_add(&seen, &a), TD_SEEN_SAME);
	td_seen_free(&seen);
}

static void many(void **state)
{
	td_seen seen = { 0 };
	td_triple t = triple("1");
	char name[32];
	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 100000; i++) {
			snprintf(name, sizeof name, "http://x/%d", i);
			td_graph g = graph(name, &t);
			assert_int_equal(td_seen_add(&seen, &g), round ? TD_SEEN_SAME : TD_SEEN_NEVER);
		}
	assert_int_equal(seen.n, 100000);
	td_seen_free(&seen);
}

static void without_memory_nothing_is_remembered(void **state)
{
	td_seen seen = { 0 };
	td_triple t = triple("1");
	td_graph a = graph("http://x/a", &t);
	(void)state;
	td_alloc_fail_at(1);
	assert_int_equal(td_seen_add(&seen, &a), TD_SEEN_NEVER);
	assert_int_equal(td_seen_add(&seen, &a), TD_SEEN_NEVER);
	assert_int_equal(td_seen_add(&seen, &a), TD_SEEN_SAME);
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
