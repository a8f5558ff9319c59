/* test-monkey.c: whatever somebody does in the window, the numbers are those of the same settings run afresh
 *
 * BP_MONKEY_SEED is which actions, BP_MONKEY_ACTIONS how many. Time is ours, so that the same seed does the same again,
 * but for sweeps that are stopped. G_MESSAGES_DEBUG=all says what is done.
 *
 *   BP_MONKEY_ACTIONS=100000 BP_MONKEY_SEED=7 tests/run --timeout-multiplier 0 monkey
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "bp-application.h"
#include "export/bp-export-dialog.h"
#include "plots/bp-plot-panes.h"
#include "run/bp-run-number.h"
#include "app/window/monkey-documents.h"
#include "app/window/monkey-screen.h"

#define DEFAULT_SEED 1
#define DEFAULT_ACTIONS 1000
#define ACTIONS_BETWEEN_COMPARISONS 50
#define MAX_BATCH_SIZE 200

/* The actions */

static void
step (Monkey *monkey)
{
  static const char *const names[] = {
    "node-forward", "node-forward", "node-back", "phase-forward", "phase-back", "iteration-forward",
    "iteration-forward", "iteration-back"
  };

  activate_plain (monkey, names[below (monkey, G_N_ELEMENTS (names))]);
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
  activate_plain (monkey, name);
}

static void
shuffle (Monkey *monkey)
{
  activate_plain (monkey, "shuffle");
}

static void
undo_or_redo (Monkey *monkey)
{
  activate_plain (monkey, below (monkey, 3) == 0 ? "redo" : "undo");
}

static void
seek (Monkey *monkey)
{
  gint64 n = bp_run_get_n_iterations (monkey->run);
  guint n_instructions = bp_trainer_get_n_instructions (bp_run_get_trainer (monkey->run));

  bp_run_seek (monkey->run, (BpCursor) { below (monkey, (guint) n + 1), below (monkey, n_instructions) });
}

static void
play (Monkey *monkey)
{
  static const double speeds[] = { 0.5, 7, 60, 1000 };

  bp_run_set_speed (monkey->run, speeds[below (monkey, G_N_ELEMENTS (speeds))]);
  bp_run_set_play_by (monkey->run, below (monkey, 3));
  activate_plain (monkey, "play");
  for (guint i = below (monkey, 20); i > 0; i--)
    bp_run_advance (monkey->run, monkey->time += FRAME);
  bp_run_set_playing (monkey->run, FALSE);
}

static void
run_to (Monkey *monkey)
{
  bp_run_run_to (monkey->run, 1 + below (monkey, (guint) bp_run_get_n_iterations (monkey->run)));
  arrive (monkey->run, &monkey->time);
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
  BpSettings settings = *bp_trainer_get_settings (bp_run_get_trainer (monkey->run));
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
      g_assert_true (bp_settings_equal (bp_trainer_get_settings (bp_run_get_trainer (monkey->run)), &before));
    }
}

/* A number of any node, by a drag or a key, where it can be changed. */
static void
change_number (Monkey *monkey,
               double  value)
{
  BpGraph *graph = bp_trainer_get_graph (bp_run_get_trainer (monkey->run));
  const guint node = below (monkey, bp_graph_get_n_nodes (graph));
  const gssize element = (gssize) below (monkey, (guint) MIN (bp_graph_get_n_elements (graph, node), 100));
  BpRunNumber number;

  if (!isfinite (value) || !bp_run_find_number (monkey->run, node, element, &number, NULL))
    return;
  for (guint i = below (monkey, 3); i < 3; i++)
    bp_run_set_number (monkey->run, &number, bp_run_number_round (&number, value + i * number.step),
                       (BpRunStroke) below (monkey, 3), NULL);
}

