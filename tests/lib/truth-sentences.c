/* truth-sentences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/truth-sentences.h"

#include <math.h>
#include <string.h>

#include "lib/truth-text.h"

Real
operand (const Walk *walk,
         guint       node,
         guint       i)
{
  return truth_is_elementwise (bp_graph_get_op (walk->graph, node)) ? truth_operand (walk->truth, node, i, 0) : NAN;
}

/* What ops do */

typedef struct {
  const char *text;
  BpOp        op;
  guint       inputs; /* a bit for each that gets a gradient; 0 for any */
} OpSentence;

static const OpSentence backward_sentences[] = {
  { "Addition passes the gradient on to both", BP_OP_ADD, 3 },
  { "Addition passes the gradient on unchanged", BP_OP_ADD, 0 },
  { "Subtraction passes the gradient on unchanged to its first input, and", BP_OP_SUBTRACT, 3 },
  { "Subtraction passes the gradient on to its first", BP_OP_SUBTRACT, 1 },
  { "Subtraction passes the gradient on to its second", BP_OP_SUBTRACT, 2 },
  { "Multiplication passes the gradient on to each factor", BP_OP_MULTIPLY, 3 },
  { "Multiplication passes the gradient on to a factor", BP_OP_MULTIPLY, 0 },
  { "Division passes the gradient on divided", BP_OP_DIVIDE, 3 },
  { "Division passes the gradient on to the numerator", BP_OP_DIVIDE, 1 },
  { "Division passes the gradient on to the denominator", BP_OP_DIVIDE, 2 },
  { "A power passes the gradient on to its base times the exponent times the base to the exponent less one, and",
    BP_OP_POW, 3 },
  { "A power passes the gradient on to its base", BP_OP_POW, 1 },
  { "A power passes the gradient on to its exponent", BP_OP_POW, 2 },
  { "Leaky ReLU passes the gradient on to x unchanged", BP_OP_LEAKY_RELU, 3 },
  { "Leaky ReLU passes the gradient on unchanged", BP_OP_LEAKY_RELU, 1 },
  { "Leaky ReLU passes the gradient on to alpha", BP_OP_LEAKY_RELU, 2 },
  { "Dropout passes", BP_OP_DROPOUT, 0 },
  { "A comparison is flat", BP_OP_GREATER, 0 }, { "A class is a whole", BP_OP_ONE_HOT, 0 },
  { "The position of the largest element is", BP_OP_ARGMAX, 0 },
  { "Where the condition holds, x gets", BP_OP_WHERE, 6 },
  { "Where the condition holds, the gradient", BP_OP_WHERE, 2 },
  { "Where the condition does not hold, the gradient", BP_OP_WHERE, 4 },
  { "Joining only moves numbers, so each", BP_OP_CONCAT, 3 }, { "Joining only moves numbers, so the", BP_OP_CONCAT, 0 },
  { "Stacking only moves numbers, so each", BP_OP_STACK, 3 }, { "Stacking only moves numbers, so the", BP_OP_STACK, 0 },
  { "Softmax and cross entropy together have a simple derivative: the predicted probabilities, less 1",
    BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY, 0 },
  { "The logarithm of 1 plus its input passes", BP_OP_LOG1P, 0 }, { "ELU passes", BP_OP_ELU, 0 },
  { "GELU passes", BP_OP_GELU, 0 }, { "SiLU passes", BP_OP_SILU, 0 }, { "The sign is flat", BP_OP_SIGN, 0 },
  { "Clipping passes", BP_OP_CLIP_BY_VALUE, 0 },
  { "The maximum passes", BP_OP_MAXIMUM, 0 }, { "The minimum passes", BP_OP_MINIMUM, 0 },
  { "Sigmoid and cross entropy together", BP_OP_SIGMOID_CROSS_ENTROPY, 0 }, { "Negation passes", BP_OP_NEGATIVE, 0 },
  { "Squaring passes", BP_OP_SQUARE, 0 }, { "The square root passes", BP_OP_SQRT, 0 },
  { "The exponential is its own derivative", BP_OP_EXP, 0 }, { "The logarithm passes", BP_OP_LOG, 0 },
  { "The absolute value passes", BP_OP_ABS, 0 }, { "The sine passes", BP_OP_SIN, 0 },
  { "The cosine passes", BP_OP_COS, 0 },
  { "The sigmoid passes on", BP_OP_SIGMOID, 0 }, { "The hyperbolic tangent passes on", BP_OP_TANH, 0 },
  { "ReLU passes", BP_OP_RELU, 0 }, { "Softplus passes", BP_OP_SOFTPLUS, 0 },
  { "It is the same value under another name", BP_OP_IDENTITY, 0 },
  { "Rounding is flat", BP_OP_ROUND, 0 }, { "The value passes and the gradient does not", BP_OP_STOP_GRADIENT, 0 },
  { "A matrix product passes the gradient on times the other", BP_OP_MATMUL, 3 },
  { "A matrix product passes the gradient on to its first", BP_OP_MATMUL, 1 },
  { "A matrix product passes the gradient on to its second", BP_OP_MATMUL, 2 }, { "Transposing", BP_OP_TRANSPOSE, 0 },
  { "Another dimension", BP_OP_EXPAND_DIMS, 0 }, { "Another shape", BP_OP_RESHAPE, 0 },
  { "A sum passes", BP_OP_REDUCE_SUM, 0 }, { "A mean passes", BP_OP_REDUCE_MEAN, 0 },
  { "The largest element gets", BP_OP_REDUCE_MAX, 0 }, { "The smallest element gets", BP_OP_REDUCE_MIN, 0 },
  { "The L2 loss passes", BP_OP_L2_LOSS, 0 }, { "Softmax passes", BP_OP_SOFTMAX, 0 },
  { "The logarithm of softmax passes", BP_OP_LOG_SOFTMAX, 0 },
  { "Softmax and cross entropy together", BP_OP_SOFTMAX_CROSS_ENTROPY, 0 },
};

