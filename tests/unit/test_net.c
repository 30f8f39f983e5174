/* The network: products and cells against plain arithmetic, trees against all trees, damaged files, independence of batches. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "doc/doc.h"
#include "nlp/net_impl.h"

static const char *model_path(void)
{
	const char *path = getenv("TIDINGS_MODEL");
	return path ? path : "src/model/english.tdm";
}

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) % n;
}

static float random_float(void)
{
	return (float)random_below(2001) / 1000.0f - 1.0f;
}

/* ---- products ---- */

static void multiply(uint32_t rows, uint32_t k, uint32_t n)
{
	td_matrix m;
	td_error err;
	float *a = td_alloc(rows * k * sizeof *a), *b = td_alloc(k * n * sizeof *b), *c = td_alloc(rows * n * sizeof *c);
	float *one = td_alloc(n * sizeof *one);
	assert_true(a && b && c && one);
	for (uint32_t i = 0; i < rows * k; i++) a[i] = random_float();
	for (uint32_t i = 0; i < k * n; i++) b[i] = random_float();
	for (uint32_t i = 0; i < rows * n; i++) c[i] = 0.5f;
	assert_int_equal(td_matrix_init(&m, k, n, &err), TD_OK);
	td_matrix_pack(&m, 0, b, n, 1, n);
	td_gemm(a, k, &m, c, n, rows);
	for (uint32_t i = 0; i < rows; i++) {
		for (uint32_t j = 0; j < n; j++) {
			double sum = 0.5;
			for (uint32_t p = 0; p < k; p++) sum += (double)a[i * k + p] * (double)b[p * n + j];
			assert_true(fabs(sum - (double)c[i * n + j]) < 1e-4);
			one[j] = 0.5f;
		}
		td_gemm(a + i * k, k, &m, one, n, 1); /* the same bits when a row is alone */
		assert_memory_equal(one, c + i * n, n * sizeof *one);
	}
	td_matrix_free(&m);
	td_free(a), td_free(b), td_free(c), td_free(one);
}

static void test_product(void **state)
{
	(void)state;
	static const uint32_t sizes[][3] = { { 1, 1, 1 }, { 2, 7, 31 }, { 13, 16, 32 }, { 27, 33, 65 }, { 40, 100, 50 } };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) multiply(sizes[i][0], sizes[i][1], sizes[i][2]);
}

/* Bytes stand for (byte - 128) / 127; the error is that of rounding the matrix, and all builds agree. */
static void multiply_bytes(uint32_t rows, uint32_t k, uint32_t n)
{
	td_qmatrix m;
	td_error err;
	uint8_t *a = td_alloc(rows * k);
	float *b = td_alloc(k * n * sizeof *b), *c = td_alloc(rows * n * sizeof *c), *one = td_alloc(n * sizeof *one);
	assert_true(a && b && c && one);
	for (uint32_t i = 0; i < rows * k; i++) a[i] = (uint8_t)(i % 5 == 0 ? 255 : 1 + random_below(255));
	for (uint32_t i = 0; i < k * n; i++) b[i] = (float)((int)random_below(127) - 63);
	for (uint32_t j = 0; j < n; j++) b[j] = j % 2 ? 63 : -63; /* so that the scale is 1 */
	for (uint32_t i = 0; i < rows * n; i++) c[i] = 0.5f;
	assert_int_equal(td_qmatrix_init(&m, k, n, &err), TD_OK);
	for (uint32_t j = 0; j < n; j++) {
		float column[256];
		for (uint32_t p = 0; p < k; p++) column[p] = b[j * k + p];
		column[0] = b[j];
		td_qmatrix_pack(&m, j, column);
	}
	td_qgemm(a, k, &m, c, n, rows);
	for (uint32_t i = 0; i < rows; i++) {
		for (uint32_t j = 0; j < n; j++) {
			int64_t sum = 0;
			for (uint32_t p = 0; p < k; p++) sum += (a[i * k + p] - 128) * (int)(p ? b[j * k + p] : b[j]);
			assert_true(fabs(0.5 + (double)sum / 127 - (double)c[i * n + j]) < 1e-3 * (1 + fabs((double)sum) / 127));
			one[j] = 0.5f;
		}
		td_qgemm(a + i * k, k, &m, one, n, 1);
		assert_memory_equal(one, c + i * n, n * sizeof *one);
	}
	td_qmatrix_free(&m);
	td_free(a), td_free(b), td_free(c), td_free(one);
}

static void test_bytes_product(void **state)
{
	(void)state;
	static const uint32_t sizes[][3] = { { 1, 4, 1 }, { 2, 8, 31 }, { 13, 16, 32 }, { 27, 32, 65 }, { 40, 256, 50 } };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) multiply_bytes(sizes[i][0], sizes[i][1], sizes[i][2]);
}

