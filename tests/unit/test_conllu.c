/* CoNLL-U in and out, JSON out. */
#include <jansson.h>

#include "check.h"

#include "doc/conllu.h"
#include "nlp/nlp.h"

static const char sample[] =
	"# newdoc id = d1\n"
	"# newpar\n"
	"# sent_id = d1-1\n"
	"# text = He can't go  to Łódź.\n"
	"1\tHe\the\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_\n"
	"2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n"
	"2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_\n"
	"3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
	"4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n"
	"4.1\tgone\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n"
	"5\tto\tto\tADP\tIN\t_\t6\tcase\t_\t_\n"
	"6\tŁódź\tŁódź\tPROPN\tNNP\t_\t4\tobl\t_\tSpaceAfter=No\n"
	"7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n"
	"\n"
	"# sent_id = d1-2\n"
	"# text = Bye.\n"
	"1\tBye\tbye\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No\n"
	"2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_\n"
	"\n";

static void read_doc(td_doc *doc, const char *text, bool keep)
{
	td_error err = { 0 };
	td_doc_init(doc);
	if (td_conllu_read(doc, td_str_of(text), keep, &err) != TD_OK) fail_msg("%s", err.text);
}

static void reads_all(void **state)
{
	(void)state;
	td_doc doc;
	read_doc(&doc, sample, true);
	check_str(doc.text, "He can't go  to Łódź. Bye.");
	check_str(doc.id, "d1");
	assert_int_equal(doc.toks.n, 9);
	assert_int_equal(doc.sents.n, 2);
	assert_int_equal(doc.toks.at[1].mwt, 2);
	check_str(td_doc_slice(&doc, doc.toks.at[2].bytes), "n't");
	assert_int_equal(doc.toks.at[0].head, 3);
	assert_int_equal(doc.toks.at[3].head, TD_NONE);
	assert_int_equal(doc.sents.at[1].root, 7);
	check_str(td_doc_slice(&doc, doc.toks.at[5].bytes), "Łódź");
	assert_int_equal(td_child(&doc, 3, TD_NSUBJ), 0);
	td_doc_free(&doc);
}

static void without_keep_only_words(void **state)
{
	(void)state;
	td_doc doc;
	read_doc(&doc, sample, false);
	assert_int_equal(doc.toks.at[0].lemma.n, 0);
	assert_int_equal(doc.sents.at[0].root, TD_NONE);
	assert_int_equal(doc.stage, TD_STAGE_SPLIT);
	td_doc_free(&doc);
}

static void forms_make_the_text_when_it_does_not_fit(void **state)
{
	(void)state;
	td_doc doc;
	read_doc(&doc, "# text = Something else\n1\tdu\t_\tX\t_\t_\t0\troot\t_\tSpaceAfter=No\n2-3\tzum\t_\t_\t_\t_\t_\t_\t_\t_\n"
		"2\tzu\t_\tX\t_\t_\t1\tdep\t_\t_\n3\tdem\t_\tX\t_\t_\t1\tdep\t_\t_\n\n", true);
	check_str(doc.text, "duzum");
	/* Its words are not written in it: they share its range. */
	assert_int_equal(doc.toks.at[1].bytes.from, 2);
	assert_int_equal(doc.toks.at[2].bytes.to, 5);
	check_str(doc.toks.at[2].form, "dem");
	td_doc_free(&doc);
}

static td_status status_of(const char *text, td_error *err)
{
	td_doc doc;
	td_doc_init(&doc);
	td_status status = td_conllu_read(&doc, td_str_of(text), true, err);
	td_doc_free(&doc);
	return status;
}

static void errors_have_lines(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		td_status status;
		uint64_t line;
	} bad[] = {
		{ "1\tHe\n", TD_ERR_SYNTAX, 1 },
		{ "# c\n2\tHe\t_\t_\t_\t_\t0\t_\t_\t_\n", TD_ERR_SYNTAX, 2 },
		{ "1\tHe\t_\t_\t_\t_\tx\t_\t_\t_\n", TD_ERR_SYNTAX, 1 },
		{ "1\tHe\t_\t_\t_\t_\t9\t_\t_\t_\n\n", TD_ERR_SYNTAX, 2 },
		{ "1\tHe\t_\t_\t_\t_\t2\t_\t_\t_\n2\tHe\t_\t_\t_\t_\t1\t_\t_\t_\n\n", TD_ERR_SYNTAX, 3 },
		{ "1-5\tHe\t_\t_\t_\t_\t_\t_\t_\t_\n1\tHe\t_\t_\t_\t_\t0\t_\t_\t_\n\n", TD_ERR_SYNTAX, 3 },
		{ "1\t\t_\t_\t_\t_\t0\t_\t_\t_\n", TD_ERR_SYNTAX, 1 },
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		td_error err = { 0 };
		assert_int_equal(status_of(bad[i].text, &err), bad[i].status);
		assert_int_equal(err.line, bad[i].line);
	}
	td_error err = { 0 };
	assert_int_equal(status_of("\xff", &err), TD_ERR_UTF8);
	assert_int_equal(status_of("", &err), TD_ERR_EMPTY);
}

