#include "cases.h"

#include "kg/kb.h"

/* ---- looking things up ---- */

/* Byte range of "text" or "text#2" (the second occurrence); from == to when it is not there. */
static td_range find_span(const td_doc *doc, td_str want)
{
	unsigned nth = 1;
	if (want.n > 2 && want.at[want.n - 2] == '#' && want.at[want.n - 1] >= '1' && want.at[want.n - 1] <= '9') {
		nth = (unsigned)(want.at[want.n - 1] - '0');
		want.n -= 2;
	}
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		uint32_t from = doc->toks.at[t].bytes.from;
		if (from + want.n > doc->text.n || memcmp(doc->text.at + from, want.at, want.n) != 0) continue;
		/* A span ends where a token ends: "he" is not the start of "her". */
		uint32_t to = from + (uint32_t)want.n;
		for (uint32_t u = t; u < doc->toks.n && doc->toks.at[u].bytes.from < to; u++)
			if (doc->toks.at[u].bytes.to == to && --nth == 0) return (td_range){ from, to };
	}
	return (td_range){ 0, 0 };
}

static bool same_range(td_range a, td_range b)
{
	return a.from == b.from && a.to == b.to;
}

static uint32_t mention_of(const td_doc *doc, td_str want)
{
	td_range r = find_span(doc, want);
	for (uint32_t i = 0; r.to > r.from && i < doc->mentions.n; i++)
		if (same_range(td_doc_bytes(doc, doc->mentions.at[i].toks), r)) return i;
	return TD_NONE;
}

static bool entity_called(const td_doc *doc, uint32_t entity, td_str want)
{
	if (entity >= doc->entities.n) return false;
	if (td_str_eq(doc->entities.at[entity].label, want)) return true;
	uint32_t m = mention_of(doc, want);
	if (m != TD_NONE && doc->mentions.at[m].entity == entity) return true;
	for (m = 0; m < doc->mentions.n; m++)
		if (doc->mentions.at[m].entity == entity && td_str_eq(td_doc_toks_text(doc, doc->mentions.at[m].toks), want)) return true;
	return false;
}

static bool has_trigger(const td_doc *doc, uint32_t event, td_str want)
{
	td_range r = find_span(doc, want);
	for (uint32_t i = 0; i < doc->triggers.n; i++)
		if (doc->triggers.at[i].event == event && same_range(td_doc_bytes(doc, doc->triggers.at[i].toks), r)) return true;
	return false;
}

td_lexicon case_lexicon;

/* Of that class, or of one below it. */
static bool class_is(const td_doc *doc, uint32_t event, td_str name)
{
	uint16_t cls = td_lexicon_class(&case_lexicon, name);
	return cls != UINT16_MAX && td_lexicon_is_a(&case_lexicon, doc->events.at[event].cls, cls);
}

static bool date_is(td_date begin, td_date end, bool span, td_str want)
{
	char a[16], b[16];
	td_str rest = want;
	td_str first = td_str_cut(&rest, '/');
	if (td_str_eq(want, TD_STR("none"))) return begin.year == 0;
	if (begin.year == 0 || !td_str_eq(first, (td_str){ a, td_date_print(begin, a) })) return false;
	if (first.n == want.n) return !span || td_date_cmp(begin, end) == 0;
	return rest.n == 0 ? end.year == 0 : td_str_eq(rest, (td_str){ b, td_date_print(end, b) });
}

static td_str field(const case_field *f, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (td_str_eq(f[i].key, td_str_of(key))) return f[i].value;
	return (td_str){ 0 };
}

/* The k-th field without a key. */
static td_str bare(const case_field *f, size_t n, size_t k)
{
	for (size_t i = 0; i < n; i++)
		if (f[i].key.n == 0 && k-- == 0) return f[i].value;
	return (td_str){ 0 };
}

static bool number_is(td_str s, int64_t v)
{
	char out[32];
	return td_str_eq(s, (td_str){ out, (size_t)snprintf(out, sizeof out, "%lld", (long long)v) });
}

/* ---- the keys ---- */

typedef bool check(const td_doc *doc, td_str rest, const case_field *f, size_t n);

static bool is_sentences(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)f, (void)n;
	return number_is(rest, doc->sents.n);
}

static bool is_tokens(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)f, (void)n;
	for (uint32_t t = 0; t < doc->toks.n; t++)
		if (!td_str_eq(td_str_cut(&rest, '|'), doc->toks.at[t].form)) return false;
	return rest.n == 0;
}