static double sigmoid(double x)
{
	return 1 / (1 + exp(-x));
}

static void test_cell(void **state)
{
	(void)state;
	enum { H = 32 };
	float gates[4 * H], cell[H];
	uint8_t out[H];
	for (int i = 0; i < 4 * H; i++) gates[i] = 12 * random_float();
	gates[0] = 1000, gates[1] = -1000;
	float before[H];
	for (int i = 0; i < H; i++) cell[i] = before[i] = random_float();
	td_lstm_cell(gates, cell, out, H);
	for (int i = 0; i < H; i++) {
		double c = sigmoid(gates[H + i]) * before[i] + sigmoid(gates[i]) * tanh(gates[2 * H + i]);
		assert_true(fabs(c - cell[i]) < 1e-5);
		assert_true(fabs(sigmoid(gates[3 * H + i]) * tanh(c) * 127 + 128 - out[i]) < 0.501);
	}
}

/* ---- trees ---- */

enum { MAX_N = 5 };

/* Score of the best tree with one root, by trying all head assignments; -inf for none. */
static double best_of_all(const float *score, size_t stride, uint32_t n)
{
	double best = -INFINITY;
	uint32_t head[MAX_N] = { 0 };
	for (;;) {
		uint32_t roots = 0, good = 1, i;
		double sum = 0;
		for (i = 0; i < n; i++) {
			uint32_t v = i + 1, steps = 0;
			while (v && steps++ <= n) v = head[v - 1];
			good &= v == 0;
			roots += head[i] == 0;
			sum += score[i * stride + head[i]];
		}
		if (good && roots == 1 && sum > best) best = sum;
		for (i = 0; i < n && ++head[i] > n; i++) head[i] = 0;
		if (i == n) return best;
	}
}

static void test_tree(void **state)
{
	(void)state;
	net_tree *tree;
	td_error err;
	float score[MAX_N * (MAX_N + 1)];
	assert_int_equal(net_tree_new(&tree, &err), TD_OK);
	for (int round = 0; round < 400; round++) {
		uint32_t n = 1 + random_below(MAX_N), stride = n + 1, roots = 0;
		uint16_t head[MAX_N];
		double sum = 0;
		for (uint32_t i = 0; i < n * stride; i++) score[i] = 10 * random_float();
		net_tree_best(tree, score, stride, n, head);
		for (uint32_t i = 0; i < n; i++) {
			sum += score[i * stride + head[i]];
			roots += head[i] == 0;
			assert_true(head[i] <= n && head[i] != i + 1);
		}
		assert_int_equal(roots, 1);
		assert_true(fabs(sum - best_of_all(score, stride, n)) < 1e-3);
	}
	net_tree_free(tree);
}

/* The longest sentence, all scores alike or random: a tree comes out. */
static void test_long_tree(void **state)
{
	(void)state;
	enum { N = TD_MAX_SENT_TOKENS };
	net_tree *tree;
	td_error err;
	float *score = td_alloc(N * (N + 1) * sizeof *score);
	uint16_t head[N];
	assert_non_null(score);
	assert_int_equal(net_tree_new(&tree, &err), TD_OK);
	for (int round = 0; round < 4; round++) {
		uint32_t roots = 0;
		for (uint32_t i = 0; i < N * (N + 1); i++) score[i] = round == 0 ? 0 : random_float() * (float)round;
		net_tree_best(tree, score, N + 1, N, head);
		for (uint32_t i = 0; i < N; i++) {
			uint32_t v = i + 1, steps = 0;
			while (v && steps++ <= N) v = head[v - 1];
			assert_int_equal(v, 0);
			roots += head[i] == 0;
		}
		assert_int_equal(roots, 1);
	}
	net_tree_free(tree);
	td_free(score);
}

/* ---- documents ---- */

/* Sentences of words between blanks; a sentence ends at '\n'. */
static void make_doc(td_doc *doc, const char *text)
{
	td_error err;
	td_doc_reset(doc);
	assert_int_equal(td_doc_set_text(doc, td_str_of(text), &err), TD_OK);
	td_str rest = doc->text;
	while (rest.n) {
		td_str line = td_str_cut(&rest, '\n');
		td_sent sent = { .toks = { doc->toks.n, doc->toks.n }, .root = TD_NONE };
		while (line.n) {
			td_str word = td_str_cut(&line, ' ');
			uint32_t at = (uint32_t)(word.at - doc->text.at);
			td_token tok = { .bytes = { at, at + (uint32_t)word.n }, .form = word, .head = TD_NONE, .sent = doc->sents.n };
			assert_true(TD_PUSH(&doc->arena, &doc->toks, tok));
		}
		sent.toks.to = doc->toks.n;
		assert_true(TD_PUSH(&doc->arena, &doc->sents, sent));
	}
}

