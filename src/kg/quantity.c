/* Which event a quantity belongs to. The number of those concerned stands in the frame ("killed 20 people"), beside the word ("20 dead",
 * "death toll of 20"); money, shares, votes, goals and magnitudes belong to the event over them in the tree. */
#include "kg/quantity.h"

#include "kg/events.h"

enum { MAX_UP = 6, ONE = TD_AMOUNT_ONE };

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	const td_finds *finds;
	TD_ARRAY(td_measure) measures;
	uint32_t *at; /* [n_tokens] the measure whose words or noun a token is, TD_NONE */
} quantities;

/* ---- reading -------------------------------------------------------------------------------------------------------------- */

/* Tokens of dates are no quantities. */
static bool *dated_tokens(td_doc *doc)
{
	bool *dated = td_arena_zero(&doc->arena, (size_t)doc->toks.n + 1, sizeof *dated);
	for (uint32_t i = 0; dated && i < doc->times.n; i++)
		for (uint32_t t = doc->times.at[i].toks.from; t < doc->times.at[i].toks.to && t < doc->toks.n; t++) dated[t] = true;
	return dated;
}

static void mark(quantities *q, const td_measure *m, uint32_t index)
{
	for (uint32_t t = m->what.toks.from; t < m->what.toks.to; t++) q->at[t] = index;
	if (m->noun != TD_NONE && q->at[m->noun] == TD_NONE) q->at[m->noun] = index;
}

static td_status read_sentence(quantities *q, td_range toks, const bool *dated, td_error *err)
{
	uint32_t begin = toks.from;
	for (uint32_t t = toks.from; t < toks.to;) {
		td_measure m;
		uint32_t next = t + 1;
		if (!dated[t] && td_measure_read(q->doc, t, begin, toks.to, &m, &next)) {
			mark(q, &m, q->measures.n);
			if (!TD_PUSH(&q->doc->arena, &q->measures, m)) return td_no_memory(err);
			begin = next;
		}
		t = next;
	}
	return TD_OK;
}

static td_status read_all(quantities *q, td_error *err)
{
	td_doc *doc = q->doc;
	bool *dated = dated_tokens(doc);
	q->at = td_arena_alloc(&doc->arena, ((size_t)doc->toks.n + 1) * sizeof *q->at);
	if (!dated || !q->at) return td_no_memory(err);
	for (uint32_t t = 0; t <= doc->toks.n; t++) q->at[t] = TD_NONE;
	for (uint32_t s = 0; s < doc->sents.n; s++) TRY(read_sentence(q, doc->sents.at[s].toks, dated, err));
	return TD_OK;
}

/* ---- those concerned ------------------------------------------------------------------------------------------------------ */

/* Of which classes the number of those concerned counts, and in which slots it stands. */
static const struct {
	const char *cls;
	uint8_t role;
} counted[] = { { "Life", TD_PATIENT }, { "Arrest", TD_PATIENT }, { "Release", TD_PATIENT }, { "Rescue", TD_PATIENT }, { "Abduction", TD_PATIENT },
	{ "Layoff", TD_PATIENT }, { "Protest", TD_AGENT }, { "Migration", TD_AGENT }, { "Migration", TD_PATIENT }, { "Outbreak", TD_PATIENT },
	{ "Deployment", TD_PATIENT }, { "Retreat", TD_PATIENT }, { "Retreat", TD_AGENT }, { "Charge", TD_PATIENT }, { "Conviction", TD_PATIENT },
	{ "Sentence", TD_PATIENT }, { "Shooting", TD_PATIENT }, { "Vote", TD_AGENT }, { "Election", TD_AGENT } };

static bool is_a(const quantities *q, uint32_t event, const char *cls)
{
	return td_lexicon_is_a(q->lexicon, q->doc->events.at[event].cls, td_lexicon_class(q->lexicon, td_str_of(cls)));
}

static bool is_counted(const quantities *q, uint32_t event, uint8_t role)
{
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
		if (counted[i].role == role && is_a(q, event, counted[i].cls)) return true;
	return false;
}

