/* test-op-math.c: exponential and logarithm against those of libm in long double, and alone against in a batch
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-op-math.h"

#include <float.h>

#include "bp-graph.h"
#include "bp-session.h"

#define N_RANDOM 200000

/* In units of the last place of what is right. */
static double
error_of (double      actual,
          long double expected)
{
  const double right = fabs ((double) expected);

  return (double) fabsl (actual - expected) / (nextafter (right, HUGE_VAL) - right);
}

static void
assert_within (double      x,
               double      actual,
               long double expected,
               double      units)
{
  if (error_of (actual, expected) <= units)
    return;
  g_error ("at %.17g: %.17g, off by %.2f units", x, actual, error_of (actual, expected));
}

static void
test_exp (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      const double x = i % 2 == 0 ? g_rand_double_range (rand, -706.9, 709.7) : g_rand_double_range (rand, -3, 3);

      assert_within (x, bp_exp (x), expl (x), 2);
      if (fabs (x) <= 707)
        assert_within (x, bp_exp_negative (-fabs (x)), expl (-fabsl (x)), 2);
    }
}

static void
test_exp_ends (void)
{
  g_assert_cmpfloat (bp_exp (0), ==, 1);
  g_assert_cmpfloat (bp_exp (-0.0), ==, 1);
  g_assert_cmpfloat (bp_exp (DBL_MIN), ==, 1);
  g_assert_cmpfloat (bp_exp (-HUGE_VAL), ==, 0);
  g_assert_cmpfloat (bp_exp (-DBL_MAX), ==, 0);
  g_assert_cmpfloat (bp_exp (-800), ==, 0);
  g_assert_cmpfloat (bp_exp (HUGE_VAL), ==, HUGE_VAL);
  g_assert_cmpfloat (bp_exp (DBL_MAX), ==, HUGE_VAL);
  g_assert_cmpfloat (bp_exp (709.79), ==, HUGE_VAL);
  g_assert_true (isfinite (bp_exp (709.78)));
  g_assert_true (isnan (bp_exp (NAN)));
  g_assert_cmpfloat (bp_exp_negative (0), ==, 1);
  g_assert_cmpfloat (bp_exp_negative (-HUGE_VAL), ==, 0);
  g_assert_true (isnan (bp_exp_negative (NAN)));
  assert_within (-707, bp_exp (-707), expl (-707), 2);
  assert_within (-707, bp_exp_negative (-707), expl (-707), 2);
}

static void
test_log1p (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      const double x = i % 2 == 0 ? g_rand_double (rand) : exp (-g_rand_double_range (rand, 0, 700));

      assert_within (x, bp_log1p (x), log1pl (x), 2);
    }
  g_assert_cmpfloat (bp_log1p (0), ==, 0);
  assert_within (1, bp_log1p (1), logl (2), 2);
  g_assert_true (isnan (bp_log1p (NAN)));
}

static void
test_sigmoid (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      const double x = g_rand_double_range (rand, i % 2 == 0 ? -700 : -5, i % 2 == 0 ? 700 : 5);

      assert_within (x, bp_sigmoid (x), 1 / (1 + expl (-(long double) x)), 4);
    }
  g_assert_cmpfloat (bp_sigmoid (0), ==, 0.5);
  g_assert_cmpfloat (bp_sigmoid (HUGE_VAL), ==, 1);
  g_assert_cmpfloat (bp_sigmoid (-HUGE_VAL), ==, 0);
  g_assert_true (isnan (bp_sigmoid (NAN)));
}

static void
test_sum (void)
{
  double numbers[100];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = i + 1;
  for (guint n = 0; n <= G_N_ELEMENTS (numbers); n++)
    g_assert_cmpfloat (bp_sum (numbers, n), ==, n * (n + 1) / 2);
  numbers[37] = NAN;
  g_assert_true (isnan (bp_sum (numbers, 100)));
}

/* loss = sum of op (a, b) over n elements, with a and b variables of the same numbers as @a and @b. */
static BpSession *
session_new (BpOp          op,
             guint         n,
             const double *a,
             const double *b)
{
  const BpOpAttributes attributes = { .shape = { 1, { n } } };
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const guint inputs[] = {
    bp_graph_add (graph, "a", BP_OP_VARIABLE, NULL, &attributes, NULL),
    bp_graph_add (graph, "b", BP_OP_VARIABLE, NULL, &attributes, NULL),
  };
  const guint node = bp_graph_add (graph, "y", op, inputs, NULL, NULL);
  BpSession *session;

  bp_graph_set_loss (graph, bp_graph_add (graph, "loss", BP_OP_REDUCE_SUM, &node, NULL, NULL));
  session = bp_session_new (graph, NULL);
  bp_session_feed (session, inputs[0], a, n);
  bp_session_feed (session, inputs[1], b, n);
  bp_session_forward (session);
  bp_session_backward (session);

  return session;
}

static const double *
get (BpSession  *session,
     const char *name,
     gboolean    gradient)
{
  const guint node = bp_graph_find (bp_session_get_graph (session), name);

  return gradient ? bp_session_get_gradient (session, node) : bp_session_get_value (session, node);
}

/* Each element of a batch has the bits that it has alone, whatever vectors the machine has. */
static void
test_batch (void)
{
  enum { N = 1037 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  double a[N], b[N];

  for (guint i = 0; i < N; i++)
    {
      a[i] = g_rand_double_range (rand, 0, 4);
      b[i] = g_rand_double_range (rand, -20, 20);
    }
  for (BpOp op = BP_OP_ADD; op <= BP_OP_STOP_GRADIENT; op++)
    {
      g_autoptr (BpSession) batch = session_new (op, N, a, b);

      for (guint i = 0; i < N; i++)
        {
          g_autoptr (BpSession) alone = session_new (op, 1, a + i, b + i);

          g_assert_cmpmem (get (alone, "y", FALSE), sizeof (double), get (batch, "y", FALSE) + i, sizeof (double));
          g_assert_cmpmem (get (alone, "a", TRUE), sizeof (double), get (batch, "a", TRUE) + i, sizeof (double));
          g_assert_cmpmem (get (alone, "b", TRUE), sizeof (double), get (batch, "b", TRUE) + i, sizeof (double));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/op-math/exp", test_exp);
  g_test_add_func ("/op-math/exp/ends", test_exp_ends);
  g_test_add_func ("/op-math/log1p", test_log1p);
  g_test_add_func ("/op-math/sigmoid", test_sigmoid);
  g_test_add_func ("/op-math/sum", test_sum);
  g_test_add_func ("/op-math/batch", test_batch);

  return g_test_run ();
}
