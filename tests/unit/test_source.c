/* Sources: texts, feeds, pages, directories. */
#include "check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doc/source.h"

static char dir[64];

static void put(const char *name, const char *bytes, size_t n)
{
	char path[256];
	(void)snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

static void put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static int make_dir(void **state)
{
	(void)state;
	(void)snprintf(dir, sizeof dir, "/tmp/tidings-test-XXXXXX");
	return mkdtemp(dir) ? 0 : -1;
}

static int drop_dir(void **state)
{
	(void)state;
	char command[128];
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

typedef struct {
	td_source *source;
	td_input in;
	td_error err;
	char path[256];
	char *paths[1];
} opened;

static void open_it(opened *o, const char *name)
{
	memset(o, 0, sizeof *o);
	(void)snprintf(o->path, sizeof o->path, "%s/%s", dir, name);
	o->paths[0] = o->path;
	td_input_init(&o->in);
	assert_int_equal(td_source_open(o->paths, 1, &o->source, &o->err), TD_OK);
}

static void close_it(opened *o)
{
	td_source_close(o->source);
	td_input_free(&o->in);
}

static td_status next(opened *o, bool *done)
{
	return td_source_next(o->source, &o->in, done, &o->err);
}

/* `name`: how the input's name ends, for files have no other; lines of a feed have their "id". */
static void want_next(opened *o, const char *name, const char *text)
{
	bool done;
	if (next(o, &done) != TD_OK) fail_msg("%s", o->err.text);
	assert_false(done);
	if (o->in.id.n) check_str(o->in.id, name);
	else if (!td_str_ends(o->in.name, td_str_of(name))) fail_msg("the input is %.*s, not %s", TD_STR_ARG(o->in.name), name);
	check_str(o->in.text, text);
}

static void want_end(opened *o)
{
	bool done;
	assert_int_equal(next(o, &done), TD_OK);
	assert_true(done);
}

static void text_file(void **state)
{
	(void)state;
	opened o;
	put_text("a.b.txt", "One\r\ntwo\r\n");
	open_it(&o, "a.b.txt");
	want_next(&o, "a.b.txt", "One\r\ntwo\r\n");
	assert_int_equal(o.in.date.year, 0);
	want_end(&o);
	close_it(&o);
}

static void missing_file(void **state)
{
	(void)state;
	opened o;
	bool done;
	open_it(&o, "nowhere.txt");
	assert_int_equal(next(&o, &done), TD_ERR_IO);
	check_str(o.in.name, o.path);
	want_end(&o);
	close_it(&o);
}

static void feed_goes_on_behind_a_broken_line(void **state)
{
	(void)state;
	opened o;
	bool done;
	put_text("feed.jsonl", "\xEF\xBB\xBF{\"id\":\"x\",\"text\":\"One \\u00e9\",\"title\":\"T\",\"url\":\"http://u/\",\"date\":\"2017-04-12T10:00:00Z\"}\r\n"
		"\n{\"text\":\"broken\"\n{\"id\":7,\"text\":\"Two\",\"date\":\"April 12, 2017\"}\n{\"title\":\"no text\"}\n[1]\n"
		"{\"text\":\"x\",\"date\":\"soon\"}\n{\"id\":\"end\",\"text\":\"Three\",\"publisher\":{\"name\":\"P\"}}");
	open_it(&o, "feed.jsonl");
	want_next(&o, "x", "One é");
	check_str(o.in.title, "T");
	check_str(o.in.url, "http://u/");
	assert_int_equal(td_date_cmp(o.in.date, (td_date){ 2017, 4, 12 }), 0);
	assert_int_equal(next(&o, &done), TD_ERR_SYNTAX);
	assert_int_equal(o.err.line, 3);
	assert_true(td_str_ends(o.in.name, TD_STR("feed.jsonl:3")));
	want_next(&o, "7", "Two");
	assert_int_equal(o.in.date.day, 12);
	for (int i = 0; i < 3; i++) assert_int_equal(next(&o, &done), TD_ERR_SYNTAX);
	want_next(&o, "end", "Three");
	check_str(o.in.source, "P");
	want_end(&o);
	close_it(&o);
}

static void directory_in_byte_order(void **state)
{
	(void)state;
	opened o;
	char path[256];
	(void)snprintf(path, sizeof path, "%s/d", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof path, "%s/d/M", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof path, "%s/d/M/loop", dir);
	assert_int_equal(symlink("..", path), 0);
	put_text("d/z.txt", "last");
	put_text("d/B", "second");
	put_text("d/A.txt", "first");
	put_text("d/.hidden.txt", "hidden");
	put_text("d/picture.png", "png");
	put_text("d/M/m.jsonl", "{\"id\":\"m\",\"text\":\"third\"}\n");
	open_it(&o, "d");
	want_next(&o, "d/A.txt", "first");
	want_next(&o, "d/B", "second");
	want_next(&o, "m", "third");
	want_next(&o, "d/z.txt", "last");
	want_end(&o);
	close_it(&o);
}

static const char page[] =
	"<!DOCTYPE html><html lang=en><head><title>Ministers meet | The Paper</title>"
	"<meta property='og:site_name' content='The Paper'><link rel=canonical href='https://p.example/1'>"
	"<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":[\"NewsArticle\"],\"headline\":\"Ministers meet in Paris\","
	"\"datePublished\":\"2017-04-12T08:00:00+02:00\",\"publisher\":{\"name\":\"The Paper Ltd\"}}]}</script>"
	"<script type='application/ld+json'>{broken</script></head>"
	"<body class='page has-sidebar'><nav><a href=/>Home page of the paper with all its news of today and of yesterday.</a></nav>"
	"<article><h1>Ministers meet in Paris</h1><div class='social-share'>Share this on all the networks that you have, dear reader, and soon.</div>"
	"<p>The ministers of <a href=x>France</a> and Germany met in Paris on&nbsp;Wednesday to talk about a trade deal that took years.</p>"
	"<p>&ldquo;We agreed,&rdquo; she said.</p><script>var x = 'no text, although it ends like a sentence and is long enough.';</script>"
	"<p>The talks are to go on next week in Berlin, where a summit of leaders is planned.<br><br>A second para&shy;graph behind breaks, long enough for one.</p>"
	"</article><aside><p>A long paragraph about something else which stands beside the article and is not part of it at all.</p></aside>"
	"<footer><p>Copyright of the paper, all rights reserved, with a long text that nobody reads but everybody has.</p></footer></body></html>";

static void html_page(void **state)
{
	(void)state;
	opened o;
	put_text("page.html", page);
	open_it(&o, "page.html");
	want_next(&o, "page.html", "Ministers meet in Paris\n\nThe ministers of France and Germany met in Paris on Wednesday to talk about a trade deal that took years."
		"\n\n“We agreed,” she said.\n\nThe talks are to go on next week in Berlin, where a summit of leaders is planned."
		"\n\nA second paragraph behind breaks, long enough for one.");
	check_str(o.in.title, "Ministers meet in Paris");
	check_str(o.in.source, "The Paper Ltd");
	check_str(o.in.url, "https://p.example/1");
	check_str(o.in.language, "en");
	assert_int_equal(td_date_cmp(o.in.date, (td_date){ 2017, 4, 12 }), 0);
	want_end(&o);
	close_it(&o);
	put_text("sniffed.txt", page);
	open_it(&o, "sniffed.txt");
	want_next(&o, "sniffed.txt", "Ministers meet in Paris\n\nThe ministers of France and Germany met in Paris on Wednesday to talk about a trade deal that took years."
		"\n\n“We agreed,” she said.\n\nThe talks are to go on next week in Berlin, where a summit of leaders is planned."
		"\n\nA second paragraph behind breaks, long enough for one.");
	close_it(&o);
}

static td_status html(const char *text, size_t n, td_input *in)
{
	td_error err = { 0 };
	td_input_init(in);
	return td_html_read((td_str){ text, n }, in, &err);
}

static void html_by_meta_and_time(void **state)
{
	(void)state;
	static const char with_time[] = "<html><title>A short title - Paper</title><p>The ministers met in the capital and agreed on nothing at all in the end.</p>"
		"<time datetime='2019-02-03'>today</time>";
	static const char with_meta[] = "<meta name=date content='Wed, 12 Apr 2017 10:00:00 GMT'><meta property=og:title content='T'><p>It rained.</p>";
	td_input in;
	assert_int_equal(html(with_time, sizeof with_time - 1, &in), TD_OK);
	check_str(in.title, "A short title");
	assert_int_equal(td_date_cmp(in.date, (td_date){ 2019, 2, 3 }), 0);
	td_input_free(&in);
	assert_int_equal(html(with_meta, sizeof with_meta - 1, &in), TD_OK);
	check_str(in.text, "T\n\nIt rained.");
	assert_int_equal(td_date_cmp(in.date, (td_date){ 2017, 4, 12 }), 0);
	td_input_free(&in);
}

static void html_in_another_encoding(void **state)
{
	(void)state;
	static const char latin[] = "<meta charset=iso-8859-1><p>The caf\xE9 in the old town was full of people who came to see it open.</p>";
	td_input in;
	assert_int_equal(html(latin, sizeof latin - 1, &in), TD_OK);
	check_str(in.text, "The café in the old town was full of people who came to see it open.");
	td_input_free(&in);
}

static void hopeless_html(void **state)
{
	(void)state;
	td_input in;
	assert_int_equal(html("", 0, &in), TD_ERR_EMPTY);
	td_input_free(&in);
	assert_int_equal(html("<p>a\0b", 6, &in), TD_ERR_UTF8);
	td_input_free(&in);
	assert_int_equal(html("<html><script>x</script></html>", 31, &in), TD_ERR_EMPTY);
	td_input_free(&in);
}

static void deep_html(void **state)
{
	(void)state;
	td_buf text = { 0 };
	td_input in;
	for (int i = 0; i < 20000; i++) td_buf_str(&text, TD_STR("<div class=share><b>"));
	td_buf_str(&text, TD_STR("<p>The ministers met in the capital and agreed on nothing at all in the end.</p>"));
	td_status status = html(text.at, text.n, &in);
	assert_true(status == TD_OK || status == TD_ERR_EMPTY);
	td_input_free(&in);
	td_buf_free(&text);
}

static void long_line_of_a_feed(void **state)
{
	(void)state;
	opened o;
	td_buf line = { 0 };
	td_buf_str(&line, TD_STR("{\"id\":\"long\",\"text\":\""));
	for (int i = 0; i < 200000; i++) td_buf_str(&line, TD_STR("word "));
	td_buf_str(&line, TD_STR("\"}\n{\"id\":\"next\",\"text\":\"Short\"}\n"));
	put("long.jsonl", line.at, line.n);
	open_it(&o, "long.jsonl");
	bool done;
	assert_int_equal(next(&o, &done), TD_OK);
	assert_int_equal(o.in.text.n, 1000000);
	want_next(&o, "next", "Short");
	want_end(&o);
	close_it(&o);
	td_buf_free(&line);
}

/* ---- WARC and packed files: whatever is cut off or turned over, reading comes to its end ---- */

#define PAGE "<html><head><title>T</title></head><body><p>Obama met Merkel in Berlin on Wednesday afternoon.</p></body></html>"
#define HTTP "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n70\r\n" PAGE "\r\n0\r\n\r\n"

/* A record of the right length behind `head`. */
static size_t warc(char *out, size_t cap, const char *type, const char *content)
{
	return (size_t)snprintf(out, cap, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <http://x.example/a>\r\nWARC-Date: 2019-03-14T00:00:00Z\r\n"
		"Content-Type: application/http; msgtype=response\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n", type, strlen(content), content);
}

static unsigned read_through(const char *name, unsigned *failed)
{
	opened o;
	unsigned good = 0;
	bool done = false;
	open_it(&o, name);
	for (unsigned calls = 0; !done; calls++) {
		assert_true(calls < 1000);
		if (next(&o, &done) != TD_OK) ++*failed;
		else good += !done;
	}
	close_it(&o);
	return good;
}

static void warc_page(void **state)
{
	(void)state;
	char bytes[4096];
	opened o;
	size_t n = warc(bytes, sizeof bytes, "request", "GET / HTTP/1.1\r\n\r\n");
	n += warc(bytes + n, sizeof bytes - n, "response", HTTP);
	put("a.warc", bytes, n);
	open_it(&o, "a.warc");
	want_next(&o, "a.warc:2", "T\n\nObama met Merkel in Berlin on Wednesday afternoon.");
	check_str(o.in.url, "http://x.example/a");
	assert_int_equal(o.in.date.day, 14);
	want_end(&o);
	assert_int_equal(td_source_skipped(o.source), 1);
	close_it(&o);
}

static void warc_cut_or_turned_anywhere(void **state)
{
	(void)state;
	char bytes[4096];
	unsigned failed = 0;
	size_t one = warc(bytes, sizeof bytes, "response", HTTP), n = one + warc(bytes + one, sizeof bytes - one, "response", HTTP);
	for (size_t cut = 0; cut <= n; cut++) {
		put("cut.warc", bytes, cut);
		unsigned good = read_through("cut.warc", &failed);
		assert_int_equal(good, (cut >= one - 4) + (cut >= n - 4));
	}
	assert_true(failed > n / 2);
	for (size_t i = 0; i < n; i++) {
		char was = bytes[i];
		bytes[i] = (char)(was ^ 0x11);
		put("turned.warc", bytes, n);
		assert_true(read_through("turned.warc", &failed) <= 2);
		bytes[i] = was;
	}
}

/* gzip of "Obama met Merkel.\n", by Python's gzip.compress(…, mtime=0) */
static const char packed[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xf3\x4f\x4a\xcc\x4d\x54\xc8\x4d\x2d\x51\xf0\x4d\x2d\xca\x4e\xcd\xd1\xe3\x02\x00\xad\xa9\x51\x88\x12\x00\x00\x00";

static void gzip_cut_or_turned_anywhere(void **state)
{
	(void)state;
	char bytes[sizeof packed];
	unsigned failed = 0;
	opened o;
	memcpy(bytes, packed, sizeof packed);
	put("a.txt.gz", packed, sizeof packed - 1);
	open_it(&o, "a.txt.gz");
	want_next(&o, "a.txt.gz", "Obama met Merkel.\n");
	want_end(&o);
	close_it(&o);
	for (size_t cut = 3; cut < sizeof packed - 1; cut++) {
		put("cut.txt.gz", packed, cut);
		assert_int_equal(read_through("cut.txt.gz", &failed), 0);
	}
	assert_int_equal(failed, sizeof packed - 1 - 3);
	for (size_t i = 10; i < sizeof packed - 1; i++) { /* behind the head, each byte is covered by a sum */
		bytes[i] = (char)(packed[i] ^ 0x11);
		put("turned.txt.gz", bytes, sizeof packed - 1);
		assert_int_equal(read_through("turned.txt.gz", &failed), 0);
		bytes[i] = packed[i];
	}
}

/* All that was named is known from the beginning, and in the end all of it was read, however it was packed. */
static void how_far_it_is(void **state)
{
	(void)state;
	static const char *const names[] = { "far.txt", "far.txt.gz", "far.jsonl" };
	static const char feed[] = "{\"text\":\"It rained.\"}\n{\"text\":\"It snowed.\"}\n";
	const uint64_t sum = 11 + sizeof packed - 1 + sizeof feed - 1;
	char room[3][256], *paths[3];
	uint64_t read, all, before = 0;
	bool done = false;
	opened o = { .source = NULL };
	put_text(names[0], "It rained.\n");
	put(names[1], packed, sizeof packed - 1);
	put_text(names[2], feed);
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(room[i], sizeof room[i], "%s/%s", dir, names[i]);
		paths[i] = room[i];
	}
	td_input_init(&o.in);
	assert_int_equal(td_source_open(paths, 3, &o.source, &o.err), TD_OK);
	do {
		td_source_progress(o.source, &read, &all);
		assert_int_equal(all, sum);
		assert_true(read >= before && read <= all);
		before = read;
		assert_int_equal(next(&o, &done), TD_OK);
	} while (!done);
	td_source_progress(o.source, &read, &all);
	assert_true(read == sum && all == sum);
	close_it(&o);
	open_it(&o, "-");
	(void)snprintf(o.path, sizeof o.path, "-");
	td_source_close(o.source);
	assert_int_equal(td_source_open(o.paths, 1, &o.source, &o.err), TD_OK);
	td_source_progress(o.source, &read, &all);
	assert_int_equal(all, 0); /* nobody knows how long standard input is */
	close_it(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_file), cmocka_unit_test(missing_file), cmocka_unit_test(feed_goes_on_behind_a_broken_line),
		cmocka_unit_test(directory_in_byte_order), cmocka_unit_test(html_page), cmocka_unit_test(html_by_meta_and_time),
		cmocka_unit_test(html_in_another_encoding), cmocka_unit_test(hopeless_html), cmocka_unit_test(deep_html),
		cmocka_unit_test(long_line_of_a_feed), cmocka_unit_test(warc_page), cmocka_unit_test(warc_cut_or_turned_anywhere),
		cmocka_unit_test(gzip_cut_or_turned_anywhere), cmocka_unit_test(how_far_it_is),
	};
	return cmocka_run_group_tests_name("source", tests, make_dir, drop_dir);
}
