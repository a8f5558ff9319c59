/* bp-command-check.c: compares gradients with central differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command.h"

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

/* The result for one node. */
typedef struct {
  char          *name;
  char          *op;
  char          *shape;
  double         error; /* the largest relative error, NaN if nothing was compared */
  BpSlopeVerdict verdict; /* the worst */
  gint64         iteration; /* of the worst verdict; among equals, of the largest error */
  char          *kink;
  const char    *reason;
  char          *remark;
  gboolean       is_rounded; /* whether a gradient agrees within rounding alone */
  gint64         n_summed; /* iterations whose gradients that of @iteration is the sum of */
} Finding;

typedef struct {
  GPtrArray  *findings;
  GHashTable *by_name;
  double     *kept; /* what the gradients of the parameters had before the iteration; NULL where they are reset */
  guint       n_checks;
  gboolean    shows_progress;
  gint64      next_progress;
} Check;

static void
finding_free (Finding *finding)
{
  g_free (finding->name);
  g_free (finding->op);
  g_free (finding->shape);
  g_free (finding->kink);
  g_free (finding->remark);
  g_free (finding);
}

static void
check_init (Check *check)
{
  *check = (Check) {
    .findings = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free),
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
static Finding *
find_finding (Check   *check,
              BpGraph *graph,
              guint    node)
{
  Finding *finding = g_hash_table_lookup (check->by_name, bp_graph_get_name (graph, node));

  if (finding != NULL)
    return finding;

  finding = g_new0 (Finding, 1);
  finding->name = g_strdup (bp_graph_get_name (graph, node));
  finding->op = g_strdup (bp_op_get_class (bp_graph_get_op (graph, node))->name);
  finding->shape = bp_shape_to_string (bp_graph_get_shape (graph, node));
  finding->error = NAN;
  g_ptr_array_add (check->findings, finding);
  g_hash_table_insert (check->by_name, finding->name, finding);

  return finding;
}

static char *
describe (const BpShape        *shape,
          const BpElementCheck *element,
          const Finding        *finding)
{
  const gboolean is_one = bp_shape_get_n_elements (shape) == 1;
  g_autofree char *index = bp_shape_index_to_string (shape, element->element);
  g_autofree char *gradient = bp_number_format (element->gradient);

  if (finding->kink != NULL)
    return is_one ? g_strdup_printf (_("kink: %s; gradient %s"), finding->kink, gradient)
                  : g_strdup_printf (_("kink at %s: %s; gradient %s"), index, finding->kink, gradient);
  if (finding->reason != NULL)
    return is_one ? g_strdup_printf (_("could not be checked: %s"), finding->reason)
                  : g_strdup_printf (_("could not be checked at %s: %s"), index, finding->reason);
  if (element->verdict == BP_SLOPE_WITHIN_ROUNDING)
    return is_one ? g_strdup_printf (_("gradient %s agrees within rounding"), gradient)
                  : g_strdup_printf (_("gradient %s at %s agrees within rounding"), gradient, index);

  return NULL;
}

static void
finding_add (Finding              *finding,
             const BpShape        *shape,
             const BpElementCheck *element,
             gint64                iteration)
{
  const gboolean is_compared = element->slope.kind == BP_SLOPE_SMOOTH && !isnan (element->error);
  const gboolean is_larger = is_compared && !(element->error <= finding->error);

  finding->is_rounded |= element->verdict <= BP_SLOPE_AT_KINK && isnan (element->error);
  if (is_larger)
    finding->error = element->error;
  if (element->verdict > finding->verdict || (is_larger && element->verdict == finding->verdict)
      || finding->iteration == 0)
    finding->iteration = iteration;
  if (element->verdict <= finding->verdict)
    return;

  finding->verdict = element->verdict;
  g_clear_pointer (&finding->kink, g_free);
  g_clear_pointer (&finding->remark, g_free);
  finding->reason = NULL;
  if (element->verdict == BP_SLOPE_UNCHECKED)
    finding->reason = bp_slope_get_reason (&element->slope, element->gradient);
  else if (element->slope.kind == BP_SLOPE_KINK)
    finding->kink = bp_slope_describe_kink (&element->slope);
  finding->remark = describe (shape, element, finding);
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
      Finding *finding = find_finding (check, graph, element.node);
      const gboolean is_sum = check->kept != NULL && bp_graph_get_op (graph, element.node) == BP_OP_VARIABLE;

      if (is_sum)
        judge_added (check->kept, session, &element);
      finding_add (finding, bp_graph_get_shape (graph, element.node), &element, iteration);
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

/* Returns: the width in columns of a terminal, of which a Chinese character takes two */
static glong
get_width (const char *cell)
{
  glong width = 0;

  for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
    width += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;

  return width;
}

static void
append_padded (GString    *text,
               const char *cell,
               glong       width)
{
  g_string_append (text, cell);
  for (glong i = get_width (cell); i < width + 2; i++)
    g_string_append_c (text, ' ');
}

#define N_COLUMNS 6

/* Sets @cells (transfer full) to the row of @finding. */
static void
get_cells (const Finding *finding,
           char          *cells[N_COLUMNS])
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.2e", finding->error);
  cells[0] = g_strdup (finding->name);
  cells[1] = g_strdup (finding->op);
  cells[2] = g_strdup (finding->shape);
  cells[3] = g_strdup (isnan (finding->error) ? BP_NUMBER_NONE : number);
  cells[4] = g_strdup_printf ("%" G_GINT64_FORMAT, finding->iteration);
  if (finding->remark == NULL && finding->n_summed > 1)
    cells[5] = g_strdup_printf (_("the last of %" PRId64 " gradients that add up"), finding->n_summed);
  else
    cells[5] = g_strdup (finding->remark != NULL ? finding->remark : "");
}

/* Appends a line without trailing spaces. */
static void
append_row (GString *text,
            char    *cells[N_COLUMNS],
            glong    widths[N_COLUMNS])
{
  guint n = N_COLUMNS;

  while (n > 1 && *cells[n - 1] == '\0')
    n--;
  for (guint column = 0; column + 1 < n; column++)
    append_padded (text, cells[column], widths[column]);
  g_string_append_printf (text, "%s\n", cells[n - 1]);
}

static void
append_table (GString   *text,
              GPtrArray *findings)
{
  const char *titles[N_COLUMNS] = {
    _("node"), _("op"), _("shape"), _("largest relative error"), _("in iteration"), "",
  };
  const guint n_cells = N_COLUMNS * (findings->len + 1);
  g_autofree char **cells = g_new (char *, n_cells);
  glong widths[N_COLUMNS] = { 0 };

  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i] = g_strdup (titles[i]);
  for (guint i = 0; i < findings->len; i++)
    get_cells (g_ptr_array_index (findings, i), cells + (i + 1) * N_COLUMNS);
  for (guint i = 0; i < n_cells; i++)
    widths[i % N_COLUMNS] = MAX (widths[i % N_COLUMNS], get_width (cells[i]));

  for (guint i = 0; i < n_cells; i += N_COLUMNS)
    append_row (text, cells + i, widths);
  for (guint i = 0; i < n_cells; i++)
    g_free (cells[i]);
}

