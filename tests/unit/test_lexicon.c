#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "doc/lexicon.h"
#include "rdf/lexicon_compile.h"

static const char table[] =
	"class\tEvent\tEvent\tevent\n"
	"class\tConflict\tEvent\tconflict\n"
	"class\tAttack\tConflict\tattack\n"
	"class\tBombing\tAttack\tbombing\n"
	"# a comment\n"
	"sense\tattack\tVERB\tevent\tAttack\tnsubj:agent\tobj:Person\t\r\n"
	"sense\tattack\tNOUN\tevent\tAttack\t\t\t\n"
	"sense\tattack helicopter\tNOUN\tentity\tProduct\t\t\t\n"
	"sense\ttroops\tX\tentity\tGroup\t\t\t\n";

static void reads_classes_and_senses(void **state)
{
	(void)state;
	td_lexicon lexicon;
	assert_int_equal(td_lexicon_read(td_str_of(table), &lexicon, NULL), TD_OK);
	assert_int_equal(lexicon.classes.n, 4);
	uint16_t attack = td_lexicon_class(&lexicon, TD_STR("Attack")), bombing = td_lexicon_class(&lexicon, TD_STR("Bombing"));
	assert_true(td_lexicon_is_a(&lexicon, bombing, attack));
	assert_false(td_lexicon_is_a(&lexicon, attack, bombing));
	assert_false(td_lexicon_is_a(&lexicon, UINT16_MAX, attack));
	check_str(lexicon.classes.at[lexicon.classes.at[bombing].top].name, "Conflict");
	assert_int_equal(td_lexicon_class(&lexicon, TD_STR("Party")), UINT16_MAX);
	td_lexicon_free(&lexicon);
}

static void finds_senses_in_table_order(void **state)
{
	(void)state;
	td_lexicon lexicon;
	assert_int_equal(td_lexicon_read(td_str_of(table), &lexicon, NULL), TD_OK);
	uint32_t i = td_lexicon_find(&lexicon, TD_STR("attack"));
	assert_int_equal(lexicon.senses.at[i].upos, TD_VERB);
	check_str(lexicon.senses.at[i].when, "obj:Person");
	i = lexicon.senses.at[lexicon.senses.at[i].next].next; /* the phrase hangs on its first word */
	check_str(lexicon.senses.at[i].lemma, "attack helicopter");
	assert_int_equal(lexicon.senses.at[i].next, TD_NONE);
	assert_int_equal(td_lexicon_sense(&lexicon, TD_STR("attack"), TD_NOUN, TD_SENSE_EVENT), 1);
	assert_int_equal(td_lexicon_sense(&lexicon, TD_STR("attack"), TD_ADJ, TD_SENSE_EVENT), TD_NONE);
	assert_int_equal(td_lexicon_sense(&lexicon, TD_STR("troops"), TD_NOUN, TD_SENSE_ENTITY), 3);
	td_lexicon_free(&lexicon);
}

static void errors_name_the_line(void **state)
{
	(void)state;
	static const struct {
		const char *table;
		uint64_t line;
	} bad[] = {
		{ "class\tEvent\tEvent\te\nclass\tA\tB\ta\n", 2 },
		{ "class\tEvent\tEvent\te\nclass\tEvent\tEvent\te\n", 2 },
		{ "class\tEvent\tEvent\te\n\nsense\tgo\tVERB\tevent\tParty\t\t\t\n", 3 },
		{ "class\tEvent\tEvent\te\nsense\tgo\tVERBS\tcue\tActual\t\t\t\n", 2 },
		{ "class\tEvent\tEvent\te\nsense\tgo\tVERB\tqueue\tActual\t\t\t\n", 2 },
		{ "class\tEvent\tEvent\te\nsense\t\tVERB\tcue\tActual\t\t\t\n", 2 },
		{ "class\tEvent\tEvent\te\nsense\ttank\tNOUN\tentity\tThing\t\t\t\n", 2 },
		{ "classes\n", 1 },
		{ "", TD_NOWHERE },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		td_lexicon lexicon;
		td_error err = { .line = 99 };
		assert_int_equal(td_lexicon_read(td_str_of(bad[i].table), &lexicon, &err), TD_ERR_DATA);
		assert_true(err.line == bad[i].line);
	}
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	int failures = 0;
	for (uint64_t n = 1; n < 100; n++) {
		td_lexicon lexicon;
		td_alloc_fail_at(n);
		td_status status = td_lexicon_read(td_str_of(table), &lexicon, NULL);
		td_alloc_fail_at(0);
		if (status == TD_OK) {
			td_lexicon_free(&lexicon);
			break;
		}
		assert_int_equal(status, TD_ERR_MEMORY);
		failures++;
	}
	assert_true(failures > 0);
}

