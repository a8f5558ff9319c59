/* bp-graph-draw-matrix.c: the elements of a tensor as squares
 *
 * All matrices of a batch have the same rows, at the same distance, so that a sample is one line across a network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <math.h>
#include <string.h>

/* The most rows and columns that are shown, and rows of a matrix beside the numbers. */
#define MAX_ROWS 12
#define MAX_ROWS_BESIDE 8
#define MAX_COLUMNS 16

/* Distances as multiples of the size of a name. */
/* The height by detail. */
static const double heights[BP_N_DETAILS] = { 6.6, 5.2, 4, 2, 0 };

#define HEIGHT_BESIDE 3.8
#define WIDTH 4.6
#define WIDTH_BESIDE 3.4
#define LEAST_ROW 0.4
#define GREATEST_ROW 0.85
#define LEAST_COLUMN 0.34
#define GREATEST_COLUMN 1.25
#define GAP 0.7
#define MARGIN 0.2

BpMatrix *
bp_matrix_new (const BpGraphDrawing *drawing,
               guint                 node)
{
  const BpShape *shape = bp_graph_get_shape (drawing->graph, node);
  BpOp           op = bp_graph_get_op (drawing->graph, node);
  gboolean       is_variable = op == BP_OP_VARIABLE;
  gboolean       is_column = shape->rank == 1 && bp_graph_get_n_inputs (drawing->graph, node) > 0
                             && shape->dims[0] == drawing->n_batch;
  BpMatrix      *matrix;
  gsize          n;

  if (drawing->layers->len == 0 || bp_graph_is_evaluation (drawing->graph, node)
      || bp_graph_get_n_nodes (drawing->graph) > BP_GRAPH_LAYOUT_MAX_FITTED || shape->rank < 1 || shape->rank > 2
      || bp_graph_get_n_elements (drawing->graph, node) < 2)
    return NULL;

  matrix = g_new0 (BpMatrix, 1);
  matrix->all_rows = shape->rank == 2 || is_column ? shape->dims[0] : 1;
  matrix->all_columns = shape->rank == 2 ? shape->dims[1] : is_column ? 1 : shape->dims[0];
  matrix->is_beside = is_variable;
  matrix->n_rows = MIN (matrix->all_rows, is_variable ? MAX_ROWS_BESIDE : MAX_ROWS);
  matrix->n_columns = MIN (matrix->all_columns, MAX_COLUMNS);
  matrix->chosen_row = matrix->chosen_column = -1;
  n = (gsize) matrix->n_rows * matrix->n_columns;
  matrix->value = g_new0 (double, n);
  if (bp_graph_needs_gradient (drawing->graph, node))
    matrix->gradient = g_new0 (double, n);

  return matrix;
}

void
bp_matrix_free (BpMatrix *matrix)
{
  g_free (matrix->value);
  g_free (matrix->gradient);
  g_free (matrix);
}

/* Where the chosen element is, or, in another matrix of the batch, the row of its sample. */
static void
choose (BpMatrix             *matrix,
        const BpGraphDrawing *drawing,
        guint                 node)
{
  const BpMatrix *chosen = NULL;
  gsize           row;

  matrix->chosen_row = matrix->chosen_column = -1;
  if (drawing->chosen < drawing->nodes->len && drawing->element >= 0)
    chosen = bp_graph_drawing_get_node (drawing, drawing->chosen)->matrix;
  if (chosen == NULL || (node != drawing->chosen && (matrix->is_beside || chosen->is_beside
                                                     || matrix->all_rows != chosen->all_rows)))
    return;

  row = (gsize) drawing->element / chosen->all_columns;
  matrix->first_row = row < matrix->n_rows ? 0 : (guint) MIN (row, matrix->all_rows - matrix->n_rows);
  matrix->chosen_row = (int) (row - matrix->first_row);
  if (node == drawing->chosen)
    matrix->chosen_column = (int) ((gsize) drawing->element % chosen->all_columns);
}

