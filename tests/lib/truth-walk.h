/* truth-walk.h: a run followed with arithmetic of its own, and the formulas of its explanations compared with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "explain/bp-explain.h"
#include "lib/truth-model.h"
#include "lib/truth-text.h"

/* What is counted. */
typedef enum {
  KIND_NUMBER,
  KIND_FORWARD,
  KIND_LOCAL,
  KIND_CHAIN,
  KIND_UPDATE,
  KIND_CHANGE,
  KIND_WHERE,
  KIND_LEGEND,
  KIND_FEED,
  KIND_MEANING,
  KIND_ZERO,
  KIND_LANDING,
  KIND_STATUS,
  KIND_DIVERGENCE,
  KIND_ELEMENT,
  N_KINDS
} Kind;

static const char * const kind_names[N_KINDS] = {
  "values and gradients", "forward", "local derivatives", "chain rule and sums", "updates", "changes of variables",
  "where", "legends", "feeding", "sentences on ops", "gradients of 0", "where steps lead", "status", "divergence",
  "elements",
};

typedef struct {
  BpTrainer  *trainer;
  BpGraph    *graph;
  const char *text;   /* of the experiment */
  guint      *counts;
  Truth      *truth;  /* of the iteration shown, with the parameters from before its update */
  Real      **slots;  /* of each node that is a variable, two for each element, before the update */
  Real      **slots_after;
  Real      **after;  /* the variables after it */
  Real      **kept;   /* gradients of earlier iterations, where they are kept */
  gint64      iteration;
  GHashTable *symbols; /* of the explanation looked at: symbol → node + 1 */
  guint       variable; /* whose update is read */
  gsize       element;  /* of the node looked at */
  gboolean    is_lost; /* since numbers became so large that roundings do */
  gboolean    is_after; /* whether slots count as they are after it */
} Walk;

#define walk_fail(walk, ...) G_STMT_START { \
  g_autofree char *walk_message = g_strdup_printf (__VA_ARGS__); \
  g_error ("%s\nin iteration %d, %u of\n%s", walk_message, (int) (walk)->iteration, \
           bp_trainer_get_cursor ((walk)->trainer).instruction, (walk)->text); \
} G_STMT_END

static inline gboolean
is_variable (const Walk *walk,
             guint       node)
{
  return bp_graph_get_op (walk->graph, node) == BP_OP_VARIABLE;
}

static inline gboolean
is_scalar_graph (const Walk *walk)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (walk->graph); i++)
    if (bp_graph_get_n_elements (walk->graph, i) > 1)
      return FALSE;

  return TRUE;
}

static inline void
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

static inline void
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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/* Following */

/* The learning rate of iteration @t, counted from 1, of a run of @n without changes. */
static inline Real
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
static inline Real
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
      /* fall through */
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

static inline Real
walk_get_rate (const Walk *walk)
{
  return get_rate (&bp_trainer_get_settings (walk->trainer)->optimizer, walk->iteration,
                   bp_trainer_get_n_iterations (walk->trainer));
}

/* The gradient that the optimizer sees. */
static inline Real
get_gradient_seen (const Walk *walk,
                   guint       variable,
                   gsize       element)
{
  return walk->truth->gradient[variable][element] + walk->kept[variable][element];
}

static inline void
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

/* The largest number on the way: what rounding is a part of. */
static inline Real
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
static inline gboolean
is_tame (const Walk *walk)
{
  for (guint i = 0; i < bp_graph_get_n_nodes (walk->graph); i++)
    for (guint k = 0; k < bp_graph_get_n_inputs (walk->graph, i); k++)
      for (gsize e = 0; e < truth_size (walk->truth, truth_input (walk->truth, i, k)); e++)
        if (fabsl (walk->truth->value[truth_input (walk->truth, i, k)][e]) > 1e3L)
          return FALSE;

  return get_scale (walk) < 1e6L;
}

static inline void
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

