/* HTTP requests of the uploader: the only door to curl. A request ends as a confirmed answer or as an error that tells what to
 * do; what may pass by itself (429, 502, 503, 504, broken connections) is tried again, with growing pauses. */
#ifndef TD_RDF_HTTP_H
#define TD_RDF_HTTP_H

#include "base/base.h"

enum {
	TD_HTTP_MAX_ANSWER = 1 << 20, /* bytes of a body that are read before it is an error */
	TD_HTTP_MAX_HEAD = 1 << 18,
	TD_HTTP_MAX_SECRET = 4096,    /* bytes of user, password or token */
	TD_HTTP_MAX_PAUSE_S = 60,     /* a store that asks for a longer one is not waited for */
	TD_HTTP_MAX_REDIRECTS = 5,
};

/* One of user with password, token, neither (netrc). */
typedef struct {
	char user[TD_HTTP_MAX_SECRET], password[TD_HTTP_MAX_SECRET], token[TD_HTTP_MAX_SECRET];
} td_secrets;

typedef struct {
	const char *cacert;  /* NULL: the system's */
	uint32_t timeout_s;  /* without a byte; a request takes ten times that at most */
	uint32_t retries;
} td_http_options;

typedef struct td_http td_http;
td_status td_http_open(const td_http_options *options, const td_secrets *secrets, td_http **out, td_error *err);
void td_http_close(td_http *http); /* wipes the secrets */

typedef struct {
	const char *method, *url, *content_type;
	td_str body;
	td_buf *answer; /* what the store answered; NULL: not wanted */
} td_http_request;
/* TD_OK: the store answered 2xx, and not with a page for people. */
td_status td_http_send(td_http *http, const td_http_request *request, td_error *err);

/* Checks that `url` is http(s) with a host and without user, password and fragment. */
td_status td_http_check_url(const char *url, td_error *err);
/* The last segment of the URL's path, without the query: "update". Writes "" when there is none or it is too long. */
void td_http_last_segment(const char *url, char *out, size_t cap);
void td_http_percent(td_str s, td_buf *out); /* all but unreserved characters as %XX */

#endif
