/* bp-gradient-status.h: whether backward of the experiment agrees with central differences
 *
 * One line: the largest relative error over all nodes in the first iteration, computed apart from the run once the
 * window is drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "run/bp-run.h"
#include "session/bp-work.h"

G_BEGIN_DECLS

#define BP_TYPE_GRADIENT_STATUS (bp_gradient_status_get_type ())
G_DECLARE_FINAL_TYPE (BpGradientStatus, bp_gradient_status, BP, GRADIENT_STATUS, AdwBin)

/** The run that it watches. @run: (nullable) */
void bp_gradient_status_set_run (BpGradientStatus *status,
                                 BpRun            *run);

/** The line as shown. Returns: (transfer none) */
const char *bp_gradient_status_get_text (BpGradientStatus *status);

/**
 * bp_gradient_status_check:
 * @dataset: (nullable): the data of @experiment, where somebody has them
 * @work: (nullable): what it may cost; nothing is begun that costs more
 * @text: (out) (transfer full): the line that says so
 *
 * Compares the gradient of every element of every node in the first iteration of @experiment with the slope of the
 * loss, in any thread.
 *
 * Returns: the worst of the verdicts
 */
BpSlopeVerdict bp_gradient_status_check (const BpExperiment *experiment,
                                         BpDataset          *dataset,
                                         BpWork             *work,
                                         char              **text);

G_END_DECLS
