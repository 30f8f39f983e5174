/* Names that say what something is and leave it to the reader where: "the parliament", "Iraqi military", "Supreme Court of Israel". */
#include "kg/link.h"

#include <stdlib.h>

static uint32_t place_named(const linker *l, td_str name)
{
	td_kb_candidate found[LINK_MAX_CANDIDATES];
	uint32_t n = td_kb_find(l->kb, name, found, LINK_MAX_CANDIDATES);
	for (uint32_t i = 0; i < n; i++)
		if (td_kb_get(l->kb, found[i].entry).cls == TD_PLACE) return found[i].entry;
	return TD_NONE;
}

uint32_t td_link_leading_place(const linker *l, td_str text, td_str *rest)
{
	for (size_t i = text.n; i-- > 1;) {
		if (text.at[i] != ' ') continue;
		uint32_t place = place_named(l, (td_str){ text.at, i });
		if (place == TD_NONE) continue;
		*rest = (td_str){ text.at + i + 1, text.n - i - 1 };
		return place;
	}
	return TD_NONE;
}

/* "parliament of iraq", "mahan air of iran": the place behind the last " of ". */
static uint32_t trailing_place(const linker *l, td_str text, td_str *rest)
{
	for (size_t i = text.n; i-- > 4;) {
		if (memcmp(text.at + i - 4, " of ", 4) != 0) continue;
		*rest = (td_str){ text.at, i - 4 };
		return rest->n ? place_named(l, (td_str){ text.at + i, text.n - i }) : TD_NONE;
	}
	return TD_NONE;
}

/* Something of that place: called by its common name, or by a name of its own ("us national hurricane center"). */
static uint32_t of_place(const linker *l, td_str name, uint32_t place)
{
	td_kb_candidate found[LINK_MAX_CANDIDATES];
	uint32_t entry = td_kb_institution(l->kb, name, place);
	uint32_t n = entry == TD_NONE ? td_kb_find(l->kb, name, found, LINK_MAX_CANDIDATES) : 0;

	for (uint32_t i = 0; i < n && entry == TD_NONE; i++) {
		td_kb_entry e = td_kb_get(l->kb, found[i].entry);
		if (!found[i].demonym && e.country == place && e.cls != TD_PERSON && e.cls != TD_PLACE) entry = found[i].entry;
	}
	return entry;
}

enum { OFTEN = 5 }; /* a country that has one in so many votes is one that the document speaks of */

/* "communist party": of the countries that the document speaks of, the first that has one. */
static uint32_t of_countries(const linker *l, td_str form)
{
	uint32_t entry = TD_NONE, n = memchr(form.at, ' ', form.n) ? l->n_countries : 0;
	for (uint32_t i = 0; i < n && entry == TD_NONE; i++)
		if ((uint64_t)l->countries[i].votes * OFTEN >= l->votes) entry = td_kb_institution(l->kb, form, l->countries[i].country);
	return entry;
}

uint32_t td_link_institution(const linker *l, td_str form)
{
	td_str rest;
	uint32_t entry = l->home == TD_NONE ? TD_NONE : td_kb_institution(l->kb, form, l->home);
	if (entry != TD_NONE) return entry;

	uint32_t place = td_link_leading_place(l, form, &rest);
	if (place != TD_NONE) entry = of_place(l, rest, place);
	if (entry != TD_NONE) return entry;
	place = trailing_place(l, form, &rest);
	return place == TD_NONE ? of_countries(l, form) : of_place(l, rest, place);
}

/* ---- home ---------------------------------------------------------------------------------------------------------- */

/* The country of an entry: of a city, person or party its country, of a country itself. A country has none above it. */
static uint32_t country_of(const linker *l, uint32_t entry, uint32_t *weight)
{
	td_kb_entry e = td_kb_get(l->kb, entry);
	*weight = e.cls == TD_PLACE ? 2 : 1;
	if (e.country != TD_NONE) return e.country;
	return e.cls == TD_PLACE ? entry : TD_NONE;
}

static void vote(linker *l, uint32_t country, uint32_t votes)
{
	uint32_t at = 0;
	while (at < l->n_countries && l->countries[at].country != country) at++;
	if (at == LINK_MAX_COUNTRIES) return;
	if (at == l->n_countries) l->countries[l->n_countries++] = (link_country){ country, 0 };
	l->countries[at].votes += votes;
}

static int by_votes(const void *pa, const void *pb)
{
	const link_country *a = pa, *b = pb;
	if (a->votes != b->votes) return a->votes > b->votes ? -1 : 1;
	return a->country < b->country ? -1 : a->country > b->country;
}

void td_link_count_countries(linker *l)
{
	for (uint32_t i = 0; i < l->doc->entities.n; i++) {
		const td_entity *e = &l->doc->entities.at[i];
		uint32_t weight, country = e->kb == TD_NONE ? TD_NONE : country_of(l, e->kb, &weight);
		if (country == TD_NONE) continue;
		vote(l, country, weight * e->n_mentions);
		l->votes += weight * e->n_mentions;
	}
	qsort(l->countries, l->n_countries, sizeof *l->countries, by_votes);
	/* home is what has a clear lead: two fifths of all */
	l->home = l->n_countries && (uint64_t)l->countries[0].votes * 5 >= (uint64_t)l->votes * 2 ? l->countries[0].country : TD_NONE;
}
