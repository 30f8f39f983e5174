/* The words of a chunk (a run without white space), left to right, each by the first matcher that takes it. */
#include "nlp/split.h"

typedef struct {
	td_chunk_view *view;
	const char *s;
	uint32_t at, end;
} scanner;

/* ---- looking around -------------------------------------------------------------------------------------------- */

static uint32_t cp_at(const scanner *sc, uint32_t at, uint32_t *next)
{
	const char *p = sc->s + at;
	uint32_t cp = td_utf8_next(&p, sc->s + sc->end);
	if (next) *next = (uint32_t)(p - sc->s);
	return cp;
}

static bool word_at(const scanner *sc, uint32_t at)
{
	return at < sc->end && td_split_word_char(cp_at(sc, at, NULL));
}

static char ascii_at(const scanner *sc, uint32_t at)
{
	return at < sc->end ? sc->s[at] : '\0';
}

static bool digit_at(const scanner *sc, uint32_t at)
{
	return td_is_ascii_digit(ascii_at(sc, at));
}

static uint32_t word_run(const scanner *sc, uint32_t at)
{
	uint32_t next;
	while (at < sc->end && td_split_word_char(cp_at(sc, at, &next))) at = next;
	return at;
}

static uint32_t digit_run(const scanner *sc, uint32_t at)
{
	while (digit_at(sc, at)) at++;
	return at;
}

/* May an address begin here? Not within a word: that also keeps the scans from being repeated at every letter. */
static bool fresh(const scanner *sc)
{
	if (sc->at == sc->view->from) return true;
	char before = sc->s[sc->at - 1];
	return strchr("(<[{\"':;,=|", before) != NULL && before != '\0';
}

static td_str slice(const scanner *sc, uint32_t from, uint32_t to)
{
	return (td_str){ sc->s + from, to - from };
}

/* First byte of the paragraph's next chunk behind this one, '\0' when there is none. */
static uint32_t next_chunk_cp(const scanner *sc, uint32_t *at)
{
	const char *p = sc->s + sc->end, *limit = sc->s + sc->view->limit;
	while (p < limit) {
		const char *here = p;
		uint32_t cp = td_utf8_next(&p, limit);
		if (!td_is_space(cp)) return *at = (uint32_t)(here - sc->s), cp;
	}
	return *at = sc->view->limit, 0;
}

/* ---- addresses --------------------------------------------------------------------------------------------------- */

/* Punctuation behind an address belongs to the sentence; a closing bracket only when none was opened inside. */
static uint32_t trim_address(const scanner *sc, uint32_t from, uint32_t to)
{
	bool opened = memchr(sc->s + from, '(', to - from) != NULL;
	while (to > from) {
		char c = sc->s[to - 1];
		if (!strchr(".,;:!?'\"]}", c) && !(c == ')' && !opened)) break;
		to--;
	}
	return to;
}

static uint32_t match_url(const scanner *sc)
{
	static const char *const schemes[] = { "http://", "https://", "ftp://", "www.", "mailto:", "HTTP://", "Http://", "WWW." };
	td_str rest = slice(sc, sc->at, sc->end);
	bool is_url = false;
	for (size_t i = 0; fresh(sc) && i < sizeof schemes / sizeof schemes[0]; i++)
		is_url |= td_str_starts(rest, td_str_of(schemes[i])) && rest.n > strlen(schemes[i]) + 1;
	if (!is_url) return 0;
	uint32_t to = sc->at;
	while (to < sc->end && !strchr("<>\"|", sc->s[to]) && (unsigned char)sc->s[to] != 0xE2) to++;
	return trim_address(sc, sc->at, to) - sc->at;
}

static bool mail_char(char c)
{
	return td_is_ascii_alpha(c) || td_is_ascii_digit(c) || (c && strchr("._%+-", c));
}

static uint32_t match_email(const scanner *sc)
{
	if (!fresh(sc) || !mail_char(ascii_at(sc, sc->at))) return 0;
	uint32_t at = sc->at;
	while (mail_char(ascii_at(sc, at))) at++;
	if (at == sc->at || ascii_at(sc, at) != '@' || !td_is_ascii_alpha(ascii_at(sc, at + 1))) return 0;
	for (at++; mail_char(ascii_at(sc, at));) at++;
	return trim_address(sc, sc->at, at) - sc->at;
}

