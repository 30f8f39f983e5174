/* Flattens the ontology's class tree and the OntoLex-Lemon lexicon to the table of doc/lexicon.h. */
#ifndef TD_LEXICON_COMPILE_H
#define TD_LEXICON_COMPILE_H

#include "base/base.h"

/* Reads every .ttl file of the folder `dir` (classes from tidings.ttl, entries from all; conventions: ontology/lexicon.ttl) and appends the
 * table to `out`. The same files give the same bytes: rows are sorted by lemma, and those of one lemma stay in the order of the files. */
td_status td_lexicon_compile(const char *dir, td_buf *out, td_error *err);

#endif
