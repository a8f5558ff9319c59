/* bp-tensor-draw.h: draws a tensor as a heat map, with numbers when it has few elements
 *
 * bp-tensor-grid.h says which cell shows which elements. The colour of a cell shows the magnitude: the hue for positive
 * elements, grey for negative ones, which also have a stroke.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"
#include "tensor/bp-tensor-grid.h"

G_BEGIN_DECLS

/**
 * bp_tensor_draw:
 * @cells: (nullable): a number for each cell, from bp_tensor_grid_reduce(); NULL while they are not computed
 * @hue: BP_COLOR_VALUE or BP_COLOR_GRADIENT
 * @readout: (nullable): the number of one cell in words, where @grid has a line for it
 *
 * Draws the cells, their indices, and a key of the colours; does not draw a background.
 */
void bp_tensor_draw (BpPainter          *painter,
                     const BpTensorGrid *grid,
                     const double       *cells,
                     BpColor             hue,
                     const char         *readout,
                     PangoContext       *context);

/** Frames the cell of @element, if it is shown. @is_dashed: not the chosen one, but where the keys are */
void bp_tensor_draw_frame (BpPainter          *painter,
                           const BpTensorGrid *grid,
                           gsize               element,
                           gboolean            is_dashed);

G_END_DECLS
