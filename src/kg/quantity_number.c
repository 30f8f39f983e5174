/* Numbers in words and digits. */
#include "kg/quantity.h"

#include <strings.h>

enum {
	MAX_DIGITS = 15,
	ONE = TD_AMOUNT_ONE,
};

static const int64_t MAX_VALUE = INT64_C(9000000000000000000);

bool td_word_is(const td_doc *doc, uint32_t tok, uint32_t end, const char *word)
{
	if (tok >= end || tok >= doc->toks.n) return false;
	td_str form = doc->toks.at[tok].form;
	return form.n == strlen(word) && strncasecmp(form.at, word, form.n) == 0;
}

uint32_t td_phrase_at(const td_doc *doc, uint32_t at, uint32_t end, const char *phrase)
{
	td_str rest = td_str_of(phrase);
	uint32_t n = 0;
	while (rest.n) {
		td_str word = td_str_cut(&rest, ' ');
		if (at + n >= end || at + n >= doc->toks.n) return 0;
		td_str form = doc->toks.at[at + n].form;
		if (form.n != word.n || strncasecmp(form.at, word.at, word.n) != 0) return 0;
		n++;
	}
	return n;
}

typedef struct {
	const char *word;
	int64_t value;
} worth;

static const worth smalls[] = {
	{ "zero", 0 }, { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 },
	{ "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 }, { "thirteen", 13 }, { "fourteen", 14 }, { "fifteen", 15 },
	{ "sixteen", 16 }, { "seventeen", 17 }, { "eighteen", 18 }, { "nineteen", 19 }, { "twenty", 20 }, { "thirty", 30 }, { "forty", 40 },
	{ "fifty", 50 }, { "sixty", 60 }, { "seventy", 70 }, { "eighty", 80 }, { "ninety", 90 }, { NULL, 0 },
};

static const worth scales[] = {
	{ "dozen", 12 }, { "hundred", 100 }, { "thousand", 1000 }, { "lakh", 100000 }, { "million", 1000000 }, { "mn", 1000000 },
	{ "crore", 10000000 }, { "billion", 1000000000 }, { "bn", 1000000000 }, { "trillion", 1000000000000 }, { "tn", 1000000000000 }, { NULL, 0 },
};

/* Of money only: 20m may be metres. */
static const worth money_scales[] = { { "k", 1000 }, { "m", 1000000 }, { "b", 1000000000 }, { "t", 1000000000000 }, { NULL, 0 } };

/* The least that they may mean. */
static const worth vagues[] = {
	{ "dozens", 24 }, { "scores", 40 }, { "hundreds", 200 }, { "thousands", 2000 }, { "millions", 2000000 }, { "billions", 2000000000 }, { NULL, 0 },
};

static const worth nobodies[] = { { "no one", 0 }, { "no - one", 0 }, { "nobody", 0 }, { "none", 0 }, { NULL, 0 } };

static const worth parts[] = {
	{ "half", 2 }, { "third", 3 }, { "thirds", 3 }, { "quarter", 4 }, { "quarters", 4 }, { "fourth", 4 }, { "fourths", 4 }, { "fifth", 5 },
	{ "fifths", 5 }, { "tenth", 10 }, { "tenths", 10 }, { NULL, 0 },
};

static const worth *find(const worth *table, const td_doc *doc, uint32_t tok, uint32_t end)
{
	for (const worth *w = table; w->word; w++)
		if (td_word_is(doc, tok, end, w->word)) return w;
	return NULL;
}

/* "1,234.5" into thousandths; what stands behind the third decimal is lost. */
static bool read_digits(td_str s, int64_t *out)
{
	int64_t whole = 0, part = 0;
	int digits = 0, decimals = -1;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];
		if (c == ',' && digits && decimals < 0) continue;
		if (c == '.' && digits && decimals < 0 && i + 1 < s.n) {
			decimals = 0;
			continue;
		}
		if (c < '0' || c > '9' || digits >= MAX_DIGITS) return false;
		if (decimals < 0) digits++, whole = whole * 10 + (c - '0');
		else if (decimals++ < 3) part = part * 10 + (c - '0');
	}
	if (!digits) return false;
	for (int d = decimals < 0 ? 0 : decimals; d < 3; d++) part *= 10;
	*out = whole * ONE + part;
	return true;
}

static bool multiply(int64_t *value, int64_t by)
{
	if (by <= 0 || *value > MAX_VALUE / by) return false;
	*value *= by;
	return true;
}

/* "million", "hundred thousand", also behind a hyphen ("20-million"). */
static bool read_scales(const td_doc *doc, uint32_t end, bool money, td_numeral *n)
{
	for (;;) {
		uint32_t at = n->to + (td_word_is(doc, n->to, end, "-") ? 1 : 0);
		const worth *w = find(scales, doc, at, end);
		if (!w && money && n->digits) w = find(money_scales, doc, at, end);
		if (!w) return true;
		if (!multiply(&n->value, w->value) || !multiply(&n->scale, w->value)) return false;
		n->to = at + 1;
	}
}

