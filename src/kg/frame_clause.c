/* Who acts in a clause, also where the grammar leaves it out. */
#include "kg/frame_impl.h"

enum {
	MAX_UP = 6,    /* how many clauses a subject may be looked for */
	MAX_NEAR = 12, /* how many words before its verb */
};

bool td_in_headline(const td_doc *doc, uint32_t tok)
{
	const td_sent *s = &doc->sents.at[doc->toks.at[tok].sent];
	return s->toks.from == 0 && s->toks.to > s->toks.from && doc->toks.at[s->toks.to - 1].upos != TD_PUNCT;
}

/* Past forms that are no participles. */
static bool is_past_only(const td_doc *doc, uint32_t verb)
{
	static const char *const forms[] = { "arose", "ate", "awoke", "became", "began", "blew", "broke", "came", "chose", "did", "drank", "drew", "drove", "fell", "flew",
		"forgave", "forgot", "froze", "gave", "grew", "hid", "knew", "lay", "mistook", "overcame", "overran", "overthrew", "oversaw", "ran", "rang", "rode", "rose",
		"sang", "sank", "saw", "shook", "shrank", "spoke", "sprang", "stole", "strove", "swam", "swore", "took", "threw", "tore", "undertook", "went", "withdrew",
		"woke", "wore", "wrote" };
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (td_str_eq(doc->toks.at[verb].form, td_str_of(forms[i]))) return true;
	return false;
}

/* "Opposition leader detained in Minsk", "Schoolgirls freed": headlines tell in the present what somebody does; a past form without an object
 * is a passive that leaves "was" out. */
static bool is_headline_passive(const td_doc *doc, uint32_t verb)
{
	static const uint8_t of_active[] = { TD_OBJ, TD_IOBJ, TD_CCOMP, TD_XCOMP, TD_AUXIL, TD_PARATAXIS };
	const td_token *t = &doc->toks.at[verb];
	if (t->deprel != TD_ROOT || t->upos != TD_VERB || (t->xpos != TD_XP_VBD && t->xpos != TD_XP_VBN) || !td_in_headline(doc, verb) || is_past_only(doc, verb)) return false;
	for (size_t k = 0; k < sizeof of_active; k++)
		if (td_child(doc, verb, (td_deprel)of_active[k]) != TD_NONE) return false;
	uint32_t subject = td_exact_child(doc, verb, TD_NSUBJ);
	return subject != TD_NONE && doc->toks.at[subject].upos != TD_PRON;
}

bool td_is_passive(const td_doc *doc, uint32_t verb)
{
	if (is_headline_passive(doc, verb)) return true;
	for (int up = 0; up < MAX_UP && verb < doc->toks.n; up++) {
		const td_token *t = &doc->toks.at[verb];
		if (td_exact_child(doc, verb, TD_AUX_PASS) != TD_NONE || td_exact_child(doc, verb, TD_NSUBJ_PASS) != TD_NONE) return true;
		if (t->xpos != TD_XP_VBN || td_exact_child(doc, verb, TD_NSUBJ) != TD_NONE) return false;
		if (td_child(doc, verb, TD_AUXIL) != TD_NONE) return false; /* "has attacked" */
		bool below = t->deprel == TD_ACL || t->deprel == TD_AMOD || t->deprel == TD_ADVCL || t->deprel == TD_XCOMP;
		if (below) return td_exact_child(doc, verb, TD_OBJ) == TD_NONE;
		if (t->deprel != TD_CONJ) return false;
		verb = t->head;
	}
	return false;
}

/* An attribute stands behind an article, adjective, preposition or owner; a verb behind its subject or auxiliary. */
bool td_is_attribute(const td_doc *doc, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	uint32_t before = verb, from = doc->sents.at[t->sent].toks.from;
	if (t->deprel != TD_AMOD || verb > t->head) return false;
	if (t->upos != TD_VERB) return true;
	while (before > from && doc->toks.at[--before].upos == TD_ADV) continue;
	if (t->xpos == TD_XP_VBG && before < verb && doc->toks.at[before].xpos == TD_XP_COMMA) return false; /* "…, citing sources" */
	uint8_t upos = doc->toks.at[before].upos;
	return before == verb || (upos != TD_NOUN && upos != TD_PROPN && upos != TD_PRON && upos != TD_AUX) || doc->toks.at[before].xpos == TD_XP_PRPS;
}

