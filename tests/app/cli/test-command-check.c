/* test-command-check.c: what is right, wrong, at a kink and not to be checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "lib/command-runner.h"

/* @remark stands in the row of @node; the other nodes have none where it is the only one. */
typedef struct {
  const char *name;
  int         status;
  const char *node;
  const char *remark;
  const char *error;
} Case;

static const Case cases[] = {
  /* The gradient is exact. */
  { "naive-ce", 0, "p", NULL, NULL },
  { "stepcheck", 0, "x", NULL, NULL },
  { "sinbig", 0, "t", NULL, NULL },
  { "large-argument", 0, "A", NULL, NULL },
  { "big1e5", 0, "add", NULL, NULL },
  { "logits1e12", 0, "add", NULL, NULL },
  { "logits1e16", 0, "add", NULL, NULL },
  { "nan-forgotten", 0, "x", NULL, NULL },

  { "relu0", 0, "x", "kink: slope 0 from below, 1 from above; gradient 0", NULL },
  { "hinge-start", 0, "w", "kink: slope −1 from below, 0 from above; gradient 0", NULL },
  { "xor-relu", 0, "b", "kink at [0]: slope 0.1585 from below, 0.03164 from above; gradient 0.1585", NULL },

  { "wrongpass", 1, "x", "could not be checked: the slope grows without bound as the step shrinks",
    "The gradient of “x” could not be checked in iteration 1: the slope grows without bound" },
  { "sqrt0", 1, "x", "could not be checked: the slope grows without bound as the step shrinks",
    "in iteration 1 “y” is 0, but the gradient that it passes on is not a finite number" },
  { "pow05", 1, "x", "could not be checked: the slope grows without bound as the step shrinks",
    "in iteration 1 “y” is 0, but the gradient that it passes on is not a finite number" },
  { "norm0", 1, "x", "could not be checked at [0]: the gradient is not a finite number",
    "in iteration 1 “y” is 0, but the gradient that it passes on is not a finite number" },
  { "powbothneg", 1, "b", "could not be checked: the gradient is not a finite number",
    "in iteration 1 “y” is −0.125, but the gradient that it passes on is not a finite number" },
};

static char *
get_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".experiment", NULL);

  return g_test_build_filename (G_TEST_DIST, "data", "cases", "check", file, NULL);
}

/* The row of @node in the table of a check. */
static char *
find_row (const char *out,
          const char *node)
{
  g_auto (GStrv) lines = g_strsplit (out, "\n", -1);
  g_autofree char *start = g_strconcat (node, " ", NULL);

  for (guint i = 1; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], start))
      return g_strdup (lines[i]);
  g_error ("no row for %s in:\n%s", node, out);
}

static void
check_case (const Case *test)
{
  g_autofree char *path = get_path (test->name);
  g_auto (Result) result = runner_run_on ("check", path, "");
  g_autofree char *row = find_row (result.out, test->node);

  g_test_message ("%s: %s", test->name, row);
  g_assert_cmpint (result.status, ==, test->status);
  g_assert_true (test->remark != NULL ? g_str_has_suffix (row, test->remark) : g_ascii_isdigit (row[strlen (row) - 1]));
  g_assert_true (g_str_has_prefix (result.out, "node "));
  g_assert_null (strstr (result.out, "nan"));
  g_assert_true ((strstr (result.out, "\nGradients agree with ") != NULL) == (test->status == 0));
  g_assert_true ((strstr (result.out, "\nAt a kink ") != NULL) == (test->status == 0 && test->remark != NULL));
  if (test->error != NULL)
    result_assert_fails (&result, test->status, test->error);
  else
    g_assert_cmpstr (result.err, ==, "");
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

/* In iteration 1 no learning rate can help, later one may; and it is said what is not finite. */
static void
test_advice (void)
{
  const char *commands[] = { "train", "trace", "check" };
  char *path = runner_write_file ("late.experiment",
                                  "[Experiment]\nIterations=3\n[Variables]\nA=1\n[Model]\nloss=sqrt(A)\n"
                                  "[Optimizer]\nLearningRate=2\n");
  char *far_path = runner_write_file ("far.experiment",
                                      "[Experiment]\nIterations=3\n[Variables]\nA=1e-304\n[Model]\nloss=log(A)\n"
                                      "[Optimizer]\nLearningRate=1000000\n");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *root = get_path ("sqrt0");
      g_auto (Result) first = runner_run_on (commands[i], root, "");
      g_auto (Result) value = runner_run_on (commands[i], path, "--set A=-1");
      g_auto (Result) later = runner_run_on (commands[i], path, "");
      g_auto (Result) update = runner_run_on (commands[i], far_path, "");

      result_assert_fails (&first, 1, "“y” is 0, but the gradient that it passes on is not a finite number");
      g_assert_null (strstr (first.err, "learning rate"));
      result_assert_fails (&value, 1, "already in iteration 1 “loss” is not a finite number");
      g_assert_null (strstr (value.err, "learning rate"));
      result_assert_fails (&later, 1, "in iteration 2 “loss” is 0, but the gradient that it passes on is not a finite "
                           "number; the last finite state is that after iteration 1; a smaller learning rate may help");
      result_assert_fails (&update, 1, "in iteration 1 “A” is no longer a finite number");
      g_assert_nonnull (strstr (update.err, "a smaller learning rate may help"));
    }
  runner_remove_file (path);
  runner_remove_file (far_path);
}

