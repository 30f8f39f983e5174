/* Dates by the calendar: days, months, years, weekdays, seasons, quarters. */
#include "nlp/times.h"

enum { LONG_AGO = 10 }; /* years */
enum { AGAINST_TENSE = 120 }; /* days that a day may be nearer and still lose to the one that the tense asks for */

bool td_form_is(const td_times_view *v, uint32_t tok, const char *low)
{
	if (tok >= v->end) return false;
	td_str s = v->doc->toks.at[tok].form;
	size_t n = strlen(low);
	if (s.n != n) return false;
	for (size_t i = 0; i < n; i++)
		if ((s.at[i] >= 'A' && s.at[i] <= 'Z' ? s.at[i] | 0x20 : s.at[i]) != low[i]) return false;
	return true;
}

static td_found_time found(uint32_t to, td_period period, td_time_kind kind)
{
	return (td_found_time){ .to = to, .period = period, .kind = (uint8_t)kind, .anchor = TD_NONE };
}

static td_found_time nothing(void)
{
	return found(0, td_no_period(), TD_TIME_DATE);
}

static td_time_kind kind_of(td_period p)
{
	return td_date_cmp(p.begin, p.end) == 0 ? TD_TIME_DATE : TD_TIME_SPAN;
}

static uint32_t skip_comma(const td_times_view *v, uint32_t tok)
{
	return td_form_is(v, tok, ",") ? tok + 1 : tok;
}

static uint32_t skip_the(const td_times_view *v, uint32_t tok)
{
	return td_form_is(v, tok, "the") ? tok + 1 : tok;
}

/* ---- years ----------------------------------------------------------------------------------------------------------------- */

/* "the 2014 elections": nouns that a year tells apart, and that nobody has two thousand of. */
static bool is_told_by_year(const td_token *noun)
{
	static const char *const nouns[] = { "election", "midterm", "primary", "caucus", "poll", "game", "final", "playoff", "championship", "talk", "protest", "riot",
		"demonstration", "attack", "bombing", "flood", "wildfire", "hearing", "negotiation", "sanction", "accord", "convention", "award", "olympic" };
	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
		if (td_str_eq(noun->lemma, td_str_of(nouns[i]))) return true;
	return false;
}

/* Four digits are a year unless they count something or are a time of day. */
static bool is_year(const td_times_view *v, uint32_t tok)
{
	static const char *const before[] = { "in", "since", "until", "till", "by", "from", "of", "before", "after", "during", "to", "through",
		"between", "and", "early", "late", "mid", "circa", "around", "(", "–", "c.", "ca." };
	static const char *const money[] = { "$", "€", "£", "us$", "#", "no." };
	if (td_kind_at(v, tok) != TW_YEAR || td_kind_at(v, tok + 1) == TW_ZONE || td_form_is(v, tok + 1, "%")) return false;
	const td_token *t = &v->doc->toks.at[tok];
	const td_token *head = t->head < v->end && t->head >= v->first ? &v->doc->toks.at[t->head] : NULL;
	if (t->deprel == TD_NUMMOD && head && t->head > tok && (head->xpos == TD_XP_NNS || head->upos == TD_SYM) && !is_told_by_year(head)) return false;
	if (t->name == TD_NAME_PRODUCT || t->name == TD_NAME_FAC || td_kind_at(v, tok + 1) == TW_UNIT) return false; /* "a 2000 year old custom" */
	int16_t year = td_word_at(v, tok).value;
	for (size_t i = 0; tok > v->first && i < sizeof money / sizeof money[0]; i++)
		if (td_form_is(v, tok - 1, money[i])) return false;
	for (size_t i = 0; tok > v->first && i < sizeof before / sizeof before[0]; i++)
		if (td_form_is(v, tok - 1, before[i])) return true;
	return year >= 1800 && year <= 2100;
}

static int32_t distance(td_date a, td_date b)
{
	int32_t d = td_date_days(a) - td_date_days(b);
	return d < 0 ? -d : d;
}

