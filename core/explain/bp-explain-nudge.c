/* bp-explain-nudge.c: what a nudge does to the loss, beside what its gradient says of that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* As much of the loss may be rounding, of its own and of what it is computed from. */
#define ROUNDING (64 * DBL_EPSILON)

#define MINUS(formula) bp_formula_new_unary (BP_FORMULA_NEGATIVE, formula)

/* A nudge and what is said of it. @predicted: ∂L/∂node·ε */
typedef struct {
  const BpScene *scene;
  const BpNudge *nudge;
  double         change;
  double         predicted;
  double         difference;
} Nudge;

static BpFormula *
get_symbol (const Nudge *self)
{
  g_autofree char *index = bp_scene_dup_index (self->scene, self->nudge->node);
  BpFormula *symbol = bp_explain_symbol_in (self->scene, self->nudge->node);

  return index != NULL ? bp_formula_new_element (symbol, index) : symbol;
}

static BpFormula *
get_epsilon (void)
{
  return bp_formula_new_symbol (G_MAXUINT, "ε", "\\varepsilon");
}

/* "ΔL" */
static BpFormula *
get_change_symbol (const Nudge *self)
{
  g_autoptr (BpFormula) loss = bp_explain_symbol_in (self->scene, self->scene->loss);
  g_autofree char *text = g_strconcat ("Δ", loss->text, NULL);
  g_autofree char *latex = g_strconcat ("\\Delta ", loss->latex, NULL);

  return bp_formula_new_symbol (G_MAXUINT, text, latex);
}

/* @formula (transfer full) as one symbol, which is the left side of an equation. */
static BpFormula *
get_left_side (BpFormula *formula)
{
  g_autofree char *text = bp_formula_to_text (formula);
  g_autofree char *latex = bp_formula_to_latex (formula);

  bp_formula_free (formula);

  return bp_formula_new_symbol (G_MAXUINT, text, latex);
}

/* "L(A + ε)", or "L(A)" */
static BpFormula *
get_loss_symbol (const Nudge *self,
                 gboolean     nudged)
{
  BpFormula *at = get_symbol (self);
  BpFormula *line = bp_formula_new_empty (BP_FORMULA_LINE);
  BpFormula *tuple = bp_formula_new_empty (BP_FORMULA_TUPLE);

  bp_formula_append (tuple, nudged ? bp_formula_new_binary (BP_FORMULA_SUM, at, get_epsilon ()) : at);
  bp_formula_append (line, bp_explain_symbol_in (self->scene, self->scene->loss));
  bp_formula_append (line, tuple);

  return get_left_side (line);
}

/* "∂L/∂A·ε" */
static BpFormula *
get_predicted_symbol (const Nudge *self)
{
  BpFormula *partial = bp_formula_new_binary (BP_FORMULA_PARTIAL, bp_explain_symbol_in (self->scene, self->scene->loss),
                                              get_symbol (self));

  return bp_formula_new_binary (BP_FORMULA_PRODUCT, partial, get_epsilon ());
}

static void
explain_change (const Nudge   *self,
                BpExplanation *explanation)
{
  BpFormula *sum = bp_formula_new_binary (BP_FORMULA_SUM, get_loss_symbol (self, TRUE),
                                          MINUS (get_loss_symbol (self, FALSE)));
  BpFormula *terms = bp_formula_new_binary (BP_FORMULA_SUM, bp_formula_new_number (self->nudge->after),
                                            MINUS (bp_formula_new_number (self->nudge->before)));

  explanation->symbols = bp_formula_new_equation (get_change_symbol (self));
  bp_formula_append_side (explanation->symbols, BP_RELATION_EQUAL, sum);
  explanation->numbers = bp_formula_new_result (terms, self->change);
}

/* "∂L/∂A·ε = 4.1·0.01 ≈ 0.041" */
static BpFormula *
get_prediction (const Nudge *self,
                gboolean     is_hidden)
{
  BpFormula *equation = bp_formula_new_equation (get_left_side (get_predicted_symbol (self)));
  BpFormula *terms;

  if (is_hidden)
    {
      bp_formula_append_side (equation, BP_RELATION_EQUAL, bp_formula_new_hidden ());
      return equation;
    }
  terms = bp_formula_new_binary (BP_FORMULA_PRODUCT, bp_formula_new_number (self->nudge->gradient),
                                 bp_formula_new_number (self->nudge->epsilon));
  bp_formula_continue (equation, bp_formula_new_result (terms, self->predicted));

  return equation;
}

/* "ΔL − ∂L/∂A·ε = 0.0412 − 0.041 = 0.0002" */
static BpFormula *
get_difference (const Nudge *self)
{
  BpFormula *symbols = bp_formula_new_binary (BP_FORMULA_SUM, get_change_symbol (self),
                                              MINUS (get_predicted_symbol (self)));
  BpFormula *terms = bp_formula_new_binary (BP_FORMULA_SUM, bp_formula_new_number (self->change),
                                            MINUS (bp_formula_new_number (self->predicted)));
  BpFormula *equation = bp_formula_new_equation (get_left_side (symbols));

  bp_formula_continue (equation, bp_formula_new_result (terms, self->difference));

  return equation;
}

