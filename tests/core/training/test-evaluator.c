/* test-evaluator.c: loss, gradient, accuracy, curvature and optimum over all data, against closed forms of the data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "core/training/evaluator-fixture.h"
#include "lib/heavy-experiments.h"
#include "experiment/bp-builtin.h"
#include "base/bp-error.h"
#include "training/bp-evaluator.h"
#include "lib/trainer-fixture.h"

#include <math.h>
#include <string.h>

/* An evaluator of a batch of its own. */
static BpEvaluator *
new_batch (Case        *self,
           const gsize *rows,
           gsize        n_rows)
{
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (self->experiment, n_rows, NULL);
  BpEvaluator *batch = bp_evaluator_new (graph, n_rows, INFINITY, NULL);

  bp_evaluator_feed_rows (batch, self->dataset, rows);

  return batch;
}

static Case
case_new_from_builtin (const char *name)
{
  return case_new (load_builtin (name));
}

static const double *
get_column (Case       *self,
            const char *name)
{
  return bp_dataset_get_column (self->dataset, bp_dataset_find (self->dataset, name));
}

static void
test_regression (void)
{
  g_auto (Case) self = case_new_from_builtin ("regression");
  const double *x = get_column (&self, "x_data");
  const double a = 7.5, start = -3;
  double sum_x = 0, sum_xx = 0, loss = 0, slope = 0;
  double gradient, optimum;

  for (guint i = 0; i < 100; i++)
    {
      double residual = x[i] * a - 10;

      sum_x += x[i];
      sum_xx += x[i] * x[i];
      loss += residual * residual / 100;
      slope += 2 * residual * x[i] / 100;
    }

  g_assert_cmpuint (bp_evaluator_get_n_rows (self.evaluator), ==, 100);
  assert_close (bp_evaluator_get_loss (self.evaluator, &a, NULL), loss, 1e-13);
  assert_close (bp_evaluator_get_loss (self.evaluator, &a, &gradient), loss, 1e-13);
  assert_close (gradient, slope, 1e-13);
  assert_close (bp_evaluator_get_curvature (self.evaluator, &a, 1), 2 * sum_xx / 100, 1e-8);
  assert_close (bp_evaluator_get_curvature (self.evaluator, &a, -1), -2 * sum_xx / 100, 1e-8);
  g_assert_true (bp_evaluator_get_optimum (self.evaluator, &start, &optimum));
  assert_close (optimum, 10 * sum_x / sum_xx, 1e-10);

  /* It asks for no accuracy and holds nothing out. */
  g_assert_true (isnan (bp_evaluator_get_accuracy (self.evaluator, self.experiment, &a)));
  g_assert_null (self.test);
}

static void
test_batch_loss (void)
{
  g_auto (Case) self = case_new_from_builtin ("regression");
  const double *x = get_column (&self, "x_data");
  const gsize rows[] = { 99, 3, 3, 0 };
  const double a = 2;
  g_autoptr (BpEvaluator) batch = new_batch (&self, rows, 4);
  g_autoptr (BpEvaluator) sample = new_batch (&self, rows, 1);
  double loss = 0;

  for (guint i = 0; i < 4; i++)
    {
      double residual = x[rows[i]] * a - 10;

      loss += residual * residual / 4;
      bp_evaluator_feed_rows (sample, self.dataset, &rows[i]);
      assert_close (bp_evaluator_get_loss (sample, &a, NULL), residual * residual, 1e-13);
    }
  assert_close (bp_evaluator_get_loss (batch, &a, NULL), loss, 1e-13);
}

/* A node of one number a row, and one of one number. */
static void
test_values (void)
{
  g_auto (Case) self = case_new_from_builtin ("regression");
  BpGraph *graph = bp_evaluator_get_graph (self.evaluator);
  const double *x = get_column (&self, "x_data");
  const double a = 2;
  const double *values = bp_evaluator_get_values (self.evaluator, bp_graph_find (graph, "my_output"), &a);

  for (guint i = 0; i < 100; i++)
    g_assert_cmpfloat (values[i], ==, x[i] * a);
  g_assert_null (bp_evaluator_get_values (self.evaluator, bp_graph_get_loss (graph), &a));

  bp_evaluator_feed (self.evaluator, bp_graph_find (graph, "x_data"), get_column (&self, "y_target"));
  values = bp_evaluator_get_values (self.evaluator, bp_graph_find (graph, "my_output"), &a);
  g_assert_cmpfloat (values[99], ==, 20);
}

