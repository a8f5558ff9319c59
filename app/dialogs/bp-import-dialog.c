/* bp-import-dialog.c: from a table to an experiment
 *
 * Whatever is chosen, the table is read anew in a thread, and what comes of it is shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-import-dialog-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dialogs/bp-panes.h"
#include "figures/bp-write-file.h"
#include "templates/bp-layer-sizes.h"

static guint created_signal;

G_DEFINE_FINAL_TYPE (BpImportDialog, bp_import_dialog, ADW_TYPE_WINDOW)

const BpImport *
bp_import_dialog_get_import (BpImportDialog *dialog)
{
  g_return_val_if_fail (BP_IS_IMPORT_DIALOG (dialog), NULL);

  return dialog->import;
}

/* Reading */

static gpointer
read_table (gpointer              choices,
            G_GNUC_UNUSED BpWork *work,
            GError              **error)
{
  return bp_import_new (choices, error);
}

static void
emit_created (BpImportDialog *self)
{
  g_autofree char *text = g_strdup (self->import->text);
  g_autofree char *folder = g_path_get_dirname (self->choices->file);

  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, created_signal, 0, text, folder);
  g_object_unref (self);
}

static void
read_cb (gpointer               result,
         const GError          *error,
         G_GNUC_UNUSED gboolean is_exceeded,
         gpointer               data)
{
  BpImportDialog *self = data;

  self->job = NULL;
  if (result == NULL)
    {
      bp_import_dialog_show_message (self, error->message);
      return;
    }

  gboolean is_first = self->import == NULL;

  g_clear_pointer (&self->import, bp_import_free);
  self->import = result;
  bp_import_dialog_show (self);
  /* Return creates it. */
  if (is_first)
    gtk_widget_grab_focus (self->create_button);
  if (self->creates && self->import->text != NULL)
    emit_created (self);
  self->creates = FALSE;
}

static const BpJobClass read_job = {
  .compute = read_table,
  .done = read_cb,
  .free_input = (GDestroyNotify) bp_import_choices_free,
  .free_result = (GDestroyNotify) bp_import_free,
};

static void
read_anew (BpImportDialog *self)
{
  bp_job_cancel (&self->job);
  gtk_widget_set_sensitive (self->create_button, FALSE);
  self->job = bp_job_start (&read_job, bp_import_choices_copy (self->choices), G_MAXDOUBLE, self);
}

/* Choosing */

static void
take_hidden (BpImportDialog *self)
{
  g_autoptr (GError) error = NULL;
  GArray *sizes = bp_layer_sizes_parse (gtk_editable_get_text (self->hidden_entry), 0, &error);
  g_autofree char *escaped = error != NULL ? g_markup_escape_text (error->message, -1) : g_strdup ("");

  g_clear_pointer (&self->hidden_error, g_free);
  adw_action_row_set_subtitle (self->hidden_row, escaped);
  if (sizes == NULL)
    {
      self->hidden_error = g_strdup (error->message);
      gtk_widget_add_css_class (GTK_WIDGET (self->hidden_row), "wrong");
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (self->hidden_row), "wrong");
  g_array_unref (self->choices->hidden);
  self->choices->hidden = sizes;
}

/* Takes over what the rows of the file say where it is not what is shown. */
static void
take_format (BpImportDialog *self)
{
  BpDataFormat *said = &self->choices->format;
  const BpDataFormat *shown = &self->import->preview->format;
  char separator = BP_IMPORT_SEPARATORS[adw_combo_row_get_selected (self->separator_row)];
  BpAnswer decimal_comma = adw_combo_row_get_selected (self->decimal_row) == 1 ? BP_ANSWER_YES : BP_ANSWER_NO;
  BpAnswer header = adw_combo_row_get_selected (self->header_row) == 0 ? BP_ANSWER_YES : BP_ANSWER_NO;
  BpEncoding encoding = adw_combo_row_get_selected (self->encoding_row) + 1;
  gboolean drop = adw_combo_row_get_selected (self->missing_row) == 0;

  if (separator != shown->separator)
    said->separator = separator;
  if (decimal_comma != shown->decimal_comma)
    said->decimal_comma = decimal_comma;
  if (header != shown->header)
    said->header = header;
  if (encoding != (said->encoding != BP_ENCODING_FROM_FILE ? said->encoding : shown->encoding))
    said->encoding = encoding;
  if (drop != (self->choices->missing != BP_ANSWER_NO))
    self->choices->missing = drop ? BP_ANSWER_YES : BP_ANSWER_NO;
}

static void
chosen_cb (BpImportDialog *self)
{
  if (self->is_showing || self->import == NULL)
    return;

  take_format (self);
  take_hidden (self);
  /* The other button follows. */
  self->choices->is_network = !gtk_toggle_button_get_active (self->simple_button);
  self->choices->standardize = gtk_switch_get_active (self->standardize_switch);
  if (gtk_spin_button_get_value_as_int (self->test_spin) != (int) (100 * MAX (0, self->import->test_share) + 0.5))
    self->choices->test_share = gtk_spin_button_get_value (self->test_spin) / 100;
  read_anew (self);
}

