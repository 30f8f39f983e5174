/* What a run has met: for the summary and for --report. */
#ifndef TD_TALLY_H
#define TD_TALLY_H

#include "doc/doc.h"

typedef struct {
	uint64_t words, mentions, entities, events;
	uint64_t loose_mentions;    /* that belong to no entity */
	uint64_t unlinked_entities; /* that are no entry of the knowledge base */
} td_counts;

typedef struct {
	uint64_t documents, failed, triples, sent;
	uint64_t failed_by[TD_STATUS_COUNT];
	uint64_t twice;   /* the same as an earlier one of this run */
	uint64_t resumed; /* done by an earlier run */
	uint64_t vanished, dropped; /* of --state: no longer in the input; taken away by this run */
	uint64_t nameless; /* failed before their name was known */
	uint64_t no_page; /* records of WARC files */
	td_counts sum;    /* of the documents that were built */
} td_tally;

void td_count(const td_doc *doc, td_counts *out);
void td_tally_add(td_tally *tally, const td_counts *counts);
void td_tally_print(const td_tally *tally, double seconds, td_buf *out); /* as JSON */

#endif
