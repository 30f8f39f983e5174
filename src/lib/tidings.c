/* The public library: a thin door in front of the engine and the writer. */
#include "tidings.h"

#include <pthread.h>

#include "lib/prefixes.h"

/* The public names are those of base.h and rdf.h in the same order. */
_Static_assert((int)TIDINGS_OK == (int)TD_OK && (int)TIDINGS_UTF8 == (int)TD_ERR_UTF8 && (int)TIDINGS_DATA == (int)TD_ERR_DATA &&
	(int)TIDINGS_INTERNAL == (int)TD_ERR_INTERNAL && (int)TD_ERR_INTERNAL + 1 == (int)TD_STATUS_COUNT, "statuses differ");
_Static_assert((int)TIDINGS_TURTLE == (int)TD_TURTLE && (int)TIDINGS_NQUADS == (int)TD_NQUADS && (int)TIDINGS_DOT == (int)TD_DOT, "formats differ");
_Static_assert((int)TIDINGS_PROVENANCE_NONE == (int)TD_PROV_NONE + 1 && (int)TIDINGS_PROVENANCE_FULL == (int)TD_PROV_FULL + 1, "levels differ");
_Static_assert(sizeof(((tidings_error *)0)->text) == sizeof(((td_error *)0)->text), "messages differ in length");

/* What handles share. */
typedef struct {
	td_engine *engine;
	pthread_mutex_t lock; /* of `users` */
	unsigned users;
} shared;

struct tidings {
	shared *shared;
	td_worker *worker;
	td_graph graph;
	pthread_mutex_t lock; /* held during tidings_build */
};

/* Redland's world is one for the process: one graph at a time is serialized. */
static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;

const char *tidings_version(void)
{
	return TD_VERSION;
}

const char *tidings_status_text(tidings_status status)
{
	return td_status_text((td_status)status);
}

static tidings_status give(td_status status, const td_error *from, tidings_error *to)
{
	if (!to) return (tidings_status)status;
	memset(to, 0, sizeof *to);
	to->status = (tidings_status)status;
	to->byte = status == TD_OK ? TIDINGS_NOWHERE : from->byte;
	to->line = status == TD_OK ? TIDINGS_NOWHERE : from->line;
	if (status != TD_OK) memcpy(to->text, from->text, sizeof to->text);
	return (tidings_status)status;
}

/* ---- handles ------------------------------------------------------------------------------------------------- */

static td_status engine_options(const tidings_options *from, td_engine_options *to, td_error *err)
{
	td_engine_options_init(to);
	if (!from) return TD_OK;
	if (from->size != sizeof *from) return td_fail(err, TD_ERR_USAGE, "options.size is wrong; start from TIDINGS_OPTIONS");
	if ((unsigned)from->provenance > TIDINGS_PROVENANCE_FULL) return td_fail(err, TD_ERR_USAGE, "options.provenance is none of its values");
	to->model = from->model;
	to->lexicon = from->lexicon;
	to->kbs = from->kbs;
	to->n_kbs = from->n_kbs;
	to->no_default_kb = from->no_default_kb != 0;
	to->base = from->base;
	to->with_text = from->with_text != 0;
	if (from->provenance) to->provenance = (td_provenance)(from->provenance - 1);
	return TD_OK;
}

static void leave(shared *s)
{
	pthread_mutex_lock(&s->lock);
	bool last = --s->users == 0;
	pthread_mutex_unlock(&s->lock);
	if (!last) return;
	td_engine_close(s->engine);
	pthread_mutex_destroy(&s->lock);
	td_free(s);
}

static td_status new_shared(const tidings_options *options, shared **out, td_error *err)
{
	td_engine_options chosen;
	TRY(engine_options(options, &chosen, err));
	shared *s = td_alloc(sizeof *s);
	if (!s) return td_no_memory(err);
	*s = (shared){ .users = 1 };
	td_status status = td_engine_open(&chosen, &s->engine, err);
	if (status != TD_OK) {
		td_free(s);
		return status;
	}
	pthread_mutex_init(&s->lock, NULL);
	*out = s;
	return TD_OK;
}

/* A handle on `s`, one of whose users it becomes; on failure that user has left. */
static td_status new_handle(shared *s, tidings **out, td_error *err)
{
	tidings *t = td_alloc(sizeof *t);
	td_status status = t ? TD_OK : td_no_memory(err);
	if (t) *t = (tidings){ .shared = s };
	if (t) status = td_worker_open(s->engine, &t->worker, err);
	if (status != TD_OK) {
		td_free(t);
		leave(s);
		return status;
	}
	td_graph_init(&t->graph);
	pthread_mutex_init(&t->lock, NULL);
	*out = t;
	return TD_OK;
}

