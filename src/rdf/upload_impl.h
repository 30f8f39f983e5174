/* What the files of the uploader share: a job is one graph on its way. */
#ifndef TD_UPLOAD_IMPL_H
#define TD_UPLOAD_IMPL_H

#include "rdf/http.h"
#include "rdf/upload.h"

/* sending ▶ stored ▶ counting ▶ done, and once, behind a count that is off: ▶ again ▶ sending */
typedef enum { TD_JOB_SENDING, TD_JOB_STORED, TD_JOB_COUNTING, TD_JOB_AGAIN, TD_JOB_DONE } td_job_state;

typedef struct {
	struct td_uploader *uploader;
	void *ticket;
	td_job_state state;
	td_status status; /* done: what became of it */
	td_error err;
	td_buf name;      /* of the graph */
	td_buf body;      /* as N-Triples, a line a triple; freed once it will not be sent again, as are the next two */
	td_buf text;      /* the update at hand */
	td_buf packed;
	uint32_t triples;
	uint32_t confirmed, asked; /* triples: in the store, and in the request at hand */
	size_t at, next;           /* bytes of the body: where these end */
	uint32_t batch;
	bool packs;                /* the request at hand is packed */
	bool plain;                /* it was refused when it was packed */
	bool halved;
	bool drops;                /* the graph is taken away */
	bool alone;                /* to be counted by a query of its own */
	bool second;               /* it is not sent again */
	size_t kept;               /* bytes of the body that waits for the count */
} td_job;

struct td_uploader {
	td_http *http;
	td_upload_method method;
	td_buf endpoint, query; /* URLs, NUL-terminated; query empty: nothing is counted */
	uint32_t batch, parallel;
	bool gzip, gzip_taken, gzip_refused;
	void (*done)(void *context, void *ticket, td_status status, const td_error *err);
	td_status (*again)(void *context, void *ticket, uint64_t held, td_error *err);
	void *context;
	td_job *jobs; /* ring: [cap] */
	uint32_t cap, first, n;
	uint32_t sending, stored, again_n; /* how many are in these states */
	size_t kept;              /* bytes of bodies behind their sending */
	uint64_t stored_since;    /* milliseconds: when there was none stored last */
	bool counting, one_by_one; /* a query is under way; the store does not count several graphs at once */
	td_buf question;           /* the body of that query */
	bool lost;
};

static inline td_job *td_job_at(td_uploader *u, uint32_t i)
{
	return &u->jobs[(u->first + i) % u->cap];
}

void td_job_send(td_job *job); /* starts, or fails it */
void td_job_stored(td_job *job); /* what was sent is in the store, says the store */
void td_job_again(td_job *job, uint64_t held); /* the count is off: it is to be sent again, or has failed */
void td_job_end(td_job *job, td_status status, const td_error *err);

/* Whether a count that is off is not its end. The body is kept for that. */
static inline bool td_job_may_again(const td_job *job)
{
	return job->uploader->again && job->uploader->query.n > 0 && !job->second && !job->drops;
}

/* The address of the store's query service, NUL-terminated: `given`, else what belongs to the other address. */
td_status td_query_url(const char *endpoint, const char *given, td_buf *out, td_error *err);
/* Lets the store count the triples of graphs that it has confirmed, many in one query. TD_ERR_STORE is the end of those of which it has
 * fewer or more than were sent. */
void td_count_graphs(td_uploader *uploader);
/* The rows of an answer in https://www.w3.org/TR/sparql11-results-json/ with ?g and ?n, or with ?n alone; false when it is none. */
typedef void td_each_count(void *context, td_str graph, uint64_t n);
bool td_counts_read(td_str answer, td_each_count *each, void *context);

enum { TD_COUNT_GRAPHS = 128 }; /* in one query; Virtuoso takes more than twice as long for twice as many */

#endif
