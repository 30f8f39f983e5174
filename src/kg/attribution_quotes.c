/* The speakers of quotations.
 *
 *     He called it "an act of barbarity."      a word inside hangs on a word of saying, or on something below one
 *     "The next hours decide," he said.        a word of saying hangs on a word inside
 *     "We stand ready" tweeted Johnson         the tree has lost it: the nearest word of saying beside the marks
 *     She addressed the press: "…"             the sentence before ends with a colon
 *     "…," he said. "This is new."             the same speaker goes on
 */
#include "kg/attribution.h"

enum {
	MAX_CLIMB = 12,  /* words between a quotation and what it hangs on */
	MAX_BESIDE = 12, /* tokens between the marks and a word of saying */
	SHORT_WORDS = 2,
	MAX_TITLE = 6, /* words between a verb of saying and the name of who says it */
};

typedef struct {
	uint32_t cue; /* the word of saying */
	uint32_t entity;
} speaker;

static const speaker nobody = { TD_NONE, TD_NONE };

static bool inside(td_range r, uint32_t tok)
{
	return tok >= r.from && tok < r.to;
}

/* Verbs say more surely than nouns, which may only be spoken of ("opposed Macron's statement: …"). */
static bool is_saying(const td_attributor *a, uint32_t tok, bool noun)
{
	const td_token *t = &a->doc->toks.at[tok];
	bool is_noun = t->upos == TD_NOUN || t->upos == TD_PROPN;
	return is_noun == noun && t->deprel != TD_AMOD && !t->quoted && td_is_speech(a, tok);
}

static speaker speaker_at(const td_attributor *a, uint32_t tok)
{
	td_cue cue;
	td_sources sources = td_sources_of(a, tok, td_stance_at(a, tok, &cue) ? &cue : NULL);
	return sources.n ? (speaker){ tok, sources.at[0] } : nobody;
}

static speaker above(const td_attributor *a, td_range q, uint32_t tok, bool noun)
{
	const td_doc *doc = a->doc;
	speaker found = nobody;
	for (int depth = 0; depth < MAX_CLIMB && tok < doc->toks.n && found.entity == TD_NONE; depth++, tok = doc->toks.at[tok].head)
		if (!inside(q, tok) && is_saying(a, tok, noun)) found = speaker_at(a, tok);
	return found;
}

static speaker below(const td_attributor *a, td_range q, uint32_t tok, bool noun)
{
	const td_doc *doc = a->doc;
	speaker found = nobody;
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1] && found.entity == TD_NONE; i++)
		if (!inside(q, doc->child[i]) && is_saying(a, doc->child[i], noun)) found = speaker_at(a, doc->child[i]);
	return found;
}

/* "according to X" on the quotation's clause, or on one above it. */
static speaker according(const td_attributor *a, td_range q, uint32_t tok)
{
	const td_doc *doc = a->doc;
	td_cue cue;
	for (int depth = 0; depth < MAX_CLIMB && tok < doc->toks.n; depth++, tok = doc->toks.at[tok].head) {
		if (!td_clause_source(a, tok, &cue) || inside(q, cue.tok)) continue;
		td_sources sources = td_sources_of(a, cue.tok, &cue);
		if (sources.n) return (speaker){ cue.tok, sources.at[0] };
	}
	return nobody;
}

static speaker by_tree(const td_attributor *a, td_range q, bool noun)
{
	const td_doc *doc = a->doc;
	speaker found = nobody;
	for (uint32_t i = q.from; i < q.to && found.entity == TD_NONE; i++) {
		uint32_t head = doc->toks.at[i].head;
		if (head < doc->toks.n && !inside(q, head) && doc->toks.at[i].deprel != TD_PUNCTUATION) found = above(a, q, head, noun);
		if (found.entity == TD_NONE) found = below(a, q, i, noun);
	}
	return found;
}

static speaker by_preposition(const td_attributor *a, td_range q)
{
	const td_doc *doc = a->doc;
	speaker found = nobody;
	for (uint32_t i = q.from; i < q.to && found.entity == TD_NONE; i++) {
		uint32_t head = doc->toks.at[i].head;
		if (head >= doc->toks.n || !inside(q, head)) found = according(a, q, i);
	}
	return found;
}

/* The nearest word of saying in the sentences of the quotation's ends, behind it before in front of it. */
static speaker beside(const td_attributor *a, td_range q, bool noun)
{
	const td_doc *doc = a->doc;
	td_range first = doc->sents.at[doc->toks.at[q.from].sent].toks, last = doc->sents.at[doc->toks.at[q.to - 1].sent].toks;
	speaker found = nobody;
	for (uint32_t d = 1; d <= MAX_BESIDE && found.entity == TD_NONE; d++) {
		uint32_t behind = q.to + d, front = q.from - 1 - d;
		if (behind < last.to && is_saying(a, behind, noun)) found = speaker_at(a, behind);
		if (found.entity == TD_NONE && q.from > first.from + d && is_saying(a, front, noun)) found = speaker_at(a, front);
	}
	return found;
}

