/* Hands the claims of a text and their features to claim_train.py; features come from src/kg/claim_feature.c, events and sources from the
 * program itself, so that training sees what the program will see. */
#include "kg/claim.h"
#include "kg/kg.h"
#include "lib/engine.h"

#include <stdlib.h>

typedef struct {
	uint32_t event, source, stance;
	uint32_t told_from, told_to; /* characters of the word that it was read at */
	uint32_t first, n;           /* in `feature` */
} claim;

typedef struct {
	uint32_t of, from, to; /* of: event or entity */
} span;

typedef struct {
	TD_ARRAY(claim) claims; /* of the text read last; these are what Python looks at */
	TD_ARRAY(uint32_t) feature;
	TD_ARRAY(span) triggers, mentions;
	td_arena arena;
	td_engine *engine;
	td_worker *worker;
	td_lexicon lexicon;
} reader;

static int fails(td_status status, const td_error *err)
{
	if (status != TD_OK) fprintf(stderr, "%s\n", err->text);
	return status != TD_OK;
}

/* The program's data are where TIDINGS_DATA says. */
reader *claim_reader(const char *lexicon)
{
	td_error err = { 0 };
	td_engine_options options;
	reader *r = calloc(1, sizeof *r);
	if (!r) return NULL;
	td_engine_options_init(&options);
	td_arena_init(&r->arena);
	if (fails(td_engine_open(&options, &r->engine, &err), &err) || fails(td_worker_open(r->engine, &r->worker, &err), &err) ||
		fails(td_lexicon_open(lexicon, &r->lexicon, &err), &err)) {
		free(r);
		return NULL;
	}
	return r;
}

static span chars(const td_doc *doc, uint32_t of, td_range toks)
{
	td_range bytes = td_doc_bytes(doc, toks);
	return (span){ of, td_doc_char(doc, bytes.from), td_doc_char(doc, bytes.to) };
}

static td_status look(reader *r, td_doc *doc, td_error *err)
{
	td_claim_view view;
	uint32_t feature[TD_CLAIM_FEATURES];
	TRY(td_judge(doc, &r->lexicon, err));
	TRY(td_event_coref(doc, &r->lexicon, err));
	TRY(td_claim_view_make(doc, &r->lexicon, &view, err));
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		const td_attribution *a = &doc->attributions.at[i];
		span told = chars(doc, 0, (td_range){ a->told, a->told + 1 });
		claim c = { a->event, a->source, a->stance, told.from, told.to, r->feature.n, 0 };
		c.n = td_claim_features(&view, i, feature);
		for (uint32_t k = 0; k < c.n; k++)
			if (!TD_PUSH(&r->arena, &r->feature, feature[k])) return td_no_memory(err);
		if (!TD_PUSH(&r->arena, &r->claims, c)) return td_no_memory(err);
	}
	for (uint32_t i = 0; i < doc->triggers.n; i++)
		if (!TD_PUSH(&r->arena, &r->triggers, chars(doc, doc->triggers.at[i].event, doc->triggers.at[i].toks))) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->mentions.n; i++)
		if (!TD_PUSH(&r->arena, &r->mentions, chars(doc, doc->mentions.at[i].entity, doc->mentions.at[i].toks))) return td_no_memory(err);
	return TD_OK;
}

/* The claims of a text of the day `date` (ISO); their number, or -1. */
int claim_read(reader *r, const char *text, size_t n, const char *date)
{
	td_error err = { 0 };
	td_input in;
	const td_doc *doc = NULL;
	td_input_init(&in);
	r->claims.n = r->feature.n = r->triggers.n = r->mentions.n = 0;
	in.text = (td_str){ text, n };
	in.date = td_date_parse(td_str_of(date));
	int bad = fails(td_worker_run(r->worker, &in, TD_STAGE_ATTRIBUTION, &doc, &err), &err) || fails(look(r, (td_doc *)doc, &err), &err);
	td_input_free(&in);
	return bad ? -1 : (int)r->claims.n;
}

/* The class of an event, and what it is a kind of; NULL at the end. */
const char *claim_class(const reader *r, uint32_t cls, uint32_t up)
{
	static char name[64];
	for (; up; up--) {
		if (r->lexicon.classes.at[cls].parent == cls) return NULL;
		cls = r->lexicon.classes.at[cls].parent;
	}
	snprintf(name, sizeof name, TD_STR_FMT, TD_STR_ARG(r->lexicon.classes.at[cls].name));
	return name;
}
