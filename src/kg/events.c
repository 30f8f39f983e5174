#include "kg/event_score.h"

enum { MAX_PHRASE = 6, MAX_TRANSPARENT = 3 };

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint32_t *sense; /* [n_tokens] the event sense chosen for the token, TD_NONE */
	uint32_t *light; /* [n_tokens] its light verb, TD_NONE */
	td_range *span;  /* [n_tokens] the words of the trigger */
	uint32_t *twin;  /* [n_tokens] the verb or noun that tells of the same event, TD_NONE: "imposed a curfew" */
	td_fills fills;  /* what hangs on the token looked at last, fills.trigger: all its senses ask for it */
} search;

/* ---- phrases ------------------------------------------------------------------------------------------------------- */

static bool is_word(td_doc *doc, uint32_t tok, td_str word)
{
	return td_str_eq(td_lower_lemma(doc, tok), word) || td_str_eq(doc->toks.at[tok].form, word);
}

/* "pleaded not guilty" is not what "plead guilty" stands for. */
static bool denied(const td_doc *doc, uint32_t tok)
{
	return tok > 0 && doc->toks.at[tok - 1].upos == TD_PART && td_lemma_is(doc, tok - 1, "not");
}

/* A word of a phrase may be the next one, or hang on the phrase so far ("phoned the president up"); inside: others follow it. */
static uint32_t next_word(td_doc *doc, uint32_t verb, uint32_t last, td_str word, bool inside)
{
	uint32_t next = last + 1;
	if (next < doc->toks.n && doc->toks.at[next].sent == doc->toks.at[verb].sent) {
		if (is_word(doc, next, word)) return next;
	}
	uint32_t from[2] = { verb, last };
	for (int k = 0; k < 2; k++)
		for (uint32_t i = doc->first_child[from[k]]; i < doc->first_child[from[k] + 1]; i++)
			if (doc->child[i] > verb && is_word(doc, doc->child[i], word) && !denied(doc, doc->child[i])) return doc->child[i];
	for (uint32_t i = doc->first_child[verb]; inside && i < doc->first_child[verb + 1]; i++) { /* "took him into custody" */
		uint32_t prep = td_child(doc, doc->child[i], TD_CASE);
		if (prep != TD_NONE && prep > last && is_word(doc, prep, word)) return prep;
	}
	return TD_NONE;
}

/* The word of [from, to) that hangs outside it. */
static uint32_t phrase_head(const td_doc *doc, td_range r)
{
	for (uint32_t t = r.from; t < r.to; t++)
		if (doc->toks.at[t].head < r.from || doc->toks.at[t].head >= r.to) return t;
	return r.from;
}

/* Does the phrase of `lemma` start at `tok`? Gives its head and the words that are written together. */
static bool match_phrase(td_doc *doc, uint32_t tok, td_str lemma, uint32_t *head, td_range *span)
{
	uint32_t last = tok, end = tok + 1;
	bool together = true;
	td_str_cut(&lemma, ' ');
	for (int n = 1; lemma.n && n < MAX_PHRASE; n++) {
		td_str word = td_str_cut(&lemma, ' ');
		uint32_t next = next_word(doc, tok, last, word, lemma.n > 0);
		if (next == TD_NONE || next <= last) return false;
		together = together && next == last + 1;
		if (together) end = next + 1;
		last = next;
	}
	*span = (td_range){ tok, end };
	*head = doc->toks.at[tok].upos == TD_VERB ? tok : phrase_head(doc, *span);
	return !lemma.n && (together || doc->toks.at[tok].upos == TD_VERB);
}

/* ---- what is no event ------------------------------------------------------------------------------------------------ */

static bool says(td_str list, td_str word)
{
	while (list.n)
		if (td_str_eq(td_str_cut(&list, ' '), word)) return true;
	return false;
}

static bool in_name(const td_doc *doc, uint32_t tok)
{
	uint8_t name = doc->toks.at[tok].name;
	if (name != TD_NAME_NONE && name != TD_NAME_EVENT && name != TD_NAME_MISC) return true;
	uint32_t m = td_mention_at(doc, tok);
	if (m == TD_NONE) return false;
	const td_mention *mention = &doc->mentions.at[m];
	bool title = mention->title.from <= tok && tok < mention->title.to;
	return title || (mention->kind == TD_NAMED && mention->toks.to - mention->toks.from > 1);
}

