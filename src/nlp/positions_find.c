/* Where positions are read from. */
#include "nlp/positions.h"

td_status td_position_title(td_position_run *run, uint32_t mention)
{
	td_doc *doc = run->doc;
	const td_mention *m = &doc->mentions.at[mention];
	td_position p = { .holder = m->entity, .title = td_doc_toks_text(doc, m->title), .organization = TD_NONE, .status = TD_CURRENT, .toks = m->title };
	return TD_PUSH(&doc->arena, &doc->positions, p) ? TD_OK : td_no_memory(run->err);
}

td_status td_position_nominal(td_position_run *run, uint32_t mention)
{
	(void)run;
	(void)mention;
	return TD_OK;
}

td_status td_position_relations(td_position_run *run)
{
	(void)run;
	return TD_OK;
}
