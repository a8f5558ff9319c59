/* bp-sweep-dialog.c: asks for a setting and its values, runs them and keeps the runs as reference runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-sweep-dialog.h"

#include <glib/gi18n-lib.h>

/* Lives as long as the window. */
typedef struct {
  GtkWindow   *window;
  BpRun       *run;
  BpJob       *job; /* NULL while no sweep runs */

  AdwComboRow *kind_row;
  GtkWidget   *values_row;
  GtkLabel    *message;
  GtkWidget   *progress;
  GtkWidget   *run_button;
  GtkWidget   *side_button;
  GtkWidget   *cancel_button;
  gboolean     side_by_side; /* whether the window shows them beside each other when they are done */
} Dialog;

static BpSweepKind
get_kind (Dialog *self)
{
  return adw_combo_row_get_selected (self->kind_row);
}

static void
show_message (Dialog     *self,
              const char *text,
              gboolean    is_error)
{
  gtk_label_set_label (self->message, text);
  if (is_error)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
      gtk_widget_add_css_class (self->values_row, "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
      gtk_widget_remove_css_class (self->values_row, "error");
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->values_row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static GPtrArray *
parse (Dialog  *self,
       GError **error)
{
  return bp_sweep_create_experiments (get_kind (self), self->run,
                                      gtk_editable_get_text (GTK_EDITABLE (self->values_row)), error);
}

/* Shows what is wrong with the values, or what they would run. */
static void
check (Dialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) experiments = parse (self, &error);

  gtk_widget_set_sensitive (self->run_button, experiments != NULL);
  gtk_widget_set_sensitive (self->side_button, experiments != NULL);
  if (experiments != NULL)
    {
      /* Translators: what a sweep would do. */
      g_autofree char *text = g_strdup_printf (ngettext ("%u run with the same data", "%u runs with the same data",
                                                         experiments->len),
                                               experiments->len);

      show_message (self, get_kind (self) == BP_SWEEP_SEED ? _("Each seed draws other data and another start") : text,
                    FALSE);
    }
  else
    show_message (self, error->message, TRUE);
}

static void
kind_changed_cb (Dialog *self)
{
  g_autofree char *values = bp_sweep_suggest (get_kind (self), self->run);

  gtk_editable_set_text (GTK_EDITABLE (self->values_row), values);
}

static void
set_running (Dialog  *self,
             gboolean running)
{
  gtk_widget_set_visible (self->progress, running);
  /* The widget that has the focus becomes insensitive below. */
  if (running)
    gtk_widget_grab_focus (self->cancel_button);
  gtk_widget_set_sensitive (self->run_button, !running);
  gtk_widget_set_sensitive (self->side_button, !running);
  gtk_widget_set_sensitive (self->values_row, !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind_row), !running);
}

static void
sweep_cb (const GError *error,
          gpointer      data)
{
  Dialog *self = data;

  self->job = NULL;
  if (error == NULL)
    {
      if (self->side_by_side)
        g_action_group_change_action_state (G_ACTION_GROUP (gtk_window_get_transient_for (self->window)),
                                            "side-by-side", g_variant_new_boolean (TRUE));
      gtk_window_destroy (self->window);
    }
  else
    {
      set_running (self, FALSE);
      show_message (self, error->message, TRUE);
    }
}

static void
progress_cb (guint    n_done,
             guint    n_runs,
             double   part,
             gpointer data)
{
  Dialog *self = data;
  /* Translators: how many of the runs of a sweep are done. */
  g_autofree char *text = g_strdup_printf (ngettext ("%u of %u run", "%u of %u runs", n_runs), n_done, n_runs);

  show_message (self, text, FALSE);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), part);
}

static void
run_cb (Dialog *self)
{
  g_autoptr (GPtrArray) experiments = parse (self, NULL);

  if (experiments == NULL || self->job != NULL)
    return;

  set_running (self, TRUE);
  progress_cb (0, experiments->len, 0, self);
  self->job = bp_run_sweep (self->run, (const BpExperiment * const *) experiments->pdata, experiments->len, progress_cb,
                            sweep_cb, self);
}

