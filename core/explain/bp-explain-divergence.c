/* bp-explain-divergence.c: why a run cannot go on
 *
 * A number outside of an op's domain is named where it stands. Numbers that grew until they are too large for a double
 * have another cause: steps longer than the curvature of the loss allows. On a parabola of curvature λ gradient descent
 * multiplies the distance from the minimum by 1 − ηλ, which grows beyond 1 where ηλ > 2; with momentum μ the limit is
 * 2(1 + μ), with Nesterov's 2(1 + μ)/(1 + 2μ) (both from the roots of the update's characteristic polynomial), and with
 * gradients that are never cleared 4, that of momentum 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define GREATEST "1.8·10³⁰⁸"

/* Operations for the curvature of all the data, which is looked for whenever the explanation is shown. */
#define MAX_CURVATURE_COST 2e7

/* A number outside of an op's domain */

static char *
explain_log (const char *name,
             double      a)
{
  g_autofree char *number = bp_number_format (a);

  if (a == 0)
    return g_strdup_printf (_("log of 0 at node %s: the logarithm of 0 is −∞."), name);

  return a < 0 ? g_strdup_printf (_("log of %s at node %s: a negative number has no logarithm."), number, name) : NULL;
}

static char *
explain_pow (const char *name,
             double      a,
             double      b)
{
  g_autofree char *base = bp_number_format (a);
  g_autofree char *exponent = bp_number_format (b);

  if (a == 0 && b < 0)
    return g_strdup_printf (_("0 to the power of %s at node %s: that is a division by 0."), exponent, name);
  if (a < 0 && b != rint (b))
    return g_strdup_printf (_("%s to the power of %s at node %s: a negative number has no such power."), base,
                            exponent, name);

  return NULL;
}

static char *
explain_forward_element (const BpScene *scene,
                         guint          node,
                         BpPlace        place)
{
  const char *name = bp_graph_get_name (scene->graph, node);
  g_autofree char *number = bp_number_format (place.a);

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_LOG:
      return explain_log (name, place.a);
    case BP_OP_POW:
      return explain_pow (name, place.a, place.b);
    case BP_OP_SQRT:
      return place.a < 0
             ? g_strdup_printf (_("square root of %s at node %s: a negative number has no square root."), number,
                                name) : NULL;
    case BP_OP_DIVIDE:
      return place.b == 0
             ? g_strdup_printf (_("division by 0 at node %s: %s is 0."), name,
                                bp_graph_get_name (scene->graph, bp_graph_get_input (scene->graph, node, 1))) : NULL;
    case BP_OP_EXP:
      return place.a > 709
             ? g_strdup_printf (_("exp of %s at node %s: the result is larger than the greatest number, about %s."),
                                number,
                                name, GREATEST) : NULL;
    default:
      return NULL;
    }
}

static char *
explain_backward_element (const BpScene *scene,
                          guint          node,
                          BpPlace        place)
{
  const char *name = bp_graph_get_name (scene->graph, node);
  g_autofree char *number = bp_number_format (place.a);

  switch ((int) bp_graph_get_op (scene->graph, node))
    {
    case BP_OP_SQRT:
      return place.a == 0 ? g_strdup_printf (_("square root of 0 at node %s: its derivative there is infinite."),
                                             name) : NULL;
    case BP_OP_POW:
      if (place.a == 0 && place.b < 1)
        return g_strdup_printf (_("a power of 0 at node %s: its derivative there is infinite."), name);
      return place.a < 0
             ? g_strdup_printf (_("a power of %s at node %s: its derivative by the exponent needs a logarithm, which a "
                                  "negative number has not."), number, name) : NULL;
    case BP_OP_LOG:
    case BP_OP_DIVIDE:
      return g_strdup_printf (_("division by a number close to 0 in the derivative at node %s: the gradient is larger "
                                "than the greatest number, about %s."), name, GREATEST);
    default:
      return NULL;
    }
}

