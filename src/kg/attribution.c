/* Attributions: for every event the sources that tell of it, read off the tree and the quotations it stands in. */
#include "kg/attribution.h"
#include "kg/kg.h"

enum {
	MAX_DEPTH = 64,    /* clauses of clauses that are climbed */
	MAX_PER_EVENT = 16, /* sources of one event */
};

/* ---- tables over the document ---------------------------------------------------------------------------------------- */

static td_status prepare(td_attributor *a, td_error *err)
{
	td_doc *doc = a->doc;
	a->event_at = td_arena_nones(&doc->arena, doc->toks.n);
	a->first_arg = td_arena_nones(&doc->arena, doc->events.n);
	a->next_arg = td_arena_nones(&doc->arena, doc->args.n);
	a->edge_cue = td_arena_nones(&doc->arena, doc->sents.n);
	if (!a->event_at || !a->first_arg || !a->next_arg || !a->edge_cue) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->triggers.n; i++) a->event_at[doc->triggers.at[i].head] = doc->triggers.at[i].event;
	for (uint32_t i = doc->args.n; i-- > 0;) {
		a->next_arg[i] = a->first_arg[doc->args.at[i].event];
		a->first_arg[doc->args.at[i].event] = i;
	}
	a->communication = td_lexicon_class(a->lexicon, TD_STR("Communication"));
	for (uint32_t s = 0; s < doc->sents.n; s++) a->edge_cue[s] = td_edge_cue(a, s);
	return TD_OK;
}

/* ---- one event -------------------------------------------------------------------------------------------------------- */

typedef struct {
	const td_attributor *a;
	uint32_t event;
	uint32_t from;  /* its first attribution in the document's array */
	uint32_t told;  /* its word */
	td_sources own; /* "issued a statement saying …": who says it goes on with what he says */
	uint32_t signs; /* of the way from it up to where we are */
	td_error *err;
} telling;

/* Who can vouch for something: "reports", "placards" and laws cannot, nor an "I" of whom nothing is known. */
static bool can_tell(const td_doc *doc, uint32_t entity)
{
	static const uint8_t classes[] = { TD_PERSON, TD_ORGANIZATION, TD_PLACE, TD_GROUP, TD_FACILITY };
	if (entity == TD_NONE || !memchr(classes, doc->entities.at[entity].cls, sizeof classes)) return false;
	return doc->entities.at[entity].named || !td_is_first_person(doc->entities.at[entity].label);
}

/* The participle goes on with what the same one says ("…, adding that"); with a word before it ("as saying") it does not. */
static td_sources own_sources(const td_attributor *a, uint32_t tok)
{
	td_cue cue;
	bool goes_on = a->doc->toks.at[tok].xpos == TD_XP_VBG && td_child(a->doc, tok, TD_MARK) == TD_NONE && td_stance_at(a, tok, &cue);
	if (!goes_on) return (td_sources){ 0 };
	uint32_t head = a->doc->toks.at[tok].head;
	bool of_noun = a->doc->toks.at[tok].deprel == TD_ACL && head < a->doc->toks.n && td_stance_at(a, head, &cue);
	return td_sources_of(a, of_noun ? head : tok, &cue);
}

static td_status add(telling *t, uint32_t source, uint32_t statement, uint8_t stance, uint32_t cue, uint32_t signs)
{
	td_doc *doc = t->a->doc;
	for (uint32_t i = 0; i < t->own.n; i++)
		if (t->own.at[i] == source) return TD_OK;
	if (!can_tell(doc, source) || statement == t->event || doc->attributions.n - t->from >= MAX_PER_EVENT) return TD_OK;
	for (uint32_t i = t->from; i < doc->attributions.n; i++) {
		if (doc->attributions.at[i].source != source) continue;
		if (signs & td_sign_if(true, TD_SIGN_AROUND)) return TD_OK;
		doc->attributions.at[i].signs |= signs;
		if (stance != TD_ASSERTS) doc->attributions.at[i].stance = stance; /* "rejected claims that …": whosever they are */
		return TD_OK;
	}
	td_range toks = cue == TD_NONE ? (td_range){ 0, 0 } : (td_range){ cue, cue + 1 };
	signs |= t->signs | td_sign_if(doc->attributions.n > t->from, TD_SIGN_OUTER);
	td_attribution new = { t->event, source, statement, stance, toks, t->told, signs, 0, { 0 } };
	return TD_PUSH(&doc->arena, &doc->attributions, new) ? TD_OK : td_no_memory(t->err);
}

static td_status add_all(telling *t, uint32_t speech, const td_cue *cue, uint32_t signs)
{
	td_sources sources = td_sources_of(t->a, speech, cue);
	uint8_t stance = cue ? (uint8_t)(cue->kind - TD_CUE_ASSERTS) : TD_ASSERTS;
	for (uint32_t i = 0; i < sources.n; i++) TRY(add(t, sources.at[i], t->a->event_at[speech], stance, speech, signs));
	return TD_OK;
}

