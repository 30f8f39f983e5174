/* What the sentence itself says: who speaks in a quotation, appositions, predicates, acronyms in brackets. */
#include "nlp/coref.h"

/* ---- quotations -------------------------------------------------------------------------------------------------- */

/* One long quotation may be cut by "he said", but not run over many paragraphs: an unclosed mark ends with its paragraph. */
enum { OPENS = 1, CLOSES = 2 };

static int quote_mark(const td_doc *doc, uint32_t t)
{
	static const struct {
		const char *mark;
		int is;
	} marks[] = { { "\"", OPENS | CLOSES }, { "``", OPENS }, { "''", CLOSES }, { "\u201c", OPENS }, { "\u201d", CLOSES },
		{ "\u201e", OPENS }, { "\u00ab", OPENS }, { "\u00bb", CLOSES } };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (td_str_eq(doc->toks.at[t].form, td_str_of(marks[i].mark))) return marks[i].is;
	return 0;
}

static td_status end_quote(td_coref_run *run, uint32_t from, uint32_t to)
{
	if (to <= from) return TD_OK;
	for (uint32_t t = from; t < to; t++) run->quote[t] = run->said.n;
	td_said said = { { from, to }, TD_NONE };
	return TD_PUSH(&run->doc->arena, &run->said, said) ? TD_OK : td_no_memory(run->err);
}

static td_status find_quotes(td_coref_run *run)
{
	const td_doc *doc = run->doc;
	uint32_t open = TD_NONE;
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		const td_sent *sent = &doc->sents.at[doc->toks.at[t].sent];
		if (t == sent->toks.from && sent->starts_para) open = TD_NONE;
		int is = quote_mark(doc, t);
		if ((is & CLOSES) && open != TD_NONE) {
			TRY(end_quote(run, open, t));
			open = TD_NONE;
		} else if (is & OPENS) {
			open = t + 1;
		}
	}
	return TD_OK;
}

static bool communicates(const td_lexicon *lexicon, uint32_t s)
{
	uint16_t c = lexicon->senses.at[s].cls;
	uint16_t top = c < lexicon->classes.n ? lexicon->classes.at[c].top : c;
	return top < lexicon->classes.n && td_str_eq(lexicon->classes.at[top].name, TD_STR("Communication"));
}

static bool speech_verb(td_coref_run *run, uint32_t t)
{
	static const char *const verbs[] = { "say", "tell", "add", "write", "tweet", "state", "claim", "announce", "comment", "explain", "remark", "note",
		"argue", "declare", "ask", "reply", "respond", "warn", "insist", "call", "describe", "report", "admit", "confirm", "continue", "urge",
		"stress", "assert", "deny", "post", "express", "suggest", "conclude", "quote", "think", "believe", NULL };
	const td_doc *doc = run->doc;
	if (doc->toks.at[t].upos != TD_VERB) return false;
	if (td_tok_in(doc, t, verbs)) return true;
	uint32_t s = td_tok_sense(doc, run->lexicon, t, TD_SENSE_EVENT);
	if (s == TD_NONE) return false;
	if (communicates(run->lexicon, s)) return true;
	/* "recall" has other senses before that of who tells something */
	td_str lemma = run->lexicon->senses.at[s].lemma;
	for (s = run->lexicon->senses.at[s].next; s != TD_NONE; s = run->lexicon->senses.at[s].next) {
		const td_sense *sense = &run->lexicon->senses.at[s];
		bool telling = td_str_eq(sense->when, TD_STR("ccomp")) || td_str_eq(sense->when, TD_STR("quote"));
		if (telling && sense->kind == TD_SENSE_EVENT && td_str_eq(sense->lemma, lemma) && communicates(run->lexicon, s)) return true;
	}
	return false;
}

static uint32_t subject_mention(td_coref_run *run, uint32_t verb)
{
	const td_doc *doc = run->doc;
	uint32_t subject = td_predicate_subject(doc, verb);
	return subject == TD_NONE ? TD_NONE : run->headed[subject];
}

