/* bp-plot-memo.c: what building a plot again need not compute again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-plots-private.h"

#include <math.h>
#include <string.h>

typedef struct {
  GArray *key;
  GArray *values;
  GArray *is_known;
  guint   n_known;
} Slot;

/* The points of one series: their parameters one after the other, and the losses there. */
typedef struct {
  GArray *parameters;
  GArray *losses;
  GArray *is_known;
} Losses;

struct _BpPlotMemo {
  gsize      budget;
  gsize      left;
  gboolean   has_spent;
  gboolean   is_complete;
  Slot       slots[BP_N_MEMOS];
  Losses     losses[1 + BP_MAX_GHOSTS];
  BpProbe   *probes[BP_N_PROBES];
  gboolean   has_probe[BP_N_PROBES];
  gsize      probe_rows[BP_N_PROBES];
};

BpPlotMemo *
bp_plot_memo_new (gsize budget)
{
  BpPlotMemo *memo = g_new0 (BpPlotMemo, 1);

  memo->budget = budget;
  for (guint i = 0; i < BP_N_MEMOS; i++)
    {
      memo->slots[i].key = g_array_new (FALSE, FALSE, sizeof (double));
      memo->slots[i].values = g_array_new (FALSE, FALSE, sizeof (double));
      memo->slots[i].is_known = g_array_new (FALSE, TRUE, sizeof (gboolean));
    }
  for (guint i = 0; i < G_N_ELEMENTS (memo->losses); i++)
    {
      memo->losses[i].parameters = g_array_new (FALSE, TRUE, sizeof (double));
      memo->losses[i].losses = g_array_new (FALSE, TRUE, sizeof (BpMemoLoss));
      memo->losses[i].is_known = g_array_new (FALSE, TRUE, sizeof (gboolean));
    }
  bp_plot_memo_begin (memo);

  return memo;
}

void
bp_plot_memo_clear (BpPlotMemo *memo)
{
  for (guint i = 0; i < BP_N_MEMOS; i++)
    {
      g_array_set_size (memo->slots[i].key, 0);
      g_array_set_size (memo->slots[i].values, 0);
      g_array_set_size (memo->slots[i].is_known, 0);
      memo->slots[i].n_known = 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (memo->losses); i++)
    {
      g_array_set_size (memo->losses[i].parameters, 0);
      g_array_set_size (memo->losses[i].losses, 0);
      g_array_set_size (memo->losses[i].is_known, 0);
    }
  for (guint i = 0; i < BP_N_PROBES; i++)
    {
      g_clear_pointer (&memo->probes[i], bp_probe_free);
      memo->has_probe[i] = FALSE;
    }
}

void
bp_plot_memo_free (BpPlotMemo *memo)
{
  if (memo == NULL)
    return;

  bp_plot_memo_clear (memo);
  for (guint i = 0; i < BP_N_MEMOS; i++)
    {
      g_array_unref (memo->slots[i].key);
      g_array_unref (memo->slots[i].values);
      g_array_unref (memo->slots[i].is_known);
    }
  for (guint i = 0; i < G_N_ELEMENTS (memo->losses); i++)
    {
      g_array_unref (memo->losses[i].parameters);
      g_array_unref (memo->losses[i].losses);
      g_array_unref (memo->losses[i].is_known);
    }
  g_free (memo);
}

/* Budget */

void
bp_plot_memo_begin (BpPlotMemo *memo)
{
  memo->left = memo->budget;
  memo->has_spent = FALSE;
  memo->is_complete = TRUE;
}

gboolean
bp_plot_memo_is_complete (BpPlotMemo *memo)
{
  return memo->is_complete;
}

/* One evaluation is always granted, so that something comes of every building. */
static gboolean
spend (BpPlotMemo *memo,
       gsize       cost)
{
  if (memo->budget > 0 && memo->has_spent && cost > memo->left)
    {
      memo->is_complete = FALSE;
      return FALSE;
    }

  memo->has_spent = TRUE;
  memo->left -= MIN (cost, memo->left);

  return TRUE;
}

/* Values */