static bool is_time(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	td_range r = find_span(doc, bare(f, n, 0));
	for (uint32_t i = 0; i < doc->times.n; i++) {
		const td_time *t = &doc->times.at[i];
		if (same_range(td_doc_bytes(doc, t->toks), r)) return date_is(t->begin, t->end, t->kind == TD_TIME_SPAN, bare(f, n, 1));
	}
	return false;
}

static bool is_mention(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	uint32_t m = mention_of(doc, bare(f, n, 2));
	if (m == TD_NONE) return false;
	const td_mention *x = &doc->mentions.at[m];
	uint8_t cls = x->entity < doc->entities.n ? doc->entities.at[x->entity].cls : x->cls;
	return (td_str_eq(bare(f, n, 0), TD_STR("-")) || td_str_eq(bare(f, n, 0), td_str_of(td_class_text(cls)))) &&
		td_str_eq(bare(f, n, 1), td_str_of(td_mention_kind_text(x->kind)));
}

static bool is_no_mention(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	return mention_of(doc, bare(f, n, 0)) == TD_NONE;
}

static bool is_same(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	uint32_t a = mention_of(doc, bare(f, n, 0)), b = mention_of(doc, bare(f, n, 1));
	return a != TD_NONE && b != TD_NONE && doc->mentions.at[a].entity == doc->mentions.at[b].entity;
}

static bool is_different(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	uint32_t a = mention_of(doc, bare(f, n, 0)), b = mention_of(doc, bare(f, n, 1));
	return a != TD_NONE && b != TD_NONE && doc->mentions.at[a].entity != doc->mentions.at[b].entity;
}

static bool is_link(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	uint32_t m = mention_of(doc, bare(f, n, 0));
	if (m == TD_NONE || doc->mentions.at[m].entity >= doc->entities.n) return false;
	const td_entity *e = &doc->entities.at[doc->mentions.at[m].entity];
	if (td_str_eq(bare(f, n, 1), TD_STR("none"))) return e->kb == TD_NONE && !e->article.n;
	if (td_str_eq(bare(f, n, 1), e->article)) return true;
	/* The IRI ends in the entry's key. */
	return e->kb != TD_NONE && (td_str_ends(e->iri, bare(f, n, 1)) || td_str_eq(e->label, bare(f, n, 1)));
}

static bool is_position(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	td_str title = field(f, n, "title"), status = field(f, n, "status"), org = field(f, n, "organization");
	for (uint32_t i = 0; i < doc->positions.n; i++) {
		const td_position *p = &doc->positions.at[i];
		if (!entity_called(doc, p->holder, field(f, n, "holder"))) continue;
		if (title.n && !td_str_eq(title, p->title)) continue;
		if (status.n && !td_str_eq(status, td_str_of(td_position_status_text(p->status)))) continue;
		if (org.n && !(td_str_eq(org, TD_STR("none")) ? p->organization >= doc->entities.n : entity_called(doc, p->organization, org))) continue;
		return true;
	}
	return false;
}

static bool is_no_position(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	return !is_position(doc, rest, f, n);
}

static bool is_relation(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	for (uint32_t i = 0; i < doc->relations.n; i++) {
		const td_relation *r = &doc->relations.at[i];
		if (td_str_eq(bare(f, n, 1), td_str_of(td_relation_kind_text(r->kind))) && entity_called(doc, r->subject, bare(f, n, 0)) &&
			entity_called(doc, r->object, bare(f, n, 2))) return true;
	}
	return false;
}

static bool arg_is(const td_doc *doc, uint32_t event, unsigned role, td_str want)
{
	bool any = false;
	for (uint32_t i = 0; i < doc->args.n; i++) {
		const td_arg *a = &doc->args.at[i];
		if (a->event != event || a->role != role) continue;
		any = true;
		if (a->is_event ? has_trigger(doc, a->target, want) : entity_called(doc, a->target, want)) return true;
	}
	return td_str_eq(want, TD_STR("none")) && !any;
}

static bool event_field(const td_doc *doc, uint32_t v, const case_field *f)
{
	const td_event *e = &doc->events.at[v];
	if (f->key.n == 0) return f->span ? has_trigger(doc, v, f->value) : td_str_eq(f->value, TD_STR("-")) || class_is(doc, v, f->value);
	if (td_str_eq(f->key, TD_STR("time"))) return date_is(e->begin, e->end, e->span, f->value);
	if (td_str_eq(f->key, TD_STR("factuality"))) return td_str_eq(f->value, td_str_of(td_factuality_text(e->factuality)));
	if (td_str_eq(f->key, TD_STR("quantity"))) return number_is(f->value, e->quantity);
	if (td_str_eq(f->key, TD_STR("bound"))) return td_str_eq(f->value, td_str_of(td_bound_text(e->bound)));
	unsigned role = td_role_parse(f->key, TD_ROLES_COUNT);
	return role < TD_ROLES_COUNT && arg_is(doc, v, role, f->value);
}