/* Does the quotation begin its sentence? (The mark itself may stand in the sentence before or in this one.) */
static bool begins_sentence(const td_doc *doc, td_range q)
{
	return q.from <= doc->sents.at[doc->toks.at[q.from].sent].toks.from + 1;
}

static speaker root_speaker(const td_attributor *a, uint32_t sent)
{
	uint32_t root = a->doc->sents.at[sent].root;
	return root < a->doc->toks.n && is_saying(a, root, false) ? speaker_at(a, root) : nobody;
}

static bool same_paragraph(const td_doc *doc, uint32_t from, uint32_t to)
{
	for (uint32_t s = from + 1; s <= to; s++)
		if (doc->sents.at[s].starts_para) return false;
	return true;
}

/* The marks that end the sentence before `sent`: a colon announces what follows, also in a new paragraph. */
static bool ends_with_colon(const td_doc *doc, uint32_t sent)
{
	uint32_t to = doc->sents.at[sent].toks.to;
	return to > doc->sents.at[sent].toks.from && td_str_eq(doc->toks.at[to - 1].form, TD_STR(":"));
}

static bool goes_on(const td_doc *doc, const td_quote *before, const td_quote *q)
{
	uint32_t last = doc->toks.at[before->toks.to - 1].sent, cue = before->cue, here = doc->toks.at[q->toks.from].sent;
	if (cue < doc->toks.n && doc->toks.at[cue].sent > last) last = doc->toks.at[cue].sent;
	return same_paragraph(doc, last, here) || last + 1 == here;
}

static speaker carried(const td_attributor *a, uint32_t index)
{
	const td_doc *doc = a->doc;
	const td_quote *q = &doc->quotes.at[index];
	if (!begins_sentence(doc, q->toks)) return nobody;
	uint32_t sent = doc->toks.at[q->toks.from].sent;
	if (sent && ends_with_colon(doc, sent - 1)) {
		speaker found = root_speaker(a, sent - 1);
		if (found.entity != TD_NONE) return found;
	}
	if (index && q[-1].speaker != TD_NONE && goes_on(doc, &q[-1], q)) return (speaker){ q[-1].cue, q[-1].speaker };
	return sent && !doc->sents.at[sent].starts_para ? root_speaker(a, sent - 1) : nobody;
}

/* Who stands at a word, where the tree has hung him elsewhere: behind the verb up to the next mark ("said President Khan, …"). */
static speaker by_place(const td_attributor *a, uint32_t verb, uint32_t before)
{
	const td_doc *doc = a->doc;
	if (before != TD_NONE) return (speaker){ verb, doc->mentions.at[before].entity };
	for (uint32_t i = verb + 1; i < doc->toks.n && i <= verb + MAX_TITLE && doc->toks.at[i].upos != TD_PUNCT && doc->toks.at[i].upos != TD_VERB; i++) {
		uint32_t m = td_mention_at(doc, i);
		if (m == TD_NONE || doc->mentions.at[m].kind == TD_NOMINAL) continue;
		uint32_t next = doc->mentions.at[m].toks.to;
		if (next >= doc->toks.n || doc->toks.at[next].xpos != TD_XP_POS) return (speaker){ verb, doc->mentions.at[m].entity };
	}
	return nobody;
}

/* Behind a mark of a question or an exclamation a new sentence may begin: the verb then tells nothing of its own. */
static bool belongs_to(const td_doc *doc, td_range q, uint32_t verb)
{
	if (doc->toks.at[q.to - 1].upos != TD_PUNCT && doc->toks.at[q.to].upos != TD_PUNCT) return false;
	if (doc->toks.at[verb].sent == doc->toks.at[q.to].sent) return true;
	if (td_str_eq(doc->toks.at[q.to - 1].form, TD_STR("."))) return false;
	bool next = doc->toks.at[verb].sent == doc->toks.at[q.to].sent + 1 && verb + 1 < doc->toks.n;
	return next && td_child(doc, verb, TD_CCOMP) == TD_NONE && doc->toks.at[verb + 1].upos != TD_PUNCT;
}

/* "…," said Weber. "However," she told the paper, "…": right behind the closing mark, and a comma, stand the verb and who says it, one or
 * the other first, whatever announced the quotation. */
static speaker right_behind(const td_attributor *a, td_range q)
{
	const td_doc *doc = a->doc;
	uint32_t verb = q.to + 1;
	if (verb < doc->toks.n && td_str_eq(doc->toks.at[verb].form, TD_STR(","))) verb++;
	uint32_t m = verb < doc->toks.n ? td_mention_at(doc, verb) : TD_NONE;
	if (m != TD_NONE && doc->mentions.at[m].toks.from != verb) m = TD_NONE;
	if (m != TD_NONE) verb = doc->mentions.at[m].toks.to;
	if (verb >= doc->toks.n || !is_saying(a, verb, false) || doc->toks.at[verb].xpos == TD_XP_VBG || !belongs_to(doc, q, verb)) return nobody;
	speaker found = speaker_at(a, verb);
	return found.entity != TD_NONE ? found : by_place(a, verb, m);
}

