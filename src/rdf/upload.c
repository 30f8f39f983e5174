#include "rdf/upload.h"

#include <stdlib.h>

#include "rdf/http.h"
#include "rdf/room.h"
#include "rdf/verify.h"

enum {
	DEFAULT_BATCH = 1000, /* Virtuoso refuses INSERT DATA from some 1,250 triples on */
	MAX_REQUEST = 4 << 20, /* bytes of one update beyond which no triple is added */
	DEFAULT_TIMEOUT_S = 60,
	DEFAULT_RETRIES = 3,
};

struct td_uploader {
	td_http *http;
	char *endpoint;
	td_buf query; /* URL, NUL-terminated; empty: nothing is verified */
	td_upload_method method;
	uint32_t batch;
};

/* ---- secrets ------------------------------------------------------------------------------------------------- */

static void wipe(void *secret, size_t n)
{
	for (volatile char *at = secret; n > 0; n--) *at++ = 0;
}

static bool keep(char to[TD_HTTP_MAX_SECRET], td_str s)
{
	if (s.n >= TD_HTTP_MAX_SECRET || (s.n && memchr(s.at, 0, s.n))) return false;
	if (s.n) memcpy(to, s.at, s.n);
	to[s.n] = 0;
	return true;
}

/* "Bearer token" or "user:password"; nothing of the line may show up in a message. */
static bool parse_secret(td_str line, td_secrets *out)
{
	if (td_str_starts(line, TD_STR("Bearer "))) {
		line.at += 7, line.n -= 7;
		line = td_str_trim(line);
		return line.n > 0 && keep(out->token, line);
	}
	if (!line.n || !memchr(line.at, ':', line.n)) return false;
	td_str user = td_str_cut(&line, ':');
	return user.n > 0 && keep(out->user, user) && keep(out->password, line);
}

static td_status read_auth_file(const char *path, td_secrets *out, td_error *err)
{
	char text[2 * TD_HTTP_MAX_SECRET];
	FILE *file = fopen(path, "r");
	if (!file) return td_fail(err, TD_ERR_IO, "%s: the file with user and password cannot be opened", path);
	size_t n = fread(text, 1, sizeof text, file);
	bool failed = ferror(file) || n == sizeof text;
	fclose(file);
	td_str rest = { text, n }, line = td_str_cut(&rest, '\n');
	if (line.n && line.at[line.n - 1] == '\r') line.n--;
	bool ok = !failed && parse_secret(line, out);
	wipe(text, sizeof text);
	return ok ? TD_OK : td_fail(err, TD_ERR_USAGE, "%s: its first line must be \"user:password\" or \"Bearer token\"", path);
}

