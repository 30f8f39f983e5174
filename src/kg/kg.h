/* The stages of the knowledge room, in the order in which they run. */
#ifndef TD_KG_H
#define TD_KG_H

#include "doc/doc.h"
#include "doc/lexicon.h"
#include "kg/kb.h"
#include "kg/logistic.h"

td_status td_event_model_open(const char *path, td_logistic **out, td_error *err); /* tells events from what only looks like one */
td_status td_speech_model_open(const char *path, td_logistic **out, td_error *err); /* tells what is done by saying something */
td_status td_claim_model_open(const char *path, td_logistic **out, td_error *err); /* tells who really says so */
td_status td_pair_model_open(const char *path, td_logistic **out, td_error *err);  /* tells what is one event */

td_status td_link(td_doc *doc, const td_kb *kb, td_error *err);                    /* entity.kb; entities of one entry become one */
td_status td_quotes(td_doc *doc, const td_lexicon *lexicon, td_error *err);        /* quotes' spans, token.quoted */
const td_quote *td_quote_at(const td_doc *doc, uint32_t tok);                         /* the quotation that holds the token, NULL */
/* Events, triggers, args, times, quantities. Without a model (NULL) all that the lexicon knows are events, of no known confidence. */
td_status td_events(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_error *err);
/* Events told by a plain word of saying get the class of what is done by it (Criticism, Praise …); before they are joined. Without a model
 * (NULL) the lexicon's stays. */
td_status td_speech_acts(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_error *err);
td_status td_attribute(td_doc *doc, const td_lexicon *lexicon, td_error *err);     /* attributions, quotes' speakers */
/* Fills event.factuality and event.negated: bit k is set when a cue of factuality k has spoken. TD_GRANTED alone: a noun of which
 * nothing was said ("the attack"), so that what other mentions of its event say is worth more. */
enum { TD_GRANTED = 0x80 };
td_status td_judge(td_doc *doc, const td_lexicon *lexicon, td_error *err);         /* event.factuality */
/* What two mentions of one event say of it together, into the first. */
void td_join_factuality(td_event *into, const td_event *other);
/* Events of one happening become one (after attribution and factuality each trigger has its own event). Without a model (NULL) fixed points
 * decide. */
td_status td_event_coref(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_error *err);
/* Drops attributions for which too little speaks, and those that are told twice; after the events are joined. Without a model (NULL) what the
 * tree speaks for stays, of no known confidence. */
td_status td_weigh_attributions(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_error *err);
/* Events told without a time get the day of the story. */
td_status td_narrate(td_doc *doc, const td_lexicon *lexicon, td_error *err);

#endif
