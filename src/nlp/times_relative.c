/* Times that are counted from another one: from today, or from where the story has got to. */
#include "nlp/times.h"

static td_found_time found(uint32_t to, td_period period, td_time_kind kind)
{
	return (td_found_time){ .to = to, .period = period, .kind = (uint8_t)kind, .anchor = TD_NONE };
}

static td_found_time nothing(void)
{
	return found(0, td_no_period(), TD_TIME_DATE);
}

static td_found_time dated(uint32_t to, td_period p)
{
	return found(to, p, td_date_cmp(p.begin, p.end) == 0 ? TD_TIME_DATE : TD_TIME_SPAN);
}

static bool is_unit(const td_times_view *v, uint32_t tok)
{
	return td_kind_at(v, tok) == TW_UNIT || td_kind_at(v, tok) == TW_UNITS;
}

static td_unit unit_at(const td_times_view *v, uint32_t tok)
{
	return (td_unit)td_word_at(v, tok).value;
}

uint32_t td_quantity(const td_times_view *v, uint32_t tok, int32_t *n)
{
	td_tword w = td_word_at(v, tok);
	*n = -1;
	if ((td_form_is(v, tok, "a") || td_form_is(v, tok, "an")) && td_kind_at(v, tok + 1) == TW_VAGUE) tok++, w = td_word_at(v, tok);
	else if (td_form_is(v, tok, "a") || td_form_is(v, tok, "an")) return *n = 1, tok + 1;
	if (w.kind == TW_VAGUE) return td_form_is(v, tok + 1, "of") ? tok + 2 : tok + 1;
	if (w.kind != TW_NUMBER && w.kind != TW_YEAR) return 0;
	*n = w.value;
	/* "twenty-five", "twenty five" */
	uint32_t ones = td_form_is(v, tok + 1, "-") ? tok + 2 : tok + 1;
	td_tword o = td_word_at(v, ones);
	if (w.value >= 20 && w.value <= 90 && w.value % 10 == 0 && o.kind == TW_NUMBER && o.value < 10) return *n += o.value, ones + 1;
	return tok + 1;
}

td_date td_story_at(const td_times_view *v, uint32_t tok)
{
	bool ahead = td_date_cmp(v->story, v->now) > 0;
	return !v->told || (ahead && td_tense_of(v->doc, tok) < 0) ? v->past : v->story;
}

/* ---- days ---------------------------------------------------------------------------------------------------------------------- */

td_date td_today(const td_times_view *v)
{
	enum { NEAR = 7 };
	bool told = v->quoted && v->day.year && v->now.day && td_date_days(v->now) - td_date_days(v->day) <= NEAR;
	return told ? v->day : v->now;
}

/* yesterday, today, tomorrow night */
static td_found_time day_word(const td_times_view *v, uint32_t tok)
{
	uint32_t to = td_kind_at(v, tok + 1) == TW_PART ? tok + 2 : tok + 1;
	return dated(to, td_unit_period(UNIT_DAY, td_today(v), td_word_at(v, tok).value));
}

/* "day before yesterday", "day after tomorrow" */
static td_found_time day_beyond(const td_times_view *v, uint32_t tok)
{
	bool before = td_form_is(v, tok + 1, "before"), after = td_form_is(v, tok + 1, "after");
	if ((!before && !after) || td_kind_at(v, tok + 2) != TW_DAY || unit_at(v, tok) != UNIT_DAY) return nothing();
	int16_t from = td_word_at(v, tok + 2).value;
	return dated(tok + 3, td_unit_period(UNIT_DAY, v->now, from + (after ? 1 : -1)));
}

/* "over the weekend": the last one that has begun, or the coming one. */
static td_found_time the_weekend(const td_times_view *v, uint32_t tok)
{
	if (unit_at(v, tok) != UNIT_WEEKEND || tok == v->first || !td_form_is(v, tok - 1, "the")) return nothing();
	td_period p = td_unit_period(UNIT_WEEKEND, v->now, 0);
	bool ahead = td_date_cmp(p.begin, v->now) > 0;
	if (ahead && td_tense_of(v->doc, tok) <= 0) p = td_unit_period(UNIT_WEEKEND, v->now, -1);
	return dated(tok + 1, p);
}

/* ---- last, this, next ------------------------------------------------------------------------------------------------------------ */

