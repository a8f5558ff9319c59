/* bp-layers.c: dense layers, recognized by their ops and by who uses what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-layers.h"

#include <string.h>

/* What is known of a graph while its layers are looked for. */
typedef struct {
  BpGraph   *graph;
  guint      n_nodes;
  guint     *n_uses;   /* edges that lead from each node */
  guint     *users;    /* the node at the end of the last of them */
  guint     *owners;   /* the layer that each node is a member of, or G_MAXUINT */
  GPtrArray *layers;
} Search;

static void
layer_free (gpointer data)
{
  BpDenseLayer *layer = data;

  g_free (layer->name);
  g_free (layer->members);
  g_free (layer);
}

static void
count_uses (Search *search)
{
  for (guint node = 0; node < search->n_nodes; node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (search->graph, node); i++)
      {
        guint input = bp_graph_get_input (search->graph, node, i);

        search->n_uses[input]++;
        search->users[input] = node;
      }
}

/* The only node that uses @node, if that is trained too and not the loss; else BP_NODE_NONE. */
static guint
get_only_user (const Search *search,
               guint         node)
{
  guint user = search->users[node];

  if (search->n_uses[node] != 1 || bp_graph_is_evaluation (search->graph, user)
      || user == bp_graph_get_loss (search->graph))
    return BP_NODE_NONE;

  return user;
}

static gboolean
is_variable (const Search *search,
             guint         node)
{
  return bp_graph_get_op (search->graph, node) == BP_OP_VARIABLE;
}

/* A matrix of data or activations times a variable. */
static gboolean
is_product (const Search *search,
            guint         node)
{
  return bp_graph_get_op (search->graph, node) == BP_OP_MATMUL && search->owners[node] == G_MAXUINT
         && is_variable (search, bp_graph_get_input (search->graph, node, 1))
         && !is_variable (search, bp_graph_get_input (search->graph, node, 0))
         && bp_graph_get_shape (search->graph, node)->rank == 2 && !bp_graph_is_evaluation (search->graph, node)
         && node != bp_graph_get_loss (search->graph);
}

static gboolean
is_activation (BpOp op)
{
  switch ((int) op)
    {
    case BP_OP_SIGMOID:
    case BP_OP_TANH:
    case BP_OP_RELU:
    case BP_OP_LEAKY_RELU:
    case BP_OP_SOFTPLUS:
    case BP_OP_ELU:
    case BP_OP_GELU:
    case BP_OP_SILU:
    case BP_OP_SIN:
    case BP_OP_COS:
    case BP_OP_SOFTMAX:
      return TRUE;
    default:
      return FALSE;
    }
}

/* A sum keeps the shape of its rows: nothing is stretched to a larger one. */
static gboolean
keeps_shape (const Search *search,
             guint         node,
             guint         user)
{
  return bp_shape_equal (bp_graph_get_shape (search->graph, node), bp_graph_get_shape (search->graph, user));
}

static guint
get_other_input (const Search *search,
                 guint         user,
                 guint         node)
{
  guint first = bp_graph_get_input (search->graph, user, 0);

  return first == node ? bp_graph_get_input (search->graph, user, 1) : first;
}

/* Adds what @node is a sum of: products, sums of them, one bias. Returns: FALSE where it is something else; @layer has
 * to be thrown away then */
static gboolean
add_terms (const Search *search,
           BpDenseLayer *layer,
           guint         node)
{
  guint *n = &layer->n_products;

  if (is_variable (search, node) && layer->bias == BP_NODE_NONE)
    {
      layer->bias = node;
      return bp_graph_get_shape (search->graph, node)->rank < 2
             || bp_graph_get_shape (search->graph, node)->dims[0] == 1;
    }
  if (is_product (search, node) && *n < BP_LAYER_MAX_PRODUCTS && get_only_user (search, node) != BP_NODE_NONE)
    {
      layer->products[*n] = node;
      layer->inputs[*n] = bp_graph_get_input (search->graph, node, 0);
      layer->kernels[*n] = bp_graph_get_input (search->graph, node, 1);
      layer->n_in += bp_graph_get_shape (search->graph, layer->kernels[*n])->dims[0];
      (*n)++;
      return TRUE;
    }

  return bp_graph_get_op (search->graph, node) == BP_OP_ADD && get_only_user (search, node) != BP_NODE_NONE
         && add_terms (search, layer, bp_graph_get_input (search->graph, node, 0))
         && add_terms (search, layer, bp_graph_get_input (search->graph, node, 1));
}

