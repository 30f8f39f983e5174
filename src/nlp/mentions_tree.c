/* A name and its title are one phrase: the tree is made to say so, with the name as head. The corpora that the network learned from differ in this
 * ("President" or "Duda" as head), so its trees do too, and every later stage would miss the subject in "President Andrzej Duda remarked". */
#include "nlp/mentions.h"

static bool within(td_range r, uint32_t t)
{
	return t >= r.from && t < r.to;
}

static bool modifier(const td_doc *doc, uint32_t t)
{
	uint8_t rel = doc->toks.at[t].deprel;
	return rel == TD_NMOD_DESC || rel == TD_COMPOUND || rel == TD_AMOD || rel == TD_CASE;
}

/* The token by which the range hangs: of those whose head lies outside, the first that is more than a modifier. */
static uint32_t anchor_of(const td_doc *doc, td_range r, uint32_t *outside)
{
	uint32_t anchor = TD_NONE;
	*outside = 0;
	for (uint32_t t = r.from; t < r.to; t++) {
		const td_token *tok = &doc->toks.at[t];
		if (within(r, tok->head) || tok->upos == TD_PUNCT) continue;
		(*outside)++;
		if (anchor == TD_NONE || (modifier(doc, anchor) && !modifier(doc, t))) anchor = t;
	}
	return anchor;
}

/* Would hanging the range below `head` close a circle? */
static bool circle(const td_doc *doc, td_range r, uint32_t head)
{
	for (int steps = 0; head < doc->toks.n && steps <= TD_MAX_SENT_TOKENS; steps++) {
		if (within(r, head)) return true;
		head = doc->toks.at[head].head;
	}
	return false;
}

/* What hangs on a word of the phrase from the right ("…, mayor of Gdańsk") hangs on the name. */
static bool gather_right(td_doc *doc, td_range r, uint32_t head)
{
	bool changed = false;
	uint32_t end = td_sent_of(doc, head).to;
	for (uint32_t t = r.from; t < r.to; t++) {
		if (t == head) continue;
		for (uint32_t i = doc->first_child[t]; i < doc->first_child[t + 1]; i++) {
			uint32_t c = doc->child[i];
			if (c < r.to || c >= end || doc->toks.at[c].head != t) continue;
			doc->toks.at[c].head = head;
			changed = true;
		}
	}
	return changed;
}

static bool hang_by_name(td_doc *doc, td_mention *m)
{
	td_range r = { m->title.from < m->title.to ? m->title.from : m->toks.from, m->toks.to };
	uint32_t outside, anchor = anchor_of(doc, r, &outside), head = td_range_head(doc, m->toks);
	if (anchor == TD_NONE || r.to - r.from < 2) return false;
	uint32_t up = doc->toks.at[anchor].head;
	uint8_t rel = doc->toks.at[anchor].deprel;
	if (up != TD_NONE && circle(doc, r, up)) return false;
	bool changed = gather_right(doc, r, head);
	if (anchor == head && outside == 1) return changed;
	for (uint32_t t = r.from; t < r.to; t++) {
		td_token *tok = &doc->toks.at[t];
		if (t == head || (within(r, tok->head) && tok->head != t && t != anchor)) continue;
		tok->head = head;
		if (tok->upos != TD_PUNCT) tok->deprel = t < m->toks.from ? TD_NMOD_DESC : TD_FLAT;
	}
	/* The anchor's own dependents inside stay below it; the name itself takes its place. */
	doc->toks.at[head].head = up;
	doc->toks.at[head].deprel = rel;
	td_sent *sent = &doc->sents.at[doc->toks.at[head].sent];
	if (within(r, sent->root)) sent->root = head;
	return true;
}

td_status td_repair_names(td_finder *f)
{
	bool changed = false;
	for (uint32_t i = 0; i < f->doc->mentions.n; i++) {
		td_mention *m = &f->doc->mentions.at[i];
		if (m->kind != TD_NAMED) continue;
		if (hang_by_name(f->doc, m)) changed = true;
		m->head = td_range_head(f->doc, m->toks);
	}
	return changed ? td_doc_index_tree(f->doc, f->err) : TD_OK;
}
