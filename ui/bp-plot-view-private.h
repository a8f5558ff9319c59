/* bp-plot-view-private.h: what the two parts of the widget share: what is shown, and what the pointer does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-plot-canvas.h"
#include "bp-plot-view.h"

G_BEGIN_DECLS

/**
 * BpPlotSeek:
 * @from: where the run stood before a click
 * @to: where the click led
 * @playing: whether it played
 * @running_to: where it ran to, or 0
 * @is_done: whether a click sought at all
 *
 * What a click did, to be taken back if it was the first of a double click.
 */
typedef struct {
  BpCursor from;
  BpCursor to;
  gboolean playing;
  gint64   running_to;
  gboolean is_done;
} BpPlotSeek;

struct _BpPlotView {
  GtkWidget      parent_instance;

  BpRun         *run;
  BpPlotKind     kind;
  BpPlotOptions  options;
  gint64         crosshair;

  BpPlotMemo    *memo;
  BpPlotCanvas  *canvas; /* owns the plot */
  gboolean       is_stale;
  double         pointer_x;
  double         pointer_y;
  gboolean       has_pointer;
  BpPlotSeek     seek;
  guint          tick;
};

/** What is read now, by crosshair or pointer. Returns: (transfer full) (nullable) */
BpPlotReading *bp_plot_view_get_reading (BpPlotView *self);

/** Makes pointer and click do what they do. */
void bp_plot_view_add_controllers (BpPlotView *self);

G_END_DECLS