static uint32_t edge_signs(const td_doc *doc, uint32_t speech, uint32_t below)
{
	const td_token *tok = &doc->toks.at[below], *s = &doc->toks.at[speech];
	if (s->upos == TD_NOUN || s->upos == TD_PROPN) return 0;
	if (tok->head != speech) return td_sign_if(s->deprel == TD_PARATAXIS, TD_SIGN_ASIDE);
	td_deprel base = td_deprel_base((td_deprel)tok->deprel);
	return td_sign_if(base == TD_OBL, TD_SIGN_OBL) | td_sign_if(base == TD_PARATAXIS, TD_SIGN_ASIDE);
}

/* "rejected claims that …": there were claims; what they claim is denied. */
static bool is_denied_claim(const telling *t, const td_cue *stance, uint32_t below)
{
	td_cue claim;
	return stance->kind != TD_CUE_ASSERTS && below == t->told && t->a->doc->toks.at[below].upos == TD_NOUN && td_stance_at(t->a, below, &claim);
}

/* The edge from `below` up to its head, or to a participle that tells of it ("the alleged attack"). */
static td_status from_edge(telling *t, uint32_t speech, uint32_t below)
{
	const td_doc *doc = t->a->doc;
	td_cue cues[TD_MAX_CUES];
	uint32_t n = td_cues_at(doc, t->a->lexicon, speech, cues);
	uint32_t signs = edge_signs(doc, speech, below);
	const td_cue *stance = NULL;
	for (uint32_t i = 0; i < n; i++) {
		if (!td_cue_governs(doc, &cues[i], below)) continue;
		signs |= td_sign_if(cues[i].kind == TD_CUE_PLANNED, TD_SIGN_CUE_PLANS);
		if (!stance && td_cue_is_stance(&cues[i])) stance = &cues[i];
	}
	if (stance && is_denied_claim(t, stance, below)) return TD_OK;
	if (stance) return add_all(t, speech, stance, signs);
	/* Whoever asks for something, or commits himself to it, tells of it. */
	if ((signs & td_sign_if(true, TD_SIGN_CUE_PLANS)) && td_is_speech(t->a, speech)) return add_all(t, speech, NULL, signs);
	return TD_OK;
}

static td_status from_child(telling *t, uint32_t child, uint32_t below)
{
	uint32_t verb = td_what_verb(t->a->doc, child);
	if (verb != TD_NONE) TRY(from_edge(t, verb, below));
	return from_edge(t, child, below);
}

/* What lies between the word and what is said of those above it. */
static uint32_t step_signs(const td_doc *doc, uint32_t below, int depth)
{
	static const uint8_t core[] = { TD_OBL, TD_OBJ, TD_NSUBJ };
	td_deprel base = td_deprel_base((td_deprel)doc->toks.at[below].deprel);
	return td_sign_if(memchr(core, (int)base, sizeof core) != NULL, TD_SIGN_BELOW_CORE) | td_sign_if(depth >= 2, TD_SIGN_DEEP);
}

static td_status from_tree(telling *t)
{
	const td_doc *doc = t->a->doc;
	uint32_t below = t->told;
	for (int depth = 0; depth < MAX_DEPTH && below < doc->toks.n; depth++) {
		td_cue cue;
		if (td_clause_source(t->a, below, &cue)) TRY(add_all(t, cue.tok, &cue, 0));
		for (uint32_t i = doc->first_child[below]; i < doc->first_child[below + 1]; i++)
			TRY(from_child(t, doc->child[i], below));
		uint32_t head = doc->toks.at[below].head;
		if (head >= doc->toks.n) return TD_OK;
		TRY(from_edge(t, head, below));
		uint32_t around = td_verb_around(doc, below);
		if (around != TD_NONE) TRY(from_edge(t, around, below));
		t->signs |= step_signs(doc, below, depth);
		below = head;
	}
	return TD_OK;
}

static bool inside(td_range r, uint32_t tok)
{
	return tok >= r.from && tok < r.to;
}

/* "according to X" at the edge of the sentence; a word that hangs below X is no part of what X tells, nor is what is
 * taken for granted. */
static td_status from_clause_edge(telling *t, const td_cue *cue)
{
	const td_doc *doc = t->a->doc;
	uint32_t head = doc->toks.at[cue->tok].head;
	bool below = head < doc->toks.n && inside(td_subtree(doc, head), t->told);
	return below || td_presupposed(doc, t->told) ? TD_OK : add_all(t, cue->tok, cue, td_sign_if(true, TD_SIGN_EDGE));
}