static td_status find_secrets(const char *auth_file, td_secrets *out, td_error *err)
{
	const char *token = getenv("TIDINGS_TOKEN"), *user = getenv("TIDINGS_USER"), *password = getenv("TIDINGS_PASSWORD");
	if (auth_file) return read_auth_file(auth_file, out, err);
	if (user && *user)
		return keep(out->user, td_str_of(user)) && keep(out->password, td_str_of(password))
		               ? TD_OK
		               : td_fail(err, TD_ERR_USAGE, "$TIDINGS_USER or $TIDINGS_PASSWORD is too long");
	if (token && *token && !keep(out->token, td_str_of(token))) return td_fail(err, TD_ERR_USAGE, "$TIDINGS_TOKEN is too long");
	return TD_OK;
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

static td_status start(td_uploader *uploader, const td_upload_options *options, td_error *err)
{
	td_secrets secrets = { .user = "" };
	td_http_options http = { .cacert = options->cacert,
		.timeout_s = options->timeout_s ? options->timeout_s : DEFAULT_TIMEOUT_S,
		.retries = options->retries ? options->retries : DEFAULT_RETRIES };
	if (http.timeout_s > 86400) return td_fail(err, TD_ERR_USAGE, "a timeout of more than a day");
	size_t n = strlen(options->endpoint) + 1;
	uploader->endpoint = td_alloc(n);
	if (!uploader->endpoint) return td_no_memory(err);
	memcpy(uploader->endpoint, options->endpoint, n);
	if (options->verify) TRY(td_query_url(options->endpoint, options->query, &uploader->query, err));
	td_status status = find_secrets(options->auth_file, &secrets, err);
	if (status == TD_OK) status = td_http_open(&http, &secrets, &uploader->http, err);
	wipe(&secrets, sizeof secrets);
	return status;
}

td_status td_upload_open(const td_upload_options *options, td_uploader **out, td_error *err)
{
	*out = NULL;
	if (!options->endpoint) return td_fail(err, TD_ERR_USAGE, "no store named");
	TRY(td_http_check_url(options->endpoint, err));
	td_uploader *uploader = td_alloc(sizeof *uploader);
	if (!uploader) return td_no_memory(err);
	*uploader = (td_uploader){ .method = options->method, .batch = options->batch ? options->batch : DEFAULT_BATCH };
	if (uploader->method == TD_UPLOAD_AUTO) uploader->method = choose_method(options->endpoint);
	td_status status = start(uploader, options, err);
	if (status == TD_OK) *out = uploader;
	else td_upload_close(uploader);
	return status;
}

void td_upload_close(td_uploader *uploader)
{
	if (!uploader) return;
	td_http_close(uploader->http);
	td_free(uploader->endpoint);
	td_buf_free(&uploader->query);
	td_free(uploader);
}

/* ---- Graph Store Protocol ------------------------------------------------------------------------------------ */

/* PUT replaces the graph, DELETE takes it away. */
static td_status send_graph(td_uploader *uploader, const char *method, td_str name, td_str body, td_error *err)
{
	td_buf url = { 0 };
	td_buf_str(&url, td_str_of(uploader->endpoint));
	td_buf_str(&url, strchr(uploader->endpoint, '?') ? TD_STR("&graph=") : TD_STR("?graph="));
	td_http_percent(name, &url);
	td_buf_char(&url, 0);
	td_http_request request = { method, url.at, "application/n-triples", body, NULL };
	td_status status = url.failed ? td_no_memory(err) : td_http_send(uploader->http, &request, err);
	td_buf_free(&url);
	return status;
}

static td_status upload_by_put(td_uploader *uploader, const td_graph *graph, td_error *err)
{
	td_buf body = { 0 };
	td_status status = td_rdf_serialize(graph, TD_NTRIPLES, &body, err);
	if (status == TD_OK) status = send_graph(uploader, "PUT", graph->name, td_buf_view(&body), err);
	td_buf_free(&body);
	return status;
}

/* ---- SPARQL Update ------------------------------------------------------------------------------------------- */

static void write_name(td_str name, td_buf *out)
{
	td_term term = { .kind = TD_IRI, .value = name };
	td_term_write(NULL, &term, out);
}

/* Writes one request's text for the triples from `from` on; returns how many it holds. */
static uint32_t write_update(const td_uploader *uploader, const td_graph *graph, uint32_t from, td_buf *out)
{
	uint32_t n = 0;
	if (from == 0) {
		td_buf_str(out, TD_STR("DROP SILENT GRAPH "));
		write_name(graph->name, out);
		if (graph->triples.n) td_buf_str(out, TD_STR(" ;\n"));
	}
	if (graph->triples.n == 0) return 0;
	td_buf_str(out, TD_STR("INSERT DATA { GRAPH "));
	write_name(graph->name, out);
	td_buf_str(out, TD_STR(" {\n"));
	for (; n < uploader->batch && from + n < graph->triples.n && out->n < MAX_REQUEST; n++) {
		const td_triple *t = &graph->triples.at[from + n];
		td_term_write(NULL, &t->s, out);
		td_buf_char(out, ' ');
		td_term_write(NULL, &t->p, out);
		td_buf_char(out, ' ');
		td_term_write(NULL, &t->o, out);
		td_buf_str(out, TD_STR(" .\n"));
	}
	td_buf_str(out, TD_STR("} }\n"));
	return n;
}

/* Puts it before the error's own text, whose end is cut if it must be. */
static td_status incomplete(td_status status, const td_graph *graph, uint32_t done, td_error *err)
{
	return td_fail(err, status, "the graph is incomplete in the store now (%u of %u triples confirmed): upload it again; %s", done,
		graph->triples.n, err ? err->text : "");
}

static td_status upload_by_update(td_uploader *uploader, const td_graph *graph, td_error *err)
{
	td_buf text = { 0 };
	td_status status = TD_OK;
	uint32_t done = 0;
	do {
		text.n = 0;
		uint32_t n = write_update(uploader, graph, done, &text);
		td_http_request request = { "POST", uploader->endpoint, "application/sparql-update; charset=utf-8", td_buf_view(&text), NULL };
		status = text.failed ? td_no_memory(err) : td_http_send(uploader->http, &request, err);
		if (status != TD_OK && done > 0) status = incomplete(status, graph, done, err);
		done += n;
	} while (status == TD_OK && done < graph->triples.n);
	td_buf_free(&text);
	return status;
}

td_status td_upload_graph(td_uploader *uploader, const td_graph *graph, td_error *err)
{
	TRY(td_graph_check(graph, err));
	if (graph->name.n == 0) return td_fail(err, TD_ERR_USAGE, "a graph without a name cannot be uploaded");
	TRY(uploader->method == TD_UPLOAD_UPDATE ? upload_by_update(uploader, graph, err) : upload_by_put(uploader, graph, err));
	return uploader->query.n ? td_verify_graph(uploader->http, uploader->query.at, graph, err) : TD_OK;
}

td_status td_upload_drop(td_uploader *uploader, td_str name, td_error *err)
{
	const td_graph none = { .name = name };
	TRY(td_graph_check(&none, err));
	return uploader->method == TD_UPLOAD_UPDATE ? upload_by_update(uploader, &none, err)
	                                             : send_graph(uploader, "DELETE", name, (td_str){ 0 }, err);
}
