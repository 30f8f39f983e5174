/* Time expressions: the calendar, the guards, and documents without a date. What expressions come to stands in tests/cases/time*.txt. */
#include "check.h"
#include "tree_doc.h"

#include "nlp/nlp.h"
#include "nlp/times.h"

static void check_period(td_period p, const char *want)
{
	char out[40] = "", part[16];
	if (p.begin.year) td_date_print(p.begin, part), (void)snprintf(out, sizeof out, "%s", part);
	if (p.end.year && td_date_cmp(p.begin, p.end) != 0) {
		td_date_print(p.end, part);
		strcat(strcat(out, "/"), part);
	}
	assert_string_equal(out, want);
}

static void units(void **state)
{
	(void)state;
	const td_date day = { 2017, 1, 31 }, month = { 2017, 1, 0 }, year = { 2017, 0, 0 };
	check_period(td_unit_period(UNIT_DAY, day, 1), "2017-02-01");
	check_period(td_unit_period(UNIT_WEEK, day, -1), "2017-01-23/2017-01-29");
	check_period(td_unit_period(UNIT_WEEKEND, day, 0), "2017-02-04/2017-02-05");
	check_period(td_unit_period(UNIT_MONTH, day, -1), "2016-12");
	check_period(td_unit_period(UNIT_QUARTER, day, -1), "2016-10/2016-12");
	check_period(td_unit_period(UNIT_YEAR, year, 1), "2018");
	check_period(td_unit_period(UNIT_DECADE, year, -1), "2000/2009");
	check_period(td_unit_period(UNIT_CENTURY, year, 0), "2001/2100");
	/* What is not known that precisely has no day. */
	check_period(td_unit_period(UNIT_DAY, month, 1), "");
	check_period(td_unit_period(UNIT_MONTH, year, 1), "");
	check_period(td_unit_period(UNIT_YEAR, (td_date){ 0 }, 1), "");
	check_period(td_season_period(3, 2016), "2016-12/2017-02");
	check_period(td_shift(day, UNIT_YEAR, -20000), "");
	check_period(td_shift((td_date){ 9999, 12, 31 }, UNIT_DAY, 1), "");
	check_period(td_shift(year, UNIT_DECADE, -1), "");
}

typedef struct {
	const char *rows, *want; /* want: the only time, "": none */
} tree_case;

static void check_tree(const tree_case *c, td_date date)
{
	td_doc doc;
	td_error err = { 0 };
	tree_doc(&doc, c->rows);
	doc.date = date;
	assert_int_equal(td_times(&doc, &err), TD_OK);
	if (!*c->want) {
		if (doc.times.n) fail_msg("a time in: %s", doc.text.at);
	} else {
		assert_int_equal(doc.times.n, 1);
		check_period((td_period){ doc.times.at[0].begin, doc.times.at[0].end }, c->want);
	}
	td_doc_free(&doc);
}

static void words_that_are_no_time(void **state)
{
	(void)state;
	static const tree_case cases[] = {
		{ "1 He he PRON PRP 3 nsubj\n2 may may AUX MD 3 aux\n3 march march VERB VB 0 root\n", "" },
		{ "1 Some some DET DT 2 advmod\n2 2000 2000 NUM CD 3 nummod\n3 people people NOUN NNS 4 nsubj\n4 fell fall VERB VBD 0 root\n", "" },
		{ "1 At at ADP IN 2 case\n2 1100 1100 NUM CD 4 nummod\n3 GMT gmt PROPN NNP 2 dep\n4 left leave VERB VBD 0 root\n", "" },
		{ "1 $ $ SYM $ 0 root\n2 2016 2016 NUM CD 1 nummod\n", "" },
		{ "1 the the DET DT 2 det\n2 second second ADJ JJ 3 amod\n3 man man NOUN NN 0 root\n", "" },
		{ "1 KC KC PROPN NNP 0 root\n2 sat sit VERB VBD 1 dep\n3 this this PRON DT 2 obj\n", "" },
		{ "1 I I PRON PRP 2 nsubj\n2 fall fall VERB VBP 0 root\n3 in in ADP IN 4 case\n4 spring spring NOUN NN 2 obl\n", "2017-03/2017-05" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) check_tree(&cases[i], (td_date){ 2017, 4, 12 });
}

static void without_a_date_only_what_is_whole(void **state)
{
	(void)state;
	static const tree_case cases[] = {
		{ "1 left leave VERB VBD 0 root\n2 Monday Monday PROPN NNP 1 obl\n", "" },
		{ "1 left leave VERB VBD 0 root\n2 in in ADP IN 3 case\n3 2011 2011 NUM CD 1 obl\n", "2011" },
	};
	td_doc doc;
	td_error err = { 0 };
	tree_doc(&doc, cases[0].rows);
	assert_int_equal(td_times(&doc, &err), TD_OK);
	assert_int_equal(doc.times.n, 1);
	assert_int_equal(doc.times.at[0].begin.year, 0);
	td_doc_free(&doc);
	check_tree(&cases[1], (td_date){ 0 });
}

static void tense_of_a_clause(void **state)
{
	(void)state;
	static const struct {
		const char *rows;
		int tense; /* of the last word */
	} cases[] = {
		{ "1 left leave VERB VBD 0 root\n2 Monday Monday PROPN NNP 1 obl\n", -1 },
		{ "1 will will AUX MD 2 aux\n2 leave leave VERB VB 0 root\n3 Monday Monday PROPN NNP 2 obl\n", 1 },
		{ "1 might might AUX MD 3 aux\n2 have have AUX VB 3 aux\n3 left leave VERB VBN 0 root\n4 Monday Monday PROPN NNP 3 obl\n", -1 },
		{ "1 is be AUX VBZ 4 aux:pass\n2 to to PART TO 4 mark\n3 be be AUX VB 4 aux\n4 sentenced sentence VERB VBN 0 root\n5 Monday Monday PROPN NNP 4 obl\n", 1 },
		{ "1 was be AUX VBD 2 aux:pass\n2 scheduled schedule VERB VBN 0 root\n3 Monday Monday PROPN NNP 2 obl\n", 1 },
		{ "1 vote vote NOUN NN 0 root\n2 Monday Monday PROPN NNP 1 nmod\n", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		td_doc doc;
		tree_doc(&doc, cases[i].rows);
		assert_int_equal(td_tense_of(&doc, doc.toks.n - 1), cases[i].tense);
		td_doc_free(&doc);
	}
}

/* "one day after officials said": what is dated is what was said. */
static void hangs_at_what_it_dates(void **state)
{
	(void)state;
	td_doc doc;
	td_error err = { 0 };
	tree_doc(&doc, "1 comes come VERB VBZ 0 root\n2 one one NUM CD 3 nummod\n3 day day NOUN NN 1 obl\n4 after after SCONJ IN 6 mark\n"
		"5 officials official NOUN NNS 6 nsubj\n6 spoke speak VERB VBD 1 advcl\n");
	doc.date = (td_date){ 2017, 4, 12 };
	assert_int_equal(td_times(&doc, &err), TD_OK);
	assert_int_equal(doc.times.n, 1);
	assert_int_equal(doc.times.at[0].head, 5);
	check_period((td_period){ doc.times.at[0].begin, doc.times.at[0].end }, "2017-04-11");
	td_doc_free(&doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units), cmocka_unit_test(words_that_are_no_time), cmocka_unit_test(without_a_date_only_what_is_whole),
		cmocka_unit_test(tense_of_a_clause), cmocka_unit_test(hangs_at_what_it_dates),
	};
	return cmocka_run_group_tests_name("times", tests, NULL, NULL);
}
