/* test-optimizer.c: updates against the formulas, written out a second time
 *
 * The oracle follows the algorithm boxes of https://pytorch.org/docs/1.13/optim.html (SGD, Adagrad, RMSprop, Adam,
 * AdamW), without weight decay but for AdamW, in long double and with the whole history of gradients: velocities and
 * averages are the sums that the recurrences stand for, not recurrences. Three steps of each are also written out as
 * numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "experiment/bp-optimizer.h"

#include <math.h>
#include <string.h>

#define N 5
#define N_STEPS 40

/* Σ weight^(t − i) · g(i)^power over the steps i = 1 … t. */
static long double
sum_weighted (const long double *gradients,
              guint              t,
              long double        weight,
              int                power)
{
  long double sum = 0;

  for (guint i = 1; i <= t; i++)
    sum += powl (weight, t - i) * powl (gradients[i], power);

  return sum;
}

/* What step @t takes from the variable. */
static long double
get_step (const BpOptimizer *optimizer,
          const long double *g,
          guint              t)
{
  long double momentum = (long double) optimizer->parameters[BP_PARAMETER_MOMENTUM];
  long double decay = (long double) optimizer->parameters[BP_PARAMETER_DECAY];
  long double beta1 = (long double) optimizer->parameters[BP_PARAMETER_BETA1];
  long double beta2 = (long double) optimizer->parameters[BP_PARAMETER_BETA2];
  long double epsilon = (long double) optimizer->parameters[BP_PARAMETER_EPSILON];
  long double rate = (long double) optimizer->learning_rate;

  switch (optimizer->kind)
    {
    case BP_OPTIMIZER_GRADIENT_DESCENT:
      return rate * g[t];
    case BP_OPTIMIZER_MOMENTUM:
      return rate * sum_weighted (g, t, momentum, 1);
    case BP_OPTIMIZER_NESTEROV:
      return rate * (g[t] + momentum * sum_weighted (g, t, momentum, 1));
    case BP_OPTIMIZER_ADAGRAD:
      return rate * g[t] / (sqrtl (sum_weighted (g, t, 1, 2)) + epsilon);
    case BP_OPTIMIZER_RMSPROP:
      return rate * g[t] / (sqrtl ((1 - decay) * sum_weighted (g, t, decay, 2)) + epsilon);
    case BP_OPTIMIZER_ADAM:
    case BP_OPTIMIZER_ADAMW:
      {
        long double m = (1 - beta1) * sum_weighted (g, t, beta1, 1) / (1 - powl (beta1, t));
        long double v = (1 - beta2) * sum_weighted (g, t, beta2, 2) / (1 - powl (beta2, t));

        return rate * m / (sqrtl (v) + epsilon);
      }
    case BP_N_OPTIMIZERS:
    default:
      g_assert_not_reached ();
    }
}

static void
assert_close (long double actual,
              long double expected)
{
  g_assert_true (fabsl (actual - expected) <= 1e-13L * fmaxl (1, fabsl (expected)));
}

/* Runs @n elements side by side, their gradients random, and compares each with the oracle after every step. */
static void
check_against_formula (const BpOptimizer *optimizer,
                       gsize              n)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  double values[N], gradients[N], slots[N * BP_OPTIMIZER_MAX_SLOTS] = { 0 };
  long double expected[N], history[N][N_STEPS + 1];

  for (gsize i = 0; i < n; i++)
    {
      values[i] = g_rand_double_range (rand, -2, 2);
      expected[i] = (long double) values[i];
    }

  for (guint t = 1; t <= N_STEPS; t++)
    {
      for (gsize i = 0; i < n; i++)
        {
          gradients[i] = i == 3 && t < 4 ? 0 : g_rand_double_range (rand, -3, 3);
          history[i][t] = (long double) (optimizer->maximize ? -gradients[i] : gradients[i]);
        }

      bp_optimizer_update (optimizer, t, n, values, gradients, slots);

      for (gsize i = 0; i < n; i++)
        {
          if (optimizer->kind == BP_OPTIMIZER_ADAMW)
            expected[i] -= (long double) optimizer->learning_rate
                           * (long double) optimizer->parameters[BP_PARAMETER_WEIGHT_DECAY] * expected[i];
          expected[i] -= get_step (optimizer, history[i], t);
          assert_close ((long double) values[i], expected[i]);
        }
    }
}

