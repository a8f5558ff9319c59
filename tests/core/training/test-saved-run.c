/* test-saved-run.c: what is saved comes back, and damaged files are refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "experiment/bp-builtin.h"
#include "base/bp-error.h"
#include "training/bp-saved-run.h"
#include "lib/trainer-fixture.h"

static BpReference *
reference_with_learning_rate (BpTrainer *trainer,
                              double     learning_rate,
                              gint64     n_iterations)
{
  g_autoptr (BpExperiment) experiment = bp_experiment_copy (bp_trainer_get_experiment (trainer));
  g_autoptr (BpTrainer) other = NULL;

  experiment->settings.optimizer.learning_rate = learning_rate;
  other = trainer_new (experiment);
  bp_trainer_run (other, n_iterations);

  return bp_reference_new (other);
}

static double
last_parameter (const BpReference *reference)
{
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (g_ptr_array_index (reference->parameters, 0), &n);

  return buckets[n - 1].last;
}

static void
test_round_trip (gconstpointer data)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin (data);
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpSavedRun) saved = NULL;
  g_autoptr (BpTrainer) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  BpSettings settings;

  bp_trainer_run (trainer, 30);
  settings = *bp_trainer_get_settings (trainer);
  settings.optimizer.learning_rate = 0.0123;
  settings.batch_size = 3;
  g_assert_true (bp_trainer_set_settings (trainer, &settings, NULL));
  bp_trainer_seek (trainer, (BpCursor) { 41, 4 });
  g_ptr_array_add (references, reference_with_learning_rate (trainer, 0.001, 20));
  g_ptr_array_add (references, reference_with_learning_rate (trainer, 0.003, 60));

  text = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), references, NULL);
  saved = bp_saved_run_new_from_data (text, -1, "saved.experiment", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (saved->cursor.iteration, ==, 41);
  g_assert_cmpuint (saved->cursor.instruction, ==, 4);

  again = trainer_new (saved->experiment);
  bp_trainer_seek (again, saved->cursor);
  g_assert_cmpmem (bp_session_get_parameters (bp_trainer_get_session (again)), sizeof (double),
                   bp_session_get_parameters (bp_trainer_get_session (trainer)), sizeof (double));

  g_assert_cmpuint (saved->references->len, ==, 2);
  for (guint i = 0; i < saved->references->len; i++)
    {
      const BpExperiment *experiment = g_ptr_array_index (saved->references, i);
      g_autoptr (BpReference) reference = bp_reference_new_by_running (experiment, NULL, &error);
      const BpReference *original = g_ptr_array_index (references, i);

      g_assert_no_error (error);
      g_assert_cmpint (reference->length, ==, original->length);
      g_assert_cmpfloat (last_parameter (reference), ==, last_parameter (original));
    }

  text_again = saved_run_to_data (again, bp_trainer_get_cursor (again), references, NULL);
  g_assert_cmpstr (text, ==, text_again);
}

/* A run that diverged is opened as one that did, where it stopped; one that went back from there is not. */
static void
test_diverged (void)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression", NULL);
  g_autoptr (BpTrainer) trainer = NULL;
  const BpCursor back = { 2, 3 };

  experiment->settings.optimizer.learning_rate = 1e6;
  trainer = trainer_new (experiment);
  bp_trainer_run (trainer, 100);
  for (guint i = 0; i < 2; i++)
    {
      const BpCursor cursor = bp_trainer_get_cursor (trainer);
      g_autofree char *text = saved_run_to_data (trainer, cursor, NULL, NULL);
      g_autoptr (BpSavedRun) saved = bp_saved_run_new_from_data (text, -1, "saved.experiment", NULL, NULL);
      g_autoptr (BpTrainer) again = trainer_new (saved->experiment);
      g_autofree char *text_again = NULL;

      g_assert_true ((bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED) == (i == 0));
      bp_trainer_seek (again, saved->cursor);
      g_assert_cmpint (bp_trainer_get_status (again), ==, bp_trainer_get_status (trainer));
      g_assert_cmpint (bp_trainer_get_cursor (again).iteration, ==, cursor.iteration);
      g_assert_cmpuint (bp_trainer_get_cursor (again).instruction, ==, cursor.instruction);
      g_assert_cmpuint (bp_trainer_get_diverged_node (again), ==, bp_trainer_get_diverged_node (trainer));
      text_again = saved_run_to_data (again, bp_trainer_get_cursor (again), NULL, NULL);
      g_assert_cmpstr (text, ==, text_again);
      bp_trainer_seek (trainer, back);
    }
}

