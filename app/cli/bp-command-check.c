/* bp-command-check.c: compares gradients with central differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command-findings.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

#include "base/bp-error.h"
#include "base/bp-number.h"

/* The most iterations in which gradients are compared; they are spread evenly over the run. */
#define MAX_CHECKS 10

/* Microseconds between two reports of the progress. */
#define PROGRESS_INTERVAL 200000

typedef struct {
  GPtrArray  *findings;
  GHashTable *by_name;
  double     *kept; /* what the gradients of the parameters had before the iteration; NULL where they are reset */
  guint       n_checks;
  gboolean    shows_progress;
  gint64      next_progress;
} Check;

static void
check_init (Check *check)
{
  *check = (Check) {
    .findings = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_finding_free),
    .by_name = g_hash_table_new (g_str_hash, g_str_equal),
    .shows_progress = isatty (STDERR_FILENO),
  };
}

static void
check_clear (Check *check)
{
  g_free (check->kept);
  g_hash_table_unref (check->by_name);
  g_ptr_array_unref (check->findings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

/* Finds by name, because a change of the batch size makes another graph with nodes of the same names. */
static BpFinding *
find_finding (Check   *check,
              BpGraph *graph,
              guint    node)
{
  BpFinding *finding = g_hash_table_lookup (check->by_name, bp_graph_get_name (graph, node));

  if (finding != NULL)
    return finding;

  finding = g_new0 (BpFinding, 1);
  finding->name = g_strdup (bp_graph_get_name (graph, node));
  finding->op = g_strdup (bp_op_get_class (bp_graph_get_op (graph, node))->name);
  finding->shape = bp_shape_to_string (bp_graph_get_shape (graph, node));
  finding->error = NAN;
  g_ptr_array_add (check->findings, finding);
  g_hash_table_insert (check->by_name, finding->name, finding);

  return finding;
}

/* Gradients that are not reset */

/* How many iterations the gradient of iteration @iteration is the sum of: what was there when resetting ended stays. */
static gint64
count_summed (const BpExperiment *experiment,
              gint64              iteration)
{
  gboolean keeps = experiment->settings.keep_gradients;
  gint64 since = keeps ? 1 : iteration;

  for (guint i = 0; i < experiment->changes->len; i++)
    {
      const BpSettingsChange *change = &g_array_index (experiment->changes, BpSettingsChange, i);

      if (change->iteration >= iteration)
        break;
      if (change->settings.keep_gradients != keeps)
        since = change->settings.keep_gradients ? MAX (change->iteration, 1) : iteration;
      keeps = change->settings.keep_gradients;
    }

  return iteration - since + 1;
}

/* Remembers the gradients that the next iteration adds to, if it does. */
static void
keep_gradients (Check     *check,
                BpTrainer *trainer)
{
  const gsize n = bp_graph_get_n_parameters (bp_trainer_get_graph (trainer));

  g_clear_pointer (&check->kept, g_free);
  if (bp_trainer_get_settings (trainer)->keep_gradients)
    check->kept = g_memdup2 (bp_session_get_parameter_gradients (bp_trainer_get_session (trainer)),
                             n * sizeof (double));
}

/* Judges what the iteration added to the gradient of a parameter, which has lost digits to the sum. */
static void
judge_added (const double   *kept,
             BpSession      *session,
             BpElementCheck *element)
{
  const double *gradient = bp_session_get_gradient (session, element->node) + element->element;
  const double before = kept[gradient - bp_session_get_parameter_gradients (session)];
  const double lost = 2 * DBL_EPSILON * (fabs (*gradient) + fabs (before));

  element->gradient = *gradient - before;
  element->slope.error += lost;
  element->slope.negligible = MAX (element->slope.negligible, element->slope.error);
  element->verdict = bp_slope_judge (&element->slope, element->gradient, &element->error);
}

/* Shows the progress on a terminal, on a line that the next report overwrites. */
static void
show_progress (Check  *check,
               double  share)
{
  const gint64 now = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (!check->shows_progress || now < check->next_progress)
    return;
  check->next_progress = now + PROGRESS_INTERVAL;
  text = g_strdup_printf (_("Checking gradients: %.0f %%"), 100 * share);
  g_printerr ("\r%s", text);
}

static void
clear_progress (Check *check)
{
  if (check->next_progress > 0)
    g_printerr ("\r\033[K");
  check->next_progress = 0;
}

/* Compares the gradients. To be called between backward and update, which changes the variables that they belong to. */
static void
check_nodes (Check     *check,
             BpTrainer *trainer,
             guint      i_check)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  const gint64 iteration = bp_trainer_get_cursor (trainer).iteration + 1;
  g_autoptr (BpGradientChecker) checker = bp_gradient_checker_new (session);
  BpElementCheck element;

  while (bp_gradient_checker_next (checker, &element))
    {
      BpFinding *finding = find_finding (check, graph, element.node);
      const gboolean is_sum = check->kept != NULL && bp_graph_get_op (graph, element.node) == BP_OP_VARIABLE;

      if (is_sum)
        judge_added (check->kept, session, &element);
      bp_finding_add (finding, bp_graph_get_shape (graph, element.node), &element, iteration);
      if (finding->iteration == iteration)
        finding->n_summed = is_sum ? count_summed (bp_trainer_get_experiment (trainer), iteration) : 1;
      show_progress (check, (i_check + bp_gradient_checker_get_progress (checker)) / check->n_checks);
    }
}

/* Executes the next iteration and compares the gradients before its update. */
static gboolean
check_iteration (Check     *check,
                 BpTrainer *trainer,
                 guint      i_check)
{
  keep_gradients (check, trainer);
  for (BpPhase phase = BP_PHASE_FEED; phase < BP_PHASE_UPDATE; phase++)
    bp_trainer_step_phase (trainer, 1);

  if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED)
    {
      /* If the values are finite and only some gradients are not, the others can be compared. */
      if (bp_trainer_get_next_instruction (trainer)->phase == BP_PHASE_BACKWARD)
        {
          bp_session_backward (bp_trainer_get_session (trainer));
          check_nodes (check, trainer, i_check);
        }
      return FALSE;
    }

  check_nodes (check, trainer, i_check);

  return bp_trainer_step_iteration (trainer, 1);
}

