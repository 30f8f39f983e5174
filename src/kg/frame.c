#include "kg/frame.h"

#include <strings.h>

enum {
	MAX_UP = 6,    /* how many clauses a subject may be looked for */
	MAX_NEAR = 12, /* how many words before its verb */
};

#define HAS(s, literal) td_str_eq(s, TD_STR(literal))

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

/* ---- clauses ------------------------------------------------------------------------------------------------------ */

static td_deprel rel_of(const td_doc *doc, uint32_t tok)
{
	return (td_deprel)doc->toks.at[tok].deprel;
}

static uint32_t exact_child(const td_doc *doc, uint32_t tok, td_deprel rel)
{
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (rel_of(doc, doc->child[i]) == rel) return doc->child[i];
	return TD_NONE;
}

bool td_is_passive(const td_doc *doc, uint32_t verb)
{
	for (int up = 0; up < MAX_UP && verb < doc->toks.n; up++) {
		const td_token *t = &doc->toks.at[verb];
		if (exact_child(doc, verb, TD_AUX_PASS) != TD_NONE || exact_child(doc, verb, TD_NSUBJ_PASS) != TD_NONE) return true;
		if (t->xpos != TD_XP_VBN || exact_child(doc, verb, TD_NSUBJ) != TD_NONE) return false;
		if (td_child(doc, verb, TD_AUXIL) != TD_NONE) return false; /* "has attacked" */
		if (t->deprel == TD_ACL || t->deprel == TD_AMOD || t->deprel == TD_ADVCL) return exact_child(doc, verb, TD_OBJ) == TD_NONE;
		if (t->deprel != TD_CONJ) return false;
		verb = t->head;
	}
	return false;
}

/* "who", "which", "that" stand for what the relative clause is about. */
static uint32_t antecedent(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	bool relative = t->xpos == TD_XP_WDT || t->xpos == TD_XP_WP || t->xpos == TD_XP_WPS || (t->upos == TD_PRON && HAS(t->lemma, "that"));
	uint32_t up = t->head;
	for (int steps = 0; relative && steps < MAX_UP && up < doc->toks.n; steps++) {
		if (rel_of(doc, up) == TD_ACL_RELCL) return doc->toks.at[up].head;
		up = doc->toks.at[up].head;
	}
	return tok;
}

static uint32_t own_subject(const td_doc *doc, uint32_t verb)
{
	uint32_t s = td_child(doc, verb, TD_NSUBJ);
	return s == TD_NONE ? TD_NONE : antecedent(doc, s);
}

static bool acts(td_class cls)
{
	return cls == TD_PERSON || cls == TD_ORGANIZATION || cls == TD_GROUP || cls == TD_PLACE;
}

/* "the plan to attack": who plans it, not the plan. */
static uint32_t infinitive_subject(const td_doc *doc, uint32_t noun)
{
	uint32_t poss = exact_child(doc, noun, TD_NMOD_POSS);
	if (poss != TD_NONE) return poss;
	if (acts(td_class_at(doc, noun))) return noun;
	td_deprel rel = rel_of(doc, noun);
	uint32_t up = doc->toks.at[noun].head;
	return up < doc->toks.n && (rel == TD_OBJ || rel == TD_OBL) ? own_subject(doc, up) : TD_NONE;
}

/* "placards asking …", "a letter requesting …": who carries or sends them. */
static uint32_t participle_subject(const td_doc *doc, uint32_t verb, uint32_t noun)
{
	uint32_t who = infinitive_subject(doc, noun);
	return who == TD_NONE && doc->toks.at[verb].xpos != TD_XP_VB ? noun : who;
}

/* Control: the object of the higher verb ("asked him to go"), but of "promise" and "threaten" the subject. */
static uint32_t controller(const td_doc *doc, uint32_t higher)
{
	if (td_lemma_is(doc, higher, "promise") || td_lemma_is(doc, higher, "threaten")) return TD_NONE;
	uint32_t object = exact_child(doc, higher, TD_OBJ);
	return object != TD_NONE ? object : exact_child(doc, higher, TD_IOBJ);
}

/* "accused him of lying", "barred her from leaving": the object does it. */
static bool is_of_object(const td_doc *doc, uint32_t verb)
{
	uint32_t mark = exact_child(doc, verb, TD_MARK);
	return td_lemma_is(doc, mark, "of") || td_lemma_is(doc, mark, "for") || td_lemma_is(doc, mark, "from");
}

