#include "check.h"

#include <stdlib.h>
#include <unistd.h>

static void error_keeps_position_and_whole_characters(void **state)
{
	(void)state;
	td_error err;
	assert_int_equal(td_fail_at(&err, TD_ERR_UTF8, 7, 3, "bad byte 0x%02X", 0xFF), TD_ERR_UTF8);
	assert_int_equal(err.byte, 7);
	assert_int_equal(err.line, 3);
	assert_string_equal(err.text, "bad byte 0xFF");
	/* The text is formatted before it is replaced. */
	td_fail(&err, TD_ERR_IO, "again: %s", err.text);
	assert_string_equal(err.text, "again: bad byte 0xFF");
	char many[1200];
	for (size_t i = 0; i + 1 < sizeof many; i += 2) memcpy(many + i, "é", 2);
	many[sizeof many - 2] = '\0';
	td_fail(&err, TD_ERR_IO, "x%s", many);
	assert_int_equal(td_utf8_check(td_str_of(err.text)), strlen(err.text));
	assert_int_equal(td_fail(NULL, TD_ERR_IO, "nobody listens"), TD_ERR_IO);
}

static void slices_cut_and_compare(void **state)
{
	(void)state;
	td_str rest = TD_STR("a,b,,c");
	check_str(td_str_cut(&rest, ','), "a");
	check_str(td_str_cut(&rest, ','), "b");
	check_str(td_str_cut(&rest, ','), "");
	check_str(td_str_cut(&rest, ','), "c");
	assert_int_equal(rest.n, 0);
	check_str(td_str_trim(TD_STR(" \t x y \r\n")), "x y");
	assert_true(td_str_cmp(TD_STR("a"), TD_STR("ab")) < 0);
	assert_true(td_str_cmp(TD_STR("b"), TD_STR("ab")) > 0);
	assert_int_equal(td_str_cmp((td_str){ 0 }, TD_STR("")), 0);
	assert_true(td_str_starts(TD_STR("news"), TD_STR("ne")));
	assert_false(td_str_ends(TD_STR("s"), TD_STR("ws")));
}

static void arena_gives_aligned_memory_and_keeps_one_chunk(void **state)
{
	(void)state;
	td_arena arena;
	td_arena_init(&arena);
	for (size_t i = 1; i < 3000; i += 7) {
		char *p = td_arena_alloc(&arena, i);
		assert_non_null(p);
		if (!arena.exact) assert_int_equal((uintptr_t)p % 16, 0);
		memset(p, 0xAB, i);
	}
	check_str(td_arena_printf(&arena, "%s-%d", "x", 7), "x-7");
	td_arena_reset(&arena);
	assert_int_equal(arena.total, 0);
	assert_null(td_arena_zero(&arena, SIZE_MAX / 2, 4));
	td_arena_free(&arena);
}

static void arrays_grow_and_keep_their_content(void **state)
{
	(void)state;
	td_arena arena;
	td_arena_init(&arena);
	TD_ARRAY(uint32_t) a = { 0 };
	for (uint32_t i = 0; i < 10000; i++) assert_true(TD_PUSH(&arena, &a, i * 3));
	for (uint32_t i = 0; i < 10000; i++) assert_int_equal(a.at[i], i * 3);
	td_arena_free(&arena);
}

static void the_nth_allocation_fails_on_demand(void **state)
{
	(void)state;
	td_buf buf = { 0 };
	td_alloc_fail_at(1);
	td_buf_str(&buf, TD_STR("lost"));
	assert_true(buf.failed);
	td_buf_str(&buf, TD_STR("also lost"));
	assert_int_equal(buf.n, 0);
	td_buf_free(&buf);
	td_buf_printf(&buf, "%d bottles", 99);
	assert_false(buf.failed);
	check_str(td_buf_view(&buf), "99 bottles");
	td_buf_free(&buf);
}

static void map_finds_what_was_put(void **state)
{
	(void)state;
	td_arena arena;
	td_map map;
	td_arena_init(&arena);
	td_map_init(&map, &arena);
	assert_int_equal(td_map_get(&map, TD_STR("a")), TD_NONE);
	for (uint32_t i = 0; i < 5000; i++) assert_true(td_map_put(&map, td_arena_printf(&arena, "key %u", i), i));
	assert_true(td_map_put(&map, TD_STR("key 7"), 70));
	assert_true(td_map_put(&map, (td_str){ 0 }, 1));
	assert_int_equal(map.n, 5001);
	assert_int_equal(td_map_get(&map, TD_STR("key 7")), 70);
	assert_int_equal(td_map_get(&map, TD_STR("key 4999")), 4999);
	assert_int_equal(td_map_get(&map, TD_STR("key 5000")), TD_NONE);
	assert_int_equal(td_map_get(&map, TD_STR("")), 1);
	td_arena_free(&arena);
}

