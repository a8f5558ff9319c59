/* test-variable.c: given, drawn and partly given starts of variables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-variable.h"

#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "lib/trainer-fixture.h"

static BpVariable *
parse (const char *text)
{
  g_autoptr (BpVariable) variable = bp_variable_new ("W");
  g_autoptr (GError) error = NULL;

  bp_variable_parse (variable, text, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&variable);
}

/* A file says the shape; the panel's entry, whose variable has one already, does not. */
static void
test_texts (void)
{
  static const struct {
    const char *text;
    const char *file;
    const char *start;
  } cases[] = {
    { "1", "1", "1" },
    { "[3]", "[3]", "[3]" },
    { " [[0.15,0.25] ,[0.20, 3e-1]]", "[[0.15, 0.25], [0.2, 0.3]]", "[[0.15, 0.25], [0.2, 0.3]]" },
    { "[[[1], [-2]]]", "[[[1], [-2]]]", "[[[1], [-2]]]" },
    { "he_normal ( ) [2,3]", "he_normal() [2, 3]", "he_normal()" },
    { "glorot_uniform() []", "glorot_uniform() []", "glorot_uniform()" },
    { "normal(0, 1) [2, 2]; [0,1]=3; [ 1 , 0 ] = -.5", "normal(0, 1) [2, 2]; [0,1]=3; [1,0]=-0.5",
      "normal(0, 1); [0,1]=3; [1,0]=-0.5" },
    { "[[1, 2], [3, 4]]; [1,1]=7", "[[1, 2], [3, 7]]", "[[1, 2], [3, 7]]" },
    { "0 [2]; [0]=1; [1]=2", "[1, 2]", "[1, 2]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpVariable) variable = parse (cases[i].text);
      g_autoptr (BpVariable) copy = bp_variable_copy (variable);
      g_autofree char *file = bp_variable_to_string (variable);
      g_autofree char *start = bp_variable_get_start (variable);
      g_autofree char *again = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (file, ==, cases[i].file);
      g_assert_cmpstr (start, ==, cases[i].start);
      bp_variable_set_start (copy, start, &error);
      g_assert_no_error (error);
      again = bp_variable_to_string (copy);
      g_assert_cmpstr (again, ==, file);
    }
}

static void
test_errors (void)
{
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
    { "[[1, 2], [3]]", "column 10: this row has length 1, but the first has length 2; all rows must be equally long" },
    { "[1, 2", "column 6: “,” or “]” was expected" },
    { "[1, 2] [2]", "column 8: the end was expected" },
    { "[]", "column 2: a number was expected" },
    { "he_norml() [2]", "column 1: there is no distribution “he_norml”; did you mean “he_normal”?" },
    { "he_normal(1) [2]", "column 11: he_normal() takes no arguments, but goes by the shape after it" },
    { "0 [2]; [2]=1", "column 8: “W” has shape [2] and no element “[2]”; indices count from 0, such as in W[0,1]" },
    { "0 [2]; [0,0]=1", "column 8: “W” has shape [2] and no element “[0,0]”; indices count from 0, such as in W[0,1]" },
    { "0 [2]; [-1]=1", "column 8: “W” has shape [2] and no element “[-1]”; indices count from 0, such as in W[0,1]" },
    { "0 []; []=1", "column 7: “W” has shape [] and no element “[]”; indices count from 0, such as in W[0,1]" },
    { "0 [2]; 1", "column 8: an element such as [0,1]=3 was expected" },
    { "0 [2];", "column 7: an element such as [0,1]=3 was expected" },
    { "0 [2]; [1]=one", "column 12: “one” is not a number such as 0.02" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpVariable) variable = bp_variable_new ("W");
      g_autoptr (GError) error = NULL;

      g_assert_false (bp_variable_parse (variable, cases[i].text, &error));
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_true (error->domain == BP_ERROR);
    }
}

