#include "rdf/verify.h"

#include <stdlib.h>

#include <jansson.h>

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

/* results.bindings[0].n.value of https://www.w3.org/TR/sparql11-results-json/ */
static bool read_count(td_str answer, uint64_t *out)
{
	json_t *root = json_loadb(answer.n ? answer.at : "", answer.n, 0, NULL);
	const json_t *row = json_array_get(json_object_get(json_object_get(root, "results"), "bindings"), 0);
	const char *value = json_string_value(json_object_get(json_object_get(row, "n"), "value"));
	char *end = NULL;
	*out = value ? strtoull(value, &end, 10) : 0;
	bool good = value && *value >= '0' && *value <= '9' && *end == '\0';
	json_decref(root);
	return good;
}

static td_status ask(td_http *http, const char *url, td_str name, td_buf *answer, td_error *err)
{
	td_buf query = { 0 }, body = { 0 };
	td_buf_printf(&query, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <" TD_STR_FMT "> { ?s ?p ?o } }", TD_STR_ARG(name));
	td_buf_str(&body, TD_STR("query="));
	td_http_percent(td_buf_view(&query), &body);
	td_http_request request = { "POST", url, "application/x-www-form-urlencoded", td_buf_view(&body), answer };
	td_status status = query.failed || body.failed ? td_no_memory(err) : td_http_send(http, &request, err);
	td_buf_free(&query);
	td_buf_free(&body);
	return status;
}

td_status td_verify_graph(td_http *http, const char *query_url, const td_graph *graph, td_error *err)
{
	td_buf answer = { 0 };
	uint64_t n = 0;
	td_status status = ask(http, query_url, graph->name, &answer, err);
	if (status == TD_OK && answer.failed) status = td_no_memory(err);
	if (status == TD_OK && !read_count(td_buf_view(&answer), &n))
		status = td_fail(err, TD_ERR_STORE, "%.120s: the answer to a query is no result in JSON; is this the query service?", query_url);
	td_buf_free(&answer);
	if (status != TD_OK || n == graph->triples.n) return status;
	return td_fail(err, TD_ERR_STORE, "the store has confirmed the graph, but holds %llu triples of it where %u were sent", (unsigned long long)n,
		graph->triples.n);
}
