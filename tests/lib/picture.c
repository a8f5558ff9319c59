/* picture.c: pixels of what was drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/picture.h"

#include <string.h>

guint32
get_argb (cairo_surface_t *surface,
          int              x,
          int              y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + (gsize) y * cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, row + 4 * x, sizeof pixel);

  return pixel;
}

guint32
get_pixel (cairo_surface_t *surface,
           int              x,
           int              y)
{
  return get_argb (surface, x, y) & 0xffffff;
}
