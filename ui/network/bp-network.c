/* bp-network.c: a network as neurons and weights, taken from a trainer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
clear_column (gpointer data)
{
  BpNetworkColumn *column = data;

  g_free (column->title);
  g_free (column->about);
}

static void
clear_neuron (gpointer data)
{
  BpNeuron *neuron = data;

  g_free (neuron->name);
  g_free (neuron->map);
}

BpNetwork *
bp_network_new (void)
{
  BpNetwork *network = g_new0 (BpNetwork, 1);

  network->columns = g_array_new (FALSE, TRUE, sizeof (BpNetworkColumn));
  g_array_set_clear_func (network->columns, clear_column);
  network->neurons = g_array_new (FALSE, TRUE, sizeof (BpNeuron));
  g_array_set_clear_func (network->neurons, clear_neuron);
  network->connections = g_array_new (FALSE, TRUE, sizeof (BpConnection));
  network->chosen = network->chosen_connection = G_MAXUINT;

  return network;
}

void
bp_network_free (BpNetwork *network)
{
  bp_network_free_maps (network);
  g_array_unref (network->columns);
  g_array_unref (network->neurons);
  g_array_unref (network->connections);
  g_clear_pointer (&network->layers, g_ptr_array_unref);
  g_clear_pointer (&network->graph, bp_graph_unref);
  g_free (network);
}

/* Structure */

/* The only input of @node that is no constant, or BP_NODE_NONE. */
static guint
get_only_input (BpGraph *graph,
                guint    node)
{
  guint only = BP_NODE_NONE;

  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    if (bp_graph_get_op (graph, bp_graph_get_input (graph, node, i)) != BP_OP_CONSTANT)
      {
        if (only != BP_NODE_NONE)
          return BP_NODE_NONE;
        only = bp_graph_get_input (graph, node, i);
      }

  return only;
}

static gboolean
is_layer_output (const GPtrArray *layers,
                 guint            node)
{
  guint layer = bp_layers_find_member (layers, node);

  return layer != G_MAXUINT && bp_layers_get (layers, layer)->output == node;
}

/* Where the columns of @node come from: what only changes the shape, or each element by itself, is looked through. */
static guint
find_source (BpGraph         *graph,
             const GPtrArray *layers,
             guint            node)
{
  while (TRUE)
    {
      guint input = get_only_input (graph, node);

      if (is_layer_output (layers, node) || input == BP_NODE_NONE)
        return node;
      node = input;
    }
}

/* How many columns a matrix or a column of data has. */
static guint
count_columns (BpGraph *graph,
               guint    node)
{
  const BpShape *shape = bp_graph_get_shape (graph, node);

  return shape->rank == 2 ? shape->dims[1] : 1;
}

static void
add_neurons (BpNetwork  *network,
             guint       node,
             guint       n,
             const char *name)
{
  for (guint k = 0; k < n; k++)
    {
      BpNeuron neuron = { .node = node, .index = k, .column = network->columns->len - 1, .value = (double) NAN,
                          .gradient = (double) NAN, .bias = (double) NAN };

      neuron.name = n > 1 ? g_strdup_printf ("%s[%u]", name, k) : g_strdup (name);
      g_array_append_val (network->neurons, neuron);
    }
}

static BpNetworkColumn *
add_column (BpNetwork  *network,
            const char *title,
            guint       layer)
{
  BpNetworkColumn column = { .title = g_strdup (title), .layer = layer, .first = network->neurons->len };

  g_array_append_val (network->columns, column);

  return bp_network_column (network, network->columns->len - 1);
}

static void
end_column (BpNetwork *network)
{
  BpNetworkColumn *column = bp_network_column (network, network->columns->len - 1);

  column->n = network->neurons->len - column->first;
}

/* The first neuron of those of @node, or G_MAXUINT. */
static guint
find_neuron (const BpNetwork *network,
             guint            node)
{
  for (guint i = 0; i < network->neurons->len; i++)
    if (bp_network_neuron (network, i)->node == node)
      return i;

  return G_MAXUINT;
}

/* What comes into layers and is none itself. */
static void
add_data (BpNetwork *network)
{
  guint n_nodes = 0;

  add_column (network, _("data"), G_MAXUINT);
  for (guint l = 0; l < network->layers->len; l++)
    {
      const BpDenseLayer *layer = bp_layers_get (network->layers, l);

      for (guint i = 0; i < layer->n_products; i++)
        {
          guint source = find_source (network->graph, network->layers, layer->inputs[i]);

          if (!is_layer_output (network->layers, source) && find_neuron (network, source) == G_MAXUINT)
            {
              add_neurons (network, source, count_columns (network->graph, source),
                           bp_graph_get_name (network->graph, source));
              n_nodes++;
            }
        }
    }
  if (n_nodes == 1)
    {
      g_free (bp_network_column (network, 0)->title);
      bp_network_column (network, 0)->title
          = g_strdup (bp_graph_get_name (network->graph, bp_network_neuron (network, 0)->node));
    }
  end_column (network);
}

