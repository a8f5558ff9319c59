/* test-window-files.c: files are opened and saved, and nothing unsaved is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "lib/window-fixture.h"
#include "panels/bp-experiment-chooser.h"

static void
choose_text (Fixture    *fixture,
             const char *text)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;

  chosen_path = g_build_filename (folder, "mine.experiment", NULL);
  if (text != NULL)
    g_file_set_contents (chosen_path, text, -1, &error);
  g_assert_no_error (error);

  bp_window_set_file_choosers (fixture->window, choose, NULL);
  activate (fixture, "win.open");
  wait_until_opened (fixture->window);

  g_unlink (chosen_path);
  g_rmdir (folder);
  g_clear_pointer (&chosen_path, g_free);
}

static void
test_open_file (Fixture *fixture)
{
  choose_text (fixture, "[Experiment]\nTitle=Mine\n[Variables]\nA=3\n[Model]\nloss=square(A)\n"
                        "[Optimizer]\nName=gradient-descent\nLearningRate=0.1\n");
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  g_assert_cmpstr (get_name (fixture), ==, "mine");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Mine – Backprop Lab");
}

/* What has no text to show is said in a dialog, and the run stays. */
static void
test_open_bad_file (Fixture *fixture)
{
  const char *texts[] = { NULL, "\xff" };

  bp_run_seek (fixture->run, (BpCursor) { 7, 3 });
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      AdwMessageDialog *dialog;

      choose_text (fixture, texts[i]);
      dialog = find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG);
      g_assert_nonnull (dialog);
      g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "mine.experiment"));
      gtk_window_destroy (GTK_WINDOW (dialog));
      g_assert_cmpstr (get_name (fixture), ==, "regression");
      assert_cursor (fixture->run, 7, 3);
    }
}

/* The list of experiments has all of them, with the one that runs marked, and opens what is clicked. */

/* Saved as asked for, opened again: the same place and settings. */
static void
test_save (Fixture *fixture)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autoptr (GFile) file = NULL;
  BpTrainer *trainer = bp_run_get_trainer (fixture->run);
  double value;

  chosen_path = g_build_filename (folder, "mine.experiment", NULL);
  file = g_file_new_for_path (chosen_path);
  bp_window_set_file_choosers (fixture->window, NULL, choose);
  bp_run_seek (fixture->run, (BpCursor) { 12, 3 });
  bp_run_set_learning_rate (fixture->run, 0.3);
  value = bp_session_get_parameters (bp_trainer_get_session (trainer))[0];
  activate (fixture, "win.save");
  g_assert_true (g_file_test (chosen_path, G_FILE_TEST_IS_REGULAR));

  /* Nothing is unsaved now, so that another experiment opens without a question. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "xor");
  g_assert_cmpstr (get_name (fixture), ==, "xor");
  g_assert_true (open_in (fixture->window, file));
  trainer = bp_run_get_trainer (fixture->run);
  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, 12);
  g_assert_cmpuint (bp_trainer_get_cursor (trainer).instruction, ==, 3);
  g_assert_cmpfloat (bp_run_get_learning_rate (fixture->run), ==, 0.3);
  g_assert_cmpfloat (bp_session_get_parameters (bp_trainer_get_session (trainer))[0], ==, value);

  g_unlink (chosen_path);
  g_rmdir (folder);
  g_clear_pointer (&chosen_path, g_free);
}

/* A file that is being read is given up for what is opened after it, by the button, and with the window. */
static void
test_open_given_up (Fixture *fixture)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mine.experiment", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "[Variables]\nA=3\n[Model]\nloss=square(A)\n", -1, NULL));
  bp_window_open_file (fixture->window, file);
  g_assert_true (bp_window_get_opening (fixture->window));
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "xor");
  g_assert_false (bp_window_get_opening (fixture->window));
  settle ();
  g_assert_cmpstr (get_name (fixture), ==, "xor");

  bp_window_open_file (fixture->window, file);
  activate (fixture, "win.stop-computing");
  g_assert_false (bp_window_get_opening (fixture->window));
  settle ();
  g_assert_cmpstr (get_name (fixture), ==, "xor");
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));

  /* The window is gone after the test although the file is still being read. */
  bp_window_open_file (fixture->window, file);
  g_unlink (path);
  g_rmdir (folder);
}

