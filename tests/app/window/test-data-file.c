/* test-data-file.c: the program reads its own tables, and says aloud which rows it leaves out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "experiment/bp-builtin.h"
#include "panels/bp-data-group.h"
#include "lib/command-runner.h"
#include "lib/figure-checks.h"
#include "lib/window-fixture.h"

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* Trains a step on table.csv. Returns: what it wrote, on both streams */
static Result
train (const char *folder,
       const char *data,
       const char *loss)
{
  g_autofree char *path = g_build_filename (folder, "table.experiment", NULL);
  g_autofree char *text = g_strdup_printf ("[Experiment]\nIterations=1\n[Data]\nFile=table.csv\n%s\n"
                                           "[Variables]\nweight=0\n"
                                           "[Model]\nresult=square(weight - (%s))\n", data, loss);

  write_file (folder, "table.experiment", text);

  return runner_run_on ("train", path, "");
}

static void
assert_trains (const char *folder,
               const char *table,
               const char *data,
               const char *loss)
{
  write_file (folder, "table.csv", table);

  g_auto (Result) result = train (folder, data, loss);

  g_assert_cmpstr (result.status == 0 ? "" : result.err, ==, "");
  g_assert_true (g_str_has_prefix (result.out, "Step #1 weight = ["));
}

/* Of each built-in, all columns of numbers that it writes can be columns to train on. */
static void
test_own_tables (void)
{
  g_autofree char *folder = make_folder ();
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *trace = g_strdup_printf ("trace %s --nodes --iterations 3", names[i]);
      g_autofree char *loss = g_strdup_printf ("export %s --figure loss --format csv --iteration 3 -o -", names[i]);
      g_autofree char *data = g_strdup_printf ("export %s --figure data --format csv --iteration 3 -o -", names[i]);
      g_autofree char *of_trace = runner_run_well (trace);
      g_autofree char *of_loss = runner_run_well (loss);
      g_autofree char *of_data = runner_run_well (data);

      assert_trains (folder, of_trace, "", "iteration + loss + loss_after");
      assert_trains (folder, of_loss, "Missing=drop", "iteration + loss");
      assert_trains (folder, of_data, "", "x + y");
    }

  g_assert_cmpuint (remove_folder (folder), ==, 2);
}

/* The elements of tensors, and nodes. */
static void
test_own_names (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *trace = runner_run_well ("trace xor --nodes --iterations 3");

  assert_trains (folder, trace, "", "W1_0_1_before + b_2_gradient + V_1_0_after + reduce_mean_value");
  write_file (folder, "table.csv", trace);

  g_auto (Result) result = train (folder, "", "W1[0,1]_before");

  result_assert_fails (&result, 1, "the column “W1[0,1]_before” of table.csv is called W1_0_1_before in expressions");
  remove_folder (folder);
}

/* The report is that of the rows that are left, and the other stream says how many are. */
static void
test_dropped (void)
{
  g_autofree char *folder = make_folder ();

  write_file (folder, "table.csv", "x,y\n2,1\n?,1\n2,NA\n2,1\n");

  g_auto (Result) result = train (folder, "Missing=drop", "x + y");
  g_auto (Result) refused = train (folder, "", "x + y");

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (result.out, ==, "Step #1 weight = [0.06]\nLoss = [8.6436]\n");
  g_assert_cmpstr (result.err, ==,
                   "backprop-lab: 2 rows of the data file are left out, since a value is missing; 2 remain\n");
  result_assert_fails (&refused, 1, "table.csv, line 3, column “x”: “?” is not a number; Missing=drop in [Data] "
                                    "leaves such rows out");
  remove_folder (folder);
}

static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  return gtk_widget_get_mapped (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text);
}

static gboolean
panel_says (Fixture    *fixture,
            const char *text)
{
  GtkWidget *group = search_widget (GTK_WIDGET (fixture->window), BP_TYPE_DATA_GROUP, NULL, NULL);

  settle ();

  return search_widget (group, GTK_TYPE_LABEL, has_text, text) != NULL;
}