/* "an expert for the Office of Rights, who": a person, though the tree hangs the clause on the nearest noun. */
static uint32_t somebody_above(const td_doc *doc, uint32_t noun)
{
	uint32_t tok = noun;
	td_class own = td_class_at(doc, noun);
	if (own != TD_ORGANIZATION && own != TD_PLACE && own != TD_FACILITY) return noun;
	for (int up = 0; up < MAX_UP && tok < doc->toks.n; up++) {
		td_class cls = td_class_at(doc, tok);
		td_deprel rel = td_deprel_base(td_rel(doc, tok));
		if (cls == TD_PERSON || cls == TD_GROUP) return tok;
		if (rel != TD_NMOD && rel != TD_APPOS && rel != TD_COMPOUND && rel != TD_FLAT) break;
		tok = doc->toks.at[tok].head;
	}
	return noun;
}

/* "who", "which", "that" stand for what the relative clause is about. */
uint32_t td_antecedent(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	bool relative = t->xpos == TD_XP_WDT || t->xpos == TD_XP_WP || t->xpos == TD_XP_WPS || (t->upos == TD_PRON && HAS(t->lemma, "that"));
	uint32_t up = t->head;
	for (int steps = 0; relative && steps < MAX_UP && up < doc->toks.n; steps++) {
		if (td_rel(doc, up) == TD_ACL_RELCL) return HAS(t->lemma, "who") ? somebody_above(doc, doc->toks.at[up].head) : doc->toks.at[up].head;
		up = doc->toks.at[up].head;
	}
	return tok;
}

static bool is_subject(const td_doc *doc, uint32_t tok)
{
	return td_rel(doc, tok) == TD_NSUBJ || td_rel(doc, tok) == TD_NSUBJ_PASS;
}

/* An owner without "'s" is none: "told reporters Mann's trial was over". */
static uint32_t bare_owner(const td_doc *doc, uint32_t noun)
{
	uint32_t owner = td_exact_child(doc, noun, TD_NMOD_POSS);
	bool bare = owner != TD_NONE && doc->toks.at[owner].upos != TD_PRON && td_exact_child(doc, owner, TD_CASE) == TD_NONE;
	return bare ? owner : TD_NONE;
}

bool td_has_listener(const td_doc *doc, uint32_t verb)
{
	static const char *const telling[] = { "tell", "inform", "remind", "assure", "notify", "warn", "advise", "ask", "brief", "show", "teach",
		"promise", "persuade", "convince", "order", "urge", "email", "text", "instruct", "alert", "caution" };
	return TD_LEMMA_AMONG(doc, verb, telling);
}

/* "told NPR the minister had left", "told Reuters arson was likely": a name right behind who tells it, which the tree has made a part of
 * what follows. */
static uint32_t glued_listener(const td_doc *doc, uint32_t subject, uint32_t teller)
{
	uint32_t m = teller < subject ? td_mention_at(doc, teller + 1) : TD_NONE;
	if (!td_has_listener(doc, teller) || m == TD_NONE || td_exact_child(doc, teller, TD_OBJ) != TD_NONE || td_exact_child(doc, teller, TD_IOBJ) != TD_NONE) return TD_NONE;
	const td_mention *x = &doc->mentions.at[m];
	bool apart = x->kind == TD_NAMED && x->toks.from == teller + 1 && x->toks.to <= subject && td_mention_at(doc, subject) != m;
	return apart && td_rel(doc, x->head) != TD_NMOD_POSS && td_acts(td_class_at(doc, x->head)) ? x->head : TD_NONE;
}

uint32_t td_extra_subject(const td_doc *doc, uint32_t verb)
{
	uint32_t first = TD_NONE, listener;
	if (verb >= doc->toks.n || td_rel(doc, verb) != TD_CCOMP || doc->toks.at[verb].head >= verb) return TD_NONE;
	for (uint32_t i = doc->first_child[verb]; i < doc->first_child[verb + 1] && doc->child[i] < verb; i++) {
		uint32_t c = doc->child[i];
		if (c < doc->toks.at[verb].head || !is_subject(doc, c)) continue;
		if (first != TD_NONE) return td_acts(td_class_at(doc, first)) ? first : TD_NONE;
		first = c;
	}
	listener = first != TD_NONE ? bare_owner(doc, first) : TD_NONE;
	if (listener == TD_NONE && first != TD_NONE) return glued_listener(doc, first, doc->toks.at[verb].head);
	return listener != TD_NONE && listener > doc->toks.at[verb].head && td_acts(td_class_at(doc, listener)) ? listener : TD_NONE;
}

