/* bp-explain-draw.h: the explanation of a step as a card
 *
 * For figures. The card's colour is that of the phase that it speaks of; formulas break before their numbers where they
 * are too long for one line. Needs fonts, but no display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "drawing/bp-painter.h"
#include "explain/bp-explain.h"
#include "plots/bp-plot-layout.h"

G_BEGIN_DECLS

/** The width at which nothing has to break, card included, but at most @max_width. */
double bp_explain_draw_get_width (const BpExplanation *explanation,
                                  double               max_width,
                                  const BpPlotStyle   *style);

/** The height that a card of @width needs. */
double bp_explain_draw_get_height (const BpExplanation *explanation,
                                   double               width,
                                   const BpPlotStyle   *style);

/** Draws a card into the rectangle (0, 0, @width, @height); where that is not high enough all of it becomes smaller. */
void bp_explain_draw (BpPainter           *painter,
                      const BpExplanation *explanation,
                      double               width,
                      double               height,
                      const BpPlotStyle   *style);

/**
 * bp_explain_draw_create_paragraph:
 * @size: as a multiple of running text
 * @width: where lines break, in pixels; 0 for nowhere
 *
 * Text that has the same extents on every surface. Returns: (transfer full)
 */
PangoLayout *bp_explain_draw_create_paragraph (const char        *text,
                                               double             size,
                                               PangoWeight        weight,
                                               double             width,
                                               const BpPlotStyle *style);

/** How much smaller than its size the card is drawn to fit into @width × @height: 1 if it fits. */
double bp_explain_draw_get_scale (const BpExplanation *explanation,
                                  double               width,
                                  double               height,
                                  const BpPlotStyle   *style);

G_END_DECLS
