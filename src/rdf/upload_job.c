#include <zlib.h>

#include "rdf/room.h"
#include "rdf/upload_impl.h"

enum { MAX_UPDATE = 4 << 20 }; /* bytes of one update beyond which no triple is added */

void td_job_end(td_job *job, td_status status, const td_error *err)
{
	if (job->state == TD_JOB_SENDING) job->uploader->sending--;
	if (job->state == TD_JOB_STORED) job->uploader->stored--;
	if (job->state == TD_JOB_AGAIN) job->uploader->again_n--;
	if (job->kept) job->uploader->kept -= job->kept;
	job->kept = 0;
	job->state = TD_JOB_DONE;
	job->status = status;
	if (err) job->err = *err;
	td_buf_free(&job->body);
	td_buf_free(&job->text);
	td_buf_free(&job->packed);
}

static void fail(td_job *job, td_status status, const td_error *err)
{
	td_error more = *err;
	/* before the error's own text, whose end is cut if it must be */
	if (job->confirmed > 0)
		td_fail(&more, status, "the graph is incomplete in the store now (%u of %u triples confirmed): upload it again; %s", job->confirmed,
			job->triples, err->text);
	td_job_end(job, status, &more);
}

void td_job_stored(td_job *job)
{
	td_uploader *u = job->uploader;
	td_buf body = job->body;
	bool keeps = td_job_may_again(job);
	if (keeps) job->body = (td_buf){ 0 };
	td_job_end(job, TD_OK, NULL);
	if (u->query.n == 0) return;
	job->state = TD_JOB_STORED;
	u->stored++;
	if (!keeps) return;
	job->body = body;
	job->kept = body.cap;
	u->kept += job->kept;
}

void td_job_again(td_job *job, uint64_t held)
{
	td_uploader *u = job->uploader;
	td_error err;
	td_status status = u->again(u->context, job->ticket, held, &err);
	if (status != TD_OK) {
		td_job_end(job, status, &err);
		return;
	}
	u->kept -= job->kept;
	job->kept = job->at = job->next = 0;
	job->confirmed = 0;
	job->alone = false;
	job->second = true;
	job->state = TD_JOB_AGAIN;
	u->again_n++;
}

/* ---- requests ------------------------------------------------------------------------------------------------ */

