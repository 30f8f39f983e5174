#include "tree_doc.h"

#include "kg/claim.h"
#include "kg/kg.h"

static const char table[] =
	"class\tEvent\tEvent\tevent\n"
	"class\tCommunication\tEvent\tcommunication\n"
	"class\tStatement\tCommunication\tstatement\n"
	"class\tDemand\tCommunication\tdemand\n"
	"class\tMeeting\tCommunication\tmeeting\n"
	"class\tDeath\tEvent\tdeath\n"
	"sense\tsay\tVERB\tcue\tAsserts\tccomp aside\t\t\n"
	"sense\tdeny\tVERB\tcue\tDenies\tccomp obj\t\t\n"
	"sense\tdoubt\tVERB\tcue\tDoubts\tccomp\t\t\n"
	"sense\tcall\tVERB\tcue\tAsserts\t\t\t\n"
	"sense\tstatement\tNOUN\tcue\tAsserts\tccomp\t\t\n"
	"sense\taccording to\tX\tcue\tAsserts\tclause @head\t\t\n"
	"sense\tnot\tPART\tcue\tNegated\thead\t\t\n"
	"sense\twill\tAUX\tcue\tPlanned\thead\t\t\n";

typedef struct {
	td_doc doc;
	td_lexicon lexicon;
} scene;

static void open_scene(scene *s, const char *rows)
{
	tree_doc(&s->doc, rows);
	tree_lexicon(&s->lexicon, table);
}

static void close_scene(scene *s)
{
	td_lexicon_free(&s->lexicon);
	td_doc_free(&s->doc);
}

static void run(scene *s)
{
	td_error err = { 0 };
	assert_int_equal(td_quotes(&s->doc, &s->lexicon, &err), TD_OK);
	assert_int_equal(td_attribute(&s->doc, &s->lexicon, &err), TD_OK);
	assert_int_equal(td_judge(&s->doc, &s->lexicon, &err), TD_OK);
	assert_int_equal(td_weigh_attributions(&s->doc, &s->lexicon, NULL, &err), TD_OK);
}

static void check_one(const scene *s, uint32_t event, uint32_t source, td_stance stance, uint32_t statement)
{
	const td_doc *doc = &s->doc;
	assert_int_equal(doc->attributions.n, 1);
	assert_int_equal(doc->attributions.at[0].event, event);
	assert_int_equal(doc->attributions.at[0].source, source);
	assert_int_equal(doc->attributions.at[0].stance, stance);
	assert_int_equal(doc->attributions.at[0].statement, statement);
}

/* "Ana VERB that Bo died": who tells, with which stance. */
static void check_stance(const char *form, const char *lemma, td_stance stance)
{
	scene s;
	td_buf rows = { 0 };
	td_buf_printf(&rows, "1 Ana Ana PROPN NNP 2 nsubj\n2 %s %s VERB VBD 0 root\n3 that that SCONJ IN 5 mark\n4 Bo Bo PROPN NNP 5 nsubj\n5 died die VERB VBD 2 ccomp\n",
		form, lemma);
	td_buf_char(&rows, '\0');
	open_scene(&s, rows.at);
	uint32_t ana = tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED);
	tree_entity(&s.doc, 3, TD_PERSON, TD_NAMED);
	uint32_t said = tree_event(&s.doc, &s.lexicon, 1, "Statement"), died = tree_event(&s.doc, &s.lexicon, 4, "Death");
	run(&s);
	check_one(&s, died, ana, stance, said);
	td_buf_free(&rows);
	close_scene(&s);
}

static void stances(void **state)
{
	(void)state;
	check_stance("said", "say", TD_ASSERTS);
	check_stance("denied", "deny", TD_DENIES);
	check_stance("doubted", "doubt", TD_DOUBTS);
}

