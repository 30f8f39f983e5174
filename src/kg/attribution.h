/* Inside of the attribution stage: who says what. */
#ifndef TD_ATTRIBUTION_H
#define TD_ATTRIBUTION_H

#include "doc/doc.h"
#include "doc/lexicon.h"
#include "kg/factuality_cues.h"

enum { TD_MAX_SOURCES = 4 }; /* of one statement: "Macron and Merkel said" */

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint32_t *event_at;              /* [n_toks] the event whose trigger is headed there, or TD_NONE */
	uint32_t *first_arg, *next_arg;  /* [n_events], [n_args]: the arguments of each event as a chain */
	uint16_t communication;          /* the class */
} td_attributor;

typedef struct {
	uint32_t n;
	uint32_t at[TD_MAX_SOURCES]; /* entities */
} td_sources;

/* Is the word a saying: a cue with a stance, or the trigger of an event of communication? */
bool td_is_speech(const td_attributor *a, uint32_t tok);
/* The first cue of the word that has a stance. */
bool td_stance_at(const td_attributor *a, uint32_t tok, td_cue *out);
/* Who says what the speech word at `tok` tells: its agents, or by the tree its subject, its by-phrase, its possessor. `cue` may be NULL. */
td_sources td_sources_of(const td_attributor *a, uint32_t tok, const td_cue *cue);
/* "according to X" and its like among what hangs on the clause headed at `tok`: fills *cue. */
bool td_clause_source(const td_attributor *a, uint32_t tok, td_cue *cue);
bool td_is_first_person(td_str word); /* "I", "our" */
/* Speakers, cues and statements of all quotations; short ones that nobody said go, and "I" inside becomes its speaker. */
void td_find_speakers(td_attributor *a);

/* Takes arguments, sources and speakers away that are known by pronouns only; last, as a quotation may still name its "I". */
td_status td_drop_nameless(td_doc *doc, td_error *err);

#endif