/* "12 soldiers and three civilians": both count. */
static bool is_more(const quantities *q, const td_measure *m)
{
	const td_doc *doc = q->doc;
	uint32_t noun = m->noun != TD_NONE ? m->noun : m->what.toks.to - 1;
	const td_token *t = &doc->toks.at[noun];
	return t->deprel == TD_CONJ && t->head < doc->toks.n && q->at[t->head] != TD_NONE && q->measures.at[q->at[t->head]].what.event == m->what.event;
}

/* "12 people, including three children": the three are among the twelve. */
static bool is_among(const td_doc *doc, const td_measure *m)
{
	static const char *const words[] = { "including", "among", "include" };
	td_str prep = td_case_of(doc, m->noun != TD_NONE ? m->noun : m->what.toks.to - 1);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (td_str_eq(prep, td_str_of(words[i]))) return true;
	return false;
}

static void give_count(quantities *q, uint32_t event, uint32_t tok)
{
	td_measure *m = tok < q->doc->toks.n && q->at[tok] != TD_NONE ? &q->measures.at[q->at[tok]] : NULL;
	td_event *e = &q->doc->events.at[event];
	if (!m || m->what.event != TD_NONE || m->what.kind != TD_COUNTED || m->what.low % ONE || is_among(q->doc, m)) return;
	m->what.event = event;
	if (e->quantity < 0) {
		e->quantity = m->what.low / ONE;
		e->bound = m->what.bound;
	} else if (is_more(q, m)) {
		e->quantity += m->what.low / ONE;
		if (e->bound == TD_EXACTLY) e->bound = m->what.bound;
	}
}

static void count_in_frame(quantities *q, uint32_t event, const td_found *f)
{
	td_str frame = q->lexicon->senses.at[f->sense].frame;
	td_frame_slot piece;
	td_fills fills;
	td_fills_read(q->doc, f->trigger, f->light, &fills);
	while (td_frame_next(&frame, &piece)) {
		if (!is_counted(q, event, piece.role)) continue;
		for (uint32_t k = 0; k < fills.n; k++)
			if (td_slot_takes(q->doc, &piece, &fills.at[k])) give_count(q, event, fills.at[k].tok);
	}
}

/* Does the subject of the verb count ("died", "marched")? */
static bool counts_subject(const quantities *q, uint32_t event, const td_found *f)
{
	td_str frame = q->lexicon->senses.at[f->sense].frame;
	td_frame_slot piece;
	while (td_frame_next(&frame, &piece))
		if (piece.slot == TD_SLOT_NSUBJ && is_counted(q, event, piece.role)) return true;
	return false;
}

/* "killed at least 20 people", "20 dead", "three arrests", "a million people marched": words side by side, whatever the tree says. */
static void count_beside(quantities *q, uint32_t event, const td_found *f)
{
	const td_token *t = &q->doc->toks.at[f->trigger];
	const td_event *e = &q->doc->events.at[event];
	td_range sent = q->doc->sents.at[t->sent].toks;
	uint32_t before = f->toks.from > sent.from ? q->at[f->toks.from - 1] : TD_NONE, after = f->toks.to < sent.to ? q->at[f->toks.to] : TD_NONE;
	bool active = t->upos == TD_VERB && !td_is_passive(q->doc, f->trigger), patient = is_counted(q, event, TD_PATIENT);
	if (e->quantity < 0 && patient && active && after != TD_NONE && q->measures.at[after].what.toks.from == f->toks.to)
		give_count(q, event, f->toks.to);
	if (e->quantity < 0 && patient && t->upos == TD_NOUN) give_count(q, event, f->trigger); /* "five new deaths" */
	bool said_of = patient && (t->upos == TD_ADJ || t->upos == TD_NOUN || t->xpos == TD_XP_VBN);
	bool subject = active && before != TD_NONE && q->measures.at[before].noun == f->toks.from - 1 && counts_subject(q, event, f);
	if (e->quantity < 0 && (said_of || subject) && before != TD_NONE) give_count(q, event, f->toks.from - 1);
}

