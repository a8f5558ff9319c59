/* test-editor-monkey.c: whatever is typed in the text, the run is that of the last text without an error
 *
 * BP_MONKEY_ACTIONS and BP_MONKEY_SEED say how many edits, and which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "app/window/document-fixture.h"
#include "base/bp-line-ends.h"
#include "editor/bp-editor.h"
#include "experiment/bp-builtin.h"
#include "experiment/bp-experiment-text.h"
#include "lib/window-fixture.h"
#include "window/bp-window-private.h"

#define DEFAULT_EDITS 2000

/* Edits between two looks at what became of them. */
#define BURST 12

static const char * const snippets[] = {
  "[", "]", "=", "\n", "#", "(", ")", ",", "0", "1.5", "-", "x", "A", "loss", "[Model]\n", "[Data]\n", "[Variables]\n",
  "LearningRate=0.25\n", "Seed=7\n", "Iterations=20\n", "b=0.5\n", "extra=square(A)\n", "File=none.csv\n", "é", "∂",
  "\t", "\r", "a\r\nb=1\r\n", "\357\273\277", "\342\200\251", "\342\200\250",
  "\357\277\274", "\f", "\302\205",
  "[Session]\nIteration=3\n", "Title=\\n\n", "40=LearningRate=0.5\n", "\"", "“", "\r\n", "normal(0, 1)", "reduce_mean(",
};

static GtkTextIter
get_random_iter (GtkTextBuffer *buffer,
                 GRand         *random)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter,
                                      g_rand_int_range (random, 0, gtk_text_buffer_get_char_count (buffer) + 1));

  return iter;
}

static void
insert (GtkTextBuffer *buffer,
        GRand         *random)
{
  GtkTextIter iter = get_random_iter (buffer, random);

  if (g_rand_boolean (random))
    gtk_text_iter_set_line_offset (&iter, 0);
  gtk_text_buffer_insert_interactive (buffer, &iter, snippets[g_rand_int_range (random, 0, G_N_ELEMENTS (snippets))],
                                      -1, TRUE);
}

/* Mostly little, so that there is a text to err in. */
static void
delete (GtkTextBuffer *buffer,
        GRand         *random)
{
  GtkTextIter start = get_random_iter (buffer, random), end = start;

  gtk_text_iter_forward_chars (&end, g_rand_int_range (random, 1, g_rand_int_range (random, 2, 12)));
  gtk_text_buffer_delete_interactive (buffer, &start, &end, TRUE);
}

/* Rather than to write ever longer nonsense. A text that is opened has other line ends, or several. */
static void
begin_anew (BpWindow *window,
            GRand    *random)
{
  const char * const ends[] = { "\n", "\r\n", "\r", "\n" };
  const char * const *names = bp_builtin_get_names ();
  const char *text = bp_builtin_get_text (names[g_rand_int_range (random, 0, 8)]);
  const guint end = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (ends));
  const gboolean is_mixed = g_rand_boolean (random);
  g_autoptr (GString) other = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (g_rand_boolean (random))
    {
      gtk_text_buffer_set_text (bp_editor_get_buffer (window->editor), text, -1);
      return;
    }

  for (; *text != '\0'; text++)
    if (*text == '\n')
      g_string_append (other, ends[is_mixed && g_rand_int_range (random, 0, 4) == 0
                                   ? (guint) g_rand_int_range (random, 0, 3) : end]);
    else
      g_string_append_c (other, *text);
  bp_document_open_text (window->document, other->str, NULL, &error);
  g_assert_no_error (error);
  bp_window_show_document (window);
}

static void
change_run (BpRun *run,
            GRand *random)
{
  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      bp_run_set_learning_rate (run, g_rand_double_range (random, 0.001, 2));
      break;

    case 1:
      bp_run_step (run, BP_STEP_ITERATION, 1);
      break;

    case 2:
      bp_run_undo (run);
      break;

    case 3:
      bp_run_shuffle (run);
      break;

    default:
      bp_run_set_selected_node (run, (guint) g_rand_int_range (random, 0, 3));
    }
}

