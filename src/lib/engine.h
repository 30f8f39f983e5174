/* The engine: models and tables loaded once, shared by all threads; a worker per thread takes one input along the road. */
#ifndef TD_ENGINE_H
#define TD_ENGINE_H

#include "doc/doc.h"
#include "doc/source.h"
#include "kg/facts.h"
#include "kg/triple.h"

typedef struct {
	const char *model, *lexicon;      /* files; NULL: the default (td_data_path) */
	const char *const *kbs;           /* knowledge bases besides the installed one, later ones win ties */
	size_t n_kbs;
	bool no_default_kb;               /* the installed one is left out */
	const char *base;                 /* IRI that local names hang on; NULL: TD_DEFAULT_BASE */
	td_provenance provenance;
	td_subjects subjects;             /* what linked entities are called */
	bool with_text;                   /* nif:isString on the context: the whole text in the graph */
	uint32_t max_seconds;             /* of processor time for a document, looked at behind each stage; 0: no limit */
} td_engine_options;

#define TD_DEFAULT_BASE "https://w3id.org/tidings/id/"

typedef struct td_engine td_engine;
typedef struct td_worker td_worker;

void td_engine_options_init(td_engine_options *options); /* the defaults: provenance mention, an hour */
td_status td_engine_open(const td_engine_options *options, td_engine **out, td_error *err);
void td_engine_close(td_engine *engine);
/* Mixes into *h what tells the files that an engine of these options reads: with the same, and the same options, graphs are the same. */
td_status td_engine_fingerprint(const td_engine_options *options, uint64_t *h, td_error *err);
td_str td_engine_base(const td_engine *engine); /* what all names begin with; NUL-terminated */

td_status td_worker_open(const td_engine *engine, td_worker **out, td_error *err);
void td_worker_close(td_worker *worker);
/* Runs the stages up to and with `until`; the document is valid until the next run. */
td_status td_worker_run(td_worker *worker, const td_input *in, td_stage until, const td_doc **out, td_error *err);
/* What the document will be called, and what it is made of, without any stage; valid until the next run. */
td_status td_worker_name(td_worker *worker, const td_input *in, td_str *iri, char content[TD_CONTENT_CAP], td_error *err);
/* The same as td_worker_run from CoNLL-U: sentences and words as in the file; tags and trees too when `keep`. */
td_status td_worker_run_conllu(td_worker *worker, td_str conllu, bool keep, td_stage until, const td_doc **out, td_error *err);
/* The graph of the document that ran last (until TD_STAGE_FACTS), into *graph (reset first). */
td_status td_worker_graph(td_worker *worker, td_graph *graph, td_error *err);

/* Nanoseconds of CPU time that each stage took in this worker so far, and words seen: for the benchmark. */
typedef struct {
	uint64_t ns[TD_STAGE_COUNT], graph_ns, words, documents;
} td_worker_stats;
const td_worker_stats *td_worker_statistics(const td_worker *worker);

#endif
