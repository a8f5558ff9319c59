/* bp-training-panel.c: the settings of the run, at the left of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-training-panel.h"

#include <glib/gi18n-lib.h>

#include "panels/bp-data-group.h"
#include "panels/bp-distribution-row.h"
#include "explain/bp-gradient-status.h"
#include "widgets/bp-integer-field.h"
#include "base/bp-number.h"
#include "experiment/bp-setting.h"

struct _BpTrainingPanel {
  GtkBox            parent;

  GtkListBox       *training_list;
  BpLearningRate   *learning_rate;
  BpDataGroup      *data_group;
  BpGradientStatus *gradient_status;
  GtkLabel         *optimizer_label;
  GtkDropDown      *optimizer_drop_down;
  GtkListBoxRow    *batch_size_row;
  BpField          *schedule_field;
  BpField          *batch_size_field;
  BpField          *iterations_field;
  BpField          *parameter_fields[BP_N_PARAMETERS]; /* NULL until an optimizer used it */

  GPtrArray        *variable_rows;
  GtkListBoxRow    *more_row;
  GtkLabel         *more_label;
  BpRun            *run;
  gboolean          updating;
};

G_DEFINE_FINAL_TYPE (BpTrainingPanel, bp_training_panel, GTK_TYPE_BOX)

static const BpSettings *
get_settings (BpTrainingPanel *self)
{
  return bp_trainer_get_settings (bp_run_get_trainer (self->run));
}

/* Where a run that has come this far can end at the earliest. */
static gint64
get_min_iterations (BpTrainingPanel *self)
{
  BpCursor cursor = bp_trainer_get_cursor (bp_run_get_trainer (self->run));

  return MAX (1, cursor.iteration + (cursor.instruction > 0 ? 1 : 0));
}

/* Puts a setting in force that may change in the middle of a run. What the user sees follows from the run's signals. */
static gboolean
setting_apply_cb (BpField          *field,
                  const char       *text,
                  GError          **error,
                  BpTrainingPanel  *self)
{
  BpSettings settings = *get_settings (self);

  return bp_setting_set (bp_field_get_setting (field), &settings, text, error)
         && bp_run_set_settings (self->run, &settings, error);
}

static gint64
get_maximum (BpField *field)
{
  return (gint64) bp_field_get_setting (field)->maximum;
}

/* Where the row of a parameter goes: the optimizers' own stand between optimizer and batch size, in their order. */
static int
find_parameter_place (BpTrainingPanel      *self,
                      BpOptimizerParameter  parameter)
{
  GtkListBoxRow *next = self->batch_size_row;

  for (guint i = BP_N_PARAMETERS; i-- > parameter + 1u;)
    if (self->parameter_fields[i] != NULL)
      next = GTK_LIST_BOX_ROW (gtk_widget_get_parent (GTK_WIDGET (self->parameter_fields[i])));

  return gtk_list_box_row_get_index (next);
}

static void
create_parameter_row (BpTrainingPanel      *self,
                      BpOptimizerParameter  parameter)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "activatable", FALSE, "focusable", FALSE, NULL);
  int place = find_parameter_place (self, parameter);

  self->parameter_fields[parameter] = g_object_new (BP_TYPE_FIELD, "setting",
                                                    bp_optimizer_parameter_get_name (parameter), NULL);
  g_signal_connect (self->parameter_fields[parameter], "apply", G_CALLBACK (setting_apply_cb), self);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (self->parameter_fields[parameter]));
  gtk_list_box_insert (self->training_list, row, place);
}

static void
update_parameter (BpTrainingPanel      *self,
                  const BpOptimizer    *optimizer,
                  BpOptimizerParameter  parameter)
{
  gboolean used = bp_optimizer_get_class (optimizer->kind)->uses[parameter];
  g_autofree char *text = bp_number_to_shortest (optimizer->parameters[parameter]);

  if (self->parameter_fields[parameter] == NULL && used)
    create_parameter_row (self, parameter);
  if (self->parameter_fields[parameter] == NULL)
    return;

  bp_field_set_text (self->parameter_fields[parameter], text);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->parameter_fields[parameter])), used);
}

static void
update_settings (BpTrainingPanel *self)
{
  const BpSettings *settings = get_settings (self);
  g_autofree char *schedule = bp_schedule_to_string (&settings->optimizer.schedule);

  bp_field_set_text (self->schedule_field, schedule);
  bp_integer_field_show (self->batch_size_field, settings->batch_size, 1, get_maximum (self->batch_size_field));
  bp_integer_field_show (self->iterations_field, bp_run_get_n_iterations (self->run),
                         get_min_iterations (self), get_maximum (self->iterations_field));

  gtk_drop_down_set_selected (self->optimizer_drop_down, settings->optimizer.kind);
  for (guint i = 0; i < BP_N_PARAMETERS; i++)
    update_parameter (self, &settings->optimizer, i);
}

static void
clear_variables (BpTrainingPanel *self)
{
  for (guint i = 0; i < self->variable_rows->len; i++)
    gtk_list_box_remove (self->training_list, g_ptr_array_index (self->variable_rows, i));
  g_ptr_array_set_size (self->variable_rows, 0);
}

