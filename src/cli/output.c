#define _XOPEN_SOURCE 700 /* realpath */
/* Data out: temporary file beside the target, fsync, rename. */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- signals ------------------------------------------------------------------------------------------------- */

/* The temporary file that a deadly signal has to remove. Written only while `armed` is 0. */
static char doomed[PATH_MAX];
static volatile sig_atomic_t armed;

static void on_signal(int number)
{
	if (armed) unlink(doomed);
	signal(number, SIG_DFL);
	raise(number);
}

static const int deadly[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGXFSZ };

static void arm(const char *path)
{
	struct sigaction action = { .sa_handler = on_signal };
	if (strlen(path) >= sizeof doomed) return;
	memcpy(doomed, path, strlen(path) + 1);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
		struct sigaction old;
		if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) sigaction(deadly[i], &action, NULL);
	}
	armed = 1;
}

/* mkstemp, so that no signal comes between the file and the promise to remove it. */
static int make_temporary(char *path)
{
	sigset_t set, old;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) sigaddset(&set, deadly[i]);
	pthread_sigmask(SIG_BLOCK, &set, &old);
	int fd = mkstemp(path), number = errno;
	if (fd >= 0) arm(path);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = number;
	return fd;
}

/* ---- opening ------------------------------------------------------------------------------------------------- */

static td_status failed(const td_output *out, const char *what, int number, td_error *err)
{
	const char *name = out->target ? out->target : "standard output";
	if (number == EPIPE) return td_fail(err, TD_ERR_IO, "%s", "");
	return td_fail(err, TD_ERR_IO, "%s: cannot %s: %s", name, what, strerror(number));
}

/* Follows a symbolic link to the file behind it, so that the rename does not replace the link. */
static char *real_target(const char *path)
{
	char *real = realpath(path, NULL);
	return real ? real : strdup(path);
}

/* mkstemp makes files that only their owner may read; give this one the mode that an ordinary new (or the old) file has. */
static void set_mode(int fd, const struct stat *old)
{
	mode_t mask = umask(0);
	umask(mask);
	if (fchmod(fd, old ? old->st_mode & 0777 : 0666 & ~mask) != 0) return; /* some file systems have no modes */
}

static td_status open_beside(const char *path, const struct stat *old, td_output *out, td_error *err)
{
	static const char suffix[] = ".XXXXXX";
	out->target = real_target(path);
	if (!out->target) return td_no_memory(err);
	size_t n = strlen(out->target);
	out->temporary = malloc(n + sizeof suffix);
	if (!out->temporary) return td_no_memory(err);
	memcpy(out->temporary, out->target, n);
	memcpy(out->temporary + n, suffix, sizeof suffix);
	int fd = make_temporary(out->temporary);
	if (fd < 0) {
		out->temporary[0] = '\0';
		return failed(out, "make a file beside it", errno, err);
	}
	set_mode(fd, old);
	out->file = fdopen(fd, "w");
	return out->file ? TD_OK : failed(out, "open it", errno, err);
}

td_status td_output_open(const char *path, bool hold, td_output *out, td_error *err)
{
	struct stat st;
	memset(out, 0, sizeof *out);
	out->holding = hold;
	if (!path || strcmp(path, "-") == 0) {
		out->file = stdout;
		return TD_OK;
	}
	bool there = stat(path, &st) == 0;
	if (there && S_ISDIR(st.st_mode)) return td_fail(err, TD_ERR_IO, "%s: is a directory; name a file", path);
	if (there && !S_ISREG(st.st_mode)) {
		out->file = fopen(path, "w");
		return out->file ? TD_OK : td_fail(err, TD_ERR_IO, "%s: %s", path, strerror(errno));
	}
	td_status status = open_beside(path, there ? &st : NULL, out, err);
	if (status != TD_OK) td_output_discard(out);
	return status;
}

/* ---- writing ------------------------------------------------------------------------------------------------- */

static bool write_out(td_output *out, td_str bytes)
{
	if (out->error) return false;
	if (bytes.n == 0 || fwrite(bytes.at, 1, bytes.n, out->file) == bytes.n) return true;
	out->error = errno ? errno : EIO;
	return false;
}

bool td_output_put(void *to, const char *bytes, size_t n)
{
	td_output *out = to;
	if (!out->holding) return write_out(out, (td_str){ bytes, n });
	td_buf_add(&out->held, bytes, n);
	if (out->held.failed) out->error = ENOMEM;
	return !out->held.failed;
}

bool td_output_flush(td_output *out)
{
	out->holding = false;
	bool good = write_out(out, td_buf_view(&out->held));
	td_buf_free(&out->held);
	if (good && fflush(out->file) != 0) {
		out->error = errno ? errno : EIO;
		good = false;
	}
	return good;
}

td_status td_output_failed(const td_output *out, td_error *err)
{
	return failed(out, "write", out->error, err);
}

/* ---- closing ------------------------------------------------------------------------------------------------- */

static void forget(td_output *out)
{
	armed = 0;
	free(out->target);
	free(out->temporary);
	td_buf_free(&out->held);
	*out = (td_output){ .error = out->error };
}

void td_output_discard(td_output *out)
{
	if (out->file && out->file != stdout) fclose(out->file);
	if (out->temporary && out->temporary[0]) unlink(out->temporary);
	forget(out);
}

/* The new name is only as safe as the folder's entry; some file systems cannot sync a folder, and that is no failure. */
static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, slash > path ? (size_t)(slash - path) : 1) : strdup(".");
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY) : -1;
	free(folder);
	if (fd < 0) return;
	fsync(fd);
	close(fd);
}

static td_status finish(td_output *out, td_error *err)
{
	if (!td_output_flush(out)) return failed(out, "write", out->error, err);
	if (out->temporary && fsync(fileno(out->file)) != 0) return failed(out, "write", errno, err);
	FILE *file = out->file;
	out->file = NULL;
	if (fclose(file) != 0) { /* some disks tell only now that they are full */
		out->error = errno;
		return failed(out, "write", errno, err);
	}
	if (!out->temporary) return TD_OK;
	if (rename(out->temporary, out->target) != 0) return failed(out, "rename the new file to it", errno, err);
	out->temporary[0] = '\0';
	sync_folder(out->target);
	return TD_OK;
}

td_status td_output_close(td_output *out, td_error *err)
{
	td_status status = finish(out, err);
	td_output_discard(out);
	return status;
}

td_status td_output_write(const char *path, const td_buf *bytes, td_error *err)
{
	td_output out;
	if (bytes->failed) return td_no_memory(err);
	TRY(td_output_open(path, true, &out, err));
	td_output_put(&out, bytes->at, bytes->n);
	return td_output_close(&out, err);
}
