/* bp-number-drag.h: numbers of a run are dragged, up for more, and changed by keys
 *
 * A drag is one undo. Where the run is computed again within a frame it follows the pointer; else it waits until the
 * pointer rests.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

/**
 * BpNumberDragFind:
 * @x, @y: in the widget of the gesture
 * @node, @element: (out): the number there, of whatever node; BP_ELEMENT_NONE for the only one
 *
 * Returns: (nullable): the run that has it; NULL where there is no number
 */
typedef BpRun *(*BpNumberDragFind) (gpointer data,
                                    double   x,
                                    double   y,
                                    guint   *node,
                                    gssize  *element);

/** Returns: (transfer full): a gesture for a widget, which has to be added to it; @data outlives it */
GtkGesture *bp_number_drag_new (BpNumberDragFind find,
                                gpointer         data);

/** Changes the selected number of @run by a step: 1 or −1. Where it cannot be changed, ::message says why. Returns:
 *  FALSE where none is selected */
gboolean bp_number_drag_step (BpRun *run,
                              int    direction);

/** Installs Alt+Shift and the arrows up and down. @step: calls bp_number_drag_step() with its argument, an int32 */
void bp_number_drag_add_keys (GtkWidgetClass *widget_class,
                              GtkShortcutFunc step);

G_END_DECLS
