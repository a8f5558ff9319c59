/* bp-contour.c: level lines of a function on a grid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-contour.h"

#include <math.h>

typedef struct {
  double        level;
  BpContourFunc area;
  BpContourFunc line;
  gpointer      data;
} Contour;

typedef struct {
  BpContourPoint point;
  double         value;
} Corner;

static BpContourPoint
cross (const Corner *a,
       const Corner *b,
       double        level)
{
  double part = (level - a->value) / (b->value - a->value);

  return (BpContourPoint) {
    a->point.x + part * (b->point.x - a->point.x),
    a->point.y + part * (b->point.y - a->point.y),
  };
}

/* Walks round the triangle, keeping corners above the level and the points where an edge crosses it. */
static void
cut_triangle (const Contour *contour,
              const Corner   corners[3])
{
  BpContourPoint piece[4];
  BpContourPoint ends[2];
  guint n_piece = 0;
  guint n_ends = 0;

  for (guint i = 0; i < 3; i++)
    {
      const Corner *a = &corners[i];
      const Corner *b = &corners[(i + 1) % 3];

      if (a->value >= contour->level)
        piece[n_piece++] = a->point;
      if ((a->value >= contour->level) != (b->value >= contour->level))
        {
          ends[n_ends] = cross (a, b, contour->level);
          piece[n_piece++] = ends[n_ends++];
        }
    }

  if (n_piece >= 3 && contour->area != NULL)
    contour->area (piece, n_piece, contour->data);
  if (n_ends == 2 && contour->line != NULL)
    contour->line (ends, 2, contour->data);
}

static void
cut_cell (const Contour *contour,
          const Corner   corners[4])
{
  Corner centre = { { 0, 0 }, 0 };

  for (guint i = 0; i < 4; i++)
    {
      centre.point.x += corners[i].point.x / 4;
      centre.point.y += corners[i].point.y / 4;
      centre.value += corners[i].value / 4;
    }

  for (guint i = 0; i < 4; i++)
    cut_triangle (contour, (Corner[]) { corners[i], corners[(i + 1) % 4], centre });
}

/* A run of cells that lie above the level as a whole is one rectangle. */
static void
flush_run (const Contour *contour,
           guint         *n_run,
           guint          column,
           guint          row)
{
  BpContourPoint piece[4] = {
    { column - *n_run, row }, { column, row }, { column, row + 1 }, { column - *n_run, row + 1 },
  };

  if (*n_run > 0 && contour->area != NULL)
    contour->area (piece, 4, contour->data);
  *n_run = 0;
}

static void
cut_row (const Contour *contour,
         const double  *below,
         const double  *above,
         guint          n_columns,
         guint          row)
{
  guint n_run = 0;

  for (guint i = 0; i + 1 < n_columns; i++)
    {
      const Corner corners[4] = {
        { { i, row }, below[i] },
        { { i + 1, row }, below[i + 1] },
        { { i + 1, row + 1 }, above[i + 1] },
        { { i, row + 1 }, above[i] },
      };
      guint n_above = 0;
      gboolean is_finite = TRUE;

      for (guint j = 0; j < 4; j++)
        {
          n_above += corners[j].value >= contour->level;
          is_finite = is_finite && isfinite (corners[j].value);
        }

      if (n_above == 4 && is_finite)
        {
          n_run++;
          continue;
        }
      flush_run (contour, &n_run, i, row);
      if (n_above > 0 && is_finite)
        cut_cell (contour, corners);
    }
  flush_run (contour, &n_run, n_columns - 1, row);
}

void
bp_contour_foreach (const double *values,
                    guint         n_columns,
                    guint         n_rows,
                    double        level,
                    BpContourFunc area,
                    BpContourFunc line,
                    gpointer      data)
{
  Contour contour = { level, area, line, data };

  g_return_if_fail (n_columns >= 2 && n_rows >= 2);

  for (guint row = 0; row + 1 < n_rows; row++)
    cut_row (&contour, values + row * n_columns, values + (row + 1) * n_columns, n_columns, row);
}
