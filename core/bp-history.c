/* bp-history.c: the series and checkpoints of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-history-private.h"

#include <string.h>

#include "bp-memory.h"

#define MIN_STRIDE 16
#define FIRST_CAPACITY 2
#define MIN_CHECKPOINTS 4
#define MAX_CHECKPOINTS 2048
#define MAX_CHECKPOINT_BYTES (64 << 20)

struct _BpHistory {
  BpSeries *loss;
  BpSeries *parameters[BP_HISTORY_MAX_SERIES];
  gsize     n_series;

  /* Checkpoint i is the state after i · stride iterations, checkpoint_size numbers from i · checkpoint_size on. */
  double   *checkpoints;
  gsize     n_checkpoints;
  gsize     capacity; /* an even number of checkpoints */
  gsize     checkpoint_size;
  gsize     max_checkpoints;
  gint64    stride;
};

BpHistory *
bp_history_new (gsize n_parameters)
{
  BpHistory *self = g_new0 (BpHistory, 1);

  self->loss = bp_series_new ();
  self->n_series = MIN (n_parameters, BP_HISTORY_MAX_SERIES);

  for (gsize i = 0; i < self->n_series; i++)
    self->parameters[i] = bp_series_new ();

  self->checkpoint_size = MAX (n_parameters, 1) * BP_CHECKPOINT_NUMBERS;
  self->max_checkpoints = CLAMP (MAX_CHECKPOINT_BYTES / (self->checkpoint_size * sizeof (double)),
                                 MIN_CHECKPOINTS, MAX_CHECKPOINTS) / 2 * 2;
  self->capacity = FIRST_CAPACITY;
  self->checkpoints = g_new (double, self->capacity * self->checkpoint_size);
  self->stride = MIN_STRIDE;

  return self;
}

void
bp_history_free (BpHistory *history)
{
  g_clear_pointer (&history->loss, bp_series_free);

  for (gsize i = 0; i < history->n_series; i++)
    g_clear_pointer (&history->parameters[i], bp_series_free);

  g_free (history->checkpoints);
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

/* Appends those of @values, which begin at @place of the series, that come after its end. */
static void
record (BpSeries     *series,
        gint64        place,
        const double *values,
        gsize         n_values)
{
  gint64 n_known = bp_series_get_length (series) - place;

  if (n_known >= 0 && n_known < (gint64) n_values)
    bp_series_append_values (series, values + n_known, n_values - n_known);
}

void
bp_history_record_run (BpHistory    *history,
                       gint64        iteration,
                       gsize         n_iterations,
                       const double *losses,
                       const double *parameters,
                       gsize         stride)
{
  record (history->loss, iteration - 1, losses, n_iterations);

  for (gsize i = 0; i < history->n_series; i++)
    record (history->parameters[i], iteration, parameters + i * stride, n_iterations);
}

void
bp_history_record (BpHistory    *history,
                   gint64        iteration,
                   double        loss,
                   const double *parameters)
{
  bp_history_record_run (history, iteration, 1, &loss, parameters, 1);
}

void
bp_history_record_parameters (BpHistory    *history,
                              gint64        iteration,
                              const double *parameters)
{
  for (gsize i = 0; i < history->n_series; i++)
    record (history->parameters[i], iteration, &parameters[i], 1);
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

  history->n_checkpoints = MIN (history->n_checkpoints, n_checkpoints);
}

/* Keeps every other checkpoint, so that the memory stays and the distance doubles. As the number is even, the
   checkpoint that is due then still is. */
static void
thin_out (BpHistory *self)
{
  gsize size = self->checkpoint_size;
  gsize n_kept = (self->n_checkpoints + 1) / 2;

  for (gsize i = 1; i < n_kept; i++)
    memcpy (self->checkpoints + i * size, self->checkpoints + 2 * i * size, size * sizeof (double));

  self->n_checkpoints = n_kept;
  self->stride *= 2;
}

/* Where memory is short fewer checkpoints do as well, only more slowly. */
static gboolean
grow (BpHistory *self)
{
  gsize capacity = MIN (2 * self->capacity, self->max_checkpoints);
  gsize n_bytes = capacity * self->checkpoint_size * sizeof (double);

  if (self->capacity == self->max_checkpoints || !bp_memory_check (n_bytes, NULL))
    return FALSE;

  self->checkpoints = g_realloc (self->checkpoints, n_bytes);
  self->capacity = capacity;

  return TRUE;
}

gint64
bp_history_get_next_checkpoint (BpHistory *history)
{
  return (gint64) history->n_checkpoints * history->stride;
}

double *
bp_history_add_checkpoint (BpHistory *history)
{
  if (history->n_checkpoints == history->capacity && !grow (history))
    thin_out (history);

  return history->checkpoints + history->n_checkpoints++ * history->checkpoint_size;
}

double *
bp_history_get_checkpoint (BpHistory *history,
                           gint64     iteration,
                           gint64    *found)
{
  gint64 index = MIN (iteration / history->stride, (gint64) history->n_checkpoints - 1);

  g_return_val_if_fail (index >= 0, NULL);

  if (found != NULL)
    *found = index * history->stride;

  return history->checkpoints + (gsize) index * history->checkpoint_size;
}
