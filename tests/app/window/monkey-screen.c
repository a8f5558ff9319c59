/* monkey-screen.c: what test-monkey.c touches in the window, and what the window says then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/window/monkey-screen.h"

#include "explain/bp-explain-card.h"
#include "network/bp-network.h"
#include "plots/bp-plot-panes.h"

/* Touching */

/* The program's own widgets, all that somebody can reach. */
static void
collect_own (GtkWidget *widget,
             GPtrArray *widgets)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Bp") && !GTK_IS_NATIVE (widget))
    g_ptr_array_add (widgets, widget);
  for (widget = gtk_widget_get_first_child (widget); widget != NULL; widget = gtk_widget_get_next_sibling (widget))
    collect_own (widget, widgets);
}

static void
press_any_shortcut (Monkey     *monkey,
                    GListModel *shortcuts,
                    GtkWidget  *widget)
{
  guint n = g_list_model_get_n_items (shortcuts);
  g_autoptr (GtkShortcut) shortcut = n > 0 ? g_list_model_get_item (shortcuts, below (monkey, n)) : NULL;

  if (shortcut != NULL)
    gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, gtk_shortcut_get_arguments (shortcut));
}

/* Moves to a point of @widget and presses there, and a key. */
static void
touch (Monkey    *monkey,
       GtkWidget *widget)
{
  double x = below (monkey, 1 + (guint) MAX (0, gtk_widget_get_width (widget)));
  double y = below (monkey, 1 + (guint) MAX (0, gtk_widget_get_height (widget)));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  g_object_ref (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "motion", x, y);
      else if (GTK_IS_GESTURE_CLICK (controller))
        g_signal_emit_by_name (controller, "pressed", 1 + (gint) below (monkey, 2), x, y);
      else if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        press_any_shortcut (monkey, G_LIST_MODEL (controller), widget);
    }
  g_object_unref (widget);
}

/* What it says of the point under the pointer. */
static void
query_tooltip (Monkey    *monkey,
               GtkWidget *widget)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gint x = (gint) below (monkey, 1 + (guint) MAX (0, gtk_widget_get_width (widget)));
  gboolean is_shown;

  if (gtk_widget_get_has_tooltip (widget))
    g_signal_emit_by_name (widget, "query-tooltip", x, gtk_widget_get_height (widget) / 2, FALSE, tooltip, &is_shown);
}

void
poke (Monkey *monkey)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_new ();
  GtkWidget *widget;

  collect_own (GTK_WIDGET (monkey->window), widgets);
  if (widgets->len == 0)
    return;

  widget = g_ptr_array_index (widgets, below (monkey, widgets->len));
  g_debug ("%s", G_OBJECT_TYPE_NAME (widget));
  query_tooltip (monkey, widget);
  touch (monkey, widget);
}

/* Reading: the same run afresh is drawn and explained the same */

static void
compare_card (Monkey *monkey,
              BpRun  *fresh)
{
  GtkWidget *shown = search_widget (GTK_WIDGET (monkey->window), BP_TYPE_EXPLAIN_CARD, NULL, NULL);
  GtkWidget *card = g_object_ref_sink (bp_explain_card_new (fresh));
  g_autofree char *text = bp_explain_card_dup_text (BP_EXPLAIN_CARD (shown));
  g_autofree char *expected = bp_explain_card_dup_text (BP_EXPLAIN_CARD (card));

  g_assert_cmpstr (text, ==, expected);
  bp_explain_card_set_run (BP_EXPLAIN_CARD (card), NULL);
  g_object_unref (card);
}

/* What is not computed yet comes with the next frames. */
static const BpPlot *
complete_plot (BpPlotView *view)
{
  const BpPlot *plot;

  while (plot = bp_plot_view_get_plot (view), !plot->is_complete)
    g_main_context_iteration (NULL, TRUE);

  return plot;
}

static void
compare_plot (Monkey     *monkey,
              BpPlotKind  kind,
              BpTrainer  *fresh)
{
  GtkWidget *panes = search_widget (GTK_WIDGET (monkey->window), BP_TYPE_PLOT_PANES, NULL, NULL);
  BpPlotView *view = bp_plot_panes_get_view (BP_PLOT_PANES (panes), kind);
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  BpPlot *expected;

  if (!gtk_widget_get_mapped (GTK_WIDGET (view)))
    return;

  options.log_scale = bp_plot_view_get_log_scale (view);
  options.smoothing = bp_plot_view_get_smoothing (view);
  options.parameter = bp_run_get_selected_parameter (monkey->run);
  options.row = bp_network_find_row (fresh, bp_run_get_selected_node (monkey->run),
                                     bp_run_get_selected_element (monkey->run));
  options.references = bp_run_get_references (monkey->run);
  expected = bp_plot_new_from_trainer (kind, fresh, &options, NULL);
  g_assert_cmpstr (complete_plot (view)->description, ==, expected->description);
  bp_plot_free (expected);
}

void
compare_screen (Monkey *monkey)
{
  BpTrainer *trainer = bp_run_get_trainer (monkey->run);
  BpCursor cursor = bp_trainer_get_cursor (trainer);
  BpSeries *losses = bp_history_get_loss (bp_trainer_get_history (trainer));
  g_autoptr (BpRun) fresh = NULL;

  if (bp_run_get_predict_first (monkey->run))
    return;

  fresh = bp_run_new (bp_trainer_get_experiment (trainer));
  bp_run_seek (fresh, (BpCursor) { bp_series_get_length (losses), 0 });
  arrive (fresh, &monkey->time);
  bp_run_seek (fresh, cursor);
  arrive (fresh, &monkey->time);
  if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED)
    bp_run_step (fresh, BP_STEP_NODE, 1);
  bp_run_select_element (fresh, bp_run_get_selected_node (monkey->run), bp_run_get_selected_element (monkey->run));
  bp_run_set_epsilon_step (fresh, bp_run_get_epsilon_step (monkey->run));
  bp_run_set_nudging (fresh, bp_run_get_nudge (monkey->run) != NULL);

  compare_card (monkey, fresh);
  for (BpPlotKind kind = 0; kind < BP_N_PLOTS; kind++)
    compare_plot (monkey, kind, bp_run_get_trainer (fresh));
}
