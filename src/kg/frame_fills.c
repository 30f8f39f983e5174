/* What hangs on a trigger, as a list of slots and their fillers. */
#include "kg/events.h"
#include "kg/frame_impl.h"

enum {
	MAX_SHORT = 4, /* bytes of a country's short name: "U.S." */
	MAX_LEAD = 20, /* words of a sentence before what it quotes */
};

static void add(td_fills *out, td_slot slot, td_str prep, uint32_t tok, bool shared)
{
	if (tok == TD_NONE || tok == out->trigger || tok == out->light || out->n == TD_MAX_FILLS) return;
	for (uint32_t i = 0; i < out->n; i++)
		if (out->at[i].tok == tok && out->at[i].slot == slot) return;
	out->at[out->n++] = (td_fill){ (uint8_t)slot, shared, prep, tok };
}

static bool introduces_members(td_str prep)
{
	return HAS(prep, "include") || HAS(prep, "including") || HAS(prep, "such");
}

/* "along with Mann", "alongside firefighters": they do what the noun does before which this stands. */
static bool joins(const td_doc *doc, uint32_t tok, td_str prep)
{
	if (HAS(prep, "alongside")) return true;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (td_rel(doc, doc->child[i]) == TD_CASE && td_lemma_is(doc, doc->child[i], "along")) return true;
	return false;
}

/* "two astronauts, Hurley and Behnken", "the duo of Hill and Wood": those who are named make up the many of the noun. */
static bool names_members(const td_doc *doc, uint32_t many, uint32_t c)
{
	uint32_t m = td_mention_headed(doc, many), named = td_mention_headed(doc, c);
	if (m == TD_NONE || named == TD_NONE || doc->mentions.at[m].kind != TD_NOMINAL || doc->mentions.at[named].kind != TD_NAMED) return false;
	return td_rel(doc, c) == TD_APPOS && doc->mentions.at[m].number == TD_PLURAL && td_exact_child(doc, c, TD_CONJ) != TD_NONE;
}

/* The conjuncts of a filler ("A and B met"), and the members that are named of it ("firms including A and B"). What stands behind a clause
 * about the filler is not in it: "A, who was elected, and B". */
static void add_others(const td_doc *doc, td_fills *out, const td_fill *first, bool members)
{
	bool about = first->tok < out->trigger && td_dominates(doc, first->tok, out->trigger);
	for (uint32_t i = doc->first_child[first->tok]; i < doc->first_child[first->tok + 1]; i++) {
		uint32_t c = doc->child[i];
		if (about && c > out->trigger) break;
		td_str own = td_case_of(doc, c);
		td_fill other = { first->slot, first->shared, own.n ? own : first->prep, c };
		if (!own.n && HAS(first->prep, "between")) other.prep = TD_STR("and"); /* "between the one and the other" */
		/* "Mr Hill of Essex and of Kent": subjects and objects stand beside nothing that a preposition governs. */
		if (td_rel(doc, c) == TD_CONJ && own.n && !first->prep.n && first->slot != TD_SLOT_NMOD && first->slot != TD_SLOT_OBL) continue;
		if (td_rel(doc, c) == TD_CONJ) add(out, (td_slot)other.slot, other.prep, c, other.shared);
		bool named = members && names_members(doc, first->tok, c), with = first->slot == TD_SLOT_NSUBJ && td_rel(doc, c) == TD_NMOD && joins(doc, c, own);
		if (!named && !with && (!members || td_rel(doc, c) != TD_NMOD || !introduces_members(own))) continue;
		other.prep = first->prep;
		add(out, (td_slot)other.slot, other.prep, c, true);
		add_others(doc, out, &other, false);
	}
}

static bool is_named(const td_doc *doc, uint32_t mention)
{
	return doc->mentions.at[mention].entity < doc->entities.n && doc->entities.at[doc->mentions.at[mention].entity].named;
}

