/* bp-export-choice.h: what is exported and how, as it is remembered from one export to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figures/bp-sequence.h"

G_BEGIN_DECLS

/**
 * BpExportChoice:
 * @sequence: of a sequence, and in its @figure all that one place needs too
 * @is_sequence: whether a sequence is exported rather than one place
 * @in_millimetres: whether sizes are shown in millimetres; they are held in pixels in any case
 *
 * The format of one place is the one that was asked for last: the figure need not have it.
 */
typedef struct {
  BpSequenceOptions sequence;
  gboolean          is_sequence;
  gboolean          in_millimetres;
} BpExportChoice;

/**
 * bp_export_choice_init:
 * @settings: (nullable): as bp_preferences_new_export() has them
 *
 * The choice that is remembered, with defaults where none is. The iterations of a sequence are those of a run, and not
 * remembered.
 */
void bp_export_choice_init (BpExportChoice *choice,
                            GSettings      *settings);

/** @settings: (nullable): where to remember @choice */
void bp_export_choice_save (const BpExportChoice *choice,
                            GSettings            *settings);

/** The format that one place is exported in: the one asked for if the figure has it. */
BpFigureFormat bp_export_choice_get_format (const BpExportChoice *choice);

G_END_DECLS