/* The nearest speech verb outside of all quotations in [from, to) that has a subject. */
static uint32_t speaker_between(td_coref_run *run, uint32_t from, uint32_t to, bool backward)
{
	for (uint32_t k = 0; k < to - from; k++) {
		uint32_t t = backward ? to - 1 - k : from + k;
		if (run->quote[t] != TD_NONE || !speech_verb(run, t)) continue;
		uint32_t who = subject_mention(run, t);
		if (who != TD_NONE && run->quote[td_men(run, who)->head] == TD_NONE) return who;
	}
	return TD_NONE;
}

td_status td_coref_quotes(td_coref_run *run)
{
	TRY(find_quotes(run));
	const td_doc *doc = run->doc;
	for (uint32_t q = 0; q < run->said.n; q++) {
		td_said *said = &run->said.at[q];
		uint32_t first = doc->toks.at[said->toks.from].sent, last = doc->toks.at[said->toks.to - 1].sent;
		td_range a = doc->sents.at[first].toks, z = doc->sents.at[last].toks;
		said->speaker = speaker_between(run, said->toks.to, z.to, false);
		if (said->speaker == TD_NONE) said->speaker = speaker_between(run, a.from, said->toks.from, true);
		/* `"…," Duda said.` where the splitter cut behind the quotation, or "He said: …" before it. */
		bool bare = said->toks.to - said->toks.from > 3;
		if (said->speaker == TD_NONE && bare && first > 0 && !doc->sents.at[first].starts_para && q > 0 &&
			doc->toks.at[run->said.at[q - 1].toks.to - 1].sent + 1 >= first)
			said->speaker = run->said.at[q - 1].speaker;
		if (said->speaker == TD_NONE && bare && first > 0 && !doc->sents.at[first].starts_para)
			said->speaker = speaker_between(run, doc->sents.at[first - 1].toks.from, doc->sents.at[first - 1].toks.to, true);
	}
	return TD_OK;
}

/* ---- roles ------------------------------------------------------------------------------------------------------- */

static td_str head_word(td_coref_run *run, td_range span)
{
	/* "Secretary of State": the word before the preposition; "Foreign Minister": the last one. */
	uint32_t t = span.from;
	while (t + 1 < span.to && run->doc->toks.at[t + 1].upos != TD_ADP) t++;
	td_str lemma = run->doc->toks.at[t].lemma;
	return td_lower(&run->doc->arena, lemma.n ? lemma : run->doc->toks.at[t].form);
}

td_status td_add_role(td_coref_run *run, uint32_t person, td_range span, uint32_t place)
{
	td_role_seen role = { head_word(run, span), person, span, place, TD_NONE };
	if (!role.word.at) return td_no_memory(run->err);
	role.prev = td_map_get(&run->role_of, role.word);
	if (!td_map_put(&run->role_of, role.word, run->roles.n) || !TD_PUSH(&run->doc->arena, &run->roles, role)) return td_no_memory(run->err);
	return TD_OK;
}

/* ---- appositions and predicates ---------------------------------------------------------------------------------- */

static bool numbers_fit(unsigned a, unsigned b)
{
	return a == TD_NUMBER_UNKNOWN || b == TD_NUMBER_UNKNOWN || a == b;
}

/* "Islamic State (ISIS)": the bracket holds nothing but capitals. */
static bool acronym_apposition(td_coref_run *run, uint32_t a, uint32_t b)
{
	const td_mention *x = td_men(run, a), *y = td_men(run, b);
	if (x->cls == TD_PERSON || x->cls == TD_PLACE || y->cls == TD_PERSON) return false;
	bool xs = x->toks.to - x->toks.from == 1 && td_tok_all_caps(run->doc, x->toks.from);
	bool ys = y->toks.to - y->toks.from == 1 && td_tok_all_caps(run->doc, y->toks.from);
	return xs != ys && y->toks.from - x->toks.to <= 1 && td_str_eq(run->doc->toks.at[y->toks.from - 1].form, TD_STR("("));
}

/* "World Ring Stardom (Stardom)", "Northport Institute (NI)": what stands in brackets right behind a name is that name again, whatever the network
 * takes it for; but a country may tell where ("Guardian (UK)"). */