/* A start of another shape is refused, and leaves the variable as it was. */
static void
test_other_shape (void)
{
  g_autoptr (BpVariable) variable = parse ("[[1, 2], [3, 4]]");
  g_autofree char *before = bp_variable_to_string (variable);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (bp_variable_set_start (variable, "[1, 2]", &error));
  g_assert_cmpstr (error->message, ==, "the shape is [2], but that of “W” is [2, 2]");
  g_clear_error (&error);
  g_assert_false (bp_variable_set_start (variable, "0 [4]", &error));
  g_assert_cmpstr (error->message, ==, "the shape is [4], but that of “W” is [2, 2]");
  after = bp_variable_to_string (variable);
  g_assert_cmpstr (after, ==, before);
}

/* Mean of the squares of the elements, and the largest. */
static double
get_variance (const char *text,
              double     *largest)
{
  g_autoptr (BpVariable) variable = parse (text);
  gsize n = bp_shape_get_n_elements (&variable->shape);
  double sum = 0;

  *largest = 0;
  for (gsize i = 0; i < n; i++)
    {
      double draw = bp_variable_draw (variable, 12345, i);

      g_assert_cmpfloat (draw, ==, bp_variable_draw (variable, 12345, i));
      sum += draw * draw;
      *largest = fmax (*largest, fabs (draw));
    }

  return sum / (double) n;
}

/* Variances by the names' own definitions: 2/(in + out) of Glorot and Bengio, 2/in of He et al. A normal distribution
 * that is cut at two deviations s keeps 0.7737 s² (1 − 4φ(2)/(2Φ(2) − 1)), so that s² is the variance / 0.7737. */
static void
test_variances (void)
{
  const double kept = 1 - 4 * 0.05399096651318806 / 0.9544997361036416;
  static const struct {
    const char *text;
    double      variance;
    gboolean    is_normal;
  } cases[] = {
    { "glorot_uniform() [300, 100]", 2.0 / 400, FALSE },
    { "he_uniform() [300, 100]", 2.0 / 300, FALSE },
    { "glorot_normal() [300, 100]", 2.0 / 400, TRUE },
    { "he_normal() [300, 100]", 2.0 / 300, TRUE },
    { "he_normal() [20000]", 2.0 / 20000, TRUE },
    { "glorot_uniform() [5, 5, 20, 60]", 2.0 / (25 * 80), FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double largest, variance = get_variance (cases[i].text, &largest);
      double bound = cases[i].is_normal ? 2 * sqrt (cases[i].variance / kept) : sqrt (3 * cases[i].variance);

      g_assert_cmpfloat_with_epsilon (variance, cases[i].variance, 0.03 * cases[i].variance);
      g_assert_cmpfloat (largest, <=, bound * (1 + 1e-12));
      g_assert_cmpfloat (largest, >, 0.99 * bound);
    }
}

/* What is given stays out of what is drawn. */
static void
test_given (void)
{
  g_autoptr (BpExperiment) drawn = experiment_from_text ("[Variables]\nW=normal(0, 1) [2, 2]\n"
                                                         "[Model]\nloss=reduce_sum(square(W))\n");
  g_autoptr (BpExperiment) given = bp_experiment_copy (drawn);
  g_autoptr (GError) error = NULL;
  double all[4], some[4];

  bp_variable_set_element (bp_experiment_find_variable (given, "W"), "[0,1]", 3, &error);
  g_assert_no_error (error);
  bp_experiment_init_parameters (drawn, all);
  bp_experiment_init_parameters (given, some);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (some[i], ==, i == 1 ? 3 : all[i]);
  g_assert_cmpfloat (all[1], !=, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/variable/texts", test_texts);
  g_test_add_func ("/variable/errors", test_errors);
  g_test_add_func ("/variable/other-shape", test_other_shape);
  g_test_add_func ("/variable/variances", test_variances);
  g_test_add_func ("/variable/given", test_given);

  return g_test_run ();
}
