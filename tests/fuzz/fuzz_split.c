/* Any bytes as a text: sentences and words must lie in it, in order, and hold all that is neither white space nor skipped. */
#include "doc/doc.h"
#include "doc/source.h"
#include "fuzz.h"
#include "nlp/nlp.h"

static void check_tokens(const td_doc *doc)
{
	uint32_t end = 0;
	for (uint32_t i = 0; i < doc->toks.n; i++) {
		const td_token *tok = &doc->toks.at[i];
		if (tok->bytes.from >= tok->bytes.to || tok->bytes.to > doc->text.n) abort();
		/* Words of one multi-word token may share its bytes. */
		if (tok->bytes.from < end && !(i && tok->bytes.from >= doc->toks.at[i - 1].bytes.from)) abort();
		if (tok->form.n == 0 || tok->sent >= doc->sents.n) abort();
		end = tok->bytes.to;
	}
}

static void check_sentences(const td_doc *doc)
{
	uint32_t end = 0;
	for (uint32_t i = 0; i < doc->sents.n; i++) {
		td_range toks = doc->sents.at[i].toks;
		if (toks.from != end || toks.to <= toks.from || toks.to - toks.from > TD_MAX_SENT_TOKENS) abort();
		for (uint32_t t = toks.from; t < toks.to; t++)
			if (doc->toks.at[t].sent != i) abort();
		end = toks.to;
	}
	if (end != doc->toks.n) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static td_doc doc;
	static bool ready;
	td_error err;
	if (!ready) td_doc_init(&doc);
	ready = true;
	td_doc_reset(&doc);
	if (td_doc_set_text(&doc, (td_str){ (const char *)data, n }, &err) != TD_OK) return 0;
	td_status status = td_clean(&doc, &err);
	if (status == TD_OK) status = td_split(&doc, &err);
	if (status == TD_ERR_EMPTY) return 0; /* all of it is advertisement */
	if (status != TD_OK) abort();
	check_tokens(&doc);
	check_sentences(&doc);
	return 0;
}
