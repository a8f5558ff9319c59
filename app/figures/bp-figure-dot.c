/* bp-figure-dot.c: the computation graph for Graphviz
 *
 * Graphviz does the layout; shapes, colours and texts are those of the drawing. https://graphviz.org/doc/info/lang.html
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define POINTS_PER_PIXEL 0.75

/* Graphviz: a colour as "#rrggbb". */
static void
append_color (GString        *dot,
              const BpFigure *figure,
              BpColor         color)
{
  const GdkRGBA *rgba = &figure->style.palette->colors[color];

  g_string_append_printf (dot, "\"#%02x%02x%02x\"", (guint) (rgba->red * 255 + 0.5f),
                          (guint) (rgba->green * 255 + 0.5f), (guint) (rgba->blue * 255 + 0.5f));
}

static void
append_attribute (GString        *dot,
                  const BpFigure *figure,
                  const char     *name,
                  BpColor         color)
{
  g_string_append_printf (dot, "%s=", name);
  append_color (dot, figure, color);
}

/* A string in quotes: only a quote and a backslash mean something there. */
static void
append_quoted (GString    *dot,
               const char *text)
{
  g_string_append_c (dot, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (dot, '\\');
      g_string_append_c (dot, *c);
    }
  g_string_append_c (dot, '"');
}

/* Text in a label of HTML. */
static void
append_font (GString        *dot,
             const BpFigure *figure,
             BpColor         color,
             gboolean        bold,
             const char     *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (*escaped == '\0')
    return;

  append_attribute (dot, figure, "<font color", color);
  g_string_append_printf (dot, bold ? "><b>%s</b></font>" : ">%s</font>", escaped);
}

static void
append_row (GString *dot)
{
  g_string_append (dot, "</td></tr><tr><td align=\"left\">");
}

static void
append_label (GString           *dot,
              const BpFigure    *figure,
              const BpNodeState *state)
{
  g_string_append (dot, "<<table border=\"0\" cellborder=\"0\" cellpadding=\"1\" cellspacing=\"0\">"
                        "<tr><td align=\"left\">");
  append_font (dot, figure, BP_COLOR_TEXT, TRUE, state->name);
  if (state->tag != NULL)
    {
      g_autofree char *tag = g_strdup_printf (" (%s)", state->tag);

      append_font (dot, figure, BP_COLOR_TEXT, FALSE, tag);
    }
  g_string_append_c (dot, ' ');
  append_font (dot, figure, BP_COLOR_DIM, FALSE, state->shape);
  append_row (dot);
  if (state->old_value != NULL)
    {
      g_autofree char *old_value = g_strconcat (state->old_value, " → ", NULL);

      append_font (dot, figure, BP_COLOR_DIM, FALSE, old_value);
    }
  if (state->layer != NULL)
    {
      append_font (dot, figure, BP_COLOR_DIM, FALSE, state->layer);
      append_row (dot);
    }
  if (bp_node_state_has_rms (state))
    append_font (dot, figure, BP_COLOR_DIM, FALSE, _("RMS"));
  append_font (dot, figure, bp_node_state_get_value_color (state), TRUE, state->value);
  if (state->layer == NULL && state->symbol != NULL && *state->symbol != '\0')
    g_string_append_c (dot, ' ');
  append_font (dot, figure, BP_COLOR_DIM, FALSE, state->layer == NULL && state->symbol != NULL ? state->symbol : "");
  if (state->has_gradient)
    {
      g_autofree char *gradient = g_strconcat ("∂ ", state->gradient, NULL);

      append_row (dot);
      append_font (dot, figure, bp_node_state_get_gradient_color (state), TRUE, gradient);
      if (state->sum != NULL)
        g_string_append_c (dot, ' ');
      append_font (dot, figure, bp_node_state_get_gradient_color (state), FALSE,
                   state->sum != NULL ? state->sum : "");
    }
  g_string_append (dot, "</td></tr></table>>");
}

static BpColor
get_border (const BpNodeState *state)
{
  switch (state->mark)
    {
    case BP_MARK_VALUE:
      return BP_COLOR_VALUE;
    case BP_MARK_GRADIENT:
      return BP_COLOR_GRADIENT;
    case BP_MARK_UPDATE:
      return BP_COLOR_PARAMETER;
    case BP_MARK_NONE:
    default:
      return state->kind == BP_NODE_VARIABLE ? BP_COLOR_PARAMETER : BP_COLOR_DIM;
    }
}

/* Shapes as in the drawing: square corners, round ones, a thick border, a double one. */
static void
append_node (GString        *dot,
             const BpFigure *figure,
             guint           node)
{
  const BpNodeState *state = bp_graph_drawing_get_node (figure->drawing, node);
  gboolean is_variable = state->kind == BP_NODE_VARIABLE;
  BpColor fill = is_variable ? BP_COLOR_PARAMETER_FILL : state->kind == BP_NODE_DATA ? BP_COLOR_DATA : BP_COLOR_NODE;
  guint width = state->mark != BP_MARK_NONE ? 3 : is_variable ? 2 : 1;

  g_string_append_printf (dot, "  n%u [style=\"filled%s%s\", ", node, state->kind == BP_NODE_DATA ? "" : ",rounded",
                          state->aside && state->mark == BP_MARK_NONE ? ",dashed" : "");
  append_attribute (dot, figure, "fillcolor", fill);
  append_attribute (dot, figure, ", color", get_border (state));
  g_string_append_printf (dot, ", penwidth=%u, peripheries=%u, tooltip=", width, state->kind == BP_NODE_LOSS ? 2 : 1);
  append_quoted (dot, state->name);
  g_string_append (dot, ", label=");
  append_label (dot, figure, state);
  g_string_append (dot, "];\n");
}

