/* test-document.c: kept runs are the document's whether computed or not, files of others are not replaced unasked, and
 * data that have changed are said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "window/bp-document.h"
#include "training/bp-saved-run.h"
#include "lib/heading-warnings.h"
#include "lib/window-fixture.h"

/* More than anybody waits for. */
#define ENDLESS 1000000000

#define MODEL "[%sData]\nx=normal(1, 0.1)\ny=10\n[%sVariables]\nA=normal(0, 1)\n[%sModel]\nloss=square(x*A - y)\n"

static char *folder;

static char *
make_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_text (const char *path,
            const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);

  return g_strjoinv (to, parts);
}

/* The program's own format, as in cases of files that people have. */
static char *
write_run (const char *name,
           guint       n_kept,
           gint64      n_iterations)
{
  g_autoptr (GString) text = g_string_new ("[Experiment]\nIterations=100\n");

  g_string_append_printf (text, MODEL "[Session]\nIteration=50\nInstruction=0\n", "", "", "");
  for (guint i = 1; i <= n_kept; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("Ghost %u/", i);

      g_string_append_printf (text, "[%sExperiment]\nIterations=%" G_GINT64_FORMAT "\n", prefix, n_iterations);
      g_string_append_printf (text, MODEL, prefix, prefix, prefix);
      g_string_append_printf (text, "[%sOptimizer]\nLearningRate=0.00%u\n", prefix, i);
    }

  char *path = make_path (name);

  write_text (path, text->str);

  return path;
}

static void
open_path (Fixture    *fixture,
           const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (open_in (fixture->window, file));
}

static const BpReference *
get_kept (Fixture *fixture,
          guint    index)
{
  g_assert_cmpuint (index, <, bp_run_get_n_references (fixture->run));

  return g_ptr_array_index (bp_run_get_references (fixture->run), index);
}

static gboolean
is_computing (gpointer run)
{
  return bp_run_get_computing (run, NULL, NULL) >= 0;
}

static gboolean
is_at_rest (gpointer run)
{
  return !is_computing (run);
}

static AdwMessageDialog *
find_dialog (Fixture *fixture)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data)
        && gtk_window_get_transient_for (link->data) == GTK_WINDOW (fixture->window)
        && gtk_widget_get_visible (link->data))
      return link->data;

  return NULL;
}

static void
answer (Fixture    *fixture,
        const char *response)
{
  AdwMessageDialog *dialog = find_dialog (fixture);

  g_assert_nonnull (dialog);
  g_assert_true (adw_message_dialog_has_response (dialog, response));
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Stands in for the desktop's dialog; without a path it is cancelled. */
static char *chosen_path;

static void
choose (G_GNUC_UNUSED GtkWindow  *parent,
        G_GNUC_UNUSED const char *name,
        BpFileChosen              chosen,
        gpointer                  data)
{
  g_autoptr (GFile) file = chosen_path != NULL ? g_file_new_for_path (chosen_path) : NULL;

  chosen (file, data);
}

static void
open_builtin (Fixture    *fixture,
              const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", name);
}

static const char *
get_name (Fixture *fixture)
{
  return bp_trainer_get_experiment (get_trainer (fixture))->name;
}

static gboolean
is_modified (Fixture *fixture)
{
  gboolean modified;

  gtk_window_close (GTK_WINDOW (fixture->window));
  modified = find_dialog (fixture) != NULL;
  if (modified)
    answer (fixture, "cancel");

  return modified;
}

/* Kept runs that are not computed */

static void
assert_file_has (const char *path,
                 guint       n_kept,
                 gint64      n_iterations)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpSavedRun) saved = bp_saved_run_new_from_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (saved->references->len, ==, n_kept);
  for (guint i = 0; i < n_kept; i++)
    {
      const BpExperiment *kept = g_ptr_array_index (saved->references, i);

      g_assert_cmpint (kept->iterations, ==, n_iterations);
      g_assert_cmpfloat (kept->settings.optimizer.learning_rate, ==, 0.001 * (i + 1));
    }
}