/* "blamed him for starting", "accused him of lying", "quoted him as saying": he did it. */
static uint32_t blamed_object(const td_doc *doc, uint32_t higher, uint32_t verb)
{
	static const char *const marks[] = { "for", "of", "as", "from" };
	uint32_t mark = exact_child(doc, verb, TD_MARK), object = exact_child(doc, higher, TD_OBJ);
	if (object == TD_NONE) object = exact_child(doc, higher, TD_NSUBJ_PASS);
	for (size_t i = 0; object != TD_NONE && mark != TD_NONE && i < sizeof marks / sizeof *marks; i++)
		if (td_lemma_is(doc, mark, marks[i])) return acts(td_class_at(doc, object)) ? object : TD_NONE;
	return TD_NONE;
}

uint32_t td_subject_of(const td_doc *doc, uint32_t verb)
{
	for (int up = 0; up < MAX_UP && verb < doc->toks.n; up++) {
		uint32_t own = own_subject(doc, verb), higher = doc->toks.at[verb].head, found = TD_NONE;
		if (own != TD_NONE) return own;
		if (higher >= doc->toks.n) return TD_NONE;
		switch ((int)rel_of(doc, verb)) {
		case TD_XCOMP: found = controller(doc, higher); break;
		case TD_ADVCL: found = is_of_object(doc, verb) ? controller(doc, higher) : TD_NONE; break;
		case TD_CONJ: break;
		case TD_ACL_RELCL: return exact_child(doc, verb, TD_MARK) == TD_NONE ? higher : TD_NONE;
		case TD_ACL: return td_is_passive(doc, verb) ? higher : participle_subject(doc, verb, higher);
		default: return TD_NONE;
		}
		if (found != TD_NONE) return found;
		verb = higher;
	}
	return TD_NONE;
}

/* ---- fills --------------------------------------------------------------------------------------------------------- */

static void add(td_fills *out, td_slot slot, td_str prep, uint32_t tok, bool shared)
{
	if (tok == TD_NONE || tok == out->trigger || tok == out->light || out->n == TD_MAX_FILLS) return;
	for (uint32_t i = 0; i < out->n; i++)
		if (out->at[i].tok == tok && out->at[i].slot == slot) return;
	out->at[out->n++] = (td_fill){ (uint8_t)slot, shared, prep, tok };
}

/* A filler with its conjuncts: "A and B met". */
static void add_all(const td_doc *doc, td_fills *out, td_slot slot, td_str prep, uint32_t tok, bool shared)
{
	add(out, slot, prep, tok, shared);
	if (tok >= doc->toks.n || doc->toks.at[tok].upos == TD_VERB) return;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		uint32_t c = doc->child[i];
		td_str own = td_case_of(doc, c);
		if (rel_of(doc, c) == TD_CONJ) add(out, slot, own.n ? own : prep, c, shared);
		if (rel_of(doc, c) == TD_NMOD && (HAS(own, "include") || HAS(own, "including") || HAS(own, "such"))) add_all(doc, out, slot, prep, c, true);
	}
}

static bool is_nominal(const td_doc *doc, uint32_t tok)
{
	uint8_t pos = doc->toks.at[tok].upos;
	return pos == TD_NOUN || pos == TD_PROPN || pos == TD_PRON || pos == TD_NUM;
}

/* The relations that mean the same slot whatever the voice. */
static td_slot plain_slot(td_deprel rel)
{
	switch ((int)rel) {
	case TD_IOBJ: return TD_SLOT_IOBJ;
	case TD_NMOD: case TD_NMOD_UNMARKED: case TD_NMOD_DESC: return TD_SLOT_NMOD;
	case TD_NMOD_POSS: return TD_SLOT_POSS;
	case TD_OBL: case TD_OBL_UNMARKED: return TD_SLOT_OBL;
	case TD_AMOD: return TD_SLOT_AMOD;
	case TD_COMPOUND: return TD_SLOT_COMPOUND;
	case TD_COMPOUND_PRT: return TD_SLOT_PRT;
	case TD_ADVMOD: return TD_SLOT_ADVMOD;
	case TD_XCOMP: return TD_SLOT_XCOMP;
	case TD_CCOMP: case TD_PARATAXIS: return TD_SLOT_CCOMP;
	case TD_ADVCL: return TD_SLOT_ADVCL;
	case TD_ACL: case TD_ACL_RELCL: return TD_SLOT_ACL;
	case TD_APPOS: return TD_SLOT_APPOS;
	case TD_NUMMOD: return TD_SLOT_NUMMOD;
	case TD_DETERM: return TD_SLOT_DET;
	case TD_AUXIL: return TD_SLOT_AUX;
	default: return TD_SLOT_COUNT;
	}
}

