/* bp-network-draw-picture.c: what stands beside the numbers of a neuron
 *
 * Over two inputs a map of its value, over an image the picture of its weights, else the samples of the batch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-draw-private.h"

#include <math.h>

#include "drawing/bp-contour.h"

/* Steps of a map from the least to the greatest. */
#define N_STEPS 9

typedef struct {
  BpPainter               *painter;
  const cairo_rectangle_t *box;
} Map;

static void
add_piece (const BpContourPoint *points,
           guint                 n_points,
           gpointer              data)
{
  const Map *map = data;

  for (guint i = 0; i < n_points; i++)
    {
      double x = map->box->x + map->box->width * points[i].x / (BP_NETWORK_SIDE - 1);
      double y = map->box->y + map->box->height * (1 - points[i].y / (BP_NETWORK_SIDE - 1));

      if (i == 0)
        bp_painter_move_to (map->painter, x, y);
      else
        bp_painter_line_to (map->painter, x, y);
    }
  if (n_points > 2)
    bp_painter_close (map->painter);
}

static void
show_map (BpNetworkPen            *pen,
          const BpNeuron          *neuron,
          const cairo_rectangle_t *box)
{
  Map    map = { pen->painter, box };
  double least = HUGE_VAL, greatest = bp_network_column (pen->network, neuron->column)->greatest;

  for (guint i = 0; i < BP_NETWORK_SIDE * BP_NETWORK_SIDE; i++)
    least = MIN (least, neuron->map[i]);
  bp_painter_rectangle (pen->painter, box, 0);
  bp_painter_set_color (pen->painter, BP_COLOR_SURFACE);
  bp_painter_fill (pen->painter);
  for (guint step = 1; step < N_STEPS && greatest > 0; step++)
    {
      bp_contour_foreach (neuron->map, BP_NETWORK_SIDE, BP_NETWORK_SIDE,
                          greatest * ((2.0 * step - 1) / (N_STEPS - 1) - 1), add_piece, NULL, &map);
      bp_painter_set_mixed_color (pen->painter, BP_COLOR_VALUE, step / (N_STEPS - 1.0));
      bp_painter_fill (pen->painter);
    }
  bp_contour_foreach (neuron->map, BP_NETWORK_SIDE, BP_NETWORK_SIDE, 0, NULL, add_piece, &map);
  bp_painter_set_color (pen->painter, BP_COLOR_TEXT);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = 1.4 * pen->style->stroke });
  bp_painter_stroke (pen->painter);
  bp_painter_rectangle (pen->painter, box, 0);
  bp_painter_set_color (pen->painter, BP_COLOR_DIM);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = 0.8 * pen->style->stroke });
  bp_painter_stroke (pen->painter);
  if (!(pen->network->sample_x >= 0 && pen->network->sample_x <= 1 && pen->network->sample_y >= 0
        && pen->network->sample_y <= 1))
    return;
  bp_painter_circle (pen->painter, box->x + pen->network->sample_x * box->width,
                     box->y + (1 - pen->network->sample_y) * box->height,
                     MIN (0.3 * pen->style->unit, 0.12 * box->width));
  bp_painter_fill_and_stroke (pen->painter, BP_COLOR_TEXT, BP_COLOR_SURFACE);
}

/* Numbers as squares in @n_columns, filled where they are positive and hollow where they are negative. */
static void
show_squares (BpNetworkPen            *pen,
              const double            *numbers,
              guint                    n,
              guint                    n_columns,
              BpColor                  color,
              const cairo_rectangle_t *box)
{
  const guint  n_rows = (n + n_columns - 1) / n_columns;
  const double column = box->width / n_columns, row = box->height / MAX (1, n_rows);
  double       greatest = 0;

  for (guint i = 0; i < n; i++)
    greatest = isfinite (numbers[i]) ? MAX (greatest, fabs (numbers[i])) : greatest;
  bp_painter_set_color (pen->painter, color);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = MIN (pen->style->stroke, 0.14 * column) });
  for (guint i = 0; i < n; i++)
    {
      double            side = greatest > 0 && isfinite (numbers[i]) ? sqrt (fabs (numbers[i]) / greatest) : 0;
      cairo_rectangle_t cell = { 0, 0, 0.86 * side * column, 0.86 * side * row };

      if (side <= 0)
        continue;
      cell.x = box->x + (i % n_columns + 0.5) * column - cell.width / 2;
      cell.y = box->y + (i / n_columns + 0.5) * row - cell.height / 2;
      bp_painter_rectangle (pen->painter, &cell, 0);
      if (numbers[i] > 0)
        bp_painter_fill (pen->painter);
      else
        bp_painter_stroke (pen->painter);
    }
}

/* The weights that lead to a neuron from an image, as the image: a square number of them. */
static gboolean
show_weights (BpNetworkPen            *pen,
              guint                    neuron,
              const cairo_rectangle_t *box)
{
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (double));
  guint side;

  for (guint i = 0; i < pen->network->connections->len; i++)
    {
      const BpConnection *connection = bp_network_connection (pen->network, i);

      if (connection->to == neuron && bp_network_neuron (pen->network, connection->from)->column == 0)
        g_array_append_val (weights, connection->weight);
    }
  side = (guint) (sqrt (weights->len) + 0.5);
  if (side < 4 || side * side != weights->len)
    return FALSE;
  show_squares (pen, (const double *) (gpointer) weights->data, weights->len, side, BP_COLOR_PARAMETER, box);

  return TRUE;
}

gboolean
bp_network_pen_show_picture (BpNetworkPen            *pen,
              guint                    index,
              const cairo_rectangle_t *box)
{
  const BpNeuron *neuron = bp_network_neuron (pen->network, index);
  gboolean        is_gradient = pen->style->mode == BP_NETWORK_GRADIENTS;

  if (pen->style->mode == BP_NETWORK_ACTIVATIONS)
    {
      if (neuron->map != NULL && pen->network->has_maps)
        {
          show_map (pen, neuron, box);
          return TRUE;
        }
      if (show_weights (pen, index, box))
        return TRUE;
    }
  if (neuron->n_strip < 2 || isnan (is_gradient ? neuron->gradients[0] : neuron->strip[0]))
    return FALSE;
  bp_painter_rectangle (pen->painter, box, 0);
  bp_painter_set_color (pen->painter, is_gradient ? BP_COLOR_GRADIENT_FILL : BP_COLOR_VALUE_FILL);
  bp_painter_fill (pen->painter);
  show_squares (pen, is_gradient ? neuron->gradients : neuron->strip, neuron->n_strip,
                (guint) ceil (sqrt (neuron->n_strip)), is_gradient ? BP_COLOR_GRADIENT : BP_COLOR_VALUE, box);

  return TRUE;
}