/* "The death toll rose to 120", "the number of dead is 40", "a toll of 12": the word over the event whose number is told, or the event's own. */
static uint32_t toll_over(const quantities *q, uint32_t trigger)
{
	static const char *const tolls[] = { "toll", "number", "count", "tally", "total", "figure" };
	const td_doc *doc = q->doc;
	for (int up = 0; up < MAX_UP && trigger < doc->toks.n && doc->toks.at[trigger].upos != TD_PRON; up++) {
		const td_token *t = &doc->toks.at[trigger];
		if (TD_LEMMA_AMONG(doc, trigger, tolls)) return trigger;
		if (t->deprel != TD_NMOD && t->deprel != TD_COMPOUND && t->deprel != TD_ACL && t->deprel != TD_AMOD) break;
		trigger = t->head;
	}
	return TD_NONE;
}

static void count_of_toll(quantities *q, uint32_t event, uint32_t trigger)
{
	const td_doc *doc = q->doc;
	uint32_t toll = q->doc->events.at[event].quantity < 0 && is_counted(q, event, TD_PATIENT) ? toll_over(q, trigger) : TD_NONE;
	if (toll == TD_NONE) return;
	uint32_t places[] = { toll, doc->toks.at[toll].head };
	for (size_t p = 0; p < sizeof places / sizeof *places; p++)
		for (uint32_t i = places[p] < doc->toks.n ? doc->first_child[places[p]] : 1; places[p] < doc->toks.n && i < doc->first_child[places[p] + 1]; i++)
			if (doc->child[i] > toll) give_count(q, event, doc->child[i]);
	if (places[1] < doc->toks.n) give_count(q, event, places[1]); /* "the toll is 40" */
}

/* ---- all else --------------------------------------------------------------------------------------------------------------- */

/* To which classes the kinds belong. A pair of numbers is votes or goals where the event is one. */
static const struct {
	uint8_t kind;
	const char *cls;
} takers[] = {
	{ TD_MONEY, "Business" }, { TD_MONEY, "Aid" }, { TD_MONEY, "Sanction" }, { TD_MONEY, "Agreement" }, { TD_MONEY, "Promise" }, { TD_MONEY, "Demand" },
	{ TD_MONEY, "Legislation" }, { TD_MONEY, "Sentence" }, { TD_MONEY, "Lawsuit" }, { TD_MONEY, "Ruling" }, { TD_MONEY, "Charge" },
	{ TD_MONEY, "Conviction" }, { TD_MONEY, "Release" }, { TD_MONEY, "Award" }, { TD_MONEY, "Disaster" }, { TD_MONEY, "Threat" }, { TD_MONEY, "Rejection" },
	{ TD_PERCENT, "Election" }, { TD_PERCENT, "Vote" }, { TD_PERCENT, "Victory" }, { TD_PERCENT, "Business" }, { TD_PERCENT, "Sanction" },
	{ TD_PERCENT, "Legislation" }, { TD_PERCENT, "Agreement" }, { TD_PERCENT, "Promise" }, { TD_PERCENT, "Threat" }, { TD_PERCENT, "Demand" },
	{ TD_VOTES, "Vote" }, { TD_VOTES, "Veto" }, { TD_VOTES, "Legislation" }, { TD_VOTES, "Rejection" }, { TD_VOTES, "Election" },
	{ TD_VOTES, "Appointment" }, { TD_VOTES, "Ruling" }, { TD_VOTES, "Sanction" }, { TD_VOTES, "Departure" }, { TD_VOTES, "Agreement" },
	{ TD_VOTES, "Accession" }, { TD_VOTES, "Withdrawal" }, { TD_VOTES, "Charge" }, { TD_POINTS, "Match" }, { TD_POINTS, "Victory" },
	{ TD_MAGNITUDE, "NaturalDisaster" },
};

static bool takes(const quantities *q, uint32_t event, uint8_t kind)
{
	for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
		if (takers[i].kind == kind && is_a(q, event, takers[i].cls)) return true;
	return false;
}

