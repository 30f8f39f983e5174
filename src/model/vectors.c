/* Word vectors by structured skip-gram with negative sampling and character n-grams (Mikolov 2013; Ling 2015, Bojanowski 2017).
 * Called by train.py through ctypes; single-threaded and seeded, so that a run can be repeated.
 *
 * A word's vector is the sum of its own row (when it has one) and the mean of its n-grams' rows. Output vectors are kept for
 * every relative position apart, because position carries the syntax. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DIM = 100, WINDOW = 3, NEGATIVE = 6, TABLE = 1 << 20 };

static uint64_t seed;
static uint32_t next_random(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33);
}

static float dot(const float *a, const float *b)
{
	float s = 0;
	for (int i = 0; i < DIM; i++) s += a[i] * b[i];
	return s;
}

/* One pair of centre vector and target; adds the centre's gradient to `grad`. */
static void learn(const float *in, float *out, float label, float rate, float *grad)
{
	float g = (label - 1 / (1 + expf(-dot(in, out)))) * rate;
	for (int i = 0; i < DIM; i++) grad[i] += g * out[i];
	for (int i = 0; i < DIM; i++) out[i] += g * in[i];
}

/* text: word ids, -1 ends a sentence; keep: chance to keep a word as centre or context, by id;
 * gram_at [words + 1], gram: n-grams of each word; word [words][DIM], bag [grams][DIM]: result, initialised here. */
void td_vectors(const int32_t *text, int64_t n, const float *keep, const float *count, int32_t words, const int32_t *gram_at,
	const int32_t *gram, float *word, float *bag, int32_t grams, int32_t epochs, float rate0)
{
	size_t out_size = (size_t)words * DIM;
	float *out = calloc(out_size * 2 * WINDOW, sizeof *out);
	int32_t *table = malloc(TABLE * sizeof *table);
	int32_t *sent = malloc(10000 * sizeof *sent);
	double total = 0, sum = 0;
	seed = 7;
	for (int32_t w = 0; w < words; w++) total += pow(count[w], 0.75);
	for (int32_t w = 0, k = 0; w < words; w++) {
		sum += pow(count[w], 0.75);
		while (k < TABLE && k < sum / total * TABLE) table[k++] = w;
		if (w == words - 1) while (k < TABLE) table[k++] = w;
	}
	for (size_t i = 0; i < out_size; i++) word[i] = ((float)(next_random() & 0xffff) / 65536 - 0.5f) / DIM;
	for (size_t i = 0; i < (size_t)grams * DIM; i++) bag[i] = ((float)(next_random() & 0xffff) / 65536 - 0.5f) / DIM;
	for (int32_t epoch = 0; epoch < epochs; epoch++) {
		for (int64_t at = 0; at < n;) {
			int len = 0;
			float rate = rate0 * (1 - ((float)epoch + (float)at / (float)n) / (float)epochs) + 1e-4f;
			for (; at < n && text[at] >= 0 && len < 10000; at++)
				if ((float)(next_random() & 0xffffff) / 16777216 < keep[text[at]]) sent[len++] = text[at];
			at++;
			for (int i = 0; i < len; i++) {
				int32_t w = sent[i], lo = gram_at[w], hi = gram_at[w + 1];
				float in[DIM], grad[DIM] = { 0 }, share = hi > lo ? 1 / (float)(hi - lo) : 0;
				memcpy(in, word + (size_t)w * DIM, sizeof in);
				for (int32_t g = lo; g < hi; g++)
					for (int d = 0; d < DIM; d++) in[d] += share * bag[(size_t)gram[g] * DIM + d];
				for (int p = -WINDOW; p <= WINDOW; p++) {
					int j = i + p;
					if (p == 0 || j < 0 || j >= len) continue;
					float *base = out + out_size * (size_t)(p < 0 ? p + WINDOW : p + WINDOW - 1);
					learn(in, base + (size_t)sent[j] * DIM, 1, rate, grad);
					for (int k = 0; k < NEGATIVE; k++) {
						int32_t t = table[next_random() & (TABLE - 1)];
						if (t != sent[j]) learn(in, base + (size_t)t * DIM, 0, rate, grad);
					}
				}
				for (int d = 0; d < DIM; d++) word[(size_t)w * DIM + d] += grad[d];
				for (int32_t g = lo; g < hi; g++)
					for (int d = 0; d < DIM; d++) bag[(size_t)gram[g] * DIM + d] += grad[d] * share * 2;
			}
		}
	}
	free(out);
	free(table);
	free(sent);
}
