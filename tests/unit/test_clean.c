/* Cleaning: what is marked to be skipped, and why. */
#include "check.h"

#include "doc/source.h"

static void clean(td_doc *doc, const char *text)
{
	td_error err = { 0 };
	td_doc_init(doc);
	assert_int_equal(td_doc_set_text(doc, td_str_of(text), &err), TD_OK);
	assert_int_equal(td_clean(doc, &err), TD_OK);
	uint32_t at = 0;
	for (uint32_t i = 0; i < doc->skips.n; i++) {
		td_range r = doc->skips.at[i].bytes;
		assert_true(r.from >= at && r.to > r.from && r.to <= doc->text.n);
		at = r.to;
	}
}

/* The text's only skip is `what`, for that reason. */
static void check_skip(const char *text, const char *what, td_skip_why why)
{
	td_doc doc;
	clean(&doc, text);
	if (doc.skips.n != 1) fail_msg("%u skips in: %s", doc.skips.n, text);
	check_str(td_doc_slice(&doc, doc.skips.at[0].bytes), what);
	assert_int_equal(doc.skips.at[0].why, why);
	td_doc_free(&doc);
}

static void check_none(const char *text)
{
	td_doc doc;
	clean(&doc, text);
	if (doc.skips.n) fail_msg("skips '%.*s' of: %s", TD_STR_ARG(td_doc_slice(&doc, doc.skips.at[0].bytes)), text);
	td_doc_free(&doc);
}

static void advertisements(void **state)
{
	(void)state;
	check_skip("Talks failed.\n{mosads}Top officials left.", "{mosads}", TD_SKIP_AD);
	check_skip("Talks failed.\n\nADVERTISEMENT\n\nThey left.", "ADVERTISEMENT", TD_SKIP_AD);
	check_skip("Talks failed.\nStory continues below advertisement\nThey left.", "Story continues below advertisement", TD_SKIP_AD);
	check_skip("Talks failed.\nRead more: Talks open\nThey left.", "Read more: Talks open", TD_SKIP_AD);
	check_none("Advertisement\nThe title is never skipped.");
	check_none("A set {a, b} and {} and {Big}.");
}

static void headings(void **state)
{
	(void)state;
	check_skip("It \"was OK.\" - Litany of issues - Undaunted, he left.", "- Litany of issues - ", TD_SKIP_HEADING);
	check_none("It is well-known. He - the old man - left - and came.");
	check_none("They lost 3 - 2. Then they won 4 - 1.");
}

static void datelines(void **state)
{
	(void)state;
	check_skip("MOSCOW (Reuters) - Talks failed.", "MOSCOW (Reuters) - ", TD_SKIP_DATELINE);
	check_skip("Talks failed\n\nMOSCOW, April 12 (Reuters) - They left.", "MOSCOW, April 12 (Reuters) - ", TD_SKIP_DATELINE);
	check_skip("WASHINGTON — Talks failed.", "WASHINGTON — ", TD_SKIP_DATELINE);
	check_skip("(CNN) — Talks failed.", "(CNN) — ", TD_SKIP_DATELINE);
	check_none("Paris — the city — is calm.");
	check_none("NATO, which met on Monday - and Tuesday - agreed.");
}

static void dates(void **state)
{
	(void)state;
	td_doc doc;
	clean(&doc, "Talks failed\n\nFriday, January 4, 2019\n\nThey left.");
	assert_int_equal(doc.skips.n, 1);
	assert_int_equal(td_date_cmp(doc.date, (td_date){ 2019, 1, 4 }), 0);
	td_doc_free(&doc);
	check_none("Friday, January 4\nThey left on Friday, January 4, 2019.");
	check_none("On Friday, January 4, 2019, they left.");
}

static void captions(void **state)
{
	(void)state;
	check_skip("Talks failed.\n—Natasha Gownaris\nThey left.", "—Natasha Gownaris", TD_SKIP_LEGEND);
	check_none("Talks failed.\n—The mayor of London on his plans\nThey left.");
	/* Only the credit: what the picture shows is told. */
	check_skip("Talks failed.\nA march. Image: Jane Doe.\nThey left.", "Image: Jane Doe.", TD_SKIP_LEGEND);
	check_skip("Sirhan in 2016 (Image: CDCR) left.", "(Image: CDCR)", TD_SKIP_LEGEND);
	check_skip("Seats:\n██ Labour Party - 203 seats", "██ Labour Party - 203 seats", TD_SKIP_LEGEND);
}

static void markup(void **state)
{
	(void)state;
	check_skip("It was so.[12] They left.", "[12]", TD_SKIP_MARKUP);
	check_skip("It was <b>so.", "<b>", TD_SKIP_MARKUP);
	check_skip("It {{cn|date=May}} was so.", "{{cn|date=May}}", TD_SKIP_MARKUP);
	check_none("If a < b and b > c then [a] is [2 3].");
}

static void tails(void **state)
{
	(void)state;
	check_skip("Talks failed and they all left in a hurry.\nSources\nOne paper\nTwo papers", "Sources\nOne paper\nTwo papers", TD_SKIP_HEADING);
	check_skip("Talks\nSources\nThis long text comes behind and it is not a list of papers.", "Sources", TD_SKIP_HEADING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(advertisements), cmocka_unit_test(headings), cmocka_unit_test(datelines), cmocka_unit_test(dates),
		cmocka_unit_test(captions), cmocka_unit_test(markup), cmocka_unit_test(tails),
	};
	return cmocka_run_group_tests_name("clean", tests, NULL, NULL);
}
