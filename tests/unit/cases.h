/* What a case expects of a document. */
#ifndef CASES_H
#define CASES_H

#include "doc/doc.h"
#include "doc/lexicon.h"

typedef struct {
	td_str key, value; /* key empty for a bare word or span */
	bool span;         /* stood in quotes */
} case_field;

extern td_lexicon case_lexicon; /* the program's own, for what its classes are kinds of */

/* Whether the expectation holds; *known is cleared when there is no such key. */
bool case_holds(const td_doc *doc, td_str key, td_str rest, const case_field *fields, size_t n, bool *known);
/* Prints, as TAP comments, what the document has of that kind. */
void case_explain(const td_doc *doc, td_str key);

#endif
