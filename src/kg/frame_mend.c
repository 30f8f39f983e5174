/* What the tree has hung on the wrong word, put where the clause means it. */
#include "kg/events.h"
#include "kg/frame_impl.h"

enum {
	MAX_BELOW = 3, /* levels below a verb in which who did it is looked for */
	MAX_AWAY = 40, /* words behind a verb in which members of its many are looked for */
	MAX_BACK = 60, /* words before "they" in which those are looked for who are meant */
	MAX_TITLE = 9, /* words between a body and the name of who speaks for it */
};

static td_fill *first_of(td_fills *fills, td_slot slot)
{
	for (uint32_t i = 0; i < fills->n; i++)
		if (fills->at[i].slot == slot) return &fills->at[i];
	return NULL;
}

static bool is_many(const td_doc *doc, const td_fill *fill)
{
	uint32_t m = fill ? td_filler_mention(doc, fill->tok) : TD_NONE;
	return m != TD_NONE && doc->mentions.at[m].number == TD_PLURAL;
}

/* Somebody in particular who is named as one of many, wherever in the clause: "detained nine people for spreading rumours, including a doctor". */
static bool is_member(const td_doc *doc, uint32_t verb, uint32_t tok)
{
	td_str prep = td_case_of(doc, tok);
	uint32_t head = doc->toks.at[tok].head;
	td_deprel rel = td_deprel_base(td_rel(doc, tok));
	if (head >= doc->toks.n || (rel != TD_OBL && rel != TD_NMOD) || !(HAS(prep, "include") || HAS(prep, "including"))) return false;
	td_class of = td_class_at(doc, head), cls = td_class_at(doc, tok);
	uint32_t lead = td_exact_child(doc, tok, TD_CASE);
	if (lead != TD_NONE && lead > 1 && doc->toks.at[lead - 1].xpos == TD_XP_CLOSE) lead--;
	if (lead == TD_NONE || lead == 0 || doc->toks.at[lead - 1].xpos != TD_XP_COMMA) return false; /* "firms including Volvo": the noun's own */
	bool loose = head == verb || (of != TD_GROUP && of != TD_ORGANIZATION && of != TD_PERSON && of != TD_PLACE);
	return loose && (cls == TD_PERSON || cls == TD_GROUP || cls == TD_ORGANIZATION) && td_dominates(doc, verb, tok);
}

static void mend_members(const td_doc *doc, td_fills *fills)
{
	uint32_t verb = fills->trigger, to = doc->sents.at[doc->toks.at[verb].sent].toks.to;
	td_slot many = is_many(doc, first_of(fills, TD_SLOT_OBJ)) ? TD_SLOT_OBJ : is_many(doc, first_of(fills, TD_SLOT_NSUBJ)) ? TD_SLOT_NSUBJ : TD_SLOT_COUNT;
	if (many == TD_SLOT_COUNT || doc->toks.at[verb].upos != TD_VERB) return;
	if (to > verb + MAX_AWAY) to = verb + MAX_AWAY;
	for (uint32_t t = verb + 1; t < to; t++)
		if (is_member(doc, verb, t)) td_fills_add(doc, fills, many, t);
}

/* "was married to painter Peter Hill", read as an infinitive: no noun has one. */
static void mend_infinitive(const td_doc *doc, td_fills *fills)
{
	for (uint32_t i = 0; i < fills->n; i++) {
		td_fill *f = &fills->at[i];
		uint8_t upos = doc->toks.at[f->tok].upos;
		if (f->slot != TD_SLOT_XCOMP || (upos != TD_NOUN && upos != TD_PROPN) || td_class_at(doc, f->tok) == TD_CLASS_NONE) continue;
		uint32_t mark = td_exact_child(doc, f->tok, TD_MARK);
		if (mark == TD_NONE || !td_lemma_is(doc, mark, "to")) continue;
		f->slot = TD_SLOT_OBL;
		f->prep = TD_STR("to");
	}
}