static td_slot slot_of(const td_doc *doc, uint32_t child, const td_fills *fills, bool nominal)
{
	td_deprel rel = rel_of(doc, child);
	bool by = HAS(td_case_of(doc, child), "by");
	switch ((int)rel) {
	case TD_NSUBJ: case TD_CSUBJ: case TD_NSUBJ_OUTER: return nominal ? TD_SLOT_COUNT : TD_SLOT_NSUBJ; /* subject of "it was an attack" */
	case TD_NSUBJ_PASS: case TD_CSUBJ_PASS: return TD_SLOT_OBJ;
	case TD_OBJ: return TD_SLOT_OBJ;
	case TD_OBL_AGENT: return TD_SLOT_NSUBJ;
	case TD_OBL: return fills->passive && by ? TD_SLOT_NSUBJ : TD_SLOT_OBL;
	default: return plain_slot(rel);
	}
}

static void add_children(const td_doc *doc, uint32_t of, td_fills *out, bool nominal)
{
	for (uint32_t i = doc->first_child[of]; i < doc->first_child[of + 1]; i++) {
		uint32_t child = doc->child[i];
		td_slot slot = slot_of(doc, child, out, nominal);
		if (slot == TD_SLOT_COUNT) continue;
		uint32_t tok = antecedent(doc, child);
		if (doc->toks.at[child].quoted && slot == TD_SLOT_CCOMP) add(out, TD_SLOT_QUOTE, (td_str){ 0 }, child, false);
		add_all(doc, out, slot, td_case_of(doc, child), tok, false);
	}
}

static bool filled(const td_fills *fills, td_slot slot)
{
	for (uint32_t i = 0; i < fills->n; i++)
		if (fills->at[i].slot == slot) return true;
	return false;
}

/* "was given a medal": the subject is who received it. */
static void fix_ditransitive(const td_doc *doc, td_fills *out)
{
	uint32_t subject = exact_child(doc, out->trigger, TD_NSUBJ_PASS), object = exact_child(doc, out->trigger, TD_OBJ);
	if (!out->passive || subject == TD_NONE || object == TD_NONE) return;
	for (uint32_t i = 0; i < out->n; i++)
		if (out->at[i].slot == TD_SLOT_OBJ && out->at[i].tok != object) out->at[i].slot = TD_SLOT_IOBJ;
}

/* An object shared with the first of coordinated verbs: "condemned and rejected the plan". */
static uint32_t shared_object(const td_doc *doc, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	if (t->deprel != TD_CONJ || t->head >= doc->toks.n || doc->toks.at[t->head].upos != TD_VERB) return TD_NONE;
	uint32_t object = exact_child(doc, t->head, TD_OBJ);
	return object != TD_NONE && object > verb ? object : TD_NONE;
}

/* A finite verb whose subject the tree has lost: the nearest actor before it that no preposition governs, in the same clause. */
static uint32_t nearby_subject(const td_doc *doc, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	bool finite = t->xpos == TD_XP_VBD || t->xpos == TD_XP_VBZ || t->xpos == TD_XP_VBP;
	uint32_t from = doc->sents.at[t->sent].toks.from;
	for (uint32_t k = verb; finite && k-- > from && verb - k <= MAX_NEAR;) {
		const td_token *x = &doc->toks.at[k];
		if (x->upos == TD_VERB || x->upos == TD_SCONJ || x->xpos == TD_XP_WDT || x->xpos == TD_XP_WP) return TD_NONE;
		bool part = x->deprel == TD_FLAT || x->deprel == TD_COMPOUND || x->deprel == TD_NMOD_POSS || x->deprel == TD_CONJ;
		if (part || td_child(doc, k, TD_CASE) != TD_NONE) continue;
		uint32_t m = td_mention_headed(doc, k);
		if (m != TD_NONE && !doc->mentions.at[m].demonym && acts(td_class_at(doc, k))) return k;
	}
	return TD_NONE;
}

