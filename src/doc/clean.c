#include "doc/source.h"

td_status td_clean(td_doc *doc, td_error *err)
{
	(void)err;
	doc->skips.n = 0;
	return TD_OK;
}
