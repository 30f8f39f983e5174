/* What follows from joined events: who dies in an attack is whom the attack hit, and dies where it took place. */
#include "kg/events.h"

/* When an event of class `effect` has a cause of class `cause`, fillers of a role go from one to the other where it has none. */
static const struct {
	const char *cause, *effect;
	uint8_t role, into;
	bool forward; /* from the cause to the effect */
} rules[] = {
	{ "Attack", "Death", TD_AT, TD_AT, true }, { "Attack", "Injury", TD_AT, TD_AT, true },
	{ "Attack", "Death", TD_AGENT, TD_AGENT, true }, { "Attack", "Injury", TD_AGENT, TD_AGENT, true },
	{ "Attack", "Death", TD_PATIENT, TD_PATIENT, false }, { "Attack", "Injury", TD_PATIENT, TD_PATIENT, false },
	{ "Accident", "Death", TD_AT, TD_AT, true }, { "Accident", "Injury", TD_AT, TD_AT, true },
	{ "NaturalDisaster", "Death", TD_AT, TD_AT, true }, { "NaturalDisaster", "Injury", TD_AT, TD_AT, true },
	{ "Fire", "Death", TD_AT, TD_AT, true }, { "Fire", "Injury", TD_AT, TD_AT, true },
};

static bool has_role(const td_doc *doc, uint32_t n_args, uint32_t event, uint8_t role)
{
	for (uint32_t i = 0; i < n_args; i++)
		if (doc->args.at[i].event == event && doc->args.at[i].role == role) return true;
	return false;
}

static td_status hand_over(td_doc *doc, uint32_t n_args, uint32_t from, uint32_t to, uint8_t role, uint8_t into, td_error *err)
{
	if (has_role(doc, n_args, to, into)) return TD_OK;
	for (uint32_t i = 0; i < n_args; i++) {
		td_arg a = doc->args.at[i];
		if (a.event != from || a.role != role || a.is_event) continue;
		a.event = to;
		a.role = into;
		a.mention = TD_NONE;
		if (!TD_PUSH(&doc->arena, &doc->args, a)) return td_no_memory(err);
	}
	return TD_OK;
}

static bool is_a(const td_lexicon *lexicon, uint16_t cls, const char *name)
{
	return td_lexicon_is_a(lexicon, cls, td_lexicon_class(lexicon, td_str_of(name)));
}

td_status td_event_infer(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	uint32_t n = doc->args.n < TD_MAX_INFER ? doc->args.n : TD_MAX_INFER;
	for (uint32_t i = 0; i < n; i++) {
		td_arg link = doc->args.at[i];
		if (link.role != TD_CAUSE || !link.is_event) continue;
		uint16_t effect = doc->events.at[link.event].cls, cause = doc->events.at[link.target].cls;
		for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
			if (!is_a(lexicon, cause, rules[k].cause) || !is_a(lexicon, effect, rules[k].effect)) continue;
			uint32_t from = rules[k].forward ? link.target : link.event, to = rules[k].forward ? link.event : link.target;
			TRY(hand_over(doc, n, from, to, rules[k].role, rules[k].into, err));
		}
	}
	return TD_OK;
}
