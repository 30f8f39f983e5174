/* Where positions are read from: titles, appositions and predicates, as-phrases. */
#include "nlp/positions.h"

enum { MAX_HELD = 32 }; /* positions of one person that are compared */

typedef struct {
	td_range toks;   /* the title's words */
	td_str text;     /* how it is written out */
	uint32_t sense;  /* title sense, TD_NONE */
	uint32_t head;   /* token */
} title;

static td_str note_of(const td_position_run *run, uint32_t sense)
{
	return sense == TD_NONE ? (td_str){ "", 0 } : run->lexicon->senses.at[sense].note;
}

/* ---- keeping them ------------------------------------------------------------------------------------------------ */

/* "president" is no part of "presidential nominee". */
static bool at_word_edge(td_str s, size_t i)
{
	return i == 0 || i == s.n || !td_is_letter((unsigned char)s.at[i]) || !td_is_letter((unsigned char)s.at[i - 1]);
}

/* One title within the other, ignoring case: "president", "Senate President"; but a deputy is somebody else. */
static bool same_title(td_str a, td_str b)
{
	static const char *const deputies[] = { "vice ", "vice-", "deputy ", "under", NULL };
	char x[128], y[128];
	td_str s = td_word_lower(a, x, sizeof x), l = td_word_lower(b, y, sizeof y);
	if (s.n > l.n) {
		td_str z = s;
		s = l;
		l = z;
	}
	for (const char *const *d = deputies; *d; d++)
		if (td_str_starts(l, td_str_of(*d)) && !td_str_starts(s, td_str_of(*d))) return false;
	for (size_t i = 0; i + s.n <= l.n; i++)
		if (memcmp(l.at + i, s.at, s.n) == 0 && at_word_edge(l, i) && at_word_edge(l, i + s.n)) return true;
	return s.n == 0;
}

/* "US Speaker" and "Speaker of the House": the longer title knows the body, the shorter one but the country. */
static bool chamber(const td_doc *doc, const td_position *a, const td_position *b)
{
	const td_position *shorter = a->title.n < b->title.n ? a : b, *longer = shorter == a ? b : a;
	return a->title.n != b->title.n && doc->entities.at[shorter->organization].cls == TD_PLACE && doc->entities.at[longer->organization].cls == TD_ORGANIZATION;
}

static td_status keep(td_position_run *run, td_position p)
{
	td_doc *doc = run->doc;
	uint32_t steps = 0;
	for (uint32_t k = run->of[p.holder]; k != TD_NONE && steps < MAX_HELD; k = run->before[k], steps++) {
		td_position *old = &doc->positions.at[k];
		bool apart = old->organization != TD_NONE && p.organization != TD_NONE && old->organization != p.organization && !chamber(doc, old, &p);
		if (!same_title(old->title, p.title) || apart || (old->status != p.status && old->status != TD_CURRENT && p.status != TD_CURRENT)) continue;
		if (old->status == TD_CURRENT) old->status = p.status; /* "former" was said, "current" only not denied */
		bool better = p.organization != TD_NONE && (old->organization == TD_NONE || (old->of_state && !p.of_state) || p.title.n > old->title.n);
		if (better) {
			old->organization = p.organization;
			old->of_state = p.of_state;
		}
		if (p.title.n > old->title.n) old->title = p.title;
		return TD_OK;
	}
	if (!td_grow(&doc->arena, (void **)&run->before, doc->positions.n, &run->before_cap, sizeof *run->before)) return td_no_memory(run->err);
	run->before[doc->positions.n] = run->of[p.holder];
	run->of[p.holder] = doc->positions.n;
	return TD_PUSH(&doc->arena, &doc->positions, p) ? TD_OK : td_no_memory(run->err);
}

/* ---- status ------------------------------------------------------------------------------------------------------ */

static const char *const former_words[] = { "former", "ex", "ex-", "late", "then", "onetime", "one-time", "ousted", "deposed", "previous", "erstwhile",
	"outgoing", "disgraced", "retired", "then-", NULL };
static const char *const designate_words[] = { "elect", "designate", "incoming", "nominee", "prospective", "-elect", "-designate", "would-be", NULL };

