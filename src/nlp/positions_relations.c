/* Relations between entities that few words state beyond doubt: where a place lies, whose wife somebody is, of what somebody is a member. */
#include "nlp/positions.h"

static td_status relate(td_position_run *run, uint32_t subject, td_relation_kind kind, uint32_t object, td_range toks)
{
	td_doc *doc = run->doc;
	if (subject == TD_NONE || object == TD_NONE || subject == object) return TD_OK;
	for (uint32_t k = doc->relations.n, steps = 0; k-- > 0 && steps < 256; steps++) {
		const td_relation *r = &doc->relations.at[k];
		if (r->subject == subject && r->object == object && r->kind == kind) return TD_OK;
	}
	td_relation r = { .subject = subject, .object = object, .kind = (uint8_t)kind, .toks = toks };
	return TD_PUSH(&doc->arena, &doc->relations, r) ? TD_OK : td_no_memory(run->err);
}

static td_range both(const td_mention *a, const td_mention *b)
{
	return (td_range){ a->toks.from < b->toks.from ? a->toks.from : b->toks.from, a->toks.to > b->toks.to ? a->toks.to : b->toks.to };
}

static bool country(const td_position_run *run, const td_mention *m)
{
	uint32_t len, s = td_demonym(run->doc, run->lexicon, m->toks.from, m->toks.to, true, &len);
	return s != TD_NONE && td_note_has(run->lexicon->senses.at[s].note, "country");
}

/* "Gdańsk, Poland": hung on the first, and no list ("France, Germany and Italy"). */
static td_status comma_place(td_position_run *run, uint32_t i)
{
	td_doc *doc = run->doc;
	if (i + 1 >= doc->mentions.n) return TD_OK;
	const td_mention *a = &doc->mentions.at[i], *b = &doc->mentions.at[i + 1];
	if (a->kind != TD_NAMED || b->kind != TD_NAMED || b->cls != TD_PLACE || a->demonym || b->demonym || b->toks.from != a->toks.to + 1) return TD_OK;
	if (a->cls != TD_PLACE && a->cls != TD_FACILITY) return TD_OK;
	if (!td_str_eq(doc->toks.at[a->toks.to].form, TD_STR(",")) || doc->toks.at[b->head].head != a->head || country(run, a)) return TD_OK;
	if (doc->toks.at[b->head].deprel == TD_CONJ || td_child(doc, b->head, TD_CC) != TD_NONE || td_child(doc, a->head, TD_CONJ) != TD_NONE) return TD_OK;
	return relate(run, a->entity, TD_LOCATED_IN, b->entity, both(a, b));
}

/* "a hospital in Kabul", where the hospital has a name. */
static td_status inside(td_position_run *run, uint32_t i)
{
	td_doc *doc = run->doc;
	const td_mention *b = &doc->mentions.at[i];
	uint32_t up = doc->toks.at[b->head].head, a = up == TD_NONE ? TD_NONE : run->headed[up];
	if (b->kind != TD_NAMED || b->cls != TD_PLACE || a == TD_NONE || doc->toks.at[b->head].deprel != TD_NMOD) return TD_OK;
	const td_mention *m = &doc->mentions.at[a];
	if (m->kind != TD_NAMED || (m->cls != TD_PLACE && m->cls != TD_FACILITY) || !td_str_eq(td_case_of(doc, b->head), TD_STR("in"))) return TD_OK;
	return relate(run, m->entity, TD_LOCATED_IN, b->entity, both(m, b));
}

/* "the Polish city of Gdańsk": the noun for the place has a demonym. */
static td_status demonym_place(td_position_run *run, const td_mention *noun, const td_mention *demonym)
{
	if (noun->kind != TD_NOMINAL || noun->cls != TD_PLACE || noun->entity == TD_NONE) return TD_OK;
	const td_entity *e = &run->doc->entities.at[noun->entity];
	return e->named && e->cls == TD_PLACE ? relate(run, noun->entity, TD_LOCATED_IN, demonym->entity, both(noun, demonym)) : TD_OK;
}

