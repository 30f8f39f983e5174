/* Tables of the splitter. English as the UD treebanks EWT and GUM cut it, https://universaldependencies.org/en/. */
#include "nlp/split.h"

#include <stdlib.h>

/* All tables for bsearch are sorted by byte; test_split.c looks each of a few words up. */
static const struct {
	const char *word;
	td_abbr kind;
} abbrs[] = {
	{ "Adm", TD_ABBR_TITLE }, { "Apr", TD_ABBR_OTHER }, { "Assn", TD_ABBR_OTHER }, { "Asst", TD_ABBR_TITLE },
	{ "Attn", TD_ABBR_OTHER }, { "Aug", TD_ABBR_OTHER }, { "Ave", TD_ABBR_OTHER }, { "Bhd", TD_ABBR_OTHER },
	{ "Bldg", TD_ABBR_OTHER }, { "Blvd", TD_ABBR_OTHER }, { "Brig", TD_ABBR_TITLE }, { "Bros", TD_ABBR_OTHER },
	{ "Capt", TD_ABBR_TITLE }, { "Ch", TD_ABBR_NUMBER }, { "Cmdr", TD_ABBR_TITLE }, { "Cmdt", TD_ABBR_TITLE },
	{ "Co", TD_ABBR_OTHER }, { "Col", TD_ABBR_TITLE }, { "Comm", TD_ABBR_TITLE }, { "Corp", TD_ABBR_OTHER },
	{ "Cos", TD_ABBR_OTHER }, { "Cpl", TD_ABBR_TITLE }, { "Cpt", TD_ABBR_TITLE }, { "DR", TD_ABBR_TITLE },
	{ "Dec", TD_ABBR_OTHER }, { "Dem", TD_ABBR_TITLE }, { "Dept", TD_ABBR_OTHER }, { "Det", TD_ABBR_TITLE },
	{ "Dist", TD_ABBR_OTHER }, { "Dr", TD_ABBR_TITLE }, { "Drs", TD_ABBR_TITLE }, { "Ed", TD_ABBR_NUMBER },
	{ "Eq", TD_ABBR_NUMBER }, { "Esq", TD_ABBR_OTHER }, { "Feb", TD_ABBR_OTHER }, { "Fig", TD_ABBR_NUMBER },
	{ "Figs", TD_ABBR_NUMBER }, { "Fr", TD_ABBR_TITLE }, { "Fri", TD_ABBR_OTHER }, { "Ft", TD_ABBR_TITLE },
	{ "Gen", TD_ABBR_TITLE }, { "Gov", TD_ABBR_TITLE }, { "Govs", TD_ABBR_TITLE }, { "Hon", TD_ABBR_TITLE },
	{ "Inc", TD_ABBR_OTHER }, { "Insp", TD_ABBR_TITLE }, { "Jan", TD_ABBR_OTHER }, { "Jr", TD_ABBR_OTHER },
	{ "Jul", TD_ABBR_OTHER }, { "Jun", TD_ABBR_OTHER }, { "Lt", TD_ABBR_TITLE }, { "Ltd", TD_ABBR_OTHER },
	{ "MR", TD_ABBR_TITLE }, { "MRS", TD_ABBR_TITLE }, { "Maj", TD_ABBR_TITLE }, { "Mar", TD_ABBR_NUMBER },
	{ "Messrs", TD_ABBR_TITLE }, { "Mfg", TD_ABBR_OTHER }, { "Mgr", TD_ABBR_TITLE }, { "Mlle", TD_ABBR_TITLE },
	{ "Mme", TD_ABBR_TITLE }, { "Mon", TD_ABBR_NUMBER }, { "Mr", TD_ABBR_TITLE }, { "Mrs", TD_ABBR_TITLE },
	{ "Ms", TD_ABBR_TITLE }, { "Msgr", TD_ABBR_TITLE }, { "Mt", TD_ABBR_TITLE }, { "Mts", TD_ABBR_TITLE },
	{ "NO", TD_ABBR_NUMBER }, { "No", TD_ABBR_NUMBER }, { "Nos", TD_ABBR_NUMBER }, { "Nov", TD_ABBR_OTHER },
	{ "Oct", TD_ABBR_OTHER }, { "Pfc", TD_ABBR_TITLE }, { "Ph.D", TD_ABBR_OTHER }, { "PhD", TD_ABBR_OTHER },
	{ "Pres", TD_ABBR_TITLE }, { "Prof", TD_ABBR_TITLE }, { "Profs", TD_ABBR_TITLE }, { "Pte", TD_ABBR_OTHER },
	{ "Pty", TD_ABBR_OTHER }, { "Pvt", TD_ABBR_TITLE }, { "Rd", TD_ABBR_OTHER }, { "Rep", TD_ABBR_TITLE },
	{ "Reps", TD_ABBR_TITLE }, { "Rev", TD_ABBR_TITLE }, { "Revd", TD_ABBR_TITLE }, { "Rs", TD_ABBR_NUMBER },
	{ "Rt", TD_ABBR_TITLE }, { "ST", TD_ABBR_TITLE }, { "Sat", TD_ABBR_NUMBER }, { "Sec", TD_ABBR_NUMBER },
	{ "Sen", TD_ABBR_TITLE }, { "Sens", TD_ABBR_TITLE }, { "Sep", TD_ABBR_OTHER }, { "Sept", TD_ABBR_OTHER },
	{ "Sgt", TD_ABBR_TITLE }, { "Sr", TD_ABBR_OTHER }, { "St", TD_ABBR_TITLE }, { "Ste", TD_ABBR_TITLE },
	{ "Sun", TD_ABBR_NUMBER }, { "Supt", TD_ABBR_TITLE }, { "Tel", TD_ABBR_OTHER }, { "Thu", TD_ABBR_OTHER },
	{ "Thur", TD_ABBR_OTHER }, { "Thurs", TD_ABBR_OTHER }, { "Tue", TD_ABBR_OTHER }, { "Tues", TD_ABBR_OTHER },
	{ "Univ", TD_ABBR_OTHER }, { "Vol", TD_ABBR_NUMBER }, { "Vols", TD_ABBR_NUMBER }, { "Wed", TD_ABBR_OTHER },
	{ "Wm", TD_ABBR_TITLE }, { "al", TD_ABBR_OTHER }, { "approx", TD_ABBR_OTHER }, { "art", TD_ABBR_NUMBER },
	{ "aug", TD_ABBR_NUMBER }, { "ave", TD_ABBR_OTHER }, { "b", TD_ABBR_NUMBER }, { "c", TD_ABBR_NUMBER }, { "ca", TD_ABBR_NUMBER },
	{ "cf", TD_ABBR_TITLE }, { "ch", TD_ABBR_NUMBER }, { "co", TD_ABBR_OTHER }, { "corp", TD_ABBR_OTHER },
	{ "d", TD_ABBR_NUMBER }, { "dept", TD_ABBR_OTHER }, { "div", TD_ABBR_OTHER }, { "ed", TD_ABBR_NUMBER }, { "eds", TD_ABBR_NUMBER },
	{ "eg", TD_ABBR_TITLE }, { "eq", TD_ABBR_NUMBER }, { "est", TD_ABBR_NUMBER }, { "etc", TD_ABBR_OTHER },
	{ "fig", TD_ABBR_NUMBER }, { "figs", TD_ABBR_NUMBER }, { "ft", TD_ABBR_OTHER }, { "govt", TD_ABBR_OTHER },
	{ "hr", TD_ABBR_OTHER }, { "hrs", TD_ABBR_OTHER }, { "ie", TD_ABBR_TITLE }, { "inc", TD_ABBR_OTHER },
	{ "jr", TD_ABBR_OTHER }, { "lb", TD_ABBR_OTHER }, { "lbs", TD_ABBR_OTHER }, { "ltd", TD_ABBR_OTHER },
	{ "m", TD_ABBR_NUMBER }, { "mins", TD_ABBR_OTHER }, { "no", TD_ABBR_NUMBER }, { "nos", TD_ABBR_NUMBER }, { "oz", TD_ABBR_OTHER },
	{ "p", TD_ABBR_NUMBER }, { "pp", TD_ABBR_NUMBER }, { "sec", TD_ABBR_NUMBER }, { "sq", TD_ABBR_TITLE },
	{ "st", TD_ABBR_TITLE }, { "v", TD_ABBR_TITLE }, { "vol", TD_ABBR_NUMBER }, { "vs", TD_ABBR_TITLE },
	{ "yr", TD_ABBR_OTHER }, { "yrs", TD_ABBR_OTHER },
};

