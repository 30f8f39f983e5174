/* Who stands behind a word of saying. */
#include "kg/attribution.h"
#include "kg/frame.h"

enum { MAX_INNER = 3 }; /* "the statement of the spokesman of the ministry" */

static void add_source(td_sources *out, uint32_t entity)
{
	if (entity == TD_NONE || out->n >= TD_MAX_SOURCES) return;
	for (uint32_t i = 0; i < out->n; i++)
		if (out->at[i] == entity) return;
	out->at[out->n++] = entity;
}

/* Does the word only name what it hangs on? (What has a preposition is somebody else.) */
static bool names_its_head(const td_doc *doc, uint32_t tok)
{
	uint8_t deprel = doc->toks.at[tok].deprel;
	if (deprel == TD_FLAT || deprel == TD_APPOS || deprel == TD_COMPOUND || deprel == TD_NMOD_DESC) return true;
	return deprel == TD_NMOD && td_child(doc, tok, TD_CASE) == TD_NONE;
}

/* The person whose name hangs on a title that the tree took for the head:   House ← Speaker, House ← Bercow */
static uint32_t named_person(const td_doc *doc, uint32_t tok, int depth)
{
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		uint32_t child = doc->child[i], m = td_mention_headed(doc, child);
		if (!names_its_head(doc, child)) continue;
		if (m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED && doc->mentions.at[m].cls == TD_PERSON) return m;
		if (depth < MAX_INNER && (m = named_person(doc, child, depth + 1)) != TD_NONE) return m;
	}
	return TD_NONE;
}

static bool is_person_name(const td_doc *doc, uint32_t tok)
{
	uint32_t m = td_mention_headed(doc, tok);
	return m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED && doc->mentions.at[m].cls == TD_PERSON;
}

/* The "'s" of a genitive, TD_NONE. */
static uint32_t genitive_mark(const td_doc *doc, uint32_t tok)
{
	uint32_t mark = td_child(doc, tok, TD_CASE);
	return mark != TD_NONE && doc->toks.at[mark].xpos == TD_XP_POS ? mark : TD_NONE;
}

/* "Weber's spokesperson said": what she owns may pass for her apposition. */
static uint32_t behind_genitive(const td_doc *doc, uint32_t tok)
{
	uint32_t mark = genitive_mark(doc, tok), child = td_child(doc, tok, TD_APPOS);
	return mark != TD_NONE && child != TD_NONE && td_subtree(doc, child).from == mark + 1 ? child : tok;
}

/* "Chancellor Anna Weber's spokesperson": a title that the tree took for the head, with what it belongs to as its apposition. */
static uint32_t behind_title(const td_doc *doc, uint32_t tok)
{
	uint32_t child = td_child(doc, tok, TD_APPOS);
	return child != TD_NONE && child > tok && td_subtree(doc, child).from == tok + 1 && !is_person_name(doc, child) ? child : tok;
}

static uint32_t entity_at(const td_doc *doc, uint32_t tok)
{
	tok = behind_genitive(doc, behind_title(doc, tok));
	for (int depth = 0; depth < MAX_INNER && tok < doc->toks.n && names_its_head(doc, tok) && td_mention_headed(doc, tok) == TD_NONE; depth++)
		tok = doc->toks.at[tok].head; /* the title, not the name, has the preposition */
	if (tok >= doc->toks.n) return TD_NONE;
	uint32_t m = td_filler_mention(doc, tok);
	uint32_t person = is_person_name(doc, tok) ? TD_NONE : named_person(doc, tok, 0);
	if (person != TD_NONE) m = person;
	return m == TD_NONE ? TD_NONE : doc->mentions.at[m].entity;
}

static bool is_communication(const td_attributor *a, uint32_t tok)
{
	uint32_t event = a->event_at[tok];
	return event != TD_NONE && td_lexicon_is_a(a->lexicon, a->doc->events.at[event].cls, a->communication);
}

bool td_is_speech(const td_attributor *a, uint32_t tok)
{
	td_cue cue;
	return td_stance_at(a, tok, &cue) || is_communication(a, tok);
}