static bool hyphen(const td_doc *doc, uint32_t t)
{
	return doc->toks.at[t].xpos == TD_XP_HYPH || td_str_eq(doc->toks.at[t].form, TD_STR("-"));
}

/* "ex-president", "then-governor" written as one word */
static bool former_prefix(const td_doc *doc, uint32_t t)
{
	char buf[96];
	td_str low = td_word_lower(doc->toks.at[t].form, buf, sizeof buf);
	return td_str_starts(low, TD_STR("ex-")) || td_str_starts(low, TD_STR("then-"));
}

/* Words shortly before the title, and a "-elect" behind it. */
static td_position_status status_near(const td_doc *doc, td_range toks)
{
	td_range sent = td_sent_of(doc, toks.from);
	for (uint32_t t = toks.from, n = 0; n < 5; n++) {
		if (td_tok_in(doc, t, former_words) || former_prefix(doc, t)) return TD_FORMER;
		if (td_tok_in(doc, t, designate_words)) return TD_DESIGNATE;
		if (t == sent.from) break;
		t--;
		uint8_t upos = doc->toks.at[t].upos;
		if (upos == TD_PUNCT && !hyphen(doc, t)) break;
		if (upos == TD_VERB || upos == TD_ADP || upos == TD_SCONJ || upos == TD_AUX) break;
	}
	for (uint32_t t = toks.from; t < toks.to + 2 && t < sent.to; t++)
		if (td_tok_in(doc, t, designate_words)) return TD_DESIGNATE;
	return TD_CURRENT;
}

/* ---- title and body ---------------------------------------------------------------------------------------------- */

/* Adjectives and places before the title proper are no part of it. */
static bool no_part(const td_position_run *run, uint32_t t, uint32_t end)
{
	static const char *const loose[] = { "now", "current", "new", "old", "longtime", "long-time", "veteran", "first", "second", "sitting", "acting", "interim",
		"third", "fourth", "fifth", "next", "last", "top", "de", "facto", "founding", "senior-most", "own", "present", "young", "-", "embattled", "powerful", "influential", "fellow", NULL };
	const td_doc *doc = run->doc;
	uint32_t len, m = run->headed[t];
	if (td_tok_in(doc, t, loose) || td_tok_in(doc, t, former_words) || td_tok_in(doc, t, designate_words) || hyphen(doc, t)) return true;
	uint8_t upos = doc->toks.at[t].upos;
	if (upos == TD_NUM || upos == TD_DET || upos == TD_PUNCT || upos == TD_ADP || upos == TD_SCONJ || upos == TD_PRON || upos == TD_PART) return true;
	if (td_demonym(doc, run->lexicon, t, end, true, &len) != TD_NONE) return true;
	return m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED;
}

/* "Labour [Party] leader": the token is of a name that begins before `from`; "[United States] attorney" is a title as a whole. */
static bool in_name(const td_position_run *run, uint32_t tok, uint32_t from)
{
	uint32_t m = td_mention_at(run->doc, tok);
	return m != TD_NONE && run->doc->mentions.at[m].kind == TD_NAMED && run->doc->mentions.at[m].toks.from < from;
}

/* The words of a title in a noun phrase: from its modifiers to the end of a set phrase ("secretary of state"). */
static title title_in(const td_position_run *run, td_range span, uint32_t head)
{
	const td_doc *doc = run->doc;
	uint32_t end = td_sent_of(doc, head).to, len;
	title t = { { span.from, head + 1 }, { "", 0 }, TD_NONE, head };
	t.sense = td_phrase_sense(doc, run->lexicon, head, end, TD_SENSE_TITLE, &len);
	if (t.sense != TD_NONE) t.toks.to = head + len;
	if (t.sense == TD_NONE || len == 1) {
		/* "chief [executive]": words that the tree hangs elsewhere, unless they are a name ("[Labour Party] leader") */
		uint32_t first = td_sent_of(doc, head).from, s = td_phrase_before(doc, run->lexicon, first, head + 1, TD_SENSE_TITLE, &len);
		for (uint32_t k = head + 1 - len; s != TD_NONE && k < head; k++)
			if (in_name(run, k, head + 1 - len)) first = head;
		if (first == head) s = td_phrase_before(doc, run->lexicon, first, head + 1, TD_SENSE_TITLE, &len);
		if (s != TD_NONE) t.sense = s;
		if (s != TD_NONE && head + 1 - len < t.toks.from) t.toks.from = head + 1 - len;
	}
	uint32_t proper_from = t.sense == TD_NONE || t.toks.to > head + 1 ? head : head + 1 - len;
	/* "President-elect": the title is "President". */
	while (t.toks.to > head + 1 && (td_tok_in(doc, t.toks.to - 1, designate_words) || hyphen(doc, t.toks.to - 1))) t.toks.to--;
	for (uint32_t k = t.toks.from; k < proper_from; k++)
		if (no_part(run, k, proper_from)) t.toks.from = k + 1;
	return t;
}

