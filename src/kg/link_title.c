/* Descriptions that mean one person on a given day: "the Russian president", "British prime minister", "Mexico's president". */
#include "kg/link.h"

/* What a headline calls an office, and the offices to try, in order of power. */
static const struct {
	const char *word, *office;
} offices[] = {
	{ "president", "president" },
	{ "prime minister", "prime minister" },
	{ "premier", "prime minister" },
	{ "chancellor", "chancellor" },
	{ "king", "king" },
	{ "queen", "queen" },
	{ "monarch", "king" },
	{ "monarch", "queen" },
	{ "leader", "leader" },
	{ "leader", "president" },
	{ "leader", "prime minister" },
	{ "foreign minister", "foreign minister" },
	{ "foreign secretary", "foreign secretary" },
	{ "secretary of state", "secretary of state" },
	{ "vice president", "vice president" },
	{ "supreme leader", "supreme leader" },
};

static uint32_t holder(const linker *l, td_str title, uint32_t place)
{
	td_date date = l->doc->date;
	for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
		if (!td_str_eq(title, td_str_of(offices[i].word))) continue;
		uint32_t person = td_kb_holder(l->kb, td_str_of(offices[i].office), place, date.year, date.month);
		if (person != TD_NONE) return person;
	}
	return TD_NONE;
}

/* The place that the words before the title name, as a noun or an adjective; *rest is what follows it. */
static uint32_t leading_place(const linker *l, td_str text, td_str *rest)
{
	td_kb_candidate found[LINK_MAX_CANDIDATES];

	for (size_t i = text.n; i-- > 1;) {
		if (text.at[i] != ' ') continue;
		uint32_t n = td_kb_find(l->kb, (td_str){ text.at, i }, found, LINK_MAX_CANDIDATES);
		for (uint32_t k = 0; k < n; k++) {
			if (td_kb_get(l->kb, found[k].entry).cls != TD_PLACE) continue;
			*rest = (td_str){ text.at + i + 1, text.n - i - 1 };
			return found[k].entry;
		}
	}
	return TD_NONE;
}

enum { MAX_DESCRIPTION = 64 }; /* bytes */

static td_status link_description(linker *l, const td_mention *m, td_error *err)
{
	td_entity *e = &l->doc->entities.at[m->entity];
	td_str title, text = td_doc_toks_text(l->doc, m->toks);

	if (text.n > MAX_DESCRIPTION) return TD_OK;
	text = td_fold(&l->doc->arena, text);
	if (!text.at) return td_no_memory(err);
	uint32_t place = leading_place(l, text, &title);
	uint32_t person = place == TD_NONE ? TD_NONE : holder(l, title, place);
	if (person == TD_NONE) return TD_OK;

	td_kb_entry known = td_kb_get(l->kb, person);
	e->kb = person;
	e->confidence = 0.8f;
	e->label = known.label;
	e->cls = known.cls;
	e->gender = known.gender;
	return TD_OK;
}

td_status td_link_titles(linker *l, td_error *err)
{
	td_doc *doc = l->doc;

	if (doc->date.year <= 0) return TD_OK;
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		if (m->kind != TD_NOMINAL || m->number == TD_PLURAL || m->entity >= doc->entities.n) continue;
		const td_entity *e = &doc->entities.at[m->entity];
		if (e->named || e->kb != TD_NONE || (e->cls != TD_PERSON && e->cls != TD_CLASS_NONE)) continue;
		TRY(link_description(l, m, err));
	}
	return TD_OK;
}
