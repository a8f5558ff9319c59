/* bp-figure-pgfplots-exit.c: where a reference run leaves the plot, for pgfplots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-pgfplots.h"

#include <math.h>

#include "figures/bp-figure-latex.h"

/* How long an arrow is, as a part of the axes. */
#define ARROW 0.06

/* Positions on the axes. */
typedef struct {
  double x;
  double y;
  double dx;
  double dy;
  gboolean rises;
} Crossing;

/* How much of the way from @a to @b lies within [0, 1]. */
static double
get_part (double a,
          double b)
{
  return b > 1 ? (1 - a) / (b - a) : b < 0 ? a / (a - b) : 1;
}

static Crossing
find_crossing (const BpPgfplots *pgf,
               const BpLayer    *exit)
{
  BpPlotPoint from = g_array_index (exit->points, BpPlotPoint, 0);
  BpPlotPoint to = g_array_index (exit->points, BpPlotPoint, 1);
  double x0 = CLAMP (bp_axis_map (&pgf->plot->x, from.x), 0, 1), x1 = bp_axis_map (&pgf->plot->x, to.x);
  double y0 = CLAMP (bp_axis_map (&pgf->plot->y, from.y), 0, 1), y1 = bp_axis_map (&pgf->plot->y, to.y);
  double part = CLAMP (MIN (get_part (x0, x1), get_part (y0, y1)), 0, 1);
  double length = MAX (hypot (x1 - x0, y1 - y0), 1e-9);

  return (Crossing) {
    x0 + part * (x1 - x0), y0 + part * (y1 - y0), (x1 - x0) / length, (y1 - y0) / length, to.y >= from.y,
  };
}

static void
append_position (const BpPgfplots *pgf,
                 double            x,
                 double            y)
{
  g_string_append (pgf->tex, "(rel axis cs:");
  bp_latex_append_number (pgf->tex, x);
  g_string_append_c (pgf->tex, ',');
  bp_latex_append_number (pgf->tex, y);
  g_string_append_c (pgf->tex, ')');
}

void
bp_pgfplots_append_exit (const BpPgfplots *pgf,
                         const BpLayer    *exit)
{
  Crossing crossing = find_crossing (pgf, exit);

  g_string_append (pgf->tex, "\\draw[-latex,line width=1pt,");
  bp_latex_append_color (pgf->tex, exit->color);
  g_string_append (pgf->tex, "] ");
  append_position (pgf, crossing.x - ARROW * crossing.dx, crossing.y - ARROW * crossing.dy);
  g_string_append (pgf->tex, " -- ");
  append_position (pgf, crossing.x, crossing.y);
  g_string_append (pgf->tex, ";\n");
}

void
bp_pgfplots_append_exit_label (const BpPgfplots *pgf,
                               const BpLayer    *exit)
{
  Crossing crossing = find_crossing (pgf, exit);
  guint line = bp_plot_get_exit_line (pgf->plot, exit);

  g_string_append_printf (pgf->tex, "\\node[anchor=%s %s,yshift=%s%u.%uem,font=\\footnotesize,fill=bp-surface,"
                          "fill opacity=.8,text opacity=1,inner sep=1.5pt,xshift=%s,text=",
                          crossing.rises ? "north" : "south", crossing.x > 0.5 ? "east" : "west",
                          crossing.rises ? "-" : "", line * 12 / 10, line * 12 % 10,
                          crossing.x > 0.5 ? "-.6em" : ".6em");
  bp_latex_append_color (pgf->tex, exit->color);
  g_string_append (pgf->tex, "] at ");
  append_position (pgf, crossing.x, crossing.rises ? 1 : 0);
  g_string_append (pgf->tex, " {");
  if (exit->marker != BP_MARKER_NONE)
    {
      g_string_append (pgf->tex, "\\tikz[baseline=-.6ex]\\draw[");
      bp_pgfplots_append_style (pgf, exit, FALSE);
      g_string_append (pgf->tex, "] plot coordinates {(0,0)};~");
    }
  bp_latex_append_text (pgf->tex, exit->label);
  g_string_append (pgf->tex, "};\n");
}
