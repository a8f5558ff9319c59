/* test-op-math.c: formulas over their whole range against libm in long double, and alone against in a batch
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-kernels.h"

#include <float.h>

#include "graph/bp-graph.h"
#include "session/bp-session.h"

#define N_RANDOM 1000000

typedef double (*Function) (double x);

typedef long double (*Reference) (long double x);

/* In units of the last place of what is right. */
static double
error_of (double      actual,
          long double expected)
{
  const double right = fabs ((double) expected);

  if (actual == (double) expected)
    return 0;

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

/* A number from @least to @greatest: where functions bend, close to 0, or of any size and exponent there is. */
static double
draw (GRand  *rand,
      guint   i,
      double  least,
      double  greatest)
{
  guint64 bits;
  double x;

  if (i % 4 < 2)
    return g_rand_double_range (rand, MAX (least, i % 4 == 0 ? -750 : -3), MIN (greatest, i % 4 == 0 ? 750 : 3));
  do
    {
      bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
      if (i % 4 == 2)
        bits = bits % ((guint64) 1 << 62) | (bits & (guint64) 1 << 63);
      memcpy (&x, &bits, sizeof x);
    }
  while (!(x >= least && x <= greatest));

  return x;
}

static void
assert_precise (Function  function,
                Reference reference,
                double    least,
                double    greatest,
                double    units)
{
  const double ends[] = { -HUGE_VAL, -DBL_MAX, -DBL_MIN, -DBL_TRUE_MIN, DBL_TRUE_MIN, DBL_MIN, DBL_MAX, HUGE_VAL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      const double x = draw (rand, i, least, greatest);

      assert_within (x, function (x), reference (x), units);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (ends[i] >= least && ends[i] <= greatest)
      assert_within (ends[i], function (ends[i]), reference (ends[i]), units);
  g_assert_true (isnan (function (NAN)));
}

/* Where its result does not fall from one number to the next, nor along many. */
static void
assert_rising (Function function,
               double   least,
               double   greatest)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      const double x = least + i * ((greatest - least) / N_RANDOM), any = g_rand_double_range (rand, least, greatest);

      g_assert_cmpfloat (function (x + (greatest - least) / N_RANDOM), >=, function (x));
      g_assert_cmpfloat (function (nextafter (any, HUGE_VAL)), >=, function (any));
    }
}

static void
test_exp (void)
{
  assert_precise (bp_exp, expl, -HUGE_VAL, HUGE_VAL, 2);
  assert_precise (bp_exp_negative, expl, -HUGE_VAL, 0, 2);
  assert_rising (bp_exp, -750, 750);
  for (double x = -746; x < -707; x += 0.001)
    assert_within (x, bp_exp (x), expl (x), 2);
}

static void
test_exp_ends (void)
{
  g_assert_cmpfloat (bp_exp (0), ==, 1);
  g_assert_cmpfloat (bp_exp (-0.0), ==, 1);
  g_assert_cmpfloat (bp_exp (DBL_MIN), ==, 1);
  g_assert_cmpfloat (bp_exp (-HUGE_VAL), ==, 0);
  g_assert_cmpfloat (bp_exp (-745.14), ==, 0);
  g_assert_cmpfloat (bp_exp (-745.13), ==, DBL_TRUE_MIN);
  g_assert_cmpfloat (bp_exp (HUGE_VAL), ==, HUGE_VAL);
  g_assert_cmpfloat (bp_exp (709.79), ==, HUGE_VAL);
  g_assert_true (isfinite (bp_exp (709.78)));
  g_assert_cmpfloat (bp_exp_negative (0), ==, 1);
  g_assert_cmpfloat (bp_exp_negative (-HUGE_VAL), ==, 0);
}

static void
test_tanh (void)
{
  assert_precise (bp_tanh, tanhl, -HUGE_VAL, HUGE_VAL, 3);
  assert_rising (bp_tanh, -25, 25);
  assert_rising (bp_tanh, -1, 1);
  g_assert_cmpfloat (bp_tanh (0), ==, 0);
  g_assert_true (!signbit (bp_tanh (0)) && signbit (bp_tanh (-0.0)));
  g_assert_cmpfloat (bp_tanh (DBL_TRUE_MIN), ==, DBL_TRUE_MIN);
  g_assert_cmpfloat (bp_tanh (HUGE_VAL), ==, 1);
  g_assert_cmpfloat (bp_tanh (-HUGE_VAL), ==, -1);
  g_assert_cmpfloat (bp_tanh (18), <, 1);
}

static void
test_exp_less_1 (void)
{
  assert_precise (bp_exp_less_1, expm1l, -HUGE_VAL, 0, 3);
  assert_rising (bp_exp_less_1, -50, -0.01);
  g_assert_cmpfloat (bp_exp_less_1 (0), ==, 0);
  g_assert_cmpfloat (bp_exp_less_1 (-HUGE_VAL), ==, -1);
}

static void
test_log1p (void)
{
  assert_precise (bp_log1p, log1pl, 0, 1, 2);
  g_assert_cmpfloat (bp_log1p (0), ==, 0);
  assert_within (1, bp_log1p (1), logl (2), 2);
}

static long double
sigmoid_reference (long double x)
{
  return 1 / (1 + expl (-x));
}

static void
test_sigmoid (void)
{
  assert_precise (bp_sigmoid, sigmoid_reference, -HUGE_VAL, HUGE_VAL, 3);
  g_assert_cmpfloat (bp_sigmoid (0), ==, 0.5);
  g_assert_cmpfloat (bp_sigmoid (HUGE_VAL), ==, 1);
  g_assert_cmpfloat (bp_sigmoid (-HUGE_VAL), ==, 0);
}

static double
softplus (double x)
{
  return value_softplus (x, 0);
}

static long double
softplus_reference (long double x)
{
  return x > 0 ? x + log1pl (expl (-x)) : log1pl (expl (x));
}

static void
test_softplus (void)
{
  assert_precise (softplus, softplus_reference, -HUGE_VAL, HUGE_VAL, 3);
}

/* Far from 0, what is rounded in x/√2 and x² counts x² times. */
static void
test_normal (void)
{
  for (double x = -37; x < 37; x += 1e-4)
    {
      const double units = 3 + x * x;

      assert_within (x, bp_normal_share (x), 0.5L * erfcl (-x * sqrtl (0.5L)), x < 0 ? 2 * units : 3);
      assert_within (x, bp_normal_density (x), expl (-0.5L * x * x) / sqrtl (2 * acosl (-1)), units);
    }
  g_assert_cmpfloat (bp_normal_share (-HUGE_VAL), ==, 0);
  g_assert_cmpfloat (bp_normal_share (0), ==, 0.5);
  g_assert_cmpfloat (bp_normal_share (HUGE_VAL), ==, 1);
  g_assert_cmpfloat (bp_normal_density (DBL_MAX), ==, 0);
  g_assert_true (isnan (bp_normal_share (NAN)) && isnan (bp_normal_density (NAN)));
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
  g_test_add_func ("/op-math/tanh", test_tanh);
  g_test_add_func ("/op-math/exp-less-1", test_exp_less_1);
  g_test_add_func ("/op-math/log1p", test_log1p);
  g_test_add_func ("/op-math/sigmoid", test_sigmoid);
  g_test_add_func ("/op-math/softplus", test_softplus);
  g_test_add_func ("/op-math/normal", test_normal);
  g_test_add_func ("/op-math/sum", test_sum);
  g_test_add_func ("/op-math/batch", test_batch);

  return g_test_run ();
}
