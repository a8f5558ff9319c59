/* bp-tensor-grid.h: which cell of a heat map stands for which elements of a tensor, and where
 *
 * The last two dimensions are rows and columns, the ones before them make several planes, one below the other. A vector
 * is a row, wrapped where it is long. Where there are more elements than can be told apart, a cell stands for the
 * mean of a block of them.
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
 * @n_planes: planes shown
 * @n_all_planes: planes that there are
 * @n_rows, @n_columns: elements of a plane
 * @wrapped: whether the rows are those of a vector that goes on from row to row
 * @n_elements: of the tensor
 * @block: how many elements a cell stands for in each direction
 * @has_numbers: whether the cells show numbers
 * @unit: the size of text
 * @n_cell_rows, @n_cell_columns: cells of a plane
 * @cell_width, @cell_height: of a cell
 * @left, @top: room for the numbers of rows and columns
 * @plane_height: of a plane with its caption
 * @caption_height: of a line of text
 * @key_height: of the key below the cells
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
} BpTensorGrid;

/** Arranges a tensor of @shape for text of @unit pixels. */
void bp_tensor_grid_init (BpTensorGrid  *grid,
                          const BpShape *shape,
                          double         unit);

void bp_tensor_grid_get_size (const BpTensorGrid *grid,
                              double             *width,
                              double             *height);

/** How many cells there are, at most BP_TENSOR_MAX_PLANES · BP_TENSOR_MAX_CELLS². */
gsize bp_tensor_grid_get_n_cells (const BpTensorGrid *grid);

/** Whether there are elements for @cell: not at the end of a wrapped vector. */
gboolean bp_tensor_grid_has_cell (const BpTensorGrid *grid,
                                  gsize               cell);

/**
 * bp_tensor_grid_reduce:
 * @values: (array): the elements of the tensor
 *
 * Returns: (transfer full) (array): for each cell, the mean of the elements that it stands for
 */
double *bp_tensor_grid_reduce (const BpTensorGrid *grid,
                               const double       *values);

/**
 * bp_tensor_grid_find:
 * @cell: (out): the cell at (@x, @y)
 * @first: (out): its first element
 *
 * Returns: how many elements the cell stands for, 0 where there is none
 */
gsize bp_tensor_grid_find (const BpTensorGrid *grid,
                           double              x,
                           double              y,
                           gsize              *cell,
                           gsize              *first);

G_END_DECLS
