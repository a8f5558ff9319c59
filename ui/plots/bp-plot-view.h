/* bp-plot-view.h: a plot of a run as a widget
 *
 * Builds its plot from the run's trainer when it is drawn after a change, keeps what it drew, and does nothing while
 * nothing changes. The pointer reads numbers; over iterations its place is the property "crosshair-iteration", to be
 * bound to that of another view, and a click seeks there; the second press of a double click takes that back.
 * With the focus, Alt and the arrows read point by point, Enter seeks there, and a screen reader is told the numbers.
 *
 *   GtkWidget *loss = bp_plot_view_new (BP_PLOT_LOSS);
 *   bp_plot_view_set_run (BP_PLOT_VIEW (loss), run);
 *   g_object_bind_property (variable, "crosshair-iteration", loss, "crosshair-iteration", G_BINDING_BIDIRECTIONAL);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "plots/bp-plots.h"
#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_PLOT_VIEW (bp_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (BpPlotView, bp_plot_view, BP, PLOT_VIEW, GtkWidget)

GtkWidget *bp_plot_view_new (BpPlotKind kind);

/** @run: (nullable): whose trainer is shown; NULL shows nothing */
void bp_plot_view_set_run (BpPlotView *view,
                           BpRun      *run);

/** Which plot it is. */
BpPlotKind bp_plot_view_get_kind (BpPlotView *view);

void bp_plot_view_set_kind (BpPlotView *view,
                            BpPlotKind  kind);

/** Whether losses are drawn on a logarithmic axis; TRUE to begin with. */
gboolean bp_plot_view_get_log_scale (BpPlotView *view);

void bp_plot_view_set_log_scale (BpPlotView *view,
                                 gboolean    log_scale);

/** Weight of the past in the moving average of losses, below 1; 0 for none. */
double bp_plot_view_get_smoothing (BpPlotView *view);

void bp_plot_view_set_smoothing (BpPlotView *view,
                                 double      smoothing);

/** Property "crosshair-iteration" (int64): the iteration whose numbers are read; −1 for none. */
gint64 bp_plot_view_get_crosshair_iteration (BpPlotView *view);

void bp_plot_view_set_crosshair_iteration (BpPlotView *view,
                                           gint64      iteration);

/** The inputs on the axes of a plot over two of several, from 1; 0 for the default. */
void bp_plot_view_set_inputs (BpPlotView *view,
                              guint       x,
                              guint       y);

/** Whether a confusion matrix is of the data held out. */
void bp_plot_view_set_test_rows (BpPlotView *view,
                                 gboolean    test_rows);

/** What was chosen of it. Returns: (transfer none) */
const BpPlotOptions *bp_plot_view_get_options (BpPlotView *view);

/** Gives it axes that it shares with plots beside it, see BpPlotOptions. @shared: (nullable): copied; NULL for none */
void bp_plot_view_set_shared (BpPlotView        *view,
                              const BpPlotFrame *shared);

/**
 * The plot as it is shown now, for files and the clipboard. Returns: (transfer none) (nullable): until the next
 * change; NULL without a run
 */
const BpPlot *bp_plot_view_get_plot (BpPlotView *view);

/**
 * bp_plot_view_read:
 * @x: in the widget
 * @y: in the widget
 *
 * The numbers that the pointer reads there. Returns: (transfer full) (nullable)
 */
char *bp_plot_view_read (BpPlotView *view,
                         double      x,
                         double      y);

G_END_DECLS
