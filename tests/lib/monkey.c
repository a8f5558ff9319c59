/* monkey.c: whose actions test-monkey.c has, and what must hold whatever they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/monkey.h"

void
monkey_set_up (Monkey *monkey,
               guint32 seed)
{
  monkey->window = open_window ();
  monkey->run = bp_window_get_run (monkey->window);
  monkey->random = g_rand_new_with_seed (seed);
  monkey->time = G_USEC_PER_SEC;
}

void
monkey_tear_down (Monkey *monkey)
{
  close_window (monkey->window);
  g_rand_free (monkey->random);
}

guint64
monkey_get_setting (const char *name,
                    guint64     otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

guint
below (Monkey *monkey,
       guint   n)
{
  return (guint) g_rand_int_range (monkey->random, 0, (gint32) n);
}

void
arrive (BpRun  *run,
        gint64 *time)
{
  while (bp_run_get_playing (run))
    bp_run_advance (run, *time += FRAME);
}

/* The same settings afresh */

static void
assert_same_numbers (BpTrainer    *trainer,
                     guint         node,
                     const char   *what,
                     const double *numbers,
                     const double *expected)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpCursor cursor = bp_trainer_get_cursor (trainer);

  for (gsize i = 0; i < bp_graph_get_n_elements (graph, node); i++)
    if (memcmp (&numbers[i], &expected[i], sizeof (double)) != 0)
      g_error ("%s of %s[%zu] at (%" G_GINT64_FORMAT ", %u) is %.17g, not %.17g", what,
               bp_graph_get_name (graph, node), i, cursor.iteration, cursor.instruction, numbers[i], expected[i]);
}

static void
assert_same_node (BpTrainer *trainer,
                  BpTrainer *fresh,
                  guint      node)
{
  BpSession *session = bp_trainer_get_session (trainer);
  BpSession *other = bp_trainer_get_session (fresh);

  g_assert_cmpint (bp_trainer_has_value (trainer, node), ==, bp_trainer_has_value (fresh, node));
  if (bp_trainer_has_value (trainer, node))
    assert_same_numbers (trainer, node, "value", bp_session_get_value (session, node),
                         bp_session_get_value (other, node));

  g_assert_cmpint (bp_trainer_has_gradient (trainer, node), ==, bp_trainer_has_gradient (fresh, node));
  if (bp_trainer_has_gradient (trainer, node))
    assert_same_numbers (trainer, node, "gradient", bp_session_get_gradient (session, node),
                         bp_session_get_gradient (other, node));
}

/* That a run diverges is known once it was asked to go on. */
static void
assert_same_end (BpTrainer *trainer,
                 BpTrainer *fresh)
{
  if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED)
    {
      g_assert_false (bp_trainer_step_node (fresh, 1));
      g_assert_cmpuint (bp_trainer_get_diverged_node (fresh), ==, bp_trainer_get_diverged_node (trainer));
    }
  g_assert_cmpint (bp_trainer_get_status (fresh) == BP_STATUS_FINISHED, ==,
                   bp_trainer_get_status (trainer) == BP_STATUS_FINISHED);
}

void
compare_with_fresh_run (Monkey *monkey)
{
  BpTrainer *trainer = bp_run_get_trainer (monkey->run);
  BpCursor cursor = bp_trainer_get_cursor (trainer);
  g_autoptr (BpTrainer) fresh = trainer_new (bp_trainer_get_experiment (trainer));
  guint n_nodes = bp_graph_get_n_nodes (bp_trainer_get_graph (trainer));

  bp_trainer_seek (fresh, cursor);
  g_assert_cmpint (bp_trainer_get_cursor (fresh).iteration, ==, cursor.iteration);
  g_assert_cmpuint (bp_trainer_get_cursor (fresh).instruction, ==, cursor.instruction);
  assert_same_end (trainer, fresh);
  g_assert_cmpuint (bp_graph_get_n_nodes (bp_trainer_get_graph (fresh)), ==, n_nodes);
  for (guint node = 0; node < n_nodes; node++)
    assert_same_node (trainer, fresh, node);
}

/* What opens over the window */

void
close_dialogs (Monkey *monkey)
{
  for (GtkWindow *dialog; (dialog = find_over (monkey->window, GTK_TYPE_WINDOW)) != NULL;)
    {
      if (ADW_IS_MESSAGE_DIALOG (dialog) && adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (dialog), "discard"))
        {
          adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), below (monkey, 2) == 0 ? "discard" : "cancel");
          gtk_window_destroy (dialog);
        }
      else
        gtk_window_close (dialog);
      settle ();
    }
}

void
choose_nothing (G_GNUC_UNUSED GtkWindow  *parent,
                G_GNUC_UNUSED const char *name,
                BpFileChosen              chosen,
                gpointer                  data)
{
  chosen (NULL, data);
}

/* The same file whatever name is suggested, so that there are no more of them with time. */
static void
choose_file (const char  *name,
             BpFileChosen chosen,
             gpointer     data)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  chosen (file, data);
}

void
choose_saved (G_GNUC_UNUSED GtkWindow  *parent,
              G_GNUC_UNUSED const char *name,
              BpFileChosen              chosen,
              gpointer                  data)
{
  choose_file ("monkey.experiment", chosen, data);
}

void
choose_exported (G_GNUC_UNUSED GtkWindow  *parent,
                 G_GNUC_UNUSED const char *name,
                 BpFileChosen              chosen,
                 gpointer                  data)
{
  choose_file ("monkey.figure", chosen, data);
}
