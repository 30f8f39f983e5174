/* Between the files of the position stage. */
#ifndef TD_POSITIONS_H
#define TD_POSITIONS_H

#include "nlp/mentions.h"
#include "nlp/names.h"
#include "nlp/nlp.h"

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	td_error *err;
} td_position_run;

td_status td_position_title(td_position_run *run, uint32_t mention);   /* a name with a title before it */
td_status td_position_nominal(td_position_run *run, uint32_t mention); /* a nominal that stands for a named person */
td_status td_position_relations(td_position_run *run);

#endif
