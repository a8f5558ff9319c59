/* bp-schedule.h: how the learning rate changes in the course of a run
 *
 * With k iterations completed since the schedule began, the next is by the learning rate η times
 *
 *   constant        1
 *   step(n, f)      f^⌊k/n⌋
 *   exponential(f)  fᵏ
 *   cosine          ½·(1 + cos(π·k/N)), where N iterations lie between its beginning and the end of the run
 *   warmup(n)       (k + 1)/n, up to 1
 *
 * They are those of torch.optim.lr_scheduler: StepLR, ExponentialLR, CosineAnnealingLR with T_max = N, and LambdaLR.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  BP_SCHEDULE_CONSTANT,
  BP_SCHEDULE_STEP,
  BP_SCHEDULE_EXPONENTIAL,
  BP_SCHEDULE_COSINE,
  BP_SCHEDULE_WARMUP,
} BpScheduleKind;

/**
 * BpSchedule:
 * @length: of step and warmup: how many iterations, from 1; else 0
 * @factor: of step and exponential: greater than 0 and at most 1; else 0
 *
 * A plain value; all zero is constant.
 */
typedef struct {
  BpScheduleKind kind;
  gint64         length;
  double         factor;
} BpSchedule;

gboolean bp_schedule_equal (const BpSchedule *a,
                            const BpSchedule *b);

/**
 * bp_schedule_get_factor:
 * @n_completed: iterations completed since the schedule began
 * @n_iterations: iterations from its beginning to the end of the run
 *
 * What the learning rate is multiplied by in the iteration that follows.
 */
double bp_schedule_get_factor (const BpSchedule *schedule,
                               gint64            n_completed,
                               gint64            n_iterations);

/**
 * bp_schedule_parse:
 * @text: "constant", "step(30, 0.1)", "exponential(0.99)", "cosine" or "warmup(10)"
 * @schedule: (out): as before on failure
 */
gboolean bp_schedule_parse (const char *text,
                            BpSchedule *schedule,
                            GError    **error);

/** Returns: (transfer full): the text that bp_schedule_parse() reads */
char *bp_schedule_to_string (const BpSchedule *schedule);

G_END_DECLS
