/* test-editor.c: an experiment written, broken, mended and taken back in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <gtksourceview/gtksource.h>
#include <string.h>
#include <sys/wait.h>

#include "app/window/document-fixture.h"
#include "experiment/bp-builtin.h"
#include "lib/window-fixture.h"

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  GtkWidget *view = search_widget (GTK_WIDGET (fixture->window), GTK_SOURCE_TYPE_VIEW, NULL, NULL);

  return view != NULL ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)) : NULL;
}

static char *
dup_text (Fixture *fixture)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (fixture), &start, &end);

  return gtk_text_buffer_get_text (get_buffer (fixture), &start, &end, TRUE);
}

/* Types @to in place of @from, which is in the text. */
static void
retype (Fixture    *fixture,
        const char *from,
        const char *to)
{
  GtkTextBuffer *buffer = get_buffer (fixture);
  GtkTextIter start, end;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, from, GTK_TEXT_SEARCH_TEXT_ONLY, &start, &end, NULL));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, to, -1);
  gtk_text_buffer_end_user_action (buffer);
}

/* The sentence below the text; NULL when it is right. */
static const char *
get_error (gpointer window)
{
  GtkWidget *bar = search_widget (window, GTK_TYPE_BOX, has_css_class, "editor-error");

  return gtk_widget_get_visible (bar) ? gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (bar))) : NULL;
}

static gboolean
has_error (gpointer window)
{
  return get_error (window) != NULL;
}

static gboolean
has_no_error (gpointer window)
{
  return get_error (window) == NULL;
}

static gboolean
is_chip_shown (Fixture *fixture)
{
  return gtk_widget_get_visible (search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, has_css_class, "chip"));
}

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
  g_assert_null (get_buffer (fixture));
  activate (fixture, "win.text");
  text = dup_text (fixture);
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
  gtk_text_buffer_get_iter_at_mark (get_buffer (fixture), &cursor, gtk_text_buffer_get_insert (get_buffer (fixture)));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor) + 1, ==, 20);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&cursor), ==, strlen ("loss=square("));

  /* Mended, it says what the run is already, which goes on. */
  write = search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, has_button_label, "Write residual");
  g_signal_emit_by_name (write, "clicked");
  wait_until (has_no_error, fixture->window);
  mended = dup_text (fixture);
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
  text = dup_text (fixture);
  g_assert_nonnull (strstr (text, "# mine\nLearningRate=0.25\n"));
  bp_window_set_file_choosers (fixture->window, NULL, choose);
  chosen_path = path;
  activate (fixture, "win.save");
  chosen_path = NULL;
  saved = read_text (path);
  g_assert_true (g_str_has_prefix (saved, text));

  while (gtk_text_buffer_get_can_undo (get_buffer (fixture)))
    activate (fixture, "win.text-undo");
  g_free (text);
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, bp_builtin_get_text ("regression"));
  wait_until (has_first_rate, fixture->run);
  bp_run_seek (fixture->run, IN_THE_MIDDLE);
  g_assert_cmpfloat (bp_session_get_parameters (bp_trainer_get_session (get_trainer (fixture)))[0], ==, first);

  while (gtk_text_buffer_get_can_redo (get_buffer (fixture)))
    activate (fixture, "win.text-redo");
  activate (fixture, "win.save");
  open_path (fixture, path);
  g_free (text);
  text = dup_text (fixture);
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
  text = dup_text (fixture);
  g_assert_nonnull (strstr (text, "LearningRate=0.25\n"));
  g_assert_nonnull (strstr (text, "loss=square(\n"));
  retype (fixture, "square(", "square(residual)");
  wait_until (has_no_error, fixture->window);
  g_assert_cmpfloat (bp_run_get_learning_rate (fixture->run), ==, 0.25);
}

