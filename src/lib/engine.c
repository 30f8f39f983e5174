#include "lib/engine.h"

#include "doc/conllu.h"
#include "kg/kg.h"
#include "nlp/net.h"
#include "nlp/nlp.h"
#include "nlp/srl.h"

#include <time.h>

enum { PATH_CAP = 4096, SECOND = 1000000000, DEFAULT_MAX_SECONDS = 3600 };

struct td_engine {
	td_facts_options facts;
	td_subjects subjects;
	td_str base;
	td_arena arena;
	td_net *net;
	td_srl_model *srl; /* NULL: no file, no semantic roles */
	td_logistic *events, *speech, *claims, *pairs; /* NULL: no file, no confidence */
	td_lexicon lexicon;
	td_kb *kb;
	uint32_t max_seconds;
};

struct td_worker {
	const td_engine *engine;
	td_doc doc;
	td_net_work *net_work;
	td_worker_stats stats;
};

void td_engine_options_init(td_engine_options *options)
{
	*options = (td_engine_options){ .provenance = TD_PROV_MENTION, .max_seconds = DEFAULT_MAX_SECONDS };
}

/* ---- opening ---- */

/* The file that the user named, else the program's own. */
static td_status data_file(const char *given, const char *name, char out[PATH_CAP], td_error *err)
{
	if (!given) return td_data_path(name, out, PATH_CAP, err);
	if (strlen(given) >= PATH_CAP) return td_fail(err, TD_ERR_USAGE, "%.80s…: the path is too long", given);
	memcpy(out, given, strlen(given) + 1);
	return TD_OK;
}

/* Names are BASE + "entity/…": a base that ends in a name gets a slash. */
static td_status set_base(td_engine *engine, const char *given, td_error *err)
{
	td_str base = td_str_of(given ? given : TD_DEFAULT_BASE);
	if (!td_iri_ok(base) || memchr(base.at, '?', base.n))
		return td_fail(err, TD_ERR_USAGE, "--base '%.200s' is no absolute IRI to hang names on; give one such as " TD_DEFAULT_BASE,
			base.at);
	char last = base.at[base.n - 1];
	engine->base = td_arena_printf(&engine->arena, "%s%s", base.at, last == '/' || last == '#' || last == ':' ? "" : "/");
	return engine->base.at ? TD_OK : td_no_memory(err);
}

enum { MAX_KBS = 64 };

/* The installed knowledge base and the user's own, as one. Without any, nothing is linked. */
static td_status open_kbs(td_engine *engine, const td_engine_options *options, td_error *err)
{
	char path[PATH_CAP];
	const char *all[MAX_KBS];
	size_t n = 0;
	if (options->n_kbs >= MAX_KBS) return td_fail(err, TD_ERR_LIMIT, "more than %d knowledge bases", MAX_KBS - 1);
	if (!options->no_default_kb) {
		TRY(data_file(NULL, "world.tdk", path, err));
		all[n++] = path;
	}
	for (size_t i = 0; i < options->n_kbs; i++) all[n++] = options->kbs[i];
	return n ? td_kb_open_all(all, n, &engine->kb, err) : TD_OK;
}

static td_status mix_file(const char *given, const char *name, uint64_t *h, td_error *err)
{
	char path[PATH_CAP];
	TRY(data_file(given, name, path, err));
	return td_fingerprint_file(path, h, err);
}

td_status td_engine_fingerprint(const td_engine_options *options, uint64_t *h, td_error *err)
{
	TRY(mix_file(options->lexicon, "lexicon.tsv", h, err));
	TRY(mix_file(options->model, "english.tdm", h, err));
	if (!options->no_default_kb) TRY(mix_file(NULL, "world.tdk", h, err));
	for (size_t i = 0; i < options->n_kbs; i++) TRY(mix_file(options->kbs[i], NULL, h, err));
	(void)mix_file(NULL, "srl.tdm", h, NULL); /* these may be missing */
	(void)mix_file(NULL, "event.tdm", h, NULL);
	(void)mix_file(NULL, "speech.tdm", h, NULL);
	(void)mix_file(NULL, "claim.tdm", h, NULL);
	(void)mix_file(NULL, "pair.tdm", h, NULL);
	return TD_OK;
}

static td_status load(td_engine *engine, const td_engine_options *options, td_error *err)
{
	char path[PATH_CAP];
	engine->subjects = options->subjects;
	TRY(set_base(engine, options->base, err));
	TRY(data_file(options->lexicon, "lexicon.tsv", path, err));
	TRY(td_lexicon_open(path, &engine->lexicon, err));
	TRY(open_kbs(engine, options, err));
	TRY(data_file(options->model, "english.tdm", path, err));
	TRY(td_net_open(path, &engine->net, err));
	if (td_data_path("srl.tdm", path, PATH_CAP, NULL) == TD_OK) TRY(td_srl_open(path, &engine->srl, err));
	if (td_data_path("event.tdm", path, PATH_CAP, NULL) == TD_OK) TRY(td_event_model_open(path, &engine->events, err));
	if (td_data_path("speech.tdm", path, PATH_CAP, NULL) == TD_OK) TRY(td_speech_model_open(path, &engine->speech, err));
	if (td_data_path("claim.tdm", path, PATH_CAP, NULL) == TD_OK) TRY(td_claim_model_open(path, &engine->claims, err));
	return td_data_path("pair.tdm", path, PATH_CAP, NULL) == TD_OK ? td_pair_model_open(path, &engine->pairs, err) : TD_OK;
}

