/* The splitter: ranges, multi-word tokens, paragraphs, limits. What single words and sentences come to stands in tests/cases/split*.txt. */
#include "check.h"

#include "nlp/nlp.h"
#include "nlp/split.h"

static void split(td_doc *doc, const char *text)
{
	td_error err = { 0 };
	td_doc_init(doc);
	assert_int_equal(td_doc_set_text(doc, td_str_of(text), &err), TD_OK);
	assert_int_equal(td_split(doc, &err), TD_OK);
}

static void check_ranges(const td_doc *doc)
{
	uint32_t at = 0;
	for (uint32_t i = 0; i < doc->toks.n; i++) {
		const td_token *t = &doc->toks.at[i];
		assert_true(t->bytes.from >= at && t->bytes.to > t->bytes.from && t->bytes.to <= doc->text.n);
		assert_true(td_str_eq(t->form, td_doc_slice(doc, t->bytes)));
		assert_true(t->sent < doc->sents.n && i >= doc->sents.at[t->sent].toks.from && i < doc->sents.at[t->sent].toks.to);
		at = t->bytes.to;
	}
}

static void words_have_their_bytes(void **state)
{
	(void)state;
	td_doc doc;
	split(&doc, "\xEF\xBB\xBFZoë can’t go.\r\nShe’s at Łódź.");
	check_ranges(&doc);
	assert_int_equal(doc.toks.n, 10);
	check_str(doc.toks.at[0].form, "Zoë");
	assert_int_equal(doc.toks.at[0].bytes.from, 3);
	assert_int_equal(doc.toks.at[1].mwt, 2);
	check_str(doc.toks.at[2].form, "n’t");
	assert_int_equal(doc.toks.at[2].mwt, 0);
	assert_int_equal(doc.toks.at[1].space_after, 0);
	assert_int_equal(doc.toks.at[2].space_after, 1);
	assert_int_equal(doc.sents.n, 2);
	td_doc_free(&doc);
}

static void three_words_in_one(void **state)
{
	(void)state;
	td_doc doc;
	split(&doc, "He wouldn't've known.");
	check_ranges(&doc);
	assert_int_equal(doc.toks.at[1].mwt, 3);
	check_str(doc.toks.at[3].form, "'ve");
	td_doc_free(&doc);
}

static void wrapped_lines_go_on(void **state)
{
	(void)state;
	td_doc doc;
	split(&doc, "The Secretary of State of the United States met the President in\nMoscow on Wednesday to talk about the war in Syria and about\nother things. They agreed.\n\nA heading\n\nMore text.");
	assert_int_equal(doc.sents.n, 4);
	assert_true(doc.sents.at[0].starts_para && !doc.sents.at[1].starts_para && doc.sents.at[2].starts_para);
	td_doc_free(&doc);
}

static void short_lines_end(void **state)
{
	(void)state;
	td_doc doc;
	split(&doc, "Leaders meet in Paris\nThe leaders of France and Germany met on Monday to talk about trade with the others.\nThey agreed.");
	assert_int_equal(doc.sents.n, 3);
	td_doc_free(&doc);
}

static void skipped_text_has_no_words(void **state)
{
	(void)state;
	const char *text = "They said {ad} nothing. More - Heading - follows";
	td_doc doc;
	td_error err = { 0 };
	td_doc_init(&doc);
	assert_int_equal(td_doc_set_text(&doc, td_str_of(text), &err), TD_OK);
	assert_true(TD_PUSH(&doc.arena, &doc.skips, (td_skip){ { 10, 14 }, TD_SKIP_AD }));
	assert_true(TD_PUSH(&doc.arena, &doc.skips, (td_skip){ { 29, 40 }, TD_SKIP_HEADING }));
	assert_int_equal(td_split(&doc, &err), TD_OK);
	check_ranges(&doc);
	/* An advertisement does not end a sentence, a heading does. */
	assert_int_equal(doc.sents.n, 3);
	assert_int_equal(doc.sents.at[0].toks.to, 4);
	check_str(doc.toks.at[4].form, "More");
	check_str(doc.toks.at[5].form, "follows");
	td_doc_free(&doc);
}