static void who_says_it_is_not_so_denies(void **state)
{
	(void)state;
	scene s;
	open_scene(&s, "1 Ana Ana PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 Bo Bo PROPN NNP 6 nsubj\n4 did do AUX VBD 6 aux\n5 not not PART RB 6 advmod\n"
		       "6 die die VERB VB 2 ccomp\n");
	uint32_t ana = tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED), die = tree_event(&s.doc, &s.lexicon, 5, "Death");
	run(&s);
	check_one(&s, die, ana, TD_DENIES, TD_NONE);
	close_scene(&s);
	/* A plan not to is no denial. */
	open_scene(&s, "1 Ana Ana PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 Bo Bo PROPN NNP 6 nsubj\n4 will will AUX MD 6 aux\n5 not not PART RB 6 advmod\n"
		       "6 die die VERB VB 2 ccomp\n");
	ana = tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED);
	die = tree_event(&s.doc, &s.lexicon, 5, "Death");
	run(&s);
	check_one(&s, die, ana, TD_ASSERTS, TD_NONE);
	close_scene(&s);
}

static void according_to(void **state)
{
	(void)state;
	scene s;
	open_scene(&s, "1 Bo Bo PROPN NNP 2 nsubj\n2 died die VERB VBD 0 root\n3 according accord VERB VBG 5 case\n4 to to ADP IN 3 fixed\n5 police police NOUN NN 2 obl\n");
	s.doc.toks.at[2].lemma = TD_STR("according");
	uint32_t police = tree_entity(&s.doc, 4, TD_ORGANIZATION, TD_NOMINAL), died = tree_event(&s.doc, &s.lexicon, 1, "Death");
	run(&s);
	check_one(&s, died, police, TD_ASSERTS, TD_NONE);
	assert_int_equal(s.doc.events.at[died].factuality, TD_REPORTED);
	close_scene(&s);
}

/* A placard cannot vouch for anything, and a statement does not tell of itself. */
static void things_are_no_sources(void **state)
{
	(void)state;
	scene s;
	open_scene(&s, "1 Ana Ana PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 she she PRON PRP 4 nsubj\n4 asked ask VERB VBD 2 ccomp\n");
	tree_entity(&s.doc, 0, TD_PRODUCT, TD_NAMED);
	tree_event(&s.doc, &s.lexicon, 1, "Statement");
	tree_event(&s.doc, &s.lexicon, 3, "Death");
	run(&s);
	assert_int_equal(s.doc.attributions.n, 0);
	close_scene(&s);
}

/* The statement of the ministry speaks for the ministry. */
static void nouns_pass_on_who_speaks(void **state)
{
	(void)state;
	scene s;
	open_scene(&s, "1 Ana Ana PROPN NNP 3 nmod:poss\n2 's 's PART POS 1 case\n3 statement statement NOUN NN 4 nsubj\n4 said say VERB VBD 0 root\n5 Bo Bo PROPN NNP 6 nsubj\n"
		       "6 died die VERB VBD 4 ccomp\n");
	uint32_t ana = tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED);
	tree_entity(&s.doc, 2, TD_WORK, TD_NOMINAL);
	uint32_t died = tree_event(&s.doc, &s.lexicon, 5, "Death");
	run(&s);
	check_one(&s, died, ana, TD_ASSERTS, TD_NONE);
	close_scene(&s);
}

static void check_speaker(const scene *s, uint32_t quote, uint32_t speaker)
{
	assert_true(s->doc.quotes.n > quote);
	assert_int_equal(s->doc.quotes.at[quote].speaker, speaker);
}

#define HE_SAID "1 \" \" PUNCT `` 3 punct\n2 Bo Bo PROPN NNP 3 nsubj\n3 died die VERB VBD 0 root\n4 today today NOUN NN 3 obl:unmarked\n5 , , PUNCT , 3 punct\n" \
		"6 \" \" PUNCT '' 3 punct\n7 Ana Ana PROPN NNP 8 nsubj\n8 said say VERB VBD 3 parataxis\n9 . . PUNCT . 3 punct\n\n"

