#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static td_status map_open_file(const char *path, int fd, td_mapped *out, td_error *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0) return td_fail(err, TD_ERR_IO, "%s: cannot look at it: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode)) return td_fail(err, TD_ERR_IO, "%s: not a regular file", path);
	if (st.st_size == 0) return TD_OK;
	void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED) return td_fail(err, TD_ERR_IO, "%s: cannot map it: %s", path, strerror(errno));
	*out = (td_mapped){ { map, (size_t)st.st_size }, map };
	return TD_OK;
}

td_status td_map_file(const char *path, td_mapped *out, td_error *err)
{
	*out = (td_mapped){ 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return td_fail(err, TD_ERR_IO, "%s: cannot open it: %s", path, strerror(errno));
	td_status status = map_open_file(path, fd, out, err);
	(void)close(fd);
	return status;
}

void td_unmap_file(td_mapped *mapped)
{
	if (mapped->map_) (void)munmap(mapped->map_, mapped->bytes.n);
	*mapped = (td_mapped){ 0 };
}

const void *td_at(td_str bytes, uint64_t offset, uint64_t count, size_t size, size_t align)
{
	size_t n;
	if (offset > bytes.n || count > SIZE_MAX || !td_mul_size((size_t)count, size, &n)) return NULL;
	if (n > bytes.n - offset || offset % align != 0) return NULL;
	return bytes.at + offset;
}

uint32_t td_crc32(td_str bytes)
{
	uLong crc = crc32(0, NULL, 0);
	while (bytes.n) {
		uInt n = bytes.n > 1u << 30 ? 1u << 30 : (uInt)bytes.n;
		crc = crc32(crc, (const Bytef *)bytes.at, n);
		bytes = (td_str){ bytes.at + n, bytes.n - n };
	}
	return (uint32_t)crc;
}

td_status td_fingerprint_file(const char *path, uint64_t *h, td_error *err)
{
	enum { WHOLE = 16 << 20, HEAD = 1 << 16 };
	td_mapped file;
	TRY(td_map_file(path, &file, err));
	td_str bytes = file.bytes;
	*h = td_hash_mix(*h, bytes.n);
	if (bytes.n > WHOLE) bytes.n = HEAD;
	*h = td_hash_mix(*h, td_hash(bytes));
	td_unmap_file(&file);
	return TD_OK;
}

/* ---- where the program's data lie ---- */

enum { MAX_PATH = 4096 };

static bool exists(const char *folder, const char *below, const char *name, char *out, size_t cap)
{
	int n = snprintf(out, cap, "%s%s/%s", folder, below, name);
	return n > 0 && (size_t)n < cap && access(out, R_OK) == 0;
}

/* The folder of the running program, for a copy that was not installed. */
static bool program_folder(char *out, size_t cap)
{
	ssize_t n = readlink("/proc/self/exe", out, cap - 1);
	if (n <= 0) return false;
	out[n] = '\0';
	char *slash = strrchr(out, '/');
	if (slash) *slash = '\0';
	return slash != NULL;
}

td_status td_data_path(const char *name, char *out, size_t cap, td_error *err)
{
	char here[MAX_PATH];
	const char *env = getenv("TIDINGS_DATA");
	if (env && *env) {
		if (exists(env, "", name, out, cap)) return TD_OK;
		return td_fail(err, TD_ERR_IO, "%s: not found in $TIDINGS_DATA (%s)", name, env);
	}
	bool known = program_folder(here, sizeof here);
	if (known && exists(here, "/share", name, out, cap)) return TD_OK;
	if (known && exists(here, "/../share", name, out, cap)) return TD_OK;
	if (known && exists(here, "/../share/tidings", name, out, cap)) return TD_OK;
	if (exists(TD_DATADIR, "", name, out, cap)) return TD_OK;
	return td_fail(err, TD_ERR_IO, "%s: not found in %.200s/share, ../share/tidings beside it, nor " TD_DATADIR
		"; set TIDINGS_DATA to its folder", name, known ? here : ".");
}