/* The gradient has an edge of its own, against the order of the layout. */
static void
append_gradient_edge (GString           *dot,
                      const BpFigure    *figure,
                      guint              from,
                      guint              to,
                      const BpEdgeState *state)
{
  g_autofree char *label = g_strjoin (" ", state->symbols != NULL ? state->symbols : "", state->numbers, NULL);

  g_string_append_printf (dot, "  n%u -> n%u [constraint=false, style=dashed, penwidth=%u, ", to, from,
                          state->mark == BP_MARK_GRADIENT ? 3 : 1);
  append_attribute (dot, figure, "color", state->is_gradient_old ? BP_COLOR_DIM : BP_COLOR_GRADIENT);
  append_attribute (dot, figure, ", fontcolor", state->is_gradient_old ? BP_COLOR_DIM : BP_COLOR_GRADIENT);
  g_string_append (dot, ", label=");
  append_quoted (dot, label);
  g_string_append (dot, "];\n");
}

static void
append_edge (GString        *dot,
             const BpFigure *figure,
             guint           index,
             guint           from,
             guint           to)
{
  const BpEdgeState *state = bp_graph_drawing_get_edge (figure->drawing, index);

  g_string_append_printf (dot, "  n%u -> n%u [penwidth=%u, ", from, to, state->mark == BP_MARK_VALUE ? 3 : 1);
  append_attribute (dot, figure, "color", state->has_value && !state->is_value_old ? BP_COLOR_VALUE : BP_COLOR_DIM);
  g_string_append (dot, "];\n");
  if (state->has_gradient)
    append_gradient_edge (dot, figure, from, to, state);
}

static void
append_head (GString        *dot,
             const BpFigure *figure)
{
  g_autofree char *title = bp_figure_create_title (figure);
  double size = figure->options.font_size * POINTS_PER_PIXEL;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.6g", size);
  g_string_append (dot, "digraph ");
  append_quoted (dot, title);
  g_string_append (dot, " {\n  graph [rankdir=LR, fontname=\"Sans\", ");
  append_attribute (dot, figure, "bgcolor", BP_COLOR_SURFACE);
  append_attribute (dot, figure, ", fontcolor", BP_COLOR_DIM);
  g_string_append_printf (dot, ", fontsize=%s", number);
  if (figure->caption != NULL)
    {
      g_string_append (dot, ", label=");
      append_quoted (dot, figure->caption);
    }
  g_string_append_printf (dot, "];\n  node [shape=box, fontname=\"Sans\", fontsize=%s];\n", number);
  g_string_append_printf (dot, "  edge [fontname=\"Sans\", fontsize=%s];\n", number);
}

/* Open layers are clusters. */
static void
append_layers (GString        *dot,
               const BpFigure *figure,
               BpGraph        *graph)
{
  const GPtrArray *layers = bp_graph_drawing_get_layers (figure->drawing);

  for (guint l = 0; l < layers->len; l++)
    {
      const BpDenseLayer *layer = bp_layers_get (layers, l);
      g_autofree char    *description = bp_dense_layer_describe (layer, graph);
      g_autofree char    *label = g_strconcat (layer->name, " · ", description, NULL);

      if (!bp_layers_is_open (bp_graph_drawing_get_open (figure->drawing), l))
        continue;
      g_string_append_printf (dot, "  subgraph cluster_%u {\n    label=", l);
      append_quoted (dot, label);
      append_attribute (dot, figure, "; style=rounded; color", BP_COLOR_DIM);
      g_string_append (dot, ";\n   ");
      for (guint i = 0; i < layer->n_members; i++)
        g_string_append_printf (dot, " n%u;", layer->members[i]);
      g_string_append (dot, "\n  }\n");
    }
}

GBytes *
bp_figure_to_dot (const BpFigure        *figure,
                  G_GNUC_UNUSED GError **error)
{
  GString *dot = g_string_new (NULL);
  BpGraph *graph = bp_graph_drawing_get_graph (figure->drawing);
  guint edge = 0;

  append_head (dot, figure);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_drawing_get_box (figure->drawing, node) == node)
      append_node (dot, figure, node);
  append_layers (dot, figure, graph);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++, edge++)
      {
        guint from = bp_graph_drawing_get_box (figure->drawing, bp_graph_get_input (graph, node, i));
        guint to = bp_graph_drawing_get_box (figure->drawing, node);

        if (from != to)
          append_edge (dot, figure, edge, from, to);
      }
  g_string_append (dot, "}\n");

  return g_string_free_to_bytes (dot);
}
