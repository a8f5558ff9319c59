/* test-monkey.c: whatever somebody does in the window, the numbers are those of the same settings run afresh
 *
 * BP_MONKEY_SEED is which actions, BP_MONKEY_ACTIONS how many. Time is ours, so that the same seed does the same again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "../ui/widget-search.h"
#include "bp-application.h"
#include "bp-window.h"

#define DEFAULT_SEED 1
#define DEFAULT_ACTIONS 1000
#define ACTIONS_BETWEEN_COMPARISONS 250
#define MAX_ITERATIONS 300
#define MAX_BATCH_SIZE 200
#define FRAME (G_USEC_PER_SEC / 60)

static GtkApplication *application;

typedef struct {
  BpWindow *window;
  BpRun    *run;
  GRand    *random;
  gint64    time;
} Monkey;

static guint
below (Monkey *monkey,
       guint   n)
{
  return (guint) g_rand_int_range (monkey->random, 0, (gint32) n);
}

static BpTrainer *
get_trainer (Monkey *monkey)
{
  return bp_run_get_trainer (monkey->run);
}

/* The same settings afresh */

static void
assert_same_numbers (const BpShape *shape,
                     const double  *numbers,
                     const double  *expected)
{
  gsize n_bytes = bp_shape_get_n_elements (shape) * sizeof (double);

  g_assert_cmpmem (numbers, n_bytes, expected, n_bytes);
}

static void
assert_same_node (BpTrainer *trainer,
                  BpTrainer *fresh,
                  guint      node)
{
  const BpShape *shape = bp_graph_get_shape (bp_trainer_get_graph (trainer), node);
  BpSession *session = bp_trainer_get_session (trainer);
  BpSession *other = bp_trainer_get_session (fresh);

  g_assert_cmpint (bp_trainer_has_value (trainer, node), ==, bp_trainer_has_value (fresh, node));
  if (bp_trainer_has_value (trainer, node))
    assert_same_numbers (shape, bp_session_get_value (session, node), bp_session_get_value (other, node));

  g_assert_cmpint (bp_trainer_has_gradient (trainer, node), ==, bp_trainer_has_gradient (fresh, node));
  if (bp_trainer_has_gradient (trainer, node))
    assert_same_numbers (shape, bp_session_get_gradient (session, node), bp_session_get_gradient (other, node));
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

static void
compare_with_fresh_run (Monkey *monkey)
{
  BpTrainer *trainer = get_trainer (monkey);
  BpCursor cursor = bp_trainer_get_cursor (trainer);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpTrainer) fresh = bp_trainer_new (bp_trainer_get_experiment (trainer), &error);
  guint n_nodes = bp_graph_get_n_nodes (bp_trainer_get_graph (trainer));

  g_assert_no_error (error);
  bp_trainer_seek (fresh, cursor);
  g_assert_cmpint (bp_trainer_get_cursor (fresh).iteration, ==, cursor.iteration);
  g_assert_cmpuint (bp_trainer_get_cursor (fresh).instruction, ==, cursor.instruction);
  assert_same_end (trainer, fresh);
  g_assert_cmpuint (bp_graph_get_n_nodes (bp_trainer_get_graph (fresh)), ==, n_nodes);
  for (guint node = 0; node < n_nodes; node++)
    assert_same_node (trainer, fresh, node);
}

/* What opens over the window */

static GtkWindow *
find_dialog (Monkey *monkey)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (gtk_widget_get_visible (link->data)
        && gtk_window_get_transient_for (link->data) == GTK_WINDOW (monkey->window))
      return link->data;

  return NULL;
}

