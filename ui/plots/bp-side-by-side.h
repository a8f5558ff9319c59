/* bp-side-by-side.h: runs of one model beside each other: which, where each of them stands, what they share
 *
 * A column is a run with its plots. The run of the window leads; the others are repeated from what was kept of them and
 * follow it, so that one transport moves all. Plots of a kind have the same axes, which those runs decide that stay
 * together. Plain data, for the screen and for files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plots.h"

G_BEGIN_DECLS

/** At most so many columns can be read, and each has so many plots. */
#define BP_MAX_COLUMNS 3
#define BP_COLUMN_PLOTS 3

/**
 * BpColumns:
 * @experiments: (transfer none): of each column, from left to right; valid as long as run and reference runs are
 * @titles: (array zero-terminated=1): what sets each apart
 * @n: how many columns there are
 * @own: which of them is the run itself
 * @n_left_out: how many reference runs have no column
 */
typedef struct {
  const BpExperiment *experiments[BP_MAX_COLUMNS];
  char              **titles;
  guint               n;
  guint               own;
  guint               n_left_out;
} BpColumns;

/**
 * bp_columns_init:
 * @references: (element-type BpReference): of which the last ones get a column, but none that is the run again
 *
 * Chooses the columns: by learning rate where that is what sets them apart, else the run first.
 */
void bp_columns_init (BpColumns       *columns,
                      BpTrainer       *trainer,
                      const GPtrArray *references);

void bp_columns_clear (BpColumns *columns);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpColumns, bp_columns_clear)

/** What all columns have in common, "the same samples in all", and what was left out. Returns: (transfer full) */
char *bp_columns_describe (const BpColumns *columns);

/** The plots of a column: what differs from run to run. @kinds: (array fixed-size=3) (out) */
void bp_columns_get_kinds (BpTrainer  *trainer,
                           BpPlotKind *kinds);

/** Where @follower has to go to stand where @leader does, whose iteration may have another number of steps. */
BpCursor bp_columns_get_cursor (BpTrainer *follower,
                                BpTrainer *leader);

/**
 * bp_columns_describe_run:
 * @curve: its plot BP_PLOT_CURVE
 * @loss: its plot BP_PLOT_LOSS
 *
 * What the run did up to its cursor, in sentences that its numbers bear out. Returns: (transfer full)
 */
char *bp_columns_describe_run (BpTrainer    *trainer,
                               const BpPlot *curve,
                               const BpPlot *loss);

/**
 * bp_columns_share:
 * @plots: (array length=n): the plots of one kind
 * @shared: (out): axes for all of them
 *
 * Axes that hold what those plots show whose ranges are not many times as long as the shortest. An axis that has
 * another scale in some of them is not shared.
 */
void bp_columns_share (const BpPlot * const *plots,
                       guint                 n,
                       BpPlotFrame          *shared);

G_END_DECLS