/* "A singer and film star Anna Wood", "former mayor and senator Peter Hill": two words for the one who is named with the second. */
static uint32_t one_of_two_titles(const td_doc *doc, uint32_t tok)
{
	uint32_t other = td_exact_child(doc, tok, TD_CONJ), det = td_exact_child(doc, tok, TD_DETERM), m = td_mention_headed(doc, tok);
	if (other == TD_NONE || m == TD_NONE || doc->mentions.at[m].kind != TD_NOMINAL || td_class_at(doc, tok) != TD_PERSON) return tok;
	if ((det != TD_NONE && !td_lemma_is(doc, det, "a")) || td_exact_child(doc, tok, TD_NMOD_POSS) != TD_NONE) return tok;
	uint32_t named = td_filler_mention(doc, other);
	bool bare = td_exact_child(doc, other, TD_DETERM) == TD_NONE && !is_named(doc, m);
	return bare && named != TD_NONE && is_named(doc, named) && td_class_at(doc, other) == TD_PERSON ? other : tok;
}

static void add_all(const td_doc *doc, td_fills *out, td_slot slot, td_str prep, uint32_t tok, bool shared)
{
	if (tok < doc->toks.n) tok = one_of_two_titles(doc, tok);
	add(out, slot, prep, tok, shared);
	if (tok >= doc->toks.n || doc->toks.at[tok].upos == TD_VERB) return;
	add_others(doc, out, &(td_fill){ (uint8_t)slot, shared, prep, tok }, true);
}

void td_fills_add(const td_doc *doc, td_fills *fills, td_slot slot, uint32_t tok)
{
	add_all(doc, fills, slot, (td_str){ 0 }, tok, true);
}

void td_fills_put(td_fills *fills, td_slot slot, td_str prep, uint32_t tok)
{
	add(fills, slot, prep, tok, true);
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
	td_deprel rel = td_rel(doc, child);
	bool by = HAS(td_case_of(doc, child), "by");
	switch ((int)rel) {
	case TD_NSUBJ: case TD_CSUBJ: case TD_NSUBJ_OUTER:
		return nominal ? TD_SLOT_COUNT : fills->passive ? TD_SLOT_OBJ : TD_SLOT_NSUBJ; /* subject of "it was an attack"; of a passive */
	case TD_NSUBJ_PASS: case TD_CSUBJ_PASS: return TD_SLOT_OBJ;
	case TD_OBJ: return TD_SLOT_OBJ;
	case TD_OBL_AGENT: return TD_SLOT_NSUBJ;
	case TD_OBL: return fills->passive && by ? TD_SLOT_NSUBJ : TD_SLOT_OBL;
	default: return plain_slot(rel);
	}
}

/* "US strikes", "UK sanctions": the short names of countries are their adjectives, too. */
static bool short_country(const td_doc *doc, uint32_t tok)
{
	td_str form = doc->toks.at[tok].form;
	for (size_t i = 0; i < form.n; i++)
		if (form.at[i] != '.' && (form.at[i] < 'A' || form.at[i] > 'Z')) return false;
	return form.n >= 2 && form.n <= MAX_SHORT && td_class_at(doc, tok) == TD_PLACE;
}

/* "Hill of Essex county said", both read as who said it: what a preposition governs is no subject beside one without. */
static bool governed_subject(const td_doc *doc, uint32_t verb, uint32_t child)
{
	if (td_rel(doc, child) != TD_NSUBJ || !td_case_of(doc, child).n) return false;
	uint32_t first = td_exact_child(doc, verb, TD_NSUBJ);
	return first != child && td_exact_child(doc, first, TD_CASE) == TD_NONE;
}

/* What leads a filler in: a preposition, or the conjunction of a clause ("after he had left"). */
static td_str marker_of(const td_doc *doc, uint32_t child)
{
	td_str prep = td_case_of(doc, child);
	uint32_t mark = prep.n || td_rel(doc, child) != TD_ADVCL ? TD_NONE : td_exact_child(doc, child, TD_MARK);
	return mark == TD_NONE ? prep : doc->toks.at[mark].lemma;
}