static void
test_window (Fixture *fixture)
{
  static const char sentence[] = "1 row of the data file is left out, since a value is missing; 2 remain";
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "table.experiment", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  write_file (folder, "table.csv", "x,y\n2,1\n?,1\n2,1\n");
  write_file (folder, "table.experiment",
              "[Data]\nFile=table.csv\nMissing=drop\n[Variables]\nw=0\n[Model]\nloss=square(w * x - y)\n");
  g_assert_true (open_in (fixture->window, file));
  g_assert_true (has_toast (GTK_WIDGET (fixture->window), sentence));
  g_assert_true (panel_says (fixture, sentence));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "xor");
  g_assert_false (panel_says (fixture, sentence));
  remove_folder (folder);
}

/* A window whose run has its data from table.csv in @folder. */
static void
open_table (Fixture    *fixture,
            const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "table.experiment", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  write_file (folder, "table.csv", "x,y\n2,1\n3,1\n");
  write_file (folder, "table.experiment",
              "[Data]\nFile=table.csv\n[Variables]\nw=0\n[Model]\nloss=square(w * x - y)\n");
  g_assert_true (open_in (fixture->window, file));
}

static gboolean
is_asked (gpointer window)
{
  return find_over (window, ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

static gsize
count_samples (Fixture *fixture)
{
  return bp_dataset_get_n_samples (bp_trainer_get_dataset (get_trainer (fixture)));
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

/* Somebody comes back to the window. */
static void
come_back (Fixture *fixture)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (is_active, fixture->window);
  g_object_notify (G_OBJECT (fixture->window), "is-active");
}

/* And is asked. */
static void
answer (Fixture    *fixture,
        const char *response)
{
  come_back (fixture);
  wait_until (is_asked, fixture->window);
  adw_message_dialog_response (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG), response);
  gtk_window_destroy (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
}

/* Data that another program changed are read after a question, and not otherwise. */
static void
test_changed (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();

  open_table (fixture, folder);
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);

  write_file (folder, "table.csv", "x,y\n2,1\n3,1\n4,1\n");
  answer (fixture, "keep");
  g_assert_cmpuint (count_samples (fixture), ==, 2);
  assert_cursor (fixture->run, 1, 0);

  /* Once is enough for the same change. */
  come_back (fixture);
  settle ();
  g_assert_false (is_asked (fixture->window));

  write_file (folder, "table.csv", "x,y\n2,1\n3,1\n4,1\n5,1\n");
  answer (fixture, "read");
  g_assert_cmpuint (count_samples (fixture), ==, 4);
  assert_cursor (fixture->run, 0, 0);
  remove_folder (folder);
}

static gboolean
says_unreadable (gpointer window)
{
  return has_toast (window, "cannot be read now, so the run keeps its data: ");
}

/* Whatever becomes of the file, the run has its data. */
static void
test_gone (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *table = g_build_filename (folder, "table.csv", NULL);

  open_table (fixture, folder);
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);

  write_file (folder, "table.csv", "x,y\n2,oops\n3,1\n");
  come_back (fixture);
  wait_until (says_unreadable, fixture->window);
  g_assert_false (is_asked (fixture->window));

  g_assert_cmpint (g_unlink (table), ==, 0);
  come_back (fixture);
  settle ();
  g_assert_false (is_asked (fixture->window));
  g_assert_cmpuint (count_samples (fixture), ==, 2);
  bp_run_shuffle (fixture->run);
  g_assert_cmpuint (count_samples (fixture), ==, 2);
  assert_cursor (fixture->run, 1, 0);
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);
  assert_cursor (fixture->run, 2, 0);
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data-file/own-tables", test_own_tables);
  g_test_add_func ("/data-file/own-names", test_own_names);
  g_test_add_func ("/data-file/dropped", test_dropped);
  add_window_test ("/data-file/window", (BpCursor) { 0, 0 }, test_window);
  add_window_test ("/data-file/changed", (BpCursor) { 0, 0 }, test_changed);
  add_window_test ("/data-file/gone", (BpCursor) { 0, 0 }, test_gone);

  return run_tests ();
}
