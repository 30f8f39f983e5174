/* Mentions of entities: names, demonyms, nominals and pronouns. The passes run over the whole document one after another, and each leaves
 * alone what an earlier one has taken. */
#include "nlp/mentions.h"

#include <stdlib.h>

td_status td_mention_add(td_finder *f, td_mention mention)
{
	if (f->doc->mentions.n >= TD_MAX_DOC_MENTIONS) {
		f->doc->dropped++;
		return TD_OK;
	}
	mention.entity = TD_NONE;
	return TD_PUSH(&f->doc->arena, &f->doc->mentions, mention) ? TD_OK : td_no_memory(f->err);
}

uint32_t td_range_head(const td_doc *doc, td_range toks)
{
	for (uint32_t t = toks.from; t < toks.to; t++) {
		uint32_t head = doc->toks.at[t].head;
		if ((head < toks.from || head >= toks.to) && doc->toks.at[t].upos != TD_PUNCT && doc->toks.at[t].upos != TD_DET) return t;
	}
	return toks.to ? toks.to - 1 : 0;
}

void td_take(td_finder *f, td_range toks, uint8_t as)
{
	for (uint32_t t = toks.from; t < toks.to; t++) f->taken[t] = as;
}

td_range td_sent_of(const td_doc *doc, uint32_t tok)
{
	return doc->sents.at[doc->toks.at[tok].sent].toks;
}

uint32_t td_predicate_subject(const td_doc *doc, uint32_t predicate)
{
	uint32_t subject = td_child(doc, predicate, TD_NSUBJ), p = predicate;
	for (int steps = 0; subject == TD_NONE && steps < 8 && doc->toks.at[p].deprel == TD_CONJ && doc->toks.at[p].head != TD_NONE; steps++) {
		p = doc->toks.at[p].head;
		subject = td_child(doc, p, TD_NSUBJ);
	}
	bool relative = subject != TD_NONE && (td_tok_is(doc, subject, "who") || td_tok_is(doc, subject, "which") || td_tok_is(doc, subject, "that"));
	if (relative && td_deprel_base((td_deprel)doc->toks.at[p].deprel) == TD_ACL) return doc->toks.at[p].head;
	return subject;
}

static int by_position(const void *a, const void *b)
{
	const td_mention *x = a, *y = b;
	if (x->toks.from != y->toks.from) return x->toks.from < y->toks.from ? -1 : 1;
	if (x->toks.to != y->toks.to) return x->toks.to > y->toks.to ? -1 : 1; /* the one that holds the other comes first */
	return (x->kind > y->kind) - (x->kind < y->kind);
}

static void sort_mentions(td_doc *doc)
{
	if (doc->mentions.n < 2) return;
	qsort(doc->mentions.at, doc->mentions.n, sizeof *doc->mentions.at, by_position);
	uint32_t n = 1;
	for (uint32_t i = 1; i < doc->mentions.n; i++) {
		const td_mention *last = &doc->mentions.at[n - 1], *m = &doc->mentions.at[i];
		if (m->toks.from == last->toks.from && m->toks.to == last->toks.to) continue;
		doc->mentions.at[n++] = *m;
	}
	doc->mentions.n = n;
}

static void take_times(td_finder *f)
{
	for (uint32_t i = 0; i < f->doc->times.n; i++) {
		const td_time *time = &f->doc->times.at[i];
		if (time->toks.to <= f->doc->toks.n) td_take(f, time->toks, TD_IN_TIME);
	}
}

td_status td_mentions(td_doc *doc, const td_lexicon *lexicon, const td_gazetteer *known, td_error *err)
{
	td_finder f = { .doc = doc, .lexicon = lexicon, .known = known, .err = err, .taken = td_arena_zero(&doc->arena, (size_t)doc->toks.n + 1, 1) };
	if (!f.taken) return td_no_memory(err);
	td_map_init(&f.words, &doc->arena);
	td_map_init(&f.spelt, &doc->arena);
	if (!doc->first_child) TRY(td_doc_index_tree(doc, err));
	doc->mentions.n = 0;
	take_times(&f);
	TRY(td_find_names(&f));
	TRY(td_repair_names(&f));
	TRY(td_find_demonyms(&f));
	TRY(td_find_nominals(&f));
	TRY(td_find_pronouns(&f));
	TRY(td_find_nested(&f));
	sort_mentions(doc);
	return TD_OK;
}
