/* bp-graph-draw-nudge.c: what a nudge changes, at the nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include "base/bp-number.h"

void
bp_graph_drawing_set_nudge (BpGraphDrawing *drawing,
                            const BpNudge  *nudge)
{
  g_return_if_fail (drawing != NULL);

  drawing->nudge = nudge;
}

/* "Δ −0.0151" */
static char *
get_change (const BpNudge *nudge,
            BpTrainer     *trainer,
            guint          node)
{
  g_autofree char *change = NULL;
  BpNumbers        numbers;

  if (nudge == NULL || nudge->changes[node] == NULL || !bp_trainer_has_value (trainer, node))
    return NULL;
  bp_numbers_take_range (&numbers, nudge->changes[node],
                         bp_graph_get_n_elements (bp_trainer_get_graph (trainer), node));
  change = bp_numbers_format (&numbers);

  return g_strconcat ("Δ ", change, NULL);
}

/* "∂·ε −0.015", once the gradient is complete. */
static char *
get_predicted (const BpNudge  *nudge,
               BpTrainer      *trainer,
               guint           node,
               const gboolean *hidden)
{
  g_autofree char *predicted = NULL;
  guint n_total = 0;

  if (nudge == NULL || node != bp_graph_get_loss (bp_trainer_get_graph (trainer))
      || bp_trainer_get_n_contributions (trainer, nudge->node, &n_total) < MAX (n_total, 1))
    return NULL;
  predicted = hidden[nudge->node] ? g_strdup (BP_NUMBER_HIDDEN) : bp_number_format (nudge->gradient * nudge->epsilon);

  return g_strconcat ("∂·ε ", predicted, NULL);
}

gboolean
bp_node_state_update_nudge (BpNodeState          *state,
                            const BpGraphDrawing *drawing,
                            BpTrainer            *trainer,
                            guint                 node,
                            const gboolean       *hidden)
{
  const gboolean was_nudged = state->is_nudged;
  gboolean changed = bp_graph_take_string (&state->change, get_change (drawing->nudge, trainer, node));

  changed |= bp_graph_take_string (&state->predicted, get_predicted (drawing->nudge, trainer, node, hidden));
  state->is_nudged = drawing->nudge != NULL && drawing->nudge->node == node;

  return changed || state->is_nudged != was_nudged;
}

/* Drawing */

/* As multiples of the size of a name: of a plate, and what of it is within its node where there is room around. */
#define PLATE_HEIGHT 1.35
#define INSIDE 0.4

/* @text in a frame with its upper right corner there. */
static void
show_plate (BpGraphPen *pen,
            const char *text,
            BpColor     color,
            gboolean    is_filled,
            double      right,
            double      y)
{
  const double width = bp_graph_drawing_measure (pen->drawing, BP_TEXT_GRADIENT, text) + 0.8 * pen->unit;
  const cairo_rectangle_t plate = { right - width, y, width, PLATE_HEIGHT * pen->unit };

  bp_painter_set_line (pen->painter, &(BpLine) { .width = 1.1 * pen->stroke });
  bp_painter_rectangle (pen->painter, &plate, 0.4 * pen->unit);
  bp_painter_fill_and_stroke (pen->painter, is_filled ? color : BP_COLOR_NODE, color);
  bp_graph_pen_show_text (pen, BP_TEXT_GRADIENT, is_filled ? BP_COLOR_NODE : color, text, plate.x + width / 2,
                          plate.y + 1.04 * pen->unit, width, 0.5);
}

/* Across the borders, where no edge arrives, and as far outside as no number of the node is covered. */

void
bp_graph_pen_show_nudge (BpGraphPen              *pen,
                         const BpNodeState       *state,
                         const cairo_rectangle_t *box)
{
  const double right = box->x + box->width - 0.2 * pen->unit;
  double width, height;

  bp_graph_layout_get_size (pen->drawing->layout, &width, &height);
  show_plate (pen, state->change, BP_COLOR_VALUE, state->is_nudged, right,
              MIN (box->y + box->height - INSIDE * pen->unit, height - PLATE_HEIGHT * pen->unit - pen->stroke));
  if (state->predicted != NULL)
    show_plate (pen, state->predicted, BP_COLOR_GRADIENT, FALSE, right,
                MAX (box->y - (PLATE_HEIGHT - INSIDE) * pen->unit, pen->stroke));
}
