/* bp-plot-canvas.c: a plot on the screen, drawn again only where it changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-plot-canvas.h"

#include <math.h>

/* The font size for which strokes have their plain widths. */
#define PLAIN_SIZE (11 * 96 / 72.0)

/* Room around a cursor's points for markers and arrow heads, in em. */
#define CURSOR_MARGIN 1.2

/* The reading's box, in em. */
#define BOX_PADDING 0.45
#define BOX_DISTANCE 0.9
#define BOX_RADIUS 0.4
#define DOT_RADIUS 0.35

struct _BpPlotCanvas {
  BpPlot               *plot;
  const BpPalette      *palette;
  PangoFontDescription *font;
  double                width;
  double                height;
  int                   scale;

  BpPlotLayout         *layout;
  cairo_surface_t      *frame;
  /*
   * A node takes a snapshot of its picture, which cairo copies when the picture is drawn to or destroyed while the
   * node lives. GTK keeps the node of the last frame, so that the picture before that one is free.
   */
  cairo_surface_t      *pictures[2];
  guint                 picture;
  GskRenderNode        *node;
};

BpPlotCanvas *
bp_plot_canvas_new (void)
{
  BpPlotCanvas *canvas = g_new0 (BpPlotCanvas, 1);

  canvas->palette = bp_palette_get (BP_PALETTE_LIGHT);
  canvas->font = pango_font_description_from_string ("Sans 11");
  canvas->scale = 1;

  return canvas;
}

static void
drop_node (BpPlotCanvas *canvas)
{
  g_clear_pointer (&canvas->node, gsk_render_node_unref);
}

static void
drop_frame (BpPlotCanvas *canvas)
{
  drop_node (canvas);
  for (guint i = 0; i < G_N_ELEMENTS (canvas->pictures); i++)
    g_clear_pointer (&canvas->pictures[i], cairo_surface_destroy);
  g_clear_pointer (&canvas->frame, cairo_surface_destroy);
  g_clear_pointer (&canvas->layout, bp_plot_layout_free);
}

void
bp_plot_canvas_free (BpPlotCanvas *canvas)
{
  if (canvas == NULL)
    return;

  drop_frame (canvas);
  bp_plot_free (canvas->plot);
  pango_font_description_free (canvas->font);
  g_free (canvas);
}

/* State */

void
bp_plot_canvas_set_plot (BpPlotCanvas *canvas,
                         BpPlot       *plot)
{
  if (canvas->plot != NULL && plot != NULL && bp_plot_has_same_frame (canvas->plot, plot))
    drop_node (canvas);
  else
    drop_frame (canvas);

  bp_plot_free (canvas->plot);
  canvas->plot = plot;
}

const BpPlot *
bp_plot_canvas_get_plot (BpPlotCanvas *canvas)
{
  return canvas->plot;
}

gboolean
bp_plot_canvas_set_size (BpPlotCanvas *canvas,
                         double        width,
                         double        height)
{
  if (canvas->width == width && canvas->height == height)
    return FALSE;

  canvas->width = width;
  canvas->height = height;
  drop_frame (canvas);

  return TRUE;
}

void
bp_plot_canvas_set_style (BpPlotCanvas               *canvas,
                          const BpPalette            *palette,
                          const PangoFontDescription *font)
{
  if (canvas->palette == palette && pango_font_description_equal (canvas->font, font))
    return;

  canvas->palette = palette;
  pango_font_description_free (canvas->font);
  canvas->font = pango_font_description_copy (font);
  drop_frame (canvas);
}

/* Strokes grow with the type, as in a lecture. */
static BpPlotStyle
get_style (BpPlotCanvas *canvas)
{
  double size = pango_font_description_get_size (canvas->font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (canvas->font))
    size *= 96 / 72.0;

  return (BpPlotStyle) { canvas->palette, canvas->font, size > 0 ? size / PLAIN_SIZE : 1 };
}

const BpPlotLayout *
bp_plot_canvas_get_layout (BpPlotCanvas *canvas)
{
  if (canvas->layout == NULL && canvas->plot != NULL && canvas->width > 0 && canvas->height > 0)
    {
      BpPlotStyle style = get_style (canvas);

      canvas->layout = bp_plot_layout_new (canvas->plot, canvas->width, canvas->height, &style);
    }

  return canvas->layout;
}