typedef struct {
	int step;     /* -1 last, 0 this, 1 next */
	bool to_now;  /* "the past two weeks" reach to today; so does a number behind "last" */
	td_date from;
	uint32_t tok, at; /* where the expression begins, what is counted */
} relation;

/* "last", "this past", "the coming": reads the words, the second one says more than the first. */
static bool read_relation(const td_times_view *v, uint32_t tok, relation *r)
{
	td_tword w = td_word_at(v, tok);
	uint32_t at = tok + 1;
	if (w.kind == TW_THIS && (td_kind_at(v, at) == TW_LAST || td_kind_at(v, at) == TW_NEXT)) w = td_word_at(v, at++);
	if (w.kind != TW_LAST && w.kind != TW_THIS && w.kind != TW_NEXT) return false;
	if (w.kind == TW_THIS && v->doc->toks.at[tok].upos != TD_DET && v->doc->toks.at[tok].upos != TD_ADJ && at == tok + 1) return false;
	*r = (relation){ .step = w.kind == TW_LAST ? -1 : w.kind == TW_NEXT, .from = w.value ? td_story_at(v, tok) : v->now, .tok = tok, .at = at };
	r->to_now = at == tok + 1 && (td_form_is(v, tok, "past") || td_form_is(v, tok, "recent"));
	return true;
}

/* "the past two weeks", "the next three days" */
static td_found_time counted(const td_times_view *v, const relation *r)
{
	int32_t n;
	uint32_t at = td_quantity(v, r->at, &n);
	if (!at || !is_unit(v, at) || r->step == 0) return nothing();
	td_period p = n > 0 ? td_shift(r->from, unit_at(v, at), r->step * n) : td_no_period();
	if (unit_at(v, at) == UNIT_DECADE && n > 0) p = td_shift(r->from, UNIT_YEAR, r->step * n * 10);
	if (unit_at(v, at) == UNIT_WEEK && n > 0) p = td_day_period(td_day_add(r->from, 7 * r->step * n));
	if (p.begin.year && r->step < 0) p.end = r->from;
	else if (p.begin.year) p.begin = r->from;
	return found(at + 1, p, TD_TIME_SPAN);
}

/* The `which`-th day of the month on which weekday `day` falls, -1 the last one; 0: there is none. */
static int32_t nth_weekday(td_date month, int32_t last, int32_t day, int32_t which)
{
	int32_t first = 1 + (day - td_date_weekday((td_date){ month.year, month.month, 1 }) + 7) % 7;
	int32_t nth = which < 0 ? first + (last - first) / 7 * 7 : first + 7 * (which - 1);
	return nth <= last ? nth : 0;
}

/* "the last weekend of July", "the second week of May", "the first Tuesday of November": `at` is what is counted. */
static td_found_time in_month(const td_times_view *v, uint32_t at, int32_t which)
{
	enum { SATURDAY = 5 };
	uint32_t of = td_form_is(v, at + 1, "of") || td_form_is(v, at + 1, "in") ? at + 2 : v->end;
	td_found_time f = td_kind_at(v, of) == TW_MONTH ? td_time_calendar(v, of) : nothing();
	td_date month = f.period.begin;
	if (!f.to || !month.month || month.day || which > 5 || (which < 1 && which != -1)) return nothing();
	bool weekday = td_kind_at(v, at) == TW_WEEKDAY, week = !weekday && unit_at(v, at) == UNIT_WEEK, weekend = !weekday && unit_at(v, at) == UNIT_WEEKEND;
	int32_t last = td_day_add((td_date){ (int16_t)(month.year + month.month / 12), (uint8_t)(month.month % 12 + 1), 1 }, -1).day;
	int32_t day = week ? (which < 0 ? last - 6 : 7 * which - 6) : nth_weekday(month, last, weekday ? td_word_at(v, at).value : SATURDAY, which);
	if ((!weekday && !week && !weekend) || day < 1 || day > last) return nothing();
	td_date begin = { month.year, month.month, (uint8_t)day };
	f.period = (td_period){ begin, td_day_add(begin, week ? 6 : weekend) };
	f.kind = weekday ? TD_TIME_DATE : TD_TIME_SPAN;
	return f;
}

td_found_time td_time_in_month(const td_times_view *v, uint32_t at, int32_t which)
{
	td_tword_kind kind = td_kind_at(v, at);
	return kind == TW_UNIT || kind == TW_WEEKDAY ? in_month(v, at, which) : nothing();
}

