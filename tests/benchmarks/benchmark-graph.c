/* benchmark-graph.c: forward and backward over chains and random graphs of 10 … 10⁵ nodes
 *
 * A chain is one op after another; in a random graph the ops are drawn, and their inputs lie anywhere among the nodes
 * up to 1,000 before, so that gradients meet and numbers are apart. A repeated graph is a random one whose draws repeat
 * every 97 nodes, as the layers of a model do. All nodes are scalars. Time is that of bp_session_forward() and
 * bp_session_backward() together, for a node that is no leaf; bytes are what the session and the graph are made of,
 * where the system tells.
 *
 * Goals: at most 8 ns and 80 bytes a node in the session up to 10³ nodes, and the largest time at most twice the least.
 * Larger graphs are shown without a goal: in random ones the processor cannot predict which op comes next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "benchmark.h"
#include "base/bp-random.h"
#include "session/bp-session.h"

#define NODES_A_ROUND 2000000
#define REACH 1000
#define PERIOD 97

typedef BpGraph *(*GraphFunc) (guint n_nodes);

static guint
add (BpGraph *graph,
     BpOp     op,
     guint    a,
     guint    b)
{
  const guint inputs[] = { a, b };

  return bp_graph_add (graph, NULL, op, inputs, NULL, NULL);
}

static guint
add_leaf (BpGraph *graph,
          BpOp     op)
{
  const BpOpAttributes attributes = { .shape = { 1, { 1 } } };

  return bp_graph_add (graph, NULL, op, NULL, &attributes, NULL);
}

/* x·A + y, squared, less y, and so on: the ops of the regression over and over, with numbers that stay small. */
static BpGraph *
chain_new (guint n_nodes)
{
  static const BpOp ops[] = { BP_OP_MULTIPLY, BP_OP_SUBTRACT, BP_OP_NEGATIVE, BP_OP_ADD };
  BpGraph *graph = bp_graph_new ();
  const guint x = add_leaf (graph, BP_OP_PLACEHOLDER);
  guint node = add_leaf (graph, BP_OP_VARIABLE);

  for (guint i = 2; i < n_nodes; i++)
    node = add (graph, ops[i % G_N_ELEMENTS (ops)], node, x);
  bp_graph_set_loss (graph, node);

  return graph;
}

static BpGraph *
drawn_graph_new (guint n_nodes,
                 guint period)
{
  static const BpOp ops[] = { BP_OP_MULTIPLY, BP_OP_SUBTRACT, BP_OP_ADD, BP_OP_MAXIMUM, BP_OP_NEGATIVE, BP_OP_RELU };
  BpGraph *graph = bp_graph_new ();
  const guint64 key = bp_random_key (1, "graph");
  guint node = 0;

  for (guint i = 0; i < 4; i++)
    node = add_leaf (graph, i % 2 == 0 ? BP_OP_VARIABLE : BP_OP_PLACEHOLDER);
  for (guint i = 4; i < n_nodes; i++)
    {
      const guint place = i % period;

      /* The first input is a neighbour, so that most of the graph leads to the loss. */
      node = add (graph, ops[bp_random_below (key, 3 * place, G_N_ELEMENTS (ops))],
                  i - 1 - bp_random_below (key, 3 * place + 1, 3),
                  i - 1 - bp_random_below (key, 3 * place + 2, MIN (i, REACH)));
    }
  bp_graph_set_loss (graph, node);

  return graph;
}

static BpGraph *
random_graph_new (guint n_nodes)
{
  return drawn_graph_new (n_nodes, G_MAXUINT);
}

static BpGraph *
repeated_graph_new (guint n_nodes)
{
  return drawn_graph_new (n_nodes, PERIOD);
}

static double
time_steps (BpSession *session,
            guint      n_steps)
{
  const double start = benchmark_now ();

  for (guint i = 0; i < n_steps; i++)
    {
      bp_session_forward (session);
      bp_session_backward (session);
    }

  return benchmark_now () - start;
}

/* Returns: how many there are */
static guint
feed_leaves (BpSession *session)
{
  BpGraph *graph = bp_session_get_graph (session);
  const double value = 0.5;
  guint n_leaves = 0;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_get_n_inputs (graph, node) == 0)
      {
        bp_session_feed (session, node, &value, 1);
        n_leaves++;
      }

  return n_leaves;
}

/* Returns: ns a node that is no leaf; @bytes: (out): of the session, a node */
static double
measure (const char *name,
         GraphFunc   graph_new,
         guint       n_nodes,
         double     *bytes)
{
  const guint n_steps = MAX (NODES_A_ROUND / n_nodes, 1);
  const gsize before = benchmark_allocated ();
  g_autoptr (BpGraph) graph = graph_new (n_nodes);
  const gsize with_graph = benchmark_allocated ();
  g_autoptr (BpSession) session = bp_session_new (graph, NULL);
  BenchmarkTimes times;
  guint n_ops;
  double ns;

  *bytes = (double) (benchmark_allocated () - with_graph) / n_nodes;
  n_ops = n_nodes - feed_leaves (session);
  time_steps (session, n_steps);
  for (guint i = 0; i < BENCHMARK_ROUNDS; i++)
    times.rounds[i] = time_steps (session, n_steps);

  ns = 1e9 * benchmark_median (&times) / ((double) n_ops * n_steps);
  printf ("%-9s %9u %9.2f %12.1f %12.1f\n", name, n_nodes, ns, *bytes, (double) (with_graph - before) / n_nodes);

  return ns;
}

static void
measure_all (const char *name,
             GraphFunc   graph_new)
{
  g_autofree char *what_time = g_strdup_printf ("%s, a node up to 10³", name);
  g_autofree char *what_bytes = g_strdup_printf ("%s, a node of 10⁵ in the session", name);
  g_autofree char *what_flat = g_strdup_printf ("%s, largest to least time up to 10³", name);
  double most = 0, least = G_MAXDOUBLE, bytes = 0;

  for (guint n_nodes = 10; n_nodes <= 100000; n_nodes *= 10)
    {
      const double ns = measure (name, graph_new, n_nodes, &bytes);

      if (n_nodes > 1000)
        continue;
      most = MAX (most, ns);
      least = MIN (least, ns);
    }
  benchmark_goal (what_time, most, 8, " ns");
  benchmark_goal (what_bytes, bytes, 80, " B");
  benchmark_goal (what_flat, most / least, 2, "");
}

int
main (void)
{
  printf ("forward and backward, medians of %d rounds\n", BENCHMARK_ROUNDS);
  printf ("%-9s %9s %9s %12s %12s\n", "", "nodes", "ns/node", "session B", "graph B");
  measure_all ("chain", chain_new);
  measure_all ("repeated", repeated_graph_new);
  measure_all ("random", random_graph_new);

  return 0;
}
