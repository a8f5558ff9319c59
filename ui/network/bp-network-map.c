/* bp-network-map.c: what each neuron makes of all points of a plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network.h"

#include <math.h>
#include <string.h>

#include "training/bp-evaluator.h"

#define N_POINTS (BP_NETWORK_SIDE * BP_NETWORK_SIDE)

/* Operations that all maps together may cost: no more than a few milliseconds. */
#define MAX_COST 4e6

/* How far the plane reaches beyond the data. */
#define BEYOND 0.08

struct _BpNetworkMaps {
  BpEvaluator *evaluator;  /* NULL where there are no maps */
  GPtrArray   *layers;     /* of its graph */
  double      *parameters; /* that the maps are of */
  gsize        n_parameters;
};

void
bp_network_free_maps (BpNetwork *network)
{
  if (network->maps == NULL)
    return;
  g_clear_pointer (&network->maps->evaluator, bp_evaluator_free);
  g_clear_pointer (&network->maps->layers, g_ptr_array_unref);
  g_free (network->maps->parameters);
  g_clear_pointer (&network->maps, g_free);
  network->has_maps = FALSE;
}

/* The least and the greatest of what all the data have in the neuron's column. */
static gboolean
find_range (BpEvaluator    *data,
            const BpNetwork *network,
            guint           input,
            double         *least,
            double         *greatest)
{
  const BpNeuron *neuron = bp_network_neuron (network, input);
  BpGraph        *graph = bp_evaluator_get_graph (data);
  guint           node = bp_graph_find (graph, bp_graph_get_name (network->graph, neuron->node));
  const double   *values = bp_session_get_value (bp_evaluator_get_session (data), node);
  gsize           n_rows = bp_evaluator_get_n_rows (data);
  gsize           stride = bp_graph_get_n_elements (graph, node) / n_rows;
  double          margin;

  *least = HUGE_VAL;
  *greatest = -HUGE_VAL;
  for (gsize i = 0; i < n_rows; i++)
    {
      *least = MIN (*least, values[i * stride + neuron->index]);
      *greatest = MAX (*greatest, values[i * stride + neuron->index]);
    }
  margin = BEYOND * (*greatest - *least);
  *least -= margin;
  *greatest += margin;

  return *greatest > *least;
}

/* Feeds all points of the plane. */
static void
feed (BpNetwork   *network,
      BpEvaluator *evaluator)
{
  BpGraph *graph = bp_evaluator_get_graph (evaluator);

  for (guint input = 0; input < 2; input++)
    {
      const BpNeuron    *neuron = bp_network_neuron (network, input);
      guint              node = bp_graph_find (graph, bp_graph_get_name (network->graph, neuron->node));
      gsize              stride = bp_graph_get_n_elements (graph, node) / N_POINTS;
      g_autofree double *values = g_memdup2 (bp_session_get_value (bp_evaluator_get_session (evaluator), node),
                                             N_POINTS * stride * sizeof (double));

      for (guint i = 0; i < N_POINTS; i++)
        {
          double part = (input == 0 ? i % BP_NETWORK_SIDE : i / BP_NETWORK_SIDE) / (BP_NETWORK_SIDE - 1.0);

          values[i * stride + neuron->index] = input == 0 ? network->x0 + part * (network->x1 - network->x0)
                                                          : network->y0 + part * (network->y1 - network->y0);
        }
      bp_evaluator_feed (evaluator, node, values);
    }
}