static gboolean
has_key (const Slot   *slot,
         const double *key,
         guint         n_key,
         guint         n_values)
{
  return slot->values->len == n_values && slot->key->len == n_key
         && (n_key == 0 || memcmp (slot->key->data, key, n_key * sizeof (double)) == 0);
}

static void
set_key (Slot         *slot,
         const double *key,
         guint         n_key,
         guint         n_values)
{
  g_array_set_size (slot->key, 0);
  if (n_key > 0)
    g_array_append_vals (slot->key, key, n_key);
  g_array_set_size (slot->values, n_values);
  g_array_set_size (slot->is_known, 0);
  g_array_set_size (slot->is_known, n_values);
  slot->n_known = 0;
}

/* Every 2ᵏ-th first, then those between: a coarse picture of the whole comes before a fine one of a part. */
static void
compute_missing (BpPlotMemo *memo,
                 Slot       *slot,
                 BpMemoFunc  function,
                 gpointer    data,
                 gsize       cost)
{
  guint n = slot->values->len;
  guint stride = 1;

  while (stride < n)
    stride *= 2;

  for (; stride > 0; stride /= 2)
    for (guint i = 0; i < n; i += stride)
      {
        gboolean *is_known = &g_array_index (slot->is_known, gboolean, i);

        if (*is_known)
          continue;
        if (!spend (memo, cost))
          return;
        g_array_index (slot->values, double, i) = function (data, i);
        *is_known = TRUE;
        slot->n_known++;
      }
}

BpMemoValues
bp_plot_memo_get (BpPlotMemo   *memo,
                  BpMemoSlot    slot_index,
                  const double *key,
                  guint         n_key,
                  guint         n_values,
                  BpMemoFunc    function,
                  gpointer      data,
                  gsize         cost)
{
  Slot *slot = &memo->slots[slot_index];

  if (!has_key (slot, key, n_key, n_values))
    set_key (slot, key, n_key, n_values);
  if (slot->n_known < n_values)
    compute_missing (memo, slot, function, data, cost);

  return (BpMemoValues) { (const double *) slot->values->data, (const gboolean *) slot->is_known->data };
}

const BpMemoLoss *
bp_plot_memo_get_loss (BpPlotMemo    *memo,
                       guint          series,
                       guint          place,
                       const double  *parameters,
                       gsize          n_parameters,
                       BpMemoLossFunc function,
                       gpointer       data,
                       gsize          cost)
{
  g_return_val_if_fail (series < G_N_ELEMENTS (memo->losses), NULL);

  Losses *losses = &memo->losses[series];
  if (losses->losses->len <= place)
    {
      g_array_set_size (losses->losses, place + 1);
      g_array_set_size (losses->is_known, place + 1);
      g_array_set_size (losses->parameters, (guint) ((place + 1) * n_parameters));
    }

  BpMemoLoss *loss = &g_array_index (losses->losses, BpMemoLoss, place);
  gboolean *is_known = &g_array_index (losses->is_known, gboolean, place);
  double *known_at = (double *) losses->parameters->data + place * n_parameters;
  gsize size = n_parameters * sizeof (double);
  if (*is_known && memcmp (known_at, parameters, size) == 0)
    return loss;
  if (!spend (memo, cost))
    return NULL;

  *loss = function (data, parameters);
  *is_known = TRUE;
  memcpy (known_at, parameters, size);

  return loss;
}

/* Probes */

BpProbe *
bp_plot_memo_get_probe (BpPlotMemo         *memo,
                        BpProbeSlot         slot,
                        const BpExperiment *experiment,
                        gsize               n_rows,
                        gboolean           *is_new)
{
  *is_new = !memo->has_probe[slot] || memo->probe_rows[slot] != n_rows;
  if (*is_new)
    {
      g_clear_pointer (&memo->probes[slot], bp_probe_free);
      memo->probes[slot] = bp_probe_new (experiment, n_rows);
      memo->has_probe[slot] = TRUE;
      memo->probe_rows[slot] = n_rows;
    }

  return memo->probes[slot];
}
