#include "check.h"

#include "kg/kg.h"
#include "nlp/nlp.h"

static const char table[] = "class\tEvent\tEvent\tevent\n"
			    "sense\tknow\tX\tcue\tNaming\t\t\t\n"
			    "sense\tdub\tX\tcue\tNaming\t\t\t\n";

/* Finds the quotations of a text and compares them, joined by "|". There are no tags: only marks, spaces and letters decide. */
static void check_quotes(const char *text, const char *want)
{
	td_doc doc;
	td_lexicon lexicon;
	td_error err = { 0 };
	td_buf got = { 0 };
	td_doc_init(&doc);
	assert_int_equal(td_lexicon_read(td_str_of(table), &lexicon, &err), TD_OK);
	assert_int_equal(td_doc_set_text(&doc, td_str_of(text), &err), TD_OK);
	assert_int_equal(td_split(&doc, &err), TD_OK);
	for (uint32_t i = 0; i < doc.toks.n; i++) {
		doc.toks.at[i].lemma = doc.toks.at[i].form;
		if (td_str_eq(doc.toks.at[i].form, TD_STR("known"))) doc.toks.at[i].lemma = TD_STR("know");
		if (td_str_eq(doc.toks.at[i].form, TD_STR("as"))) doc.toks.at[i].upos = TD_ADP;
		if (td_str_eq(doc.toks.at[i].form, TD_STR("the"))) doc.toks.at[i].upos = TD_DETERM;
	}
	assert_int_equal(td_quotes(&doc, &lexicon, &err), TD_OK);
	for (uint32_t i = 0; i < doc.quotes.n; i++) {
		if (i) td_buf_char(&got, '|');
		td_buf_str(&got, td_doc_slice(&doc, doc.quotes.at[i].bytes));
	}
	check_str(td_buf_view(&got), want);
	td_buf_free(&got);
	td_lexicon_free(&lexicon);
	td_doc_free(&doc);
}

static void marks_of_all_kinds(void **state)
{
	(void)state;
	check_quotes("\"We will not go,\" he said.", "We will not go,");
	check_quotes("“We will not go,” he said.", "We will not go,");
	check_quotes("``We will not go,'' he said.", "We will not go,");
	check_quotes("«We will not go», he said.", "We will not go");
	check_quotes("‘We will not go,’ he said.", "We will not go,");
	check_quotes("He said: 'We will not go.'", "We will not go.");
	check_quotes("\"We will not go\" (she left) \"without you there,\" he said.", "We will not go|without you there,");
}

static void wrong_way_round(void **state)
{
	(void)state;
	check_quotes("”We will not go“ he said.", "We will not go");
	check_quotes("(\"We will not go there\")", "We will not go there");
}

static void nested_marks_are_one_quotation(void **state)
{
	(void)state;
	check_quotes("“He said ‘go away now’ to me,” she said.", "He said ‘go away now’ to me,");
	check_quotes("‘He said “go away now” to me,’ she said.", "He said “go away now” to me,");
}

static void apostrophes_are_no_marks(void **state)
{
	(void)state;
	check_quotes("The '90s weren't the workers' best years, they're saying 'bout it.", "");
	check_quotes("Workers’ rights aren’t theirs, the unions’ leader can’t say more.", "");
}

static void a_paragraph_may_reopen(void **state)
{
	(void)state;
	check_quotes("“This is the first part of it.\n\n“This is the second part.” He left.", "This is the first part of it.|This is the second part.");
}

static void a_lone_mark_does_not_swallow(void **state)
{
	(void)state;
	check_quotes("He said “we are leaving now. Then they left. “Come back to us,” she said.", "we are leaving now.|Come back to us,");
	check_quotes("The screen is 24\" wide and costs much. Nobody bought it at all.", "");
	check_quotes("A lone \" stands here. Nothing else was said.\n\nNew paragraph. \"We agree on that,\" he said.", "We agree on that,");
}

static void names_and_titles_are_no_quotations(void **state)
{
	(void)state;
	check_quotes("The act, known as the \"control law\", passed.", "");
	check_quotes("He read \"The Wealth of Nations\" twice.", "");
	check_quotes("The march (\"British exit\") began.", "");
	check_quotes("She heard \"...\" and went.", "");
}

/* A mark that never closes, in one paragraph of very many words: the time must stay linear, and the rest unquoted. */
static void a_million_words(void **state)
{
	(void)state;
	td_buf text = { 0 };
	td_doc doc;
	td_lexicon lexicon;
	td_error err = { 0 };
	td_buf_str(&text, TD_STR("“"));
	for (int i = 0; i < 200000; i++) td_buf_str(&text, i % 7 ? TD_STR("word ") : TD_STR("\" "));
	td_doc_init(&doc);
	assert_int_equal(td_lexicon_read(td_str_of(table), &lexicon, &err), TD_OK);
	assert_int_equal(td_doc_set_text(&doc, td_buf_view(&text), &err), TD_OK);
	assert_int_equal(td_split(&doc, &err), TD_OK);
	assert_int_equal(td_quotes(&doc, &lexicon, &err), TD_OK);
	for (uint32_t i = 0; i < doc.quotes.n; i++) assert_true(doc.quotes.at[i].toks.to - doc.quotes.at[i].toks.from <= 1000);
	td_buf_free(&text);
	td_lexicon_free(&lexicon);
	td_doc_free(&doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_of_all_kinds),
		cmocka_unit_test(wrong_way_round),
		cmocka_unit_test(nested_marks_are_one_quotation),
		cmocka_unit_test(apostrophes_are_no_marks),
		cmocka_unit_test(a_paragraph_may_reopen),
		cmocka_unit_test(a_lone_mark_does_not_swallow),
		cmocka_unit_test(names_and_titles_are_no_quotations),
		cmocka_unit_test(a_million_words),
	};
	return cmocka_run_group_tests_name("quotes", tests, NULL, NULL);
}