static const struct {
	const char *word;
	size_t first;
} contractions[] = {
	{ "aint", 2 }, { "arent", 3 }, { "cannot", 3 }, { "cant", 2 }, { "couldnt", 5 }, { "didnt", 3 }, { "doesnt", 4 },
	{ "dont", 2 }, { "gimme", 3 }, { "gonna", 3 }, { "gotta", 3 }, { "hadnt", 3 }, { "hasnt", 3 }, { "havent", 4 },
	{ "im", 1 }, { "isnt", 2 }, { "ive", 1 }, { "lemme", 3 }, { "outta", 3 }, { "shouldnt", 6 }, { "thats", 4 },
	{ "theres", 5 }, { "theyre", 4 }, { "wanna", 3 }, { "wasnt", 3 }, { "werent", 4 }, { "whats", 4 }, { "wont", 2 },
	{ "wouldnt", 5 }, { "youll", 3 }, { "youre", 3 },
};

static const char *const prefixes[] = {
	"anti", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "inter", "intra", "macro", "mega",
	"micro", "mid", "mini", "multi", "non", "out", "over", "post", "pre", "pro", "proto", "pseudo", "psycho", "quasi", "re",
	"semi", "socio", "sub", "super", "trans", "tri", "ultra", "un", "under",
};

static const char *const units[] = {
	"A", "AM", "B", "C", "F", "G", "GB", "GHz", "GW", "Hz", "K", "KB", "KM", "Kg", "M", "MB", "MHz", "MM", "MW", "PM", "TB", "V",
	"W", "am", "b", "bn", "c", "cm", "ft", "g", "gb", "hp", "hr", "hrs", "k", "kB", "kHz", "kW", "kb", "kg", "km", "kmh", "kph",
	"kt", "lb", "lbs", "m", "mb", "mg", "min", "ml", "mln", "mm", "mn", "mph", "oz", "pm", "s", "sq", "t", "tn", "trn", "yrs",
};

