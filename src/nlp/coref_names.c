/* Names of one thing: equal names, persons by the parts of their names, acronyms, short forms of organizations and places. */
#include "nlp/coref.h"

enum { SAID = 4 }; /* votes of a sentence that says what the name is */

/* One distinct name; its class is what most of its mentions say. */
typedef struct {
	td_name_parts parts;
	uint32_t votes[TD_CLASS_COUNT];
	uint32_t first, last;            /* mentions, chained by next */
	uint32_t next_by_first, next_by_last; /* entries that share the first or last part */
	uint8_t cls;
	bool country; /* the lexicon knows it as one */
} entry;

typedef struct {
	td_coref_run *run;
	TD_ARRAY(entry) entries;
	uint32_t *next; /* [n_mentions] next mention of the same name */
	td_map by_name, by_first, by_last;
	td_map by_inner; /* the part before the last of persons with three or more: "Rosselló" in "Ricardo Rosselló Nevares" */
} book;

static td_status add_mention(book *b, uint32_t i)
{
	td_coref_run *run = b->run;
	td_name_parts parts;
	TRY(td_name_split(&run->doc->arena, td_name_of(run, i), &parts, run->err));
	uint32_t e = td_map_get(&b->by_name, parts.whole);
	if (e == TD_NONE) {
		e = b->entries.n;
		if (!TD_PUSH(&run->doc->arena, &b->entries, (entry){ .parts = parts, .first = i, .last = i }) ||
			!td_map_put(&b->by_name, parts.whole, e)) return td_no_memory(run->err);
	} else {
		b->next[b->entries.at[e].last] = i;
		b->entries.at[e].last = i;
	}
	if (run->sense[i] != TD_NONE && td_note_has(run->lexicon->senses.at[run->sense[i]].note, "country")) b->entries.at[e].country = true;
	if (td_behind_place_noun(run->doc, td_men(run, i)->toks)) b->entries.at[e].votes[TD_PLACE] += 2;
	if (td_called_company(run->doc, run->lexicon, td_men(run, i)->toks)) b->entries.at[e].votes[TD_ORGANIZATION] += SAID;
	b->entries.at[e].votes[td_men(run, i)->cls < TD_CLASS_COUNT ? td_men(run, i)->cls : 0]++;
	return TD_OK;
}

static void vote(entry *e)
{
	uint32_t best = 0;
	for (uint8_t c = TD_CLASS_NONE + 1; c < TD_CLASS_COUNT; c++)
		if (e->votes[c] > best) {
			best = e->votes[c];
			e->cls = c;
		}
	if (e->country) e->cls = TD_PLACE;
}

/* All mentions of the entry get its class: the network may differ from sentence to sentence. */
static void settle(book *b, entry *e)
{
	td_coref_run *run = b->run;
	for (uint32_t i = e->first; i != TD_NONE; i = b->next[i]) {
		td_mention *m = td_men(run, i);
		if (e->cls != TD_PERSON && m->cls == TD_PERSON) m->gender = TD_NEUTER;
		if (e->cls == TD_PERSON && m->cls != TD_PERSON)
			m->gender = (uint8_t)td_given_gender(run->doc, run->lexicon, m->toks.from, NULL);
		m->cls = e->cls;
		run->info[i].cls = e->cls;
		run->info[i].gender = e->cls == TD_PERSON ? m->gender : TD_GENDER_UNKNOWN;
	}
}

static bool index_entry(book *b, uint32_t i)
{
	entry *e = &b->entries.at[i];
	e->next_by_first = e->next_by_last = TD_NONE;
	if (e->parts.n == 0) return true;
	td_str first = e->parts.part[0], last = e->parts.part[e->parts.n - 1];
	e->next_by_first = td_map_get(&b->by_first, first);
	e->next_by_last = td_map_get(&b->by_last, last);
	bool inner = e->parts.n < 3 || e->cls != TD_PERSON || td_map_put(&b->by_inner, e->parts.part[e->parts.n - 2], i);
	return inner && td_map_put(&b->by_first, first, i) && td_map_put(&b->by_last, last, i);
}