/* Of gradients that add up each is compared alone, also at a kink. */
static void
test_not_reset (void)
{
  char *path = runner_write_file ("kept.experiment",
                                  "[Experiment]\nIterations=2\n[Variables]\nA=0.5\n[Model]\n"
                                  "loss=relu(A) + A\n[Optimizer]\nName=gradient-descent\nLearningRate=0.25\n"
                                  "KeepGradients=true\n");
  char *changed = runner_write_file ("changed.experiment",
                                     "[Experiment]\nIterations=9\n[Variables]\nA=0.5\n[Model]\nloss=A * A\n"
                                     "[Changes]\n3=KeepGradients=true\n");
  g_auto (Result) at_kink = runner_run_on ("check", path, "");
  g_auto (Result) later = runner_run_on ("check", changed, "");
  g_autofree char *builtin = runner_run_well ("check gradients-not-reset");
  g_autofree char *row = find_row (at_kink.out, "A");

  g_assert_cmpint (at_kink.status, ==, 0);
  g_assert_true (g_str_has_suffix (row, "kink: slope 1 from below, 2 from above; gradient 1"));
  g_assert_cmpint (later.status, ==, 0);
  g_assert_nonnull (strstr (later.out, "Gradients are not reset in this run: that of a variable is the sum"));
  g_assert_nonnull (strstr (builtin, " gradients that add up\n"));
  g_assert_nonnull (strstr (builtin, "Gradients agree with central differences"));
  runner_remove_file (changed);
  runner_remove_file (path);
}

/* Near a loss of 0 only rounding is left of a difference: it is said, and nothing differs. */
static void
test_converged (void)
{
  char *path = runner_write_file ("converged.experiment",
                                  "[Experiment]\nIterations=1\n[Variables]\nA=1\nb=1e-14\n[Model]\n"
                                  "loss=square((1.2247448713915892 * A + b) * 1.632993161855452 + 4 - 6)\n");
  g_auto (Result) result = runner_run_on ("check", path, "");
  g_autofree char *row = find_row (result.out, "b");

  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (row, "  –  "));
  g_assert_true (g_str_has_suffix (row, " agrees within rounding"));
  g_assert_true (g_str_has_suffix (result.out, "Where rounding hides digits of a difference, the gradient agrees "
                                               "within that rounding.\n"));
  runner_remove_file (path);
}

/* Output that is no terminal gets no progress, and a column that nobody needs is not there. */
static void
test_plain (void)
{
  g_autofree char *out = runner_run_well ("check regression");

  g_assert_true (g_str_has_prefix (out, "node       op        shape  largest relative error  in iteration\n"));
  g_assert_null (strchr (out, '\r'));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-check/cases", test_cases);
  g_test_add_func ("/command-check/advice", test_advice);
  g_test_add_func ("/command-check/not-reset", test_not_reset);
  g_test_add_func ("/command-check/converged", test_converged);
  g_test_add_func ("/command-check/plain", test_plain);

  return g_test_run ();
}
