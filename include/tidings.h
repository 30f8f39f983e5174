/* libtidings: news text to a knowledge graph.
 *
 *     tidings *t;
 *     tidings_error err;
 *     if (tidings_open(NULL, &t, &err) != 0) …                                        loads the model and the tables
 *     if (tidings_build(t, text, strlen(text), NULL, TIDINGS_TURTLE, tidings_put_file, stdout, &err) != 0) …
 *     tidings_close(t);
 *
 * The library never prints and never exits. A handle is for one thread at a time: calls on the same one wait for each
 * other; tidings_share gives another thread its own without loading anything twice. All text is UTF-8.
 *
 * Copyright: see LICENSE. */
#ifndef TIDINGS_H
#define TIDINGS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tidings tidings;

/* Results: 0 is success. New ones may be added behind the last. */
typedef enum {
	TIDINGS_OK,
	TIDINGS_USAGE,       /* an argument that cannot be used */
	TIDINGS_IO,          /* a file, or the sink, failed */
	TIDINGS_MEMORY,
	TIDINGS_UTF8,        /* the text is not valid UTF-8: see byte */
	TIDINGS_SYNTAX,
	TIDINGS_EMPTY,       /* the text has no letter or digit */
	TIDINGS_LIMIT,       /* larger than a documented limit */
	TIDINGS_DATA,        /* a data file is damaged, or of another version */
	TIDINGS_NETWORK,
	TIDINGS_AUTH,
	TIDINGS_STORE,
	TIDINGS_UNSUPPORTED,
	TIDINGS_INTERNAL
} tidings_status;

#define TIDINGS_NOWHERE UINT64_MAX

typedef struct {
	tidings_status status;
	uint64_t byte, line; /* byte from 0, line from 1; TIDINGS_NOWHERE where that has no meaning */
	char text[512];      /* what went wrong and what to do about it; NUL-terminated, no newline */
} tidings_error;

/* How much of the places in the text goes into the graph. 0 is the default. */
typedef enum { TIDINGS_PROVENANCE_DEFAULT, TIDINGS_PROVENANCE_NONE, TIDINGS_PROVENANCE_DOCUMENT, TIDINGS_PROVENANCE_MENTION,
	TIDINGS_PROVENANCE_FULL } tidings_provenance;

/* Start from TIDINGS_OPTIONS, so that later members have their defaults. Strings need to live during the call only. */
typedef struct {
	size_t size;                      /* sizeof(tidings_options) */
	const char *model, *lexicon;      /* data files; NULL: the installed ones (or those in $TIDINGS_DATA) */
	const char *base;                 /* IRI on which names hang; NULL: https://w3id.org/tidings/id/ */
	tidings_provenance provenance;
	int with_text;                    /* not 0: the whole text goes into the graph */
	const char *const *kbs;           /* knowledge bases made by `tidings kb build', besides the installed one */
	size_t n_kbs;
	int no_default_kb;                /* not 0: the installed knowledge base is left out */
} tidings_options;
#define TIDINGS_OPTIONS { sizeof(tidings_options), NULL, NULL, NULL, TIDINGS_PROVENANCE_DEFAULT, 0, NULL, 0, 0 }

/* What is known of a document besides its text. Every member may be NULL. Start from TIDINGS_META. */
typedef struct {
	size_t size;         /* sizeof(tidings_meta) */
	const char *id;      /* names the document where it has no url: letters, digits, - and _ are kept */
	const char *url;     /* absolute IRI */
	const char *title, *source, *language;
	const char *date;    /* of publication, YYYY-MM-DD: "on Wednesday" is resolved against it */
} tidings_meta;
#define TIDINGS_META { sizeof(tidings_meta), NULL, NULL, NULL, NULL, NULL, NULL }

typedef enum { TIDINGS_TURTLE, TIDINGS_TRIG, TIDINGS_NTRIPLES, TIDINGS_NQUADS, TIDINGS_RDFXML, TIDINGS_DOT } tidings_format;

/* Where the graph's bytes go: returns 0 when it has taken all n, anything else ends the call with TIDINGS_IO. It is called several
 * times a document, in the thread of tidings_build, and must not call this library. */
typedef int tidings_sink(void *to, const char *bytes, size_t n);

const char *tidings_version(void);
const char *tidings_status_text(tidings_status status); /* static English text */

/* `options` NULL: the defaults. `err` may be NULL in every call. On failure *out is NULL. */
tidings_status tidings_open(const tidings_options *options, tidings **out, tidings_error *err);
/* A second handle on the same loaded data, for another thread. Each is closed by itself, in any order. */
tidings_status tidings_share(const tidings *with, tidings **out, tidings_error *err);
void tidings_close(tidings *handle); /* NULL is allowed */

/* The graph of one document, as one complete file of `format`. `meta` NULL: nothing known. The text is not kept. */
tidings_status tidings_build(tidings *handle, const char *text, size_t n, const tidings_meta *meta, tidings_format format,
	tidings_sink *sink, void *to, tidings_error *err);

/* A ready sink: `to` is a FILE *. Whether the last bytes reach the disk shows only at fclose. */
int tidings_put_file(void *to, const char *bytes, size_t n);

#ifdef __cplusplus
}
#endif
#endif
