#include "nlp/gemm.h"

#include <pthread.h>
#include <stdlib.h>

#define ROWS1(X) X(0)
#define ROWS2(X) ROWS1(X) X(1)
#define ROWS4(X) ROWS2(X) X(2) X(3)
#define ROWS6(X) ROWS4(X) X(4) X(5)
#define ROWS8(X) ROWS6(X) X(6) X(7)
#define ROWS12(X) ROWS8(X) X(8) X(9) X(10) X(11)

typedef void panel_fn(const float *a, size_t as, const float *b, float *c, size_t cs, size_t k, size_t rows);
typedef void cell_fn(const float *gates, float *cell, float *out, size_t h);
typedef void add_fn(float *to, const float *a, const float *b, size_t n);
typedef void leaky_fn(float *row, float slope, size_t n);

#if defined(__x86_64__)
#include <immintrin.h>

#define K(name) avx512_##name
#define TARGET __attribute__((target("avx512f")))
#define vec __m512
#define W 16
#define MAX_ROWS 12
#define VLOAD _mm512_loadu_ps
#define VSTORE _mm512_storeu_ps
#define VSET _mm512_set1_ps
#define VFMA _mm512_fmadd_ps
#define VMUL _mm512_mul_ps
#define VADD _mm512_add_ps
#define VSUB _mm512_sub_ps
#define VDIV _mm512_div_ps
#define VMIN _mm512_min_ps
#define VMAX _mm512_max_ps
#define VPOW2(x) \
	_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_add_epi32(_mm512_cvtps_epi32(x), _mm512_set1_epi32(127)), 23))
#include "nlp/gemm_kernel.h"

#define K(name) avx2_##name
#define TARGET __attribute__((target("avx2,fma")))
#define vec __m256
#define W 8
#define MAX_ROWS 6
#define VLOAD _mm256_loadu_ps
#define VSTORE _mm256_storeu_ps
#define VSET _mm256_set1_ps
#define VFMA _mm256_fmadd_ps
#define VMUL _mm256_mul_ps
#define VADD _mm256_add_ps
#define VSUB _mm256_sub_ps
#define VDIV _mm256_div_ps
#define VMIN _mm256_min_ps
#define VMAX _mm256_max_ps
#define VPOW2(x) \
	_mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(x), _mm256_set1_epi32(127)), 23))
#include "nlp/gemm_kernel.h"

#define K(name) plain_##name
#define TARGET
#define vec __m128
#define W 4
#define MAX_ROWS 6
#define VLOAD _mm_loadu_ps
#define VSTORE _mm_storeu_ps
#define VSET _mm_set1_ps
#define VFMA(a, b, c) _mm_add_ps(_mm_mul_ps(a, b), c)
#define VMUL _mm_mul_ps
#define VADD _mm_add_ps
#define VSUB _mm_sub_ps
#define VDIV _mm_div_ps
#define VMIN _mm_min_ps
#define VMAX _mm_max_ps
#define VPOW2(x) _mm_castsi128_ps(_mm_slli_epi32(_mm_add_epi32(_mm_cvtps_epi32(x), _mm_set1_epi32(127)), 23))
#include "nlp/gemm_kernel.h"

#else /* other machines: the compilers' own vectors of four */

typedef float float4 __attribute__((vector_size(16)));
typedef int32_t int4 __attribute__((vector_size(16)));

static inline float4 load4(const float *p)
{
	float4 v;
	memcpy(&v, p, sizeof v);
	return v;
}
static inline void store4(float *p, float4 v)
{
	memcpy(p, &v, sizeof v);
}
static inline float4 set4(float x)
{
	return (float4){ x, x, x, x };
}
static inline float4 pick4(int4 take, float4 a, float4 b)
{
	return (float4)(((int4)a & take) | ((int4)b & ~take));
}
static inline float4 pow4(float4 x)
{
	int4 n = { (int32_t)x[0], (int32_t)x[1], (int32_t)x[2], (int32_t)x[3] };
	return (float4)((n + 127) << 23);
}

#define K(name) plain_##name
#define TARGET
#define vec float4
#define W 4
#define MAX_ROWS 6
#define VLOAD load4
#define VSTORE store4
#define VSET set4
#define VFMA(a, b, c) ((a) * (b) + (c))
#define VMUL(a, b) ((a) * (b))
#define VADD(a, b) ((a) + (b))
#define VSUB(a, b) ((a) - (b))
#define VDIV(a, b) ((a) / (b))
#define VMIN(a, b) pick4((a) < (b), a, b)
#define VMAX(a, b) pick4((a) > (b), a, b)
#define VPOW2(x) pow4(x)
#include "nlp/gemm_kernel.h"
#endif

