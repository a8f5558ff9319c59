/* bp-explain-meaning.c: one true sentence for every op and phase
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>

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
  [BP_OP_LEAKY_RELU] = N_("Leaky ReLU keeps positive numbers and multiplies all others by alpha."),
  [BP_OP_GREATER] = N_("A comparison: 1 where the first input is greater than the second, 0 elsewhere."),
  [BP_OP_LESS] = N_("A comparison: 1 where the first input is less than the second, 0 elsewhere."),
  [BP_OP_GREATER_EQUAL] = N_("A comparison: 1 where the first input is at least the second, 0 elsewhere."),
  [BP_OP_LESS_EQUAL] = N_("A comparison: 1 where the first input is at most the second, 0 elsewhere."),
  [BP_OP_EQUAL] = N_("A comparison: 1 where both inputs are equal, 0 elsewhere."),
  [BP_OP_NOT_EQUAL] = N_("A comparison: 1 where the inputs differ, 0 elsewhere."),
  [BP_OP_WHERE] = N_("Where the condition holds, the value is that of x, elsewhere that of y."),
  [BP_OP_NEGATIVE] = N_("Negation: the input with its sign flipped."),
  [BP_OP_SQUARE] = N_("The square is never negative, and a number twice as large counts four times."),
  [BP_OP_SQRT] = N_("The square root: what has to be squared to get the input."),
  [BP_OP_EXP] = N_("The exponential is always positive and grows by the factor e when its input grows by 1."),
  [BP_OP_LOG] = N_("The natural logarithm: the power of e that gives the input."),
  [BP_OP_LOG1P] = N_("The logarithm of 1 plus the input, which keeps its digits where the input is close to 0."),
  [BP_OP_ABS] = N_("The absolute value: how far the input is from 0."),
  [BP_OP_SIN] = N_("The sine of the input, in radians."),
  [BP_OP_COS] = N_("The cosine of the input, in radians."),
  [BP_OP_SIGMOID] = N_("The sigmoid squeezes any number into the range from 0 to 1, to be read as a probability."),
  [BP_OP_TANH] = N_("The hyperbolic tangent squeezes any number into the range from −1 to 1."),
  [BP_OP_RELU] = N_("ReLU keeps positive numbers and makes 0 of all others."),
  [BP_OP_SOFTPLUS] = N_("Softplus is a smooth ReLU: near 0 far below zero, near its input far above."),
  [BP_OP_ELU] = N_("ELU keeps positive numbers and makes eˣ − 1 of all others, which is never below −1."),
  [BP_OP_GELU] = N_("GELU multiplies its input by Φ of it, the share of a standard normal distribution that is "
                    "smaller."),
  [BP_OP_SILU] = N_("SiLU multiplies its input by the sigmoid of it: a smooth ReLU that dips below 0."),
  [BP_OP_SIGN] = N_("The sign of the input: 1 or −1, and 0 where the input is 0."),
  [BP_OP_ROUND] = N_("Rounding to the nearest whole number, halves to the even one."),
  [BP_OP_IDENTITY] = N_("The value passes unchanged, under another name."),
  [BP_OP_STOP_GRADIENT] = N_("The value passes unchanged; in the backward pass no gradient will."),
  [BP_OP_CLIP_BY_VALUE] = N_("Clipping keeps what is within its limits and makes the nearer limit of all other "
                             "numbers."),
  [BP_OP_MATMUL] = N_("A matrix product: each element is a row of the first matrix times a column of the second."),
  [BP_OP_TRANSPOSE] = N_("The transpose: the same numbers, with rows as columns."),
  [BP_OP_EXPAND_DIMS] = N_("The same numbers in a shape with one more dimension of size 1."),
  [BP_OP_RESHAPE] = N_("The same numbers in another shape."),
  [BP_OP_CONCAT] = N_("Both inputs joined to one: the numbers of the second come behind those of the first."),
  [BP_OP_STACK] = N_("Both inputs stacked along a new dimension."),
  [BP_OP_ONE_HOT] = N_("Each class becomes a row of numbers: 1 at the position of the class, 0 elsewhere."),
  [BP_OP_REDUCE_SUM] = N_("The sum of the elements."),
  [BP_OP_REDUCE_MEAN] = N_("The mean of the elements: their sum divided by their number."),
  [BP_OP_REDUCE_MAX] = N_("The largest of the elements."),
  [BP_OP_REDUCE_MIN] = N_("The smallest of the elements."),
  [BP_OP_ARGMAX] = N_("The position of the largest element, counted from 0; of equal ones it is the first."),
  [BP_OP_L2_LOSS] = N_("The L2 loss: half the sum of the squares of all elements."),
  [BP_OP_SOFTMAX] = N_("Softmax makes probabilities of a row: they add up to 1, and a larger number gets a larger "
                       "one."),
  [BP_OP_LOG_SOFTMAX] = N_("The logarithm of the probabilities that softmax makes of a row."),
  [BP_OP_SOFTMAX_CROSS_ENTROPY] = N_("The cross entropy of the labels and the softmax of the logits: large where the "
                                     "model is sure and wrong."),
  [BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY] = N_("Minus the logarithm of the probability that softmax gives to the class "
                                            "that is right: large where the model is sure and wrong."),
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
  const BpExperiment *experiment = bp_trainer_get_experiment (scene->trainer);
  gsize n_rows;

  bp_trainer_get_batch (scene->trainer, &n_rows);
  if (bp_graph_get_n_placeholders (scene->graph) == 0)
    return g_strdup (_("The model has no data; the iteration begins with the variables as they are."));

  if (bp_numbered_lines_get (experiment->batches, scene->iteration - 1) != NULL)
    return n_rows == 1
           ? g_strdup (_("One sample, chosen by hand, is fed; nothing else is computed yet."))
           : g_strdup_printf (_("A batch of %u samples is fed; what it begins with was chosen by hand. Nothing else is "
                                "computed yet."), (guint) n_rows);

  switch (experiment->sampling)
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

/* Forward */