/* The loss of a sample, its derivative and second derivative by the logit. */
static void
get_cross_entropy (double  z,
                   double  y,
                   double *loss,
                   double *slope,
                   double *curvature)
{
  double sigma = 1 / (1 + exp (-z));

  *loss = fmax (z, 0) - z * y + log1p (exp (-fabs (z)));
  *slope = sigma - y;
  *curvature = sigma * (1 - sigma);
}

/* Both subsets against sums over their rows. */
static void
check_classification (Case    *self,
                      gboolean test,
                      double   a)
{
  BpEvaluator *evaluator = test ? self->test : self->evaluator;
  const double *x = get_column (self, "x_data");
  const double *y = get_column (self, "y_target");
  gsize n_rows;
  const gsize *rows = bp_dataset_get_rows (self->dataset, test, &n_rows);
  double loss = 0, slope = 0, curvature = 0, n_correct = 0;
  double gradient;

  for (gsize i = 0; i < n_rows; i++)
    {
      double z = x[rows[i]] + a;
      double l, s, c;

      get_cross_entropy (z, y[rows[i]], &l, &s, &c);
      loss += l;
      slope += s;
      curvature += c;
      n_correct += (z > 0) == (y[rows[i]] > 0);
    }

  assert_close (bp_evaluator_get_loss (evaluator, &a, &gradient), loss / (double) n_rows, 1e-12);
  assert_close (gradient, slope / (double) n_rows, 1e-12);
  assert_close (bp_evaluator_get_accuracy (evaluator, self->experiment, &a), n_correct / (double) n_rows, 1e-15);
  assert_close (bp_evaluator_get_curvature (evaluator, &a, 1), curvature / (double) n_rows, 1e-8);
}

static void
test_classification (void)
{
  g_auto (Case) self = case_new_from_builtin ("classification-split");
  gsize n_rows;

  bp_dataset_get_rows (self.dataset, TRUE, &n_rows);
  g_assert_cmpuint (n_rows, ==, 20);
  for (double a = -4; a <= 4; a += 0.5)
    {
      check_classification (&self, FALSE, a);
      check_classification (&self, TRUE, a);
    }
}

/* Where Σ (σ (x + A) − y) is 0: no closed form, but a sign change. */
static void
test_classification_optimum (void)
{
  g_auto (Case) self = case_new_from_builtin ("classification");
  const double *x = get_column (&self, "x_data");
  const double *y = get_column (&self, "y_target");
  double start = 12, optimum, slopes[2] = { 0, 0 };

  g_assert_true (bp_evaluator_get_optimum (self.evaluator, &start, &optimum));
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < 100; i++)
      {
        double l, s, c;

        get_cross_entropy (x[i] + optimum + (side == 0 ? -1e-9 : 1e-9), y[i], &l, &s, &c);
        slopes[side] += s;
      }
  g_assert_cmpfloat (slopes[0], <, 0);
  g_assert_cmpfloat (slopes[1], >, 0);
}

static void
test_line (void)
{
  g_auto (Case) self = case_new_from_builtin ("line");
  const double *x = get_column (&self, "x_data");
  const double *y = get_column (&self, "y_target");
  const double start[] = { -7, 30 };
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  double optimum[2], slope, trace, determinant;

  for (guint i = 0; i < 100; i++)
    {
      sx += x[i] / 100;
      sy += y[i] / 100;
      sxx += x[i] * x[i] / 100;
      sxy += x[i] * y[i] / 100;
    }

  g_assert_true (bp_evaluator_get_optimum (self.evaluator, start, optimum));
  slope = (sxy - sx * sy) / (sxx - sx * sx);
  assert_close (optimum[0], slope, 1e-8);
  assert_close (optimum[1], sy - slope * sx, 1e-8);

  /* The Hessian is 2·[[mean x², mean x], [mean x, 1]]. */
  trace = 2 * (sxx + 1);
  determinant = 4 * (sxx - sx * sx);
  assert_close (bp_evaluator_get_curvature (self.evaluator, start, 1),
                trace / 2 + sqrt (trace * trace / 4 - determinant), 1e-7);
}