static td_found_time unit_of(const td_times_view *v, const relation *r)
{
	td_unit unit = unit_at(v, r->at);
	if (unit == UNIT_MOMENT) return nothing();
	/* "the next day" and "the same day" go on from the story; "the last day" is the end of something. */
	if (unit == UNIT_DAY) {
		if (r->step < 0 && !td_word_at(v, r->tok).value) return nothing();
		td_date from = td_form_is(v, r->tok, "this") ? td_today(v) : td_story_at(v, r->tok);
		if (!from.day) from = v->day; /* the story told only a year meanwhile */
		return dated(r->at + 1, td_unit_period(UNIT_DAY, from, r->step));
	}
	td_period p = td_unit_period(unit, r->from, r->step);
	if (!p.begin.year) p = td_unit_period(unit, v->now, r->step); /* the story told only a year */
	int32_t years = unit == UNIT_DECADE ? 10 : unit == UNIT_CENTURY ? 100 : 0;
	if (r->to_now) p = (td_period){ (years ? td_shift(r->from, UNIT_YEAR, -years) : td_shift(r->from, unit, -1)).begin, r->from };
	bool gone = unit == UNIT_WEEKEND && r->step == 0 && td_date_cmp(p.begin, v->now) > 0 && td_tense_of(v->doc, r->tok) < 0;
	if (gone) p = td_unit_period(unit, r->from, -1); /* "was held this weekend", on a Wednesday */
	/* On a Saturday "last weekend" is not the one that is on, and on a Monday "this past weekend" is. */
	return dated(r->at + 1, p);
}

static td_found_time weekday_of(const td_times_view *v, const relation *r)
{
	uint32_t to = td_kind_at(v, r->at + 1) == TW_PART ? r->at + 2 : r->at + 1;
	if (!v->now.day) return found(to, td_no_period(), TD_TIME_DATE);
	int32_t gap = td_word_at(v, r->at).value - td_date_weekday(v->now);
	int32_t step = r->step < 0 ? (gap >= 0 ? gap - 7 : gap) : r->step > 0 ? (gap <= 0 ? gap + 7 : gap) : gap;
	if (r->step == 0 && gap > 0 && td_tense_of(v->doc, r->tok) < 0) step -= 7; /* "was held this Sunday", on a Tuesday */
	return dated(to, td_day_period(td_day_add(v->now, step)));
}

static td_found_time month_of(const td_times_view *v, const relation *r)
{
	if (!v->now.month) return nothing();
	int month = td_word_at(v, r->at).value, year = v->now.year;
	if (r->step < 0 && month >= v->now.month) year--;
	if (r->step > 0 && month <= v->now.month) year++;
	return dated(r->at + 1, td_months(year, month, month));
}

static td_found_time season_of(const td_times_view *v, const relation *r)
{
	if (!v->now.month) return nothing();
	int season = td_word_at(v, r->at).value, year = v->now.year;
	td_date month = { v->now.year, v->now.month, 0 };
	/* "this winter" in January began last year. */
	if (r->step == 0 && season == 3 && month.month <= 2) year--;
	if (r->step < 0)
		while (td_date_cmp(td_season_period(season, year).end, month) >= 0) year--;
	if (r->step > 0 && td_date_cmp(td_season_period(season, year).begin, month) <= 0) year++;
	return dated(r->at + 1, td_season_period(season, year));
}

/* "last night", "this morning", "that evening" */
static td_found_time part_of(const td_times_view *v, const relation *r)
{
	td_date from = r->step > 0 ? td_story_at(v, r->tok) : r->from;
	return dated(r->at + 1, td_unit_period(UNIT_DAY, from.day ? from : v->now, r->step));
}

