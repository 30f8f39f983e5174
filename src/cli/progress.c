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

double td_progress_seconds(const td_progress *progress)
{
	return (double)(now() - progress->started + 1) / SECOND;
}

/* As if the rest took as long a byte as what was read so far; nothing while it is too early to tell. */
static void put_time_left(const td_progress *progress)
{
	enum { EARLIEST = 1 }; /* seconds */
	uint64_t read = 0, all = 0;
	double seconds = td_progress_seconds(progress);
	if (progress->source) td_source_progress(progress->source, &read, &all);
	if (!read || read > all || seconds < EARLIEST) return;
	uint64_t left = (uint64_t)(seconds * (double)(all - read) / (double)read + 0.5);
	fprintf(stderr, ", %llu:%02u:%02u left", (unsigned long long)(left / 3600), (unsigned)(left / 60 % 60), (unsigned)(left % 60));
}

void td_progress_step(td_progress *progress)
{
	uint64_t t = now();
	if (!progress->live || t - progress->shown < REDRAW) return;
	progress->shown = t;
	progress->showing = true;
	const td_tally *tally = &progress->tally;
	fprintf(stderr, "\r\033[K%llu documents, %.0f words/s, %llu triples, %llu errors", (unsigned long long)tally->documents,
		(double)tally->sum.words / td_progress_seconds(progress), (unsigned long long)tally->triples, (unsigned long long)tally->failed);
	put_time_left(progress);
	fflush(stderr);
}

void td_progress_clear(td_progress *progress)
{
	if (!progress->showing) return;
	fputs("\r\033[K", stderr);
	progress->showing = false;
}

static unsigned long long of(uint64_t n)
{
	return (unsigned long long)n;
}

/* One document needs no summary: its graph is what there is to see. */
static void print_summary(const td_progress *progress)
{
	const td_tally *tally = &progress->tally;
	double seconds = td_progress_seconds(progress);
	fprintf(stderr, "tidings: %llu of %llu documents failed; ", of(tally->failed), of(tally->documents));
	if (tally->resumed) fprintf(stderr, "%llu were done before; ", of(tally->resumed));
	if (tally->dropped) fprintf(stderr, "%llu have vanished and were dropped; ", of(tally->dropped));
	else if (tally->vanished) fprintf(stderr, "%llu have vanished (--drop-vanished takes them away); ", of(tally->vanished));
	if (tally->no_page) fprintf(stderr, "%llu records without a page; ", of(tally->no_page));
	fprintf(stderr, "%llu words, %llu triples in %.1f s, %.0f words/s\n", of(tally->sum.words), of(tally->triples), seconds,
		(double)tally->sum.words / seconds);
}

void td_progress_end(td_progress *progress)
{
	td_progress_clear(progress);
	if (progress->quiet) return;
	if (progress->summary && (progress->tally.documents > 1 || progress->tally.no_page || progress->tally.vanished)) print_summary(progress);
	if (progress->uploading) fprintf(stderr, "tidings: graphs confirmed by the store: %llu\n", of(progress->tally.sent));
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
