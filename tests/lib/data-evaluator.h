/* data-evaluator.h: what a trainer's model makes of all its data, for tests that ask once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-evaluator.h"
#include "training/bp-trainer.h"

/** The evaluator of the data trained with, or with @test of the rows held out. Returns: (transfer full) */
BpEvaluator *new_data_evaluator (BpTrainer *trainer,
                                 gboolean   test);

/** The loss over these rows at @parameters. */
double get_data_loss (BpTrainer    *trainer,
                      gboolean      test,
                      const double *parameters);

/** The share of these rows that are right at @parameters. */
double get_data_accuracy (BpTrainer    *trainer,
                          gboolean      test,
                          const double *parameters);