static void join_entry(book *b, const entry *e)
{
	for (uint32_t i = b->next[e->first]; i != TD_NONE; i = b->next[i]) (void)td_join(b->run, e->first, i);
}

/* ---- persons ----------------------------------------------------------------------------------------------------- */

static bool full_person(const entry *e)
{
	return e->cls == TD_PERSON && e->parts.n >= 2;
}

static void join_full_persons(book *b, uint32_t i)
{
	entry *e = &b->entries.at[i];
	int steps = 0;
	for (uint32_t k = e->next_by_last; k != TD_NONE && steps++ < TD_MAX_CHAIN; k = b->entries.at[k].next_by_last)
		if (full_person(&b->entries.at[k]) && td_person_names_agree(&e->parts, &b->entries.at[k].parts))
			(void)td_join(b->run, e->first, b->entries.at[k].first);
	steps = 0;
	for (uint32_t k = e->next_by_first; k != TD_NONE && steps++ < TD_MAX_CHAIN; k = b->entries.at[k].next_by_first)
		if (full_person(&b->entries.at[k]) && td_person_names_agree(&e->parts, &b->entries.at[k].parts))
			(void)td_join(b->run, e->first, b->entries.at[k].first);
}

/* The latest mention of the entry before `i`, or its first one at all. */
static uint32_t nearest(const book *b, const entry *e, uint32_t i)
{
	uint32_t best = e->first;
	for (uint32_t k = e->first, steps = 0; k != TD_NONE && k < i && steps < TD_MAX_LOOK_BACK; k = b->next[k], steps++) best = k;
	return best;
}

/* The person with a longer name whose surname (or, `by_first`, first name) the one word is: of namesakes the one spoken of last, unless
 * another is clearly the story's own: relatives are mentioned once, and the bare surname goes on to mean whom it meant. */
static uint32_t person_for(book *b, td_str word, uint32_t i, bool by_first)
{
	td_coref_run *run = b->run;
	uint32_t best = TD_NONE, steps = 0;
	for (uint32_t k = td_map_get(by_first ? &b->by_first : &b->by_last, word); k != TD_NONE && steps < TD_MAX_CHAIN; steps++) {
		const entry *e = &b->entries.at[k];
		k = by_first ? e->next_by_first : e->next_by_last;
		if (!full_person(e) || !td_genders_fit((td_gender)td_info(run, e->first)->gender, (td_gender)run->info[td_root(run, i)].gender)) continue;
		uint32_t m = nearest(b, e, i);
		bool before = m < i, best_before = best != TD_NONE && best < i;
		uint32_t here = td_info(run, m)->n, there = best == TD_NONE ? 0 : td_info(run, best)->n;
		if (best == TD_NONE || (before && !best_before) || (before && (here >= 2 * there || (m > best && there < 2 * here))) || (!before && !best_before && m < best)) best = m;
	}
	return best;
}

/* "in Hudson", "near Hudson": a place and no surname. */
static bool located(const book *b, const entry *e, uint32_t person)
{
	static const char *const preps[] = { "in", "at", "near", "from", "to", "into", "outside", "through", "across", "around", NULL };
	if (person == TD_NONE || person > e->first) return true; /* nobody is called by the surname first */
	for (uint32_t i = e->first, steps = 0; i != TD_NONE && steps < TD_MAX_CHAIN; i = b->next[i], steps++)
		if (td_in_list(td_case_of(b->run->doc, td_men(b->run, i)->head), preps)) return true;
	return false;
}

/* The network sometimes takes a bare surname for an organization; the full name knows better. */
static void surname_after_all(book *b, entry *e)
{
	if (e->parts.n != 1 || e->cls == TD_PERSON || (e->cls == TD_PLACE && located(b, e, person_for(b, e->parts.part[0], e->first, false))) || b->run->sense[e->first] != TD_NONE) return;
	if (td_tok_all_caps(b->run->doc, td_men(b->run, e->first)->toks.from)) return;
	if (person_for(b, e->parts.part[0], e->first, false) == TD_NONE) return;
	e->cls = TD_PERSON;
	settle(b, e);
}

