/* Inside the event stage: what detection hands to roles, times and labels. */
#ifndef TD_EVENTS_H
#define TD_EVENTS_H

#include "doc/doc.h"
#include "doc/lexicon.h"
#include "kg/frame.h"

enum {
	TD_MAX_DOC_EVENTS = 100000, /* beyond it a document's events are dropped, and doc->dropped counts them */
	TD_MAX_INFER = 4000,        /* args of a document that inference looks at: it compares them with one another */
};

/* A trigger that was found: one event each, at the same index in doc->events. */
typedef struct {
	uint32_t trigger; /* the head token */
	uint32_t sense;
	uint32_t light;   /* the light verb that has the trigger as its noun, TD_NONE */
	td_range toks;    /* the word or fixed phrase */
	uint32_t twin;    /* the other word of it, where verb and noun tell of one event: "imposed a curfew"; TD_NONE */
	td_range twin_toks;
	float score;      /* how likely it tells of an event of that class, 0…1; 0 where nobody was asked */
} td_found;

typedef struct {
	TD_ARRAY(td_found) found;
	uint32_t *event_at; /* [n_tokens] the event that a trigger or its light verb stands for, TD_NONE */
} td_finds;

td_status td_detect(td_doc *doc, const td_lexicon *lexicon, td_finds *out, td_error *err);
/* What hangs on a trigger, as its sense reads it. */
void td_sense_fills(const td_doc *doc, const td_sense *sense, uint32_t trigger, uint32_t light, td_fills *out);
td_status td_roles(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_error *err);
/* The place of an event that the frames left without one; no later event has args yet. */
td_status td_roles_place(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, uint32_t event, td_error *err);
/* Events that a sentence tells together took place together. */
td_status td_share_places(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_error *err);
/* The places within which, and beside which, the place at `tok` lies fill the same role. */
td_status td_put_places(td_doc *doc, uint32_t event, td_role role, uint32_t tok, td_error *err);
/* Participants that the text has named before, of events that it tells of without them; after coreference. */
td_status td_roles_story(td_doc *doc, const td_lexicon *lexicon, td_error *err);
void td_event_times(td_doc *doc, const td_finds *finds);
/* All quantities of events into doc->amounts; of those whom an event concerns, how many, into event.quantity. */
td_status td_event_quantities(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_error *err);
/* What a cause tells of its effect, and the other way round; after coreference. */
td_status td_event_infer(td_doc *doc, const td_lexicon *lexicon, td_error *err);
/* "Rex Tillerson met Vladimir Putin": from the first trigger and the labels of its participants. */
td_status td_event_labels(td_doc *doc, const td_lexicon *lexicon, td_error *err);

td_str td_lower_lemma(td_doc *doc, uint32_t tok); /* the lemma, lower case; the form where there is no lemma */
/* The word to look up: the lemma, or another one of the form where the lexicon does not know the lemma. Empty when out of memory. */
td_str td_event_word(td_doc *doc, const td_lexicon *lexicon, uint32_t tok);

/* Give events without a time that of another one. event_at: [n_tokens] by trigger, TD_NONE.
 * "Killed in an attack that happened on June 27", "said at a meeting on Friday": what is done in or at an event has its time. */
void td_setting_times(td_doc *doc, const uint32_t *event_at);
/* What a sentence tells together happened together. */
void td_spread_times(td_doc *doc, const uint32_t *event_at);
/* The first time expression that begins at `tok` or behind it: they are by position. */
uint32_t td_times_from(const td_doc *doc, uint32_t tok);

/* Gives an event without a time that of another one. */
void td_copy_time(td_event *to, const td_event *from);

#endif
