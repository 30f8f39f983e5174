/* Links that need the whole document: who the attacker was, whom the headline meant. */
#include "nlp/coref.h"

enum { LEAD = 2 }; /* the last sentence in which the headline is said again */

/* Words for whoever did it: they name one person in one report. */
bool td_is_perpetrator(td_coref_run *run, uint32_t i)
{
	static const char *const words[] = { "suspect", "attacker", "assailant", "gunman", "shooter", "perpetrator", "killer", "accused", "defendant", "bomber",
		"culprit", "murderer", "hijacker", "kidnapper", "robber", NULL };
	return td_tok_in(run->doc, td_men(run, i)->head, words);
}

uint32_t td_other_perpetrator(td_coref_run *run, uint32_t i)
{
	for (uint32_t k = i, steps = 0; k-- > 0 && steps < 4 * TD_MAX_LOOK_BACK; steps++) {
		const td_mention *o = td_men(run, k);
		if (o->kind == TD_NOMINAL && o->number == td_men(run, i)->number && td_is_perpetrator(run, k)) return k;
	}
	for (uint32_t r = run->roles.n, steps = 0; r-- > 0 && steps < TD_MAX_CHAIN; steps++)
		if (td_str_eq(run->roles.at[r].word, TD_STR("suspect")) || td_str_eq(run->roles.at[r].word, TD_STR("attacker"))) return run->roles.at[r].mention;
	return TD_NONE;
}

/* A person to whom justice has been done: "arrested X", "X was charged", "the case against X". */
static bool accused(const td_doc *doc, uint32_t t)
{
	static const char *const verbs[] = { "arrest", "charge", "convict", "sentence", "detain", "imprison", "jail", "indict", NULL };
	static const char *const nouns[] = { "charge", "case", "indictment", "accusation", "verdict", "trial", NULL };
	uint32_t up = doc->toks.at[t].head;
	if (up == TD_NONE) return false;
	uint8_t rel = doc->toks.at[t].deprel;
	if ((rel == TD_NSUBJ_PASS || (rel == TD_OBJ && doc->toks.at[up].upos == TD_VERB)) && td_tok_in(doc, up, verbs)) return true;
	return td_str_eq(td_case_of(doc, t), TD_STR("against")) && td_tok_in(doc, up, nouns);
}

void td_coref_culprit(td_coref_run *run)
{
	uint32_t culprit = TD_NONE, n = run->doc->mentions.n;
	for (uint32_t i = 0; i < n; i++) {
		const td_mention *m = td_men(run, i);
		if (!accused(run->doc, m->head) || td_info(run, i)->cls != TD_PERSON || !td_info(run, i)->named) continue;
		if (culprit != TD_NONE && td_root(run, culprit) != td_root(run, i)) return; /* more than one: we cannot tell */
		culprit = i;
	}
	for (uint32_t i = 0; culprit != TD_NONE && i < n; i++)
		if (td_men(run, i)->kind == TD_NOMINAL && td_men(run, i)->number == TD_SINGULAR && !td_info(run, i)->named && td_is_perpetrator(run, i))
			(void)td_join(run, i, culprit);
}

/* A headline's "Tunisian Prime Minister" is whom the text then names: the first to bear that role. */
static uint32_t named_later(td_coref_run *run, uint32_t i, td_str word)
{
	uint32_t found = TD_NONE, steps = 0, place = td_place_of(run, i);
	for (uint32_t r = td_map_get(&run->role_of, word); r != TD_NONE && steps < TD_MAX_CHAIN; r = run->roles.at[r].prev, steps++) {
		const td_role_seen *role = &run->roles.at[r];
		if (!td_places_fit(run, role->place, place) || td_adds_word(run, td_office(run, td_men(run, i)->toks), role->span)) continue;
		if (td_info(run, role->mention)->named && td_genders_fit((td_gender)td_info(run, role->mention)->gender, (td_gender)td_men(run, i)->gender))
			found = role->mention;
	}
	return found;
}

/* "Thai political party withdraws…": the thing that the text names and takes up by the same noun. */
static uint32_t thing_named_later(td_coref_run *run, uint32_t i, td_str word)
{
	uint32_t found = TD_NONE, steps = 0, place = td_place_of(run, i);
	for (uint32_t k = td_map_get(&run->noun_of, word); k != TD_NONE && steps < TD_MAX_CHAIN; k = run->noun_prev[k], steps++)
		if (k > i && td_info(run, k)->named && td_men(run, k)->number == td_men(run, i)->number && td_places_fit(run, td_place_of(run, k), place)) found = k;
	return found;
}

/* "Two men jailed over plot" and then "Two men who planned … have been jailed": the first paragraph says the headline again. */
static uint32_t said_again(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	const td_doc *doc = run->doc;
	for (uint32_t k = i + 1; k < doc->mentions.n; k++) {
		const td_mention *o = td_men(run, k);
		uint32_t sent = doc->toks.at[o->head].sent;
		if (sent > LEAD) return TD_NONE;
		if (sent == 0 || o->kind != TD_NOMINAL || o->number != m->number || !td_str_eq(doc->toks.at[o->head].lemma, doc->toks.at[m->head].lemma)) continue;
		if (td_child(doc, o->head, TD_NMOD_POSS) != TD_NONE || !td_places_fit(run, td_place_of(run, k), td_place_of(run, i))) continue;
		if (!td_adds_word(run, m->toks, o->toks) && !td_adds_word(run, o->toks, m->toks)) return k;
	}
	return TD_NONE;
}

td_status td_coref_headline(td_coref_run *run)
{
	for (uint32_t i = 0; i < run->doc->mentions.n; i++) {
		const td_mention *m = td_men(run, i);
		if (run->doc->toks.at[m->head].sent > 1) break;
		uint32_t again = m->kind == TD_NOMINAL && run->doc->toks.at[m->head].sent == 0 && !td_info(run, i)->named ? said_again(run, i) : TD_NONE;
		if (again != TD_NONE) (void)td_join(run, i, again);
		if (m->kind != TD_NOMINAL || m->number == TD_PLURAL || td_info(run, i)->named || td_indefinite(run->doc, m->head)) continue;
		td_str prep = td_case_of(run->doc, m->head);
		if (td_str_eq(prep, TD_STR("for")) || td_str_eq(prep, TD_STR("as"))) continue; /* "a candidate for prime minister": nobody yet */
		td_str word = td_lower(&run->doc->arena, run->doc->toks.at[m->head].lemma);
		if (!word.at) return td_no_memory(run->err);
		uint32_t to = m->cls == TD_PERSON ? named_later(run, i, word) : thing_named_later(run, i, word);
		if (to != TD_NONE) (void)td_join(run, i, to);
	}
	return TD_OK;
}
