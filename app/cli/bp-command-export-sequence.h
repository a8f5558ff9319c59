/* bp-command-export-sequence.h: sequences on the command line (private to the command export)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figures/bp-sequence.h"

G_BEGIN_DECLS

/** As bp_sequence_render(); shows the progress if standard error is a terminal. */
GBytes *bp_export_sequence_render (const BpExperiment      *experiment,
                                   const BpSequenceOptions *options,
                                   GError                 **error);

G_END_DECLS
