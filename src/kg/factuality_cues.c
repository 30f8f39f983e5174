#include "kg/factuality_cues.h"

_Static_assert((int)TD_CUE_NEGATED == (int)TD_NEGATED && (int)TD_CUE_ASSERTS == (int)TD_FACTUALITY_COUNT,
	"cues begin with the factualities, in their order");
_Static_assert((int)TD_CUE_DOUBTS - (int)TD_CUE_ASSERTS == (int)TD_DOUBTS, "then come the stances, in theirs");

TD_LABEL_CODE(td_cue_kind, TD_CUE, TD_CUE_MAP)

enum { MAX_ASIDE = 6 }; /* words between a verb and the clause that it tells */

/* ---- finding --------------------------------------------------------------------------------------------------------- */

static bool same_word(const td_token *tok, td_str word)
{
	return td_str_eq(tok->lemma, word) || td_str_eq(tok->form, word);
}

static bool has_particle(const td_doc *doc, uint32_t tok, td_str word)
{
	uint32_t prt = td_child(doc, tok, TD_COMPOUND_PRT);
	return prt != TD_NONE && same_word(&doc->toks.at[prt], word);
}

/* The words behind the first one follow it directly, or are its particle ("called the meeting off"). */
static bool phrase_at(const td_doc *doc, uint32_t tok, td_str rest)
{
	uint32_t next = tok + 1;
	while (rest.n) {
		td_str word = td_str_cut(&rest, ' ');
		if (next < doc->toks.n && doc->toks.at[next].sent == doc->toks.at[tok].sent && same_word(&doc->toks.at[next], word))
			next++;
		else if (rest.n || !has_particle(doc, tok, word))
			return false;
	}
	return true;
}

/* Puts a cue behind those of longer phrases. */
static void insert(td_cue *out, size_t *length, uint32_t n, td_cue cue, size_t bytes)
{
	uint32_t at = n;
	for (; at > 0 && length[at - 1] < bytes; at--) {
		out[at] = out[at - 1];
		length[at] = length[at - 1];
	}
	out[at] = cue;
	length[at] = bytes;
}

/* Phrases come before single words, and longer ones first: "would have" is not "would", nor "would have to" one or the other. */
uint32_t td_cues_at(const td_doc *doc, const td_lexicon *lexicon, uint32_t tok, td_cue *out)
{
	const td_token *t = &doc->toks.at[tok];
	if (t->name == TD_NAME_PER) return 0; /* "Omar bin Said", "Will Smith" */
	uint32_t n = 0, first = td_lexicon_find(lexicon, t->lemma);
	size_t length[TD_MAX_CUES];
	for (int phrases = 1; phrases >= 0; phrases--)
		for (uint32_t i = first; i != TD_NONE && n < TD_MAX_CUES; i = lexicon->senses.at[i].next) {
			const td_sense *sense = &lexicon->senses.at[i];
			if (sense->kind != TD_SENSE_CUE || (sense->upos != TD_POS_X && sense->upos != t->upos)) continue;
			td_str rest = sense->lemma;
			(void)td_str_cut(&rest, ' ');
			if ((rest.n > 0) != phrases) continue;
			unsigned kind = td_cue_kind_parse(sense->reference, TD_CUE_COUNT);
			if (kind < TD_CUE_COUNT && phrase_at(doc, tok, rest)) insert(out, length, n++, (td_cue){ (uint8_t)kind, tok, sense->frame }, rest.n);
		}
	return n;
}

/* ---- scope ------------------------------------------------------------------------------------------------------------ */

/* "obl.with/to": the relation, then prepositions of which one must stand there. */
static bool preposition_fits(const td_doc *doc, uint32_t tok, td_str preps)
{
	if (!preps.n) return true;
	td_str here = td_case_of(doc, tok);
	uint32_t mark = here.n ? TD_NONE : td_child(doc, tok, TD_MARK);
	if (mark != TD_NONE) here = doc->toks.at[mark].lemma;
	while (preps.n)
		if (td_str_eq(td_str_cut(&preps, '/'), here)) return true;
	return false;
}

/* A relation takes its subtypes in, but for relative clauses: what they tell of a plan is not the plan. */
static bool relation_is(uint8_t deprel, td_str name)
{
	unsigned want = td_deprel_parse(name, TD_DEPREL_COUNT);
	if (want == deprel) return true;
	return want == td_deprel_base(deprel) && deprel != TD_ACL_RELCL && deprel != TD_ADVCL_RELCL;
}

static bool has_that(const td_doc *doc, uint32_t clause)
{
	for (uint32_t i = doc->first_child[clause]; i < doc->first_child[clause + 1]; i++)
		if (td_lemma_is(doc, doc->child[i], "that") && doc->toks.at[doc->child[i]].upos == TD_SCONJ) return true;
	return false;
}

