/* test-layers.c: which nodes make a layer, what it is called, and that folding makes no cycle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-layers.h"
#include "lib/network-fixture.h"

static void
assert_layer (BpGraph            *graph,
              const BpDenseLayer *layer,
              const char         *name,
              const char         *description,
              const char         *members)
{
  g_autofree char *found = bp_dense_layer_describe (layer, graph);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < layer->n_members; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "", bp_graph_get_name (graph, layer->members[i]));
  g_assert_cmpstr (layer->name, ==, name);
  g_assert_cmpstr (found, ==, description);
  g_assert_cmpstr (list->str, ==, members);
}

#define NETWORK \
  "x : [10, 2]\ny : [10]\nW1 [2, 8]\nb1 [8]\nW2 [8, 1]\nb2 [1]\nh = tanh(matmul(x, W1) + b1)\n" \
  "q = matmul(h, W2) + b2\n" \
  "loss = reduce_mean(sigmoid_cross_entropy_with_logits(labels=expand_dims(y, 1), logits=q))"

static void
test_network (void)
{
  g_autoptr (BpGraph) graph = create_network (NETWORK);
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);
  const BpDenseLayer *hidden;

  g_assert_cmpuint (layers->len, ==, 2);
  hidden = bp_layers_get (layers, 0);
  assert_layer (graph, hidden, "h", "tanh · 2 → 8", "W1 b1 matmul add h");
  assert_layer (graph, bp_layers_get (layers, 1), "q", "8 → 1", "W2 b2 matmul_1 q");
  g_assert_cmpuint (hidden->inputs[0], ==, bp_graph_find (graph, "x"));
  g_assert_cmpuint (hidden->kernels[0], ==, bp_graph_find (graph, "W1"));
  g_assert_cmpuint (hidden->products[0], ==, bp_graph_find (graph, "matmul"));
  g_assert_cmpuint (hidden->bias, ==, bp_graph_find (graph, "b1"));
  g_assert_cmpuint (hidden->sum, ==, bp_graph_find (graph, "add"));
  g_assert_cmpuint (hidden->activation, ==, hidden->output);
  g_assert_cmpuint (hidden->skip, ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_layers_get (layers, 1)->activation, ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_layers_find_member (layers, bp_graph_find (graph, "b2")), ==, 1);
  g_assert_cmpuint (bp_layers_find_member (layers, bp_graph_find (graph, "y")), ==, G_MAXUINT);
  g_assert_cmpuint (bp_layers_get_default_open (layers), ==, BP_LAYERS_NONE);
}

static void
test_parts (void)
{
  g_autoptr (BpGraph) graph = create_network ("x : [4, 3]\nin_W [3, 5]\nin_b [5]\nV [5, 5]\nU [5, 2]\nc [1, 2]\n"
                                      "z = matmul(x, in_W) + in_b\na = square(leaky_relu(z, 0.1))\n"
                                      "b = relu(in_b + matmul(x, in_W))\nd = matmul(b, V)\n"
                                      "e = softmax(c + matmul(d, U))\nloss = reduce_sum(a) + reduce_sum(e)");
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);

  /* in_W and in_b are two layers': they stay outside of both. */
  g_assert_cmpuint (layers->len, ==, 4);
  assert_layer (graph, bp_layers_get (layers, 0), "in", "leaky_relu · 3 → 5", "matmul z 0.1 leaky_relu");
  assert_layer (graph, bp_layers_get (layers, 1), "b", "relu · 3 → 5", "matmul_1 add b");
  assert_layer (graph, bp_layers_get (layers, 2), "d", "5 → 5", "V d");
  assert_layer (graph, bp_layers_get (layers, 3), "e", "softmax · 5 → 2", "U c matmul_2 add_1 e");
}

/* What several use, or is no product with a variable, or the loss itself, is no part of a layer. */
static void
test_none (void)
{
  static const char *const none[] = {
    "x : [4]\nA [1]\nloss = reduce_mean(square(x * A))",
    "x : [4, 2]\ny : [2, 3]\nA [1]\nloss = reduce_sum(matmul(x, y) * A)",
    "W [2, 3]\nV [3, 2]\nloss = reduce_sum(matmul(W, V))",
    "x : [1, 2]\nW [2, 1]\nloss = matmul(x, W)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (BpGraph) graph = create_network (none[i]);
      g_autoptr (GPtrArray) layers = bp_layers_find (graph);

      g_assert_cmpuint (layers->len, ==, 0);
      g_assert_cmpuint (bp_layers_get_default_open (layers), ==, BP_LAYERS_ALL);
    }
}

static void
test_used_twice (void)
{
  g_autoptr (BpGraph) graph = create_network ("x : [4, 2]\nW [2, 3]\nb [3]\nz = matmul(x, W) + b\nh = tanh(z)\n"
                                      "loss = reduce_sum(h * z)");
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);

  g_assert_cmpuint (layers->len, ==, 1);
  assert_layer (graph, bp_layers_get (layers, 0), "z", "2 → 3", "W b matmul z");
}

