/* bp-command-export.c: writes figures of a run to files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command.h"

#include <glib/gi18n-lib.h>

#include "cli/bp-command-export-request.h"
#include "cli/bp-command-export-sequence.h"
#include "base/bp-text.h"
#include "figures/bp-write-file.h"

#define STANDARD_OUTPUT "-"

/* Output */

/* The source of figures: the trainer at the position, or the experiment that a sequence runs. */
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
  BpSequenceOptions sequence = source->request->sequence;

  sequence.figure.kind = kind;

  return source->request->is_sequence ? bp_export_sequence_render (source->experiment, &sequence, error)
                                      : bp_figure_render (source->trainer, &sequence.figure, error);
}

static char *
create_file_name (const Source *source,
                  BpFigureKind  kind)
{
  BpSequenceOptions sequence = source->request->sequence;

  sequence.figure.kind = kind;

  return source->request->is_sequence ? bp_sequence_create_file_name (source->experiment, &sequence)
                                      : bp_figure_create_file_name (source->trainer, &sequence.figure);
}

static gboolean
write_figure (const Source *source,
              BpFigureKind  kind,
              const char   *path,
              GError      **error)
{
  g_autoptr (GBytes) bytes = render (source, kind, error);

  if (bytes == NULL)
    return FALSE;

  return g_str_equal (path, STANDARD_OUTPUT) ? bp_command_write_bytes (bytes, error)
                                             : bp_write_file (path, bytes, error);
}

/* Writes every figure that the model and the format have, each to a file of its own. */
static gboolean
write_all (const Source *source,
           const char   *folder,
           GError      **error)
{
  for (BpFigureKind kind = 0; kind < BP_N_FIGURES; kind++)
    {
      g_autofree char *name = create_file_name (source, kind);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (bp_figure_applies (kind, source->trainer)
          && (source->request->is_sequence || bp_figure_has_format (kind, source->request->sequence.figure.format))
          && !write_figure (source, kind, path, error))
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
      g_autofree char *name = bp_text_display_path (options->output);

      if (g_file_test (options->output, G_FILE_TEST_IS_DIR))
        return TRUE;
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is not a folder; all figures together go into one"), name);
      return FALSE;
    }

  return g_str_equal (options->output, STANDARD_OUTPUT) || bp_write_file_check (options->output, error);
}

/* Runs the reference runs of a saved run. */
static GPtrArray *
run_references (const BpSavedRun *saved,
                char            **said,
                GError          **error)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);

  for (guint i = 0; i < saved->references->len; i++)
    {
      const BpExperiment *experiment = g_ptr_array_index (saved->references, i);
      BpReference *reference = bp_reference_new_by_running (experiment, NULL, error);

      if (reference == NULL)
        return NULL;
      bp_command_warn_of_data (experiment, reference->experiment, said);
      g_ptr_array_add (references, reference);
    }

  return g_steal_pointer (&references);
}

/* Reads the options that depend on the run. Sets the range of a sequence, or moves @trainer to the position. */
static gboolean
find_position (const BpCommandOptions *options,
               const BpSavedRun       *saved,
               BpTrainer              *trainer,
               BpExportRequest        *request,
               GError                **error)
{
  guint n_executed;

  if (!bp_export_request_set_parameter (request, options, trainer, error))
    return FALSE;

  return request->is_sequence ? bp_export_request_set_range (request, options, trainer,
                                                             bp_export_request_get_saved_position (saved, &n_executed),
                                                             error)
                              : bp_export_request_go_to_position (options, saved, trainer, error);
}

gboolean
bp_command_export (const BpCommandOptions *options,
                   GError                **error)
{
  g_autoptr (BpSavedRun) saved = NULL;
  g_autoptr (BpTrainer) trainer = NULL;
  g_autoptr (GPtrArray) references = NULL;
  g_autofree char *said = NULL;
  BpExportRequest request;
  Source source;

  if (!bp_export_request_init (&request, options, error) || !check_output (options, &request, error))
    return FALSE;

  saved = bp_command_load_saved_run (options, error);
  trainer = saved != NULL ? bp_trainer_new (saved->experiment, error) : NULL;
  if (trainer == NULL || !find_position (options, saved, trainer, &request, error))
    return FALSE;

  bp_command_warn_of_data (saved->experiment, bp_trainer_get_experiment (trainer), &said);
  references = run_references (saved, &said, error);
  if (references == NULL)
    return FALSE;

  source = (Source) { &request, saved->experiment, trainer };
  request.sequence.figure.plot.references = references;

  return request.is_all ? write_all (&source, options->output, error)
                        : write_figure (&source, request.sequence.figure.kind, options->output, error);
}