static bool in_title(const td_doc *doc, uint32_t tok)
{
	for (uint32_t next = tok; next < doc->toks.n && next < tok + MAX_PHRASE; next++) {
		uint32_t m = td_mention_at(doc, next);
		if (m != TD_NONE && doc->mentions.at[m].title.from <= tok && tok < doc->mentions.at[m].title.to) return true;
	}
	return false;
}

static bool frame_has(td_str frame, td_slot slot)
{
	td_frame_slot piece;
	while (td_frame_next(&frame, &piece))
		if (piece.slot == slot) return true;
	return false;
}

/* Skips and tokens both stand in text order; *next is the skip looked at last. */
static bool is_skipped(const td_doc *doc, uint32_t tok, uint32_t *next)
{
	uint32_t at = doc->toks.at[tok].bytes.from;
	while (*next < doc->skips.n && doc->skips.at[*next].bytes.to <= at) (*next)++;
	return *next < doc->skips.n && doc->skips.at[*next].bytes.from <= at;
}

/* "In March": part of a time expression. */
static bool in_time(const td_doc *doc, uint32_t tok)
{
	uint32_t lo = 0, hi = doc->times.n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (doc->times.at[mid].toks.from <= tok) lo = mid + 1;
		else hi = mid;
	}
	return lo > 0 && tok < doc->times.at[lo - 1].toks.to;
}

/* "National Hurricane Center": who has that name is no storm. */
static bool names_body(const td_doc *doc, uint32_t tok)
{
	uint32_t m = td_mention_at(doc, tok);
	if (doc->toks.at[tok].name == TD_NAME_ORG) return true;
	return m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED && doc->mentions.at[m].cls == TD_ORGANIZATION;
}

static bool is_light_for(const search *s, uint32_t verb, uint32_t noun);

/* "rescue effort", "murder charge": does the noun before which a noun stands leave it its event? */
static bool stands_for_event(const search *s, uint32_t noun, const td_sense *sense)
{
	const td_token *t = &s->doc->toks.at[noun];
	return t->upos == TD_NOUN && (frame_has(sense->frame, TD_SLOT_OF) || (t->head < s->doc->toks.n && is_light_for(s, t->head, noun)));
}

/* Where a word stands may keep it from being an event: in a name, as a modifier, as an attribute. */
static bool position_allows(const search *s, uint32_t tok, const td_sense *sense)
{
	const td_token *t = &s->doc->toks.at[tok];
	if (says(sense->note, TD_STR("name"))) return !names_body(s->doc, tok);
	bool names_event = says(sense->note, TD_STR("named")) && t->deprel != TD_COMPOUND && !names_body(s->doc, tok);
	if ((in_name(s->doc, tok) && !names_event) || in_title(s->doc, tok) || in_time(s->doc, tok)) return false;
	if (t->deprel == TD_COMPOUND) return stands_for_event(s, tok, sense);
	if (td_is_attribute(s->doc, tok) || (t->deprel == TD_AMOD && t->upos != TD_VERB)) return frame_has(sense->frame, TD_SLOT_ATTR);
	return true;
}

/* ---- phrases whose particle the tree takes for a preposition --------------------------------------------------------- */

static uint32_t n_words(td_str lemma)
{
	uint32_t n = 0;
	for (; lemma.n; n++) td_str_cut(&lemma, ' ');
	return n;
}

static bool frame_takes(const td_doc *doc, td_str frame, const td_fill *fill)
{
	td_frame_slot slot;
	while (td_frame_next(&frame, &slot))
		if (td_slot_takes(doc, &slot, fill)) return true;
	return false;
}

/* "called off the strike": where the tree takes the particle for a preposition its noun is the object, unless the frame asks for it as it is. */
static void take_particle(const td_doc *doc, const td_sense *sense, td_fills *out)
{
	td_str rest = sense->lemma, particle = rest;
	while (rest.n) particle = td_str_cut(&rest, ' ');
	for (uint32_t i = 0; i < out->n; i++)
		if (out->at[i].slot == TD_SLOT_OBJ) return;
	for (uint32_t i = 0; i < out->n; i++) {
		td_fill *fill = &out->at[i];
		if (fill->slot != TD_SLOT_OBL || !td_str_eq(fill->prep, particle) || frame_takes(doc, sense->frame, fill)) continue;
		fill->slot = TD_SLOT_OBJ;
		return;
	}
}