static const OpSentence forward_sentences[] = {
  { "A constant", BP_OP_CONSTANT, 0 }, { "A placeholder", BP_OP_PLACEHOLDER, 0 },
  { "A variable is", BP_OP_VARIABLE, 0 },
  { "Addition: the", BP_OP_ADD, 0 }, { "Subtraction: the", BP_OP_SUBTRACT, 0 },
  { "Multiplication: the", BP_OP_MULTIPLY, 0 }, { "Division: the", BP_OP_DIVIDE, 0 }, { "A power: the", BP_OP_POW, 0 },
  { "Leaky ReLU keeps", BP_OP_LEAKY_RELU, 0 }, { "The logarithm of 1 plus the input", BP_OP_LOG1P, 0 },
  { "ELU keeps", BP_OP_ELU, 0 }, { "GELU multiplies", BP_OP_GELU, 0 }, { "SiLU multiplies", BP_OP_SILU, 0 },
  { "The sign of", BP_OP_SIGN, 0 },
  { "A comparison: 1 where the first input is greater", BP_OP_GREATER, 0 },
  { "A comparison: 1 where the first input is less", BP_OP_LESS, 0 },
  { "A comparison: 1 where the first input is at least", BP_OP_GREATER_EQUAL, 0 },
  { "A comparison: 1 where the first input is at most", BP_OP_LESS_EQUAL, 0 },
  { "A comparison: 1 where both inputs are equal", BP_OP_EQUAL, 0 },
  { "A comparison: 1 where the inputs differ", BP_OP_NOT_EQUAL, 0 },
  { "Where the condition holds, the value", BP_OP_WHERE, 0 },
  { "Both inputs joined", BP_OP_CONCAT, 0 }, { "Both inputs stacked", BP_OP_STACK, 0 },
  { "Each class becomes", BP_OP_ONE_HOT, 0 }, { "The position of the largest element, counted", BP_OP_ARGMAX, 0 },
  { "Minus the logarithm of the probability", BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY, 0 },
  { "Clipping keeps", BP_OP_CLIP_BY_VALUE, 0 },
  { "The maximum: the", BP_OP_MAXIMUM, 0 }, { "The minimum: the", BP_OP_MINIMUM, 0 },
  { "The cross entropy of the label and", BP_OP_SIGMOID_CROSS_ENTROPY, 0 }, { "Negation: the", BP_OP_NEGATIVE, 0 },
  { "The square is", BP_OP_SQUARE, 0 }, { "The square root: what", BP_OP_SQRT, 0 },
  { "The exponential is always", BP_OP_EXP, 0 }, { "The natural logarithm", BP_OP_LOG, 0 },
  { "The absolute value: how", BP_OP_ABS, 0 }, { "The sine of", BP_OP_SIN, 0 }, { "The cosine of", BP_OP_COS, 0 },
  { "The sigmoid squeezes", BP_OP_SIGMOID, 0 }, { "The hyperbolic tangent squeezes", BP_OP_TANH, 0 },
  { "ReLU keeps", BP_OP_RELU, 0 }, { "Softplus is", BP_OP_SOFTPLUS, 0 }, { "Rounding to", BP_OP_ROUND, 0 },
  { "The value passes unchanged, under", BP_OP_IDENTITY, 0 },
  { "The value passes unchanged; in", BP_OP_STOP_GRADIENT, 0 }, { "A matrix product: each", BP_OP_MATMUL, 0 },
  { "The transpose", BP_OP_TRANSPOSE, 0 }, { "The same numbers in a shape", BP_OP_EXPAND_DIMS, 0 },
  { "The same numbers in another", BP_OP_RESHAPE, 0 }, { "The sum of the elements", BP_OP_REDUCE_SUM, 0 },
  { "The mean of the elements", BP_OP_REDUCE_MEAN, 0 },
  { "The largest of", BP_OP_REDUCE_MAX, 0 }, { "The smallest of", BP_OP_REDUCE_MIN, 0 },
  { "The L2 loss: half", BP_OP_L2_LOSS, 0 }, { "Softmax makes", BP_OP_SOFTMAX, 0 },
  { "The logarithm of the probabilities", BP_OP_LOG_SOFTMAX, 0 },
  { "The cross entropy of the labels and", BP_OP_SOFTMAX_CROSS_ENTROPY, 0 },
  { "Data are given", BP_OP_PLACEHOLDER, 0 },
};

