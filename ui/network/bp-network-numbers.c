/* bp-network-numbers.c: the numbers of a network's neurons and weights, taken from a trainer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-private.h"

#include <math.h>

static void
read_neuron (BpNeuron     *neuron,
             BpTrainer    *trainer,
             gsize         row,
             gsize         stride,
             gsize         n_rows,
             gboolean      hides_gradients)
{
  BpSession    *session = bp_trainer_get_session (trainer);
  gboolean      has_value = bp_trainer_has_value (trainer, neuron->node);
  gboolean      has_gradient = bp_trainer_has_gradient (trainer, neuron->node) && !hides_gradients;
  const double *values = bp_session_get_value (session, neuron->node);
  const double *gradients = bp_graph_needs_gradient (bp_trainer_get_graph (trainer), neuron->node)
                            ? bp_session_get_gradient (session, neuron->node) : NULL;

  has_gradient = has_gradient && gradients != NULL;
  neuron->value = has_value ? values[row * stride + neuron->index] : (double) NAN;
  neuron->gradient = has_gradient ? gradients[row * stride + neuron->index] : (double) NAN;
  neuron->n_strip = has_value || has_gradient ? (guint) MIN (n_rows, BP_NETWORK_STRIP) : 0;
  for (guint i = 0; i < neuron->n_strip; i++)
    {
      neuron->strip[i] = has_value ? values[i * stride + neuron->index] : (double) NAN;
      neuron->gradients[i] = has_gradient ? gradients[i * stride + neuron->index] : (double) NAN;
    }
}

/* Where an update tells the gradient that is to be predicted, the parameters are those from before it. */
static const double *
get_parameters (BpTrainer *trainer,
                gboolean   hides_gradients)
{
  const double *previous = hides_gradients ? bp_trainer_get_previous_parameters (trainer) : NULL;

  return previous != NULL ? previous : bp_session_get_parameters (bp_trainer_get_session (trainer));
}

static gsize
get_offset (BpTrainer *trainer,
            guint      variable)
{
  BpSession *session = bp_trainer_get_session (trainer);

  return (gsize) (bp_session_get_value (session, variable) - bp_session_get_parameters (session));
}

static void
read_biases (BpNetwork    *network,
             BpTrainer    *trainer,
             const double *parameters)
{
  for (guint i = 0; i < network->neurons->len; i++)
    {
      BpNeuron              *neuron = bp_network_neuron (network, i);
      const BpNetworkColumn *column = bp_network_column (network, neuron->column);
      guint                  bias = column->layer != G_MAXUINT ? bp_layers_get (network->layers, column->layer)->bias
                                                               : BP_NODE_NONE;

      if (bias == BP_NODE_NONE)
        continue;
      neuron->bias = parameters[get_offset (trainer, bias)
                                + (bp_graph_get_n_elements (network->graph, bias) > 1 ? neuron->index : 0)];
    }
}

static void
read_connections (BpNetwork    *network,
                  BpTrainer    *trainer,
                  const double *parameters,
                  gboolean      hides_gradients)
{
  BpSession *session = bp_trainer_get_session (trainer);

  for (guint i = 0; i < network->connections->len; i++)
    {
      BpConnection *connection = bp_network_connection (network, i);
      gboolean      has_gradient = bp_trainer_has_gradient (trainer, connection->kernel) && !hides_gradients
                                   && bp_graph_needs_gradient (network->graph, connection->kernel);

      connection->weight = parameters[get_offset (trainer, connection->kernel) + connection->element];
      connection->gradient = has_gradient
                             ? bp_session_get_gradient (session, connection->kernel)[connection->element]
                             : (double) NAN;
    }
}

/* What the last instruction was about. */
static void
read_step (BpNetwork *network,
           BpTrainer *trainer)
{
  const BpInstruction *last = bp_trainer_get_last_instruction (trainer);
  guint                layer = last != NULL && last->phase != BP_PHASE_FEED
                               ? bp_layers_find_member (network->layers, last->node) : G_MAXUINT;

  for (guint c = 0; c < network->columns->len; c++)
    {
      BpNetworkColumn *column = bp_network_column (network, c);

      column->lit = BP_LIT_NONE;
      column->is_product_lit = FALSE;
      if (last == NULL)
        continue;
      if (last->phase == BP_PHASE_FEED)
        column->lit = c == 0 ? BP_LIT_VALUE : BP_LIT_NONE;
      else if (column->layer == G_MAXUINT ? bp_network_neuron (network, column->first)->node == last->node
               : column->layer == layer)
        {
          const BpDenseLayer *dense = column->layer != G_MAXUINT ? bp_layers_get (network->layers, layer) : NULL;

          column->lit = last->phase == BP_PHASE_FORWARD ? BP_LIT_VALUE
                        : last->phase == BP_PHASE_BACKWARD ? BP_LIT_GRADIENT : BP_LIT_UPDATE;
          for (guint i = 0; dense != NULL && i < dense->n_products; i++)
            column->is_product_lit |= last->node == dense->products[i] || last->node == dense->kernels[i];
        }
    }
}

