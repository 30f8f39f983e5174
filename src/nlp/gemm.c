#include "nlp/gemm.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#define ROWS1(X) X(0)
#define ROWS2(X) ROWS1(X) X(1)
#define ROWS4(X) ROWS2(X) X(2) X(3)
#define ROWS6(X) ROWS4(X) X(4) X(5)
#define ROWS8(X) ROWS6(X) X(6) X(7)
#define ROWS12(X) ROWS8(X) X(8) X(9) X(10) X(11)

typedef void panel_fn(const float *a, size_t as, const float *b, float *c, size_t cs, size_t k, size_t rows);
typedef void q_panel_fn(const uint8_t *a, size_t as, const int8_t *b, const int32_t *zero, const float *scale, float *c, size_t cs,
	size_t quads, size_t rows);
typedef void cell_fn(const float *gates, float *cell, uint8_t *out, size_t h);
typedef void add_fn(float *to, const float *a, const float *b, size_t n);
typedef void leaky_fn(float *row, float slope, size_t n);

#if defined(__x86_64__)
#include <immintrin.h>

#define K(name) avx512_##name
#define TARGET __attribute__((target("avx512f,avx512vnni")))
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
#define ivec __m512i
#define ILOAD _mm512_loadu_si512
#define ISET _mm512_set1_epi32
#define IZERO _mm512_setzero_si512()
#define ISUB _mm512_sub_epi32
#define IDOT avx512_dot
#define VINT _mm512_cvtepi32_ps
/* As assembly, because gcc 12 copies the sums of _mm512_dpbusd_epi32 to and from the stack in the inner loop. */
__attribute__((target("avx512f,avx512vnni"))) static inline __m512i avx512_dot(__m512i sum, __m512i a, __m512i b)
{
	__asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
	return sum;
}
#define VBYTES(p, x) \
	_mm_storeu_si128((__m128i *)(void *)(p), _mm512_cvtepi32_epi8(_mm512_add_epi32(_mm512_cvtps_epi32(x), _mm512_set1_epi32(128))))
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
#define ivec __m256i
#define ILOAD(p) _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define ISET _mm256_set1_epi32
#define IZERO _mm256_setzero_si256()
#define ISUB _mm256_sub_epi32
/* Pairs are summed in 16 bits: 2 * 255 * TD_Q_MAX fits. */
#define IDOT(sum, a, b) _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(a, b), _mm256_set1_epi16(1)))
#define VINT _mm256_cvtepi32_ps
#define VBYTES(p, x) avx2_bytes(p, _mm256_add_epi32(_mm256_cvtps_epi32(x), _mm256_set1_epi32(128)))
__attribute__((target("avx2,fma"))) static inline void avx2_bytes(uint8_t *p, __m256i x)
{
	__m128i words = _mm_packs_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
	_mm_storel_epi64((__m128i *)(void *)p, _mm_packus_epi16(words, words));
}
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
#define ivec __m128i
#define ILOAD(p) _mm_loadu_si128((const __m128i *)(const void *)(p))
#define ISET _mm_set1_epi32
#define IZERO _mm_setzero_si128()
#define ISUB _mm_sub_epi32
#define IDOT plain_dot
#define VINT _mm_cvtepi32_ps
#define VBYTES(p, x) plain_bytes(p, _mm_add_epi32(_mm_cvtps_epi32(x), _mm_set1_epi32(128)))
static inline __m128i plain_dot(__m128i sum, __m128i a, __m128i b)
{
	__m128i zero = _mm_setzero_si128();
	__m128i lo = _mm_madd_epi16(_mm_unpacklo_epi8(a, zero), _mm_srai_epi16(_mm_unpacklo_epi8(b, b), 8));
	__m128i hi = _mm_madd_epi16(_mm_unpackhi_epi8(a, zero), _mm_srai_epi16(_mm_unpackhi_epi8(b, b), 8));
	__m128 even = _mm_shuffle_ps(_mm_castsi128_ps(lo), _mm_castsi128_ps(hi), 0x88);
	__m128 odd = _mm_shuffle_ps(_mm_castsi128_ps(lo), _mm_castsi128_ps(hi), 0xdd);
	return _mm_add_epi32(sum, _mm_add_epi32(_mm_castps_si128(even), _mm_castps_si128(odd)));
}
static inline void plain_bytes(uint8_t *p, __m128i x)
{
	__m128i words = _mm_packs_epi32(x, x);
	int32_t four = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
	memcpy(p, &four, sizeof four);
}
#include "nlp/gemm_kernel.h"

#else /* other machines: the compilers' own vectors of four */

typedef float float4 __attribute__((vector_size(16)));
typedef int32_t int4 __attribute__((vector_size(16)));
typedef uint32_t uint4 __attribute__((vector_size(16)));

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