/* "killed at least 800", read as an adjunct: the number is whom it was done to. */
static void mend_counted(const td_doc *doc, td_fills *fills)
{
	if (fills->passive || doc->toks.at[fills->trigger].upos != TD_VERB || first_of(fills, TD_SLOT_OBJ)) return;
	for (uint32_t i = 0; i < fills->n; i++) {
		td_fill *f = &fills->at[i];
		bool adjunct = f->slot == TD_SLOT_OBL || f->slot == TD_SLOT_ADVMOD || f->slot == TD_SLOT_XCOMP;
		if (!adjunct || f->tok < fills->trigger || doc->toks.at[f->tok].upos != TD_NUM || td_class_at(doc, f->tok) != TD_GROUP) continue;
		f->slot = TD_SLOT_OBJ;
		f->prep = (td_str){ 0 };
		return;
	}
}

/* "leaves two dead, three injured": whom a word for a state is said of, where they are but a number or the verb over a participle has them as its
 * object (that of an adjective is added with its result). */
static void mend_state(const td_doc *doc, td_fills *fills)
{
	const td_token *t = &doc->toks.at[fills->trigger];
	if (t->upos != TD_ADJ && t->xpos != TD_XP_VBN) return;
	if (first_of(fills, TD_SLOT_NSUBJ) || first_of(fills, TD_SLOT_OBJ) || first_of(fills, TD_SLOT_ATTR)) return;
	td_slot slot = t->upos == TD_ADJ ? TD_SLOT_NSUBJ : TD_SLOT_OBJ;
	uint32_t before = fills->trigger > 0 ? fills->trigger - 1 : TD_NONE;
	bool number = before != TD_NONE && doc->toks.at[before].sent == t->sent && doc->toks.at[before].upos == TD_NUM && td_class_at(doc, before) == TD_GROUP;
	if (number) td_fills_add(doc, fills, slot, before);
	else if (t->upos != TD_ADJ && t->deprel == TD_XCOMP && t->head < doc->toks.n) {
		uint32_t object = td_exact_child(doc, t->head, TD_OBJ);
		if (object != TD_NONE && object < fills->trigger) td_fills_add(doc, fills, slot, object);
	}
}

/* "was shot dead by police", "beat him unconscious": who does it is told by the verb over the state. */
static void mend_outcome(const td_doc *doc, td_fills *fills)
{
	static const char *const verbs[] = { "shoot", "gun", "stab", "beat", "strike", "hack", "knife", "bludgeon", "batter", "kick", "trample", "run", "club" };
	const td_token *t = &doc->toks.at[fills->trigger];
	if (t->upos != TD_ADJ || t->deprel != TD_XCOMP || t->head >= doc->toks.n || !TD_LEMMA_AMONG(doc, t->head, verbs)) return;
	if (!td_is_passive(doc, t->head)) {
		td_fills_add(doc, fills, TD_SLOT_AROUND, td_subject_of(doc, t->head));
		return;
	}
	for (uint32_t i = doc->first_child[t->head]; i < doc->first_child[t->head + 1]; i++) {
		uint32_t c = doc->child[i];
		if (td_deprel_base(td_rel(doc, c)) == TD_OBL && HAS(td_case_of(doc, c), "by")) td_fills_add(doc, fills, TD_SLOT_AROUND, c);
	}
}

/* A word that an agent may hang on though he has nothing to do with it: a place, a body or a day ("sentenced to life in prison by a court"). */
static bool holds_no_agent(const td_doc *doc, uint32_t tok)
{
	uint32_t next = td_times_from(doc, tok + 1);
	if (next > 0 && doc->times.at[next - 1].toks.to > tok && doc->times.at[next - 1].toks.from <= tok) return true;
	td_class cls = td_class_at(doc, tok);
	return cls == TD_PLACE || cls == TD_FACILITY || cls == TD_PERSON || cls == TD_GROUP || cls == TD_ORGANIZATION;
}

