/* Linking: hand-made documents against a small knowledge base. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kg/kg.h"

static const char *const table =
	"Q159\tRussia\tRussia\tPlace\t-\t-\t.9\tadj:Russian\n"
	"Q145\tUnited_Kingdom\tUnited Kingdom\tPlace\t-\t-\t.9\tUK|Britain|adj:British\n"
	"Q183\tGermany\tGermany\tPlace\t-\t-\t.9\tadj:German\n"
	"Q30\tUnited_States\tUnited States\tPlace\t-\t-\t1\tUS|adj:American\n"
	"Q230\tGeorgia_(country)\tGeorgia\tPlace\t-\t-\t.6\tadj:Georgian\n"
	"Q1428\tGeorgia_(U.S._state)\tGeorgia\tPlace\tUnited_States\t-\t.5\t-\n"
	"-\tTbilisi\tTbilisi\tPlace\tQ230\t-\t.5\t-\n"
	"Q23556\tAtlanta\tAtlanta\tPlace\tUnited_States\t-\t.6\t-\n"
	"Q7747\tVladimir_Putin\tVladimir Putin\tPerson\tRussia\tmale\t.9\tPutin\n"
	"Q22686\tDonald_Trump\tDonald Trump\tPerson\tUnited_States\tmale\t.9\tTrump\n"
	"Q264766\tTheresa_May\tTheresa May\tPerson\tUnited_Kingdom\tfemale\t.8\t-\n"
	"Q567\tAngela_Merkel\tAngela Merkel\tPerson\tGermany\tfemale\t.8\tMerkel\n"
	"Q180589\tBoris_Johnson\tBoris Johnson\tPerson\tUnited_Kingdom\tmale\t.8\t-\n"
	"-\tQasem_Soleimani\tQasem Soleimani\tPerson\t-\tmale\t.6\tSoleimani\n"
	"Q133274\tKremlin\tKremlin\tOrganization\tRussia\t-\t.7\t-\n"
	"Q810\tJordan\tJordan\tPlace\t-\t-\t.8\t-\n"
	"-\tIslamic_State\tIslamic State\tOrganization\t-\t-\t.7\tISIS\n"
	"-\tDemocratic_Party_(United_States)\tDemocratic Party\tOrganization\tUnited_States\t-\t.7\t-\n"
	"-\tDemocratic_Party_(Italy)\tDemocratic Party\tOrganization\tItaly\t-\t.5\t-\n"
	"Q11010\tParliament_of_the_United_Kingdom\tParliament of the United Kingdom\tOrganization\tUnited_Kingdom\t-\t.6\tgen:parliament\n"
	"Q6063\tGovernment_of_the_United_Kingdom\tGovernment of the United Kingdom\tOrganization\tUnited_Kingdom\t-\t.5\tgen:government\n"
	"-\tFederal_Government_of_Germany\tFederal Government of Germany\tOrganization\tGermany\t-\t.4\tgen:government\n"
	"-\tBundestag\tBundestag\tOrganization\tGermany\t-\t.5\tgen:parliament\n"
	"-\tNational_Hurricane_Center\tNational Hurricane Center\tOrganization\tUnited_States\t-\t.4\tNHC\n"
	"-\tTear_gas\tTear gas\tProduct\t-\t-\t.4\ttear gas\n"
	"-\tSpringfield,_Illinois\tSpringfield\tPlace\tUnited_States\t-\t.1\t-\n"
	"-\tSpringfield,_Missouri\tSpringfield\tPlace\tUnited_States\t-\t.1\t-\n"
	"Q1581\tMissouri\tMissouri\tPlace\tUnited_States\t-\t.6\t-\n"
	"Q38\tItaly\tItaly\tPlace\t-\t-\t.8\tadj:Italian\n";

static const char *const offices =
	"Theresa_May\tprime minister\tUnited_Kingdom\t2016-07-13\t2019-07\n"
	"Boris_Johnson\tprime minister\tUnited_Kingdom\t2019-07-24\t2022-09\n"
	"Angela_Merkel\tleader\tGermany\t2005-11\t2021-12\n"
	"Vladimir_Putin\tpresident\tRussia\t2012-05-07\t-\n";

static td_kb *kb;

/* ---- documents by hand ------------------------------------------------------------------------------------------- */