static const OpSentence *
find_op_sentence (const OpSentence *sentences,
                  gsize             n,
                  const char       *text)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (text, sentences[i].text))
      return &sentences[i];

  return NULL;
}

gboolean
is_forward_sentence (const char *text,
                     BpOp        op)
{
  const OpSentence *sentence = find_op_sentence (forward_sentences, G_N_ELEMENTS (forward_sentences), text);

  return sentence != NULL && sentence->op == op;
}

gboolean
is_backward_sentence (const char *text)
{
  return find_op_sentence (backward_sentences, G_N_ELEMENTS (backward_sentences), text) != NULL;
}

static guint
get_inputs_mask (const Walk *walk,
                 guint       op)
{
  guint mask = 0;

  for (guint i = 0; i < bp_graph_get_n_inputs (walk->graph, op); i++)
    if (walk->truth->needs[bp_graph_get_input (walk->graph, op, i)])
      mask |= 1u << i;

  return mask;
}

gboolean
check_op_sentence (Walk       *walk,
                   const char *text,
                   guint       op)
{
  const BpOp kind = bp_graph_get_op (walk->graph, op);
  const OpSentence *sentence = find_op_sentence (backward_sentences, G_N_ELEMENTS (backward_sentences), text);

  if (sentence == NULL || sentence->op != kind)
    return FALSE;
  if ((sentence->inputs != 0 && sentence->inputs != get_inputs_mask (walk, op))
      || (sentence->inputs == 3 && bp_graph_get_input (walk->graph, op, 0) == bp_graph_get_input (walk->graph, op, 1)))
    walk_fail (walk, "“%s” of %s", text, bp_graph_get_name (walk->graph, op));
  walk->counts[KIND_MEANING]++;

  return TRUE;
}

/* What is special about numbers */

