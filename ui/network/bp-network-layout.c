/* bp-network-layout.c: where neurons and weights go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network.h"

#include <math.h>

/* Distances as multiples of the size of type. */
#define TITLE 2.8
#define MARGIN 0.5
#define TILE_WIDTH 11.0
#define LEAST_TILE_WIDTH 7.0
#define LEAST_GAP 3.0
#define MORE 1.6

/* The heights of a tile with three lines, two and one, and the gap between such. */
static const struct {
  double height;
  double gap;
} sizes[] = { { 4.4, 0.6 }, { 3, 0.4 }, { 2.1, 0.3 }, { 1.6, 0.15 } };

double
bp_network_get_least_width (const BpNetwork *network,
                            double           unit)
{
  return unit * (2 * MARGIN + network->columns->len * (LEAST_TILE_WIDTH + LEAST_GAP));
}

static void
lay_out_column (BpNetwork       *network,
                BpNetworkColumn *column,
                double           x,
                double           width,
                double           height,
                double           unit)
{
  const double room = height - network->title_height - MARGIN * unit;
  guint        size = 0;
  double       pitch, y;

  while (size + 1 < G_N_ELEMENTS (sizes) && column->n * (sizes[size].height + sizes[size].gap) * unit > room)
    size++;
  pitch = (sizes[size].height + sizes[size].gap) * unit;
  column->n_shown = column->n;
  column->more = (cairo_rectangle_t){ 0, 0, 0, 0 };
  if (column->n * pitch > room)
    column->n_shown = (guint) CLAMP ((room - MORE * unit) / pitch, 1, column->n);
  if (column->first_shown + column->n_shown > column->n)
    column->first_shown = column->n - column->n_shown;

  y = network->title_height
      + MAX (0, room - column->n_shown * pitch - (column->n_shown < column->n ? MORE * unit : 0)) / 2;
  for (guint k = 0; k < column->n; k++)
    {
      BpNeuron *neuron = bp_network_neuron (network, column->first + k);

      neuron->is_shown = k >= column->first_shown && k < column->first_shown + column->n_shown;
      neuron->box = (cairo_rectangle_t){ x, y, width, sizes[size].height * unit };
      if (neuron->is_shown)
        y += pitch;
    }
  if (column->n_shown < column->n)
    column->more = (cairo_rectangle_t){ x, y, width, MORE * unit };
}

void
bp_network_lay_out (BpNetwork *network,
                    double     width,
                    double     height,
                    double     unit)
{
  guint  n = network->columns->len;
  double room, tile;

  if (n == 0)
    return;

  width = MAX (width, bp_network_get_least_width (network, unit));
  network->title_height = TITLE * unit;
  room = width - 2 * MARGIN * unit;
  tile = CLAMP (0.62 * room / n, LEAST_TILE_WIDTH * unit, TILE_WIDTH * unit);
  for (guint c = 0; c < n; c++)
    lay_out_column (network, bp_network_column (network, c),
                    MARGIN * unit + (n > 1 ? c * (room - tile) / (n - 1) : 0), tile, height, unit);
}

void
bp_network_turn_column (BpNetwork *network,
                        guint      index)
{
  BpNetworkColumn *column = bp_network_column (network, index);
  guint            last = column->n - column->n_shown;

  if (column->n_shown == column->n)
    return;
  column->first_shown = column->first_shown == last ? 0 : MIN (last, column->first_shown + column->n_shown);
}

/* The ends of lines are spread along the tiles, by where they come from and lead to. */
void
bp_network_get_line (const BpNetwork *network,
                     guint            index,
                     double           points[4])
{
  const BpConnection    *connection = bp_network_connection (network, index);
  const BpNeuron        *from = bp_network_neuron (network, connection->from);
  const BpNeuron        *to = bp_network_neuron (network, connection->to);
  const BpNetworkColumn *before = bp_network_column (network, from->column);
  const BpNetworkColumn *after = bp_network_column (network, to->column);
  double                 out = (to->index - after->first_shown + 0.5) / MAX (1, after->n_shown);
  double                 in = (connection->from - before->first - before->first_shown + 0.5) / MAX (1, before->n_shown);

  points[0] = from->box.x + from->box.width;
  points[1] = from->box.y + (0.15 + 0.7 * out) * from->box.height;
  points[2] = to->box.x;
  points[3] = to->box.y + (0.15 + 0.7 * in) * to->box.height;
}

/* The height of the line at @x, level at both ends. */
static double
get_height (const double points[4],
            double       x)
{
  double low = 0, high = 1;

  /* x is monotone in t: the controls are in the middle. */
  for (guint i = 0; i < 24; i++)
    {
      double t = (low + high) / 2, s = 1 - t;
      double middle = (points[0] + points[2]) / 2;
      double at = s * s * s * points[0] + 3 * s * s * t * middle + 3 * s * t * t * middle + t * t * t * points[2];

      if (at < x)
        low = t;
      else
        high = t;
    }

  return points[1] + (points[3] - points[1]) * low * low * (3 - 2 * low);
}

guint
bp_network_find_connection (const BpNetwork *network,
                            double           x,
                            double           y,
                            double           reach)
{
  guint  nearest = G_MAXUINT;
  double least = reach;

  for (guint i = 0; i < network->connections->len; i++)
    {
      const BpConnection *connection = bp_network_connection (network, i);
      double              points[4];

      if (!bp_network_neuron (network, connection->from)->is_shown
          || !bp_network_neuron (network, connection->to)->is_shown)
        continue;
      bp_network_get_line (network, i, points);
      if (x < points[0] || x > points[2] || fabs (get_height (points, x) - y) >= least)
        continue;
      least = fabs (get_height (points, x) - y);
      nearest = i;
    }

  return nearest;
}