static void name_in_brackets(td_coref_run *run, uint32_t a, uint32_t b)
{
	td_mention *x = td_men(run, a), *y = td_men(run, b);
	const td_doc *doc = run->doc;
	uint32_t t = y->toks.from, len;
	if (x->kind != TD_NAMED || y->kind != TD_NAMED || x->cls != TD_ORGANIZATION || x->toks.to + 1 != t || y->toks.to != t + 1 || t + 1 >= doc->toks.n) return;
	if (!td_str_eq(doc->toks.at[t - 1].form, TD_STR("(")) || !td_str_eq(doc->toks.at[t + 1].form, TD_STR(")"))) return;
	bool again = td_tok_all_caps(doc, t) && td_demonym(doc, run->lexicon, t, t + 1, true, &len) == TD_NONE && x->toks.to - x->toks.from > 1;
	for (uint32_t k = x->toks.from; k < x->toks.to; k++) again |= td_str_eq(doc->toks.at[k].form, doc->toks.at[t].form);
	if (!again) return;
	y->cls = x->cls;
	td_info(run, b)->cls = x->cls;
	td_info(run, b)->gender = TD_NEUTER;
	run->names_known = false;
	(void)td_join(run, a, b);
	run->names_known = true;
}

static bool strict_class(unsigned a, unsigned b)
{
	return a == b || ((a == TD_CLASS_NONE || b == TD_CLASS_NONE) && a != b);
}

static uint32_t modifier_place(td_coref_run *run, uint32_t head)
{
	const td_doc *doc = run->doc;
	for (uint32_t i = doc->first_child[head]; i < doc->first_child[head + 1]; i++) {
		uint32_t m = run->headed[doc->child[i]];
		if (m != TD_NONE && td_men(run, m)->kind == TD_NAMED && td_men(run, m)->cls != TD_PERSON) return m;
	}
	return TD_NONE;
}

static td_status same_person_role(td_coref_run *run, uint32_t name, uint32_t nominal)
{
	const td_mention *n = td_men(run, nominal);
	return td_info(run, name)->cls == TD_PERSON ? td_add_role(run, name, td_office(run, n->toks), modifier_place(run, n->head)) : TD_OK;
}

/* `"… for Kurz," the Austrian ambassador said`: a quotation mark ends every phrase. */
static bool mark_between(td_coref_run *run, const td_mention *x, const td_mention *y)
{
	const td_mention *first = x->toks.from < y->toks.from ? x : y, *second = first == x ? y : x;
	return run->quote[first->toks.to - 1] != run->quote[second->toks.from];
}

static td_status apposition(td_coref_run *run, uint32_t a, uint32_t b)
{
	const td_mention *x = td_men(run, a), *y = td_men(run, b);
	if (mark_between(run, x, y)) return TD_OK;
	if (x->kind == TD_PRONOUN || y->kind == TD_PRONOUN || x->demonym || y->demonym) return TD_OK;
	if (x->kind == TD_NAMED && y->kind == TD_NAMED) {
		if (acronym_apposition(run, a, b)) (void)td_join(run, a, b);
		return TD_OK;
	}
	if (!strict_class(x->cls, y->cls) || !numbers_fit(x->number, y->number) || !td_join(run, a, b)) return TD_OK;
	if (x->kind != y->kind) return same_person_role(run, x->kind == TD_NAMED ? a : b, x->kind == TD_NAMED ? b : a);
	return TD_OK;
}

static bool is_comma(const td_doc *doc, uint32_t t)
{
	return t < doc->toks.n && td_str_eq(doc->toks.at[t].form, TD_STR(","));
}

static bool ends_phrase(const td_doc *doc, uint32_t t)
{
	return t >= doc->toks.n || doc->toks.at[t].upos == TD_PUNCT || doc->toks.at[t].upos == TD_VERB || doc->toks.at[t].upos == TD_AUX;
}

static uint32_t phrase_from(const td_mention *m)
{
	return m->title.from < m->title.to ? m->title.from : m->toks.from;
}

