/* bp-data-group.c: the settings of the data: seed, distributions, samples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-data-group.h"

#include <glib/gi18n-lib.h>

#include "panels/bp-distribution-row.h"
#include "widgets/bp-integer-field.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

/* How many characters of a generator are seen; most have no more. */
#define GENERATOR_WIDTH 18

struct _BpDataGroup {
  GtkBox         parent;

  GtkListBox    *list;
  BpField       *seed_field;
  GtkWidget     *generator_row;
  BpField       *generator_field;
  GtkListBoxRow *more_row;
  GtkLabel      *more_label;
  GtkListBoxRow *samples_row;
  BpField       *samples_field;
  GtkWidget     *file_row;
  GtkLabel      *file_label;
  GtkWidget     *dropped_row;
  GtkLabel      *dropped_label;
  GtkWidget     *hands_row;
  GtkLabel      *hands_label;

  GPtrArray     *rows;
  BpRun         *run;
};

G_DEFINE_FINAL_TYPE (BpDataGroup, bp_data_group, GTK_TYPE_BOX)

static gboolean
uses_samples (const BpExperiment *experiment)
{
  for (guint i = 0; i < experiment->columns->len; i++)
    {
      const BpColumn *column = g_ptr_array_index (experiment->columns, i);

      for (guint j = 0; j < column->parts->len; j++)
        if (g_array_index (column->parts, BpDistribution, j).count == 0)
          return TRUE;
    }

  return FALSE;
}

static void
clear_rows (BpDataGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

/* The rows that stand already are kept where they fit, so that the entry one types in keeps its focus. */
static guint
update_column (BpDataGroup    *self,
               const BpColumn *column,
               guint           index,
               guint           n_rows)
{
  for (guint part = 0; part < column->parts->len && n_rows < BP_DISTRIBUTION_MAX_ROWS; part++, n_rows++)
    if (n_rows < self->rows->len)
      bp_distribution_row_show_column (g_ptr_array_index (self->rows, n_rows), index, part);
    else
      {
        GtkWidget *row = bp_distribution_row_new_for_column (self->run, index, part);

        gtk_list_box_insert (self->list, row, gtk_list_box_row_get_index (self->more_row));
        g_ptr_array_add (self->rows, row);
      }

  return n_rows;
}

static void
update_rows (BpDataGroup        *self,
             const BpExperiment *experiment)
{
  guint n_parts = 0;
  guint n_rows = 0;

  for (guint i = 0; i < experiment->columns->len; i++)
    {
      const BpColumn *column = g_ptr_array_index (experiment->columns, i);

      n_parts += column->parts->len;
      n_rows = update_column (self, column, i, n_rows);
    }
  bp_distribution_row_show_more (self->more_label, n_parts - n_rows);

  while (self->rows->len > n_rows)
    gtk_list_box_remove (self->list, g_ptr_array_steal_index (self->rows, self->rows->len - 1));
}

static void
update_generator (BpDataGroup       *self,
                  const BpGenerator *generator)
{
  const gboolean has_generator = generator->kind != BP_GENERATOR_NONE;
  g_autofree char *text = has_generator ? bp_generator_to_string (generator) : NULL;

  gtk_widget_set_visible (self->generator_row, has_generator);
  if (has_generator)
    bp_field_set_text (self->generator_field, text);
}

static void
update_file (BpDataGroup        *self,
             const BpExperiment *experiment)
{
  g_autofree char *dropped = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->file_row, experiment->data_file != NULL);
  gtk_widget_set_visible (self->dropped_row, FALSE);
  if (experiment->data_file == NULL)
    return;

  path = bp_text_display_path (experiment->data_file);
  name = g_path_get_basename (path);
  text = g_strdup_printf (_("File: %s"), name);
  gtk_label_set_label (self->file_label, text);
  gtk_widget_set_tooltip_text (self->file_row, path);

  dropped = bp_dataset_describe_dropped (bp_trainer_get_dataset (bp_run_get_trainer (self->run)));
  gtk_widget_set_visible (self->dropped_row, dropped != NULL);
  gtk_label_set_label (self->dropped_label, dropped != NULL ? dropped : "");
}