/* example.com, report.pdf, en.wikipedia.org/wiki/X */
static uint32_t match_domain(const scanner *sc)
{
	if (!fresh(sc)) return 0;
	uint32_t at = sc->at, label = sc->at, dots = 0;
	for (;; at++) {
		char c = ascii_at(sc, at);
		if (td_is_ascii_alpha(c) || td_is_ascii_digit(c) || ((c == '-' || c == '_') && at > label)) continue;
		if (c != '.' || at == label || !(td_is_ascii_alpha(ascii_at(sc, at + 1)) || digit_at(sc, at + 1))) break;
		dots++;
		label = at + 1;
	}
	/* One letter before the dot ("U.S") is an abbreviation; a known ending tells an address from a missing space. */
	if (!dots || label - sc->at < 3 || !td_split_ending(slice(sc, label, at))) return 0;
	if (ascii_at(sc, at) == '/' && word_at(sc, at + 1)) {
		while (at < sc->end && !strchr("<>\"|", sc->s[at]) && (unsigned char)sc->s[at] != 0xE2) at++;
		at = trim_address(sc, sc->at, at);
	}
	return at - sc->at;
}

/* @handle and #hashtag; "@5" and "#1" are two tokens. */
static uint32_t match_handle(const scanner *sc)
{
	char c = ascii_at(sc, sc->at);
	if ((c != '@' && c != '#') || !fresh(sc) || !td_is_ascii_alpha(ascii_at(sc, sc->at + 1))) return 0;
	return word_run(sc, sc->at + 1) - sc->at;
}

