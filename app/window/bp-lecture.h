/* bp-lecture.h: the window as it is projected in a lecture
 *
 * Full screen, in three bands: the graph below a row that says where the run stands; the explanation beside the plots;
 * a bar with the steps, the learning rate and comparing. Nothing floats, and all type is a part of the height that can
 * be read from the last row. B blanks the screen, + and − change the size of the type.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-panes.h"
#include "window/bp-window.h"

G_BEGIN_DECLS

/**
 * BpLectureParts:
 * @blank: what covers everything when the screen is blanked
 * @graph: gets large
 * @card: the explanation, which moves from @upper to before the plots in @lower
 * @pane: has the graph above @lower
 * @views: what is shown, gets the style class "lecture"
 * @status: the row that says where the run stands, a legend behind it; two rows where one is not wide enough
 * @plots: those among it; Escape restores a maximised one before it leaves lecture mode
 * @shown: (array zero-terminated=1): what is shown only then; the focus goes to the first child of the first
 * @hidden: (array zero-terminated=1): what is not shown
 *
 * The parts of a window that take part. They belong to the window.
 */
typedef struct {
  GtkWidget   *blank;
  GtkWidget   *graph;
  GtkWidget   *card;
  GtkBox      *upper;
  GtkBox      *lower;
  GtkPaned    *pane;
  GtkWidget   *views;
  GtkWidget   *status;
  BpPlotPanes *plots;
  GtkWidget   *shown[4];
  GtkWidget   *hidden[8];
} BpLectureParts;

/** Adds the actions "lecture" (stateful), "lecture-blank", "lecture-larger" and "lecture-smaller" to @window, which
 *  outlives it. */
BpLecture *bp_lecture_new (BpWindow             *window,
                           const BpLectureParts *parts);

void bp_lecture_free (BpLecture *lecture);

/** Whether the window is in lecture mode. */
gboolean bp_lecture_get_active (BpLecture *lecture);

/** The size of running text in pixels: 1/40 of the window's height, unless it was changed. */
double bp_lecture_get_font_size (BpLecture *lecture);

/** The width beside the views that something else has, such as the text; 0 for none. */
void bp_lecture_set_side_width (BpLecture *lecture,
                                int        width);

G_END_DECLS
