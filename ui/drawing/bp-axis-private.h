/* bp-axis-private.h: round numbers, in which ranges are rounded and ticks lie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-axis.h"

G_BEGIN_DECLS

/** Slack in steps for numbers that should be multiples of a step. */
#define BP_STEP_SLACK 1e-9

/** 1, 2 or 5 times a power of ten. */
typedef struct {
  int factor;
  int exponent;
} BpStep;

/** The next larger one. */
BpStep bp_step_next (BpStep step);

/** @count steps: exactly the number that has so many decimals. */
double bp_step_multiply (BpStep step,
                         double count);

/** The least step of at least @size > 0. */
BpStep bp_step_at_least (double size);

G_END_DECLS
