/* bp-figure-pgfplots-points.c: lines and points of a plot for pgfplots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-pgfplots.h"

#include <math.h>

#include "figures/bp-figure-latex.h"

/* How far outside the axes, as a part of them, lines are followed and markers are drawn. */
#define LINE_OVERHANG 0.5
#define MARKER_OVERHANG 0.02

/* Markers along a line, as on the screen. */
#define N_LINE_MARKERS 6

/* How far a mark for 0 is from the next, as a part of the axis. */
#define ZERO_DISTANCE 0.025

/* Coordinates in a line of the file. */
#define POINTS_PER_LINE 8

/* What is left of a colour after the cursor. */
#define FAINT ".35"

static const char *const markers[BP_N_MARKERS] = {
  [BP_MARKER_NONE] = "none",
  [BP_MARKER_DOT] = "*",
  [BP_MARKER_CIRCLE] = "*",
  [BP_MARKER_SQUARE] = "square*",
  [BP_MARKER_TRIANGLE] = "triangle*",
  [BP_MARKER_DIAMOND] = "diamond*",
  [BP_MARKER_RING] = "o",
  [BP_MARKER_BOX] = "square",
  [BP_MARKER_CROSS] = "x",
  [BP_MARKER_PLUS] = "+",
};

static const char *
get_dash (BpDash dash)
{
  switch (dash)
    {
    case BP_DASH_DASHED:
      return ",dash pattern=on 4pt off 2.6pt";
    case BP_DASH_DOTTED:
      return ",dash pattern=on 1pt off 2pt";
    case BP_DASH_DASH_DOT:
      return ",dash pattern=on 5pt off 2pt on 1pt off 2pt";
    case BP_DASH_SOLID:
    case BP_N_DASHES:
    default:
      return "";
    }
}

/* What is hollow covers what lies below; the cursor is set off by a rim. */
static void
append_marker (const BpPgfplots *pgf,
               const BpLayer    *layer)
{
  static const char *const sizes[] = {
    [BP_WIDTH_THIN] = "1.8pt", [BP_WIDTH_NORMAL] = "2.2pt", [BP_WIDTH_THICK] = "3.2pt",
  };
  gboolean is_hollow = bp_layer_has_hollow_markers (layer);
  gboolean is_open = layer->marker == BP_MARKER_CROSS || layer->marker == BP_MARKER_PLUS;

  g_string_append_printf (pgf->tex, ",mark=%s,mark size=%s,mark options={solid,line width=%s", markers[layer->marker],
                          layer->marker == BP_MARKER_DOT ? ".9pt" : sizes[layer->width],
                          layer->width == BP_WIDTH_THICK ? "1.4pt" : ".8pt");
  if (is_hollow)
    g_string_append (pgf->tex, ",fill=bp-surface");
  else if (layer->is_cursor && !is_open)
    g_string_append (pgf->tex, ",draw=bp-surface");
  else if (layer->marker == BP_MARKER_DOT)
    g_string_append (pgf->tex, ",draw=none");
  g_string_append_c (pgf->tex, '}');
}

void
bp_pgfplots_append_style (const BpPgfplots *pgf,
                          const BpLayer    *layer,
                          gboolean          faint)
{
  static const char *const widths[] = {
    [BP_WIDTH_THIN] = ".5pt", [BP_WIDTH_NORMAL] = "1pt", [BP_WIDTH_THICK] = "1.6pt",
  };

  bp_latex_append_color (pgf->tex, layer->color);
  g_string_append_printf (pgf->tex, ",line width=%s%s%s", widths[layer->width], get_dash (layer->dash),
                          faint ? ",opacity=" FAINT : "");
  if (!layer->joined && layer->marker != BP_MARKER_NONE)
    g_string_append (pgf->tex, ",only marks");
  if (layer->marker != BP_MARKER_NONE)
    append_marker (pgf, layer);
}

double
bp_pgfplots_get_y (const BpPgfplots *pgf,
                   double            y)
{
  return pgf->has_exponents ? log10 (y) : y;
}

static void
append_pair (const BpPgfplots *pgf,
             const char       *start,
             double            x,
             double            y)
{
  g_string_append (pgf->tex, start);
  bp_latex_append_number (pgf->tex, x);
  g_string_append_c (pgf->tex, ',');
  bp_latex_append_number (pgf->tex, bp_pgfplots_get_y (pgf, y));
  g_string_append_c (pgf->tex, ')');
}

void
bp_pgfplots_append_point (const BpPgfplots *pgf,
                          double            x,
                          double            y)
{
  append_pair (pgf, "(", x, y);
}

void
bp_pgfplots_append_place (const BpPgfplots *pgf,
                          double            x,
                          double            y)
{
  append_pair (pgf, "(axis cs:", x, y);
}

/* Coordinates in the making: n of them, the last of which is @at; NaN where the pen is up. */
typedef struct {
  const BpPgfplots *pgf;
  guint             n;
  BpPlotPoint       at;
} Coordinates;