static void
create_maps (BpNetwork *network,
             BpTrainer *trainer)
{
  const BpExperiment     *experiment = bp_trainer_get_experiment (trainer);
  g_autoptr (BpEvaluator) data = NULL;
  g_autoptr (BpGraph)     graph = NULL;

  network->maps = g_new0 (struct _BpNetworkMaps, 1);
  if (bp_network_column (network, 0)->n != 2)
    return;
  data = bp_evaluator_new_for_data (experiment, bp_trainer_get_dataset (trainer), FALSE, NULL);
  graph = data != NULL ? bp_experiment_create_graph (experiment, N_POINTS, NULL) : NULL;
  if (graph == NULL || !find_range (data, network, 0, &network->x0, &network->x1)
      || !find_range (data, network, 1, &network->y0, &network->y1))
    return;

  network->maps->evaluator = bp_evaluator_new (graph, N_POINTS, MAX_COST, NULL);
  if (network->maps->evaluator == NULL)
    return;
  network->maps->layers = bp_layers_find (graph);
  network->maps->n_parameters = bp_graph_get_n_parameters (graph);
  network->maps->parameters = g_new0 (double, network->maps->n_parameters + 1);
  feed (network, network->maps->evaluator);
  network->has_maps = TRUE;
}

static double *
ensure_map (BpNeuron *neuron)
{
  if (neuron->map == NULL)
    neuron->map = g_new (double, N_POINTS);

  return neuron->map;
}

/* Of the data a map is the coordinate itself, from −1 to 1. */
static void
fill_inputs (BpNetwork *network)
{
  for (guint input = 0; input < 2; input++)
    {
      double *map = ensure_map (bp_network_neuron (network, input));

      for (guint i = 0; i < N_POINTS; i++)
        map[i] = input == 0 ? network->x0 + (i % BP_NETWORK_SIDE) * (network->x1 - network->x0) / (BP_NETWORK_SIDE - 1)
                            : network->y0 + (i / BP_NETWORK_SIDE) * (network->y1 - network->y0) / (BP_NETWORK_SIDE - 1);
    }
}

static void
fill_layer (BpNetwork       *network,
            BpNetworkColumn *column)
{
  BpEvaluator        *evaluator = network->maps->evaluator;
  const BpDenseLayer *layer = bp_layers_get (network->maps->layers, column->layer);
  const double       *values = bp_session_get_value (bp_evaluator_get_session (evaluator), layer->output);

  for (guint k = 0; k < column->n; k++)
    {
      double *map = ensure_map (bp_network_neuron (network, column->first + k));

      for (guint i = 0; i < N_POINTS; i++)
        map[i] = values[(gsize) i * column->n + k];
    }
}

static void
find_greatest (BpNetwork *network)
{
  for (guint c = 0; c < network->columns->len; c++)
    {
      BpNetworkColumn *column = bp_network_column (network, c);

      column->greatest = 0;
      for (guint k = 0; k < column->n; k++)
        {
          const double *map = bp_network_neuron (network, column->first + k)->map;

          for (guint i = 0; map != NULL && i < N_POINTS; i++)
            if (isfinite (map[i]))
              column->greatest = MAX (column->greatest, fabs (map[i]));
        }
    }
}

static void
place_sample (BpNetwork *network)
{
  network->sample_x = (bp_network_neuron (network, 0)->value - network->x0) / (network->x1 - network->x0);
  network->sample_y = (bp_network_neuron (network, 1)->value - network->y0) / (network->y1 - network->y0);
}

void
bp_network_update_maps (BpNetwork    *network,
                        BpTrainer    *trainer,
                        const double *parameters)
{
  gboolean is_new = network->maps == NULL;
  gsize    n_bytes;

  if (is_new)
    create_maps (network, trainer);
  if (!network->has_maps)
    return;

  place_sample (network);
  n_bytes = network->maps->n_parameters * sizeof (double);
  if (!is_new && memcmp (network->maps->parameters, parameters, n_bytes) == 0)
    return;
  memcpy (network->maps->parameters, parameters, n_bytes);
  bp_evaluator_get_loss (network->maps->evaluator, parameters, NULL);
  if (is_new)
    fill_inputs (network);
  for (guint c = 0; c < network->columns->len; c++)
    if (bp_network_column (network, c)->layer != G_MAXUINT)
      fill_layer (network, bp_network_column (network, c));
  find_greatest (network);
}