/* Rows stay while there are as many, so that an entry keeps its focus when what it says was put in force. */
static void
update_variables (BpTrainingPanel *self)
{
  guint n_variables = bp_trainer_get_experiment (bp_run_get_trainer (self->run))->variables->len;
  guint n_rows = MIN (n_variables, BP_DISTRIBUTION_MAX_ROWS);

  if (self->variable_rows->len != n_rows)
    {
      clear_variables (self);
      for (guint i = 0; i < n_rows; i++)
        {
          g_ptr_array_add (self->variable_rows, bp_distribution_row_new_for_variable (self->run, i));
          gtk_list_box_insert (self->training_list, g_ptr_array_index (self->variable_rows, i),
                               gtk_list_box_row_get_index (self->more_row));
        }
    }
  for (guint i = 0; i < n_rows; i++)
    bp_distribution_row_update (g_ptr_array_index (self->variable_rows, i));
  bp_distribution_row_show_more (self->more_label, n_variables - n_rows);
}

static void
run_changed_cb (BpTrainingPanel *self)
{
  self->updating = TRUE;
  update_settings (self);
  self->updating = FALSE;
}

static gboolean
iterations_apply_cb (BpField          *field,
                     const char       *text,
                     GError          **error,
                     BpTrainingPanel  *self)
{
  gint64 n_iterations;

  if (!bp_number_parse_integer (text, get_min_iterations (self), get_maximum (field), &n_iterations, error))
    return FALSE;

  bp_run_set_n_iterations (self->run, n_iterations);

  return TRUE;
}

static void
batch_size_step_cb (BpField         *field,
                    int              direction,
                    BpTrainingPanel *self)
{
  BpSettings settings = *get_settings (self);
  g_autoptr (GError) error = NULL;

  settings.batch_size = bp_integer_field_step (settings.batch_size, direction, 1, get_maximum (field));
  if (!bp_run_set_settings (self->run, &settings, &error))
    bp_field_refuse (field, error);
}

static void
iterations_step_cb (BpField         *field,
                    int              direction,
                    BpTrainingPanel *self)
{
  bp_run_set_n_iterations (self->run, bp_integer_field_step (bp_run_get_n_iterations (self->run), direction,
                                                             get_min_iterations (self), get_maximum (field)));
}

/* Another optimizer begins with its own default parameters but the learning rate that was set. */
static void
optimizer_selected_cb (BpTrainingPanel *self)
{
  guint selected = gtk_drop_down_get_selected (self->optimizer_drop_down);
  BpSettings settings;

  if (self->run == NULL || self->updating || selected >= BP_N_OPTIMIZERS)
    return;

  settings = *get_settings (self);
  bp_optimizer_switch (&settings.optimizer, selected);
  bp_run_set_settings (self->run, &settings, NULL);
}

static void
bp_training_panel_dispose (GObject *object)
{
  bp_training_panel_set_run (BP_TRAINING_PANEL (object), NULL);

  G_OBJECT_CLASS (bp_training_panel_parent_class)->dispose (object);
}

static void
bp_training_panel_finalize (GObject *object)
{
  g_ptr_array_unref (BP_TRAINING_PANEL (object)->variable_rows);
  G_OBJECT_CLASS (bp_training_panel_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-training-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, training_list);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, data_group);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, gradient_status);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, learning_rate);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, optimizer_label);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, optimizer_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, schedule_field);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, batch_size_row);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, batch_size_field);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, iterations_field);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, more_row);
  gtk_widget_class_bind_template_child (widget_class, BpTrainingPanel, more_label);
  gtk_widget_class_bind_template_callback (widget_class, setting_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, batch_size_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, iterations_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, iterations_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, optimizer_selected_cb);
}

static void
bp_training_panel_class_init (BpTrainingPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_training_panel_dispose;
  object_class->finalize = bp_training_panel_finalize;

  g_type_ensure (BP_TYPE_DATA_GROUP);
  g_type_ensure (BP_TYPE_FIELD);
  g_type_ensure (BP_TYPE_GRADIENT_STATUS);
  g_type_ensure (BP_TYPE_LEARNING_RATE);
  gtk_widget_class_set_css_name (widget_class, "trainingpanel");
  bind_template (widget_class);
}

static void
create_optimizers (BpTrainingPanel *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    gtk_string_list_append (titles, _(bp_optimizer_get_class (i)->title));

  gtk_drop_down_set_model (self->optimizer_drop_down, G_LIST_MODEL (titles));
}

static void
bp_training_panel_init (BpTrainingPanel *self)
{
  self->variable_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_label (self->optimizer_label, _(bp_setting_find ("Name")->title));
  create_optimizers (self);
}

void
bp_training_panel_set_run (BpTrainingPanel *self,
                           BpRun           *run)
{
  g_return_if_fail (BP_IS_TRAINING_PANEL (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  clear_variables (self);
  bp_learning_rate_set_run (self->learning_rate, run);
  bp_data_group_set_run (self->data_group, run);
  bp_gradient_status_set_run (self->gradient_status, run);
  if (run != NULL)
    {
      g_signal_connect_swapped (run, "changed", G_CALLBACK (run_changed_cb), self);
      g_signal_connect_swapped (run, "rebuilt", G_CALLBACK (update_variables), self);
      update_variables (self);
      run_changed_cb (self);
    }
}

BpLearningRate *
bp_training_panel_get_learning_rate (BpTrainingPanel *self)
{
  g_return_val_if_fail (BP_IS_TRAINING_PANEL (self), NULL);

  return self->learning_rate;
}
