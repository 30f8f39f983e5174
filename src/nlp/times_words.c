/* Words of time. */
#include "nlp/times.h"

#include <stdlib.h>

/* Sorted by byte, for bsearch. */
static const struct {
	const char *word;
	uint8_t kind;
	int16_t value;
} words[] = {
	{ "a.m.", TW_ZONE, 0 }, { "afternoon", TW_PART, 0 }, { "ago", TW_AGO, 0 }, { "am", TW_ZONE, 0 }, { "annual", TW_OFTEN, 0 },
	{ "annually", TW_OFTEN, 0 }, { "apr", TW_MONTH, 4 }, { "apr.", TW_MONTH, 4 }, { "april", TW_MONTH, 4 }, { "aug", TW_MONTH, 8 },
	{ "aug.", TW_MONTH, 8 }, { "august", TW_MONTH, 8 }, { "autumn", TW_SEASON, 2 }, { "beginning", TW_EDGE, -1 }, { "bst", TW_ZONE, 0 },
	{ "centuries", TW_UNITS, UNIT_CENTURY }, { "century", TW_UNIT, UNIT_CENTURY }, { "cest", TW_ZONE, 0 }, { "cet", TW_ZONE, 0 },
	{ "christmas", TW_HOLIDAY, 1225 }, { "coming", TW_NEXT, 0 }, { "couple", TW_VAGUE, 0 }, { "current", TW_THIS, 0 },
	{ "daily", TW_OFTEN, 0 }, { "dawn", TW_PART, 0 }, { "day", TW_UNIT, UNIT_DAY }, { "days", TW_UNITS, UNIT_DAY }, { "dec", TW_MONTH, 12 },
	{ "dec.", TW_MONTH, 12 }, { "decade", TW_UNIT, UNIT_DECADE }, { "decades", TW_UNITS, UNIT_DECADE }, { "december", TW_MONTH, 12 },
	{ "dozen", TW_VAGUE, 0 }, { "dozens", TW_VAGUE, 0 }, { "dusk", TW_PART, 0 }, { "each", TW_EVERY, 0 }, { "earlier", TW_EARLIER, 0 },
	{ "early", TW_STAGE, -1 }, { "edt", TW_ZONE, 0 }, { "eight", TW_NUMBER, 8 }, { "eighteen", TW_NUMBER, 18 }, { "eighth", TW_ORDINAL, 8 },
	{ "eighty", TW_NUMBER, 80 }, { "eleven", TW_NUMBER, 11 }, { "end", TW_EDGE, 1 }, { "est", TW_ZONE, 0 }, { "et", TW_ZONE, 0 },
	{ "evening", TW_PART, 0 }, { "every", TW_EVERY, 0 }, { "fall", TW_SEASON, 2 }, { "feb", TW_MONTH, 2 }, { "feb.", TW_MONTH, 2 },
	{ "february", TW_MONTH, 2 }, { "few", TW_VAGUE, 0 }, { "fifteen", TW_NUMBER, 15 }, { "fifth", TW_ORDINAL, 5 }, { "fifty", TW_NUMBER, 50 },
	{ "final", TW_ORDINAL, 4 }, { "first", TW_ORDINAL, 1 }, { "five", TW_NUMBER, 5 }, { "following", TW_NEXT, 1 }, { "forty", TW_NUMBER, 40 },
	{ "four", TW_NUMBER, 4 }, { "fourteen", TW_NUMBER, 14 }, { "fourth", TW_ORDINAL, 4 }, { "fri.", TW_WEEKDAY, 4 },
	{ "friday", TW_WEEKDAY, 4 }, { "fridays", TW_WEEKDAYS, 4 }, { "gmt", TW_ZONE, 0 }, { "halloween", TW_HOLIDAY, 1031 },
	{ "hour", TW_UNIT, UNIT_MOMENT }, { "hours", TW_UNITS, UNIT_MOMENT }, { "hundred", TW_NUMBER, 100 }, { "jan", TW_MONTH, 1 },
	{ "jan.", TW_MONTH, 1 }, { "january", TW_MONTH, 1 }, { "jul", TW_MONTH, 7 }, { "jul.", TW_MONTH, 7 }, { "july", TW_MONTH, 7 },
	{ "jun", TW_MONTH, 6 }, { "jun.", TW_MONTH, 6 }, { "june", TW_MONTH, 6 }, { "last", TW_LAST, 0 }, { "late", TW_STAGE, 1 },
	{ "later", TW_LATER, 0 }, { "many", TW_VAGUE, 0 }, { "mar", TW_MONTH, 3 }, { "mar.", TW_MONTH, 3 }, { "march", TW_MONTH, 3 },
	{ "may", TW_MONTH, 5 }, { "mid", TW_STAGE, 0 }, { "middle", TW_EDGE, 0 }, { "midnight", TW_PART, 0 }, { "minute", TW_UNIT, UNIT_MOMENT },
	{ "minutes", TW_UNITS, UNIT_MOMENT }, { "mon.", TW_WEEKDAY, 0 }, { "monday", TW_WEEKDAY, 0 }, { "mondays", TW_WEEKDAYS, 0 },
	{ "month", TW_UNIT, UNIT_MONTH }, { "monthly", TW_OFTEN, 0 }, { "months", TW_UNITS, UNIT_MONTH }, { "morning", TW_PART, 0 },
	{ "next", TW_NEXT, 0 }, { "night", TW_PART, 1 }, { "nine", TW_NUMBER, 9 }, { "nineteen", TW_NUMBER, 19 }, { "ninety", TW_NUMBER, 90 },
	{ "ninth", TW_ORDINAL, 9 }, { "noon", TW_PART, 0 }, { "nov", TW_MONTH, 11 }, { "nov.", TW_MONTH, 11 }, { "november", TW_MONTH, 11 },
	{ "oct", TW_MONTH, 10 }, { "oct.", TW_MONTH, 10 }, { "october", TW_MONTH, 10 }, { "one", TW_NUMBER, 1 }, { "p.m.", TW_ZONE, 0 },
	{ "past", TW_LAST, 0 }, { "pm", TW_ZONE, 0 }, { "preceding", TW_LAST, 1 }, { "present", TW_THIS, 0 }, { "previous", TW_LAST, 1 },
	{ "quarter", TW_UNIT, UNIT_QUARTER }, { "quarterly", TW_OFTEN, 0 }, { "quarters", TW_UNITS, UNIT_QUARTER }, { "recent", TW_LAST, 0 },
	{ "same", TW_THIS, 1 }, { "sat.", TW_WEEKDAY, 5 }, { "saturday", TW_WEEKDAY, 5 }, { "saturdays", TW_WEEKDAYS, 5 },
	{ "second", TW_ORDINAL, 2 }, { "seconds", TW_UNITS, UNIT_MOMENT }, { "sep", TW_MONTH, 9 }, { "sep.", TW_MONTH, 9 },
	{ "sept", TW_MONTH, 9 }, { "sept.", TW_MONTH, 9 }, { "september", TW_MONTH, 9 }, { "seven", TW_NUMBER, 7 },
	{ "seventeen", TW_NUMBER, 17 }, { "seventh", TW_ORDINAL, 7 }, { "seventy", TW_NUMBER, 70 }, { "several", TW_VAGUE, 0 },
	{ "six", TW_NUMBER, 6 }, { "sixteen", TW_NUMBER, 16 }, { "sixth", TW_ORDINAL, 6 }, { "sixty", TW_NUMBER, 60 }, { "some", TW_VAGUE, 0 },
	{ "spring", TW_SEASON, 0 }, { "start", TW_EDGE, -1 }, { "summer", TW_SEASON, 1 }, { "sun.", TW_WEEKDAY, 6 },
	{ "sunday", TW_WEEKDAY, 6 }, { "sundays", TW_WEEKDAYS, 6 }, { "ten", TW_NUMBER, 10 }, { "tenth", TW_ORDINAL, 10 },
	{ "that", TW_THIS, 1 }, { "third", TW_ORDINAL, 3 }, { "thirteen", TW_NUMBER, 13 }, { "thirty", TW_NUMBER, 30 }, { "this", TW_THIS, 0 },
	{ "three", TW_NUMBER, 3 }, { "thu.", TW_WEEKDAY, 3 }, { "thurs.", TW_WEEKDAY, 3 }, { "thursday", TW_WEEKDAY, 3 },
	{ "thursdays", TW_WEEKDAYS, 3 }, { "today", TW_DAY, 0 }, { "tomorrow", TW_DAY, 1 }, { "tonight", TW_DAY, 0 }, { "tue.", TW_WEEKDAY, 1 },
	{ "tues.", TW_WEEKDAY, 1 }, { "tuesday", TW_WEEKDAY, 1 }, { "tuesdays", TW_WEEKDAYS, 1 }, { "twelfth", TW_ORDINAL, 12 },
	{ "twelve", TW_NUMBER, 12 }, { "twenty", TW_NUMBER, 20 }, { "two", TW_NUMBER, 2 }, { "upcoming", TW_NEXT, 0 }, { "utc", TW_ZONE, 0 },
	{ "wed.", TW_WEEKDAY, 2 }, { "wednesday", TW_WEEKDAY, 2 }, { "wednesdays", TW_WEEKDAYS, 2 }, { "week", TW_UNIT, UNIT_WEEK },
	{ "weekend", TW_UNIT, UNIT_WEEKEND }, { "weekends", TW_UNITS, UNIT_WEEKEND }, { "weekly", TW_OFTEN, 0 }, { "weeks", TW_UNITS, UNIT_WEEK },
	{ "winter", TW_SEASON, 3 }, { "year", TW_UNIT, UNIT_YEAR }, { "yearly", TW_OFTEN, 0 }, { "years", TW_UNITS, UNIT_YEAR },
	{ "yesterday", TW_DAY, -1 },
};

