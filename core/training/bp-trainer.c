/* bp-trainer.c: creates a run; getters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-trainer-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-error.h"
#include "base/bp-memory.h"

static gboolean
check_parameters (BpTrainer *self,
                  GError   **error)
{
  self->n_parameters = bp_graph_get_n_parameters (self->program->graph);

  if (self->n_parameters <= BP_MAX_TRAINED_PARAMETERS)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
               _("[Variables]: they have %zu elements together; at most %d can be trained"),
               self->n_parameters, BP_MAX_TRAINED_PARAMETERS);

  return FALSE;
}

/* @n_bytes: (out): the size of the largest program that the changes need */
static gboolean
check_changes (const BpExperiment *experiment,
               gsize              *n_bytes,
               GError            **error)
{
  g_autoptr (GHashTable) checked = g_hash_table_new (NULL, NULL);

  *n_bytes = 0;
  g_hash_table_add (checked, GSIZE_TO_POINTER (experiment->settings.batch_size));
  for (guint i = 0; i < experiment->changes->len; i++)
    {
      const BpSettings *settings = &g_array_index (experiment->changes, BpSettingsChange, i).settings;
      g_autoptr (BpGraph) graph = NULL;

      if (!bp_settings_check (settings, error))
        return FALSE;
      if (!g_hash_table_add (checked, GSIZE_TO_POINTER (settings->batch_size)))
        continue;

      graph = bp_experiment_create_graph (experiment, settings->batch_size, error);
      if (graph == NULL)
        return FALSE;

      *n_bytes = MAX (*n_bytes, bp_program_get_n_bytes (graph, settings->batch_size));
    }

  return bp_settings_check (&experiment->settings, error);
}

static gboolean
begin (BpTrainer *self,
       GError   **error)
{
  double *parameters = bp_trainer_get_parameters (self);

  /* Checkpoints beyond the first are made where there is room. */
  if (!bp_memory_check (self->n_parameters * (BP_OPTIMIZER_MAX_SLOTS + 1 + 2 * BP_CHECKPOINT_NUMBERS) * sizeof (double),
                        error))
    return FALSE;

  self->history = bp_history_new (self->n_parameters, bp_graph_get_n_variables (self->program->graph));
  self->slots = g_new0 (double, self->n_parameters * BP_OPTIMIZER_MAX_SLOTS);
  self->previous = g_new0 (double, self->n_parameters);
  self->previous_squares = g_new0 (double, bp_graph_get_n_variables (self->program->graph));
  bp_trainer_enter_settings (self);
  bp_experiment_init_parameters (self->experiment, parameters);
  bp_history_record (self->history, 0, 1, NULL, parameters, 1);
  bp_trainer_save_checkpoint (self);
  bp_trainer_set_out (self, self->cursor, FALSE);

  return TRUE;
}

/* The digest becomes the one of the data as they are read now; a saved run may have had others. */
static gboolean
read_data (BpTrainer          *self,
           const BpExperiment *original,
           GError            **error)
{
  BpExperiment *experiment = self->experiment;

  if (self->dataset == NULL)
    self->dataset = bp_experiment_create_dataset (original, error);

  if (self->dataset == NULL)
    return FALSE;

  g_clear_pointer (&experiment->data_digest, g_free);
  if (experiment->data_file != NULL)
    experiment->data_digest = bp_dataset_dup_digest (self->dataset);

  return TRUE;
}

/* @dataset: (nullable): NULL to draw or read the data */
static BpTrainer *
create (const BpExperiment *experiment,
        BpDataset          *dataset,
        GError            **error)
{
  g_autoptr (BpTrainer) self = g_new0 (BpTrainer, 1);
  gsize n_bytes;

  self->experiment = bp_experiment_copy (experiment);
  self->dataset = dataset != NULL ? bp_dataset_ref (dataset) : NULL;
  self->is_sliced = TRUE;
  self->known_finite = -1;
  self->careful = -1;

  if (!check_changes (experiment, &n_bytes, error) || !read_data (self, experiment, error))
    return NULL;

  self->program = bp_program_new (experiment, self->dataset, experiment->settings.batch_size, error);

  if (self->program == NULL || !check_parameters (self, error))
    return NULL;

  self->is_stretched = bp_stretch_find (experiment, self->program->graph, &self->stretch);
  if (!begin (self, error))
    return NULL;

  /* Two programs exist while one replaces the other. */
  if (!bp_memory_check (2 * n_bytes, error))
    return NULL;

  return g_steal_pointer (&self);
}

BpTrainer *
bp_trainer_new_sliced (const BpExperiment *experiment,
                       GError            **error)
{
  g_return_val_if_fail (experiment != NULL, NULL);

  return create (experiment, NULL, error);
}

BpTrainer *
bp_trainer_new_with_data (const BpExperiment *experiment,
                          BpDataset          *dataset,
                          GError            **error)
{
  BpTrainer *self;

  g_return_val_if_fail (experiment != NULL, NULL);

  self = create (experiment, dataset, error);
  if (self == NULL)
    return NULL;

  bp_trainer_continue (self, G_MAXSIZE, G_MAXINT64);
  self->is_sliced = FALSE;

  return self;
}

BpTrainer *
bp_trainer_new (const BpExperiment *experiment,
                GError            **error)
{
  return bp_trainer_new_with_data (experiment, NULL, error);
}

void
bp_trainer_free (BpTrainer *trainer)
{
  g_clear_pointer (&trainer->program, bp_program_free);
  g_clear_pointer (&trainer->history, bp_history_free);
  g_clear_pointer (&trainer->dataset, bp_dataset_unref);
  g_clear_pointer (&trainer->experiment, bp_experiment_free);
  g_free (trainer->slots);
  g_free (trainer->previous);
  g_free (trainer->previous_squares);
  g_free (trainer);
}

