/* fuzz-command-line.c: any arguments, one a line, as those of a command on an experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "cli/bp-command-export-request.h"

/* Training more than this takes too long. */
#define MAX_BATCH_SIZE 1000
#define MAX_ITERATIONS 2000

/* Most of the time of fuzzing would go there; the replay has it. */
#ifdef HARNESS
#define INPUTS_A_TRAINING 1
#else
#define INPUTS_A_TRAINING 8
#endif

/* All options that any command has. */
static const BpCommand command = { .name = "export", .operand = "EXPERIMENT", .has_nodes = TRUE, .has_figure = TRUE };

/* What is asked for is possible, or the sentence says why not: nothing is drawn or written. */
static gboolean
check_request (const BpCommandOptions *options,
               BpExportRequest        *request)
{
  g_autoptr (GError) error = NULL;
  gboolean done = bp_export_request_init (request, options, &error);

  fuzz_check_outcome (done, error);
  g_assert_true (done || error->domain == G_OPTION_ERROR);

  return done;
}

/* Where in the run of @saved, or which places of it. */
static void
check_place (const BpCommandOptions *options,
             const BpSavedRun       *saved,
             BpTrainer              *trainer,
             BpExportRequest        *request)
{
  g_autoptr (GError) error = NULL;
  gboolean done = bp_export_request_set_parameter (request, options, trainer, &error);

  if (done && request->is_sequence)
    done = bp_export_request_set_range (request, options, trainer, 0, &error);
  else if (done && bp_trainer_get_n_iterations (trainer) <= MAX_ITERATIONS)
    done = bp_export_request_go_to_position (options, saved, trainer, &error);
  fuzz_check_outcome (done, error);
}

static void
check_run (const BpCommandOptions *options,
           gboolean                is_trained)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpSavedRun) saved = bp_command_load_saved_run (options, &error);
  BpExportRequest request;
  gboolean is_request = check_request (options, &request);

  fuzz_check_outcome (saved != NULL, error);
  if (saved == NULL || saved->experiment->settings.batch_size > MAX_BATCH_SIZE || !is_trained)
    return;

  g_autoptr (BpTrainer) trainer = bp_trainer_new (saved->experiment, &error);

  fuzz_check_outcome (trainer != NULL, error);
  if (trainer == NULL)
    return;

  if (is_request)
    check_place (options, saved, trainer, &request);
  else
    bp_trainer_run (trainer, 2);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_auto (GStrv) arguments = g_strsplit (text, "\n", -1);
  g_autofree char *help = NULL;
  g_autoptr (GError) error = NULL;
  BpCommandOptions options = { 0 };
  gboolean done = bp_command_options_parse (&options, &command, arguments, &help, &error);

  g_assert_true (done == (error == NULL));
  g_assert_true (help == NULL || done);

  /* Of files it is the reader's harness that sees to it. */
  if (done && help == NULL && !bp_command_is_file (options.operands[0]))
    check_run (&options, g_str_hash (text) % INPUTS_A_TRAINING == 0);

  bp_command_options_clear (&options);

  return 0;
}
