/* bp-run-start.c: where parameters start, chosen in a plot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include "base/bp-number.h"

double
bp_run_get_start (BpRun *run,
                  gsize  parameter)
{
  g_autofree double *parameters = NULL;

  g_return_val_if_fail (BP_IS_RUN (run) && parameter < bp_graph_get_n_parameters (run->graph), 0);

  parameters = g_new (double, bp_graph_get_n_parameters (run->graph));
  bp_experiment_init_parameters (bp_trainer_get_experiment (run->trainer), parameters);

  return parameters[parameter];
}

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

gboolean
bp_run_set_starts (BpRun            *run,
                   const BpRunStart *starts,
                   guint             n_starts,
                   gboolean          is_key,
                   GError          **error)
{
  g_autoptr (BpExperiment) experiment = NULL;
  const gint64 now = g_get_monotonic_time ();
  const gboolean is_burst = is_key && run->start_time != 0 && now - run->start_time <= BP_RUN_BURST;

  g_return_val_if_fail (BP_IS_RUN (run) && starts != NULL, FALSE);

  experiment = bp_run_dup_experiment (run);
  for (guint i = 0; i < n_starts; i++)
    if (!set_start (experiment, &starts[i], error))
      return FALSE;

  bp_run_keep_reference (run);
  if (!bp_run_start_over (run, experiment, !is_burst, error))
    return FALSE;
  run->start_time = is_key ? now : 0;

  return TRUE;
}
