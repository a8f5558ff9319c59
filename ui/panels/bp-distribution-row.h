/* bp-distribution-row.h: a row for a distribution of the experiment
 *
 * Where a variable starts, or what a placeholder is fed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/bp-field.h"
#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_DISTRIBUTION_ROW (bp_distribution_row_get_type ())
G_DECLARE_FINAL_TYPE (BpDistributionRow, bp_distribution_row, BP, DISTRIBUTION_ROW, GtkListBoxRow)

/** The row of the initial value of the variable @index of the experiment. */
GtkWidget *bp_distribution_row_new_for_variable (BpRun *run,
                                                 guint  index);

/** The row of a distribution of the placeholder @index of the experiment; @part tells those with several apart. */
GtkWidget *bp_distribution_row_new_for_column (BpRun *run,
                                               guint  index,
                                               guint  part);

/** Makes it the row of another distribution of a placeholder, and shows that. */
void bp_distribution_row_show_column (BpDistributionRow *row,
                                      guint              index,
                                      guint              part);

/** Shows what the experiment says now. It must have that variable or part. */
void bp_distribution_row_update (BpDistributionRow *row);

/** Of more variables, or parts of columns, the panel shows the first so many: a row each takes time. */
#define BP_DISTRIBUTION_MAX_ROWS 30

/**
 * bp_distribution_row_show_more:
 * @label: in a row of its own
 * @n_more: how many there are besides those shown
 *
 * Lets @label say that there are more, or hides its row.
 */
void bp_distribution_row_show_more (GtkLabel *label,
                                    guint     n_more);

G_END_DECLS
