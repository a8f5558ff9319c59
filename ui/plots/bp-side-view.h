/* bp-side-view.h: a run and its reference runs side by side, as a widget
 *
 * Up to three columns of plots, see bp-side-by-side.h. While it is mapped, the runs in the other columns are repeated
 * and follow the run wherever it goes; otherwise it has none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_SIDE_VIEW (bp_side_view_get_type ())
G_DECLARE_FINAL_TYPE (BpSideView, bp_side_view, BP, SIDE_VIEW, GtkBox)

/** The run that it watches. @run: (nullable) */
void bp_side_view_set_run (BpSideView *view,
                           BpRun      *run);

/** Shows two plots in a column and not three, for large type. */
void bp_side_view_set_brief (BpSideView *view,
                             gboolean    is_brief);

G_END_DECLS
