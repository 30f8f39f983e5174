/* Where sentences end, within the tokens of one paragraph. */
#include "nlp/split.h"

static td_str form(const td_doc *doc, uint32_t i)
{
	return doc->toks.at[i].form;
}

static bool is_form(const td_doc *doc, uint32_t i, const char *text)
{
	return td_str_eq(form(doc, i), td_str_of(text));
}

static bool any_of(td_str word, const char *const *list)
{
	for (; *list; list++)
		if (td_str_eq(word, td_str_of(*list))) return true;
	return false;
}

static bool attached(const td_doc *doc, uint32_t i) /* no white space before it */
{
	return doc->toks.at[i - 1].bytes.to == doc->toks.at[i].bytes.from;
}

static uint32_t first_cp(td_str s)
{
	const char *p = s.at;
	return td_utf8_next(&p, s.at + s.n);
}

typedef enum { STOP_NONE, STOP_FULL, STOP_ASK, STOP_DOTS, STOP_ABBR, STOP_URL } stop_kind;

static bool is_url(td_str s)
{
	return td_str_starts(s, TD_STR("http://")) || td_str_starts(s, TD_STR("https://"));
}

static stop_kind stop_of(td_str s)
{
	if (s.n > 8 && s.at[0] == 'h' && is_url(s)) return STOP_URL;
	if (s.n == 1) return s.at[0] == '.' ? STOP_FULL : s.at[0] == '?' || s.at[0] == '!' ? STOP_ASK : STOP_NONE;
	if (s.at[0] == '?' || s.at[0] == '!') return STOP_ASK;
	if (td_str_eq(s, TD_STR("…")) || (s.at[0] == '.' && s.at[1] == '.')) return STOP_DOTS;
	if (td_str_eq(s, TD_STR("。")) || td_str_eq(s, TD_STR("！")) || td_str_eq(s, TD_STR("？"))) return STOP_ASK;
	return s.at[s.n - 1] == '.' && s.at[0] != '.' ? STOP_ABBR : STOP_NONE;
}

static bool is_closer(const td_doc *doc, uint32_t i)
{
	static const char *const closers[] = { ")", "]", "}", "\"", "”", "’", "'", "''", "»", "’’", NULL };
	return any_of(form(doc, i), closers);
}

static bool is_opener(const td_doc *doc, uint32_t i)
{
	static const char *const openers[] = { "(", "[", "{", "\"", "“", "‘", "'", "``", "«", "-", "--", "—", "–", "•", "$", "€", "£", NULL };
	return any_of(form(doc, i), openers);
}

/* "[12]", "[citation needed]": a note behind a full stop belongs to what it is for. Returns what follows it. */
static uint32_t behind_note(const td_doc *doc, uint32_t i, uint32_t end)
{
	enum { NOTE_TOKENS = 6 };
	if (i + 2 >= end || !is_form(doc, i, "[")) return i;
	bool number = td_is_digit(first_cp(form(doc, i + 1)));
	for (uint32_t k = i + 2; k < end && k < i + NOTE_TOKENS; k++)
		if (is_form(doc, k, "]") && (number ? k == i + 2 : first_cp(form(doc, i + 1)) >= 'a')) return k + 1;
	return i;
}

/* Quotation marks and brackets written to the full stop, and smileys, belong to the sentence that they close; so do
 * those that end the paragraph. */
static uint32_t behind_closers(const td_doc *doc, uint32_t i, uint32_t end)
{
	uint32_t k = i;
	while (k < end && ((is_closer(doc, k) && attached(doc, k)) || td_split_emoticon(form(doc, k)))) k++;
	for (uint32_t note; k < end && (note = behind_note(doc, k, end)) != k;) k = note;
	uint32_t rest = k;
	while (rest < end && (is_closer(doc, rest) || stop_of(form(doc, rest)) == STOP_ASK)) rest++;
	return rest == end ? rest : k;
}

/* May a sentence begin with token k? -1: it goes on in lower case, 1: a capital, a digit or an opening mark. */
static int begins(const td_doc *doc, uint32_t k)
{
	uint32_t cp = first_cp(form(doc, k));
	if (td_is_upper(cp) || td_is_digit(cp)) return 1;
	if (td_is_letter(cp)) return cp < 0x250 ? -1 : 1; /* scripts without case begin anywhere */
	return is_opener(doc, k) ? 1 : 0;
}

/* The word that tells about a beginning: token k or, behind an opening mark, the next one. */
static td_str opening_word(const td_doc *doc, uint32_t k, uint32_t end)
{
	if (k + 1 < end && is_opener(doc, k)) k++;
	return form(doc, k);
}

