#include "rdf/http.h"

#include <ctype.h>
#include <pthread.h>
#include <strings.h>
#include <time.h>

#include <curl/curl.h>

struct td_http {
	CURL *curl;
	td_http_options options;
	td_secrets secrets;
	uint64_t random; /* for the pauses */
};

/* What came back from one try. */
typedef struct {
	td_str body; /* what is sent, and how far: Digest sends it twice */
	size_t sent;
	td_buf answer;
	size_t head; /* bytes of headers */
	bool too_long, silent;
	uint64_t moved; /* bytes in either direction when something moved last, and when that was */
	time_t moved_at, patience_s;
	CURLcode code;
	char detail[CURL_ERROR_SIZE];
	long status;
	long retry_after; /* seconds, 0: not said */
	char type[64];
} attempt;

static void init_curl(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* ---- URLs ---------------------------------------------------------------------------------------------------- */

static bool part_is(CURLU *url, CURLUPart what, const char *one, const char *other)
{
	char *part = NULL;
	curl_url_get(url, what, &part, 0);
	bool is = part && (!strcmp(part, one) || !strcmp(part, other));
	curl_free(part);
	return is;
}

static bool has_part(CURLU *url, CURLUPart what)
{
	char *part = NULL;
	bool has = curl_url_get(url, what, &part, 0) == CURLUE_OK && part;
	curl_free(part);
	return has;
}

static td_status check_parsed(CURLU *url, td_error *err)
{
	if (!part_is(url, CURLUPART_SCHEME, "http", "https"))
		return td_fail(err, TD_ERR_USAGE, "the store's URL must begin with http:// or https://");
	if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
		return td_fail(err, TD_ERR_USAGE, "user and password do not belong into the store's URL, where others see them: "
			"put \"user:password\" into a file, or into $TIDINGS_USER and $TIDINGS_PASSWORD");
	if (has_part(url, CURLUPART_FRAGMENT)) return td_fail(err, TD_ERR_USAGE, "the store's URL must not have a fragment (#...)");
	return TD_OK;
}

td_status td_http_check_url(const char *url, td_error *err)
{
	CURLU *parsed = curl_url();
	if (!parsed) return td_no_memory(err);
	td_status status = curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK
	                           ? check_parsed(parsed, err)
	                           : td_fail(err, TD_ERR_USAGE, "the store's URL is none: it should look like http://host:port/path");
	curl_url_cleanup(parsed);
	return status;
}

void td_http_last_segment(const char *url, char *out, size_t cap)
{
	const char *from = strstr(url, "://");
	from = from ? strchr(from + 3, '/') : NULL;
	size_t n = from ? strcspn(from, "?#") : 0;
	while (n > 1 && from[n - 1] == '/') n--;
	size_t start = n;
	while (start > 0 && from[start - 1] != '/') start--;
	snprintf(out, cap, "%.*s", n - start < cap ? (int)(n - start) : 0, from ? from + start : "");
}

void td_http_percent(td_str s, td_buf *out)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c < 0x80 && (isalnum(c) || (c && strchr("-._~", c)))) td_buf_char(out, (char)c);
		else td_buf_printf(out, "%%%02X", c);
	}
}

/* For messages: without user, password and query values that may be secrets. */
static void shown_url(const char *url, char *out, size_t cap)
{
	CURLU *parsed = curl_url();
	char *text = NULL;
	if (parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK) {
		curl_url_set(parsed, CURLUPART_USER, NULL, 0);
		curl_url_set(parsed, CURLUPART_PASSWORD, NULL, 0);
		curl_url_set(parsed, CURLUPART_QUERY, NULL, 0);
		curl_url_get(parsed, CURLUPART_URL, &text, 0);
	}
	snprintf(out, cap, "%.120s", text ? text : "the store");
	curl_free(text);
	curl_url_cleanup(parsed);
}

static bool same_part(CURLU *a, CURLU *b, CURLUPart what, unsigned flags)
{
	char *x = NULL, *y = NULL;
	curl_url_get(a, what, &x, flags);
	curl_url_get(b, what, &y, flags);
	bool same = x && y && !strcasecmp(x, y);
	curl_free(x);
	curl_free(y);
	return same;
}