/* Saved while they are computed, they are what they were in the file. */
static void
test_save_while_computing (Fixture                  *fixture,
                           G_GNUC_UNUSED const void *data)
{
  g_autofree char *path = write_run ("mid.experiment", 3, ENDLESS);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  open_path (fixture, path);
  g_assert_true (is_computing (fixture->run));
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 3);
  g_assert_false (get_kept (fixture, 0)->is_computed);
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
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  BpTrainer *trainer;

  g_assert_true (bp_document_open (document, path, &error));
  trainer = bp_run_get_trainer (run);
  g_assert_false (bp_document_is_modified (document));
  before = bp_saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), bp_run_get_references (run), NULL);
  wait_until (is_at_rest, run);
  g_assert_false (bp_run_has_uncomputed (run));
  g_assert_false (bp_document_is_modified (document));
  after = bp_saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), bp_run_get_references (run), NULL);
  g_assert_cmpstr (before, ==, after);

  for (guint i = 0; i < 3; i++)
    {
      const BpReference *kept = g_ptr_array_index (bp_run_get_references (run), i);
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

  g_assert_true (bp_document_open (document, path, NULL));
  wait_until (is_at_rest, run);
  kept = bp_reference_copy (g_ptr_array_index (bp_run_get_references (run), 0));

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
  g_assert_true (bp_document_open (document, path, NULL));
  wait_until (is_at_rest, run);
  kept = g_ptr_array_index (bp_run_get_references (run), 0);
  g_assert_true (kept->is_computed && kept->diverged);
  g_assert_cmpint (kept->length, <, 5000);
  g_assert_false (bp_document_is_modified (document));
  g_assert_true (bp_document_save (document, path, NULL));
  g_assert_true (bp_document_open (document, path, NULL));
  wait_until (is_at_rest, run);
  kept = g_ptr_array_index (bp_run_get_references (run), 0);
  g_assert_true (kept->is_computed && kept->diverged);
}

/* Whatever is opened in its place has none of a file's kept runs, now or later. */
static void
test_another_document (Fixture                  *fixture,
                       G_GNUC_UNUSED const void *data)
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
  g_assert_null (find_dialog (fixture));

  /* The window closes in the middle of it: nothing waits for the thread. */
  open_path (fixture, gm);
}

/* Those that are removed are computed no more, those that are left are. */
static void
test_remove_while_computing (Fixture                  *fixture,
                             G_GNUC_UNUSED const void *data)
{
  g_autofree char *path = write_run ("gm.experiment", 3, ENDLESS);

  open_path (fixture, path);
  bp_run_remove_reference (fixture->run, 0);
  g_assert_true (is_computing (fixture->run));
  g_assert_cmpfloat (get_kept (fixture, 0)->experiment->settings.optimizer.learning_rate, ==, 0.002);
  bp_run_remove_reference (fixture->run, 1);
  g_assert_true (is_computing (fixture->run));

  /* What is kept meanwhile stands behind it. */
  bp_run_keep_reference (fixture->run);
  g_assert_true (get_kept (fixture, 1)->is_computed);
  bp_run_remove_reference (fixture->run, 0);
  g_assert_false (is_computing (fixture->run));
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 1);
}

