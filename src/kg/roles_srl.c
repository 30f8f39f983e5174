/* The semantic roles of a predicate. */
#include "kg/events.h"

uint32_t td_srl_first(const td_doc *doc, uint32_t pred)
{
	uint32_t lo = 0, hi = doc->srl.n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (doc->srl.at[mid].pred < pred) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}
