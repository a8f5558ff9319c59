/* test-loss-surface.c: minima and curvature of losses of variables alone, against closed forms
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "core/training/evaluator-fixture.h"

static void
test_minima (void)
{
  static const struct {
    const char *variables;
    const char *loss;
    double      start[2];
    double      minimum[2];
  } cases[] = {
    /* Rosenbrock's valley */
    { "A=1\nB=1", "square(1 - A) + 100 * square(B - A ** 2)", { -1.2, 1 }, { 1, 1 } },
    /* From where the Hessian is not positive definite */
    { "A=1\nB=1", "A ** 4 - A ** 2 + square(B)", { 0.1, 1 }, { 0.70710678118654752, 0 } },
    { "A=1", "-cos(A)", { 2, 0 }, { 0, 0 } },
    { "A=1", "exp(A) - 2 * A", { 9, 0 }, { 0.69314718055994531, 0 } },
    { "A=1", "abs(A - 3) + 2 * abs(A + 1)", { 700, 0 }, { -1, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Variables]\n%s\n[Model]\nloss=%s\n", cases[i].variables,
                                               cases[i].loss);
      g_auto (Case) self = case_new_from_text (text);
      double minimum[2] = { 0, 0 };

      g_assert_true (bp_evaluator_get_optimum (self.evaluator, cases[i].start, minimum));
      for (gsize j = 0; j < get_n_parameters (&self); j++)
        assert_close (minimum[j], cases[i].minimum[j], 1e-8);
    }
}

static void
test_no_minimum (void)
{
  static const char * const texts[] = {
    "[Variables]\nA=1\n[Model]\nloss=exp(A)\n",
    "[Variables]\nA=1\n[Model]\nloss=A ** 3\n",
    "[Variables]\nA=1\n[Model]\nloss=-square(A)\n",
    "[Variables]\nA=-1\n[Model]\nloss=log(A)\n",
    "[Variables]\nA=1\nB=2\n[Model]\nloss=square(A - B)\n",
    "[Variables]\nA=1\nB=2\n[Model]\nloss=abs(A) + abs(B)\n",
    /* Separable: the weight grows without end. */
    ("[Data]\nx=-1 x 5; 1 x 5\ny=0 x 5; 1 x 5\n[Variables]\nw=1\nb=0\n[Model]\n"
     "loss=sigmoid_cross_entropy_with_logits(labels=y, logits=x * w + b)\n"),
    /* More than are searched */
    "[Variables]\nA=1 [65]\n[Model]\nloss=square(A)\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (Case) self = case_new_from_text (texts[i]);
      double start[65], optimum[65];

      g_test_message ("%s", texts[i]);
      bp_experiment_init_parameters (self.experiment, start);
      g_assert_false (bp_evaluator_get_optimum (self.evaluator, start, optimum));
    }
}

static void
test_many_parameters (void)
{
  g_auto (Case) self = case_new_from_text ("[Variables]\nA=normal(0, 1) [64]\n"
                                           "[Model]\nloss=square(A - 3) + square(A) * 2\n");
  double start[64], optimum[64];

  bp_experiment_init_parameters (self.experiment, start);
  g_assert_true (bp_evaluator_get_optimum (self.evaluator, start, optimum));
  for (guint i = 0; i < 64; i++)
    assert_close (optimum[i], 1, 1e-8);
  assert_close (bp_evaluator_get_curvature (self.evaluator, start, 1), 6 / 64.0, 1e-7);
}

/* Largest, not farthest from 0. */
static void
test_curvature (void)
{
  static const struct {
    const char *loss;
    double      curvature;
    double      negative;  /* of −loss */
  } cases[] = {
    { "square(A) + 3 * square(B) + 0.5 * square(C)", 6, -1 },
    { "-2.5 * square(A) + square(B) + 0.5 * square(C)", 2, 5 },
    { "-square(A) - 2 * square(B) - 3 * square(C)", -2, 6 },
    { "A * B + C", 1, 1 },
    { "A + B + C", 0, 0 },
  };
  const double parameters[] = { 0.3, -0.4, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Variables]\nA=1\nB=1\nC=1\n[Model]\nloss=%s\n", cases[i].loss);
      g_auto (Case) self = case_new_from_text (text);

      assert_close (bp_evaluator_get_curvature (self.evaluator, parameters, 1), cases[i].curvature, 1e-5);
      assert_close (bp_evaluator_get_curvature (self.evaluator, parameters, -1), cases[i].negative, 1e-5);
    }
}

static void
test_not_finite (void)
{
  g_auto (Case) self = case_new_from_text ("[Variables]\nA=1\nB=1\n[Model]\nloss=log(A) * B\n");
  const double parameters[] = { -1, 1 };
  double optimum[2];

  g_assert_true (isnan (bp_evaluator_get_loss (self.evaluator, parameters, NULL)));
  g_assert_true (isnan (bp_evaluator_get_curvature (self.evaluator, parameters, 1)));
  g_assert_false (bp_evaluator_get_optimum (self.evaluator, parameters, optimum));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/loss-surface/minima", test_minima);
  g_test_add_func ("/loss-surface/no-minimum", test_no_minimum);
  g_test_add_func ("/loss-surface/many-parameters", test_many_parameters);
  g_test_add_func ("/loss-surface/curvature", test_curvature);
  g_test_add_func ("/loss-surface/not-finite", test_not_finite);

  return g_test_run ();
}
