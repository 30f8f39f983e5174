/* The knowledge base: tables to file, look-up, offices; damaged tables and damaged files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "kg/kb.h"

static char folder[64];

static const char *const entities =
	"# a comment\n"
	"\n"
	"Q159\tRussia\tRussia\tPlace\t-\t-\t.9\tRussian Federation|adj:Russian\n"
	"Q30\tUnited_States\tUnited States\tPlace\t-\t-\t1\tUS|U.S.|America|adj:American\n"
	"Q7747\tVladimir_Putin\tVladimir Putin\tPerson\tRussia\tmale\t.9\tPutin\n"
	"Q23530\tDmitry_Medvedev\tDmitry Medvedev\tPerson\tQ159\tmale\t.7\tMedvedev\n"
	"-\tQasem_Soleimani\tQasem Soleimani\tPerson\t-\tmale\t.6\t-\n"
	"Q230\tGeorgia_(country)\tGeorgia\tPlace\t-\t-\t.6\tadj:Georgian\n"
	"Q1428\tGeorgia_(U.S._state)\tGeorgia\tPlace\tUnited_States\t-\t.4\t-\n"
	"-\tState_Duma\tState Duma\tOrganization\tRussia\t-\t.5\tgen:parliament\n"
	"-\tZürich\tZürich\tPlace\t-\t-\t.5\tZurich\n";

static const char *const offices =
	"Vladimir_Putin\tpresident\tRussia\t2000-05-07\t2008-05\n"
	"Dmitry_Medvedev\tpresident\tRussia\t2008-05-07\t2012-05\n"
	"Vladimir_Putin\tpresident\tRussia\t2012-05-07\t-\n"
	"Vladimir_Putin\tprime minister\tRussia\t2008\t2012\n";

static const char *path_of(const char *name)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void write_file(const char *name, const void *bytes, size_t n)
{
	FILE *file = fopen(path_of(name), "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

static size_t read_file(const char *name, char *out, size_t cap)
{
	FILE *file = fopen(path_of(name), "rb");
	assert_non_null(file);
	size_t n = fread(out, 1, cap, file);
	assert_int_equal(fclose(file), 0);
	return n;
}

static td_status build(const char *table, const char *terms, td_error *err)
{
	char out[128];
	write_file("a.tsv", table, strlen(table));
	write_file("terms.tsv", terms, strlen(terms));
	snprintf(out, sizeof out, "%s/kb.bin", folder);
	return td_kb_build(folder, out, err);
}

static td_kb *open_kb(void)
{
	td_error err = { 0 };
	td_kb *kb = NULL;
	assert_int_equal(build(entities, offices, &err), TD_OK);
	assert_int_equal(td_kb_open(path_of("kb.bin"), &kb, &err), TD_OK);
	return kb;
}

static uint32_t find(const td_kb *kb, const char *name, td_kb_candidate *out)
{
	td_arena arena;
	td_arena_init(&arena);
	uint32_t n = td_kb_find(kb, td_fold(&arena, td_str_of(name)), out, 8);
	td_arena_free(&arena);
	return n;
}

static void assert_means(const td_kb *kb, const char *name, const char *key)
{
	td_kb_candidate found[8];
	if (find(kb, name, found) == 0) fail_msg("%s: not found", name);
	td_kb_entry entry = td_kb_get(kb, found[0].entry);
	if (!td_str_eq(entry.key, td_str_of(key))) fail_msg("%s: " TD_STR_FMT, name, TD_STR_ARG(entry.key));
}

static void entries_come_back_as_written(void **state)
{
	td_kb *kb = open_kb();
	(void)state;
	assert_int_equal(td_kb_count(kb), 9);
	td_kb_entry putin = td_kb_get(kb, td_kb_by_key(kb, TD_STR("Q7747")));
	assert_true(td_str_eq(putin.label, TD_STR("Vladimir Putin")));
	assert_true(td_str_eq(putin.dbpedia, TD_STR("Vladimir_Putin")));
	assert_true(td_str_eq(putin.wikidata, TD_STR("Q7747")));
	assert_int_equal(putin.cls, TD_PERSON);
	assert_int_equal(putin.gender, TD_MALE);
	assert_int_equal(putin.country, td_kb_by_key(kb, TD_STR("Q159")));
	assert_true(putin.prior > 0.89f && putin.prior < 0.91f);

	td_kb_entry soleimani = td_kb_get(kb, td_kb_by_key(kb, TD_STR("dbr:Qasem_Soleimani")));
	assert_true(td_str_eq(soleimani.dbpedia, TD_STR("Qasem_Soleimani")));
	assert_int_equal(soleimani.wikidata.n, 0);
	assert_int_equal(soleimani.country, TD_NONE);
	assert_int_equal(td_kb_by_key(kb, TD_STR("Q1")), TD_NONE);
	assert_int_equal(td_kb_get(kb, 9).key.n, 0);
	td_kb_close(kb);
}

static void names_are_found_however_they_are_spelled(void **state)
{
	td_kb *kb = open_kb();
	td_kb_candidate found[8];
	(void)state;
	assert_means(kb, "Putin", "Q7747");
	assert_means(kb, "VLADIMIR PUTIN", "Q7747");
	assert_means(kb, "Vladimir Putin’s", "Q7747");
	assert_means(kb, "Vladimir\n Putin", "Q7747");
	assert_means(kb, "U.S.", "Q30");
	assert_means(kb, "US", "Q30");
	assert_means(kb, "U.S", "Q30");
	assert_means(kb, "the United States", "Q30");
	assert_means(kb, "Zurich", "dbr:Zürich");
	assert_means(kb, "Qassem Suleimani", "dbr:Qasem_Soleimani");
	assert_means(kb, "Dmitri Medvedev", "Q23530");
	assert_int_equal(find(kb, "Vladimir", found), 0);
	assert_int_equal(find(kb, "Igor Putin", found), 0);
	assert_int_equal(find(kb, "", found), 0);
	assert_int_equal(find(kb, "the", found), 0);
	td_kb_close(kb);
}

static void candidates_say_how_they_were_found(void **state)
{
	td_kb *kb = open_kb();
	td_kb_candidate found[8];
	(void)state;
	assert_int_equal(find(kb, "Georgia", found), 2);
	assert_true(found[0].prior > 0.59f && found[0].prior < 0.61f && found[0].primary);
	assert_int_equal(find(kb, "Russian", found), 1);
	assert_true(found[0].demonym && !found[0].primary);
	assert_int_equal(find(kb, "Kasem Soleymani", found), 1);
	assert_true(found[0].variant);
	assert_int_equal(find(kb, "Putin", found), 1);
	assert_false(found[0].primary || found[0].demonym || found[0].variant);
	td_kb_close(kb);
}

static void common_names_mean_something_only_beside_their_place(void **state)
{
	td_kb *kb = open_kb();
	td_kb_candidate found[8];
	uint32_t duma = td_kb_by_key(kb, TD_STR("dbr:State_Duma"));
	(void)state;
	assert_int_equal(find(kb, "parliament", found), 0);
	assert_int_equal(td_kb_institution(kb, TD_STR("parliament"), td_kb_by_key(kb, TD_STR("Q159"))), duma);
	assert_int_equal(td_kb_institution(kb, TD_STR("parliament"), td_kb_by_key(kb, TD_STR("Q30"))), TD_NONE);
	assert_int_equal(td_kb_institution(kb, TD_STR("parliament"), TD_NONE), duma);
	assert_int_equal(td_kb_institution(kb, TD_STR("state duma"), TD_NONE), TD_NONE);
	td_kb_close(kb);
}

static void offices_have_their_holder_by_date(void **state)
{
	td_kb *kb = open_kb();
	uint32_t russia = td_kb_by_key(kb, TD_STR("Q159")), putin = td_kb_by_key(kb, TD_STR("Q7747"));
	uint32_t medvedev = td_kb_by_key(kb, TD_STR("Q23530"));
	(void)state;
	assert_int_equal(td_kb_holder(kb, TD_STR("president"), russia, 2007, 1), putin);
	assert_int_equal(td_kb_holder(kb, TD_STR("president"), russia, 2008, 5), medvedev);
	assert_int_equal(td_kb_holder(kb, TD_STR("president"), russia, 2010, 0), medvedev);
	assert_int_equal(td_kb_holder(kb, TD_STR("president"), russia, 2017, 4), putin);
	assert_int_equal(td_kb_holder(kb, TD_STR("prime minister"), russia, 2009, 3), putin);
	assert_int_equal(td_kb_holder(kb, TD_STR("prime minister"), russia, 2013, 3), TD_NONE);
	assert_int_equal(td_kb_holder(kb, TD_STR("president"), russia, 1999, 3), TD_NONE);
	assert_int_equal(td_kb_holder(kb, TD_STR("king"), russia, 2017, 4), TD_NONE);
	assert_int_equal(td_kb_holder(kb, TD_STR("president"), TD_NONE, 2017, 4), TD_NONE);
	assert_true(td_kb_in_office(kb, putin, 2010, 1));
	assert_false(td_kb_in_office(kb, medvedev, 2015, 0));
	td_kb_close(kb);
}

static void the_same_tables_give_the_same_bytes(void **state)
{
	static char first[8192], second[8192];
	td_error err = { 0 };
	(void)state;
	assert_int_equal(build(entities, offices, &err), TD_OK);
	size_t n = read_file("kb.bin", first, sizeof first);
	assert_int_equal(build(entities, offices, &err), TD_OK);
	assert_int_equal(read_file("kb.bin", second, sizeof second), n);
	assert_memory_equal(first, second, n);
}

static void bad_tables_are_named_with_their_line(void **state)
{
	static const struct {
		const char *table, *terms, *says;
	} cases[] = {
		{ "Q1\tA\tA\tPlace\t-\t-\t.5\n", "", "a.tsv:1: wants 8 columns" },
		{ "# x\nX1\tA\tA\tPlace\t-\t-\t.5\t-\n", "", "a.tsv:2: the first column is no Wikidata id" },
		{ "-\tA B\tA\tPlace\t-\t-\t.5\t-\n", "", "must not" },
		{ "-\t-\tA\tPlace\t-\t-\t.5\t-\n", "", "neither" },
		{ "Q1\tA\t-\tPlace\t-\t-\t.5\t-\n", "", "no label" },
		{ "Q1\tA\tA\tPlanet\t-\t-\t.5\t-\n", "", "unknown class" },
		{ "Q1\tA\tA\tPlace\t-\tboth\t.5\t-\n", "", "unknown gender" },
		{ "Q1\tA\tA\tPlace\t-\t-\t1.5\t-\n", "", "prior" },
		{ "Q1\tA\tA\tPlace\tB\t-\t.5\t-\n", "", "no entry \"B\"" },
		{ "Q1\tA\tA\tPlace\t-\t-\t.5\t-\nQ1\tB\tB\tPlace\t-\t-\t.5\t-\n", "", "Q1 stands twice" },
		{ "Q1\tA\tA\tPlace\t-\t-\t.5\t-\n", "A\tking\tA\tsoon\t-\n", "terms.tsv:1: no date" },
		{ "Q1\tA\tA\tPlace\t-\t-\t.5\t-\n", "A\tking\tA\t2001\t1999\n", "ends before it begins" },
		{ "Q1\tA\tA\tPlace\t-\t-\t.5\t-\n", "B\tking\tA\t2001\t-\n", "no entry \"B\"" },
		{ "Q1\tA\tA\tPlace\t-\t-\t.5\t-\n", "\nA\tking\n", "terms.tsv:2: wants 5 columns" },
		{ "Q1\tA\t\xff\tPlace\t-\t-\t.5\t-\n", "", "UTF-8" },
		{ "# nothing\n", "", "no entries" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_error err = { 0 };
		assert_int_not_equal(build(cases[i].table, cases[i].terms, &err), TD_OK);
		if (!strstr(err.text, cases[i].says)) fail_msg("case %zu says: %s", i, err.text);
	}
}

static void a_failed_build_leaves_the_old_file(void **state)
{
	static char before[8192], after[8192];
	td_error err = { 0 };
	(void)state;
	assert_int_equal(build(entities, offices, &err), TD_OK);
	size_t n = read_file("kb.bin", before, sizeof before);
	assert_int_not_equal(build("Q1\n", "", &err), TD_OK);
	assert_int_equal(read_file("kb.bin", after, sizeof after), n);
	assert_memory_equal(before, after, n);
	assert_int_equal(build(entities, offices, &err), TD_OK);
	assert_int_equal(td_kb_build(folder, "/nowhere/kb.bin", &err), TD_ERR_IO);
	assert_int_equal(td_kb_build("/nowhere", path_of("kb.bin"), &err), TD_ERR_IO);
}

/* Asks everything of a file that passed the checks on opening: nothing may be read out of bounds. */
static void ask_all(const td_kb *kb)
{
	static const char *const names[] = { "Putin", "US", "Georgia", "Russian", "Qassem Suleimani", "zzz", "a" };
	td_kb_candidate found[8];
	for (uint32_t i = 0; i < td_kb_count(kb) && i < 64; i++) {
		td_kb_entry e = td_kb_get(kb, i);
		assert_true(td_utf8_check(e.label) <= e.label.n);
		assert_true(e.cls < TD_CLASS_COUNT && e.gender < TD_GENDER_COUNT);
		(void)td_kb_holder(kb, TD_STR("president"), i, 2010, 3);
		(void)td_kb_in_office(kb, i, 2010, 3);
		(void)td_kb_by_key(kb, e.key);
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		uint32_t n = find(kb, names[i], found);
		assert_true(n <= 8);
		for (uint32_t k = 0; k < n; k++) assert_true(found[k].entry < td_kb_count(kb));
	}
}

