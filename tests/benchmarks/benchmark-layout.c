/* benchmark-layout.c: laying out a graph of 1,000 nodes
 *
 * Ops with inputs that lie anywhere among the 30 nodes before them, as a model with many variables looks, and labels on
 * the edges as in the window. A layout is made anew when the window's size or the model changes, not in each frame.
 *
 * Goal: at most 100 ms, which feels immediate.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "benchmark.h"
#include "graph/bp-graph-layout.h"
#include "base/bp-random.h"

#define REACH 30

static BpGraph *
graph_new (guint n_nodes)
{
  static const BpOp ops[] = { BP_OP_ADD, BP_OP_MULTIPLY, BP_OP_SIGMOID, BP_OP_SUBTRACT, BP_OP_TANH };
  const guint64 key = bp_random_key (1, "layout");
  const BpOpAttributes attributes = { 0 };
  BpGraph *graph = bp_graph_new ();

  for (guint node = 0; node < n_nodes; node++)
    {
      const guint reach = MIN (node, REACH);
      guint inputs[BP_MAX_INPUTS];

      if (node < 4 || node % 10 == 0)
        {
          bp_graph_add (graph, NULL, node % 20 == 0 ? BP_OP_PLACEHOLDER : BP_OP_VARIABLE, NULL, &attributes, NULL);
          continue;
        }
      for (guint i = 0; i < BP_MAX_INPUTS; i++)
        inputs[i] = node - 1 - bp_random_below (key, 3 * node + i, reach);
      bp_graph_add (graph, NULL, ops[bp_random_below (key, 3 * node + 2, G_N_ELEMENTS (ops))], inputs, NULL, NULL);
    }
  bp_graph_set_loss (graph, n_nodes - 1);

  return graph;
}

static double
time_layout (BpGraph                    *graph,
             const BpGraphLayoutOptions *options)
{
  const double start = benchmark_now ();

  bp_graph_layout_free (bp_graph_layout_new (graph, options));

  return benchmark_now () - start;
}

static double
measure (guint n_nodes)
{
  g_autoptr (BpGraph) graph = graph_new (n_nodes);
  const guint n_edges = bp_graph_layout_count_edges (graph);
  g_autofree BpNodeSize *nodes = g_new (BpNodeSize, n_nodes);
  g_autofree BpLabelSize *labels = g_new (BpLabelSize, n_edges);
  const BpGraphLayoutOptions options = { .unit = 15, .nodes = nodes, .labels = labels };
  BenchmarkTimes times;

  for (guint i = 0; i < n_nodes; i++)
    nodes[i] = (BpNodeSize) { 130, 150, 76, 92 };
  for (guint i = 0; i < n_edges; i++)
    labels[i] = (BpLabelSize) { 60 + 7 * (i % 5), 32 };
  for (guint i = 0; i < BENCHMARK_ROUNDS; i++)
    times.rounds[i] = time_layout (graph, &options);
  printf ("%8u %8u %10.2f\n", n_nodes, n_edges, 1e3 * benchmark_median (&times));

  return 1e3 * benchmark_median (&times);
}

int
main (void)
{
  double ms = 0;

  printf ("ms a layout, medians of %d rounds\n", BENCHMARK_ROUNDS);
  printf ("%8s %8s %10s\n", "nodes", "edges", "ms");
  for (guint n_nodes = 10; n_nodes <= 1000; n_nodes *= 10)
    ms = measure (n_nodes);
  benchmark_goal ("layout of 1,000 nodes", ms, 100, " ms");

  return 0;
}
