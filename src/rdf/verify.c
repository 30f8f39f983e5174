#include <stdlib.h>

#include <jansson.h>

#include "rdf/upload_impl.h"

enum { MAX_NAMES = 1 << 17 }; /* bytes of names in one query, beyond which no graph is added */

/* Where stores take queries, by where they take graphs or updates: Oxigraph /store, /update; Fuseki /data, /update; Virtuoso; Blazegraph
 * /sparql; GraphDB and RDF4J take queries one level above /statements. */
static const struct {
	const char *from, *to;
} services[] = {
	{ "update", "/query" }, { "store", "/query" }, { "data", "/query" }, { "sparql", "/sparql" }, { "sparql-auth", "/sparql-auth" },
	{ "sparql-graph-crud-auth", "/sparql-auth" }, { "sparql-graph-crud", "/sparql" }, { "statements", "" },
};

td_status td_query_url(const char *endpoint, const char *given, td_buf *out, td_error *err)
{
	char segment[32];
	const char *to = NULL;
	size_t n = strcspn(endpoint, "?#");
	if (given) TRY(td_http_check_url(given, err));
	td_http_last_segment(endpoint, segment, sizeof segment);
	for (size_t i = 0; i < sizeof services / sizeof *services; i++)
		if (strcmp(services[i].from, segment) == 0) to = services[i].to;
	if (!given && !to)
		return td_fail(err, TD_ERR_USAGE, "where does the store take queries? Name its query service with --query URL");
	while (n > 0 && endpoint[n - 1] == '/') n--;
	if (given) td_buf_str(out, td_str_of(given));
	else td_buf_printf(out, "%.*s%s", (int)(n - strlen(segment) - 1), endpoint, to);
	td_buf_char(out, 0);
	return out->failed ? td_no_memory(err) : TD_OK;
}

/* ---- answers ------------------------------------------------------------------------------------------------- */

static td_str value_of(const json_t *row, const char *name)
{
	const json_t *value = json_object_get(json_object_get(row, name), "value");
	return (td_str){ json_string_value(value), json_string_length(value) };
}

static bool number(td_str s, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] < '0' || s.at[i] > '9') return false;
		*out = *out * 10 + (uint64_t)(s.at[i] - '0');
	}
	return s.n > 0 && s.n < 19;
}

bool td_counts_read(td_str answer, td_each_count *each, void *context)
{
	json_t *root = json_loadb(answer.n ? answer.at : "", answer.n, 0, NULL);
	const json_t *rows = json_object_get(json_object_get(root, "results"), "bindings");
	bool good = json_is_array(rows);
	for (size_t i = 0; good && i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		uint64_t n;
		good = number(value_of(row, "n"), &n);
		if (good) each(context, value_of(row, "g"), n);
	}
	json_decref(root);
	return good;
}

/* ---- what it means ------------------------------------------------------------------------------------------- */

static void end(td_job *job, uint64_t n)
{
	td_error err;
	if (n == job->triples) td_job_end(job, TD_OK, NULL);
	else if (td_job_may_again(job)) td_job_again(job, n);
	else
		td_job_end(job, td_fail(&err, TD_ERR_STORE, "the store has confirmed the graph, but holds %llu triples of it where %u were sent%s",
			(unsigned long long)n, job->triples, job->second ? ", twice" : ""), &err);
}

/* A row of many graphs: good news is taken. Anything else is asked again for the graph alone, as stores have their own ways with names. */
static void take_one_of_many(void *context, td_str graph, uint64_t n)
{
	td_uploader *u = context;
	for (uint32_t i = 0; i < u->n; i++) {
		td_job *job = td_job_at(u, i);
		if (job->state == TD_JOB_COUNTING && n == job->triples && td_str_eq(graph, td_buf_view(&job->name))) end(job, n);
	}
}

static void take_alone(void *context, td_str graph, uint64_t n)
{
	td_uploader *u = context;
	(void)graph;
	for (uint32_t i = 0; i < u->n; i++)
		if (td_job_at(u, i)->state == TD_JOB_COUNTING) end(td_job_at(u, i), n);
}

