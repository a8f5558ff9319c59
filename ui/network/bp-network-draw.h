/* bp-network-draw.h: neurons as tiles, weights as lines
 *
 * A tile has a map of its activation over the plane of two inputs, the picture of its weights, or a strip of the batch,
 * beside its numbers. A line is as wide as its weight is large: whole for positive ones, dashed for negative ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"
#include "network/bp-network.h"

G_BEGIN_DECLS

/**
 * BpNetworkStyle:
 * @unit: the size of type in pixels
 * @stroke: width of lines, 1 for a screen
 */
typedef struct {
  const PangoFontDescription *font;
  double                      unit;
  double                      stroke;
  BpNetworkMode               mode;
} BpNetworkStyle;

/** The height of what bp_network_draw_legend() draws. */
double bp_network_get_legend_height (const BpNetworkStyle *style);

/** Draws the network where it is laid out; leaves the ground as it is. */
void bp_network_draw (BpPainter            *painter,
                      const BpNetwork      *network,
                      const BpNetworkStyle *style);

/** Draws what lines and maps mean, in one row that begins at (@x, @y). */
void bp_network_draw_legend (BpPainter            *painter,
                             const BpNetwork      *network,
                             const BpNetworkStyle *style,
                             double                x,
                             double                y);

/** Draws a ring around the tile of @neuron: it has the focus. */
void bp_network_draw_ring (BpPainter            *painter,
                           const BpNetwork      *network,
                           const BpNetworkStyle *style,
                           guint                 neuron);

G_END_DECLS
