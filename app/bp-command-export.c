/* bp-command-export.c: figures of a run as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-command.h"

#include <glib/gi18n-lib.h>

#include "bp-command-export-request.h"
#include "bp-number.h"
#include "bp-write-file.h"

#define STANDARD_OUTPUT "-"

static const char *const phases[BP_N_PHASES + 1] = {
  [BP_PHASE_FEED] = "feed",
  [BP_PHASE_FORWARD] = "forward",
  [BP_PHASE_BACKWARD] = "backward",
  [BP_PHASE_UPDATE] = "update",
  [BP_N_PHASES] = NULL,
};

/* The place in the run */

static gboolean
parse_integer (const char *option,
               const char *text,
               gint64      minimum,
               gint64      maximum,
               gint64     *value,
               GError    **error)
{
  GError *reason = NULL;

  if (text == NULL || bp_number_parse_integer (text, minimum, maximum, value, &reason))
    return TRUE;

  bp_command_take_value_error (error, option, reason);

  return FALSE;
}

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

  if (!parse_integer ("--instruction", options->instruction, 1, n, &instruction, error))
    return FALSE;

  *n_executed = (guint) instruction;
  if (options->phase == NULL)
    return TRUE;
  if (!bp_export_request_find_word ("--phase", options->phase, phases, &phase, error))
    return FALSE;

  *n_executed = count_to_phase (trainer, phase);

  return TRUE;
}

/* Returns: FALSE when it ended before */
static gboolean
run_to (BpTrainer *trainer,
        gint64     iteration)
{
  bp_trainer_run (trainer, iteration - bp_trainer_get_cursor (trainer).iteration);

  return bp_trainer_get_cursor (trainer).iteration == iteration;
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

/* Where nothing is said of a place, the end of the run is one, wherever it is. */
static gboolean
go_to_place (const BpCommandOptions *options,
             BpTrainer              *trainer,
             GError                **error)
{
  gboolean is_within = options->phase != NULL || options->instruction != NULL;
  gint64 iteration = bp_trainer_get_n_iterations (trainer);
  guint n_executed;

  if (!parse_integer ("--iteration", options->iteration, is_within ? 1 : 0, iteration, &iteration, error) ||
      !parse_instruction (options, trainer, &n_executed, error))
    return FALSE;

  if (run_to (trainer, is_within ? iteration - 1 : iteration))
    {
      if (stand_at (trainer, iteration, n_executed))
        return TRUE;
    }
  else if (options->iteration == NULL && !is_within)
    return TRUE;

  bp_command_set_diverged_error (error, trainer);

  return FALSE;
}

/* Output */

static gboolean
write_figure (BpTrainer             *trainer,
              const BpFigureOptions *figure,
              const char            *path,
              GError               **error)
{
  g_autoptr (GBytes) bytes = bp_figure_render (trainer, figure, error);
  g_autoptr (GString) text = NULL;
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    return FALSE;
  if (!g_str_equal (path, STANDARD_OUTPUT))
    return bp_write_file (path, bytes, error);

  data = g_bytes_get_data (bytes, &size);
  text = g_string_new_len (data, (gssize) size);

  return bp_command_write (text, error);
}

/* All that have the format, each under its own name. */
static gboolean
write_all (BpTrainer             *trainer,
           const BpExportRequest *request,
           const char            *folder,
           GError               **error)
{
  BpFigureOptions figure = request->figure;

  for (figure.kind = 0; figure.kind < BP_N_FIGURES; figure.kind++)
    {
      g_autofree char *name = bp_figure_create_file_name (trainer, &figure);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (bp_figure_has_format (figure.kind, figure.format) && !write_figure (trainer, &figure, path, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_output (const BpCommandOptions *options,
              const BpExportRequest  *request,
              GError                **error)
{
  if (request->is_all)
    {
      g_autofree char *name = g_filename_display_name (options->output);

      if (g_file_test (options->output, G_FILE_TEST_IS_DIR))
        return TRUE;
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("All figures go into a folder, and “%s” is none"), name);
      return FALSE;
    }

  return g_str_equal (options->output, STANDARD_OUTPUT) || bp_write_file_check (options->output, error);
}

gboolean
bp_command_export (const BpCommandOptions *options,
                   GError                **error)
{
  g_autoptr (BpTrainer) trainer = NULL;
  BpExportRequest request;

  if (!bp_export_request_init (&request, options, error) || !check_output (options, &request, error))
    return FALSE;

  trainer = bp_command_create_trainer (options, error);
  if (trainer == NULL || !bp_export_request_set_parameter (&request, options, trainer, error) ||
      !go_to_place (options, trainer, error))
    return FALSE;

  return request.is_all ? write_all (trainer, &request, options->output, error)
                        : write_figure (trainer, &request.figure, options->output, error);
}