/* "Mahan" beside "Mahan Air": no person, but the body whose name it begins. */
static bool short_body(book *b, entry *e)
{
	bool given = false;
	const td_mention *m = td_men(b->run, e->first);
	(void)td_given_gender(b->run->doc, b->run->lexicon, m->toks.from, &given);
	if (given || m->title.from < m->title.to || e->votes[TD_PERSON] > 16) return false;
	uint32_t steps = 0;
	for (uint32_t k = td_map_get(&b->by_first, e->parts.part[0]); k != TD_NONE && steps < TD_MAX_CHAIN; steps++) {
		const entry *other = &b->entries.at[k];
		k = other->next_by_first;
		if (other->cls != TD_ORGANIZATION || other->parts.n < 2 || other->parts.n > 3) continue;
		e->cls = TD_ORGANIZATION;
		settle(b, e);
		join_entry(b, e);
		return true;
	}
	return false;
}

/* "Solaria Energía" beside "Solaria", which the text calls a company: no person, unless the first word is a given name. */
static void company_after_all(book *b, entry *e)
{
	bool given = false;
	const td_mention *m = td_men(b->run, e->first);
	if (!full_person(e) || m->title.from < m->title.to) return;
	(void)td_given_gender(b->run->doc, b->run->lexicon, m->toks.from, &given);
	uint32_t k = given ? TD_NONE : td_map_get(&b->by_name, e->parts.part[0]);
	if (k == TD_NONE || b->entries.at[k].cls != TD_ORGANIZATION || b->entries.at[k].votes[TD_ORGANIZATION] < 2 || b->run->sense[b->entries.at[k].first] != TD_NONE) return;
	e->cls = TD_ORGANIZATION;
	settle(b, e);
}

/* Surnames stand alone. A first name does only when no surname fits, and then for one person. */
static void join_short_person(book *b, const entry *e)
{
	td_coref_run *run = b->run;
	uint32_t loose = TD_NONE;
	for (uint32_t i = e->first; i != TD_NONE; i = b->next[i]) {
		td_gender titled = TD_GENDER_UNKNOWN;
		const td_mention *m = td_men(run, i);
		if (m->title.from < m->title.to) titled = (td_gender)m->gender;
		/* The given-name list would make "Jordan" or "Taylor" a man: a surname has no gender of its own. */
		run->info[i].gender = (uint8_t)titled;
		uint32_t to = person_for(b, e->parts.part[0], i, false);
		if (to == TD_NONE) to = person_for(b, e->parts.part[0], i, true);
		uint32_t inner = to == TD_NONE ? td_map_get(&b->by_inner, e->parts.part[0]) : TD_NONE;
		if (inner != TD_NONE) to = nearest(b, &b->entries.at[inner], i);
		if (to != TD_NONE && td_join(run, i, to)) continue;
		run->info[td_root(run, i)].gender = m->gender;
		if (loose != TD_NONE) (void)td_join(run, loose, i);
		loose = i;
	}
}

/* ---- organizations, places and the rest -------------------------------------------------------------------------- */

static bool begins(const td_name_parts *a, const td_name_parts *longer)
{
	for (uint32_t i = 0; i < a->n; i++)
		if (!td_str_eq(a->part[i], longer->part[i])) return false;
	return true;
}

static bool ends(const td_name_parts *a, const td_name_parts *longer)
{
	for (uint32_t i = 0; i < a->n; i++)
		if (!td_str_eq(a->part[i], longer->part[longer->n - a->n + i])) return false;
	return true;
}

static bool entity_word(book *b, td_str word, td_class cls)
{
	uint32_t s = td_lexicon_sense(b->run->lexicon, word, TD_NOUN, TD_SENSE_ENTITY);
	return s != TD_NONE && (cls == TD_CLASS_NONE || b->run->lexicon->senses.at[s].cls == cls);
}

/* The lexicon knows the body by name ("Democrats", "Republican"): it is no short form of its branches ("Ohio Democratic Party"). */
static bool known_body(const book *b, const entry *e)
{
	for (uint32_t i = e->first, steps = 0; i != TD_NONE && steps < TD_MAX_CHAIN; i = b->next[i], steps++)
		if (b->run->sense[i] != TD_NONE) return true;
	return false;
}

