/* fuzz-command-line.c: any arguments, one a line, as those of a command on an experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "bp-command.h"

#define MAX_BATCH_SIZE 1000

static const BpCommand command = { .name = "trace", .operand = "EXPERIMENT", .has_nodes = TRUE };

static void
check_experiment (const BpCommandOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_command_load_experiment (options, &error);

  fuzz_check_outcome (experiment != NULL, error);
  if (experiment == NULL || experiment->settings.batch_size > MAX_BATCH_SIZE)
    return;

  g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, &error);

  fuzz_check_outcome (trainer != NULL, error);
  if (trainer != NULL)
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
    check_experiment (&options);

  bp_command_options_clear (&options);

  return 0;
}
