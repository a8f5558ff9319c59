/* test-document.c: kept runs are the document's whether computed or not, files of others are not replaced unasked, and
 * data that have changed are said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "window/bp-document.h"
#include "training/bp-saved-run.h"
#include "lib/window-fixture.h"
#include "app/window/document-fixture.h"

/* More than anybody waits for. */
#define ENDLESS 1000000000

/* Kept runs that are not computed */

/* Saved while they are computed, they are what they were in the file. */
static void
test_save_while_computing (Fixture *fixture)
{
  g_autofree char *path = write_run ("mid.experiment", 3, ENDLESS);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  open_path (fixture, path);
  g_assert_true (is_computing (fixture->run));
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 3);
  g_assert_false (get_reference (fixture->run, 0)->is_computed);
  activate (fixture, "win.save");
  assert_file_has (path, 3, ENDLESS);
  g_assert_true (is_computing (fixture->run));

  first = read_text (path);
  activate (fixture, "win.save");
  second = read_text (path);
  g_assert_cmpstr (first, ==, second);
}

/* A run is a document; see bp_document_is_modified(). */
static void
test_computing_is_no_change (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autofree char *path = write_run ("short.experiment", 3, 200);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  BpTrainer *trainer;

  open_document (document, path);
  trainer = bp_run_get_trainer (run);
  g_assert_false (bp_document_is_modified (document));
  before = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), bp_run_get_references (run), NULL);
  wait_until (is_at_rest, run);
  g_assert_false (bp_run_has_uncomputed (run));
  g_assert_false (bp_document_is_modified (document));
  after = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), bp_run_get_references (run), NULL);
  g_assert_cmpstr (before, ==, after);

  for (guint i = 0; i < 3; i++)
    {
      const BpReference *kept = get_reference (run, i);
      g_autoptr (BpReference) again = bp_reference_new_by_running (kept->experiment, NULL, NULL);

      g_assert_true (kept->is_computed);
      g_assert_cmpint (kept->length, ==, 200);
      g_assert_cmpfloat (kept->experiment->settings.optimizer.learning_rate, ==, 0.001 * (i + 1));
      g_assert_cmpint (bp_series_get_length (kept->loss), ==, bp_series_get_length (again->loss));
    }
}

/* As many, but others, or in another order. */
static void
test_modified_by_content (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autofree char *path = write_run ("short.experiment", 3, 200);
  BpReference *kept;

  open_document (document, path);
  wait_until (is_at_rest, run);
  kept = bp_reference_copy (get_reference (run, 0));

  bp_run_remove_reference (run, 0);
  g_assert_true (bp_document_is_modified (document));
  bp_run_keep_reference (run);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 3);
  g_assert_true (bp_document_is_modified (document));

  bp_run_remove_reference (run, 2);
  bp_run_take_reference (run, kept);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 3);
  g_assert_true (bp_document_is_modified (document)); /* in another order */
  g_assert_true (bp_document_save (document, path, NULL));
  g_assert_false (bp_document_is_modified (document));
}

/* One that diverges does so again, and is no change. */
static void
test_diverging (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autofree char *path = write_run ("diverging.experiment", 1, 5000);
  g_autofree char *text = read_text (path);
  g_autofree char *changed = replace (text, "LearningRate=0.001", "LearningRate=1000");
  const BpReference *kept;

  write_text (path, changed);
  open_document (document, path);
  wait_until (is_at_rest, run);
  kept = get_reference (run, 0);
  g_assert_true (kept->is_computed && kept->diverged);
  g_assert_cmpint (kept->length, <, 5000);
  g_assert_false (bp_document_is_modified (document));
  g_assert_true (bp_document_save (document, path, NULL));
  open_document (document, path);
  wait_until (is_at_rest, run);
  kept = get_reference (run, 0);
  g_assert_true (kept->is_computed && kept->diverged);
}

/* Whatever is opened in its place has none of a file's kept runs, now or later. */
static void
test_another_document (Fixture *fixture)
{
  g_autofree char *gm = write_run ("gm.experiment", 3, ENDLESS);
  g_autofree char *plain = write_run ("plain.experiment", 0, 0);

  open_path (fixture, gm);
  open_path (fixture, plain);
  g_assert_false (is_computing (fixture->run));
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 0);

  open_path (fixture, gm);
  g_assert_true (is_computing (fixture->run));
  open_builtin (fixture, "regression");
  g_assert_false (is_computing (fixture->run));
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 0);

  open_path (fixture, gm);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preset", "s", "right");
  g_assert_false (is_computing (fixture->run));
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 0);
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));

  /* The window closes in the middle of it: nothing waits for the thread. */
  open_path (fixture, gm);
}