/* The question about unsaved changes is answered; all else is closed as people do, for the window may show it again. */
static void
close_dialogs (Monkey *monkey)
{
  for (GtkWindow *dialog; (dialog = find_dialog (monkey)) != NULL;)
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

static void
choose_nothing (GtkWindow   *parent,
                const char  *name,
                BpFileChosen chosen,
                gpointer     data)
{
}

/* The actions */

static void
activate (Monkey     *monkey,
          const char *name)
{
  GActionGroup *group = G_ACTION_GROUP (monkey->window);
  const GVariantType *type;

  if (g_action_group_query_action (group, name, NULL, &type, NULL, NULL, NULL) && type == NULL)
    g_action_group_activate_action (group, name, NULL);
}

static void
step (Monkey *monkey)
{
  static const char *const names[] = {
    "node-forward", "node-forward", "node-back", "phase-forward", "phase-back", "iteration-forward",
    "iteration-forward", "iteration-back"
  };

  activate (monkey, names[below (monkey, G_N_ELEMENTS (names))]);
}

/* What asks the desktop for a file is driven elsewhere. */
static gboolean
is_safe (const char *name)
{
  return !g_str_has_prefix (name, "export") && !g_str_has_prefix (name, "copy");
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

static void
activate_any (Monkey *monkey)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (monkey->window));
  guint n_names = g_strv_length (names);

  qsort (names, n_names, sizeof *names, compare_names);

  const char *name = names[below (monkey, n_names)];

  g_debug ("%s", name);
  if (is_safe (name))
    activate (monkey, name);
}

static void
shuffle (Monkey *monkey)
{
  activate (monkey, "shuffle");
}

static void
undo_or_redo (Monkey *monkey)
{
  activate (monkey, below (monkey, 3) == 0 ? "redo" : "undo");
}

static void
seek (Monkey *monkey)
{
  gint64 n = bp_run_get_n_iterations (monkey->run);
  guint n_instructions = bp_trainer_get_n_instructions (get_trainer (monkey));

  bp_run_seek (monkey->run, (BpCursor) { below (monkey, (guint) n + 1), below (monkey, n_instructions) });
}

/* Frames of our own time; a run to somewhere gets as many as it needs: how far a frame goes depends on the machine. */
static void
play (Monkey *monkey)
{
  static const double speeds[] = { 0.5, 7, 60, 1000 };

  bp_run_set_speed (monkey->run, speeds[below (monkey, G_N_ELEMENTS (speeds))]);
  bp_run_set_play_grain (monkey->run, below (monkey, 3));
  activate (monkey, "play");
  for (guint i = below (monkey, 20); i > 0; i--)
    bp_run_advance (monkey->run, monkey->time += FRAME);
  bp_run_set_playing (monkey->run, FALSE);
}

static void
run_to (Monkey *monkey)
{
  bp_run_run_to (monkey->run, 1 + below (monkey, (guint) bp_run_get_n_iterations (monkey->run)));
  while (bp_run_get_playing (monkey->run))
    bp_run_advance (monkey->run, monkey->time += FRAME);
}

static double
get_number (Monkey *monkey)
{
  static const double odd[] = { 0, -1, NAN, INFINITY, 1e300, 5e-324 };

  return below (monkey, 8) == 0 ? odd[below (monkey, G_N_ELEMENTS (odd))]
                                : exp (g_rand_double_range (monkey->random, -8, 2));
}

static void
change_settings (Monkey *monkey)
{
  BpSettings settings = *bp_trainer_get_settings (get_trainer (monkey));
  BpSettings before = settings;
  g_autoptr (GError) error = NULL;

  switch (below (monkey, 4))
    {
    case 0:
      settings.optimizer.learning_rate = get_number (monkey);
      break;
    case 1:
      settings.batch_size = below (monkey, MAX_BATCH_SIZE);
      break;
    case 2:
      settings.keep_gradients = !settings.keep_gradients;
      break;
    default:
      bp_optimizer_init (&settings.optimizer, below (monkey, BP_N_OPTIMIZERS));
    }

  /* Refused settings leave the run as it was. */
  if (!bp_run_set_settings (monkey->run, &settings, &error))
    {
      g_assert_nonnull (error);
      g_assert_true (bp_settings_equal (bp_trainer_get_settings (get_trainer (monkey)), &before));
    }
}

static void
change_length (Monkey *monkey)
{
  bp_run_set_n_iterations (monkey->run, (gint64) below (monkey, MAX_ITERATIONS) - 5);
}

static void
change_experiment (Monkey *monkey)
{
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (monkey->run);
  BpVariable *variable = g_ptr_array_index (experiment->variables, below (monkey, experiment->variables->len));
  g_autoptr (GError) error = NULL;

  if (below (monkey, 2) == 0)
    experiment->seed = g_rand_int (monkey->random);
  else
    variable->initial = (BpDistribution) { .kind = BP_DISTRIBUTION_CONSTANT, .a = get_number (monkey) };
  g_assert_true (bp_run_set_experiment (monkey->run, experiment, &error) == (error == NULL));
}

