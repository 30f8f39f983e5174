/* A knowledge base of the user out of RDF: what is taken, and that nothing half made is left. */
#include "kb_dump.h"

/* ---- what is taken ---- */

static const char names[] =
	"<http://x/1> " LABEL " \"Grosse Firma\"@de .\n"
	"<http://x/1> " LABEL " \"Big Company\"@en .\n"
	"<http://x/1> " LABEL " \"Large Company\"@en-GB .\n"
	"<http://x/1> " ALT " \"BigCo\" .\n"
	"<http://x/1> " ALT " \"BigCo\" .\n"
	"<http://x/1> " ALT " \"Grossfirma\"@de .\n"
	"<http://x/1> " TYPE " <http://schema.org/Organization> .\n"
	"<http://x/2> " LABEL " \"Ohne Namen\"@de .\n"
	"<http://x/3> " LABEL " \"Some Word\" .\n"
	"<http://x/3> " TYPE " <http://www.w3.org/2004/02/skos/core#ConceptScheme> .\n"
	"_:b " LABEL " \"Nobody\" .\n"
	"<http://x/4> " LABEL " <http://x/5> .\n"
	"<http://x/6> " LABEL " \"Jane Roe\"@en .\n"
	"<http://x/6> <http://schema.org/birthDate> \"1970\" .\n"
	"<http://x/6> <http://schema.org/gender> \"female\" .\n";

static void labels_aliases_and_classes_are_taken(void **state)
{
	td_kb_candidate found[8];
	(void)state;
	td_kb *kb = made_of("a.nt", names, NULL);
	assert_int_equal(td_kb_count(kb), 2);
	td_kb_entry e = first_of(kb, "BigCo");
	assert_str(e.key, "http://x/1");
	assert_str(e.iri, "http://x/1");
	assert_str(e.label, "Big Company");
	assert_str(e.wikidata, "");
	assert_int_equal(e.cls, TD_ORGANIZATION);
	assert_str(first_of(kb, "the large company").key, "http://x/1");
	assert_int_equal(find(kb, "Big Company", found), 1);
	assert_true(found[0].primary && found[0].prior > 0.99f);
	assert_int_equal(find(kb, "Grossfirma", found), 0);
	assert_int_equal(find(kb, "Some Word", found), 0);
	assert_int_equal(find(kb, "Nobody", found), 0);
	e = first_of(kb, "Jane Roe");
	assert_int_equal(e.cls, TD_PERSON);
	assert_int_equal(e.gender, TD_FEMALE);
	td_kb_close(kb);
}

static void languages_are_the_users_choice(void **state)
{
	td_kb_import_options options = { .dump = { .languages = "de,en" } };
	td_kb_import_stats stats;
	td_error err = { 0 };
	(void)state;
	td_kb *kb = made_of("a.nt", names, &options);
	assert_int_equal(td_kb_count(kb), 3);
	assert_str(first_of(kb, "Big Company").label, "Grosse Firma");
	assert_str(first_of(kb, "Grossfirma").key, "http://x/1");
	td_kb_close(kb);
	options.dump.languages = "*";
	kb = made_of("a.nt", "<http://x/1> " LABEL " \"Grande\"@fr .\n", &options);
	assert_int_equal(td_kb_count(kb), 1);
	td_kb_close(kb);
	options.dump.languages = "not a tag";
	assert_int_equal(import("a.nt", &options, &stats, &err), TD_ERR_USAGE);
}

