/* Names of events: what is known of them across documents names them, else where they stand. */
#include "kg/event_key.h"

#include <stdlib.h>

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	const td_kb *kb;
	td_str base;
	td_map taken; /* keys that an earlier event of the document has */
} namer;

static td_str class_name(const namer *n, uint16_t cls)
{
	return n->lexicon->classes.at[cls].name;
}

/* "Meeting-2019-03-13-0a1b2c3d": what is unique for ever takes the whole hash. */
static td_str shared_name(namer *n, const td_key *key, const char *folder)
{
	char date[16] = "";
	if (key->when.year) td_date_print(key->when, date);
	unsigned high = (unsigned)(key->hash >> 32), low = (unsigned)key->hash;
	if (!key->when.day)
		return td_arena_printf(&n->doc->arena, TD_STR_FMT "%s" TD_STR_FMT "%s%s-%08x%08x", TD_STR_ARG(n->base), folder, TD_STR_ARG(class_name(n, key->kind)),
			*date ? "-" : "", date, high, low);
	return td_arena_printf(&n->doc->arena, TD_STR_FMT "%s" TD_STR_FMT "-%s-%08x", TD_STR_ARG(n->base), folder, TD_STR_ARG(class_name(n, key->kind)), date,
		high);
}

static td_str own_name(namer *n, uint32_t event)
{
	td_doc *doc = n->doc;
	const td_event *v = &doc->events.at[event];
	td_str cls = class_name(n, v->cls);
	td_range toks = v->trigger < doc->triggers.n ? doc->triggers.at[v->trigger].toks : (td_range){ 0, 0 };
	uint64_t h = td_hash_mix(td_hash(doc->iri), td_hash(cls));
	h = td_hash_mix(h, td_doc_char(doc, td_doc_bytes(doc, toks).from));
	return td_arena_printf(&doc->arena, TD_STR_FMT "event/" TD_STR_FMT "-%08x%08x", TD_STR_ARG(n->base), TD_STR_ARG(cls), (unsigned)(h >> 32), (unsigned)h);
}

static td_str key_label(namer *n, const td_key *key)
{
	char date[16] = "";
	if (key->when.year) td_date_print(key->when, date);
	return td_arena_printf(&n->doc->arena, TD_STR_FMT ", " TD_STR_FMT "%s" TD_STR_FMT "%s%s", TD_STR_ARG(class_name(n, key->kind)), TD_STR_ARG(key->parties[0]),
		key->parties[1].n ? ", " : "", TD_STR_ARG(key->parties[1]), *date ? ", " : "", date);
}

/* A second event of that key in one document is another one, or coreference would have made them one: the key is the first one's. */
static td_status name_event(namer *n, uint32_t event, td_range args, td_error *err)
{
	td_doc *doc = n->doc;
	td_key keys[TD_MAX_KEYS];
	td_str name = { 0 };
	uint32_t n_keys = td_event_keys(doc, n->lexicon, n->kb, event, args, keys);
	for (uint32_t k = 0; k < n_keys; k++) {
		td_identity id = { event, (float)keys[k].percent / 100, key_label(n, &keys[k]), shared_name(n, &keys[k], "key/") };
		if (!id.iri.at || !id.label.at) return td_no_memory(err);
		if (td_map_get(&n->taken, id.iri) != TD_NONE) continue;
		if (!td_map_put(&n->taken, id.iri, event) || !TD_PUSH(&doc->arena, &doc->identities, id)) return td_no_memory(err);
		if (!keys[k].names || name.n) continue;
		name = shared_name(n, &keys[k], "event/");
		if (!name.at) return td_no_memory(err);
	}
	if (!name.n) name = own_name(n, event);
	doc->events.at[event].iri = name;
	return name.at ? TD_OK : td_no_memory(err);
}

static int by_event(const void *a, const void *b)
{
	const td_arg *x = a, *y = b;
	if (x->event != y->event) return x->event < y->event ? -1 : 1;
	if (x->role != y->role) return x->role < y->role ? -1 : 1;
	if (x->is_event != y->is_event) return x->is_event < y->is_event ? -1 : 1;
	return x->target < y->target ? -1 : x->target > y->target;
}

td_status td_iris_events(td_doc *doc, const td_lexicon *lexicon, const td_kb *kb, td_str base, td_error *err)
{
	namer n = { .doc = doc, .lexicon = lexicon, .kb = kb, .base = base };
	td_map_init(&n.taken, &doc->arena);
	doc->identities.n = 0;
	if (doc->args.n) qsort(doc->args.at, doc->args.n, sizeof *doc->args.at, by_event);
	uint32_t a = 0;
	for (uint32_t i = 0; i < doc->events.n; i++) {
		td_range args = { a, a };
		while (args.to < doc->args.n && doc->args.at[args.to].event <= i) args.to++;
		a = args.to;
		TRY(name_event(&n, i, args, err));
	}
	return TD_OK;
}