static void
test_formulas (gconstpointer data)
{
  BpOptimizer optimizer;

  bp_optimizer_init (&optimizer, (BpOptimizerKind) GPOINTER_TO_UINT (data));

  for (guint i = 0; i < 8; i++)
    {
      optimizer.maximize = (i & 1) != 0;
      optimizer.learning_rate = (i & 2) != 0 ? 0.3 : 0.01;
      if (i == 4)
        {
          optimizer.parameters[BP_PARAMETER_MOMENTUM] = 0.5;
          optimizer.parameters[BP_PARAMETER_DECAY] = 0.99;
          optimizer.parameters[BP_PARAMETER_BETA1] = 0.25;
          optimizer.parameters[BP_PARAMETER_BETA2] = 0.75;
          optimizer.parameters[BP_PARAMETER_EPSILON] = 0.125;
          optimizer.parameters[BP_PARAMETER_WEIGHT_DECAY] = 0.375;
        }

      check_against_formula (&optimizer, 1);
      check_against_formula (&optimizer, N);
    }
}

/* Three steps of A = 1 with the gradients 4, 2, −8, done by hand:
 *
 * gradient descent, η = ½:   A = 1 − 2 = −1,   −1 − 1 = −2,   −2 + 4 = 2
 * momentum, μ = ½:           v = 4, 4, −6;     A = 1 − 2 = −1,   −1 − 2 = −3,   −3 + 3 = 0
 * nesterov, μ = ½:           v = 4, 4, −6; g + μv = 6, 4, −11;   A = 1 − 3 = −2,   −2 − 2 = −4,   −4 + 5½ = 1½
 * adagrad, ε = 1:            s = 16, 20, 84;   A = 1 − 2/5,   … − 1/(√20 + 1),   … + 4/(√84 + 1)
 * rmsprop, ρ = ½, ε = 1:     s = 8, 6, 35;     A = 1 − 2/(√8 + 1),   … − 1/(√6 + 1),   … + 4/(√35 + 1)
 * adam, β₁ = β₂ = ½, ε = 1:  m = 2, 2, −3; v = 8, 6, 35; 1 − βᵗ = 1/2, 3/4, 7/8; m̂ = 4, 8/3, −24/7; v̂ = 16, 8, 40;
 *                            A = 1 − 2/5,   … − (4/3)/(√8 + 1),   … + (12/7)/(√40 + 1)
 * adamw, the same, λ = ½:    A = 3/4·1 − 2/5 = 7/20,   3/4·7/20 − (4/3)/(√8 + 1),   3/4·… + (12/7)/(√40 + 1)
 *
 * with √20 = 4.4721359549995793928, √84 = 9.1651513899116800132, √8 = 2.8284271247461900976,
 * √6 = 2.4494897427831780982, √35 = 5.9160797830996160426, √40 = 6.3245553203367586640.
 */