static gboolean
take_numbers (const BpMatrix *matrix,
              double         *place,
              gboolean       *has_numbers,
              const double   *numbers)
{
  const gsize bytes = matrix->n_columns * sizeof (double);
  gboolean    changed = *has_numbers != (numbers != NULL);

  *has_numbers = numbers != NULL;
  for (guint row = 0; numbers != NULL && row < matrix->n_rows; row++)
    {
      const double *from = numbers + (gsize) (matrix->first_row + row) * matrix->all_columns;

      changed = changed || memcmp (place + (gsize) row * matrix->n_columns, from, bytes) != 0;
      memcpy (place + (gsize) row * matrix->n_columns, from, bytes);
    }

  return changed;
}

gboolean
bp_matrix_update (BpMatrix             *matrix,
                  const BpGraphDrawing *drawing,
                  guint                 node,
                  const double         *value,
                  const double         *gradient)
{
  const int row = matrix->chosen_row;
  const int column = matrix->chosen_column;
  gboolean  changed = FALSE;

  choose (matrix, drawing, node);
  changed |= matrix->chosen_row != row || matrix->chosen_column != column;
  changed |= take_numbers (matrix, matrix->value, &matrix->has_value, value);
  if (matrix->gradient != NULL)
    changed |= take_numbers (matrix, matrix->gradient, &matrix->has_gradient, gradient);

  return changed;
}

/* Drawing */

gboolean
bp_matrix_is_shown (const BpMatrix       *matrix,
                    const BpGraphDrawing *drawing)
{
  return matrix->is_beside || drawing->detail < BP_DETAIL_LOW
         || (drawing->detail == BP_DETAIL_LOW && matrix->all_rows > 1);
}

/* How many rows have room. */
static guint
count_rows (const BpMatrix *matrix,
            BpDetail        detail)
{
  return matrix->is_beside || detail != BP_DETAIL_LOW ? matrix->n_rows
                                                      : MIN (matrix->n_rows, (guint) (heights[detail] / LEAST_ROW));
}

/* The first of them: the chosen one is among them. */
static guint
get_first_row (const BpMatrix *matrix,
               BpDetail        detail)
{
  return (guint) MAX (0, matrix->chosen_row + 1 - (int) count_rows (matrix, detail));
}

static double
get_row (const BpMatrix *matrix,
         BpDetail        detail,
         double          unit)
{
  const double height = matrix->is_beside ? HEIGHT_BESIDE : heights[detail];

  return unit * CLAMP (height / count_rows (matrix, detail), LEAST_ROW, GREATEST_ROW);
}

static double
get_column (const BpMatrix *matrix,
            double          unit)
{
  return unit * (matrix->is_beside ? CLAMP (WIDTH_BESIDE / matrix->n_columns, LEAST_COLUMN, GREATEST_ROW)
                                   : CLAMP (WIDTH / matrix->n_columns, LEAST_COLUMN, GREATEST_COLUMN));
}

/* The width of one of both halves, with the dots for what is left out. */
static double
get_half (const BpMatrix *matrix,
          double          unit)
{
  return get_column (matrix, unit) * matrix->n_columns + 2 * MARGIN * unit
         + (matrix->n_columns < matrix->all_columns ? 0.8 * unit : 0);
}

void
bp_matrix_get_size (const BpMatrix       *matrix,
                    const BpGraphDrawing *drawing,
                    double               *width,
                    double               *height)
{
  const double unit = drawing->unit;
  const guint  n_rows = count_rows (matrix, drawing->detail);

  *width = get_half (matrix, unit) * (matrix->gradient != NULL ? 2 : 1) + (matrix->gradient != NULL ? GAP * unit : 0);
  *height = get_row (matrix, drawing->detail, unit) * n_rows + 2 * MARGIN * unit
            + (n_rows < matrix->all_rows ? 0.5 * unit : 0);
}