/* The same file is an experiment for who does not ask for the session. */
static void
test_is_experiment (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autoptr (BpExperiment) experiment = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (references, reference_with_learning_rate (trainer, 0.5, 10));
  text = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), references, NULL);
  experiment = experiment_from_text (text);
  g_assert_cmpfloat (experiment->settings.optimizer.learning_rate, ==, 0.02);
}

static void
test_data_file (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "oracle-regression.experiment", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpSavedRun) saved = bp_saved_run_new_from_file (path, &error);
  g_autoptr (BpTrainer) trainer = NULL;
  g_autofree char *here = NULL;
  g_autofree char *elsewhere = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (saved->cursor.iteration, ==, 0);
  trainer = trainer_new (saved->experiment);
  here = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), NULL, folder);
  elsewhere = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), NULL, g_get_tmp_dir ());
  g_assert_nonnull (strstr (here, "\nFile=regression.data.csv\n"));
  g_assert_null (strstr (elsewhere, "\nFile=regression.data.csv\n"));
  g_clear_pointer (&saved, bp_saved_run_free);
  saved = bp_saved_run_new_from_data (elsewhere, -1, "elsewhere", g_get_tmp_dir (), &error);
  g_assert_no_error (error);
}

/* Not computed yet, a kept run is written as it was read; one that diverges keeps its number of iterations. */
static void
test_not_computed (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (BpExperiment) kept = bp_experiment_copy (bp_trainer_get_experiment (trainer));
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autofree char *text_before = NULL;
  g_autofree char *text_after = NULL;
  const BpReference *reference;

  kept->iterations = 5000;
  kept->settings.optimizer.learning_rate = 1000;
  g_ptr_array_add (before, bp_reference_new_not_computed (kept));
  g_ptr_array_add (after, bp_reference_new_by_running (kept, NULL, NULL));
  reference = g_ptr_array_index (before, 0);
  g_assert_false (reference->is_computed);
  g_assert_cmpint (reference->length, ==, 0);
  g_assert_cmpint (bp_series_get_length (reference->loss), ==, 0);
  reference = g_ptr_array_index (after, 0);
  g_assert_true (reference->is_computed && reference->diverged);
  g_assert_cmpint (reference->length, <, 5000);

  text_before = saved_run_to_data (trainer, (BpCursor) { 7, 2 }, before, NULL);
  text_after = saved_run_to_data (trainer, (BpCursor) { 7, 2 }, after, NULL);
  g_assert_nonnull (strstr (text_before, "\nIteration=7\nInstruction=2\n"));
  g_assert_nonnull (strstr (text_before, "\nIterations=5000\n"));
  g_assert_cmpstr (text_before, ==, text_after);
}

