/* bp-plot-panes.h: the plots of a run beside each other
 *
 * They come in the order of bp_plot_list_kinds(), as many as have room; a button shows those that have none. Each can
 * be shown or hidden, and maximised by its button or a double click until the button, another double click or Escape
 * restores all. The crosshair of the plots over iterations is shared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-view.h"

G_BEGIN_DECLS

#define BP_TYPE_PLOT_PANES (bp_plot_panes_get_type ())
G_DECLARE_FINAL_TYPE (BpPlotPanes, bp_plot_panes, BP, PLOT_PANES, GtkWidget)

/** The run whose plots they are. @run: (nullable) */
void bp_plot_panes_set_run (BpPlotPanes *self,
                            BpRun       *run);

/** Properties "show-variable", "show-loss" and so on by the names of the kinds (boolean): which plots are shown; all to
 *  begin with. */
gboolean bp_plot_panes_get_shown (BpPlotPanes *self,
                                  BpPlotKind   kind);

/** Restores a maximised plot too. */
void bp_plot_panes_set_shown (BpPlotPanes *self,
                              BpPlotKind   kind,
                              gboolean     shown);

/**
 * bp_plot_panes_maximize:
 * @kind: a plot that is shown, or BP_N_PLOTS to restore all
 *
 * Shows one plot alone. Property "maximized" (boolean, read-only) says whether one is.
 */
void bp_plot_panes_maximize (BpPlotPanes *self,
                             BpPlotKind   kind);

/** Returns: the plot that is maximised, or BP_N_PLOTS */
BpPlotKind bp_plot_panes_get_maximized (BpPlotPanes *self);

/* Properties "log-scale" (boolean) and "smoothing" (double) are those of all the plots: see bp-plot-view.h. */

/**
 * BpPlotArrangement:
 * @BP_PLOTS_BESIDE: a column each
 * @BP_PLOTS_STACKED: for a lecture: parameters and loss share a column, as the height is enough for both in large type;
 *   three columns at most, fewer where they would be too narrow for that type
 * @BP_PLOTS_THREE: as high as there is height, three beside each other at most; a histogram of the data, or else the
 *   parameters, come after them
 */
typedef enum {
  BP_PLOTS_BESIDE,
  BP_PLOTS_STACKED,
  BP_PLOTS_THREE,
} BpPlotArrangement;

void bp_plot_panes_arrange (BpPlotPanes      *self,
                            BpPlotArrangement arrangement);

/** Shows the next plots where not all have room, after the last ones the first. Property "has-more" (boolean,
 *  read-only) says whether there are any. */
void bp_plot_panes_show_more (BpPlotPanes *self);

/** The plot of @kind. Returns: (transfer none) */
BpPlotView *bp_plot_panes_get_view (BpPlotPanes *self,
                                    BpPlotKind   kind);

G_END_DECLS
