/* To be preloaded: the allocation number $FAIL_AT of the process fails, whoever asks for it, and so do $FAIL_MORE behind it. At the end
 * $FAIL_SEEN, if it is set, gets a byte when that has come to pass. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

static _Atomic long count, from = -1, to;

static int fails(void)
{
	long n = atomic_fetch_add(&count, 1), first = atomic_load(&from);
	if (first < 0) return 0;
	if (n < first || n > atomic_load(&to)) return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *calloc(size_t count_, size_t n)
{
	return fails() ? NULL : __libc_calloc(count_, n);
}

void *realloc(void *old, size_t n)
{
	return fails() ? NULL : __libc_realloc(old, n);
}

/* What the loader and the libraries' own beginnings ask for is not counted. */
__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAIL_AT"), *more = getenv("FAIL_MORE");
	if (!at) return;
	atomic_store(&count, 0);
	atomic_store(&to, atol(at) + (more ? atol(more) : 0));
	atomic_store(&from, atol(at));
}

__attribute__((destructor)) static void end(void)
{
	const char *seen = getenv("FAIL_SEEN");
	int fd = seen && atomic_load(&count) > atomic_load(&from) ? open(seen, O_WRONLY | O_CREAT, 0666) : -1;
	if (fd >= 0) close(fd);
}
