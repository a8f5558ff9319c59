/* bp-gradient-status.c: whether backward of the experiment agrees with central differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "explain/bp-gradient-status.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "run/bp-job.h"
#include "base/bp-number.h"

/* Operations of a check: some seconds of a thread. */
#define MAX_COST 4e9

/* Evaluations that a slope takes, and sometimes more. */
#define N_EVALUATIONS 5

struct _BpGradientStatus {
  AdwBin     parent;

  GtkWidget *label;
  BpRun     *run;
  BpJob     *job; /* that checks */
};

G_DEFINE_FINAL_TYPE (BpGradientStatus, bp_gradient_status, ADW_TYPE_BIN)

/* What the check of all nodes costs: of each of their elements some evaluations of what comes after it. */
static double
get_cost (BpGraph *graph)
{
  double after = 0;
  double sum = 0;

  for (guint node = bp_graph_get_n_nodes (graph); node-- > 0;)
    if (bp_graph_needs_gradient (graph, node))
      {
        sum += N_EVALUATIONS * after * (double) bp_graph_get_n_elements (graph, node);
        after += bp_work_get_node_cost (graph, node);
      }

  return sum;
}

/* What was found at all nodes. */
typedef struct {
  BpSlopeVerdict verdict;
  double         error;  /* the largest */
  const char    *name;   /* of the node with the worst verdict */
  const char    *reason; /* why it could not be checked */
} Findings;

static Findings
check_nodes (BpTrainer *trainer,
             BpWork    *work)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (bp_trainer_get_session (trainer));
  Findings findings = { BP_SLOPE_AGREES, 0, NULL, NULL };
  BpElementCheck check;

  while (bp_work_spend (work, 0) && bp_gradient_checker_next (checker, &check))
    {
      if (work != NULL)
        g_atomic_int_set (&work->n_thousandths, (gint) (1000 * bp_gradient_checker_get_progress (checker)));
      findings.error = fmax (findings.error, check.error);
      if (check.verdict <= findings.verdict)
        continue;
      findings.verdict = check.verdict;
      findings.name = bp_graph_get_name (graph, check.node);
      findings.reason = bp_slope_get_reason (&check.slope, check.gradient);
    }

  return findings;
}

static char *
describe (const Findings *findings,
          gboolean        keeps_gradients)
{
  g_autofree char *number = bp_number_format_digits (findings->error, 1);

  switch (findings->verdict)
    {
    case BP_SLOPE_AGREES:
      if (keeps_gradients)
        return g_strdup_printf (_("✓ gradient check %s of one step alone; steps before are added to it"), number);
      return g_strdup_printf (_("✓ gradient check %s"), number);
    case BP_SLOPE_WITHIN_ROUNDING:
      return g_strdup_printf (_("✓ gradient check %s; at “%s” within rounding"), number, findings->name);
    case BP_SLOPE_AT_KINK:
      return g_strdup_printf (_("✓ gradient check %s; “%s” is at a kink"), number, findings->name);
    case BP_SLOPE_UNCHECKED:
      return g_strdup_printf (_("gradient check: “%s” could not be checked: %s"), findings->name, findings->reason);
    case BP_SLOPE_DIFFERS:
    default:
      return g_strdup_printf (_("✗ gradient check %s: backward and central differences disagree"), number);
    }
}

/* After feed, forward and backward, before the update moves the variables. Returns: FALSE when forward is not finite */
static gboolean
do_backward (BpTrainer *trainer)
{
  for (BpPhase phase = BP_PHASE_FEED; phase < BP_PHASE_UPDATE; phase++)
    bp_trainer_step_phase (trainer, 1);
  if (bp_trainer_get_status (trainer) != BP_STATUS_DIVERGED)
    return TRUE;
  if (bp_trainer_get_next_instruction (trainer)->phase != BP_PHASE_BACKWARD)
    return FALSE;

  /* Where only gradients are not finite, those that are can be compared. */
  bp_session_backward (bp_trainer_get_session (trainer));

  return TRUE;
}

