/* What earlier runs have finished: one line a document, written when its graph is where it should be, and safe on the disk before the run
 * goes on. Whatever kills the program, the next run knows what is left to do, and what there is of documents that are no more. */
#ifndef TD_JOURNAL_H
#define TD_JOURNAL_H

#include "base/base.h"

typedef struct td_journal td_journal;

/* Reads `path`, or makes it. A last line that was not written to its end is forgotten, as are lines that make no sense. `settings`: what
 * else makes the graph and says where it goes; lines of other settings do not count. One process at a time. */
td_status td_journal_open(const char *path, uint64_t settings, td_journal **out, td_error *err);
/* Whether the last that was done for the document was done with this content and these settings. Reads only: for several threads. */
bool td_journal_has(const td_journal *journal, td_str iri, const char *content);
td_status td_journal_add(td_journal *journal, td_str iri, const char *content, td_error *err);
/* What it says of the document no longer holds: its graph was taken away. */
td_status td_journal_drop(td_journal *journal, td_str iri, td_error *err);
void td_journal_close(td_journal *journal); /* NULL is allowed */

/* Those of earlier runs that this run has not met. Main thread only, as td_journal_meet. */
void td_journal_meet(td_journal *journal, td_str iri);
bool td_journal_unmet(const td_journal *journal, uint32_t *at, td_str *iri); /* the next one from *at on, which begins with 0 */

#endif
