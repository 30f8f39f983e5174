/* Any bytes as a line of JSONL. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	td_error err = { 0 };
	td_input in;
	td_input_init(&in);
	(void)td_json_read((td_str){ (const char *)data, n }, &in, &err);
	td_input_free(&in);
	return 0;
}
