/* bp-sample-dialog.c: asks which samples are fed in the iteration at the cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-sample-dialog.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "base/bp-number.h"

/* Of a larger batch so many numbers are in the entry to begin with. */
#define MAX_NUMBERS 12

/* More columns, or a smaller screen, are scrolled. */
#define MAX_HEIGHT 400

/* @entries: (element-type GtkEditable): of the values of each column */
typedef struct {
  AdwMessageDialog *dialog;
  BpRun            *run;
  GtkCheckButton   *drawn;
  GtkCheckButton   *numbered;
  GtkCheckButton   *typed;
  GtkEditable      *numbers;
  GPtrArray        *entries;
  GtkLabel         *message;
} SampleDialog;

static void
sample_dialog_free (gpointer                data,
                    G_GNUC_UNUSED GClosure *closure)
{
  SampleDialog *self = data;

  g_ptr_array_unref (self->entries);
  g_object_unref (self->run);
  g_free (self);
}

static BpDataset *
get_dataset (SampleDialog *self)
{
  return bp_trainer_get_dataset (bp_run_get_trainer (self->run));
}

/* "x=1.5, y=10" */
static char *
dup_typed (SampleDialog *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++)
    g_string_append_printf (text, "%s%s=%s", i > 0 ? ", " : "", bp_dataset_get_name (get_dataset (self), i),
                            gtk_editable_get_text (g_ptr_array_index (self->entries, i)));

  return g_string_free (text, FALSE);
}

/* The samples as [Batches] has them; NULL for those drawn. Numbers may be joined by what people join numbers by. */
static char *
dup_samples (SampleDialog *self)
{
  char *text;

  if (gtk_check_button_get_active (self->drawn))
    return NULL;
  if (gtk_check_button_get_active (self->typed))
    return dup_typed (self);
  text = g_strstrip (g_strdup (gtk_editable_get_text (self->numbers)));

  return g_strdelimit (text, ",", ';');
}

static void
update (SampleDialog *self)
{
  g_autofree char *samples = dup_samples (self);
  g_autoptr (GError) error = NULL;
  BpGraph *graph = bp_trainer_get_graph (bp_run_get_trainer (self->run));
  gboolean valid = samples == NULL || bp_experiment_check_samples (graph, get_dataset (self), samples, &error);

  adw_message_dialog_set_response_enabled (self->dialog, "feed", valid);
  gtk_label_set_label (self->message, valid ? "" : error->message);
}

/* Who chooses it is about to type. */
static void
toggled_cb (SampleDialog   *self,
            GtkCheckButton *button)
{
  GtkEditable *entry = button == self->numbered ? self->numbers : button == self->typed
                       ? g_ptr_array_index (self->entries, 0) : NULL;

  if (gtk_check_button_get_active (button) && entry != NULL
      && !GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (self->dialog))))
    gtk_widget_grab_focus (GTK_WIDGET (entry));
  update (self);
}

/* Who types a value means it. */
static void
number_changed_cb (SampleDialog *self)
{
  gtk_check_button_set_active (self->numbered, TRUE);
  update (self);
}

static void
value_changed_cb (SampleDialog *self)
{
  gtk_check_button_set_active (self->typed, TRUE);
  update (self);
}

static void
response_cb (SampleDialog *self,
             const char   *response)
{
  g_autofree char *samples = dup_samples (self);
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "feed") || !bp_run_get_can_choose_batch (self->run))
    return;
  if (!bp_run_choose_batch (self->run, samples, &error))
    g_signal_emit_by_name (self->run, "message", error->message);
}

/* What it begins with: the batch as it is */

/* The rows of the batch, of which at most MAX_NUMBERS are looked at. Returns: (transfer full) */
static gsize *
dup_rows (SampleDialog *self,
          gsize        *n_rows)
{
  BpTrainer *trainer = bp_run_get_trainer (self->run);
  gsize *rows;

  *n_rows = MIN (bp_trainer_get_settings (trainer)->batch_size, MAX_NUMBERS);
  rows = g_new (gsize, *n_rows);
  bp_dataset_get_batch (get_dataset (self), (guint64) bp_trainer_get_cursor (trainer).iteration, *n_rows, rows);

  return rows;
}

