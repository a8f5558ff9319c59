/* bp-presets.h: situations for a lecture, each with what to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "dialogs/bp-sweep.h"

G_BEGIN_DECLS

/**
 * BpPreset:
 * @name: for the action: "too-small"
 * @title: in the menu (translatable)
 * @look: what to look at (translatable)
 * @experiment: the built-in that it starts from
 * @learning_rate: 0 for that of the experiment
 * @sweep: what is varied among the runs beside this one
 * @values: (nullable): with which values, as bp_sweep_create_experiments() reads them
 * @side_by_side: whether the runs are shown side by side
 * @iterations: after how many iterations it stands; 0 for its end
 * @shuffled: whether every sample is drawn once before any again, so that a batch of all has each of them
 *
 * A preset runs to @iterations, its end or divergence.
 */
typedef struct {
  const char *name;
  const char *title;
  const char *look;
  const char *experiment;
  double      learning_rate;
  BpSweepKind sweep;
  const char *values;
  gboolean    shuffled;
  gboolean    side_by_side;
  gint64      iterations;
} BpPreset;

/** All of them in the order of a menu. @n_presets: (out). Returns: (transfer none) */
const BpPreset *bp_presets_get (guint *n_presets);

/** Returns: (nullable) (transfer none) */
const BpPreset *bp_presets_find (const char *name);

/**
 * bp_preset_apply:
 *
 * Loads the preset into @run in place of what it holds, runs to compare with included; nothing is to be predicted then.
 * Fails as bp_run_load().
 */
gboolean bp_preset_apply (const BpPreset *preset,
                          BpRun          *run,
                          GError        **error);

G_END_DECLS
