/* Models with some of their numbers changed and a checksum that fits: what opens all the same must tag, parse and label without harm, whatever
 * the weights are. The input is a list of changes, six bytes each: where (four bytes) and what (two, written twice). */
#include "fuzz.h"
#include "nlp/net.h"
#include "nlp/nlp.h"
#include "nlp/srl.h"

enum { CHANGE = 6, HEAD = 1 << 13, CRC_AT = 8, CHECKED_FROM = 12, MAX_CHANGES = 64 };

static const char text[] = "Slovenian President Zoja Crnigoj met 3 dockers' leaders in Lisbon on Wednesday, and denied that they didn't attack a bus.\n"
			   "\"Yes,\" said the U.S. envoy; talks of the E.U.'s 27 members will go on.";

/* A copy of the program's own model, read once. */
static td_buf *model(const char *name)
{
	static td_buf bytes[2];
	td_buf *out = &bytes[name[0] == 's'];
	char path[4096];
	td_error err;
	td_mapped file;
	if (out->n) return out;
	if (td_data_path(name, path, sizeof path, &err) != TD_OK || td_map_file(path, &file, &err) != TD_OK) abort();
	td_buf_str(out, file.bytes);
	td_unmap_file(&file);
	if (out->failed) abort();
	return out;
}

static uint32_t number(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Half of the changes go to the header and the table of sections. */
static size_t place(const td_buf *bytes, const uint8_t *change)
{
	uint32_t at = number(change);
	return at & 1 ? (at >> 1) % HEAD : (at >> 1) % (bytes->n - 4);
}

/* Writes the model with the changes, and takes them back in memory. */
static const char *write_changed(td_buf *bytes, const uint8_t *data, size_t n)
{
	char old[MAX_CHANGES][4];
	for (size_t i = 0; i < n; i++) {
		char *at = bytes->at + place(bytes, data + i * CHANGE);
		memcpy(old[i], at, 4);
		memcpy(at, data + i * CHANGE + 4, 2);
		memcpy(at + 2, data + i * CHANGE + 4, 2);
	}
	uint32_t crc = td_crc32((td_str){ bytes->at + CHECKED_FROM, bytes->n - CHECKED_FROM });
	memcpy(bytes->at + CRC_AT, &crc, sizeof crc);
	const char *path = fuzz_file((const uint8_t *)bytes->at, bytes->n);
	for (size_t i = n; i-- > 0;) memcpy(bytes->at + place(bytes, data + i * CHANGE), old[i], 4);
	return path;
}

static void run_net(const char *path, td_doc *doc)
{
	td_error err;
	td_net *net = NULL;
	td_net_work *work = NULL;
	if (td_net_open(path, &net, &err) != TD_OK) return;
	if (td_net_work_new(net, &work, &err) != TD_OK || td_net_run(net, work, doc, &err) != TD_OK) abort();
	for (uint32_t i = 0; i < doc->toks.n; i++)
		if (doc->toks.at[i].head != TD_NONE && doc->toks.at[i].head >= doc->toks.n) abort();
	if (td_doc_index_tree(doc, &err) != TD_OK) abort();
	td_net_work_free(work);
	td_net_close(net);
}

static void run_srl(const char *path, td_doc *doc)
{
	td_error err;
	td_srl_model *srl = NULL;
	if (td_srl_open(path, &srl, &err) != TD_OK) return;
	if (td_doc_index_tree(doc, &err) != TD_OK || td_srl_run(srl, doc, &err) != TD_OK) abort();
	for (uint32_t i = 0; i < doc->srl.n; i++)
		if (doc->srl.at[i].tok >= doc->toks.n || doc->srl.at[i].role >= TD_SRL_COUNT) abort();
	td_srl_close(srl);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	td_error err;
	td_doc doc;
	if (n < 1 + CHANGE) return 0;
	bool srl = data[0] & 1;
	size_t changes = (n - 1) / CHANGE;
	const char *path = write_changed(model(srl ? "srl.tdm" : "english.tdm"), data + 1, changes < MAX_CHANGES ? changes : MAX_CHANGES);
	td_doc_init(&doc);
	if (td_doc_set_text(&doc, (td_str){ text, sizeof text - 1 }, &err) != TD_OK || td_split(&doc, &err) != TD_OK) abort();
	/* Without tags there are no predicates: verbs, each hanging on the word before. */
	for (uint32_t i = 0; srl && i < doc.toks.n; i++) {
		doc.toks.at[i].upos = TD_VERB;
		doc.toks.at[i].head = i == doc.sents.at[doc.toks.at[i].sent].toks.from ? TD_NONE : i - 1;
		doc.toks.at[i].lemma = doc.toks.at[i].form;
	}
	if (srl) run_srl(path, &doc);
	else run_net(path, &doc);
	td_doc_free(&doc);
	return 0;
}