static inline int4 iload4(const void *p)
{
	int4 v;
	memcpy(&v, p, sizeof v);
	return v;
}
/* Byte i of every lane: of a as it is, of b with its sign. */
#define BYTE_A(i) ((a >> 8 * (i)) & 255)
#define BYTE_B(i) ((int4)((uint4)b << (24 - 8 * (i))) >> 24)
static inline int4 dot4(int4 sum, int4 a, int4 b)
{
	return sum + BYTE_A(0) * BYTE_B(0) + BYTE_A(1) * BYTE_B(1) + BYTE_A(2) * BYTE_B(2) + BYTE_A(3) * BYTE_B(3);
}
static inline void bytes4(uint8_t *p, float4 x)
{
	for (int i = 0; i < 4; i++) p[i] = (uint8_t)(lrintf(x[i]) + 128);
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
#define ivec int4
#define ILOAD iload4
#define ISET(x) ((int4){ (x), (x), (x), (x) })
#define IZERO ((int4){ 0, 0, 0, 0 })
#define ISUB(a, b) ((a) - (b))
#define IDOT dot4
#define VINT(i) __builtin_convertvector(i, float4)
#define VBYTES bytes4
#include "nlp/gemm_kernel.h"
#endif

typedef struct {
	const char *name;
	panel_fn *panel;
	q_panel_fn *q_panel;
	cell_fn *cell;
	add_fn *add;
	leaky_fn *leaky;
} simd;

#define SIMD(name) { #name, name##_panel, name##_q_panel, name##_cell, name##_add, name##_leaky }
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
	if (!no512 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni")) chosen = &avx512;
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

td_status td_qmatrix_init(td_qmatrix *m, uint32_t k, uint32_t n, td_error *err)
{
	size_t cols = ((size_t)n + TD_PANEL - 1) / TD_PANEL * TD_PANEL, cells;
	*m = (td_qmatrix){ .k = k, .n = n };
	if (k % 4 || !td_mul_size(cols, k, &cells)) return td_fail(err, TD_ERR_INTERNAL, "no byte matrix of %u rows", k);
	m->at = td_alloc(cells);
	m->zero = td_alloc(cols * sizeof *m->zero);
	m->scale = td_alloc(cols * sizeof *m->scale);
	if (!m->at || !m->zero || !m->scale) return td_no_memory(err);
	memset(m->at, 0, cells);
	memset(m->zero, 0, cols * sizeof *m->zero);
	memset(m->scale, 0, cols * sizeof *m->scale);
	return TD_OK;
}

void td_qmatrix_free(td_qmatrix *m)
{
	td_free(m->at), td_free(m->zero), td_free(m->scale);
	*m = (td_qmatrix){ 0 };
}

void td_qmatrix_pack(td_qmatrix *m, uint32_t col, const float *column)
{
	int8_t *to = m->at + (size_t)(col / TD_PANEL) * TD_PANEL * m->k + col % TD_PANEL * 4;
	float top = 0;
	int32_t sum = 0;
	for (uint32_t i = 0; i < m->k; i++) top = fabsf(column[i]) > top ? fabsf(column[i]) : top;
	for (uint32_t i = 0; i < m->k && top > 0; i++) {
		int8_t q = (int8_t)lrintf(column[i] / top * TD_Q_MAX);
		to[(size_t)(i / 4) * TD_PANEL * 4 + i % 4] = q;
		sum += q;
	}
	m->zero[col] = 128 * sum;
	m->scale[col] = top / (TD_Q_MAX * 127.0f);
}

void td_qgemm(const uint8_t *a, size_t a_stride, const td_qmatrix *m, float *c, size_t c_stride, uint32_t rows)
{
	enum { STEP = 12 };
	const simd *s = simd_in_use();
	size_t quads = m->k / 4;
	for (uint32_t col = 0; col < m->n; col += TD_PANEL) {
		const int8_t *b = m->at + (size_t)col * m->k;
		size_t cols = m->n - col < TD_PANEL ? m->n - col : TD_PANEL;
		float buf[STEP * TD_PANEL];
		if (cols == TD_PANEL) s->q_panel(a, a_stride, b, m->zero + col, m->scale + col, c + col, c_stride, quads, rows);
		for (uint32_t r = 0; r < rows && cols < TD_PANEL; r += STEP) { /* a narrow last panel goes through a buffer */
			uint32_t n = rows - r < STEP ? rows - r : STEP;
			memset(buf, 0, sizeof buf);
			for (uint32_t i = 0; i < n; i++) memcpy(buf + i * TD_PANEL, c + (r + i) * c_stride + col, cols * sizeof(float));
			s->q_panel(a + r * a_stride, a_stride, b, m->zero + col, m->scale + col, buf, TD_PANEL, quads, n);
			for (uint32_t i = 0; i < n; i++) memcpy(c + (r + i) * c_stride + col, buf + i * TD_PANEL, cols * sizeof(float));
		}
	}
}

void td_lstm_cell(const float *gates, float *cell, uint8_t *out, uint32_t h)
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