/* Why the op of @instruction has no finite result, from the first element that tells. */
static char *
explain_domain (const BpScene       *scene,
                const BpInstruction *instruction)
{
  const guint node = instruction->node;
  char *text = NULL;

  if ((instruction->phase != BP_PHASE_FORWARD && instruction->phase != BP_PHASE_BACKWARD)
      || !bp_op_get_class (bp_graph_get_op (scene->graph, node))->elementwise)
    return NULL;

  for (gsize i = 0; i < bp_graph_get_n_elements (scene->graph, node) && text == NULL; i++)
    {
      const BpPlace place = bp_scene_get_place (scene, node, i);

      text = instruction->phase == BP_PHASE_FORWARD ? explain_forward_element (scene, node, place)
                                                    : explain_backward_element (scene, node, place);
    }

  return text;
}

/* Steps that are too long */

typedef enum {
  LINEAR_CONSTANT, /* does not depend on the variable */
  LINEAR_ONE,      /* has the derivative 1 or −1 */
  LINEAR_DATA,     /* has the value of one placeholder, or its negative, as derivative */
  LINEAR_OTHER,
} LinearKind;

typedef struct {
  LinearKind kind;
  guint      data;
} Linear;

static Linear analyze (BpGraph *graph,
                       guint    node);

static Linear
analyze_product (BpGraph *graph,
                 guint    node)
{
  const Linear a = analyze (graph, bp_graph_get_input (graph, node, 0));
  const Linear b = analyze (graph, bp_graph_get_input (graph, node, 1));
  const guint factor = bp_graph_get_input (graph, node, a.kind == LINEAR_CONSTANT ? 0 : 1);

  if ((a.kind == LINEAR_CONSTANT && b.kind == LINEAR_ONE) || (b.kind == LINEAR_CONSTANT && a.kind == LINEAR_ONE))
    if (bp_graph_get_op (graph, factor) == BP_OP_PLACEHOLDER)
      return (Linear) { LINEAR_DATA, factor };

  return (Linear) { LINEAR_OTHER, 0 };
}

static Linear
analyze_sum (BpGraph *graph,
             guint    node)
{
  const Linear a = analyze (graph, bp_graph_get_input (graph, node, 0));
  const Linear b = analyze (graph, bp_graph_get_input (graph, node, 1));

  return a.kind == LINEAR_CONSTANT ? b : b.kind == LINEAR_CONSTANT ? a : (Linear) { LINEAR_OTHER, 0 };
}

/* The derivative of @node by the one variable, up to its sign, where it is plain to see. */
static Linear
analyze (BpGraph *graph,
         guint    node)
{
  if (!bp_graph_needs_gradient (graph, node))
    return (Linear) { LINEAR_CONSTANT, 0 };

  switch ((int) bp_graph_get_op (graph, node))
    {
    case BP_OP_VARIABLE:
      return (Linear) { LINEAR_ONE, 0 };
    case BP_OP_NEGATIVE:
    case BP_OP_EXPAND_DIMS:
    case BP_OP_RESHAPE:
      return analyze (graph, bp_graph_get_input (graph, node, 0));
    case BP_OP_ADD:
    case BP_OP_SUBTRACT:
      return analyze_sum (graph, node);
    case BP_OP_MULTIPLY:
      return analyze_product (graph, node);
    default:
      return (Linear) { LINEAR_OTHER, 0 };
    }
}

/* ∂²L/∂A² of the data last fed, by a central difference of the gradient on a session of its own. */
static double
get_curvature (const BpScene *scene)
{
  const guint variable = bp_graph_get_variable (scene->graph, 0);
  const double value = bp_scene_get_value (scene, variable, 0);
  const double h = cbrt (DBL_EPSILON) * fmax (1, fabs (value));
  g_autoptr (BpSession) session = bp_session_new (scene->graph, NULL);
  double slopes[2];

  if (session == NULL)
    return NAN;
  for (guint i = 0; i < bp_graph_get_n_placeholders (scene->graph); i++)
    {
      const guint node = bp_graph_get_placeholder (scene->graph, i);

      bp_session_feed (session, node, bp_session_get_value (scene->session, node),
                       bp_graph_get_n_elements (scene->graph, node));
    }
  for (guint i = 0; i < 2; i++)
    {
      bp_session_get_parameters (session)[0] = i == 0 ? value - h : value + h;
      bp_session_forward (session);
      bp_session_backward (session);
      slopes[i] = bp_session_get_parameter_gradients (session)[0];
    }

  return (slopes[1] - slopes[0]) / (2 * h);
}

