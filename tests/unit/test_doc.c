#include "check.h"

#include "doc/doc.h"

static void text_is_checked(void **state)
{
	(void)state;
	td_doc doc;
	td_error err;
	td_doc_init(&doc);
	assert_int_equal(td_doc_set_text(&doc, TD_STR(""), &err), TD_ERR_EMPTY);
	assert_int_equal(td_doc_set_text(&doc, TD_STR(" -- !\n"), &err), TD_ERR_EMPTY);
	assert_int_equal(td_doc_set_text(&doc, (td_str){ "ab\0c", 4 }, &err), TD_ERR_UTF8);
	assert_int_equal(err.byte, 2);
	assert_int_equal(td_doc_set_text(&doc, (td_str){ "caf\xE9 x", 6 }, &err), TD_ERR_UTF8);
	assert_int_equal(err.byte, 3);
	assert_int_equal(td_doc_set_text(&doc, TD_STR("abc"), &err), TD_OK);
	assert_string_equal(doc.hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	td_doc_free(&doc);
}

static void offsets_count_code_points(void **state)
{
	(void)state;
	td_doc doc;
	td_buf text = { 0 };
	td_doc_init(&doc);
	for (int i = 0; i < 400; i++) td_buf_str(&text, i % 3 ? TD_STR("é") : i % 2 ? TD_STR("😀") : TD_STR("x"));
	assert_int_equal(td_doc_set_text(&doc, td_buf_view(&text), NULL), TD_OK);
	uint32_t cp = 0;
	for (const char *at = doc.text.at, *end = at + doc.text.n;; cp++) {
		assert_int_equal(td_doc_char(&doc, (uint32_t)(at - doc.text.at)), cp);
		if (at == end) break;
		td_utf8_next(&at, end);
	}
	td_buf_free(&text);
	td_doc_free(&doc);
}

/* "the big dog barked loudly": barked is the root. */
static void build_tree(td_doc *doc)
{
	static const struct {
		uint32_t head;
		uint8_t deprel;
	} t[] = { { 2, TD_DETERM }, { 2, TD_AMOD }, { 3, TD_NSUBJ_PASS }, { TD_NONE, TD_ROOT }, { 3, TD_ADVMOD } };
	td_doc_init(doc);
	for (size_t i = 0; i < 5; i++)
		assert_true(TD_PUSH(&doc->arena, &doc->toks, (td_token){ .head = t[i].head, .deprel = t[i].deprel }));
	assert_int_equal(td_doc_index_tree(doc, NULL), TD_OK);
}

static void the_tree_is_walked(void **state)
{
	(void)state;
	td_doc doc;
	build_tree(&doc);
	assert_int_equal(td_child(&doc, 3, TD_NSUBJ), 2);      /* a base relation finds its subtypes */
	assert_int_equal(td_child(&doc, 3, TD_NSUBJ_PASS), 2);
	assert_int_equal(td_child(&doc, 3, TD_OBJ), TD_NONE);
	assert_int_equal(td_child(&doc, TD_NONE, TD_OBJ), TD_NONE);
	td_range r = td_subtree(&doc, 2);
	assert_int_equal(r.from, 0);
	assert_int_equal(r.to, 3);
	r = td_subtree(&doc, 3);
	assert_int_equal(r.from, 0);
	assert_int_equal(r.to, 5);
	assert_true(td_dominates(&doc, 3, 0));
	assert_false(td_dominates(&doc, 2, 4));
	doc.toks.at[3].head = 0; /* a circle, as bad input may have it, ends all the same */
	assert_false(td_dominates(&doc, 4, 1));
	td_doc_free(&doc);
}

static void mentions_are_found_by_token(void **state)
{
	(void)state;
	td_doc doc;
	td_doc_init(&doc);
	const td_mention m[] = { { .toks = { 0, 4 }, .head = 3 }, { .toks = { 1, 2 }, .head = 1 }, { .toks = { 6, 8 }, .head = 7 } };
	for (size_t i = 0; i < 3; i++) assert_true(TD_PUSH(&doc.arena, &doc.mentions, m[i]));
	assert_int_equal(td_mention_headed(&doc, 3), 0);
	assert_int_equal(td_mention_headed(&doc, 1), 1);
	assert_int_equal(td_mention_at(&doc, 1), 1);
	assert_int_equal(td_mention_at(&doc, 2), 0);
	assert_int_equal(td_mention_at(&doc, 5), TD_NONE);
	assert_int_equal(td_mention_headed(&doc, 6), TD_NONE);
	assert_int_equal(td_mention_at(&doc, 7), 2);
	td_doc_free(&doc);
}

static void dates_are_iso_or_none(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} t[] = { { "2017-04-12", "2017-04-12" }, { "2017-04", "2017-04" }, { "2017", "2017" }, { "2016-02-29", "2016-02-29" },
		{ "2017-04-12T08:00:00Z", "2017-04-12" }, { "2017-02-29", "" }, { "2017-13-01", "" }, { "2017-4-1", "" },
		{ "0000-01-01", "" }, { "tomorrow", "" }, { "2017-04-12x", "" }, { "", "" } };
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		char out[16] = "";
		td_date d = td_date_parse(td_str_of(t[i].in));
		if (d.year) td_date_print(d, out);
		assert_string_equal(out, t[i].out);
	}
}

static void days_are_counted_both_ways(void **state)
{
	(void)state;
	assert_int_equal(td_date_days((td_date){ 1970, 1, 1 }), 0);
	assert_int_equal(td_date_weekday((td_date){ 2017, 4, 12 }), 2); /* a Wednesday */
	assert_int_equal(td_date_weekday((td_date){ 1969, 12, 31 }), 2);
	for (int32_t day = -200000; day < 60000; day += 97) assert_int_equal(td_date_days(td_date_from_days(day)), day);
}

static void labels_name_their_sets(void **state)
{
	(void)state;
	assert_int_equal(td_deprel_parse(TD_STR("nsubj:pass"), 0), TD_NSUBJ_PASS);
	assert_string_equal(td_upos_text(TD_PROPN), "PROPN");
	assert_string_equal(td_upos_text(200), "?");
	assert_int_equal(td_class_parse(TD_STR("Sandwich"), TD_CLASS_COUNT), TD_CLASS_COUNT);
	assert_int_equal(td_deprel_base(TD_ACL_RELCL), TD_ACL);
	assert_int_equal(td_deprel_base(TD_OBJ), TD_OBJ);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_checked), cmocka_unit_test(offsets_count_code_points), cmocka_unit_test(the_tree_is_walked),
		cmocka_unit_test(mentions_are_found_by_token), cmocka_unit_test(dates_are_iso_or_none),
		cmocka_unit_test(days_are_counted_both_ways), cmocka_unit_test(labels_name_their_sets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