/* One column is learned: another that was before is not used any more. */
static void
role_cb (BpImportDialog *self,
         guint           column,
         guint           role)
{
  GArray *roles = g_array_copy (self->import->roles);

  for (guint i = 0; i < roles->len && role >= BP_COLUMN_TARGET; i++)
    if (g_array_index (roles, BpColumnRole, i) >= BP_COLUMN_TARGET)
      g_array_index (roles, BpColumnRole, i) = BP_COLUMN_UNUSED;
  g_array_index (roles, BpColumnRole, column) = role;
  g_clear_pointer (&self->choices->roles, g_array_unref);
  self->choices->roles = roles;
  read_anew (self);
}

/* Creating */

/* A pasted table goes to a file that stays, of which the experiment then is. */
static void
saved_cb (GFile   *file,
          gpointer data)
{
  g_autoptr (BpImportDialog) self = data;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  /* It may have been closed since. */
  if (path == NULL || self->own_file == NULL)
    return;

  if (g_file_get_contents (self->own_file, &content, &length, &error))
    bytes = g_bytes_new (content, length);
  if (bytes == NULL || !bp_write_file (path, bytes, &error))
    {
      bp_import_dialog_show_message (self, error->message);
      return;
    }

  g_free (self->choices->file);
  self->choices->file = g_strdup (path);
  self->creates = TRUE;
  read_anew (self);
}

static void
create_cb (BpImportDialog *self)
{
  if (self->job != NULL || self->import == NULL || self->import->text == NULL)
    return;

  if (self->save_chooser != NULL)
    self->save_chooser (GTK_WINDOW (self), "table.csv", saved_cb, g_object_ref (self));
  else
    emit_created (self);
}

/* The object */

static void
bp_import_dialog_dispose (GObject *object)
{
  BpImportDialog *self = BP_IMPORT_DIALOG (object);

  bp_job_cancel (&self->job);
  if (self->own_file != NULL)
    g_unlink (self->own_file);
  g_clear_pointer (&self->own_file, g_free);

  G_OBJECT_CLASS (bp_import_dialog_parent_class)->dispose (object);
}

static void
bp_import_dialog_finalize (GObject *object)
{
  BpImportDialog *self = BP_IMPORT_DIALOG (object);

  g_clear_pointer (&self->choices, bp_import_choices_free);
  g_clear_pointer (&self->import, bp_import_free);
  g_free (self->hidden_error);

  G_OBJECT_CLASS (bp_import_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    gsize       offset;
  } children[] = {
#define CHILD(name) { #name, G_STRUCT_OFFSET (BpImportDialog, name) }
    CHILD (window_title), CHILD (cancel_button), CHILD (create_button), CHILD (panes), CHILD (columns),
    CHILD (rows_label), CHILD (simple_button), CHILD (network_button), CHILD (model_label), CHILD (text_view),
    CHILD (names_label), CHILD (separator_row), CHILD (separator_check), CHILD (decimal_row), CHILD (decimal_check),
    CHILD (header_row), CHILD (header_check), CHILD (encoding_row), CHILD (encoding_check), CHILD (missing_row),
    CHILD (missing_check), CHILD (standardize_switch), CHILD (test_row), CHILD (test_spin), CHILD (hidden_row),
    CHILD (hidden_entry), CHILD (message_label),
#undef CHILD
  };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE, (gssize) children[i].offset);
}

static void
bp_import_dialog_class_init (BpImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bp_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = bp_import_dialog_finalize;

  created_signal = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (BP_TYPE_IMPORT_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, role_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* A list of a row. Ends with NULL. */
static void
fill_row (AdwComboRow        *row,
          const char * const *titles)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (titles);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static void
bp_import_dialog_init (BpImportDialog *self)
{
  const char *encodings[BP_N_ENCODINGS] = { NULL };
  const char *separator_titles[] = { _("comma ,"), _("semicolon ;"), _("tab"), _("bar |"), _("blanks"), NULL };
  const char *decimal_titles[] = { _("point ."), _("comma ,"), NULL };
  const char *header_titles[] = { _("names"), _("values"), NULL };
  const char *missing_titles[] = { _("leave rows out"), _("refuse"), NULL };

  for (guint i = 1; i < BP_N_ENCODINGS; i++)
    encodings[i - 1] = bp_encoding_get_title (i);

  self->is_showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  bp_panes_stack_when_narrow (self->panes);
  fill_row (self->separator_row, separator_titles);
  fill_row (self->decimal_row, decimal_titles);
  fill_row (self->header_row, header_titles);
  fill_row (self->encoding_row, encodings);
  fill_row (self->missing_row, missing_titles);
  self->is_showing = FALSE;

  /* GTK has set labels for assistive technology, which screen readers would say besides the visible ones. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->cancel_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->create_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

GtkWidget *
bp_import_dialog_new (GtkWindow       *parent,
                      BpImportChoices *choices,
                      BpFileChooser    save_chooser)
{
  BpImportDialog *self;
  g_autofree char *name = NULL;
  g_autofree char *hidden = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent) && choices != NULL, NULL);

  self = g_object_new (BP_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  self->choices = choices;
  self->save_chooser = save_chooser;
  self->own_file = save_chooser != NULL ? g_strdup (choices->file) : NULL;
  name = g_filename_display_basename (choices->file);
  hidden = bp_layer_sizes_to_string (choices->hidden, "-");
  adw_window_title_set_subtitle (self->window_title, save_chooser != NULL ? _("Pasted table") : name);
  gtk_editable_set_text (self->hidden_entry, hidden);
  read_anew (self);

  return GTK_WIDGET (self);
}
