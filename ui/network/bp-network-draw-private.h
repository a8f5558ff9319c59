/* bp-network-draw-private.h: what the files of the drawing share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network/bp-network-draw.h"

G_BEGIN_DECLS

/** A drawing in progress. */
typedef struct {
  BpPainter            *painter;
  const BpNetwork      *network;
  const BpNetworkStyle *style;
  PangoContext         *context;
} BpNetworkPen;

/** The size of the first number of a tile, as a part of the size of type. */
#define BP_NETWORK_VALUE_SIZE 1.05

/** Draws text of @size with its middle at @y, smaller where it is wider than @room, and cut at the end where that does
 *  not do. Returns: its width */
double bp_network_pen_show_text (BpNetworkPen *pen,
                                 BpRole        role,
                                 BpColor       color,
                                 const char   *text,
                                 double        size,
                                 gboolean      is_bold,
                                 double        x,
                                 double        y,
                                 double        room,
                                 double        align);

/** The least width that @text can have as a number of a tile. */
double bp_network_pen_measure (BpNetworkPen *pen,
                               const char   *text);

/** Returns: (transfer full): @number with as many digits as have @room: cut off it would be another number */
char *bp_network_pen_format (BpNetworkPen *pen,
                             double        number,
                             double        room);

/** What of a tile is a picture, drawn in @box. Returns: FALSE where there is none */
gboolean bp_network_pen_show_picture (BpNetworkPen            *pen,
                                      guint                    neuron,
                                      const cairo_rectangle_t *box);

G_END_DECLS
