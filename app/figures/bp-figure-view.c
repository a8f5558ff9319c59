/* bp-figure-view.c: graph, explanation and plots in one picture, as in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "explain/bp-explain-draw.h"
#include "plots/bp-plot-draw.h"

/* Distances as multiples of the font size. */
#define GAP 0.75
#define RADIUS 0.7
#define HEADER 2.2
#define TITLE_SIZE 0.9

/* The most of the height that explanation and graph may take. */
#define CARD_SHARE 0.35
#define GRAPH_SHARE 0.58

/* Plots stand in one row where each is at least this wide for its height, else in two. */
#define LEAST_ASPECT 0.85

static void
paint_panel (const BpFigure          *figure,
             BpPainter               *painter,
             const cairo_rectangle_t *box)
{
  bp_painter_set_line (painter, &(BpLine) { .width = figure->style.stroke });
  bp_painter_rectangle (painter, box, RADIUS * figure->options.font_size);
  bp_painter_fill_and_stroke (painter, BP_COLOR_SURFACE, BP_COLOR_GRID);
}

static void
paint_graph (const BpFigure          *figure,
             BpPainter               *painter,
             const cairo_rectangle_t *box)
{
  double em = figure->options.font_size;
  g_autoptr (PangoLayout) title = NULL;
  int title_width;

  title = bp_explain_draw_create_paragraph (_("Computation graph"), TITLE_SIZE, PANGO_WEIGHT_BOLD, 0, &figure->style);
  paint_panel (figure, painter, box);
  pango_layout_get_size (title, &title_width, NULL);

  bp_painter_save (painter);
  bp_painter_transform (painter, box->x, box->y, 1);
  bp_painter_set_color (painter, BP_COLOR_TEXT);
  bp_painter_show_text (painter, BP_ROLE_TITLE, title, GAP * em, GAP * em, 0);
  bp_figure_paint_legend (figure, painter, box->width - GAP * em, GAP * em,
                          MAX (1, box->width - 4 * GAP * em - title_width / (double) PANGO_SCALE), 1);
  bp_painter_transform (painter, 0, HEADER * em, 1);
  bp_figure_paint_graph (figure, painter, box->width, MAX (1, box->height - HEADER * em));
  bp_painter_restore (painter);
}

static void
paint_card (const BpFigure          *figure,
            BpPainter               *painter,
            const cairo_rectangle_t *box)
{
  bp_figure_begin_part (painter, BP_FIGURE_EXPLANATION);
  bp_painter_save (painter);
  bp_painter_transform (painter, box->x, box->y, 1);
  bp_explain_draw (painter, figure->explanation, box->width, box->height, &figure->style);
  bp_painter_restore (painter);
  bp_painter_end_group (painter);
}

void
bp_figure_paint_plot (const BpFigure          *figure,
                      BpPainter               *painter,
                      const BpPlot            *plot,
                      const cairo_rectangle_t *box)
{
  paint_panel (figure, painter, box);
  bp_painter_save (painter);
  bp_painter_transform (painter, box->x, box->y, 1);
  bp_plot_draw (painter, plot, box->width, box->height, &figure->style);
  bp_painter_restore (painter);
}

/* The place of plot @index in the box of all. */
static cairo_rectangle_t
get_plot_box (const BpFigure          *figure,
              const cairo_rectangle_t *box,
              guint                    index)
{
  double gap = GAP * figure->options.font_size;
  guint n_columns = box->width / BP_FIGURE_N_VIEW >= LEAST_ASPECT * box->height ? BP_FIGURE_N_VIEW : 2;
  guint n_rows = BP_FIGURE_N_VIEW / n_columns;
  double width = MAX (1, (box->width - (n_columns - 1) * gap) / n_columns);
  double height = MAX (1, (box->height - (n_rows - 1) * gap) / n_rows);

  return (cairo_rectangle_t) {
    box->x + (index % n_columns) * (width + gap), box->y + (index / n_columns) * (height + gap), width, height,
  };
}

/* As much as the graph needs, so that plots get the rest. */
static double
get_graph_height (const BpFigure *figure,
                  double          width,
                  double          max_height)
{
  double header = HEADER * figure->options.font_size;
  double graph_width, graph_height;

  double scale = bp_figure_fit_graph (figure, width, MAX (1, max_height - header), &graph_width, &graph_height);

  return ceil (graph_height * scale + header);
}

static double
get_inner_width (const BpFigure *figure,
                 double          width)
{
  return MAX (1, width - 2 * GAP * figure->options.font_size);
}

double
bp_figure_get_card_height (const BpFigure *figure,
                           double          width,
                           double          height)
{
  return MIN (CARD_SHARE * height, bp_explain_draw_get_height (figure->explanation, get_inner_width (figure, width),
                                                               &figure->style));
}

/* The parts of a view, below each other. */
typedef struct {
  cairo_rectangle_t graph;
  cairo_rectangle_t card;
  cairo_rectangle_t plots;
} Parts;

static Parts
place_parts (const BpFigure *figure,
             double          width,
             double          height)
{
  double gap = GAP * figure->options.font_size;
  double inner = get_inner_width (figure, width);
  double card_height = figure->card_height;
  double rest = MAX (2, height - card_height - 4 * gap);
  double graph_height = get_graph_height (figure, inner, GRAPH_SHARE * rest);
  cairo_rectangle_t graph = { gap, gap, inner, graph_height };
  cairo_rectangle_t card = { gap, graph.y + graph.height + gap, inner, card_height };
  cairo_rectangle_t plots = { gap, card.y + card.height + gap, inner, MAX (1, rest - graph_height) };

  return (Parts) { graph, card, plots };
}

gboolean
bp_figure_view_has_room (const BpFigure *figure,
                         double          width,
                         double          height)
{
  Parts parts = place_parts (figure, width, height);

  if (bp_explain_draw_get_scale (figure->explanation, parts.card.width, parts.card.height, &figure->style)
      < BP_FIGURE_LEAST_SCALE)
    return FALSE;

  for (guint i = 0; i < BP_FIGURE_N_VIEW; i++)
    {
      cairo_rectangle_t box = get_plot_box (figure, &parts.plots, i);

      if (!bp_figure_plot_has_room (figure, figure->plots[figure->view[i]], box.width, box.height))
        return FALSE;
    }

  return TRUE;
}

void
bp_figure_paint_view (const BpFigure *figure,
                      BpPainter      *painter,
                      double          width,
                      double          height)
{
  Parts parts = place_parts (figure, width, height);

  paint_graph (figure, painter, &parts.graph);
  paint_card (figure, painter, &parts.card);
  for (guint i = 0; i < BP_FIGURE_N_VIEW; i++)
    {
      cairo_rectangle_t box = get_plot_box (figure, &parts.plots, i);

      bp_figure_begin_part (painter, bp_figure_of_plot (figure->view[i]));
      bp_figure_paint_plot (figure, painter, figure->plots[figure->view[i]], &box);
      bp_painter_end_group (painter);
    }
}
