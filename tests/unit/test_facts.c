#include "check.h"

#include "kg/facts.h"

#include <stdlib.h>

/* A hand-made document of "Zoë Łuk met the mayor of Sankt Bad. Zoë left." without knowledge base: entity.kb stays TD_NONE. */
static const char text[] = "Zoë Łuk met the mayor of Sankt Bad. Zoë left.";

static td_lexicon lexicon;

static int open_lexicon(void **state)
{
	(void)state;
	static const char table[] = "class\tEvent\tEvent\tevent\n"
		"class\tCommunication\tEvent\tcommunication\n"
		"class\tMeeting\tCommunication\tmeeting\n"
		"class\tMovement\tEvent\tmovement\n"
		"class\tTravel\tMovement\ttravel\n"
		"class\tStatement\tCommunication\tstatement\n";
	return td_lexicon_read(td_str_of(table), &lexicon, NULL) != TD_OK;
}

static int close_lexicon(void **state)
{
	(void)state;
	td_lexicon_free(&lexicon);
	return 0;
}

static void words(td_doc *doc)
{
	for (uint32_t i = 0; i < doc->text.n;) {
		uint32_t from = i;
		while (i < doc->text.n && doc->text.at[i] != ' ' && doc->text.at[i] != '.') i++;
		if (i > from) TD_PUSH(&doc->arena, &doc->toks, (td_token){ .bytes = { from, i }, .upos = TD_NOUN });
		if (i < doc->text.n && doc->text.at[i] == '.') TD_PUSH(&doc->arena, &doc->toks, (td_token){ .bytes = { i, i + 1 }, .upos = TD_PUNCT });
		i++;
	}
}

/* 0 Zoë 1 Łuk 2 met 3 the 4 mayor 5 of 6 Sankt 7 Bad 8 . 9 Zoë 10 left 11 . */
static void build(td_doc *doc)
{
	td_doc_init(doc);
	assert_int_equal(td_doc_set_text(doc, td_str_of(text), NULL), TD_OK);
	words(doc);
	assert_int_equal(doc->toks.n, 12);
	doc->date = (td_date){ 2017, 4, 12 };
	doc->title = TD_STR("A \"title\"");
	const td_entity entities[] = {
		{ .label = TD_STR("Zoë Łuk"), .kb = TD_NONE, .cls = TD_PERSON, .named = 1, .n_mentions = 2 },
		{ .label = TD_STR("mayor"), .kb = TD_NONE, .cls = TD_PERSON, .n_mentions = 1 },
		{ .label = TD_STR("Sankt Bad"), .kb = TD_NONE, .cls = TD_PLACE, .named = 1, .n_mentions = 1 },
		{ .label = TD_STR("nobody's"), .kb = TD_NONE, .cls = TD_GROUP, .n_mentions = 1 },
	};
	const td_mention mentions[] = { { .toks = { 0, 2 }, .entity = 0 }, { .toks = { 4, 5 }, .entity = 1, .kind = TD_NOMINAL },
		{ .toks = { 6, 8 }, .entity = 2 }, { .toks = { 9, 10 }, .entity = 0 }, { .toks = { 10, 11 }, .entity = 3, .kind = TD_NOMINAL } };
	const td_event events[] = { { .cls = 2, .trigger = 0, .label = TD_STR("Zoë Łuk met mayor"), .begin = { 2017, 4, 12 }, .quantity = -1,
		.time_text = TD_STR("Wednesday") }, { .cls = 4, .trigger = 1, .begin = { 2017, 0, 0 }, .end = { 0 }, .span = 1, .quantity = 7,
		.factuality = TD_PLANNED } };
	const td_trigger triggers[] = { { 0, { 2, 3 }, 2 }, { 1, { 10, 11 }, 10 } };
	const td_arg args[] = { { 0, 0, TD_AGENT, 0, 0 }, { 0, 1, TD_PATIENT, 0, 1 }, { 1, 0, TD_AGENT, 0, 3 }, { 1, 0, TD_AGENT, 0, TD_NONE },
		{ 1, 1, TD_TOPIC, 1, TD_NONE } };
	for (size_t i = 0; i < 4; i++) TD_PUSH(&doc->arena, &doc->entities, entities[i]);
	for (size_t i = 0; i < 5; i++) TD_PUSH(&doc->arena, &doc->mentions, mentions[i]);
	for (size_t i = 0; i < 2; i++) TD_PUSH(&doc->arena, &doc->events, events[i]);
	for (size_t i = 0; i < 2; i++) TD_PUSH(&doc->arena, &doc->triggers, triggers[i]);
	for (size_t i = 0; i < 5; i++) TD_PUSH(&doc->arena, &doc->args, args[i]);
	const td_position position = { .holder = 1, .title = TD_STR("mayor"), .organization = 2, .toks = { 4, 8 } };
	TD_PUSH(&doc->arena, &doc->positions, position);
	TD_PUSH(&doc->arena, &doc->positions, position);
	TD_PUSH(&doc->arena, &doc->attributions, (td_attribution){ .event = 1, .source = 2, .statement = TD_NONE, .stance = TD_DENIES });
	TD_PUSH(&doc->arena, &doc->doubts, ((td_doubt){ 0, 1 }));
	TD_PUSH(&doc->arena, &doc->quotes, (td_quote){ .bytes = { 0, 4 }, .speaker = 0, .statement = TD_NONE });
	assert_int_equal(td_iris(doc, &lexicon, NULL, TD_STR("https://example.org/"), NULL), TD_OK);
}