static bool ends_abbr(const td_doc *doc, uint32_t stop, uint32_t k, uint32_t end)
{
	td_str word = form(doc, stop);
	word.n--;
	td_abbr kind = td_abbr_of(word);
	if (kind != TD_ABBR_OTHER) return false;
	if (is_opener(doc, k) && !is_form(doc, k, "(") && begins(doc, k + 1 < end ? k + 1 : k) > 0) return true;
	return td_split_starter(opening_word(doc, k, end));
}

/* "1." or "a." that opens a list item: the number is no sentence of its own. */
static bool list_number(const td_doc *doc, uint32_t first, uint32_t stop)
{
	return stop == first + 1 && form(doc, first).n <= 3 && td_is_digit(first_cp(form(doc, first))) && attached(doc, stop);
}

static bool glued(const td_doc *doc, uint32_t stop, uint32_t k)
{
	/* "end.The": a space is missing when a word of lower case stands before it. */
	if (!attached(doc, k)) return false;
	td_str before = stop ? form(doc, stop - 1) : (td_str){ 0 };
	return !(before.n > 2 && before.at[before.n - 1] >= 'a' && before.at[before.n - 1] <= 'z' &&
		td_is_upper(first_cp(form(doc, k))));
}

/* Does the sentence that began at `first` end with the stop at `stop`, when token k comes behind it and its closers? */
static bool ends_here(const td_doc *doc, uint32_t first, uint32_t stop, uint32_t k, uint32_t end)
{
	int next = begins(doc, k);
	bool closed = k > stop + 1;
	if (glued(doc, stop, k)) return false;
	switch (stop_of(form(doc, stop))) {
	case STOP_FULL: return !list_number(doc, first, stop) && (next > 0 || (next < 0 && !closed));
	case STOP_ASK: return next > 0 || (next < 0 && !closed && form(doc, stop).n == 1 && is_form(doc, stop, "?"));
	case STOP_URL: return begins(doc, k) > 0 || is_url(form(doc, k));
	case STOP_DOTS: return next > 0 && !is_closer(doc, k);
	case STOP_ABBR: return !closed ? ends_abbr(doc, stop, k, end) : next > 0;
	default: return false;
	}
}

static td_status close_sent(td_doc *doc, uint32_t from, uint32_t to, bool starts_para, td_error *err)
{
	for (uint32_t i = from; i < to; i++) doc->toks.at[i].sent = doc->sents.n;
	td_sent sent = { .toks = { from, to }, .root = TD_NONE, .starts_para = starts_para };
	return TD_PUSH(&doc->arena, &doc->sents, sent) ? TD_OK : td_no_memory(err);
}

static bool inside_mwt(const td_doc *doc, uint32_t i)
{
	for (uint32_t back = 1; back <= 3 && back <= i; back++)
		if (doc->toks.at[i - back].mwt > back) return true;
	return false;
}

/* How good a place for a cut is the one before token i? */
static int cut_value(const td_doc *doc, uint32_t i)
{
	td_str before = form(doc, i - 1);
	if (inside_mwt(doc, i)) return 0;
	if (td_str_eq(before, TD_STR(";"))) return 4;
	if (td_str_eq(before, TD_STR(":")) || td_str_eq(before, TD_STR("--")) || td_str_eq(before, TD_STR("—"))) return 3;
	return td_str_eq(before, TD_STR(",")) ? 2 : 1;
}

/* Cuts what is too long: within the second half of what is allowed, at the last of the best places. */
static td_status close_long(td_doc *doc, uint32_t from, uint32_t to, bool starts_para, td_error *err)
{
	while (to - from > TD_MAX_SENT_TOKENS) {
		uint32_t best = from + TD_MAX_SENT_TOKENS;
		int value = cut_value(doc, best);
		for (uint32_t i = best - 1; i > from + TD_MAX_SENT_TOKENS / 2; i--) {
			if (cut_value(doc, i) <= value) continue;
			value = cut_value(doc, i);
			best = i;
		}
		TRY(close_sent(doc, from, best, starts_para, err));
		starts_para = false;
		from = best;
	}
	return close_sent(doc, from, to, starts_para, err);
}

/* "11/10/2000 11:08 AM": the head of a quoted letter. */
static bool is_stamp(const td_doc *doc, uint32_t i, uint32_t end)
{
	if (i + 3 > end || !td_is_digit(first_cp(form(doc, i))) || !memchr(form(doc, i).at, '/', form(doc, i).n)) return false;
	td_str time = form(doc, i + 1);
	return memchr(time.at, ':', time.n) && (is_form(doc, i + 2, "AM") || is_form(doc, i + 2, "PM"));
}

