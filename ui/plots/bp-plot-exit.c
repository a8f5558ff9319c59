/* bp-plot-exit.c: where a reference run leaves the plot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-marks.h"

#include <math.h>

/* Distances in em. */
#define ARROW 1.1
#define GAP 0.7
#define LINE 1.35
#define MARKER_ROOM 1.1

/* Where the segment crosses the edge, and the direction that it has there. */
typedef struct {
  double x;
  double y;
  double dx;
  double dy;
  gboolean rises;
} Crossing;

/* How much of the way from @a to @b lies within [@minimum, @maximum]. */
static double
get_part (double a,
          double b,
          double minimum,
          double maximum)
{
  if (b > maximum)
    return (maximum - a) / (b - a);

  return b < minimum ? (a - minimum) / (a - b) : 1;
}

static Crossing
find_crossing (const BpPlotPen *pen,
               const BpLayer   *exit)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  BpPlotPoint from = g_array_index (exit->points, BpPlotPoint, 0);
  BpPlotPoint to = g_array_index (exit->points, BpPlotPoint, 1);
  double x0 = CLAMP (bp_plot_layout_map_x (pen->layout, pen->plot, from.x), area->x, area->x + area->width);
  double y0 = CLAMP (bp_plot_layout_map_y (pen->layout, pen->plot, from.y), area->y, area->y + area->height);
  double x1 = bp_plot_layout_map_x (pen->layout, pen->plot, to.x);
  double y1 = bp_plot_layout_map_y (pen->layout, pen->plot, to.y);
  double part = MIN (get_part (x0, x1, area->x, area->x + area->width),
                     get_part (y0, y1, area->y, area->y + area->height));
  double length = MAX (hypot (x1 - x0, y1 - y0), 1e-9);

  part = CLAMP (part, 0, 1);

  return (Crossing) {
    x0 + part * (x1 - x0), y0 + part * (y1 - y0), (x1 - x0) / length, (y1 - y0) / length, to.y >= from.y,
  };
}

void
bp_plot_draw_exit (const BpPlotPen *pen,
                   const BpLayer   *exit)
{
  Crossing crossing = find_crossing (pen, exit);
  double length = ARROW * pen->layout->em;

  bp_plot_draw_arrow (pen, crossing.x - length * crossing.dx, crossing.y - length * crossing.dy, crossing.x,
                      crossing.y);
}

/* Beside the arrow, where there is more room, below or above those of other runs. Returns: whether there is any */
static gboolean
place_label (const BpPlotPen   *pen,
             const BpLayer     *exit,
             PangoLayout       *pango,
             cairo_rectangle_t *box)
{
  const cairo_rectangle_t *area = &pen->layout->area;
  Crossing crossing = find_crossing (pen, exit);
  double gap = GAP * pen->layout->em;
  guint line = bp_plot_get_exit_line (pen->plot, exit);
  PangoRectangle extents;

  pango_layout_get_extents (pango, NULL, &extents);
  box->width = extents.width / (double) PANGO_SCALE + MARKER_ROOM * pen->layout->em;
  box->height = LINE * pen->layout->em;
  box->x = crossing.x + gap + box->width <= area->x + area->width ? crossing.x + gap : crossing.x - gap - box->width;
  box->x = CLAMP (box->x, area->x, MAX (area->x, area->x + area->width - box->width));
  box->y = crossing.rises ? area->y + line * box->height : area->y + area->height - (line + 1) * box->height;

  return box->width <= area->width && box->y >= area->y && box->y + box->height <= area->y + area->height;
}

/* Returns: whether there was room */
static gboolean
draw_label (const BpPlotPen *pen,
            const BpLayer   *exit,
            const char      *label)
{
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (pen->layout, label, FALSE);
  const double middle = MARKER_ROOM * pen->layout->em / 2;
  cairo_rectangle_t box;

  if (!place_label (pen, exit, pango, &box))
    return FALSE;

  bp_plot_draw_label (pen, BP_ROLE_TEXT, pango, exit->color, box.x + 2 * middle, &box);
  if (exit->marker != BP_MARKER_NONE)
    bp_plot_draw_marker (pen, exit, box.x + middle, box.y + box.height / 2);

  return TRUE;
}

void
bp_plot_draw_exit_label (const BpPlotPen *pen,
                         const BpLayer   *exit)
{
  if (exit->label == NULL || exit->points == NULL || exit->points->len < 2)
    return;

  if (!draw_label (pen, exit, exit->label) && exit->short_label != NULL)
    draw_label (pen, exit, exit->short_label);
}
