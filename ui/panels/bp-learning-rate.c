/* bp-learning-rate.c: the learning rate on a slider, with the range that is stable marked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-learning-rate.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "run/bp-job.h"
#include "widgets/bp-field.h"
#include "widgets/bp-log-scale.h"
#include "base/bp-number.h"

/* Operations of trying rates: some seconds of a thread. */
#define MAX_COST 4e9

struct _BpLearningRate {
  GtkBox       parent;

  BpField     *field;
  BpLogScale  *scale;
  GtkLabel    *range_label;

  BpRun       *run;
  BpSettings   settings; /* that the stability is of, at any rate */
  BpStability  stability;
  gboolean     is_too_large; /* for its stability to be computed */
  BpJob       *job; /* that computes it */
};

G_DEFINE_FINAL_TYPE (BpLearningRate, bp_learning_rate, GTK_TYPE_BOX)

/* To two digits, and never more than it is, for what is shown has to be stable. */
static char *
format_limit (double limit)
{
  double unit = pow (10, floor (log10 (limit)) - 1);

  /* The limit of the formula is a rounding error beside it. */
  return bp_number_format_digits (floor (limit * (1 + 1e-9) / unit) * unit, 2);
}

static const BpSetting *
get_setting (void)
{
  return bp_setting_find ("LearningRate");
}

/* What the label at the limit says. */
static char *
describe_limit (const BpStability *stability)
{
  g_autofree char *number = NULL;

  switch (stability->kind)
    {
    case BP_STABILITY_NEVER:
      return g_strdup (_("never stable"));
    case BP_STABILITY_SWINGS:
      return g_strdup (_("never at rest"));
    case BP_STABILITY_EXACT:
    case BP_STABILITY_MEASURED:
      if (isinf (stability->limit))
        return g_strdup (stability->kind == BP_STABILITY_EXACT ? _("no limit") : _("no limit found"));
      number = format_limit (stability->limit);
      return g_strdup_printf (_("stable below %s"), number);
    case BP_STABILITY_UNKNOWN:
    case BP_STABILITY_ADAPTS:
    default:
      return g_strdup ("");
    }
}

static char *
describe_trials (const BpStability *stability)
{
  g_autofree char *n_iterations = g_strdup_printf ("%" PRId64, stability->n_iterations);
  g_autofree char *rate = bp_number_format (stability->max_rate);

  if (isinf (stability->limit))
    /* Translators: a learning rate, 10, and a number of iterations, 10000. */
    return g_strdup_printf (_("None of the rates tried, up to %s, explodes in %s iterations"), rate, n_iterations);

  return g_strdup_printf (_("Measured in %s iterations from this start"), n_iterations);
}

/* What the line below says: where the limit comes from, or why there is none. */
static char *
describe_stability (BpLearningRate *self)
{
  const BpStability *stability = &self->stability;

  if (self->job != NULL)
    return g_strdup (_("The stable range is being computed…"));
  if (self->is_too_large)
    return g_strdup (_("The stable range is not computed for a model of this size"));

  switch (stability->kind)
    {
    case BP_STABILITY_NEVER:
      return g_strdup (self->settings.optimizer.maximize
                       ? _("It ascends: no rate is stable")
                       : _("The loss runs away at every rate, only later at a small one"));
    case BP_STABILITY_SWINGS:
      return g_strdup (_("Gradients add up: no rate comes to rest"));
    case BP_STABILITY_ADAPTS:
      return g_strdup (_("It adapts its steps: no fixed limit"));
    case BP_STABILITY_EXACT:
      if (isinf (stability->limit))
        return g_strdup (_("The loss is the same everywhere"));
      if (stability->limit > get_setting ()->slider_end)
        return g_strdup (_("The limit is beyond the end of the slider"));
      return g_strdup (stability->limit < get_setting ()->slider_start
                       ? _("The limit is beyond the start of the slider") : "");
    case BP_STABILITY_MEASURED:
      return describe_trials (stability);
    case BP_STABILITY_UNKNOWN:
    default:
      return g_strdup (_("The stable range is not known"));
    }
}