static void
test_by_hand (void)
{
  static const double gradients[] = { 4, 2, -8 };
  static const double expected[BP_N_OPTIMIZERS][3] = {
    [BP_OPTIMIZER_GRADIENT_DESCENT] = { -1, -2, 2 },
    [BP_OPTIMIZER_MOMENTUM] = { -1, -3, 0 },
    [BP_OPTIMIZER_NESTEROV] = { -2, -4, 1.5 },
    [BP_OPTIMIZER_ADAGRAD] = { 0.6, 0.6 - 1 / 5.4721359549995793928,
                               0.6 - 1 / 5.4721359549995793928 + 4 / 10.1651513899116800132 },
    [BP_OPTIMIZER_RMSPROP] = { 1 - 2 / 3.8284271247461900976,
                               1 - 2 / 3.8284271247461900976 - 1 / 3.4494897427831780982,
                               1 - 2 / 3.8284271247461900976 - 1 / 3.4494897427831780982 + 4 / 6.9160797830996160426 },
    [BP_OPTIMIZER_ADAM] = { 0.6, 0.6 - 4 / 3.0 / 3.8284271247461900976,
                            0.6 - 4 / 3.0 / 3.8284271247461900976 + 12 / 7.0 / 7.3245553203367586640 },
    [BP_OPTIMIZER_ADAMW] = { 0.35, 0.2625 - 4 / 3.0 / 3.8284271247461900976,
                             0.75 * (0.2625 - 4 / 3.0 / 3.8284271247461900976)
                             + 12 / 7.0 / 7.3245553203367586640 },
  };

  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    for (int sign = -1; sign <= 1; sign += 2)
      {
        BpOptimizer optimizer = {
          .kind = (BpOptimizerKind) kind,
          .learning_rate = 0.5,
          .parameters = { 0.5, 0.5, 0.5, 0.5, 1, 0.5 },
          .maximize = sign < 0,
        };
        double value = 1, slots[BP_OPTIMIZER_MAX_SLOTS] = { 0 };

        for (guint t = 0; t < 3; t++)
          {
            double gradient = sign * gradients[t];

            bp_optimizer_update (&optimizer, t + 1, 1, &value, &gradient, slots);
            g_assert_cmpfloat_with_epsilon (value, expected[kind][t], 1e-15);
          }
      }
}

/* Kingma and Ba, section 2.1: the first step is η·sign (g), whatever the size of the gradient. */
static void
test_adam_first_step (void)
{
  BpOptimizer optimizer;

  bp_optimizer_init (&optimizer, BP_OPTIMIZER_ADAM);

  for (double gradient = 1e-3; gradient < 1e100; gradient *= 1e6)
    {
      double values[2] = { 1, 1 }, gradients[2] = { gradient, -gradient }, slots[4] = { 0 };

      bp_optimizer_update (&optimizer, 1, 2, values, gradients, slots);
      g_assert_cmpfloat_with_epsilon (values[0], 0.99, 1e-7);
      g_assert_cmpfloat_with_epsilon (values[1], 1.01, 1e-7);
    }
}

/* So late that both corrections are 1 to the last bit. */
static void
test_adam_late (void)
{
  BpOptimizer optimizer;
  double value = 1, gradient = 2, slots[2] = { 3, 16 };

  bp_optimizer_init (&optimizer, BP_OPTIMIZER_ADAM);
  bp_optimizer_update (&optimizer, G_GUINT64_CONSTANT (1000000000), 1, &value, &gradient, slots);

  g_assert_cmpfloat_with_epsilon (slots[0], 2.9, 1e-15);
  g_assert_cmpfloat_with_epsilon (slots[1], 15.988, 1e-14);
  g_assert_cmpfloat_with_epsilon (value, 1 - 0.01 * 2.9 / sqrt (15.988), 1e-10);
}

/* No gradient and no state: nothing happens, not even 0 / 0, but that weights decay. */
static void
test_zero_gradient (void)
{
  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      BpOptimizer optimizer;
      double value = 3, gradient = 0, slots[BP_OPTIMIZER_MAX_SLOTS] = { 0 };

      bp_optimizer_init (&optimizer, (BpOptimizerKind) kind);
      for (guint t = 1; t <= 3; t++)
        bp_optimizer_update (&optimizer, t, 1, &value, &gradient, slots);

      if (kind == BP_OPTIMIZER_ADAMW)
        g_assert_cmpfloat_with_epsilon (value, 3 * 0.9999 * 0.9999 * 0.9999, 1e-15);
      else
        g_assert_cmpfloat (value, ==, 3);
      g_assert_cmpfloat (slots[0], ==, 0);
      g_assert_cmpfloat (slots[1], ==, 0);
    }
}

