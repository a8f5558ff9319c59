/* bp-graph-layout-rows.c: columns that are wrapped into rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/bp-graph-layout-private.h"

/* What a break before each column costs, in the square of a width: links through it have a long way. */
static double *
find_break_costs (BpSketch *sketch,
                  double    unit)
{
  double *costs = g_new0 (double, sketch->n_layers + 1);

  for (guint l = 0; l < sketch->links->len; l++)
    costs[bp_sketch_vertex (sketch, bp_sketch_link (sketch, l)->to)->layer] += 100 * unit * unit;

  return costs;
}

/* The least sum of the squares of the widths, by dynamic programming. */
void
bp_sketch_split (BpSketch      *sketch,
                 const BpLayer *layers,
                 double         unit,
                 guint          n_rows)
{
  guint              n = sketch->n_layers;
  g_autofree double *costs = find_break_costs (sketch, unit);
  g_autofree double *least = g_new (double, (n_rows + 1) * (n + 1));
  g_autofree guint  *starts = g_new0 (guint, (n_rows + 1) * (n + 1));

  for (guint row = 0; row <= n_rows; row++)
    for (guint end = 0; end <= n; end++)
      {
        double width = 0;

        least[row * (n + 1) + end] = row == 0 && end == 0 ? 0 : HUGE_VAL;
        for (guint start = end; row > 0 && start-- > 0;)
          {
            double sum;

            width += layers[start].lead + layers[start].width + layers[start].gap;
            sum = least[(row - 1) * (n + 1) + start] + width * width + costs[start];
            if (sum >= least[row * (n + 1) + end])
              continue;
            least[row * (n + 1) + end] = sum;
            starts[row * (n + 1) + end] = start;
          }
      }

  sketch->n_rows = n_rows;
  sketch->row_starts[n_rows] = n;
  for (guint row = n_rows; row-- > 0;)
    sketch->row_starts[row] = starts[(row + 1) * (n + 1) + sketch->row_starts[row + 1]];
  for (guint row = 0; row < n_rows; row++)
    for (guint layer = sketch->row_starts[row]; layer < sketch->row_starts[row + 1]; layer++)
      sketch->layer_rows[layer] = row;
}
