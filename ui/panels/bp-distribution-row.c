/* bp-distribution-row.c: a row for a distribution of the experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-distribution-row.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"

/* A distribution is shown whole up to this many characters. */
#define MAX_WIDTH 16

/* The part of a row that is a variable's. */
#define NO_PART G_MAXUINT

struct _BpDistributionRow {
  GtkListBoxRow parent;

  BpField      *field;
  BpRun        *run;
  guint         index;
  guint         part;
};

G_DEFINE_FINAL_TYPE (BpDistributionRow, bp_distribution_row, GTK_TYPE_LIST_BOX_ROW)

static BpDistribution *
find_part (BpDistributionRow  *self,
           const BpExperiment *experiment)
{
  const BpColumn *column = g_ptr_array_index (experiment->columns, self->index);

  return &g_array_index (column->parts, BpDistribution, self->part);
}

static char *
describe_variable (const BpVariable *variable)
{
  g_autofree char *shape = NULL;

  if (bp_shape_get_n_elements (&variable->shape) == 1)
    return g_strdup_printf (_("Initial %s"), variable->name);

  shape = bp_shape_to_string (&variable->shape);

  return g_strdup_printf (_("Initial %s %s"), variable->name, shape);
}

static char *
describe (BpDistributionRow  *self,
          const BpExperiment *experiment)
{
  const BpColumn *column;

  if (self->part == NO_PART)
    return describe_variable (g_ptr_array_index (experiment->variables, self->index));

  column = g_ptr_array_index (experiment->columns, self->index);
  if (column->parts->len == 1)
    return g_strdup (column->name);

  return g_strdup_printf (_("%s (%u)"), column->name, self->part + 1);
}

static gboolean
set_text (BpDistributionRow  *self,
          const BpExperiment *experiment,
          const char         *text,
          GError            **error)
{
  BpVariable *variable;

  if (self->part != NO_PART)
    return bp_distribution_parse (text, find_part (self, experiment), error);

  variable = g_ptr_array_index (experiment->variables, self->index);
  if (!bp_variable_set_start (variable, text, error))
    return FALSE;
  if (variable->initial.count == 0)
    return TRUE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("A variable takes no count of samples"));

  return FALSE;
}

static gboolean
apply_cb (G_GNUC_UNUSED BpField  *field,
          const char             *text,
          GError                **error,
          BpDistributionRow      *self)
{
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (self->run);

  return set_text (self, experiment, text, error) && bp_run_set_experiment (self->run, experiment, error);
}

static void
bp_distribution_row_finalize (GObject *object)
{
  g_object_unref (BP_DISTRIBUTION_ROW (object)->run);
  G_OBJECT_CLASS (bp_distribution_row_parent_class)->finalize (object);
}

static void
bp_distribution_row_class_init (BpDistributionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bp_distribution_row_finalize;
}

static void
bp_distribution_row_init (BpDistributionRow *self)
{
  self->field = BP_FIELD (bp_field_new (""));
  g_signal_connect (self->field, "apply", G_CALLBACK (apply_cb), self);

  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->field));
}

static GtkWidget *
create (BpRun *run,
        guint  index,
        guint  part)
{
  BpDistributionRow *self = g_object_new (BP_TYPE_DISTRIBUTION_ROW, NULL);

  self->run = g_object_ref (run);
  self->index = index;
  self->part = part;
  gtk_widget_set_tooltip_text (GTK_WIDGET (bp_field_get_entry (self->field)),
                               part == NO_PART
                               ? _("A number, numbers in brackets, normal(mean, standard deviation), uniform(low, "
                                   "high), or glorot_uniform(), he_normal() and so on")
                               : _("A number, normal(mean, standard deviation) or uniform(low, high)"));
  bp_distribution_row_update (self);

  return GTK_WIDGET (self);
}

GtkWidget *
bp_distribution_row_new_for_variable (BpRun *run,
                                      guint  index)
{
  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  return create (run, index, NO_PART);
}

GtkWidget *
bp_distribution_row_new_for_column (BpRun *run,
                                    guint  index,
                                    guint  part)
{
  g_return_val_if_fail (BP_IS_RUN (run), NULL);
  g_return_val_if_fail (part != NO_PART, NULL);

  return create (run, index, part);
}

void
bp_distribution_row_update (BpDistributionRow *self)
{
  const BpExperiment *experiment;
  GtkEditable *entry;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  int width;

  g_return_if_fail (BP_IS_DISTRIBUTION_ROW (self));

  experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->run));
  title = describe (self, experiment);
  text = self->part == NO_PART ? bp_variable_get_start (g_ptr_array_index (experiment->variables, self->index))
                               : bp_distribution_to_string (find_part (self, experiment));
  entry = GTK_EDITABLE (bp_field_get_entry (self->field));
  width = CLAMP (g_utf8_strlen (text, -1), gtk_editable_get_width_chars (entry), MAX_WIDTH);

  bp_field_set_title (self->field, title);
  bp_field_set_text (self->field, text);
  gtk_editable_set_width_chars (entry, width);
  gtk_editable_set_max_width_chars (entry, width);
}

void
bp_distribution_row_show_column (BpDistributionRow *self,
                                 guint              index,
                                 guint              part)
{
  g_return_if_fail (BP_IS_DISTRIBUTION_ROW (self));
  g_return_if_fail (part != NO_PART);

  self->index = index;
  self->part = part;
  bp_distribution_row_update (self);
}

void
bp_distribution_row_show_more (GtkLabel *label,
                               guint     n_more)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_LABEL (label));

  /* Translators: variables or columns of data that are not listed. */
  text = g_strdup_printf (_("and %u more"), n_more);
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (label)), n_more > 0);
}
