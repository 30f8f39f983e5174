/* Semantic roles: who did what to whom in PropBank's terms, read off the tree (src/model/README.md says how it was trained). */
#ifndef TD_SRL_H
#define TD_SRL_H

#include "doc/doc.h"

typedef struct td_srl_model td_srl_model; /* the weights: const once opened, shared by all threads */

/* Maps and checks the model file; *out is NULL after a failure. td_srl_close frees it. */
td_status td_srl_open(const char *path, td_srl_model **out, td_error *err);
void td_srl_close(td_srl_model *model); /* NULL is allowed */

/* Fills doc->srl from tags, trees and names; needs td_doc_index_tree. Predicates are doc->preds, or when there are none all verbs
 * and those nouns and adjectives that the model knows as predicates. */
td_status td_srl_run(const td_srl_model *model, td_doc *doc, td_error *err);

#endif