/* ---- the compiler ----------------------------------------------------------------------------------------------- */

#define PREFIXES \
	"@prefix lex: <https://w3id.org/tidings/lexicon#> . @prefix tid: <https://w3id.org/tidings/ns#> .\n" \
	"@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> . @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .\n" \
	"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"

static const char classes_ttl[] = PREFIXES
	"tid:Event rdfs:label \"event\"@en . tid:Attack rdfs:subClassOf tid:Event ; rdfs:label \"attack\"@en .\n"
	"tid:Award rdfs:subClassOf tid:Entity , tid:Event .\n"
	"tid:Bombing rdfs:subClassOf tid:Attack ; rdfs:label \"Anschlag\"@de , \"bombing\"@en .\n";

static const char words_ttl[] = PREFIXES
	"lex:f1 tid:frameFor tid:Attack ; lexinfo:partOfSpeech lexinfo:verb ; tid:frame \"nsubj:agent obj:patient\" .\n"
	"lex:f2 tid:frameFor tid:Event ; lexinfo:partOfSpeech lexinfo:verb ; tid:frame \"obl.in:place\" .\n"
	"lex:bomb-v a ontolex:Word ; rdfs:label \"Bomb\"@en ; lexinfo:partOfSpeech lexinfo:verb ; ontolex:denotes tid:Bombing .\n"
	"lex:hit-v a ontolex:Word ; ontolex:canonicalForm lex:hit-f ; lexinfo:partOfSpeech lexinfo:verb ; ontolex:sense lex:hit-1 , lex:hit-2 .\n"
	"lex:hit-f ontolex:writtenRep \"hit\"@en .\n"
	"lex:hit-2 ontolex:reference tid:Bombing ; tid:frame \"+ obl.with:instrument\" .\n"
	"lex:hit-1 ontolex:reference tid:Attack ; tid:when \"obj:Person\" ; tid:frame \"obj:patient\" .\n"
	"lex:bring-down a ontolex:MultiwordExpression ; rdfs:label \"bring down\"@en ; lexinfo:partOfSpeech lexinfo:verb ; ontolex:denotes tid:Attack .\n"
	"lex:prize a ontolex:Word ; rdfs:label \"prize\"@en ; lexinfo:partOfSpeech lexinfo:noun ; ontolex:denotes tid:Award .\n"
	"lex:russian a ontolex:Word ; rdfs:label \"russian\"@en , \"russians\"@en ; tid:demonymOf \"Russia\" .\n"
	"lex:pay a ontolex:Word ; rdfs:label \"pay\"@en ; lexinfo:partOfSpeech lexinfo:verb ; tid:light \"obj\" .\n"
	"lex:may a ontolex:Word ; rdfs:label \"may\"@en ; lexinfo:partOfSpeech lexinfo:auxiliary ; tid:cue tid:Possible ; tid:scope \"head\" .\n"
	"lex:king a ontolex:Word ; rdfs:label \"king\"@en ; lexinfo:partOfSpeech lexinfo:noun ; ontolex:denotes tid:Position .\n";

