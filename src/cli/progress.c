#include "cli/progress.h"

#include <time.h>
#include <unistd.h>

enum { SECOND = 1000000000, REDRAW = SECOND / 5 };

static uint64_t now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

void td_progress_start(td_progress *progress, bool quiet, bool verbose)
{
	*progress = (td_progress){ .quiet = quiet, .verbose = verbose, .live = !quiet && !verbose && isatty(STDERR_FILENO) };
	progress->started = progress->shown = now();
}

void td_progress_step(td_progress *progress)
{
	uint64_t t = now();
	if (!progress->live || t - progress->shown < REDRAW) return;
	progress->shown = t;
	progress->showing = true;
	double seconds = (double)(t - progress->started) / SECOND;
	fprintf(stderr, "\r\033[K%llu documents, %llu failed, %llu triples, %.0f documents a second",
		(unsigned long long)progress->documents, (unsigned long long)progress->failed, (unsigned long long)progress->triples,
		(double)progress->documents / seconds);
	fflush(stderr);
}

void td_progress_clear(td_progress *progress)
{
	if (!progress->showing) return;
	fputs("\r\033[K", stderr);
	progress->showing = false;
}

void td_progress_end(td_progress *progress)
{
	td_progress_clear(progress);
	if (progress->quiet) return;
	if (progress->documents > 1 && (progress->failed || progress->verbose))
		fprintf(stderr, "tidings: %llu of %llu documents failed\n", (unsigned long long)progress->failed,
			(unsigned long long)progress->documents);
	if (progress->uploading) fprintf(stderr, "tidings: graphs confirmed by the store: %llu\n", (unsigned long long)progress->sent);
}

/* Names of files and texts out of documents may hold anything: no control character of theirs reaches the terminal. */
static void put_safe(const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		fputc(c < 0x20 || c == 0x7f ? '?' : c, stderr);
	}
}

void td_report(td_progress *progress, const char *name, const td_error *err)
{
	if (progress) td_progress_clear(progress);
	td_str text = td_str_of(err->text);
	fputs("tidings: ", stderr);
	/* Errors of files begin with the file's name: once is enough. */
	if (name && *name && !(td_str_starts(text, td_str_of(name)) && err->text[strlen(name)] == ':')) {
		put_safe(name);
		fputs(": ", stderr);
	}
	if (err->line != TD_NOWHERE) fprintf(stderr, "line %llu: ", (unsigned long long)err->line);
	if (err->byte != TD_NOWHERE) fprintf(stderr, "byte %llu: ", (unsigned long long)err->byte);
	put_safe(err->text);
	fputc('\n', stderr);
}

void td_tell(td_progress *progress, const char *fmt, ...)
{
	char text[1024];
	va_list args;
	if (!progress->verbose) return;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	fputs("tidings: ", stderr);
	put_safe(text);
	fputc('\n', stderr);
}
