/* test-command-trace.c: the columns and numbers of trace, and what options change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "lib/command-runner.h"

static void
test_trace_columns (void)
{
  g_autofree char *csv = runner_run_well ("trace regression --iterations 3");
  g_auto (Table) trace = table_read (csv);
  g_autofree char *names = table_join_names (&trace);

  g_assert_cmpstr (names, ==, "iteration A_before loss A_gradient A_after loss_after");
  g_assert_cmpuint (trace.rows->len, ==, 3);
  g_assert_cmpstr (table_get_field (&trace, 2, "iteration"), ==, "3");
}

/* Read back, each number is written as before, and each row starts where the one before ended. */
static void
test_trace_reads_back (void)
{
  g_autofree char *csv = runner_run_well ("trace classification --nodes --iterations 50");
  g_auto (Table) trace = table_read (csv);

  for (guint row = 0; row < trace.rows->len; row++)
    {
      const GPtrArray *fields = g_ptr_array_index (trace.rows, row);

      for (guint i = 1; i < fields->len; i++)
        {
          const char *field = g_ptr_array_index (fields, i);
          char text[G_ASCII_DTOSTR_BUF_SIZE];

          if (*field == '\0')
            continue;

          g_assert_cmpstr (field, ==, g_ascii_formatd (text, sizeof text, "%.17g", g_ascii_strtod (field, NULL)));
        }

      if (row > 0)
        g_assert_cmpstr (table_get_field (&trace, row, "A_before"), ==, table_get_field (&trace, row - 1, "A_after"));
    }
}

/* One sample's loss needs no mean, but a name stands for one node whatever the size of the batch. */
static void
test_trace_batch_size_change (void)
{
  char *path = runner_write_file ("change.experiment",
                                  "[Experiment]\nIterations=4\n[Data]\nx=2\n[Variables]\nA=3\n"
                                  "[Model]\nloss=square(x * A - 10)\n[Evaluate]\nprediction=reduce_mean(x * 1000) - x\n"
                                  "[Changes]\n2=BatchSize=3\n");
  g_auto (Result) result = runner_run_on ("trace", path, "--nodes");
  g_auto (Table) trace = table_read (result.out);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (trace.rows->len, ==, 4);
  for (guint row = 0; row < trace.rows->len; row++)
    {
      g_assert_cmpfloat (table_get_number (&trace, row, "reduce_mean_1_value"), ==, 2000);
      g_assert_cmpstr (table_get_field (&trace, row, "reduce_mean_1_gradient"), ==, "");
    }
  runner_remove_file (path);
}

/* The update rule, with the numbers of the file alone: A ← A − η·gradient. */
/* One element, or all of them; the rest is drawn as ever. */
static void
test_trace_elements (void)
{
  g_autofree char *plain_csv = runner_run_well ("trace xor --iterations 1");
  g_autofree char *csv = runner_run_well ("trace xor --iterations 1 --set W1[0,1]=3 --set b=[1,2,-4e-1]");
  g_auto (Table) plain = table_read (plain_csv);
  g_auto (Table) trace = table_read (csv);

  g_assert_cmpfloat (table_get_number (&trace, 0, "W1[0,1]_before"), ==, 3);
  g_assert_cmpfloat (table_get_number (&trace, 0, "W1[0,0]_before"), ==,
                     table_get_number (&plain, 0, "W1[0,0]_before"));
  g_assert_cmpfloat (table_get_number (&trace, 0, "W1[0,0]_before"), !=, 0);
  g_assert_cmpfloat (table_get_number (&trace, 0, "b[1]_before"), ==, 2);
  g_assert_cmpfloat (table_get_number (&trace, 0, "b[2]_before"), ==, -0.4);
}

static void
test_trace_update (void)
{
  g_autofree char *csv = runner_run_well ("trace regression --learning-rate 0.03 --set A=2.5");
  g_auto (Table) trace = table_read (csv);

  g_assert_cmpfloat (table_get_number (&trace, 0, "A_before"), ==, 2.5);

  for (guint row = 0; row < trace.rows->len; row++)
    {
      double gradient = table_get_number (&trace, row, "A_gradient");

      g_assert_cmpfloat (table_get_number (&trace, row, "A_after"), ==,
                         table_get_number (&trace, row, "A_before") - 0.03 * gradient);
    }
}

/* The nodes of a row belong to one forward and backward pass: residual = x·A − y, ∂L/∂A = 2·residual·x. */
static void
test_trace_nodes (void)
{
  g_autofree char *csv = runner_run_well ("trace regression --nodes");
  g_auto (Table) trace = table_read (csv);

  for (guint row = 0; row < trace.rows->len; row++)
    {
      double x = table_get_number (&trace, row, "x_data_value"), y = table_get_number (&trace, row, "y_target_value");
      double residual = table_get_number (&trace, row, "residual_value");

      g_assert_cmpfloat (table_get_number (&trace, row, "A_value"), ==, table_get_number (&trace, row, "A_before"));
      g_assert_cmpfloat (table_get_number (&trace, row, "my_output_value"), ==,
                         x * table_get_number (&trace, row, "A_before"));
      g_assert_cmpfloat (residual, ==, table_get_number (&trace, row, "my_output_value") - y);
      g_assert_cmpfloat (table_get_number (&trace, row, "loss_value"), ==, table_get_number (&trace, row, "loss"));
      g_assert_cmpfloat (table_get_number (&trace, row, "loss_gradient"), ==, 1);
      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, row, "A_gradient"), 2 * residual * x, 1e-12);
      g_assert_cmpstr (table_get_field (&trace, row, "x_data_gradient"), ==, "");
      g_assert_cmpstr (table_get_field (&trace, row, "y_target_gradient"), ==, "");
    }
}

