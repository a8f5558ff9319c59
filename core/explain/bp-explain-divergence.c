/* bp-explain-divergence.c: why a run cannot go on
 *
 * A number outside of an op's domain is named where it stands (bp-explain-domain.c). Numbers that grew until they are
 * too large for a double have another cause: steps longer than the curvature of the loss allows. On a parabola of
 * curvature λ gradient descent multiplies the distance from the minimum by 1 − ηλ, which grows beyond 1 where ηλ > 2;
 * with momentum μ the limit is 2(1 + μ), with Nesterov's 2(1 + μ)/(1 + 2μ) (both from the roots of the update's
 * characteristic polynomial), and with gradients that are never cleared 4, as with momentum 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"
#include "training/bp-stability.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Operations for the curvature of all the data, which is looked for whenever the explanation is shown. */
#define MAX_CURVATURE_COST 2e7

/* Of more samples the worst curvature is taken from this many, evenly spaced. */
#define MAX_WORST_ROWS 2000

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

/* L″(A) of the data last fed; where the loss is to grow, −L″(A). */
static double
get_curvature (const BpScene *scene)
{
  g_auto (BpTrial) trial = { NULL, };

  if (!bp_trial_init (&trial, scene, 20))
    return NAN;

  return bp_evaluator_get_curvature (trial.evaluator, trial.parameters, scene->settings.optimizer.maximize ? -1 : 1);
}

