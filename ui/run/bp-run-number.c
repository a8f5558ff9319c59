/* bp-run-number.c: a number that somebody changes by hand: where an element of a variable starts, or what is fed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "run/bp-run-private.h"
#include "session/bp-work.h"

/* So many steps make a number twice as large. */
#define N_STEPS 10

/* So many numbers of a variable or a column say well enough how large they are. */
#define MAX_SAMPLED 1000

/* The line of a batch has all samples before the one that is changed. */
#define MAX_INDEX 1000

/* Operations, and numbers of data, that take less than a frame. */
#define MAX_COST 1e6
#define MAX_DATA 20000

/* Finding */

/* @size, or 1 where that says nothing, divided by N_STEPS: 1, 2 or 5 times a power of ten. */
static double
choose_step (double size)
{
  const double exact = (size > 0 && isfinite (size) ? size : 1) / N_STEPS;
  const int exponent = (int) floor (log10 (exact));
  const double power = bp_number_round (pow (10, exponent), 1);
  const double mantissa = exact / power;

  return bp_number_round (power * (mantissa < 2 ? 1 : mantissa < 5 ? 2 : 5), 1);
}

static void
find_start (BpRun       *self,
            BpRunNumber *number)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (self->trainer);
  const BpVariable *variable
    = bp_experiment_find_variable (experiment, bp_graph_get_name (self->graph, number->node));
  BpSession *session = bp_trainer_get_session (self->trainer);
  const double *values = bp_session_get_value (session, number->node);
  const gsize n = bp_graph_get_n_elements (self->graph, number->node);
  double size;

  number->is_start = TRUE;
  number->parameter = (gsize) (values - bp_session_get_parameters (session)) + number->element;
  number->start = bp_experiment_get_start (experiment, variable, number->element);
  number->value = bp_run_get_gradients_hidden (self) ? number->start : values[number->element];
  number->greatest = INFINITY;
  /* One number near 0 does not say that those around it are as small. */
  size = fmax (fabs (number->value), n > 1 ? 0 : 1);
  for (gsize i = 0; i < MIN (n, MAX_SAMPLED); i++)
    size = fmax (size, fabs (bp_experiment_get_start (experiment, variable, i)));
  number->step = choose_step (size);
}

static gboolean
find_fed (BpRun       *self,
          BpRunNumber *number,
          GError     **error)
{
  BpDataset *dataset = bp_trainer_get_dataset (self->trainer);
  const char *name = bp_graph_get_name (self->graph, number->node);
  guint n_columns;
  const guint *columns = bp_dataset_find_all (dataset, name, &n_columns);
  double size;

  if (n_columns == 0 || bp_run_is_under_way (self) || !bp_trainer_has_value (self->trainer, number->node))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is not fed yet; the first step of an iteration feeds it"),
                   name);
      return FALSE;
    }
  number->column = columns[number->element % n_columns];
  number->index = number->element / n_columns;
  if (number->index >= MAX_INDEX)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("of a batch the first %d samples are changed by hand"),
                   MAX_INDEX);
      return FALSE;
    }
  number->batch_size = bp_trainer_get_batch_size (self->trainer);
  number->iteration = bp_trainer_get_shown (self->trainer, NULL) - 1;
  number->cursor = bp_trainer_get_cursor (self->trainer);
  number->value = bp_session_get_value (bp_trainer_get_session (self->trainer), number->node)[number->element];
  number->greatest = bp_experiment_get_greatest (self->graph, dataset, number->column, &number->is_class);
  size = fabs (number->value);
  for (gsize i = 0; i < MIN (bp_dataset_get_n_samples (dataset), MAX_SAMPLED); i++)
    size = fmax (size, fabs (bp_dataset_get_column (dataset, number->column)[i]));
  number->step = number->is_class ? 1 : choose_step (size);

  return TRUE;
}

gboolean
bp_run_find_number (BpRun       *run,
                    guint        node,
                    gssize       element,
                    BpRunNumber *number,
                    GError     **error)
{
  BpOp op;
  gsize n;

  g_return_val_if_fail (BP_IS_RUN (run) && number != NULL, FALSE);
  g_return_val_if_fail (node < bp_graph_get_n_nodes (run->graph), FALSE);

  op = bp_graph_get_op (run->graph, node);
  n = bp_graph_get_n_elements (run->graph, node);
  g_return_val_if_fail (element < (gssize) n, FALSE);

  *number = (BpRunNumber) { .node = node, .element = (gsize) MAX (element, 0), .n_edits = run->n_edits };
  if (op != BP_OP_VARIABLE && op != BP_OP_PLACEHOLDER)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 _("“%s” is computed; variables and what is fed are changed by hand"),
                 bp_graph_get_name (run->graph, node));
  else if (element < 0 && n > 1)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” has several numbers: choose one of them first"),
                 bp_graph_get_name (run->graph, node));
  else if (op == BP_OP_PLACEHOLDER)
    return find_fed (run, number, error);
  else
    {
      find_start (run, number);
      return TRUE;
    }

  return FALSE;
}

