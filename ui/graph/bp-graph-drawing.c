/* bp-graph-drawing.c: the drawing as an object: made, freed, and asked what it shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include "base/bp-number.h"

static void
clear_node (gpointer data)
{
  BpNodeState *state = data;

  g_free (state->name);
  g_free (state->op);
  g_free (state->tag);
  g_free (state->shape);
  g_free (state->symbol);
  g_free (state->layer);
  g_free (state->step);
  g_clear_pointer (&state->matrix, bp_matrix_free);
  g_free (state->value);
  g_free (state->old_value);
  g_free (state->gradient);
  g_free (state->sum);
  g_free (state->warning);
  g_free (state->change);
  g_free (state->predicted);
}

static void
clear_edge (gpointer data)
{
  BpEdgeState *state = data;

  g_free (state->symbols);
  g_free (state->left);
  g_free (state->right);
  g_free (state->numbers);
}

BpGraphDrawing *
bp_graph_drawing_new (void)
{
  BpGraphDrawing       *drawing = g_new0 (BpGraphDrawing, 1);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  PangoContext         *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoAttrList        *attributes = pango_attr_list_new ();

  drawing->nodes = g_array_new (FALSE, TRUE, sizeof (BpNodeState));
  g_array_set_clear_func (drawing->nodes, clear_node);
  drawing->edges = g_array_new (FALSE, TRUE, sizeof (BpEdgeState));
  g_array_set_clear_func (drawing->edges, clear_edge);
  drawing->palette = bp_palette_get (BP_PALETTE_LIGHT);
  drawing->stroke_scale = 1;
  drawing->n_revealed = G_MAXUINT;
  drawing->chosen = BP_NODE_NONE;
  drawing->element = BP_ELEMENT_NONE;

  /* Widths that are the same at every scale and on every surface. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  drawing->text = pango_layout_new (context);
  /* All digits equally wide. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (drawing->text, attributes);
  pango_layout_set_single_paragraph_mode (drawing->text, TRUE);
  bp_graph_drawing_set_font (drawing, font, 13);
  pango_attr_list_unref (attributes);
  g_object_unref (context);
  cairo_font_options_destroy (options);
  pango_font_description_free (font);

  return drawing;
}

void
bp_graph_drawing_free (BpGraphDrawing *drawing)
{
  g_clear_pointer (&drawing->layout, bp_graph_layout_free);
  g_clear_pointer (&drawing->graph, bp_graph_unref);
  g_clear_pointer (&drawing->layers, g_ptr_array_unref);
  g_free (drawing->shown_in);
  g_array_unref (drawing->nodes);
  g_array_unref (drawing->edges);
  g_free (drawing->changed);
  g_free (drawing->changed_edges);
  g_object_unref (drawing->text);
  pango_font_description_free (drawing->font);
  for (guint i = 0; i < BP_N_TEXTS; i++)
    pango_font_description_free (drawing->fonts[i]);
  g_free (drawing);
}

void
bp_graph_drawing_set_n_revealed (BpGraphDrawing *drawing,
                                 guint           n_revealed)
{
  g_return_if_fail (drawing != NULL);

  drawing->n_revealed = n_revealed;
}

void
bp_graph_drawing_set_open (BpGraphDrawing *drawing,
                           BpOpenLayers    open)
{
  g_return_if_fail (drawing != NULL && drawing->layers != NULL);

  if (drawing->open == open)
    return;
  drawing->open = open;
  drawing->is_refolded = TRUE;
}

BpOpenLayers
bp_graph_drawing_get_open (const BpGraphDrawing *drawing)
{
  return drawing->open;
}

const GPtrArray *
bp_graph_drawing_get_layers (const BpGraphDrawing *drawing)
{
  return drawing->layers;
}

guint
bp_graph_drawing_get_box (const BpGraphDrawing *drawing,
                          guint                 node)
{
  g_return_val_if_fail (node < drawing->nodes->len, node);

  return drawing->shown_in[node];
}

const BpDenseLayer *
bp_graph_drawing_get_folded (const BpGraphDrawing *drawing,
                             guint                 node)
{
  for (guint l = 0; l < drawing->layers->len; l++)
    if (!bp_layers_is_open (drawing->open, l) && bp_layers_get (drawing->layers, l)->output == node)
      return bp_layers_get (drawing->layers, l);

  return NULL;
}

void
bp_graph_drawing_set_element (BpGraphDrawing *drawing,
                              guint           node,
                              gssize          element)
{
  g_return_if_fail (drawing != NULL);

  drawing->chosen = node;
  drawing->element = element;
}

gboolean
bp_graph_drawing_has_layout (const BpGraphDrawing *drawing)
{
  return drawing->layout != NULL;
}

BpGraph *
bp_graph_drawing_get_graph (const BpGraphDrawing *drawing)
{
  return drawing->graph;
}

guint
bp_graph_drawing_get_n_nodes (const BpGraphDrawing *drawing)
{
  return drawing->nodes->len;
}

const BpNodeState *
bp_graph_drawing_get_node (const BpGraphDrawing *drawing,
                           guint                 node)
{
  g_return_val_if_fail (node < drawing->nodes->len, NULL);

  return &g_array_index (drawing->nodes, BpNodeState, node);
}

const BpEdgeState *
bp_graph_drawing_get_edge (const BpGraphDrawing *drawing,
                           guint                 edge)
{
  g_return_val_if_fail (edge < drawing->edges->len, NULL);

  return &g_array_index (drawing->edges, BpEdgeState, edge);
}

gboolean
bp_graph_drawing_is_node_changed (const BpGraphDrawing *drawing,
                                  guint                 node)
{
  g_return_val_if_fail (node < drawing->nodes->len, FALSE);

  return drawing->changed[node];
}

gboolean
bp_graph_drawing_is_edge_changed (const BpGraphDrawing *drawing,
                                  guint                 edge)
{
  g_return_val_if_fail (edge < drawing->edges->len, FALSE);

  return drawing->changed_edges[edge];
}

gboolean
bp_graph_drawing_is_gradient_hidden (const BpGraphDrawing *drawing,
                                     guint                 node)
{
  return g_strcmp0 (bp_graph_drawing_get_node (drawing, node)->gradient, BP_NUMBER_HIDDEN) == 0;
}

gboolean
bp_graph_drawing_is_value_hidden (const BpGraphDrawing *drawing,
                                  guint                 node)
{
  return g_str_equal (bp_graph_drawing_get_node (drawing, node)->value, BP_NUMBER_HIDDEN);
}
