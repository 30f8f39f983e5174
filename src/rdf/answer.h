/* What a store's answer means. Everything in it is hostile: pages for people where RDF was sent, megabytes of excuses, control characters. */
#ifndef TD_RDF_ANSWER_H
#define TD_RDF_ANSWER_H

#include "base/base.h"

enum { TD_ANSWER_SAID = 256 }; /* bytes for the store's own words, with the NUL */

typedef struct {
	long status;      /* of HTTP */
	const char *type; /* Content-Type, "" when there is none */
	td_str body;
	long retry_after; /* seconds, 0: not said */
} td_answer;

/* 200, 201 and 204 are success, but not with a page for people: who answers by one has not understood what was sent. */
bool td_answer_stored(const td_answer *answer);
/* May be another one soon: 429, 502, 503, 504, and the 5xx of a store in which two requests got into each other's way. */
bool td_answer_passes(const td_answer *answer);
/* ": " and the first line of the store's own words, without tags, control characters and half code points; "" when it said nothing. */
void td_answer_said(td_str body, char out[TD_ANSWER_SAID]);
/* The error for an answer that is no success; `url` is how the address is shown. */
td_status td_answer_failed(const td_answer *answer, const char *url, td_error *err);

#endif