static void say(td_doc *doc, const char *text, const char *date)
{
	td_error err = { 0 };
	td_doc_init(doc);
	assert_int_equal(td_doc_set_text(doc, td_str_of(text), &err), TD_OK);
	doc->date = td_date_parse(td_str_of(date));
	for (size_t at = 0; text[at];) {
		size_t n = strcspn(text + at, " ");
		td_token tok = { .bytes = { (uint32_t)at, (uint32_t)(at + n) }, .form = { doc->text.at + at, n }, .head = TD_NONE };
		if (n) assert_true(TD_PUSH(&doc->arena, &doc->toks, tok));
		at += n + (text[at + n] == ' ');
	}
}

static uint32_t entity(td_doc *doc, uint8_t cls, bool named)
{
	td_entity e = { .label = TD_STR("?"), .kb = TD_NONE, .cls = cls, .named = named };
	assert_true(TD_PUSH(&doc->arena, &doc->entities, e));
	return doc->entities.n - 1;
}

/* Tokens from … to of the text are a mention of the entity. */
static void mention(td_doc *doc, uint32_t e, uint32_t from, uint32_t to, uint8_t kind, bool demonym)
{
	td_mention m = { .toks = { from, to }, .head = to - 1, .entity = e, .cls = doc->entities.at[e].cls, .kind = kind, .demonym = demonym };
	assert_true(TD_PUSH(&doc->arena, &doc->mentions, m));
	doc->entities.at[e].n_mentions++;
}

static void link_doc(td_doc *doc)
{
	td_error err = { 0 };
	assert_int_equal(td_link(doc, kb, &err), TD_OK);
	assert_int_equal(doc->stage, TD_STAGE_LINK);
}

static const char *linked(const td_doc *doc, uint32_t e)
{
	static char key[64];
	if (doc->entities.at[e].kb == TD_NONE) return "-";
	td_str at = td_kb_get(kb, doc->entities.at[e].kb).key;
	snprintf(key, sizeof key, TD_STR_FMT, TD_STR_ARG(at));
	return key;
}

/* One entity that is the whole text. */
static void assert_links(const char *name, uint8_t cls, const char *key)
{
	td_doc doc;
	say(&doc, name, "2017-04-12");
	mention(&doc, entity(&doc, cls, true), 0, doc.toks.n, TD_NAMED, false);
	link_doc(&doc);
	if (strcmp(linked(&doc, 0), key) != 0) fail_msg("%s: %s", name, linked(&doc, 0));
	td_doc_free(&doc);
}

/* ---- tests --------------------------------------------------------------------------------------------------------- */

static void names_link(void **state)
{
	(void)state;
	assert_links("Vladimir Putin", TD_PERSON, "Q7747");
	assert_links("Putin", TD_PERSON, "Q7747");
	assert_links("Vladimir V. Putin", TD_PERSON, "Q7747");
	assert_links("Donald J. Trump", TD_PERSON, "Q22686");
	assert_links("Qassem Suleimani", TD_PERSON, "dbr:Qasem_Soleimani");
	assert_links("Kremlin", TD_ORGANIZATION, "Q133274");
	assert_links("Kremlin", TD_PLACE, "Q133274");
	assert_links("Islamic State group", TD_ORGANIZATION, "dbr:Islamic_State");
	assert_links("US", TD_PLACE, "Q30");
}

static void namesakes_do_not_link(void **state)
{
	(void)state;
	assert_links("May", TD_PERSON, "-");
	assert_links("Johnson", TD_PERSON, "-");
	assert_links("Igor Putin", TD_PERSON, "-");
	assert_links("Jordan", TD_PERSON, "-");
	assert_links("Trump", TD_PLACE, "-");
	assert_links("Donald", TD_PERSON, "-");
	assert_links("Russian", TD_PERSON, "-");
}

static void the_fullest_name_decides(void **state)
{
	td_doc doc;
	(void)state;
	say(&doc, "Fred Trump said . Trump left .", "2017-04-12");
	uint32_t fred = entity(&doc, TD_PERSON, true);
	mention(&doc, fred, 0, 2, TD_NAMED, false);
	mention(&doc, fred, 4, 5, TD_NAMED, false);
	link_doc(&doc);
	assert_string_equal(linked(&doc, 0), "-");
	td_doc_free(&doc);
}

static void an_adjective_links_to_its_country(void **state)
{
	td_doc doc;
	(void)state;
	say(&doc, "Russian hackers", "2017-04-12");
	mention(&doc, entity(&doc, TD_PLACE, true), 0, 1, TD_NAMED, true);
	link_doc(&doc);
	assert_string_equal(linked(&doc, 0), "Q159");
	assert_true(td_str_eq(doc.entities.at[0].label, TD_STR("Russia")));
	td_doc_free(&doc);
}

