/* bp-graph-draw-style.c: how a drawing looks, and the sizes that follow from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <glib/gi18n-lib.h>

/* What a node shows at full size where there is room; longer numbers get smaller, then have fewer digits. */
#define WIDEST_NUMBER "−0.0008888"
#define WIDE_NUMBER "−0.8888"
#define WIDE_GRADIENT "−0.008888"
#define WIDEST_RESULT "≈ −8.888·10⁻³⁰⁸"
#define WIDEST_RANGE "−0.0088 … −0.0088"
#define WIDEST_RMS "0.0008888"
#define WIDE_RANGE "−0.008 … 0.008"

/* The widest name and shape that a node grows for, as a multiple of the height of type. */
#define NAME_MAX_WIDTH 17

static const struct {
  double      size; /* as a multiple of a name's */
  PangoWeight weight;
} styles[BP_N_TEXTS] = {
  [BP_TEXT_NAME] = { 1, PANGO_WEIGHT_BOLD },
  [BP_TEXT_SHAPE] = { BP_LEAST_TEXT, PANGO_WEIGHT_NORMAL },
  [BP_TEXT_TAG] = { BP_LEAST_TEXT, PANGO_WEIGHT_SEMIBOLD },
  [BP_TEXT_VALUE] = { 1.4, PANGO_WEIGHT_SEMIBOLD },
  [BP_TEXT_RANGE] = { 1.08, PANGO_WEIGHT_SEMIBOLD },
  [BP_TEXT_SYMBOL] = { 1.35, PANGO_WEIGHT_SEMIBOLD },
  [BP_TEXT_GRADIENT] = { 1.15, PANGO_WEIGHT_SEMIBOLD },
  [BP_TEXT_GRADIENT_RANGE] = { 1.08, PANGO_WEIGHT_SEMIBOLD },
  [BP_TEXT_SUM] = { BP_LEAST_TEXT, PANGO_WEIGHT_SEMIBOLD },
  [BP_TEXT_LABEL] = { BP_LEAST_TEXT, PANGO_WEIGHT_SEMIBOLD },
  [BP_TEXT_CAPTION] = { BP_LEAST_TEXT, PANGO_WEIGHT_NORMAL },
};

double
bp_text_style_get_least_scale (BpTextStyle style)
{
  const gboolean is_number = style == BP_TEXT_VALUE || style == BP_TEXT_RANGE || style == BP_TEXT_GRADIENT
                             || style == BP_TEXT_GRADIENT_RANGE;

  return (is_number ? BP_LEAST_NUMBER : BP_LEAST_TEXT) / styles[style].size;
}

static void
forget_layout (BpGraphDrawing *drawing)
{
  g_clear_pointer (&drawing->layout, bp_graph_layout_free);
}

gboolean
bp_graph_drawing_set_font (BpGraphDrawing             *drawing,
                           const PangoFontDescription *font,
                           double                      size)
{
  g_return_val_if_fail (drawing != NULL && font != NULL && size > 0, FALSE);

  if (drawing->unit == size && pango_font_description_equal (drawing->font, font))
    return FALSE;

  g_clear_pointer (&drawing->font, pango_font_description_free);
  drawing->font = pango_font_description_copy (font);
  drawing->unit = size;
  for (guint i = 0; i < BP_N_TEXTS; i++)
    {
      if (drawing->fonts[i] != NULL)
        pango_font_description_free (drawing->fonts[i]);
      drawing->fonts[i] = pango_font_description_copy (font);
      pango_font_description_set_weight (drawing->fonts[i], styles[i].weight);
      pango_font_description_set_absolute_size (drawing->fonts[i], size * styles[i].size * PANGO_SCALE);
    }
  forget_layout (drawing);

  return TRUE;
}

void
bp_graph_drawing_set_palette (BpGraphDrawing  *drawing,
                              const BpPalette *palette)
{
  g_return_if_fail (drawing != NULL && palette != NULL);

  drawing->palette = palette;
}

const BpPalette *
bp_graph_drawing_get_palette (const BpGraphDrawing *drawing)
{
  return drawing->palette;
}

void
bp_graph_drawing_set_stroke_scale (BpGraphDrawing *drawing,
                                   double          stroke_scale)
{
  g_return_if_fail (drawing != NULL && stroke_scale > 0);

  drawing->stroke_scale = stroke_scale;
  forget_layout (drawing);
}

void
bp_graph_drawing_set_area (BpGraphDrawing *drawing,
                           double          width,
                           double          height)
{
  g_return_if_fail (drawing != NULL);

  if (drawing->width == width && drawing->height == height)
    return;
  drawing->width = width;
  drawing->height = height;
  if (drawing->nodes->len <= BP_GRAPH_LAYOUT_MAX_FITTED)
    forget_layout (drawing);
}

