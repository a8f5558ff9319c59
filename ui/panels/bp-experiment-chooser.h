/* bp-experiment-chooser.h: which experiment runs, and a list of those that come with the program
 *
 * A menu button that shows the experiment's title and description. Its rows activate "win.open-builtin" with the
 * name of a built-in, and "win.open".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_EXPERIMENT_CHOOSER (bp_experiment_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BpExperimentChooser, bp_experiment_chooser, BP, EXPERIMENT_CHOOSER, AdwBin)

GtkWidget *bp_experiment_chooser_new (BpRun *run);

/** The run that it watches. @run: (nullable) */
void bp_experiment_chooser_set_run (BpExperimentChooser *chooser,
                                    BpRun               *run);

/** Whether it shows the title alone, in as little room as there is, and not the description. */
void bp_experiment_chooser_set_brief (BpExperimentChooser *chooser,
                                      gboolean             brief);

/** Opens the list. */
void bp_experiment_chooser_popup (BpExperimentChooser *chooser);

/** Shows @name (nullable) in place of the title, and @state (nullable), such as "not saved", in place of the
 *  description. */
void bp_experiment_chooser_set_state (BpExperimentChooser *chooser,
                                      const char          *name,
                                      const char          *state);

G_END_DECLS