static gboolean
has_schedule (BpLearningRate *self)
{
  return bp_trainer_get_settings (bp_run_get_trainer (self->run))->optimizer.schedule.kind != BP_SCHEDULE_CONSTANT;
}

/* The limit is one of the rate that updates use. With a schedule the slider's is another: its limit is the one at which
 * the rate of now is at that, and the line below says what that rate is. */
static void
update_stability (BpLearningRate *self)
{
  BpTrainer *trainer = bp_run_get_trainer (self->run);
  const gint64 iteration = MIN (bp_trainer_get_cursor (trainer).iteration, bp_trainer_get_n_iterations (trainer) - 1);
  const double now = bp_trainer_get_learning_rate (trainer, iteration);
  BpStability stability = self->stability;
  g_autofree char *caption = NULL;
  g_autofree char *line = NULL;

  if (has_schedule (self))
    {
      g_autofree char *rate = bp_number_format (now);

      stability.limit *= bp_run_get_learning_rate (self->run) / now;
      line = g_strdup_printf (_("The schedule makes it %s now"), rate);
    }
  else
    {
      line = describe_stability (self);
    }
  caption = describe_limit (&stability);
  bp_log_scale_set_limit (self->scale, stability.limit, caption);
  if (self->range_label == NULL)
    return;
  gtk_label_set_label (self->range_label, line);
  gtk_widget_set_visible (GTK_WIDGET (self->range_label), *line != '\0');
}

/* What the thread works on. */
typedef struct {
  BpExperiment *experiment;
  BpDataset    *dataset;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  bp_experiment_free (input->experiment);
  bp_dataset_unref (input->dataset);
  g_free (input);
}

static gpointer
compute_stability (gpointer               data,
                   BpWork                *work,
                   G_GNUC_UNUSED GError **error)
{
  Input *input = data;
  BpStability *stability = g_new (BpStability, 1);

  bp_stability_init (stability, input->experiment, input->dataset, get_setting ()->slider_end, work);

  return stability;
}

static void
stability_cb (gpointer                    result,
              G_GNUC_UNUSED const GError *error,
              gboolean                    is_exceeded,
              gpointer                    owner)
{
  BpLearningRate *self = owner;
  g_autofree BpStability *stability = result;

  self->job = NULL;
  self->stability = *stability;
  self->is_too_large = is_exceeded;
  update_stability (self);
}

static const BpJobClass stability_job = {
  .compute = compute_stability,
  .done = stability_cb,
  .free_input = input_free,
  .free_result = g_free,
};

/* Until it is known there is no limit: that of before was of another training. */
static void
start_stability (BpLearningRate *self)
{
  BpTrainer *trainer = bp_run_get_trainer (self->run);
  Input *input = g_new (Input, 1);

  bp_job_cancel (&self->job);
  self->settings = *bp_trainer_get_settings (trainer);
  self->stability = (BpStability) { .kind = BP_STABILITY_UNKNOWN, .limit = NAN };
  *input = (Input) { bp_experiment_copy (bp_trainer_get_experiment (trainer)),
                     bp_dataset_ref (bp_trainer_get_dataset (trainer)) };
  input->experiment->settings = self->settings;
  self->job = bp_job_start (&stability_job, input, MAX_COST, self);
  update_stability (self);
}

static void
update (BpLearningRate *self)
{
  double learning_rate = bp_run_get_learning_rate (self->run);
  g_autofree char *text = bp_number_to_shortest (learning_rate);

  bp_log_scale_set_value (self->scale, learning_rate);
  bp_field_set_text (self->field, text);
  if (has_schedule (self))
    update_stability (self);
}

static void
run_changed_cb (BpLearningRate *self)
{
  BpSettings settings = *bp_trainer_get_settings (bp_run_get_trainer (self->run));

  update (self);
  settings.optimizer.learning_rate = self->settings.optimizer.learning_rate;
  if (!bp_settings_equal (&settings, &self->settings))
    start_stability (self);
}