typedef struct {
	td_net *net;
	td_net_work *work;
	td_doc doc;
} fixture;

static int set_up(void **state)
{
	static fixture f;
	td_error err = { 0 };
	if (td_net_open(model_path(), &f.net, &err) || td_net_work_new(f.net, &f.work, &err)) {
		print_error("%s: %s\n", model_path(), err.text);
		return -1;
	}
	td_doc_init(&f.doc);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	fixture *f = *state;
	td_doc_free(&f->doc);
	td_net_work_free(f->work);
	td_net_close(f->net);
	return 0;
}

static void run(fixture *f, const char *text)
{
	td_error err = { 0 };
	make_doc(&f->doc, text);
	if (td_net_run(f->net, f->work, &f->doc, &err)) fail_msg("%s", err.text);
}

static void test_sentence(void **state)
{
	fixture *f = *state;
	run(f, "President Barack Obama met German leaders in Berlin on Tuesday .");
	const td_token *t = f->doc.toks.at;
	assert_int_equal(t[3].upos, TD_VERB);
	assert_int_equal(t[3].xpos, TD_XP_VBD);
	check_str(t[3].lemma, "meet");
	check_str(t[5].lemma, "leader");
	assert_int_equal(t[3].deprel, TD_ROOT);
	assert_int_equal(t[3].head, TD_NONE);
	assert_int_equal(f->doc.sents.at[0].root, 3);
	assert_int_equal(t[5].deprel, TD_OBJ);
	assert_int_equal(t[5].head, 3);
	assert_int_equal(t[7].deprel, TD_OBL);
	assert_int_equal(t[1].name, TD_NAME_PER);
	assert_int_equal(t[2].name, TD_NAME_PER);
	assert_int_equal(t[7].name, TD_NAME_LOC);
	bool found = false;
	for (uint32_t i = 0; i < f->doc.names.n; i++) {
		const td_name *n = &f->doc.names.at[i];
		found |= n->toks.from == 1 && n->toks.to == 3 && n->cls == TD_NAME_PER && n->score > 0.5f && n->score <= 1;
	}
	assert_true(found);
}

static const char *const lines[] = {
	"Russia 's foreign ministry said Friday that 59 missiles had hit the Shayrat air base in Syria .",
	"WASHINGTON ( Reuters ) - U.S. Senator John McCain criticised the bill .",
	"He left .",
	"China , Ethiopia and Kazakhstan abstained ; Bolivia and Russia voted against the resolution drafted by Britain and France .",
	"No .",
	"“ We do n’t know , ” she said … in Łódź , 1990 – 2017 .",
};

/* Every sentence alone gives what it gives among the others, and after other documents. */
static void test_batches(void **state)
{
	fixture *f = *state;
	char all[2048] = "";
	td_doc together;
	td_doc_init(&together);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) (void)strcat(strcat(all, lines[i]), "\n");
	td_doc alone = f->doc;
	f->doc = together;
	run(f, all);
	together = f->doc;
	f->doc = alone;
	for (uint32_t s = 0; s < together.sents.n; s++) {
		run(f, lines[s]);
		uint32_t from = together.sents.at[s].toks.from;
		assert_int_equal(f->doc.toks.n, together.sents.at[s].toks.to - from);
		for (uint32_t i = 0; i < f->doc.toks.n; i++) {
			const td_token *a = &f->doc.toks.at[i], *b = &together.toks.at[from + i];
			assert_int_equal(a->upos, b->upos);
			assert_int_equal(a->xpos, b->xpos);
			assert_int_equal(a->deprel, b->deprel);
			assert_int_equal(a->name, b->name);
			assert_int_equal(a->head == TD_NONE ? TD_NONE : a->head + from, b->head);
			assert_true(td_str_eq(a->lemma, b->lemma));
		}
	}
	td_doc_free(&together);
}

/* Words without end, sentences beyond the limit, nothing at all. */
static void test_extremes(void **state)
{
	fixture *f = *state;
	td_buf text = { 0 };
	td_error err;
	for (int i = 0; i < 1000; i++) td_buf_printf(&text, "word%d ", i);
	td_buf_str(&text, TD_STR("."));
	td_buf_char(&text, '\n');
	for (int i = 0; i < 100000; i++) td_buf_str(&text, TD_STR("Ä"));
	td_buf_char(&text, 0);
	assert_false(text.failed);
	run(f, text.at);
	uint32_t roots = 0;
	for (uint32_t t = 0; t < f->doc.toks.n; t++) roots += f->doc.toks.at[t].head == TD_NONE;
	assert_int_equal(f->doc.toks.n, 1002);
	assert_int_equal(roots, 2);
	td_buf_free(&text);
	td_doc_reset(&f->doc);
	assert_int_equal(td_net_run(f->net, f->work, &f->doc, &err), TD_OK);
	assert_int_equal(f->doc.names.n, 0);
}

