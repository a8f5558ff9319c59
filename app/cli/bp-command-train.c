/* bp-command-train.c: trains, and reports as the textbook's TensorFlow scripts do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "cli/bp-command-line.h"
#include "base/bp-error.h"
#include "base/bp-number.h"
#include "explain/bp-explain.h"
#include "training/bp-evaluator.h"

/* Describes which number is not finite, in or after the first update. */
static char *
describe_stop (BpTrainer *trainer,
               gboolean   is_gradient)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const guint node = bp_trainer_get_diverged_node (trainer);
  const char *name = bp_graph_get_name (graph, node);
  const gint64 iteration = bp_trainer_get_cursor (trainer).iteration;
  g_autofree char *value = bp_number_format (bp_session_get_value (bp_trainer_get_session (trainer), node)[0]);

  if (is_gradient && bp_graph_get_n_elements (graph, node) == 1)
    return g_strdup_printf (_("Training stopped: in iteration %" PRId64 " “%s” is %s, but the gradient that it passes "
                              "on is not a finite number; the last finite state is that after iteration %" PRId64),
                            iteration + 1, name, value, iteration);
  if (is_gradient)
    return g_strdup_printf (_("Training stopped: in iteration %" PRId64 " the gradient that “%s” passes on is not a "
                              "finite number; the last finite state is that after iteration %" PRId64), iteration + 1,
                            name, iteration);

  return g_strdup_printf (_("Training stopped: in iteration %" PRId64 " “%s” is no longer a finite number; "
                            "the last finite state is that after iteration %" PRId64), iteration + 1, name, iteration);
}

/* Describes a divergence before the first update, which no learning rate can prevent. */
static char *
describe_failed_start (BpTrainer *trainer,
                       gboolean   is_gradient)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const guint node = bp_trainer_get_diverged_node (trainer);
  const char *name = bp_graph_get_name (graph, node);
  g_autofree char *value = bp_number_format (bp_session_get_value (bp_trainer_get_session (trainer), node)[0]);

  if (is_gradient && bp_graph_get_n_elements (graph, node) == 1)
    return g_strdup_printf (_("Training stopped: already in iteration 1 “%s” is %s, but the gradient that it passes "
                              "on is not a finite number; that comes from the initial values, before any step"),
                            name, value);
  if (is_gradient)
    return g_strdup_printf (_("Training stopped: already in iteration 1 the gradient that “%s” passes on is not a "
                              "finite number; that comes from the initial values, before any step"), name);

  return g_strdup_printf (_("Training stopped: already in iteration 1 “%s” is not a finite number; that comes from "
                            "the initial values, before any step"), name);
}

void
bp_command_set_diverged_error (GError   **error,
                               BpTrainer *trainer)
{
  const BpPhase phase = bp_trainer_get_next_instruction (trainer)->phase;
  const gboolean is_first = bp_trainer_get_cursor (trainer).iteration == 0 && phase != BP_PHASE_UPDATE;
  g_autofree char *text = is_first ? describe_failed_start (trainer, phase == BP_PHASE_BACKWARD)
                                   : describe_stop (trainer, phase == BP_PHASE_BACKWARD);

  if (bp_explain_blames_steps (trainer))
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("%s; a smaller learning rate may help"), text);
  else
    g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, text);
}

/* The loss is printed in the shape of its node: a scalar for a mean, [1] for the loss of one sample. */
static void
append_report (GString   *text,
               BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  double loss = bp_trainer_get_loss_after (trainer);

  g_string_append_printf (text, "Step #%" G_GINT64_FORMAT, bp_trainer_get_cursor (trainer).iteration);
  for (guint i = 0; i < bp_graph_get_n_variables (graph); i++)
    {
      guint variable = bp_graph_get_variable (graph, i);

      g_string_append_printf (text, " %s = ", bp_graph_get_name (graph, variable));
      bp_command_append_array (text, bp_graph_get_shape (graph, variable), bp_session_get_value (session, variable));
    }

  g_string_append (text, "\nLoss = ");
  bp_command_append_array (text, bp_graph_get_shape (graph, bp_graph_get_loss (graph)), &loss);
  g_string_append_c (text, '\n');
}

