/* Positions that persons hold or held: from titles, appositions, predicates and as-phrases. */
#include "nlp/positions.h"

td_status td_positions(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	td_position_run run = { doc, lexicon, err };
	doc->positions.n = 0;
	doc->relations.n = 0;
	if (!doc->first_child) TRY(td_doc_index_tree(doc, err));
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		if (m->kind == TD_NAMED && m->title.from < m->title.to) TRY(td_position_title(&run, i));
		if (m->kind == TD_NOMINAL) TRY(td_position_nominal(&run, i));
	}
	return td_position_relations(&run);
}