static void add_children(const td_doc *doc, uint32_t of, td_fills *out, bool nominal)
{
	uint32_t extra = td_extra_subject(doc, of);
	for (uint32_t i = doc->first_child[of]; i < doc->first_child[of + 1]; i++) {
		uint32_t child = doc->child[i];
		td_slot slot = slot_of(doc, child, out, nominal);
		if (slot == TD_SLOT_COUNT || child == extra || governed_subject(doc, of, child)) continue;
		if (slot == TD_SLOT_COMPOUND && short_country(doc, child)) add(out, TD_SLOT_AMOD, (td_str){ 0 }, child, false);
		uint32_t tok = td_antecedent(doc, child);
		if (doc->toks.at[child].quoted && !doc->toks.at[of].quoted) add(out, TD_SLOT_QUOTE, (td_str){ 0 }, child, false);
		add_all(doc, out, slot, marker_of(doc, child), tok, false);
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
	uint32_t subject = td_exact_child(doc, out->trigger, TD_NSUBJ_PASS), object = td_exact_child(doc, out->trigger, TD_OBJ);
	if (!out->passive || subject == TD_NONE || object == TD_NONE) return;
	for (uint32_t i = 0; i < out->n; i++)
		if (out->at[i].slot == TD_SLOT_OBJ && out->at[i].tok != object) out->at[i].slot = TD_SLOT_IOBJ;
}

/* "told the powers to leave": the subject of an infinitive is the object of who told. */
static uint32_t told_to(const td_doc *doc, uint32_t said)
{
	uint32_t mark = td_exact_child(doc, said, TD_MARK), subject = td_exact_child(doc, said, TD_NSUBJ);
	bool infinitive = doc->toks.at[said].xpos == TD_XP_VB && mark != TD_NONE && td_lemma_is(doc, mark, "to");
	return infinitive && subject != TD_NONE && subject < said ? subject : TD_NONE;
}

/* "told the court that …": who is told stands before what is said. The tree may also have hung him on what is said. */
static void fix_addressee(const td_doc *doc, td_fills *out)
{
	uint32_t said = td_exact_child(doc, out->trigger, TD_CCOMP);
	if (out->passive || said == TD_NONE || said < out->trigger) return;
	if (!filled(out, TD_SLOT_OBJ)) add_all(doc, out, TD_SLOT_OBJ, (td_str){ 0 }, told_to(doc, said), true);
	add_all(doc, out, TD_SLOT_IOBJ, (td_str){ 0 }, td_extra_subject(doc, said), true);
	for (uint32_t i = 0, n = out->n; i < n && td_has_listener(doc, out->trigger); i++) {
		td_fill f = out->at[i];
		if (f.slot == TD_SLOT_OBJ && f.tok > out->trigger && f.tok < said && td_acts(td_class_at(doc, f.tok))) add(out, TD_SLOT_IOBJ, f.prep, f.tok, f.shared);
	}
}

/* "denied attacking Mann": what stands behind a gerund is its object, not that of the verb over it. */
static uint32_t gerund_object(const td_doc *doc, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	if (t->deprel != TD_XCOMP || t->xpos != TD_XP_VBG || t->head >= doc->toks.n) return TD_NONE;
	uint32_t object = td_exact_child(doc, t->head, TD_OBJ);
	return object != TD_NONE && object > verb ? object : TD_NONE;
}

/* An object shared with the first of coordinated verbs: "condemned and rejected the plan". */
static uint32_t shared_object(const td_doc *doc, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	if (t->deprel != TD_CONJ || t->head >= doc->toks.n || doc->toks.at[t->head].upos != TD_VERB) return TD_NONE;
	uint32_t object = td_exact_child(doc, t->head, TD_OBJ);
	return object != TD_NONE && object > verb ? object : TD_NONE;
}

/* "…", argued the lawyer: a speaker that the tree took for an object. */
static uint32_t inverted_subject(const td_doc *doc, td_fills *out)
{
	for (uint32_t i = 0; i < out->n; i++) {
		uint32_t tok = out->at[i].tok;
		if (out->at[i].slot != TD_SLOT_OBJ || tok < out->trigger || doc->toks.at[tok].quoted || !td_acts(td_class_at(doc, tok))) continue;
		out->at[i].slot = TD_SLOT_NSUBJ;
		return tok;
	}
	return TD_NONE;
}

/* "Remarked Berg, “…”": a sentence that begins with its verb and goes on with a quotation. */
static bool is_first(const td_doc *doc, uint32_t verb)
{
	const td_range sent = doc->sents.at[doc->toks.at[verb].sent].toks;
	if (verb != sent.from || (doc->toks.at[verb].xpos != TD_XP_VBD && doc->toks.at[verb].xpos != TD_XP_VBN)) return false;
	for (uint32_t t = verb; t < sent.to && t - verb < MAX_LEAD; t++)
		if (doc->toks.at[t].quoted) return t > verb;
	return false;
}

/* A verb in the past right behind a closing quotation mark, or behind a comma without "and", with nothing before it that it could be told of. */
static bool is_inverted(const td_doc *doc, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	if (is_first(doc, verb)) return true;
	if (verb == doc->sents.at[t->sent].toks.from || t->quoted || (t->xpos != TD_XP_VBD && t->xpos != TD_XP_VBZ)) return false;
	const td_token *before = &doc->toks.at[verb - 1];
	if (before->xpos != TD_XP_CLOSE && before->xpos != TD_XP_COMMA) return false;
	return before->xpos == TD_XP_CLOSE || ((t->deprel == TD_CONJ || t->deprel == TD_PARATAXIS) && td_exact_child(doc, verb, TD_CC) == TD_NONE);
}

/* "the injured man": the noun before which an attribute stands; "police fired tear gas": the object of a verb that the tree took for one. */
static void add_amod(const td_doc *doc, uint32_t verb, td_fills *out)
{
	uint32_t noun = doc->toks.at[verb].head, subject = TD_NONE;
	td_str none = { 0 };
	if (td_is_attribute(doc, verb)) {
		add_all(doc, out, TD_SLOT_ATTR, none, noun, true);
		return;
	}
	for (uint32_t i = doc->first_child[noun]; i < doc->first_child[noun + 1] && doc->child[i] < verb; i++)
		if (td_rel(doc, doc->child[i]) == TD_NSUBJ || td_rel(doc, doc->child[i]) == TD_COMPOUND) subject = doc->child[i];
	out->passive = false;
	add_all(doc, out, TD_SLOT_NSUBJ, none, subject != TD_NONE ? subject : td_nearby_subject(doc, verb), true);
	add_all(doc, out, TD_SLOT_OBJ, none, noun, true);
}

static void add_missing(const td_doc *doc, uint32_t verb, td_fills *out)
{
	const td_token *t = &doc->toks.at[verb];
	td_str none = { 0 };
	if (t->deprel == TD_AMOD && verb < t->head) {
		add_amod(doc, verb, out);
		return;
	}
	if (t->deprel == TD_PARATAXIS) {
		add(out, TD_SLOT_CCOMP, none, t->head, true);
		if (t->head < doc->toks.n && doc->toks.at[t->head].quoted) add(out, TD_SLOT_QUOTE, none, t->head, true);
	}
	uint32_t subject = TD_NONE;
	if (!out->passive && !filled(out, TD_SLOT_NSUBJ) && is_inverted(doc, verb)) subject = inverted_subject(doc, out);
	if (subject == TD_NONE) subject = td_subject_of(doc, verb);
	if (subject == TD_NONE && filled(out, TD_SLOT_QUOTE)) subject = inverted_subject(doc, out);
	if (subject == TD_NONE && !out->passive) subject = td_nearby_subject(doc, verb);
	td_slot slot = out->passive ? TD_SLOT_OBJ : TD_SLOT_NSUBJ;
	if (!filled(out, slot)) add_all(doc, out, slot, none, subject, true);
	/* a relative clause with a subject of its own: the antecedent is what it does to ("the man they arrested") */
	bool gap = t->deprel == TD_ACL_RELCL && !out->passive && !filled(out, TD_SLOT_OBJ) && !filled(out, TD_SLOT_CCOMP) && !filled(out, TD_SLOT_XCOMP);
	if (gap && subject != t->head) add_all(doc, out, TD_SLOT_OBJ, none, t->head, true);
	if (!filled(out, TD_SLOT_OBJ)) add_all(doc, out, TD_SLOT_OBJ, none, shared_object(doc, verb), true);
	if (!filled(out, TD_SLOT_OBJ)) add_all(doc, out, TD_SLOT_OBJ, none, gerund_object(doc, verb), true);
}

/* What the verb above does something to. */
static uint32_t object_above(const td_doc *doc, uint32_t tok)
{
	uint32_t verb = doc->toks.at[tok].head;
	if (verb >= doc->toks.n || doc->toks.at[verb].upos != TD_VERB) return TD_NONE;
	return td_is_passive(doc, verb) ? td_subject_of(doc, verb) : td_exact_child(doc, verb, TD_OBJ);
}

/* "Shot dead", "found alive", "stabbed him to death": who is so afterwards. */
static void add_result(const td_doc *doc, uint32_t trigger, td_fills *out)
{
	const td_token *t = &doc->toks.at[trigger];
	td_slot slot = t->upos == TD_ADJ ? TD_SLOT_NSUBJ : TD_SLOT_UNDER;
	bool result = (t->upos == TD_ADJ && t->deprel == TD_XCOMP) || (t->upos == TD_NOUN && t->deprel == TD_OBL && HAS(td_case_of(doc, trigger), "to"));
	if (result && !filled(out, slot)) add_all(doc, out, slot, (td_str){ 0 }, object_above(doc, trigger), true);
}

/* "Biden announced in a debate": who acts in the clause of a noun. */
static uint32_t subject_around(const td_doc *doc, uint32_t noun)
{
	static const char *const preps[] = { "in", "during", "at", "for", "after", "follow", "upon" };
	const td_token *t = &doc->toks.at[noun];
	td_str prep = td_case_of(doc, noun);
	for (size_t p = 0; t->deprel == TD_OBL && t->head < doc->toks.n && p < sizeof preps / sizeof *preps; p++)
		if (td_str_eq(prep, td_str_of(preps[p])) && doc->toks.at[t->head].upos == TD_VERB) return td_subject_of(doc, t->head);
	return TD_NONE;
}

static bool is_time(const td_doc *doc, uint32_t tok)
{
	uint32_t next = td_times_from(doc, tok + 1);
	return next > 0 && doc->times.at[next - 1].toks.from <= tok && tok < doc->times.at[next - 1].toks.to;
}

/* "a report on Wednesday by the bank", "published on Friday in a journal": what the tree hangs on the day. */
static void add_below_days(const td_doc *doc, td_slot slot, td_fills *out)
{
	for (uint32_t i = 0, n = out->n; i < n; i++) {
		uint32_t day = out->at[i].tok;
		if ((out->at[i].slot != TD_SLOT_OBL && out->at[i].slot != TD_SLOT_NMOD) || !is_time(doc, day)) continue;
		for (uint32_t k = doc->first_child[day]; k < doc->first_child[day + 1]; k++) {
			uint32_t c = doc->child[k];
			if (td_rel(doc, c) == TD_NMOD && c > day && !is_time(doc, c)) add_all(doc, out, slot, td_case_of(doc, c), c, true);
		}
	}
}

/* "met with Putin, in Moscow": where the tree hung the place on another complement; "a court in Rome ruled", "an attack on a base near Rome":
 * where somebody is, it happens. Of two places, one in the other, roles.c knows. */
static void add_places_below(const td_doc *doc, uint32_t complement, td_slot slot, td_fills *out)
{
	td_class cls = td_class_at(doc, complement);
	for (uint32_t k = doc->first_child[complement]; k < doc->first_child[complement + 1]; k++) {
		uint32_t c = doc->child[k];
		td_str prep = td_case_of(doc, c);
		bool where = (cls != TD_PLACE && td_class_at(doc, c) == TD_PLACE && (HAS(prep, "in") || HAS(prep, "at") || HAS(prep, "near")));
		if (td_rel(doc, c) == TD_NMOD && (where || HAS(prep, "via") || (slot == TD_SLOT_NMOD && HAS(prep, "against")))) add(out, slot, prep, c, true);
	}
}

/* Whose the object is ("called his conduct …"), and prepositions that the tree hung on the object, not on the verb; what stands before the
 * verb keeps its own ("the visit to Rome was criticised"). */
static void add_below_object(const td_doc *doc, td_fills *out)
{
	static const char *const preps[] = { "to", "from", "with", "against", "in", "at", "on", "into", "over", "near", "via" };
	for (uint32_t i = 0, n = out->n; i < n; i++) {
		uint32_t object = out->at[i].tok;
		if (out->at[i].slot == TD_SLOT_OBL || out->at[i].slot == TD_SLOT_NSUBJ) add_places_below(doc, object, TD_SLOT_OBL, out);
		if (out->at[i].slot != TD_SLOT_OBJ) continue;
		for (uint32_t k = doc->first_child[object]; k < doc->first_child[object + 1]; k++) {
			uint32_t c = doc->child[k];
			td_str prep = td_case_of(doc, c);
			td_deprel rel = td_rel(doc, c);
			if (rel == TD_NMOD_POSS || (rel == TD_NMOD && HAS(prep, "of"))) add_all(doc, out, TD_SLOT_OWNER, (td_str){ 0 }, c, true);
			for (size_t p = 0; rel == TD_NMOD && object > out->trigger && p < sizeof preps / sizeof *preps; p++)
				if (td_str_eq(prep, td_str_of(preps[p]))) add_all(doc, out, TD_SLOT_OBL, prep, c, true);
		}
	}
}

/* Places that a word names by "of", as its owner or by an adjective; below a title or apposition too ("Smith, the mayor of Leeds"). */
static void add_places_of(const td_doc *doc, uint32_t who, td_fills *out, int depth)
{
	for (uint32_t k = doc->first_child[who]; k < doc->first_child[who + 1]; k++) {
		uint32_t c = doc->child[k];
		td_deprel rel = td_rel(doc, c);
		bool of = rel == TD_NMOD && HAS(td_case_of(doc, c), "of");
		if ((of || rel == TD_AMOD || rel == TD_COMPOUND || rel == TD_NMOD_POSS) && td_class_at(doc, c) == TD_PLACE)
			add(out, TD_SLOT_LAND, (td_str){ 0 }, c, true);
		else if (depth > 0 && (rel == TD_APPOS || rel == TD_COMPOUND || rel == TD_NMOD_DESC || of))
			add_places_of(doc, c, out, depth - 1);
	}
}

/* The country of who acts: "the Tunisian prime minister signed", "Puerto Rico's governor resigns", and of an office: "sworn in as mayor of Leeds". */
static void add_lands(const td_doc *doc, td_fills *out)
{
	for (uint32_t i = 0, n = out->n; i < n; i++) {
		const td_fill *f = &out->at[i];
		bool who = f->slot == TD_SLOT_NSUBJ || f->slot == TD_SLOT_OBJ || (f->slot == TD_SLOT_OBL && HAS(f->prep, "as"));
		if (who && td_class_at(doc, f->tok) != TD_PLACE) add_places_of(doc, f->tok, out, 1);
	}
}

/* "used rockets to attack": what is used is the instrument of what it is used for. */
static void add_used(const td_doc *doc, uint32_t verb, td_fills *out)
{
	td_deprel rel = td_rel(doc, verb);
	uint32_t use = doc->toks.at[verb].head;
	if ((rel != TD_XCOMP && rel != TD_ADVCL && rel != TD_ACL) || use >= doc->toks.n) return;
	if (rel == TD_ACL && td_rel(doc, use) == TD_OBJ && doc->toks.at[use].head < doc->toks.n) use = doc->toks.at[use].head;
	if (td_lemma_is(doc, use, "use")) add_all(doc, out, TD_SLOT_OBL, TD_STR("with"), td_exact_child(doc, use, TD_OBJ), true);
}

/* "The fire destroyed the hall": what is done to somebody by what the noun stands for; not "forced him to resign". */
static uint32_t hit_by(const td_doc *doc, uint32_t noun)
{
	const td_token *t = &doc->toks.at[noun];
	if (t->deprel != TD_NSUBJ || t->head >= doc->toks.n || doc->toks.at[t->head].upos != TD_VERB) return TD_NONE;
	bool leads_on = td_exact_child(doc, t->head, TD_XCOMP) != TD_NONE || td_exact_child(doc, t->head, TD_CCOMP) != TD_NONE;
	return leads_on ? TD_NONE : td_exact_child(doc, t->head, TD_OBJ);
}

/* "Iran faces sanctions", "she survived the attack": the subject of some light verbs does not do what the noun stands for. */
static void add_undergoers(const td_doc *doc, td_fills *out)
{
	static const char *const verbs[] = { "receive", "suffer", "survive", "undergo", "sustain", "face", "incur", "experience", "draw", "attract",
		"escape", "endure", "await", "serve", "get" };
	for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++) {
		if (out->passive || !td_lemma_is(doc, out->light, verbs[v])) continue;
		for (uint32_t i = 0, n = out->n; i < n; i++)
			if (out->at[i].slot == TD_SLOT_NSUBJ) add(out, TD_SLOT_UNDER, out->at[i].prep, out->at[i].tok, true);
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
	if (verb == trigger && !nominal) fix_addressee(doc, out);
	if (light != TD_NONE || doc->toks.at[verb].upos == TD_VERB) add_missing(doc, verb, out);
	td_fills_mend(doc, out);
	if (nominal && light == TD_NONE) add_all(doc, out, TD_SLOT_AROUND, (td_str){ 0 }, subject_around(doc, trigger), true);
	if (nominal) add_undergoers(doc, out);
	if (light == TD_NONE) add_result(doc, trigger, out);
	if (nominal && light == TD_NONE) add_all(doc, out, TD_SLOT_HIT, (td_str){ 0 }, hit_by(doc, trigger), true);
	for (uint32_t i = 0, n = out->n; i < n; i++) /* whom a statement is about */
		if (out->at[i].slot == TD_SLOT_CCOMP && !out->at[i].shared) add_all(doc, out, TD_SLOT_ABOUT, (td_str){ 0 }, td_subject_of(doc, out->at[i].tok), true);
	add_below_days(doc, nominal ? TD_SLOT_NMOD : TD_SLOT_OBL, out);
	if (!nominal) add_below_object(doc, out);
	for (uint32_t i = 0, n = out->n; nominal && i < n; i++)
		if (out->at[i].slot == TD_SLOT_NMOD) add_places_below(doc, out->at[i].tok, TD_SLOT_NMOD, out);
	if (!nominal) add_used(doc, verb, out);
	add_lands(doc, out);
	if (nominal && td_rel(doc, trigger) == TD_COMPOUND) add(out, TD_SLOT_OF, (td_str){ 0 }, doc->toks.at[trigger].head, true);
}
