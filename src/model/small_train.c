/* Hands what the small models judge, and its features, to their trainers in Python: triggers, claims, pairs of events. Features come from src/kg,
 * words, trees and events from the program itself, so that training sees what the program will see. */
#include "kg/claim.h"
#include "kg/event_pair.h"
#include "kg/event_score.h"
#include "kg/speech.h"
#include "lib/engine.h"

#include <stdlib.h>

enum { ROW = 4, MAX_LOOK = 400 };

/* What is judged: four numbers of its own (see below), and its features. */
typedef struct {
	uint32_t is[ROW];
	uint32_t first, n; /* in `feature` */
} row;

typedef struct {
	uint32_t of, from, to; /* of: event or entity; characters */
} span;

typedef struct {
	TD_ARRAY(row) rows; /* of the text read last; these are what Python looks at */
	TD_ARRAY(uint32_t) feature;
	TD_ARRAY(span) triggers, mentions;
	td_arena arena;
	td_engine *engine;
	td_worker *worker;
	td_lexicon lexicon;
	td_logistic *pairs; /* NULL: not trained yet */
} reader;

static int fails(td_status status, const td_error *err)
{
	if (status != TD_OK) fprintf(stderr, "%s\n", err->text);
	return status != TD_OK;
}

/* The program's data are where TIDINGS_DATA says. */
reader *small_reader(const char *lexicon)
{
	td_error err = { 0 };
	td_engine_options options;
	char path[4096];
	reader *r = calloc(1, sizeof *r);
	if (!r) return NULL;
	td_engine_options_init(&options);
	td_arena_init(&r->arena);
	if (fails(td_engine_open(&options, &r->engine, &err), &err) || fails(td_worker_open(r->engine, &r->worker, &err), &err) ||
		fails(td_lexicon_open(lexicon, &r->lexicon, &err), &err)) {
		free(r);
		return NULL;
	}
	if (td_data_path("pair.tdm", path, sizeof path, NULL) == TD_OK && fails(td_pair_model_open(path, &r->pairs, &err), &err)) return NULL;
	return r;
}

static span chars(const td_doc *doc, uint32_t of, td_range toks)
{
	td_range bytes = td_doc_bytes(doc, toks);
	return (span){ of, td_doc_char(doc, bytes.from), td_doc_char(doc, bytes.to) };
}

static td_status put(reader *r, row new, const uint32_t *feature, td_error *err)
{
	new.first = r->feature.n;
	for (uint32_t k = 0; k < new.n; k++)
		if (!TD_PUSH(&r->arena, &r->feature, feature[k])) return td_no_memory(err);
	return TD_PUSH(&r->arena, &r->rows, new) ? TD_OK : td_no_memory(err);
}

/* from, to (characters), class, where its light verb begins (TD_NONE: it has none) */
static td_status look_at_triggers(reader *r, td_doc *doc, td_error *err)
{
	td_finds finds;
	td_event_view view;
	uint32_t feature[TD_EVENT_FEATURES];
	TRY(td_quotes(doc, &r->lexicon, err));
	TRY(td_detect(doc, &r->lexicon, &finds, err));
	TRY(td_event_view_make(doc, &r->lexicon, &finds, &view, err));
	for (uint32_t i = 0; i < finds.found.n; i++) {
		span s = chars(doc, 0, finds.found.at[i].toks);
		uint32_t light = finds.found.at[i].light, verb = light == TD_NONE ? TD_NONE : chars(doc, 0, (td_range){ light, light + 1 }).from;
		row new = { { s.from, s.to, r->lexicon.senses.at[finds.found.at[i].sense].cls, verb }, 0, td_event_features(&view, i, feature) };
		TRY(put(r, new, feature, err));
	}
	return TD_OK;
}