/* "The fire, the ministry said, killed two": a clause behind its verb with nothing that would make it one of time or reason. */
static bool is_bare(const td_doc *doc, uint32_t clause)
{
	uint32_t head = doc->toks.at[clause].head;
	if (head >= clause || td_child(doc, head, TD_CCOMP) != TD_NONE || td_child(doc, clause, TD_MARK) != TD_NONE) return false;
	for (uint32_t i = td_subtree(doc, clause).from; i < clause; i++) {
		uint8_t xpos = doc->toks.at[i].xpos;
		if (xpos == TD_XP_WRB || xpos == TD_XP_WDT || xpos == TD_XP_WP) return false;
	}
	return true;
}

/* "reports that he had resigned" may pass for a relative clause, but its "that" stands for nothing. "the report showed two people died"
 * has a clause, whose subject may pass for the object: only what is not finite is an open complement. */
static uint8_t relation_of(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	if (t->deprel == TD_ACL_RELCL && has_that(doc, tok)) return TD_ACL;
	bool finite = t->xpos == TD_XP_VBD || t->xpos == TD_XP_VBZ || t->xpos == TD_XP_VBP;
	if (finite && t->deprel == TD_ADVCL && is_bare(doc, tok)) return TD_CCOMP;
	return t->deprel == TD_XCOMP && finite ? (uint8_t)TD_CCOMP : t->deprel;
}

static bool is_participle(const td_token *tok)
{
	return tok->xpos == TD_XP_VBN || tok->xpos == TD_XP_VBD;
}

/* The object, wherever the voice has put it. */
static bool is_object(const td_doc *doc, uint32_t cue, uint32_t below)
{
	const td_token *tok = &doc->toks.at[below], *c = &doc->toks.at[cue];
	if (tok->head == cue) return tok->deprel == TD_OBJ || tok->deprel == TD_NSUBJ_PASS;
	bool modifies = c->head == below && (c->deprel == TD_ACL || c->deprel == TD_AMOD) && is_participle(c);
	return modifies && td_child(doc, cue, TD_NSUBJ) == TD_NONE; /* "a tweet that two had been killed": the clause has its own subject */
}

/* "rejected claims that …": an object that a clause tells of. */
static bool is_told_object(const td_doc *doc, uint32_t cue, uint32_t below)
{
	if (!is_object(doc, cue, below)) return false;
	for (uint32_t i = doc->first_child[below]; i < doc->first_child[below + 1]; i++) {
		uint32_t mark = relation_of(doc, doc->child[i]) == TD_ACL ? td_child(doc, doc->child[i], TD_MARK) : TD_NONE;
		if (mark != TD_NONE && doc->toks.at[mark].upos == TD_SCONJ) return true;
	}
	return false;
}

/* A telling that is put into what it tells, or behind it, whatever the tree calls it then: "…, he said". */
static bool is_set_off(const td_doc *doc, uint32_t cue)
{
	const td_token *c = &doc->toks.at[cue];
	uint32_t from = td_subtree(doc, cue).from;
	bool finite = c->xpos == TD_XP_VBD || c->xpos == TD_XP_VBZ || c->xpos == TD_XP_VBP;
	bool bare = c->deprel == TD_ADVCL && finite && cue > c->head && td_child(doc, cue, TD_MARK) == TD_NONE;
	if (c->deprel != TD_PARATAXIS && !bare) return false;
	return doc->toks.at[from].upos == TD_PUNCT || (from > 0 && doc->toks.at[from - 1].upos == TD_PUNCT);
}

/* The clause is put into what it tells, and tells nothing else. `marks`: with one of these words ("as he said"), "" without any. */
static bool is_aside(const td_doc *doc, uint32_t cue, uint32_t below, td_str marks)
{
	const td_token *c = &doc->toks.at[cue];
	if (c->head != below || td_child(doc, cue, TD_CCOMP) != TD_NONE) return false;
	if (marks.n) return c->deprel == TD_ADVCL && c->xpos != TD_XP_VBG && preposition_fits(doc, cue, marks);
	return is_set_off(doc, cue) && td_child(doc, cue, TD_OBJ) == TD_NONE;
}

/* What is only put behind the telling is told when nothing else is. */
static bool is_loose(const td_doc *doc, uint32_t cue, uint32_t below)
{
	return doc->toks.at[below].head == cue && below > cue && td_child(doc, cue, TD_CCOMP) == TD_NONE;
}

