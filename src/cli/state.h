/* --state: a folder and a store that are kept like a changing collection of documents. What is unchanged is not built again, and what has
 * left the collection can be taken away.
 *
 * The folder of the state holds two files: `documents`, a journal (cli/journal.h), and `target`, which says what the state is about. */
#ifndef TD_STATE_H
#define TD_STATE_H

#include "cli/folder.h"
#include "cli/journal.h"
#include "rdf/upload.h"

/* Makes the folder when there is none. `target`: where the graphs go; a state of another target is an error. */
td_status td_state_open(const char *path, td_str target, uint64_t settings, td_journal **out, td_error *err);

typedef struct {
	td_journal *journal;
	const td_folder *folder; /* NULL: none */
	td_uploader *uploader;   /* NULL: none */
} td_vanish;

/* Takes the next document away that this run has not met (*done: there was none), where its graph is and then in the journal: a run that is
 * killed in between does it again. *iri is its name, valid until the journal is closed. */
td_status td_vanish_next(const td_vanish *vanish, uint32_t *at, td_str *iri, bool *done, td_error *err);

#endif