/* What an expand_dims or reshape of data is made from, or @node itself. */
static guint
get_source (BpGraph *graph,
            guint    node)
{
  while (bp_graph_get_op (graph, node) == BP_OP_EXPAND_DIMS || bp_graph_get_op (graph, node) == BP_OP_RESHAPE)
    node = bp_graph_get_input (graph, node, 0);

  return node;
}

/* Whether a residual sum may add @node: the layer's own input, or what an earlier layer gave. */
static gboolean
is_skipped (const Search       *search,
            const BpDenseLayer *layer,
            guint               node)
{
  for (guint i = 0; i < layer->n_products; i++)
    if (get_source (search->graph, layer->inputs[i]) == get_source (search->graph, node))
      return TRUE;
  for (guint i = 0; i < search->layers->len; i++)
    if (bp_layers_get (search->layers, i)->output == node)
      return TRUE;

  return FALSE;
}

/* Takes in the sum @user of the layer so far and something else. */
static gboolean
take_sum (const Search *search,
          BpDenseLayer *layer,
          guint         user)
{
  guint        other = get_other_input (search, user, layer->output);
  BpDenseLayer more = *layer;

  if (layer->skip != BP_NODE_NONE || other == layer->output || !keeps_shape (search, layer->output, user))
    return FALSE;
  if (layer->activation == BP_NODE_NONE && add_terms (search, &more, other))
    {
      *layer = more;
      layer->output = layer->sum = user;
      return TRUE;
    }
  if (!keeps_shape (search, other, user) || !is_skipped (search, layer, other))
    return FALSE;

  layer->skip = other;
  layer->output = user;
  if (layer->activation == BP_NODE_NONE)
    layer->sum = user;

  return TRUE;
}

/* Whether @user applies an activation; one of two inputs has a constant beside. */
static gboolean
take_activation (const Search *search,
                 BpDenseLayer *layer,
                 guint         user)
{
  if (layer->activation != BP_NODE_NONE || !is_activation (bp_graph_get_op (search->graph, user))
      || bp_graph_get_input (search->graph, user, 0) != layer->output
      || (bp_graph_get_n_inputs (search->graph, user) == 2
          && bp_graph_get_op (search->graph, bp_graph_get_input (search->graph, user, 1)) != BP_OP_CONSTANT))
    return FALSE;

  layer->activation = layer->output = user;

  return TRUE;
}

/* From the product at @node on, as far as each result is used once. */
static BpDenseLayer *
follow (const Search *search,
        guint         node)
{
  BpDenseLayer *layer = g_new (BpDenseLayer, 1);
  guint         user;

  *layer = (BpDenseLayer){ .n_products = 1, .products = { node },
                           .inputs = { bp_graph_get_input (search->graph, node, 0) },
                           .kernels = { bp_graph_get_input (search->graph, node, 1) },
                           .bias = BP_NODE_NONE, .sum = node, .activation = BP_NODE_NONE, .skip = BP_NODE_NONE,
                           .output = node };
  layer->n_in = bp_graph_get_shape (search->graph, layer->kernels[0])->dims[0];
  layer->n_out = bp_graph_get_shape (search->graph, layer->kernels[0])->dims[1];
  while ((user = get_only_user (search, layer->output)) != BP_NODE_NONE)
    if (!(bp_graph_get_op (search->graph, user) == BP_OP_ADD && take_sum (search, layer, user))
        && !take_activation (search, layer, user))
      break;

  return layer;
}

