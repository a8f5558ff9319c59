/* bp-gradient-checker.c: gradients against slopes of the loss
 *
 * bp-slope.c has the central difference, and says whether a gradient passes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/bp-session-step.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* The largest rounding error of one op, in units in the last place, with margin. */
#define OP_ERROR 2

struct _BpGradientChecker {
  BpSession *session;

  guint      node;       /* the dependents belong to */
  GArray    *dependents; /* of BpInstruction: FORWARD from the node to the loss, then BP_TAPE_END */
  gboolean  *is_reached; /* for each node, whether it is the node or a dependent */
  GArray    *saved;      /* the dependents' values */
  double     noise;
  double    *element;    /* that is changed */

  guint      next_node;
  gsize      next_element;
  gsize      n_checked;
  gsize      n_elements;
};

/* What depends on a node */

static const BpInstruction *
get_dependents (BpGradientChecker *self)
{
  return (const BpInstruction *) (gpointer) self->dependents->data;
}

static gboolean
has_reached_input (BpGradientChecker *self,
                   guint              node)
{
  BpGraph *graph = self->session->graph;

  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    if (self->is_reached[bp_graph_get_input (graph, node, i)])
      return TRUE;

  return FALSE;
}

/* Only through nodes that pass a gradient, so not through round or stop_gradient. */
static void
find_dependents (BpGradientChecker *self,
                 guint              node)
{
  const BpInstruction *next = bp_session_get_instructions (self->session, NULL) + 1;
  const BpInstruction end = { .phase = BP_N_PHASES, .opcode = BP_TAPE_END };

  memset (self->is_reached, 0, bp_graph_get_n_nodes (self->session->graph) * sizeof (gboolean));
  self->is_reached[node] = TRUE;
  g_array_set_size (self->dependents, 0);
  for (; next->phase == BP_PHASE_FORWARD; next++)
    if (bp_graph_needs_gradient (self->session->graph, next->node) && has_reached_input (self, next->node))
      {
        const BpInstruction instruction = bp_tape_get_independent (next);

        self->is_reached[next->node] = TRUE;
        g_array_append_val (self->dependents, instruction);
      }
  g_array_append_val (self->dependents, end);
}

/* What rounding does to the loss */

static double
get_magnitude (BpSession *session,
               guint      node)
{
  const double *values = bp_session_get_value (session, node), *gradients = bp_session_get_gradient (session, node);
  double sum = 0;

  for (gsize i = 0; i < bp_graph_get_n_elements (session->graph, node); i++)
    sum += fabs (values[i] * gradients[i]);

  return sum;
}

/* How far a row's logits are from the largest one. */
static double
get_spread (const double *logits,
            gsize         n)
{
  double least = logits[0], largest = logits[0];

  for (gsize i = 1; i < n; i++)
    {
      least = fmin (least, logits[i]);
      largest = fmax (largest, logits[i]);
    }

  return largest - least;
}

static gboolean
is_softmax (BpOp op)
{
  return op == BP_OP_SOFTMAX || op == BP_OP_LOG_SOFTMAX || op == BP_OP_SOFTMAX_CROSS_ENTROPY
         || op == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY;
}

/* The input that has the logits: the last. */
static guint
get_logits (BpGraph *graph,
            guint    node)
{
  return bp_graph_get_input (graph, node, bp_graph_get_n_inputs (graph, node) - 1);
}

/* How many logits a row has. */
static gsize
get_n_classes (BpGraph *graph,
               guint    node)
{
  const BpShape *shape = bp_graph_get_shape (graph, get_logits (graph, node));

  return is_softmax (bp_graph_get_op (graph, node)) ? shape->dims[shape->rank - 1] : 1;
}

/* Rounding of a cross entropy scales with its logits, of softmax with their spread, and not with its result. */
static double
get_logits_magnitude (BpSession *session,
                      guint      node)
{
  const guint logits = get_logits (session->graph, node);
  const double *values = bp_session_get_value (session, logits), *gradients = bp_session_get_gradient (session, node);
  const gsize n_classes = get_n_classes (session->graph, node);
  const gboolean is_relative = is_softmax (bp_graph_get_op (session->graph, node));
  double largest = 0, sum = 0;

  for (gsize i = 0; i < bp_graph_get_n_elements (session->graph, logits); i += n_classes)
    largest = fmax (largest, is_relative ? get_spread (values + i, n_classes) : fabs (values[i]));
  for (gsize i = 0; i < bp_graph_get_n_elements (session->graph, node); i++)
    sum += fabs (gradients[i]);

  return largest * sum;
}