static void truncated_files_are_refused(void **state)
{
	static char bytes[8192];
	td_error err = { 0 };
	td_kb *kb = NULL;
	(void)state;
	assert_int_equal(build(entities, offices, &err), TD_OK);
	size_t n = read_file("kb.bin", bytes, sizeof bytes);
	for (size_t keep = 0; keep < n; keep += keep < 64 ? 1 : 13) {
		write_file("cut.bin", bytes, keep);
		assert_int_equal(td_kb_open(path_of("cut.bin"), &kb, &err), TD_ERR_DATA);
		assert_null(kb);
	}
}

static void flipped_bits_are_refused(void **state)
{
	static char bytes[8192];
	td_error err = { 0 };
	td_kb *kb = NULL;
	(void)state;
	assert_int_equal(build(entities, offices, &err), TD_OK);
	size_t n = read_file("kb.bin", bytes, sizeof bytes);
	for (size_t at = 0; at < n; at += at < 64 ? 1 : 7) {
		bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
		write_file("flip.bin", bytes, n);
		assert_int_equal(td_kb_open(path_of("flip.bin"), &kb, &err), TD_ERR_DATA);
		bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
	}
}

/* With the checksum set right again the damage gets past it: every look-up must still stay inside the file. */
static void forged_files_do_no_harm(void **state)
{
	static char bytes[8192];
	td_error err = { 0 };
	uint32_t random = 12345;
	(void)state;
	assert_int_equal(build(entities, offices, &err), TD_OK);
	size_t n = read_file("kb.bin", bytes, sizeof bytes);
	for (int round = 0; round < 400; round++) {
		static char forged[8192];
		td_kb *kb = NULL;
		memcpy(forged, bytes, n);
		for (int flips = 0; flips < 8; flips++) {
			random = random * 1664525 + 1013904223;
			forged[24 + (random >> 8) % (n - 24)] = (char)(random >> 3);
		}
		uint32_t crc = td_crc32((td_str){ forged + 20, n - 20 });
		memcpy(forged + 16, &crc, sizeof crc);
		write_file("forged.bin", forged, n);
		if (td_kb_open(path_of("forged.bin"), &kb, &err) == TD_OK) ask_all(kb);
		td_kb_close(kb);
	}
}