td_status td_engine_open(const td_engine_options *options, td_engine **out, td_error *err)
{
	*out = NULL;
	td_engine *engine = td_alloc(sizeof *engine);
	if (!engine) return td_no_memory(err);
	*engine = (td_engine){ .facts = { options->provenance, options->with_text }, .max_seconds = options->max_seconds };
	td_arena_init(&engine->arena);
	td_status status = load(engine, options, err);
	if (status != TD_OK) {
		td_engine_close(engine);
		return status;
	}
	*out = engine;
	return TD_OK;
}

void td_engine_close(td_engine *engine)
{
	if (!engine) return;
	td_net_close(engine->net);
	td_srl_close(engine->srl);
	td_logistic_close(engine->events);
	td_logistic_close(engine->speech);
	td_logistic_close(engine->claims);
	td_logistic_close(engine->pairs);
	td_kb_close(engine->kb);
	td_lexicon_free(&engine->lexicon);
	td_arena_free(&engine->arena);
	td_free(engine);
}

td_str td_engine_base(const td_engine *engine)
{
	return engine->base;
}

td_status td_worker_open(const td_engine *engine, td_worker **out, td_error *err)
{
	*out = NULL;
	td_worker *worker = td_alloc(sizeof *worker);
	if (!worker) return td_no_memory(err);
	*worker = (td_worker){ .engine = engine };
	td_doc_init(&worker->doc);
	td_status status = td_net_work_new(engine->net, &worker->net_work, err);
	if (status != TD_OK) {
		td_worker_close(worker);
		return status;
	}
	*out = worker;
	return TD_OK;
}

void td_worker_close(td_worker *worker)
{
	if (!worker) return;
	td_net_work_free(worker->net_work);
	td_doc_free(&worker->doc);
	td_free(worker);
}

const td_worker_stats *td_worker_statistics(const td_worker *worker)
{
	return &worker->stats;
}

/* ---- the road ---- */

typedef td_status room(td_worker *w, td_doc *doc, td_error *err);

static td_status run_clean(td_worker *w, td_doc *doc, td_error *err)
{
	(void)w;
	return td_clean(doc, err);
}
static td_status run_split(td_worker *w, td_doc *doc, td_error *err)
{
	(void)w;
	return doc->toks.n ? TD_OK : td_split(doc, err); /* CoNLL-U brings its own words */
}
static td_status run_tag(td_worker *w, td_doc *doc, td_error *err)
{
	bool parsed = doc->sents.n && doc->sents.at[0].root != TD_NONE;
	if (!parsed) TRY(td_net_run(w->engine->net, w->net_work, doc, err));
	TRY(td_doc_index_tree(doc, err));
	return w->engine->srl ? td_srl_run(w->engine->srl, doc, err) : TD_OK;
}
static td_status run_times(td_worker *w, td_doc *doc, td_error *err)
{
	(void)w;
	return td_times(doc, err);
}
/* What nearly all of its bearers are. */
static uint8_t known_class(const void *kb, td_str name)
{
	td_kb_candidate found[8];
	float share[TD_CLASS_COUNT] = { 0 };
	uint32_t n = td_kb_find(kb, name, found, 8);
	for (uint32_t i = 0; i < n; i++) {
		uint8_t cls = found[i].variant || found[i].demonym ? TD_CLASS_NONE : td_kb_get(kb, found[i].entry).cls;
		share[cls] += found[i].prior;
		if (share[cls] > 0.7f) return cls;
	}
	return TD_CLASS_NONE;
}
static td_status run_mentions(td_worker *w, td_doc *doc, td_error *err)
{
	td_gazetteer known = { w->engine->kb, known_class };
	return td_mentions(doc, &w->engine->lexicon, &known, err);
}
static td_status run_coref(td_worker *w, td_doc *doc, td_error *err)
{
	TRY(td_coref(doc, &w->engine->lexicon, err));
	return td_positions(doc, &w->engine->lexicon, err);
}
static td_status run_link(td_worker *w, td_doc *doc, td_error *err)
{
	TRY(td_link(doc, w->engine->kb, err));
	return td_kb_damaged(w->engine->kb) ? td_fail(err, TD_ERR_DATA, "a knowledge base is damaged: build it again") : TD_OK;
}
static td_status run_events(td_worker *w, td_doc *doc, td_error *err)
{
	TRY(td_quotes(doc, &w->engine->lexicon, err));
	TRY(td_events(doc, &w->engine->lexicon, w->engine->events, err));
	return td_speech_acts(doc, &w->engine->lexicon, w->engine->speech, err);
}
static td_status run_attribution(td_worker *w, td_doc *doc, td_error *err)
{
	return td_attribute(doc, &w->engine->lexicon, err);
}
static td_status run_factuality(td_worker *w, td_doc *doc, td_error *err)
{
	TRY(td_judge(doc, &w->engine->lexicon, err));
	TRY(td_event_coref(doc, &w->engine->lexicon, w->engine->pairs, err));
	TRY(td_weigh_attributions(doc, &w->engine->lexicon, w->engine->claims, err));
	return td_narrate(doc, &w->engine->lexicon, err);
}
static td_status run_iris(td_worker *w, td_doc *doc, td_error *err)
{
	TRY(td_iris(doc, &w->engine->lexicon, w->engine->kb, w->engine->base, err));
	return td_iris_linked(doc, w->engine->kb, w->engine->subjects, err);
}