static gboolean
has_label_text (GtkWidget  *widget,
                const char *text)
{
  return g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0;
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

static gboolean
is_pill (GtkWidget  *widget,
         const char *css_class)
{
  return gtk_widget_has_css_class (widget, css_class);
}

/* It says how far it is and can be stopped; what is left stays, is saved, and is computed when that is asked for. */
static void
test_stop (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
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
  list = search_widget (GTK_WIDGET (find_dialog (fixture)), GTK_TYPE_LIST_BOX, NULL, NULL);
  for (int i = 0; i < 3; i++)
    g_assert_true (has_not_computed (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)));
  button = search_widget (GTK_WIDGET (find_dialog (fixture)), GTK_TYPE_BUTTON, is_pill, "pill");
  g_assert_true (gtk_widget_is_visible (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (is_computing (fixture->run));
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (is_computing (fixture->run));
  answer (fixture, "close");
}

/* A short one asked for again is there at the end. */
static void
test_compute_later (Fixture                  *fixture,
                    G_GNUC_UNUSED const void *data)
{
  g_autofree char *path = write_run ("later.experiment", 2, 300);
  GtkWidget *list, *button;

  open_path (fixture, path);
  bp_run_stop_computing (fixture->run);
  g_assert_true (bp_run_has_uncomputed (fixture->run));
  activate (fixture, "win.kept-runs");
  list = search_widget (GTK_WIDGET (find_dialog (fixture)), GTK_TYPE_LIST_BOX, NULL, NULL);
  button = search_widget (GTK_WIDGET (find_dialog (fixture)), GTK_TYPE_BUTTON, is_pill, "pill");
  g_signal_emit_by_name (button, "clicked");
  wait_until (is_at_rest, fixture->run);
  g_assert_false (bp_run_has_uncomputed (fixture->run));
  g_assert_false (has_not_computed (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1)));
  g_assert_false (gtk_widget_get_visible (button));
  answer (fixture, "close");
}

/* The smallest screen has room for the progress. */
static void
test_minimum_size (Fixture                  *fixture,
                   G_GNUC_UNUSED const void *data)
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

/* Files that others change */

static void
test_changed_file (Fixture                  *fixture,
                   G_GNUC_UNUSED const void *data)
{
  g_autofree char *path = write_run ("mine.experiment", 0, 0);
  g_autofree char *other = make_path ("other.experiment");
  g_autofree char *text = NULL;

  bp_window_set_file_choosers (fixture->window, NULL, choose);
  open_path (fixture, path);
  activate (fixture, "win.save");
  g_assert_null (find_dialog (fixture));

  /* Of the same length, and perhaps within the same tick of the clock. */
  text = read_text (path);
  *strstr (text, "Iterations=100") = 'i';
  write_text (path, text);
  activate (fixture, "win.save");
  answer (fixture, "cancel");
  g_clear_pointer (&text, g_free);
  text = read_text (path);
  g_assert_nonnull (strstr (text, "iterations=100"));

  activate (fixture, "win.save");
  answer (fixture, "save-as"); /* and given up */
  chosen_path = other;
  activate (fixture, "win.save");
  answer (fixture, "save-as");
  chosen_path = NULL;
  assert_file_has (other, 0, 0);
  g_clear_pointer (&text, g_free);
  text = read_text (path);
  g_assert_nonnull (strstr (text, "iterations=100"));

  /* From then on the other file is the document's. */
  activate (fixture, "win.save");
  g_assert_null (find_dialog (fixture));
  write_text (other, "");
  activate (fixture, "win.save");
  answer (fixture, "replace");
  assert_file_has (other, 0, 0);
  activate (fixture, "win.save");
  g_assert_null (find_dialog (fixture));

  g_unlink (other);
  activate (fixture, "win.save");
  g_assert_null (find_dialog (fixture));
  assert_file_has (other, 0, 0);
}

/* The question about unsaved changes leads to the other. */
static void
test_changed_file_before_opening (Fixture                  *fixture,
                                  G_GNUC_UNUSED const void *data)
{
  g_autofree char *path = write_run ("mine.experiment", 0, 0);
  g_autofree char *text = NULL;

  open_path (fixture, path);
  bp_run_set_learning_rate (fixture->run, 0.3);
  write_text (path, "theirs");
  open_builtin (fixture, "xor");
  answer (fixture, "save");
  answer (fixture, "cancel");
  g_assert_cmpstr (get_name (fixture), ==, "mine");
  text = read_text (path);
  g_assert_cmpstr (text, ==, "theirs");

  gtk_window_close (GTK_WINDOW (fixture->window));
  answer (fixture, "save");
  answer (fixture, "cancel");
  g_assert_true (is_modified (fixture));

  open_builtin (fixture, "xor");
  answer (fixture, "save");
  answer (fixture, "replace");
  g_assert_cmpstr (get_name (fixture), ==, "xor");
  assert_file_has (path, 0, 0);
}

/* What changes while a file is read is not replaced by it unasked, and what is asked is about the run that is there. */
static void
test_changed_while_opening (Fixture                  *fixture,
                            G_GNUC_UNUSED const void *data)
{
  g_autofree char *path = write_run ("mine.experiment", 0, 0);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  bp_window_open_file (fixture->window, file);
  bp_run_set_learning_rate (fixture->run, 0.3);
  wait_until_opened (fixture->window);
  answer (fixture, "cancel");
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  g_assert_true (is_modified (fixture));

  bp_window_open_file (fixture->window, file);
  bp_window_set_file_choosers (fixture->window, NULL, choose);
  activate (fixture, "win.save-as");
  g_assert_false (bp_window_get_opening (fixture->window));

  bp_window_open_file (fixture->window, file);
  bp_run_set_learning_rate (fixture->run, 0.4);
  wait_until_opened (fixture->window);
  answer (fixture, "discard");
  g_assert_cmpstr (get_name (fixture), ==, "mine");

  /* What was given up before the file was read is not asked about again. */
  bp_run_set_learning_rate (fixture->run, 0.5);
  open_path (fixture, path);
  g_assert_null (find_dialog (fixture));
}

/* Cancelled where it asks for a name, nothing happens, and nothing is left behind. */
static void
test_cancelled_name (Fixture                  *fixture,
                     G_GNUC_UNUSED const void *data)
{
  bp_window_set_file_choosers (fixture->window, choose, choose);
  bp_run_set_learning_rate (fixture->run, 0.3);
  open_builtin (fixture, "xor");
  answer (fixture, "save");
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  activate (fixture, "win.save");
  activate (fixture, "win.save-as");
  g_assert_true (is_modified (fixture));
}

static void
test_long_name (Fixture                  *fixture,
                G_GNUC_UNUSED const void *data)
{
  g_autofree char *stem = g_strnfill (255 - strlen (".experiment"), 'n');
  g_autofree char *name = g_strconcat (stem, ".experiment", NULL);
  g_autofree char *path = make_path (name);

  bp_window_set_file_choosers (fixture->window, NULL, choose);
  chosen_path = path;
  activate (fixture, "win.save");
  chosen_path = NULL;
  g_assert_null (find_dialog (fixture));
  assert_file_has (path, 0, 0);
  activate (fixture, "win.save");
  g_assert_null (find_dialog (fixture));
}

/* Data that have changed */

/* The SHA-256 of "x", NUL, 1, 2, "y", NUL, 5, 4, as Python's hashlib and struct ("<d") have it. */
#define DIGEST "26d5fb10a3cab67fe16105f1aae10fb52c4b5e259cca41230fce09c7562d766d"

#define CHANGED "The data in “d.csv” have changed since this run was saved, so its numbers are different now."

static void
count_changed_cb (G_GNUC_UNUSED BpRun *run,
                  const char          *text,
                  guint               *n)
{
  *n += g_str_equal (text, CHANGED);
}

static const char csv_run[] =
  "[Data]\nFile=d.csv\n[Variables]\nA=0\n[Model]\nloss=square(x*A-y)\n[Session]\nIteration=3\nInstruction=0\n"
  "[Ghost 1/Data]\nFile=d.csv\n[Ghost 1/Variables]\nA=1\n[Ghost 1/Model]\nloss=square(x*A-y)\n";

static void
test_changed_data (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autofree char *csv = make_path ("d.csv");
  g_autofree char *path = make_path ("saved.experiment");
  g_autofree char *text = NULL;
  guint n = 0;

  g_signal_connect (run, "message", G_CALLBACK (count_changed_cb), &n);
  write_text (csv, "x,y\n1,5\n2,4\n");
  write_text (path, csv_run);
  g_assert_true (bp_document_open (document, path, NULL)); /* without a digest */
  g_assert_true (bp_document_save (document, path, NULL));
  text = read_text (path);
  g_assert_nonnull (strstr (text, "\nDataDigest=" DIGEST "\n"));
  wait_until (is_at_rest, run);

  /* The same numbers, otherwise written. */
  write_text (csv, "x,y\n1.0,5e0\n2,4\n");
  g_assert_true (bp_document_open (document, path, NULL));
  wait_until (is_at_rest, run);
  g_assert_cmpuint (n, ==, 0);

  /* For the run and the run kept with it, once. */
  write_text (csv, "x,y\n2,4\n1,5\n");
  g_assert_true (bp_document_open (document, path, NULL));
  wait_until (is_at_rest, run);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (bp_document_save (document, path, NULL));
  g_assert_true (bp_document_open (document, path, NULL));
  wait_until (is_at_rest, run);
  g_assert_cmpuint (n, ==, 1);
}

/* Saved before they are computed, kept runs keep the digest of the data that they had. */
static void
test_changed_data_of_kept (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autofree char *csv = make_path ("d.csv");
  g_autofree char *path = make_path ("saved.experiment");
  guint n = 0;

  write_text (csv, "x,y\n1,5\n2,4\n");
  write_text (path, csv_run);
  g_assert_true (bp_document_open (document, path, NULL));
  wait_until (is_at_rest, run);
  g_assert_true (bp_document_save (document, path, NULL));
  write_text (csv, "x,y\n2,4\n1,5\n");
  g_assert_true (bp_document_open (document, path, NULL));
  bp_run_stop_computing (run);
  g_assert_true (bp_document_save (document, path, NULL));

  g_signal_connect (run, "message", G_CALLBACK (count_changed_cb), &n);
  g_assert_true (bp_document_open (document, path, NULL));
  g_assert_cmpuint (n, ==, 0);
  wait_until (is_at_rest, run);
  g_assert_cmpuint (n, ==, 1);
}

static gboolean
says_changed (gpointer window)
{
  return has_toast (window, CHANGED);
}

/* The window says it. */
static void
test_changed_data_toast (Fixture                  *fixture,
                         G_GNUC_UNUSED const void *data)
{
  g_autofree char *csv = make_path ("d.csv");
  g_autofree char *path = make_path ("saved.experiment");

  g_autofree char *text = replace (csv_run, "[Session]\n", "[Session]\nDataDigest=" DIGEST "\n");

  write_text (csv, "x,y\n1,5\n2,4\n3,3\n");
  write_text (path, text);
  open_path (fixture, path);
  wait_until (says_changed, fixture->window);
}

static void
add_message_cb (G_GNUC_UNUSED BpRun *run,
                const char          *text,
                GPtrArray           *said)
{
  g_ptr_array_add (said, g_strdup (text));
}

/* Begun again with other data than before: for another seed, or to take that back. */
static void
test_read_again (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autofree char *csv = make_path ("d.csv");
  g_autofree char *path = make_path ("saved.experiment");
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);

  write_text (csv, "x,y\n1,5\n2,4\n");
  write_text (path, csv_run);
  g_assert_true (bp_document_open (document, path, NULL));
  wait_until (is_at_rest, run);
  g_signal_connect (run, "message", G_CALLBACK (add_message_cb), said);
  bp_run_shuffle (run);
  bp_run_undo (run);
  g_assert_cmpuint (said->len, ==, 0);

  write_text (csv, "x,y\n1,6\n2,4\n");
  bp_run_shuffle (run);
  g_assert_cmpuint (said->len, ==, 1);
  g_assert_cmpstr (said->pdata[0], ==,
                   "The data in “d.csv” have changed since they were read, so the numbers are different now.");
  bp_run_shuffle (run);
  g_assert_cmpuint (said->len, ==, 1);
  bp_run_undo (run);
  g_assert_cmpuint (said->len, ==, 1);
  bp_run_undo (run);
  g_assert_cmpuint (said->len, ==, 2);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = make_path (name);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  ignore_heading_warnings ();
  folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);

#define ADD(name, func) g_test_add ("/document/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("save-while-computing", test_save_while_computing);
  g_test_add_func ("/document/computing-is-no-change", test_computing_is_no_change);
  g_test_add_func ("/document/modified-by-content", test_modified_by_content);
  g_test_add_func ("/document/diverging", test_diverging);
  ADD ("another-document", test_another_document);
  ADD ("remove-while-computing", test_remove_while_computing);
  ADD ("stop", test_stop);
  ADD ("compute-later", test_compute_later);
  ADD ("minimum-size", test_minimum_size);
  ADD ("changed-file", test_changed_file);
  ADD ("changed-file-before-opening", test_changed_file_before_opening);
  ADD ("changed-while-opening", test_changed_while_opening);
  ADD ("cancelled-name", test_cancelled_name);
  ADD ("long-name", test_long_name);
  g_test_add_func ("/document/changed-data", test_changed_data);
  g_test_add_func ("/document/changed-data-of-kept", test_changed_data_of_kept);
  ADD ("changed-data-toast", test_changed_data_toast);
  g_test_add_func ("/document/read-again", test_read_again);

  status = run_tests ();
  remove_folder ();

  return status;
}
