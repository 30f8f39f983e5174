#include "base/base.h"

#include <utf8proc.h>

/* Well-formed sequences, Unicode 15 table 3-7: by lead byte the length and the range of the second byte. */
static size_t sequence(const unsigned char *s, size_t n)
{
	unsigned char lead = s[0], lo = 0x80, hi = 0xBF;
	size_t len;
	if (lead < 0x80) return 1;
	if (lead >= 0xC2 && lead <= 0xDF) len = 2;
	else if (lead >= 0xE0 && lead <= 0xEF) len = 3;
	else if (lead >= 0xF0 && lead <= 0xF4) len = 4;
	else return 0;
	if (lead == 0xE0) lo = 0xA0;
	if (lead == 0xED) hi = 0x9F;
	if (lead == 0xF0) lo = 0x90;
	if (lead == 0xF4) hi = 0x8F;
	if (n < len || s[1] < lo || s[1] > hi) return 0;
	for (size_t i = 2; i < len; i++)
		if ((s[i] & 0xC0) != 0x80) return 0;
	return len;
}

size_t td_utf8_check(td_str s)
{
	const unsigned char *at = (const unsigned char *)s.at;
	for (size_t i = 0, len; i < s.n; i += len)
		if ((len = sequence(at + i, s.n - i)) == 0) return i;
	return s.n;
}

uint32_t td_utf8_next(const char **at, const char *end)
{
	const unsigned char *s = (const unsigned char *)*at;
	size_t left = (size_t)(end - *at);
	size_t len = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
	if (len > left) len = left; /* callers promise valid text; never read beyond it all the same */
	static const unsigned char mask[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	uint32_t cp = len ? s[0] & mask[len] : 0;
	for (size_t i = 1; i < len; i++) cp = cp << 6 | (s[i] & 0x3Fu);
	*at += len;
	return cp;
}

size_t td_utf8_count(td_str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
	return n;
}

size_t td_utf8_put(uint32_t cp, char out[4])
{
	utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
	return n > 0 ? (size_t)n : 0;
}

bool td_is_letter(uint32_t cp)
{
	if (cp < 0x80) return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool td_is_upper(uint32_t cp)
{
	if (cp < 0x80) return cp >= 'A' && cp <= 'Z';
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
	return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool td_is_digit(uint32_t cp)
{
	if (cp < 0x80) return cp >= '0' && cp <= '9';
	return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_ND;
}

bool td_is_space(uint32_t cp)
{
	if (cp < 0x80) return cp == ' ' || (cp >= '\t' && cp <= '\r');
	if (cp == 0x85 || cp == 0xFEFF || cp == 0x200B) return true;
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
	return c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP;
}

td_str td_lower(td_arena *arena, td_str s)
{
	/* Lower case may be longer in bytes (U+023A: 2 → 3), never more than twice as long. */
	size_t cap;
	char *out = td_mul_size(s.n, 2, &cap) ? td_arena_alloc(arena, cap + 4) : NULL;
	if (!out) return (td_str){ 0 };
	size_t n = 0;
	for (const char *at = s.at, *end = s.at + s.n; at < end;) {
		uint32_t cp = td_utf8_next(&at, end);
		if (cp < 0x80) out[n++] = (char)(cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp);
		else n += td_utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)cp), out + n);
	}
	out[n] = '\0';
	return (td_str){ out, n };
}

/* What decomposition does not take apart. */
static const struct {
	uint32_t cp;
	const char *ascii;
} folds[] = {
	{ 0xDF, "ss" }, { 0xE6, "ae" }, { 0xF0, "d" }, { 0xF8, "o" }, { 0xFE, "th" }, { 0x111, "d" }, { 0x127, "h" },
	{ 0x131, "i" }, { 0x142, "l" }, { 0x153, "oe" }, { 0x167, "t" }, { 0x1DD, "e" }, { 0x259, "e" },
	{ 0x2018, "'" }, { 0x2019, "'" }, { 0x201B, "'" }, { 0x2BC, "'" }, { 0x2BB, "'" }, { 0x2BF, "'" }, { 0x2BE, "'" },
	{ 0x201C, "\"" }, { 0x201D, "\"" }, { 0x201E, "\"" }, { 0xAB, "\"" }, { 0xBB, "\"" },
	{ 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" }, { 0x2014, "-" }, { 0x2212, "-" },
	{ 0xA0, " " }, { 0x2009, " " }, { 0x202F, " " }, { 0xAD, "" }, { 0x200B, "" }, { 0x200E, "" }, { 0x200F, "" },
};

static size_t fold_one(uint32_t cp, char *out)
{
	for (size_t i = 0; i < sizeof folds / sizeof folds[0]; i++) {
		if (folds[i].cp != cp) continue;
		size_t n = strlen(folds[i].ascii);
		memcpy(out, folds[i].ascii, n);
		return n;
	}
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
	if (c == UTF8PROC_CATEGORY_MN) return 0; /* the accents that decomposition split off */
	return td_utf8_put(cp, out);
}

static size_t fold_char(uint32_t cp, char *out)
{
	if (cp < 0x80) return (void)(out[0] = (char)(cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp)), 1;
	utf8proc_int32_t parts[8];
	int boundary = 0;
	utf8proc_ssize_t k = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 8,
		UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundary);
	size_t n = 0;
	for (utf8proc_ssize_t i = 0; i < k && i < 8; i++) n += fold_one((uint32_t)parts[i], out + n);
	return n;
}

td_str td_fold(td_arena *arena, td_str s)
{
	size_t cap;
	/* At most 8 code points of 4 bytes for each one of at least 2 bytes. */
	char *out = td_mul_size(s.n, 16, &cap) ? td_arena_alloc(arena, cap + 1) : NULL;
	if (!out) return (td_str){ 0 };
	size_t n = 0;
	for (const char *at = s.at, *end = s.at + s.n; at < end;) n += fold_char(td_utf8_next(&at, end), out + n);
	out[n] = '\0';
	return (td_str){ out, n };
}
