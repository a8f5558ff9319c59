/* bp-op-product.c: sums of products, which matrix products and their gradients are made of
 *
 * The result is computed in tiles, whose elements stay in registers while the terms are added in their order. So an
 * element has the same bits in any tile and with vectors of any length; nothing is fused or reordered. Where the
 * processor may have longer vectors, tiles are compiled for those too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-product.h"

/* Vectors need not start at a multiple of their size. */
typedef double Vector1;
typedef double Vector2 __attribute__ ((vector_size (16), aligned (8), may_alias));
typedef double Vector4 __attribute__ ((vector_size (32), aligned (8), may_alias));

#define GATHER_1(b, step) (*(b))
#define GATHER_2(b, step) ((Vector2) { (b)[0], (b)[step] })
#define GATHER_4(b, step) ((Vector4) { (b)[0], (b)[step], (b)[2 * (step)], (b)[3 * (step)] })

/* A tile has four rows of two vectors, left and right. Where the result has fewer rows, the last is computed more than
 * once; where it has fewer columns, both vectors have some of them in common. All of them are read before any is
 * written. */
#define N_ROWS 4
#define FOR_ROWS(DO) DO (0) DO (1) DO (2) DO (3)

#define BEGIN_ROW(r) \
  const gsize row_##r = MIN (row + r, product->n - 1); \
  const double *a_##r = product->a + row_##r * product->a_row; \
  Vector *c_left_##r = (Vector *) (product->c + row_##r * product->m + left); \
  Vector *c_right_##r = (Vector *) (product->c + row_##r * product->m + right); \
  Vector sum_left_##r = mode == BP_PRODUCT_ADD ? *c_left_##r : zero; \
  Vector sum_right_##r = mode == BP_PRODUCT_ADD ? *c_right_##r : zero;

#define ADD_TERM(r) \
  sum_left_##r += a_##r[a] * b_left; \
  sum_right_##r += a_##r[a] * b_right;

#define ADD_SUM(r) \
  sum_left_##r += *c_left_##r; \
  sum_right_##r += *c_right_##r;

#define STORE_ROW(r) \
  *c_left_##r = sum_left_##r; \
  *c_right_##r = sum_right_##r;

/* A tile, and all of them: as wide as two vectors, or as is left, but not narrower than one. Those of the same columns
 * come one after the other, which leaves their second factors in the cache. */
#define TILES(N, attributes) \
  attributes G_ALWAYS_INLINE static inline void \
  compute_tile_##N (const BpProduct *product, \
                    gsize            row, \
                    gsize            left, \
                    gsize            right, \
                    BpProductMode    mode) \
  { \
    typedef Vector##N Vector; \
    const Vector zero = { 0 }; \
    const gsize step = product->b_column; \
    const double *b = product->b; \
    gsize a = 0; \
\
    FOR_ROWS (BEGIN_ROW) \
    for (gsize l = 0; l < product->k; l++, a += product->a_term, b += product->b_term) \
      { \
        const double *b_l = b + left * step, *b_r = b + right * step; \
        const Vector b_left = mode == BP_PRODUCT_ADD_SUMS ? GATHER_##N (b_l, step) : *(const Vector *) b_l; \
        const Vector b_right = mode == BP_PRODUCT_ADD_SUMS ? GATHER_##N (b_r, step) : *(const Vector *) b_r; \
\
        FOR_ROWS (ADD_TERM) \
      } \
    if (mode == BP_PRODUCT_ADD_SUMS) \
      { \
        FOR_ROWS (ADD_SUM) \
      } \
    FOR_ROWS (STORE_ROW) \
  } \
\
  attributes static void \
  compute_tiles_##N (const BpProduct *product, \
                     BpProductMode    mode) \
  { \
    for (gsize left = 0, end; left < product->m; left = end) \
      { \
        const gsize rest = product->m - left; \
\
        end = left + (rest <= 2 * N ? rest : MIN (2 * N, rest - N)); \
        for (gsize row = 0; row < product->n; row += N_ROWS) \
          if (mode == BP_PRODUCT_SET) \
            compute_tile_##N (product, row, left, end - N, BP_PRODUCT_SET); \
          else if (mode == BP_PRODUCT_ADD) \
            compute_tile_##N (product, row, left, end - N, BP_PRODUCT_ADD); \
          else \
            compute_tile_##N (product, row, left, end - N, BP_PRODUCT_ADD_SUMS); \
      } \
  }

TILES (1, )
TILES (2, )
#if defined __x86_64__ && defined __GNUC__
TILES (4, __attribute__ ((target ("avx2"))))
#endif

void
bp_product_compute (const BpProduct *product,
                    BpProductMode    mode)
{
#if defined __x86_64__ && defined __GNUC__
  if (product->m >= 4 && __builtin_cpu_supports ("avx2"))
    {
      compute_tiles_4 (product, mode);
      return;
    }
#endif
  if (product->m >= 2)
    compute_tiles_2 (product, mode);
  else
    compute_tiles_1 (product, mode);
}