/* "…, police said": who stands right before the verb, where the tree has no subject for it. */
static td_status from_aside_edge(telling *t, const td_cue *cue)
{
	const td_doc *doc = t->a->doc;
	uint32_t before = doc->attributions.n, m = td_mention_at(doc, cue->tok - 1), aside = td_sign_if(true, TD_SIGN_ASIDE);
	if (t->told >= cue->tok) return TD_OK;
	TRY(add_all(t, cue->tok, cue, aside));
	if (doc->attributions.n > before || m == TD_NONE) return TD_OK;
	return add(t, doc->mentions.at[m].entity, t->a->event_at[cue->tok], TD_ASSERTS, cue->tok, aside);
}

static td_status from_edge_of_sentence(telling *t)
{
	uint32_t tok = t->a->edge_cue[t->a->doc->toks.at[t->told].sent];
	td_cue cue;
	if (tok == TD_NONE) return TD_OK;
	if (td_is_clause_cue(t->a, tok, &cue)) return from_clause_edge(t, &cue);
	return td_stance_at(t->a, tok, &cue) ? from_aside_edge(t, &cue) : TD_OK;
}

/* "rejected that", "dismissed the accusation", without telling of what. */
static bool rebuts(const td_attributor *a, const td_saying *s)
{
	const td_doc *doc = a->doc;
	uint32_t object = s->stance == TD_ASSERTS ? TD_NONE : td_child(doc, s->tok, TD_OBJ);
	if (object == TD_NONE) return false;
	td_cue cue;
	uint8_t upos = doc->toks.at[object].upos;
	bool open = td_child(doc, object, TD_ACL) == TD_NONE && td_child(doc, object, TD_CCOMP) == TD_NONE && td_child(doc, object, TD_NMOD) == TD_NONE;
	return upos == TD_PRON || upos == TD_DET || (open && upos == TD_NOUN && td_stance_at(a, object, &cue));
}

static td_status from_saying(telling *t, const td_saying *s)
{
	uint32_t signs = td_sign_if(true, TD_SIGN_AROUND) | td_sign_if(s->tok > t->told && rebuts(t->a, s), TD_SIGN_REBUTS);
	for (uint32_t k = 0; k < s->sources.n && s->tok != t->told; k++)
		TRY(add(t, s->sources.at[k], t->a->event_at[s->tok], s->stance, s->tok, signs));
	return TD_OK;
}

/* Whoever else says something in the sentence, or in the one before it, or denies something in the one behind it ("The ministry rejected
 * that"): whether he tells of this, too, is weighed later. */
static td_status from_around(telling *t)
{
	const td_attributor *a = t->a;
	const td_doc *doc = a->doc;
	uint32_t sent = doc->toks.at[t->told].sent, from = sent && !doc->sents.at[sent].starts_para ? sent - 1 : sent;
	for (uint32_t i = a->first_saying[from]; i < a->first_saying[sent + 1]; i++) TRY(from_saying(t, &a->sayings.at[i]));
	for (uint32_t i = a->first_saying[sent + 1]; sent + 1 < doc->sents.n && i < a->first_saying[sent + 2]; i++)
		if (a->sayings.at[i].stance != TD_ASSERTS) TRY(from_saying(t, &a->sayings.at[i]));
	return TD_OK;
}

/* ---- all -------------------------------------------------------------------------------------------------------------- */

/* "the newly elected president", "the death toll", "Brexit": a word that only says which one is meant. */
static bool is_background(const td_doc *doc, uint32_t tok)
{
	uint8_t deprel = doc->toks.at[tok].deprel;
	return deprel == TD_COMPOUND || deprel == TD_AMOD || doc->toks.at[tok].upos == TD_PROPN;
}

static td_status attribute_event(const td_attributor *a, uint32_t event, td_error *err)
{
	const td_doc *doc = a->doc;
	uint32_t trigger = doc->events.at[event].trigger;
	if (trigger >= doc->triggers.n) return TD_OK;
	uint32_t head = doc->triggers.at[trigger].head;
	telling t = { a, event, doc->attributions.n, head, own_sources(a, head), td_sign_if(is_background(doc, head), TD_SIGN_BACKGROUND), err };
	const td_quote *quote = td_quote_at(doc, head);
	if (quote) TRY(add(&t, quote->speaker, quote->statement, TD_ASSERTS, quote->cue, td_sign_if(true, TD_SIGN_QUOTED)));
	TRY(from_tree(&t));
	TRY(from_edge_of_sentence(&t));
	return from_around(&t);
}

td_status td_attribute(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	td_attributor a = { .doc = doc, .lexicon = lexicon };
	TRY(prepare(&a, err));
	doc->attributions.n = 0;
	td_find_speakers(&a);
	TRY(td_fill_tellers(&a, err));
	TRY(td_find_sayings(&a, err));
	for (uint32_t i = 0; i < doc->events.n; i++) TRY(attribute_event(&a, i, err));
	return td_drop_nameless(doc, err);
}