/* Returns: the number of iterations in which gradients were compared */
static guint
check_run (Check     *check,
           BpTrainer *trainer)
{
  gint64 n_iterations = bp_trainer_get_n_iterations (trainer);

  check->n_checks = (guint) MIN (n_iterations, MAX_CHECKS);
  for (guint i = 0; i < check->n_checks; i++)
    {
      bp_trainer_run (trainer, n_iterations * i / check->n_checks - bp_trainer_get_cursor (trainer).iteration);
      if (!check_iteration (check, trainer, i))
        return i;
    }

  return check->n_checks;
}

static void
set_error (GError         **error,
           const BpFinding *worst,
           const char      *limit)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.2e", worst->error);
  if (worst->verdict == BP_SLOPE_UNCHECKED)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 _("The gradient of “%s” could not be checked in iteration %" PRId64 ": %s"), worst->name,
                 worst->iteration, worst->reason);
  else if (worst->kink != NULL)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 _("The gradient of “%s” does not lie between the slopes of both sides of a kink in iteration "
                   "%" PRId64), worst->name, worst->iteration);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 _("The gradient of “%s” differs from the central difference by %s, more than %s, in iteration "
                   "%" PRId64), worst->name, number, limit, worst->iteration);
}

/* Writes the verdict to standard output if all gradients agree, else sets @error. */
static gboolean
judge (GString   *text,
       GPtrArray *findings,
       guint      n_checks,
       GError   **error)
{
  const BpFinding *worst = bp_findings_get_worst (findings);
  char number[G_ASCII_DTOSTR_BUF_SIZE], limit[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (limit, sizeof limit, "%.0e", BP_SLOPE_LIMIT);
  g_ascii_formatd (number, sizeof number, "%.2e", bp_findings_get_largest_error (findings));

  if (worst->verdict > BP_SLOPE_AT_KINK)
    {
      set_error (error, worst, limit);
      return FALSE;
    }

  g_string_append_printf (text,
                          ngettext ("Gradients agree with central differences to %s in %u iteration (limit %s).\n",
                                    "Gradients agree with central differences to %s in %u iterations (limit %s).\n",
                                    n_checks),
                          number, n_checks, limit);
  for (guint i = 0; i < findings->len; i++)
    if (((const BpFinding *) g_ptr_array_index (findings, i))->n_summed > 1)
      {
        g_string_append (text, _("Gradients are not reset in this run: that of a variable is the sum of those of all "
                                 "iterations so far, and what the last one added was compared.\n"));
        break;
      }
  for (guint i = 0; i < findings->len; i++)
    if (((const BpFinding *) g_ptr_array_index (findings, i))->is_rounded)
      {
        g_string_append (text, _("Where rounding hides digits of a difference, the gradient agrees within that "
                                 "rounding.\n"));
        break;
      }
  if (worst->verdict == BP_SLOPE_AT_KINK)
    g_string_append (text, _("At a kink the gradient is the slope of one side, or lies between those of both.\n"));

  return bp_command_write (text, error);
}

gboolean
bp_command_check (const BpCommandOptions *options,
                  GError                **error)
{
  g_autoptr (BpTrainer) trainer = bp_command_create_trainer (options, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (Check) check = { NULL, };
  guint n_checks;

  check_init (&check);
  if (trainer == NULL)
    return FALSE;

  n_checks = check_run (&check, trainer);
  clear_progress (&check);
  if (check.findings->len > 0)
    bp_findings_append_table (text, check.findings);
  if (!bp_command_write (text, error))
    return FALSE;

  if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED)
    {
      bp_command_set_diverged_error (error, trainer);
      return FALSE;
    }

  if (check.findings->len == 0)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                           _("No node has a gradient: the loss depends on no variable"));
      return FALSE;
    }

  return judge (text, check.findings, n_checks, error);
}
