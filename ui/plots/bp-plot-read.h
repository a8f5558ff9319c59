/* bp-plot-read.h: the numbers of a plot at one place, in words
 *
 * What the crosshair reads. Pure; the view draws it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot.h"

G_BEGIN_DECLS

/**
 * BpPlotReading:
 * @text: lines of "name value", the place first
 * @points: (element-type BpPlotPoint): where the numbers lie
 */
typedef struct {
  char   *text;
  GArray *points;
} BpPlotReading;

void bp_plot_reading_free (BpPlotReading *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPlotReading, bp_plot_reading_free)

/** Whether x is the iteration, so that a crosshair is shared with others. */
gboolean bp_plot_is_over_iterations (const BpPlot *plot);

/** The last iteration that any layer has a number of; −1 when none has. */
gint64 bp_plot_get_last_iteration (const BpPlot *plot);

/** All named layers at @iteration. Returns: (transfer full) (nullable): NULL when none has a number there */
BpPlotReading *bp_plot_read_iteration (const BpPlot *plot,
                                       gint64        iteration);

/** One point of a layer. Returns: (transfer full) */
BpPlotReading *bp_plot_read_point (const BpPlot  *plot,
                                   const BpLayer *layer,
                                   guint          index);

G_END_DECLS
