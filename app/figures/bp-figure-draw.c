/* bp-figure-draw.c: the size of a figure, and its parts in cairo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "explain/bp-explain-draw.h"
#include "network/bp-network-draw.h"
#include "plots/bp-plot-draw.h"

/* Distances as multiples of the font size. */
#define MARGIN 0.75
#define CAPTION_GAP 0.25
#define CAPTION_SIZE 0.8

/* Below the title of a plot. */
#define CAPTION_MARGIN 0.6

/* Text of neurons, and the least height with which they can be told apart, in heights of that. */
#define NETWORK_SIZE 0.9
#define LEAST_NETWORK 9

/* A graph wider than this many letters moves closer together; for LaTeX it has the form of a slide. */
#define MAX_GRAPH_WIDTH 90
#define SLIDE_WIDTH 48
#define SLIDE_HEIGHT 30

/* A side of an area that is fitted on the other side only. */
#define BOUNDLESS 1e6

/* A card wider than this many letters is hard to read. */
#define MAX_CARD_WIDTH 60

void
bp_figure_begin_part (BpPainter   *painter,
                      BpFigureKind kind)
{
  bp_painter_begin_group (painter, bp_figure_get_class (kind)->name, _(bp_figure_get_class (kind)->title));
}

/* Whole pixels; what is a pixel by rounding alone is none. */
static double
round_up (double size)
{
  return ceil (size - 0.01);
}

static double
get_margin (const BpFigure *figure)
{
  return MARGIN * figure->options.font_size;
}

static PangoLayout *
create_caption (const BpFigure *figure)
{
  double width = MAX (1, figure->width - 2 * CAPTION_MARGIN * figure->options.font_size);

  return bp_explain_draw_create_paragraph (figure->caption, CAPTION_SIZE, PANGO_WEIGHT_NORMAL, width, &figure->style);
}

static void
measure_caption (BpFigure *figure)
{
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  if (figure->caption == NULL)
    return;

  layout = create_caption (figure);
  pango_layout_get_size (layout, NULL, &height);
  figure->caption_height = round_up (height / (double) PANGO_SCALE
                                     + (MARGIN + CAPTION_GAP) * figure->options.font_size);
}

/* The graph */

static double
get_legend_height (const BpFigure *figure)
{
  double width, height;

  bp_graph_drawing_get_legend_size (figure->drawing, &width, &height);

  return height + get_margin (figure);
}

double
bp_figure_fit_graph (const BpFigure *figure,
                     double          max_width,
                     double          max_height,
                     double         *width,
                     double         *height)
{
  gboolean is_free = max_width <= 0 && max_height <= 0;
  double scale = 1;

  bp_graph_drawing_set_area (figure->drawing, max_width > 0 || is_free ? max_width : BOUNDLESS,
                             max_height > 0 || is_free ? max_height : BOUNDLESS);
  bp_graph_layout_get_size (bp_graph_drawing_get_layout (figure->drawing), width, height);
  if (max_width > 0)
    scale = MIN (scale, max_width / *width);
  if (max_height > 0)
    scale = MIN (scale, max_height / *height);

  return scale;
}

static double
get_graph_width (const BpFigure *figure)
{
  double legend_width, legend_height, width, height, scale = 1;
  double max_height = figure->options.height;
  double em = figure->options.font_size;

  if (max_height > 0)
    max_height = MAX (1, max_height - get_legend_height (figure));
  if (max_height <= 0 && figure->options.format == BP_FORMAT_TIKZ)
    bp_figure_fit_graph (figure, SLIDE_WIDTH * em, SLIDE_HEIGHT * em, &width, &height);
  else
    bp_figure_fit_graph (figure, MAX_GRAPH_WIDTH * em, max_height, &width, &height);
  if (max_height > 0)
    scale = MIN (scale, max_height / height);
  bp_graph_drawing_get_legend_size (figure->drawing, &legend_width, &legend_height);

  return round_up (MAX (scale * width, legend_width + 2 * get_margin (figure)));
}

static double
get_graph_height (const BpFigure *figure)
{
  double width, height;
  double scale = bp_figure_fit_graph (figure, figure->width, 0, &width, &height);

  return round_up (scale * height + get_legend_height (figure));
}

void
bp_figure_paint_graph (const BpFigure *figure,
                       BpPainter      *painter,
                       double          width,
                       double          height)
{
  double graph_width, graph_height;
  double scale = bp_figure_fit_graph (figure, MAX (1, width), MAX (1, height), &graph_width, &graph_height);

  bp_figure_begin_part (painter, BP_FIGURE_GRAPH);
  bp_painter_save (painter);
  bp_painter_transform (painter, (width - scale * graph_width) / 2, (height - scale * graph_height) / 2, scale);
  bp_graph_draw (painter, figure->drawing);
  bp_painter_restore (painter);
  bp_painter_end_group (painter);
}

