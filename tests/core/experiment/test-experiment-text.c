/* test-experiment-text.c: what changes in a text is what differs, and nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "experiment/bp-builtin.h"
#include "experiment/bp-experiment-text.h"

#define TEXT "# mine\n\n[Optimizer]\n  LearningRate =  0.02  \n# why\n[Variables]\nA=1\n[Model]\nloss=square(A)\n"

static BpExperiment *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_experiment_new_from_data (text, -1, "test", NULL, &error);

  g_assert_no_error (error);

  return experiment;
}

/* @text, which says @before, after the change that @change makes. */
static char *
put_change (const char         *text,
            const BpExperiment *before,
            void              (*change) (BpExperiment *experiment))
{
  g_autoptr (BpExperiment) after = bp_experiment_copy (before);
  g_autofree char *before_data = bp_experiment_to_data (before);
  g_autofree char *after_data = NULL;

  change (after);
  after_data = bp_experiment_to_data (after);

  return bp_experiment_text_put (text, before_data, after_data);
}

static void
change_nothing (G_GNUC_UNUSED BpExperiment *experiment)
{
}

static void
change_rate (BpExperiment *experiment)
{
  experiment->settings.optimizer.learning_rate = 0.5;
}

static void
change_seed (BpExperiment *experiment)
{
  experiment->seed = 7;
}

/* In the middle of a run, twice. */
static void
change_later (BpExperiment *experiment)
{
  BpSettingsChange change = { 20, experiment->settings };

  g_array_set_size (experiment->changes, 0);
  change.settings.optimizer.learning_rate = 0.25;
  g_array_append_val (experiment->changes, change);
  change.iteration = 40;
  change.settings.optimizer.learning_rate = 0.125;
  g_array_append_val (experiment->changes, change);
}

/* Everything at once, so that the text read again is the experiment again. */
static void
change_much (BpExperiment *experiment)
{
  change_rate (experiment);
  change_seed (experiment);
  change_later (experiment);
  experiment->iterations = 77;
  g_free (experiment->title);
  experiment->title = g_strdup (" Back\\slash ");
  g_assert_true (bp_variable_set_start (g_ptr_array_index (experiment->variables, 0), "normal(0.75, 1.5)", NULL));
}

static void
assert_put (const char *text,
            void      (*change) (BpExperiment *experiment),
            const char *expected)
{
  g_autoptr (BpExperiment) before = read_text (TEXT);
  g_autofree char *changed = put_change (text, before, change);

  g_assert_cmpstr (changed, ==, expected);
}

static void
test_lines (void)
{
  assert_put (TEXT, change_nothing, TEXT);
  assert_put (TEXT, change_rate, "# mine\n\n[Optimizer]\n  LearningRate =  0.5\n# why\n[Variables]\nA=1\n[Model]\n"
                                 "loss=square(A)\n");
  assert_put (TEXT, change_seed, TEXT "\n[Experiment]\nSeed=7\n");
  assert_put (TEXT, change_later, TEXT "\n[Changes]\n20=LearningRate=0.25\n40=LearningRate=0.125\n");
  assert_put ("[Changes]\n# none yet\n", change_later, "[Changes]\n20=LearningRate=0.25\n40=LearningRate=0.125\n"
                                                       "# none yet\n");
  assert_put ("[Experiment]\nTitle=t\n# c", change_seed, "[Experiment]\nTitle=t\nSeed=7\n# c");
}

/* Line ends are those of the text, and a text with mistakes takes what it can. */
static void
test_others (void)
{
  assert_put ("[Optimizer]\r\nLearningRate=0.02\r\n", change_rate, "[Optimizer]\r\nLearningRate=0.5\r\n");
  assert_put ("[Experiment]\rTitle=t\r\r[X]", change_seed, "[Experiment]\rTitle=t\rSeed=7\r\r[X]");
  assert_put ("[Experiment]\r\nTitle=t", change_rate, "[Experiment]\r\nTitle=t\r\n\r\n[Optimizer]\r\nLearningRate=0.5"
                                                      "\r\n");
  assert_put ("[Optimizer]\nLearningRate=\noops\n[Variables\n", change_rate,
              "[Optimizer]\nLearningRate=0.5\noops\n[Variables\n");
  assert_put ("", change_rate, "");
}