/* The least of Σ |x·A − 10| is at one of its kinks, A = 10 / x. */
static void
test_absolute (void)
{
  g_auto (Case) self = case_new_from_builtin ("regression-l1");
  const double *x = get_column (&self, "x_data");
  double best = 0, least = (double) INFINITY;
  const double starts[] = { -3, 9.9, 1000 };
  double optimum;

  for (guint i = 0; i < 100; i++)
    {
      double a = 10 / x[i], loss = 0;

      for (guint j = 0; j < 100; j++)
        loss += fabs (x[j] * a - 10);
      best = loss < least ? a : best;
      least = fmin (loss, least);
    }

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_assert_true (bp_evaluator_get_optimum (self.evaluator, &starts[i], &optimum));
      assert_close (optimum, best, 1e-10);
    }
}

/* Models that take only some numbers of rows */
static void
test_fixed_size (void)
{
  static const char model[] = "[Experiment]\nBatchSize=%u\n[Data]\nSamples=%u\nx=uniform(1, 2)\n[Variables]\nA=1\n"
                              "[Model]\nloss=square(A * reduce_sum(reshape(x, [%u])))\n";
  g_autofree char *all = g_strdup_printf (model, 3, 3, 3);
  g_autofree char *some = g_strdup_printf (model, 3, 5, 3);
  g_auto (Case) self = case_new_from_text (all);
  g_auto (Case) other = case_new_from_text (some);

  g_assert_no_error (self.error);
  g_assert_cmpuint (bp_evaluator_get_n_rows (self.evaluator), ==, 3);

  g_assert_null (other.evaluator);
  g_assert_error (other.error, BP_ERROR, BP_ERROR_SHAPE);
  g_assert_true (g_str_has_prefix (other.error->message, "[Model] loss, column "));
}

/* What is too large is refused before there is memory for it, with what makes it so. */
static void
test_too_large (void)
{
  g_autofree char *trap = write_trap (10000);
  g_autofree char *small = write_trap (100);
  g_auto (Case) self = case_new_from_text (trap);
  g_auto (Case) other = case_new_from_text (small);
  const double parameters[] = { 0, 0 };
  const gsize row = 0;
  double gradient[2];
  g_autoptr (BpEvaluator) sample = new_batch (&self, &row, 1);

  g_assert_null (self.evaluator);
  g_assert_error (self.error, BP_ERROR, BP_ERROR_SHAPE);
  g_assert_cmpstr (self.error->message, ==,
                   "for 10000 rows at once, “subtract” would be a tensor of shape [10000, 10000]");

  /* Single rows are small all the same: (b − 10)² and its slope by b. */
  g_assert_cmpfloat (bp_evaluator_get_loss (sample, parameters, NULL), ==, 100);
  g_assert_cmpfloat (bp_evaluator_get_loss (other.evaluator, parameters, gradient), ==, 100);
  g_assert_cmpfloat_with_epsilon (gradient[1], -20, 1e-12);
}

