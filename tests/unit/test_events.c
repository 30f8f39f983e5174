#include "kg/events.h"
#include "kg/kg.h"
#include "tree_doc.h"

static const char table[] =
	"class\tEvent\tEvent\tevent\n"
	"class\tCommunication\tEvent\tcommunication\n"
	"class\tStatement\tCommunication\tstatement\n"
	"class\tMeeting\tCommunication\tmeeting\n"
	"class\tConflict\tEvent\tconflict\n"
	"class\tAttack\tConflict\tattack\n"
	"class\tBombing\tAttack\tbombing\n"
	"class\tLife\tEvent\tlife\n"
	"class\tDeath\tLife\tdeath\n"
	"class\tPolitics\tEvent\tpolitics\n"
	"class\tDeparture\tPolitics\tdeparture\n"
	"sense\tmeet\tVERB\tevent\tMeeting\tnsubj:agent obj:patient obl.with:patient obl.in(Place):place\t\t\n"
	"sense\tmeeting\tNOUN\tevent\tMeeting\tposs:agent nsubj:agent obl.with:patient nmod.with:patient\t\t\n"
	"sense\thold\tVERB\tlight\tobj\tobj\t\t\n"
	"sense\tsay\tVERB\tevent\tStatement\tnsubj:agent ccomp:topic\t\t\n"
	"sense\tattack\tVERB\tevent\tAttack\tnsubj:agent obj:patient\t\t\n"
	"sense\tattack\tNOUN\tevent\tAttack\tnmod.by:agent nmod.on:patient amod(Place):agent\t\t\n"
	"sense\tbomb\tVERB\tevent\tBombing\tnsubj:agent obj:patient\t\t\n"
	"sense\tkill\tVERB\tevent\tDeath\tnsubj(Person|Organization|Group|Place):agent nsubj:cause obj:patient attr:patient\t\t\n"
	"sense\tstep down\tVERB\tevent\tDeparture\tnsubj:patient\t\t\n"
	"sense\tfire\tVERB\tevent\tDeparture\tnsubj:agent obj:patient\tobj:Person !obj=missile\t\n"
	"sense\tfire\tVERB\tevent\tAttack\tnsubj:agent obl.at:patient\tobj=missile|rocket\t\n";

static void run(td_doc *doc, td_lexicon *lexicon)
{
	td_error err = { 0 };
	if (td_events(doc, lexicon, NULL, &err) != TD_OK) fail_msg("%s", err.text);
}

static const char *cls(const td_doc *doc, const td_lexicon *lexicon, uint32_t event)
{
	static char name[40];
	snprintf(name, sizeof name, TD_STR_FMT, TD_STR_ARG(lexicon->classes.at[doc->events.at[event].cls].name));
	return name;
}

static bool has_arg(const td_doc *doc, uint32_t event, td_role role, uint32_t target, bool is_event)
{
	for (uint32_t i = 0; i < doc->args.n; i++) {
		const td_arg *a = &doc->args.at[i];
		if (a->event == event && a->role == role && a->target == target && a->is_event == is_event) return true;
	}
	return false;
}

