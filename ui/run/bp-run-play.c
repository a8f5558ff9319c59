/* bp-run-play.c: plays, and continues long moves, in slices of a frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

#include <math.h>

/* Microseconds that one call may take: what drawing leaves of a frame, within limits. */
#define FRAME 16000
#define LEAST_SLICE 3000
#define LONGEST_SLICE 10000

/* Work of a move, in the unit of bp_trainer_continue(), that is done before its function returns. */
#define AT_ONCE (1 << 24)

/* The longest pause in microseconds that playing catches up with. A suspended machine or a hidden window makes longer
 * ones. */
#define MAX_PAUSE (G_USEC_PER_SEC / 4)

static gboolean
play_step (BpRun *self)
{
  switch (self->state.play_by)
    {
    case BP_STEP_NODE:
      return bp_trainer_step_node (self->trainer, 1);

    case BP_STEP_PHASE:
      return bp_trainer_step_phase (self->trainer, 1);

    case BP_STEP_ITERATION:
    default:
      return bp_trainer_step_iteration (self->trainer, 1);
    }
}

/* Executes @n_steps steps, or as many as fit before @end. Returns: whether there is more to play */
static gboolean
play_steps (BpRun *self,
            double n_steps,
            gint64 end)
{
  for (; n_steps >= 1; n_steps--)
    {
      if (!play_step (self))
        return FALSE;
      if (bp_trainer_continue (self->trainer, G_MAXSIZE, end))
        return TRUE;
      if (bp_trainer_get_status (self->trainer) != BP_STATUS_READY)
        return FALSE;
    }

  return TRUE;
}

/* Executes iterations up to @target, or as many as fit before @end. Returns: whether there is more to play */
static gboolean
run_iterations (BpRun *self,
                gint64 target,
                gint64 end)
{
  if (bp_trainer_get_cursor (self->trainer).iteration >= target
      || bp_trainer_get_status (self->trainer) != BP_STATUS_READY)
    return FALSE;

  bp_trainer_seek (self->trainer, (BpCursor) { target, 0 });
  if (!bp_trainer_continue (self->trainer, G_MAXSIZE, end))
    return FALSE;
  bp_trainer_stop (self->trainer);

  return TRUE;
}

static gboolean
play (BpRun *self,
      gint64 elapsed)
{
  const gint64 end = g_get_monotonic_time () + CLAMP (FRAME - self->drawing_time, LEAST_SLICE, LONGEST_SLICE);
  double n_steps;

  /* The trainer first reaches its target: that of a move, of a step of playing, or of a replay with other settings. */
  if (bp_trainer_continue (self->trainer, G_MAXSIZE, end))
    return TRUE;
  if (self->is_under_way)
    return FALSE;

  if (self->state.running_to > 0)
    return run_iterations (self, self->state.running_to, end);

  if (self->state.speed == 0)
    return self->state.play_by == BP_STEP_ITERATION
           ? run_iterations (self, bp_trainer_get_n_iterations (self->trainer), end)
           : play_steps (self, G_MAXINT, end);

  self->due += self->state.speed * elapsed / G_USEC_PER_SEC;
  n_steps = floor (self->due);
  self->due -= n_steps;

  return play_steps (self, n_steps, end);
}

/* Where others go on */

void
bp_run_set_others (BpRun     *run,
                   GPtrArray *others)
{
  BpRun *before = bp_run_get_leader (run);

  g_return_if_fail (BP_IS_RUN (run));

  g_clear_pointer (&run->others, g_ptr_array_unref);
  run->others = others != NULL ? g_ptr_array_ref (others) : NULL;
  if (bp_run_get_leader (run) != before)
    bp_run_update (run);
}

BpRun *
bp_run_get_leader (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  if (run->others == NULL || bp_trainer_get_status (run->trainer) != BP_STATUS_DIVERGED)
    return run;
  for (guint i = 0; i < run->others->len; i++)
    {
      BpRun *other = g_ptr_array_index (run->others, i);

      if (bp_trainer_get_status (other->trainer) != BP_STATUS_DIVERGED)
        return other;
    }

  return run;
}

/* The run that has diverged counts as playing while its leader does. */
static void
play_leader (BpRun *self,
             BpRun *leader,
             gint64 frame_time)
{
  leader->state.speed = self->state.speed;
  leader->state.play_by = self->state.play_by;
  if (!leader->state.playing)
    {
      bp_run_stop (leader);
      leader->state.playing = TRUE;
      leader->state.running_to = self->state.running_to;
      leader->last_frame = self->last_frame;
    }
  bp_run_advance (leader, frame_time);
  self->last_frame = frame_time;
  if (!leader->state.playing && bp_run_get_leader (self) == leader)
    bp_run_stop (self);
  bp_run_update (self);
}