/* Same scheme, host and port: credentials may go there too. */
static bool same_origin(const char *a, const char *b)
{
	CURLU *x = curl_url(), *y = curl_url();
	bool same = x && y && curl_url_set(x, CURLUPART_URL, a, 0) == CURLUE_OK && curl_url_set(y, CURLUPART_URL, b, 0) == CURLUE_OK &&
	            same_part(x, y, CURLUPART_SCHEME, 0) && same_part(x, y, CURLUPART_HOST, 0) &&
	            same_part(x, y, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	curl_url_cleanup(x);
	curl_url_cleanup(y);
	return same;
}

/* ---- one try ------------------------------------------------------------------------------------------------- */

static size_t on_read(char *to, size_t size, size_t n, void *context)
{
	attempt *a = context;
	size_t room = size * n, left = a->body.n - a->sent, now = left < room ? left : room;
	if (now) memcpy(to, a->body.at + a->sent, now);
	a->sent += now;
	return now;
}

static int on_seek(void *context, curl_off_t offset, int origin)
{
	attempt *a = context;
	if (origin != SEEK_SET || offset < 0 || (uint64_t)offset > a->body.n) return CURL_SEEKFUNC_FAIL;
	a->sent = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

static size_t on_write(char *from, size_t size, size_t n, void *context)
{
	attempt *a = context;
	a->too_long |= a->answer.n + size * n > TD_HTTP_MAX_ANSWER;
	if (a->too_long) return 0;
	td_buf_add(&a->answer, from, size * n);
	return a->answer.failed ? 0 : size * n;
}

/* Each answer begins with a status line: what an answer before it (401, 100) said does not count. */
static size_t on_head(char *from, size_t size, size_t n, void *context)
{
	attempt *a = context;
	a->head += size * n;
	if (size * n >= 5 && !memcmp(from, "HTTP/", 5)) a->answer.n = 0;
	a->too_long |= a->head > TD_HTTP_MAX_HEAD;
	return a->too_long ? 0 : size * n;
}

/* Ends a request in which nothing moves. (CURLOPT_LOW_SPEED_TIME averages, and so notices some seconds late.) */
static int on_progress(void *context, curl_off_t to_get, curl_off_t got, curl_off_t to_put, curl_off_t put)
{
	attempt *a = context;
	struct timespec now;
	uint64_t moved = (uint64_t)got + (uint64_t)put + a->head;
	(void)to_get, (void)to_put;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (a->moved_at == 0 || moved != a->moved) a->moved = moved, a->moved_at = now.tv_sec + 1;
	a->silent = now.tv_sec + 1 > a->moved_at + a->patience_s;
	return a->silent;
}

static void set_secrets(const td_http *http)
{
	const td_secrets *s = &http->secrets;
	if (s->token[0]) {
		curl_easy_setopt(http->curl, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
		curl_easy_setopt(http->curl, CURLOPT_XOAUTH2_BEARER, s->token);
		return;
	}
	/* what the store asks for; the body goes out twice then */
	curl_easy_setopt(http->curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC | CURLAUTH_DIGEST);
	if (s->user[0]) {
		curl_easy_setopt(http->curl, CURLOPT_USERNAME, s->user);
		curl_easy_setopt(http->curl, CURLOPT_PASSWORD, s->password);
	} else {
		curl_easy_setopt(http->curl, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
	}
}

static void set_limits(const td_http *http)
{
	long wait = (long)http->options.timeout_s;
	curl_easy_setopt(http->curl, CURLOPT_CONNECTTIMEOUT, wait < 15 ? wait : 15L);
	curl_easy_setopt(http->curl, CURLOPT_TIMEOUT, wait * 10);
	curl_easy_setopt(http->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(http->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(http->curl, CURLOPT_NOSIGNAL, 1L);
	if (http->options.cacert) curl_easy_setopt(http->curl, CURLOPT_CAINFO, http->options.cacert);
}

/* Content-Length always: Virtuoso answers 201 to a chunked PUT and stores nothing. */
static void set_request(const td_http *http, const td_http_request *request, attempt *a)
{
	CURL *curl = http->curl;
	curl_easy_setopt(curl, CURLOPT_URL, request->url);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->body.n);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(curl, CURLOPT_READDATA, a);
	curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_seek);
	curl_easy_setopt(curl, CURLOPT_SEEKDATA, a);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_write);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, a);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_head);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, a);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, a);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, a->detail);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "tidings/" TD_VERSION);
}

