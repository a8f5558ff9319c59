/* truth-walk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-walk.h"

#include <math.h>
#include <string.h>

const char * const kind_names[N_KINDS] = {
  "values and gradients", "forward", "local derivatives", "chain rule and sums", "updates", "changes of variables",
  "where", "legends", "feeding", "sentences on ops", "gradients of 0", "where steps lead", "status", "divergence",
  "elements",
};

gboolean
is_variable (const Walk *walk,
             guint       node)
{
  return bp_graph_get_op (walk->graph, node) == BP_OP_VARIABLE;
}

gboolean
is_scalar_graph (const Walk *walk)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (walk->graph); i++)
    if (bp_graph_get_n_elements (walk->graph, i) > 1)
      return FALSE;

  return TRUE;
}

void
walk_init (Walk       *walk,
           BpTrainer  *trainer,
           const char *text,
           guint      *counts)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const guint n = bp_graph_get_n_nodes (graph);

  *walk = (Walk) { .trainer = trainer, .graph = graph, .text = text, .counts = counts };
  walk->truth = truth_new (graph);
  walk->slots = g_new0 (Real *, n);
  walk->slots_after = g_new0 (Real *, n);
  walk->after = g_new0 (Real *, n);
  walk->kept = g_new0 (Real *, n);
  for (guint i = 0; i < n; i++)
    if (is_variable (walk, i))
      {
        walk->slots[i] = g_new0 (Real, 2 * truth_size (walk->truth, i));
        walk->slots_after[i] = g_new0 (Real, 2 * truth_size (walk->truth, i));
        walk->after[i] = g_new0 (Real, truth_size (walk->truth, i));
        walk->kept[i] = g_new0 (Real, truth_size (walk->truth, i));
      }
  walk->symbols = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
walk_clear (Walk *walk)
{
  const guint n = walk->graph != NULL ? bp_graph_get_n_nodes (walk->graph) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_free (walk->slots[i]);
      g_free (walk->slots_after[i]);
      g_free (walk->after[i]);
      g_free (walk->kept[i]);
    }
  g_free (walk->slots);
  g_free (walk->slots_after);
  g_free (walk->after);
  g_free (walk->kept);
  g_clear_pointer (&walk->symbols, g_hash_table_unref);
  g_clear_pointer (&walk->truth, truth_free);
}

/* Following */

/* The learning rate of iteration @t, counted from 1, of a run of @n without changes. */
static Real
get_rate (const BpOptimizer *o,
          gint64             t,
          gint64             n)
{
  const Real eta = o->learning_rate, length = o->schedule.length;

  switch (o->schedule.kind)
    {
    case BP_SCHEDULE_STEP:
      return eta * powl (o->schedule.factor, floorl ((t - 1) / length));
    case BP_SCHEDULE_EXPONENTIAL:
      return eta * expl ((t - 1) * logl (o->schedule.factor));
    case BP_SCHEDULE_COSINE:
      return eta * powl (cosl (acosl (-1) * (t - 1) / (2 * n)), 2);
    case BP_SCHEDULE_WARMUP:
      return t < length ? eta * t / length : eta;
    case BP_SCHEDULE_CONSTANT:
    default:
      return eta;
    }
}

/* torch.optim's formulas; @t counts from 1. */
static Real
optimize (const BpOptimizer *o,
          Real               eta,
          gint64             t,
          Real               value,
          Real               g,
          const Real        *slots,
          Real              *after)
{
  const Real mu = o->parameters[BP_PARAMETER_MOMENTUM], rho = o->parameters[BP_PARAMETER_DECAY];
  const Real b1 = o->parameters[BP_PARAMETER_BETA1], b2 = o->parameters[BP_PARAMETER_BETA2];
  const Real eps = o->parameters[BP_PARAMETER_EPSILON];

  if (o->maximize)
    g = -g;
  switch (o->kind)
    {
    case BP_OPTIMIZER_MOMENTUM:
      after[0] = mu * slots[0] + g;
      return value - eta * after[0];
    case BP_OPTIMIZER_NESTEROV:
      after[0] = mu * slots[0] + g;
      return value - eta * (g + mu * after[0]);
    case BP_OPTIMIZER_ADAGRAD:
      after[0] = slots[0] + g * g;
      return value - eta * g / (sqrtl (after[0]) + eps);
    case BP_OPTIMIZER_RMSPROP:
      after[0] = rho * slots[0] + (1 - rho) * g * g;
      return value - eta * g / (sqrtl (after[0]) + eps);
    case BP_OPTIMIZER_ADAMW:
      value -= eta * o->parameters[BP_PARAMETER_WEIGHT_DECAY] * value;
      G_GNUC_FALLTHROUGH;
    case BP_OPTIMIZER_ADAM:
      after[0] = b1 * slots[0] + (1 - b1) * g;
      after[1] = b2 * slots[1] + (1 - b2) * g * g;
      return value - eta * (after[0] / (1 - powl (b1, t))) / (sqrtl (after[1] / (1 - powl (b2, t))) + eps);
    case BP_OPTIMIZER_GRADIENT_DESCENT:
    case BP_N_OPTIMIZERS:
    default:
      return value - eta * g;
    }
}

Real
walk_get_rate (const Walk *walk)
{
  return get_rate (&bp_trainer_get_settings (walk->trainer)->optimizer, walk->iteration,
                   bp_trainer_get_n_iterations (walk->trainer));
}

Real
get_gradient_seen (const Walk *walk,
                   guint       variable,
                   gsize       element)
{
  return walk->truth->gradient[variable][element] + walk->kept[variable][element];
}