static void speakers_and_their_next_sentence(void **state)
{
	(void)state;
	scene s;
	open_scene(&s, HE_SAID "1 \" \" PUNCT `` 3 punct\n2 I I PRON PRP 3 nsubj\n3 know know VERB VBP 0 root\n4 that that PRON DT 3 obj\n5 . . PUNCT . 3 punct\n6 \" \" PUNCT '' 3 punct\n");
	s.doc.sents.at[1].starts_para = false;
	tree_entity(&s.doc, 1, TD_PERSON, TD_NAMED);
	uint32_t ana = tree_entity(&s.doc, 6, TD_PERSON, TD_NAMED), somebody = tree_entity(&s.doc, 10, TD_PERSON, TD_PRONOUN);
	uint32_t died = tree_event(&s.doc, &s.lexicon, 2, "Death"), said = tree_event(&s.doc, &s.lexicon, 7, "Statement");
	run(&s);
	check_speaker(&s, 0, ana);
	check_speaker(&s, 1, ana);
	assert_int_equal(s.doc.quotes.at[0].statement, said);
	check_one(&s, died, ana, TD_ASSERTS, said);
	assert_int_equal(s.doc.mentions.at[2].entity, ana); /* "I" is who speaks */
	assert_int_equal(s.doc.entities.at[somebody].n_mentions, 0);
	assert_int_equal(s.doc.entities.at[ana].n_mentions, 2);
	close_scene(&s);
}

static void short_ones_need_a_speaker(void **state)
{
	(void)state;
	scene s;
	open_scene(&s, "1 Ana Ana PROPN NNP 2 nsubj\n2 called call VERB VBD 0 root\n3 it it PRON PRP 2 obj\n4 \" \" PUNCT `` 5 punct\n5 lousy lousy ADJ JJ 2 xcomp\n6 \" \" PUNCT '' 5 punct\n");
	uint32_t ana = tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED);
	run(&s);
	check_speaker(&s, 0, ana);
	close_scene(&s);
	open_scene(&s, "1 Ana Ana PROPN NNP 2 nsubj\n2 ate eat VERB VBD 0 root\n3 the the DET DT 5 det\n4 \" \" PUNCT `` 5 punct\n5 lousy lousy ADJ JJ 2 obj\n6 \" \" PUNCT '' 5 punct\n");
	tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED);
	run(&s);
	assert_int_equal(s.doc.quotes.n, 0);
	close_scene(&s);
}

static void we_is_only_an_organization(void **state)
{
	(void)state;
	for (int organization = 0; organization < 2; organization++) {
		scene s;
		open_scene(&s, "1 \" \" PUNCT `` 3 punct\n2 We we PRON PRP 3 nsubj\n3 know know VERB VBP 0 root\n4 that that PRON DT 3 obj\n5 \" \" PUNCT '' 3 punct\n"
			       "6 Ana Ana PROPN NNP 7 nsubj\n7 said say VERB VBD 3 parataxis\n");
		uint32_t we = tree_entity(&s.doc, 1, TD_GROUP, TD_PRONOUN), ana = tree_entity(&s.doc, 5, organization ? TD_ORGANIZATION : TD_PERSON, TD_NAMED);
		run(&s);
		assert_int_equal(s.doc.mentions.at[0].entity, organization ? ana : we);
		close_scene(&s);
	}
}

/* Without a model, what the tree speaks for; one source is one node. */
static void who_only_stands_nearby_goes(void **state)
{
	(void)state;
	scene s;
	open_scene(&s, "1 Ana Ana PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 Bo Bo PROPN NNP 4 nsubj\n4 died die VERB VBD 2 ccomp\n\n"
		       "1 Cy Cy PROPN NNP 2 nsubj\n2 died die VERB VBD 0 root\n");
	uint32_t ana = tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED), died = tree_event(&s.doc, &s.lexicon, 3, "Death");
	tree_event(&s.doc, &s.lexicon, 5, "Death");
	s.doc.sents.at[1].starts_para = false;
	td_error err = { 0 };
	assert_int_equal(td_attribute(&s.doc, &s.lexicon, &err), TD_OK);
	assert_int_equal(s.doc.attributions.n, 2);
	assert_true(s.doc.attributions.at[1].signs & td_sign_if(true, TD_SIGN_AROUND));
	td_attribution twice = s.doc.attributions.at[0];
	assert_true(TD_PUSH(&s.doc.arena, &s.doc.attributions, twice));
	assert_int_equal(td_weigh_attributions(&s.doc, &s.lexicon, NULL, &err), TD_OK);
	check_one(&s, died, ana, TD_ASSERTS, TD_NONE);
	close_scene(&s);
}

/* ---- with the model ---- */

static const char claim_model[] = "src/model/claim.tdm";

