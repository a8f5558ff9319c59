/* bp-contour.c: level lines of a function on a grid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-contour.h"

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

/* Returns: the point between @a and @b at which linear interpolation gives @level */
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

/* Emits a piece of the area, if any, and the piece of the line @from … @to. */
static void
emit (const Contour        *contour,
      const BpContourPoint *piece,
      guint                 n_piece,
      const BpContourPoint *from,
      const BpContourPoint *to)
{
  const BpContourPoint ends[2] = { *from, *to };

  if (piece != NULL && contour->area != NULL)
    contour->area (piece, n_piece, contour->data);
  if (contour->line != NULL)
    contour->line (ends, 2, contour->data);
}

/* Cuts a cell of which two opposite corners are above the level. If its centre is, too, the area is one piece with two
 * lines, else two triangles. @crossings: the points at which the sides from corner 0, 1, 2, 3 to the next cross the
 * level */
static void
cut_saddle (const Contour       *contour,
            const Corner         corners[4],
            const BpContourPoint crossings[4])
{
  double centre = (corners[0].value + corners[1].value + corners[2].value + corners[3].value) / 4;
  guint first = corners[0].value >= contour->level ? 0 : 1;

  if (centre >= contour->level)
    {
      const BpContourPoint piece[6] = {
        corners[first].point, crossings[first], crossings[first + 1],
        corners[first + 2].point, crossings[first + 2], crossings[(first + 3) % 4],
      };

      emit (contour, piece, 6, &crossings[first], &crossings[first + 1]);
      emit (contour, NULL, 0, &crossings[first + 2], &crossings[(first + 3) % 4]);
      return;
    }

  for (guint i = first; i < 4; i += 2)
    {
      const BpContourPoint piece[3] = { corners[i].point, crossings[i], crossings[(i + 3) % 4] };

      emit (contour, piece, 3, &crossings[i], &crossings[(i + 3) % 4]);
    }
}

/* Walks round the cell and collects the corners above the level and the points at which a side crosses it. */
static void
cut_cell (const Contour *contour,
          const Corner   corners[4])
{
  BpContourPoint crossings[4] = { 0 };
  BpContourPoint piece[6];
  BpContourPoint ends[4];
  guint n_piece = 0;
  guint n_ends = 0;

  for (guint i = 0; i < 4; i++)
    {
      const Corner *a = &corners[i];
      const Corner *b = &corners[(i + 1) % 4];

      if (a->value >= contour->level)
        piece[n_piece++] = a->point;
      if ((a->value >= contour->level) != (b->value >= contour->level))
        {
          crossings[i] = cross (a, b, contour->level);
          ends[n_ends++] = crossings[i];
          piece[n_piece++] = crossings[i];
        }
    }

  if (n_ends == 4)
    cut_saddle (contour, corners, crossings);
  else
    emit (contour, piece, n_piece, &ends[0], &ends[1]);
}

/* Emits the @n_run cells left of @column, which are entirely above the level, as one rectangle. */
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