static const char *const endings[] = {
	"aspx", "au", "ba", "bbc", "biz", "ca", "cfm", "ch", "cn", "co", "com", "csv", "cz", "de", "doc", "docx", "edu", "es", "eu",
	"exe", "fr", "gif", "gov", "htm", "html", "ie", "il", "info", "int", "io", "ir", "jp", "jpg", "mil", "mp3", "mp4", "net",
	"nl", "nz", "org", "pdf", "php", "pl", "png", "ppt", "pptx", "ru", "se", "tv", "txt", "ua", "uk", "url", "xls", "xlsx", "xml",
	"zip",
};

static const char *const starters[] = {
	"A", "About", "According", "After", "All", "Also", "Although", "Among", "An", "And", "Another", "Any", "As", "Asked", "At",
	"Because", "Before", "Both", "But", "By", "Despite", "Did", "Do", "Does", "During", "Each", "Earlier", "Even", "Every", "Few",
	"For", "Four", "From", "Given", "Had", "Has", "Have", "He", "Her", "Here", "His", "How", "However", "I", "If", "In", "Instead",
	"Is", "It", "Its", "Last", "Later", "Like", "Many", "Meanwhile", "More", "Moreover", "Most", "Much", "My", "No", "None",
	"Nor", "Not", "Now", "Of", "On", "Once", "One", "Only", "Or", "Other", "Others", "Our", "Over", "People", "Please", "She",
	"Since", "So", "Some", "Such", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "Though",
	"Three", "Thus", "To", "Two", "Under", "Until", "Was", "We", "Were", "What", "When", "Where", "Whether", "Which", "While",
	"Who", "Why", "Will", "With", "Within", "Without", "Yes", "Yet", "You", "Your",
};

/* Longest first where one begins another. */
static const char *const fixed[] = {
	"w/out", "w/o", "c/o", "n/a", "N/A", "s/he", "24/7", "9/11", "7/7", "Yahoo!", "[...]", "[…]",
};

static const char *const emoticons[] = {
	":-)", ":-(", ";-)", ":-/", ":-D", ":-P", ":'(", ":)", ":(", ";)", ":D", ":P", "=)", "=(", "<3", "^_^", "-_-", ";(", "xD",
};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static int cmp_word(const void *key, const void *element)
{
	return td_str_cmp(*(const td_str *)key, td_str_of(*(const char *const *)element));
}

#define FIND(word, table) bsearch(&(word), table, COUNT(table), sizeof(table)[0], cmp_word)