gboolean
check_special (Walk       *walk,
               const char *text,
               guint       op)
{
  const BpOp kind = bp_graph_get_op (walk->graph, op);
  const Real a = operand (walk, op, 0), b = operand (walk, op, 1);
  gboolean holds;

  if ((kind == BP_OP_SIGMOID || kind == BP_OP_TANH) && says (text, "is saturated here: its derivative is only"))
    holds = fabsl (number_between (text, "is only ", ",") / truth_local (walk->truth, op, 0, 0) - 1) < 1e-3L
            && truth_local (walk->truth, op, 0, 0) < 0.05L;
  else if ((kind == BP_OP_SIGMOID || kind == BP_OP_TANH) && says (text, "its derivative rounds to 0"))
    holds = truth_local (walk->truth, op, 0, 0) < 1e-15L;
  else if ((kind == BP_OP_SIGMOID || kind == BP_OP_TANH) && says (text, "its derivative is almost 0"))
    holds = truth_local (walk->truth, op, 0, 0) < 1.001e-9L;
  else if (kind == BP_OP_RELU && says (text, "ReLU is inactive here"))
    holds = a < 0 && is_rounded (number_between (text, "its input ", " is not"), a);
  else if (kind == BP_OP_RELU && says (text, "At 0 ReLU"))
    holds = a == 0;
  else if (kind == BP_OP_CLIP_BY_VALUE && says (text, "Clipping is active here"))
    holds = truth_side (walk->truth, op, a) == (says (text, "is below the lower") ? -1 : 1)
            && is_rounded (number_between (text, "its input ", " is "), a);
  else if (kind == BP_OP_CLIP_BY_VALUE && says (text, "At a limit"))
    holds = a == bp_graph_get_attributes (walk->graph, op)->least
            || a == bp_graph_get_attributes (walk->graph, op)->greatest;
  else if (kind == BP_OP_LEAKY_RELU && says (text, "At 0 leaky ReLU"))
    holds = a == 0 && get_inputs_mask (walk, op) & 1;
  else if (kind == BP_OP_WHERE && says (text, "The condition"))
    holds = (a != 0) == says (text, "The condition holds");
  else if (kind == BP_OP_ABS && says (text, "At 0 the absolute value"))
    holds = a == 0;
  else if ((kind == BP_OP_MAXIMUM || kind == BP_OP_MINIMUM) && says (text, "A tie: both inputs are equal, so each"))
    holds = fabsl (a - b) <= 1e-15L * fabsl (a) && get_inputs_mask (walk, op) == 3;
  else if ((kind == BP_OP_MAXIMUM || kind == BP_OP_MINIMUM) && says (text, "A tie: both inputs are equal, so"))
    holds = fabsl (a - b) <= 1e-15L * fabsl (a) && get_inputs_mask (walk, op) != 3;
  else if ((kind == BP_OP_SIGMOID_CROSS_ENTROPY || kind == BP_OP_SOFTMAX_CROSS_ENTROPY)
           && says (text, "This goes to the labels"))
    holds = get_inputs_mask (walk, op) & 1;
  else
    return FALSE;

  if (!holds)
    walk_fail (walk, "“%s” of %s with %.17Lg and %.17Lg", text, bp_graph_get_name (walk->graph, op), a, b);
  walk->counts[KIND_MEANING]++;

  return TRUE;
}

gboolean
check_dropout (Walk       *walk,
               const char *text,
               guint       node)
{
  const BpOp op = bp_graph_get_op (walk->graph, node);
  const guint mask = op == BP_OP_DROPOUT ? bp_graph_get_input (walk->graph, node, 1) : node;
  const double rate = bp_graph_get_attributes (walk->graph, mask)->value;
  guint n_dropped = 0;

  if (!g_str_has_prefix (text, "Dropout: in this iteration the mask drops ")
      || bp_graph_get_op (walk->graph, mask) != BP_OP_MASK)
    return FALSE;

  for (gsize i = 0; i < truth_size (walk->truth, mask); i++)
    if (walk->truth->value[mask][i] == 0)
      n_dropped++;
    else if (fabsl (walk->truth->value[mask][i] * (1 - (Real) rate) - 1) > 1e-15L)
      walk_fail (walk, "mask %Lg at rate %g", walk->truth->value[mask][i], rate);
  if ((guint) number_between (text, " drops ", " of ") != n_dropped
      || (gsize) number_between (text, " of ", " elements") != truth_size (walk->truth, mask)
      || number_between (text, "probability ", ";") != rate)
    walk_fail (walk, "“%s”", text);
  walk->counts[KIND_MEANING]++;

  return TRUE;
}

/* Sums */

guint
count_uses (const Walk *walk,
            guint       target,
            guint       first)
{
  const guint loss = bp_graph_get_loss (walk->graph);
  g_autofree gboolean *reaches = g_new0 (gboolean, bp_graph_get_n_nodes (walk->graph));
  guint n = 0;

  reaches[loss] = TRUE;
  for (guint node = loss + 1; node-- > first;)
    for (guint i = 0; reaches[node] && walk->truth->needs[node] && i < bp_graph_get_n_inputs (walk->graph, node); i++)
      {
        const guint input = bp_graph_get_input (walk->graph, node, i);

        reaches[input] = TRUE;
        n += input == target;
      }

  return n;
}

