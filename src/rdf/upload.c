#include "rdf/upload.h"

#include <time.h>

#include "rdf/rdf.h"
#include "rdf/upload_impl.h"

enum {
	DEFAULT_BATCH = 1000, /* Virtuoso refuses INSERT DATA from some 1,250 triples on */
	DEFAULT_TIMEOUT_S = 60,
	DEFAULT_RETRIES = 3,
	WINDOW_PER_SLOT = 8,  /* places behind a slow graph, for what is through already */
	STEP_MS = 500,
	MAX_KEPT = 32 << 20,  /* bytes of graphs that wait to be counted, and may have to go again */
	COUNT_AFTER_MS = 1000, /* no graph waits longer for others to be counted with: what is not told yet is done again by the next run */
};

static uint64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- open and close ------------------------------------------------------------------------------------------ */

/* The addresses at which stores take SPARQL updates: Oxigraph, Fuseki /update; Virtuoso /sparql-auth; GraphDB, RDF4J /statements;
 * Blazegraph /sparql. */
static td_upload_method choose_method(const char *endpoint)
{
	static const char *const updates[] = { "update", "sparql", "sparql-auth", "statements" };
	char segment[32];
	td_http_last_segment(endpoint, segment, sizeof segment);
	for (size_t i = 0; i < sizeof updates / sizeof *updates; i++)
		if (!strcmp(segment, updates[i])) return TD_UPLOAD_UPDATE;
	return TD_UPLOAD_GSP;
}

static td_status open_http(td_uploader *u, const td_upload_options *options, td_error *err)
{
	td_secrets secrets;
	td_http_options http = { .cacert = options->cacert,
		.timeout_s = options->timeout_s ? options->timeout_s : DEFAULT_TIMEOUT_S,
		.retries = options->retries ? options->retries : DEFAULT_RETRIES,
		.slots = u->parallel + 1 }; /* one for counting */
	if (http.timeout_s > 86400) return td_fail(err, TD_ERR_USAGE, "a timeout of more than a day");
	td_status status = td_secrets_find(options->auth_file, &secrets, err);
	if (status == TD_OK) status = td_http_open(&http, &secrets, &u->http, err);
	td_secrets_wipe(&secrets);
	return status;
}

static td_status start(td_uploader *u, const td_upload_options *options, td_error *err)
{
	if (u->parallel > TD_UPLOAD_MAX_PARALLEL) return td_fail(err, TD_ERR_USAGE, "more than %d graphs at once", TD_UPLOAD_MAX_PARALLEL);
	td_buf_add(&u->endpoint, options->endpoint, strlen(options->endpoint) + 1);
	if (options->verify) TRY(td_query_url(options->endpoint, options->query, &u->query, err));
	u->cap = u->parallel * WINDOW_PER_SLOT + (options->verify ? 2 * TD_COUNT_GRAPHS : 0);
	u->jobs = td_alloc(u->cap * sizeof *u->jobs);
	if (!u->jobs || u->endpoint.failed) return td_no_memory(err);
	return open_http(u, options, err);
}

td_status td_upload_open(const td_upload_options *options, td_uploader **out, td_error *err)
{
	*out = NULL;
	if (!options->endpoint) return td_fail(err, TD_ERR_USAGE, "no store named");
	TRY(td_http_check_url(options->endpoint, err));
	td_uploader *u = td_alloc(sizeof *u);
	if (!u) return td_no_memory(err);
	*u = (td_uploader){ .method = options->method, .batch = options->batch ? options->batch : DEFAULT_BATCH,
		.parallel = options->parallel ? options->parallel : 1, .gzip = options->gzip, .done = options->done, .again = options->again,
		.context = options->context };
	if (u->method == TD_UPLOAD_AUTO) u->method = choose_method(options->endpoint);
	td_status status = start(u, options, err);
	if (status == TD_OK) *out = u;
	else td_upload_close(u);
	return status;
}

static void free_job(td_job *job)
{
	td_buf_free(&job->name);
	td_buf_free(&job->body);
	td_buf_free(&job->text);
	td_buf_free(&job->packed);
}

void td_upload_close(td_uploader *u)
{
	if (!u) return;
	td_http_close(u->http);
	for (uint32_t i = 0; i < u->n; i++) free_job(td_job_at(u, i));
	td_free(u->jobs);
	td_buf_free(&u->endpoint);
	td_buf_free(&u->query);
	td_buf_free(&u->question);
	td_free(u);
}

bool td_upload_gzip_refused(const td_uploader *u)
{
	return u->gzip_refused;
}

bool td_upload_is_open(const char *endpoint)
{
	return td_http_is_open(endpoint);
}

/* ---- the order of it all ------------------------------------------------------------------------------------- */

static td_status not_sent(td_error *err)
{
	return td_fail(err, TD_ERR_NETWORK, "not sent, or not wholly: the store was lost before; send it again");
}

