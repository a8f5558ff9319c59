/* bp-op-product.h: sums of products, which matrix products and their gradients are made of (private to the ops)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BpProduct:
 * @n: rows of the result
 * @k: terms of each sum
 * @m: columns of the result
 * @a: the first factors: term l of row i is a[i·@a_row + l·@a_term]
 * @b: the second factors: term l of column j is b[l·@b_term + j·@b_column]
 * @c: the result, row-major; it overlaps neither @a nor @b
 *
 * Matrices for Σₗ aᵢₗ·bₗⱼ. One is transposed by exchanging its two steps.
 */
typedef struct {
  gsize         n, k, m;
  const double *a;
  gsize         a_row, a_term;
  const double *b;
  gsize         b_term, b_column;
  double       *c;
} BpProduct;

/**
 * BpProductMode:
 * @BP_PRODUCT_SET: cᵢⱼ is set to the sum of the terms
 * @BP_PRODUCT_ADD: the terms are added to cᵢⱼ one after the other
 * @BP_PRODUCT_ADD_SUMS: the terms are added up, and then their sum is added to cᵢⱼ
 *
 * What becomes of the terms. Only with the last may columns of b be apart: with the others @b_column is 1.
 */
typedef enum {
  BP_PRODUCT_SET,
  BP_PRODUCT_ADD,
  BP_PRODUCT_ADD_SUMS
} BpProductMode;

void bp_product_compute (const BpProduct *product,
                         BpProductMode    mode);

G_END_DECLS
