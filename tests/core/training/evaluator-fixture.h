/* evaluator-fixture.h: evaluators of all data, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>

#include "training/bp-evaluator.h"

/** An experiment with evaluators of its rows. */
typedef struct {
  BpExperiment *experiment;
  BpDataset    *dataset;
  BpEvaluator  *evaluator; /* NULL where the graph is refused, with @error */
  BpEvaluator  *test;      /* NULL without rows held out */
  GError       *error;
} Case;

void case_clear (Case *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

/** @experiment: (transfer full) */
Case case_new (BpExperiment *experiment);

Case case_new_from_text (const char *text);

gsize get_n_parameters (Case *self);

#define assert_close(a, b, tolerance) \
  g_assert_cmpfloat_with_epsilon ((a), (b), (tolerance) * fmax (1, fabs ((double) (b))))
