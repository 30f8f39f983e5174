/* The annotated document in and out as text: CoNLL-U (https://universaldependencies.org/format.html) and JSON. */
#ifndef TD_CONLLU_H
#define TD_CONLLU_H

#include "doc/doc.h"

/* Reads CoNLL-U: text, sentences, tokens and words as in the file, comments kept. Tokens with Pred=Yes in MISC go
 * to doc->preds. With `keep` also its lemmas, tags and trees,
 * else they stay empty for the network. The document's text is made of the "# text" comments or the forms and SpaceAfter. */
td_status td_conllu_read(td_doc *doc, td_str conllu, bool keep, td_error *err);
/* Writes all layers that are there. MISC: SpaceAfter, Name=B-PER, SRL=ARG0:12 (arguments of this predicate), Bytes/Chars, Entity=…, Event=…, Time=…. */
td_status td_conllu_write(const td_doc *doc, td_buf *out, td_error *err);
td_status td_json_write(const td_doc *doc, td_buf *out, td_error *err);

#endif
