/* test-torch.c: ops and optimizers against numbers that PyTorch computed (tests/data/make-torch), kinks included
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-expression.h"
#include "lib/graph-fixture.h"
#include "lib/trainer-fixture.h"

#include <math.h>
#include <string.h>

/* Relative to the largest number beside it: functions differ in their last digits. */
#define TOLERANCE 1e-13

static char **
read_lines (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return g_strsplit (g_strchomp (text), "\n", -1);
}

/* The numbers of a field. */
static GArray *
parse_numbers (const char *field)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (GStrv) words = g_strsplit (field, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      const double number = g_ascii_strtod (*word, NULL);

      g_array_append_val (numbers, number);
    }

  return numbers;
}

static void
assert_numbers (const char   *what,
                const double *actual,
                gsize         n,
                const char   *field)
{
  g_autoptr (GArray) expected = parse_numbers (field);

  g_assert_cmpuint (expected->len, ==, n);
  for (gsize i = 0; i < n; i++)
    {
      const double number = g_array_index (expected, double, i);

      if (!(fabs (actual[i] - number) <= TOLERANCE * MAX (fabs (number), 1)) && actual[i] != number
          && !(isnan (actual[i]) && isnan (number)))
        g_error ("%s: element %" G_GSIZE_FORMAT " is %.17g, PyTorch's is %.17g", what, i, actual[i], number);
    }
}

static void
feed (BpSession  *session,
      guint       node,
      const char *field)
{
  g_autoptr (GArray) numbers = parse_numbers (field);

  bp_session_feed (session, node, (const double *) (gpointer) numbers->data, numbers->len);
}

/* "EXPRESSION;shape;a;shape;b;shape;y;w;gradient of a;gradient of b" */
static void
check_op (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, ";", -1);
  g_autoptr (BpGraph) graph = bp_graph_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BpSession) session = NULL;
  g_autofree char *shape = NULL;
  guint a, b, w, y, loss;

  g_assert_cmpuint (g_strv_length (fields), ==, 10);
  a = add_leaf (graph, "a", BP_OP_VARIABLE, fields[1]);
  b = add_leaf (graph, "b", BP_OP_VARIABLE, fields[3]);
  w = add_leaf (graph, "w", BP_OP_PLACEHOLDER, fields[5]);
  y = bp_expression_add_to_graph (graph, fields[0], "y", &error);
  g_assert_no_error (error);
  shape = bp_shape_to_string (bp_graph_get_shape (graph, y));
  g_assert_cmpstr (shape, ==, fields[5]);
  loss = bp_expression_add_to_graph (graph, "reduce_sum(w * y)", "loss", &error);
  g_assert_no_error (error);
  bp_graph_set_loss (graph, loss);

  session = bp_session_new (graph, &error);
  g_assert_no_error (error);
  feed (session, a, fields[2]);
  feed (session, b, fields[4]);
  feed (session, w, fields[7]);
  bp_session_forward (session);
  bp_session_backward (session);
  assert_numbers (fields[0], bp_session_get_value (session, y), bp_graph_get_n_elements (graph, y), fields[6]);
  assert_numbers (fields[0], bp_session_get_gradient (session, a), bp_graph_get_n_elements (graph, a), fields[8]);
  assert_numbers (fields[0], bp_session_get_gradient (session, b), bp_graph_get_n_elements (graph, b), fields[9]);
}

static void
test_ops (void)
{
  g_auto (GStrv) lines = read_lines ("torch-ops.csv");

  g_assert_cmpuint (g_strv_length (lines), >=, 60);
  for (char **line = lines; *line != NULL; line++)
    check_op (*line);
}

/* Every op that PyTorch has is there. */
static void
test_completeness (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "torch-ops.csv", NULL);
  g_autofree char *text = NULL;
  /* These are written as operators; a mask of dropout is drawn. */
  static const char operators[] = "add subtract multiply divide negative greater less greater_equal less_equal equal "
                                  "not_equal dropout ";

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint i = 0; i < BP_N_OPS; i++)
    {
      const char *name = bp_op_get_class (i)->name;
      g_autofree char *call = g_strconcat (name, "(", NULL);
      g_autofree char *word = g_strconcat (name, " ", NULL);
      BpOp op;

      if (bp_op_find (name, &op) && strstr (operators, word) == NULL && strstr (text, call) == NULL)
        g_error ("%s is not in torch-ops.csv", name);
    }
}

/* "lines of [Optimizer];A after each iteration" */
static void
test_optimizers (void)
{
  g_auto (GStrv) lines = read_lines ("torch-optimizers.csv");

  g_assert_cmpuint (g_strv_length (lines), >=, BP_N_OPTIMIZERS);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) fields = g_strsplit (*line, ";", -1);
      g_autoptr (GArray) values = parse_numbers (fields[1]);
      g_autofree char *settings = g_strdelimit (g_strdup (fields[0]), "|", '\n');
      g_autofree char *text = g_strdup_printf ("[Experiment]\nIterations=%u\n[Variables]\nA=2\n[Model]\n"
                                               "loss=(exp(A) + exp(-A)) / 2 - A * A / 4\n[Optimizer]\n%s\n",
                                               values->len, settings);
      g_autoptr (BpTrainer) trainer = trainer_from_text (text);

      for (guint i = 0; i < values->len; i++)
        {
          const double expected = g_array_index (values, double, i);
          double actual;

          bp_trainer_step_iteration (trainer, 1);
          actual = bp_session_get_parameters (bp_trainer_get_session (trainer))[0];
          if (!(fabs (actual - expected) <= 1e-12 * fabs (expected)))
            g_error ("%s: A is %.17g after iteration %u, PyTorch's is %.17g", fields[0], actual, i + 1, expected);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/torch/ops", test_ops);
  g_test_add_func ("/torch/completeness", test_completeness);
  g_test_add_func ("/torch/optimizers", test_optimizers);

  return g_test_run ();
}
