/* bp-export-choice.h: the options of an export, which are stored for the next one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figures/bp-sequence.h"

G_BEGIN_DECLS

/**
 * BpExportChoice:
 * @sequence: the options of a sequence; its @figure has those of a single figure, too
 * @is_sequence: whether a sequence is exported; if not, the figure of one position
 * @in_millimetres: whether sizes are shown in millimetres; they are stored in pixels
 *
 * The format of @figure is what the user chose last; this figure may not have it.
 */
typedef struct {
  BpSequenceOptions sequence;
  gboolean          is_sequence;
  gboolean          in_millimetres;
} BpExportChoice;

/**
 * bp_export_choice_init:
 * @settings: (nullable): from bp_preferences_new_export()
 *
 * Sets @choice to the stored options, or to the defaults. The iterations of a sequence depend on the run and are not
 * stored.
 */
void bp_export_choice_init (BpExportChoice *choice,
                            GSettings      *settings);

/** Stores @choice in @settings (nullable). */
void bp_export_choice_save (const BpExportChoice *choice,
                            GSettings            *settings);

/** Returns: the format of the figure of one position: the one that the user chose if the figure has it, else SVG */
BpFigureFormat bp_export_choice_get_format (const BpExportChoice *choice);

G_END_DECLS
