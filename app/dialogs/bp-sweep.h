/* bp-sweep.h: the experiments of a sweep, from what is typed
 *
 * A sweep varies one setting of a run and leaves everything else, seed and samples included, as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "run/bp-run.h"

G_BEGIN_DECLS

/** What a sweep varies. */
typedef enum {
  BP_SWEEP_LEARNING_RATE,
  BP_SWEEP_BATCH_SIZE,
  BP_SWEEP_OPTIMIZER,
  BP_SWEEP_SEED,
  BP_N_SWEEPS
} BpSweepKind;

/** Returns: (transfer none): "Learning rate", translated */
const char *bp_sweep_get_title (BpSweepKind kind);

/** Values to begin with: around those of @run, as bp_sweep_create_experiments() reads them. Returns: (transfer full) */
char *bp_sweep_suggest (BpSweepKind kind,
                        BpRun      *run);

/**
 * bp_sweep_create_experiments:
 * @values: "0.02; 0.5; 0.98"; optimizers by their names in files or in the window
 *
 * Copies of the experiment of @run with its settings at the cursor, each with one of the values. Fails with
 * BP_ERROR_VALUE and a sentence when a value cannot be read, is out of range or stands twice, when the model does not
 * take it, and when there are none or more than BP_MAX_REFERENCES.
 *
 * Returns: (transfer full) (element-type BpExperiment) (nullable)
 */
GPtrArray *bp_sweep_create_experiments (BpSweepKind kind,
                                        BpRun      *run,
                                        const char *values,
                                        GError    **error);

G_END_DECLS
