/* bp-plot-cache-private.h: what building a plot again need not compute again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plots.h"
#include "training/bp-evaluator.h"

G_BEGIN_DECLS

/** What the cache remembers, each with a key that says of what. */
typedef enum {
  BP_CACHE_OPTIMUM,
  BP_CACHE_CURVE,
  BP_CACHE_BATCH_CURVE,
  BP_CACHE_PLANE,
  BP_N_CACHES
} BpCacheSlot;

/** Evaluators that the cache keeps, because making one costs more than using it. */
typedef enum {
  BP_ROWS_TRAIN, /* training rows, evenly spaced if there are too many */
  BP_ROWS_TEST,  /* rows held out */
  BP_ROWS_BATCH, /* the batch shown */
  BP_ROWS_INPUT, /* inputs from left to right */
  BP_N_ROW_SOURCES
} BpRowSource;

/** The losses after one iteration; @key are the parameters it was evaluated at. */
typedef struct {
  double train;
  double test;
} BpCacheLoss;

/** Computes value @index. */
typedef double (*BpCacheFunc) (gpointer data,
                               guint    index);

/** @values: remembered numbers; @is_known: which of them are computed already */
typedef struct {
  const double   *values;
  const gboolean *is_known;
} BpCacheValues;

/** Begins a building: the budget is full again. What is not of @kind and @graph is forgotten. */
void bp_plot_cache_begin (BpPlotCache *cache,
                          BpPlotKind   kind,
                          BpGraph     *graph);

/** Whether everything asked for since was within the budget. */
gboolean bp_plot_cache_is_complete (BpPlotCache *cache);

/**
 * bp_plot_cache_get:
 * @key: (array length=n_key): what the values depend on
 * @n_values: how many there are
 * @function: computes one of them
 * @cost: how many operations that takes
 *
 * The values, remembered if the key is the same. Those that the budget allows are computed, coarsely spaced ones first.
 */
BpCacheValues bp_plot_cache_get (BpPlotCache  *cache,
                                 BpCacheSlot   slot,
                                 const double *key,
                                 guint         n_key,
                                 guint         n_values,
                                 BpCacheFunc   function,
                                 gpointer      data,
                                 double        cost);

/** Computes the losses at @parameters. */
typedef BpCacheLoss (*BpCacheLossFunc) (gpointer      data,
                                        const double *parameters);

/**
 * bp_plot_cache_get_loss:
 * @series: 0 for the run, i + 1 for reference run i
 * @index: which of its points
 * @parameters: (array length=n_parameters): the parameters there
 *
 * The losses at one point of a series, remembered as long as the parameters there are the same. Returns: (nullable):
 * NULL beyond the budget
 */
const BpCacheLoss *bp_plot_cache_get_loss (BpPlotCache    *cache,
                                           guint           series,
                                           guint           index,
                                           const double   *parameters,
                                           gsize           n_parameters,
                                           BpCacheLossFunc function,
                                           gpointer        data,
                                           double          cost);

/**
 * bp_plot_cache_get_evaluator:
 * @n_rows: how many rows it is to have
 * @can_thin: whether it may have fewer where so many cost too much
 * @is_new: (out): whether it has to be fed
 * @error: (out) (optional) (transfer none) (nullable): why there is none
 *
 * The evaluator kept in @source. Returns: (transfer none) (nullable)
 */
BpEvaluator *bp_plot_cache_get_evaluator (BpPlotCache   *cache,
                                          BpRowSource    source,
                                          BpTrainer     *trainer,
                                          gsize          n_rows,
                                          gboolean       can_thin,
                                          gboolean      *is_new,
                                          const GError **error);

/** How many rows the evaluator in @source has; 0 where there is none. */
gsize bp_plot_cache_get_n_rows (BpPlotCache *cache,
                                BpRowSource  source);

G_END_DECLS
