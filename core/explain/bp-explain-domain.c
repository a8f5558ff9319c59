/* bp-explain-domain.c: which number is not finite, and why its op gives none that is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-math.h"
#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LARGEST "1.8·10³⁰⁸"

/* What exp is finite of. */
#define LARGEST_EXPONENT 709.782712893384

/* A number outside of an op's domain, or none where @text is NULL. */
static BpCause
outside (char *text)
{
  return (BpCause) { text, FALSE };
}

static BpCause
grown (char *text)
{
  return (BpCause) { text, TRUE };
}

/* Forward */

static BpCause
explain_log (const char *name,
             double      a)
{
  g_autofree char *number = bp_number_format (a);

  if (a == 0)
    return outside (g_strdup_printf (_("log of 0 at node %s: the logarithm of 0 is −∞."), name));
  if (a < 0)
    return outside (g_strdup_printf (_("log of %s at node %s: a negative number has no logarithm."), number, name));

  return outside (NULL);
}

static BpCause
explain_pow (const char *name,
             double      a,
             double      b)
{
  g_autofree char *base = bp_number_format (a);
  g_autofree char *exponent = bp_number_format (b);

  if (a == 0 && b < 0)
    return outside (g_strdup_printf (_("0 to the power of %s at node %s: that is a division by 0."), exponent, name));
  if (a < 0 && b != rint (b))
    return outside (g_strdup_printf (_("%s to the power of %s at node %s: a negative number has no such power."), base,
                                     exponent, name));
  if (!isfinite (bp_pow (a, b)))
    return grown (g_strdup_printf (_("%s to the power of %s at node %s: the result is beyond the largest number, about "
                                     "%s."), base, exponent, name, LARGEST));

  return outside (NULL);
}

static BpCause
explain_divide (const BpScene *scene,
                guint          node,
                BpOperands     operands)
{
  const char *name = bp_graph_get_name (scene->graph, node);
  g_autofree char *number = bp_number_format (operands.b);

  if (operands.b == 0)
    return outside (g_strdup_printf (_("division by 0 at node %s: %s is 0."), name,
                                     bp_graph_get_name (scene->graph, bp_graph_get_input (scene->graph, node, 1))));
  if (!isfinite (operands.a / operands.b))
    return grown (g_strdup_printf (_("division by %s at node %s: the result is beyond the largest number, about %s."),
                                   number, name, LARGEST));

  return outside (NULL);
}

static BpCause
explain_forward_element (const BpScene *scene,
                         guint          node,
                         BpOperands     operands)
{
  const char *name = bp_graph_get_name (scene->graph, node);
  g_autofree char *number = bp_number_format (operands.a);

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_LOG:
      return explain_log (name, operands.a);
    case BP_OP_LOG1P:
      if (operands.a <= -1)
        return outside (g_strdup_printf (_("log1p of %s at node %s: 1 plus that is not positive, and only positive "
                                           "numbers have a logarithm."), number, name));
      break;
    case BP_OP_POW:
      return explain_pow (name, operands.a, operands.b);
    case BP_OP_DIVIDE:
      return explain_divide (scene, node, operands);
    case BP_OP_SQRT:
      if (operands.a < 0)
        return outside (g_strdup_printf (_("square root of %s at node %s: a negative number has no square root."),
                                         number, name));
      break;
    case BP_OP_EXP:
      if (operands.a > LARGEST_EXPONENT)
        return grown (g_strdup_printf (_("exp of %s at node %s: the result is beyond the largest number, about %s."),
                                       number, name, LARGEST));
      break;
    default:
      break;
    }

  return outside (NULL);
}