void
bp_figure_paint_legend (const BpFigure *figure,
                        BpPainter      *painter,
                        double          right,
                        double          y,
                        double          max_width,
                        double          scale)
{
  double width, height;

  bp_graph_drawing_get_legend_size (figure->drawing, &width, &height);
  scale = MIN (scale, max_width / width);
  bp_painter_save (painter);
  bp_painter_transform (painter, right - scale * width, y, scale);
  bp_graph_draw_legend (painter, figure->drawing);
  bp_painter_restore (painter);
}

static void
paint_graph (const BpFigure *figure,
             BpPainter      *painter,
             double          height)
{
  double room = MAX (1, height - get_legend_height (figure));
  double margin = get_margin (figure);
  double graph_width, graph_height;

  bp_figure_paint_graph (figure, painter, figure->width, room);
  bp_figure_paint_legend (figure, painter, figure->width - margin, room, MAX (1, figure->width - 2 * margin),
                          bp_figure_fit_graph (figure, figure->width, room, &graph_width, &graph_height));
}

/* The explanation */

static double
get_card_width (const BpFigure *figure)
{
  double max_width = MAX_CARD_WIDTH * figure->options.font_size;

  return 2 * get_margin (figure) + bp_explain_draw_get_width (figure->explanation, max_width, &figure->style);
}

static double
get_card_height (const BpFigure *figure)
{
  double margin = get_margin (figure);
  double width = MAX (1, figure->width - 2 * margin);

  return 2 * margin + bp_explain_draw_get_height (figure->explanation, width, &figure->style);
}

static void
paint_card (const BpFigure *figure,
            BpPainter      *painter,
            double          height)
{
  double margin = get_margin (figure);

  bp_figure_begin_part (painter, BP_FIGURE_EXPLANATION);
  bp_painter_save (painter);
  bp_painter_transform (painter, margin, margin, 1);
  bp_explain_draw (painter, figure->explanation, MAX (1, figure->width - 2 * margin), MAX (1, height - 2 * margin),
                   &figure->style);
  bp_painter_restore (painter);
  bp_painter_end_group (painter);
}

/* The neurons */

static BpNetworkStyle
get_network_style (const BpFigure *figure)
{
  return (BpNetworkStyle) { figure->font, NETWORK_SIZE * figure->options.font_size, figure->style.stroke,
                            figure->options.network_mode };
}

/* With fewer pixels its last columns would lie outside. */
static double
get_least_network_width (const BpFigure *figure)
{
  return get_margin (figure) + bp_network_get_least_width (figure->network, get_network_style (figure).unit);
}

gboolean
bp_figure_network_has_room (const BpFigure *figure,
                            double          width,
                            double          height)
{
  return width >= get_least_network_width (figure) && height >= LEAST_NETWORK * get_network_style (figure).unit;
}

/* A model without layers has a sentence in the place of its neurons. */
static void
paint_network (const BpFigure *figure,
               BpPainter      *painter,
               double          height)
{
  BpNetworkStyle style = get_network_style (figure);
  double margin = get_margin (figure);
  double legend = bp_network_get_legend_height (&style) + margin / 2;

  bp_painter_save (painter);
  bp_painter_transform (painter, margin / 2, margin / 2, 1);
  if (figure->network->columns->len > 0)
    {
      bp_network_lay_out (figure->network, figure->width - margin, height - margin - legend, style.unit);
      bp_network_draw (painter, figure->network, &style);
      bp_network_draw_legend (painter, figure->network, &style, style.unit, height - margin - legend);
    }
  else
    {
      g_autoptr (PangoLayout) layout
        = bp_explain_draw_create_paragraph (_("This model has no dense layers, so it has no neurons to show."), 1.3,
                                            PANGO_WEIGHT_NORMAL, MAX (1, figure->width - 2 * margin), &figure->style);

      bp_painter_set_color (painter, BP_COLOR_DIM);
      bp_painter_show_text (painter, BP_ROLE_TEXT, layout, margin / 2, margin / 2, 0);
    }
  bp_painter_restore (painter);
}

/* All */

