#include "nlp/nlp.h"
#include "tree_doc.h"

static const char table[] =
	"class\tEvent\tEvent\tevent\n"
	"class\tCommunication\tEvent\tcommunication\n"
	"class\tStatement\tCommunication\tstatement\n"
	"sense\tsay\tVERB\tevent\tStatement\tnsubj:agent\t\t\n"
	"sense\tpresident\tNOUN\ttitle\tPosition\t\t\t\n"
	"sense\tpresident\tNOUN\tentity\tPerson\t\t\t\n"
	"sense\tfrench\tX\tdemonym\tFrance\t\t\tcountry\n"
	"sense\tfrance\tX\tdemonym\tFrance\t\t\tname country\n"
	"sense\tcountry\tNOUN\tentity\tPlace\t\t\t\n"
	"sense\tangela\tX\tgiven\tfemale\t\t\t\n"
	"sense\temmanuel\tX\tgiven\tmale\t\t\t\n";

static const char story[] =
	"1 Angela Angela PROPN NNP 3 nsubj\n2 Merkel Merkel PROPN NNP 1 flat\n3 met meet VERB VBD 0 root\n4 French french ADJ JJ 5 amod\n"
	"5 President President PROPN NNP 6 nmod:desc\n6 Emmanuel Emmanuel PROPN NNP 3 obj\n7 Macron Macron PROPN NNP 6 flat\n8 in in ADP IN 9 case\n"
	"9 France France PROPN NNP 3 obl\n10 . . PUNCT . 3 punct\n\n"
	"1 She she PRON PRP 2 nsubj\n2 praised praise VERB VBD 0 root\n3 the the DET DT 4 det\n4 president president NOUN NN 2 obj\n5 and and CCONJ CC 7 cc\n"
	"6 his he PRON PRP$ 7 nmod:poss\n7 country country NOUN NN 4 conj\n8 . . PUNCT . 2 punct\n\n"
	"1 \" \" PUNCT `` 4 punct\n2 I I PRON PRP 4 nsubj\n3 will will AUX MD 4 aux\n4 stay stay VERB VB 7 ccomp\n5 \" \" PUNCT '' 4 punct\n"
	"6 Macron Macron PROPN NNP 7 nsubj\n7 said say VERB VBD 0 root\n8 . . PUNCT . 7 punct\n\n";

static void name_at(td_doc *doc, uint32_t from, uint32_t to, td_name_class cls)
{
	td_name name = { .toks = { from, to }, .cls = (uint8_t)cls, .score = 1 };
	assert_true(TD_PUSH(&doc->arena, &doc->names, name));
}

static void read_story(td_doc *doc, td_lexicon *lexicon)
{
	td_error err = { 0 };
	tree_doc(doc, story);
	name_at(doc, 0, 2, TD_NAME_PER);
	name_at(doc, 5, 7, TD_NAME_PER);
	name_at(doc, 8, 9, TD_NAME_LOC);
	name_at(doc, 23, 24, TD_NAME_PER);
	if (td_mentions(doc, lexicon, NULL, &err) != TD_OK || td_coref(doc, lexicon, &err) != TD_OK) fail_msg("%s", err.text);
}

static uint32_t entity_at(const td_doc *doc, uint32_t tok)
{
	for (uint32_t i = 0; i < doc->mentions.n; i++)
		if (doc->mentions.at[i].head == tok) return doc->mentions.at[i].entity;
	fail_msg("no mention at token %u", tok);
	return TD_NONE;
}

static void one_person_under_many_words(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	read_story(&doc, &lexicon);
	uint32_t merkel = entity_at(&doc, 0), macron = entity_at(&doc, 5), france = entity_at(&doc, 8);
	assert_int_not_equal(merkel, macron);
	assert_int_equal(entity_at(&doc, 10), merkel);  /* She */
	assert_int_equal(entity_at(&doc, 13), macron);  /* the president */
	assert_int_equal(entity_at(&doc, 15), macron);  /* his */
	assert_int_equal(entity_at(&doc, 19), macron);  /* I, in his quotation */
	assert_int_equal(entity_at(&doc, 23), macron);  /* Macron */
	assert_int_equal(entity_at(&doc, 3), france);   /* French */
	check_str(doc.entities.at[macron].label, "Emmanuel Macron");
	check_str(doc.entities.at[france].label, "France");
	assert_int_equal(doc.entities.at[macron].gender, TD_MALE);
	assert_int_equal(doc.entities.at[merkel].gender, TD_FEMALE);
	assert_true(doc.entities.at[macron].named);
	assert_int_equal(doc.entities.at[macron].n_mentions, 5);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void every_mention_has_an_entity_and_each_is_counted(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	read_story(&doc, &lexicon);
	uint32_t sum = 0;
	for (uint32_t i = 0; i < doc.mentions.n; i++) assert_true(doc.mentions.at[i].entity < doc.entities.n);
	for (uint32_t i = 0; i < doc.entities.n; i++) sum += doc.entities.at[i].n_mentions;
	assert_int_equal(sum, doc.mentions.n);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void nothing_to_do(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 Rain rain NOUN NN 2 nsubj\n2 fell fall VERB VBD 0 root\n\n");
	assert_int_equal(td_mentions(&doc, &lexicon, NULL, NULL), TD_OK);
	assert_int_equal(td_coref(&doc, &lexicon, NULL), TD_OK);
	assert_int_equal(td_positions(&doc, &lexicon, NULL), TD_OK);
	assert_int_equal(doc.entities.n, 0);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

/* Twenty thousand pronouns and names must not take quadratic time: this ends at once or the run is killed. */
static void many_mentions(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	td_buf rows = { 0 };
	tree_lexicon(&lexicon, table);
	for (int i = 0; i < 20000; i++)
		td_buf_printf(&rows, "1 Macron%d Macron%d PROPN NNP 2 nsubj\n2 met meet VERB VBD 0 root\n3 the the DET DT 4 det\n4 president president NOUN NN 2 obj\n"
			"5 and and CCONJ CC 6 cc\n6 him he PRON PRP 4 conj\n\n", i % 97, i % 97);
	td_buf_char(&rows, '\0');
	tree_doc(&doc, rows.at);
	for (uint32_t i = 0; i < 20000; i++) name_at(&doc, 6 * i, 6 * i + 1, TD_NAME_PER);
	assert_int_equal(td_mentions(&doc, &lexicon, NULL, NULL), TD_OK);
	assert_int_equal(td_coref(&doc, &lexicon, NULL), TD_OK);
	assert_int_equal(td_positions(&doc, &lexicon, NULL), TD_OK);
	assert_true(doc.mentions.n >= 60000);
	td_buf_free(&rows);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(one_person_under_many_words), cmocka_unit_test(every_mention_has_an_entity_and_each_is_counted),
		cmocka_unit_test(nothing_to_do), cmocka_unit_test(many_mentions) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