static void all_skipped_is_an_error(void **state)
{
	(void)state;
	td_doc doc;
	td_error err = { 0 };
	td_doc_init(&doc);
	assert_int_equal(td_doc_set_text(&doc, TD_STR("Advertisement"), &err), TD_OK);
	assert_true(TD_PUSH(&doc.arena, &doc.skips, (td_skip){ { 0, 13 }, TD_SKIP_AD }));
	assert_int_equal(td_split(&doc, &err), TD_ERR_EMPTY);
	td_doc_free(&doc);
}

/* `before`, `n` times `piece`, and what comes of it. */
static void split_many(td_doc *doc, const char *before, const char *piece, size_t n)
{
	td_buf text = { 0 };
	td_buf_str(&text, td_str_of(before));
	for (size_t i = 0; i < n; i++) td_buf_str(&text, td_str_of(piece));
	td_buf_char(&text, '\0');
	assert_false(text.failed);
	split(doc, text.at);
	td_buf_free(&text);
}

static void long_sentences_are_cut(void **state)
{
	(void)state;
	td_doc doc;
	split_many(&doc, "", "he said and they don't say, ", 2000);
	check_ranges(&doc);
	for (uint32_t i = 0; i < doc.sents.n; i++) {
		td_range toks = doc.sents.at[i].toks;
		assert_true(toks.to - toks.from <= TD_MAX_SENT_TOKENS);
		if (i + 1 < doc.sents.n) check_str(doc.toks.at[toks.to - 1].form, ",");
	}
	td_doc_free(&doc);
}

static void words_of_one_are_not_parted(void **state)
{
	(void)state;
	td_doc doc;
	split_many(&doc, "", "don't ", 2000);
	for (uint32_t i = 0; i < doc.sents.n; i++) assert_int_equal(doc.toks.at[doc.sents.at[i].toks.from].mwt, 2);
	td_doc_free(&doc);
}

static void endless_words_are_cut(void **state)
{
	(void)state;
	static const char *const pieces[] = { "a", "a-", "a.", "a'", "@a", "1,", "1-", "ü", "(", "...", "www.", "a@", "{" , "'s", "n't" };
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		td_doc doc;
		split_many(&doc, "x ", pieces[i], 50000);
		check_ranges(&doc);
		td_doc_free(&doc);
	}
}

static void abbreviations(void **state)
{
	(void)state;
	assert_int_equal(td_abbr_of(TD_STR("Mr")), TD_ABBR_TITLE);
	assert_int_equal(td_abbr_of(TD_STR("Adm")), TD_ABBR_TITLE);
	assert_int_equal(td_abbr_of(TD_STR("yrs")), TD_ABBR_OTHER);
	assert_int_equal(td_abbr_of(TD_STR("U.S")), TD_ABBR_OTHER);
	assert_int_equal(td_abbr_of(TD_STR("e.g")), TD_ABBR_TITLE);
	assert_int_equal(td_abbr_of(TD_STR("No")), TD_ABBR_NUMBER);
	assert_int_equal(td_abbr_of(TD_STR("F")), TD_ABBR_INITIAL);
	assert_int_equal(td_abbr_of(TD_STR("house")), TD_ABBR_NONE);
	assert_int_equal(td_split_contraction(TD_STR("cannot")), 3);
	assert_int_equal(td_split_contraction(TD_STR("Wont")), 0);
	assert_true(td_split_prefix(TD_STR("Non")) && td_split_prefix(TD_STR("anti")) && !td_split_prefix(TD_STR("al")));
	assert_true(td_split_unit(TD_STR("km")) && td_split_ending(TD_STR("COM")) && td_split_starter(TD_STR("Your")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_have_their_bytes),
		cmocka_unit_test(three_words_in_one),
		cmocka_unit_test(wrapped_lines_go_on),
		cmocka_unit_test(short_lines_end),
		cmocka_unit_test(skipped_text_has_no_words),
		cmocka_unit_test(all_skipped_is_an_error),
		cmocka_unit_test(long_sentences_are_cut),
		cmocka_unit_test(words_of_one_are_not_parted),
		cmocka_unit_test(endless_words_are_cut),
		cmocka_unit_test(abbreviations),
	};
	return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
