/* bp-explain-meaning.c: one true sentence for every op, phase and special case
 *
 * What an op does to gradients in general is said by its row in the table of ops; here are the cases that deserve a
 * sentence of their own, and what the forward pass and the updates mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* Where the derivative of a sigmoid or hyperbolic tangent is smaller than this share of its largest, it is
 * saturated. */
#define SATURATED 0.04

static const char * const forward_meanings[BP_N_OPS] = {
  [BP_OP_CONSTANT] = N_("A constant is a number of the model that never changes."),
  [BP_OP_PLACEHOLDER] = N_("A placeholder holds the data of this iteration."),
  [BP_OP_VARIABLE] = N_("A variable is what training changes; its gradient is not computed yet."),
  [BP_OP_ADD] = N_("Addition: the sum of the two inputs."),
  [BP_OP_SUBTRACT] = N_("Subtraction: the difference is negative where the first input is the smaller one."),
  [BP_OP_MULTIPLY] = N_("Multiplication: the product of the two inputs."),
  [BP_OP_DIVIDE] = N_("Division: the first input divided by the second."),
  [BP_OP_POW] = N_("A power: the first input is the base, the second the exponent."),
  [BP_OP_MAXIMUM] = N_("The maximum: the larger of the two inputs."),
  [BP_OP_MINIMUM] = N_("The minimum: the smaller of the two inputs."),
  [BP_OP_SIGMOID_CROSS_ENTROPY] = N_("The cross entropy of the label and the sigmoid of the logit: large where the "
                                     "model is sure and wrong."),
  [BP_OP_NEGATIVE] = N_("Negation: the input with its sign turned."),
  [BP_OP_SQUARE] = N_("The square is never negative, and a number twice as large counts four times."),
  [BP_OP_SQRT] = N_("The square root: what has to be squared to get the input."),
  [BP_OP_EXP] = N_("The exponential is always positive and grows by the factor e when its input grows by 1."),
  [BP_OP_LOG] = N_("The natural logarithm: the power of e that gives the input."),
  [BP_OP_ABS] = N_("The absolute value: how far the input is from 0."),
  [BP_OP_SIN] = N_("The sine of the input, in radians."),
  [BP_OP_COS] = N_("The cosine of the input, in radians."),
  [BP_OP_SIGMOID] = N_("The sigmoid squeezes any number into the range from 0 to 1, to be read as a probability."),
  [BP_OP_TANH] = N_("The hyperbolic tangent squeezes any number into the range from −1 to 1."),
  [BP_OP_RELU] = N_("ReLU keeps positive numbers and makes 0 of all others."),
  [BP_OP_SOFTPLUS] = N_("Softplus is a smooth ReLU: near 0 far below zero, near its input far above."),
  [BP_OP_ROUND] = N_("Rounding to the nearest whole number, halves to the even one."),
  [BP_OP_STOP_GRADIENT] = N_("The value passes unchanged; in the backward pass no gradient will."),
  [BP_OP_MATMUL] = N_("A matrix product: each element is a row of the first matrix times a column of the second."),
  [BP_OP_TRANSPOSE] = N_("The transpose: the same numbers, with rows as columns."),
  [BP_OP_EXPAND_DIMS] = N_("The same numbers in a shape with one more dimension of size 1."),
  [BP_OP_RESHAPE] = N_("The same numbers in another shape."),
  [BP_OP_REDUCE_SUM] = N_("The sum of the elements."),
  [BP_OP_REDUCE_MEAN] = N_("The mean of the elements: their sum divided by their number."),
  [BP_OP_SOFTMAX_CROSS_ENTROPY] = N_("The cross entropy of the labels and the softmax of the logits: large where the "
                                     "model is sure and wrong."),
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


static const char *
get_op_meaning (const BpScene *scene,
                guint          node)
{
  return _(bp_op_get_class (get_op (scene, node))->meaning);
}

/* Feed */

static char *
explain_feed (const BpScene *scene)
{
  gsize n_rows;

  bp_trainer_get_batch (scene->trainer, &n_rows);
  if (bp_graph_get_n_placeholders (scene->graph) == 0)
    return g_strdup (_("The model has no data; the iteration begins with the variables as they are."));

  switch (bp_trainer_get_experiment (scene->trainer)->sampling)
    {
    case BP_SAMPLING_SHUFFLED:
      return n_rows == 1
             ? g_strdup (_("The next sample in this epoch's shuffled order is fed; nothing else is computed yet."))
             : g_strdup_printf (_("The next %u samples in shuffled order are fed; nothing else is computed yet."),
                                (guint) n_rows);
    case BP_SAMPLING_SEQUENTIAL:
      return n_rows == 1
             ? g_strdup (_("The next sample in order is fed; nothing else is computed yet."))
             : g_strdup_printf (_("The next %u samples in order are fed; nothing else is computed yet."),
                                (guint) n_rows);
    case BP_SAMPLING_RANDOM:
    default:
      return n_rows == 1
             ? g_strdup (_("One sample, drawn at random, is fed; nothing else is computed yet."))
             : g_strdup_printf (_("A batch of %u samples, drawn at random, is fed; nothing else is computed yet."),
                                (guint) n_rows);
    }
}

/* Special cases at a node of one element; those of tensors differ from element to element. */

static gboolean
get_arguments (const BpScene *scene,
               guint          node,
               double        *a,
               double        *b,
               double        *y)
{
  const guint n_inputs = bp_graph_get_n_inputs (scene->graph, node);

  if (bp_scene_is_tensor (scene, node) || n_inputs == 0 || !bp_op_get_class (get_op (scene, node))->elementwise)
    return FALSE;

  *a = bp_scene_get_value (scene, bp_graph_get_input (scene->graph, node, 0), 0);
  *b = n_inputs > 1 ? bp_scene_get_value (scene, bp_graph_get_input (scene->graph, node, 1), 0) : 0;
  *y = bp_scene_get_value (scene, node, 0);

  return TRUE;
}

static char *
explain_saturation (const BpScene *scene,
                    guint          node)
{
  const BpOp op = get_op (scene, node);
  g_autofree char *slope = NULL;
  double a, b, y, derivative;

  if ((op != BP_OP_SIGMOID && op != BP_OP_TANH) || !get_arguments (scene, node, &a, &b, &y))
    return NULL;
  derivative = bp_op_local_derivative (op, 0, a, b, y);
  if (derivative > SATURATED * (op == BP_OP_SIGMOID ? 0.25 : 1))
    return NULL;

  slope = bp_number_format (derivative);
  return op == BP_OP_SIGMOID
         ? g_strdup_printf (_("The sigmoid is saturated here: its derivative is only %s, so hardly any gradient "
                              "passes."), slope)
         : g_strdup_printf (_("The hyperbolic tangent is saturated here: its derivative is only %s, so hardly any "
                              "gradient passes."), slope);
}

static char *
explain_inactive (const BpScene *scene,
                  guint          node)
{
  g_autofree char *input = NULL;
  double a, b, y;

  if (get_op (scene, node) != BP_OP_RELU || !get_arguments (scene, node, &a, &b, &y) || a > 0)
    return NULL;

  input = bp_number_format (a);
  return g_strdup_printf (_("ReLU is inactive here: its input %s is not positive, so its derivative is 0 and no "
                            "gradient passes."), input);
}

static char *
explain_kink (const BpScene *scene,
              guint          node)
{
  const BpOp op = get_op (scene, node);
  double a, b, y;

  if (!get_arguments (scene, node, &a, &b, &y))
    return NULL;
  if ((op == BP_OP_MAXIMUM || op == BP_OP_MINIMUM) && a == b)
    return g_strdup (_("A tie: both inputs are equal, so each of them gets half of the gradient."));
  if (op == BP_OP_ABS && a == 0)
    return g_strdup (_("At 0 the absolute value has a kink; its derivative there is taken as 0, so no gradient "
                       "passes."));

  return NULL;
}

/* What is special about @node as an op, forward and backward alike. */
static char *
explain_special_op (const BpScene *scene,
                    guint          node)
{
  char *text = explain_saturation (scene, node);

  if (text == NULL)
    text = explain_inactive (scene, node);
  if (text == NULL)
    text = explain_kink (scene, node);

  return text;
}

/* Forward */

static char *
explain_forward (const BpScene *scene,
                 guint          node)
{
  const BpOp op = get_op (scene, node);
  char *text;

  if (node == scene->loss)
    return scene->settings.optimizer.maximize
           ? g_strdup (_("This number is the loss: it says how wrong the model is; the optimizer is set to make it "
                         "larger."))
           : g_strdup (_("This number is the loss: it says how wrong the model is, and training is to make it "
                         "smaller."));

  text = explain_special_op (scene, node);

  return text != NULL ? text : g_strdup (_(forward_meanings[op]));
}

/* Backward */

static char *
explain_seed (void)
{
  return g_strdup (_("The backward pass starts at the loss: as the loss changes, it changes by just as much, so ∂L/∂L "
                     "= 1."));
}

static char *
explain_part (const BpScene *scene,
              guint          node)
{
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (scene->trainer, node, &n_total);

  return g_strdup_printf (_("%s is used %u times, so its gradient is a sum; %u of %u contributions are in."),
                          get_name (scene, node), n_total, n, n_total);
}

static char *
explain_meeting (const BpScene *scene,
                 guint          node)
{
  guint n_total;

  bp_trainer_get_n_contributions (scene->trainer, node, &n_total);

  return g_strdup_printf (_("Gradients add where paths meet: %s is used %u times, so %u contributions make up its "
                            "gradient."),
                          get_name (scene, node), n_total, n_total);
}

/* Whether the gradient of a variable has more in it than this iteration's. */
static gboolean
is_kept (const BpScene *scene,
         guint          node)
{
  g_autoptr (GArray) uses = bp_explain_find_uses (scene->graph, node);

  return bp_explain_get_kept (scene, node, uses) != 0;
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
    return g_strdup (_("This gradient goes to the labels, not to the logits: it is minus the logit, whatever the "
                       "labels are."));
  if (get_op (scene, op) == BP_OP_SOFTMAX_CROSS_ENTROPY)
    return g_strdup (_("This gradient goes to the labels, not to the logits: it is minus the logarithm of the "
                       "predicted probability."));

  return NULL;
}

static gboolean
is_zero (const BpScene *scene,
         guint          node)
{
  for (gsize i = 0; i < bp_graph_get_n_elements (scene->graph, node); i++)
    if (bp_scene_get_gradient (scene, node, i) != 0)
      return FALSE;

  return TRUE;
}

/* What is special about the gradient that @op passed to @target. */
static char *
explain_special_pass (const BpScene *scene,
                      guint          op,
                      guint          target)
{
  const gsize n_target = bp_graph_get_n_elements (scene->graph, target);
  const gsize n = bp_graph_get_n_elements (scene->graph, op);
  char *text = explain_special_op (scene, op);

  if (text == NULL)
    text = explain_labels (scene, op, target);
  if (text != NULL)
    return text;
  if (is_zero (scene, target) && get_op (scene, target) == BP_OP_VARIABLE)
    return g_strdup_printf (_("The gradient is 0: a small change of %s would not change the loss, so nothing pushes "
                              "it."),
                            get_name (scene, target));
  if (get_op (scene, op) == BP_OP_REDUCE_MEAN && n_target > n)
    return g_strdup_printf (_("In a mean of %u numbers each counts for 1/%u, so the gradient is divided by %u."),
                            (guint) (n_target / n), (guint) (n_target / n), (guint) (n_target / n));
  if (bp_op_get_class (get_op (scene, op))->elementwise && n > n_target)
    return g_strdup_printf (_("%s was used for %u elements, so its gradient is the sum of what comes back from all of "
                              "them."),
                            get_name (scene, target), (guint) (n / n_target));

  return NULL;
}

static char *
explain_pass (const BpScene *scene,
              guint          op,
              guint          target)
{
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (scene->trainer, target, &n_total);
  char *text;

  if (n < n_total)
    return explain_part (scene, target);
  if (is_kept (scene, target))
    return g_strdup (_("Gradients are not cleared here: what earlier iterations left in this one is still there, and "
                       "the new one is added."));
  if (n_total > 1)
    return explain_meeting (scene, target);

  text = explain_special_pass (scene, op, target);

  return text != NULL ? text : g_strdup (get_op_meaning (scene, op));
}

static char *
explain_backward (const BpScene       *scene,
                  const BpInstruction *instruction,
                  guint                node)
{
  if (instruction->seed)
    return explain_seed ();

  return explain_pass (scene, instruction->node, node);
}

/* Update */

static char *
explain_loss_after (const BpScene *scene)
{
  const double before = bp_scene_get_value (scene, scene->loss, 0);
  const double after = bp_trainer_get_loss_after (scene->trainer);
  g_autofree char *before_text = bp_number_format (before);
  g_autofree char *after_text = bp_number_format (after);

  if (!isfinite (after) || g_str_equal (before_text, after_text))
    return g_strdup_printf (_("To four digits the loss of the same data is %s before and after the step."),
                            before_text);
  if (after < before)
    return g_strdup_printf (_("The loss of the same data falls from %s to %s: the step went downhill."),
                            before_text, after_text);

  return scene->settings.optimizer.kind == BP_OPTIMIZER_GRADIENT_DESCENT
         ? g_strdup_printf (_("The loss of the same data rises from %s to %s: the step went downhill, but too far."),
                            before_text, after_text)
         : g_strdup_printf (_("The loss of the same data rises from %s to %s: the step went too far, or where earlier "
                              "steps were heading."), before_text, after_text);
}

static char *
explain_update (const BpScene *scene,
                guint          variable)
{
  const BpSettings *settings = &scene->settings;
  guint n_variables = bp_graph_get_n_variables (scene->graph);

  if (!bp_graph_needs_gradient (scene->graph, variable))
    return g_strdup_printf (_("The loss does not depend on %s, so its gradient is 0 and it stays as it is."),
                            get_name (scene, variable));
  if (settings->optimizer.maximize)
    return g_strdup (_("The optimizer is set to maximize: it steps along the gradient, uphill, to make the loss "
                       "larger."));
  if (settings->keep_gradients)
    return g_strdup (_("The step uses the sum of this gradient and those of earlier iterations, because they are not "
                       "cleared."));
  if (settings->optimizer.kind == BP_OPTIMIZER_ADAM)
    return g_strdup_printf (_("Here m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ) take out that m and v began at 0; this is "
                              "update t = %" PRId64 "."), scene->iteration - scene->settings_since);
  if (is_zero (scene, variable) && settings->optimizer.kind == BP_OPTIMIZER_GRADIENT_DESCENT)
    return g_strdup_printf (_("The gradient is 0, so %s stays where it is."), get_name (scene, variable));
  if (variable != bp_graph_get_variable (scene->graph, n_variables - 1)
      || !bp_trainer_has_loss_after (scene->trainer))
    return g_strdup (_("Each variable takes its step by its own gradient; all gradients are from before the first "
                       "step."));

  return explain_loss_after (scene);
}

/* A node as it stands */

/* Whether the node behind @node stops the gradient; then that one's sentence says why. */
static guint
find_block (const BpScene *scene,
            guint          node)
{
  for (guint i = node + 1; i < bp_graph_get_n_nodes (scene->graph); i++)
    for (guint input = 0; input < bp_graph_get_n_inputs (scene->graph, i); input++)
      if (bp_graph_get_input (scene->graph, i, input) == node && bp_op_get_class (get_op (scene, i))->backward == NULL)
        return i;

  return BP_NODE_NONE;
}

static char *
explain_without_gradient (const BpScene *scene,
                          guint          node)
{
  const BpOp op = get_op (scene, node);
  const guint block = find_block (scene, node);

  if (op == BP_OP_CONSTANT || op == BP_OP_PLACEHOLDER)
    return g_strdup (get_op_meaning (scene, node));
  if (bp_graph_is_evaluation (scene->graph, node))
    return g_strdup (_("This node only judges the model: it is no part of the train step and has no gradient."));
  if (op != BP_OP_VARIABLE && bp_op_get_class (op)->backward == NULL)
    return g_strdup (get_op_meaning (scene, node));
  if (block != BP_NODE_NONE)
    return g_strdup (get_op_meaning (scene, block));
  if (op == BP_OP_VARIABLE)
    return g_strdup_printf (_("The loss does not depend on %s, so training does not change it."),
                            get_name (scene, node));

  return g_strdup (_("No variable can be reached from here against the arrows, or no gradient comes this way, so none "
                     "is computed."));
}

static char *
explain_node (const BpScene *scene,
              guint          node)
{
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (scene->trainer, node, &n_total);
  g_autoptr (GArray) uses = NULL;

  if (!bp_trainer_has_value (scene->trainer, node))
    return g_strdup (_("The cursor has not reached this node in this iteration, so nothing of it is computed yet."));
  if (!bp_graph_needs_gradient (scene->graph, node) && node != scene->loss)
    return explain_without_gradient (scene, node);
  if (n == 0)
    return explain_forward (scene, node);
  if (node == scene->loss)
    return explain_seed ();

  uses = bp_explain_find_uses (scene->graph, node);

  return explain_pass (scene, g_array_index (uses, BpUse, 0).node, node);
}

char *
bp_explain_meaning (const BpScene       *scene,
                    const BpInstruction *instruction,
                    guint                node)
{
  if (instruction == NULL)
    return node != BP_NODE_NONE ? explain_node (scene, node)
                                : g_strdup (_("Nothing is computed yet; the next step feeds the data of the first "
                                              "iteration."));

  switch (instruction->phase)
    {
    case BP_PHASE_FEED:
      return explain_feed (scene);
    case BP_PHASE_FORWARD:
      return explain_forward (scene, node);
    case BP_PHASE_BACKWARD:
      return explain_backward (scene, instruction, node);
    case BP_PHASE_UPDATE:
    case BP_N_PHASES:
    default:
      return explain_update (scene, node);
    }
}