static bool add_header(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);
	if (longer) *list = longer;
	return longer != NULL;
}

static void read_outcome(CURL *curl, attempt *a)
{
	curl_off_t pause = 0;
	char *type = NULL;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &a->status);
	curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &pause);
	curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	a->retry_after = pause > 0 ? (long)(pause < 1000000 ? pause : 1000000) : 0;
	snprintf(a->type, sizeof a->type, "%s", type ? type : "");
}

static td_status try_once(td_http *http, const td_http_request *request, attempt *a, td_error *err)
{
	char type[128];
	struct curl_slist *headers = NULL;
	td_buf_free(&a->answer);
	*a = (attempt){ .body = request->body, .patience_s = (time_t)http->options.timeout_s };
	curl_easy_reset(http->curl);
	snprintf(type, sizeof type, "Content-Type: %s", request->content_type);
	bool ok = add_header(&headers, type) && add_header(&headers, "Accept: application/sparql-results+json, application/json, text/plain, */*;q=0.1");
	if (ok) {
		set_limits(http);
		set_secrets(http);
		set_request(http, request, a);
		curl_easy_setopt(http->curl, CURLOPT_HTTPHEADER, headers);
		a->code = curl_easy_perform(http->curl);
		read_outcome(http->curl, a);
	}
	curl_slist_free_all(headers);
	return ok ? TD_OK : td_no_memory(err);
}

/* ---- what it means ------------------------------------------------------------------------------------------- */

/* A page for people without its tags; what is left is cut to `cap`. */
static td_str without_tags(td_str page, char *out, size_t cap)
{
	size_t n = 0;
	bool tag = false;
	for (size_t i = 0; i < page.n && n < cap; i++) {
		if (page.at[i] == '<') tag = true;
		else if (page.at[i] == '>') tag = false;
		else if (!tag) out[n++] = page.at[i];
	}
	return (td_str){ out, n };
}

/* The first line of the store's own words, fit for a message. */
static void first_line(td_str answer, char *out, size_t cap)
{
	enum { MAX_SHOWN = 160 };
	char text[1024];
	td_str rest = td_str_trim(answer);
	if (rest.n && rest.at[0] == '<') rest = td_str_trim(without_tags(rest, text, sizeof text));
	td_str line = td_str_trim(td_str_cut(&rest, '\n'));
	if (line.n > MAX_SHOWN) line.n = MAX_SHOWN;
	line.n = td_utf8_check(line);
	snprintf(out, cap, "%s" TD_STR_FMT, line.n ? ": " : "", TD_STR_ARG(line));
	for (char *c = out; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127) *c = ' ';
}

static bool is_page(const attempt *a)
{
	static const char *const starts[] = { "<!doctype html", "<html", "<head", "<body" };
	if (!strncasecmp(a->type, "text/html", 9) || !strncasecmp(a->type, "application/xhtml", 17)) return a->answer.n > 0;
	td_str body = td_str_trim(td_buf_view(&a->answer));
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (body.n >= strlen(starts[i]) && !strncasecmp(body.at, starts[i], strlen(starts[i]))) return true;
	return false;
}

