/* What the network sees of a word. src/model/features.py computes the same from the same bytes. */
#include "nlp/net_impl.h"

enum { MAX_CHARS = 256, MAX_GRAM_CHARS = 24, MAX_SHAPE = 12, SEED_WORD = 101, SEED_GRAM = 33, SEED_VEC = 35 };

/* Code points of a word, folded or lower-cased, and the UTF-8 bytes between any two of them. */
typedef struct {
	uint32_t cp[MAX_CHARS + 2], at[MAX_CHARS + 3]; /* at: byte offset of each character */
	char bytes[4 * (MAX_CHARS + 2)];
	uint32_t n;
} word;

static void add(word *w, uint32_t cp)
{
	if (w->n == MAX_CHARS + 2) return;
	uint32_t at = w->n ? w->at[w->n] : 0;
	w->at[w->n] = at;
	w->cp[w->n++] = cp;
	w->at[w->n] = at + (uint32_t)td_utf8_put(cp, w->bytes + at);
}

uint32_t net_hash(const char *at, size_t n, uint32_t seed)
{
	uint32_t h = 2166136261u ^ seed * 0x9E3779B1u;
	for (size_t i = 0; i < n; i++) h = (h ^ (uint8_t)at[i]) * 16777619u;
	h ^= h >> 15; /* the low bits of FNV are weak */
	return h * 0x2C1B3C6Du;
}

/* Hash of the characters [from, to). */
static uint32_t hash(const word *w, uint32_t from, uint32_t to, uint32_t seed)
{
	return net_hash(w->bytes + w->at[from], w->at[to] - w->at[from], seed);
}

/* Simple lower-casing of the alphabets that names are written in; one character for one, so that scripts can count. */
uint32_t net_lower_char(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7)) return c + 32;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177)) return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e)) return c + (c & 1);
	if ((c >= 0x410 && c <= 0x42f) || (c >= 0x391 && c <= 0x3a9 && c != 0x3a2)) return c + 32;
	return c;
}

static const struct {
	uint32_t from;
	char to[4];
} folds[] = {
	{ 0x2019, "'" }, { 0x2018, "'" }, { 0x201c, "\"" }, { 0x201d, "\"" }, { 0x2013, "-" }, { 0x2014, "-" }, { 0x2212, "-" },
	{ 0x2026, "..." }, { 0xa0, " " },
};

static void add_folded(word *w, uint32_t cp)
{
	if (cp >= '0' && cp <= '9') cp = '0';
	for (size_t i = 0; cp > 0x7f && i < sizeof folds / sizeof *folds; i++) {
		if (folds[i].from != cp) continue;
		for (const char *p = folds[i].to; *p; p++) add(w, (uint8_t)*p);
		return;
	}
	add(w, cp);
}

static void fold(td_str form, word *w)
{
	const char *at = form.at, *end = form.at + form.n;
	w->n = 0;
	w->at[0] = 0;
	if (td_str_eq(form, TD_STR("``")) || td_str_eq(form, TD_STR("''"))) {
		add(w, '"');
		return;
	}
	while (at < end && w->n < MAX_CHARS - 2) add_folded(w, td_utf8_next(&at, end));
}

typedef float float4 __attribute__((vector_size(16)));
typedef int8_t byte4 __attribute__((vector_size(4)));

static void add_row(float *to, const net_table *t, uint32_t row, float factor)
{
	const int8_t *at = t->at + (size_t)row * t->dim;
	float scale = t->scale[row] * factor;
	for (uint32_t i = 0; i < t->dim; i += 4) { /* the loader lets only multiples of 4 in */
		byte4 v;
		float4 sum;
		memcpy(&v, at + i, sizeof v);
		memcpy(&sum, to + i, sizeof sum);
		sum += __builtin_convertvector(v, float4) * scale;
		memcpy(to + i, &sum, sizeof sum);
	}
}

/* Mean of the rows of all n-grams of lo…hi characters of <word>. */
static void add_grams(float *to, const net_table *t, const word *marked, uint32_t lo, uint32_t hi, uint32_t seed)
{
	uint32_t count = 0;
	for (uint32_t n = lo; n <= hi; n++) count += marked->n >= n ? marked->n - n + 1 : 0;
	if (count == 0) {
		add_row(to, t, 0, 1);
		return;
	}
	for (uint32_t n = lo; n <= hi; n++)
		for (uint32_t i = 0; i + n <= marked->n; i++) add_row(to, t, hash(marked, i, i + n, seed) % t->rows, 1.0f / (float)count);
}

