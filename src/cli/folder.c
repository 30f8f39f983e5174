#include "cli/folder.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/sha2.h>


enum {
	MAX_SLUG = 60,
	HASH_BYTES = 16, /* of SHA-256: nobody finds two names with the same 128 bits */
	SUFFIX = 7,      /* ".XXXXXX" of a file that is being written */
};

static const char *const endings[TD_FORMAT_COUNT] = {
	[TD_TURTLE] = "ttl", [TD_TRIG] = "trig", [TD_NTRIPLES] = "nt", [TD_NQUADS] = "nq", [TD_RDFXML] = "rdf", [TD_DOT] = "dot",
};

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
}

/* What stands behind the last slash, other characters as one hyphen. */
static void put_slug(td_str iri, td_buf *out)
{
	size_t from = iri.n;
	while (from > 0 && iri.at[from - 1] == '/') from--;
	while (from > 0 && iri.at[from - 1] != '/') from--;
	size_t start = out->n;
	for (size_t i = from; i < iri.n && out->n - start < MAX_SLUG; i++) {
		if (is_plain(iri.at[i]) && (out->n > start || iri.at[i] != '.')) td_buf_char(out, iri.at[i]);
		else if (out->n > start && out->at[out->n - 1] != '-') td_buf_char(out, '-');
	}
	if (out->n > start && out->at[out->n - 1] != '-') td_buf_char(out, '-');
}

void td_folder_name(const td_folder *folder, td_str iri, td_buf *out)
{
	struct sha256_ctx sha;
	uint8_t digest[HASH_BYTES];
	sha256_init(&sha);
	sha256_update(&sha, iri.n, (const uint8_t *)iri.at);
	sha256_digest(&sha, sizeof digest, digest);
	put_slug(iri, out);
	for (size_t i = 0; i < sizeof digest; i++) td_buf_printf(out, "%02x", digest[i]);
	td_buf_printf(out, ".%s", folder->ending);
	td_buf_char(out, '\0');
}

/* "…HASH.nq.AbC123": nobody but us makes such names. */
static bool is_leftover(const td_folder *folder, const char *name)
{
	size_t n = strlen(name), tail = strlen(folder->ending) + 1 + SUFFIX;
	if (n < tail + 2 * (size_t)HASH_BYTES || name[n - SUFFIX] != '.') return false;
	const char *hash = name + n - tail - 2 * HASH_BYTES;
	return strspn(hash, "0123456789abcdef") == 2 * HASH_BYTES && hash[2 * HASH_BYTES] == '.' &&
	       strncmp(hash + 2 * HASH_BYTES + 1, folder->ending, strlen(folder->ending)) == 0;
}

void td_folder_sweep(const td_folder *folder)
{
	DIR *dir = opendir(folder->path);
	struct dirent *entry;
	while (dir && (entry = readdir(dir)) != NULL)
		if (is_leftover(folder, entry->d_name)) (void)unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir) closedir(dir);
}

td_status td_folder_open(const char *path, td_format format, td_folder *out, td_error *err)
{
	struct stat st;
	*out = (td_folder){ path, format, endings[format] };
	if (mkdir(path, 0777) != 0 && errno != EEXIST) return td_fail(err, TD_ERR_IO, "%s: cannot make the folder: %s", path, strerror(errno));
	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) return td_fail(err, TD_ERR_IO, "%s: is no folder", path);
	if (access(path, W_OK) != 0) return td_fail(err, TD_ERR_IO, "%s: cannot write there: %s", path, strerror(errno));
	return TD_OK;
}

static td_buf path_of(const td_folder *folder, td_str iri)
{
	td_buf path = { 0 };
	td_buf_printf(&path, "%s/", folder->path);
	td_folder_name(folder, iri, &path);
	return path;
}

bool td_folder_has(const td_folder *folder, td_str iri)
{
	td_buf path = path_of(folder, iri);
	bool there = !path.failed && access(path.at, F_OK) == 0;
	td_buf_free(&path);
	return there;
}

td_status td_folder_drop(const td_folder *folder, td_str iri, td_error *err)
{
	td_buf path = path_of(folder, iri);
	td_status status = path.failed ? td_no_memory(err) : TD_OK;
	if (status == TD_OK && unlink(path.at) != 0 && errno != ENOENT)
		status = td_fail(err, TD_ERR_IO, "%s: cannot take it away: %s", path.at, strerror(errno));
	td_buf_free(&path);
	return status;
}

td_status td_folder_create(const td_folder *folder, td_str iri, td_output *out, td_error *err)
{
	td_buf path = path_of(folder, iri);
	td_status status = path.failed ? td_no_memory(err) : td_output_open(path.at, false, out, err);
	td_buf_free(&path);
	return status;
}
