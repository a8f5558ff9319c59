/* bp-figure-pgfplots.h: what the parts of a plot for pgfplots share (private to figures)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "plots/bp-plot.h"

G_BEGIN_DECLS

/** A plot on its way into a file. */
typedef struct {
  const BpPlot *plot;
  GString      *tex;
} BpPgfplots;

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

/** Appends the fills and lines of a GRID layer. */
void bp_pgfplots_append_grid (const BpPgfplots *pgf,
                              const BpLayer    *layer);

/** Appends any layer, without the label of a rule. */
void bp_pgfplots_append_layer (const BpPgfplots *pgf,
                               const BpLayer    *layer);

/** Appends the label of a rule, which lies above all lines; nothing for other layers. */
void bp_pgfplots_append_label (const BpPgfplots *pgf,
                               const BpLayer    *layer);

G_END_DECLS
