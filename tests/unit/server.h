/* A server for tests that plays a script: one step a connection. Include it behind cmocka.h, in one file of a program. */
#ifndef TD_TEST_SERVER_H
#define TD_TEST_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/base.h"

/* ---- the server ---------------------------------------------------------------------------------------------- */

#define CUT "cut"         /* closes without an answer */
#define HALF "half"       /* closes in the middle of one */
#define ENDLESS "endless" /* an answer that never ends */
#define SILENT "silent"   /* takes the request and says nothing */

#define ANSWER(line, headers, body) "HTTP/1.1 " line "\r\n" headers "Connection: close\r\n\r\n" body
#define OK ANSWER("200 OK", "Content-Length: 2\r\n", "ok")

enum { MAX_STEPS = 8 };

static struct {
	int listener;
	uint16_t port;
	const char *steps[MAX_STEPS + 1]; /* NULL ends; the last one is repeated */
	td_buf heads[MAX_STEPS], bodies[MAX_STEPS];
	atomic_uint served;
	pthread_t thread;
} server;

static void send_all(int to, const char *z)
{
	for (size_t n = strlen(z); n > 0;) {
		ssize_t sent = send(to, z, n, MSG_NOSIGNAL);
		if (sent <= 0) return;
		z += sent, n -= (size_t)sent;
	}
}

static void send_endless(int to)
{
	char block[4097];
	memset(block, 'x', sizeof block - 1);
	block[sizeof block - 1] = 0;
	send_all(to, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
	for (int i = 0; i < 4096; i++) {
		if (send(to, block, sizeof block - 1, MSG_NOSIGNAL) <= 0) return;
	}
}

static size_t content_length(const td_buf *head)
{
	const char *at = strstr(head->at, "Content-Length: ");
	return at ? strtoul(at + 16, NULL, 10) : 0;
}

static void read_head(int from, td_buf *head)
{
	char c;
	while (recv(from, &c, 1, 0) == 1) {
		td_buf_char(head, c);
		if (head->n >= 4 && !memcmp(head->at + head->n - 4, "\r\n\r\n", 4)) break;
	}
	td_buf_char(head, 0);
}

static void read_body(int from, size_t n, td_buf *body)
{
	char part[4096];
	while (body->n < n) {
		ssize_t got = recv(from, part, n - body->n < sizeof part ? n - body->n : sizeof part, 0);
		if (got <= 0) break;
		td_buf_add(body, part, (size_t)got);
	}
	td_buf_char(body, 0);
	body->n--;
}

static void serve(int client, const char *step, td_buf *head, td_buf *body)
{
	read_head(client, head);
	if (strstr(head->at, "Expect: 100-continue")) send_all(client, "HTTP/1.1 100 Continue\r\n\r\n");
	read_body(client, content_length(head), body);
	atomic_fetch_add(&server.served, 1); /* before the answer: the test may look right after it */
	if (!strcmp(step, HALF)) send_all(client, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\npart");
	else if (!strcmp(step, ENDLESS)) send_endless(client);
	else if (!strcmp(step, SILENT)) recv(client, (char[1]){ 0 }, 1, 0);
	else if (strcmp(step, CUT)) send_all(client, step);
}

static void *run_server(void *unused)
{
	(void)unused;
	for (uint32_t step = 0;;) {
		int client = accept(server.listener, NULL, NULL);
		if (client < 0) return NULL;
		uint32_t served = server.served, slot = served < MAX_STEPS ? served : MAX_STEPS - 1;
		server.heads[slot].n = server.bodies[slot].n = 0;
		serve(client, server.steps[step], &server.heads[slot], &server.bodies[slot]);
		if (server.steps[step + 1]) step++;
		close(client);
	}
}

static void server_start(const char *const *steps)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	memset(&server, 0, sizeof server);
	for (int i = 0; i < MAX_STEPS && steps[i]; i++) server.steps[i] = steps[i];
	server.listener = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(server.listener >= 0);
	assert_int_equal(bind(server.listener, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(server.listener, 8), 0);
	assert_int_equal(getsockname(server.listener, (struct sockaddr *)&at, &n), 0);
	server.port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&server.thread, NULL, run_server, NULL), 0);
}

static void server_stop(void)
{
	shutdown(server.listener, SHUT_RDWR);
	pthread_join(server.thread, NULL);
	close(server.listener);
	for (int i = 0; i < MAX_STEPS; i++) td_buf_free(&server.heads[i]), td_buf_free(&server.bodies[i]);
}
#define SERVE(...) server_start((const char *const[]){ __VA_ARGS__, NULL })

static bool heard(uint32_t request, const char *text)
{
	return strstr(server.heads[request].at, text) != NULL;
}

#endif
