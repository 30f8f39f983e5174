/* The uploader: one named graph a document to a SPARQL 1.1 store over HTTP (libcurl).
 * Graph Store Protocol: https://www.w3.org/TR/sparql11-http-rdf-update/   Update: https://www.w3.org/TR/sparql11-update/ */
#ifndef TD_UPLOAD_H
#define TD_UPLOAD_H

#include "kg/triple.h"

typedef enum { TD_UPLOAD_AUTO, TD_UPLOAD_GSP, TD_UPLOAD_UPDATE } td_upload_method;

typedef struct {
	const char *endpoint;   /* http(s) URL of the graph store (GSP) or of the update service, by method; without user and password */
	td_upload_method method; /* auto: update when the URL's path ends in /update, /sparql, /sparql-auth or /statements, else GSP */
	const char *auth_file;  /* first line "user:password" or "Bearer token"; NULL: $TIDINGS_USER and $TIDINGS_PASSWORD, $TIDINGS_TOKEN, else netrc */
	const char *cacert;
	uint32_t batch;         /* triples an update request, 0: 1000 */
	uint32_t timeout_s;     /* without a byte in either direction, 0: 60; a request that goes on may take ten times that */
	bool verify;            /* behind each graph, let the store count its triples */
	const char *query;      /* its query service for that; NULL: made from `endpoint` */
	uint32_t retries;       /* of what may pass by itself: 429, 502, 503, 504, broken connections; 0: 3 */
} td_upload_options;

typedef struct td_uploader td_uploader; /* for one thread at a time */
td_status td_upload_open(const td_upload_options *options, td_uploader **out, td_error *err);
/* Replaces the graph's content in the store. TD_OK only when the store has confirmed all of it. By GSP that is one request; by
 * update it takes several for more triples than `batch`, and an error tells when the graph was left incomplete. Redirections are
 * followed on the same host and port only (307, 308). */
td_status td_upload_graph(td_uploader *uploader, const td_graph *graph, td_error *err);
/* Takes the graph of that name out of the store; one that is not there is no error. */
td_status td_upload_drop(td_uploader *uploader, td_str name, td_error *err);
void td_upload_close(td_uploader *uploader);

#endif
