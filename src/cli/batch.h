/* Many documents through N workers, out in the order in which they came.
 *
 *     next() ──▶ [ item ][ item ][ item ] … a ring of WINDOW items ──▶ emit()
 *     one thread      work() on each, N at once                        the main thread, input order
 *
 * A worker takes the next input, works on it, and marks its item ready; the main thread emits items in order. Nobody
 * reads further ahead than the window, so that memory is bounded whatever the input. */
#ifndef TD_BATCH_H
#define TD_BATCH_H

#include "cli/tally.h"
#include "lib/engine.h"

typedef struct {
	td_input in;
	td_graph graph; /* what work() made, either of these two; has a name as soon as one is known */
	td_buf text;
	td_counts counts;    /* of the document */
	char content[TD_CONTENT_CAP]; /* hash of what the graph was made of */
	bool done_before;    /* an earlier run has done it: graph has its name only */
	td_status status; /* of next() or work() */
	td_error err;
	bool ready;
} td_item;

typedef struct {
	/* As td_source_next: one call at a time, but from any worker. */
	td_status (*next)(void *context, td_input *in, bool *done, td_error *err);
	/* In the workers, several at once; `worker` belongs to the caller's thread. */
	td_status (*work)(const void *context, td_worker *worker, td_item *item, td_error *err);
	/* In the main thread. false stops the run. */
	bool (*emit)(void *context, td_item *item);
	/* While no item is ready, in the main thread: goes on with something else for a moment, or until wake(); false: there is nothing
	 * else. wake() is called in the workers, whenever an item became ready. idle may be NULL. */
	bool (*idle)(void *context);
	void (*wake)(void *context);
	void *context;
	const td_engine *engine;
	unsigned threads;
	td_worker_stats *stats; /* sums over the workers, or NULL */
} td_batch;

/* TD_OK when all was emitted; *stopped when emit said so. The threads are left behind then, as one of them may wait for input
 * that never comes: the caller has to end the process (_exit). */
td_status td_batch_run(const td_batch *batch, bool *stopped, td_error *err);

#endif
