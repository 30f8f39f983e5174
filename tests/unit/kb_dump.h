/* What the tests of dumps share: a folder of their own, files in it, and a knowledge base made of one. */
#ifndef KB_DUMP_TEST_H
#define KB_DUMP_TEST_H

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "kg/kb.h"
#include "lib/kb_import.h"
#include "rdf/rdf.h"

#define LABEL "<http://www.w3.org/2000/01/rdf-schema#label>"
#define ALT "<http://www.w3.org/2004/02/skos/core#altLabel>"
#define TYPE "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#define SAME "<http://www.w3.org/2002/07/owl#sameAs>"
#define P31 "<http://www.wikidata.org/prop/direct/P31>"
#define WD "http://www.wikidata.org/entity/"

static char folder[64];

static inline const char *path_of(const char *name)
{
	static char paths[4][128];
	static unsigned next;
	char *path = paths[next++ % 4];
	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

static inline void put(const char *name, const char *text)
{
	gzFile file = gzopen(path_of(name), strstr(name, ".gz") ? "wb" : "wbT");
	assert_non_null(file);
	assert_int_equal(gzwrite(file, text, (unsigned)strlen(text)), (int)strlen(text));
	assert_int_equal(gzclose(file), Z_OK);
}

static inline td_status import(const char *name, const td_kb_import_options *options, td_kb_import_stats *stats, td_error *err)
{
	static const td_kb_import_options plain;
	char in[128], out[128], *files[] = { in };
	snprintf(in, sizeof in, "%s", path_of(name));
	snprintf(out, sizeof out, "%s", path_of("out.tdk"));
	return td_kb_import(files, 1, out, options ? options : &plain, stats, err);
}

static inline td_kb *open_out(void)
{
	td_kb *kb = NULL;
	td_error err = { 0 };
	if (td_kb_open(path_of("out.tdk"), &kb, &err) != TD_OK) fail_msg("%s", err.text);
	return kb;
}

static inline td_kb *made_of(const char *name, const char *text, const td_kb_import_options *options)
{
	td_kb_import_stats stats;
	td_error err = { 0 };
	put(name, text);
	if (import(name, options, &stats, &err) != TD_OK) fail_msg("%s", err.text);
	return open_out();
}

static inline uint32_t find(const td_kb *kb, const char *name, td_kb_candidate *out)
{
	td_arena arena;
	td_arena_init(&arena);
	uint32_t n = td_kb_find(kb, td_fold(&arena, td_str_of(name)), out, 8);
	td_arena_free(&arena);
	return n;
}

/* The first candidate of a name; the test fails when there is none. */
static inline td_kb_entry first_of(const td_kb *kb, const char *name)
{
	td_kb_candidate found[8];
	if (find(kb, name, found) == 0) fail_msg("%s: not found", name);
	return td_kb_get(kb, found[0].entry);
}

static inline void assert_str(td_str got, const char *wanted)
{
	if (!td_str_eq(got, td_str_of(wanted))) fail_msg("\"" TD_STR_FMT "\" instead of \"%s\"", TD_STR_ARG(got), wanted);
}

static inline unsigned files_in_folder(void)
{
	unsigned n = 0;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	for (const struct dirent *e; (e = readdir(dir)) != NULL;) n += e->d_name[0] != '.';
	assert_int_equal(closedir(dir), 0);
	return n;
}

static inline int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/tidings-dump-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static inline int remove_folder(void **state)
{
	static const char *const files[] = { "a.nt", "a.nt.gz", "a.nq", "a.ttl", "a.ttl.gz", "lines.ttl", "lines.ttl.gz", "many.nt", "out.tdk" };
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) (void)remove(path_of(files[i]));
	return rmdir(folder); /* fails when anything else was left */
}

#endif
