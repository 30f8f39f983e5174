/* What the user is told while the program runs: messages and a line of progress, all on standard error, all by the main thread. */
#ifndef TD_PROGRESS_H
#define TD_PROGRESS_H

#include "cli/tally.h"
#include "doc/source.h"

typedef struct {
	bool quiet, verbose;
	bool live;    /* a line of progress is kept up to date: standard error is a terminal */
	bool showing; /* it is on the screen now */
	bool uploading;
	bool summary; /* words, triples and seconds are said at the end */
	td_tally tally;
	const td_source *source; /* tells how far the run is; NULL: nobody does */
	uint64_t started, shown; /* nanoseconds of the monotonic clock */
} td_progress;

void td_progress_start(td_progress *progress, bool quiet, bool verbose);
void td_progress_step(td_progress *progress); /* brings the line up to date, some times a second */
void td_progress_clear(td_progress *progress); /* takes it off the screen */

double td_progress_seconds(const td_progress *progress); /* since the start */

void td_progress_end(td_progress *progress);   /* the summary */

/* "tidings: NAME: line 3: byte 17: what went wrong"; `name` may be NULL. `progress` may be NULL. */
void td_report(td_progress *progress, const char *name, const td_error *err);
/* "tidings: …", with -v only. */
void td_tell(td_progress *progress, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
