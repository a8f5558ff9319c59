/* bp-network.c: a network as neurons and weights, taken from a trainer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-private.h"

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

guint
bp_network_count_columns (BpGraph *graph,
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
              add_neurons (network, source, bp_network_count_columns (network->graph, source),
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

gboolean
bp_network_is_possible (BpGraph *graph)
{
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);
  guint n_neurons = 0;

  for (guint l = 0; l < layers->len; l++)
    n_neurons += bp_layers_get (layers, l)->n_in + bp_layers_get (layers, l)->n_out;

  return layers->len > 0 && n_neurons <= BP_NETWORK_MAX_NEURONS;
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

void
bp_network_build (BpNetwork *network,
                  BpTrainer *trainer)
{
  build (network, bp_trainer_get_graph (trainer));
  name_columns (network, bp_trainer_get_experiment (trainer));
}