/* Where the source of a speech noun stands: "Putin's claim", "reports by the BBC", "the ministry statement". */
static const struct {
	td_slot slot;
	const char *prep; /* NULL: any */
} noun_places[] = {
	{ TD_SLOT_POSS, NULL },     { TD_SLOT_NMOD, "by" }, { TD_SLOT_NMOD, "from" }, { TD_SLOT_NMOD, "of" }, { TD_SLOT_NMOD, "" },
	{ TD_SLOT_COMPOUND, NULL }, { TD_SLOT_AMOD, NULL }, { TD_SLOT_NSUBJ, NULL },
};

static void add_speaker(const td_attributor *a, uint32_t tok, int depth, td_sources *out);

/* "Lopez rejected claims": what the tree takes for the possessor of an object stands in front of its verb, so it is who does it. */
static bool is_misplaced(const td_doc *doc, uint32_t possessor)
{
	uint32_t noun = doc->toks.at[possessor].head, verb = noun < doc->toks.n ? doc->toks.at[noun].head : TD_NONE;
	return verb < doc->toks.n && doc->toks.at[verb].upos == TD_VERB && possessor < verb && verb < noun && doc->toks.at[noun].deprel == TD_OBJ;
}

static uint32_t misplaced_subject(const td_doc *doc, uint32_t verb)
{
	uint32_t object = td_child(doc, verb, TD_OBJ), possessor = object == TD_NONE ? TD_NONE : td_child(doc, object, TD_NMOD_POSS);
	return possessor != TD_NONE && is_misplaced(doc, possessor) ? possessor : TD_NONE;
}

/* "a press release": its first word names the thing itself. */
static bool is_own_name(const td_doc *doc, uint32_t tok, uint32_t noun)
{
	uint32_t m = td_mention_at(doc, tok);
	return m != TD_NONE && doc->mentions.at[m].head == noun;
}

static void add_noun_sources(const td_attributor *a, const td_fills *fills, int depth, td_sources *out)
{
	uint32_t before = out->n; /* who else has said it */
	for (size_t p = 0; p < sizeof noun_places / sizeof *noun_places && out->n == before; p++)
		for (uint32_t i = 0; i < fills->n; i++) {
			const td_fill *fill = &fills->at[i];
			if (fill->slot != noun_places[p].slot || (fill->slot == TD_SLOT_POSS && is_misplaced(a->doc, fill->tok))) continue;
			if (is_own_name(a->doc, fill->tok, fills->trigger)) continue;
			if (noun_places[p].prep && !td_str_eq(fill->prep, td_str_of(noun_places[p].prep))) continue;
			add_speaker(a, fill->tok, depth + 1, out);
		}
}

/* A noun that speaks ("the statement said") passes on whose it is, and stands for itself where that is not told. */
static void add_speaker(const td_attributor *a, uint32_t tok, int depth, td_sources *out)
{
	td_cue cue;
	if (depth < MAX_INNER && a->doc->toks.at[tok].upos == TD_NOUN && td_stance_at(a, tok, &cue)) {
		td_fills fills;
		uint32_t before = out->n;
		td_fills_read(a->doc, tok, TD_NONE, &fills);
		add_noun_sources(a, &fills, depth, out);
		if (out->n > before) return;
	}
	add_source(out, entity_at(a->doc, tok));
}

/* Does the word bring in who has told something? */
static bool is_citing(const td_attributor *a, uint32_t tok)
{
	td_cue cues[TD_MAX_CUES];
	uint32_t n = td_cues_at(a->doc, a->lexicon, tok, cues);
	for (uint32_t i = 0; i < n; i++)
		if (td_cue_has(&cues[i], TD_STR("cites"))) return true;
	return false;
}

static void add_agents(const td_attributor *a, uint32_t event, td_sources *out)
{
	for (uint32_t i = a->first_arg[event]; i != TD_NONE; i = a->next_arg[i]) {
		const td_arg *arg = &a->doc->args.at[i];
		if (arg->role == TD_AGENT && !arg->is_event) add_source(out, arg->target);
	}
}

/* "police and the ministry" */
static void add_joined(const td_attributor *a, uint32_t tok, td_sources *out)
{
	const td_doc *doc = a->doc;
	add_speaker(a, tok, 0, out);
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (doc->toks.at[doc->child[i]].deprel == TD_CONJ) add_speaker(a, doc->child[i], 0, out);
}