/* ---- light verbs ------------------------------------------------------------------------------------------------------ */

/* Is `noun` what the light sense asks of its verb? */
static bool lends(const td_doc *doc, const td_sense *sense, const td_fills *fills, uint32_t noun)
{
	td_frame_slot slot;
	char text[80];
	int n = snprintf(text, sizeof text, TD_STR_FMT ":agent", TD_STR_ARG(sense->frame)); /* any role: only the slot is read */
	td_str frame = { text, n > 0 && (size_t)n < sizeof text ? (size_t)n : 0 };
	if (!td_frame_next(&frame, &slot)) return false;
	for (uint32_t i = 0; i < fills->n; i++)
		if (fills->at[i].tok == noun && td_slot_takes(doc, &slot, &fills->at[i])) return td_when_holds(doc, fills, sense->when);
	return false;
}

/* "struck down a curfew" strikes none: what makes a phrase with its particle lends nothing as a single word, but to a noun of the phrase. */
static bool heads_phrase(const search *s, uint32_t verb, uint32_t noun)
{
	if (s->sense[verb] == TD_NONE) return false;
	td_str phrase = s->lexicon->senses.at[s->sense[verb]].lemma;
	return n_words(phrase) > 1 && !says(phrase, s->doc->toks.at[noun].lemma);
}

static bool is_light_for(const search *s, uint32_t verb, uint32_t noun)
{
	td_str lemma = td_event_word(s->doc, s->lexicon, verb);
	for (uint32_t i = td_lexicon_find(s->lexicon, lemma); i != TD_NONE; i = s->lexicon->senses.at[i].next) {
		const td_sense *sense = &s->lexicon->senses.at[i];
		uint32_t head = verb;
		td_range span;
		td_fills fills;
		if (sense->kind != TD_SENSE_LIGHT || (sense->upos != TD_POS_X && sense->upos != s->doc->toks.at[verb].upos)) continue;
		if (td_str_eq(sense->lemma, lemma) ? heads_phrase(s, verb, noun) : !match_phrase(s->doc, verb, sense->lemma, &head, &span)) continue;
		td_sense_fills(s->doc, sense, verb, TD_NONE, &fills);
		if (lends(s->doc, sense, &fills, noun)) return true;
	}
	return false;
}

/* "a series of strikes", "a rescue effort": the noun that stands in the clause for `noun`. */
static uint32_t outer_noun(const search *s, uint32_t noun)
{
	for (int n = 0; n < MAX_TRANSPARENT; n++) {
		const td_token *t = &s->doc->toks.at[noun];
		if ((t->deprel != TD_NMOD && t->deprel != TD_COMPOUND) || t->head >= s->doc->toks.n || !is_light_for(s, t->head, noun)) break;
		noun = t->head;
	}
	return noun;
}

/* The light verb of a noun: above it, or a participle or relative clause below it ("talks held in Geneva"). */
static uint32_t light_verb(const search *s, uint32_t trigger)
{
	const td_doc *doc = s->doc;
	if (doc->toks.at[trigger].upos == TD_VERB) return TD_NONE;
	uint32_t noun = outer_noun(s, trigger), up = doc->toks.at[noun].head;
	if (up < doc->toks.n && doc->toks.at[noun].deprel == TD_CONJ && doc->toks.at[up].upos != TD_VERB) up = doc->toks.at[noun = up].head;
	if (up < doc->toks.n && doc->toks.at[up].upos == TD_VERB && is_light_for(s, up, noun)) return up;
	for (uint32_t i = doc->first_child[noun]; i < doc->first_child[noun + 1]; i++) {
		uint32_t child = doc->child[i];
		td_deprel rel = (td_deprel)doc->toks.at[child].deprel;
		if ((rel == TD_ACL || rel == TD_ACL_RELCL) && doc->toks.at[child].upos == TD_VERB && is_light_for(s, child, noun)) return child;
	}
	return TD_NONE;
}

/* ---- senses ------------------------------------------------------------------------------------------------------------ */