/* Whether the next step is not due yet. */
static gboolean
is_early (BpRun *self,
          gint64 elapsed)
{
  return !bp_trainer_is_moving (self->trainer) && self->state.running_to == 0 && self->state.speed > 0
         && self->due + self->state.speed * elapsed / G_USEC_PER_SEC < 1;
}

void
bp_run_advance (BpRun *run,
                gint64 frame_time)
{
  BpCursor before, after;
  gint64 elapsed;
  BpRun *leader;

  g_return_if_fail (BP_IS_RUN (run));

  if (!run->state.playing)
    return;

  leader = bp_run_get_leader (run);
  if (leader != run)
    {
      play_leader (run, leader, frame_time);
      return;
    }

  elapsed = run->last_frame == 0 ? 0 : CLAMP (frame_time - run->last_frame, 0, MAX_PAUSE);
  run->last_frame = frame_time;

  if (is_early (run, elapsed))
    {
      run->due += run->state.speed * elapsed / G_USEC_PER_SEC;
      return;
    }

  before = bp_trainer_get_cursor (run->trainer);
  if (!play (run, elapsed) && (bp_run_get_leader (run) == run || (run->is_under_way && run->state.running_to == 0)))
    bp_run_stop (run);

  /* A part of an instruction changes nothing visible. */
  after = bp_trainer_get_cursor (run->trainer);
  if (!run->state.playing || after.iteration != before.iteration || after.instruction != before.instruction)
    bp_run_update (run);
}

void
bp_run_set_drawing_time (BpRun *run,
                         gint64 drawing_time)
{
  g_return_if_fail (BP_IS_RUN (run));

  run->drawing_time = drawing_time;
}

void
bp_run_stop (BpRun *run)
{
  run->state.playing = FALSE;
  run->state.running_to = 0;
  run->is_under_way = FALSE;
  bp_trainer_stop (run->trainer);
}

void
bp_run_set_out (BpRun *run)
{
  const BpCursor target = bp_trainer_get_target (run->trainer);

  if (!bp_trainer_continue (run->trainer, AT_ONCE, G_MAXINT64) || run->state.playing)
    return;

  run->state.playing = TRUE;
  run->is_under_way = TRUE;
  run->state.running_to = target.iteration > bp_trainer_get_cursor (run->trainer).iteration + 1 ? target.iteration : 0;
  run->last_frame = 0;
}

gboolean
bp_run_is_under_way (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  return run->state.playing && (run->is_under_way || run->state.running_to > 0);
}

BpCursor
bp_run_get_destination (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), ((BpCursor) { 0, 0 }));

  if (run->state.running_to > 0 && !run->is_under_way)
    return (BpCursor) { run->state.running_to, 0 };

  return bp_trainer_get_target (run->trainer);
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

  if (run->state.playing == !!playing || (playing && !bp_run_get_can_step_forward (run)))
    return;

  bp_run_set_nudging (run, FALSE);
  bp_run_stop (run);
  if (bp_run_get_leader (run) != run)
    bp_run_set_playing (bp_run_get_leader (run), FALSE);
  run->state.playing = !!playing;
  run->last_frame = 0;
  run->due = 1; /* the first step comes at once */
  bp_run_update (run);
}

void
bp_run_run_to (BpRun *run,
               gint64 iteration)
{
  g_return_if_fail (BP_IS_RUN (run));

  iteration = MIN (iteration, bp_trainer_get_n_iterations (run->trainer));

  if (iteration <= bp_trainer_get_cursor (bp_run_get_leader (run)->trainer).iteration
      || !bp_run_get_can_step_forward (run))
    return;

  bp_run_set_nudging (run, FALSE);
  bp_run_stop (run);
  run->state.playing = TRUE;
  run->state.running_to = iteration;
  run->last_frame = 0;
  bp_run_update (run);
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

BpStepSize
bp_run_get_play_by (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), BP_STEP_NODE);

  return run->state.play_by;
}

void
bp_run_set_play_by (BpRun     *run,
                    BpStepSize size)
{
  g_return_if_fail (BP_IS_RUN (run));

  run->state.play_by = size;
  bp_run_notify (run);
}

gint64
bp_run_get_running_to (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), 0);

  return run->state.running_to;
}
