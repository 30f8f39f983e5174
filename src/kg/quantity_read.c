/* Quantities off the words: number, range, unit, and the words before and behind that bound it. */
#include "kg/quantity.h"

enum {
	ONE = TD_AMOUNT_ONE,
	MAX_NOUN = 5,     /* how far behind its number what is counted may stand */
	MAX_BOUNDS = 3,   /* "at least some 20": so many words or phrases before a number */
};

typedef struct {
	const td_doc *doc;
	uint32_t begin, end; /* where the quantity may begin and must end */
	uint32_t at, to;     /* its words so far */
	td_numeral first;
	td_measure *out;
} reading;

/* ---- money ---- */

typedef struct {
	const char *words, *code;
	bool large; /* only behind "million" and the like: it may mean something else */
} currency;

/* ISO 4217. The dollar alone is that of the United States. */
static const currency before[] = {
	{ "$", "USD", false }, { "US$", "USD", false }, { "US $", "USD", false }, { "€", "EUR", false }, { "£", "GBP", false }, { "¥", "JPY", false },
	{ "₹", "INR", false }, { "Rs", "INR", false }, { "Rs.", "INR", false }, { "A$", "AUD", false }, { "AU$", "AUD", false }, { "C$", "CAD", false },
	{ "CA$", "CAD", false }, { "NZ$", "NZD", false }, { "HK$", "HKD", false }, { "S$", "SGD", false }, { "NT$", "TWD", false }, { "R$", "BRL", false },
	{ "₽", "RUB", false }, { "₩", "KRW", false }, { "₺", "TRY", false }, { "₦", "NGN", false }, { "₴", "UAH", false }, { "₪", "ILS", false },
	{ "USD", "USD", false }, { "EUR", "EUR", false }, { "GBP", "GBP", false }, { "CHF", "CHF", false }, { "RMB", "CNY", false }, { "CNY", "CNY", false },
	{ "INR", "INR", false }, { "JPY", "JPY", false },
};