/* "Fighting resumed", "shelling killed four": a noun in -ing that the tagger took for a verb, where a noun stands and nothing says a verb. */
static bool is_gerund_noun(const td_doc *doc, uint32_t tok)
{
	static const uint8_t of_verbs[] = { TD_OBJ, TD_NSUBJ, TD_AUXIL, TD_MARK, TD_CCOMP };
	const td_token *t = &doc->toks.at[tok];
	if (t->upos != TD_VERB || t->xpos != TD_XP_VBG) return false;
	if (t->deprel != TD_NSUBJ && t->deprel != TD_NSUBJ_PASS && t->deprel != TD_OBJ && t->deprel != TD_OBL && t->deprel != TD_ROOT) return false;
	for (size_t k = 0; k < sizeof of_verbs; k++)
		if (td_child(doc, tok, (td_deprel)of_verbs[k]) != TD_NONE) return false;
	return true;
}

static bool pos_fits(const search *s, uint32_t tok, const td_sense *sense, bool phrase)
{
	const td_token *t = &s->doc->toks.at[tok];
	if (sense->upos == TD_POS_X || sense->upos == t->upos) return true;
	if (sense->upos == TD_NOUN && t->upos == TD_PROPN) return true; /* headlines in capitals */
	/* "a sit-in", "a walk-out": the particle of a noun with a hyphen may be its head in the tree. */
	if (sense->upos == TD_NOUN && phrase && (t->upos == TD_ADP || t->upos == TD_ADV)) return tok > 0 && s->doc->toks.at[tok - 1].xpos == TD_XP_HYPH;
	if (sense->upos == TD_NOUN) return is_gerund_noun(s->doc, tok) && td_str_ends(sense->lemma, TD_STR("ing"));
	return sense->upos == TD_ADJ && t->upos == TD_VERB && t->deprel == TD_AMOD;
}

/* "a million people marched": a verb, or a phrase without an object ("stepped down"), that has no passive. */
static bool has_no_passive(const td_sense *sense)
{
	return says(sense->note, TD_STR("intransitive")) || (n_words(sense->lemma) > 1 && sense->upos == TD_VERB && !frame_has(sense->frame, TD_SLOT_OBJ));
}

/* A verb that has no passive is told of its noun in the active voice, whatever the tree made of it. */
void td_sense_fills(const td_doc *doc, const td_sense *sense, uint32_t trigger, uint32_t light, td_fills *out)
{
	td_fills_read(doc, trigger, light, out);
	if (n_words(sense->lemma) > 1 && !out->passive) take_particle(doc, sense, out);
	if (!out->passive || !has_no_passive(sense) || td_child(doc, trigger, TD_AUX_PASS) != TD_NONE) return;
	out->passive = false;
	for (uint32_t i = 0; i < out->n; i++)
		if (out->at[i].slot == TD_SLOT_OBJ) out->at[i].slot = TD_SLOT_NSUBJ;
}

/* "plead not guilty" is no "plead guilty": of two phrases of different classes the one of more words. */
static bool says_more(const search *s, const td_sense *sense, uint32_t head)
{
	const td_sense *now = &s->lexicon->senses.at[s->sense[head]];
	uint32_t before = n_words(now->lemma);
	return before > 1 && now->cls != sense->cls && n_words(sense->lemma) > before;
}

static void try_sense(search *s, uint32_t sense_at, uint32_t head, td_range span)
{
	const td_sense *sense = &s->lexicon->senses.at[sense_at];
	if ((s->sense[head] != TD_NONE && !says_more(s, sense, head)) || !pos_fits(s, head, sense, span.to - span.from > 1) || !position_allows(s, head, sense)) return;
	bool of_its_own = says(sense->note, TD_STR("intransitive")) || n_words(sense->lemma) > 1;
	if (s->fills.trigger != head) td_fills_read(s->doc, head, light_verb(s, head), &s->fills);
	uint32_t light = s->fills.light;
	if (of_its_own) td_sense_fills(s->doc, sense, head, light, &s->fills);
	bool holds = td_when_holds(s->doc, &s->fills, sense->when);
	if (of_its_own) s->fills.trigger = TD_NONE; /* the next sense may read them otherwise */
	if (!holds) return;
	s->sense[head] = sense_at;
	s->light[head] = light;
	s->span[head] = span;
}