/* A label that is no class. */
static BpCause
explain_classes (const BpScene *scene,
                 guint          node)
{
  const guint labels = bp_graph_get_input (scene->graph, node, 0);
  const BpShape *shape = bp_graph_get_shape (scene->graph, node);
  gsize n_classes = shape->dims[MAX (shape->rank, 1) - 1];

  if (bp_graph_get_op (scene->graph, node) == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY)
    {
      shape = bp_graph_get_shape (scene->graph, bp_graph_get_input (scene->graph, node, 1));
      n_classes = shape->dims[shape->rank - 1];
    }

  for (gsize i = 0; i < bp_graph_get_n_elements (scene->graph, labels); i++)
    {
      const double class = bp_scene_get_value (scene, labels, i);
      g_autofree char *number = bp_number_format (class);

      if (isfinite (class) && !bp_op_is_class (class, n_classes))
        return outside (g_strdup_printf (_("%s of %s at node %s is not one of the %zu classes, 0 to %zu."), number,
                                         bp_graph_get_name (scene->graph, labels),
                                         bp_graph_get_name (scene->graph, node), n_classes, n_classes - 1));
    }

  return outside (NULL);
}

/* Backward */

static BpCause
explain_base (const char *name,
              BpOperands  operands,
              double      derivative)
{
  g_autofree char *base = bp_number_format (operands.a);
  g_autofree char *exponent = bp_number_format (operands.b - 1);

  if (operands.a == 0)
    return outside (g_strdup_printf (_("a power of 0 at node %s: its derivative there is infinite."), name));
  if (isfinite (derivative))
    return outside (NULL);

  return grown (g_strdup_printf (_("The derivative at node %s has %s to the power of %s, which is beyond the largest "
                                   "number, about %s."), name, base, exponent, LARGEST));
}

/* @gradient times @derivative is not finite. */
static BpCause
explain_backward_element (const BpScene *scene,
                          guint          node,
                          guint          input,
                          BpOperands     operands,
                          double         derivative)
{
  const char *name = bp_graph_get_name (scene->graph, node);
  g_autofree char *number = bp_number_format (operands.a);

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_SQRT:
      if (operands.a == 0)
        return outside (g_strdup_printf (_("square root of 0 at node %s: its derivative there is infinite."), name));
      break;
    case BP_OP_POW:
      if (input == 0)
        return explain_base (name, operands, derivative);
      if (operands.a < 0)
        return outside (g_strdup_printf (_("a power of %s at node %s: its derivative by the exponent needs a "
                                           "logarithm, which a negative number has not."), number, name));
      break;
    case BP_OP_LOG:
    case BP_OP_LOG1P:
    case BP_OP_DIVIDE:
      if (fabs (derivative) > 1e100)
        return grown (g_strdup_printf (_("division by a number close to 0 in the derivative at node %s: the gradient "
                                         "is beyond the largest number, about %s."), name, LARGEST));
      break;
    default:
      break;
    }

  return outside (NULL);
}

static BpCause
explain_backward_inputs (const BpScene *scene,
                         guint          node,
                         gsize          element,
                         BpOperands     operands)
{
  BpCause cause = { NULL, FALSE };

  operands.y = bp_session_get_value (scene->session, node)[element];
  for (guint i = 0; i < bp_graph_get_n_inputs (scene->graph, node) && cause.text == NULL; i++)
    {
      const double derivative = bp_op_local_derivative (bp_graph_get_op (scene->graph, node), i, operands.a, operands.b,
                                                        operands.y);

      if (bp_graph_needs_gradient (scene->graph, bp_graph_get_input (scene->graph, node, i))
          && !isfinite (derivative * bp_scene_get_gradient (scene, node, element)))
        cause = explain_backward_element (scene, node, i, operands, derivative);
    }

  return cause;
}