/* The product of learning rate and curvature beyond which steps grow, and how it is written; NULL for 2. */
static double
get_limit (const BpScene  *scene,
           const char    **text)
{
  const BpOptimizer *optimizer = &scene->settings.optimizer;
  const double momentum = optimizer->parameters[BP_PARAMETER_MOMENTUM];

  *text = NULL;
  if (scene->settings.keep_gradients)
    return optimizer->kind == BP_OPTIMIZER_GRADIENT_DESCENT ? 4 : (double) INFINITY;

  switch ((int) optimizer->kind)
    {
    case BP_OPTIMIZER_GRADIENT_DESCENT:
      return 2;
    case BP_OPTIMIZER_MOMENTUM:
      *text = "2(1 + μ)";
      return 2 * (1 + momentum);
    case BP_OPTIMIZER_NESTEROV:
      *text = "2(1 + μ)/(1 + 2μ)";
      return 2 * (1 + momentum) / (1 + 2 * momentum);
    default: /* the adaptive ones have no such limit */
      return (double) INFINITY;
    }
}

/* "2ηx²" where the loss is the square of a line in A, else "η·L″(A)". */
static char *
get_product_symbol (const BpScene *scene,
                    double         curvature)
{
  const guint variable = bp_graph_get_variable (scene->graph, 0);
  g_autofree char *loss = bp_explain_symbol (scene->graph, scene->loss);
  g_autofree char *name = bp_explain_symbol (scene->graph, variable);
  g_autofree char *data = NULL;
  Linear linear = { LINEAR_OTHER, 0 };
  double slope = 1;

  if (bp_graph_get_op (scene->graph, scene->loss) == BP_OP_SQUARE)
    linear = analyze (scene->graph, bp_graph_get_input (scene->graph, scene->loss, 0));
  if (linear.kind == LINEAR_DATA)
    {
      slope = bp_scene_get_value (scene, linear.data, 0);
      data = bp_explain_symbol (scene->graph, linear.data);
    }
  if (linear.kind != LINEAR_OTHER && fabs (2 * slope * slope - curvature) <= 1e-3 * fabs (curvature))
    return data != NULL ? g_strdup_printf ("2η%s²", data) : g_strdup ("2η");

  return g_strdup_printf ("η·%s″(%s)", loss, name);
}

static char *
explain_step (const BpScene *scene)
{
  const double rate = scene->settings.optimizer.learning_rate;
  const double curvature = get_curvature (scene);
  const char *limit_text;
  const double limit = get_limit (scene, &limit_text);
  g_autofree char *number = bp_number_format (rate * curvature);
  g_autofree char *limit_number = bp_number_format (limit);
  g_autofree char *symbol = NULL;
  const char *equals;

  /* Written so that NaN is not explained. */
  if (!(rate * curvature > limit))
    return NULL;

  symbol = get_product_symbol (scene, curvature);
  equals = bp_number_is_exact (rate * curvature) ? "=" : "≈";
  if (limit_text != NULL)
    return g_strdup_printf (_("%s %s %s > %s %s %s: each error is larger than the last."), symbol, equals, number,
                            limit_text,
                            bp_number_is_exact (limit) ? "=" : "≈", limit_number);

  return g_strdup_printf (_("%s %s %s > %s: each error is larger than the last."), symbol, equals, number,
                          limit_number);
}

/* NaN where it costs too much. @worst: of the single sample that has the largest, instead of all the data */
static double
get_data_curvature (const BpScene *scene,
                    gboolean       worst)
{
  BpEvaluator *evaluator = bp_trainer_get_evaluator (scene->trainer);
  const double *parameters = bp_session_get_parameters (scene->session);
  BpWork work = BP_WORK_INIT (MAX_CURVATURE_COST);
  double curvature;

  bp_evaluator_set_work (evaluator, &work);
  curvature = worst ? bp_evaluator_get_worst_curvature (evaluator, parameters)
                    : bp_evaluator_get_curvature (evaluator, parameters);
  bp_evaluator_set_work (evaluator, NULL);

  return curvature;
}

