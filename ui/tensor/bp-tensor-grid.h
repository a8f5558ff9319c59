/* bp-tensor-grid.h: the cells of a heat map of a tensor: their elements and their bounds
 *
 * The last two dimensions are rows and columns. The dimensions before them make planes, one below the other. A vector
 * is one row, or several when it is long. When there are too many elements to see each, a cell shows the mean of a
 * block of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-shape.h"

G_BEGIN_DECLS

/** The most cells of a plane in each direction, and the most planes. */
#define BP_TENSOR_MAX_CELLS 64
#define BP_TENSOR_MAX_PLANES 8

/**
 * BpTensorGrid:
 * @shape: the shape of the tensor
 * @n_planes: planes shown, the first of all
 * @n_all_planes: planes of the tensor
 * @n_rows, @n_columns: elements of a plane in each direction
 * @wrapped: whether the rows are pieces of one vector
 * @n_elements: elements of the tensor
 * @block: elements of a cell in each direction
 * @has_numbers: whether the cells show numbers
 * @unit: text size in pixels
 * @n_cell_rows, @n_cell_columns: cells of a plane in each direction
 * @cell_width, @cell_height: size of a cell
 * @left, @top: room for the indices of rows and columns
 * @plane_height: height of a plane with its indices and caption
 * @caption_height: height of a line of text
 * @key_height: height of the key below the cells
 * @has_readout: whether a line below the key has the number of one cell, since the cells have none
 */
typedef struct {
  BpShape  shape;
  guint    n_planes;
  guint    n_all_planes;
  guint    n_rows;
  guint    n_columns;
  gboolean wrapped;
  gsize    n_elements;
  guint    block;
  gboolean has_numbers;
  double   unit;
  guint    n_cell_rows;
  guint    n_cell_columns;
  double   cell_width;
  double   cell_height;
  double   left;
  double   top;
  double   plane_height;
  double   caption_height;
  double   key_height;
  gboolean has_readout;
} BpTensorGrid;

/** Computes the grid of a tensor of @shape, for text of @unit pixels. */
void bp_tensor_grid_init (BpTensorGrid  *grid,
                          const BpShape *shape,
                          double         unit);

void bp_tensor_grid_get_size (const BpTensorGrid *grid,
                              double             *width,
                              double             *height);

/** Returns: the number of cells, at most BP_TENSOR_MAX_PLANES · BP_TENSOR_MAX_CELLS² */
gsize bp_tensor_grid_get_n_cells (const BpTensorGrid *grid);

/** Returns: whether @cell has elements; the last cells of a wrapped vector have none */
gboolean bp_tensor_grid_has_cell (const BpTensorGrid *grid,
                                  gsize               cell);

/**
 * bp_tensor_grid_reduce:
 * @values: (array): the elements of the tensor
 *
 * Returns: (transfer full) (array): the mean of the elements of each cell
 */
double *bp_tensor_grid_reduce (const BpTensorGrid *grid,
                               const double       *values);

/**
 * bp_tensor_grid_find:
 * @cell: (out): the cell at (@x, @y)
 * @first: (out): its first element
 *
 * Returns: the number of elements of the cell, 0 when there is no cell
 */
gsize bp_tensor_grid_find (const BpTensorGrid *grid,
                           double              x,
                           double              y,
                           gsize              *cell,
                           gsize              *first);

/**
 * bp_tensor_grid_get_bounds:
 * @element: an element of the tensor
 * @x, @y: (out): the corner of its cell, of the size that @grid says
 *
 * Returns: the cell, or −1 where it is of a plane that is not shown
 */
gssize bp_tensor_grid_get_bounds (const BpTensorGrid *grid,
                                  gsize               element,
                                  double             *x,
                                  double             *y);

G_END_DECLS