static void add_missing(const td_doc *doc, uint32_t verb, td_fills *out)
{
	const td_token *t = &doc->toks.at[verb];
	td_str none = { 0 };
	if (t->deprel == TD_AMOD) {
		add_all(doc, out, TD_SLOT_ATTR, none, t->head, true);
		return;
	}
	uint32_t subject = td_subject_of(doc, verb);
	if (subject == TD_NONE && !out->passive) subject = nearby_subject(doc, verb);
	td_slot slot = out->passive ? TD_SLOT_OBJ : TD_SLOT_NSUBJ;
	if (!filled(out, slot)) add_all(doc, out, slot, none, subject, true);
	/* a relative clause with a subject of its own: the antecedent is what it does to ("the man they arrested") */
	bool gap = t->deprel == TD_ACL_RELCL && !out->passive && !filled(out, TD_SLOT_OBJ) && !filled(out, TD_SLOT_CCOMP) && !filled(out, TD_SLOT_XCOMP);
	if (gap && subject != t->head) add_all(doc, out, TD_SLOT_OBJ, none, t->head, true);
	if (!filled(out, TD_SLOT_OBJ)) add_all(doc, out, TD_SLOT_OBJ, none, shared_object(doc, verb), true);
	if (t->deprel == TD_PARATAXIS) {
		add(out, TD_SLOT_CCOMP, none, t->head, true);
		if (t->head < doc->toks.n && doc->toks.at[t->head].quoted) add(out, TD_SLOT_QUOTE, none, t->head, true);
	}
}

/* "Biden announced in a debate": who acts in the clause of a noun. */
static uint32_t subject_around(const td_doc *doc, uint32_t noun)
{
	static const char *const preps[] = { "in", "during", "at", "for" };
	const td_token *t = &doc->toks.at[noun];
	td_str prep = td_case_of(doc, noun);
	for (size_t p = 0; t->deprel == TD_OBL && t->head < doc->toks.n && p < sizeof preps / sizeof *preps; p++)
		if (td_str_eq(prep, td_str_of(preps[p])) && doc->toks.at[t->head].upos == TD_VERB) return td_subject_of(doc, t->head);
	return TD_NONE;
}

/* Whose the object is ("called his conduct …"), and prepositions that the tree hung on the object, not on the verb. */
static void add_below_object(const td_doc *doc, td_fills *out)
{
	static const char *const preps[] = { "to", "from", "with", "against", "in", "at", "on", "into", "over", "near" };
	for (uint32_t i = 0, n = out->n; i < n; i++) {
		uint32_t object = out->at[i].tok;
		if (out->at[i].slot != TD_SLOT_OBJ) continue;
		for (uint32_t k = doc->first_child[object]; k < doc->first_child[object + 1]; k++) {
			uint32_t c = doc->child[k];
			td_str prep = td_case_of(doc, c);
			td_deprel rel = rel_of(doc, c);
			if (rel == TD_NMOD_POSS || (rel == TD_NMOD && HAS(prep, "of"))) add_all(doc, out, TD_SLOT_OWNER, (td_str){ 0 }, c, true);
			for (size_t p = 0; rel == TD_NMOD && p < sizeof preps / sizeof *preps; p++)
				if (td_str_eq(prep, td_str_of(preps[p]))) add_all(doc, out, TD_SLOT_OBL, prep, c, true);
		}
	}
}

/* The country of who acts: "the Tunisian prime minister signed", "Puerto Rico's governor resigns". */
static void add_lands(const td_doc *doc, td_fills *out)
{
	for (uint32_t i = 0, n = out->n; i < n; i++) {
		uint32_t who = out->at[i].tok;
		if ((out->at[i].slot != TD_SLOT_NSUBJ && out->at[i].slot != TD_SLOT_OBJ) || td_class_at(doc, who) == TD_PLACE) continue;
		for (uint32_t k = doc->first_child[who]; k < doc->first_child[who + 1]; k++) {
			uint32_t c = doc->child[k];
			td_deprel rel = rel_of(doc, c);
			bool of = rel == TD_NMOD && HAS(td_case_of(doc, c), "of");
			if ((of || rel == TD_AMOD || rel == TD_COMPOUND || rel == TD_NMOD_POSS) && td_class_at(doc, c) == TD_PLACE)
				add(out, TD_SLOT_LAND, (td_str){ 0 }, c, true);
		}
	}
}