/* "61; 12": a typed sample has no number. */
static char *
format_numbers (SampleDialog *self,
                const gsize  *rows,
                gsize         n_rows)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_rows; i++)
    if (rows[i] < bp_dataset_get_n_samples (get_dataset (self)))
      g_string_append_printf (text, "%s%zu", text->len > 0 ? "; " : "", rows[i] + 1);

  return g_string_free (text, FALSE);
}

static char *
format_value (SampleDialog *self,
              guint         column,
              gsize         row)
{
  const double value = bp_dataset_get_column (get_dataset (self), column)[row];
  const char * const *classes = bp_dataset_get_classes (get_dataset (self), column);

  return classes != NULL ? g_strdup (classes[(guint) value]) : bp_number_to_shortest (value);
}

/* Widgets */

static GtkCheckButton *
add_choice (SampleDialog *self,
            GtkWidget    *box,
            const char   *label)
{
  GtkWidget *button = gtk_check_button_new_with_mnemonic (label);

  if (self->drawn != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->drawn);
  gtk_box_append (GTK_BOX (box), button);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);

  return GTK_CHECK_BUTTON (button);
}

static GtkEditable *
create_entry (const char *name,
              const char *text)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return GTK_EDITABLE (entry);
}

/* A row for each column: its name, and the value of the first sample of the batch. */
static GtkWidget *
create_values (SampleDialog *self,
               gsize         row)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < bp_dataset_get_n_columns (get_dataset (self)); i++)
    {
      const char *name = bp_dataset_get_name (get_dataset (self), i);
      g_autofree char *value = format_value (self, i, row);
      GtkWidget *label = gtk_label_new (name);
      GtkEditable *entry = create_entry (name, value);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_grid_attach (GTK_GRID (grid), label, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (entry), 1, (int) i, 1, 1);
      g_ptr_array_add (self->entries, entry);
      g_signal_connect_swapped (entry, "changed", G_CALLBACK (value_changed_cb), self);
    }

  return grid;
}

static void
add_scrolled (GtkWidget *box,
              GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_box_append (GTK_BOX (box), scroller);
}

static GtkWidget *
create_content (SampleDialog *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *message = gtk_label_new ("");
  gsize n_rows;
  g_autofree gsize *rows = dup_rows (self, &n_rows);
  g_autofree char *numbers = format_numbers (self, rows, n_rows);
  const char *chosen = bp_run_get_batch (self->run);

  self->message = GTK_LABEL (message);
  self->drawn = add_choice (self, box, _("As it is _drawn"));
  self->numbered = add_choice (self, box, _("By _number, such as 61, or 61; 12"));
  self->numbers = create_entry (_("Numbers of samples"), numbers);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->numbers));
  self->typed = add_choice (self, box, _("With these _values"));
  gtk_box_append (GTK_BOX (box), create_values (self, rows[0]));
  add_scrolled (content, box);
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_max_width_chars (self->message, 36);
  gtk_label_set_xalign (self->message, 0);
  gtk_widget_add_css_class (message, "error");
  gtk_widget_add_css_class (message, "caption");
  gtk_box_append (GTK_BOX (content), message);
  g_signal_connect_swapped (self->numbers, "changed", G_CALLBACK (number_changed_cb), self);
  gtk_check_button_set_active (chosen == NULL ? self->drawn : strchr (chosen, '=') != NULL ? self->typed
                                                                                           : self->numbered, TRUE);

  return content;
}

GtkWidget *
bp_sample_dialog_new (GtkWindow *parent,
                      BpRun     *run)
{
  SampleDialog *self = g_new0 (SampleDialog, 1);
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Sample to Be Fed"), NULL);

  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->run = g_object_ref (run);
  self->entries = g_ptr_array_new ();
  adw_message_dialog_format_body (self->dialog, _("In iteration %" PRId64 ". What is chosen comes first in its batch."),
                                  bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration + 1);
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "feed", _("_Feed"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "feed", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "feed");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  adw_message_dialog_set_extra_child (self->dialog, create_content (self));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, sample_dialog_free, G_CONNECT_SWAPPED);
  update (self);

  return dialog;
}
