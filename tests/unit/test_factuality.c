#include "tree_doc.h"

#include "kg/kg.h"

static const char table[] =
	"class\tEvent\tEvent\tevent\n"
	"class\tCommunication\tEvent\tcommunication\n"
	"class\tStatement\tCommunication\tstatement\n"
	"class\tMeeting\tCommunication\tmeeting\n"
	"sense\twill\tAUX\tcue\tPlanned\thead\t\t\n"
	"sense\tmay\tAUX\tcue\tPossible\thead\t\t\n"
	"sense\tnot\tPART\tcue\tNegated\thead\t\t\n"
	"sense\tno\tDET\tcue\tNegated\thead clause\t\t\n"
	"sense\tto\tPART\tcue\tPlanned\thead(advcl|xcomp) weak\t\t\n"
	"sense\tplan\tVERB\tcue\tPlanned\txcomp obj\t\t\n"
	"sense\tplan\tNOUN\tcue\tPlanned\tacl\t\t\n"
	"sense\tfail\tVERB\tcue\tNegated\txcomp\t\t\n"
	"sense\tmanage\tVERB\tcue\tActual\txcomp\t\t\n"
	"sense\tsay\tVERB\tcue\tAsserts\tccomp aside\t\t\n"
	"sense\tconfirm\tVERB\tcue\tAsserts\tccomp\t\t\n"
	"sense\tconfirm\tVERB\tcue\tActual\tccomp\t\t\n"
	"sense\treportedly\tADV\tcue\tReported\thead clause\t\t\n"
	"sense\thold\tVERB\tcue\tThrough\tobj nsubj\t\t\n"
	"sense\tif\tSCONJ\tcue\tPossible\thead\t\t\n";

/* Judges an event at the word (counted from 1) of one sentence. */
static void check(const char *rows, uint32_t word, td_factuality want)
{
	td_doc doc;
	td_lexicon lexicon;
	tree_doc(&doc, rows);
	tree_lexicon(&lexicon, table);
	uint32_t event = tree_event(&doc, &lexicon, word - 1, "Meeting");
	assert_int_equal(td_judge(&doc, &lexicon, NULL), TD_OK);
	assert_string_equal(td_factuality_text(doc.events.at[event].factuality), td_factuality_text(want));
	td_lexicon_free(&lexicon);
	td_doc_free(&doc);
}

static void words_that_hang_on_the_event(void **state)
{
	(void)state;
	check("1 They they PRON PRP 2 nsubj\n2 met meet VERB VBD 0 root\n", 2, TD_ACTUAL);
	check("1 They they PRON PRP 3 nsubj\n2 will will AUX MD 3 aux\n3 meet meet VERB VB 0 root\n", 3, TD_PLANNED);
	check("1 They they PRON PRP 4 nsubj\n2 will will AUX MD 4 aux\n3 not not PART RB 4 advmod\n4 meet meet VERB VB 0 root\n", 4, TD_NEGATED);
	check("1 They they PRON PRP 3 nsubj\n2 may may AUX MD 3 aux\n3 meet meet VERB VB 0 root\n", 3, TD_POSSIBLE);
	check("1 If if SCONJ IN 3 mark\n2 they they PRON PRP 3 nsubj\n3 meet meet VERB VB 5 advcl\n4 we we PRON PRP 5 nsubj\n5 leave leave VERB VB 0 root\n", 3, TD_POSSIBLE);
}

static void effects_compose(void **state)
{
	(void)state;
	check("1 They they PRON PRP 2 nsubj\n2 plan plan VERB VBP 0 root\n3 to to PART TO 4 mark\n4 meet meet VERB VB 2 xcomp\n", 4, TD_PLANNED);
	check("1 They they PRON PRP 4 nsubj\n2 do do AUX VBP 4 aux\n3 not not PART RB 4 advmod\n4 plan plan VERB VB 0 root\n5 to to PART TO 6 mark\n"
	      "6 meet meet VERB VB 4 xcomp\n", 6, TD_NEGATED);
	/* A negated failure is a success; and a manner of success silences the infinitive. */
	check("1 They they PRON PRP 4 nsubj\n2 did do AUX VBD 4 aux\n3 not not PART RB 4 advmod\n4 fail fail VERB VB 0 root\n5 to to PART TO 6 mark\n"
	      "6 meet meet VERB VB 4 xcomp\n", 6, TD_ACTUAL);
	check("1 They they PRON PRP 2 nsubj\n2 managed manage VERB VBD 0 root\n3 to to PART TO 4 mark\n4 meet meet VERB VB 2 xcomp\n", 4, TD_ACTUAL);
}

static void purposes_and_plans(void **state)
{
	(void)state;
	check("1 He he PRON PRP 2 nsubj\n2 flew fly VERB VBD 0 root\n3 to to PART TO 4 mark\n4 meet meet VERB VB 2 advcl\n", 4, TD_PLANNED);
	check("1 His he PRON PRP$ 2 nmod:poss\n2 plan plan NOUN NN 5 nsubj\n3 to to PART TO 4 mark\n4 meet meet VERB VB 2 acl\n5 stands stand VERB VBZ 0 root\n", 4,
		TD_PLANNED);
	check("1 The the DET DT 2 det\n2 meeting meeting NOUN NN 0 root\n3 planned plan VERB VBN 2 acl\n", 2, TD_PLANNED);
	/* What a relative clause tells of a plan is not planned. */
	check("1 The the DET DT 2 det\n2 plan plan NOUN NN 0 root\n3 which which PRON WDT 4 obj\n4 discussed discuss VERB VBN 2 acl:relcl\n", 4, TD_ACTUAL);
}

