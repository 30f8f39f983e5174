/* Dates as pages and feeds write them in a line or a field of their own. */
#include "doc/source_impl.h"

static uint32_t month_of(td_str word)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	for (uint32_t i = 0; i < 12; i++) {
		td_str name = td_str_of(months[i]);
		if (td_str_eq(word, name) || (word.n >= 3 && word.n <= 4 && td_str_starts(name, word))) return i + 1;
	}
	return 0;
}

static uint32_t number_of(td_str word)
{
	uint32_t v = 0;
	if (word.n == 0 || word.n > 4) return 0;
	for (size_t i = 0; i < word.n; i++) {
		if (word.at[i] < '0' || word.at[i] > '9') return 0;
		v = v * 10 + (uint32_t)(word.at[i] - '0');
	}
	return v;
}

/* Words that may stand around a date without making the line more than that. */
static bool is_filler(td_str word)
{
	static const char *const fillers[] = { "Published", "Updated", "Posted", "Date", "on", "at", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
		"Sun", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "AM", "PM", "am", "pm", "EDT", "EST",
		"GMT", "UTC", "BST", "ET", "a.m", "p.m", "|", "-", "–", "+0000" };
	for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
		if (td_str_eq(word, td_str_of(fillers[i]))) return true;
	return memchr(word.at, ':', word.n) && word.at[0] >= '0' && word.at[0] <= '9'; /* 10:30 */
}

static bool take(td_date *date, td_str word)
{
	uint32_t month = month_of(word), number = number_of(word);
	td_date iso = word.n >= 8 && word.at[4] == '-' ? td_date_parse(word) : (td_date){ 0 };
	if (month && !date->month) date->month = (uint8_t)month;
	else if (number >= 1 && number <= 31 && !date->day) date->day = (uint8_t)number;
	else if (number >= 1700 && number <= 2200 && !date->year) date->year = (int16_t)number;
	else if (iso.day && !date->year) *date = iso;
	else return false;
	return true;
}

td_date td_date_line(td_str line)
{
	enum { LONGEST = 80 };
	td_date date = { 0 };
	line = td_str_trim(line);
	if (line.n > LONGEST) return date;
	while (line.n) {
		td_str word = td_str_cut(&line, ' ');
		while (word.n && strchr(",:.", word.at[word.n - 1])) word.n--;
		if (word.n && !is_filler(word) && !take(&date, word)) return (td_date){ 0 };
	}
	return date.year && date.month && date.day ? date : (td_date){ 0 };
}
