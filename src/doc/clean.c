/* Marks what is no news. The text stays as it is: only ranges are noted, and the splitter makes no tokens of them. */
#include "doc/clean_table.h"
#include "doc/source_impl.h"

enum {
	LONGEST_LINE = 300,    /* a longer line is a paragraph, and only pieces of it can be skipped */
	LONGEST_MARKER = 24,   /* {mosads} */
	LONGEST_HEADING = 60,  /* " - Litany of issues - " */
	LONGEST_DATELINE = 90,
	LONGEST_TAIL = 8000,   /* the list behind "Sources" */
	HEAD_LINES = 8,        /* date lines and datelines stand within the first lines that are not empty */
};

typedef struct {
	td_doc *doc;
	td_error *err;
	const char *s;
	uint32_t n, line_no; /* line_no counts the lines that are not empty */
} cleaner;

static td_status skip(cleaner *c, size_t from, size_t to, td_skip_why why)
{
	td_doc *doc = c->doc;
	if (doc->skips.n && doc->skips.at[doc->skips.n - 1].bytes.to > from) return TD_OK; /* already within one */
	td_skip s = { { (uint32_t)from, (uint32_t)to }, (uint8_t)why };
	return TD_PUSH(&doc->arena, &doc->skips, s) ? TD_OK : td_no_memory(c->err);
}

static bool upper(char ch)
{
	return ch >= 'A' && ch <= 'Z';
}

static bool lower(char ch)
{
	return ch >= 'a' && ch <= 'z';
}

static bool digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* ---- whole lines ------------------------------------------------------------------------------------------------------- */

static bool same_but_case(td_str line, td_str low)
{
	if (line.n != low.n) return false;
	for (size_t i = 0; i < line.n; i++)
		if ((upper(line.at[i]) ? line.at[i] | 0x20 : line.at[i]) != low.at[i]) return false;
	return true;
}

static const td_line_rule *line_rule(td_str line)
{
	td_str bare = line;
	while (bare.n && strchr(":.", bare.at[bare.n - 1])) bare.n--;
	for (size_t i = 0; i < td_line_rule_count; i++) {
		const td_line_rule *rule = &td_line_rules[i];
		td_str text = td_str_of(rule->text);
		if (rule->how == TD_LINE_STARTS ? td_str_starts(line, text) : same_but_case(bare, text)) return rule;
	}
	return NULL;
}

/* "—Natasha Gownaris": who said a quotation that stands apart. A longer line tells something: it is kept. */
static bool is_signature(td_str line)
{
	static const char *const dashes[] = { "—", "– ", "- ", "-- " };
	size_t n = 0, words = 0;
	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0] && !n; i++)
		if (td_str_starts(line, td_str_of(dashes[i]))) n = strlen(dashes[i]);
	if (!n) return false;
	td_str rest = td_str_trim((td_str){ line.at + n, line.n - n });
	while (rest.n) {
		td_str word = td_str_cut(&rest, ' ');
		const char *p = word.at;
		if (word.n && !td_is_upper(td_utf8_next(&p, word.at + word.n))) return false;
		words++;
	}
	return words >= 1 && words <= 4 && !strchr(".!?:,;", line.at[line.n - 1]);
}

/* ---- datelines -------------------------------------------------------------------------------------------------------------- */

static bool has_agency(td_str head)
{
	const char *open = memchr(head.at, '(', head.n);
	const char *close = open ? memchr(open, ')', (size_t)(head.at + head.n - open)) : NULL;
	if (!close) return false;
	td_str inside = { open + 1, (size_t)(close - open - 1) };
	for (const char *const *a = td_agencies; *a; a++)
		if (td_str_eq(inside, td_str_of(*a))) return true;
	return false;
}

