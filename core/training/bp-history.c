/* bp-history.c: the series and checkpoints of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-history.h"

#include <string.h>

#include "base/bp-memory.h"

#define MIN_STRIDE 16
#define MAX_SIMPLE_VARIABLES 2
#define FIRST_CHECKPOINTS 2
#define MIN_CHECKPOINTS 4
#define MAX_CHECKPOINTS 2048
#define MAX_CHECKPOINT_BYTES (64 << 20)

struct _BpHistory {
  BpSeries *loss;
  BpSeries *parameters[BP_HISTORY_MAX_SERIES];
  gsize     n_series;

  /* Checkpoint i is the state after i · stride iterations, checkpoint_size numbers, of which squares begin at one. */
  GPtrArray *checkpoints;
  gsize      checkpoint_size;
  gsize      squares;
  gsize      max_checkpoints;
  gint64     stride;
};

BpHistory *
bp_history_new (gsize n_parameters,
                guint n_variables)
{
  BpHistory *self = g_new0 (BpHistory, 1);

  self->loss = bp_series_new ();
  self->n_series = MIN (n_parameters, BP_HISTORY_MAX_SERIES);

  for (gsize i = 0; i < self->n_series; i++)
    self->parameters[i] = bp_series_new ();

  self->squares = MAX (n_parameters, 1) * BP_CHECKPOINT_NUMBERS;
  self->checkpoint_size = self->squares + n_variables;
  self->max_checkpoints = CLAMP (MAX_CHECKPOINT_BYTES / (self->checkpoint_size * sizeof (double)),
                                 MIN_CHECKPOINTS, MAX_CHECKPOINTS) / 2 * 2;
  self->checkpoints = g_ptr_array_new_with_free_func (g_free);
  /* What has no series is drawn from the checkpoints: parameters, and the gradients of a network's layers. */
  self->stride = n_parameters > BP_HISTORY_MAX_SERIES || n_variables > MAX_SIMPLE_VARIABLES ? 1 : MIN_STRIDE;

  return self;
}

void
bp_history_free (BpHistory *history)
{
  g_clear_pointer (&history->loss, bp_series_free);

  for (gsize i = 0; i < history->n_series; i++)
    g_clear_pointer (&history->parameters[i], bp_series_free);

  g_clear_pointer (&history->checkpoints, g_ptr_array_unref);
  g_free (history);
}

BpSeries *
bp_history_get_loss (BpHistory *history)
{
  g_return_val_if_fail (history != NULL, NULL);

  return history->loss;
}

BpSeries *
bp_history_get_parameter (BpHistory *history,
                          gsize      index)
{
  g_return_val_if_fail (history != NULL, NULL);

  return index < history->n_series ? history->parameters[index] : NULL;
}

/* @values belong to the series from @start on. Appends the ones after its end. */
static void
record (BpSeries     *series,
        gint64        start,
        const double *values,
        gsize         n_values)
{
  gint64 n_known = bp_series_get_length (series) - start;

  if (n_known >= 0 && n_known < (gint64) n_values)
    bp_series_append (series, values + n_known, n_values - n_known);
}

void
bp_history_record (BpHistory    *history,
                   gint64        iteration,
                   gsize         n_iterations,
                   const double *losses,
                   const double *parameters,
                   gsize         stride)
{
  if (iteration > 0)
    record (history->loss, iteration - 1, losses, n_iterations);

  for (gsize i = 0; i < history->n_series; i++)
    record (history->parameters[i], iteration, parameters + i * stride, n_iterations);
}

gint64
bp_history_get_recorded (BpHistory *history)
{
  gint64 recorded = bp_series_get_length (history->loss);

  for (gsize i = 0; i < history->n_series; i++)
    recorded = MIN (recorded, bp_series_get_length (history->parameters[i]) - 1);

  return MAX (recorded, 0);
}

void
bp_history_truncate (BpHistory *history,
                     gint64     iteration)
{
  gsize n_checkpoints = iteration / history->stride + 1;

  bp_series_truncate (history->loss, iteration);

  for (gsize i = 0; i < history->n_series; i++)
    bp_series_truncate (history->parameters[i], iteration + 1);

  if (history->checkpoints->len > n_checkpoints)
    g_ptr_array_set_size (history->checkpoints, (gint) n_checkpoints);
}

/* Keeps every other checkpoint, which doubles their distance. As their number is even, the next one stays due. */
static void
thin_out (BpHistory *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->checkpoints->len; i += 2)
    g_ptr_array_add (kept, g_steal_pointer (&g_ptr_array_index (self->checkpoints, i)));

  g_ptr_array_unref (self->checkpoints);
  self->checkpoints = kept;
  self->stride *= 2;
}

/* With fewer checkpoints going back is slower. The free memory is tested whenever their number has doubled. */
static gboolean
has_room (BpHistory *self)
{
  const guint n = self->checkpoints->len;

  if (n < FIRST_CHECKPOINTS || (n & (n - 1)) != 0)
    return n < self->max_checkpoints;

  return n < self->max_checkpoints && bp_memory_check (n * self->checkpoint_size * sizeof (double), NULL);
}

gint64
bp_history_get_next_checkpoint (BpHistory *history)
{
  return history->checkpoints->len * history->stride;
}

double *
bp_history_add_checkpoint (BpHistory *history)
{
  double *checkpoint;

  if (!has_room (history))
    thin_out (history);
  checkpoint = g_new (double, history->checkpoint_size);
  g_ptr_array_add (history->checkpoints, checkpoint);

  return checkpoint;
}

double *
bp_history_get_checkpoint (BpHistory *history,
                           gint64     iteration,
                           gint64    *found)
{
  gint64 index = MIN (iteration / history->stride, (gint64) history->checkpoints->len - 1);

  g_return_val_if_fail (index >= 0, NULL);

  *found = index * history->stride;

  return g_ptr_array_index (history->checkpoints, index);
}

guint
bp_history_get_n_checkpoints (BpHistory *history,
                              gint64    *stride)
{
  g_return_val_if_fail (history != NULL && stride != NULL, 0);

  *stride = history->stride;

  return history->checkpoints->len;
}

const double *
bp_history_get_checkpoint_parameters (BpHistory *history,
                                      guint      index)
{
  g_return_val_if_fail (history != NULL && index < history->checkpoints->len, NULL);

  return g_ptr_array_index (history->checkpoints, index);
}

const double *
bp_history_get_checkpoint_squares (BpHistory *history,
                                   guint      index)
{
  g_return_val_if_fail (history != NULL && index < history->checkpoints->len, NULL);

  return (const double *) g_ptr_array_index (history->checkpoints, index) + history->squares;
}