static const struct {
	CURLcode code;
	bool again; /* may pass by itself */
	const char *help;
} curl_faults[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, false, "no such host: check the URL and the name service" },
	{ CURLE_COULDNT_RESOLVE_PROXY, false, "no such proxy: check $http_proxy and $https_proxy" },
	{ CURLE_COULDNT_CONNECT, true, "no connection: is the store running, and is the port right?" },
	{ CURLE_OPERATION_TIMEDOUT, false, "no answer in time: a longer timeout or a smaller document may help" },
	{ CURLE_PEER_FAILED_VERIFICATION, false, "its TLS certificate is not trusted: name the right CA file" },
	{ CURLE_SSL_CACERT_BADFILE, false, "the CA file cannot be read" },
	{ CURLE_SSL_CONNECT_ERROR, false, "TLS could not be set up: does this port speak https?" },
	{ CURLE_SEND_ERROR, true, "the connection broke" },
	{ CURLE_RECV_ERROR, true, "the connection broke" },
	{ CURLE_GOT_NOTHING, true, "the store closed the connection without an answer" },
	{ CURLE_PARTIAL_FILE, true, "the answer was cut off" },
	{ CURLE_HTTP2_STREAM, true, "the connection broke" },
	{ CURLE_UNSUPPORTED_PROTOCOL, false, "not a HTTP address" },
	{ CURLE_WEIRD_SERVER_REPLY, false, "what answers there does not speak HTTP" },
};

static td_status curl_failed(const attempt *a, const char *url, bool *again, td_error *err)
{
	const char *help = "";
	*again = false;
	if (a->too_long)
		return td_fail(err, TD_ERR_STORE, "%s: the answer is longer than %d bytes: is this the right address?", url, TD_HTTP_MAX_ANSWER);
	if (a->silent)
		return td_fail(err, TD_ERR_NETWORK, "%s: nothing moved for %ld seconds: a longer timeout or a smaller document may help", url,
			(long)a->patience_s);
	if (a->answer.failed || a->code == CURLE_OUT_OF_MEMORY) return td_no_memory(err);
	for (size_t i = 0; i < sizeof curl_faults / sizeof *curl_faults; i++)
		if (curl_faults[i].code == a->code) help = curl_faults[i].help, *again = curl_faults[i].again;
	return td_fail(err, TD_ERR_NETWORK, "%s: %s (%.150s)", url, help[0] ? help : "the request failed",
		a->detail[0] ? a->detail : curl_easy_strerror(a->code));
}

static const char *help_for(long status)
{
	if (status == 400) return "the store did not understand the request: is the method (gsp or update) right for this URL?";
	if (status == 404 || status == 405 || status == 501) return "check the URL and the method: this address takes no such uploads";
	if (status == 411 || status == 413) return "the document is too large for the store, or a proxy before it";
	if (status == 415) return "the store takes no such content here: check the URL and the method";
	if (status >= 500) return "the store failed: see its log";
	return "check the URL and the method";
}

static td_status status_failed(const attempt *a, const char *url, bool *again, td_error *err)
{
	char said[256];
	long status = a->status;
	first_line(td_buf_view(&a->answer), said, sizeof said);
	*again = status == 429 || status == 502 || status == 503 || status == 504;
	if (status >= 200 && status < 300)
		return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld, but with a web page as the answer: most likely nothing was stored; check the URL", url, status);
	if (status == 401)
		return td_fail(err, TD_ERR_AUTH, "%s: HTTP 401: user, password or token are missing or wrong%s", url, said);
	if (status == 403) return td_fail(err, TD_ERR_AUTH, "%s: HTTP 403: this user may not write there%s", url, said);
	if (status == 407) return td_fail(err, TD_ERR_AUTH, "%s: HTTP 407: the proxy wants a password", url);
	return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld%s (%s)", url, status, said, help_for(status));
}

static td_status outcome(const attempt *a, const char *shown, bool *again, td_error *err)
{
	*again = false;
	if (a->code != CURLE_OK) return curl_failed(a, shown, again, err);
	bool stored = a->status == 200 || a->status == 201 || a->status == 204;
	if (stored && !is_page(a)) return TD_OK;
	return status_failed(a, shown, again, err);
}

/* ---- pauses and redirects ------------------------------------------------------------------------------------ */