static uint32_t match_fixed(const scanner *sc)
{
	if (!fresh(sc) && word_at(sc, sc->at)) return 0;
	if (sc->at > sc->view->from && td_is_ascii_digit(sc->s[sc->at - 1])) return 0;
	return (uint32_t)td_split_fixed(slice(sc, sc->at, sc->end));
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

/* Reads digits parted by `sep`: the lengths of up to four groups. */
static uint32_t groups(const scanner *sc, uint32_t at, char sep, uint32_t len[4], uint32_t *n)
{
	for (*n = 0;; at++) {
		uint32_t to = digit_run(sc, at);
		if (*n == 4 || to == at) return 0;
		len[(*n)++] = to - at;
		at = to;
		if (ascii_at(sc, at) != sep || !digit_at(sc, at + 1)) return at;
	}
}

static unsigned small_number(const scanner *sc, uint32_t at, uint32_t n)
{
	return n == 1 ? (unsigned)(sc->s[at] - '0') : (unsigned)((sc->s[at] - '0') * 10 + sc->s[at + 1] - '0');
}

/* 9/11, 11/28/2000, 2017/04/07; but 1/2, 3/4 and 20/20 are cut. */
static uint32_t slash_date(const scanner *sc)
{
	uint32_t len[4], n, to = groups(sc, sc->at, '/', len, &n);
	if (!to || word_at(sc, to)) return 0;
	if (n == 3 && len[0] <= 4 && len[1] <= 2 && len[2] <= 4) return to - sc->at;
	if (n != 2 || len[0] > 2 || len[1] > 2) return 0;
	unsigned a = small_number(sc, sc->at, len[0]), b = small_number(sc, sc->at + len[0] + 1, len[1]);
	bool date = a >= 1 && a <= 12 && b >= 1 && b <= 31;
	bool fraction = (b <= 4 && a < b) || (b == 8 && a % 2);
	return date && !fraction ? to - sc->at : 0;
}

/* 2017-04-07, 11-20-2000, 713-853-3989, 555-1234; ranges ("10-15") are cut. */
static uint32_t hyphen_number(const scanner *sc)
{
	uint32_t len[4], n, to = groups(sc, sc->at, '-', len, &n);
	if (!to || word_at(sc, to)) return 0;
	bool iso = n == 3 && len[0] == 4 && len[1] == 2 && len[2] == 2;
	bool day = n == 3 && len[0] <= 2 && len[1] <= 2 && (len[2] == 4 || len[2] == 2);
	bool phone = (n >= 3 && len[n - 1] == 4 && len[n - 2] == 3) || (n == 2 && len[0] == 3 && len[1] == 4);
	return iso || day || phone ? to - sc->at : 0;
}

/* One more group behind `at`: ",000", ".5", ":30". */
static uint32_t number_group(const scanner *sc, uint32_t at)
{
	char sep = ascii_at(sc, at);
	if (!digit_at(sc, at + 1)) return at;
	uint32_t to = digit_run(sc, at + 1);
	if (sep == ',') return to == at + 4 ? to : at;
	return sep == '.' || sep == ':' ? to : at;
}

/* What is written to a number: "th", "s", "'s" of a decade stay; "pm" and "km" are words; "4chan" is one word. */
static uint32_t number_tail(const scanner *sc, uint32_t at)
{
	size_t apostrophe = at < sc->end ? td_split_apostrophe(sc->s + at, sc->end - at) : 0;
	uint32_t s = at + (uint32_t)apostrophe;
	if (apostrophe && ascii_at(sc, s) == 's' && !word_at(sc, s + 1) && sc->s[at - 1] == '0') return s + 1;
	uint32_t to = word_run(sc, at);
	if (to == at || td_split_unit(slice(sc, at, to))) {
		td_str tail = slice(sc, at, to);
		bool decade = td_str_eq(tail, TD_STR("s")) && (at - sc->at == 4 || at - sc->at == 2);
		return decade ? to : at;
	}
	return to;
}

static uint32_t match_number(const scanner *sc)
{
	uint32_t at = sc->at;
	char c = ascii_at(sc, at);
	bool sign = c == '+' && sc->at == sc->view->from, point = c == '.' && fresh(sc);
	if ((sign || point) && digit_at(sc, at + 1)) at++;
	if (!digit_at(sc, at)) return 0;
	uint32_t n;
	if (at == sc->at && ((n = slash_date(sc)) || (n = hyphen_number(sc)))) return n;
	at = digit_run(sc, at);
	for (uint32_t more; (more = number_group(sc, at)) != at;) at = more;
	return number_tail(sc, at) - sc->at;
}

/* ---- words --------------------------------------------------------------------------------------------------------- */

/* Is there 's, 're, 've, 'll, 'd or 'm at `at`, and nothing of a word behind it? Its length, or 0. */
static uint32_t clitic(const scanner *sc, uint32_t at)
{
	static const char *const tails[] = { "s", "re", "ve", "ll", "d", "m", "S", "RE", "VE", "LL", "D", "M" };
	uint32_t n = at < sc->end ? (uint32_t)td_split_apostrophe(sc->s + at, sc->end - at) : 0;
	if (!n) return 0;
	uint32_t to = word_run(sc, at + n);
	td_str tail = slice(sc, at + n, to);
	for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
		if (td_str_eq(tail, td_str_of(tails[i]))) return to - at;
	return 0;
}

/* "n't" whose apostrophe is at `at`: the n before it belongs to it. */
static bool negation(const scanner *sc, uint32_t from, uint32_t at)
{
	uint32_t n = (uint32_t)td_split_apostrophe(sc->s + at, sc->end - at);
	char before = at > from + 1 ? sc->s[at - 1] : '\0', t = ascii_at(sc, at + n);
	return n && (before == 'n' || before == 'N') && (t == 't' || t == 'T') && !word_at(sc, at + n + 1);
}

static bool upper_run(const scanner *sc, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (sc->s[i] < 'A' || sc->s[i] > 'Z') return false;
	return to > from;
}

/* U.S., a.m., Ph.D.: letters, each with a full stop; *dotted tells that the last full stop is in. */
static uint32_t acronym(const scanner *sc)
{
	uint32_t at = sc->at, letters = 0;
	while (td_is_ascii_alpha(ascii_at(sc, at)) && ascii_at(sc, at + 1) == '.') {
		at += 2;
		letters++;
	}
	if (letters == 0) return 0;
	if (td_is_ascii_alpha(ascii_at(sc, at)) && !word_at(sc, at + 1)) return letters ? at + 1 : 0; /* "a.k.a" */
	return letters >= 2 && !word_at(sc, at) ? at : 0;
}

/* Goes on behind a word run at `at` where something joins it to what follows; `at` itself when nothing does. */
static uint32_t joined(const scanner *sc, uint32_t at)
{
	char c = ascii_at(sc, at);
	uint32_t apostrophe = at < sc->end ? (uint32_t)td_split_apostrophe(sc->s + at, sc->end - at) : 0;
	if (apostrophe && word_at(sc, at + apostrophe)) {
		if (clitic(sc, at) || negation(sc, sc->at, at)) return at;
		return word_run(sc, at + apostrophe); /* O'Reilly, Sha'lan */
	}
	if (c == '&' && upper_run(sc, sc->at, at)) {
		uint32_t to = word_run(sc, at + 1);
		return to - sc->at <= 7 && upper_run(sc, at + 1, to) ? to : at;
	}
	if (c == '-' && word_at(sc, at + 1) && td_split_prefix(slice(sc, sc->at, at))) return word_run(sc, at + 1);
	if (c == '.' && td_str_eq(slice(sc, sc->at, at), TD_STR("Ph")) && ascii_at(sc, at + 1) == 'D') return at + 2;
	if (c == '$' && at - sc->at <= 2 && upper_run(sc, sc->at, at)) return at + 1; /* US$ */
	return at;
}

/* Does the full stop behind [sc->at, at) belong to the word? */
static bool keeps_stop(const scanner *sc, uint32_t at)
{
	if (ascii_at(sc, at) != '.' || word_at(sc, at + 1) || ascii_at(sc, at + 1) == '.') return false;
	td_abbr kind = td_abbr_of(slice(sc, sc->at, at));
	if (kind == TD_ABBR_TITLE || kind == TD_ABBR_OTHER) return true;
	if (kind == TD_ABBR_NONE) return false;
	uint32_t next_at;
	uint32_t next = next_chunk_cp(sc, &next_at);
	if (at + 1 < sc->end) next = (unsigned char)sc->s[at + 1];
	if (kind == TD_ABBR_NUMBER) return td_is_digit(next);
	/* An initial: a capitalised word that opens no sentence comes next ("John F. Kennedy"), or punctuation ("Smith, J., "). */
	if (at + 1 < sc->end) return next == ',';
	scanner ahead = { sc->view, sc->s, next_at, sc->view->limit };
	uint32_t to = next_at;
	while (to - next_at < 16 && word_at(&ahead, to)) (void)cp_at(&ahead, to, &to);
	return td_is_upper(next) && !td_split_starter((td_str){ sc->s + next_at, to - next_at });
}

static uint32_t match_word(const scanner *sc)
{
	uint32_t to = acronym(sc);
	if (to) return to - sc->at + (ascii_at(sc, to) == '.' && sc->s[to - 1] != '.' && !word_at(sc, to + 1));
	to = word_run(sc, sc->at);
	if (to == sc->at) return 0;
	for (uint32_t more; (more = joined(sc, to)) != to;) to = more;
	if (negation(sc, sc->at, to < sc->end ? to : sc->at)) return to - 1 - sc->at;
	return to - sc->at + keeps_stop(sc, to);
}

/* The clitic behind a word, or one that stands alone ("n't" was left over by match_word). */
static uint32_t match_clitic(const scanner *sc)
{
	if (sc->at == sc->view->from) return 0;
	uint32_t n = clitic(sc, sc->at);
	if (n) return n;
	char c = ascii_at(sc, sc->at);
	if ((c == 'n' || c == 'N') && sc->at + 1 < sc->end && negation(sc, sc->at - 1, sc->at + 1))
		return word_run(sc, sc->at + 1 + (uint32_t)td_split_apostrophe(sc->s + sc->at + 1, sc->end - sc->at - 1)) - sc->at;
	return 0;
}

/* "[W]e must go": an editor changed the letter of a quoted word. */
static uint32_t match_changed_letter(const scanner *sc)
{
	char c = ascii_at(sc, sc->at + 1), next = ascii_at(sc, sc->at + 3);
	if (ascii_at(sc, sc->at) != '[' || ascii_at(sc, sc->at + 2) != ']' || !td_is_letter((unsigned char)c) || next < 'a' || next > 'z') return 0;
	return word_run(sc, sc->at + 3) - sc->at;
}

/* ---- punctuation ----------------------------------------------------------------------------------------------------- */

/* Runs of one of these are one token; '?' and '!' may be mixed. */
static uint32_t match_punct(const scanner *sc)
{
	uint32_t next, at;
	uint32_t cp = cp_at(sc, sc->at, &next);
	at = next;
	bool mixed = cp == '?' || cp == '!';
	if (cp == '\'' && ascii_at(sc, at) == '\'') return 2;
	if (cp < 0x80 && !strchr(".-=_*~#+<>!?", (int)cp)) return at - sc->at;
	while (at < sc->end) {
		uint32_t more = cp_at(sc, at, &next);
		/* U+FE0F and U+200D glue the parts of an emoji. */
		if (more != cp && !(mixed && (more == '?' || more == '!')) && more != 0xFE0F && more != 0x200D) break;
		if (cp >= 0x80 && cp < 0x1F000 && cp != 0x2026 && more == cp) break;
		at = next;
	}
	return at - sc->at;
}

/* ---- the chunk ------------------------------------------------------------------------------------------------------- */

/* A final apostrophe behind an s is the possessive of a plural, unless a single quotation mark is open. */
static bool plural_possessive(const scanner *sc)
{
	uint32_t n = (uint32_t)td_split_apostrophe(sc->s + sc->at, sc->end - sc->at);
	if (!n || sc->s[sc->at] == '`' || sc->at == sc->view->from || sc->view->single_open) return false;
	char before = sc->s[sc->at - 1];
	return (before == 's' || before == 'S' || before == 'x' || before == 'z') && !word_at(sc, sc->at + n) &&
		ascii_at(sc, sc->at + n) != '\'';
}

static void track_single(const scanner *sc, uint32_t n)
{
	if (n != 1 && n != 3) return;
	const char *p = sc->s + sc->at;
	bool straight = *p == '\'', open = n == 3 && memcmp(p, "\xE2\x80\x98", 3) == 0;
	bool close = n == 3 && memcmp(p, "\xE2\x80\x99", 3) == 0;
	if (!straight && !open && !close) return;
	sc->view->single_open = !close && (open || (fresh(sc) && word_at(sc, sc->at + n)));
}

/* "[W]e" reads "We": the rest of the road sees the word and not its brackets. */
static bool without_brackets(td_doc *doc, td_str *form)
{
	if (form->n < 4 || form->at[0] != '[' || form->at[2] != ']') return true;
	char *word = td_arena_alloc(&doc->arena, form->n);
	if (!word) return false;
	word[0] = form->at[1];
	memcpy(word + 1, form->at + 3, form->n - 3);
	*form = (td_str){ word, form->n - 2 };
	return true;
}

static bool push(td_chunk_view *view, uint32_t from, uint32_t to, uint16_t mwt)
{
	td_doc *doc = view->doc;
	td_token tok = { .bytes = { from, to }, .form = { doc->text.at + from, to - from }, .head = TD_NONE, .mwt = mwt };
	const char *p = view->s + to, *end = view->s + doc->text.n;
	tok.space_after = p < end && td_is_space(td_utf8_next(&p, end));
	return without_brackets(doc, &tok.form) && TD_PUSH(&doc->arena, &doc->toks, tok);
}

/* Is what stands directly before `at` a word (or an abbreviation), not a bracket or quotation mark? */
static bool follows_word(const td_chunk_view *view, uint32_t at)
{
	unsigned char c = (unsigned char)view->s[at - 1];
	return c >= 0x80 ? !(at - view->from >= 3 && memcmp(view->s + at - 3, "\xE2\x80", 2) == 0)
			: td_split_word_char(c) || c == '.';
}

/* A clitic makes a multi-word token with the word before it, or lengthens that one ("would|n't|'ve"). */
static bool push_clitic(td_chunk_view *view, uint32_t from, uint32_t to, uint32_t first_of_chunk)
{
	td_doc *doc = view->doc;
	uint32_t n = doc->toks.n, start = n - 1;
	if (n > first_of_chunk && follows_word(view, from)) {
		for (uint32_t i = n; i-- > first_of_chunk && n - i <= 4;)
			if (doc->toks.at[i].mwt && i + doc->toks.at[i].mwt == n) start = i;
		uint16_t words = doc->toks.at[start].mwt;
		doc->toks.at[start].mwt = (uint16_t)(words ? words + 1 : 2);
	}
	return push(view, from, to, 0);
}

static bool push_word(td_chunk_view *view, uint32_t from, uint32_t to)
{
	td_str word = { view->s + from, to - from };
	size_t first = td_split_contraction(word);
	if (!first) return push(view, from, to, 0);
	uint32_t cut = from + (uint32_t)first;
	return push(view, from, cut, 2) && push(view, cut, to, 0);
}

typedef uint32_t matcher(const scanner *sc);

bool td_split_chunk(td_chunk_view *view)
{
	static matcher *const matchers[] = { match_url, match_email, match_domain, match_fixed, match_handle, match_number,
		match_word, match_changed_letter, match_punct };
	uint32_t first = view->doc->toks.n;
	scanner sc = { view, view->s, view->from, view->end };
	while (sc.at < sc.end) {
		uint32_t n = match_clitic(&sc);
		if (!n && plural_possessive(&sc)) n = (uint32_t)td_split_apostrophe(sc.s + sc.at, sc.end - sc.at);
		if (n) {
			if (!push_clitic(view, sc.at, sc.at + n, first)) return false;
			sc.at += n;
			continue;
		}
		for (size_t i = 0; !n && i < sizeof matchers / sizeof matchers[0]; i++) n = matchers[i](&sc);
		track_single(&sc, n);
		if (!push_word(view, sc.at, sc.at + n)) return false;
		sc.at += n;
	}
	return true;
}
