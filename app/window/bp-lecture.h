/* bp-lecture.h: the window as it is projected in a lecture
 *
 * Full screen, graph and plots only, large type and thick strokes. A bar with the controls comes when the pointer moves
 * and goes with it. B blanks the screen, + and − change the size of the type.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-panes.h"
#include "window/bp-window.h"

G_BEGIN_DECLS

/**
 * BpLectureParts:
 * @controls: what is shown on demand
 * @blank: what covers everything when the screen is blanked
 * @graph: gets large
 * @views: what is shown, gets the style class "lecture"
 * @plots: those among it; Escape restores a maximised one before it leaves lecture mode
 * @hidden: (array zero-terminated=1): what is not shown
 *
 * The parts of a window that take part. They belong to the window.
 */
typedef struct {
  GtkRevealer *controls;
  GtkWidget   *blank;
  GtkWidget   *graph;
  GtkWidget   *views;
  BpPlotPanes *plots;
  GtkWidget   *hidden[8];
} BpLectureParts;

/** Adds the actions "lecture" (stateful), "lecture-blank", "lecture-larger" and "lecture-smaller" to @window, which
 *  outlives it. */
BpLecture *bp_lecture_new (BpWindow             *window,
                           const BpLectureParts *parts);

void bp_lecture_free (BpLecture *lecture);

/** Whether the window is in lecture mode. */
gboolean bp_lecture_get_active (BpLecture *lecture);

/** The size of the type in pixels: at least 1/50 of the window's height for the smallest. */
double bp_lecture_get_font_size (BpLecture *lecture);

G_END_DECLS
