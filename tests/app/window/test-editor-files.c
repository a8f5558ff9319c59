/* test-editor-files.c: texts in files, wrong or right, and copies of those that were not saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "app/window/editor-fixture.h"

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
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==,
                   "wrong.experiment (with an error) – Backprop Lab");
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
      gtk_text_buffer_set_text (get_text_buffer (fixture), wrong[i].text, -1);
      wait_until (has_error, fixture->window);
      chosen_path = path;
      activate (fixture, "win.save");
      chosen_path = NULL;
      saved = read_text (path);
      g_assert_cmpstr (saved, ==, wrong[i].text);

      bp_window_open_file (fixture->window, file);
      wait_until_opened (fixture->window);
      g_assert_nonnull (strstr (get_error (fixture->window), wrong[i].error));
      text = dup_editor_text (fixture);
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

/* What is typed has the line ends of the file, and lines that are not touched keep their bytes. */
static void
test_line_ends (Fixture *fixture)
{
  const char * const cases[][2] = {
    { "# mine\r\n[Variables]\r\nb=1\r\n[Model]\r\nloss=square(b)\r\n",
      "# mine\r\n[Variables]\r\nb=1\r\n# why\r\nc=2\r\n[Model]\r\nloss=square(b)\r\n" },
    { "# mine\r[Variables]\rb=1\r[Model]\rloss=square(b)",
      "# mine\r[Variables]\rb=1\r# why\rc=2\r[Model]\rloss=square(b)" },
    { "\357\273\277# mine\r\n[Variables]\nb=1\r\n[Model]\rloss=square(b)\r\n",
      "\357\273\277# mine\r\n[Variables]\nb=1\r\n# why\r\nc=2\r\n[Model]\rloss=square(b)\r\n" },
  };
  g_autofree char *path = make_path ("ends.experiment");

  activate (fixture, "win.text");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = NULL;
      g_autofree char *typed = NULL;
      g_autofree char *undone = NULL;

      write_text (path, cases[i][0]);
      open_path (fixture, path);
      shown = dup_editor_text (fixture);
      g_assert_true (g_str_has_prefix (shown, "# mine\n[Variables]\nb=1\n"));
      g_assert_null (strchr (shown, '\r'));

      retype (fixture, "b=1\n", "b=1\r\n# why\nc=2\n"); /* as if a part was pasted */
      activate (fixture, "win.save");
      typed = read_text (path);
      g_assert_cmpstr (typed, ==, cases[i][1]);

      retype (fixture, "[Variables]\nb=1\n# why\nc=2\n[Model]\n", "");
      while (gtk_text_buffer_get_can_undo (get_text_buffer (fixture)))
        activate (fixture, "win.text-undo");
      activate (fixture, "win.save");
      undone = read_text (path);
      g_assert_cmpstr (undone, ==, cases[i][0]);
    }
}

/* Opens the file at @path and waits for what its text is read as. */
static void
open_again (Fixture    *fixture,
            const char *path,
            gboolean    is_wrong)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  bp_window_open_file (fixture->window, file);
  wait_until_opened (fixture->window);
  g_assert_true ((get_error (fixture->window) != NULL) == is_wrong);
}

/* A text that is wrong is saved with the position and the kept runs of its file, however often, and is there again when
 * it is mended. */
static void
test_position (Fixture *fixture)
{
  g_autofree char *path = write_run ("position.experiment", 1, 30);
  g_autofree char *first = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *again = NULL;
  g_autofree char *mended = NULL;

  open_path (fixture, path);
  wait_until (is_at_rest, fixture->run);
  bp_run_seek (fixture->run, (BpCursor) { 20, 3 });
  activate (fixture, "win.save");
  first = read_text (path);
  g_assert_nonnull (strstr (first, "[Session]\nIteration=20\nInstruction=3\n"));
  activate (fixture, "win.text");
  retype (fixture, "square(", "sqare(");
  wait_until (has_error, fixture->window);
  activate (fixture, "win.save");
  wrong = read_text (path);

  open_builtin (fixture, "xor");
  open_again (fixture, path, TRUE);
  retype (fixture, "sqare(", "squre(");
  wait_until (has_error, fixture->window);
  activate (fixture, "win.save");
  again = read_text (path);
  retype (fixture, "squre(", "sqare(");
  activate (fixture, "win.save");
  g_free (again);
  again = read_text (path);
  g_assert_cmpstr (again, ==, wrong);

  retype (fixture, "sqare(", "square(");
  wait_until (has_no_error, fixture->window);
  wait_until (is_at_rest, fixture->run);
  assert_cursor (fixture->run, 20, 3);
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 1);
  activate (fixture, "win.save");
  mended = read_text (path);
  g_assert_cmpstr (mended, ==, first);
  open_builtin (fixture, "xor");
  open_again (fixture, path, FALSE);
  wait_until (is_at_rest, fixture->run);
  assert_cursor (fixture->run, 20, 3);
}

/* Kept runs of other variables do not fit; somebody is told. */
static void
test_lost_position (Fixture *fixture)
{
  g_autofree char *path = write_run ("position.experiment", 1, 30);
  g_autofree char *text = read_text (path);
  g_autofree char *wrong = replace (text, "[Variables]\nA=normal(0, 1)\n[Model]\nloss=square(x",
                                    "[Variables]\nB=1\nA=1\n[Model]\nloss=sqare(x");

  write_text (path, wrong);
  open_again (fixture, path, TRUE);
  retype (fixture, "sqare(", "square(");
  wait_until (has_no_error, fixture->window);
  g_assert_true (has_toast (GTK_WIDGET (fixture->window), "do not fit the text any more"));
  assert_cursor (fixture->run, 0, 0);
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 0);
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
  restored = dup_editor_text (fixture);
  g_assert_nonnull (strstr (restored, "square(c)"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==,
                   "mine.experiment (restored, error) – Backprop Lab");
  g_assert_nonnull (search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, has_label_text,
                                   "of “XOR network”, not of this text"));
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
  restored = dup_editor_text (fixture);
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

#define ADD(name, func) add_window_test ("/editor-files/" name, IN_THE_MIDDLE, func)
  ADD ("open-wrong", test_open_wrong);
  ADD ("save-wrong", test_save_wrong);
  ADD ("saved-section", test_saved_section);
  ADD ("line-ends", test_line_ends);
  ADD ("position", test_position);
  ADD ("lost-position", test_lost_position);
  ADD ("recovery", test_recovery);
  ADD ("recovery-without-editor", test_recovery_without_editor);

  status = run_document_tests ();
  g_rmdir (copies);
  g_rmdir (state);

  return status;
}
