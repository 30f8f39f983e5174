#include "rdf/http_impl.h"

#include <pthread.h>
#include <strings.h>

#include <curl/curl.h>

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

void td_http_shown(const char *url, char *out, size_t cap)
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

/* Goes over a network that others may read: not to this machine (RFC 6761, RFC 1122), and not by TLS. */
bool td_http_is_open(const char *url)
{
	CURLU *parsed = curl_url();
	char *host = NULL;
	bool open = parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK && part_is(parsed, CURLUPART_SCHEME, "http", "http") &&
	            curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	            strcasecmp(host, "localhost") && strcmp(host, "[::1]") &&
	            (strncmp(host, "127.", 4) || host[strspn(host, "0123456789.")]);
	curl_free(host);
	curl_url_cleanup(parsed);
	return open;
}

/* ---- one try ------------------------------------------------------------------------------------------------- */

static size_t on_read(char *to, size_t size, size_t n, void *context)
{
	td_http_slot *s = context;
	size_t room = size * n, left = s->request.body.n - s->last.sent, now = left < room ? left : room;
	if (now) memcpy(to, s->request.body.at + s->last.sent, now);
	s->last.sent += now;
	return now;
}

static int on_seek(void *context, curl_off_t offset, int origin)
{
	td_http_slot *s = context;
	if (origin != SEEK_SET || offset < 0 || (uint64_t)offset > s->request.body.n) return CURL_SEEKFUNC_FAIL;
	s->last.sent = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

static size_t on_write(char *from, size_t size, size_t n, void *context)
{
	td_http_try *a = &((td_http_slot *)context)->last;
	a->too_long |= a->answer.n + size * n > TD_HTTP_MAX_ANSWER;
	if (a->too_long) return 0;
	td_buf_add(&a->answer, from, size * n);
	return a->answer.failed ? 0 : size * n;
}

/* Each answer begins with a status line: what an answer before it (401, 100) said does not count. */
static size_t on_head(char *from, size_t size, size_t n, void *context)
{
	td_http_try *a = &((td_http_slot *)context)->last;
	a->head += size * n;
	if (size * n >= 5 && !memcmp(from, "HTTP/", 5)) a->answer.n = 0;
	a->too_long |= a->head > TD_HTTP_MAX_HEAD;
	return a->too_long ? 0 : size * n;
}

/* Ends a request in which nothing moves. (CURLOPT_LOW_SPEED_TIME averages, and so notices some seconds late.) */
static int on_progress(void *context, curl_off_t to_get, curl_off_t got, curl_off_t to_put, curl_off_t put)
{
	td_http_slot *s = context;
	td_http_try *a = &s->last;
	uint64_t moved = (uint64_t)got + (uint64_t)put + a->head;
	(void)to_get, (void)to_put;
	if (moved != a->moved) a->moved = moved, a->moved_at = s->http->waited;
	a->silent = s->http->waited - a->moved_at > (uint64_t)s->http->options.timeout_s * 1000000;
	return a->silent;
}

static void set_secrets(const td_http *http, CURL *curl)
{
	const td_secrets *s = &http->secrets;
	if (s->token[0]) curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, s->token);
	else if (s->user[0]) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, s->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, s->password);
	} else {
		curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
	}
}

static void set_limits(const td_http *http, CURL *curl)
{
	long wait = (long)http->options.timeout_s;
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, wait < 15 ? wait : 15L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, wait * 10);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (http->options.cacert) curl_easy_setopt(curl, CURLOPT_CAINFO, http->options.cacert);
}

static void set_callbacks(td_http_slot *s)
{
	CURL *curl = s->curl;
	curl_easy_setopt(curl, CURLOPT_PRIVATE, s);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(curl, CURLOPT_READDATA, s);
	curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_seek);
	curl_easy_setopt(curl, CURLOPT_SEEKDATA, s);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_write);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, s);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_head);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, s);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, s);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, s->detail);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "tidings/" TD_VERSION);
}

static bool open_slot(td_http_slot *s)
{
	if (s->curl) return true;
	s->curl = curl_easy_init();
	if (!s->curl) return false;
	set_limits(s->http, s->curl);
	set_secrets(s->http, s->curl);
	set_callbacks(s);
	return true;
}

static bool add_header(td_http_slot *s, const char *line)
{
	struct curl_slist *longer = curl_slist_append(s->headers, line);
	if (longer) s->headers = longer;
	return longer != NULL;
}

static bool make_headers(td_http_slot *s)
{
	char type[128];
	if (s->headers) return true;
	(void)snprintf(type, sizeof type, "Content-Type: %s", s->request.content_type);
	return add_header(s, type) && add_header(s, "Accept: application/sparql-results+json, application/json, text/plain, */*;q=0.1") &&
	       (!s->request.gzip || add_header(s, "Content-Encoding: gzip"));
}

/* Content-Length always: Virtuoso answers 201 to a chunked PUT and stores nothing. */
bool td_try_start(td_http_slot *s)
{
	td_buf kept = s->last.answer;
	if (!open_slot(s) || !make_headers(s)) return false;
	kept.n = 0;
	s->last = (td_http_try){ .answer = kept, .moved_at = s->http->waited };
	s->detail[0] = 0;
	CURL *curl = s->curl;
	curl_easy_setopt(curl, CURLOPT_HTTPAUTH, s->http->secrets.token[0] ? CURLAUTH_BEARER : s->http->auth);
	curl_easy_setopt(curl, CURLOPT_URL, s->url.at);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, s->request.method);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)s->request.body.n);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, s->headers);
	return curl_multi_add_handle(s->http->multi, curl) == CURLM_OK;
}

