#include "cli/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli/output.h"

enum {
	MAX_BYTES = 1 << 30, /* of a journal: some five million documents */
	STEP = 1 << 16,
	MAX_STAMP = 160,
	MANY = 1000, /* lines; beyond it one in two must be the last word on its document, or they are written anew */
};

/* A line is "VERSION SETTINGS CONTENT IRI"; what comes before the IRI is its stamp, or "gone" when the document was taken away. The last
 * line of a document counts. */
typedef struct {
	td_str iri, stamp;
	bool gone, met;
} entry;

struct td_journal {
	int fd;
	char *path;
	uint64_t settings;
	td_buf text; /* what was there at the start: the stamps and IRIs lie in it */
	td_arena arena;
	td_map by_iri;
	TD_ARRAY(entry) entries; /* one a document, in the order of their first lines */
	uint64_t lines, gone;
};

static td_status failed(const td_journal *j, const char *what, td_error *err)
{
	return td_fail(err, TD_ERR_IO, "%s: cannot %s: %s", j->path, what, strerror(errno));
}

static void make_stamp(const td_journal *j, const char *content, char out[MAX_STAMP])
{
	(void)snprintf(out, MAX_STAMP, TD_VERSION " %016llx %s", (unsigned long long)j->settings, content);
}

static bool take_line(td_journal *j, td_str line)
{
	size_t n = line.n;
	while (n > 0 && line.at[n - 1] != ' ') n--;
	if (n < 2 || n == line.n || n > MAX_STAMP) return true;
	entry e = { .iri = { line.at + n, line.n - n }, .stamp = { line.at, n - 1 } };
	uint32_t found = td_map_get(&j->by_iri, e.iri);
	e.gone = td_str_eq(e.stamp, TD_STR("gone"));
	j->lines++;
	j->gone += e.gone;
	if (found == TD_NONE) return td_map_put(&j->by_iri, e.iri, j->entries.n) && TD_PUSH(&j->arena, &j->entries, e);
	j->gone -= j->entries.at[found].gone;
	j->entries.at[found] = e;
	return true;
}

static td_status read_text(td_journal *j, td_error *err)
{
	char step[STEP];
	ssize_t n;
	while ((n = read(j->fd, step, sizeof step)) > 0 && j->text.n <= MAX_BYTES) td_buf_add(&j->text, step, (size_t)n);
	if (n < 0) return failed(j, "read it", err);
	if (j->text.failed) return td_no_memory(err);
	if (j->text.n > MAX_BYTES) return td_fail(err, TD_ERR_LIMIT, "%s: more than %d bytes; begin a new journal", j->path, MAX_BYTES);
	return TD_OK;
}

/* The line that a dying run left half written goes away, or the next one would be glued to it. */
static td_status cut_tail(td_journal *j, td_error *err)
{
	size_t whole = j->text.n;
	while (whole > 0 && j->text.at[whole - 1] != '\n') whole--;
	if (whole < j->text.n && ftruncate(j->fd, (off_t)whole) != 0) return failed(j, "cut its last line off", err);
	j->text.n = whole;
	return lseek(j->fd, 0, SEEK_END) < 0 ? failed(j, "go to its end", err) : TD_OK;
}

static td_status open_locked(td_journal *j, td_error *err)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	if (j->fd >= 0) close(j->fd);
	j->fd = open(j->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (j->fd < 0) return failed(j, "open it", err);
	if (fcntl(j->fd, F_SETLK, &lock) != 0 && (errno == EACCES || errno == EAGAIN))
		return td_fail(err, TD_ERR_IO, "%s: another run is writing to it", j->path);
	return TD_OK;
}

