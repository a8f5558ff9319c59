/* bp-plot-canvas-reading.c: a plot on the screen: what is read of it, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-canvas-private.h"

#include <math.h>

/* The reading's box, in em. */
#define BOX_PADDING 0.45
#define BOX_DISTANCE 0.9
#define BOX_RADIUS 0.4
#define DOT_RADIUS 0.35

static void
append_dot (BpPlotCanvas *canvas,
            GtkSnapshot  *snapshot,
            double        x,
            double        y)
{
  double radius = DOT_RADIUS * canvas->layout->em;
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) (x - radius), (float) (y - radius), (float) (2 * radius),
                                             (float) (2 * radius));
  GskRoundedRect circle;
  const GdkRGBA *color = &canvas->palette->colors[BP_COLOR_TEXT];
  const float widths[4] = { (float) (radius / 2), (float) (radius / 2), (float) (radius / 2), (float) (radius / 2) };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };

  gsk_rounded_rect_init_from_rect (&circle, &rect, (float) radius);
  gtk_snapshot_append_border (snapshot, &circle, widths, colors);
}

/* Beside the place that is read, on the side where there is more room. */
static void
append_box (BpPlotCanvas *canvas,
            GtkSnapshot  *snapshot,
            const char   *text,
            double        x,
            double        y)
{
  const BpPlotLayout *layout = canvas->layout;
  double em = layout->em;
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (layout, text, FALSE);
  GskRoundedRect box;
  int text_width, text_height;

  pango_layout_set_single_paragraph_mode (pango, FALSE);
  pango_layout_get_pixel_size (pango, &text_width, NULL);
  if (text_width + 2 * BOX_PADDING * em > canvas->width)
    pango_layout_set_width (pango, (int) (MAX (1, canvas->width - 2 * BOX_PADDING * em) * PANGO_SCALE));
  pango_layout_set_height (pango, (int) (MAX (1, canvas->height - BOX_PADDING * em) * PANGO_SCALE));
  pango_layout_set_ellipsize (pango, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (pango, &text_width, &text_height);
  double width = text_width + 2 * BOX_PADDING * em;
  double height = text_height + BOX_PADDING * em;
  double distance = BOX_DISTANCE * em;
  double left = x + distance + width <= canvas->width ? x + distance : x - distance - width;
  left = CLAMP (left, 0, MAX (0, canvas->width - width));
  double top = CLAMP (y - height - distance, 0, MAX (0, canvas->height - height));

  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) left, (float) top, (float) width, (float) height);
  const GdkRGBA *line = &canvas->palette->colors[BP_COLOR_DIM];
  const float widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA colors[4] = { *line, *line, *line, *line };
  gsk_rounded_rect_init_from_rect (&box, &rect, (float) (BOX_RADIUS * em));
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &canvas->palette->colors[BP_COLOR_SURFACE], &rect);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &box, widths, colors);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (left + BOX_PADDING * em),
                                                          (float) (top + BOX_PADDING * em / 2)));
  gtk_snapshot_append_layout (snapshot, pango, &canvas->palette->colors[BP_COLOR_TEXT]);
  gtk_snapshot_restore (snapshot);
}

void
bp_plot_canvas_snapshot_reading (BpPlotCanvas        *canvas,
                                 GtkSnapshot         *snapshot,
                                 const BpPlotReading *reading,
                                 double               x)
{
  const BpPlotLayout *layout = bp_plot_canvas_get_layout (canvas);

  if (layout == NULL || reading->points->len == 0)
    return;

  const cairo_rectangle_t *area = &layout->area;
  BpPlotPoint place = { bp_plot_layout_map_x (layout, canvas->plot, x), area->y + area->height };
  if (!isnan (place.x))
    gtk_snapshot_append_color (snapshot, &canvas->palette->colors[BP_COLOR_DIM],
                               &GRAPHENE_RECT_INIT ((float) floor (place.x), (float) area->y, 1, (float) area->height));

  for (guint i = 0; i < reading->points->len; i++)
    {
      const BpPlotPoint *value = &g_array_index (reading->points, BpPlotPoint, i);
      BpPlotPoint point = { bp_plot_layout_map_x (layout, canvas->plot, value->x),
                            bp_plot_layout_map_y (layout, canvas->plot, value->y) };

      if (isnan (point.y) || point.y < area->y - 1 || point.y > area->y + area->height + 1)
        continue;
      append_dot (canvas, snapshot, isnan (place.x) ? point.x : place.x, point.y);
      place.y = MIN (place.y, point.y);
    }
  if (isnan (place.x))
    place.x = bp_plot_layout_map_x (layout, canvas->plot, g_array_index (reading->points, BpPlotPoint, 0).x);
  append_box (canvas, snapshot, reading->text, place.x, place.y);
}