static void
open_builtin (Monkey *monkey)
{
  const char *const *names = bp_builtin_get_names ();

  bp_window_open_builtin (monkey->window, names[below (monkey, g_strv_length ((char **) names))]);
  settle ();
  close_dialogs (monkey);
  bp_run_set_n_iterations (monkey->run, MIN (bp_run_get_n_iterations (monkey->run), MAX_ITERATIONS));
}

static void
select_node (Monkey *monkey)
{
  guint n_nodes = bp_graph_get_n_nodes (bp_trainer_get_graph (get_trainer (monkey)));
  guint node = below (monkey, n_nodes + 1);

  bp_run_set_selected_node (monkey->run, node < n_nodes ? node : BP_NODE_NONE);
}

static void
resize (Monkey *monkey)
{
  gtk_window_set_default_size (GTK_WINDOW (monkey->window), 1024 + (int) below (monkey, 800),
                               640 + (int) below (monkey, 400));
}

static void
change_ghosts (Monkey *monkey)
{
  guint n_ghosts = bp_run_get_n_ghosts (monkey->run);

  if (n_ghosts > 0 && below (monkey, 2) == 0)
    bp_run_remove_ghost (monkey->run, below (monkey, n_ghosts));
  else
    bp_run_keep_ghost (monkey->run);
}

static void
predict (Monkey *monkey)
{
  bp_run_set_predict_first (monkey->run, below (monkey, 2) == 0);
  if (below (monkey, 2) == 0)
    bp_run_reveal_gradients (monkey->run);
}

static const struct {
  const char *name;
  guint       weight;
  void (*act) (Monkey *monkey);
} actions[] = {
  { "step", 40, step },
  { "any action", 10, activate_any },
  { "shuffle", 1, shuffle },
  { "undo or redo", 8, undo_or_redo },
  { "seek", 6, seek },
  { "play", 6, play },
  { "run to", 2, run_to },
  { "settings", 10, change_settings },
  { "length", 2, change_length },
  { "experiment", 2, change_experiment },
  { "built-in", 2, open_builtin },
  { "selection", 6, select_node },
  { "size", 1, resize },
  { "ghosts", 2, change_ghosts },
  { "predict", 2, predict },
};

/* Frames only come while nothing plays, for they would bring the clock's time. */
static void
act (Monkey *monkey,
     guint   number)
{
  guint total = 0;
  guint chosen;
  gsize i = 0;

  for (gsize j = 0; j < G_N_ELEMENTS (actions); j++)
    total += actions[j].weight;
  for (chosen = below (monkey, total); chosen >= actions[i].weight; i++)
    chosen -= actions[i].weight;

  g_debug ("%u: %s", number, actions[i].name);
  actions[i].act (monkey);
  bp_run_set_playing (monkey->run, FALSE);
  settle ();
  close_dialogs (monkey);
}

static guint64
get_setting (const char *name,
             guint64     otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
set_up (Monkey     *monkey,
        const void *data)
{
  guint64 seed = get_setting ("BP_MONKEY_SEED", DEFAULT_SEED);

  g_test_message ("BP_MONKEY_SEED=%" G_GUINT64_FORMAT, seed);
  g_application_activate (G_APPLICATION (application));
  monkey->window = BP_WINDOW (gtk_application_get_active_window (application));
  monkey->run = bp_window_get_run (monkey->window);
  monkey->random = g_rand_new_with_seed ((guint32) seed);
  monkey->time = G_USEC_PER_SEC;
  bp_window_set_file_choosers (monkey->window, choose_nothing, choose_nothing);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (monkey->window));
}

static void
tear_down (Monkey     *monkey,
           const void *data)
{
  gpointer window = monkey->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  settle ();
  g_assert_null (window);
  g_rand_free (monkey->random);
}

static void
test_monkey (Monkey     *monkey,
             const void *data)
{
  guint n_actions = (guint) get_setting ("BP_MONKEY_ACTIONS", DEFAULT_ACTIONS);

  for (guint i = 1; i <= n_actions; i++)
    {
      act (monkey, i);
      if (i % ACTIONS_BETWEEN_COMPARISONS == 0 || i == n_actions)
        compare_with_fresh_run (monkey);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv, NULL);
  application = bp_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add ("/monkey", Monkey, NULL, set_up, test_monkey, tear_down);

  return g_test_run ();
}