/* "began after the council proposed": a noun between conjunction and verb that the tree hangs on the verb above. */
static uint32_t stray_subject(const td_doc *doc, uint32_t higher, uint32_t mark, uint32_t verb)
{
	for (uint32_t i = doc->first_child[higher]; i < doc->first_child[higher + 1]; i++) {
		uint32_t c = doc->child[i];
		bool between = c > mark && c < verb && td_rel(doc, c) == TD_OBL && td_exact_child(doc, c, TD_CASE) == TD_NONE;
		if (between && td_class_at(doc, c) != TD_CLASS_NONE) return c;
	}
	return TD_NONE;
}

/* "after the mayor, Peter Hill, was stabbed": the tree takes the conjunction for a preposition, and the subject for its noun. */
static uint32_t subject_behind_after(const td_doc *doc, uint32_t verb)
{
	static const char *const both[] = { "after", "before", "since", "until", "as" };
	const td_token *t = &doc->toks.at[verb];
	bool finite = t->xpos == TD_XP_VBD || t->xpos == TD_XP_VBZ || t->xpos == TD_XP_VBP || td_child(doc, verb, TD_AUXIL) != TD_NONE;
	uint32_t noun = td_exact_child(doc, verb, TD_OBL), mark = td_exact_child(doc, verb, TD_MARK);
	bool clause = t->deprel == TD_ADVCL || t->deprel == TD_CCOMP || (t->deprel == TD_CONJ && td_exact_child(doc, verb, TD_CC) == TD_NONE);
	if (!finite || !clause || t->head >= verb) return TD_NONE;
	if (mark != TD_NONE) return stray_subject(doc, t->head, mark, verb);
	if (noun == TD_NONE || noun > verb) return TD_NONE;
	td_str prep = td_case_of(doc, noun);
	for (size_t i = 0; i < sizeof both / sizeof *both; i++)
		if (td_str_eq(prep, td_str_of(both[i]))) return td_class_at(doc, noun) != TD_CLASS_NONE ? noun : TD_NONE;
	return TD_NONE;
}

static uint32_t own_subject(const td_doc *doc, uint32_t verb)
{
	uint32_t s = td_child(doc, verb, TD_NSUBJ), extra = td_extra_subject(doc, verb);
	if (s == TD_NONE) s = subject_behind_after(doc, verb);
	for (uint32_t i = doc->first_child[verb]; extra != TD_NONE && i < doc->first_child[verb + 1] && doc->child[i] < verb; i++)
		if (is_subject(doc, doc->child[i])) s = doc->child[i];
	return s == TD_NONE ? TD_NONE : td_antecedent(doc, s);
}

/* "the request of the minister to close it": whose it is. */
static uint32_t author_of(const td_doc *doc, uint32_t noun)
{
	uint32_t poss = td_exact_child(doc, noun, TD_NMOD_POSS), of = td_exact_child(doc, noun, TD_NMOD);
	if (poss != TD_NONE || of == TD_NONE) return poss;
	td_str prep = td_case_of(doc, of);
	bool author = (HAS(prep, "of") || HAS(prep, "by") || HAS(prep, "from")) && td_acts(td_class_at(doc, of));
	return author ? of : TD_NONE;
}

/* The subject of a verb, or of the first of the verbs that it stands behind: "was elected, and did not seek". */
static uint32_t first_subject(const td_doc *doc, uint32_t verb)
{
	uint32_t subject = own_subject(doc, verb);
	for (int up = 0; up < MAX_UP && subject == TD_NONE && td_rel(doc, verb) == TD_CONJ && doc->toks.at[verb].head < doc->toks.n; up++) {
		verb = doc->toks.at[verb].head;
		subject = own_subject(doc, verb);
	}
	return subject;
}

/* "the plan to attack": who plans it, not the plan. */
static uint32_t infinitive_subject(const td_doc *doc, uint32_t noun)
{
	bool acts = td_acts(td_class_at(doc, noun));
	uint32_t author = acts ? td_exact_child(doc, noun, TD_NMOD_POSS) : author_of(doc, noun);
	if (author != TD_NONE) return author;
	if (acts) return noun;
	for (int n = 0; n < 2 && td_rel(doc, noun) == TD_NMOD && doc->toks.at[noun].head < doc->toks.n; n++) noun = doc->toks.at[noun].head;
	td_deprel rel = td_rel(doc, noun);
	uint32_t up = doc->toks.at[noun].head, subject = TD_NONE;
	for (int n = 0; n < 2 && subject == TD_NONE && up < doc->toks.n && (rel == TD_OBJ || rel == TD_OBL || rel == TD_ADVCL || rel == TD_XCOMP); n++) {
		subject = first_subject(doc, up);
		rel = td_rel(doc, up);
		up = doc->toks.at[up].head;
	}
	return subject;
}

