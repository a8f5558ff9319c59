/* bp-session-check.c: gradients against central differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-session-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* What a change of @node reaches on its way to the loss; none passes round or stop_gradient. */
static GArray *
get_dependents (BpSession *self,
                guint      node)
{
  BpGraph *graph = self->graph;
  const guint n = bp_graph_get_loss (graph) + 1;
  g_autofree guint8 *depends = g_new0 (guint8, MAX (n, node + 1));
  GArray *dependents = g_array_new (FALSE, FALSE, sizeof (guint));

  depends[node] = TRUE;
  for (guint i = node + 1; i < n; i++)
    {
      for (guint k = 0; bp_graph_needs_gradient (graph, i) && k < bp_graph_get_n_inputs (graph, i); k++)
        depends[i] |= depends[bp_graph_get_input (graph, i, k)];
      if (depends[i])
        g_array_append_val (dependents, i);
    }

  return dependents;
}

static double
evaluate_loss (BpSession    *self,
               const GArray *dependents)
{
  for (guint i = 0; i < dependents->len; i++)
    bp_session_forward_node (self, g_array_index (dependents, guint, i));

  return self->values[self->offsets[bp_graph_get_loss (self->graph)]];
}

/* The difference at one element; leaves the values of the dependents changed. */
static double
difference (BpSession    *self,
            const GArray *dependents,
            double       *element)
{
  const double value = *element;
  const double h = cbrt (DBL_EPSILON) * MAX (1, fabs (value));
  double above, below, width;

  *element = value + h;
  width = *element;
  above = evaluate_loss (self, dependents);
  *element = value - h;
  width -= *element;
  below = evaluate_loss (self, dependents);
  *element = value;

  return (above - below) / width;
}

static GArray *
save (BpSession    *self,
      const GArray *dependents)
{
  GArray *saved = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < dependents->len; i++)
    {
      const guint node = g_array_index (dependents, guint, i);

      g_array_append_vals (saved, self->values + self->offsets[node], bp_graph_get_n_elements (self->graph, node));
    }

  return saved;
}

static void
restore (BpSession    *self,
         const GArray *dependents,
         const GArray *saved)
{
  const double *values = (const double *) saved->data;

  for (guint i = 0; i < dependents->len; i++)
    {
      const guint node = g_array_index (dependents, guint, i);
      const gsize n = bp_graph_get_n_elements (self->graph, node);

      memcpy (self->values + self->offsets[node], values, n * sizeof (double));
      values += n;
    }
}

double
bp_session_central_difference (BpSession *session,
                               guint      node,
                               gsize      element)
{
  g_autoptr (GArray) dependents = NULL;
  g_autoptr (GArray) saved = NULL;
  double result;

  g_return_val_if_fail (session != NULL && node < bp_graph_get_n_nodes (session->graph), NAN);
  g_return_val_if_fail (element < bp_graph_get_n_elements (session->graph, node), NAN);

  dependents = get_dependents (session, node);
  saved = save (session, dependents);
  result = difference (session, dependents, session->values + session->offsets[node] + element);
  restore (session, dependents, saved);

  return result;
}

double
bp_session_check_gradient (BpSession *session,
                           guint      node)
{
  g_autoptr (GArray) dependents = NULL;
  g_autoptr (GArray) saved = NULL;
  const double *gradient;
  double *values, largest = 0;

  g_return_val_if_fail (session != NULL && node < bp_graph_get_n_nodes (session->graph), NAN);

  dependents = get_dependents (session, node);
  saved = save (session, dependents);
  gradient = bp_session_get_gradient (session, node);
  values = session->values + session->offsets[node];
  for (gsize i = 0; i < bp_graph_get_n_elements (session->graph, node); i++)
    {
      const double numeric = difference (session, dependents, values + i);
      const double scale = MAX (1, MAX (fabs (gradient[i]), fabs (numeric)));
      const double error = fabs (gradient[i] - numeric) / scale;

      /* NaN is the worst of errors and stays the result. */
      if (error > largest || isnan (error))
        largest = error;
    }
  restore (session, dependents, saved);

  return largest;
}
