/* The uploader and its secrets: who it says it is, and to whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "upload.h"

static char auth_path[64];

static const char *auth_file(const char *line)
{
	snprintf(auth_path, sizeof auth_path, "/tmp/tidings-auth-%ld", (long)getpid());
	FILE *file = fopen(auth_path, "w");
	assert_non_null(file);
	fputs(line, file);
	fclose(file);
	return auth_path;
}

static int remove_auth(void **state)
{
	(void)state;
	if (auth_path[0]) unlink(auth_path);
	return 0;
}

/* ---- tests: who asks ----------------------------------------------------------------------------------------- */

static void basic_password_from_a_file(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n", ""), OK);
	assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("user:pass:word\n") }, 1, &err), TD_OK);
	assert_int_equal(server.served, 2);
	assert_true(heard(1, "Authorization: Basic dXNlcjpwYXNzOndvcmQ=\r\n"));
	assert_true(strstr(server.bodies[1].at, "value") != NULL);
	server_stop();
}

static void digest_sends_the_body_again(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("401 Unauthorized", "WWW-Authenticate: Digest realm=\"SPARQL\", nonce=\"abc\", qop=\"auth\", algorithm=MD5\r\nContent-Length: 0\r\n", ""), OK);
	assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("dba:dba") }, 100, &err), TD_OK);
	assert_true(heard(1, "Authorization: Digest username=\"dba\""));
	assert_int_equal(count_of(server.bodies[1].at, "value"), 100);
	server_stop();
}

static void bearer_token_from_a_file(void **state)
{
	(void)state;
	td_error err;
	SERVE(OK);
	assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("Bearer s3cr3t\r\n") }, 1, &err), TD_OK);
	assert_true(heard(0, "Authorization: Bearer s3cr3t\r\n"));
	server_stop();
}

static void token_from_the_environment(void **state)
{
	(void)state;
	td_error err;
	SERVE(OK);
	setenv("TIDINGS_TOKEN", "envtoken", 1);
	assert_int_equal(upload("/data", &plain, 1, &err), TD_OK);
	unsetenv("TIDINGS_TOKEN");
	assert_true(heard(0, "Authorization: Bearer envtoken\r\n"));
	server_stop();
}

static void wrong_password_is_told_without_it(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 4\r\n", "nope"));
	assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("user:hunter2") }, 1, &err), TD_ERR_AUTH);
	assert_non_null(strstr(err.text, "401"));
	assert_null(strstr(err.text, "hunter2"));
	server_stop();
}

static void bad_auth_file_is_not_quoted(void **state)
{
	(void)state;
	static const char *const lines[] = { "hunter2", "", ":hunter2", "Bearer  ", "\nuser:hunter2" };
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		td_error err = { .text = "" };
		td_uploader *uploader;
		td_upload_options options = { .endpoint = "http://127.0.0.1:1/", .auth_file = auth_file(lines[i]) };
		assert_int_equal(td_upload_open(&options, &uploader, &err), TD_ERR_USAGE);
		assert_null(uploader);
		assert_null(strstr(err.text, "hunter2"));
	}
}

static void bad_urls_are_refused(void **state)
{
	(void)state;
	static const char *const urls[] = { "", "ftp://h/", "file:///etc/passwd", "nonsense", "http://", "http://u:hunter2@h/", "http://u@h/",
		"http://h/#f", "http://h:99999999/" };
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		td_error err = { .text = "" };
		td_uploader *uploader;
		assert_int_equal(td_upload_open(&(td_upload_options){ .endpoint = urls[i] }, &uploader, &err), TD_ERR_USAGE);
		assert_null(strstr(err.text, "hunter2"));
	}
}

static void redirect_on_the_same_host_is_followed(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("307 Temporary Redirect", "Location: /other?graph=x\r\nContent-Length: 0\r\n", ""), OK);
	assert_int_equal(upload("/data", &plain, 2, &err), TD_OK);
	assert_true(heard(1, "PUT /other?graph=x HTTP/1.1\r\n"));
	assert_int_equal(count_of(server.bodies[1].at, "value"), 2);
	server_stop();
}

static void redirect_elsewhere_is_not(void **state)
{
	(void)state;
	static const char *const answers[] = {
		ANSWER("307 Temporary Redirect", "Location: http://other.invalid/x?token=abc\r\nContent-Length: 0\r\n", ""),
		ANSWER("308 Permanent Redirect", "Location: https://127.0.0.1/x\r\nContent-Length: 0\r\n", ""),
		ANSWER("302 Found", "Location: /login\r\nContent-Length: 0\r\n", ""),
		ANSWER("301 Moved", "Content-Length: 0\r\n", ""),
	};
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		td_error err;
		SERVE(answers[i], OK);
		assert_int_equal(upload("/data", &(td_upload_options){ .auth_file = auth_file("Bearer s3cr3t") }, 1, &err), TD_ERR_STORE);
		assert_int_equal(server.served, 1);
		assert_null(strstr(err.text, "token"));
		server_stop();
	}
}

static void circles_end(void **state)
{
	(void)state;
	td_error err;
	SERVE(ANSWER("307 Temporary Redirect", "Location: /again\r\nContent-Length: 0\r\n", ""));
	assert_int_equal(upload("/data", &plain, 1, &err), TD_ERR_STORE);
	assert_int_equal(server.served, 6);
	server_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(basic_password_from_a_file),
		cmocka_unit_test(digest_sends_the_body_again),
		cmocka_unit_test(bearer_token_from_a_file),
		cmocka_unit_test(token_from_the_environment),
		cmocka_unit_test(wrong_password_is_told_without_it),
		cmocka_unit_test(bad_auth_file_is_not_quoted),
		cmocka_unit_test(bad_urls_are_refused),
		cmocka_unit_test(redirect_on_the_same_host_is_followed),
		cmocka_unit_test(redirect_elsewhere_is_not),
		cmocka_unit_test(circles_end),
	};
	return cmocka_run_group_tests(tests, without_environment, remove_auth);
}