/* "the Archbishop of Gdańsk, Sławoj Leszek Głódź, …" and "Tillerson, the US secretary of state, …" whatever the tree made of them. */
static td_status beside_comma(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i);
	if (m->kind != TD_NOMINAL || m->cls != TD_PERSON || m->number == TD_PLURAL || td_child(doc, m->head, TD_COP) != TD_NONE) return TD_OK;
	td_range np = td_subtree(doc, m->head), sent = td_sent_of(doc, m->head);
	uint32_t after = m->toks.to;
	/* The phrase proper ends at its first comma. */
	while (after < np.to && after < sent.to && !is_comma(doc, after)) after++;
	uint32_t name = after + 1 < sent.to && is_comma(doc, after) ? run->headed[after + 1] : TD_NONE;
	if (name != TD_NONE && td_men(run, name)->kind == TD_NAMED && td_info(run, name)->cls == TD_PERSON && phrase_from(td_men(run, name)) == after + 1 &&
		ends_phrase(doc, td_men(run, name)->toks.to) && td_child(doc, m->head, TD_CONJ) != td_men(run, name)->head &&
		(m->definite || td_child(doc, m->head, TD_NMOD) != TD_NONE || is_comma(doc, td_men(run, name)->toks.to)))
		return apposition(run, i, name);
	uint32_t from = np.from < m->toks.from ? np.from : m->toks.from;
	while (from < m->toks.from && is_comma(doc, from)) from++;
	if (from < sent.from + 2 || !is_comma(doc, from - 1) || td_child(doc, m->head, TD_CC) != TD_NONE) return TD_OK;
	name = run->headed[from - 2];
	if (name == TD_NONE || td_men(run, name)->kind != TD_NAMED || td_men(run, name)->toks.to != from - 1) return TD_OK;
	uint8_t rel = doc->toks.at[m->head].deprel;
	bool loose = rel == TD_APPOS || rel == TD_CONJ || rel == TD_PARATAXIS || rel == TD_NMOD || rel == TD_LIST || rel == TD_DEP || rel == TD_ACL;
	/* In other relations only between two commas, and with an article: "He met Trump, the president, and left". */
	bool closed = td_child(doc, m->head, TD_DETERM) != TD_NONE && after < doc->toks.n && doc->toks.at[after].upos == TD_PUNCT;
	if (!(loose || closed) || !ends_phrase(doc, after)) return TD_OK;
	return apposition(run, name, i);
}

/* "suspect Brenton Tarrant", "the capital Tunis" */
static td_status before_name(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	if (m->kind != TD_NOMINAL || m->toks.to >= run->doc->toks.n || m->number == TD_PLURAL) return TD_OK;
	uint32_t name = run->headed[m->toks.to], up = run->doc->toks.at[m->head].head;
	if (name == TD_NONE || td_men(run, name)->kind != TD_NAMED || td_men(run, name)->toks.from != m->toks.to) return TD_OK;
	/* The tree may hang both on something else: two subjects of one verb are one, and an article makes one phrase ("his wife Melania Trump"). */
	const td_token *noun = &run->doc->toks.at[m->head], *tok = &run->doc->toks.at[td_men(run, name)->head];
	bool below = (up >= td_men(run, name)->toks.from && up < td_men(run, name)->toks.to) || tok->head == m->head;
	bool twice = noun->head == tok->head && noun->deprel == tok->deprel;
	if (!below && !twice && !(m->definite && m->cls == TD_PERSON && noun->deprel != TD_NSUBJ)) return TD_OK;
	return apposition(run, i, name);
}

/* "Conservative Party leader and Prime Minister Boris Johnson": one person, when the first has no article of its own. */
static td_status and_title(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i);
	uint32_t at = m->toks.to;
	if (m->kind != TD_NOMINAL || m->cls != TD_PERSON || m->number == TD_PLURAL || at + 1 >= td_sent_of(doc, m->head).to) return TD_OK;
	if (!td_tok_is(doc, at, "and") || td_child(doc, m->head, TD_DETERM) != TD_NONE) return TD_OK;
	uint32_t name = run->headed[at + 1];
	if (name == TD_NONE || td_men(run, name)->title.from != at + 1 || td_men(run, name)->title.from >= td_men(run, name)->title.to) return TD_OK;
	return apposition(run, i, name);
}

