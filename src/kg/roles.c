#include "kg/events.h"
#include "kg/frame_impl.h"

enum { MAX_DOWN = 4 }; /* how many levels below a clause its event may stand */

typedef struct {
	td_doc *doc;
	const td_finds *finds;
	uint32_t event;
	bool speech; /* somebody says something */
	td_error *err;
} filler;

/* One entity fills one role of an event; who does it does not also suffer it. */
static td_status put(filler *f, td_role role, uint32_t target, bool is_event, uint32_t mention)
{
	td_doc *doc = f->doc;
	for (uint32_t i = doc->args.n; i-- > 0 && doc->args.at[i].event == f->event;) {
		const td_arg *a = &doc->args.at[i];
		if (a->target == target && a->is_event == is_event) return TD_OK;
	}
	td_arg arg = { f->event, target, (uint8_t)role, is_event, mention };
	return TD_PUSH(&doc->arena, &doc->args, arg) ? TD_OK : td_no_memory(f->err);
}

/* The event that a clause or noun stands for: its head's, or that of what the head only leads to ("agreed to hold talks"). */
static uint32_t event_below(const filler *f, uint32_t tok)
{
	static const uint8_t down[] = { TD_XCOMP, TD_OBJ, TD_CCOMP };
	for (int level = 0; level < MAX_DOWN && tok < f->doc->toks.n; level++) {
		if (f->finds->event_at[tok] != TD_NONE) return f->finds->event_at[tok];
		uint32_t next = TD_NONE;
		for (size_t k = 0; k < sizeof down && next == TD_NONE; k++) next = td_child(f->doc, tok, down[k]);
		tok = next;
	}
	return TD_NONE;
}

static bool takes_events(td_role role)
{
	return role == TD_TOPIC || role == TD_CAUSE;
}

/* "The university's figures show", "data of the bank indicate": whose they are speaks. */
static uint32_t speaker_behind(const filler *f, uint32_t noun)
{
	const td_doc *doc = f->doc;
	for (uint32_t i = doc->first_child[noun]; i < doc->first_child[noun + 1]; i++) {
		uint32_t c = doc->child[i];
		td_deprel rel = (td_deprel)doc->toks.at[c].deprel;
		td_str prep = td_case_of(doc, c);
		bool of = rel == TD_NMOD && (HAS(prep, "of") || HAS(prep, "from") || HAS(prep, "by"));
		bool body = td_class_at(doc, c) == TD_ORGANIZATION;
		if (body && (of || rel == TD_NMOD_POSS || rel == TD_COMPOUND)) return td_filler_mention(doc, c);
	}
	return TD_NONE;
}

static td_status put_mention(filler *f, td_role role, uint32_t tok)
{
	uint32_t m = td_filler_mention(f->doc, tok);
	if (m == TD_NONE && role == TD_AGENT && f->speech && f->doc->toks.at[tok].upos == TD_NOUN) m = speaker_behind(f, tok);
	if (m == TD_NONE || f->doc->mentions.at[m].entity >= f->doc->entities.n) return TD_OK;
	return put(f, role, f->doc->mentions.at[m].entity, false, m);
}

/* "Officials said the number of deaths had risen": the event that the subject of a clause stands for, or counts. */
static uint32_t event_of_subject(const filler *f, uint32_t clause)
{
	const td_doc *doc = f->doc;
	uint32_t noun = td_child(doc, clause, TD_NSUBJ);
	for (int level = 0; level < 2 && noun != TD_NONE; level++) {
		if (f->finds->event_at[noun] != TD_NONE) return f->finds->event_at[noun];
		noun = td_child(doc, noun, TD_NMOD);
		if (noun != TD_NONE && !HAS(td_case_of(doc, noun), "of")) return TD_NONE;
	}
	return TD_NONE;
}

/* What is said, denied, promised: the event of the clause and those of the clauses beside it, or what the clause is about. */
static td_status put_clause(filler *f, td_role role, uint32_t clause)
{
	const td_doc *doc = f->doc;
	uint32_t event = event_below(f, clause);
	if (event == TD_NONE) event = event_of_subject(f, clause);
	if (event != TD_NONE && event != f->event) TRY(put(f, role, event, true, TD_NONE));
	for (uint32_t i = doc->first_child[clause]; i < doc->first_child[clause + 1]; i++) {
		uint32_t c = doc->child[i];
		uint32_t beside = doc->toks.at[c].deprel == TD_CONJ && c != f->finds->found.at[f->event].trigger ? event_below(f, c) : TD_NONE;
		if (beside != TD_NONE && beside != f->event) TRY(put(f, role, beside, true, TD_NONE));
	}
	return event == TD_NONE ? put_mention(f, role, td_subject_of(doc, clause)) : TD_OK;
}

