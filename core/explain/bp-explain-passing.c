/* bp-explain-passing.c: what a step of the backward pass means
 *
 * What an op does to gradients in general is said by its row in the table of ops, for all its inputs; here are the
 * sentences for one input of two, and the cases that deserve a sentence of their own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Where the derivative of a sigmoid or hyperbolic tangent is smaller than this share of its largest, it is
 * saturated. */
#define SATURATED 0.04

/* Of a smaller one, 1 − y has lost digits. */
#define EXACT 1e-9

/* Where an op of two inputs passes a gradient to the first or the second alone; where nothing stands here, the sentence
 * for both holds for each. */
static const char * const single_meanings[BP_N_OPS][BP_MAX_INPUTS] = {
  [BP_OP_ADD] = {
    N_("Addition passes the gradient on unchanged."),
    N_("Addition passes the gradient on unchanged."),
  },
  [BP_OP_SUBTRACT] = {
    N_("Subtraction passes the gradient on to its first input unchanged."),
    N_("Subtraction passes the gradient on to its second input with its sign flipped."),
  },
  [BP_OP_MULTIPLY] = {
    N_("Multiplication passes the gradient on to a factor multiplied by the other factor."),
    N_("Multiplication passes the gradient on to a factor multiplied by the other factor."),
  },
  [BP_OP_DIVIDE] = {
    N_("Division passes the gradient on to the numerator divided by the denominator."),
    N_("Division passes the gradient on to the denominator divided by it and multiplied by minus the quotient."),
  },
  [BP_OP_POW] = {
    N_("A power passes the gradient on to its base times the exponent times the base to the exponent less one."),
    N_("A power passes the gradient on to its exponent times the power times the logarithm of the base."),
  },
  [BP_OP_LEAKY_RELU] = {
    N_("Leaky ReLU passes the gradient on unchanged where its input is positive, and times alpha elsewhere."),
    N_("Leaky ReLU passes the gradient on to alpha times its input where that is not positive, and nothing elsewhere."),
  },
  [BP_OP_WHERE] = {
    NULL,
    N_("Where the condition holds, the gradient is passed on unchanged; elsewhere none is."),
    N_("Where the condition does not hold, the gradient is passed on unchanged; elsewhere none is."),
  },
  [BP_OP_CONCAT] = {
    N_("Joining only moves numbers, so the input gets back its own part of the gradient."),
    N_("Joining only moves numbers, so the input gets back its own part of the gradient."),
  },
  [BP_OP_STACK] = {
    N_("Stacking only moves numbers, so the input gets back its own part of the gradient."),
    N_("Stacking only moves numbers, so the input gets back its own part of the gradient."),
  },
  [BP_OP_MATMUL] = {
    N_("A matrix product passes the gradient on to its first input times the second, transposed, from the right."),
    N_("A matrix product passes the gradient on to its second input times the first, transposed, from the left."),
  },
};

static const char *
get_name (const BpScene *scene,
          guint          node)
{
  return bp_graph_get_name (scene->graph, node);
}

static BpOp
get_op (const BpScene *scene,
        guint          node)
{
  return bp_graph_get_op (scene->graph, node);
}

gboolean
bp_scene_is_zero (const BpScene *scene,
                  guint          node)
{
  for (gsize i = 0; i < bp_graph_get_n_elements (scene->graph, node); i++)
    if (bp_scene_get_gradient (scene, node, i) != 0)
      return FALSE;

  return TRUE;
}

gboolean
bp_scene_is_kept (const BpScene *scene,
                  guint          variable)
{
  g_autoptr (GArray) uses = bp_explain_find_uses (scene, variable, BP_NODE_NONE);

  return bp_explain_get_kept (scene, variable, uses) != 0;
}

/* What is special at an op of one element; that of tensors differs from element to element. */

static gboolean
passes_to (const BpScene *scene,
           guint          op,
           guint          input)
{
  return bp_graph_needs_gradient (scene->graph, op)
         && bp_graph_needs_gradient (scene->graph, bp_graph_get_input (scene->graph, op, input));
}

static gboolean
get_operands (const BpScene *scene,
              guint          op,
              BpOperands    *operands)
{
  if (bp_scene_is_tensor (scene, op) || !bp_op_get_class (get_op (scene, op))->elementwise
      || bp_graph_get_n_inputs (scene->graph, op) == 0)
    return FALSE;
  *operands = bp_scene_get_operands (scene, op, 0);

  return TRUE;
}

