/* The calendar: periods by unit, and steps of units. Weeks begin on Monday (ISO 8601). */
#include "nlp/times.h"

enum { MIN_YEAR = 1, MAX_YEAR = 9999 };

static td_date year_of(int32_t year)
{
	return year < MIN_YEAR || year > MAX_YEAR ? (td_date){ 0 } : (td_date){ .year = (int16_t)year };
}

td_date td_day_add(td_date day, int32_t days)
{
	/* A step beyond what dates can say is nowhere. */
	if (!day.day || days > 4000000 || days < -4000000) return (td_date){ 0 };
	int32_t sum = td_date_days(day) + days;
	return sum < td_date_days((td_date){ MIN_YEAR, 1, 1 }) || sum > td_date_days((td_date){ MAX_YEAR, 12, 31 }) ? (td_date){ 0 }
			: td_date_from_days(sum);
}

td_period td_day_period(td_date date)
{
	return (td_period){ date, date };
}

td_period td_months(int32_t year, int32_t from, int32_t to)
{
	td_date out[2];
	int32_t month[2] = { from, to };
	for (int i = 0; i < 2; i++) {
		int32_t count = year * 12 + month[i] - 1;
		out[i] = count < 12 ? (td_date){ 0 } : year_of(count / 12);
		if (out[i].year) out[i].month = (uint8_t)(count % 12 + 1);
	}
	return out[0].year && out[1].year ? (td_period){ out[0], out[1] } : td_no_period();
}

td_period td_season_period(int season, int32_t year)
{
	return td_months(year, 3 + 3 * season, 5 + 3 * season);
}

td_period td_quarter_period(int quarter, int32_t year)
{
	return td_months(year, 3 * quarter - 2, 3 * quarter);
}

static td_period days_from(td_date day, int32_t from, int32_t n)
{
	td_date begin = td_day_add(day, from);
	return begin.year ? (td_period){ begin, td_day_add(begin, n - 1) } : td_no_period();
}

static td_period years_from(int32_t year, int32_t n)
{
	td_date begin = year_of(year), end = year_of(year + n - 1);
	return begin.year && end.year ? (td_period){ begin, end } : td_no_period();
}

td_period td_unit_period(td_unit unit, td_date day, int32_t k)
{
	if (!day.year || k > 10000 || k < -10000) return td_no_period();
	bool precise = unit <= UNIT_WEEK ? day.day != 0 : unit <= UNIT_QUARTER ? day.month != 0 : true;
	if (!precise) return td_no_period();
	switch (unit) {
	case UNIT_MOMENT: return td_day_period(day);
	case UNIT_DAY: return td_day_period(td_day_add(day, k));
	case UNIT_WEEK: return days_from(day, 7 * k - td_date_weekday(day), 7);
	case UNIT_WEEKEND: return days_from(day, 7 * k - td_date_weekday(day) + 5, 2);
	case UNIT_MONTH: return td_months(day.year, day.month + k, day.month + k);
	case UNIT_QUARTER: return td_months(day.year, (day.month - 1) / 3 * 3 + 1 + 3 * k, (day.month - 1) / 3 * 3 + 3 + 3 * k);
	case UNIT_YEAR: return years_from(day.year + k, 1);
	case UNIT_DECADE: return years_from(day.year / 10 * 10 + 10 * k, 10);
	case UNIT_CENTURY: return years_from((day.year - 1) / 100 * 100 + 1 + 100 * k, 100);
	}
	return td_no_period();
}

td_period td_shift(td_date at, td_unit unit, int32_t n)
{
	/* "Two decades ago" is no decade: nobody counts that exactly. */
	if (unit == UNIT_DECADE || unit == UNIT_CENTURY || unit == UNIT_MOMENT) return td_no_period();
	return td_unit_period(unit == UNIT_WEEKEND ? UNIT_WEEK : unit, at, n);
}
