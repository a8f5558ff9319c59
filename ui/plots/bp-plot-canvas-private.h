/* bp-plot-canvas-private.h: what the two parts of the canvas share: the plot, and what is read of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-canvas.h"

G_BEGIN_DECLS

/**
 * BpPlotCanvas:
 * @layout: (nullable): where things lie, as long as the frame is the same
 * @frame: (nullable): title, axes and legend
 * @subtitle: (nullable): a node of its own, as it often changes
 * @layers: (element-type GskRenderNode): NULL for one that is to be drawn or shows nothing
 * @labels: (nullable): of rules
 */
struct _BpPlotCanvas {
  BpPlot               *plot;
  const BpPalette      *palette;
  PangoFontDescription *font;
  double                width;
  double                height;
  int                   scale;

  BpPlotLayout         *layout;
  GskRenderNode        *frame;
  GskRenderNode        *subtitle;
  GPtrArray            *layers;
  GskRenderNode        *labels;
};

G_END_DECLS