static char *
explain_saturation (BpOp       op,
                    BpOperands operands)
{
  const double derivative = bp_op_local_derivative (op, 0, operands.a, operands.b, operands.y);
  const gboolean is_sigmoid = op == BP_OP_SIGMOID;
  g_autofree char *slope = bp_number_format (derivative);

  if (derivative > SATURATED * (is_sigmoid ? 0.25 : 1))
    return NULL;
  if (derivative == 0)
    return g_strdup (is_sigmoid ? _("The sigmoid is saturated here: its derivative rounds to 0, so no gradient passes.")
                                : _("The hyperbolic tangent is saturated here: its derivative rounds to 0, so no "
                                    "gradient passes."));
  if (derivative < EXACT)
    return g_strdup (is_sigmoid ? _("The sigmoid is saturated here: its derivative is almost 0, so hardly any gradient "
                                    "passes.")
                                : _("The hyperbolic tangent is saturated here: its derivative is almost 0, so hardly "
                                    "any gradient passes."));

  return is_sigmoid
         ? g_strdup_printf (_("The sigmoid is saturated here: its derivative is only %s, so hardly any gradient "
                              "passes."), slope)
         : g_strdup_printf (_("The hyperbolic tangent is saturated here: its derivative is only %s, so hardly any "
                              "gradient passes."), slope);
}

static char *
explain_inactive (BpOperands operands)
{
  g_autofree char *input = bp_number_format (operands.a);

  if (operands.a == 0)
    return g_strdup (_("At 0 ReLU has a kink; its derivative there is taken as 0, so no gradient passes."));

  return g_strdup_printf (_("ReLU is inactive here: its input %s is not positive, so its derivative is 0 and no "
                            "gradient passes."), input);
}

static char *
explain_clip (const BpOpAttributes *limits,
              BpOperands            operands)
{
  g_autofree char *input = bp_number_format (operands.a);

  if (operands.a < limits->least)
    return g_strdup_printf (_("Clipping is active here: its input %s is below the lower limit, so no gradient passes."),
                            input);
  if (operands.a > limits->greatest)
    return g_strdup_printf (_("Clipping is active here: its input %s is above the upper limit, so no gradient passes."),
                            input);
  if (operands.a == limits->least || operands.a == limits->greatest)
    return g_strdup (_("At a limit clipping has a kink; its derivative there is taken as 1, so the whole gradient "
                       "passes."));

  return NULL;
}

static char *
explain_choice (const BpScene *scene,
                guint          op,
                gboolean       holds)
{
  const char *x = get_name (scene, bp_graph_get_input (scene->graph, op, 1));
  const char *y = get_name (scene, bp_graph_get_input (scene->graph, op, 2));

  if (x == y)
    return NULL;

  return holds ? g_strdup_printf (_("The condition holds here, so the value is that of %s, and no gradient passes to "
                                    "%s."), x, y)
               : g_strdup_printf (_("The condition does not hold here, so the value is that of %s, and no gradient "
                                    "passes to %s."), y, x);
}

/* Where both inputs are one node, it gets both halves. */
static char *
explain_tie (const BpScene *scene,
             guint          op)
{
  guint targets[BP_MAX_INPUTS];

  if (bp_graph_get_input (scene->graph, op, 0) == bp_graph_get_input (scene->graph, op, 1))
    return NULL;
  if (bp_explain_get_targets (scene->graph, op, targets) == 2)
    return g_strdup (_("A tie: both inputs are equal, so each of them gets half of the gradient."));

  return g_strdup_printf (_("A tie: both inputs are equal, so %s gets half of the gradient."),
                          get_name (scene, targets[0]));
}

char *
bp_explain_special_op (const BpScene *scene,
                       guint          op)
{
  guint targets[BP_MAX_INPUTS];
  BpOperands operands;

  if (bp_explain_get_targets (scene->graph, op, targets) == 0 || !get_operands (scene, op, &operands))
    return NULL;

  switch ((int) get_op (scene, op))
    {
    case BP_OP_SIGMOID:
    case BP_OP_TANH:
      return explain_saturation (get_op (scene, op), operands);
    case BP_OP_RELU:
      return operands.a <= 0 ? explain_inactive (operands) : NULL;
    case BP_OP_CLIP_BY_VALUE:
      return explain_clip (bp_graph_get_attributes (scene->graph, op), operands);
    case BP_OP_LEAKY_RELU:
      return operands.a == 0 && passes_to (scene, op, 0)
             ? g_strdup (_("At 0 leaky ReLU has a kink; its derivative there is taken as alpha.")) : NULL;
    case BP_OP_WHERE:
      return explain_choice (scene, op, operands.a != 0);
    case BP_OP_MAXIMUM:
    case BP_OP_MINIMUM:
      return operands.a == operands.b ? explain_tie (scene, op) : NULL;
    case BP_OP_ABS:
      return operands.a == 0
             ? g_strdup (_("At 0 the absolute value has a kink; its derivative there is taken as 0, so no gradient "
                           "passes.")) : NULL;
    default:
      return NULL;
    }
}

