/* bp-learning-rate.h: the learning rate on a slider, with the range that is stable marked
 *
 * An entry, a logarithmic slider from 10⁻⁴ to 10 that can be moved while the run plays, and below it where this
 * training, with its batch size and optimizer, is stable (training/bp-stability.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "run/bp-run.h"
#include "training/bp-stability.h"

G_BEGIN_DECLS

#define BP_TYPE_LEARNING_RATE (bp_learning_rate_get_type ())
G_DECLARE_FINAL_TYPE (BpLearningRate, bp_learning_rate, BP, LEARNING_RATE, GtkBox)

GtkWidget *bp_learning_rate_new (BpRun *run);

/** The run that it watches. @run: (nullable) */
void bp_learning_rate_set_run (BpLearningRate *learning_rate,
                               BpRun          *run);

/** Puts all of it on one line, without the sentence below, for a bar. */
void bp_learning_rate_set_compact (BpLearningRate *learning_rate);

/** The slider; its value is log₁₀ η. Returns: (transfer none) */
GtkScale *bp_learning_rate_get_scale (BpLearningRate *learning_rate);

/** The limit that is marked, as in BpStability; NaN until it is computed. */
double bp_learning_rate_get_limit (BpLearningRate *learning_rate);

G_END_DECLS
