#include "cli/state.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/output.h"

enum { PATH_CAP = 4096 };

static td_status path_in(const char *folder, const char *name, char out[PATH_CAP], td_error *err)
{
	int n = snprintf(out, PATH_CAP, "%s/%s", folder, name);
	return n > 0 && n < PATH_CAP ? TD_OK : td_fail(err, TD_ERR_LIMIT, "%.80s…: the path is too long", folder);
}

static td_status write_target(const char *path, td_str target, td_error *err)
{
	td_buf text = { 0 };
	td_buf_str(&text, target);
	td_status status = td_output_write(path, &text, err);
	td_buf_free(&text);
	return status;
}

/* The state of one folder, taken for that of another, would leave documents out, or take the wrong ones away. */
static td_status check_target(const char *folder, td_str target, td_error *err)
{
	char path[PATH_CAP];
	struct stat st;
	td_mapped file;
	TRY(path_in(folder, "target", path, err));
	if (stat(path, &st) != 0 && errno == ENOENT) return write_target(path, target, err);
	TRY(td_map_file(path, &file, err));
	bool same = td_str_eq(file.bytes, target);
	td_unmap_file(&file);
	return same ? TD_OK : td_fail(err, TD_ERR_USAGE, "%s: is the state of another --out-dir, --upload or --format; see %s", folder, path);
}

td_status td_state_open(const char *folder, td_str target, uint64_t settings, td_journal **out, td_error *err)
{
	char path[PATH_CAP];
	*out = NULL;
	if (mkdir(folder, 0777) != 0 && errno != EEXIST) return td_fail(err, TD_ERR_IO, "%s: cannot make the folder: %s", folder, strerror(errno));
	TRY(path_in(folder, "documents", path, err));
	TRY(td_journal_open(path, settings, out, err)); /* first, as it holds the lock */
	return check_target(folder, target, err);
}

td_status td_vanish_next(const td_vanish *v, uint32_t *at, td_str *iri, bool *done, td_error *err)
{
	*done = !td_journal_unmet(v->journal, at, iri);
	if (*done) return TD_OK;
	if (v->folder) TRY(td_folder_drop(v->folder, *iri, err));
	if (v->uploader) TRY(td_upload_drop(v->uploader, *iri, err));
	return td_journal_drop(v->journal, *iri, err);
}
