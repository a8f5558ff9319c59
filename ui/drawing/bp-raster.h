/* bp-raster.h: pixels that are drawn once and shown in many frames
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * bp_raster_create:
 * @scale: scale factor of the widget that shows it
 *
 * Returns: (transfer full): a transparent surface of @width times @height, rounded up to device pixels
 */
cairo_surface_t *bp_raster_create (double width,
                                   double height,
                                   int    scale);

/** Returns: (transfer full): a node that draws @surface at the upper left corner of @bounds, clipped to them */
GskRenderNode *bp_raster_create_node (cairo_surface_t       *surface,
                                      const graphene_rect_t *bounds);

G_END_DECLS
