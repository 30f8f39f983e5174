/* The public library as a stranger uses it: errors, formats, sinks that fail, two threads on the same data. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <tidings.h>

static const char news[] = "Barack Obama met Angela Merkel in Berlin on Wednesday.";

#define CHECK(what) \
	do { \
		if (!(what)) { \
			fprintf(stderr, "line %d: %s\n", __LINE__, #what); \
			exit(1); \
		} \
	} while (0)

typedef struct {
	char bytes[1 << 16];
	size_t n;
} sink;

static int keep(void *to, const char *bytes, size_t n)
{
	sink *s = to;
	if (n > sizeof s->bytes - s->n) return -1;
	memcpy(s->bytes + s->n, bytes, n);
	s->n += n;
	return 0;
}

static int refuse(void *to, const char *bytes, size_t n)
{
	(void)to, (void)bytes, (void)n;
	return -1;
}

static void check_errors(tidings *t)
{
	static const char bad[] = "Ten bytes.\xff";
	tidings_error err;
	tidings_meta meta = TIDINGS_META;
	sink s = { .n = 0 };
	CHECK(tidings_build(t, bad, sizeof bad - 1, NULL, TIDINGS_TURTLE, keep, &s, &err) == TIDINGS_UTF8);
	CHECK(err.status == TIDINGS_UTF8 && err.byte == 10 && err.text[0] && s.n == 0);
	CHECK(tidings_build(t, "", 0, NULL, TIDINGS_TURTLE, keep, &s, &err) == TIDINGS_EMPTY);
	CHECK(tidings_build(t, NULL, 0, NULL, TIDINGS_TURTLE, keep, &s, NULL) == TIDINGS_EMPTY);
	CHECK(tidings_build(t, news, strlen(news), NULL, (tidings_format)99, keep, &s, &err) == TIDINGS_USAGE);
	CHECK(tidings_build(t, news, strlen(news), NULL, TIDINGS_TURTLE, refuse, NULL, &err) == TIDINGS_IO);
	meta.date = "Wednesday";
	CHECK(tidings_build(t, news, strlen(news), &meta, TIDINGS_TURTLE, keep, &s, &err) == TIDINGS_USAGE);
	meta.date = NULL;
	meta.url = "not absolute";
	CHECK(tidings_build(t, news, strlen(news), &meta, TIDINGS_TURTLE, keep, &s, &err) == TIDINGS_USAGE);
	meta.url = NULL;
	meta.title = "\xc3";
	CHECK(tidings_build(t, news, strlen(news), &meta, TIDINGS_TURTLE, keep, &s, &err) == TIDINGS_UTF8);
	CHECK(s.n == 0);
}

static void check_formats(tidings *t)
{
	for (int f = TIDINGS_TURTLE; f <= TIDINGS_DOT; f++) {
		sink s = { .n = 0 }, again = { .n = 0 };
		CHECK(tidings_build(t, news, strlen(news), NULL, (tidings_format)f, keep, &s, NULL) == TIDINGS_OK && s.n > 100);
		CHECK(tidings_build(t, news, strlen(news), NULL, (tidings_format)f, keep, &again, NULL) == TIDINGS_OK);
		CHECK(s.n == again.n && memcmp(s.bytes, again.bytes, s.n) == 0);
	}
}

static void *build_often(void *handle)
{
	sink *last = calloc(1, sizeof *last);
	for (int i = 0; last && i < 20; i++) {
		last->n = 0;
		CHECK(tidings_build(handle, news, strlen(news), NULL, TIDINGS_NQUADS, keep, last, NULL) == TIDINGS_OK);
	}
	return last;
}

static void check_threads(tidings *t)
{
	pthread_t threads[3];
	tidings *handles[3];
	sink *got[3];
	for (int i = 0; i < 3; i++) {
		CHECK(tidings_share(t, &handles[i], NULL) == TIDINGS_OK);
		CHECK(pthread_create(&threads[i], NULL, build_often, handles[i]) == 0);
	}
	for (int i = 0; i < 3; i++) {
		CHECK(pthread_join(threads[i], (void **)&got[i]) == 0 && got[i]);
		tidings_close(handles[i]);
		CHECK(got[i]->n == got[0]->n && memcmp(got[i]->bytes, got[0]->bytes, got[0]->n) == 0);
	}
	for (int i = 0; i < 3; i++) free(got[i]);
}

int main(void)
{
	tidings_options options = TIDINGS_OPTIONS;
	tidings_error err;
	tidings *t = NULL, *second;
	options.model = "/nowhere.tdm";
	CHECK(tidings_open(&options, &t, &err) != TIDINGS_OK && !t && strstr(err.text, "/nowhere.tdm"));
	options.model = NULL;
	options.base = "no iri";
	CHECK(tidings_open(&options, &t, &err) == TIDINGS_USAGE && !t);
	options.base = NULL;
	options.size = 1;
	CHECK(tidings_open(&options, &t, &err) == TIDINGS_USAGE && !t);
	CHECK(tidings_open(NULL, &t, &err) == TIDINGS_OK && t);
	check_errors(t);
	check_formats(t);
	check_threads(t);
	CHECK(tidings_share(t, &second, NULL) == TIDINGS_OK);
	tidings_close(t); /* the data stay for the second */
	check_formats(second);
	tidings_close(second);
	tidings_close(NULL);
	CHECK(strcmp(tidings_status_text(TIDINGS_OK), "success") == 0 && strchr(tidings_version(), '.'));
	puts("ok");
	return 0;
}
