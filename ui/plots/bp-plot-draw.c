/* bp-plot-draw.c: plots in cairo: frame, legend, and the layers in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-draw.h"

#include "plots/bp-plot-marks.h"

#include <math.h>

/* Distances in em, as in the layout. */
#define PADDING 0.75
#define LABEL_GAP 0.75
#define TICK 0.35
#define SAMPLE_WIDTH 1.6

#define STRONG_CONTRAST 3
#define STRONG_GRID 0.45

/* The middle of a pixel, where a thin line is sharp. */
static double
snap (double position)
{
  return floor (position) + 0.5;
}

/*
 * Draws one line of text with (@x, @y) at @align of its width and half its height; cut to @max_width when that is
 * positive.
 */
static void
draw_text (const BpPlotPen *pen,
           const char      *text,
           gboolean         title,
           BpColor          color,
           double           x,
           double           y,
           double           align,
           double           max_width)
{
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (pen->layout, text, title);
  int width, height;

  if (max_width > 0)
    {
      pango_layout_get_size (pango, &width, NULL);
      if (width > max_width * PANGO_SCALE)
        {
          pango_layout_set_width (pango, (int) (max_width * PANGO_SCALE));
          pango_layout_set_ellipsize (pango, PANGO_ELLIPSIZE_END);
        }
    }
  pango_layout_get_size (pango, &width, &height);

  bp_palette_set_source (pen->style->palette, color, pen->cr);
  cairo_move_to (pen->cr, x - align * width / PANGO_SCALE, y - height / 2.0 / PANGO_SCALE);
  pango_cairo_show_layout (pen->cr, pango);
}

static void
draw_title (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  double padding = layout->em * PADDING;

  draw_text (pen, pen->plot->title, TRUE, BP_COLOR_TEXT, padding, layout->title_y, 0, layout->width - 2 * padding);
}

/* Whole or not at all: a number that is cut off reads as another one. */
static void
draw_subtitle (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  double padding = layout->em * PADDING;
  double room = layout->width - 2 * padding - layout->title_width - layout->em;
  int width;

  if (pen->plot->subtitle == NULL)
    return;

  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (layout, pen->plot->subtitle, FALSE);
  pango_layout_get_size (pango, &width, NULL);
  if (width <= room * PANGO_SCALE)
    draw_text (pen, pen->plot->subtitle, FALSE, BP_COLOR_DIM, layout->width - padding, layout->title_y, 1, 0);
}

static void
draw_x_axis (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  const cairo_rectangle_t *area = &layout->area;
  double y = snap (area->y + area->height);
  g_autofree char *title = bp_axis_get_title (&pen->plot->x);

  cairo_move_to (pen->cr, area->x, y);
  cairo_line_to (pen->cr, area->x + area->width, y);
  for (guint i = 0; i < layout->x_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->x_ticks, BpTick, i);
      double x = snap (bp_plot_layout_map_x (layout, pen->plot, tick->value));

      cairo_move_to (pen->cr, x, y);
      cairo_line_to (pen->cr, x, y + layout->em * (tick->label != NULL ? TICK : TICK / 2));
    }
  cairo_stroke (pen->cr);

  for (guint i = 0; i < layout->x_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->x_ticks, BpTick, i);

      if (tick->label != NULL)
        draw_text (pen, tick->label, FALSE, BP_COLOR_DIM, bp_plot_layout_map_x (layout, pen->plot, tick->value),
                   layout->ticks_y, 0.5, 0);
    }
  if (title != NULL && layout->label_y > 0)
    draw_text (pen, title, FALSE, BP_COLOR_DIM, area->x + area->width / 2, layout->label_y, 0.5, area->width);
}

