/* bp-plot-cache.c: what building a plot again need not compute again
 *
 * All that plots remember of a run is here, and of one kind of plot and one graph: for another of either it is
 * forgotten. What else changes, such as parameters and axes, is the key of what depends on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-cache-private.h"

#include <math.h>
#include <string.h>

/* Operations that one evaluation may take, while a window waits for it and otherwise. */
#define MAX_COST 4e6
#define MAX_COST_AT_LEISURE 3e7

/* What costs no more than so many times as much as its rows on their own is in proportion to them. */
#define PROPORTIONAL 2

/* Values, and the key that says what they are of. */
typedef struct {
  double   *key;
  guint     n_key;
  double   *values;
  gboolean *is_known;
  guint     n_values;
} Slot;

/* The losses at one point of a series, and the parameters there. */
typedef struct {
  BpCacheLoss loss;
  double      parameters[];
} Loss;

/* An evaluator, and for how many rows it was asked: it may have fewer, or be refused. */
typedef struct {
  gsize        n_rows;
  BpEvaluator *evaluator;
  GError      *error;
} Rows;

struct _BpPlotCache {
  BpPlotKind kind;
  BpGraph   *graph; /* the reference keeps the next one from getting its address */
  double     budget;
  double     left;
  gboolean   has_spent;
  gboolean   is_complete;
  Slot       slots[BP_N_CACHES];
  GPtrArray *losses[1 + BP_MAX_REFERENCES]; /* (element-type Loss); NULL for one that is not known */
  Rows       rows[BP_N_ROW_SOURCES];
};

BpPlotCache *
bp_plot_cache_new (double budget)
{
  BpPlotCache *cache = g_new0 (BpPlotCache, 1);

  cache->budget = budget;
  for (guint i = 0; i < G_N_ELEMENTS (cache->losses); i++)
    cache->losses[i] = g_ptr_array_new_with_free_func (g_free);

  return cache;
}

static void
clear_slot (Slot *slot)
{
  g_free (slot->key);
  g_free (slot->values);
  g_free (slot->is_known);
  *slot = (Slot) { NULL };
}

static void
clear_rows (Rows *rows)
{
  bp_evaluator_free (rows->evaluator);
  g_clear_error (&rows->error);
  *rows = (Rows) { 0 };
}

static void
clear (BpPlotCache *cache)
{
  g_clear_pointer (&cache->graph, bp_graph_unref);
  for (guint i = 0; i < BP_N_CACHES; i++)
    clear_slot (&cache->slots[i]);
  for (guint i = 0; i < G_N_ELEMENTS (cache->losses); i++)
    g_ptr_array_set_size (cache->losses[i], 0);
  for (guint i = 0; i < BP_N_ROW_SOURCES; i++)
    clear_rows (&cache->rows[i]);
}

void
bp_plot_cache_free (BpPlotCache *cache)
{
  if (cache == NULL)
    return;

  clear (cache);
  for (guint i = 0; i < G_N_ELEMENTS (cache->losses); i++)
    g_ptr_array_unref (cache->losses[i]);
  g_free (cache);
}

void
bp_plot_cache_begin (BpPlotCache *cache,
                     BpPlotKind   kind,
                     BpGraph     *graph)
{
  if (cache->kind != kind || cache->graph != graph)
    {
      clear (cache);
      cache->kind = kind;
      cache->graph = bp_graph_ref (graph);
    }
  cache->left = cache->budget;
  cache->has_spent = FALSE;
  cache->is_complete = TRUE;
}

/* Budget */

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
  return slot->n_values == n_values && slot->n_key == n_key
         && (n_key == 0 || memcmp (slot->key, key, n_key * sizeof (double)) == 0);
}

/* Every 2ᵏ-th first, then those between: a coarse picture of the whole comes before a fine one of a part. */
static void
compute_missing (BpPlotCache *cache,
                 Slot        *slot,
                 BpCacheFunc  function,
                 gpointer     data,
                 double       cost)
{
  guint stride = 1;

  while (stride < slot->n_values)
    stride *= 2;

  for (; stride > 0; stride /= 2)
    for (guint i = 0; i < slot->n_values; i += stride)
      {
        if (slot->is_known[i])
          continue;
        if (!spend (cache, cost))
          return;
        slot->values[i] = function (data, i);
        slot->is_known[i] = TRUE;
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
    {
      clear_slot (slot);
      *slot = (Slot) {
        .key = g_memdup2 (key, n_key * sizeof (double)), .n_key = n_key, .values = g_new (double, n_values),
        .is_known = g_new0 (gboolean, n_values), .n_values = n_values,
      };
    }
  compute_missing (cache, slot, function, data, cost);

  return (BpCacheValues) { slot->values, slot->is_known };
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
  const gsize size = n_parameters * sizeof (double);
  GPtrArray *losses;
  Loss *loss;

  g_return_val_if_fail (series < G_N_ELEMENTS (cache->losses), NULL);

  losses = cache->losses[series];
  if (losses->len <= index)
    g_ptr_array_set_size (losses, (int) index + 1);
  loss = losses->pdata[index];
  if (loss != NULL && memcmp (loss->parameters, parameters, size) == 0)
    return &loss->loss;
  if (!spend (cache, cost))
    return NULL;

  if (loss == NULL)
    losses->pdata[index] = loss = g_malloc (sizeof (Loss) + size);
  memcpy (loss->parameters, parameters, size);
  loss->loss = function (data, parameters);

  return &loss->loss;
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

  *is_new = rows->n_rows != n_rows;
  if (*is_new)
    {
      clear_rows (rows);
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
