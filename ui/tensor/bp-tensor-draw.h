/* bp-tensor-draw.h: the elements of a tensor as a heat map, with numbers where there are few
 *
 * The last two dimensions are rows and columns, the ones before them make several planes, one below the other. A vector
 * is a row, wrapped where it is long. Where there are more elements than can be told apart, a cell stands for the
 * mean of a block of them. The colour says the magnitude: its hue for positive elements, grey with a stroke for
 * negative ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "drawing/bp-palette.h"
#include "tensor/bp-tensor-grid.h"

G_BEGIN_DECLS

/**
 * bp_tensor_draw:
 * @cells: (nullable): the cells' numbers, from bp_tensor_grid_reduce(); NULL while they are not computed
 * @hue: BP_COLOR_VALUE or BP_COLOR_GRADIENT
 *
 * Draws the cells, their indices, and a key of the colours; leaves the background as it is.
 */
void bp_tensor_draw (cairo_t            *cr,
                     const BpTensorGrid *grid,
                     const double       *cells,
                     const BpPalette    *palette,
                     BpColor             hue,
                     PangoContext       *context);

G_END_DECLS
