/* bp-dataset-batches.c: which rows the batch of an iteration consists of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-dataset-private.h"

#include <string.h>

#include "base/bp-random-inline.h"

void
bp_dataset_choose (BpDataset   *self,
                   guint64      iteration,
                   const gsize *rows,
                   gsize        n_rows)
{
  BpChosenRows chosen;

  g_return_if_fail (self != NULL && rows != NULL);
  g_return_if_fail (self->chosen->len == 0
                    || g_array_index (self->chosen, BpChosenRows, self->chosen->len - 1).iteration < iteration);

  chosen = (BpChosenRows) { iteration, self->chosen_rows->len, n_rows };
  g_array_append_vals (self->chosen_rows, rows, (guint) n_rows);
  g_array_append_val (self->chosen, chosen);
}

/* Goes through the rows epoch by epoch, each in the order of a permutation of its own when shuffled. */
static void
get_epochs_batch (BpDataset *self,
                  guint64    position,
                  gsize      batch_size,
                  gsize     *rows)
{
  guint64 epoch = position / self->n_train;
  guint64 row = position % self->n_train;
  guint64 key = bp_random_bits (self->epoch_key, epoch);

  for (gsize j = 0; j < batch_size; j++)
    {
      gboolean shuffled = self->sampling == BP_SAMPLING_SHUFFLED;

      rows[j] = self->rows[shuffled ? bp_random_permute (key, row, self->n_train) : row];

      if (++row == self->n_train)
        {
          row = 0;
          key = bp_random_bits (self->epoch_key, ++epoch);
        }
    }
}

/* The first that is chosen for @iteration or a later one. */
static guint
find_chosen (BpDataset *self,
             guint64    iteration)
{
  guint start = 0, end = self->chosen->len;

  while (start < end)
    {
      guint middle = (start + end) / 2;

      if (g_array_index (self->chosen, BpChosenRows, middle).iteration < iteration)
        start = middle + 1;
      else
        end = middle;
    }

  return start;
}

/* Puts what is chosen over what is drawn. */
static void
put_chosen (BpDataset *self,
            guint64    iteration,
            gsize      n_iterations,
            gsize      batch_size,
            gsize     *rows)
{
  for (guint i = find_chosen (self, iteration); i < self->chosen->len; i++)
    {
      const BpChosenRows *chosen = &g_array_index (self->chosen, BpChosenRows, i);

      if (chosen->iteration - iteration >= n_iterations)
        return;
      memcpy (rows + (chosen->iteration - iteration) * batch_size,
              &g_array_index (self->chosen_rows, gsize, chosen->first), MIN (chosen->n, batch_size) * sizeof (gsize));
    }
}

static void
draw_batches (BpDataset *self,
              guint64    iteration,
              gsize      n_iterations,
              gsize      batch_size,
              gsize     *rows)
{
  const guint64 key = self->batch_key;
  const gsize n_train = self->n_train;
  const gsize *train = self->rows;

  if (self->sampling != BP_SAMPLING_RANDOM)
    {
      get_epochs_batch (self, iteration * batch_size, n_iterations * batch_size, rows);
      return;
    }

  /* Draws of different iterations are apart while batches are smaller than 2²⁴, more than a dataset has rows. */
  for (gsize i = 0; i < n_iterations; i++)
    for (gsize j = 0; j < batch_size; j++)
      *rows++ = train[bp_random_draw_below (key, ((iteration + i) << 24) + j, n_train)];
}

void
bp_dataset_get_batches (BpDataset *self,
                        guint64    iteration,
                        gsize      n_iterations,
                        gsize      batch_size,
                        gsize     *rows)
{
  draw_batches (self, iteration, n_iterations, batch_size, rows);
  if (G_UNLIKELY (self->chosen->len > 0))
    put_chosen (self, iteration, n_iterations, batch_size, rows);
}

void
bp_dataset_get_batch (BpDataset *self,
                      guint64    iteration,
                      gsize      batch_size,
                      gsize     *rows)
{
  bp_dataset_get_batches (self, iteration, 1, batch_size, rows);
}
