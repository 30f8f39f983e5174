/* Body of gemm.c, included once for every instruction set. Needs: K(name), TARGET, vec, W (floats in a vec), VLOAD VSTORE VSET
 * VFMA(a,b,c)=a*b+c VMUL VADD VSUB VDIV VMIN VMAX VPOW2(x)=2^x for a whole x; for whole numbers ivec, ILOAD ISET IZERO ISUB,
 * IDOT(sum,a,b) = sum + the dot products of four unsigned bytes of a and four signed ones of b in every lane, VINT(i) as floats,
 * VBYTES(p,x) stores round(x) + 128 as bytes. */

#define ROW_INIT(r) vec lo##r = VLOAD(c + r * cs), hi##r = VLOAD(c + r * cs + W);
#define ROW_STEP(r) \
	{ \
		vec x = VSET(a[r * as + p]); \
		lo##r = VFMA(x, b0, lo##r), hi##r = VFMA(x, b1, hi##r); \
	}
#define ROW_DONE(r) VSTORE(c + r * cs, lo##r), VSTORE(c + r * cs + W, hi##r);

/* A block of rows by two vectors of columns: all sums stay in registers while k runs. */
#define BLOCK(rows, ROWS) \
	TARGET static void K(block##rows)(const float *a, size_t as, const float *b, float *c, size_t cs, size_t k) \
	{ \
		ROWS(ROW_INIT) \
		for (size_t p = 0; p < k; p++) { \
			vec b0 = VLOAD(b + p * TD_PANEL), b1 = VLOAD(b + p * TD_PANEL + W); \
			ROWS(ROW_STEP) \
		} \
		ROWS(ROW_DONE) \
	}

BLOCK(1, ROWS1)
BLOCK(2, ROWS2)
BLOCK(4, ROWS4)
BLOCK(6, ROWS6)
#if MAX_ROWS > 6
BLOCK(8, ROWS8)
BLOCK(12, ROWS12)
#endif

/* One panel (32 columns) for all rows. */
TARGET static void K(panel)(const float *a, size_t as, const float *b, float *c, size_t cs, size_t k, size_t rows)
{
	static const struct {
		size_t rows;
		void (*run)(const float *, size_t, const float *, float *, size_t, size_t);
	} block[] = {
#if MAX_ROWS > 6
		{ 12, K(block12) }, { 8, K(block8) },
#endif
		{ 6, K(block6) }, { 4, K(block4) }, { 2, K(block2) }, { 1, K(block1) },
	};
	for (size_t r = 0, i = 0; r < rows; r += block[i].rows) {
		while (block[i].rows > rows - r) i++;
		for (size_t col = 0; col < TD_PANEL; col += 2 * W)
			block[i].run(a + r * as, as, b + col, c + r * cs + col, cs, k);
	}
}

#define Q_INIT(r) ivec lo##r = IZERO, hi##r = IZERO;
#define Q_STEP(r) \
	{ \
		int32_t four; \
		memcpy(&four, a + r * as + 4 * p, sizeof four); \
		ivec x = ISET(four); \
		lo##r = IDOT(lo##r, x, b0), hi##r = IDOT(hi##r, x, b1); \
	}
#define Q_DONE(r) \
	VSTORE(c + r * cs, VADD(VLOAD(c + r * cs), VMUL(VINT(ISUB(lo##r, z0)), s0))); \
	VSTORE(c + r * cs + W, VADD(VLOAD(c + r * cs + W), VMUL(VINT(ISUB(hi##r, z1)), s1)));

/* The same for bytes: four rows of the matrix at a time; `zero` takes the activations' offset of 128 off again. */
#define Q_BLOCK(rows, ROWS) \
	TARGET static void K(q_block##rows)(const uint8_t *a, size_t as, const int8_t *b, const int32_t *zero, const float *scale, float *c, \
		size_t cs, size_t quads) \
	{ \
		ROWS(Q_INIT) \
		for (size_t p = 0; p < quads; p++) { \
			ivec b0 = ILOAD(b + p * TD_PANEL * 4), b1 = ILOAD(b + p * TD_PANEL * 4 + 4 * W); \
			ROWS(Q_STEP) \
		} \
		ivec z0 = ILOAD(zero), z1 = ILOAD(zero + W); \
		vec s0 = VLOAD(scale), s1 = VLOAD(scale + W); \
		ROWS(Q_DONE) \
	}

Q_BLOCK(1, ROWS1)
Q_BLOCK(2, ROWS2)
Q_BLOCK(4, ROWS4)
Q_BLOCK(6, ROWS6)
#if MAX_ROWS > 6
Q_BLOCK(8, ROWS8)
Q_BLOCK(12, ROWS12)
#endif

TARGET static void K(q_panel)(const uint8_t *a, size_t as, const int8_t *b, const int32_t *zero, const float *scale, float *c, size_t cs,
	size_t quads, size_t rows)
{
	static const struct {
		size_t rows;
		void (*run)(const uint8_t *, size_t, const int8_t *, const int32_t *, const float *, float *, size_t, size_t);
	} block[] = {
#if MAX_ROWS > 6
		{ 12, K(q_block12) }, { 8, K(q_block8) },
#endif
		{ 6, K(q_block6) }, { 4, K(q_block4) }, { 2, K(q_block2) }, { 1, K(q_block1) },
	};
	for (size_t r = 0, i = 0; r < rows; r += block[i].rows) {
		while (block[i].rows > rows - r) i++;
		for (size_t col = 0; col < TD_PANEL; col += 2 * W)
			block[i].run(a + r * as, as, b + 4 * col, zero + col, scale + col, c + r * cs + col, cs, quads);
	}
}

/* e^x after Cephes' expf: x = n ln 2 + r, a polynomial for e^r, relative error below 2e-7. */
TARGET static inline vec K(exp)(vec x)
{
	const vec round = VSET(12582912.0f);
	x = VMIN(VMAX(x, VSET(-80.0f)), VSET(80.0f));
	vec n = VSUB(VADD(VMUL(x, VSET(1.44269504088896341f)), round), round);
	vec r = VFMA(n, VSET(-0.693359375f), x);
	r = VFMA(n, VSET(2.12194440e-4f), r);
	vec y = VSET(1.9875691500e-4f);
	y = VFMA(y, r, VSET(1.3981999507e-3f));
	y = VFMA(y, r, VSET(8.3334519073e-3f));
	y = VFMA(y, r, VSET(4.1665795894e-2f));
	y = VFMA(y, r, VSET(1.6666665459e-1f));
	y = VFMA(y, r, VSET(5.0000001201e-1f));
	y = VADD(VFMA(y, VMUL(r, r), r), VSET(1.0f));
	return VMUL(y, VPOW2(n));
}

TARGET static inline vec K(sigmoid)(vec x)
{
	return VDIV(VSET(1.0f), VADD(VSET(1.0f), K(exp)(VSUB(VSET(0.0f), x))));
}

TARGET static inline vec K(tanh)(vec x)
{
	return VSUB(VMUL(VSET(2.0f), K(sigmoid)(VADD(x, x))), VSET(1.0f));
}

TARGET static void K(cell)(const float *g, float *cell, uint8_t *out, size_t h)
{
	for (size_t j = 0; j < h; j += W) {
		vec i = K(sigmoid)(VLOAD(g + j)), f = K(sigmoid)(VLOAD(g + h + j));
		vec z = K(tanh)(VLOAD(g + 2 * h + j)), o = K(sigmoid)(VLOAD(g + 3 * h + j));
		vec c = VFMA(f, VLOAD(cell + j), VMUL(i, z));
		VSTORE(cell + j, c);
		VBYTES(out + j, VMUL(VMUL(o, K(tanh)(c)), VSET(127.0f)));
	}
}

TARGET static void K(add)(float *to, const float *a, const float *b, size_t n)
{
	size_t i = 0;
	for (; i + W <= n; i += W) VSTORE(to + i, VADD(VLOAD(a + i), VLOAD(b + i)));
	for (; i < n; i++) to[i] = a[i] + b[i];
}

/* to = the larger of a row and the same row times `slope`. */
TARGET static void K(leaky)(float *row, float slope, size_t n)
{
	size_t i = 0;
	for (; i + W <= n; i += W) VSTORE(row + i, VMAX(VLOAD(row + i), VMUL(VLOAD(row + i), VSET(slope))));
	for (; i < n; i++) row[i] = row[i] > row[i] * slope ? row[i] : row[i] * slope;
}

#undef ROW_INIT
#undef ROW_STEP
#undef ROW_DONE
#undef BLOCK
#undef Q_INIT
#undef Q_STEP
#undef Q_DONE
#undef Q_BLOCK
#undef ivec
#undef ILOAD
#undef ISET
#undef IZERO
#undef ISUB
#undef IDOT
#undef VINT
#undef VBYTES
#undef K
#undef TARGET
#undef vec
#undef W
#undef MAX_ROWS
#undef VLOAD
#undef VSTORE
#undef VSET
#undef VFMA
#undef VMUL
#undef VADD
#undef VSUB
#undef VDIV
#undef VMIN
#undef VMAX
#undef VPOW2
