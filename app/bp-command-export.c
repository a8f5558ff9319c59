/* bp-command-export.c: figures of a run as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-command.h"

#include <glib/gi18n-lib.h>

#include "bp-command-export-request.h"
#include "bp-command-export-sequence.h"
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

/* Where a saved run stood, as an iteration and what of it is executed. */
static gint64
get_saved_place (const BpSavedRun *saved,
                 guint            *n_executed)
{
  if (saved->cursor.instruction == 0)
    return saved->cursor.iteration;

  *n_executed = saved->cursor.instruction;

  return saved->cursor.iteration + 1;
}

/*
 * Where nothing is said of a place, it is where a saved run stood, and otherwise the end of the run, wherever that is.
 */
static gboolean
go_to_place (const BpCommandOptions *options,
             const BpSavedRun       *saved,
             BpTrainer              *trainer,
             GError                **error)
{
  gboolean is_within = options->phase != NULL || options->instruction != NULL;
  gboolean is_given = options->iteration != NULL || is_within;
  gint64 n = bp_trainer_get_n_iterations (trainer), iteration = n;
  guint saved_executed = 0, n_executed;

  if (saved->has_session)
    iteration = MAX (is_within ? 1 : 0, MIN (n, get_saved_place (saved, &saved_executed)));
  if (!bp_export_request_parse_integer ("--iteration", options->iteration, is_within ? 1 : 0, n, &iteration, error) ||
      !parse_instruction (options, trainer, &n_executed, error))
    return FALSE;

  is_within = is_within || (!is_given && saved_executed > 0);
  if (run_to (trainer, is_within ? iteration - 1 : iteration))
    {
      /* Another batch size may have other instructions. */
      if (!is_given && saved_executed > 0)
        n_executed = MIN (saved_executed, bp_trainer_get_n_instructions (trainer));
      if (stand_at (trainer, iteration, n_executed) || !is_given)
        return TRUE;
    }
  else if (!is_given)
    return TRUE;

  bp_command_set_diverged_error (error, trainer);

  return FALSE;
}

/* Output */

static gboolean
write_bytes (GBytes     *bytes,
             const char *path,
             GError    **error)
{
  g_autoptr (GString) text = NULL;
  gconstpointer data;
  gsize size;

  if (!g_str_equal (path, STANDARD_OUTPUT))
    return bp_write_file (path, bytes, error);

  data = g_bytes_get_data (bytes, &size);
  text = g_string_new_len (data, (gssize) size);

  return bp_command_write (text, error);
}

/* What is exported: the trainer at its place, or the experiment that a sequence runs. */
typedef struct {
  const BpExportRequest *request;
  const BpExperiment    *experiment;
  BpTrainer             *trainer;
} Source;

static GBytes *
render (const Source *source,
        BpFigureKind  kind,
        GError      **error)
{
  BpFigureOptions figure = source->request->figure;
  BpSequenceOptions sequence = source->request->sequence;

  figure.kind = kind;
  sequence.figure = figure;

  return source->request->is_sequence ? bp_export_sequence_render (source->experiment, &sequence, error)
                                      : bp_figure_render (source->trainer, &figure, error);
}

static char *
create_file_name (const Source *source,
                  BpFigureKind  kind)
{
  BpFigureOptions figure = source->request->figure;
  BpSequenceOptions sequence = source->request->sequence;

  figure.kind = kind;
  sequence.figure = figure;

  return source->request->is_sequence ? bp_sequence_create_file_name (source->experiment, &sequence)
                                      : bp_figure_create_file_name (source->trainer, &figure);
}

static gboolean
write_figure (const Source *source,
              BpFigureKind  kind,
              const char   *path,
              GError      **error)
{
  g_autoptr (GBytes) bytes = render (source, kind, error);

  return bytes != NULL && write_bytes (bytes, path, error);
}

/* All that have the format, each under its own name. */
static gboolean
write_all (const Source *source,
           const char   *folder,
           GError      **error)
{
  for (BpFigureKind kind = 0; kind < BP_N_FIGURES; kind++)
    {
      g_autofree char *name = create_file_name (source, kind);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if ((source->request->is_sequence || bp_figure_has_format (kind, source->request->figure.format)) &&
          !write_figure (source, kind, path, error))
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

/* The runs that a saved one is compared with. */
static GPtrArray *
run_ghosts (const BpSavedRun *saved,
            GError          **error)
{
  g_autoptr (GPtrArray) ghosts = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_ghost_free);

  for (guint i = 0; i < saved->ghosts->len; i++)
    {
      BpGhost *ghost = bp_ghost_new_by_running (g_ptr_array_index (saved->ghosts, i), NULL, error);

      if (ghost == NULL)
        return NULL;
      g_ptr_array_add (ghosts, ghost);
    }

  return g_steal_pointer (&ghosts);
}

/* Which places there are, or the one place, depends on the run. */
static gboolean
find_places (const BpCommandOptions *options,
             const BpSavedRun       *saved,
             BpTrainer              *trainer,
             BpExportRequest        *request,
             GError                **error)
{
  guint n_executed;

  if (!bp_export_request_set_parameter (request, options, trainer, error))
    return FALSE;

  return request->is_sequence ? bp_export_request_set_range (request, options, trainer,
                                                             get_saved_place (saved, &n_executed), error)
                              : go_to_place (options, saved, trainer, error);
}

gboolean
bp_command_export (const BpCommandOptions *options,
                   GError                **error)
{
  g_autoptr (BpSavedRun) saved = NULL;
  g_autoptr (BpTrainer) trainer = NULL;
  g_autoptr (GPtrArray) ghosts = NULL;
  BpExportRequest request;

  if (!bp_export_request_init (&request, options, error) || !check_output (options, &request, error))
    return FALSE;

  saved = bp_command_load_saved_run (options, error);
  trainer = saved != NULL ? bp_trainer_new (saved->experiment, error) : NULL;
  if (trainer == NULL || !find_places (options, saved, trainer, &request, error))
    return FALSE;

  ghosts = run_ghosts (saved, error);
  if (ghosts == NULL)
    return FALSE;

  Source source = { &request, saved->experiment, trainer };
  request.figure.plot.ghosts = ghosts;

  return request.is_all ? write_all (&source, options->output, error)
                        : write_figure (&source, request.figure.kind, options->output, error);
}
