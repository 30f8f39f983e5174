/* Inside of the attribution stage: who says what. */
#ifndef TD_ATTRIBUTION_H
#define TD_ATTRIBUTION_H

#include "doc/doc.h"
#include "doc/lexicon.h"
#include "kg/factuality_cues.h"

enum { TD_MAX_SOURCES = 4 }; /* of one statement: "Macron and Merkel said" */

/* What is seen at the word that tells of an event; src/model/claim.tdm has learned what it is worth. Where a word tells of many things, those who
 * ask "who says so?" mean the one that it tells of directly, as news, and not as somebody's own act. */
#define TD_SIGN_MAP(X) \
	X(QUOTED)     /* in a direct quotation, of which little is news */ \
	X(ASIDE)      /* "…, he said" */ \
	X(OBL)        /* "called for …", "accused of …" */ \
	X(CUE_PLANS)  /* the word of saying tells of a plan */ \
	X(BELOW_CORE) /* below an object, a subject, an oblique of what is told */ \
	X(DEEP)       /* three words or more below it */ \
	X(OUTER)      /* somebody nearer tells of it, too */ \
	X(EDGE)       /* "according to" at the sentence's edge, out of the word's reach in the tree: its factuality follows */ \
	X(AROUND)     /* said in the same sentence or in the one before it; the tree does not join them */ \
	X(BACKGROUND) /* a word that only says which one is meant: "the newly elected president" */ \
	X(OPEN)       /* judged, at this word: possible */ \
	X(REBUTS)     /* "rejected that", "dismissed the accusation": what was said before is meant */

typedef enum {
#define TD_SIGN_NAME(name) TD_SIGN_##name,
	TD_SIGN_MAP(TD_SIGN_NAME)
#undef TD_SIGN_NAME
	TD_SIGN_COUNT
} td_sign;
_Static_assert(TD_SIGN_COUNT <= 32, "all signs fit into td_attribution.signs");

static inline uint32_t td_sign_if(bool holds, td_sign sign)
{
	return holds ? UINT32_C(1) << sign : 0;
}

typedef struct {
	uint32_t n;
	uint32_t at[TD_MAX_SOURCES]; /* entities */
} td_sources;

/* A word of saying and who says it. */
typedef struct {
	uint32_t tok;
	uint8_t stance; /* td_stance */
	td_sources sources;
} td_saying;

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint32_t *event_at;              /* [n_toks] the event whose trigger is headed there, or TD_NONE */
	uint32_t *first_arg, *next_arg;  /* [n_events], [n_args]: the arguments of each event as a chain */
	uint32_t *edge_cue;              /* [n_sents] the word of saying that stands at an edge of the sentence and tells of all of it, or TD_NONE */
	TD_ARRAY(td_saying) sayings;     /* by position */
	uint32_t *first_saying;          /* [n_sents + 1] the first of each sentence */
	uint16_t communication;          /* the class */
} td_attributor;

/* Is the word a saying: a cue with a stance, or the trigger of an event of communication? */
bool td_is_speech(const td_attributor *a, uint32_t tok);
/* The first cue of the word that has a stance. */
bool td_stance_at(const td_attributor *a, uint32_t tok, td_cue *out);
/* Who says what the speech word at `tok` tells: its agents, or by the tree its subject, its by-phrase, its possessor. `cue` may be NULL. */
td_sources td_sources_of(const td_attributor *a, uint32_t tok, const td_cue *cue);
/* "according to X" and its like among what hangs on the clause headed at `tok`: fills *cue. */
bool td_clause_source(const td_attributor *a, uint32_t tok, td_cue *cue);
bool td_is_clause_cue(const td_attributor *a, uint32_t tok, td_cue *out); /* is it itself such a word? */
td_status td_find_sayings(td_attributor *a, td_error *err);
uint32_t td_edge_cue(const td_attributor *a, uint32_t sent);
bool td_is_first_person(td_str word); /* "I", "our" */
/* Speakers, cues and statements of all quotations; short ones that nobody said go, and "I" inside becomes its speaker. */
void td_find_speakers(td_attributor *a);
/* Events of saying that have no agent get who says it. The chains of arguments are not lengthened. */
td_status td_fill_tellers(td_attributor *a, td_error *err);

/* Takes arguments, sources and speakers away that are known by pronouns only; last, as a quotation may still name its "I". */
td_status td_drop_nameless(td_doc *doc, td_error *err);

#endif
