/* bp-figure-room.c: whether a figure has room for its text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-error.h"
#include "explain/bp-explain-draw.h"

/* In these steps the least size is looked for. */
#define STEP 1.04

/* With a font of fewer pixels the small type of nodes is left out, for it cannot be read. */
#define LEAST_TEXT 3.6

gboolean
bp_figure_plot_has_room (const BpFigure *figure,
                         const BpPlot   *plot,
                         double          width,
                         double          height)
{
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, width, height, &figure->style);

  return bp_plot_layout_has_room (layout);
}

static gboolean
graph_has_room (const BpFigure *figure,
                double          height)
{
  double width, graph_height;
  double scale = bp_figure_fit_graph (figure, figure->width, height, &width, &graph_height);

  return scale * figure->options.font_size >= MIN (LEAST_TEXT, figure->options.font_size);
}

static gboolean
has_room (const BpFigure *figure)
{
  double height = MAX (1, figure->height - figure->caption_height);

  switch (figure->options.kind)
    {
    case BP_FIGURE_GRAPH:
      return graph_has_room (figure, height);
    case BP_FIGURE_EXPLANATION:
      return bp_explain_draw_get_scale (figure->explanation, figure->width, height, &figure->style)
             >= BP_FIGURE_LEAST_SCALE;
    case BP_FIGURE_NEURONS:
      return bp_figure_network_has_room (figure, figure->width, height);
    case BP_FIGURE_VIEW:
      return bp_figure_view_has_room (figure, figure->width, height);
    case BP_FIGURE_COLUMNS:
      return bp_figure_columns_have_room (figure, figure->width, height);
    default: /* the plots */
      return bp_figure_plot_has_room (figure, bp_figure_get_plot (figure), figure->width, height);
    }
}

static void
set_error (const BpFigure *figure,
           const BpFigure *least,
           GError        **error)
{
  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("%.0f × %.0f pixels are too small for the text of this figure: make it at least %.0f × %.0f pixels "
                 "(%.0f × %.0f mm), or its font size smaller"),
               figure->width, figure->height, ceil (least->width), ceil (least->height),
               ceil (least->width / BP_FIGURE_PIXELS_PER_MM), ceil (least->height / BP_FIGURE_PIXELS_PER_MM));
}

gboolean
bp_figure_check_room (const BpFigure *figure,
                      GError        **error)
{
  BpFigure larger = *figure;

  /* What it needs by itself it has, and LaTeX sets a paragraph as high as it gets. */
  if ((figure->options.width <= 0 && figure->options.height <= 0)
      || (figure->options.format == BP_FORMAT_TIKZ && figure->options.kind == BP_FIGURE_EXPLANATION)
      || has_room (figure))
    return TRUE;

  while (larger.width < BP_FIGURE_MAX_SIZE && larger.height < BP_FIGURE_MAX_SIZE && !has_room (&larger))
    {
      larger.options.width *= STEP;
      larger.options.height *= STEP;
      bp_figure_measure (&larger);
    }
  set_error (figure, &larger, error);

  return FALSE;
}
