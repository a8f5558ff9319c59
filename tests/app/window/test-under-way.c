/* test-under-way.c: documents whose position takes long to reach
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "window/bp-document.h"
#include "lib/command-runner.h"

/* Far, and within an iteration. */
static const char text[] =
  "[Experiment]\nIterations=1000000000\n[Variables]\nW=normal(0, 0.1) [300, 300]\n[Model]\np=matmul(W, W)\n"
  "loss=reduce_mean(square(p))\n[Session]\nIteration=900000000\nInstruction=3\n";

static char *
save_and_load (BpDocument *document,
               const char *path)
{
  g_autoptr (GError) error = NULL;
  char *saved;

  g_assert_true (bp_document_save (document, path, &error));
  g_assert_no_error (error);
  g_file_get_contents (path, &saved, NULL, &error);
  g_assert_no_error (error);

  return saved;
}

/* What is saved on the way is where it leads; once it is left, where the run stands. */
static void
test_save (void)
{
  char *path = runner_write_file ("far.experiment", text);
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data ("[Variables]\nA=1\n[Model]\nloss=square(A)\n", -1,
                                                                     "text", NULL, NULL);
  g_autoptr (BpRun) run = bp_run_new (experiment);
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpOpenedFile) opened = bp_opened_file_new (path, &error);
  g_autofree char *on_the_way = NULL;
  g_autofree char *left = NULL;

  g_assert_no_error (error);
  bp_document_take (document, opened);
  g_assert_true (bp_run_get_playing (run));
  g_assert_cmpint (bp_run_get_running_to (run), ==, 900000000);
  for (gint64 t = 1; t < 10; t++)
    bp_run_advance (run, t);
  on_the_way = save_and_load (document, path);
  g_assert_nonnull (strstr (on_the_way, "\nIteration=900000000\nInstruction=3\n"));

  bp_run_set_playing (run, FALSE);
  left = save_and_load (document, path);
  g_assert_null (strstr (left, "900000000\nInstruction"));
  runner_remove_file (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/under-way/save", test_save);

  return g_test_run ();
}