td_abbr td_abbr_of(td_str word)
{
	const char *const *hit = FIND(word, abbrs);
	if (hit) return abbrs[(size_t)((const char *)hit - (const char *)abbrs) / sizeof abbrs[0]].kind;
	/* U.S, a.m, e.g, Ph.D: letters parted by full stops. */
	size_t dots = 0, run = 0;
	for (size_t i = 0; i < word.n; i++) {
		run = word.at[i] == '.' ? 0 : run + 1;
		dots += word.at[i] == '.';
		if (run > 2 || (word.at[i] != '.' && !td_is_ascii_alpha(word.at[i]))) return TD_ABBR_NONE;
	}
	if (dots && run) {
		bool latin = td_str_eq(word, TD_STR("e.g")) || td_str_eq(word, TD_STR("i.e"));
		return latin ? TD_ABBR_TITLE : TD_ABBR_OTHER;
	}
	return word.n == 1 && word.at[0] >= 'A' && word.at[0] <= 'Z' ? TD_ABBR_INITIAL : TD_ABBR_NONE;
}

/* Lower-cases ASCII into `low`; false when it is longer than any word of the tables. */
enum { LONGEST = 12 };
static bool low_of(td_str word, char low[LONGEST])
{
	if (word.n >= LONGEST) return false;
	for (size_t i = 0; i < word.n; i++)
		low[i] = (char)(word.at[i] >= 'A' && word.at[i] <= 'Z' ? word.at[i] | 0x20 : word.at[i]);
	return true;
}

bool td_split_prefix(td_str word)
{
	char low[LONGEST];
	if (!low_of(word, low)) return false;
	td_str key = { low, word.n };
	return FIND(key, prefixes) != NULL;
}

size_t td_split_contraction(td_str word)
{
	char low[LONGEST];
	/* All capitals and names ("Cant", "Wont") are left alone, "Cannot" and "Dont" at a sentence's start are not. */
	if (word.n < 2 || word.at[1] < 'a' || !low_of(word, low)) return 0;
	bool capital = word.at[0] < 'a';
	td_str key = { low, word.n };
	const char *const *hit = FIND(key, contractions);
	if (!hit || (capital && word.n < 5 && low[0] != 'd')) return 0;
	return contractions[(size_t)((const char *)hit - (const char *)contractions) / sizeof contractions[0]].first;
}

bool td_split_unit(td_str word)
{
	return FIND(word, units) != NULL;
}

bool td_split_ending(td_str word)
{
	char low[LONGEST];
	if (!low_of(word, low)) return false;
	td_str key = { low, word.n };
	return FIND(key, endings) != NULL;
}

bool td_split_starter(td_str word)
{
	return FIND(word, starters) != NULL;
}

static size_t longest_of(const char *const *table, size_t n, td_str rest)
{
	for (size_t i = 0; i < n; i++)
		if (td_str_starts(rest, td_str_of(table[i]))) return strlen(table[i]);
	return 0;
}

size_t td_split_fixed(td_str rest)
{
	size_t n = longest_of(fixed, COUNT(fixed), rest);
	if (!n) n = longest_of(emoticons, COUNT(emoticons), rest);
	/* It has to end there: "24/75", "9/11/2001" and ":Peter" are something else. */
	if (n && n < rest.n && (td_is_ascii_alpha(rest.at[n]) || td_is_ascii_digit(rest.at[n]) || rest.at[n] == '/')) return 0;
	return n;
}

bool td_split_emoticon(td_str word)
{
	size_t n = longest_of(emoticons, COUNT(emoticons), word);
	return n > 0 && n == word.n;
}

/* Code points that are no part of a word: punctuation and symbols beyond ASCII. */
static const struct {
	uint32_t from, to;
} symbols[] = {
	{ 0x80, 0xA9 }, { 0xAB, 0xB1 }, { 0xB4, 0xB4 }, { 0xB6, 0xB9 }, { 0xBB, 0xBF }, { 0xD7, 0xD7 }, { 0xF7, 0xF7 },
	{ 0x2000, 0x206F }, { 0x20A0, 0x20CF }, { 0x2100, 0x2BFF }, { 0x2E00, 0x2E7F }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 },
	{ 0xFE10, 0xFE6F }, { 0xFF01, 0xFF0F }, { 0xFF1A, 0xFF20 }, { 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 }, { 0xFFE0, 0xFFFF },
	{ 0x1F000, 0x1FFFF },
};

bool td_split_word_char(uint32_t cp)
{
	if (cp < 0x80) return td_is_ascii_alpha((char)cp) || td_is_ascii_digit((char)cp) || cp == '_';
	for (size_t i = 0; i < COUNT(symbols) && symbols[i].from <= cp; i++)
		if (cp <= symbols[i].to) return cp == 0x2070 || cp == 0x2071;
	return true;
}

size_t td_split_apostrophe(const char *s, size_t n)
{
	if (n && (*s == '\'' || *s == '`')) return 1;
	return n >= 3 && memcmp(s, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}
