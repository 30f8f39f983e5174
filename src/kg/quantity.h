/* Quantities: numbers and what they measure, as news writes them ("at least 20 people", "$1.5 billion", "by 312 votes to 208").
 *
 * They are read off the words, not the tree, as parsers of news do badly on numbers; only what a quantity belongs to is asked
 * of the tree. */
#ifndef TD_QUANTITY_H
#define TD_QUANTITY_H

#include "doc/doc.h"

enum { TD_MOST_RICHTER = 10 }; /* a magnitude is less */

/* A number in words or digits. */
typedef struct {
	int64_t value;  /* thousandths */
	uint32_t to;    /* the token behind it */
	bool vague;     /* "dozens": the value is the least that it may mean */
	bool share;     /* "two-thirds": the value is a percentage */
	bool digits;    /* written in digits */
	int64_t scale;  /* what "million" and the like multiply by */
} td_numeral;

/* Reads the number that starts at token `at` and ends before `end`; false when none does. `money`: a currency stands before it,
 * so that "20m" is 20 million. */
bool td_numeral_read(const td_doc *doc, uint32_t at, uint32_t end, bool money, td_numeral *out);

/* Is the token that word, whatever its case? False at and beyond `end`. */
bool td_word_is(const td_doc *doc, uint32_t tok, uint32_t end, const char *word);
/* Do the words of `phrase`, separated by one space, stand from `at` on? Returns how many, 0 when they don't. */
uint32_t td_phrase_at(const td_doc *doc, uint32_t at, uint32_t end, const char *phrase);

/* A quantity in the text, before it is known what event it belongs to. */
typedef struct {
	td_amount what;
	bool pair;      /* two numbers that may be votes or goals as well as a range */
	uint32_t noun;  /* what is counted, TD_NONE */
} td_measure;

/* Reads the quantity that starts at `at`: *next is the token behind it, or the next one to try. False when there is none, or
 * one that measures time, age, length or the like. */
bool td_measure_read(const td_doc *doc, uint32_t at, uint32_t begin, uint32_t end, td_measure *out, uint32_t *next);

#endif
