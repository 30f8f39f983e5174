/* Names that are titles. What bears a name of this kind is nearly always written about under just that name (Wikipedia:Naming conventions, "universities and
 * colleges", "airports", "government and legislation"): measured on hand-made links of news, nine of ten. So names that the knowledge base lacks lead there, too. */
#include "kg/link.h"

enum { BODY = 1 }; /* the name must also begin as a body's name does */

/* How such names begin or end, what they must be, and how many words they have at least. */
static const struct {
	const char *first, *last;
	uint8_t cls, words, body;
} titled[] = {
	{ "", "University", TD_ORGANIZATION, 2, 0 },
	{ "", "College", TD_ORGANIZATION, 2, 0 },
	{ "University of", "", TD_ORGANIZATION, 3, 0 },
	{ "", "Institute of Technology", TD_ORGANIZATION, 4, 0 },
	{ "", "County Council", TD_ORGANIZATION, 3, 0 },
	{ "", "City Council", TD_ORGANIZATION, 3, 0 },
	{ "", "Navy", TD_ORGANIZATION, 2, 0 },
	{ "", "Armed Forces", TD_ORGANIZATION, 3, 0 },
	{ "", "Symphony Orchestra", TD_ORGANIZATION, 3, 0 },
	{ "", "Philharmonic", TD_ORGANIZATION, 2, 0 },
	{ "", "Stock Exchange", TD_ORGANIZATION, 3, 0 },
	{ "", "Broadcasting Corporation", TD_ORGANIZATION, 3, 0 },
	{ "", "News Agency", TD_ORGANIZATION, 3, 0 },
	{ "", "Airlines", TD_ORGANIZATION, 2, 0 },
	{ "", "Airways", TD_ORGANIZATION, 2, 0 },
	{ "United States District Court for", "", TD_ORGANIZATION, 7, 0 },
	{ "", "Committee", TD_ORGANIZATION, 3, BODY },
	{ "", "Commission", TD_ORGANIZATION, 3, BODY },
	{ "", "Council", TD_ORGANIZATION, 3, BODY },
	{ "", "Association", TD_ORGANIZATION, 3, BODY },
	{ "", "Federation", TD_ORGANIZATION, 3, BODY },
	{ "", "Society", TD_ORGANIZATION, 3, BODY },
	{ "", "Institute", TD_ORGANIZATION, 3, BODY },
	{ "", "Organization", TD_ORGANIZATION, 3, BODY },
	{ "", "Organisation", TD_ORGANIZATION, 3, BODY },
	{ "", "Union", TD_ORGANIZATION, 3, BODY },
	{ "", "Foundation", TD_ORGANIZATION, 3, BODY },
	{ "", "Agency", TD_ORGANIZATION, 3, BODY },
	{ "", "Authority", TD_ORGANIZATION, 3, BODY },
	{ "", "Coalition", TD_ORGANIZATION, 3, BODY },
	{ "", "League", TD_ORGANIZATION, 3, BODY },
	{ "", "Academy", TD_ORGANIZATION, 3, BODY },
	{ "", "Fund", TD_ORGANIZATION, 3, BODY },
	{ "", "Alliance", TD_ORGANIZATION, 3, BODY },
	{ "", "Center", TD_ORGANIZATION, 3, BODY },
	{ "", "Centre", TD_ORGANIZATION, 3, BODY },
	{ "", "Laboratory", TD_ORGANIZATION, 3, BODY },
	{ "", "International Airport", TD_FACILITY, 3, 0 },
	{ "", "Airport", TD_FACILITY, 2, 0 },
	{ "", "Nuclear Power Plant", TD_FACILITY, 4, 0 },
	{ "", "Sea", TD_PLACE, 2, 0 },
	{ "", "Peninsula", TD_PLACE, 2, 0 },
	{ "", "Strait", TD_PLACE, 2, 0 },
	{ "", "Archipelago", TD_PLACE, 2, 0 },
	{ "", "National Park", TD_PLACE, 3, 0 },
	{ "", "Mountains", TD_PLACE, 2, 0 },
	{ "", "Desert", TD_PLACE, 2, 0 },
	{ "", "Glacier", TD_PLACE, 2, 0 },
	{ "", "Province", TD_PLACE, 2, 0 },
	{ "", "Governorate", TD_PLACE, 2, 0 },
	{ "", "Oblast", TD_PLACE, 2, 0 },
	{ "", "Prefecture", TD_PLACE, 2, 0 },
	{ "Lake", "", TD_PLACE, 2, 0 },
	{ "Mount", "", TD_PLACE, 2, 0 },
	{ "Gulf of", "", TD_PLACE, 3, 0 },
	{ "Bay of", "", TD_PLACE, 3, 0 },
	{ "Strait of", "", TD_PLACE, 3, 0 },
};

