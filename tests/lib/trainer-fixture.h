/* trainer-fixture.h: experiments and trainers for tests; what is wrong with them ends the test
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-builtin.h"
#include "training/bp-trainer.h"

/** The built-in experiment @name. Returns: (transfer full) */
BpExperiment *load_builtin (const char *name);

/** The experiment that @text is the file of. Returns: (transfer full) */
BpExperiment *experiment_from_text (const char *text);

/** A trainer at the start of @experiment. Returns: (transfer full) */
BpTrainer *trainer_new (const BpExperiment *experiment);

/** A trainer at the start of the experiment that @text is the file of. Returns: (transfer full) */
BpTrainer *trainer_from_text (const char *text);

/** The same from the lines of three sections, in batches of one and for many iterations. Returns: (transfer full) */
BpTrainer *trainer_from_model (const char *variables,
                               const char *model,
                               const char *optimizer);

/** A trainer at the start of the built-in experiment @name. Returns: (transfer full) */
BpTrainer *trainer_from_builtin (const char *name);

/**
 * A trainer that stands at @cursor; an instruction of G_MAXUINT is the last but one.
 *
 * @experiment: (transfer full)
 * Returns: (transfer full)
 */
BpTrainer *create_trainer (BpExperiment *experiment,
                           BpCursor      cursor);

/** The text of a saved run: its two parts, one after the other. Returns: (transfer full) */
char *saved_run_to_data (BpTrainer       *trainer,
                         BpCursor         cursor,
                         const GPtrArray *references,
                         const char      *folder);

/** Steps @n nodes forward. Returns: whether the cursor moved */
gboolean step_nodes (BpTrainer *trainer,
                     guint      n);

/** Whether the built-in @name has few parameters and is quick: for tests that do a lot with each. */
gboolean is_small_builtin (const char *name);
