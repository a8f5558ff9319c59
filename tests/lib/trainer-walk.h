/* trainer-walk.h: random experiments whose settings change on the way, and random moves through them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/trainer-fixture.h"
#include "lib/trainer-snapshot.h"

#define SQUARE "[Data]\nx=normal(1, 0.1)\n[Variables]\nA=0\n[Model]\nloss=square(x * A - 10)\n"

#define N_ITERATIONS 40

/** A number below @n. */
guint64 draw (GRand *rand,
              guint  n);

/** A random experiment of N_ITERATIONS with changes of settings. Returns: (transfer full) */
BpExperiment *draw_experiment (GRand *rand);

/** A random step, seek, run or change of @trainer; @earlier has the settings that it may go back to. */
void move (GRand        *rand,
           BpTrainer    *trainer,
           BpExperiment *earlier);

/** A trainer that gets to where @trainer stands in its own way: by single steps, by iterations, or from behind. */
BpTrainer *follow (GRand     *rand,
                   BpTrainer *trainer);

/** That a run of @trainer to the end records the same series as one afresh. */
void assert_records (BpTrainer *trainer);