/* Where a date without a year is looked for: "until May" lies ahead, "since May" behind, else the tense tells. */
static int direction(const td_times_view *v, uint32_t tok)
{
	uint32_t at = tok;
	while (at > v->first && (td_form_is(v, at - 1, "the") || td_form_is(v, at - 1, "of") || td_kind_at(v, at - 1) == TW_EDGE ||
		td_kind_at(v, at - 1) == TW_STAGE)) at--;
	if (at > v->first && td_form_is(v, at - 1, "since")) return -1;
	int tense = td_tense_of(v->doc, tok);
	bool ahead = at > v->first && (td_form_is(v, at - 1, "until") || td_form_is(v, at - 1, "till") || td_form_is(v, at - 1, "by"));
	return tense == 0 && ahead ? 1 : tense;
}

/* The year of a month (and day) that is written without one. Ahead: the next one. Else the last such month, but the nearest such day:
 * what is nearly a year ago is not told without its year. */
static int16_t choose_year(const td_times_view *v, uint32_t tok, td_date date)
{
	if (v->year) return v->year;
	if (!v->now.year) return 0;
	if (v->told && v->now.year - v->story.year >= LONG_AGO && td_tense_of(v->doc, tok) < 0) return v->story.year; /* a tale of other days */
	int tense = direction(v, tok);
	int16_t best = 0;
	int32_t least = 0;
	for (int16_t y = (int16_t)(v->now.year - 1); y <= v->now.year + 1; y++) {
		td_date candidate = { y, date.month, date.day }, now = v->now;
		if (!date.day) now.day = 0;
		int32_t cmp = td_date_cmp(candidate, now), far = distance(candidate, now);
		bool against = tense > 0 ? cmp < 0 : cmp > 0 && (tense < 0 || !date.day);
		if (against) far += date.day ? AGAINST_TENSE : 1000;
		if (best && far >= least) continue;
		best = y;
		least = far;
	}
	return best;
}

/* "2017", "this year", "last year" behind "of" or a comma: the year and where it ends; 0: none. */
static uint32_t year_behind(const td_times_view *v, uint32_t tok, int32_t *year)
{
	uint32_t at = td_form_is(v, tok, "of") || td_form_is(v, tok, ",") ? tok + 1 : tok;
	at = skip_the(v, at);
	if (td_kind_at(v, at) == TW_YEAR && td_kind_at(v, at + 1) != TW_ZONE) {
		*year = td_word_at(v, at).value;
		return at + 1;
	}
	td_tword_kind rel = td_kind_at(v, at);
	bool is_rel = rel == TW_LAST || rel == TW_THIS || rel == TW_NEXT;
	td_date from = td_word_at(v, at).value ? v->story : v->now;
	if (!is_rel || td_form_is(v, tok, ",") || td_kind_at(v, at + 1) != TW_UNIT || td_word_at(v, at + 1).value != UNIT_YEAR || !from.year) return 0;
	*year = from.year + (rel == TW_LAST ? -1 : rel == TW_NEXT);
	return at + 2;
}

/* ---- months ---------------------------------------------------------------------------------------------------------------- */

static td_found_time finish_date(const td_times_view *v, uint32_t tok, uint32_t to, td_date date)
{
	int32_t year;
	/* "July 13 of last year", "July 13 last year" */
	bool told = !date.day || td_form_is(v, to, "of") || td_kind_at(v, to) == TW_LAST || td_kind_at(v, to) == TW_THIS || td_kind_at(v, to) == TW_NEXT;
	uint32_t behind = told ? year_behind(v, to, &year) : 0;
	if (date.day && !behind && td_kind_at(v, skip_comma(v, to)) == TW_YEAR && td_kind_at(v, skip_comma(v, to) + 1) != TW_ZONE) {
		behind = skip_comma(v, to) + 1;
		year = td_word_at(v, behind - 1).value;
	}
	if (behind) date.year = (int16_t)year;
	else date.year = choose_year(v, tok, date);
	td_found_time f = found(behind ? behind : to, date.year ? td_day_period(date) : td_no_period(), TD_TIME_DATE);
	f.yearless = !behind;
	return f;
}

