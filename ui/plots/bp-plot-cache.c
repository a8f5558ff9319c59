/* bp-plot-cache.c: what building a plot again need not compute again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include <math.h>
#include <string.h>

/* Operations that one evaluation may take, while a window waits for it and otherwise. */
#define MAX_COST 4e6
#define MAX_COST_AT_LEISURE 3e7

/* What costs no more than so many times as much as its rows on their own is in proportion to them. */
#define PROPORTIONAL 2

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

/* An evaluator, and for how many rows it was asked: it may have fewer. */
typedef struct {
  gboolean     is_tried;
  gsize        n_rows;
  BpEvaluator *evaluator;
  GError      *error;
} Rows;

struct _BpPlotCache {
  double   budget;
  double   left;
  gboolean has_spent;
  gboolean is_complete;
  Slot     slots[BP_N_CACHES];
  Losses   losses[1 + BP_MAX_REFERENCES];
  Rows     rows[BP_N_ROW_SOURCES];
};

BpPlotCache *
bp_plot_cache_new (double budget)
{
  BpPlotCache *cache = g_new0 (BpPlotCache, 1);

  cache->budget = budget;
  for (guint i = 0; i < BP_N_CACHES; i++)
    {
      cache->slots[i].key = g_array_new (FALSE, FALSE, sizeof (double));
      cache->slots[i].values = g_array_new (FALSE, FALSE, sizeof (double));
      cache->slots[i].is_known = g_array_new (FALSE, TRUE, sizeof (gboolean));
    }
  for (guint i = 0; i < G_N_ELEMENTS (cache->losses); i++)
    {
      cache->losses[i].parameters = g_array_new (FALSE, TRUE, sizeof (double));
      cache->losses[i].losses = g_array_new (FALSE, TRUE, sizeof (BpCacheLoss));
      cache->losses[i].is_known = g_array_new (FALSE, TRUE, sizeof (gboolean));
    }
  bp_plot_cache_begin (cache);

  return cache;
}

static void
clear_rows (Rows *self)
{
  g_clear_pointer (&self->evaluator, bp_evaluator_free);
  g_clear_error (&self->error);
  self->is_tried = FALSE;
}

void
bp_plot_cache_clear (BpPlotCache *cache)
{
  for (guint i = 0; i < BP_N_CACHES; i++)
    {
      g_array_set_size (cache->slots[i].key, 0);
      g_array_set_size (cache->slots[i].values, 0);
      g_array_set_size (cache->slots[i].is_known, 0);
      cache->slots[i].n_known = 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cache->losses); i++)
    {
      g_array_set_size (cache->losses[i].parameters, 0);
      g_array_set_size (cache->losses[i].losses, 0);
      g_array_set_size (cache->losses[i].is_known, 0);
    }
  for (guint i = 0; i < BP_N_ROW_SOURCES; i++)
    clear_rows (&cache->rows[i]);
}

void
bp_plot_cache_free (BpPlotCache *cache)
{
  if (cache == NULL)
    return;

  bp_plot_cache_clear (cache);
  for (guint i = 0; i < BP_N_CACHES; i++)
    {
      g_array_unref (cache->slots[i].key);
      g_array_unref (cache->slots[i].values);
      g_array_unref (cache->slots[i].is_known);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cache->losses); i++)
    {
      g_array_unref (cache->losses[i].parameters);
      g_array_unref (cache->losses[i].losses);
      g_array_unref (cache->losses[i].is_known);
    }
  g_free (cache);
}

/* Budget */

void
bp_plot_cache_begin (BpPlotCache *cache)
{
  cache->left = cache->budget;
  cache->has_spent = FALSE;
  cache->is_complete = TRUE;
}

gboolean
bp_plot_cache_is_complete (BpPlotCache *cache)
{
  return cache->is_complete;
}

/* One evaluation is always granted, so that something comes of every building. */
static gboolean
spend (BpPlotCache *cache,
       double       cost)
{
  if (cache->budget > 0 && cache->has_spent && cost > cache->left)
    {
      cache->is_complete = FALSE;
      return FALSE;
    }

  cache->has_spent = TRUE;
  cache->left -= MIN (cost, cache->left);

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
compute_missing (BpPlotCache *cache,
                 Slot        *slot,
                 BpCacheFunc  function,
                 gpointer     data,
                 double       cost)
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
        if (!spend (cache, cost))
          return;
        g_array_index (slot->values, double, i) = function (data, i);
        *is_known = TRUE;
        slot->n_known++;
      }
}

BpCacheValues
bp_plot_cache_get (BpPlotCache  *cache,
                   BpCacheSlot   slot_index,
                   const double *key,
                   guint         n_key,
                   guint         n_values,
                   BpCacheFunc   function,
                   gpointer      data,
                   double        cost)
{
  Slot *slot = &cache->slots[slot_index];

  if (!has_key (slot, key, n_key, n_values))
    set_key (slot, key, n_key, n_values);
  if (slot->n_known < n_values)
    compute_missing (cache, slot, function, data, cost);

  return (BpCacheValues) { (const double *) slot->values->data, (const gboolean *) slot->is_known->data };
}

