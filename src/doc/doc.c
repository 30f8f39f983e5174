#include "doc/doc.h"

#include <nettle/sha2.h>

enum { CHAR_STEP = 64 }; /* bytes between two entries of the code point index */

void td_doc_init(td_doc *doc)
{
	memset(doc, 0, sizeof *doc);
	td_arena_init(&doc->arena);
}

void td_doc_reset(td_doc *doc)
{
	td_arena arena = doc->arena;
	td_arena_reset(&arena);
	memset(doc, 0, sizeof *doc);
	doc->arena = arena;
}

void td_doc_free(td_doc *doc)
{
	if (!doc) return;
	td_arena_free(&doc->arena);
	memset(doc, 0, sizeof *doc);
}

static bool has_letter(td_str text)
{
	for (const char *at = text.at, *end = text.at + text.n; at < end;) {
		uint32_t cp = td_utf8_next(&at, end);
		if (td_is_letter(cp) || td_is_digit(cp)) return true;
	}
	return false;
}

static td_status check_text(td_str text, td_error *err)
{
	if (text.n == 0) return td_fail(err, TD_ERR_EMPTY, "no text: the input is empty");
	if (text.n > TD_MAX_TEXT)
		return td_fail(err, TD_ERR_LIMIT, "%zu bytes are more than a document may have (%d); cut it into parts", text.n,
			TD_MAX_TEXT);
	const char *nul = memchr(text.at, 0, text.n);
	if (nul)
		return td_fail_at(err, TD_ERR_UTF8, (uint64_t)(nul - text.at), TD_NOWHERE,
			"a NUL byte: this is no text file; give plain text, HTML or JSONL");
	size_t ok = td_utf8_check(text);
	if (ok < text.n)
		return td_fail_at(err, TD_ERR_UTF8, ok, TD_NOWHERE,
			"invalid UTF-8 (byte 0x%02X); convert the input, for example with iconv -f WINDOWS-1252 -t UTF-8",
			(unsigned char)text.at[ok]);
	if (!has_letter(text)) return td_fail(err, TD_ERR_EMPTY, "no text: there is not one letter or digit in it");
	return TD_OK;
}

static void hash_text(td_doc *doc)
{
	struct sha256_ctx sha;
	uint8_t digest[SHA256_DIGEST_SIZE];
	sha256_init(&sha);
	sha256_update(&sha, doc->text.n, (const uint8_t *)doc->text.at);
	sha256_digest(&sha, sizeof digest, digest);
	for (size_t i = 0; i < sizeof digest; i++) (void)snprintf(doc->hash + 2 * i, 3, "%02x", digest[i]);
}

void td_doc_content(const td_doc *doc, char out[TD_CONTENT_CAP])
{
	const td_str fields[] = { doc->id, doc->url, doc->title, doc->source, doc->language };
	char date[16];
	uint64_t h = td_hash((td_str){ date, td_date_print(doc->date, date) });
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) h = td_hash_mix(h, td_hash(fields[i]));
	(void)snprintf(out, TD_CONTENT_CAP, "%s-%016llx", doc->hash, (unsigned long long)h);
}

static td_status index_chars(td_doc *doc, td_error *err)
{
	size_t n = doc->text.n / CHAR_STEP + 1;
	doc->chars = td_arena_zero(&doc->arena, n, sizeof *doc->chars);
	if (!doc->chars) return td_no_memory(err);
	uint32_t cp = 0;
	for (size_t i = 0; i < doc->text.n; i++) {
		if (i % CHAR_STEP == 0) doc->chars[i / CHAR_STEP] = cp;
		cp += ((unsigned char)doc->text.at[i] & 0xC0) != 0x80;
	}
	if (doc->text.n % CHAR_STEP == 0) doc->chars[doc->text.n / CHAR_STEP] = cp;
	return TD_OK;
}

td_status td_doc_set_text(td_doc *doc, td_str text, td_error *err)
{
	TRY(check_text(text, err));
	doc->text = td_arena_str(&doc->arena, text);
	if (!doc->text.at) return td_no_memory(err);
	hash_text(doc);
	return index_chars(doc, err);
}

uint32_t td_doc_char(const td_doc *doc, uint32_t byte)
{
	uint32_t cp = doc->chars[byte / CHAR_STEP];
	/* The entry counts the code points that start before its byte. */
	for (uint32_t i = byte / CHAR_STEP * CHAR_STEP; i < byte; i++)
		cp += ((unsigned char)doc->text.at[i] & 0xC0) != 0x80;
	return cp;
}

td_str td_doc_slice(const td_doc *doc, td_range bytes)
{
	return (td_str){ doc->text.at + bytes.from, bytes.to - bytes.from };
}

td_range td_doc_bytes(const td_doc *doc, td_range toks)
{
	if (toks.from >= toks.to) return (td_range){ 0, 0 };
	return (td_range){ doc->toks.at[toks.from].bytes.from, doc->toks.at[toks.to - 1].bytes.to };
}