static float probability(td_logistic *model, scene *s)
{
	td_claim_view view;
	uint32_t feature[TD_CLAIM_FEATURES];
	assert_int_equal(td_claim_view_make(&s->doc, &s->lexicon, &view, NULL), TD_OK);
	uint32_t n = td_claim_features(&view, 0, feature);
	assert_in_range(n, 30, TD_CLAIM_FEATURES);
	for (uint32_t i = 0; i < n; i++) assert_true(feature[i] < TD_CLAIM_WEIGHTS);
	return td_logistic_probability(model, feature, n);
}

/* Told directly weighs more than standing in the sentence before. */
static void what_the_tree_joins_weighs_more(void **state)
{
	(void)state;
	td_logistic *model;
	float p[2];
	assert_int_equal(td_claim_model_open(claim_model, &model, NULL), TD_OK);
	for (int around = 0; around < 2; around++) {
		scene s;
		open_scene(&s, around ? "1 Ana Ana PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 so so ADV RB 2 advmod\n4 . . PUNCT . 2 punct\n\n1 Bo Bo PROPN NNP 2 nsubj\n2 died die VERB VBD 0 root\n"
				      : "1 Ana Ana PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 Bo Bo PROPN NNP 4 nsubj\n4 died die VERB VBD 2 ccomp\n");
		if (around) s.doc.sents.at[1].starts_para = false;
		tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED);
		tree_event(&s.doc, &s.lexicon, around ? 5 : 3, "Death");
		assert_int_equal(td_attribute(&s.doc, &s.lexicon, NULL), TD_OK);
		assert_int_equal(s.doc.attributions.n, 1);
		p[around] = probability(model, &s);
		assert_int_equal(td_weigh_attributions(&s.doc, &s.lexicon, model, NULL), TD_OK);
		if (s.doc.attributions.n) assert_float_equal(s.doc.attributions.at[0].confidence, p[around], 0);
		assert_int_equal(s.doc.attributions.n, p[around] >= td_logistic_least(model));
		close_scene(&s);
	}
	assert_true(p[0] > p[1]);
	td_logistic_close(model);
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	td_logistic *model;
	assert_int_equal(td_claim_model_open(claim_model, &model, NULL), TD_OK);
	td_status status = TD_ERR_MEMORY;
	for (uint64_t nth = 1; status != TD_OK; nth++) {
		scene s;
		open_scene(&s, "1 Ana Ana PROPN NNP 2 nsubj\n2 said say VERB VBD 0 root\n3 Bo Bo PROPN NNP 4 nsubj\n4 died die VERB VBD 2 ccomp\n");
		tree_entity(&s.doc, 0, TD_PERSON, TD_NAMED);
		tree_event(&s.doc, &s.lexicon, 3, "Death");
		td_alloc_fail_at(nth);
		status = td_attribute(&s.doc, &s.lexicon, NULL);
		if (status == TD_OK) status = td_weigh_attributions(&s.doc, &s.lexicon, model, NULL);
		td_alloc_fail_at(0);
		assert_true(status == TD_OK || status == TD_ERR_MEMORY);
		close_scene(&s);
	}
	td_logistic_close(model);
}

static void model_of_something_else(void **state)
{
	(void)state;
	td_logistic *model;
	td_error err;
	assert_int_equal(td_claim_model_open("src/model/event.tdm", &model, &err), TD_ERR_DATA);
	assert_string_equal(err.text, "claim model: 65536 weights, not 16384");
	assert_null(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stances), cmocka_unit_test(who_says_it_is_not_so_denies), cmocka_unit_test(according_to),
		cmocka_unit_test(things_are_no_sources), cmocka_unit_test(nouns_pass_on_who_speaks),
		cmocka_unit_test(speakers_and_their_next_sentence), cmocka_unit_test(short_ones_need_a_speaker),
		cmocka_unit_test(we_is_only_an_organization), cmocka_unit_test(who_only_stands_nearby_goes),
		cmocka_unit_test(what_the_tree_joins_weighs_more), cmocka_unit_test(any_allocation_may_fail), cmocka_unit_test(model_of_something_else),
	};
	return cmocka_run_group_tests_name("attribution", tests, NULL, NULL);
}
