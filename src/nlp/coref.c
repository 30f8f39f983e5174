/* Coreference by sieves, the surest first (after Lee et al., "Deterministic coreference resolution based on entity-centric, precision-ranked
 * rules", Computational Linguistics 39(4), 2013): names over the whole document, then what the tree states, then nominals and pronouns in
 * the order of the text. Every look back is bounded, so that the whole is n log n in the mentions. */
#include "nlp/coref.h"

uint32_t td_root(td_coref_run *run, uint32_t mention)
{
	while (run->parent[mention] != mention) {
		run->parent[mention] = run->parent[run->parent[mention]];
		mention = run->parent[mention];
	}
	return mention;
}

bool td_genders_fit(td_gender a, td_gender b)
{
	return a == TD_GENDER_UNKNOWN || b == TD_GENDER_UNKNOWN || a == b;
}

bool td_classes_fit(unsigned a, unsigned b)
{
	if (a == b || a == TD_CLASS_NONE || b == TD_CLASS_NONE) return true;
	if (a > b) {
		unsigned c = a;
		a = b;
		b = c;
	}
	/* A council is a body and a building, a militia a body and its people, a country a place and its people. */
	return (a == TD_ORGANIZATION && (b == TD_FACILITY || b == TD_GROUP || b == TD_PRODUCT || b == TD_WORK)) ||
	       (a == TD_PLACE && b == TD_FACILITY) || (a == TD_PRODUCT && b == TD_WORK);
}

/* The class of a joined cluster: that of the named side, else the larger one's. */
static uint8_t merged_class(const td_cluster *a, const td_cluster *b)
{
	if (a->cls == TD_CLASS_NONE || b->cls == TD_CLASS_NONE) return a->cls == TD_CLASS_NONE ? b->cls : a->cls;
	if (a->named != b->named) return a->named ? a->cls : b->cls;
	return b->n > a->n ? b->cls : a->cls;
}

bool td_join(td_coref_run *run, uint32_t a, uint32_t b)
{
	uint32_t x = td_root(run, a), y = td_root(run, b);
	if (x == y) return true;
	if (x > y) {
		uint32_t z = x;
		x = y;
		y = z;
	}
	td_cluster *p = &run->info[x], *q = &run->info[y];
	if (run->names_known && p->named && q->named && p->cls == TD_PERSON && q->cls == TD_PERSON) return false;
	if (!td_classes_fit(p->cls, q->cls) || !td_genders_fit((td_gender)p->gender, (td_gender)q->gender)) return false;
	p->cls = merged_class(p, q);
	if (p->gender == TD_GENDER_UNKNOWN) p->gender = q->gender;
	if (p->number == TD_NUMBER_UNKNOWN || (q->named && !p->named)) p->number = q->number;
	p->named |= q->named;
	p->n += q->n;
	if (q->last > p->last) p->last = q->last;
	run->parent[y] = x;
	return true;
}

td_str td_name_of(td_coref_run *run, uint32_t mention)
{
	if (run->sense[mention] != TD_NONE) return run->lexicon->senses.at[run->sense[mention]].reference;
	return td_doc_toks_text(run->doc, td_men(run, mention)->toks);
}

/* ---- setting up -------------------------------------------------------------------------------------------------- */

static void start_cluster(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	uint32_t len;
	run->parent[i] = i;
	run->info[i] = (td_cluster){ m->cls, m->gender, m->number, m->kind == TD_NAMED, 1, i };
	if (m->kind == TD_PRONOUN && m->cls != TD_PERSON) run->info[i].gender = TD_GENDER_UNKNOWN;
	if (m->cls != TD_PERSON && m->cls != TD_CLASS_NONE) run->info[i].gender = TD_GENDER_UNKNOWN;
	if (m->head < run->doc->toks.n) run->headed[m->head] = i;
	if (m->kind != TD_NAMED || m->cls == TD_PERSON) return;
	uint32_t s = td_demonym(run->doc, run->lexicon, m->toks.from, m->toks.to, true, &len);
	if (s != TD_NONE && len == m->toks.to - m->toks.from) run->sense[i] = s;
}

static td_status prepare(td_coref_run *run)
{
	td_arena *arena = &run->doc->arena;
	uint32_t n = run->doc->mentions.n, t = run->doc->toks.n;
	run->parent = td_arena_nones(arena, n);
	run->sense = td_arena_nones(arena, n);
	run->noun_prev = td_arena_nones(arena, n);
	run->headed = td_arena_nones(arena, t);
	run->quote = td_arena_nones(arena, t);
	run->info = td_arena_zero(arena, (size_t)n + 1, sizeof *run->info);
	if (!run->parent || !run->sense || !run->noun_prev || !run->headed || !run->quote || !run->info) return td_no_memory(run->err);
	td_map_init(&run->role_of, arena);
	td_map_init(&run->noun_of, arena);
	for (uint32_t i = 0; i < n; i++) start_cluster(run, i);
	for (uint32_t i = 0; i < n; i++) {
		const td_mention *m = td_men(run, i);
		uint32_t from = m->title.from < m->title.to ? m->title.from : m->toks.from;
		for (uint32_t k = from; m->kind == TD_NAMED && k < m->toks.to; k++)
			if (run->headed[k] == TD_NONE) run->headed[k] = i;
	}
	return TD_OK;
}

/* A person whose title or place is known may be called by it from here on. */
static td_status roles_of_name(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	if (m->title.from >= m->title.to) return TD_OK;
	uint32_t from = td_sent_of(run->doc, m->title.from).from, place = TD_NONE;
	for (uint32_t k = m->title.from; k-- > from && m->title.from - k <= 3 && place == TD_NONE;) {
		uint32_t above = run->headed[k];
		if (above != TD_NONE && td_men(run, above)->kind == TD_NAMED && td_men(run, above)->cls != TD_PERSON) place = above;
	}
	return td_add_role(run, i, m->title, place);
}

td_status td_coref(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	td_coref_run run = { .doc = doc, .lexicon = lexicon, .err = err };
	if (!doc->first_child) TRY(td_doc_index_tree(doc, err));
	TRY(prepare(&run));
	TRY(td_coref_names(&run));
	run.names_known = true;
	TRY(td_coref_quotes(&run));
	TRY(td_coref_tree(&run));
	TRY(td_coref_offices(&run));
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		uint8_t kind = doc->mentions.at[i].kind;
		if (kind == TD_NAMED) {
			TRY(roles_of_name(&run, i));
			TRY(td_coref_noun_name(&run, i));
		}
		if (kind == TD_NOMINAL) TRY(td_coref_nominal(&run, i));
		if (kind == TD_PRONOUN) td_coref_pronoun(&run, i);
	}
	td_coref_culprit(&run);
	TRY(td_coref_headline(&run));
	return td_coref_entities(&run);
}
