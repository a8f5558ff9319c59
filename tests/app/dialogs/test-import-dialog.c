/* test-import-dialog.c: from a table to an experiment that is open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "dialogs/bp-import-columns.h"
#include "dialogs/bp-import-dialog.h"
#include "lib/folder-fixture.h"
#include "lib/window-fixture.h"

static const char german[] = "Nr;L\344nge;Breite;Art\r\n"
                             "1;1,5;2,5;rot\r\n2;2,5;k. A.;gr\374n\r\n3;3,5;1,5;rot\r\n4;4,5;0,5;gr\374n\r\n"
                             "5;5,5;3,5;rot\r\n6;2,5;1,5;gr\374n\r\n";

static char *folder;

static GFile *
write_table (const char *name,
             const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return g_file_new_for_path (path);
}

static gboolean
is_ready (gpointer dialog)
{
  GtkWidget *create = search_widget (dialog, GTK_TYPE_BUTTON, has_button_label, "C_reate");

  return bp_import_dialog_get_import (dialog) != NULL && gtk_widget_get_sensitive (create);
}

static gboolean
has_problem (gpointer dialog)
{
  return bp_import_dialog_get_import (dialog) != NULL && bp_import_dialog_get_import (dialog)->problem != NULL;
}

/* The dialog over the window, once the table is read. */
static BpImportDialog *
find_dialog (Fixture *fixture)
{
  BpImportDialog *dialog = find_over (fixture->window, BP_TYPE_IMPORT_DIALOG);

  g_assert_nonnull (dialog);
  wait_until (is_ready, dialog);
  wait_for_frame (GTK_WIDGET (dialog));

  return dialog;
}

static void
create (BpImportDialog *dialog)
{
  g_signal_emit_by_name (search_widget (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, has_button_label, "C_reate"), "clicked");
  settle ();
}

static gboolean
has_row_title (GtkWidget  *row,
               const char *title)
{
  return g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title);
}

static AdwComboRow *
find_row (BpImportDialog *dialog,
          const char     *title)
{
  return ADW_COMBO_ROW (search_widget (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, has_row_title, title));
}

/* What is chosen in a row, "!" before it where that is not the file's own word. */
static char *
get_chosen (BpImportDialog *dialog,
            const char     *title)
{
  AdwComboRow *row = find_row (dialog, title);
  GtkWidget *check = search_widget (GTK_WIDGET (row), GTK_TYPE_IMAGE, has_css_class, "recognized");

  return g_strconcat (gtk_widget_get_opacity (check) > 0 ? "" : "!",
                      gtk_string_object_get_string (adw_combo_row_get_selected_item (row)), NULL);
}

static void
assert_chosen (BpImportDialog *dialog,
               const char     *title,
               const char     *expected)
{
  g_autofree char *chosen = get_chosen (dialog, title);

  g_assert_cmpstr (chosen, ==, expected);
}

static void
drop (Fixture *fixture,
      GFile   *file)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->window));
  GSList files = { file, NULL };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (&files));
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &is_taken);
    }
  g_assert_true (is_taken);
}

/* A German table is dropped and made an experiment of: two actions. */
static void
test_drop (Fixture *fixture)
{
  g_autoptr (GFile) file = write_table ("deutsch.csv", german);
  BpImportDialog *dialog;

  drop (fixture, file);
  dialog = find_dialog (fixture);
  assert_chosen (dialog, "Separator", "semicolon ;");
  assert_chosen (dialog, "Decimal sign", "comma ,");
  assert_chosen (dialog, "First row", "names");
  assert_chosen (dialog, "Encoding", "Windows-1252");
  assert_chosen (dialog, "Missing values", "leave rows out");
  create (dialog);

  g_assert_null (find_over (fixture->window, BP_TYPE_IMPORT_DIALOG));
  g_assert_cmpstr (get_name (fixture), ==, "deutsch");

  const BpExperiment *experiment = bp_trainer_get_experiment (get_trainer (fixture));

  g_assert_cmpstr (experiment->data_file, ==, "deutsch.csv");
  g_assert_cmpstr (experiment->folder, ==, folder);
  g_assert_cmpuint (bp_dataset_get_n_samples (bp_trainer_get_dataset (get_trainer (fixture))), ==, 5);
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);
  assert_cursor (fixture->run, 1, 0);
}

static gboolean
has_text (GtkWidget  *label,
          const char *text)
{
  return gtk_widget_get_mapped (label) && strstr (gtk_label_get_label (GTK_LABEL (label)), text) != NULL;
}

static gboolean
says (BpImportDialog *dialog,
      const char     *text)
{
  return search_widget (GTK_WIDGET (dialog), GTK_TYPE_LABEL, has_text, text) != NULL;
}