static bool add_places(const td_attributor *a, const td_cue *cue, td_sources *out)
{
	bool more = cue != NULL, any = false;
	for (uint32_t n = 0; more && !out->n; n++) {
		uint32_t tok = td_cue_source(a->doc, cue, n, &more);
		any |= more;
		if (more && tok < a->doc->toks.n) add_joined(a, tok, out);
	}
	return any;
}

/* Does another subject of the verb begin right behind this word? Then the tree has taken a title for a subject of its own. */
static bool goes_on(const td_doc *doc, uint32_t tok, uint32_t other)
{
	return other > tok && td_subtree(doc, other).from == tok + 1;
}

static bool goes_on_behind(const td_doc *doc, const td_fills *fills, uint32_t tok)
{
	for (uint32_t i = 0; i < fills->n; i++)
		if (fills->at[i].slot == TD_SLOT_NSUBJ && !fills->at[i].shared && fills->at[i].tok > tok && doc->toks.at[fills->at[i].tok].deprel != TD_CONJ) return true;
	return false;
}

/* Of two subjects that the tree gives one verb ("Member of Parliament Yvette Cooper") the name is the one, or the last. */
static bool is_only_title(const td_doc *doc, const td_fills *fills, const td_fill *fill)
{
	if (fill->shared) return false;
	if (genitive_mark(doc, fill->tok) != TD_NONE) return goes_on_behind(doc, fills, fill->tok); /* "the premier's spokeswoman", both as subjects */
	if (is_person_name(doc, fill->tok)) return false;
	for (uint32_t i = 0; i < fills->n; i++) {
		const td_fill *other = &fills->at[i];
		if (other->slot != TD_SLOT_NSUBJ || other->shared || doc->toks.at[other->tok].deprel == TD_CONJ) continue;
		if (genitive_mark(doc, other->tok) != TD_NONE) continue;
		if (is_person_name(doc, other->tok) || goes_on(doc, fill->tok, other->tok)) return true;
	}
	return false;
}

/* "…," tweeted Johnson: the subject behind its verb may pass for an object. */
static void add_inverted(const td_attributor *a, uint32_t tok, td_sources *out)
{
	const td_doc *doc = a->doc;
	uint32_t m = tok + 1 < doc->toks.n ? td_mention_at(doc, tok + 1) : TD_NONE;
	if (m == TD_NONE || doc->mentions.at[m].kind == TD_NOMINAL || doc->mentions.at[m].toks.from != tok + 1) return;
	if (doc->toks.at[doc->mentions.at[m].head].head == tok) add_source(out, doc->mentions.at[m].entity);
}

/* A finite verb right behind a mark has its subject behind it, not in the clause before. */
static bool is_inverted(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	return tok > 0 && doc->toks.at[tok - 1].upos == TD_PUNCT && doc->toks.at[tok - 1].sent == t->sent &&
	       (t->xpos == TD_XP_VBD || t->xpos == TD_XP_VBN || t->xpos == TD_XP_VBZ) && td_child(doc, tok, TD_AUXIL) == TD_NONE;
}

/* "the ministry, along with the police, said": in front of the verb, set beside its subject. */
static void add_beside(const td_attributor *a, uint32_t tok, uint32_t verb, td_sources *out)
{
	const td_doc *doc = a->doc;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1] && doc->child[i] < verb; i++) {
		td_cue cues[TD_MAX_CUES];
		uint32_t child = doc->child[i], n = td_cues_at(doc, a->lexicon, td_first_word(doc, child), cues);
		for (uint32_t k = 0; k < n; k++)
			if (td_cue_has(&cues[k], TD_STR("joins"))) add_speaker(a, child, 0, out);
	}
}

static void add_subjects(const td_attributor *a, const td_fills *fills, bool shared, td_sources *out)
{
	for (uint32_t i = 0; i < fills->n; i++) {
		const td_fill *fill = &fills->at[i];
		if (fill->slot != TD_SLOT_NSUBJ || (!shared && fill->shared) || is_only_title(a->doc, fills, fill)) continue;
		add_speaker(a, fill->tok, 0, out);
		add_beside(a, fill->tok, fills->trigger, out);
		if (!fill->shared) add_beside(a, fills->trigger, fills->trigger, out);
	}
}

