/* Linking entities of the document to entries of the knowledge base. */
#include "kg/link.h"

/* ---- the names of each entity ---------------------------------------------------------------------------------- */

static uint8_t count_words(td_str s)
{
	uint8_t n = 0;
	bool inside = false;
	for (size_t i = 0; i < s.n && n < UINT8_MAX; i++) {
		bool space = s.at[i] == ' ' || s.at[i] == '\n' || s.at[i] == '\t' || s.at[i] == '-';
		if (!space && !inside) n++;
		inside = !space;
	}
	return n;
}

/* Kept by descending number of words, then of bytes; when all places are taken the shortest goes. */
static void add_form(link_forms *forms, td_str form)
{
	uint8_t words = count_words(form);
	uint32_t at = 0;

	for (uint32_t i = 0; i < forms->n; i++)
		if (td_str_eq(forms->at[i], form)) return;
	while (at < forms->n && (forms->words[at] > words || (forms->words[at] == words && forms->at[at].n >= form.n))) at++;
	if (at == LINK_MAX_FORMS) return;
	uint32_t last = forms->n < LINK_MAX_FORMS ? forms->n++ : LINK_MAX_FORMS - 1u;
	for (uint32_t i = last; i > at; i--) {
		forms->at[i] = forms->at[i - 1];
		forms->words[i] = forms->words[i - 1];
	}
	forms->at[at] = form;
	forms->words[at] = words;
}

static td_status collect_forms(linker *l, td_error *err)
{
	td_doc *doc = l->doc;

	l->forms = td_arena_zero(&doc->arena, (size_t)doc->entities.n + 1, sizeof *l->forms);
	if (!l->forms) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		if (m->kind != TD_NAMED || m->entity >= doc->entities.n) continue;
		td_str form = td_fold(&doc->arena, td_doc_toks_text(doc, m->toks));
		if (!form.at) return td_no_memory(err);
		if (m->demonym) l->forms[m->entity].demonym = form;
		else add_form(&l->forms[m->entity], form);
	}
	return TD_OK;
}

/* ---- applying a choice ----------------------------------------------------------------------------------------- */

enum { CERTAIN = 80 }; /* per cent of confidence from which the knowledge base's class wins */

static void remember_place(linker *l, uint32_t entry)
{
	for (uint32_t i = 0; i < l->n_places; i++)
		if (l->places[i] == entry) return;
	if (l->n_places < LINK_MAX_PLACES) l->places[l->n_places++] = entry;
}

void td_link_apply(linker *l, uint32_t entity, uint32_t entry, float confidence)
{
	td_entity *e = &l->doc->entities.at[entity];
	td_kb_entry known = td_kb_get(l->kb, entry);

	e->kb = entry;
	e->confidence = confidence;
	e->label = known.label;
	if (known.cls != TD_CLASS_NONE && (e->cls == TD_CLASS_NONE || confidence * 100 >= CERTAIN || e->cls != TD_PERSON)) e->cls = known.cls;
	if (known.gender != TD_GENDER_UNKNOWN) e->gender = known.gender;
	if (known.cls == TD_PLACE) remember_place(l, entry);
}

/* The clear cases first: they tell what the document is about, which decides the others. */
static void link_names(linker *l, bool certain_only)
{
	for (uint32_t i = 0; i < l->doc->entities.n; i++) {
		float confidence = 0;
		if (l->doc->entities.at[i].kb != TD_NONE) continue;
		uint32_t entry = td_link_choose(l, i, &confidence);
		if (entry == TD_NONE || (certain_only && confidence * 100 < CERTAIN)) continue;
		td_link_apply(l, i, entry, confidence);
	}
}

/* ---- how sure ---------------------------------------------------------------------------------------------------- */

/* What scores turned out to be worth where annotators had linked the same names (tests/eval/links.py), between these points a straight line. */
static const struct {
	uint8_t score, right; /* per cent */
} worth[] = { { 40, 58 }, { 65, 65 }, { 75, 88 }, { 85, 94 }, { 95, 95 }, { 100, 98 } };

static float calibrated(float confidence)
{
	size_t n = sizeof worth / sizeof *worth, i = 1;
	float score = confidence * 100;
	while (i + 1 < n && score > worth[i].score) i++;
	float along = (score - worth[i - 1].score) / (float)(worth[i].score - worth[i - 1].score);
	along = along < 0 ? 0 : along > 1 ? 1 : along;
	return (worth[i - 1].right + along * (float)(worth[i].right - worth[i - 1].right)) / 100;
}

static void calibrate(td_doc *doc)
{
	for (uint32_t i = 0; i < doc->entities.n; i++)
		if (doc->entities.at[i].kb != TD_NONE) doc->entities.at[i].confidence = calibrated(doc->entities.at[i].confidence);
}

td_status td_link(td_doc *doc, const td_kb *kb, td_error *err)
{
	linker l = { .doc = doc, .kb = kb, .home = TD_NONE };

	if (kb) TRY(td_link_part_states(doc, err));
	for (uint32_t i = 0; i < doc->entities.n; i++) {
		doc->entities.at[i].kb = TD_NONE;
		doc->entities.at[i].article = (td_str){ "", 0 };
		doc->entities.at[i].confidence = 0;
	}
	if (kb) {
		TRY(collect_forms(&l, err));
		TRY(td_link_mark_states(&l, err));
		link_names(&l, true);
		td_link_count_countries(&l);
		link_names(&l, false);
		TRY(td_link_places(&l, err));
		TRY(td_link_descriptions(&l, err));
		TRY(td_link_articles(&l, err));
		TRY(td_link_merge(doc, err));
		TRY(td_link_offices(doc, kb, err));
		calibrate(doc);
	}
	doc->stage = TD_STAGE_LINK;
	return TD_OK;
}
