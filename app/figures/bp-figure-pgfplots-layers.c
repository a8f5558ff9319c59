/* bp-figure-pgfplots-layers.c: bars, rules, arrows and notes of a plot for pgfplots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-pgfplots.h"

#include <math.h>

#include "figures/bp-figure-latex.h"

static gboolean
is_visible (const BpAxis *axis,
            double        value)
{
  double position = bp_axis_map (axis, value);

  return position >= -0.001 && position <= 1.001;
}

/* Bars */

static void
append_bars (const BpPgfplots *pgf,
             const BpLayer    *layer)
{
  for (guint i = 0; layer->bars != NULL && i < layer->bars->len; i++)
    {
      const BpPlotBar *bar = &g_array_index (layer->bars, BpPlotBar, i);

      if (bar->y0 == bar->y1)
        continue;
      g_string_append (pgf->tex, "\\filldraw[fill opacity=.15,");
      bp_pgfplots_append_style (pgf, layer, FALSE);
      g_string_append (pgf->tex, "] ");
      bp_pgfplots_append_place (pgf, bar->x0, bar->y0);
      g_string_append (pgf->tex, " rectangle ");
      bp_pgfplots_append_place (pgf, bar->x1, bar->y1);
      g_string_append (pgf->tex, ";\n");
    }
}

/* Rules */

static void
append_rule_label (const BpPgfplots *pgf,
                   const BpLayer    *layer,
                   const char       *anchor,
                   guint             n_below,
                   double            x,
                   double            y)
{
  g_string_append_printf (pgf->tex, "\\node[anchor=%s,yshift=-%u.%uem,font=\\footnotesize,fill=bp-surface,"
                          "fill opacity=.8,text opacity=1,inner sep=1.5pt,text=", anchor, n_below * 11 / 10,
                          n_below * 11 % 10);
  bp_latex_append_color (pgf->tex, layer->color);
  g_string_append (pgf->tex, "] at ");
  bp_pgfplots_append_place (pgf, x, y);
  g_string_append (pgf->tex, " {");
  bp_latex_append_text (pgf->tex, layer->label);
  g_string_append (pgf->tex, "};\n");
}

static void
append_rule (const BpPgfplots *pgf,
             const BpLayer    *layer)
{
  const BpAxis *x = &pgf->plot->x, *y = &pgf->plot->y;
  BpPlotPoint point = g_array_index (layer->points, BpPlotPoint, 0);
  gboolean is_vertical = layer->kind == BP_LAYER_RULE_X;

  if (!is_visible (is_vertical ? x : y, is_vertical ? point.x : point.y))
    return;

  g_string_append (pgf->tex, "\\draw[");
  bp_pgfplots_append_style (pgf, layer, FALSE);
  g_string_append (pgf->tex, "] ");
  bp_pgfplots_append_place (pgf, is_vertical ? point.x : x->minimum, is_vertical ? y->minimum : point.y);
  g_string_append (pgf->tex, " -- ");
  bp_pgfplots_append_place (pgf, is_vertical ? point.x : x->maximum, is_vertical ? y->maximum : point.y);
  g_string_append (pgf->tex, ";\n");
}

static void
append_rule_x_label (const BpPgfplots *pgf,
                     const BpLayer    *layer)
{
  const BpAxis *y = &pgf->plot->y;
  double x = g_array_index (layer->points, BpPlotPoint, 0).x;
  double position = bp_axis_map (&pgf->plot->x, x);

  if (!is_visible (&pgf->plot->x, x))
    return;

  append_rule_label (pgf, layer, position > 0.6 ? "north east" : "north west",
                     bp_plot_get_label_line (pgf->plot, layer), x, y->maximum);
}

/* Where it begins. */
static void
append_arrow_marker (const BpPgfplots *pgf,
                     const BpLayer    *layer)
{
  BpPlotPoint from = g_array_index (layer->points, BpPlotPoint, 0);

  if (layer->marker == BP_MARKER_NONE)
    return;

  g_string_append (pgf->tex, "\\addplot[");
  bp_pgfplots_append_style (pgf, layer, FALSE);
  g_string_append (pgf->tex, ",forget plot] coordinates {");
  bp_pgfplots_append_point (pgf, from.x, from.y);
  g_string_append (pgf->tex, "};\n");
}