/* "MOSCOW", "ST. PETERSBURG, Russia, April 12", "WASHINGTON/MOSCOW": the first word in capitals, no word of lower case. */
static bool is_capital_place(td_str head)
{
	size_t caps = 0;
	for (td_str rest = head; rest.n;) {
		td_str word = td_str_cut(&rest, ' ');
		if (word.n && lower(word.at[0])) return false;
	}
	while (caps < head.n && (upper(head.at[caps]) || strchr(" ./-'", head.at[caps]))) caps++;
	return caps >= 4 && (caps == head.n || head.at[caps] == ',' || (unsigned char)head.at[caps] >= 0x80);
}

/* Length of the dateline that the line begins with, its dash and white space included; 0: none. */
static size_t dateline(td_str line)
{
	static const char *const dashes[] = { " - ", " — ", " – ", " -- ", ") -- ", "—", "): " };
	size_t most = line.n < LONGEST_DATELINE ? line.n : LONGEST_DATELINE;
	for (size_t i = 2; i < most; i++) {
		for (size_t d = 0; d < sizeof dashes / sizeof dashes[0]; d++) {
			td_str rest = { line.at + i, line.n - i }, head = { line.at, i };
			if (!td_str_starts(rest, td_str_of(dashes[d]))) continue;
			if (dashes[d][0] == ')') head.n++;
			bool good = has_agency(head) || (dashes[d][0] == ' ' && is_capital_place(head));
			size_t n = i + strlen(dashes[d]);
			while (good && n < line.n && line.at[n] == ' ') n++;
			return good && n < line.n ? n : 0;
		}
		if (strchr("!?\"", line.at[i])) return 0;
	}
	return 0;
}

/* ---- pieces ------------------------------------------------------------------------------------------------------------------- */

/* {mosads}: a word of lower case in braces. */
static size_t brace_marker(td_str rest)
{
	size_t i = 1;
	while (i < rest.n && i < LONGEST_MARKER && (lower(rest.at[i]) || digit(rest.at[i]) || rest.at[i] == '_' || rest.at[i] == '-')) i++;
	return i > 2 && i < rest.n && rest.at[i] == '}' ? i + 1 : 0;
}

/* [12]: a note's number, behind a word or a mark. */
static size_t note_number(td_str rest, char before)
{
	size_t i = 1;
	while (i < rest.n && i < 4 && digit(rest.at[i])) i++;
	bool behind = before && !strchr(" \t\n", before);
	return behind && i > 1 && i < rest.n && rest.at[i] == ']' ? i + 1 : 0;
}

/* '… OK with it." - Rapprochement dashed - Russian President …': between a sentence's end and a capital, a short heading in dashes.
 * Returns the length from the first dash to behind the second one. */
static size_t dashed_heading(const char *line, size_t at, size_t n)
{
	const char *s = line + at;
	size_t left = n - at, i = 2;
	if (at < 2 || line[at - 1] != ' ' || left < 8 || s[1] != ' ' || !upper(s[2])) return 0;
	if (!strchr(".!?\"'", line[at - 2]) && (unsigned char)line[at - 2] < 0x80) return 0;
	while (i < left && i < LONGEST_HEADING && !strchr(".!?\"", s[i]) && !(s[i] == '-' && s[i - 1] == ' ')) i++;
	if (i + 2 >= left || s[i] != '-' || s[i + 1] != ' ' || i < 5) return 0;
	unsigned char next = (unsigned char)s[i + 2];
	return upper((char)next) || next == '"' || next >= 0x80 || digit((char)next) ? i + 2 : 0;
}

static size_t find(td_str in, td_str what)
{
	for (size_t i = 0; what.n && i + what.n <= in.n; i++) {
		const char *at = memchr(in.at + i, what.at[0], in.n - i - what.n + 1);
		if (!at) break;
		i = (size_t)(at - in.at);
		if (memcmp(at, what.at, what.n) == 0) return i;
	}
	return in.n;
}