static void
append_coordinate (Coordinates *coordinates,
                   double       x,
                   double       y)
{
  if (coordinates->n > 0 && coordinates->n % POINTS_PER_LINE == 0)
    g_string_append_c (coordinates->pgf->tex, '\n');
  bp_pgfplots_append_point (coordinates->pgf, x, y);
  coordinates->n++;
}

/* Moves the pen up, and down again at a point. */
static void
move_to (Coordinates *coordinates,
         BpPlotPoint  point)
{
  if (coordinates->n > 0)
    append_coordinate (coordinates, NAN, NAN);
  append_coordinate (coordinates, point.x, point.y);
  coordinates->at = point;
}

static void
line_to (Coordinates *coordinates,
         BpPlotPoint  point)
{
  append_coordinate (coordinates, point.x, point.y);
  coordinates->at = point;
}

static BpPlotPoint
map_point (const BpPgfplots *pgf,
           BpPlotPoint       point)
{
  return (BpPlotPoint) { bp_axis_map (&pgf->plot->x, point.x), bp_axis_map (&pgf->plot->y, point.y) };
}

static gboolean
is_mapped (BpPlotPoint point)
{
  return !isnan (point.x) && !isnan (point.y);
}

static gboolean
is_near (double position,
         double overhang)
{
  return position >= -overhang && position <= 1 + overhang;
}

/* The part of [from, to] of a segment from @a to @b that lies near the axis. Returns: whether any does */
static gboolean
cut_part (double  a,
          double  b,
          double *from,
          double *to)
{
  double first, second;

  if (a == b)
    return is_near (a, LINE_OVERHANG);

  first = (-LINE_OVERHANG - a) / (b - a);
  second = (1 + LINE_OVERHANG - a) / (b - a);
  *from = MAX (*from, MIN (first, second));
  *to = MIN (*to, MAX (first, second));

  return *from <= *to;
}

static BpPlotPoint
interpolate (const BpPgfplots *pgf,
             BpPlotPoint       a,
             BpPlotPoint       b,
             double            part)
{
  return (BpPlotPoint) {
    bp_axis_unmap (&pgf->plot->x, a.x + part * (b.x - a.x)),
    bp_axis_unmap (&pgf->plot->y, a.y + part * (b.y - a.y)),
  };
}

static gboolean
is_within (BpPlotPoint place)
{
  return is_near (place.x, MARKER_OVERHANG) && is_near (place.y, MARKER_OVERHANG);
}

/* A reference run that has left and leaps across the plot again and again would cover it. */
static gboolean
is_leap (const BpLayer *layer,
         BpPlotPoint    from,
         BpPlotPoint    to)
{
  return layer->is_reference && !is_within (from) && !is_within (to);
}

/* Points within keep their numbers to the last digit. */
static void
append_segment (Coordinates   *coordinates,
                const BpLayer *layer,
                BpPlotPoint    a,
                BpPlotPoint    b)
{
  const BpPgfplots *pgf = coordinates->pgf;
  BpPlotPoint start = map_point (pgf, a), end = map_point (pgf, b);
  double from = 0, to = 1;

  if (!is_mapped (start) || !is_mapped (end) || !cut_part (start.x, end.x, &from, &to) ||
      !cut_part (start.y, end.y, &from, &to) || is_leap (layer, start, end))
    return;

  if (from > 0)
    a = interpolate (pgf, start, end, from);
  if (to < 1)
    b = interpolate (pgf, start, end, to);
  if (a.x != coordinates->at.x || a.y != coordinates->at.y)
    move_to (coordinates, a);
  line_to (coordinates, b);
}

/* Of a bucket of several iterations the whole extent, from where the line comes to where it goes. */
static void
append_bucket (Coordinates   *coordinates,
               const BpLayer *layer,
               double         x,
               BpBucket       bucket,
               BpPlotPoint   *previous)
{
  gboolean rises = bucket.last >= bucket.first;
  BpPlotPoint least = { x, bucket.minimum }, greatest = { x, bucket.maximum };

  append_segment (coordinates, layer, *previous, rises ? least : greatest);
  append_segment (coordinates, layer, rises ? least : greatest, rises ? greatest : least);
  *previous = rises ? greatest : least;
}

/* A point whose neighbours have no place is a dot, which a round cap makes of a line without length. */
static void
append_lone (Coordinates *coordinates,
             BpPlotPoint  point)
{
  if (!is_within (map_point (coordinates->pgf, point)))
    return;
  move_to (coordinates, point);
  line_to (coordinates, point);
}

static gboolean
has_place (const Coordinates *coordinates,
           const BpLayer     *layer,
           guint              index)
{
  return index < bp_layer_get_n_points (layer) &&
         is_mapped (map_point (coordinates->pgf, bp_layer_get_point (layer, index)));
}

/* The line from the last point before @from to the last before @to. */
static void
append_line (Coordinates   *coordinates,
             const BpLayer *layer,
             double         from,
             double         to)
{
  BpPlotPoint previous = { NAN, NAN };
  gboolean is_wide = bp_layer_is_wide (layer);

  for (guint i = 0; i < bp_layer_get_n_points (layer); i++)
    {
      BpPlotPoint point = bp_layer_get_point (layer, i);

      if (point.x > to)
        break;
      if (point.x < from)
        previous = point;
      else if (is_wide)
        append_bucket (coordinates, layer, point.x, g_array_index (layer->buckets, BpBucket, i), &previous);
      else
        {
          append_segment (coordinates, layer, previous, point);
          previous = point;
          if (has_place (coordinates, layer, i) && !has_place (coordinates, layer, i + 1) &&
              (i == 0 || !has_place (coordinates, layer, i - 1)))
            append_lone (coordinates, point);
        }
    }
}

