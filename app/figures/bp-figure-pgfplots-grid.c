/* bp-figure-pgfplots-grid.c: a function of both axes as fills and level lines for pgfplots
 *
 * The pieces within cells are put together to lines, for TeX is slow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-pgfplots.h"

#include <math.h>

#include "base/bp-number.h"
#include "drawing/bp-contour.h"
#include "figures/bp-figure-latex.h"

/* Places on a grid are told apart to this part of a cell. */
#define PRECISION 65536

/* How far below the level the ground around a grid lies, as a multiple of all heights: the edge is where it begins. */
#define DEPTH 1e7

/* Fills lie on one another: each level adds this much of the colour, all of them at most that. */
#define FILL_STEP 0.09
#define FILL_MAX 0.5

#define POINTS_PER_LINE 8

/* Labels closer than this part of the axes would hide one another. */
#define LABEL_WIDTH 0.12
#define LABEL_HEIGHT 0.08

typedef struct {
  BpContourPoint ends[2];
  gboolean       is_used;
} Piece;

/* The pieces of a line; @at: where they end, to a GArray of which. */
typedef struct {
  const BpPgfplots *pgf;
  const BpLayer    *layer;
  double            margin; /* columns and rows around the layer's */
  GArray           *pieces;
  GHashTable       *at;
} Contour;

static gint64
get_key (BpContourPoint point)
{
  return llround (point.y * PRECISION) * G_MAXUINT32 + llround (point.x * PRECISION);
}

static void
register_end (Contour       *contour,
              BpContourPoint point,
              guint          piece)
{
  gint64 key = get_key (point);
  GArray *pieces = g_hash_table_lookup (contour->at, &key);

  if (pieces == NULL)
    {
      pieces = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (contour->at, g_memdup2 (&key, sizeof key), pieces);
    }
  g_array_append_val (pieces, piece);
}

static void
add_piece_cb (const BpContourPoint *points,
              G_GNUC_UNUSED guint   n_points,
              gpointer              data)
{
  Contour *contour = data;
  Piece piece = { { points[0], points[1] }, FALSE };

  if (get_key (points[0]) == get_key (points[1]))
    return;

  register_end (contour, points[0], contour->pieces->len);
  register_end (contour, points[1], contour->pieces->len);
  g_array_append_val (contour->pieces, piece);
}

static const GArray *
find_pieces (const Contour *contour,
             BpContourPoint point)
{
  gint64 key = get_key (point);

  return g_hash_table_lookup (contour->at, &key);
}

/* Returns: (nullable): a piece that goes on from @point */
static Piece *
find_next (const Contour *contour,
           BpContourPoint point)
{
  const GArray *pieces = find_pieces (contour, point);

  for (guint i = 0; i < pieces->len; i++)
    {
      Piece *piece = &g_array_index (contour->pieces, Piece, g_array_index (pieces, guint, i));

      if (!piece->is_used)
        return piece;
    }

  return NULL;
}

static void
append_point (const Contour *contour,
              BpContourPoint point)
{
  const BpLayer *layer = contour->layer;
  double column = CLAMP (point.x - contour->margin, 0, layer->n_columns - 1) / (layer->n_columns - 1);
  double row = CLAMP (point.y - contour->margin, 0, layer->n_rows - 1) / (layer->n_rows - 1);

  bp_pgfplots_append_point (contour->pgf, layer->x0 + (layer->x1 - layer->x0) * column,
                            layer->y0 + (layer->y1 - layer->y0) * row);
}

static void
append_chain (Contour       *contour,
              BpContourPoint point)
{
  guint n = 1;
  Piece *piece;

  append_point (contour, point);
  while ((piece = find_next (contour, point)) != NULL)
    {
      piece->is_used = TRUE;
      point = piece->ends[get_key (piece->ends[0]) == get_key (point) ? 1 : 0];
      if (n++ % POINTS_PER_LINE == 0)
        g_string_append_c (contour->pgf->tex, '\n');
      append_point (contour, point);
    }
  g_string_append (contour->pgf->tex, "(nan,nan)\n");
}

/* Open lines first, from where they begin; what is left are rings. */
static void
append_chains (Contour *contour)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < contour->pieces->len; i++)
      for (guint end = 0; end < 2; end++)
        {
          const Piece *piece = &g_array_index (contour->pieces, Piece, i);

          if (!piece->is_used && (pass > 0 || find_pieces (contour, piece->ends[end])->len == 1))
            append_chain (contour, piece->ends[end]);
        }
}