double
bp_run_number_round (const BpRunNumber *number,
                     double             value)
{
  double step, n, rounded;

  g_return_val_if_fail (number != NULL, value);

  step = number->is_class ? 1 : bp_number_round (number->step / 10, 1);
  n = rint (value / step);
  /* A step is 1, 2 or 5 times a power of ten, so that a multiple of it has few digits. */
  rounded = n == 0 ? 0 : bp_number_round (n * step, (guint) CLAMP (ceil (log10 (fabs (n))) + 2, 1, 15));

  return isfinite (number->greatest) ? CLAMP (rounded, 0, number->greatest) : rounded;
}

gboolean
bp_run_number_is_fast (BpRun             *run,
                       const BpRunNumber *number)
{
  BpDataset *dataset;

  g_return_val_if_fail (BP_IS_RUN (run) && number != NULL, FALSE);

  dataset = bp_trainer_get_dataset (run->trainer);

  return bp_dataset_get_n_samples (dataset) * bp_dataset_get_n_columns (dataset) <= MAX_DATA
         && (number->is_start || 3 * bp_work_get_cost (run->graph) * number->iteration <= MAX_COST);
}

/* Changing */

static gboolean
feed (BpRun             *self,
      const BpRunNumber *number,
      double             value,
      BpRunStroke        stroke,
      GError           **error)
{
  BpDataset *dataset = bp_trainer_get_dataset (self->trainer);
  g_autoptr (BpExperiment) experiment = NULL;
  g_autofree gsize *rows = NULL;

  if (!bp_experiment_check_label (self->graph, dataset, number->column, value, error))
    return FALSE;

  rows = g_new (gsize, number->batch_size);
  bp_dataset_get_batch (dataset, (guint64) number->iteration, number->batch_size, rows);
  experiment = bp_experiment_copy (bp_trainer_get_experiment (self->trainer));
  bp_experiment_type_value (experiment, dataset, number->iteration, rows, number->index, number->column, value);

  return bp_run_compute_again (self, experiment, number->cursor, stroke, error);
}

gboolean
bp_run_set_number (BpRun       *run,
                   BpRunNumber *number,
                   double       value,
                   BpRunStroke  stroke,
                   GError     **error)
{
  gboolean is_set;

  g_return_val_if_fail (BP_IS_RUN (run) && number != NULL, FALSE);

  if (run->n_edits != number->n_edits)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("the run has changed meanwhile"));
      return FALSE;
    }
  if (number->is_start)
    is_set = bp_run_set_starts (run, &(const BpRunStart) { number->parameter, value }, 1, stroke, error);
  else
    is_set = feed (run, number, value, stroke, error);
  if (is_set)
    {
      number->value = number->start = value;
      number->n_edits = run->n_edits;
    }

  return is_set;
}

void
bp_run_say_number (BpRun             *run,
                   const BpRunNumber *number)
{
  g_autofree char *index = NULL, *name = NULL, *value = NULL, *text = NULL;
  const char * const *classes = NULL;

  g_return_if_fail (BP_IS_RUN (run) && number != NULL);

  if (!number->is_start)
    classes = bp_dataset_get_classes (bp_trainer_get_dataset (run->trainer), number->column);
  if (bp_graph_get_n_elements (run->graph, number->node) > 1)
    index = bp_shape_index_to_string (bp_graph_get_shape (run->graph, number->node), number->element);
  name = g_strconcat (bp_graph_get_name (run->graph, number->node), index, NULL);
  value = classes != NULL ? g_strdup (classes[(guint) number->value]) : bp_number_format (number->value);
  /* Translators: the name of a parameter and where it starts. */
  text = number->is_start ? g_strdup_printf (_("%s starts at %s now; Ctrl+Z takes it back."), name, value)
                          /* Translators: the name of what is fed and its number or class. */
                          : g_strdup_printf (_("%s is fed as %s now; Ctrl+Z takes it back."), name, value);
  g_signal_emit_by_name (run, "message", text);
}
