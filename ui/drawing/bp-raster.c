/* bp-raster.c: pixels that are drawn once and shown in many frames
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-raster.h"

#include <math.h>

cairo_surface_t *
bp_raster_create (double width,
                  double height,
                  int    scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (width * scale),
                                                         (int) ceil (height * scale));

  cairo_surface_set_device_scale (surface, scale, scale);

  return surface;
}

/* The node records one operation with the pixels of @surface, which the caller may free then. */
GskRenderNode *
bp_raster_create_node (cairo_surface_t       *surface,
                       const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_set_source_surface (cr, surface, bounds->origin.x, bounds->origin.y);
  cairo_paint (cr);
  cairo_destroy (cr);

  return node;
}