/* "Exxon" for "Exxon Mobil", "Commission" for "European Commission", "Amazon" for "Amazon rainforest", but not "Gdańsk" for "Gdańsk Airport". */
static bool short_for(book *b, const entry *shorter, const entry *longer)
{
	if (shorter->parts.n >= longer->parts.n || shorter->parts.n == 0 || longer->parts.n >= TD_MAX_NAME_PARTS) return false;
	td_str last = longer->parts.part[longer->parts.n - 1];
	if (shorter->cls == TD_PLACE || longer->cls == TD_PLACE)
		return shorter->cls == longer->cls && begins(&shorter->parts, &longer->parts) && longer->parts.n == shorter->parts.n + 1 &&
		       entity_word(b, last, TD_PLACE);
	if (shorter->cls == TD_PERSON || longer->cls == TD_PERSON || !td_classes_fit(shorter->cls, longer->cls)) return false;
	/* "Tesla" makes the "Tesla Model S", and is none. */
	if (begins(&shorter->parts, &longer->parts)) {
		bool alike = shorter->cls == longer->cls || shorter->cls == TD_CLASS_NONE;
		if (shorter->parts.n > 1) return !known_body(b, shorter); /* "United Nations" has many bodies */
		return alike && !entity_word(b, shorter->parts.part[0], TD_CLASS_NONE);
	}
	return ends(&shorter->parts, &longer->parts) && !known_body(b, shorter);
}

/* "Exxon Mobil Corporation": what follows says only what kind of body it is. */
static bool legal_form(const entry *shorter, const entry *longer)
{
	static const char *const words[] = { "corporation", "corp", "corp.", "company", "co.", "inc", "inc.", "ltd", "ltd.", "plc", "group", "gmbh", "ag",
		"party", "movement", "airlines", "airways", "air", "foundation", "organization", "organisation", NULL };
	return longer->parts.n == shorter->parts.n + 1 && td_in_list(longer->parts.part[longer->parts.n - 1], words);
}

/* A body is introduced by its full name, but for the headline: "Tesco Polska", named when Tesco has long been spoken of, is another. */
static bool named_later(const book *b, const entry *e, const entry *longer)
{
	enum { INTRODUCTION = 2 }; /* sentences */
	const td_doc *doc = b->run->doc;
	if (e->cls != TD_ORGANIZATION || longer->cls != TD_ORGANIZATION || !begins(&e->parts, &longer->parts)) return false;
	for (uint32_t i = e->first, steps = 0; i != TD_NONE && i < longer->first && steps < TD_MAX_CHAIN; i = b->next[i], steps++)
		if (doc->toks.at[td_men(b->run, i)->head].sent > INTRODUCTION) return true;
	return false;
}

static void join_short(book *b, const entry *e)
{
	uint32_t best = TD_NONE, sure = TD_NONE;
	for (int by_last = 0; by_last < 2; by_last++) {
		td_str word = e->parts.part[by_last ? e->parts.n - 1 : 0];
		uint32_t steps = 0;
		for (uint32_t k = td_map_get(by_last ? &b->by_last : &b->by_first, word); k != TD_NONE && steps < TD_MAX_CHAIN; steps++) {
			const entry *other = &b->entries.at[k];
			k = by_last ? other->next_by_last : other->next_by_first;
			if (!short_for(b, e, other) || (named_later(b, e, other) && !legal_form(e, other))) continue;
			/* The longer name that stands nearest before the short one. */
			uint32_t m = nearest(b, other, e->first);
			if (legal_form(e, other)) sure = m;
			if (best == TD_NONE || (m < e->first && (best > e->first || m > best))) best = m;
		}
	}
	if (sure != TD_NONE) best = sure;
	if (best != TD_NONE) (void)td_join(b->run, e->first, best);
}

static bool may_be_acronym(const entry *e, td_coref_run *run)
{
	return e->parts.n == 1 && e->parts.whole.n >= 2 && e->parts.whole.n <= 8 && td_tok_all_caps(run->doc, td_men(run, e->first)->toks.from);
}