static bool is_event(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	for (uint32_t v = 0; v < doc->events.n; v++) {
		size_t ok = 0;
		while (ok < n && event_field(doc, v, &f[ok])) ok++;
		if (ok == n && n > 0) return true;
	}
	return false;
}

static bool is_no_event(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	return n > 0 && !is_event(doc, rest, f, n);
}

static bool is_events(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)f, (void)n;
	return number_is(rest, doc->events.n);
}

/* Thousandths as they are written: 7100 is 7.1. */
static bool thousandths_are(td_str want, int64_t v)
{
	char out[32];
	int n = snprintf(out, sizeof out, "%lld.%03lld", (long long)(v / TD_AMOUNT_ONE), (long long)(v % TD_AMOUNT_ONE));
	while (n > 1 && out[n - 1] == '0') n--;
	return td_str_eq(want, (td_str){ out, (size_t)(out[n - 1] == '.' ? n - 1 : n) });
}

static bool amount_field(const td_doc *doc, const td_amount *a, const case_field *f)
{
	if (f->key.n == 0) return td_str_eq(f->value, f->span ? td_doc_toks_text(doc, a->toks) : td_str_of(td_amount_kind_text(a->kind)));
	if (td_str_eq(f->key, TD_STR("event"))) return has_trigger(doc, a->event, f->value);
	if (td_str_eq(f->key, TD_STR("value"))) return thousandths_are(f->value, a->low);
	if (td_str_eq(f->key, TD_STR("high"))) return thousandths_are(f->value, a->high);
	if (td_str_eq(f->key, TD_STR("unit"))) return td_str_eq(f->value, a->unit);
	if (td_str_eq(f->key, TD_STR("currency"))) return td_str_eq(f->value, a->currency);
	return td_str_eq(f->key, TD_STR("bound")) && td_str_eq(f->value, td_str_of(td_bound_text(a->bound)));
}

static bool is_amount(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	for (uint32_t i = 0; i < doc->amounts.n; i++) {
		size_t ok = 0;
		while (ok < n && amount_field(doc, &doc->amounts.at[i], &f[ok])) ok++;
		if (ok == n && n > 0) return true;
	}
	return false;
}

static bool is_no_amount(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	return !is_amount(doc, rest, f, n);
}

static bool is_identity(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	td_str event = field(f, n, "event");
	for (uint32_t i = 0; i < doc->identities.n; i++)
		if (td_str_eq(doc->identities.at[i].label, bare(f, n, 0)) && (event.n == 0 || has_trigger(doc, doc->identities.at[i].event, event))) return true;
	return false;
}

static bool is_no_identity(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	return !is_identity(doc, rest, f, n);
}

static bool is_attribution(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	td_str source = field(f, n, "source"), event = field(f, n, "event"), stance = field(f, n, "stance");
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		const td_attribution *a = &doc->attributions.at[i];
		if (source.n && !entity_called(doc, a->source, source)) continue;
		if (event.n && !has_trigger(doc, a->event, event)) continue;
		if (stance.n && !td_str_eq(stance, td_str_of(td_stance_text(a->stance)))) continue;
		return true;
	}
	return false;
}

static bool is_no_attribution(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	return !is_attribution(doc, rest, f, n);
}

static bool is_quote(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	(void)rest;
	td_str speaker = field(f, n, "speaker");
	for (uint32_t i = 0; i < doc->quotes.n; i++) {
		const td_quote *q = &doc->quotes.at[i];
		if (!td_str_starts(td_str_trim(td_doc_slice(doc, q->bytes)), bare(f, n, 0))) continue;
		if (speaker.n == 0 || entity_called(doc, q->speaker, speaker)) return true;
		if (td_str_eq(speaker, TD_STR("none")) && q->speaker >= doc->entities.n) return true;
	}
	return false;
}

static bool is_no_quote(const td_doc *doc, td_str rest, const case_field *f, size_t n)
{
	return !is_quote(doc, rest, f, n);
}