/* "prime-minister", which no dictionary has; "director-general" is a word. */
static bool odd_hyphen(const td_position_run *run, td_str text)
{
	char low[128];
	return memchr(text.at, '-', text.n) && td_lexicon_find(run->lexicon, td_word_lower(text, low, sizeof low)) == TD_NONE;
}

/* "Sen." is written out, "prime ministers" in the singular. */
static td_status write_title(td_position_run *run, title *t)
{
	static const char *const prefix = "abbreviation of ";
	td_str note = note_of(run, t->sense), text = td_doc_toks_text(run->doc, t->toks);
	if (td_str_starts(note, td_str_of(prefix))) {
		text = (td_str){ note.at + strlen(prefix), note.n - strlen(prefix) };
	} else if (t->sense != TD_NONE && ((!former_prefix(run->doc, t->toks.from) && odd_hyphen(run, text)) || run->doc->toks.at[t->head].xpos == TD_XP_NNS || run->doc->toks.at[t->head].xpos == TD_XP_NNPS)) {
		text = run->lexicon->senses.at[t->sense].lemma;
	}
	if (former_prefix(run->doc, t->toks.from)) (void)td_str_cut(&text, '-'); /* "Ex-Prime Minister" */
	char *at = td_arena_alloc(&run->doc->arena, text.n + 1);
	if (!at) return td_no_memory(run->err);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) { /* a line break in the text is no part of the title */
		bool space = text.at[i] == ' ' || text.at[i] == '\n' || text.at[i] == '\r' || text.at[i] == '\t';
		if (!space) at[n++] = text.at[i];
		else if (n && at[n - 1] != ' ') at[n++] = ' ';
	}
	t->text = (td_str){ at, n };
	return TD_OK;
}

static bool is_body(const td_position_run *run, uint32_t tok)
{
	uint32_t e = td_named_entity(run, tok, TD_CLASS_NONE);
	return e != TD_NONE && run->doc->entities.at[e].cls != TD_PERSON;
}

/* The body in a relation of that kind to the title noun: behind one of the prepositions, or before it when there are none. */
static uint32_t body_by(const td_position_run *run, uint32_t head, const char *const *preps)
{
	const td_doc *doc = run->doc;
	for (uint32_t i = doc->first_child[head]; i < doc->first_child[head + 1]; i++) {
		uint32_t c = doc->child[i];
		uint8_t rel = doc->toks.at[c].deprel;
		bool fits = preps ? rel == TD_NMOD && td_in_list(td_case_of(doc, c), preps)
		                  : rel == TD_NMOD_POSS || rel == TD_COMPOUND || rel == TD_AMOD || rel == TD_NMOD_DESC;
		if (fits && is_body(run, c)) return run->doc->mentions.at[run->headed[c]].entity;
	}
	return TD_NONE;
}

/* "the US ambassador to Germany" is an officer of the US: what it is "to" comes last. */
static uint32_t body_among_children(const td_position_run *run, uint32_t head)
{
	static const char *const of[] = { "of", "for", "at", "in", "with", "from", NULL };
	static const char *const to[] = { "to", NULL };
	uint32_t body = body_by(run, head, of);
	if (body == TD_NONE) body = body_by(run, head, NULL);
	return body != TD_NONE ? body : body_by(run, head, to);
}

