/* Any bytes as a file of any kind that a source reads: text, page, feed, archive of a crawl; packed, if they begin so.
 * The first byte chooses the file's name and how much a document may have. */
#include "doc/doc.h"
#include "fuzz.h"

enum { LIMIT = 1 << 16, SMALL_LIMIT = 100, MAX_INPUTS = 100000 };

static const char *const endings[] = { "txt", "jsonl", "json", "html", "warc", "jsonl.gz", "warc.gz", "" };
enum { N_ENDINGS = sizeof endings / sizeof *endings };

/* A path with that ending for the file that holds the bytes; the same ones each time. */
static const char *name_of(const char *path, unsigned ending)
{
	static char names[N_ENDINGS][80];
	char *name = names[ending];
	if (!name[0]) {
		(void)snprintf(name, sizeof names[0], "%s.%s", path, endings[ending]);
		(void)unlink(name);
		if (link(path, name) != 0) abort();
	}
	return name;
}

/* Whatever stands in a file, each call goes on behind the last one. */
static void read_all(td_source *source)
{
	td_error err;
	td_input in;
	td_doc doc;
	bool done = false;
	td_input_init(&in);
	td_doc_init(&doc);
	for (int n = 0; !done; n++) {
		if (n > MAX_INPUTS) abort();
		err = (td_error){ .byte = TD_NOWHERE };
		td_status status = td_source_next(source, &in, &done, &err);
		if (status != TD_OK && !err.text[0]) abort();
		if (status != TD_OK || done) continue;
		td_doc_reset(&doc);
		if (td_doc_set_text(&doc, in.text, &err) != TD_OK) continue;
		status = td_clean(&doc, &err);
		if (status != TD_OK && status != TD_ERR_EMPTY) abort();
	}
	td_doc_free(&doc);
	td_input_free(&in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	td_error err;
	td_source *source = NULL;
	if (n == 0) return 0;
	unsigned what = data[0];
	const char *path = fuzz_file(data + 1, n - 1);
	char *paths[] = { (char *)(uintptr_t)name_of(path, what % N_ENDINGS) };
	if (td_source_open(paths, 1, &source, &err) != TD_OK) abort();
	td_source_limit(source, what & 128 ? SMALL_LIMIT : LIMIT);
	read_all(source);
	td_source_close(source);
	return 0;
}