static void the_company_decides_between_namesakes(void **state)
{
	static const struct {
		const char *text, *date, *first, *second;
		uint8_t cls;
	} cases[] = {
		{ "Georgia and Atlanta", "2020-01-01", "Q1428", "Q23556", TD_PLACE },
		{ "Georgia and Tbilisi", "2020-01-01", "Q230", "dbr:Tbilisi", TD_PLACE },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		td_doc doc;
		say(&doc, cases[i].text, cases[i].date);
		mention(&doc, entity(&doc, cases[i].cls, true), 0, 1, TD_NAMED, false);
		mention(&doc, entity(&doc, cases[i].cls, true), 2, 3, TD_NAMED, false);
		link_doc(&doc);
		assert_string_equal(linked(&doc, 0), cases[i].first);
		assert_string_equal(linked(&doc, 1), cases[i].second);
		td_doc_free(&doc);
	}
}

static void the_country_chooses_the_party(void **state)
{
	td_doc doc;
	(void)state;
	say(&doc, "Democratic Party in Italy", "2019-01-01");
	mention(&doc, entity(&doc, TD_ORGANIZATION, true), 0, 2, TD_NAMED, false);
	mention(&doc, entity(&doc, TD_PLACE, true), 3, 4, TD_NAMED, false);
	link_doc(&doc);
	assert_string_equal(linked(&doc, 0), "dbr:Democratic_Party_(Italy)");
	td_doc_free(&doc);
}

static void the_knowledge_base_corrects_class_label_and_gender(void **state)
{
	td_doc doc;
	(void)state;
	say(&doc, "Merkel", "2017-04-12");
	mention(&doc, entity(&doc, TD_CLASS_NONE, true), 0, 1, TD_NAMED, false);
	link_doc(&doc);
	assert_int_equal(doc.entities.at[0].cls, TD_PERSON);
	assert_int_equal(doc.entities.at[0].gender, TD_FEMALE);
	assert_true(td_str_eq(doc.entities.at[0].label, TD_STR("Angela Merkel")));
	assert_true(doc.entities.at[0].confidence > 0.5f);
	td_doc_free(&doc);
}

static void entities_of_one_entry_become_one(void **state)
{
	td_doc doc;
	(void)state;
	say(&doc, "UK police and Britain met Putin in Britain", "2017-04-12");
	uint32_t uk = entity(&doc, TD_PLACE, true), police = entity(&doc, TD_ORGANIZATION, false);
	uint32_t britain = entity(&doc, TD_PLACE, true), putin = entity(&doc, TD_PERSON, true);
	mention(&doc, uk, 0, 1, TD_NAMED, false);
	mention(&doc, police, 1, 2, TD_NOMINAL, false);
	mention(&doc, britain, 3, 4, TD_NAMED, false);
	mention(&doc, putin, 5, 6, TD_NAMED, false);
	mention(&doc, britain, 7, 8, TD_NAMED, false);
	td_position held = { .holder = putin, .title = TD_STR("guest"), .organization = britain };
	td_relation within = { .subject = police, .object = britain, .kind = TD_LOCATED_IN };
	td_relation loop = { .subject = uk, .object = britain, .kind = TD_PART_OF };
	assert_true(TD_PUSH(&doc.arena, &doc.positions, held));
	assert_true(TD_PUSH(&doc.arena, &doc.relations, loop));
	assert_true(TD_PUSH(&doc.arena, &doc.relations, within));
	link_doc(&doc);

	assert_int_equal(doc.entities.n, 3);
	assert_string_equal(linked(&doc, 0), "Q145");
	assert_int_equal(doc.entities.at[0].n_mentions, 3);
	assert_string_equal(linked(&doc, 2), "Q7747");
	const uint32_t owners[] = { 0, 1, 0, 2, 0 };
	for (uint32_t i = 0; i < 5; i++) assert_int_equal(doc.mentions.at[i].entity, owners[i]);
	assert_int_equal(doc.positions.at[0].holder, 2);
	assert_int_equal(doc.positions.at[0].organization, 0);
	assert_int_equal(doc.relations.n, 1);
	assert_int_equal(doc.relations.at[0].subject, 1);
	assert_int_equal(doc.relations.at[0].object, 0);
	td_doc_free(&doc);
}

