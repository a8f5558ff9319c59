/* bp-graph.c: nodes, their shapes and who needs a gradient
 *
 * A node is a record of 16 bytes. What most nodes do not have or share with others (attributes, shapes, names) is
 * kept beside.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-graph-names.h"

#include "bp-error.h"

#include <glib/gi18n-lib.h>

enum {
  FLAG_EVALUATION = 1 << 0,
  FLAG_DEPENDS = 1 << 1, /* on a variable, by a path that a gradient can go back along */
  FLAG_REACHES = 1 << 2, /* the loss, by such a path */
};

typedef struct {
  guint32 inputs[BP_MAX_INPUTS];
  guint32 shape; /* index in the graph's shapes */
  guint8  op;
  guint8  flags;
} Node;

struct _BpGraph {
  gatomicrefcount  ref_count;
  GArray          *nodes;
  GPtrArray       *shapes;      /* of BpShape, each once */
  GHashTable      *shape_index; /* BpShape → index in shapes */
  GHashTable      *attributes;  /* node → BpOpAttributes, of the nodes that were given some */
  BpGraphNames    *names;
  GArray          *variables;
  GArray          *placeholders;
  gsize            n_parameters;
  guint            loss;
};

#define NODE(graph, node) (&g_array_index ((graph)->nodes, Node, (node)))

static guint
shape_hash (gconstpointer key)
{
  const BpShape *shape = key;
  guint hash = shape->rank;

  for (guint d = 0; d < shape->rank; d++)
    hash = hash * 0x9e3779b1u + shape->dims[d];

  return hash;
}

static gboolean
shape_equal (gconstpointer a,
             gconstpointer b)
{
  return bp_shape_equal (a, b);
}

BpGraph *
bp_graph_new (void)
{
  BpGraph *self = g_new0 (BpGraph, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  self->shapes = g_ptr_array_new_with_free_func (g_free);
  self->shape_index = g_hash_table_new (shape_hash, shape_equal);
  self->attributes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->names = bp_graph_names_new ();
  self->variables = g_array_new (FALSE, FALSE, sizeof (guint));
  self->placeholders = g_array_new (FALSE, FALSE, sizeof (guint));
  self->loss = BP_NODE_NONE;

  return self;
}

BpGraph *
bp_graph_ref (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, NULL);

  g_atomic_ref_count_inc (&graph->ref_count);

  return graph;
}

void
bp_graph_unref (BpGraph *graph)
{
  g_return_if_fail (graph != NULL);

  if (!g_atomic_ref_count_dec (&graph->ref_count))
    return;
  g_array_unref (graph->nodes);
  g_hash_table_unref (graph->shape_index);
  g_ptr_array_unref (graph->shapes);
  g_hash_table_unref (graph->attributes);
  bp_graph_names_free (graph->names);
  g_array_unref (graph->variables);
  g_array_unref (graph->placeholders);
  g_free (graph);
}

/* Building */

static guint
intern_shape (BpGraph       *self,
              const BpShape *shape)
{
  gpointer index;
  BpShape *copy;

  if (g_hash_table_lookup_extended (self->shape_index, shape, NULL, &index))
    return GPOINTER_TO_UINT (index);
  copy = g_memdup2 (shape, sizeof *shape);
  g_hash_table_insert (self->shape_index, copy, GUINT_TO_POINTER (self->shapes->len));
  g_ptr_array_add (self->shapes, copy);

  return self->shapes->len - 1;
}

static gboolean
depends_on_variable (BpGraph     *self,
                     BpOp         op,
                     const guint *inputs)
{
  const BpOpClass *class = bp_op_get_class (op);

  if (class->n_inputs == 0)
    return op == BP_OP_VARIABLE;
  for (guint i = 0; i < class->n_inputs && class->backward != NULL; i++)
    if (NODE (self, inputs[i])->flags & FLAG_DEPENDS)
      return TRUE;

  return FALSE;
}

static gboolean
infer_shape (BpGraph              *self,
             BpOp                  op,
             const guint          *inputs,
             const BpOpAttributes *attributes,
             BpShape              *shape,
             GError              **error)
{
  static const BpOpAttributes none = { 0, };
  const BpOpClass *class = bp_op_get_class (op);
  const BpShape *shapes[BP_MAX_INPUTS] = { NULL, };

  for (guint i = 0; i < class->n_inputs; i++)
    shapes[i] = bp_graph_get_shape (self, inputs[i]);

  return class->infer_shape (attributes != NULL ? attributes : &none, shapes, shape, error);
}