const BpCacheLoss *
bp_plot_cache_get_loss (BpPlotCache    *cache,
                        guint           series,
                        guint           index,
                        const double   *parameters,
                        gsize           n_parameters,
                        BpCacheLossFunc function,
                        gpointer        data,
                        double          cost)
{
  g_return_val_if_fail (series < G_N_ELEMENTS (cache->losses), NULL);

  Losses *losses = &cache->losses[series];
  if (losses->losses->len <= index)
    {
      g_array_set_size (losses->losses, index + 1);
      g_array_set_size (losses->is_known, index + 1);
      g_array_set_size (losses->parameters, (guint) ((index + 1) * n_parameters));
    }

  BpCacheLoss *loss = &g_array_index (losses->losses, BpCacheLoss, index);
  gboolean *is_known = &g_array_index (losses->is_known, gboolean, index);
  double *known_at = (double *) losses->parameters->data + index * n_parameters;
  gsize size = n_parameters * sizeof (double);
  if (*is_known && memcmp (known_at, parameters, size) == 0)
    return loss;
  if (!spend (cache, cost))
    return NULL;

  *loss = function (data, parameters);
  *is_known = TRUE;
  memcpy (known_at, parameters, size);

  return loss;
}

/* Evaluators */

/* That of the trainer, where it has so many rows. */
static BpGraph *
create_graph (BpTrainer *trainer,
              gsize      n_rows,
              GError   **error)
{
  if (bp_trainer_get_batch_size (trainer) == n_rows)
    return bp_graph_ref (bp_trainer_get_graph (trainer));

  return bp_experiment_create_graph (bp_trainer_get_experiment (trainer), n_rows, error);
}

/* How many rows cost at most @max_cost, in a model whose costs are in proportion to its rows. Where they grow faster, a
 * batch of fewer rows would be another model. Returns: 0 for none */
static gsize
get_affordable_rows (BpTrainer *trainer,
                     BpGraph   *graph,
                     gsize      n_rows,
                     double     max_cost)
{
  gsize batch_size = bp_trainer_get_batch_size (trainer);
  double n = (double) (batch_size != n_rows ? batch_size : n_rows / 2);
  g_autoptr (BpGraph) other = n >= 1 ? create_graph (trainer, (gsize) n, NULL) : NULL;
  double cost = bp_work_get_cost (graph);
  double other_cost, cost_of_row;

  if (other == NULL)
    return 0;

  other_cost = bp_work_get_cost (other);
  cost_of_row = (cost - other_cost) / ((double) n_rows - n);
  if (!(cost_of_row > 0) || cost > PROPORTIONAL * other_cost * (double) n_rows / n)
    return 0;

  return (gsize) CLAMP ((double) n_rows - (cost - max_cost) / cost_of_row, 0, (double) n_rows);
}

/* Of fewer rows where @n_rows cost too much, if @can_thin. */
static BpEvaluator *
create_evaluator (BpTrainer *trainer,
                  gsize      n_rows,
                  gboolean   can_thin,
                  double     max_cost,
                  GError   **error)
{
  g_autoptr (BpGraph) graph = create_graph (trainer, n_rows, error);
  g_autoptr (BpGraph) smaller = NULL;
  gsize n_affordable = n_rows;

  if (graph == NULL)
    return NULL;

  if (can_thin && bp_work_get_cost (graph) > max_cost)
    n_affordable = get_affordable_rows (trainer, graph, n_rows, max_cost);
  if (n_affordable > 0 && n_affordable < n_rows)
    smaller = create_graph (trainer, n_affordable, NULL);

  return smaller != NULL ? bp_evaluator_new (smaller, n_affordable, max_cost, error)
                         : bp_evaluator_new (graph, n_rows, max_cost, error);
}

BpEvaluator *
bp_plot_cache_get_evaluator (BpPlotCache   *cache,
                             BpRowSource    source,
                             BpTrainer     *trainer,
                             gsize          n_rows,
                             gboolean       can_thin,
                             gboolean      *is_new,
                             const GError **error)
{
  Rows *rows = &cache->rows[source];
  double max_cost = cache->budget > 0 ? MAX_COST : MAX_COST_AT_LEISURE;

  *is_new = !rows->is_tried || rows->n_rows != n_rows;
  if (*is_new)
    {
      clear_rows (rows);
      rows->is_tried = TRUE;
      rows->n_rows = n_rows;
      rows->evaluator = create_evaluator (trainer, n_rows, can_thin, max_cost, &rows->error);
    }
  if (error != NULL)
    *error = rows->error;

  return rows->evaluator;
}

gsize
bp_plot_cache_get_n_rows (BpPlotCache *cache,
                          BpRowSource  source)
{
  BpEvaluator *evaluator = cache->rows[source].evaluator;

  return evaluator != NULL ? bp_evaluator_get_n_rows (evaluator) : 0;
}