/* Why the op of @instruction has no finite result, from the first element that tells. */
BpCause
bp_explain_domain (const BpScene       *scene,
                   const BpInstruction *instruction)
{
  const guint node = instruction->node;
  const BpOp op = bp_graph_get_op (scene->graph, node);
  BpCause cause = { NULL, FALSE };

  if (instruction->phase == BP_PHASE_FORWARD
      && (op == BP_OP_ONE_HOT || op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY))
    return explain_classes (scene, node);

  if ((instruction->phase != BP_PHASE_FORWARD && instruction->phase != BP_PHASE_BACKWARD)
      || !bp_op_get_class (op)->elementwise)
    return cause;

  for (gsize i = 0; i < bp_graph_get_n_elements (scene->graph, node) && cause.text == NULL; i++)
    {
      const BpOperands operands = bp_scene_get_operands (scene, node, i);

      cause = instruction->phase == BP_PHASE_FORWARD ? explain_forward_element (scene, node, operands)
                                                     : explain_backward_inputs (scene, node, i, operands);
    }

  return cause;
}

/* Without a reason in the op itself */

gboolean
bp_explain_find_wrong (const double *values,
                       gsize         n,
                       gboolean     *is_nan)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      {
        *is_nan = isnan (values[i]);
        return TRUE;
      }

  return FALSE;
}

static char *
explain_value (const BpScene *scene,
               guint          node)
{
  const char *name = bp_graph_get_name (scene->graph, node);
  gboolean is_nan = FALSE;
  g_auto (BpTrial) trial = { NULL, };

  if (!bp_trial_init (&trial, scene, 1))
    return g_strdup_printf (_("The value of node %s would be beyond the largest number, about %s, or not be a number."),
                            name, LARGEST);

  bp_evaluator_get_loss (trial.evaluator, trial.parameters, NULL);
  bp_explain_find_wrong (bp_session_get_value (bp_evaluator_get_session (trial.evaluator), node),
                         bp_graph_get_n_elements (scene->graph, node), &is_nan);
  if (is_nan)
    return g_strdup_printf (_("The value of node %s would not be a number (NaN)."), name);

  return g_strdup_printf (_("The value of node %s would be beyond the largest number, about %s."), name, LARGEST);
}

/* Which of its inputs gets no finite gradient from @node, where gradients are not kept from earlier iterations. */
static char *
explain_gradient (const BpScene *scene,
                  guint          node)
{
  const char *name = bp_graph_get_name (scene->graph, node);
  g_auto (BpTrial) trial = { NULL, };

  if (bp_trial_init (&trial, scene, 3))
    {
      bp_evaluator_get_loss (trial.evaluator, trial.parameters, trial.gradient);
      for (guint i = 0; i < bp_graph_get_n_inputs (scene->graph, node); i++)
        {
          const guint input = bp_graph_get_input (scene->graph, node, i);
          const char *target = bp_graph_get_name (scene->graph, input);
          gboolean is_nan;

          if (bp_explain_find_wrong (bp_session_get_gradient (bp_evaluator_get_session (trial.evaluator), input),
                                     bp_graph_get_n_elements (scene->graph, input), &is_nan))
            return is_nan ? g_strdup_printf (_("The gradient of %s, which comes from node %s, would not be a number "
                                               "(NaN)."), target, name)
                          : g_strdup_printf (_("The gradient of %s, which comes from node %s, would be beyond the "
                                               "largest number, about %s."), target, name, LARGEST);
        }
    }

  return g_strdup_printf (_("The gradient that node %s passes on would be beyond the largest number, about %s, or not "
                            "be a number."), name, LARGEST);
}

char *
bp_explain_overflow (const BpScene       *scene,
                     const BpInstruction *instruction)
{
  const guint node = bp_trainer_get_diverged_node (scene->trainer);

  switch (instruction->phase)
    {
    case BP_PHASE_BACKWARD:
      return explain_gradient (scene, node);
    case BP_PHASE_UPDATE:
      return g_strdup_printf (_("The update of %s would lead beyond the largest number, about %s, or to no number."),
                              bp_graph_get_name (scene->graph, node), LARGEST);
    case BP_PHASE_FEED:
    case BP_PHASE_FORWARD:
    case BP_N_PHASES:
    default:
      return explain_value (scene, node);
    }
}