/* Initials of all longer names → entry. */
static td_status index_initials(book *b, td_map *initials)
{
	td_arena *arena = &b->run->doc->arena;
	td_map_init(initials, arena);
	for (uint32_t i = 0; i < b->entries.n; i++) {
		const entry *e = &b->entries.at[i];
		if (e->parts.n < 2 || e->cls == TD_PERSON) continue;
		char all[TD_MAX_NAME_PARTS], main[TD_MAX_NAME_PARTS];
		size_t n = 0, k = 0;
		for (uint32_t p = 0; p < e->parts.n; p++) {
			static const char *const small[] = { "of", "the", "for", "and", "&", "in", "on", "to", "de", "la", "du", NULL };
			all[n++] = e->parts.part[p].at[0];
			if (!td_in_list(e->parts.part[p], small)) main[k++] = e->parts.part[p].at[0];
		}
		td_str both[2] = { { all, n }, { main, k } };
		for (int j = 0; j < 2; j++) {
			td_str key = td_arena_str(arena, both[j]);
			if (!key.at || (td_map_get(initials, key) == TD_NONE && !td_map_put(initials, key, i))) return td_no_memory(b->run->err);
		}
	}
	return TD_OK;
}

static td_status join_acronyms(book *b)
{
	td_map initials;
	TRY(index_initials(b, &initials));
	for (uint32_t i = 0; i < b->entries.n; i++) {
		entry *e = &b->entries.at[i];
		if (!may_be_acronym(e, b->run)) continue;
		char key[16];
		size_t n = 0;
		for (size_t k = 0; k < e->parts.whole.n; k++)
			if (e->parts.whole.at[k] != '.') key[n++] = e->parts.whole.at[k];
		uint32_t to = td_map_get(&initials, (td_str){ key, n });
		if (to == TD_NONE || e->cls == TD_PERSON || !td_join(b->run, e->first, b->entries.at[to].first)) continue;
		if (b->entries.at[to].cls != TD_WORK) continue;
		e->cls = TD_WORK; /* the full name says that it is an act */
		settle(b, e);
	}
	return TD_OK;
}

td_status td_coref_names(td_coref_run *run)
{
	td_arena *arena = &run->doc->arena;
	book b = { .run = run, .next = td_arena_zero(arena, (size_t)run->doc->mentions.n + 1, sizeof(uint32_t)) };
	if (!b.next) return td_no_memory(run->err);
	td_map_init(&b.by_name, arena);
	td_map_init(&b.by_first, arena);
	td_map_init(&b.by_last, arena);
	td_map_init(&b.by_inner, arena);
	for (uint32_t i = 0; i < run->doc->mentions.n; i++) {
		b.next[i] = TD_NONE;
		if (td_men(run, i)->kind == TD_NAMED) TRY(add_mention(&b, i));
	}
	for (uint32_t i = 0; i < b.entries.n; i++) {
		vote(&b.entries.at[i]);
		settle(&b, &b.entries.at[i]);
		if (!index_entry(&b, i)) return td_no_memory(run->err);
	}
	for (uint32_t i = 0; i < b.entries.n; i++) {
		surname_after_all(&b, &b.entries.at[i]);
		company_after_all(&b, &b.entries.at[i]);
		if (full_person(&b.entries.at[i]) || b.entries.at[i].cls != TD_PERSON) join_entry(&b, &b.entries.at[i]);
		if (full_person(&b.entries.at[i])) join_full_persons(&b, i);
	}
	TRY(join_acronyms(&b));
	for (uint32_t i = 0; i < b.entries.n; i++) {
		entry *e = &b.entries.at[i];
		if (e->parts.n == 0) continue;
		if (e->cls == TD_PERSON && e->parts.n == 1 && person_for(&b, e->parts.part[0], e->first, false) == TD_NONE) (void)short_body(&b, e);
		if (e->cls == TD_PERSON && e->parts.n == 1) join_short_person(&b, e);
		if (e->cls != TD_PERSON) join_short(&b, e);
	}
	return TD_OK;
}