/* Rounding of intermediate results inside an op. The terms of a sum are its inputs times their gradients. */
static double
get_inner_magnitude (BpSession *session,
                     guint      node)
{
  const BpOp op = bp_graph_get_op (session->graph, node);

  if (op == BP_OP_SIGMOID_CROSS_ENTROPY || is_softmax (op))
    return get_logits_magnitude (session, node);
  if (op == BP_OP_MATMUL || op == BP_OP_REDUCE_SUM || op == BP_OP_REDUCE_MEAN || op == BP_OP_L2_LOSS)
    return get_magnitude (session, bp_graph_get_input (session->graph, node, 0));

  return 0;
}

/* The noise of the loss to the first order: Σ |value · gradient| · ε over all results that are rounded. */
static double
get_noise (BpGradientChecker *self)
{
  double sum = 0;

  for (const BpInstruction *next = get_dependents (self); next->phase == BP_PHASE_FORWARD; next++)
    sum += get_magnitude (self->session, next->node) + get_inner_magnitude (self->session, next->node);

  return OP_ERROR * DBL_EPSILON * sum;
}

/* One node's elements */

static void
choose_node (BpGradientChecker *self,
             guint              node)
{
  if (node == self->node)
    return;

  self->node = node;
  find_dependents (self, node);
  self->noise = get_noise (self);
}

static void
save (BpGradientChecker *self)
{
  BpSession *session = self->session;

  g_array_set_size (self->saved, 0);
  for (const BpInstruction *next = get_dependents (self); next->phase == BP_PHASE_FORWARD; next++)
    g_array_append_vals (self->saved, session->values + next->out,
                         (guint) bp_graph_get_n_elements (session->graph, next->node));
}

static void
restore (BpGradientChecker *self)
{
  BpSession *session = self->session;
  const double *values = (const double *) (gpointer) self->saved->data;

  for (const BpInstruction *next = get_dependents (self); next->phase == BP_PHASE_FORWARD; next++)
    {
      const gsize n = bp_graph_get_n_elements (session->graph, next->node);

      memcpy (session->values + next->out, values, n * sizeof (double));
      values += n;
    }
}

static double
evaluate_loss (double   x,
               gpointer data)
{
  BpGradientChecker *self = data;
  BpSession *session = self->session;

  *self->element = x;
  bp_tape_run (get_dependents (self), session->values, session->gradients, session->calls, FALSE);

  return session->values[session->offsets[bp_graph_get_loss (session->graph)]];
}

/* Second order: where the first derivatives are almost 0, as at a minimum, rounding of a result moves the others. It
 * grows with the step, as gradients and results do, and so stays in the slope however large that is. */

/* The step to where gradients are compared: a large one is little disturbed by a kink at the point itself, a small one
 * by what is steep farther away. */
static const double growth_steps[] = { 0x1p-12, 0x1p-30 };

/* The most that rounding can be worth as a change of the element, beside the element. */
#define MAX_SHIFT 0x1p-20

/* To be called with the values saved. @gradients: those at @x. @shift: (out): what rounding is worth as a change of the
 * element. Returns: how much the noise grows on the way to @x + @step, divided by that */
static double
measure_growth (BpGradientChecker *self,
                const double      *gradients,
                double             x,
                double             step,
                double            *shift)
{
  BpSession *session = self->session;
  double growth, bend;

  evaluate_loss (x + step, self);
  bp_session_backward (session);
  growth = fmax (0, get_noise (self) - self->noise) / step;
  for (gsize i = 0; i < session->n_gradients; i++)
    session->gradients[i] = (session->gradients[i] - gradients[i]) / step;
  growth += get_noise (self);
  bend = fabs (session->gradients[self->element - session->values]);
  memcpy (session->gradients, gradients, session->n_gradients * sizeof (double));
  *shift = fmin (growth / bend, MAX_SHIFT * fmax (1, fabs (x)));

  return growth;
}

/* Measures again, with the noise of second order. */
static void
measure_precisely (BpGradientChecker *self,
                   double             x,
                   BpElementCheck    *check)
{
  BpSession *session = self->session;
  g_autofree double *gradients = g_memdup2 (session->gradients, session->n_gradients * sizeof (double));
  double least = HUGE_VAL, least_shift = 0;

  for (guint i = 0; i < G_N_ELEMENTS (growth_steps); i++)
    {
      double shift;
      const double growth = measure_growth (self, gradients, x, growth_steps[i] * fmax (1, fabs (x)), &shift);

      if (!(growth < least))
        continue;
      least = growth;
      least_shift = shift;
    }
  if (!(least > 0 && isfinite (least)))
    return;

  bp_slope_measure (evaluate_loss, self, x, check->gradient, self->noise + least * least_shift, least, &check->slope);
  check->verdict = bp_slope_judge (&check->slope, check->gradient, &check->error);
}

/* Logits */