static inline gboolean
agrees (const Walk *walk,
        Real        a,
        Real        b)
{
  return a == b || walk->is_lost || (isnan (a) && isnan (b)) || fabsl (a - b) <= 1e-9L * fmaxl (fabsl (a), fabsl (b))
         || fabsl (a - b) <= 1e-11L * get_scale (walk);
}

static inline gboolean
is_complete (const Walk *walk,
             guint       node)
{
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (walk->trainer, node, &n_total);

  return n_total > 0 && n == n_total;
}

static inline gboolean
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

static inline void
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

/* Symbols */

static inline guint
find_symbol (const Walk *walk,
             const char *symbol)
{
  guint node = GPOINTER_TO_UINT (g_hash_table_lookup (walk->symbols, symbol));

  return node > 0 ? node - 1 : bp_graph_find (walk->graph, symbol);
}

/* "0.05 by step(30, 0.1)" */
static inline void
check_rate (Walk       *walk,
            const char *text)
{
  const BpOptimizer *o = &bp_trainer_get_settings (walk->trainer)->optimizer;
  g_auto (GStrv) parts = g_strsplit (text, " by ", 2);
  g_autofree char *schedule = bp_schedule_to_string (&o->schedule);
  Reader reader = { .look_up = NULL };

  if (g_strcmp0 (parts[1], schedule) != 0 || !is_rounded (reader_read (&reader, parts[0]), walk_get_rate (walk)))
    walk_fail (walk, "“η = %s”", text);
  walk->counts[KIND_LEGEND]++;
}

/* "L = loss,  p = my_output": what the legend says, each once. */
static inline void
read_legend (Walk       *walk,
             const char *legend)
{
  g_auto (GStrv) entries = g_strsplit (legend != NULL ? legend : "", ",  ", -1);

  g_hash_table_remove_all (walk->symbols);
  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_auto (GStrv) sides = g_strsplit (entries[i], " = ", 2);
      guint node;

      if (g_strv_length (sides) < 2 || strstr (sides[1], "∂") != NULL)
        continue;
      if (g_str_equal (sides[0], "η"))
        {
          check_rate (walk, sides[1]);
          continue;
        }
      node = bp_graph_find (walk->graph, sides[1]);
      if (node == BP_NODE_NONE
          || !g_hash_table_insert (walk->symbols, g_strdup (sides[0]), GUINT_TO_POINTER (node + 1)))
        walk_fail (walk, "the legend “%s”", legend);
      walk->counts[KIND_LEGEND]++;
    }
}

/* The optimizer's letters have an index where a node has their name. */
static inline char *
drop_index (const char *symbol)
{
  return g_strndup (symbol, strlen (symbol) - (g_str_has_suffix (symbol, "ₜ") ? strlen ("ₜ") : 0));
}

static inline Real
get_optimizer_number (const Walk *walk,
                      const char *name)
{
  g_autofree char *symbol = drop_index (name);
  const BpOptimizer *o = &bp_trainer_get_settings (walk->trainer)->optimizer;
  const guint v = walk->variable;
  const Real *slots = walk->is_after ? walk->slots_after[v] : walk->slots[v];

  if (g_str_equal (symbol, "η"))
    return walk_get_rate (walk);
  if (g_str_equal (symbol, "λ"))
    return o->parameters[BP_PARAMETER_WEIGHT_DECAY];
  if (g_str_equal (symbol, "μ"))
    return o->parameters[BP_PARAMETER_MOMENTUM];
  if (g_str_equal (symbol, "ρ"))
    return o->parameters[BP_PARAMETER_DECAY];
  if (g_str_equal (symbol, "β₁"))
    return o->parameters[BP_PARAMETER_BETA1];
  if (g_str_equal (symbol, "β₂"))
    return o->parameters[BP_PARAMETER_BETA2];
  if (g_str_equal (symbol, "ε"))
    return o->parameters[BP_PARAMETER_EPSILON];
  if (g_str_equal (symbol, "g"))
    return o->maximize ? -get_gradient_seen (walk, v, 0) : get_gradient_seen (walk, v, 0);
  if (g_str_equal (symbol, "v"))
    return slots[o->kind >= BP_OPTIMIZER_ADAM];
  if (g_str_equal (symbol, "s") || g_str_equal (symbol, "m"))
    return slots[0];
  if (g_str_equal (symbol, "m̂"))
    return slots[0] / (1 - powl (o->parameters[BP_PARAMETER_BETA1], walk->iteration));
  if (g_str_equal (symbol, "v̂"))
    return slots[1] / (1 - powl (o->parameters[BP_PARAMETER_BETA2], walk->iteration));

  return NAN;
}