static bool is_day_number(const td_times_view *v, uint32_t tok)
{
	td_tword w = td_word_at(v, tok);
	bool number = w.kind == TW_NUMBER || w.kind == TW_ORDINAL;
	char first = tok < v->end && v->doc->toks.at[tok].form.n ? v->doc->toks.at[tok].form.at[0] : '\0';
	return number && w.value >= 1 && w.value <= 31 && ((first >= '0' && first <= '9') || w.kind == TW_ORDINAL);
}

/* April 7; April 7th, 2017; April 7-9; April 2017; April of last year; April. */
static td_found_time month_first(const td_times_view *v, uint32_t tok)
{
	td_date date = { 0, (uint8_t)td_word_at(v, tok).value, 0 };
	uint32_t day = skip_the(v, tok + 1);
	bool dotless = v->doc->toks.at[tok].form.n == 3 && date.month != 5;
	if (!is_day_number(v, day) || td_kind_at(v, day + 1) == TW_ZONE || (day > tok + 1 && td_kind_at(v, day) != TW_ORDINAL))
		return dotless && td_kind_at(v, tok + 1) != TW_YEAR ? nothing() : finish_date(v, tok, tok + 1, date);
	date.day = (uint8_t)td_word_at(v, day).value;
	bool range = td_form_is(v, day + 1, "-") || td_form_is(v, day + 1, "–") || td_form_is(v, day + 1, "to");
	if (!range || !is_day_number(v, day + 2) || td_kind_at(v, day + 3) == TW_MONTH) return finish_date(v, tok, day + 1, date);
	td_found_time f = finish_date(v, tok, day + 3, (td_date){ 0, date.month, (uint8_t)td_word_at(v, day + 2).value });
	f.period.begin.day = f.period.begin.year ? date.day : 0;
	f.kind = TD_TIME_SPAN;
	return f;
}

/* 7 April 2017; the 7th of April. */
static td_found_time day_first(const td_times_view *v, uint32_t tok)
{
	bool range = td_form_is(v, tok + 1, "-") || td_form_is(v, tok + 1, "–");
	if (range && is_day_number(v, tok) && is_day_number(v, tok + 2) && td_kind_at(v, tok + 3) == TW_MONTH) { /* 5–6 September */
		td_found_time f = finish_date(v, tok, tok + 4, (td_date){ 0, (uint8_t)td_word_at(v, tok + 3).value, (uint8_t)td_word_at(v, tok + 2).value });
		f.period.begin.day = f.period.begin.year ? (uint8_t)td_word_at(v, tok).value : 0;
		f.kind = TD_TIME_SPAN;
		return f;
	}
	uint32_t month = td_form_is(v, tok + 1, "of") ? tok + 2 : tok + 1;
	if (!is_day_number(v, tok) || td_kind_at(v, month) != TW_MONTH) return nothing();
	return finish_date(v, tok, month + 1, (td_date){ 0, (uint8_t)td_word_at(v, month).value, (uint8_t)td_word_at(v, tok).value });
}

/* ---- weekdays -------------------------------------------------------------------------------------------------------------- */

static td_found_time weekday(const td_times_view *v, uint32_t tok)
{
	uint32_t next = skip_the(v, skip_comma(v, tok + 1));
	td_found_time date = td_kind_at(v, next) == TW_MONTH ? month_first(v, next) : day_first(v, next);
	/* "Friday, January 4": the weekday adds nothing, but "Monday, March …" may be two dates. */
	if (date.to && date.period.begin.day) return date;
	uint32_t to = td_kind_at(v, tok + 1) == TW_PART ? tok + 2 : tok + 1;
	if (!v->now.year || !v->now.day) return found(to, td_no_period(), TD_TIME_DATE);
	int wanted = td_word_at(v, tok).value, today = td_date_weekday(v->now);
	int32_t step = td_tense_of(v->doc, tok) > 0 ? (wanted - today + 7) % 7 : -((today - wanted + 7) % 7);
	return found(to, td_day_period(td_day_add(v->now, step)), TD_TIME_DATE);
}

/* ---- seasons, quarters, centuries -------------------------------------------------------------------------------------------- */