void td_fills_read(const td_doc *doc, uint32_t trigger, uint32_t light, td_fills *out)
{
	uint32_t verb = light != TD_NONE ? light : trigger;
	bool nominal = is_nominal(doc, trigger);
	out->trigger = trigger;
	out->light = light;
	out->n = 0;
	out->passive = td_is_passive(doc, verb);
	add_children(doc, trigger, out, nominal);
	if (light != TD_NONE) add_children(doc, light, out, false);
	if (verb == trigger && !nominal) fix_ditransitive(doc, out);
	if (light != TD_NONE || doc->toks.at[verb].upos == TD_VERB) add_missing(doc, verb, out);
	if (nominal && light == TD_NONE) add_all(doc, out, TD_SLOT_AROUND, (td_str){ 0 }, subject_around(doc, trigger), true);
	for (uint32_t i = 0, n = out->n; i < n; i++) /* whom a statement is about */
		if (out->at[i].slot == TD_SLOT_CCOMP && !out->at[i].shared) add_all(doc, out, TD_SLOT_ABOUT, (td_str){ 0 }, td_subject_of(doc, out->at[i].tok), true);
	if (!nominal) add_below_object(doc, out);
	add_lands(doc, out);
	if (nominal && rel_of(doc, trigger) == TD_COMPOUND) add(out, TD_SLOT_OF, (td_str){ 0 }, doc->toks.at[trigger].head, true);
}

/* ---- what a filler is ------------------------------------------------------------------------------------------------ */

/* Words that only say how many: the people stand below them. */
static const char *const quantities[] = { "dozen", "hundred", "thousand", "score", "number", "million", "group", "member", "pair", "one",
	"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "some", "many", "several", "most", "all", "part", "majority", "rest", "%", "percent", "half", "third", "quarter" };

static bool counts_only(const td_doc *doc, uint32_t tok)
{
	if (doc->toks.at[tok].upos == TD_NUM) return true;
	for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++)
		if (td_lemma_is(doc, tok, quantities[i])) return true;
	return false;
}

uint32_t td_filler_mention(const td_doc *doc, uint32_t tok)
{
	if (tok >= doc->toks.n) return TD_NONE;
	uint32_t m = td_mention_headed(doc, tok);
	if (m != TD_NONE) return m;
	if (counts_only(doc, tok)) {
		uint32_t below = exact_child(doc, tok, TD_NMOD);
		if (below != TD_NONE && (m = td_mention_headed(doc, below)) != TD_NONE) return m;
	}
	/* "Prosecutor Krzysztof Sierak": the name hangs on its title. */
	static const uint8_t below_title[] = { TD_FLAT, TD_APPOS, TD_COMPOUND };
	for (size_t k = 0; k < sizeof below_title; k++) {
		uint32_t name = exact_child(doc, tok, (td_deprel)below_title[k]);
		m = name != TD_NONE ? td_mention_headed(doc, name) : TD_NONE;
		if (m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED && doc->mentions.at[m].cls == TD_PERSON) return m;
	}
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
	if (slot->slot != fill->slot || (slot->preps.n && !among(fill->prep, slot->preps, '/'))) return false;
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

/* Facts about the trigger itself. */
static bool flag_holds(const td_doc *doc, const td_fills *fills, td_str name, bool *known)
{
	const td_token *t = &doc->toks.at[fills->trigger];
	*known = true;
	if (HAS(name, "passive")) return fills->passive;
	if (HAS(name, "plural")) return t->xpos == TD_XP_NNS || t->xpos == TD_XP_NNPS;
	if (HAS(name, "past")) return t->xpos == TD_XP_VBD || t->xpos == TD_XP_VBN;
	if (HAS(name, "gerund")) return t->xpos == TD_XP_VBG;
	if (HAS(name, "light")) return fills->light != TD_NONE;
	if (HAS(name, "definite")) return td_lemma_is(doc, td_child(doc, fills->trigger, TD_DETERM), "the");
	if (HAS(name, "proper")) return t->upos == TD_PROPN;
	*known = false;
	return false;
}

/* One condition without its "!": slot[.preps][=words][:classes] */
static bool condition_holds(const td_doc *doc, const td_fills *fills, td_str text)
{
	bool known;
	bool flag = flag_holds(doc, fills, text, &known);
	if (known) return flag;
	td_frame_slot slot = { 0 };
	td_str classes = text;
	td_str head = td_str_cut(&classes, ':');
	td_str words = head;
	td_str name = td_str_cut(&words, '=');
	if (!read_slot(name, &slot)) return false;
	slot.classes = classes;
	for (uint32_t i = 0; i < fills->n; i++)
		if (td_slot_takes(doc, &slot, &fills->at[i]) && (!words.n || among(doc->toks.at[fills->at[i].tok].lemma, words, '|'))) return true;
	return false;
}

bool td_when_holds(const td_doc *doc, const td_fills *fills, td_str when)
{
	while (when.n) {
		td_str piece = td_str_cut(&when, ' ');
		if (!piece.n) continue;
		bool wanted = piece.at[0] != '!';
		if (!wanted) piece.at++, piece.n--;
		if (condition_holds(doc, fills, piece) != wanted) return false;
	}
	return true;
}