static inline Real
walk_look_up (const char *symbol,
              gpointer    data)
{
  const Walk *walk = data;
  const guint node = find_symbol (walk, symbol);

  if (node != BP_NODE_NONE)
    return walk->truth->value[node][0];

  return walk->variable != BP_NODE_NONE ? get_optimizer_number (walk, symbol) : NAN;
}

/* ∂L/∂y, or a local derivative. */
static inline Real
walk_look_up_partial (const char *of,
                      const char *by,
                      gpointer    data)
{
  const Walk *walk = data;
  const guint upper = find_symbol (walk, of), lower = find_symbol (walk, by);
  Real sum = 0;

  if (upper == BP_NODE_NONE || lower == BP_NODE_NONE)
    walk_fail (walk, "∂%s/∂%s is of no node", of, by);
  if (upper == bp_graph_get_loss (walk->graph))
    return is_variable (walk, lower) ? get_gradient_seen (walk, lower, 0) : walk->truth->gradient[lower][0];
  for (guint i = 0; i < bp_graph_get_n_inputs (walk->graph, upper); i++)
    if (bp_graph_get_input (walk->graph, upper, i) == lower)
      sum += truth_single (walk->truth, upper, i);

  return sum;
}

/* Equations */

/* The arithmetic of what is shown gives the result that is shown, which is @value rounded; "=" means just that. */
static inline void
check_shown (Walk       *walk,
             const char *text,
             double      value)
{
  Reader reader = { .look_up = NULL };
  Real result, arithmetic;
  g_auto (Equation) equation = { NULL, };

  equation_split (&equation, text);
  result = reader_read (&reader, equation.sides[equation.n - 1]);
  if (!is_rounded (result, value))
    walk_fail (walk, "“%s” of %.17g", text, value);
  if (equation.n < 2)
    return;
  arithmetic = reader_read (&reader, equation.sides[equation.n - 2]);
  if (!reader.is_whole || !isfinite (arithmetic) || fabsl (arithmetic - result) <= 4e-16L * reader.largest)
    return;
  if (fabsl (arithmetic - result) > 0.5001L * powl (10, floorl (log10l (fabsl (result))) - 3) && arithmetic != result
      && !is_rounded (result, arithmetic))
    walk_fail (walk, "“%s” gives %.17Lg", text, arithmetic);
  if (g_str_equal (equation.relations[equation.n - 1], "=")
      && fabsl (arithmetic - (Real) value) > 1e-15L * fabsl (value))
    walk_fail (walk, "“%s” is not equal", text);
}

/* Each of the first sides, which are in symbols, is @value, of a graph of single numbers. */
static inline void
check_symbols (Walk       *walk,
               const char *text,
               guint       n_sides,
               Real        value)
{
  Reader reader = { .look_up = walk_look_up, .look_up_partial = walk_look_up_partial, .data = walk };
  g_auto (Equation) equation = { NULL, };

  if (!is_scalar_graph (walk))
    return;
  equation_split (&equation, text);
  for (guint i = 1; i < MIN (equation.n, n_sides); i++)
    {
      const Real side = reader_read (&reader, equation.sides[i]);

      /* 0·0^(0 − 1), where the derivative is 0 by convention. */
      if (reader.is_whole && !isnan (side) && !agrees (walk, side, value))
        walk_fail (walk, "“%s” is %.17Lg, not %.17Lg", equation.sides[i], side, value);
    }
}
