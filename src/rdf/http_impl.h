/* What the two files of the HTTP room share: http.c makes one try by curl, http_send.c makes requests of tries. */
#ifndef TD_RDF_HTTP_IMPL_H
#define TD_RDF_HTTP_IMPL_H

#include "rdf/answer.h"
#include "rdf/http.h"

/* What came back from one try. */
typedef struct {
	size_t sent; /* of the body: a store that wants Digest is sent it twice */
	td_buf answer;
	size_t head; /* bytes of headers */
	bool too_long, silent;
	uint64_t moved, moved_at; /* bytes in either direction when something moved last, and when that was */
	int code;                 /* of curl, 0: there is an answer */
	td_answer said;
} td_http_try;

typedef enum { TD_SLOT_FREE, TD_SLOT_RUNNING, TD_SLOT_WAITING } td_slot_state;

/* A request on its way. */
typedef struct {
	struct td_http *http;
	void *curl;    /* lives as long as `http`, as it remembers the nonce that the store gave it */
	void *headers;
	char detail[256]; /* curl's words for what failed */
	td_slot_state state;
	td_http_request request;
	td_buf url; /* where it goes now, behind redirections; NUL-terminated */
	char shown[128];
	td_http_try last;
	uint32_t tries, redirects;
	uint64_t again_at; /* waiting: until then, in microseconds */
} td_http_slot;

struct td_http {
	void *multi;
	td_http_options options;
	td_secrets secrets;
	unsigned long auth; /* kinds of it that may be asked for; one, once the store has said which */
	uint64_t random;    /* for the pauses */
	uint64_t waited;    /* microseconds in td_http_wait: a store is not to blame for the time that we spend elsewhere */
	uint32_t busy;
	td_http_slot *slots; /* [options.slots] */
};

bool td_curl_open(td_http *http); /* false when out of memory, here and below */
void td_curl_close(td_http *http);
bool td_try_start(td_http_slot *slot);
void td_try_cancel(td_http_slot *slot);
void td_try_free(td_http_slot *slot);          /* what only one request needs */
td_http_slot *td_try_ended(td_http *http);     /* lets all go on, and returns one that ended, or NULL */
bool td_try_wait(td_http *http, uint32_t ms);  /* until something moves */
td_status td_try_failed(const td_http_slot *slot, bool *again, td_error *err); /* the error for a try without an answer */
/* Where a redirection leads: another URL of the same scheme, host and port in `slot->url`, or the error. */
td_status td_try_redirect(td_http_slot *slot, td_error *err);
void td_http_shown(const char *url, char *out, size_t cap); /* for messages: without user, password and query, which may hold secrets */

#endif