double *
bp_trainer_get_parameters (BpTrainer *self)
{
  return bp_session_get_parameters (self->program->session);
}

gsize
bp_trainer_get_offset (BpTrainer *self,
                       guint      variable)
{
  return bp_session_get_value (self->program->session, variable) - bp_trainer_get_parameters (self);
}

const BpExperiment *
bp_trainer_get_experiment (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->experiment;
}

BpGraph *
bp_trainer_get_graph (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->program->graph;
}

BpSession *
bp_trainer_get_session (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->program->session;
}

BpDataset *
bp_trainer_get_dataset (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->dataset;
}

const BpStretch *
bp_trainer_get_stretch (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->is_stretched ? &trainer->stretch : NULL;
}

BpHistory *
bp_trainer_get_history (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->history;
}

guint
bp_trainer_get_n_instructions (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, 0);

  return trainer->program->session->n_instructions;
}

const BpInstruction *
bp_trainer_get_instruction (BpTrainer *trainer,
                            guint      index)
{
  g_return_val_if_fail (trainer != NULL && index < trainer->program->session->n_instructions, NULL);

  return &trainer->program->session->instructions[index];
}

BpCursor
bp_trainer_get_cursor (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, ((BpCursor) { 0, 0 }));

  return trainer->cursor;
}

BpCursor
bp_trainer_get_cursor_to_save (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, ((BpCursor) { 0, 0 }));

  return (BpCursor) { trainer->cursor.iteration, trainer->cursor.instruction + bp_trainer_is_diverged (trainer) };
}

const BpInstruction *
bp_trainer_get_last_instruction (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->n_shown > 0 ? &trainer->program->session->instructions[trainer->n_shown - 1] : NULL;
}

const BpInstruction *
bp_trainer_get_next_instruction (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return bp_trainer_at_end (trainer) ? NULL
                                     : &trainer->program->session->instructions[trainer->cursor.instruction];
}

gint64
bp_trainer_get_shown (BpTrainer *trainer,
                      guint     *n_executed)
{
  g_return_val_if_fail (trainer != NULL, 0);

  if (n_executed != NULL)
    *n_executed = trainer->n_shown;

  if (trainer->n_shown == 0)
    return 0;

  return trainer->cursor.iteration + (trainer->cursor.instruction > 0);
}

BpStatus
bp_trainer_get_status (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, BP_STATUS_READY);

  if (bp_trainer_is_diverged (trainer))
    return BP_STATUS_DIVERGED;

  return bp_trainer_at_end (trainer) ? BP_STATUS_FINISHED : BP_STATUS_READY;
}

guint
bp_trainer_get_diverged_node (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, BP_NODE_NONE);

  return bp_trainer_is_diverged (trainer) ? trainer->diverged_node : BP_NODE_NONE;
}

gboolean
bp_trainer_has_value (BpTrainer *trainer,
                      guint      node)
{
  g_return_val_if_fail (trainer != NULL, FALSE);

  return bp_program_has_value (trainer->program, node, trainer->n_shown);
}

gboolean
bp_trainer_has_gradient (BpTrainer *trainer,
                         guint      node)
{
  return bp_trainer_get_n_contributions (trainer, node, NULL) > 0;
}

guint
bp_trainer_get_n_contributions (BpTrainer *trainer,
                                guint      node,
                                guint     *n_total)
{
  g_return_val_if_fail (trainer != NULL, 0);

  return bp_program_get_n_contributions (trainer->program, node, trainer->n_shown, n_total);
}

gsize
bp_trainer_get_batch_size (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, 0);

  return trainer->program->batch_size;
}

const gsize *
bp_trainer_get_batch (BpTrainer *trainer,
                      gsize     *n_rows)
{
  g_return_val_if_fail (trainer != NULL && n_rows != NULL, NULL);

  *n_rows = trainer->n_shown > 0 ? trainer->program->batch_size : 0;

  return trainer->n_shown > 0 ? trainer->program->rows : NULL;
}

const double *
bp_trainer_get_previous_parameters (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->n_shown > 0 ? trainer->previous : NULL;
}

const double *
bp_trainer_get_previous_squares (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return trainer->cursor.iteration > 0 && trainer->cursor.instruction > 0 ? trainer->previous_squares : NULL;
}

const double *
bp_trainer_get_slots (BpTrainer *trainer,
                      guint      variable)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  if (bp_optimizer_get_class (trainer->settings.optimizer.kind)->n_slots == 0)
    return NULL;

  return trainer->slots + bp_trainer_get_offset (trainer, variable) * BP_OPTIMIZER_MAX_SLOTS;
}

gint64
bp_trainer_get_n_updates (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, 0);

  return trainer->cursor.iteration - trainer->settings_since;
}

double
bp_trainer_get_loss_after (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NAN);

  return trainer->n_shown > 0 ? bp_program_get_loss_after (trainer->program) : NAN;
}

const BpSettings *
bp_trainer_get_settings (BpTrainer *trainer)
{
  gint64 since, until;

  g_return_val_if_fail (trainer != NULL, NULL);

  return bp_trainer_settings_at (trainer, trainer->cursor.iteration, &since, &until);
}

const BpSettings *
bp_trainer_get_shown_settings (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, NULL);

  return &trainer->settings;
}

gint64
bp_trainer_get_n_iterations (BpTrainer *trainer)
{
  g_return_val_if_fail (trainer != NULL, 0);

  return trainer->experiment->iterations;
}