static size_t table_piece(td_str rest, char before, uint8_t *why)
{
	for (size_t i = 0; i < td_piece_rule_count; i++) {
		const td_piece_rule *rule = &td_piece_rules[i];
		td_str open = td_str_of(rule->open);
		if (!td_str_starts(rest, open)) continue;
		*why = rule->why;
		td_str inside = { rest.at + open.n, rest.n - open.n };
		if (!rule->close) return before && !strchr(" \t.\"", before) ? 0 : inside.n <= rule->most ? rest.n : 0;
		td_str close = td_str_of(rule->close);
		size_t most = (size_t)rule->most + close.n;
		if (inside.n > most) inside.n = most;
		size_t at = find(inside, close);
		if (at < inside.n || close.n == 0) return open.n + (close.n ? at + close.n : 0);
	}
	return 0;
}

/* Length of what is to be skipped at `at` of the line, 0: nothing. */
static size_t piece(td_str line, size_t at, uint8_t *why)
{
	td_str rest = { line.at + at, line.n - at };
	char before = at ? line.at[at - 1] : '\0';
	size_t n = 0;
	switch (rest.at[0]) {
	case '{': *why = TD_SKIP_AD, n = brace_marker(rest); break;
	case '[': *why = TD_SKIP_MARKUP, n = note_number(rest, before); break;
	case '-': *why = TD_SKIP_HEADING, n = dashed_heading(line.at, at, line.n); break;
	case 'A':
		*why = TD_SKIP_AD;
		if (td_str_starts(rest, TD_STR("ADVERTISEMENT")) && (rest.n == 13 || strchr(" \t.", rest.at[13]))) n = 13;
		break;
	default: break;
	}
	return n ? n : strchr("{([<IP", rest.at[0]) ? table_piece(rest, before, why) : 0;
}

static td_status clean_pieces(cleaner *c, td_str line)
{
	size_t base = (size_t)(line.at - c->s), at = 0;
	if (c->line_no <= HEAD_LINES && (at = dateline(line)) > 0) TRY(skip(c, base, base + at, TD_SKIP_DATELINE));
	while (at < line.n) {
		uint8_t why = TD_SKIP_AD;
		size_t n = piece(line, at, &why);
		if (n) TRY(skip(c, base + at, base + at + n, why));
		at += n ? n : 1;
	}
	return TD_OK;
}

/* ---- the text ------------------------------------------------------------------------------------------------------------------ */

/* Sets *tail when the rest of the text is to be skipped. */
static td_status clean_line(cleaner *c, td_str line, bool *tail)
{
	size_t from = (size_t)(line.at - c->s), to = from + line.n;
	if (line.n > LONGEST_LINE) return clean_pieces(c, line);
	const td_line_rule *rule = c->line_no > 1 ? line_rule(line) : NULL;
	/* A list at the end; in the middle of a text only its heading. */
	if (rule && rule->how == TD_LINE_TAIL && from > c->n / 2 && c->n - from <= LONGEST_TAIL) return *tail = true, skip(c, from, c->n, rule->why);
	if (rule) return skip(c, from, to, rule->why);
	if (is_signature(line)) return skip(c, from, to, TD_SKIP_LEGEND);
	td_date date = c->line_no <= HEAD_LINES ? td_date_line(line) : (td_date){ 0 };
	if (!date.year) return clean_pieces(c, line);
	if (!c->doc->date.year) c->doc->date = date;
	return skip(c, from, to, TD_SKIP_DATELINE);
}

td_status td_clean(td_doc *doc, td_error *err)
{
	cleaner c = { .doc = doc, .err = err, .s = doc->text.at, .n = (uint32_t)doc->text.n };
	td_str rest = doc->text;
	bool tail = false;
	doc->skips.n = 0;
	while (rest.n && !tail) {
		td_str line = td_str_trim(td_str_cut(&rest, '\n'));
		if (line.n == 0) continue;
		c.line_no++;
		TRY(clean_line(&c, line, &tail));
	}
	return TD_OK;
}