/* "appointed Pierluisi as secretary of state", "serves as mayor": what somebody is said to be. */
static td_status as_phrase(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i);
	uint32_t verb = doc->toks.at[m->head].head;
	if (m->kind != TD_NOMINAL || m->cls != TD_PERSON || verb == TD_NONE || doc->toks.at[verb].upos != TD_VERB) return TD_OK;
	if (doc->toks.at[m->head].deprel != TD_OBL || !td_str_eq(td_case_of(doc, m->head), TD_STR("as"))) return TD_OK;
	uint32_t object = td_child(doc, verb, TD_OBJ), holder = object == TD_NONE ? td_predicate_subject(doc, verb) : object;
	uint32_t who = holder == TD_NONE ? TD_NONE : run->headed[holder];
	if (who == TD_NONE || who == i || td_info(run, who)->cls != TD_PERSON) return TD_OK;
	return apposition(run, who < i ? who : i, who < i ? i : who);
}

static bool negated(const td_doc *doc, uint32_t t)
{
	for (uint32_t i = doc->first_child[t]; i < doc->first_child[t + 1]; i++)
		if (td_lemma_is(doc, doc->child[i], "not") || td_lemma_is(doc, doc->child[i], "n't") || td_lemma_is(doc, doc->child[i], "never")) return true;
	return false;
}

static td_status predicate(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i);
	if (m->kind != TD_NOMINAL || td_child(doc, m->head, TD_COP) == TD_NONE || negated(doc, m->head)) return TD_OK;
	if (td_child(doc, m->head, TD_CASE) != TD_NONE) return TD_OK;
	uint32_t subject = td_predicate_subject(doc, m->head);
	uint32_t s = subject == TD_NONE ? TD_NONE : run->headed[subject];
	if (s == TD_NONE || !numbers_fit(td_men(run, s)->number, m->number) || !strict_class(td_men(run, s)->cls, m->cls)) return TD_OK;
	if (!td_join(run, s, i)) return TD_OK;
	return td_men(run, s)->kind == TD_NAMED ? same_person_role(run, s, i) : TD_OK;
}

/* What a naming verb names: "the Act, also known as the Radio Control Law", "Baker was nicknamed Ginger", "she was born Ann Lee". TD_NONE: nothing. */
static uint32_t bearer(td_coref_run *run, uint32_t i)
{
	static const char *const with_as[] = { "know", "abbreviate", "nickname", "dub", "perform", "style", NULL };
	static const char *const bare[] = { "bear", "nickname", "dub", "name", "rename", "christen", "baptise", "baptize", NULL };
	const td_doc *doc = run->doc;
	uint32_t head = td_men(run, i)->head, verb = doc->toks.at[head].head, up = verb == TD_NONE ? TD_NONE : doc->toks.at[verb].head;
	if (up == TD_NONE && (verb == TD_NONE || doc->toks.at[verb].deprel != TD_ROOT)) return TD_NONE;
	bool as = td_tok_in(doc, verb, with_as) && td_str_eq(td_case_of(doc, head), TD_STR("as"));
	bool itself = td_tok_in(doc, verb, bare) && td_child(doc, head, TD_CASE) == TD_NONE && (doc->toks.at[head].deprel == TD_XCOMP || doc->toks.at[head].deprel == TD_OBJ);
	if (!as && !itself) return TD_NONE;
	uint32_t passive = td_child(doc, verb, TD_NSUBJ_PASS);
	if (passive != TD_NONE && doc->toks.at[passive].upos != TD_PRON) return run->headed[passive];
	td_deprel rel = td_deprel_base((td_deprel)doc->toks.at[verb].deprel);
	return rel == TD_ACL && up != TD_NONE ? run->headed[up] : TD_NONE;
}