/* Slots lie slot by slot, n numbers each, and nothing beyond them is written; ascending is descending −g to the bit. */
static void
test_memory (void)
{
  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      const BpOptimizerClass *class = bp_optimizer_get_class ((BpOptimizerKind) kind);
      BpOptimizer down, up;
      gsize n = 3, n_slots = class->n_slots * n;
      double a[4] = { 1, 2, 3, 99 }, b[4] = { 1, 2, 3, 99 };
      double g[3] = { 0.1, -0.7, 3 }, h[3] = { -0.1, 0.7, -3 };
      double s[7] = { 0 }, t[7] = { 0 };

      bp_optimizer_init (&down, (BpOptimizerKind) kind);
      up = down;
      up.maximize = TRUE;
      s[n_slots] = t[n_slots] = 77;

      for (guint64 i = 1; i <= 5; i++)
        {
          bp_optimizer_update (&down, i, n, a, g, class->n_slots > 0 ? s : NULL);
          bp_optimizer_update (&up, i, n, b, h, class->n_slots > 0 ? t : NULL);
        }

      g_assert_cmpmem (a, sizeof a, b, sizeof b);
      g_assert_cmpfloat (a[3], ==, 99);
      g_assert_cmpfloat (s[n_slots], ==, 77);
      for (gsize i = 0; i < n_slots; i++)
        {
          g_assert_cmpfloat (fabs (s[i]), >, 0);
          g_assert_cmpfloat (fabs (s[i]), ==, fabs (t[i]));
        }

      /* Element by element gives the same bits as all at once. */
      double c = 2, cs[2] = { 0 };

      for (guint64 i = 1; i <= 5; i++)
        bp_optimizer_update (&down, i, 1, &c, &g[1], cs);

      g_assert_cmpfloat (c, ==, a[1]);
      for (guint i = 0; i < class->n_slots; i++)
        g_assert_cmpfloat (cs[i], ==, s[i * n + 1]);
    }
}

static void
test_no_elements (void)
{
  BpOptimizer optimizer;
  double value = 5;

  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      bp_optimizer_init (&optimizer, (BpOptimizerKind) kind);
      bp_optimizer_update (&optimizer, 1, 0, &value, &value, &value);
      g_assert_cmpfloat (value, ==, 5);
    }
}

static void
test_classes (void)
{
  static const char * const names[BP_N_OPTIMIZERS] = {
    "gradient-descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw",
  };
  static const guint n_slots[BP_N_OPTIMIZERS] = { 0, 1, 1, 1, 1, 2, 2 };
  static const guint n_uses[BP_N_OPTIMIZERS] = { 0, 1, 1, 1, 2, 3, 4 };

  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      const BpOptimizerClass *class = bp_optimizer_get_class ((BpOptimizerKind) kind);
      guint used = 0;

      g_assert_cmpstr (class->name, ==, names[kind]);
      g_assert_cmpuint (class->n_slots, ==, n_slots[kind]);
      for (guint i = 0; i < BP_OPTIMIZER_MAX_SLOTS; i++)
        g_assert_true ((class->slot_names[i] != NULL) == (i < class->n_slots));
      for (guint i = 0; i < BP_N_PARAMETERS; i++)
        used += class->uses[i] ? 1 : 0;
      g_assert_cmpuint (used, ==, n_uses[kind]);

      g_assert_nonnull (class->title);
    }
}

/* Each parameter that a class says it uses changes the update, and no other does. */
static void
test_uses (void)
{
  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    for (guint parameter = 0; parameter < BP_N_PARAMETERS; parameter++)
      {
        BpOptimizer optimizers[2];
        double values[2] = { 1, 1 };

        for (guint i = 0; i < 2; i++)
          {
            double gradient = 0.3, slots[2] = { 0.1, 0.2 };

            bp_optimizer_init (&optimizers[i], (BpOptimizerKind) kind);
            optimizers[i].parameters[parameter] = i == 0 ? 0.125 : 0.5;
            bp_optimizer_update (&optimizers[i], 2, 1, &values[i], &gradient, slots);
          }

        g_assert_true ((values[0] != values[1]) == bp_optimizer_get_class ((BpOptimizerKind) kind)->uses[parameter]);
        g_assert_false (bp_optimizer_equal (&optimizers[0], &optimizers[1]));
      }
}

