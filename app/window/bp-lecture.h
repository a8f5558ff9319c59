/* bp-lecture.h: the window as it is projected in a lecture
 *
 * Full screen, in three bands: the graph below a row that says where the run stands; the explanation beside the plots;
 * a bar with the steps, the learning rate and comparing. Nothing floats, and all type is a part of the height that can
 * be read from the last row. B blanks the screen, + and − change the size of the type.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "window/bp-window.h"

G_BEGIN_DECLS

/** Adds the actions "lecture" (stateful), "lecture-blank", "lecture-larger" and "lecture-smaller" to @window, which
 *  outlives it. */
BpLecture *bp_lecture_new (BpWindow *window);

void bp_lecture_free (BpLecture *lecture);

/** Whether the window is in lecture mode. */
gboolean bp_lecture_get_active (BpLecture *lecture);

/** The size of running text in pixels: 1/40 of the window's height, unless it was changed. */
double bp_lecture_get_font_size (BpLecture *lecture);

/** Shows a dialog that a lecture looks at, in lecture mode in its type. */
void bp_lecture_present (BpLecture *lecture,
                         GtkWidget *dialog);

/** The width beside the views that something else has, such as the text; 0 for none. */
void bp_lecture_set_side_width (BpLecture *lecture,
                                int        width);

G_END_DECLS
