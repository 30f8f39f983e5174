#include "cli/batch.h"

#include <pthread.h>
#include <stdlib.h>

enum { WINDOW_PER_THREAD = 4, MAX_THREADS = 256 };

typedef struct {
	const td_batch *batch;
	pthread_mutex_t reading; /* held around next(); taken before `lock`, never behind it */
	pthread_mutex_t lock;    /* of all below */
	pthread_cond_t room, ready;
	td_item *items; /* ring: input i lies at i % window */
	size_t window;
	uint64_t read, emitted;
	bool ended; /* no input is left */
} pool;

static void wake(const pool *p)
{
	if (p->batch->idle) p->batch->wake(p->batch->context);
}

/* ---- workers ------------------------------------------------------------------------------------------------- */

/* Waits until the ring has room for one more; NULL when there is no input left. */
static td_item *wait_for_room(pool *p)
{
	td_item *item = NULL;
	pthread_mutex_lock(&p->lock);
	while (!p->ended && p->read - p->emitted == p->window) pthread_cond_wait(&p->room, &p->lock);
	if (!p->ended) item = &p->items[p->read % p->window];
	pthread_mutex_unlock(&p->lock);
	return item;
}

/* Reads the next input into its item; NULL when there is none left. */
static td_item *take(pool *p)
{
	bool done = false;
	pthread_mutex_lock(&p->reading);
	td_item *item = wait_for_room(p);
	if (item) {
		item->err = (td_error){ .byte = TD_NOWHERE, .line = TD_NOWHERE };
		td_graph_reset(&item->graph);
		item->status = p->batch->next(p->batch->context, &item->in, &done, &item->err);
		pthread_mutex_lock(&p->lock);
		p->ended = done;
		if (!done) p->read++;
		if (done) pthread_cond_signal(&p->ready);
		pthread_mutex_unlock(&p->lock);
		if (done) wake(p);
	}
	pthread_mutex_unlock(&p->reading);
	return done ? NULL : item;
}

static void work(pool *p, td_worker **worker, td_item *item)
{
	if (item->status == TD_OK && !*worker) item->status = td_worker_open(p->batch->engine, worker, &item->err);
	if (item->status == TD_OK) item->status = p->batch->work(p->batch->context, *worker, item, &item->err);
	pthread_mutex_lock(&p->lock);
	item->ready = true;
	pthread_cond_signal(&p->ready);
	pthread_mutex_unlock(&p->lock);
	wake(p);
}

static void add_stats(pool *p, const td_worker_stats *more)
{
	td_worker_stats *sum = p->batch->stats;
	if (!sum) return;
	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < TD_STAGE_COUNT; i++) sum->ns[i] += more->ns[i];
	sum->graph_ns += more->graph_ns;
	sum->words += more->words;
	sum->documents += more->documents;
	pthread_mutex_unlock(&p->lock);
}

static void *worker_main(void *argument)
{
	pool *p = argument;
	td_worker *worker = NULL;
	td_item *item;
	while ((item = take(p)) != NULL) work(p, &worker, item);
	if (worker) add_stats(p, td_worker_statistics(worker));
	td_worker_close(worker);
	return NULL;
}

/* ---- the main thread ----------------------------------------------------------------------------------------- */

/* Something else to do, without the lock? */
static bool idle(pool *p)
{
	if (!p->batch->idle) return false;
	pthread_mutex_unlock(&p->lock);
	bool busy = p->batch->idle(p->batch->context);
	pthread_mutex_lock(&p->lock);
	return busy;
}

/* The next item in input order, when it is ready; NULL when all were emitted. */
static td_item *wait_for_item(pool *p)
{
	td_item *item = NULL;
	pthread_mutex_lock(&p->lock);
	for (bool busy = true;;) {
		td_item *first = &p->items[p->emitted % p->window];
		if (p->emitted < p->read && first->ready) item = first;
		if (item || (p->ended && p->emitted == p->read)) break;
		if (busy) busy = idle(p); /* and look again, as the lock was let go */
		else pthread_cond_wait(&p->ready, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return item;
}

static void give_room(pool *p, td_item *item)
{
	pthread_mutex_lock(&p->lock);
	item->ready = false;
	p->emitted++;
	pthread_cond_signal(&p->room);
	pthread_mutex_unlock(&p->lock);
}

/* All items in order; false when emit stopped the run. */
static bool emit_all(pool *p)
{
	td_item *item;
	while ((item = wait_for_item(p)) != NULL) {
		if (!p->batch->emit(p->batch->context, item)) return false;
		give_room(p, item);
	}
	return true;
}

static td_status pool_open(const td_batch *batch, pool **out, td_error *err)
{
	pool *p = calloc(1, sizeof *p);
	if (!p) return td_no_memory(err);
	p->batch = batch;
	p->window = (size_t)batch->threads * WINDOW_PER_THREAD;
	p->items = calloc(p->window, sizeof *p->items);
	if (!p->items) {
		free(p);
		return td_no_memory(err);
	}
	for (size_t i = 0; i < p->window; i++) {
		td_input_init(&p->items[i].in);
		td_graph_init(&p->items[i].graph);
	}
	pthread_mutex_init(&p->reading, NULL);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->room, NULL);
	pthread_cond_init(&p->ready, NULL);
	*out = p;
	return TD_OK;
}

static void pool_close(pool *p)
{
	for (size_t i = 0; i < p->window; i++) {
		td_input_free(&p->items[i].in);
		td_graph_free(&p->items[i].graph);
		td_buf_free(&p->items[i].text);
	}
	pthread_cond_destroy(&p->ready);
	pthread_cond_destroy(&p->room);
	pthread_mutex_destroy(&p->lock);
	pthread_mutex_destroy(&p->reading);
	free(p->items);
	free(p);
}

td_status td_batch_run(const td_batch *batch, bool *stopped, td_error *err)
{
	pool *p = NULL;
	pthread_t threads[MAX_THREADS];
	unsigned n = 0;
	*stopped = false;
	if (batch->threads < 1 || batch->threads > MAX_THREADS) return td_fail(err, TD_ERR_LIMIT, "between 1 and %d threads are possible", MAX_THREADS);
	TRY(pool_open(batch, &p, err));
	while (n < batch->threads && pthread_create(&threads[n], NULL, worker_main, p) == 0) n++;
	if (n == 0) {
		pool_close(p);
		return td_fail(err, TD_ERR_LIMIT, "cannot start a thread; the system's limit is reached");
	}
	*stopped = !emit_all(p);
	if (*stopped) return TD_OK;
	for (unsigned i = 0; i < n; i++) pthread_join(threads[i], NULL);
	pool_close(p);
	return TD_OK;
}