/* The only dependent that has the node as an input, as logits of a softmax; else BP_NODE_NONE. */
static guint
find_softmax (BpGradientChecker *self)
{
  BpGraph *graph = self->session->graph;
  guint softmax = BP_NODE_NONE;

  for (const BpInstruction *next = get_dependents (self); next->phase == BP_PHASE_FORWARD; next++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, next->node); i++)
      if (bp_graph_get_input (graph, next->node, i) == self->node)
        {
          if (softmax != BP_NODE_NONE || i + 1 != bp_graph_get_n_inputs (graph, next->node)
              || !is_softmax (bp_graph_get_op (graph, next->node)))
            return BP_NODE_NONE;
          softmax = next->node;
        }

  return softmax;
}

/* Softmax is invariant to a shift of a row, so the row of @element is moved near 0: near 10¹⁶ a double has no small
 * step. Returns: how many numbers from @start on are to be moved; 0 if the node is not the logits of a softmax alone */
static gsize
find_row (BpGradientChecker *self,
          gsize              element,
          gsize             *start)
{
  const guint softmax = find_softmax (self);
  gsize n;

  if (softmax == BP_NODE_NONE)
    return 0;
  n = get_n_classes (self->session->graph, softmax);
  *start = element / n * n;

  return n;
}

/* The checker */

BpGradientChecker *
bp_gradient_checker_new (BpSession *session)
{
  BpGradientChecker *self;
  BpGraph *graph;

  g_return_val_if_fail (session != NULL, NULL);

  graph = session->graph;
  self = g_new0 (BpGradientChecker, 1);
  self->session = session;
  self->node = BP_NODE_NONE;
  self->is_reached = g_new0 (gboolean, bp_graph_get_n_nodes (graph));
  self->dependents = g_array_new (FALSE, FALSE, sizeof (BpInstruction));
  self->saved = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_needs_gradient (graph, node))
      self->n_elements += bp_graph_get_n_elements (graph, node);

  return self;
}

void
bp_gradient_checker_free (BpGradientChecker *checker)
{
  g_return_if_fail (checker != NULL);

  g_free (checker->is_reached);
  g_array_unref (checker->dependents);
  g_array_unref (checker->saved);
  g_free (checker);
}

void
bp_gradient_checker_check (BpGradientChecker *checker,
                           guint              node,
                           gsize              element,
                           BpElementCheck    *check)
{
  BpSession *session;
  g_autofree double *saved = NULL;
  double *row;
  double value, shift;
  gsize start = 0, n;

  g_return_if_fail (checker != NULL && check != NULL && node < bp_graph_get_n_nodes (checker->session->graph));
  g_return_if_fail (element < bp_graph_get_n_elements (checker->session->graph, node));

  session = checker->session;
  choose_node (checker, node);
  save (checker);
  checker->element = session->values + session->offsets[node] + element;
  value = *checker->element;
  n = find_row (checker, element, &start);
  shift = n > 0 ? value : 0;
  row = session->values + session->offsets[node] + start;
  saved = g_memdup2 (row, n * sizeof (double));
  for (gsize i = 0; i < n; i++)
    row[i] -= shift;

  check->node = node;
  check->element = element;
  check->gradient = bp_session_get_gradient (session, node)[element];
  bp_slope_measure (evaluate_loss, checker, value - shift, check->gradient, checker->noise, 0, &check->slope);
  check->verdict = bp_slope_judge (&check->slope, check->gradient, &check->error);
  if (check->verdict > BP_SLOPE_WITHIN_ROUNDING && isfinite (check->gradient))
    measure_precisely (checker, value - shift, check);

  *checker->element = value;
  if (n > 0)
    memcpy (row, saved, n * sizeof (double));
  restore (checker);
}

gboolean
bp_gradient_checker_next (BpGradientChecker *checker,
                          BpElementCheck    *check)
{
  BpGraph *graph;

  g_return_val_if_fail (checker != NULL && check != NULL, FALSE);

  graph = checker->session->graph;
  while (checker->next_node < bp_graph_get_n_nodes (graph)
         && (!bp_graph_needs_gradient (graph, checker->next_node)
             || checker->next_element == bp_graph_get_n_elements (graph, checker->next_node)))
    {
      checker->next_node++;
      checker->next_element = 0;
    }
  if (checker->next_node == bp_graph_get_n_nodes (graph))
    return FALSE;

  bp_gradient_checker_check (checker, checker->next_node, checker->next_element++, check);
  checker->n_checked++;

  return TRUE;
}

double
bp_gradient_checker_get_progress (BpGradientChecker *checker)
{
  g_return_val_if_fail (checker != NULL, 0);

  return checker->n_elements > 0 ? (double) checker->n_checked / (double) checker->n_elements : 1;
}