static void active_passive_and_conjuncts(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc,
		"1 Bush Bush PROPN NNP 4 nsubj\n2 and and CCONJ CC 3 cc\n3 Blair Blair PROPN NNP 1 conj\n4 met meet VERB VBD 0 root\n"
		"5 Putin Putin PROPN NNP 4 obj\n6 in in ADP IN 7 case\n7 Moscow Moscow PROPN NNP 4 obl\n\n"
		"1 Putin Putin PROPN NNP 3 nsubj:pass\n2 was be AUX VBD 3 aux:pass\n3 attacked attack VERB VBN 0 root\n4 by by ADP IN 5 case\n"
		"5 Blair Blair PROPN NNP 3 obl:agent\n\n");
	uint32_t bush = tree_entity(&doc, 0, TD_PERSON, TD_NAMED), blair = tree_entity(&doc, 2, TD_PERSON, TD_NAMED);
	uint32_t putin = tree_entity(&doc, 4, TD_PERSON, TD_NAMED), moscow = tree_entity(&doc, 6, TD_PLACE, TD_NAMED);
	uint32_t putin2 = tree_entity(&doc, 7, TD_PERSON, TD_NAMED), blair2 = tree_entity(&doc, 11, TD_PERSON, TD_NAMED);
	run(&doc, &lexicon);
	assert_int_equal(doc.events.n, 2);
	assert_string_equal(cls(&doc, &lexicon, 0), "Meeting");
	assert_true(has_arg(&doc, 0, TD_AGENT, bush, false));
	assert_true(has_arg(&doc, 0, TD_AGENT, blair, false));
	assert_true(has_arg(&doc, 0, TD_PATIENT, putin, false));
	assert_true(has_arg(&doc, 0, TD_AT, moscow, false));
	assert_true(has_arg(&doc, 1, TD_AGENT, blair2, false));
	assert_true(has_arg(&doc, 1, TD_PATIENT, putin2, false));
	check_str(doc.events.at[0].label, "Bush met Putin");
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void light_verb_lends_its_arguments(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc,
		"1 Bush Bush PROPN NNP 2 nsubj\n2 held hold VERB VBD 0 root\n3 a a DET DT 4 det\n4 meeting meeting NOUN NN 2 obj\n"
		"5 with with ADP IN 6 case\n6 Putin Putin PROPN NNP 2 obl\n\n");
	uint32_t bush = tree_entity(&doc, 0, TD_PERSON, TD_NAMED), putin = tree_entity(&doc, 5, TD_PERSON, TD_NAMED);
	run(&doc, &lexicon);
	assert_int_equal(doc.events.n, 1);
	assert_int_equal(doc.triggers.at[0].head, 3);
	assert_true(has_arg(&doc, 0, TD_AGENT, bush, false));
	assert_true(has_arg(&doc, 0, TD_PATIENT, putin, false));
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void relative_clause_and_control(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	/* "The man who attacked Blair wants to meet Bush" */
	tree_doc(&doc,
		"1 The the DET DT 2 det\n2 man man NOUN NN 6 nsubj\n3 who who PRON WP 4 nsubj\n4 attacked attack VERB VBD 2 acl:relcl\n"
		"5 Blair Blair PROPN NNP 4 obj\n6 wants want VERB VBZ 0 root\n7 to to PART TO 8 mark\n8 meet meet VERB VB 6 xcomp\n"
		"9 Bush Bush PROPN NNP 8 obj\n\n");
	uint32_t man = tree_entity(&doc, 1, TD_PERSON, TD_NOMINAL), blair = tree_entity(&doc, 4, TD_PERSON, TD_NAMED);
	uint32_t bush = tree_entity(&doc, 8, TD_PERSON, TD_NAMED);
	run(&doc, &lexicon);
	assert_int_equal(doc.events.n, 2);
	assert_true(has_arg(&doc, 0, TD_AGENT, man, false));
	assert_true(has_arg(&doc, 0, TD_PATIENT, blair, false));
	assert_true(has_arg(&doc, 1, TD_AGENT, man, false));
	assert_true(has_arg(&doc, 1, TD_PATIENT, bush, false));
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void phrases_and_conditions(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc,
		"1 Blair Blair PROPN NNP 2 nsubj\n2 stepped step VERB VBD 0 root\n3 down down ADP RP 2 compound:prt\n\n"
		"1 Bush Bush PROPN NNP 2 nsubj\n2 fired fire VERB VBD 0 root\n3 Blair Blair PROPN NNP 2 obj\n\n"
		"1 Bush Bush PROPN NNP 2 nsubj\n2 fired fire VERB VBD 0 root\n3 missiles missile NOUN NNS 2 obj\n\n"
		"1 Bush Bush PROPN NNP 2 nsubj\n2 fired fire VERB VBD 0 root\n3 pots pot NOUN NNS 2 obj\n\n");
	uint32_t blair = tree_entity(&doc, 0, TD_PERSON, TD_NAMED);
	tree_entity(&doc, 5, TD_PERSON, TD_NAMED);
	run(&doc, &lexicon);
	assert_int_equal(doc.events.n, 3);
	assert_string_equal(cls(&doc, &lexicon, 0), "Departure");
	assert_int_equal(doc.triggers.at[0].toks.to - doc.triggers.at[0].toks.from, 2);
	assert_true(has_arg(&doc, 0, TD_PATIENT, blair, false));
	assert_string_equal(cls(&doc, &lexicon, 1), "Departure");
	assert_string_equal(cls(&doc, &lexicon, 2), "Attack");
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void names_and_titles_are_no_events(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, "1 Attack Attack PROPN NNP 2 compound\n2 Command Command PROPN NNP 3 nsubj\n3 slept sleep VERB VBD 0 root\n\n"
		       "1 attack attack NOUN NN 2 compound\n2 dogs dog NOUN NNS 3 nsubj\n3 slept sleep VERB VBD 0 root\n\n");
	td_mention m = { .toks = { 0, 2 }, .head = 1, .entity = TD_NONE, .cls = TD_ORGANIZATION, .kind = TD_NAMED };
	assert_true(TD_PUSH(&doc.arena, &doc.mentions, m));
	run(&doc, &lexicon);
	assert_int_equal(doc.events.n, 0);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void speech_has_its_content_as_topic(void **state)
{
	(void)state;
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc,
		"1 Bush Bush PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 rebels rebel NOUN NNS 4 nsubj\n4 killed kill VERB VBD 2 ccomp\n"
		"5 20 20 NUM CD 6 nummod\n6 people people NOUN NNS 4 obj\n\n");
	uint32_t bush = tree_entity(&doc, 0, TD_PERSON, TD_NAMED), rebels = tree_entity(&doc, 2, TD_GROUP, TD_NOMINAL);
	tree_entity(&doc, 5, TD_GROUP, TD_NOMINAL);
	run(&doc, &lexicon);
	assert_int_equal(doc.events.n, 2);
	assert_true(has_arg(&doc, 0, TD_AGENT, bush, false));
	assert_true(has_arg(&doc, 0, TD_TOPIC, 1, true));
	assert_true(has_arg(&doc, 1, TD_AGENT, rebels, false));
	assert_int_equal(doc.events.at[1].quantity, 20);
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static const char two_bombings[] =
	"1 Rebels rebel NOUN NNS 2 nsubj\n2 bombed bomb VERB VBD 0 root\n3 Kabul Kabul PROPN NNP 2 obj\n\n"
	"1 The the DET DT 2 det\n2 attack attack NOUN NN 3 nsubj\n3 killed kill VERB VBD 0 root\n4 Bush Bush PROPN NNP 3 obj\n\n"
	"1 Rebels rebel NOUN NNS 2 nsubj\n2 bombed bomb VERB VBD 0 root\n3 Herat Herat PROPN NNP 2 obj\n\n";

/* By points, and by the model. */
static void check_definite_noun(const td_logistic *model)
{
	td_lexicon lexicon;
	td_doc doc;
	tree_lexicon(&lexicon, table);
	tree_doc(&doc, two_bombings);
	uint32_t rebels = tree_entity(&doc, 0, TD_GROUP, TD_NOMINAL);
	tree_entity(&doc, 2, TD_PLACE, TD_NAMED);
	tree_entity(&doc, 6, TD_PERSON, TD_NAMED);
	tree_entity(&doc, 7, TD_GROUP, TD_NOMINAL);
	tree_entity(&doc, 9, TD_PLACE, TD_NAMED);
	doc.mentions.at[3].entity = rebels;
	run(&doc, &lexicon);
	assert_int_equal(doc.events.n, 4);
	assert_int_equal(td_event_coref(&doc, &lexicon, model, NULL), TD_OK);
	assert_int_equal(doc.events.n, 3); /* another patient: another bombing */
	assert_string_equal(cls(&doc, &lexicon, 0), "Bombing");
	assert_int_equal(doc.triggers.at[1].event, 0);
	assert_true(has_arg(&doc, 1, TD_CAUSE, 0, true));
	assert_true(has_arg(&doc, 1, TD_AGENT, rebels, false)); /* of the death, as of the attack */
	td_doc_free(&doc);
	td_lexicon_free(&lexicon);
}

static void definite_noun_refers_back(void **state)
{
	(void)state;
	td_logistic *model;
	td_error err;
	assert_int_equal(td_pair_model_open("src/model/claim.tdm", &model, &err), TD_ERR_DATA);
	assert_string_equal(err.text, "model of pairs: 16384 weights, not 32768");
	assert_int_equal(td_pair_model_open("src/model/pair.tdm", &model, &err), TD_OK);
	check_definite_noun(NULL);
	check_definite_noun(model);
	td_logistic_close(model);
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	td_lexicon lexicon;
	tree_lexicon(&lexicon, table);
	int failures = 0;
	for (uint64_t n = 1; n < 400; n++) {
		td_doc doc;
		tree_doc(&doc, two_bombings);
		tree_entity(&doc, 0, TD_GROUP, TD_NOMINAL);
		td_alloc_fail_at(n);
		td_status status = td_events(&doc, &lexicon, NULL, NULL);
		if (status == TD_OK) status = td_event_coref(&doc, &lexicon, NULL, NULL);
		td_alloc_fail_at(0);
		td_doc_free(&doc);
		if (status == TD_OK) break;
		assert_int_equal(status, TD_ERR_MEMORY);
		failures++;
	}
	assert_true(failures > 0);
	td_lexicon_free(&lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(active_passive_and_conjuncts), cmocka_unit_test(light_verb_lends_its_arguments),
		cmocka_unit_test(relative_clause_and_control), cmocka_unit_test(phrases_and_conditions),
		cmocka_unit_test(names_and_titles_are_no_events), cmocka_unit_test(speech_has_its_content_as_topic),
		cmocka_unit_test(definite_noun_refers_back), cmocka_unit_test(any_allocation_may_fail),
	};
	return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}