/* "Thanks, Jeff": the words of a letter's end are a sentence of their own. */
static bool is_farewell(const td_doc *doc, uint32_t first, uint32_t comma, uint32_t end)
{
	static const char *const last[] = { "Thanks", "Regards", "regards", "Sincerely", "Cheers", "Best", "wishes", NULL };
	if (comma == first || comma - first > 2 || comma + 1 == end || !is_form(doc, comma, ",")) return false;
	return any_of(form(doc, comma - 1), last) && td_is_upper(first_cp(form(doc, comma + 1)));
}

/* "Rhonda: Does …", "Kay - Here …": a greeting, in what has turned out to be a letter. */
static bool is_greeting(const td_doc *doc, uint32_t first, uint32_t mark, uint32_t end)
{
	static const char *const marks[] = { ":", "-", "--", NULL };
	static const char *const heads[] = { "From", "To", "Subject", "Date", "Cc", "CC", "Re", "RE", "Sent", "Fax", "Phone", "Email", NULL };
	if (mark == first || mark - first > 2 || mark + 1 >= end || !any_of(form(doc, mark), marks)) return false;
	for (uint32_t i = first; i < mark; i++)
		if (!td_is_upper(first_cp(form(doc, i))) || td_split_starter(form(doc, i)) || any_of(form(doc, i), heads)) return false;
	return td_is_upper(first_cp(form(doc, mark + 1)));
}

/* "Thanks, | Kim | The hotline …": the name below a letter's end is followed by what can only be a beginning. */
static bool is_signature(const td_doc *doc, uint32_t first, uint32_t next, uint32_t end)
{
	enum { NAME_TOKENS = 3 };
	if (next == first || next - first > NAME_TOKENS || next >= end || !td_split_starter(form(doc, next))) return false;
	for (uint32_t i = first; i < next; i++)
		if (!td_is_upper(first_cp(form(doc, i))) || td_split_starter(form(doc, i))) return false;
	return true;
}

/* "-----", "======": a line that somebody drew. */
static bool is_rule(td_str s)
{
	enum { MIN_RULE = 5 };
	static const char drawn[] = { '-', '=', '_', '+', '*', '~', '#' };
	if (s.n < MIN_RULE || !memchr(drawn, s.at[0], sizeof drawn)) return false;
	for (size_t i = 1; i < s.n; i++)
		if (s.at[i] != s.at[0]) return false;
	return true;
}

static bool is_mail(td_str s)
{
	const char *at = memchr(s.at, '@', s.n);
	return at && at > s.at && memchr(at, '.', s.n - (size_t)(at - s.at)) && s.at[s.n - 1] != '.';
}

/* What ends a sentence without a full stop: a drawn line, a file that is enclosed ("<< File: a.doc >>"), in a letter an address. */
static bool bare_end(const td_doc *doc, uint32_t first, uint32_t i, uint32_t end, bool letter)
{
	td_str s = form(doc, i);
	if (i + 1 >= end || !td_is_upper(first_cp(form(doc, i + 1)))) return false;
	if (is_rule(s)) return i > first || s.at[0] != '*';
	return td_str_eq(s, TD_STR(">>")) || (letter && is_mail(s));
}

typedef struct {
	uint32_t from; /* where the sentence began */
	bool letter;   /* something in the paragraph is only found in letters */
} sent_state;

/* Ends without a full stop, as letters have them. Returns where the next sentence begins; TD_NONE when there is no end here. */
static uint32_t letter_break(const td_doc *doc, sent_state *s, uint32_t i, uint32_t end)
{
	uint32_t first = s->from;
	if (i > first && is_stamp(doc, i, end)) return i;
	if (s->letter && is_signature(doc, first, i, end)) return i;
	if (is_farewell(doc, first, i, end) || (i >= first + 2 && is_stamp(doc, i - 2, end) && i + 1 < end && begins(doc, i + 1) > 0)) {
		s->letter = true;
		return i + 1;
	}
	if ((s->letter && is_greeting(doc, first, i, end)) || bare_end(doc, first, i, end, s->letter)) return i + 1;
	return TD_NONE;
}

td_status td_split_sents(td_doc *doc, uint32_t first, td_error *err)
{
	sent_state s = { .from = first };
	uint32_t end = doc->toks.n;
	for (uint32_t i = first; i < end;) {
		uint32_t cut = letter_break(doc, &s, i, end), k = cut != TD_NONE ? cut : i + 1;
		if (cut == TD_NONE && stop_of(form(doc, i)) != STOP_NONE) {
			k = behind_closers(doc, i + 1, end);
			if (k < end && ends_here(doc, s.from, i, k, end)) cut = k;
		}
		if (cut != TD_NONE) {
			TRY(close_long(doc, s.from, cut, s.from == first, err));
			s.from = cut;
		}
		i = k > i ? k : i + 1;
	}
	return s.from < end ? close_long(doc, s.from, end, s.from == first, err) : TD_OK;
}
