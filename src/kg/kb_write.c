/* The file of the knowledge base on its way to the disk. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "kg/kb_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static char *name_beside(const char *path, const char *suffix)
{
	size_t n = strlen(path) + 48;
	char *name = td_alloc(n);
	if (name) (void)snprintf(name, n, "%s.%ld%s", path, (long)getpid(), suffix);
	return name;
}

static td_status io_failed(const char *path, const char *what, td_error *err)
{
	return td_fail(err, TD_ERR_IO, "%s: %s: %s", path, what, strerror(errno));
}

/* ---- temporary files ----------------------------------------------------------------------------------------- */

static int open_nameless(const char *beside, mode_t mode)
{
	char *folder = name_beside(beside, "");
	if (!folder) return -1;
	char *slash = strrchr(folder, '/');
	if (slash) slash[slash == folder] = '\0';
	int fd = open(slash ? folder : ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
	td_free(folder);
	return fd;
}

td_status td_kb_temporary(const char *beside, FILE **out, td_error *err)
{
	*out = NULL;
	int fd = open_nameless(beside, 0600);
	if (fd < 0) { /* a file system that cannot: it has a name for a moment */
		char *name = name_beside(beside, ".XXXXXX");
		if (!name) return td_no_memory(err);
		fd = mkstemp(name);
		if (fd >= 0) (void)unlink(name);
		td_free(name);
	}
	if (fd < 0) return io_failed(beside, "cannot make a temporary file beside it", err);
	*out = fdopen(fd, "w+b");
	if (*out) return TD_OK;
	(void)close(fd);
	return td_no_memory(err);
}

/* ---- the file ------------------------------------------------------------------------------------------------ */

/* A device would not be written to, but replaced. */
static td_status check_target(const char *path, td_error *err)
{
	struct stat st;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) return td_fail(err, TD_ERR_IO, "%s: not a regular file", path);
	return TD_OK;
}

td_status td_kb_writer_check(const char *path, td_error *err)
{
	FILE *file;
	TRY(check_target(path, err));
	TRY(td_kb_temporary(path, &file, err));
	(void)fclose(file);
	return TD_OK;
}

td_status td_kb_writer_open(const char *path, kb_writer *w, td_error *err)
{
	static const kb_header blank;
	TRY(check_target(path, err));
	*w = (kb_writer){ .path = path, .temp = name_beside(path, ".tmp"), .nameless = true };
	if (!w->temp) return td_no_memory(err);
	int fd = open_nameless(path, 0666);
	if (fd < 0) {
		w->nameless = false;
		fd = open(w->temp, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	}
	if (fd >= 0) w->file = fdopen(fd, "w+b");
	if (w->file && fwrite(&blank, sizeof blank, 1, w->file) == 1) return TD_OK;
	td_status status = io_failed(path, "cannot create it", err);
	if (fd >= 0 && !w->file) (void)close(fd);
	td_kb_writer_drop(w);
	return status;
}

void td_kb_writer_drop(kb_writer *w)
{
	if (w->file) (void)fclose(w->file);
	if (w->file && !w->nameless) (void)remove(w->temp);
	td_free(w->temp);
	td_buf_free(&w->sums);
	*w = (kb_writer){ .file = NULL };
}

static void end_block(kb_writer *w)
{
	td_buf_add(&w->sums, &w->block, sizeof w->block);
	w->block = 0;
}

/* The checksums of blocks come to that of the whole, too: a byte is looked at once. */
static void sum(kb_writer *w, const char *at, size_t n)
{
	while (n) {
		size_t room = KB_BLOCK - w->n % KB_BLOCK, take = n < room ? n : room;
		w->block = (uint32_t)crc32(w->block, (const Bytef *)at, (uInt)take);
		w->n += take;
		at += take;
		n -= take;
		if (w->n % KB_BLOCK == 0) {
			w->crc = (uint32_t)crc32_combine(w->crc, w->block, KB_BLOCK);
			end_block(w);
		}
	}
}

td_status td_kb_writer_put(kb_writer *w, const void *bytes, size_t n, td_error *err)
{
	if (n && fwrite(bytes, 1, n, w->file) != n) return io_failed(w->path, "cannot write it", err);
	sum(w, bytes, n);
	return w->sums.failed ? td_no_memory(err) : TD_OK;
}

static void seal(kb_writer *w, kb_header *header)
{
	uint64_t tail = w->n % KB_BLOCK;
	if (tail) {
		w->crc = (uint32_t)crc32_combine(w->crc, w->block, (z_off_t)tail);
		end_block(w);
	}
	if (w->n <= KB_WHOLE) w->sums.n = 0;
	header->n_sums = (uint32_t)(w->sums.n / sizeof(uint32_t));
	const Bytef *rest = (const Bytef *)header + KB_CRC_FROM;
	uint32_t head = (uint32_t)crc32(0, rest, sizeof *header - KB_CRC_FROM);
	if (header->n_sums) header->crc = (uint32_t)crc32_combine(head, td_crc32(td_buf_view(&w->sums)), (z_off_t)w->sums.n);
	else header->crc = (uint32_t)crc32_combine(head, w->crc, (z_off_t)w->n);
}

static td_status finish(kb_writer *w, const kb_header *header, td_error *err)
{
	bool ok = !w->sums.n || fwrite(w->sums.at, 1, w->sums.n, w->file) == w->sums.n;
	ok = ok && fseeko(w->file, 0, SEEK_SET) == 0 && fwrite(header, sizeof *header, 1, w->file) == 1;
	if (!ok || fflush(w->file) != 0 || fsync(fileno(w->file)) != 0) return io_failed(w->path, "cannot write it", err);
	return TD_OK;
}

/* A reader sees the old file or the new one. */
static td_status put_in_place(kb_writer *w, td_error *err)
{
	char self[64];
	if (w->nameless) {
		(void)snprintf(self, sizeof self, "/proc/self/fd/%d", fileno(w->file));
		(void)remove(w->temp);
		if (linkat(AT_FDCWD, self, AT_FDCWD, w->temp, AT_SYMLINK_FOLLOW) != 0) return io_failed(w->temp, "cannot give the file a name", err);
		w->nameless = false;
	}
	if (rename(w->temp, w->path) != 0) return io_failed(w->path, "cannot put it in place", err);
	w->nameless = true; /* nothing is left to remove */
	return TD_OK;
}

td_status td_kb_writer_close(kb_writer *w, kb_header *header, uint64_t n_pool, td_error *err)
{
	static const char zeros[4];
	size_t padding = (4 - n_pool % 4) % 4;
	td_status status = td_kb_writer_put(w, zeros, padding, err);

	memcpy(header->magic, TD_KB_MAGIC, sizeof header->magic);
	header->order = TD_KB_ORDER;
	header->version = TD_KB_VERSION;
	header->n_pool = (uint32_t)(n_pool + padding);
	header->n_pool_high = (uint32_t)((n_pool + padding) >> 32);
	header->pad = 0;
	seal(w, header);
	if (status == TD_OK && w->sums.failed) status = td_no_memory(err);
	if (status == TD_OK) status = finish(w, header, err);
	if (status == TD_OK) status = put_in_place(w, err);
	td_kb_writer_drop(w);
	return status;
}
