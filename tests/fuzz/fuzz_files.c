/* Any bytes as one of the program's own data files: model, knowledge base, lexicon table. The checksum of a knowledge base is put right, or
 * nothing would ever come past it. */
#include "doc/lexicon.h"
#include "fuzz.h"
#include "kg/kb.h"
#include "kg/kb_format.h"
#include "nlp/net.h"

enum { MAX_FILE = 1 << 20 };

static void look_up(td_kb *kb)
{
	td_kb_candidate found[8];
	for (uint32_t i = 0; i < td_kb_count(kb) && i < 100; i++) {
		td_kb_entry e = td_kb_get(kb, i);
		(void)td_kb_by_key(kb, e.key);
		(void)td_kb_find(kb, e.label, found, 8);
		(void)td_kb_in_office(kb, i, 2017, 4);
		(void)td_kb_iri(kb, i);
	}
	(void)td_kb_find(kb, TD_STR("moscow"), found, 8);
	(void)td_kb_institution(kb, TD_STR("parliament"), 0);
	(void)td_kb_holder(kb, TD_STR("president"), 0, 2017, 4);
}

/* The file's bytes with the header's checksum, as far as it covers the whole. */
static const char *summed(const uint8_t *data, size_t n)
{
	static uint8_t copy[MAX_FILE];
	if (n < sizeof(kb_header) || n > MAX_FILE) return fuzz_file(data, n);
	memcpy(copy, data, n);
	uint32_t crc = td_crc32((td_str){ (const char *)copy + KB_CRC_FROM, n - KB_CRC_FROM });
	memcpy(copy + offsetof(kb_header, crc), &crc, sizeof crc);
	return fuzz_file(copy, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	td_error err = { 0 };
	if (n == 0) return 0;
	unsigned what = data[0] % 3;
	data++, n--;
	const char *path = what == 1 ? summed(data, n) : fuzz_file(data, n);
	td_net *net = NULL;
	td_kb *kb = NULL;
	td_lexicon lexicon;
	if (what == 0 && td_net_open(path, &net, &err) == TD_OK) td_net_close(net);
	if (what == 1 && td_kb_open(path, &kb, &err) == TD_OK) {
		look_up(kb);
		td_kb_close(kb);
	}
	if (what == 2 && td_lexicon_read((td_str){ (const char *)data, n }, &lexicon, &err) == TD_OK) td_lexicon_free(&lexicon);
	return 0;
}
