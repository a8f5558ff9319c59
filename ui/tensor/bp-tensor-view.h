/* bp-tensor-view.h: a widget with the elements of a tensor
 *
 * A heat map, with numbers where there are few elements; hovering over a cell tells its index and value.
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

GtkWidget *bp_tensor_view_new (void);

/**
 * bp_tensor_view_set_tensor:
 * @values: (nullable) (transfer none): the elements, read at once; NULL while they are not computed
 * @hue: BP_COLOR_VALUE or BP_COLOR_GRADIENT
 */
void bp_tensor_view_set_tensor (BpTensorView  *self,
                                const BpShape *shape,
                                const double  *values,
                                BpColor        hue);

/** The colours; @palette: (transfer none): must outlive the view */
void bp_tensor_view_set_palette (BpTensorView    *self,
                                 const BpPalette *palette);

/** What a tooltip says of the element at (@x, @y): "[0,1]: 0.3". Returns: (transfer full) (nullable): NULL where
 * there is none */
char *bp_tensor_view_describe (BpTensorView *self,
                               double        x,
                               double        y);

G_END_DECLS