static void assert_description(const char *text, const char *date, const char *key)
{
	td_doc doc;
	say(&doc, text, date);
	mention(&doc, entity(&doc, TD_PERSON, false), 0, doc.toks.n, TD_NOMINAL, false);
	link_doc(&doc);
	if (strcmp(linked(&doc, 0), key) != 0) fail_msg("%s in %s: %s", text, date, linked(&doc, 0));
	td_doc_free(&doc);
}

static void descriptions_link_by_office_and_date(void **state)
{
	(void)state;
	assert_description("British prime minister", "2017-04-12", "Q264766");
	assert_description("British prime minister", "2020-04-12", "Q180589");
	assert_description("British prime minister", "1999-04-12", "-");
	assert_description("German leader", "2017-04-12", "Q567");
	assert_description("Russian leader", "2017-04-12", "Q7747");
	assert_description("Russian lawmaker", "2017-04-12", "-");
	assert_description("prime minister", "2017-04-12", "-");
}

static void institutions_link_by_the_country_beside_them(void **state)
{
	(void)state;
	assert_links("German parliament", TD_ORGANIZATION, "dbr:Bundestag");
	assert_links("Parliament of Germany", TD_ORGANIZATION, "dbr:Bundestag");
	assert_links("US National Hurricane Center", TD_ORGANIZATION, "dbr:National_Hurricane_Center");
	assert_links("German National Hurricane Center", TD_ORGANIZATION, "-");
	assert_links("Parliament", TD_ORGANIZATION, "-");
	assert_links("Jordan parliament", TD_ORGANIZATION, "-");
	assert_description("German government", "2017-04-12", "-");
}

/* The text's first word is the country that the document is about. */
static void assert_at_home(const char *text, uint8_t cls, const char *key)
{
	td_doc doc;
	say(&doc, text, "2019-01-01");
	mention(&doc, entity(&doc, TD_PLACE, true), 0, 1, TD_NAMED, false);
	mention(&doc, entity(&doc, cls, false), 1, doc.toks.n, TD_NOMINAL, false);
	link_doc(&doc);
	if (strcmp(linked(&doc, 1), key) != 0) fail_msg("%s: %s", text, linked(&doc, 1));
	td_doc_free(&doc);
}

static void institutions_at_home_need_no_country(void **state)
{
	(void)state;
	assert_at_home("Britain government", TD_ORGANIZATION, "Q6063");
	assert_at_home("Germany government", TD_ORGANIZATION, "dbr:Federal_Government_of_Germany");
	assert_at_home("Italy government", TD_ORGANIZATION, "-");
	assert_at_home("Britain German government", TD_ORGANIZATION, "dbr:Federal_Government_of_Germany");
	assert_at_home("Britain tear gas", TD_PRODUCT, "dbr:Tear_gas");
	assert_at_home("Britain soldiers", TD_GROUP, "-");
}

static void the_region_beside_it_chooses_the_town(void **state)
{
	td_doc doc;
	(void)state;
	assert_links("Springfield", TD_PLACE, "-");
	say(&doc, "Springfield , Missouri", "2020-01-01");
	mention(&doc, entity(&doc, TD_PLACE, true), 0, 1, TD_NAMED, false);
	mention(&doc, entity(&doc, TD_PLACE, true), 2, 3, TD_NAMED, false);
	link_doc(&doc);
	assert_string_equal(linked(&doc, 0), "dbr:Springfield,_Missouri");
	td_doc_free(&doc);
}

static void a_described_person_joins_the_named_one(void **state)
{
	td_doc doc;
	(void)state;
	say(&doc, "Vladimir Putin spoke . Russian president left .", "2017-04-12");
	mention(&doc, entity(&doc, TD_PERSON, true), 0, 2, TD_NAMED, false);
	mention(&doc, entity(&doc, TD_PERSON, false), 4, 6, TD_NOMINAL, false);
	link_doc(&doc);
	assert_int_equal(doc.entities.n, 1);
	assert_int_equal(doc.entities.at[0].n_mentions, 2);
	assert_true(doc.entities.at[0].named);
	td_doc_free(&doc);
}

static void nothing_to_link_is_fine(void **state)
{
	td_doc doc;
	td_error err = { 0 };
	(void)state;
	say(&doc, "x", "2017-04-12");
	link_doc(&doc);
	assert_int_equal(doc.entities.n, 0);
	mention(&doc, entity(&doc, TD_PERSON, true), 0, 1, TD_NAMED, false);
	assert_int_equal(td_link(&doc, NULL, &err), TD_OK);
	assert_int_equal(doc.entities.at[0].kb, TD_NONE);
	td_doc_free(&doc);
}

