/* bp-tensor-grid.c: the cells of a heat map of a tensor: their elements and their bounds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tensor/bp-tensor-grid.h"

#include <math.h>

/* Numbers are shown in at most MAX_NUMBER_COLUMNS columns and MAX_NUMBERS cells. Long vectors are wrapped into rows of
 * WRAPPED_NUMBERS numbers, or of at least WRAPPED_CELLS cells. */
#define MAX_NUMBER_COLUMNS 6
#define MAX_NUMBERS 72
#define WRAPPED_NUMBERS 5
#define WRAPPED_CELLS 20

/* Heights as multiples of the text size. */
#define KEY_HEIGHT 2.4
#define CAPTION_HEIGHT 1.6

static guint
divide_up (guint n,
           guint block)
{
  return (n + block - 1) / block;
}

static void
set_dimensions (BpTensorGrid *grid)
{
  const BpShape *shape = &grid->shape;
  gsize n = grid->n_elements;

  grid->n_all_planes = 1;
  if (shape->rank >= 2)
    {
      grid->n_rows = shape->dims[shape->rank - 2];
      grid->n_columns = shape->dims[shape->rank - 1];
      grid->n_all_planes = n / ((gsize) grid->n_rows * grid->n_columns);
      return;
    }

  grid->n_columns = n;
  if (n > WRAPPED_NUMBERS)
    grid->n_columns = n <= MAX_NUMBERS ? WRAPPED_NUMBERS : MAX (WRAPPED_CELLS, (guint) ceil (sqrt (n)));
  grid->n_rows = (n + grid->n_columns - 1) / grid->n_columns;
  grid->wrapped = grid->n_rows > 1;
}

void
bp_tensor_grid_init (BpTensorGrid  *grid,
                     const BpShape *shape,
                     double         unit)
{
  *grid = (BpTensorGrid) { .shape = *shape, .unit = unit, .n_elements = bp_shape_get_n_elements (shape) };

  set_dimensions (grid);
  grid->n_planes = MIN (grid->n_all_planes, BP_TENSOR_MAX_PLANES);
  grid->block = divide_up (MAX (grid->n_rows, grid->n_columns), BP_TENSOR_MAX_CELLS);
  grid->n_cell_rows = divide_up (grid->n_rows, grid->block);
  grid->n_cell_columns = divide_up (grid->n_columns, grid->block);
  grid->has_numbers = grid->n_columns <= MAX_NUMBER_COLUMNS
                      && (gsize) grid->n_rows * grid->n_columns * grid->n_planes <= MAX_NUMBERS;

  grid->has_readout = !grid->has_numbers && grid->n_elements > 1;

  if (grid->has_numbers)
    {
      grid->cell_width = 6.4 * unit;
      grid->cell_height = 1.9 * unit;
    }
  else
    grid->cell_width = grid->cell_height
        = CLAMP (26 * unit / grid->n_cell_columns, 0.4 * unit, 1.4 * unit);
  grid->left = grid->n_elements > 1 ? 3 * unit : 0;
  grid->top = grid->n_elements > 1 ? 1.5 * unit : 0;
  grid->caption_height = CAPTION_HEIGHT * unit;
  grid->key_height = KEY_HEIGHT * unit;
  grid->plane_height = grid->top + grid->n_cell_rows * grid->cell_height
                       + (grid->n_all_planes > 1 ? grid->caption_height : 0);
}

void
bp_tensor_grid_get_size (const BpTensorGrid *grid,
                         double             *width,
                         double             *height)
{
  gboolean has_key = grid->n_elements > 1;
  gboolean has_note = grid->n_planes < grid->n_all_planes || grid->block > 1;

  *width = grid->left + grid->n_cell_columns * grid->cell_width + 1;
  *width = MAX (*width, has_key ? 16 * grid->unit : 0);
  *height = grid->n_planes * grid->plane_height + 1 + (has_key ? grid->key_height : 0)
            + (grid->has_readout ? grid->caption_height : 0) + (has_note ? grid->caption_height : 0);
}