BpSlopeVerdict
bp_gradient_status_check (const BpExperiment *experiment,
                          BpDataset          *dataset,
                          BpWork             *work,
                          char              **text)
{
  g_autoptr (BpTrainer) trainer = bp_trainer_new_with_data (experiment, dataset, NULL);
  Findings findings;

  if (trainer == NULL || !bp_work_spend (work, get_cost (bp_trainer_get_graph (trainer))))
    {
      *text = g_strdup (_("gradient check: too large for the window"));
      return BP_SLOPE_UNCHECKED;
    }
  if (!do_backward (trainer))
    {
      *text = g_strdup (_("gradient check: a number is not finite"));
      return BP_SLOPE_UNCHECKED;
    }
  findings = check_nodes (trainer, work);
  *text = describe (&findings, bp_trainer_get_settings (trainer)->keep_gradients);

  return findings.verdict;
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

/* What is checked: the first iteration of @experiment on the run's data. */
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

/* What a check comes to. */
typedef struct {
  BpSlopeVerdict verdict;
  char          *text;
} Result;

static void
result_free (gpointer data)
{
  Result *result = data;

  g_free (result->text);
  g_free (result);
}

static gpointer
compute (gpointer               data,
         BpWork                *work,
         G_GNUC_UNUSED GError **error)
{
  const Input *input = data;
  Result *result = g_new0 (Result, 1);

  result->verdict = bp_gradient_status_check (input->experiment, input->dataset, work, &result->text);

  return result;
}

static void
progress_cb (const BpWork *work,
             gpointer      owner)
{
  g_autofree char *text = g_strdup_printf (_("gradient check … %d %%"), (int) (100 * bp_work_get_progress (work)));

  set_text (owner, NULL, text);
}

static void
done_cb (gpointer                    data,
         G_GNUC_UNUSED const GError *error,
         G_GNUC_UNUSED gboolean      is_exceeded,
         gpointer                    owner)
{
  BpGradientStatus *self = owner;
  Result *result = data;
  const BpSlopeVerdict verdict = result->verdict;

  self->job = NULL;
  set_text (self, verdict <= BP_SLOPE_AT_KINK ? "passed" : verdict == BP_SLOPE_DIFFERS ? "failed" : NULL, result->text);
  result_free (result);
}

static const BpJobClass check_job = {
  .compute = compute,
  .progress = progress_cb,
  .done = done_cb,
  .free_input = input_free,
  .free_result = result_free,
};

static void
start_check (BpGradientStatus *self)
{
  Input *input = g_new (Input, 1);

  *input = (Input) { bp_run_dup_experiment (self->run),
                     bp_dataset_ref (bp_trainer_get_dataset (bp_run_get_trainer (self->run))) };
  bp_job_cancel (&self->job);
  set_text (self, NULL, _("gradient check …"));
  self->job = bp_job_start (&check_job, input, MAX_COST, self);
}

static void
bp_gradient_status_dispose (GObject *object)
{
  bp_gradient_status_set_run (BP_GRADIENT_STATUS (object), NULL);
  G_OBJECT_CLASS (bp_gradient_status_parent_class)->dispose (object);
}

static void
bp_gradient_status_class_init (BpGradientStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_gradient_status_dispose;

  gtk_widget_class_set_css_name (widget_class, "gradientstatus");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
bp_gradient_status_init (BpGradientStatus *self)
{
  self->label = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 24);
  adw_bin_set_child (ADW_BIN (self), self->label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               _("Largest relative difference of backward from the slope of the loss in the first "
                                 "iteration, over all nodes"));
}

void
bp_gradient_status_set_run (BpGradientStatus *self,
                            BpRun            *run)
{
  g_return_if_fail (BP_IS_GRADIENT_STATUS (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  bp_job_cancel (&self->job);

  if (run != NULL)
    {
      g_signal_connect_swapped (run, "rebuilt", G_CALLBACK (start_check), self);
      start_check (self);
    }
}

const char *
bp_gradient_status_get_text (BpGradientStatus *self)
{
  g_return_val_if_fail (BP_IS_GRADIENT_STATUS (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->label));
}
