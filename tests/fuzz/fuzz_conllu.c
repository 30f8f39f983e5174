/* Any bytes as CoNLL-U with trees that may be none: the whole road behind it, and CoNLL-U and JSON out. */
#include "doc/conllu.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	td_error err = { 0 };
	const td_doc *doc;
	if (n == 0) return 0;
	td_str in = { (const char *)data + 1, n - 1 };
	if (td_worker_run_conllu(fuzz_worker(), in, data[0] & 1, TD_STAGE_FACTS, &doc, &err) != TD_OK) return 0;
	td_buf out = { 0 };
	if (td_conllu_write(doc, &out, &err) != TD_OK || td_json_write(doc, &out, &err) != TD_OK) abort();
	td_buf_free(&out);
	return 0;
}