/* What the mask does to @node, which may be the mask itself. */
static char *
explain_dropout (const BpScene *scene,
                 guint          node,
                 guint          mask)
{
  const gsize n = bp_graph_get_n_elements (scene->graph, mask);
  g_autofree char *rate = bp_number_format (bp_graph_get_attributes (scene->graph, mask)->value);
  gsize n_dropped = 0;

  if (bp_graph_is_evaluation (scene->graph, node))
    return g_strdup (_("Dropout is for training alone; here nothing is dropped."));

  for (gsize i = 0; i < n; i++)
    n_dropped += bp_scene_get_value (scene, mask, i) == 0;

  /* Translators: how many of how many elements; a rate such as 0.5, twice. */
  return g_strdup_printf (_("Dropout: in this iteration the mask drops %zu of %zu elements, each with probability %s; "
                            "the others are multiplied by 1/(1 − %s), to make up for them."),
                          n_dropped, n, rate, rate);
}

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
           : g_strdup (_("This number is the loss: it says how wrong the model is, and training tries to make it "
                         "smaller."));

  if (op == BP_OP_DROPOUT)
    return explain_dropout (scene, node, bp_graph_get_input (scene->graph, node, 1));

  text = bp_explain_special_op (scene, node);

  return text != NULL ? text : g_strdup (_(forward_meanings[op]));
}

const char *
bp_explain_get_op_meaning (BpOp op)
{
  g_return_val_if_fail (op < BP_N_OPS, "");

  return forward_meanings[op] != NULL ? _(forward_meanings[op]) : "";
}

/* Backward */

static char *
explain_seed (void)
{
  return g_strdup (_("The backward pass starts at the loss: as the loss changes, it changes by just as much, so ∂L/∂L "
                     "= 1."));
}

static char *
explain_backward (const BpScene       *scene,
                  const BpInstruction *instruction)
{
  guint targets[BP_MAX_INPUTS];

  if (instruction->seed)
    return explain_seed ();

  return bp_explain_passing (scene, instruction->node, targets,
                             bp_explain_get_targets (scene->graph, instruction->node, targets));
}

/* A node as it stands */

static char *
explain_without_gradient (const BpScene *scene,
                          guint          node)
{
  const BpOp op = get_op (scene, node);
  const guint block = bp_scene_find_block (scene, node);

  if (op == BP_OP_MASK)
    return explain_dropout (scene, node, node);
  if (op == BP_OP_CONSTANT || op == BP_OP_PLACEHOLDER)
    return g_strdup (get_op_meaning (scene, node));
  if (bp_graph_is_evaluation (scene->graph, node))
    return g_strdup (_("This node only judges the model: it is no part of the train step and has no gradient."));
  if (op != BP_OP_VARIABLE && bp_op_get_class (op)->backward == NULL)
    return g_strdup (get_op_meaning (scene, node));
  if (block != BP_NODE_NONE && op == BP_OP_VARIABLE)
    return g_strdup_printf (_("No gradient reaches %s, for “%s” passes none on; so training does not change it."),
                            get_name (scene, node), get_name (scene, block));
  if (block != BP_NODE_NONE)
    return g_strdup (get_op_meaning (scene, block));
  if (op == BP_OP_VARIABLE)
    return g_strdup_printf (_("The loss does not depend on %s, so training does not change it."),
                            get_name (scene, node));

  return g_strdup (_("No gradient is computed here: this node is not on a path along which one gets from the loss to a "
                     "variable."));
}

static char *
explain_node (const BpScene *scene,
              guint          node)
{
  guint n_total;
  const guint n = bp_trainer_get_n_contributions (scene->trainer, node, &n_total);
  g_autoptr (GArray) uses = NULL;

  if (!bp_trainer_has_value (scene->trainer, node))
    return g_strdup (_("The run has not reached this node in this iteration, so nothing of it is computed yet."));
  if (!bp_graph_needs_gradient (scene->graph, node) && node != scene->loss)
    return explain_without_gradient (scene, node);
  if (n == 0)
    return explain_forward (scene, node);
  if (node == scene->loss)
    return explain_seed ();

  uses = bp_explain_find_uses (scene, node, BP_NODE_NONE);

  return bp_explain_passing (scene, g_array_index (uses, BpUse, 0).node, &node, 1);
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
      return explain_backward (scene, instruction);
    case BP_PHASE_UPDATE:
    case BP_N_PHASES:
    default:
      return bp_explain_landing (scene, node);
    }
}
