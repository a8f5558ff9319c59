/* bp-plot-panes-private.h: what the parts of the widget share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot-panes.h"

G_BEGIN_DECLS

/* One plot, and the button that maximises it. */
typedef struct {
  GtkWidget *overlay;
  GtkWidget *view;
  GtkWidget *button;
  gboolean   shown;
} Pane;

/* One plot in the row, or two below each other. */
typedef struct {
  BpPlotKind kinds[2];
  guint      n;
} Column;

/*
 * @columns: those that are to be seen
 * @first: the first of them that is
 * @n_fit: how many have room
 * @has_more: whether there are others
 */
struct _BpPlotPanes {
  GtkWidget         parent_instance;

  BpRun            *run;
  Pane              panes[BP_N_PLOTS];
  GtkWidget        *more;
  Column            columns[BP_N_PLOTS];
  guint             n_columns;
  guint             first;
  guint             n_fit;
  gboolean          has_more;
  BpPlotKind        maximized;
  BpPlotArrangement arrangement;
  gboolean          log_scale;
  double            smoothing;
};

/** Finds the columns that are to be seen. */
void bp_plot_panes_find_columns (BpPlotPanes *self);

/** As GtkWidgetClass has it. */
void bp_plot_panes_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline);

/** Places as many columns as have room, and the button that shows the others. Returns: whether there are any */
gboolean bp_plot_panes_place (BpPlotPanes *self,
                              int          width,
                              int          height);

G_END_DECLS
