/* Where something happened, from the semantic roles of its trigger: "appeared in court" has its place there whatever the frame of
 * the sense lists. Who does it and who suffers it are left to the frames, which know better. */
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

/* Args of one event lie behind one another, and it is the last one that has any. */
static bool has_place_or(const td_doc *doc, uint32_t event, uint32_t entity)
{
	for (uint32_t i = doc->args.n; i-- > 0 && doc->args.at[i].event == event;) {
		const td_arg *a = &doc->args.at[i];
		if (a->role == TD_AT || (a->target == entity && !a->is_event)) return true;
	}
	return false;
}

static bool can_be_place(td_class cls)
{
	return cls == TD_PLACE || cls == TD_FACILITY || cls == TD_ORGANIZATION; /* courts and parliaments */
}

td_status td_roles_place(td_doc *doc, uint32_t event, uint32_t pred, td_error *err)
{
	for (uint32_t i = td_srl_first(doc, pred); i < doc->srl.n && doc->srl.at[i].pred == pred; i++) {
		const td_srl *a = &doc->srl.at[i];
		uint32_t m = td_filler_mention(doc, a->tok);
		if (a->role != TD_SRL_LOC || m == TD_NONE || !can_be_place(td_class_at(doc, a->tok))) continue;
		uint32_t entity = doc->mentions.at[m].entity;
		if (entity >= doc->entities.n || has_place_or(doc, event, entity)) continue;
		td_arg place = { event, entity, TD_AT, 0, m };
		if (!TD_PUSH(&doc->arena, &doc->args, place)) return td_no_memory(err);
	}
	return TD_OK;
}