static void build_graph(const td_doc *doc, td_provenance provenance, bool with_text, td_graph *graph)
{
	td_facts_options options = { provenance, with_text };
	td_error err = { 0 };
	td_graph_init(graph);
	assert_int_equal(td_facts(doc, &lexicon, NULL, &options, graph, &err), TD_OK);
	if (td_graph_check(graph, &err) != TD_OK) fail_msg("%s", err.text);
}

/* How many triples have this predicate's local name and object value ("" for any). */
static unsigned count(const td_graph *g, const char *predicate, const char *object)
{
	unsigned n = 0;
	for (uint32_t i = 0; i < g->triples.n; i++)
		n += td_str_ends(g->triples.at[i].p.value, td_str_of(predicate)) &&
			(!*object || td_str_ends(g->triples.at[i].o.value, td_str_of(object)));
	return n;
}

static void the_graph_says_what_the_document_holds(void **state)
{
	(void)state;
	td_doc doc;
	td_graph g;
	build(&doc);
	build_graph(&doc, TD_PROV_MENTION, false, &g);
	assert_int_equal(count(&g, "#type", "/NewsArticle"), 1);
	assert_int_equal(count(&g, "/title", "A \"title\""), 1);
	assert_int_equal(count(&g, "wordCount", "10"), 1);
	assert_int_equal(count(&g, "#type", "#Person"), 2);
	assert_int_equal(count(&g, "#type", "#Group"), 0); /* without a name, and nothing needs it */
	assert_int_equal(count(&g, "altLabel", "Zoë"), 1);
	assert_int_equal(count(&g, "#possiblySame", ""), 1);
	assert_int_equal(count(&g, "#type", "#Position"), 1); /* read twice, one position */
	assert_int_equal(count(&g, "#agent", ""), 2);         /* a role filled twice is one triple; no event is its own topic */
	assert_int_equal(count(&g, "#topic", ""), 0);
	assert_int_equal(count(&g, "hasTimeStamp", "2017-04-12"), 1);
	assert_int_equal(count(&g, "hasBeginTimeStamp", "2017"), 1);
	assert_int_equal(count(&g, "hasEndTimeStamp", ""), 0);
	assert_int_equal(count(&g, "#quantity", "7"), 1);
	assert_int_equal(count(&g, "#factuality", "#Planned"), 1);
	assert_int_equal(count(&g, "#stance", "#Denies"), 1);
	assert_int_equal(count(&g, "spokenByCharacter", ""), 1);
	assert_int_equal(count(&g, "isString", ""), 0);
	td_graph_free(&g);
	td_doc_free(&doc);
}

