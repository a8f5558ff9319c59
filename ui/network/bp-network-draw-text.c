/* bp-network-draw-text.c: text of a size that can be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-draw-private.h"

#include <math.h>

#include "base/bp-number.h"

/* How much smaller text gets before it is cut. */
#define LEAST_SCALE 0.95

static PangoLayout *
create_layout (BpNetworkPen *pen,
               const char   *text,
               double        size,
               gboolean      is_bold)
{
  PangoLayout          *layout = pango_layout_new (pen->context);
  PangoFontDescription *font = pango_font_description_copy (pen->style->font);

  pango_font_description_set_absolute_size (font, size * pen->style->unit * PANGO_SCALE);
  if (is_bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_SEMIBOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);

  return layout;
}

double
bp_network_pen_show_text (BpNetworkPen *pen,
                          BpRole        role,
                          BpColor       color,
                          const char   *text,
                          double        size,
                          gboolean      is_bold,
                          double        x,
                          double        y,
                          double        room,
                          double        align)
{
  g_autoptr (PangoLayout) layout = create_layout (pen, text, size, is_bold);
  int                     width, height;

  pango_layout_get_size (layout, &width, &height);
  if (width > room * PANGO_SCALE && room > 0)
    {
      g_object_unref (layout);
      layout = create_layout (pen, text, size * MAX (LEAST_SCALE, room * PANGO_SCALE / width), is_bold);
      pango_layout_get_size (layout, &width, &height);
    }
  if (width > (room + 1) * PANGO_SCALE)
    {
      pango_layout_set_width (layout, (int) (MAX (0, room) * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_size (layout, &width, &height);
    }
  bp_painter_set_color (pen->painter, color);
  bp_painter_show_text (pen->painter, role, layout, x, y - height / (2.0 * PANGO_SCALE), align);

  return width / (double) PANGO_SCALE;
}

double
bp_network_pen_measure (BpNetworkPen *pen,
                        const char   *text)
{
  g_autoptr (PangoLayout) layout = create_layout (pen, text, BP_NETWORK_VALUE_SIZE, TRUE);
  int width;

  pango_layout_get_size (layout, &width, NULL);

  return LEAST_SCALE * width / PANGO_SCALE;
}

char *
bp_network_pen_format (BpNetworkPen *pen,
                       double        number,
                       double        room)
{
  char *text = isnan (number) ? g_strdup (BP_NUMBER_NONE) : bp_number_format (number);

  for (guint digits = BP_NUMBER_DIGITS - 1; digits > 0 && bp_network_pen_measure (pen, text) > room; digits--)
    {
      g_free (text);
      text = bp_number_format_digits (number, digits);
    }

  return text;
}