/* Without the lines that later ones have overruled: a journal that is kept for years is no longer than its documents are many. */
static td_status tighten(td_journal *j, td_error *err)
{
	td_buf text = { 0 };
	if (j->lines < MANY || j->lines / 2 < j->entries.n - j->gone) return TD_OK;
	for (uint32_t i = 0; i < j->entries.n; i++) {
		const entry *e = &j->entries.at[i];
		if (!e->gone) td_buf_printf(&text, TD_STR_FMT " " TD_STR_FMT "\n", TD_STR_ARG(e->stamp), TD_STR_ARG(e->iri));
	}
	td_status status = td_output_write(j->path, &text, err);
	td_buf_free(&text);
	return status == TD_OK ? open_locked(j, err) : status;
}

static td_status load(td_journal *j, td_error *err)
{
	TRY(open_locked(j, err));
	TRY(read_text(j, err));
	TRY(cut_tail(j, err));
	td_str rest = td_buf_view(&j->text);
	while (rest.n)
		if (!take_line(j, td_str_cut(&rest, '\n'))) return td_no_memory(err);
	return tighten(j, err);
}

td_status td_journal_open(const char *path, uint64_t settings, td_journal **out, td_error *err)
{
	size_t n = strlen(path) + 1;
	*out = NULL;
	td_journal *j = td_alloc(sizeof *j);
	if (!j) return td_no_memory(err);
	*j = (td_journal){ .fd = -1, .settings = settings, .path = td_alloc(n) };
	td_arena_init(&j->arena);
	td_map_init(&j->by_iri, &j->arena);
	if (j->path) memcpy(j->path, path, n);
	td_status status = j->path ? load(j, err) : td_no_memory(err);
	if (status != TD_OK) {
		td_journal_close(j);
		return status;
	}
	*out = j;
	return TD_OK;
}

void td_journal_close(td_journal *j)
{
	if (!j) return;
	if (j->fd >= 0) close(j->fd);
	td_buf_free(&j->text);
	td_arena_free(&j->arena);
	td_free(j->path);
	td_free(j);
}

bool td_journal_has(const td_journal *j, td_str iri, const char *content)
{
	char stamp[MAX_STAMP];
	uint32_t found = td_map_get(&j->by_iri, iri);
	if (found == TD_NONE) return false;
	make_stamp(j, content, stamp);
	return td_str_eq(j->entries.at[found].stamp, td_str_of(stamp));
}

void td_journal_meet(td_journal *j, td_str iri)
{
	uint32_t found = td_map_get(&j->by_iri, iri);
	if (found != TD_NONE) j->entries.at[found].met = true;
}

bool td_journal_unmet(const td_journal *j, uint32_t *at, td_str *iri)
{
	for (; *at < j->entries.n; ++*at) {
		const entry *e = &j->entries.at[*at];
		if (e->met || e->gone) continue;
		*iri = e->iri;
		++*at;
		return true;
	}
	return false;
}

/* One write, so that no other line can come in between. */
static td_status append(td_journal *j, td_str line, td_error *err)
{
	while (line.n) {
		ssize_t n = write(j->fd, line.at, line.n);
		if (n < 0 && errno == EINTR) continue;
		if (n < 0) return failed(j, "write", err);
		line = (td_str){ line.at + n, line.n - (size_t)n };
	}
	return fsync(j->fd) == 0 ? TD_OK : failed(j, "write", err);
}

static td_status append_stamp(td_journal *j, const char *stamp, td_str iri, td_error *err)
{
	td_buf line = { 0 };
	td_buf_printf(&line, "%s " TD_STR_FMT "\n", stamp, TD_STR_ARG(iri));
	td_status status = line.failed ? td_no_memory(err) : append(j, td_buf_view(&line), err);
	td_buf_free(&line);
	return status;
}

td_status td_journal_add(td_journal *j, td_str iri, const char *content, td_error *err)
{
	char stamp[MAX_STAMP];
	make_stamp(j, content, stamp);
	return append_stamp(j, stamp, iri, err);
}

td_status td_journal_drop(td_journal *j, td_str iri, td_error *err)
{
	return append_stamp(j, "gone", iri, err);
}
