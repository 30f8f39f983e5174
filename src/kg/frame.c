#include "kg/frame_impl.h"

#include <strings.h>

enum { MAX_SAID = 120 }; /* words of a sentence among which what is said is looked for */
enum { MAX_BACK = 60 }; /* words before a pronoun in which its noun is looked for */

static const char *const slot_names[] = {
#define SLOT_TEXT(name, text) text,
	TD_SLOT_MAP(SLOT_TEXT)
#undef SLOT_TEXT
};
_Static_assert(sizeof slot_names / sizeof *slot_names == TD_SLOT_COUNT, "one text for each slot");

const char *td_slot_text(unsigned label)
{
	return label < TD_SLOT_COUNT ? slot_names[label] : "?";
}

unsigned td_slot_parse(td_str text, unsigned otherwise)
{
	for (unsigned i = 0; i < TD_SLOT_COUNT; i++)
		if (td_str_eq(text, td_str_of(slot_names[i]))) return i;
	return otherwise;
}

/* ---- what a filler is ------------------------------------------------------------------------------------------------ */

/* Words that only say how many: the people stand below them. */
static const char *const quantities[] = { "dozen", "hundred", "thousand", "score", "number", "million", "group", "member", "pair", "one",
	"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "some", "many", "several", "most", "all", "part", "majority", "rest", "%", "percent", "half", "third", "quarter", "much", "none", "both", "couple", "handful", "bulk", "duo", "trio", "total", "net" };

static bool counts_only(const td_doc *doc, uint32_t tok)
{
	if (doc->toks.at[tok].upos == TD_NUM) return true;
	return TD_LEMMA_AMONG(doc, tok, quantities);
}

/* Words that only say on which side of it: "in front of parliament". */
static bool sides_only(const td_doc *doc, uint32_t tok)
{
	static const char *const sides[] = { "front", "middle", "midst", "heart", "vicinity", "outskirts", "outskirt", "side", "edge", "top", "north", "south", "east", "west",
		"northeast", "northwest", "southeast", "southwest", "back", "rear", "center", "centre", "foot", "mouth" };
	return TD_LEMMA_AMONG(doc, tok, sides);
}

uint32_t td_filler_mention(const td_doc *doc, uint32_t tok)
{
	if (tok >= doc->toks.n) return TD_NONE;
	uint32_t m = td_mention_headed(doc, tok);
	if (m != TD_NONE) return m;
	uint32_t below = td_exact_child(doc, tok, TD_NMOD);
	if (below != TD_NONE && (counts_only(doc, tok) || sides_only(doc, tok)) && (m = td_mention_headed(doc, below)) != TD_NONE) return m;
	/* "Prosecutor Krzysztof Sierak": the name hangs on its title. */
	static const uint8_t below_title[] = { TD_FLAT, TD_APPOS, TD_COMPOUND };
	for (size_t k = 0; k < sizeof below_title; k++) {
		uint32_t name = td_exact_child(doc, tok, (td_deprel)below_title[k]);
		m = name != TD_NONE && name > tok ? td_mention_headed(doc, name) : TD_NONE;
		if (m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED && doc->mentions.at[m].cls == TD_PERSON) return m;
	}
	/* "newly elected president Anna Berg": the title hangs on the name. */
	uint32_t up = td_rel(doc, tok) == TD_NMOD_DESC ? doc->toks.at[tok].head : TD_NONE;
	m = up < doc->toks.n ? td_mention_headed(doc, up) : TD_NONE;
	if (m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED && doc->mentions.at[m].cls == TD_PERSON) return m;
	/* A name whose head the tree sees elsewhere. */
	m = td_mention_at(doc, tok);
	return m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED ? m : TD_NONE;
}

td_class td_class_at(const td_doc *doc, uint32_t tok)
{
	uint32_t m = td_filler_mention(doc, tok);
	if (m == TD_NONE) return TD_CLASS_NONE;
	uint32_t e = doc->mentions.at[m].entity;
	uint8_t cls = e < doc->entities.n ? doc->entities.at[e].cls : TD_CLASS_NONE;
	return (td_class)(cls != TD_CLASS_NONE ? cls : doc->mentions.at[m].cls);
}

/* ---- the lexicon's strings ------------------------------------------------------------------------------------------- */

/* Is `word` one of the alternatives "a|b|c" (or "a/b")? */
static bool among(td_str word, td_str alternatives, char sep)
{
	while (alternatives.n) {
		td_str one = td_str_cut(&alternatives, sep);
		if (one.n == word.n && strncasecmp(one.at, word.at, one.n) == 0) return true;
	}
	return false;
}

/* Prepositions that were participles have a verb's lemma: "follow", "include". */
static bool is_participle_of(td_str prep, td_str lemma)
{
	if (lemma.n && lemma.at[lemma.n - 1] == 'e') lemma.n--;
	return td_str_ends(prep, TD_STR("ing")) && prep.n == lemma.n + 3 && lemma.n > 2 && strncasecmp(prep.at, lemma.at, lemma.n) == 0;
}

static bool prep_fits(td_str lemma, td_str preps)
{
	if (among(lemma, preps, '/')) return true;
	while (preps.n)
		if (is_participle_of(td_str_cut(&preps, '/'), lemma)) return true;
	return false;
}

static bool class_fits(td_class cls, td_str classes)
{
	bool wanted = true;
	if (td_str_starts(classes, TD_STR("!"))) {
		wanted = false;
		classes.at++, classes.n--;
	}
	return among(td_str_of(td_class_text(cls)), classes, '|') == wanted;
}

bool td_slot_takes(const td_doc *doc, const td_frame_slot *slot, const td_fill *fill)
{
	if (slot->slot != fill->slot || (slot->preps.n && !prep_fits(fill->prep, slot->preps))) return false;
	return !slot->classes.n || class_fits(td_class_at(doc, fill->tok), slot->classes);
}

/* "obl.with/to": name and prepositions */
static bool read_slot(td_str text, td_frame_slot *out)
{
	td_str name = td_str_cut(&text, '.');
	unsigned slot = td_slot_parse(name, TD_SLOT_COUNT);
	out->slot = (uint8_t)slot;
	out->preps = text;
	return slot != TD_SLOT_COUNT;
}

bool td_frame_next(td_str *frame, td_frame_slot *out)
{
	while (frame->n) {
		td_str piece = td_str_cut(frame, ' ');
		td_str place = td_str_cut(&piece, ':'), slot = td_str_cut(&place, '(');
		unsigned role = td_role_parse(piece, TD_ROLES_COUNT);
		out->role = (uint8_t)role;
		out->classes = td_str_cut(&place, ')');
		if (role != TD_ROLES_COUNT && read_slot(slot, out)) return true;
	}
	return false;
}

/* ---- what is said ------------------------------------------------------------------------------------------------------ */

static bool is_said(const td_fill *fill)
{
	return fill->slot == TD_SLOT_CCOMP || fill->slot == TD_SLOT_QUOTE;
}

/* A word of what is said, where `said` is its head: not what hangs on the word of saying itself ("…, he said on Monday"). */
static bool in_said(const td_doc *doc, uint32_t said, uint32_t trigger, uint32_t tok)
{
	return td_dominates(doc, said, tok) && !(td_dominates(doc, said, trigger) && td_dominates(doc, trigger, tok));
}

/* Is one of the words told in what is said, and not denied? "said he was a great man" */
static bool says_one_of(const td_doc *doc, const td_fills *fills, td_str words)
{
	const td_range sent = doc->sents.at[doc->toks.at[fills->trigger].sent].toks;
	uint32_t to = sent.to - sent.from < MAX_SAID ? sent.to : sent.from + MAX_SAID;
	bool any = false;
	for (uint32_t i = 0; i < fills->n; i++) any = any || is_said(&fills->at[i]);
	for (uint32_t t = sent.from; any && t < to; t++) {
		if (!among(doc->toks.at[t].lemma, words, '|')) continue;
		uint32_t adverb = td_child(doc, t, TD_ADVMOD);
		for (uint32_t i = 0; i < fills->n; i++)
			if (is_said(&fills->at[i]) && in_said(doc, fills->at[i].tok, fills->trigger, t) && (adverb == TD_NONE || !td_lemma_is(doc, adverb, "not"))) return true;
	}
	return false;
}

static bool is_speaker(const td_doc *doc, const td_fills *fills, uint32_t tok)
{
	uint32_t m = tok != TD_NONE ? td_filler_mention(doc, tok) : TD_NONE;
	if (tok != TD_NONE && (td_lemma_is(doc, tok, "I") || td_lemma_is(doc, tok, "we"))) return doc->toks.at[tok].quoted;
	for (uint32_t i = 0; m != TD_NONE && i < fills->n; i++) {
		uint32_t speaker = fills->at[i].slot == TD_SLOT_NSUBJ ? td_filler_mention(doc, fills->at[i].tok) : TD_NONE;
		if (speaker != TD_NONE && doc->mentions.at[speaker].entity == doc->mentions.at[m].entity) return true;
	}
	return false;
}

/* "said she would go to court": who speaks tells what he or she will do; refused: will not do. */
static bool says_will(const td_doc *doc, const td_fills *fills, bool refused)
{
	static const char *const will[] = { "will", "would", "shall" };
	for (uint32_t i = 0; i < fills->n; i++) {
		if (!is_said(&fills->at[i])) continue;
		uint32_t verb = fills->at[i].tok, aux = td_child(doc, verb, TD_AUXIL), adverb = td_child(doc, verb, TD_ADVMOD);
		bool negated = adverb != TD_NONE && td_lemma_is(doc, adverb, "not"), future = TD_LEMMA_AMONG(doc, aux, will);
		if (future && negated == refused && doc->toks.at[verb].upos == TD_VERB && is_speaker(doc, fills, td_subject_of(doc, verb))) return true;
	}
	return false;
}

/* Facts about the trigger itself. */
static bool flag_holds(const td_doc *doc, const td_fills *fills, td_str name, bool *known)
{
	const td_token *t = &doc->toks.at[fills->trigger];
	*known = true;
	if (HAS(name, "passive")) return fills->passive;
	if (HAS(name, "plural")) return t->xpos == TD_XP_NNS || t->xpos == TD_XP_NNPS;
	if (HAS(name, "past")) return t->xpos == TD_XP_VBD || t->xpos == TD_XP_VBN;
	if (HAS(name, "gerund")) return t->xpos == TD_XP_VBG;
	if (HAS(name, "participle")) return t->deprel == TD_ACL && t->xpos == TD_XP_VBN;
	if (HAS(name, "light")) return fills->light != TD_NONE;
	if (HAS(name, "definite")) return td_lemma_is(doc, td_child(doc, fills->trigger, TD_DETERM), "the");
	if (HAS(name, "proper")) return t->upos == TD_PROPN;
	if (HAS(name, "will")) return says_will(doc, fills, false);
	if (HAS(name, "willnot")) return says_will(doc, fills, true);
	*known = false;
	return false;
}

/* Does the filler meet the condition? What is true of a person is true of several: "two astronauts were selected". */
static bool takes(const td_doc *doc, const td_frame_slot *slot, const td_fill *fill, bool wanted)
{
	td_frame_slot any = *slot;
	any.classes.n = 0;
	if (!td_slot_takes(doc, &any, fill)) return false;
	if (!slot->classes.n) return true;
	td_class cls = td_class_at(doc, fill->tok);
	return class_fits(cls, slot->classes) || (wanted && cls == TD_GROUP && class_fits(TD_PERSON, slot->classes));
}

static bool is_core(const td_doc *doc, uint32_t tok)
{
	td_deprel rel = td_rel(doc, tok);
	return rel == TD_NSUBJ || rel == TD_NSUBJ_PASS || rel == TD_OBJ;
}

static bool is_counted(const td_doc *doc, uint32_t noun)
{
	return td_exact_child(doc, noun, TD_NUMMOD) != TD_NONE;
}

/* May a pronoun stand for one of these words? "The bill was read. It was passed": a subject or object told shortly before it; a number, for
 * what was counted shortly before it: "she won twelve seats, he won six". The verb's own wish for such a noun finds it more surely than
 * coreference, which has no eye for verbs. */
static bool stands_for(const td_doc *doc, uint32_t pronoun, td_str words)
{
	bool number = doc->toks.at[pronoun].upos == TD_NUM;
	if (!number && (doc->toks.at[pronoun].upos != TD_PRON || td_class_at(doc, pronoun) == TD_PERSON)) return false;
	uint32_t sent = doc->toks.at[pronoun].sent;
	for (uint32_t t = pronoun, steps = 0; t > 0 && steps < MAX_BACK; steps++) {
		const td_token *k = &doc->toks.at[--t];
		if (k->sent + 1 < sent) return false;
		if (k->upos == TD_NOUN && (number ? is_counted(doc, t) : is_core(doc, t)) && among(k->lemma, words, '|')) return true;
	}
	return false;
}

/* The noun of a title: "Supreme Court justice", "president of Peru". */
static uint32_t title_noun(const td_doc *doc, td_range title)
{
	if (title.from >= title.to) return TD_NONE;
	return title.from + 1 < title.to && td_lemma_is(doc, title.from + 1, "of") ? title.from : title.to - 1;
}

/* "Judge Anna Berg ordered", "Anna Berg, a judge, ordered": who has a name is what the words beside it say. */
static bool is_called(const td_doc *doc, uint32_t name, td_str words)
{
	uint32_t m = doc->toks.at[name].upos == TD_PROPN ? td_mention_at(doc, name) : TD_NONE;
	if (m == TD_NONE || doc->mentions.at[m].kind != TD_NAMED || doc->mentions.at[m].cls != TD_PERSON) return false;
	uint32_t beside[] = { title_noun(doc, doc->mentions.at[m].title), td_exact_child(doc, name, TD_APPOS), td_exact_child(doc, name, TD_NMOD_DESC) };
	for (size_t k = 0; k < sizeof beside / sizeof *beside; k++)
		if (beside[k] != TD_NONE && among(doc->toks.at[beside[k]].lemma, words, '|')) return true;
	return false;
}

/* "troops", and "Warplanes" at the start of a sentence: plurals that the tagger leaves as they are; "measles": a word that it takes for a plural. */
static bool is_plural_of(const td_doc *doc, uint32_t tok, td_str words)
{
	td_str lemma = doc->toks.at[tok].lemma;
	if (doc->toks.at[tok].upos != TD_NOUN && doc->toks.at[tok].upos != TD_PROPN) return false;
	if (among(doc->toks.at[tok].form, words, '|')) return true;
	if (!td_str_ends(lemma, TD_STR("s"))) return false;
	lemma.n--;
	return among(lemma, words, '|');
}

/* Is the filler one of these words: itself, by its title, as what is counted ("a number of workers"), or as what it stands for? */
static bool is_word(const td_doc *doc, uint32_t tok, td_str words)
{
	if (among(doc->toks.at[tok].lemma, words, '|') || is_plural_of(doc, tok, words) || stands_for(doc, tok, words) || is_called(doc, tok, words)) return true;
	uint32_t counted = counts_only(doc, tok) ? td_exact_child(doc, tok, TD_NMOD) : TD_NONE;
	return counted != TD_NONE && (among(doc->toks.at[counted].lemma, words, '|') || is_plural_of(doc, counted, words));
}

/* "25 % of the vote": the word that the trigger hangs on. */
static bool hangs_on(const td_doc *doc, uint32_t trigger, td_str words)
{
	uint32_t up = doc->toks.at[trigger].head;
	return up < doc->toks.n && among(doc->toks.at[up].lemma, words, '|');
}

/* One condition without its "!": slot[.preps][=words][:classes], or up=words */
static bool condition_holds(const td_doc *doc, const td_fills *fills, td_str text, bool wanted)
{
	bool known;
	bool flag = flag_holds(doc, fills, text, &known);
	if (known) return flag;
	td_frame_slot slot = { 0 };
	td_str classes = text;
	td_str head = td_str_cut(&classes, ':');
	td_str words = head;
	td_str name = td_str_cut(&words, '=');
	if (HAS(name, "up")) return hangs_on(doc, fills->trigger, words);
	if (HAS(name, "said")) return says_one_of(doc, fills, words);
	if (!read_slot(name, &slot)) return false;
	slot.classes = classes;
	for (uint32_t i = 0; i < fills->n; i++)
		if (takes(doc, &slot, &fills->at[i], wanted) && (!words.n || is_word(doc, fills->at[i].tok, words))) return true;
	return false;
}

bool td_when_holds(const td_doc *doc, const td_fills *fills, td_str when)
{
	while (when.n) {
		td_str piece = td_str_cut(&when, ' ');
		if (!piece.n) continue;
		bool wanted = piece.at[0] != '!';
		if (!wanted) piece.at++, piece.n--;
		if (condition_holds(doc, fills, piece, wanted) != wanted) return false;
	}
	return true;
}