/* "twenty", "twenty-one": *value in ones. */
static bool read_small(const td_doc *doc, uint32_t *at, uint32_t end, int64_t *value)
{
	const worth *w = find(smalls, doc, *at, end);
	if (!w || doc->toks.at[*at].upos != TD_NUM) return false;
	*value = w->value;
	*at += 1;
	uint32_t next = *at + (td_word_is(doc, *at, end, "-") ? 1 : 0);
	const worth *unit = w->value >= 20 ? find(smalls, doc, next, end) : NULL;
	if (unit && unit->value > 0 && unit->value < 10) {
		*value += unit->value;
		*at = next + 1;
	}
	return true;
}

/* "two hundred and fifty", "two-thirds". */
static bool read_words(const td_doc *doc, uint32_t at, uint32_t end, td_numeral *n)
{
	int64_t value;
	if (!read_small(doc, &at, end, &value)) return false;
	*n = (td_numeral){ .value = value * ONE, .to = at, .scale = 1 };
	const worth *part = find(parts, doc, at + (td_word_is(doc, at, end, "-") ? 1 : 0), end);
	if (part && value < part->value) {
		n->value = value * 100 * ONE / part->value;
		n->share = true;
		n->to = at + (td_word_is(doc, at, end, "-") ? 2 : 1);
		return td_word_is(doc, n->to, end, "of");
	}
	if (!read_scales(doc, end, false, n)) return false;
	uint32_t rest = n->to + (td_word_is(doc, n->to, end, "and") ? 1 : 0);
	int64_t more;
	if (n->scale >= 100 && read_small(doc, &rest, end, &more) && more < 100) {
		n->value += more * ONE;
		n->to = rest;
	}
	return true;
}

/* "a dozen", "half a million", "a couple of thousand", "several hundred", "a third of". */
static bool read_articles(const td_doc *doc, uint32_t at, uint32_t end, td_numeral *n)
{
	static const struct {
		const char *words;
		int64_t value; /* thousandths */
		bool vague, alone; /* alone: is a number without a scale behind it */
	} starts[] = {
		{ "half a", 500, false, false }, { "a couple of", 2000, false, true }, { "a couple", 2000, false, true }, { "a few", 2000, true, false },
		{ "several", 2000, true, false }, { "many", 2000, true, false }, { "a", 1000, false, false }, { "an", 1000, false, false },
	};
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		uint32_t len = td_phrase_at(doc, at, end, starts[i].words);
		if (!len) continue;
		*n = (td_numeral){ .value = starts[i].value, .to = at + len, .vague = starts[i].vague, .scale = 1 };
		if (find(scales, doc, n->to, end)) return read_scales(doc, end, false, n);
		if (starts[i].alone) return true;
	}
	uint32_t word = at + (td_word_is(doc, at, end, "a") ? 1 : 0);
	const worth *part = find(parts, doc, word, end);
	if (!part || !td_word_is(doc, word + 1, end, "of") || (word == at && part->value != 2)) return false;
	*n = (td_numeral){ .value = 100 * ONE / part->value, .to = word + 1, .share = true, .scale = 1 };
	return true;
}

/* "dozens", "hundreds of thousands", "tens of millions". */
static bool read_vague(const td_doc *doc, uint32_t at, uint32_t end, td_numeral *n)
{
	bool tens = td_word_is(doc, at, end, "tens");
	const worth *w = find(vagues, doc, at, end);
	const worth *of = td_word_is(doc, at + 1, end, "of") ? find(vagues, doc, at + 2, end) : NULL;
	if (!w && !(tens && of)) return false;
	*n = (td_numeral){ .value = (tens ? 20 : w->value) * ONE, .to = at + 1, .vague = true, .scale = 1 };
	if (!of) return true;
	n->to = at + 3;
	return multiply(&n->value, of->value / 2); /* "thousands" alone are two thousand at least */
}

static bool read_nobody(const td_doc *doc, uint32_t at, uint32_t end, td_numeral *n)
{
	for (const worth *w = nobodies; w->word; w++) {
		uint32_t len = td_phrase_at(doc, at, end, w->word);
		*n = (td_numeral){ .to = at + len, .scale = 1 };
		if (len) return true;
	}
	/* "no injuries": a determiner, not "no longer" */
	*n = (td_numeral){ .to = at + 1, .scale = 1 };
	const td_token *t = &doc->toks.at[at];
	return td_word_is(doc, at, end, "no") && t->deprel == TD_DETERM && t->head < doc->toks.n && doc->toks.at[t->head].xpos == TD_XP_NNS;
}

bool td_numeral_read(const td_doc *doc, uint32_t at, uint32_t end, bool money, td_numeral *out)
{
	*out = (td_numeral){ .to = at + 1, .digits = true, .scale = 1 };
	if (at >= end || at >= doc->toks.n) return false;
	if (read_digits(doc->toks.at[at].form, &out->value)) return read_scales(doc, end, money, out);
	*out = (td_numeral){ 0 };
	if (doc->toks.at[at].upos == TD_PROPN) return false;
	return read_words(doc, at, end, out) || read_articles(doc, at, end, out) || read_vague(doc, at, end, out) || read_nobody(doc, at, end, out);
}
