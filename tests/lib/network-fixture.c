/* network-fixture.c: graphs of networks, written as lines or drawn at random
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/network-fixture.h"

#include "graph/bp-expression.h"
#include "lib/graph-fixture.h"

BpGraph *
create_network (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  BpGraph *graph = bp_graph_new ();

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) sides = g_strsplit (lines[i], " = ", 2);
      g_auto (GStrv) leaf = g_strsplit (lines[i], " ", 2);
      g_autoptr (GError) error = NULL;

      if (sides[1] != NULL)
        bp_expression_add_to_graph (graph, sides[1], sides[0], &error);
      else if (leaf[1][0] == ':')
        add_leaf (graph, leaf[0], BP_OP_PLACEHOLDER, leaf[1] + 2);
      else
        add_leaf (graph, leaf[0], BP_OP_VARIABLE, leaf[1]);
      g_assert_no_error (error);
    }
  if (bp_graph_find (graph, "loss") != BP_NODE_NONE)
    bp_graph_set_loss (graph, bp_graph_find (graph, "loss"));

  return graph;
}

/* What is written of a network so far: its leaves, and its lines. */
typedef struct {
  GRand   *random;
  GString *leaves;
  GString *lines;
  GString *penalties;
  guint    widths[8];
  guint    kernels[8]; /* that each layer has */
} Network;

static void
add_layer (Network *network,
           guint    layer)
{
  static const char *const activations[] = { "tanh", "relu", "sigmoid", "" };
  const char *activation = activations[g_rand_int_range (network->random, 0, G_N_ELEMENTS (activations))];
  guint       n_in = network->widths[layer - 1];
  guint       n_out = network->widths[layer];
  gboolean    is_shared = layer > 1 && n_in == network->widths[layer - 2] && n_in == n_out
                          && g_rand_double (network->random) < 0.3;
  gboolean    is_residual = n_in == n_out && g_rand_double (network->random) < 0.5;

  network->kernels[layer] = is_shared ? network->kernels[layer - 1] : layer;
  if (!is_shared)
    g_string_append_printf (network->leaves, "W%u [%u, %u]\n", layer, n_in, n_out);
  g_string_append_printf (network->lines, "h%u = ", layer);
  if (is_residual)
    g_string_append_printf (network->lines, "h%u + ", layer - 1);
  g_string_append_printf (network->lines, "%s(matmul(h%u, W%u)", activation, layer - 1, network->kernels[layer]);
  if (g_rand_double (network->random) < 0.7)
    {
      g_string_append_printf (network->leaves, "b%u [%u]\n", layer, n_out);
      g_string_append_printf (network->lines, " + b%u", layer);
    }
  g_string_append (network->lines, ")\n");
  if (!is_shared && g_rand_double (network->random) < 0.2)
    g_string_append_printf (network->penalties, " + l2_loss(W%u)", layer);
}

/* The first layer's input: a matrix, or a sum of products with columns. */
static void
add_first (Network *network)
{
  guint n_columns = g_rand_int_range (network->random, 0, 4);

  if (n_columns == 0)
    {
      g_string_append_printf (network->leaves, "h0 : [5, %u]\n", network->widths[0]);
      return;
    }
  g_string_append (network->lines, "h0 = tanh(");
  for (guint i = 0; i < n_columns; i++)
    {
      g_string_append_printf (network->leaves, "x%u : [5]\nV%u [1, %u]\n", i, i, network->widths[0]);
      g_string_append_printf (network->lines, "%smatmul(expand_dims(x%u, 1), V%u)", i > 0 ? " + " : "", i, i);
    }
  g_string_append_printf (network->leaves, "c [%u]\n", network->widths[0]);
  g_string_append (network->lines, " + c)\n");
}

BpGraph *
create_random_network (guint32 seed)
{
  Network          network = { g_rand_new_with_seed (seed), g_string_new (NULL), g_string_new (NULL),
                               g_string_new (NULL), { 0 }, { 0 } };
  guint            n_layers = g_rand_int_range (network.random, 1, G_N_ELEMENTS (network.widths));
  g_autofree char *text = NULL;
  BpGraph         *graph;

  for (guint i = 0; i < n_layers; i++)
    network.widths[i] = g_rand_int_range (network.random, 2, 4);
  network.widths[n_layers] = 1;
  network.kernels[0] = G_MAXUINT;
  add_first (&network);
  for (guint i = 1; i <= n_layers; i++)
    add_layer (&network, i);
  text = g_strdup_printf ("y : [5]\n%s%sentropy = sigmoid_cross_entropy_with_logits(labels=expand_dims(y, 1), "
                          "logits=h%u)\nloss = reduce_mean(entropy)%s\np = sigmoid(h%u)\nprediction = round(p)\n",
                          network.leaves->str, network.lines->str, n_layers, network.penalties->str, n_layers);
  graph = create_network (text);
  bp_graph_set_evaluation (graph, bp_graph_find (graph, "p"));
  bp_graph_set_evaluation (graph, bp_graph_find (graph, "prediction"));
  g_rand_free (network.random);
  g_string_free (network.leaves, TRUE);
  g_string_free (network.lines, TRUE);
  g_string_free (network.penalties, TRUE);

  return graph;
}