/* How the names of bodies begin that have no other of their name beside them. */
static const char *const body_starts[] = { "International", "World", "European", "American", "African", "Asian", "Royal", "Global", "British", "Canadian",
	"Australian", "Indian", "Pan-American", "Inter-American", "United States", "United Nations" };
/* "[International Committee] on Taxonomy of Viruses": what such a body is for may follow. */
static const char *const purposes[] = { " of ", " for ", " on ", " to ", " against " };

static td_str before_purpose(td_str name)
{
	for (size_t i = 1; i < name.n; i++)
		for (size_t p = 0; p < sizeof purposes / sizeof *purposes; p++)
			if (td_str_starts((td_str){ name.at + i, name.n - i }, td_str_of(purposes[p]))) return (td_str){ name.at, i };
	return name;
}

static bool starts_with_word(td_str name, td_str first)
{
	return td_str_starts(name, first) && name.n > first.n && name.at[first.n] == ' ';
}

static bool ends_with_word(td_str name, td_str last)
{
	return td_str_ends(name, last) && name.n > last.n && name.at[name.n - last.n - 1] == ' ';
}

static bool begins_as_body(td_str name)
{
	for (size_t i = 0; i < sizeof body_starts / sizeof *body_starts; i++)
		if (starts_with_word(name, td_str_of(body_starts[i]))) return true;
	return false;
}

static bool fits(size_t row, td_str name)
{
	bool first = !*titled[row].first || starts_with_word(name, td_str_of(titled[row].first));
	if (!first) return false;
	if (!titled[row].body) return !*titled[row].last || ends_with_word(name, td_str_of(titled[row].last));
	td_str core = before_purpose(name);
	return begins_as_body(name) && core.n && ends_with_word(core, td_str_of(titled[row].last));
}

/* Words with a capital, and the small ones between them. */
static bool plain_words(td_str name, uint8_t *words)
{
	static const char *const small[] = { "of", "for", "the", "and", "on", "to", "in", "at", "de", "against" };
	for (*words = 0; name.n && *words < UINT8_MAX; ++*words) {
		td_str word = td_str_cut(&name, ' ');
		const char *at = word.at;
		bool ok = word.n && td_is_upper(td_utf8_next(&at, word.at + word.n));
		for (size_t i = 0; i < sizeof small / sizeof *small && !ok; i++) ok = *words && name.n && td_str_eq(word, td_str_of(small[i]));
		if (!ok) return false;
		for (size_t i = 0; i < word.n; i++)
			if (strchr("<>\"{}|^`\\#?%()[],;:/\n\t", word.at[i])) return false;
	}
	return *words > 1;
}

static bool is_title(td_str name, uint8_t cls)
{
	uint8_t words;
	if (!plain_words(name, &words)) return false;
	for (size_t i = 0; i < sizeof titled / sizeof *titled; i++) {
		bool kin = cls == titled[i].cls || cls == TD_ORGANIZATION || cls == TD_PLACE || cls == TD_FACILITY;
		if (kin && words >= titled[i].words && fits(i, name)) return true;
	}
	return false;
}

td_status td_link_articles(linker *l, td_error *err)
{
	for (uint32_t i = 0; i < l->doc->entities.n; i++) {
		td_entity *e = &l->doc->entities.at[i];
		if (e->kb != TD_NONE || e->article.n || !e->named || !is_title(e->label, e->cls)) continue;
		char *at = td_arena_alloc(&l->doc->arena, e->label.n + 1);
		if (!at) return td_no_memory(err);
		for (size_t b = 0; b < e->label.n; b++) at[b] = e->label.at[b] == ' ' ? '_' : e->label.at[b];
		e->article = (td_str){ at, e->label.n };
	}
	return TD_OK;
}