static void wikidata_and_dbpedia_have_their_own_keys(void **state)
{
	static const char text[] =
		"<" WD "Q42> " LABEL " \"Douglas Adams\"@en .\n"
		"<" WD "Q42> " P31 " <" WD "Q5> .\n"
		"<https://en.wikipedia.org/wiki/Douglas_Adams> <http://schema.org/about> <" WD "Q42> .\n"
		"<" WD "P31> " LABEL " \"instance of\"@en .\n"
		"<" WD "Q1> " LABEL " \"Mercury\"@en .\n"
		"<" WD "Q1> " P31 " <" WD "Q4167410> .\n"
		"<http://dbpedia.org/resource/Towel> " LABEL " \"Towel\"@en .\n"
		"<http://x/adams> " ALT " \"Our Douglas\" .\n"
		"<http://x/adams> " SAME " <" WD "Q42> .\n"
		"<http://x/towel> " SAME " <http://dbpedia.org/resource/Towel> .\n"
		"<http://x/towel> " ALT " \"Wiping Cloth\" .\n"
		"<http://dbpedia.org/resource/Fish> " LABEL " \"Babel fish\"@en .\n"
		"<http://dbpedia.org/resource/Fish> " SAME " <" WD "Q99> .\n";
	td_kb_candidate found[8];
	(void)state;
	td_kb *kb = made_of("a.nt", text, NULL);
	assert_int_equal(td_kb_count(kb), 3);
	td_kb_entry e = first_of(kb, "Our Douglas");
	assert_str(e.wikidata, "Q42");
	assert_str(e.dbpedia, "Douglas_Adams");
	assert_str(e.iri, "http://x/adams");
	assert_str(e.label, "Douglas Adams");
	assert_int_equal(e.cls, TD_PERSON);
	e = first_of(kb, "wiping cloth");
	assert_str(e.key, "dbr:Towel");
	assert_str(e.dbpedia, "Towel");
	assert_str(e.iri, "http://x/towel");
	e = first_of(kb, "babel fish");
	assert_str(e.key, "Q99");
	assert_str(e.dbpedia, "Fish");
	assert_int_equal(find(kb, "instance of", found), 0);
	assert_int_equal(find(kb, "Mercury", found), 0);
	td_kb_close(kb);
}

static void the_better_known_of_two_comes_first(void **state)
{
	static const char text[] =
		"<http://x/small> " LABEL " \"Springfield\" .\n<http://x/small> <http://x/people> \"200\" .\n"
		"<http://x/small> <http://x/p> \"1\" .\n<http://x/small> <http://x/p> \"2\" .\n<http://x/small> <http://x/p> \"3\" .\n"
		"<http://x/large> " LABEL " \"Springfield\" .\n<http://x/large> <http://x/people> \"100000\" .\n";
	td_kb_import_options options = { .dump = { .popularity = "http://x/people" } };
	(void)state;
	td_kb *kb = made_of("a.nt", text, NULL);
	assert_str(first_of(kb, "Springfield").key, "http://x/small");
	td_kb_close(kb);
	kb = made_of("a.nt", text, &options);
	assert_str(first_of(kb, "Springfield").key, "http://x/large");
	td_kb_candidate found[8];
	assert_int_equal(find(kb, "Springfield", found), 2);
	assert_true(found[0].prior > 0.9f && found[1].prior < 0.1f);
	td_kb_close(kb);
}

static void statements_of_one_thing_need_not_stand_together(void **state)
{
	static const char text[] =
		"<http://x/1> " ALT " \"Alpha\" .\n<http://x/2> " LABEL " \"Two\" .\n<http://x/1> " LABEL " \"One\" .\n"
		"<http://x/2> " ALT " \"Alpha\" .\n<http://x/1> " TYPE " <http://schema.org/Place> .\n<http://x/1> <http://x/p> \"1\" .\n";
	(void)state;
	td_kb *kb = made_of("a.nt", text, NULL);
	assert_int_equal(td_kb_count(kb), 2);
	assert_str(first_of(kb, "Alpha").label, "One"); /* four statements to two */
	assert_int_equal(first_of(kb, "One").cls, TD_PLACE);
	td_kb_close(kb);
}

/* ---- syntaxes ---- */