/* A gradient of 0 */

/* Returns: (transfer full): for each node, whether its value depends on @node, by ops up to the loss */
static gboolean *
find_dependents (const BpScene *scene,
                 guint          node)
{
  gboolean *depends = g_new0 (gboolean, bp_graph_get_n_nodes (scene->graph));

  depends[node] = TRUE;
  for (guint i = node + 1; i <= scene->loss; i++)
    for (guint input = 0; input < bp_graph_get_n_inputs (scene->graph, i); input++)
      depends[i] |= depends[bp_graph_get_input (scene->graph, i, input)];

  return depends;
}

gboolean
bp_scene_reaches_loss (const BpScene *scene,
                       guint          node)
{
  g_autofree gboolean *depends = find_dependents (scene, node);

  return depends[scene->loss];
}

guint
bp_scene_find_block (const BpScene *scene,
                     guint          node)
{
  g_autofree gboolean *depends = find_dependents (scene, node);

  for (guint i = node + 1; i <= scene->loss; i++)
    if (depends[i] && bp_op_get_class (get_op (scene, i))->backward == NULL && bp_scene_reaches_loss (scene, i))
      return i;

  return BP_NODE_NONE;
}

/* Why the gradient is 0 where the loss, measured by @element of @variable, has another slope or none. */
static char *
explain_unlike_slope (const BpScene *scene,
                      guint          variable,
                      const BpSlope *slope)
{
  const guint block = bp_scene_find_block (scene, variable);
  g_autofree char *sides = NULL;

  if (slope->kind == BP_SLOPE_SMOOTH && fabs (slope->value) > MAX (slope->error, 1e-9) && block != BP_NODE_NONE)
    return g_strdup_printf (_("The gradient is 0 because “%s” passes none on; the loss does change with %s."),
                            get_name (scene, block), get_name (scene, variable));
  if (slope->kind == BP_SLOPE_KINK)
    {
      sides = bp_slope_describe_kink (slope);
      return g_strdup_printf (_("The gradient is 0 by convention: the loss has a kink here (%s)."), sides);
    }

  return NULL;
}

/* Measured by each element as far as that takes no time. */
static char *
explain_zero (const BpScene *scene,
              guint          variable)
{
  const gsize n = bp_graph_get_n_elements (scene->graph, variable);
  gboolean is_level = TRUE;
  g_auto (BpTrial) trial = { NULL, };

  if (!bp_trial_init (&trial, scene, BP_SLOPE_MAX_CALLS * (double) n))
    return g_strdup_printf (_("The gradient of %s is 0, so it does not push it."), get_name (scene, variable));

  for (gsize i = 0; i < n; i++)
    {
      char *text;
      BpSlope slope;

      bp_trial_measure_slope (&trial, bp_scene_get_offset (scene, variable) + i, &slope);
      text = explain_unlike_slope (scene, variable, &slope);
      if (text != NULL)
        return text;
      is_level = is_level && slope.kind == BP_SLOPE_SMOOTH;
    }

  return is_level
         ? g_strdup_printf (_("The gradient is 0: the loss is level here along %s, so nothing pushes it."),
                            get_name (scene, variable))
         : g_strdup_printf (_("The gradient of %s is 0, so it does not push it."), get_name (scene, variable));
}

/* One target */

static char *
explain_part (const BpScene *scene,
              guint          node)
{
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (scene->trainer, node, &n_total);

  return g_strdup_printf (_("Gradients add where paths meet: %u of %u contributions to the gradient of %s are in."), n,
                          n_total, get_name (scene, node));
}

static char *
explain_meeting (const BpScene *scene,
                 guint          node)
{
  guint n_total;

  bp_trainer_get_n_contributions (scene->trainer, node, &n_total);

  return g_strdup_printf (_("Gradients add where paths meet: %u contributions make up the gradient of %s."), n_total,
                          get_name (scene, node));
}