/* What the rows above do not say. */
static void
update_hands (BpDataGroup        *self,
              const BpExperiment *experiment)
{
  const guint n_edits = experiment->edits->len, n_batches = experiment->batches->len;
  g_autofree char *edits = g_strdup_printf (ngettext ("%u sample was changed by hand",
                                                      "%u samples were changed by hand", n_edits), n_edits);
  g_autofree char *batches = g_strdup_printf (ngettext ("%u batch was chosen by hand",
                                                        "%u batches were chosen by hand", n_batches), n_batches);
  g_autofree char *text = g_strconcat (n_edits > 0 ? edits : "", n_edits > 0 && n_batches > 0 ? "\n" : "",
                                       n_batches > 0 ? batches : "", NULL);

  gtk_widget_set_visible (self->hands_row, n_edits > 0 || n_batches > 0);
  gtk_label_set_label (self->hands_label, text);
}

static gint64
get_max_samples (BpDataGroup *self)
{
  return (gint64) bp_field_get_setting (self->samples_field)->maximum;
}

static void
update (BpDataGroup *self)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->run));
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, experiment->seed);

  bp_field_set_text (self->seed_field, seed);
  update_rows (self, experiment);
  bp_integer_field_show (self->samples_field, experiment->samples, 1, get_max_samples (self));
  gtk_widget_set_visible (GTK_WIDGET (self->samples_row), uses_samples (experiment));
  update_generator (self, &experiment->generator);
  update_file (self, experiment);
  update_hands (self, experiment);
}

static gboolean
setting_apply_cb (BpField      *field,
                  const char   *text,
                  GError      **error,
                  BpDataGroup  *self)
{
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (self->run);

  return bp_setting_set (bp_field_get_setting (field), experiment, text, error)
         && bp_run_set_experiment (self->run, experiment, error);
}

static gboolean
generator_apply_cb (G_GNUC_UNUSED BpField  *field,
                    const char             *text,
                    GError                **error,
                    BpDataGroup            *self)
{
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (self->run);

  return bp_generator_parse (text, &experiment->generator, error)
         && bp_run_set_experiment (self->run, experiment, error);
}

static void
samples_step_cb (BpField     *field,
                 int          direction,
                 BpDataGroup *self)
{
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (self->run);
  g_autoptr (GError) error = NULL;

  experiment->samples = (gsize) bp_integer_field_step ((gint64) experiment->samples, direction, 1,
                                                       get_max_samples (self));
  if (!bp_run_set_experiment (self->run, experiment, &error))
    bp_field_refuse (field, error);
}

static void
bp_data_group_dispose (GObject *object)
{
  bp_data_group_set_run (BP_DATA_GROUP (object), NULL);

  G_OBJECT_CLASS (bp_data_group_parent_class)->dispose (object);
}

static void
bp_data_group_finalize (GObject *object)
{
  g_ptr_array_unref (BP_DATA_GROUP (object)->rows);
  G_OBJECT_CLASS (bp_data_group_parent_class)->finalize (object);
}

static void
bp_data_group_class_init (BpDataGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_data_group_dispose;
  object_class->finalize = bp_data_group_finalize;

  g_type_ensure (BP_TYPE_FIELD);
  gtk_widget_class_set_css_name (widget_class, "datagroup");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-data-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, list);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, seed_field);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, generator_row);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, generator_field);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, more_row);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, more_label);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, samples_row);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, samples_field);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, file_row);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, file_label);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, dropped_row);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, dropped_label);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, hands_row);
  gtk_widget_class_bind_template_child (widget_class, BpDataGroup, hands_label);
  gtk_widget_class_bind_template_callback (widget_class, setting_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, generator_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, samples_step_cb);
}

static void
bp_data_group_init (BpDataGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_width_chars (GTK_EDITABLE (bp_field_get_entry (self->generator_field)), GENERATOR_WIDTH);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (bp_field_get_entry (self->generator_field)), GENERATOR_WIDTH);
  gtk_widget_set_tooltip_text (GTK_WIDGET (bp_field_get_entry (self->generator_field)),
                               _("What makes the data, how many samples, and the standard deviation of the noise: "
                                 "circles(200, noise=0.1)"));
}

void
bp_data_group_set_run (BpDataGroup *self,
                       BpRun       *run)
{
  g_return_if_fail (BP_IS_DATA_GROUP (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  clear_rows (self);
  if (run != NULL)
    {
      g_signal_connect_swapped (run, "rebuilt", G_CALLBACK (update), self);
      update (self);
    }
}