static td_found_time season(const td_times_view *v, uint32_t tok)
{
	int32_t year;
	int which = td_word_at(v, tok).value;
	uint32_t to = year_behind(v, tok + 1, &year);
	bool marked = tok > v->first && (td_form_is(v, tok - 1, "the") || td_form_is(v, tok - 1, "in") || td_kind_at(v, tok - 1) == TW_STAGE);
	if (!to && (!marked || !v->now.month)) return nothing();
	if (!to) {
		/* The last one that has begun, or the next one. */
		td_period p = td_season_period(which, v->now.year);
		bool begun = td_date_cmp(p.begin, (td_date){ v->now.year, v->now.month, 0 }) <= 0;
		year = v->now.year + (td_tense_of(v->doc, tok) > 0 ? (begun ? 1 : 0) : (begun ? 0 : -1));
		to = tok + 1;
	}
	return found(to, td_season_period(which, year), TD_TIME_SPAN);
}

/* "third quarter of 2009", "Q3 2009", "third-quarter profits". */
static td_found_time quarter(const td_times_view *v, uint32_t tok, uint32_t to, int which)
{
	int32_t year = v->now.year;
	uint32_t behind = year_behind(v, to, &year);
	if (which < 1 || which > 4) return nothing();
	/* One that has not begun is last year's where the tense says so, or where that is nearer. */
	int tense = td_tense_of(v->doc, tok), ahead = 3 * which - 2 - v->now.month;
	if (!behind && v->now.month && ahead > 0 && (tense < 0 || (tense == 0 && ahead > 3))) year--;
	return found(behind ? behind : to, year ? td_quarter_period(which, year) : td_no_period(), TD_TIME_SPAN);
}

static td_found_time ordinal(const td_times_view *v, uint32_t tok)
{
	td_found_time date = day_first(v, tok);
	if (date.to) return date;
	uint32_t unit = td_form_is(v, tok + 1, "-") ? tok + 2 : tok + 1;
	int which = td_word_at(v, tok).value;
	td_found_time inside = td_time_in_month(v, unit, td_form_is(v, tok, "final") ? -1 : which);
	if (inside.to) return inside;
	if (td_kind_at(v, unit) != TW_UNIT) return nothing();
	if (td_word_at(v, unit).value == UNIT_QUARTER) return quarter(v, tok, unit + 1, which);
	if (td_word_at(v, unit).value != UNIT_CENTURY || which < 2 || which > 22) return nothing();
	return found(unit + 1, td_unit_period(UNIT_CENTURY, (td_date){ .year = (int16_t)(which * 100) }, 0), TD_TIME_SPAN);
}

static td_found_time holiday(const td_times_view *v, uint32_t tok)
{
	int16_t md = td_word_at(v, tok).value;
	uint32_t to = td_form_is(v, tok + 1, "day") ? tok + 2 : tok + 1;
	return finish_date(v, tok, to, (td_date){ 0, (uint8_t)(md / 100), (uint8_t)(md % 100) });
}

static td_found_time decade(const td_times_view *v, uint32_t tok)
{
	/* "the 80s", "late 80s"; but "KC-30s" is an aeroplane. */
	bool glued = tok > v->first && v->doc->toks.at[tok - 1].bytes.to == v->doc->toks.at[tok].bytes.from;
	if (glued && !td_form_is(v, tok - 1, "'") && !td_form_is(v, tok - 1, "’") && !td_form_is(v, tok - 1, "‘")) return nothing();
	int16_t year = td_word_at(v, tok).value;
	td_period p = td_unit_period(UNIT_DECADE, (td_date){ .year = year }, 0);
	if (year % 100 == 0 && year < 1900) p.end.year = (int16_t)(year + 99); /* "the 1800s" */
	return found(tok + 1, p, TD_TIME_SPAN);
}

