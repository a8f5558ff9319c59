/* bp-plot-rules.c: lines across a plot and what stands at them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-marks.h"

#include <math.h>

/* Distances in em. */
#define LABEL_GAP 0.6
#define LABEL_LINE 1.3

/* In an area that is not so high a label would cover what it belongs to. */
#define LEAST_HEIGHT 7

/* Up to which part of the width a label is right of its line, if there is room. */
#define RIGHT_TO 0.6

static double
get_position (const BpPlotPen *pen,
              const BpLayer   *rule)
{
  BpPlotPoint point = g_array_index (rule->points, BpPlotPoint, 0);

  return rule->kind == BP_LAYER_RULE_Y ? bp_plot_layout_map_y (pen->layout, pen->plot, point.y)
                                       : bp_plot_layout_map_x (pen->layout, pen->plot, point.x);
}

static gboolean
is_visible (const BpPlotPen *pen,
            const BpLayer   *rule)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  double position = get_position (pen, rule);

  if (rule->kind == BP_LAYER_RULE_X)
    return position >= area->x - 1 && position <= area->x + area->width + 1;

  return position >= area->y - 1 && position <= area->y + area->height + 1;
}

void
bp_plot_draw_rule (const BpPlotPen *pen,
                   const BpLayer   *rule)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  gboolean is_x = rule->kind == BP_LAYER_RULE_X;
  double position = get_position (pen, rule);

  if (!is_visible (pen, rule))
    return;

  bp_painter_move_to (pen->painter, is_x ? position : area->x, is_x ? area->y : position);
  bp_painter_line_to (pen->painter, is_x ? position : area->x + area->width, is_x ? area->y + area->height : position);
  bp_painter_stroke (pen->painter);
}

/* Labels */

static gboolean
has_label (const BpPlotPen *pen,
           const BpLayer   *layer)
{
  return layer->is_label_inside && layer->label != NULL && layer->points != NULL && layer->points->len > 0
         && pen->layout->area.height >= LEAST_HEIGHT * pen->layout->em && is_visible (pen, layer);
}

static PangoLayout *
create_label (const BpPlotPen   *pen,
              const BpLayer     *rule,
              cairo_rectangle_t *box)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  PangoLayout *pango = bp_plot_layout_create_text (pen->layout, rule->label, FALSE);
  double position = get_position (pen, rule);
  double gap = pen->layout->em * LABEL_GAP;
  PangoRectangle extents;

  pango_layout_get_extents (pango, NULL, &extents);
  box->width = extents.width / (double) PANGO_SCALE;
  box->height = extents.height / (double) PANGO_SCALE;
  gboolean is_right = position <= area->x + MIN (area->width * RIGHT_TO, area->width - gap - box->width)
                      || position - gap - box->width < area->x;
  box->x = is_right ? position + gap : position - gap - box->width;
  box->x = CLAMP (box->x, area->x, MAX (area->x, area->x + area->width - box->width));
  box->y = area->y + bp_plot_get_label_line (pen->plot, rule) * LABEL_LINE * pen->layout->em;
  box->y = CLAMP (box->y, area->y, MAX (area->y, area->y + area->height - box->height));

  return pango;
}

void
bp_plot_draw_rule_label (const BpPlotPen *pen,
                         const BpLayer   *layer)
{
  cairo_rectangle_t box;

  if (!has_label (pen, layer))
    return;

  g_autoptr (PangoLayout) pango = create_label (pen, layer, &box);
  bp_plot_draw_label (pen, BP_ROLE_TEXT, pango, layer->color, box.x,
                      &(cairo_rectangle_t) { box.x - 1, box.y, box.width + 2, box.height });
}
