#include "tree_doc.h"

#include "kg/kg.h"
#include "kg/speech.h"

static const char table[] =
	"class\tEvent\tEvent\tevent\n"
	"class\tCommunication\tEvent\tcommunication\n"
	"class\tStatement\tCommunication\tstatement\n"
	"class\tPraise\tCommunication\tpraise\n"
	"class\tCriticism\tCommunication\tcriticism\n"
	"class\tLife\tEvent\tlife\n"
	"class\tDeath\tLife\tdeath\n"
	"sense\toutrage\tNOUN\ttone\tBlame\t\t\t\n"
	"sense\tinsult\tNOUN\ttone\tBlame\t\t\t\n";

static const char model_path[] = "src/model/speech.tdm";

static const char outrage[] =
	"1 Ana Ana PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 it it PRON PRP 7 nsubj\n4 was be AUX VBD 7 cop\n5 surely surely ADV RB 7 advmod\n"
	"6 an a DET DT 7 det\n7 outrage outrage NOUN NN 2 ccomp\n8 in in ADP IN 10 case\n9 the the DET DT 10 det\n10 letter letter NOUN NN 2 obl\n";

static void what_is_said(void **state)
{
	(void)state;
	td_doc doc;
	td_lexicon lexicon;
	td_speech_view view;
	td_saying_content content;
	tree_doc(&doc, outrage);
	tree_lexicon(&lexicon, table);
	tree_entity(&doc, 0, TD_PERSON, TD_NAMED);
	uint32_t said = tree_event(&doc, &lexicon, 1, "Statement"), known = tree_event(&doc, &lexicon, 9, "Praise");
	assert_int_equal(td_speech_view_make(&doc, &lexicon, &view, NULL), TD_OK);
	assert_false(td_speech_content(&view, known, &content)); /* the lexicon knows better */
	assert_true(td_speech_content(&view, said, &content));
	assert_int_equal(content.root, 6);
	assert_int_equal(content.speaker, 0);
	assert_int_equal(content.n, 5); /* neither "Ana" nor "in the letter" */
	assert_int_equal(content.tok[0], 2);
	assert_int_equal(content.tok[4], 6);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

/* The odds that it is `act`. */
static float odds(const td_speech_view *view, const td_logistic *model, uint32_t event, td_act act)
{
	td_saying_content content;
	td_speech_look look;
	uint32_t place[TD_SPEECH_FEATURES];
	assert_true(td_speech_content(view, event, &content));
	td_speech_features(view, &content, &look);
	assert_in_range(look.n, 8, TD_SPEECH_FEATURES);
	td_speech_places(&look, act, place);
	for (uint32_t i = 0; i < look.n; i++) assert_true(place[i] < TD_SPEECH_WEIGHTS);
	return td_logistic_odds(model, place, look.n);
}

/* The same sentence weighs more for criticism where its noun has a tone, and less where that is denied. */
static void tone_weighs(void **state)
{
	(void)state;
	float with[2];
	td_logistic *model;
	assert_int_equal(td_speech_model_open(model_path, &model, NULL), TD_OK);
	for (int toned = 0; toned < 2; toned++) {
		td_doc doc;
		td_lexicon lexicon;
		td_speech_view view;
		tree_doc(&doc, outrage);
		tree_lexicon(&lexicon, table);
		if (!toned) doc.toks.at[6].lemma = TD_STR("table");
		uint32_t said = tree_event(&doc, &lexicon, 1, "Statement");
		assert_int_equal(td_speech_view_make(&doc, &lexicon, &view, NULL), TD_OK);
		with[toned] = odds(&view, model, said, TD_ACT_CRITICISM);
		td_doc_free(&doc);
		td_lexicon_free(&lexicon);
	}
	assert_true(with[1] > with[0] + 0.5f);
	td_logistic_close(model);
}

/* "praised her, saying": one act. Without a model the lexicon's classes stay. */
static void participle_takes_the_class_of_its_verb(void **state)
{
	(void)state;
	td_logistic *model;
	td_doc doc;
	td_lexicon lexicon;
	assert_int_equal(td_speech_model_open(model_path, &model, NULL), TD_OK);
	tree_doc(&doc, "1 Ana Ana PROPN NNP 2 nsubj\n2 praised praise VERB VBD 0 root\n3 Bo Bo PROPN NNP 2 obj\n4 , , PUNCT , 5 punct\n5 saying say VERB VBG 2 advcl\n"
		"6 he he PRON PRP 7 nsubj\n7 came come VERB VBD 5 ccomp\n");
	tree_lexicon(&lexicon, table);
	tree_event(&doc, &lexicon, 1, "Praise");
	uint32_t saying = tree_event(&doc, &lexicon, 4, "Statement");
	assert_int_equal(td_speech_acts(&doc, &lexicon, NULL, NULL), TD_OK);
	assert_int_equal(doc.events.at[saying].cls, td_lexicon_class(&lexicon, TD_STR("Statement")));
	assert_int_equal(td_speech_acts(&doc, &lexicon, model, NULL), TD_OK);
	assert_int_equal(doc.events.at[saying].cls, td_lexicon_class(&lexicon, TD_STR("Praise")));
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
	td_logistic_close(model);
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	td_logistic *model;
	td_lexicon lexicon;
	td_status status = TD_ERR_MEMORY;
	assert_int_equal(td_speech_model_open(model_path, &model, NULL), TD_OK);
	tree_lexicon(&lexicon, table);
	for (uint64_t nth = 1; status != TD_OK; nth++) {
		td_doc doc;
		tree_doc(&doc, outrage);
		tree_event(&doc, &lexicon, 1, "Statement");
		td_alloc_fail_at(nth);
		status = td_speech_acts(&doc, &lexicon, model, NULL);
		td_alloc_fail_at(0);
		assert_true(status == TD_OK || status == TD_ERR_MEMORY);
		td_doc_free(&doc);
	}
	td_lexicon_free(&lexicon);
	td_logistic_close(model);
}

static void model_of_something_else(void **state)
{
	(void)state;
	td_logistic *model;
	td_error err;
	assert_int_equal(td_speech_model_open("src/model/event.tdm", &model, &err), TD_ERR_DATA);
	assert_string_equal(err.text, "speech model: 65536 weights, not 32768");
	assert_null(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said), cmocka_unit_test(tone_weighs), cmocka_unit_test(participle_takes_the_class_of_its_verb),
		cmocka_unit_test(any_allocation_may_fail), cmocka_unit_test(model_of_something_else),
	};
	return cmocka_run_group_tests_name("speech", tests, NULL, NULL);
}
