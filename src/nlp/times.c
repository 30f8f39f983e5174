#include "nlp/nlp.h"

td_status td_times(td_doc *doc, td_error *err)
{
	(void)err;
	doc->times.n = 0;
	doc->stage = TD_STAGE_TIME;
	return TD_OK;
}
