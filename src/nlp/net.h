/* The network: tags, lemmas, tree and names of every sentence in one pass (src/model/README.md says how it was trained). */
#ifndef TD_NET_H
#define TD_NET_H

#include "doc/doc.h"

typedef struct td_net td_net;           /* the weights: const once opened, shared by all threads */
typedef struct td_net_work td_net_work; /* the scratch memory of one thread */

/* Maps and checks the model file. A file that is truncated, damaged or of another version gives TD_ERR_DATA.
 * *out is NULL after a failure; td_net_close frees it. */
td_status td_net_open(const char *path, td_net **out, td_error *err);
void td_net_close(td_net *net); /* NULL is allowed */

/* About 40 MB, allocated once and reused for any number of documents. A work may outlive no net. */
td_status td_net_work_new(const td_net *net, td_net_work **out, td_error *err);
void td_net_work_free(td_net_work *work); /* NULL is allowed */

/* Fills lemma, upos, xpos, head, deprel and name of every token, root of every sentence, and doc->names. The result depends
 * on each sentence's words alone: not on the other sentences, nor on what the work was used for before. */
td_status td_net_run(const td_net *net, td_net_work *work, td_doc *doc, td_error *err);

#endif