/* "the same month a year ago", "the same period of last year": that of which was spoken, a year before. */
static td_found_time same_last_year(const td_times_view *v, const relation *r)
{
	td_unit unit = unit_at(v, r->at);
	bool period = td_form_is(v, r->at, "period") || td_form_is(v, r->at, "time");
	if (!td_form_is(v, r->at - 1, "same") || (!period && !is_unit(v, r->at))) return nothing();
	uint32_t at = r->at + 1;
	if (td_form_is(v, at, "of") || td_form_is(v, at, "in")) at++;
	bool last = td_kind_at(v, at) == TW_LAST && is_unit(v, at + 1) && unit_at(v, at + 1) == UNIT_YEAR;
	bool ago = td_form_is(v, at, "a") && is_unit(v, at + 1) && unit_at(v, at + 1) == UNIT_YEAR;
	ago = ago && (td_kind_at(v, at + 2) == TW_AGO || td_kind_at(v, at + 2) == TW_EARLIER);
	if (!last && !ago) return nothing();
	td_date then = td_story_at(v, r->tok);
	then.year = (int16_t)(then.year ? then.year - 1 : 0);
	if (!period || !v->told) then.day = 0;
	td_period p = !period && then.year ? td_unit_period(unit, then, 0) : !v->told ? td_no_period() : td_day_period(then);
	return dated(at + (last ? 2 : 3), p);
}

static td_found_time related(const td_times_view *v, uint32_t tok)
{
	relation r;
	if (!read_relation(v, tok, &r)) return nothing();
	td_found_time same = same_last_year(v, &r);
	if (same.to) return same;
	td_found_time inside = r.step < 0 ? td_time_in_month(v, r.at, -1) : nothing();
	if (inside.to) return inside;
	switch (td_kind_at(v, r.at)) {
	case TW_UNIT: return unit_of(v, &r);
	case TW_UNITS: return td_form_is(v, tok, "recent") || r.to_now || r.step > 0 ? found(r.at + 1, td_no_period(), TD_TIME_SPAN) : nothing();
	case TW_WEEKDAY: return weekday_of(v, &r);
	case TW_MONTH: return month_of(v, &r);
	case TW_SEASON: return season_of(v, &r);
	case TW_PART: return part_of(v, &r);
	default: return counted(v, &r);
	}
}

/* ---- earlier, later, ago ------------------------------------------------------------------------------------------------------------ */

/* "earlier this week", "later in the month", "earlier today" */
static td_found_time within_unit(const td_times_view *v, uint32_t tok)
{
	bool earlier = td_kind_at(v, tok) == TW_EARLIER;
	uint32_t at = tok + 1;
	if (td_kind_at(v, at) == TW_DAY) return day_word(v, at);
	if (td_form_is(v, at, "in") || td_form_is(v, at, "on")) at++;
	bool the = td_form_is(v, at, "the"), same = the && td_kind_at(v, at + 1) == TW_THIS;
	if (same) at++;
	bool unit_or_part = td_kind_at(v, at + 1) == TW_UNIT || td_kind_at(v, at + 1) == TW_PART;
	if ((!the && td_kind_at(v, at) != TW_THIS) || !unit_or_part) return nothing();
	td_unit unit = td_kind_at(v, at + 1) == TW_PART ? UNIT_DAY : unit_at(v, at + 1);
	/* "later that day", "earlier in the day" go on from the story; "later this week" from today. */
	bool story = td_word_at(v, at).value || (the && unit == UNIT_DAY);
	td_date now = story ? td_story_at(v, tok) : v->now;
	td_period p = td_unit_period(unit, now, 0);
	if (p.begin.day && unit != UNIT_DAY) {
		if (earlier && td_date_cmp(p.begin, now) < 0) p.end = td_day_add(now, -1);
		if (!earlier) p.begin = now;
	}
	return dated(at + 2, p);
}

/* "two days after the court ruled": what stands behind is dated, that much before where the story is. */
static td_found_time around(const td_times_view *v, uint32_t tok, uint32_t prep, td_unit unit, int32_t n)
{
	static const char *const about[] = { "almost", "nearly", "roughly", "about", "around", "some", "than" };
	bool after = td_form_is(v, prep, "after");
	for (size_t i = 0; tok > v->first && i < sizeof about / sizeof *about; i++)
		if (td_form_is(v, tok - 1, about[i])) return nothing();
	if (td_kind_at(v, prep + 1) == TW_DAY || td_kind_at(v, prep + 1) == TW_WEEKDAY || td_kind_at(v, prep + 1) == TW_MONTH) return nothing();
	td_period p = n > 0 ? td_shift(v->story, unit, after ? -n : n) : td_no_period();
	td_found_time f = dated(prep + 1, p);
	uint32_t head = v->doc->toks.at[prep].head;
	if (head > prep && head < v->end) f.anchor = head;
	else if (n > 0) f = dated(prep + 1, td_shift(v->story, unit, after ? n : -n));
	return f;
}

