/* Linked entities by the names that others have given them. */
#include "kg/facts_make.h"

TD_LABEL_CODE(td_subjects, TD_SUBJECTS, TD_SUBJECTS_MAP)

/* Empty where there is none, .at NULL when out of memory. */
static td_str name_elsewhere(td_doc *doc, const td_kb_entry *entry, td_subjects subjects)
{
	bool wikidata = subjects == TD_SUBJECTS_WIKIDATA;
	td_str name = wikidata ? entry->wikidata : entry->dbpedia;
	if (!name.n) return TD_STR("");
	td_str iri = td_arena_printf(&doc->arena, "%s" TD_STR_FMT, wikidata ? WD : DBR, TD_STR_ARG(name));
	return !iri.at || td_iri_ok(iri) ? iri : TD_STR("");
}

td_status td_iris_linked(td_doc *doc, const td_kb *kb, td_subjects subjects, td_error *err)
{
	if (subjects == TD_SUBJECTS_LOCAL) return TD_OK;
	for (uint32_t i = 0; i < doc->entities.n; i++) {
		td_entity *e = &doc->entities.at[i];
		if (e->kb == TD_NONE && !e->article.n) continue;
		td_kb_entry entry = e->kb == TD_NONE ? (td_kb_entry){ .wikidata = TD_STR(""), .dbpedia = e->article } : td_kb_get(kb, e->kb);
		td_str iri = name_elsewhere(doc, &entry, subjects);
		if (!iri.at) return td_no_memory(err);
		if (iri.n) e->iri = iri;
	}
	return TD_OK;
}