/* The cross entropies mean their second input when they speak of predictions. */
static char *
explain_labels (const BpScene *scene,
                guint          op,
                guint          target)
{
  if (bp_graph_get_n_inputs (scene->graph, op) < 2 || bp_graph_get_input (scene->graph, op, 0) != target)
    return NULL;
  if (get_op (scene, op) == BP_OP_SIGMOID_CROSS_ENTROPY)
    return g_strdup (_("This goes to the labels, not to the logits: the gradient is passed on times minus the logit, "
                       "whatever the labels are."));
  if (get_op (scene, op) == BP_OP_SOFTMAX_CROSS_ENTROPY)
    return g_strdup (_("This goes to the labels, not to the logits: the gradient is passed on times minus the "
                       "logarithm of the predicted probability."));

  if (get_op (scene, op) == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY)
    return g_strdup (_("This goes to the labels, not to the logits: they are classes, which cannot change a little, so "
                       "their gradient is 0."));

  return NULL;
}

static char *
explain_stretch (const BpScene *scene,
                 guint          op,
                 guint          target)
{
  const gsize n_target = bp_graph_get_n_elements (scene->graph, target);
  const gsize n = bp_graph_get_n_elements (scene->graph, op);

  if (get_op (scene, op) == BP_OP_REDUCE_MEAN && n_target > n)
    return g_strdup_printf (_("In a mean of %u numbers each counts for 1/%u, so the gradient is divided by %u."),
                            (guint) (n_target / n), (guint) (n_target / n), (guint) (n_target / n));
  if (!bp_op_get_class (get_op (scene, op))->elementwise || n <= n_target)
    return NULL;

  return n_target == 1
         ? g_strdup_printf (_("%s was used for %u elements, so its gradient is the sum of what comes back from all of "
                              "them."), get_name (scene, target), (guint) n)
         : g_strdup_printf (_("Each element of %s was used for %u elements, so its gradient is the sum of what comes "
                              "back from all of them."), get_name (scene, target), (guint) (n / n_target));
}

/* The sentence for one of several inputs where the others, data or constants, get nothing. */
static char *
explain_op (const BpScene *scene,
            guint          op)
{
  const BpOp kind = get_op (scene, op);
  guint n_passed = 0, input = 0;

  for (guint i = 0; i < bp_graph_get_n_inputs (scene->graph, op); i++)
    if (passes_to (scene, op, i))
      {
        n_passed++;
        input = i;
      }

  if (n_passed == 1 && single_meanings[kind][input] != NULL)
    return g_strdup (_(single_meanings[kind][input]));

  return g_strdup (_(bp_op_get_class (kind)->meaning));
}

/* What is special about the gradient that @op passed to @target. */
static char *
explain_special_pass (const BpScene *scene,
                      guint          op,
                      guint          target)
{
  char *text = bp_explain_special_op (scene, op);

  if (text == NULL && bp_scene_is_zero (scene, target) && get_op (scene, target) == BP_OP_VARIABLE)
    text = explain_zero (scene, target);
  if (text == NULL)
    text = explain_labels (scene, op, target);
  if (text == NULL)
    text = explain_stretch (scene, op, target);

  return text;
}

static char *
explain_target (const BpScene *scene,
                guint          op,
                guint          target)
{
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (scene->trainer, target, &n_total);
  char *text;

  if (n < n_total)
    return explain_part (scene, target);
  if (bp_scene_is_kept (scene, target))
    return g_strdup (_("Gradients are not cleared here: this one still holds those of earlier iterations, and the new "
                       "one is added to them."));
  if (n_total > 1)
    return explain_meeting (scene, target);

  text = explain_special_pass (scene, op, target);

  return text != NULL ? text : explain_op (scene, op);
}

char *
bp_explain_passing (const BpScene *scene,
                    guint          op,
                    const guint   *targets,
                    guint          n_targets)
{
  GString *sentences = g_string_new (NULL);

  for (guint i = 0; i < n_targets; i++)
    {
      g_autofree char *sentence = explain_target (scene, op, targets[i]);

      if (strstr (sentences->str, sentence) == NULL)
        g_string_append_printf (sentences, "%s%s", i > 0 ? " " : "", sentence);
    }

  return g_string_free (sentences, FALSE);
}
