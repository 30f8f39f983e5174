#include "rdf/http_impl.h"

#include <ctype.h>
#include <time.h>

static uint64_t now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* ---- URLs ---------------------------------------------------------------------------------------------------- */

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

/* ---- what it means ------------------------------------------------------------------------------------------- */

static td_status outcome(const td_http_slot *s, bool *again, td_error *err)
{
	*again = false;
	if (s->last.code != 0) return td_try_failed(s, again, err);
	if (td_answer_stored(&s->last.said)) return TD_OK;
	*again = td_answer_passes(&s->last.said) && s->last.said.retry_after <= TD_HTTP_MAX_PAUSE_S;
	return td_answer_failed(&s->last.said, s->shown, err);
}

/* ---- pauses and redirects ------------------------------------------------------------------------------------ */

/* Milliseconds, doubling from a quarter of a second; the latter half of each by chance, so that many clients spread out. */
static uint64_t pause_before(td_http *http, uint32_t tries, long wanted_s)
{
	enum { FIRST_MS = 250, LONGEST_MS = 8000 };
	uint64_t ms = tries < 6 ? (uint64_t)FIRST_MS << tries : LONGEST_MS;
	if (ms > LONGEST_MS) ms = LONGEST_MS;
	http->random = td_hash_mix(http->random, tries);
	ms = ms / 2 + http->random % (ms / 2 + 1);
	return ms + (wanted_s > 0 ? (uint64_t)wanted_s * 1000 : 0);
}

static bool is_redirection(const td_http_try *a)
{
	return a->code == 0 && a->said.status >= 300 && a->said.status < 400 && a->said.status != 304;
}

/* ---- slots --------------------------------------------------------------------------------------------------- */

static bool start_try(td_http_slot *s)
{
	s->state = TD_SLOT_RUNNING;
	return td_try_start(s);
}

static void release(td_http_slot *s)
{
	td_try_free(s);
	if (s->state != TD_SLOT_FREE) s->http->busy--;
	s->state = TD_SLOT_FREE;
}

/* The slot is free before done() is called, which may fill it again; so the answer goes with the result. */
static void finish(td_http_slot *s, td_http_result *result)
{
	td_http_request request = s->request;
	td_buf answer = s->last.answer;
	s->last.answer = (td_buf){ 0 };
	if (result->status == TD_OK && answer.failed) result->status = td_no_memory(&result->err);
	result->answer = td_buf_view(&answer);
	release(s);
	request.done(request.context, result);
	td_buf_free(&answer);
}

static void go_on(td_http_slot *s)
{
	td_http_result result = { .code = 0 };
	if (start_try(s)) return;
	result.status = td_no_memory(&result.err);
	finish(s, &result);
}

/* A try has ended: there will be another one, or the request has. */
static void tried(td_http_slot *s)
{
	td_http_result result = { .code = s->last.code == 0 ? s->last.said.status : 0 };
	bool again = false, moved = is_redirection(&s->last);
	if (!moved) result.status = outcome(s, &again, &result.err);
	else if (s->redirects++ == TD_HTTP_MAX_REDIRECTS) result.status = td_fail(&result.err, TD_ERR_STORE, "%s: redirected in circles", s->shown);
	else result.status = td_try_redirect(s, &result.err);
	if (moved && result.status == TD_OK) {
		go_on(s);
	} else if (again && s->tries < s->http->options.retries) {
		s->again_at = now_us() + 1000 * pause_before(s->http, s->tries++, s->last.said.retry_after);
		s->state = TD_SLOT_WAITING;
	} else {
		result.passes = again;
		finish(s, &result);
	}
}

/* Starts those whose pause is over; how long the others wait at least, at most `ms`. */
static uint32_t end_pauses(td_http *http, uint32_t ms)
{
	uint64_t now = now_us();
	for (uint32_t i = 0; i < http->options.slots; i++) {
		td_http_slot *s = &http->slots[i];
		if (s->state != TD_SLOT_WAITING) continue;
		if (s->again_at <= now) go_on(s);
		else if (s->again_at - now < 1000 * (uint64_t)ms) ms = (uint32_t)((s->again_at - now) / 1000 + 1);
	}
	return ms;
}

static bool take_ended(td_http *http)
{
	bool any = false;
	for (td_http_slot *s; (s = td_try_ended(http)) != NULL; any = true) tried(s);
	return any;
}

void td_http_wait(td_http *http, uint32_t ms)
{
	enum { STEP_MS = 500 }; /* so often at least, silence is noticed */
	uint64_t start = now_us();
	ms = end_pauses(http, ms < STEP_MS ? ms : STEP_MS);
	if (take_ended(http)) return;
	if (!td_try_wait(http, ms)) return;
	http->waited += now_us() - start;
	take_ended(http);
}

uint32_t td_http_busy(const td_http *http)
{
	return http->busy;
}

td_status td_http_start(td_http *http, const td_http_request *request, td_error *err)
{
	td_http_slot *s = http->slots;
	if (http->busy == http->options.slots) return td_fail(err, TD_ERR_INTERNAL, "too many requests at once");
	while (s->state != TD_SLOT_FREE) s++;
	s->request = *request;
	s->tries = s->redirects = 0;
	td_http_shown(request->url, s->shown, sizeof s->shown);
	s->url.n = 0;
	td_buf_add(&s->url, request->url, strlen(request->url) + 1);
	http->busy++;
	if (!s->url.failed && start_try(s)) return TD_OK;
	s->state = TD_SLOT_RUNNING;
	release(s);
	return td_no_memory(err);
}

void td_http_cancel(td_http *http)
{
	for (uint32_t i = 0; i < http->options.slots; i++) {
		td_http_slot *s = &http->slots[i];
		if (s->state == TD_SLOT_RUNNING) td_try_cancel(s);
		release(s);
	}
}

/* ---- open and close ------------------------------------------------------------------------------------------ */

td_status td_http_open(const td_http_options *options, const td_secrets *secrets, td_http **out, td_error *err)
{
	struct timespec now;
	*out = NULL;
	if (options->slots < 1 || options->slots > TD_HTTP_MAX_SLOTS) return td_fail(err, TD_ERR_LIMIT, "1 to %d requests at once", TD_HTTP_MAX_SLOTS);
	td_http *http = td_alloc(sizeof *http);
	if (!http) return td_no_memory(err);
	clock_gettime(CLOCK_REALTIME, &now);
	*http = (td_http){ .options = *options, .secrets = *secrets, .random = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30,
		.slots = td_alloc(options->slots * sizeof(td_http_slot)) };
	for (uint32_t i = 0; http->slots && i < options->slots; i++) http->slots[i] = (td_http_slot){ .http = http };
	if (!td_curl_open(http) || !http->slots) {
		td_http_close(http);
		return td_no_memory(err);
	}
	*out = http;
	return TD_OK;
}

void td_http_close(td_http *http)
{
	if (!http) return;
	if (http->slots && http->multi) td_http_cancel(http);
	td_curl_close(http);
	for (uint32_t i = 0; http->slots && i < http->options.slots; i++) {
		td_buf_free(&http->slots[i].url);
		td_buf_free(&http->slots[i].last.answer);
	}
	td_free(http->slots);
	td_secrets_wipe(&http->secrets);
	td_free(http);
}