/* A file that is wrong is shown where it is, may be saved as it is, and becomes a run when it is mended. */
static void
test_open_wrong (Fixture *fixture)
{
  const char text[] = "# mine\n[Variables]\nb2=1\n\n[Model]\nloss=square(b3)\n";
  g_autofree char *path = make_path ("wrong.experiment");
  g_autofree char *mended = replace (text, "b3", "b2");
  g_autofree char *saved = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  write_text (path, text);
  bp_window_open_file (fixture->window, file);
  wait_until_opened (fixture->window);
  g_assert_cmpstr (get_error (fixture->window), ==, "Line 6, loss: unknown name “b3”; did you mean “b2”?");
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "wrong.experiment – Backprop Lab");
  bp_run_set_learning_rate (fixture->run, 0.25); /* of another text */
  activate (fixture, "win.save");
  saved = read_text (path);
  g_assert_cmpstr (saved, ==, text);

  retype (fixture, "b3", "b2");
  wait_until (has_no_error, fixture->window);
  g_assert_cmpstr (get_name (fixture), ==, "wrong");
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 0);
  activate (fixture, "win.save");
  g_free (saved);
  saved = read_text (path);
  g_assert_cmpstr (saved, ==, mended);
}

/* What is missing has no line. It opens in the editor all the same. */
static void
test_save_wrong (Fixture *fixture)
{
  const struct {
    const char *text;
    const char *error;
  } wrong[] = {
    { "", "the file is empty" },
    { "# [Variables]\n# b=1\n", "there is nothing to train" },
    { "[Variables]\nb=1\n# [Model]\n", "there is no loss" },
    { "[Variables]\nb=1\n[Model]\nloss=b\n[Session]\nIteration=no\n", "Line 6, Iteration" },
    { "[Variables]\nb=1\n[Model]\nloss=\n[Session]\nb=2\n[Ghost 1/Model]\nloss=b\n", "Line 4, loss" },
  };
  g_autofree char *path = make_path ("saved.experiment");

  activate (fixture, "win.text");
  bp_window_set_file_choosers (fixture->window, NULL, choose);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *saved = NULL;
      g_autofree char *text = NULL;

      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "regression");
      gtk_text_buffer_set_text (get_buffer (fixture), wrong[i].text, -1);
      wait_until (has_error, fixture->window);
      chosen_path = path;
      activate (fixture, "win.save");
      chosen_path = NULL;
      saved = read_text (path);
      g_assert_cmpstr (saved, ==, wrong[i].text);

      bp_window_open_file (fixture->window, file);
      wait_until_opened (fixture->window);
      g_assert_nonnull (strstr (get_error (fixture->window), wrong[i].error));
      text = dup_text (fixture);
      g_assert_true (g_str_has_prefix (saved, text));
    }
}

/* What would be lost when the file is opened is an error. */
static void
test_saved_section (Fixture *fixture)
{
  activate (fixture, "win.text");
  retype (fixture, "[Optimizer]", "[Session]\n[Optimizer]");
  wait_until (has_error, fixture->window);
  g_assert_cmpstr (get_error (fixture->window), ==,
                   "Line 22: saving a run writes this section; delete it here, or save the file and open it again");
  retype (fixture, "[Session]\n", "");
  wait_until (has_no_error, fixture->window);
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
  gtk_text_buffer_get_bounds (get_buffer (fixture), &start, &end);
  gtk_text_buffer_select_range (get_buffer (fixture), &start, &end);
  g_assert_true (press_shortcut (editor, GDK_KEY_slash, GDK_CONTROL_MASK));
  commented = dup_text (fixture);
  g_assert_true (g_str_has_prefix (commented, "# [Experiment]\n# Title="));
  g_assert_null (strstr (commented, "\n["));
  g_assert_true (press_shortcut (editor, GDK_KEY_slash, GDK_CONTROL_MASK));
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, bp_builtin_get_text ("regression"));

  activate (fixture, "win.find");
  entry = search_widget (editor, GTK_TYPE_SEARCH_ENTRY, NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "residual");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_true (gtk_text_buffer_get_selection_bounds (get_buffer (fixture), &start, &end));
  found = gtk_text_buffer_get_text (get_buffer (fixture), &start, &end, TRUE);
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
  buffer = get_buffer (fixture);
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

/* The copies that there are; @path: (out) (optional): the last of them */
static guint
count_copies (char **path)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "backprop-lab", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".recovery"))
      {
        n++;
        if (path != NULL)
          *path = g_build_filename (folder, name, NULL);
      }

  return n;
}

static gboolean
has_copy (G_GNUC_UNUSED gpointer data)
{
  return count_copies (NULL) > 0;
}