static void every_syntax_gives_the_same(void **state)
{
	static const char turtle[] = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
		"<http://x/1> a <http://schema.org/Place> ; skos:prefLabel \"Tr\xc3\xa4umstadt\"@en ; skos:altLabel \"Dream Town\"@en .\n";
	static const char lines[] = "<http://x/1> " TYPE " <http://schema.org/Place> .\n"
		"<http://x/1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Tr\\u00E4umstadt\"@en .\n"
		"<http://x/1> " ALT " \"Dream Town\"@en .\n";
	static const char *const files[] = { "a.nt", "a.nt.gz", "a.nq", "a.ttl", "lines.ttl", "lines.ttl.gz" };
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		td_kb *kb = made_of(files[i], strcmp(files[i], "a.ttl") == 0 ? turtle : lines, NULL);
		assert_str(first_of(kb, "dream town").label, "Tr\xc3\xa4umstadt");
		assert_int_equal(first_of(kb, "traumstadt").cls, TD_PLACE);
		td_kb_close(kb);
	}
	td_kb_import_stats stats;
	td_error err = { 0 };
	put("a.ttl.gz", turtle);
	assert_int_equal(import("a.ttl.gz", NULL, &stats, &err), TD_ERR_UNSUPPORTED);
	assert_non_null(strstr(err.text, "unpack it first"));
	td_rdf_end();
}

static char told[512];
static void on_bad(void *context, const char *path, const td_error *why)
{
	(void)context;
	(void)path;
	snprintf(told, sizeof told, "%s", why->text);
}

static void bad_lines_are_told_counted_and_left_out(void **state)
{
	td_kb_import_options options = { .bad = on_bad };
	td_kb_import_stats stats;
	td_error err = { 0 };
	(void)state;
	put("a.nt", "<http://x/1> " LABEL " \"One\" .\n<http://x/1> " LABEL " \"Un .\n<http://x/1> " ALT " \"Uno\" .\n");
	assert_int_equal(import("a.nt", &options, &stats, &err), TD_OK);
	assert_int_equal(stats.failed, 1);
	assert_int_equal(stats.dump.triples, 2);
	assert_non_null(strstr(told, "a.nt:2: a literal without its end"));
}

/* ---- what goes wrong ---- */

static void failures_leave_the_old_file_and_nothing_else(void **state)
{
	static const char *const bad[] = { "", "nonsense\n", "<http://x/1> <http://x/p> \"no name\" .\n" };
	td_kb_import_stats stats;
	td_error err = { 0 };
	(void)state;
	td_kb_close(made_of("a.nt", names, NULL));
	unsigned before = files_in_folder();
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		put("a.nt", bad[i]);
		assert_int_not_equal(import("a.nt", NULL, &stats, &err), TD_OK);
		assert_int_equal(files_in_folder(), before);
		td_kb *kb = open_out();
		assert_int_equal(td_kb_count(kb), 2);
		td_kb_close(kb);
	}
	assert_int_equal(import("nothing.nt", NULL, &stats, &err), TD_ERR_IO);
	assert_non_null(strstr(err.text, "nothing.nt"));
}

static void no_allocation_may_fail_unseen(void **state)
{
	td_kb_import_stats stats;
	td_error err = { 0 };
	unsigned refused = 0;
	(void)state;
	put("a.nt", names);
	for (uint64_t nth = 1; nth <= 200; nth++) {
		td_alloc_fail_at(nth);
		td_status status = import("a.nt", NULL, &stats, &err);
		td_alloc_fail_at(0);
		/* a temporary file may be made in another way then */
		assert_true(status == TD_OK || status == TD_ERR_MEMORY || status == TD_ERR_IO);
		refused += status != TD_OK;
		td_kb *kb = open_out();
		assert_int_equal(td_kb_count(kb), 2);
		td_kb_close(kb);
	}
	assert_true(refused > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_aliases_and_classes_are_taken),
		cmocka_unit_test(languages_are_the_users_choice),
		cmocka_unit_test(wikidata_and_dbpedia_have_their_own_keys),
		cmocka_unit_test(the_better_known_of_two_comes_first),
		cmocka_unit_test(statements_of_one_thing_need_not_stand_together),
		cmocka_unit_test(every_syntax_gives_the_same),
		cmocka_unit_test(bad_lines_are_told_counted_and_left_out),
		cmocka_unit_test(failures_leave_the_old_file_and_nothing_else),
		cmocka_unit_test(no_allocation_may_fail_unseen),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