BpPoint
bp_matrix_get_place (const BpGraphDrawing *drawing,
                     guint                 node)
{
  const BpNodeState       *state = bp_graph_drawing_get_node (drawing, node);
  const cairo_rectangle_t *box = bp_graph_layout_get_node (drawing->layout, node);
  double                   width, height;

  bp_matrix_get_size (state->matrix, drawing, &width, &height);
  if (state->matrix->is_beside)
    return (BpPoint){ box->x + box->width - bp_graph_drawing_get_padding (drawing, state->kind) - width,
                      box->y + (box->height - height) / 2 };

  return (BpPoint){ box->x + (box->width - width) / 2, box->y + box->height - height - BP_MATRIX_GAP * drawing->unit };
}

gssize
bp_graph_drawing_find_element (const BpGraphDrawing *drawing,
                               guint                 node,
                               double                x,
                               double                y)
{
  const BpMatrix *matrix;
  BpPoint         place;
  double          row, column;

  g_return_val_if_fail (drawing != NULL && node < drawing->nodes->len, BP_ELEMENT_NONE);

  matrix = bp_graph_drawing_get_node (drawing, node)->matrix;
  if (matrix == NULL || !bp_matrix_is_shown (matrix, drawing))
    return BP_ELEMENT_NONE;
  place = bp_matrix_get_place (drawing, node);
  row = floor ((y - place.y - MARGIN * drawing->unit) / get_row (matrix, drawing->detail, drawing->unit));
  column = floor ((x - place.x - MARGIN * drawing->unit) / get_column (matrix, drawing->unit));
  if (row < 0 || row >= count_rows (matrix, drawing->detail) || column < 0 || column >= matrix->n_columns)
    return BP_ELEMENT_NONE;

  row += matrix->first_row + get_first_row (matrix, drawing->detail);

  return (gssize) (row * matrix->all_columns + column);
}

static double
find_greatest (const double *values,
               gsize         n)
{
  double greatest = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      greatest = MAX (greatest, fabs (values[i]));

  return greatest;
}

/* Three dots that go on at the right or below. */
static void
show_rest (BpGraphPen *pen,
           double      x,
           double      y,
           gboolean    is_down)
{
  for (guint i = 0; i < 3; i++)
    bp_painter_circle (pen->painter, x + (is_down ? i - 1.0 : i) * 0.3 * pen->unit, y, 0.07 * pen->unit);
  bp_painter_fill (pen->painter);
}

/* A positive number is a whole square, a negative one only its border; the area is its size. */
static void
show_cells (BpGraphPen     *pen,
            const BpMatrix *matrix,
            const double   *values,
            double          x,
            double          y)
{
  const double row = get_row (matrix, pen->drawing->detail, pen->unit);
  const double column = get_column (matrix, pen->unit);
  const double greatest = find_greatest (values, (gsize) matrix->n_rows * matrix->n_columns);
  const double line = MIN (pen->stroke, 0.12 * MIN (row, column));
  const guint  first = get_first_row (matrix, pen->drawing->detail) * matrix->n_columns;
  const guint  end = first + count_rows (matrix, pen->drawing->detail) * matrix->n_columns;

  bp_painter_set_line (pen->painter, &(BpLine) { .width = line });
  for (guint pass = 0; pass < 2; pass++)
    {
      guint n = 0;

      for (guint i = first; i < end; i++)
        {
          double            side = greatest > 0 && isfinite (values[i]) ? sqrt (fabs (values[i]) / greatest) : 0;
          double            inset = pass == 1 ? line : 0;
          double            width = 0.86 * column * side - inset;
          double            height = 0.84 * row * side - inset;
          cairo_rectangle_t cell = { x + (i % matrix->n_columns + 0.5) * column - width / 2,
                                     y + ((i - first) / matrix->n_columns + 0.5) * row - height / 2, width, height };

          if ((values[i] < 0) != (pass == 1) || MIN (width, height) <= 0)
            continue;
          bp_painter_rectangle (pen->painter, &cell, 0);
          n++;
        }
      if (n > 0 && pass == 0)
        bp_painter_fill (pen->painter);
      else if (n > 0)
        bp_painter_stroke (pen->painter);
    }
}