static void what_is_said(void **state)
{
	(void)state;
	check("1 He he PRON PRP 2 nsubj\n2 said say VERB VBD 0 root\n3 they they PRON PRP 4 nsubj\n4 met meet VERB VBD 2 ccomp\n", 4, TD_REPORTED);
	check("1 They they PRON PRP 2 nsubj\n2 met meet VERB VBD 0 root\n3 , , PUNCT , 2 punct\n4 he he PRON PRP 5 nsubj\n5 said say VERB VBD 2 parataxis\n", 2,
		TD_REPORTED);
	check("1 He he PRON PRP 2 nsubj\n2 confirmed confirm VERB VBD 0 root\n3 they they PRON PRP 4 nsubj\n4 met meet VERB VBD 2 ccomp\n", 4, TD_ACTUAL);
	/* The saying may be planned, what is said is not. */
	check("1 He he PRON PRP 3 nsubj\n2 will will AUX MD 3 aux\n3 say say VERB VB 0 root\n4 they they PRON PRP 5 nsubj\n5 met meet VERB VBD 3 ccomp\n", 5, TD_REPORTED);
	check("1 Reportedly reportedly ADV RB 3 advmod\n2 two two NUM CD 3 nsubj\n3 met meet VERB VBD 0 root\n4 and and CCONJ CC 6 cc\n5 eight eight NUM CD 6 nsubj\n"
	      "6 left leave VERB VBD 3 conj\n", 6, TD_REPORTED);
}

static void nouns(void **state)
{
	(void)state;
	check("1 They they PRON PRP 3 nsubj\n2 will will AUX MD 3 aux\n3 hold hold VERB VB 0 root\n4 the the DET DT 5 det\n5 meeting meeting NOUN NN 3 obj\n", 5, TD_PLANNED);
	check("1 They they PRON PRP 3 nsubj\n2 will will AUX MD 3 aux\n3 recall recall VERB VB 0 root\n4 the the DET DT 5 det\n5 meeting meeting NOUN NN 3 obj\n", 5, TD_ACTUAL);
	check("1 No no DET DT 2 det\n2 leader leader NOUN NN 3 nsubj\n3 met meet VERB VBD 0 root\n", 3, TD_NEGATED);
	/* One "no" is heard once, though it speaks of the noun and of its clause. */
	check("1 They they PRON PRP 2 nsubj\n2 held hold VERB VBD 0 root\n3 no no DET DT 4 det\n4 meeting meeting NOUN NN 2 obj\n", 4, TD_NEGATED);
}

static void joined_clauses(void **state)
{
	(void)state;
	check("1 They they PRON PRP 3 nsubj\n2 will will AUX MD 3 aux\n3 come come VERB VB 0 root\n4 and and CCONJ CC 5 cc\n5 meet meet VERB VB 3 conj\n", 5, TD_PLANNED);
	check("1 They they PRON PRP 3 nsubj\n2 will will AUX MD 3 aux\n3 come come VERB VB 0 root\n4 and and CCONJ CC 6 cc\n5 we we PRON PRP 6 nsubj\n6 met meet VERB VBD 3 conj\n", 6,
		TD_ACTUAL);
}

static void the_future_is_planned(void **state)
{
	(void)state;
	td_doc doc;
	td_lexicon lexicon;
	tree_doc(&doc, "1 The the DET DT 2 det\n2 meeting meeting NOUN NN 0 root\n");
	tree_lexicon(&lexicon, table);
	uint32_t event = tree_event(&doc, &lexicon, 1, "Meeting");
	doc.date = (td_date){ 2019, 3, 14 };
	static const struct {
		td_date begin;
		td_factuality want;
	} cases[] = {
		{ { 2019, 3, 14 }, TD_ACTUAL }, { { 2019, 3, 15 }, TD_PLANNED }, { { 2019, 4, 0 }, TD_PLANNED }, { { 2019, 3, 0 }, TD_ACTUAL },
		{ { 2020, 0, 0 }, TD_PLANNED }, { { 2019, 0, 0 }, TD_ACTUAL }, { { 0, 0, 0 }, TD_ACTUAL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		doc.events.at[event].begin = cases[i].begin;
		assert_int_equal(td_judge(&doc, &lexicon, NULL), TD_OK);
		assert_int_equal(doc.events.at[event].factuality, cases[i].want);
	}
	td_lexicon_free(&lexicon);
	td_doc_free(&doc);
}

static void joining(void **state)
{
	(void)state;
	td_event fact = { .factuality = TD_ACTUAL }, noun = { .factuality = TD_ACTUAL, .negated = TD_GRANTED };
	td_event plan = { .factuality = TD_PLANNED, .negated = 1u << TD_PLANNED }, told = { .factuality = TD_REPORTED, .negated = 1u << TD_REPORTED };
	td_join_factuality(&noun, &plan);
	assert_int_equal(noun.factuality, TD_PLANNED);
	td_join_factuality(&noun, &fact);
	assert_int_equal(noun.factuality, TD_ACTUAL);
	noun.negated = TD_GRANTED;
	td_join_factuality(&told, &noun);
	assert_int_equal(told.factuality, TD_ACTUAL);
	td_join_factuality(&fact, &plan);
	assert_int_equal(fact.factuality, TD_ACTUAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_hang_on_the_event), cmocka_unit_test(effects_compose), cmocka_unit_test(purposes_and_plans),
		cmocka_unit_test(what_is_said), cmocka_unit_test(nouns), cmocka_unit_test(joined_clauses),
		cmocka_unit_test(the_future_is_planned), cmocka_unit_test(joining),
	};
	return cmocka_run_group_tests_name("factuality", tests, NULL, NULL);
}
