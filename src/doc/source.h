/* Sources: what the user named on the command line, as a stream of documents' raw contents.
 *
 * A source hands out one input after the other: a text file, each line of a .jsonl file, an HTML page, each page of a WARC file, all
 * of these also packed by gzip or Zstandard, each of these in a directory (by name, byte order, recursively), standard input for "-". A bad one is an error with its name and byte or
 * line; the caller reports it and goes on with the next call. */
#ifndef TD_SOURCE_H
#define TD_SOURCE_H

#include "base/base.h"
#include "doc/doc.h"

/* One document before any stage. The slices live in `arena` until the next reset of it. */
typedef struct {
	td_arena arena;
	td_str name;  /* "news/a.txt", "feed.jsonl:17", "-": for messages */
	td_str id;    /* the "id" that a JSONL object gave; empty otherwise */
	td_str url, title, source, language;
	td_str text;  /* raw bytes: checked by td_doc_set_text */
	td_date date; /* year 0: unknown */
} td_input;

void td_input_init(td_input *in);
void td_input_free(td_input *in);

typedef struct td_source td_source;
/* `paths` must outlive the source. Opening reads nothing; what does not exist fails at td_source_next. */
td_status td_source_open(char *const *paths, size_t n, td_source **out, td_error *err);
/* Also the paths that stand in the file `list`, one a line ("-": standard input), behind the others. Before the first td_source_next. */
td_status td_source_files_from(td_source *source, const char *list, td_error *err);
void td_source_limit(td_source *source, size_t bytes); /* of one document, as it is read (unpacked); TD_MAX_TEXT by default */
/* How far it is: bytes of files that were read, and all of them as far as is known by now, for folders that wait are not looked into yet.
 * *all is 0 when nobody can tell: standard input, a list. From any thread. */
void td_source_progress(const td_source *source, uint64_t *read, uint64_t *all);
uint64_t td_source_skipped(const td_source *source);   /* records of WARC files so far that hold no page */
/* Next input into *in (reset first). *done is set when there is none left. On failure *in has the name, and the next call
 * goes on behind what failed. */
td_status td_source_next(td_source *source, td_input *in, bool *done, td_error *err);
void td_source_close(td_source *source);

/* HTML page to text, title, date, url, publisher (meta tags, schema.org, OpenGraph, <time>), boilerplate removed. Public for tests. */
td_status td_html_read(td_str html, td_input *in, td_error *err);
/* One JSON object {id, url, date, title, text}. */
td_status td_json_read(td_str line, td_input *in, td_error *err);

/* Fills doc->skips: ad markers ({mosads}), inline headings between dashes (" - Rapprochement dashed - "), datelines ("MOSCOW (Reuters) —",
 * "Friday, January 4, 2019" alone in a line), captions, credits and map legends. Deletes nothing. */
td_status td_clean(td_doc *doc, td_error *err);

#endif