/* Those that are removed are computed no more, those that are left are. */
static void
test_remove_while_computing (Fixture *fixture)
{
  g_autofree char *path = write_run ("gm.experiment", 3, ENDLESS);

  open_path (fixture, path);
  bp_run_remove_reference (fixture->run, 0);
  g_assert_true (is_computing (fixture->run));
  g_assert_cmpfloat (get_reference (fixture->run, 0)->experiment->settings.optimizer.learning_rate, ==, 0.002);
  bp_run_remove_reference (fixture->run, 1);
  g_assert_true (is_computing (fixture->run));

  /* What is kept meanwhile stands behind it. */
  bp_run_keep_reference (fixture->run);
  g_assert_true (get_reference (fixture->run, 1)->is_computed);
  bp_run_remove_reference (fixture->run, 0);
  g_assert_false (is_computing (fixture->run));
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 1);
}

static gboolean
shows_progress (gpointer window)
{
  GtkWidget *label = search_widget (window, GTK_TYPE_LABEL, has_label_text, "Computing kept run 1 of 3…");

  return label != NULL && gtk_widget_is_visible (label);
}

static gboolean
has_not_computed (gpointer row)
{
  return g_strcmp0 (adw_action_row_get_subtitle (row), "Not computed") == 0;
}

/* It says how far it is and can be stopped; what is left stays, is saved, and is computed when that is asked for. */
static void
test_stop (Fixture *fixture)
{
  g_autofree char *path = write_run ("slow.experiment", 3, ENDLESS);
  GtkWidget *list, *button;

  open_path (fixture, path);
  wait_until (shows_progress, fixture->window);
  g_signal_emit_by_name (search_button (GTK_WIDGET (fixture->window), "win.stop-computing"), "clicked");
  g_assert_false (is_computing (fixture->run));
  g_assert_false (shows_progress (fixture->window));
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 3);
  activate (fixture, "win.save");
  assert_file_has (path, 3, ENDLESS);

  activate (fixture, "win.kept-runs");
  list = search_widget (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG), GTK_TYPE_LIST_BOX, NULL, NULL);
  for (int i = 0; i < 3; i++)
    g_assert_true (has_not_computed (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)));
  button = search_widget (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG), GTK_TYPE_BUTTON, has_css_class,
                          "pill");
  g_assert_true (gtk_widget_is_visible (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (is_computing (fixture->run));
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (is_computing (fixture->run));
  answer (fixture, "close");
}

/* A short one asked for again is there at the end. */
static void
test_compute_later (Fixture *fixture)
{
  g_autofree char *path = write_run ("later.experiment", 2, 300);
  GtkWidget *list, *button;

  open_path (fixture, path);
  bp_run_stop_computing (fixture->run);
  g_assert_true (bp_run_has_uncomputed (fixture->run));
  activate (fixture, "win.kept-runs");
  list = search_widget (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG), GTK_TYPE_LIST_BOX, NULL, NULL);
  button = search_widget (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG), GTK_TYPE_BUTTON, has_css_class,
                          "pill");
  g_signal_emit_by_name (button, "clicked");
  wait_until (is_at_rest, fixture->run);
  g_assert_false (bp_run_has_uncomputed (fixture->run));
  g_assert_false (has_not_computed (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1)));
  g_assert_false (gtk_widget_get_visible (button));
  answer (fixture, "close");
}

/* The smallest screen has room for the progress. */
static void
test_minimum_size (Fixture *fixture)
{
  g_autofree char *path = write_run ("slow.experiment", 3, ENDLESS);
  int width, height;

  open_path (fixture, path);
  wait_until (shows_progress, fixture->window);
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, 1024, &height, NULL, NULL, NULL);
  g_test_message ("%d × %d", width, height);
  g_assert_cmpint (width, <=, 1024);
  g_assert_cmpint (height, <=, 640);
}

/* Texts without a file */

/* Such a document has a name of its own, is not saved, and a text that is wrong leaves the run as it was. */
static void
test_text (Fixture *fixture)
{
  const char text[] = "[Experiment]\nTitle=My: circles\n[Data]\nGenerator=circles(20)\n[Variables]\nA=1\n"
                      "[Model]\nloss=square(x1*A - label)\n";
  g_autofree char *path = make_path ("mine.experiment");

  bp_window_open_text (fixture->window, "[Model]\nloss=square(b)\n", NULL);
  answer (fixture, "close");
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Regression – Backprop Lab");

  bp_window_open_text (fixture->window, text, NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "My: circles (not saved) – Backprop Lab");
  g_assert_nonnull (search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, has_label_text, "not saved"));
  open_builtin (fixture, "xor");
  answer (fixture, "cancel");

  bp_window_set_file_choosers (fixture->window, NULL, choose);
  chosen_path = path;
  activate (fixture, "win.save");
  chosen_path = NULL;
  g_assert_cmpstr (suggested_name, ==, "My- circles.experiment");
  assert_file_has (path, 0, 0);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "My: circles – Backprop Lab");
  g_assert_null (search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, has_label_text, "not saved"));
  open_builtin (fixture, "xor");
  g_assert_cmpstr (get_name (fixture), ==, "xor");
}

