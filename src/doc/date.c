#include "doc/doc.h"

static bool digits(td_str s, size_t n, int *out)
{
	if (s.n < n) return false;
	int v = 0;
	for (size_t i = 0; i < n; i++) {
		if (s.at[i] < '0' || s.at[i] > '9') return false;
		v = v * 10 + (s.at[i] - '0');
	}
	*out = v;
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

td_date td_date_parse(td_str iso)
{
	const td_date none = { 0 };
	int y, m, d;
	if (!digits(iso, 4, &y) || y == 0) return none;
	td_date date = { .year = (int16_t)y };
	if (iso.n == 4) return date;
	td_str rest = { iso.at + 5, iso.n - 5 };
	if (iso.at[4] != '-' || !digits(rest, 2, &m) || m < 1 || m > 12) return none;
	date.month = (uint8_t)m;
	if (rest.n == 2) return date;
	td_str day = { rest.at + 3, rest.n - 3 };
	if (rest.at[2] != '-' || !digits(day, 2, &d) || d < 1 || d > month_days(y, m)) return none;
	/* Behind the day only a time of day may follow. */
	if (day.n > 2 && day.at[2] != 'T' && day.at[2] != ' ') return none;
	date.day = (uint8_t)d;
	return date;
}

uint32_t td_date_print(td_date date, char out[16])
{
	int n = date.day     ? snprintf(out, 16, "%04d-%02u-%02u", date.year, date.month, date.day)
		: date.month ? snprintf(out, 16, "%04d-%02u", date.year, date.month)
			     : snprintf(out, 16, "%04d", date.year);
	return n > 0 ? (uint32_t)n : 0;
}

/* Days from civil and back: Howard Hinnant, "chrono-compatible low-level date algorithms". */
int32_t td_date_days(td_date date)
{
	int m = date.month ? date.month : 1, d = date.day ? date.day : 1;
	int y = date.year - (m <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

td_date td_date_from_days(int32_t days)
{
	int z = days + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int m = mp < 10 ? mp + 3 : mp - 9;
	return (td_date){ (int16_t)(yoe + era * 400 + (m <= 2)), (uint8_t)m, (uint8_t)(doy - (153 * mp + 2) / 5 + 1) };
}

int td_date_weekday(td_date date)
{
	int w = (td_date_days(date) + 3) % 7; /* 1970-01-01 was a Thursday */
	return w < 0 ? w + 7 : w;
}

int td_date_cmp(td_date a, td_date b)
{
	if (a.year != b.year) return a.year < b.year ? -1 : 1;
	if (a.month != b.month) return a.month < b.month ? -1 : 1;
	if (a.day != b.day) return a.day < b.day ? -1 : 1;
	return 0;
}
