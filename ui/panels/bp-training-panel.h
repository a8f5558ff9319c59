/* bp-training-panel.h: the settings of the run, at the left of the window
 *
 * Training: what may change in the middle of a run, and where the variables start. Data: the seed and what the
 * samples are drawn from. Everything shows what holds at the cursor, so that going back past a change shows the
 * settings of then.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "panels/bp-learning-rate.h"

G_BEGIN_DECLS

#define BP_TYPE_TRAINING_PANEL (bp_training_panel_get_type ())
G_DECLARE_FINAL_TYPE (BpTrainingPanel, bp_training_panel, BP, TRAINING_PANEL, GtkBox)

/** The run that it watches. @run: (nullable) */
void bp_training_panel_set_run (BpTrainingPanel *panel,
                                BpRun           *run);

/** Returns: (transfer none): its learning rate */
BpLearningRate *bp_training_panel_get_learning_rate (BpTrainingPanel *panel);

G_END_DECLS