static uint32_t agent_below(const td_doc *doc, uint32_t tok, int levels)
{
	for (uint32_t i = doc->first_child[tok]; levels > 0 && i < doc->first_child[tok + 1]; i++) {
		uint32_t c = doc->child[i];
		td_deprel rel = td_deprel_base(td_rel(doc, c));
		if (rel != TD_NMOD && rel != TD_OBL && rel != TD_OBJ && rel != TD_XCOMP) continue;
		if (HAS(td_case_of(doc, c), "by") && td_acts(td_class_at(doc, c)) && holds_no_agent(doc, tok)) return c;
		uint32_t found = agent_below(doc, c, levels - 1);
		if (found != TD_NONE) return found;
	}
	return TD_NONE;
}

static void mend_agent(const td_doc *doc, td_fills *fills)
{
	if (!fills->passive || first_of(fills, TD_SLOT_NSUBJ)) return;
	uint32_t verb = fills->light != TD_NONE ? fills->light : fills->trigger;
	for (uint32_t i = doc->first_child[verb]; i < doc->first_child[verb + 1]; i++) {
		uint32_t c = doc->child[i], who = c > verb ? agent_below(doc, c, MAX_BELOW) : TD_NONE;
		if (who == TD_NONE || doc->toks.at[c].upos == TD_VERB) continue;
		td_fills_add(doc, fills, TD_SLOT_NSUBJ, who);
		return;
	}
}

/* A word that may stand between a body and the name of who speaks for it. */
static bool is_between(const td_doc *doc, uint32_t tok)
{
	uint8_t upos = doc->toks.at[tok].upos;
	return upos == TD_NOUN || upos == TD_PROPN || upos == TD_ADJ || upos == TD_PART || doc->toks.at[tok].xpos == TD_XP_COMMA;
}

/* "said Kent County sheriff Bill Brown": the name that a title joins to the body in front of it; TD_NONE. */
static uint32_t spokesman(const td_doc *doc, uint32_t body)
{
	uint32_t m = td_filler_mention(doc, body), sent = doc->toks.at[body].sent;
	bool title = false;
	for (uint32_t t = m != TD_NONE ? doc->mentions.at[m].toks.to : doc->toks.n, n = 0; t < doc->toks.n && n < MAX_TITLE; t++, n++) {
		if (doc->toks.at[t].sent != sent || !is_between(doc, t)) return TD_NONE;
		uint32_t x = td_mention_at(doc, t);
		bool person = x != TD_NONE && doc->mentions.at[x].cls == TD_PERSON;
		if (person && doc->mentions.at[x].kind == TD_NAMED) return title ? doc->mentions.at[x].head : TD_NONE;
		if (x == TD_NONE || person) title = title || doc->toks.at[t].upos == TD_NOUN || doc->toks.at[t].upos == TD_PROPN;
	}
	return TD_NONE;
}

static void mend_speaker(const td_doc *doc, td_fills *fills)
{
	for (uint32_t i = 0; i < fills->n; i++) {
		td_fill *f = &fills->at[i];
		td_class cls = f->slot == TD_SLOT_NSUBJ && f->tok == fills->trigger + 1 ? td_class_at(doc, f->tok) : TD_CLASS_NONE;
		uint32_t who = cls == TD_PLACE || cls == TD_ORGANIZATION ? spokesman(doc, f->tok) : TD_NONE;
		if (who != TD_NONE) f->tok = who;
	}
}

/* Words for two or more who have been named: "they", "both", "the duo". */
static bool means_several(const td_doc *doc, uint32_t tok)
{
	static const char *const words[] = { "they", "them", "both", "duo", "trio", "pair", "two", "former", "latter", "all" };
	uint32_t m = td_mention_headed(doc, tok);
	uint32_t entity = m != TD_NONE ? doc->mentions.at[m].entity : TD_NONE;
	bool open = m == TD_NONE || (doc->mentions.at[m].kind == TD_PRONOUN && (entity >= doc->entities.n || doc->entities.at[entity].cls == TD_CLASS_NONE));
	if (!open || td_exact_child(doc, tok, TD_NMOD) != TD_NONE) return false;
	return TD_LEMMA_AMONG(doc, tok, words);
}

static bool is_named_actor(const td_doc *doc, uint32_t tok)
{
	uint32_t m = td_mention_headed(doc, tok);
	return m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED && !doc->mentions.at[m].demonym && td_acts(td_class_at(doc, tok));
}

