/* bp-gradient-status.c: whether backward of the experiment agrees with central differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bp-gradient-status.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "bp-number.h"

/* A central difference evaluates the graph twice for each element, so this many evaluated elements take some 10 ms. */
#define MAX_WORK 1e6

struct _BpGradientStatus {
  GtkWidget  parent;

  GtkWidget *label;
  BpRun     *run;
  guint      check_source;
};

enum {
  PROP_0,
  PROP_RUN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BpGradientStatus, bp_gradient_status, GTK_TYPE_WIDGET)

static gboolean
is_small (BpGraph *graph)
{
  double n_elements = 0;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    n_elements += bp_graph_get_n_elements (graph, node);

  return n_elements * n_elements <= MAX_WORK;
}

/* After feed, forward and backward, before the update moves the variables. */
static BpTrainer *
create_trainer (const BpExperiment *experiment)
{
  g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, NULL);

  if (trainer == NULL || !is_small (bp_trainer_get_graph (trainer)))
    return NULL;

  for (BpPhase phase = BP_PHASE_FEED; phase < BP_PHASE_UPDATE; phase++)
    if (!bp_trainer_step_phase (trainer, 1))
      return NULL;

  return g_steal_pointer (&trainer);
}

double
bp_gradient_status_check (const BpExperiment *experiment)
{
  g_autoptr (BpTrainer) trainer = create_trainer (experiment);
  BpGraph *graph;
  double largest = NAN;

  if (trainer == NULL)
    return NAN;

  graph = bp_trainer_get_graph (trainer);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_needs_gradient (graph, node))
      {
        double error = bp_session_check_gradient (bp_trainer_get_session (trainer), node);

        if (isnan (error))
          return NAN;
        largest = fmax (largest, error);
      }

  return largest;
}

static void
set_text (BpGradientStatus *self,
          const char       *css_class,
          const char       *text)
{
  const char *classes[] = { css_class, NULL };

  gtk_widget_set_css_classes (GTK_WIDGET (self), css_class != NULL ? classes : (const char *[]) { NULL });
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_error (BpGradientStatus *self,
            double            error)
{
  g_autofree char *number = bp_number_format_digits (error, 1);
  g_autofree char *text = NULL;

  if (isnan (error))
    {
      set_text (self, NULL, is_small (bp_trainer_get_graph (bp_run_get_trainer (self->run)))
                              ? _("gradient check: a number is not finite")
                              : _("gradient check: too large for the window"));
      return;
    }

  if (error <= BP_GRADIENT_TOLERANCE)
    text = g_strdup_printf (_("✓ gradient check %s"), number);
  else
    text = g_strdup_printf (_("✗ gradient check %s: backward and central differences disagree"), number);
  set_text (self, error <= BP_GRADIENT_TOLERANCE ? "passed" : "failed", text);
}

static gboolean
check_cb (gpointer data)
{
  BpGradientStatus *self = data;
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (self->run);

  self->check_source = 0;
  show_error (self, bp_gradient_status_check (experiment));

  return G_SOURCE_REMOVE;
}

static void
queue_check (BpGradientStatus *self)
{
  if (self->check_source == 0)
    self->check_source = g_idle_add (check_cb, self);
}

static void
bp_gradient_status_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUN:
      g_value_set_object (value, BP_GRADIENT_STATUS (object)->run);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bp_gradient_status_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_RUN:
      bp_gradient_status_set_run (BP_GRADIENT_STATUS (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bp_gradient_status_dispose (GObject *object)
{
  BpGradientStatus *self = BP_GRADIENT_STATUS (object);

  bp_gradient_status_set_run (self, NULL);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (bp_gradient_status_parent_class)->dispose (object);
}

static void
bp_gradient_status_class_init (BpGradientStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_gradient_status_dispose;
  object_class->get_property = bp_gradient_status_get_property;
  object_class->set_property = bp_gradient_status_set_property;

  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, BP_TYPE_RUN,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "gradientstatus");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
bp_gradient_status_init (BpGradientStatus *self)
{
  self->label = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 24);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               _("Largest relative difference of backward from a central difference, over all nodes"));
}

GtkWidget *
bp_gradient_status_new (BpRun *run)
{
  return g_object_new (BP_TYPE_GRADIENT_STATUS, "run", run, NULL);
}

BpRun *
bp_gradient_status_get_run (BpGradientStatus *self)
{
  g_return_val_if_fail (BP_IS_GRADIENT_STATUS (self), NULL);

  return self->run;
}

void
bp_gradient_status_set_run (BpGradientStatus *self,
                            BpRun            *run)
{
  g_return_if_fail (BP_IS_GRADIENT_STATUS (self));
  g_return_if_fail (run == NULL || BP_IS_RUN (run));

  if (run == self->run)
    return;

  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_handle_id (&self->check_source, g_source_remove);

  g_set_object (&self->run, run);
  if (run != NULL)
    {
      g_signal_connect_swapped (run, "rebuilt", G_CALLBACK (queue_check), self);
      queue_check (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

const char *
bp_gradient_status_get_text (BpGradientStatus *self)
{
  g_return_val_if_fail (BP_IS_GRADIENT_STATUS (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->label));
}
