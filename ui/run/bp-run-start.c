/* bp-run-start.c: where parameters start, chosen by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include "base/bp-number.h"

/* The variable that @parameter is an element of; @element: (out): which. */
static BpVariable *
find_variable (const BpExperiment *experiment,
               gsize               parameter,
               gsize              *element)
{
  *element = parameter;
  for (guint i = 0; i < experiment->variables->len; i++)
    {
      BpVariable *variable = g_ptr_array_index (experiment->variables, i);
      const gsize n = bp_shape_get_n_elements (&variable->shape);

      if (*element < n)
        return variable;
      *element -= n;
    }

  g_return_val_if_reached (NULL);
}

double
bp_run_get_start (BpRun *run,
                  gsize  parameter)
{
  const BpExperiment *experiment;
  const BpVariable *variable;
  gsize element;

  g_return_val_if_fail (BP_IS_RUN (run) && parameter < bp_graph_get_n_parameters (run->graph), 0);

  experiment = bp_trainer_get_experiment (run->trainer);
  variable = find_variable (experiment, parameter, &element);

  return bp_experiment_get_start (experiment, variable, element);
}

/* The only element takes the place of the distribution; one of several stands after it. */
static gboolean
set_start (BpExperiment     *experiment,
           const BpRunStart *start,
           GError          **error)
{
  gsize element;
  BpVariable *variable = find_variable (experiment, start->parameter, &element);
  g_autofree char *text = NULL;

  g_return_val_if_fail (variable != NULL, FALSE);

  if (bp_shape_get_n_elements (&variable->shape) > 1)
    {
      text = bp_shape_index_to_string (&variable->shape, element);
      return bp_variable_set_element (variable, text, start->value, error);
    }
  text = bp_number_to_shortest (start->value);

  return bp_variable_set_start (variable, text, error);
}

/* Within the first iteration the cursor stays, so that what comes of the start is seen; variables are not updated. */
static BpCursor
get_cursor (BpRun *self)
{
  BpCursor cursor = bp_run_get_destination (self);
  guint n_before = 0;

  while (n_before < bp_trainer_get_n_instructions (self->trainer)
         && bp_trainer_get_instruction (self->trainer, n_before)->phase != BP_PHASE_UPDATE)
    n_before++;

  return (BpCursor) { 0, cursor.iteration == 0 ? MIN (cursor.instruction, n_before) : 0 };
}

gboolean
bp_run_set_starts (BpRun            *run,
                   const BpRunStart *starts,
                   guint             n_starts,
                   BpRunStroke       stroke,
                   GError          **error)
{
  g_autoptr (BpExperiment) experiment = NULL;

  g_return_val_if_fail (BP_IS_RUN (run) && starts != NULL, FALSE);

  experiment = bp_run_dup_experiment (run);
  for (guint i = 0; i < n_starts; i++)
    if (!set_start (experiment, &starts[i], error))
      return FALSE;

  return bp_run_compute_again (run, experiment, get_cursor (run), stroke, error);
}