static const currency behind[] = {
	{ "US dollars", "USD", false }, { "U.S. dollars", "USD", false }, { "Canadian dollars", "CAD", false }, { "Australian dollars", "AUD", false },
	{ "New Zealand dollars", "NZD", false }, { "Hong Kong dollars", "HKD", false }, { "Singapore dollars", "SGD", false },
	{ "dollars", "USD", false }, { "dollar", "USD", false }, { "euros", "EUR", false }, { "euro", "EUR", false }, { "pounds sterling", "GBP", false },
	{ "pounds", "GBP", true }, { "pound", "GBP", true }, { "yen", "JPY", false }, { "yuan", "CNY", false }, { "renminbi", "CNY", false },
	{ "Pakistani rupees", "PKR", false }, { "Sri Lankan rupees", "LKR", false }, { "Nepali rupees", "NPR", false }, { "rupees", "INR", false },
	{ "roubles", "RUB", false }, { "rubles", "RUB", false }, { "won", "KRW", true }, { "rand", "ZAR", false }, { "reais", "BRL", false },
	{ "Swiss francs", "CHF", false }, { "kronor", "SEK", false }, { "Norwegian kroner", "NOK", false }, { "Danish kroner", "DKK", false },
	{ "lira", "TRY", false }, { "shekels", "ILS", false }, { "naira", "NGN", false }, { "baht", "THB", false }, { "ringgit", "MYR", false },
	{ "rupiah", "IDR", false }, { "Mexican pesos", "MXN", false }, { "Argentine pesos", "ARS", false }, { "Philippine pesos", "PHP", false },
	{ "hryvnia", "UAH", false }, { "hryvnias", "UAH", false }, { "zlotys", "PLN", false }, { "zloty", "PLN", false }, { "riyals", "SAR", false },
	{ "dirhams", "AED", false }, { "Kenyan shillings", "KES", false }, { "taka", "BDT", false }, { "dong", "VND", true }, { "USD", "USD", false },
	{ "EUR", "EUR", false }, { "GBP", "GBP", false }, { "CHF", "CHF", false },
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const currency *currency_at(const reading *r, uint32_t at, const currency *table, size_t n, uint32_t *len)
{
	for (size_t i = 0; i < n; i++) {
		*len = td_phrase_at(r->doc, at, r->end, table[i].words);
		if (*len && (!table[i].large || r->first.scale > 1000)) return &table[i];
	}
	return NULL;
}

/* ---- ranges and pairs ---- */

typedef struct {
	const char *words;
	uint8_t kind; /* TD_VOTES: it can be nothing else; TD_COUNTED: a range, or votes or goals */
} joint;

static const joint joints[] = {
	{ "votes to", TD_VOTES }, { "votes against", TD_VOTES }, { "votes - to -", TD_VOTES }, { "votes for and", TD_VOTES }, { "votes in favour and", TD_VOTES },
	{ "votes in favor and", TD_VOTES }, { "votes in favour to", TD_VOTES }, { "votes in favor to", TD_VOTES }, { "in favour and", TD_VOTES },
	{ "in favor and", TD_VOTES }, { "in favour ,", TD_VOTES }, { "in favor ,", TD_VOTES }, { "in favour to", TD_VOTES }, { "in favor to", TD_VOTES },
	{ "- to -", TD_COUNTED }, { "to", TD_COUNTED }, { "-", TD_COUNTED }, { "–", TD_COUNTED }, { "‑", TD_COUNTED },
};

/* "1.5 to 2 million": the first takes the scale of the second. */
static void set_range(reading *r, const td_numeral *second)
{
	td_amount *a = &r->out->what;
	a->low = r->first.value;
	a->high = second->value;
	bool shared = r->first.scale == 1 && second->scale > 1 && a->low < INT64_MAX / second->scale && a->low * second->scale < a->high;
	if (shared) a->low *= second->scale;
	if (second->scale > r->first.scale) r->first.scale = second->scale;
	r->to = second->to;
}

static bool read_second(reading *r, uint32_t at, bool money, td_numeral *second)
{
	uint32_t len;
	if (currency_at(r, at, before, LENGTH(before), &len)) at += len;
	return td_numeral_read(r->doc, at, r->end, money, second) && !second->vague && !second->share;
}

static void read_between(reading *r, bool money)
{
	td_numeral second;
	bool between = r->at > r->begin && td_word_is(r->doc, r->at - 1, r->end, "between");
	if (!between || !td_word_is(r->doc, r->to, r->end, "and") || !read_second(r, r->to + 1, money, &second)) return;
	set_range(r, &second);
	r->at--;
	r->out->what.bound = TD_BETWEEN;
}

static void read_pair(reading *r, bool money)
{
	td_numeral second;
	if (r->first.vague || (r->at > r->begin && td_word_is(r->doc, r->at - 1, r->end, "from"))) return;
	for (size_t i = 0; i < LENGTH(joints); i++) {
		uint32_t len = td_phrase_at(r->doc, r->to, r->end, joints[i].words);
		if (!len || !read_second(r, r->to + len, money, &second)) continue;
		r->out->what.kind = joints[i].kind;
		set_range(r, &second);
		r->out->pair = !money;
		if (r->out->what.low < r->out->what.high && joints[i].kind == TD_COUNTED) r->out->what.bound = TD_BETWEEN;
		return;
	}
}

/* ---- units ---- */

static const char *const percents[] = { "%", "percent", "per cent", "pc", "percentage points", "percentage point" };

/* What is no quantity of an event: time, age, length, weight, heat. */
static const char *const measures[] = { "second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "night", "km", "kilometre",
	"kilometer", "mile", "metre", "meter", "foot", "feet", "ft", "inch", "cm", "mm", "m", "kg", "kilogram", "kilo", "gram", "ton", "tonne", "pound", "ounce",
	"degree", "litre", "liter", "gallon", "barrel", "acre", "hectare", "mph", "km/h", "knot", "watt", "megawatt", "o'clock", "am", "pm", "a.m.", "p.m.", "square",
	"cubic", "light", "mg", "kph", "°", "°C", "GB", "th", "nd", "rd", "st" };

/* Words behind which a number is a name. */
static const char *const numbered[] = { "aged", "age", "No.", "no.", "number", "article", "section", "chapter", "resolution", "#", "flight", "page",
	"route", "highway", "phase", "level", "round", "week", "day", "channel", "group", "unit", "boeing", "airbus" };

static bool is_any(const reading *r, uint32_t tok, const char *const *words, size_t n)
{
	for (size_t i = 0; tok < r->end && i < n; i++)
		if (td_word_is(r->doc, tok, r->end, words[i]) || td_lemma_is(r->doc, tok, words[i])) return true;
	return false;
}

static uint32_t behind_hyphen(const reading *r, uint32_t at)
{
	return at + (td_word_is(r->doc, at, r->end, "-") || td_word_is(r->doc, at, r->end, "‑") ? 1 : 0);
}

static bool read_percent(reading *r)
{
	uint32_t at = behind_hyphen(r, r->to), len = 0;
	for (size_t i = 0; i < LENGTH(percents) && !len; i++) len = td_phrase_at(r->doc, at, r->end, percents[i]);
	if (!len && !r->first.share) return false;
	if (len) r->to = at + len;
	r->out->what.kind = TD_PERCENT;
	return true;
}

static bool read_magnitude(reading *r)
{
	uint32_t at = behind_hyphen(r, r->to), from = r->at;
	if (r->first.value <= 0 || r->first.value > TD_MOST_RICHTER * ONE || !r->first.digits) return false;
	while (from > r->begin && (td_word_is(r->doc, from - 1, r->end, "-") || td_word_is(r->doc, from - 1, r->end, "of"))) from--;
	if (td_word_is(r->doc, at, r->end, "magnitude")) r->to = at + 1;
	else if (from > r->begin && td_word_is(r->doc, from - 1, r->end, "magnitude")) r->at = from - 1;
	else return false;
	r->out->what.kind = TD_MAGNITUDE;
	return true;
}

/* "Smith, 45, was": an age. */
static bool is_age(const reading *r)
{
	if (r->at < r->begin + 2 || !td_word_is(r->doc, r->at - 1, r->end, ",") || r->doc->toks.at[r->at - 2].name != TD_NAME_PER) return false;
	return r->to >= r->end || r->doc->toks.at[r->to].upos == TD_PUNCT;
}

/* "F-16": part of a word. */
static bool is_part(const reading *r)
{
	if (r->at < r->begin + 2 || !td_word_is(r->doc, r->at - 1, r->end, "-")) return false;
	return !r->doc->toks.at[r->at - 1].space_after && !r->doc->toks.at[r->at - 2].space_after;
}

static bool is_other(const reading *r)
{
	if (is_any(r, behind_hyphen(r, r->to), measures, LENGTH(measures))) return true;
	if (r->at > r->begin && is_any(r, r->at - 1, numbered, LENGTH(numbered))) return true;
	for (uint32_t t = r->at; t < r->to; t++)
		if (r->doc->toks.at[t].name != TD_NAME_NONE && r->doc->toks.at[t].name != TD_NAME_MISC) return true;
	return is_age(r) || is_part(r);
}

/* ---- bounds ---- */

static const struct {
	const char *words;
	uint8_t bound;
} bounds[] = {
	{ "at least", TD_AT_LEAST }, { "no fewer than", TD_AT_LEAST }, { "no less than", TD_AT_LEAST }, { "not less than", TD_AT_LEAST },
	{ "a minimum of", TD_AT_LEAST }, { "no more than", TD_AT_MOST }, { "not more than", TD_AT_MOST }, { "as many as", TD_AT_MOST },
	{ "as much as", TD_AT_MOST }, { "up to", TD_AT_MOST }, { "at most", TD_AT_MOST }, { "a maximum of", TD_AT_MOST }, { "more than", TD_MORE_THAN },
	{ "greater than", TD_MORE_THAN }, { "upwards of", TD_MORE_THAN }, { "upward of", TD_MORE_THAN }, { "in excess of", TD_MORE_THAN },
	{ "over", TD_MORE_THAN }, { "above", TD_MORE_THAN }, { "exceeding", TD_MORE_THAN }, { "fewer than", TD_LESS_THAN }, { "less than", TD_LESS_THAN },
	{ "under", TD_LESS_THAN }, { "below", TD_LESS_THAN }, { "nearly", TD_ABOUT }, { "almost", TD_ABOUT }, { "about", TD_ABOUT }, { "around", TD_ABOUT },
	{ "approximately", TD_ABOUT }, { "roughly", TD_ABOUT }, { "some", TD_ABOUT }, { "an estimated", TD_ABOUT }, { "estimated", TD_ABOUT },
	{ "close to", TD_ABOUT }, { "circa", TD_ABOUT }, { "another", TD_EXACTLY }, { "additional", TD_EXACTLY }, { "further", TD_EXACTLY },
};

static const struct {
	const char *words;
	uint8_t bound;
} bounds_behind[] = { { "or more", TD_AT_LEAST }, { "and more", TD_AT_LEAST }, { "+", TD_AT_LEAST }, { "- plus", TD_AT_LEAST }, { "or fewer", TD_AT_MOST },
	{ "or less", TD_AT_MOST }, { "or so", TD_ABOUT } };

static uint32_t words_in(const char *phrase)
{
	uint32_t n = 1;
	for (; *phrase; phrase++) n += *phrase == ' ';
	return n;
}

/* The phrase that ends where the quantity begins; what is nearer says less: "at least some 20". */
static bool bound_before(reading *r)
{
	uint8_t *bound = &r->out->what.bound;
	for (size_t i = 0; i < LENGTH(bounds); i++) {
		uint32_t n = words_in(bounds[i].words);
		if (r->at < r->begin + n || !td_phrase_at(r->doc, r->at - n, r->end, bounds[i].words)) continue;
		if (*bound == TD_EXACTLY || (*bound == TD_ABOUT && bounds[i].bound != TD_EXACTLY)) *bound = bounds[i].bound;
		r->at -= n;
		return true;
	}
	return false;
}

static void read_bounds(reading *r)
{
	for (size_t i = 0; i < LENGTH(bounds_behind) && r->out->what.bound == TD_EXACTLY; i++) {
		uint32_t n = td_phrase_at(r->doc, r->to, r->end, bounds_behind[i].words);
		if (!n) continue;
		r->out->what.bound = bounds_behind[i].bound;
		r->to += n;
	}
	for (int i = 0; i < MAX_BOUNDS && r->out->what.bound != TD_BETWEEN && bound_before(r); i++) continue;
	if (r->first.vague && (r->out->what.bound == TD_EXACTLY || r->out->what.bound == TD_ABOUT)) r->out->what.bound = TD_AT_LEAST;
}

/* ---- what is counted ---- */

static bool is_noun(const td_doc *doc, uint32_t tok)
{
	return tok < doc->toks.n && (doc->toks.at[tok].upos == TD_NOUN || doc->toks.at[tok].upos == TD_PROPN);
}

/* "20 armed men", "dozens of people": by the tree, else the first noun behind. */
static uint32_t counted(const reading *r)
{
	const td_doc *doc = r->doc;
	if (td_word_is(doc, r->to, r->end, "of")) {
		uint32_t noun = doc->toks.at[r->to].head;
		return noun > r->to && noun < r->end && is_noun(doc, noun) ? noun : TD_NONE;
	}
	uint32_t head = doc->toks.at[r->to - 1].head;
	if (head >= r->to && head < r->end && head < r->to + MAX_NOUN && is_noun(doc, head)) return head;
	for (uint32_t t = r->to; t < r->end && t < r->to + MAX_NOUN; t++) {
		if (is_noun(doc, t) && !is_noun(doc, t + 1)) return t;
		if (!is_noun(doc, t) && doc->toks.at[t].upos != TD_ADJ) return TD_NONE;
	}
	return TD_NONE;
}

/* ---- all ---- */

static const currency *currency_behind(reading *r)
{
	uint32_t at = behind_hyphen(r, r->to), len;
	const currency *c = currency_at(r, at, behind, LENGTH(behind), &len);
	if (c) r->to = at + len;
	return c;
}

static bool read_number(reading *r)
{
	uint32_t len = 0;
	const currency *c = currency_at(r, r->at, before, LENGTH(before), &len);
	if (!td_numeral_read(r->doc, r->at + (c ? len : 0), r->end, c != NULL, &r->first)) return false;
	r->to = r->first.to;
	r->out->what.low = r->out->what.high = r->first.value;
	read_between(r, c != NULL);
	if (r->out->what.bound != TD_BETWEEN) read_pair(r, c != NULL);
	if (!c) c = currency_behind(r);
	if (!c) return true;
	r->out->what.kind = TD_MONEY;
	r->out->what.currency = td_str_of(c->code);
	r->out->pair = false;
	return true;
}

/* A glance that saves most words the look into the tables. */
static bool may_start(const td_token *t)
{
	static const bool never[TD_UPOS_COUNT] = { [TD_VERB] = true, [TD_ADP] = true, [TD_AUX] = true, [TD_ADV] = true, [TD_PUNCT] = true, [TD_CCONJ] = true,
		[TD_SCONJ] = true, [TD_PART] = true };
	return !never[t->upos] || (t->form.n && t->form.at[0] >= '0' && t->form.at[0] <= '9');
}

bool td_measure_read(const td_doc *doc, uint32_t at, uint32_t begin, uint32_t end, td_measure *out, uint32_t *next)
{
	reading r = { .doc = doc, .begin = begin, .end = end, .at = at, .out = out };
	*out = (td_measure){ .what = { .event = TD_NONE, .kind = TD_COUNTED, .bound = TD_EXACTLY }, .noun = TD_NONE };
	*next = at + 1;
	if (!may_start(&doc->toks.at[at]) || !read_number(&r)) return false;
	*next = r.to;
	bool unit = out->what.kind == TD_MONEY || out->what.kind == TD_VOTES || read_percent(&r) || read_magnitude(&r);
	*next = r.to;
	if (!unit && is_other(&r)) return false;
	if (unit && out->what.kind != TD_VOTES) out->pair = false;
	read_bounds(&r);
	*next = r.to;
	if (out->what.kind == TD_COUNTED || out->what.kind == TD_PERCENT) out->noun = counted(&r);
	if (out->noun != TD_NONE) out->what.unit = doc->toks.at[out->noun].form;
	out->what.toks = (td_range){ r.at, r.to };
	return true;
}