void
bp_graph_drawing_set_least_scale (BpGraphDrawing *drawing,
                                  double          least)
{
  g_return_if_fail (drawing != NULL && least >= 0);

  if (drawing->least == least)
    return;
  drawing->least = least;
  forget_layout (drawing);
}

void
bp_graph_drawing_set_detail (BpGraphDrawing *drawing,
                             BpDetail        detail)
{
  g_return_if_fail (drawing != NULL);

  if (drawing->detail == detail)
    return;
  drawing->detail = detail;
  forget_layout (drawing);
}

const char *
bp_graph_drawing_get_shape (const BpGraphDrawing *drawing,
                            const BpNodeState    *state)
{
  return drawing->detail == BP_DETAIL_ALL ? state->shape : "";
}

const char *
bp_graph_drawing_get_symbol (const BpGraphDrawing *drawing,
                             const BpNodeState    *state)
{
  return drawing->detail != BP_DETAIL_ALL && state->kind == BP_NODE_DATA ? "" : state->symbol;
}

gboolean
bp_graph_drawing_has_numbers (const BpGraphDrawing *drawing,
                              const BpEdgeState    *state)
{
  return state->has_number && drawing->detail == BP_DETAIL_ALL;
}

double
bp_graph_drawing_measure_tag (BpGraphDrawing    *drawing,
                              const BpNodeState *state)
{
  return state->tag != NULL ? bp_graph_drawing_measure (drawing, BP_TEXT_TAG, state->tag) + 0.7 * drawing->unit : 0;
}

double
bp_graph_drawing_get_unit (const BpGraphDrawing *drawing)
{
  return drawing->unit;
}

double
bp_graph_drawing_get_overhang (const BpGraphDrawing *drawing)
{
  return (drawing->is_nudged ? 6 : 2) * drawing->unit;
}

double
bp_graph_drawing_get_padding (const BpGraphDrawing *drawing,
                              BpNodeKind            kind)
{
  return (0.45 + (kind == BP_NODE_LOSS ? 0.6 : 0.3) * drawing->stroke_scale) * drawing->unit;
}

/* Widths that many nodes share, measured once. */
typedef struct {
  double number;
  double wide_number;
  double gradient;
  double wide_gradient;
  double range;
  double wide_range;
  double nabla;
  double result;
} Widths;

static gboolean
has_tensors (BpGraphDrawing *drawing)
{
  for (guint node = 0; node < drawing->nodes->len; node++)
    if (bp_graph_drawing_get_node (drawing, node)->is_tensor)
      return TRUE;

  return FALSE;
}

/* Each size of type that is measured has to be found and loaded: that of ranges only where there are some. */
static Widths
measure_numbers (BpGraphDrawing *drawing)
{
  gboolean ranges = has_tensors (drawing);

  return (Widths){
    .number = bp_graph_drawing_measure (drawing, BP_TEXT_VALUE, WIDEST_NUMBER),
    .wide_number = bp_graph_drawing_measure (drawing, BP_TEXT_VALUE, WIDE_NUMBER),
    .gradient = bp_graph_drawing_measure (drawing, BP_TEXT_GRADIENT, WIDEST_NUMBER),
    .wide_gradient = bp_graph_drawing_measure (drawing, BP_TEXT_GRADIENT_RANGE, WIDE_GRADIENT),
    .range = ranges ? bp_graph_drawing_measure (drawing, BP_TEXT_RANGE, WIDEST_RANGE) : 0,
    .wide_range = ranges ? bp_graph_drawing_measure (drawing, BP_TEXT_RANGE, WIDE_RANGE) : 0,
    .nabla = bp_graph_drawing_measure (drawing, BP_TEXT_GRADIENT, "∂") + 0.35 * drawing->unit,
    .result = bp_graph_drawing_measure (drawing, BP_TEXT_LABEL, WIDEST_RESULT),
  };
}

static double
measure_sum (BpGraphDrawing *drawing,
             guint           n_uses)
{
  g_autofree char *sum = NULL;

  if (n_uses < 2)
    return 0;
  sum = g_strdup_printf (_("+= %u of %u"), n_uses, n_uses);

  return bp_graph_drawing_measure (drawing, BP_TEXT_SUM, sum) + 0.4 * drawing->unit;
}

BpTextStyle
bp_graph_drawing_get_symbol_style (BpGraphDrawing    *drawing,
                                   const BpNodeState *state)
{
  return state->kind == BP_NODE_DATA
         || bp_graph_drawing_measure (drawing, BP_TEXT_SYMBOL, state->symbol) > BP_SYMBOL_MAX * drawing->unit
         ? BP_TEXT_SHAPE : BP_TEXT_SYMBOL;
}