/* Doubling from a quarter of a second, the latter half of each pause by chance, so that many clients spread out. */
static void pause_before(td_http *http, uint32_t attempt_no, long wanted_s)
{
	enum { FIRST_MS = 250, LONGEST_MS = 8000 };
	uint64_t ms = attempt_no < 6 ? (uint64_t)FIRST_MS << attempt_no : LONGEST_MS;
	if (ms > LONGEST_MS) ms = LONGEST_MS;
	http->random = td_hash_mix(http->random, attempt_no);
	ms = ms / 2 + http->random % (ms / 2 + 1);
	if (wanted_s > 0) ms += (uint64_t)wanted_s * 1000;
	struct timespec left = { (time_t)(ms / 1000), (long)(ms % 1000) * 1000000 };
	while (nanosleep(&left, &left)) continue;
}

/* 307 and 308 repeat the request elsewhere. Only on the same host and port is that done without asking. */
static td_status redirect(td_http *http, const attempt *a, const char *from, const char *shown, char **to, td_error *err)
{
	char *target = NULL, where[128];
	curl_easy_getinfo(http->curl, CURLINFO_REDIRECT_URL, &target);
	if (!target) return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld, a redirection to nowhere; check the URL", shown, a->status);
	shown_url(target, where, sizeof where);
	if ((a->status != 307 && a->status != 308) || !same_origin(from, target))
		return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld: the store is at %s now; if you trust it, give that URL", shown, a->status, where);
	size_t n = strlen(target) + 1;
	char *copy = td_alloc(n);
	if (!copy) return td_no_memory(err);
	memcpy(copy, target, n);
	td_free(*to);
	*to = copy;
	return TD_OK;
}

static bool is_redirection(const attempt *a)
{
	return a->code == CURLE_OK && a->status >= 300 && a->status < 400 && a->status != 304;
}

static td_status send_loop(td_http *http, const td_http_request *first, attempt *a, char **moved, td_error *err)
{
	td_http_request request = *first;
	char shown[128];
	shown_url(first->url, shown, sizeof shown);
	for (uint32_t tries = 0, redirects = 0;;) {
		bool again;
		TRY(try_once(http, &request, a, err));
		if (is_redirection(a)) {
			if (redirects++ == TD_HTTP_MAX_REDIRECTS) return td_fail(err, TD_ERR_STORE, "%s: redirected in circles", shown);
			TRY(redirect(http, a, request.url, shown, moved, err));
			request.url = *moved;
			continue;
		}
		td_status status = outcome(a, shown, &again, err);
		if (a->code == CURLE_OK && a->status == 404 && strcmp(request.method, "DELETE") == 0) return TD_OK; /* it is not there: as was wished */
		if (status == TD_OK || !again || tries == http->options.retries) return status;
		if (a->retry_after > TD_HTTP_MAX_PAUSE_S) return status;
		pause_before(http, tries++, a->retry_after);
	}
}

td_status td_http_send(td_http *http, const td_http_request *request, td_error *err)
{
	attempt a = { .body = request->body };
	char *moved = NULL;
	td_status status = send_loop(http, request, &a, &moved, err);
	if (status == TD_OK && request->answer) td_buf_str(request->answer, td_buf_view(&a.answer));
	td_buf_free(&a.answer);
	td_free(moved);
	return status;
}

/* ---- open and close ------------------------------------------------------------------------------------------ */

td_status td_http_open(const td_http_options *options, const td_secrets *secrets, td_http **out, td_error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct timespec now;
	*out = NULL;
	pthread_once(&once, init_curl);
	td_http *http = td_alloc(sizeof *http);
	if (!http) return td_no_memory(err);
	clock_gettime(CLOCK_REALTIME, &now);
	*http = (td_http){ .options = *options, .secrets = *secrets, .random = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30 };
	http->curl = curl_easy_init();
	if (!http->curl) {
		td_http_close(http);
		return td_no_memory(err);
	}
	*out = http;
	return TD_OK;
}

void td_http_close(td_http *http)
{
	if (!http) return;
	if (http->curl) curl_easy_cleanup(http->curl);
	volatile char *wipe = (volatile char *)&http->secrets; /* volatile: not optimised away */
	for (size_t i = 0; i < sizeof http->secrets; i++) wipe[i] = 0;
	td_free(http);
}