/* Those that are counting still go back to be counted alone. */
static void count_alone(td_uploader *u)
{
	for (uint32_t i = 0; i < u->n; i++) {
		td_job *job = td_job_at(u, i);
		if (job->state != TD_JOB_COUNTING) continue;
		job->state = TD_JOB_STORED;
		job->alone = true;
		u->stored++;
	}
}

static void fail_counting(td_uploader *u, td_status status, const td_error *err)
{
	for (uint32_t i = 0; i < u->n; i++)
		if (td_job_at(u, i)->state == TD_JOB_COUNTING) td_job_end(td_job_at(u, i), status, err);
}

static void on_many(void *context, const td_http_result *result)
{
	td_uploader *u = context;
	u->counting = false;
	if (result->status == TD_OK && td_counts_read(result->answer, take_one_of_many, u)) {
		count_alone(u);
	} else if (result->status == TD_OK || result->status == TD_ERR_STORE) {
		u->one_by_one = true;
		count_alone(u);
	} else {
		fail_counting(u, result->status, &result->err);
	}
}

static void on_alone(void *context, const td_http_result *result)
{
	td_uploader *u = context;
	td_error err;
	u->counting = false;
	if (result->status == TD_OK) td_counts_read(result->answer, take_alone, u);
	/* nothing is left when the answer held a number */
	if (result->status != TD_OK) fail_counting(u, result->status, &result->err);
	else
		fail_counting(u, td_fail(&err, TD_ERR_STORE, "%.120s: the answer to a query is no result in JSON; is this the query service?",
			u->query.at), &err);
}

/* ---- queries ------------------------------------------------------------------------------------------------- */

static td_status ask(td_uploader *u, td_str query, void (*done)(void *, const td_http_result *), td_error *err)
{
	td_buf *body = &u->question;
	body->n = 0;
	td_buf_str(body, TD_STR("query="));
	td_http_percent(query, body);
	if (body->failed) return td_no_memory(err);
	return td_http_start(u->http, &(td_http_request){ .method = "POST", .url = u->query.at, .body = td_buf_view(body), .context = u,
		.content_type = "application/x-www-form-urlencoded", .done = done }, err);
}

static void add_name(td_job *job, td_buf *query)
{
	td_buf_printf(query, "<" TD_STR_FMT ">", TD_STR_ARG(td_buf_view(&job->name)));
	job->state = TD_JOB_COUNTING;
	job->uploader->stored--;
}

/* The first that is to be counted alone, or NULL. */
static td_job *find_alone(td_uploader *u)
{
	for (uint32_t i = 0; i < u->n; i++) {
		td_job *job = td_job_at(u, i);
		if (job->state == TD_JOB_STORED && (job->alone || u->one_by_one)) return job;
	}
	return NULL;
}

/* A graph without triples has no row in the answer. */
static void write_many(td_uploader *u, td_buf *query)
{
	uint32_t n = 0;
	td_buf_str(query, TD_STR("SELECT ?g (COUNT(*) AS ?n) WHERE { VALUES ?g {"));
	for (uint32_t i = 0; i < u->n && n < TD_COUNT_GRAPHS && query->n < MAX_NAMES; i++) {
		td_job *job = td_job_at(u, i);
		if (job->state != TD_JOB_STORED) continue;
		td_buf_char(query, ' ');
		add_name(job, query);
		n++;
	}
	td_buf_str(query, TD_STR(" } GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"));
}

void td_count_graphs(td_uploader *u)
{
	td_error err;
	td_buf query = { 0 };
	td_job *alone = find_alone(u);
	if (alone) {
		td_buf_str(&query, TD_STR("SELECT (COUNT(*) AS ?n) WHERE { GRAPH "));
		add_name(alone, &query);
		td_buf_str(&query, TD_STR(" { ?s ?p ?o } }"));
	} else {
		write_many(u, &query);
	}
	td_status status = query.failed ? td_no_memory(&err) : ask(u, td_buf_view(&query), alone ? on_alone : on_many, &err);
	if (status == TD_OK) u->counting = true;
	else fail_counting(u, status, &err);
	td_buf_free(&query);
}