static void
act (BpWindow *window,
     GRand    *random)
{
  BpEditor *editor = window->editor;
  GtkTextBuffer *buffer = bp_editor_get_buffer (editor);
  GtkTextIter iter = get_random_iter (buffer, random), other = get_random_iter (buffer, random);
  const int action = g_rand_int_range (random, 0, 100);

  if (action < 35)
    insert (buffer, random);
  else if (action < 65)
    delete (buffer, random);
  else if (action < 75)
    gtk_text_buffer_undo (buffer);
  else if (action < 80)
    gtk_text_buffer_redo (buffer);
  else if (action < 83)
    bp_editor_toggle_comment (editor);
  else if (action < 88)
    gtk_text_buffer_select_range (buffer, &iter, &other);
  else if (action < 91)
    bp_editor_go_to_error (editor);
  else if (action < 93)
    bp_editor_write_suggestion (editor);
  else if (action < 97)
    change_run (window->run, random);
  else
    begin_anew (window, random);
}

static gboolean
is_read (gpointer window)
{
  return BP_WINDOW (window)->reading_text == NULL;
}

/* Whatever the text is, it is saved and opens again as it was, in the editor where it is wrong. A last line gets an end
 * before the position of the run. */
static void
save_and_open (BpWindow   *window,
               const char *path,
               gboolean    is_right)
{
  g_autofree char *text = bp_document_dup_text (window->document);
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpDocument) document = bp_document_new (run);
  g_autoptr (GError) error = NULL;
  BpOpenedFile *opened;
  g_autofree char *read = NULL;

  g_assert_true (bp_document_save (window->document, path, &error));
  opened = bp_opened_file_new (path, &error);
  g_assert_no_error (error);
  g_assert_true ((bp_opened_file_get_error (opened) == NULL) == is_right
                 || bp_experiment_text_get_saved_line (text) > 0);
  bp_document_take (document, opened);
  read = bp_document_dup_text (document);
  if (bp_experiment_text_get_saved_line (text) == 0)
    {
      g_assert_true (g_str_has_prefix (read, text));
      g_assert_cmpuint (strspn (read + strlen (text), "\r\n"), ==, strlen (read) - strlen (text));
    }
  bp_opened_file_free (opened);
}

static void
assert_shown (BpDocument *document,
              const char *text)
{
  g_autofree char *whole = bp_document_dup_text (document);
  g_autofree char *shown = bp_line_ends_to_editor (whole);

  g_assert_cmpstr (shown, ==, text);
}

/* The document is the text that is seen; where it is right, it is that of the run. */
static void
look (BpWindow   *window,
      const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (BpExperiment) experiment = NULL;

  bp_editor_flush (window->editor);
  wait_until (is_read, window);
  text = bp_editor_dup_text (window->editor);
  assert_shown (window->document, text);

  if (bp_experiment_text_get_saved_line (text) == 0)
    experiment = bp_experiment_new_from_data (text, -1, bp_document_get_name (window->document), NULL, NULL);
  if (experiment != NULL)
    {
      g_autofree char *written = bp_experiment_to_data (experiment);
      g_autofree char *run = bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (window->run)));

      g_assert_cmpstr (written, ==, run);
    }
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->text_chip)) == (experiment == NULL));
  save_and_open (window, path, experiment != NULL);
}

static void
test_monkey (Fixture *fixture)
{
  const char *n_text = g_getenv ("BP_MONKEY_ACTIONS"), *seed_text = g_getenv ("BP_MONKEY_SEED");
  const guint64 n = n_text != NULL ? g_ascii_strtoull (n_text, NULL, 10) : DEFAULT_EDITS;
  const guint32 seed = seed_text != NULL ? (guint32) g_ascii_strtoull (seed_text, NULL, 10) : 1;
  GRand *random = g_rand_new_with_seed (seed);
  g_autofree char *path = make_path ("written.experiment");
  GtkWidget *view;

  g_test_message ("%" G_GUINT64_FORMAT " edits, seed %u", n, seed);
  activate (fixture, "win.text");

  /* What GTK 4.8 warns of by itself: a popup that closes before it has a size, and a scrollbar whose range changes in
   * the middle of a frame. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  view = search_widget (GTK_WIDGET (fixture->window->editor), GTK_SOURCE_TYPE_VIEW, NULL, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW)),
                                  GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_source_completion_block_interactive (gtk_source_view_get_completion (GTK_SOURCE_VIEW (view)));
  for (guint64 i = 1; i <= n; i++)
    {
      act (fixture->window, random);
      if (i % BURST == 0)
        look (fixture->window, path);
    }
  look (fixture->window, path);
  /* A GtkScrolledWindow of GTK 4.8 that is closed ends an animation that it may not have begun. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_rand_free (random);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  add_window_test ("/editor/monkey", (BpCursor) { 0, 0 }, test_monkey);

  return run_document_tests ();
}
