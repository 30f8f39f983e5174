#include "nlp/nlp.h"
#include "tree_doc.h"

static const char table[] =
	"class\tEvent\tEvent\tevent\n"
	"sense\tpresident\tNOUN\ttitle\tPosition\t\t\t\n"
	"sense\tpresident\tNOUN\tentity\tPerson\t\t\t\n"
	"sense\tmayor\tNOUN\ttitle\tPosition\t\t\t\n"
	"sense\tmayor\tNOUN\tentity\tPerson\t\t\t\n"
	"sense\tsinger\tNOUN\ttitle\tPosition\t\t\toccupation\n"
	"sense\twife\tNOUN\tentity\tPerson\t\t\tkin female\n"
	"sense\tsen.\tNOUN\ttitle\tPosition\t\t\tabbreviation of senator\n"
	"sense\tmr.\tNOUN\ttitle\tPosition\t\t\tcourtesy male\n"
	"sense\trussian\tX\tdemonym\tRussia\t\t\tcountry\n"
	"sense\tpolish\tX\tdemonym\tPoland\t\t\tcountry\n";

static void name_at(td_doc *doc, uint32_t from, uint32_t to, td_name_class cls)
{
	td_name name = { .toks = { from, to }, .cls = (uint8_t)cls, .score = 1 };
	assert_true(TD_PUSH(&doc->arena, &doc->names, name));
}

static void run(td_doc *doc, td_lexicon *lexicon)
{
	td_error err = { 0 };
	if (td_mentions(doc, lexicon, NULL, &err) != TD_OK || td_coref(doc, lexicon, &err) != TD_OK || td_positions(doc, lexicon, &err) != TD_OK)
		fail_msg("%s", err.text);
}

static void former_president(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 Former former ADJ JJ 3 amod\n2 Russian russian ADJ JJ 3 amod\n3 President President PROPN NNP 4 nmod:desc\n"
		"4 Medvedev Medvedev PROPN NNP 5 nsubj\n5 spoke speak VERB VBD 0 root\n\n");
	name_at(&doc, 3, 4, TD_NAME_PER);
	run(&doc, &lexicon);
	assert_int_equal(doc.positions.n, 1);
	const td_position *p = &doc.positions.at[0];
	check_str(p->title, "President");
	check_str(doc.entities.at[p->holder].label, "Medvedev");
	check_str(doc.entities.at[p->organization].label, "Russia");
	assert_int_equal(p->status, TD_FORMER);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void apposition_and_again(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 Khan Khan PROPN NNP 8 nsubj\n2 , , PUNCT , 4 punct\n3 the the DET DT 4 det\n4 mayor mayor NOUN NN 1 appos\n5 of of ADP IN 6 case\n"
		"6 London London PROPN NNP 4 nmod\n7 , , PUNCT , 4 punct\n8 spoke speak VERB VBD 0 root\n\n"
		"1 The the DET DT 2 det\n2 mayor mayor NOUN NN 3 nsubj\n3 left leave VERB VBD 0 root\n\n");
	name_at(&doc, 0, 1, TD_NAME_PER);
	name_at(&doc, 5, 6, TD_NAME_LOC);
	run(&doc, &lexicon);
	assert_int_equal(doc.positions.n, 1); /* said twice, held once */
	check_str(doc.positions.at[0].title, "mayor");
	check_str(doc.entities.at[doc.positions.at[0].organization].label, "London");
	assert_int_equal(doc.positions.at[0].status, TD_CURRENT);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void what_is_no_position(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 Mr. Mr. PROPN NNP 2 nmod:desc\n2 Nowak Nowak PROPN NNP 6 nsubj\n3 and and CCONJ CC 5 cc\n4 singer singer NOUN NN 5 nmod:desc\n"
		"5 Madonna Madonna PROPN NNP 2 conj\n6 sang sing VERB VBD 0 root\n\n");
	name_at(&doc, 1, 2, TD_NAME_PER);
	name_at(&doc, 4, 5, TD_NAME_PER);
	run(&doc, &lexicon);
	assert_int_equal(doc.positions.n, 0);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void abbreviation_and_kin(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 Sen. Sen. PROPN NNP 2 nmod:desc\n2 Graham Graham PROPN NNP 3 nsubj\n3 met meet VERB VBD 0 root\n4 Trump Trump PROPN NNP 6 nmod:poss\n"
		"5 's 's PART POS 4 case\n6 wife wife NOUN NN 7 nmod:desc\n7 Melania Melania PROPN NNP 3 obj\n\n");
	name_at(&doc, 1, 2, TD_NAME_PER);
	name_at(&doc, 3, 4, TD_NAME_PER);
	name_at(&doc, 6, 7, TD_NAME_PER);
	run(&doc, &lexicon);
	assert_int_equal(doc.positions.n, 1);
	check_str(doc.positions.at[0].title, "senator");
	assert_int_equal(doc.relations.n, 1);
	assert_int_equal(doc.relations.at[0].kind, TD_KIN);
	check_str(doc.entities.at[doc.relations.at[0].subject].label, "Melania");
	check_str(doc.entities.at[doc.relations.at[0].object].label, "Trump");
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void places_in_places(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 Gunmen gunman NOUN NNS 2 nsubj\n2 attacked attack VERB VBD 0 root\n3 Lublin Lublin PROPN NNP 2 obj\n4 , , PUNCT , 5 punct\n"
		"5 Poland Poland PROPN NNP 3 appos\n\n"
		"1 They they PRON PRP 2 nsubj\n2 saw see VERB VBD 0 root\n3 France France PROPN NNP 2 obj\n4 , , PUNCT , 5 punct\n5 Germany Germany PROPN NNP 3 conj\n"
		"6 and and CCONJ CC 7 cc\n7 Italy Italy PROPN NNP 3 conj\n\n");
	static const uint32_t places[] = { 2, 4, 7, 9, 11 };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) name_at(&doc, places[i], places[i] + 1, TD_NAME_LOC);
	run(&doc, &lexicon);
	assert_int_equal(doc.relations.n, 1);
	assert_int_equal(doc.relations.at[0].kind, TD_LOCATED_IN);
	check_str(doc.entities.at[doc.relations.at[0].subject].label, "Lublin");
	check_str(doc.entities.at[doc.relations.at[0].object].label, "Poland");
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(former_president), cmocka_unit_test(apposition_and_again), cmocka_unit_test(what_is_no_position),
		cmocka_unit_test(abbreviation_and_kin), cmocka_unit_test(places_in_places) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