/* "a member of the legal team": a body without a name is better than none. */
static uint32_t unnamed_body(const td_position_run *run, uint32_t head)
{
	const td_doc *doc = run->doc;
	uint32_t of = td_child(doc, head, TD_NMOD_POSS);
	if (of == TD_NONE) of = td_child(doc, head, TD_NMOD);
	uint32_t m = of == TD_NONE ? TD_NONE : run->headed[of];
	if (m == TD_NONE || (doc->toks.at[of].deprel != TD_NMOD_POSS && !td_str_eq(td_case_of(doc, of), TD_STR("of")))) return TD_NONE;
	uint8_t cls = doc->mentions.at[m].cls;
	return cls == TD_ORGANIZATION || cls == TD_GROUP || cls == TD_PLACE ? doc->mentions.at[m].entity : TD_NONE;
}

uint32_t td_position_body(const td_position_run *run, uint32_t head, uint32_t from)
{
	const td_doc *doc = run->doc;
	uint32_t body = body_among_children(run, head), first = td_sent_of(doc, from).from;
	if (body != TD_NONE) return body;
	/* "chief executive of Apple", whatever the tree hangs it on */
	uint32_t next = head + 1, end = td_sent_of(doc, head).to;
	static const char *const preps[] = { "of", "at", "for", NULL };
	if (next + 1 < end && td_tok_in(doc, next, preps)) {
		next += td_tok_is(doc, next + 1, "the") ? 2 : 1;
		if (next < end && is_body(run, next)) return doc->mentions.at[run->headed[next]].entity;
	}
	/* A place or body that stands right before: "US Secretary of State", "White House spokesman". */
	for (uint32_t t = from, n = 0; t-- > first && n < 4; n++) {
		uint32_t m = td_mention_at(doc, t);
		if (m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED && doc->mentions.at[m].cls != TD_PERSON) return doc->mentions.at[m].entity;
		if (!td_tok_in(doc, t, former_words) && !hyphen(doc, t) && doc->toks.at[t].upos != TD_ADJ && doc->toks.at[t].upos != TD_PART) break;
	}
	return TD_NONE;
}

/* "Secretary of Transportation" beside the US Secretary of State: an office of the same government. */
static uint32_t colleague(const td_position_run *run, const title *t)
{
	const td_doc *doc = run->doc;
	td_str rest = t->text, word = td_str_cut(&rest, ' ');
	if (!td_str_starts(rest, TD_STR("of "))) return TD_NONE;
	for (uint32_t k = doc->positions.n, steps = 0; k-- > 0 && steps < MAX_HELD; steps++) {
		const td_position *p = &doc->positions.at[k];
		td_str other = p->title, first = td_str_cut(&other, ' ');
		if (p->organization == TD_NONE || !td_str_starts(other, TD_STR("of ")) || !td_str_eq(first, word)) continue;
		if (doc->entities.at[p->organization].cls == TD_PLACE) return p->organization;
	}
	return TD_NONE;
}

/* Where nobody says of which state an office is, it is the country that the document is about. */
static bool office_of_state(const td_position_run *run, const title *t)
{
	static const char *const state[] = { "president", "minister", "premier", "chancellor", "king", "queen", "secretary", "speaker", "senator", "ambassador",
		"sultan", "general", "prince", "princess", NULL };
	return td_in_list(run->doc->toks.at[t->head].lemma, state);
}

/* Not everything that stands before a name is a position. */
static bool counts(const td_position_run *run, const title *t, uint32_t body)
{
	static const char *const never[] = { "candidate", "contender", "frontrunner", "nominee", "doctor", "father", "sister", "lord", "lady", "sir", "dame",
		"comrade", "partner", "expert", "billionaire", "player", NULL };
	td_str note = note_of(run, t->sense);
	if (t->sense == TD_NONE || td_note_has(note, "courtesy")) return false;
	if (td_in_list(run->lexicon->senses.at[t->sense].lemma, never) || td_str_eq(note, TD_STR("abbreviation of doctor"))) return false;
	return !td_note_has(note, "occupation") || (body != TD_NONE && run->doc->entities.at[body].cls != TD_PLACE);
}

