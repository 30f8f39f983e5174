/* Sources at the edge of a sentence, wherever the tree has hung them: they tell of all of it.
 *
 *     According to police, two died and eight were hurt.      … were hurt, according to police.
 *     Two died and eight were hurt, police said on Monday.
 */
#include "kg/attribution.h"

enum { MAX_TAIL = 24 }; /* tokens of the clause at a sentence's end */

static uint32_t last_word(const td_doc *doc, td_range sent)
{
	uint32_t to = sent.to;
	while (to > sent.from && doc->toks.at[to - 1].upos == TD_PUNCT) to--;
	return to;
}

/* "according to X": the first words, or the last phrase where a comma sets it off; else the tree knows better which clause it is of. */
static uint32_t clause_cue(const td_attributor *a, td_range sent, uint32_t end)
{
	const td_doc *doc = a->doc;
	td_cue cue;
	uint32_t first = sent.from;
	while (first < end && doc->toks.at[first].upos == TD_PUNCT) first++;
	if (first < end && td_is_clause_cue(a, first, &cue)) return first;
	for (uint32_t i = end; i-- > sent.from && end - i <= MAX_TAIL;)
		if (td_is_clause_cue(a, i, &cue)) {
			bool last = doc->toks.at[i].head < doc->toks.n && td_subtree(doc, doc->toks.at[i].head).to >= end;
			return last && i > sent.from && doc->toks.at[i - 1].upos == TD_PUNCT ? i : TD_NONE;
		}
	return TD_NONE;
}

static bool is_finite(const td_doc *doc, uint32_t tok)
{
	uint8_t xpos = doc->toks.at[tok].xpos;
	return xpos == TD_XP_VBD || xpos == TD_XP_VBZ || xpos == TD_XP_VBP;
}

static bool is_telling(const td_attributor *a, uint32_t tok)
{
	td_cue cues[TD_MAX_CUES];
	uint32_t n = is_finite(a->doc, tok) && td_child(a->doc, tok, TD_CCOMP) == TD_NONE ? td_cues_at(a->doc, a->lexicon, tok, cues) : 0;
	for (uint32_t i = 0; i < n; i++)
		if (td_cue_is_stance(&cues[i]) && td_cue_has(&cues[i], TD_STR("aside"))) return true;
	return false;
}

/* ", police said on Monday": who says it stands between the last comma and the verb, and nothing that the verb tells behind it. */
static uint32_t aside_cue(const td_attributor *a, td_range sent, uint32_t end)
{
	const td_doc *doc = a->doc;
	uint32_t verb = TD_NONE;
	for (uint32_t i = end; i-- > sent.from + 2 && end - i <= MAX_TAIL;) {
		const td_token *t = &doc->toks.at[i];
		if (verb == TD_NONE && t->upos == TD_VERB) {
			if (!is_telling(a, i)) return TD_NONE;
			verb = i;
		} else if (t->upos == TD_VERB || t->upos == TD_SCONJ || t->upos == TD_CCONJ) {
			return TD_NONE;
		} else if (t->upos == TD_PUNCT && verb != TD_NONE) {
			return td_mention_at(doc, verb - 1) != TD_NONE && td_str_eq(t->form, TD_STR(",")) ? verb : TD_NONE;
		}
	}
	return TD_NONE;
}

uint32_t td_edge_cue(const td_attributor *a, uint32_t sent)
{
	td_range toks = a->doc->sents.at[sent].toks;
	uint32_t end = last_word(a->doc, toks), found = clause_cue(a, toks, end);
	return found != TD_NONE ? found : aside_cue(a, toks, end);
}