/* from, to (characters), class, and of which narrower class it is asked: one row each */
static td_status look_at_sayings(reader *r, td_doc *doc, td_error *err)
{
	td_speech_view view;
	td_saying_content content;
	td_speech_look look;
	uint32_t feature[TD_SPEECH_FEATURES];
	TRY(td_quotes(doc, &r->lexicon, err));
	TRY(td_events(doc, &r->lexicon, NULL, err));
	TRY(td_speech_view_make(doc, &r->lexicon, &view, err));
	for (uint32_t i = 0; i < doc->events.n; i++) {
		if (!td_speech_content(&view, i, &content)) continue;
		span s = chars(doc, 0, doc->triggers.at[doc->events.at[i].trigger].toks);
		td_speech_features(&view, &content, &look);
		for (unsigned act = 0; act < TD_ACT_COUNT; act++) {
			td_speech_places(&look, (td_act)act, feature);
			TRY(put(r, (row){ { s.from, s.to, doc->events.at[i].cls, view.act[act] }, 0, look.n }, feature, err));
		}
	}
	return TD_OK;
}

static td_status put_spans(reader *r, const td_doc *doc, td_error *err)
{
	for (uint32_t i = 0; i < doc->triggers.n; i++)
		if (!TD_PUSH(&r->arena, &r->triggers, chars(doc, doc->triggers.at[i].event, doc->triggers.at[i].toks))) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->mentions.n; i++)
		if (!TD_PUSH(&r->arena, &r->mentions, chars(doc, doc->mentions.at[i].entity, doc->mentions.at[i].toks))) return td_no_memory(err);
	return TD_OK;
}

/* event, source, stance */
static td_status look_at_claims(reader *r, td_doc *doc, td_error *err)
{
	td_claim_view view;
	uint32_t feature[TD_CLAIM_FEATURES];
	TRY(td_judge(doc, &r->lexicon, err));
	TRY(td_event_coref(doc, &r->lexicon, r->pairs, err));
	TRY(td_claim_view_make(doc, &r->lexicon, &view, err));
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		const td_attribution *a = &doc->attributions.at[i];
		TRY(put(r, (row){ { a->event, a->source, a->stance, 0 }, 0, td_claim_features(&view, i, feature) }, feature, err));
	}
	return put_spans(r, doc, err);
}

/* the earlier event, the later one, and 1024 + points */
static td_status look_at_pairs(reader *r, td_doc *doc, td_error *err)
{
	td_pairing c;
	uint32_t feature[TD_PAIR_FEATURES];
	TRY(td_judge(doc, &r->lexicon, err));
	TRY(td_pairing_make(doc, &r->lexicon, NULL, &c, err));
	for (uint32_t b = 1; b < doc->events.n; b++)
		for (uint32_t a = b; a-- > 0 && b - a <= MAX_LOOK;)
			if (td_pair_possible(&c, a, b))
				TRY(put(r, (row){ { a, b, (uint32_t)(1024 + td_pair_points(&c, a, b)), 0 }, 0, td_pair_features(&c, a, b, feature) }, feature, err));
	return put_spans(r, doc, err);
}

static const struct {
	td_stage until;
	td_status (*look)(reader *r, td_doc *doc, td_error *err);
} kinds[] = { { TD_STAGE_LINK, look_at_triggers }, { TD_STAGE_ATTRIBUTION, look_at_claims }, { TD_STAGE_ATTRIBUTION, look_at_pairs },
	{ TD_STAGE_LINK, look_at_sayings } };

/* What a text of the day `date` (ISO) has of a kind; how many, or -1. */
int small_read(reader *r, unsigned kind, const char *text, size_t n, const char *date)
{
	td_error err = { 0 };
	td_input in;
	const td_doc *doc = NULL;
	td_input_init(&in);
	r->rows.n = r->feature.n = r->triggers.n = r->mentions.n = 0;
	in.text = (td_str){ text, n };
	in.date = td_date_parse(td_str_of(date));
	int bad = fails(td_worker_run(r->worker, &in, kinds[kind].until, &doc, &err), &err) || fails(kinds[kind].look(r, (td_doc *)doc, &err), &err);
	td_input_free(&in);
	return bad ? -1 : (int)r->rows.n;
}

/* Name of a class, and of what it is a kind of; NULL at the end. */
const char *small_class(const reader *r, uint32_t cls, uint32_t up)
{
	static char name[64];
	for (; up; up--) {
		if (r->lexicon.classes.at[cls].parent == cls) return NULL;
		cls = r->lexicon.classes.at[cls].parent;
	}
	snprintf(name, sizeof name, TD_STR_FMT, TD_STR_ARG(r->lexicon.classes.at[cls].name));
	return name;
}