tidings_status tidings_open(const tidings_options *options, tidings **out, tidings_error *err)
{
	td_error why;
	shared *s = NULL;
	*out = NULL;
	td_status status = new_shared(options, &s, &why);
	if (status == TD_OK) status = new_handle(s, out, &why);
	return give(status, &why, err);
}

tidings_status tidings_share(const tidings *with, tidings **out, tidings_error *err)
{
	td_error why;
	*out = NULL;
	pthread_mutex_lock(&with->shared->lock);
	with->shared->users++;
	pthread_mutex_unlock(&with->shared->lock);
	return give(new_handle(with->shared, out, &why), &why, err);
}

void tidings_close(tidings *handle)
{
	if (!handle) return;
	td_worker_close(handle->worker);
	td_graph_free(&handle->graph);
	pthread_mutex_destroy(&handle->lock);
	leave(handle->shared);
	td_free(handle);
}

/* ---- building ------------------------------------------------------------------------------------------------- */

typedef struct {
	tidings_sink *sink;
	void *to;
} put_target;

static bool put(void *to, const char *bytes, size_t n)
{
	const put_target *target = to;
	return target->sink(target->to, bytes, n) == 0;
}

int tidings_put_file(void *to, const char *bytes, size_t n)
{
	return fwrite(bytes, 1, n, to) == n ? 0 : -1;
}

static td_status check_utf8(const char *name, const char *value, td_error *err)
{
	td_str s = td_str_of(value);
	size_t bad = td_utf8_check(s);
	return bad == s.n ? TD_OK : td_fail_at(err, TD_ERR_UTF8, bad, TD_NOWHERE, "meta.%s is not valid UTF-8", name);
}

static td_status fill_meta(const tidings_meta *meta, td_input *in, td_error *err)
{
	if (!meta) return TD_OK;
	if (meta->size != sizeof *meta) return td_fail(err, TD_ERR_USAGE, "meta.size is wrong; start from TIDINGS_META");
	const struct {
		const char *name, *value;
		td_str *to;
	} rows[] = { { "id", meta->id, &in->id }, { "url", meta->url, &in->url }, { "title", meta->title, &in->title },
		{ "source", meta->source, &in->source }, { "language", meta->language, &in->language } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		TRY(check_utf8(rows[i].name, rows[i].value, err));
		*rows[i].to = td_str_of(rows[i].value);
	}
	if (in->url.n && !td_iri_ok(in->url)) return td_fail(err, TD_ERR_USAGE, "meta.url is not an absolute IRI");
	if (meta->date) in->date = td_date_parse(td_str_of(meta->date));
	if (meta->date && in->date.day == 0) return td_fail(err, TD_ERR_USAGE, "meta.date is not a day; write it as YYYY-MM-DD");
	return TD_OK;
}

static td_status write_graph(const tidings *t, td_format format, put_target *target, td_error *err)
{
	td_writer *writer;
	TRY(td_writer_open(format, put, target, &writer, err));
	td_status status = td_writer_engine_prefixes(writer, t->shared->engine, err);
	if (status == TD_OK) status = td_writer_graph(writer, &t->graph, err);
	td_status closed = td_writer_close(writer, status == TD_OK ? err : NULL);
	return status == TD_OK ? closed : status;
}

static td_status build(tidings *t, td_str text, const tidings_meta *meta, td_format format, put_target *target, td_error *err)
{
	td_input in = { .text = text, .name = TD_STR("text") };
	if ((unsigned)format >= TD_FORMAT_COUNT) return td_fail(err, TD_ERR_USAGE, "the format is none of tidings_format");
	TRY(fill_meta(meta, &in, err));
	TRY(td_worker_run(t->worker, &in, TD_STAGE_FACTS, NULL, err));
	TRY(td_worker_graph(t->worker, &t->graph, err));
	pthread_mutex_lock(&writing);
	td_status status = write_graph(t, format, target, err);
	pthread_mutex_unlock(&writing);
	return status;
}

tidings_status tidings_build(tidings *handle, const char *text, size_t n, const tidings_meta *meta, tidings_format format,
	tidings_sink *sink, void *to, tidings_error *err)
{
	td_error why;
	put_target target = { sink, to };
	pthread_mutex_lock(&handle->lock);
	td_status status = build(handle, (td_str){ text, n }, meta, (td_format)format, &target, &why);
	pthread_mutex_unlock(&handle->lock);
	return give(status, &why, err);
}
