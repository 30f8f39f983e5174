/* Spellings of names brought to one form. */
#include "kg/kb_format.h"

typedef struct {
	char *at;
	size_t n;
	bool full;
} name_out;

static void put(name_out *out, char c)
{
	if (out->n + 1 >= TD_KB_MAX_NAME) {
		out->full = true;
		return;
	}
	out->at[out->n++] = c;
}

static void put_space(name_out *out)
{
	if (out->n && out->at[out->n - 1] != ' ') put(out, ' ');
}

static size_t finish(name_out *out)
{
	while (out->n && out->at[out->n - 1] == ' ') out->n--;
	return out->full ? 0 : out->n;
}

static td_str bare(td_str name)
{
	name = td_str_trim(name);
	if (td_str_ends(name, TD_STR("'s"))) name.n -= 2;
	else if (td_str_ends(name, TD_STR("s'"))) name.n -= 1;
	if (td_str_starts(name, TD_STR("the ")) && name.n > 4) name = (td_str){ name.at + 4, name.n - 4 };
	return name;
}

size_t td_kb_normal(td_str folded, char out[TD_KB_MAX_NAME])
{
	name_out to = { out, 0, false };
	td_str name = bare(folded);

	for (size_t i = 0; i < name.n; i++) {
		char c = name.at[i];
		if (c == '\'' || c == '`' || c == '"') continue;
		if (c == '.') {
			/* "u.s." is one word, "st. louis" two */
			bool word = to.n > 1 && out[to.n - 1] != ' ' && out[to.n - 2] != ' ' && i > 1 && name.at[i - 2] != '.';
			if (word) put_space(&to);
		} else if (c == '-' || c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r' || c == '_') {
			put_space(&to);
		} else {
			put(&to, c);
		}
	}
	return finish(&to);
}

/* Letters and pairs that transliterations exchange freely; longest first. "" drops. */
static const struct {
	const char *from, *to;
} exchange[] = {
	{ "sch", "sh" }, { "tch", "ch" }, { "kh", "k" }, { "ph", "f" }, { "ck", "k" }, { "ei", "i" }, { "ey", "i" },
	{ "iy", "i" }, { "yy", "i" }, { "ij", "i" }, { "ee", "i" }, { "oo", "u" }, { "ou", "u" }, { "ow", "ov" },
	{ "q", "k" }, { "c", "k" }, { "y", "i" }, { "j", "i" }, { "e", "a" }, { "o", "u" }, { "w", "v" }, { "x", "ks" },
};

static size_t exchange_at(td_str rest, const char **to)
{
	for (size_t i = 0; i < sizeof exchange / sizeof *exchange; i++) {
		td_str from = td_str_of(exchange[i].from);
		if (td_str_starts(rest, from)) {
			*to = exchange[i].to;
			return from.n;
		}
	}
	return 0;
}

static size_t article(td_str rest)
{
	static const char *const articles[] = { "al ", "el ", "ul ", "as ", "ash ", "ad ", "an ", "ar " };
	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
		if (td_str_starts(rest, td_str_of(articles[i]))) return strlen(articles[i]);
	return 0;
}

static void put_once(name_out *out, char c)
{
	if (c == ' ') put_space(out);
	else if (!out->n || out->at[out->n - 1] != c) put(out, c);
}

size_t td_kb_skeleton(td_str normal, char out[TD_KB_MAX_NAME])
{
	name_out to = { out, 0, false };
	size_t i = 0;

	if (!memchr(normal.at, ' ', normal.n)) return 0;
	while (i < normal.n) {
		td_str rest = { normal.at + i, normal.n - i };
		const char *with = NULL;
		size_t skip = i == 0 || normal.at[i - 1] == ' ' ? article(rest) : 0;
		if (skip && skip < rest.n) {
			i += skip;
			continue;
		}
		bool silent = rest.at[0] == 'h' && i > 0 && normal.at[i - 1] != ' '; /* "Zabi(h)ullah" */
		size_t n = silent ? 1 : exchange_at(rest, &with);
		if (n == 0) put_once(&to, rest.at[0]);
		for (; with && *with; with++) put_once(&to, *with);
		i += n ? n : 1;
	}
	return finish(&to);
}