static void hash_is_the_same_on_every_machine(void **state)
{
	(void)state;
	/* IRIs hang on it: these values must never change. */
	assert_int_equal(td_hash(TD_STR("")), 0xc3817c016ba4ff30u);
	assert_int_equal(td_hash(TD_STR("Zoja Črnigoj")), 0x4d596dd118b8432bu);
}

static void utf8_is_checked_to_the_byte(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t n, bad;
	} t[] = {
		{ "plain", 5, 5 }, { "é€😀", 9, 9 }, { "a\xC0\x80", 3, 1 }, { "a\xE0\x80\x80", 4, 1 }, { "ab\xED\xA0\x80", 5, 2 },
		{ "\xF4\x90\x80\x80", 4, 0 }, { "x\xE2\x82", 3, 1 }, { "\x80", 1, 0 }, { "\xFE", 1, 0 }, { "", 0, 0 },
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++)
		assert_int_equal(td_utf8_check((td_str){ t[i].bytes, t[i].n }), t[i].bad);
}

static void folding_makes_names_comparable(void **state)
{
	(void)state;
	td_arena arena;
	td_arena_init(&arena);
	check_str(td_fold(&arena, TD_STR("Paweł Adamowicz’s")), "pawel adamowicz's");
	check_str(td_fold(&arena, TD_STR("STRAßE – Øre")), "strasse - ore");
	check_str(td_fold(&arena, TD_STR("Zoë \u00A0İnan")), "zoe  inan");
	check_str(td_fold(&arena, TD_STR("")), "");
	check_str(td_lower(&arena, TD_STR("ÉCOLE Ⱥ x")), "école ⱥ x");
	td_arena_free(&arena);
}

static void looks_into_files_are_checked(void **state)
{
	(void)state;
	_Alignas(8) static const char bytes[32];
	td_str s = { bytes, sizeof bytes };
	assert_ptr_equal(td_at(s, 8, 3, 8, 8), bytes + 8);
	assert_null(td_at(s, 8, 4, 8, 8));
	assert_null(td_at(s, 4, 1, 8, 8));
	assert_null(td_at(s, UINT64_MAX, 1, 1, 1));
	assert_null(td_at(s, 0, UINT64_MAX / 4, 8, 1));
	assert_non_null(td_at(s, 32, 0, 8, 8));
	assert_int_equal(td_crc32(TD_STR("123456789")), 0xCBF43926u);
}

static void a_missing_file_is_named(void **state)
{
	(void)state;
	td_mapped file;
	td_error err;
	assert_int_equal(td_map_file("/nowhere/at all", &file, &err), TD_ERR_IO);
	assert_non_null(strstr(err.text, "/nowhere/at all"));
	assert_int_equal(td_map_file("/", &file, &err), TD_ERR_IO);
	char path[64];
	assert_int_equal(td_data_path("no such table", path, sizeof path, &err), TD_ERR_IO);
	assert_non_null(strstr(err.text, "no such table"));
}

/* Arrays that grow side by side beyond what a chunk of their own begins at; a failure leaves what is there. */
static void large_arrays(void **state)
{
	(void)state;
	td_arena arena;
	td_arena_init(&arena);
	for (int round = 0; round < 3; round++) {
		TD_ARRAY(uint64_t) a = { 0 };
		TD_ARRAY(uint32_t) b = { 0 };
		char *other = td_arena_alloc(&arena, 100);
		memset(other, 'x', 100);
		for (uint32_t i = 0; i < 300000; i++) {
			if (round == 1 && i % 1000 == 0) td_alloc_fail_at(1);
			while (!TD_PUSH(&arena, &a, i * 3ull)) assert_int_equal(round, 1);
			while (!TD_PUSH(&arena, &b, i)) assert_int_equal(round, 1);
		}
		td_alloc_fail_at(0);
		for (uint32_t i = 0; i < 300000; i++) assert_true(a.at[i] == i * 3ull && b.at[i] == i);
		for (int i = 0; i < 100; i++) assert_int_equal(other[i], 'x');
		td_arena_reset(&arena);
		assert_int_equal(arena.total, 0);
	}
	td_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(error_keeps_position_and_whole_characters), cmocka_unit_test(slices_cut_and_compare),
		cmocka_unit_test(arena_gives_aligned_memory_and_keeps_one_chunk),
		cmocka_unit_test(arrays_grow_and_keep_their_content), cmocka_unit_test(the_nth_allocation_fails_on_demand),
		cmocka_unit_test(map_finds_what_was_put), cmocka_unit_test(hash_is_the_same_on_every_machine),
		cmocka_unit_test(utf8_is_checked_to_the_byte), cmocka_unit_test(folding_makes_names_comparable),
		cmocka_unit_test(looks_into_files_are_checked), cmocka_unit_test(large_arrays), cmocka_unit_test(a_missing_file_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