td_found_time td_time_calendar(const td_times_view *v, uint32_t tok)
{
	switch (td_kind_at(v, tok)) {
	case TW_WEEKDAY: return weekday(v, tok);
	case TW_MONTH: return month_first(v, tok);
	case TW_NUMBER: return day_first(v, tok);
	case TW_ORDINAL: return ordinal(v, tok);
	case TW_YEAR: return is_year(v, tok) ? found(tok + 1, td_day_period((td_date){ .year = td_word_at(v, tok).value }), TD_TIME_DATE) : nothing();
	case TW_DECADE: return decade(v, tok);
	case TW_DATE: return found(tok + 1, td_day_period(td_word_at(v, tok).date), TD_TIME_DATE);
	case TW_QUARTER: return quarter(v, tok, tok + 1, td_word_at(v, tok).value);
	case TW_SEASON: return season(v, tok);
	case TW_HOLIDAY: return holiday(v, tok);
	default: return nothing();
	}
}

/* ---- what stands before a date ------------------------------------------------------------------------------------------------ */

/* "early September", "the end of last year", "the middle of December". Within a week the edge tells the day, elsewhere it is lost. */
static td_found_time staged(const td_times_view *v, uint32_t tok)
{
	uint32_t at = tok + 1;
	if (td_kind_at(v, tok) == TW_EDGE) {
		if (!td_form_is(v, at, "of")) return nothing();
		at = skip_the(v, at + 1);
	} else {
		if (td_form_is(v, at, "-")) at++;
		if (td_form_is(v, at, "in")) at = skip_the(v, at + 1);
	}
	td_found_time rest = td_kind_at(v, at) == TW_UNIT ? nothing() : td_time_at(v, at);
	bool dated = rest.to && (rest.kind == TD_TIME_DATE || rest.kind == TD_TIME_SPAN);
	if (!dated || td_kind_at(v, tok) != TW_EDGE || !rest.period.begin.day) return dated ? rest : nothing();
	int16_t edge = td_word_at(v, tok).value;
	if (edge) rest.period = td_day_period(edge < 0 ? rest.period.begin : rest.period.end);
	rest.kind = (uint8_t)kind_of(rest.period);
	return rest;
}

/* "10:30 BST on Monday", "3 p.m. today", "dawn on 7 April": the hour is lost, the day remains. */
static td_found_time clocked(const td_times_view *v, uint32_t tok)
{
	uint32_t at = tok + 1;
	while (td_kind_at(v, at) == TW_ZONE) at++;
	if (td_form_is(v, at, "local") && td_form_is(v, at + 1, "time")) at += 2;
	if (td_form_is(v, at, "on") || td_form_is(v, at, ",")) at++;
	td_tword_kind next = td_kind_at(v, at);
	bool day = next == TW_WEEKDAY || next == TW_MONTH || next == TW_NUMBER || next == TW_DAY || next == TW_DATE;
	td_found_time rest = day ? td_time_at(v, at) : nothing();
	if (rest.to) return rest.kind == TD_TIME_DATE ? rest : nothing();
	/* "at 19:00 local time", "at about 8 p.m.": of the day told of last. */
	bool clock = td_kind_at(v, tok) != TW_PART && at - tok > 1;
	return clock && v->told && v->story.day ? found(at - (td_form_is(v, at - 1, "on") || td_form_is(v, at - 1, ",")), td_day_period(td_story_at(v, tok)), TD_TIME_DATE) : nothing();
}

td_found_time td_time_at(const td_times_view *v, uint32_t tok)
{
	td_tword_kind kind = td_kind_at(v, tok);
	td_found_time f = nothing();
	/* What stands before a date ("early", "10:30") leads into this function again with a later token: the depth is bounded by the
	 * length of such a chain, which no text but a hostile one makes longer than three. */
	if (kind == TW_STAGE || kind == TW_EDGE) f = tok + 1 < v->end && td_kind_at(v, tok + 1) != kind ? staged(v, tok) : f;
	else if (kind == TW_CLOCK || kind == TW_PART || (kind == TW_NUMBER && td_kind_at(v, tok + 1) == TW_ZONE)) f = clocked(v, tok);
	if (!f.to && kind) f = td_time_relative(v, tok);
	if (!f.to && kind) f = td_time_calendar(v, tok);
	if (f.to > v->end) f.to = v->end;
	return f;
}