/* The row of the chosen sample, or the chosen cell. */
static void
show_chosen (BpGraphPen     *pen,
             const BpMatrix *matrix,
             double          x,
             double          y)
{
  const double      row = get_row (matrix, pen->drawing->detail, pen->unit);
  const double      column = get_column (matrix, pen->unit);
  gboolean          is_cell = matrix->chosen_column >= 0 && (guint) matrix->chosen_column < matrix->n_columns;
  const guint       first = get_first_row (matrix, pen->drawing->detail);
  cairo_rectangle_t box = { x, y + (matrix->chosen_row - (int) first) * row, column * matrix->n_columns, row };

  if (is_cell)
    box = (cairo_rectangle_t){ x + matrix->chosen_column * column, box.y, column, row };
  bp_painter_rectangle (pen->painter, &box, 0);
  bp_painter_set_color (pen->painter, BP_COLOR_TEXT);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = (is_cell ? 1.8 : 1) * pen->stroke });
  bp_painter_stroke (pen->painter);
}

static void
show_half (BpGraphPen     *pen,
           const BpMatrix *matrix,
           const double   *values,
           BpColor         color,
           BpColor         fill,
           double          x,
           double          y)
{
  const double      margin = MARGIN * pen->unit;
  const double      width = get_column (matrix, pen->unit) * matrix->n_columns + 2 * margin;
  const guint       n_rows = count_rows (matrix, pen->drawing->detail);
  const double      height = get_row (matrix, pen->drawing->detail, pen->unit) * n_rows + 2 * margin;
  cairo_rectangle_t box = { x, y, width, height };

  bp_painter_rectangle (pen->painter, &box, 0);
  bp_painter_set_line (pen->painter, &(BpLine) { .width = 0.8 * pen->stroke });
  bp_painter_fill_and_stroke (pen->painter, fill, BP_COLOR_GRID);
  bp_painter_set_color (pen->painter, BP_COLOR_DIM);
  if (matrix->n_columns < matrix->all_columns)
    show_rest (pen, x + width + 0.2 * pen->unit, y + height / 2, FALSE);
  if (n_rows < matrix->all_rows)
    show_rest (pen, x + width / 2, y + height + 0.25 * pen->unit, TRUE);
  if (values == NULL)
    return;
  bp_painter_set_color (pen->painter, color);
  show_cells (pen, matrix, values, x + margin, y + margin);
  if (matrix->chosen_row >= 0)
    show_chosen (pen, matrix, x + margin, y + margin);
}

void
bp_graph_pen_show_matrix (BpGraphPen        *pen,
                          const BpNodeState *state,
                          double             x,
                          double             y)
{
  const BpMatrix *matrix = state->matrix;
  gboolean        is_variable = state->kind == BP_NODE_VARIABLE;
  BpColor         value = is_variable ? BP_COLOR_PARAMETER : BP_COLOR_VALUE;

  show_half (pen, matrix, matrix->has_value ? matrix->value : NULL, state->is_value_old ? BP_COLOR_DIM : value,
             is_variable ? BP_COLOR_PARAMETER_FILL : BP_COLOR_VALUE_FILL, x, y);
  if (matrix->gradient != NULL)
    show_half (pen, matrix, matrix->has_gradient ? matrix->gradient : NULL,
               state->is_gradient_old ? BP_COLOR_DIM : BP_COLOR_GRADIENT, BP_COLOR_GRADIENT_FILL,
               x + get_half (matrix, pen->unit) + GAP * pen->unit, y);
}
