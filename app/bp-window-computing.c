/* bp-window-computing.c: how far the computing of kept runs is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-window-private.h"

#include <glib/gi18n-lib.h>

/* Milliseconds before it is said: most files are computed sooner, and the views would move twice. */
#define DELAY 300

static void
stop_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  bp_run_stop_computing (bp_window_get_run (data));
}

static void
show (BpWindow *self)
{
  guint number, n_runs;
  double part = bp_run_get_computing (self->run, &number, &n_runs);
  g_autofree char *text = g_strdup_printf (_("Computing kept run %u of %u…"), number, n_runs);

  gtk_label_set_label (self->computing_label, text);
  gtk_progress_bar_set_fraction (self->computing_bar, part);
  gtk_widget_set_visible (self->computing, TRUE);
}

static gboolean
delay_cb (gpointer window)
{
  BpWindow *self = window;

  self->computing_delay = 0;
  show (self);

  return G_SOURCE_REMOVE;
}

static void
update (BpWindow *self)
{
  if (bp_run_get_computing (self->run, NULL, NULL) < 0)
    {
      g_clear_handle_id (&self->computing_delay, g_source_remove);
      gtk_widget_set_visible (self->computing, FALSE);
    }
  else if (gtk_widget_get_visible (self->computing))
    show (self);
  else if (self->computing_delay == 0)
    self->computing_delay = g_timeout_add (DELAY, delay_cb, self);
}

static const GActionEntry entries[] = {
  { "stop-computing", stop_cb },
};

void
bp_window_computing_install (BpWindow *window)
{
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_signal_connect_object (window->run, "notify::computing", G_CALLBACK (update), window, G_CONNECT_SWAPPED);
}
