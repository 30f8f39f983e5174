/* Descriptions without a name that still mean something in particular. */
#include "kg/link.h"

/* What a headline calls an office, and the offices to try, in order of power. */
static const struct {
	const char *word, *office;
} offices[] = {
	{ "president", "president" },
	{ "prime minister", "prime minister" },
	{ "premier", "prime minister" },
	{ "chancellor", "chancellor" },
	{ "king", "king" },
	{ "queen", "queen" },
	{ "monarch", "king" },
	{ "monarch", "queen" },
	{ "leader", "leader" },
	{ "leader", "president" },
	{ "leader", "prime minister" },
	{ "foreign minister", "foreign minister" },
	{ "foreign secretary", "foreign secretary" },
	{ "secretary of state", "secretary of state" },
	{ "vice president", "vice president" },
	{ "supreme leader", "supreme leader" },
};

static uint32_t holder(const linker *l, td_str title, uint32_t place)
{
	td_date date = l->doc->date;
	for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
		if (!td_str_eq(title, td_str_of(offices[i].word))) continue;
		uint32_t person = td_kb_holder(l->kb, td_str_of(offices[i].office), place, date.year, date.month);
		if (person != TD_NONE) return person;
	}
	return TD_NONE;
}

enum { MAX_DESCRIPTION = 64, DESCRIPTION_SURE = 80 }; /* bytes; per cent of confidence */

/* "russian president" on the document's day. */
static uint32_t person_described(const linker *l, td_str text)
{
	td_str title;
	uint32_t place = l->doc->date.year > 0 ? td_link_leading_place(l, text, &title) : TD_NONE;
	return place == TD_NONE ? TD_NONE : holder(l, title, place);
}

/* What is an institution without further words even when it is written small. */
static const char *const institutions[] = { "government", "federal government", "parliament", "congress", "senate", "military", "armed forces",
	"supreme court", "constitution", "police", "army", "navy", "cabinet" };

static bool stands_alone(td_str text)
{
	for (size_t i = 0; i < sizeof institutions / sizeof *institutions; i++)
		if (td_str_eq(text, td_str_of(institutions[i]))) return true;
	return false;
}

/* A common name of a kind of thing or animal: "tear gas", "orca". */
static uint32_t kind_named(const linker *l, td_str name, uint8_t cls)
{
	td_kb_candidate found[LINK_MAX_CANDIDATES];
	uint32_t n = td_link_lookup(l, name, false, found);
	uint8_t known = n && !found[0].variant ? td_kb_get(l->kb, found[0].entry).cls : TD_CLASS_NONE;
	bool fits = known == TD_PRODUCT ? cls == TD_PRODUCT || cls == TD_CLASS_NONE : known == TD_GROUP && cls == TD_GROUP;
	return fits ? found[0].entry : TD_NONE;
}

/* "two great white sharks": of which kind they are, whatever else is said of them. */
static uint32_t kind_described(const linker *l, const td_mention *m, td_str text, uint8_t cls)
{
	td_str lemma = l->doc->toks.at[m->head].lemma, form = l->doc->toks.at[m->head].form;
	if (m->head + 1 != m->toks.to || !td_str_ends(text, form)) return TD_NONE; /* the text is in lower case */
	if (td_str_eq(lemma, form) && td_str_ends(form, TD_STR("s"))) lemma.n--; /* a word that the tagger does not know */
	for (td_str rest = text; rest.n; (void)td_str_cut(&rest, ' ')) {
		uint32_t entry = kind_named(l, rest, cls);
		td_str one = entry == TD_NONE && !td_str_eq(lemma, form) ? td_arena_printf(&l->doc->arena, TD_STR_FMT TD_STR_FMT, TD_STR_ARG(((td_str){ rest.at, rest.n - form.n })),
			TD_STR_ARG(lemma)) : TD_STR("");
		if (one.n) entry = kind_named(l, one, cls);
		if (entry != TD_NONE || rest.n == form.n) return entry;
	}
	return TD_NONE;
}

/* "iraqi military", "the government", "trump administration", "tear gas". */
static uint32_t thing_described(const linker *l, const td_mention *m, td_str text, uint8_t cls)
{
	td_kb_candidate found[LINK_MAX_CANDIDATES];
	bool several = memchr(text.at, ' ', text.n) != NULL;
	uint32_t n = td_link_lookup(l, text, false, found);

	if (!n && several) n = td_link_without_tail(l, text, found);
	if (n && !found[0].variant) {
		td_kb_entry e = td_kb_get(l->kb, found[0].entry);
		bool product = e.cls == TD_PRODUCT && (cls == TD_PRODUCT || cls == TD_CLASS_NONE);
		if (product || ((several || e.cls == TD_GROUP) && e.cls == cls)) return found[0].entry; /* "Russians" */
	}
	if (cls == TD_PRODUCT || cls == TD_GROUP) return kind_described(l, m, text, cls);
	if (cls != TD_ORGANIZATION && cls != TD_CLASS_NONE && cls != TD_WORK) return TD_NONE;
	return several || stands_alone(text) ? td_link_institution(l, text) : TD_NONE;
}

static td_status link_description(linker *l, const td_mention *m, td_error *err)
{
	uint8_t cls = l->doc->entities.at[m->entity].cls;
	td_str text = td_doc_toks_text(l->doc, m->toks);

	if (text.n > MAX_DESCRIPTION || !text.n) return TD_OK;
	text = td_fold(&l->doc->arena, text);
	if (!text.at) return td_no_memory(err);
	bool person = m->number != TD_PLURAL && (cls == TD_PERSON || cls == TD_CLASS_NONE);
	uint32_t entry = person ? person_described(l, text) : TD_NONE;
	if (entry == TD_NONE && cls != TD_PERSON) entry = thing_described(l, m, text, cls);
	if (entry != TD_NONE) td_link_apply(l, m->entity, entry, (float)DESCRIPTION_SURE / 100);
	return TD_OK;
}

td_status td_link_descriptions(linker *l, td_error *err)
{
	td_doc *doc = l->doc;

	for (uint32_t i = 0; i < doc->mentions.n; i++) {
		const td_mention *m = &doc->mentions.at[i];
		if (m->kind != TD_NOMINAL || m->entity >= doc->entities.n) continue;
		if (!doc->entities.at[m->entity].named && doc->entities.at[m->entity].kb == TD_NONE) TRY(link_description(l, m, err));
	}
	return TD_OK;
}