/* What is decided by hand is not what the file says, and is kept. */
static void
test_by_hand (Fixture *fixture)
{
  g_autoptr (GFile) file = write_table ("deutsch.csv", german);
  BpImportDialog *dialog;

  bp_window_open_file (fixture->window, file);
  dialog = find_dialog (fixture);
  wait_for_frame (GTK_WIDGET (dialog));
  g_assert_true (says (dialog, "Row 2 lacks a value and is left out."));
  g_assert_true (says (dialog, "Länge becomes Laenge"));
  g_assert_true (says (dialog, "5 of 6 rows can be used."));

  adw_combo_row_set_selected (find_row (dialog, "Decimal sign"), 0);
  wait_until (has_problem, dialog);
  assert_chosen (dialog, "Decimal sign", "!point .");
  assert_chosen (dialog, "Separator", "semicolon ;");
  g_assert_false (is_ready (dialog));
  g_assert_true (says (dialog, "Choose an input: a column of numbers that the model is given."));

  adw_combo_row_set_selected (find_row (dialog, "Decimal sign"), 1);
  wait_until (is_ready, dialog);
  assert_chosen (dialog, "Decimal sign", "!comma ,");

  adw_combo_row_set_selected (find_row (dialog, "Encoding"), BP_ENCODING_SHIFT_JIS - 1);
  settle ();
  adw_combo_row_set_selected (find_row (dialog, "Encoding"), BP_ENCODING_WINDOWS_1252 - 1);
  wait_until (is_ready, dialog);
  assert_chosen (dialog, "Encoding", "!Windows-1252");

  adw_combo_row_set_selected (find_row (dialog, "Missing values"), 1);
  settle ();
  g_signal_emit_by_name (search_widget (GTK_WIDGET (dialog), BP_TYPE_IMPORT_COLUMNS, NULL, NULL), "role-chosen",
                         2, BP_COLUMN_UNUSED);
  wait_until (is_ready, dialog);
  create (dialog);

  const BpExperiment *experiment = bp_trainer_get_experiment (get_trainer (fixture));

  g_assert_cmpint (experiment->data_format.encoding, ==, BP_ENCODING_WINDOWS_1252);
  g_assert_cmpint (experiment->data_format.decimal_comma, ==, BP_ANSWER_YES);
  g_assert_false (experiment->data_format.drop_missing);
  g_assert_cmpuint (bp_dataset_get_n_samples (bp_trainer_get_dataset (get_trainer (fixture))), ==, 6);
}

static gboolean
learns_number (gpointer dialog)
{
  return is_ready (dialog) && bp_import_find (bp_import_dialog_get_import (dialog), BP_COLUMN_TARGET) != NULL;
}

/* Another column to learn takes the place of that before; a network has the layers that are typed. */
static void
test_roles (Fixture *fixture)
{
  g_autoptr (GFile) file = write_table ("deutsch.csv", german);
  BpImportDialog *dialog;
  GtkEditable *hidden;

  bp_window_open_file (fixture->window, file);
  dialog = find_dialog (fixture);
  g_signal_emit_by_name (search_widget (GTK_WIDGET (dialog), BP_TYPE_IMPORT_COLUMNS, NULL, NULL), "role-chosen",
                         2, BP_COLUMN_TARGET);
  wait_until (learns_number, dialog);
  g_assert_null (bp_import_find (bp_import_dialog_get_import (dialog), BP_COLUMN_CLASS));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (search_widget (GTK_WIDGET (dialog), GTK_TYPE_TOGGLE_BUTTON,
                                                                  has_button_label, "Network 1 → 8 → 1")), TRUE);
  wait_until (is_ready, dialog);
  hidden = GTK_EDITABLE (search_widget (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, NULL, NULL));
  gtk_editable_set_text (hidden, "4-x");
  settle ();
  g_assert_false (is_ready (dialog));
  gtk_editable_set_text (hidden, "4-3");
  wait_until (is_ready, dialog);
  create (dialog);
  g_assert_cmpuint (bp_graph_get_n_parameters (bp_trainer_get_graph (get_trainer (fixture))), ==, 8 + 15 + 4);
}

