#include "rdf/answer.h"

#include <strings.h>

static bool is_page(const td_answer *a)
{
	static const char *const starts[] = { "<!doctype html", "<html", "<head", "<body" };
	if (!strncasecmp(a->type, "text/html", 9) || !strncasecmp(a->type, "application/xhtml", 17)) return a->body.n > 0;
	td_str body = td_str_trim(a->body);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (body.n >= strlen(starts[i]) && !strncasecmp(body.at, starts[i], strlen(starts[i]))) return true;
	return false;
}

bool td_answer_stored(const td_answer *a)
{
	return (a->status == 200 || a->status == 201 || a->status == 204) && !is_page(a);
}


/* A page for people without its tags, white space of all kinds as one space; what is left is cut to `cap`. */
static td_str without_tags(td_str page, char *out, size_t cap)
{
	size_t n = 0;
	bool tag = false;
	for (size_t i = 0; i < page.n && n < cap; i++) {
		unsigned char c = (unsigned char)page.at[i];
		if (c == '<' || c == '>') tag = c == '<';
		else if (!tag && c > ' ') out[n++] = (char)c;
		if ((tag || c <= ' ' || c == '>') && n > 0 && n < cap && out[n - 1] != ' ') out[n++] = ' ';
	}
	return (td_str){ out, n };
}

void td_answer_said(td_str body, char out[TD_ANSWER_SAID])
{
	enum { MAX_SHOWN = 200 };
	char text[1024];
	td_str rest = td_str_trim(body);
	if (rest.n && rest.at[0] == '<') rest = td_str_trim(without_tags(rest, text, sizeof text));
	td_str line = td_str_trim(td_str_cut(&rest, '\n'));
	if (line.n > MAX_SHOWN) line.n = MAX_SHOWN;
	line.n = td_utf8_check(line);
	snprintf(out, TD_ANSWER_SAID, "%s" TD_STR_FMT, line.n ? ": " : "", TD_STR_ARG(line));
	for (char *c = out; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127) *c = ' ';
}

/* How stores call a request that got into another one's way and is to be sent again: class 40 of SQLSTATE, transaction rollback. Only the
 * first line of an answer is asked, as behind it stores quote what they were sent. */
static bool lost_a_race(td_str body)
{
	static const char *const marks[] = {
		"error 40001", "40001 error", /* Virtuoso: "Error 40001 SR172: Transaction deadlocked" */
		"deadlocked", "deadlock detected", "deadlock found", /* Virtuoso; PostgreSQL, RDF4J; MySQL */
		"could not serialize access", /* PostgreSQL */
		"observed state has changed", /* RDF4J and what stands on it */
	};
	char said[TD_ANSWER_SAID];
	td_answer_said(body, said);
	for (char *c = said; *c; c++)
		if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strstr(said, marks[i])) return true;
	return false;
}

bool td_answer_passes(const td_answer *a)
{
	if (a->status >= 500 && a->status < 600 && lost_a_race(a->body)) return true;
	return a->status == 429 || a->status == 502 || a->status == 503 || a->status == 504;
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

td_status td_answer_failed(const td_answer *a, const char *url, td_error *err)
{
	char said[TD_ANSWER_SAID];
	long status = a->status;
	td_answer_said(a->body, said);
	if (status >= 200 && status < 300 && is_page(a))
		return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld, but with a web page as the answer: most likely nothing was stored; check the URL", url, status);
	if (status == 401) return td_fail(err, TD_ERR_AUTH, "%s: HTTP 401: user, password or token are missing or wrong%s", url, said);
	if (status == 403) return td_fail(err, TD_ERR_AUTH, "%s: HTTP 403: this user may not write there%s", url, said);
	if (status == 407) return td_fail(err, TD_ERR_AUTH, "%s: HTTP 407: the proxy wants a password", url);
	if (a->retry_after > 0)
		return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld%s (the store asks for %ld seconds of patience)", url, status, said, a->retry_after);
	return td_fail(err, TD_ERR_STORE, "%s: HTTP %ld%s (%s)", url, status, said, help_for(status));
}