/* Reports the last complete iteration, also if the run diverged within the next one. */
static void
append_last_report (GString   *text,
                    BpTrainer *trainer)
{
  BpCursor cursor = bp_trainer_get_cursor (trainer);

  bp_trainer_seek (trainer, (BpCursor) { cursor.iteration, 0 });
  append_report (text, trainer);
  bp_trainer_seek (trainer, cursor);
}

static gboolean
report_training (BpTrainer *trainer,
                 GError   **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 report_every = bp_trainer_get_experiment (trainer)->report_every;

  while (bp_trainer_get_status (trainer) == BP_STATUS_READY)
    {
      if (bp_trainer_run (trainer, report_every - bp_trainer_get_cursor (trainer).iteration % report_every) > 0)
        append_last_report (text, trainer);

      /* A reader that follows a long run through a pipe gets each report at once. */
      if (!bp_command_write (text, error) || !bp_command_flush (error))
        return FALSE;
    }

  if (bp_trainer_get_status (trainer) == BP_STATUS_FINISHED)
    return TRUE;

  bp_command_set_diverged_error (error, trainer);

  return FALSE;
}

/* Appends the accuracy, or – if the model does not take all rows in one batch. Fails if they need too much memory. */
static gboolean
append_accuracy (GString    *text,
                 const char *label,
                 BpTrainer  *trainer,
                 gboolean    test,
                 GError    **error)
{
  const BpShape scalar = { 0, { 1, 1, 1, 1 } };
  const BpExperiment *experiment = bp_trainer_get_experiment (trainer);
  const double *parameters = bp_session_get_parameters (bp_trainer_get_session (trainer));
  GError *reason = NULL;
  g_autoptr (BpEvaluator) evaluator = bp_evaluator_new_for_data (experiment, bp_trainer_get_dataset (trainer), test,
                                                                 &reason);
  double accuracy = NAN;

  if (g_error_matches (reason, BP_ERROR, BP_ERROR_MEMORY))
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  g_clear_error (&reason);

  if (evaluator != NULL)
    accuracy = bp_evaluator_get_accuracy (evaluator, experiment, parameters);
  g_string_append_printf (text, "%s = ", label);
  if (isnan (accuracy))
    g_string_append (text, BP_NUMBER_NONE);
  else
    bp_command_append_array (text, &scalar, &accuracy);
  g_string_append_c (text, '\n');

  return TRUE;
}

static gboolean
report_accuracy (BpTrainer *trainer,
                 GError   **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_held_out;

  if (bp_trainer_get_experiment (trainer)->target == NULL)
    return TRUE;

  if (!append_accuracy (text, "Ending accuracy", trainer, FALSE, error))
    return FALSE;

  bp_dataset_get_rows (bp_trainer_get_dataset (trainer), TRUE, &n_held_out);
  if (n_held_out > 0
      && !append_accuracy (text, "Ending accuracy on held-out samples", trainer, TRUE, error))
    return FALSE;

  return bp_command_write (text, error);
}

/* Warns that the model makes a matrix of two vectors of samples: it trains, but probably not as it was meant. */
static void
report_stretch (BpTrainer *trainer)
{
  const BpStretch *stretch = bp_trainer_get_stretch (trainer);
  g_autofree char *sentence = NULL;

  if (stretch == NULL)
    return;

  sentence = bp_stretch_describe (stretch, bp_trainer_get_graph (trainer));
  bp_command_line_print_error (sentence);
}

gboolean
bp_command_train (const BpCommandOptions *options,
                  GError                **error)
{
  g_autoptr (BpTrainer) trainer = bp_command_create_trainer (options, error);

  if (trainer == NULL)
    return FALSE;

  report_stretch (trainer);

  return report_training (trainer, error) && report_accuracy (trainer, error);
}
