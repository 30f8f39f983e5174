/* The uploader: one named graph a document to a SPARQL 1.1 store over HTTP (libcurl), several on their way at once.
 * Graph Store Protocol: https://www.w3.org/TR/sparql11-http-rdf-update/   Update: https://www.w3.org/TR/sparql11-update/
 *
 *     add() ──▶ [ stored ][ sending ][ counting ][ sending ] … ──▶ done()     in the order of add()
 *
 * Graphs travel side by side, but what became of them is told in their order, whatever the store's pace: journals, messages and
 * counts of a run do not depend on it. No more graphs are held than travel. */
#ifndef TD_UPLOAD_H
#define TD_UPLOAD_H

#include "kg/triple.h"

enum { TD_UPLOAD_MAX_PARALLEL = 64 };

typedef enum { TD_UPLOAD_AUTO, TD_UPLOAD_GSP, TD_UPLOAD_UPDATE } td_upload_method;

typedef struct {
	const char *endpoint;   /* http(s) URL of the graph store (GSP) or of the update service, by method; without user and password */
	td_upload_method method; /* auto: update when the URL's path ends in /update, /sparql, /sparql-auth or /statements, else GSP */
	const char *auth_file;  /* see auth.h */
	const char *cacert;
	uint32_t batch;         /* triples an update request, 0: 1000; halved for requests that the store finds too large */
	uint32_t timeout_s;     /* without a byte in either direction, 0: 60; a request that goes on may take ten times that */
	bool verify;            /* behind the graphs, let the store count their triples */
	const char *query;      /* its query service for that; NULL: made from `endpoint` */
	uint32_t retries;       /* of what may pass by itself: 429, 502, 503, 504, deadlocks, broken connections; 0: 3 */
	uint32_t parallel;      /* graphs on their way at once, 0: 1 */
	bool gzip;              /* pack what is sent; a store that does not take that is sent plain bodies */
	/* What became of the graph that was added with `ticket`. Must not call the uploader. */
	void (*done)(void *context, void *ticket, td_status status, const td_error *err);
	/* With `verify`: of the graph, the store holds so many triples, and not as many as were sent. TD_OK: it is sent once more, and counted
	 * again; else this is what became of it. NULL: that is the end of it. Called out of order; must not call the uploader. */
	td_status (*again)(void *context, void *ticket, uint64_t held, td_error *err);
	void *context;
} td_upload_options;

typedef struct td_uploader td_uploader; /* for one thread at a time, but for td_upload_wake */
td_status td_upload_open(const td_upload_options *options, td_uploader **out, td_error *err);

/* Replaces the graph's content in the store; the graph is needed during the call only. Waits until there is room. TD_OK is told only when
 * the store has confirmed all of it. By GSP that is one request; by update it takes several for more triples than `batch`, and an error
 * tells when the graph was left incomplete. Redirections are followed on the same host and port only (307, 308). Once the store cannot
 * be reached, or does not let us in (TD_ERR_NETWORK, TD_ERR_AUTH), all that follows fails without being sent. */
void td_upload_add(td_uploader *uploader, const td_graph *graph, void *ticket);
/* The same for what an earlier run has sent: with `verify` and `again` it is counted, and sent only if it is not there as it should be.
 * Otherwise that run is believed. */
void td_upload_check(td_uploader *uploader, const td_graph *graph, void *ticket);
/* Nothing to send, but a place in the order: done() is told this status. */
void td_upload_pass(td_uploader *uploader, void *ticket, td_status status, const td_error *err);
/* Takes the graph of that name out of the store, when all that was added is through; one that is not there is no error. done() is not
 * told of it. */
td_status td_upload_drop(td_uploader *uploader, td_str name, td_error *err);
void td_upload_flush(td_uploader *uploader); /* comes back when done() was told of all */
/* For a caller who waits for something else: lets the graphs go on, for a moment or until td_upload_wake; false: there are none. */
bool td_upload_idle(td_uploader *uploader);
void td_upload_wake(td_uploader *uploader); /* from any thread */
bool td_upload_gzip_refused(const td_uploader *uploader); /* gzip was asked for, and the store did not take it */
bool td_upload_is_open(const char *endpoint); /* others may read on the way: http, and not to this machine */
void td_upload_close(td_uploader *uploader); /* what is under way is given up; NULL is allowed */

#endif
