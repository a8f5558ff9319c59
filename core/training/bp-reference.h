/* bp-reference.h: a kept run, to compare with
 *
 * A reference run, or kept run, is what a run left behind: the experiment as it was run, with its changes of settings,
 * and its series. With the same seed it saw the same samples, so that what differs is due to the settings alone. One
 * from a file is not computed at first: it has its experiment, and series without numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "session/bp-work.h"
#include "training/bp-trainer.h"

G_BEGIN_DECLS

/**
 * BpReference:
 * @experiment: as it was run; running it to its end gives the series again
 * @is_computed: whether it was run, or is yet to be
 * @length: iterations it has recorded; 0 until it is computed
 * @diverged: whether it ended there because it diverged
 * @loss: as bp_history_get_loss()
 * @parameters: (element-type BpSeries): as bp_history_get_parameter(), at most 16
 * @positions: (nullable) (element-type double): all parameters after 0, @stride, 2·@stride … iterations, one vector
 *   after the other, where they are too many to have a series each
 * @stride: iterations between two of the @positions
 */
typedef struct {
  BpExperiment *experiment;
  gboolean      is_computed;
  gint64        length;
  gboolean      diverged;
  BpSeries     *loss;
  GPtrArray    *parameters;
  GArray       *positions;
  gint64        stride;
} BpReference;

/** What @trainer has recorded so far, also beyond the cursor. Returns: (transfer full) */
BpReference *bp_reference_new (BpTrainer *trainer);

/** A kept run of @experiment, which is copied, that is not computed yet. Returns: (transfer full) */
BpReference *bp_reference_new_not_computed (const BpExperiment *experiment);

/**
 * bp_reference_new_by_running:
 * @experiment: (transfer none): what to run, to its end or divergence
 * @work: (nullable): tested for cancelling and told the progress about fifty times a second
 *
 * Trainers share nothing, so this may be called in a thread.
 * Returns: (transfer full): NULL on error, or when cancelled (then without one)
 */
BpReference *bp_reference_new_by_running (const BpExperiment *experiment,
                                          BpWork             *work,
                                          GError            **error);

/** A copy that shares nothing with @reference, for another thread. Returns: (transfer full) */
BpReference *bp_reference_copy (const BpReference *reference);

void bp_reference_free (BpReference *reference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpReference, bp_reference_free)

/** Whether a reference run of @a can be drawn with a run of @b: the same variables in the same order. */
gboolean bp_reference_comparable (const BpExperiment *a,
                                  const BpExperiment *b);

/**
 * bp_reference_describe_differences:
 * @experiments: (array length=n_experiments): the runs to tell apart
 *
 * Says of each run what sets it apart: "η = 0.5", or "η = 0.02, Adam" where both differ among them; a change on the
 * way is "η = 0.02 → 0.5 at 40". Runs that do not differ are numbered.
 *
 * Returns: (transfer full) (array zero-terminated=1): a text for each
 */
char **bp_reference_describe_differences (const BpExperiment * const *experiments,
                                          guint                       n_experiments);

G_END_DECLS