/* "placards asking …", "a letter requesting …": who carries or sends them. */
static uint32_t participle_subject(const td_doc *doc, uint32_t verb, uint32_t noun)
{
	uint32_t who = infinitive_subject(doc, noun);
	return who == TD_NONE && doc->toks.at[verb].xpos != TD_XP_VB ? noun : who;
}

/* Control: the object of the higher verb ("asked him to go"), but of "promise", "threaten" and "use" the subject. */
static uint32_t controller(const td_doc *doc, uint32_t higher, uint32_t verb)
{
	static const char *const not_its_object[] = { "promise", "threaten", "use" };
	if (TD_LEMMA_AMONG(doc, higher, not_its_object)) return TD_NONE;
	uint32_t object = td_exact_child(doc, higher, TD_OBJ);
	if (object == TD_NONE) object = td_exact_child(doc, higher, TD_IOBJ);
	return object < verb ? object : TD_NONE;
}

/* "blamed him for starting", "accused him of lying", "quoted him as saying": he did it. */
static uint32_t blamed_object(const td_doc *doc, uint32_t higher, uint32_t verb)
{
	static const char *const marks[] = { "for", "of", "as", "from" };
	uint32_t mark = td_exact_child(doc, verb, TD_MARK), object = td_exact_child(doc, higher, TD_OBJ);
	if (object == TD_NONE) object = td_exact_child(doc, higher, TD_NSUBJ_PASS);
	for (size_t i = 0; object != TD_NONE && mark != TD_NONE && i < sizeof marks / sizeof *marks; i++)
		if (td_lemma_is(doc, mark, marks[i])) return td_acts(td_class_at(doc, object)) ? object : TD_NONE;
	return TD_NONE;
}

/* Verbs whose infinitive tells what their object is to do, never what they are done for. */
static bool steers(const td_doc *doc, uint32_t verb)
{
	static const char *const steering[] = { "tell", "ask", "urge", "order", "instruct", "advise", "persuade", "convince", "encourage", "invite",
		"allow", "force", "direct", "command", "request", "require", "enable", "permit", "compel", "beg", "implore", "authorize", "authorise", "empower", "prompt" };
	return TD_LEMMA_AMONG(doc, verb, steering);
}

/* "encouraged him to leave": an infinitive that the tree takes for a purpose is what he is encouraged to when it is an argument of the verb. */
static uint32_t controlled(const td_doc *doc, uint32_t higher, uint32_t verb)
{
	uint32_t mark = td_exact_child(doc, verb, TD_MARK);
	if (doc->toks.at[verb].xpos != TD_XP_VB || mark == TD_NONE || !td_lemma_is(doc, mark, "to")) return TD_NONE;
	if (steers(doc, higher)) return controller(doc, higher, verb);
	for (uint32_t i = td_srl_first(doc, higher); i < doc->srl.n && doc->srl.at[i].pred == higher; i++) {
		const td_srl *a = &doc->srl.at[i];
		if (a->tok != verb || a->role < TD_SRL_ARG1 || a->role > TD_SRL_ARG5) continue;
		uint32_t who = controller(doc, higher, verb);
		td_class cls = who != TD_NONE ? td_class_at(doc, who) : TD_PRODUCT;
		return td_acts(cls) || cls == TD_CLASS_NONE ? who : TD_NONE;
	}
	return TD_NONE;
}

/* "three days for a council to elect him": who stands between "for" and "to", wherever the tree hangs him. */
static uint32_t for_subject(const td_doc *doc, uint32_t verb)
{
	uint32_t mark = td_exact_child(doc, verb, TD_MARK);
	if (doc->toks.at[verb].xpos != TD_XP_VB || mark == TD_NONE || mark == 0 || !td_lemma_is(doc, mark, "to")) return TD_NONE;
	uint32_t m = td_mention_at(doc, mark - 1);
	if (m == TD_NONE || doc->mentions.at[m].toks.to != mark) return TD_NONE;
	uint32_t who = doc->mentions.at[m].head;
	return HAS(td_case_of(doc, who), "for") && td_acts(td_class_at(doc, who)) ? who : TD_NONE;
}

