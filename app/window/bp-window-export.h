/* bp-window-export.h: what a window shows, as figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figures/bp-figure.h"
#include "window/bp-window.h"

G_BEGIN_DECLS

/**
 * bp_window_get_figure:
 * @options: (inout): its kind says which figure
 *
 * Sets in @options what the window shows of that figure: the axes and smoothing of its plots, runs to compare with, the
 * node that is explained, and which gradients are hidden. They hold until the run changes.
 */
void bp_window_get_figure (BpWindow        *window,
                           BpFigureOptions *options);

/** The figure that has the focus; the whole view when none has. */
BpFigureKind bp_window_get_focused_figure (BpWindow *window);

G_END_DECLS