static double
measure_symbol (BpGraphDrawing    *drawing,
                const BpNodeState *state)
{
  double width = bp_graph_drawing_measure (drawing, bp_graph_drawing_get_symbol_style (drawing, state),
                                           bp_graph_drawing_get_symbol (drawing, state));

  return width > 0 ? width + BP_SYMBOL_GAP * drawing->unit : 0;
}

/* Makes @size hold a matrix too: below the numbers, or beside them. */
static void
add_matrix (BpGraphDrawing *drawing,
            BpNodeSize     *size,
            const BpMatrix *matrix,
            double          padding)
{
  const double unit = drawing->unit;
  double       width, height;

  bp_matrix_get_size (matrix, drawing, &width, &height);
  if (matrix->is_beside)
    {
      size->min_width += width + unit;
      size->width += width + unit;
      return;
    }
  size->min_width = MAX (size->min_width, width + padding);
  size->width = MAX (size->width, width + padding);
  size->min_height += height + BP_MATRIX_GAP * unit;
  size->height += height + BP_MATRIX_GAP * unit;
}

/* "RMS ∂ 0.0331" */
static double
measure_rms (BpGraphDrawing *drawing)
{
  return bp_graph_drawing_measure (drawing, BP_TEXT_SHAPE, _("RMS ∂")) + 0.4 * drawing->unit
         + bp_graph_drawing_measure (drawing, BP_TEXT_RANGE, WIDEST_RMS);
}

/* The name, with room for the button that opens the layer; what it is and its shape; two root mean squares. */
static BpNodeSize
measure_layer (BpGraphDrawing    *drawing,
               const BpNodeState *state)
{
  double unit = drawing->unit;
  double padding = 2 * bp_graph_drawing_get_padding (drawing, state->kind);
  double tag = bp_graph_drawing_measure_tag (drawing, state);
  double name = MIN (bp_graph_drawing_measure (drawing, BP_TEXT_NAME, state->name), NAME_MAX_WIDTH * unit)
                + (tag > 0 ? tag + BP_TAG_GAP * unit : 0) + (BP_FOLD_BUTTON + 0.3) * unit;
  double shape = bp_graph_drawing_measure (drawing, BP_TEXT_SHAPE, bp_graph_drawing_get_shape (drawing, state));
  double layer = bp_graph_drawing_measure (drawing, BP_TEXT_SHAPE, state->layer) + (shape > 0 ? shape + unit : 0);
  double rows = BP_ROW_NAME + BP_ROW_LAYER + BP_ROW_RMS * (state->has_gradient ? 2 : 1);
  double width = MAX (measure_rms (drawing), MAX (name, layer)) + padding;

  return (BpNodeSize){ width, width, (rows + 0.8) * unit, (rows + 0.8) * unit };
}

static BpNodeSize
measure_plain (BpGraphDrawing *drawing,
              const Widths   *widths,
              guint           n_uses,
              guint           node)
{
  const BpNodeState *state = bp_graph_drawing_get_node (drawing, node);
  double             rows = BP_ROW_NAME + BP_ROW_VALUE + (state->has_gradient ? BP_ROW_GRADIENT : 0);
  double             symbol = measure_symbol (drawing, state);
  double             sum = state->has_gradient ? measure_sum (drawing, n_uses) : 0;
  double             padding = 2 * bp_graph_drawing_get_padding (drawing, state->kind);
  double             name = bp_graph_drawing_measure (drawing, BP_TEXT_NAME, state->name);
  double             tag = bp_graph_drawing_measure_tag (drawing, state);
  double             shape = bp_graph_drawing_measure (drawing, BP_TEXT_SHAPE,
                                                       bp_graph_drawing_get_shape (drawing, state));
  double             beside = (tag > 0 ? tag + BP_TAG_GAP * drawing->unit : 0)
                              + (shape > 0 ? shape + 0.6 * drawing->unit : 0);
  double             least = (state->is_tensor ? widths->wide_range : widths->wide_number) + symbol;
  double             natural = (state->is_tensor ? widths->range : widths->number) + symbol;

  if (bp_node_state_has_rms (state))
    least = natural = measure_rms (drawing);
  else if (state->has_gradient)
    {
      least = MAX (least, widths->nabla + (state->is_tensor ? widths->wide_range : widths->wide_gradient) + sum);
      natural = MAX (natural, widths->nabla + (state->is_tensor ? widths->range : widths->gradient) + sum);
    }

  return (BpNodeSize){
    .min_width = padding + MAX (least, MIN (BP_LEAST_TEXT * name + beside, NAME_MAX_WIDTH * drawing->unit)),
    .width = padding + MAX (natural, MIN (name + beside, NAME_MAX_WIDTH * drawing->unit)),
    .min_height = (rows + 0.6) * drawing->unit,
    .height = (rows + 1.8) * drawing->unit,
  };
}

