/* test-schedule.c: learning rates that change in the course of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "experiment/bp-schedule.h"
#include "lib/trainer-fixture.h"

#include <math.h>

static BpSchedule
parse (const char *text)
{
  BpSchedule schedule;
  g_autoptr (GError) error = NULL;

  g_assert_true (bp_schedule_parse (text, &schedule, &error));
  g_assert_no_error (error);

  return schedule;
}

/* The factors of the first iterations of six, worked out by hand. */
static void
test_factors (void)
{
  const double root = sqrt (3) / 2;
  const struct {
    const char *text;
    double      factors[6];
  } cases[] = {
    { "constant", { 1, 1, 1, 1, 1, 1 } },
    { "step(2, 0.5)", { 1, 1, 0.5, 0.5, 0.25, 0.25 } },
    { "step(1, 1)", { 1, 1, 1, 1, 1, 1 } },
    { "exponential(0.1)", { 1, 0.1, 0.01, 0.001, 1e-4, 1e-5 } },
    { "cosine", { 1, (1 + root) / 2, 0.75, 0.5, 0.25, (1 - root) / 2 } },
    { "warmup(4)", { 0.25, 0.5, 0.75, 1, 1, 1 } },
    { "warmup(1)", { 1, 1, 1, 1, 1, 1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BpSchedule schedule = parse (cases[i].text);
      g_autofree char *text = bp_schedule_to_string (&schedule);

      g_assert_cmpstr (text, ==, cases[i].text);
      for (gint64 k = 0; k < 6; k++)
        g_assert_cmpfloat_with_epsilon (bp_schedule_get_factor (&schedule, k, 6), cases[i].factors[k], 1e-15);
    }
}

static void
test_texts (void)
{
  const BpSchedule step = parse ("  step ( 30,0.1 ) "), same = parse ("step(30, 1e-1)");
  const BpSchedule other = parse ("step(31, 0.1)");

  g_assert_true (bp_schedule_equal (&step, &same));
  g_assert_false (bp_schedule_equal (&step, &other));
}

static void
test_errors (void)
{
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "unknown schedule “”; known: constant, step, exponential, cosine, warmup" },
    { "warmp(10)", "unknown schedule “warmp”; did you mean “warmup”?" },
    { "step", "“step” is not what was expected, such as step(30, 0.1)" },
    { "step(30)", "“step(30)” is not what was expected, such as step(30, 0.1)" },
    { "step(30, 0.1", "“step(30, 0.1” is not what was expected, such as step(30, 0.1)" },
    { "step(30, 0.1, 2)", "“step(30, 0.1, 2)” is not what was expected, such as step(30, 0.1)" },
    { "cosine(5)", "“cosine(5)” is not what was expected, such as cosine" },
    { "step(0, 0.1)", "“0” is not a whole number from 1 to 1000000000" },
    { "step(2.5, 0.1)", "“2.5” is not a whole number from 1 to 1000000000" },
    { "step(2, 0)", "the factor of a schedule is 0, but must be greater than 0 and at most 1" },
    { "exponential(1.5)", "the factor of a schedule is 1.5, but must be greater than 0 and at most 1" },
    { "exponential(nan)", "“nan” is not a number such as 0.02" },
    { "warmup(-1)", "“-1” is not a whole number from 1 to 1000000000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BpSchedule schedule = { BP_SCHEDULE_STEP, 7, 0.7 };
      const BpSchedule before = schedule;
      g_autoptr (GError) error = NULL;

      g_assert_false (bp_schedule_parse (cases[i].text, &schedule, &error));
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_true (bp_schedule_equal (&schedule, &before));
    }
}

/* The parameter after each iteration of A ← A − η·1. */
static void
check_run (const char   *settings,
           const double *rates,
           gint64        n)
{
  g_autofree char *text = g_strdup_printf ("[Experiment]\nIterations=%" G_GINT64_FORMAT "\n[Variables]\nA=0\n[Model]\n"
                                           "loss=A * 1\n%s", n, settings);
  g_autoptr (BpTrainer) trainer = trainer_from_text (text);
  double expected = 0;

  for (gint64 i = 0; i < n; i++)
    {
      g_assert_cmpfloat_with_epsilon (bp_trainer_get_learning_rate (trainer, i), rates[i], 1e-15);
      bp_trainer_step_iteration (trainer, 1);
      expected -= rates[i];
      g_assert_cmpfloat_with_epsilon (bp_session_get_parameters (bp_trainer_get_session (trainer))[0], expected, 1e-14);
    }
}

/* A schedule begins where it is set, and goes on when other settings change; a cosine ends with the run. */
static void
test_runs (void)
{
  check_run ("[Optimizer]\nLearningRate=8\nSchedule=step(2, 0.5)\n", (double[]) { 8, 8, 4, 4, 2 }, 5);
  check_run ("[Optimizer]\nLearningRate=8\nSchedule=step(2, 0.5)\n[Changes]\n1=LearningRate=4\n",
             (double[]) { 8, 4, 2, 2, 1 }, 5);
  check_run ("[Optimizer]\nLearningRate=8\nSchedule=step(2, 0.5)\n[Changes]\n3=Schedule=warmup(2)\n"
             "5=Schedule=constant\n", (double[]) { 8, 8, 4, 4, 8, 8 }, 6);
  check_run ("[Optimizer]\nLearningRate=8\n[Changes]\n2=Schedule=cosine\n", (double[]) { 8, 8, 8, 4 }, 4);
}

/* A run of another length has other learning rates from its beginning on. */
static void
test_end (void)
{
  static const char text[] = "[Experiment]\nIterations=20\n[Variables]\nA=1\n[Model]\nloss=A * A\n"
                             "[Optimizer]\nLearningRate=0.1\nSchedule=cosine\n";
  g_autoptr (BpTrainer) trainer = trainer_from_text (text), longer = NULL;
  g_autoptr (BpExperiment) experiment = experiment_from_text (text);
  g_autoptr (BpExperiment) before = bp_experiment_copy (bp_trainer_get_experiment (trainer));

  experiment->iterations = 30;
  longer = trainer_new (experiment);
  bp_trainer_run (trainer, 15);
  bp_trainer_run (longer, 15);
  bp_trainer_set_n_iterations (trainer, 30);
  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, 15);
  g_assert_cmpfloat (bp_session_get_parameters (bp_trainer_get_session (trainer))[0], ==,
                     bp_session_get_parameters (bp_trainer_get_session (longer))[0]);
  bp_trainer_restore_settings (trainer, before);
  g_assert_cmpint (bp_trainer_get_n_iterations (trainer), ==, 20);
  g_assert_cmpfloat (bp_trainer_get_learning_rate (trainer, 10), ==, 0.1 * bp_schedule_get_factor (
                       &experiment->settings.optimizer.schedule, 10, 20));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/factors", test_factors);
  g_test_add_func ("/schedule/texts", test_texts);
  g_test_add_func ("/schedule/errors", test_errors);
  g_test_add_func ("/schedule/runs", test_runs);
  g_test_add_func ("/schedule/end", test_end);

  return g_test_run ();
}