/* How bp_stability_get_factor() is written; NULL for a plain number. */
static const char *
get_factor_text (const BpScene *scene)
{
  if (scene->settings.keep_gradients)
    return NULL;

  switch ((int) scene->settings.optimizer.kind)
    {
    case BP_OPTIMIZER_MOMENTUM:
      return "2(1 + μ)";
    case BP_OPTIMIZER_NESTEROV:
      return "2(1 + μ)/(1 + 2μ)";
    default:
      return NULL;
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
  const char *limit_text = get_factor_text (scene);
  const double limit = bp_stability_get_factor (&scene->settings);
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
    return g_strdup_printf (_("%s %s %s > %s %s %s: on the whole, errors grow from step to step."), symbol, equals,
                            number, limit_text, bp_number_is_exact (limit) ? "=" : "≈", limit_number);

  return g_strdup_printf (_("%s %s %s > %s: on the whole, errors grow from step to step."), symbol, equals, number,
                          limit_number);
}

/* NaN where it costs too much. */
static double
get_data_curvature (const BpScene *scene)
{
  g_autoptr (BpEvaluator) evaluator = bp_evaluator_new_for_data (bp_trainer_get_experiment (scene->trainer),
                                                                 bp_trainer_get_dataset (scene->trainer), FALSE, NULL);
  BpWork work = BP_WORK_INIT (MAX_CURVATURE_COST);

  if (evaluator == NULL)
    return NAN;
  bp_evaluator_set_work (evaluator, &work);

  return bp_evaluator_get_curvature (evaluator, bp_session_get_parameters (scene->session), 1);
}

/* The largest curvature that the loss of a single sample has. */
static double
get_worst_curvature (const BpScene *scene)
{
  BpDataset *dataset = bp_trainer_get_dataset (scene->trainer);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (bp_trainer_get_experiment (scene->trainer), 1, NULL);
  g_autoptr (BpEvaluator) evaluator = graph != NULL ? bp_evaluator_new (graph, 1, INFINITY, NULL) : NULL;
  BpWork work = BP_WORK_INIT (MAX_CURVATURE_COST);
  gsize n_rows, n_tried;
  const gsize *rows = bp_dataset_get_rows (dataset, FALSE, &n_rows);
  double worst = (double) -INFINITY;

  if (evaluator == NULL)
    return NAN;
  bp_evaluator_set_work (evaluator, &work);
  n_tried = MIN (n_rows, MAX_WORST_ROWS);
  for (gsize i = 0; i < n_tried && !isnan (worst); i++)
    {
      double curvature;

      bp_evaluator_feed_rows (evaluator, dataset, &rows[i * n_rows / n_tried]);
      curvature = bp_evaluator_get_curvature (evaluator, bp_session_get_parameters (scene->session), 1);
      worst = isnan (curvature) ? curvature : MAX (worst, curvature);
    }

  return worst;
}

/* If the curvature of this sample is not the cause, the one of all the data or of an earlier sample may be. */
static char *
explain_step_of_data (const BpScene *scene)
{
  const double rate = scene->settings.optimizer.learning_rate;
  const double limit = bp_stability_get_factor (&scene->settings);
  g_autofree char *number = NULL;
  g_autofree char *limit_number = bp_number_format (limit);
  double curvature;

  if (isinf (limit))
    return NULL;
  curvature = get_data_curvature (scene);
  number = bp_number_format (rate * curvature);
  if (rate * curvature > limit)
    return g_strdup_printf (_("η times the curvature of the loss over all data is %s > %s: on the whole, errors grow "
                              "from step to step."),
                            number, limit_number);
  if (scene->settings.batch_size > 1)
    return NULL;

  curvature = get_worst_curvature (scene);
  g_free (number);
  number = bp_number_format (rate * curvature);
  if (rate * curvature > limit)
    return g_strdup_printf (_("η times the curvature of the loss of some samples is up to %s > %s: they throw the run "
                              "further than the others bring it back."), number, limit_number);

  return NULL;
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
               gboolean       has_cause)
{
  char *step = NULL;

  if (bp_graph_get_n_parameters (scene->graph) == 1)
    step = explain_step (scene);
  if (step == NULL && scene->settings.optimizer.maximize)
    step = g_strdup (_("The optimizer is set to maximize: its steps go uphill, and the numbers have grown too large."));
  if (step == NULL && !has_cause)
    step = explain_step_of_data (scene);

  return step;
}

char *
bp_explain_divergence (BpTrainer *trainer)
{
  const BpInstruction *instruction;
  char *step = NULL;
  BpCause cause;
  g_auto (BpScene) scene = { NULL, };

  g_return_val_if_fail (trainer != NULL, NULL);
  if (bp_trainer_get_status (trainer) != BP_STATUS_DIVERGED)
    return NULL;

  bp_scene_init (&scene, trainer);
  instruction = bp_trainer_get_next_instruction (trainer);
  cause = bp_explain_domain (&scene, instruction);
  if (cause.text != NULL && !cause.is_growth)
    return cause.text;

  if (has_stepped (&scene, instruction))
    step = explain_steps (&scene, cause.text != NULL);
  if (step == NULL)
    return cause.text != NULL ? cause.text : bp_explain_overflow (&scene, instruction);
  g_free (cause.text);

  return step;
}

/* Whether the data fed last give finite values and gradients with the initial values. */
static gboolean
is_finite_at_start (const BpScene *scene)
{
  g_autoptr (BpTrainer) start = bp_trainer_new (bp_trainer_get_experiment (scene->trainer), NULL);
  BpSession *session;
  gboolean is_nan;
  g_auto (BpTrial) trial = { NULL, };

  if (start == NULL || !bp_trial_init (&trial, scene, 3))
    return FALSE;

  bp_evaluator_get_loss (trial.evaluator, bp_session_get_parameters (bp_trainer_get_session (start)), trial.gradient);
  session = bp_evaluator_get_session (trial.evaluator);
  for (guint i = 0; i < bp_graph_get_n_nodes (scene->graph); i++)
    {
      const gsize n = bp_graph_get_n_elements (scene->graph, i);

      if (bp_explain_find_wrong (bp_session_get_value (session, i), n, &is_nan)
          || bp_explain_find_wrong (bp_session_get_gradient (session, i), n, &is_nan))
        return FALSE;
    }

  return TRUE;
}

gboolean
bp_explain_blames_steps (BpTrainer *trainer)
{
  g_auto (BpScene) scene = { NULL, };

  g_return_val_if_fail (trainer != NULL, FALSE);
  if (bp_trainer_get_status (trainer) != BP_STATUS_DIVERGED)
    return FALSE;

  bp_scene_init (&scene, trainer);

  return has_stepped (&scene, bp_trainer_get_next_instruction (trainer)) && !scene.settings.optimizer.maximize
         && is_finite_at_start (&scene);
}
