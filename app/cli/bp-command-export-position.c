/* bp-command-export-position.c: the options of the command export for the position in the run
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

/* Returns: the number of instructions from the start of an iteration to the end of @phase */
static guint
count_to_phase (BpTrainer *trainer,
                BpPhase    phase)
{
  guint n = bp_trainer_get_n_instructions (trainer);

  while (n > 0 && bp_trainer_get_instruction (trainer, n - 1)->phase > phase)
    n--;

  return n;
}

/* Reads how many instructions of the iteration to execute; all without an option. */
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

/* Seeks to @n_executed instructions of @iteration; all are its end. Returns: whether the run reaches that */
static gboolean
seek_to (BpTrainer *trainer,
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
bp_export_request_get_saved_position (const BpSavedRun *saved,
                                      guint            *n_executed)
{
  if (saved->cursor.instruction == 0)
    return saved->cursor.iteration;

  *n_executed = saved->cursor.instruction;

  return saved->cursor.iteration + 1;
}

gboolean
bp_export_request_go_to_position (const BpCommandOptions *options,
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
    iteration = MAX (is_within ? 1 : 0, MIN (n, bp_export_request_get_saved_position (saved, &saved_executed)));
  if (!bp_export_request_parse_integer ("--iteration", options->iteration, is_within ? 1 : 0, n, &iteration, error)
      || (!has_changes && !parse_instruction (options, trainer, &n_executed, error)))
    return FALSE;

  /* A changed batch size can have other instructions. The trainer has those of an iteration after its first step, so
   * that they can only be counted here. */
  is_within = is_within || (!is_given && saved_executed > 0);
  bp_trainer_run (trainer, (is_within ? iteration - 1 : iteration) - bp_trainer_get_cursor (trainer).iteration);
  if (is_within)
    bp_trainer_step_node (trainer, 1);
  if (!parse_instruction (options, trainer, &n_executed, error))
    return FALSE;

  if (!is_given && saved_executed > 0)
    n_executed = MIN (saved_executed, n_executed);
  if (seek_to (trainer, iteration, n_executed) || !is_given)
    return TRUE;

  bp_command_set_diverged_error (error, trainer);

  return FALSE;
}