static bool is_finite(const td_doc *doc, uint32_t tok)
{
	uint8_t xpos = doc->toks.at[tok].xpos;
	return xpos == TD_XP_VBD || xpos == TD_XP_VBZ || xpos == TD_XP_VBP || td_child(doc, tok, TD_AUXIL) != TD_NONE || td_exact_child(doc, tok, TD_COP) != TD_NONE;
}

/* "criticised his refusal to debate, accusing him": a participle behind a comma is said of who acts in the finite clause around it, whatever
 * infinitive or noun the tree hangs it on. That clause's verb; TD_NONE where the participle stands elsewhere. */
static uint32_t clause_around(const td_doc *doc, uint32_t verb)
{
	uint32_t tok = doc->toks.at[verb].head, sent = doc->sents.at[doc->toks.at[verb].sent].toks.from;
	td_deprel rel = td_rel(doc, verb);
	if (doc->toks.at[verb].xpos != TD_XP_VBG || (rel != TD_ADVCL && rel != TD_ACL) || tok >= verb || is_finite(doc, tok)) return TD_NONE;
	uint32_t from = td_subtree(doc, verb).from;
	if (from <= sent || from > verb) return TD_NONE;
	if (doc->toks.at[from].xpos == TD_XP_COMMA) from++;
	if (doc->toks.at[from - 1].xpos != TD_XP_COMMA) return TD_NONE;
	for (int up = 0; up < MAX_UP && tok < verb; up++, tok = doc->toks.at[tok].head) {
		if (is_finite(doc, tok)) return tok;
		if (is_subject(doc, tok)) return TD_NONE; /* "the lorry, carrying sand, overturned" */
		if (doc->toks.at[tok].head < doc->toks.n && blamed_object(doc, doc->toks.at[tok].head, tok) != TD_NONE) return TD_NONE;
	}
	return TD_NONE;
}

uint32_t td_subject_of(const td_doc *doc, uint32_t verb)
{
	for (int up = 0; up < MAX_UP && verb < doc->toks.n; up++) {
		uint32_t own = own_subject(doc, verb), higher = doc->toks.at[verb].head, found = TD_NONE;
		if (own == TD_NONE) own = for_subject(doc, verb);
		if (own != TD_NONE) return own;
		if (higher >= doc->toks.n) return TD_NONE;
		uint32_t around = clause_around(doc, verb);
		if (around != TD_NONE) {
			verb = around;
			continue;
		}
		switch ((int)td_rel(doc, verb)) {
		case TD_XCOMP: found = controller(doc, higher, verb); break;
		case TD_ADVCL:
			found = blamed_object(doc, higher, verb);
			if (found == TD_NONE) found = controlled(doc, higher, verb);
			break;
		case TD_CONJ: break;
		case TD_ACL_RELCL: return td_exact_child(doc, verb, TD_MARK) == TD_NONE ? higher : TD_NONE;
		case TD_ACL: case TD_AMOD: return td_is_passive(doc, verb) ? higher : participle_subject(doc, verb, higher);
		default: return TD_NONE;
		}
		if (found != TD_NONE) return found;
		verb = higher;
	}
	return TD_NONE;
}

uint32_t td_nearby_subject(const td_doc *doc, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	bool finite = t->xpos == TD_XP_VBD || t->xpos == TD_XP_VBZ || t->xpos == TD_XP_VBP;
	uint32_t from = doc->sents.at[t->sent].toks.from;
	for (uint32_t k = verb; finite && k-- > from && verb - k <= MAX_NEAR;) {
		const td_token *x = &doc->toks.at[k];
		if (x->upos == TD_VERB || x->upos == TD_SCONJ || x->xpos == TD_XP_WDT || x->xpos == TD_XP_WP) return TD_NONE;
		bool part = x->deprel == TD_FLAT || x->deprel == TD_COMPOUND || x->deprel == TD_NMOD_POSS || x->deprel == TD_CONJ;
		bool within = k > from && doc->toks.at[k - 1].xpos == TD_XP_COMMA && td_class_at(doc, k) == TD_PLACE; /* "of Gary, Indiana, said" */
		if (part || within || td_child(doc, k, TD_CASE) != TD_NONE) continue;
		uint32_t m = td_mention_headed(doc, k);
		if (m != TD_NONE && !doc->mentions.at[m].demonym && td_acts(td_class_at(doc, k))) return k;
	}
	return TD_NONE;
}