static void known_as(td_coref_run *run, uint32_t i)
{
	const td_mention *m = td_men(run, i);
	uint32_t who = m->kind == TD_NAMED ? bearer(run, i) : TD_NONE;
	if (who == TD_NONE || who == i || td_men(run, who)->kind != TD_NAMED || !strict_class(td_info(run, who)->cls, td_info(run, i)->cls)) return;
	run->names_known = false; /* the text says that two names are one person's */
	(void)td_join(run, i, who);
	run->names_known = true;
}

/* "a city of Java", "the largest city of Java", "Semarang, the city of …": a place in the other, not that one. */
static bool lies_within(const td_doc *doc, const td_mention *kind)
{
	static const char *const of_many[] = { "capital", "suburb", NULL };
	uint32_t det = td_child(doc, kind->head, TD_DETERM);
	if (doc->toks.at[kind->head].deprel == TD_APPOS || td_child(doc, kind->head, TD_COP) != TD_NONE) return true;
	if (det != TD_NONE && (td_tok_is(doc, det, "a") || td_tok_is(doc, det, "an") || td_tok_is(doc, det, "another"))) return true;
	for (uint32_t t = kind->toks.from; t < kind->head; t++)
		if (doc->toks.at[t].xpos == TD_XP_JJS || td_tok_in(doc, t, of_many)) return true;
	return kind->toks.from == kind->head && td_tok_in(doc, kind->head, of_many);
}

/* "the Polish city of Gdańsk", "the state of Louisiana" */
static void place_of_name(td_coref_run *run, uint32_t i)
{
	const td_doc *doc = run->doc;
	const td_mention *m = td_men(run, i);
	if (m->kind != TD_NAMED || m->cls != TD_PLACE || doc->toks.at[m->head].deprel != TD_NMOD) return;
	if (!td_str_eq(td_case_of(doc, m->head), TD_STR("of"))) return;
	static const char *const kinds[] = { "city", "town", "village", "state", "province", "district", "region", "county", "country", "island", "capital",
		"municipality", "republic", "suburb", "port", "borough", "peninsula", "nation", "territory", "kingdom", "archipelago", "neighbourhood", "neighborhood",
		"parish", "township", "resort", NULL };
	uint32_t up = doc->toks.at[m->head].head, n = up == TD_NONE ? TD_NONE : run->headed[up];
	if (n == TD_NONE || td_men(run, n)->kind != TD_NOMINAL || td_men(run, n)->number == TD_PLURAL || !td_tok_in(doc, up, kinds)) return;
	if (!lies_within(doc, td_men(run, n))) (void)td_join(run, i, n);
}

/* "an island in the [river] Seine": the noun right before a name is what it stands beside, whatever the tree says. */
static uint32_t beside_name(td_coref_run *run, uint32_t i, uint32_t above)
{
	const td_mention *m = td_men(run, i), *before = i ? m - 1 : m;
	bool noun = i && m->kind == TD_NAMED && before->kind == TD_NOMINAL && before->toks.to == m->toks.from && before->cls == m->cls && before->number != TD_PLURAL;
	return noun ? i - 1 : above;
}

td_status td_coref_tree(td_coref_run *run)
{
	const td_doc *doc = run->doc;
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		uint32_t head = td_men(run, i)->head, up = doc->toks.at[head].head;
		if (doc->toks.at[head].deprel == TD_APPOS && up != TD_NONE && run->headed[up] != TD_NONE && run->headed[up] != i) {
			uint32_t above = beside_name(run, i, run->headed[up]);
			TRY(apposition(run, above < i ? above : i, above < i ? i : above));
		}
		/* "Thai Raksa Chart Party (TRC)" where the parser hangs the bracket elsewhere. */
		if (i > 0 && td_men(run, i - 1)->toks.to + 1 == td_men(run, i)->toks.from && acronym_apposition(run, i - 1, i)) (void)td_join(run, i - 1, i);
		if (i > 0) name_in_brackets(run, i - 1, i);
		TRY(predicate(run, i));
		TRY(beside_comma(run, i));
		TRY(before_name(run, i));
		TRY(and_title(run, i));
		TRY(as_phrase(run, i));
		place_of_name(run, i);
		known_as(run, i);
	}
	return TD_OK;
}
