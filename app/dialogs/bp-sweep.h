/* bp-sweep.h: makes the experiments of a sweep from the values that the user typed
 *
 * A sweep varies one setting of a run and keeps everything else, including the seed and the samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "run/bp-run.h"

G_BEGIN_DECLS

/** The setting that a sweep varies. */
typedef enum {
  BP_SWEEP_LEARNING_RATE,
  BP_SWEEP_BATCH_SIZE,
  BP_SWEEP_OPTIMIZER,
  BP_SWEEP_SEED,
  BP_N_SWEEPS
} BpSweepKind;

/** Returns: (transfer none): "Learning rate", translated */
const char *bp_sweep_get_title (BpSweepKind kind);

/** Returns: (transfer full): suggested values, near that of @run, as bp_sweep_create_experiments() reads them */
char *bp_sweep_suggest (BpSweepKind kind,
                        BpRun      *run);

/**
 * bp_sweep_create_experiments:
 * @values: such as "0.02; 0.5; 0.98"; optimizers have their names in files or in the window
 *
 * Copies the experiment of @run with its settings at the cursor, and gives each copy one of the values. Fails with
 * BP_ERROR_VALUE and a sentence if a value cannot be read, is out of range, is there twice or is refused by the model,
 * and if there are no values or more than BP_MAX_REFERENCES.
 *
 * Returns: (transfer full) (element-type BpExperiment) (nullable): the copies
 */
GPtrArray *bp_sweep_create_experiments (BpSweepKind kind,
                                        BpRun      *run,
                                        const char *values,
                                        GError    **error);

G_END_DECLS