/* A pipe that nobody writes to would keep the window waiting. */
static void
test_open_pipe (Fixture *fixture)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "pipe.experiment", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_false (open_in (fixture->window, file));
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  gtk_window_destroy (GTK_WINDOW (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG)));
  g_unlink (path);
  g_rmdir (folder);
}

/* No folder is below a device: a dialog says so, and the run is still unsaved. */
static void
test_save_fails (Fixture *fixture)
{
  chosen_path = g_strdup ("/dev/null/mine.experiment");
  bp_window_set_file_choosers (fixture->window, NULL, choose);
  bp_run_set_learning_rate (fixture->run, 0.3);
  activate (fixture, "win.save");
  g_assert_nonnull (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  gtk_window_destroy (GTK_WINDOW (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG)));
  g_clear_pointer (&chosen_path, g_free);
}

static void
test_unsaved (Fixture *fixture)
{
  AdwMessageDialog *dialog;

  bp_run_set_learning_rate (fixture->run, 0.3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "xor");
  dialog = ADW_MESSAGE_DIALOG (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  g_assert_nonnull (dialog);
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  adw_message_dialog_response (dialog, "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpstr (get_name (fixture), ==, "regression");

  gtk_window_close (GTK_WINDOW (fixture->window));
  dialog = ADW_MESSAGE_DIALOG (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  g_assert_nonnull (dialog);
  adw_message_dialog_response (dialog, "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "xor");
  dialog = ADW_MESSAGE_DIALOG (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  adw_message_dialog_response (dialog, "discard");
  g_assert_cmpstr (get_name (fixture), ==, "xor");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_chooser (Fixture *fixture)
{
  GtkWidget *chooser = search_widget (GTK_WIDGET (fixture->window), BP_TYPE_EXPERIMENT_CHOOSER, NULL, NULL);
  GtkWidget *button = search_widget (chooser, GTK_TYPE_MENU_BUTTON, NULL, NULL);
  GtkWidget *list, *row;
  guint n_rows = 0, n_headings = 0, n_names = g_strv_length ((char **) bp_builtin_get_names ());

  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Experiment: Regression");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  settle ();
  list = search_widget (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), GTK_TYPE_LIST_BOX, NULL,
                        NULL);
  for (; (row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n_rows))) != NULL; n_rows++)
    {
      GtkWidget *check = search_widget (row, GTK_TYPE_IMAGE, NULL, NULL);
      GtkWidget *heading = gtk_list_box_row_get_header (GTK_LIST_BOX_ROW (row));
      const char *group = bp_builtin_get_group (bp_builtin_get_names ()[n_rows]);

      g_assert_cmpint (gtk_widget_get_visible (check), ==, g_str_equal (bp_builtin_get_names ()[n_rows], "regression"));
      n_headings += heading != NULL;
      if (heading != NULL)
        g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (heading)), ==, group);
    }
  g_assert_cmpuint (n_rows, ==, n_names);
  g_assert_cmpuint (n_headings, ==, 5);

  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  gtk_widget_activate (row);
  settle ();
  g_assert_cmpstr (get_name (fixture), ==, bp_builtin_get_names ()[1]);
  g_assert_false (gtk_widget_get_mapped (list));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/window-files/" name, (BpCursor) { 0, 0 }, func)
  ADD ("open-file", test_open_file);
  ADD ("open-bad-file", test_open_bad_file);
  ADD ("open-given-up", test_open_given_up);
  ADD ("open-pipe", test_open_pipe);
  ADD ("save", test_save);
  ADD ("save-fails", test_save_fails);
  ADD ("unsaved", test_unsaved);
  ADD ("chooser", test_chooser);

  return run_tests ();
}
