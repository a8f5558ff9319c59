/* bp-export-write.c: writes the file of the export dialog
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "export/bp-export-dialog-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dialogs/bp-preferences.h"
#include "base/bp-text.h"
#include "figures/bp-write-file.h"

/* The toast wraps its label, so that the whole sentence is shown, and stays until the user closes it. */
static void
show_failure (BpExportDialog *self,
              const char     *sentence)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
  gtk_window_present (GTK_WINDOW (self));
}

static void
store_choice (BpExportDialog *self)
{
  g_autoptr (GSettings) settings = bp_preferences_new_export ();
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  bp_export_choice_save (&self->choice, settings);
  if (settings != NULL && uri != NULL)
    g_settings_set_string (settings, "folder", uri);
}

/* Writes @bytes, or shows @failure when they are NULL. */
static void
write_file (BpExportDialog *self,
            GBytes         *bytes,
            const GError   *failure)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *shown_name = bp_text_display_path (name);
  g_autofree char *text = NULL;

  if (bytes == NULL || !bp_write_file (self->path, bytes, &error))
    {
      show_failure (self, bytes == NULL ? failure->message : error->message);
      return;
    }

  store_choice (self);
  /* Translators: the name of a file. */
  text = g_strdup_printf (_("“%s” exported"), shown_name);
  bp_export_dialog_finish (self, text);
}

static void
write_figure (BpExportDialog *self)
{
  BpTrainer *trainer = bp_run_get_trainer (self->run);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  BpSequenceOptions options;

  bp_export_dialog_get_options (self, &options);
  bytes = bp_figure_render (trainer, &options.figure, &error);
  write_file (self, bytes, error);
}

/* Sequences */

static void
show_progress (BpExportDialog *self,
               guint           n_done,
               guint           n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u of %u page", "%u of %u pages", n), n_done, n);

  gtk_progress_bar_set_fraction (self->progress_bar, n > 0 ? (double) n_done / n : 0);
  gtk_progress_bar_set_text (self->progress_bar, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
set_rendering (BpExportDialog *self,
               gboolean        rendering)
{
  gtk_widget_set_sensitive (self->content, !rendering);
  gtk_widget_set_sensitive (self->export_button, !rendering);
  gtk_widget_set_visible (self->progress_box, rendering);
}

static void
progress_cb (const BpWork *work,
             gpointer      dialog)
{
  const guint n_positions = (guint) g_atomic_int_get (&work->n_parts);

  /* The thread counts them only after it has executed the run. */
  if (n_positions > 0)
    show_progress (dialog, (guint) g_atomic_int_get (&work->n_done), n_positions);
}

static void
rendered_cb (gpointer               result,
             const GError          *error,
             G_GNUC_UNUSED gboolean is_exceeded,
             gpointer               dialog)
{
  BpExportDialog *self = dialog;
  g_autoptr (GBytes) bytes = result;

  self->job = NULL;
  set_rendering (self, FALSE);
  write_file (self, bytes, error);
}

static const BpJobClass sequence_job = {
  .compute = bp_sequence_compute,
  .progress = progress_cb,
  .done = rendered_cb,
  .free_input = (GDestroyNotify) bp_sequence_input_free,
  .free_result = (GDestroyNotify) g_bytes_unref,
};

static void
write_sequence (BpExportDialog *self)
{
  BpTrainer *trainer = bp_run_get_trainer (self->run);
  g_autoptr (GError) error = NULL;
  BpSequenceOptions options;

  if (!bp_write_file_check (self->path, &error))
    {
      show_failure (self, error->message);
      return;
    }

  bp_export_dialog_get_options (self, &options);
  set_rendering (self, TRUE);
  show_progress (self, 0, bp_sequence_count_positions (&options, bp_trainer_get_n_instructions (trainer)));
  self->job = bp_job_start (&sequence_job, bp_sequence_input_new (bp_trainer_get_experiment (trainer), &options),
                            G_MAXDOUBLE, self);
}

void
bp_export_dialog_stop (BpExportDialog *self)
{
  if (self->job == NULL)
    return;

  bp_job_cancel (&self->job);
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    set_rendering (self, FALSE);
}

/* The file */

/* Appends a suffix to a path without one. Fails if that names a file: the dialog asked whether to replace another. */
static gboolean
complete_path (BpExportDialog *self)
{
  const BpExportChoice *choice = &self->choice;
  const char *suffix = bp_figure_get_format_class (bp_export_choice_get_format (choice))->suffixes[0];
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *path = NULL, *shown_path = NULL, *text = NULL;

  if (strchr (name, '.') != NULL)
    return TRUE;

  if (choice->is_sequence)
    suffix = bp_sequence_get_format_names ()[choice->sequence.format];
  path = g_strconcat (self->path, ".", suffix, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_free (self->path);
      self->path = g_steal_pointer (&path);
      return TRUE;
    }

  shown_path = bp_text_display_path (path);
  text = g_strdup_printf (_("“%s” is there already; choose that file to replace it"), shown_path);
  show_failure (self, text);

  return FALSE;
}

/* What a file is called says what is in it, also when another format was chosen before. */
static void
take_format (BpExportDialog *self)
{
  BpSequenceOptions *sequence = &self->choice.sequence;
  const char *dot = strrchr (self->path, '.');
  BpFigureFormat format;

  if (!self->choice.is_sequence)
    {
      if (bp_figure_find_format_of_file (self->path, &format)
          && bp_figure_has_format (sequence->figure.kind, format))
        sequence->figure.format = format;
    }
  else
    {
      for (guint i = 0; i < BP_N_SEQUENCE_FORMATS; i++)
        if (g_ascii_strcasecmp (dot + 1, bp_sequence_get_format_names ()[i]) == 0)
          sequence->format = i;
    }
}

static void
file_chosen_cb (GFile   *file,
                gpointer data)
{
  g_autoptr (BpExportDialog) self = data;

  if (self->window == NULL)
    return;
  if (file == NULL)
    {
      if (!gtk_widget_get_visible (GTK_WIDGET (self)))
        gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  g_free (self->path);
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    {
      show_failure (self, _("Figures can only be written on this computer; choose a folder here"));
      return;
    }
  if (!complete_path (self))
    return;

  take_format (self);
  if (self->choice.is_sequence)
    write_sequence (self);
  else
    write_figure (self);
}

void
bp_export_dialog_export (BpExportDialog *self)
{
  BpTrainer *trainer = bp_run_get_trainer (self->run);
  BpField *refused = bp_export_fields_get_refused (self);
  BpSequenceOptions options;
  g_autofree char *name = NULL;

  if (refused != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (bp_field_get_entry (refused)));
      return;
    }

  bp_export_dialog_get_options (self, &options);
  name = self->choice.is_sequence ? bp_sequence_create_file_name (bp_trainer_get_experiment (trainer), &options)
                                  : bp_figure_create_file_name (trainer, &options.figure);
  self->chooser (gtk_widget_get_visible (GTK_WIDGET (self)) ? GTK_WINDOW (self) : self->window, name, file_chosen_cb,
                 g_object_ref (self));
}

void
bp_export_dialog_export_as (BpExportDialog *self,
                            BpFigureFormat  format)
{
  g_return_if_fail (BP_IS_EXPORT_DIALOG (self));

  self->choice.is_sequence = FALSE;
  self->choice.sequence.figure.format = format;
  bp_export_dialog_export (self);
}