static td_status position(td_position_run *run, uint32_t holder, title t, uint32_t body)
{
	if (!counts(run, &t, body)) return TD_OK;
	TRY(write_title(run, &t));
	if (body == TD_NONE) body = colleague(run, &t);
	bool of_state = body == TD_NONE && office_of_state(run, &t);
	td_position p = { .holder = holder, .title = t.text, .organization = of_state ? run->country : body, .of_state = of_state, .toks = t.toks };
	p.status = (uint8_t)status_near(run->doc, t.toks);
	return p.organization == holder ? TD_OK : keep(run, p);
}

/* ---- sources ----------------------------------------------------------------------------------------------------- */

td_status td_position_title(td_position_run *run, uint32_t mention)
{
	const td_doc *doc = run->doc;
	td_mention m = doc->mentions.at[mention];
	if (m.entity == TD_NONE || doc->entities.at[m.entity].cls != TD_PERSON) return TD_OK;
	uint32_t head = m.title.to - 1;
	for (uint32_t t = m.title.from + 1; t < m.title.to; t++)
		if (doc->toks.at[t].upos == TD_ADP) {
			head = t - 1;
			break;
		}
	/* "President-elect", but "presidential nominee": an adjective is no title */
	while (head > m.title.from && (td_tok_in(doc, head, designate_words) || hyphen(doc, head)) && doc->toks.at[head - 1].upos != TD_ADJ) head--;
	title t = title_in(run, m.title, head);
	if (t.toks.to < m.title.to && !td_tok_in(doc, m.title.to - 1, designate_words)) t.toks.to = m.title.to;
	/* The body may hang on the title's head or on the name. */
	uint32_t body = td_position_body(run, head, m.title.from);
	if (body == TD_NONE) body = body_among_children(run, m.head);
	/* "First Minister of Scotland Nicola Sturgeon" */
	for (uint32_t k = m.title.to; k < m.toks.from; k++)
		if (is_body(run, k)) body = doc->mentions.at[run->headed[k]].entity;
	TRY(position(run, m.entity, t, body));
	if (doc->toks.at[head].xpos != TD_XP_NNS && doc->toks.at[head].xpos != TD_XP_NNPS) return TD_OK;
	for (uint32_t i = doc->first_child[m.head]; i < doc->first_child[m.head + 1]; i++) {
		uint32_t c = doc->child[i], other = doc->toks.at[c].deprel == TD_CONJ ? td_named_entity(run, c, TD_PERSON) : TD_NONE;
		uint32_t own = other == TD_NONE ? TD_NONE : body_among_children(run, c); /* "Senators A of Ohio and B of Utah" */
		if (other != TD_NONE) TRY(position(run, other, t, own == TD_NONE ? body : own));
	}
	return TD_OK;
}

static bool names_holder(const td_position_run *run, uint32_t mention, uint32_t holder)
{
	return mention != TD_NONE && run->doc->mentions.at[mention].kind == TD_NAMED && run->doc->mentions.at[mention].entity == holder;
}

enum { NAME_NEAR = 12 }; /* words from an office to its holder's name */

/* "former Secretary of State and former Senator from Ohio Ann Bell": the name ends the phrase, without a verb or a mark between. */
static bool name_ends_phrase(const td_position_run *run, const td_mention *m)
{
	const td_doc *doc = run->doc;
	uint32_t end = td_sent_of(doc, m->head).to, stop = m->toks.to + NAME_NEAR < end ? m->toks.to + NAME_NEAR : end;
	for (uint32_t t = m->toks.to; t < stop; t++) {
		uint8_t upos = doc->toks.at[t].upos;
		if (names_holder(run, run->headed[t], m->entity)) return true;
		if (upos == TD_VERB || upos == TD_AUX || (upos == TD_PUNCT && !hyphen(doc, t))) return false;
	}
	return false;
}