/* The kind as which the event takes it; TD_AMOUNT_COUNT when it does not. */
static uint8_t taken_as(const quantities *q, uint32_t event, const td_measure *m)
{
	static const uint8_t as[] = { TD_VOTES, TD_POINTS };
	if (m->what.kind != TD_COUNTED) return takes(q, event, m->what.kind) ? m->what.kind : TD_AMOUNT_COUNT;
	for (size_t i = 0; m->pair && i < sizeof as; i++)
		if (takes(q, event, as[i])) return as[i];
	/* "a 6.4 quake" */
	bool richter = !m->pair && m->what.low % ONE && m->what.low < TD_MOST_RICHTER * ONE;
	return richter && takes(q, event, TD_MAGNITUDE) ? (uint8_t)TD_MAGNITUDE : (uint8_t)TD_AMOUNT_COUNT;
}

static bool inside(td_range toks, uint32_t tok)
{
	return tok >= toks.from && tok < toks.to;
}

/* "The deal is worth $5 billion": what the clause without an event of its own is about. */
static uint32_t subject_event(const quantities *q, uint32_t verb, const td_measure *m, uint8_t *kind)
{
	static const uint8_t rels[] = { TD_NSUBJ, TD_NSUBJ_PASS, TD_OBJ };
	for (size_t i = 0; i < sizeof rels; i++) {
		uint32_t c = td_child(q->doc, verb, rels[i]);
		uint32_t event = c == TD_NONE || inside(m->what.toks, c) ? TD_NONE : q->finds->event_at[c];
		if (event != TD_NONE && (*kind = taken_as(q, event, m)) != TD_AMOUNT_COUNT) return event;
	}
	return TD_NONE;
}

static bool ends_clause(const td_token *t)
{
	return t->deprel == TD_CCOMP || t->deprel == TD_PARATAXIS || t->deprel == TD_ACL_RELCL || t->deprel == TD_ADVCL || t->deprel == TD_ROOT;
}

/* The event over a word that the quantity hangs on, and as what it takes the quantity; TD_NONE. */
static uint32_t event_over(const quantities *q, uint32_t tok, const td_measure *m, uint8_t *kind)
{
	const td_doc *doc = q->doc;
	for (int up = 0; up < MAX_UP && tok < doc->toks.n; up++, tok = doc->toks.at[tok].head) {
		if (inside(m->what.toks, tok)) continue;
		uint32_t event = q->finds->event_at[tok];
		if (event != TD_NONE && (*kind = taken_as(q, event, m)) != TD_AMOUNT_COUNT) return event;
		if ((event = subject_event(q, tok, m, kind)) != TD_NONE) return event;
		if (ends_clause(&doc->toks.at[tok])) break;
	}
	return TD_NONE;
}

/* Parsers hang the words of a quantity here and there: the last one that leads to a fitting event counts. */
static void give_over(quantities *q, td_measure *m)
{
	const td_doc *doc = q->doc;
	for (uint32_t t = m->what.toks.to; t-- > m->what.toks.from;) {
		uint8_t kind;
		uint32_t event = inside(m->what.toks, doc->toks.at[t].head) ? TD_NONE : event_over(q, doc->toks.at[t].head, m, &kind);
		if (event == TD_NONE) continue;
		m->what.event = event;
		m->what.kind = kind;
		if (m->pair) m->what.bound = TD_EXACTLY;
		return;
	}
}

/* ---- the stage -------------------------------------------------------------------------------------------------------------- */

td_status td_event_quantities(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_error *err)
{
	quantities q = { .doc = doc, .lexicon = lexicon, .finds = finds };
	doc->amounts.n = 0;
	TRY(read_all(&q, err));
	for (uint32_t i = 0; i < q.measures.n; i++) give_over(&q, &q.measures.at[i]);
	for (uint32_t e = 0; e < finds->found.n; e++) {
		count_in_frame(&q, e, &finds->found.at[e]);
		count_beside(&q, e, &finds->found.at[e]);
		count_of_toll(&q, e, finds->found.at[e].trigger);
	}
	for (uint32_t i = 0; i < q.measures.n; i++)
		if (q.measures.at[i].what.event != TD_NONE && !TD_PUSH(&doc->arena, &doc->amounts, q.measures.at[i].what)) return td_no_memory(err);
	return TD_OK;
}
