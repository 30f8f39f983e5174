#include "doc/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

enum {
	CHUNK = 1 << 16,
	MAGIC = 4,          /* bytes that tell what it is */
	AUTO_WINDOW = 47,   /* zlib: the largest window, gzip or zlib header as it comes */
	BARE_WINDOW = -15,  /* zlib: no header */
	MAX_ZSTD_WINDOW = 27, /* log2: 128 MB, what the zstd program takes without being asked twice */
};

typedef enum { PLAIN, GZIP, ZSTD } packing;

struct td_stream {
	int fd;
	packing packing;
	bool known;      /* what it is has been found out */
	bool ended;      /* no byte is left in the file */
	bool within;     /* in the middle of a member or frame */
	uint64_t before; /* bytes of the file before chunk[0] */
	size_t at, n;
	z_stream zlib;
	ZSTD_DCtx *zstd;
	char chunk[CHUNK];
};

/* ---- the file ------------------------------------------------------------------------------------------------- */

/* Behind what is left in the chunk. Not fread: it would wait for a whole chunk, and a feed is to be answered document by document. */
static td_status refill(td_stream *s, td_error *err)
{
	ssize_t got;
	s->before += s->at;
	s->n -= s->at;
	memmove(s->chunk, s->chunk + s->at, s->n);
	s->at = 0;
	do got = read(s->fd, s->chunk + s->n, sizeof s->chunk - s->n);
	while (got < 0 && errno == EINTR);
	if (got < 0) return td_fail(err, TD_ERR_IO, "cannot read it: %s", strerror(errno));
	s->n += (size_t)got;
	s->ended = got == 0;
	return TD_OK;
}

static td_status damaged(const td_stream *s, const char *what, td_error *err)
{
	return td_fail_at(err, TD_ERR_DATA, s->before + s->at, TD_NOWHERE, "damaged %s data: %s", s->packing == GZIP ? "gzip" : "Zstandard", what);
}

td_status td_stream_open(const char *path, td_stream **out, td_error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	*out = NULL;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return td_fail(err, TD_ERR_IO, "cannot open it: %s", strerror(errno));
	td_stream *s = td_alloc(sizeof *s);
	if (!s) {
		if (!is_stdin) close(fd);
		return td_no_memory(err);
	}
	memset(s, 0, offsetof(td_stream, chunk));
	s->fd = fd;
	*out = s;
	return TD_OK;
}

void td_stream_close(td_stream *s)
{
	if (!s) return;
	if (s->packing == GZIP) inflateEnd(&s->zlib);
	ZSTD_freeDCtx(s->zstd);
	if (s->fd != STDIN_FILENO) close(s->fd);
	td_free(s);
}

uint64_t td_stream_at(const td_stream *s)
{
	return s->before + s->at;
}

bool td_stream_packed(const td_stream *s)
{
	return s->packing != PLAIN;
}

/* ---- unpacking ------------------------------------------------------------------------------------------------ */

static td_status start_gzip(td_stream *s, td_error *err)
{
	if (inflateInit2(&s->zlib, AUTO_WINDOW) != Z_OK) return td_no_memory(err);
	s->packing = GZIP;
	return TD_OK;
}

static td_status start_zstd(td_stream *s, td_error *err)
{
	s->packing = ZSTD;
	s->zstd = ZSTD_createDCtx();
	if (!s->zstd || ZSTD_isError(ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, MAX_ZSTD_WINDOW))) return td_no_memory(err);
	return TD_OK;
}

static td_status find_packing(td_stream *s, td_error *err)
{
	static const char gzip[] = "\x1f\x8b", zstd[] = "\x28\xb5\x2f\xfd";
	/* As few reads as tell it: one who types a line waits for its answer. */
	while (!s->ended && s->n < MAGIC && (s->n == 0 || memcmp(s->chunk, gzip, 1) == 0 || memcmp(s->chunk, zstd, s->n) == 0))
		TRY(refill(s, err));
	s->known = true;
	if (s->n >= 2 && memcmp(s->chunk, gzip, 2) == 0) return start_gzip(s, err);
	if (s->n >= MAGIC && memcmp(s->chunk, zstd, MAGIC) == 0) return start_zstd(s, err);
	return TD_OK;
}

/* Between two members: some writers fill the last block up with zeros. */
static void skip_padding(td_stream *s)
{
	while (!s->within && s->at < s->n && s->chunk[s->at] == 0) s->at++;
}