/* Lines across the data stay behind them also where a palette's lines are strong. */
static void
set_grid_source (const BpPlotPen *pen)
{
  const GdkRGBA *grid = &pen->style->palette->colors[BP_COLOR_GRID];
  const GdkRGBA *surface = &pen->style->palette->colors[BP_COLOR_SURFACE];
  double alpha = bp_palette_get_contrast (grid, surface) > STRONG_CONTRAST ? STRONG_GRID : 1;

  cairo_set_source_rgba (pen->cr, (double) grid->red, (double) grid->green, (double) grid->blue, alpha);
}

static void
draw_y_axis (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;
  const cairo_rectangle_t *area = &layout->area;
  g_autofree char *title = bp_axis_get_title (&pen->plot->y);

  for (guint i = 0; i < layout->y_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->y_ticks, BpTick, i);
      double y = snap (bp_plot_layout_map_y (layout, pen->plot, tick->value));

      cairo_move_to (pen->cr, area->x, y);
      cairo_line_to (pen->cr, tick->label != NULL ? area->x + area->width : area->x + layout->em * TICK, y);
    }
  set_grid_source (pen);
  cairo_stroke (pen->cr);

  for (guint i = 0; i < layout->y_ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (layout->y_ticks, BpTick, i);

      if (tick->label != NULL)
        draw_text (pen, tick->label, FALSE, BP_COLOR_DIM, area->x - layout->em * LABEL_GAP,
                   bp_plot_layout_map_y (layout, pen->plot, tick->value), 1, 0);
    }
  if (title != NULL && layout->has_legend_row)
    draw_text (pen, title, FALSE, BP_COLOR_DIM, layout->em * PADDING, layout->legend_y, 0, 0);
}

/* Legend */

static void
draw_sample (const BpPlotPen     *pen,
             const BpLayer       *layer,
             const BpLegendEntry *entry)
{
  double width = pen->layout->em * SAMPLE_WIDTH;
  double middle = entry->x + width / 2;

  if (layer->kind == BP_LAYER_BARS || layer->kind == BP_LAYER_GRID)
    {
      double size = pen->layout->em * 0.8;

      cairo_rectangle (pen->cr, snap (middle - size / 2), snap (entry->y - size / 2), round (size), round (size));
      bp_palette_set_source (pen->style->palette, bp_plot_get_fill (layer->color), pen->cr);
      cairo_fill_preserve (pen->cr);
      bp_palette_set_source (pen->style->palette, layer->color, pen->cr);
      cairo_set_line_width (pen->cr, 1);
      cairo_stroke (pen->cr);
      return;
    }

  bp_palette_set_source (pen->style->palette, layer->color, pen->cr);
  if (layer->kind == BP_LAYER_ARROW)
    {
      bp_plot_set_stroke (pen, layer);
      bp_plot_draw_arrow (pen, entry->x, entry->y, entry->x + width, entry->y);
      middle = entry->x;
    }
  if (layer->joined || layer->kind == BP_LAYER_RULE_X || layer->kind == BP_LAYER_RULE_Y)
    {
      bp_plot_set_stroke (pen, layer);
      cairo_move_to (pen->cr, entry->x, entry->y);
      cairo_line_to (pen->cr, entry->x + width, entry->y);
      cairo_stroke (pen->cr);
    }
  if (layer->marker != BP_MARKER_NONE)
    bp_plot_draw_marker (pen, layer, middle, entry->y);
}

