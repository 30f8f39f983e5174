#include "nlp/names.h"
#include "nlp/nlp.h"
#include "tree_doc.h"

#include <stdlib.h>

static const char table[] =
	"class\tEvent\tEvent\tevent\n"
	"sense\tpresident\tNOUN\ttitle\tPosition\t\t\t\n"
	"sense\tsecretary of state\tNOUN\ttitle\tPosition\t\t\t\n"
	"sense\tprime minister\tNOUN\ttitle\tPosition\t\t\t\n"
	"sense\tmr.\tNOUN\ttitle\tPosition\t\t\tcourtesy male\n"
	"sense\tofficial\tNOUN\tentity\tPerson\t\t\t\n"
	"sense\tleader\tNOUN\tentity\tPerson\t\t\t\n"
	"sense\ttask force\tNOUN\tentity\tOrganization\t\t\t\n"
	"sense\tforce\tNOUN\tentity\tGroup\t\t\t\n"
	"sense\tidea\tNOUN\tentity\tWork\t\t\t\n"
	"sense\trussian\tX\tdemonym\tRussia\t\t\tcountry\n"
	"sense\tsouth korean\tX\tdemonym\tSouth Korea\t\t\tcountry\n"
	"sense\tu.s.\tX\tdemonym\tUnited States\t\t\tname country\n"
	"sense\tus\tX\tdemonym\tUnited States\t\t\tname country\n"
	"sense\tiran\tX\tdemonym\tIran\t\t\tname country\n"
	"sense\tvladimir\tX\tgiven\tmale\t\t\t\n"
	"sense\tandrea\tX\tgiven\tmale\t\t\t\n"
	"sense\tandrea\tX\tgiven\tfemale\t\t\t\n";

static const char putin[] =
	"1 Russian Russian ADJ JJ 2 amod\n2 President President PROPN NNP 5 nsubj\n3 Vladimir Vladimir PROPN NNP 5 nsubj\n4 Putin Putin PROPN NNP 2 flat\n"
	"5 met meet VERB VBD 0 root\n6 senior senior ADJ JJ 7 amod\n7 officials official NOUN NNS 5 obj\n8 . . PUNCT . 5 punct\n\n";

static void name_at(td_doc *doc, uint32_t from, uint32_t to, td_name_class cls)
{
	td_name name = { .toks = { from, to }, .cls = (uint8_t)cls, .score = 1 };
	assert_true(TD_PUSH(&doc->arena, &doc->names, name));
}

static void run(td_doc *doc, td_lexicon *lexicon)
{
	td_error err = { 0 };
	if (td_mentions(doc, lexicon, NULL, &err) != TD_OK) fail_msg("%s", err.text);
}

static const td_mention *find(const td_doc *doc, const char *text)
{
	for (uint32_t i = 0; i < doc->mentions.n; i++)
		if (td_str_eq(td_doc_toks_text(doc, doc->mentions.at[i].toks), td_str_of(text))) return &doc->mentions.at[i];
	return NULL;
}