/* What is taken back leaves no line. */
static void
test_delete (void)
{
  g_autoptr (BpExperiment) before = read_text (TEXT "[Changes]\n# once\n20=LearningRate=0.25\n40=BatchSize=3\n");
  g_autoptr (BpExperiment) after = read_text (TEXT);
  g_autofree char *before_data = bp_experiment_to_data (before);
  g_autofree char *after_data = bp_experiment_to_data (after);
  g_autofree char *text = bp_experiment_text_put (TEXT "[Changes]\n# once\n20=LearningRate=0.25\n40=BatchSize=3\n",
                                                  before_data, after_data);

  g_assert_cmpstr (text, ==, TEXT "[Changes]\n# once\n");
}

/* The texts that come with the program, whatever changes in them. */
static void
test_builtins (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text = bp_builtin_get_text (names[i]);
      g_autoptr (BpExperiment) before = bp_builtin_load (names[i], NULL);
      g_autoptr (BpExperiment) changed = bp_experiment_copy (before);
      g_autofree char *same = put_change (text, before, change_nothing);
      g_autofree char *other = put_change (text, before, change_much);
      g_autoptr (BpExperiment) again = read_text (other);
      g_autofree char *data_again = bp_experiment_to_data (again);
      g_autofree char *data = NULL;

      change_much (changed);
      data = bp_experiment_to_data (changed);
      g_assert_cmpstr (same, ==, text);
      g_assert_cmpstr (data_again, ==, data);
    }
}

static void
test_strip (void)
{
  const char * const texts[][2] = {
    { "a\n\n[Session]\nIteration=3\n\n[Ghost 1/Model]\nloss=A\n", "a\n" },
    { "a\n[Session]\nIteration=3\n# c\n[Model]\nloss=A", "a\n[Model]\nloss=A" },
    { "a\r\n\r\n [Session] \r\nIteration=3\r\n", "a\r\n" },
    { "a\r\r[Session]\rIteration=3", "a\r" },
    { "[Ghost 9/Model]\n[Sessions]\n\n", "[Ghost 9/Model]\n[Sessions]\n\n" },
    { "[Session]\n", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *stripped = bp_experiment_text_strip (texts[i][0], NULL);

      g_assert_cmpstr (stripped, ==, texts[i][1]);
    }
}

/* A change that changes nothing is not written; left in the text it would be one after another setting. */
static void
test_changes (void)
{
  const char text[] = TEXT "[Changes]\n4=LearningRate=0.02\n[Evaluate]\n";
  g_autoptr (BpExperiment) experiment = read_text (text);
  g_autoptr (BpExperiment) after = read_text (TEXT);
  g_autofree char *data = bp_experiment_to_data (experiment);
  g_autofree char *base = bp_experiment_text_get_base (text, data);
  g_autofree char *after_data = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (BpExperiment) read = NULL;
  g_autofree char *read_data = NULL;

  g_assert_null (strstr (data, "[Changes]"));
  change_rate (after);
  after_data = bp_experiment_to_data (after);
  changed = bp_experiment_text_put (text, base, after_data);
  read = read_text (changed);
  read_data = bp_experiment_to_data (read);
  g_assert_cmpstr (read_data, ==, after_data);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment-text/lines", test_lines);
  g_test_add_func ("/experiment-text/others", test_others);
  g_test_add_func ("/experiment-text/delete", test_delete);
  g_test_add_func ("/experiment-text/builtins", test_builtins);
  g_test_add_func ("/experiment-text/strip", test_strip);
  g_test_add_func ("/experiment-text/changes", test_changes);

  return g_test_run ();
}
