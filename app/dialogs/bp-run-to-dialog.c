/* bp-run-to-dialog.c: asks for an iteration and moves the run to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-run-to-dialog.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/bp-number.h"

typedef struct {
  AdwMessageDialog *dialog;
  GtkEditable      *entry;
  GtkLabel         *message;
  BpRun            *run;
} RunTo;

static void
run_to_free (gpointer                data,
             G_GNUC_UNUSED GClosure *closure)
{
  RunTo *self = data;

  g_object_unref (self->run);
  g_free (self);
}

static gboolean
parse (RunTo   *self,
       gint64  *iteration,
       GError **error)
{
  return bp_number_parse_integer (gtk_editable_get_text (self->entry), 0, bp_run_get_n_iterations (self->run),
                                  iteration, error);
}

static void
entry_changed_cb (RunTo *self)
{
  g_autoptr (GError) error = NULL;
  gint64 iteration;
  gboolean valid = parse (self, &iteration, &error);
  /* An empty entry is no error, but cannot be run to. */
  gboolean wrong = !valid && *gtk_editable_get_text (self->entry) != '\0';

  adw_message_dialog_set_response_enabled (self->dialog, "run", valid);
  gtk_label_set_label (self->message, wrong ? error->message : "");
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
response_cb (RunTo      *self,
             const char *response)
{
  gint64 iteration;

  if (!g_str_equal (response, "run") || !parse (self, &iteration, NULL))
    return;

  if (iteration > bp_trainer_get_cursor (bp_run_get_trainer (self->run)).iteration)
    bp_run_run_to (self->run, iteration);
  else
    bp_run_seek (self->run, (BpCursor) { iteration, 0 });
}

/* The entry, with the error message below. */
static GtkWidget *
create_content (RunTo *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *message = gtk_label_new ("");

  self->entry = GTK_EDITABLE (entry);
  self->message = GTK_LABEL (message);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Iteration"), -1);
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_max_width_chars (self->message, 30);
  gtk_widget_add_css_class (message, "error");
  gtk_widget_add_css_class (message, "caption");
  gtk_box_append (GTK_BOX (content), entry);
  gtk_box_append (GTK_BOX (content), message);

  return content;
}

GtkWidget *
bp_run_to_dialog_new (GtkWindow *parent,
                      BpRun     *run)
{
  RunTo *self = g_new0 (RunTo, 1);
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Run to Iteration"), NULL);

  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->run = g_object_ref (run);
  adw_message_dialog_format_body (self->dialog, _("From 0, the start, to %" PRId64 ", the end of the run"),
                                  bp_run_get_n_iterations (run));
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "run", _("_Run"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "run", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "run");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  adw_message_dialog_set_extra_child (self->dialog, create_content (self));

  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (entry_changed_cb), self);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, run_to_free, G_CONNECT_SWAPPED);
  entry_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));

  return dialog;
}
