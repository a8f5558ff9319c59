/* bp-graph-build.c: adding nodes to a graph, and their names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-private.h"

#include "base/bp-error.h"
#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Names */

/* What the name of a node without one is made from: "multiply" or "2", then "multiply_1"; "constant" for a matrix. */
static char *
get_base (const BpNode *node)
{
  return node->op == BP_OP_CONSTANT && node->shape.rank == 0 ? bp_number_to_shortest (node->attributes.value)
                                                             : g_strdup (bp_op_get_class (node->op)->name);
}

static void
set_name (BpGraph *self,
          guint    node,
          char    *name)
{
  BP_NODE (self, node)->name = name;
  g_hash_table_insert (self->by_name, name, GUINT_TO_POINTER (node));
}

/* The next name made from @base that no node has, which is used up. */
static char *
next_name (BpGraph    *self,
           const char *base)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->next_numbers, base));
  char *name = NULL;

  do
    {
      g_free (name);
      name = number == 0 ? g_strdup (base) : g_strdup_printf ("%s_%u", base, number);
      number++;
    }
  while (g_hash_table_contains (self->by_name, name));

  g_hash_table_insert (self->next_numbers, g_strdup (base), GUINT_TO_POINTER (number));

  return name;
}

static void
make_name (BpGraph *self,
           guint    node)
{
  g_autofree char *base = get_base (BP_NODE (self, node));

  set_name (self, node, next_name (self, base));
}

/* A made name that was the last of its kind is the next one's again: "y = square(x)" leaves "square" to another
 * node. */
static void
drop_name (BpGraph *self,
           guint    node)
{
  g_autofree char *name = g_steal_pointer (&BP_NODE (self, node)->name);
  char *base;
  guint number;

  g_hash_table_remove (self->by_name, name);
  if (!bp_graph_is_anonymous (self, node))
    return;

  base = get_base (BP_NODE (self, node));
  number = g_str_equal (name, base) ? 0 : (guint) g_ascii_strtoull (name + strlen (base) + 1, NULL, 10);
  if (GPOINTER_TO_UINT (g_hash_table_lookup (self->next_numbers, base)) == number + 1)
    g_hash_table_insert (self->next_numbers, base, GUINT_TO_POINTER (number));
  else
    g_free (base);
}

/* Names @node as its user does; a node that has the name by its op gets another. */
static void
take_name (BpGraph    *self,
           guint       node,
           const char *name)
{
  const guint owner = bp_graph_find (self, name);
  char *own = g_strdup (name);

  if (owner != BP_NODE_NONE)
    drop_name (self, owner);
  BP_NODE (self, node)->flags &= ~(guint) BP_NODE_ANONYMOUS;
  set_name (self, node, own);
  if (owner != BP_NODE_NONE)
    make_name (self, owner);
}

/* Fails when a user gave @name to another node than @node. */
static gboolean
check_name (BpGraph    *self,
            const char *name,
            guint       node,
            GError    **error)
{
  const guint owner = bp_graph_find (self, name);

  if (owner == BP_NODE_NONE || owner == node || bp_graph_is_anonymous (self, owner))
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("there is already a node named “%s”; each name stands for one node"), name);

  return FALSE;
}

/* Building */

static gboolean
depends_on_variable (BpGraph     *self,
                     BpOp         op,
                     const guint *inputs)
{
  const BpOpClass *class = bp_op_get_class (op);

  if (class->n_inputs == 0)
    return op == BP_OP_VARIABLE;
  for (guint i = 0; i < class->n_inputs && class->backward != NULL; i++)
    if (BP_NODE (self, inputs[i])->flags & BP_NODE_DEPENDS)
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
  BpNode record = {
    .op = op,
    .inputs = { BP_NODE_NONE, BP_NODE_NONE },
    .flags = BP_NODE_ANONYMOUS | (depends_on_variable (self, op, inputs) ? BP_NODE_DEPENDS : 0),
    .shape = *shape,
  };

  for (guint i = 0; i < bp_op_get_class (op)->n_inputs; i++)
    record.inputs[i] = inputs[i];
  if (attributes != NULL)
    record.attributes = *attributes;
  if (op == BP_OP_CONSTANT && shape->rank > 0)
    record.attributes.values = g_memdup2 (attributes->values, bp_shape_get_n_elements (shape) * sizeof (double));
  g_array_append_val (self->nodes, record);
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
  g_return_val_if_fail (op != BP_OP_CONSTANT || attributes->shape.rank == 0 || attributes->values != NULL,
                        BP_NODE_NONE);
  for (guint i = 0; i < class->n_inputs; i++)
    g_return_val_if_fail (inputs[i] < graph->nodes->len, BP_NODE_NONE);

  if (name != NULL && !check_name (graph, name, BP_NODE_NONE, error))
    return BP_NODE_NONE;
  if (!infer_shape (graph, op, inputs, attributes, &shape, error))
    return BP_NODE_NONE;

  node = append_node (graph, op, inputs, attributes, &shape);
  if (name != NULL)
    take_name (graph, node, name);
  else
    make_name (graph, node);

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

  if (!check_name (graph, name, node, error))
    return FALSE;

  if (g_str_equal (name, BP_NODE (graph, node)->name))
    {
      BP_NODE (graph, node)->flags &= ~(guint) BP_NODE_ANONYMOUS;
      return TRUE;
    }
  drop_name (graph, node);
  take_name (graph, node, name);

  return TRUE;
}

void
bp_graph_set_loss (BpGraph *graph,
                   guint    node)
{
  g_return_if_fail (graph != NULL && node < graph->nodes->len);
  g_return_if_fail (bp_graph_get_n_elements (graph, node) == 1);

  for (guint i = 0; i < graph->nodes->len; i++)
    BP_NODE (graph, i)->flags &= ~BP_NODE_REACHES;
  graph->loss = node;
  BP_NODE (graph, node)->flags |= BP_NODE_REACHES;
  for (guint i = node + 1; i > 0; i--)
    {
      const BpNode *record = BP_NODE (graph, i - 1);
      const BpOpClass *class = bp_op_get_class (record->op);

      for (guint k = 0; k < class->n_inputs && class->backward != NULL && record->flags & BP_NODE_REACHES; k++)
        BP_NODE (graph, record->inputs[k])->flags |= BP_NODE_REACHES;
    }
}

void
bp_graph_skip_name (BpGraph *graph,
                    BpOp     op)
{
  g_return_if_fail (graph != NULL);

  g_free (next_name (graph, bp_op_get_class (op)->name));
}

void
bp_graph_set_evaluation (BpGraph *graph,
                         guint    node)
{
  g_return_if_fail (graph != NULL && node < graph->nodes->len);
  g_return_if_fail (!(BP_NODE (graph, node)->flags & BP_NODE_REACHES));

  BP_NODE (graph, node)->flags |= BP_NODE_EVALUATION;
}