/* What costs more than it may names what it costs. */
static void
test_max_cost (void)
{
  g_auto (Case) self = case_new_from_builtin ("regression");
  BpGraph *graph = bp_evaluator_get_graph (self.evaluator);
  double cost = bp_evaluator_get_cost (self.evaluator);
  g_autoptr (BpEvaluator) enough = bp_evaluator_new (graph, 100, cost, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (enough);
  g_assert_null (bp_evaluator_new (graph, 100, cost - 1, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_SHAPE);
}

/* A budget is asked before each evaluation; what it refuses is not a number. */
static void
test_work (void)
{
  g_auto (Case) self = case_new_from_builtin ("regression");
  const double a = 1;
  double loss = bp_evaluator_get_loss (self.evaluator, &a, NULL);
  double cost = 3 * bp_evaluator_get_cost (self.evaluator);
  double gradient, optimum;
  BpWork work = BP_WORK_INIT (cost);

  bp_evaluator_set_work (self.evaluator, &work);
  g_assert_cmpfloat (bp_evaluator_get_loss (self.evaluator, &a, &gradient), ==, loss);
  g_assert_cmpfloat (work.done, ==, cost);
  g_assert_false (bp_work_is_exceeded (&work));
  g_assert_true (isnan (bp_evaluator_get_loss (self.evaluator, &a, &gradient)));
  g_assert_true (isnan (gradient));
  g_assert_true (bp_work_is_exceeded (&work));
  g_assert_false (bp_evaluator_get_optimum (self.evaluator, &a, &optimum));

  work = BP_WORK_INIT (INFINITY);
  g_atomic_int_set (&work.is_cancelled, 1);
  g_assert_true (isnan (bp_evaluator_get_curvature (self.evaluator, &a, 1)));
  g_assert_false (bp_work_is_exceeded (&work));

  bp_evaluator_set_work (self.evaluator, NULL);
  g_assert_cmpfloat (bp_evaluator_get_loss (self.evaluator, &a, NULL), ==, loss);
}

/* A product of matrices takes as many operations as there are products of numbers, a sum as many as it has terms. */
static void
test_cost (void)
{
  g_auto (Case) self = case_new_from_text ("[Variables]\nW=normal(0, 1) [30, 20]\nV=normal(0, 1) [20, 50]\n"
                                           "[Model]\nloss=reduce_mean(matmul(W, V))\n");
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (self.experiment, 1, NULL);
  guint product = bp_graph_find (graph, "matmul");

  g_assert_cmpfloat_with_epsilon (bp_work_get_node_cost (graph, product), 30 * 20 * 50, 100);
  g_assert_cmpfloat_with_epsilon (bp_work_get_cost (graph), 30 * 20 * 50 + 30 * 50, 100);
  g_assert_cmpfloat (bp_work_get_node_cost (graph, bp_graph_find (graph, "W")), ==, 0);
  g_assert_cmpfloat (bp_work_get_n_elements (graph), ==, 30 * 20 + 20 * 50 + 30 * 50 + 1);
}

/* A prediction that does not grow with the rows cannot be compared with them. */
static void
test_no_accuracy (void)
{
  g_auto (Case) self = case_new_from_text ("[Data]\ny=1\n[Variables]\nA=1\n[Model]\nloss=square(A - y)\n"
                                           "[Evaluate]\np=round(A)\nTarget=y\n");
  const double a = 1;

  g_assert_true (isnan (bp_evaluator_get_accuracy (self.evaluator, self.experiment, &a)));
}

/* Nothing of one question stays for the next. */
static void
test_repeatable (void)
{
  g_auto (Case) self = case_new_from_builtin ("xor");
  double parameters[32], optimum[32], gradient[32], again[32];
  gsize n = get_n_parameters (&self);
  double loss, accuracy, curvature;

  bp_experiment_init_parameters (self.experiment, parameters);
  loss = bp_evaluator_get_loss (self.evaluator, parameters, gradient);
  accuracy = bp_evaluator_get_accuracy (self.evaluator, self.experiment, parameters);
  curvature = bp_evaluator_get_curvature (self.evaluator, parameters, 1);

  bp_evaluator_get_curvature (self.evaluator, parameters, -1);
  bp_evaluator_get_optimum (self.evaluator, parameters, optimum);

  g_assert_cmpfloat (bp_evaluator_get_loss (self.evaluator, parameters, again), ==, loss);
  g_assert_cmpmem (gradient, n * sizeof (double), again, n * sizeof (double));
  g_assert_cmpfloat (bp_evaluator_get_accuracy (self.evaluator, self.experiment, parameters), ==, accuracy);
  g_assert_cmpfloat (bp_evaluator_get_curvature (self.evaluator, parameters, 1), ==, curvature);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/evaluator/too-large", test_too_large);
  g_test_add_func ("/evaluator/max-cost", test_max_cost);
  g_test_add_func ("/evaluator/work", test_work);
  g_test_add_func ("/evaluator/cost", test_cost);
  g_test_add_func ("/evaluator/regression", test_regression);
  g_test_add_func ("/evaluator/batch-loss", test_batch_loss);
  g_test_add_func ("/evaluator/values", test_values);
  g_test_add_func ("/evaluator/classification", test_classification);
  g_test_add_func ("/evaluator/classification-optimum", test_classification_optimum);
  g_test_add_func ("/evaluator/line", test_line);
  g_test_add_func ("/evaluator/absolute", test_absolute);
  g_test_add_func ("/evaluator/fixed-size", test_fixed_size);
  g_test_add_func ("/evaluator/no-accuracy", test_no_accuracy);
  g_test_add_func ("/evaluator/repeatable", test_repeatable);

  return g_test_run ();
}
