/* Places named together with their state: "Elmford, New Hampshire". In the United States that pair is the place's name: by the rules for names of
 * places (Wikipedia:Naming conventions (geographic names), "United States") an article stands under just these words, or leads from there. */
#include "kg/link.h"

static const char *const states[] = { "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware", "Florida", "Georgia",
	"Hawaii", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas", "Kentucky", "Louisiana", "Maine", "Maryland", "Massachusetts", "Michigan", "Minnesota",
	"Mississippi", "Missouri", "Montana", "Nebraska", "Nevada", "New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota",
	"Ohio", "Oklahoma", "Oregon", "Pennsylvania", "Rhode Island", "South Carolina", "South Dakota", "Tennessee", "Texas", "Utah", "Vermont", "Virginia",
	"Washington", "West Virginia", "Wisconsin", "Wyoming" };
enum { N_STATES = sizeof states / sizeof *states };

/* The state that an entry is, NULL: its title is the name, or the name and what kind of thing it is ("Georgia_(U.S._state)"). */
static const char *state_of(const linker *l, uint32_t entry)
{
	td_kb_entry e = entry == TD_NONE ? (td_kb_entry){ .cls = TD_CLASS_NONE } : td_kb_get(l->kb, entry);
	if (e.cls != TD_PLACE || e.country == TD_NONE) return NULL;
	for (size_t i = 0; i < N_STATES; i++) {
		if (!td_str_eq(e.label, td_str_of(states[i]))) continue;
		if (!memchr(e.dbpedia.at, ',', e.dbpedia.n) && (e.dbpedia.n == e.label.n || td_str_ends(e.dbpedia, TD_STR("state)")))) return states[i];
	}
	return NULL;
}

/* The mention of a place right behind "," or "in" after mention `i`; TD_NONE. */
static uint32_t place_behind(const td_doc *doc, uint32_t i)
{
	const td_mention *m = &doc->mentions.at[i];
	uint32_t t = m->toks.to;
	if (m->kind != TD_NAMED || m->demonym || m->cls != TD_PLACE || t + 1 >= doc->toks.n || doc->toks.at[t + 1].sent != doc->toks.at[m->head].sent) return TD_NONE;
	td_str joint = doc->toks.at[t].form;
	if (!td_str_eq(joint, TD_STR(",")) && !td_str_eq(joint, TD_STR("in"))) return TD_NONE;
	uint32_t next = td_mention_at(doc, t + 1);
	if (next == TD_NONE || doc->mentions.at[next].toks.from != t + 1 || doc->mentions.at[next].kind != TD_NAMED || doc->mentions.at[next].demonym) return TD_NONE;
	return doc->mentions.at[next].entity < doc->entities.n ? next : TD_NONE;
}

/* "New_Hampshire" as titles write it */
static bool is_state(td_str title, const char *state)
{
	size_t n = strlen(state);
	for (size_t i = 0; i < n && title.n == n; i++)
		if (title.at[i] != state[i] && (title.at[i] != '_' || state[i] != ' ')) return false;
	return title.n == n;
}

/* "Portland,_Maine" for what is named with Oregon, or one in another country, is not it; "Houston" is, also without "Texas", and
 * "Hollywood,_Los_Angeles" may be. */
static bool lies_elsewhere(const linker *l, uint32_t entry, uint32_t state, const char *name)
{
	td_kb_entry e = td_kb_get(l->kb, entry);
	uint32_t country = td_kb_get(l->kb, state).country;
	const char *comma = memchr(e.dbpedia.at, ',', e.dbpedia.n);
	if (e.country != country) return entry != country;
	if (!comma || comma + 2 > e.dbpedia.at + e.dbpedia.n) return false;
	td_str region = { comma + 2, (size_t)(e.dbpedia.at + e.dbpedia.n - comma - 2) };
	for (size_t i = 0; i < N_STATES; i++)
		if (is_state(region, states[i])) return !is_state(region, name);
	return false;
}

static td_status name_article(linker *l, uint32_t entity, td_str name, const char *state, td_error *err)
{
	td_str title = td_arena_printf(&l->doc->arena, TD_STR_FMT ",_%s", TD_STR_ARG(name), state);
	if (!title.at) return td_no_memory(err);
	char *at = td_arena_alloc(&l->doc->arena, title.n + 1);
	if (!at) return td_no_memory(err);
	for (size_t i = 0; i < title.n; i++) at[i] = title.at[i] == ' ' || title.at[i] == '\n' ? '_' : title.at[i];
	l->doc->entities.at[entity].kb = TD_NONE;
	l->doc->entities.at[entity].article = (td_str){ at, title.n };
	return TD_OK;
}

static td_status place_in(linker *l, uint32_t mention, uint32_t state_entry, const char *state, td_error *err)
{
	td_doc *doc = l->doc;
	uint32_t entity = doc->mentions.at[mention].entity;
	td_entity *e = &doc->entities.at[entity];
	td_str name = td_doc_toks_text(doc, doc->mentions.at[mention].toks);
	if (e->cls != TD_PLACE || state_of(l, e->kb) || (e->kb != TD_NONE && !lies_elsewhere(l, e->kb, state_entry, state))) return TD_OK;

	td_kb_candidate found[LINK_MAX_CANDIDATES];
	td_str both = td_arena_printf(&doc->arena, TD_STR_FMT ", %s", TD_STR_ARG(name), state);
	if (both.at) both = td_fold(&doc->arena, both);
	if (!both.at) return td_no_memory(err);
	uint32_t n = td_link_lookup(l, both, false, found);
	if (n && !found[0].variant) {
		td_link_apply(l, entity, found[0].entry, 0.95f);
		return TD_OK;
	}
	return name_article(l, entity, name, state, err);
}