/* Sentences */

/* How the difference depends on ε, which is measured: at a kink, or behind stop_gradient, it is not as ε². */
static char *
describe_difference (const Nudge *self)
{
  const BpNudge *nudge = self->nudge;
  const double half = nudge->halfway - nudge->before - nudge->gradient * nudge->epsilon / 2;
  const double least = ROUNDING * fmax (fabs (nudge->before), fabs (nudge->after));
  g_autofree char *ratio = NULL;

  if (self->difference == 0)
    return g_strdup (_("No difference is left."));
  if (fabs (self->difference) <= least)
    return g_strdup (_("So small a difference may be rounding."));
  if (!isfinite (half) || fabs (half) <= least)
    return g_strdup (_("Half of ε leaves so little that it may be rounding."));

  ratio = bp_number_format_digits (fabs (self->difference / half), 3);

  /* Translators: what is left of a difference where ε is half as large, such as 1/4.02, and what would be left of ε² */
  return g_strdup_printf (_("Half of ε leaves 1/%s of it (ε²: 1/4)."), ratio);
}

static char *
describe_cost (const Nudge *self)
{
  const gsize n = bp_nudge_count_gradients (self->scene->graph);

  return g_strdup_printf (_("All %zu gradients this way: %zu forward passes (parameters: %zu); backward: one."), n,
                          n + 1, bp_graph_get_n_parameters (self->scene->graph) + 1);
}

/* Why nothing is compared with ΔL; NULL where something is. */
static char *
describe_lack (const Nudge *self,
               gboolean     is_hidden)
{
  BpGraph *graph = self->scene->graph;
  const guint node = self->nudge->node;
  const char *name = bp_graph_get_name (graph, node);

  if (!bp_scene_reaches_loss (self->scene, node))
    return g_strdup_printf (_("The loss does not depend on %s."), name);
  if (!bp_graph_needs_gradient (graph, node))
    return g_strdup_printf (_("Backward computes no gradient of %s."), name);
  if (!bp_scene_has_gradient (self->scene, node))
    return g_strdup_printf (_("The gradient of %s is not computed yet: the steps backward lead to it."), name);
  if (is_hidden)
    return g_strdup_printf (_("Predict the gradient of %s from this: what is Δ divided by ε about?"), name);

  return NULL;
}

static void
explain (const Nudge   *self,
         BpExplanation *explanation,
         gboolean       is_hidden)
{
  g_autofree char *lack = describe_lack (self, is_hidden);
  g_autofree char *difference = NULL;
  g_autofree char *cost = describe_cost (self);

  explain_change (self, explanation);
  if (lack == NULL || is_hidden)
    explanation->update = get_prediction (self, is_hidden);
  if (lack == NULL)
    {
      explanation->second_update = get_difference (self);
      difference = describe_difference (self);
    }
  explanation->meaning = g_strconcat (lack != NULL ? lack : difference, " ", cost, NULL);
}

BpExplanation *
bp_explain_nudge (BpTrainer     *trainer,
                  const BpNudge *nudge,
                  gboolean       is_hidden)
{
  g_auto (BpScene) scene = { NULL, };
  g_autoptr (BpFormula) predicted = NULL;
  g_autofree char *epsilon = NULL, *index = NULL;
  BpExplanation *explanation;
  Nudge self;

  g_return_val_if_fail (trainer != NULL && nudge != NULL, NULL);

  bp_scene_init (&scene, trainer);
  g_return_val_if_fail (nudge->n_nodes == bp_graph_get_n_nodes (scene.graph), NULL);
  scene.chosen = nudge->node;
  scene.element = nudge->element;
  self = (Nudge) { &scene, nudge, nudge->after - nudge->before, nudge->gradient * nudge->epsilon, 0 };
  self.difference = self.change - self.predicted;
  predicted = get_predicted_symbol (&self);
  epsilon = bp_number_format (nudge->epsilon);
  index = bp_scene_dup_index (&scene, nudge->node);

  explanation = g_new0 (BpExplanation, 1);
  explanation->phase = BP_PHASE_FORWARD;
  explanation->node = nudge->node;
  /* Translators: a node, the index of one of its elements or nothing, and a number. */
  explanation->where = g_strdup_printf (_("Nudge · %s%s by ε = %s"), bp_graph_get_name (scene.graph, nudge->node),
                                        index != NULL ? index : "", epsilon);
  if (isfinite (nudge->after) && isfinite (nudge->before))
    explain (&self, explanation, is_hidden);
  else
    explanation->meaning = g_strdup (_("With this ε the loss is no finite number."));
  explanation->legend = bp_explain_legend (&scene, (const BpFormula * const []) { predicted }, 1);

  return explanation;
}
