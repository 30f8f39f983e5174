/* HTTP requests of the uploader, several at once: the only door to curl. A request ends as a confirmed answer or as an error that tells
 * what to do; what may pass by itself (429, 502, 503, 504, deadlocks, broken connections) is tried again, with growing pauses. So only requests that
 * may be sent twice are to be sent here: PUT of a whole graph, updates that say what shall be there, queries.
 *
 *     start ──▶ [ slot ][ slot ] … ──▶ done()      connections are kept, and so is what the store said about its nonces
 *
 * Nothing moves but in td_http_wait. For one thread at a time, but for td_http_wake. */
#ifndef TD_RDF_HTTP_H
#define TD_RDF_HTTP_H

#include "rdf/auth.h"

enum {
	TD_HTTP_MAX_ANSWER = 1 << 20, /* bytes of a body that are read before it is an error */
	TD_HTTP_MAX_HEAD = 1 << 18,
	TD_HTTP_MAX_PAUSE_S = 60,     /* a store that asks for a longer one is not waited for */
	TD_HTTP_MAX_REDIRECTS = 5,
	TD_HTTP_MAX_SLOTS = 256,
};

typedef struct {
	const char *cacert;  /* NULL: the system's */
	uint32_t timeout_s;  /* without a byte; a request takes ten times that at most */
	uint32_t retries;
	uint32_t slots;      /* requests at once */
} td_http_options;

typedef struct td_http td_http;
td_status td_http_open(const td_http_options *options, const td_secrets *secrets, td_http **out, td_error *err);
void td_http_close(td_http *http); /* gives up what is under way; wipes the secrets. NULL is allowed */

typedef struct {
	td_status status; /* TD_OK: the store answered 200, 201 or 204, and not with a page for people */
	long code;        /* of HTTP, 0: there was no answer */
	bool passes;      /* it was tried again, and might have been so once more: nothing is wrong with the request */
	td_str answer;    /* of the store; only during the call */
	td_error err;
} td_http_result;

typedef struct {
	const char *method, *url, *content_type; /* url: copied */
	td_str body;                             /* stays where it is until done() */
	bool gzip;                               /* the body is packed */
	void (*done)(void *context, const td_http_result *result); /* may start the next request */
	void *context;
} td_http_request;

/* A slot must be free. */
td_status td_http_start(td_http *http, const td_http_request *request, td_error *err);
/* Lets everything that is under way go on, for `ms` at most, and returns when something was done or td_http_wake was called. */
void td_http_wait(td_http *http, uint32_t ms);
void td_http_wake(td_http *http);   /* from any thread */
void td_http_cancel(td_http *http); /* gives up all requests; done() is not called */
uint32_t td_http_busy(const td_http *http); /* slots in use */

/* Checks that `url` is http(s) with a host and without user, password and fragment. */
td_status td_http_check_url(const char *url, td_error *err);
bool td_http_is_open(const char *url); /* goes over a network without TLS: http, and not to this machine */
/* The last segment of the URL's path, without the query: "update". Writes "" when there is none or it is too long. */
void td_http_last_segment(const char *url, char *out, size_t cap);
void td_http_percent(td_str s, td_buf *out); /* all but unreserved characters as %XX */

#endif
