/* bp-sequence-private.h: what the parts of step sequences share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figures/bp-figure-private.h"
#include "figures/bp-sequence.h"

G_BEGIN_DECLS

/**
 * BpSequence:
 * @options: what is asked for
 * @figure: what each position shows, for a sequence
 * @trainer: which walks the positions
 * @frame: what all figures have in common
 * @n_positions: how many positions there are
 */
typedef struct {
  const BpSequenceOptions *options;
  BpFigureOptions          figure;
  BpTrainer               *trainer;
  BpFigureFrame            frame;
  guint                    n_positions;
  BpWork                  *work;
  BpSequenceProgress       progress;
  gpointer                 data;
} BpSequence;

/** Called with the figure of position @index. Returns: whether to go on; FALSE on error */
typedef gboolean (*BpSequenceFunc) (BpSequence     *sequence,
                                    const BpFigure *figure,
                                    guint           index,
                                    gpointer        data,
                                    GError        **error);

/** Walks all positions from the first on and calls @function at every @stride-th of them. */
gboolean bp_sequence_visit (BpSequence    *sequence,
                            guint          stride,
                            BpSequenceFunc function,
                            gpointer       data,
                            GError       **error);

/** How many positions there are in an iteration. */
guint bp_sequence_count_in_iteration (const BpSequence *sequence);

/** Says that one position more is done. */
void bp_sequence_report (BpSequence *sequence,
                         guint       n_done);

/* The formats; each returns NULL on error */

GBytes *bp_sequence_to_pdf (BpSequence *sequence,
                            GError    **error);

GBytes *bp_sequence_to_gif (BpSequence *sequence,
                            GError    **error);

G_END_DECLS