/* The text is the document: what nobody changed stays to the byte, and what the panel changes is a line. */
static void
test_text_is_kept (void)
{
  const char text[] = "# by hand\r\n[Model]\r\nloss = square( x*A - y )\r\n\r\n[Data]\r\nFile=sub/d.csv\r\n"
                      "[Variables]\r\nA=1   \r\n[Optimizer]\r\nLearningRate=0.1\r\n# the end";
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autofree char *path = make_path ("hand.experiment");
  g_autofree char *folder = make_path ("sub");
  g_autofree char *data = g_build_filename (folder, "d.csv", NULL);
  g_autofree char *elsewhere = g_build_filename (folder, "hand.experiment", NULL);
  g_autofree char *changed = replace (text, "LearningRate=0.1", "LearningRate=0.25");
  g_autofree char *saved = NULL;
  g_autofree char *moved = replace (text, "File=sub/d.csv", "File=d.csv");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  write_text (data, "x,y\n1,2\n2,3\n");
  write_text (path, text);
  open_document (document, path);
  g_assert_false (bp_document_is_modified (document));
  bp_run_set_learning_rate (run, 0.25);
  g_assert_true (bp_document_is_modified (document));
  g_assert_true (bp_document_save (document, path, NULL));
  saved = read_text (path);
  g_assert_true (g_str_has_prefix (saved, changed));

  bp_run_undo (run);
  g_assert_true (bp_document_save (document, elsewhere, NULL));
  g_free (saved);
  saved = read_text (elsewhere);
  g_assert_true (g_str_has_prefix (saved, moved));
  g_assert_false (bp_document_is_modified (document));
  open_document (document, elsewhere);
  g_assert_cmpfloat (bp_run_get_learning_rate (run), ==, 0.1);
  g_assert_cmpint (g_remove (data) + g_remove (elsewhere) + g_remove (folder), ==, 0);
}

/* A file that somebody wrote is saved as it is, and a built-in as it comes with the program. */
static void
test_same_bytes (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autofree char *path = make_path ("hand.experiment");
  g_autofree char *text = NULL;

  write_text (path, "# by hand\n[Variables]\nA=1\n\n[Model]\nloss=square(A)");
  open_document (document, path);
  g_assert_true (bp_document_save (document, path, NULL));
  text = read_text (path);
  g_assert_cmpstr (text, ==, "# by hand\n[Variables]\nA=1\n\n[Model]\nloss=square(A)");

  g_assert_true (bp_document_open_builtin (document, "xor", NULL));
  g_assert_true (bp_document_save (document, path, NULL));
  g_free (text);
  text = read_text (path);
  g_assert_cmpstr (text, ==, bp_builtin_get_text ("xor"));
}

/* Files that others change */

static void
test_long_name (Fixture *fixture)
{
  g_autofree char *stem = g_strnfill (255 - strlen (".experiment"), 'n');
  g_autofree char *name = g_strconcat (stem, ".experiment", NULL);
  g_autofree char *path = make_path (name);

  bp_window_set_file_choosers (fixture->window, NULL, choose);
  chosen_path = path;
  activate (fixture, "win.save");
  chosen_path = NULL;
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  assert_file_has (path, 0, 0);
  activate (fixture, "win.save");
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/document/" name, (BpCursor) { 0, 0 }, func)
  ADD ("save-while-computing", test_save_while_computing);
  g_test_add_func ("/document/computing-is-no-change", test_computing_is_no_change);
  g_test_add_func ("/document/modified-by-content", test_modified_by_content);
  g_test_add_func ("/document/diverging", test_diverging);
  ADD ("another-document", test_another_document);
  ADD ("remove-while-computing", test_remove_while_computing);
  ADD ("stop", test_stop);
  ADD ("compute-later", test_compute_later);
  ADD ("minimum-size", test_minimum_size);
  ADD ("text", test_text);
  g_test_add_func ("/document/text-is-kept", test_text_is_kept);
  g_test_add_func ("/document/same-bytes", test_same_bytes);
  ADD ("long-name", test_long_name);

  return run_document_tests ();
}
