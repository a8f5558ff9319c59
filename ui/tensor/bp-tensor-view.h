/* bp-tensor-view.h: a widget that shows a tensor as a heat map
 *
 * It shows numbers when the tensor has few elements. The tooltip of a cell says its index and value.
 * A cell is chosen by a click, or by the arrow keys, Home, End and Return; where it stands for several elements, a
 * click chooses the first.
 *
 * Signals:
 *   ::choose    (guint64 element): it should be the chosen one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "drawing/bp-palette.h"
#include "graph/bp-shape.h"

G_BEGIN_DECLS

#define BP_TYPE_TENSOR_VIEW (bp_tensor_view_get_type ())
G_DECLARE_FINAL_TYPE (BpTensorView, bp_tensor_view, BP, TENSOR_VIEW, GtkWidget)

/**
 * bp_tensor_view_set_tensor:
 * @values: (nullable) (transfer none): the elements, of which the widget keeps no pointer; NULL while not computed
 * @hue: BP_COLOR_VALUE or BP_COLOR_GRADIENT
 */
void bp_tensor_view_set_tensor (BpTensorView  *self,
                                const BpShape *shape,
                                const double  *values,
                                BpColor        hue);

/** Sets the colours; @palette: (transfer none): must outlive the view */
void bp_tensor_view_set_palette (BpTensorView    *self,
                                 const BpPalette *palette);

/** Returns: (transfer full) (nullable): the tooltip of the cell at (@x, @y), such as "[0,1]: 0.3"; NULL where there is
 *  no cell */
char *bp_tensor_view_describe (BpTensorView *self,
                               double        x,
                               double        y);

/** Returns: (transfer full) (nullable): what stands below the cells where they have no numbers: the number of the one
 *  that is chosen, or that the keys are at */
char *bp_tensor_view_get_readout (BpTensorView *self);

/** Returns: the element whose cell is at (@x, @y); BP_ELEMENT_NONE where there is none, or one of several */
gssize bp_tensor_view_get_element (BpTensorView *self,
                                   double        x,
                                   double        y);

/** Adds a gesture of what is pressed, beside the click that chooses. @drag: (transfer full) */
void bp_tensor_view_add_drag (BpTensorView *self,
                              GtkGesture   *drag);

/** Frames the cell of @element, or of none where that is BP_ELEMENT_NONE. */
void bp_tensor_view_set_chosen (BpTensorView *self,
                                gssize        element);

G_END_DECLS