static void
add_connections (BpNetwork          *network,
                 const BpDenseLayer *layer,
                 guint               first)
{
  for (guint p = 0; p < layer->n_products; p++)
    {
      const BpShape *shape = bp_graph_get_shape (network->graph, layer->kernels[p]);
      guint          from = find_neuron (network, find_source (network->graph, network->layers, layer->inputs[p]));

      if (from == G_MAXUINT
          || bp_network_column (network, bp_network_neuron (network, from)->column)->n < shape->dims[0])
        continue;
      for (guint i = 0; i < shape->dims[0]; i++)
        for (guint k = 0; k < shape->dims[1]; k++)
          {
            BpConnection connection = { from + i, first + k, layer->kernels[p], (gsize) i * shape->dims[1] + k,
                                        (double) NAN, (double) NAN };

            g_array_append_val (network->connections, connection);
          }
    }
}

static void
build (BpNetwork *network,
       BpGraph   *graph)
{
  guint loss = bp_graph_get_loss (graph);

  bp_network_free_maps (network);
  g_array_set_size (network->columns, 0);
  g_array_set_size (network->neurons, 0);
  g_array_set_size (network->connections, 0);
  g_clear_pointer (&network->layers, g_ptr_array_unref);
  bp_graph_ref (graph);
  g_clear_pointer (&network->graph, bp_graph_unref);
  network->graph = graph;
  network->layers = bp_layers_find (graph);
  if (!bp_network_is_possible (graph))
    {
      g_ptr_array_set_size (network->layers, 0);
      return;
    }

  add_data (network);
  for (guint l = 0; l < network->layers->len; l++)
    {
      const BpDenseLayer *layer = bp_layers_get (network->layers, l);
      BpNetworkColumn    *column = add_column (network, layer->name, l);

      if (layer->activation != BP_NODE_NONE)
        column->about = g_strdup (bp_op_get_class (bp_graph_get_op (graph, layer->activation))->name);
      add_neurons (network, layer->output, layer->n_out, layer->name);
      end_column (network);
      add_connections (network, layer, bp_network_column (network, network->columns->len - 1)->first);
    }
  if (loss == BP_NODE_NONE)
    return;
  add_column (network, bp_graph_get_name (graph, loss), G_MAXUINT);
  add_neurons (network, loss, 1, bp_graph_get_name (graph, loss));
  end_column (network);
}

/* What data are of has the names of their columns. */
static void
name_columns (BpNetwork          *network,
              const BpExperiment *experiment)
{
  for (guint i = 0; i < experiment->placeholders->len; i++)
    {
      const BpPlaceholder *placeholder = g_ptr_array_index (experiment->placeholders, i);
      const guint          node = bp_graph_find (network->graph, placeholder->name);
      const guint          first = node != BP_NODE_NONE ? find_neuron (network, node) : G_MAXUINT;

      for (guint k = 0; first != G_MAXUINT && placeholder->columns[k] != NULL; k++)
        {
          g_free (bp_network_neuron (network, first + k)->name);
          bp_network_neuron (network, first + k)->name = g_strdup (placeholder->columns[k]);
        }
    }
}

gboolean
bp_network_is_possible (BpGraph *graph)
{
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);
  guint n_neurons = 0;

  for (guint l = 0; l < layers->len; l++)
    n_neurons += bp_layers_get (layers, l)->n_in + bp_layers_get (layers, l)->n_out;

  return layers->len > 0 && n_neurons <= BP_NETWORK_MAX_NEURONS;
}

/* Numbers */

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
    {
      build (network, graph);
      name_columns (network, bp_trainer_get_experiment (trainer));
    }
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
      gsize                  stride = column->layer != G_MAXUINT ? column->n : count_columns (graph, neuron->node);

      read_neuron (neuron, trainer, is_batch ? network->row : 0, stride, is_batch ? network->n_rows : 1,
                   hides_gradients);
    }
  read_biases (network, trainer, parameters);
  read_connections (network, trainer, parameters, hides_gradients);
  read_step (network, trainer);
  read_choice (network, node, element);
  bp_network_update_maps (network, trainer, parameters);

  return is_other;
}
