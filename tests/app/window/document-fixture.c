/* document-fixture.c: runs in files for tests of documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/window/document-fixture.h"

#include "lib/folder-fixture.h"
#include "training/bp-saved-run.h"

static char *folder;

char *
make_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

void
write_text (const char *path,
            const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);

  return g_strjoinv (to, parts);
}

char *
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

void
open_path (Fixture    *fixture,
           const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (open_in (fixture->window, file));
}

void
open_document (BpDocument *document,
               const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpOpenedFile) file = bp_opened_file_new (path, &error);

  g_assert_no_error (error);
  bp_document_take (document, file);
}

gboolean
is_computing (gpointer run)
{
  return bp_run_get_computing (run, NULL, NULL) >= 0;
}

gboolean
is_at_rest (gpointer run)
{
  return !is_computing (run);
}

void
answer (Fixture    *fixture,
        const char *response)
{
  AdwMessageDialog *dialog = find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG);

  g_assert_nonnull (dialog);
  g_assert_true (adw_message_dialog_has_response (dialog, response));
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

void
open_builtin (Fixture    *fixture,
              const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", name);
}

void
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

int
run_document_tests (void)
{
  int status;

  folder = make_folder ();
  status = run_tests ();
  remove_folder (folder);
  g_clear_pointer (&folder, g_free);

  return status;
}
