/* bp-timeline.h: where in time the run stands: the phases of this iteration, and all iterations
 *
 * A click on a phase goes to its end in the iteration shown; the scrubber goes to the end of any iteration. While the
 * run goes on to an iteration there is its progress, and a button that stops it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_TIMELINE (bp_timeline_get_type ())
G_DECLARE_FINAL_TYPE (BpTimeline, bp_timeline, BP, TIMELINE, GtkBox)

GtkWidget *bp_timeline_new (BpRun *run);

/** The run that it watches. @run: (nullable) */
void bp_timeline_set_run (BpTimeline *timeline,
                          BpRun      *run);

/** Leaves out the slider: phases and iteration share their row with other things. */
void bp_timeline_set_brief (BpTimeline *timeline);

G_END_DECLS