/* "Hill and Berg announced they were to marry": the first of the nearest ones that are named together before the word; TD_NONE. */
static uint32_t named_together(const td_doc *doc, uint32_t tok)
{
	uint32_t sent = doc->toks.at[tok].sent;
	for (uint32_t t = tok, n = 0; t > 0 && n < MAX_BACK; n++) {
		t--;
		if (doc->toks.at[t].sent + 1 < sent) return TD_NONE;
		td_deprel rel = td_deprel_base(td_rel(doc, t));
		if ((rel != TD_NSUBJ && rel != TD_OBJ) || !is_named_actor(doc, t)) continue;
		uint32_t other = td_exact_child(doc, t, TD_CONJ);
		if (other != TD_NONE && other < tok && is_named_actor(doc, other) && td_class_at(doc, other) == td_class_at(doc, t)) return t;
	}
	return TD_NONE;
}

static void mend_several(const td_doc *doc, td_fills *fills)
{
	for (uint32_t i = 0, n = fills->n; i < n; i++) {
		td_fill f = fills->at[i];
		if (f.slot != TD_SLOT_NSUBJ && f.slot != TD_SLOT_OBJ && f.slot != TD_SLOT_IOBJ) continue;
		uint32_t first = means_several(doc, f.tok) ? named_together(doc, f.tok) : TD_NONE;
		if (first != TD_NONE && first != fills->trigger) td_fills_add(doc, fills, (td_slot)f.slot, first);
	}
}

/* What is said in or by which it is said to somebody: "in a letter to Congress". */
static bool is_message(const td_doc *doc, uint32_t tok)
{
	static const char *const messages[] = { "letter", "interview", "statement", "filing", "email", "e-mail", "message", "memo", "note", "speech", "address",
		"remark", "comment", "call", "conversation", "testimony", "briefing", "conference", "report", "submission", "reply", "post", "presentation", "text", "appeal" };
	return TD_LEMMA_AMONG(doc, tok, messages);
}

static void add_receivers(const td_doc *doc, td_fills *fills)
{
	for (uint32_t i = 0, n = fills->n; i < n; i++) {
		td_fill f = fills->at[i];
		if (f.slot != TD_SLOT_OBL || !is_message(doc, f.tok) || !(HAS(f.prep, "in") || HAS(f.prep, "during") || HAS(f.prep, "by"))) continue;
		for (uint32_t k = doc->first_child[f.tok]; k < doc->first_child[f.tok + 1]; k++) {
			uint32_t c = doc->child[k];
			td_str prep = td_case_of(doc, c);
			if (td_rel(doc, c) == TD_NMOD && c > f.tok && (HAS(prep, "to") || HAS(prep, "with"))) td_fills_put(fills, TD_SLOT_OBL, TD_STR("to"), c);
		}
	}
}

/* "Thousands joined the protest": who joins what a noun stands for does it, too. */
static void add_joining(const td_doc *doc, td_fills *fills)
{
	static const char *const verbs[] = { "join", "spearhead", "head", "mastermind", "coordinate", "sponsor" };
	const td_token *t = &doc->toks.at[fills->trigger];
	if (t->upos != TD_NOUN || t->deprel != TD_OBJ || t->head >= doc->toks.n || fills->light != TD_NONE || td_is_passive(doc, t->head)) return;
	if (TD_LEMMA_AMONG(doc, t->head, verbs)) td_fills_add(doc, fills, TD_SLOT_NSUBJ, td_subject_of(doc, t->head));
}

static bool is_dash(td_str form)
{
	return HAS(form, "-") || HAS(form, "–") || HAS(form, "—") || HAS(form, "/");
}

/* The name on the other side of a dash before or behind the mention `m`; TD_NONE. */
static uint32_t across_dash(const td_doc *doc, uint32_t m, uint32_t trigger)
{
	td_range toks = doc->mentions.at[m].toks;
	uint32_t other = TD_NONE, sent = doc->toks.at[toks.from].sent;
	if (toks.from > 1 && is_dash(doc->toks.at[toks.from - 1].form)) other = td_mention_at(doc, toks.from - 2);
	else if (toks.to + 1 < trigger && is_dash(doc->toks.at[toks.to].form)) other = td_mention_at(doc, toks.to + 1);
	bool named = other != TD_NONE && doc->mentions.at[other].kind == TD_NAMED && doc->toks.at[doc->mentions.at[other].head].sent == sent;
	return named && td_acts(td_class_at(doc, doc->mentions.at[other].head)) ? doc->mentions.at[other].head : TD_NONE;
}