static void
append_leaf (BpGraph *self,
             guint    node,
             BpOp     op)
{
  if (op == BP_OP_VARIABLE)
    {
      g_array_append_val (self->variables, node);
      self->n_parameters += bp_graph_get_n_elements (self, node);
    }
  else if (op == BP_OP_PLACEHOLDER)
    {
      g_array_append_val (self->placeholders, node);
    }
}

static guint
append_node (BpGraph              *self,
             BpOp                  op,
             const guint          *inputs,
             const BpOpAttributes *attributes,
             const BpShape        *shape)
{
  const guint node = self->nodes->len;
  const guint n_inputs = bp_op_get_class (op)->n_inputs;
  Node record = {
    .inputs = { n_inputs > 0 ? inputs[0] : BP_NODE_NONE, n_inputs > 1 ? inputs[1] : BP_NODE_NONE },
    .shape = intern_shape (self, shape),
    .op = (guint8) op,
    .flags = depends_on_variable (self, op, inputs) ? FLAG_DEPENDS : 0,
  };

  g_array_append_val (self->nodes, record);
  if (attributes != NULL)
    g_hash_table_insert (self->attributes, GUINT_TO_POINTER (node), g_memdup2 (attributes, sizeof *attributes));
  append_leaf (self, node, op);

  return node;
}

guint
bp_graph_add (BpGraph              *graph,
              const char           *name,
              BpOp                  op,
              const guint          *inputs,
              const BpOpAttributes *attributes,
              GError              **error)
{
  const BpOpClass *class = bp_op_get_class (op);
  BpShape shape;
  guint node;

  g_return_val_if_fail (graph != NULL, BP_NODE_NONE);
  g_return_val_if_fail (class != NULL, BP_NODE_NONE);
  g_return_val_if_fail (class->n_inputs == 0 ? attributes != NULL : inputs != NULL, BP_NODE_NONE);
  g_return_val_if_fail (op != BP_OP_CONSTANT || attributes->shape.rank == 0, BP_NODE_NONE);
  for (guint i = 0; i < class->n_inputs; i++)
    g_return_val_if_fail (inputs[i] < graph->nodes->len, BP_NODE_NONE);

  if (name != NULL && !bp_graph_names_check_free (graph->names, name, BP_NODE_NONE, error))
    return BP_NODE_NONE;
  if (!infer_shape (graph, op, inputs, attributes, &shape, error))
    return BP_NODE_NONE;

  node = append_node (graph, op, inputs, attributes, &shape);
  bp_graph_names_append (graph->names, op, attributes != NULL ? attributes->value : 0, name);

  return node;
}

guint
bp_graph_add_constant (BpGraph *graph,
                       double   value)
{
  const BpOpAttributes attributes = { .shape = { .dims = { 1, 1, 1, 1 } }, .value = value };

  return bp_graph_add (graph, NULL, BP_OP_CONSTANT, NULL, &attributes, NULL);
}

gboolean
bp_graph_rename (BpGraph    *graph,
                 guint       node,
                 const char *name,
                 GError    **error)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (!bp_graph_names_check_free (graph->names, name, node, error))
    return FALSE;
  bp_graph_names_set (graph->names, node, bp_graph_get_op (graph, node),
                      bp_graph_get_attributes (graph, node)->value, name);

  return TRUE;
}

void
bp_graph_set_loss (BpGraph *graph,
                   guint    node)
{
  g_return_if_fail (graph != NULL && node < graph->nodes->len);
  g_return_if_fail (bp_graph_get_n_elements (graph, node) == 1);

  for (guint i = 0; i < graph->nodes->len; i++)
    NODE (graph, i)->flags &= ~FLAG_REACHES;
  graph->loss = node;
  NODE (graph, node)->flags |= FLAG_REACHES;
  for (guint i = node + 1; i > 0; i--)
    {
      const Node *record = NODE (graph, i - 1);
      const BpOpClass *class = bp_op_get_class (record->op);

      for (guint k = 0; k < class->n_inputs && class->backward != NULL && record->flags & FLAG_REACHES; k++)
        NODE (graph, record->inputs[k])->flags |= FLAG_REACHES;
    }
}