/* A duration; "has ruled for ten years" reaches from then to today. */
static td_found_time how_long(const td_times_view *v, uint32_t tok, uint32_t at, td_unit unit, int32_t n)
{
	if (td_form_is(v, at, "old") || (td_form_is(v, at, "-") && td_form_is(v, at + 1, "old"))) return nothing();
	bool article = td_form_is(v, tok, "a") || td_form_is(v, tok, "an");
	bool one = article && !(tok > v->first && (td_form_is(v, tok - 1, "for") || td_form_is(v, tok - 1, "within")));
	bool reaches = n > 0 && tok > v->first && td_form_is(v, tok - 1, "for") && td_in_perfect(v->doc, at - 1);
	td_period p = reaches ? (td_period){ td_shift(v->now, unit, -n).begin, td_shift(v->now, unit, 0).end } : td_no_period();
	return one ? nothing() : found(at, p.begin.year && p.end.year ? p : td_no_period(), TD_TIME_DURATION);
}

/* "two days ago", "a year later", "three weeks earlier", "one day after …"; else a duration. */
static td_found_time steps(const td_times_view *v, uint32_t tok)
{
	int32_t n;
	uint32_t at = td_quantity(v, tok, &n);
	if (at && td_form_is(v, at, "-")) at++;
	if (!at || !is_unit(v, at)) return nothing();
	td_unit unit = unit_at(v, at);
	uint32_t dir = at + 1;
	if (td_form_is(v, dir + 1, "than")) return how_long(v, tok, dir, unit, n); /* "three days later than planned" */
	switch (td_kind_at(v, dir)) {
	case TW_AGO:
		if (unit == UNIT_MOMENT) return dated(dir + 1, td_day_period(v->now));
		return dated(dir + 1, n > 0 ? td_shift(v->now, unit, -n) : td_no_period());
	case TW_EARLIER: return dated(dir + 1, n > 0 ? td_shift(v->story, unit, -n) : td_no_period());
	case TW_LATER: return dated(dir + 1, n > 0 && v->told ? td_shift(v->story, unit, n) : td_no_period()); /* later than what? */
	default: break;
	}
	if (td_form_is(v, dir, "from") && td_form_is(v, dir + 1, "now")) return dated(dir + 2, n > 0 ? td_shift(v->now, unit, n) : td_no_period());
	if ((td_form_is(v, dir, "after") || td_form_is(v, dir, "before")) && unit != UNIT_MOMENT) return around(v, tok, dir, unit, n);
	bool in = tok > v->first && td_form_is(v, tok - 1, "in") && n > 0 && unit != UNIT_MOMENT && v->doc->toks.at[at].xpos != TD_XP_NN;
	if (in && td_tense_of(v->doc, at) >= 0) return dated(dir, td_shift(v->story, unit, n)); /* "in two days" */
	return how_long(v, tok, dir, unit, n);
}

td_found_time td_time_article(const td_times_view *v, uint32_t tok)
{
	return steps(v, tok);
}

/* ---- sets ---------------------------------------------------------------------------------------------------------------------------- */

static td_found_time repeated(const td_times_view *v, uint32_t tok)
{
	int32_t n;
	uint32_t at = tok + 1, counted_at = td_quantity(v, at, &n);
	if (counted_at && is_unit(v, counted_at)) at = counted_at;
	td_tword_kind kind = td_kind_at(v, at);
	bool time = is_unit(v, at) || kind == TW_WEEKDAY || kind == TW_MONTH || kind == TW_PART || kind == TW_SEASON;
	return time ? found(at + 1, td_no_period(), TD_TIME_SET) : nothing();
}

td_found_time td_time_relative(const td_times_view *v, uint32_t tok)
{
	td_found_time f = nothing();
	switch (td_kind_at(v, tok)) {
	case TW_DAY: return day_word(v, tok);
	case TW_LAST: case TW_THIS: case TW_NEXT: return related(v, tok);
	case TW_EARLIER: case TW_LATER: return within_unit(v, tok);
	case TW_NUMBER: case TW_VAGUE: case TW_YEAR: return steps(v, tok);
	case TW_EVERY: return repeated(v, tok);
	case TW_WEEKDAYS: case TW_OFTEN: return found(tok + 1, td_no_period(), TD_TIME_SET);
	case TW_UNIT:
		f = day_beyond(v, tok);
		return f.to ? f : the_weekend(v, tok);
	default: return f;
	}
}
