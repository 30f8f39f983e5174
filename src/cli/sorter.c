#define _XOPEN_SOURCE 700 /* mkstemp */
#include "cli/sorter.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/sort.h"

enum {
	MIN_MEMORY = 1 << 20,
	SHARE = 8, /* a line may take this part of the memory */
	PATH_CAP = 4096,
};

struct td_sorter {
	size_t longest;
	td_sort *sort; /* the line is the key, its newline the value */
};

static td_status no_file(td_error *err)
{
	return td_fail(err, TD_ERR_IO, "temporary file: %s; $TMPDIR names the folder for them", strerror(errno));
}

/* A td_temporary. */
static td_status open_nameless(const char *beside, FILE **out, td_error *err)
{
	const char *folder = getenv("TMPDIR");
	char path[PATH_CAP];
	int n = snprintf(path, sizeof path, "%s/tidings-%s-XXXXXX", folder && *folder ? folder : "/tmp", beside);
	if (n < 0 || (size_t)n >= sizeof path) return td_fail(err, TD_ERR_LIMIT, "$TMPDIR is too long");
	int fd = mkstemp(path);
	if (fd < 0) return no_file(err);
	unlink(path);
	*out = fdopen(fd, "w+b");
	if (*out) return TD_OK;
	close(fd);
	return no_file(err);
}

td_status td_sorter_open(size_t memory, td_sorter **out, td_error *err)
{
	*out = NULL;
	td_sorter *s = td_alloc(sizeof *s);
	if (!s) return td_no_memory(err);
	if (memory < MIN_MEMORY) memory = MIN_MEMORY;
	*s = (td_sorter){ .longest = memory / SHARE < TD_SORT_RECORD / 2 ? memory / SHARE : TD_SORT_RECORD / 2 };
	td_status status = td_sort_open("merge", open_nameless, memory, &s->sort, err);
	if (status == TD_OK) *out = s;
	else td_free(s);
	return status;
}

void td_sorter_close(td_sorter *s)
{
	if (!s) return;
	td_sort_close(s->sort);
	td_free(s);
}

size_t td_sorter_longest(const td_sorter *s)
{
	return s->longest;
}

td_status td_sorter_add(td_sorter *s, td_str line, td_error *err)
{
	if (line.n > s->longest) return td_fail(err, TD_ERR_LIMIT, "a line of more than %zu bytes; --memory gives more room", s->longest);
	return td_sort_add(s->sort, line, TD_STR("\n"), err);
}

/* Key and value stand behind one another: together they are the line with its end. */
static td_status each_once(td_sorter *s, td_buf *last, td_each_line *each, void *context, td_error *err)
{
	bool any = false, done = false;
	td_str key, value;
	for (;;) {
		TRY(td_sort_next(s->sort, &key, &value, &done, err));
		if (done) return TD_OK;
		td_str line = { key.at, key.n + value.n };
		if (any && td_str_eq(td_buf_view(last), line)) continue;
		any = true;
		last->n = 0;
		td_buf_str(last, line);
		if (last->failed) return td_no_memory(err);
		if (!each(context, line)) return TD_OK;
	}
}

td_status td_sorter_each(td_sorter *s, td_each_line *each, void *context, td_error *err)
{
	td_buf last = { 0 };
	TRY(td_sort_start(s->sort, err));
	td_status status = each_once(s, &last, each, context, err);
	td_buf_free(&last);
	return status;
}
