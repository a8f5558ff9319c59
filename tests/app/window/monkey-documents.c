/* monkey-documents.c: what test-monkey.c opens and saves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/window/monkey-documents.h"

#include <glib/gstdio.h>

#include "experiment/bp-builtin.h"
#include "lib/random-experiment.h"
#include "window/bp-presets.h"
#include "window/bp-window-private.h"

/* Both are in a folder of their own. */
#define SAVED "monkey.experiment"
#define RANDOM "random.experiment"

void
activate_with (Monkey     *monkey,
               const char *name,
               const char *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (monkey->window), name, g_variant_new_string (parameter));
}

void
activate_plain (Monkey     *monkey,
                const char *name)
{
  GActionGroup *group = G_ACTION_GROUP (monkey->window);
  const GVariantType *type;

  if (g_action_group_query_action (group, name, NULL, &type, NULL, NULL, NULL) && type == NULL)
    g_action_group_activate_action (group, name, NULL);
}

/* Long runs take long to be run afresh. */
static void
shorten (Monkey *monkey)
{
  bp_run_set_n_iterations (monkey->run, MIN (bp_run_get_n_iterations (monkey->run), MAX_ITERATIONS));
}

void
open_builtin (Monkey *monkey)
{
  const char *const *names = bp_builtin_get_names ();

  bp_window_open_builtin (monkey->window, names[below (monkey, g_strv_length ((char **) names))]);
  settle ();
  close_dialogs (monkey);
  shorten (monkey);
}

/* A file of the folder, in place of what is open, whatever that is: the question about it is asked elsewhere. */
static gboolean
open_named (Monkey     *monkey,
            const char *name)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return open_in (monkey->window, file);
}

void
open_random (Monkey *monkey)
{
  g_autofree char *untitled = random_experiment_write_seed (g_rand_int (monkey->random));
  /* Without a title it would have that of the file, another one when saved in another. */
  g_autofree char *text = g_strconcat ("[Experiment]\nTitle=random\n", untitled, NULL);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), RANDOM, NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  open_named (monkey, RANDOM);
  if (below (monkey, 2) == 0)
    open_builtin (monkey);
}

void
save_run (Monkey *monkey)
{
  bp_window_set_file_choosers (monkey->window, NULL, below (monkey, 2) == 0 ? choose_nothing : choose_saved);
  activate_plain (monkey, below (monkey, 2) == 0 ? "save" : "save-as");
  bp_window_set_file_choosers (monkey->window, NULL, choose_nothing);
}

void
open_recent (Monkey *monkey)
{
  static const char *const names[] = { SAVED, SAVED, "missing.experiment", "." };
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), names[below (monkey, G_N_ELEMENTS (names))], NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  activate_with (monkey, "open-recent", uri);
  settle ();
  close_dialogs (monkey);
  shorten (monkey);
}

static gboolean
is_text_read (gpointer window)
{
  return BP_WINDOW (window)->reading_text == NULL;
}

/* What is typed is what is saved, before it is that of the run. */
static void
read_text (Monkey *monkey)
{
  if (monkey->window->editor == NULL)
    return;

  bp_editor_flush (monkey->window->editor);
  wait_until (is_text_read, monkey->window);
}

void
reopen (Monkey *monkey)
{
  g_autofree char *before = NULL, *after = NULL;
  BpCursor cursor, reached;

  read_text (monkey);
  arrive (monkey->run, &monkey->time);
  before = bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (monkey->run)));
  cursor = bp_trainer_get_cursor (bp_run_get_trainer (monkey->run));
  bp_window_set_file_choosers (monkey->window, NULL, choose_saved);
  activate_plain (monkey, "save-as");
  bp_window_set_file_choosers (monkey->window, NULL, choose_nothing);
  open_builtin (monkey);

  /* A text that somebody has made wrong opens in the editor, and the run stays. */
  if (!open_named (monkey, SAVED))
    {
      g_assert_true (bp_document_is_foreign (monkey->window->document));
      return;
    }
  arrive (monkey->run, &monkey->time);
  settle ();

  after = bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (monkey->run)));
  reached = bp_trainer_get_cursor (bp_run_get_trainer (monkey->run));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (reached.iteration, ==, cursor.iteration);
  g_assert_cmpuint (reached.instruction, ==, cursor.instruction);
}

void
open_preset (Monkey *monkey)
{
  guint n_presets;
  const BpPreset *presets = bp_presets_get (&n_presets);

  activate_with (monkey, "preset", presets[below (monkey, n_presets)].name);
  settle ();
  close_dialogs (monkey);
  shorten (monkey);
}