static void mentions_count_code_points(void **state)
{
	(void)state;
	td_doc doc;
	td_graph g;
	build(&doc);
	build_graph(&doc, TD_PROV_MENTION, false, &g);
	assert_int_equal(count(&g, "anchorOf", "Zoë Łuk"), 1);
	assert_int_equal(count(&g, "beginIndex", "36"), 1); /* the second Zoë */
	assert_int_equal(count(&g, "endIndex", "45"), 1);   /* the context */
	td_str doc_iri = g.name;
	td_str want = td_arena_printf(&g.arena, TD_STR_FMT "#char=36,39", TD_STR_ARG(doc_iri));
	unsigned n = 0;
	for (uint32_t i = 0; i < g.triples.n; i++) n += td_str_eq(g.triples.at[i].s.value, want);
	assert_int_equal(n, 6);
	td_graph_free(&g);
	td_doc_free(&doc);
}

static void subjects_stand_together_and_no_triple_twice(void **state)
{
	(void)state;
	td_doc doc;
	td_graph g;
	build(&doc);
	build_graph(&doc, TD_PROV_FULL, true, &g);
	td_map seen;
	td_map_init(&seen, &g.arena);
	for (uint32_t i = 0; i < g.triples.n; i++) {
		const td_triple *t = &g.triples.at[i];
		bool starts = i == 0 || !td_str_eq(g.triples.at[i - 1].s.value, t->s.value);
		if (starts) assert_int_equal(td_map_get(&seen, t->s.value), TD_NONE);
		assert_true(td_map_put(&seen, t->s.value, i));
		for (uint32_t k = 0; k < i; k++)
			assert_false(td_str_eq(g.triples.at[k].s.value, t->s.value) && td_term_eq(&g.triples.at[k].p, &t->p) &&
				td_term_eq(&g.triples.at[k].o, &t->o));
	}
	td_graph_free(&g);
	td_doc_free(&doc);
}

static void provenance_is_the_users_choice(void **state)
{
	(void)state;
	td_doc doc;
	td_graph g;
	build(&doc);
	static const struct {
		td_provenance level;
		unsigned derived, mentions, evidence;
	} t[] = { { TD_PROV_NONE, 0, 0, 0 }, { TD_PROV_DOCUMENT, 4, 0, 0 }, { TD_PROV_MENTION, 4, 7, 0 }, { TD_PROV_FULL, 8, 7, 3 } };
	for (size_t i = 0; i < 4; i++) {
		build_graph(&doc, t[i].level, false, &g);
		assert_int_equal(count(&g, "wasDerivedFrom", ""), t[i].derived);
		assert_int_equal(count(&g, "anchorOf", ""), t[i].mentions);
		assert_int_equal(count(&g, "#type", "ns#Statement"), t[i].evidence);
		td_graph_free(&g);
	}
	build_graph(&doc, TD_PROV_NONE, true, &g);
	assert_int_equal(count(&g, "isString", text), 1);
	td_graph_free(&g);
	td_doc_free(&doc);
}