static const struct {
	const char *key;
	check *holds;
} checks[] = {
	{ "sentences", is_sentences }, { "tokens", is_tokens }, { "time", is_time }, { "mention", is_mention },
	{ "no-mention", is_no_mention }, { "same", is_same }, { "different", is_different }, { "link", is_link },
	{ "position", is_position }, { "no-position", is_no_position }, { "relation", is_relation }, { "event", is_event },
	{ "no-event", is_no_event }, { "events", is_events }, { "attribution", is_attribution },
	{ "no-attribution", is_no_attribution }, { "quote", is_quote }, { "no-quote", is_no_quote }, { "amount", is_amount },
	{ "no-amount", is_no_amount }, { "identity", is_identity }, { "no-identity", is_no_identity },
};

bool case_holds(const td_doc *doc, td_str key, td_str rest, const case_field *fields, size_t n, bool *known)
{
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
		if (td_str_eq(key, td_str_of(checks[i].key))) return checks[i].holds(doc, rest, fields, n);
	*known = false;
	return false;
}

/* ---- what was found instead ---- */

static void explain_amount(const td_doc *doc, const td_amount *a)
{
	printf(" [%s \"%.*s\" %lld/%lld %s %.*s %.*s]", td_amount_kind_text(a->kind), TD_STR_ARG(td_doc_toks_text(doc, a->toks)), (long long)a->low,
		(long long)a->high, td_bound_text(a->bound), TD_STR_ARG(a->currency), TD_STR_ARG(a->unit));
}

static void explain_event(const td_doc *doc, uint32_t v)
{
	const td_event *e = &doc->events.at[v];
	char date[16] = "-";
	if (e->begin.year) td_date_print(e->begin, date);
	td_str trigger = e->trigger < doc->triggers.n ? td_doc_toks_text(doc, doc->triggers.at[e->trigger].toks) : (td_str){ 0 };
	printf("#   %.*s %.*s \"%.*s\" time=%s factuality=%s", TD_STR_ARG(case_lexicon.classes.at[e->cls].name), TD_STR_ARG(e->iri), TD_STR_ARG(trigger), date, td_factuality_text(e->factuality));
	if (e->quantity >= 0) printf(" quantity=%lld bound=%s", (long long)e->quantity, td_bound_text(e->bound));
	for (uint32_t i = 0; i < doc->amounts.n; i++)
		if (doc->amounts.at[i].event == v) explain_amount(doc, &doc->amounts.at[i]);
	for (uint32_t i = 0; i < doc->args.n; i++) {
		const td_arg *a = &doc->args.at[i];
		if (a->event != v) continue;
		td_str label = a->is_event ? doc->events.at[a->target].label : doc->entities.at[a->target].label;
		printf(" %s=\"%.*s\"", td_role_text(a->role), TD_STR_ARG(label));
	}
	printf("\n");
}

static void explain_mention(const td_doc *doc, const td_mention *m)
{
	td_str text = td_doc_toks_text(doc, m->toks);
	td_str label = m->entity < doc->entities.n ? doc->entities.at[m->entity].label : (td_str){ 0 };
	printf("#   %s %s \"%.*s\" -> \"%.*s\"\n", td_class_text(m->cls), td_mention_kind_text(m->kind), TD_STR_ARG(text), TD_STR_ARG(label));
}

void case_explain(const td_doc *doc, td_str key)
{
	bool events = td_str_ends(key, TD_STR("amount")) || td_str_starts(key, TD_STR("event")) || td_str_starts(key, TD_STR("no-event"));
	bool claims = td_str_ends(key, TD_STR("attribution")) || td_str_ends(key, TD_STR("quote"));
	for (uint32_t v = 0; (events || claims) && v < doc->events.n; v++) explain_event(doc, v);
	for (uint32_t i = 0; td_str_ends(key, TD_STR("identity")) && i < doc->identities.n; i++)
		printf("#   \"%.*s\"\n", TD_STR_ARG(doc->identities.at[i].label));
	for (uint32_t i = 0; !events && !claims && i < doc->mentions.n; i++) explain_mention(doc, &doc->mentions.at[i]);
	for (uint32_t i = 0; claims && i < doc->attributions.n; i++) {
		const td_attribution *a = &doc->attributions.at[i];
		td_str who = a->source < doc->entities.n ? doc->entities.at[a->source].label : (td_str){ 0 };
		printf("#   attribution of %.*s to \"%.*s\" %s\n", TD_STR_ARG(doc->events.at[a->event].iri), TD_STR_ARG(who), td_stance_text(a->stance));
	}
}
