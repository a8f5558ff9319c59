/* bp-kept-runs-dialog.c: lists the reference runs, to remove or compute them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-kept-runs-dialog.h"

#include <glib/gi18n-lib.h>

/* Describes how each reference run differs from the others and from the run itself. */
static char **
describe (BpRun *run)
{
  GPtrArray *references = bp_run_get_references (run);
  const BpExperiment *experiments[BP_MAX_REFERENCES + 1];

  for (guint i = 0; i < references->len; i++)
    experiments[i] = ((const BpReference *) g_ptr_array_index (references, i))->experiment;
  experiments[references->len] = bp_trainer_get_experiment (bp_run_get_trainer (run));

  return bp_reference_describe_differences (experiments, references->len + 1);
}

static void
remove_cb (GtkWidget *button,
           BpRun     *run)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  bp_run_remove_reference (run, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static GtkWidget *
create_row (BpRun      *run,
            const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *title = g_markup_escape_text (text, -1);
  g_autofree char *label = g_strdup_printf (_("Remove: %s"), text);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), run, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
update_rows (BpRun                    *run,
             G_GNUC_UNUSED GParamSpec *pspec,
             GtkListBox               *list)
{
  GPtrArray *references = bp_run_get_references (run);
  GtkListBoxRow *row;

  /* When "computing" is notified before "n-references", the list may have other rows; fill() updates them soon. */
  for (guint i = 0; i < references->len && (row = gtk_list_box_get_row_at_index (list, (int) i)) != NULL; i++)
    {
      const BpReference *reference = g_ptr_array_index (references, i);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reference->is_computed ? "" : _("Not computed"));
    }
}

/* All rows are made again, because the description of a run depends on the other runs. */
static void
fill (GtkListBox               *list,
      G_GNUC_UNUSED GParamSpec *pspec,
      BpRun                    *run)
{
  g_auto (GStrv) texts = describe (run);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  for (guint i = 0; i < bp_run_get_n_references (run); i++)
    gtk_list_box_append (list, create_row (run, texts[i]));
  update_rows (run, NULL, list);
}

static gboolean
is_computing (BpRun *run)
{
  return bp_run_get_computing (run, NULL, NULL) >= 0;
}

static void
update_button (BpRun                    *run,
               G_GNUC_UNUSED GParamSpec *pspec,
               GtkButton                *button)
{
  gtk_button_set_label (button, is_computing (run) ? _("_Stop Computing") : _("C_ompute"));
  gtk_widget_set_visible (GTK_WIDGET (button), bp_run_has_uncomputed (run));
}

static void
compute_cb (G_GNUC_UNUSED GtkButton *button,
            BpRun                   *run)
{
  if (is_computing (run))
    bp_run_stop_computing (run);
  else
    bp_run_compute_references (run);
}

/* Computes the reference runs of a saved run, if that was stopped before. */
static GtkWidget *
create_compute_button (BpRun *run)
{
  GtkWidget *button = gtk_button_new_with_mnemonic ("");

  /* GTK has set a label for assistive technology, which screen readers would say besides the visible one. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", G_CALLBACK (compute_cb), run, 0);
  g_signal_connect_object (run, "notify::computing", G_CALLBACK (update_button), button, 0);
  g_signal_connect_object (run, "notify::n-references", G_CALLBACK (update_button), button, 0);
  update_button (run, NULL, GTK_BUTTON (button));

  return button;
}

GtkWidget *
bp_kept_runs_dialog_new (GtkWindow *parent,
                         BpRun     *run)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Kept Runs"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *placeholder = gtk_label_new (_("No run is kept"));

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_margin_top (placeholder, 12);
  gtk_widget_set_margin_bottom (placeholder, 12);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), placeholder);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kept runs"), -1);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), create_compute_button (run));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (run, "notify::n-references", G_CALLBACK (fill), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::computing", G_CALLBACK (update_rows), list, 0);
  fill (GTK_LIST_BOX (list), NULL, run);

  return dialog;
}