static td_status step_gzip(td_stream *s, char *to, size_t cap, size_t *n, td_error *err)
{
	skip_padding(s);
	if (s->at == s->n) return TD_OK;
	s->within = true;
	s->zlib.next_in = (Bytef *)(s->chunk + s->at);
	s->zlib.avail_in = (uInt)(s->n - s->at);
	s->zlib.next_out = (Bytef *)to;
	s->zlib.avail_out = (uInt)(cap < CHUNK ? cap : CHUNK);
	uInt room = s->zlib.avail_out;
	int code = inflate(&s->zlib, Z_NO_FLUSH);
	s->at = s->n - s->zlib.avail_in;
	*n = room - s->zlib.avail_out;
	if (code == Z_MEM_ERROR) return td_no_memory(err);
	if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return damaged(s, s->zlib.msg ? s->zlib.msg : "unreadable", err);
	if (code == Z_STREAM_END) {
		s->within = false;
		inflateReset(&s->zlib);
	}
	return TD_OK;
}

static td_status step_zstd(td_stream *s, char *to, size_t cap, size_t *n, td_error *err)
{
	ZSTD_inBuffer in = { s->chunk, s->n, s->at };
	ZSTD_outBuffer out = { to, cap, 0 };
	size_t left = ZSTD_decompressStream(s->zstd, &out, &in);
	s->at = in.pos;
	*n = out.pos;
	if (ZSTD_isError(left)) return damaged(s, ZSTD_getErrorName(left), err);
	s->within = left != 0;
	return TD_OK;
}

/* Unpacking may take bytes and give none, or give bytes without taking any: what it holds back comes out before more is read. */
static td_status read_packed(td_stream *s, char *to, size_t cap, size_t *n, td_error *err)
{
	for (;;) {
		size_t was = s->at;
		if (s->at < s->n || s->within) TRY(s->packing == GZIP ? step_gzip(s, to, cap, n, err) : step_zstd(s, to, cap, n, err));
		if (*n > 0) return TD_OK;
		if (s->at > was && s->at < s->n) continue;
		if (s->ended) return s->within ? damaged(s, "cut off in the middle", err) : TD_OK;
		TRY(refill(s, err));
	}
}

td_status td_stream_read(td_stream *s, char *to, size_t cap, size_t *n, td_error *err)
{
	*n = 0;
	if (!s->known) TRY(find_packing(s, err));
	if (s->packing != PLAIN) return read_packed(s, to, cap, n, err);
	if (s->at == s->n && !s->ended) TRY(refill(s, err));
	*n = s->n - s->at < cap ? s->n - s->at : cap;
	memcpy(to, s->chunk + s->at, *n);
	s->at += *n;
	return TD_OK;
}

/* ---- in memory ------------------------------------------------------------------------------------------------- */

static int inflate_all(z_stream *z, size_t limit, td_buf *out)
{
	char chunk[1 << 14];
	int code = Z_OK;
	while (code == Z_OK && out->n <= limit && !out->failed) {
		z->next_out = (Bytef *)chunk;
		z->avail_out = sizeof chunk;
		code = inflate(z, Z_NO_FLUSH);
		td_buf_add(out, chunk, sizeof chunk - z->avail_out);
	}
	return code;
}

static td_status inflate_with(int window, td_str packed, size_t limit, td_buf *out, td_error *err)
{
	z_stream z = { .next_in = (Bytef *)packed.at, .avail_in = (uInt)packed.n };
	if (packed.n > UINT32_MAX) return td_fail(err, TD_ERR_LIMIT, "%zu packed bytes are too many", packed.n);
	if (inflateInit2(&z, window) != Z_OK) return td_no_memory(err);
	int code = inflate_all(&z, limit, out);
	uint64_t at = packed.n - z.avail_in;
	inflateEnd(&z);
	if (out->failed || code == Z_MEM_ERROR) return td_no_memory(err);
	if (out->n > limit) return td_fail(err, TD_ERR_LIMIT, "more than %zu bytes when unpacked", limit);
	return code == Z_STREAM_END ? TD_OK : td_fail_at(err, TD_ERR_DATA, at, TD_NOWHERE, "damaged gzip data");
}

td_status td_inflate(td_str packed, size_t limit, td_buf *out, td_error *err)
{
	size_t before = out->n;
	td_status status = inflate_with(AUTO_WINDOW, packed, limit, out, err);
	if (status != TD_ERR_DATA || td_str_starts(packed, TD_STR("\x1f\x8b"))) return status;
	out->n = before;
	return inflate_with(BARE_WINDOW, packed, limit, out, err);
}
