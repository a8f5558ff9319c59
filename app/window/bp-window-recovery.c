/* bp-window-recovery.c: keeps a copy of the text while it is not saved, and offers those that were left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/bp-text.h"
#include "window/bp-recovery.h"

void
bp_window_recovery_remove (BpWindow *window)
{
  if (window->recovery_copy != NULL)
    g_unlink (window->recovery_copy);
  g_clear_pointer (&window->recovery_copy, g_free);
}

void
bp_window_recovery_update (BpWindow *window)
{
  g_autofree char *text = NULL;
  BpRecovery recovery;

  if (!bp_document_has_unsaved_text (window->document))
    {
      bp_window_recovery_remove (window);
      return;
    }

  if (window->recovery_copy == NULL)
    window->recovery_copy = bp_recovery_make_name ();
  text = bp_document_dup_text (window->document);
  recovery = (BpRecovery) {
    .copy = window->recovery_copy,
    .title = (char *) bp_trainer_get_experiment (bp_run_get_trainer (window->run))->title,
    .path = (char *) bp_document_get_path (window->document),
    .folder = (char *) bp_document_get_folder (window->document),
    .text = text,
  };
  bp_recovery_write (&recovery);
}

static void
restore (BpWindow *self,
         gpointer  data)
{
  BpRecovery *recovery = data;

  bp_window_stop_opening (self);
  bp_document_recover (self->document, recovery->text, recovery->folder, recovery->path);
  bp_window_show_document (self);
  bp_window_recovery_update (self);
  bp_window_read_text (self);
  g_unlink (recovery->copy);
}

/* Who closes the question is asked again by the next window. */
static void
response_cb (GtkWidget  *dialog,
             const char *response,
             BpWindow   *self)
{
  BpRecovery *recovery = g_object_steal_data (G_OBJECT (dialog), "recovery");

  if (g_str_equal (response, "restore"))
    {
      bp_window_go_on_when_saved (self, restore, recovery, (GDestroyNotify) bp_recovery_free);
      return;
    }
  if (g_str_equal (response, "discard"))
    g_unlink (recovery->copy);
  bp_recovery_free (recovery);
}

void
bp_window_offer_recovery (BpWindow *self)
{
  BpRecovery *recovery;
  g_autofree char *quoted = NULL;
  GtkWidget *dialog;
  AdwMessageDialog *message;

  g_return_if_fail (BP_IS_WINDOW (self));

  recovery = bp_recovery_find ();
  if (recovery == NULL)
    return;

  quoted = bp_text_quote (recovery->title, -1);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Restore the Text?"), NULL);
  message = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_format_body (message, _("The program ended before the text of “%s” was saved. "
                                             "There is a copy of what was written."), quoted);
  adw_message_dialog_add_responses (message, "later", _("_Later"), "discard", _("_Discard"),
                                    "restore", _("_Restore"), NULL);
  adw_message_dialog_set_response_appearance (message, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (message, "restore", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "restore");
  adw_message_dialog_set_close_response (message, "later");
  g_object_set_data_full (G_OBJECT (dialog), "recovery", recovery, (GDestroyNotify) bp_recovery_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}