/* "the Guardian, citing two officials", "an official quoted by the Guardian": both tell it. */
static void add_cited(const td_attributor *a, uint32_t tok, td_sources *out)
{
	const td_doc *doc = a->doc;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		td_fills fills;
		uint32_t child = doc->child[i];
		if (!is_citing(a, child)) continue;
		td_fills_read(doc, child, TD_NONE, &fills);
		uint8_t slot = doc->toks.at[child].xpos == TD_XP_VBG ? TD_SLOT_OBJ : fills.passive ? TD_SLOT_NSUBJ : TD_SLOT_COUNT;
		for (uint32_t k = 0; k < fills.n; k++)
			if (fills.at[k].slot == slot) add_speaker(a, fills.at[k].tok, 0, out);
	}
}

td_sources td_sources_of(const td_attributor *a, uint32_t tok, const td_cue *cue)
{
	td_sources out = { 0 };
	uint32_t head = a->doc->toks.at[tok].head;
	if (add_places(a, cue, &out)) {
		if (out.n && head < a->doc->toks.n) add_cited(a, head, &out);
		if (out.n && head < a->doc->toks.n && a->doc->toks.at[head].head < a->doc->toks.n) add_cited(a, a->doc->toks.at[head].head, &out);
		return out;
	}
	td_fills fills;
	td_fills_read(a->doc, tok, TD_NONE, &fills);
	uint8_t upos = a->doc->toks.at[tok].upos;
	if (upos == TD_NOUN || upos == TD_PROPN) {
		add_noun_sources(a, &fills, 0, &out);
	} else {
		bool inverted = is_inverted(a->doc, tok);
		uint32_t misplaced = misplaced_subject(a->doc, tok);
		if (misplaced != TD_NONE) add_speaker(a, misplaced, 0, &out);
		if (!out.n) add_subjects(a, &fills, !inverted, &out);
		if (!out.n) add_inverted(a, tok, &out);
		if (!out.n && inverted) add_subjects(a, &fills, true, &out);
	}
	if (!out.n && is_communication(a, tok)) add_agents(a, a->event_at[tok], &out);
	if (out.n) add_cited(a, tok, &out);
	return out;
}

bool td_stance_at(const td_attributor *a, uint32_t tok, td_cue *out)
{
	td_cue cues[TD_MAX_CUES];
	uint32_t n = td_cues_at(a->doc, a->lexicon, tok, cues);
	for (uint32_t i = 0; i < n; i++)
		if (td_cue_is_stance(&cues[i])) {
			*out = cues[i];
			return true;
		}
	return false;
}

bool td_is_clause_cue(const td_attributor *a, uint32_t tok, td_cue *out)
{
	td_cue cues[TD_MAX_CUES];
	uint32_t n = td_cues_at(a->doc, a->lexicon, tok, cues);
	for (uint32_t i = 0; i < n; i++) {
		*out = cues[i];
		if (td_cue_is_stance(out) && td_cue_has(out, TD_STR("clause"))) return true;
	}
	return false;
}

static bool is_source_of(const td_attributor *a, const td_cue *cue, uint32_t tok)
{
	bool more = true;
	for (uint32_t n = 0; more; n++)
		if (td_cue_source(a->doc, cue, n, &more) == tok) return true;
	return false;
}

/* The cue is the first word of what hangs on the clause ("according to X"), or hangs there itself. */
static bool own_clause_source(const td_attributor *a, uint32_t tok, td_cue *cue)
{
	const td_doc *doc = a->doc;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		uint32_t child = doc->child[i];
		if (td_is_clause_cue(a, child, cue) && is_source_of(a, cue, tok)) continue; /* it is the source itself */
		if (td_is_clause_cue(a, child, cue) || td_is_clause_cue(a, td_first_word(doc, child), cue)) return true;
	}
	return false;
}

/* It speaks of the clauses joined to its own, too; the tree may hang it on any of them. */
bool td_clause_source(const td_attributor *a, uint32_t tok, td_cue *cue)
{
	const td_doc *doc = a->doc;
	if (own_clause_source(a, tok, cue)) return true;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (doc->toks.at[doc->child[i]].deprel == TD_CONJ && own_clause_source(a, doc->child[i], cue)) return true;
	return false;
}