/* Appends "\addplot[OPTIONS" of @style with the line at @level of @values, which have @margin more at each side. */
static void
append_contour (const BpPgfplots *pgf,
                const BpLayer    *layer,
                const double     *values,
                guint             margin,
                double            level,
                const char       *style)
{
  Contour contour = {
    pgf, layer, margin, g_array_new (FALSE, FALSE, sizeof (Piece)),
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref),
  };

  bp_contour_foreach (values, layer->n_columns + 2 * margin, layer->n_rows + 2 * margin, level, NULL, add_piece_cb,
                      &contour);
  if (contour.pieces->len > 0)
    {
      g_string_append (pgf->tex, "\\addplot[");
      bp_pgfplots_append_style (pgf, layer, FALSE);
      g_string_append_printf (pgf->tex, ",%s,forget plot] coordinates {\n", style);
      append_chains (&contour);
      g_string_append (pgf->tex, "};\n");
    }
  g_array_unref (contour.pieces);
  g_hash_table_unref (contour.at);
}

/* The grid in a ground so low that every line around what lies above a level is closed, if need be along the edge. */
static double *
create_sunk_grid (const BpLayer *layer)
{
  guint n_columns = layer->n_columns + 2, n_rows = layer->n_rows + 2;
  double *values = g_new (double, n_columns * n_rows);
  double minimum = NAN, maximum = NAN, ground;

  for (guint i = 0; i < layer->values->len; i++)
    bp_range_include (&minimum, &maximum, g_array_index (layer->values, double, i));
  ground = minimum - DEPTH * MAX (maximum - minimum, 1e-300);

  for (guint i = 0; i < n_columns * n_rows; i++)
    {
      guint column = i % n_columns, row = i / n_columns;
      gboolean is_inside = column > 0 && column <= layer->n_columns && row > 0 && row <= layer->n_rows;

      values[i] = is_inside ? g_array_index (layer->values, double, (row - 1) * layer->n_columns + column - 1) : ground;
    }

  return values;
}

void
bp_pgfplots_append_grid (const BpPgfplots *pgf,
                         const BpLayer    *layer)
{
  g_autofree double *sunk = NULL;
  g_autofree char *fill = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (layer->values == NULL || layer->levels == NULL || layer->levels->len == 0)
    return;

  sunk = create_sunk_grid (layer);
  g_ascii_formatd (number, sizeof number, "%.3f", MIN (FILL_STEP, FILL_MAX / layer->levels->len));
  fill = g_strdup_printf ("draw=none,even odd rule,fill,fill opacity=%s", number);
  for (guint i = 0; i < layer->levels->len; i++)
    append_contour (pgf, layer, sunk, 1, g_array_index (layer->levels, double, i), fill);
  for (guint i = 0; i < layer->levels->len; i++)
    append_contour (pgf, layer, (const double *) (gconstpointer) layer->values->data, 0,
                    g_array_index (layer->levels, double, i), "draw opacity=.5");
  if (!isnan (layer->strong_level))
    append_contour (pgf, layer, (const double *) (gconstpointer) layer->values->data, 0, layer->strong_level,
                    "line width=1.2pt");
}

static gboolean
is_free (const BpPgfplots *pgf,
         const GArray     *places,
         BpPlotPoint       place)
{
  for (guint i = 0; i < places->len; i++)
    {
      BpPlotPoint other = g_array_index (places, BpPlotPoint, i);

      if (fabs (bp_axis_map (&pgf->plot->x, place.x) - bp_axis_map (&pgf->plot->x, other.x)) < LABEL_WIDTH &&
          fabs (bp_axis_map (&pgf->plot->y, place.y) - bp_axis_map (&pgf->plot->y, other.y)) < LABEL_HEIGHT)
        return FALSE;
    }

  return TRUE;
}

static void
append_level_label (const BpPgfplots *pgf,
                    const BpLayer    *grid,
                    double            level,
                    GArray           *places)
{
  g_autofree char *text = bp_number_format (level);
  BpPlotPoint place;

  if (!bp_layer_find_level (grid, level, &place) || !is_free (pgf, places, place))
    return;

  g_array_append_val (places, place);
  g_string_append_printf (pgf->tex, "\\node[font=\\footnotesize%s,fill=bp-surface,fill opacity=.8,text opacity=1,"
                          "inner sep=1pt,text=", level == grid->strong_level ? "\\boldmath" : "");
  bp_latex_append_color (pgf->tex, grid->color);
  g_string_append (pgf->tex, "] at ");
  bp_pgfplots_append_place (pgf, place.x, place.y);
  g_string_append (pgf->tex, " {");
  bp_latex_append_math (pgf->tex, text);
  g_string_append (pgf->tex, "};\n");
}

void
bp_pgfplots_append_grid_labels (const BpPgfplots *pgf,
                                const BpLayer    *layer)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (BpPlotPoint));

  if (layer->values == NULL)
    return;

  if (!isnan (layer->strong_level))
    append_level_label (pgf, layer, layer->strong_level, places);
  for (guint i = 0; i < layer->levels->len; i++)
    append_level_label (pgf, layer, g_array_index (layer->levels, double, i), places);
}
