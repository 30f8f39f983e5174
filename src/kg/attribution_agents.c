/* Who says something acts in the event of saying it, also where the event's own frame has not found him. */
#include "kg/attribution.h"

static bool has_agent(const td_attributor *a, uint32_t event)
{
	for (uint32_t i = a->first_arg[event]; i != TD_NONE; i = a->next_arg[i])
		if (a->doc->args.at[i].role == TD_AGENT) return true;
	return false;
}

static td_status fill(td_attributor *a, uint32_t event, td_error *err)
{
	td_doc *doc = a->doc;
	uint32_t head = doc->triggers.at[doc->events.at[event].trigger].head;
	td_cue cue;
	if (!td_lexicon_is_a(a->lexicon, doc->events.at[event].cls, a->communication) || !td_stance_at(a, head, &cue)) return TD_OK;
	td_sources sources = td_sources_of(a, head, &cue);
	for (uint32_t i = 0; i < sources.n; i++) {
		td_arg arg = { .event = event, .target = sources.at[i], .role = TD_AGENT, .mention = TD_NONE };
		if (!TD_PUSH(&doc->arena, &doc->args, arg)) return td_no_memory(err);
	}
	return TD_OK;
}

td_status td_fill_tellers(td_attributor *a, td_error *err)
{
	for (uint32_t e = 0; e < a->doc->events.n; e++)
		if (a->doc->events.at[e].trigger < a->doc->triggers.n && !has_agent(a, e)) TRY(fill(a, e, err));
	return TD_OK;
}
