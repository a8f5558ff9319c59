/* bp-window-hands.c: what is done by hand in a window: a nudge, another sample
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include "dialogs/bp-sample-dialog.h"

static void
nudge_cb (G_GNUC_UNUSED GSimpleAction *action,
          G_GNUC_UNUSED GVariant      *parameter,
          gpointer                     data)
{
  BpRun *run = bp_window_get_run (data);

  bp_run_set_nudging (run, bp_run_get_nudge (run) == NULL);
}

static void
choose_sample_cb (G_GNUC_UNUSED GSimpleAction *action,
                  G_GNUC_UNUSED GVariant      *parameter,
                  gpointer                     data)
{
  GtkWidget *dialog = bp_sample_dialog_new (data, bp_window_get_run (data));

  gtk_window_present (GTK_WINDOW (dialog));
}

static const GActionEntry entries[] = {
  { "nudge", nudge_cb },
  { "choose-sample", choose_sample_cb },
};

static gboolean (* const conditions[G_N_ELEMENTS (entries)]) (BpRun *run) = {
  bp_run_get_can_nudge,
  bp_run_get_can_choose_batch,
};

static void
update_enabled (BpWindow *window)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), entries[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), conditions[i] (window->run));
    }
}

void
bp_window_hands_install (BpWindow *window)
{
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_signal_connect_object (window->run, "changed", G_CALLBACK (update_enabled), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->run, "notify::playing", G_CALLBACK (update_enabled), window, G_CONNECT_SWAPPED);
  update_enabled (window);
}