/* "Polish lawyer Jan Kowalski": what he is, not an office of the country. */
static td_status nationality(td_position_run *run, uint32_t i)
{
	td_doc *doc = run->doc;
	const td_mention *d = &doc->mentions.at[i];
	uint32_t up = doc->toks.at[d->head].head, a = up == TD_NONE ? TD_NONE : run->headed[up];
	if (!d->demonym || a == TD_NONE) return TD_OK;
	const td_mention *m = &doc->mentions.at[a];
	if (m->entity == TD_NONE || doc->entities.at[m->entity].cls != TD_PERSON) return demonym_place(run, m, d);
	if (!doc->entities.at[m->entity].named) return TD_OK;
	uint32_t noun = m->kind == TD_NOMINAL ? m->head : m->title.from < m->title.to ? m->title.to - 1 : TD_NONE;
	if (noun != TD_NONE) {
		uint32_t len, s = td_phrase_before(doc, run->lexicon, td_sent_of(doc, noun).from, noun + 1, TD_SENSE_TITLE, &len);
		if (s != TD_NONE && !td_note_has(run->lexicon->senses.at[s].note, "occupation")) return TD_OK;
	}
	return relate(run, m->entity, TD_NATIONALITY, d->entity, both(m, d));
}

/* The named person who possesses: "his wife", "Trump's son". */
static uint32_t possessor(const td_position_run *run, uint32_t head)
{
	return td_named_entity(run, td_child(run->doc, head, TD_NMOD_POSS), TD_PERSON);
}

/* A noun that says how somebody stands to somebody else, or to a body. */
static td_status by_noun(td_position_run *run, uint32_t i, uint32_t noun)
{
	td_doc *doc = run->doc;
	const td_mention *m = &doc->mentions.at[i];
	td_str note;
	if (m->entity == TD_NONE || !doc->entities.at[m->entity].named) return TD_OK;
	(void)td_noun_class(doc, run->lexicon, noun, &note);
	uint32_t owner = possessor(run, noun);
	if (owner == TD_NONE && m->kind == TD_NAMED) owner = possessor(run, m->head);
	uint32_t of = td_child(doc, noun, TD_NMOD);
	if (of != TD_NONE && !td_str_eq(td_case_of(doc, of), TD_STR("of"))) of = TD_NONE;
	uint32_t whole = of == TD_NONE ? TD_NONE : td_named_entity(run, of, TD_CLASS_NONE);
	if (td_note_has(note, "kin")) {
		if (owner == TD_NONE && whole != TD_NONE && doc->entities.at[whole].cls == TD_PERSON) owner = whole;
		return relate(run, m->entity, TD_KIN, owner, m->toks);
	}
	if (td_lemma_is(doc, noun, "ally")) return relate(run, m->entity, TD_ALLIED_WITH, owner != TD_NONE ? owner : whole, m->toks);
	static const char *const parts[] = { "subsidiary", "unit", "branch", "part", "division", "arm", NULL };
	if (td_tok_in(doc, noun, parts) && whole != TD_NONE) return relate(run, m->entity, TD_PART_OF, whole, m->toks);
	return TD_OK;
}

static td_status membership(td_position_run *run)
{
	static const char *const words[] = { "member", "mp", "senator", "founding member", "board member", "committee member", "councillor", NULL };
	td_doc *doc = run->doc;
	for (uint32_t i = 0; i < doc->positions.n; i++) {
		td_position p = doc->positions.at[i];
		if (p.organization == TD_NONE || p.status != TD_CURRENT || doc->entities.at[p.organization].cls != TD_ORGANIZATION) continue;
		if (td_in_list(p.title, words)) TRY(relate(run, p.holder, TD_MEMBER_OF, p.organization, p.toks));
	}
	return TD_OK;
}

td_status td_position_relations(td_position_run *run)
{
	td_doc *doc = run->doc;
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		TRY(comma_place(run, i));
		TRY(inside(run, i));
		TRY(nationality(run, i));
		if (m->kind == TD_NOMINAL) TRY(by_noun(run, i, m->head));
		if (m->kind == TD_NAMED && m->title.from < m->title.to) TRY(by_noun(run, i, m->title.to - 1));
	}
	return membership(run);
}