static void names_are_the_same_in_every_run(void **state)
{
	(void)state;
	td_doc a, b;
	build(&a);
	build(&b);
	for (uint32_t i = 0; i < a.entities.n; i++) assert_true(td_str_eq(a.entities.at[i].iri, b.entities.at[i].iri));
	check_str((td_str){ a.entities.at[0].iri.at, 35 }, "https://example.org/entity/Zoe_Luk-");
	for (uint32_t i = 0; i < a.events.n; i++) assert_true(td_str_eq(a.events.at[i].iri, b.events.at[i].iri));
	/* Another document: its person is another one, a place named in two words the same one. */
	b.url = TD_STR("https://news.example.org/x#top");
	assert_int_equal(td_iris(&b, &lexicon, NULL, TD_STR("https://example.org/"), NULL), TD_OK);
	check_str(b.iri, "https://news.example.org/x");
	assert_false(td_str_eq(a.entities.at[0].iri, b.entities.at[0].iri));
	assert_true(td_str_eq(a.entities.at[2].iri, b.entities.at[2].iri));
	b.url = (td_str){ 0 };
	b.id = TD_STR("Überschrift 7");
	assert_int_equal(td_iris(&b, &lexicon, NULL, TD_STR("https://example.org/"), NULL), TD_OK);
	check_str(b.iri, "https://example.org/doc/Überschrift%207");
	td_doc_free(&a);
	td_doc_free(&b);
}

static void one_happening_has_one_name_in_two_documents(void **state)
{
	(void)state;
	td_doc a, b;
	build(&a);
	build(&b);
	/* Both sides have names across documents now. */
	for (int k = 0; k < 2; k++) {
		td_doc *d = k ? &b : &a;
		d->id = k ? TD_STR("b") : TD_STR("a");
		d->entities.at[0].cls = TD_ORGANIZATION;
		d->args.at[1].target = 2;
		assert_int_equal(td_iris(d, &lexicon, NULL, TD_STR("https://example.org/"), NULL), TD_OK);
	}
	assert_true(td_str_eq(a.events.at[0].iri, b.events.at[0].iri));
	assert_false(td_str_eq(a.events.at[1].iri, b.events.at[1].iri));
	b.events.at[0].begin.day = 13;
	assert_int_equal(td_iris(&b, &lexicon, NULL, TD_STR("https://example.org/"), NULL), TD_OK);
	assert_false(td_str_eq(a.events.at[0].iri, b.events.at[0].iri));
	td_doc_free(&a);
	td_doc_free(&b);
}

static void quantities_stand_beside_their_event(void **state)
{
	(void)state;
	td_doc doc;
	td_graph g = { 0 };
	build(&doc);
	const td_amount amounts[] = {
		{ .event = 1, .kind = TD_COUNTED, .bound = TD_AT_LEAST, .low = 7000, .high = 7000, .unit = TD_STR("people"), .toks = { 8, 10 } },
		{ .event = 1, .kind = TD_MONEY, .low = 1500, .high = 1500, .currency = TD_STR("EUR"), .toks = { 3, 5 } },
		{ .event = 1, .kind = TD_VOTES, .low = 52000, .high = 48000, .toks = { 5, 6 } },
		{ .event = 1, .kind = TD_COUNTED, .bound = TD_BETWEEN, .low = 20000, .high = 30000, .toks = { 2, 3 } },
		{ .event = 1, .kind = TD_VOTES, .low = 52000, .high = 48000, .toks = { 7, 8 } }, /* told again */
	};
	for (size_t i = 0; i < 5; i++) assert_true(TD_PUSH(&doc.arena, &doc.amounts, amounts[i]));
	doc.events.at[1].bound = TD_AT_LEAST;
	assert_int_equal(td_iris(&doc, &lexicon, NULL, TD_STR("https://example.org/"), NULL), TD_OK);
	assert_true(td_str_eq(doc.amounts.at[2].iri, doc.amounts.at[4].iri));
	build_graph(&doc, TD_PROV_MENTION, false, &g);
	assert_int_equal(count(&g, "#quantity", "7"), 1);
	assert_int_equal(count(&g, "#quantityBound", "AtLeast"), 2); /* of the event, and of the count */
	assert_int_equal(count(&g, "ns#amount", ""), 4);
	assert_int_equal(count(&g, "org/value", "1.5"), 1);
	assert_int_equal(count(&g, "currency", "EUR"), 1);
	assert_int_equal(count(&g, "unitText", "people"), 1);
	assert_int_equal(count(&g, "votesFor", "52"), 1);
	assert_int_equal(count(&g, "votesAgainst", "48"), 1);
	assert_int_equal(count(&g, "minValue", "20"), 1);
	assert_int_equal(count(&g, "maxValue", "30"), 1);
	td_graph_free(&g);
	td_doc_free(&doc);
}