/* All senses of `lemma` or, with `phrases`, of phrases that begin with it. */
static void try_lemma(search *s, uint32_t tok, td_str lemma, bool phrases)
{
	for (uint32_t i = td_lexicon_find(s->lexicon, lemma); i != TD_NONE; i = s->lexicon->senses.at[i].next) {
		const td_sense *sense = &s->lexicon->senses.at[i];
		uint32_t head = tok;
		td_range span = { tok, tok + 1 };
		if (sense->kind != TD_SENSE_EVENT || !td_str_eq(sense->lemma, lemma) != phrases) continue;
		if (phrases && !match_phrase(s->doc, tok, sense->lemma, &head, &span)) continue;
		try_sense(s, i, head, span);
	}
}

/* All senses whose first word stands at `tok`; phrases in one pass, single words in a later one. */
static void try_word(search *s, uint32_t tok, bool phrases)
{
	try_lemma(s, tok, td_event_word(s->doc, s->lexicon, tok), phrases);
	if (!phrases && s->sense[tok] == TD_NONE && is_gerund_noun(s->doc, tok)) try_lemma(s, tok, td_lower(&s->doc->arena, s->doc->toks.at[tok].form), false);
}

/* Does the verb's sense hold of this very noun ("ended her campaign": a Withdrawal)? */
static bool asks_for(const search *s, uint32_t verb, uint32_t noun)
{
	const td_sense *sense = &s->lexicon->senses.at[s->sense[verb]];
	td_str when = sense->when, lemma = s->doc->toks.at[noun].lemma;
	if (says(sense->lemma, lemma)) return true;
	while (when.n) {
		td_str words = td_str_cut(&when, ' ');
		if (!td_str_starts(words, TD_STR("obj="))) continue;
		for (td_str_cut(&words, '='); words.n;)
			if (td_str_eq(td_str_cut(&words, '|'), lemma)) return true;
	}
	return false;
}

/* "Brought the blaze under control": the verb is no light verb of the noun, but says its own with other words. */
static bool phrase_without(const search *s, uint32_t verb, uint32_t noun)
{
	td_str words = s->lexicon->senses.at[s->sense[verb]].lemma;
	return n_words(words) > 2 && !says(words, s->doc->toks.at[noun].lemma);
}

/* Of a light verb and its noun one is the event. The verb, where a law is made ("signed the decree") and the noun does not say more of it
 * ("imposed a curfew"); both, where the verb is a speech about the noun ("reported an attack"), brings somebody there ("attended a funeral")
 * or puts an end to it ("ended her bid"); else the noun ("launched an attack", "issued a statement"). */
static void choose_light(search *s, uint32_t noun)
{
	uint32_t verb = s->light[noun];
	if (s->sense[verb] == TD_NONE) return;
	if (phrase_without(s, verb, noun)) return;
	uint16_t a = s->lexicon->senses.at[s->sense[verb]].cls, b = s->lexicon->senses.at[s->sense[noun]].cls;
	bool speech = td_lexicon_is_a(s->lexicon, a, td_lexicon_class(s->lexicon, TD_STR("Communication")));
	bool visit = td_lexicon_is_a(s->lexicon, a, td_lexicon_class(s->lexicon, TD_STR("Visit")));
	bool kin = td_lexicon_is_a(s->lexicon, a, b) || td_lexicon_is_a(s->lexicon, b, a);
	bool law = td_lexicon_is_a(s->lexicon, a, td_lexicon_class(s->lexicon, TD_STR("Legislation")));
	bool undone = td_lexicon_is_a(s->lexicon, a, td_lexicon_class(s->lexicon, TD_STR("Withdrawal"))) ||
		td_lexicon_is_a(s->lexicon, a, td_lexicon_class(s->lexicon, TD_STR("Closure")));
	bool verb_wins = kin && law && (a == b || !td_lexicon_is_a(s->lexicon, b, a));
	if (!kin && (speech || visit || (undone && asks_for(s, verb, noun)))) return;
	s->sense[verb_wins ? noun : verb] = TD_NONE;
	if (kin) s->twin[verb_wins ? verb : noun] = verb_wins ? noun : verb;
}

/* A light verb gives its event away; a word inside a phrase has none of its own. */
static void suppress(search *s)
{
	for (uint32_t t = 0; t < s->doc->toks.n; t++)
		for (uint32_t k = s->span[t].from; s->sense[t] != TD_NONE && k < s->span[t].to; k++)
			if (k != t) s->sense[k] = TD_NONE;
	for (uint32_t t = 0; t < s->doc->toks.n; t++)
		if (s->sense[t] != TD_NONE && s->light[t] != TD_NONE) choose_light(s, t);
}

