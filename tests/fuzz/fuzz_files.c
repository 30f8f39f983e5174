/* Any bytes as one of the program's own data files: model, knowledge base, lexicon table. */
#include "doc/lexicon.h"
#include "fuzz.h"
#include "kg/kb.h"
#include "nlp/net.h"

static void look_up(td_kb *kb)
{
	td_kb_candidate found[8];
	for (uint32_t i = 0; i < td_kb_count(kb) && i < 100; i++) (void)td_kb_get(kb, i);
	(void)td_kb_find(kb, TD_STR("moscow"), found, 8);
	(void)td_kb_holder(kb, TD_STR("president"), 0, 2017, 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	td_error err = { 0 };
	if (n == 0) return 0;
	unsigned what = data[0] % 3;
	data++, n--;
	const char *path = fuzz_file(data, n);
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
