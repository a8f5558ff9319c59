/* bp-export-dialog.c: the choice of the options of an export, and its preview
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "export/bp-export-dialog-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"
#include "dialogs/bp-preferences.h"

static guint exported_signal;

G_DEFINE_FINAL_TYPE (BpExportDialog, bp_export_dialog, ADW_TYPE_WINDOW)

static const char *const sequence_formats[BP_N_SEQUENCE_FORMATS] = {
  [BP_SEQUENCE_PDF] = N_("PDF document"),
  [BP_SEQUENCE_GIF] = N_("GIF animation"),
};

static BpTrainer *
get_trainer (BpExportDialog *self)
{
  return bp_run_get_trainer (self->run);
}

/* The choice */

void
bp_export_dialog_get_options (BpExportDialog    *self,
                              BpSequenceOptions *options)
{
  *options = self->choice.sequence;
  options->figure.format = bp_export_choice_get_format (&self->choice);
  self->get_figure (self->window, &options->figure);

  /* Each page explains its own step, not the selected node. Learners predict in the window, so pages hide nothing. */
  if (self->choice.is_sequence)
    {
      options->figure.node = BP_NODE_NONE;
      options->figure.plot.hide_gradients = FALSE;
      options->figure.plot.predict_first = FALSE;
    }
}

gboolean
bp_export_dialog_check (BpExportDialog       *self,
                        const BpExportChoice *choice,
                        GError              **error)
{
  BpSequenceOptions options = choice->sequence;
  BpTrainer *trainer = get_trainer (self);

  options.figure.format = bp_export_choice_get_format (choice);
  if (!choice->is_sequence)
    return bp_figure_options_check (&options.figure, error);

  return bp_sequence_options_check (&options, bp_trainer_get_n_iterations (trainer),
                                    bp_trainer_get_n_instructions (trainer), error);
}

/* A sequence of nodes or phases is of the iteration that the window shows; one of iterations is of the whole run. */
static void
choose_range (BpExportDialog *self)
{
  BpSequenceOptions *sequence = &self->choice.sequence;
  gint64 shown = MAX (1, bp_trainer_get_shown (get_trainer (self), NULL));
  gboolean is_all = sequence->step == BP_SEQUENCE_ITERATIONS;

  sequence->first = is_all ? 0 : shown;
  sequence->last = is_all ? bp_trainer_get_n_iterations (get_trainer (self)) : shown;
  sequence->every = 1;
}

/* Widgets */

static void
show_formats (BpExportDialog *self)
{
  const BpExportChoice *choice = &self->choice;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint n_formats = choice->is_sequence ? BP_N_SEQUENCE_FORMATS : BP_N_FORMATS;
  guint format = choice->is_sequence ? (guint) choice->sequence.format : (guint) bp_export_choice_get_format (choice);
  guint selected = 0;

  g_array_set_size (self->formats, 0);
  for (guint i = 0; i < n_formats; i++)
    {
      if (!choice->is_sequence && !bp_figure_has_format (choice->sequence.figure.kind, i))
        continue;
      if (i == format)
        selected = self->formats->len;
      g_array_append_val (self->formats, i);
      gtk_string_list_append (titles, _(choice->is_sequence ? sequence_formats[i]
                                                            : bp_figure_get_format_class (i)->title));
    }
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->format_row, selected);
}

static void
show_rows (BpExportDialog *self)
{
  const BpExportChoice *choice = &self->choice;
  const BpFormatClass *format = bp_figure_get_format_class (bp_export_choice_get_format (choice));
  gboolean has_style = choice->is_sequence || format->has_style;
  g_autofree char *caption = bp_figure_create_caption (get_trainer (self));
  g_autofree char *subtitle = g_markup_escape_text (caption, -1);

  self->updating = TRUE;
  adw_combo_row_set_selected (self->figure_row, choice->sequence.figure.kind);
  adw_combo_row_set_selected (self->what_row, choice->is_sequence ? 1 : 0);
  adw_combo_row_set_selected (self->step_row, choice->sequence.step);
  adw_combo_row_set_selected (self->theme_row, choice->sequence.figure.dark ? 1 : 0);
  adw_combo_row_set_selected (self->unit_row, choice->in_millimetres ? 1 : 0);
  gtk_switch_set_active (self->caption_switch, choice->sequence.figure.caption);
  show_formats (self);
  self->updating = FALSE;

  adw_action_row_set_subtitle (self->caption_row, subtitle);
  gtk_widget_set_visible (self->sequence_list, choice->is_sequence);
  gtk_widget_set_visible (self->look_list, has_style);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_row), choice->is_sequence || format->has_size);
  bp_export_fields_update (self);
}

