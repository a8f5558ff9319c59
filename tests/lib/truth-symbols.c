/* truth-symbols.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-symbols.h"

#include <math.h>
#include <string.h>

#include "lib/truth-text.h"
#include "lib/truth-visit.h"

/* Symbols */

guint
find_symbol (const Walk *walk,
             const char *symbol)
{
  guint node = GPOINTER_TO_UINT (g_hash_table_lookup (walk->symbols, symbol));

  return node > 0 ? node - 1 : bp_graph_find (walk->graph, symbol);
}

/* "0.05 by step(30, 0.1)" */
static void
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

void
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

char *
drop_index (const char *symbol)
{
  return g_strndup (symbol, strlen (symbol) - (g_str_has_suffix (symbol, "ₜ") ? strlen ("ₜ") : 0));
}

static Real
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

static Real
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
static Real
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

void
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

void
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