void
bp_graph_skip_name (BpGraph *graph,
                    BpOp     op)
{
  g_return_if_fail (graph != NULL);

  bp_graph_names_skip (graph->names, op);
}

void
bp_graph_set_evaluation (BpGraph *graph,
                         guint    node)
{
  g_return_if_fail (graph != NULL && node < graph->nodes->len);
  g_return_if_fail (!(NODE (graph, node)->flags & FLAG_REACHES));

  NODE (graph, node)->flags |= FLAG_EVALUATION;
}

/* Asking */

guint
bp_graph_get_loss (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, BP_NODE_NONE);

  return graph->loss;
}

gboolean
bp_graph_is_evaluation (BpGraph *graph,
                        guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, FALSE);

  return (NODE (graph, node)->flags & FLAG_EVALUATION) != 0;
}

guint
bp_graph_get_n_nodes (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, 0);

  return graph->nodes->len;
}

const char *
bp_graph_get_name (BpGraph *graph,
                   guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, NULL);

  return bp_graph_names_get (graph->names, node, bp_graph_get_op (graph, node),
                             bp_graph_get_attributes (graph, node)->value);
}

gboolean
bp_graph_is_anonymous (BpGraph *graph,
                       guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, FALSE);

  return bp_graph_names_is_anonymous (graph->names, node);
}

BpOp
bp_graph_get_op (BpGraph *graph,
                 guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, BP_OP_CONSTANT);

  return NODE (graph, node)->op;
}

guint
bp_graph_get_n_inputs (BpGraph *graph,
                       guint    node)
{
  return bp_op_get_class (bp_graph_get_op (graph, node))->n_inputs;
}

guint
bp_graph_get_input (BpGraph *graph,
                    guint    node,
                    guint    index)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, BP_NODE_NONE);
  g_return_val_if_fail (index < bp_graph_get_n_inputs (graph, node), BP_NODE_NONE);

  return NODE (graph, node)->inputs[index];
}

const BpShape *
bp_graph_get_shape (BpGraph *graph,
                    guint    node)
{
  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, NULL);

  return g_ptr_array_index (graph->shapes, NODE (graph, node)->shape);
}

const BpOpAttributes *
bp_graph_get_attributes (BpGraph *graph,
                         guint    node)
{
  static const BpOpAttributes none = { 0, };
  const BpOpAttributes *attributes;

  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, NULL);

  attributes = g_hash_table_lookup (graph->attributes, GUINT_TO_POINTER (node));

  return attributes != NULL ? attributes : &none;
}

gsize
bp_graph_get_n_elements (BpGraph *graph,
                         guint    node)
{
  return bp_shape_get_n_elements (bp_graph_get_shape (graph, node));
}

gboolean
bp_graph_needs_gradient (BpGraph *graph,
                         guint    node)
{
  const guint both = FLAG_DEPENDS | FLAG_REACHES;

  g_return_val_if_fail (graph != NULL && node < graph->nodes->len, FALSE);

  return (NODE (graph, node)->flags & both) == both;
}

guint
bp_graph_find (BpGraph    *graph,
               const char *name)
{
  g_return_val_if_fail (graph != NULL && name != NULL, BP_NODE_NONE);

  return bp_graph_names_find (graph->names, name);
}

guint
bp_graph_get_n_variables (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, 0);

  return graph->variables->len;
}

guint
bp_graph_get_variable (BpGraph *graph,
                       guint    index)
{
  g_return_val_if_fail (graph != NULL && index < graph->variables->len, BP_NODE_NONE);

  return g_array_index (graph->variables, guint, index);
}

guint
bp_graph_get_n_placeholders (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, 0);

  return graph->placeholders->len;
}

guint
bp_graph_get_placeholder (BpGraph *graph,
                          guint    index)
{
  g_return_val_if_fail (graph != NULL && index < graph->placeholders->len, BP_NODE_NONE);

  return g_array_index (graph->placeholders, guint, index);
}

gsize
bp_graph_get_n_parameters (BpGraph *graph)
{
  g_return_val_if_fail (graph != NULL, 0);

  return graph->n_parameters;
}
