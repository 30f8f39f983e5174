/* Chains of nothing but pronouns: nobody can tell who "he" or "we" was, so they are no entities of the graph. */
#include "kg/attribution.h"

static bool only_pronoun(const td_doc *doc, const td_mention *m)
{
	return m->kind == TD_PRONOUN || (m->kind == TD_NOMINAL && m->toks.to - m->toks.from == 1 && doc->toks.at[m->head].upos == TD_PRON);
}

/* [n_entities] 1: something more than a pronoun is among its mentions. */
static uint8_t *with_words(td_doc *doc)
{
	uint8_t *known = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, 1);
	for (uint32_t i = 0; known && i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		if (m->entity < doc->entities.n && !only_pronoun(doc, m)) known[m->entity] = 1;
	}
	for (uint32_t e = 0; known && e < doc->entities.n; e++)
		if (doc->entities.at[e].named || doc->entities.at[e].kb != TD_NONE) known[e] = 1;
	return known;
}

td_status td_drop_nameless(td_doc *doc, td_error *err)
{
	const uint8_t *known = with_words(doc);
	if (!known) return td_no_memory(err);
	uint32_t n = 0;
	for (uint32_t i = 0; i < doc->args.n; i++) {
		td_arg a = doc->args.at[i];
		if (a.is_event || a.target >= doc->entities.n || known[a.target]) doc->args.at[n++] = a;
	}
	doc->args.n = n;
	n = 0;
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		td_attribution a = doc->attributions.at[i];
		if (a.source >= doc->entities.n || known[a.source]) doc->attributions.at[n++] = a;
	}
	doc->attributions.n = n;
	for (uint32_t i = 0; i < doc->quotes.n; i++) {
		td_quote *q = &doc->quotes.at[i];
		if (q->speaker < doc->entities.n && !known[q->speaker]) q->speaker = TD_NONE;
	}
	return TD_OK;
}