/* Text of an entry, at most @max_width wide. */
static void
draw_entry_text (const BpPlotPen *pen,
           const char      *text,
           gboolean         is_strong,
           double           x,
           double           y,
           double           max_width)
{
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_entry (pen->layout, text, is_strong);
  int width, height;

  pango_layout_set_width (pango, (int) (MAX (max_width, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (pango, PANGO_ELLIPSIZE_END);
  pango_layout_get_size (pango, &width, &height);
  bp_palette_set_source (pen->style->palette, is_strong ? BP_COLOR_TEXT : BP_COLOR_DIM, pen->cr);
  cairo_move_to (pen->cr, x, y - height / 2.0 / PANGO_SCALE);
  pango_cairo_show_layout (pen->cr, pango);
}

static void
draw_entry_label (const BpPlotPen     *pen,
                     const BpLayer       *layer,
                     const BpLegendEntry *entry)
{
  g_autofree char *label = bp_layer_dup_legend_label (layer);
  double end = layer->value != NULL ? entry->value_x + 1 : entry->text_x + entry->text_width + 1;

  draw_entry_text (pen, label, layer->is_strong, entry->text_x, entry->y, end - entry->text_x);
}

static void
draw_legend (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;

  for (guint i = 0; i < layout->entries->len; i++)
    {
      const BpLegendEntry *entry = &g_array_index (layout->entries, BpLegendEntry, i);
      const BpLayer *layer = bp_plot_get_layer (pen->plot, entry->layer);

      draw_sample (pen, layer, entry);
      draw_entry_label (pen, layer, entry);
    }
}

/* The numbers that follow entries. */
static void
draw_values (const BpPlotPen *pen)
{
  for (guint i = 0; i < pen->layout->entries->len; i++)
    {
      const BpLegendEntry *entry = &g_array_index (pen->layout->entries, BpLegendEntry, i);
      const BpLayer *layer = bp_plot_get_layer (pen->plot, entry->layer);

      if (layer->value != NULL)
        draw_entry_text (pen, layer->value, layer->is_strong, entry->value_x, entry->y,
                   entry->text_x + entry->text_width - entry->value_x + 1);
    }
}

static void
draw_frame (const BpPlotPen *pen)
{
  cairo_save (pen->cr);
  cairo_set_line_width (pen->cr, 1);
  cairo_set_dash (pen->cr, NULL, 0, 0);
  if (bp_plot_has_axes (pen->plot))
    {
      draw_y_axis (pen);
      draw_x_axis (pen);
    }
  draw_title (pen);
  draw_legend (pen);
  cairo_restore (pen->cr);
}

BpPlotParts
bp_plot_layer_get_part (const BpLayer *layer)
{
  if (layer->is_cursor)
    return BP_PLOT_PART_CURSOR;

  return layer->kind == BP_LAYER_GRID ? BP_PLOT_PART_GRIDS : BP_PLOT_PART_LAYERS;
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
  cairo_save (pen->cr);
  bp_plot_draw_layer (pen, layer);
  cairo_restore (pen->cr);
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
bp_plot_draw_one_layer (cairo_t            *cr,
                        const BpPlot       *plot,
                        const BpPlotLayout *layout,
                        const BpPlotStyle  *style,
                        guint               index)
{
  BpPlotPen pen = { cr, plot, layout, style };

  draw_layer (&pen, bp_plot_get_layer (plot, index));
}

void
bp_plot_draw_parts (cairo_t            *cr,
                    const BpPlot       *plot,
                    const BpPlotLayout *layout,
                    const BpPlotStyle  *style,
                    BpPlotParts         parts)
{
  BpPlotPen pen = { cr, plot, layout, style };

  if (parts & BP_PLOT_PART_GRIDS)
    draw_layers (&pen, BP_PLOT_PART_GRIDS);
  if (parts & BP_PLOT_PART_AXES)
    draw_frame (&pen);
  if (parts & BP_PLOT_PART_SUBTITLE)
    {
      draw_subtitle (&pen);
      draw_values (&pen);
    }
  if (parts & BP_PLOT_PART_LAYERS)
    draw_layers (&pen, BP_PLOT_PART_LAYERS);
  for (guint i = 0; parts & BP_PLOT_PART_LABELS && i < plot->layers->len; i++)
    draw_label (&pen, bp_plot_get_layer (plot, i));
  if (parts & BP_PLOT_PART_CURSOR)
    draw_layers (&pen, BP_PLOT_PART_CURSOR);
}

void
bp_plot_draw (cairo_t           *cr,
              const BpPlot      *plot,
              double             width,
              double             height,
              const BpPlotStyle *style)
{
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, width, height, style);

  bp_plot_draw_parts (cr, plot, layout, style, BP_PLOT_PART_ALL);
}
