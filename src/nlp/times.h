/* Inside the stage of time expressions: words (times_words.c), calendar (times_calc.c), tense (times_tense.c), what a run of words means
 * (times_match.c and times_relative.c), and how neighbours join (times.c). */
#ifndef TD_TIMES_H
#define TD_TIMES_H

#include "doc/doc.h"

typedef enum {
	TW_NONE,
	TW_WEEKDAY,   /* value 0 Monday … 6 Sunday */
	TW_WEEKDAYS,  /* "Mondays" */
	TW_MONTH,     /* 1 … 12 */
	TW_UNIT,      /* td_unit */
	TW_UNITS,     /* the same in the plural */
	TW_SEASON,    /* 0 spring … 3 winter */
	TW_NUMBER,    /* its value */
	TW_ORDINAL,   /* "third" 3 */
	TW_YEAR,      /* four digits that may be a year */
	TW_DECADE,    /* "1990s": 1990 */
	TW_DATE,      /* "2017-04-07", "4/7/2017": in .date */
	TW_DAY,       /* "yesterday" -1, "today" 0, "tomorrow" 1 */
	TW_PART,      /* "morning", "night": value 1 for night */
	TW_LAST, TW_THIS, TW_NEXT, /* "last", "previous"; "this"; "next", "coming"; value 1: counts from the story's time, not from today's */
	TW_STAGE,     /* "early" -1, "mid" 0, "late" 1 */
	TW_EDGE,      /* "beginning" -1, "middle" 0, "end" 1 (of …) */
	TW_EVERY,
	TW_AGO,       /* "ago" */
	TW_EARLIER, TW_LATER,   /* value 1: "before" and "after", what follows tells the anchor */
	TW_VAGUE,     /* "several": an unknown number */
	TW_OFTEN,     /* "daily" */
	TW_QUARTER,   /* "Q3": 3 */
	TW_HOLIDAY,   /* month * 100 + day */
	TW_CLOCK,     /* "10:30" */
	TW_ZONE,      /* "GMT", "p.m." */
} td_tword_kind;

typedef enum { UNIT_MOMENT, UNIT_DAY, UNIT_WEEKEND, UNIT_WEEK, UNIT_MONTH, UNIT_QUARTER, UNIT_YEAR, UNIT_DECADE, UNIT_CENTURY } td_unit;

typedef struct {
	uint8_t kind; /* td_tword_kind */
	int16_t value;
	td_date date;
} td_tword;

/* What a token means for time, its part of speech taken into account. */
td_tword td_tword_of(const td_doc *doc, uint32_t tok);

/* From one day to another; both ends as precise as they are known. begin.year 0: not to be resolved. */
typedef struct {
	td_date begin, end;
} td_period;

static inline td_period td_no_period(void)
{
	return (td_period){ { 0 }, { 0 } };
}
td_date td_day_add(td_date day, int32_t days);
td_period td_day_period(td_date date); /* begin and end the same */
td_period td_months(int32_t year, int32_t from, int32_t to); /* months counted from 1; may lie beyond the year */
/* The k-th unit before or after that in which `day` lies: 0 this, -1 the last one. */
td_period td_unit_period(td_unit unit, td_date day, int32_t k);
td_period td_season_period(int season, int32_t year);
td_period td_quarter_period(int quarter, int32_t year);
/* `n` units later than `at` (earlier when negative); as precise as the unit. */
td_period td_shift(td_date at, td_unit unit, int32_t n);

typedef struct {
	td_doc *doc;
	const td_tword *words; /* of the sentence, index from `first` */
	uint32_t first, end;   /* the sentence's tokens */
	td_date now;           /* the document's date; .year 0: unknown */
	td_date story;         /* the time mentioned last, or the document's date */
	bool told;             /* a time was mentioned in the last sentences: the story is not merely today's */
	td_date past;          /* the same, but none behind the document's date */
	td_date day;           /* the last day told that is none behind the document's date; .year 0: none yet */
	bool quoted;           /* somebody speaks, who has another today */
	int16_t year;          /* a year that the sentence has named, 0: none */
} td_times_view;

static inline td_tword td_word_at(const td_times_view *v, uint32_t tok)
{
	return tok < v->end ? v->words[tok - v->first] : (td_tword){ 0 };
}
static inline td_tword_kind td_kind_at(const td_times_view *v, uint32_t tok)
{
	return (td_tword_kind)td_word_at(v, tok).kind;
}
bool td_form_is(const td_times_view *v, uint32_t tok, const char *low); /* but for case */

typedef struct {
	uint32_t to;      /* behind its last token; 0: no time expression begins here */
	td_period period;
	uint8_t kind;     /* td_time_kind */
	bool yearless;    /* its year was chosen: a neighbour may correct it */
	uint32_t anchor;  /* head of what stands behind "two days after", which is what is dated; TD_NONE */
} td_found_time;

/* The time expression that begins at `tok`. */
td_found_time td_time_at(const td_times_view *v, uint32_t tok);
td_found_time td_time_relative(const td_times_view *v, uint32_t tok);  /* last week, two days ago, the past year, every day */
td_found_time td_time_calendar(const td_times_view *v, uint32_t tok);  /* April 7, 2017; January; Wednesday; the 1990s; third quarter */
/* "last weekend of July", "first Tuesday of November": the which-th (-1: last) of what is at `at`. */
td_found_time td_time_in_month(const td_times_view *v, uint32_t at, int32_t which);
/* "a year ago", "an hour later": begins with an article. */
td_found_time td_time_article(const td_times_view *v, uint32_t tok);
/* "two", "a", "several", "a couple of", "twenty-five": tokens behind it, its value (-1: vague); 0 when there is none. */
uint32_t td_quantity(const td_times_view *v, uint32_t tok, int32_t *n);

/* Where the story is for what counts from there at `tok`: what is told in the past does not go on from a day to come. */
td_date td_story_at(const td_times_view *v, uint32_t tok);
/* The day that "today" is: in what somebody is quoted with, that of the story, where it is not far. */
td_date td_today(const td_times_view *v);

/* What the tense of the clause says about the time of `tok`: -1 past, 1 future, 0 nothing. */
int td_tense_of(const td_doc *doc, uint32_t tok);
bool td_in_perfect(const td_doc *doc, uint32_t tok); /* "has ruled": what goes on to this day */

#endif
