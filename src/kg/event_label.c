#include "kg/events.h"

enum { MAX_LABEL = 160 }; /* bytes; a label is for reading */

static td_str entity_label(const td_doc *doc, uint32_t entity)
{
	return entity < doc->entities.n ? doc->entities.at[entity].label : (td_str){ 0 };
}

/* [n_events][TD_ROLES_COUNT] the first entity in each role, TD_NONE. */
typedef uint32_t role_row[TD_ROLES_COUNT];

static role_row *first_fillers(td_doc *doc)
{
	role_row *rows = td_arena_zero(&doc->arena, (size_t)doc->events.n + 1, sizeof *rows);
	for (uint32_t i = 0; rows && i < doc->events.n; i++)
		for (unsigned r = 0; r < TD_ROLES_COUNT; r++) rows[i][r] = TD_NONE;
	for (uint32_t i = doc->args.n; rows && i-- > 0;) {
		const td_arg *a = &doc->args.at[i];
		if (!a->is_event) rows[a->event][a->role] = a->target;
	}
	return rows;
}

/* How a noun's participants are joined to it: "attack by A on B", "visit by A to B", "meeting of A with B". */
static const struct {
	const char *cls, *agent, *patient;
} joints[] = {
	{ "Attack", " by ", " on " }, { "Protest", " by ", " against " }, { "Meeting", " of ", " with " }, { "Call", " of ", " with " },
	{ "Negotiation", " of ", " with " }, { "Agreement", " of ", " with " }, { "Sanction", " by ", " on " }, { "Investigation", " by ", " into " },
	{ "Withdrawal", " of ", " from " }, { "Departure", " of ", " from " }, { "Lawsuit", " by ", " against " }, { "Charge", " by ", " against " },
	{ "Criticism", " by ", " of " }, { "Event", " by ", " of " },
};

static size_t joint_of(const td_lexicon *lexicon, uint16_t cls)
{
	size_t i = 0;
	while (i + 1 < sizeof joints / sizeof *joints && !td_lexicon_is_a(lexicon, cls, td_lexicon_class(lexicon, td_str_of(joints[i].cls)))) i++;
	return i;
}

static void join(td_buf *out, const char *joint, td_str what)
{
	if (!what.n || out->n + what.n + strlen(joint) > MAX_LABEL) return;
	if (out->n) td_buf_str(out, td_str_of(joint));
	td_buf_str(out, what);
}

static void write_label(const td_doc *doc, const td_lexicon *lexicon, const role_row *fillers, uint32_t event, td_buf *out)
{
	const td_event *e = &doc->events.at[event];
	const td_trigger *t = &doc->triggers.at[e->trigger];
	const uint32_t *who = fillers[event];
	td_str agent = entity_label(doc, who[TD_AGENT]), patient = entity_label(doc, who[TD_PATIENT]), word = td_doc_toks_text(doc, t->toks);
	bool verb = doc->toks.at[t->head].upos == TD_VERB;
	size_t k = joint_of(lexicon, e->cls);
	if (verb && (agent.n || patient.n)) {
		join(out, " ", agent.n ? agent : patient);
		join(out, " ", word);
		if (agent.n) join(out, " ", patient);
	} else {
		join(out, " ", word);
		join(out, joints[k].agent, agent);
		join(out, joints[k].patient, patient);
	}
	join(out, " to ", entity_label(doc, who[TD_DESTINATION]));
	if (!patient.n) join(out, " to ", entity_label(doc, who[TD_RECIPIENT]));
	if (!agent.n || !patient.n) join(out, " in ", entity_label(doc, who[TD_AT]));
}

td_status td_event_labels(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	td_buf text = { 0 };
	td_status status = TD_OK;
	role_row *fillers = first_fillers(doc);
	if (!fillers) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->events.n && status == TD_OK; i++) {
		text.n = 0;
		if (doc->events.at[i].trigger < doc->triggers.n) write_label(doc, lexicon, fillers, i, &text);
		doc->events.at[i].label = td_arena_str(&doc->arena, td_buf_view(&text));
		if (text.failed || !doc->events.at[i].label.at) status = td_no_memory(err);
	}
	td_buf_free(&text);
	return status;
}