static void
side_by_side_cb (Dialog *self)
{
  self->side_by_side = TRUE;
  run_cb (self);
}

static void
destroy_cb (Dialog *self)
{
  bp_job_cancel (&self->job);
  g_object_unref (self->run);
  g_free (self);
}

static GtkWidget *
create_header (Dialog *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->cancel_button = gtk_button_new_with_mnemonic (_("_Cancel"));
  self->run_button = gtk_button_new_with_mnemonic (_("_Run"));
  self->side_button = gtk_button_new_with_mnemonic (_("_Side by Side"));
  /* GTK has set labels for assistive technology, which screen readers would say besides the visible ones. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->cancel_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->run_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->side_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_widget_add_css_class (self->run_button, "suggested-action");
  gtk_widget_set_tooltip_text (self->run_button, _("Run all to their ends and keep them (Enter)"));
  gtk_widget_set_tooltip_text (self->side_button, _("Run all, keep them and show up to three beside each other"));
  gtk_widget_set_tooltip_text (self->cancel_button, _("Stop and close (Escape)"));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->cancel_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->run_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->side_button);
  g_signal_connect_swapped (self->run_button, "clicked", G_CALLBACK (run_cb), self);
  g_signal_connect_swapped (self->side_button, "clicked", G_CALLBACK (side_by_side_cb), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self->window);

  return header;
}

static GtkWidget *
create_rows (Dialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < BP_N_SWEEPS; i++)
    gtk_string_list_append (titles, bp_sweep_get_title (i));

  self->kind_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind_row), _("What to vary"));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (titles));
  self->values_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->values_row), _("Values, with “;” between them"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->values_row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Values"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->kind_row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->values_row);
  g_signal_connect_swapped (self->kind_row, "notify::selected", G_CALLBACK (kind_changed_cb), self);
  g_signal_connect_swapped (self->values_row, "changed", G_CALLBACK (check), self);
  g_signal_connect_swapped (self->values_row, "entry-activated", G_CALLBACK (run_cb), self);
  g_object_unref (titles);

  return group;
}

/* The error message, or the progress; the height for both is reserved, so that the window keeps its size. */
static GtkWidget *
create_message (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->message = GTK_LABEL (gtk_label_new (""));
  self->progress = gtk_progress_bar_new ();
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_xalign (self->message, 0);
  gtk_label_set_lines (self->message, 3);
  gtk_widget_set_hexpand (GTK_WIDGET (self->message), TRUE);
  gtk_widget_set_visible (self->progress, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  gtk_widget_set_size_request (box, -1, 48);
  gtk_widget_set_valign (GTK_WIDGET (self->message), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (box), self->progress);

  return box;
}

static void
fill (Dialog *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_start (body, 18);
  gtk_widget_set_margin_end (body, 18);
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 12);
  gtk_box_append (GTK_BOX (content), create_header (self));
  gtk_box_append (GTK_BOX (body), create_rows (self));
  gtk_box_append (GTK_BOX (body), create_message (self));
  gtk_box_append (GTK_BOX (content), body);
  adw_window_set_content (ADW_WINDOW (self->window), content);
}

GtkWidget *
bp_sweep_dialog_new (GtkWindow *parent,
                     BpRun     *run)
{
  Dialog *self;
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  self = g_new0 (Dialog, 1);
  self->run = g_object_ref (run);
  self->window = g_object_new (ADW_TYPE_WINDOW, "title", _("Sweep"), "transient-for", parent, "modal", TRUE,
                               "default-width", 440, "resizable", FALSE, NULL);
  fill (self);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (self->window), keys);
  g_signal_connect_swapped (self->window, "destroy", G_CALLBACK (destroy_cb), self);
  kind_changed_cb (self);
  gtk_widget_grab_focus (self->values_row);

  return GTK_WIDGET (self->window);
}
