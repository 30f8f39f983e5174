/* Any bytes as lines of N-Triples; what is read goes into a knowledge base, which must open and know its
 * own entries. */
#include "fuzz.h"
#include "kg/kb.h"
#include "kg/kb_dump.h"
#include "rdf/ntriples.h"

static bool build(td_str text, const char *out)
{
	td_kb_dump_options options = { .memory = TD_KB_DUMP_MIN_MEMORY, .languages = "*" };
	char rules[4096];
	td_kb_dump *dump;
	td_buf scratch = { 0 };
	td_error err;
	if (td_data_path("dump.tsv", rules, sizeof rules, &err) != TD_OK) abort();
	options.rules = rules;
	if (td_kb_dump_open(&options, out, &dump, &err) != TD_OK) abort();
	while (text.n) {
		td_triple triple;
		bool none;
		if (td_ntriples_line(td_str_cut(&text, '\n'), &scratch, &triple, &none, &err) != TD_OK || none) continue;
		if (triple.s.kind == TD_IRI && triple.s.value.n == 0) abort();
		if (td_kb_dump_add(dump, &triple, &err) != TD_OK) abort();
	}
	bool made = td_kb_dump_finish(dump, &err) == TD_OK;
	td_kb_dump_close(dump);
	td_buf_free(&scratch);
	return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	td_error err;
	td_kb *kb;
	td_kb_candidate found[8];
	const char *out = fuzz_file(data, n);
	if (!build((td_str){ (const char *)data, n }, out)) return 0;
	if (td_kb_open(out, &kb, &err) != TD_OK) abort();
	for (uint32_t i = 0; i < td_kb_count(kb); i++) {
		td_kb_entry e = td_kb_get(kb, i);
		if (!e.key.n || !e.label.n || td_kb_by_key(kb, e.key) != i) abort();
	}
	(void)td_kb_find(kb, TD_STR("a"), found, 8);
	td_kb_close(kb);
	return 0;
}