/* Where it is not this sample's curvature, it may be that of all the data or of some sample before. */
static char *
explain_step_of_data (const BpScene *scene)
{
  const double rate = scene->settings.optimizer.learning_rate;
  const char *limit_text;
  const double limit = get_limit (scene, &limit_text);
  g_autofree char *number = NULL;
  g_autofree char *limit_number = bp_number_format (limit);
  double curvature;

  if (isinf (limit))
    return NULL;
  curvature = get_data_curvature (scene, FALSE);
  number = bp_number_format (rate * curvature);
  if (rate * curvature > limit)
    return g_strdup_printf (_("η times the curvature of the loss over all data is %s > %s: errors grow from step to "
                              "step."),
                            number, limit_number);
  if (scene->settings.batch_size > 1)
    return NULL;

  curvature = get_data_curvature (scene, TRUE);
  g_free (number);
  number = bp_number_format (rate * curvature);
  if (rate * curvature > limit)
    return g_strdup_printf (_("η times the curvature of the loss of some samples is up to %s > %s: they throw the run "
                              "further than the others bring it back."), number, limit_number);

  return NULL;
}

static char *
explain_overflow (const BpScene       *scene,
                  const BpInstruction *instruction)
{
  const char *name = bp_graph_get_name (scene->graph, bp_trainer_get_diverged_node (scene->trainer));

  switch (instruction->phase)
    {
    case BP_PHASE_BACKWARD:
      return g_strdup_printf (_("The gradient at node %s would exceed the greatest number, about %s, or not be a "
                                "number."), name,
                              GREATEST);
    case BP_PHASE_UPDATE:
      return g_strdup_printf (_("After the update %s would exceed the greatest number, about %s, or not be a "
                                "number."), name,
                              GREATEST);
    case BP_PHASE_FEED:
    case BP_PHASE_FORWARD:
    case BP_N_PHASES:
    default:
      return g_strdup_printf (_("The value of node %s would exceed the greatest number, about %s, or not be a "
                                "number."), name,
                              GREATEST);
    }
}

/* Exponentials overflow for large inputs, which may be the fault of the steps. */
static gboolean
is_overflow (const BpScene       *scene,
             const BpInstruction *instruction)
{
  const BpOp op = bp_graph_get_op (scene->graph, instruction->node);

  return instruction->phase == BP_PHASE_UPDATE || op == BP_OP_EXP
         || (instruction->phase == BP_PHASE_BACKWARD && (op == BP_OP_LOG || op == BP_OP_DIVIDE));
}

/* Steps come before an iteration but the first, and before the end of an update. */
static gboolean
has_stepped (const BpScene       *scene,
             const BpInstruction *instruction)
{
  return bp_trainer_get_cursor (scene->trainer).iteration > 0 || instruction->phase == BP_PHASE_UPDATE;
}

static char *
explain_steps (const BpScene *scene,
               gboolean       has_domain)
{
  char *step = NULL;

  if (scene->settings.optimizer.maximize)
    return g_strdup (_("The optimizer is set to maximize: every step makes the loss larger, and nothing stops it."));

  if (bp_graph_get_n_parameters (scene->graph) == 1)
    step = explain_step (scene);
  if (step == NULL && !has_domain)
    step = explain_step_of_data (scene);

  return step;
}

char *
bp_explain_divergence (BpTrainer *trainer)
{
  const BpInstruction *instruction;
  char *domain, *step = NULL;
  g_auto (BpScene) scene = { NULL, };

  g_return_val_if_fail (trainer != NULL, NULL);
  if (bp_trainer_get_status (trainer) != BP_STATUS_DIVERGED)
    return NULL;

  bp_scene_init (&scene, trainer);
  instruction = bp_trainer_get_next_instruction (trainer);
  domain = explain_domain (&scene, instruction);
  if (domain != NULL && !is_overflow (&scene, instruction))
    return domain;

  if (has_stepped (&scene, instruction))
    step = explain_steps (&scene, domain != NULL);
  if (step == NULL)
    return domain != NULL ? domain : explain_overflow (&scene, instruction);
  g_free (domain);

  return step;
}