/* Frame and data */

static cairo_surface_t *
create_surface (BpPlotCanvas *canvas)
{
  int width = (int) ceil (canvas->width * canvas->scale);
  int height = (int) ceil (canvas->height * canvas->scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  cairo_surface_set_device_scale (surface, canvas->scale, canvas->scale);

  return surface;
}

static void
draw_parts (BpPlotCanvas *canvas,
            cairo_t      *cr,
            BpPlotParts   parts)
{
  BpPlotStyle style = get_style (canvas);

  bp_plot_draw_parts (cr, canvas->plot, bp_plot_canvas_get_layout (canvas), &style, parts);
}

static void
ensure_frame (BpPlotCanvas *canvas)
{
  cairo_t *cr;

  if (canvas->frame != NULL)
    return;

  canvas->frame = create_surface (canvas);
  cr = cairo_create (canvas->frame);
  draw_parts (canvas, cr, BP_PLOT_PART_FRAME);
  cairo_destroy (cr);
}

/* A copy of the frame with the data on it: one surface is cheaper to show than two. */
static cairo_surface_t *
draw_picture (BpPlotCanvas *canvas)
{
  cairo_surface_t **picture = &canvas->pictures[++canvas->picture % G_N_ELEMENTS (canvas->pictures)];
  cairo_t *cr;

  if (*picture == NULL)
    *picture = create_surface (canvas);

  cr = cairo_create (*picture);
  cairo_set_source_surface (cr, canvas->frame, 0, 0);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  draw_parts (canvas, cr, BP_PLOT_PART_DATA);
  cairo_destroy (cr);

  return *picture;
}

static void
ensure_node (BpPlotCanvas *canvas)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) canvas->width, (float) canvas->height);
  cairo_t *cr;

  if (canvas->node != NULL)
    return;

  ensure_frame (canvas);
  cairo_surface_t *picture = draw_picture (canvas);
  canvas->node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (canvas->node);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

/* Cursor */

static gboolean
get_cursor_bounds (BpPlotCanvas    *canvas,
                   graphene_rect_t *bounds)
{
  const BpPlotLayout *layout = canvas->layout;
  const cairo_rectangle_t *area = &layout->area;
  double margin = CURSOR_MARGIN * layout->em;
  double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;

  for (guint i = 0; i < canvas->plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (canvas->plot, i);

      for (guint j = 0; layer->is_cursor && layer->points != NULL && j < layer->points->len; j++)
        {
          const BpPlotPoint *point = &g_array_index (layer->points, BpPlotPoint, j);

          x0 = fmin (x0, bp_plot_layout_map_x (layout, canvas->plot, point->x));
          x1 = fmax (x1, bp_plot_layout_map_x (layout, canvas->plot, point->x));
          y0 = fmin (y0, bp_plot_layout_map_y (layout, canvas->plot, point->y));
          y1 = fmax (y1, bp_plot_layout_map_y (layout, canvas->plot, point->y));
        }
    }

  x0 = floor (MAX (x0, area->x) - margin);
  x1 = ceil (MIN (x1, area->x + area->width) + margin);
  y0 = floor (MAX (y0, area->y) - margin);
  y1 = ceil (MIN (y1, area->y + area->height) + margin);
  graphene_rect_init (bounds, (float) x0, (float) y0, (float) (x1 - x0), (float) (y1 - y0));

  return x1 > x0 && y1 > y0;
}

static void
snapshot_cursor (BpPlotCanvas *canvas,
                 GtkSnapshot  *snapshot)
{
  graphene_rect_t bounds;

  if (!get_cursor_bounds (canvas, &bounds))
    return;

  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  draw_parts (canvas, cr, BP_PLOT_PART_CURSOR);
  cairo_destroy (cr);
}

void
bp_plot_canvas_snapshot (BpPlotCanvas *canvas,
                         GtkSnapshot  *snapshot,
                         int           scale)
{
  if (canvas->scale != scale)
    drop_frame (canvas);
  canvas->scale = scale;
  if (bp_plot_canvas_get_layout (canvas) == NULL)
    return;

  ensure_node (canvas);
  gtk_snapshot_append_node (snapshot, canvas->node);
  snapshot_cursor (canvas, snapshot);
}

/* Reading */

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