/* The one state of which the document speaks; TD_NONE for none or several. */
static uint32_t only_state(const linker *l)
{
	uint32_t only = TD_NONE;
	for (uint32_t i = 0; i < l->doc->entities.n; i++) {
		uint32_t kb = l->doc->entities.at[i].kb;
		if (kb == TD_NONE || kb == only || !state_of(l, kb)) continue;
		if (only != TD_NONE) return TD_NONE;
		only = kb;
	}
	return only;
}

/* "Ashby County" without more: of the state that the story is about. */
static td_status counties(linker *l, td_error *err)
{
	uint32_t state = only_state(l);
	for (uint32_t i = 0; state != TD_NONE && i < l->doc->entities.n; i++) {
		td_entity *e = &l->doc->entities.at[i];
		if (e->kb == TD_NONE && !e->article.n && e->cls == TD_PLACE && e->named && td_str_ends(e->label, TD_STR(" County")))
			TRY(name_article(l, i, e->label, state_of(l, state), err));
	}
	return TD_OK;
}

td_status td_link_places(linker *l, td_error *err)
{
	td_doc *doc = l->doc;
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		uint32_t next = doc->mentions.at[i].entity < doc->entities.n ? place_behind(doc, i) : TD_NONE;
		uint32_t kb = next == TD_NONE ? TD_NONE : doc->entities.at[doc->mentions.at[next].entity].kb;
		const char *state = state_of(l, kb);
		if (state) TRY(place_in(l, i, kb, state, err));
	}
	return counties(l, err);
}

/* "The Senate of the state": none of the country's. */
static bool is_of_part(const td_doc *doc, uint32_t head)
{
	if (!doc->first_child) return false; /* nobody has looked at the grammar */
	static const char *const parts[] = { "state", "province", "city", "county", "region", "territory", "district" };
	for (uint32_t i = doc->first_child[head]; i < doc->first_child[head + 1]; i++) {
		uint32_t child = doc->child[i];
		if (doc->toks.at[child].deprel != TD_NMOD || !td_str_eq(td_case_of(doc, child), TD_STR("of"))) continue;
		if (TD_LEMMA_AMONG(doc, child, parts)) return true;
	}
	return false;
}

/* "White Plains, New York" in a story that also speaks of New York: the state, whatever else is called so. It gets an entity of its own; those
 * that turn out to be one are merged. */
td_status td_link_part_states(td_doc *doc, td_error *err)
{
	uint32_t *state_at = td_arena_nones(&doc->arena, doc->entities.n);
	uint32_t n = doc->entities.n;
	if (!state_at) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		uint32_t next = doc->mentions.at[i].entity < n ? place_behind(doc, i) : TD_NONE;
		if (next == TD_NONE || !td_str_eq(doc->toks.at[doc->mentions.at[i].toks.to].form, TD_STR(","))) continue;
		td_mention *m = &doc->mentions.at[next];
		bool state = false;
		for (size_t s = 0; s < N_STATES && !state; s++) state = td_str_eq(td_doc_toks_text(doc, m->toks), td_str_of(states[s]));
		if (!state || m->entity >= n || doc->entities.at[m->entity].n_mentions < 2) continue;
		uint32_t old = m->entity;
		if (state_at[old] == TD_NONE) {
			td_entity e = { .cls = TD_PLACE, .gender = TD_NEUTER, .number = TD_SINGULAR, .named = 1, .label = td_doc_toks_text(doc, m->toks), .kb = TD_NONE };
			state_at[old] = doc->entities.n;
			if (!TD_PUSH(&doc->arena, &doc->entities, e)) return td_no_memory(err);
		}
		m->entity = state_at[old];
		doc->entities.at[m->entity].n_mentions++;
		doc->entities.at[old].n_mentions--;
	}
	return TD_OK;
}

/* "Queens, New York": what only ever follows a place and a comma is the state, also where a city is called the same. */
td_status td_link_mark_states(linker *l, td_error *err)
{
	td_doc *doc = l->doc;
	uint8_t *other = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, 1);
	l->behind_place = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, 1);
	l->of_part = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, 1);
	if (!other || !l->behind_place || !l->of_part) return td_no_memory(err);
	for (uint32_t i = 0, behind = TD_NONE; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		if (m->entity >= doc->entities.n) continue;
		if (m->kind == TD_NAMED) (i == behind ? l->behind_place : other)[m->entity] = 1;
		if (is_of_part(doc, m->head)) l->of_part[m->entity] = 1;
		behind = place_behind(doc, i);
	}
	for (uint32_t e = 0; e < doc->entities.n; e++)
		if (other[e]) l->behind_place[e] = 0;
	return TD_OK;
}

uint32_t td_link_state(const linker *l, const td_kb_candidate *c, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (state_of(l, c[i].entry)) return c[i].entry;
	return TD_NONE;
}