/* The tree says it: an apposition to, or a predicate of, the name or a pronoun for it. */
static bool stated(const td_position_run *run, const td_mention *m)
{
	const td_doc *doc = run->doc;
	if (doc->toks.at[m->head].deprel == TD_APPOS || td_child(doc, m->head, TD_APPOS) != TD_NONE) return true;
	if (td_child(doc, m->head, TD_COP) != TD_NONE) return true;
	/* "leader and Prime Minister Boris Johnson"; "Ann Bell, his wife and the party's chairwoman" */
	uint32_t up = doc->toks.at[m->head].head;
	if (name_ends_phrase(run, m) || (doc->toks.at[m->head].deprel == TD_CONJ && up != TD_NONE && names_holder(run, run->headed[up], m->entity))) return true;
	/* A comma and a name of the same person right before, behind or within the phrase. */
	td_range np = td_subtree(doc, m->head), sent = td_sent_of(doc, m->head);
	for (uint32_t t = m->toks.to; t < sent.to && t < np.to + 2; t++)
		if (names_holder(run, run->headed[t], m->entity) && (t >= np.to || td_str_eq(doc->toks.at[t - 1].form, TD_STR(",")))) return true;
	for (uint32_t t = np.from; t-- > sent.from && t + 3 > np.from;) {
		uint32_t n = td_mention_at(doc, t);
		if (n != TD_NONE && doc->mentions.at[n].kind == TD_NAMED && doc->mentions.at[n].entity == m->entity) return true;
	}
	return false;
}

/* "two presidents, Ann Bell and Bob Cole": each of those named holds it. */
static td_status plural_office(td_position_run *run, const td_mention *m)
{
	const td_doc *doc = run->doc;
	uint32_t first = td_child(doc, m->head, TD_APPOS), one = first == TD_NONE ? TD_NONE : td_named_entity(run, first, TD_PERSON);
	if (one == TD_NONE || (doc->toks.at[m->head].xpos != TD_XP_NNS && doc->toks.at[m->head].xpos != TD_XP_NNPS)) return TD_OK;
	title t = title_in(run, m->toks, m->head);
	uint32_t body = td_position_body(run, m->head, m->toks.from);
	TRY(position(run, one, t, body));
	for (uint32_t i = doc->first_child[first]; i < doc->first_child[first + 1]; i++) {
		uint32_t c = doc->child[i], other = doc->toks.at[c].deprel == TD_CONJ ? td_named_entity(run, c, TD_PERSON) : TD_NONE;
		if (other != TD_NONE) TRY(position(run, other, t, body));
	}
	return TD_OK;
}

td_status td_position_nominal(td_position_run *run, uint32_t mention)
{
	static const char *const vague[] = { "leader", "head", "chief", "boss", "official", "ruler", "member", "founder", "owner", "director", "manager", NULL };
	const td_doc *doc = run->doc;
	td_mention m = doc->mentions.at[mention];
	uint32_t holder = m.entity;
	if (m.cls == TD_GROUP) return plural_office(run, &m);
	if (holder == TD_NONE || m.cls != TD_PERSON || !doc->entities.at[holder].named || doc->entities.at[holder].cls != TD_PERSON) return TD_OK;
	if (!stated(run, &m) && td_tok_in(doc, m.head, vague)) return TD_OK;
	title t = title_in(run, m.toks, m.head);
	uint32_t body = td_position_body(run, m.head, m.toks.from);
	if (body == TD_NONE && stated(run, &m)) body = unnamed_body(run, m.head);
	TRY(position(run, holder, t, body));
	/* "president and chief executive of X" */
	for (uint32_t i = doc->first_child[m.head]; i < doc->first_child[m.head + 1]; i++) {
		uint32_t c = doc->child[i];
		if (doc->toks.at[c].deprel != TD_CONJ || !stated(run, &m) || doc->toks.at[c].xpos == TD_XP_NNS || td_child(doc, c, TD_NSUBJ) != TD_NONE) continue;
		title next = title_in(run, (td_range){ c, c + 1 }, c);
		uint32_t own = td_position_body(run, c, c);
		if (next.sense != TD_NONE) TRY(position(run, holder, next, own != TD_NONE ? own : body));
	}
	return TD_OK;
}