static void
test_defaults (void)
{
  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      BpOptimizer optimizer;

      memset (&optimizer, 0xff, sizeof optimizer);
      bp_optimizer_init (&optimizer, (BpOptimizerKind) kind);

      g_assert_cmpuint (optimizer.kind, ==, kind);
      g_assert_cmpfloat (optimizer.learning_rate, ==, 0.01);
      g_assert_cmpfloat (optimizer.parameters[BP_PARAMETER_MOMENTUM], ==, 0.9);
      g_assert_cmpfloat (optimizer.parameters[BP_PARAMETER_DECAY], ==, 0.9);
      g_assert_cmpfloat (optimizer.parameters[BP_PARAMETER_BETA1], ==, 0.9);
      g_assert_cmpfloat (optimizer.parameters[BP_PARAMETER_BETA2], ==, 0.999);
      g_assert_cmpfloat (optimizer.parameters[BP_PARAMETER_EPSILON], ==, kind == BP_OPTIMIZER_ADAGRAD ? 1e-10 : 1e-8);
      g_assert_cmpfloat (optimizer.parameters[BP_PARAMETER_WEIGHT_DECAY], ==, 0.01);
      g_assert_cmpint (optimizer.schedule.kind, ==, BP_SCHEDULE_CONSTANT);
      g_assert_false (optimizer.maximize);
    }
}

static void
test_equal (void)
{
  BpOptimizer a, b;

  bp_optimizer_init (&a, BP_OPTIMIZER_ADAM);
  bp_optimizer_init (&b, BP_OPTIMIZER_ADAM);
  g_assert_true (bp_optimizer_equal (&a, &b));

  b.learning_rate = 0.02;
  g_assert_false (bp_optimizer_equal (&a, &b));

  b = a;
  b.schedule.kind = BP_SCHEDULE_COSINE;
  g_assert_false (bp_optimizer_equal (&a, &b));

  b = a;
  b.maximize = TRUE;
  g_assert_false (bp_optimizer_equal (&a, &b));
  a.maximize = 2;
  g_assert_true (bp_optimizer_equal (&a, &b));

  bp_optimizer_init (&a, BP_OPTIMIZER_ADAM);
  bp_optimizer_init (&b, BP_OPTIMIZER_RMSPROP);
  g_assert_false (bp_optimizer_equal (&a, &b));
}

/* Learning rate, schedule and direction stay; the same kind again changes nothing. */
static void
test_switch (void)
{
  BpOptimizer optimizer, expected;

  bp_optimizer_init (&optimizer, BP_OPTIMIZER_ADAM);
  optimizer.learning_rate = 0.5;
  optimizer.maximize = TRUE;
  optimizer.schedule = (BpSchedule) { BP_SCHEDULE_STEP, 30, 0.1 };
  optimizer.parameters[BP_PARAMETER_EPSILON] = 1e-3;
  expected = optimizer;
  bp_optimizer_switch (&optimizer, BP_OPTIMIZER_ADAM);
  g_assert_true (bp_optimizer_equal (&optimizer, &expected));

  bp_optimizer_init (&expected, BP_OPTIMIZER_ADAGRAD);
  expected.learning_rate = 0.5;
  expected.maximize = TRUE;
  expected.schedule = optimizer.schedule;
  bp_optimizer_switch (&optimizer, BP_OPTIMIZER_ADAGRAD);
  g_assert_true (bp_optimizer_equal (&optimizer, &expected));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      const char *name = bp_optimizer_get_class ((BpOptimizerKind) kind)->name;
      g_autofree char *path = g_strconcat ("/optimizer/formula/", name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (kind), test_formulas);
    }

  g_test_add_func ("/optimizer/by-hand", test_by_hand);
  g_test_add_func ("/optimizer/adam-first-step", test_adam_first_step);
  g_test_add_func ("/optimizer/adam-late", test_adam_late);
  g_test_add_func ("/optimizer/zero-gradient", test_zero_gradient);
  g_test_add_func ("/optimizer/cachery", test_memory);
  g_test_add_func ("/optimizer/no-elements", test_no_elements);
  g_test_add_func ("/optimizer/classes", test_classes);
  g_test_add_func ("/optimizer/uses", test_uses);
  g_test_add_func ("/optimizer/defaults", test_defaults);
  g_test_add_func ("/optimizer/equal", test_equal);
  g_test_add_func ("/optimizer/switch", test_switch);

  return g_test_run ();
}