static void
append_arrow (const BpPgfplots *pgf,
              const BpLayer    *layer)
{
  BpPlotPoint from = g_array_index (layer->points, BpPlotPoint, 0);
  BpPlotPoint to = g_array_index (layer->points, BpPlotPoint, 1);
  double from_x = bp_axis_map (&pgf->plot->x, from.x), from_y = bp_axis_map (&pgf->plot->y, from.y);
  double to_x = bp_axis_map (&pgf->plot->x, to.x), to_y = bp_axis_map (&pgf->plot->y, to.y);
  BpLayer look = *layer;

  /* TeX cannot count much further than the page; an arrow that begins outside is not seen. */
  if (!is_visible (&pgf->plot->x, from.x) || !is_visible (&pgf->plot->y, from.y) || isnan (to_x + to_y) ||
      (from_x == to_x && from_y == to_y))
    return;

  double reach = MAX (fabs (to_x - from_x), fabs (to_y - from_y));
  double part = MIN (1, 2 / reach);

  look.marker = BP_MARKER_NONE;
  g_string_append (pgf->tex, "\\draw[-latex,");
  bp_pgfplots_append_style (pgf, &look, FALSE);
  g_string_append (pgf->tex, "] ");
  bp_pgfplots_append_place (pgf, from.x, from.y);
  g_string_append (pgf->tex, " -- ");
  if (part == 1)
    bp_pgfplots_append_place (pgf, to.x, to.y);
  else
    bp_pgfplots_append_place (pgf, bp_axis_unmap (&pgf->plot->x, from_x + part * (to_x - from_x)),
                  bp_axis_unmap (&pgf->plot->y, from_y + part * (to_y - from_y)));
  g_string_append (pgf->tex, ";\n");
  append_arrow_marker (pgf, layer);
}

static void
append_note (const BpPgfplots *pgf,
             const BpLayer    *layer)
{
  g_string_append (pgf->tex, "\\node[align=center,text width=.8*\\pgfkeysvalueof{/pgfplots/width},text=");
  bp_latex_append_color (pgf->tex, layer->color);
  g_string_append (pgf->tex, "] at (rel axis cs:.5,.5) {");
  bp_latex_append_text (pgf->tex, layer->label);
  g_string_append (pgf->tex, "};\n");
}

void
bp_pgfplots_append_layer (const BpPgfplots *pgf,
                          const BpLayer    *layer)
{
  guint n_points = bp_layer_has_points (layer) && layer->points != NULL ? layer->points->len : 0;

  switch (layer->kind)
    {
    case BP_LAYER_LINE:
    case BP_LAYER_POINTS:
    case BP_LAYER_SERIES:
      bp_pgfplots_append_points (pgf, layer);
      break;
    case BP_LAYER_BARS:
      append_bars (pgf, layer);
      break;
    case BP_LAYER_GRID:
      bp_pgfplots_append_grid (pgf, layer);
      break;
    case BP_LAYER_RULE_X:
    case BP_LAYER_RULE_Y:
      if (n_points > 0)
        append_rule (pgf, layer);
      break;
    case BP_LAYER_ARROW:
      if (n_points > 1)
        append_arrow (pgf, layer);
      break;
    case BP_LAYER_EXIT:
      bp_pgfplots_append_exit (pgf, layer);
      break;
    case BP_LAYER_NOTE:
      if (layer->label != NULL)
        append_note (pgf, layer);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
bp_pgfplots_append_label (const BpPgfplots *pgf,
                          const BpLayer    *layer)
{
  if (layer->kind == BP_LAYER_EXIT)
    bp_pgfplots_append_exit_label (pgf, layer);
  if (layer->kind == BP_LAYER_GRID)
    bp_pgfplots_append_grid_labels (pgf, layer);
  if (layer->is_label_inside && layer->label != NULL && layer->points != NULL && layer->points->len > 0)
    append_rule_x_label (pgf, layer);
}