/* "Barack Obama's presidency": somebody's term of office, over as a rule when it is spoken of so. */
static td_status presidency(td_position_run *run, uint32_t tok)
{
	static const struct {
		const char *term, *title;
	} terms[] = { { "presidency", "president" }, { "premiership", "prime minister" }, { "chancellorship", "chancellor" },
		{ "governorship", "governor" }, { "papacy", "pope" } };
	const td_doc *doc = run->doc;
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		if (!td_lemma_is(doc, tok, terms[i].term) && !td_tok_is(doc, tok, terms[i].term)) continue;
		uint32_t owner = td_child(doc, tok, TD_NMOD_POSS);
		if (owner == TD_NONE) owner = td_child(doc, tok, TD_NMOD);
		if (owner == TD_NONE && tok >= 2 && doc->toks.at[tok - 1].xpos == TD_XP_POS) owner = tok - 2;
		if (owner == TD_NONE || run->headed[owner] == TD_NONE) return TD_OK;
		uint32_t holder = td_named_entity(run, owner, TD_PERSON);
		if (holder == TD_NONE || run->doc->mentions.at[run->headed[owner]].kind != TD_NAMED) return TD_OK;
		td_position p = { .holder = holder, .title = td_str_of(terms[i].title), .organization = TD_NONE, .status = TD_FORMER, .toks = { tok, tok + 1 } };
		return keep(run, p);
	}
	return TD_OK;
}

static uint32_t person_child(const td_position_run *run, uint32_t verb, td_deprel rel)
{
	uint32_t c = td_child(run->doc, verb, rel);
	return c == TD_NONE ? TD_NONE : td_named_entity(run, c, TD_PERSON);
}

td_status td_position_as(td_position_run *run, uint32_t tok)
{
	static const char *const leave[] = { "resign", "step", "retire", "quit", "dismiss", "fire", "sack", "oust", "remove", "replace", "depose", NULL };
	static const char *const choose[] = { "nominate", "choose", "pick", "propose", "designate", "tap", NULL };
	static const char *const make[] = { "elect", "appoint", "name", "become", "make", "swear", "crown", "proclaim", "declare", "remain", NULL };
	static const char *const posts[] = { "post", "position", "office", "role", "job", "title", "seat", "rank", NULL };
	static const char *const hold[] = { "hold", "assume", "take", "resume", "occupy", "fill", "leave", "vacate", "accept", "retain", NULL };
	const td_doc *doc = run->doc;
	TRY(presidency(run, tok));
	uint32_t post = doc->toks.at[tok].head, verb = post;
	bool held = post != TD_NONE && td_tok_in(doc, post, posts) && doc->toks.at[tok].deprel == TD_NMOD && td_str_eq(td_case_of(doc, tok), TD_STR("of"));
	if (held) verb = doc->toks.at[post].deprel == TD_OBJ ? doc->toks.at[post].head : TD_NONE;
	if (verb == TD_NONE || doc->toks.at[verb].upos != TD_VERB || doc->toks.at[tok].xpos == TD_XP_NNS) return TD_OK;
	uint8_t rel = doc->toks.at[tok].deprel;
	bool as = rel == TD_OBL && td_str_eq(td_case_of(doc, tok), TD_STR("as"));
	bool made = (rel == TD_XCOMP || rel == TD_OBJ) && td_tok_in(doc, verb, make);
	if (!as && !made && !(held && td_tok_in(doc, verb, hold))) return TD_OK;
	uint32_t holder = rel == TD_OBJ || held ? TD_NONE : person_child(run, verb, TD_OBJ);
	if (holder == TD_NONE) holder = td_named_entity(run, td_predicate_subject(doc, verb), TD_PERSON);
	if (holder == TD_NONE) return TD_OK;
	uint32_t from = td_subtree(doc, tok).from;
	title t = title_in(run, (td_range){ from, tok + 1 }, tok);
	if (t.sense == TD_NONE) return TD_OK;
	uint32_t n = doc->positions.n;
	TRY(position(run, holder, t, td_position_body(run, tok, t.toks.from)));
	bool served = td_lemma_is(doc, verb, "serve") && doc->toks.at[verb].xpos == TD_XP_VBD;
	if (run->doc->positions.n > n && (served || td_tok_in(doc, verb, leave))) run->doc->positions.at[n].status = TD_FORMER;
	if (run->doc->positions.n > n && td_tok_in(doc, verb, choose)) run->doc->positions.at[n].status = TD_DESIGNATE;
	return TD_OK;
}