enum { LONGEST_WORD = 16 };

static int cmp_word(const void *key, const void *element)
{
	return td_str_cmp(*(const td_str *)key, td_str_of(*(const char *const *)element));
}

static bool low_of(td_str word, char low[LONGEST_WORD])
{
	if (word.n == 0 || word.n >= LONGEST_WORD) return false;
	for (size_t i = 0; i < word.n; i++)
		low[i] = (char)(word.at[i] >= 'A' && word.at[i] <= 'Z' ? word.at[i] | 0x20 : word.at[i]);
	return true;
}

/* ---- numbers ------------------------------------------------------------------------------------------------------------- */

static bool all_digits(td_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] < '0' || s.at[i] > '9') return false;
	return s.n > 0;
}

static int value_of(td_str digits)
{
	int v = 0;
	for (size_t i = 0; i < digits.n && i < 4; i++) v = v * 10 + (digits.at[i] - '0');
	return v;
}

/* "4/7/2017" month first, unless that is no month; "2017-04-07". */
static td_date written_date(td_str s)
{
	if (td_str_eq(s, TD_STR("9/11"))) return (td_date){ 2001, 9, 11 }; /* that one has no year of its own */
	td_date iso = s.n == 10 && s.at[4] == '-' ? td_date_parse(s) : (td_date){ 0 };
	if (iso.day || !memchr(s.at, '/', s.n)) return iso;
	td_str rest = s;
	td_str a = td_str_cut(&rest, '/'), b = td_str_cut(&rest, '/');
	if (!all_digits(a) || !all_digits(b) || !all_digits(rest) || a.n > 2 || b.n > 2 || (rest.n != 4 && rest.n != 2)) return (td_date){ 0 };
	int month = value_of(a), day = value_of(b);
	if (month > 12) {
		int swap = month;
		month = day;
		day = swap;
	}
	if (month < 1 || month > 12 || day < 1 || day > 31) return (td_date){ 0 };
	int year = value_of(rest);
	if (rest.n == 2) year += year < 50 ? 2000 : 1900;
	return (td_date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
}

/* "1990s", "1990's", "'90s" without its apostrophe. */
static int decade_of(td_str s)
{
	if (s.n < 3 || s.at[s.n - 1] != 's') return 0;
	td_str digits = { s.at, s.n - 1 };
	while (digits.n > 2 && (digits.at[digits.n - 1] < '0' || digits.at[digits.n - 1] > '9')) digits.n--;
	if (!all_digits(digits) || digits.at[digits.n - 1] != '0') return 0;
	if (digits.n == 4) return value_of(digits);
	return digits.n == 2 ? 1900 + value_of(digits) : 0;
}

static td_tword number_word(td_str s)
{
	td_tword none = { 0 };
	if (s.at[0] == 'Q' && s.n == 2 && s.at[1] >= '1' && s.at[1] <= '4') return (td_tword){ TW_QUARTER, (int16_t)(s.at[1] - '0'), { 0 } };
	if (s.at[0] < '0' || s.at[0] > '9') return none;
	if (all_digits(s) && s.n <= 4) {
		int v = value_of(s);
		return (td_tword){ s.n == 4 && v >= 1000 && v <= 2200 ? TW_YEAR : TW_NUMBER, (int16_t)v, { 0 } };
	}
	int decade = decade_of(s);
	if (decade) return (td_tword){ TW_DECADE, (int16_t)decade, { 0 } };
	td_date date = written_date(s);
	if (date.year) return (td_tword){ TW_DATE, 0, date };
	size_t n = 0;
	while (n < s.n && s.at[n] >= '0' && s.at[n] <= '9') n++;
	if (n <= 2 && n + 2 == s.n) {
		td_str tail = { s.at + n, 2 };
		if (td_str_eq(tail, TD_STR("st")) || td_str_eq(tail, TD_STR("nd")) || td_str_eq(tail, TD_STR("rd")) || td_str_eq(tail, TD_STR("th")))
			return (td_tword){ TW_ORDINAL, (int16_t)value_of((td_str){ s.at, n }), { 0 } };
	}
	return memchr(s.at, ':', s.n) ? (td_tword){ TW_CLOCK, 0, { 0 } } : none;
}

/* ---- guards ---------------------------------------------------------------------------------------------------------------- */

static bool is_name_of_thing(const td_doc *doc, uint32_t tok)
{
	/* "USA Today", "Theresa May", "Black Friday Inc": a word within a name is no time, but in names of events it may be. */
	uint8_t name = doc->toks.at[tok].name;
	return name == TD_NAME_PER || name == TD_NAME_ORG || name == TD_NAME_LOC || name == TD_NAME_FAC || name == TD_NAME_WORK;
}

static bool fits(const td_doc *doc, uint32_t tok, td_tword w)
{
	const td_token *t = &doc->toks.at[tok];
	bool capital = t->form.n && t->form.at[0] >= 'A' && t->form.at[0] <= 'Z';
	bool noun = t->upos == TD_NOUN || t->upos == TD_PROPN;
	switch (w.kind) {
	case TW_MONTH: return capital && t->upos != TD_AUX && t->upos != TD_VERB && !is_name_of_thing(doc, tok);
	case TW_WEEKDAY: case TW_WEEKDAYS: return (capital || t->form.n > 4) && !is_name_of_thing(doc, tok);
	case TW_SEASON: case TW_HOLIDAY: return noun && !is_name_of_thing(doc, tok);
	case TW_DAY: return !capital || !is_name_of_thing(doc, tok);
	case TW_ZONE: return t->form.at[0] != 'a' || t->upos != TD_AUX;
	case TW_EDGE: return t->upos == TD_NOUN;
	case TW_UNIT: case TW_UNITS: return noun && (!is_name_of_thing(doc, tok) || w.value == UNIT_DECADE);
	case TW_LAST: return t->upos == TD_ADJ || t->upos == TD_ADV || noun;
	default: return true;
	}
}

td_tword td_tword_of(const td_doc *doc, uint32_t tok)
{
	td_tword none = { 0 };
	td_str form = doc->toks.at[tok].form;
	char low[LONGEST_WORD];
	if (form.n == 0) return none;
	td_tword w = number_word(form);
	if (w.kind) return w;
	if (!low_of(form, low)) return none;
	td_str key = { low, form.n };
	/* "mid-December" is one word. */
	if (td_str_starts(key, TD_STR("mid-")) && key.n > 4) {
		td_str digits = { key.at + 4, key.n - 4 };
		if (all_digits(digits) && digits.n == 4) return (td_tword){ TW_YEAR, (int16_t)value_of(digits), { 0 } };
		if (decade_of(digits)) return (td_tword){ TW_DECADE, (int16_t)decade_of(digits), { 0 } };
		key = digits;
	}
	const char *const *hit = bsearch(&key, words, sizeof words / sizeof words[0], sizeof words[0], cmp_word);
	if (!hit) return none;
	size_t i = (size_t)((const char *)hit - (const char *)words) / sizeof words[0];
	w = (td_tword){ words[i].kind, words[i].value, { 0 } };
	if (td_str_eq(key, TD_STR("second")) && doc->toks.at[tok].upos == TD_NOUN) w = (td_tword){ TW_UNIT, UNIT_MOMENT, { 0 } };
	return fits(doc, tok, w) ? w : none;
}