/* "…," said Weber, "…": the second half is whose the first is. */
static speaker continued(const td_attributor *a, uint32_t index)
{
	const td_quote *q = &a->doc->quotes.at[index];
	if (!index || q[-1].speaker == TD_NONE || q[-1].cue < q[-1].toks.to || q[-1].cue >= q->toks.from) return nobody;
	return q->toks.from - q[-1].toks.to <= MAX_BESIDE ? (speaker){ q[-1].cue, q[-1].speaker } : nobody;
}

static speaker find(const td_attributor *a, uint32_t index)
{
	td_range q = a->doc->quotes.at[index].toks;
	speaker found = right_behind(a, q);
	if (found.entity == TD_NONE) found = by_tree(a, q, false);
	if (found.entity == TD_NONE) found = by_preposition(a, q);
	if (found.entity == TD_NONE) found = beside(a, q, false);
	if (found.entity == TD_NONE) found = by_tree(a, q, true);
	if (found.entity == TD_NONE) found = beside(a, q, true);
	if (found.entity == TD_NONE) found = continued(a, index);
	if (found.entity == TD_NONE) found = carried(a, index);
	return found;
}

/* ---- what follows from it --------------------------------------------------------------------------------------------- */

static const struct {
	const char *lemma;
	bool plural;
} first_persons[] = {
	{ "I", false },  { "i", false },    { "me", false }, { "my", false }, { "mine", false }, { "myself", false },
	{ "we", true },  { "us", true },    { "our", true }, { "ours", true }, { "ourselves", true },
};

static size_t first_person_of(td_str word)
{
	size_t i = 0;
	while (i < sizeof first_persons / sizeof *first_persons && !td_str_eq(word, td_str_of(first_persons[i].lemma))) i++;
	return i;
}

bool td_is_first_person(td_str word)
{
	return first_person_of(word) < sizeof first_persons / sizeof *first_persons;
}

/* "we" is the speaker only where an organization speaks; a person's "we" are others too. */
static bool is_speaker(const td_doc *doc, const td_mention *m, uint32_t entity)
{
	if (m->kind != TD_PRONOUN || m->toks.to != m->toks.from + 1) return false;
	td_str word = doc->toks.at[m->head].form;
	if (!td_is_first_person(word)) word = doc->toks.at[m->head].lemma;
	if (!td_is_first_person(word)) return false;
	return !first_persons[first_person_of(word)].plural || doc->entities.at[entity].cls == TD_ORGANIZATION;
}

static uint32_t first_mention_from(const td_doc *doc, uint32_t tok)
{
	uint32_t lo = 0, hi = doc->mentions.n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (doc->mentions.at[mid].toks.from < tok) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

static void means(td_doc *doc, uint32_t mention, uint32_t entity)
{
	td_mention *m = &doc->mentions.at[mention];
	if (m->entity == entity) return;
	if (m->entity != TD_NONE && doc->entities.at[m->entity].n_mentions) doc->entities.at[m->entity].n_mentions--;
	m->entity = entity;
	doc->entities.at[entity].n_mentions++;
}

static void first_person(td_doc *doc, const td_quote *q)
{
	for (uint32_t m = first_mention_from(doc, q->toks.from); m < doc->mentions.n && doc->mentions.at[m].toks.from < q->toks.to; m++)
		if (is_speaker(doc, &doc->mentions.at[m], q->speaker)) means(doc, m, q->speaker);
}

/* The arguments follow their mentions, which may mean somebody else by now. */
static void refill_args(td_doc *doc)
{
	for (uint32_t i = 0; i < doc->args.n; i++) {
		td_arg *arg = &doc->args.at[i];
		if (arg->is_event || arg->mention >= doc->mentions.n) continue;
		const td_mention *m = &doc->mentions.at[arg->mention];
		if (m->kind == TD_PRONOUN && m->entity != TD_NONE) arg->target = m->entity;
	}
}

static bool is_short(const td_doc *doc, td_range toks)
{
	uint32_t words = 0;
	for (uint32_t i = toks.from; i < toks.to; i++) {
		if (doc->toks.at[i].quoted) return false; /* the quotation stage has found it long enough, or a verb in it */
		words += doc->toks.at[i].upos != TD_PUNCT;
	}
	return words <= SHORT_WORDS;
}

static void drop_unsaid(td_doc *doc)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < doc->quotes.n; i++) {
		td_quote q = doc->quotes.at[i];
		if (q.speaker == TD_NONE && is_short(doc, q.toks)) continue;
		doc->quotes.at[n++] = q;
	}
	doc->quotes.n = n;
}

void td_find_speakers(td_attributor *a)
{
	td_doc *doc = a->doc;
	for (uint32_t i = 0; i < doc->quotes.n; i++) {
		speaker found = find(a, i);
		td_quote *q = &doc->quotes.at[i];
		q->speaker = found.entity;
		q->cue = found.cue;
		q->statement = found.cue == TD_NONE ? TD_NONE : a->event_at[found.cue];
		if (q->speaker == TD_NONE) continue;
		first_person(doc, q);
		for (uint32_t t = q->toks.from; t < q->toks.to; t++) doc->toks.at[t].quoted = 1;
	}
	drop_unsaid(doc);
	refill_args(doc);
}
