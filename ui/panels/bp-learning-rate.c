/* bp-learning-rate.c: the learning rate on a slider, with the range that is stable marked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-learning-rate.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "run/bp-job.h"
#include "widgets/bp-log-scale.h"
#include "base/bp-number.h"

/* Operations of the search for the curvature: some seconds of a thread. */
#define MAX_CURVATURE_COST 4e9

struct _BpLearningRate {
  GtkWidget    parent;

  BpField     *field;
  BpLogScale  *scale;
  GtkLabel    *range_label;

  BpRun       *run;
  BpCurvature  curvature;
  double       full;
  double       worst;
  gboolean     is_too_large; /* for its curvature to be computed */
  BpJob       *job; /* that computes it */
};

enum {
  PROP_0,
  PROP_RUN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BpLearningRate, bp_learning_rate, GTK_TYPE_WIDGET)

static char *
format_limit (const char *format,
              double      limit)
{
  g_autofree char *number = bp_number_format_digits (limit, 2);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", number, 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the label at the limit of the full data says. */
static char *
describe_full (double full,
               double worst)
{
  if (isnan (full))
    return g_strdup (isnan (worst) ? "" : _("all data: not computed"));
  if (full == 0)
    return g_strdup (_("never stable"));
  if (isinf (full))
    return g_strdup (_("no limit"));

  return format_limit (_("stable below %s"), full);
}

/* What the line below says: the limit of a single sample, or why there is none. */
static char *
describe_worst (BpLearningRate   *self,
                const BpSettings *settings,
                double            full,
                double            worst)
{
  if (settings->optimizer.maximize)
    return g_strdup (_("It ascends: no rate is stable"));
  if (settings->keep_gradients)
    return g_strdup (_("Gradients add up: no rate comes to rest"));
  if (isnan (bp_stable_range_get_limit (settings, 1)))
    return g_strdup (_("It adapts its steps: no fixed limit"));
  if (self->job != NULL)
    return g_strdup (_("The stable range is being computed…"));
  if (self->is_too_large)
    return g_strdup (_("The stable range is not computed for a model of this size"));
  if (isnan (worst))
    return g_strdup (_("The stable range is not known"));
  if (isinf (full) && isinf (worst))
    return g_strdup (_("Steps do not grow: the loss has no curvature"));
  if (isinf (worst) || bp_dataset_get_n_samples (bp_trainer_get_dataset (bp_run_get_trainer (self->run))) < 2)
    return g_strdup ("");

  return format_limit (_("for every single sample: %s"), worst);
}

static void
update_limits (BpLearningRate *self)
{
  const BpSettings *settings = bp_trainer_get_settings (bp_run_get_trainer (self->run));
  double full = bp_stable_range_get_limit (settings, self->curvature.full);
  double worst = bp_stable_range_get_limit (settings, self->curvature.worst);
  g_autofree char *caption = describe_full (full, worst);
  g_autofree char *line = describe_worst (self, settings, full, worst);

  self->full = full;
  self->worst = worst;
  bp_log_scale_set_limits (self->scale, worst, full, caption);
  gtk_label_set_label (self->range_label, line);
  gtk_widget_set_visible (GTK_WIDGET (self->range_label), *line != '\0');
}

static gpointer
compute_curvature (gpointer input,
                   BpWork  *work)
{
  BpCurvature *curvature = g_new (BpCurvature, 1);

  bp_curvature_init (curvature, input, work);

  return curvature;
}

static void
curvature_cb (gpointer result,
              gboolean is_exceeded,
              gpointer owner)
{
  BpLearningRate *self = owner;
  g_autofree BpCurvature *curvature = result;

  self->job = NULL;
  self->curvature = *curvature;
  self->is_too_large = is_exceeded;
  update_limits (self);
}

static const BpJobClass curvature_job = {
  .compute = compute_curvature,
  .done = curvature_cb,
  .free_input = (GDestroyNotify) bp_curvature_input_free,
  .free_result = g_free,
};

/* Until they are known there are no limits: those of before were of another loss. */
static void
start_curvature (BpLearningRate *self)
{
  bp_job_cancel (&self->job);
  self->curvature = (BpCurvature) { NAN, NAN };
  self->job = bp_job_start (&curvature_job, bp_curvature_input_new (bp_run_get_trainer (self->run)),
                            MAX_CURVATURE_COST, self);
  update_limits (self);
}

static void
update (BpLearningRate *self)
{
  double learning_rate = bp_run_get_learning_rate (self->run);
  g_autofree char *text = bp_number_to_shortest (learning_rate);

  bp_log_scale_set_value (self->scale, learning_rate);
  bp_field_set_text (self->field, text);
}

static void
run_changed_cb (BpLearningRate *self)
{
  const BpSettings *settings = bp_trainer_get_settings (bp_run_get_trainer (self->run));
  double full = bp_stable_range_get_limit (settings, self->curvature.full);

  update (self);
  if (full != self->full && !(isnan (full) && isnan (self->full)))
    update_limits (self);
}

static gboolean
field_apply_cb (G_GNUC_UNUSED BpField  *field,
                const char             *text,
                GError                **error,
                BpLearningRate         *self)
{
  BpSettings settings = *bp_trainer_get_settings (bp_run_get_trainer (self->run));

  if (!bp_number_parse (text, &settings.optimizer.learning_rate, error))
    return FALSE;

  return bp_run_set_settings (self->run, &settings, error);
}

static void
scale_value_cb (BpLearningRate *self)
{
  if (self->run != NULL)
    bp_run_set_learning_rate (self->run, bp_log_scale_get_value (self->scale));
}

static void
bp_learning_rate_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUN:
      g_value_set_object (value, BP_LEARNING_RATE (object)->run);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bp_learning_rate_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_RUN:
      bp_learning_rate_set_run (BP_LEARNING_RATE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bp_learning_rate_dispose (GObject *object)
{
  BpLearningRate *self = BP_LEARNING_RATE (object);
  GtkWidget *child;

  bp_learning_rate_set_run (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bp_learning_rate_parent_class)->dispose (object);
}

static void
bp_learning_rate_class_init (BpLearningRateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_learning_rate_dispose;
  object_class->get_property = bp_learning_rate_get_property;
  object_class->set_property = bp_learning_rate_set_property;

  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, BP_TYPE_RUN,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BP_TYPE_FIELD);
  g_type_ensure (BP_TYPE_LOG_SCALE);
  gtk_widget_class_set_css_name (widget_class, "learningrate");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
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
  GtkLayoutManager *layout;
  GtkWidget *slider;

  self->curvature = (BpCurvature) { NAN, NAN };
  self->full = self->worst = NAN;
  gtk_widget_init_template (GTK_WIDGET (self));

  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  slider = GTK_WIDGET (bp_log_scale_get_scale (self->scale));
  gtk_accessible_update_property (GTK_ACCESSIBLE (slider),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Learning rate, logarithm to base 10"),
                                  -1);
}

GtkWidget *
bp_learning_rate_new (BpRun *run)
{
  return g_object_new (BP_TYPE_LEARNING_RATE, "run", run, NULL);
}

BpRun *
bp_learning_rate_get_run (BpLearningRate *self)
{
  g_return_val_if_fail (BP_IS_LEARNING_RATE (self), NULL);

  return self->run;
}

void
bp_learning_rate_set_run (BpLearningRate *self,
                          BpRun          *run)
{
  g_return_if_fail (BP_IS_LEARNING_RATE (self));
  g_return_if_fail (run == NULL || BP_IS_RUN (run));

  if (run == self->run)
    return;

  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  bp_job_cancel (&self->job);

  g_set_object (&self->run, run);
  if (run != NULL)
    {
      g_signal_connect_swapped (run, "changed", G_CALLBACK (run_changed_cb), self);
      g_signal_connect_swapped (run, "rebuilt", G_CALLBACK (start_curvature), self);
      update (self);
      start_curvature (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

BpField *
bp_learning_rate_get_field (BpLearningRate *self)
{
  g_return_val_if_fail (BP_IS_LEARNING_RATE (self), NULL);

  return self->field;
}

GtkScale *
bp_learning_rate_get_scale (BpLearningRate *self)
{
  g_return_val_if_fail (BP_IS_LEARNING_RATE (self), NULL);

  return bp_log_scale_get_scale (self->scale);
}

void
bp_learning_rate_get_limits (BpLearningRate *self,
                             double         *full,
                             double         *worst)
{
  g_return_if_fail (BP_IS_LEARNING_RATE (self));

  *full = self->full;
  *worst = self->worst;
}
