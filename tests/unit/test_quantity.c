/* Quantities read off words that stand in rows: no tree is asked but for what is counted. */
#include "tree_doc.h"

#include "kg/quantity.h"

/* Words of the text, separated by spaces: numbers are NUM, the others NOUN; each hangs on the next. */
static void rows_of(td_doc *doc, const char *text)
{
	td_buf rows = { 0 };
	uint32_t n = 0;
	static const char *const numerals[] = { "one", "two", "three", "twenty", "fifty", "hundred", "thousand", "million", "billion", "dozen" };
	for (td_str rest = td_str_of(text); rest.n;) {
		td_str w = td_str_cut(&rest, ' ');
		bool num = w.at[0] >= '0' && w.at[0] <= '9';
		for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) num = num || td_str_eq(w, td_str_of(numerals[i]));
		n++;
		td_buf_printf(&rows, "%u %.*s %.*s %s _ %u dep\n", n, TD_STR_ARG(w), TD_STR_ARG(w), num ? "NUM" : "NOUN", rest.n ? n + 1 : 0);
	}
	td_buf_char(&rows, '\0');
	tree_doc(doc, rows.at);
	td_buf_free(&rows);
}

static bool read_at(td_doc *doc, const char *text, uint32_t at, td_measure *m, uint32_t *next)
{
	rows_of(doc, text);
	return td_measure_read(doc, at, 0, doc->toks.n, m, next);
}

static const struct {
	const char *text;
	uint32_t at, to; /* where it is looked for, and the token behind it */
	uint8_t kind, bound;
	int64_t low, high;
	const char *currency;
} told[] = {
	{ "87 men", 0, 1, TD_COUNTED, TD_EXACTLY, 87000, 87000, "" },
	{ "1,234.5 men", 0, 1, TD_COUNTED, TD_EXACTLY, 1234500, 1234500, "" },
	{ "two hundred and fifty men", 0, 4, TD_COUNTED, TD_EXACTLY, 250000, 250000, "" },
	{ "twenty - one men", 0, 3, TD_COUNTED, TD_EXACTLY, 21000, 21000, "" },
	{ "half a million men", 0, 3, TD_COUNTED, TD_EXACTLY, 500000000, 500000000, "" },
	{ "dozens men", 0, 1, TD_COUNTED, TD_AT_LEAST, 24000, 24000, "" },
	{ "tens of thousands of men", 0, 3, TD_COUNTED, TD_AT_LEAST, 20000000, 20000000, "" },
	{ "at least 20 men", 2, 3, TD_COUNTED, TD_AT_LEAST, 20000, 20000, "" },
	{ "no more than 20 men", 3, 4, TD_COUNTED, TD_AT_MOST, 20000, 20000, "" },
	{ "more than 20 men", 2, 3, TD_COUNTED, TD_MORE_THAN, 20000, 20000, "" },
	{ "about 20 men", 1, 2, TD_COUNTED, TD_ABOUT, 20000, 20000, "" },
	{ "20 or more men", 0, 3, TD_COUNTED, TD_AT_LEAST, 20000, 20000, "" },
	{ "20 to 30 men", 0, 3, TD_COUNTED, TD_BETWEEN, 20000, 30000, "" },
	{ "between 20 and 30 men", 1, 4, TD_COUNTED, TD_BETWEEN, 20000, 30000, "" },
	{ "1.5 to 2 million men", 0, 4, TD_COUNTED, TD_BETWEEN, 1500000000, 2000000000, "" },
	{ "$ 1.5 billion", 0, 3, TD_MONEY, TD_EXACTLY, 1500000000000, 1500000000000, "USD" },
	{ "€ 20 m", 0, 3, TD_MONEY, TD_EXACTLY, 20000000000, 20000000000, "EUR" },
	{ "5 million yuan", 0, 3, TD_MONEY, TD_EXACTLY, 5000000000, 5000000000, "CNY" },
	{ "20 - million - dollar deal", 0, 5, TD_MONEY, TD_EXACTLY, 20000000000, 20000000000, "USD" },
	{ "52 per cent", 0, 3, TD_PERCENT, TD_EXACTLY, 52000, 52000, "" },
	{ "two - thirds of men", 0, 3, TD_PERCENT, TD_EXACTLY, 66666, 66666, "" },
	{ "312 votes to 208", 0, 4, TD_VOTES, TD_EXACTLY, 312000, 208000, "" },
	{ "7.1 - magnitude quake", 0, 3, TD_MAGNITUDE, TD_EXACTLY, 7100, 7100, "" },
	{ "nobody", 0, 1, TD_COUNTED, TD_EXACTLY, 0, 0, "" },
};

static void quantities_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		td_doc doc;
		td_measure m;
		uint32_t next;
		if (!read_at(&doc, told[i].text, told[i].at, &m, &next)) fail_msg("%s: nothing", told[i].text);
		bool same = m.what.kind == told[i].kind && m.what.bound == told[i].bound && m.what.low == told[i].low && m.what.high == told[i].high &&
			next == told[i].to && td_str_eq(m.what.currency, td_str_of(told[i].currency));
		if (!same)
			fail_msg("%s: %s %s %lld %lld, until %u", told[i].text, td_amount_kind_text(m.what.kind), td_bound_text(m.what.bound), (long long)m.what.low,
				(long long)m.what.high, next);
		td_doc_free(&doc);
	}
}

static void other_numbers_are_not(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t at;
	} none[] = { { "20 year", 0 }, { "20 - year - old man", 0 }, { "20 km road", 0 }, { "aged 20 man", 1 }, { "7.1.2 version", 0 }, { "10th man", 0 },
		{ "flight 370 crash", 1 }, { "a man", 0 }, { "man", 0 } };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		td_doc doc;
		td_measure m;
		uint32_t next;
		if (read_at(&doc, none[i].text, none[i].at, &m, &next)) fail_msg("%s: %lld", none[i].text, (long long)m.what.low);
		assert_true(next > none[i].at);
		td_doc_free(&doc);
	}
}

/* Numbers beyond all measure are left out, not wrapped around. */
static void nothing_overflows(void **state)
{
	(void)state;
	static const char *const huge[] = { "999999999999999 billion trillion men", "9999999999999999 men", "millions of millions of men",
		"5 trillion trillion trillion to 6 men" };
	for (size_t i = 0; i < sizeof huge / sizeof *huge; i++) {
		td_doc doc;
		td_measure m;
		uint32_t next;
		if (read_at(&doc, huge[i], 0, &m, &next)) assert_true(m.what.low >= 0 && m.what.high >= 0);
		assert_true(next > 0);
		td_doc_free(&doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantities_are_read), cmocka_unit_test(other_numbers_are_not), cmocka_unit_test(nothing_overflows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
