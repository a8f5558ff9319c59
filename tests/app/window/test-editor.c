/* test-editor.c: an experiment written, broken, mended and taken back in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "app/window/editor-fixture.h"
#include "experiment/bp-builtin.h"
#include "lib/window-fixture.h"

static gboolean
has_rate_02 (gpointer run)
{
  return bp_run_get_learning_rate (run) == 0.2;
}

static gboolean
has_first_rate (gpointer run)
{
  return bp_run_get_learning_rate (run) == 0.02;
}

/* A window that shows no text has no editor, and does not use its library. This is the first test of the process. */
static void
test_lazy (Fixture *fixture)
{
  const char * const types[] = { "GtkSourceView", "GtkSourceBuffer", "GtkSourceLanguageManager",
                                 "GtkSourceStyleSchemeManager" };
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_cmpuint (g_type_from_name (types[i]), ==, G_TYPE_INVALID);
  g_assert_null (get_text_buffer (fixture));
  activate (fixture, "win.text");
  text = dup_editor_text (fixture);
  g_assert_cmpstr (text, ==, bp_builtin_get_text ("regression"));
  activate (fixture, "win.text");
  g_assert_false (gtk_widget_get_mapped (search_widget (GTK_WIDGET (fixture->window), GTK_SOURCE_TYPE_VIEW, NULL,
                                                        NULL)));
}

static void
test_break_and_mend (Fixture *fixture)
{
  GtkWidget *write;
  GtkTextIter cursor;
  BpTrainer *trainer = get_trainer (fixture);
  g_autofree char *mended = NULL;

  activate (fixture, "win.text");
  retype (fixture, "square(residual)", "square(residul)");
  wait_until (has_error, fixture->window);
  g_assert_cmpstr (get_error (fixture->window), ==,
                   "Line 20, loss: unknown name “residul”; did you mean “residual”?");
  g_assert_true (is_chip_shown (fixture));
  g_assert_true (get_trainer (fixture) == trainer);
  assert_cursor (fixture->run, IN_THE_MIDDLE.iteration, IN_THE_MIDDLE.instruction);
  g_assert_true (bp_run_step (fixture->run, BP_STEP_NODE, 1));

  activate (fixture, "win.go-to-error");
  gtk_text_buffer_get_iter_at_mark (get_text_buffer (fixture), &cursor,
                                    gtk_text_buffer_get_insert (get_text_buffer (fixture)));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor) + 1, ==, 20);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&cursor), ==, strlen ("loss=square("));

  /* Mended, it says what the run is already, which goes on. */
  write = search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, has_button_label, "Write residual");
  g_signal_emit_by_name (write, "clicked");
  wait_until (has_no_error, fixture->window);
  mended = dup_editor_text (fixture);
  g_assert_cmpstr (mended, ==, bp_builtin_get_text ("regression"));
  g_assert_false (is_chip_shown (fixture));
  g_assert_true (get_trainer (fixture) == trainer);
}

/* What is written is the run with the same seed, beside the former one; undone it is the first one again. */
static void
test_write_and_undo (Fixture *fixture)
{
  const double first = bp_session_get_parameters (bp_trainer_get_session (get_trainer (fixture)))[0];
  g_autofree char *path = make_path ("written.experiment");
  g_autofree char *text = NULL;
  g_autofree char *saved = NULL;

  bp_run_reset (fixture->run);
  activate (fixture, "win.text");
  retype (fixture, "LearningRate=0.02", "# mine\nLearningRate=0.2");
  wait_until (has_rate_02, fixture->run);
  assert_cursor (fixture->run, 0, 0);
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 1);
  g_assert_cmpfloat (get_reference (fixture->run, 0)->experiment->settings.optimizer.learning_rate, ==, 0.02);

  bp_run_set_learning_rate (fixture->run, 0.25);
  text = dup_editor_text (fixture);
  g_assert_nonnull (strstr (text, "# mine\nLearningRate=0.25\n"));
  bp_window_set_file_choosers (fixture->window, NULL, choose);
  chosen_path = path;
  activate (fixture, "win.save");
  chosen_path = NULL;
  saved = read_text (path);
  g_assert_true (g_str_has_prefix (saved, text));

  while (gtk_text_buffer_get_can_undo (get_text_buffer (fixture)))
    activate (fixture, "win.text-undo");
  g_free (text);
  text = dup_editor_text (fixture);
  g_assert_cmpstr (text, ==, bp_builtin_get_text ("regression"));
  wait_until (has_first_rate, fixture->run);
  bp_run_seek (fixture->run, IN_THE_MIDDLE);
  g_assert_cmpfloat (bp_session_get_parameters (bp_trainer_get_session (get_trainer (fixture)))[0], ==, first);

  while (gtk_text_buffer_get_can_redo (get_text_buffer (fixture)))
    activate (fixture, "win.text-redo");
  activate (fixture, "win.save");
  open_path (fixture, path);
  g_free (text);
  text = dup_editor_text (fixture);
  g_assert_true (g_str_has_prefix (saved, text));
  g_assert_cmpfloat (bp_run_get_learning_rate (fixture->run), ==, 0.25);
}