static void
append_single (Coordinates *coordinates,
               BpPlotPoint  point)
{
  if (is_within (map_point (coordinates->pgf, point)))
    append_coordinate (coordinates, point.x, point.y);
}

static void
append_singles (Coordinates   *coordinates,
                const BpLayer *layer,
                double         from,
                double         to)
{
  for (guint i = 0; i < bp_layer_get_n_points (layer); i++)
    {
      BpPlotPoint point = bp_layer_get_point (layer, i);

      if (point.x >= from && point.x <= to)
        append_single (coordinates, point);
    }
}

static void
begin (const BpPgfplots *pgf,
       Coordinates      *coordinates)
{
  *coordinates = (Coordinates) { pgf, 0, { NAN, NAN } };
  g_string_append (pgf->tex, ",forget plot] coordinates {\n");
}

static void
append_part (const BpPgfplots *pgf,
             const BpLayer    *layer,
             gboolean          faint,
             double            from,
             double            to)
{
  BpLayer look = *layer;
  Coordinates coordinates;
  gsize start = pgf->tex->len;

  if (layer->joined)
    look.marker = BP_MARKER_NONE;
  g_string_append (pgf->tex, "\\addplot[");
  bp_pgfplots_append_style (pgf, &look, faint);
  if (layer->joined && layer->dash == BP_DASH_SOLID)
    g_string_append (pgf->tex, ",line cap=round");
  begin (pgf, &coordinates);
  if (layer->joined)
    append_line (&coordinates, layer, from, to);
  else
    append_singles (&coordinates, layer, from, to);
  g_string_append (pgf->tex, "\n};\n");

  /* An empty plot is a warning. */
  if (coordinates.n == 0)
    g_string_truncate (pgf->tex, start);
}

/* A 0 has no place on a log axis: where it would be, the edge says "0". As many marks as there is room for. */
static void
append_zeros (const BpPgfplots *pgf,
              const BpLayer    *layer)
{
  const BpPlot *plot = pgf->plot;
  double last = -INFINITY;

  for (guint i = 0; plot->y.scale == BP_SCALE_LOG && i < bp_layer_get_n_points (layer); i++)
    {
      BpPlotPoint point = bp_layer_get_point (layer, i);
      double position = bp_axis_map (&plot->x, point.x);

      if (point.y != 0 || !is_near (position, 0) || position - last < ZERO_DISTANCE)
        continue;
      g_string_append (pgf->tex, "\\node[anchor=south,inner sep=1pt,font=\\footnotesize,text=");
      bp_latex_append_color (pgf->tex, layer->color);
      g_string_append (pgf->tex, "] at ");
      bp_pgfplots_append_place (pgf, point.x, plot->y.minimum);
      g_string_append (pgf->tex, layer->is_cursor ? " {\\textbf{0}};\n" : " {0};\n");
      last = position;
    }
}

/* A few markers along a line tell it from others. */
static void
append_line_markers (const BpPgfplots *pgf,
                     const BpLayer    *layer)
{
  guint n = bp_layer_get_n_points (layer);
  double shift = (double) layer->marker / BP_N_MARKERS;
  BpLayer look = *layer;
  Coordinates coordinates;
  guint i = 0;

  look.joined = FALSE;
  g_string_append (pgf->tex, "\\addplot[");
  bp_pgfplots_append_style (pgf, &look, FALSE);
  begin (pgf, &coordinates);
  for (guint j = 0; j < N_LINE_MARKERS && !pgf->plot->x.integer && n > 0; j++)
    append_single (&coordinates, bp_layer_get_point (layer, (guint) ((j + shift) / N_LINE_MARKERS * n)));
  for (guint j = 0; j < N_LINE_MARKERS && pgf->plot->x.integer; j++)
    {
      while (i < n && !(bp_axis_map (&pgf->plot->x, bp_layer_get_point (layer, i).x) >= (j + shift) / N_LINE_MARKERS))
        i++;
      if (i < n)
        append_single (&coordinates, bp_layer_get_point (layer, i));
    }
  g_string_append (pgf->tex, "\n};\n");
}

void
bp_pgfplots_append_points (const BpPgfplots *pgf,
                           const BpLayer    *layer)
{
  gboolean is_all_faint = isinf (layer->dim_from) && layer->dim_from < 0;

  append_part (pgf, layer, is_all_faint, -INFINITY, is_all_faint ? (double) INFINITY : layer->dim_from);
  if (isfinite (layer->dim_from))
    append_part (pgf, layer, TRUE, layer->dim_from, INFINITY);
  if (layer->joined && layer->marker != BP_MARKER_NONE)
    append_line_markers (pgf, layer);
  append_zeros (pgf, layer);
}