/* Makes the copy that of a process that is gone. */
static void
let_process_die (const char *copy)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  char *arguments[] = { (char *) "true", NULL };
  GPid process;

  g_assert_true (g_spawn_async (NULL, arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                &process, NULL));
  g_assert_cmpint (waitpid (process, NULL, 0), ==, process);
  g_assert_true (g_key_file_load_from_file (file, copy, G_KEY_FILE_NONE, NULL));
  g_key_file_set_int64 (file, "Recovery", "Process", process);
  g_assert_true (g_key_file_save_to_file (file, copy, NULL));
}

/* While the text is not saved there is a copy, which is offered once nobody writes the text any more. */
static void
test_recovery (Fixture *fixture)
{
  const char text[] = "# mine\n[Variables]\nb=1\n[Model]\nloss=square(b)\n";
  g_autofree char *path = make_path ("mine.experiment");
  g_autofree char *copy = NULL;
  g_autofree char *left = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *contents = NULL;

  write_text (path, text);
  open_path (fixture, path);
  activate (fixture, "win.text");
  g_assert_cmpuint (count_copies (NULL), ==, 0);
  retype (fixture, "square(b)", "square(c)");
  wait_until (has_copy, NULL);
  g_assert_cmpuint (count_copies (&copy), ==, 1);
  bp_window_offer_recovery (fixture->window);
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG)); /* it is written here */

  left = g_strconcat (copy, ".recovery", NULL);
  contents = read_text (copy);
  write_text (left, contents);
  let_process_die (left);
  activate (fixture, "win.save");
  g_assert_cmpuint (count_copies (NULL), ==, 1);
  open_builtin (fixture, "xor");
  bp_window_offer_recovery (fixture->window);
  answer (fixture, "later");
  g_assert_cmpuint (count_copies (NULL), ==, 1);
  bp_window_offer_recovery (fixture->window);
  answer (fixture, "restore");
  wait_until (has_error, fixture->window);
  restored = dup_text (fixture);
  g_assert_nonnull (strstr (restored, "square(c)"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==,
                   "mine.experiment (not saved) – Backprop Lab");
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));

  retype (fixture, "square(c)", "square(b)");
  wait_until (has_no_error, fixture->window);
  activate (fixture, "win.save");
  g_assert_null (find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG));
  g_free (contents);
  contents = read_text (path);
  g_assert_cmpstr (contents, ==, text);
  g_assert_cmpuint (count_copies (NULL), ==, 0);
}

/* A window without an editor keeps a copy from the moment it has restored one. */
static void
test_recovery_without_editor (Fixture *fixture)
{
  g_autofree char *copy = g_build_filename (g_get_user_state_dir (), "backprop-lab", "left.recovery", NULL);
  g_autofree char *restored = NULL;

  write_text (copy, "[Recovery]\nProcess=1\nTitle=mine\nText=# mine\\n");
  let_process_die (copy);
  bp_window_offer_recovery (fixture->window);
  answer (fixture, "restore");
  wait_until (has_error, fixture->window);
  restored = dup_text (fixture);
  g_assert_cmpstr (restored, ==, "# mine\n");
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_copies (NULL), ==, 1);
  open_builtin (fixture, "xor");
  answer (fixture, "discard");
  g_assert_cmpuint (count_copies (NULL), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *copies = g_build_filename (state, "backprop-lab", NULL);
  int status;

  /* Copies of texts of other tests that run meanwhile are not those of this one. */
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/editor/" name, IN_THE_MIDDLE, func)
  ADD ("lazy", test_lazy);
  ADD ("break-and-mend", test_break_and_mend);
  ADD ("write-and-undo", test_write_and_undo);
  ADD ("settings-while-wrong", test_settings_while_wrong);
  ADD ("open-wrong", test_open_wrong);
  ADD ("save-wrong", test_save_wrong);
  ADD ("saved-section", test_saved_section);
  ADD ("comment-and-find", test_comment_and_find);
  ADD ("lines-and-nodes", test_lines_and_nodes);
  ADD ("recovery", test_recovery);
  ADD ("recovery-without-editor", test_recovery_without_editor);

  status = run_document_tests ();
  g_rmdir (copies);
  g_rmdir (state);

  return status;
}
