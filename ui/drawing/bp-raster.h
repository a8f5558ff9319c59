/* bp-raster.h: pixels drawn once and shown in many frames
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * bp_raster_create:
 * @scale: device pixels a unit, of the widget that shows it
 *
 * A transparent surface of @width times @height units, rounded up to pixels. Returns: (transfer full)
 */
cairo_surface_t *bp_raster_create (double width,
                                   double height,
                                   int    scale);

/** A node that shows @surface with its upper left corner at that of @bounds, and nothing outside them. */
GskRenderNode *bp_raster_create_node (cairo_surface_t       *surface,
                                      const graphene_rect_t *bounds);

G_END_DECLS