static double
get_natural_width (const BpFigure *figure)
{
  const BpFigureClass *class = bp_figure_get_class (figure->options.kind);
  double least = figure->network != NULL ? round_up (get_least_network_width (figure)) : 0;

  if (class->width > 0 && figure->options.height > 0)
    return MAX (least, round_up (figure->options.height * class->width / class->height));
  if (class->width > 0)
    return MAX (least, class->width);

  return figure->drawing != NULL ? get_graph_width (figure) : get_card_width (figure);
}

static double
get_natural_height (const BpFigure *figure)
{
  const BpFigureClass *class = bp_figure_get_class (figure->options.kind);

  if (class->width > 0)
    return round_up (figure->width * class->height / class->width);

  return figure->drawing != NULL ? get_graph_height (figure) : get_card_height (figure);
}

static double
clamp_size (double size)
{
  return CLAMP (size, BP_FIGURE_MIN_SIZE, BP_FIGURE_MAX_SIZE);
}

/* What the caption leaves. */
static double
get_content_height (const BpFigure *figure)
{
  return MAX (1, figure->height - figure->caption_height);
}

void
bp_figure_measure (BpFigure *figure)
{
  const BpFigureOptions *options = &figure->options;
  BpFigureFrame least = { 0 };

  if (figure->frame != NULL)
    least = *figure->frame;

  figure->width = options->width > 0 ? options->width : clamp_size (get_natural_width (figure));
  figure->width = MAX (figure->width, least.width);
  measure_caption (figure);
  figure->caption_height = MAX (figure->caption_height, least.caption_height);
  figure->height = options->height > 0 ? options->height
                                       : clamp_size (get_natural_height (figure) + figure->caption_height);
  figure->height = MAX (figure->height, least.height);
  if (options->kind == BP_FIGURE_VIEW)
    figure->card_height = bp_figure_get_card_height (figure, figure->width, get_content_height (figure));
  figure->card_height = MAX (figure->card_height, least.card_height);
}

void
bp_figure_frame_include (BpFigureFrame  *frame,
                         const BpFigure *figure)
{
  frame->width = MAX (frame->width, figure->width);
  frame->height = MAX (frame->height, figure->height);
  frame->caption_height = MAX (frame->caption_height, figure->caption_height);
  frame->card_height = MAX (frame->card_height, figure->card_height);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    if (figure->plots[i] != NULL)
      bp_plot_frame_include (&frame->plots[i], figure->plots[i]);
}

static void
paint_caption (const BpFigure *figure,
               BpPainter      *painter)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (figure->caption == NULL)
    return;

  layout = create_caption (figure);
  bp_painter_set_color (painter, BP_COLOR_DIM);
  bp_painter_show_text (painter, BP_ROLE_TEXT, layout, CAPTION_MARGIN * figure->options.font_size,
                        figure->height - figure->caption_height + CAPTION_GAP * figure->options.font_size, 0);
}

static void
paint_content (const BpFigure *figure,
               BpPainter      *painter,
               double          height)
{
  switch (figure->options.kind)
    {
    case BP_FIGURE_GRAPH:
      paint_graph (figure, painter, height);
      break;
    case BP_FIGURE_EXPLANATION:
      paint_card (figure, painter, height);
      break;
    case BP_FIGURE_NEURONS:
      paint_network (figure, painter, height);
      break;
    case BP_FIGURE_VIEW:
      bp_figure_paint_view (figure, painter, figure->width, height);
      break;
    case BP_FIGURE_COLUMNS:
      bp_figure_paint_columns (figure, painter, figure->width, height);
      break;
    default: /* the plots */
      bp_figure_begin_part (painter, figure->options.kind);
      bp_plot_draw (painter, bp_figure_get_plot (figure), figure->width, height, &figure->style);
      bp_painter_end_group (painter);
      break;
    }
}

/* Panels lie on another ground than the picture itself would. */
BpColor
bp_figure_get_ground (const BpFigure *figure)
{
  gboolean has_panels = figure->options.kind == BP_FIGURE_VIEW || figure->options.kind == BP_FIGURE_COLUMNS;

  return has_panels ? BP_COLOR_DATA : BP_COLOR_SURFACE;
}

void
bp_figure_paint_marks (const BpFigure *figure,
                       BpPainter      *painter)
{
  paint_content (figure, painter, get_content_height (figure));
  paint_caption (figure, painter);
}

void
bp_figure_paint (const BpFigure *figure,
                 BpPainter      *painter)
{
  bp_painter_rectangle (painter, &(cairo_rectangle_t) { 0, 0, figure->width, figure->height }, 0);
  bp_painter_set_color (painter, bp_figure_get_ground (figure));
  bp_painter_fill (painter);
  bp_figure_paint_marks (figure, painter);
}