static void keys_tell_events_apart(void **state)
{
	(void)state;
	td_doc a, b;
	build(&a);
	build(&b);
	for (int k = 0; k < 2; k++) {
		td_doc *d = k ? &b : &a;
		d->id = k ? TD_STR("b") : TD_STR("a");
		d->args.at[1].target = 2; /* both sides have names of two words */
		d->args.at[0].role = k ? TD_PATIENT : TD_AGENT;
		d->args.at[1].role = k ? TD_AGENT : TD_PATIENT;
		assert_int_equal(td_iris(d, &lexicon, NULL, TD_STR("https://example.org/"), NULL), TD_OK);
		assert_true(d->identities.n > 0);
		check_str(d->identities.at[0].label, "Meeting, Sankt Bad, Zoë Łuk, 2017-04-12");
	}
	assert_true(td_str_eq(a.identities.at[0].iri, b.identities.at[0].iri));
	assert_true(td_str_eq(a.events.at[0].iri, b.events.at[0].iri)); /* whichever side a paper names first */
	/* What did not happen shares the key, not the name. */
	b.events.at[0].factuality = TD_NEGATED;
	assert_int_equal(td_iris(&b, &lexicon, NULL, TD_STR("https://example.org/"), NULL), TD_OK);
	assert_true(td_str_eq(a.identities.at[0].iri, b.identities.at[0].iri));
	assert_false(td_str_eq(a.events.at[0].iri, b.events.at[0].iri));
	td_doc_free(&a);
	td_doc_free(&b);
}

static void slugs_are_short_and_plain(void **state)
{
	(void)state;
	td_arena arena;
	td_arena_init(&arena);
	check_str(td_slug(&arena, TD_STR("Łódź, City of L'Aquila!")), "Lodz_City_of_LAquila");
	check_str(td_slug(&arena, TD_STR("日本")), "");
	td_str s = td_slug(&arena, TD_STR("The Extremely Long Name of an Organisation Which Nobody Can Remember at All"));
	assert_true(s.n <= 60 && s.at[s.n - 1] != '_');
	td_arena_free(&arena);
}

static void every_failing_allocation_is_reported(void **state)
{
	(void)state;
	td_doc doc;
	build(&doc);
	td_facts_options options = { TD_PROV_FULL, true };
	unsigned failures = 0;
	setenv("TIDINGS_ARENA", "exact", 1);
	for (uint64_t nth = 1; nth < 5000; nth++) {
		td_graph g;
		td_graph_init(&g);
		td_alloc_fail_at(nth);
		td_status status = td_facts(&doc, &lexicon, NULL, &options, &g, NULL);
		td_alloc_fail_at(0);
		td_graph_free(&g);
		if (status == TD_OK) break;
		assert_int_equal(status, TD_ERR_MEMORY);
		failures++;
	}
	unsetenv("TIDINGS_ARENA");
	if (failures < 100 || failures > 4990) fail_msg("%u allocations", failures);
	td_doc_free(&doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_graph_says_what_the_document_holds), cmocka_unit_test(mentions_count_code_points),
		cmocka_unit_test(subjects_stand_together_and_no_triple_twice), cmocka_unit_test(provenance_is_the_users_choice),
		cmocka_unit_test(names_are_the_same_in_every_run), cmocka_unit_test(one_happening_has_one_name_in_two_documents),
		cmocka_unit_test(quantities_stand_beside_their_event), cmocka_unit_test(keys_tell_events_apart),
		cmocka_unit_test(slugs_are_short_and_plain), cmocka_unit_test(every_failing_allocation_is_reported),
	};
	return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