void
begin_iteration (Walk *walk)
{
  const BpSettings *settings = bp_trainer_get_settings (walk->trainer);
  BpSession *session = bp_trainer_get_session (walk->trainer);
  const double *before = bp_trainer_get_previous_parameters (walk->trainer);

  for (guint i = 0; i < bp_graph_get_n_nodes (walk->graph); i++)
    if (is_variable (walk, i))
      {
        const gsize n = truth_size (walk->truth, i);

        for (gsize k = 0; walk->iteration > 0 && settings->keep_gradients && k < n; k++)
          walk->kept[i][k] += walk->truth->gradient[i][k];
        memcpy (walk->slots[i], walk->slots_after[i], 2 * n * sizeof (Real));
        truth_set (walk->truth, i, before);
        before += n;
      }
    else if (bp_graph_get_op (walk->graph, i) == BP_OP_PLACEHOLDER || bp_graph_get_op (walk->graph, i) == BP_OP_MASK)
      truth_set (walk->truth, i, bp_session_get_value (session, i));
}

Real
get_scale (const Walk *walk)
{
  Real scale = 1;

  for (guint i = 0; i < bp_graph_get_n_nodes (walk->graph); i++)
    for (gsize k = 0; k < truth_size (walk->truth, i); k++)
      if (isfinite (walk->truth->value[i][k]) && isfinite (walk->truth->gradient[i][k]))
        scale = fmaxl (scale, fmaxl (fabsl (walk->truth->value[i][k]), fabsl (walk->truth->gradient[i][k])));

  return scale;
}

/* Beyond that, what a double rounds becomes too much: sin of 10¹³, differences of what is large. */
static gboolean
is_tame (const Walk *walk)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (walk->graph); i++)
    for (guint k = 0; k < bp_graph_get_n_inputs (walk->graph, i); k++)
      for (gsize e = 0; e < truth_size (walk->truth, truth_input (walk->truth, i, k)); e++)
        if (fabsl (walk->truth->value[truth_input (walk->truth, i, k)][e]) > 1e3L)
          return FALSE;

  return get_scale (walk) < 1e6L;
}

void
walk_follow (Walk *walk)
{
  const BpOptimizer *optimizer = &bp_trainer_get_settings (walk->trainer)->optimizer;

  walk->graph = bp_trainer_get_graph (walk->trainer);
  if (bp_trainer_get_last_instruction (walk->trainer)->phase != BP_PHASE_FEED)
    return;

  begin_iteration (walk);
  walk->iteration++;
  truth_forward (walk->truth);
  truth_backward (walk->truth);
  walk->is_lost = walk->is_lost || !is_tame (walk);
  for (guint i = 0; i < bp_graph_get_n_nodes (walk->graph); i++)
    for (gsize k = 0; is_variable (walk, i) && k < truth_size (walk->truth, i); k++)
      {
        /* Adaptive optimizers make a long step of a gradient that is nothing but rounding. */
        const Real gradient = fabsl (get_gradient_seen (walk, i, k));

        walk->is_lost = walk->is_lost || (optimizer->kind >= BP_OPTIMIZER_ADAGRAD && gradient > 0
                                          && gradient < 1e-9L * get_scale (walk));
        walk->after[i][k] = optimize (optimizer, walk_get_rate (walk), walk->iteration, walk->truth->value[i][k],
                                    get_gradient_seen (walk, i, k), walk->slots[i] + 2 * k,
                                    walk->slots_after[i] + 2 * k);
      }
}

/* Numbers */

gboolean
agrees (const Walk *walk,
        Real        a,
        Real        b)
{
  return a == b || walk->is_lost || (isnan (a) && isnan (b)) || fabsl (a - b) <= 1e-9L * fmaxl (fabsl (a), fabsl (b))
         || fabsl (a - b) <= 1e-11L * get_scale (walk);
}

gboolean
is_complete (const Walk *walk,
             guint       node)
{
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (walk->trainer, node, &n_total);

  return n_total > 0 && n == n_total;
}

static gboolean
is_updated (const Walk *walk,
            guint       variable)
{
  guint n_executed;

  bp_trainer_get_shown (walk->trainer, &n_executed);
  for (guint i = 0; i < n_executed; i++)
    if (bp_trainer_get_instruction (walk->trainer, i)->phase == BP_PHASE_UPDATE
        && bp_trainer_get_instruction (walk->trainer, i)->node == variable)
      return TRUE;

  return FALSE;
}

void
walk_compare_numbers (Walk *walk)
{
  BpSession *session = bp_trainer_get_session (walk->trainer);

  for (guint i = 0; walk->iteration > 0 && i < bp_graph_get_n_nodes (walk->graph); i++)
    for (gsize k = 0; k < truth_size (walk->truth, i); k++)
      {
        const double value = bp_session_get_value (session, i)[k], gradient = bp_session_get_gradient (session, i)[k];
        const gboolean done = is_variable (walk, i) && is_updated (walk, i);
        const Real expected = done ? walk->after[i][k] : walk->truth->value[i][k];

        if (bp_trainer_has_value (walk->trainer, i) && !agrees (walk, value, expected))
          walk_fail (walk, "%s is %.17g, not %.17Lg", bp_graph_get_name (walk->graph, i), value, expected);
        if (is_complete (walk, i) && !agrees (walk, gradient, is_variable (walk, i) ? get_gradient_seen (walk, i, k)
                                                              : walk->truth->gradient[i][k]))
          walk_fail (walk, "the gradient of %s is %.17g, not %.17Lg", bp_graph_get_name (walk->graph, i), gradient,
                     walk->truth->gradient[i][k]);
        walk->counts[KIND_NUMBER] += walk->is_lost ? 0 : 2;
      }
}