/* The store cannot be reached, or does not let us in: it would take none of the others either. What it has confirmed counts. */
static void give_up(td_uploader *u)
{
	td_error err;
	u->lost = true;
	td_http_cancel(u->http);
	u->counting = false;
	for (uint32_t i = 0; i < u->n; i++) {
		td_job *job = td_job_at(u, i);
		if (job->state != TD_JOB_DONE) td_job_end(job, not_sent(&err), &err);
	}
}

/* Tells of those at the head of the line that are through. */
static void deliver(td_uploader *u)
{
	while (u->n > 0 && td_job_at(u, 0)->state == TD_JOB_DONE) {
		td_job job = *td_job_at(u, 0);
		u->first = (u->first + 1) % u->cap;
		u->n--;
		if (job.uploader && !u->lost && (job.status == TD_ERR_NETWORK || job.status == TD_ERR_AUTH)) give_up(u);
		if (job.drops) *(td_job *)job.ticket = job;
		else u->done(u->context, job.ticket, job.status, &job.err);
		free_job(&job);
	}
}

static void send(td_job *job)
{
	td_uploader *u = job->uploader;
	job->batch = u->batch;
	job->state = TD_JOB_SENDING;
	u->sending++;
	td_job_send(job);
}

static void send_again(td_uploader *u)
{
	for (uint32_t i = 0; i < u->n && u->again_n > 0 && u->sending < u->parallel; i++) {
		td_job *job = td_job_at(u, i);
		if (job->state != TD_JOB_AGAIN) continue;
		u->again_n--;
		send(job);
	}
}

/* `soon`: nothing more comes that could be counted in the same query. */
static void step(td_uploader *u, bool soon, uint32_t ms)
{
	if (u->again_n > 0) send_again(u);
	if (u->stored == 0) u->stored_since = now_ms();
	else if (!u->counting && (soon || u->stored >= TD_COUNT_GRAPHS || now_ms() - u->stored_since >= COUNT_AFTER_MS)) td_count_graphs(u);
	td_http_wait(u->http, ms);
	deliver(u);
}

static bool is_full(const td_uploader *u)
{
	return u->n == u->cap || u->kept >= MAX_KEPT;
}

static void wait_for_room(td_uploader *u)
{
	deliver(u);
	while (is_full(u) || u->sending == u->parallel || u->again_n > 0) step(u, is_full(u), STEP_MS);
}

void td_upload_flush(td_uploader *u)
{
	deliver(u);
	while (u->n > 0) step(u, u->sending == 0 && u->again_n == 0, STEP_MS);
}

bool td_upload_idle(td_uploader *u)
{
	deliver(u);
	if (u->n > 0) step(u, false, STEP_MS / 4);
	return u->n > 0;
}

void td_upload_wake(td_uploader *u)
{
	td_http_wake(u->http);
}

static td_job *new_job(td_uploader *u, void *ticket)
{
	td_job *job = td_job_at(u, u->n++);
	*job = (td_job){ .ticket = ticket, .state = TD_JOB_DONE };
	return job;
}

void td_upload_pass(td_uploader *u, void *ticket, td_status status, const td_error *err)
{
	while (u->n == u->cap) step(u, true, STEP_MS);
	td_job_end(new_job(u, ticket), status, err);
	deliver(u);
}

/* The writer checks the graph: a store that is sent nonsense may have emptied the graph when it finds that out. */
static td_status write_body(td_job *job, const td_graph *graph, td_error *err)
{
	job->triples = graph->triples.n;
	if (graph->name.n == 0) return td_fail(err, TD_ERR_USAGE, "a graph without a name cannot be uploaded");
	td_buf_str(&job->name, graph->name);
	if (job->name.failed) return td_no_memory(err);
	return td_rdf_serialize(graph, TD_NTRIPLES, &job->body, err);
}

static void begin(td_uploader *u, const td_graph *graph, void *ticket, void (*how)(td_job *))
{
	td_error err;
	wait_for_room(u);
	td_job *job = new_job(u, ticket);
	job->uploader = u;
	td_status status = u->lost ? not_sent(&err) : write_body(job, graph, &err);
	if (status == TD_OK) how(job);
	else td_job_end(job, status, &err);
	step(u, false, 0);
}

void td_upload_add(td_uploader *u, const td_graph *graph, void *ticket)
{
	begin(u, graph, ticket, send);
}

void td_upload_check(td_uploader *u, const td_graph *graph, void *ticket)
{
	if (u->again && u->query.n > 0) begin(u, graph, ticket, td_job_stored);
	else td_upload_pass(u, ticket, TD_OK, NULL);
}

td_status td_upload_drop(td_uploader *u, td_str name, td_error *err)
{
	const td_graph none = { .name = name };
	td_job end = { .status = TD_ERR_INTERNAL };
	TRY(td_graph_check(&none, err));
	td_upload_flush(u);
	if (u->lost) return not_sent(err);
	td_job *job = new_job(u, &end);
	job->uploader = u;
	job->drops = job->alone = true;
	td_buf_str(&job->name, name);
	send(job);
	td_upload_flush(u);
	if (end.status != TD_OK && err) *err = end.err;
	return end.status;
}