static void running_out_of_memory_is_reported(void **state)
{
	(void)state;
	for (uint64_t nth = 1; nth < 40; nth++) {
		td_doc doc;
		td_error err = { 0 };
		say(&doc, "British prime minister met Putin", "2017-04-12");
		mention(&doc, entity(&doc, TD_PERSON, false), 0, 3, TD_NOMINAL, false);
		mention(&doc, entity(&doc, TD_PERSON, true), 4, 5, TD_NAMED, false);
		td_alloc_fail_at(nth);
		td_status status = td_link(&doc, kb, &err);
		td_alloc_fail_at(0);
		assert_true(status == TD_OK || status == TD_ERR_MEMORY);
		td_doc_free(&doc);
	}
}

/* ---- knowledge base -------------------------------------------------------------------------------------------------- */

static char folder[64], path[128];

static int write_table(const char *name, const char *text)
{
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "wb");
	if (!file) return -1;
	int rc = fputs(text, file) < 0 ? -1 : 0;
	return fclose(file) == 0 ? rc : -1;
}

static int open_kb(void **state)
{
	td_error err = { 0 };
	(void)state;
	strcpy(folder, "/tmp/tidings-link-XXXXXX");
	if (!mkdtemp(folder) || write_table("a.tsv", table) || write_table("terms.tsv", offices)) return -1;
	snprintf(path, sizeof path, "%s/kb.bin", folder);
	if (td_kb_build(folder, path, &err) != TD_OK || td_kb_open(path, &kb, &err) != TD_OK) {
		fprintf(stderr, "# %s\n", err.text);
		return -1;
	}
	return 0;
}

static int close_kb(void **state)
{
	static const char *const names[] = { "a.tsv", "terms.tsv", "kb.bin" };
	(void)state;
	td_kb_close(kb);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		(void)remove(path);
	}
	return rmdir(folder);
}

/* A place and the state behind it: the entry of that pair when there is one, else the article that the pair names. */
static void place_beside_state(const char *text, const char *key, const char *article)
{
	td_doc doc;
	say(&doc, text, "2017-04-12");
	uint32_t place = entity(&doc, TD_PLACE, true), state = entity(&doc, TD_PLACE, true);
	mention(&doc, place, 0, 1, TD_NAMED, false);
	mention(&doc, state, 2, 3, TD_NAMED, false);
	link_doc(&doc);
	if (strcmp(linked(&doc, place), key) != 0) fail_msg("%s: %s", text, linked(&doc, place));
	assert_true(td_str_eq(doc.entities.at[place].article, td_str_of(article)));
	td_doc_free(&doc);
}

static void a_place_is_in_the_state_beside_it(void **state)
{
	(void)state;
	place_beside_state("Elmford , Missouri", "-", "Elmford,_Missouri");
	place_beside_state("Atlanta , Missouri", "Q23556", "");
	place_beside_state("Tbilisi , Missouri", "-", "Tbilisi,_Missouri");
	place_beside_state("Springfield , Missouri", "dbr:Springfield,_Missouri", "");
	place_beside_state("Elmford , Russia", "-", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_link),
		cmocka_unit_test(namesakes_do_not_link),
		cmocka_unit_test(the_fullest_name_decides),
		cmocka_unit_test(an_adjective_links_to_its_country),
		cmocka_unit_test(the_company_decides_between_namesakes),
		cmocka_unit_test(the_country_chooses_the_party),
		cmocka_unit_test(the_knowledge_base_corrects_class_label_and_gender),
		cmocka_unit_test(entities_of_one_entry_become_one),
		cmocka_unit_test(descriptions_link_by_office_and_date),
		cmocka_unit_test(institutions_link_by_the_country_beside_them),
		cmocka_unit_test(institutions_at_home_need_no_country),
		cmocka_unit_test(the_region_beside_it_chooses_the_town),
		cmocka_unit_test(a_described_person_joins_the_named_one),
		cmocka_unit_test(nothing_to_link_is_fine),
		cmocka_unit_test(running_out_of_memory_is_reported),
		cmocka_unit_test(a_place_is_in_the_state_beside_it),
	};
	return cmocka_run_group_tests(tests, open_kb, close_kb);
}