/* Members */

/* Whether all that uses @leaf and is not in the layer comes later than all that is, so that boxes make no cycle. */
static gboolean
is_used_later (const Search       *search,
               const BpDenseLayer *layer,
               guint               index,
               guint               leaf)
{
  for (guint node = leaf + 1; node < layer->output; node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (search->graph, node); i++)
      if (bp_graph_get_input (search->graph, node, i) == leaf && search->owners[node] != index)
        return FALSE;

  return TRUE;
}

/* Everything from the output back to the inputs and the residual is the layer's own. */
static void
mark_members (Search       *search,
              BpDenseLayer *layer,
              guint         index,
              guint         node)
{
  if (node == layer->skip)
    return;
  search->owners[node] = index;
  for (guint i = 0; i < layer->n_products; i++)
    if (layer->products[i] == node)
      return;
  for (guint i = 0; i < bp_graph_get_n_inputs (search->graph, node); i++)
    {
      guint input = bp_graph_get_input (search->graph, node, i);

      if (bp_graph_get_n_inputs (search->graph, input) > 0)
        mark_members (search, layer, index, input);
    }
}

/* A variable or constant that another layer uses too stays outside of both. */
static void
claim_leaf (Search             *search,
            const BpDenseLayer *layer,
            guint               index,
            guint               leaf)
{
  if (leaf != BP_NODE_NONE && bp_graph_get_n_inputs (search->graph, leaf) == 0
      && is_used_later (search, layer, index, leaf))
    search->owners[leaf] = index;
}

/* Whether a member of a layer other than @index uses @leaf. */
static gboolean
is_shared (const Search *search,
           guint         leaf,
           guint         index)
{
  for (guint node = leaf + 1; search->n_uses[leaf] > 1 && node < search->n_nodes; node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (search->graph, node); i++)
      if (bp_graph_get_input (search->graph, node, i) == leaf && search->owners[node] != G_MAXUINT
          && search->owners[node] != index)
        return TRUE;

  return FALSE;
}

static void
claim_leaves (Search *search)
{
  for (guint l = 0; l < search->layers->len; l++)
    {
      const BpDenseLayer *layer = bp_layers_get (search->layers, l);

      for (guint i = 0; i < layer->n_products; i++)
        claim_leaf (search, layer, l, layer->kernels[i]);
      claim_leaf (search, layer, l, layer->bias);
      if (layer->activation != BP_NODE_NONE && bp_graph_get_n_inputs (search->graph, layer->activation) == 2)
        claim_leaf (search, layer, l, bp_graph_get_input (search->graph, layer->activation, 1));
    }
  for (guint node = 0; node < search->n_nodes; node++)
    if (search->owners[node] != G_MAXUINT && bp_graph_get_n_inputs (search->graph, node) == 0
        && is_shared (search, node, search->owners[node]))
      search->owners[node] = G_MAXUINT;
}

static void
list_members (const Search *search,
              BpDenseLayer *layer,
              guint         index)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint node = 0; node < search->n_nodes; node++)
    if (search->owners[node] == index)
      g_array_append_val (members, node);
  layer->n_members = members->len;
  layer->members = (guint *) (gpointer) g_array_free (members, FALSE);
}

/* Names */

/* What the names of the layer's variables begin with: "hidden" of "hidden_W" and "hidden_b"; NULL for less than two
 * letters. */
static char *
get_common_prefix (const BpDenseLayer *layer,
                   BpGraph            *graph)
{
  const char *name = bp_graph_get_name (graph, layer->kernels[0]);
  gsize       length = strlen (name);

  if (layer->bias == BP_NODE_NONE && layer->n_products == 1)
    return NULL;
  for (guint i = 0; i <= layer->n_products; i++)
    {
      guint       variable = i < layer->n_products ? layer->kernels[i] : layer->bias;
      const char *other = variable != BP_NODE_NONE ? bp_graph_get_name (graph, variable) : name;
      gsize       same = 0;

      while (same < length && name[same] == other[same])
        same++;
      length = same;
    }
  while (length > 0 && name[length - 1] == '_')
    length--;

  return length >= 2 && g_utf8_validate (name, (gssize) length, NULL) ? g_strndup (name, length) : NULL;
}

