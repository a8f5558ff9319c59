/* test-product.c: products in tiles against sums made one term after the other, to the bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-product.h"

#include <math.h>
#include <string.h>

#include "graph/bp-graph.h"
#include "session/bp-session.h"

/* Around what is computed, to see what is written beside it. */
#define MARGIN 8

/* Row-major, or column-major where @is_transposed. */
typedef struct {
  gsize    n_rows, n_columns;
  gboolean is_transposed;
  double  *numbers;
} Matrix;

/* Also zeros of both signs, and now and then what is no finite number. */
static double
draw (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 400))
    {
    case 0:
      return INFINITY;
    case 1:
      return NAN;
    case 2:
      return 1e-310;
    default:
      return g_rand_int_range (rand, 0, 8) == 0 ? copysign (0, g_rand_int_range (rand, -1, 1))
                                                : g_rand_double_range (rand, -1, 1);
    }
}

static void
matrix_init (Matrix  *matrix,
             GRand   *rand,
             gsize    n_rows,
             gsize    n_columns,
             gboolean is_transposed)
{
  *matrix = (Matrix) { n_rows, n_columns, is_transposed, g_new (double, n_rows * n_columns) };
  for (gsize i = 0; i < n_rows * n_columns; i++)
    matrix->numbers[i] = draw (rand);
}

static gsize
get_row_step (const Matrix *matrix)
{
  return matrix->is_transposed ? 1 : matrix->n_columns;
}

static gsize
get_column_step (const Matrix *matrix)
{
  return matrix->is_transposed ? matrix->n_rows : 1;
}

static double
get (const Matrix *matrix,
     gsize         row,
     gsize         column)
{
  return matrix->numbers[row * get_row_step (matrix) + column * get_column_step (matrix)];
}

static double
compute_element (const Matrix *a,
                 const Matrix *b,
                 gsize         row,
                 gsize         column,
                 double        before,
                 BpProductMode mode)
{
  double sum = mode == BP_PRODUCT_ADD ? before : 0;

  for (gsize l = 0; l < a->n_columns; l++)
    sum += get (a, row, l) * get (b, l, column);

  return mode == BP_PRODUCT_ADD_SUMS ? before + sum : sum;
}

/* NaN has many bits, of which any will do. */
static gboolean
is_same (double a,
         double b)
{
  return memcmp (&a, &b, sizeof a) == 0 || (isnan (a) && isnan (b));
}

static void
check_product (GRand         *rand,
               gsize          n,
               gsize          k,
               gsize          m,
               BpProductMode  mode)
{
  g_autofree double *c = g_new (double, n * m + 2 * MARGIN), *before = NULL;
  Matrix a, b;

  for (gsize i = 0; i < n * m + 2 * MARGIN; i++)
    c[i] = draw (rand);
  before = g_memdup2 (c, (n * m + 2 * MARGIN) * sizeof (double));
  matrix_init (&a, rand, n, k, mode == BP_PRODUCT_ADD);
  matrix_init (&b, rand, k, m, mode == BP_PRODUCT_ADD_SUMS);

  bp_product_compute (&(BpProduct) {
    .n = n, .k = k, .m = m,
    .a = a.numbers, .a_row = get_row_step (&a), .a_term = get_column_step (&a),
    .b = b.numbers, .b_term = get_row_step (&b), .b_column = get_column_step (&b),
    .c = c + MARGIN,
  }, mode);

  for (gsize i = 0; i < n * m + 2 * MARGIN; i++)
    {
      const gsize element = i - MARGIN;
      const double expected = i < MARGIN || element >= n * m ? before[i]
                              : compute_element (&a, &b, element / m, element % m, before[i], mode);

      if (!is_same (c[i], expected))
        g_error ("%u × %u × %u, mode %d, element %d: %.17g, not %.17g", (guint) n, (guint) k, (guint) m, mode,
                 (int) element, c[i], expected);
    }
  g_free (a.numbers);
  g_free (b.numbers);
}

static void
test_sizes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  const gsize n_terms[] = { 1, 2, 5, 33 };

  for (gsize n = 1; n <= 10; n++)
    for (gsize m = 1; m <= 28; m++)
      for (gsize i = 0; i < G_N_ELEMENTS (n_terms); i++)
        for (BpProductMode mode = BP_PRODUCT_SET; mode <= BP_PRODUCT_ADD_SUMS; mode++)
          check_product (rand, n, n_terms[i], m, mode);
}

/* A matrix that is multiplied by itself gets both gradients. */
static void
test_square (void)
{
  enum { SIZE = 9 };
  const BpOpAttributes attributes = { .shape = { 2, { SIZE, SIZE, 1, 1 } } };
  g_autoptr (BpGraph) graph = bp_graph_new ();
  g_autoptr (BpSession) session = NULL;
  const guint matrix = bp_graph_add (graph, "W", BP_OP_VARIABLE, NULL, &attributes, NULL);
  const guint both[] = { matrix, matrix };
  const guint product = bp_graph_add (graph, "p", BP_OP_MATMUL, both, NULL, NULL);
  double numbers[SIZE * SIZE];
  const double *gradient;

  bp_graph_set_loss (graph, bp_graph_add (graph, "loss", BP_OP_REDUCE_SUM, &product, NULL, NULL));
  session = bp_session_new (graph, NULL);
  for (guint i = 0; i < SIZE * SIZE; i++)
    numbers[i] = i % 7 - 3.0;
  bp_session_feed (session, matrix, numbers, SIZE * SIZE);
  bp_session_forward (session);
  bp_session_backward (session);

  gradient = bp_session_get_gradient (session, matrix);
  for (guint i = 0; i < SIZE; i++)
    for (guint j = 0; j < SIZE; j++)
      {
        double expected = 0;

        for (guint l = 0; l < SIZE; l++)
          expected += numbers[j * SIZE + l] + numbers[l * SIZE + i];
        g_assert_cmpfloat (gradient[i * SIZE + j], ==, expected);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/product/sizes", test_sizes);
  g_test_add_func ("/product/square", test_square);

  return g_test_run ();
}