static const char want[] =
	"class\tEvent\tEvent\tevent\n"
	"class\tAttack\tEvent\tattack\n"
	"class\tBombing\tAttack\tbombing\n"
	"class\tAward\tEvent\tAward\n"
	"sense\tbomb\tVERB\tevent\tBombing\tnsubj:agent obj:patient obl.in:place\t\t\n"
	"sense\tbring down\tVERB\tevent\tAttack\tnsubj:agent obj:patient obl.in:place\t\t\n"
	"sense\thit\tVERB\tevent\tAttack\tobj:patient obl.in:place\tobj:Person\t\n"
	"sense\thit\tVERB\tevent\tBombing\tobl.with:instrument nsubj:agent obj:patient obl.in:place\t\t\n"
	"sense\tking\tNOUN\ttitle\tPosition\t\t\t\n"
	"sense\tmay\tAUX\tcue\tPossible\thead\t\t\n"
	"sense\tpay\tVERB\tlight\tobj\tobj\t\t\n"
	"sense\tprize\tNOUN\tentity\tAward\t\t\t\n"
	"sense\trussian\tX\tdemonym\tRussia\t\t\t\n"
	"sense\trussians\tX\tdemonym\tRussia\t\t\t\n";

static void write_file(const char *dir, const char *name, const char *text)
{
	char path[300];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void remove_dir(const char *dir)
{
	static const char *const names[] = { "tidings.ttl", "words.ttl", "notes.txt" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char path[300];
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}

static void compiles_turtle(void **state)
{
	(void)state;
	char dir[] = "/tmp/td-lexicon-XXXXXX";
	assert_non_null(mkdtemp(dir));
	write_file(dir, "tidings.ttl", classes_ttl);
	write_file(dir, "words.ttl", words_ttl);
	write_file(dir, "notes.txt", "not Turtle at all");
	td_buf out = { 0 };
	td_error err = { 0 };
	td_status status = td_lexicon_compile(dir, &out, &err);
	remove_dir(dir);
	if (status != TD_OK) fail_msg("%s", err.text);
	check_str(td_buf_view(&out), want);
	td_lexicon lexicon;
	assert_int_equal(td_lexicon_read(td_buf_view(&out), &lexicon, NULL), TD_OK);
	td_lexicon_free(&lexicon);
	td_buf_free(&out);
}

static void compiler_names_what_is_wrong(void **state)
{
	(void)state;
	static const struct {
		const char *ttl, *says;
	} bad[] = {
		{ PREFIXES "lex:x a ontolex:Word ; rdfs:label \"x\"@en ; ontolex:denotes tid:Nothing .", "Nothing" },
		{ PREFIXES "lex:x a ontolex:Word ; ontolex:denotes tid:Attack .", "lexicon#x" },
		{ PREFIXES "lex:x a ontolex:Word ; rdfs:label \"x\"@en ; ontolex:sense lex:x-1 .", "lexicon#x-1" },
		{ PREFIXES "lex:x a ontolex:Word ; rdfs:label \"x\"@en ; lexinfo:partOfSpeech lexinfo:gerund ; ontolex:denotes tid:Attack .", "gerund" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char dir[] = "/tmp/td-lexicon-XXXXXX";
		assert_non_null(mkdtemp(dir));
		write_file(dir, "tidings.ttl", classes_ttl);
		write_file(dir, "words.ttl", bad[i].ttl);
		td_buf out = { 0 };
		td_error err = { 0 };
		assert_int_equal(td_lexicon_compile(dir, &out, &err), TD_ERR_DATA);
		assert_non_null(strstr(err.text, bad[i].says));
		td_buf_free(&out);
		remove_dir(dir);
	}
	td_buf out = { 0 };
	assert_int_equal(td_lexicon_compile("/nonexistent", &out, NULL), TD_ERR_IO);
	td_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_classes_and_senses), cmocka_unit_test(finds_senses_in_table_order), cmocka_unit_test(errors_name_the_line),
		cmocka_unit_test(any_allocation_may_fail), cmocka_unit_test(compiles_turtle), cmocka_unit_test(compiler_names_what_is_wrong),
	};
	return cmocka_run_group_tests_name("lexicon", tests, NULL, NULL);
}
