/* bp-data-group.h: the settings of the data: seed, distributions, samples
 *
 * A change of any of them starts the run over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_DATA_GROUP (bp_data_group_get_type ())
G_DECLARE_FINAL_TYPE (BpDataGroup, bp_data_group, BP, DATA_GROUP, GtkBox)

/** The run that it watches. @run: (nullable) */
void bp_data_group_set_run (BpDataGroup *group,
                            BpRun       *run);

G_END_DECLS