/* ---- damaged files ---- */

static char *read_model(size_t *n)
{
	td_mapped map;
	td_error err;
	assert_int_equal(td_map_file(model_path(), &map, &err), TD_OK);
	char *copy = td_alloc(map.bytes.n);
	assert_non_null(copy);
	memcpy(copy, map.bytes.at, map.bytes.n);
	*n = map.bytes.n;
	td_unmap_file(&map);
	return copy;
}

static td_status open_bytes(const char *bytes, size_t n)
{
	char path[] = "/tmp/tidings-net-XXXXXX";
	td_net *net;
	td_error err = { 0 };
	int fd = mkstemp(path);
	FILE *file = fd >= 0 ? fdopen(fd, "wb") : NULL;
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
	td_status status = td_net_open(path, &net, &err);
	(void)remove(path);
	assert_true(status == TD_OK ? net != NULL : net == NULL && err.text[0] != 0);
	td_net_close(net);
	return status;
}

static void test_truncated(void **state)
{
	(void)state;
	size_t n;
	char *bytes = read_model(&n);
	const size_t cuts[] = { 0, 1, 8, 31, 32, 100, 3000, n / 2, n - 1 };
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) assert_int_not_equal(open_bytes(bytes, cuts[i]), TD_OK);
	td_free(bytes);
}

/* Any flipped bit is noticed. */
static void test_flipped(void **state)
{
	(void)state;
	size_t n;
	char *bytes = read_model(&n);
	for (uint32_t i = 0; i < 120; i++) {
		size_t at = i < 32 ? i : i < 60 ? 32 + random_below(3000) : (size_t)random_below(1u << 24) % n;
		char was = bytes[at];
		bytes[at] = (char)(was ^ 1 << random_below(8));
		assert_int_equal(open_bytes(bytes, n), TD_ERR_DATA);
		bytes[at] = was;
	}
	td_free(bytes);
}

/* A section table that lies behind a right checksum: refused or harmless, never a crash. */
static void test_forged(void **state)
{
	(void)state;
	size_t n, refused = 0;
	char *bytes = read_model(&n);
	uint32_t sections;
	memcpy(&sections, bytes + 24, sizeof sections);
	for (uint32_t i = 0; i < 60; i++) {
		size_t at = 12 + random_below(20 + 64 * sections);
		char was = bytes[at];
		bytes[at] = (char)random_below(256);
		uint32_t crc = td_crc32((td_str){ bytes + 12, n - 12 });
		memcpy(bytes + 8, &crc, sizeof crc);
		refused += open_bytes(bytes, n) != TD_OK;
		bytes[at] = was;
	}
	assert_true(refused > 30);
	td_free(bytes);
}

/* Weights that are no numbers give nonsense, but a tree, and no crash. */
static void test_wild_weights(void **state)
{
	(void)state;
	size_t n;
	char *bytes = read_model(&n), path[] = "/tmp/tidings-net-XXXXXX";
	fixture f = { 0 };
	td_error err = { 0 };
	for (uint32_t i = 0; i < 200000; i++) bytes[n / 2 + random_below((uint32_t)(n / 2))] = (char)(random_below(2) ? 0x7f : 0xff);
	uint32_t crc = td_crc32((td_str){ bytes + 12, n - 12 });
	memcpy(bytes + 8, &crc, sizeof crc);
	int fd = mkstemp(path);
	FILE *file = fd >= 0 ? fdopen(fd, "wb") : NULL;
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(td_net_open(path, &f.net, &err), TD_OK);
	(void)remove(path);
	assert_int_equal(td_net_work_new(f.net, &f.work, &err), TD_OK);
	td_doc_init(&f.doc);
	run(&f, lines[0]);
	uint32_t roots = 0;
	for (uint32_t t = 0; t < f.doc.toks.n; t++) roots += f.doc.toks.at[t].head == TD_NONE;
	assert_int_equal(roots, 1);
	void *s = &f;
	(void)tear_down(&s);
	td_free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_product),
		cmocka_unit_test(test_bytes_product),
		cmocka_unit_test(test_cell),
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_long_tree),
		cmocka_unit_test_setup_teardown(test_sentence, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_batches, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_extremes, set_up, tear_down),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_wild_weights),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