/* "the Trump-Kim summit", "Russian-Ukrainian talks": two names with a dash between them before a noun are its two sides. */
static void add_sides(const td_doc *doc, td_fills *fills)
{
	for (uint32_t i = 0, n = fills->n; i < n; i++) {
		td_fill f = fills->at[i];
		if ((f.slot != TD_SLOT_COMPOUND && f.slot != TD_SLOT_AMOD) || f.tok > fills->trigger || !td_acts(td_class_at(doc, f.tok))) continue;
		uint32_t m = td_filler_mention(doc, f.tok), other = m != TD_NONE ? across_dash(doc, m, fills->trigger) : TD_NONE;
		if (other == TD_NONE) continue;
		td_fills_put(fills, TD_SLOT_NMOD, TD_STR("between"), other);
		td_fills_put(fills, TD_SLOT_NMOD, TD_STR("between"), f.tok);
	}
}

/* "rejected the offer", "complied with the demand", "resigned at the request of the mayor": who answers what a noun stands for. */
static void add_answering(const td_doc *doc, td_fills *fills)
{
	static const char *const verbs[] = { "reject", "accept", "deny", "dismiss", "refute", "rebut", "ignore", "grant", "refuse", "decline", "heed", "answer", "defy",
		"contest", "dispute", "consider", "welcome", "approve", "honour", "honor", "obey", "counter", "brush" };
	static const char *const with[] = { "comply", "respond", "react", "reply", "bow", "agree", "yield", "accede", "concede", "consent", "listen" };
	const td_token *t = &doc->toks.at[fills->trigger];
	if (t->upos != TD_NOUN || t->head >= doc->toks.n || doc->toks.at[t->head].upos != TD_VERB || fills->light != TD_NONE) return;
	td_str prep = td_case_of(doc, fills->trigger);
	bool answers = (t->deprel == TD_OBJ && TD_LEMMA_AMONG(doc, t->head, verbs)) ||
		(t->deprel == TD_OBL && (HAS(prep, "at") || HAS(prep, "upon") || TD_LEMMA_AMONG(doc, t->head, with)));
	uint32_t who = answers && !td_is_passive(doc, t->head) ? td_subject_of(doc, t->head) : TD_NONE;
	if (who != TD_NONE) td_fills_add(doc, fills, TD_SLOT_ANSWER, who);
}

/* "flew over the city on his way to Leeds" */
static void add_way(const td_doc *doc, td_fills *fills)
{
	for (uint32_t i = 0, n = fills->n; i < n; i++) {
		td_fill f = fills->at[i];
		if (f.slot != TD_SLOT_OBL || (!td_lemma_is(doc, f.tok, "way") && !td_lemma_is(doc, f.tok, "route"))) continue;
		for (uint32_t k = doc->first_child[f.tok]; k < doc->first_child[f.tok + 1]; k++) {
			uint32_t c = doc->child[k];
			td_str prep = td_case_of(doc, c);
			if (td_rel(doc, c) == TD_NMOD && (HAS(prep, "to") || HAS(prep, "from"))) td_fills_put(fills, TD_SLOT_OBL, prep, c);
		}
	}
}

void td_fills_mend(const td_doc *doc, td_fills *fills)
{
	mend_members(doc, fills);
	mend_infinitive(doc, fills);
	mend_counted(doc, fills);
	mend_outcome(doc, fills);
	mend_state(doc, fills);
	mend_agent(doc, fills);
	mend_speaker(doc, fills);
	mend_several(doc, fills);
	add_answering(doc, fills);
	add_joining(doc, fills);
	add_sides(doc, fills);
	add_way(doc, fills);
	add_receivers(doc, fills);
}