static BpNodeSize
measure_node (BpGraphDrawing *drawing,
              const Widths   *widths,
              guint           n_uses,
              guint           node)
{
  const BpNodeState *state = bp_graph_drawing_get_node (drawing, node);
  BpNodeSize         size = state->kind == BP_NODE_LAYER ? measure_layer (drawing, state)
                                                         : measure_plain (drawing, widths, n_uses, node);

  if (state->matrix != NULL && bp_matrix_is_shown (state->matrix, drawing))
    add_matrix (drawing, &size, state->matrix, 2 * bp_graph_drawing_get_padding (drawing, state->kind));

  return size;
}

/* The derivative stands on one line, or on two, "∂h/∂z" over "= 1 − h²", where it is longer than a number. */
static BpLabelSize
measure_label (BpGraphDrawing *drawing,
               const Widths   *widths,
               guint           edge)
{
  const BpEdgeState *state = bp_graph_drawing_get_edge (drawing, edge);
  gboolean           has_number = bp_graph_drawing_has_numbers (drawing, state);
  gboolean           split;
  double             width;

  if (state->symbols == NULL || drawing->detail == BP_DETAIL_BARE)
    return (BpLabelSize){ 0, 0 };

  width = bp_graph_drawing_measure (drawing, BP_TEXT_LABEL, state->symbols);
  split = !has_number && width > widths->result;
  if (split)
    width = MAX (bp_graph_drawing_measure (drawing, BP_TEXT_LABEL, state->left),
                 bp_graph_drawing_measure (drawing, BP_TEXT_LABEL, state->right));
  width = MAX (width, has_number ? widths->result : 0);

  return (BpLabelSize){ MIN (width, BP_LABEL_MAX * drawing->unit),
                        (has_number || split ? 2 : 1) * BP_ROW_LABEL * drawing->unit };
}

/* How many edges bring a gradient to each node. */
static guint *
count_uses (BpGraph *graph)
{
  guint *n_uses = g_new0 (guint, bp_graph_get_n_nodes (graph) + 1);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
      n_uses[bp_graph_get_input (graph, node, i)] += bp_graph_layout_is_differentiated (graph, node, i);

  return n_uses;
}

/* Boxes with a batch's rows get the same height, so that a sample is one line across all that stand level. */
static void
align_rows (BpGraphDrawing *drawing,
            BpNodeSize     *nodes)
{
  double greatest = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint node = 0; node < drawing->nodes->len; node++)
      {
        const BpMatrix *matrix = bp_graph_drawing_get_node (drawing, node)->matrix;

        if (matrix == NULL || matrix->is_beside || matrix->all_rows != drawing->n_batch
            || drawing->shown_in[node] != node || !bp_matrix_is_shown (matrix, drawing))
          continue;
        if (pass == 0)
          greatest = MAX (greatest, nodes[node].min_height);
        else
          nodes[node].min_height = nodes[node].height = greatest;
      }
}

static void
lay_out (BpGraphDrawing *drawing)
{
  guint                   n_nodes = drawing->nodes->len;
  guint                   n_edges = drawing->edges->len;
  Widths                  widths = measure_numbers (drawing);
  g_autofree guint       *n_uses = count_uses (drawing->graph);
  g_autofree BpNodeSize  *nodes = g_new (BpNodeSize, n_nodes + 1);
  g_autofree BpLabelSize *labels = g_new0 (BpLabelSize, n_edges + 1);
  BpGraphLayoutOptions    options = { drawing->unit, nodes, labels, drawing->width, drawing->height, drawing->least,
                                      drawing->layers, drawing->open };
  guint                   edge = 0;

  for (guint node = 0; node < n_nodes; node++)
    {
      nodes[node] = measure_node (drawing, &widths, n_uses[node], node);
      for (guint i = 0; i < bp_graph_get_n_inputs (drawing->graph, node); i++, edge++)
        /* A local derivative within a folded layer has nothing to stand beside. */
        if (drawing->shown_in[node] == node && bp_graph_drawing_get_folded (drawing, node) == NULL)
          labels[edge] = measure_label (drawing, &widths, edge);
    }
  align_rows (drawing, nodes);
  drawing->layout = bp_graph_layout_new (drawing->graph, &options);
}

const BpGraphLayout *
bp_graph_drawing_get_layout (BpGraphDrawing *drawing)
{
  g_return_val_if_fail (drawing != NULL, NULL);

  if (drawing->layout == NULL && drawing->graph != NULL)
    lay_out (drawing);

  return drawing->layout;
}