gsize
bp_tensor_grid_get_n_cells (const BpTensorGrid *grid)
{
  return (gsize) grid->n_planes * grid->n_cell_rows * grid->n_cell_columns;
}

/* The elements of a cell. */
typedef struct {
  gsize first;
  guint n_rows;
  guint n_columns;
} Block;

/* Returns: whether the cell has elements; the last cells of a wrapped vector have none */
static gboolean
get_block (const BpTensorGrid *grid,
           gsize               cell,
           Block              *block)
{
  guint column = cell % grid->n_cell_columns * grid->block;
  guint row = cell / grid->n_cell_columns % grid->n_cell_rows * grid->block;
  gsize plane = cell / grid->n_cell_columns / grid->n_cell_rows;

  *block = (Block) { .first = plane * grid->n_rows * grid->n_columns + (gsize) row * grid->n_columns + column,
                    .n_rows = MIN (grid->block, grid->n_rows - row),
                    .n_columns = MIN (grid->block, grid->n_columns - column) };

  return block->first < grid->n_elements;
}

/* Returns: the mean of a block; @n: (out): its number of elements, less than rows times columns at the end of a wrapped
 * vector */
static double
get_mean (const BpTensorGrid *grid,
          const double       *values,
          const Block        *block,
          gsize              *n)
{
  double sum = 0;

  *n = 0;
  for (guint row = 0; row < block->n_rows; row++)
    for (guint column = 0; column < block->n_columns; column++)
      {
        gsize index = block->first + (gsize) row * grid->n_columns + column;

        if (index >= grid->n_elements)
          continue;
        sum += values != NULL ? values[index] : 0;
        (*n)++;
      }

  return sum / *n;
}

gboolean
bp_tensor_grid_has_cell (const BpTensorGrid *grid,
                         gsize               cell)
{
  Block block;

  return get_block (grid, cell, &block);
}

double *
bp_tensor_grid_reduce (const BpTensorGrid *grid,
                       const double       *values)
{
  gsize n_cells = bp_tensor_grid_get_n_cells (grid);
  double *cells = g_new0 (double, n_cells);

  for (gsize cell = 0; cell < n_cells; cell++)
    {
      Block block;
      gsize n;

      if (get_block (grid, cell, &block))
        cells[cell] = get_mean (grid, values, &block, &n);
    }

  return cells;
}

gsize
bp_tensor_grid_find (const BpTensorGrid *grid,
                     double              x,
                     double              y,
                     gsize              *cell,
                     gsize              *first)
{
  double height = grid->plane_height;
  Block block;
  gsize n;
  guint plane;
  guint row;
  guint column;

  if (y < 0 || x < grid->left || y >= grid->n_planes * height)
    return 0;
  plane = (guint) (y / height);
  y -= plane * height + height - grid->n_cell_rows * grid->cell_height;
  if (y < 0)
    return 0;
  row = (guint) (y / grid->cell_height);
  column = (guint) ((x - grid->left) / grid->cell_width);
  if (column >= grid->n_cell_columns || row >= grid->n_cell_rows)
    return 0;

  *cell = ((gsize) plane * grid->n_cell_rows + row) * grid->n_cell_columns + column;
  if (!get_block (grid, *cell, &block))
    return 0;
  *first = block.first;
  get_mean (grid, NULL, &block, &n);

  return n;
}

gssize
bp_tensor_grid_get_bounds (const BpTensorGrid *grid,
                           gsize               element,
                           double             *x,
                           double             *y)
{
  const gsize size = (gsize) grid->n_rows * grid->n_columns;
  const gsize plane = element / size;
  const gsize row = element % size / grid->n_columns / grid->block;
  const gsize column = element % grid->n_columns / grid->block;

  if (plane >= grid->n_planes)
    return -1;

  *x = grid->left + column * grid->cell_width;
  *y = (plane + 1) * grid->plane_height - (grid->n_cell_rows - row) * grid->cell_height;

  return (gssize) ((plane * grid->n_cell_rows + row) * grid->n_cell_columns + column);
}