uint32_t td_what_verb(const td_doc *doc, uint32_t tok)
{
	return td_lemma_is(doc, tok, "what") ? td_child(doc, tok, TD_ACL_RELCL) : TD_NONE;
}

/* "what he called an invasion", "what they said was an attack": the object of the calling, or what "what" itself hangs on. */
static bool is_called(const td_doc *doc, uint32_t cue, uint32_t below)
{
	uint32_t what = doc->toks.at[cue].head;
	if (what >= doc->toks.n || td_what_verb(doc, what) != cue) return false;
	const td_token *tok = &doc->toks.at[below];
	if (tok->head == cue) return tok->deprel == TD_OBJ || tok->deprel == TD_XCOMP || tok->deprel == TD_CCOMP || tok->deprel == TD_OBL;
	return doc->toks.at[what].head == below && what < below && cue < below;
}

/* Who may be told something. */
static bool is_somebody(const td_doc *doc, uint32_t tok)
{
	uint32_t m = td_mention_headed(doc, tok);
	return m != TD_NONE && (doc->mentions.at[m].cls == TD_PERSON || doc->mentions.at[m].cls == TD_GROUP);
}

/* The verb above a noun to which the tree gives a clause that is none of its own: "said on Monday night that", "reported, citing data, that". */
static uint32_t finite_verb_above(const td_doc *doc, uint32_t noun)
{
	uint32_t tok = noun;
	for (int depth = 0; depth < MAX_ASIDE && tok < doc->toks.n; depth++) {
		const td_token *t = &doc->toks.at[tok];
		if (t->upos == TD_VERB && t->deprel != TD_ADVCL) return td_child(doc, tok, TD_CCOMP) == TD_NONE ? tok : TD_NONE;
		td_deprel base = td_deprel_base(t->deprel);
		if (base != TD_OBJ && base != TD_OBL && base != TD_ADVCL && base != TD_NMOD && base != TD_COMPOUND) return TD_NONE;
		tok = t->head;
	}
	return TD_NONE;
}

uint32_t td_verb_around(const td_doc *doc, uint32_t clause)
{
	uint32_t object = doc->toks.at[clause].head, verb = object < doc->toks.n ? doc->toks.at[object].head : TD_NONE;
	/* "said the wall had fallen and that two were hurt": told like the first, not joined to the telling */
	if (doc->toks.at[clause].deprel == TD_CONJ && object < clause && has_that(doc, clause)) return object;
	if (verb >= doc->toks.n || relation_of(doc, clause) != TD_ACL || !has_that(doc, clause)) return TD_NONE;
	bool is_object = doc->toks.at[object].deprel == TD_OBJ || doc->toks.at[object].deprel == TD_IOBJ;
	if (doc->toks.at[verb].upos == TD_VERB && is_object && (doc->toks.at[clause].deprel != TD_ACL_RELCL || is_somebody(doc, object))) return verb;
	return is_object ? TD_NONE : finite_verb_above(doc, object);
}

/* One of "advcl|acl", the relation by which the word itself hangs. */
static bool one_relation(uint8_t deprel, td_str names)
{
	while (names.n)
		if (relation_is(deprel, td_str_cut(&names, '|'))) return true;
	return false;
}

/* "their demands include elections", "the plan was an attack": what the cue, the subject, is told to consist of. `verbs`: "include|be". */
static bool is_content(const td_doc *doc, uint32_t cue, uint32_t below, td_str verbs)
{
	const td_token *c = &doc->toks.at[cue];
	if (c->head != below || (c->deprel != TD_NSUBJ && c->deprel != TD_NSUBJ_OUTER)) return false;
	uint32_t copula = td_child(doc, below, TD_COP);
	td_str verb = doc->toks.at[copula == TD_NONE ? below : copula].lemma;
	while (verbs.n)
		if (td_str_eq(td_str_cut(&verbs, '|'), verb)) return true;
	return false;
}

/* Of "is elected" and "has left" the auxiliary has the tense. */
static bool is_present(const td_doc *doc, uint32_t verb)
{
	uint32_t aux = td_child(doc, verb, TD_AUXIL);
	uint8_t xpos = doc->toks.at[aux == TD_NONE ? verb : aux].xpos;
	return xpos == TD_XP_VBZ || xpos == TD_XP_VBP || (aux == TD_NONE && xpos == TD_XP_VB);
}

/* "attended", "has attended": but not "would have attended". */
static bool is_past(const td_doc *doc, uint32_t verb)
{
	uint32_t aux = td_child(doc, verb, TD_AUXIL);
	return is_participle(&doc->toks.at[verb]) && (aux == TD_NONE || doc->toks.at[aux].xpos != TD_XP_MD);
}