/* RFC 1952, without a time: the same bytes each time. */
static bool pack(td_str plain, td_buf *out)
{
	enum { GZIP = 16 + MAX_WBITS, MEMORY = 8, FAST = 1 };
	z_stream z = { 0 };
	out->n = 0;
	if (plain.n > UINT32_MAX / 2 || deflateInit2(&z, FAST, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) return false;
	size_t room = deflateBound(&z, (uLong)plain.n);
	char *packed = td_realloc(out->at, room);
	if (packed) *out = (td_buf){ .at = packed, .cap = room };
	z.next_in = (Bytef *)(uintptr_t)plain.at; /* zlib does not write there */
	z.avail_in = (uInt)plain.n;
	z.next_out = (Bytef *)packed;
	z.avail_out = (uInt)room;
	bool good = packed && deflate(&z, Z_FINISH) == Z_STREAM_END;
	out->n = good ? z.total_out : 0;
	deflateEnd(&z);
	return good;
}

static void on_answer(void *context, const td_http_result *result);

static td_status start(td_job *job, td_http_request request, td_error *err)
{
	job->packs = job->uploader->gzip && !job->plain && request.body.n > 0;
	if (job->packs && !pack(request.body, &job->packed)) return td_no_memory(err);
	if (job->packs) request.body = td_buf_view(&job->packed);
	request.gzip = job->packs;
	request.done = on_answer;
	request.context = job;
	return td_http_start(job->uploader->http, &request, err);
}

/* Graph Store Protocol: all in one. */
static td_status put(td_job *job, td_error *err)
{
	td_buf url = { 0 };
	const char *endpoint = job->uploader->endpoint.at;
	td_buf_str(&url, td_str_of(endpoint));
	td_buf_str(&url, strchr(endpoint, '?') ? TD_STR("&graph=") : TD_STR("?graph="));
	td_http_percent(td_buf_view(&job->name), &url);
	td_buf_char(&url, 0);
	job->asked = job->triples;
	job->next = job->body.n;
	td_status status = url.failed ? td_no_memory(err)
	                              : start(job, (td_http_request){ .method = job->drops ? "DELETE" : "PUT", .url = url.at, .content_type = "application/n-triples",
							     .body = td_buf_view(&job->body) }, err);
	td_buf_free(&url);
	return status;
}

static void write_name(const td_job *job, td_buf *out)
{
	td_term term = { .kind = TD_IRI, .value = td_buf_view(&job->name) };
	td_term_write(NULL, &term, out);
}

/* Lines of N-Triples are SPARQL, too: https://www.w3.org/TR/sparql11-query/#grammar, TriplesTemplate */
static void write_insert(td_job *job, td_buf *out)
{
	td_str rest = { job->body.at + job->at, job->body.n - job->at };
	td_buf_str(out, TD_STR("INSERT DATA { GRAPH "));
	write_name(job, out);
	td_buf_str(out, TD_STR(" {\n"));
	for (; rest.n && job->asked < job->batch && (job->asked == 0 || out->n < MAX_UPDATE); job->asked++) {
		td_buf_str(out, td_str_cut(&rest, '\n'));
		td_buf_char(out, '\n');
	}
	job->next = job->body.n - rest.n;
	td_buf_str(out, TD_STR("} }\n"));
}

static td_status update(td_job *job, td_error *err)
{
	td_buf *text = &job->text;
	text->n = job->asked = 0;
	job->next = job->at;
	if (job->at == 0) {
		td_buf_str(text, TD_STR("DROP SILENT GRAPH "));
		write_name(job, text);
		if (job->body.n) td_buf_str(text, TD_STR(" ;\n"));
	}
	if (job->body.n) write_insert(job, text);
	if (text->failed) return td_no_memory(err);
	return start(job, (td_http_request){ .method = "POST", .url = job->uploader->endpoint.at, .body = td_buf_view(text),
		.content_type = "application/sparql-update; charset=utf-8" }, err);
}

void td_job_send(td_job *job)
{
	td_error err;
	td_status status = job->name.failed                            ? td_no_memory(&err)
	                   : job->uploader->method == TD_UPLOAD_UPDATE ? update(job, &err)
	                                                               : put(job, &err);
	if (status != TD_OK) fail(job, status, &err);
}

/* ---- answers ------------------------------------------------------------------------------------------------- */

static void confirmed(td_job *job)
{
	td_uploader *u = job->uploader;
	u->gzip_taken |= job->packs;
	if (job->plain && !u->gzip_taken) u->gzip = false, u->gzip_refused = true;
	if (job->halved && job->batch < u->batch) u->batch = job->batch; /* no need for the next one to find it out */
	job->confirmed += job->asked;
	job->at = job->next;
	if (job->at < job->body.n) td_job_send(job);
	else td_job_stored(job);
}

/* Those that do not know Content-Encoding answer 415 (RFC 9110, 15.5.16), or read gibberish: Virtuoso 7 says 400 and 500. */
static bool may_hate_gzip(const td_job *job, long code)
{
	return job->packs && !job->uploader->gzip_taken && (code == 400 || code == 415 || code == 500 || code == 501);
}

static bool may_be_too_large(const td_job *job, long code)
{
	return job->uploader->method == TD_UPLOAD_UPDATE && job->asked > 1 && (code == 400 || code == 413 || code == 500);
}

static void on_answer(void *context, const td_http_result *result)
{
	td_job *job = context;
	bool gone = job->drops && result->code == 404; /* it is not there: as was wished */
	if (result->status == TD_OK || gone) {
		confirmed(job);
	} else if (result->passes) {
		fail(job, result->status, &result->err);
	} else if (may_hate_gzip(job, result->code)) {
		job->plain = true;
		td_job_send(job);
	} else if (may_be_too_large(job, result->code)) {
		job->halved = true;
		job->batch = job->asked / 2;
		td_job_send(job);
	} else {
		fail(job, result->status, &result->err);
	}
}
