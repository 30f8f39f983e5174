/* --out-dir: a file for each document. */
#ifndef TD_FOLDER_H
#define TD_FOLDER_H

#include "cli/output.h"
#include "rdf/rdf.h"

typedef struct {
	const char *path;
	td_format format;
	const char *ending;
} td_folder;

td_status td_folder_open(const char *path, td_format format, td_folder *out, td_error *err); /* makes the folder when there is none */
/* Takes away what a killed run has left half written; only when no other run may be at work. */
void td_folder_sweep(const td_folder *folder);
/* The document's file name, NUL-terminated in *out: what can be read of its IRI, and a hash of it all. */
void td_folder_name(const td_folder *folder, td_str iri, td_buf *out);
/* A file of its own for the document's graph, to be written and closed: it is there whole (and safe on the disk) or not at all. */
td_status td_folder_create(const td_folder *folder, td_str iri, td_output *out, td_error *err);
bool td_folder_has(const td_folder *folder, td_str iri); /* whether the document's file is there */
/* Takes the document's file away; one that is not there is no error. */
td_status td_folder_drop(const td_folder *folder, td_str iri, td_error *err);

#endif