/* Of many columns the last one is shown too, which is often the one to learn. */
static void
test_many_columns (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GFile) file = NULL;
  BpImportDialog *dialog;
  GtkWidget *columns, *last;

  for (guint row = 0; row < 8; row++)
    for (guint i = 0; i < 130; i++)
      g_string_append_printf (text, row == 0 ? "p%u%c" : "%u%c", row == 0 ? i : (i + row) % 3, i < 129 ? ',' : '\n');
  file = write_table ("many.csv", text->str);
  bp_window_open_file (fixture->window, file);
  dialog = find_dialog (fixture);
  g_assert_true (says (dialog, "30 columns before the last are not shown."));
  columns = search_widget (GTK_WIDGET (dialog), BP_TYPE_IMPORT_COLUMNS, NULL, NULL);
  last = gtk_widget_get_last_child (gtk_widget_get_first_child (columns));
  g_assert_nonnull (search_widget (last, GTK_TYPE_LABEL, has_label_text, "p129"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (search_widget (last, GTK_TYPE_DROP_DOWN, NULL, NULL)), BP_COLUMN_CLASS);
  wait_until (is_ready, dialog);
  g_assert_cmpstr (bp_import_find (bp_import_dialog_get_import (dialog), BP_COLUMN_CLASS)->name, ==, "p129");
}

static gboolean
has_dialog (gpointer window)
{
  return find_over (window, BP_TYPE_IMPORT_DIALOG) != NULL;
}

static gboolean
says_nothing (gpointer window)
{
  return has_toast (window, "The clipboard has no table: copy some rows first.");
}

/* A pasted table is saved where the user says, and the experiment is of that file. */
static void
test_paste (Fixture *fixture)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autofree char *path = g_build_filename (folder, "pasted.csv", NULL);
  BpImportDialog *dialog;

  bp_window_set_file_choosers (fixture->window, NULL, choose);
  gdk_clipboard_set_text (clipboard, "a word");
  activate (fixture, "win.paste");
  wait_until (says_nothing, fixture->window);

  gdk_clipboard_set_text (clipboard, "x\ty\n1\t2.5\n2\t4.5\n3\t6.5\n");
  activate (fixture, "win.paste");
  wait_until (has_dialog, fixture->window);
  dialog = find_dialog (fixture);
  assert_chosen (dialog, "Separator", "tab");

  chosen_path = NULL;
  create (dialog);
  g_assert_true (is_ready (dialog));

  chosen_path = path;
  create (dialog);
  while (has_dialog (fixture->window))
    settle ();
  chosen_path = NULL;
  g_assert_cmpstr (suggested_name, ==, "table.csv");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (bp_trainer_get_experiment (get_trainer (fixture))->data_file, ==, "pasted.csv");
  g_assert_cmpstr (get_name (fixture), ==, "pasted");
}

/* What is unsaved is asked about once, when the table replaces it. */
static void
test_unsaved (Fixture *fixture)
{
  g_autoptr (GFile) file = write_table ("deutsch.csv", german);
  AdwMessageDialog *question;

  bp_run_set_learning_rate (fixture->run, 0.3);
  chosen_path = g_file_get_path (file);
  bp_window_set_file_choosers (fixture->window, choose, NULL);
  activate (fixture, "win.open");
  g_clear_pointer (&chosen_path, g_free);
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));

  create (find_dialog (fixture));
  question = find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  adw_message_dialog_response (question, "discard");
  settle ();
  g_assert_cmpstr (get_name (fixture), ==, "deutsch");
  gtk_window_destroy (GTK_WINDOW (question));
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
}

/* What is no table says so, and nothing can be made of it. */
static void
test_nothing (Fixture *fixture)
{
  g_autoptr (GFile) file = write_table ("empty.csv", "");
  BpImportDialog *dialog;

  bp_window_open_file (fixture->window, file);
  dialog = find_over (fixture->window, BP_TYPE_IMPORT_DIALOG);
  while (!says (dialog, "is empty; a line of names and rows of numbers were expected"))
    settle ();
  g_assert_null (bp_import_dialog_get_import (dialog));
  create (dialog);
  g_assert_nonnull (find_over (fixture->window, BP_TYPE_IMPORT_DIALOG));
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);

  folder = make_folder ();
  add_window_test ("/import-dialog/drop", (BpCursor) { 0, 0 }, test_drop);
  add_window_test ("/import-dialog/by-hand", (BpCursor) { 0, 0 }, test_by_hand);
  add_window_test ("/import-dialog/roles", (BpCursor) { 0, 0 }, test_roles);
  add_window_test ("/import-dialog/many-columns", (BpCursor) { 0, 0 }, test_many_columns);
  add_window_test ("/import-dialog/paste", (BpCursor) { 0, 0 }, test_paste);
  add_window_test ("/import-dialog/unsaved", (BpCursor) { 0, 0 }, test_unsaved);
  add_window_test ("/import-dialog/nothing", (BpCursor) { 0, 0 }, test_nothing);

  status = run_tests ();
  remove_folder (folder);
  g_free (folder);

  return status;
}