static char *
get_name (const BpDenseLayer *layer,
          BpGraph            *graph)
{
  char *prefix;

  if (!bp_graph_is_anonymous (graph, layer->output))
    return g_strdup (bp_graph_get_name (graph, layer->output));
  prefix = get_common_prefix (layer, graph);
  if (prefix != NULL)
    return prefix;
  if (!bp_graph_is_anonymous (graph, layer->sum))
    return g_strdup (bp_graph_get_name (graph, layer->sum));

  return g_strdup (bp_graph_get_name (graph, layer->output));
}

GPtrArray *
bp_layers_find (BpGraph *graph)
{
  guint             n_nodes = bp_graph_get_n_nodes (graph);
  g_autofree guint *numbers = g_new0 (guint, 3 * n_nodes + 1);
  Search            search = { graph, n_nodes, numbers, numbers + n_nodes, numbers + 2 * n_nodes,
                               g_ptr_array_new_with_free_func (layer_free) };

  count_uses (&search);
  memset (search.owners, 0xff, n_nodes * sizeof *search.owners);
  for (guint node = 0; node < n_nodes; node++)
    if (is_product (&search, node))
      {
        BpDenseLayer *layer = follow (&search, node);

        mark_members (&search, layer, search.layers->len, layer->output);
        g_ptr_array_add (search.layers, layer);
      }
  claim_leaves (&search);
  for (guint l = 0; l < search.layers->len; l++)
    {
      BpDenseLayer *layer = g_ptr_array_index (search.layers, l);

      list_members (&search, layer, l);
      layer->name = get_name (layer, graph);
    }

  return search.layers;
}

char *
bp_dense_layer_describe (const BpDenseLayer *layer,
                         BpGraph            *graph)
{
  if (layer->activation == BP_NODE_NONE)
    return g_strdup_printf ("%u → %u", layer->n_in, layer->n_out);

  return g_strdup_printf ("%s · %u → %u", bp_op_get_class (bp_graph_get_op (graph, layer->activation))->name,
                          layer->n_in, layer->n_out);
}

guint
bp_layers_find_member (const GPtrArray *layers,
                       guint            node)
{
  for (guint l = 0; l < layers->len; l++)
    for (guint i = 0; i < bp_layers_get (layers, l)->n_members; i++)
      if (bp_layers_get (layers, l)->members[i] == node)
        return l;

  return G_MAXUINT;
}

BpOpenLayers
bp_layers_get_default_open (const GPtrArray *layers)
{
  return layers->len > 1 ? BP_LAYERS_NONE : BP_LAYERS_ALL;
}

void
bp_layers_fold (const GPtrArray *layers,
                BpGraph         *graph,
                BpOpenLayers     open,
                guint           *boxes)
{
  gboolean is_any_folded = FALSE;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    boxes[node] = node;
  for (guint l = 0; l < layers->len; l++)
    {
      const BpDenseLayer *layer = bp_layers_get (layers, l);

      if (bp_layers_is_open (open, l))
        continue;
      is_any_folded = TRUE;
      for (guint i = 0; i < layer->n_members; i++)
        boxes[layer->members[i]] = layer->output;
    }
  for (guint node = 0; is_any_folded && node < bp_graph_get_n_nodes (graph); node++)
    {
      guint source = get_source (graph, node);

      if (boxes[node] == node && !bp_graph_is_evaluation (graph, node)
          && bp_graph_get_op (graph, source) == BP_OP_PLACEHOLDER)
        boxes[node] = source;
    }
}