static void
test_evaluation (void)
{
  g_autoptr (BpGraph) graph = create_network ("x : [4, 2]\nW [2, 1]\nq = matmul(x, W)\np = sigmoid(q)\n"
                                      "loss = reduce_sum(square(q))");
  g_autoptr (GPtrArray) layers = NULL;

  bp_graph_set_evaluation (graph, bp_graph_find (graph, "p"));
  layers = bp_layers_find (graph);
  g_assert_cmpuint (layers->len, ==, 1);
  assert_layer (graph, bp_layers_get (layers, 0), "q", "2 → 1", "W q");
}

static void
test_several_products (void)
{
  g_autoptr (BpGraph) graph = create_network ("x1 : [4]\nx2 : [4]\nW1 [1, 3]\nW2 [1, 3]\nb [3]\n"
                                      "h = tanh(matmul(expand_dims(x1, 1), W1) + matmul(expand_dims(x2, 1), W2) + b)\n"
                                      "loss = reduce_sum(h)");
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);

  g_assert_cmpuint (layers->len, ==, 1);
  assert_layer (graph, bp_layers_get (layers, 0), "h", "tanh · 2 → 3", "W1 W2 b matmul matmul_1 add add_1 h");
  g_assert_cmpuint (bp_layers_get (layers, 0)->n_products, ==, 2);
  g_assert_cmpuint (bp_layers_get (layers, 0)->kernels[1], ==, bp_graph_find (graph, "W2"));
}

static void
test_residual (void)
{
  g_autoptr (BpGraph) graph = create_network ("x : [4, 3]\nW1 [3, 3]\nW2 [3, 3]\nW3 [3, 3]\nb3 [3]\n"
                                      "h1 = relu(matmul(x, W1))\nh2 = h1 + relu(matmul(h1, W2))\n"
                                      "h3 = relu(matmul(h2, W3) + b3 + h1)\nloss = reduce_sum(h3 * x)");
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);

  g_assert_cmpuint (layers->len, ==, 3);
  assert_layer (graph, bp_layers_get (layers, 1), "h2", "relu · 3 → 3", "W2 matmul_1 relu h2");
  g_assert_cmpuint (bp_layers_get (layers, 1)->skip, ==, bp_graph_find (graph, "h1"));
  assert_layer (graph, bp_layers_get (layers, 2), "h3", "relu · 3 → 3", "W3 b3 matmul_2 add add_1 h3");
  g_assert_cmpuint (bp_layers_get (layers, 2)->skip, ==, bp_graph_find (graph, "h1"));
}

static void
test_fold (void)
{
  g_autoptr (BpGraph) graph = create_network (NETWORK);
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);
  guint boxes[32];
  guint h = bp_graph_find (graph, "h");
  guint w2 = bp_graph_find (graph, "W2");
  guint data = bp_graph_find (graph, "expand_dims");

  g_assert_cmpuint (bp_graph_get_n_nodes (graph), <, G_N_ELEMENTS (boxes));
  bp_layers_fold (layers, graph, BP_LAYERS_NONE, boxes);
  g_assert_cmpuint (boxes[bp_graph_find (graph, "matmul")], ==, h);
  g_assert_cmpuint (boxes[bp_graph_find (graph, "W1")], ==, h);
  g_assert_cmpuint (boxes[w2], ==, bp_graph_find (graph, "q"));
  g_assert_cmpuint (boxes[data], ==, bp_graph_find (graph, "y"));
  g_assert_cmpuint (boxes[bp_graph_find (graph, "loss")], ==, bp_graph_find (graph, "loss"));

  bp_layers_fold (layers, graph, 2, boxes);
  g_assert_cmpuint (boxes[bp_graph_find (graph, "W1")], ==, h);
  g_assert_cmpuint (boxes[w2], ==, w2);
  g_assert_cmpuint (boxes[data], ==, bp_graph_find (graph, "y"));

  bp_layers_fold (layers, graph, BP_LAYERS_ALL, boxes);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    g_assert_cmpuint (boxes[node], ==, node);
}

/* A penalty written before the layer uses its kernel earlier than the layer is computed: it stays outside. */
static void
test_penalty (void)
{
  g_autoptr (BpGraph) graph = create_network ("x : [4, 2]\nW [2, 3]\nV [3, 1]\nearly = l2_loss(W)\n"
                                      "h = tanh(matmul(x * early, W))\nq = matmul(h, V)\n"
                                      "loss = reduce_sum(q) + l2_loss(V)");
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);
  guint boxes[32];

  assert_layer (graph, bp_layers_get (layers, 0), "h", "tanh · 2 → 3", "matmul h");
  assert_layer (graph, bp_layers_get (layers, 1), "q", "3 → 1", "V q");
  bp_layers_fold (layers, graph, BP_LAYERS_NONE, boxes);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
      g_assert_cmpuint (boxes[bp_graph_get_input (graph, node, i)], <=, boxes[node]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layers/network", test_network);
  g_test_add_func ("/layers/parts", test_parts);
  g_test_add_func ("/layers/none", test_none);
  g_test_add_func ("/layers/used-twice", test_used_twice);
  g_test_add_func ("/layers/evaluation", test_evaluation);
  g_test_add_func ("/layers/several-products", test_several_products);
  g_test_add_func ("/layers/residual", test_residual);
  g_test_add_func ("/layers/fold", test_fold);
  g_test_add_func ("/layers/penalty", test_penalty);

  return g_test_run ();
}