/* What the run says of its data holds for its kept runs, unless they say something else. */
static void
test_digests (void)
{
  static const char text[] =
    "[Data]\nFile=regression.data.csv\n[Variables]\nA=0\n[Model]\nloss=square(x_data*A)\n"
    "[Session]\nDataDigest=%s\n"
    "[Ghost 1/Data]\nFile=regression.data.csv\n[Ghost 1/Variables]\nA=1\n[Ghost 1/Model]\nloss=square(x_data*A)\n"
    "[Ghost 2/Data]\nFile=regression.data.csv\n[Ghost 2/Variables]\nA=2\n[Ghost 2/Model]\nloss=square(x_data*A)\n"
    "[Ghost 2/Session]\nDataDigest=%s\n";
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "regression.data.csv", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *ones = g_strnfill (BP_DIGEST_LENGTH, '1');
  g_autofree char *twos = g_strnfill (BP_DIGEST_LENGTH, '2');
  g_autofree char *with_digests = g_strdup_printf (text, ones, twos);
  g_autofree char *damaged = g_strdup_printf (text, "none", twos);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) digest_error = NULL;
  g_autoptr (BpSavedRun) saved = bp_saved_run_new_from_data (with_digests, -1, "saved", folder, &error);
  g_autoptr (BpSavedRun) refused = bp_saved_run_new_from_data (damaged, -1, "saved", folder, &digest_error);
  g_autoptr (BpTrainer) trainer = NULL;
  g_autofree char *said = NULL;

  g_assert_no_error (error);
  g_assert_null (refused);
  g_assert_nonnull (strstr (digest_error->message, "saved:8: [Session] DataDigest: "));
  g_assert_cmpstr (saved->experiment->data_digest, ==, ones);
  g_assert_cmpstr (((BpExperiment *) g_ptr_array_index (saved->references, 0))->data_digest, ==, ones);
  g_assert_cmpstr (((BpExperiment *) g_ptr_array_index (saved->references, 1))->data_digest, ==, twos);

  trainer = trainer_new (saved->experiment);
  said = bp_saved_run_describe_data_change (saved->experiment, bp_trainer_get_experiment (trainer));
  g_assert_nonnull (strstr (said, "“regression.data.csv”"));
  g_assert_null (bp_saved_run_describe_data_change (bp_trainer_get_experiment (trainer),
                                                    bp_trainer_get_experiment (trainer)));
}

static char *
replaced (const char *text,
          const char *from,
          const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);

  return g_strjoinv (to, parts);
}

static void
test_damaged (void)
{
  static const struct {
    const char *from;
    const char *to;
    const char *says;
  } damages[] = {
    { "Iteration=12", "Iteration=twelve", "[Session] Iteration" },
    { "Iteration=12", "Iteration=-1", "[Session] Iteration" },
    { "Iterations=10\n", "Iterations=none\n", "[Ghost 1]" },
    { "[Ghost 1/Variables]\nA=", "[Ghost 1/Variables]\nB=", "[Ghost 1]" },
    { "[Ghost 1/Model]", "[Ghost 1/Modell]", "Modell" },
    { "[Ghost 1/Model]", "[Ghost 99/Model]", "Ghost 99" },
    { "[Session]", "[Sesssion]", "Sesssion" },
  };
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autofree char *text = NULL;

  bp_trainer_run (trainer, 12);
  g_ptr_array_add (references, reference_with_learning_rate (trainer, 0.5, 10));
  text = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), references, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *damaged = replaced (text, damages[i].from, damages[i].to);
      g_autoptr (GError) error = NULL;
      g_autoptr (BpSavedRun) saved = bp_saved_run_new_from_data (damaged, -1, "saved.experiment", NULL, &error);

      g_assert_null (saved);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, damages[i].says));
      g_assert_nonnull (strstr (error->message, "saved.experiment"));
    }
}

/* Whatever line is lost, the file loads or is refused with a sentence. */
static void
test_lost_lines (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("classification");
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_ptr_array_add (references, reference_with_learning_rate (trainer, 0.5, 10));
  text = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), references, NULL);
  lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GString) without = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BpSavedRun) saved = NULL;

      for (guint j = 0; lines[j] != NULL; j++)
        if (i != j)
          g_string_append_printf (without, "%s\n", lines[j]);

      saved = bp_saved_run_new_from_data (without->str, without->len, "saved", NULL, &error);
      g_assert_true ((saved == NULL) == (error != NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/saved-run/round-trip/regression", "regression", test_round_trip);
  g_test_add_data_func ("/saved-run/round-trip/classification", "classification", test_round_trip);
  g_test_add_data_func ("/saved-run/round-trip/logistic", "logistic", test_round_trip);
  g_test_add_func ("/saved-run/diverged", test_diverged);
  g_test_add_func ("/saved-run/is-experiment", test_is_experiment);
  g_test_add_func ("/saved-run/data-file", test_data_file);
  g_test_add_func ("/saved-run/not-computed", test_not_computed);
  g_test_add_func ("/saved-run/digests", test_digests);
  g_test_add_func ("/saved-run/damaged", test_damaged);
  g_test_add_func ("/saved-run/lost-lines", test_lost_lines);

  return g_test_run ();
}
