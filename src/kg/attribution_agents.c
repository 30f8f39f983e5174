/* Who says something acts in the event of saying it, also where the event's own frame has not found him. */
#include "kg/attribution.h"

static bool has_agent(const td_attributor *a, uint32_t event)
{
	for (uint32_t i = a->first_arg[event]; i != TD_NONE; i = a->next_arg[i])
		if (a->doc->args.at[i].role == TD_AGENT) return true;
	return false;
}

static td_status add_agent(td_attributor *a, uint32_t event, uint32_t source, td_error *err)
{
	td_arg arg = { .event = event, .target = source, .role = TD_AGENT, .mention = TD_NONE };
	return TD_PUSH(&a->doc->arena, &a->doc->args, arg) ? TD_OK : td_no_memory(err);
}

/* [n_events] who says the quotation that the event brings, or TD_NONE. */
static uint32_t *speakers(const td_attributor *a)
{
	const td_doc *doc = a->doc;
	uint32_t *of = td_arena_nones(&a->doc->arena, doc->events.n);
	for (uint32_t i = 0; of && i < doc->quotes.n; i++) {
		const td_quote *q = &doc->quotes.at[i];
		if (q->statement < doc->events.n && of[q->statement] == TD_NONE) of[q->statement] = q->speaker;
	}
	return of;
}

static td_status fill(td_attributor *a, uint32_t event, uint32_t speaker, td_error *err)
{
	td_doc *doc = a->doc;
	uint32_t head = doc->triggers.at[doc->events.at[event].trigger].head;
	td_cue cue;
	if (!td_lexicon_is_a(a->lexicon, doc->events.at[event].cls, a->communication) || !td_stance_at(a, head, &cue)) return TD_OK;
	td_sources sources = td_sources_of(a, head, &cue);
	for (uint32_t i = 0; i < sources.n; i++) TRY(add_agent(a, event, sources.at[i], err));
	return sources.n || speaker == TD_NONE ? TD_OK : add_agent(a, event, speaker, err);
}

td_status td_fill_tellers(td_attributor *a, td_error *err)
{
	const uint32_t *speaker = speakers(a);
	if (!speaker) return td_no_memory(err);
	for (uint32_t e = 0; e < a->doc->events.n; e++)
		if (a->doc->events.at[e].trigger < a->doc->triggers.n && !has_agent(a, e)) TRY(fill(a, e, speaker[e], err));
	return TD_OK;
}
