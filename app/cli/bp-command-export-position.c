/* bp-command-export-position.c: the options of the command export that say where in the run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command-export-request.h"

static const char *const phases[BP_N_PHASES + 1] = {
  [BP_PHASE_FEED] = "feed",
  [BP_PHASE_FORWARD] = "forward",
  [BP_PHASE_BACKWARD] = "backward",
  [BP_PHASE_UPDATE] = "update",
  [BP_N_PHASES] = NULL,
};

/* The instructions from the start of an iteration to the end of @phase. */
static guint
count_to_phase (BpTrainer *trainer,
                BpPhase    phase)
{
  guint n = bp_trainer_get_n_instructions (trainer);

  while (n > 0 && bp_trainer_get_instruction (trainer, n - 1)->phase > phase)
    n--;

  return n;
}

/* How many instructions of the last iteration to execute; all of them where nothing is said. */
static gboolean
parse_instruction (const BpCommandOptions *options,
                   BpTrainer              *trainer,
                   guint                  *n_executed,
                   GError                **error)
{
  guint n = bp_trainer_get_n_instructions (trainer);
  gint64 instruction = n;
  guint phase;

  if (!bp_export_request_parse_integer ("--instruction", options->instruction, 1, n, &instruction, error))
    return FALSE;

  *n_executed = (guint) instruction;
  if (options->phase == NULL)
    return TRUE;
  if (!bp_export_request_find_word ("--phase", options->phase, phases, &phase, error))
    return FALSE;

  *n_executed = count_to_phase (trainer, phase);

  return TRUE;
}

/* Into the last iteration: to its end when all of it is executed. */
static gboolean
stand_at (BpTrainer *trainer,
          gint64     iteration,
          guint      n_executed)
{
  gboolean is_whole = n_executed == bp_trainer_get_n_instructions (trainer);
  BpCursor cursor = is_whole ? (BpCursor) { iteration, 0 } : (BpCursor) { iteration - 1, n_executed };
  BpCursor reached;

  bp_trainer_seek (trainer, cursor);
  reached = bp_trainer_get_cursor (trainer);

  return reached.iteration == cursor.iteration && reached.instruction == cursor.instruction;
}

gint64
bp_export_request_get_saved_place (const BpSavedRun *saved,
                                   guint            *n_executed)
{
  if (saved->cursor.instruction == 0)
    return saved->cursor.iteration;

  *n_executed = saved->cursor.instruction;

  return saved->cursor.iteration + 1;
}

gboolean
bp_export_request_go_to_place (const BpCommandOptions *options,
                               const BpSavedRun       *saved,
                               BpTrainer              *trainer,
                               GError                **error)
{
  gboolean is_within = options->phase != NULL || options->instruction != NULL;
  gboolean is_given = options->iteration != NULL || is_within;
  gboolean has_changes = bp_trainer_get_experiment (trainer)->changes->len > 0;
  gint64 n = bp_trainer_get_n_iterations (trainer), iteration = n;
  guint saved_executed = 0, n_executed;

  if (saved->has_session)
    iteration = MAX (is_within ? 1 : 0, MIN (n, bp_export_request_get_saved_place (saved, &saved_executed)));
  if (!bp_export_request_parse_integer ("--iteration", options->iteration, is_within ? 1 : 0, n, &iteration, error) ||
      (!has_changes && !parse_instruction (options, trainer, &n_executed, error)))
    return FALSE;

  /* Another batch size may have other instructions, which count from when the iteration has begun. */
  is_within = is_within || (!is_given && saved_executed > 0);
  bp_trainer_run (trainer, (is_within ? iteration - 1 : iteration) - bp_trainer_get_cursor (trainer).iteration);
  if (is_within)
    bp_trainer_step_node (trainer, 1);
  if (!parse_instruction (options, trainer, &n_executed, error))
    return FALSE;

  if (!is_given && saved_executed > 0)
    n_executed = MIN (saved_executed, n_executed);
  if (stand_at (trainer, iteration, n_executed) || !is_given)
    return TRUE;

  bp_command_set_diverged_error (error, trainer);

  return FALSE;
}