/* X, x, d or the character itself, no more than two of a kind in a row. */
static uint32_t shape_hash(const word *w, uint32_t seed)
{
	word s = { .n = 0 };
	for (uint32_t i = 0; i < w->n; i++) {
		uint32_t c = w->cp[i];
		uint32_t k = c >= '0' && c <= '9' ? 'd' : net_lower_char(c) != c ? 'X' : (c >= 'a' && c <= 'z') || c >= 0xc0 ? 'x' : c;
		if (s.n < 2 || s.cp[s.n - 1] != k || s.cp[s.n - 2] != k) add(&s, k);
		if (s.n == MAX_SHAPE) break;
	}
	return hash(&s, 0, s.n, seed);
}

static void slot_hashes(const word *folded, const word *low, uint32_t out[NET_SLOTS])
{
	static const struct {
		uint32_t chars;
		bool suffix;
	} affix[NET_SLOTS - 1] = { { 2, false }, { 3, false }, { 2, true }, { 3, true }, { 4, true } };
	for (uint32_t k = 0; k < NET_SLOTS - 1; k++) {
		uint32_t n = affix[k].chars < low->n ? affix[k].chars : low->n;
		uint32_t from = affix[k].suffix ? low->n - n : 0;
		out[k] = hash(low, from, from + n, k + 1);
	}
	out[NET_SLOTS - 1] = shape_hash(folded, NET_SLOTS);
}

/* Index of the word in the lexicon, or TD_NONE. */
static uint32_t find(const td_net *net, uint32_t h)
{
	uint32_t lo = 0, hi = net->lex_n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (net->lex_hash[mid] < h) lo = mid + 1;
		else hi = mid;
	}
	return lo < net->lex_n && net->lex_hash[lo] == h ? lo : TD_NONE;
}

void net_features(const td_net *net, td_str form, float *out)
{
	word folded, low, marked;
	uint32_t slots[NET_SLOTS];
	fold(form, &folded);
	low.n = marked.n = 0;
	low.at[0] = marked.at[0] = 0;
	add(&marked, '<');
	for (uint32_t i = 0; i < folded.n; i++) {
		uint32_t c = net_lower_char(folded.cp[i]);
		add(&low, c);
		if (i < MAX_GRAM_CHARS) add(&marked, c);
	}
	add(&marked, '>');
	slot_hashes(&folded, &low, slots);
	uint32_t known = find(net, hash(&low, 0, low.n, SEED_WORD));
	memset(out, 0, net->width * sizeof *out);
	if (known != TD_NONE && net->lex_vec[known]) add_row(out, &net->vec_word, net->lex_vec[known], 1);
	add_grams(out, &net->vec_bag, &marked, 3, 5, SEED_VEC);
	out += net->vec_word.dim;
	add_row(out, &net->word, known != TD_NONE ? net->lex_word[known] : 0, 1);
	out += net->word.dim;
	for (uint32_t k = 0; k < NET_SLOTS; k++) {
		add_row(out, &net->slot[k], slots[k] % net->slot[k].rows, 1);
		out += net->slot[k].dim;
	}
	add_grams(out, &net->gram, &marked, 3, 4, SEED_GRAM);
	out += net->gram.dim;
	for (uint32_t k = 0; k < NET_GAZ; k++) out[k] = known != TD_NONE && (net->lex_gaz[known] >> k & 1) ? 1.0f : 0.0f;
}

typedef struct {
	uint32_t words, capitals, letters, upper, longs, long_capitals;
} case_count;

static void count_word(case_count *c, td_str form)
{
	enum { LONG = 4 };
	const char *at = form.at, *end = form.at + form.n;
	uint32_t n = 0, upper = 0;
	bool capital = false;
	for (; at < end && n < MAX_CHARS; n++) {
		uint32_t cp = td_utf8_next(&at, end);
		bool up = net_lower_char(cp) != cp;
		if (n == 0 && !up && !(cp >= 'a' && cp <= 'z')) return;
		if (n == 0) capital = up;
		upper += up;
	}
	if (n == 0) return;
	c->words++;
	c->capitals += capital;
	c->letters += n;
	c->upper += upper;
	c->longs += n >= LONG;
	c->long_capitals += n >= LONG && capital;
}

uint32_t net_case_class(const td_token *toks, uint32_t n)
{
	case_count c = { 0 };
	for (uint32_t i = 0; i < n; i++) count_word(&c, toks[i].form);
	if (c.words == 0 || c.capitals == 0) return c.words >= 3 ? 1 : 0;
	if (c.letters >= 8 && c.upper * 10 >= c.letters * 8) return 3;
	return c.longs >= 3 && c.long_capitals * 10 >= c.longs * 9 ? 2 : 0;
}
