/* bp-window-computing.c: which file is opened, or how far the computing of kept runs is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-text.h"

/* Milliseconds before it is said: most files are computed sooner, and the views would move twice. */
#define DELAY 300

static void
stop_cb (BpWindow *self)
{
  if (self->opening != NULL)
    bp_window_stop_opening (self);
  else
    bp_run_stop_computing (self->run);
}

static char *
get_text (BpWindow *self,
          double   *part)
{
  guint number, n_runs;

  if (self->opening != NULL)
    {
      g_autofree char *path = g_file_get_path (self->opened_file);
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *shown_name = bp_text_display_path (name);

      *part = -1;

      /* Translators: the name of a file. */
      return g_strdup_printf (_("Opening “%s”…"), shown_name);
    }

  *part = bp_run_get_computing (self->run, &number, &n_runs);

  return g_strdup_printf (_("Computing kept run %u of %u…"), number, n_runs);
}

static void
show (BpWindow *self)
{
  double part;
  g_autofree char *text = get_text (self, &part);

  gtk_label_set_label (self->computing_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->computing_bar), part >= 0);
  gtk_progress_bar_set_fraction (self->computing_bar, MAX (part, 0));
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

void
bp_window_computing_update (BpWindow *self)
{
  if (self->opening == NULL && bp_run_get_computing (self->run, NULL, NULL) < 0)
    {
      g_clear_handle_id (&self->computing_delay, g_source_remove);
      gtk_widget_set_visible (self->computing, FALSE);
    }
  else if (gtk_widget_get_visible (self->computing))
    show (self);
  else if (self->computing_delay == 0)
    self->computing_delay = g_timeout_add (DELAY, delay_cb, self);
}

static const BpWindowAction actions[] = {
  { "stop-computing", G_CALLBACK (stop_cb) },
};

void
bp_window_computing_install (BpWindow *window)
{
  bp_window_add_actions (window, actions, G_N_ELEMENTS (actions));
  g_signal_connect_object (window->run, "notify::computing", G_CALLBACK (bp_window_computing_update), window,
                           G_CONNECT_SWAPPED);
}