/* Settings change lines of a text that is wrong too, and so they do not get lost when it is mended. */
static void
test_settings_while_wrong (Fixture *fixture)
{
  g_autofree char *text = NULL;

  activate (fixture, "win.text");
  retype (fixture, "square(residual)", "square(");
  wait_until (has_error, fixture->window);
  bp_run_reset (fixture->run);
  bp_run_set_learning_rate (fixture->run, 0.25);
  text = dup_editor_text (fixture);
  g_assert_nonnull (strstr (text, "LearningRate=0.25\n"));
  g_assert_nonnull (strstr (text, "loss=square(\n"));
  retype (fixture, "square(", "square(residual)");
  wait_until (has_no_error, fixture->window);
  g_assert_cmpfloat (bp_run_get_learning_rate (fixture->run), ==, 0.25);
}

/* A comment of every line and back, and found by the bar. */
static void
test_comment_and_find (Fixture *fixture)
{
  GtkWidget *editor, *entry;
  GtkTextIter start, end;
  g_autofree char *commented = NULL;
  g_autofree char *text = NULL;
  g_autofree char *found = NULL;

  activate (fixture, "win.text");
  editor = gtk_widget_get_ancestor (search_widget (GTK_WIDGET (fixture->window), GTK_SOURCE_TYPE_VIEW, NULL, NULL),
                                    g_type_from_name ("BpEditor"));
  gtk_text_buffer_get_bounds (get_text_buffer (fixture), &start, &end);
  gtk_text_buffer_select_range (get_text_buffer (fixture), &start, &end);
  g_assert_true (press_shortcut (editor, GDK_KEY_slash, GDK_CONTROL_MASK));
  commented = dup_editor_text (fixture);
  g_assert_true (g_str_has_prefix (commented, "# [Experiment]\n# Title="));
  g_assert_null (strstr (commented, "\n["));
  g_assert_true (press_shortcut (editor, GDK_KEY_slash, GDK_CONTROL_MASK));
  text = dup_editor_text (fixture);
  g_assert_cmpstr (text, ==, bp_builtin_get_text ("regression"));

  activate (fixture, "win.find");
  entry = search_widget (editor, GTK_TYPE_SEARCH_ENTRY, NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "residual");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_true (gtk_text_buffer_get_selection_bounds (get_text_buffer (fixture), &start, &end));
  found = gtk_text_buffer_get_text (get_text_buffer (fixture), &start, &end, TRUE);
  g_assert_cmpstr (found, ==, "residual");
}

/* The line of the cursor selects its node until the run goes on; a node that is selected has its line. */
static void
test_lines_and_nodes (Fixture *fixture)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;
  BpGraph *graph = bp_trainer_get_graph (get_trainer (fixture));

  activate (fixture, "win.text");
  buffer = get_text_buffer (fixture);
  gtk_text_buffer_get_iter_at_line (buffer, &iter, 19);
  gtk_text_buffer_place_cursor (buffer, &iter);
  g_assert_cmpuint (bp_run_get_selected_node (fixture->run), ==, bp_graph_find (graph, "loss"));
  bp_run_step (fixture->run, BP_STEP_NODE, 1);
  g_assert_cmpuint (bp_run_get_selected_node (fixture->run), ==, BP_NODE_NONE);

  bp_run_set_selected_node (fixture->run, bp_graph_find (graph, "A"));
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_true (gtk_text_iter_get_char (&iter) == 'A');
  bp_run_step (fixture->run, BP_STEP_NODE, 1);
  g_assert_cmpuint (bp_run_get_selected_node (fixture->run), ==, bp_graph_find (graph, "A"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/editor/" name, IN_THE_MIDDLE, func)
  ADD ("lazy", test_lazy);
  ADD ("break-and-mend", test_break_and_mend);
  ADD ("write-and-undo", test_write_and_undo);
  ADD ("settings-while-wrong", test_settings_while_wrong);
  ADD ("comment-and-find", test_comment_and_find);
  ADD ("lines-and-nodes", test_lines_and_nodes);

  return run_document_tests ();
}