static void
read_choice (BpNetwork *network,
             guint      node,
             gssize     element)
{
  network->chosen = network->chosen_connection = G_MAXUINT;
  if (node == BP_NODE_NONE || element < 0)
    return;
  for (guint i = 0; i < network->neurons->len; i++)
    {
      const BpNeuron *neuron = bp_network_neuron (network, i);

      if (neuron->node == node
          && (gsize) element % bp_network_column (network, neuron->column)->n == neuron->index)
        network->chosen = i;
    }
  for (guint i = 0; i < network->connections->len; i++)
    if (bp_network_connection (network, i)->kernel == node
        && bp_network_connection (network, i)->element == (gsize) element)
      network->chosen_connection = i;
}

static void
read_factors (BpNetwork *network,
              BpTrainer *trainer,
              gboolean   hides_gradients)
{
  const BpConnection *connection;
  const BpDenseLayer *layer;
  BpSession          *session = bp_trainer_get_session (trainer);
  guint               p = 0;

  network->factors[0] = network->factors[1] = (double) NAN;
  if (network->chosen_connection == G_MAXUINT)
    return;

  connection = bp_network_connection (network, network->chosen_connection);
  layer = bp_layers_get (network->layers,
                         bp_network_column (network, bp_network_neuron (network, connection->to)->column)->layer);
  while (layer->kernels[p] != connection->kernel)
    p++;

  const guint n_in = bp_network_count_columns (network->graph, layer->inputs[p]);
  if (bp_trainer_has_value (trainer, layer->inputs[p]))
    network->factors[0] = bp_session_get_value (session, layer->inputs[p])[network->row * n_in
                                                                          + connection->element / layer->n_out];
  if (bp_trainer_has_gradient (trainer, layer->products[p]) && !hides_gradients)
    network->factors[1] = bp_session_get_gradient (session, layer->products[p])[network->row * layer->n_out
                                                                               + connection->element % layer->n_out];
}

gsize
bp_network_find_row (BpTrainer *trainer,
                     guint      node,
                     gssize     element)
{
  BpGraph              *graph = bp_trainer_get_graph (trainer);
  g_autoptr (GPtrArray) layers = NULL;
  guint                 n_rows, n_elements;

  if (node == BP_NODE_NONE || element < 0 || bp_graph_get_op (graph, node) == BP_OP_VARIABLE)
    return 0;
  layers = bp_layers_find (graph);
  if (layers->len == 0)
    return 0;
  n_rows = bp_graph_get_shape (graph, bp_layers_get (layers, 0)->output)->dims[0];
  n_elements = (guint) bp_graph_get_n_elements (graph, node);

  return n_elements >= n_rows && (gsize) element < n_elements ? (gsize) element / (n_elements / n_rows) : 0;
}

gboolean
bp_network_update (BpNetwork *network,
                   BpTrainer *trainer,
                   gsize      row,
                   guint      node,
                   gssize     element,
                   gboolean   hides_gradients)
{
  BpGraph      *graph = bp_trainer_get_graph (trainer);
  gboolean      is_other = graph != network->graph;
  const double *parameters;

  if (is_other)
    bp_network_build (network, trainer);
  if (network->layers->len == 0)
    return is_other;

  network->n_rows = bp_graph_get_shape (graph, bp_layers_get (network->layers, 0)->output)->dims[0];
  network->row = MIN (row, network->n_rows - 1);
  parameters = get_parameters (trainer, hides_gradients);
  for (guint i = 0; i < network->neurons->len; i++)
    {
      BpNeuron              *neuron = bp_network_neuron (network, i);
      const BpNetworkColumn *column = bp_network_column (network, neuron->column);
      gboolean               is_batch = bp_graph_get_n_elements (graph, neuron->node) > 1;
      gsize                  stride = column->layer != G_MAXUINT ? column->n
                                      : bp_network_count_columns (graph, neuron->node);

      read_neuron (neuron, trainer, is_batch ? network->row : 0, stride, is_batch ? network->n_rows : 1,
                   hides_gradients);
    }
  read_biases (network, trainer, parameters);
  read_connections (network, trainer, parameters, hides_gradients);
  read_step (network, trainer);
  read_choice (network, node, element);
  read_factors (network, trainer, hides_gradients);
  bp_network_update_maps (network, trainer, parameters);

  return is_other;
}
