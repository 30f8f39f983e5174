#define _GNU_SOURCE /* memmem */
/* Whatever a store answers. As an answer's status, type and body: what it means and what is shown of it. As what a query service says of
 * graphs: the numbers. And from a server, byte for byte, to the uploader: each graph must end, as stored only when the store has said so. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>

#include "fuzz.h"
#include "rdf/answer.h"
#include "rdf/upload_impl.h"

enum { MAX_ANSWER = 1 << 16 };

static struct {
	int listener;
	uint16_t port;
	pthread_mutex_t lock; /* of what is answered: a connection may outlive its run */
	uint8_t data[MAX_ANSWER];
	size_t n;
} server = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* Takes what comes until the client says nothing more for a moment, answers, closes. */
static void *serve(void *unused)
{
	char part[4096];
	struct timeval moment = { 0, 2000 };
	for (int client; (client = accept(server.listener, NULL, NULL)) >= 0; close(client)) {
		setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &moment, sizeof moment);
		while (recv(client, part, sizeof part, 0) > 0) continue;
		pthread_mutex_lock(&server.lock);
		(void)!send(client, server.data, server.n, MSG_NOSIGNAL);
		pthread_mutex_unlock(&server.lock);
		shutdown(client, SHUT_WR);
	}
	return unused;
}

static void server_start(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	pthread_t thread;
	server.listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(server.listener, (struct sockaddr *)&at, sizeof at) || listen(server.listener, 16) ||
	    getsockname(server.listener, (struct sockaddr *)&at, &n) || pthread_create(&thread, NULL, serve, NULL))
		abort();
	server.port = ntohs(at.sin_port);
}

static void said(const uint8_t *data, size_t n)
{
	static const char *const types[] = { "", "text/html", "text/plain", "application/json" };
	char text[TD_ANSWER_SAID];
	td_error err;
	if (n < 3) return;
	td_answer answer = { .status = 100 + data[0] * 2, .type = types[data[1] % 4], .retry_after = data[2], .body = { (const char *)data + 3, n - 3 } };
	if (td_answer_stored(&answer)) return;
	td_answer_said(answer.body, text);
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127) abort();
	if (td_utf8_check(td_str_of(text)) != strlen(text)) abort();
	if (td_answer_failed(&answer, "http://x/", &err) == TD_OK) abort();
}

static void count(void *context, td_str graph, uint64_t n)
{
	size_t *rows = context;
	if (n > 9999999999999999999u || (graph.n && !graph.at)) abort();
	++*rows;
}

static void told(void *context, void *ticket, td_status status, const td_error *err)
{
	uintptr_t *next = context;
	if ((uintptr_t)ticket != *next || (status != TD_OK && !err->text[0])) abort();
	if (status == TD_OK && !memmem(server.data, server.n, "HTTP", 4)) abort();
	++*next;
}

/* Some bytes each run only: a connection takes its time. */
static void over_the_wire(const uint8_t *data, size_t n)
{
	char url[64];
	uintptr_t next = 0;
	td_uploader *uploader;
	td_graph graph;
	td_error err;
	pthread_mutex_lock(&server.lock);
	memcpy(server.data, data, server.n = n);
	pthread_mutex_unlock(&server.lock);
	(void)snprintf(url, sizeof url, "http://127.0.0.1:%u/%s", server.port, n % 2 ? "store" : "update");
	td_graph_init(&graph);
	graph.name = TD_STR("http://x.org/g");
	const td_upload_options options = { .endpoint = url, .parallel = 2, .timeout_s = 1, .retries = 1, .verify = n % 3 == 0, .done = told, .context = &next };
	if (td_upload_open(&options, &uploader, &err) != TD_OK) abort();
	for (uintptr_t i = 0; i < 2; i++) td_upload_add(uploader, &graph, (void *)i);
	td_upload_flush(uploader);
	if (next != 2) abort();
	td_upload_close(uploader);
	td_graph_free(&graph);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	size_t rows = 0;
	if (!server.port) server_start();
	said(data, n);
	td_counts_read((td_str){ (const char *)data, n }, count, &rows);
	/* what asks for patience is no answer to wait for here */
	if (n > 4 && n <= MAX_ANSWER && !memcmp(data, "HTTP", 4) && !memmem(data, n, "etry", 4) && !memmem(data, n, "50", 2) && !memmem(data, n, "429", 3)) over_the_wire(data, n);
	return 0;
}
