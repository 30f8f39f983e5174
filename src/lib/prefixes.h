/* Short names in Turtle and TriG for what the engine names. */
#ifndef TD_PREFIXES_H
#define TD_PREFIXES_H

#include "lib/engine.h"
#include "rdf/rdf.h"

/* Declares them to a writer that has not written yet. */
td_status td_writer_engine_prefixes(td_writer *writer, const td_engine *engine, td_error *err);

#endif