static void a_name_without_its_title(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, putin);
	name_at(&doc, 1, 4, TD_NAME_PER);
	run(&doc, &lexicon);
	const td_mention *m = find(&doc, "Vladimir Putin");
	assert_non_null(m);
	assert_int_equal(m->cls, TD_PERSON);
	assert_int_equal(m->gender, TD_MALE);
	assert_int_equal(m->title.from, 1);
	assert_int_equal(m->title.to, 2);
	/* Whatever the tree said: the name is the subject now, the title hangs on it. */
	assert_int_equal(doc.toks.at[m->head].deprel, TD_NSUBJ);
	assert_int_equal(doc.toks.at[m->head].head, 4);
	assert_int_equal(doc.toks.at[1].head, m->head);
	m = find(&doc, "Russian");
	assert_non_null(m);
	assert_true(m->demonym && m->cls == TD_PLACE);
	m = find(&doc, "senior officials");
	assert_non_null(m);
	assert_int_equal(m->cls, TD_GROUP);
	assert_int_equal(m->number, TD_PLURAL);
	assert_int_equal(doc.mentions.n, 3);
	for (uint32_t i = 1; i < doc.mentions.n; i++) assert_true(doc.mentions.at[i - 1].toks.from <= doc.mentions.at[i].toks.from);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void nothing_is_meant_by(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 It it PRON PRP 4 expl\n2 is be AUX VBZ 4 cop\n3 an a DET DT 4 det\n4 idea idea NOUN NN 0 root\n5 . . PUNCT . 4 punct\n\n");
	run(&doc, &lexicon);
	assert_int_equal(doc.mentions.n, 0);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void phrases_and_demonyms(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	uint32_t len, s;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 South South PROPN NNP 2 compound\n2 Korean Korean ADJ JJ 4 amod\n3 task task NOUN NN 4 compound\n4 force force NOUN NN 9 nsubj\n"
		"5 told tell VERB VBD 9 dep\n6 us we PRON PRP 5 iobj\n7 US US PROPN NNP 9 dep\n8 Iran Iran PROPN NNP 9 dep\n9 Secretary Secretary PROPN NNP 0 root\n"
		"10 of of ADP IN 11 case\n11 State State PROPN NNP 9 nmod\n12 Russians Russians PROPN NNPS 9 dep\n\n");
	assert_true(td_demonym(&doc, &lexicon, 0, doc.toks.n, false, &len) != TD_NONE && len == 2);
	assert_int_equal(td_noun_class(&doc, &lexicon, 3, NULL), TD_ORGANIZATION);
	assert_int_equal(td_demonym(&doc, &lexicon, 5, doc.toks.n, true, &len), TD_NONE);
	s = td_demonym(&doc, &lexicon, 6, doc.toks.n, true, &len);
	assert_true(s != TD_NONE);
	check_str(lexicon.senses.at[s].reference, "United States");
	assert_int_equal(td_demonym(&doc, &lexicon, 6, doc.toks.n, false, &len), TD_NONE);
	assert_true(td_demonym(&doc, &lexicon, 7, doc.toks.n, true, &len) != TD_NONE);
	assert_true(td_phrase_sense(&doc, &lexicon, 8, doc.toks.n, TD_SENSE_TITLE, &len) != TD_NONE && len == 3);
	assert_true(td_phrase_before(&doc, &lexicon, 0, 11, TD_SENSE_TITLE, &len) != TD_NONE && len == 3);
	assert_int_equal(td_phrase_before(&doc, &lexicon, 9, 11, TD_SENSE_TITLE, &len), TD_NONE);
	s = td_demonym(&doc, &lexicon, 11, doc.toks.n, false, &len);
	assert_true(s != TD_NONE);
	check_str(lexicon.senses.at[s].reference, "Russia");
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void names_taken_apart(void **state)
{
	(void)state;
	td_arena arena;
	td_name_parts a, b;
	char buf[64];
	td_arena_init(&arena);
	check_str(td_word_lower(TD_STR("ŁÓDŹ Straße"), buf, sizeof buf), "łódź straße");
	assert_int_equal(td_name_split(&arena, TD_STR("the Syrian  Democratic\nForces"), &a, NULL), TD_OK);
	check_str(a.whole, "syrian democratic forces");
	assert_true(td_is_acronym_of(TD_STR("SDF"), &a));
	assert_true(td_is_acronym_of(TD_STR("S.D.F."), &a));
	assert_false(td_is_acronym_of(TD_STR("SF"), &a));
	static const struct {
		const char *a, *b;
		bool same;
	} pairs[] = { { "Donald J. Trump", "Donald Trump", true }, { "Donald Trump Jr.", "Donald Trump", true }, { "Hillary Clinton", "Bill Clinton", false },
		{ "Ricardo Rosselló", "Ricardo Rosselló Nevares", true }, { "Trump", "Donald Trump", false }, { "J. Corbyn", "Jeremy Corbyn", true } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		assert_int_equal(td_name_split(&arena, td_str_of(pairs[i].a), &a, NULL), TD_OK);
		assert_int_equal(td_name_split(&arena, td_str_of(pairs[i].b), &b, NULL), TD_OK);
		if (td_person_names_agree(&a, &b) != pairs[i].same) fail_msg("%s, %s", pairs[i].a, pairs[i].b);
	}
	td_arena_free(&arena);
}

static void every_failing_allocation_is_told(void **state)
{
	(void)state;
	td_lexicon lexicon;
	tree_lexicon(&lexicon, table);
	bool failed = false, done = false;
	setenv("TIDINGS_ARENA", "exact", 1);
	for (uint64_t n = 1; n < 400 && !done; n++) {
		td_doc doc;
		tree_doc(&doc, putin);
		name_at(&doc, 1, 4, TD_NAME_PER);
		td_alloc_fail_at(n);
		td_status status = td_mentions(&doc, &lexicon, NULL, NULL);
		if (status == TD_OK) status = td_coref(&doc, &lexicon, NULL);
		if (status == TD_OK) status = td_positions(&doc, &lexicon, NULL);
		td_alloc_fail_at(0);
		if (status == TD_OK) done = true;
		else failed = status == TD_ERR_MEMORY;
		td_doc_free(&doc);
	}
	unsetenv("TIDINGS_ARENA");
	assert_true(failed && done);
	td_lexicon_free(&lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_name_without_its_title), cmocka_unit_test(nothing_is_meant_by),
		cmocka_unit_test(phrases_and_demonyms), cmocka_unit_test(names_taken_apart), cmocka_unit_test(every_failing_allocation_is_told) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
