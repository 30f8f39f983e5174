/* One direction of an LSTM layer, forward and backward, for train.py (through ctypes and the machine's BLAS). PyTorch's own
 * sums the gradient of the recurrent weights at every step, which takes half the training time; here that is left to one
 * product at the end. Rows are sorted by falling length, so that the rows alive at a step are a prefix.
 *
 * Shapes: gates [n][b][4h] in the order i f g o, out and cell [n][b][h], weight [4h][h], alive [n]. */
#include <cblas.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MAX_HIDDEN = 1024 };
static const float nothing[MAX_HIDDEN]; /* the cell before the first */

/* The bounds keep infinities away from the approximate reciprocals that -ffast-math brings. */
static float sigmoid(float x)
{
	x = x > 40 ? 40 : x < -40 ? -40 : x;
	return 1 / (1 + expf(-x));
}

static float tanh_(float x)
{
	return 2 * sigmoid(2 * x) - 1;
}

static void cell_forward(float *restrict g, const float *restrict before, float *restrict c, float *restrict out, int64_t h)
{
	for (int64_t j = 0; j < h; j++) {
		float i = sigmoid(g[j]), f = sigmoid(g[h + j]), z = tanh_(g[2 * h + j]), o = sigmoid(g[3 * h + j]);
		float v = f * before[j] + i * z;
		g[j] = i, g[h + j] = f, g[2 * h + j] = z, g[3 * h + j] = o;
		c[j] = v;
		out[j] = o * tanh_(v);
	}
}

void td_lstm_forward(float *gates, const float *weight, float *out, float *cell, const int64_t *alive, int64_t n, int64_t b, int64_t h,
	int64_t reverse)
{
	for (int64_t s = 0; s < n; s++) {
		int64_t t = reverse ? n - 1 - s : s, p = reverse ? t + 1 : t - 1;
		int64_t rows = alive[t], old = s == 0 ? 0 : reverse ? alive[p] : rows;
		float *g = gates + t * b * 4 * h;
		if (old > 0)
			cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)old, (int)(4 * h), (int)h, 1, out + p * b * h, (int)h, weight,
				(int)h, 1, g, (int)(4 * h));
		for (int64_t r = 0; r < rows; r++)
			cell_forward(g + r * 4 * h, r < old ? cell + (p * b + r) * h : nothing, cell + (t * b + r) * h, out + (t * b + r) * h, h);
	}
}

static void cell_backward(const float *restrict g, const float *restrict before, const float *restrict c, const float *restrict dout,
	float *restrict dc, float *restrict dg, int64_t h)
{
	for (int64_t j = 0; j < h; j++) {
		float i = g[j], f = g[h + j], z = g[2 * h + j], o = g[3 * h + j], y = tanh_(c[j]);
		float d = dc[j] + dout[j] * o * (1 - y * y);
		dg[j] = d * z * i * (1 - i);
		dg[h + j] = d * before[j] * f * (1 - f);
		dg[2 * h + j] = d * i * (1 - z * z);
		dg[3 * h + j] = dout[j] * y * o * (1 - o);
		dc[j] = d * f;
	}
}

/* dout [n][b][h] comes in as the gradient of `out` and is used up; dcell [b][h] is scratch, zeroed; dgates is the result, zeroed. */
void td_lstm_backward(const float *gates, const float *weight, float *dout, const float *cell, float *dcell, float *dgates,
	const int64_t *alive, int64_t n, int64_t b, int64_t h, int64_t reverse)
{
	for (int64_t s = n - 1; s >= 0; s--) {
		int64_t t = reverse ? n - 1 - s : s, p = reverse ? t + 1 : t - 1;
		int64_t rows = alive[t], old = s == 0 ? 0 : reverse ? alive[p] : rows;
		float *dg = dgates + t * b * 4 * h;
		for (int64_t r = 0; r < rows; r++)
			cell_backward(gates + (t * b + r) * 4 * h, r < old ? cell + (p * b + r) * h : nothing, cell + (t * b + r) * h,
				dout + (t * b + r) * h, dcell + r * h, dg + r * 4 * h, h);
		if (old > 0)
			cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)old, (int)h, (int)(4 * h), 1, dg, (int)(4 * h), weight, (int)h, 1,
				dout + p * b * h, (int)h);
	}
}
