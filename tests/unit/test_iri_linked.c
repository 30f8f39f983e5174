/* What linked entities are called, with a knowledge base of two entries. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kg/facts.h"

static const char table[] = "Q159\tRussia\tRussia\tPlace\t-\t-\t.9\t-\n-\tZuzenhausen\tZuzenhausen\tPlace\t-\t-\t.9\t-\n";
static td_kb *kb;

static int open_kb(void **state)
{
	(void)state;
	char dir[] = "/tmp/tidings-iri-XXXXXX", in[64], out[64];
	if (!mkdtemp(dir)) return -1;
	snprintf(in, sizeof in, "%s/a.tsv", dir);
	snprintf(out, sizeof out, "%s/a.tdk", dir);
	FILE *file = fopen(in, "w");
	if (!file || fputs(table, file) < 0 || fclose(file)) return -1;
	td_error err;
	int failed = td_kb_build(dir, out, &err) != TD_OK || td_kb_open(out, &kb, &err) != TD_OK;
	unlink(in);
	unlink(out);
	rmdir(dir);
	return failed;
}

static int close_kb(void **state)
{
	(void)state;
	td_kb_close(kb);
	return 0;
}

/* Russia, a town that Wikidata's column lacks, and somebody whom nobody knows. */
static void build(td_doc *doc, td_subjects subjects)
{
	const uint32_t entries[] = { td_kb_by_key(kb, TD_STR("Q159")), td_kb_by_key(kb, TD_STR("dbr:Zuzenhausen")), TD_NONE };
	td_error err;
	td_doc_init(doc);
	for (size_t i = 0; i < 3; i++) {
		td_entity e = { .label = TD_STR("x"), .kb = entries[i], .iri = TD_STR("https://example.org/entity/x") };
		assert_true(TD_PUSH(&doc->arena, &doc->entities, e));
	}
	assert_int_equal(td_iris_linked(doc, kb, subjects, &err), TD_OK);
}

static void entities_have_the_names_asked_for(void **state)
{
	(void)state;
	static const char *const want[TD_SUBJECTS_COUNT][3] = {
		[TD_SUBJECTS_LOCAL] = { "https://example.org/entity/x", "https://example.org/entity/x", "https://example.org/entity/x" },
		[TD_SUBJECTS_WIKIDATA] = { "http://www.wikidata.org/entity/Q159", "https://example.org/entity/x", "https://example.org/entity/x" },
		[TD_SUBJECTS_DBPEDIA] = { "http://dbpedia.org/resource/Russia", "http://dbpedia.org/resource/Zuzenhausen",
			"https://example.org/entity/x" },
	};
	for (unsigned s = 0; s < TD_SUBJECTS_COUNT; s++) {
		td_doc doc;
		build(&doc, (td_subjects)s);
		for (uint32_t i = 0; i < 3; i++) check_str(doc.entities.at[i].iri, want[s][i]);
		td_doc_free(&doc);
	}
}

static void the_words_of_the_option(void **state)
{
	(void)state;
	assert_int_equal(td_subjects_parse(TD_STR("dbpedia"), TD_SUBJECTS_LOCAL), TD_SUBJECTS_DBPEDIA);
	assert_int_equal(td_subjects_parse(TD_STR("freebase"), TD_SUBJECTS_WIKIDATA), TD_SUBJECTS_WIKIDATA);
	assert_string_equal(td_subjects_text(TD_SUBJECTS_WIKIDATA), "wikidata");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(entities_have_the_names_asked_for), cmocka_unit_test(the_words_of_the_option) };
	return cmocka_run_group_tests_name("iri_linked", tests, open_kb, close_kb);
}
