/* bp-plot-choosers.h: what is chosen in a plot: the inputs of its axes, training or test data
 *
 * Buttons over the plot, at the names that they change; which of them there are depends on the plot.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-view.h"

G_BEGIN_DECLS

/** Adds the buttons to @overlay, whose child is a plot view. */
void bp_plot_choosers_add (GtkOverlay *overlay);

/** Shows those that the plot has, with what it shows now; call when the run is another. */
void bp_plot_choosers_update (GtkOverlay *overlay);

G_END_DECLS
