/* bp-run-play.c: playing, and running to an iteration, in slices of a frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-run-private.h"

#include <math.h>

/* What one call may take, so that the window stays alive at 60 frames a second. */
#define SLICE 6000

/* Steps a second of which each is seen. */
#define SEEN_SPEED 30

/* A pause longer than this (a suspended machine, a hidden window) is not caught up with. */
#define MAX_PAUSE (G_USEC_PER_SEC / 4)

static gboolean
play_step (BpRun *self)
{
  switch (self->state.play_grain)
    {
    case BP_GRAIN_NODE:
      return bp_trainer_step_node (self->trainer, 1);

    case BP_GRAIN_PHASE:
      return bp_trainer_step_phase (self->trainer, 1);

    case BP_GRAIN_ITERATION:
    default:
      return bp_trainer_step_iteration (self->trainer, 1);
    }
}

/* Returns: whether there is more to do */
static gboolean
play_steps (BpRun *self,
            double n_steps)
{
  gint64 end = g_get_monotonic_time () + SLICE;

  for (; n_steps >= 1; n_steps--)
    {
      if (!play_step (self) || bp_trainer_get_status (self->trainer) != BP_STATUS_READY)
        return FALSE;

      if (g_get_monotonic_time () >= end)
        break;
    }

  return TRUE;
}

/* Whole iterations at full speed, in chunks that grow while they take less than a fraction of the slice. */
static gboolean
run_iterations (BpRun *self,
                gint64 target)
{
  gint64 start = g_get_monotonic_time ();
  gint64 chunk = 1;

  while (g_get_monotonic_time () - start < SLICE / 2)
    {
      gint64 done = bp_trainer_get_cursor (self->trainer).iteration;

      if (done >= target || bp_trainer_get_status (self->trainer) != BP_STATUS_READY)
        return FALSE;

      bp_trainer_run (self->trainer, MIN (chunk, target - done));
      chunk *= 2;
    }

  return bp_trainer_get_cursor (self->trainer).iteration < target
         && bp_trainer_get_status (self->trainer) == BP_STATUS_READY;
}

static gboolean
play (BpRun *self,
      gint64 elapsed)
{
  double n_steps;

  if (self->state.running_to > 0)
    return run_iterations (self, self->state.running_to);

  if (self->state.speed == 0)
    return self->state.play_grain == BP_GRAIN_ITERATION
           ? run_iterations (self, bp_trainer_get_n_iterations (self->trainer))
           : play_steps (self, G_MAXINT);

  self->due += self->state.speed * elapsed / G_USEC_PER_SEC;
  n_steps = floor (self->due);
  self->due -= n_steps;

  return play_steps (self, n_steps);
}

void
bp_run_advance (BpRun *run,
                gint64 frame_time)
{
  gint64 elapsed;

  g_return_if_fail (BP_IS_RUN (run));

  if (!run->state.playing)
    return;

  elapsed = run->last_frame == 0 ? 0 : CLAMP (frame_time - run->last_frame, 0, MAX_PAUSE);
  run->last_frame = frame_time;

  if (run->state.running_to == 0 && run->state.speed > 0 && run->due + run->state.speed * elapsed / G_USEC_PER_SEC < 1)
    {
      run->due += run->state.speed * elapsed / G_USEC_PER_SEC;
      return;
    }

  if (!play (run, elapsed))
    bp_run_stop (run);

  bp_run_update (run);
}

void
bp_run_stop (BpRun *run)
{
  run->state.playing = FALSE;
  run->state.running_to = 0;
}

gboolean
bp_run_get_playing (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  return run->state.playing;
}

void
bp_run_set_playing (BpRun   *run,
                    gboolean playing)
{
  g_return_if_fail (BP_IS_RUN (run));

  if (run->state.playing == !!playing || (playing && bp_trainer_get_status (run->trainer) != BP_STATUS_READY))
    return;

  bp_run_stop (run);
  run->state.playing = !!playing;
  run->last_frame = 0;
  run->due = 1; /* the first step comes at once */
  bp_run_notify (run);
}

void
bp_run_run_to (BpRun *run,
               gint64 iteration)
{
  g_return_if_fail (BP_IS_RUN (run));

  iteration = MIN (iteration, bp_trainer_get_n_iterations (run->trainer));

  if (iteration <= bp_trainer_get_cursor (run->trainer).iteration
      || bp_trainer_get_status (run->trainer) != BP_STATUS_READY)
    return;

  run->state.playing = TRUE;
  run->state.running_to = iteration;
  run->last_frame = 0;
  bp_run_notify (run);
}

double
bp_run_get_speed (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return run->state.speed;
}

void
bp_run_set_speed (BpRun *run,
                  double speed)
{
  g_return_if_fail (BP_IS_RUN (run));

  run->state.speed = speed <= 0 ? 0 : CLAMP (speed, 0.5, BP_RUN_MAX_SPEED);
  bp_run_notify (run);
}

BpGrain
bp_run_get_play_grain (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), BP_GRAIN_NODE);

  return run->state.play_grain;
}

void
bp_run_set_play_grain (BpRun  *run,
                       BpGrain grain)
{
  g_return_if_fail (BP_IS_RUN (run));

  run->state.play_grain = grain;
  bp_run_notify (run);
}

gint64
bp_run_get_running_to (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return run->state.running_to;
}

/* The sum of the digits of @n to the base of the number of turns: each has one in as many changes, yet among changes at
 * equal distances, such as one instruction of each iteration, all are as frequent. (A. O. Gelfond, Acta Arithmetica 13,
 * 1968.) */
static BpTurn
get_turn (guint n)
{
  guint sum = 0;

  for (; n > 0; n /= BP_N_TURNS)
    sum += n % BP_N_TURNS;

  return sum % BP_N_TURNS;
}

gboolean
bp_run_has_turn (BpRun *run,
                 BpTurn turn)
{
  gboolean is_seen;

  g_return_val_if_fail (BP_IS_RUN (run) && turn < BP_N_TURNS, TRUE);

  is_seen = run->state.running_to == 0 && run->state.speed > 0 && run->state.speed <= SEEN_SPEED;

  return !run->state.playing || is_seen || get_turn (run->n_changes) == turn;
}
