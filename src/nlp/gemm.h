/* Matrix product and LSTM cell, in three builds (AVX-512 with VNNI, AVX2 with FMA, plain) chosen at run time.
 *
 * Every row of a product is summed in the same order whatever the number of rows beside it, so a sentence's analysis does
 * not depend on the batch it was in. AVX-512 and AVX2 give the same bits; the plain build rounds once more an addition. */
#ifndef TD_GEMM_H
#define TD_GEMM_H

#include "base/base.h"

enum { TD_PANEL = 32 }; /* columns that are kept together */

/* A matrix [k][n] cut into panels of 32 columns, each stored row by row and filled up with zeros. */
typedef struct {
	float *at; /* [ceil(n/32)][k][32], 64-byte aligned */
	void *block_; /* what was allocated */
	uint32_t k, n;
} td_matrix;

/* Owns its memory; td_matrix_free. The content is undefined until packed. */
td_status td_matrix_init(td_matrix *m, uint32_t k, uint32_t n, td_error *err);
void td_matrix_free(td_matrix *m);
static inline float *td_matrix_cell(const td_matrix *m, uint32_t row, uint32_t col)
{
	return m->at + ((size_t)(col / TD_PANEL) * m->k + row) * TD_PANEL + col % TD_PANEL;
}
/* Copies `count` columns of a [k][…] array with those strides into the columns from `col` on. */
void td_matrix_pack(td_matrix *m, uint32_t col, const float *from, size_t row_stride, size_t col_stride, uint32_t count);

/* c [rows][n] += a [rows][k] · m. The strides are in floats. */
void td_gemm(const float *a, size_t a_stride, const td_matrix *m, float *c, size_t c_stride, uint32_t rows);

/* A matrix [k][n] of small whole numbers with a scale a column, for activations between -1 and 1 that are kept as bytes
 * (128 + 127 x): its products are exact, and four times as fast where there is VNNI. k is a multiple of 4. */
enum { TD_Q_MAX = 63 };
typedef struct {
	int8_t *at;    /* [ceil(n/32)][k/4][32][4] */
	int32_t *zero; /* [n filled up to 32] 128 times the column's sum */
	float *scale;  /* likewise */
	uint32_t k, n;
} td_qmatrix;

td_status td_qmatrix_init(td_qmatrix *m, uint32_t k, uint32_t n, td_error *err);
void td_qmatrix_free(td_qmatrix *m);
void td_qmatrix_pack(td_qmatrix *m, uint32_t col, const float *column); /* column [k] */
/* c [rows][n] += a [rows][k] · m; a as bytes. */
void td_qgemm(const uint8_t *a, size_t a_stride, const td_qmatrix *m, float *c, size_t c_stride, uint32_t rows);

/* One step of an LSTM: gates [4h] in the order i f g o become the new cell [h] (in place) and the output as bytes, out [h];
 * h is a multiple of 16. */
void td_lstm_cell(const float *gates, float *cell, uint8_t *out, uint32_t h);

/* to [n] = a + b. */
void td_add(float *to, const float *a, const float *b, uint32_t n);
/* Leaky rectifier in place: negative values times `slope` (0…1). */
void td_leaky(float *row, float slope, uint32_t n);

/* The name of the build in use: "avx512", "avx2" or "plain". TIDINGS_SIMD=avx2 or plain asks for a lesser one. */
const char *td_simd_name(void);

#endif
