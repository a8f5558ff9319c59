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
trace_panel (cairo_t                 *cr,
             const cairo_rectangle_t *box,
             double                   radius)
{
  double right = box->x + box->width;
  double bottom = box->y + box->height;

  cairo_new_path (cr);
  cairo_arc (cr, right - radius, box->y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, box->x + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, box->x + radius, box->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
paint_panel (const BpFigure          *figure,
             cairo_t                 *cr,
             const cairo_rectangle_t *box)
{
  trace_panel (cr, box, RADIUS * figure->options.font_size);
  bp_palette_set_source (figure->style.palette, BP_COLOR_SURFACE, cr);
  cairo_fill_preserve (cr);
  bp_palette_set_source (figure->style.palette, BP_COLOR_GRID, cr);
  cairo_set_line_width (cr, figure->style.stroke);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_stroke (cr);
}

static void
paint_graph (const BpFigure          *figure,
             cairo_t                 *cr,
             const cairo_rectangle_t *box)
{
  double em = figure->options.font_size;
  g_autoptr (PangoLayout) title = NULL;
  int title_width;

  title = bp_explain_draw_create_paragraph (_("Computation graph"), TITLE_SIZE, PANGO_WEIGHT_BOLD, 0, &figure->style);
  paint_panel (figure, cr, box);
  pango_layout_get_size (title, &title_width, NULL);

  cairo_save (cr);
  cairo_translate (cr, box->x, box->y);
  bp_palette_set_source (figure->style.palette, BP_COLOR_TEXT, cr);
  cairo_move_to (cr, GAP * em, GAP * em);
  pango_cairo_show_layout (cr, title);
  bp_figure_paint_legend (figure, cr, box->width - GAP * em, GAP * em,
                          MAX (1, box->width - 4 * GAP * em - title_width / (double) PANGO_SCALE), 1);
  cairo_translate (cr, 0, HEADER * em);
  bp_figure_paint_graph (figure, cr, box->width, MAX (1, box->height - HEADER * em));
  cairo_restore (cr);
}

static void
paint_card (const BpFigure          *figure,
            cairo_t                 *cr,
            const cairo_rectangle_t *box)
{
  cairo_save (cr);
  cairo_translate (cr, box->x, box->y);
  bp_explain_draw (cr, figure->explanation, box->width, box->height, &figure->style);
  cairo_restore (cr);
}

static void
paint_plot (const BpFigure          *figure,
            cairo_t                 *cr,
            BpPlotKind               kind,
            const cairo_rectangle_t *box)
{
  paint_panel (figure, cr, box);
  cairo_save (cr);
  cairo_translate (cr, box->x, box->y);
  bp_plot_draw (cr, figure->plots[kind], box->width, box->height, &figure->style);
  cairo_restore (cr);
}

/* The place of plot @index in the box of all. */
static cairo_rectangle_t
get_plot_box (const BpFigure          *figure,
              const cairo_rectangle_t *box,
              guint                    index)
{
  double gap = GAP * figure->options.font_size;
  guint n_columns = box->width / BP_N_PLOTS >= LEAST_ASPECT * box->height ? BP_N_PLOTS : 2;
  guint n_rows = BP_N_PLOTS / n_columns;
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

  for (guint i = 0; i < BP_N_PLOTS; i++)
    {
      cairo_rectangle_t box = get_plot_box (figure, &parts.plots, i);

      if (!bp_figure_plot_has_room (figure, figure->plots[i], box.width, box.height))
        return FALSE;
    }

  return TRUE;
}

void
bp_figure_paint_view (const BpFigure *figure,
                      cairo_t        *cr,
                      double          width,
                      double          height)
{
  Parts parts = place_parts (figure, width, height);

  paint_graph (figure, cr, &parts.graph);
  paint_card (figure, cr, &parts.card);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    {
      cairo_rectangle_t box = get_plot_box (figure, &parts.plots, i);

      paint_plot (figure, cr, i, &box);
    }
}
