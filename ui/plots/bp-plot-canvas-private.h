/* bp-plot-canvas-private.h: what the two parts of the canvas share: the plot, and what is read of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-cover.h"
#include "plots/bp-plot-canvas.h"

G_BEGIN_DECLS

/**
 * BpPlotCanvas:
 * @layout: (nullable): where things lie, as long as the frame is the same
 * @frame: (nullable): title, axes and legend
 * @cover: of the layers that are nodes
 * @picture: (nullable): the frame with the grids and the lowest layers
 * @n_settled: how many of the lowest layers are in @picture, if they are data
 * @subtitle: (nullable): a node of its own, as it often changes
 * @layers: (element-type GskRenderNode): the other layers; NULL for one that is to be drawn or shows nothing
 * @labels: (nullable): of rules
 * @n_plots: how many plots came since the lowest layers were settled
 * @n_unchanged: how many of the lowest layers were the same in all of them
 */
struct _BpPlotCanvas {
  BpPlot               *plot;
  const BpPalette      *palette;
  PangoFontDescription *font;
  double                width;
  double                height;
  int                   scale;

  BpPlotLayout         *layout;
  cairo_surface_t      *frame;
  BpCover               cover;
  GskRenderNode        *picture;
  guint                 n_settled;
  GskRenderNode        *subtitle;
  GPtrArray            *layers;
  GskRenderNode        *labels;
  guint                 n_plots;
  guint                 n_unchanged;
};

G_END_DECLS
