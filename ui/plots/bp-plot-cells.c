/* bp-plot-cells.c: cells shaded by their numbers: a matrix, or the pixels of a picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-marks.h"

#include "base/bp-number.h"

/* Between cells with numbers, and of their frames; at most that part of a cell. */
#define GAP 3
#define FRAME 2
#define THICKEST 0.1

/* Around a number. All get smaller down to this part of their size before small cells do without. */
#define PADDING 2
#define LEAST_SIZE 0.7

static cairo_rectangle_t
get_box (const BpPlotPen *pen,
         const BpPlotBar *bar,
         double           gap)
{
  double x0 = round (bp_plot_layout_map_x (pen->layout, pen->plot, bar->x0) + gap / 2);
  double x1 = round (bp_plot_layout_map_x (pen->layout, pen->plot, bar->x1) - gap / 2);
  double y0 = round (bp_plot_layout_map_y (pen->layout, pen->plot, bar->y0) - gap / 2);
  double y1 = round (bp_plot_layout_map_y (pen->layout, pen->plot, bar->y1) + gap / 2);

  return (cairo_rectangle_t) { x0, y1, MAX (x1 - x0, 0), MAX (y0 - y1, 0) };
}

/* The one of text and surface that can be read on the shade. */
static BpColor
choose_color (const BpPlotPen *pen)
{
  const GdkRGBA ground = *bp_painter_get_rgba (pen->painter);
  const GdkRGBA *colors = pen->style->palette->colors;

  return bp_palette_get_contrast (&colors[BP_COLOR_TEXT], &ground)
             >= bp_palette_get_contrast (&colors[BP_COLOR_SURFACE], &ground)
           ? BP_COLOR_TEXT
           : BP_COLOR_SURFACE;
}

/* Returns: (transfer full): the number of @cell */
static PangoLayout *
create_number (const BpPlotPen  *pen,
               const BpPlotCell *cell)
{
  g_autofree char *text = bp_number_format (cell->value);

  return bp_plot_layout_create_entry (pen->layout, text, cell->value > 0);
}

/* The size at which the greatest number has room, and so have all: it would be the first to be left out. */
static double
find_scale (const BpPlotPen *pen,
            const BpLayer   *layer,
            double           gap)
{
  const guint n = bp_layer_get_n_points (layer);
  guint greatest = 0;
  int width, height;

  if (n == 0)
    return 1;
  for (guint i = 1; i < n; i++)
    if (g_array_index (layer->cells, BpPlotCell, i).value > g_array_index (layer->cells, BpPlotCell, greatest).value)
      greatest = i;

  const cairo_rectangle_t box = get_box (pen, &g_array_index (layer->bars, BpPlotBar, greatest), gap);
  g_autoptr (PangoLayout) pango = create_number (pen, &g_array_index (layer->cells, BpPlotCell, greatest));

  pango_layout_get_size (pango, &width, &height);

  return MIN (1, MIN ((box.width - PADDING) * PANGO_SCALE / width, box.height * PANGO_SCALE / height));
}

static void
draw_number (const BpPlotPen         *pen,
             const BpPlotCell        *cell,
             const cairo_rectangle_t *box,
             double                   scale)
{
  g_autoptr (PangoLayout) pango = create_number (pen, cell);
  PangoFontDescription *font = pango_font_description_copy (pango_layout_get_font_description (pango));
  int height;

  pango_font_description_set_absolute_size (font, scale * pango_font_description_get_size (font));
  pango_layout_set_font_description (pango, font);
  pango_font_description_free (font);
  pango_layout_get_size (pango, NULL, &height);
  bp_painter_set_color (pen->painter, cell->value > 0 ? choose_color (pen) : BP_COLOR_DIM);
  bp_painter_show_text (pen->painter, BP_ROLE_VALUE, pango, box->x + box->width / 2,
                        box->y + (box->height - height / (double) PANGO_SCALE) / 2, 0.5);
}

/* A frame lies within its cell. */
static void
draw_frame (const BpPlotPen         *pen,
            gboolean                 is_strong,
            const cairo_rectangle_t *box)
{
  double width = is_strong ? MIN (FRAME * pen->style->stroke, MAX (1, THICKEST * box->width)) : 1;

  bp_painter_set_line (pen->painter, &(BpLine) { .width = width });
  bp_painter_rectangle (pen->painter, &(cairo_rectangle_t) { box->x + width / 2, box->y + width / 2,
                                                             MAX (box->width - width, 0),
                                                             MAX (box->height - width, 0) }, 0);
  bp_painter_set_color (pen->painter, is_strong ? BP_COLOR_TEXT : BP_COLOR_GRID);
  bp_painter_stroke (pen->painter);
}

void
bp_plot_draw_cells (const BpPlotPen *pen,
                    const BpLayer   *layer)
{
  const double side = pen->layout->area.width / (pen->plot->x.maximum - pen->plot->x.minimum);
  const double gap = layer->has_numbers ? MIN (GAP * pen->style->stroke, MAX (1, THICKEST * side)) : 0;
  const double scale = layer->has_numbers ? find_scale (pen, layer, gap) : 0;

  for (guint i = 0; i < bp_layer_get_n_points (layer); i++)
    {
      const BpPlotCell *cell = &g_array_index (layer->cells, BpPlotCell, i);
      const cairo_rectangle_t box = get_box (pen, &g_array_index (layer->bars, BpPlotBar, i), gap);

      bp_painter_rectangle (pen->painter, &box, 0);
      bp_painter_set_mixed_color (pen->painter, layer->color, cell->shade);
      bp_painter_fill (pen->painter);
      if (!layer->has_numbers)
        continue;
      if (scale >= LEAST_SIZE)
        draw_number (pen, cell, &box, scale);
      draw_frame (pen, cell->is_framed, &box);
    }

  /* The edge of a picture, whose ground may be that of the plot. */
  if (!layer->has_numbers && bp_layer_get_n_points (layer) > 0)
    draw_frame (pen, FALSE, &pen->layout->area);
}
