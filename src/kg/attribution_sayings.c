/* All words of saying of a document and who says them, by sentence. */
#include "kg/attribution.h"

enum { MAX_SAYINGS = 12 }; /* of a sentence */

static td_status add(td_attributor *a, uint32_t tok, td_error *err)
{
	td_cue cue;
	bool cued = td_stance_at(a, tok, &cue);
	td_saying new = { tok, cued ? (uint8_t)(cue.kind - TD_CUE_ASSERTS) : TD_ASSERTS, td_sources_of(a, tok, cued ? &cue : NULL) };
	if (!new.sources.n) return TD_OK;
	return TD_PUSH(&a->doc->arena, &a->sayings, new) ? TD_OK : td_no_memory(err);
}

td_status td_find_sayings(td_attributor *a, td_error *err)
{
	td_doc *doc = a->doc;
	a->first_saying = td_arena_zero(&doc->arena, (size_t)doc->sents.n + 1, sizeof *a->first_saying);
	if (!a->first_saying) return td_no_memory(err);
	for (uint32_t s = 0; s < doc->sents.n; s++) {
		td_range toks = doc->sents.at[s].toks;
		a->first_saying[s] = a->sayings.n;
		for (uint32_t i = toks.from; i < toks.to && a->sayings.n - a->first_saying[s] < MAX_SAYINGS; i++)
			if (td_is_speech(a, i)) TRY(add(a, i, err));
	}
	a->first_saying[doc->sents.n] = a->sayings.n;
	return TD_OK;
}
