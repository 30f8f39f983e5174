/* What tells one event from all others, whoever writes of it: its kind, who or what was concerned, where and when.
 *
 * Davidson ("The Individuation of Events", 1969) and Quine tell events by causes or by place and time; news gives the
 * latter, and participants (Cybulska and Vossen, "Using a sledgehammer to crack a nut?", LREC 2014: action, time, place, participants). A
 * sure key names the event, so that two documents mean one node by it; each key is written, so that events of
 * documents that share one can be found by a query. */
#ifndef TD_EVENT_KEY_H
#define TD_EVENT_KEY_H

#include "doc/doc.h"
#include "doc/lexicon.h"
#include "kg/kb.h"

enum { TD_MAX_KEYS = 8 }; /* of one event */

typedef struct {
	uint16_t kind;     /* class: the one below the top class, so that a bombing is an attack */
	uint8_t percent;   /* how often two documents that share it mean one event */
	bool names;        /* sure enough to name the event by it */
	uint8_t who, how;  /* which way it is told by, and how precise the time is: of one event no two keys agree in both */
	td_date when;      /* as precise as the key is; year 0: it happens but once */
	uint64_t hash;     /* of kind, who and when */
	td_str parties[2]; /* what they are called, empty */
} td_key;

/* The keys of an event, the surest to name it first; `args` is a range of doc->args, sorted by event. Entities have their IRIs. */
uint32_t td_event_keys(td_doc *doc, const td_lexicon *lexicon, const td_kb *kb, uint32_t event, td_range args, td_key out[TD_MAX_KEYS]);

/* Names the events and makes doc->identities; the document and its entities have their IRIs. Sorts doc->args. */
td_status td_iris_events(td_doc *doc, const td_lexicon *lexicon, const td_kb *kb, td_str base, td_error *err);

#endif
