/* Quantities as triples: of an event the plain number, and each that the text gives as a node of its own. */
#include "kg/facts_make.h"

/* Thousandths as xsd:integer or xsd:decimal, without final zeros, as stores drop them. Digits by hand: a host's locale may print a comma. */
static td_term number(td_maker *m, int64_t thousandths)
{
	int64_t whole = thousandths / TD_AMOUNT_ONE, part = thousandths % TD_AMOUNT_ONE;
	if (!part) return td_term_integer(m, whole);
	int digits = 3;
	for (; part % 10 == 0; part /= 10) digits--;
	td_str s = td_arena_printf(&m->g->arena, "%lld.%0*lld", (long long)whole, digits, (long long)part);
	if (!s.at) m->failed = true;
	return (td_term){ .kind = TD_LITERAL, .value = s, .datatype = TD_STR(XSD "decimal") };
}

static void put_bound(td_maker *m, td_str s, uint8_t bound)
{
	if (bound != TD_EXACTLY) td_put_triple(m, s, IRI(TID "quantityBound"), td_term_local(m, td_str_of(td_bound_text(bound))));
}

void td_put_quantity(td_maker *m, td_str s, uint32_t event, td_lists amounts)
{
	const td_event *v = &m->doc->events.at[event];
	if (v->quantity >= 0) {
		td_put_triple(m, s, IRI(TID "quantity"), td_term_integer(m, v->quantity));
		put_bound(m, s, v->bound);
	}
	for (uint32_t a = amounts.first[event]; a != TD_NONE; a = amounts.next[a])
		td_put_triple(m, s, IRI(TID "amount"), td_term_iri(td_keep(m, m->doc->amounts.at[a].iri)));
}

/* What the bound says of the least and the most that are meant. */
static void put_ends(td_maker *m, td_str s, const td_amount *a)
{
	static const struct {
		bool least, most;
	} ends[TD_BOUND_COUNT] = { [TD_AT_LEAST] = { true, false }, [TD_MORE_THAN] = { true, false }, [TD_AT_MOST] = { false, true },
		[TD_LESS_THAN] = { false, true }, [TD_BETWEEN] = { true, true } };
	if (ends[a->bound].least) td_put_triple(m, s, IRI(SCHEMA "minValue"), number(m, a->low));
	if (ends[a->bound].most) td_put_triple(m, s, IRI(SCHEMA "maxValue"), number(m, a->high));
}

static void put_amount(td_maker *m, const td_amount *a)
{
	td_str s = td_keep(m, a->iri);
	td_begin_subject(m);
	td_put_triple(m, s, A, td_term_local(m, td_str_of(td_amount_kind_text(a->kind))));
	td_put_triple(m, s, IRI(RDFS "label"), td_term_english(td_keep(m, td_doc_toks_text(m->doc, a->toks))));
	if (a->kind == TD_VOTES || a->kind == TD_POINTS) {
		td_put_triple(m, s, a->kind == TD_VOTES ? IRI(TID "votesFor") : IRI(TID "pointsFor"), number(m, a->low));
		td_put_triple(m, s, a->kind == TD_VOTES ? IRI(TID "votesAgainst") : IRI(TID "pointsAgainst"), number(m, a->high));
	} else {
		td_put_triple(m, s, IRI(SCHEMA "value"), number(m, a->low));
		put_ends(m, s, a);
	}
	put_bound(m, s, a->bound);
	if (a->currency.n) td_put_triple(m, s, IRI(SCHEMA "currency"), td_term_text(td_keep(m, a->currency)));
	if (a->unit.n) td_put_triple(m, s, IRI(SCHEMA "unitText"), td_term_english(td_keep(m, a->unit)));
	td_put_derived(m, s);
	td_put_derived_span(m, s, a->toks);
}

/* One quantity told several times is written once, in the words of the first. */
void td_put_amounts(td_maker *m)
{
	td_map seen;
	td_map_init(&seen, &m->g->arena);
	for (uint32_t i = 0; i < m->doc->amounts.n && !m->failed; i++) {
		const td_amount *a = &m->doc->amounts.at[i];
		if (a->event >= m->doc->events.n || td_map_get(&seen, a->iri) != TD_NONE) continue;
		if (!td_map_put(&seen, td_keep(m, a->iri), i)) m->failed = true;
		put_amount(m, a);
	}
}
