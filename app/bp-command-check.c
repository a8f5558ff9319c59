/* bp-command-check.c: gradients against central differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-command.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "bp-error.h"

/* In how many iterations, spread evenly over the run, gradients are compared. */
#define MAX_CHECKS 10

/* A central difference of doubles is good to about 1e-10; a wrong derivative is off by much more than this. */
#define TOLERANCE 1e-6

/* What was found at one node. */
typedef struct {
  char  *name;
  char  *op;
  char  *shape;
  double error;
  gint64 iteration;
} Finding;

static void
finding_free (Finding *finding)
{
  g_free (finding->name);
  g_free (finding->op);
  g_free (finding->shape);
  g_free (finding);
}

/* NaN is worse than any number. */
static gboolean
is_worse (double error,
          double than)
{
  return !(error <= than);
}

static Finding *
find_finding (GPtrArray *findings,
              BpGraph   *graph,
              guint      node)
{
  Finding *finding;

  for (guint i = 0; i < findings->len; i++)
    {
      finding = g_ptr_array_index (findings, i);
      if (g_str_equal (finding->name, bp_graph_get_name (graph, node)))
        return finding;
    }

  finding = g_new0 (Finding, 1);
  finding->name = g_strdup (bp_graph_get_name (graph, node));
  finding->op = g_strdup (bp_op_get_class (bp_graph_get_op (graph, node))->name);
  finding->shape = bp_shape_to_string (bp_graph_get_shape (graph, node));
  finding->error = -1;
  g_ptr_array_add (findings, finding);

  return finding;
}

/* At the end of backward, before the update changes what the gradients belong to. */
static void
check_nodes (BpTrainer *trainer,
             GPtrArray *findings)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_needs_gradient (graph, node))
      {
        Finding *finding = find_finding (findings, graph, node);
        double error = bp_session_check_gradient (session, node);

        if (is_worse (error, finding->error))
          {
            finding->error = error;
            finding->iteration = bp_trainer_get_cursor (trainer).iteration + 1;
          }
      }
}

/* Feeds, forward and backward of the next iteration, compares, and updates. */
static gboolean
check_iteration (BpTrainer *trainer,
                 GPtrArray *findings)
{
  BpPhase phase = BP_PHASE_FEED;

  while (phase != BP_PHASE_BACKWARD && bp_trainer_step_phase (trainer, 1))
    phase = bp_trainer_get_last_instruction (trainer)->phase;

  if (phase != BP_PHASE_BACKWARD)
    return FALSE;

  check_nodes (trainer, findings);

  return bp_trainer_step_iteration (trainer, 1);
}

/* Returns: in how many iterations gradients were compared */
static guint
check_run (BpTrainer *trainer,
           GPtrArray *findings)
{
  gint64 n_iterations = bp_trainer_get_n_iterations (trainer);
  guint n_checks = (guint) MIN (n_iterations, MAX_CHECKS);

  for (guint i = 0; i < n_checks; i++)
    {
      bp_trainer_run (trainer, n_iterations * i / n_checks - bp_trainer_get_cursor (trainer).iteration);
      if (!check_iteration (trainer, findings))
        return i;
    }

  return n_checks;
}

/* In columns of a terminal, of which a Chinese character takes two. */
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

static void
append_table (GString   *text,
              GPtrArray *findings)
{
  const char *titles[] = { _("node"), _("op"), _("shape"), _("largest relative error") };
  glong widths[G_N_ELEMENTS (titles)];

  for (guint column = 0; column < G_N_ELEMENTS (titles); column++)
    widths[column] = get_width (titles[column]);

  for (guint i = 0; i < findings->len; i++)
    {
      const Finding *finding = g_ptr_array_index (findings, i);

      widths[0] = MAX (widths[0], get_width (finding->name));
      widths[1] = MAX (widths[1], get_width (finding->op));
      widths[2] = MAX (widths[2], get_width (finding->shape));
    }

  for (guint column = 0; column < G_N_ELEMENTS (titles); column++)
    append_padded (text, titles[column], widths[column]);
  g_string_append_printf (text, "%s\n", _("in iteration"));

  for (guint i = 0; i < findings->len; i++)
    {
      const Finding *finding = g_ptr_array_index (findings, i);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      append_padded (text, finding->name, widths[0]);
      append_padded (text, finding->op, widths[1]);
      append_padded (text, finding->shape, widths[2]);
      append_padded (text, g_ascii_formatd (number, sizeof number, "%.2e", finding->error), widths[3]);
      g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", finding->iteration);
    }
}

static const Finding *
find_worst (GPtrArray *findings)
{
  const Finding *worst = NULL;

  for (guint i = 0; i < findings->len; i++)
    {
      const Finding *finding = g_ptr_array_index (findings, i);

      if (worst == NULL || is_worse (finding->error, worst->error))
        worst = finding;
    }

  return worst;
}

/* The verdict: a line on standard output where all is well, else an error. */
static gboolean
judge (GString   *text,
       GPtrArray *findings,
       guint      n_checks,
       GError   **error)
{
  const Finding *worst = find_worst (findings);
  char number[G_ASCII_DTOSTR_BUF_SIZE], limit[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (limit, sizeof limit, "%.0e", TOLERANCE);
  g_ascii_formatd (number, sizeof number, "%.2e", worst->error);

  if (is_worse (worst->error, TOLERANCE))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                   _("The gradient of “%s” differs from the central difference by %s, more than %s, in iteration "
                     "%" PRId64), worst->name, number, limit, worst->iteration);
      return FALSE;
    }

  g_string_append_printf (text,
                          ngettext ("Gradients agree with central differences to %s in %u iteration (limit %s).\n",
                                    "Gradients agree with central differences to %s in %u iterations (limit %s).\n",
                                    n_checks),
                          number, n_checks, limit);

  return bp_command_write (text, error);
}

gboolean
bp_command_check (const BpCommandOptions *options,
                  GError                **error)
{
  g_autoptr (BpTrainer) trainer = bp_command_create_trainer (options, error);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_checks;

  if (trainer == NULL)
    return FALSE;

  n_checks = check_run (trainer, findings);
  if (findings->len > 0)
    append_table (text, findings);
  if (!bp_command_write (text, error))
    return FALSE;

  if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED)
    {
      bp_command_set_diverged_error (error, trainer);
      return FALSE;
    }

  if (findings->len == 0)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                           _("No node has a gradient: the loss depends on no variable"));
      return FALSE;
    }

  return judge (text, findings, n_checks, error);
}