static room *const road[] = {
	[TD_STAGE_SOURCE] = run_clean, [TD_STAGE_SPLIT] = run_split, [TD_STAGE_TAG] = run_tag, [TD_STAGE_TIME] = run_times,
	[TD_STAGE_MENTIONS] = run_mentions, [TD_STAGE_COREF] = run_coref, [TD_STAGE_LINK] = run_link,
	[TD_STAGE_EVENTS] = run_events, [TD_STAGE_ATTRIBUTION] = run_attribution, [TD_STAGE_FACTUALITY] = run_factuality,
	[TD_STAGE_FACTS] = run_iris,
};
_Static_assert(sizeof road / sizeof road[0] == TD_STAGE_COUNT, "a room for each stage");

static uint64_t cpu_ns(void)
{
	struct timespec t;
	if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0) return 0;
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static td_status check_time(const td_worker *w, uint64_t ns, td_error *err)
{
	uint32_t most = w->engine->max_seconds;
	if (!most || ns <= (uint64_t)most * SECOND) return TD_OK;
	return td_fail(err, TD_ERR_LIMIT, "it took more than %u seconds until behind the stage %s; --max-seconds says how many it may take", most,
		td_stage_text(w->doc.stage));
}

static td_status walk(td_worker *w, td_stage until, td_error *err)
{
	uint64_t start = cpu_ns();
	for (unsigned s = 0; s <= (unsigned)until && s < TD_STAGE_COUNT; s++) {
		uint64_t from = cpu_ns();
		TRY(road[s](w, &w->doc, err));
		w->doc.stage = (td_stage)s;
		w->stats.ns[s] += cpu_ns() - from;
		TRY(check_time(w, cpu_ns() - start, err));
	}
	w->stats.words += w->doc.toks.n;
	w->stats.documents++;
	return TD_OK;
}

static td_status copy_input(td_doc *doc, const td_input *in, td_error *err)
{
	const struct {
		td_str from, *to;
	} fields[] = { { in->name, &doc->name }, { in->id, &doc->id }, { in->url, &doc->url }, { in->title, &doc->title },
		{ in->source, &doc->source }, { in->language, &doc->language } };
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		/* Metadata go into the graph too: what is not UTF-8 would spoil it. */
		if (td_utf8_check(fields[i].from) != fields[i].from.n || (fields[i].from.n && memchr(fields[i].from.at, 0, fields[i].from.n)))
			return td_fail(err, TD_ERR_UTF8, "its metadata (id, url, title or source) are not valid UTF-8 text");
		*fields[i].to = td_arena_str(&doc->arena, fields[i].from);
		if (!fields[i].to->at) return td_no_memory(err);
	}
	doc->date = in->date;
	return td_doc_set_text(doc, in->text, err);
}

td_status td_worker_run(td_worker *worker, const td_input *in, td_stage until, const td_doc **out, td_error *err)
{
	td_doc_reset(&worker->doc);
	TRY(copy_input(&worker->doc, in, err));
	TRY(walk(worker, until, err));
	if (out) *out = &worker->doc;
	return TD_OK;
}

td_status td_worker_name(td_worker *worker, const td_input *in, td_str *iri, char content[TD_CONTENT_CAP], td_error *err)
{
	td_doc_reset(&worker->doc);
	TRY(copy_input(&worker->doc, in, err));
	*iri = td_document_iri(&worker->doc, worker->engine->base);
	td_doc_content(&worker->doc, content);
	return iri->at ? TD_OK : td_no_memory(err);
}

td_status td_worker_run_conllu(td_worker *worker, td_str conllu, bool keep, td_stage until, const td_doc **out, td_error *err)
{
	td_doc_reset(&worker->doc);
	TRY(td_conllu_read(&worker->doc, conllu, keep, err));
	TRY(walk(worker, until, err));
	if (out) *out = &worker->doc;
	return TD_OK;
}

td_status td_worker_graph(td_worker *worker, td_graph *graph, td_error *err)
{
	if (worker->doc.stage != TD_STAGE_FACTS) return td_fail(err, TD_ERR_USAGE, "the document has no facts yet: run it until that stage");
	uint64_t from = cpu_ns();
	const td_engine *e = worker->engine;
	td_status status = td_facts(&worker->doc, &e->lexicon, e->kb, &e->facts, graph, err);
	worker->stats.graph_ns += cpu_ns() - from;
	return status;
}