static char *
format_size (double value,
             gboolean in_millimetres)
{
  return in_millimetres ? bp_number_format_digits (value / BP_FIGURE_PIXELS_PER_MM, 4)
                        : bp_number_format_digits (round (value), 5);
}

/* Describes the size of the picture, and in pixels that of the file if it has any. */
static char *
describe_size (BpExportDialog        *self,
               const BpFigureOptions *figure)
{
  gboolean in_millimetres = self->choice.in_millimetres;
  gboolean has_pixels = self->choice.is_sequence ? self->choice.sequence.format == BP_SEQUENCE_GIF
                                                 : figure->format == BP_FORMAT_PNG;
  double width, height;
  g_autofree char *shown_width = NULL, *shown_height = NULL;

  if (!self->choice.is_sequence && figure->format == BP_FORMAT_CSV)
    return g_strdup (_("The table has the numbers of this plot."));
  if (!self->choice.is_sequence && figure->format == BP_FORMAT_DOT)
    return g_strdup (_("Graphviz places the nodes anew."));

  bp_export_preview_get_size (self->preview, &width, &height);
  shown_width = format_size (width, in_millimetres);
  shown_height = format_size (height, in_millimetres);
  if (has_pixels)
    return g_strdup_printf (in_millimetres ? _("%s × %s mm, a file of %d × %d pixels")
                                           : _("%s × %s px, a file of %d × %d pixels"),
                            shown_width, shown_height, MAX (1, (int) round (width * figure->scale)),
                            MAX (1, (int) round (height * figure->scale)));

  return g_strdup_printf (in_millimetres ? _("%s × %s mm") : _("%s × %s px"), shown_width, shown_height);
}

/* Shows the number of positions, or why the choice cannot be exported. */
static void
show_check (BpExportDialog *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_possible = bp_export_dialog_check (self, &self->choice, &error);
  g_autofree char *count = NULL;

  if (is_possible && self->choice.is_sequence)
    {
      guint n = bp_sequence_count_positions (&self->choice.sequence,
                                             bp_trainer_get_n_instructions (get_trainer (self)));

      count = g_strdup_printf (ngettext ("%u page", "%u pages", n), n);
    }
  gtk_label_set_label (self->count_label, count != NULL ? count : "");
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), count != NULL);
  gtk_label_set_label (self->message_label, is_possible ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), !is_possible);
  gtk_widget_set_sensitive (self->export_button, is_possible && self->job == NULL);
}

static void
update (BpExportDialog *self)
{
  BpSequenceOptions options;
  g_autofree char *size = NULL;

  show_rows (self);
  show_check (self);
  bp_export_dialog_get_options (self, &options);
  bp_export_preview_take (self->preview, get_trainer (self), &options.figure);
  size = describe_size (self, &options.figure);
  gtk_label_set_label (self->size_label, size);
}

static gboolean
update_cb (gpointer data)
{
  BpExportDialog *self = data;

  self->update = 0;
  if (self->window != NULL)
    update (self);

  return G_SOURCE_REMOVE;
}

void
bp_export_dialog_finish (BpExportDialog *self,
                         const char     *text)
{
  g_signal_emit (self, exported_signal, 0, text);
  gtk_window_destroy (GTK_WINDOW (self));
}

void
bp_export_dialog_queue_update (BpExportDialog *self)
{
  if (self->update == 0)
    self->update = g_idle_add (update_cb, self);
}

/* Input */

