/* bp-plot-step.c: what the iteration shown does to one parameter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include <math.h>
#include <string.h>

double
bp_plot_build_get_sample_loss (BpPlotBuild *build)
{
  guint node = bp_graph_get_loss (build->graph);

  if (build->shown == 0 || !bp_trainer_has_value (build->trainer, node))
    return NAN;

  return bp_session_get_value (build->session, node)[0];
}

static gboolean
is_gradient_complete (BpPlotBuild *build,
                      guint        variable)
{
  guint n_total;
  guint n = bp_trainer_get_n_contributions (build->trainer, variable, &n_total);

  return n_total > 0 && n == n_total;
}

static gboolean
is_updated (BpPlotBuild *build,
            guint        variable)
{
  for (guint i = 0; i < build->n_executed; i++)
    {
      const BpInstruction *instruction = bp_trainer_get_instruction (build->trainer, i);

      if (instruction->phase == BP_PHASE_UPDATE && instruction->node == variable)
        return TRUE;
    }

  return FALSE;
}

/* The optimizer's own formula on copies. */
static double
predict_update (BpPlotBuild *build,
                guint        variable,
                gsize        element)
{
  gsize n = bp_graph_get_n_elements (build->graph, variable);
  BpOptimizer optimizer = bp_trainer_get_settings (build->trainer)->optimizer;
  guint n_slots = bp_optimizer_get_class (optimizer.kind)->n_slots;
  const double *slots = bp_trainer_get_slots (build->trainer, variable);
  g_autofree double *values = g_memdup2 (bp_session_get_value (build->session, variable), n * sizeof (double));
  g_autofree double *state = slots != NULL ? g_memdup2 (slots, n * n_slots * sizeof (double)) : NULL;

  optimizer.learning_rate = bp_trainer_get_learning_rate (build->trainer, build->cursor.iteration);
  bp_optimizer_update (&optimizer, (guint64) bp_trainer_get_n_updates (build->trainer) + 1, n, values,
                       bp_session_get_gradient (build->session, variable), state);

  return values[element];
}

gboolean
bp_plot_build_get_step (BpPlotBuild *build,
                        gsize        parameter,
                        BpPlotStep  *step)
{
  guint variable;
  gsize element;

  bp_plot_find_variable (build->graph, parameter, &variable, &element);
  if (build->options.hide_gradients || build->shown == 0 || !is_gradient_complete (build, variable))
    return FALSE;

  step->from = build->at[parameter];
  step->is_done = is_updated (build, variable);
  step->to = step->is_done ? build->parameters[parameter] : predict_update (build, variable, element);
  step->gradient = bp_session_get_gradient (build->session, variable)[element];

  return TRUE;
}
