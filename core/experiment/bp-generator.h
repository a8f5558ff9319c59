/* bp-generator.h: data that are made rather than measured, as in Generator=circles(200, noise=0.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-dataset.h"

G_BEGIN_DECLS

/** The column that has the classes. */
#define BP_GENERATOR_LABEL "label"

/** The most noise. */
#define BP_MAX_NOISE 1000

/** What of two classes lies where; the last two have a number y for each x instead. */
typedef enum {
  BP_GENERATOR_NONE,
  BP_GENERATOR_CIRCLES, /* class 0 on a circle of radius 1, class 1 on one of radius 0.5 */
  BP_GENERATOR_MOONS,   /* an upper and a lower half circle that reach into one another */
  BP_GENERATOR_SPIRALS, /* two arms of 1.5 turns, from the middle to radius 1 */
  BP_GENERATOR_BLOBS,   /* around (−1, −1) and around (1, 1) */
  BP_GENERATOR_XOR,     /* class 0 around (−1, −1) and (1, 1), class 1 around (−1, 1) and (1, −1) */
  BP_GENERATOR_LINE,    /* y = 2x + 1 for x from −1 to 1 */
  BP_GENERATOR_SINE,    /* y = sin x for x from −π to π */
  BP_N_GENERATORS
} BpGeneratorKind;

/**
 * BpGenerator:
 * @n_samples: how many samples there are
 * @noise: standard deviation of what is added to both coordinates of a point, or to y; at least 0
 */
typedef struct {
  BpGeneratorKind kind;
  gsize           n_samples;
  double          noise;
} BpGenerator;

/** Reads "circles(200)" or "circles(200, noise=0.05)". Fails with the column in the message. */
gboolean bp_generator_parse (const char  *text,
                             BpGenerator *generator,
                             GError     **error);

/** Returns: (transfer full): @generator as bp_generator_parse() reads it */
char *bp_generator_to_string (const BpGenerator *generator);

/** Returns: (transfer none) (array zero-terminated=1): "x1", "x2" and "label", or "x" and "y" */
const char * const *bp_generator_get_columns (const BpGenerator *generator);

/**
 * bp_generator_create_dataset:
 *
 * The samples, class by class; noise i of a column comes from stream "generator/COLUMN" of @seed. Fails when there is
 * not the memory for them.
 */
BpDataset *bp_generator_create_dataset (const BpGenerator *generator,
                                        guint64            seed,
                                        GError           **error);

G_END_DECLS
