/* plot-view-fixture.h: a plot as a widget, in a window of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-draw.h"
#include "plots/bp-plot-view.h"

/** The size of a view. */
#define WIDTH 300
#define HEIGHT 240

/** A view of its own window, drawn once. */
BpPlotView *show_view (BpRun      *run,
                       BpPlotKind  kind,
                       GtkWindow **window);

/** What the view draws; NULL for nothing. */
GskRenderNode *snapshot (BpPlotView *view);

/** The style that the view draws with, in another palette. */
BpPlotStyle get_style (BpPlotView   *view,
                       BpPaletteKind palette);

/** What a screen reader is told is what the plot says of itself. */
void assert_description (BpPlotView *view);
