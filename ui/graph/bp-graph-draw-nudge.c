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

/* @text in a frame across the lower border of the box, where no edge arrives. Returns: its width */
static double
show_plate (BpGraphPen *pen,
            const char *text,
            BpColor     color,
            gboolean    is_filled,
            double      right,
            double      bottom)
{
  const double width = bp_graph_drawing_measure (pen->drawing, BP_TEXT_GRADIENT, text) + 0.8 * pen->unit;
  const cairo_rectangle_t plate = { right - width, bottom - 0.85 * pen->unit, width, 1.5 * pen->unit };

  bp_painter_set_line (pen->painter, &(BpLine) { .width = 1.1 * pen->stroke });
  bp_painter_rectangle (pen->painter, &plate, 0.4 * pen->unit);
  bp_painter_fill_and_stroke (pen->painter, is_filled ? color : BP_COLOR_NODE, color);
  bp_graph_pen_show_text (pen, BP_TEXT_GRADIENT, is_filled ? BP_COLOR_NODE : color, text, plate.x + width / 2,
                          plate.y + 1.15 * pen->unit, width, 0.5);

  return width;
}

void
bp_graph_pen_show_nudge (BpGraphPen              *pen,
                         const BpNodeState       *state,
                         const cairo_rectangle_t *box)
{
  const double bottom = box->y + box->height;
  double right = box->x + box->width - 0.2 * pen->unit;

  right -= show_plate (pen, state->change, BP_COLOR_VALUE, state->is_nudged, right, bottom) + 0.3 * pen->unit;
  if (state->predicted != NULL)
    show_plate (pen, state->predicted, BP_COLOR_GRADIENT, FALSE, right, bottom);
}