static td_status start(search *s, td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	uint32_t n = doc->toks.n;
	s->doc = doc;
	s->lexicon = lexicon;
	s->fills.trigger = TD_NONE;
	s->sense = td_arena_zero(&doc->arena, n + 1, sizeof *s->sense);
	s->light = td_arena_zero(&doc->arena, n + 1, sizeof *s->light);
	s->span = td_arena_zero(&doc->arena, n + 1, sizeof *s->span);
	s->twin = td_arena_zero(&doc->arena, n + 1, sizeof *s->twin);
	if (!s->sense || !s->light || !s->span || !s->twin) return td_no_memory(err);
	for (uint32_t t = 0; t < n; t++) s->sense[t] = s->light[t] = s->twin[t] = TD_NONE;
	return TD_OK;
}

static td_status collect(search *s, td_finds *out, td_error *err)
{
	td_doc *doc = s->doc;
	memset(out, 0, sizeof *out);
	out->event_at = td_arena_zero(&doc->arena, doc->toks.n + 1, sizeof *out->event_at);
	if (!out->event_at) return td_no_memory(err);
	for (uint32_t t = 0; t < doc->toks.n; t++) out->event_at[t] = TD_NONE;
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		if (s->sense[t] == TD_NONE) continue;
		if (out->found.n >= TD_MAX_DOC_EVENTS) {
			doc->dropped++;
			continue;
		}
		out->event_at[t] = out->found.n;
		if (s->light[t] != TD_NONE && s->sense[s->light[t]] == TD_NONE) out->event_at[s->light[t]] = out->found.n;
		td_found f = { .trigger = t, .sense = s->sense[t], .light = s->light[t], .toks = s->span[t], .twin = s->twin[t] };
		if (f.twin != TD_NONE) out->event_at[f.twin] = out->found.n, f.twin_toks = s->span[f.twin];
		if (!TD_PUSH(&doc->arena, &out->found, f)) return td_no_memory(err);
	}
	return TD_OK;
}

td_status td_detect(td_doc *doc, const td_lexicon *lexicon, td_finds *out, td_error *err)
{
	search s;
	TRY(start(&s, doc, lexicon, err));
	for (int phrases = 1; phrases >= 0; phrases--) {
		uint32_t skip = 0;
		for (uint32_t t = 0; t < doc->toks.n; t++)
			if (!is_skipped(doc, t, &skip)) try_word(&s, t, phrases);
	}
	suppress(&s);
	return collect(&s, out, err);
}

/* ---- the stage ---------------------------------------------------------------------------------------------------------- */

static td_status push_events(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_error *err)
{
	for (uint32_t i = 0; i < finds->found.n; i++) {
		const td_found *f = &finds->found.at[i];
		td_event event = { .cls = lexicon->senses.at[f->sense].cls, .factuality = TD_ACTUAL, .trigger = i, .quantity = -1, .confidence = f->score };
		if (!TD_PUSH(&doc->arena, &doc->events, event)) return td_no_memory(err);
		if (!TD_PUSH(&doc->arena, &doc->triggers, (td_trigger){ i, f->toks, f->trigger })) return td_no_memory(err);
	}
	for (uint32_t i = 0; i < finds->found.n; i++) {
		const td_found *f = &finds->found.at[i];
		if (f->twin != TD_NONE && !TD_PUSH(&doc->arena, &doc->triggers, (td_trigger){ i, f->twin_toks, f->twin })) return td_no_memory(err);
	}
	return TD_OK;
}

td_status td_events(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_error *err)
{
	td_finds finds;
	doc->events.n = doc->triggers.n = doc->args.n = 0;
	TRY(td_detect(doc, lexicon, &finds, err));
	if (model) TRY(td_event_score(doc, lexicon, model, &finds, err));
	TRY(push_events(doc, lexicon, &finds, err));
	TRY(td_roles(doc, lexicon, &finds, err));
	td_event_times(doc, &finds);
	TRY(td_event_quantities(doc, lexicon, &finds, err));
	return td_event_labels(doc, lexicon, err);
}
