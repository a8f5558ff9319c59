/* test-document-changes.c: files and data that change on the disk while they are open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "window/bp-document.h"
#include "window/bp-window-private.h"
#include "lib/window-fixture.h"
#include "app/window/document-fixture.h"

static gboolean
is_modified (Fixture *fixture)
{
  gboolean modified;

  gtk_window_close (GTK_WINDOW (fixture->window));
  modified = find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG) != NULL;
  if (modified)
    answer (fixture, "cancel");

  return modified;
}

/* What was chosen and changed by hand belongs to the document, and undo takes it out again. */
static void
test_by_hand (Fixture *fixture)
{
  BpDocument *document = fixture->window->document;
  g_autofree char *path = write_run ("mine.experiment", 0, 0);
  g_autofree char *before = NULL, *edited = NULL, *fed = NULL, *after = NULL;

  open_path (fixture, path);
  before = bp_document_dup_text (document);
  g_assert_true (bp_run_edit_sample (fixture->run, 3, &(const guint) { 0 }, &(const double) { 1.5 }, 1, NULL));
  g_assert_true (bp_document_is_modified (document));
  edited = bp_document_dup_text (document);
  g_assert_nonnull (strstr (edited, "[Edits]"));
  bp_run_undo (fixture->run);
  g_assert_true (bp_run_choose_batch (fixture->run, "7", NULL));
  fed = bp_document_dup_text (document);
  g_assert_nonnull (strstr (fed, "[Batches]"));
  g_assert_null (strstr (fed, "[Edits]"));
  bp_run_undo (fixture->run);
  after = bp_document_dup_text (document);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (bp_document_is_modified (document));
}

/* Files that others change */

static void
test_changed_file (Fixture *fixture)
{
  g_autofree char *path = write_run ("mine.experiment", 0, 0);
  g_autofree char *other = make_path ("other.experiment");
  g_autofree char *text = NULL;

  bp_window_set_file_choosers (fixture->window, NULL, choose);
  open_path (fixture, path);
  activate (fixture, "win.save");
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));

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
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  write_text (other, "");
  activate (fixture, "win.save");
  answer (fixture, "replace");
  assert_file_has (other, 0, 0);
  activate (fixture, "win.save");
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));

  g_unlink (other);
  activate (fixture, "win.save");
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  assert_file_has (other, 0, 0);
}

/* The question about unsaved changes leads to the other. */
static void
test_changed_file_before_opening (Fixture *fixture)
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
test_changed_while_opening (Fixture *fixture)
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
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
}

/* Cancelled where it asks for a name, nothing happens, and nothing is left behind. */
static void
test_cancelled_name (Fixture *fixture)
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
  open_document (document, path); /* without a digest */
  g_assert_true (bp_document_save (document, path, NULL));
  text = read_text (path);
  g_assert_nonnull (strstr (text, "\nDataDigest=" DIGEST "\n"));
  wait_until (is_at_rest, run);

  /* The same numbers, otherwise written. */
  write_text (csv, "x,y\n1.0,5e0\n2,4\n");
  open_document (document, path);
  wait_until (is_at_rest, run);
  g_assert_cmpuint (n, ==, 0);

  /* For the run and the run kept with it, once. */
  write_text (csv, "x,y\n2,4\n1,5\n");
  open_document (document, path);
  wait_until (is_at_rest, run);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (bp_document_save (document, path, NULL));
  open_document (document, path);
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
  open_document (document, path);
  wait_until (is_at_rest, run);
  g_assert_true (bp_document_save (document, path, NULL));
  write_text (csv, "x,y\n2,4\n1,5\n");
  open_document (document, path);
  bp_run_stop_computing (run);
  g_assert_true (bp_document_save (document, path, NULL));

  g_signal_connect (run, "message", G_CALLBACK (count_changed_cb), &n);
  open_document (document, path);
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
test_changed_data_toast (Fixture *fixture)
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
  open_document (document, path);
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

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/document-changes/" name, (BpCursor) { 0, 0 }, func)
  ADD ("changed-file", test_changed_file);
  ADD ("changed-file-before-opening", test_changed_file_before_opening);
  ADD ("changed-while-opening", test_changed_while_opening);
  ADD ("cancelled-name", test_cancelled_name);
  ADD ("by-hand", test_by_hand);
  g_test_add_func ("/document-changes/changed-data", test_changed_data);
  g_test_add_func ("/document-changes/changed-data-of-kept", test_changed_data_of_kept);
  ADD ("changed-data-toast", test_changed_data_toast);
  g_test_add_func ("/document-changes/read-again", test_read_again);

  return run_document_tests ();
}
