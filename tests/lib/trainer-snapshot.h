/* trainer-snapshot.h: what a trainer shows, to compare it with what another shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-trainer.h"

/** Everything that is visible at the cursor, as bytes: two positions with equal bytes show equal bits. */
GBytes *snapshot (BpTrainer *trainer);

/** That two series have the same bits. */
void assert_same_series (const BpSeries *a,
                         const BpSeries *b);

/** That the loss and all parameters of two runs were recorded alike. */
void assert_same_history (BpTrainer *a,
                          BpTrainer *b);

/** That all that is visible at the cursors of two runs has the same bits. */
void assert_same_position (BpTrainer *a,
                        BpTrainer *b);
