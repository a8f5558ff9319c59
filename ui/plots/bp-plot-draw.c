/* bp-plot-draw.c: plots: frame, and the layers in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-draw.h"

#include "plots/bp-plot-legend.h"

#include <math.h>

/* The length of a tick, in em. */
#define TICK 0.35

#define STRONG_CONTRAST 3
#define STRONG_GRID 0.45

static void
shrink (PangoLayout *pango,
        double       scale)
{
  PangoFontDescription *font = pango_font_description_copy (pango_layout_get_font_description (pango));

  pango_font_description_set_absolute_size (font, scale * pango_font_description_get_size (font));
  pango_layout_set_font_description (pango, font);
  pango_font_description_free (font);
}

/*
 * Draws one line of text with (@x, @y) at @align of its width and half its height; smaller and then cut to @max_width
 * when that is positive.
 */
static void
draw_text (const BpPlotPen *pen,
           const char      *text,
           BpRole           role,
           BpColor          color,
           double           x,
           double           y,
           double           align,
           double           max_width)
{
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (pen->layout, text, role == BP_ROLE_TITLE);
  int width, height;

  if (max_width > 0)
    {
      pango_layout_get_size (pango, &width, NULL);
      if (width > max_width * PANGO_SCALE)
        {
          shrink (pango, MAX (BP_PLOT_LEAST_SIZE, max_width * PANGO_SCALE / width));
          pango_layout_set_width (pango, (int) (max_width * PANGO_SCALE));
          pango_layout_set_ellipsize (pango, PANGO_ELLIPSIZE_END);
        }
    }
  pango_layout_get_size (pango, &width, &height);

  bp_painter_set_color (pen->painter, color);
  bp_painter_show_text (pen->painter, role, pango, x, y - height / 2.0 / PANGO_SCALE, align);
}

static void
draw_title (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  double padding = layout->em * BP_PLOT_PADDING;

  draw_text (pen, pen->plot->title, BP_ROLE_TITLE, BP_COLOR_TEXT, padding, layout->title_y, 0,
             layout->width - 2 * padding);
}

/* Whole or not at all: a number that is cut off reads as another one. */
static void
draw_subtitle (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  double padding = layout->em * BP_PLOT_PADDING;
  const gboolean is_beside = layout->subtitle_y == layout->title_y;
  double room = layout->width - 2 * padding - (is_beside ? layout->title_width + layout->em : 0);
  int width;

  if (pen->plot->subtitle == NULL || layout->subtitle_y == 0)
    return;

  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (layout, pen->plot->subtitle, FALSE);
  pango_layout_get_size (pango, &width, NULL);
  if (width * (is_beside ? 1 : BP_PLOT_LEAST_SIZE) <= room * PANGO_SCALE)
    draw_text (pen, pen->plot->subtitle, BP_ROLE_TEXT, BP_COLOR_DIM, is_beside ? layout->width - padding : padding,
               layout->subtitle_y, is_beside ? 1 : 0, room);
}

static void
draw_x_lines (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  const cairo_rectangle_t *area = &layout->area;
  double y = bp_plot_snap (area->y + area->height);

  bp_painter_move_to (pen->painter, area->x, y);
  bp_painter_line_to (pen->painter, area->x + area->width, y);
  for (guint i = 0; i < layout->x_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->x_ticks, BpTick, i);
      double x = bp_plot_snap (bp_plot_layout_map_x (layout, pen->plot, tick->value));

      bp_painter_move_to (pen->painter, x, y);
      bp_painter_line_to (pen->painter, x, y + layout->em * (tick->label != NULL ? TICK : TICK / 2));
    }
  bp_painter_stroke (pen->painter);
}

/* The name of the x axis, and its unit where that has a line of its own. */
static void
draw_x_title (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  g_autofree char *title = bp_plot_layout_get_x_title (layout, pen->plot);
  double width;

  if (title == NULL || layout->label_y == 0)
    return;

  double x = bp_plot_layout_place_label (layout, pen->plot, bp_plot_layout_get_text_width (layout, title, FALSE),
                                         &width);
  draw_text (pen, title, BP_ROLE_TEXT, BP_COLOR_DIM, x, layout->label_y, 0, width);
  if (layout->unit_y == 0 || pen->plot->x.unit == NULL)
    return;

  x = bp_plot_layout_place_label (layout, pen->plot, bp_plot_layout_get_text_width (layout, pen->plot->x.unit, FALSE),
                                  &width);
  draw_text (pen, pen->plot->x.unit, BP_ROLE_TEXT, BP_COLOR_DIM, x, layout->unit_y, 0, width);
}

static void
draw_x_axis (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;

  if (!pen->plot->is_matrix)
    draw_x_lines (pen);
  for (guint i = 0; i < layout->x_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->x_ticks, BpTick, i);

      if (tick->label != NULL)
        draw_text (pen, tick->label, BP_ROLE_TICK, BP_COLOR_DIM, bp_plot_layout_map_x (layout, pen->plot, tick->value),
                   layout->ticks_y, 0.5, 0);
    }
  draw_x_title (pen);
}

/* Lines across the data stay behind them also where a palette's lines are strong. */
static void
set_grid_source (const BpPlotPen *pen)
{
  const GdkRGBA *grid = &pen->style->palette->colors[BP_COLOR_GRID];
  const GdkRGBA *surface = &pen->style->palette->colors[BP_COLOR_SURFACE];
  double alpha = bp_palette_get_contrast (grid, surface) > STRONG_CONTRAST ? STRONG_GRID : 1;

  bp_painter_set_ink (pen->painter, BP_COLOR_GRID, alpha);
}

