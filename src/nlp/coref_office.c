/* Offices and names that a sentence puts side by side without a comma: who holds several offices, and whose body stands between office and name. */
#include "nlp/coref.h"

enum { MAX_BETWEEN = 12 }; /* words between an office and the name that it belongs to */

static bool is_office(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	return m->kind == TD_NOMINAL && m->cls == TD_PERSON && m->number != TD_PLURAL;
}

static uint32_t starts(const td_mention *m)
{
	return m->title.from < m->title.to ? m->title.from : m->toks.from;
}

static bool named_person(td_coref_run *run, uint32_t i)
{
	return td_men(run, i)->kind == TD_NAMED && td_info(run, i)->cls == TD_PERSON;
}

/* The name of a person that starts at `t`, with its title or without. */
static uint32_t person_at(td_coref_run *run, uint32_t t)
{
	uint32_t m = t < run->doc->toks.n ? run->headed[t] : TD_NONE;
	return m != TD_NONE && named_person(run, m) && starts(td_men(run, m)) == t ? m : TD_NONE;
}

/* What may stand between the "and" and the name: nouns, adjectives, prepositions, no article of its own. */
static bool of_the_title(const td_doc *doc, uint32_t t)
{
	uint8_t upos = doc->toks.at[t].upos;
	return upos == TD_NOUN || upos == TD_PROPN || upos == TD_ADJ || upos == TD_ADP || doc->toks.at[t].xpos == TD_XP_HYPH || doc->toks.at[t].xpos == TD_XP_VBG;
}

/* "[former] Secretary of State and [former] Senator from Ohio Ann Bell", "FBI agent and terrorism specialist Ali Tarek": two offices of one person when
 * neither has an article of its own. */
static uint32_t several_offices(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	uint32_t t = td_men(run, i)->toks.to, end = td_sent_of(doc, t - 1).to, stop = t + MAX_BETWEEN < end ? t + MAX_BETWEEN : end;
	if (td_child(doc, td_men(run, i)->head, TD_DETERM) != TD_NONE || td_child(doc, td_men(run, i)->head, TD_NMOD_POSS) != TD_NONE) return TD_NONE;
	while (t < stop && !td_tok_is(doc, t, "and") && of_the_title(doc, t)) t++;
	if (t >= stop || !td_tok_is(doc, t, "and")) return TD_NONE;
	bool office = false;
	for (t++; t < stop; t++) {
		uint32_t name = person_at(run, t);
		if (name != TD_NONE) return office || starts(td_men(run, name)) < td_men(run, name)->toks.from ? name : TD_NONE;
		if (!of_the_title(doc, t)) return TD_NONE;
		if (run->headed[t] != TD_NONE && is_office(run, run->headed[t])) office = true;
		uint32_t len;
		if (td_phrase_sense(doc, run->lexicon, t, stop, TD_SENSE_TITLE, &len) != TD_NONE) office = true;
	}
	return TD_NONE;
}

/* "chair of the House Ethics Committee [Representative] Ann Bell" */
static uint32_t behind_body(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i);
	uint32_t t = m->toks.to, len, end = td_sent_of(doc, m->head).to;
	if (td_phrase_before(doc, run->lexicon, m->toks.from, t, TD_SENSE_TITLE, &len) == TD_NONE || t + 2 >= end) return TD_NONE;
	if (!td_tok_is(doc, t, "of") || !td_tok_is(doc, t + 1, "the")) return TD_NONE;
	uint32_t body = td_mention_at(doc, t + 2);
	if (body == TD_NONE || td_men(run, body)->kind != TD_NAMED || td_men(run, body)->cls != TD_ORGANIZATION || td_men(run, body)->toks.to >= end) return TD_NONE;
	return person_at(run, td_men(run, body)->toks.to);
}

/* "Ann Bell, his wife and the current chairwoman of the party, …": what is joined to an apposition is one, too. */
static uint32_t behind_apposition(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	uint32_t head = td_men(run, i)->head, up = doc->toks.at[head].head;
	if (doc->toks.at[head].deprel != TD_CONJ || up == TD_NONE || up > head) return TD_NONE;
	uint32_t who = run->headed[up], beside = td_child(doc, up, TD_APPOS);
	if (who == TD_NONE || !named_person(run, who) || beside == TD_NONE || beside > head || run->headed[beside] == TD_NONE) return TD_NONE;
	if (!is_office(run, run->headed[beside])) return TD_NONE;
	for (uint32_t t = beside + 1; t < td_men(run, i)->toks.from; t++)
		if (doc->toks.at[t].upos == TD_PUNCT) return TD_NONE;
	return who;
}

td_status td_coref_offices(td_coref_run *run)
{
	for (uint32_t i = 0; i < run->doc->mentions.n; i++) {
		if (!is_office(run, i)) continue;
		uint32_t who = several_offices(run, i);
		if (who == TD_NONE) who = behind_body(run, i);
		if (who == TD_NONE) who = behind_apposition(run, i);
		if (who != TD_NONE && td_join(run, who, i)) TRY(td_add_role(run, who, td_office(run, td_men(run, i)->toks), TD_NONE));
	}
	return TD_OK;
}
