/* What is looked at to tell what somebody does by saying something. */
#include "kg/frame_impl.h"
#include "kg/speech.h"

enum { MAX_SENSES = 48, MAX_DEPTH = 3, NEAR_EVENTS = 6 };

typedef struct {
	const td_speech_view *v;
	const td_doc *doc;
	const td_saying_content *c;
	td_speech_look *out;
	uint64_t about; /* who the clause is about: see person_of */
	bool denied;    /* its head has a "not" */
} list;

/* `name` tells the template from others. */
static void put(list *l, uint64_t name, uint64_t a, uint64_t b)
{
	if (l->out->n < TD_SPEECH_FEATURES) l->out->at[l->out->n++] = td_hash_mix(td_hash_mix(td_hash_mix(0x73706565, name), a), b);
}

static uint32_t bucket(uint32_t n)
{
	return n < 3 ? n : n < 6 ? 3 : 4;
}

static uint64_t word(const td_doc *doc, uint32_t tok)
{
	return tok < doc->toks.n ? td_feature_word(doc->toks.at[tok].lemma) : 1;
}

/* ---- who and how ------------------------------------------------------------------------------------------------------ */

enum { NOBODY, SPEAKER, ADDRESSED, HE_WHO_SPEAKS, SOMEBODY, OTHER = 8 };

static uint64_t person_of(const list *l, uint32_t tok)
{
	if (tok == TD_NONE) return NOBODY;
	if (td_lemma_is(l->doc, tok, "I") || td_lemma_is(l->doc, tok, "we")) return SPEAKER;
	if (td_lemma_is(l->doc, tok, "you")) return ADDRESSED;
	uint32_t m = td_filler_mention(l->doc, tok), s = l->c->speaker == TD_NONE ? TD_NONE : td_filler_mention(l->doc, l->c->speaker);
	if (m != TD_NONE && s != TD_NONE && l->doc->mentions.at[m].entity == l->doc->mentions.at[s].entity) return HE_WHO_SPEAKS;
	return m == TD_NONE ? SOMEBODY : OTHER + (uint64_t)td_class_at(l->doc, tok);
}

static bool is_denied(const td_doc *doc, uint32_t tok)
{
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		uint32_t c = doc->child[i];
		if (td_lemma_is(doc, c, "not") || td_lemma_is(doc, c, "never") || td_lemma_is(doc, c, "no")) return true;
	}
	return false;
}

static void put_clause(list *l)
{
	const td_doc *doc = l->doc;
	uint32_t root = l->c->root;
	if (root == TD_NONE) {
		put(l, 1, 0, 0);
		return;
	}
	const td_token *t = &doc->toks.at[root];
	uint32_t subject = td_subject_of(doc, root), aux = TD_NONE;
	l->about = person_of(l, subject);
	l->denied = is_denied(doc, root);
	for (uint32_t i = doc->first_child[root]; i < doc->first_child[root + 1]; i++) {
		if (td_rel(doc, doc->child[i]) != TD_AUXIL) continue;
		aux = doc->child[i];
		put(l, 2, word(doc, aux), l->about);
	}
	bool commands = t->xpos == TD_XP_VB && aux == TD_NONE && td_exact_child(doc, root, TD_NSUBJ) == TD_NONE && td_exact_child(doc, root, TD_MARK) == TD_NONE;
	put(l, 4, commands, l->c->quoted);
	put(l, 5, l->about, 0);
	put(l, 6, l->denied, l->about);
	put(l, 9, td_exact_child(doc, root, TD_COP) != TD_NONE, l->about);
}

/* ---- the word of saying ----------------------------------------------------------------------------------------------- */

static void put_trigger(list *l)
{
	const td_doc *doc = l->doc;
	const td_event_class *classes = l->v->lexicon->classes.at;
	uint32_t tok = l->c->trigger, up = doc->toks.at[tok].head;
	put(l, 22, word(doc, tok), 0);
	put(l, 23, doc->toks.at[tok].upos, l->c->quoted);
	put(l, 24, l->c->root != TD_NONE, l->c->quoted);
	put(l, 25, bucket(l->c->n / 4), 0);
	if (up < doc->toks.n) {
		uint32_t event = l->v->event_at[up];
		put(l, 26, event == TD_NONE ? 0 : td_feature_word(classes[doc->events.at[event].cls].name), doc->toks.at[tok].deprel);
	}
	if (l->c->speaker != TD_NONE) put(l, 28, td_class_at(doc, l->c->speaker), 0);
}