static void
draw_y_lines (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  const cairo_rectangle_t *area = &layout->area;

  for (guint i = 0; i < layout->y_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->y_ticks, BpTick, i);
      double y = bp_plot_snap (bp_plot_layout_map_y (layout, pen->plot, tick->value));

      if (tick->is_title)
        continue;
      bp_painter_move_to (pen->painter, area->x, y);
      bp_painter_line_to (pen->painter, tick->label != NULL ? area->x + area->width : area->x + layout->em * TICK, y);
    }
  set_grid_source (pen);
  bp_painter_stroke (pen->painter);
}

static void
draw_y_axis (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  const cairo_rectangle_t *area = &layout->area;
  g_autofree char *title = bp_axis_get_title (&pen->plot->y);

  if (!pen->plot->is_matrix)
    draw_y_lines (pen);
  for (guint i = 0; i < layout->y_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->y_ticks, BpTick, i);
      double y = bp_plot_layout_map_y (layout, pen->plot, tick->value);

      if (tick->label != NULL && tick->is_title)
        draw_text (pen, tick->label, BP_ROLE_TEXT, BP_COLOR_TEXT, layout->em * BP_PLOT_PADDING, y, 0,
                   layout->titles_width);
      else if (tick->label != NULL)
        draw_text (pen, tick->label, BP_ROLE_TICK, BP_COLOR_DIM, area->x - layout->em * BP_PLOT_LABEL_GAP, y, 1, 0);
    }
  if (title != NULL && layout->has_legend_row)
    draw_text (pen, title, BP_ROLE_TEXT, BP_COLOR_DIM, layout->em * BP_PLOT_PADDING, layout->legend_y, 0,
               layout->width - 2 * layout->em * BP_PLOT_PADDING);
}

static void
draw_frame (const BpPlotPen *pen)
{
  bp_painter_save (pen->painter);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = 1 });
  if (bp_plot_has_axes (pen->plot))
    {
      draw_y_axis (pen);
      draw_x_axis (pen);
    }
  draw_title (pen);
  bp_plot_legend_draw (pen);
  bp_painter_restore (pen->painter);
}

BpPlotParts
bp_plot_layer_get_part (const BpLayer *layer)
{
  if (layer->is_cursor)
    return BP_PLOT_PART_CURSOR;

  return layer->kind == BP_LAYER_GRID ? BP_PLOT_PART_GRIDS : BP_PLOT_PART_LAYERS;
}

/* The rings around the samples of a batch may be anywhere. */
gboolean
bp_plot_has_labels_on_top (const BpPlot *plot)
{
  return plot->x_column >= 0;
}

gboolean
bp_plot_layer_has_labels (const BpLayer *layer)
{
  return layer->kind == BP_LAYER_RULE_X || layer->kind == BP_LAYER_RULE_Y || layer->kind == BP_LAYER_EXIT
         || layer->kind == BP_LAYER_GRID;
}

static void
draw_layer (const BpPlotPen *pen,
            const BpLayer   *layer)
{
  bp_painter_begin_group (pen->painter, layer->label, layer->label);
  bp_painter_save (pen->painter);
  bp_plot_draw_layer (pen, layer);
  bp_painter_restore (pen->painter);
  bp_painter_end_group (pen->painter);
}

static void
draw_layers (const BpPlotPen *pen,
             BpPlotParts      part)
{
  for (guint i = 0; i < pen->plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (pen->plot, i);

      if (bp_plot_layer_get_part (layer) == part)
        draw_layer (pen, layer);
    }
}

static void
draw_label (const BpPlotPen *pen,
            const BpLayer   *layer)
{
  if (layer->kind == BP_LAYER_EXIT)
    bp_plot_draw_exit_label (pen, layer);
  else if (layer->kind == BP_LAYER_GRID)
    bp_plot_draw_grid_labels (pen, layer);
  else
    bp_plot_draw_rule_label (pen, layer);
}

void
bp_plot_draw_one_layer (BpPainter          *painter,
                        const BpPlot       *plot,
                        const BpPlotLayout *layout,
                        const BpPlotStyle  *style,
                        guint               index)
{
  BpPlotPen pen = { painter, plot, layout, style };

  draw_layer (&pen, bp_plot_get_layer (plot, index));
}

void
bp_plot_draw_parts (BpPainter          *painter,
                    const BpPlot       *plot,
                    const BpPlotLayout *layout,
                    const BpPlotStyle  *style,
                    BpPlotParts         parts)
{
  BpPlotPen pen = { painter, plot, layout, style };

  if (parts & BP_PLOT_PART_GRIDS)
    draw_layers (&pen, BP_PLOT_PART_GRIDS);
  if (parts & BP_PLOT_PART_AXES)
    draw_frame (&pen);
  if (parts & BP_PLOT_PART_SUBTITLE)
    {
      draw_subtitle (&pen);
      bp_plot_legend_draw_values (&pen);
    }
  if (parts & BP_PLOT_PART_LAYERS)
    draw_layers (&pen, BP_PLOT_PART_LAYERS);
  if (parts & BP_PLOT_PART_CURSOR && bp_plot_has_labels_on_top (plot))
    draw_layers (&pen, BP_PLOT_PART_CURSOR);
  for (guint i = 0; parts & BP_PLOT_PART_LABELS && i < plot->layers->len; i++)
    draw_label (&pen, bp_plot_get_layer (plot, i));
  if (parts & BP_PLOT_PART_CURSOR && !bp_plot_has_labels_on_top (plot))
    draw_layers (&pen, BP_PLOT_PART_CURSOR);
}

void
bp_plot_draw (BpPainter         *painter,
              const BpPlot      *plot,
              double             width,
              double             height,
              const BpPlotStyle *style)
{
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, width, height, style);

  bp_plot_draw_parts (painter, plot, layout, style, BP_PLOT_PART_ALL);
}