/* A nudge, a start, a sample that is fed or changed: what can be undone leads back like any other change. */
static void
do_by_hand (Monkey *monkey)
{
  BpTrainer *trainer = bp_run_get_trainer (monkey->run);
  BpDataset *dataset = bp_trainer_get_dataset (trainer);
  const gsize n_parameters = bp_graph_get_n_parameters (bp_trainer_get_graph (trainer));
  const gsize n_samples = bp_dataset_get_n_samples (dataset);
  const guint n_columns = bp_dataset_get_n_columns (dataset);
  const double value = get_number (monkey);
  g_autofree char *number = g_strdup_printf ("%u", below (monkey, (guint) n_samples + 2));

  switch (below (monkey, 5))
    {
    case 0:
      bp_run_set_nudging (monkey->run, below (monkey, 2) == 0);
      bp_run_set_epsilon_step (monkey->run, below (monkey, BP_RUN_MAX_EPSILON + 1));
      break;
    case 1:
      if (isfinite (value))
        bp_run_set_starts (monkey->run, &(BpRunStart) { below (monkey, (guint) n_parameters), value }, 1,
                           (BpRunStroke) below (monkey, 3), NULL);
      break;
    case 2:
      if (bp_run_get_can_choose_batch (monkey->run))
        bp_run_choose_batch (monkey->run, below (monkey, 3) == 0 ? NULL : number, NULL);
      break;
    case 3:
      change_number (monkey, value);
      break;
    default:
      if (n_columns > 0 && isfinite (value) && bp_dataset_get_classes (dataset, 0) == NULL)
        bp_run_edit_sample (monkey->run, below (monkey, (guint) n_samples), (guint[]) { 0 }, &value, 1, NULL);
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
  else if (experiment->generator.kind != BP_GENERATOR_NONE)
    experiment->generator.n_samples = 1 + below (monkey, MAX_BATCH_SIZE);
  else
    variable->initial = (BpDistribution) { .kind = BP_DISTRIBUTION_CONSTANT, .a = get_number (monkey) };
  g_assert_true (bp_run_set_experiment (monkey->run, experiment, &error) == (error == NULL));
}

static void
select_node (Monkey *monkey)
{
  BpTrainer *trainer = bp_run_get_trainer (monkey->run);
  guint n_nodes = bp_graph_get_n_nodes (bp_trainer_get_graph (trainer));
  guint node = below (monkey, n_nodes + 1);

  if (node < n_nodes && below (monkey, 2) == 0)
    bp_run_select_element (monkey->run, node,
                           below (monkey, (guint) bp_graph_get_n_elements (bp_trainer_get_graph (trainer), node)));
  else
    bp_run_set_selected_node (monkey->run, node < n_nodes ? node : BP_NODE_NONE);
}

static void
resize (Monkey *monkey)
{
  gtk_window_set_default_size (GTK_WINDOW (monkey->window), 1024 + (int) below (monkey, 800),
                               640 + (int) below (monkey, 400));
}

static void
change_references (Monkey *monkey)
{
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (monkey->run);
  guint n_references = bp_run_get_n_references (monkey->run);

  switch (below (monkey, 5))
    {
    case 0:
      bp_run_take_reference (monkey->run, bp_reference_new_not_computed (experiment));
      break;

    case 1:
      bp_run_compute_references (monkey->run);
      break;

    case 2:
      bp_run_stop_computing (monkey->run);
      break;

    case 3:
      if (n_references > 0)
        bp_run_remove_reference (monkey->run, below (monkey, n_references));
      break;

    default:
      bp_run_keep_reference (monkey->run);
    }
}

static void
predict (Monkey *monkey)
{
  bp_run_set_predict_first (monkey->run, below (monkey, 2) == 0);
  if (below (monkey, 2) == 0)
    bp_run_reveal_gradients (monkey->run);
}

static void
copy (Monkey *monkey)
{
  activate_with (monkey, "copy-figure", bp_figure_get_class (below (monkey, BP_N_FIGURES))->name);
}

static gboolean
is_suggested (GtkWidget                *widget,
              G_GNUC_UNUSED const char *text)
{
  return gtk_widget_has_css_class (widget, "suggested-action") && gtk_widget_is_sensitive (widget);
}

/* What a dialog is for, if it can be done. */
static void
press_suggested (GtkWindow *dialog)
{
  GtkWidget *button = search_widget (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, is_suggested, NULL);

  if (button != NULL)
    g_signal_emit_by_name (button, "clicked");
  settle ();
}

static void
select_any (Monkey    *monkey,
            GtkWidget *widget)
{
  if (ADW_IS_COMBO_ROW (widget) && gtk_widget_get_mapped (widget) && below (monkey, 2) == 0)
    {
      AdwComboRow *row = ADW_COMBO_ROW (widget);

      adw_combo_row_set_selected (row, below (monkey, g_list_model_get_n_items (adw_combo_row_get_model (row))));
      settle ();
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    select_any (monkey, child);
}

/* Whatever the dialog offers, to a file or to none; a sequence is stopped as soon as it begins. */
static void
export (Monkey *monkey)
{
  GtkWindow *dialog;

  activate_with (monkey, "export-figure", bp_figure_get_class (below (monkey, BP_N_FIGURES))->name);
  settle ();
  dialog = find_over (monkey->window, GTK_TYPE_WINDOW);
  g_assert_true (BP_IS_EXPORT_DIALOG (dialog));
  bp_export_dialog_set_file_chooser (BP_EXPORT_DIALOG (dialog),
                                     below (monkey, 2) == 0 ? choose_nothing : choose_exported);
  select_any (monkey, GTK_WIDGET (dialog));
  press_suggested (dialog);
}

static void
change_theme (Monkey *monkey)
{
  static const char *const themes[] = { "default", "force-light", "force-dark" };

  g_action_group_activate_action (G_ACTION_GROUP (application), "theme",
                                  g_variant_new_string (themes[below (monkey, G_N_ELEMENTS (themes))]));
}

static void
maximize (Monkey *monkey)
{
  BpPlotPanes *panes = BP_PLOT_PANES (search_widget (GTK_WIDGET (monkey->window), BP_TYPE_PLOT_PANES, NULL, NULL));
  BpPlotKind kind = below (monkey, BP_N_PLOTS + 1);

  if (kind == BP_N_PLOTS || bp_plot_panes_get_shown (panes, kind))
    bp_plot_panes_maximize (panes, kind);
}

/* To its end or stopped at once: closing the dialog stops it. */
static void
sweep (Monkey *monkey)
{
  GtkWindow *dialog;
  gboolean is_stopped = below (monkey, 2) == 0;

  activate_plain (monkey, "sweep");
  dialog = find_over (monkey->window, GTK_TYPE_WINDOW);
  g_assert_nonnull (dialog);
  select_any (monkey, GTK_WIDGET (dialog));
  press_suggested (dialog);

  while (!is_stopped && find_over (monkey->window, GTK_TYPE_WINDOW) == dialog
         && search_widget (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, is_suggested, NULL) == NULL)
    g_main_context_iteration (NULL, TRUE);
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
  { "by hand", 6, do_by_hand },
  { "length", 2, change_length },
  { "experiment", 2, change_experiment },
  { "built-in", 2, open_builtin },
  { "selection", 6, select_node },
  { "size", 1, resize },
  { "kept runs", 2, change_references },
  { "predict", 2, predict },
  { "copy", 1, copy },
  { "export", 1, export },
  { "save", 1, save_run },
  { "recent", 1, open_recent },
  { "theme", 1, change_theme },
  { "maximize", 2, maximize },
  { "sweep", 1, sweep },
  { "preset", 1, open_preset },
  { "random file", 6, open_random },
  { "reopen", 1, reopen },
  { "poke", 12, poke },
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
  /* An answer may open a file, and that may ask in turn. */
  for (close_dialogs (monkey); bp_window_get_opening (monkey->window); close_dialogs (monkey))
    wait_until_opened (monkey->window);
}

static void
test_monkey (void)
{
  guint64 seed = monkey_get_setting ("BP_MONKEY_SEED", DEFAULT_SEED);
  guint n_actions = (guint) monkey_get_setting ("BP_MONKEY_ACTIONS", DEFAULT_ACTIONS);
  Monkey monkey;

  g_test_message ("BP_MONKEY_SEED=%" G_GUINT64_FORMAT, seed);
  monkey_set_up (&monkey, (guint32) seed);
  bp_window_set_file_choosers (monkey.window, choose_nothing, choose_nothing);
  for (guint i = 1; i <= n_actions; i++)
    {
      act (&monkey, i);
      if (i % ACTIONS_BETWEEN_COMPARISONS == 0 || i == n_actions)
        {
          arrive (monkey.run, &monkey.time);
          compare_with_fresh_run (&monkey);
          compare_screen (&monkey);
        }
    }
  monkey_tear_down (&monkey);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/monkey", test_monkey);

  return run_tests ();
}