static void what_is_no_knowledge_base_is_refused(void **state)
{
	td_error err = { 0 };
	td_kb *kb = NULL;
	(void)state;
	assert_int_equal(td_kb_open("/nowhere/kb.bin", &kb, &err), TD_ERR_IO);
	write_file("text.bin", "not a knowledge base of any kind, but long enough for a header", 63);
	assert_int_equal(td_kb_open(path_of("text.bin"), &kb, &err), TD_ERR_DATA);
	assert_null(kb);
	assert_int_equal(td_kb_count(NULL), 0);
	td_kb_close(NULL);
}

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/tidings-kb-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const names[] = { "a.tsv", "terms.tsv", "kb.bin", "cut.bin", "flip.bin", "forged.bin", "text.bin" };
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) (void)remove(path_of(names[i]));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_come_back_as_written),
		cmocka_unit_test(names_are_found_however_they_are_spelled),
		cmocka_unit_test(candidates_say_how_they_were_found),
		cmocka_unit_test(common_names_mean_something_only_beside_their_place),
		cmocka_unit_test(offices_have_their_holder_by_date),
		cmocka_unit_test(the_same_tables_give_the_same_bytes),
		cmocka_unit_test(bad_tables_are_named_with_their_line),
		cmocka_unit_test(a_failed_build_leaves_the_old_file),
		cmocka_unit_test(truncated_files_are_refused),
		cmocka_unit_test(flipped_bits_are_refused),
		cmocka_unit_test(forged_files_do_no_harm),
		cmocka_unit_test(what_is_no_knowledge_base_is_refused),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
