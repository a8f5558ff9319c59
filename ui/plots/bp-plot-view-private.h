/* bp-plot-view-private.h: what the parts of the widget share: what is shown, and what pointer and keys do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-canvas.h"
#include "plots/bp-plot-view.h"

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

/** Where a key moves what is read. */
typedef enum {
  BP_PLOT_MOVE_PREVIOUS,
  BP_PLOT_MOVE_NEXT,
  BP_PLOT_MOVE_FIRST,
  BP_PLOT_MOVE_LAST,
  BP_PLOT_MOVE_OTHER,      /* to the next layer */
  BP_PLOT_MOVE_OTHER_BACK, /* to the one before */
} BpPlotMove;

struct _BpPlotView {
  GtkWidget      parent_instance;

  BpRun         *run;
  BpPlotKind     kind;
  BpPlotOptions  options;
  BpPlotFrame    shared; /* if @options has it */
  gint64         crosshair;

  BpPlotCache  *cache;
  BpPlotCanvas *canvas; /* owns the plot */
  gboolean      is_stale;
  gboolean      is_rebuilt; /* another run, of which nothing is computed yet */
  double        pointer_x;
  double        pointer_y;
  gboolean      has_pointer;
  BpPlotSeek    seek;
  gboolean      takes_focus; /* the click that is under way */
  guint         click_timeout; /* of a click that may still become a double click */
  BpRunStart    starts[2];     /* what it chose: starts, or where there are none a sample */
  guint         n_starts;
  gsize         clicked_row;
  gsize         dragged_row;   /* under the drag that is under way */
  gboolean      is_dragging;
  BpPlotPoint   drag_start;
  double        drag_x;
  double        drag_y;
  gboolean      has_keys;  /* whether keys say what is read */
  guint         key_layer; /* where x is no iteration: which point they read */
  guint         key_point;
  guint         tick;
  guint         rest; /* in how many frames it is not drawn again while a run plays */
};

/** Has the plot made and drawn anew. */
void bp_plot_view_set_stale (BpPlotView *self);

/** The run has changed: has the plot made anew, now or after the rest that it takes. */
void bp_plot_view_follow_run (BpPlotView *self);

/** It is another run: nothing of it is computed yet. */
void bp_plot_view_start_over (BpPlotView *self);

/** Microseconds of this thread: what other programs take is not the plot's. */
gint64 bp_plot_view_get_processor_time (void);

/** @taken: microseconds that the plot just took, after which it rests while the run plays */
void bp_plot_view_rest (BpPlotView *self,
                        gint64      taken);

/** What is read now, by crosshair, keys or pointer. Returns: (transfer full) (nullable) */
BpPlotReading *bp_plot_view_get_reading (BpPlotView *self);

/** Makes pointer and click do what they do. */
void bp_plot_view_add_controllers (BpPlotView *self);

/** Makes keys do what they do. */
void bp_plot_view_class_init_keys (GtkWidgetClass *widget_class);

void bp_plot_view_init_keys (BpPlotView *self);

/* Where parameters start: bp-plot-view-start.c */

/** Whether a click at (@x, @y) of the widget says where parameters start. */
gboolean bp_plot_view_has_start_at (BpPlotView *self,
                                    double      x,
                                    double      y);

/** What @axis, @length pixels long, has at the share @part of it: no more digits than a pixel can tell. */
double bp_plot_view_get_value_at (const BpAxis *axis,
                                  double        part,
                                  double        length);

/** Has the parameters start there, as soon as it is no double click. */
void bp_plot_view_choose_start (BpPlotView *self,
                                double      x,
                                double      y,
                                gboolean    at_once);

/** Does what was chosen as soon as it is no double click. */
void bp_plot_view_await_click (BpPlotView *self);

/** The click became a double click. */
void bp_plot_view_drop_click (BpPlotView *self);

/* Samples: bp-plot-view-sample.c */

/** Stands for no row. */
#define BP_NO_ROW G_MAXSIZE

/** The sample whose mark is at (@x, @y) of the widget, or BP_NO_ROW. */
gsize bp_plot_view_find_sample (BpPlotView *self,
                                double      x,
                                double      y);

/** Has the iteration at the cursor fed with the sample that was clicked. */
void bp_plot_view_feed_sample (BpPlotView *self);

/** Shows where a sample is dragged to. */
void bp_plot_view_snapshot_drag (BpPlotView  *self,
                                 GtkSnapshot *snapshot);

/** Makes a drag move a sample. */
void bp_plot_view_add_drag (BpPlotView *self);

void bp_plot_view_class_init_start (GtkWidgetClass *widget_class);

/** Keys read nothing any more. Returns: whether they did */
gboolean bp_plot_view_drop_keys (BpPlotView *self);

/** The layer whose point the keys read. Returns: (transfer none) (nullable): NULL when they read none, or over
 *  iterations */
const BpLayer *bp_plot_view_get_key_layer (BpPlotView *self);

/** Tells a screen reader what the plot shows, or what keys read in it. */
void bp_plot_view_update_accessible (BpPlotView *self);

G_END_DECLS
