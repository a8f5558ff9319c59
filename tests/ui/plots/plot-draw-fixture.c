/* plot-draw-fixture.c: plots to draw, and what their pictures show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/plots/plot-draw-fixture.h"

#include "lib/picture.h"

BpPlotStyle
get_style (void)
{
  static PangoFontDescription *font;

  if (font == NULL)
    font = pango_font_description_from_string ("Sans 11");

  return (BpPlotStyle) { bp_palette_get (BP_PALETTE_LIGHT), font, 1 };
}

cairo_surface_t *
draw_styled (const BpPlot *plot,
             BpPlotParts   parts,
             BpPlotStyle   style)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, WIDTH, HEIGHT, &style);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (BpPainter) painter = bp_painter_cairo_new (cr, style.palette);

  bp_plot_draw_parts (painter, plot, layout, &style, parts);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (surface);

  return surface;
}

cairo_surface_t *
draw_parts (const BpPlot *plot,
            BpPlotParts   parts)
{
  return draw_styled (plot, parts, get_style ());
}

guint
get_alpha (cairo_surface_t *surface,
           int              x,
           int              y)
{
  return get_argb (surface, x, y) >> 24;
}

guint64
get_ink (cairo_surface_t *surface)
{
  guint64 ink = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      ink += get_alpha (surface, x, y);

  return ink;
}

gboolean
is_same (cairo_surface_t *a,
         cairo_surface_t *b)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (get_argb (a, x, y) != get_argb (b, x, y))
        return FALSE;

  return TRUE;
}

gboolean
get_extent (cairo_surface_t *surface,
            int              x,
            int             *top,
            int             *bottom)
{
  *top = HEIGHT;
  *bottom = -1;
  for (int y = 0; y < HEIGHT; y++)
    if (get_alpha (surface, x, y) > 100)
      {
        *top = MIN (*top, y);
        *bottom = y;
      }

  return *bottom >= 0;
}

BpPlot *
new_plot (void)
{
  BpPlot *plot = bp_plot_new ("Loss");

  plot->x.maximum = 1000;
  plot->x.label = g_strdup ("iteration");
  plot->y.label = g_strdup ("loss");
  plot->y.minimum = -1;

  return plot;
}
