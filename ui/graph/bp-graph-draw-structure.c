/* bp-graph-draw-structure.c: what a picture of the graph shows of each node and edge, whatever is computed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <glib/gi18n-lib.h>

#include "explain/bp-explain.h"

static BpNodeKind
get_kind (BpGraph *graph,
          guint    node)
{
  if (node == bp_graph_get_loss (graph))
    return BP_NODE_LOSS;
  if (bp_graph_get_op (graph, node) == BP_OP_VARIABLE)
    return BP_NODE_VARIABLE;

  return bp_graph_get_n_inputs (graph, node) == 0 ? BP_NODE_DATA : BP_NODE_OP;
}

static const char *
get_symbol (BpGraph *graph,
            guint    node)
{
  switch ((int) bp_graph_get_op (graph, node))
    {
    case BP_OP_PLACEHOLDER:
      return _("data");
    case BP_OP_MASK:
      return _("mask");
    case BP_OP_CONSTANT:
      return _("constant");
    case BP_OP_VARIABLE:
      return "";
    default:
      return bp_op_get_class (bp_graph_get_op (graph, node))->symbol;
    }
}

static char *
get_warning (BpGraphDrawing *drawing,
             BpTrainer      *trainer,
             guint           node)
{
  const BpStretch *stretch = bp_trainer_get_stretch (trainer);

  return stretch != NULL && stretch->node == node ? bp_stretch_describe (stretch, drawing->graph) : NULL;
}

/* The symbol that stands for @node in formulas, where that is not its name. Those of a large graph could not be read,
 * and would cost a search each. */
static char *
get_tag (BpGraph *graph,
         guint    node)
{
  g_autofree char *symbol = NULL;

  if (bp_graph_get_n_nodes (graph) > BP_GRAPH_LAYOUT_MAX_FITTED
      || (bp_graph_get_op (graph, node) == BP_OP_CONSTANT && bp_graph_is_anonymous (graph, node)
          && bp_graph_get_shape (graph, node)->rank == 0))
    return NULL;
  symbol = bp_explain_symbol (graph, node);

  return g_str_equal (symbol, bp_graph_get_name (graph, node)) ? NULL : g_steal_pointer (&symbol);
}

static void
add_node (BpGraphDrawing *drawing,
          BpTrainer      *trainer,
          guint           node)
{
  BpGraph    *graph = drawing->graph;
  const BpDenseLayer *layer = bp_graph_drawing_get_folded (drawing, node);
  BpNodeState state = {
    .kind = layer != NULL ? BP_NODE_LAYER : get_kind (graph, node),
    .aside = bp_graph_is_evaluation (graph, node),
    .has_gradient = bp_graph_needs_gradient (graph, node),
    .is_tensor = bp_graph_get_n_elements (graph, node) > 1,
    .name = g_strdup (layer != NULL ? layer->name : bp_graph_get_name (graph, node)),
    .layer = layer != NULL ? bp_dense_layer_describe (layer, graph) : NULL,
    .matrix = bp_matrix_new (drawing, node),
    .op = g_strdup (bp_op_get_class (bp_graph_get_op (graph, node))->name),
    .tag = get_tag (graph, node),
    .shape = bp_shape_to_string (bp_graph_get_shape (graph, node)),
    .symbol = g_strdup (get_symbol (graph, node)),
    .warning = get_warning (drawing, trainer, node),
  };

  g_array_append_val (drawing->nodes, state);
}

/* Whether the number says more than the symbols: not where the derivative is a number itself, or several. */
static gboolean
has_number (BpGraph         *graph,
            guint            node,
            guint            input,
            const BpFormula *derivative)
{
  return bp_graph_get_n_elements (graph, node) == 1
         && bp_graph_get_n_elements (graph, bp_graph_get_input (graph, node, input)) == 1
         && bp_formula_get_result (derivative)->kind != BP_FORMULA_NUMBER;
}

static void
add_edge (BpGraphDrawing *drawing,
          BpTrainer      *trainer,
          guint           node,
          guint           input)
{
  g_autoptr (BpFormula) derivative = NULL;
  BpEdgeState state = { 0 };

  /* Labels of a large graph could not be read, and would cost a search for symbols each. */
  if (bp_graph_layout_is_differentiated (drawing->graph, node, input)
      && bp_graph_get_n_nodes (drawing->graph) <= BP_GRAPH_LAYOUT_MAX_FITTED
      && bp_explain_local_derivative (trainer, node, input, &derivative, NULL))
    {
      g_autoptr (BpFormula) right = bp_formula_dup_sides (derivative, 1);

      state.symbols = bp_formula_to_text (derivative);
      state.left = bp_formula_to_text (g_ptr_array_index (derivative->children, 0));
      state.right = bp_formula_to_text (right);
      state.has_number = has_number (drawing->graph, node, input, derivative);
    }
  g_array_append_val (drawing->edges, state);
}

/* Whether the layers are the same by name, as in a graph for another batch size: what is open stays so. */
static gboolean
has_same_layers (const GPtrArray *a,
                 const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint l = 0; l < a->len; l++)
    if (!g_str_equal (bp_layers_get (a, l)->name, bp_layers_get (b, l)->name))
      return FALSE;

  return TRUE;
}

static void
find_layers (BpGraphDrawing *drawing)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&drawing->layers);

  drawing->layers = bp_layers_find (drawing->graph);
  if (before == NULL || !has_same_layers (before, drawing->layers))
    drawing->open = bp_layers_get_default_open (drawing->layers);
  drawing->is_refolded = FALSE;
  g_free (drawing->shown_in);
  drawing->shown_in = g_new (guint, bp_graph_get_n_nodes (drawing->graph) + 1);
  bp_layers_fold (drawing->layers, drawing->graph, drawing->open, drawing->shown_in);
  drawing->n_batch = 0;
  for (guint i = 0; i < bp_graph_get_n_placeholders (drawing->graph); i++)
    {
      const BpShape *shape = bp_graph_get_shape (drawing->graph, bp_graph_get_placeholder (drawing->graph, i));

      if (shape->rank > 0)
        drawing->n_batch = shape->dims[0];
    }
}

void
bp_graph_drawing_set_graph (BpGraphDrawing *drawing,
                            BpTrainer      *trainer)
{
  g_clear_pointer (&drawing->layout, bp_graph_layout_free);
  g_clear_pointer (&drawing->graph, bp_graph_unref);
  g_array_set_size (drawing->nodes, 0);
  g_array_set_size (drawing->edges, 0);

  drawing->graph = bp_graph_ref (bp_trainer_get_graph (trainer));
  find_layers (drawing);
  for (guint node = 0; node < bp_graph_get_n_nodes (drawing->graph); node++)
    {
      add_node (drawing, trainer, node);
      for (guint i = 0; i < bp_graph_get_n_inputs (drawing->graph, node); i++)
        add_edge (drawing, trainer, node, i);
    }
  g_free (drawing->changed);
  drawing->changed = g_new0 (gboolean, drawing->nodes->len + 1);
  g_free (drawing->changed_edges);
  drawing->changed_edges = g_new0 (gboolean, drawing->edges->len + 1);
}
