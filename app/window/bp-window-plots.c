/* bp-window-plots.c: which plots a window shows: its actions and its menu, both by the table of plots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

/* Properties of the plots that are actions of the same name. */
static const char * const plot_actions[] = { "log-scale", "smoothing" };

static char *
get_action_name (BpPlotKind kind)
{
  return g_strconcat ("show-", bp_plot_kind_get_name (kind), NULL);
}

/* The plots of the model, to be shown or hidden. */
static void
update_menu (BpWindow *window)
{
  BpPlotKind kinds[BP_N_PLOTS];
  guint n = bp_plot_list_kinds (bp_run_get_trainer (window->run), kinds);

  g_menu_remove_all (window->plot_menu);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = get_action_name (kinds[i]);
      g_autofree char *action = g_strconcat ("win.", name, NULL);

      g_menu_append (window->plot_menu, bp_plot_kind_get_title (kinds[i]), action);
    }
}

void
bp_window_plots_install (BpWindow *window)
{
  g_autoptr (GSimpleAction) more = g_simple_action_new ("more-plots", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (plot_actions); i++)
    bp_window_add_property_action (window, plot_actions[i], window->plot_panes);
  for (BpPlotKind kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autofree char *name = get_action_name (kind);

      bp_window_add_property_action (window, name, window->plot_panes);
    }
  g_signal_connect_object (more, "activate", G_CALLBACK (bp_plot_panes_show_more), window->plot_panes,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (window->plot_panes, "has-more", more, "enabled", G_BINDING_SYNC_CREATE);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (more));
  g_signal_connect_object (window->run, "rebuilt", G_CALLBACK (update_menu), window, G_CONNECT_SWAPPED);
  update_menu (window);
}

void
bp_window_plots_remove (BpWindow *window)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plot_actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (window), plot_actions[i]);
  for (BpPlotKind kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autofree char *name = get_action_name (kind);

      g_action_map_remove_action (G_ACTION_MAP (window), name);
    }
}