static gboolean
field_apply_cb (BpField         *field,
                const char      *text,
                GError         **error,
                BpLearningRate  *self)
{
  BpSettings settings = *bp_trainer_get_settings (bp_run_get_trainer (self->run));

  return bp_setting_set (bp_field_get_setting (field), &settings, text, error)
         && bp_run_set_settings (self->run, &settings, error);
}

static void
scale_value_cb (BpLearningRate *self)
{
  if (self->run != NULL)
    bp_run_set_learning_rate (self->run, bp_log_scale_get_value (self->scale));
}

static void
bp_learning_rate_dispose (GObject *object)
{
  bp_learning_rate_set_run (BP_LEARNING_RATE (object), NULL);

  G_OBJECT_CLASS (bp_learning_rate_parent_class)->dispose (object);
}

static void
bp_learning_rate_class_init (BpLearningRateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_learning_rate_dispose;

  g_type_ensure (BP_TYPE_FIELD);
  g_type_ensure (BP_TYPE_LOG_SCALE);
  gtk_widget_class_set_css_name (widget_class, "learningrate");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-learning-rate.ui");
  gtk_widget_class_bind_template_child (widget_class, BpLearningRate, field);
  gtk_widget_class_bind_template_child (widget_class, BpLearningRate, scale);
  gtk_widget_class_bind_template_child (widget_class, BpLearningRate, range_label);
  gtk_widget_class_bind_template_callback (widget_class, field_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, scale_value_cb);
}

static void
bp_learning_rate_init (BpLearningRate *self)
{
  GtkWidget *slider;

  self->stability = (BpStability) { .kind = BP_STABILITY_UNKNOWN, .limit = NAN };
  gtk_widget_init_template (GTK_WIDGET (self));

  slider = GTK_WIDGET (bp_log_scale_get_scale (self->scale));
  gtk_accessible_update_property (GTK_ACCESSIBLE (slider),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Learning rate, logarithm to base 10"),
                                  -1);
}

GtkWidget *
bp_learning_rate_new (BpRun *run)
{
  GtkWidget *self = g_object_new (BP_TYPE_LEARNING_RATE, NULL);

  bp_learning_rate_set_run (BP_LEARNING_RATE (self), run);

  return self;
}

void
bp_learning_rate_set_run (BpLearningRate *self,
                          BpRun          *run)
{
  g_return_if_fail (BP_IS_LEARNING_RATE (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  bp_job_cancel (&self->job);

  if (run != NULL)
    {
      g_signal_connect_swapped (run, "changed", G_CALLBACK (run_changed_cb), self);
      g_signal_connect_swapped (run, "rebuilt", G_CALLBACK (start_stability), self);
      update (self);
      start_stability (self);
    }
}

void
bp_learning_rate_set_compact (BpLearningRate *self)
{
  g_return_if_fail (BP_IS_LEARNING_RATE (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_HORIZONTAL);
  bp_field_set_title (self->field, "η");
  gtk_widget_set_valign (GTK_WIDGET (self->field), GTK_ALIGN_CENTER);
  bp_log_scale_hide_ends (self->scale);
  gtk_widget_set_hexpand (GTK_WIDGET (self->scale), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->scale), GTK_ALIGN_CENTER);
  gtk_box_remove (GTK_BOX (self), GTK_WIDGET (self->range_label));
  self->range_label = NULL;
}

GtkScale *
bp_learning_rate_get_scale (BpLearningRate *self)
{
  g_return_val_if_fail (BP_IS_LEARNING_RATE (self), NULL);

  return bp_log_scale_get_scale (self->scale);
}

double
bp_learning_rate_get_limit (BpLearningRate *self)
{
  g_return_val_if_fail (BP_IS_LEARNING_RATE (self), NAN);

  return self->stability.limit;
}