/* The node whose gradient was passed on last. */
static guint
get_last_passed (const Walk *walk)
{
  guint n_executed, node = bp_graph_get_n_nodes (walk->graph);

  bp_trainer_get_shown (walk->trainer, &n_executed);
  for (guint i = 0; i < n_executed; i++)
    if (bp_trainer_get_instruction (walk->trainer, i)->phase == BP_PHASE_BACKWARD
        && !bp_trainer_get_instruction (walk->trainer, i)->seed)
      node = bp_trainer_get_instruction (walk->trainer, i)->node;

  return node;
}

gboolean
check_meeting (Walk       *walk,
               const char *text)
{
  const guint op = get_last_passed (walk);
  g_autofree char *name = NULL;
  guint target;

  if (!g_str_has_prefix (text, "Gradients add where paths meet: "))
    return FALSE;
  name = says (text, " are in") ? between (text, "to the gradient of ", " are in")
                                : between (text, "the gradient of ", NULL);
  g_strdelimit (name, ".", '\0');
  target = bp_graph_find (walk->graph, name);
  if (target == BP_NODE_NONE)
    walk_fail (walk, "“%s” of no node", text);
  if (says (text, " are in")
      && ((guint) number_between (text, "meet: ", " of") != count_uses (walk, target, op)
          || (guint) number_between (text, " of ", " contributions") != count_uses (walk, target, 0)))
    walk_fail (walk, "“%s”", text);
  if (!says (text, " are in")
      && (guint) number_between (text, "meet: ", " contributions") != count_uses (walk, target, 0))
    walk_fail (walk, "“%s”", text);
  walk->counts[KIND_MEANING]++;

  return TRUE;
}

gboolean
check_stretch (Walk       *walk,
               const char *text,
               guint       op,
               guint       target)
{
  const Real n = truth_size (walk->truth, op), n_target = truth_size (walk->truth, target);
  gboolean holds;

  if (g_str_has_prefix (text, "In a mean of "))
    holds = number_between (text, "In a mean of ", " numbers") == n_target / n;
  else if (says (text, " was used for "))
    holds = number_between (text, " was used for ", " elements") == n / n_target
            && g_str_has_prefix (text, "Each element of ") == (n_target > 1);
  else
    return FALSE;

  if (!holds)
    walk_fail (walk, "“%s”", text);
  walk->counts[KIND_MEANING]++;

  return TRUE;
}

gboolean
check_settings_sentence (Walk       *walk,
                         const char *text)
{
  const BpSettings *settings = bp_trainer_get_settings (walk->trainer);
  gboolean holds;

  if (says (text, "set to maximize") || says (text, "set to make it larger"))
    holds = settings->optimizer.maximize;
  else if (says (text, "training tries to make it smaller"))
    holds = !settings->optimizer.maximize;
  else if (says (text, "Gradients are not cleared here") || says (text, "because they are not cleared"))
    holds = settings->keep_gradients && walk->iteration > 1;
  else if (says (text, "this is update t = "))
    holds = settings->optimizer.kind >= BP_OPTIMIZER_ADAM
            && number_between (text, "this is update t = ", ".") == walk->iteration;
  else if (g_str_has_prefix (text, "Each variable moves by its own gradient"))
    holds = bp_graph_get_n_variables (walk->graph) > 1;
  else if (says (text, "starts at the loss"))
    holds = walk->truth->gradient[bp_graph_get_loss (walk->graph)][0] == 1;
  else if (g_str_has_prefix (text, "Nothing is computed yet"))
    holds = walk->iteration == 0;
  else if (says (text, "The model has no data"))
    holds = bp_graph_get_n_placeholders (walk->graph) == 0;
  else if (says (text, "One sample, drawn at random, is fed"))
    holds = bp_graph_get_n_placeholders (walk->graph) > 0;
  else
    return FALSE;

  if (!holds)
    walk_fail (walk, "“%s”", text);
  walk->counts[KIND_MEANING]++;

  return TRUE;
}
