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

/** What of a tile is a picture, drawn in @box. Returns: FALSE where there is none */
gboolean bp_network_pen_show_picture (BpNetworkPen            *pen,
                                      guint                    neuron,
                                      const cairo_rectangle_t *box);

G_END_DECLS
