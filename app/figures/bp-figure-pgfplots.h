/* bp-figure-pgfplots.h: what the parts of a plot for pgfplots share (private to figures)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot.h"

G_BEGIN_DECLS

/**
 * BpPgfplots:
 * @has_exponents: whether the y axis has exponents of ten for numbers, since TeX cannot count so far
 *
 * A plot on its way into a file.
 */
typedef struct {
  const BpPlot *plot;
  GString      *tex;
  gboolean      has_exponents;
} BpPgfplots;

/** What stands in the file for @y. */
double bp_pgfplots_get_y (const BpPgfplots *pgf,
                          double            y);

/** Appends "(axis cs:X,Y)". */
void bp_pgfplots_append_place (const BpPgfplots *pgf,
                               double            x,
                               double            y);

/** Appends the options that say how strokes and markers of @layer look; @faint: like what lies after the cursor. */
void bp_pgfplots_append_style (const BpPgfplots *pgf,
                               const BpLayer    *layer,
                               gboolean          faint);

/** Appends a pair of coordinates. */
void bp_pgfplots_append_point (const BpPgfplots *pgf,
                               double            x,
                               double            y);

/** Appends a LINE, SERIES or POINTS layer, cut to the surroundings of the axes: TeX cannot count beyond. */
void bp_pgfplots_append_points (const BpPgfplots *pgf,
                                const BpLayer    *layer);

/** Appends the arrow of an EXIT layer. */
void bp_pgfplots_append_exit (const BpPgfplots *pgf,
                              const BpLayer    *layer);

/** Appends its label. */
void bp_pgfplots_append_exit_label (const BpPgfplots *pgf,
                                    const BpLayer    *layer);

/** Appends the values at the lines of a GRID layer. */
void bp_pgfplots_append_grid_labels (const BpPgfplots *pgf,
                                     const BpLayer    *layer);

/** Appends the fills and lines of a GRID layer. */
void bp_pgfplots_append_grid (const BpPgfplots *pgf,
                              const BpLayer    *layer);

/** Appends any layer, without the label of a rule. */
void bp_pgfplots_append_layer (const BpPgfplots *pgf,
                               const BpLayer    *layer);

/** Appends what is written at the marks of @layer, above all lines. */
void bp_pgfplots_append_label (const BpPgfplots *pgf,
                               const BpLayer    *layer);

G_END_DECLS