/* Words, comments and trees are the same after writing and reading again. */
static void round_trip(void **state)
{
	(void)state;
	td_doc a, b;
	td_buf one = { 0 }, two = { 0 };
	td_error err = { 0 };
	read_doc(&a, sample, true);
	assert_int_equal(td_conllu_write(&a, &one, &err), TD_OK);
	td_buf_char(&one, '\0');
	read_doc(&b, one.at, true);
	assert_true(td_str_eq(a.text, b.text));
	assert_int_equal(a.toks.n, b.toks.n);
	for (uint32_t i = 0; i < a.toks.n; i++) {
		assert_int_equal(a.toks.at[i].bytes.from, b.toks.at[i].bytes.from);
		assert_int_equal(a.toks.at[i].head, b.toks.at[i].head);
		assert_int_equal(a.toks.at[i].mwt, b.toks.at[i].mwt);
	}
	check_str(b.sents.at[0].comments, "# newdoc id = d1\n# newpar\n# sent_id = d1-1\n# text = He can't go  to Łódź.");
	assert_int_equal(td_conllu_write(&b, &two, &err), TD_OK);
	assert_true(td_str_eq((td_str){ one.at, one.n - 1 }, td_buf_view(&two)));
	td_buf_free(&one);
	td_buf_free(&two);
	td_doc_free(&a);
	td_doc_free(&b);
}

static void layers_are_written(void **state)
{
	(void)state;
	td_doc doc;
	td_buf out = { 0 };
	td_error err = { 0 };
	read_doc(&doc, sample, true);
	assert_true(TD_PUSH(&doc.arena, &doc.names, (td_name){ .toks = { 5, 6 }, .cls = TD_NAME_LOC }));
	assert_true(TD_PUSH(&doc.arena, &doc.times, (td_time){ .toks = { 0, 2 }, .begin = { 2017, 4, 0 }, .end = { 2017, 5, 0 } }));
	assert_true(TD_PUSH(&doc.arena, &doc.mentions, (td_mention){ .toks = { 3, 6 }, .entity = 2, .cls = TD_PLACE }));
	assert_true(TD_PUSH(&doc.arena, &doc.mentions, (td_mention){ .toks = { 5, 6 }, .entity = TD_NONE, .cls = TD_PERSON }));
	assert_true(TD_PUSH(&doc.arena, &doc.triggers, (td_trigger){ .toks = { 3, 4 }, .event = 7 }));
	assert_int_equal(td_conllu_write(&doc, &out, &err), TD_OK);
	td_buf_char(&out, '\0');
	static const char *const parts[] = { "2-3\tcan't\t", "Name=B-LOC", "Time=2017-04/2017-05", "Entity=(e2-Place|Event=v7", "Entity=(m1-Person),e2)",
		"Chars=16:20", "Bytes=16:23", "SpaceAfter=No|" };
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (!strstr(out.at, parts[i])) fail_msg("no %s in\n%s", parts[i], out.at);
	td_buf_free(&out);
	td_doc_free(&doc);
}

static void json_is_valid(void **state)
{
	(void)state;
	td_doc doc;
	td_buf out = { 0 };
	td_error err = { 0 };
	json_error_t why;
	td_doc_init(&doc);
	doc.name = TD_STR("caf\xE9\x01\"\\\n.txt");
	doc.date = (td_date){ 2017, 4, 12 };
	assert_int_equal(td_doc_set_text(&doc, TD_STR("He said \"no\"\\ \t\x7F\x1B and – 🎉 left.\n"), &err), TD_OK);
	assert_int_equal(td_split(&doc, &err), TD_OK);
	assert_true(TD_PUSH(&doc.arena, &doc.names, (td_name){ .toks = { 0, 1 }, .cls = TD_NAME_PER, .score = 0.5f }));
	assert_true(TD_PUSH(&doc.arena, &doc.quotes, (td_quote){ .bytes = { 9, 11 }, .toks = { 3, 4 }, .speaker = TD_NONE }));
	assert_int_equal(td_json_write(&doc, &out, &err), TD_OK);
	json_t *root = json_loadb(out.at, out.n, JSON_REJECT_DUPLICATES, &why);
	if (!root) fail_msg("%s at %d", why.text, why.position);
	assert_string_equal(json_string_value(json_object_get(root, "text")), doc.text.at);
	assert_string_equal(json_string_value(json_object_get(root, "date")), "2017-04-12");
	assert_string_equal(json_string_value(json_object_get(root, "name")), "caf\xEF\xBF\xBD\x01\"\\\n.txt");
	assert_int_equal(json_array_size(json_object_get(root, "tokens")), doc.toks.n);
	json_t *quote = json_array_get(json_object_get(root, "quotes"), 0);
	assert_string_equal(json_string_value(json_object_get(quote, "text")), "no");
	assert_null(json_object_get(quote, "speaker"));
	json_decref(root);
	td_buf_free(&out);
	td_doc_free(&doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_all), cmocka_unit_test(without_keep_only_words),
		cmocka_unit_test(forms_make_the_text_when_it_does_not_fit), cmocka_unit_test(errors_have_lines), cmocka_unit_test(round_trip),
		cmocka_unit_test(layers_are_written), cmocka_unit_test(json_is_valid),
	};
	return cmocka_run_group_tests_name("conllu", tests, NULL, NULL);
}
