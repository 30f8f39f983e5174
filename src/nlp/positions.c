/* Positions that persons hold or held, and simple relations between entities. */
#include "nlp/positions.h"

uint32_t td_named_entity(const td_position_run *run, uint32_t tok, td_class cls)
{
	uint32_t m = tok == TD_NONE ? TD_NONE : run->headed[tok];
	uint32_t e = m == TD_NONE ? TD_NONE : run->doc->mentions.at[m].entity;
	if (e == TD_NONE || !run->doc->entities.at[e].named) return TD_NONE;
	return cls == TD_CLASS_NONE || run->doc->entities.at[e].cls == cls ? e : TD_NONE;
}

/* "Slovenian President …", "Slovenia's envoy": it says where a visitor is from, not where we are. */
static bool of_person(const td_position_run *run, const td_mention *m)
{
	const td_doc *doc = run->doc;
	uint8_t rel = doc->toks.at[m->head].deprel;
	uint32_t up = doc->toks.at[m->head].head, above = up == TD_NONE ? TD_NONE : run->headed[up];
	return above != TD_NONE && doc->mentions.at[above].cls == TD_PERSON && (rel == TD_AMOD || rel == TD_COMPOUND || rel == TD_NMOD_POSS || rel == TD_NMOD_DESC);
}

static bool spoken_of(const td_position_run *run, uint32_t country)
{
	for (uint32_t i = 0; i < run->doc->mentions.n; i++) {
		const td_mention *m = &run->doc->mentions.at[i];
		if (m->entity == country && m->kind == TD_NAMED && !of_person(run, m)) return true;
	}
	return false;
}

/* The country most spoken of, when no other comes near it (five times as often: right in all cases of the training articles): whose "Prime Minister" it is where nobody says it. */
static uint32_t main_country(const td_position_run *run)
{
	const td_doc *doc = run->doc;
	uint32_t best = TD_NONE, most = 0, second = 0;
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		uint32_t len, s;
		if (m->kind != TD_NAMED || m->cls != TD_PLACE || m->entity == TD_NONE) continue;
		s = td_demonym(doc, run->lexicon, m->toks.from, m->toks.to, true, &len);
		if (s == TD_NONE || !td_note_has(run->lexicon->senses.at[s].note, "country")) continue;
		uint32_t n = doc->entities.at[m->entity].n_mentions;
		if (m->entity == best) continue;
		if (n > most) {
			second = most;
			most = n;
			best = m->entity;
		} else if (n > second) {
			second = n;
		}
	}
	return most > 0 && 5 * second <= most && spoken_of(run, best) ? best : TD_NONE;
}

td_status td_positions(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	td_position_run run = { .doc = doc, .lexicon = lexicon, .err = err };
	doc->positions.n = 0;
	doc->relations.n = 0;
	if (!doc->first_child) TRY(td_doc_index_tree(doc, err));
	run.headed = td_arena_nones(&doc->arena, doc->toks.n);
	run.of = td_arena_nones(&doc->arena, doc->entities.n);
	if (!run.headed || !run.of) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->mentions.n; i++)
		if (doc->mentions.at[i].head < doc->toks.n) run.headed[doc->mentions.at[i].head] = i;
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		uint32_t from = m->title.from < m->title.to ? m->title.from : m->toks.from;
		for (uint32_t t = from; m->kind == TD_NAMED && t < m->toks.to; t++)
			if (run.headed[t] == TD_NONE) run.headed[t] = i;
	}
	run.country = main_country(&run);
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		if (m->kind == TD_NAMED && m->title.from < m->title.to) TRY(td_position_title(&run, i));
		if (m->kind == TD_NOMINAL) TRY(td_position_nominal(&run, i));
	}
	for (uint32_t t = 0; t < doc->toks.n; t++)
		if (doc->toks.at[t].upos == TD_NOUN || doc->toks.at[t].upos == TD_PROPN) TRY(td_position_as(&run, t));
	return td_position_relations(&run);
}