static td_status put_filler(filler *f, td_role role, const td_fill *fill)
{
	bool clause = fill->slot == TD_SLOT_CCOMP || fill->slot == TD_SLOT_XCOMP || fill->slot == TD_SLOT_ADVCL || fill->slot == TD_SLOT_ACL;
	if (clause && takes_events(role)) return put_clause(f, role, fill->tok);
	uint32_t event = takes_events(role) ? event_below(f, fill->tok) : TD_NONE;
	if (event != TD_NONE && event != f->event) return put(f, role, event, true, TD_NONE);
	/* "attacked the inquiry", "delayed the election": what is done to an event is about it */
	event = role == TD_PATIENT && td_filler_mention(f->doc, fill->tok) == TD_NONE ? f->finds->event_at[fill->tok] : TD_NONE;
	if (event != TD_NONE && event != f->event) return put(f, TD_TOPIC, event, true, TD_NONE);
	if (!clause) TRY(put_mention(f, role, fill->tok));
	if (role == TD_AT || role == TD_DESTINATION || role == TD_ORIGIN) return td_put_places(f->doc, f->event, role, fill->tok, f->err);
	return TD_OK;
}

static bool frame_gives(td_str frame, td_slot slot, td_role role)
{
	td_frame_slot piece;
	while (td_frame_next(&frame, &piece))
		if (piece.slot == slot && piece.role == role) return true;
	return false;
}

/* "Mayor stabbed in Leeds": the past form of a verb that wants an object, without one, in a headline. */
static void undo_headline(const td_doc *doc, td_fills *fills, td_str frame)
{
	const td_token *t = &doc->toks.at[fills->trigger];
	if (fills->passive || (t->xpos != TD_XP_VBD && t->xpos != TD_XP_VBN) || !td_in_headline(doc, fills->trigger)) return;
	if (!frame_gives(frame, TD_SLOT_NSUBJ, TD_AGENT) || !frame_gives(frame, TD_SLOT_OBJ, TD_PATIENT)) return;
	for (uint32_t i = 0; i < fills->n; i++)
		if (fills->at[i].slot == TD_SLOT_OBJ || fills->at[i].slot == TD_SLOT_AUX || fills->at[i].slot == TD_SLOT_CCOMP) return;
	for (uint32_t i = 0; i < fills->n; i++)
		if (fills->at[i].slot == TD_SLOT_NSUBJ) fills->at[i].slot = TD_SLOT_OBJ;
}

/* "…, argued the lawyer": only who speaks stands behind his verb; of "a fire kills nine, injures dozens" the dozens are injured. */
static void undo_inversion(const td_doc *doc, td_fills *fills)
{
	for (uint32_t i = 0; i < fills->n; i++) {
		td_fill *f = &fills->at[i];
		if (f->slot == TD_SLOT_NSUBJ && f->tok > fills->trigger && doc->toks.at[f->tok].deprel == TD_OBJ && doc->toks.at[f->tok].head == fills->trigger)
			f->slot = TD_SLOT_OBJ;
	}
}

/* "A case was filed against him": what belongs to the noun of a light verb may hang on the verb. */
static bool takes(const filler *f, const td_fills *fills, const td_frame_slot *piece, const td_fill *fill)
{
	if (td_slot_takes(f->doc, piece, fill)) return true;
	if (fills->light == TD_NONE || piece->slot != TD_SLOT_NMOD || fill->slot != TD_SLOT_OBL || !piece->preps.n) return false;
	td_fill below = *fill;
	below.slot = TD_SLOT_NMOD;
	return td_slot_takes(f->doc, piece, &below);
}

/* Frame pieces in their order; each filler is used once. */
static td_status fill_frame(filler *f, const td_fills *fills, td_str frame)
{
	bool used[TD_MAX_FILLS] = { false };
	td_frame_slot piece;
	while (td_frame_next(&frame, &piece))
		for (uint32_t i = 0; i < fills->n; i++) {
			if (used[i] || !takes(f, fills, &piece, &fills->at[i])) continue;
			if (piece.role == TD_CAUSE && event_below(f, fills->at[i].tok) == TD_NONE) continue; /* only events are causes */
			used[i] = true;
			TRY(put_filler(f, (td_role)piece.role, &fills->at[i]));
		}
	return TD_OK;
}

td_status td_roles(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_error *err)
{
	for (uint32_t i = 0; i < finds->found.n; i++) {
		const td_found *found = &finds->found.at[i];
		bool speech = td_lexicon_is_a(lexicon, lexicon->senses.at[found->sense].cls, td_lexicon_class(lexicon, TD_STR("Communication")));
		filler f = { doc, finds, i, speech, err };
		td_fills fills;
		td_sense_fills(doc, &lexicon->senses.at[found->sense], found->trigger, found->light, &fills);
		if (!speech) undo_inversion(doc, &fills);
		undo_headline(doc, &fills, lexicon->senses.at[found->sense].frame);
		TRY(fill_frame(&f, &fills, lexicon->senses.at[found->sense].frame));
		TRY(td_roles_place(doc, lexicon, finds, i, err));
	}
	return td_share_places(doc, lexicon, finds, err);
}