/* Of the dead one speaks well. */
static bool is_dead(const list *l, uint32_t tok)
{
	uint32_t m = tok == TD_NONE ? TD_NONE : td_filler_mention(l->doc, tok);
	return m != TD_NONE && l->doc->mentions.at[m].entity < l->doc->entities.n && l->v->dead[l->doc->mentions.at[m].entity];
}

static void put_document(list *l)
{
	put(l, 60, bucket(l->v->deaths), 0);
	put(l, 61, is_dead(l, l->c->root == TD_NONE ? TD_NONE : td_subject_of(l->doc, l->c->root)), l->c->quoted);
}

/* ---- the words of what is said ---------------------------------------------------------------------------------------- */

static bool pos_fits(uint8_t sense, uint8_t upos)
{
	if (sense == TD_POS_X || sense == upos) return true;
	return (sense == TD_NOUN && upos == TD_PROPN) || (sense == TD_ADJ && upos == TD_VERB);
}

/* Bits of td_tone. */
static uint32_t tones_of(const list *l, uint32_t tok)
{
	const td_token *t = &l->doc->toks.at[tok];
	uint32_t out = 0, i = td_lexicon_find(l->v->lexicon, t->lemma);
	for (int looked = 0; i != TD_NONE && looked < MAX_SENSES; i = l->v->lexicon->senses.at[i].next, looked++) {
		const td_sense *s = &l->v->lexicon->senses.at[i];
		if (s->kind != TD_SENSE_TONE || !pos_fits(s->upos, t->upos) || !td_str_eq(s->lemma, t->lemma)) continue;
		unsigned tone = td_tone_parse(s->reference, TD_TONE_COUNT);
		if (tone < TD_TONE_COUNT) out |= 1u << tone;
	}
	return out;
}

static uint32_t depth_below(const list *l, uint32_t tok)
{
	uint32_t depth = 0;
	while (depth < MAX_DEPTH && tok < l->doc->toks.n && tok != l->c->root) tok = l->doc->toks.at[tok].head, depth++;
	return depth;
}

typedef struct {
	uint32_t plain, denied, core;
} tone_count;

static void put_tones(list *l, const tone_count count[TD_TONE_COUNT])
{
	for (unsigned k = 0; k < TD_TONE_COUNT; k++) {
		if (!count[k].plain && !count[k].denied) continue;
		put(l, 70, k, bucket(count[k].plain));
		put(l, 71, k, 0);
		if (count[k].denied) put(l, 72, k, 0);
		if (count[k].core) put(l, 73, k, 0);
		if (count[k].core) put(l, 74, k, l->about);
	}
}

static void put_content(list *l)
{
	tone_count count[TD_TONE_COUNT] = { 0 };
	const td_event_class *classes = l->v->lexicon->classes.at;
	uint32_t events = 0;
	bool dead = false;
	for (uint32_t i = 0; i < l->c->n; i++) {
		uint32_t tok = l->c->tok[i], tones = tones_of(l, tok), event = l->v->event_at[tok];
		bool denied = tones && (is_denied(l->doc, tok) || (l->denied && depth_below(l, tok) <= 1));
		for (unsigned k = 0; k < TD_TONE_COUNT; k++) {
			if (!(tones >> k & 1)) continue;
			count[k].plain += !denied;
			count[k].denied += denied;
			count[k].core += depth_below(l, tok) <= 1;
		}
		if (event != TD_NONE && events++ < NEAR_EVENTS) put(l, 80, td_feature_word(classes[l->doc->events.at[event].cls].name), tok == l->c->root);
		dead = dead || is_dead(l, tok);
		if (td_lemma_is(l->doc, tok, "I") || td_lemma_is(l->doc, tok, "we")) put(l, 82, l->c->quoted, 0);
	}
	put(l, 83, dead, l->c->quoted);
	if (dead) put(l, 84, count[TD_TONE_HONOUR].plain + count[TD_TONE_GOOD].plain > 0, l->about);
	put_tones(l, count);
}

void td_speech_features(const td_speech_view *view, const td_saying_content *content, td_speech_look *out)
{
	list l = { .v = view, .doc = view->doc, .c = content, .out = out };
	out->n = 0;
	put_trigger(&l);
	put_clause(&l);
	put_document(&l);
	put_content(&l);
}

void td_speech_places(const td_speech_look *look, td_act act, uint32_t out[TD_SPEECH_FEATURES])
{
	for (uint32_t i = 0; i < look->n; i++) out[i] = (uint32_t)(td_hash_mix(look->at[i], act) >> 40) & (TD_SPEECH_WEIGHTS - 1);
}
