/* bp-window-new.c: experiments that begin with a template
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include "dialogs/bp-new-dialog.h"

static void
created_cb (BpWindow   *self,
            const char *text)
{
  bp_window_open_text (self, text, NULL);
}

static void
new_cb (G_GNUC_UNUSED GSimpleAction *action,
        G_GNUC_UNUSED GVariant      *parameter,
        gpointer                     data)
{
  GtkWidget *dialog = bp_new_dialog_new (data);

  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const GActionEntry entries[] = {
  { "new", new_cb },
};

void
bp_window_new_install (BpWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
