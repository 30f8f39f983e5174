#include "kg/events.h"

enum { MAX_LABEL = 160 }; /* bytes; a label is for reading */

static td_str entity_label(const td_doc *doc, uint32_t entity)
{
	return entity < doc->entities.n ? doc->entities.at[entity].label : (td_str){ 0 };
}

/* [n_events][TD_ROLES_COUNT] the first argument in each role that is an entity: index into args, TD_NONE. */
typedef uint32_t role_row[TD_ROLES_COUNT];

static role_row *first_fillers(td_doc *doc)
{
	role_row *rows = td_arena_zero(&doc->arena, (size_t)doc->events.n + 1, sizeof *rows);
	for (uint32_t i = 0; rows && i < doc->events.n; i++)
		for (unsigned r = 0; r < TD_ROLES_COUNT; r++) rows[i][r] = TD_NONE;
	for (uint32_t i = doc->args.n; rows && i-- > 0;) {
		const td_arg *a = &doc->args.at[i];
		if (!a->is_event) rows[a->event][a->role] = i;
	}
	return rows;
}

static td_str filler(const td_doc *doc, const uint32_t *row, td_role role)
{
	return row[role] == TD_NONE ? (td_str){ 0 } : entity_label(doc, doc->args.at[row[role]].target);
}

/* The mention that fills the role, when it hangs on the trigger itself; TD_NONE. */
static uint32_t beside(const td_doc *doc, const uint32_t *row, td_role role, const td_trigger *t)
{
	uint32_t m = row[role] == TD_NONE ? TD_NONE : doc->args.at[row[role]].mention;
	if (m >= doc->mentions.n) return TD_NONE;
	uint32_t up = doc->toks.at[doc->mentions.at[m].head].head;
	return up == t->head || (up >= t->toks.from && up < t->toks.to) ? m : TD_NONE;
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

/* With the preposition of the sentence, if it has one: "spoke [to] Ruto", "asked the Queen". */
static void join_as_said(const td_doc *doc, const uint32_t *row, td_role role, const td_trigger *t, td_buf *out)
{
	td_str what = filler(doc, row, role);
	uint32_t m = beside(doc, row, role, t);
	td_str prep = m == TD_NONE ? (td_str){ 0 } : td_case_of(doc, doc->mentions.at[m].head);
	if (!what.n || out->n + prep.n + what.n + 2 > MAX_LABEL) return;
	if (!td_str_eq(prep, TD_STR("by"))) join(out, " ", prep);
	join(out, " ", what);
}

/* "more than 20 people killed", but "killing more than 20 people" */
static bool patient_behind(const td_doc *doc, const uint32_t *row, const td_trigger *t)
{
	uint32_t m = beside(doc, row, TD_PATIENT, t);
	return m != TD_NONE && doc->mentions.at[m].head > t->head;
}

static void write_clause(const td_doc *doc, const uint32_t *who, const td_trigger *t, td_buf *out)
{
	td_str agent = filler(doc, who, TD_AGENT);
	bool behind = agent.n || patient_behind(doc, who, t);
	join(out, " ", behind ? agent : filler(doc, who, TD_PATIENT));
	join(out, " ", td_doc_toks_text(doc, t->toks));
	if (behind) join_as_said(doc, who, TD_PATIENT, t, out);
	if (behind && who[TD_PATIENT] == TD_NONE && beside(doc, who, TD_TOPIC, t) != TD_NONE) join_as_said(doc, who, TD_TOPIC, t, out);
}

static void write_label(const td_doc *doc, const td_lexicon *lexicon, const role_row *fillers, uint32_t event, td_buf *out)
{
	const td_event *e = &doc->events.at[event];
	const td_trigger *t = &doc->triggers.at[e->trigger];
	const uint32_t *who = fillers[event];
	td_str agent = filler(doc, who, TD_AGENT), patient = filler(doc, who, TD_PATIENT);
	bool verb = doc->toks.at[t->head].upos == TD_VERB;
	size_t k = joint_of(lexicon, e->cls);
	if (verb && (agent.n || patient.n)) {
		write_clause(doc, who, t, out);
	} else {
		join(out, " ", td_doc_toks_text(doc, t->toks));
		join(out, joints[k].agent, agent);
		join(out, joints[k].patient, patient);
	}
	if (beside(doc, who, TD_DESTINATION, t) != TD_NONE) join_as_said(doc, who, TD_DESTINATION, t, out);
	else join(out, " to ", filler(doc, who, TD_DESTINATION));
	if (!patient.n && verb) join_as_said(doc, who, TD_RECIPIENT, t, out);
	else if (!patient.n) join(out, " to ", filler(doc, who, TD_RECIPIENT));
	td_str place = filler(doc, who, TD_AT);
	bool told = td_str_eq(place, agent) || td_str_eq(place, filler(doc, who, TD_DESTINATION));
	if ((!agent.n || !patient.n) && !told) join(out, " in ", place);
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
