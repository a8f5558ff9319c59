/* picture.h: pixels of what was drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <glib.h>

/** A pixel of an image surface as cairo stores it, 0xaarrggbb. */
guint32 get_argb (cairo_surface_t *surface,
                  int              x,
                  int              y);

/** The colour of a pixel, without its alpha. */
guint32 get_pixel (cairo_surface_t *surface,
                   int              x,
                   int              y);
