/* Hands the triggers of a text and their features to event_train.py; features come from src/kg/event_feature.c, words and trees from the
 * program itself, so that training sees what the program will see. */
#include "kg/event_score.h"
#include "lib/engine.h"

#include <stdlib.h>

typedef struct {
	uint32_t from, to; /* characters */
	uint32_t cls;
	uint32_t first, n; /* in `feature` */
} candidate;

typedef struct {
	TD_ARRAY(candidate) candidates; /* of the text read last; these two are what Python looks at */
	TD_ARRAY(uint32_t) feature;
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
reader *event_reader(const char *lexicon)
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

static td_status look(reader *r, td_doc *doc, td_error *err)
{
	td_finds finds;
	td_event_view view;
	uint32_t feature[TD_EVENT_FEATURES];
	TRY(td_quotes(doc, &r->lexicon, err));
	TRY(td_detect(doc, &r->lexicon, &finds, err));
	TRY(td_event_view_make(doc, &r->lexicon, &finds, &view, err));
	for (uint32_t i = 0; i < finds.found.n; i++) {
		td_range bytes = td_doc_bytes(doc, finds.found.at[i].toks);
		candidate c = { td_doc_char(doc, bytes.from), td_doc_char(doc, bytes.to), r->lexicon.senses.at[finds.found.at[i].sense].cls, r->feature.n, 0 };
		c.n = td_event_features(&view, i, feature);
		for (uint32_t k = 0; k < c.n; k++)
			if (!TD_PUSH(&r->arena, &r->feature, feature[k])) return td_no_memory(err);
		if (!TD_PUSH(&r->arena, &r->candidates, c)) return td_no_memory(err);
	}
	return TD_OK;
}

/* The triggers of a text of the day `date` (ISO); their number, or -1. */
int event_read(reader *r, const char *text, size_t n, const char *date)
{
	td_error err = { 0 };
	td_input in;
	const td_doc *doc = NULL;
	td_input_init(&in);
	r->candidates.n = r->feature.n = 0;
	in.text = (td_str){ text, n };
	in.date = td_date_parse(td_str_of(date));
	int bad = fails(td_worker_run(r->worker, &in, TD_STAGE_LINK, &doc, &err), &err) || fails(look(r, (td_doc *)doc, &err), &err);
	td_input_free(&in);
	return bad ? -1 : (int)r->candidates.n;
}

/* Name of a class, and of what it is a kind of; NULL at the end. */
const char *event_class(const reader *r, uint32_t cls, uint32_t up)
{
	static char name[64];
	for (; up; up--) {
		if (r->lexicon.classes.at[cls].parent == cls) return NULL;
		cls = r->lexicon.classes.at[cls].parent;
	}
	snprintf(name, sizeof name, TD_STR_FMT, TD_STR_ARG(r->lexicon.classes.at[cls].name));
	return name;
}