void td_try_cancel(td_http_slot *s)
{
	curl_multi_remove_handle(s->http->multi, s->curl);
}

void td_try_free(td_http_slot *s)
{
	curl_slist_free_all(s->headers);
	s->headers = NULL;
}

static void read_outcome(td_http_slot *s, CURLcode code)
{
	td_http_try *a = &s->last;
	curl_off_t pause = 0;
	char *type = NULL;
	long status = 0;
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
	a->said.status = status;
	a->code = (int)code;
	if (a->too_long && a->head <= TD_HTTP_MAX_HEAD && status >= 400) a->code = 0; /* what is there of an endless excuse tells enough */
	curl_easy_getinfo(s->curl, CURLINFO_RETRY_AFTER, &pause);
	curl_easy_getinfo(s->curl, CURLINFO_CONTENT_TYPE, &type);
	a->said.retry_after = pause > 0 ? (long)(pause < 1000000 ? pause : 1000000) : 0;
	a->said.type = type ? type : "";
	a->said.body = td_buf_view(&a->answer);
}

/* With one kind of authentication named, curl need not send each body twice to find out which one it is. */
static void learn_auth(td_http_slot *s)
{
	long offered = 0;
	curl_easy_getinfo(s->curl, CURLINFO_HTTPAUTH_AVAIL, &offered);
	if (s->last.code != 0 || s->last.said.status == 401) return;
	if (offered & (long)CURLAUTH_DIGEST) s->http->auth = CURLAUTH_DIGEST;
	else if (offered & (long)CURLAUTH_BASIC) s->http->auth = CURLAUTH_BASIC;
}

td_http_slot *td_try_ended(td_http *http)
{
	CURLMsg *message;
	int n;
	curl_multi_perform(http->multi, &n);
	while ((message = curl_multi_info_read(http->multi, &n)) != NULL) {
		td_http_slot *s = NULL;
		CURLcode code = message->data.result; /* the message goes away with the handle */
		if (message->msg != CURLMSG_DONE) continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&s);
		curl_multi_remove_handle(http->multi, s->curl);
		read_outcome(s, code);
		learn_auth(s);
		return s;
	}
	return NULL;
}

bool td_try_wait(td_http *http, uint32_t ms)
{
	return curl_multi_poll(http->multi, NULL, 0, (int)ms, NULL) == CURLM_OK;
}

void td_http_wake(td_http *http)
{
	curl_multi_wakeup(http->multi);
}

/* ---- what it means ------------------------------------------------------------------------------------------- */

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
	{ CURLE_OUT_OF_MEMORY, false, "out of memory, or a line of the answer that does not end" }, /* curl's word for both */
	{ CURLE_WEIRD_SERVER_REPLY, false, "what answers there does not speak HTTP" },
};

td_status td_try_failed(const td_http_slot *s, bool *again, td_error *err)
{
	const td_http_try *a = &s->last;
	const char *help = "the request failed";
	if (a->too_long)
		return td_fail(err, TD_ERR_STORE, "%s: the answer is longer than %d bytes: is this the right address?", s->shown,
			a->head > TD_HTTP_MAX_HEAD ? TD_HTTP_MAX_HEAD : TD_HTTP_MAX_ANSWER);
	if (a->silent)
		return td_fail(err, TD_ERR_NETWORK, "%s: nothing moved for %u seconds: a longer timeout or a smaller document may help", s->shown,
			s->http->options.timeout_s);
	if (a->answer.failed) return td_no_memory(err);
	for (size_t i = 0; i < sizeof curl_faults / sizeof *curl_faults; i++)
		if ((int)curl_faults[i].code == a->code) help = curl_faults[i].help, *again = curl_faults[i].again;
	return td_fail(err, TD_ERR_NETWORK, "%s: %s (%.150s)", s->shown, help, s->detail[0] ? s->detail : curl_easy_strerror((CURLcode)a->code));
}

/* 307 and 308 repeat the request elsewhere. Only on the same host and port is that done without asking. */
td_status td_try_redirect(td_http_slot *s, td_error *err)
{
	char *target = NULL, where[128];
	long status = s->last.said.status;
	curl_easy_getinfo(s->curl, CURLINFO_REDIRECT_URL, &target);
	if (!target) return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld, a redirection to nowhere; check the URL", s->shown, status);
	td_http_shown(target, where, sizeof where);
	if ((status != 307 && status != 308) || !same_origin(s->url.at, target))
		return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld: the store is at %s now; if you trust it, give that URL", s->shown, status, where);
	s->url.n = 0;
	td_buf_add(&s->url, target, strlen(target) + 1);
	return s->url.failed ? td_no_memory(err) : TD_OK;
}

/* ---- open and close ------------------------------------------------------------------------------------------ */

static void init_curl(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

bool td_curl_open(td_http *http)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, init_curl);
	http->multi = curl_multi_init();
	http->auth = CURLAUTH_BASIC | CURLAUTH_DIGEST;
	return http->multi != NULL;
}

void td_curl_close(td_http *http)
{
	for (uint32_t i = 0; http->slots && i < http->options.slots; i++)
		if (http->slots[i].curl) curl_easy_cleanup(http->slots[i].curl);
	if (http->multi) curl_multi_cleanup(http->multi);
}