static bool tense_fits(const td_doc *doc, const td_cue *cue, uint32_t told)
{
	if (td_cue_has(cue, TD_STR("present")) && !is_present(doc, told)) return false;
	return !td_cue_has(cue, TD_STR("past")) || is_past(doc, cue->tok);
}

bool td_cue_governs(const td_doc *doc, const td_cue *cue, uint32_t below)
{
	const td_token *tok = &doc->toks.at[below];
	uint8_t deprel = relation_of(doc, below);
	td_str scope = tense_fits(doc, cue, below) ? cue->scope : (td_str){ 0 };
	while (scope.n) {
		td_str preps = td_str_cut(&scope, ' '), place = preps, name = td_str_cut(&preps, '.');
		if (td_str_eq(td_str_cut(&place, '('), TD_STR("content")) && is_content(doc, cue->tok, below, td_str_cut(&place, ')'))) return true;
		if (td_str_eq(name, TD_STR("obj")) && is_object(doc, cue->tok, below)) return true;
		if (td_str_eq(name, TD_STR("ccomp")) && td_verb_around(doc, below) == cue->tok) return true;
		if (td_str_eq(name, TD_STR("told")) && is_told_object(doc, cue->tok, below)) return true;
		if (td_str_eq(name, TD_STR("aside")) && is_aside(doc, cue->tok, below, preps)) return true;
		if (td_str_eq(name, TD_STR("what")) && is_called(doc, cue->tok, below)) return true;
		if (td_str_eq(name, TD_STR("parataxis")) && !is_loose(doc, cue->tok, below)) continue;
		if (tok->head == cue->tok && relation_is(deprel, name) && preposition_fits(doc, below, preps)) return true;
	}
	return false;
}

/* The relations of words that say something of the word they hang on. */
static bool is_modifier(uint8_t deprel)
{
	static const uint8_t all[] = { TD_ADVMOD, TD_AMOD, TD_AUXIL, TD_DETERM, TD_MARK, TD_CASE, TD_FIXED, TD_CC, TD_DISCOURSE, TD_COMPOUND };
	return memchr(all, (int)td_deprel_base(deprel), sizeof all) != NULL;
}

bool td_cue_modifies(const td_doc *doc, const td_cue *cue)
{
	uint32_t head = doc->toks.at[cue->tok].head;
	td_str scope = cue->scope;
	if (!is_modifier(doc->toks.at[cue->tok].deprel)) return false;
	if (head < doc->toks.n && !tense_fits(doc, cue, head)) return false;
	while (scope.n && head < doc->toks.n) {
		td_str rest = td_str_cut(&scope, ' '), name = td_str_cut(&rest, '(');
		if (!td_str_eq(name, TD_STR("head"))) continue;
		if (!rest.n || one_relation(doc->toks.at[head].deprel, td_str_cut(&rest, ')'))) return true;
	}
	return false;
}

bool td_cue_has(const td_cue *cue, td_str place)
{
	td_str scope = cue->scope;
	while (scope.n)
		if (td_str_eq(td_str_cut(&scope, ' '), place)) return true;
	return false;
}

static uint32_t at_place(const td_doc *doc, uint32_t cue, td_str place)
{
	td_str preps = place, name = td_str_cut(&preps, '.');
	if (td_str_eq(name, TD_STR("head"))) return doc->toks.at[cue].head;
	for (uint32_t i = doc->first_child[cue]; i < doc->first_child[cue + 1]; i++) {
		uint32_t child = doc->child[i];
		if (relation_is(doc->toks.at[child].deprel, name) && preposition_fits(doc, child, preps)) return child;
	}
	return TD_NONE;
}

uint32_t td_cue_source(const td_doc *doc, const td_cue *cue, uint32_t n, bool *more)
{
	td_str scope = cue->scope;
	while (scope.n) {
		td_str place = td_str_cut(&scope, ' ');
		if (!td_str_starts(place, TD_STR("@")) || n-- > 0) continue;
		*more = true;
		return at_place(doc, cue->tok, (td_str){ place.at + 1, place.n - 1 });
	}
	*more = false;
	return TD_NONE;
}

uint32_t td_first_word(const td_doc *doc, uint32_t tok)
{
	uint32_t first = td_subtree(doc, tok).from;
	while (first < tok && doc->toks.at[first].upos == TD_PUNCT) first++;
	return first;
}

bool td_presupposed(const td_doc *doc, uint32_t tok)
{
	static const char *const definite[] = { "the", "this", "that", "these", "those" };
	if (td_child(doc, tok, TD_NMOD_POSS) != TD_NONE) return true;
	uint32_t det = td_child(doc, tok, TD_DETERM);
	return TD_LEMMA_AMONG(doc, det, definite);
}
