#include "lib/kb_import.h"

#include "doc/stream.h"
#include "rdf/ntriples.h"
#include "rdf/rdf.h"

#include <errno.h>
#include <sys/stat.h>

typedef struct {
	td_kb_dump *dump;
	const td_kb_import_options *options;
	td_kb_import_stats *stats;
	const char *path;
	uint64_t size; /* of the file at hand */
} importing;

static td_status each_triple(void *context, const td_triple *triple, td_error *err)
{
	return td_kb_dump_add(((importing *)context)->dump, triple, err);
}

static td_status each_parsed(void *context, td_str graph, const td_triple *triple, td_error *err)
{
	(void)graph;
	return td_kb_dump_add(((importing *)context)->dump, triple, err);
}

static void on_bad(void *context, const char *path, const td_error *why)
{
	const importing *im = context;
	if (im->options->bad) im->options->bad(im->options->context, path, why);
}

static void on_step(void *context, uint64_t bytes)
{
	const importing *im = context;
	if (im->options->step) im->options->step(im->options->context, im->path, bytes, im->size);
}

static bool line_name(const char *path)
{
	static const char *const ends[] = { ".nt", ".nq", ".ntriples", ".nquads", ".nt.gz", ".nq.gz", ".ntriples.gz", ".nquads.gz",
		".nt.zst", ".nq.zst", ".ntriples.zst", ".nquads.zst" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (td_str_ends(td_str_of(path), td_str_of(ends[i]))) return true;
	return strcmp(path, "-") == 0;
}

/* Whether all whole lines among the first bytes are N-Triples, and some hold a statement: dumps are often so in files named .ttl. */
static bool looks_like_lines(td_str text)
{
	td_buf scratch = { 0 };
	bool good = true, any = false;
	while (good && memchr(text.at, '\n', text.n)) {
		td_triple triple;
		bool none;
		good = td_ntriples_line(td_str_cut(&text, '\n'), &scratch, &triple, &none, NULL) == TD_OK;
		any |= good && !none;
	}
	td_buf_free(&scratch);
	return good && any;
}

enum { SNIFF = 1 << 16 };

/* As many of the file's first bytes as there are, up to `cap`. */
static size_t read_head(const char *path, char *head, size_t cap, bool *packed)
{
	td_stream *stream;
	size_t n = 0, more = 1;
	if (td_stream_open(path, &stream, NULL) != TD_OK) return 0;
	for (; n < cap && more; n += more)
		if (td_stream_read(stream, head + n, cap - n, &more, NULL) != TD_OK) break;
	*packed = td_stream_packed(stream);
	td_stream_close(stream);
	return n;
}

static bool sniff(const char *path, bool *packed)
{
	char *head = td_alloc(SNIFF);
	size_t n = head ? read_head(path, head, SNIFF, packed) : 0;
	bool lines = n > 0 && looks_like_lines((td_str){ head, n });
	td_free(head);
	return lines;
}

static td_status check_parsed(const char *path, uint64_t size, bool packed, td_error *err)
{
	if (packed)
		return td_fail(err, TD_ERR_UNSUPPORTED, "%s: packed, and not N-Triples: unpack it first", path);
	if (size > TD_KB_IMPORT_PARSED)
		return td_fail(err, TD_ERR_LIMIT, "%s: over %d MB in a syntax that is read as a whole: turn it into N-Triples first, as by `rapper -i guess -o ntriples'",
			path, TD_KB_IMPORT_PARSED >> 20);
	return TD_OK;
}

static td_status read_lines(importing *im, td_error *err)
{
	uint64_t lines = 0, failed = 0;
	td_ntriples_sink sink = { each_triple, on_bad, on_step, im };
	td_status status = td_ntriples_read(im->path, &sink, &lines, &failed, err);
	im->stats->lines += lines;
	im->stats->failed += failed;
	return status;
}

static td_status read_file(importing *im, td_error *err)
{
	struct stat st;
	bool packed = false, standard = strcmp(im->path, "-") == 0;
	im->size = 0;
	if (!standard && stat(im->path, &st) != 0) return td_fail(err, TD_ERR_IO, "%s: cannot open it: %s", im->path, strerror(errno));
	if (!standard && S_ISDIR(st.st_mode)) return td_fail(err, TD_ERR_USAGE, "%s: a folder among files of RDF; give it alone, if it holds tables", im->path);
	if (!standard && S_ISREG(st.st_mode)) im->size = (uint64_t)st.st_size;
	if (line_name(im->path)) return read_lines(im, err);
	bool lines = sniff(im->path, &packed);
	if (lines && (packed || im->size > TD_KB_IMPORT_PARSED)) return read_lines(im, err);
	TRY(check_parsed(im->path, im->size, packed, err));
	return td_rdf_parse(im->path, each_parsed, im, err);
}

td_status td_kb_import(char *const *files, size_t n, const char *out, const td_kb_import_options *options, td_kb_import_stats *stats, td_error *err)
{
	char rules[4096];
	td_kb_dump_options chosen = options->dump;
	importing im = { .options = options, .stats = stats };

	*stats = (td_kb_import_stats){ .lines = 0 };
	if (!chosen.rules) {
		TRY(td_data_path("dump.tsv", rules, sizeof rules, err));
		chosen.rules = rules;
	}
	TRY(td_kb_dump_open(&chosen, out, &im.dump, err));
	td_status status = TD_OK;
	for (size_t i = 0; i < n && status == TD_OK; i++) {
		im.path = files[i];
		status = read_file(&im, err);
	}
	if (status == TD_OK) status = td_kb_dump_finish(im.dump, err);
	stats->dump = *td_kb_dump_statistics(im.dump);
	td_kb_dump_close(im.dump);
	return status;
}