static void
test_trace_tensors (void)
{
  char *path = runner_write_file ("tensors.experiment", runner_tensor_experiment);
  g_auto (Result) result = runner_run_on ("trace", path, "--set W=2");
  g_auto (Table) trace = table_read (result.out);
  g_autofree char *names = table_join_names (&trace);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (names, ==,
                   "iteration "
                   "W[0,0]_before W[0,1]_before W[0,2]_before W[1,0]_before W[1,1]_before W[1,2]_before b_before loss "
                   "W[0,0]_gradient W[0,1]_gradient W[0,2]_gradient W[1,0]_gradient W[1,1]_gradient W[1,2]_gradient "
                   "b_gradient W[0,0]_after W[0,1]_after W[0,2]_after W[1,0]_after W[1,1]_after W[1,2]_after b_after "
                   "loss_after");
  g_assert_nonnull (strstr (result.out, ",\"W[1,2]_before\",b_before,"));
  g_assert_cmpfloat (table_get_number (&trace, 0, "W[1,2]_before"), ==, 2);
  g_assert_cmpfloat (table_get_number (&trace, 0, "b_before"), ==, 0.5);
  g_assert_cmpfloat (table_get_number (&trace, 0, "b_after"), ==, 0.4);
  runner_remove_file (path);
}

/* Each option changes what it should. */
static void
test_options (void)
{
  g_autofree char *plain = runner_run_well ("trace regression --iterations 5");
  const char *const options[] = {
    "--seed 12345", "--batch-size 10", "--learning-rate 0.5", "--optimizer adam", "--set A=1"
  };
  g_autofree char *more = runner_run_well ("trace regression --iterations 7");

  g_assert_true (g_str_has_prefix (more, plain));

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("trace regression --iterations 5 %s", options[i]);
      g_autofree char *changed = runner_run_well (arguments);

      g_assert_cmpstr (changed, !=, plain);
    }
}

static void
test_seed (void)
{
  g_autofree char *first = runner_run_well ("trace classification --seed 7");
  g_autofree char *again = runner_run_well ("trace classification --seed 7");
  g_autofree char *other = runner_run_well ("trace classification --seed 8");
  g_autofree char *largest = runner_run_well ("trace classification --seed 18446744073709551615 --iterations 1");

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpstr (first, !=, largest);
}

/* Adam's first step is η in the gradient's direction, whatever its size: optimizer and rate are the command line's. */
static void
test_optimizer (void)
{
  g_autofree char *csv = runner_run_well ("trace regression --optimizer adam --learning-rate 0.25 --set A=1");
  g_auto (Table) trace = table_read (csv);

  g_assert_cmpfloat_with_epsilon (table_get_number (&trace, 0, "A_after"), 1.25, 1e-7);
}

/* Equal logits of any size: each class has a third. */
static void
test_softmax (void)
{
  const char *const sizes[] = { "1e3", "1e8", "1e12", "1e16" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "[Experiment]\nBatchSize=3\nIterations=1\n"
        "[Data]\nSampling=sequential\no=%s x 3\ny=0 x 1; 1 x 1; 0 x 1\n"
        "[Variables]\nw=0 [3]\n"
        "[Model]\nloss=softmax_cross_entropy_with_logits(labels=y, logits=o + w)\n", sizes[i]);
      char *path = runner_write_file ("softmax.experiment", text);
      g_auto (Result) result = runner_run_on ("trace", path, "");
      g_auto (Table) trace = table_read (result.out);

      g_assert_cmpint (result.status, ==, 0);
      g_assert_cmpstr (table_get_field (&trace, 0, "loss"), ==, "1.0986122886681098");
      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, 0, "w[0]_gradient"), 1.0 / 3, 1e-15);
      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, 0, "w[1]_gradient"), -2.0 / 3, 1e-15);
      g_assert_cmpfloat_with_epsilon (table_get_number (&trace, 0, "w[2]_gradient"), 1.0 / 3, 1e-15);
      runner_remove_file (path);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-trace/columns", test_trace_columns);
  g_test_add_func ("/command-trace/reads-back", test_trace_reads_back);
  g_test_add_func ("/command-trace/batch-size-change", test_trace_batch_size_change);
  g_test_add_func ("/command-trace/update", test_trace_update);
  g_test_add_func ("/command-trace/elements", test_trace_elements);
  g_test_add_func ("/command-trace/nodes", test_trace_nodes);
  g_test_add_func ("/command-trace/tensors", test_trace_tensors);
  g_test_add_func ("/command-trace/options", test_options);
  g_test_add_func ("/command-trace/seed", test_seed);
  g_test_add_func ("/command-trace/optimizer", test_optimizer);
  g_test_add_func ("/command-trace/softmax", test_softmax);

  return g_test_run ();
}