static void
selected_cb (BpExportDialog *self)
{
  BpExportChoice *choice = &self->choice;
  BpSequenceStep step = adw_combo_row_get_selected (self->step_row);

  if (self->updating)
    return;

  choice->sequence.figure.kind = adw_combo_row_get_selected (self->figure_row);
  choice->sequence.figure.dark = adw_combo_row_get_selected (self->theme_row) == 1;
  choice->sequence.figure.caption = gtk_switch_get_active (self->caption_switch);
  choice->in_millimetres = adw_combo_row_get_selected (self->unit_row) == 1;
  choice->is_sequence = adw_combo_row_get_selected (self->what_row) == 1;
  if (step != choice->sequence.step)
    {
      choice->sequence.step = step;
      choose_range (self);
    }
  bp_export_dialog_queue_update (self);
}

static void
format_selected_cb (BpExportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->format_row);

  if (self->updating || selected >= self->formats->len)
    return;

  if (self->choice.is_sequence)
    self->choice.sequence.format = g_array_index (self->formats, guint, selected);
  else
    self->choice.sequence.figure.format = g_array_index (self->formats, guint, selected);
  bp_export_dialog_queue_update (self);
}

/* Cancels the rendering, if any, else closes. */
static void
cancel_cb (BpExportDialog *self)
{
  if (self->job != NULL)
    bp_export_dialog_stop (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
escape_cb (GtkWidget              *widget,
           G_GNUC_UNUSED GVariant *args,
           G_GNUC_UNUSED gpointer  data)
{
  cancel_cb (BP_EXPORT_DIALOG (widget));

  return TRUE;
}

/* The object */

static void
bp_export_dialog_dispose (GObject *object)
{
  BpExportDialog *self = BP_EXPORT_DIALOG (object);

  bp_export_dialog_stop (self);
  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (bp_export_dialog_parent_class)->dispose (object);
}

static void
bp_export_dialog_finalize (GObject *object)
{
  BpExportDialog *self = BP_EXPORT_DIALOG (object);

  g_array_unref (self->formats);
  g_free (self->path);

  G_OBJECT_CLASS (bp_export_dialog_parent_class)->finalize (object);
}

static void
bp_export_dialog_class_init (BpExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_export_dialog_dispose;
  object_class->finalize = bp_export_dialog_finalize;

  exported_signal = g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (BP_TYPE_EXPORT_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, caption_row);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, caption_switch);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, content);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, figure_row);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, look_list);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, progress_box);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, sequence_list);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, size_label);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, step_row);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, theme_row);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, unit_row);
  gtk_widget_class_bind_template_child (widget_class, BpExportDialog, what_row);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, bp_export_dialog_export);
  gtk_widget_class_bind_template_callback (widget_class, format_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
bp_export_dialog_init (BpExportDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->chooser = bp_file_chooser_save_figure;
  self->formats = g_array_new (FALSE, FALSE, sizeof (guint));
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < BP_N_FIGURES; i++)
    gtk_string_list_append (titles, _(bp_figure_get_class (i)->title));
  adw_combo_row_set_model (self->figure_row, G_LIST_MODEL (titles));
  bp_export_fields_install (self);

  /* GTK has set labels for assistive technology, which screen readers would say besides the visible ones. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->cancel_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->export_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

GtkWidget *
bp_export_dialog_new (GtkWindow         *window,
                      BpRun             *run,
                      BpExportFigureFunc get_figure,
                      BpFigureKind       kind)
{
  g_autoptr (GSettings) settings = bp_preferences_new_export ();
  BpExportDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window) && BP_IS_RUN (run) && get_figure != NULL, NULL);

  self = g_object_new (BP_TYPE_EXPORT_DIALOG, "transient-for", window, "destroy-with-parent", TRUE, NULL);
  g_set_weak_pointer (&self->window, window);
  self->run = g_object_ref (run);
  self->get_figure = get_figure;
  bp_export_choice_init (&self->choice, settings);
  if (kind < BP_N_FIGURES)
    self->choice.sequence.figure.kind = kind;
  choose_range (self);
  bp_run_set_playing (run, FALSE);
  g_signal_connect_object (run, "changed", G_CALLBACK (bp_export_dialog_queue_update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->figure_row));

  return GTK_WIDGET (self);
}

void
bp_export_dialog_set_file_chooser (BpExportDialog *self,
                                   BpFileChooser   chooser)
{
  g_return_if_fail (BP_IS_EXPORT_DIALOG (self) && chooser != NULL);

  self->chooser = chooser;
}
