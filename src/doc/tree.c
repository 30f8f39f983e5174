#include "doc/doc.h"

td_status td_doc_index_tree(td_doc *doc, td_error *err)
{
	uint32_t n = doc->toks.n;
	uint32_t *first = td_arena_zero(&doc->arena, (size_t)n + 2, sizeof *first);
	uint32_t *child = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *child);
	if (!first || !child) return td_no_memory(err);
	/* Counting sort by head: counts shifted by two, so that filling leaves first[t] at the start of t's children. */
	for (uint32_t t = 0; t < n; t++)
		if (doc->toks.at[t].head < n) first[doc->toks.at[t].head + 2]++;
	for (uint32_t t = 2; t <= n + 1; t++) first[t] += first[t - 1];
	for (uint32_t t = 0; t < n; t++)
		if (doc->toks.at[t].head < n) child[first[doc->toks.at[t].head + 1]++] = t;
	doc->first_child = first;
	doc->child = child;
	return TD_OK;
}

uint32_t td_child(const td_doc *doc, uint32_t tok, td_deprel deprel)
{
	if (tok >= doc->toks.n) return TD_NONE;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		td_deprel d = doc->toks.at[doc->child[i]].deprel;
		if (d == deprel || td_deprel_base(d) == deprel) return doc->child[i];
	}
	return TD_NONE;
}

bool td_dominates(const td_doc *doc, uint32_t ancestor, uint32_t tok)
{
	/* A walk up is never longer than the sentence: heads come from a tree, but bad input must not hang us. */
	for (int steps = 0; tok < doc->toks.n && steps <= TD_MAX_SENT_TOKENS; steps++) {
		if (tok == ancestor) return true;
		tok = doc->toks.at[tok].head;
	}
	return false;
}

td_range td_subtree(const td_doc *doc, uint32_t tok)
{
	if (tok >= doc->toks.n) return (td_range){ 0, 0 };
	/* The outermost children on both sides, level by level: in a projective tree the range's ends are reached so. */
	td_range r = { tok, tok + 1 };
	for (uint32_t t = tok; doc->first_child[t] < doc->first_child[t + 1];) {
		uint32_t left = doc->child[doc->first_child[t]];
		if (left >= t) break;
		if (left < r.from) r.from = left;
		t = left;
	}
	for (uint32_t t = tok; doc->first_child[t] < doc->first_child[t + 1];) {
		uint32_t right = doc->child[doc->first_child[t + 1] - 1];
		if (right <= t) break;
		if (right + 1 > r.to) r.to = right + 1;
		t = right;
	}
	return r;
}

td_str td_case_of(const td_doc *doc, uint32_t tok)
{
	uint32_t c = td_child(doc, tok, TD_CASE);
	return c == TD_NONE ? (td_str){ "", 0 } : doc->toks.at[c].lemma;
}

/* Index of the first mention that starts behind `tok`. */
static uint32_t mentions_behind(const td_doc *doc, uint32_t tok)
{
	uint32_t lo = 0, hi = doc->mentions.n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (doc->mentions.at[mid].toks.from <= tok) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

enum { MAX_NESTED = 64 }; /* how far back a mention that holds a token may start, in mentions */

uint32_t td_mention_headed(const td_doc *doc, uint32_t tok)
{
	uint32_t from = mentions_behind(doc, tok);
	for (uint32_t k = 0; k < MAX_NESTED && k < from; k++)
		if (doc->mentions.at[from - 1 - k].head == tok) return from - 1 - k;
	return TD_NONE;
}

uint32_t td_mention_at(const td_doc *doc, uint32_t tok)
{
	uint32_t from = mentions_behind(doc, tok);
	for (uint32_t k = 0; k < MAX_NESTED && k < from; k++)
		if (doc->mentions.at[from - 1 - k].toks.to > tok) return from - 1 - k;
	return TD_NONE;
}