typedef struct {
	const char *name;
	panel_fn *panel;
	cell_fn *cell;
	add_fn *add;
	leaky_fn *leaky;
} simd;

#define SIMD(name) { #name, name##_panel, name##_cell, name##_add, name##_leaky }
static const simd plain = SIMD(plain);
static const simd *chosen;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void choose(void)
{
	chosen = &plain;
#if defined(__x86_64__)
	static const simd avx512 = SIMD(avx512), avx2 = SIMD(avx2);
	const char *wish = getenv("TIDINGS_SIMD");
	bool lesser = wish && strcmp(wish, "plain") == 0, no512 = lesser || (wish && strcmp(wish, "avx2") == 0);
	if (!no512 && __builtin_cpu_supports("avx512f")) chosen = &avx512;
	else if (!lesser && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) chosen = &avx2;
#endif
}

static const simd *simd_in_use(void)
{
	(void)pthread_once(&once, choose);
	return chosen;
}

const char *td_simd_name(void)
{
	return simd_in_use()->name;
}

td_status td_matrix_init(td_matrix *m, uint32_t k, uint32_t n, td_error *err)
{
	size_t cells, panels = ((size_t)n + TD_PANEL - 1) / TD_PANEL;
	*m = (td_matrix){ .k = k, .n = n };
	if (!td_mul_size(panels * TD_PANEL, k, &cells) || cells > SIZE_MAX / sizeof(float) - 64) return td_no_memory(err);
	m->block_ = td_alloc(cells * sizeof(float) + 64);
	if (!m->block_) return td_no_memory(err);
	m->at = (float *)(((uintptr_t)m->block_ + 63) & ~(uintptr_t)63);
	memset(m->at, 0, cells * sizeof(float));
	return TD_OK;
}

void td_matrix_free(td_matrix *m)
{
	td_free(m->block_);
	*m = (td_matrix){ 0 };
}

void td_matrix_pack(td_matrix *m, uint32_t col, const float *from, size_t row_stride, size_t col_stride, uint32_t count)
{
	for (uint32_t j = 0; j < count; j++) {
		float *to = td_matrix_cell(m, 0, col + j);
		const float *at = from + j * col_stride;
		for (uint32_t i = 0; i < m->k; i++) to[(size_t)i * TD_PANEL] = at[i * row_stride];
	}
}

/* The last panel may be wider than the result: its rows go through a buffer. */
static void last_panel(const simd *s, const float *a, size_t as, const float *b, float *c, size_t cs, size_t k, uint32_t rows, size_t cols)
{
	enum { STEP = 12 };
	float buf[STEP * TD_PANEL];
	for (uint32_t r = 0; r < rows; r += STEP) {
		uint32_t n = rows - r < STEP ? rows - r : STEP;
		memset(buf, 0, sizeof buf);
		for (uint32_t i = 0; i < n; i++) memcpy(buf + i * TD_PANEL, c + (r + i) * cs, cols * sizeof(float));
		s->panel(a + r * as, as, b, buf, TD_PANEL, k, n);
		for (uint32_t i = 0; i < n; i++) memcpy(c + (r + i) * cs, buf + i * TD_PANEL, cols * sizeof(float));
	}
}

void td_gemm(const float *a, size_t a_stride, const td_matrix *m, float *c, size_t c_stride, uint32_t rows)
{
	const simd *s = simd_in_use();
	for (uint32_t col = 0; col < m->n; col += TD_PANEL) {
		const float *b = m->at + (size_t)col * m->k;
		if (m->n - col >= TD_PANEL) s->panel(a, a_stride, b, c + col, c_stride, m->k, rows);
		else last_panel(s, a, a_stride, b, c + col, c_stride, m->k, rows, m->n - col);
	}
}

void td_lstm_cell(const float *gates, float *cell, float *out, uint32_t h)
{
	simd_in_use()->cell(gates, cell, out, h);
}

void td_add(float *to, const float *a, const float *b, uint32_t n)
{
	simd_in_use()->add(to, a, b, n);
}

void td_leaky(float *row, float slope, uint32_t n)
{
	simd_in_use()->leaky(row, slope, n);
}