static gboolean
is_worse (const Finding *finding,
          const Finding *than)
{
  if (finding->verdict != than->verdict)
    return finding->verdict > than->verdict;

  return !isnan (finding->error) && !(finding->error <= than->error);
}

static const Finding *
find_worst (GPtrArray *findings)
{
  const Finding *worst = g_ptr_array_index (findings, 0);

  for (guint i = 1; i < findings->len; i++)
    if (is_worse (g_ptr_array_index (findings, i), worst))
      worst = g_ptr_array_index (findings, i);

  return worst;
}

static double
get_largest_error (GPtrArray *findings)
{
  double largest = 0;

  for (guint i = 0; i < findings->len; i++)
    largest = fmax (largest, ((const Finding *) g_ptr_array_index (findings, i))->error);

  return largest;
}

static void
set_error (GError       **error,
           const Finding *worst,
           const char    *limit)
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
  const Finding *worst = find_worst (findings);
  char number[G_ASCII_DTOSTR_BUF_SIZE], limit[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (limit, sizeof limit, "%.0e", BP_SLOPE_LIMIT);
  g_ascii_formatd (number, sizeof number, "%.2e", get_largest_error (findings));

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
    if (((const Finding *) g_ptr_array_index (findings, i))->n_summed > 1)
      {
        g_string_append (text, _("Gradients are not reset in this run: that of a variable is the sum of those of all "
                                 "iterations so far, and what the last one added was compared.\n"));
        break;
      }
  for (guint i = 0; i < findings->len; i++)
    if (((const Finding *) g_ptr_array_index (findings, i))->is_rounded)
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
    append_table (text, check.findings);
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
